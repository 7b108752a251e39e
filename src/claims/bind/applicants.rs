//! Who applied, where the words may mean just these or all applicants: 收到公民政府信息公开申请22件.

use super::Reader;
use crate::claims::tokens::Token;
use crate::form::{CellId, Column, Formula, TableId};

impl Reader<'_> {
    /// What else words of all applications mean when just one kind of applicants is named among them: that kind's.
    pub(super) fn of_applicants_named(&self, tokens: &[Token], readings: &[Formula]) -> Vec<Formula> {
        let words = &self.dictionary.patterns.claim_words;
        let mut named = tokens.iter().filter(|t| t.symbol == self.symbols.person);
        let Some(word) = named.next().map(|t| &self.prose.text[t.range.clone()]) else { return Vec::new() };
        let columns: &[Column] = if named.next().is_some() {
            return Vec::new();
        } else if words.natural_persons.has(word) {
            &[Column::NaturalPerson]
        } else if words.organisations.has(word) {
            &Column::ORGANISATIONS
        } else {
            return Vec::new();
        };
        let is_of_all = |c: CellId| c.column == Column::Total && c.row.table() == TableId::Requests;
        let own = |c: CellId| Formula::sum_of(columns.iter().map(|column| CellId::new(c.row, *column)));
        readings.iter().filter(|f| f.all_cells(&mut |c| is_of_all(c))).map(|f| f.map_cells(&own)).collect()
    }
}
