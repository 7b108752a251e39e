//! Numbers and words to claims: what each number says, with its readings, and what it is a part of.
//!
//! In: prose, quantities and the dictionaries. Out: [`Claims`]. The clauses that can hold a claim are segmented
//! with jieba, every word becomes the symbol of its class, and the patterns of `dictionaries/claims.toml` run
//! over the symbols. No table is looked at here: a claim is what the words say, whether it is right or not.

mod bind;
mod called;
mod clauses;
mod context;
mod doubt;
mod grammar;
mod lists;
mod memo;
mod names;
mod older;
mod scope;
mod segment;
mod shares;
mod tokens;
mod windows;

use std::ops::Range;

pub use bind::read;
pub use clauses::{Clause, Sentence};
pub use doubt::Doubt;
pub use grammar::Grammar;
pub use lists::{List, ListKind};
pub use shares::{BaseHint, ShareLink};
pub use tokens::Token;

use crate::dictionary::{ClaimKind, Matter, Mismatch};
use crate::form::Formula;

/// Whose or which period's number a claim gives, where the text says other than the report's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    /// The words that say so.
    pub text: String,
    /// How it lies to the report's own.
    pub kind: ScopeKind,
}

/// How another scope lies to the report's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScopeKind {
    /// A part of it: an office of the county, half of the year. The number is at most the report's.
    Narrower,
    /// The report's own, or a part of it: the government, in a report of its area that may hold its departments too.
    /// A number may be less than the report's.
    PerhapsNarrower,
    /// The report's own, or another: 全县, where the report does not say whose it is.
    PerhapsOther,
    /// More than it, or something else: the whole province, another year.
    Other,
}

impl ScopeKind {
    /// Whether it may be the report's own.
    pub(crate) fn is_perhaps_own(self) -> bool {
        matches!(self, ScopeKind::PerhapsNarrower | ScopeKind::PerhapsOther)
    }
}

/// One claim. Ranges are bytes of the prose.
#[derive(Debug, Clone)]
pub struct Claim {
    /// The number in [`Lexed::quantities`](crate::quantities::Lexed), none for a claim in words.
    pub quantity: Option<usize>,
    /// The number, or the words.
    pub range: Range<usize>,
    /// The clause around it.
    pub clause: Range<usize>,
    /// The sentence it stands in, an index into [`Claims::sentences`].
    pub sentence: usize,
    /// The section of the form, 0 to 6.
    pub section: u8,
    /// What it says of its number.
    pub kind: ClaimKind,
    /// The name of the pattern that read it.
    pub pattern: Option<String>,
    /// What it is about, by the rule that reports it when contradicted.
    pub matter: Option<Matter>,
    /// What it may be about; the first is what the words say.
    pub readings: Vec<Formula>,
    /// It need not be more than this.
    pub at_most: Option<Formula>,
    /// Why it is held to the tables less strictly than its words alone would be.
    pub doubt: Option<Doubt>,
    /// A claim in words: the subject equals this.
    pub equals: Option<Formula>,
    /// The verdict when nothing fits.
    pub mismatch: Mismatch,
    /// Nothing fits and the words do not settle it: another number of the sentence that agrees with the tables may.
    pub anchored: bool,
    /// A result of reviews or suits by name: where the results of its sentence divide a total that agrees with the table,
    /// it is the table's.
    pub may_divide: bool,
    /// All that is open is whether the sentence is about applications for information; it names no other business.
    pub follows_applications: bool,
    /// Where the part of the sentence begins that speaks of one kind of dispute only, if this claim is in one.
    pub one_kind_from: Option<usize>,
    /// Whose number, if not the report's.
    pub scope: Option<Scope>,
    /// Why the number is never compared, a key for messages.
    pub because: Option<String>,
}

/// The claims of a report, with what ties them together.
#[derive(Debug, Default)]
pub struct Claims {
    /// In order of position.
    pub list: Vec<Claim>,
    /// The sentences that were read.
    pub sentences: Vec<Sentence>,
    /// Shares with the count they are a part of.
    pub shares: Vec<ShareLink>,
    /// Totals with their parts.
    pub lists: Vec<List>,
    /// Clauses segmented, with their words; only kept when asked for.
    pub tokens: Vec<Token>,
}

impl Claim {
    /// Whether it is bounded only because the body may be a part of the reporting one: the number may as well be all.
    #[must_use]
    pub fn is_perhaps_a_part(&self) -> bool {
        self.doubt == Some(Doubt::PerhapsNarrower)
    }

    /// Whether it counts what came by one channel of application.
    #[must_use]
    pub fn is_by_channel(&self) -> bool {
        self.because.as_deref() == Some(CHANNEL)
    }
}

/// The pattern of a number by one channel of application.
pub(crate) const CHANNEL: &str = "channel";

impl Claims {
    /// The indices of the claims of a sentence.
    #[must_use]
    pub fn of_sentence(&self, sentence: usize) -> std::ops::Range<usize> {
        let from = self.list.partition_point(|c| c.sentence < sentence);
        from..from + self.list[from..].partition_point(|c| c.sentence == sentence)
    }

    /// The shares of a sentence.
    #[must_use]
    pub fn shares_of(&self, sentence: usize) -> &[ShareLink] {
        let of = |s: &ShareLink| self.list[s.share].sentence;
        let from = self.shares.partition_point(|s| of(s) < sentence);
        &self.shares[from..from + self.shares[from..].partition_point(|s| of(s) == sentence)]
    }

    /// The link of a share.
    #[must_use]
    pub fn link_of(&self, share: usize) -> Option<&ShareLink> {
        self.shares_of(self.list[share].sentence).iter().find(|s| s.share == share)
    }

    /// The lists of a sentence.
    #[must_use]
    pub fn lists_of(&self, sentence: usize) -> &[List] {
        let of = |l: &List| self.list[l.total].sentence;
        let from = self.lists.partition_point(|l| of(l) < sentence);
        &self.lists[from..from + self.lists[from..].partition_point(|l| of(l) == sentence)]
    }
}
