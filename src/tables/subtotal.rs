//! Table three with a column more than the form: 小计 of the five kinds of organisations.

use super::CellState;
use super::entries::{Entry, EntryOf, Found, FoundOf, Item};
use crate::form::{Column, Number};

/// Values of a row that has the column.
const WIDTH: usize = Column::REQUESTS.len() + 1;

/// So many rows must show what the column is.
const FEWEST: usize = 10;

/// The values of every row without the column, in the order of the entries; none where the table has no such column.
///
/// It stands behind the five kinds or before them, and is told by the sums alone: in all rows but one it is the sum of
/// the five, and the total is that of it and of 自然人.
pub(super) fn without(found: &Found<'_>) -> Option<Vec<Vec<Item>>> {
    let rows: Vec<&Entry<'_>> = found.entries.iter().filter(|e| e.items.len() == WIDTH).collect();
    let is_blank = |item: Option<&Item>| item.is_some_and(|i| i.value.state == CellState::Blank);
    // A blank at an end pads a row of seven.
    if rows.len() < FEWEST || rows.iter().any(|e| is_blank(e.items.first()) || is_blank(e.items.last())) {
        return None;
    }
    let is_of = |at: usize| rows.iter().filter(|e| !is_subtotal(e.items, at)).nth(1).is_none();
    let at = [WIDTH - 2, 1].into_iter().find(|at| is_of(*at))?;
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

/// The same table over the values kept.
pub(super) fn over<'k>(found: &Found<'_>, kept: &'k [Vec<Item>]) -> Found<'k> {
    let over = |(e, items): (&Entry<'_>, &'k Vec<Item>)| EntryOf {
        row: e.row,
        items: items.as_slice(),
        is_row: e.is_row,
        may_be_glued: e.may_be_glued,
    };
    FoundOf {
        entries: found.entries.iter().zip(kept).map(over).collect(),
        generation: found.generation,
        start: found.start.clone(),
        is_in_yuan: found.is_in_yuan,
    }
}
