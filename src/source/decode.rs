//! Bytes to text: UTF-8 with or without a byte order mark, for now.

/// How a text is marked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Lines of text; tables as `a | b |` rows, one cell a line, or space-separated.
    Text,
    /// The same, from a `.md` file.
    Markdown,
    /// A web page or a piece of one.
    Html,
}

/// Why bytes could not become text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SourceError {
    /// Nothing in it but white space.
    #[error("the file is empty")]
    Empty,
    /// Not text at all.
    #[error("the file is binary")]
    Binary,
    /// A PDF or an office document.
    #[error("the file is a {0}")]
    Document(&'static str),
    /// Text in another encoding.
    #[error("the text is not UTF-8")]
    NotUtf8,
    /// Larger than [`MAX_BYTES`].
    #[error("the file is larger than {} MB", MAX_BYTES / 1_000_000)]
    TooLarge,
}

/// The largest file that is read. No report comes near; positions are 32 bits wide.
pub const MAX_BYTES: u64 = 64_000_000;

/// Decodes; `name` (a file name, or `-`) tells Markdown from text.
///
/// # Errors
/// See [`SourceError`].
pub fn decode(bytes: Vec<u8>, name: &str) -> Result<(String, Format), SourceError> {
    if bytes.len() as u64 > MAX_BYTES {
        return Err(SourceError::TooLarge);
    }
    if let Some(kind) = container(&bytes) {
        return Err(SourceError::Document(kind));
    }
    let head = &bytes[..bytes.len().min(8192)];
    if memchr::memchr(0, head).is_some() {
        return Err(SourceError::Binary);
    }
    if simdutf8::basic::from_utf8(&bytes).is_err() {
        return Err(kind_of_garbage(&bytes));
    }
    // Checked above, many bytes at a time; this cannot fail.
    let mut text = String::from_utf8(bytes).map_err(|error| kind_of_garbage(error.as_bytes()))?;
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    if text.trim().is_empty() {
        return Err(SourceError::Empty);
    }
    let format = if looks_like_html(&text) {
        Format::Html
    } else if name.to_ascii_lowercase().ends_with(".md") {
        Format::Markdown
    } else {
        Format::Text
    };
    Ok((text, format))
}

fn container(bytes: &[u8]) -> Option<&'static str> {
    const MAGIC: [(&[u8], &str); 7] = [
        (b"%PDF-", "PDF"),
        (b"PK\x03\x04", "DOCX/XLSX/ZIP"),
        (b"\xd0\xcf\x11\xe0", "DOC/XLS"),
        (b"\x89PNG", "PNG"),
        (b"\xff\xd8\xff", "JPEG"),
        (b"GIF8", "GIF"),
        (b"\x1f\x8b", "GZIP"),
    ];
    MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, kind)| *kind)
}

/// Text in a legacy encoding is mostly high bytes and printable ASCII; anything else is binary.
fn kind_of_garbage(bytes: &[u8]) -> SourceError {
    let head = &bytes[..bytes.len().min(8192)];
    let control = head.iter().filter(|b| **b < 0x20 && !matches!(**b, b'\t' | b'\n' | b'\r' | 0x0c)).count();
    if control * 50 > head.len() { SourceError::Binary } else { SourceError::NotUtf8 }
}

/// A page begins with a tag, or has the tags that a saved fragment of one has.
fn looks_like_html(text: &str) -> bool {
    let mut end = text.len().min(8192);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let head = &text[..end];
    if !head.contains('<') {
        return false;
    }
    let head = head.to_ascii_lowercase();
    let head = head.trim_start();
    let opens = ["<!doctype html", "<html", "<!--", "<meta", "<head", "<body", "<div", "<table", "<p>", "<p ", "<?xml"];
    opens.iter().any(|tag| head.starts_with(tag))
        || ["<html", "<body", "</p>", "</td>", "</div>", "<br"].iter().filter(|tag| head.contains(**tag)).count() >= 2
}
