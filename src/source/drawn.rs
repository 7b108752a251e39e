//! Table rows drawn with characters: `│ 规章 │ 3 │ 0 │ 12 │`, `| 规章 | 3 |`.

use std::ops::Range;

use super::page::trimmed;

/// No row is longer (bytes).
const LONGEST: usize = 2000;

/// Upright lines of drawn tables.
const BARS: [char; 5] = ['│', '┃', '║', '|', '｜'];

/// Whether a text may hold tables drawn with characters that nothing else is written with.
pub(super) fn may_be_in(text: &str) -> bool {
    let bytes = text.as_bytes();
    // │, ┃ and ║, all of which begin as quotation marks do.
    memchr::memchr_iter(0xe2, bytes).any(|at| matches!(bytes[at + 1..], [0x94, 0x82 | 0x83, ..] | [0x95, 0x91, ..]))
}

/// The cells of a line that is a drawn row; none of a border between rows; nothing if the line is neither.
pub(super) fn cells(text: &str, line: &Range<u32>) -> Option<Vec<Range<u32>>> {
    let range = line.start as usize..line.end as usize;
    let slice = &text[range.clone()];
    if slice.len() > LONGEST || memchr::memchr3(b'|', 0xe2, 0xef, slice.as_bytes()).is_none() {
        return None;
    }
    if is_border(slice) {
        return Some(Vec::new());
    }
    let bars = || slice.char_indices().filter(|(_, c)| BARS.contains(c));
    let opens = slice.starts_with(BARS) && slice.ends_with(BARS);
    if bars().take(3).count() < if opens { 2 } else { 3 } || slice.contains('。') {
        return None;
    }
    Some(parted(text, range, slice.char_indices().filter(|(_, c)| BARS.contains(c))))
}

/// The cells of a line that wide bars part and no others: `规章 ｜ 3 ｜`.
pub(super) fn wide_cells(text: &str, line: &Range<u32>) -> Option<Vec<Range<u32>>> {
    const BAR: char = '｜';
    let range = line.start as usize..line.end as usize;
    let slice = &text[range.clone()];
    let is_row = slice.starts_with(BAR) || slice.ends_with(BAR) || slice.matches(BAR).nth(1).is_some();
    if slice.len() > LONGEST || !is_row || slice.contains(['|', '。']) {
        return None;
    }
    Some(parted(text, range, slice.char_indices().filter(|(_, c)| *c == BAR)))
}

/// The cells between bars. The line before the first cell opens none, the one behind the last none either.
fn parted(text: &str, range: Range<usize>, bars: impl Iterator<Item = (usize, char)>) -> Vec<Range<u32>> {
    let slice = &text[range.clone()];
    let (mut cells, mut from) = (Vec::new(), 0);
    for (at, bar) in bars {
        if at > 0 {
            cells.push(trimmed(text, range.start + from..range.start + at));
        }
        from = at + bar.len_utf8();
    }
    if from < slice.len() {
        cells.push(trimmed(text, range.start + from..range.end));
    }
    cells
}

/// `├──┼──┤`, `+----+----+`: nothing but strokes.
fn is_border(line: &str) -> bool {
    let is_stroke = |c: char| matches!(c, '\u{2500}'..='\u{257f}' | '-' | '+' | '=' | '|' | ' ');
    line.chars().all(is_stroke)
        && line.chars().filter(|c| matches!(c, '\u{2500}' | '\u{2501}' | '\u{2550}' | '-' | '=')).count() > 2
}
