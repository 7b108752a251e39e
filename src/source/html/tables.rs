//! Rows and cells, and tables inside tables.
//!
//! A row with a table in one of its cells is layout: its cells are running text, and the inner table stands for
//! itself. Only an inner table that is a single short value belongs to the cell around it.

use std::ops::Range;

use super::super::page::{Line, LineKind, trimmed};
use super::scan::Builder;

/// A table inside a cell that is longer than this (bytes) is no value and no label.
const LONGEST_VALUE: usize = 180;
/// A cell that is longer than this (bytes) and has a sentence is no label.
const LONGEST_LABEL: usize = 450;

/// A table that is being read.
#[derive(Default)]
pub(super) struct OpenTable {
    id: u32,
    row_start: Option<u32>,
    row_cells: Vec<Range<u32>>,
    /// The row holds another table.
    is_layout: bool,
    pub(super) cell_start: Option<usize>,
    /// A row had more than one cell with something in it.
    has_columns: bool,
    before: Before,
}

/// How things stood when a table was opened.
#[derive(Default)]
struct Before {
    /// Where the cell around it begins.
    cell_start: Option<usize>,
    text: usize,
    lines: usize,
    cells: usize,
}

impl Builder<'_> {
    pub(super) fn open_table(&mut self) {
        let cell_start = self.open.last_mut().and_then(|outer| outer.cell_start.take());
        match cell_start {
            Some(_) => self.break_text(),
            None => self.flush(),
        }
        self.tables += 1;
        let before = Before { cell_start, text: self.text.len(), lines: self.lines.len(), cells: self.cells.len() };
        self.open.push(OpenTable { id: self.tables, before, ..OpenTable::default() });
        self.line_start = self.text.len();
    }

    pub(super) fn close_table(&mut self) {
        if self.open.is_empty() {
            return self.flush();
        }
        self.close_row();
        let Some(table) = self.open.pop() else { return };
        let Before { cell_start: Some(cell_start), text, lines, cells } = table.before else {
            self.line_start = self.text.len();
            return self.end_outermost(table.before.text);
        };
        let is_value = !table.has_columns && self.text.len() - text <= LONGEST_VALUE;
        if is_value && let Some(outer) = self.open.last_mut() {
            self.lines.truncate(lines);
            self.cells.truncate(cells);
            outer.cell_start = Some(cell_start);
            return self.break_text();
        }
        if let Some(outer) = self.open.last_mut() {
            outer.is_layout = true;
        }
        self.push_lines(cell_start..text);
        self.line_start = self.text.len();
    }

    pub(super) fn open_row(&mut self) {
        if self.open.is_empty() {
            // A piece cut out of a page may begin inside a table.
            self.open_table();
        }
        self.close_row();
    }

    pub(super) fn open_cell(&mut self) {
        if self.open.is_empty() {
            self.open_table();
        }
        self.close_cell();
        // Also after an empty cell, so that each has a place of its own.
        self.force_break();
        let at = self.text.len();
        self.line_start = at;
        if let Some(table) = self.open.last_mut() {
            table.row_start.get_or_insert(at as u32);
            table.cell_start = Some(at);
        }
    }

    pub(super) fn close_cell(&mut self) {
        let at = self.text.len();
        let start = self.open.last_mut().and_then(|table| table.cell_start.take());
        match (start, self.open.last_mut()) {
            (Some(start), Some(table)) => {
                let cell = trimmed(&self.text, start..at);
                // The line end before it has the place of an empty cell in the source.
                let cell = if cell.is_empty() { start as u32 - 1..start as u32 - 1 } else { cell };
                table.row_cells.push(cell);
                self.line_start = at;
            }
            _ => self.flush(),
        }
    }

    pub(super) fn close_row(&mut self) {
        self.close_cell();
        let end = self.text.len();
        let Some(table) = self.open.last_mut() else { return };
        let Some(start) = table.row_start.take() else { return };
        let is_layout = std::mem::take(&mut table.is_layout);
        let mut row = std::mem::take(&mut table.row_cells);
        table.has_columns |= is_layout || row.iter().filter(|c| !c.is_empty()).count() > 1;
        let id = table.id;
        if is_layout || is_prose(&self.text, &row) {
            for cell in row.drain(..) {
                self.push_lines(cell.start as usize..cell.end as usize);
            }
        } else if !row.is_empty() {
            let first = self.cells.len() as u32;
            self.cells.append(&mut row);
            let range = trimmed(&self.text, start as usize..end);
            let range = if range.is_empty() { start..start } else { range };
            self.lines.push(Line { kind: LineKind::Row(id), range, cells: first..self.cells.len() as u32 });
        }
        if let Some(table) = self.open.last_mut() {
            row.clear();
            table.row_cells = row;
        }
        self.break_text();
        self.line_start = self.text.len();
    }

    /// The lines of a cell that is running text.
    fn push_lines(&mut self, range: Range<usize>) {
        let mut from = range.start;
        while from < range.end {
            let end = memchr::memchr(b'\n', &self.text.as_bytes()[from..range.end]).map_or(range.end, |n| from + n);
            let line = trimmed(&self.text, from..end);
            if !line.is_empty() {
                self.lines.push(Line { kind: LineKind::Text, range: line, cells: 0..0 });
            }
            from = end + 1;
        }
    }
}

/// Whether a row is running text that a page put into a table.
fn is_prose(text: &str, row: &[Range<u32>]) -> bool {
    let slice = |cell: &Range<u32>| &text[cell.start as usize..cell.end as usize];
    let has = |cell: &str, what: &str| memchr::memmem::find(cell.as_bytes(), what.as_bytes()).is_some();
    match row {
        [only] => has(slice(only), "\n") && has(slice(only), "。"),
        _ => row.iter().any(|cell| cell.len() > LONGEST_LABEL && has(slice(cell), "。")),
    }
}
