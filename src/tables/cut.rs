//! Rows that the source cut in two: the values beside a label of several lines in a row of their own, or the last digits of
//! numbers too long for their column on the next line.

use super::CellState;
use super::entries::{Entry, EntryOf, Found, FoundOf, Item};
use super::place::{adds_up, fit};
use crate::form::{Column, Generation, Number, Row};

/// Values of a row of table three.
const WIDTH: usize = Column::REQUESTS.len();

/// What a run of values is where rows may be cut.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Half {
    Label,
    Values,
    Whole,
}

/// Table three with the halves of its rows joined; none where no row is cut.
///
/// A blank row with a label and a row of values without one beside it are one, where labels and values take turns. If the
/// table does not balance so, or they do not take turns, nobody knows which belong together, and the blank rows are left
/// out: they are no blanks of the report.
pub(super) fn mended<'i>(found: &Found<'i>) -> Option<Found<'i>> {
    let entries = &found.entries;
    let halves: Vec<Half> = (0..entries.len()).map(|at| half(entries, at)).collect();
    let is_cut =
        halves.windows(2).any(|pair| matches!(pair, [Half::Label, Half::Values] | [Half::Values, Half::Label]));
    let has_overflow = (0..entries.len()).any(|at| overflows(entries, at, WIDTH));
    if !is_cut && !has_overflow {
        return None;
    }
    let joined = join(entries, &halves, true);
    let kept = if is_cut && !balances(&joined) { join(entries, &halves, false) } else { joined };
    // Neither the row nor the digits below it.
    let is_cut_off = |at: usize| overflows(&kept, at, WIDTH) || at > 0 && overflows(&kept, at - 1, WIDTH);
    let kept = (0..kept.len()).filter(|at| !is_cut_off(*at)).map(|at| kept[at].clone()).collect();
    Some(FoundOf {
        entries: kept,
        generation: found.generation,
        start: found.start.clone(),
        is_in_yuan: found.is_in_yuan,
        names_sixth: found.names_sixth,
    })
}

fn half(entries: &[Entry<'_>], at: usize) -> Half {
    let entry = &entries[at];
    let Some(items) = fit(entry.items, WIDTH).filter(|_| entry.is_row) else { return Half::Whole };
    // （六）其他处理 | | 317 …, and below it the label of its first row
    let leads_its_rows = |group: Row| {
        entries.get(at + 1).is_some_and(|next| next.row.and_then(Row::group) == Some(group) && is_blank(next.items))
    };
    match entry.row {
        Some(row) if is_blank(items) && row.members().is_empty() => Half::Label,
        None if has_number(items) => Half::Values,
        Some(row) if has_number(items) && leads_its_rows(row) => Half::Values,
        _ => Half::Whole,
    }
}

/// The entries with the halves joined that take turns, if asked for, and without the labels of the others.
fn join<'i>(entries: &[Entry<'i>], halves: &[Half], joins: bool) -> Vec<Entry<'i>> {
    let mut out = Vec::with_capacity(entries.len());
    let mut from = 0;
    while from < entries.len() {
        let length = halves[from..].iter().take_while(|half| **half != Half::Whole).count();
        let run = from..from + length;
        let (labels, values): (Vec<usize>, Vec<usize>) = run.clone().partition(|at| halves[*at] == Half::Label);
        let take_turns = labels.len() == values.len() && labels.iter().zip(&values).all(|(l, v)| l.abs_diff(*v) == 1);
        if labels.is_empty() || values.is_empty() {
            out.extend_from_slice(&entries[run]);
        } else if joins && take_turns {
            let row =
                |(label, values): (&usize, &usize)| EntryOf { row: entries[*label].row, ..entries[*values].clone() };
            out.extend(labels.iter().zip(&values).map(row));
        } else {
            out.extend(values.iter().map(|at| EntryOf { row: None, ..entries[*at].clone() }));
        }
        from += length;
        out.extend(entries.get(from).cloned());
        from += 1;
    }
    out
}

/// Whether the relations of table three hold in every column: 新收＋上年结转＝总计＋结转下年度, and the outcomes add up to 总计.
fn balances(entries: &[Entry<'_>]) -> bool {
    let row = |row: Row| entries.iter().find(|e| e.row == Some(row)).and_then(|e| fit(e.items, WIDTH));
    let form = if row(Row::Other).is_some() { Generation::Form2019 } else { Generation::Form2021 };
    let value = |of: Row, column: usize| row(of).map(|items| items[column].value.number.unwrap_or_default());
    let sum = |rows: &[Row], column: usize| rows.iter().map(|of| value(*of, column)).sum::<Option<Number>>();
    (0..WIDTH).all(|column| {
        let handled = value(Row::Handled, column);
        handled.is_some()
            && sum(Row::outcomes(form), column) == handled
            && sum(&[Row::Received, Row::CarriedIn], column) == sum(&[Row::Handled, Row::CarriedOut], column)
    })
}

/// Whether a blank row of table two stands beside values without a label: they may be its own.
pub(super) fn stands_beside_values(found: &Found<'_>, entry: &Entry<'_>, width: usize) -> bool {
    let Some(at) = found.entries.iter().position(|e| std::ptr::eq(e, entry)) else { return false };
    let are_values = |e: &Entry<'_>| e.row.is_none() && e.is_row && fit(e.items, width).is_some_and(has_number);
    let beside = [at.checked_sub(1), Some(at + 1)];
    is_blank(entry.items) && beside.into_iter().flatten().any(|at| found.entries.get(at).is_some_and(are_values))
}

/// Whether the values of a row of table three or four do not add up and fewer numbers without a label stand below it: the
/// last digits of numbers that their column was too narrow for (`387` and `4` below are 3874).
pub(super) fn overflows(entries: &[Entry<'_>], at: usize, width: usize) -> bool {
    let (Some(items), Some(below)) = (fit(entries[at].items, width), entries.get(at + 1)) else { return false };
    let block = if width == WIDTH { WIDTH } else { Column::DISPUTES.len() };
    let adds_up = || items.chunks(block).all(|block| adds_up(block, true));
    let count = below.items.iter().filter(|i| i.value.number.is_some()).count();
    let are_digits = || below.items.iter().all(|i| i.value.number.is_some() || i.value.state == CellState::Blank);
    entries[at].is_row
        && has_number(items)
        && below.row.is_none()
        && (1..width).contains(&count)
        && are_digits()
        && !adds_up()
}

fn is_blank(items: &[Item]) -> bool {
    items.iter().all(|i| i.value.state == CellState::Blank)
}

fn has_number(items: &[Item]) -> bool {
    items.iter().any(|i| i.value.number.is_some())
}
