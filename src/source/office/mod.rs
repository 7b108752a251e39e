//! Documents and sheets of office programs.
//!
//! In: the bytes of a file and its kind. Out: its text, a paragraph a line and a table row a `| a | b |` line. Own
//! readers for what is XML inside, libraries for the binary formats, LibreOffice for what neither can read.

mod blocks;
mod doc;
mod docx;
mod libreoffice;
mod mhtml;
mod package;
mod sheets;
mod xml;

use std::sync::Arc;

use super::apart::{self, Reader};
use super::decode::SourceError;
use super::guard;
use super::kind::Kind;
use super::limits::{Limit, Limits};
use super::paragraphs::Converted;

pub(super) use doc::read as doc;
pub(super) use mhtml::page as page_of_mail;
pub(super) use sheets::{xls, xlsx};

/// Reads a document of a kind; `extension` tells WPS from DOC.
pub(super) fn read(bytes: Vec<u8>, kind: Kind, extension: &str, limits: &Limits) -> Result<Converted, SourceError> {
    if let Kind::Doc | Kind::Xls = kind
        && holds_stream(&bytes, "EncryptedPackage")
    {
        let is_sheet = kind == Kind::Xls || extension.starts_with("xls");
        return Err(SourceError::Encrypted(if is_sheet { "XLSX" } else { "DOCX" }));
    }
    let bytes = Arc::new(bytes);
    match kind {
        Kind::Docx => guarded(&bytes, "DOCX", limits, docx::read),
        Kind::Xlsx => apart::read(Reader::Xlsx, &bytes, limits),
        Kind::WordXml => guarded(&bytes, "Word XML", limits, docx::read_flat),
        Kind::Xls => old_sheets(&bytes, extension, limits),
        Kind::Doc => old_document(&bytes, extension, limits),
        Kind::Rtf => rtf(&bytes, limits),
        Kind::ExcelXml => through_calc(&bytes, "Excel XML", "xml", limits),
        _ => Err(SourceError::Unsupported(kind.name())),
    }
}

/// A reader of our own.
type Own = fn(&[u8], &Limits) -> Result<Converted, SourceError>;

/// Runs a reader of our own for a limited time.
fn guarded(bytes: &Arc<Vec<u8>>, kind: &'static str, limits: &Limits, read: Own) -> Result<Converted, SourceError> {
    let (bytes, own) = (Arc::clone(bytes), limits.clone());
    guard::within(limits, move || {
        std::panic::catch_unwind(|| read(&bytes, &own))
            .unwrap_or_else(|_| Err(SourceError::Damaged { kind, why: "its reader gave up".to_string() }))
    })
}

fn old_sheets(bytes: &Arc<Vec<u8>>, extension: &str, limits: &Limits) -> Result<Converted, SourceError> {
    let from = if extension == "et" { "et" } else { "xls" };
    match apart::read(Reader::Xls, bytes, limits) {
        Err(error @ SourceError::Limit { limit: Limit::Text, .. }) => {
            or_first(through_calc(bytes, "XLS/ET", from, limits), error)
        }
        Err(error @ SourceError::Damaged { .. }) if from == "et" || is_whole(bytes, &["Workbook", "Book"]) => {
            or_first(through_calc(bytes, "XLS/ET", from, limits), error)
        }
        read => read,
    }
}

fn old_document(bytes: &Arc<Vec<u8>>, extension: &str, limits: &Limits) -> Result<Converted, SourceError> {
    let is_wps = matches!(extension, "wps" | "wpt");
    let from = if is_wps { "wps" } else { "doc" };
    match apart::read(Reader::Doc, bytes, limits) {
        Ok(_) if doc::is_beyond_the_library(bytes) => through_writer(bytes, "DOC/WPS", from, limits),
        // Word before 97, and WPS files of its own kind.
        Err(error @ SourceError::Damaged { .. }) if is_whole(bytes, if is_wps { &[] } else { &["WordDocument"] }) => {
            or_first(through_writer(bytes, "DOC/WPS", from, limits), error)
        }
        read => read,
    }
}

fn rtf(bytes: &[u8], limits: &Limits) -> Result<Converted, SourceError> {
    // Half a document would be converted without a word.
    let last = bytes.iter().rev().find(|b| !matches!(b, 0 | b' ' | b'\r' | b'\n' | b'\t' | 0x1a));
    if last != Some(&b'}') {
        return Err(SourceError::Damaged { kind: "RTF", why: "it ends in the middle".to_string() });
    }
    through_writer(bytes, "RTF", "rtf", limits)
}

/// Whether a compound file can be opened and has one of some streams. A converter takes what is broken for plain text.
fn is_whole(bytes: &[u8], streams: &[&str]) -> bool {
    let file = cfb::CompoundFile::open(std::io::Cursor::new(bytes));
    file.is_ok_and(|file| streams.is_empty() || streams.iter().any(|name| file.is_stream(name)))
}

/// What the converter made; if it is not there or cannot either, why the library could not.
fn or_first(converted: Result<Converted, SourceError>, error: SourceError) -> Result<Converted, SourceError> {
    converted.map_err(|other| if matches!(other, SourceError::NeedsConverter(_)) { error } else { other })
}

fn through_writer(bytes: &[u8], kind: &'static str, from: &str, limits: &Limits) -> Result<Converted, SourceError> {
    let converted = Arc::new(libreoffice::convert(bytes, kind, from, "docx", limits)?);
    guarded(&converted, "DOCX", limits, docx::read)
}

fn through_calc(bytes: &[u8], kind: &'static str, from: &str, limits: &Limits) -> Result<Converted, SourceError> {
    let converted = Arc::new(libreoffice::convert(bytes, kind, from, "xlsx", limits)?);
    apart::read(Reader::Xlsx, &converted, limits)
}

/// Whether a compound file has a stream of a name; names stand in it in UTF-16.
fn holds_stream(bytes: &[u8], name: &str) -> bool {
    let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    memchr::memmem::find(bytes, &name).is_some()
}
