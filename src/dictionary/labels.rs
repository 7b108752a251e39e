//! Labels of rows, words of headers, titles of sections.

use std::collections::BTreeMap;

use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder};
use memchr::memmem;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use toml::Spanned;

use super::DictionaryError;
use super::files::{File, Mode};
use super::firsts::Firsts;
use crate::form::{Generation, Row, TableId};

/// A label without white space, numbering, bracket notes and punctuation.
#[must_use]
pub fn bare_label(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // What is kept is copied in runs.
    let (mut depth, mut from, mut at) = (0_u32, 0, 0);
    while let Some(first) = text.as_bytes().get(at) {
        // Chinese characters, most of a label.
        if (0xe4..=0xe9).contains(first) {
            at += 3;
            continue;
        }
        let Some(c) = text[at..].chars().next() else { break };
        let after = at + c.len_utf8();
        let is_kept = !c.is_whitespace() && !MARKS_IN_LABELS.contains(&c) && !is_of_another_script(c);
        if depth == 0 && !is_kept {
            out.push_str(&text[from..at]);
        }
        match c {
            '（' | '(' | '〔' | '[' => depth += 1,
            '）' | ')' | '〕' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        at = after;
        if !is_kept {
            from = after;
        }
    }
    if depth == 0 {
        out.push_str(&text[from..]);
    }
    let digits = out.len() - out.trim_start_matches(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c)).len();
    out.drain(..digits);
    out
}

/// Whether a character is of a script other than Chinese: labels are printed in two languages in some regions. Latin,
/// Cyrillic, Arabic, Tibetan, Hangul, Mongolian, Tai and Yi.
fn is_of_another_script(c: char) -> bool {
    c.is_ascii_alphabetic()
        || matches!(
            c,
            '\u{c0}'..='\u{24f}'
                | '\u{400}'..='\u{4ff}'
                | '\u{600}'..='\u{6ff}'
                | '\u{750}'..='\u{77f}'
                | '\u{f00}'..='\u{fff}'
                | '\u{1100}'..='\u{11ff}'
                | '\u{1800}'..='\u{18af}'
                | '\u{1950}'..='\u{19df}'
                | '\u{a000}'..='\u{a4cf}'
                | '\u{ac00}'..='\u{d7af}'
                | '\u{fb50}'..='\u{fdff}'
                | '\u{fe70}'..='\u{fefc}'
        )
}

/// A heading without its numbering and the marks of Markdown.
fn without_numbering(text: &str) -> &str {
    const NUMBERING: &str = "#*（）()．.、一二三四五";
    let begins = |c: char| c.is_ascii_digit() || NUMBERING.contains(c);
    text.trim_start_matches(begins).trim_end_matches(['*', '：', ':'])
}

fn without_marks(text: &str) -> String {
    text.chars().filter(|c| !MARKS_IN_LABELS.contains(c)).collect()
}

/// Brackets and punctuation, which tell no label from another.
const MARKS_IN_LABELS: [char; 24] = [
    '（', '(', '〔', '[', '）', ')', '〕', ']', '、', '，', ',', '.', '．', '。', '“', '”', '"', '‘', '’', '：', ':',
    '；', '|', '*',
];

/// Row labels.
pub struct Labels {
    whole: FxHashMap<String, Row>,
    /// Labels that name a row only inside its own table.
    short: FxHashMap<String, Row>,
    /// The rows of labels as the form prints them: most labels of most reports.
    printed: FxHashMap<String, Option<Row>>,
    /// Parts of labels, each with the index of its entry.
    parts: CharwiseDoubleArrayAhoCorasick<u32>,
    entries: Vec<LabelEntry>,
}

#[derive(Debug)]
struct LabelEntry {
    row: Row,
    matches: Vec<String>,
    rejects: Vec<String>,
}

/// Labels longer than this (characters) are prose.
const LONGEST_LABEL: usize = 60;

