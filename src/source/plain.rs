//! Plain text and Markdown: one line a line, `a | b |` a table row.

use std::ops::Range;

use super::drawn;
use super::page::{Line, LineKind, Page, is_blank, trimmed};

/// Reads the lines. The page text is the source text itself.
pub(super) fn page(text: &str) -> Page<'_> {
    lines(text, |slice| match border(slice.as_bytes()) {
        b'|' if !is_prose_with_a_bar(slice) => Some(b'|'),
        b'\t' if is_tabbed_row(slice) => Some(b'\t'),
        _ => None,
    })
}

/// Reads text made from a document: a row begins and ends with a bar, and nothing else is one.
pub(super) fn document(text: &str) -> Page<'_> {
    lines(text, |slice| (slice.len() > 1 && slice.starts_with('|') && slice.ends_with('|')).then_some(b'|'))
}

fn lines(text: &str, border_of: impl Fn(&str) -> Option<u8>) -> Page<'_> {
    let mut page = Page::of(text);
    let is_drawn = drawn::may_be_in(text);
    let (mut table, mut in_table) = (0, false);
    let mut start = 0;
    let ends = memchr::memchr3_iter(b'\n', b'\r', b'\x0c', text.as_bytes()).chain([text.len()]);
    for end in ends {
        let range = trimmed(text, start..end);
        start = end + 1;
        let slice = &text[range.start as usize..range.end as usize];
        if slice.is_empty() {
            continue;
        }
        if is_drawn && let Some(cells) = drawn::cells(text, &range) {
            if !cells.is_empty() {
                table += u32::from(!in_table);
                let first = page.cells.len() as u32;
                page.cells.extend(cells);
                page.lines.push(Line { kind: LineKind::Row(table), range, cells: first..page.cells.len() as u32 });
            }
            in_table = true;
            continue;
        }
        let Some(border) = border_of(slice) else {
            in_table = false;
            page.lines.push(Line { kind: LineKind::Text, range, cells: 0..0 });
            continue;
        };
        if is_markdown_rule(slice) {
            continue;
        }
        if !in_table {
            table += 1;
            in_table = true;
        }
        let first = page.cells.len() as u32;
        push_cells(&mut page.cells, text, &range, border);
        let cells = first..page.cells.len() as u32;
        page.lines.push(Line { kind: LineKind::Row(table), range, cells });
    }
    page
}

/// A sentence that happens to hold a bar is no row.
fn is_prose_with_a_bar(line: &str) -> bool {
    !line.ends_with('|')
        && !line.starts_with('|')
        && memchr::memchr_iter(b'|', line.as_bytes()).count() == 1
        && line.contains('。')
}

/// What parts the cells of a line, if it has any: bars, else tabs.
fn border(line: &[u8]) -> u8 {
    match memchr::memchr2(b'|', b'\t', line) {
        Some(at) if line[at] == b'|' || memchr::memchr(b'|', &line[at..]).is_some() => b'|',
        Some(_) => b'\t',
        None => b' ',
    }
}

/// Tabs that part cells, of which most are short, and no sentence.
fn is_tabbed_row(line: &str) -> bool {
    memchr::memchr_iter(b'\t', line.as_bytes()).count() >= 2 && !line.contains('。')
}

fn is_markdown_rule(line: &str) -> bool {
    line.starts_with(['|', '-', ':'])
        && line.contains('-')
        && line.chars().all(|c| matches!(c, '|' | '-' | ':') || is_blank(c))
        && line.contains("--")
}

/// Splits at bars. The bar that only closes the row opens no cell; one before the first cell neither.
fn push_cells(cells: &mut Vec<Range<u32>>, text: &str, line: &Range<u32>, border: u8) {
    let slice = &text[line.start as usize..line.end as usize];
    let mut start = line.start as usize;
    let mut end = line.end as usize;
    if slice.len() > 1 && slice.as_bytes().first() == Some(&border) {
        start += 1;
    }
    if slice.as_bytes().last() == Some(&border) {
        end -= 1;
    }
    let mut from = start;
    for at in memchr::memchr_iter(border, &text.as_bytes()[start..end.max(start)]) {
        cells.push(trimmed(text, from..start + at));
        from = start + at + 1;
    }
    cells.push(trimmed(text, from..end.max(from)));
}
