//! Words that make a number one of some applications or disputes only.

use std::ops::Range;

use super::{Match, Reader, has_unknown, tokens_before};
use crate::claims::clauses::{Clause, Sentence};
use crate::claims::tokens::Token;
use crate::claims::windows::Window;
use crate::claims::{Claim, Scope, ScopeKind};
use crate::dictionary::{ClaimKind, Topic, UnitClass, says, symbol};
use crate::form::{Column, Formula, TableId};
use crate::quantities::Quantity;

impl Reader<'_> {
    /// Notes what a clause says of the numbers from it to the next semicolon: that they are of some applications or suits.
    pub(super) fn note_what_is_counted(
        &mut self,
        index: usize,
        sentence: &Sentence,
        clause: &Clause,
        before: Option<&Clause>,
    ) {
        let of_requests = self.names_answers_of_some(clause);
        let of_disputes = self.opens_kinds_of_some_suits(index, sentence, clause, before);
        self.is_of_some_requests |= of_requests;
        self.is_of_some_disputes |= of_disputes;
        self.is_said_of_some |= of_requests || of_disputes;
    }

    /// Whether a number is one of some disputes or applications only, by its own words or by those of a number before
    /// it: 因程序问题引发的行政复议、行政诉讼; 涉及征地的政府信息公开申请96件，予以公开37件.
    pub(super) fn is_of_some(&mut self, window: &Window<'_>, matched: Option<&Match<'_>>) -> bool {
        let among = |tokens: &[Token], symbols: &[char]| tokens.iter().any(|t| symbols.contains(&t.symbol));
        let Some(m) = matched else {
            let before = tokens_before(window);
            let is_aspect = || match before {
                [first, .., last] => self.is_aspect(first.range.start..last.range.end),
                _ => false,
            };
            let is_led = has_unknown(before) || among(before, &[self.symbols.other_business]);
            let of_applicants = among(before, &self.symbols.applicants) && among(before, &self.symbols.disclosed);
            self.is_of_some_requests |=
                is_led && (among(before, &self.symbols.applications) || is_aspect()) || of_applicants;
            self.is_said_of_some |= of_applicants;
            return false;
        };
        let lead = &window.tokens[..m.tokens.start];
        let is_led = has_unknown(lead);
        if m.pattern.code.as_deref() == Some("C301") {
            self.is_of_some_requests = is_led;
        }
        match (m.pattern.topic, m.pattern.code.as_deref()) {
            (Some(Topic::Disputes), _) if m.pattern.strict => {
                let is_said = among(&window.tokens[..m.tokens.end], &self.symbols.faults)
                    || among(lead, &self.symbols.kinds_of_disputes);
                self.is_of_some_disputes |= is_led || is_said;
                self.is_said_of_some |= is_said;
                // 临江大学收到申请77件，引发行政复议9件: whose applications they are is not known.
                self.is_of_some_disputes || self.is_of_some_requests
            }
            // 败诉的3件中，直接起诉2件
            (None, Some("C402")) => self.is_of_some_disputes,
            (Some(Topic::Outcomes), _) => {
                let is_said = among(lead, &self.symbols.applicants);
                self.is_of_some_requests |= is_said;
                self.is_said_of_some |= is_said;
                self.is_of_some_requests
            }
            (Some(Topic::Requests), _) => self.is_of_some_requests,
            _ => false,
        }
    }

    /// 延期答复申请77件, 收到征地拆迁类申请211件, 5日内办结申请61件: whether what is received or handled is said to be of one sort.
    pub(super) fn is_of_one_sort(&self, window: &Window<'_>, m: &Match<'_>, clause: &Clause, q: usize) -> bool {
        let before = tokens_before(window);
        let is_restricted = || before.iter().any(|t| t.symbol == self.symbols.restricting);
        let matched = &window.tokens[m.tokens.clone()];
        let names_more = || matched.iter().any(|t| t.symbol == symbol::UNKNOWN);
        match m.pattern.code.as_deref() {
            Some("C301") => is_restricted() || names_more(),
            Some("C201") => is_restricted(),
            Some("C302") => is_restricted() || self.is_within_days(clause, q),
            _ => false,
        }
    }

    /// 重新答复的1件又引发行政复议1件: whether disputes are those over what the same clause counts just before, and no cell has.
    pub(super) fn is_of_the_number_before(&self, code: Option<&str>, clause: &Clause, own: &Quantity) -> bool {
        let before = self.out.list.last().filter(|c| c.clause == clause.range && c.readings.is_empty());
        let between = before.and_then(|c| self.prose.text.get(c.range.end..own.range.start));
        matches!(code, Some("C401" | "C402"))
            && between.is_some_and(|t| !t.contains(['、', '，', ',', '和', '及', '与']))
    }

    /// 协助市政府办公室办理依申请公开6件: the words that make what is received, handled or made the work of others. What is
    /// said of it afterwards is so too.
    pub(super) fn work_for_others(&mut self, window: &Window<'_>, matched: Option<&Match<'_>>) -> Option<Scope> {
        let is_work = matched.is_some_and(|m| matches!(m.pattern.code.as_deref(), Some("C201" | "C301" | "C302")));
        let word = tokens_before(window).iter().find(|t| is_work && t.symbol == self.symbols.for_others)?;
        (self.is_of_some_requests, self.is_said_of_some) = (true, true);
        Some(Scope { text: self.prose.text[word.range.clone()].to_string(), kind: ScopeKind::Narrower })
    }

    /// 5日内办结61件: a number of days stands just before.
    fn is_within_days(&self, clause: &Clause, q: usize) -> bool {
        let before = q.checked_sub(1).filter(|before| clause.quantities.contains(before));
        before.is_some_and(|before| {
            let (days, own) = (&self.lexed.quantities[before], &self.lexed.quantities[q]);
            let between = self.prose.text.get(days.whole.end..own.whole.start);
            days.class == UnitClass::Duration && between.is_some_and(|t| !t.contains(['、', '，', ',']))
        })
    }

    /// 企业申请答复类型为公开14件、无法提供9件: whether a clause speaks of the answers to some applications only.
    fn names_answers_of_some(&self, clause: &Clause) -> bool {
        let text = &self.prose.text[clause.range.clone()];
        if clause.says & says::REQUESTS == 0 {
            return false;
        }
        let names = &self.dictionary.patterns.claim_words.kinds_of_answers;
        let Some(at) = names.iter().find_map(|name| text.find(name.as_str())).filter(|at| *at > 0) else {
            return false;
        };
        let tokens = self.tokenizer.clause(clause);
        let mut before = tokens.iter().take_while(|t| t.range.end <= clause.range.start + at);
        before.any(|t| !self.symbols.of_all_answers.contains(&t.symbol) && t.symbol != symbol::YEAR_OWN)
    }

    /// 胜诉的21件中，直接起诉9件; 审结31件，其中直接起诉15件: whether a clause opens the kinds of some suits only.
    fn opens_kinds_of_some_suits(
        &self,
        index: usize,
        sentence: &Sentence,
        clause: &Clause,
        before: Option<&Clause>,
    ) -> bool {
        if clause.says & says::BLOCKS == 0 {
            return false;
        }
        let text = |c: &Clause| self.prose.text[c.range.clone()].trim();
        let is_among = before.is_some_and(|b| text(b).ends_with('中'));
        let opens = is_among
            || matches!(clause.opened_by, Some('（' | '：'))
            || self.prose.text[clause.range.clone()].trim_start().starts_with("其中");
        if !opens {
            return false;
        }
        let depth = |c: &Claim| {
            let clause = sentence.clauses.iter().find(|s| s.range == c.clause);
            clause.map_or(0, |s| s.depth)
        };
        let own = self.out.list.iter().rev().take_while(|c| c.sentence == index);
        let mut counts = own.filter(|c| c.quantity.is_some() && c.kind == ClaimKind::Count && depth(c) <= clause.depth);
        match counts.next() {
            Some(whole) => !is_total_of_disputes(whole),
            None => {
                let names_kinds = |b: &Clause| {
                    let words = self.tokenizer.classes(text(b));
                    words.iter().any(|w| self.symbols.kinds_of_disputes.contains(w))
                };
                is_among && before.is_some_and(names_kinds)
            }
        }
    }

    /// Whether the words before a number make it one of what the sentence counts: 申请96件，涉及征地的37件; 其中征地类37件.
    pub(super) fn is_aspect(&self, before: Range<usize>) -> bool {
        let says = self.marks.said_in(before.clone());
        says & says::PARTS != 0 && says & says::AMONG == 0 || self.prose.text[before].ends_with('类')
    }
}

/// Whether a count is one of all disputes of some kinds.
pub(super) fn is_total_of_disputes(claim: &Claim) -> bool {
    let of_disputes =
        |f: &Formula| f.all_cells(&mut |c| c.row.table() == TableId::Disputes && c.column == Column::Total);
    claim.readings.first().is_some_and(|f| f.cell_count() > 0 && of_disputes(f))
}
