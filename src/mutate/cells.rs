//! Cells of the tables: inside relations that hold, and named by claims of the prose.

use std::collections::{BTreeMap, BTreeSet};

use super::class::Class;
use super::dice::swaps;
use super::site::{Change, Site};
use crate::claims::Claim;
use crate::dictionary::Mismatch;
use crate::form::{CellId, Column, Formula, Number, Row, TableId};
use crate::source::Span;
use crate::tables::{Basis, Cell, CellState, families, outcome_rows};

pub(super) fn changes(site: &Site<'_>) -> Vec<Change> {
    let held = Relations::holding(site);
    let cells = site.view.tables.cells();
    let mut changes: Vec<Change> = cells.iter().filter_map(|cell| one_cell(site, &held, cell)).collect();
    let rows: BTreeSet<Row> = cells.iter().map(|c| c.id.row).collect();
    for row in rows.into_iter().filter(|r| r.table() == TableId::Requests) {
        changes.extend(blanked(site, &held, row));
        changes.extend(swapped(site, &held, row));
    }
    changes.extend(named(site, &held));
    changes
}

/// The relations of the tables that hold and need nothing assumed but blanks.
struct Relations {
    /// Each with the sign of its cells: the sum of all is 0.
    list: Vec<BTreeMap<CellId, i64>>,
}

impl Relations {
    fn holding(site: &Site<'_>) -> Relations {
        let tables = site.view.tables;
        let value = |id: &CellId| {
            let state = tables.cell(*id)?.state;
            match tables.resolved(*id) {
                // What was read with the help of a relation proves nothing by it.
                _ if state == CellState::Recovered => None,
                Some((value, Basis::Printed | Basis::BlankAsZero)) => Some(value),
                Some(_) => None,
                None => (state == CellState::Blank && id.column != Column::Total).then_some(Number::ZERO),
            }
        };
        let holds = |relation: &BTreeMap<CellId, i64>| {
            let terms = relation.iter().map(|(id, sign)| Some(value(id)? * *sign));
            terms.sum::<Option<Number>>() == Some(Number::ZERO)
        };
        let fails = |relation: &&BTreeMap<CellId, i64>| {
            let is_read = relation.keys().all(|id| value(id).is_some());
            is_read && !holds(relation)
        };
        let of_requests = |r: &BTreeMap<CellId, i64>| r.keys().any(|id| id.row.table() == TableId::Requests);
        let mut list = all(outcome_rows(tables));
        list.extend(indicators(site));
        // Where something is wrong already, another error changes what the first is taken for.
        let is_broken = tables.report(TableId::Requests).is_shifted || list.iter().filter(fails).any(of_requests);
        // Where some cells were recovered, a change of one that is printed changes how the others are cut.
        let is_cut = |table: TableId| {
            tables.cells().iter().any(|c| c.id.row.table() == table && c.state == CellState::Recovered)
        };
        let is_whole = |r: &BTreeMap<CellId, i64>| !r.keys().any(|id| is_cut(id.row.table()));
        let usable = |r: &BTreeMap<CellId, i64>| holds(r) && is_whole(r) && !(is_broken && of_requests(r));
        Relations { list: list.into_iter().filter(usable).collect() }
    }

    fn of(&self, id: CellId) -> impl Iterator<Item = &BTreeMap<CellId, i64>> {
        self.list.iter().filter(move |r| r.contains_key(&id))
    }

    /// Whether some relation fails once cells have other values.
    fn breaks(&self, difference: &BTreeMap<CellId, Number>) -> bool {
        self.list.iter().any(|relation| {
            let terms = relation.iter().map(|(id, sign)| difference.get(id).copied().unwrap_or_default() * *sign);
            terms.sum::<Number>() != Number::ZERO
        })
    }
}

/// R1 to R6 of the form: the balance and the outcomes of every column, the columns of every row.
fn all(outcomes: &[Row]) -> Vec<BTreeMap<CellId, i64>> {
    let mut list = Vec::new();
    for column in Column::REQUESTS {
        let cell = |row| CellId::new(row, column);
        let balance = [(Row::Received, 1), (Row::CarriedIn, 1), (Row::Handled, -1), (Row::CarriedOut, -1)];
        list.push(balance.map(|(row, sign)| (cell(row), sign)).into());
        let rows = outcomes.iter().map(|row| (cell(*row), 1));
        list.push(rows.chain([(cell(Row::Handled), -1)]).collect());
    }
    let rows = [Row::Received, Row::CarriedIn, Row::Handled, Row::CarriedOut];
    let across = |row: Row, columns: &[Column]| {
        let sign = |c: &Column| if *c == Column::Total { -1 } else { 1 };
        columns.iter().map(|c| (CellId::new(row, *c), sign(c))).collect::<BTreeMap<_, _>>()
    };
    list.extend(rows.iter().chain(outcomes).map(|row| across(*row, &Column::REQUESTS)));
    let disputes = [Row::Review, Row::LitigationDirect, Row::LitigationAfterReview];
    list.extend(disputes.map(|row| across(row, &Column::DISPUTES)));
    list
}

