//! Numbers that changed: 由3件变为9件.

use std::borrow::Cow;

use super::Reader;
use super::number::Place;
use crate::claims::tokens::Token;
use crate::claims::windows::{Window, window};
use crate::dictionary::{Matter, symbol};
use crate::quantities::Quantity;

impl Reader<'_> {
    /// 由400件上升到500件: whether a number is what another was before it changed.
    pub(super) fn was_before_a_change(&self, quantity: &Quantity) -> bool {
        let words = &self.dictionary.marks.words;
        let before = &self.prose.text[..quantity.whole.start];
        let after = &self.prose.text[quantity.whole.end..];
        let claim_words = &self.dictionary.patterns.claim_words;
        // 占6.3%增加到8.3%
        let is_from = || claim_words.changes_from.end(before) || quantity.is_percent();
        is_from() && (words.rise_to.begin(after) || words.fall_to.begin(after))
            || claim_words.changes_begin.end(before) && self.changes_into_the_next(quantity)
    }

    /// 由3件变为9件: whether nothing but a word for a change stands between a number and the next, which has its unit.
    pub(super) fn changes_into_the_next(&self, quantity: &Quantity) -> bool {
        /// 变化为, 再次大幅度增长到
        const LONGEST: usize = 10;
        let at = self.lexed.quantities.partition_point(|q| q.whole.start < quantity.whole.end);
        let Some(next) =
            self.lexed.quantities.get(at).filter(|next| next.class == quantity.class || quantity.unit.is_empty())
        else {
            return false;
        };
        let between = self.prose.text[quantity.whole.end..next.whole.start].trim();
        between.chars().count() <= LONGEST
            && between.chars().all(|c| c.is_alphabetic() || c == '→')
            && self.dictionary.patterns.claim_words.changes_to.end(between)
    }

    /// Whether a number with these words is one of the tables; 行政许可事项由14项减为12项 are items of a list.
    pub(super) fn is_bound(&self, place: Place<'_>, window: &Window<'_>) -> bool {
        let found = self.match_number(place.sentence, &self.lexed.quantities[place.q], window, false);
        found.is_some_and(|m| !m.pattern.subject.is_empty() && m.pattern.matter != Some(Matter::Decisions))
    }

    /// 收到申请由上年的49件增加到62件: the second number with the words that stand before the change.
    pub(super) fn after_a_change<'t>(&self, tokens: &'t [Token], at: usize) -> Option<Window<'t>> {
        let words = &self.dictionary.patterns.claim_words;
        let before = tokens[..at].iter().rposition(|t| t.number.is_some())?;
        let quantity = &self.lexed.quantities[tokens[before].number?];
        if !self.changes_into_the_next(quantity) {
            return None;
        }
        let text = |t: &Token| &self.prose.text[t.range.clone()];
        let from = tokens[..before].iter().rposition(|t| words.changes_begin.has(text(t)))?;
        let names_time = |t: &Token| {
            let is_year = matches!(t.symbol, symbol::YEAR_LAST | symbol::YEAR_OTHER);
            is_year || t.symbol == self.symbols.fill || words.years_before.has(text(t))
        };
        let label = window(tokens, before, self.symbols, &self.prose.text);
        let label = &label.tokens[..label.this];
        let label = &label[..label.len().checked_sub(before - from)?];
        if label.is_empty() || !tokens[from + 1..before].iter().all(names_time) {
            return None;
        }
        // 由30件增加到49件，增加到62件: not yet the last.
        let own = &self.lexed.quantities[tokens[at].number?];
        let behind = self.prose.text[own.whole.end..].trim_start_matches(['，', ',']);
        let words = &self.dictionary.marks.words;
        if words.rise_to.begin(behind) || words.fall_to.begin(behind) || self.changes_into_the_next(own) {
            return None;
        }
        let own = window(tokens, at, self.symbols, &self.prose.text);
        let tokens = [label, &own.tokens[own.this..]].concat();
        Some(Window { tokens: Cow::Owned(tokens), this: label.len() })
    }
}