impl Labels {
    /// The row that a printed label names.
    #[must_use]
    pub fn row(&self, printed: &str) -> Option<Row> {
        if let Some(row) = self.printed.get(printed) {
            return *row;
        }
        self.read_row(printed)
    }

    /// The row whose whole label this is, parts not considered.
    #[must_use]
    pub fn whole(&self, printed: &str) -> Option<Row> {
        self.whole.get(&bare_label(printed)).copied()
    }

    fn read_row(&self, printed: &str) -> Option<Row> {
        let bare = bare_label(printed);
        if bare.is_empty() || bare.len() > LONGEST_LABEL * 3 {
            return None;
        }
        if let Some(row) = self.of_bare(&bare) {
            return Some(self.by_numbering(row, printed));
        }
        // The first entry of the dictionary that a part belongs to.
        let entry = self.parts.find_overlapping_iter(&bare).map(|m| m.value()).min()?;
        Some(self.entries[entry as usize].row)
    }

    /// The row of a table that a label names there: 许可 in table two.
    #[must_use]
    pub fn short(&self, printed: &str, table: TableId) -> Option<Row> {
        self.short.get(&bare_label(printed)).copied().filter(|row| row.table() == table)
    }

    /// The row whose whole label this is, its numbering left out.
    #[must_use]
    pub fn numbered(&self, printed: &str) -> Option<Row> {
        self.of_bare(&bare_label(printed)).map(|row| self.by_numbering(row, printed))
    }

    fn of_bare(&self, bare: &str) -> Option<Row> {
        // 一、二、四 number the rows of table three; without them the parts decide.
        let unnumbered = || bare.trim_start_matches(['一', '二', '三', '四', '五', '六', '七']);
        self.whole.get(bare).or_else(|| self.whole.get(unnumbered())).copied()
    }

    /// 其他 is a row of its own or the group, by its number.
    fn by_numbering(&self, row: Row, printed: &str) -> Row {
        let is_sixth = printed.contains("六)") || printed.contains("六）");
        if row == Row::OtherOther && is_sixth { Row::Other } else { row }
    }

    /// Every entry's row with the examples that match and that do not.
    pub fn examples(&self) -> impl Iterator<Item = (Row, &[String], &[String])> {
        self.entries.iter().map(|e| (e.row, e.matches.as_slice(), e.rejects.as_slice()))
    }
}

/// Words of table headers.
#[derive(Debug, Default)]
pub struct Headers {
    generation: Vec<(String, Generation)>,
    opens: Vec<(String, TableId)>,
    /// `opens` made ready to be searched for.
    finders: Vec<(memmem::Finder<'static>, TableId)>,
    /// The first characters of `opens`: most lines begin with none of them.
    opens_firsts: Firsts,
    /// The first characters of `generation`.
    generation_firsts: Firsts,
    words: FxHashSet<String>,
    /// Notes in brackets, without punctuation: a line may hold a piece of one.
    notes: Vec<String>,
    /// Headers of fees in 元.
    in_yuan: Vec<String>,
    /// What names a block of table four.
    blocks: Vec<(String, Row)>,
    /// What stands over the two blocks of litigation.
    litigation: Vec<String>,
    /// The columns of a block of table four, in order.
    columns: Vec<String>,
}

impl Headers {
    /// Whether a text (without white space) is a piece of a note of the form: 的，只计这一情形，不计其 of （区分处理的，只计这一情形，
    /// 不计其他情形）.
    #[must_use]
    pub fn is_within_a_note(&self, text: &str) -> bool {
        let piece = without_marks(text);
        piece.chars().nth(1).is_some() && self.notes.iter().any(|note| note.contains(piece.as_str()))
    }

    /// Whether a header (without white space) says that fees are in 元, not in 万元 as the form has it.
    #[must_use]
    pub fn is_in_yuan(&self, text: &str) -> bool {
        self.in_yuan.iter().any(|word| text.contains(word.as_str()))
    }

