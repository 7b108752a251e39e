//! Claim patterns: what words around a number say it is about.

use std::collections::BTreeMap;
use std::ops::Range;
use std::str::FromStr;

use regex::Regex;
use serde::Deserialize;
use toml::Spanned;

use super::claim_words::ClaimWords;
use super::compile::to_regex;
use super::expressions::Expressions;
use super::files::{File, Mode};
use super::groups::{self, GroupNames, Groups};
use super::lexicon::Lexicon;
use super::older::Older;
use super::telling::{self, Surroundings, Triggers};
use super::words::UnitClass;
use super::{DictionaryError, Matter};
use crate::form::{Formula, Generation};

/// What a claim says of its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClaimKind {
    /// How many.
    Count,
    /// How much money.
    Amount,
    /// A part of a whole, or a rate.
    Share,
    /// More or less than before.
    Change,
    /// In words: it did not happen.
    Zero,
    /// In words: it holds of all.
    All,
}

impl ClaimKind {
    /// The name in `claims.csv`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            ClaimKind::Count => "count",
            ClaimKind::Amount => "amount",
            ClaimKind::Share => "share",
            ClaimKind::Change => "change",
            ClaimKind::Zero => "zero",
            ClaimKind::All => "all",
        }
    }
}

/// What a sentence must be about for a pattern to hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Topic {
    /// 政府信息公开申请
    Requests,
    /// 办理结果: words that hardly mean anything else
    Outcomes,
    /// 因政府信息公开引起的行政复议、行政诉讼
    Disputes,
    /// 规章、规范性文件
    Documents,
    /// 规章: of the two kinds of documents the one named last
    Regulations,
}

/// The verdict when no reading fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mismatch {
    /// Other things are called so too.
    NotComparable,
    /// The words do not settle it.
    Undetermined,
    /// The words can mean nothing else.
    #[default]
    Contradicted,
}

/// Which disputes a sentence speaks of; `disputes.@` in a reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Objects {
    /// 行政复议
    Review,
    /// 行政诉讼, both kinds
    Suits,
    /// 行政复议 and 行政诉讼
    Both,
    /// 未经复议直接起诉
    DirectSuits,
    /// 复议后起诉
    SuitsAfterReview,
}

impl Objects {
    const ALL: [Objects; 5] =
        [Objects::Review, Objects::Suits, Objects::Both, Objects::DirectSuits, Objects::SuitsAfterReview];

    /// Whether it is one of the two kinds of suits.
    #[must_use]
    pub const fn is_block(self) -> bool {
        matches!(self, Objects::DirectSuits | Objects::SuitsAfterReview)
    }

    fn rows(self) -> &'static [&'static str] {
        match self {
            Objects::Review => &["review"],
            Objects::Suits => &["litigation_direct", "litigation_after_review"],
            Objects::Both => &["review", "litigation_direct", "litigation_after_review"],
            Objects::DirectSuits => &["litigation_direct"],
            Objects::SuitsAfterReview => &["litigation_after_review"],
        }
    }
}

/// A formula that may differ between the forms and with the disputes spoken of.
#[derive(Debug, Clone)]
pub struct Reading {
    /// `[form][objects]`
    formulas: [[Option<Formula>; Objects::ALL.len()]; FORMS],
    /// For each form, whether the formula differs with the disputes spoken of.
    turns: [bool; FORMS],
}

/// The forms that differ in what words mean: 2019, 2021, and those before, which share one table.
const FORMS: usize = 3;

const fn slot(generation: Generation) -> usize {
    match generation {
        Generation::Form2019 => 0,
        Generation::Form2021 => 1,
        Generation::Form2008 | Generation::Form2014 => 2,
    }
}

impl Reading {
    fn new(formulas: [[Option<Formula>; Objects::ALL.len()]; FORMS]) -> Self {
        let turns = std::array::from_fn(|form| formulas[form].iter().any(|f| *f != formulas[form][0]));
        Reading { formulas, turns }
    }

    /// Whether the formula for a report of this form differs with the disputes that the sentence speaks of.
    #[must_use]
    pub fn turns_on_objects(&self, generation: Generation) -> bool {
        self.turns[slot(generation)]
    }

    /// The formula for a report of this form and a sentence on these disputes.
    #[must_use]
    pub fn formula(&self, generation: Generation, objects: Objects) -> Option<&Formula> {
        self.formulas[slot(generation)][objects as usize].as_ref()
    }
}

