//! Web pages: the text between the tags, table cells kept apart, every piece mapped back to its source.
//!
//! A scan in one pass, no tree: rows and cells are all the structure that the tables need, and a DOM parser
//! costs many times the whole audit. Unclosed and misnested tags do no harm, because only the start of a cell,
//! a row or a block matters. A table that holds another table is layout: its cells become running text.

use std::borrow::Cow;
use std::ops::Range;

use memchr::{memchr, memchr2, memmem};

use super::OffsetMap;
use super::page::{Line, LineKind, Page, trimmed};

/// Elements whose text no reader sees, or which are never part of a report.
const SKIPPED: [&str; 12] = [
    "script", "style", "noscript", "template", "svg", "select", "button", "iframe", "textarea", "nav", "footer",
    "object",
];
/// Elements that end the line before and after them.
const BLOCKS: [&str; 31] = [
    "p",
    "div",
    "br",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "section",
    "article",
    "header",
    "main",
    "aside",
    "form",
    "hr",
    "pre",
    "blockquote",
    "center",
    "caption",
    "body",
    "html",
    "fieldset",
    "figure",
    "address",
];
/// The longest entity name is `&CounterClockwiseContourIntegral;`.
const LONGEST_ENTITY: usize = 34;

/// Reads the page.
pub(super) fn page(source: &str) -> Page<'_> {
    let mut builder = Builder::new(source);
    builder.scan();
    builder.finish()
}

struct OpenTable {
    id: u32,
    is_layout: bool,
    row_start: Option<u32>,
    first_cell: u32,
    cell_start: Option<usize>,
}

struct Builder<'s> {
    source: &'s str,
    text: String,
    map: OffsetMap,
    lines: Vec<Line>,
    cells: Vec<Range<u32>>,
    title: Option<Range<u32>>,
    open: Vec<OpenTable>,
    layout: Vec<u32>,
    tables: u32,
    line_start: usize,
}

impl<'s> Builder<'s> {
    fn new(source: &'s str) -> Self {
        Builder {
            source,
            text: String::with_capacity(source.len() / 3),
            map: OffsetMap::default(),
            lines: Vec::new(),
            cells: Vec::new(),
            title: None,
            open: Vec::new(),
            layout: Vec::new(),
            tables: 0,
            line_start: 0,
        }
    }

