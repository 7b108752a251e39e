//! The count that a number is a part of, where it stands before it and is not that of all applications or disputes.

use super::Reader;
use super::number::Place;
use crate::claims::Claim;
use crate::claims::clauses::{Clause, Sentence};
use crate::claims::tokens::Token;
use crate::dictionary::{ClaimKind, Matter, Mismatch, Pattern, Topic, UnitClass, says, symbol};
use crate::document::OrganKind;
use crate::form::{CellId, Column, Formula, Row, TableId};

/// A clause that is about to be read.
#[derive(Clone, Copy)]
pub(super) struct At<'s> {
    /// The sentence's number.
    pub(super) index: usize,
    pub(super) sentence: &'s Sentence,
    pub(super) clause: &'s Clause,
    /// The clause before it, numbers or not.
    pub(super) before: Option<&'s Clause>,
}

impl Reader<'_> {
    /// Notes what a clause says of the numbers from it to the next semicolon: that they are of some applications or suits.
    pub(super) fn note_what_is_counted(&mut self, at: At<'_>) {
        self.part.is_of_some_requests |= self.names_a_sort(at);
        let of_requests = self.names_answers_of_some(at) || self.opens_parts_of_some_requests(at);
        let of_disputes = self.opens_kinds_of_some_suits(at);
        self.part.is_of_some_requests |= of_requests;
        self.part.is_of_some_disputes |= of_disputes;
        self.part.is_said_of_some |= of_requests || of_disputes;
    }

    /// 征收补偿类申请中，; 规划类申请方面，: whether a clause without numbers names applications of a sort that nobody knows.
    fn names_a_sort(&self, at: At<'_>) -> bool {
        if !at.clause.quantities.is_empty() || at.clause.says & says::ANY_REQUEST == 0 {
            return false;
        }
        let text = self.prose.text[at.clause.range.clone()].trim();
        self.dictionary.patterns.claim_words.sort_ends.end(text)
            && self.tokenizer.classes(text).contains(&symbol::UNKNOWN)
    }

    /// 企业申请答复类型为公开14件、无法提供9件; 自然人申请143件，答复类型为：…: whether a clause speaks of the answers to some
    /// applications only.
    fn names_answers_of_some(&self, at: At<'_>) -> bool {
        let At { clause, before, .. } = at;
        let text = &self.prose.text[clause.range.clone()];
        if clause.says & says::REQUESTS == 0 {
            return false;
        }
        let names = &self.dictionary.patterns.claim_words.kinds_of_answers;
        let Some(named) = names.iter().find_map(|name| text.find(name.as_str())) else { return false };
        let tokens = self.tokenizer.clause(clause);
        let mut lead = tokens.iter().take_while(|t| t.range.end <= clause.range.start + named);
        let is_all = |t: &Token| self.symbols.of_all_answers.contains(&t.symbol) || t.symbol == symbol::YEAR_OWN;
        if lead.any(|t| !is_all(t)) {
            return true;
        }
        match before.filter(|b| b.depth == clause.depth && clause.opened_by != Some('；')) {
            None => false,
            Some(before) if before.quantities.is_empty() => self.names_a_part(before),
            Some(before) => self.last_count(At { clause: before, ..at }).is_some_and(|c| !is_whole(c)),
        }
    }

    /// 在企业申请的答复中，; 网上提交的申请，: whether a clause without numbers names some applicants, a way of applying or a body.
    fn names_a_part(&self, clause: &Clause) -> bool {
        let is_part = |word: &char| {
            self.symbols.applicants.contains(word)
                || [self.symbols.channel, self.symbols.office, self.symbols.own_level].contains(word)
                || self.scopes.is_body(*word)
        };
        let is_own = self.organ.kind == OrganKind::Office;
        let words = self.tokenizer.classes(&self.prose.text[clause.range.clone()]);
        words.iter().filter(|w| !(is_own && **w == self.symbols.office)).any(is_part)
    }

    /// 网络申请81件，其中予以公开33件; 补正申请12件，其中…: whether a clause opens the outcomes of some applications.
    fn opens_parts_of_some_requests(&self, at: At<'_>) -> bool {
        let At { clause, before, .. } = at;
        if clause.quantities.is_empty() || !self.opens_parts(clause, before) {
            return false;
        }
        // 收到164件，其中网络98件、信函66件，其中予以公开58件: of all that came in by several ways.
        let before: Vec<&Claim> = self
            .counts_since_semicolon(at.index, at.sentence, clause.range.start)
            .filter(|c| self.is_case(c))
            .collect();
        if before.iter().take_while(|c| is_one_way(c)).count() > 1 && before.iter().any(|c| is_whole(c)) {
            return false;
        }
        self.last_count(at).is_some_and(|c| self.is_case(c) && self.is_some_of_all(c))
    }

    /// Whether a count is of some applications, or of those carried in.
    fn is_some_of_all(&self, count: &Claim) -> bool {
        match count.matter {
            // 补正申请12件, but 79件之中
            None => count.is_by_channel() || self.counts_another_noun(count),
            Some(Matter::Received | Matter::Handled) => !is_whole(count),
            Some(Matter::Applicants) => true,
            // 上年结转5件，其中予以公开3件; 结转6件（其中4件已予以公开）
            Some(Matter::CarriedOver) => true,
            // 不予公开36件，其中保护第三方合法权益14件: rows of a group of the table.
            Some(_) => false,
        }
    }

    /// 不予公开2件，其中1件引发行政复议; 予以公开8件（含上年结转2件）: whether disputes, or what was carried in, are those of an
    /// outcome or of some applications counted just before.
    pub(super) fn is_of_an_outcome(&self, place: Place<'_>, matter: Option<Matter>, is_number_first: bool) -> bool {
        if matter == Some(Matter::Received) {
            return self.is_in_brackets_of_an_outcome(place);
        }
        if !matches!(matter, Some(Matter::CarriedOver | Matter::Reviews | Matter::Suits)) {
            return false;
        }
        let clauses = &place.sentence.clauses;
        let at = clauses.iter().position(|c| c.range == place.clause.range);
        let before = at.and_then(|at| at.checked_sub(1)).map(|at| &clauses[at]);
        let is_dispute = matter != Some(Matter::CarriedOver);
        let opens = self.opens_parts(place.clause, before) || is_dispute && is_number_first;
        let own = self.said_before(place.index);
        // 引发行政复议2件、行政诉讼3件: both of what stands before them.
        let is_beside = |c: &Claim| is_dispute && matches!(c.matter, Some(Matter::Reviews | Matter::Suits));
        let last = own.filter(|c| counts(c)).find(|c| self.is_case(c) && !is_beside(c));
        // 引发行政复议2件，行政诉讼3件: what the clause before says goes on.
        let is_brought_about = |c: &Claim| {
            let mut since = place.sentence.clauses[..at.map_or(0, |at| at + 1)]
                .iter()
                .skip_while(|s| s.range.start <= c.clause.start);
            is_number_first || since.any(|clause| self.is_brought_about(clause))
        };
        last.is_some_and(|c| match c.matter {
            Some(Matter::Granted | Matter::OutcomeGroup | Matter::OutcomeReason) => opens,
            Some(Matter::Applicants) => opens && is_dispute,
            // 其中12件涉及征地，引发行政复议3件; 有1人提出7件，引发行政复议2件
            None => is_dispute && (self.opens_parts_by_words(c) || !is_number_first && is_brought_about(c)),
            // 上年结转的3件办结后，1件引发行政复议
            Some(Matter::CarriedOver) => is_dispute && is_of_carried_in(c) && is_brought_about(c),
            // 有1名申请人提出申请7件，引发行政复议2件: not said to be all of them.
            Some(Matter::Received | Matter::Handled) => {
                is_dispute && c.mismatch != Mismatch::Contradicted && !is_number_first && is_brought_about(c)
            }
            Some(_) => false,
        })
    }

    /// 公开8件（上年结转1件、本年新收7件）: whether what came in is told of an outcome, in brackets behind it.
    fn is_in_brackets_of_an_outcome(&self, place: Place<'_>) -> bool {
        let own = self.said_before(place.index);
        let outside = own.filter(|c| counts(c)).find(|c| depth(place.sentence, c) < place.clause.depth);
        outside
            .is_some_and(|c| matches!(c.matter, Some(Matter::Granted | Matter::OutcomeGroup | Matter::OutcomeReason)))
    }

    /// …，并引发行政复议2件: whether a clause opens with what the count before it brought about.
    fn is_brought_about(&self, clause: &Clause) -> bool {
        let words = &self.dictionary.patterns.claim_words;
        let text = self.prose.text[clause.range.clone()].trim_start();
        let text = words.also.iter().find_map(|w| text.strip_prefix(w.as_str())).unwrap_or(text);
        words.brings_about.begin(text)
    }

    /// Whether the clause of a count opens with a word for parts: 其中.
    fn opens_parts_by_words(&self, count: &Claim) -> bool {
        let text = self.prose.text[count.clause.clone()].trim_start();
        self.dictionary.patterns.claim_words.list_openers.begin(text)
    }

    /// Whether what a clause counts are parts of the count before it.
    fn opens_parts(&self, clause: &Clause, before: Option<&Clause>) -> bool {
        let text = |c: &Clause| self.prose.text[c.range.clone()].trim();
        before.is_some_and(|b| text(b).ends_with('中'))
            || matches!(clause.opened_by, Some('（' | '：'))
            || self.dictionary.patterns.claim_words.list_openers.begin(text(clause))
    }

    /// The last count of a sentence before the end of a clause, none of a deeper bracket.
    pub(super) fn last_count(&self, at: At<'_>) -> Option<&Claim> {
        let At { index, sentence, clause, .. } = at;
        let own = self.said_before(index);
        own.filter(|c| counts(c)).find(|c| depth(sentence, c) <= clause.depth)
    }

    /// The counts before a place in its part of the sentence, the nearest first.
    fn counts_since_semicolon(&self, index: usize, sentence: &Sentence, at: usize) -> impl Iterator<Item = &Claim> {
        let from = self.context(sentence).since_semicolon(at);
        let own = self.out.list.iter().rev().take_while(move |c| c.sentence == index && c.range.start >= from);
        own.filter(|c| counts(c))
    }

    fn is_case(&self, claim: &Claim) -> bool {
        let class = claim.quantity.map(|q| self.lexed.quantities[q].class);
        matches!(class, Some(UnitClass::Case | UnitClass::None))
    }

    /// 来信31件，办结30件; 网络申请81件，办结77件: whether what is handled or answered is of a count before it that is not that
    /// of all applications, in words that do not name them.
    pub(super) fn is_of_another_count(&self, place: Place<'_>, pattern: &Pattern, matched: &[Token]) -> bool {
        let is_handled = pattern.matter == Some(Matter::Handled);
        let names_them = || matched.iter().any(|t| self.symbols.applications.contains(&t.symbol));
        if !(is_handled || pattern.topic == Some(Topic::Outcomes)) || names_them() {
            return false;
        }
        let quantity = &self.lexed.quantities[place.q];
        let unit = |q: usize| &self.prose.text[self.lexed.quantities[q].unit.clone()];
        let is_alike = |c: &&Claim| c.quantity.is_some_and(|q| unit(q) == unit(place.q));
        let own = self.counts_since_semicolon(place.index, place.sentence, quantity.range.start);
        let before: Vec<&Claim> = own.filter(is_alike).collect();
        let Some(last) = before.first() else {
            return is_handled && self.is_led_by_another_noun(place, matched);
        };
        // 收到申请20件，受理群众来访14件，办结14件: of what was taken up last.
        if is_handled && self.takes_up_another(last) {
            return true;
        }
        // 不予公开13件（第三方权益5件，过程性信息3件）: rows beside others.
        let is_outcome = |c: &&Claim| {
            matches!(c.matter, Some(Matter::Granted | Matter::OutcomeGroup | Matter::OutcomeReason))
                && c.mismatch == Mismatch::Contradicted
                && c.at_most.is_none()
        };
        if before.iter().any(|c| is_whole(c)) || !is_handled && before.iter().any(is_outcome) {
            return false;
        }
        // No part is more than the count that it is of.
        let is_no_outcome =
            |c: &&&Claim| !matches!(c.matter, Some(Matter::Granted | Matter::OutcomeGroup | Matter::OutcomeReason));
        let whole = before.iter().find(is_no_outcome).and_then(|c| c.quantity);
        if whole.is_some_and(|q| self.lexed.quantities[q].value < quantity.value) {
            return false;
        }
        // 自然人申请76件、法人申请8件: all applicants together.
        let ways = before.iter().take_while(|c| is_one_way(c)).count();
        let is_another = || match last.matter {
            // 自然人申请76件，办结75件，予以公开29件; 信访事项51件，按期办结50件
            Some(Matter::Received | Matter::Handled) => last.at_most.is_some(),
            Some(Matter::OutcomeReason) if is_handled => last.mismatch != Mismatch::Contradicted,
            Some(Matter::Granted | Matter::OutcomeGroup | Matter::OutcomeReason) => last.at_most.is_some(),
            // 许可事项51件，办结51件
            Some(Matter::Documents | Matter::Decisions) => true,
            // 2022年结转5件，已办结5件
            Some(Matter::CarriedOver) => is_of_carried_in(last),
            _ => last.readings.is_empty() && self.counts_another_noun(last),
        };
        ways == 1 || ways == 0 && is_another()
    }

    /// 民生实事10件全部办结: the words before the number are of something else.
    fn is_led_by_another_noun(&self, place: Place<'_>, matched: &[Token]) -> bool {
        let number = self.lexed.quantities[place.q].range.start;
        let is_after = matched.first().is_some_and(|t| t.range.start >= number);
        is_after && self.names_another_noun(place.clause.range.start..number)
    }

    /// Whether the words of a count are none of those that any total may have.
    /// 受理群众来访14件: whether a count is of something else that came in.
    fn takes_up_another(&self, count: &Claim) -> bool {
        let label = &self.prose.text[count.clause.start..count.range.start.max(count.clause.start)];
        let words = &self.dictionary.patterns.claim_words.taken_up;
        count.matter.is_none() && words.stand_in(label) && self.counts_another_noun(count)
    }

    pub(super) fn counts_another_noun(&self, claim: &Claim) -> bool {
        let is_channel = claim.is_by_channel();
        let named = || self.marks.said_in(claim.clause.clone()) & says::ANY_REQUEST != 0;
        is_channel && !named() || !is_channel && self.names_another_noun(claim.clause.start..claim.range.start)
    }

    fn names_another_noun(&self, range: std::ops::Range<usize>) -> bool {
        let text = self.prose.text[range].trim_matches(['共', '计', '合', '为', '达', '约', '，', '、', ' ']);
        let is_all = |word: &char| self.symbols.of_all_answers.contains(word) || *word == symbol::YEAR_OWN;
        !text.is_empty() && self.tokenizer.classes(text).iter().any(|word| !is_all(word))
    }

    /// 胜诉的21件中，直接起诉9件; 审结31件，其中直接起诉15件: whether a clause opens the kinds of some suits only.
    fn opens_kinds_of_some_suits(&self, at: At<'_>) -> bool {
        let At { clause, before, .. } = at;
        if clause.says & says::BLOCKS == 0 || !self.opens_parts(clause, before) {
            return false;
        }
        match self.last_count(at) {
            Some(whole) => !is_total_of_disputes(whole),
            None => before.is_some_and(|b| {
                let text = self.prose.text[b.range.clone()].trim();
                let names_kinds = |w: &char| self.symbols.kinds_of_disputes.contains(w);
                text.ends_with('中') && self.tokenizer.classes(text).iter().any(names_kinds)
            }),
        }
    }
}

