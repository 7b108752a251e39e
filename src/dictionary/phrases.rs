//! Words of all kinds that the stages after it look for, found in one pass over the prose.

use std::ops::Range;

use super::marks::{Mark, Marked};
use super::scan::Scan;
use super::telling::says;
use super::words::Spam;

/// What one pass over the prose found, each list in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Phrases {
    /// Phrases that a copying site planted.
    pub planted: Vec<Range<usize>>,
    /// Phrases that rules look for.
    pub marked: Vec<Marked>,
    /// Words that tell what to read and what it is about, in order of their starts.
    pub telling: Vec<Telling>,
}

/// A word that tells what a place is about, in bytes of the prose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Telling {
    /// Its first byte.
    pub start: u32,
    /// One past its last byte.
    pub end: u32,
    /// Bits of [`says`].
    pub says: u32,
}

/// The search for all of them.
#[derive(Debug)]
pub struct PhraseSearch(Scan);

/// The first bit of marks, after those of [`says`].
const MARKS: u32 = u32::BITS;
/// The bit of words that copying sites plant.
const PLANTED: u64 = 1 << (u64::BITS - 1);
/// A word in fifteen bytes or so tells something.
const BYTES_PER_WORD: usize = 12;

impl PhraseSearch {
    pub(super) fn new(telling: Vec<(String, u32)>, marks: &[(String, Mark)], spam: &Spam) -> PhraseSearch {
        let telling = telling.into_iter().map(|(word, says)| (word, u64::from(says)));
        let marks = marks.iter().map(|(word, mark)| (word.clone(), 1 << (MARKS + *mark as u32)));
        let planted = spam.words().iter().map(|word| (word.clone(), PLANTED));
        PhraseSearch(Scan::new(telling.chain(marks).chain(planted)))
    }

    /// Searches a text once.
    #[must_use]
    pub fn scan(&self, text: &str, spam: &Spam) -> Phrases {
        let mut telling = Vec::with_capacity(text.len() / BYTES_PER_WORD);
        let mut others: Vec<(Range<usize>, u64)> = Vec::new();
        let (mut named_until, mut other_until) = (0, 0);
        self.0.each(text, 0..text.len(), |start, end, says| {
            if says >> MARKS != 0 {
                others.push((start..end, says));
            }
            // The lower half.
            let says = says as u32;
            if says & says::BLOCKS != 0 {
                named_until = named_until.max(end);
            }
            if says & says::OTHER_BUSINESS != 0 {
                other_until = other_until.max(end);
            }
            // 村务公开申请 is none under the law on disclosure.
            let says = if end <= other_until { says & !says::REQUESTS } else { says };
            // 复议后提起行政诉讼 names one thing: neither the review nor all suits.
            let says = if end <= named_until { says & !(says::REVIEW | says::SUITS) } else { says };
            if says != 0 {
                telling.push(Telling { start: start as u32, end: end as u32, says });
            }
        });
        let mut out = Phrases { telling, ..Phrases::default() };
        for (range, says) in leftmost_longest(others) {
            match Mark::ALL.into_iter().find(|mark| says >> (MARKS + *mark as u32) & 1 != 0) {
                Some(mark) if says & PLANTED == 0 => out.marked.push(Marked { mark, range }),
                _ => out.planted.extend(spam.phrase(text, range)),
            }
        }
        spam.settle(text, &mut out.planted);
        out
    }
}

/// Of words that overlap, the first and the longest.
fn leftmost_longest(mut words: Vec<(Range<usize>, u64)>) -> Vec<(Range<usize>, u64)> {
    words.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
    let mut until = 0;
    words.retain(|(range, _)| {
        let is_free = range.start >= until;
        until = if is_free { range.end } else { until };
        is_free
    });
    words
}
