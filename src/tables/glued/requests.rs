//! Table three: the rows by their own sums, then all rows together by the column sums and the balance.

use std::ops::Range;

use super::digits::{Budget, Cut, Digits, cuts};
use super::solve::{Problem, Solution, Values, solve};
use super::{GluedRow, LIMIT, Recovery, Spent, candidate};
use crate::form::Row;
use crate::tables::CellState;
use crate::tables::entries::{Entry, Found};

const WIDTH: usize = 7;

/// What is known of a row before the rows are put together.
struct Known {
    row: Row,
    /// Its digits, if they are glued.
    digits: Option<Digits>,
    /// The ways to cut them, or the numbers as printed.
    cuts: Vec<Cut<WIDTH>>,
    /// The cuts that are left.
    alive: Vec<bool>,
}

impl Known {
    /// Printed cell by cell, or digits that can hardly be cut otherwise: one a cell.
    fn is_firm(&self) -> bool {
        self.digits.as_ref().is_none_or(|d| d.len() == WIDTH) && self.cuts.len() == 1
    }

    fn is_open(&self) -> bool {
        self.cuts.len() > 1
    }

    /// Without a relation to other rows only a firm row is read. One that closes by itself is not enough: with a wrong
    /// number in it another cut may close.
    fn doubt(&mut self) {
        if !self.is_firm() {
            self.alive.fill(false);
        }
    }

    /// The digits of a number, if all cuts that are left have it there.
    fn place(&self, i: usize) -> Option<Range<usize>> {
        let digits = self.digits.as_ref()?;
        let mut places = self.cuts.iter().zip(&self.alive).filter(|(_, alive)| **alive).map(|(cut, _)| {
            let from = if i == 0 { 0 } else { cut.ends[i - 1] as usize };
            from..cut.ends[i] as usize
        });
        let first = places.next()?;
        places.all(|p| p == first).then(|| digits.place(first.start, first.end))
    }
}

/// Reads the rows of `expected` that are glued; `placed` are the entries of those that are not.
pub(in crate::tables) fn read(
    page: &str,
    found: &Found<'_>,
    expected: &[Row],
    placed: &[Option<&Entry<'_>>],
    recovery: &mut Recovery,
) -> Vec<GluedRow> {
    let mut budget = Budget(LIMIT);
    let mut rows = Vec::with_capacity(expected.len());
    recovery.loses_blanks = loses_blanks(page, found, expected);
    for (row, entry) in expected.iter().zip(placed) {
        let mut known = Known { row: *row, digits: None, cuts: Vec::new(), alive: Vec::new() };
        if let Some(entry) = entry {
            known.cuts.extend(printed(entry));
        } else if let Some(digits) = candidate(found, Some(*row)).and_then(|e| Digits::of(e.items, page)) {
            recovery.start.get_or_insert(digits.range());
            match cuts::<WIDTH>(&digits, 0..digits.len(), 0, &mut budget) {
                Some(cuts) => known.cuts = cuts,
                None => recovery.is_exhausted = true,
            }
            known.digits = Some(digits);
        }
        rows.push(known);
    }
    if rows.iter().all(|r| r.digits.is_none()) {
        return Vec::new();
    }
    if recovery.loses_blanks {
        // Only rows that need no relation are sure.
        let is_sure = |r: &Known| r.digits.as_ref().is_some_and(|d| d.len() == WIDTH && d.is_certain());
        rows.iter_mut().filter(|r| r.digits.is_some() && !is_sure(r)).for_each(|r| r.cuts.clear());
    }
    for row in &mut rows {
        row.alive = vec![true; row.cuts.len()];
    }
    join(&mut rows, recovery, &mut budget);
    output(&rows, recovery)
}

/// Whether the table leaves cells blank, of which glued digits keep no trace: a blank is there to be seen, or a row has
/// fewer digits than cells. Rows count even if they cannot be read: all are printed in the same manner.
fn loses_blanks(page: &str, found: &Found<'_>, expected: &[Row]) -> bool {
    let rows = found.entries.iter().filter(|e| e.row.is_some_and(|r| expected.contains(&r)));
    let has_blank = |e: &Entry<'_>| e.items.iter().any(|i| i.value.state == CellState::Blank);
    let digits = |e: &Entry<'_>| {
        let bytes = e.items.iter().flat_map(|i| page[i.range.clone()].bytes());
        bytes.filter(u8::is_ascii_digit).count()
    };
    rows.filter(|e| !e.items.is_empty()).any(|e| has_blank(e) || (1..WIDTH).contains(&digits(e)))
}

/// The numbers of a row printed cell by cell; none if a cell holds none.
fn printed(entry: &Entry<'_>) -> Option<Cut<WIDTH>> {
    let mut values: Values = [0; WIDTH];
    let numbers = entry.items.iter().filter_map(|i| i.value.number).filter_map(|n| n.to_whole());
    let numbers: Vec<u32> = numbers.filter_map(|n| u32::try_from(n).ok()).collect();
    if entry.items.len() != WIDTH || numbers.len() != WIDTH {
        return None;
    }
    values.copy_from_slice(&numbers);
    Some(Cut { values, ends: [0; WIDTH] })
}

