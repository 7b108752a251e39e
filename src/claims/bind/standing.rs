//! How far a number is held to the tables: what makes it one of some of what its pattern names, and what leaves open
//! what it is of.

use std::ops::Range;

use super::number::{Parts, Place};
use super::{Match, Reader, tokens_before};
use crate::claims::clauses::Clause;
use crate::claims::context::{Context, Sureness};
use crate::claims::tokens::Token;
use crate::claims::windows::Window;
use crate::claims::{Claim, Doubt};
use crate::dictionary::{Matter, Mismatch, Objects, Topic, UnitClass, WordList, says};
use crate::form::{CellId, Formula, Row};
use crate::quantities::Quantity;

/// No channel of application has a longer name (characters).
const LONGEST_CHANNEL: usize = 12;

/// A number with the pattern that holds of it.
pub(super) struct Held<'h> {
    pub(super) place: Place<'h>,
    pub(super) window: &'h Window<'h>,
    pub(super) m: &'h Match<'h>,
    /// What it may be about.
    pub(super) readings: &'h [Formula],
    pub(super) parts: Parts,
}

impl<'h> Held<'h> {
    pub(super) fn matter(&self) -> Option<Matter> {
        self.m.pattern.matter
    }

    fn is_of(&self, topic: Topic) -> bool {
        self.m.pattern.topic == Some(topic)
    }

    /// The words that the pattern matched.
    pub(super) fn matched(&self) -> &'h [Token] {
        &self.window.tokens[self.m.tokens.clone()]
    }

    /// Whether the number stands before the words.
    fn is_number_first(&self) -> bool {
        self.m.tokens.start >= self.window.this
    }
}

/// How far a number is held to the tables.
pub(super) struct Standing {
    pub(super) mismatch: Mismatch,
    pub(super) at_most: Option<Formula>,
    pub(super) doubt: Option<Doubt>,
    pub(super) anchored: bool,
    /// A result of disputes by name, also behind 其中: one of a list that divides them all.
    pub(super) may_divide: bool,
    pub(super) follows_applications: bool,
    pub(super) one_kind_from: Option<usize>,
}

