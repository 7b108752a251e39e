//! A report as a string of a script: `var page = {"title": "…", "content": "\u003cp\u003e…"}`.

use std::ops::Range;

use memchr::{memchr_iter, memmem, memrchr3};

use super::chrome::report_words;
use super::embedded::Inner;

/// Words that a report holds, as they stand in a script: as they are, or escaped.
const TELLING: [&str; 4] = ["总体情况", r"\u603b\u4f53\u60c5\u51b5", r"\u603B\u4F53\u60C5\u51B5", "&#24635;&#20307;"];
/// A title is not longer than this (bytes, escaped).
const LONGEST_TITLE: usize = 600;

/// The string of a script that holds a report, its escapes read; before it the page's title, or the string beside it
/// that is a title.
pub(super) fn report(source: &str, script: Range<usize>, page_title: Range<usize>) -> Option<Inner> {
    let text = &source[script.clone()];
    let hits = TELLING.iter().filter_map(|w| memmem::find(text.as_bytes(), w.as_bytes()));
    let literal = literal_around(text, hits.min()?)?;
    let mut inner = Inner::default();
    inner.copy(source, page_title);
    if let Some(title) = title(text, &literal) {
        unescape(source, script.start + title.start..script.start + title.end, &mut inner);
        inner.replace(script.start + title.end..script.start + title.end, "<br>");
    }
    unescape(source, script.start + literal.start..script.start + literal.end, &mut inner);
    if !inner.text.contains('<') && inner.text.contains("&lt;") {
        inner = unescaped_twice(&inner);
    } else if !inner.text.contains("</") {
        inner = with_breaks(&inner);
    }
    (report_words(&inner.text) >= 1).then_some(inner)
}

/// The string literal around a place: from the nearest quote before it that opens one which ends behind it.
fn literal_around(text: &str, place: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let (mut before, mut budget) = (place, text.len().saturating_mul(8));
    while let Some(quote) = memrchr3(b'"', b'\'', b'`', &bytes[..before]) {
        before = quote;
        let opens = bytes[..quote].iter().rev().find(|b| !b.is_ascii_whitespace());
        if !opens.is_none_or(|b| matches!(b, b':' | b'=' | b'(' | b',' | b'[' | b'+')) {
            continue;
        }
        let end = closing(bytes, quote)?;
        if end > place {
            return Some(quote + 1..end);
        }
        budget = budget.checked_sub(end - quote)?;
    }
    None
}

/// The quote that ends the literal which one at `quote` begins.
fn closing(bytes: &[u8], quote: usize) -> Option<usize> {
    let kind = bytes[quote];
    memchr_iter(kind, &bytes[quote + 1..]).map(|n| quote + 1 + n).find(|at| {
        let slashes = bytes[quote + 1..*at].iter().rev().take_while(|b| **b == b'\\').count();
        slashes % 2 == 0
    })
}

/// A string literal near the report that is its title, where the report does not begin with one.
fn title(text: &str, literal: &Range<usize>) -> Option<Range<usize>> {
    const NEAR: usize = 4000;
    let bytes = text.as_bytes();
    let mut window = literal.start.saturating_sub(NEAR);
    while !text.is_char_boundary(window) {
        window += 1;
    }
    let key = memmem::rfind(&bytes[window..literal.start], b"itle").map(|n| window + n)?;
    let colon = bytes[key..].iter().position(|b| matches!(b, b':' | b'=')).map(|n| key + n)?;
    let quote = bytes[colon + 1..].iter().position(|b| !b.is_ascii_whitespace()).map(|n| colon + 1 + n)?;
    if !matches!(bytes[quote], b'"' | b'\'') {
        return None;
    }
    let end = closing(bytes, quote)?;
    (end < literal.start && end - quote <= LONGEST_TITLE).then_some(quote + 1..end)
}

/// Appends a literal with its escapes read.
fn unescape(source: &str, range: Range<usize>, out: &mut Inner) {
    let bytes = source.as_bytes();
    let mut at = range.start;
    while let Some(slash) = memchr::memchr(b'\\', &bytes[at..range.end]).map(|n| at + n) {
        out.copy(source, at..slash);
        let (read, length) = escape(&source[slash..range.end]);
        let mut buffer = [0; 4];
        out.replace(slash..slash + length, read.map_or("", |c| c.encode_utf8(&mut buffer)));
        at = slash + length;
    }
    out.copy(source, at..range.end);
}

/// The character of the escape at the beginning of a text, and its length; none for one that stands for nothing.
fn escape(text: &str) -> (Option<char>, usize) {
    let code = |at: usize, digits: usize| text.get(at..at + digits).and_then(|h| u32::from_str_radix(h, 16).ok());
    let Some(kind) = text[1..].chars().next() else { return (None, 1) };
    match kind {
        'n' | 'r' => (Some('\n'), 2),
        't' => (Some(' '), 2),
        'x' => code(2, 2).and_then(char::from_u32).map_or((Some('x'), 2), |c| (Some(c), 4)),
        'u' => match code(2, 4) {
            Some(high @ 0xd800..=0xdbff) => {
                let low = text
                    .get(6..8)
                    .filter(|t| *t == "\\u")
                    .and_then(|_| code(8, 4))
                    .filter(|l| (0xdc00..0xe000).contains(l));
                let pair = low.and_then(|low| char::from_u32(0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00)));
                pair.map_or((Some(char::REPLACEMENT_CHARACTER), 6), |c| (Some(c), 12))
            }
            Some(unit) => (Some(char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER)), 6),
            None => (Some('u'), 2),
        },
        '\n' => (None, 2),
        other => (Some(other), 1 + other.len_utf8()),
    }
}

/// Reads entities in what was read from a literal: markup that was escaped twice.
fn unescaped_twice(inner: &Inner) -> Inner {
    let mut out = Inner::default();
    out.unescape(&inner.text, 0..inner.text.len());
    Inner { map: out.map.through(&inner.map), text: out.text }
}

/// Text without markup: its line ends are those of the report.
fn with_breaks(inner: &Inner) -> Inner {
    let mut out = Inner::default();
    let mut from = 0;
    for end in memchr_iter(b'\n', inner.text.as_bytes()) {
        out.copy(&inner.text, from..end);
        out.replace(end..end + 1, "<br>");
        from = end + 1;
    }
    out.copy(&inner.text, from..inner.text.len());
    Inner { map: out.map.through(&inner.map), text: out.text }
}
