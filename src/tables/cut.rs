//! Rows that the source cut in two: the values beside a label of several lines in a row of their own, or the last digits of
//! numbers too long for their column on the next line.

use super::CellState;
use super::entries::{Entry, EntryOf, Found, FoundOf, Item};
use super::place::{are_column_numbers, fit};
use crate::form::{Column, Generation, Number, Row};

/// Values of a row of table three.
const WIDTH: usize = Column::REQUESTS.len();

/// More runs of values than this are no table of the form: a file that has thousands is not looked through.
const MOST_ENTRIES: usize = 400;

/// What a run of values is where rows may be cut.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Half {
    /// A label of the form without values.
    Label,
    /// Values without any words.
    Values,
    Whole,
}

/// Table three with the halves of its rows joined; none where no row is cut.
///
/// A blank row with a label and a row of nothing but values beside it are one, where labels and values take turns and the
/// table balances so. Otherwise nobody knows which belong together, and both are left out (emptied): they are no blanks of the
/// report.
pub(super) fn mended<'i>(found: &Found<'i>) -> Option<Found<'i>> {
    let entries = &found.entries;
    if entries.len() > MOST_ENTRIES {
        return None;
    }
    let halves: Vec<Half> = entries.iter().map(half).collect();
    let is_cut = |pair: &[Half]| matches!(pair, [Half::Label, Half::Values] | [Half::Values, Half::Label]);
    let is_any_cut = halves.windows(2).any(is_cut);
    let is_any_doubtful =
        (0..entries.len()).any(|at| halves[at] == Half::Label && doubtful_beside(entries, at).is_some());
    let has_overflow = (0..entries.len()).any(|at| overflows(entries, at, WIDTH));
    if !is_any_cut && !has_overflow && !is_any_doubtful {
        return None;
    }
    let joined = join(entries, &halves, true);
    let joined = if is_any_cut && !balances(&joined) { join(entries, &halves, false) } else { joined };
    let doubtful: Vec<usize> = (0..joined.len())
        .filter(|at| half(&joined[*at]) == Half::Label)
        .flat_map(|at| doubtful_beside(&joined, at).into_iter().flat_map(move |beside| [at, beside]))
        .collect();
    // 不予公开 with its sum stays: it is no row of its own.
    let is_left_out = |at: &usize| doubtful.contains(at) && joined[*at].row.is_none_or(|row| row.members().is_empty());
    // Its place is kept: rows without a label beside it are told by their number.
    let emptied = |entry: &Entry<'i>| EntryOf { items: &[][..], is_row: true, may_be_glued: false, ..entry.clone() };
    let keep = |at: usize| if is_left_out(&at) { emptied(&joined[at]) } else { joined[at].clone() };
    let kept: Vec<Entry<'_>> = (0..joined.len()).map(keep).collect();
    // Neither the row nor the digits below it.
    let is_cut = |at: usize| overflows(&kept, at, WIDTH);
    let mend = |at: usize| if is_cut(at) { emptied(&kept[at]) } else { kept[at].clone() };
    let kept = (0..kept.len()).filter(|at| *at == 0 || !is_cut(at - 1)).map(mend).collect();
    Some(FoundOf {
        entries: kept,
        headers: found.headers.clone(),
        start: found.start.clone(),
        order: found.order,
        is_in_yuan: found.is_in_yuan,
        names_sixth: found.names_sixth,
    })
}

fn half(entry: &Entry<'_>) -> Half {
    let Some(items) = fit(entry.items, WIDTH).filter(|_| entry.is_row) else { return Half::Whole };
    match entry.row {
        Some(row) if is_blank(items) && row.members().is_empty() => Half::Label,
        None if entry.is_bare && has_number(items) && !are_column_numbers(items) => Half::Values,
        _ => Half::Whole,
    }
}

/// The row of values with words of its own right above or below a blank row: the words may be a piece of its label, and
/// the values its own (（六）其他处理 | | 317 …, and below it the blank 1.逾期不补正), unless they are the sum of its group.
fn doubtful_beside(entries: &[Entry<'_>], at: usize) -> Option<usize> {
    let group = entries[at].row.and_then(Row::group);
    let value = |row: Row, column: usize| {
        let items = entries.iter().find(|e| e.row == Some(row)).and_then(|e| fit(e.items, WIDTH));
        items.and_then(|items| items[column].value.number).unwrap_or_default()
    };
    let sum = |column: usize| group.iter().flat_map(|g| g.members()).map(|row| value(*row, column)).sum::<Number>();
    let may_be_its_own = |beside: &usize| {
        let Some(entry) = entries.get(*beside).filter(|e| e.is_row && !e.is_bare) else { return false };
        let has_no_row = entry.row.is_none() || entry.row == group;
        let Some(values) = fit(entry.items, WIDTH).filter(|items| has_no_row && has_number(items)) else {
            return false;
        };
        let is_sum = || (0..WIDTH).all(|column| values[column].value.number.unwrap_or_default() == sum(column));
        !are_column_numbers(values) && !is_sum()
    };
    [at.checked_sub(1), Some(at + 1)].into_iter().flatten().find(may_be_its_own)
}

/// The entries with the halves joined that take turns, if asked for, and without the others.
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
        }
        from += length;
        out.extend(entries.get(from).cloned());
        from += 1;
    }
    out
}

