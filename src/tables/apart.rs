//! Table four where its three blocks stand apart: in three rows, in three tables, or one value a row.
//!
//! 行政复议 | 3 | 1 | 2 | 0 | 6, and so on. A block is told by its own heading and by columns that are named in the order
//! of the form; without both its values stay unread.

use std::ops::Range;

use crate::dictionary::Headers;
use crate::form::{Column, Row};

/// How many values a block has.
const WIDTH: usize = Column::DISPUTES.len();

/// What the headings of table four have told so far.
#[derive(Debug, Default)]
pub(super) struct Apart {
    /// The block that was named last and has no values yet.
    block: Option<Row>,
    /// The column named last.
    column: Option<usize>,
    /// The columns were not named in the order of the form, or not all.
    is_out_of_order: bool,
    /// Where the values of a block begin that stand one a row, and how many there are.
    standing: Option<(usize, usize)>,
}

impl Apart {
    /// Takes note of a cell (without white space) that is no value.
    pub(super) fn note(&mut self, text: &str, headers: &Headers) {
        if let Some(block) = headers.dispute_block(text) {
            self.block = Some(block);
        }
        let Some(column) = headers.dispute_column(text) else { return };
        let next = self.column.map_or(0, |last| (last + 1) % WIDTH);
        self.is_out_of_order |= column != next;
        self.column = Some(column);
    }

    /// The block that a row of values is, which stand at these places of all values, and where its own values are:
    /// this row if it has as many as a block, or else the rows of one value since its heading.
    pub(super) fn row_of(&mut self, items: &Range<usize>) -> Option<(Row, Range<usize>)> {
        match items.len() {
            WIDTH if self.column == Some(WIDTH - 1) && !self.is_out_of_order => {
                Some((self.block.take()?, items.clone()))
            }
            1 => self.value_of_a_column(items.start),
            _ => None,
        }
    }

    fn value_of_a_column(&mut self, at: usize) -> Option<(Row, Range<usize>)> {
        let column = self.column?;
        self.standing = match self.standing {
            _ if column == 0 => Some((at, 1)),
            Some((start, count)) if count == column && start + count == at => Some((start, count + 1)),
            _ => None,
        };
        let (start, _) = self.standing.filter(|(_, count)| *count == WIDTH && !self.is_out_of_order)?;
        self.standing = None;
        Some((self.block.take()?, start..start + WIDTH))
    }
}
