//! What stands in a page in the place of text: pictures, attachments, frames, scripts.

use std::ops::Range;

use super::super::note::Note;
use super::tags::{Name, attribute};

/// What was met on the way.
#[derive(Default)]
pub(super) struct Found {
    attachments: Vec<Attachment>,
    pictures: Vec<(String, usize)>,
    /// Scripts, in bytes of the source.
    pub(super) scripts: Vec<Range<usize>>,
    /// Pages written out in an attribute of a frame.
    pub(super) framed: Vec<Range<usize>>,
    /// Fields and templates.
    pub(super) fields: Vec<Range<usize>>,
    /// Elements that the page hides.
    pub(super) hidden: Vec<Range<usize>>,
    /// The page loads something else to show.
    pub(super) loads_more: bool,
}

struct Attachment {
    name: String,
    at: usize,
    /// Its name or the words before it say that it is one.
    is_named: bool,
}

/// More of them than this no page has about one report.
const MOST: usize = 64;
const DOCUMENTS: [&str; 12] =
    [".pdf", ".doc", ".docx", ".xls", ".xlsx", ".wps", ".et", ".zip", ".rar", ".ofd", ".7z", ".ceb"];
const PICTURES: [&str; 7] = [".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp", ".tif"];
/// Parts of the names of pictures that belong to the site.
const DECORATION: [&str; 14] = [
    "icon", "logo", "qrcode", "ewm", "erweima", "arrow", "btn", "button", "bullet", "share", "dzjg", "jiucuo",
    "blank.", "spacer",
];

impl Found {
    /// Whether a report may be hidden in something.
    pub(super) fn may_hold_more(&self) -> bool {
        [&self.scripts, &self.framed, &self.fields, &self.hidden].iter().any(|list| !list.is_empty())
    }

    /// Notes an element that was skipped.
    pub(super) fn skipped(&mut self, name: Name, content: Range<usize>) {
        match name.as_bytes() {
            b"script" => {
                self.loads_more = true;
                self.scripts.push(content);
            }
            b"textarea" | b"template" | b"xmp" | b"noscript" => self.fields.push(content),
            _ => {}
        }
    }

    pub(super) fn attachment(&mut self, name: String, at: usize, is_named: bool) {
        if self.attachments.len() < MOST && self.attachments.iter().all(|a| a.name != name) {
            self.attachments.push(Attachment { name, at, is_named });
        }
    }

    /// Notes a picture, unless it is too small for a table or by its name the site's.
    pub(super) fn picture(&mut self, tag: &str, at: usize) {
        const SMALLEST: f32 = 60.0;
        let value = |name: &str| attribute(tag, name).map(|(value, _)| value).filter(|v| !v.is_empty());
        let is_small = ["width", "height"]
            .iter()
            .filter_map(|a| value(a))
            .any(|v| v.trim_end_matches("px").parse::<f32>().is_ok_and(|size| size < SMALLEST));
        let source = ["src", "data-src", "original", "data-original"].iter().find_map(|a| value(a)).unwrap_or_default();
        let file = file_name(source);
        let lower = file.to_ascii_lowercase();
        if is_small || source.is_empty() || self.pictures.len() >= MOST || DECORATION.iter().any(|w| lower.contains(w))
        {
            return;
        }
        let name = ["alt", "title"].iter().find_map(|a| value(a)).map_or(file, str::to_string);
        self.pictures.push((name, at));
    }

    /// Moves what was found to where it stands in the source.
    pub(super) fn moved(&mut self, to: impl Fn(usize) -> usize) {
        self.attachments.iter_mut().for_each(|a| a.at = to(a.at));
        self.pictures.iter_mut().for_each(|(_, at)| *at = to(*at));
    }

    /// What is worth saying; all attachments where the page is `short`, so that they hold the report.
    pub(super) fn notes(&self, short: bool) -> Vec<Note> {
        let pictures = self.pictures.iter().map(|(name, at)| Note::PictureTable { name: name.clone(), at: *at });
        let attachments = self.attachments.iter().filter(|a| short || a.is_named);
        pictures.chain(attachments.map(|a| Note::Attachment { name: a.name.clone(), at: a.at })).collect()
    }
}

/// Whether an address is that of a document.
pub(super) fn is_document(address: &str) -> bool {
    ends(address, &DOCUMENTS)
}

/// Whether an address is that of a picture.
pub(super) fn is_picture(address: &str) -> bool {
    ends(address, &PICTURES)
}

fn ends(address: &str, extensions: &[&str]) -> bool {
    let is_one = |text: &str| {
        let name = text.rsplit(['/', '=']).next().unwrap_or(text);
        name.rfind('.').is_some_and(|dot| extensions.iter().any(|e| name[dot..].eq_ignore_ascii_case(e)))
    };
    // viewer.html?file=x.pdf, x.pdf?version=1, x.pdf#page=2
    address.split(['?', '#', '&']).any(is_one)
}

/// Whether words say that a table or the report is attached.
pub(super) fn names_attachment(text: &str) -> bool {
    ["附件", "附表", "统计表", "情况表", "报表", "年度报告", "年报"].iter().any(|w| text.contains(w))
        || text.trim_end().ends_with('表')
}

/// The last part of an address, readable.
pub(super) fn file_name(address: &str) -> String {
    if address.starts_with("data:") {
        return "data:".to_string();
    }
    let path = address.split(['#']).next().unwrap_or(address);
    let name = path.split(['?', '&']).rfind(|p| is_document(p) || is_picture(p)).unwrap_or(path);
    let name = name.rsplit(['/', '=']).next().unwrap_or(name);
    unescaped(name)
}

/// `%E9%99%84` as the characters it stands for, where it is such.
fn unescaped(name: &str) -> String {
    let (mut out, bytes) = (Vec::with_capacity(name.len()), name.as_bytes());
    let mut at = 0;
    while at < bytes.len() {
        let hex = bytes.get(at + 1..at + 3).and_then(|h| std::str::from_utf8(h).ok());
        match hex.filter(|_| bytes[at] == b'%').and_then(|h| u8::from_str_radix(h, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| name.to_string())
}
