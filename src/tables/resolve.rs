//! Blanks: which count as 0, which totals can be derived, and whether a table was read out of step.
//!
//! A blank is not zero. It counts as 0 only where a sum that it belongs to closes with 0; a blank 总计 over filled
//! cells takes the sum of its row. The tables print nothing of this: `cells.csv` keeps the blank.

use super::{Basis, Cell, CellState, Tables, slot};
use crate::form::{CellId, Column, Generation, Number, Row, TableId};

/// Fills [`Tables::resolved`].
pub(super) fn resolve(tables: &mut Tables) {
    for cell in &tables.cells {
        if let Some(value) = cell.value {
            tables.resolved[slot(cell.id)] = Some((value, Basis::Printed));
        }
    }
    // An empty form says nothing, not zero.
    let any_number = tables.cells.iter().any(|c| c.id.row.table() == TableId::Requests && c.value.is_some());
    if any_number {
        blank_columns(tables);
        blank_rows(tables);
        blank_totals(tables);
        blank_columns(tables);
    }
    disputes(tables);
    tables.reports[TableId::Requests as usize].is_shifted = is_out_of_step(tables);
}

fn is_blank(cell: &Cell) -> bool {
    matches!(cell.state, CellState::Blank | CellState::NotApplicable)
}

fn value_or_zero(tables: &Tables, id: CellId) -> Option<Number> {
    match tables.resolved[slot(id)] {
        Some((value, _)) => Some(value),
        None => tables.cell(id).filter(|c| is_blank(c)).map(|_| Number::ZERO),
    }
}

fn set_blanks(tables: &mut Tables, ids: &[CellId]) {
    for id in ids {
        if tables.resolved[slot(*id)].is_none() && tables.cell(*id).is_some_and(is_blank) {
            tables.resolved[slot(*id)] = Some((Number::ZERO, Basis::BlankAsZero));
        }
    }
}

/// The rows of table three that add up to its 总计 row.
pub(crate) fn outcome_rows(tables: &Tables) -> Vec<Row> {
    let generation = if tables.cell(CellId::total(Row::Other)).is_some() { Generation::Form2019 } else { Generation::Form2021 };
    Row::of_requests(generation).into_iter().filter(|r| *r >= Row::Granted && *r < Row::Handled).collect()
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
    for row in requests_rows(tables) {
        let parts = Column::REQUESTS[..6].iter().map(|c| CellId::new(row, *c)).collect::<Vec<_>>();
        let sum = parts.iter().map(|id| value_or_zero(tables, *id)).sum::<Option<Number>>();
        let total = tables.resolved[slot(CellId::total(row))].map(|(v, _)| v);
        if sum.is_some() && sum == total {
            set_blanks(tables, &parts);
        }
    }
}

fn requests_rows(tables: &Tables) -> Vec<Row> {
    let mut rows = outcome_rows(tables);
    rows.extend([Row::Received, Row::CarriedIn, Row::Handled, Row::CarriedOut]);
    rows
}

/// A blank 总计 takes the sum of its row once every cell of the row has a value.
fn blank_totals(tables: &mut Tables) {
    for row in requests_rows(tables) {
        let total = CellId::total(row);
        if tables.resolved[slot(total)].is_some() || !tables.cell(total).is_some_and(is_blank) {
            continue;
        }
        let parts = Column::REQUESTS[..6].iter().map(|c| tables.resolved[slot(CellId::new(row, *c))]);
        if let Some(parts) = parts.collect::<Option<Vec<_>>>() {
            let sum = parts.iter().map(|(value, _)| *value).sum();
            tables.resolved[slot(total)] = Some((sum, Basis::Derived));
        }
    }
}

/// Blanks of a block of table four count as 0 when the block closes; a block left empty beside a filled one is 0.
fn disputes(tables: &mut Tables) {
    let blocks = [Row::Review, Row::LitigationDirect, Row::LitigationAfterReview];
    let is_filled = |tables: &Tables, row: Row| {
        Column::DISPUTES.iter().any(|c| tables.resolved[slot(CellId::new(row, *c))].is_some())
    };
    let any_filled = blocks.iter().any(|row| is_filled(tables, *row));
    for row in blocks {
        let ids = Column::DISPUTES.map(|c| CellId::new(row, c));
        let sum = ids[..4].iter().map(|id| value_or_zero(tables, *id)).sum::<Option<Number>>();
        let printed_total = tables.resolved[slot(ids[4])].map(|(v, _)| v);
        if sum.is_some() && sum == printed_total {
            set_blanks(tables, &ids[..4]);
        } else if any_filled && !is_filled(tables, row) {
            set_blanks(tables, &ids);
        } else if printed_total.is_none() && tables.cell(ids[4]).is_some_and(is_blank)
            && let Some(parts) = ids[..4].iter().map(|id| tables.resolved[slot(*id)]).collect::<Option<Vec<_>>>()
        {
            let sum = parts.iter().map(|(value, _)| *value).sum();
            tables.resolved[slot(ids[4])] = Some((sum, Basis::Derived));
        }
    }
}

/// Whether several rows fail as printed and every row closes once its values are moved by one column.
fn is_out_of_step(tables: &Tables) -> bool {
    let rows: Vec<[Number; 7]> = requests_rows(tables)
        .into_iter()
        .filter_map(|row| {
            let values = Column::REQUESTS.map(|c| value_or_zero(tables, CellId::new(row, c)));
            values.iter().copied().collect::<Option<Vec<_>>>()?.try_into().ok()
        })
        .collect();
    let closes = |values: &[Number; 7]| values[..6].iter().copied().sum::<Number>() == values[6];
    let failing = rows.iter().filter(|r| !closes(r)).count();
    let rotated = |by: usize| {
        rows.iter().all(|r| {
            let mut moved = *r;
            moved.rotate_left(by);
            closes(&moved)
        })
    };
    failing >= 3 && (rotated(1) || rotated(6))
}
