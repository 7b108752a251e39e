//! UTF-16 without a byte order mark: half of its ASCII bytes are NUL, and what it decodes to is text.

use encoding_rs::{UTF_16BE, UTF_16LE};

const LOOKED_AT: usize = 8192;

/// Which of the two byte orders makes text of the bytes; none if neither does.
pub(super) fn detect(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let head = &bytes[..bytes.len().min(LOOKED_AT) & !1];
    memchr::memchr(0, head)?;
    let little = likely(head, u16::from_le_bytes);
    let big = likely(head, u16::from_be_bytes);
    let units = head.len() / 2;
    let (best, encoding) = if little >= big { (little, UTF_16LE) } else { (big, UTF_16BE) };
    // Nearly all are characters that a report has, and the other order makes much less sense.
    (units > 1 && best * 100 >= units * 95 && little.abs_diff(big) * 5 > units).then_some(encoding)
}

/// The units that are characters of Chinese texts and their punctuation.
fn likely(head: &[u8], unit: impl Fn([u8; 2]) -> u16) -> usize {
    let units = head.as_chunks::<2>().0.iter().map(|pair| unit(*pair));
    units
        .filter(|u| {
            matches!(u, 0x09 | 0x0a | 0x0d | 0x20..=0x7e | 0xa0 | 0xb7 | 0xd7)
                || matches!(u, 0x2010..=0x2044 | 0x2460..=0x2473 | 0x2500..=0x25ff)
                || matches!(u, 0x3000..=0x301f | 0x4e00..=0x9fff | 0xff01..=0xff5e | 0xfeff)
        })
        .count()
}
