//! One pass over the markup.

use std::ops::Range;

use memchr::{memchr, memchr2, memchr2_iter, memmem};

use super::super::page::{Line, LineKind, trimmed};
use super::super::{OffsetMap, drawn};
use super::chrome::{self, LONGEST_LINK};
use super::marks::{self, Found};
use super::tables::OpenTable;
use super::tags::{self, Name, Tag, attribute, tag_end};

/// The longest entity name is `&CounterClockwiseContourIntegral;`.
const LONGEST_ENTITY: usize = 34;

/// What was made of a page.
pub(super) struct Scanned {
    pub(super) text: String,
    pub(super) map: OffsetMap,
    pub(super) lines: Vec<Line>,
    pub(super) cells: Vec<Range<u32>>,
    pub(super) title: Option<Range<u32>>,
    pub(super) found: Found,
    /// Where tables stand in the text; told only where its lines were kept.
    pub(super) tables: Vec<Range<usize>>,
}

impl Scanned {
    /// The bytes of all lines.
    pub(super) fn length(&self) -> usize {
        self.lines.iter().map(|l| l.bytes().len()).sum()
    }

    /// Whether words of the form stand in the text.
    pub(super) fn has_words(&self) -> bool {
        chrome::report_words(&self.text) >= 2
    }

    /// Whether a report can be seen.
    pub(super) fn has_report(&self) -> bool {
        const SHORTEST: usize = 1500;
        self.has_words() && self.length() >= SHORTEST
    }
}

/// Reads markup.
pub(super) fn scan(source: &str) -> Scanned {
    scan_with(source, false, false)
}

/// Reads markup, elements that the page hides as well.
pub(super) fn scan_opened(source: &str) -> Scanned {
    scan_with(source, true, false)
}

/// Reads lines of text with markup among them: outside tables their ends are kept.
pub(super) fn scan_lined(source: &str) -> Scanned {
    scan_with(source, false, true)
}

fn scan_with(source: &str, is_opened: bool, is_lined: bool) -> Scanned {
    let mut builder = Builder {
        source,
        at: 0,
        text: String::with_capacity(source.len() / 3),
        map: OffsetMap::default(),
        lines: Vec::new(),
        cells: Vec::new(),
        title: None,
        open: Vec::new(),
        tables: 0,
        line_start: 0,
        pre: 0,
        link: None,
        links: Vec::new(),
        is_opened,
        is_lined,
        outermost: Vec::new(),
        drawn: None,
        found: Found::default(),
        hints: Hints {
            none: 0,
            hidden: 0,
            raised: 0,
            struck: 0,
            ahead: source.len().saturating_mul(4),
            without_end: 0,
            comments_end: true,
        },
    };
    builder.scan();
    builder.finish()
}

pub(super) struct Builder<'s> {
    pub(super) source: &'s str,
    /// One past the tag that is being read.
    pub(super) at: usize,
    pub(super) text: String,
    pub(super) map: OffsetMap,
    pub(super) lines: Vec<Line>,
    pub(super) cells: Vec<Range<u32>>,
    title: Option<Range<u32>>,
    pub(super) open: Vec<OpenTable>,
    pub(super) tables: u32,
    pub(super) line_start: usize,
    pre: usize,
    link: Option<OpenLink>,
    links: Vec<Range<u32>>,
    /// Hidden elements are read.
    is_opened: bool,
    /// Outside tables the ends of lines are kept.
    is_lined: bool,
    /// Where tables that stand in no other begin and end.
    outermost: Vec<Range<usize>>,
    /// The drawn table that the last line belonged to.
    drawn: Option<u32>,
    found: Found,
    pub(super) hints: Hints,
}

/// A link that is being read.
struct OpenLink {
    /// Where its text begins.
    start: usize,
    /// Its tag in the source.
    tag: Range<usize>,
}

/// What keeps the scan linear.
pub(super) struct Hints {
    /// No earlier than here stand the next `none` and `hidden`.
    none: usize,
    hidden: usize,
    /// The same of `super` and `line-through`.
    pub(super) raised: usize,
    pub(super) struck: usize,
    /// Bytes that may still be looked at ahead of the scan.
    ahead: usize,
    /// Bits for the kinds of element of which no end tag comes any more.
    without_end: u32,
    /// Whether the end of a comment may still come.
    comments_end: bool,
}

