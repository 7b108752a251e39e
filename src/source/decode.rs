//! Bytes to a source: each kind of file to its reader.

use std::sync::Arc;

use super::kind::{Kind, extension, sniff};
use super::limits::{Limit, Limits};
use super::note::Note;
use super::paragraphs::Converted;
use super::{apart, encoding, html, mixed, office};

/// How a decoded text is marked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Lines of text; tables as `a | b |` rows, one cell a line, or space-separated.
    Text,
    /// The same, from a `.md` file.
    Markdown,
    /// A web page or a piece of one.
    Html,
    /// Lines of text or Markdown with markup among them, such as tables written as HTML.
    Mixed,
    /// Text made from a document: one paragraph a line, tables as `| a | b |` rows.
    Document,
}

/// What a user says of how to read.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The encoding of texts and pages; none to find it out.
    pub encoding: Option<Encoding>,
    /// The encoding that a server or a dump declared for these bytes, trusted as a declaration in the page is.
    pub declared: Option<String>,
    /// What one report may cost.
    pub limits: Limits,
}

pub use encoding::{Encoding, UnknownEncoding};

/// Why bytes could not become text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SourceError {
    /// Nothing in it but white space.
    #[error("the file is empty")]
    Empty,
    /// Not text at all, and no known format.
    #[error("the file is binary")]
    Binary,
    /// A format that is known and not read.
    #[error("the file is a {0}")]
    Unsupported(&'static str),
    /// A document whose pages hold pictures only.
    #[error("the {pages} pages of the document hold no text")]
    Scan {
        /// Its pages.
        pages: u32,
    },
    /// A document that opens with a password only.
    #[error("the {0} is encrypted")]
    Encrypted(&'static str),
    /// A document that its reader gave up on.
    #[error("the {kind} is damaged: {why}")]
    Damaged {
        /// Its kind.
        kind: &'static str,
        /// In the words of the library.
        why: String,
    },
    /// A document that only another program can read, which this machine lacks or which failed.
    #[error("the {0} needs another program")]
    NeedsConverter(&'static str),
    /// A limit was met.
    #[error("the limit of {allowed} was met: {limit:?}")]
    Limit {
        /// Which.
        limit: Limit,
        /// What it allows: bytes, members, levels, or seconds.
        allowed: u64,
    },
}

impl SourceError {
    /// The limit that was met, in its unit.
    #[must_use]
    pub fn limit(limit: Limit, limits: &Limits) -> Self {
        let allowed = match limit {
            Limit::Bytes => limits.bytes,
            Limit::Text => limits.text,
            Limit::Depth => limits.depth.into(),
            Limit::Ratio => limits.ratio,
            Limit::Members => limits.members,
            Limit::Time => limits.time.as_secs(),
            Limit::Memory => limits.memory,
        };
        SourceError::Limit { limit, allowed }
    }
}

/// A decoded text with what was noticed.
#[derive(Debug)]
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) format: Format,
    pub(super) kind: Kind,
    pub(super) notes: Vec<Note>,
}

/// Decodes; `name` (a file name, or `-`) tells what the bytes do not.
pub(super) fn decode(bytes: Vec<u8>, name: &str, options: &Options) -> Result<Decoded, SourceError> {
    let limits = &options.limits;
    if bytes.len() as u64 > limits.bytes {
        return Err(SourceError::limit(Limit::Bytes, limits));
    }
    let kind = sniff(&bytes, name).ok_or(SourceError::Unsupported("ZIP"))?;
    let converted = match kind {
        // Only of a name for texts is it believed that line ends count.
        Kind::Text if !is_name_of_text(&extension(name)) => return text(bytes, Kind::Html, options),
        Kind::Text | Kind::Markdown | Kind::Html => return text(bytes, kind, options),
        Kind::Mhtml => return mail(&bytes, options),
        Kind::Pdf => apart::read(apart::Reader::Pdf, &Arc::new(bytes), limits)?,
        // Limits the time of its readers itself: waiting for a converter that others use is not reading.
        Kind::Docx | Kind::Doc | Kind::Rtf | Kind::Xlsx | Kind::Xls | Kind::WordXml | Kind::ExcelXml => {
            office::read(bytes, kind, &extension(name), limits)?
        }
        Kind::Ofd | Kind::Picture(_) => return Err(SourceError::Unsupported(kind.name())),
    };
    let Converted { text, notes } = converted;
    if text.trim().is_empty() {
        return Err(SourceError::Empty);
    }
    if text.len() as u64 > limits.text {
        return Err(SourceError::limit(Limit::Text, limits));
    }
    Ok(Decoded { text, format: Format::Document, kind, notes })
}

/// A page inside a mail: its text, in the encoding that the mail names, is the decoded text.
fn mail(bytes: &[u8], options: &Options) -> Result<Decoded, SourceError> {
    let no_page = || SourceError::Damaged { kind: "MHTML", why: "it holds no page".to_string() };
    let part = office::page_of_mail(bytes).ok_or_else(no_page)?;
    let page = match part.encoding.filter(|_| options.encoding.is_none()) {
        Some(encoding) => recognised(encoding.decode(&part.bytes).0.into_owned(), Vec::new(), Kind::Html, options)?,
        None => text(part.bytes, Kind::Html, options)?,
    };
    Ok(Decoded { kind: Kind::Mhtml, ..page })
}

fn text(bytes: Vec<u8>, kind: Kind, options: &Options) -> Result<Decoded, SourceError> {
    let (text, notes) = encoding::decode(bytes, options.encoding, options.declared.as_deref())?;
    recognised(text, notes, kind, options)
}

/// Tells web pages from text.
fn recognised(text: String, notes: Vec<Note>, kind: Kind, options: &Options) -> Result<Decoded, SourceError> {
    if text.trim().is_empty() {
        return Err(SourceError::Empty);
    }
    let limits = &options.limits;
    let is_long = |text: &str| text.len() as u64 > limits.text;
    // Of a page only what a reader sees counts: pictures may stand in its markup.
    if is_long(&text) && (!looks_like_html(&text) || is_long(&html::page(&text).text)) {
        return Err(SourceError::limit(Limit::Text, limits));
    }
    let (format, kind) = match kind {
        Kind::Text | Kind::Markdown if mixed::is_mixed(&text) => (Format::Mixed, kind),
        _ if looks_like_html(&text) => (Format::Html, Kind::Html),
        Kind::Markdown => (Format::Markdown, kind),
        _ => (Format::Text, Kind::Text),
    };
    Ok(Decoded { text, format, kind, notes })
}

/// Whether an extension is one of texts, or none.
fn is_name_of_text(extension: &str) -> bool {
    matches!(extension, "" | "txt" | "text")
}

/// A page begins with a tag, or has the tags that a saved fragment of one has.
fn looks_like_html(text: &str) -> bool {
    let mut end = text.len().min(8192);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let head = &text[..end];
    if memchr::memchr(b'<', head.as_bytes()).is_none() {
        return false;
    }
    let head = head.to_ascii_lowercase();
    let head = head.trim_start();
    let opens = ["<!doctype html", "<html", "<!--", "<meta", "<head", "<body", "<div", "<table", "<p>", "<p ", "<?xml"];
    opens.iter().any(|tag| head.starts_with(tag))
        || ["<html", "<body", "</p>", "</td>", "</div>", "<br"].iter().filter(|tag| head.contains(**tag)).count() >= 2
}
