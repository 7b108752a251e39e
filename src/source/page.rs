//! What a reader sees: lines and table rows over a text without markup.

use std::borrow::Cow;
use std::ops::Range;

use super::survey::has_wide_space;
use super::{Beyond, Note, OffsetMap, Source, Span};

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineKind {
    /// Running text, a heading, or one cell of a table printed one cell a line.
    Text,
    /// A table row with its cells; the number tells tables apart.
    Row(u32),
}

/// One line, as ranges of bytes into [`Page::text`].
#[derive(Debug, Clone)]
pub struct Line {
    /// What it is.
    pub kind: LineKind,
    /// All of it, white space at the ends left out.
    pub range: Range<u32>,
    /// Its cells in [`Page::cells`]; empty for running text.
    pub cells: Range<u32>,
}

impl Line {
    /// The range of bytes.
    #[must_use]
    pub fn bytes(&self) -> Range<usize> {
        self.range.start as usize..self.range.end as usize
    }
}

/// The visible text of a source with its lines.
#[derive(Debug)]
pub struct Page<'s> {
    /// The text: the source itself when nothing had to be taken out.
    pub text: Cow<'s, str>,
    /// Non-empty lines, in order.
    pub lines: Vec<Line>,
    /// Cells of table rows, white space at the ends left out; an empty range is a printed blank.
    pub cells: Vec<Range<u32>>,
    /// The `<title>` of a web page.
    pub title: Option<Range<u32>>,
    pub(super) map: Option<OffsetMap>,
    /// Where the text that was read differs from the source.
    pub(super) repair: Option<OffsetMap>,
    /// What was noticed in it: pictures and attachments in the place of tables.
    pub notes: Vec<Note>,
    /// A web page without text of its own, which a script or a frame would have to load.
    pub is_shell: bool,
    /// What the text holds beyond the plain.
    pub(crate) beyond: Beyond,
}

/// What programs write for a cell that is not there.
const NO_CELL: [&str; 4] = ["None", "nan", "NaN", "<NA>"];

/// A line and a cell of the text of a report have about so many bytes.
const BYTES_OF_LINE: usize = 48;

impl Page<'_> {
    /// The text of a range.
    #[must_use]
    pub fn slice(&self, range: &Range<u32>) -> &str {
        &self.text[range.start as usize..range.end as usize]
    }

    /// The range of bytes of the source behind a range of bytes of the page.
    #[must_use]
    pub fn origin(&self, bytes: Range<usize>) -> Range<usize> {
        let bytes = match &self.map {
            Some(map) => map.origin(bytes),
            None => bytes,
        };
        match &self.repair {
            Some(repair) => repair.origin(bytes),
            None => bytes,
        }
    }

    /// A page that is the source itself, without a line so far.
    pub(super) fn of(text: &str, beyond: Beyond) -> Page<'_> {
        Page {
            text: Cow::Borrowed(text),
            // About as many as the text of a report has.
            lines: Vec::with_capacity(text.len() / BYTES_OF_LINE),
            cells: Vec::with_capacity(text.len() / BYTES_OF_LINE),
            title: None,
            map: None,
            repair: None,
            notes: Vec::new(),
            is_shell: false,
            beyond,
        }
    }

    /// Empties cells in which a program wrote that there is none, because one beside or above them goes on over them. Only
    /// between the numbers of a row may it stand for a value, and stays.
    pub(super) fn empty_merged(mut self) -> Self {
        let bytes = self.text.as_bytes();
        if !NO_CELL.iter().any(|word| memchr::memmem::find(bytes, word.as_bytes()).is_some()) {
            return self;
        }
        for line in &self.lines {
            let cells = &mut self.cells[line.cells.start as usize..line.cells.end as usize];
            let text = |cell: &Range<u32>| &self.text[cell.start as usize..cell.end as usize];
            let is_number = |cell: &Range<u32>| text(cell).starts_with(|c: char| c.is_ascii_digit() || c == '-');
            let first = cells.iter().position(is_number).unwrap_or(cells.len());
            let last = cells.iter().rposition(is_number).map_or(0, |at| at + 1);
            for (at, cell) in cells.iter_mut().enumerate() {
                if (at < first || at >= last) && NO_CELL.contains(&text(cell)) {
                    cell.end = cell.start;
                }
            }
        }
        self
    }

    /// The same page with a text of its own.
    pub(super) fn into_owned<'o>(self) -> Page<'o> {
        let Page { text, lines, cells, title, map, repair, notes, is_shell, beyond } = self;
        Page { text: Cow::Owned(text.into_owned()), lines, cells, title, map, repair, notes, is_shell, beyond }
    }

    /// The byte of the page for a byte of the source; the next visible one when markup lies there.
    #[must_use]
    pub fn derived(&self, origin: usize) -> usize {
        let origin = match &self.repair {
            Some(repair) => repair.derived(origin, usize::MAX),
            None => origin,
        };
        match &self.map {
            Some(map) => map.derived(origin, self.text.len()),
            None => origin.min(self.text.len()),
        }
    }

    /// Whether a range surely holds no white space and no character without width, as most lines do.
    pub(crate) fn is_solid(&self, bytes: Range<usize>) -> bool {
        let text = &self.text.as_bytes()[bytes];
        let has_blank = || text.iter().fold(0, |found, byte| found | u8::from(*byte <= b' ')) != 0;
        match self.beyond {
            Beyond::Nothing => !has_blank(),
            Beyond::WideSpaces => !has_blank() && !has_wide_space(text),
            Beyond::More => false,
        }
    }

    /// The character of the source at which a range begins, if it is the source's own text with one byte a character:
    /// every place in it is then as many characters on as it is bytes.
    pub(crate) fn plain_start(&self, source: &Source, bytes: Range<usize>) -> Option<u32> {
        let is_plain = self.map.is_none() && self.repair.is_none() && self.text[bytes.clone()].is_ascii();
        is_plain.then(|| source.span(bytes.start..bytes.start).start)
    }

    /// The span in the source behind a range of bytes of the page.
    #[must_use]
    pub fn span(&self, source: &Source, bytes: Range<usize>) -> Span {
        source.span(self.origin(bytes))
    }
}

