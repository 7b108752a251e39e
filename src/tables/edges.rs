//! Which cells of a row of table three are its seven values, and which of table four its fifteen, where cells without numbers
//! stand on both sides of them: those that a label over several columns leaves before them, remarks or padding behind them,
//! and a 总计 that prints no number.
//!
//! （一）予以公开 | | 37 | 3 | 0 | 0 | 0 | 0 | / may have 37 in its first column or in its second. What one row leaves open the
//! others tell: as many cells stand behind the values in all of them.

use super::CellState;
use super::entries::{Entry, EntryOf, Found, FoundOf, Item};
use super::place::adds_up;
use crate::form::{Column, Number};

/// Values of a row of table three.
const WIDTH: usize = Column::REQUESTS.len();

/// No row has more cells than this beside its values.
const MOST_BESIDE: usize = 6;

/// So many rows with a total that is not the sum tell that their cells are not cut there.
const FEWEST_AGAINST: usize = 5;

/// Table three with its rows cut to their values where cells without numbers stand beside them; none where there are none.
pub(super) fn settled<'i>(found: &Found<'i>) -> Option<Found<'i>> {
    let has_beside = |e: &Entry<'_>| e.items.len() > WIDTH && e.items.len() <= WIDTH + MOST_BESIDE;
    if !found.entries.iter().any(has_beside) {
        return None;
    }
    let behind = cells_behind(&found.entries);
    let has_before = |e: &Entry<'_>| e.items.len() > WIDTH && e.items[0].value.number.is_none();
    let may_be_shifted = found.entries.iter().any(has_before);
    let settle = |entry: &Entry<'i>| {
        let items = if has_beside(entry) { values(entry.items, behind)? } else { entry.items };
        // The last cell of a row may be lost, if it is blank, and those before it be taken for the seven.
        let is_doubtful = may_be_shifted && items.len() == WIDTH && items[0].value.number.is_none() && is_wrong(items);
        (!is_doubtful).then(|| EntryOf { items, ..entry.clone() })
    };
    Some(FoundOf {
        entries: found.entries.iter().filter_map(settle).collect(),
        headers: found.headers.clone(),
        start: found.start.clone(),
        ..*found
    })
}

/// The values of a row, of which so many cells stand behind; none if that leaves them open.
fn values(items: &[Item], behind: Option<usize>) -> Option<&[Item]> {
    let mut begins = begins(items, WIDTH);
    let Some(first) = begins.next() else { return Some(items) };
    let cut = |at: usize| &items[at..at + WIDTH];
    let Some(second) = begins.next() else { return Some(cut(first)) };
    let all = || [first, second].into_iter().chain(begins.clone());
    if let Some(at) = behind.and_then(|behind| all().find(|at| at + WIDTH + behind == items.len())) {
        return Some(cut(at));
    }
    // Blanks and zeros are the same anywhere.
    if items.iter().all(|i| i.value.number.unwrap_or_default() == Number::ZERO) {
        return Some(items);
    }
    let mut closing = all().filter(|at| is_right(cut(*at)));
    closing.next().filter(|_| closing.next().is_none()).map(cut)
}

/// The fifteen values of table four in a row that may have cells beside them; none if these leave it open, or if a cell is
/// lost and the totals are no sums.
pub(super) fn disputes(items: &[Item]) -> Option<&[Item]> {
    const ALL: usize = 3 * Column::DISPUTES.len();
    if items.len() < ALL {
        return None;
    }
    let cut = |at: usize| &items[at..at + ALL];
    let blocks = |at: usize| cut(at).chunks(Column::DISPUTES.len());
    let may_be = |at: &usize| !blocks(*at).any(is_wrong);
    // A row of headers behind its number holds words.
    let is_clean = |at: &usize| {
        items[at + ALL..].iter().all(|i| i.value.state == CellState::Blank)
            || cut(*at).iter().all(|i| i.value.is_value())
    };
    let begins = || begins(items, ALL).filter(is_clean);
    let mut possible = begins();
    let first = possible.next()?;
    if possible.next().is_none() {
        // What stands between two numbers is where it belongs, right or wrong.
        let is_whole = [first, first + ALL - 1].iter().all(|at| items[*at].value.number.is_some());
        return (is_whole || may_be(&first)).then(|| cut(first));
    }
    let mut fitting = begins().filter(may_be);
    let first = fitting.next()?;
    if fitting.next().is_none() {
        return Some(cut(first));
    }
    let mut closing = begins().filter(|at| blocks(*at).all(|block| adds_up(block, true)));
    let is_nought = items.iter().all(|i| i.value.number.unwrap_or_default() == Number::ZERO);
    let only = closing.next().filter(|_| closing.next().is_none());
    only.or(is_nought.then_some(first)).map(cut)
}

/// Where so many values may begin: no number stands before them or behind.
fn begins(items: &[Item], width: usize) -> impl Iterator<Item = usize> + Clone {
    let has_number = |item: &Item| item.value.number.is_some();
    let first = items.iter().position(has_number).unwrap_or(items.len());
    let end = items.iter().rposition(has_number).map_or(0, |at| at + 1);
    end.saturating_sub(width)..=first.min(items.len().saturating_sub(width))
}

/// How many cells stand behind the values in the rows of a table: so many that totals are sums, or else so many that only
/// there no total is printed that is none.
fn cells_behind(entries: &[Entry<'_>]) -> Option<usize> {
    let mut counts = [(0_usize, 0_usize); MOST_BESIDE + 1];
    for items in entries.iter().map(|e| e.items).filter(|items| items.len() >= WIDTH) {
        for at in begins(items, WIDTH) {
            let Some((right, wrong)) = counts.get_mut(items.len() - WIDTH - at) else { continue };
            *right += usize::from(is_right(&items[at..at + WIDTH]));
            *wrong += usize::from(is_wrong(&items[at..at + WIDTH]));
        }
    }
    let most = (0..counts.len()).rev().max_by_key(|behind| counts[*behind].0)?;
    let (right, wrong) = counts[most];
    if right > 0 {
        let is_alone = (0..counts.len()).all(|other| other == most || counts[other].0 * 3 < right);
        return (wrong * 3 <= right && is_alone).then_some(most);
    }
    let are_against = counts[1..].iter().any(|(_, wrong)| *wrong >= FEWEST_AGAINST);
    (counts[0].1 == 0 && are_against).then_some(0)
}

/// Whether the last of some values is the sum of the others, and not 0.
fn is_right(values: &[Item]) -> bool {
    adds_up(values, false) && values.last().and_then(|i| i.value.number) != Some(Number::ZERO)
}

/// Whether the last of some values is a number, but not their sum.
fn is_wrong(values: &[Item]) -> bool {
    values.last().is_some_and(|i| i.value.number.is_some()) && !adds_up(values, false)
}
