//! One page: its tables and the lines between them, from above.

use super::grid::grids;
use super::layer::{Glyph, Sheet};
use super::lines::{Line, lines};
use super::table::{Table, fill};
use super::{aligned, letters};

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
}

/// Reads a page.
pub(super) fn page(sheet: Sheet) -> Page {
    let Sheet { width, height, glyphs, rules } = sheet;
    let mut loose: Vec<Glyph> = glyphs;
    for glyph in &mut loose {
        glyph.character = letters::plain(glyph.character);
    }
    let size = usual_size(&loose);
    let mut tables = Vec::new();
    for grid in grids(&rules, size, (width, height)) {
        let (table, rest) = fill(&grid, loose);
        tables.extend(table);
        loose = rest;
    }
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
    Page { height, items }
}

fn usual_size(glyphs: &[Glyph]) -> f64 {
    let mut sizes: Vec<f64> = glyphs.iter().map(|g| g.size).collect();
    let middle = sizes.len() / 2;
    if sizes.is_empty() {
        return 10.0;
    }
    *sizes.select_nth_unstable_by(middle, f64::total_cmp).1
}
