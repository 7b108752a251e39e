//! The order in which the header of table four names its blocks and columns.
//!
//! Fifteen values in one row are told by their number, and nearly always stand as the form has them: 行政复议, 未经复议直接
//! 起诉, 复议后起诉. A header that names the blocks otherwise is followed. One that names them in no order that can be made
//! out, or the columns in another, leaves the table unread.

use std::cmp::Ordering;

use crate::dictionary::Headers;
use crate::form::Row;

/// The blocks in the order of the form.
const BLOCKS: [Row; 3] = [Row::Review, Row::LitigationDirect, Row::LitigationAfterReview];

/// How many columns a block has.
const COLUMNS: usize = 5;

/// Which block is named before which, by their places in [`BLOCKS`]; none if nothing tells.
type Before = [[bool; BLOCKS.len()]; BLOCKS.len()];

/// What the headers of a table have told.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Order {
    before: Before,
    /// The blocks that lines of their own have named so far.
    named: [bool; BLOCKS.len()],
    /// How far to the right 行政诉讼 stands, over two of the blocks, where it was named before any of them.
    litigation_at: Option<usize>,
    /// The columns of a block are not in the order of the form, or a block stands between the two others' heading.
    is_unclear: bool,
}

/// What one cell of a header names.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Name {
    Block(usize),
    /// Both blocks of 行政诉讼.
    Litigation,
}

impl Order {
    /// Takes note of the cells of one line, without white space, from left to right; `indent` is the white space before them.
    pub(super) fn note<'t>(
        &mut self,
        cells: impl Iterator<Item = &'t str> + Clone,
        indent: impl Fn() -> usize,
        headers: &Headers,
    ) {
        self.is_unclear |= has_other_columns(cells.clone(), headers);
        let mut names: Vec<Name> = Vec::new();
        for name in cells.filter_map(|cell| name(cell, headers)) {
            // A name is written out once for each column that it spans.
            if names.last() != Some(&name) {
                names.push(name);
            }
        }
        match names.as_slice() {
            [] => {}
            [only] => self.note_line(*only, indent()),
            _ => self.note_row(&names),
        }
    }

    /// A name on a line of its own.
    fn note_line(&mut self, name: Name, indent: usize) {
        match name {
            Name::Litigation => {
                self.litigation_at = if self.named.contains(&true) { None } else { Some(indent) };
            }
            Name::Block(block) => {
                // A cell that is two rows high stands below the one beside it in some texts, and need not be behind it.
                match self.litigation_at.filter(|_| block == 0).map(|at| at.cmp(&indent)) {
                    Some(Ordering::Less) => self.note_row(&[Name::Litigation, name]),
                    Some(Ordering::Equal) => self.is_unclear = true,
                    Some(Ordering::Greater) | None => {}
                }
                for other in (0..BLOCKS.len()).filter(|other| self.named[*other]) {
                    self.before[other][block] = true;
                }
                self.named[block] = true;
            }
        }
    }

    fn note_row(&mut self, names: &[Name]) {
        for (at, first) in names.iter().enumerate() {
            for second in &names[at + 1..] {
                match (*first, *second) {
                    (Name::Block(a), Name::Block(b)) if a != b => self.before[a][b] = true,
                    (Name::Block(0), Name::Litigation) => (1..BLOCKS.len()).for_each(|b| self.before[0][b] = true),
                    (Name::Litigation, Name::Block(0)) => (1..BLOCKS.len()).for_each(|b| self.before[b][0] = true),
                    _ => {}
                }
            }
        }
    }

    /// What this and another header tell.
    pub(super) fn and(mut self, other: Order) -> Order {
        for (own, others) in self.before.iter_mut().flatten().zip(other.before.iter().flatten()) {
            *own |= *others;
        }
        self.is_unclear |= other.is_unclear;
        self
    }

    /// The blocks in the order of their values; none if nobody knows.
    pub(super) fn blocks(&self) -> Option<[Row; 3]> {
        let pairs = || (0..BLOCKS.len()).flat_map(|a| (0..a).map(move |b| (b, a)));
        let is_contradicted = pairs().any(|(a, b)| self.before[a][b] && self.before[b][a]);
        if self.is_unclear || is_contradicted {
            return None;
        }
        if pairs().all(|(a, b)| !self.before[b][a]) {
            return Some(BLOCKS);
        }
        // Where one pair is turned round, all pairs must be told.
        if pairs().any(|(a, b)| !self.before[a][b] && !self.before[b][a]) {
            return None;
        }
        let rank = |block: usize| (0..BLOCKS.len()).filter(|other| self.before[*other][block]).count();
        let mut blocks = [None; BLOCKS.len()];
        (0..BLOCKS.len()).for_each(|block| blocks[rank(block)] = Some(BLOCKS[block]));
        let [Some(first), Some(second), Some(third)] = blocks else { return None };
        Some([first, second, third])
    }
}

