//! What became of a claim.

use std::borrow::Cow;
use std::fmt;

use crate::form::{Formula, Number};

/// The verdict on a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// It agrees with the first reading.
    Confirmed,
    /// No reading agrees, and scope and period are the report's own.
    Contradicted,
    /// It agrees with a bound, an approximation, or another reading.
    Compatible,
    /// No cell or other claim speaks of it.
    NotComparable,
    /// A cell that is needed could not be read, or the words admit readings that disagree.
    Undetermined,
}

impl Verdict {
    /// Every verdict, in the order of `reports.csv`.
    pub const ALL: [Verdict; 5] =
        [Verdict::Confirmed, Verdict::Contradicted, Verdict::Compatible, Verdict::NotComparable, Verdict::Undetermined];

    /// The name in `claims.csv`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Verdict::Confirmed => "confirmed",
            Verdict::Contradicted => "contradicted",
            Verdict::Compatible => "compatible",
            Verdict::NotComparable => "not_comparable",
            Verdict::Undetermined => "undetermined",
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What became of one claim.
#[derive(Debug, Clone)]
pub struct Assessment {
    /// The verdict.
    pub verdict: Verdict,
    /// What the claim is about: the reading that fits, else the first.
    pub subject: Option<Formula>,
    /// The value of the subject.
    pub expected: Option<Number>,
    /// Why, in words.
    pub reading: Cow<'static, str>,
    /// The rule that reports it, if it is to be reported.
    pub code: Option<&'static str>,
    /// A share that is right only by truncation.
    pub is_truncated: bool,
}

impl Assessment {
    pub(super) fn new(verdict: Verdict, reading: impl Into<Cow<'static, str>>) -> Self {
        Assessment { verdict, subject: None, expected: None, reading: reading.into(), code: None, is_truncated: false }
    }

    pub(super) fn about(mut self, subject: Formula, expected: Option<Number>) -> Self {
        self.subject = Some(subject);
        self.expected = expected;
        self
    }

    /// Takes a contradiction back: the verdict and the reading that hold instead, and no rule that reports it.
    pub(super) fn taken_back(&mut self, verdict: Verdict, reading: impl Into<Cow<'static, str>>) {
        (self.verdict, self.reading, self.code) = (verdict, reading.into(), None);
    }

    pub(super) fn reported_by(mut self, code: Option<&'static str>) -> Self {
        self.code = code;
        self
    }
}
