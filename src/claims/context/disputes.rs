//! Which disputes a place of a sentence speaks of.

use std::ops::Range;

use super::Context;
use super::marks::DISPUTES;
use crate::dictionary::{Objects, says};

impl Context<'_> {
    /// The disputes that a number or a word is about: those of its clause, else the kind last named; a clause with
    /// 其中 means all that was named before.
    pub(in crate::claims) fn objects(&self, at: usize, clause: Range<usize>) -> Objects {
        let marks = self.marks;
        if marks.any(clause.clone(), says::COURTS) {
            return self.suits(at, clause);
        }
        if marks.any(clause.clone(), says::REVIEW_ORGANS) {
            return Objects::Review;
        }
        let lead = clause.start..at.max(clause.start);
        if let Some(named) = self.last_object(lead) {
            return named;
        }
        if let Some(named) = marks.objects(clause.clone()).filter(|o| *o != Objects::Both) {
            return named;
        }
        // 行政复议7件（其中1件被纠错），行政诉讼4件（其中维持2件）: of what stands before the bracket.
        let is_in_bracket = self.prose.text[..clause.start].ends_with(['（', '(']);
        if marks.any(clause, says::AMONG) && !is_in_bracket {
            self.objects_of_group(at)
        } else {
            self.last_named_before(at)
        }
    }

    /// The suits that a number is about that a court decided: one kind, if the clause or its group names no other.
    fn suits(&self, at: usize, clause: Range<usize>) -> Objects {
        let own = self.last_object(clause.start..at.max(clause.start)).or_else(|| self.last_object(clause.clone()));
        let named = own.unwrap_or_else(|| {
            if self.marks.any(clause, says::AMONG) { self.last_named_before(at) } else { self.objects_of_group(at) }
        });
        if named.is_block() { named } else { Objects::Suits }
    }

    /// Where the part of the sentence begins, from the last semicolon to the end of a clause, if it speaks of reviews
    /// alone or of suits alone, and of no other business.
    pub(in crate::claims) fn one_kind_from(&self, clause: Range<usize>) -> Option<usize> {
        let semicolon = self.since_semicolon(clause.start);
        let said = self.marks.said_in(semicolon..clause.end);
        let names = |says: u32| said & says != 0;
        let is_one = names(says::REVIEW) != names(says::SUITS | says::COURTS | says::BLOCKS);
        (is_one && !names(says::OTHER_BUSINESS)).then_some(semicolon)
    }

    /// The disputes spoken of since the last semicolon, else in the sentence, else in the paragraph.
    pub(in crate::claims) fn objects_of_group(&self, at: usize) -> Objects {
        let head = self.head(at);
        // Without any dispute named before there is no need to look for the semicolon.
        let Some(named) = self.marks.objects(head) else {
            let last = self.parts_of_the_last().and_then(|last| self.marks.objects(last));
            return last.or_else(|| self.marks.objects(self.before())).unwrap_or(Objects::Both);
        };
        self.marks.objects(self.since_semicolon(at)..at).unwrap_or(named)
    }

    /// 被提起行政诉讼4件。其中维持2件: what was said last before a sentence that opens with its parts.
    fn parts_of_the_last(&self) -> Option<Range<usize>> {
        let start = self.sentence.range.start;
        if !self.marks.any(start..start + "其中".len(), says::AMONG) {
            return None;
        }
        let before = self.before();
        let from = (before.start..before.end).find(|at| self.prose.text.is_char_boundary(*at))?;
        let said = self.prose.text[from..before.end].trim_end_matches(['。', '；', ';']);
        let last = said.rfind(['。', '；', ';']).unwrap_or_default();
        Some(from + last..from + said.len())
    }

    /// The dispute named last in the sentence, else those of its group.
    fn last_named_before(&self, at: usize) -> Objects {
        self.last_object(self.head(at)).unwrap_or_else(|| self.objects_of_group(at))
    }

    /// The dispute named last in a range.
    fn last_object(&self, range: Range<usize>) -> Option<Objects> {
        self.marks.last_object(&self.prose.text, range)
    }

    /// The disputes that a number may be about, the likeliest first. A kind of suits may be named beside all of
    /// them: 行政诉讼26件，其中直接起诉8件，维持15件.
    pub(in crate::claims) fn objects_in_turn(&self, at: usize, clause: Range<usize>) -> [Objects; 5] {
        let (first, group) = (self.objects(at, clause), self.objects_of_group(at));
        let last = Some(self.last_named_before(at)).filter(|o| o.is_block());
        let is_block = first.is_block() || group.is_block() || last.is_some();
        [first, group, last.unwrap_or(first), if is_block { Objects::Suits } else { first }, Objects::Both]
    }

    /// The disputes that a claim in words is about: the kind of suits last named, else those of its group.
    pub(in crate::claims) fn objects_of_words(&self, at: usize, clause: Range<usize>) -> Objects {
        if let Some(named) = self.last_object(clause.start..at).filter(|o| o.is_block()) {
            return named;
        }
        let group = self.objects_of_group(at);
        let last = self.last_named_before(at);
        if group != Objects::Both && group != Objects::Review && last.is_block() { last } else { group }
    }

    /// The one kind of dispute that a range names.
    pub(in crate::claims) fn only_kind_in(&self, range: Range<usize>) -> Option<Objects> {
        self.marks.objects(range).filter(|objects| *objects != Objects::Both)
    }

    /// Whether a range names one kind of dispute and no other.
    pub(in crate::claims) fn names_one_kind(&self, range: Range<usize>) -> bool {
        self.only_kind_in(range).is_some()
    }

    /// Where the dispute last named before a place is named, and which.
    pub(in crate::claims) fn named_last(&self, at: usize) -> Option<(usize, Objects)> {
        let start = self.marks.last(self.head(at), DISPUTES)?;
        Some((start, self.last_named_before(at)))
    }
}
