//! The words of a prose that tell what to read and what it is about.

use std::ops::Range;

use crate::claims::clauses::Clause;
use crate::dictionary::{Objects, Telling, says};

/// All that names a dispute.
pub(super) const DISPUTES: u32 = says::REVIEW | says::SUITS | says::BLOCKS;

/// The words of a prose that tell what to read and what it is about, in order of their starts.
#[derive(Debug, Clone, Copy)]
pub(in crate::claims) struct Marks<'m>(pub(in crate::claims) &'m [Telling]);

impl<'m> Marks<'m> {
    /// What the words inside a range say, taken together.
    pub(in crate::claims) fn said_in(&self, range: Range<usize>) -> u32 {
        self.inside(range, u32::MAX).fold(0, |all, mark| all | mark.says)
    }

    /// For looking at ranges one after the other.
    pub(in crate::claims) fn cursor(&self) -> Cursor<'_> {
        Cursor(self.0)
    }

    /// The words inside a range that say one of some things.
    pub(super) fn inside(&self, range: Range<usize>, says: u32) -> impl DoubleEndedIterator<Item = &Telling> {
        let (start, end) = (range.start as u32, range.end as u32);
        let first = self.0.partition_point(|m| m.start < start);
        let last = first + self.0[first..].partition_point(|m| m.start < end);
        self.0[first..last].iter().filter(move |m| m.end <= end && m.says & says != 0)
    }

    pub(super) fn any(&self, range: Range<usize>, says: u32) -> bool {
        self.inside(range, says).next().is_some()
    }

    /// Whether a word that says one of some things begins at a place.
    pub(in crate::claims) fn starts(&self, at: usize, says: u32) -> bool {
        let first = self.0.partition_point(|m| (m.start as usize) < at);
        self.0[first..].iter().take_while(|m| m.start as usize == at).any(|m| m.says & says != 0)
    }

    /// Where the last of them begins.
    pub(super) fn last(&self, range: Range<usize>, says: u32) -> Option<usize> {
        self.inside(range, says).next_back().map(|m| m.start as usize)
    }

    /// Where the last word ends that says one of some things in a clause.
    pub(in crate::claims) fn last_end(&self, clause: &Clause, says: u32) -> Option<usize> {
        let last = || self.inside(clause.range.clone(), says).next_back().map(|m| m.end as usize);
        if clause.says & says == 0 { None } else { last() }
    }

    /// The disputes named inside a range; of suits, the one kind if only one is named.
    pub(super) fn objects(&self, range: Range<usize>) -> Option<Objects> {
        let said = self.inside(range, DISPUTES).fold(0, |all, mark| all | mark.says);
        match (said & says::REVIEW != 0, said & says::BLOCKS) {
            (true, 0) if said & says::SUITS == 0 => Some(Objects::Review),
            (true, _) => Some(Objects::Both),
            (false, says::DIRECT_SUITS) => Some(Objects::DirectSuits),
            (false, says::SUITS_AFTER_REVIEW) => Some(Objects::SuitsAfterReview),
            (false, 0) if said & says::SUITS == 0 => None,
            (false, _) => Some(Objects::Suits),
        }
    }

    /// The dispute named last in a range of a text; both kinds of suits if the last clause names both.
    pub(super) fn last_object(&self, text: &str, range: Range<usize>) -> Option<Objects> {
        let mut named = self.inside(range.clone(), DISPUTES).rev();
        let last = named.next()?;
        if last.says & says::BLOCKS == 0 {
            return Some(if last.says & says::REVIEW != 0 { Objects::Review } else { Objects::Suits });
        }
        let is_joined = |m: &Telling| {
            let between = text.get(m.end as usize..last.start as usize);
            between.is_some_and(|t| !t.contains(['，', ',', '；', ';', '：', ':', '（', '(']))
        };
        let other = named.find(|m| m.says & says::BLOCKS & !last.says != 0).filter(|m| is_joined(m));
        Some(match other {
            Some(_) => Objects::Suits,
            None if last.says & says::DIRECT_SUITS != 0 => Objects::DirectSuits,
            None => Objects::SuitsAfterReview,
        })
    }
}

/// The words from a place on, for ranges that follow each other.
#[derive(Clone, Copy)]
pub(in crate::claims) struct Cursor<'m>(&'m [Telling]);

impl<'m> Cursor<'m> {
    /// The words that begin inside the next range.
    pub(in crate::claims) fn inside(&mut self, range: &Range<usize>) -> Cursor<'m> {
        let before = |end: usize| move |mark: &&Telling| (mark.start as usize) < end;
        let first = self.0.iter().take_while(before(range.start)).count();
        let length = self.0[first..].iter().take_while(before(range.end)).count();
        let (own, rest) = self.0[first..].split_at(length);
        self.0 = rest;
        Cursor(own)
    }

    /// What those of them say that end inside it too.
    pub(in crate::claims) fn said_in(self, range: &Range<usize>) -> u32 {
        self.0.iter().filter(|mark| mark.end as usize <= range.end).fold(0, |all, mark| all | mark.says)
    }
}
