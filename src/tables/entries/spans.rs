//! Cells of table two that a converter wrote out once for each column that they span.
//!
//! The form of 2019 spans its columns differently in each part, so that rows of the written-out grid have more cells than
//! values: `规章 | 13 | 13 | 13 | 524` under `信息内容 | 本年新制作数量 | 本年新公开数量 | 本年新公开数量 | 对外公开总数量`. Other converters
//! leave the further cells blank.

use std::ops::Range;

use super::{Item, Reader, compact};
use crate::form::TableId;

/// What a header tells of the cells that are written out more than once.
#[derive(Debug, Clone, Default)]
pub(super) struct Spans {
    /// Cells of the header, its label among them.
    width: usize,
    /// Those that repeat the one before or are blank behind it, counted from the label on.
    repeated: Vec<usize>,
}

impl Reader<'_> {
    /// Takes note of the cells that a header of table two repeats: a row in which some cells named a form.
    pub(super) fn note_spans(&mut self, cells: &[Range<u32>], named: usize) {
        if self.table != Some(TableId::Proactive) || named < 2 {
            return;
        }
        let texts: Vec<_> = cells.iter().map(|cell| compact(self.page.slice(cell))).collect();
        let repeats = |at: &usize| texts[*at].is_empty() || texts[*at] == texts[*at - 1];
        self.spans = Spans { width: cells.len(), repeated: (2..texts.len()).filter(repeats).collect() };
    }

    /// Takes out of the last values, those of a row of so many cells, what its header shows to be written out again.
    pub(super) fn without_spans(&mut self, from: usize, cells: usize) {
        let Spans { width, repeated } = &self.spans;
        let values = &self.items[from..];
        if repeated.is_empty() || *width != cells || values.len() + 1 != cells {
            return;
        }
        let text = |item: &Item| self.page.text[item.range.clone()].trim();
        let again: Vec<usize> = (1..values.len()).filter(|at| text(&values[*at]) == text(&values[*at - 1])).collect();
        let blank: Vec<usize> = (1..values.len()).filter(|at| text(&values[*at]).is_empty()).collect();
        let by_header: Vec<usize> = repeated.iter().map(|at| at - 1).collect();
        let is_one_value = again.len() + 1 == values.len();
        let taken_out = if blank.len() == repeated.len() {
            blank
        } else if by_header.iter().all(|at| again.contains(at)) && blank.is_empty() {
            by_header
        } else if again.len() == repeated.len() || is_one_value {
            again[..repeated.len()].to_vec()
        } else {
            return;
        };
        for at in taken_out.iter().rev() {
            self.items.remove(from + at);
        }
    }
}
