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
    pub(in crate::tables) generation: Option<Generation>,
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
            generation: None,
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

    pub(in crate::tables) fn generation(&self) -> Option<Generation> {
        self.tables[TableId::Proactive as usize].generation
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
            let FoundOf { entries, generation, start, order, is_in_yuan, names_sixth } = found;
            let entries = entries.into_iter().map(over).collect();
            FoundOf { entries, generation, start, order, is_in_yuan, names_sixth }
        });
        BlocksOf { tables }
    }
}
