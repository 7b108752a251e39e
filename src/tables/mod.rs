//! Table lines to typed cells of the three statutory tables.
//!
//! In: the blocks of a [`Document`]. Out: [`Tables`]: every cell of the form with its
//! state, what was printed and where. Nothing is guessed: a row that cannot be read is missing, a blank stays
//! blank. A stage of its own because the many ways in which pages print tables end here.

mod apart;
mod broken_off;
mod cut;
mod edges;
mod entries;
mod glued;
mod indicator_text;
mod order;
mod place;
mod relations;
mod resolve;
mod splits;
mod statistics;
mod surplus;
mod value;

use std::collections::BTreeSet;
use std::ops::Range;

use crate::dictionary::Dictionary;
use crate::document::Document;
use crate::form::{CellId, Column, Formula, Generation, Number, Row, TableId};
use crate::source::{Page, Source, Span};

pub use glued::{Recovery, Spent};
pub use relations::{Parts, families};
pub(crate) use resolve::outcome_rows;
pub use statistics::{Indicators, UnknownCell};
pub use value::{CellState, Value, read_value};

/// One cell of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Which.
    pub id: CellId,
    /// As printed, in [`Tables::raw`]; empty if blank or missing.
    raw: Range<u32>,
    /// Its number: in 万元 for fees, as printed otherwise.
    pub value: Option<Number>,
    /// What kind of thing is printed.
    pub state: CellState,
    /// Where; none if missing.
    pub span: Option<Span>,
}

/// How the value of a cell was come by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// It is printed.
    Printed,
    /// The cell is blank, and with 0 the sums close.
    BlankAsZero,
    /// A blank 总计, from the cells of its row.
    Derived,
}

/// What became of one table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TableReport {
    /// Any of its rows, or at least its header, was found.
    pub is_found: bool,
    /// Rows without a single cell read.
    pub missing_rows: Vec<Row>,
    /// Rows whose label was broken off and which were placed by their order.
    pub placed_by_order: Vec<Row>,
    /// All sums close once values are moved by one: the reader's fault, not the report's.
    pub is_shifted: bool,
    /// Where the table begins.
    pub span: Option<Span>,
    /// Where it stands once more with other figures: the first is read.
    pub other: Option<Span>,
    /// Where digits stand that are glued together.
    pub glued: Option<Span>,
    /// What became of them.
    pub recovery: Recovery,
}

/// The three tables of a report.
#[derive(Debug)]
pub struct Tables {
    /// The form, by the table headers.
    pub generation: Option<Generation>,
    cells: Vec<Cell>,
    /// All that the cells print, one after the other.
    printed: String,
    /// The cell at each place of the form, or [`NO_CELL`].
    index: [u8; SLOTS],
    /// The value of each cell that checks may use, in the order of the cells.
    resolved: Vec<Option<(Number, Basis)>>,
    /// Some value is used that is not printed.
    has_assumed: bool,
    reports: [TableReport; TableId::ALL.len()],
    indicators: Indicators,
}

/// The places that rows and columns make; few of them are cells of the form.
const SLOTS: usize = Row::COUNT * Column::COUNT;
/// About as many cells as a form has.
const CELLS: usize = 212;
/// A cell prints about so much, borders and all.
const BYTES_OF_CELL: usize = 5;
/// No form has as many cells as this.
const NO_CELL: u8 = u8::MAX;

fn slot(id: CellId) -> usize {
    id.row as usize * Column::COUNT + id.column as usize
}

impl Tables {
    /// Reads the tables of a document.
    #[must_use]
    pub fn read(source: &Source, page: &Page<'_>, document: &Document, dictionary: &Dictionary) -> Tables {
        let mut tables = Tables::empty();
        tables.cells.reserve(CELLS);
        tables.resolved.reserve(CELLS);
        tables.printed.reserve(CELLS * BYTES_OF_CELL);
        let (items, blocks) = entries::collect(page, document, dictionary);
        let blocks = blocks.over(&items);
        tables.generation = blocks.generation().or_else(|| blocks.generation_by_rows());
        place::proactive(&mut tables, source, page, &blocks);
        place::requests(&mut tables, source, page, &blocks);
        place::disputes(&mut tables, source, page, &blocks);
        broken_off::forget_last(&mut tables, source);
        resolve::resolve(&mut tables);
        let is_newer = tables.generation.is_some() || tables.has_read(TableId::Requests);
        if !document.statistics.is_empty() && !is_newer {
            // An older form has none of the three tables: what was taken for one was not.
            let mut older = Tables::empty();
            statistics::read(&mut older, source, page, document, &dictionary.older);
            if older.generation.is_some() {
                broken_off::forget_last(&mut older, source);
                return older;
            }
        }
        tables
    }

    /// No table at all.
    #[must_use]
    pub fn empty() -> Tables {
        Tables {
            generation: None,
            cells: Vec::new(),
            printed: String::new(),
            index: [NO_CELL; SLOTS],
            resolved: Vec::new(),
            has_assumed: false,
            reports: Default::default(),
            indicators: Indicators::default(),
        }
    }

    /// The form; the current one where the headers do not tell.
    #[must_use]
    pub fn form(&self) -> Generation {
        self.generation.unwrap_or(Generation::Form2021)
    }

