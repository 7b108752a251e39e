//! What a sentence is about, and which disputes it speaks of.

use std::cell::OnceCell;

use daachorse::CharwiseDoubleArrayAhoCorasick;

use crate::dictionary::{Objects, Topic};
use crate::document::Prose;

use super::clauses::Sentence;

/// How far back (bytes) a paragraph still says what it is about.
const LOOK_BACK: usize = 1500;

/// Words that name applications for information beyond doubt.
const EXPLICIT: [&str; 7] =
    ["依申请", "信息公开申请", "公开申请", "申请公开", "申请政府信息", "答复类型", "政府信息申请"];

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

/// The words for other business of the organ, searched together.
pub(super) struct OtherBusiness(Option<CharwiseDoubleArrayAhoCorasick<u32>>);

impl OtherBusiness {
    pub(super) fn new(mut words: Vec<String>) -> Self {
        words.sort_unstable();
        words.dedup();
        OtherBusiness(CharwiseDoubleArrayAhoCorasick::new(words).ok())
    }

    /// Where the last of them begins.
    fn last_in(&self, text: &str) -> Option<usize> {
        self.0.as_ref()?.find_overlapping_iter(text).map(|m| m.start()).max()
    }
}

impl std::fmt::Debug for OtherBusiness {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("OtherBusiness").finish_non_exhaustive()
    }
}

/// What the words around a sentence say it is about, looked up when first asked for.
#[derive(Debug, Default)]
pub(super) struct Topics {
    requests: OnceCell<bool>,
    disputes: OnceCell<bool>,
}

/// What can be known of a place from the words before it.
pub(super) struct Context<'a> {
    pub(super) prose: &'a Prose,
    pub(super) sentence: &'a Sentence,
    /// Words for other business of the organ.
    pub(super) other_business: &'a OtherBusiness,
    /// A bare text: the reader of one sentence is taken at their word.
    pub(super) is_bare: bool,
    /// What was looked up for the sentence before.
    pub(super) topics: &'a Topics,
}