/// One pattern.
#[derive(Debug)]
pub struct Pattern {
    /// Its name.
    pub id: String,
    /// What it is about, by the rule that reports a contradiction.
    pub matter: Option<Matter>,
    /// The kind of claim, when the unit does not say.
    pub kind: Option<ClaimKind>,
    /// The readings, what the words say first; none: never compared.
    pub subject: Vec<Reading>,
    /// The readings where the sentence says that last year's carried-over requests are included.
    pub with_carried: Vec<Reading>,
    /// Further readings where the sentence says before how many were received: 收到84件，办结79件，结转5件.
    pub of_the_received: Vec<Reading>,
    /// Further readings where the number is a part of the handled that the sentence counts before.
    pub of_the_handled: Vec<Reading>,
    /// Fewer than the first reading is right where the dispute is one newly received.
    pub newly_fewer: bool,
    /// Its words mean other business too: where the sentence names no applications, a difference is undetermined.
    pub ambiguous: bool,
    /// Texts that must not follow the match (claims in words).
    pub not_before: Vec<String>,
    /// Several claims in one: the readings of each.
    pub each: Vec<Reading>,
    /// The number need not be more than this.
    pub at_most: Option<Reading>,
    /// A claim in words says that the subject equals this.
    pub equals: Option<Reading>,
    /// The verdict when nothing fits.
    pub mismatch: Mismatch,
    /// Unknown words before the match soften a contradiction.
    pub strict: bool,
    /// A difference that the words alone do not settle is a contradiction where another number of the sentence, on
    /// the same matter, agrees with the tables.
    pub anchored: bool,
    /// The subject is the sum of what the joined outcome words name.
    pub union: bool,
    /// Its words may stand after the comma that follows the number.
    pub spans_comma: bool,
    /// What the sentence must be about.
    pub topic: Option<Topic>,
    /// Why it is never compared.
    pub because: Option<String>,
    /// Symbols that must not stand with the number.
    pub unless: Vec<char>,
    /// Unit classes; empty: any.
    pub units: Vec<UnitClass>,
    /// Examples that match.
    pub matches: Vec<String>,
    /// Examples that do not.
    pub rejects: Vec<String>,
    /// Where a user's file has it; none if it is ours.
    pub place: Option<Place>,
}

/// Where a pattern stands in a user's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file.
    pub origin: String,
    /// The line, from 1.
    pub line: usize,
}

impl Place {
    /// What is wrong there.
    pub(crate) fn error(self, key: impl Into<String>, message: impl Into<String>) -> DictionaryError {
        DictionaryError::Value { origin: self.origin, line: self.line, key: key.into(), message: message.into() }
    }
}

impl Pattern {
    /// The texts of its examples, those that match first, and whether each should. What it needs to be spoken of before
    /// stands before them.
    pub fn examples(&self) -> impl Iterator<Item = (String, bool)> + '_ {
        let before = match self.topic {
            Some(Topic::Documents) => "梳理行政规范性文件，",
            Some(Topic::Regulations) => "梳理政府规章，",
            _ => "",
        };
        let matches = self.matches.iter().map(move |example| (format!("{before}{example}"), true));
        matches.chain(self.rejects.iter().map(|example| (example.clone(), false)))
    }
}

/// All the patterns.
pub struct Patterns {
    list: Vec<Pattern>,
    numbers: Expressions,
    words: Expressions,
    /// Words that reading claims compares a place with.
    pub claim_words: ClaimWords,
    /// Classes of words that it takes together.
    pub groups: Groups,
}

/// A pattern that matches.
#[derive(Debug, Clone)]
pub struct Found {
    /// An index into [`Patterns::all`].
    pub pattern: usize,
    /// What it matches, in bytes of the symbols.
    pub range: Range<usize>,
}

impl Patterns {
    /// All of them, in the order in which they are tried.
    #[must_use]
    pub fn all(&self) -> &[Pattern] {
        &self.list
    }

    /// The patterns that match a window around a number, in order.
    #[must_use]
    pub fn of_number(&self, symbols: &str) -> Vec<Found> {
        self.numbers.matches(symbols).map(|(pattern, range)| Found { pattern, range }).collect()
    }

