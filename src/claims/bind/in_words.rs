//! Claims in words: what did not happen, and what holds of all.

use std::ops::Range;

use super::wholes::{At, is_total_of_disputes};
use super::{Reader, SYMBOL_LEN, formulas_of};
use crate::claims::clauses::{Clause, Sentence};
use crate::claims::context::Sureness;
use crate::claims::tokens::Token;
use crate::claims::{Claim, Scope};
use crate::dictionary::{ClaimKind, Matter, Mismatch, Objects, Pattern, Reading, symbol, without_starts};
use crate::form::{CellId, Column, Formula, Row, TableId};

/// The pattern of 未发生行政复议、行政诉讼.
const NO_DISPUTES: &str = "no-review-nor-suit";

impl Reader<'_> {
    /// Reads the claims in words of a clause.
    pub(super) fn words(&mut self, place: At<'_>, tokens: &[Token], scope: Option<&Scope>) {
        let At { sentence, clause, .. } = place;
        let alone = At { before: None, ..place };
        let symbols: String = tokens.iter().map(|t| t.symbol).collect();
        let dictionary = self.dictionary;
        let mut taken: Vec<Range<usize>> = Vec::new();
        // 未发生行政复议、行政诉讼等费用: no denial of the reviews alone either.
        let mut rejected: Vec<(Range<usize>, Option<Matter>)> = Vec::new();
        let mut found = Vec::new();
        for (pattern, range) in dictionary.patterns.of_words(&symbols) {
            let range = range.start / SYMBOL_LEN..range.end / SYMBOL_LEN;
            let has = |s: &char| tokens.iter().any(|t| t.symbol == *s);
            let at = tokens[range.start].range.start;
            let sureness = pattern.topic.map_or(Sureness::Sure, |t| self.context(sentence).is_about(t, at, at));
            // 下属单位未收到申请，未发生复议: who it was goes on to the next clause.
            let is_weak = scope.is_some_and(|s| s.kind.is_perhaps_own())
                || self.may_be_of_a_part(alone, pattern, tokens, range.clone());
            self.told.is_of_a_part |= is_weak;
            let of_named = formulas_of(&pattern.subject, self.form, &[Objects::Both]);
            let of_named = self.of_applicants_named(&tokens[..range.end], &of_named);
            let sureness = if is_weak && sureness == Sureness::Sure { Sureness::Likely } else { sureness };
            let is_numbered = tokens[range.clone()].iter().any(|t| t.number.is_some());
            let end = tokens[range.end - 1].range.end;
            let covers = |t: &Range<usize>| t.start < range.end && range.start < t.end;
            if rejected.iter().any(|(r, matter)| covers(r) && *matter == pattern.matter) {
                continue;
            }
            if self.goes_on(pattern, end..clause.range.end, &tokens[range.end..]) {
                rejected.push((range.clone(), pattern.matter));
                continue;
            }
            if pattern.unless.iter().any(has) || sureness == Sureness::No || is_numbered || taken.iter().any(covers) {
                continue;
            }
            if self.is_of_some_applications(alone, pattern, &tokens[..range.start]) {
                continue;
            }
            taken.push(range.clone());
            found.push((pattern, sureness, at..tokens[range.end - 1].range.end, of_named));
        }
        for (pattern, sureness, range, of_named) in found {
            self.word_claims(place, (pattern, sureness), range, scope);
            // Of a claim in words that has them there is one.
            if let Some(claim) = self.out.list.last_mut().filter(|c| !of_named.is_empty() && c.quantity.is_none()) {
                claim.readings.extend(of_named);
            }
        }
    }

    /// Whether what is said in words may be said of a part of the body, of the matter or of the cases. `range` is the match.
    fn may_be_of_a_part(&self, at: At<'_>, pattern: &Pattern, tokens: &[Token], range: Range<usize>) -> bool {
        let At { sentence, clause, .. } = at;
        let context = self.context(sentence);
        let (before, matched) = (&tokens[..range.start], &tokens[range.clone()]);
        let has_unknown = || matched.iter().any(|t| t.symbol == symbol::UNKNOWN);
        let is_part = |t: &Token| matches!(t.symbol, symbol::UNKNOWN | symbol::ORGAN | symbol::NUMBER);
        let told = matched.first().map_or(0, |t| t.range.start)..matched.last().map_or(0, |t| t.range.end);
        self.told.is_of_a_part
            || self.part.is_of_some_requests
            || self.part.is_of_other_bodies
            || self.part.is_led
            || self.year_is_open
            || self.is_of_decisions_or_goals(sentence, pattern, before)
            || self.is_of_all_of_a_part(at, pattern)
            || context.has_exception(clause.range.clone())
            || sentence.section >= 5
            || self.is_of_one_instance(pattern, tokens)
            || self.is_by_one_channel(pattern, &tokens[..range.end])
            || pattern.matter == Some(Matter::NoneReceived) && context.denies_openness(told)
            || pattern.strict && (has_unknown() || before.iter().any(is_part))
    }

    /// 行政复议6件（结果均维持）: claims in words that stand in brackets without numbers.
    pub(super) fn notes(&mut self, at: At<'_>, scope: Option<&Scope>) {
        for note in &at.clause.notes {
            let text = self.prose.text[note.clone()].trim_matches(['（', '）', '(', ')', '〔', '〕', '[', ']']);
            let start = note.start + self.prose.text[note.clone()].find(text).unwrap_or_default();
            let inner = Clause::of_text(start..start + text.len(), at.clause.depth + 1, self.marks);
            if inner.has_denial() {
                let tokens = self.tokenizer.clause(&inner);
                self.words(At { clause: &inner, ..at }, &tokens, scope);
            }
        }
    }

    /// 通过网站未收到依申请公开, 未收到书面提交的申请: whether what is denied is of one channel of application. 信函、网络等渠道均未收到 is
    /// of all.
    fn is_by_one_channel(&self, pattern: &Pattern, tokens: &[Token]) -> bool {
        let ways = &self.dictionary.patterns.claim_words.one_way;
        let is_way = |t: &Token| ways.has(&self.prose.text[t.range.clone()]);
        let is_channel = |t: &Token| t.symbol == self.symbols.channel || is_way(t);
        let joins =
            |t: &Token| [self.symbols.all, self.symbols.each, self.symbols.and, symbol::SEPARATOR].contains(&t.symbol);
        pattern.matter == Some(Matter::NoneReceived) && tokens.iter().any(is_channel) && !tokens.iter().any(joins)
    }

    /// 作出行政处罚685件，未引发行政复议、行政诉讼; 力争2024年行政复议零纠错: whether what is denied is of the organ's decisions, or only
    /// meant to be.
    fn is_of_decisions_or_goals(&self, sentence: &Sentence, pattern: &Pattern, before: &[Token]) -> bool {
        if !matches!(pattern.matter, Some(Matter::DisputeResult | Matter::NoneDisputed)) {
            return false;
        }
        let words = &self.dictionary.patterns.claim_words.goals;
        let start = sentence.range.start;
        let first = self.out.tokens.partition_point(|t| t.range.start < start);
        let mut tokens = self.out.tokens[first..].iter().chain(before);
        let is_goal = |t: &Token| words.has(&self.prose.text[t.range.clone()]);
        let names_disclosure = self.context(sentence).names_disclosure(sentence.range.clone());
        // 不予公开答复未引起行政复议
        let is_answer = |t: &Token| self.symbols.disclosed.contains(&t.symbol) || self.symbols.is_outcome(t);
        before.iter().any(is_answer)
            || self.context(sentence).says_other_disputes()
            || tokens.any(|t| is_goal(t) || !names_disclosure && self.symbols.decisions.contains(&t.symbol))
    }

    /// 全年一审无败诉; 未发生行政诉讼二审案件
    fn is_of_one_instance(&self, pattern: &Pattern, tokens: &[Token]) -> bool {
        matches!(pattern.matter, Some(Matter::DisputeResult | Matter::NoneDisputed))
            && tokens.iter().any(|t| t.symbol == self.symbols.instance)
    }

    /// 其中当面申请12件，均为自然人; 不予处理3件，均未引起行政复议; 查处案件685件，均未引起行政复议: whether what is said of all is said of
    /// some applications or of something else, counted last.
    fn is_of_all_of_a_part(&self, at: At<'_>, pattern: &Pattern) -> bool {
        let last = || self.last_count(at);
        let text = self.prose.text[at.clause.range.clone()].trim_start();
        let is_of_all = || self.dictionary.patterns.claim_words.of_all.begin(text);
        match pattern.matter {
            // 予以公开24件，均为自然人申请
            Some(Matter::Applicants) => last().is_some_and(|c| {
                let matters = [Matter::Granted, Matter::OutcomeGroup, Matter::OutcomeReason];
                c.readings.is_empty() || c.matter.is_some_and(|matter| matters.contains(&matter))
            }),
            Some(Matter::NoneDisputed) => {
                is_of_all() && last().is_some_and(|c| !matches!(c.matter, Some(Matter::Received | Matter::Handled)))
            }
            _ => false,
        }
    }

    /// 答复39件，均在法定期限内答复，结转3件; 除2件结转外，均已答复; 其余54件全部答复: whether what is said of all is said of some of
    /// the applications only.
    fn is_of_some_applications(&self, at: At<'_>, pattern: &Pattern, before: &[Token]) -> bool {
        let subject = formulas_of(&pattern.subject, self.form, &[Objects::Both]);
        let cells = subject.first().map(Formula::cells).unwrap_or_default();
        let is_total = |c: &CellId| c.row.table() == TableId::Requests && c.column == Column::Total;
        if pattern.kind != Some(ClaimKind::All) || cells.is_empty() || !cells.iter().all(is_total) {
            return false;
        }
        let is_left_out = cells.iter().all(|c| c.row == Row::CarriedOut);
        let rest = &self.dictionary.patterns.claim_words.rest;
        let text = self.prose.text[at.clause.range.clone()].trim_start();
        self.context(at.sentence).has_exception(at.clause.range.clone())
            || rest.begin(text) && before.iter().any(|t| t.number.is_some())
            || self.last_count(at).is_some_and(|c| match c.matter {
                Some(Matter::Handled) => is_left_out,
                // 无法提供20件，均为本机关不掌握
                Some(
                    Matter::CarriedOver
                    | Matter::Granted
                    | Matter::OutcomeGroup
                    | Matter::OutcomeReason
                    | Matter::Reviews
                    | Matter::Suits
                    | Matter::DisputeResult,
                ) => true,
                _ => false,
            })
    }

    /// Whether the words after a claim in words make it something else: 未被纠正的占八成, 均已审结56件.
    fn goes_on(&self, pattern: &Pattern, rest: Range<usize>, tokens: &[Token]) -> bool {
        let rest = self.prose.text[rest].trim_start();
        // 未产生与诉讼（行政复议）有关的费用
        let behind_bracket = rest.strip_prefix(['（', '(']).and_then(|inner| Some(inner.split_once(['）', ')'])?.1));
        let rest = behind_bracket.unwrap_or(rest);
        let is_counted = || {
            let next = tokens.iter().find(|t| t.symbol != self.symbols.fill);
            pattern.kind == Some(ClaimKind::All) && next.is_some_and(|t| t.number.is_some())
        };
        // 未被纠错12件, 无纠错案件12件: how many were not, not that none was.
        let counts_cases = || {
            let words = &self.dictionary.patterns.claim_words.before_their_number;
            let number = without_starts(rest, words);
            pattern.matter == Some(Matter::DisputeResult) && number.starts_with(|c: char| c.is_ascii_digit())
        };
        pattern.not_before.iter().any(|w| rest.starts_with(w.as_str())) || is_counted() || counts_cases()
    }

    /// The disputes that a claim in words is about. 行政复议12件，纠正2件，行政诉讼6件，未被纠正: the results of the first
    /// are told already.
    fn objects_of_words(&self, at: At<'_>, range: Range<usize>) -> Objects {
        let At { index, sentence, clause, .. } = at;
        let context = self.context(sentence);
        // 行政复议1件、行政诉讼1件，无行政复议纠错
        if let Some(named) = context.only_kind_in(clause.range.start..clause.range.end.max(range.end)) {
            return named;
        }
        let objects = context.objects_of_words(range.end, clause.range.clone());
        let last = if objects == Objects::Both { context.named_last(range.start) } else { None };
        let mut own = self.said_before(index);
        match last {
            // 行政诉讼13件、行政复议2件（无纠错）
            Some((_, last)) if clause.opened_by == Some('（') => last,
            Some((from, last)) if own.any(|c| c.matter == Some(Matter::DisputeResult) && c.range.end <= from) => last,
            Some((_, last)) if self.is_counted_alone(index, sentence, range.start) => last,
            _ => objects,
        }
    }

    /// 行政诉讼4件，已审结3件，均为维持: whether the last count before a place, in a sentence that counts disputes, is not
    /// that of all of them.
    fn is_of_some_results(&self, index: usize, at: usize) -> bool {
        let own = self.out.list.iter().rev().take_while(|c| c.sentence == index && c.range.start < at);
        let mut counts = own
            .filter(|c| c.quantity.is_some() && c.kind == ClaimKind::Count)
            .map(|c| is_total_of_disputes(c) && c.scope.is_none() && c.at_most.is_none());
        counts.next() == Some(false)
    }

    /// 因政府信息公开被申请行政复议或提起行政诉讼，行政复议7件，均维持: whether one kind of dispute is counted before a
    /// place, and in a clause of its own.
    fn is_counted_alone(&self, index: usize, sentence: &Sentence, at: usize) -> bool {
        let counts = |c: &&Claim| matches!(c.matter, Some(Matter::Reviews | Matter::Suits)) && c.quantity.is_some();
        let own = self.out.list.iter().rev().take_while(|c| c.sentence == index && c.range.start < at);
        let mut counted = own.filter(counts);
        let one = counted.next().map(|c| c.clause.clone());
        counted.next().is_none() && one.is_some_and(|clause| self.context(sentence).names_one_kind(clause.start..at))
    }

    fn word_claims(
        &mut self,
        at: At<'_>,
        (pattern, sureness): (&Pattern, Sureness),
        range: Range<usize>,
        scope: Option<&Scope>,
    ) {
        let index = at.index;
        let objects = self.objects_of_words(at, range.clone());
        let form = self.form;
        let formulas = |list: &[Reading]| formulas_of(list, form, &[objects]);
        let groups: Vec<Vec<Formula>> = if pattern.each.is_empty() {
            vec![formulas(&pattern.subject)]
        } else {
            formulas(&pattern.each).into_iter().map(|f| vec![f]).collect()
        };
        for readings in groups {
            let is_compared = !readings.is_empty();
            let mut readings = self.of_the_counted(index, range.start, readings);
            // 行政诉讼13件，行政复议2件，无纠错: perhaps of those named last.
            let last = self.context(at.sentence).named_last(range.start).filter(|_| objects == Objects::Both);
            if let Some((_, last)) = last.filter(|_| pattern.matter == Some(Matter::DisputeResult)) {
                readings.extend(formulas_of(&pattern.subject, form, &[last]));
            }
            if is_compared && readings.is_empty() {
                continue;
            }
            let kind = pattern.kind.unwrap_or(ClaimKind::Zero);
            let is_of_a_count = kind == ClaimKind::All
                && pattern.matter == Some(Matter::DisputeResult)
                && self.is_of_some_results(index, range.start);
            let claim = self.push(at, None, kind, Some(range.clone()), scope.cloned());
            claim.pattern = Some(pattern.id.clone());
            claim.matter.clone_from(&pattern.matter);
            claim.because.clone_from(&pattern.because);
            claim.readings = readings;
            claim.equals = pattern.equals.as_ref().and_then(|r| r.formula(form, objects).cloned());
            claim.mismatch = if sureness == Sureness::Likely || is_of_a_count {
                pattern.mismatch.min(Mismatch::Undetermined)
            } else {
                pattern.mismatch
            };
        }
    }

    /// Section four that says just 无.
    pub(super) fn nothing_in_section_four(&mut self, index: usize, sentence: &Sentence) {
        let text = &self.prose.text[sentence.range.clone()];
        let nothing = &self.dictionary.patterns.claim_words.nothing;
        let is_whole = self.prose.paragraphs[sentence.paragraph].range.len() <= sentence.range.len() + '。'.len_utf8();
        if sentence.section != 4 || !is_whole || !nothing.has(text) {
            return;
        }
        let Some(pattern) = self.dictionary.patterns.all().iter().find(|p| p.id == NO_DISPUTES) else { return };
        if let Some(clause) = sentence.clauses.first() {
            let at = At { index, sentence, clause, before: None };
            self.word_claims(at, (pattern, Sureness::Sure), sentence.range.clone(), None);
        }
    }
}
