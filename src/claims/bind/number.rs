//! One number: the pattern that holds of it, what it may be about, and how far it is held to the tables.

use std::borrow::Cow;
use std::cell::RefCell;

use super::restricted::LOOKED_BACK;
use super::standing::Held;
use super::wholes::{At, is_total_of_disputes};
use super::{Match, Reader, SYMBOL_LEN, Scopes, formulas_of, kind_by_unit, tokens_before};
use crate::claims::clauses::{Clause, Sentence};
use crate::claims::context::Sureness;
use crate::claims::memo::Memo;
use crate::claims::scope::Said;
use crate::claims::tokens::Token;
use crate::claims::windows::Window;
use crate::claims::{CHANNEL, Claim, Scope, ScopeKind};
use crate::dictionary::{
    ClaimKind, Dictionary, Found, Matter, Mismatch, Objects, Pattern, Reading, Topic, UnitClass, WordList, says, symbol,
};
use crate::form::{CellId, Column, Formula, Row};
use crate::quantities::{Quantity, YearMention};

thread_local! {
    static MATCHES: RefCell<Memo<Found>> = const { Memo::new() };
}

/// The patterns of 办结52件 and 办理52件, which name nothing that is handled, begin so.
const HANDLED_BARE: &str = "handled-bare";

/// The pattern of 依申请公开12件, without a verb.
const RECEIVED_NOUN: &str = "received-noun";

/// The patterns of 其他1件 among outcomes, and among results of disputes.
const OTHER_BARE: &str = "other-bare";
const OTHER_RESULT: &str = "dispute-other-bare";

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
pub(super) struct Parts {
    /// One of some of what the words name, or of others' too.
    pub(super) is_of_some: bool,
    /// Of a body that may be a part of the reporting one.
    pub(super) is_perhaps_a_part: bool,
    /// Of a body that may be another.
    pub(super) is_perhaps_another: bool,
    /// The sentence names the report's year.
    pub(super) is_of_the_year: bool,
}