    /// The patterns in words that match a clause.
    pub fn of_words<'s>(&'s self, symbols: &'s str) -> impl Iterator<Item = (&'s Pattern, Range<usize>)> + use<'s> {
        self.words.matches(symbols).map(|(pattern, range)| (&self.list[pattern], range))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClaimsFile {
    #[serde(default, rename = "mode")]
    _mode: Mode,
    #[serde(default)]
    macros: BTreeMap<String, String>,
    #[serde(default)]
    readings: BTreeMap<String, Spanned<PerForm>>,
    triggers: Option<Triggers>,
    surroundings: Option<Surroundings>,
    groups: Option<GroupNames>,
    #[serde(default)]
    words: ClaimWords,
    #[serde(default)]
    pattern: Vec<Entry>,
}

#[derive(Deserialize, Clone)]
#[serde(untagged)]
enum PerForm {
    One(String),
    Each(BTreeMap<String, String>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: Spanned<String>,
    code: Option<Spanned<String>>,
    kind: Option<Spanned<String>>,
    #[serde(default)]
    subject: Vec<Spanned<String>>,
    #[serde(default)]
    with_carried: Vec<Spanned<String>>,
    #[serde(default)]
    of_the_received: Vec<Spanned<String>>,
    #[serde(default)]
    of_the_handled: Vec<Spanned<String>>,
    #[serde(default)]
    each: Vec<Spanned<String>>,
    at_most: Option<Spanned<String>>,
    #[serde(default)]
    newly_fewer: bool,
    #[serde(default)]
    ambiguous: bool,
    #[serde(default)]
    not_before: Vec<String>,
    equals: Option<Spanned<String>>,
    #[serde(default)]
    mismatch: Mismatch,
    #[serde(default)]
    strict: bool,
    #[serde(default)]
    anchored: bool,
    #[serde(default)]
    union: bool,
    #[serde(default)]
    spans_comma: bool,
    context: Option<Topic>,
    reading: Option<String>,
    #[serde(default)]
    unless: Vec<Spanned<String>>,
    #[serde(default)]
    units: Vec<Spanned<String>>,
    #[serde(rename = "match")]
    expressions: Vec<Spanned<String>>,
    matches: Vec<String>,
    rejects: Vec<String>,
}

/// The patterns, and the words that tell what to read.
pub(super) fn compile(
    files: &[File],
    lexicon: &Lexicon,
    older: &Older,
) -> Result<(Patterns, Vec<(String, u32)>), DictionaryError> {
    let mut parsed = Vec::new();
    let (mut macros, mut readings) = (BTreeMap::new(), BTreeMap::new());
    for file in files {
        let content: ClaimsFile = file.parse()?;
        // The first file wins: a user's comes first.
        for (name, body) in &content.macros {
            macros.entry(name.clone()).or_insert_with(|| body.clone());
        }
        for (name, body) in &content.readings {
            readings.entry(name.clone()).or_insert_with(|| body.get_ref().clone());
        }
        parsed.push((file, content));
    }
    let mut builder = Builder {
        lexicon,
        macros,
        readings,
        list: Vec::new(),
        numbers: Expressions::default(),
        words: Expressions::default(),
    };
    let (mut triggers, mut around, mut groups) = (None, None, None);
    let mut claim_words = ClaimWords::default();
    for (file, content) in &parsed {
        for entry in &content.pattern {
            builder.add(file, entry)?;
        }
        claim_words.extend(&content.words);
        if let (None, Some(t)) = (&triggers, &content.triggers) {
            triggers = Some((*file, t));
        }
        if let (None, Some(s)) = (&around, &content.surroundings) {
            around = Some((*file, s));
        }
        if let (None, Some(g)) = (&groups, &content.groups) {
            groups = Some((*file, g));
        }
    }
    builder.add_older(older).map_err(|message| files[0].value_error(&(0..0), "older.toml: patterns", message))?;
    let missing = |table, message| files[0].value_error(&(0..0), table, message);
    let (file, t) =
        triggers.ok_or_else(|| missing("triggers", "no file says which classes make a clause worth reading"))?;
    let (around_file, around) =
        around.ok_or_else(|| missing("surroundings", "no file says which words tell what a paragraph is about"))?;
    let groups = groups.ok_or_else(|| missing("groups", "no file says which classes of words are taken together"))?;
    let groups = groups::compile(groups, lexicon)?;
    let telling = telling::compile((file, t), (around_file, around), lexicon)?;
    let patterns = Patterns { list: builder.list, numbers: builder.numbers, words: builder.words, claim_words, groups };
    Ok((patterns, telling))
}

struct Builder<'a> {
    lexicon: &'a Lexicon,
    macros: BTreeMap<String, String>,
    readings: BTreeMap<String, PerForm>,
    list: Vec<Pattern>,
    numbers: Expressions,
    words: Expressions,
}