    /// Every cell, in the order of the form.
    #[must_use]
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// The value of each cell that a check may use, in the order of the cells.
    pub(crate) fn values(&self) -> impl Iterator<Item = Option<Number>> {
        self.resolved.iter().map(|resolved| resolved.map(|(value, _)| value))
    }

    /// A cell, if the form has it and the table was found.
    #[must_use]
    pub fn cell(&self, id: CellId) -> Option<&Cell> {
        self.position(id).map(|i| &self.cells[i])
    }

    fn position(&self, id: CellId) -> Option<usize> {
        let at = self.index[slot(id)];
        (at != NO_CELL).then_some(at as usize)
    }

    /// What a cell prints; empty if blank or missing.
    #[must_use]
    pub fn raw(&self, cell: &Cell) -> &str {
        &self.printed[cell.raw.start as usize..cell.raw.end as usize]
    }

    /// Whether some value is used that is not printed: a blank taken as 0 or a total derived.
    #[must_use]
    pub fn has_assumed(&self) -> bool {
        self.has_assumed
    }

    /// What the indicator table of an older form holds besides its known cells.
    #[must_use]
    pub fn indicators(&self) -> &Indicators {
        &self.indicators
    }

    /// The numbers that an unread cell may be whose digits run together with its neighbours'.
    #[must_use]
    pub fn possible(&self, id: CellId) -> &[Number] {
        let glued = self.report(id.row.table()).recovery.possible.iter();
        let found = glued.chain(&self.indicators.possible).find(|(cell, _)| *cell == id);
        found.map_or(&[], |(_, numbers)| numbers.as_slice())
    }

    /// What became of a table.
    #[must_use]
    pub fn report(&self, table: TableId) -> &TableReport {
        &self.reports[table as usize]
    }

    /// The number of tables of which rows were read.
    #[must_use]
    pub fn found(&self) -> usize {
        TableId::ALL.iter().filter(|t| self.has_read(**t)).count()
    }

    /// Whether a relation was used to read glued digits, so that it no longer says anything of the report.
    #[must_use]
    pub fn is_spent(&self, relation: Spent) -> bool {
        self.reports.iter().any(|r| r.recovery.spent.contains(&relation))
    }

    /// Whether any cell of a table was read.
    #[must_use]
    pub fn has_read(&self, table: TableId) -> bool {
        self.cells.iter().any(|c| c.span.is_some() && c.id.row.table() == table)
    }

    /// The value a check may use, and how it was come by. A group has the sum of its rows.
    #[must_use]
    pub fn resolved(&self, id: CellId) -> Option<(Number, Basis)> {
        if let Some(at) = self.position(id) {
            return self.resolved[at];
        }
        let members = id.row.members();
        if members.is_empty() {
            return None;
        }
        let mut sum = Number::ZERO;
        for row in members {
            sum = sum + self.resolved(CellId::new(*row, id.column))?.0;
        }
        Some((sum, Basis::Printed))
    }

    /// The value a check may use.
    #[must_use]
    pub fn value(&self, id: CellId) -> Option<Number> {
        self.resolved(id).map(|(value, _)| value)
    }

    /// The value of a formula; none if a cell it needs has none, or a base is 0.
    #[must_use]
    pub fn evaluate(&self, formula: &Formula) -> Option<Number> {
        formula.evaluate(&|cell| self.value(cell)).ok()
    }

    /// The printed cells behind a formula, groups spelled out.
    #[must_use]
    pub fn printed_cells(&self, formula: &Formula) -> Vec<CellId> {
        let mut out = BTreeSet::new();
        for id in formula.cells() {
            if self.cell(id).is_none() && !id.row.members().is_empty() {
                out.extend(id.row.members().iter().map(|r| CellId::new(*r, id.column)));
            } else {
                out.insert(id);
            }
        }
        out.into_iter().collect()
    }

    /// Adds a cell with what it prints, unless it is there already.
    fn insert(&mut self, mut cell: Cell, raw: &str) {
        let start = self.keep(raw);
        cell.raw = start..self.printed.len() as u32;
        self.put(cell);
    }

    /// Keeps a text that cells print; where it begins in what is kept.
    fn keep(&mut self, raw: &str) -> u32 {
        let start = self.printed.len() as u32;
        self.printed.push_str(raw);
        start
    }

    /// Adds a cell of which the text is kept, unless it is there already.
    #[inline]
    fn put(&mut self, cell: Cell) {
        let at = slot(cell.id);
        if self.index[at] == NO_CELL && self.cells.len() < NO_CELL as usize {
            self.index[at] = self.cells.len() as u8;
            self.resolved.push(cell.value.map(|value| (value, Basis::Printed)));
            self.cells.push(cell);
        }
    }

    /// The value found so far, groups left out.
    fn own(&self, id: CellId) -> Option<Number> {
        self.resolved[self.position(id)?].map(|(value, _)| value)
    }

    /// Gives a cell that prints no value one.
    fn assume(&mut self, id: CellId, value: Number, basis: Basis) {
        if let Some(at) = self.position(id) {
            self.resolved[at] = Some((value, basis));
            self.has_assumed = true;
        }
    }
}
