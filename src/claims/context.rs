//! What a sentence is about, and which disputes it speaks of.

use std::ops::Range;

use super::clauses::Sentence;
use crate::dictionary::{Objects, TellingWords, Topic, says};
use crate::document::Prose;

/// How far back (bytes) a paragraph still says what it is about.
const LOOK_BACK: usize = 1500;

/// How surely a place is about a topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sureness {
    /// The words around say so.
    Sure,
    /// Nothing says otherwise: agreement counts, a difference accuses nobody.
    Likely,
    /// It is not.
    No,
}

/// The words of a prose that tell what to read and what it is about, in order of their starts.
#[derive(Debug)]
pub(super) struct Marks(Vec<Mark>);

#[derive(Debug)]
struct Mark {
    start: u32,
    end: u32,
    says: u32,
}

impl Marks {
    /// The words of a text.
    pub(super) fn of(words: &TellingWords, text: &str) -> Marks {
        // About one in fifteen bytes of a report begins one.
        let mut list = Vec::with_capacity(text.len() / 12);
        words.each(text, |start, end, says| list.push(Mark { start: start as u32, end: end as u32, says }));
        Marks(list)
    }

    /// What the words inside a range say, taken together.
    pub(super) fn said_in(&self, range: Range<usize>) -> u32 {
        self.inside(range, u32::MAX).fold(0, |all, mark| all | mark.says)
    }

    /// The words inside a range that say one of some things.
    fn inside(&self, range: Range<usize>, says: u32) -> impl DoubleEndedIterator<Item = &Mark> {
        let (start, end) = (range.start as u32, range.end as u32);
        let first = self.0.partition_point(|m| m.start < start);
        let last = first + self.0[first..].partition_point(|m| m.start < end);
        self.0[first..last].iter().filter(move |m| m.end <= end && m.says & says != 0)
    }

    fn any(&self, range: Range<usize>, says: u32) -> bool {
        self.inside(range, says).next().is_some()
    }

    /// Where the last of them begins.
    fn last(&self, range: Range<usize>, says: u32) -> Option<usize> {
        self.inside(range, says).next_back().map(|m| m.start as usize)
    }

    /// The disputes named inside a range.
    fn objects(&self, range: Range<usize>) -> Option<Objects> {
        match (self.any(range.clone(), says::REVIEW), self.any(range, says::SUITS)) {
            (true, true) => Some(Objects::Both),
            (true, false) => Some(Objects::Review),
            (false, true) => Some(Objects::Suits),
            (false, false) => None,
        }
    }

    /// The kind of dispute named last.
    fn last_object(&self, range: Range<usize>) -> Objects {
        let (review, suits) = (self.last(range.clone(), says::REVIEW), self.last(range, says::SUITS));
        if review > suits { Objects::Review } else { Objects::Suits }
    }
}

/// What can be known of a place from the words before it.
pub(super) struct Context<'a> {
    pub(super) prose: &'a Prose,
    pub(super) sentence: &'a Sentence,
    pub(super) marks: &'a Marks,
    /// A bare text: the reader of one sentence is taken at their word.
    pub(super) is_bare: bool,
}

