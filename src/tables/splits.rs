//! Two columns of an indicator table whose digits ran together: where to cut them.
//!
//! The year's number is not more than that of all years, no number begins with 0, and parts are not more than
//! their whole. Rows are cut only where one way is left; a relation that was needed for it is not checked again.

use super::relations::{Parts, families};
use crate::form::{Column, Number, Row};

/// The digits of a row, 本年度 and 历年累计 without a space between them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Glued<'a> {
    pub(super) row: Row,
    pub(super) digits: &'a str,
}

/// A way to cut a row: the bytes of the year's number, and both numbers.
pub(super) type Cut = (usize, (Number, Number));

/// What came of it.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    /// The ways left for each row.
    pub(super) rows: Vec<Vec<Cut>>,
    /// The number of ways in which the rows left open can be cut; 0 if none is open.
    pub(super) readings: usize,
}

/// Assignments tried for one family of rows at most. What needs more stays open.
const MOST_TRIED: usize = 20_000;

/// Cuts the rows; `known` are the numbers of rows that are printed apart. With `has_unknown` rows beside them no list
/// is taken to be complete.
pub(super) fn cut(runs: &[Glued<'_>], has_unknown: bool, known: &dyn Fn(Row, Column) -> Option<Number>) -> Outcome {
    let mut rows: Vec<Vec<Cut>> = runs.iter().map(|r| ways(r.digits)).collect();
    let is_there = |row: Row| runs.iter().any(|r| r.row == row) || known(row, Column::Value).is_some();
    for mut family in families(&is_there) {
        family.is_complete &= !has_unknown;
        // Channels of disclosure count the same piece several times: they bound nothing.
        if family.may_overlap {
            continue;
        }
        narrow(&family, runs, &mut rows, known);
    }
    let open = rows.iter().filter(|w| w.len() > 1);
    let readings = open.map(Vec::len).fold(0, |n: usize, w| if n == 0 { w } else { n.saturating_mul(w) });
    Outcome { rows, readings }
}

/// Every way to cut digits into a number of the year and one of all years.
fn ways(digits: &str) -> Vec<Cut> {
    let is_number = |text: &str| text == "0" || !text.starts_with('0');
    (1..digits.len())
        .filter_map(|at| {
            let (year, all) = digits.split_at(at);
            if !is_number(year) || !is_number(all) {
                return None;
            }
            let (year, all) = (Number::parse(year, 0)?, Number::parse(all, 0)?);
            (year <= all).then_some((at, (year, all)))
        })
        .collect()
}

/// Leaves the ways that occur in some assignment in which the parts fit their whole in both columns.
fn narrow(family: &Parts, runs: &[Glued<'_>], rows: &mut [Vec<Cut>], known: &dyn Fn(Row, Column) -> Option<Number>) {
    let choices = |row: Row, rows: &[Vec<Cut>]| -> Vec<(Number, Number)> {
        match runs.iter().position(|r| r.row == row) {
            Some(i) => rows[i].iter().map(|(_, n)| *n).collect(),
            None => known(row, Column::Value).zip(known(row, Column::Cumulative)).into_iter().collect(),
        }
    };
    let whole = choices(family.whole, rows);
    let parts: Vec<Vec<(Number, Number)>> = family.parts.iter().map(|r| choices(*r, rows)).collect();
    // Too many ways: nothing is concluded.
    let size = parts.iter().fold(whole.len(), |n, p| n.saturating_mul(p.len().max(1)));
    if whole.is_empty() || parts.iter().any(Vec::is_empty) || !(2..=MOST_TRIED).contains(&size) {
        return;
    }
    let mut kept: Vec<Vec<(Number, Number)>> = vec![Vec::new(); parts.len() + 1];
    for top in &whole {
        let mut chosen = vec![*top];
        search(&parts, *top, family.is_complete, (Number::ZERO, Number::ZERO), &mut chosen, &mut kept);
    }
    if kept.iter().any(Vec::is_empty) {
        return;
    }
    let members = std::iter::once(family.whole).chain(family.parts.iter().copied());
    for (row, kept) in members.zip(&kept) {
        if let Some(i) = runs.iter().position(|r| r.row == row) {
            rows[i].retain(|(_, n)| kept.contains(n));
        }
    }
}

fn search(
    parts: &[Vec<(Number, Number)>],
    whole: (Number, Number),
    is_complete: bool,
    sum: (Number, Number),
    chosen: &mut Vec<(Number, Number)>,
    kept: &mut [Vec<(Number, Number)>],
) {
    if sum.0 > whole.0 || sum.1 > whole.1 {
        return;
    }
    let Some(next) = parts.get(chosen.len() - 1) else {
        if !is_complete || sum == whole {
            for (kept, numbers) in kept.iter_mut().zip(chosen.iter()) {
                if !kept.contains(numbers) {
                    kept.push(*numbers);
                }
            }
        }
        return;
    };
    for numbers in next {
        chosen.push(*numbers);
        search(parts, whole, is_complete, (sum.0 + numbers.0, sum.1 + numbers.1), chosen, kept);
        chosen.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut_all(runs: &[(Row, &'static str)]) -> Vec<Vec<String>> {
        let runs: Vec<Glued<'_>> = runs.iter().map(|(row, digits)| Glued { row: *row, digits }).collect();
        let outcome = cut(&runs, false, &|_, _| None);
        let shown = |w: &Vec<Cut>| w.iter().map(|(_, n)| format!("{} {}", n.0, n.1)).collect();
        outcome.rows.iter().map(shown).collect()
    }

    #[test]
    fn a_whole_and_its_parts_leave_one_way() {
        let rows = cut_all(&[
            (Row::Applications, "3434"),
            (Row::InPerson, "2929"),
            (Row::ByFax, "00"),
            (Row::ApplicationsOther, "55"),
        ]);
        assert_eq!(rows, [["34 34"], ["29 29"], ["0 0"], ["5 5"]]);
    }

    #[test]
    fn what_can_be_cut_in_several_ways_stays_open() {
        let rows = cut_all(&[(Row::Disclosed, "345987123")]);
        assert!(rows[0].len() > 1, "{rows:?}");
    }

    #[test]
    fn no_number_begins_with_zero_and_none_falls() {
        assert_eq!(cut_all(&[(Row::Reviews, "07")]), [["0 7"]]);
        assert_eq!(cut_all(&[(Row::Reviews, "1012")]), [["10 12"]]);
    }
}
