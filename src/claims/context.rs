//! What a sentence is about, and which disputes it speaks of.

mod disputes;
mod marks;

use std::ops::Range;

use marks::DISPUTES;
pub(super) use marks::Marks;

use super::clauses::{Clause, Sentence};
use crate::dictionary::{ClaimWords, Telling, Topic, UnitClass, says};
use crate::document::Prose;
use crate::quantities::Lexed;

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

/// What can be known of a place from the words before it.
pub(super) struct Context<'a> {
    pub(super) prose: &'a Prose,
    pub(super) sentence: &'a Sentence,
    pub(super) marks: Marks<'a>,
    pub(super) lexed: &'a Lexed,
    pub(super) words: &'a ClaimWords,
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
        // Of two kinds of documents one must be named, in a bare text too.
        if self.is_bare && topic != Topic::Regulations {
            return Sureness::Sure;
        }
        let sure_or = |sure: bool, other: Sureness| if sure { Sureness::Sure } else { other };
        match topic {
            Topic::Requests | Topic::Outcomes if self.is_on_disputes_only(from, at) => Sureness::No,
            Topic::Requests => {
                if self.is_about_requests(from, at) {
                    return Sureness::Sure;
                }
                let is_named = self.marks.any(self.sentence.range.clone(), says::ANY_REQUEST);
                if is_named { Sureness::Likely } else { Sureness::No }
            }
            Topic::Outcomes => {
                let other = if self.is_other_business(from) { Sureness::No } else { Sureness::Likely };
                sure_or(self.is_about_requests(from, at), other)
            }
            Topic::Disputes => {
                let is_other = !self.names_disputes() || self.names_requests_since(at, from == at);
                if is_other {
                    return Sureness::No;
                }
                sure_or(self.is_about_disclosure_disputes(at), Sureness::Likely)
            }
            Topic::Documents => sure_or(self.marks.any(self.head(at), says::DOCUMENTS), Sureness::No),
            Topic::Regulations => sure_or(self.is_about_regulations(at), Sureness::No),
        }
    }

    /// Whether 规章 is the kind of documents named last before a place.
    fn is_about_regulations(&self, at: usize) -> bool {
        let named = self.marks.last(self.head(at), says::REGULATIONS);
        named.is_some() && named >= self.marks.last(self.head(at), says::DOCUMENTS)
    }

    /// Other business of the organ before a place, where nothing speaks of applications: 印发公文430件，不予公开63件.
    fn is_other_business(&self, from: usize) -> bool {
        const APPLICATIONS: u32 = says::REQUESTS | says::ANY_REQUEST;
        self.sentence.section != 3
            && self.marks.any(self.head(from), says::OTHER_BUSINESS)
            && !self.marks.any(self.sentence.range.clone(), APPLICATIONS)
            && !self.surroundings_say(APPLICATIONS)
    }

    /// Whether other business of the organ is named in the sentence before a place, or before the sentence.
    pub(super) fn has_other_business(&self, at: usize) -> bool {
        self.marks.any(self.head(at), says::OTHER_BUSINESS) || self.surroundings_say(says::OTHER_BUSINESS)
    }

    /// Whether a range names disclosure.
    pub(super) fn names_disclosure(&self, range: Range<usize>) -> bool {
        self.marks.any(range, says::DISCLOSURE)
    }

    /// Whether disputes are named in the sentence or around it: 热线47件，已全部办结 is about none.
    fn names_disputes(&self) -> bool {
        const NAMES: u32 = DISPUTES | says::COURTS | says::REVIEW_ORGANS;
        self.sentence.section == 4 || self.marks.any(self.sentence.range.clone(), NAMES) || self.surroundings_say(NAMES)
    }

    /// Whether applications are named nearer before a place than any dispute, and none in its clause:
    /// 依申请公开16件，已全部办结.
    /// If the words of the claim begin there, and its sentence named neither before, what the paragraph named last counts.
    fn names_requests_since(&self, at: usize, begins_there: bool) -> bool {
        const NAMES: u32 = DISPUTES | says::COURTS | says::REVIEW_ORGANS;
        let rest = &self.prose.text[at..self.sentence.range.end];
        let end = at + rest.find(['，', ',', '；', ';']).unwrap_or(rest.len());
        let (requests, disputes) =
            (self.marks.last(self.head(at), says::REQUESTS), self.marks.last(self.head(at), NAMES));
        // 收到政府信息公开申请28件。均按时办结；行政复议1件。
        let (named, other) = if begins_there && requests.is_none() && disputes.is_none() {
            (self.marks.last(self.before(), says::REQUESTS), self.marks.last(self.before(), NAMES))
        } else {
            (requests, disputes)
        };
        named.is_some() && named > other && !self.marks.any(at..end, NAMES) && self.sentence.section != 4
    }

    /// Whether disputes are what a sentence speaks of where the words of a number begin: 行政复议7件，办结6件.
    pub(super) fn is_on_disputes(&self, from: usize) -> bool {
        let named = self.marks.last(self.head(from), DISPUTES);
        named.is_some() && named > self.marks.last(self.head(from), says::REQUESTS)
    }

    /// 行政复议6件，撤回0件: disputes, and no application named in the sentence; 引发行政复议6件；申请办结60件，予以公开30件 is on one again.
    fn is_on_disputes_only(&self, from: usize, at: usize) -> bool {
        self.is_on_disputes(from)
            && !self.marks.any(self.head(at), says::REQUESTS)
            && self.marks.last(self.head(from), says::ANY_REQUEST) < self.marks.last(self.head(from), DISPUTES)
            // 收到申请62件 names applications itself, 申请人撤回0件 does not.
            && !self.prose.text[from.min(at)..at].replace("申请人", "").contains("申请")
    }

    /// Applications for information, and no other business of the organ named since.
    fn is_about_requests(&self, from: usize, at: usize) -> bool {
        let named = self.marks.last(self.head(at), says::REQUESTS);
        let other = self.marks.last(self.head(from), says::OTHER_BUSINESS);
        match (named, other) {
            (Some(named), Some(other)) => named > other && !self.is_attribute(named),
            (Some(named), None) => !(self.is_attribute(named) && self.marks.any(self.head(named), says::PROACTIVE)),
            (None, Some(_)) => false,
            (None, None) => self.sentence.section == 3 || self.surroundings_say(says::REQUESTS),
        }
    }

    /// 制发文件180件，其中主动公开126件，依申请公开36件: a kind of documents, no applications.
    fn is_attribute(&self, at: usize) -> bool {
        let after = self.prose.text[at..].trim_start_matches('依').strip_prefix("申请公开");
        after.is_some_and(|rest| {
            rest.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '的' | '类' | '文' | '公' | '信'))
        })
    }

    /// 主动公开信息8000条，依申请公开信息459条: whether pieces of information are counted by how they are open, not applications.
    /// `named` is where the words of the number stand.
    pub(super) fn counts_by_openness(&self, named: Range<usize>) -> bool {
        let is_on_application = self.words.openness.stand_in(&self.prose.text[named.clone()]);
        is_on_application
            && self.marks.inside(self.sentence.range.clone(), says::PROACTIVE).any(|m| {
                let (start, end) = (m.start as usize, m.end as usize);
                end <= named.start || named.end <= start
            })
    }

    /// 主动公开政府信息764条，无依申请公开信息: whether words that deny applications may be of pieces of information.
    pub(super) fn denies_openness(&self, named: Range<usize>) -> bool {
        let text = &self.prose.text[named.clone()];
        !self.words.work_on_requests.stand_in(text) && self.counts_by_openness(named)
    }

    /// 主动公开共36件、依申请公开共436件、不予公开共43件; 发文50件，其中公开的30件、不予公开的8件: whether a sentence tells how the organ's
    /// documents are open, and nothing of applications.
    pub(super) fn lists_openness(&self) -> bool {
        let text = &self.prose.text[self.sentence.range.clone()];
        let names_papers = || {
            let first = self.sentence.clauses.iter().find(|c| !c.quantities.is_empty());
            let number = first.and_then(|c| self.lexed.quantities.get(c.quantities.start));
            let head = number.map_or("", |q| &self.prose.text[self.head(q.range.start)]);
            self.words.papers.stand_in(head)
        };
        (self.words.openness.iter().all(|w| text.contains(w.as_str())) || names_papers())
            && !self.words.work_on_requests.stand_in(text)
    }

    /// Disputes over disclosure: not all disputes of the organ, of which those are then a part.
    fn is_about_disclosure_disputes(&self, at: usize) -> bool {
        let marks = self.marks;
        let other = marks.last(self.head(at), says::OTHER_BUSINESS);
        let named = marks.last(self.head(at), says::REQUESTS | says::NAMED_DISCLOSURE);
        if other > named || marks.any(self.sentence.range.clone(), says::UNRELATED) || self.is_counted_apart(at) {
            return false;
        }
        if marks.any(self.since_semicolon(at)..at, says::DISCLOSURE) {
            return true;
        }
        // 行政诉讼27件，与政府信息公开有关的12件: those over disclosure are counted apart.
        let is_apart = |c: &Clause| {
            c.range.start >= at && !c.quantities.is_empty() && marks.any(c.range.clone(), says::NAMED_DISCLOSURE)
        };
        if self.sentence.section != 4 && self.sentence.clauses.iter().any(is_apart) {
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
        self.sentence.section == 4 || self.names_disclosure_behind(at) || self.surroundings_say(says::DISCLOSURE)
    }

    /// 行政诉讼3件，均为政府信息公开类: whether disclosure is named behind a number, in its clause or in one about all that was counted.
    /// 行政应诉8件，无政府信息公开案件败诉 counts the suits of all business.
    fn names_disclosure_behind(&self, at: usize) -> bool {
        let is_of_all = |c: &Clause| {
            let text = self.prose.text[c.range.clone()].trim_start();
            c.depth > 0 || self.words.of_all.begin(text)
        };
        let mut clauses = self.sentence.clauses.iter().filter(|c| c.range.end > at);
        clauses.any(|c| {
            (c.range.start <= at || is_of_all(c))
                && self.marks.any(at.max(c.range.start)..c.range.end, says::NAMED_DISCLOSURE)
        })
    }

    /// 行政复议60件（信息公开9件），行政诉讼41件; 行政复议60件，政府信息公开类9件: where those over disclosure of one kind of
    /// dispute are counted apart, the numbers beside them are of all business.
    fn is_counted_apart(&self, at: usize) -> bool {
        let clauses = &self.sentence.clauses;
        let own = clauses.iter().find(|c| c.range.end >= at).map_or(0, |c| c.depth);
        let is_own = |c: &Clause| c.range.start <= at && at <= c.range.end;
        clauses.windows(2).any(|pair| {
            let [of, apart] = pair else { return false };
            let is_bracket = apart.depth > own && apart.opened_by == Some('（');
            let is_beside = apart.opened_by == Some('，')
                && apart.says & (DISPUTES | says::REQUESTS) == 0
                && self.is_no_more(apart, of);
            (is_bracket || is_beside)
                && !is_own(apart)
                && !apart.quantities.is_empty()
                && !of.quantities.is_empty()
                && of.says & DISPUTES != 0
                && of.says & says::NAMED_DISCLOSURE == 0
                && (apart.says & says::NAMED_DISCLOSURE != 0 || is_bracket && self.names_a_class(apart))
        })
    }

    /// 行政复议共9件（含履职类7件）: a class of causes, not of results.
    fn names_a_class(&self, clause: &Clause) -> bool {
        let text = &self.prose.text[clause.range.clone()];
        text.contains('类') && clause.says & DISPUTES == 0 && !self.words.results.stand_in(text)
    }

    /// Whether the last count of a clause is one of cases, and no more than that of another.
    fn is_no_more(&self, part: &Clause, whole: &Clause) -> bool {
        let count = |clause: &Clause| {
            let last = self.lexed.quantities[clause.quantities.clone()].last();
            last.filter(|q| q.class == UnitClass::Case).map(|q| q.value)
        };
        count(part).zip(count(whole)).is_some_and(|(part, whole)| part <= whole)
    }

    /// 行政诉讼12件，均不涉及政府信息公开: whether the sentence says that disputes are not over disclosure. 未涉及政府信息公开行政诉讼
    /// says that there are none.
    pub(super) fn says_other_disputes(&self) -> bool {
        let text = &self.prose.text[self.sentence.range.clone()];
        self.words.other_disputes.found_in(text).any(|(at, word)| {
            let rest = text[at + word.len()..].trim_start_matches('的');
            !rest.starts_with(['行', '复', '诉'])
        })
    }

    fn surroundings_say(&self, says: u32) -> bool {
        self.marks.any(self.before(), says) || self.heading() & says != 0
    }

    /// What the heading just above the paragraph says.
    fn heading(&self) -> u32 {
        let above = self.prose.heading_above(self.sentence.paragraph);
        above.filter(|p| p.section == self.sentence.section).map_or(0, |p| self.marks.said_in(p.range.clone()))
    }

    /// Whether the sentence says, before the end of a clause, that numbers may be parts or of another day.
    pub(super) fn may_be_a_part(&self, clause: Range<usize>) -> bool {
        self.marks.any(self.head(clause.end), says::PARTS)
    }

    /// Whether documents named in a clause are those of others or of a campaign: 参与制定规范性文件7件.
    pub(super) fn is_shared_work(&self, clause: Range<usize>) -> bool {
        self.marks.any(self.head(clause.end), says::CAMPAIGNS) || self.marks.any(clause, says::SHARED_WORK)
    }

    /// Whether a clause speaks of a clean-up itself: 对现行有效的63件规范性文件进行清理.
    pub(super) fn is_of_campaign(&self, clause: Range<usize>) -> bool {
        self.marks.any(clause, says::CAMPAIGNS)
    }

    /// Whether licences and penalties of a clause may be notices or cases: 立案行政处罚88件. What stood before counts where
    /// the clause names no decisions itself.
    pub(super) fn may_be_no_decisions(&self, clause: Range<usize>) -> bool {
        let names_decisions = self.marks.any(clause.clone(), says::DECISIONS);
        let from = if names_decisions { clause.start } else { self.since_semicolon(clause.start) };
        self.marks.any(from..clause.end, says::NO_DECISIONS)
    }

    /// Where the part of the sentence begins that a place is in, after the last semicolon before it.
    pub(super) fn since_semicolon(&self, at: usize) -> usize {
        let head = self.head(at);
        self.prose.text[head.clone()].rfind(['；', ';']).map_or(head.start, |i| head.start + i)
    }

    /// Where, since the last semicolon, the word begins that makes disputes those newly received.
    pub(super) fn new_from(&self, at: usize) -> Option<usize> {
        let head = self.head(at);
        let new = self.marks.last(head.clone(), says::NEW)?;
        (!self.prose.text[new..at].contains(['；', ';'])).then_some(new)
    }

    /// Whether something was taken off the numbers of a clause: 扣除重复申请6件后，予以公开97件.
    pub(super) fn is_deducted(&self, clause: Range<usize>) -> bool {
        self.marks.any(self.head(clause.end), says::DEDUCTED)
    }

    /// Whether an exception opens the clause or one before it: 除2件被纠正外.
    pub(super) fn has_exception(&self, clause: Range<usize>) -> bool {
        self.has_exception_from(self.sentence.range.start, clause)
    }

    /// The same of a place in the sentence on.
    pub(super) fn has_exception_from(&self, start: usize, clause: Range<usize>) -> bool {
        let is_opening = |m: &Telling| self.sentence.clauses.iter().any(|c| c.range.start == m.start as usize);
        self.marks.inside(start..clause.end.max(start), says::EXCEPT).any(is_opening)
    }
}
