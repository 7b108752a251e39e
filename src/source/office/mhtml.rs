//! MHTML: what Word and browsers save as "a page in one file", and what many sites serve as `.doc`.

use encoding_rs::Encoding;

/// The page inside.
#[derive(Debug)]
pub(in super::super) struct Part {
    /// Its bytes, without the encoding of the mail.
    pub(in super::super) bytes: Vec<u8>,
    /// The encoding that the mail names.
    pub(in super::super) encoding: Option<&'static Encoding>,
}

/// Finds the first page; none if there is none.
pub(in super::super) fn page(bytes: &[u8]) -> Option<Part> {
    let mut boundary: Option<&[u8]> = None;
    let mut headers = Headers::default();
    let mut is_header = true;
    let mut lines = lines(bytes).peekable();
    while let Some((start, line)) = lines.next() {
        if line.starts_with(b"--") && line.len() > 2 {
            boundary = Some(line);
            headers = Headers::default();
            is_header = true;
        } else if is_header && line.is_empty() {
            is_header = false;
            if headers.is_page {
                let from = lines.peek().map_or(bytes.len(), |(start, _)| *start);
                let end =
                    boundary.and_then(|b| lines.find(|(_, l)| l.starts_with(b))).map_or(bytes.len(), |(at, _)| at);
                return Some(Part { bytes: headers.transfer.decode(&bytes[from..end]), encoding: headers.encoding });
            }
        } else if is_header {
            headers.line(&String::from_utf8_lossy(&bytes[start..start + line.len()]).to_ascii_lowercase());
        }
    }
    None
}

/// How a part is written down.
#[derive(Debug, Default, Clone, Copy)]
enum Transfer {
    #[default]
    Plain,
    QuotedPrintable,
    Base64,
}

#[derive(Debug, Default)]
struct Headers {
    is_page: bool,
    transfer: Transfer,
    encoding: Option<&'static Encoding>,
}

impl Headers {
    /// Takes a line in lower case; a value may go on in the next line.
    fn line(&mut self, line: &str) {
        if let Some(value) = line.strip_prefix("content-type:") {
            self.is_page = value.trim_start().starts_with("text/html");
        } else if let Some(value) = line.strip_prefix("content-transfer-encoding:") {
            self.transfer = match value.trim() {
                "quoted-printable" => Transfer::QuotedPrintable,
                "base64" => Transfer::Base64,
                _ => Transfer::Plain,
            };
        }
        if let Some((_, value)) = line.split_once("charset=") {
            let label = value.trim_start_matches('"').split(['"', ';', ' ']).next().unwrap_or_default();
            self.encoding = Encoding::for_label(label.as_bytes());
        }
    }
}

impl Transfer {
    fn decode(self, bytes: &[u8]) -> Vec<u8> {
        match self {
            Transfer::Plain => bytes.to_vec(),
            Transfer::QuotedPrintable => quoted_printable(bytes),
            Transfer::Base64 => base64(bytes),
        }
    }
}

/// The lines with where they start, without their ends.
fn lines(bytes: &[u8]) -> impl Iterator<Item = (usize, &[u8])> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = bytes.get(at..).filter(|rest| !rest.is_empty())?;
        let start = at;
        let len = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
        at += len + 1;
        let line = &rest[..len];
        Some((start, line.strip_suffix(b"\r").unwrap_or(line)))
    })
}

/// `=E4=B8=80`, and `=` before a line end that is not one. What is no code stays as it is.
fn quoted_printable(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(next) = memchr::memchr(b'=', &bytes[at..]).map(|n| at + n) {
        out.extend_from_slice(&bytes[at..next]);
        at = next + 1;
        let rest = &bytes[at..];
        let hex = |i: usize| rest.get(i).and_then(|b| char::from(*b).to_digit(16));
        if let (Some(high), Some(low)) = (hex(0), hex(1)) {
            out.push((high * 16 + low) as u8);
            at += 2;
        } else if rest.starts_with(b"\r\n") {
            at += 2;
        } else if rest.starts_with(b"\n") {
            at += 1;
        } else {
            out.push(b'=');
        }
    }
    out.extend_from_slice(&bytes[at..]);
    out
}

fn base64(bytes: &[u8]) -> Vec<u8> {
    let (mut out, mut bits, mut count) = (Vec::with_capacity(bytes.len() / 4 * 3), 0u32, 0);
    for byte in bytes {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' => break,
            _ => continue,
        };
        bits = bits << 6 | u32::from(value);
        count += 1;
        if count % 4 == 0 {
            out.extend_from_slice(&bits.to_be_bytes()[1..]);
        }
    }
    match count % 4 {
        2 => out.push((bits >> 4) as u8),
        3 => out.extend_from_slice(&[(bits >> 10) as u8, (bits >> 2) as u8]),
        _ => {}
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_found_in_their_wrapping() {
        let mail = "MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=\"----=_x\"\r\n\r\n\
            ------=_x\r\nContent-Location: a.htm\r\nContent-Transfer-Encoding: quoted-printable\r\n\
            Content-Type: text/html; charset=\"gb2312\"\r\n\r\n<p>=D2=BB=\r\n=B6=FE 1=3D1</p>\r\n------=_x--\r\n";
        let part = page(mail.as_bytes()).expect("a page");
        assert_eq!(part.encoding.map(Encoding::name), Some("GBK"));
        assert_eq!(encoding_rs::GBK.decode(&part.bytes).0.trim(), "<p>一二 1=1</p>");
        let single =
            "MIME-Version: 1.0\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\nPHA+5LiA\nPC9wPg==\n";
        assert_eq!(page(single.as_bytes()).expect("a page").bytes, "<p>一</p>".as_bytes());
        assert!(page(b"MIME-Version: 1.0\n\n").is_none());
    }
}