/// Whether a count is that of all applications, of the reporting body and its year.
fn is_whole(claim: &Claim) -> bool {
    matches!(claim.matter, Some(Matter::Received | Matter::Handled))
        && !claim.readings.is_empty()
        && claim.scope.is_none()
        && (claim.at_most.is_none() || claim.is_perhaps_a_part())
        && claim.mismatch != Mismatch::NotComparable
}

/// 上年结转5件全部办结，其中予以公开3件
fn is_of_carried_in(claim: &Claim) -> bool {
    claim.readings.first() == Some(&Formula::Cell(CellId::total(Row::CarriedIn)))
}

/// Whether a count is of one kind of applicants or of one way of applying.
fn is_one_way(claim: &Claim) -> bool {
    claim.matter == Some(Matter::Applicants) || claim.is_by_channel()
}

/// How deep in brackets a claim of a sentence stands.
fn depth(sentence: &Sentence, claim: &Claim) -> u8 {
    sentence.clauses.iter().find(|clause| clause.range == claim.clause).map_or(0, |clause| clause.depth)
}

/// Whether a claim is a count.
fn counts(claim: &Claim) -> bool {
    claim.quantity.is_some() && claim.kind == ClaimKind::Count
}

/// Whether a count is one of all disputes of some kinds.
pub(super) fn is_total_of_disputes(claim: &Claim) -> bool {
    let of_disputes =
        |f: &Formula| f.all_cells(&mut |c| c.row.table() == TableId::Disputes && c.column == Column::Total);
    claim.readings.first().is_some_and(|f| f.cell_count() > 0 && of_disputes(f))
}
