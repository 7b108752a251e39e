//! What is found of the tables: runs of values with the rows that their labels name.

use std::ops::Range;

use crate::form::{Generation, Row, TableId};
use crate::tables::order::Order;
use crate::tables::value::Value;

/// A value with its place, in bytes of the page.
#[derive(Debug, Clone)]
pub(in crate::tables) struct Item {
    pub(in crate::tables) value: Value,
    pub(in crate::tables) range: Range<usize>,
}

/// A run of values; its items are a range of those of all runs while they are read, and then these themselves.
#[derive(Debug, Clone)]
pub(in crate::tables) struct EntryOf<I> {
    /// The row that its label names; none if the label was broken off.
    pub(in crate::tables) row: Option<Row>,
    pub(in crate::tables) items: I,
    /// The values stand in one printed row (not one a line).
    pub(in crate::tables) is_row: bool,
    /// Nothing but values stands in the printed row.
    pub(in crate::tables) is_bare: bool,
    /// The values come from running text or one cell: each may be several numbers whose border is lost.
    pub(in crate::tables) may_be_glued: bool,
}

/// A run of values.
pub(in crate::tables) type Entry<'i> = EntryOf<&'i [Item]>;

/// What was found of one table.
#[derive(Debug)]
pub(in crate::tables) struct FoundOf<I> {
    pub(in crate::tables) entries: Vec<EntryOf<I>>,
    pub(in crate::tables) headers: Headers,
    pub(in crate::tables) start: Option<Range<usize>>,
    /// The order of the blocks of table four.
    pub(in crate::tables) order: Order,
    /// The header says that fees are in 元.
    pub(in crate::tables) is_in_yuan: bool,
    /// A label of the first rows of 其他处理 stands on a line of its own, with its number.
    pub(in crate::tables) names_sixth: bool,
}

/// What was found of one table.
pub(in crate::tables) type Found<'i> = FoundOf<&'i [Item]>;

impl<I> Default for FoundOf<I> {
    fn default() -> Self {
        FoundOf {
            entries: Vec::new(),
            headers: Headers::default(),
            start: None,
            order: Order::default(),
            is_in_yuan: false,
            names_sixth: false,
        }
    }
}

/// What was found of each table.
#[derive(Debug)]
pub(in crate::tables) struct BlocksOf<I> {
    pub(in crate::tables) tables: [FoundOf<I>; TableId::ALL.len()],
}

/// What was found of each table.
pub(in crate::tables) type Blocks<'i> = BlocksOf<&'i [Item]>;

impl<I> BlocksOf<I> {
    /// The form by rows that only one has: headers may be lost.
    pub(in crate::tables) fn generation_by_rows(&self) -> Option<Generation> {
        let mut rows = self.tables[TableId::Proactive as usize].entries.iter().filter_map(|e| e.row);
        rows.any(|row| matches!(row, Row::OtherServices | Row::Procurement)).then_some(Generation::Form2019)
    }
}

impl Blocks<'_> {
    /// The form by the headers of table two: where they mix the forms, that of the most rows.
    pub(in crate::tables) fn generation(&self) -> Option<Generation> {
        let found = &self.tables[TableId::Proactive as usize];
        let first = found.headers.first()?;
        let rows = found.entries.iter().filter(|e| e.row.is_some());
        let (own, other): (Vec<_>, Vec<_>) =
            rows.filter_map(|e| found.header_over(e)).partition(|generation| *generation == first);
        if other.len() > own.len() { other.first().copied() } else { Some(first) }
    }
}

impl Found<'_> {
    /// The form of the header that stands over a row.
    pub(in crate::tables) fn header_over(&self, entry: &Entry<'_>) -> Option<Generation> {
        self.headers.last_before(entry.items.first()?.range.start)
    }
}

/// The headers of table two that belong to one form only, with their places in the page.
#[derive(Debug, Clone, Default)]
pub(in crate::tables) struct Headers(Vec<(usize, Generation)>);

impl Headers {
    pub(super) fn note(&mut self, at: usize, generation: Generation) {
        self.0.push((at, generation));
    }

    pub(super) fn append(&mut self, more: Headers) {
        self.0.extend(more.0);
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    fn first(&self) -> Option<Generation> {
        self.0.first().map(|(_, generation)| *generation)
    }

    fn last_before(&self, place: usize) -> Option<Generation> {
        self.0.iter().rev().find(|(at, _)| *at < place).map(|(_, generation)| *generation)
    }
}

impl EntryOf<Range<usize>> {
    /// A run of which the values begin at this place of those of all runs and follow one a line.
    pub(super) fn pending(row: Option<Row>, start: usize) -> Self {
        EntryOf { row, items: start..start, is_row: false, is_bare: false, may_be_glued: true }
    }
}

impl BlocksOf<Range<usize>> {
    /// The same with the items themselves.
    pub(in crate::tables) fn over(self, items: &[Item]) -> Blocks<'_> {
        let over = |e: EntryOf<Range<usize>>| {
            let EntryOf { row, items: range, is_row, is_bare, may_be_glued } = e;
            EntryOf { row, items: &items[range], is_row, is_bare, may_be_glued }
        };
        let tables = self.tables.map(|found| {
            let FoundOf { entries, headers, start, order, is_in_yuan, names_sixth } = found;
            let entries = entries.into_iter().map(over).collect();
            FoundOf { entries, headers, start, order, is_in_yuan, names_sixth }
        });
        BlocksOf { tables }
    }
}
