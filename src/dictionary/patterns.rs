//! Claim patterns: what words around a number say it is about.

mod entries;

use std::ops::Range;

use serde::Deserialize;

pub(super) use self::entries::compile;
use super::claim_words::ClaimWords;
use super::expressions::Expressions;
use super::groups::Groups;
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

#[cfg(test)]
mod tests {
    #[test]
    fn every_pattern_of_ours_compiles() {
        let patterns = &crate::dictionary::Dictionary::built_in().patterns;
        assert_eq!(patterns.numbers.broken(), Vec::<&str>::new());
        assert_eq!(patterns.words.broken(), Vec::<&str>::new());
    }
}
