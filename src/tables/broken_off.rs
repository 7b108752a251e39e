//! A page that ends in the middle of a table: its last number may have lost digits.

use super::{CellState, Tables};
use crate::form::{Number, Row, TableId};
use crate::source::Source;

/// Forgets the number that a page ends with if its table goes on behind it: 1 may be what is left of 10.
pub(super) fn forget_last(tables: &mut Tables, source: &Source) {
    let is_left_out = |c: char| c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}');
    let left_out = source.text.chars().rev().take_while(|c| is_left_out(*c)).count();
    let end = source.characters().saturating_sub(left_out as u32);
    let Some(at) = tables.cells.iter().position(|cell| cell.span.is_some_and(|span| span.end == end)) else { return };
    let row = tables.cells[at].id.row;
    let is_of_row = |state: CellState| tables.cells.iter().any(|c| c.id.row == row && c.state == state);
    let goes_on = match row.table() {
        // Local tables of the older form end where they like, but none before it comes to applications.
        TableId::Statistics => row < Row::Applications,
        // Table four is one row: it is complete, but for a bar that all other rows end with.
        TableId::Disputes if row == Row::LitigationAfterReview && !is_of_row(CellState::Missing) => {
            let of_row = tables.cells.iter().enumerate().filter(|(_, cell)| cell.id.row == row);
            let parts = of_row.filter(|(i, _)| *i != at).map(|(_, cell)| cell.value).sum::<Option<Number>>();
            // What adds up is whole.
            parts != tables.cells[at].value
                && source.text.lines().any(|line| line.trim_end().ends_with('|') && line.matches('|').count() > 1)
        }
        // Behind the last row of table three stands table four.
        _ if row == Row::CarriedOut && !tables.report(TableId::Disputes).is_found => true,
        table => !tables.report(table).missing_rows.is_empty() || is_of_row(CellState::Missing),
    };
    if !goes_on || tables.cells[at].value.is_none() {
        return;
    }
    // Where columns ran together, all that were cut from the same digits are as doubtful.
    let is_recovered = tables.cells[at].state == CellState::Recovered;
    for (i, cell) in tables.cells.iter_mut().enumerate() {
        if i == at || is_recovered && cell.id.row == row && cell.state == CellState::Recovered {
            (cell.value, cell.state, cell.span, cell.raw) = (None, CellState::Missing, None, 0..0);
            tables.resolved[i] = None;
        }
    }
}
