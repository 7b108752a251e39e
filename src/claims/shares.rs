//! Shares: which count a percentage is a part of, and what it says of its base.

use super::Claim;
use super::clauses::{Clause, Sentence};
use super::tokens::Token;
use crate::dictionary::{Lexicon, UnitClass, symbol};
use crate::form::{CellId, Column, Formula, Row};
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

/// A share and the counts it is of, as indices into [`Claims::list`](super::Claims::list).
#[derive(Debug, Clone)]
pub struct ShareLink {
    /// The percentage.
    pub share: usize,
    /// Its part; the last of them when several counts are taken together.
    pub part: usize,
    /// Further counts of the part: 两项合计占50%.
    pub with: Vec<usize>,
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
    joint: Vec<char>,
    wider: Vec<char>,
    total: char,
    /// What may stand in the name of a total of the report.
    of_total: Vec<char>,
    disclosed: char,
}

impl ShareWords {
    pub(super) fn new(lexicon: &Lexicon) -> Self {
        let of = |name| lexicon.symbol_of(name);
        ShareWords {
            share_of: of("share_of"),
            neutral: ["fill", "part_word", "total_word", "so_far", "own", "wide", "time_own", "all", "and", "joint"]
                .map(of)
                .to_vec(),
            base_all: of("base_all"),
            handled: ["base_handled", "close", "answer", "handle"].map(of).to_vec(),
            received: ["base_received", "receive", "accept", "new", "take"].map(of).to_vec(),
            applications: ["application", "plain_application"].map(of),
            joint: vec![of("joint")],
            wider: ["wide", "system", "review", "suit", "dispute", "elsewhere"].map(of).to_vec(),
            total: of("total_word"),
            of_total: ["publish", "disclosure_word", "decide"].map(of).to_vec(),
            disclosed: of("publish"),
        }
    }