impl<'a> Reader<'a> {
    pub(super) fn number(&mut self, place: Place<'_>, (window, tail): (&Window<'_>, &[Token]), scopes: Scopes<'_>) {
        let Place { index, sentence, clause, q } = place;
        let quantity = &self.lexed.quantities[q];
        let mut matched = self.match_number(sentence, quantity, window, false);
        matched = matched.filter(|m| m.pattern.kind == Some(ClaimKind::Change) || !self.was_before_a_change(quantity));
        matched = matched.filter(|m| !self.is_of_topics_or_rules(place, window, m));
        let mut window = Cow::Borrowed(window);
        if matched.is_none() && !tail.is_empty() {
            window.to_mut().tokens.to_mut().extend_from_slice(tail);
            matched = self.match_number(sentence, quantity, &window, true);
        }
        let window = &*window;
        let is_of_its_own_year =
            |m: &Match<'_>| matches!(m.pattern.matter, Some(Matter::CarriedOver | Matter::Documents));
        let is_bound = matched.as_ref().is_some_and(|m| !m.pattern.subject.is_empty());
        let named = match self.year_in_bracket_behind(quantity) {
            // 上年结转5件（2021年）, 废止规范性文件3件（2015年）: the year is that of the things counted.
            Some(_) if matched.as_ref().is_some_and(is_of_its_own_year) => None,
            Some(said) => {
                self.told.year_in_bracket = match &said {
                    Said::Other(scope) if is_bound => Some(scope.clone()),
                    _ => None,
                };
                Some(said)
            }
            None => self.year_named(place, window).or_else(|| self.told.year_in_bracket.clone().map(Said::Other)),
        };
        let scope = match named {
            Some(Said::Other(scope)) => Some(scope),
            Some(_) => {
                // 2021年行政复议1件、2022年行政复议9件: the second is of the report's year, if nothing else was said before.
                let names_year =
                    |s: &Scope| self.lexed.years.iter().any(|y| s.text == self.prose.text[y.range.clone()]);
                let scope = self.scope_of(index, window, matched.as_ref(), scopes);
                scope.map(|s| if names_year(&s) { Scope { kind: ScopeKind::PerhapsOther, ..s } } else { s })
            }
            None => self.scope_of(index, window, matched.as_ref(), scopes),
        };
        let has_scope = |kind| scope.as_ref().is_some_and(|s| s.kind == kind);
        let says_so_far = |t: &Token| t.symbol == self.symbols.so_far;
        self.told.is_so_far |= is_bound && !scopes.is_of_the_year && tokens_before(window).iter().any(says_so_far);
        let is_perhaps_a_part = has_scope(ScopeKind::PerhapsNarrower);
        let is_perhaps_another = has_scope(ScopeKind::PerhapsOther);
        let kind = matched.as_ref().and_then(|m| m.pattern.kind).unwrap_or_else(|| kind_by_unit(quantity));
        let is_of_some = self.is_of_the_offices_government(tokens_before(window))
            | self.is_of_some(window, matched.as_ref(), &sentence.range)
            || self.part.is_of_other_bodies
            || self.part.is_led
            || self.year_is_open && !scopes.is_of_the_year;
        let read = matched.map(|m| {
            let in_turn = self.objects_in_turn(place, window, &m);
            let readings = self.readings(place, window, &m, &in_turn);
            let parts =
                Parts { is_of_some, is_perhaps_a_part, is_perhaps_another, is_of_the_year: scopes.is_of_the_year };
            let standing = self.standing(&Held { place, window, m: &m, readings: &readings, parts }, in_turn[0]);
            (m.pattern, readings, standing)
        });
        let read = read.map(|(pattern, readings, standing)| {
            (pattern.id.clone(), pattern.matter, pattern.because.clone(), readings, standing)
        });
        let claim = self.push(At { index, sentence, clause, before: None }, Some(q), kind, None, scope);
        if let Some((id, matter, because, readings, standing)) = read {
            claim.because = because.or_else(|| readings.is_empty().then(|| id.clone()));
            claim.pattern = Some(id);
            claim.matter = matter;
            claim.readings = readings;
            claim.mismatch = standing.mismatch;
            claim.follows_applications = standing.follows_applications;
            (claim.anchored, claim.one_kind_from) = (standing.anchored, standing.one_kind_from);
            claim.may_divide = standing.may_divide;
            (claim.at_most, claim.doubt) = (standing.at_most, standing.doubt);
        }
    }

    /// Whose number it is, where not the report's own.
    fn scope_of(
        &mut self,
        index: usize,
        window: &Window<'_>,
        matched: Option<&Match<'_>>,
        scopes: Scopes<'_>,
    ) -> Option<Scope> {
        // 市政府办公室收到申请17件。予以公开10件: the outcomes are those of what was counted last.
        let is_outcome = |m: &Match<'_>| {
            matches!(m.pattern.topic, Some(Topic::Outcomes))
                || matches!(m.pattern.matter, Some(Matter::Handled | Matter::CarriedOver | Matter::Applicants))
        };
        let scope = match matched {
            Some(m) if m.pattern.topic == Some(Topic::Disputes) => scopes.of_disputed,
            Some(m) if is_outcome(m) => scopes.of_counted,
            _ => scopes.own,
        };
        let scope = scope.filter(|s| matched.is_none_or(|m| !self.scope_is_matched(window, m, s))).cloned();
        let scope = scope.or_else(|| self.work_for_others(window, matched));
        scope.or_else(|| matched.filter(|m| is_outcome(m)).and_then(|_| self.part_counted_last(index, window)))
    }

    /// 申请62件，涉及行政处罚的12件; 制定政府信息公开申请办理规范2项: whether what a number seems to count only says what applications
    /// or rules are about.
    fn is_of_topics_or_rules(&self, place: Place<'_>, window: &Window<'_>, m: &Match<'_>) -> bool {
        let words = &self.dictionary.patterns.claim_words;
        let text = |t: &Token| &self.prose.text[t.range.clone()];
        let lead = &window.tokens[..m.tokens.start.min(window.this)];
        match m.pattern.matter {
            Some(Matter::Decisions) => {
                let counted = self.said_before(place.index).any(|c| c.matter == Some(Matter::Received));
                counted && (lead.iter().any(|t| words.concerning.stand_in(text(t))) || self.tells_of_topics(place))
            }
            _ if m.pattern.id == OTHER_BARE => self.tells_of_topics(place),
            Some(Matter::Received | Matter::Handled) => lead.iter().any(|t| words.rule_making.has(text(t))),
            _ => false,
        }
    }

    /// 从申请内容看，执法案卷类8件: whether the sentence says, behind its last outcome, that it tells what applications are about.
    pub(super) fn tells_of_topics(&self, place: Place<'_>) -> bool {
        let is_outcome = |c: &&Claim| matches!(c.matter, Some(Matter::Granted | Matter::OutcomeGroup));
        let last = self.said_before(place.index).take(LOOKED_BACK).find(is_outcome);
        let number = self.lexed.quantities[place.q].range.start;
        let from = last.map_or(place.sentence.range.start, |c| c.range.end).min(number);
        self.dictionary.patterns.claim_words.topics.stand_in(&self.prose.text[from..number])
    }

    /// The disputes that a number may be about, the likeliest first.
    fn objects_in_turn(&self, place: Place<'_>, window: &Window<'_>, m: &Match<'_>) -> Vec<Objects> {
        let Match { pattern, tokens, .. } = m;
        let mut readings = pattern.subject.iter().chain(&pattern.with_carried).chain(&pattern.at_most);
        if !readings.any(|r| r.turns_on_objects(self.form)) {
            // One formula, whichever they are.
            return vec![Objects::Both];
        }
        let context = self.context(place.sentence);
        let range = &self.lexed.quantities[place.q].range;
        // 尚未审结行政诉讼1件, 2件行政诉讼获维持: what the words of the number name themselves.
        let is_dispute = |t: &&Token| self.symbols.ways_to_dispute.contains(&t.symbol);
        let matched = window.tokens[tokens.clone()].iter().filter(is_dispute);
        let mut named = matched.map(|t| context.only_kind_in(t.range.clone()));
        let first = named.next().flatten();
        match first.filter(|_| named.all(|other| other == first)) {
            Some(block) if block.is_block() => vec![block, Objects::Suits],
            Some(named) => vec![named],
            None => context.objects_in_turn(range.start, place.clause.range.clone()).to_vec(),
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
        } else if !m.pattern.of_the_handled.is_empty() && self.is_part_of_the_handled(place) {
            [formulas(&m.pattern.subject), formulas(&m.pattern.of_the_handled)].concat()
        } else {
            formulas(&m.pattern.subject)
        };
        if self.is_carried_over_of_disputes(place, m.pattern) {
            return Vec::new();
        }
        let mut readings = self.of_the_counted(place.index, quantity.range.start, readings);
        let of_named = self.of_applicants_named(tokens_before(window), &readings);
        readings.extend(of_named);
        readings.extend(self.group_before_bracket(window, m));
        readings.extend(self.other_in_bracket(window, m));
        readings
    }

    /// 行政复议9件（含上年结转1件）: whether what was carried over is a part of the disputes before it, of which no table tells it.
    fn is_carried_over_of_disputes(&self, place: Place<'_>, pattern: &Pattern) -> bool {
        let Place { index, sentence, clause, .. } = place;
        let openers = &self.dictionary.patterns.claim_words.list_openers;
        let text = &self.prose.text[clause.range.clone()];
        let is_part = || clause.depth > 0 || openers.begin(text);
        pattern.matter == Some(Matter::CarriedOver)
            && is_part()
            && self.last_count(At { index, sentence, clause, before: None }).is_some_and(is_total_of_disputes)
    }

    /// 不予处理（信访）9件: the group before a bracket that names a row may be what is counted.
    fn group_before_bracket(&self, window: &Window<'_>, m: &Match<'_>) -> Option<Formula> {
        let before = m.tokens.start.checked_sub(1).and_then(|at| window.tokens.get(at))?;
        let is_in_bracket = self.prose.text[before.range.end..].starts_with(['（', '(']);
        let group = self.symbols.group_row(before.symbol).filter(|_| is_in_bracket)?;
        Some(Formula::Cell(CellId::total(group)))
    }

    /// 其他处理（其他）11件: the row 其他 of the group.
    fn other_in_bracket(&self, window: &Window<'_>, m: &Match<'_>) -> Option<Formula> {
        let mut brackets = window.tokens[m.tokens.clone()].iter().filter(|t| t.symbol == symbol::PAREN);
        let inner = self.prose.text[brackets.next()?.range.clone()].trim_matches(['（', '）', '(', ')']);
        let is_other = self.dictionary.patterns.claim_words.other.has(inner);
        is_other.then_some(Formula::Cell(CellId::total(Row::OtherOther)))
    }

    /// Whether the sentence counts before a number what came in: 收到84件，办结79件.
    fn says_what_was_received(&self, place: Place<'_>) -> bool {
        let mut own = self.said_before(place.index);
        own.any(|c| c.quantity.is_some() && c.matter == Some(Matter::Received))
    }

    /// 办结20件（其中新收17件，上年结转3件）: whether the number parts the handled that the sentence counts before.
    fn is_part_of_the_handled(&self, place: Place<'_>) -> bool {
        let at = self.lexed.quantities[place.q].range.start;
        let mut own = self.said_before(place.index);
        let parts = |c: &Claim| {
            let between = c.range.end..at.max(c.range.end);
            self.marks.said_in(between.clone()) & says::AMONG != 0 || self.prose.text[between].contains(['（', '('])
        };
        own.find(|c| c.quantity.is_some() && c.matter == Some(Matter::Handled)).is_some_and(parts)
    }

    /// 2022年结转至2023年: the year in the match is what the number is about, not whose it is.
    fn scope_is_matched(&self, window: &Window<'_>, m: &Match<'_>, scope: &Scope) -> bool {
        let is_year = |t: &&Token| matches!(t.symbol, symbol::YEAR_LAST | symbol::YEAR_NEXT | symbol::YEAR_OTHER);
        let mut years = window.tokens[m.tokens.clone()].iter().filter(is_year);
        years.any(|t| self.prose.text[t.range.clone()] == scope.text)
    }

    pub(super) fn match_number<'p>(
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
            let is_document_unit = matches!(quantity.class, UnitClass::Item | UnitClass::Times)
                && (pattern.topic == Some(Topic::Outcomes) || pattern.id.starts_with(HANDLED_BARE));
            let allowed = unit_fits
                && (pattern.spans_comma || !over_comma)
                && !(is_blocked && is_compared)
                && !pattern.unless.iter().any(|s| has(*s))
                && (!is_document_unit || self.counts_applications(quantity, sentence))
                && sureness != Sureness::No
                && !(quantity.class == UnitClass::Item
                    && pattern.id == RECEIVED_NOUN
                    && context.counts_by_openness(at..quantity.range.start.max(at)))
                && !(matches!(pattern.topic, Some(Topic::Outcomes)) && context.lists_openness())
                && self.is_in_its_list(pattern, sentence);
            allowed.then_some(Match { pattern, tokens: range.start / SYMBOL_LEN..range.end / SYMBOL_LEN, sureness })
        })
    }

    /// 维持8件、其他1件: whether 其他 behind a result of disputes is read as one, and elsewhere as an outcome.
    fn is_in_its_list(&self, pattern: &Pattern, sentence: &Sentence) -> bool {
        let is_other = pattern.id == OTHER_BARE;
        if !is_other && pattern.id != OTHER_RESULT {
            return true;
        }
        let before = self.out.list.last().filter(|c| c.range.start >= sentence.range.start);
        // 网络申请40件，信函20件，其他2件: by other channels.
        let is_after_channel = before.is_some_and(|c| c.pattern.as_deref() == Some(CHANNEL));
        // 其中征地19件、其他29件; 自然人19件、其他29件: of topics, or of all other applicants.
        let is_of_persons = |c: &Claim| {
            let is_person = |f: &Formula| f.all_cells(&mut |cell| cell.column == Column::NaturalPerson);
            c.matter == Some(Matter::Applicants) && c.readings.first().is_some_and(is_person)
        };
        let is_of_a_list = before.is_some_and(|c| {
            let names_none = c.kind == ClaimKind::Count && matches!(c.matter, None | Some(Matter::Decisions));
            is_other && c.quantity.is_some() && (names_none || is_of_persons(c))
        });
        let is_outcome =
            |c: &Claim| matches!(c.matter, Some(Matter::Granted | Matter::OutcomeGroup | Matter::OutcomeReason));
        let mut own = self.out.list.iter().rev().take_while(|c| c.range.start >= sentence.range.start);
        let is_of_a_list = is_of_a_list && !own.any(is_outcome);
        before.is_some_and(|c| c.matter == Some(Matter::DisputeResult)) != is_other
            && !is_after_channel
            && !is_of_a_list
    }

    /// Whether an earlier count of applications in the sentence has the same unit, or the last one of the sentence before has,
    /// of which this one tells: 收到申请62条，…。其中23条属于本机关不掌握.
    fn counts_applications(&self, quantity: &Quantity, sentence: &Sentence) -> bool {
        let unit = |q: &Quantity| &self.prose.text[q.unit.clone()];
        let is_alike = |c: &&Claim| c.quantity.is_some_and(|q| unit(&self.lexed.quantities[q]) == unit(quantity));
        let own = self.out.list.iter().rev().take_while(|c| c.range.start >= sentence.range.start);
        let counts_them = |c: &Claim| {
            matches!(c.matter, Some(Matter::Received | Matter::Handled)) && c.mismatch == Mismatch::Contradicted
        };
        // Of what else the paragraph tells, 其中 right behind a sentence that counts nothing else says that it is of the applications.
        let among = &self.dictionary.patterns.claim_words.among;
        let goes_on = || {
            let text = self.prose.text[sentence.range.clone()].trim_start();
            // 其中23条属于…, but 其中网络申请不予公开1条 names some of them first.
            among.longest_start(text).is_some_and(|len| text[len..].starts_with(|c: char| c.is_ascii_digit()))
        };
        let last = || self.out.list.iter().rev().find(|c| c.range.start < sentence.range.start && c.quantity.is_some());
        let is_right_before = |c: &&Claim| {
            let between = &self.prose.text[c.range.end.min(sentence.range.start)..sentence.range.start];
            between.matches('。').count() <= 1 && !between.contains('\n')
        };
        self.is_bare
            || own.filter(is_alike).any(counts_them)
            || goes_on() && last().filter(is_alike).filter(is_right_before).is_some_and(counts_them)
    }

    /// 不予公开和无法提供共9件: the sum of what the words name.
    fn union(&self, window: &Window<'_>, m: &Match<'_>) -> Formula {
        let rows = window.tokens[m.tokens.clone()]
            .iter()
            .filter_map(|t| self.symbols.outcomes.iter().find(|(s, _)| *s == t.symbol));
        // 第三方不同意公开、决定不予公开2件: said twice, it is one.
        let mut named: Vec<Row> = Vec::new();
        for (_, row) in rows {
            if !named.contains(row) {
                named.push(*row);
            }
        }
        Formula::sum_of(named.into_iter().map(CellId::total))
    }

    /// Whether the words after a number say that it includes last year's carried-over requests.
    fn includes_carried(&self, sentence: &Sentence, quantity: &Quantity) -> bool {
        let after = &self.prose.text[quantity.whole.end..sentence.range.end];
        // 收到申请94件，其中自然人86件；加上年结转3件: not in the first.
        let near: String = after.chars().take(24).take_while(|c| !matches!(c, '；' | ';')).collect();
        let words = &self.dictionary.patterns.claim_words;
        let says = |list: &WordList| list.stand_in(&near);
        // 含2021年结转4件, in a report on 2022
        let near = quantity.whole.end..quantity.whole.end + near.len();
        let from = self.lexed.years.partition_point(|y| y.range.start < near.start);
        let mut years = self.lexed.years[from..].iter().take_while(|y| y.range.end <= near.end);
        let is_last = |y: &YearMention| self.tokenizer.year == Some(y.year + 1);
        !says(&words.exclusions)
            && says(&words.inclusions)
            && says(&words.carried)
            && (says(&words.last_years) || years.any(is_last))
    }
}
