//! What stands before numbers and leaves them to be of some only: a clause, a short sentence or a line of its own that
//! names a topic, a unit, applicants, or another body for which the work was done.

use std::ops::Range;

use super::Reader;
use super::labels::after_list_mark;
use crate::claims::clauses::Clause;
use crate::claims::scope::Said;
use crate::claims::tokens::Token;
use crate::dictionary::{says, symbol};
use crate::document::OrganKind;

/// A longer clause (characters) is no name of a unit.
const LONGEST_UNIT: usize = 20;

/// The name of a kind of applicants or of a channel alone is not longer (bytes): 邮寄渠道.
const LONGEST_KIND: usize = 18;

/// A longer text (characters) names no system of organs.
const LONGEST_SYSTEM: usize = 8;

/// A longer line or sentence (characters) is none of what stands below it.
const LONGEST_LABEL: usize = 20;

/// What a line or a short sentence says of the numbers behind it.
#[derive(Debug, Default, Clone)]
pub(super) struct Label {
    /// They are of some only: 网上申请。.
    pub(super) is_of_some: bool,
    /// Their period, if it names one: 上年度情况。.
    pub(super) when: Said,
}

impl Reader<'_> {
    /// 在学区划分方面，收到申请12件; 县招生考试中心：收到申请9件; 不含下属单位，收到申请53件: whether a clause without numbers leaves
    /// those behind it to be of some only, and whether it tells that they are of work for a body (以县政府名义，).
    pub(super) fn lead(&self, clause: &Clause, after: Option<&Clause>) -> (bool, bool) {
        if !clause.quantities.is_empty() {
            return (false, false);
        }
        let (start, text) = self.told(clause.range.clone());
        let is_label = after.is_some_and(|after| after.opened_by == Some('：'));
        (self.tells_of_some(start, text, is_label), self.is_done_for_another(start, text))
    }

    /// The same of a text that begins at some byte; as a label it stands alone or before a colon.
    fn tells_of_some(&self, start: usize, text: &str, is_label: bool) -> bool {
        let words = &self.dictionary.patterns.claim_words;
        let ends = words.topic_ends.longest_end(text).filter(|len| !words.numbering.end(&text[..text.len() - len]));
        let named = &text[..text.len() - ends.unwrap_or_default()];
        let is_unit = ends.is_some() && self.names_a_unit(named) || is_label && self.names_a_unit(self.titled(text));
        if is_unit
            || self.tells_of_some_bodies(text)
            || self.leaves_some_out(text)
            || words.some_applicants.stand_in(text)
        {
            return true;
        }
        let opener = start + words.topic_openers.longest_start(text).unwrap_or_default();
        let is_topic = opener > start || ends.is_some();
        let is_by_channel = words.by_channel.begin(text) && !words.other_channels.stand_in(text);
        // 邮寄渠道，: a word alone. Few clauses are a topic, and cutting one into words is dear.
        if !(is_topic || is_by_channel) {
            return self.tokenizer.word(text).is_some_and(|word| self.is_some(word));
        }
        let tokens = self.tokens_of(start, text);
        self.are_some(&tokens)
            || self.names_a_topic_of_its_own(named, tokens_from(&tokens, opener))
            || self.is_some_applications(&tokens)
    }

    /// 基层学校工作稳步推进; 由基教科主办的; 全县税务系统; 招考中心作为被申请人: whether a text tells of other bodies than the reporting one.
    fn tells_of_some_bodies(&self, text: &str) -> bool {
        self.dictionary.patterns.claim_words.opening_bodies.begin(text)
            || self.is_done_by_a_unit(text)
            || self.names_a_system(text)
            || self.is_a_unit_of_its_own(text)
    }

    /// 收到申请53件（不含下属单位）; 收到申请12件，均为学区划分类; 受理申请12件，为县政府转办件: whether a bracket or the clause behind the
    /// numbers of a clause makes them those of some only.
    pub(super) fn is_said_of_some_behind(&self, clause: &Clause, after: Option<&Clause>) -> bool {
        if clause.quantities.is_empty() {
            return false;
        }
        let words = &self.dictionary.patterns.claim_words;
        let note = |note: &Range<usize>| {
            let inside = self.prose.text[note.clone()].trim_start_matches(['（', '(', '〔', '[']);
            let (start, text) = self.told(note.end - inside.len()..note.end);
            let text = text.trim_end_matches(['）', ')', '〕', ']']);
            let is_wide = || self.organ.kind != OrganKind::Area && words.wide_in_brackets.has(text);
            let is_told =
                self.leaves_some_out(text) || words.only_these.begin(text) || words.some_applicants.stand_in(text);
            is_told
                || is_wide()
                || text.len() <= LONGEST_KIND && self.is_some_applications(&self.tokens_of(start, text))
        };
        // 予以公开24件，均为自然人申请: of those, where the clause names no applications.
        let names_requests = clause.says & (says::REQUESTS | says::ANY_REQUEST) != 0;
        let is_of_applicants = |after: &Clause| !names_requests && self.tells_the_applicants_of_all(after);
        clause.notes.iter().any(note)
            || after.is_some_and(|after| self.tells_of_all_before(after) || is_of_applicants(after))
    }

    /// 均为自然人申请: whether a clause says of all that was counted who applied.
    fn tells_the_applicants_of_all(&self, clause: &Clause) -> bool {
        let (start, text) = self.told(clause.range.clone());
        let opener = self.dictionary.patterns.claim_words.all_are.longest_start(text);
        let rest = opener.filter(|_| clause.quantities.is_empty()).map(|len| (start + len, &text[len..]));
        rest.is_some_and(|(start, rest)| self.is_some_applications(&self.tokens_of(start, rest)))
    }

    /// 均为学区划分类; 为县政府转办件: whether a clause says of all that was counted what the tables do not tell.
    fn tells_of_all_before(&self, clause: &Clause) -> bool {
        let words = &self.dictionary.patterns.claim_words;
        let (start, text) = self.told(clause.range.clone());
        if clause.quantities.is_empty() && words.some_applicants.begin(text) {
            return true;
        }
        let of_all = words.all_are.longest_start(text);
        let opener = of_all.or_else(|| words.are.longest_start(text));
        let Some(opener) = opener.filter(|_| clause.quantities.is_empty()) else { return false };
        let (start, rest) = (start + opener, &text[opener..]);
        let is_topic = of_all.is_some() || words.topic_ends.end(rest);
        let unit = self.without_who_did_it(rest);
        let is_unit = unit.len() < rest.len() && (self.names_a_unit(unit) || words.parts_in_brackets.end(unit));
        is_unit
            || self.begins_with_another_year(start..start + rest.len())
            || self.is_done_for_another(start, rest)
            || is_topic && self.names_a_topic_of_its_own(rest, &self.tokens_of(start, rest))
    }

    /// 不含下属单位, but not 不含上年结转: whether a text leaves bodies or applications out that the tables may hold.
    fn leaves_some_out(&self, text: &str) -> bool {
        let words = &self.dictionary.patterns.claim_words;
        words.leaving_out.begin(text) && !words.no_bodies.stand_in(text)
    }

    /// A label without what opens and ends it: 其中招考中心情况.
    fn titled<'t>(&self, text: &'t str) -> &'t str {
        let words = &self.dictionary.patterns.claim_words;
        let text = words.label_openers.longest_start(text).map_or(text, |len| &text[len..]);
        let text = words.label_ends.longest_end(text).map_or(text, |len| &text[..text.len() - len]);
        self.without_who_did_it(text)
    }

    /// （一）自然人申请。收到申请56件; 网上申请⏎收到申请41件: the same of a short sentence or a line before the numbers, and the period
    /// that it names; none if it is no label.
    pub(super) fn label_above(&self, label: Range<usize>) -> Option<Label> {
        let (start, text) = self.told(label);
        if text.is_empty() || text.chars().nth(LONGEST_LABEL).is_some() || text.contains(['，', '。']) {
            return None;
        }
        let when = self.period_of_label(&Clause::of_text(start..start + text.len(), 0, self.marks));
        let titled = self.titled(text);
        let is_of_some = self.tells_of_some(start, text, true)
            || titled.len() <= LONGEST_KIND && self.is_some_applications(&self.tokens_of(start, titled))
            || self.is_done_for_another(start, text);
        Some(Label { is_of_some, when })
    }

    /// 以县政府名义; 根据县政府办公室转办要求: whether words tell of work for a body.
    fn is_done_for_another(&self, start: usize, text: &str) -> bool {
        let words = &self.dictionary.patterns.claim_words;
        if self.organ.kind == OrganKind::Area {
            return false;
        }
        let is_body = |t: &Token| t.symbol == self.symbols.office || t.symbol == symbol::ORGAN;
        words.handed_on.stand_in(text)
            || words.done_for.stand_in(text) && self.tokens_of(start, text).iter().any(is_body)
    }

    /// A text without its list mark and white space, and where it begins.
    fn told(&self, range: Range<usize>) -> (usize, &str) {
        let text = self.prose.text[range.clone()].trim_end_matches(['。', '：', ':', ' ', '\n', '\u{3000}']);
        let is_bullet = |c: char| c.is_whitespace() || "◆●■▲★○◇•·※".contains(c);
        let told = after_list_mark(text.trim_start_matches(is_bullet));
        (range.start + text.len() - told.len(), told)
    }

    fn tokens_of(&self, start: usize, text: &str) -> Vec<Token> {
        self.tokenizer.clause(&Clause::of_text(start..start + text.len(), 0, self.marks))
    }

    /// Whether words name a topic that is not the matter of the tables: 在学区划分方面, 在教师待遇信息公开方面; 在依申请公开方面 and
    /// 在推进信息公开方面 leave the numbers to be of all of it.
    fn names_a_topic_of_its_own(&self, text: &str, tokens: &[Token]) -> bool {
        let symbols = self.symbols;
        let words = &self.dictionary.patterns.claim_words;
        let names_matter = |t: &&Token| {
            symbols.applications.contains(&t.symbol)
                || symbols.ways_to_dispute.contains(&t.symbol)
                || symbols.decisions.contains(&t.symbol)
                || symbols.documents.contains(&t.symbol)
                || symbols.disclosed.contains(&t.symbol)
                || words.matters_of_tables.stand_in(&self.prose.text[t.range.clone()])
        };
        let is_of_all = |t: &&Token| {
            [symbols.fill, symbol::PAREN, symbol::SEPARATOR, symbol::YEAR_OWN, symbols.and, symbols.all]
                .contains(&t.symbol)
                || self.scopes.is_own(t.symbol)
        };
        let names_another = |t: &Token| !names_matter(&t) && !is_of_all(&t);
        match tokens.iter().position(|t| names_matter(&t)) {
            None => tokens.iter().any(names_another),
            Some(at) => {
                let is_work = words.work.stand_in(text);
                !is_work && tokens[..at].iter().any(|t| t.symbol == symbol::UNKNOWN)
            }
        }
    }

    /// Whether words name one kind of applicants, one way of applying or a part of the year.
    fn are_some(&self, tokens: &[Token]) -> bool {
        let symbols = self.symbols;
        let joins = [symbols.and, symbol::SEPARATOR, symbols.all, symbols.each];
        tokens.iter().any(|t| self.is_some(t.symbol)) && !tokens.iter().any(|t| joins.contains(&t.symbol))
    }

    fn is_some(&self, word: char) -> bool {
        let symbols = self.symbols;
        [symbols.channel, symbols.instance].contains(&word)
            || symbols.applicants.contains(&word)
            || self.scopes.is_part_of_year(word)
    }

    /// 自然人申请, 网上申请, 一季度: whether a label names those and nothing else (平台建设).
    fn is_some_applications(&self, tokens: &[Token]) -> bool {
        let symbols = self.symbols;
        let is_plain = |t: &Token| {
            self.is_some(t.symbol)
                || symbols.applications.contains(&t.symbol)
                || [symbols.fill, symbol::PAREN].contains(&t.symbol)
        };
        self.are_some(tokens) && tokens.iter().all(is_plain)
    }

    /// 县招生考试中心, 交警大队: whether a short text is the name of a unit, and not of the reporting body itself.
    fn names_a_unit(&self, text: &str) -> bool {
        let words = &self.dictionary.patterns.claim_words;
        let is_short = text.chars().nth(LONGEST_UNIT).is_none() && text.chars().nth(1).is_some();
        let end = words.units.longest_end(text).filter(|_| is_short);
        end.is_some_and(|len| !words.numbering.end(&text[..text.len() - len]))
            && !text.contains(['、', '和'])
            && !self.organ.name.ends_with(text)
            && !self.tokenizer.classes(text).iter().any(|word| self.scopes.is_own(*word))
    }

    /// 全县税务系统: whether a short text names all organs of one kind.
    fn names_a_system(&self, text: &str) -> bool {
        let words = &self.dictionary.patterns.claim_words;
        let is_short = text.chars().nth(LONGEST_SYSTEM).is_none();
        is_short && words.systems_end.end(text) && words.systems_begin.begin(text)
    }

    /// 县招生考试中心为独立法人，: whether a clause begins with the name of a unit and says what it is.
    fn is_a_unit_of_its_own(&self, text: &str) -> bool {
        let words = &self.dictionary.patterns.claim_words;
        let mut said = words.says_what_it_is.found_in(text);
        said.any(|(at, _)| self.names_a_unit(&text[..at]))
    }

    /// 由基教科主办的，
    fn is_done_by_a_unit(&self, text: &str) -> bool {
        let words = &self.dictionary.patterns.claim_words;
        let Some(len) = words.done_by_whom.longest_start(text) else { return false };
        let unit = self.without_who_did_it(&text[len..]);
        unit.len() < text.len() - len && self.names_a_unit(unit)
    }

    /// 基教科主办的 without 主办的.
    fn without_who_did_it<'t>(&self, mut text: &'t str) -> &'t str {
        while let Some(len) = self.dictionary.patterns.claim_words.done_by.longest_end(text) {
            text = &text[..text.len() - len];
        }
        text
    }
}

/// The tokens of a text from a place on.
fn tokens_from(tokens: &[Token], from: usize) -> &[Token] {
    &tokens[tokens.partition_point(|t| t.range.start < from)..]
}