impl Reader<'_> {
    pub(super) fn standing(&self, held: &Held<'_>, objects: Objects) -> Standing {
        let Held { place, window, m, readings, parts } = held;
        let (pattern, clause, context) = (m.pattern, place.clause, self.context(place.sentence));
        let of_another = self.of_something_else(held, &context);
        let of_nobody = parts.is_perhaps_another.then_some(Doubt::OfNobodyKnown);
        let weakness = of_another.or(of_nobody).or_else(|| self.open_question(held, &context));
        let part = of_another.or_else(|| self.part_of_the_cell(held, &context));
        // 依申请公开 was not named just before, but the words are those of the outcomes.
        let is_outcome =
            m.sureness == Sureness::Likely && held.is_of(Topic::Outcomes) && pattern.mismatch == Mismatch::Contradicted;
        // Decisions of one list have one subject, whatever it is called.
        let is_decision = held.matter() == Some(Matter::Decisions);
        let is_led_by_unknown = || self.part.is_led || self.has_unknown(&window.tokens[..m.tokens.start]);
        let may_be_other = || {
            let is_times = self.quantity(held).class == UnitClass::Times;
            context.may_be_a_part(clause.range.clone())
                || is_decision && (is_times || context.may_be_no_decisions(clause.range.clone()))
        };
        let anchored = (pattern.anchored || is_outcome) && (is_decision || !is_led_by_unknown()) && !may_be_other();
        let may_divide = pattern.anchored && held.is_of(Topic::Disputes) && !is_led_by_unknown();
        let follows_applications = weakness == Some(Doubt::TopicNotNamed)
            && pattern.mismatch == Mismatch::Contradicted
            && (held.is_of(Topic::Requests) || held.is_of(Topic::Outcomes))
            && !context.has_other_business(place.clause.range.start)
            && !is_led_by_unknown()
            && !self.may_name_a_body(*place)
            && !tokens_before(window).iter().any(|t| t.symbol == self.symbols.channel)
            && !may_be_other();
        let bound = pattern.at_most.as_ref().and_then(|r| r.formula(self.form, objects));
        // The bound of a pattern holds whatever else is said.
        let perhaps = (parts.is_perhaps_a_part && part.is_none() && bound.is_none()).then_some(Doubt::PerhapsNarrower);
        let is_bounded = part.is_some() || parts.is_perhaps_a_part;
        Standing {
            mismatch: if weakness.is_some() { pattern.mismatch.min(Mismatch::Undetermined) } else { pattern.mismatch },
            at_most: bound.or_else(|| readings.first().filter(|_| is_bounded)).cloned(),
            doubt: perhaps.or(part).or(weakness),
            anchored,
            follows_applications,
            may_divide,
            one_kind_from: if held.is_of(Topic::Disputes) && (anchored || may_divide) {
                context.one_kind_from(clause.range.clone())
            } else {
                None
            },
        }
    }

    pub(super) fn quantity(&self, held: &Held<'_>) -> &Quantity {
        &self.lexed.quantities[held.place.q]
    }

    /// What a number is of instead of all that the pattern names: it need not be more than the cell, and says nothing
    /// against it where it is.
    fn of_something_else(&self, held: &Held<'_>, context: &Context<'_>) -> Option<Doubt> {
        let Held { place, window, m, .. } = held;
        let (matter, quantity) = (held.matter(), self.quantity(held));
        let is_of_disputed_answers = || {
            held.is_of(Topic::Outcomes)
                && context.is_on_disputes(window.tokens[m.tokens.start].range.start.min(quantity.range.start))
        };
        if matter == Some(Matter::Documents) && self.is_of_one_sort(window, m, place.clause, place.q) {
            Some(Doubt::OfOneSort)
        } else if is_of_disputed_answers() {
            Some(Doubt::OfDisputedAnswers)
        } else if self.is_of_the_number_before(matter, place.clause, quantity) {
            Some(Doubt::OfTheNumberBefore)
        } else if self.is_of_another_count(*place, m.pattern, held.matched()) || self.closes_own_cases(held) {
            Some(Doubt::OfAnotherCount)
        } else if matter == Some(Matter::Applicants) && self.counts_no_applications(quantity) {
            Some(Doubt::NoApplications)
        } else if self.part.is_said_of_some && is_of_some(held) {
            Some(Doubt::OfSome)
        } else {
            None
        }
    }

    /// What makes a number one part of the cell: it need not be more, but may not be.
    fn part_of_the_cell(&self, held: &Held<'_>, context: &Context<'_>) -> Option<Doubt> {
        let Held { place, window, m, .. } = held;
        let matter = held.matter();
        if self.is_of_one_sort(window, m, place.clause, place.q) || self.lapses(held) {
            Some(Doubt::OfOneSort)
        } else if matter == Some(Matter::Handled) && self.excepts_some_received(held, context) {
            Some(Doubt::Deducted)
        } else if matter == Some(Matter::Handled) && !self.form.is_older() && self.is_handled_in_time(held) {
            // Forms before 2019 have a row for them.
            Some(Doubt::InTime)
        } else if matter == Some(Matter::Handled) && self.is_of_this_years(held)
            || self.is_handled_of_the_received(held)
        {
            Some(Doubt::OfTheYear)
        } else if self.is_of_an_outcome(*place, matter, held.is_number_first()) {
            Some(Doubt::OfAnOutcome)
        } else if self.is_the_rest(matter, window) {
            Some(Doubt::TheRest)
        } else if self.names_one_channel(held) || matter == Some(Matter::Received) && self.came_perhaps_one_way(held) {
            // 通过网站共办理3件、纸质申请36件; 收到书面申请8件，网络申请1件
            Some(Doubt::OfSome)
        } else if self.is_carried_out_for_a_reason(held) {
            Some(Doubt::ForAReason)
        } else if self.is_of_a_group_for_a_reason(held) {
            Some(Doubt::OfOneReason)
        } else if self.is_of_the_office_itself(matter, tokens_before(window)) {
            Some(Doubt::OfTheOfficeItself)
        } else if m.pattern.newly_fewer && self.is_newly_received(context, self.quantity(held).range.start) {
            Some(Doubt::NewlyReceived)
        } else {
            None
        }
    }

    /// What leaves open what a number is of: it says nothing against the cell.
    fn open_question(&self, held: &Held<'_>, context: &Context<'_>) -> Option<Doubt> {
        let Held { place, window, m, readings, parts } = held;
        let (matter, pattern, clause) = (held.matter(), m.pattern, place.clause);
        let words = &self.dictionary.patterns.claim_words;
        let before = tokens_before(window);
        let is_dispute = matches!(matter, Some(Matter::Reviews | Matter::Suits | Matter::DisputeResult));
        // 通过传真5882311收到申请4件, but 通过网络、信函等方式共收到申请84件 are all of them.
        let is_by_channel =
            || self.names_one_channel(held) && !before.iter().any(|t| t.symbol == self.symbols.total_word);
        // 提前办结91件: what restricts the handled is known, and no part is more than all.
        let restricts = |t: &Token| matter == Some(Matter::Handled) && t.symbol == self.symbols.restricting;
        let has_unknown = || window.tokens[..m.tokens.start].iter().any(|t| self.is_unknown(t) && !restricts(t));
        if pattern.strict && has_unknown() {
            Some(Doubt::UnknownWords)
        } else if is_of_some(held) || is_by_channel() || self.tells_of_a_noun_behind(held) {
            Some(Doubt::OfSome)
        } else if self.is_base_of_another(held) {
            Some(Doubt::OfAnotherCount)
        } else if place.clause.is_run_together || self.lost_its_marks(place.clause) {
            Some(Doubt::RunTogether)
        } else if self.is_corrected(place.q) {
            Some(Doubt::Corrected)
        } else if matter == Some(Matter::OutcomeReason) && self.is_of_a_topic(held) {
            Some(Doubt::OfATopic)
        } else if self.is_more_than_named(held) {
            Some(Doubt::OfMoreThanNamed)
        } else if self.is_joined(held) {
            Some(Doubt::Joined)
        } else if self.is_of_who_was_asked(held) {
            Some(Doubt::OfWhoWasAsked)
        } else if !is_dispute && self.follows_one_of(held, &words.denying) {
            // 未予公开（含部分公开）42件, 没有予以公开的32件, 非自然人申请5件
            Some(Doubt::Denied)
        } else if self.follows_one_of(held, &words.of_some_before) || self.is_disclosed_by_channel(held) {
            Some(Doubt::OfSome)
        } else if matter == Some(Matter::Received) && self.is_of_documents(held) {
            Some(Doubt::OfDocuments)
        } else if !parts.is_of_the_year && self.told.is_so_far {
            Some(Doubt::SoFar)
        } else if context.is_deducted(clause.range.clone()) {
            Some(Doubt::Deducted)
        } else if matter == Some(Matter::Handled) && self.counts_matters(held) {
            Some(Doubt::NoApplications)
        } else if self.is_of_others(context, pattern, clause, before, readings) {
            Some(Doubt::OfOthers)
        } else if self.is_of_the_government(readings) {
            Some(Doubt::OfTheGovernment)
        } else if self.is_of_the_received(place.index, matter, held.matched()) {
            Some(Doubt::OfTheReceived)
        } else if self.is_of_disputes(context, matter, held.matched()) {
            Some(Doubt::OfDisputes)
        } else if is_dispute && context.says_other_disputes() {
            Some(Doubt::OfOtherDisputes)
        } else if self.is_of_all_suits(*place, matter, held.matched()) {
            Some(Doubt::OfAllSuits)
        } else if pattern.ambiguous && !self.is_among_outcomes(*place, window) {
            Some(Doubt::Ambiguous)
        } else if held.is_of(Topic::Outcomes) && self.is_of_the_carried_in(*place) {
            Some(Doubt::OfTheCarriedIn)
        } else if m.sureness == Sureness::Likely {
            Some(Doubt::TopicNotNamed)
        } else {
            None
        }
    }

    /// 新收申请898件；自然人申请量最大的为霁东区，自然人申请201件: whether a body may be named since the number before.
    fn may_name_a_body(&self, place: Place<'_>) -> bool {
        let words = &self.dictionary.patterns.claim_words;
        let mut before = self.said_before(place.index).filter(|c| c.quantity.is_some());
        let from = before.next().map_or(place.sentence.range.start, |c| c.range.end);
        let gap = &self.prose.text[from..self.lexed.quantities[place.q].range.start.max(from)];
        words.organ_ends.stand_in(gap) || words.parts_in_brackets.stand_in(gap)
    }

    /// Whether applications are counted of which one channel is named.
    fn names_one_channel(&self, held: &Held<'_>) -> bool {
        let channels = tokens_before(held.window).iter().filter(|t| t.symbol == self.symbols.channel).count();
        matches!(held.matter(), Some(Matter::Received | Matter::Handled))
            && (channels == 1 || channels == 0 && self.follows_a_channel(held.place))
    }

    /// 传真（5882311）收到申请4件: whether the words before the bracket that a clause follows end with a channel.
    fn follows_a_channel(&self, place: Place<'_>) -> bool {
        let Place { sentence, clause, .. } = place;
        let is_before = |c: &&Clause| c.depth == clause.depth && c.range.end <= clause.range.start;
        let Some(before) = sentence.clauses.iter().rev().find(is_before).filter(|_| clause.opened_by == Some('）'))
        else {
            return false;
        };
        let text = &self.prose.text[before.range.clone()];
        let mut ends = text.char_indices().rev().take(LONGEST_CHANNEL).map(|(at, _)| &text[at..]);
        ends.any(|end| self.dictionary.lexicon.class(end).is_some_and(|c| c.symbol() == self.symbols.channel))
    }

    /// 收到书面申请8件: whether applications are counted that may have come in one way only.
    fn came_perhaps_one_way(&self, held: &Held<'_>) -> bool {
        let words = &self.dictionary.patterns.claim_words.perhaps_one_way;
        held.window.tokens.iter().any(|t| words.stand_in(&self.prose.text[t.range.clone()]))
    }

    /// 行政许可公示超期3件，占办理总数318件的0.94%: the base of a share of something else.
    fn is_base_of_another(&self, held: &Held<'_>) -> bool {
        let mut own = self.said_before(held.place.index);
        let is_another = |c: &Claim| match c.matter {
            Some(Matter::Documents | Matter::Decisions) => true,
            _ => c.readings.is_empty() && self.counts_another_noun(c),
        };
        matches!(held.matter(), Some(Matter::Received | Matter::Handled))
            && tokens_before(held.window).iter().any(|t| t.symbol == self.symbols.share_of)
            && own.find(|c| c.quantity.is_some()).is_some_and(is_another)
    }

    /// 立案查处行政处罚案件60件，结案46件
    fn closes_own_cases(&self, held: &Held<'_>) -> bool {
        let words = &self.dictionary.patterns.claim_words.closes_cases;
        let closes = |t: &Token| words.has(&self.prose.text[t.range.clone()]);
        let mut own = self.said_before(held.place.index);
        held.matter() == Some(Matter::Handled)
            && held.matched().iter().any(closes)
            && own.find(|c| c.quantity.is_some()).is_some_and(|c| c.matter == Some(Matter::Decisions))
    }

    /// 宣布失效规范性文件5件: perhaps counted apart from those repealed.
    fn lapses(&self, held: &Held<'_>) -> bool {
        let words = &self.dictionary.patterns.claim_words.lapses;
        let says_so = |t: &Token| words.has(&self.prose.text[t.range.clone()]);
        let mut ends = held.matched().iter().filter(|t| t.symbol == self.symbols.repeal);
        held.matter() == Some(Matter::Documents) && ends.next().is_some_and(says_so) && ends.all(says_so)
    }

    /// 27件26件为自然人申请; 其中3件书面回复1件结转下年: whether the marks of a clause are lost, and words behind one of its numbers
    /// stand before the next.
    fn lost_its_marks(&self, clause: &Clause) -> bool {
        let of_clause = self.lexed.quantities[clause.quantities.clone()].iter();
        let counts: Vec<&Range<usize>> = of_clause.filter(|q| q.class == UnitClass::Case).map(|q| &q.whole).collect();
        let [first, .., last] = counts.as_slice() else { return false };
        let words = &self.dictionary.patterns.claim_words;
        let text = |range: Range<usize>| &self.prose.text[range];
        let lead = text(clause.range.start..first.start.max(clause.range.start)).trim_matches(['对', ' ']);
        // 65件申请办结58件 has one number before its words only.
        let is_number_first = words.list_openers.has(lead) || lead.is_empty() && counts.len() > 2;
        let is_parted = || text(first.end..last.start).contains(['、', '和', '及', '与', '中']);
        counts.windows(2).any(|pair| pair[0].end == pair[1].start) || is_number_first && !is_parted()
    }

    /// 由6件更正为4件: the number that was wrong.
    fn is_corrected(&self, q: usize) -> bool {
        let after = &self.prose.text[self.lexed.quantities[q].whole.end..];
        self.dictionary.patterns.claim_words.corrections.begin(after)
    }

    /// 部分公开10件，其中涉及个人隐私8件; 对涉及个人隐私的8件作了遮挡处理; 申请内容涉及个人隐私的12件; 收到重复申请3件: whether a reason is
    /// not that of a refusal.
    fn is_of_a_topic(&self, held: &Held<'_>) -> bool {
        let words = &self.dictionary.patterns.claim_words;
        let Place { index, sentence, .. } = held.place;
        let outcome = |c: &&Claim| matches!(c.matter, Some(Matter::Granted | Matter::OutcomeGroup));
        let last = self.said_before(index).find(outcome);
        let is_parted = |c: &Claim| {
            let partly = Formula::Cell(CellId::total(Row::PartlyGranted));
            c.readings.first() == Some(&partly)
        };
        let is_refusal = |c: CellId| Row::Refused.members().contains(&c.row);
        // 部分公开31件，因属于过程性信息不予公开12件: the words name the outcome.
        let may_be_parted = !held.matched().iter().any(|t| self.symbols.is_outcome(t))
            && held.readings.first().is_some_and(|f| f.all_cells(&mut |c| is_refusal(c)));
        let taken = tokens_before(held.window).iter().any(|t| self.symbols.receive == t.symbol);
        // 要求重新出具已获取信息3件，均予以公开
        let after = &self.prose.text[self.quantity(held).whole.end..];
        let after = after.trim_start_matches(['，', ',']);
        taken
            || words.then_disclosed.begin(after)
            || self.tells_of_topics(held.place)
            || may_be_parted && last.is_some_and(is_parted)
            || may_be_parted && last.is_none() && words.parted.stand_in(&self.prose.text[sentence.range.clone()])
    }

    /// Whether one of some words stands right before those of the pattern.
    fn follows_one_of(&self, held: &Held<'_>, words: &WordList) -> bool {
        let start = held.place.clause.range.start;
        let matched = held.matched().first().map_or(start, |t| t.range.start).max(start);
        let lead = &self.prose.text[start..matched];
        words.end(lead)
    }

    /// 通过网络予以公开7件
    fn is_disclosed_by_channel(&self, held: &Held<'_>) -> bool {
        held.matter() == Some(Matter::Granted)
            && tokens_before(held.window).iter().any(|t| t.symbol == self.symbols.channel)
    }

    /// 2022年末现行有效38件，本年新增5件: whether documents are counted before, and no word names applications.
    fn is_of_documents(&self, held: &Held<'_>) -> bool {
        let names_them = held.matched().iter().any(|t| self.symbols.applications.contains(&t.symbol));
        let mut own = self.said_before(held.place.index);
        let words = &self.dictionary.patterns.claim_words.of_documents;
        let is_of_documents =
            |c: &Claim| c.matter == Some(Matter::Documents) || words.stand_in(&self.prose.text[c.clause.clone()]);
        !names_them && own.find(|c| c.quantity.is_some()).is_some_and(is_of_documents)
    }

    /// 其中2件因疫情延期结转至下年; 因补正中止计时1件，结转下年; 3件因征求意见结转，1件因12月底收到结转: those carried out for one
    /// reason. 另有9件因未到期限结转下年 are all of them.
    fn is_carried_out_for_a_reason(&self, held: &Held<'_>) -> bool {
        let words = &self.dictionary.patterns.claim_words;
        let Place { sentence, clause, .. } = held.place;
        let start = clause.range.start;
        let end = held.matched().last().map_or(start, |t| t.range.end);
        let text = |range: std::ops::Range<usize>| self.prose.text.get(range).unwrap_or_default();
        let gives_reason = |text: &str| words.reasons.stand_in(text);
        let is_part = || {
            let clause_text = text(clause.range.clone()).trim_start();
            let number = self.quantity(held).range.start;
            let reasons =
                sentence.clauses.iter().filter(|c| !c.quantities.is_empty() && gives_reason(text(c.range.clone())));
            words.list_openers.begin(clause_text) || gives_reason(text(start..number)) || reasons.count() > 1
        };
        held.readings.first() == Some(&Formula::Cell(CellId::total(Row::CarriedOut)))
            && gives_reason(text(start..end))
            && is_part()
    }

    /// 其余14件均按期办结: what is left of some count is no whole.
    fn is_the_rest(&self, matter: Option<Matter>, window: &Window<'_>) -> bool {
        let word = |t: &Token| &self.prose.text[t.range.clone()];
        let rest = &self.dictionary.patterns.claim_words.rest;
        matches!(matter, Some(Matter::Handled | Matter::Reviews | Matter::Suits | Matter::DisputeResult))
            && tokens_before(window).iter().any(|t| rest.has(word(t)))
    }

    /// 自然人55人, 面向自然人事项320项: the unit is not that of applications.
    fn counts_no_applications(&self, quantity: &Quantity) -> bool {
        quantity.class == UnitClass::People || &self.prose.text[quantity.unit.clone()] == "项"
    }

    /// Whether the sentence names applications, or an outcome of theirs before a number.
    fn is_among_outcomes(&self, place: Place<'_>, window: &Window<'_>) -> bool {
        let is_outcome = |c: &Claim| {
            let is_one = matches!(
                c.matter,
                Some(
                    Matter::Received | Matter::Handled | Matter::Granted | Matter::OutcomeGroup | Matter::OutcomeReason
                )
            );
            is_one && c.mismatch == Mismatch::Contradicted
        };
        let sentence = place.sentence.range.clone();
        let from = self.out.tokens.partition_point(|t| t.range.start < sentence.start);
        self.is_bare
            || self.out.tokens[from..].iter().chain(window.tokens.iter()).any(|t| self.symbols.is_outcome(t))
            || self.marks.said_in(sentence) & (says::REQUESTS | says::ANY_REQUEST) != 0
            || self.said_before(place.index).any(is_outcome)
    }

    /// 收到申请11件的科室有1个: whether a number only says which of the nouns behind it are meant.
    fn tells_of_a_noun_behind(&self, held: &Held<'_>) -> bool {
        let rest = self.prose.text[self.quantity(held).whole.end..].strip_prefix('的');
        let words = &self.dictionary.patterns.claim_words;
        !held.is_number_first()
            && rest.is_some_and(|rest| !words.counted.begin(rest) && !words.matters_of_tables.begin(rest))
    }

    /// 新收行政复议56件、行政诉讼20件: only disputes stand between 新收 and the number.
    fn is_newly_received(&self, context: &Context<'_>, at: usize) -> bool {
        let is_dispute = |c: &Claim| matches!(c.matter, Some(Matter::Reviews | Matter::Suits | Matter::DisputeResult));
        context
            .new_from(at)
            .is_some_and(|from| self.out.list.iter().rev().take_while(|c| c.range.start >= from).all(is_dispute))
    }
}

/// Whether a number is one of some applications or disputes; of those carried in its applicants are known.
fn is_of_some(held: &Held<'_>) -> bool {
    let is_carried_in = |f: &Formula| f.all_cells(&mut |c| c.row == Row::CarriedIn);
    let is_of_carried_in =
        held.matter() == Some(Matter::Applicants) && held.readings.first().is_some_and(is_carried_in);
    held.parts.is_of_some && !is_of_carried_in
}
