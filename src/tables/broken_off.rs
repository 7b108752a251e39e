//! A page that ends in the middle of a table: its last number may have lost digits.

use super::{CellState, Tables};
use crate::form::{Row, TableId};
use crate::source::Source;

/// Forgets the number that a page ends with if its table goes on behind it: 1 may be what is left of 10.
pub(super) fn forget_last(tables: &mut Tables, source: &Source) {
    let is_left_out = |c: char| c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}');
    let left_out = source.text.chars().rev().take_while(|c| is_left_out(*c)).count();
    let end = source.characters().saturating_sub(left_out as u32);
    let Some(at) = tables.cells.iter().position(|cell| cell.span.is_some_and(|span| span.end == end)) else { return };
    let row = tables.cells[at].id.row;
    let is_of_row = |state: CellState| tables.cells.iter().any(|c| c.id.row == row && c.state == state);
    // Behind the last row of table three stands table four.
    let has_next = row != Row::CarriedOut || tables.report(TableId::Disputes).is_found;
    let goes_on = !has_next || !tables.report(row.table()).missing_rows.is_empty() || is_of_row(CellState::Missing);
    if goes_on && tables.cells[at].value.is_some() {
        let cell = &mut tables.cells[at];
        (cell.value, cell.state, cell.span, cell.raw) = (None, CellState::Missing, None, 0..0);
        tables.resolved[at] = None;
    }
}