impl Context<'_> {
    /// The paragraph before the sentence, as far as it still matters.
    fn before(&self) -> &str {
        let paragraph = &self.prose.paragraphs[self.sentence.paragraph].range;
        let mut from = paragraph.start.max(self.sentence.range.start.saturating_sub(LOOK_BACK));
        while !self.prose.text.is_char_boundary(from) {
            from += 1;
        }
        &self.prose.text[from..self.sentence.range.start]
    }

    /// The heading just above the paragraph.
    fn heading(&self) -> &str {
        let above = self.prose.paragraphs[..self.sentence.paragraph].iter().rev().find(|p| p.is_heading);
        above.filter(|p| p.section == self.sentence.section).map_or("", |p| &self.prose.text[p.range.clone()])
    }

    fn sentence_text(&self) -> &str {
        &self.prose.text[self.sentence.range.clone()]
    }

    /// How surely the place is about a topic; `from` is where the words of the claim begin, `at` its number.
    pub(super) fn is_about(&self, topic: Topic, from: usize, at: usize) -> Sureness {
        if self.is_bare {
            return Sureness::Sure;
        }
        let head = &self.prose.text[self.sentence.range.start..at];
        let before_claim = from - self.sentence.range.start;
        let sure_or = |sure: bool, other: Sureness| if sure { Sureness::Sure } else { other };
        match topic {
            Topic::Requests => {
                let otherwise =
                    || if self.sentence_text().contains("申请") { Sureness::Likely } else { Sureness::No };
                if self.is_about_requests(head, before_claim) { Sureness::Sure } else { otherwise() }
            }
            Topic::Outcomes => sure_or(self.is_about_requests(head, before_claim), Sureness::Likely),
            Topic::Disputes => sure_or(self.is_about_disclosure_disputes(head, at), Sureness::Likely),
            Topic::Documents => sure_or(["规范性文件", "规章"].iter().any(|w| head.contains(w)), Sureness::No),
        }
    }

    /// Applications for information, and no other business of the organ named since.
    fn is_about_requests(&self, head: &str, before_claim: usize) -> bool {
        let named = EXPLICIT.iter().filter_map(|w| head.rfind(w)).max();
        let other = self.other_business.last_in(&head[..before_claim]);
        match (named, other) {
            (Some(named), Some(other)) => named > other,
            (Some(_), None) => true,
            (None, Some(_)) => false,
            (None, None) => {
                self.sentence.section == 3 || *self.topics.requests.get_or_init(|| self.surroundings_say(&EXPLICIT))
            }
        }
    }

    /// Disputes over disclosure: not all disputes of the organ, of which those are then a part.
    fn is_about_disclosure_disputes(&self, head: &str, at: usize) -> bool {
        const DISCLOSURE: [&str; 4] = ["信息公开", "依申请", "公开申请", "答复"];
        let sentence = self.sentence_text();
        let other = self.other_business.last_in(head);
        let named = EXPLICIT.iter().chain(&DISCLOSURE[..1]).filter_map(|w| head.rfind(w)).max();
        if sentence.contains("无关") || other > named {
            return false;
        }
        if DISCLOSURE.iter().any(|w| head.contains(w)) {
            return true;
        }
        let rest = &self.prose.text[at..self.sentence.range.end];
        let has_part = rest.find("其中").is_some_and(|n| rest[n..].contains("信息公开"));
        !has_part
            && (self.sentence.section == 4
                || rest.contains("信息公开")
                || *self.topics.disputes.get_or_init(|| self.surroundings_say(&DISCLOSURE)))
    }

    fn surroundings_say(&self, words: &[&str]) -> bool {
        words.iter().any(|w| self.before().contains(w) || self.heading().contains(w))
    }

    /// The disputes that a number or a word is about: those of its clause, else the kind last named; a clause with
    /// 其中 means all that was named before.
    pub(super) fn objects(&self, at: usize, clause: std::ops::Range<usize>) -> Objects {
        let text = &self.prose.text;
        let own = &text[clause.clone()];
        if own.contains("法院") || own.contains("判决") {
            return Objects::Suits;
        }
        if own.contains("复议机关") {
            return Objects::Review;
        }
        let lead = &text[clause.start..at.max(clause.start)];
        if let Some(named) = objects_in(lead) {
            return if named == Objects::Both { last_named(lead) } else { named };
        }
        if let Some(named) = objects_in(own).filter(|o| *o != Objects::Both) {
            return named;
        }
        if own.contains("其中") { self.objects_of_group(at) } else { self.last_named_before(at) }
    }

    /// The disputes spoken of since the last semicolon, else in the sentence, else in the paragraph.
    pub(super) fn objects_of_group(&self, at: usize) -> Objects {
        let head = &self.prose.text[self.sentence.range.start..at];
        let group = head.rsplit(['；', ';']).next().unwrap_or(head);
        [group, head, self.before()].into_iter().find_map(objects_in).unwrap_or(Objects::Both)
    }

    fn last_named_before(&self, at: usize) -> Objects {
        let head = &self.prose.text[self.sentence.range.start..at];
        if objects_in(head).is_some() { last_named(head) } else { self.objects_of_group(at) }
    }
}

/// The kind of dispute named last.
fn last_named(text: &str) -> Objects {
    let suits = text.rfind("诉讼").max(text.rfind("应诉"));
    if text.rfind("复议") > suits { Objects::Review } else { Objects::Suits }
}

fn objects_in(text: &str) -> Option<Objects> {
    match (text.contains("复议"), text.contains("诉讼") || text.contains("应诉")) {
        (true, true) => Some(Objects::Both),
        (true, false) => Some(Objects::Review),
        (false, true) => Some(Objects::Suits),
        (false, false) => None,
    }
}
