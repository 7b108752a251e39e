//! Blanks: which count as 0, which totals can be derived, and whether a table was read out of step.
//!
//! A blank is not zero. It counts as 0 only where a sum that it belongs to closes with 0; a blank 总计 over filled
//! cells takes the sum of its row. The tables print nothing of this: `cells.csv` keeps the blank.

use super::{Basis, Cell, CellState, Tables};
use crate::form::{CellId, Column, Generation, Number, Row, TableId};

/// Gives blanks the values that the sums they belong to leave no doubt about.
pub(super) fn resolve(tables: &mut Tables) {
    let blanks = || tables.cells.iter().filter(|c| is_blank(c)).map(|c| c.id.row.table());
    let [in_requests, in_disputes] = [TableId::Requests, TableId::Disputes].map(|t| blanks().any(|of| of == t));
    // An empty form says nothing, not zero.
    let has_number = || tables.cells.iter().any(|c| c.value.is_some() && c.id.row.table() == TableId::Requests);
    if in_requests && has_number() {
        blank_columns(tables);
        blank_rows(tables);
        blank_totals(tables);
        blank_columns(tables);
    }
    if in_disputes {
        disputes(tables);
    }
    for (table, is_shifted) in
        [(TableId::Requests, is_out_of_step(tables)), (TableId::Disputes, has_totals_first(tables))]
    {
        if is_shifted {
            tables.reports[table as usize].is_shifted = true;
            forget(tables, table);
        }
    }
}

/// What was read into the wrong columns is no value of theirs, and compared with nothing.
fn forget(tables: &mut Tables, table: TableId) {
    for at in 0..tables.cells.len() {
        let cell = &mut tables.cells[at];
        if cell.id.row.table() == table {
            (cell.state, cell.value) = (CellState::Missing, None);
            tables.resolved[at] = None;
        }
    }
}

/// Whether two blocks of table four or more fail as printed, and every block closes with its total read first.
fn has_totals_first(tables: &Tables) -> bool {
    let block = |row: Row| {
        let values = Column::DISPUTES.map(|c| value_or_zero(tables, CellId::new(row, c)));
        values.into_iter().collect::<Option<Vec<Number>>>()
    };
    let rows = [Row::Review, Row::LitigationDirect, Row::LitigationAfterReview];
    let Some(blocks) = rows.into_iter().map(block).collect::<Option<Vec<_>>>() else { return false };
    let sum = |values: &[Number]| values.iter().copied().sum::<Number>();
    let fails = blocks.iter().filter(|b| b.split_last().is_some_and(|(total, parts)| sum(parts) != *total)).count();
    let closes = |b: &Vec<Number>| b.split_first().is_some_and(|(total, parts)| sum(parts) == *total);
    fails >= 2 && blocks.iter().all(closes)
}

fn is_blank(cell: &Cell) -> bool {
    matches!(cell.state, CellState::Blank | CellState::NotApplicable)
}

fn value_or_zero(tables: &Tables, id: CellId) -> Option<Number> {
    let at = tables.position(id)?;
    match tables.resolved[at] {
        Some((value, _)) => Some(value),
        None => is_blank(&tables.cells[at]).then_some(Number::ZERO),
    }
}

fn set_blanks(tables: &mut Tables, ids: &[CellId]) {
    for id in ids {
        if tables.own(*id).is_none() && tables.cell(*id).is_some_and(is_blank) {
            tables.assume(*id, Number::ZERO, Basis::BlankAsZero);
        }
    }
}

/// The rows of table three that add up to its 总计 row.
pub(crate) fn outcome_rows(tables: &Tables) -> &'static [Row] {
    Row::outcomes(form_of_requests(tables))
}

fn form_of_requests(tables: &Tables) -> Generation {
    if tables.cell(CellId::total(Row::Other)).is_some() { Generation::Form2019 } else { Generation::Form2021 }
}