impl Context<'_> {
    /// The paragraph before the sentence, as far as it still matters.
    fn before(&self) -> Range<usize> {
        let paragraph = &self.prose.paragraphs[self.sentence.paragraph].range;
        let start = self.sentence.range.start;
        paragraph.start.max(start.saturating_sub(LOOK_BACK))..start
    }

    /// The sentence before a place.
    fn head(&self, at: usize) -> Range<usize> {
        self.sentence.range.start..at
    }

    /// How surely the place is about a topic; `from` is where the words of the claim begin, `at` its number.
    pub(super) fn is_about(&self, topic: Topic, from: usize, at: usize) -> Sureness {
        if self.is_bare {
            return Sureness::Sure;
        }
        let sure_or = |sure: bool, other: Sureness| if sure { Sureness::Sure } else { other };
        match topic {
            Topic::Requests => {
                if self.is_about_requests(from, at) {
                    return Sureness::Sure;
                }
                let is_named = self.marks.any(self.sentence.range.clone(), says::ANY_REQUEST);
                if is_named { Sureness::Likely } else { Sureness::No }
            }
            Topic::Outcomes => sure_or(self.is_about_requests(from, at), Sureness::Likely),
            Topic::Disputes => sure_or(self.is_about_disclosure_disputes(at), Sureness::Likely),
            Topic::Documents => sure_or(self.marks.any(self.head(at), says::DOCUMENTS), Sureness::No),
        }
    }

    /// Applications for information, and no other business of the organ named since.
    fn is_about_requests(&self, from: usize, at: usize) -> bool {
        let named = self.marks.last(self.head(at), says::REQUESTS);
        let other = self.marks.last(self.head(from), says::OTHER_BUSINESS);
        match (named, other) {
            (Some(named), Some(other)) => named > other,
            (Some(_), None) => true,
            (None, Some(_)) => false,
            (None, None) => self.sentence.section == 3 || self.surroundings_say(says::REQUESTS),
        }
    }

    /// Disputes over disclosure: not all disputes of the organ, of which those are then a part.
    fn is_about_disclosure_disputes(&self, at: usize) -> bool {
        let marks = self.marks;
        let other = marks.last(self.head(at), says::OTHER_BUSINESS);
        let named = marks.last(self.head(at), says::REQUESTS | says::NAMED_DISCLOSURE);
        if other > named || marks.any(self.sentence.range.clone(), says::UNRELATED) {
            return false;
        }
        if marks.any(self.head(at), says::DISCLOSURE) {
            return true;
        }
        let rest = at..self.sentence.range.end;
        let among = marks.inside(rest.clone(), says::AMONG).next();
        if among.is_some_and(|m| marks.any(m.start as usize..rest.end, says::NAMED_DISCLOSURE)) {
            return false;
        }
        self.sentence.section == 4 || marks.any(rest, says::NAMED_DISCLOSURE) || self.surroundings_say(says::DISCLOSURE)
    }

    fn surroundings_say(&self, says: u32) -> bool {
        self.marks.any(self.before(), says) || self.heading() & says != 0
    }

    /// What the heading just above the paragraph says.
    fn heading(&self) -> u32 {
        let above = self.prose.paragraphs[..self.sentence.paragraph].iter().rev().find(|p| p.is_heading);
        above.filter(|p| p.section == self.sentence.section).map_or(0, |p| self.marks.said_in(p.range.clone()))
    }

    /// The disputes that a number or a word is about: those of its clause, else the kind last named; a clause with
    /// 其中 means all that was named before.
    pub(super) fn objects(&self, at: usize, clause: Range<usize>) -> Objects {
        let marks = self.marks;
        if marks.any(clause.clone(), says::COURTS) {
            return Objects::Suits;
        }
        if marks.any(clause.clone(), says::REVIEW_ORGANS) {
            return Objects::Review;
        }
        let lead = clause.start..at.max(clause.start);
        if let Some(named) = marks.objects(lead.clone()) {
            return if named == Objects::Both { marks.last_object(lead) } else { named };
        }
        if let Some(named) = marks.objects(clause.clone()).filter(|o| *o != Objects::Both) {
            return named;
        }
        if marks.any(clause, says::AMONG) { self.objects_of_group(at) } else { self.last_named_before(at) }
    }

    /// Whether the sentence says, before the end of a clause, that numbers may be parts or of another day.
    pub(super) fn may_be_a_part(&self, clause: Range<usize>) -> bool {
        self.marks.any(self.head(clause.end), says::PARTS)
    }

    /// Where the part of the sentence begins, from the last semicolon to the end of a clause, if it speaks of reviews
    /// alone or of suits alone, and of no other business.
    pub(super) fn one_kind_from(&self, clause: Range<usize>) -> Option<usize> {
        let head = self.head(clause.start);
        let semicolon = self.prose.text[head.clone()].rfind(['；', ';']).map_or(head.start, |i| head.start + i);
        let said = self.marks.said_in(semicolon..clause.end);
        let names = |says: u32| said & says != 0;
        let is_one = names(says::REVIEW) != (names(says::SUITS) || names(says::COURTS));
        (is_one && !names(says::OTHER_BUSINESS)).then_some(semicolon)
    }

    /// The disputes spoken of since the last semicolon, else in the sentence, else in the paragraph.
    pub(super) fn objects_of_group(&self, at: usize) -> Objects {
        let head = self.head(at);
        // Without any dispute named before there is no need to look for the semicolon.
        let Some(named) = self.marks.objects(head.clone()) else {
            return self.marks.objects(self.before()).unwrap_or(Objects::Both);
        };
        let semicolon = self.prose.text[head.clone()].rfind(['；', ';']).map_or(head.start, |i| head.start + i);
        self.marks.objects(semicolon..at).unwrap_or(named)
    }

    fn last_named_before(&self, at: usize) -> Objects {
        let head = self.head(at);
        if self.marks.any(head.clone(), says::REVIEW | says::SUITS) {
            self.marks.last_object(head)
        } else {
            self.objects_of_group(at)
        }
    }
}