/// R10, R11 and R13: the parts of the indicator table that add up to their whole.
fn indicators(site: &Site<'_>) -> Vec<BTreeMap<CellId, i64>> {
    let is_there = |row: Row| site.view.tables.cell(CellId::total(row)).is_some();
    let sums = families(&is_there).into_iter().filter(|f| f.is_complete && !f.may_overlap);
    sums.map(|f| {
        let parts = f.parts.iter().map(|row| (CellId::total(*row), 1));
        parts.chain([(CellId::total(f.whole), -1)]).collect()
    })
    .collect()
}

/// The place of a cell's number, if the file prints it just so, with no digit beside it.
fn place(site: &Site<'_>, cell: &Cell) -> Option<Span> {
    let (raw, source) = (site.view.tables.raw(cell), site.view.source);
    let span = cell.span.filter(|_| cell.value.is_some() && !raw.is_empty())?;
    let around = source.quote(Span { start: span.start.saturating_sub(1), end: span.end + 1 });
    let (before, after) = around.split_once(raw)?;
    // Where digits of several cells run together, a change of one is a change of how they are cut.
    let is_glued = before.ends_with(|c: char| c.is_ascii_digit()) || after.starts_with(|c: char| c.is_ascii_digit());
    (source.quote(span) == raw && !is_glued).then_some(span)
}

/// The cells, and blank totals that are made of them.
fn with_totals(site: &Site<'_>, ids: &[CellId]) -> Vec<CellId> {
    let is_derived = |id: &CellId| matches!(site.view.tables.resolved(*id), Some((_, Basis::Derived)));
    let totals = ids.iter().map(|id| CellId::total(id.row)).filter(is_derived);
    let all: BTreeSet<CellId> = ids.iter().copied().chain(totals).collect();
    all.into_iter().collect()
}

/// The cells with the groups they belong to, as claims name them.
fn names(ids: &[CellId]) -> Vec<String> {
    let groups = ids.iter().filter_map(|id| Some(CellId::new(id.row.group()?, id.column)));
    let all: BTreeSet<CellId> = ids.iter().copied().chain(groups).collect();
    all.into_iter().map(CellId::full_name).collect()
}

fn change(site: &Site<'_>, class: Class, span: Span, new: String, ids: &[CellId], value: Option<Number>) -> Change {
    let touched = with_totals(site, ids);
    Change {
        class,
        span,
        new,
        is_firm: true,
        subject: ids.first().map(|id| id.full_name()).unwrap_or_default(),
        value,
        quote: ids.first().map(|id| id.chinese()).unwrap_or_default(),
        places: site.speaking_of(&touched),
        cells: names(&touched),
    }
}

fn one_cell(site: &Site<'_>, held: &Relations, cell: &Cell) -> Option<Change> {
    let id = cell.id;
    held.of(id).next()?;
    let is_total = id.column == Column::Total || id.row == Row::Handled;
    let class = if is_total { Class::CellTotal } else { Class::CellChanged };
    let new = other_value(site, class, cell)?;
    Some(change(site, class, place(site, cell)?, new.to_string(), &[id], cell.value))
}

/// Another number for a cell: one off, digits swapped, ten times.
fn other_value(site: &Site<'_>, class: Class, cell: &Cell) -> Option<i64> {
    let value = cell.value?.to_whole()?;
    let raw = site.view.tables.raw(cell);
    if !raw.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let mut ways = vec![value + 1, value - 1, value * 10];
    ways.extend(swaps(raw).iter().filter_map(|s| s.parse::<i64>().ok()));
    ways.retain(|new| *new >= 0 && *new != value);
    site.dice(class, cell.id.full_name()).pick(&ways)
}