/// Whether the relations of table three hold in every column: 新收＋上年结转＝总计＋结转下年度, and the outcomes add up to 总计.
pub(super) fn balances(entries: &[Entry<'_>]) -> bool {
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

/// Whether a blank row of table two, an entry at this place, stands beside a row of nothing but values: they may be its own.
pub(super) fn stands_beside_values(found: &Found<'_>, at: usize, width: usize) -> bool {
    let are_values = |e: &Entry<'_>| {
        let items = || fit(e.items, width).filter(|items| has_number(items));
        e.row.is_none() && e.is_bare && items().is_some_and(|items| width == 1 || !are_column_numbers(items))
    };
    let beside = [at.checked_sub(1), Some(at + 1)];
    is_blank(found.entries[at].items)
        && beside.into_iter().flatten().any(|at| found.entries.get(at).is_some_and(are_values))
}

/// Whether the values of a row of table three or four do not add up, but do with the digits of the line below put behind
/// some of them: their column was too narrow for all digits (`387` and `4` below are 3874).
pub(super) fn overflows(entries: &[Entry<'_>], at: usize, width: usize) -> bool {
    /// More numbers of one row are hardly cut.
    const MOST: usize = 7;
    /// Table four has few rows; those of a file that has thousands are not looked through.
    const ROWS: usize = 64;
    let (Some(items), Some(below)) = (fit(entries[at].items, width), entries.get(at + 1)) else { return false };
    if at > ROWS || !entries[at].is_row || below.row.is_some() || below.items.len() > width + 2 || !has_number(items) {
        return false;
    }
    let block = if width == WIDTH { WIDTH } else { Column::DISPUTES.len() };
    let digits: Vec<Digits> = below.items.iter().filter_map(Digits::of).collect();
    let are_digits = are_digits(below.items);
    let values: Vec<Option<Number>> = items.iter().map(|i| i.value.number).collect();
    let add_up = |values: &[Option<Number>]| values.chunks(block).all(sums_up);
    let closes =
        |digits: &[Digits]| (1..=MOST).contains(&digits.len()) && is_closed_by(&mut values.clone(), 0, digits, &add_up);
    // 403 0 0 0 0 0 403 adds up without its last digits, too; fewer than all values go on below.
    let may_be_whole = add_up(&values);
    let is_possible = !may_be_whole || digits.len() < block;
    // `9 3` is read as one number.
    are_digits && is_possible && (closes(&digits) || digits.len() == 1 && closes(&digits[0].single()))
}

/// Digits below a row that may be the last of its numbers.
#[derive(Clone, Copy)]
struct Digits {
    value: Number,
    /// How many are printed.
    count: usize,
}

impl Digits {
    fn of(item: &Item) -> Option<Digits> {
        item.value.number.map(|value| Digits { value, count: item.range.len() })
    }

    /// Each digit alone, those before the first that is not 0 left out.
    fn single(self) -> Vec<Digits> {
        let digit = |b: u8| Digits { value: Number::whole(i64::from(b - b'0')), count: 1 };
        self.value.to_string().bytes().filter(u8::is_ascii_digit).map(digit).collect()
    }
}

fn are_digits(items: &[Item]) -> bool {
    items.iter().all(|i| i.value.number.is_some() || i.value.state == CellState::Blank)
}

/// Whether a row of table two may go on in the digits right below it: nothing but borders stands between `403` and `12`.
pub(super) fn may_go_on_below(text: &str, found: &Found<'_>, at: usize) -> bool {
    let (entry, Some(below)) = (&found.entries[at], found.entries.get(at + 1)) else { return false };
    let (Some(last), Some(next)) = (entry.items.last(), below.items.first()) else { return false };
    let between = || text.get(last.range.end..next.range.start);
    let has_border_only =
        || between().is_some_and(|text| text.chars().all(|c| matches!(c, ' ' | '\t' | '\r' | '\n' | '\u{3000}' | '|')));
    // Where a page ends it is the number of the page.
    let ends_a_page = || {
        text.get(next.range.end..).is_some_and(|rest| rest.trim_start_matches([' ', '\r', '\n']).starts_with('\x0c'))
    };
    // A column holds two digits at least.
    let may_be_cut = |i: &Item| i.value.number.is_some_and(|n| n >= Number::whole(10));
    entry.items.iter().any(may_be_cut)
        && below.row.is_none()
        && below.items.len() <= entry.items.len() + 1
        && has_number(below.items)
        && are_digits(below.items)
        && has_border_only()
        && !ends_a_page()
}

/// Whether some choice of values from a place on, in order, makes the row add up with these digits behind them.
fn is_closed_by(
    values: &mut [Option<Number>],
    from: usize,
    digits: &[Digits],
    add_up: &dyn Fn(&[Option<Number>]) -> bool,
) -> bool {
    let Some((first, rest)) = digits.split_first() else { return add_up(values) };
    (from..values.len()).any(|at| {
        let Some(head) = values[at].filter(|head| *head > Number::ZERO) else { return false };
        values[at] = Some(followed_by(head, *first));
        let is_closed = is_closed_by(values, at + 1, rest, add_up);
        values[at] = Some(head);
        is_closed
    })
}

/// 38 and 7 are 387, 12 and 03 are 1203.
fn followed_by(head: Number, digits: Digits) -> Number {
    let shift = [10_i64, 100, 1000, 10_000].get(digits.count.saturating_sub(1)).copied().unwrap_or(100_000);
    head * shift + digits.value
}

fn sums_up(values: &[Option<Number>]) -> bool {
    let Some((total, parts)) = values.split_last() else { return false };
    let sum: Number = parts.iter().flatten().copied().sum();
    total.unwrap_or_default() == sum
}

fn is_blank(items: &[Item]) -> bool {
    items.iter().all(|i| i.value.state == CellState::Blank)
}

fn has_number(items: &[Item]) -> bool {
    items.iter().any(|i| i.value.number.is_some())
}
