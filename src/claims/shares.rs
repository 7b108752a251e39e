//! Shares: which count a percentage is a part of, and what it says of its base.

use super::Claim;
use super::clauses::Sentence;
use super::tokens::Token;
use crate::dictionary::{Lexicon, UnitClass, symbol};
use crate::quantities::Lexed;

/// What the words say of the base of a share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BaseHint {
    /// Nothing: 占20%.
    Unsaid,
    /// 占总数的, 占全部的
    All,
    /// 占办结总数的
    Handled,
    /// 占收到申请总数的
    Received,
    /// Something that is no total of the report.
    Unknown,
}

/// A share and the count it follows, as indices into [`Claims::list`](super::Claims::list).
#[derive(Debug, Clone, Copy)]
pub struct ShareLink {
    /// The percentage.
    pub share: usize,
    /// Its part.
    pub part: usize,
    /// Its base.
    pub base: BaseHint,
}

/// Symbols that shares are read with.
#[derive(Debug)]
pub(super) struct ShareWords {
    share_of: char,
    neutral: Vec<char>,
    base_all: char,
    handled: Vec<char>,
    received: Vec<char>,
    applications: [char; 2],
}

impl ShareWords {
    pub(super) fn new(lexicon: &Lexicon) -> Self {
        let of = |name| lexicon.symbol_of(name);
        ShareWords {
            share_of: of("share_of"),
            neutral: ["fill", "part_word", "total_word", "own", "wide", "time_own", "all", "and"].map(of).to_vec(),
            base_all: of("base_all"),
            handled: ["base_handled", "close", "answer", "handle"].map(of).to_vec(),
            received: ["base_received", "receive", "accept", "new", "take"].map(of).to_vec(),
            applications: ["application", "plain_application"].map(of),
        }
    }

    /// The base that the words between 占 and the number name, if the words before 占 name no other part.
    fn base(&self, before: &[Token]) -> Option<BaseHint> {
        let neutral = |t: &Token| self.neutral.contains(&t.symbol) || t.symbol == symbol::SEPARATOR;
        let Some(at) = before.iter().rposition(|t| t.symbol == self.share_of) else {
            return before.iter().all(neutral).then_some(BaseHint::Unsaid);
        };
        if !before[..at].iter().all(neutral) {
            return None;
        }
        let words = &before[at + 1..];
        let says = |symbols: &[char]| words.iter().any(|t| symbols.contains(&t.symbol));
        Some(if words.iter().any(|t| matches!(t.symbol, symbol::UNKNOWN | symbol::ORGAN | symbol::NUMBER)) {
            BaseHint::Unknown
        } else if says(&self.handled) {
            BaseHint::Handled
        } else if says(&self.received) {
            BaseHint::Received
        } else if says(&[self.base_all]) || says(&self.applications) {
            BaseHint::All
        } else {
            BaseHint::Unsaid
        })
    }

    /// The count that a share follows.
    pub(super) fn link(&self, share: usize, before: &[Token], sentence: &Sentence, lexed: &Lexed, claims: &[Claim]) -> Option<ShareLink> {
        let base = self.base(before)?;
        let quantity = claims[share].quantity?;
        let clause_at = |q: usize| sentence.clauses.iter().position(|c| c.quantities.contains(&q));
        let here = clause_at(quantity)?;
        let part_quantity = (sentence.quantities.start..quantity).rev().find(|q| !lexed.quantities[*q].is_percent())?;
        // Another share in between took that count; 分别占 lists are not paired here.
        if (part_quantity + 1..quantity).any(|q| lexed.quantities[q].is_percent()) {
            return None;
        }
        let there = clause_at(part_quantity)?;
        let says_share = before.iter().any(|t| t.symbol == self.share_of);
        let in_bracket = sentence.clauses[here].depth > sentence.clauses[there].depth && here == there + 1;
        let is_near = here == there || here == there + 1 || sentence.clauses[there..here].iter().skip(1).all(|c| c.depth > sentence.clauses[there].depth);
        if !is_near || !(says_share || in_bracket) {
            return None;
        }
        let counts = !matches!(lexed.quantities[part_quantity].class, UnitClass::Money | UnitClass::Duration | UnitClass::Point | UnitClass::Multiple);
        let part = claims[..share].iter().rposition(|c| c.quantity == Some(part_quantity))?;
        counts.then_some(ShareLink { share, part, base })
    }
}
