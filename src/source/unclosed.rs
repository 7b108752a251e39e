//! Blank cells at the end of rows of plain text.
//!
//! Where cells are joined with `a | b | c`, without a bar behind the last, the row `a | b | ` ends in a blank cell, and
//! its bar does not close the row as those of `a | b | c |` do. Tabs at the end of a line part blank cells too.

use std::ops::Range;

use super::page::{Line, LineKind, Page};

/// Gives rows the blank cells behind their last border, where the other rows of their table show that it parts cells.
pub(super) fn complete(page: &mut Page<'_>) {
    let mut blanks: Vec<(usize, usize)> = Vec::new();
    let mut from = 0;
    while from < page.lines.len() {
        let LineKind::Row(table) = page.lines[from].kind else {
            from += 1;
            continue;
        };
        let rows = page.lines[from..].iter().take_while(|line| line.kind == LineKind::Row(table)).count();
        blanks_of(page, from..from + rows, &mut blanks);
        from += rows;
    }
    if !blanks.is_empty() {
        insert(page, &blanks);
    }
}

/// The blank cells that each row of a table lacks, with the number of its line.
fn blanks_of(page: &Page<'_>, rows: Range<usize>, blanks: &mut Vec<(usize, usize)>) {
    /// One row alone may have lost its bar.
    const UNCLOSED: usize = 2;
    let text = page.text.as_bytes();
    let ends = |line: &Line| text[line.range.end as usize - 1] == b'|';
    let tabs = |line: &Line| {
        text[line.range.end as usize..]
            .iter()
            .take_while(|b| matches!(b, b'\t' | b' '))
            .filter(|b| **b == b'\t')
            .count()
    };
    let lines = &page.lines[rows.clone()];
    let is_of_several = |line: &&Line| line.cells.len() > 1;
    if lines.iter().any(ends) {
        if lines.iter().filter(is_of_several).filter(|line| !ends(line)).count() >= UNCLOSED {
            blanks.extend(rows.zip(lines).filter(|(_, line)| ends(line)).map(|(at, _)| (at, 1)));
        }
        return;
    }
    // A tab that stands behind every row closes it.
    let Some(closing) = lines.iter().map(tabs).min() else { return };
    let lacking = rows.zip(lines).map(|(at, line)| (at, tabs(line) - closing.min(1)));
    blanks.extend(lacking.filter(|(_, lacking)| *lacking > 0));
}

/// Puts blank cells behind those of some lines.
fn insert(page: &mut Page<'_>, blanks: &[(usize, usize)]) {
    let old = std::mem::take(&mut page.cells);
    let mut blanks = blanks.iter().peekable();
    for (at, line) in page.lines.iter_mut().enumerate() {
        let first = page.cells.len() as u32;
        page.cells.extend_from_slice(&old[line.cells.start as usize..line.cells.end as usize]);
        if let Some((_, count)) = blanks.next_if(|(row, _)| *row == at) {
            let blank = line.range.end..line.range.end;
            page.cells.extend(std::iter::repeat_n(blank, *count));
        }
        line.cells = first..page.cells.len() as u32;
    }
}
