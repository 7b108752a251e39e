//! One number: the pattern that holds of it, what it may be about, and how far it is held to the tables.

use std::borrow::Cow;
use std::cell::RefCell;

use super::{Match, Reader, SYMBOL_LEN, Scopes, formulas_of, kind_by_unit, tokens_before};
use crate::claims::clauses::{Clause, Sentence};
use crate::claims::context::{Context, Sureness};
use crate::claims::memo::Memo;
use crate::claims::tokens::Token;
use crate::claims::windows::Window;
use crate::claims::{Claim, Scope, ScopeKind};
use crate::dictionary::{Dictionary, Found, Mismatch, Objects, Pattern, Reading, Topic, UnitClass, any, says, symbol};
use crate::form::{CellId, Formula, Row};
use crate::quantities::Quantity;

thread_local! {
    static MATCHES: RefCell<Memo<Found>> = const { Memo::new() };
}

/// Where a number stands.
#[derive(Clone, Copy)]
pub(super) struct Place<'s> {
    /// The sentence's number.
    pub(super) index: usize,
    pub(super) sentence: &'s Sentence,
    pub(super) clause: &'s Clause,
    /// The number in [`Lexed::quantities`](crate::quantities::Lexed).
    pub(super) q: usize,
}

/// What is known of a number before its pattern is looked at.
#[derive(Clone, Copy)]
struct Parts {
    /// One of some of what the words name, or of others' too.
    is_of_some: bool,
    /// Of a body that may be a part of the reporting one.
    is_perhaps_a_part: bool,
    /// The sentence names the report's year.
    is_of_the_year: bool,
}

/// How far a number is held to the tables.
struct Standing {
    mismatch: Mismatch,
    at_most: Option<Formula>,
    perhaps_a_part: bool,
    anchored: bool,
    one_kind_from: Option<usize>,
}