/// Blanks of a column count as 0 when the column then closes.
fn blank_columns(tables: &mut Tables) {
    let rows = outcome_rows(tables);
    for column in Column::REQUESTS {
        let ids: Vec<CellId> = rows.iter().map(|r| CellId::new(*r, column)).collect();
        let parts: Option<Number> = ids.iter().map(|id| value_or_zero(tables, *id)).sum::<Option<Number>>();
        let handled = CellId::new(Row::Handled, column);
        let total = value_or_zero(tables, handled);
        let balance = [Row::Received, Row::CarriedIn, Row::CarriedOut].map(|r| CellId::new(r, column));
        let [new, held, left] = balance.map(|id| value_or_zero(tables, id));
        let sums_close = parts.is_some() && parts == total;
        let in_and_out = new.zip(held).map(|(a, b)| a + b);
        let balance_closes = in_and_out.is_some() && in_and_out == total.zip(left).map(|(a, b)| a + b);
        // In the column of totals blank cells are totals that nobody filled in, not zeros.
        if column == Column::Total {
            continue;
        }
        if sums_close {
            set_blanks(tables, &ids);
        }
        if balance_closes {
            set_blanks(tables, &balance);
        }
        if sums_close && balance_closes {
            set_blanks(tables, &[handled]);
        }
    }
}

/// Blanks of a row count as 0 when the row then adds to its printed 总计.
fn blank_rows(tables: &mut Tables) {
    for row in requests_rows(tables).iter().copied() {
        let parts = Column::REQUESTS[..6].iter().map(|c| CellId::new(row, *c)).collect::<Vec<_>>();
        let sum = parts.iter().map(|id| value_or_zero(tables, *id)).sum::<Option<Number>>();
        let total = tables.own(CellId::total(row));
        if sum.is_some() && sum == total {
            set_blanks(tables, &parts);
        }
    }
}

fn requests_rows(tables: &Tables) -> &'static [Row] {
    Row::of_requests(form_of_requests(tables))
}

/// A blank 总计 takes the sum of its row once every cell of the row has a value.
fn blank_totals(tables: &mut Tables) {
    for row in requests_rows(tables).iter().copied() {
        let total = CellId::total(row);
        if tables.own(total).is_some() || !tables.cell(total).is_some_and(is_blank) {
            continue;
        }
        let parts = Column::REQUESTS[..6].iter().map(|c| tables.own(CellId::new(row, *c)));
        if let Some(sum) = parts.sum::<Option<Number>>() {
            tables.assume(total, sum, Basis::Derived);
        }
    }
}

/// Blanks of a block of table four count as 0 when the block closes; a block left empty beside a filled one is 0.
fn disputes(tables: &mut Tables) {
    let blocks = [Row::Review, Row::LitigationDirect, Row::LitigationAfterReview];
    let is_filled =
        |tables: &Tables, row: Row| Column::DISPUTES.iter().any(|c| tables.own(CellId::new(row, *c)).is_some());
    let any_filled = blocks.iter().any(|row| is_filled(tables, *row));
    for row in blocks {
        let ids = Column::DISPUTES.map(|c| CellId::new(row, c));
        let sum = ids[..4].iter().map(|id| value_or_zero(tables, *id)).sum::<Option<Number>>();
        let printed_total = tables.own(ids[4]);
        if sum.is_some() && sum == printed_total {
            set_blanks(tables, &ids[..4]);
        } else if any_filled && !is_filled(tables, row) {
            set_blanks(tables, &ids);
        } else if printed_total.is_none()
            && tables.cell(ids[4]).is_some_and(is_blank)
            && let Some(sum) = ids[..4].iter().map(|id| tables.own(*id)).sum::<Option<Number>>()
        {
            tables.assume(ids[4], sum, Basis::Derived);
        }
    }
}

/// Whether several rows fail as printed and every row closes once its values are moved by one column.
fn is_out_of_step(tables: &Tables) -> bool {
    let rows = || requests_rows(tables).iter().filter_map(|row| values(tables, *row));
    let closes = |values: &[Number; 7]| values[..6].iter().copied().sum::<Number>() == values[6];
    let rotated = |by: usize| {
        rows().all(|mut row| {
            row.rotate_left(by);
            closes(&row)
        })
    };
    rows().filter(|r| !closes(r)).nth(2).is_some() && (rotated(1) || rotated(6))
}

/// The values of a row of table three, if it has all.
fn values(tables: &Tables, row: Row) -> Option<[Number; 7]> {
    let mut values = [Number::ZERO; 7];
    for (value, column) in values.iter_mut().zip(Column::REQUESTS) {
        *value = value_or_zero(tables, CellId::new(row, column))?;
    }
    Some(values)
}
