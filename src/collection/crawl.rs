//! Web archives: WARC records as they were fetched, WET records as their text.
//!
//! The records are read here and not by a library: those at hand reserve as many bytes as a header asks for.

use std::io::{self, BufReader, Read};

use super::budget::{Line, read_all, read_line};
use super::http;
use super::item::{Content, Item};
use super::names::plain;
use super::stream::{Bytes, Flow, Place, Stream};
use crate::source::extension;

/// Headers of a record are not longer than this.
const LONGEST_HEADERS: u64 = 64_000;
/// The web's own limit is 2,000 or so.
const LONGEST_ID: usize = 2_000;

/// The headers of a record that matter.
#[derive(Debug, Default)]
struct Head {
    kind: String,
    uri: String,
    content_type: String,
    length: u64,
}

/// Reads the records.
pub(super) fn warc(stream: &mut Stream<'_>, place: &Place, mut bytes: Bytes<'_>) -> Flow {
    let (before, mut records, mut members) = (stream.given, 0, 0);
    let mut read = BufReader::with_capacity(1 << 16, bytes.stream());
    loop {
        let head = match head(&mut read) {
            Ok(Some(head)) => head,
            Ok(None) => return Ok(()),
            Err(error) => return broken(stream, place, before, records, &error),
        };
        stream.one_more(place, &mut members)?;
        match record(stream, place, &head, &mut read) {
            Ok(Ok(())) => records += 1,
            Ok(Err(stop)) => return Err(stop),
            Err(error) => return broken(stream, place, before, records, &error),
        }
    }
}

fn broken(stream: &mut Stream<'_>, place: &Place, before: u64, records: u64, error: &io::Error) -> Flow {
    stream.broken(place, "WARC", before, &format!("{error}, after {records} records"))
}

fn damaged(why: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why)
}

/// The headers of the next record; none at the end.
fn head(read: &mut impl io::BufRead) -> io::Result<Option<Head>> {
    let mut line = Vec::new();
    // Records are parted by empty lines, of which some writers leave more or fewer than two.
    loop {
        match read_line(read, &mut line, LONGEST_HEADERS)? {
            Line::End => return Ok(None),
            Line::Read if line.is_empty() => {}
            Line::Read if line.starts_with(b"WARC/") => break,
            Line::Read | Line::TooLong => return Err(damaged("no record begins where one is due")),
        }
    }
    let (mut head, mut length, mut used) = (Head::default(), None, 0);
    loop {
        match read_line(read, &mut line, LONGEST_HEADERS)? {
            Line::Read if line.is_empty() => break,
            Line::Read => {}
            Line::TooLong => return Err(damaged("a header is too long")),
            Line::End => return Err(io::ErrorKind::UnexpectedEof.into()),
        }
        used += line.len() as u64;
        if used > LONGEST_HEADERS {
            return Err(damaged("the headers of a record are too long"));
        }
        let text = String::from_utf8_lossy(&line);
        let Some((name, value)) = text.split_once(':') else { continue };
        let value = value.trim().to_string();
        match name.trim().to_ascii_lowercase().as_str() {
            "warc-type" => head.kind = value.to_ascii_lowercase(),
            "warc-target-uri" => head.uri = value.trim_matches(['<', '>']).to_string(),
            "content-type" => head.content_type = value.to_ascii_lowercase(),
            "content-length" => length = value.parse().ok(),
            _ => {}
        }
    }
    head.length = length.ok_or_else(|| damaged("a record does not say how long it is"))?;
    Ok(Some(head))
}

/// One record: given as an item, or counted by why it is none. What is not wanted is passed over unread.
fn record(stream: &mut Stream<'_>, place: &Place, head: &Head, read: &mut impl io::BufRead) -> io::Result<Flow> {
    let mut body = read.take(head.length);
    let is_page = matches!(head.kind.as_str(), "response" | "resource" | "conversion");
    let outcome = if is_page { page(stream, head, &mut body)? } else { Outcome::Nothing };
    // The rest of the record; an end before it is a damage.
    io::copy(&mut body, &mut io::sink())?;
    if body.limit() > 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(match outcome {
        Outcome::Nothing => Ok(()),
        Outcome::Skipped(reason) => {
            stream.passed.skip(reason);
            Ok(())
        }
        Outcome::Page { bytes, name, declared } => {
            let uri: String = plain(&head.uri).chars().take(LONGEST_ID).collect();
            let uri = if uri.is_empty() { "unnamed".to_string() } else { uri };
            stream.give(Item {
                id: format!("{}/{uri}", place.id),
                path: format!("{}!{uri}", place.shown),
                name,
                manifest: place.manifest.clone(),
                declared,
                is_crawled: true,
                content: Content::Bytes(bytes),
                ..Item::default()
            })
        }
    })
}

