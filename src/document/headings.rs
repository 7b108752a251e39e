//! Headings of the six sections, on lines of their own and inside lines that a crawl ran together.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use memchr::{memchr_iter, memmem};

use crate::dictionary::Sections;

const NUMERALS: [char; 10] = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];
/// A heading is not longer than this (characters).
const LONGEST_HEADING: usize = 40;

/// The text after a top-level numeral (`一、`, `1.`, `第一部分`).
pub(super) fn after_numeral(line: &str) -> Option<&str> {
    match line.as_bytes() {
        [b'0'..=b'9', ..] => {
            let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
            let marks = || ["、", ".", "．"].iter().find_map(|mark| rest.strip_prefix(mark));
            if line.len() - rest.len() <= 2 { marks() } else { None }
        }
        // Every numeral in characters begins with one of these, and few lines begin with a numeral.
        [0xe4 | 0xe5 | 0xe7, ..] if line.starts_with('第') || line.starts_with(NUMERALS) => {
            let rest = line.strip_prefix('第').unwrap_or(line).trim_start_matches(NUMERALS);
            let rest = rest.trim_start_matches(char::is_whitespace);
            ["、", ".", "．", "，", "部分", ":", "："].iter().find_map(|mark| rest.strip_prefix(mark))
        }
        _ => None,
    }
}

/// The number before a heading: `四、` is 4, `第三部分` is 3. `5.` numbers lists inside the sections as well.
pub(super) fn numeral(line: &str) -> Option<u8> {
    let line = unmarked(line);
    after_numeral(line)?;
    let line = line.strip_prefix('第').unwrap_or(line);
    let first = line.chars().next()?;
    let place = NUMERALS.iter().position(|n| *n == first)? as u8 + 1;
    // 十一 and later: none of the six sections.
    let is_single = line.chars().nth(1).is_none_or(|c| !NUMERALS.contains(&c));
    is_single.then_some(place)
}

/// A line without the marks of Markdown before it.
fn unmarked(line: &str) -> &str {
    match line.as_bytes() {
        [b'#' | b'*' | b' ' | b'>', ..] => line.trim_start_matches(['#', '*', ' ', '>']),
        _ => line,
    }
}

/// The section that a line of its own names.
pub(super) fn of_line(line: &str, sections: &Sections) -> Option<u8> {
    let whole = line;
    let line = unmarked(line);
    let numbered = after_numeral(line);
    // 二主动公开政府信息情况, 二 主动公开政府信息情况: the mark is lost, and the title is whole.
    let bare = if numbered.is_none() { line.strip_prefix(NUMERALS).map(str::trim_start) } else { None };
    let line = bare.filter(|rest| sections.may_be_title(rest)).unwrap_or(line);
    if numbered.is_none() && !sections.may_be_title(line) || is_longer(whole, LONGEST_HEADING + 10) {
        return None;
    }
    let title = compacted(numbered.unwrap_or(line));
    let title = title.trim_end_matches([':', '：', '。', '*']);
    if is_longer(title, LONGEST_HEADING) {
        return None;
    }
    let looks_like_prose = || title.contains(['。', '；', '，']) || title.bytes().any(|b| b.is_ascii_digit());
    // Markdown and Word number headings by themselves: a whole title alone will do.
    sections.by_title(title).or_else(|| {
        let is_heading = numbered.is_some() && !looks_like_prose();
        is_heading.then(|| sections.by_parts(title)).flatten()
    })
}

/// 三、收到和处理政府信息公开申请情况……3: whether a line is an entry of a table of contents, with the number of its page.
pub(super) fn is_of_contents(line: &str, sections: &Sections) -> bool {
    let title = line.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = line.len() - title.len();
    let bare =
        title.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '.' | '…' | '·' | '．' | '-' | '—' | '_'));
    (1..=3).contains(&digits) && of_line(bare, sections).is_some()
}

/// Headings inside a long line: byte range of the heading in the line, and its section.
pub(super) fn within_line(line: &str, sections: &Sections) -> Vec<(Range<usize>, u8)> {
    static MARK: LazyLock<memmem::Finder<'static>> = LazyLock::new(|| memmem::Finder::new("、"));
    let mut found = Vec::new();
    for at in MARK.find_iter(line.as_bytes()) {
        let before = &line[..at];
        let Some(numeral) = before.chars().next_back().filter(|c| NUMERALS.contains(c)) else { continue };
        let start = at - numeral.len_utf8();
        let is_edge = line[..start].chars().next_back().is_none_or(|c| {
            c.is_whitespace()
                || c.is_ascii_digit()
                || matches!(c, '。' | '；' | '！' | '：' | '.' | '*' | '|' | '”' | '）' | ')' | '元' | '…')
        });
        let rest = &line[at + '、'.len_utf8()..];
        if let (true, Some((section, len))) = (is_edge, title_at(rest, sections)) {
            found.push((start..at + '、'.len_utf8() + len, section));
        }
    }
    found
}

