//! Tags: what they are called, where they end, what their attributes say.

use memchr::{memchr, memchr3, memmem};

/// What a tag means for the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    Table,
    Row,
    Cell,
    /// Ends the line before and after it, and may be a box of the page around the report.
    Box,
    /// Ends the line before and after it.
    Block,
    Pre,
    Title,
    Link,
    Image,
    Input,
    /// A small raised sign: a footnote, or an exponent.
    Raised,
    /// Struck out.
    Struck,
    /// Another page inside this one.
    Frame,
    /// A document shown inside this page.
    Embed,
    /// Its content is no markup.
    Raw,
    /// Its text is seen by no reader.
    Skipped,
    /// Navigation and footers, by the name of the element.
    Chrome,
    Other,
}

/// The longest name that means something.
pub(super) const LONGEST: usize = 10;

/// A tag name in lower case; longer ones are cut, which makes them unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Name {
    bytes: [u8; LONGEST + 1],
    length: usize,
}

impl Name {
    /// Reads the name at the beginning of some bytes; its length there, 0 for none.
    pub(super) fn read(bytes: &[u8]) -> (Name, usize) {
        let mut name = Name { bytes: [0; LONGEST + 1], length: 0 };
        let is_part = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b':' | b'-');
        let mut length = 0;
        while let Some(byte) = bytes.get(length).copied().filter(|b| is_part(*b)) {
            if name.length <= LONGEST {
                name.bytes[name.length] = byte.to_ascii_lowercase();
                name.length += 1;
            }
            length += 1;
        }
        (name, length)
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        &self.bytes[..self.length]
    }

    /// Elements without an end tag.
    pub(super) fn is_void(&self) -> bool {
        matches!(
            self.as_bytes(),
            b"br"
                | b"hr"
                | b"img"
                | b"input"
                | b"meta"
                | b"link"
                | b"col"
                | b"embed"
                | b"area"
                | b"base"
                | b"wbr"
                | b"param"
                | b"source"
        )
    }

    pub(super) fn tag(&self) -> Tag {
        match self.as_bytes() {
            b"table" => Tag::Table,
            b"tr" => Tag::Row,
            b"td" | b"th" => Tag::Cell,
            b"div" | b"ul" | b"ol" | b"dl" | b"section" | b"header" => Tag::Box,
            b"p" | b"br" | b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" | b"li" | b"dt" | b"dd" | b"article"
            | b"main" | b"form" | b"hr" | b"blockquote" | b"center" | b"caption" | b"body" | b"html" | b"fieldset"
            | b"figure" | b"address" | b"details" | b"summary" | b"legend" => Tag::Block,
            b"pre" | b"listing" => Tag::Pre,
            b"title" => Tag::Title,
            b"a" => Tag::Link,
            b"img" => Tag::Image,
            b"input" => Tag::Input,
            b"sup" => Tag::Raised,
            b"s" | b"del" | b"strike" => Tag::Struck,
            b"iframe" | b"frame" => Tag::Frame,
            b"embed" | b"object" => Tag::Embed,
            b"script" | b"style" | b"textarea" | b"xmp" => Tag::Raw,
            b"noscript" | b"template" | b"svg" | b"math" | b"select" | b"button" | b"xml" | b"rt" | b"rp"
            | b"noframes" | b"datalist" | b"canvas" => Tag::Skipped,
            b"nav" | b"footer" | b"aside" => Tag::Chrome,
            _ => Tag::Other,
        }
    }
}

/// One past the `>` of the tag at `at`, quotes respected; a tag that never ends so ends with the next `>`.
pub(super) fn tag_end(source: &str, at: usize) -> usize {
    /// A longer value whose quote is followed by more of the same was never closed.
    const LONGEST_VALUE: usize = 4096;
    let bytes = source.as_bytes();
    let mut from = at + 1;
    while let Some(next) = memchr3(b'>', b'"', b'\'', &bytes[from..]).map(|n| from + n) {
        if bytes[next] == b'>' {
            return next + 1;
        }
        // Only a quote behind `=` opens a value; any other is a slip of the pen.
        let is_value = bytes[at..next].iter().rev().find(|b| !b.is_ascii_whitespace()) == Some(&b'=');
        if !is_value {
            from = next + 1;
            continue;
        }
        let Some(close) = memchr(bytes[next], &bytes[next + 1..]).map(|n| next + 1 + n) else { break };
        let is_closed = bytes.get(close + 1).is_none_or(|b| b.is_ascii_whitespace() || matches!(b, b'>' | b'/'));
        if close - next > LONGEST_VALUE && !is_closed {
            break;
        }
        from = close + 1;
    }
    memchr(b'>', &bytes[at..]).map_or(bytes.len(), |n| at + n + 1)
}

/// The value of an attribute in the text of a tag, as it stands, with its place there.
pub(super) fn attribute<'t>(tag: &'t str, wanted: &str) -> Option<(&'t str, usize)> {
    Attributes { tag, at: name_end(tag) }
        .find(|(name, _, _)| name.eq_ignore_ascii_case(wanted))
        .map(|(_, v, at)| (v, at))
}

/// One past the name of a tag.
fn name_end(tag: &str) -> usize {
    tag.bytes().position(|b| b.is_ascii_whitespace() || b == b'>').unwrap_or(tag.len())
}

