//! Shares to the counts and the bases they are of.

use std::ops::Range;

use super::Reader;
use crate::claims::Claim;
use crate::claims::clauses::{Clause, Sentence};
use crate::claims::context::Sureness;
use crate::claims::shares::BaseHint;
use crate::claims::tokens::Token;
use crate::dictionary::{ClaimKind, Matter, Mismatch, Topic};
use crate::form::TableId;

impl Reader<'_> {
    pub(super) fn link_shares(&mut self, sentence: &Sentence, own: Range<usize>) {
        let is_share = |reader: &Self, i: usize| {
            let claim = &reader.out.list[i];
            claim.kind == ClaimKind::Share && claim.quantity.is_some_and(|q| reader.lexed.quantities[q].is_percent())
        };
        let (text, words) = (&self.prose.text, &self.dictionary.patterns.claim_words.comparisons);
        let compares = |c: &Clause| words.begin(&text[c.range.clone()]);
        let mut done: Vec<usize> = Vec::new();
        let from = self.out.shares.len();
        for index in own.clone() {
            if !is_share(self, index) || done.contains(&index) {
                continue;
            }
            let clause = self.out.list[index].clause.clone();
            let before = self.words_before(index);
            let same: Vec<usize> =
                own.clone().filter(|i| is_share(self, *i) && self.out.list[*i].clause == clause).collect();
            let is_row = same.len() >= 2 && self.prose.text[clause].contains("分别");
            if before.iter().any(|t| self.symbols.rates.contains(&t.symbol)) {
                // 公开率分别为31.4%、40.2%: all of them.
                let rates = if is_row { same } else { vec![index] };
                for rate in &rates {
                    let is_of_others = self.follows_another_count(*rate);
                    let claim = &mut self.out.list[*rate];
                    claim.because = Some("rate".to_string());
                    if is_of_others || is_row {
                        claim.readings.clear();
                    }
                }
                done.extend(rates);
                continue;
            }
            // 占比由20%提升到33.3%: the first is of the year before.
            let is_of_before = |q: usize| self.was_before_a_change(&self.lexed.quantities[q]);
            if self.out.list[index].quantity.is_some_and(is_of_before) {
                continue;
            }
            if is_row {
                let links = self.shares.link_each(&same, &before, sentence, self.lexed, &self.out.list);
                self.out.shares.extend(links);
                done.extend(same);
            } else if let Some(link) =
                self.shares.link((index, &before), sentence, &compares, self.lexed, &self.out.list)
            {
                self.out.shares.push(link);
            } else if self.out.list[index].readings.is_empty()
                && self.is_about_outcomes(sentence, index)
                && let Some(readings) = self.shares.of_outcomes(&before, &self.symbols.outcomes)
            {
                let claim = &mut self.out.list[index];
                (claim.readings, claim.mismatch) = (readings, Mismatch::Undetermined);
            } else if self.out.list[index].readings.is_empty()
                && self.said_of_applications(sentence, index)
                && let Some(readings) = self.shares.of_applicants(&before, &self.symbols.columns)
            {
                let claim = &mut self.out.list[index];
                (claim.readings, claim.mismatch) = (readings, Mismatch::Undetermined);
            }
        }
        for at in from..self.out.shares.len() {
            let clause = self.out.list[self.out.shares[at].share].clause.clone();
            if self.context(sentence).is_deducted(clause) {
                self.out.shares[at].base = BaseHint::Unknown;
            }
        }
    }

    /// 收到申请62件，回复留言30条，办结率100%: whether the count before a rate is of nothing that the rules of applications and
    /// disputes are about.
    fn follows_another_count(&self, rate: usize) -> bool {
        let sentence = self.out.list[rate].sentence;
        let mut before = self.out.list[..rate].iter().rev().take_while(|c| c.sentence == sentence);
        let last = before.find(|c| c.quantity.is_some() && c.kind != ClaimKind::Share);
        let is_such = |matter: Matter| matches!(matter.table(), TableId::Requests | TableId::Disputes);
        last.is_some_and(|c| c.readings.is_empty() || !c.matter.is_some_and(is_such))
    }

    /// Whether a share stands in a sentence of which the first count is of applications that came in, and behind no other
    /// count than those of applications and applicants.
    fn said_of_applications(&self, sentence: &Sentence, share: usize) -> bool {
        let number = self.out.list[share].sentence;
        let before = || self.out.list[..share].iter().rev().take_while(|c| c.sentence == number);
        let is_such = |c: &Claim| {
            let is_of_applications = matches!(c.matter, Some(Matter::Received | Matter::Applicants));
            is_of_applications || matches!(c.kind, ClaimKind::Share | ClaimKind::Change)
        };
        let opens = before().last().is_some_and(|c| c.matter == Some(Matter::Received) && !c.readings.is_empty());
        opens && before().all(is_such) && sentence.clauses.len() > 1
    }

    fn is_about_outcomes(&self, sentence: &Sentence, index: usize) -> bool {
        let claim = &self.out.list[index];
        let context = self.context(sentence);
        context.is_about(Topic::Outcomes, claim.clause.start, claim.range.start) == Sureness::Sure
    }

    /// The words of the clause before a number, back to the number before it.
    fn words_before(&self, index: usize) -> Vec<Token> {
        let claim = &self.out.list[index];
        let start = self.out.tokens.partition_point(|t| t.range.start < claim.clause.start);
        let tokens: Vec<Token> =
            self.out.tokens[start..].iter().take_while(|t| t.range.end <= claim.range.start).cloned().collect();
        let from =
            tokens.iter().rposition(|t| t.number.is_some_and(|n| Some(n) != claim.quantity)).map_or(0, |i| i + 1);
        tokens[from..].to_vec()
    }
}
