//! What a number belongs to, where its clause does not say: the scope of the sentence before, the count it is a part of.

use std::collections::BTreeSet;
use std::ops::Range;

use super::number::Place;
use super::restricted::LOOKED_BACK;
use super::{Carried, Reader, tokens_before};
use crate::claims::clauses::{Clause, Sentence};
use crate::claims::context::Context;
use crate::claims::scope::{Said, Spoken};
use crate::claims::tokens::Token;
use crate::claims::windows::Window;
use crate::claims::{Claim, Scope, ScopeKind};
use crate::dictionary::{ClaimKind, Matter, Pattern, says, without_ends};
use crate::document::{Level, OrganKind};
use crate::form::{CellId, Column, Formula, Row, TableId};

/// Why the disputes are not compared that an organ decides on or defends for others, as in `claims.toml`.
const ROLE: &str = "role";

/// Claims looked back at for such a role.
const ROLES_BACK: usize = 12;

/// A bracket is closed so many characters behind its last number.
const LONGEST_ASIDE: usize = 40;

impl Reader<'_> {
    /// The scope with which a sentence begins: 其中 goes on with that of the sentence before.
    pub(super) fn carried_into(&mut self, sentence: &Sentence) -> Spoken {
        let paragraph = sentence.paragraph;
        if self.carried.paragraph != Some(paragraph) {
            let counted = if self.is_announced(paragraph) {
                std::mem::take(&mut self.carried.counted)
            } else {
                Spoken::default()
            };
            let read_to = self.prose.paragraphs[paragraph].range.start;
            let line = self.line_above(paragraph);
            let label = line.clone().map_or(Said::Nothing, |line| self.named_in_line(line));
            let above = line.and_then(|line| self.label_above(line)).unwrap_or_default();
            self.carried = Carried { paragraph: Some(paragraph), counted, label, above, read_to, ..Carried::default() };
        }
        let told = self.told_before(self.carried.read_to, sentence);
        if self.begins_with_another_year(told.clone()) {
            (self.carried.is_of_another_year, self.carried.named_a_year) = (true, true);
        }
        let before = self.named_in_sentence(told.clone());
        let label = if sentence.quantities.is_empty() { sentence.range.clone() } else { told };
        if let Some(above) = self.label_above(label) {
            self.carried.above = above;
        }
        if before != Said::Nothing {
            self.carried.label = before;
        }
        self.carried.read_to = sentence.range.end;
        let text = &self.prose.text[sentence.range.clone()];
        let start = sentence.range.start + text.len() - text.trim_start().len();
        let ended = std::mem::take(&mut self.carried.ended);
        let spoken = if self.marks.starts(start, says::AMONG) { ended } else { Spoken::default() };
        let when = self.year_in_bracket_before(sentence).unwrap_or_else(|| self.carried.above.when.clone());
        let label = Spoken { whose: self.carried.label.clone(), when, ..Spoken::default() };
        spoken.over(&label)
    }

    /// 全市收到500件，其中市政府办公室120件，自然人110件: whose count stands just before in the sentence, if it is a part, and the only
    /// one; a new total is none of it.
    pub(super) fn part_counted_last(&self, index: usize, window: &Window<'_>) -> Option<Scope> {
        let is_new_total = |t: &Token| [self.symbols.total_word, self.symbols.so_far].contains(&t.symbol);
        if tokens_before(window).iter().any(|t| is_new_total(t) || self.scopes.is_own(t.symbol)) {
            return None;
        }
        let is_count = |c: &&Claim| c.quantity.is_some() && c.kind == ClaimKind::Count;
        let is_another = |s: &&Scope| matches!(s.kind, ScopeKind::Narrower | ScopeKind::Other);
        let last = self.said_before(index).find(is_count)?.scope.as_ref().filter(is_another)?;
        let mut scopes = self.said_before(index).filter(is_count).filter_map(|c| c.scope.as_ref());
        // 同一申请人 is none.
        let is_body = || self.tokenizer.classes(&last.text).into_iter().any(|word| self.scopes.is_of_a_body(word));
        (scopes.all(|scope| scope == last) && is_body()).then(|| last.clone())
    }

    /// …为答复主体的申请120件: whether a count stands right behind the word for applications.
    fn stands_behind_requests(&self, claim: &Claim) -> bool {
        let Some(number) = claim.quantity.map(|q| self.lexed.quantities[q].whole.start) else { return false };
        let before = &self.prose.text[claim.clause.start..number.max(claim.clause.start)];
        let words = &self.dictionary.patterns.claim_words.before_their_number;
        claim.kind == ClaimKind::Count && without_ends(before, words).ends_with("申请")
    }

    /// 收到征地拆迁类申请210件。办结118件; 涉及征地拆迁的210件。其中予以公开90件: whether a sentence goes on with some applications that
    /// the one before it spoke of. Behind a count of all, only its parts are those of some.
    pub(super) fn goes_on_with_some(&self, sentence: &Sentence) -> bool {
        let start = sentence.range.start;
        self.carried.is_of_some && (!self.carried.has_counted_all || self.marks.starts(start, says::AMONG))
    }

    /// Remembers whose applications a clause counts; those handled are the ones received before.
    pub(super) fn carry_what_was_counted(&mut self, clause: &Clause, (received, handled): (&Spoken, &Spoken)) {
        let own = self.out.list.iter().rev().take_while(|c| c.clause == clause.range);
        // 以市自然资源局为答复主体的申请120件
        let names_requests = clause.says & (says::REQUESTS | says::ANY_REQUEST) != 0 && received.scope().is_some();
        let counted = own.filter_map(|c| match c.matter {
            Some(Matter::Received) => Some(received),
            Some(Matter::Handled) => Some(handled),
            None if names_requests && self.stands_behind_requests(c) => Some(received),
            _ => None,
        });
        if let Some(counted) = counted.last() {
            self.carried.counted = counted.clone();
        }
        let mut own = self.out.list.iter().rev().take_while(|c| c.clause == clause.range);
        if own.any(|c| matches!(c.matter, Some(Matter::Reviews | Matter::Suits))) {
            self.carried.disputed = handled.clone();
        }
    }

    /// Whether a clause says that what is counted from here on is done for another body, or that others' is in it:
    /// 受市政府委托，我局答复130件; 市局（含各分局）收到96件. The whole of an area is its report's own.
    pub(super) fn brings_other_bodies(&self, clause: &Clause) -> bool {
        let is_area = self.organ.kind == OrganKind::Area;
        let is_named = |note: &Range<usize>| {
            let note = self.prose.text[note.clone()].trim_matches(['（', '(', '〔', '[', '）', ')', '〕', ']']);
            let is_inclusion = !is_area && note.starts_with(['含', '包']);
            // 我局（机关）收到46件; 废止6件（县政府）: of that part alone.
            let is_part = || self.dictionary.patterns.claim_words.parts_in_brackets.has(note);
            let names_bodies = || self.tokenizer.classes(note).into_iter().any(|word| self.scopes.is_body(word));
            is_inclusion && names_bodies() || is_part()
        };
        let ends_so = || clause.quantities.is_empty() && self.ends_with(clause, says::OTHER_BODIES);
        !is_area && ends_so() || clause.notes.iter().any(is_named)
    }

    /// 省政府收到40件，省直部门收到30件: beside its departments the government is a part of the whole too.
    pub(super) fn narrow_the_government(&mut self, first: usize) {
        let is_part = |c: &Claim| c.scope.as_ref().is_some_and(|s| s.kind == ScopeKind::Narrower);
        if self.organ.kind != OrganKind::Area || !self.out.list[first..].iter().any(is_part) {
            return;
        }
        for at in first..self.out.list.len() {
            let claim = &self.out.list[at];
            if claim.scope.is_some() || !matches!(claim.matter, Some(Matter::Received | Matter::Handled)) {
                continue;
            }
            let start = self.out.tokens.partition_point(|t| t.range.start < claim.clause.start);
            let mut words = self.out.tokens[start..].iter().take_while(|t| t.range.end <= claim.range.start);
            if let Some(office) = words.find(|t| t.symbol == self.symbols.office) {
                let text = self.prose.text[office.range.clone()].to_string();
                self.out.list[at].scope = Some(Scope { text, kind: ScopeKind::Narrower });
            }
        }
    }

    /// 市直部门收到170件，乡镇收到80件: what follows is about all of them together.
    pub(super) fn forget_parts_of_a_whole(&mut self, first: usize) {
        let mut scopes = self.out.list[first..].iter().filter_map(|c| c.scope.as_ref());
        let one = scopes.next();
        if scopes.any(|scope| Some(scope) != one) {
            (self.carried.ended, self.carried.counted) = (Spoken::default(), Spoken::default());
        }
    }

    /// 包括上年结转申请4件，其中，同意公开4件: the only applications that the sentence counted are those carried in.
    pub(super) fn is_of_the_carried_in(&self, place: Place<'_>) -> bool {
        let carried_in = Formula::Cell(CellId::total(Row::CarriedIn));
        let own = self.out.list.iter().rev().take_while(|c| c.sentence == place.index && c.quantity.is_some());
        // 予以公开30件（含上年结转4件），部分公开7件: a bracket that is closed says nothing of what follows.
        let is_aside = |c: &Claim| {
            let since = &self.prose.text[c.range.end..place.clause.range.start.max(c.range.end)];
            let bracket = since.chars().take(LONGEST_ASIDE).find(|c| matches!(c, '（' | '(' | '）' | ')'));
            matches!(bracket, Some('）' | ')'))
        };
        let mut counted = own
            .filter(|c| matches!(c.matter, Some(Matter::Received | Matter::Handled | Matter::CarriedOver)))
            .take(LOOKED_BACK)
            .filter(|c| !is_aside(c))
            .peekable();
        counted.peek().is_some() && counted.all(|c| c.readings.first() == Some(&carried_in))
    }

    /// 收到申请84件（含重复申请6件）: what came in, which need not have been refused for that.
    /// 其中4件由于重复申请不予处理 names what became of them.
    pub(super) fn is_of_the_received(&self, sentence: usize, matter: Option<Matter>, matched: &[Token]) -> bool {
        let before = self.out.list.last().filter(|c| c.sentence == sentence);
        let names_group = matched.iter().any(|t| self.symbols.is_outcome(t));
        matter == Some(Matter::OutcomeReason)
            && !names_group
            && before.is_some_and(|c| c.matter == Some(Matter::Received))
    }

    /// 因政府信息公开引发行政复议7件，办结6件: what is handled and carried over is that of the disputes, where the words name
    /// no application themselves.
    pub(super) fn is_of_disputes(&self, context: &Context<'_>, matter: Option<Matter>, matched: &[Token]) -> bool {
        let names_application = matched.iter().any(|t| self.symbols.applications.contains(&t.symbol));
        matches!(matter, Some(Matter::Received | Matter::Handled | Matter::CarriedOver))
            && !names_application
            && matched.first().is_some_and(|first| context.is_on_disputes(first.range.start))
    }

    /// 县政府收到申请77件, said by its office, whose table may hold those or its own.
    pub(super) fn is_of_the_offices_government(&mut self, before: &[Token]) -> bool {
        let word = |t: &Token| &self.prose.text[t.range.clone()];
        let names = |end: &str| before.iter().any(|t| t.symbol == self.symbols.office && word(t).ends_with(end));
        let is_led =
            self.organ.kind == OrganKind::Office && names("政府") && !(names("室") || names("厅") || names("办"));
        self.part.is_of_some_requests |= is_led;
        is_led
    }

    /// 县政府办公室制定规范性文件2件, in the office's report, which may hold those of its government too.
    pub(super) fn is_of_the_office_itself(&self, matter: Option<Matter>, before: &[Token]) -> bool {
        matter == Some(Matter::Documents)
            && self.organ.kind == OrganKind::Office
            && before.iter().any(|t| t.symbol == self.symbols.office)
    }

    /// 废止政府规章1部, said by a department, which makes none itself: the government's.
    pub(super) fn is_of_the_government(&self, readings: &[Formula]) -> bool {
        let is_regulation = |f: &Formula| f.cell_count() > 0 && f.all_cells(&mut |c| c.row == Row::Regulations);
        self.organ.kind == OrganKind::Department
            && readings.first().is_some_and(is_regulation)
            && self.organ.level.is_some_and(|level| level != Level::Central)
    }

    /// Documents and disputes that the organ deals with for others: 参与制定规范性文件7件; the suits and reviews that an
    /// organ of justice or a court receives are not all its own.
    pub(super) fn is_of_others(
        &self,
        context: &Context<'_>,
        pattern: &Pattern,
        clause: &Clause,
        before: &[Token],
        readings: &[Formula],
    ) -> bool {
        let is_stock = readings.first().is_some_and(|f| f.all_cells(&mut |c| c.column == Column::InForce));
        match pattern.matter {
            Some(Matter::Documents) => {
                // The documents of an area are its government's own, but for those of one campaign: 涉及营商环境的.
                // 对现行有效的63件规范性文件进行清理: those that were looked at, on some day of the year.
                let is_campaign = || {
                    self.organ.kind != OrganKind::Area
                        || context.may_be_a_part(clause.range.clone())
                        || is_stock && context.is_of_campaign(clause.range.clone())
                };
                context.is_shared_work(clause.range.clone()) && is_campaign()
            }
            Some(Matter::Reviews | Matter::Suits | Matter::DisputeResult) => {
                // 办理行政复议案件9件、行政诉讼案件4件: what is said of the first holds of the second.
                let sentence = self.out.list.last().map(|c| c.sentence);
                let is_beside = |c: &Claim| {
                    c.because.as_deref() == Some(ROLE)
                        && (c.clause == clause.range || !context.names_disclosure(clause.range.clone()))
                };
                let own = self
                    .out
                    .list
                    .iter()
                    .rev()
                    .take_while(|c| Some(c.sentence) == sentence && c.range.start >= context.sentence.range.start);
                let has = |symbols: &[char]| before.iter().any(|t| symbols.contains(&t.symbol));
                let is_taken = || self.organ.is_of_justice || has(&[self.symbols.reviewer]);
                // 收到行政复议申请300件，受理280件: of whatever kind.
                let is_of_any = || !context.names_disclosure(context.sentence.range.clone());
                own.take(ROLES_BACK).any(is_beside)
                    || has(&self.symbols.taking) && (is_taken() || is_of_any())
                    || has(&self.symbols.deciding) && self.organ.kind == OrganKind::Area
            }
            _ => false,
        }
    }

    /// 全局应诉案件12件: suits of all business, where the sentence names no disclosure.
    pub(super) fn is_of_all_suits(&self, place: Place<'_>, matter: Option<Matter>, matched: &[Token]) -> bool {
        let words = &self.dictionary.patterns.claim_words.all_suits;
        let is_one = |t: &Token| words.stand_in(&self.prose.text[t.range.clone()]);
        matter == Some(Matter::Suits)
            && (matched.iter().any(is_one) || words.stand_in(&self.prose.text[place.sentence.range.clone()]))
            && !self.context(place.sentence).names_disclosure(place.sentence.range.clone())
    }

    /// Counts by applicant, ending before `at`, are of what was counted last in the sentence: 上年结转申请12件，其中自然人10件.
    /// Outcomes are so parted only after 其中. Of disputes the tables have no applicants.
    pub(super) fn of_the_counted(&self, sentence: usize, at: usize, readings: Vec<Formula>) -> Vec<Formula> {
        let is_of = |f: &Formula, table: TableId, is_total: bool| {
            f.cell_count() > 0
                && f.all_cells(&mut |c| c.row.table() == table && (c.column == Column::Total) == is_total)
        };
        let Some(first) = readings.first().filter(|f| is_of(f, TableId::Requests, false)) else { return readings };
        let is_parted = |c: &Claim| match c.matter {
            Some(Matter::Received | Matter::Handled | Matter::CarriedOver | Matter::Reviews | Matter::Suits) => true,
            Some(_) => self.marks.said_in(c.range.end..at) & says::AMONG != 0,
            None => false,
        };
        // 124件（含上年结转5件），自然人113件: not of what a bracket holds.
        let is_bracketed = |c: &Claim| {
            let between = &self.prose.text[c.range.end..at.max(c.range.end)];
            between.find(['）', ')']).is_some_and(|close| !between[..close].contains(['（', '(']))
        };
        let own = self.said_before(sentence);
        let own = own.filter(|c| c.quantity.is_some() && !is_bracketed(c));
        let mut counted = own.filter(|c| is_parted(c)).filter_map(|c| c.readings.first());
        let is_total = |f: &&Formula| is_of(f, TableId::Requests, true) || is_of(f, TableId::Disputes, true);
        let Some(base) = counted.find(is_total) else { return readings };
        if is_of(base, TableId::Disputes, true) {
            return Vec::new();
        }
        let columns: BTreeSet<Column> = first.cells().iter().map(|c| c.column).collect();
        let of_base =
            base.map_cells(&|cell| Formula::sum_of(columns.iter().map(|column| CellId::new(cell.row, *column))));
        if of_base == *first { readings } else { std::iter::once(of_base).chain(readings).collect() }
    }
}