/// Whether a word stands in a tag; where it comes next is remembered.
pub(super) fn comes_within(source: &str, tag: &Range<usize>, word: &str, known: &mut usize) -> bool {
    if *known < tag.start {
        let rest = &source.as_bytes()[tag.start..];
        *known = memmem::find(rest, word.as_bytes()).map_or(usize::MAX, |n| tag.start + n);
    }
    *known < tag.end
}

impl Builder<'_> {
    fn scan(&mut self) {
        let bytes = self.source.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let Some(next) = memchr2(b'<', b'&', &bytes[at..]).map(|n| at + n) else {
                return self.copy(at..bytes.len());
            };
            self.copy(at..next);
            at = if bytes[next] == b'&' { self.entity(next) } else { self.markup(next) };
        }
    }

    /// Copies visible text; line ends inside an element are only white space, except where the page keeps them.
    pub(super) fn copy(&mut self, range: Range<usize>) {
        let piece = &self.source[range.clone()];
        // White space between tags is nobody's.
        let is_idle = self.text.len() == self.line_start || self.text.ends_with('\n');
        let keeps_lines = self.pre > 0 || self.is_lined && self.open.is_empty();
        if range.is_empty() || !keeps_lines && is_idle && piece.trim_ascii_start().is_empty() {
            return;
        }
        if !keeps_lines {
            return self.copy_as_is(range);
        }
        let mut from = 0;
        for end in memchr2_iter(b'\n', b'\r', piece.as_bytes()) {
            self.copy_as_is(range.start + from..range.start + end);
            self.at = range.start + end;
            self.block();
            from = end + 1;
        }
        self.copy_as_is(range.start + from..range.end);
    }

    fn copy_as_is(&mut self, range: Range<usize>) {
        if range.is_empty() {
            return;
        }
        self.map.copied(self.text.len(), range.start, range.len());
        let mut from = range.start;
        let bytes = self.source.as_bytes();
        for end in memchr2_iter(b'\n', b'\r', &bytes[range.clone()]).map(|n| range.start + n) {
            self.text.push_str(&self.source[from..end]);
            self.text.push(' ');
            from = end + 1;
        }
        self.text.push_str(&self.source[from..range.end]);
    }

    fn entity(&mut self, at: usize) -> usize {
        let bytes = &self.source.as_bytes()[at..];
        // The commonest, also without the semicolon that it is due.
        if bytes.starts_with(b"&nbsp") {
            let length = 5 + usize::from(bytes.get(5) == Some(&b';'));
            self.replace(at, length, "\u{a0}");
            return at + length;
        }
        let end = memchr(b';', &bytes[..bytes.len().min(LONGEST_ENTITY)]).map(|n| at + n + 1);
        if let Some(end) = end {
            let decoded = htmlize::unescape(&self.source[at..end]);
            if decoded.chars().all(super::super::repair::is_unseen) {
                // Written as such it is gone already.
                return end;
            }
            if !decoded.starts_with('&') || decoded == "&" {
                self.replace(at, end - at, &decoded);
                return end;
            }
        }
        self.copy(at..at + 1);
        at + 1
    }

    /// Writes what stands for a piece of the source.
    fn replace(&mut self, at: usize, length: usize, with: &str) {
        self.map.rewritten(self.text.len(), at, length);
        self.text.push_str(with);
    }

    /// Handles what begins with `<` and says where to go on.
    fn markup(&mut self, at: usize) -> usize {
        let bytes = self.source.as_bytes();
        match bytes.get(at + 1) {
            Some(b'!') if bytes[at..].starts_with(b"<!--") => return self.comment(at),
            Some(b'!' | b'?') => return self.declaration(at),
            Some(b'/' | b'a'..=b'z' | b'A'..=b'Z') => {}
            _ => {
                self.copy(at..at + 1);
                return at + 1;
            }
        }
        let is_end = bytes[at + 1] == b'/';
        let (name, length) = Name::read(&bytes[at + 1 + usize::from(is_end)..]);
        if length == 0 || self.is_lined && self.ends_with_its_line(name, at) {
            self.copy(at..at + 1);
            return at + 1;
        }
        let end = tag_end(self.source, at);
        self.at = end;
        if is_end {
            self.end_tag(name);
            return end;
        }
        if let Some(past) = self.hidden(name, at..end) {
            return past;
        }
        self.start_tag(name, at..end)
    }

    /// Whether what looks like a tag that nobody knows does not end on its line: in a text of lines `甲<b` is none.
    fn ends_with_its_line(&self, name: Name, at: usize) -> bool {
        const LONGEST: usize = 2000;
        let bytes = &self.source.as_bytes()[at..];
        let end = memchr2(b'>', b'\n', &bytes[..bytes.len().min(LONGEST)]);
        name.tag() == Tag::Other && end.is_none_or(|end| bytes[end] == b'\n')
    }

    /// A comment is skipped; one without an end is only a tag, so that what follows is not lost.
    fn comment(&mut self, at: usize) -> usize {
        let bytes = self.source.as_bytes();
        if bytes[at..].starts_with(b"<!-->") || bytes[at..].starts_with(b"<!--->") {
            return self.declaration(at);
        }
        let end = self.hints.comments_end.then(|| memmem::find(&bytes[at + 4..], b"-->")).flatten();
        match end {
            Some(n) => at + 4 + n + 3,
            None => {
                self.hints.comments_end = false;
                if self.is_lined {
                    self.copy(at..at + 1);
                    return at + 1;
                }
                self.declaration(at)
            }
        }
    }

    /// `<!DOCTYPE …>`, `<![if …]>`, `<?xml …?>`.
    fn declaration(&mut self, at: usize) -> usize {
        memchr(b'>', &self.source.as_bytes()[at..]).map_or(self.source.len(), |n| at + n + 1)
    }

    /// Skips an element that the page hides; where to go on, if it does.
    fn hidden(&mut self, name: Name, tag: Range<usize>) -> Option<usize> {
        if self.is_opened {
            return None;
        }
        let (source, hints) = (self.source, &mut self.hints);
        let may_hide = comes_within(source, &tag, "none", &mut hints.none)
            | comes_within(source, &tag, "hidden", &mut hints.hidden);
        if !may_hide || name.is_void() || !tags::hides(&self.source[tag.clone()]) {
            return None;
        }
        let end = self.look_ahead(name, tag.end)?;
        let content = &self.source[tag.end..end];
        let end_tag = content.ends_with('>').then(|| memmem::rfind(content.as_bytes(), b"</")).flatten();
        self.found.hidden.push(tag.end..tag.end + end_tag.unwrap_or(content.len()));
        Some(end)
    }

    /// Where an element ends, unless too much was looked at already.
    pub(super) fn look_ahead(&mut self, name: Name, from: usize) -> Option<usize> {
        if self.hints.ahead == 0 {
            return None;
        }
        let end = tags::element_end(self.source, from, name);
        self.hints.ahead = self.hints.ahead.saturating_sub(end.unwrap_or(self.source.len()) - from);
        end
    }

    fn start_tag(&mut self, name: Name, tag: Range<usize>) -> usize {
        let end = tag.end;
        match name.tag() {
            Tag::Title if self.title.is_none() => return self.read_title(end),
            Tag::Raw | Tag::Skipped => return self.skip(name, tag),
            Tag::Chrome | Tag::Box => {
                self.block();
                return self.around(name, tag).unwrap_or(end);
            }
            Tag::Frame | Tag::Embed => return self.shown(name, tag),
            Tag::Table => {
                self.end_link();
                match self.around(name, tag) {
                    Some(past) => return past,
                    None => self.open_table(),
                }
            }
            Tag::Row => self.open_row(),
            Tag::Cell => {
                self.end_link();
                self.open_cell();
            }
            Tag::Pre => {
                self.block();
                self.pre += 1;
            }
            Tag::Block if name.as_bytes() == b"br" && self.is_in_barred_row(tag.start) => {
                let is_within_number = self.text.ends_with(|c: char| c.is_ascii_digit())
                    && self.source[tag.end..].starts_with(|c: char| c.is_ascii_digit());
                self.replace(tag.start, tag.len(), if is_within_number { "  " } else { " " });
            }
            Tag::Block | Tag::Title => self.block(),
            Tag::Link => {
                self.end_link();
                self.link = Some(OpenLink { start: self.text.len(), tag });
            }
            Tag::Image => self.image(tag),
            Tag::Input => self.input(tag),
            Tag::Raised => return self.raised(end),
            Tag::Struck => return self.struck(name, end),
            Tag::Other => return self.styled(name, tag),
        }
        end
    }

    fn end_tag(&mut self, name: Name) {
        match name.tag() {
            Tag::Table => {
                self.end_link();
                self.close_table();
            }
            Tag::Row => self.close_row(),
            Tag::Cell => {
                self.end_link();
                self.close_cell();
            }
            Tag::Link => self.end_link(),
            Tag::Pre => {
                self.block();
                self.pre = self.pre.saturating_sub(1);
            }
            Tag::Block | Tag::Box | Tag::Chrome => self.block(),
            _ => {}
        }
    }

    fn read_title(&mut self, from: usize) -> usize {
        let end = memmem::find(&self.source.as_bytes()[from..], b"</").map_or(from, |n| from + n);
        self.flush();
        let start = self.text.len();
        self.copy(from..end);
        self.title = Some(trimmed(&self.text, start..self.text.len())).filter(|t| !t.is_empty());
        self.break_text();
        self.line_start = self.text.len();
        end
    }

    /// Skips an element whose text is none of the report's; one that never ends is only a tag.
    fn skip(&mut self, name: Name, tag: Range<usize>) -> usize {
        let (from, known) = (tag.end, name.as_bytes());
        let bit = 1_u32 << (known.iter().fold(known.len(), |sum, b| sum.wrapping_mul(31) + usize::from(*b)) % 32);
        if self.source[tag.clone()].ends_with("/>") || self.hints.without_end & bit != 0 {
            return from;
        }
        let bytes = self.source.as_bytes();
        let mut at = from;
        while let Some(next) = memmem::find(&bytes[at..], b"</").map(|n| at + n) {
            let (found, length) = Name::read(&bytes[next + 2..]);
            if found == name {
                self.found.skipped(name, from..next);
                return tag_end(self.source, next);
            }
            at = next + 2 + length;
        }
        if matches!(known, b"script" | b"style") {
            // As in a browser: the file was cut off inside it.
            return self.source.len();
        }
        self.hints.without_end |= bit;
        from
    }

    /// Skips a box around the report; where to go on, if it is one.
    fn around(&mut self, name: Name, tag: Range<usize>) -> Option<usize> {
        let may_hold_title = match name.tag() {
            Tag::Chrome => false,
            _ => chrome::is_named_so(&self.source[tag.clone()])?,
        };
        let end = self.look_ahead(name, tag.end)?;
        chrome::is_around(&self.source[tag.end..end], may_hold_title).then_some(end)
    }

    /// A frame or a document shown inside the page.
    fn shown(&mut self, name: Name, tag: Range<usize>) -> usize {
        self.block();
        let text = &self.source[tag.clone()];
        if let Some((value, at)) = attribute(text, "srcdoc") {
            self.found.framed.push(tag.start + at..tag.start + at + value.len());
        }
        let target = ["src", "data"].into_iter().find_map(|a| attribute(text, a)).map_or("", |(value, _)| value);
        if marks::is_document(target) {
            self.found.attachment(marks::file_name(target), tag.start, true);
        } else if name.tag() == Tag::Frame && !target.is_empty() {
            self.found.loads_more = true;
        }
        if name.as_bytes() == b"frame" || name.is_void() { tag.end } else { self.skip(name, tag) }
    }

    pub(super) fn end_link(&mut self) {
        let Some(OpenLink { start, tag }) = self.link.take() else { return };
        let text = &self.source[tag.clone()];
        let Some((target, _)) = attribute(text, "href") else { return };
        let range = start..self.text.len();
        if range.len() > LONGEST_LINK {
            return;
        }
        if marks::is_document(target) {
            let named = trimmed(&self.text, range);
            let name = &self.text[named.start as usize..named.end as usize];
            let title = || attribute(text, "title").map(|(t, _)| t).filter(|t| !t.is_empty());
            let name = if name.is_empty() {
                title().map_or_else(|| marks::file_name(target), str::to_string)
            } else {
                name.to_string()
            };
            let before = self.line_start.min(start);
            let is_named = marks::names_attachment(&name) || marks::names_attachment(&self.text[before..start]);
            self.found.attachment(name, tag.start, is_named);
        } else if !range.is_empty() {
            self.links.push(range.start as u32..range.end as u32);
        }
    }

    fn image(&mut self, tag: Range<usize>) {
        let link =
            self.link.as_ref().and_then(|l| attribute(&self.source[l.tag.clone()], "href")).map(|(href, _)| href);
        if link.is_none_or(marks::is_picture) {
            self.found.picture(&self.source[tag.clone()], tag.start);
        }
    }

    /// What a form shows in its fields stands in the cells of some tables.
    fn input(&mut self, tag: Range<usize>) {
        let text = &self.source[tag.clone()];
        let is_shown =
            attribute(text, "type").is_none_or(|(t, _)| ["text", "number"].iter().any(|k| t.eq_ignore_ascii_case(k)));
        let is_in_cell = self.open.last().is_some_and(|t| t.cell_start.is_some());
        if let Some((value, at)) = attribute(text, "value").filter(|_| is_shown && is_in_cell) {
            self.copy_as_is(tag.start + at..tag.start + at + value.len());
        }
    }

    /// Whether a row of Markdown is being read, which a `<br>` at a place of the source does not end: it begins with a bar,
    /// or has two nearby.
    fn is_in_barred_row(&self, at: usize) -> bool {
        const DEEPEST: usize = 32;
        const NEAR: usize = 240;
        if !self.is_lined || !self.open.is_empty() {
            return false;
        }
        let mut line = self.text.as_bytes()[self.line_start..].iter().take(DEEPEST);
        if line.find(|b| !b.is_ascii_whitespace()) == Some(&b'|') {
            return true;
        }
        let bytes = self.source.as_bytes();
        let before = bytes[at.saturating_sub(NEAR)..at].iter().rev().take_while(|b| **b != b'\n');
        let behind = bytes[at..].iter().take(NEAR).take_while(|b| **b != b'\n');
        before.chain(behind).filter(|b| **b == b'|').take(2).count() == 2
    }

    /// Notes where a table ends that stands in no other.
    pub(super) fn end_outermost(&mut self, start: usize) {
        if self.is_lined && self.open.is_empty() {
            self.flush();
            self.outermost.push(start..self.text.len());
        }
    }

    pub(super) fn block(&mut self) {
        match self.open.last() {
            Some(table) if table.cell_start.is_some() => self.break_text(),
            _ => self.flush(),
        }
    }

    /// A line end that belongs to no source text.
    pub(super) fn break_text(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.force_break();
        }
    }

    pub(super) fn force_break(&mut self) {
        self.map.rewritten(self.text.len(), self.at, 0);
        self.text.push('\n');
    }

    /// Ends a line of running text.
    pub(super) fn flush(&mut self) {
        let range = trimmed(&self.text, self.line_start..self.text.len());
        if !range.is_empty() {
            self.push_text(range);
        }
        self.break_text();
        self.line_start = self.text.len();
    }

    /// A line of running text, unless it is drawn as a table row.
    fn push_text(&mut self, range: Range<u32>) {
        let Some(cells) = drawn::cells(&self.text, &range) else {
            self.drawn = None;
            return self.lines.push(Line { kind: LineKind::Text, range, cells: 0..0 });
        };
        let id = *self.drawn.get_or_insert_with(|| {
            self.tables += 1;
            self.tables
        });
        if !cells.is_empty() {
            let first = self.cells.len() as u32;
            self.cells.extend(cells);
            self.lines.push(Line { kind: LineKind::Row(id), range, cells: first..self.cells.len() as u32 });
        }
    }

    fn finish(mut self) -> Scanned {
        self.at = self.source.len();
        self.end_link();
        while !self.open.is_empty() {
            self.close_table();
        }
        self.flush();
        // A table inside a table is done before the text around it.
        if !self.lines.is_sorted_by_key(|l| l.range.start) {
            self.lines.sort_by_key(|l| l.range.start);
        }
        chrome::drop_link_lines(&mut self.lines, &self.text, &self.links);
        let Builder { text, map, lines, cells, title, found, outermost, .. } = self;
        Scanned { text, map, lines, cells, title, found, tables: outermost }
    }
}