impl<'a> Reader<'a> {
    pub(super) fn number(&mut self, place: Place<'_>, (window, tail): (&Window<'_>, &[Token]), scopes: Scopes<'_>) {
        let Place { index, sentence, clause, q } = place;
        let quantity = &self.lexed.quantities[q];
        let mut matched = self.match_number(sentence, quantity, window, false);
        let mut window = Cow::Borrowed(window);
        if matched.is_none() && !tail.is_empty() {
            window.to_mut().tokens.to_mut().extend_from_slice(tail);
            matched = self.match_number(sentence, quantity, &window, true);
        }
        let window = &*window;
        let scope = self.scope_of(window, matched.as_ref(), scopes);
        let is_perhaps_a_part = scope.as_ref().is_some_and(|s| s.kind == ScopeKind::PerhapsNarrower);
        let kind = matched.as_ref().and_then(|m| m.pattern.kind).unwrap_or_else(|| kind_by_unit(quantity));
        let is_of_some = self.is_of_the_offices_government(tokens_before(window))
            | self.is_of_some(window, matched.as_ref(), &sentence.range)
            || self.is_of_other_bodies;
        let read = matched.map(|m| {
            let in_turn = self.objects_in_turn(place, m.pattern);
            let readings = self.readings(place, window, &m, &in_turn);
            let parts = Parts { is_of_some, is_perhaps_a_part, is_of_the_year: scopes.is_of_the_year };
            let standing = self.standing(place, window, &m, (&readings, in_turn[0]), parts);
            (m.pattern, readings, standing)
        });
        let read = read.map(|(pattern, readings, standing)| {
            (pattern.id.clone(), pattern.code.clone(), pattern.because.clone(), readings, standing)
        });
        let claim = self.push(index, sentence, clause, Some(q), kind, None, scope);
        if let Some((id, code, because, readings, standing)) = read {
            claim.because = because.or_else(|| readings.is_empty().then(|| id.clone()));
            claim.pattern = Some(id);
            claim.code = code;
            claim.readings = readings;
            claim.mismatch = standing.mismatch;
            (claim.anchored, claim.one_kind_from) = (standing.anchored, standing.one_kind_from);
            (claim.at_most, claim.perhaps_a_part) = (standing.at_most, standing.perhaps_a_part);
        }
    }

    /// Whose number it is, where not the report's own.
    fn scope_of(&mut self, window: &Window<'_>, matched: Option<&Match<'_>>, scopes: Scopes<'_>) -> Option<Scope> {
        // 市政府办公室收到申请17件。予以公开10件: the outcomes are those of what was counted last.
        let is_outcome = |m: &Match<'_>| {
            matches!(m.pattern.topic, Some(Topic::Outcomes | Topic::Disputes))
                || matches!(m.pattern.code.as_deref(), Some("C302" | "C303"))
        };
        let scope = if matched.is_some_and(is_outcome) { scopes.of_counted } else { scopes.own };
        let scope = scope.filter(|s| matched.is_none_or(|m| !self.scope_is_matched(window, m, s))).cloned();
        scope.or_else(|| self.work_for_others(window, matched))
    }

    /// The disputes that a number may be about, the likeliest first.
    fn objects_in_turn(&self, place: Place<'_>, pattern: &Pattern) -> Vec<Objects> {
        let mut readings = pattern.subject.iter().chain(&pattern.with_carried).chain(&pattern.at_most);
        if readings.any(|r| r.turns_on_objects(self.form)) {
            let at = self.lexed.quantities[place.q].range.start;
            self.context(place.sentence).objects_in_turn(at, place.clause.range.clone()).to_vec()
        } else {
            // One formula, whichever they are.
            vec![Objects::Both]
        }
    }

    /// What a number may be about.
    fn readings(&self, place: Place<'_>, window: &Window<'_>, m: &Match<'_>, in_turn: &[Objects]) -> Vec<Formula> {
        let quantity = &self.lexed.quantities[place.q];
        let formulas = |list: &[Reading]| formulas_of(list, self.form, in_turn);
        let readings = if m.pattern.union && self.form.is_older() {
            Vec::new()
        } else if m.pattern.union {
            vec![self.union(window, m)]
        } else if !m.pattern.with_carried.is_empty() && self.includes_carried(place.sentence, quantity) {
            formulas(&m.pattern.with_carried)
        } else if !m.pattern.of_the_received.is_empty() && self.says_what_was_received(place) {
            [formulas(&m.pattern.subject), formulas(&m.pattern.of_the_received)].concat()
        } else {
            formulas(&m.pattern.subject)
        };
        self.of_the_counted(place.index, quantity.range.start, readings)
    }

    /// Whether the sentence counts before a number what came in: 收到84件，办结79件.
    fn says_what_was_received(&self, place: Place<'_>) -> bool {
        let mut own = self.out.list.iter().rev().take_while(|c| c.sentence == place.index);
        own.any(|c| c.quantity.is_some() && c.code.as_deref() == Some("C301"))
    }

    /// How far a number is held to the tables.
    fn standing(
        &self,
        place: Place<'_>,
        window: &Window<'_>,
        m: &Match<'_>,
        (readings, objects): (&[Formula], Objects),
        parts: Parts,
    ) -> Standing {
        let Place { index, sentence, clause, q } = place;
        let quantity = &self.lexed.quantities[q];
        let context = self.context(sentence);
        let (pattern, code) = (m.pattern, m.pattern.code.as_deref());
        let is_led_by_unknown = self.has_unknown(&window.tokens[..m.tokens.start]);
        let is_of_one_sort = self.is_of_one_sort(window, m, clause, q);
        // 上年结转5件，其中自然人3件: held to the applicants of those.
        let is_of_carried_in =
            code == Some("C307") && readings.first().is_some_and(|f| f.all_cells(&mut |c| c.row == Row::CarriedIn));
        let is_of_some = parts.is_of_some && !is_of_carried_in;
        // 引发行政复议12件，其中不予公开8件: the answers that were disputed.
        let is_of_disputed_answers = pattern.topic == Some(Topic::Outcomes)
            && context.is_on_disputes(window.tokens[m.tokens.start].range.start.min(quantity.range.start));
        let is_of_the_number_before = self.is_of_the_number_before(code, clause, quantity);
        let is_number_first = m.tokens.start >= window.this;
        let is_of_an_outcome = self.is_of_an_outcome(place, code, is_number_first) || self.is_the_rest(code, window);
        let is_of_another_count = self.is_of_another_count(place, pattern, &window.tokens[m.tokens.clone()]);
        // 自然人55人: people, not applications.
        let counts_people = code == Some("C307") && self.counts_no_applications(quantity);
        let is_weak = m.sureness == Sureness::Likely
            || pattern.strict && is_led_by_unknown
            || is_of_some
            || !parts.is_of_the_year && tokens_before(window).iter().any(|t| t.symbol == self.symbols.so_far)
            || context.is_deducted(clause.range.clone())
            || self.is_of_others(&context, pattern, clause, tokens_before(window), readings)
            || self.is_of_the_government(readings)
            || is_of_one_sort && code == Some("C201")
            || self.is_of_the_received(index, code)
            || self.is_of_disputes(&context, code, &window.tokens[m.tokens.clone()])
            || is_of_disputed_answers
            || is_of_the_number_before
            || is_of_another_count
            || counts_people
            || matches!(code, Some("C401" | "C402" | "C403")) && context.says_other_disputes()
            || self.is_of_all_suits(place, code, &window.tokens[m.tokens.clone()])
            || pattern.ambiguous && !self.is_among_outcomes(place, window)
            || pattern.topic == Some(Topic::Outcomes) && self.is_of_the_carried_in(index);
        // 依申请公开 was not named just before, but the words are those of the outcomes.
        let is_outcome = m.sureness == Sureness::Likely
            && pattern.topic == Some(Topic::Outcomes)
            && pattern.mismatch == Mismatch::Contradicted;
        // Decisions of one list have one subject, whatever it is called.
        let is_decision = code == Some("C202");
        let may_be_other = context.may_be_a_part(clause.range.clone())
            || is_decision && (quantity.class == UnitClass::Times || context.may_be_no_decisions(clause.range.clone()));
        let anchored = (pattern.anchored || is_outcome) && (is_decision || !is_led_by_unknown) && !may_be_other;
        let is_a_part = is_of_one_sort
            || is_of_disputed_answers
            || is_of_the_number_before
            || is_of_another_count
            || is_of_an_outcome
            || self.is_carried_out_for_a_reason(place, window, m, readings)
            || counts_people
            || is_of_some && self.is_said_of_some
            || self.is_of_the_office_itself(code, tokens_before(window))
            || pattern.newly_fewer && self.is_newly_received(&context, quantity.range.start);
        let bound = pattern.at_most.as_ref().and_then(|r| r.formula(self.form, objects));
        let is_dispute = pattern.topic == Some(Topic::Disputes);
        Standing {
            mismatch: if is_weak { pattern.mismatch.min(Mismatch::Undetermined) } else { pattern.mismatch },
            at_most: bound.or_else(|| readings.first().filter(|_| is_a_part || parts.is_perhaps_a_part)).cloned(),
            perhaps_a_part: parts.is_perhaps_a_part && !is_a_part && bound.is_none(),
            anchored,
            one_kind_from: if is_dispute && anchored { context.one_kind_from(clause.range.clone()) } else { None },
        }
    }

    /// 其中2件因疫情延期结转至下年; 1件因征求意见结转: those carried out for one reason.
    fn is_carried_out_for_a_reason(
        &self,
        place: Place<'_>,
        window: &Window<'_>,
        m: &Match<'_>,
        readings: &[Formula],
    ) -> bool {
        let words = &self.dictionary.patterns.claim_words.reasons;
        let start = place.clause.range.start;
        let end = window.tokens[m.tokens.end - 1].range.end;
        readings.first() == Some(&Formula::Cell(CellId::total(Row::CarriedOut)))
            && self.prose.text.get(start..end).is_some_and(|text| any(words, |w| text.contains(w)))
    }

    /// 其余14件均按期办结: what is left of some count is no whole.
    fn is_the_rest(&self, code: Option<&str>, window: &Window<'_>) -> bool {
        let word = |t: &Token| &self.prose.text[t.range.clone()];
        let rest = &self.dictionary.patterns.claim_words.rest;
        matches!(code, Some("C302" | "C401" | "C402" | "C403"))
            && tokens_before(window).iter().any(|t| any(rest, |w| word(t) == w))
    }

    /// 自然人55人, 面向自然人事项320项: the unit is not that of applications.
    fn counts_no_applications(&self, quantity: &Quantity) -> bool {
        quantity.class == UnitClass::People || &self.prose.text[quantity.unit.clone()] == "项"
    }

    /// Whether the sentence names applications, or an outcome of theirs before a number.
    fn is_among_outcomes(&self, place: Place<'_>, window: &Window<'_>) -> bool {
        let is_outcome = |c: &Claim| {
            let is_one = matches!(c.code.as_deref(), Some("C301" | "C302" | "C304" | "C305" | "C306"));
            is_one && c.mismatch == Mismatch::Contradicted
        };
        let sentence = place.sentence.range.clone();
        let from = self.out.tokens.partition_point(|t| t.range.start < sentence.start);
        let names_outcome = |t: &Token| self.symbols.outcomes.iter().any(|(symbol, _)| *symbol == t.symbol);
        self.is_bare
            || self.out.tokens[from..].iter().chain(window.tokens.iter()).any(names_outcome)
            || self.marks.said_in(sentence) & (says::REQUESTS | says::ANY_REQUEST) != 0
            || self.out.list.iter().rev().take_while(|c| c.sentence == place.index).any(is_outcome)
    }

    /// 新收行政复议56件、行政诉讼20件: only disputes stand between 新收 and the number.
    fn is_newly_received(&self, context: &Context<'_>, at: usize) -> bool {
        let is_dispute = |c: &Claim| matches!(c.code.as_deref(), Some("C401" | "C402" | "C403"));
        context
            .new_from(at)
            .is_some_and(|from| self.out.list.iter().rev().take_while(|c| c.range.start >= from).all(is_dispute))
    }

    /// 2022年结转至2023年: the year in the match is what the number is about, not whose it is.
    fn scope_is_matched(&self, window: &Window<'_>, m: &Match<'_>, scope: &Scope) -> bool {
        let is_year = |t: &&Token| matches!(t.symbol, symbol::YEAR_LAST | symbol::YEAR_NEXT | symbol::YEAR_OTHER);
        let mut years = window.tokens[m.tokens.clone()].iter().filter(is_year);
        years.any(|t| self.prose.text[t.range.clone()] == scope.text)
    }

    fn match_number<'p>(
        &self,
        sentence: &Sentence,
        quantity: &Quantity,
        window: &Window<'_>,
        over_comma: bool,
    ) -> Option<Match<'p>>
    where
        'a: 'p,
    {
        let symbols = window.symbols();
        let dictionary: &'a Dictionary = self.dictionary;
        let has = |symbol: char| window.tokens.iter().any(|t| t.symbol == symbol);
        let left_has = |symbol: char| window.tokens[..window.this].iter().any(|t| t.symbol == symbol);
        let is_blocked = self.symbols.blocked.iter().any(|s| left_has(*s));
        // In the order of the dictionary: the first that is allowed.
        let matches =
            MATCHES.with(|memo| Memo::get(memo, self.grammar, &symbols, || dictionary.patterns.of_number(&symbols)));
        matches.iter().find_map(|Found { pattern, range }| {
            let pattern = &dictionary.patterns.all()[*pattern];
            let unit_fits = pattern.units.is_empty() || pattern.units.contains(&quantity.class);
            let is_compared = !pattern.subject.is_empty() || pattern.union;
            let context = self.context(sentence);
            // What the matched words say themselves is no other business.
            let at = window.tokens[range.start / SYMBOL_LEN].range.start.min(quantity.range.start);
            let sureness = pattern.topic.map_or(Sureness::Sure, |t| context.is_about(t, at, quantity.range.start));
            // 条 and 份 count documents; applications only where the sentence names them.
            let is_document_unit =
                matches!(quantity.class, UnitClass::Item | UnitClass::Times) && pattern.topic == Some(Topic::Outcomes);
            let allowed = unit_fits
                && (pattern.spans_comma || !over_comma)
                && !(is_blocked && is_compared)
                && !pattern.unless.iter().any(|s| has(*s))
                && (!is_document_unit || self.counts_applications(quantity, sentence))
                && sureness != Sureness::No;
            allowed.then_some(Match { pattern, tokens: range.start / SYMBOL_LEN..range.end / SYMBOL_LEN, sureness })
        })
    }

    /// Whether an earlier count of applications in the sentence has the same unit.
    fn counts_applications(&self, quantity: &Quantity, sentence: &Sentence) -> bool {
        let unit = |q: &Quantity| &self.prose.text[q.unit.clone()];
        let earlier = self.out.list.iter().rev().take_while(|c| c.range.start >= sentence.range.start);
        self.is_bare
            || earlier
                .filter(|c| matches!(c.code.as_deref(), Some("C301" | "C302")) && c.mismatch == Mismatch::Contradicted)
                .filter_map(|c| c.quantity)
                .any(|q| unit(&self.lexed.quantities[q]) == unit(quantity))
    }

    /// 不予公开和无法提供共9件: the sum of what the words name.
    fn union(&self, window: &Window<'_>, m: &Match<'_>) -> Formula {
        let rows = window.tokens[m.tokens.clone()]
            .iter()
            .filter_map(|t| self.symbols.outcomes.iter().find(|(s, _)| *s == t.symbol));
        Formula::sum_of(rows.map(|(_, row)| CellId::total(*row)))
    }

    /// Whether the words after a number say that it includes last year's carried-over requests.
    fn includes_carried(&self, sentence: &Sentence, quantity: &Quantity) -> bool {
        let after = &self.prose.text[quantity.whole.end..sentence.range.end];
        // 收到申请94件，其中自然人86件；加上年结转3件: not in the first.
        let near: String = after.chars().take(24).take_while(|c| !matches!(c, '；' | ';')).collect();
        ["含", "包括", "其中"].iter().any(|w| near.contains(w))
            && near.contains("结转")
            && ["上年", "去年", "往年", "上一年"].iter().any(|w| near.contains(w))
    }
}
