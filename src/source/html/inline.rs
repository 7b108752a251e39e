//! Words and digits that a page prints and that are none of its text: the signs of footnotes, what is struck out.

use std::ops::Range;

use memchr::{memchr, memmem};

use super::scan::{Builder, comes_within};
use super::tags::{self, Name};

/// No correction within a text is longer (bytes): a longer one is a tag that was never closed.
const LONGEST_STRUCK: usize = 2000;

impl Builder<'_> {
    /// Leaves out the sign of a footnote: behind a number it would read as more digits.
    pub(super) fn raised(&self, from: usize) -> usize {
        const LONGEST: usize = 24;
        // A cell or line of which nothing stands before it is raised as a whole.
        let start = self.open.last().and_then(|table| table.cell_start).unwrap_or(self.line_start);
        if self.text.get(start..).is_none_or(|before| before.trim().is_empty()) {
            return from;
        }
        let bytes = self.source.as_bytes();
        let window = &bytes[from..bytes.len().min(from + LONGEST)];
        let Some(length) = memchr(b'<', window).filter(|n| window[*n..].starts_with(b"</")) else { return from };
        let is_sign = |b: &u8| b.is_ascii_digit() || matches!(b, b'[' | b']' | b'(' | b')' | b'*' | b' ');
        if window[..length].iter().all(is_sign) { from + length } else { from }
    }

    /// Leaves out what is struck out: `<s>99</s>100` is 100.
    pub(super) fn struck(&mut self, name: Name, from: usize) -> usize {
        let bytes = self.source.as_bytes();
        let window = &bytes[from..bytes.len().min(from + LONGEST_STRUCK)];
        // Cells and paragraphs in it, or no end near: a tag that was never closed.
        let holds = |word: &[u8]| memmem::find(window, word);
        let Some(closes) = memmem::find(&window.to_ascii_lowercase(), &[b"</", name.as_bytes()].concat()) else {
            return from;
        };
        let goes_on = [&b"<td"[..], b"</td", b"<p", b"</p", b"<TD", b"</TD", b"<P", b"</P"];
        if goes_on.iter().any(|word| holds(word).is_some_and(|at| at < closes)) {
            return from;
        }
        self.look_ahead(name, from).unwrap_or(from)
    }

    /// The same where a style says so, on any element within a line.
    pub(super) fn styled(&mut self, name: Name, tag: Range<usize>) -> usize {
        let (source, hints) = (self.source, &mut self.hints);
        let may_be_raised = comes_within(source, &tag, "super", &mut hints.raised);
        let may_be_struck = comes_within(source, &tag, "line-through", &mut hints.struck);
        if may_be_raised && tags::is_styled(&source[tag.clone()], "vertical-align", "super") {
            self.raised(tag.end)
        } else if may_be_struck && tags::is_styled(&source[tag.clone()], "text-decoration", "line-through") {
            self.struck(name, tag.end)
        } else {
            tag.end
        }
    }
}