enum Outcome {
    Nothing,
    Skipped(&'static str),
    Page { bytes: Vec<u8>, name: String, declared: Option<String> },
}

fn page(stream: &mut Stream<'_>, head: &Head, body: &mut dyn Read) -> io::Result<Outcome> {
    let most = stream.options.limits.bytes;
    let is_response = head.kind == "response" && head.content_type.starts_with("application/http");
    let mut response = http::Response { content_type: head.content_type.clone(), ..http::Response::default() };
    let mut body = BufReader::new(body);
    if is_response {
        response = match http::head(&mut body, LONGEST_HEADERS)? {
            Some(response) => response,
            None => return Ok(Outcome::Skipped("no_http_headers")),
        };
        if response.status != 200 {
            return Ok(Outcome::Skipped("http_status"));
        }
    }
    let Some(extension) = readable(&response.content_type, &head.uri) else {
        return Ok(Outcome::Skipped("content_type"));
    };
    let Some(bytes) = read_all(&mut body, most)? else { return Ok(Outcome::Skipped("too_large")) };
    let bytes = match http::content(bytes, &response, most, &stream.budget) {
        Ok(bytes) => bytes,
        // A bomb among the records ends the crawl.
        Err(_) if stream.budget.limit().is_some() => return Err(damaged("the limit of expansion is met")),
        Err(reason) => return Ok(Outcome::Skipped(reason)),
    };
    let is_text = matches!(extension, "html" | "txt");
    if is_text && !(stream.may_be_report)(&bytes) {
        return Ok(Outcome::Skipped("no_mention"));
    }
    let is_conversion = head.kind == "conversion";
    let declared = response.charset().or_else(|| is_conversion.then(|| "utf-8".to_string()));
    Ok(Outcome::Page { bytes, name: format!("page.{extension}"), declared })
}

/// The extension of what is read, by the content type, or by the address where that says nothing.
fn readable(content_type: &str, uri: &str) -> Option<&'static str> {
    const TYPES: [(&str, &str); 10] = [
        ("text/html", "html"),
        ("application/xhtml", "html"),
        ("text/plain", "txt"),
        ("application/pdf", "pdf"),
        ("application/msword", "doc"),
        ("application/vnd.openxmlformats-officedocument.wordprocessingml", "docx"),
        ("application/vnd.openxmlformats-officedocument.spreadsheetml", "xlsx"),
        ("application/vnd.ms-excel", "xls"),
        ("application/rtf", "rtf"),
        ("text/rtf", "rtf"),
    ];
    const EXTENSIONS: [&str; 9] = ["html", "htm", "shtml", "pdf", "doc", "docx", "xls", "xlsx", "rtf"];
    let content_type = content_type.trim();
    if let Some((_, extension)) = TYPES.iter().find(|(known, _)| content_type.starts_with(known)) {
        return Some(extension);
    }
    let says_nothing = content_type.is_empty()
        || ["application/octet-stream", "application/x-download", "unknown", "binary/octet-stream"]
            .iter()
            .any(|t| content_type.starts_with(t));
    if !says_nothing {
        return None;
    }
    let path = uri.split(['?', '#']).next().unwrap_or(uri);
    let of_address = extension(path);
    EXTENSIONS
        .iter()
        .find(|known| **known == of_address)
        .map(|known| if known.ends_with("htm") || *known == "shtml" { "html" } else { known })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_types_decide_and_addresses_where_they_say_nothing() {
        assert_eq!(readable("text/html; charset=gbk", ""), Some("html"));
        assert_eq!(readable("application/octet-stream", "http://a.example/年报.pdf?x=1"), Some("pdf"));
        assert_eq!(readable("", "http://a.example/art_1.shtml"), Some("html"));
        assert_eq!(readable("image/png", "http://a.example/a.pdf"), None);
        assert_eq!(readable("", "http://a.example/"), None);
    }
}