/// The rows that the relations name, by their index.
struct Places {
    balance: [usize; 3],
    handled: usize,
    outcomes: Vec<usize>,
}

fn places(rows: &[Known]) -> Option<Places> {
    let of = |row: Row| rows.iter().position(|r| r.row == row);
    let handled = of(Row::Handled)?;
    let balance = [of(Row::Received)?, of(Row::CarriedIn)?, of(Row::CarriedOut)?];
    let is_outcome = |i: &usize| *i != handled && !balance.contains(i);
    Some(Places { balance, handled, outcomes: (0..rows.len()).filter(is_outcome).collect() })
}

/// Holds the rows against each other, and takes away what cannot be or cannot be trusted.
fn join(rows: &mut [Known], recovery: &mut Recovery, budget: &mut Budget) {
    let Some(places) = places(rows) else { return };
    let four = || places.balance.into_iter().chain([places.handled]);
    let is_open = rows.iter().any(Known::is_open);
    let has = |rows: &[Known], mut list: std::slice::Iter<'_, usize>| list.all(|i| !rows[*i].cuts.is_empty());
    let has_four = four().all(|i| !rows[i].cuts.is_empty());
    let has_outcomes = has(rows, places.outcomes.iter()) && !rows[places.handled].cuts.is_empty();
    if recovery.is_exhausted {
        return rows.iter_mut().for_each(Known::doubt);
    }
    if has_four && has_outcomes {
        let Some(solution) = solved(rows, &places, true, true, budget) else {
            recovery.is_exhausted = true;
            return rows.iter_mut().for_each(Known::doubt);
        };
        if solution.readings > 0 {
            recovery.readings = solution.readings;
            if is_open {
                recovery.spent.extend([Spent::Sums, Spent::Balance]);
            }
            return keep(rows, &solution, 0..rows.len());
        }
    }
    if !(has_four && has_outcomes) {
        // Not all can be held together: the readings are those of the rows by themselves.
        let ways = rows.iter().map(|r| r.cuts.len() as u64).filter(|n| *n > 1);
        recovery.readings = ways.fold(1, u64::saturating_mul);
    }
    // The relations do not hold together, or rows are missing. The report may be wrong, or a row misread: a relation
    // that fails may accuse only rows that are sure, so all others must be left out.
    let balance = has_four.then(|| solved(rows, &places, false, true, budget)).flatten();
    if let Some(solution) = balance.filter(|s| s.readings > 0) {
        if four().any(|i| !rows[i].is_firm()) {
            recovery.spent.push(Spent::Balance);
        }
        let list: Vec<usize> = four().collect();
        keep(rows, &solution, list.into_iter());
        places.outcomes.iter().for_each(|i| rows[*i].doubt());
        return;
    }
    let sums = has_outcomes.then(|| solved(rows, &places, true, false, budget)).flatten();
    if let Some(solution) = sums.filter(|s| s.readings > 0) {
        if is_open {
            recovery.spent.push(Spent::Sums);
        }
        let list: Vec<usize> = places.outcomes.iter().copied().chain([places.handled]).collect();
        keep(rows, &solution, list.into_iter());
        places.balance.iter().for_each(|i| rows[*i].doubt());
        return;
    }
    rows.iter_mut().for_each(Known::doubt);
}

fn solved(
    rows: &[Known],
    places: &Places,
    with_sums: bool,
    with_balance: bool,
    budget: &mut Budget,
) -> Option<Solution> {
    let values: Vec<Vec<Values>> = rows.iter().map(|r| r.cuts.iter().map(|c| c.values).collect()).collect();
    let problem = Problem {
        rows: &values,
        balance: with_balance.then_some(places.balance),
        handled: places.handled,
        outcomes: if with_sums { &places.outcomes } else { &[] },
    };
    solve(&problem, budget)
}

fn keep(rows: &mut [Known], solution: &Solution, list: impl Iterator<Item = usize>) {
    for i in list {
        rows[i].alive.clone_from(&solution.alive[i]);
    }
}

fn output(rows: &[Known], recovery: &mut Recovery) -> Vec<GluedRow> {
    let mut out = Vec::new();
    for known in rows {
        let Some(digits) = &known.digits else { continue };
        let cells: Vec<_> = (0..WIDTH).map(|i| known.place(i)).collect();
        if cells.contains(&None) {
            recovery.undetermined.push(known.row);
        }
        if cells.iter().all(Option::is_none) {
            continue;
        }
        let is_recovered = !(digits.len() == WIDTH && digits.is_certain());
        if is_recovered {
            recovery.recovered.push(known.row);
            recovery.spent.push(Spent::Row(known.row));
        }
        out.push(GluedRow { row: known.row, cells, is_recovered });
    }
    out
}