    fn scan(&mut self) {
        let bytes = self.source.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let Some(next) = memchr2(b'<', b'&', &bytes[at..]).map(|n| at + n) else {
                self.copy(at..bytes.len());
                return;
            };
            self.copy(at..next);
            at = if bytes[next] == b'&' { self.entity(next) } else { self.markup(next) };
        }
    }

    /// Copies visible text; line ends inside an element are only white space.
    fn copy(&mut self, range: Range<usize>) {
        if range.is_empty() {
            return;
        }
        self.map.copied(self.text.len(), range.start, range.len());
        let piece = &self.source[range];
        if memchr2(b'\n', b'\r', piece.as_bytes()).is_none() {
            self.text.push_str(piece);
        } else {
            self.text.extend(piece.chars().map(|c| if matches!(c, '\n' | '\r') { ' ' } else { c }));
        }
    }

    fn entity(&mut self, at: usize) -> usize {
        let window_end = self.source.len().min(at + LONGEST_ENTITY);
        let end = memchr(b';', &self.source.as_bytes()[at..window_end]).map(|n| at + n + 1);
        if let Some(end) = end {
            let decoded = htmlize::unescape(&self.source[at..end]);
            if !decoded.starts_with('&') || decoded == "&" {
                self.map.rewritten(self.text.len(), at, end - at);
                self.text.push_str(&decoded);
                return end;
            }
        }
        self.copy(at..at + 1);
        at + 1
    }

    /// Handles what begins with `<` and says where to go on.
    fn markup(&mut self, at: usize) -> usize {
        let rest = &self.source[at..];
        if rest.starts_with("<!--") {
            return memmem::find(rest.as_bytes(), b"-->").map_or(self.source.len(), |n| at + n + 3);
        }
        let body = rest[1..].trim_start_matches('/');
        let closing = rest.as_bytes().get(1) == Some(&b'/');
        let name_len = body.bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b':' | b'-')).count();
        if name_len == 0 && !matches!(body.as_bytes().first(), Some(b'!' | b'?')) {
            self.copy(at..at + 1);
            return at + 1;
        }
        let name = body[..name_len].to_ascii_lowercase();
        let end = tag_end(self.source, at);
        if !closing && name == "title" && self.title.is_none() {
            return self.read_title(end);
        }
        if !closing && SKIPPED.contains(&name.as_str()) && !self.source[..end].ends_with("/>") {
            return self.skip_element(&name, end);
        }
        self.tag(&name, closing);
        end
    }

    fn read_title(&mut self, from: usize) -> usize {
        let end = self.source[from..].find("</").map_or(self.source.len(), |n| from + n);
        self.flush();
        let start = self.text.len();
        self.copy(from..end);
        self.title = Some(trimmed(&self.text, start..self.text.len()));
        self.break_text();
        self.line_start = self.text.len();
        end
    }

    fn skip_element(&self, name: &str, from: usize) -> usize {
        let mut at = from;
        while let Some(next) = memchr(b'<', &self.source.as_bytes()[at..]).map(|n| at + n) {
            let rest = self.source.as_bytes().get(next + 1..).unwrap_or_default();
            let is_end = rest.first() == Some(&b'/')
                && rest.get(1..1 + name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name.as_bytes()));
            if is_end {
                return tag_end(self.source, next);
            }
            at = next + 1;
        }
        self.source.len()
    }

    fn tag(&mut self, name: &str, closing: bool) {
        match (name, closing) {
            ("table", false) => self.open_table(),
            ("table", true) => self.close_table(),
            ("tr", _) => self.close_row(),
            ("td" | "th", false) => self.open_cell(),
            ("td" | "th", true) => self.close_cell(),
            _ if BLOCKS.contains(&name) => self.block(),
            _ => {}
        }
    }

    fn block(&mut self) {
        match self.open.last() {
            Some(table) if table.cell_start.is_some() => self.break_text(),
            _ => self.flush(),
        }
    }

    /// A line end that belongs to no source text.
    fn break_text(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.map.rewritten(self.text.len(), 0, 0);
            self.text.push('\n');
        }
    }

    /// Ends a line of running text.
    fn flush(&mut self) {
        let range = trimmed(&self.text, self.line_start..self.text.len());
        if !range.is_empty() {
            self.lines.push(Line { kind: LineKind::Text, range, cells: 0..0 });
        }
        self.break_text();
        self.line_start = self.text.len();
    }

    fn open_table(&mut self) {
        if let Some(outer) = self.open.last_mut() {
            outer.is_layout = true;
            if let Some(start) = outer.cell_start.take() {
                self.line_start = start;
            }
        }
        self.flush();
        self.tables += 1;
        self.open.push(OpenTable {
            id: self.tables,
            is_layout: false,
            row_start: None,
            first_cell: self.cells.len() as u32,
            cell_start: None,
        });
    }

    fn close_table(&mut self) {
        self.close_row();
        if let Some(table) = self.open.pop()
            && table.is_layout
        {
            self.layout.push(table.id);
        }
        self.line_start = self.text.len();
    }

    fn open_cell(&mut self) {
        self.close_cell();
        self.break_text();
        let (at, cells) = (self.text.len(), self.cells.len() as u32);
        if let Some(table) = self.open.last_mut() {
            if table.row_start.is_none() {
                table.row_start = Some(at as u32);
                table.first_cell = cells;
            }
            table.cell_start = Some(at);
        } else {
            self.flush();
        }
    }

    fn close_cell(&mut self) {
        let at = self.text.len();
        if let Some(table) = self.open.last_mut()
            && let Some(start) = table.cell_start.take()
        {
            self.cells.push(trimmed(&self.text, start..at));
            self.line_start = at;
        } else {
            self.flush();
        }
    }

    fn close_row(&mut self) {
        self.close_cell();
        let end = self.text.len();
        let Some(table) = self.open.last_mut() else { return };
        let Some(start) = table.row_start.take() else { return };
        let cells = table.first_cell..self.cells.len() as u32;
        if !cells.is_empty() {
            let range = trimmed(&self.text, start as usize..end);
            self.lines.push(Line { kind: LineKind::Row(table.id), range, cells });
        }
        self.break_text();
        self.line_start = self.text.len();
    }

    fn finish(mut self) -> Page<'s> {
        while !self.open.is_empty() {
            self.close_table();
        }
        self.flush();
        let mut lines = Vec::with_capacity(self.lines.len());
        for line in self.lines {
            match line.kind {
                LineKind::Row(id) if self.layout.contains(&id) => {
                    let cells = &self.cells[line.cells.start as usize..line.cells.end as usize];
                    let texts = cells.iter().filter(|c| !c.is_empty());
                    lines.extend(texts.map(|c| Line { kind: LineKind::Text, range: c.clone(), cells: 0..0 }));
                }
                _ => lines.push(line),
            }
        }
        Page {
            text: Cow::Owned(self.text),
            lines,
            cells: self.cells,
            title: self.title,
            map: Some(self.map),
            repair: None,
        }
    }
}

