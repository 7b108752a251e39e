//! Grids and characters to tables: every cell its own text, a cell without characters blank.

use super::grid::{Cell, Grid};
use super::layer::{Frame, Glyph};
use super::lines::{Line, is_western, lines};

/// A table, or what stands of it on one page.
#[derive(Debug, Clone)]
pub(super) struct Table {
    pub(super) frame: Frame,
    /// Its cells have borders.
    pub(super) is_ruled: bool,
    pub(super) rows: Vec<Row>,
}

/// The cells that begin in one row, from the left.
#[derive(Debug, Clone, Default)]
pub(super) struct Row {
    pub(super) cells: Vec<TableCell>,
}

/// A cell with its text.
#[derive(Debug, Clone)]
pub(super) struct TableCell {
    pub(super) frame: Frame,
    pub(super) text: String,
    /// Its last line is so full that what follows was wrapped.
    pub(super) is_full: bool,
}

impl Row {
    /// Its text without white space, to compare rows by.
    pub(super) fn compact(&self) -> String {
        let join = |cell: &TableCell| cell.text.split_whitespace().collect::<String>();
        self.cells.iter().map(join).collect::<Vec<_>>().join("|")
    }

    pub(super) fn is_blank(&self) -> bool {
        self.cells.iter().all(|c| c.text.is_empty())
    }
}

/// Fills a grid. Characters that belong to no table come back: a frame around paragraphs is none, nor is a row above
/// or below that goes over the whole width.
pub(super) fn fill(grid: &Grid, glyphs: Vec<Glyph>) -> (Option<Table>, Vec<Glyph>) {
    let Some(body) = body(grid) else { return (None, glyphs) };
    let (top, bottom) = (grid.row(body.start).0, grid.row(body.end - 1).1);
    let mut held: Vec<Vec<Glyph>> = vec![Vec::new(); grid.cells.len()];
    let mut loose = Vec::new();
    for glyph in glyphs {
        match grid.cell_at(glyph.frame.middle()) {
            Some(cell) if grid.cells[cell].rows.start >= body.start && grid.cells[cell].rows.end <= body.end => {
                held[cell].push(glyph);
            }
            _ => loose.push(glyph),
        }
    }
    let read: Vec<Vec<Line>> = held.iter().map(|glyphs| lines(glyphs)).collect();
    let margin = margin(&grid.cells, &read);
    let mut rows = vec![Row::default(); grid.rows()];
    let mut order: Vec<usize> = (0..grid.cells.len()).collect();
    order.sort_by_key(|i| (grid.cells[*i].rows.start, grid.cells[*i].columns.start));
    for index in order {
        let cell = &grid.cells[index];
        if !body.contains(&cell.rows.start) {
            continue;
        }
        let (text, is_full) = text(&read[index], cell.frame.width() - 2.0 * margin);
        rows[cell.rows.start].cells.push(TableCell { frame: cell.frame, text, is_full });
    }
    rows.retain(|r| !r.is_blank());
    if rows.is_empty() {
        return (None, loose);
    }
    (Some(Table { frame: Frame { top, bottom, ..grid.frame }, is_ruled: true, rows }), loose)
}

/// The rows between the first and the last that have several cells.
fn body(grid: &Grid) -> Option<std::ops::Range<usize>> {
    let mut width = vec![0_usize; grid.rows()];
    for cell in &grid.cells {
        for row in cell.rows.clone() {
            width[row] += 1;
        }
    }
    let first = width.iter().position(|w| *w > 1)?;
    let last = width.iter().rposition(|w| *w > 1)?;
    Some(first..last + 1)
}

/// What is left free between border and text, by the fullest line of the table.
fn margin(cells: &[Cell], read: &[Vec<Line>]) -> f64 {
    let gaps = cells.iter().zip(read).flat_map(|(cell, lines)| lines.iter().map(|l| l.frame.left - cell.frame.left));
    gaps.filter(|g| *g >= 0.0).fold(8.0, f64::min)
}

/// The lines of a cell as one text, and whether the last one is full. A number is joined over a line end only if there
/// was no room for its next digit; else two numbers stand in one cell, and stay two.
fn text(lines: &[Line], room: f64) -> (String, bool) {
    let mut text = String::new();
    let mut is_full = false;
    for line in lines {
        let ends_western = text.ends_with(is_western);
        if ends_western && line.text.starts_with(is_western) && !is_full {
            // Two spaces: 2 and 128 are not 2 128.
            let are_numbers =
                text.ends_with(|c: char| c.is_ascii_digit()) && line.text.starts_with(|c: char| c.is_ascii_digit());
            text.push_str(if are_numbers { "  " } else { " " });
        }
        text.push_str(&line.text);
        let last_width = if text.ends_with(is_western) { 0.55 * line.size } else { line.size };
        is_full = line.frame.width() + last_width.max(line.first_word.min(line.size)) > room + 0.1 * line.size;
    }
    (text, is_full)
}

/// Digits and signs only.
pub(super) fn is_number(text: &str) -> bool {
    text.chars().any(|c| c.is_ascii_digit() || ('０'..='９').contains(&c)) && !text.chars().any(|c| c.is_alphabetic())
}

/// 1. or （一） or 一、 at the head of a label.
pub(super) fn begins_a_row(text: &str) -> bool {
    let digits: usize = text.chars().take_while(char::is_ascii_digit).map(char::len_utf8).sum();
    has_heading_mark(text) || digits > 0 && text[digits..].starts_with(['.', '．', '、'])
}

/// Whether a label of a row begins in it: at its head, or （二） behind words that another label goes on with.
pub(super) fn holds_a_row(text: &str) -> bool {
    begins_a_row(text) || text.match_indices('（').any(|(at, _)| has_heading_mark(&text[at..]))
}

/// 一、 or （一） at the head of a short line.
pub(super) fn has_heading_mark(text: &str) -> bool {
    let rest = text.trim_start_matches(['（', '(']);
    let digits: usize = rest.chars().take_while(|c| "一二三四五六七八九十".contains(*c)).map(char::len_utf8).sum();
    digits > 0 && rest[digits..].starts_with(['、', '）', ')'])
}
