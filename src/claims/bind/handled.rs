//! Numbers of what was handled that are not all that was.

use super::Reader;
use super::standing::Held;
use super::tokens_before;
use crate::claims::context::Context;
use crate::claims::tokens::Token;
use crate::dictionary::{Matter, any, symbol};

impl Reader<'_> {
    /// 按时办结58件；延期办结2件: the number of those handled in time, not said to be all.
    pub(super) fn is_handled_in_time(&self, held: &Held<'_>) -> bool {
        let words = &self.dictionary.patterns.claim_words;
        let first = held.window.tokens.first().map_or(0, |t| t.range.start);
        let end = held.matched().last().map_or(first, |t| t.range.end);
        let told = &self.prose.text[first..end.max(first)];
        // 按期办结58件，办结率100%
        let behind = &self.prose.text[end.max(first)..held.place.sentence.range.end];
        words.in_time.stand_in(told) && !words.of_everything.stand_in(told) && !behind.contains("100%")
    }

    /// 办结今年收到的申请56件: what was handled of what came in.
    pub(super) fn is_handled_of_the_received(&self, held: &Held<'_>) -> bool {
        let lead = &held.window.tokens[..held.m.tokens.start.min(held.window.this)];
        let handles = |t: &Token| self.symbols.taking.contains(&t.symbol) && t.symbol != self.symbols.receive;
        held.matter() == Some(Matter::Received) && lead.iter().any(handles)
    }

    /// 办结本年申请20件, 跨年度办理申请4件: whether what was handled is of the applications of one year only.
    pub(super) fn is_of_this_years(&self, held: &Held<'_>) -> bool {
        let words = &self.dictionary.patterns.claim_words;
        let names_year =
            |t: &Token| t.symbol == symbol::YEAR_OWN || words.of_this_year.has(&self.prose.text[t.range.clone()]);
        // 办结今年收到的申请56件
        let says_nothing = |t: &&Token| t.symbol == self.symbols.fill || self.symbols.taking.contains(&t.symbol);
        let is_of_applications = |rest: &[Token]| {
            rest.iter().find(|t| !says_nothing(t)).is_some_and(|t| self.symbols.applications.contains(&t.symbol))
        };
        let matched = held.matched();
        let is_of_year = |at: usize| names_year(&matched[at]) && is_of_applications(&matched[at + 1..]);
        let is_carried = |t: &Token| words.over_years.has(&self.prose.text[t.range.clone()]);
        (1..matched.len()).any(is_of_year) || tokens_before(held.window).iter().any(is_carried)
    }

    /// 收到47件，除9件申请人放弃申请外，共办理答复38件
    pub(super) fn excepts_some_received(&self, held: &Held<'_>, context: &Context<'_>) -> bool {
        let mut own = self.said_before(held.place.index);
        let received = own.find(|c| c.quantity.is_some() && c.matter == Some(Matter::Received));
        received.is_some_and(|c| context.has_exception_from(c.range.end, held.place.clause.range.clone()))
    }

    /// 合计答复事项80项, 答复80件次: what is asked for and how often, of which one application may have several.
    pub(super) fn counts_matters(&self, held: &Held<'_>) -> bool {
        let words = &self.dictionary.patterns.claim_words;
        let quantity = self.quantity(held);
        let after = &self.prose.text[quantity.whole.end..];
        let before =
            &self.prose.text[held.place.clause.range.start..quantity.range.start.max(held.place.clause.range.start)];
        let unit = &self.prose.text[quantity.unit.clone()];
        let names_applications = held.matched().iter().any(|t| self.symbols.applications.first() == Some(&t.symbol));
        if names_applications {
            return false;
        }
        any(&words.matters, |w| before.ends_with(w) || after.starts_with(w))
            || words.units_of_matters.has(unit)
            || any(&words.occasions, |w| unit.len() > w.len() && unit.ends_with(w) || after.starts_with(w))
    }
}