/// White space, also the kinds that pages use for layout.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}' | '\u{2060}')
}

/// Whether a byte is white space of one byte.
#[inline]
fn is_ascii_blank(byte: u8) -> bool {
    // Hardly any byte is below the space, so that one comparison tells most.
    byte <= b' ' && matches!(byte, b' ' | b'\t'..=b'\r')
}

/// Whether a character of three bytes is surely no white space: Chinese, of full width, a dash or a quotation mark.
fn is_solid(first: u8, second: u8, third: u8) -> bool {
    match first {
        0xe4..=0xed => true,
        0xe2 => second == 0x80 && third & 0xf0 == 0x90,
        0xe3 => second != 0x80 || third != 0x80,
        0xef => second != 0xbb,
        _ => false,
    }
}

/// The range without white space at its ends.
pub(super) fn trimmed(text: &str, range: Range<usize>) -> Range<u32> {
    let kept = trimmed_of_ascii(text, range.clone());
    let is_kept = match &text.as_bytes()[kept.start as usize..kept.end as usize] {
        [] => true,
        [first, .., last] if first.is_ascii() && last.is_ascii() => true,
        [only] => only.is_ascii(),
        [first, .., a, b, c] if first.is_ascii() => is_solid(*a, *b, *c),
        [a, b, c, .., last] if last.is_ascii() => is_solid(*a, *b, *c),
        [a, b, c, .., x, y, z] => is_solid(*a, *b, *c) && is_solid(*x, *y, *z),
        [a, b, c] => is_solid(*a, *b, *c),
        _ => false,
    };
    if is_kept { kept } else { trimmed_of_all(text, range) }
}

/// The range without white space of ASCII at its ends: in a plain text there is no other.
#[inline]
pub(super) fn trimmed_of_ascii(text: &str, range: Range<usize>) -> Range<u32> {
    let mut rest = &text.as_bytes()[range.clone()];
    while let [first, others @ ..] = rest
        && is_ascii_blank(*first)
    {
        rest = others;
    }
    let start = range.end - rest.len();
    while let [others @ .., last] = rest
        && is_ascii_blank(*last)
    {
        rest = others;
    }
    start as u32..(start + rest.len()) as u32
}

/// The same for the white space of every kind.
#[cold]
fn trimmed_of_all(text: &str, range: Range<usize>) -> Range<u32> {
    let kept = text[range.clone()].trim_start_matches(is_blank);
    let start = range.end - kept.len();
    start as u32..(start + kept.trim_end_matches(is_blank).len()) as u32
}
