//! Words that make a number one of some applications or disputes only.

use std::ops::Range;

use super::{Match, Reader, tokens_before};
use crate::claims::clauses::Clause;
use crate::claims::tokens::Token;
use crate::claims::windows::Window;
use crate::claims::{Claim, Scope, ScopeKind};
use crate::dictionary::{Matter, Topic, UnitClass, says, symbol};
use crate::quantities::Quantity;

/// Claims looked back at for what else was counted.
pub(super) const LOOKED_BACK: usize = 12;

impl Reader<'_> {
    /// Whether a number is one of some disputes or applications only, by its own words or by those of a number before
    /// it: 因程序问题引发的行政复议、行政诉讼; 涉及征地的政府信息公开申请96件，予以公开37件.
    pub(super) fn is_of_some(
        &mut self,
        window: &Window<'_>,
        matched: Option<&Match<'_>>,
        sentence: &Range<usize>,
    ) -> bool {
        let among = |tokens: &[Token], symbols: &[char]| tokens.iter().any(|t| symbols.contains(&t.symbol));
        let Some(m) = matched else {
            let before = tokens_before(window);
            let is_aspect = || match before {
                [first, .., last] => self.is_aspect(first.range.start..last.range.end),
                _ => false,
            };
            let is_led = self.has_unknown(before) || among(before, &[self.symbols.other_business]);
            let of_applicants = among(before, &self.symbols.applicants) && among(before, &self.symbols.disclosed);
            self.part.is_of_some_requests |=
                is_led && (among(before, &self.symbols.applications) || is_aspect()) || of_applicants;
            self.part.is_said_of_some |= of_applicants;
            return false;
        };
        let lead = &window.tokens[..m.tokens.start];
        let is_led = self.has_unknown(lead);
        if m.pattern.matter == Some(Matter::Received) {
            // 12345平台上年结转31件，新收1203件: goes on, unless applications are named.
            let goes_on =
                !among(&window.tokens[m.tokens.clone()], &self.symbols.applications) && self.part.is_of_some_requests;
            let matched = &window.tokens[m.tokens.clone()];
            let names_more = matched.iter().any(|t| t.symbol == symbol::UNKNOWN);
            let words = [self.symbols.for_others, self.symbols.restricting];
            self.part.is_of_some_requests = is_led || names_more || goes_on || among(tokens_before(window), &words);
            self.told.has_counted_all |= !self.part.is_of_some_requests;
            self.told.is_of_some_before = false;
        }
        if m.pattern.matter == Some(Matter::Handled) {
            // 延期答复的申请35件。其中予以公开20件; 办理涉第三方政府信息公开申请5件，予以公开3件
            let own = &window.tokens[m.tokens.start..window.this.max(m.tokens.start)];
            let is_of_a_sort = || among(own, &self.symbols.reasons) || own.iter().any(|t| t.symbol == symbol::UNKNOWN);
            self.part.is_of_some_requests |=
                among(tokens_before(window), &[self.symbols.restricting]) || is_of_a_sort();
        }
        match (m.pattern.topic, m.pattern.matter) {
            (Some(Topic::Disputes), _) if m.pattern.strict => {
                let word = |t: &Token| &self.prose.text[t.range.clone()];
                let is_besides = |t: &Token| self.dictionary.patterns.claim_words.besides.begin(word(t));
                // 行政复议5件，另有行政诉讼9件: the other kind.
                let is_other_kind = |c: &Claim| {
                    let is_dispute = matches!(c.matter, Some(Matter::Reviews | Matter::Suits));
                    is_dispute && c.matter != m.pattern.matter && c.range.start >= sentence.start
                };
                let is_first = !self.out.list.iter().rev().take(LOOKED_BACK).any(is_other_kind);
                let names_other = lead.iter().any(|t| t.symbol == self.symbols.other_word);
                self.told.is_of_other_disputes |= names_other || is_first && lead.iter().any(is_besides);
                let is_said = among(&window.tokens[..m.tokens.end], &self.symbols.faults)
                    || among(lead, &self.symbols.kinds_of_disputes);
                self.part.is_of_some_disputes |= is_led || is_said;
                self.part.is_said_of_some |= is_said;
                // 临江大学收到申请77件，引发行政复议9件: whose applications they are is not known.
                self.part.is_of_some_disputes || self.part.is_of_some_requests || self.told.is_of_other_disputes
            }
            // 被撤销的行政复议、行政诉讼各0件: the second is of those revoked, too.
            (Some(Topic::Disputes), Some(Matter::DisputeResult)) => {
                let matched = &window.tokens[m.tokens.start..window.this.max(m.tokens.start)];
                self.part.is_of_some_disputes |= among(matched, &self.symbols.ways_to_dispute);
                false
            }
            // 败诉的3件中，直接起诉2件
            (None, Some(Matter::Suits)) => self.part.is_of_some_disputes,
            // 12345平台上年结转31件，新收1203件: the business of that platform.
            (Some(Topic::Outcomes | Topic::Requests), Some(Matter::CarriedOver)) => {
                self.part.is_of_some_requests |= among(lead, &self.symbols.platforms);
                self.part.is_of_some_requests
            }
            (Some(Topic::Outcomes), _) => {
                let is_said = among(lead, &self.symbols.applicants);
                // 征收补偿类申请中予以公开20件
                let is_of_a_sort = is_led && among(lead, &self.symbols.applications);
                // 申请涉及内部事务信息6件，其中予以公开4件
                let is_on_a_topic = m.pattern.matter == Some(Matter::OutcomeReason)
                    && (self.names_a_topic(window) || among(tokens_before(window), &[self.symbols.receive]));
                self.part.is_of_some_requests |= is_said || is_on_a_topic || is_of_a_sort;
                self.part.is_said_of_some |= is_said;
                self.part.is_of_some_requests || self.told.is_of_some_before
            }
            (Some(Topic::Requests), _) => self.part.is_of_some_requests || self.told.is_of_some_before,
            _ => false,
        }
    }

    /// 申请内容涉及个人隐私的12件: whether the words of a number say what applications are about.
    fn names_a_topic(&self, window: &Window<'_>) -> bool {
        let words = &self.dictionary.patterns.claim_words.topics;
        let told = window.tokens.first().zip(window.tokens.last()).map(|(a, b)| a.range.start..b.range.end);
        told.is_some_and(|told| words.stand_in(&self.prose.text[told.clone()]))
    }

    /// 延期答复申请77件, 收到征地拆迁类申请211件, 5日内办结申请61件: whether what is received or handled is said to be of one sort.
    pub(super) fn is_of_one_sort(&self, window: &Window<'_>, m: &Match<'_>, clause: &Clause, q: usize) -> bool {
        let before = tokens_before(window);
        let is_restricted = || before.iter().any(|t| t.symbol == self.symbols.restricting);
        let matched = &window.tokens[m.tokens.clone()];
        let names_more = || matched.iter().any(|t| t.symbol == symbol::UNKNOWN);
        match m.pattern.matter {
            Some(Matter::Received) => is_restricted() || names_more(),
            Some(Matter::Documents) => is_restricted(),
            Some(Matter::Handled) => is_restricted() || self.is_within_days(clause, q),
            _ => false,
        }
    }

    /// 重新答复的1件又引发行政复议1件: whether disputes are those over what the same clause counts just before, and no cell has.
    pub(super) fn is_of_the_number_before(&self, matter: Option<Matter>, clause: &Clause, own: &Quantity) -> bool {
        let before = self.out.list.last().filter(|c| c.clause == clause.range && c.readings.is_empty());
        // 行政复议由3件变为6件: the one of before is none of them.
        let changes = |q: usize| self.changes_into_the_next(&self.lexed.quantities[q]);
        let before = before.filter(|c| !c.quantity.is_some_and(changes));
        let between = before.and_then(|c| self.prose.text.get(c.range.end..own.range.start));
        matches!(matter, Some(Matter::Reviews | Matter::Suits))
            && between.is_some_and(|t| !t.contains(['、', '，', ',', '和', '及', '与']))
    }

    /// 协助市政府办公室办理依申请公开6件: the words that make what is received, handled or made the work of others. What is
    /// said of it afterwards is so too.
    pub(super) fn work_for_others(&mut self, window: &Window<'_>, matched: Option<&Match<'_>>) -> Option<Scope> {
        let is_work = matched
            .is_some_and(|m| matches!(m.pattern.matter, Some(Matter::Documents | Matter::Received | Matter::Handled)));
        let word = tokens_before(window).iter().find(|t| is_work && t.symbol == self.symbols.for_others)?;
        (self.part.is_of_some_requests, self.part.is_said_of_some) = (true, true);
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

    /// Whether the words before a number make it one of what the sentence counts: 申请96件，涉及征地的37件; 其中征地类37件.
    pub(super) fn is_aspect(&self, before: Range<usize>) -> bool {
        let says = self.marks.said_in(before.clone());
        says & says::PARTS != 0 && says & says::AMONG == 0 || self.prose.text[before].ends_with('类')
    }
}
