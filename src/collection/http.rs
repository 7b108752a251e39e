//! HTTP responses as crawls store them: headers off, transfer and content encodings undone.

use std::io::{self, BufRead, Read};
use std::rc::Rc;

use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

use super::budget::{Budget, Counted, Line, read_all, read_line};

/// The headers of a response that matter, in lower case.
#[derive(Debug, Default)]
pub(super) struct Response {
    pub(super) status: u16,
    pub(super) content_type: String,
    pub(super) content_encoding: String,
    pub(super) transfer_encoding: String,
}

impl Response {
    /// The encoding that the server declared.
    pub(super) fn charset(&self) -> Option<String> {
        let (_, after) = self.content_type.split_once("charset=")?;
        let label = after.split([';', ',']).next()?.trim().trim_matches(['"', '\'', ' ']);
        (!label.is_empty()).then(|| label.to_string())
    }
}

/// Reads the status and the headers; none where there are none.
pub(super) fn head(read: &mut impl BufRead, most: u64) -> io::Result<Option<Response>> {
    let mut line = Vec::new();
    let mut response = Response::default();
    if read_line(read, &mut line, most)? != Line::Read || !line.starts_with(b"HTTP/") {
        return Ok(None);
    }
    let status = String::from_utf8_lossy(&line);
    response.status = status.split_ascii_whitespace().nth(1).and_then(|s| s.parse().ok()).unwrap_or_default();
    let mut used = 0;
    loop {
        match read_line(read, &mut line, most)? {
            Line::Read if line.is_empty() => return Ok(Some(response)),
            Line::Read => {}
            Line::TooLong | Line::End => return Ok(None),
        }
        used += line.len() as u64;
        if used > most {
            return Ok(None);
        }
        let text = String::from_utf8_lossy(&line);
        let Some((name, value)) = text.split_once(':') else { continue };
        let value = value.trim().to_ascii_lowercase();
        match name.trim().to_ascii_lowercase().as_str() {
            "content-type" => response.content_type = value,
            "content-encoding" => response.content_encoding = value,
            "transfer-encoding" => response.transfer_encoding = value,
            _ => {}
        }
    }
}

/// The content without its encodings, or why it cannot be had. Many crawlers undo the encodings and leave the headers:
/// what is not as declared is taken as it is.
pub(super) fn content(
    bytes: Vec<u8>,
    response: &Response,
    most: u64,
    budget: &Rc<Budget>,
) -> Result<Vec<u8>, &'static str> {
    let bytes = if response.transfer_encoding.contains("chunked") { unchunked(&bytes).unwrap_or(bytes) } else { bytes };
    let unpacked = |read: &mut dyn Read| match read_all(read, most) {
        Ok(Some(unpacked)) => Ok(unpacked),
        Ok(None) => Err("too_large"),
        Err(_) if budget.limit().is_some() => Err("too_large"),
        Err(_) => Err("damaged"),
    };
    match response.content_encoding.trim() {
        "gzip" | "x-gzip" if bytes.starts_with(b"\x1f\x8b") => {
            unpacked(&mut Counted::new(MultiGzDecoder::new(&bytes[..]), budget))
        }
        "deflate" if !looks_like_text(&bytes) => unpacked(&mut Counted::new(ZlibDecoder::new(&bytes[..]), budget))
            .or_else(|_| unpacked(&mut Counted::new(DeflateDecoder::new(&bytes[..]), budget))),
        "br" | "zstd" | "compress" if !looks_like_text(&bytes) => Err("content_encoding"),
        _ => Ok(bytes),
    }
}

fn looks_like_text(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(256)];
    head.trim_ascii_start().starts_with(b"<") || head.starts_with(b"%PDF")
}

/// The content of chunks; none where it is not in chunks.
fn unchunked(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    loop {
        let end = memchr::memchr(b'\n', &rest[..rest.len().min(128)])?;
        let size = std::str::from_utf8(&rest[..end]).ok()?.split(';').next()?.trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        rest = &rest[end + 1..];
        if size == 0 {
            return Some(out);
        }
        // A response that was cut off ends in a chunk.
        let part = &rest[..size.min(rest.len())];
        out.extend_from_slice(part);
        rest = &rest[part.len()..];
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
        if rest.is_empty() {
            return Some(out);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_are_joined_and_what_is_not_chunked_stays() {
        assert_eq!(unchunked(b"4\r\nWiki\r\n6;x=1\r\npedia \r\n0\r\n\r\n").as_deref(), Some(&b"Wikipedia "[..]));
        assert_eq!(unchunked(b"<html>no chunks</html>\n"), None);
        assert_eq!(unchunked(b"ff\r\ncut off").as_deref(), Some(&b"cut off"[..]));
    }

    #[test]
    fn the_charset_is_read_as_servers_write_it() {
        let charset = |t: &str| Response { content_type: t.to_string(), ..Response::default() }.charset();
        assert_eq!(charset("text/html; charset=\"gb2312\"").as_deref(), Some("gb2312"));
        assert_eq!(charset("text/html;charset=utf-8;x=y").as_deref(), Some("utf-8"));
        assert_eq!(charset("text/html"), None);
    }
}
