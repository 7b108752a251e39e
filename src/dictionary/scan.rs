//! Many words found in one pass over a text, overlapping ones too.
//!
//! Most characters of a text begin none of the words: a table of bits, one a character, passes over them, and a
//! table of bits over hashes of two characters over most of the rest. That is several times faster than an
//! automaton, which has to follow every character.

use std::collections::BTreeMap;
use std::ops::Range;

use rustc_hash::FxHashMap;

/// Bytes of a Chinese character in UTF-8.
const CHARACTER: usize = 3;
/// Bits of a hash of two characters.
const PAIR_BITS: u32 = 12;
/// Bits of the finer hash that tells most pairs that begin no word.
const FINE_BITS: u32 = 15;
/// Bytes that are read at once.
const AHEAD: usize = 8;

/// Words with what each of them says.
pub(crate) struct Scan {
    /// The characters of three bytes that begin a word.
    firsts: Characters,
    /// The same for words that are no longer than that, or go on with another kind of character.
    alone: Characters,
    /// A bit for every fine hash of two characters that begin a word.
    begun: Box<[u64; 1 << (FINE_BITS - 6)]>,
    /// For every hash of two characters, the words that begin with them: where in `words` the longer ones begin,
    /// where those of two characters, and where they end.
    pairs: Box<[[u16; 3]; 1 << PAIR_BITS]>,
    /// A bit for every hash of a third character of the longer ones.
    thirds: Box<[u64; 1 << PAIR_BITS]>,
    words: Vec<Word>,
    /// The words of `alone` by their character.
    short: FxHashMap<u16, Vec<(String, u64)>>,
    /// Words that begin with another kind of character, by their first byte.
    others: Box<[Vec<(String, u64)>; 256]>,
}

/// A word of two characters or more, laid out so that two comparisons of numbers tell most of them apart.
struct Word {
    /// Its first six bytes.
    pair: u64,
    /// Up to eight bytes after them.
    next: u64,
    /// Which bytes of `next` count.
    mask: u64,
    says: u64,
    /// Bytes of the whole word.
    length: u32,
    /// The bytes after those of `next`.
    rest: Box<[u8]>,
}

impl Word {
    /// Of bytes that begin with `pair`.
    fn new(bytes: &[u8], pair: u64, says: u64) -> Word {
        let after = &bytes[2 * CHARACTER..];
        let mask = u64::MAX.checked_shr(64 - 8 * after.len().min(AHEAD) as u32).unwrap_or(0);
        let rest = after.get(AHEAD..).unwrap_or_default().into();
        Word { pair, next: ahead(after, 0), mask, says, length: bytes.len() as u32, rest }
    }

    /// Whether it begins with two characters and the bytes that are read after them.
    #[inline]
    fn may_be(&self, pair: u64, next: u64) -> bool {
        self.pair == pair && (self.next ^ next) & self.mask == 0
    }
}

/// A set of characters of three bytes. The last two bytes choose a byte of the table, the first a bit of it; that is
/// exact for Chinese characters, which begin with six bytes only. A part of the table is used: finding the place in
/// it costs two steps for every character of a text.
struct Characters(Box<[u8; 1 << 16]>);

impl Characters {
    fn empty() -> Characters {
        Characters(Box::new([0; 1 << 16]))
    }

    fn place(bytes: u64) -> (usize, u32) {
        (usize::from((bytes >> 8) as u16), (bytes & 7) as u32)
    }

    fn insert(&mut self, bytes: u64) {
        let (at, bit) = Characters::place(bytes);
        self.0[at] |= 1 << bit;
    }

    /// Whether the character that some bytes begin with may be in the set.
    #[inline]
    fn has(&self, bytes: u64) -> bool {
        let (at, bit) = Characters::place(bytes);
        self.0[at] >> bit & 1 != 0
    }
}