fn name(cell: &str, headers: &Headers) -> Option<Name> {
    if let Some(row) = headers.dispute_block(cell) {
        return BLOCKS.iter().position(|block| *block == row).map(Name::Block);
    }
    headers.is_litigation(cell).then_some(Name::Litigation)
}

/// Whether one line names all columns of a block, but not in their order.
fn has_other_columns<'t>(cells: impl Iterator<Item = &'t str>, headers: &Headers) -> bool {
    let columns: Vec<usize> = cells.filter_map(|cell| headers.dispute_column(cell)).collect();
    let has_all = (0..COLUMNS).all(|column| columns.contains(&column));
    has_all && columns.iter().enumerate().any(|(at, column)| at % COLUMNS != *column)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::Dictionary;

    fn indent(line: &str) -> usize {
        line.len() - line.trim_start().len()
    }

    fn blocks(lines: &[&str]) -> Option<[Row; 3]> {
        let mut order = Order::default();
        lines
            .iter()
            .for_each(|line| order.note(line.split_whitespace(), || indent(line), &Dictionary::built_in().headers));
        order.blocks()
    }

    #[test]
    fn the_header_tells_the_order_of_the_blocks() {
        let (review, direct, after) = (Row::Review, Row::LitigationDirect, Row::LitigationAfterReview);
        let cases: [(&[&str], Option<[Row; 3]>); 11] = [
            (&[], Some(BLOCKS)),
            (&["行政复议 行政诉讼", "未经复议直接起诉 复议后起诉"], Some(BLOCKS)),
            (&["行政复议 行政诉讼", "复议后起诉 未经复议直接起诉"], Some([review, after, direct])),
            (&["行政诉讼 行政复议", "未经复议直接起诉 复议后起诉"], Some([direct, after, review])),
            (&["行政诉讼 行政复议", "复议后起诉 未经复议直接起诉"], Some([after, direct, review])),
            (&["行政诉讼（复议后起诉） 行政复议 行政诉讼（未经复议直接起诉）"], Some([after, review, direct])),
            (&["行政诉讼 行政复议"], None),
            (&["行政诉讼", "行政复议", "未经复议直接起诉", "复议后起诉"], None),
            (&["    行政诉讼", "行政复议", "未经复议直接起诉 复议后起诉"], Some(BLOCKS)),
            (&["行政诉讼", "    行政复议", "未经复议直接起诉 复议后起诉"], Some([direct, after, review])),
            (&["行政复议", "行政诉讼", "复议后起诉", "未经复议直接起诉"], Some([review, after, direct])),
        ];
        for (lines, expected) in cases {
            assert_eq!(blocks(lines), expected, "{lines:?}");
        }
    }

    #[test]
    fn columns_in_another_order_tell_nothing() {
        let columns = "结果维持 结果纠正 其他结果 尚未审结 总计";
        assert_eq!(blocks(&[&format!("{columns} {columns}")]), Some(BLOCKS));
        assert_eq!(blocks(&["总计 结果维持 结果纠正 其他结果 尚未审结"]), None);
        assert_eq!(blocks(&["结果纠正 结果维持 其他结果 尚未审结 总计"]), None);
        assert_eq!(blocks(&["总计 总计 总计"]), Some(BLOCKS));
    }
}
