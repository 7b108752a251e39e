//! Which encoding bytes are in that are not UTF-8: the one that loses least, among those that make a report of them.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Encoding, GB18030, UTF_8};

/// Bytes read in an encoding.
pub(super) struct Read {
    pub(super) encoding: &'static Encoding,
    pub(super) text: String,
    /// Replacement characters that stand for bytes.
    pub(super) lost: u32,
}

/// Bytes that the detector looks at.
const LOOKED_AT: usize = 65_536;
/// Every report has one of these words; bytes that spell it in an encoding are in that encoding.
const TELLING: [&str; 6] = ["信息公开", "信息公開", "資訊公開", "政府信息", "行政复议", "公开"];

/// Reads bytes in one encoding.
pub(super) fn read(encoding: &'static Encoding, bytes: &[u8]) -> Read {
    let (text, is_lossy) = encoding.decode_without_bom_handling(bytes);
    let lost = if is_lossy { replacements(encoding, &text, bytes) } else { 0 };
    Read { encoding, text: Cow::into_owned(text), lost }
}

/// Replacement characters that the bytes do not spell themselves.
fn replacements(encoding: &'static Encoding, text: &str, bytes: &[u8]) -> u32 {
    let mark = "\u{fffd}".as_bytes();
    let all = memchr::memmem::find_iter(text.as_bytes(), mark).count();
    let own = if encoding == UTF_8 { memchr::memmem::find_iter(bytes, mark).count() } else { 0 };
    u32::try_from(all.saturating_sub(own)).unwrap_or(u32::MAX)
}

/// Chooses for bytes that are not valid UTF-8.
pub(super) fn choose(bytes: &[u8], declared: Option<&'static Encoding>) -> Read {
    let mut best: Option<(Read, Rank)> = None;
    let mut tried: Vec<&'static Encoding> = Vec::new();
    for at in 0..5 {
        let candidate = match at {
            0 => declared,
            1 => Some(GB18030),
            2 => Some(UTF_8),
            3 => Some(guess(bytes)),
            _ => Some(BIG5),
        };
        let Some(encoding) = candidate.filter(|e| !tried.contains(e)) else { continue };
        tried.push(encoding);
        let read = read(encoding, bytes);
        let rank = Rank::of(&read, declared == Some(encoding));
        let is_settled = rank.has_words && read.lost == 0;
        if best.as_ref().is_none_or(|(_, held)| rank.is_above(held)) {
            best = Some((read, rank));
        }
        if is_settled {
            break;
        }
    }
    best.map_or_else(|| self::read(GB18030, bytes), |(read, _)| read)
}

/// How well an encoding does.
struct Rank {
    has_words: bool,
    /// One byte a character: any bytes can be read as such, and no report is written in one.
    is_western: bool,
    /// Lost characters in a million.
    lost: u64,
}

impl Rank {
    fn of(read: &Read, is_declared: bool) -> Rank {
        let has_words = TELLING.iter().any(|w| memchr::memmem::find(read.text.as_bytes(), w.as_bytes()).is_some());
        let characters = read.text.chars().count().max(1) as u64;
        let lost = u64::from(read.lost) * 1_000_000 / characters;
        // Where nothing else tells, a declaration is worth a few characters.
        let lost = if is_declared { lost.saturating_sub(200) } else { lost };
        Rank { has_words, is_western: read.encoding.is_single_byte(), lost }
    }

    fn is_above(&self, other: &Rank) -> bool {
        (!self.has_words, self.is_western, self.lost) < (!other.has_words, other.is_western, other.lost)
    }
}

/// A guess by the statistics of characters, for a Chinese site.
fn guess(bytes: &[u8]) -> &'static Encoding {
    let head = &bytes[..bytes.len().min(LOOKED_AT)];
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(head, head.len() == bytes.len());
    let found = detector.guess(Some(b"cn"), Utf8Detection::Allow);
    if found == encoding_rs::GBK { GB18030 } else { found }
}

/// Reads bytes that happen to be valid UTF-8 as declared, where that makes words of them and UTF-8 does not.
pub(super) fn is_rather(declared: &'static Encoding, bytes: &[u8]) -> Option<Read> {
    /// A longer text in another encoding is not valid UTF-8 by chance.
    const LONGEST: usize = 200;
    let is_short = bytes.iter().filter(|b| !b.is_ascii()).count() < LONGEST;
    let has = |text: &[u8]| TELLING.iter().any(|w| memchr::memmem::find(text, w.as_bytes()).is_some());
    if !is_short || has(bytes) {
        return None;
    }
    let read = read(declared, bytes);
    (read.lost == 0 && has(read.text.as_bytes())).then_some(read)
}
