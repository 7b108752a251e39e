//! Table three with a column more than the form: 小计 of the five kinds of organisations, the numbers of the lines before
//! them, or the totals of the year before behind them.

use super::CellState;
use super::entries::{Entry, EntryOf, Found, FoundOf, Item};
use super::place::adds_up;
use crate::form::{Column, Number};

/// Values of a row that has the column.
const WIDTH: usize = Column::REQUESTS.len() + 1;

/// So many rows must show what the column is.
const FEWEST: usize = 10;

/// The values of every row without the column, in the order of the entries; none where the table has no column more.
///
/// It is told by the sums alone. 小计 stands behind the five kinds or before them: in all rows but one it is the sum of the
/// five, and the total is that of it and of 自然人. Without any other column all rows but one must add up.
pub(super) fn without(found: &Found<'_>) -> Option<Vec<Vec<Item>>> {
    let rows: Vec<&Entry<'_>> = found.entries.iter().filter(|e| e.items.len() == WIDTH).collect();
    let is_blank = |item: Option<&Item>| item.is_some_and(|i| i.value.state == CellState::Blank);
    // A blank at an end pads a row of seven.
    if rows.len() < FEWEST || rows.iter().any(|e| is_blank(e.items.first()) || is_blank(e.items.last())) {
        return None;
    }
    let nearly_all = |holds: &dyn Fn(&[Item]) -> bool| rows.iter().filter(|e| !holds(e.items)).nth(1).is_none();
    let is_subtotal = |at: &usize| nearly_all(&|row| is_subtotal(row, *at));
    let is_serial = || nearly_all(&|row| adds_up(&row[1..], true)) && are_line_numbers(&rows);
    let is_behind =
        || nearly_all(&|row| adds_up(&row[..WIDTH - 1], true)) && !nearly_all(&|row| adds_up(&row[1..], true));
    let at = [WIDTH - 2, 1].into_iter().find(is_subtotal);
    let at = at.or_else(|| is_serial().then_some(0)).or_else(|| is_behind().then_some(WIDTH - 1))?;
    let kept = |e: &Entry<'_>| match e.items.len() {
        WIDTH => [&e.items[..at], &e.items[at + 1..]].concat(),
        _ => e.items.to_vec(),
    };
    Some(found.entries.iter().map(kept).collect())
}

fn is_subtotal(row: &[Item], at: usize) -> bool {
    let value = |i: usize| row[i].value.number.unwrap_or(Number::ZERO);
    let kinds: Number = (1..WIDTH - 1).filter(|i| *i != at).map(value).sum();
    value(at) == kinds && value(WIDTH - 1) == value(0) + value(at)
}

/// Whether the first values of rows count the lines.
fn are_line_numbers(rows: &[&Entry<'_>]) -> bool {
    let mut numbers = rows.iter().map(|e| e.items.first().and_then(|i| i.value.number));
    let first = numbers.next().flatten();
    first.is_some_and(|first| numbers.zip(1..).all(|(n, at)| n == Some(first + Number::whole(at))))
}

/// The same table over the values kept.
pub(super) fn over<'k>(found: &Found<'_>, kept: &'k [Vec<Item>]) -> Found<'k> {
    let over = |(e, items): (&Entry<'_>, &'k Vec<Item>)| EntryOf {
        row: e.row,
        items: items.as_slice(),
        is_row: e.is_row,
        is_bare: e.is_bare,
        may_be_glued: e.may_be_glued,
    };
    FoundOf {
        entries: found.entries.iter().zip(kept).map(over).collect(),
        headers: found.headers.clone(),
        start: found.start.clone(),
        order: found.order,
        is_in_yuan: found.is_in_yuan,
        names_sixth: found.names_sixth,
    }
}
