//! Lines of text: one cell, a label and the numbers behind it, or several rows.

use std::borrow::Cow;
use std::ops::Range;

use super::found::{EntryOf, Item};
use super::{LONGEST_LABEL, Reader};
use crate::document::glued;
use crate::form::{Column, Number, TableId};
use crate::tables::value::read_value;

/// So many numbers behind a label are a row of table three.
const FEWEST_IN_A_ROW: usize = 7;

/// A line without a label holds so many numbers if it is a row.
const FEWEST_WITHOUT_LABEL: usize = 5;

impl Reader<'_> {
    /// A line of text: one cell, or a label and numbers with white space between them.
    pub(super) fn text(&mut self, range: Range<usize>) {
        let text = &self.page.text[range.clone()];
        self.note_header(text, range.start);
        if self.table == Some(TableId::Disputes) && text.len() < LONGEST_LABEL {
            let before = &self.page.text[..range.start];
            let indent = || before.len() - before.trim_end_matches([' ', '\u{3000}']).len();
            self.found.order.note(text.split_whitespace(), indent, &self.dictionary.headers);
        }
        if is_short_number(text) {
            return self.single(range);
        }
        let numbers = trailing_values(text, self.page.is_solid(range.clone()));
        let label_end = numbers.first().map_or(text.len(), |r| r.start);
        let label = &*with_single_spaces(text[..label_end].trim());
        let is_long = text.len() > LONGEST_LABEL && with_single_spaces(text).len() > LONGEST_LABEL;
        let is_glued = label.ends_with(|c: char| c.is_ascii_digit()) || is_long;
        if is_glued && self.glued(range.clone()) {
            return;
        }
        if numbers.is_empty() || (label.is_empty() && numbers.len() == 1) {
            return self.single(range);
        }
        if label.is_empty() && self.completes_a_run(range.start, &numbers) {
            return;
        }
        let rows = several_rows(text);
        if rows.len() > 1 {
            self.flush();
            // A serial number may be glued to the total before it: rows that do not add up are not read.
            if !rows.iter().all(|(_, numbers)| adds_up(text, numbers)) {
                return;
            }
            for (label, numbers) in rows {
                let label = text[label].trim();
                let row = self.label(label).or_else(|| self.label(glued::numbered_part(label)));
                self.values(row, range.start, &numbers);
            }
            return;
        }
        let row = self.label(label).or_else(|| self.label(glued::numbered_part(label)));
        let labels = if row.is_none() { self.labels_over_lines(label) } else { Vec::new() };
        let row = row.or_else(|| labels.iter().find_map(|label| self.dictionary.labels.numbered(label)));
        if row.is_none() && numbers.len() < FEWEST_WITHOUT_LABEL {
            self.digits_behind_words(range.start, &numbers);
            return self.single(range);
        }
        self.flush();
        self.values(row, range.start, &numbers);
        if row.is_some() && label.is_empty() {
            self.below_labels.push(self.found.entries.len() - 1);
        }
        if row.is_none() && labels.iter().any(|label| !label.is_empty()) {
            self.broken = Some((self.found.entries.len() - 1, labels));
        }
    }

    /// Keeps the digits behind the words of a line right below a row, which may be the last of its numbers: 理结果 5.
    fn digits_behind_words(&mut self, start: usize, numbers: &[Range<usize>]) {
        let is_row = self.found.entries.last().is_some_and(|e| e.is_row && e.items.end == self.items.len());
        let last = self.items.last().filter(|_| is_row && self.pending.is_none());
        let is_right_below =
            last.and_then(|last| self.page.text.get(last.range.end..start)).is_some_and(|text| text.trim().is_empty());
        if !is_right_below || !matches!(self.table, Some(TableId::Requests | TableId::Disputes)) {
            return;
        }
        let from = self.items.len();
        let text = &self.page.text[start..];
        let item =
            |at: &Range<usize>| Item { value: read_value(&text[at.clone()]), range: start + at.start..start + at.end };
        self.items.extend(numbers.iter().map(item));
        let items = from..self.items.len();
        self.found.entries.push(EntryOf { row: None, items, is_row: false, is_bare: false, may_be_glued: false });
    }

    /// Takes the numbers of a line as the last values of a row that stand one a line, two where the columns are near: `16 1345`.
    /// They must make the row whole, and its total the sum.
    fn completes_a_run(&mut self, start: usize, numbers: &[Range<usize>]) -> bool {
        let Some(entry) = self.pending.as_mut().filter(|e| e.row.is_some() && !e.items.is_empty()) else {
            return false;
        };
        if self.table != Some(TableId::Requests) || entry.items.len() + numbers.len() != Column::REQUESTS.len() {
            return false;
        }
        let text = &self.page.text[start..];
        let item =
            |at: &Range<usize>| Item { value: read_value(&text[at.clone()]), range: start + at.start..start + at.end };
        let from = self.items.len();
        self.items.extend(numbers.iter().map(item));
        let Some((total, parts)) = self.items[entry.items.start..].split_last() else { return false };
        let sum: Option<Number> = parts.iter().map(|i| i.value.number).sum();
        if sum.is_none() || total.value.number != sum {
            self.items.truncate(from);
            return false;
        }
        entry.items.end = self.items.len();
        true
    }
}

/// A long text with one space where columns are set apart by many, which say nothing of its length.
fn with_single_spaces(text: &str) -> Cow<'_, str> {
    if text.len() <= LONGEST_LABEL || !text.contains("  ") {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The rows of a line that holds more than one: a label and the numbers behind it, then the next label.
fn several_rows(text: &str) -> Vec<(Range<usize>, Vec<Range<usize>>)> {
    let mut rows: Vec<(Range<usize>, Vec<Range<usize>>)> = Vec::new();
    let (mut label, mut numbers) = (0..0, Vec::new());
    for word in text.split_whitespace() {
        // Words of one text lie in it.
        let at = word.as_ptr() as usize - text.as_ptr() as usize;
        if read_value(word).number.is_some() {
            numbers.push(at..at + word.len());
            continue;
        }
        if numbers.len() >= FEWEST_IN_A_ROW {
            rows.push((label.clone(), std::mem::take(&mut numbers)));
            label = at..at;
        }
        numbers.clear();
        label.end = at + word.len();
    }
    if numbers.len() >= FEWEST_IN_A_ROW {
        rows.push((label, numbers));
    }
    rows
}

/// Whether the last of a row's numbers is the sum of the others.
fn adds_up(text: &str, numbers: &[Range<usize>]) -> bool {
    let value = |at: &Range<usize>| read_value(&text[at.clone()]).number;
    let Some((total, parts)) = numbers.split_last() else { return false };
    parts.iter().map(value).sum::<Option<Number>>().is_some_and(|sum| value(total) == Some(sum))
}

/// Whether a text is a whole number of a few digits, as most values are.
fn is_short_number(text: &str) -> bool {
    Number::short(text.as_bytes()).is_some()
}

/// The ranges of the values that a line ends with, separated by white space; a solid text has none.
fn trailing_values(text: &str, is_solid: bool) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    if is_solid {
        ranges.extend(read_value(text).number.map(|_| 0..text.len()));
        return ranges;
    }
    let mut end = text.len();
    loop {
        let head = text[..end].trim_end();
        let start =
            head.rfind(char::is_whitespace).map_or(0, |at| at + head[at..].chars().next().map_or(1, char::len_utf8));
        let token = &head[start..];
        if token.is_empty() || read_value(token).number.is_none() {
            break;
        }
        ranges.push(start..head.len());
        if start == 0 {
            break;
        }
        end = start;
    }
    ranges.reverse();
    ranges
}
