//! A report that the page holds but does not show as its own text: as a string of a script, as the page of a frame
//! (`srcdoc`), in a field, a template or a hidden element. Looked for only where the page itself shows no report.

use std::ops::Range;

use super::super::OffsetMap;
use super::literals;
use super::scan::{Scanned, scan};

/// Markup taken out of a page, with the way back.
#[derive(Default)]
pub(super) struct Inner {
    pub(super) text: String,
    pub(super) map: OffsetMap,
}

impl Inner {
    /// Appends a piece of the source as it is.
    pub(super) fn copy(&mut self, source: &str, range: Range<usize>) {
        if !range.is_empty() {
            self.map.copied(self.text.len(), range.start, range.len());
            self.text.push_str(&source[range]);
        }
    }

    /// Appends what stands for a piece of the source.
    pub(super) fn replace(&mut self, range: Range<usize>, with: &str) {
        self.map.rewritten(self.text.len(), range.start, range.len());
        self.text.push_str(with);
    }

    /// Appends a piece of the source with its entities read.
    pub(super) fn unescape(&mut self, source: &str, range: Range<usize>) {
        /// No entity in such a place is longer.
        const LONGEST: usize = 12;
        let mut at = range.start;
        while let Some(next) = memchr::memchr(b'&', &source.as_bytes()[at..range.end]).map(|n| at + n) {
            self.copy(source, at..next);
            let window = &source.as_bytes()[next..range.end.min(next + LONGEST)];
            let end = memchr::memchr(b';', window).map_or(next + 1, |n| next + n + 1);
            let read = htmlize::unescape(&source[next..end]);
            self.replace(next..end, &read);
            at = end;
        }
        self.copy(source, at..range.end);
    }
}

/// The first piece of the page that holds a report.
pub(super) fn find(source: &str, outer: &Scanned) -> Option<Scanned> {
    let found = &outer.found;
    let title = title_of(source, outer);
    let plain = |range: &Range<usize>, is_escaped: bool| {
        let mut inner = Inner::default();
        inner.copy(source, title.clone());
        if is_escaped {
            inner.unescape(source, range.clone())
        } else {
            inner.copy(source, range.clone())
        }
        inner
    };
    let framed = found.framed.iter().map(|r| plain(r, true));
    let scripts = found.scripts.iter().filter_map(|r| literals::report(source, r.clone(), title.clone()));
    let is_escaped = |r: &Range<usize>| !source[r.clone()].contains('<');
    // A script may be a template of a page.
    let templates = found.scripts.iter().filter(|r| source[(*r).clone()].trim_ascii_start().starts_with('<'));
    let others =
        found.fields.iter().chain(&found.hidden).chain(templates).filter(|r| may_be_report(&source[(*r).clone()]));
    let others = others.map(|r| plain(r, is_escaped(r)));
    framed.chain(scripts).chain(others).find_map(|inner| read(&inner))
}

/// The page with its entities read, if its tables are written with them (`&lt;table&gt;`) and it has no others.
pub(super) fn escaped(source: &str) -> Option<Scanned> {
    let has = |word: &str| memchr::memmem::find(source.as_bytes(), word.as_bytes()).is_some();
    if !has("&lt;table") || !has("&lt;/table") || has("<table") || has("<TABLE") {
        return None;
    }
    let mut inner = Inner::default();
    inner.unescape(source, 0..source.len());
    read(&inner)
}

/// The title element of the page, which an inner one may lack.
fn title_of(source: &str, outer: &Scanned) -> Range<usize> {
    let Some(title) = &outer.title else { return 0..0 };
    let text = outer.map.origin(title.start as usize..title.end as usize);
    let start = memchr::memrchr(b'<', &source.as_bytes()[..text.start]);
    let end =
        memchr::memmem::find(&source.as_bytes()[text.end..], b"</").map(|n| super::tags::tag_end(source, text.end + n));
    start.zip(end).map_or(0..0, |(start, end)| start..end)
}

fn may_be_report(text: &str) -> bool {
    memchr::memmem::find(text.as_bytes(), "公开".as_bytes()).is_some()
        || ["&#20844;", "&#x516c;", "&#x516C;"]
            .iter()
            .any(|e| memchr::memmem::find(text.as_bytes(), e.as_bytes()).is_some())
}

/// Reads the markup; none if it is no report either.
fn read(inner: &Inner) -> Option<Scanned> {
    let mut scanned = scan(&inner.text);
    if !scanned.has_words() {
        return None;
    }
    scanned.map = scanned.map.through(&inner.map);
    scanned.found.moved(|at| inner.map.origin(at..at).start);
    Some(scanned)
}
