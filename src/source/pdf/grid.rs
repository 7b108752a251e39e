//! Rules to grids of cells.
//!
//! Rules that touch make a grid. Its columns and rows are the places where rules stand; two neighbouring places with
//! no rule between them are one merged cell.

use super::layer::{Frame, Rule};

/// A page with more rules after joining than this is a drawing.
const MOST_RULES: usize = 6000;
/// A grid with more places than this is none.
const MOST_PLACES: usize = 400_000;
/// A border counts if it covers this part of a side.
const COVERED: f64 = 0.6;

/// A cell of a grid.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    pub(super) frame: Frame,
    /// The first row and the one after the last.
    pub(super) rows: std::ops::Range<usize>,
    /// The first column and the one after the last.
    pub(super) columns: std::ops::Range<usize>,
}

/// A net of rules.
#[derive(Debug)]
pub(super) struct Grid {
    pub(super) frame: Frame,
    /// The uppermost and the lowest horizontal rule: beyond them the cells are open.
    pub(super) ruled: (f64, f64),
    xs: Vec<f64>,
    ys: Vec<f64>,
    /// The cell of each place, row by row.
    places: Vec<usize>,
    pub(super) cells: Vec<Cell>,
}

impl Grid {
    /// The cell at a point.
    pub(super) fn cell_at(&self, (x, y): (f64, f64)) -> Option<usize> {
        let find = |at: f64, marks: &[f64]| {
            let after = marks.partition_point(|m| *m <= at);
            (after > 0 && after < marks.len()).then(|| after - 1)
        };
        let (column, row) = (find(x, &self.xs)?, find(y, &self.ys)?);
        self.places.get(row * (self.xs.len() - 1) + column).copied()
    }

    /// How many rows it has.
    pub(super) fn rows(&self) -> usize {
        self.ys.len() - 1
    }

    /// Top and bottom of a row.
    pub(super) fn row(&self, row: usize) -> (f64, f64) {
        (self.ys[row], self.ys[row + 1])
    }
}

/// The grids of a page, the smallest first; `size` is that of the usual character.
pub(super) fn grids(rules: &[Rule], size: f64, page: (f64, f64)) -> Vec<Grid> {
    let tolerance = (0.3 * size).clamp(1.0, 4.0);
    let across = joined(rules, true, tolerance, page.0);
    let down = joined(rules, false, tolerance, page.1);
    if across.len() + down.len() > MOST_RULES {
        return Vec::new();
    }
    let mut grids: Vec<Grid> =
        nets(&across, &down, tolerance).into_iter().filter_map(|(h, v)| grid(&h, &v, tolerance)).collect();
    grids.sort_by(|a, b| (a.frame.width() * a.frame.height()).total_cmp(&(b.frame.width() * b.frame.height())));
    grids
}

/// Rules of one direction: those in one place joined, scraps left out.
fn joined(rules: &[Rule], is_horizontal: bool, tolerance: f64, length: f64) -> Vec<Rule> {
    let mut list: Vec<Rule> = rules.iter().copied().filter(|r| r.is_horizontal == is_horizontal).collect();
    list.sort_by(|a, b| a.at.total_cmp(&b.at));
    let mut out: Vec<Rule> = Vec::new();
    let mut start = 0;
    while start < list.len() {
        let first = list[start].at;
        let end = start + list[start..].partition_point(|r| r.at - first <= tolerance);
        let at = list[start..end].iter().map(|r| r.at).sum::<f64>() / (end - start) as f64;
        let mut same = list[start..end].to_vec();
        same.sort_by(|a, b| a.from.total_cmp(&b.from));
        let before = out.len();
        for rule in same {
            match out[before..].last_mut() {
                Some(last) if rule.from <= last.to + tolerance => last.to = last.to.max(rule.to),
                _ => out.push(Rule { at, ..rule }),
            }
        }
        start = end;
    }
    // What is as long as the page itself frames the page.
    out.retain(|r| r.to - r.from > 2.0 * tolerance && r.to - r.from < length * 0.99);
    out
}

type Net = (Vec<Rule>, Vec<Rule>);

/// Rules that touch each other, directly or through others.
fn nets(across: &[Rule], down: &[Rule], tolerance: f64) -> Vec<Net> {
    let mut parent: Vec<usize> = (0..across.len() + down.len()).collect();
    for (h, a) in across.iter().enumerate() {
        for (v, d) in down.iter().enumerate() {
            let meets = d.at >= a.from - tolerance
                && d.at <= a.to + tolerance
                && a.at >= d.from - tolerance
                && a.at <= d.to + tolerance;
            if meets {
                let (one, other) = (root(&mut parent, h), root(&mut parent, across.len() + v));
                parent[one] = other;
            }
        }
    }
    let mut found: std::collections::BTreeMap<usize, Net> = std::collections::BTreeMap::new();
    for (h, rule) in across.iter().enumerate() {
        found.entry(root(&mut parent, h)).or_default().0.push(*rule);
    }
    for (v, rule) in down.iter().enumerate() {
        found.entry(root(&mut parent, across.len() + v)).or_default().1.push(*rule);
    }
    found.into_values().filter(|(h, v)| !h.is_empty() && !v.is_empty()).collect()
}

fn root(parent: &mut [usize], mut at: usize) -> usize {
    while parent[at] != at {
        parent[at] = parent[parent[at]];
        at = parent[at];
    }
    at
}

