//! Table rows drawn with characters: `│ 规章 │ 3 │ 0 │ 12 │`, `| 规章 | 3 |`.

use std::ops::Range;

use super::page::trimmed;

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
    /// No row is longer (bytes).
    const LONGEST: usize = 2000;
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
    let (mut cells, mut from) = (Vec::new(), 0);
    for (at, bar) in bars() {
        // The line before the first cell opens none.
        if at > 0 {
            cells.push(trimmed(text, range.start + from..range.start + at));
        }
        from = at + bar.len_utf8();
    }
    if from < slice.len() {
        cells.push(trimmed(text, range.start + from..range.end));
    }
    Some(cells)
}

/// `├──┼──┤`, `+----+----+`: nothing but strokes.
fn is_border(line: &str) -> bool {
    let is_stroke = |c: char| matches!(c, '\u{2500}'..='\u{257f}' | '-' | '+' | '=' | '|' | ' ');
    line.chars().all(is_stroke)
        && line.chars().filter(|c| matches!(c, '\u{2500}' | '\u{2501}' | '\u{2550}' | '-' | '=')).count() > 2
}
