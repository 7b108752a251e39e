//! Cells out of digits whose borders are lost, with the statutory relations as constraints.
//!
//! `7130000742` is seven numbers of which the last is the sum of the others; the rows of the table add up to its
//! 总计 row, and what came in is what was handled or is left. A cell is read only if every reading that satisfies
//! these relations has it at the same place, and if it would be right even with one number of the report wrong: a row
//! that no other row confirms may close by chance. Where cells are left blank, digits hold fewer numbers than cells,
//! and no relation helps. The search counts its steps and gives up at a fixed number, so that a
//! result never depends on the machine; what was not searched to the end is not read.

mod digits;
mod disputes;
mod requests;
mod solve;

use std::ops::Range;

use digits::{Digits, free_cuts, possible};
pub(super) use disputes::read as disputes;
pub(super) use requests::read as requests;

use super::entries::{Entry, Found};
use crate::form::{CellId, Column, Number, Row};

/// Steps of the search of one table: a few milliseconds at most.
const LIMIT: u32 = 100_000;

/// A relation that went into reading a table and says nothing of it any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spent {
    /// The sum of a row: its cells add up to its 总计.
    Row(Row),
    /// The column sums of table three.
    Sums,
    /// The balance of table three.
    Balance,
}

/// What became of the glued digits of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recovery {
    /// Rows of which cells were read with the help of relations.
    pub recovered: Vec<Row>,
    /// Rows of which cells could not be settled.
    pub undetermined: Vec<Row>,
    /// In how many ways the digits can be read; 0 if in none that satisfies the relations.
    pub readings: u64,
    /// The search limit ended the search.
    pub is_exhausted: bool,
    /// The relations that were used.
    pub spent: Vec<Spent>,
    /// Cells that could not be settled, with every number that they may be.
    pub possible: Vec<(CellId, Vec<Number>)>,
    /// Cells were left blank in the source, so that glued digits may hold fewer numbers than the row has cells.
    pub loses_blanks: bool,
    /// Where the glued digits begin, in bytes of the page.
    pub(super) start: Option<Range<usize>>,
}

/// The cells of a row: the place of each, if it is settled, and whether a relation was needed.
#[derive(Debug, Clone)]
pub(super) struct GluedRow {
    pub(super) row: Row,
    pub(super) cells: Vec<Option<Range<usize>>>,
    pub(super) is_recovered: bool,
}

/// The entries that may be glued digits of a row. A row that is found twice is not read.
fn candidate<'f, 'i>(found: &'f Found<'i>, row: Option<Row>) -> Option<&'f Entry<'i>> {
    let is_glued = |e: &&Entry<'_>| e.row == row && e.may_be_glued && (e.is_row || e.items.len() == 1);
    let mut entries = found.entries.iter().filter(is_glued);
    let first = entries.next()?;
    entries.next().is_none().then_some(first)
}

/// A row of table two. No relation binds its numbers: it is read if there is one way to cut it.
pub(super) fn proactive(
    page: &str,
    found: &Found<'_>,
    row: Row,
    columns: &[Column],
    recovery: &mut Recovery,
) -> Option<GluedRow> {
    let entry = candidate(found, Some(row)).filter(|e| e.items.len() < columns.len())?;
    let begins = entry.items.first()?.range.start;
    let ends = entry.items.last()?.range.end;
    recovery.start.get_or_insert(begins..ends);
    let digits = Digits::of(entry.items, page).filter(|d| d.len() >= columns.len());
    match digits {
        Some(digits) if digits.len() == columns.len() && digits.is_certain() => {
            let cells = (0..digits.len()).map(|i| Some(digits.place(i, i + 1))).collect();
            Some(GluedRow { row, cells, is_recovered: false })
        }
        digits => {
            if let Some(digits) = &digits {
                let lists = columns.iter().zip(possible(digits, columns.len()));
                let numbers = |list: Vec<u32>| list.into_iter().map(|n| Number::whole(n.into())).collect();
                recovery.possible.extend(lists.map(|(column, list)| (CellId::new(row, *column), numbers(list))));
            }
            let readings = digits.map_or(0, |d| free_cuts(&d, columns.len()));
            recovery.readings = recovery.readings.max(1).saturating_mul(readings.max(1));
            recovery.undetermined.push(row);
            None
        }
    }
}