fn grid(across: &[Rule], down: &[Rule], tolerance: f64) -> Option<Grid> {
    // The outermost borders are often left out: the ends of the others stand for them.
    let xs = marks(down.iter().map(|r| r.at), across, tolerance);
    let ys = marks(across.iter().map(|r| r.at), down, tolerance);
    let (columns, rows) = (xs.len().checked_sub(1)?, ys.len().checked_sub(1)?);
    if columns == 0 || rows == 0 || columns.checked_mul(rows)? > MOST_PLACES {
        return None;
    }
    let mut parent: Vec<usize> = (0..columns * rows).collect();
    let mut merge = |one: usize, other: usize| {
        let (one, other) = (root(&mut parent, one), root(&mut parent, other));
        parent[other] = one;
    };
    for (column, x) in xs.iter().enumerate().take(columns).skip(1) {
        let borders: Vec<&Rule> = down.iter().filter(|r| (r.at - x).abs() <= tolerance).collect();
        for (row, side) in ys.windows(2).enumerate() {
            if !is_covered(&borders, side[0], side[1]) {
                merge(row * columns + column - 1, row * columns + column);
            }
        }
    }
    for (row, y) in ys.iter().enumerate().take(rows).skip(1) {
        let borders: Vec<&Rule> = across.iter().filter(|r| (r.at - y).abs() <= tolerance).collect();
        for (column, side) in xs.windows(2).enumerate() {
            if !is_covered(&borders, side[0], side[1]) {
                merge((row - 1) * columns + column, row * columns + column);
            }
        }
    }
    let (mut cells, mut places) = (Vec::<Cell>::new(), Vec::with_capacity(parent.len()));
    let mut cell_of_root: Vec<Option<usize>> = vec![None; parent.len()];
    for place in 0..parent.len() {
        let (row, column) = (place / columns, place % columns);
        let frame = Frame { left: xs[column], right: xs[column + 1], top: ys[row], bottom: ys[row + 1] };
        let top = root(&mut parent, place);
        let index = *cell_of_root[top].get_or_insert_with(|| {
            cells.push(Cell { frame, rows: row..row + 1, columns: column..column + 1 });
            cells.len() - 1
        });
        let cell = &mut cells[index];
        cell.frame = cell.frame.around(frame);
        cell.rows = cell.rows.start.min(row)..cell.rows.end.max(row + 1);
        cell.columns = cell.columns.start.min(column)..cell.columns.end.max(column + 1);
        places.push(index);
    }
    let frame = Frame { left: xs[0], right: xs[columns], top: ys[0], bottom: ys[rows] };
    let upper = across.iter().map(|r| r.at).fold(f64::INFINITY, f64::min);
    let lower = across.iter().map(|r| r.at).fold(f64::NEG_INFINITY, f64::max);
    Some(Grid { frame, ruled: (upper, lower), xs, ys, places, cells })
}

/// Where rules stand, with the outermost ends of those that cross them.
fn marks(places: impl Iterator<Item = f64>, crossing: &[Rule], tolerance: f64) -> Vec<f64> {
    let from = crossing.iter().map(|r| r.from).fold(f64::INFINITY, f64::min);
    let to = crossing.iter().map(|r| r.to).fold(f64::NEG_INFINITY, f64::max);
    let mut all: Vec<f64> = places.chain([from, to]).collect();
    all.sort_by(f64::total_cmp);
    let mut out: Vec<f64> = Vec::new();
    for at in all {
        if out.last().is_none_or(|last| at - last > tolerance) {
            out.push(at);
        }
    }
    out
}

fn is_covered(borders: &[&Rule], from: f64, to: f64) -> bool {
    let covered: f64 = borders.iter().map(|r| (r.to.min(to) - r.from.max(from)).max(0.0)).sum();
    covered >= COVERED * (to - from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn across(at: f64, from: f64, to: f64) -> Rule {
        Rule { is_horizontal: true, at, from, to }
    }

    fn down(at: f64, from: f64, to: f64) -> Rule {
        Rule { is_horizontal: false, at, from, to }
    }

    #[test]
    fn merged_cells_are_one() {
        // Two columns; the left one is merged over both rows.
        let rules = [
            across(10.0, 10.0, 210.0),
            across(40.0, 110.0, 210.0),
            across(70.0, 10.0, 210.0),
            down(10.0, 10.0, 70.0),
            down(110.0, 10.0, 70.0),
            down(210.0, 10.0, 70.0),
        ];
        let grids = grids(&rules, 10.0, (600.0, 800.0));
        assert_eq!(grids.len(), 1);
        let cells: Vec<_> = grids[0].cells.iter().map(|c| (c.rows.clone(), c.columns.clone())).collect();
        assert_eq!(cells, [(0..2, 0..1), (0..1, 1..2), (1..2, 1..2)]);
        assert_eq!(grids[0].cell_at((20.0, 60.0)), Some(0));
    }

    #[test]
    fn open_sides_close_themselves() {
        let rules = [across(10.0, 10.0, 210.0), across(40.0, 10.0, 210.0), down(110.0, 10.0, 70.0)];
        let grids = grids(&rules, 10.0, (600.0, 800.0));
        assert_eq!(grids[0].cells.len(), 4);
    }
}
