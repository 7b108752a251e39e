//! Cells out of digits whose borders are lost, with the statutory relations as constraints.
//!
//! `7130000742` is seven numbers of which the last is the sum of the others; the rows of the table add up to its
//! 总计 row, and what came in is what was handled or is left. A cell is read only if every reading that satisfies
//! these relations has it at the same place. The search counts its steps and gives up at a fixed number, so that a
//! result never depends on the machine; what was not searched to the end is not read.

mod digits;
mod requests;
mod solve;

use std::ops::Range;

use digits::{Budget, Cut, Digits, LONGEST, cuts, free_cuts, possible};
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
fn candidate(found: &Found, row: Option<Row>) -> Option<&Entry> {
    let is_glued = |e: &&Entry| e.row == row && e.may_be_glued && (e.is_row || e.items.len() == 1);
    let mut entries = found.entries.iter().filter(is_glued);
    let first = entries.next()?;
    entries.next().is_none().then_some(first)
}

/// A row of table two. No relation binds its numbers: it is read if there is one way to cut it.
pub(super) fn proactive(
    page: &str,
    found: &Found,
    row: Row,
    columns: &[Column],
    recovery: &mut Recovery,
) -> Option<GluedRow> {
    let entry = candidate(found, Some(row)).filter(|e| e.items.len() < columns.len())?;
    let begins = entry.items.first()?.range.start;
    let ends = entry.items.last()?.range.end;
    recovery.start.get_or_insert(begins..ends);
    let digits = Digits::of(&entry.items, page).filter(|d| d.len() >= columns.len());
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

/// Table four: fifteen numbers in three blocks, each closed by its total.
pub(super) fn disputes(page: &str, found: &Found, rows: [Row; 3], recovery: &mut Recovery) -> Vec<GluedRow> {
    const WIDTH: usize = 5;
    const MOST_DIGITS: usize = 15 * LONGEST;
    let Some(digits) = candidate(found, None).and_then(|e| Digits::of(&e.items, page)) else { return Vec::new() };
    if digits.len() < rows.len() * WIDTH {
        return Vec::new();
    }
    recovery.start = Some(digits.range());
    if digits.len() == rows.len() * WIDTH && digits.is_certain() {
        let place = |row: usize, i: usize| Some(digits.place(row * WIDTH + i, row * WIDTH + i + 1));
        let cells = |row: usize| (0..WIDTH).map(|i| place(row, i)).collect();
        return (0..rows.len()).map(|r| GluedRow { row: rows[r], cells: cells(r), is_recovered: false }).collect();
    }
    let readings = if digits.len() > MOST_DIGITS { None } else { dispute_readings(&digits) };
    let Some(readings) = readings else {
        recovery.is_exhausted = true;
        recovery.undetermined = rows.to_vec();
        return Vec::new();
    };
    recovery.readings = readings.len() as u64;
    let mut out = Vec::new();
    for (r, row) in rows.into_iter().enumerate() {
        let places = |i: usize| readings.iter().map(move |blocks| blocks[r].places(i));
        let settled = |i: usize| {
            let mut places = places(i);
            let first = places.next()?;
            places.all(|p| p == first).then(|| digits.place(first.start, first.end))
        };
        let cells: Vec<_> = (0..WIDTH).map(settled).collect();
        if cells.contains(&None) {
            recovery.undetermined.push(row);
        }
        if cells.iter().any(Option::is_some) {
            recovery.recovered.push(row);
            recovery.spent.push(Spent::Row(row));
            out.push(GluedRow { row, cells, is_recovered: true });
        }
    }
    out
}

/// A block with the digit it begins at.
#[derive(Clone, Copy)]
struct DisputeBlock {
    start: usize,
    cut: Cut<5>,
}

impl DisputeBlock {
    /// The digits of a number of the block.
    fn places(&self, i: usize) -> Range<usize> {
        let from = if i == 0 { self.start } else { self.cut.ends[i - 1] as usize };
        from..self.cut.ends[i] as usize
    }
}

/// Every way to cut the digits into three closing blocks; none if there are too many to look at.
fn dispute_readings(digits: &Digits) -> Option<Vec<[DisputeBlock; 3]>> {
    const MOST: usize = 1000;
    let mut budget = Budget(LIMIT);
    let blocks = |range: Range<usize>, budget: &mut Budget| -> Option<Vec<DisputeBlock>> {
        let start = range.start;
        let found = cuts::<5>(digits, range, budget)?;
        Some(found.into_iter().map(|cut| DisputeBlock { start, cut }).collect())
    };
    let len = digits.len();
    let mut out = Vec::new();
    for first_end in 5..=len - 10 {
        let first = blocks(0..first_end, &mut budget)?;
        if first.is_empty() {
            continue;
        }
        for second_end in first_end + 5..=len - 5 {
            let second = blocks(first_end..second_end, &mut budget)?;
            let third = if second.is_empty() { Vec::new() } else { blocks(second_end..len, &mut budget)? };
            for a in &first {
                for b in &second {
                    out.extend(third.iter().map(|c| [*a, *b, *c]));
                }
            }
            if out.len() > MOST {
                return None;
            }
        }
    }
    Some(out)
}
