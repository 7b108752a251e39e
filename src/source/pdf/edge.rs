//! What runs over the edge of the page: programs that make PDF files leave out the digits that have no room there, so
//! that 1234 would be read as 1 and 12 as a blank. Such a number is marked as one with a lost character.

use super::layer::Glyph;
use super::table::{Table, is_number};

/// So far beyond the edge (points) a character must reach.
const BEYOND: f64 = 0.5;
/// So near to the edge a border stands that was cut off there.
const AT_EDGE: f64 = 2.0;

/// The right edge of a page.
pub(super) struct Edge {
    /// Where it is, if the places of the characters can be measured by it.
    at: Option<f64>,
    /// What was marked.
    pub(super) cut: u32,
}

impl Edge {
    /// Where many characters lie beyond the width, the width is not that of what is shown.
    pub(super) fn of(glyphs: &[Glyph], width: f64) -> Edge {
        let beyond = glyphs.iter().filter(|g| g.frame.right > width + BEYOND).count();
        Edge { at: (width > 0.0 && beyond * 5 < glyphs.len()).then_some(width), cut: 0 }
    }

    /// Digits that the edge runs through: the next ones may be lost.
    pub(super) fn mark_glyphs(&mut self, glyphs: &mut [Glyph]) {
        let Some(edge) = self.at else { return };
        let is_digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
        for glyph in glyphs.iter_mut().filter(|g| g.frame.right > edge + BEYOND && is_digit(g.character)) {
            glyph.character = char::REPLACEMENT_CHARACTER;
            self.cut += 1;
        }
    }

    /// Cells that the edge runs through: what is read of their number may be a part of it or nothing.
    pub(super) fn mark_cells(&mut self, table: &mut Table) {
        let Some(edge) = self.at else { return };
        let cells = table.rows.iter_mut().flat_map(|row| &mut row.cells);
        for cell in cells.filter(|c| c.frame.right > edge - AT_EDGE) {
            if cell.text.is_empty() || is_number(&cell.text) {
                cell.text = char::REPLACEMENT_CHARACTER.to_string();
                self.cut += 1;
            }
        }
    }
}
