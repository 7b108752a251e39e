//! Fields of CSV, written into memory as they will stand in the file.

use std::ops::Range;

use crate::form::Number;
use crate::source::Span;

use super::digits::{self, Counter, Field};

/// Room for the names that follow a field of the head (bytes).
const NAMES: usize = 20;

/// Rows of one file. A field is written with its comma; the end of the row takes the last one's place.
#[derive(Default)]
pub(super) struct Table {
    out: Vec<u8>,
    /// What a row begins with, ready made.
    head: Vec<u8>,
    /// As much of it as all rows have in common.
    common: usize,
    scratch: String,
    /// Places stand in order in all files.
    places: Counter,
}

impl Table {
    /// A table whose rows begin with the same fields, with room for some rows.
    pub(super) fn with_head(head: [&str; 3], rows: usize, row_bytes: usize) -> Self {
        let mut table = Table::with_room(head.iter().map(|field| field.len() + NAMES).sum());
        for field in head {
            table.text(field);
        }
        std::mem::swap(&mut table.head, &mut table.out);
        table.common = table.head.len();
        table.out.reserve(rows * (table.common + row_bytes));
        table
    }

    /// A table with room for so many bytes.
    pub(super) fn with_room(bytes: usize) -> Self {
        Table { out: Vec::with_capacity(bytes), ..Table::default() }
    }

    /// The same fields and these names begin the rows that follow.
    pub(super) fn under(&mut self, names: &[&str]) {
        self.head.truncate(self.common);
        for name in names {
            self.head.extend_from_slice(name.as_bytes());
            self.head.push(b',');
        }
    }

    /// A row of any texts.
    pub(super) fn row(&mut self, fields: &[&str]) {
        for field in fields {
            self.text(field);
        }
        self.end();
    }

    /// Begins a row of a table with a head.
    pub(super) fn begin(&mut self) -> &mut Self {
        self.out.extend_from_slice(&self.head);
        self
    }

    /// Ends the row.
    pub(super) fn end(&mut self) {
        if let Some(last) = self.out.last_mut() {
            *last = b'\n';
        }
    }

    /// What stands in the file already, without its end of line; a comma follows.
    pub(super) fn again(&mut self, row: &[u8]) {
        self.out.extend_from_slice(row.strip_suffix(b"\n").unwrap_or(row));
        self.out.push(b',');
    }

    /// A name that needs neither quotes nor an apostrophe.
    #[inline]
    pub(super) fn name(&mut self, name: &str) -> &mut Self {
        self.out.extend_from_slice(name.as_bytes());
        self.out.push(b',');
        self
    }

    /// The first bytes of a place of fixed size: fields with their commas.
    #[inline]
    pub(super) fn padded<const N: usize>(&mut self, bytes: &[u8; N], len: usize) -> &mut Self {
        put(&mut self.out, bytes, len);
        self
    }

    /// A name known beforehand.
    #[inline]
    pub(super) fn known(&mut self, name: &Known) -> &mut Self {
        self.padded(&name.bytes, name.len)
    }

    /// Any text.
    #[inline]
    pub(super) fn text(&mut self, field: &str) -> &mut Self {
        if !field.is_empty() {
            self.filled(field);
        }
        self.out.push(b',');
        self
    }

    fn filled(&mut self, field: &str) {
        if is_formula(field) {
            // The apostrophe goes inside the quotes, if there are any.
            self.quoted(format!("'{field}").as_bytes());
        } else if may_need_quotes(field.as_bytes()) {
            self.quoted(field.as_bytes());
        } else {
            self.out.extend_from_slice(field.as_bytes());
        }
    }

    fn quoted(&mut self, bytes: &[u8]) {
        if !needs_quotes(bytes) {
            self.out.extend_from_slice(bytes);
            return;
        }
        self.out.push(b'"');
        for byte in bytes {
            if *byte == b'"' {
                self.out.push(b'"');
            }
            self.out.push(*byte);
        }
        self.out.push(b'"');
    }

    /// A text that is put together.
    pub(super) fn written(&mut self, write: impl FnOnce(&mut String)) -> &mut Self {
        let mut scratch = std::mem::take(&mut self.scratch);
        scratch.clear();
        write(&mut scratch);
        self.text(&scratch);
        self.scratch = scratch;
        self
    }

    /// A whole number.
    #[inline]
    pub(super) fn whole(&mut self, number: u32) -> &mut Self {
        let Field { bytes, len } = digits::field(number);
        self.padded(&bytes, len)
    }

    /// A number, or nothing.
    pub(super) fn number(&mut self, value: Option<Number>) -> &mut Self {
        let Some(value) = value else { return self.name("") };
        match value.to_whole().and_then(|n| u32::try_from(n).ok()) {
            Some(whole) => self.whole(whole),
            // Digits, a point and a sign need neither quotes nor an apostrophe.
            None => self.name(value.printed().as_str()),
        }
    }