/// A known title at the start of a text that may hold layout spaces: section and length in bytes of the text.
fn title_at(text: &str, sections: &Sections) -> Option<(u8, usize)> {
    let window: String = text.chars().take(LONGEST_HEADING).collect();
    let (section, compact_len) = sections.by_prefix(&compact(&window))?;
    let mut left = compact_len;
    for (i, c) in window.char_indices() {
        if left == 0 {
            return Some((section, i));
        }
        if !c.is_whitespace() {
            left = left.saturating_sub(c.len_utf8());
        }
    }
    Some((section, window.len()))
}

/// Whether a line is a heading below the sections: `（二）依申请公开`, `1.主动公开`.
pub(super) fn is_minor(line: &str) -> bool {
    let starts = line.starts_with(['（', '(', '#'])
        && line.chars().nth(1).is_some_and(|c| NUMERALS.contains(&c) || c == '#')
        || after_numeral(line).is_some();
    starts && !is_longer(line, 30) && !line.contains(['。', '，', ',', '；', ';'])
}

/// Whether a text is longer than so many characters.
pub(super) fn is_longer(text: &str, characters: usize) -> bool {
    // A character has one to four bytes, so that most texts need no counting.
    text.len() > characters && (text.len() > characters * 4 || text.chars().count() > characters)
}

/// Whether a text holds a word; several times faster on lines of prose than `contains`.
pub(super) fn holds(text: &str, word: &str) -> bool {
    find(text, word).is_some()
}

/// Where a text holds a word first; several times faster than the method of the text, which prepares more.
pub(super) fn find(text: &str, word: &str) -> Option<usize> {
    // The last byte of a Chinese character tells more than the first, with which thousands begin.
    let Some(telling) = word.as_bytes().get(2) else { return text.find(word) };
    let bytes = text.as_bytes();
    let mut places = memchr_iter(*telling, bytes.get(2..)?);
    places.find(|at| bytes[*at..].starts_with(word.as_bytes()))
}

/// Whether a text holds a full stop.
pub(super) fn holds_stop(text: &str) -> bool {
    holds(text, "。")
}

/// Without white space, copied only where there is some.
pub(super) fn compacted(text: &str) -> Cow<'_, str> {
    if has_layout(text) { Cow::Owned(compact(text)) } else { Cow::Borrowed(text) }
}

pub(super) fn has_layout(text: &str) -> bool {
    let mut at = 0;
    while let Some(doubt) = next_doubt(text.as_bytes(), at) {
        match text[doubt..].chars().next() {
            Some(c) if !c.is_whitespace() && c != '\u{200b}' => at = doubt + c.len_utf8(),
            _ => return true,
        }
    }
    false
}

/// Characters of three bytes of which two are white space or no character at all.
const DOUBTFUL: u8 = 4;

/// The lengths of characters by their first byte; 0 where white space may begin.
static SOLID: [u8; 256] = {
    let mut lengths = [0; 256];
    let mut byte = 0x21;
    while byte < 0xf0 {
        lengths[byte] = match byte {
            0x21..=0x7e => 1,
            // Chinese characters; before them marks and spaces, with 0xef full-width marks.
            0xe4..=0xe9 => 3,
            0xe3 | 0xef => DOUBTFUL,
            _ => 0,
        };
        byte += 1;
    }
    lengths
};

/// The next place from a character on where white space, or what has no width, may stand.
pub(super) fn next_doubt(bytes: &[u8], mut at: usize) -> Option<usize> {
    while let Some(byte) = bytes.get(at) {
        match SOLID[usize::from(*byte)] {
            0 => return Some(at),
            DOUBTFUL if is_wide_doubt(&bytes[at..]) => return Some(at),
            DOUBTFUL => at += 3,
            length => at += usize::from(length),
        }
    }
    None
}

/// Whether some bytes begin with the wide space or with what may be a mark of byte order.
fn is_wide_doubt(bytes: &[u8]) -> bool {
    matches!(bytes, [0xe3, 0x80, 0x80, ..] | [0xef, 0xbb, ..])
}

/// Without white space.
pub(super) fn compact(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut from, mut at) = (0, 0);
    while let Some(doubt) = next_doubt(text.as_bytes(), at) {
        let Some(c) = text[doubt..].chars().next() else { break };
        at = doubt + c.len_utf8();
        if c.is_whitespace() || c == '\u{200b}' {
            out.push_str(&text[from..doubt]);
            from = at;
        }
    }
    out.push_str(&text[from..]);
    out
}
