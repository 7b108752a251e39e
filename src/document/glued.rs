//! Rows of tables inside running text: where the borders are lost, only labels and digits are left.

use std::ops::Range;

use crate::dictionary::{Headers, Labels};
use crate::form::{Row, TableId};

/// A label and the numbers after it, in bytes of the text that was searched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct GluedRow {
    /// The row that the label names; none in table four, whose labels are all above its numbers.
    pub(crate) row: Option<Row>,
    /// The runs of digits, parted by white space; each may hold several numbers.
    pub(crate) pieces: Vec<Range<usize>>,
}

impl GluedRow {
    /// The number of digits.
    fn digits(&self, text: &str) -> usize {
        self.pieces.iter().map(|p| text[p.clone()].bytes().filter(u8::is_ascii_digit).count()).sum()
    }
}

/// A label is looked for in so much (bytes) before its digits.
const LONGEST_LABEL: usize = 600;
/// No label of the form is longer (bytes).
const LONGEST_WHOLE: usize = 160;
/// Columns of table three, numbers of table four.
const REQUESTS_WIDTH: usize = 7;
const DISPUTES_WIDTH: usize = 15;

/// The rows of a table in a text, in order. A number that belongs to a label (`2.其他法律…`) is told from the values
/// before it by the point after it.
pub(crate) fn rows(text: &str, table: TableId, labels: &Labels) -> Vec<GluedRow> {
    let mut found = Vec::new();
    let (mut label_start, mut at) = (0, 0);
    while let Some(run) = next_run(text, at) {
        at = run.end;
        let mut pieces = pieces(text, run.clone());
        let numbering = numbering(text, &mut pieces);
        let Some(last) = pieces.last() else { continue };
        let end = last.end;
        let label = &text[label_start..run.start];
        label_start = numbering.unwrap_or(end);
        let row = if table == TableId::Disputes { None } else { row_of(label, labels) };
        if row.is_some() || table == TableId::Disputes {
            found.push(GluedRow { row, pieces });
        }
    }
    if table == TableId::Disputes {
        found.retain(|r| r.digits(text) >= DISPUTES_WIDTH);
    }
    found
}

/// Where a table stands in running text; none if the text is prose that only speaks of such things.
pub(super) fn extent(text: &str, table: TableId, headers: &Headers, labels: &Labels) -> Option<Range<usize>> {
    let opens = headers.opens_within(text, table);
    // Prose of these sections is the commonest, and to look for labels in it costs most.
    if opens.is_none() && !may_be_headless(text, table) {
        return None;
    }
    let rows = rows(text, table, labels);
    let whole = rows.iter().filter(|r| r.digits(text) >= REQUESTS_WIDTH).count();
    let is_table = match table {
        TableId::Proactive => opens.is_some() && (!rows.is_empty() || headers.generation(text).is_some()),
        TableId::Requests => whole >= 2 || opens.is_some(),
        TableId::Disputes => !rows.is_empty() || opens.is_some() && text.contains("审结总计"),
        // The table of the older forms is not looked for here.
        TableId::Statistics => false,
    };
    if !is_table {
        return None;
    }
    let start = opens.unwrap_or(0);
    let last = rows.last().and_then(|r| r.pieces.last()).map_or(start, |p| p.end);
    // What follows the last number is prose if it is sentences.
    let end = if text[last.max(start)..].contains('。') && last > start { last } else { text.len() };
    Some(start..end)
}

/// Whether a text without a header has runs of digits that are as long as those of a table.
fn may_be_headless(text: &str, table: TableId) -> bool {
    let (fewest, digits) = match table {
        TableId::Requests => (2, REQUESTS_WIDTH),
        TableId::Disputes => (1, DISPUTES_WIDTH),
        TableId::Proactive | TableId::Statistics => return false,
    };
    let runs = std::iter::successors(next_run(text, 0), |run| next_run(text, run.end));
    let is_long = |run: &Range<usize>| text[run.clone()].bytes().filter(u8::is_ascii_digit).count() >= digits;
    runs.filter(is_long).nth(fewest - 1).is_some()
}

/// The next run of digits with the white space, points, signs and units of money that belong to numbers.
fn next_run(text: &str, from: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let digit = from + bytes[from..].iter().position(u8::is_ascii_digit)?;
    let is_signed = digit > from && matches!(bytes[digit - 1], b'+' | b'-');
    let start = if is_signed { digit - 1 } else { digit };
    let mut end = digit;
    let mut at = digit;
    while at < text.len() {
        let rest = &text[at..];
        let Some(c) = rest.chars().next() else { break };
        let next_is_digit = rest[c.len_utf8()..].starts_with(|n: char| n.is_ascii_digit());
        match c {
            '0'..='9' => end = at + 1,
            '.' | '+' | '-' if next_is_digit => {}
            // 7 7 . 4 1
            '.' if end < at && rest[1..].trim_start().starts_with(|n: char| n.is_ascii_digit()) => {}
            _ if c.is_whitespace() || c == '\u{200b}' => {}
            '元' | '万' if end == at => {
                let Some(unit) = ["万元", "元"].iter().find(|u| rest.starts_with(**u)) else { break };
                end = at + unit.len();
                at = end;
                continue;
            }
            _ => break,
        }
        at += c.len_utf8();
    }
    Some(start..end)
}

