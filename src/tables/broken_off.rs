//! A page that ends in the middle of a table: its last number may have lost digits.

use super::{CellState, Tables};
use crate::source::Source;

/// Forgets the number that a page ends with if its table goes on behind it: 1 may be what is left of 10.
pub(super) fn forget_last(tables: &mut Tables, source: &Source) {
    let left_out = source.text.len() - source.text.trim_end().len();
    // White space of a byte each, as all that ends files is.
    let end = source.characters().saturating_sub(left_out as u32);
    let Some(at) = tables.cells.iter().position(|cell| cell.span.is_some_and(|span| span.end == end)) else { return };
    let row = tables.cells[at].id.row;
    let is_of_row = |state: CellState| tables.cells.iter().any(|c| c.id.row == row && c.state == state);
    let goes_on = !tables.report(row.table()).missing_rows.is_empty() || is_of_row(CellState::Missing);
    if goes_on && tables.cells[at].value.is_some() {
        let cell = &mut tables.cells[at];
        (cell.value, cell.state, cell.span, cell.raw) = (None, CellState::Missing, None, 0..0);
        tables.resolved[at] = None;
    }
}
