//! The forms before 2019: rows and headers of their indicator table, and how prose speaks of them.

use std::collections::BTreeMap;
use std::sync::{LazyLock, OnceLock};

use memchr::memmem;
use regex::Regex;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use toml::Spanned;

use super::files::{File, Mode};
use super::firsts::Firsts;
use super::labels::bare_label;
use super::words::UnitClass;
use super::{DictionaryError, Mismatch};
use crate::form::{CellId, Formula, Generation, Row, TableId};

/// Every word that begins the table in running text holds this.
const IN_EVERY_HEADER: &str = "指标";
/// What the words that begin the table in a cell begin with.
const OPENS_FIRST: [char; 2] = ['指', '统'];
/// The second word of a header stands within so many characters after the first, white space aside.
const LONGEST_HEADER: usize = 24;

/// What a column of the indicator table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IndicatorColumn {
    /// The year's number.
    Year,
    /// 历年累计.
    Cumulative,
    /// A code, a remark, a part of the year.
    Ignored,
}

/// A row with labels that name it and that do not.
#[derive(Debug)]
pub struct IndicatorExample {
    /// The row.
    pub row: Row,
    /// The row that it stands under.
    pub under: Option<Row>,
    /// Labels that name it.
    pub matches: Vec<String>,
    /// Labels that do not.
    pub rejects: Vec<String>,
}

/// The older forms' wording.
#[derive(Debug, Default)]
pub struct Older {
    /// Labels without numbering and 数, with the row they stand under where several rows share them.
    rows: FxHashMap<String, Vec<(Option<Row>, Row)>>,
    examples: Vec<IndicatorExample>,
    opens: Vec<String>,
    opens_in_text: Vec<String>,
    next_in_header: Vec<String>,
    chapters: Vec<String>,
    form_2014: Vec<String>,
    form_2008: Vec<String>,
    columns: Vec<(String, IndicatorColumn)>,
    units: Vec<String>,
    /// The first characters of units: most characters of a label are none.
    unit_firsts: Firsts,
    all_years: Vec<String>,
    heading_ends: Vec<String>,
    /// What may open a clause without saying whose number follows.
    lead: String,
    lead_compiled: OnceLock<Option<Regex>>,
    /// The readings of patterns of `claims.toml` in reports in an older form, by pattern and field.
    readings: BTreeMap<String, OlderReadings>,
    claims: Vec<OlderClaim>,
}

/// What a pattern of `claims.toml` means in a report in an older form.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OlderReadings {
    /// The readings, what the words say first.
    #[serde(default)]
    pub(super) subject: Vec<String>,
    /// Several claims in one: the readings of each.
    #[serde(default)]
    pub(super) each: Vec<String>,
    /// What the subject of a claim in words equals.
    pub(super) equals: Option<String>,
}

/// A way in which prose states a number of the indicator table that no newer form has.
#[derive(Debug)]
pub struct OlderClaim {
    /// Its name.
    pub id: String,
    /// The readings, what the words say first.
    pub subject: Vec<Formula>,
    /// The verdict when nothing fits.
    pub mismatch: Mismatch,
    /// Unit classes of the number.
    pub units: Vec<UnitClass>,
    /// What stands for all words of the clause from its beginning or the number before, with `#` for the number.
    bodies: Vec<String>,
    /// The same compiled, when a report in an older form first needs it.
    compiled: OnceLock<Vec<Regex>>,
    /// Examples that match.
    pub matches: Vec<String>,
    /// Examples that do not.
    pub rejects: Vec<String>,
}

impl OlderClaim {
    fn expressions(&self) -> &[Regex] {
        // What cannot be compiled was refused when the file was read; the built-in file is compiled by a test.
        self.compiled.get_or_init(|| self.bodies.iter().filter_map(|b| Regex::new(b).ok()).collect())
    }
}