impl Scan {
    /// Of words with what they say; a word given twice says both.
    pub(crate) fn new(words: impl IntoIterator<Item = (String, u64)>) -> Scan {
        let mut merged: BTreeMap<String, u64> = BTreeMap::new();
        for (word, says) in words {
            *merged.entry(word).or_default() |= says;
        }
        let mut scan = Scan {
            firsts: Characters::empty(),
            alone: Characters::empty(),
            begun: Box::new([0; 1 << (FINE_BITS - 6)]),
            pairs: Box::new([[0; 3]; 1 << PAIR_BITS]),
            thirds: Box::new([0; 1 << PAIR_BITS]),
            words: Vec::new(),
            short: FxHashMap::default(),
            others: Box::new([const { Vec::new() }; 256]),
        };
        for (word, says) in merged {
            scan.add(word, says);
        }
        scan.words.sort_by_key(|w| (slot_of(w.pair), std::cmp::Reverse(w.length)));
        for (at, word) in scan.words.iter().enumerate() {
            let slot = slot_of(word.pair);
            let [from, short, to] = &mut scan.pairs[slot];
            // No dictionary has as many words as sixteen bits can count.
            let at = at as u16;
            if *to == 0 {
                (*from, *short) = (at, at);
            }
            *to = at + 1;
            if word.length as usize >= 3 * CHARACTER {
                *short = at + 1;
                scan.thirds[slot] |= bit_of(word.next);
            }
            let fine = fine_of(word.pair);
            scan.begun[fine >> 6] |= 1 << (fine & 63);
        }
        scan
    }

    fn add(&mut self, word: String, says: u64) {
        let bytes = word.as_bytes();
        match bytes {
            [] => {}
            [first @ 0xe0..=0xef, second, third, ..] => {
                let read = ahead(bytes, 0);
                self.firsts.insert(read);
                match pair_of(bytes, 0).filter(|_| self.words.len() < usize::from(u16::MAX) - 1) {
                    Some(pair) => self.words.push(Word::new(bytes, pair, says)),
                    None => {
                        let code = code_of([*first, *second, *third]);
                        self.alone.insert(read);
                        self.short.entry(code).or_default().push((word, says));
                    }
                }
            }
            [first, ..] => self.others[usize::from(*first)].push((word, says)),
        }
    }

    /// Calls `found` with the start, the end and the meaning of every word inside a range of a text; starts rise.
    pub(crate) fn each(&self, text: &str, range: Range<usize>, mut found: impl FnMut(usize, usize, u64)) {
        let bytes = &text.as_bytes()[..range.end];
        let mut at = range.start;
        while let Some(read) = bytes.get(at..at + AHEAD).and_then(<[u8]>::first_chunk) {
            let read = u64::from_le_bytes(*read);
            let first = read as u8;
            if (0xe0..=0xef).contains(&first) {
                if self.firsts.has(read) {
                    self.words_at(bytes, at, read, Some(read & PAIR), &mut found);
                }
                at += CHARACTER;
            } else {
                self.others_at(bytes, at, &mut found);
                at += other_length(first);
            }
        }
        // The last bytes.
        while at < bytes.len() {
            let first = bytes[at];
            if (0xe0..=0xef).contains(&first) && at + CHARACTER <= bytes.len() {
                let read = ahead(bytes, at);
                if self.firsts.has(read) {
                    self.words_at(bytes, at, read, pair_of(bytes, at), &mut found);
                }
                at += CHARACTER;
            } else {
                self.others_at(bytes, at, &mut found);
                at += other_length(first);
            }
        }
    }

    /// The words that begin at a place; `read` is what stands there.
    #[inline]
    fn words_at(
        &self,
        bytes: &[u8],
        at: usize,
        read: u64,
        pair: Option<u64>,
        found: &mut impl FnMut(usize, usize, u64),
    ) {
        if let Some(pair) = pair {
            let fine = fine_of(pair);
            if self.begun[fine >> 6] >> (fine & 63) & 1 != 0 {
                self.pair_at(bytes, at, pair, found);
            }
        }
        if self.alone.has(read) {
            self.short_at(bytes, at, code_of([bytes[at], bytes[at + 1], bytes[at + 2]]), found);
        }
    }

    fn pair_at(&self, bytes: &[u8], at: usize, pair: u64, found: &mut impl FnMut(usize, usize, u64)) {
        let after = at + 2 * CHARACTER;
        let next = ahead(bytes, after);
        let slot = slot_of(pair);
        let [from, short, to] = self.pairs[slot];
        let from = if self.thirds[slot] & bit_of(next) == 0 { short } else { from };
        for word in &self.words[usize::from(from)..usize::from(to)] {
            let end = at + word.length as usize;
            if word.may_be(pair, next)
                && end <= bytes.len()
                && (word.rest.is_empty() || bytes[after + AHEAD..].starts_with(&word.rest))
            {
                found(at, end, word.says);
            }
        }
    }

