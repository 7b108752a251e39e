//! A table while it is read: its physical cells, so that a row has as many as are drawn.

/// Columns beyond this one are not told apart; Word has 63.
const MOST_COLUMNS: u32 = 1000;

/// How a cell hangs together with the one above it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Merge {
    /// Not at all.
    #[default]
    None,
    /// Others hang below it.
    Begins,
    /// It is part of the one above.
    Continues,
}

/// A cell while it is read.
#[derive(Debug, Default)]
pub(super) struct Cell {
    /// Its lines, parted by `\n`.
    pub(super) text: String,
    /// Grid columns that it covers.
    pub(super) span: u32,
    /// Downwards.
    pub(super) merge: Merge,
    /// It is part of the cell to its left, or deleted.
    pub(super) is_dropped: bool,
}

/// A table while it is read.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// It holds another table: it is there for its looks, and its cells are running text.
    pub(super) is_layout: bool,
    rows: Vec<Vec<String>>,
    row: Vec<String>,
    is_in_row: bool,
    /// The row is deleted or hidden.
    pub(super) drops_row: bool,
    /// The open cell.
    pub(super) cell: Option<Cell>,
    column: u32,
    /// Grid columns with a vertical merge: in the row above, and in this one.
    above: Vec<u32>,
    below: Vec<u32>,
}

impl Table {
    /// Begins a row.
    pub(super) fn open_row(&mut self) {
        self.close_row();
        self.is_in_row = true;
    }

    /// Leaves out grid columns before the first cell.
    pub(super) fn skip(&mut self, columns: u32) {
        self.column = self.column.saturating_add(columns).min(MOST_COLUMNS);
    }

    /// Begins a cell.
    pub(super) fn open_cell(&mut self) {
        self.close_cell();
        // A cell outside a row begins one.
        self.is_in_row = true;
        self.cell = Some(Cell { span: 1, ..Cell::default() });
    }

    /// Ends a cell. One that continues the cell above is not a cell of the row, unless nothing above can be continued.
    pub(super) fn close_cell(&mut self) {
        let Some(cell) = self.cell.take() else { return };
        let continues = cell.merge == Merge::Continues && self.above.contains(&self.column);
        if cell.merge == Merge::Begins || continues {
            self.below.push(self.column);
        }
        self.column = self.column.saturating_add(cell.span.max(1)).min(MOST_COLUMNS);
        if !continues && !cell.is_dropped && !self.is_layout {
            self.row.push(cell.text);
        }
    }

    /// Ends a row.
    pub(super) fn close_row(&mut self) {
        self.close_cell();
        if !std::mem::take(&mut self.is_in_row) {
            return;
        }
        let row = std::mem::take(&mut self.row);
        if !std::mem::take(&mut self.drops_row) {
            self.above = std::mem::take(&mut self.below);
            if !row.is_empty() {
                self.rows.push(row);
            }
        }
        self.below.clear();
        self.column = 0;
    }

    /// The rows so far, the unfinished one as well.
    pub(super) fn take_rows(&mut self) -> Vec<Vec<String>> {
        let mut rows = std::mem::take(&mut self.rows);
        let row = std::mem::take(&mut self.row);
        if !row.is_empty() && !self.drops_row {
            rows.push(row);
        }
        rows
    }
}
