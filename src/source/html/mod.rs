//! Web pages: the text between the tags, table cells kept apart, every piece mapped back to its source.
//!
//! A scan in one pass, no tree: rows and cells are all the structure that the tables need, and a DOM parser
//! costs many times the whole audit. Unclosed and misnested tags do no harm, because only the start of a cell,
//! a row or a block matters. Spans of cells are not looked at: rows are read by their labels and the number of their
//! values, so that a wrong `rowspan` misplaces nothing.
//!
//! | file | |
//! |---|---|
//! | `scan` | markup to text, lines and cells |
//! | `tables` | rows, and tables inside tables |
//! | `tags` | names, ends and attributes of tags |
//! | `chrome` | what stands around a report |
//! | `marks` | pictures and attachments in the place of tables |
//! | `embedded`, `literals` | a report inside a script, a frame or a hidden field |

mod chrome;
mod embedded;
mod inline;
mod literals;
mod marks;
mod scan;
mod tables;
mod tags;

use std::borrow::Cow;

use super::page::{Line, LineKind, Page};
use super::{Beyond, plain};
use scan::Scanned;

/// A page with less text than this (bytes) has its report in an attachment if it has one.
const SHORTEST: usize = 900;
/// A page with less text than this and a script or frame shows what these load.
const SHELL: usize = 400;

/// Reads the page.
pub(super) fn page(source: &str) -> Page<'_> {
    if let Some(inner) = embedded::escaped(source) {
        return finished(inner);
    }
    let outer = scan::scan(source);
    if !outer.found.may_hold_more() {
        return finished(outer);
    }
    // Sections in tabs, of which only one is shown at a time, or a text of which only the beginning is.
    let is_part = |hidden: &std::ops::Range<usize>| chrome::has_more_words(&source[hidden.clone()], &outer.text);
    if outer.has_words() && outer.found.hidden.iter().any(is_part) {
        return finished(scan::scan_opened(source));
    }
    if outer.has_report() {
        return finished(outer);
    }
    match embedded::find(source, &outer) {
        Some(inner) => finished(inner),
        None => finished(outer),
    }
}

fn finished(scanned: Scanned) -> Page<'static> {
    let length = scanned.length();
    let notes = scanned.found.notes(length < SHORTEST);
    let is_shell = length < SHELL && scanned.found.loads_more && notes.is_empty() && !scanned.has_words();
    let Scanned { text, map, lines, cells, title, .. } = scanned;
    let beyond = Beyond::of(&text);
    Page { text: Cow::Owned(text), lines, cells, title, map: Some(map), repair: None, notes, is_shell, beyond }
}

/// Reads lines of text with markup among them: the tables as those of a page, what stands outside them as text.
pub(super) fn lined(source: &str) -> Page<'static> {
    let Scanned { text, map, mut lines, mut cells, found, tables, .. } = scan::scan_lined(source);
    let is_in_table = |line: &Line| {
        let after = tables.partition_point(|table| table.start <= line.bytes().start);
        after > 0 && line.bytes().start < tables[after - 1].end
    };
    lines.retain(is_in_table);
    let beyond = Beyond::of(&text);
    let outside = plain::page(&text, beyond);
    let number = |line: &Line| if let LineKind::Row(table) = line.kind { table } else { 0 };
    let (moved, more) = (cells.len() as u32, lines.iter().map(number).max().unwrap_or(0));
    cells.extend(outside.cells);
    for mut line in outside.lines.into_iter().filter(|line| !is_in_table(line)) {
        line.cells = line.cells.start + moved..line.cells.end + moved;
        if let LineKind::Row(table) = &mut line.kind {
            *table += more;
        }
        lines.push(line);
    }
    lines.sort_by_key(|line| line.range.start);
    let notes = found.notes(text.len() < SHORTEST);
    let (text, map) = (Cow::Owned(text), Some(map));
    Page { text, lines, cells, title: None, map, repair: None, notes, is_shell: false, beyond }
}

#[cfg(test)]
mod tests;
