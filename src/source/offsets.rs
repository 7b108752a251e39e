//! Positions: characters of the decoded text outside, bytes inside, and maps between derived texts.

use std::ops::Range;

/// A half-open range of characters (Unicode scalar values) of the decoded text of one source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, serde::Serialize)]
pub struct Span {
    /// First character.
    pub start: u32,
    /// One past the last character.
    pub end: u32,
}

impl Span {
    /// The smallest span that covers both.
    #[must_use]
    pub fn to(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// Bytes between two remembered character counts.
const STEP: usize = 64;

/// Byte to character and back without scanning the text from its start.
#[derive(Debug)]
pub(super) struct CharIndex {
    /// Characters that begin before byte `i * STEP`.
    counts: Vec<u32>,
    /// Byte at which each line begins.
    lines: Vec<u32>,
    total: u32,
}

fn starts_char(byte: u8) -> bool {
    // A continuation byte of UTF-8 is 10xxxxxx.
    (byte as i8) >= -0x40
}

/// A one in every byte of a word.
const ONES: u64 = 0x0101_0101_0101_0101;
/// Bytes of a word.
const WORD: usize = 8;

/// A one in every byte that goes on with a character, eight bytes at a time.
fn continuations(word: u64) -> u64 {
    (word >> 7) & !(word >> 6) & ONES
}

/// How many bytes of a whole step are such; written so that it becomes a few wide instructions.
fn count_step(bytes: &[u8; STEP], is_such: impl Fn(u8) -> bool) -> u32 {
    bytes.iter().map(|b| u8::from(is_such(*b))).sum::<u8>().into()
}

/// The characters that begin in at most [`STEP`] bytes of a text from `start`.
fn count_starts(text: &[u8], start: usize, length: usize) -> u32 {
    let (words, rest) = text[start..start + length].as_chunks::<WORD>();
    // No byte of the sum exceeds the number of words, so that none spills into the next.
    let mut inside = words.iter().fold(0, |sum, word| sum + continuations(u64::from_le_bytes(*word)));
    if !rest.is_empty() {
        let at = start + words.len() * WORD;
        inside += match text[at..].first_chunk::<WORD>() {
            // The bytes behind the end are shifted out.
            Some(word) => continuations(u64::from_le_bytes(*word) << (8 * (WORD - rest.len()))),
            None => rest.iter().filter(|b| !starts_char(**b)).count() as u64,
        };
    }
    length as u32 - (inside.wrapping_mul(ONES) >> 56) as u32
}

/// Calls `found` with every line end, eight bytes at a time.
fn each_line_end(bytes: &[u8], mut found: impl FnMut(usize)) {
    let (words, rest) = bytes.as_chunks::<WORD>();
    for (i, word) in words.iter().enumerate() {
        let ends = u64::from_le_bytes(*word) ^ (ONES * b'\n' as u64);
        // The top bit of every byte that is now 0, and perhaps of one beside it.
        let mut marks = ends.wrapping_sub(ONES) & !ends & (ONES << 7);
        while marks != 0 {
            let at = i * WORD + marks.trailing_zeros() as usize / 8;
            if bytes[at] == b'\n' {
                found(at);
            }
            marks &= marks - 1;
        }
    }
    let start = bytes.len() - rest.len();
    rest.iter().enumerate().filter(|(_, b)| **b == b'\n').for_each(|(i, _)| found(start + i));
}

impl CharIndex {
    pub(super) fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut counts = Vec::with_capacity(bytes.len() / STEP + 1);
        // A line of a report has about so many bytes.
        let mut lines = Vec::with_capacity(bytes.len() / STEP + 1);
        lines.push(0);
        let mut total = 0;
        let (steps, rest) = bytes.as_chunks::<STEP>();
        for (i, step) in steps.iter().enumerate() {
            counts.push(total);
            total += count_step(step, starts_char);
            // Lines of prose go on over several steps.
            if count_step(step, |byte| byte == b'\n') > 0 {
                each_line_end(step, |at| lines.push((i * STEP + at) as u32 + 1));
            }
        }
        if !rest.is_empty() {
            let start = bytes.len() - rest.len();
            counts.push(total);
            total += count_starts(bytes, start, rest.len());
            each_line_end(rest, |at| lines.push((start + at) as u32 + 1));
        }
        CharIndex { counts, lines, total }
    }

    pub(super) fn characters(&self) -> u32 {
        self.total
    }

    pub(super) fn char_at(&self, text: &str, byte: usize) -> u32 {
        let chunk = byte / STEP;
        match self.counts.get(chunk) {
            Some(before) => before + count_starts(text.as_bytes(), chunk * STEP, byte % STEP),
            None => self.total,
        }
    }

    /// Both ends of a range; mostly they are so near that the second goes on from the first.
    pub(super) fn chars_of(&self, text: &str, bytes: &Range<usize>) -> Range<u32> {
        let start = self.char_at(text, bytes.start);
        match bytes.end.checked_sub(bytes.start) {
            Some(length) if length <= STEP && bytes.end <= text.len() => {
                start..start + count_starts(text.as_bytes(), bytes.start, length)
            }
            _ => start..self.char_at(text, bytes.end),
        }
    }

    pub(super) fn byte_at(&self, text: &str, position: u32) -> usize {
        if position >= self.total {
            return text.len();
        }
        let chunk = self.counts.partition_point(|c| *c <= position) - 1;
        let mut left = position - self.counts[chunk];
        let base = chunk * STEP;
        for (i, byte) in text.as_bytes()[base..].iter().enumerate() {
            if starts_char(*byte) {
                if left == 0 {
                    return base + i;
                }
                left -= 1;
            }
        }
        text.len()
    }

    pub(super) fn line_column(&self, text: &str, position: u32) -> (u32, u32) {
        self.line_column_at(text, self.byte_at(text, position), position)
    }

    /// The same where the byte of the position is known.
    pub(super) fn line_column_at(&self, text: &str, byte: usize, position: u32) -> (u32, u32) {
        let byte = byte as u32;
        let line = self.lines.partition_point(|start| *start <= byte).max(1);
        let line_start = self.char_at(text, self.lines[line - 1] as usize);
        (line as u32, position - line_start + 1)
    }
}

/// Where each piece of a derived text came from. Ranges are in bytes.
#[derive(Debug, Clone, Default)]
pub struct OffsetMap {
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, Copy)]
struct Piece {
    derived: u32,
    origin: u32,
    /// Length in the origin; equal to the derived length unless the piece was rewritten (an entity).
    origin_len: u32,
    rewritten: bool,
}