    fn short_at(&self, bytes: &[u8], at: usize, code: u16, found: &mut impl FnMut(usize, usize, u64)) {
        for (word, says) in self.short.get(&code).map_or(&[][..], Vec::as_slice) {
            if bytes[at..].starts_with(word.as_bytes()) {
                found(at, at + word.len(), *says);
            }
        }
    }

    #[inline]
    fn others_at(&self, bytes: &[u8], at: usize, found: &mut impl FnMut(usize, usize, u64)) {
        for (word, says) in &self.others[usize::from(bytes[at])] {
            if bytes[at..].starts_with(word.as_bytes()) {
                found(at, at + word.len(), *says);
            }
        }
    }

    /// What the words inside a range say, taken together.
    #[cfg(test)]
    pub(crate) fn said_in(&self, text: &str, range: Range<usize>) -> u64 {
        let mut all = 0;
        self.each(text, range, |_, _, says| all |= says);
        all
    }
}

impl std::fmt::Debug for Scan {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Scan").field("characters", &self.words.len()).finish_non_exhaustive()
    }
}

/// The code of a character of three bytes; it has sixteen bits.
fn code_of([first, second, third]: [u8; 3]) -> u16 {
    u16::from(first & 0x0f) << 12 | u16::from(second & 0x3f) << 6 | u16::from(third & 0x3f)
}

/// The length of a character that has not three bytes, by its first byte.
fn other_length(first: u8) -> usize {
    match first {
        0..0x80 => 1,
        0x80..0xe0 => 2,
        _ => 4,
    }
}

/// Up to eight bytes at a place, as they are read at once.
#[inline]
fn ahead(bytes: &[u8], at: usize) -> u64 {
    let after = bytes.get(at..).unwrap_or_default();
    match after.first_chunk::<AHEAD>() {
        Some(read) => u64::from_le_bytes(*read),
        None => after.iter().rev().fold(0, |read, byte| read << 8 | u64::from(*byte)),
    }
}

/// The first six bytes of those that are read at once.
const PAIR: u64 = 0xffff_ffff_ffff;

/// The six bytes at a place, if there are so many.
fn pair_of(bytes: &[u8], at: usize) -> Option<u64> {
    (bytes.len() >= at + 2 * CHARACTER).then(|| ahead(bytes, at) & PAIR)
}

fn hash(pair: u64) -> u64 {
    pair.wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// Where a pair of characters is looked up.
fn slot_of(pair: u64) -> usize {
    (hash(pair) >> (64 - PAIR_BITS)) as usize
}

/// The bit of a pair of characters.
fn fine_of(pair: u64) -> usize {
    (hash(pair) >> (64 - FINE_BITS)) as usize
}

/// A bit for the character of three bytes that some begin with.
fn bit_of(read: u64) -> u64 {
    1 << ((((read >> 8) as u8).wrapping_mul(37) ^ ((read >> 16) as u8).wrapping_mul(11)) & 63)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_found_where_it_stands() {
        let words = ["公开", "信息公开", "公开申请", "无", "公", "EMS", "公开a", "é"];
        let scan = Scan::new(words.iter().enumerate().map(|(i, w)| ((*w).to_string(), 1 << i)));
        for text in ["政府信息公开申请无，EMS公开abc公", "公", "", "无é无", "信息公", "𠀀公开申请x"]
        {
            for start in text.char_indices().map(|(i, _)| i) {
                let mut found = Vec::new();
                scan.each(text, start..text.len(), |from, to, says| found.push((from, to, says)));
                found.sort_unstable();
                let mut expected = Vec::new();
                for (i, word) in words.iter().enumerate() {
                    let hits = (start..text.len()).filter(|at| text.as_bytes()[*at..].starts_with(word.as_bytes()));
                    expected.extend(hits.map(|at| (at, at + word.len(), 1_u64 << i)));
                }
                expected.sort_unstable();
                assert_eq!(found, expected, "{text} from {start}");
            }
        }
    }

    #[test]
    fn a_word_over_the_end_of_the_range_is_not_inside() {
        let scan = Scan::new([("公开".to_string(), 1)]);
        assert_eq!(scan.said_in("信息公开", 0.."信息公".len()), 0);
        assert_eq!(scan.said_in("信息公开", 0.."信息公开".len()), 1);
    }
}
