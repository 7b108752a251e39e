//! Scattered cells to table rows. Only cells that are there cost anything, wherever they are.

use super::super::blocks::Block;

/// Columns that nothing parts for so long belong to different tables.
const WIDEST_GAP: u32 = 32;

/// Merged cells do not overlap, so that a row meets few of them.
const MOST_MERGED: usize = 500;

/// A cell that the sheet holds; blank if only its frame is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Filled {
    pub(super) row: u32,
    pub(super) column: u32,
    pub(super) text: String,
}

/// Cells drawn as one: first and last row and column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Merged {
    pub(super) rows: (u32, u32),
    pub(super) columns: (u32, u32),
}

impl Merged {
    /// Whether a cell is inside, but not the one that shows.
    fn hides(&self, row: u32, column: u32) -> bool {
        (self.rows.0..=self.rows.1).contains(&row)
            && (self.columns.0..=self.columns.1).contains(&column)
            && (row, column) != (self.rows.0, self.columns.0)
    }
}

/// The rows of a sheet: an empty row ends a table.
pub(super) fn blocks(mut cells: Vec<Filled>, mut merged: Vec<Merged>) -> Vec<Block> {
    cells.sort_by_key(|cell| (cell.row, cell.column));
    merged.sort_by_key(|m| m.rows);
    let mut out = Vec::new();
    let mut merged = merged.into_iter().peekable();
    let mut active: Vec<Merged> = Vec::new();
    for part in cells.chunk_by(|a, b| b.row - a.row <= 1) {
        let rows: Vec<&[Filled]> = part.chunk_by(|a, b| a.row == b.row).collect();
        // Rows of nothing but frames part tables as well.
        for run in rows.split(|row| row.iter().all(|cell| cell.text.is_empty())) {
            let mut lines: Vec<Vec<Vec<String>>> = Vec::new();
            let islands = islands(run);
            for row in run {
                let at = row[0].row;
                while let Some(next) = merged.next_if(|m| m.rows.0 <= at) {
                    if active.len() < MOST_MERGED && next.rows.1 >= at {
                        active.push(next);
                    }
                }
                active.retain(|m| m.rows.1 >= at);
                lines.push(islands.iter().map(|columns| line(row, columns, &active)).collect::<Vec<_>>());
            }
            for island in 0..islands.len() {
                out.extend(
                    lines.iter_mut().map(|l| std::mem::take(&mut l[island])).filter(|l| !l.is_empty()).map(Block::Row),
                );
                out.push(Block::TableEnd);
            }
        }
    }
    out
}

/// The columns in use, in groups with wide gaps between them.
fn islands(rows: &[&[Filled]]) -> Vec<Vec<u32>> {
    let filled = rows.iter().flat_map(|row| row.iter()).filter(|cell| !cell.text.is_empty());
    let mut columns: Vec<u32> = filled.map(|cell| cell.column).collect();
    columns.sort_unstable();
    columns.dedup();
    columns.chunk_by(|a, b| b - a <= WIDEST_GAP).map(<[u32]>::to_vec).collect()
}

/// One row: blank cells between others stay, and blank ones behind them if the sheet draws them.
fn line(row: &[Filled], columns: &[u32], merged: &[Merged]) -> Vec<String> {
    let (Some(first), Some(last)) = (columns.first(), columns.last()) else { return Vec::new() };
    let here = row.iter().filter(|cell| (*first..=*last).contains(&cell.column));
    let at = row[0].row;
    let is_hidden = |column: u32| merged.iter().any(|m| m.hides(at, column));
    let Some(end) = here.clone().map(|cell| cell.column).max() else { return Vec::new() };
    if here.clone().all(|cell| cell.text.is_empty()) {
        return Vec::new();
    }
    let mut here = here.peekable();
    let mut out = Vec::new();
    for column in columns.iter().copied().take_while(|c| *c <= end) {
        while here.next_if(|cell| cell.column < column).is_some() {}
        let text = here.next_if(|cell| cell.column == column).map(|cell| cell.text.clone());
        if !is_hidden(column) {
            out.push(text.unwrap_or_default());
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(cells: &[(u32, u32, &str)]) -> Vec<Filled> {
        cells.iter().map(|(row, column, text)| Filled { row: *row, column: *column, text: text.to_string() }).collect()
    }

    fn rows(blocks: Vec<Block>) -> Vec<String> {
        let text = |block| match block {
            Block::Row(cells) => cells.join("|"),
            _ => "end".to_string(),
        };
        blocks.into_iter().map(text).collect()
    }

    #[test]
    fn a_cell_in_the_last_corner_costs_nothing() {
        let cells = filled(&[(0, 0, "a"), (0, 1, "b"), (1_048_575, 16_383, "far")]);
        assert_eq!(rows(blocks(cells, Vec::new())), ["a|b", "end", "far", "end"]);
    }

    #[test]
    fn merged_cells_are_one_and_blank_ones_stay() {
        let cells = filled(&[
            (0, 0, "title"),
            (1, 0, "label"),
            (1, 1, "x"),
            (1, 3, "2"),
            (1, 4, ""),
            (2, 1, "y"),
            (2, 4, "9"),
            (2, 2, "8"),
        ]);
        let merged = vec![Merged { rows: (0, 0), columns: (0, 4) }, Merged { rows: (1, 2), columns: (0, 0) }];
        assert_eq!(rows(blocks(cells, merged)), ["title", "label|x||2|", "y|8||9", "end"]);
    }
}
