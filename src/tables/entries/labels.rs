//! The labels of rows: those that name the years, that are cut short, or that go on over several lines.

use super::{LONGEST_LABEL, Reader, compact};
use crate::document::glued;
use crate::form::{Row, TableId};

/// Over so many lines a label goes on before its last at most.
const PIECES_OF_A_LABEL: usize = 3;

/// A label that is one only inside its table is no longer than this (bytes).
const LONGEST_SHORT_LABEL: usize = 24;

/// So many lines before its last has a label at most whose column is narrow.
const LINES_OF_A_LABEL: usize = 7;

impl Reader<'_> {
    /// The row that a text names.
    pub(super) fn label(&self, text: &str) -> Option<Row> {
        // 其他 and 总计 are headers too: in table four every label is one.
        if self.table == Some(TableId::Disputes) {
            return None;
        }
        // Only what is in brackets may be as long as a sentence: 规范性文件（……）.
        if text.len() > LONGEST_LABEL {
            return self.dictionary.labels.whole(text).or_else(|| self.defined_label(text));
        }
        let row = self.dictionary.labels.row(text).or_else(|| self.label_with_years(text));
        let row = row.or_else(|| {
            let is_short = self.table == Some(TableId::Proactive) && text.len() <= LONGEST_SHORT_LABEL;
            let short = if is_short { self.dictionary.labels.short(text, TableId::Proactive) } else { None };
            short.or_else(|| self.defined_label(text))
        });
        row.filter(|row| *row != Row::OtherOther || !self.is_cut_label(text))
    }

    /// 规章：指国务院部门和地方人民政府依照……制定的规范性文件: a label that tells behind a colon what is counted.
    fn defined_label(&self, text: &str) -> Option<Row> {
        let (label, _) = text.split_once([':', '：'])?;
        let is_short = self.table == Some(TableId::Proactive) && label.len() <= LONGEST_SHORT_LABEL;
        if is_short { self.dictionary.labels.whole(label) } else { None }
    }

    /// 一、2023年新收政府信息公开申请数量, 结转2024年继续办理: labels that name the years.
    pub(super) fn label_with_years(&self, text: &str) -> Option<Row> {
        let (own, at) = (self.year?, text.find('年')?);
        let start = at.checked_sub(4)?;
        let year: i16 = text.get(start..at).filter(|d| d.bytes().all(|b| b.is_ascii_digit()))?.parse().ok()?;
        let word = match year - own {
            0 => "本年",
            -1 => "上年",
            1 => "下年",
            _ => return None,
        };
        self.dictionary.labels.row(&format!("{}{word}{}", &text[..start], &text[at + '年'.len_utf8()..]))
    }

    /// `2.其他` before the rows of 其他处理 is 2.其他法律行政法规禁止公开, cut by the width of its column.
    pub(super) fn is_cut_label(&self, text: &str) -> bool {
        let last = self.found.entries.iter().rev().find_map(|e| e.row);
        text.trim_start().starts_with(['2', '２']) && !last.is_some_and(|row| Row::Other.members().contains(&row))
    }

    /// 2022年 | 3 | 1 …, of two rows of table four in a report on 2023.
    pub(super) fn is_of_another_year(&self, label: &str) -> bool {
        let year = label.trim().trim_end_matches(['年', '度']).parse().ok();
        self.table == Some(TableId::Disputes) && self.year.is_some() && year.is_some_and(|y: i16| Some(y) != self.year)
    }

    /// Whether a label before another is that of a group of rows: （三）不予公开.
    pub(super) fn is_group(&self, text: &str) -> bool {
        text.trim_start().starts_with(['（', '(']) && glued::begins_with_numbering(text)
    }

    /// What the label of a row may be that began lines before: 一、本年新收政府信息公开 / 申请数量. Longest last.
    pub(super) fn labels_over_lines(&mut self, last: &str) -> Vec<String> {
        let mut joined = vec![last.to_string()];
        let headers = &self.dictionary.headers;
        let is_header = |text: &str| headers.is_header(&compact(text)) || headers.is_headers(&compact(text));
        let mut is_whole = glued::begins_with_numbering(last) || self.has_values_first;
        for piece in self.pieces.iter().rev().take(LINES_OF_A_LABEL) {
            let piece = self.page.text[piece.clone()].trim();
            if is_whole || is_header(piece) {
                break;
            }
            is_whole = glued::begins_with_numbering(piece);
            joined.extend(joined.last().map(|rest| format!("{piece}{rest}")));
        }
        // Numbers before the first label: the labels stand below their numbers.
        self.has_values_first |= last.is_empty() && joined.len() == 1;
        joined
    }

    /// The row whose label, one line above the other, this line ends: its numbers follow one a line.
    pub(super) fn row_over_cells(&mut self, last: &str) -> Option<Row> {
        if self.pieces.is_empty() || self.table == Some(TableId::Disputes) || glued::begins_with_numbering(last) {
            return None;
        }
        let labels = self.labels_over_lines(last);
        labels[1..].iter().find_map(|label| self.dictionary.labels.numbered(label))
    }

    /// Where the last label of a block has no numbers below it, the numbers stand above their labels: those that were given
    /// the label above them are left without one.
    pub(super) fn forget_labels_above(&mut self) {
        let below = std::mem::take(&mut self.below_labels);
        let last = self.pieces.last().map(|piece| &self.page.text[piece.clone()]);
        if last.is_some_and(|text| self.dictionary.labels.numbered(text).is_some()) {
            below.into_iter().for_each(|at| self.found.entries[at].row = None);
        }
    }

    /// Whether a line of words is what the label of the row before goes on with; then that row has its label.
    pub(super) fn ends_a_label(&mut self, text: &str) -> bool {
        let Some((at, mut labels)) = self.broken.take() else { return false };
        labels.iter_mut().for_each(|label| label.push_str(text));
        let row = labels.iter().find_map(|label| self.dictionary.labels.numbered(label));
        if let Some(row) = row {
            self.found.entries[at].row = Some(row);
        } else if self.label(text).is_some() {
            return false;
        } else if self.pieces.len() + 1 < PIECES_OF_A_LABEL {
            self.broken = Some((at, labels));
        }
        row.is_some()
    }
}
