//! What a page says of its own encoding: `<meta charset=…>`, `<meta http-equiv=… content="…; charset=…">` or
//! `<?xml … encoding="…"?>`.

use memchr::{memchr_iter, memrchr};

/// A declaration stands within the first bytes of a page.
const LOOKED_AT: usize = 4096;

/// The encoding declared, and how.
pub(super) fn find(bytes: &[u8]) -> Option<(&'static encoding_rs::Encoding, String)> {
    let head = &bytes[..bytes.len().min(LOOKED_AT)];
    // A text without tags declares nothing.
    memchr::memchr(b'<', head)?;
    let at_c = |word: &'static [u8]| {
        let first = memchr::memchr2_iter(word[0], word[0].to_ascii_uppercase(), head);
        first.filter(move |at| head[*at..].get(..word.len()).is_some_and(|found| found.eq_ignore_ascii_case(word)))
    };
    let metas = at_c(b"charset").filter(|at| is_in(head, *at, b"<meta")).map(|at| at + b"charset".len());
    let xml = at_c(b"encoding").filter(|at| is_in(head, *at, b"<?xml")).map(|at| at + b"encoding".len());
    metas.chain(xml).find_map(|at| {
        let label = label(&head[at..])?;
        let encoding = super::of_label(label)?;
        // A page of which the declaration can be read is in none of these, whatever it says.
        let is_wide = encoding == encoding_rs::UTF_16LE || encoding == encoding_rs::UTF_16BE;
        let encoding = if is_wide { encoding_rs::UTF_8 } else { encoding };
        Some((encoding, String::from_utf8_lossy(label).into_owned()))
    })
}

/// Whether the tag around a place is of this kind.
fn is_in(head: &[u8], at: usize, tag: &[u8]) -> bool {
    memrchr(b'<', &head[..at])
        .is_some_and(|open| head[open..].get(..tag.len()).is_some_and(|found| found.eq_ignore_ascii_case(tag)))
}

/// The value after `=`, in quotes or without.
fn label(rest: &[u8]) -> Option<&[u8]> {
    let start = rest.iter().position(|b| !b.is_ascii_whitespace())?;
    let rest = rest[start..].strip_prefix(b"=")?;
    let start = rest.iter().position(|b| !b.is_ascii_whitespace() && !matches!(b, b'"' | b'\''))?;
    let rest = &rest[start..];
    let length =
        rest.iter().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':' | b'.')).count();
    (length > 0 && memchr_iter(b'\n', &rest[..length]).next().is_none()).then(|| &rest[..length])
}