/// A label without numbering, notes, punctuation, 其中, 的 and 数 at its end.
fn indicator_label(text: &str) -> String {
    const NUMERALS: [char; 10] = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];
    /// What labels end with or go without.
    const ENDINGS: [&str; 4] = ["数量", "总数", "次数", "数"];
    let mut label = bare_label(text);
    let rest = label.trim_start_matches(NUMERALS);
    let rest = rest.strip_prefix("其中").unwrap_or(rest).trim_start_matches(|c: char| c.is_ascii_digit());
    label.drain(..label.len() - rest.len());
    label.retain(|c| c != '的');
    let stem = ENDINGS.iter().find_map(|end| label.strip_suffix(end)).filter(|stem| !stem.is_empty());
    if let Some(stem) = stem.map(str::len) {
        label.truncate(stem);
    }
    label
}

impl Older {
    /// The row that a label names, standing under `under` (the dispute row last seen).
    #[must_use]
    pub fn row(&self, label: &str, under: Option<Row>) -> Option<Row> {
        let rows = self.rows.get(&indicator_label(label))?;
        rows.iter().find(|(parent, _)| parent.is_none() || *parent == under).map(|(_, row)| *row)
    }

    /// Whether a line is a row or a chapter of the table, and so no heading of the report.
    #[must_use]
    pub fn is_label(&self, line: &str) -> bool {
        let label = indicator_label(line);
        self.rows.contains_key(&label) || self.names_chapter(&label)
    }

    /// Whether a heading is a chapter of the table.
    #[must_use]
    pub fn is_chapter(&self, heading: &str) -> bool {
        self.names_chapter(&indicator_label(heading))
    }

    fn names_chapter(&self, label: &str) -> bool {
        !label.is_empty() && self.chapters.iter().any(|chapter| chapter == label)
    }

    /// A quick look whether a cell may begin the table, by its first character.
    #[must_use]
    pub fn may_open(&self, cell: &str) -> bool {
        let first = cell.chars().find(|c| !c.is_whitespace() && *c != '\u{200b}');
        first.is_some_and(|c| OPENS_FIRST.contains(&c))
    }

    /// Whether a cell or a line of its own (without white space) begins the table.
    #[must_use]
    pub fn opens(&self, compact: &str) -> bool {
        let is_header = |word: &String| {
            compact.strip_prefix(word.as_str()).is_some_and(|rest| {
                rest.is_empty() || self.next_in_header.iter().any(|next| rest.starts_with(next.as_str()))
            })
        };
        compact.starts_with(OPENS_FIRST) && self.opens.iter().any(is_header)
    }

    /// Whether the table may begin in running text of a page at all: most pages have none of its headers.
    #[must_use]
    pub fn may_open_within(&self, page: &str) -> bool {
        memmem::find(page.as_bytes(), IN_EVERY_HEADER.as_bytes()).is_some()
    }

    /// Where in running text the table begins.
    #[must_use]
    pub fn opens_within(&self, text: &str) -> Option<usize> {
        // Every header word holds 指标: one search for most texts, which have none.
        static FINDER: LazyLock<memmem::Finder<'static>> = LazyLock::new(|| memmem::Finder::new(IN_EVERY_HEADER));
        FINDER.find_iter(text.as_bytes()).find_map(|at| {
            let word = self.opens_in_text.iter().find_map(|word| {
                let start = at.checked_sub(word.find(IN_EVERY_HEADER)?)?;
                text.is_char_boundary(start).then_some(())?;
                text[start..].starts_with(word.as_str()).then_some((start, start + word.len()))
            })?;
            let next: String = text[word.1..].chars().take(LONGEST_HEADER).filter(|c| !c.is_whitespace()).collect();
            self.next_in_header.iter().any(|w| next.starts_with(w.as_str())).then_some(word.0)
        })
    }