/// A run cut at white space.
fn pieces(text: &str, run: Range<usize>) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = None;
    for (i, c) in text[run.clone()].char_indices() {
        let at = run.start + i;
        let is_space = c.is_whitespace() || c == '\u{200b}';
        match start {
            None if !is_space => start = Some(at),
            Some(from) if is_space => {
                out.push(from..at);
                start = None;
            }
            _ => {}
        }
    }
    out.extend(start.map(|from| from..run.end));
    out
}

/// Takes the digits off the end that belong to the next label, and says where that label begins.
fn numbering(text: &str, pieces: &mut Vec<Range<usize>>) -> Option<usize> {
    let last = pieces.last_mut()?;
    let rest = text[last.end..].trim_start();
    let mut chars = rest.chars();
    let (mark, then) = (chars.next()?, chars.next());
    if matches!(mark, '.' | '．' | '、') && !then.is_some_and(|c| c.is_ascii_digit()) {
        let digit = last.end - 1;
        if !matches!(text.as_bytes()[digit], b'1'..=b'9') {
            return None;
        }
        last.end = digit;
        if last.start == last.end {
            pieces.pop();
        }
        return Some(digit);
    }
    // 2021年新收…: the number is the label's.
    if matches!(mark, '年' | '月' | '日' | '号') {
        let start = last.start;
        pieces.pop();
        return Some(start);
    }
    None
}

/// The row that the end of a text names: the labels of groups and of the header may stand before it.
fn row_of(text: &str, labels: &Labels) -> Option<Row> {
    let mut from = text.len().saturating_sub(LONGEST_LABEL);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let text = text[from..].trim_end();
    // The labels of table four end in 总计, as does the row (七)总计.
    if text.is_empty() || text.contains("审结") {
        return None;
    }
    let numbered = last_numbering(text);
    labels.row(&text[numbered..]).or_else(|| {
        let from = numbered.max(text.len().saturating_sub(LONGEST_WHOLE));
        let mut starts = text[numbered..].char_indices().map(|(i, _)| numbered + i).filter(|at| *at >= from);
        starts.find_map(|at| labels.whole(&text[at..]))
    })
}

/// A label without the labels of groups that stand before it on the same line.
pub(crate) fn numbered_part(label: &str) -> &str {
    &label[last_numbering(label)..]
}

/// Whether a text begins with （一）, 一、 or 1.
pub(crate) fn begins_with_numbering(text: &str) -> bool {
    let mut chars = text.trim_start().chars();
    match (chars.next(), chars.next(), chars.next()) {
        (Some('（' | '('), Some(numeral), Some('）' | ')')) => NUMERALS.contains(numeral),
        (Some(numeral), Some('、'), _) => NUMERALS.contains(numeral) || numeral.is_ascii_digit(),
        (Some(digit), Some('.' | '．'), _) => digit.is_ascii_digit(),
        _ => false,
    }
}

/// The numerals of the rows of table three.
const NUMERALS: &str = "一二三四五六七";

/// Where the last of （一）, 一、 and 1. begins.
fn last_numbering(text: &str) -> usize {
    let mut last = 0;
    let mut before: [(usize, char); 2] = [(0, '\0'); 2];
    for (at, c) in text.char_indices() {
        let [(open_at, open), (at_1, numeral)] = before;
        match c {
            '）' | ')' if matches!(open, '（' | '(') && NUMERALS.contains(numeral) => last = open_at,
            '、' if NUMERALS.contains(numeral) => last = at_1,
            '.' | '．' | '、' if numeral.is_ascii_digit() => last = at_1,
            _ => {}
        }
        before = [before[1], (at, c)];
    }
    last
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::Dictionary;

    fn read(text: &str, table: TableId) -> Vec<(Option<Row>, Vec<String>)> {
        rows(text, table, &Dictionary::built_in().labels)
            .into_iter()
            .map(|r| (r.row, r.pieces.iter().map(|p| text[p.clone()].to_string()).collect()))
            .collect()
    }

    #[test]
    fn digits_of_labels_are_no_values() {
        let text = "其他一、本年新收政府信息公开申请数量1100000011二、上年结转政府信息公开申请数量0000000\
                    三、本年度办理结果（一）予以公开40 00004（三）不予公开1.属于国家秘密00000002.其他法律行政法规禁止公开1000001";
        let rows = read(text, TableId::Requests);
        let expected = [
            (Row::Received, vec!["1100000011"]),
            (Row::CarriedIn, vec!["0000000"]),
            (Row::Granted, vec!["40", "00004"]),
            (Row::StateSecret, vec!["0000000"]),
            (Row::OtherLaw, vec!["1000001"]),
        ];
        let expected: Vec<_> =
            expected.into_iter().map(|(r, p)| (Some(r), p.into_iter().map(String::from).collect())).collect();
        assert_eq!(rows, expected);
    }

    #[test]
    fn fifteen_numbers_stand_below_labels_without_names_of_rows() {
        let text = "行政复议行政诉讼结果维持结果纠正其他结果尚未审结总计未经复议直接起诉复议后起诉100012000200000";
        assert_eq!(read(text, TableId::Disputes), [(None, vec!["100012000200000".to_string()])]);
        assert_eq!(read("2022年发生行政复议12件，行政诉讼3件。", TableId::Disputes), []);
    }
}