    /// The block of table four that a heading (without white space) names alone: 行政诉讼（复议后起诉）, 1.行政复议.
    #[must_use]
    pub fn dispute_block(&self, text: &str) -> Option<Row> {
        let text = without_numbering(text);
        let mut named = self.blocks.iter().filter(|(word, row)| match row {
            // 行政复议 stands in many a heading of all three.
            Row::Review => text == word,
            _ => text.contains(word.as_str()),
        });
        let (_, row) = named.next()?;
        named.next().is_none().then_some(*row)
    }

    /// Whether a heading (without white space) stands over both blocks of litigation: 行政诉讼, （二）行政诉讼.
    #[must_use]
    pub fn is_litigation(&self, text: &str) -> bool {
        let text = without_numbering(text);
        self.litigation.iter().any(|word| word == text)
    }

    /// Which column of a block of table four a header (without white space) names.
    #[must_use]
    pub fn dispute_column(&self, text: &str) -> Option<usize> {
        self.columns.iter().position(|word| word == text)
    }

    /// The form that a header cell belongs to.
    #[must_use]
    pub fn generation(&self, text: &str) -> Option<Generation> {
        let starts = text.char_indices().filter(|(_, c)| self.generation_firsts.has(*c)).map(|(at, _)| &text[at..]);
        // The first word of the dictionary that stands anywhere.
        let first = |rest: &str| self.generation.iter().position(|(word, _)| rest.starts_with(word.as_str()));
        starts.filter_map(first).min().map(|at| self.generation[at].1)
    }

    /// A quick look whether a line that may hold white space opens a table.
    #[must_use]
    pub fn may_open(&self, text: &str) -> bool {
        let first = text.chars().find(|c| !c.is_whitespace() && *c != '\u{200b}');
        first.is_some_and(|c| self.opens_firsts.has(c))
    }

    /// The table that a line (without white space) opens.
    #[must_use]
    pub fn opens(&self, text: &str) -> Option<TableId> {
        if !self.opens_firsts.begin(text) {
            return None;
        }
        self.opens.iter().find(|(word, _)| text.starts_with(word.as_str())).map(|(_, t)| *t)
    }

    /// Where in running text a table begins.
    #[must_use]
    pub fn opens_within(&self, text: &str, table: TableId) -> Option<usize> {
        self.finders.iter().filter(|(_, t)| *t == table).filter_map(|(word, _)| word.find(text.as_bytes())).min()
    }

    /// Whether a text (without white space) is nothing but headers, run together.
    #[must_use]
    pub fn is_headers(&self, text: &str) -> bool {
        let mut rest = text;
        while let Some(longest) = self.words.iter().filter(|w| rest.starts_with(w.as_str())).map(String::len).max() {
            rest = &rest[longest..];
        }
        rest.is_empty()
    }