/// The cells of a row from the first to the last, where something other than white space keeps them apart.
fn row_of<'s>(site: &'s Site<'_>, row: Row) -> Option<Vec<(&'s Cell, Span)>> {
    let cells = Column::REQUESTS.iter().filter_map(|c| site.view.tables.cell(CellId::new(row, *c)));
    let cells: Vec<(&Cell, Span)> = cells.filter_map(|c| Some((c, place(site, c)?))).collect();
    let between = |a: Span, b: Span| site.view.source.quote(Span { start: a.end, end: b.start });
    let is_apart = cells.windows(2).all(|w| w[0].1.end <= w[1].1.start && between(w[0].1, w[1].1).contains(['|', '<']));
    (cells.len() == Column::REQUESTS.len() && is_apart).then_some(cells)
}

/// A row with some of its numbers replaced, what lies between them kept.
fn rewritten(site: &Site<'_>, cells: &[(&Cell, Span)], value: impl Fn(usize, &str) -> String) -> (Span, String) {
    let (mut out, mut at) = (String::new(), cells[0].1.start);
    for (index, (_, span)) in cells.iter().enumerate() {
        out.push_str(site.view.source.quote(Span { start: at, end: span.start }));
        out.push_str(&value(index, site.view.source.quote(*span)));
        at = span.end;
    }
    (Span { start: cells[0].1.start, end: at }, out)
}

fn blanked(site: &Site<'_>, held: &Relations, row: Row) -> Option<Change> {
    let cells = row_of(site, row)?;
    let lost = cells.iter().filter_map(|(c, _)| Some((c.id, c.value?))).collect();
    if !held.breaks(&lost) {
        return None;
    }
    let (span, new) = rewritten(site, &cells, |_, _| String::new());
    let ids: Vec<CellId> = cells.iter().map(|(c, _)| c.id).collect();
    Some(change(site, Class::CellRowBlanked, span, new, &ids, None))
}

fn swapped(site: &Site<'_>, held: &Relations, row: Row) -> Option<Change> {
    let cells = row_of(site, row)?;
    let pairs = (0..cells.len()).flat_map(|a| (a + 1..cells.len()).map(move |b| (a, b)));
    let difference = |(a, b): (usize, usize)| {
        let (first, second) = (cells[a].0, cells[b].0);
        let by = second.value? - first.value?;
        Some([(first.id, by), (second.id, -by)].into())
    };
    let right: Vec<(usize, usize)> =
        pairs.filter(|p| difference(*p).is_some_and(|d: BTreeMap<CellId, Number>| held.breaks(&d))).collect();
    let (a, b) = site.dice(Class::CellColumnsSwapped, row).pick(&right)?;
    let raw = |i: usize| site.view.tables.raw(cells[i].0).to_string();
    let (span, new) = rewritten(site, &cells, |i, own| match i {
        i if i == a => raw(b),
        i if i == b => raw(a),
        _ => own.to_string(),
    });
    Some(change(site, Class::CellColumnsSwapped, span, new, &[cells[a].0.id, cells[b].0.id], None))
}

/// Cells in no relation that holds, such as those of table two, where a claim of the prose names them.
fn named(site: &Site<'_>, held: &Relations) -> Vec<Change> {
    let mut out: Vec<Change> = Vec::new();
    let mut seen = BTreeSet::new();
    for (index, claim) in site.view.claims.list.iter().enumerate() {
        let Some(Formula::Cell(id)) = site.confirmed(index) else { continue };
        // An error in a table that is broken already changes what the first is taken for.
        let is_free = id.row.table() != TableId::Requests && held.of(*id).next().is_none();
        let Some(cell) = site.view.tables.cell(*id).filter(|_| is_free) else { continue };
        let Some(span) = place(site, cell) else { continue };
        if !seen.insert(*id) {
            continue;
        }
        let is_money = id.column == Column::Amount;
        let class = if is_money { Class::CellUnit } else { Class::CellNamed };
        let new =
            if is_money { cell.value.map(|v| v * 10_000) } else { other_value(site, class, cell).map(Number::whole) };
        let Some(new) = new.filter(|n| is_error(site, index, claim, *id, *n)) else { continue };
        let mut one = change(site, class, span, new.to_string(), &[*id], cell.value);
        one.is_firm = claim.mismatch == Mismatch::Contradicted;
        one.quote = site.clause(index);
        one.places.push(site.place(index));
        out.push(one);
    }
    out
}

/// Whether a claim is wrong under every reading once a cell has another value.
fn is_error(site: &Site<'_>, index: usize, claim: &Claim, id: CellId, new: Number) -> bool {
    let Some(quantity) = site.quantity(index) else { return false };
    let fits = |f: &Formula| site.evaluate(f, Some((id, new))).is_some_and(|v| quantity.interval.contains(v));
    new != Number::ZERO && !claim.readings.iter().any(fits)
}
