//! A page that holds the whole report twice, for screens of two sizes: the later copy says nothing of its own.
//!
//! Only lines that are the same, one after the other, as those of the first copy are passed over, and only where they
//! hold all its sections: a copy in which a number differs before the end of its last section stays, and so does
//! every line that differs behind it.

use std::ops::Range;

use super::Heading;
use super::headings::compacted;
use crate::source::{Line, LineKind, Page};

/// A report has so many sections at least.
const FEWEST_SECTIONS: usize = 4;

/// The lines of a later copy of all that the first headings stand over.
pub(super) fn later_copy(page: &Page<'_>, headings: &[Heading]) -> Option<Range<usize>> {
    let text = |heading: &Heading| compacted(&page.text[heading.range.clone()]);
    let first = headings.first()?;
    let again = (FEWEST_SECTIONS..headings.len()).find(|at| text(&headings[*at]) == text(first))?;
    let (one, other) = (&headings[..again], headings.get(again..2 * again)?);
    if !one.iter().zip(other).all(|(a, b)| a.section == b.section && text(a) == text(b)) {
        return None;
    }
    let line_of = |heading: &Heading| page.lines.partition_point(|line| line.bytes().end <= heading.range.start);
    let (a, b) = (line_of(first), line_of(&other[0]));
    let is_same = |a: usize, b: usize| match (page.lines.get(a), page.lines.get(b)) {
        (Some(one), Some(other)) => same(page, one, other),
        _ => false,
    };
    let after = (0..b.saturating_sub(a)).take_while(|n| is_same(a + n, b + n)).count();
    let last = line_of(other.last()?);
    // What stands under the last heading has to be the same, too.
    if last + 1 >= b + after {
        return None;
    }
    // Title and preamble of the copy.
    let before = (1..=a.min(b - a - after)).take_while(|n| is_same(a - n, b - n)).count();
    Some(b - before..b + after)
}

fn same(page: &Page<'_>, one: &Line, other: &Line) -> bool {
    let is_row = |line: &Line| matches!(line.kind, LineKind::Row(_));
    let seen = |line: &Line| page.text[line.bytes()].chars().filter(|c| !c.is_whitespace());
    is_row(one) == is_row(other) && one.cells.len() == other.cells.len() && seen(one).eq(seen(other))
}