/// One past the `>` of the tag at `at`, quotes respected; a tag that never ends ends with its line.
fn tag_end(source: &str, at: usize) -> usize {
    let bytes = source.as_bytes();
    let mut quote = None;
    for (i, byte) in bytes.iter().enumerate().skip(at + 1) {
        match (quote, byte) {
            (None, b'>') => return i + 1,
            (None, b'"' | b'\'') => quote = Some(*byte),
            (Some(q), b) if *b == q => quote = None,
            (Some(_), b'\n') if i - at > 4096 => break,
            _ => {}
        }
    }
    memchr(b'>', &bytes[at..]).map_or(bytes.len(), |n| at + n + 1)
}

#[cfg(test)]
mod tests {
    use super::super::{Format, Source};
    use super::*;

    fn rows(html: &str) -> Vec<Vec<String>> {
        let source = Source::new(html.to_string(), Format::Html);
        let page = source.page();
        page.lines
            .iter()
            .filter(|l| matches!(l.kind, LineKind::Row(_)))
            .map(|l| {
                page.cells[l.cells.start as usize..l.cells.end as usize]
                    .iter()
                    .map(|c| page.slice(c).to_string())
                    .collect()
            })
            .collect()
    }

    #[test]
    fn digits_split_over_tags_are_one_text_and_keep_their_place() {
        let source = Source::new("<p>共<b>1</b><span>2</span>件&nbsp;&lt;</p>".into(), Format::Html);
        let page = source.page();
        let at = page.text.find("12").unwrap_or_default();
        assert_eq!(source.quote(page.span(&source, at..at + 2)), "1</b><span>2");
        let lt = page.text.find('<').unwrap_or_default();
        assert_eq!(source.quote(page.span(&source, lt..lt + 1)), "&lt;");
    }

    #[test]
    fn unclosed_cells_and_rows_are_read() {
        assert_eq!(rows("<TABLE><TR><TD>a<TD>1<TR><TD>b<TD>&nbsp;</TABLE>"), [["a", "1"], ["b", ""]]);
    }

    #[test]
    fn a_layout_table_becomes_text() {
        let html = "<table><tr><td>菜单<table><tr><td>规章</td><td>0</td></tr></table>正文</td></tr></table>";
        assert_eq!(rows(html), [["规章", "0"]]);
    }

    #[test]
    fn a_bare_less_than_sign_is_text() {
        let source = Source::new("<p>1 < 2 & 3</p>".into(), Format::Html);
        assert_eq!(source.page().text.trim(), "1 < 2 & 3");
    }

    #[test]
    fn scripts_are_not_read() {
        let source = Source::new("<p>a</p><script>if (1<2) {}</script><p>b</p>".into(), Format::Html);
        assert_eq!(source.page().text.replace('\n', ""), "ab");
    }
}