    /// The base that the words between 占 and the number name, if the words before 占 name no other part.
    fn base(&self, before: &[Token]) -> Option<BaseHint> {
        let is_share = |t: &Token| t.symbol == self.share_of;
        let Some(last) = before.iter().rposition(is_share) else {
            return before.iter().all(|t| self.says_nothing(t)).then_some(BaseHint::Unsaid);
        };
        // 占申请总数的比例为
        let names_base = |first: &usize| before[first + 1..last].iter().all(|t| self.names_total(t));
        let at = before[..last].iter().rposition(is_share).filter(names_base).unwrap_or(last);
        if !before[..at].iter().all(|t| self.says_nothing(t)) {
            return None;
        }
        let words: Vec<&Token> = before[at + 1..].iter().filter(|t| !is_share(t)).collect();
        let says = |symbols: &[char]| words.iter().any(|t| symbols.contains(&t.symbol));
        Some(if !words.iter().all(|t| self.names_total(t)) {
            // 占解读总数的38%, 占不予公开的40%: a whole of another kind.
            BaseHint::Unknown
        } else if says(&[self.disclosed]) && !says(&self.applications) && !says(&self.handled) && !says(&self.received)
        {
            // 部分公开3件，占公开总数的25%: of what was disclosed.
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

    /// The words before 占, which name a part in place of its count, and the base that those behind it name.
    fn named<'t>(&self, before: &'t [Token]) -> Option<(&'t [Token], BaseHint)> {
        let at = before.iter().rposition(|t| t.symbol == self.share_of)?;
        Some((&before[..at], self.base(&before[at..])?))
    }

    fn says_nothing(&self, token: &Token) -> bool {
        self.neutral.contains(&token.symbol) || token.symbol == symbol::SEPARATOR
    }

    /// The outcomes that a share names in place of their count, over the totals it may be of, the likeliest first:
    /// 予以公开或部分公开占58.5%.
    pub(super) fn of_outcomes(&self, before: &[Token], outcomes: &[(char, Row)]) -> Option<Vec<Formula>> {
        let (before, base) = self.named(before)?;
        let row = |t: &Token| outcomes.iter().find(|(symbol, _)| *symbol == t.symbol).map(|(_, row)| *row);
        let (named, other): (Vec<&Token>, Vec<&Token>) = before.iter().partition(|t| row(t).is_some());
        if named.is_empty() || !other.iter().all(|t| self.says_nothing(t)) {
            return None;
        }
        let part = Formula::sum_of(named.into_iter().filter_map(row).map(CellId::total));
        let total = |row| Formula::Cell(CellId::total(row));
        let intake = Formula::Sum(vec![total(Row::Received), total(Row::CarriedIn)]);
        let bases = match base {
            BaseHint::Unknown => return None,
            BaseHint::Received => [total(Row::Received), intake, total(Row::Handled)],
            BaseHint::Unsaid | BaseHint::All | BaseHint::Handled => [total(Row::Handled), total(Row::Received), intake],
        };
        Some(bases.into_iter().map(|base| part.clone().over(base)).collect())
    }

    /// The kind of applicants that a share names in place of their count, over the applications that came in, else those
    /// with what was carried in, else those handled: 自然人占90.3%.
    pub(super) fn of_applicants(&self, before: &[Token], kinds: &[(char, Column)]) -> Option<Vec<Formula>> {
        let (before, base) = self.named(before)?;
        let column = |t: &Token| kinds.iter().find(|(symbol, _)| *symbol == t.symbol).map(|(_, column)| *column);
        let applications = |t: &Token| self.applications.contains(&t.symbol);
        let mut named = before.iter().filter_map(column);
        let (kind, None) = (named.next()?, named.next()) else { return None };
        let is_plain = |t: &Token| column(t).is_some() || applications(t) || self.says_nothing(t);
        if base == BaseHint::Unknown || !before.iter().all(is_plain) {
            return None;
        }
        let of = |rows: &[Row]| {
            let count = |column| Formula::sum_of(rows.iter().map(|row| CellId::new(*row, column)));
            count(kind).over(count(Column::Total))
        };
        let (new, all, handled) = (of(&[Row::Received]), of(&[Row::Received, Row::CarriedIn]), of(&[Row::Handled]));
        Some(if base == BaseHint::Handled { vec![handled, new, all] } else { vec![new, all, handled] })
    }

    /// Whether a word between 占 and the number may stand in the name of a total of the report.
    fn names_total(&self, token: &Token) -> bool {
        let known = [&self.neutral, &self.handled, &self.received, &self.of_total];
        !self.wider.contains(&token.symbol)
            && (known.iter().any(|list| list.contains(&token.symbol))
                || self.applications.contains(&token.symbol)
                || [self.base_all, symbol::SEPARATOR, symbol::YEAR_OWN].contains(&token.symbol))
    }

    /// The count that a share follows. Clauses that only compare (较上年减少3件) may stand between.
    pub(super) fn link(
        &self,
        (share, before): (usize, &[Token]),
        sentence: &Sentence,
        compares: &dyn Fn(&Clause) -> bool,
        lexed: &Lexed,
        claims: &[Claim],
    ) -> Option<ShareLink> {
        let base = self.base(before)?;
        let quantity = claims[share].quantity?;
        let clause_at = |q: usize| {
            let at = sentence.clauses.partition_point(|c| c.quantities.end <= q);
            sentence.clauses.get(at).filter(|c| c.quantities.contains(&q)).map(|_| at)
        };
        let here = clause_at(quantity)?;
        let depth = sentence.clauses[here].depth;
        // A bracket after the count holds its parts; the share goes on outside.
        let is_outer = |q: &usize| clause_at(*q).is_some_and(|c| sentence.clauses[c].depth <= depth);
        let is_passed = |c: usize| c != here && compares(&sentence.clauses[c]);
        let counts = |q: &usize| is_outer(q) && !clause_at(*q).is_some_and(is_passed);
        let mut earlier = (sentence.quantities.start..quantity).rev().filter(counts);
        let part_quantity = earlier.clone().find(|q| !lexed.quantities[*q].is_percent())?;
        // Another share in between took that count.
        if (part_quantity + 1..quantity).any(|q| lexed.quantities[q].is_percent() && counts(&q)) {
            return None;
        }
        let there = clause_at(part_quantity)?;
        let says_share = before.iter().any(|t| t.symbol == self.share_of);
        let in_bracket = depth > sentence.clauses[there].depth && here == there + 1;
        let is_near = here == there || (there + 1..here).all(|c| sentence.clauses[c].depth > depth || is_passed(c));
        if !is_near || !(says_share || in_bracket) || !is_countable(lexed, part_quantity) {
            return None;
        }
        let of = |q: usize| claims[..share].iter().rposition(|c| c.quantity == Some(q));
        let part = of(part_quantity)?;
        let mut other = || earlier.find(|q| *q < part_quantity && !lexed.quantities[*q].is_percent()).and_then(of);
        let with = if self.is_joint(before) {
            vec![other()?]
        } else if self.is_in_all(before) {
            other().into_iter().collect()
        } else {
            Vec::new()
        };
        Some(ShareLink { share, part, with, base })
    }

    /// 合计占, 两项相加占
    fn is_joint(&self, before: &[Token]) -> bool {
        before.iter().any(|t| self.joint.contains(&t.symbol))
    }

    /// 不予公开26件、无法提供58件，共占35%: of both, or of the last count, which may be their sum.
    fn is_in_all(&self, before: &[Token]) -> bool {
        before.windows(2).any(|pair| pair[0].symbol == self.total && pair[1].symbol == self.share_of)
    }

    /// 分别占办结总数的36%和10%: as many shares as counts just before, in order.
    pub(super) fn link_each(
        &self,
        shares: &[usize],
        before: &[Token],
        sentence: &Sentence,
        lexed: &Lexed,
        claims: &[Claim],
    ) -> Vec<ShareLink> {
        let Some(first) = shares.first().and_then(|s| claims[*s].quantity) else { return Vec::new() };
        let counts: Vec<usize> = (sentence.quantities.start..first)
            .rev()
            .take_while(|q| !lexed.quantities[*q].is_percent())
            .filter(|q| is_countable(lexed, *q))
            .take(shares.len())
            .collect();
        if counts.len() != shares.len() {
            return Vec::new();
        }
        let at = before.iter().rposition(|t| t.symbol == self.share_of).unwrap_or(0);
        let Some(base) = self.base(&before[at..]) else { return Vec::new() };
        let of = |q: usize| claims.iter().position(|c| c.quantity == Some(q));
        let pairs = shares.iter().zip(counts.iter().rev());
        pairs
            .filter_map(|(share, q)| Some(ShareLink { share: *share, part: of(*q)?, with: Vec::new(), base }))
            .collect()
    }
}

fn is_countable(lexed: &Lexed, q: usize) -> bool {
    !matches!(
        lexed.quantities[q].class,
        UnitClass::Money | UnitClass::Duration | UnitClass::Point | UnitClass::Multiple
    )
}
