//! Bytes of some encoding to text: by byte order mark, else by declaration, else by detection, in that order of
//! trust. A mark or a declaration that cannot be true is overruled and said so.
//!
//! A text that is UTF-8, which most are, is checked and taken as it is. NUL bytes in a text stand for nothing that a
//! reader sees and become spaces, so that every other position stays.

mod candidates;
mod declared;
mod utf16;

use encoding_rs::{GB18030, UTF_8};

use super::decode::SourceError;
use super::note::Note;

/// An encoding, by any of its names on the web: `gb18030`, `gbk`, `gb2312`, `big5`, `utf-16le` ...
///
/// `gb2312` and `gbk` are read as GB18030, of which they are parts: pages that say so use characters beyond them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Encoding(&'static encoding_rs::Encoding);

/// A name that is no encoding's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "没有名为 {0} 的编码，可用 utf-8、gb18030、big5、utf-16le 等 (no encoding of that name; utf-8, gb18030, big5 and utf-16le are some)"
)]
pub struct UnknownEncoding(String);

impl std::str::FromStr for Encoding {
    type Err = UnknownEncoding;

    fn from_str(label: &str) -> Result<Self, UnknownEncoding> {
        of_label(label.as_bytes()).map(Encoding).ok_or_else(|| UnknownEncoding(label.to_string()))
    }
}

impl Encoding {
    /// Its usual name.
    #[must_use]
    pub fn name(self) -> &'static str {
        name(self.0)
    }
}

/// The encoding of a label; none for one that is unknown or stands for no text.
fn of_label(label: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let found = encoding_rs::Encoding::for_label_no_replacement(label)?;
    Some(if found == encoding_rs::GBK { GB18030 } else { found })
}

fn name(encoding: &'static encoding_rs::Encoding) -> &'static str {
    if encoding == GB18030 { "GB18030" } else { encoding.name() }
}

/// Decodes; `forced` overrides what the bytes say of themselves, and what a server or a dump `served` them as stands
/// before what the page declares, as in a browser.
pub(super) fn decode(
    bytes: Vec<u8>,
    forced: Option<Encoding>,
    served: Option<&str>,
) -> Result<(String, Vec<Note>), SourceError> {
    if let Some(Encoding(forced)) = forced {
        return Ok(finish(candidates::read(forced, marked(&bytes).map_or(&bytes, |(_, length)| &bytes[length..]))));
    }
    let mark = marked(&bytes);
    let body = mark.map_or(0, |(_, length)| length);
    let is_utf16 =
        mark.is_some_and(|(encoding, _)| encoding == encoding_rs::UTF_16LE || encoding == encoding_rs::UTF_16BE);
    if !is_utf16 && let Ok(text) = simdutf8::basic::from_utf8(&bytes[body..]) {
        return match utf8(text, served)? {
            Utf8::Another(read) => Ok(finish(read)),
            Utf8::Itself(note) => {
                let text = if text.len() <= COPIED { text.to_owned() } else { in_place(bytes, body)? };
                Ok((without_nul(text), note.into_iter().collect()))
            }
        };
    }
    if let Some((encoding, length)) = mark.filter(|_| is_utf16) {
        return Ok(finish(candidates::read(encoding, &bytes[length..])));
    }
    let body = &bytes[body..];
    if let Some(encoding) = utf16::detect(body) {
        return Ok(finish(candidates::read(encoding, body)));
    }
    if is_binary(body) {
        return Err(SourceError::Binary);
    }
    let declared = match mark {
        Some((encoding, _)) => Some((encoding, name(encoding).to_string())),
        None => declaration(body, served),
    };
    let chosen = candidates::choose(body, declared.as_ref().map(|(encoding, _)| *encoding));
    let overruled = declared.filter(|(encoding, _)| *encoding != chosen.encoding);
    let note = overruled.map(|(_, label)| Note::EncodingOverruled { declared: label, used: name(chosen.encoding) });
    let (text, mut notes) = finish(chosen);
    notes.extend(note);
    Ok((text, notes))
}

/// The encoding that a server or a dump names, or else the page.
fn declaration(body: &[u8], served: Option<&str>) -> Option<(&'static encoding_rs::Encoding, String)> {
    let of_server = served.and_then(|label| of_label(label.as_bytes()).map(|encoding| (encoding, label.to_string())));
    of_server.or_else(|| declared::find(body))
}

/// Up to this length (bytes) a copy of what was checked many bytes at a time is cheaper than checking the vector again,
/// and costs little memory.
const COPIED: usize = 1 << 20;

/// What bytes are that are valid UTF-8.
enum Utf8 {
    /// That, with what was noticed.
    Itself(Option<Note>),
    /// Text of another encoding after all.
    Another(candidates::Read),
}

/// Valid UTF-8 is nothing else, unless it is text of two bytes a character all of them ASCII, or hardly a text.
fn utf8(text: &str, served: Option<&str>) -> Result<Utf8, SourceError> {
    let bytes = text.as_bytes();
    let has_nul = memchr::memchr(0, bytes).is_some();
    if has_nul && let Some(encoding) = utf16::detect(bytes) {
        return Ok(Utf8::Another(candidates::read(encoding, bytes)));
    }
    if has_nul && is_binary(bytes) {
        return Err(SourceError::Binary);
    }
    let declared = declaration(bytes, served).filter(|(encoding, _)| *encoding != UTF_8);
    let overruled = declared.filter(|_| !bytes.is_ascii());
    if let Some((encoding, _)) = &overruled
        && let Some(read) = candidates::is_rather(encoding, bytes)
    {
        return Ok(Utf8::Another(read));
    }
    let note = overruled.map(|(_, label)| Note::EncodingOverruled { declared: label, used: UTF_8.name() });
    Ok(Utf8::Itself(note))
}

/// The vector itself as text, without its first bytes.
fn in_place(bytes: Vec<u8>, body: usize) -> Result<String, SourceError> {
    let mut text = String::from_utf8(bytes).map_err(|_| SourceError::Binary)?;
    text.drain(..body);
    Ok(text)
}

fn without_nul(text: String) -> String {
    if memchr::memchr(0, text.as_bytes()).is_some() { text.replace('\0', " ") } else { text }
}

/// The encoding that a byte order mark names, and the length of the mark.
fn marked(bytes: &[u8]) -> Option<(&'static encoding_rs::Encoding, usize)> {
    if bytes.starts_with(b"\x84\x31\x95\x33") {
        return Some((GB18030, 4));
    }
    encoding_rs::Encoding::for_bom(bytes)
}

fn finish(read: candidates::Read) -> (String, Vec<Note>) {
    let candidates::Read { encoding, text, lost } = read;
    let text = without_nul(text);
    let note = (lost > 0).then(|| Note::CharactersLost {
        encoding: name(encoding),
        lost,
        of: u32::try_from(text.chars().count()).unwrap_or(u32::MAX),
    });
    (text, note.into_iter().collect())
}

/// Whether bytes are no text in any encoding: many that no text has.
fn is_binary(bytes: &[u8]) -> bool {
    const LOOKED_AT: usize = 65_536;
    let nul = memchr::memchr_iter(0, bytes).count();
    if nul * 10 > bytes.len() {
        return true;
    }
    let head = &bytes[..bytes.len().min(LOOKED_AT)];
    let is_control = |b: &&u8| matches!(b, 1..=8 | 14..=26 | 28..=31 | 127);
    head.iter().filter(is_control).count() * 33 > head.len()
}

#[cfg(test)]
mod tests;