    /// Whether a cell (without white space) is a header and no value.
    #[must_use]
    pub fn is_header(&self, text: &str) -> bool {
        self.words.contains(text) || self.generation(text).is_some() || text.starts_with("第二十条第")
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RowsFile {
    #[serde(default, rename = "mode")]
    _mode: Mode,
    #[serde(default)]
    row: Vec<RowEntry>,
    #[serde(default)]
    headers: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RowEntry {
    id: Spanned<String>,
    #[serde(default)]
    labels: Vec<String>,
    #[serde(default)]
    short: Vec<String>,
    #[serde(default)]
    contains: Vec<String>,
    matches: Vec<String>,
    rejects: Vec<String>,
}

pub(super) fn compile_rows(files: &[File]) -> Result<(Labels, Headers), DictionaryError> {
    let (mut whole, mut short) = (FxHashMap::default(), FxHashMap::default());
    let (mut entries, mut parts): (Vec<LabelEntry>, BTreeMap<String, u32>) = (Vec::new(), BTreeMap::new());
    let mut headers = Headers::default();
    for file in files {
        let content: RowsFile = file.parse()?;
        for entry in content.row {
            let id = entry.id.get_ref();
            let row = id.split_once('.').and_then(|(_, row)| row.parse::<Row>().ok());
            let unknown = || file.value_error(&entry.id.span(), "row.id", format!("no row is called {id}"));
            let row = row.ok_or_else(unknown)?;
            short.extend(entry.short.iter().map(|l| (bare_label(l), row)));
            whole.extend(entry.labels.iter().map(|l| (bare_label(l), row)));
            for part in entry.contains {
                parts.entry(part).or_insert(entries.len() as u32);
            }
            entries.push(LabelEntry { row, matches: entry.matches, rejects: entry.rejects });
        }
        for (key, words) in content.headers {
            match key.as_str() {
                "generation_2019" => headers.generation.extend(words.into_iter().map(|w| (w, Generation::Form2019))),
                "generation_2021" => headers.generation.extend(words.into_iter().map(|w| (w, Generation::Form2021))),
                "opens_proactive" => headers.opens.extend(words.into_iter().map(|w| (w, TableId::Proactive))),
                "opens_requests" => headers.opens.extend(words.into_iter().map(|w| (w, TableId::Requests))),
                "opens_disputes" => headers.opens.extend(words.into_iter().map(|w| (w, TableId::Disputes))),
                "disputes_review" => headers.blocks.extend(words.into_iter().map(|w| (w, Row::Review))),
                "disputes_direct" => headers.blocks.extend(words.into_iter().map(|w| (w, Row::LitigationDirect))),
                "disputes_after_review" => {
                    headers.blocks.extend(words.into_iter().map(|w| (w, Row::LitigationAfterReview)));
                }
                "disputes_litigation" => headers.litigation.extend(words),
                "notes" => headers.notes.extend(words.iter().map(|w| without_marks(w))),
                "in_yuan" => headers.in_yuan.extend(words),
                "disputes_columns" => headers.columns.extend(words),
                "words" => headers.words.extend(words),
                other => {
                    return Err(file.value_error(&(0..0), format!("headers.{other}"), "no header list has this name"));
                }
            }
        }
    }
    let ready = headers.opens.iter().map(|(word, table)| (memmem::Finder::new(word).into_owned(), *table));
    headers.finders = ready.collect();
    headers.opens_firsts = headers.opens.iter().filter_map(|(word, _)| word.chars().next()).collect();
    headers.generation_firsts = headers.generation.iter().filter_map(|(word, _)| word.chars().next()).collect();
    let parts = CharwiseDoubleArrayAhoCorasickBuilder::new()
        .build_with_values(parts)
        .map_err(|e| files[0].value_error(&(0..0), "row.contains", e.to_string()))?;
    let mut labels = Labels { whole, short, printed: FxHashMap::default(), parts, entries };
    let printed: Vec<&String> = labels.entries.iter().flat_map(|e| e.matches.iter().chain(&e.rejects)).collect();
    labels.printed =
        printed.into_iter().chain(&headers.words).map(|text| (text.clone(), labels.read_row(text))).collect();
    Ok((labels, headers))
}

/// Section titles and page chrome.
#[derive(Debug, Default)]
pub struct Sections {
    titles: Vec<(String, u8)>,
    /// The first characters of titles.
    title_starts: Firsts,
    like: Vec<(String, u8)>,
    /// The first characters of `like`.
    like_starts: Firsts,
    opens: Vec<String>,
    /// The first characters of `opens`.
    opens_starts: Firsts,
    ends: Vec<String>,
    /// The first characters of `ends`.
    ends_starts: Firsts,
    examples: Vec<(u8, Vec<String>, Vec<String>)>,
}

impl Sections {
    /// Whether a text begins, white space aside, like a title.
    #[must_use]
    pub fn may_be_title(&self, text: &str) -> bool {
        let first = text.chars().find(|c| !c.is_whitespace() && *c != '\u{200b}');
        first.is_some_and(|c| self.title_starts.has(c))
    }

    /// The section that a title (without numeral and white space) names, by whole titles only.
    #[must_use]
    pub fn by_title(&self, title: &str) -> Option<u8> {
        let is_begun = self.title_starts.begin(title);
        is_begun.then(|| self.titles.iter().find(|(t, _)| t == title).map(|(_, n)| *n)).flatten()
    }

    /// The section of the longest known title that a text (white space removed) begins with: number, bytes.
    #[must_use]
    pub fn by_prefix(&self, text: &str) -> Option<(u8, usize)> {
        self.titles
            .iter()
            .filter(|(t, _)| text.starts_with(t.as_str()))
            .map(|(t, n)| (*n, t.len()))
            .max_by_key(|(_, l)| *l)
    }

    /// The section whose telling parts a short heading holds.
    #[must_use]
    pub fn by_parts(&self, title: &str) -> Option<u8> {
        // 行政复议 in a heading of section three would be misread first: later sections go first.
        let starts = title.char_indices().filter(|(_, c)| self.like_starts.has(*c)).map(|(at, _)| &title[at..]);
        let last = |rest: &str| self.like.iter().rposition(|(part, _)| rest.starts_with(part.as_str()));
        starts.filter_map(last).max().map(|at| self.like[at].1)
    }

    /// Whether a line is page chrome.
    #[must_use]
    pub fn is_chrome(&self, line: &str) -> bool {
        self.opens_starts.begin(line) && self.opens.iter().any(|w| line.starts_with(w.as_str()))
    }

    /// Whether a line ends the report.
    #[must_use]
    pub fn is_end(&self, line: &str) -> bool {
        self.ends_starts.begin(line) && self.ends.iter().any(|w| line.starts_with(w.as_str()))
    }

    /// Every section's number with the headings that match and that do not.
    #[must_use]
    pub fn examples(&self) -> &[(u8, Vec<String>, Vec<String>)] {
        &self.examples
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SectionsFile {
    #[serde(default, rename = "mode")]
    _mode: Mode,
    #[serde(default)]
    section: Vec<SectionEntry>,
    chrome: Option<Chrome>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SectionEntry {
    number: Spanned<u8>,
    titles: Vec<String>,
    #[serde(default)]
    like: Vec<String>,
    matches: Vec<String>,
    rejects: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Chrome {
    #[serde(default)]
    opens: Vec<String>,
    #[serde(default)]
    ends: Vec<String>,
}

pub(super) fn compile_sections(files: &[File]) -> Result<Sections, DictionaryError> {
    let mut sections = Sections::default();
    for file in files {
        let content: SectionsFile = file.parse()?;
        for entry in content.section {
            let number = *entry.number.get_ref();
            if !(1..=6).contains(&number) {
                return Err(file.value_error(
                    &entry.number.span(),
                    "section.number",
                    "the form has the sections 1 to 6",
                ));
            }
            sections.titles.extend(entry.titles.into_iter().map(|t| (t, number)));
            sections.like.extend(entry.like.into_iter().map(|part| (part, number)));
            sections.examples.push((number, entry.matches, entry.rejects));
        }
        if let Some(chrome) = content.chrome {
            sections.opens.extend(chrome.opens);
            sections.ends.extend(chrome.ends);
        }
    }
    let firsts = |words: &[String]| words.iter().filter_map(|w| w.chars().next()).collect();
    sections.title_starts = sections.titles.iter().filter_map(|(t, _)| t.chars().next()).collect();
    sections.like_starts = sections.like.iter().filter_map(|(part, _)| part.chars().next()).collect();
    (sections.opens_starts, sections.ends_starts) = (firsts(&sections.opens), firsts(&sections.ends));
    Ok(sections)
}
