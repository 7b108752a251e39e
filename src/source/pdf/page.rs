//! One page: its tables and the lines between them, from above.

use super::grid::{Grid, grids};
use super::layer::{Frame, Glyph, Sheet};
use super::lines::{Line, lines};
use super::table::{Table, fill};
use super::{aligned, edge, letters};

/// The part of the page's height in which heads and feet stand, from either end.
const MARGIN: f64 = 0.1;

/// What stands on a page.
#[derive(Debug, Clone)]
pub(super) enum Item {
    Line(Line),
    Table(Table),
}

/// A page read.
#[derive(Debug, Clone, Default)]
pub(super) struct Page {
    pub(super) height: f64,
    pub(super) items: Vec<Item>,
    /// Places where something runs over the edge of the page, so that digits are lost.
    pub(super) cut: u32,
}

/// Reads a page.
pub(super) fn page(sheet: Sheet) -> Page {
    let Sheet { width, height, glyphs, rules, .. } = sheet;
    let mut loose: Vec<Glyph> = glyphs;
    for glyph in &mut loose {
        glyph.character = letters::plain(glyph.character);
    }
    let mut edge = edge::Edge::of(&loose, width);
    edge.mark_glyphs(&mut loose);
    let grids = grids(&rules, usual_size(&loose), (width, height));
    let margin = in_margin(&loose, &grids, height);
    let (aside, mut loose): (Vec<Glyph>, Vec<Glyph>) =
        loose.into_iter().partition(|g| margin.iter().any(|frame| frame.holds(g.frame.middle())));
    let mut tables = Vec::new();
    for grid in &grids {
        let (table, rest) = fill(grid, loose);
        tables.extend(table);
        loose = rest;
    }
    loose.extend(aside);
    tables.iter_mut().for_each(|table| edge.mark_cells(table));
    tables.sort_by(|a, b| a.frame.top.total_cmp(&b.frame.top));
    let mut items = Vec::new();
    let mut tables = tables.into_iter().peekable();
    let mut between = Vec::new();
    for line in lines(&loose) {
        while let Some(table) = tables.next_if(|t| t.frame.middle().1 < line.frame.middle().1) {
            items.extend(aligned::items(std::mem::take(&mut between)));
            items.push(Item::Table(table));
        }
        between.push(line);
    }
    items.extend(aligned::items(between));
    items.extend(tables.map(Item::Table));
    Page { height, items, cut: edge.cut }
}

/// Lines in the upper and lower margin that borders run through: a table that a page break cuts is often drawn on
/// behind the running head, and clipped.
fn in_margin(glyphs: &[Glyph], grids: &[Grid], height: f64) -> Vec<Frame> {
    let is_outside = |g: &&Glyph| {
        let middle = g.frame.middle().1;
        middle < MARGIN * height || middle > (1.0 - MARGIN) * height
    };
    let outside: Vec<Glyph> = glyphs.iter().filter(is_outside).copied().collect();
    let is_crossed = |frame: &Frame| {
        let points = [0.1, 0.3, 0.5, 0.7, 0.9].map(|share| (frame.left + share * frame.width(), frame.middle().1));
        let runs_through = |grid: &Grid| {
            let y = frame.middle().1;
            let mut cells = points.iter().filter_map(|point| grid.cell_at(*point));
            (y < grid.ruled.0 || y > grid.ruled.1) && cells.next().is_some_and(|first| cells.any(|cell| cell != first))
        };
        grids.iter().any(runs_through)
    };
    // A few characters that overhang their cell are no head.
    let is_long = |frame: &Frame| frame.width() > 3.5 * frame.height();
    let pieces = lines(&outside).into_iter().flat_map(|line| line.pieces).map(|piece| piece.frame);
    pieces.filter(|frame| is_long(frame) && is_crossed(frame)).collect()
}

fn usual_size(glyphs: &[Glyph]) -> f64 {
    let mut sizes: Vec<f64> = glyphs.iter().map(|g| g.size).collect();
    let middle = sizes.len() / 2;
    if sizes.is_empty() {
        return 10.0;
    }
    *sizes.select_nth_unstable_by(middle, f64::total_cmp).1
}