/// The attributes of a tag: name, value, place of the value.
struct Attributes<'t> {
    tag: &'t str,
    at: usize,
}

impl<'t> Iterator for Attributes<'t> {
    type Item = (&'t str, &'t str, usize);

    fn next(&mut self) -> Option<Self::Item> {
        let bytes = self.tag.as_bytes();
        let skip = |from: usize, is_skipped: &dyn Fn(u8) -> bool| {
            bytes[from..].iter().position(|b| !is_skipped(*b)).map_or(bytes.len(), |n| from + n)
        };
        let blank = |b: u8| b.is_ascii_whitespace() || b == b'/';
        let start = skip(self.at.min(bytes.len()), &blank);
        let end = skip(start, &|b| !b.is_ascii_whitespace() && !matches!(b, b'=' | b'>' | b'/'));
        if end == start {
            return None;
        }
        let name = self.tag.get(start..end)?;
        let equals = skip(end, &|b| b.is_ascii_whitespace());
        if bytes.get(equals) != Some(&b'=') {
            self.at = equals;
            return Some((name, "", equals));
        }
        let value = skip(equals + 1, &|b| b.is_ascii_whitespace());
        let quote = bytes.get(value).copied().filter(|b| matches!(b, b'"' | b'\''));
        let (from, to) = match quote {
            Some(q) => (value + 1, memchr(q, &bytes[value + 1..]).map_or(bytes.len(), |n| value + 1 + n)),
            None => (value, skip(value, &|b| !b.is_ascii_whitespace() && b != b'>')),
        };
        self.at = to + usize::from(quote.is_some());
        Some((name, self.tag.get(from..to)?, from))
    }
}

/// Whether a tag hides its element: the attribute `hidden`, or `display: none`.
pub(super) fn hides(tag: &str) -> bool {
    let is_hidden = |(name, value, _): (&str, &str, usize)| {
        name.eq_ignore_ascii_case("hidden") || name.eq_ignore_ascii_case("style") && is_display_none(value)
    };
    Attributes { tag, at: name_end(tag) }.any(is_hidden)
}

fn is_display_none(style: &str) -> bool {
    style.split(';').any(|rule| {
        rule.split_once(':').is_some_and(|(property, value)| {
            property.trim().eq_ignore_ascii_case("display")
                && value.trim().get(..4).is_some_and(|v| v.eq_ignore_ascii_case("none"))
        })
    })
}

/// Whether the style of a tag gives a property, or one of its parts (text-decoration-line), a value among others.
pub(super) fn is_styled(tag: &str, property: &str, value: &str) -> bool {
    let gives = |style: &str| {
        style.split(';').filter_map(|rule| rule.split_once(':')).any(|(name, given)| {
            let is_property = name.trim().get(..property.len()).is_some_and(|n| n.eq_ignore_ascii_case(property));
            is_property && given.split_whitespace().any(|word| word.eq_ignore_ascii_case(value))
        })
    };
    Attributes { tag, at: name_end(tag) }.any(|(name, style, _)| name.eq_ignore_ascii_case("style") && gives(style))
}

/// Where the element ends whose start tag ends at `from`: the place of its end tag, other elements of its name inside
/// it counted; a cell or row ends with the next one, and anything with the table or body around it.
pub(super) fn element_end(source: &str, from: usize, name: Name) -> Option<usize> {
    let bytes = source.as_bytes();
    let (mut depth, mut tables, mut at) = (0_usize, 0_usize, from);
    let is_table = name.tag() == Tag::Table;
    while let Some(open) = memchr(b'<', &bytes[at..]).map(|n| at + n) {
        if bytes[open..].starts_with(b"<!--") {
            at = memmem::find(&bytes[open..], b"-->").map_or(open + 4, |n| open + n + 3);
            continue;
        }
        let is_end = bytes.get(open + 1) == Some(&b'/');
        let (found, length) = Name::read(&bytes[open + 1 + usize::from(is_end)..]);
        at = open + 1;
        if length == 0 {
            continue;
        }
        let tag = found.tag();
        if tag == Tag::Table && !is_table {
            if !is_end {
                tables += 1;
            } else if tables == 0 {
                return Some(open);
            } else {
                tables -= 1;
            }
        } else if tables == 0 && ends_implicitly(name, found, is_end) {
            return Some(open);
        } else if found == name && is_end {
            if depth == 0 {
                return Some(tag_end(source, open));
            }
            depth -= 1;
        } else if found == name {
            depth += 1;
        }
    }
    None
}

/// Whether a tag of the same table ends an element that has no end tag of its own.
fn ends_implicitly(name: Name, found: Name, is_end: bool) -> bool {
    let tag = found.tag();
    match name.tag() {
        Tag::Cell => tag == Tag::Row || tag == Tag::Cell && !is_end,
        Tag::Row => tag == Tag::Row && !is_end,
        Tag::Table => false,
        _ if name.as_bytes() == b"p" => {
            matches!(tag, Tag::Box | Tag::Cell | Tag::Row)
                || tag == Tag::Block && (found != name || !is_end) && found.as_bytes() != b"br"
        }
        // The end of what is around it.
        _ => is_end && (matches!(tag, Tag::Cell | Tag::Row) || found.as_bytes() == b"body"),
    }
}