impl Builder<'_> {
    fn add(&mut self, file: &File, entry: &Entry) -> Result<(), DictionaryError> {
        let id = entry.id.get_ref();
        let key = |field: &str| format!("pattern.{id}.{field}");
        if self.list.iter().any(|p| p.id == *id) {
            return Err(file.value_error(&entry.id.span(), key("id"), "two patterns have this id"));
        }
        let kind = match &entry.kind {
            None => None,
            Some(kind) => Some(parse_kind(kind.get_ref()).ok_or_else(|| {
                file.value_error(&kind.span(), key("kind"), "the kinds are count, amount, share, change, zero and all")
            })?),
        };
        for expression in &entry.expressions {
            let body = to_regex(expression.get_ref(), self.lexicon, &self.macros)
                .map_err(|message| file.value_error(&expression.span(), key("match"), message))?;
            // Ours are compiled by a test, and otherwise when they are first tried.
            if !file.is_built_in {
                Regex::new(&body).map_err(|e| file.value_error(&expression.span(), key("match"), e.to_string()))?;
            }
            let in_words = matches!(kind, Some(ClaimKind::Zero | ClaimKind::All));
            if !in_words && !body.contains(super::lexicon::symbol::SELF) {
                let message = "# is missing: it stands for the number that is read";
                return Err(file.value_error(&expression.span(), key("match"), message));
            }
            let expressions = if in_words { &mut self.words } else { &mut self.numbers };
            expressions
                .add(self.list.len(), body)
                .map_err(|e| file.value_error(&expression.span(), key("match"), e.to_string()))?;
        }
        let readings = |field: &str, texts: &[Spanned<String>]| {
            texts
                .iter()
                .map(|t| self.reading(t.get_ref()).map_err(|m| file.value_error(&t.span(), key(field), m)))
                .collect::<Result<Vec<_>, _>>()
        };
        let one = |field: &str, text: &Option<Spanned<String>>| match text {
            None => Ok(None),
            Some(t) => self.reading(t.get_ref()).map(Some).map_err(|m| file.value_error(&t.span(), key(field), m)),
        };
        let mut unless = Vec::new();
        for name in &entry.unless {
            let class = self.lexicon.by_name(name.get_ref());
            let unknown =
                || file.value_error(&name.span(), key("unless"), format!("no class is called {}", name.get_ref()));
            unless.push(class.ok_or_else(unknown)?.symbol());
        }
        let mut units = Vec::new();
        for name in &entry.units {
            if name.get_ref() != "*" {
                let unknown = || {
                    file.value_error(&name.span(), key("units"), format!("no unit class is called {}", name.get_ref()))
                };
                units.push(UnitClass::from_str(name.get_ref()).map_err(|()| unknown())?);
            }
        }
        if entry.units.is_empty() {
            units = vec![UnitClass::Case, UnitClass::Item, UnitClass::Times, UnitClass::None];
        }
        let no_matter = |code: &Spanned<String>| {
            file.value_error(&code.span(), key("code"), format!("no rule on claims has the code {}", code.get_ref()))
        };
        let matter = |code: &Spanned<String>| Matter::from_str(code.get_ref()).map_err(|()| no_matter(code));
        let matter = entry.code.as_ref().map(matter).transpose()?;
        let pattern = Pattern {
            id: id.clone(),
            matter,
            kind,
            subject: readings("subject", &entry.subject)?,
            with_carried: readings("with_carried", &entry.with_carried)?,
            of_the_received: readings("of_the_received", &entry.of_the_received)?,
            of_the_handled: readings("of_the_handled", &entry.of_the_handled)?,
            each: readings("each", &entry.each)?,
            at_most: one("at_most", &entry.at_most)?,
            newly_fewer: entry.newly_fewer,
            ambiguous: entry.ambiguous,
            not_before: entry.not_before.clone(),
            equals: one("equals", &entry.equals)?,
            mismatch: entry.mismatch,
            strict: entry.strict,
            anchored: entry.anchored,
            union: entry.union,
            spans_comma: entry.spans_comma,
            topic: entry.context,
            because: entry.reading.clone(),
            unless,
            units,
            matches: entry.matches.clone(),
            rejects: entry.rejects.clone(),
            place: (!file.is_built_in).then(|| file.place(&entry.id.span())),
        };
        self.list.push(pattern);
        Ok(())
    }

    fn reading(&self, text: &str) -> Result<Reading, String> {
        let mut formulas = [const { [const { None }; Objects::ALL.len()] }; FORMS];
        for generation in [Generation::Form2019, Generation::Form2021] {
            for objects in Objects::ALL {
                let expanded = self.expand(text, generation, objects, 0)?;
                let formula = if expanded.trim() == "0" {
                    Formula::Stated("0".to_string(), crate::form::Number::ZERO)
                } else {
                    expanded.parse::<Formula>().map_err(|e| e.to_string())?
                };
                formulas[slot(generation)][objects as usize] = Some(formula);
            }
        }
        Ok(Reading::new(formulas))
    }

    /// A reading that holds in reports in an older form only; `statistics.@` is what the sentence disputes.
    fn older_reading(text: &str) -> Result<Reading, String> {
        let mut formulas = [const { [const { None }; Objects::ALL.len()] }; FORMS];
        for objects in Objects::ALL {
            let of = |row: &str| text.replace("statistics.@", &format!("statistics.{row}"));
            let expanded = match objects {
                Objects::Review => of("reviews"),
                Objects::Suits => of("suits"),
                Objects::Both if text.contains('@') => format!("{} + {}", of("reviews"), of("suits")),
                // These forms do not tell the two kinds of suits apart.
                Objects::DirectSuits | Objects::SuitsAfterReview if text.contains('@') => continue,
                _ => text.to_string(),
            };
            let formula = expanded.parse::<Formula>().map_err(|e| e.to_string())?;
            formulas[slot(Generation::Form2014)][objects as usize] = Some(formula);
        }
        Ok(Reading::new(formulas))
    }

    /// Adds what the patterns mean in the older forms.
    fn add_older(&mut self, older: &Older) -> Result<(), String> {
        for (id, readings) in older.readings() {
            let of = |list: &[String]| list.iter().map(|t| Self::older_reading(t)).collect::<Result<Vec<_>, _>>();
            let (subject, each) = (of(&readings.subject)?, of(&readings.each)?);
            let equals = readings.equals.as_deref().map(Self::older_reading).transpose()?;
            // A pattern that a replaced file leaves out needs no readings.
            let Some(pattern) = self.list.iter_mut().find(|p| p.id == *id) else { continue };
            if pattern.subject.is_empty() != subject.is_empty() || pattern.each.is_empty() != each.is_empty() {
                return Err(format!("{id} has no such readings in the newer forms"));
            }
            pattern.subject.extend(subject);
            pattern.each.extend(each);
            if let (Some(own), Some(older)) = (&mut pattern.equals, equals) {
                let mut formulas = own.formulas.clone();
                formulas[slot(Generation::Form2014)] = older.formulas[slot(Generation::Form2014)].clone();
                *own = Reading::new(formulas);
            }
        }
        Ok(())
    }

    fn expand(&self, text: &str, generation: Generation, objects: Objects, depth: usize) -> Result<String, String> {
        if depth > 4 {
            return Err("readings are nested too deep".to_string());
        }
        let mut out = text.to_string();
        for (name, body) in &self.readings {
            if !out.contains(name.as_str()) {
                continue;
            }
            let body = match body {
                PerForm::One(body) => body,
                PerForm::Each(per_form) => per_form
                    .get(generation.name())
                    .ok_or_else(|| format!("the reading {name} does not say what it is in the form of {generation}"))?,
            };
            let body = self.expand(body, generation, objects, depth + 1)?;
            out = out.replace(name.as_str(), &if body.contains(' ') { format!("({body})") } else { body });
        }
        while let Some(at) = out.find("disputes.@.") {
            let rest = &out[at + "disputes.@.".len()..];
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
            let column = rest[..end].to_string();
            let sum = objects.rows().iter().map(|r| format!("disputes.{r}.{column}")).collect::<Vec<_>>().join(" + ");
            let whole = format!("disputes.@.{column}");
            out = out.replacen(&whole, &if sum.contains('+') { format!("({sum})") } else { sum }, 1);
        }
        Ok(out)
    }
}

fn parse_kind(text: &str) -> Option<ClaimKind> {
    [ClaimKind::Count, ClaimKind::Amount, ClaimKind::Share, ClaimKind::Change, ClaimKind::Zero, ClaimKind::All]
        .into_iter()
        .find(|k| k.name() == text)
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_pattern_of_ours_compiles() {
        let patterns = &crate::dictionary::Dictionary::built_in().patterns;
        assert_eq!(patterns.numbers.broken(), Vec::<&str>::new());
        assert_eq!(patterns.words.broken(), Vec::<&str>::new());
    }
}
