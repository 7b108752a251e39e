//! Table four where its three blocks stand apart: in three rows, in two or three tables, one column a row, or one value a
//! row.
//!
//! 行政复议 | 3 | 1 | 2 | 0 | 6, and so on. A block is told by its own heading and by columns that are named in the order
//! of the form; without both its values stay unread.

use std::ops::Range;

use crate::dictionary::Headers;
use crate::form::{Column, Row};

/// How many values a block has.
const WIDTH: usize = Column::DISPUTES.len();

/// The blocks in the order of the form.
const BLOCKS: [Row; 3] = [Row::Review, Row::LitigationDirect, Row::LitigationAfterReview];

/// What the headings of table four have told so far.
#[derive(Debug, Default)]
pub(super) struct Apart {
    /// The blocks that were named last and have no values yet, the last one last.
    named: [Option<Row>; BLOCKS.len()],
    /// The column named last.
    column: Option<usize>,
    /// The columns were not named in the order of the form, or not all.
    is_out_of_order: bool,
    /// Where the values begin that stand in one row for each column, how many such rows there are, and of how many
    /// blocks each is.
    standing: Option<Standing>,
}

/// Rows of which each holds the values of one column.
#[derive(Debug, Clone, Copy)]
struct Standing {
    start: usize,
    rows: usize,
    blocks: usize,
}

/// The values of a block: every so many of those in a range of all values.
#[derive(Debug)]
pub(super) struct Values {
    pub(super) row: Row,
    pub(super) places: Range<usize>,
    pub(super) step: usize,
}

impl Apart {
    /// Takes note of a cell (without white space) that is no value.
    pub(super) fn note(&mut self, text: &str, headers: &Headers) {
        if let Some(block) = headers.dispute_block(text) {
            self.named.rotate_left(1);
            self.named[BLOCKS.len() - 1] = Some(block);
        }
        let Some(column) = headers.dispute_column(text) else { return };
        let next = self.column.map_or(0, |last| (last + 1) % WIDTH);
        self.is_out_of_order |= column != next;
        self.column = Some(column);
    }

    /// The blocks that a row of values is, which stand at these places of all values, and where the values of each are:
    /// this row if it has as many as one block or two, or else the rows of one column each since their headings.
    pub(super) fn blocks_of(&mut self, items: &Range<usize>) -> Vec<Values> {
        const PAIR: usize = 2 * WIDTH;
        const ALL: usize = BLOCKS.len();
        let is_below_columns = self.column == Some(WIDTH - 1) && !self.is_out_of_order;
        let (places, step) = match items.len() {
            WIDTH | PAIR if is_below_columns => (items.clone(), 1),
            1 | ALL => match self.values_of_columns(items) {
                Some(places) => (places, items.len()),
                None => return Vec::new(),
            },
            _ => return Vec::new(),
        };
        let Some(rows) = self.take(places.len() / WIDTH) else { return Vec::new() };
        let block = |(at, row): (usize, Row)| {
            let first = places.start + if step == 1 { at * WIDTH } else { at };
            Values { row, places: first..first + (WIDTH - 1) * step + 1, step }
        };
        rows.into_iter().enumerate().map(block).collect()
    }

    /// The blocks named last, if there are so many of them, and several in the order of the form.
    fn take(&mut self, count: usize) -> Option<Vec<Row>> {
        let first = BLOCKS.len().checked_sub(count)?;
        let rows: Vec<Row> = self.named[first..].iter().copied().collect::<Option<_>>()?;
        if count > 1 && rows != BLOCKS[first..] {
            return None;
        }
        self.named = Default::default();
        Some(rows)
    }

    /// Where the values begin and end of which these are the last, if they are those of the last column.
    fn values_of_columns(&mut self, items: &Range<usize>) -> Option<Range<usize>> {
        let column = self.column?;
        let (at, blocks) = (items.start, items.len());
        self.standing = match self.standing {
            _ if column == 0 => Some(Standing { start: at, rows: 1, blocks }),
            Some(s) if s.rows == column && s.blocks == blocks && s.start + s.rows * blocks == at => {
                Some(Standing { rows: s.rows + 1, ..s })
            }
            _ => None,
        };
        let standing = self.standing.filter(|s| s.rows == WIDTH && !self.is_out_of_order)?;
        self.standing = None;
        Some(standing.start..standing.start + WIDTH * blocks)
    }
}
