//! Indicator tables whose cells ran together: label, unit and numbers, found by the unit before the number.
//!
//! `主动公开文件数条2543 78967其中：1、政府网站公开数条…`: the number that opens the next label (`1、`) may be glued to
//! the last number; it is known, because lists count from 1.

use std::ops::Range;

use super::value::{Value, read_value};
use crate::dictionary::Older;

/// A row as it stands in running text, in bytes of the page.
#[derive(Debug)]
pub(super) struct TextRow {
    /// Its label.
    pub(super) label: Range<usize>,
    /// Its unit.
    pub(super) unit: Range<usize>,
    /// What stands after the unit.
    pub(super) values: Vec<(Value, Range<usize>)>,
    /// The number of the next label could not be told from the digits before it.
    pub(super) is_unclear: bool,
}

/// Reads running text, given as pieces of the page in order. A piece without text is a cell printed blank.
pub(super) fn rows(page: &str, pieces: &[Range<usize>], older: &Older) -> Vec<TextRow> {
    let mut scanner = Scanner { page, chars: Vec::new(), older, at: 0, numbering: 0 };
    for piece in pieces {
        if piece.is_empty() {
            scanner.chars.push((piece.start, BLANK));
        }
        scanner.chars.extend(page[piece.clone()].char_indices().map(|(i, c)| (piece.start + i, c)));
        scanner.chars.push((piece.end, '\n'));
    }
    let mut rows = Vec::new();
    while let Some(row) = scanner.row() {
        rows.push(row);
    }
    rows
}

/// Stands for a cell printed blank.
const BLANK: char = '\u{1}';
/// A label is not longer than this (characters); what is, is no row.
const LONGEST_LABEL: usize = 160;

struct Scanner<'a> {
    page: &'a str,
    /// Every character with its byte in the page.
    chars: Vec<(usize, char)>,
    older: &'a Older,
    at: usize,
    /// The number of the last numbered label.
    numbering: u32,
}