impl OffsetMap {
    /// Notes that the derived text goes on at `derived` with `origin_len` bytes copied from `origin`.
    pub fn copied(&mut self, derived: usize, origin: usize, origin_len: usize) {
        if let Some(last) = self.pieces.last_mut()
            && !last.rewritten
            && last.origin + last.origin_len == origin as u32
            && last.derived + last.origin_len == derived as u32
        {
            last.origin_len += origin_len as u32;
            return;
        }
        self.push(derived, origin, origin_len, false);
    }

    /// Notes that the derived text goes on at `derived` with something that stands for `origin_len` bytes.
    pub fn rewritten(&mut self, derived: usize, origin: usize, origin_len: usize) {
        self.push(derived, origin, origin_len, true);
    }

    /// The map of a text derived from a text that was itself derived: from the last to the first.
    pub(super) fn through(&self, outer: &OffsetMap) -> OffsetMap {
        let mut map = OffsetMap::default();
        for piece in &self.pieces {
            let (derived, from) = (piece.derived as usize, piece.origin as usize);
            let to = from + piece.origin_len as usize;
            if piece.rewritten || piece.origin_len == 0 {
                let origin = outer.origin(from..to);
                map.rewritten(derived, origin.start, origin.len());
                continue;
            }
            outer.each(from..to, |part, origin, rewritten| {
                let at = derived + part.start - from;
                if rewritten {
                    map.rewritten(at, origin.start, origin.len())
                } else {
                    map.copied(at, origin.start, origin.len())
                }
            });
        }
        map
    }

    /// The pieces behind a range of the derived text: the part of the range, its origin, whether it was rewritten.
    fn each(&self, range: Range<usize>, mut look: impl FnMut(Range<usize>, Range<usize>, bool)) {
        let first = self.pieces.partition_point(|p| p.derived as usize <= range.start).saturating_sub(1);
        for (i, piece) in self.pieces.iter().enumerate().skip(first) {
            let start = (piece.derived as usize).max(range.start);
            let next = self.pieces.get(i + 1).map_or(usize::MAX, |p| p.derived as usize);
            let end = next.min(range.end);
            if piece.derived as usize >= range.end {
                break;
            }
            if start < end {
                let origin = if piece.rewritten {
                    piece.origin as usize..(piece.origin + piece.origin_len) as usize
                } else {
                    let shift = piece.origin as usize;
                    shift + start - piece.derived as usize..shift + end - piece.derived as usize
                };
                look(start..end, origin, piece.rewritten);
            }
        }
    }

    fn push(&mut self, derived: usize, origin: usize, origin_len: usize, rewritten: bool) {
        self.pieces.push(Piece {
            derived: derived as u32,
            origin: origin as u32,
            origin_len: origin_len as u32,
            rewritten,
        });
    }

    fn piece(&self, derived: u32) -> Option<&Piece> {
        let after = self.pieces.partition_point(|p| p.derived <= derived);
        self.pieces.get(after.checked_sub(1)?)
    }

    /// The byte of the derived text for a byte of the origin; the next one that came from it, or `end`.
    #[must_use]
    pub fn derived(&self, origin: usize, end: usize) -> usize {
        let origin = origin as u32;
        let holds = |p: &&Piece| p.origin_len > 0 && p.origin + p.origin_len > origin;
        match self.pieces.iter().find(holds) {
            Some(p) if p.origin <= origin && !p.rewritten => (p.derived + (origin - p.origin)) as usize,
            Some(p) => p.derived as usize,
            None => end,
        }
    }

    /// The range of the origin that a non-empty range of the derived text came from.
    #[must_use]
    pub fn origin(&self, derived: Range<usize>) -> Range<usize> {
        let start = self.piece(derived.start as u32).map_or(0, |p| {
            if p.rewritten { p.origin } else { p.origin + (derived.start as u32 - p.derived).min(p.origin_len) }
        });
        if derived.end <= derived.start {
            return start as usize..start as usize;
        }
        let end = self.piece(derived.end as u32 - 1).map_or(0, |p| {
            let all = p.origin + p.origin_len;
            if p.rewritten { all } else { all.min(p.origin + (derived.end as u32 - p.derived)) }
        });
        start as usize..(end as usize).max(start as usize)
    }
}