    /// Numbers that are mostly one and the same.
    pub(super) fn numbers(&mut self, values: impl IntoIterator<Item = Option<Number>>) -> &mut Self {
        let mut last = None;
        for value in values {
            let start = self.out.len();
            match &last {
                Some((same, range)) if *same == value => self.out.extend_from_within(Range::clone(range)),
                _ => {
                    self.number(value);
                    last = Some((value, start..self.out.len()));
                }
            }
        }
        self
    }

    /// Where something starts and ends, or nothing twice.
    pub(super) fn span(&mut self, span: Option<Span>) -> &mut Self {
        match span {
            Some(span) => {
                for place in [span.start, span.end] {
                    let Field { bytes, len } = self.places.next(place);
                    put(&mut self.out, bytes, *len);
                }
                self
            }
            None => self.name("").name(""),
        }
    }

    /// The rows.
    pub(super) fn finish(self) -> Vec<u8> {
        self.out
    }
}

/// A name that needs neither quotes nor an apostrophe, with its comma, in a place of fixed size: copying all of it costs
/// less than copying as many bytes as are needed.
#[derive(Clone, Copy)]
pub(super) struct Known {
    bytes: [u8; Known::LONGEST],
    len: usize,
}

impl Known {
    const LONGEST: usize = 24;

    /// A name of less than 24 bytes, made ready.
    pub(super) const fn new(name: &str) -> Self {
        let name = name.as_bytes();
        let (mut bytes, mut at) = ([0; Known::LONGEST], 0);
        while at < name.len() {
            bytes[at] = name[at];
            at += 1;
        }
        bytes[at] = b',';
        Known { bytes, len: at + 1 }
    }
}

/// Appends the first bytes of a place of fixed size.
#[inline]
fn put<const N: usize>(out: &mut Vec<u8>, bytes: &[u8; N], len: usize) {
    let end = out.len() + len;
    out.extend_from_slice(bytes);
    out.truncate(end);
}

/// Whether any byte may be no greater than a comma, the greatest that needs quotes; eight bytes at a time.
fn may_need_quotes(bytes: &[u8]) -> bool {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let lows = |eight: &[u8; 8]| {
        let word = u64::from_le_bytes(*eight);
        word.wrapping_sub(ONES * (b',' as u64 + 1)) & !word & (ONES << 7)
    };
    // The last eight may be looked at twice, which is cheaper than one by one.
    let Some(last) = bytes.last_chunk::<8>() else { return bytes.iter().any(|byte| *byte <= b',') };
    let (words, _) = bytes.as_chunks::<8>();
    words.iter().fold(lows(last), |found, word| found | lows(word)) != 0
}

/// Whether a text must stand in quotes. All of it is looked at, many bytes at a time.
fn needs_quotes(bytes: &[u8]) -> bool {
    bytes.iter().fold(false, |found, byte| found | matches!(byte, b',' | b'"' | b'\n' | b'\r'))
}

/// Whether a spreadsheet would run a field as a formula; it gets an apostrophe in front.
fn is_formula(field: &str) -> bool {
    let rest = match field.as_bytes().first() {
        Some(b'=' | b'@' | b'\t' | b'\r') => return true,
        Some(b'+' | b'-') => &field[1..],
        _ => return false,
    };
    let is_number = rest.starts_with(|c: char| c.is_ascii_digit())
        && rest.trim_end_matches(['%', '万', '亿']).bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b','));
    !is_number
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_neutralised_and_numbers_are_not() {
        let written = |field: &str| {
            let mut table = Table::default();
            table.row(&[field]);
            String::from_utf8(table.finish()).unwrap()
        };
        assert_eq!(written("=1+1"), "'=1+1\n");
        assert_eq!(written("=1,2"), "\"'=1,2\"\n");
        assert_eq!(written("-8%"), "-8%\n");
        assert_eq!(written("-cmd"), "'-cmd\n");
        assert_eq!(written("+2"), "+2\n");
        assert_eq!(written("49件"), "49件\n");
    }

    #[test]
    fn numbers_are_written_as_they_print() {
        let mut table = Table::default();
        table.whole(0).whole(9).whole(10).whole(100).whole(1005).whole(9999).whole(10000).whole(u32::MAX).number(None);
        for text in ["12", "0.125", "123456789012"] {
            table.number(Number::parse(text, 0));
        }
        table.number(Some(-Number::whole(8))).end();
        let expected = "0,9,10,100,1005,9999,10000,4294967295,,12,0.125,123456789012,-8\n";
        assert_eq!(String::from_utf8(table.finish()).unwrap(), expected);
    }
}