impl Scanner<'_> {
    fn char(&self, at: usize) -> Option<char> {
        self.chars.get(at).map(|(_, c)| *c)
    }

    fn byte(&self, at: usize) -> usize {
        self.chars.get(at).map_or(self.page.len(), |(b, _)| *b)
    }

    /// The range of bytes of some characters, white space at the ends left out.
    fn range(&self, mut from: usize, mut to: usize) -> Range<usize> {
        while from < to && self.char(from).is_none_or(char::is_whitespace) {
            from += 1;
        }
        while to > from && self.char(to - 1).is_none_or(char::is_whitespace) {
            to -= 1;
        }
        if from == to {
            return self.byte(from)..self.byte(from);
        }
        let (last, c) = self.chars[to - 1];
        self.byte(from)..last + c.len_utf8()
    }

    fn is_space(&self, at: usize) -> bool {
        self.char(at).is_some_and(|c| c.is_whitespace() || c == '|')
    }

    fn skip_blank(&self, mut at: usize) -> usize {
        while self.char(at).is_some_and(|c| c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}' | '|')) {
            at += 1;
        }
        at
    }

    fn row(&mut self) -> Option<TextRow> {
        while self.at < self.chars.len() {
            let start = self.skip_blank(self.at);
            if let Some(row) = self.row_from(start) {
                return Some(row);
            }
            // What is too long for a label is prose: go on after it.
            self.at = start + LONGEST_LABEL;
        }
        None
    }

    fn row_from(&mut self, start: usize) -> Option<TextRow> {
        let (mut at, mut depth) = (start, 0_i32);
        while at < self.chars.len() && at - start < LONGEST_LABEL {
            let c = self.char(at)?;
            depth += i32::from(matches!(c, '（' | '(')) - i32::from(matches!(c, '）' | ')'));
            if depth <= 0
                && at > start
                && let Some(unit) = self.unit(at)
                && let Some(row) = self.values(start, at, unit)
            {
                return Some(row);
            }
            at += 1;
        }
        None
    }

    /// The end of the unit that begins here. A unit in brackets (条) ends with its bracket.
    fn unit(&self, at: usize) -> Option<usize> {
        if matches!((self.char(at), self.char(at + 1)), (Some('—'), Some('—'))) {
            return Some(at + 2);
        }
        let byte = self.byte(at);
        let length = self.older.unit_at(&self.page[byte..])?;
        Some(at + self.page[byte..byte + length].chars().count())
    }

    /// The row whose unit stands at `from..to`, if values follow.
    fn values(&mut self, start: usize, from: usize, to: usize) -> Option<TextRow> {
        let mut values = Vec::new();
        let mut is_unclear = false;
        self.numbering = self.number_of_label(start, from);
        let mut at = self.skip_blank(to);
        let first = at;
        while let Some(c) = self.char(at) {
            // A number apart from the one before it that opens a label: 2.政府网站.
            let opens_next = !values.is_empty() && self.is_numbering(at) && at > 0 && self.is_space(at - 1);
            if opens_next || self.is_page_number(at) {
                break;
            } else if c == BLANK {
                values.push((read_value(""), self.byte(at)..self.byte(at)));
                at = self.skip_blank(at + 1);
            } else if matches!(c, '—' | '-' | '–' | '/') && !self.char(at + 1).is_some_and(|c| c.is_ascii_digit()) {
                let mut end = at;
                while self.char(end).is_some_and(|c| matches!(c, '—' | '-' | '–' | '/')) {
                    end += 1;
                }
                let range = self.range(at, end);
                values.push((read_value(&self.page[range.clone()]), range));
                at = self.skip_blank(end);
            } else if c.is_ascii_digit() {
                let (end, next, clear) = self.number(at);
                is_unclear |= !clear;
                if end > at {
                    let range = self.range(at, end);
                    values.push((read_value(&self.page[range.clone()]), range));
                }
                at = self.skip_blank(next);
                if self.is_numbering(next) {
                    break;
                }
            } else {
                break;
            }
        }
        // A label without numbers goes on to its first row; one at the very end of a line has none.
        if values.is_empty() || at == first {
            return None;
        }
        self.at = at;
        Some(TextRow { label: self.range(start, from), unit: self.range(from, to), values, is_unclear })
    }

    /// Whether the number of a page stands here: — 9 —.
    fn is_page_number(&self, at: usize) -> bool {
        let is_dash = |at: usize| matches!(self.char(at), Some('—' | '-' | '–' | '－'));
        if !is_dash(at) {
            return false;
        }
        let first = self.skip_blank(at + 1);
        let mut end = first;
        while end - first < 4 && self.char(end).is_some_and(|c| c.is_ascii_digit()) {
            end += 1;
        }
        end > first && is_dash(self.skip_blank(end))
    }

    /// The number that a label has, as in 其中：1、政府网站公开数; 0 if none.
    fn number_of_label(&self, start: usize, end: usize) -> u32 {
        let Some(first) = (start..end).find(|i| self.is_numbering(*i)) else { return 0 };
        let digits: String = (first..end).map_while(|i| self.char(i).filter(char::is_ascii_digit)).collect();
        digits.parse().unwrap_or(0)
    }

    /// Whether digits before a mark begin here: `2、政府网站`.
    fn is_numbering(&self, at: usize) -> bool {
        let mut end = at;
        while self.char(end).is_some_and(|c| c.is_ascii_digit()) {
            end += 1;
        }
        end > at && self.opens_label(end)
    }

    /// Whether a mark that follows the number of a label stands here.
    fn opens_label(&self, at: usize) -> bool {
        let is_point = self.char(at).is_some_and(|c| matches!(c, '、' | '.' | '．'));
        is_point && !self.char(at + 1).is_some_and(|c| c.is_ascii_digit())
    }

    /// The number that begins here: where it ends, where to go on, and whether that is certain.
    fn number(&self, from: usize) -> (usize, usize, bool) {
        let is_digit = |at: usize| self.char(at).is_some_and(|c| c.is_ascii_digit());
        let mut end = from;
        while is_digit(end) || matches!(self.char(end), Some('.' | ',')) && end > from && is_digit(end + 1) {
            end += 1;
        }
        if !self.opens_label(end) {
            return (end, end, true);
        }
        // The digits before the mark belong to the next label, which counts on or begins anew.
        for expected in [self.numbering + 1, 1] {
            let digits = expected.to_string();
            let cut = end.saturating_sub(digits.len());
            let run: String = (cut..end).filter_map(|i| self.char(i)).collect();
            if cut >= from && run == digits {
                let value_end = if cut > from && self.char(cut - 1) == Some('.') { cut - 1 } else { cut };
                return (value_end, cut, true);
            }
        }
        (end, end, false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::Dictionary;

    fn read(text: &str) -> Vec<(String, Vec<String>)> {
        let older = &Dictionary::built_in().older;
        let of = |r: &Range<usize>| text[r.clone()].to_string();
        rows(text, std::slice::from_ref(&(0..text.len())), older)
            .iter()
            .map(|r| (of(&r.label), r.values.iter().map(|(_, range)| of(range)).collect()))
            .collect()
    }

    #[test]
    fn the_number_of_the_next_label_is_no_digit_of_the_value() {
        let rows = read("收到申请数件26 1.当面申请数件12.传真申请数件03.网络申请数件254.信函申请数件0");
        let values: Vec<&str> = rows.iter().flat_map(|(_, v)| v.iter().map(String::as_str)).collect();
        assert_eq!(values, ["26", "1", "0", "25", "0"]);
        assert_eq!(rows[2].0, "2.传真申请数");
    }

    #[test]
    fn units_in_notes_are_no_units() {
        let rows = read("（一）主动公开政府信息数（不同渠道公开相同信息计1条）条3460其中：主动公开规范性文件数条15");
        assert_eq!(rows.len(), 2);
        assert_eq!(rows[0].1, ["3460"]);
    }

    #[test]
    fn rows_without_numbers_are_passed_over() {
        let rows = read(
            "一、主动公开情况————（一）主动公开政府信息数条12（二）通过不同渠道的情况————1.政府公报公开政府信息数条0",
        );
        let labels: Vec<&str> = rows.iter().map(|r| r.0.as_str()).collect();
        assert_eq!(labels.last(), Some(&"1.政府公报公开政府信息数"));
    }

    #[test]
    fn decimals_keep_their_point() {
        let rows = read("依申请公开信息收取的费用万元0.38八、机构建设和保障经费情况————专门机构数个2");
        assert_eq!(rows[0].1, ["0.38"]);
    }
}
