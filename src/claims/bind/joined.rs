//! Numbers of more than their pattern names: the words join it with something else.

use super::number::Place;
use super::standing::Held;
use super::{Reader, tokens_before};
use crate::claims::tokens::Token;
use crate::dictionary::{Matter, symbol};
use crate::form::Column;

impl Reader<'_> {
    /// Whether a number is of several things, of which its pattern names the last.
    pub(super) fn is_joined(&self, held: &Held<'_>) -> bool {
        match held.matter() {
            Some(Matter::Documents) => self.is_joint_work(held),
            Some(
                Matter::Received
                | Matter::CarriedOver
                | Matter::Granted
                | Matter::OutcomeReason
                | Matter::Applicants
                | Matter::Suits,
            ) => self.follows_another(held),
            _ => false,
        }
    }

    /// 修改、废止规范性文件3件, 公开废止规范性文件60件: whether the documents withdrawn are counted with others, or only told of.
    fn is_joint_work(&self, held: &Held<'_>) -> bool {
        let is_of_withdrawn =
            held.readings.first().is_some_and(|f| f.all_cells(&mut |cell| cell.column == Column::Repealed));
        let before = tokens_before(held.window);
        let withdraws = before.iter().rposition(|t| t.symbol == self.symbols.repeal);
        let other = withdraws.and_then(|at| before[..at].iter().rev().find(|t| !self.joins(t)));
        is_of_withdrawn && other.is_some_and(|t| self.symbols.document_work.contains(&t.symbol))
    }

    /// 自然人和法人申请62件, 新收和上年结转66件, 属于内部管理信息、过程性信息2件: whether words for something of the same sort are joined
    /// with those that the pattern has found.
    fn follows_another(&self, held: &Held<'_>) -> bool {
        let start = held.m.tokens.start;
        let own = held.window.tokens.get(start).map(|t| t.symbol);
        let before = &held.window.tokens[..start.min(held.window.this)];
        // 因第三方不同意公开或属于内部事务信息
        let mut before = before.iter().rev().skip_while(|t| t.symbol == self.symbols.fill);
        let is_linked = before.next().is_some_and(|t| self.links(t));
        let groups =
            [&self.symbols.applicants, &self.symbols.reasons, &self.symbols.moves, &self.symbols.ways_to_dispute];
        let is_of_the_sort = |t: &&Token| {
            Some(t.symbol) != own && (groups.iter().any(|g| g.contains(&t.symbol)) || self.names_information(t))
        };
        is_linked && before.next().filter(is_of_the_sort).is_some()
    }

    /// 内部管理信息: a sort of information that no class has.
    fn names_information(&self, token: &Token) -> bool {
        let words = &self.dictionary.patterns.claim_words.sorts_of_information;
        token.symbol == symbol::UNKNOWN && words.end(&self.prose.text[token.range.clone()])
    }

    fn links(&self, token: &Token) -> bool {
        token.symbol == symbol::SEPARATOR || token.symbol == self.symbols.and
    }

    fn joins(&self, token: &Token) -> bool {
        self.links(token) || token.symbol == self.symbols.fill
    }

    /// 不予公开、无法提供等共32件; 重复申请等3件: whether outcomes, or reasons and disputes, are named with 等 behind them.
    pub(super) fn is_more_than_named(&self, held: &Held<'_>) -> bool {
        let is_open =
            |t: &Token| t.symbol == self.symbols.and_others && self.prose.text[t.range.clone()].starts_with('等');
        let is_named = |t: &Token| match held.matter() {
            Some(Matter::Granted | Matter::OutcomeGroup) => self.symbols.is_outcome(t),
            Some(Matter::OutcomeReason | Matter::Applicants | Matter::Reviews | Matter::Suits) => {
                t.symbol != self.symbols.fill
            }
            _ => false,
        };
        held.matched().windows(2).any(|pair| is_named(&pair[0]) && is_open(&pair[1]))
    }

    /// 第三方同意公开1件: whether an answer is that of somebody who was asked.
    pub(super) fn is_of_who_was_asked(&self, held: &Held<'_>) -> bool {
        let words = &self.dictionary.patterns.claim_words;
        let text = |t: &Token| &self.prose.text[t.range.clone()];
        let consents = |t: &Token| self.symbols.is_outcome(t) && words.consents.begin(text(t));
        let end = held.matched().first().map_or(held.place.clause.range.start, |t| t.range.start);
        let told = self.prose.text.get(held.place.clause.range.start..end).unwrap_or_default();
        matches!(held.matter(), Some(Matter::Granted | Matter::OutcomeGroup))
            && held.matched().iter().any(consents)
            && words.who_is_asked.stand_in(told)
    }

    /// 属于行政执法案卷，依法不予公开3件; 信息不存在，答复无法提供21件: whether a reason stands before the group of outcomes that is
    /// counted, in its clause or in the one before without numbers.
    pub(super) fn is_of_a_group_for_a_reason(&self, held: &Held<'_>) -> bool {
        let words = &self.dictionary.patterns.claim_words;
        let is_reason = |t: &Token| self.symbols.reasons.contains(&t.symbol) && !self.symbols.is_group(t.symbol);
        let asks = |text: &str| words.who_is_asked.stand_in(text) && words.consents.stand_in(text);
        let in_clause_before = || {
            let Place { sentence, clause, .. } = held.place;
            let at = sentence.clauses.iter().position(|c| c.range == clause.range);
            let before = at.and_then(|at| at.checked_sub(1)).map(|at| &sentence.clauses[at]);
            before
                .filter(|b| b.quantities.is_empty() && b.depth == clause.depth && clause.opened_by == Some('，'))
                .is_some_and(|before| {
                    self.tokenizer.clause(before).iter().any(is_reason) || asks(&self.prose.text[before.range.clone()])
                })
        };
        let before = &held.window.tokens[..held.m.tokens.start];
        // 因不掌握等原因无法提供20件: for that reason and others.
        let are_more = || before.iter().any(|t| t.symbol == self.symbols.and_others);
        self.is_said_for_a_reason(held) && !are_more()
            || held.matter() == Some(Matter::OutcomeGroup)
                && held.matched().iter().any(|t| self.symbols.is_group(t.symbol))
                && (before.iter().any(is_reason) && !are_more() || in_clause_before())
    }

    /// 因第三方不同意不予公开1件; 依据《条例》第十六条不予公开1件; 因涉及商业秘密部分公开2件: whether words of a reason that no class
    /// knows stand between an outcome and the number before it.
    fn is_said_for_a_reason(&self, held: &Held<'_>) -> bool {
        if !matches!(held.matter(), Some(Matter::OutcomeGroup | Matter::Granted)) {
            return false;
        }
        let outcome = held.window.tokens[held.m.tokens.start].range.start;
        let clause = &held.place.clause.range;
        let numbers = &self.lexed.quantities[..];
        let before = numbers.partition_point(|q| q.whole.end <= outcome);
        let last = before.checked_sub(1).map_or(0, |at| numbers[at].whole.end);
        let lead = &self.prose.text[clause.start.max(last).min(outcome)..outcome];
        self.dictionary.patterns.claim_words.for_a_reason.stand_in(lead)
    }
}