    /// The form of a table with these labels; the local one where it does not show.
    pub fn generation<'t>(&self, labels: impl Iterator<Item = &'t str> + Clone) -> Generation {
        let has = |words: &[String]| labels.clone().any(|l| words.iter().any(|w| l.contains(w.as_str())));
        if has(&self.form_2014) && !has(&self.form_2008) { Generation::Form2014 } else { Generation::Form2008 }
    }

    /// What a column under this header (without white space) holds.
    #[must_use]
    pub fn column(&self, header: &str) -> Option<IndicatorColumn> {
        let bare = header.trim_start_matches(|c: char| c.is_ascii_digit());
        if !header.is_empty() && matches!(bare, "" | "年") {
            return Some(IndicatorColumn::Year);
        }
        self.columns.iter().find(|(word, _)| word == bare).map(|(_, c)| *c)
    }

    /// The headers in running text: where each begins and ends, and what it stands over, in order.
    #[must_use]
    pub fn columns_within(&self, text: &str) -> Vec<(std::ops::Range<usize>, IndicatorColumn)> {
        let mut found: Vec<(std::ops::Range<usize>, IndicatorColumn)> = Vec::new();
        let mut all: Vec<_> = self
            .columns
            .iter()
            .flat_map(|(word, c)| text.match_indices(word.as_str()).map(|(at, w)| (at..at + w.len(), *c)))
            .collect();
        all.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
        for (range, column) in all {
            if found.last().is_none_or(|(last, _)| last.end <= range.start) {
                found.push((range, column));
            }
        }
        found
    }

    /// The length of the unit that a text begins with.
    #[must_use]
    pub fn unit_at(&self, text: &str) -> Option<usize> {
        if !self.unit_firsts.begin(text) {
            return None;
        }
        self.units.iter().filter(|u| text.starts_with(u.as_str())).map(String::len).max()
    }

    /// Whether a cell is a unit and nothing else.
    #[must_use]
    pub fn is_unit(&self, cell: &str) -> bool {
        let bare = cell.trim_matches(['（', '）', '(', ')', ' ']);
        self.unit_firsts.begin(bare) && self.units.iter().any(|u| u == bare)
    }

    /// The ways in which prose states numbers of the table.
    #[must_use]
    pub fn claims(&self) -> &[OlderClaim] {
        &self.claims
    }

    /// The first way that fits the words around a number, `#`, and its unit class.
    #[must_use]
    pub fn claim(&self, words: &str, unit: UnitClass) -> Option<&OlderClaim> {
        self.claims.iter().find(|c| c.units.contains(&unit) && c.expressions().iter().any(|e| e.is_match(words)))
    }

    /// Whether a text says nothing of whose or which part of a number follows: 全年, 全县.
    #[must_use]
    pub fn is_lead(&self, text: &str) -> bool {
        let compiled = self.lead_compiled.get_or_init(|| Regex::new(&format!("^(?:{})$", self.lead)).ok());
        compiled.as_ref().is_some_and(|r| r.is_match(text))
    }

    /// Whether a text ends like a heading.
    #[must_use]
    pub fn ends_like_heading(&self, text: &str) -> bool {
        self.heading_ends.iter().any(|w| text.ends_with(w.as_str()))
    }

    /// Whether a text says that its number is not the year's.
    #[must_use]
    pub fn speaks_of_all_years(&self, text: &str) -> bool {
        self.all_years.iter().any(|w| text.contains(w.as_str()))
    }

    pub(super) fn readings(&self) -> &BTreeMap<String, OlderReadings> {
        &self.readings
    }

    /// Every row with its examples.
    #[must_use]
    pub fn examples(&self) -> &[IndicatorExample] {
        &self.examples
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OlderFile {
    #[serde(default, rename = "mode")]
    _mode: Mode,
    #[serde(default)]
    row: Vec<RowEntry>,
    #[serde(default)]
    headers: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    macros: BTreeMap<String, String>,
    #[serde(default)]
    patterns: BTreeMap<String, OlderReadings>,
    #[serde(default)]
    claim: Vec<ClaimEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RowEntry {
    id: Spanned<String>,
    under: Option<Spanned<String>>,
    labels: Vec<String>,
    matches: Vec<String>,
    rejects: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClaimEntry {
    id: String,
    subject: Vec<Spanned<String>>,
    #[serde(default)]
    mismatch: Mismatch,
    #[serde(default)]
    units: Vec<Spanned<String>>,
    #[serde(rename = "match")]
    expressions: Vec<Spanned<String>>,
    matches: Vec<String>,
    rejects: Vec<String>,
}

pub(super) fn compile(files: &[File]) -> Result<Older, DictionaryError> {
    let mut older = Older::default();
    let mut parsed = Vec::new();
    let mut macros: BTreeMap<String, String> = BTreeMap::new();
    for file in files {
        let content: OlderFile = file.parse()?;
        for (name, body) in &content.macros {
            macros.entry(name.clone()).or_insert_with(|| body.clone());
        }
        parsed.push((file, content));
    }
    for (file, content) in parsed {
        for entry in content.row {
            add_row(&mut older, file, entry)?;
        }
        for (key, words) in content.headers {
            let column = |c| move |w| (w, c);
            match key.as_str() {
                "opens" => older.opens.extend(words),
                "opens_in_text" => older.opens_in_text.extend(words),
                "next_in_header" => older.next_in_header.extend(words),
                "chapters" => older.chapters.extend(words.iter().map(|w| indicator_label(w))),
                "form_2014" => older.form_2014.extend(words),
                "form_2008" => older.form_2008.extend(words),
                "cumulative" => older.columns.extend(words.into_iter().map(column(IndicatorColumn::Cumulative))),
                "year" => older.columns.extend(words.into_iter().map(column(IndicatorColumn::Year))),
                "ignored" => older.columns.extend(words.into_iter().map(column(IndicatorColumn::Ignored))),
                "units" => older.units.extend(words),
                "heading_ends" => older.heading_ends.extend(words),
                "all_years" => older.all_years.extend(words),
                other => {
                    return Err(file.value_error(&(0..0), format!("headers.{other}"), "no header list has this name"));
                }
            }
        }
        if older.lead.is_empty() {
            older.lead = macros.get("LEAD").cloned().unwrap_or_default();
        }
        older.readings.extend(content.patterns);
        for entry in content.claim {
            let claim = claim(file, entry, &macros)?;
            older.claims.push(claim);
        }
    }
    older.unit_firsts = older.units.iter().filter_map(|unit| unit.chars().next()).collect();
    Ok(older)
}

fn row_of(file: &File, id: &Spanned<String>, key: &str) -> Result<Row, DictionaryError> {
    let cell = id.get_ref().parse::<CellId>().ok().filter(|c| c.row.table() == TableId::Statistics);
    cell.map(|c| c.row).ok_or_else(|| file.value_error(&id.span(), key, format!("no row is called {}", id.get_ref())))
}

fn add_row(older: &mut Older, file: &File, entry: RowEntry) -> Result<(), DictionaryError> {
    let row = row_of(file, &entry.id, "row.id")?;
    let under = entry.under.as_ref().map(|u| row_of(file, u, "row.under")).transpose()?;
    for label in &entry.labels {
        let rows = older.rows.entry(indicator_label(label)).or_default();
        if !rows.contains(&(under, row)) {
            rows.push((under, row));
        }
    }
    older.examples.push(IndicatorExample { row, under, matches: entry.matches, rejects: entry.rejects });
    Ok(())
}

fn claim(file: &File, entry: ClaimEntry, macros: &BTreeMap<String, String>) -> Result<OlderClaim, DictionaryError> {
    let key = |field: &str| format!("claim.{}.{field}", entry.id);
    let mut subject = Vec::new();
    for text in &entry.subject {
        let formula = text.get_ref().parse::<Formula>();
        subject.push(formula.map_err(|e| file.value_error(&text.span(), key("subject"), e.to_string()))?);
    }
    let mut units = Vec::new();
    for name in &entry.units {
        let unknown = || file.value_error(&name.span(), key("units"), format!("no unit class is called {name:?}"));
        units.push(name.get_ref().parse::<UnitClass>().map_err(|()| unknown())?);
    }
    let mut bodies = Vec::new();
    for text in &entry.expressions {
        let mut body = text.get_ref().clone();
        for (name, with) in macros {
            body = body.replace(&format!("{{{name}}}"), &format!("(?:{with})"));
        }
        let whole = format!("^(?:{body})$");
        if !file.is_built_in {
            Regex::new(&whole).map_err(|e| file.value_error(&text.span(), key("match"), e.to_string()))?;
        }
        bodies.push(whole);
    }
    Ok(OlderClaim {
        id: entry.id,
        subject,
        mismatch: entry.mismatch,
        units,
        bodies,
        compiled: OnceLock::new(),
        matches: entry.matches,
        rejects: entry.rejects,
    })
}
