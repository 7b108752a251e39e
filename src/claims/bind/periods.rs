//! Which period a clause speaks of, told without cutting it into words.

use std::ops::Range;

use super::Reader;
use super::labels::after_list_mark;
use super::number::Place;
use crate::claims::clauses::{Clause, Sentence};
use crate::claims::scope::{Said, Spoken, is_part_by_months, is_span};
use crate::claims::tokens::Token;
use crate::claims::windows::Window;
use crate::claims::{Scope, ScopeKind};
use crate::dictionary::{UnitClass, says, symbol};
use crate::quantities::{Quantity, YearMention};

impl Reader<'_> {
    /// What a clause without claims says of the period of those that follow it: 2022年，; 自2021年起，; 上半年，.
    pub(super) fn scope_without_words(&self, clause: &Clause) -> Spoken {
        Spoken { when: self.period(clause).unwrap_or_default(), ..Spoken::default() }
    }

    fn period(&self, clause: &Clause) -> Option<Said> {
        // （上年：收到申请50件: a bracket that nothing closes.
        let text = self.prose.text[clause.range.clone()].trim_start_matches(['（', '(']);
        let said = |text: &str, kind| Some(Said::Other(Scope { text: text.trim().to_string(), kind }));
        if let Some(years) = self.years_together(clause) {
            return said(years, ScopeKind::Other);
        }
        if self.is_since_its_beginning(clause) {
            return Some(Said::Own);
        }
        if self.is_part_of_year(clause) {
            return said(text, ScopeKind::Narrower);
        }
        // 与上年同期持平; 为近三年最高
        let words = &self.dictionary.patterns.claim_words;
        let is_compared = words.compared_with.begin(text) && !words.years_before.begin(text);
        if is_compared || words.predicates.begin(text) {
            return None;
        }
        // （一）上年情况：
        let bare = after_list_mark(without_bracket(text));
        if self.names_this_year(bare) {
            return Some(Said::Own);
        }
        if self.is_other_period(clause) || self.names_last_year(bare) || self.cites_another_year(clause, bare) {
            return said(text, ScopeKind::Other);
        }
        let from = self.lexed.years.partition_point(|y| y.range.start < clause.range.start);
        let year = self.lexed.years.get(from).filter(|y| y.range.start < clause.range.end);
        let Some(own) = self.tokenizer.year else {
            // Nothing tells the report's year: it may be any of those named, but the first is the likeliest.
            let likeliest = self.lexed.years.first()?.year;
            let year = year.filter(|y| y.year != likeliest)?;
            return said(&self.prose.text[year.range.clone()], ScopeKind::PerhapsOther);
        };
        let is_since = self.dictionary.patterns.claim_words.since.end(text) && !text.contains("今年");
        if is_since && year.is_none_or(|y| y.year != own) {
            return said(text, ScopeKind::Other);
        }
        let year = year?;
        // 2021-2023年: all of them.
        if is_span(&self.prose.text[clause.range.start..year.range.start]) {
            return said(&self.prose.text[clause.range.start..year.range.end], ScopeKind::Other);
        }
        let is_from = match self.prose.text[clause.range.start..year.range.start].trim() {
            "" => false,
            "自" | "从" | "自从" => !text.contains("年1月1日"),
            // A heading that ran into it: 政府信息管理情况2021年，.
            before if !self.ends_with_year(clause, year) || self.speaks_of_a_year(before) => return None,
            _ => false,
        };
        match (year.year == own, is_from) {
            (true, false) => Some(Said::Own),
            (true, true) => said(text, ScopeKind::Narrower),
            (false, _) => said(&self.prose.text[year.range.clone()], ScopeKind::Other),
        }
    }

    /// 较2022年（收到申请400件）增长25%: what the year right before a bracket says of the numbers in it.
    pub(super) fn year_before_bracket(&self, clause: &Clause) -> Option<Said> {
        let before = self.prose.text[..clause.range.start].trim_end_matches(['（', '(', '〔', '[']);
        let last_years = &self.dictionary.patterns.claim_words.years_before;
        if let Some(word) = last_years.iter().filter(|w| before.ends_with(w.as_str())).max_by_key(|w| w.len()) {
            return Some(Said::Other(Scope { text: word.clone(), kind: ScopeKind::Other }));
        }
        let from = self.lexed.years.partition_point(|y| y.range.end < before.trim_end_matches('度').len());
        let is_last = |y: &&YearMention| (before.trim_end_matches('度').len()..=before.len()).contains(&y.range.end);
        let year = self.lexed.years.get(from).filter(is_last)?;
        let own = self.tokenizer.year?;
        let text = self.prose.text[year.range.clone()].to_string();
        Some(if year.year == own { Said::Own } else { Said::Other(Scope { text, kind: ScopeKind::Other }) })
    }

    /// The year that the words of a number name themselves, before a dispute or behind the number before.
    pub(super) fn year_named(&self, place: Place<'_>, window: &Window<'_>) -> Option<Said> {
        let before = &window.tokens[..window.this];
        let other = |token: &Token| {
            let text = self.prose.text[token.range.clone()].to_string();
            Some(Said::Other(Scope { text, kind: ScopeKind::Other }))
        };
        // 因政府信息公开引发的2021年行政复议1件
        let is_of_disputes = |two: &&[Token]| {
            matches!(two[0].symbol, symbol::YEAR_LAST | symbol::YEAR_OTHER)
                && self.symbols.ways_to_dispute.contains(&two[1].symbol)
        };
        if let Some(two) = before.windows(2).find(is_of_disputes) {
            return other(&two[0]);
        }
        let first = before.first().filter(|_| place.clause.quantities.start < place.q)?;
        match first.symbol {
            symbol::YEAR_OWN if !is_span(&self.prose.text[..first.range.start]) => Some(Said::Own),
            symbol::YEAR_LAST | symbol::YEAR_OTHER if !self.scopes.is_carried(&window.tokens, 0) => other(first),
            _ => None,
        }
    }

    /// 收到申请15件（2022年）, 予以公开6件（上年）: the year that a bracket gives a number.
    pub(super) fn year_in_bracket_behind(&self, quantity: &Quantity) -> Option<Said> {
        /// Bytes of （即2022年度数据）.
        const LONGEST: usize = 36;
        let after = self.prose.text[quantity.whole.end..].strip_prefix(['（', '(', '【'])?;
        let end =
            after.char_indices().take_while(|(at, _)| *at <= LONGEST).find(|(_, c)| matches!(c, '）' | ')' | '】'))?.0;
        let inside = after[..end].trim_start_matches(['为', '即']).trim();
        let words = &self.dictionary.patterns.claim_words;
        let other = || Said::Other(Scope { text: inside.to_string(), kind: ScopeKind::Other });
        let is_or_ends = |rest: &str| rest.is_empty() || words.behind_a_year.has(rest);
        if words.years_before.longest_start(inside).is_some_and(|len| is_or_ends(inside[len..].trim())) {
            return Some(other());
        }
        let (year, rest) = inside.split_at_checked(4)?;
        // （2020—2022年合计）
        if year.bytes().all(|b| b.is_ascii_digit()) && rest.starts_with(['-', '—', '－', '～', '~', '至']) {
            return Some(other());
        }
        let year: i16 = year.parse().ok().filter(|y| (1949..=2099).contains(y))?;
        let own = self.tokenizer.year?;
        let is_year = is_or_ends(rest.strip_prefix('年').unwrap_or(rest).trim());
        is_year.then(|| if year == own { Said::Own } else { other() })
    }

    /// 对照2021年，: whether the words before a year make it one that is only spoken of.
    fn speaks_of_a_year(&self, before: &str) -> bool {
        let words = &self.dictionary.patterns.claim_words;
        words.compared_with.end(before) || words.speaks_of_a_year.end(before)
    }

    fn ends_with_year(&self, clause: &Clause, year: &YearMention) -> bool {
        let rest = self.prose.text.get(year.range.end..clause.range.end);
        rest.is_some_and(|rest| matches!(rest.trim(), "" | "度"))
    }

    /// 2022年以来, 2022年1月1日以来 in a report on 2022: all of it.
    fn is_since_its_beginning(&self, clause: &Clause) -> bool {
        let Some(own) = self.tokenizer.year else { return false };
        let from = self.lexed.years.partition_point(|y| y.range.start < clause.range.start);
        let Some(year) = self.lexed.years.get(from).filter(|y| y.year == own && y.range.end <= clause.range.end) else {
            return false;
        };
        let before = self.prose.text[clause.range.start..year.range.start].trim();
        let after = self.prose.text[year.range.end..clause.range.end].trim();
        before.is_empty() && matches!(after, "以来" | "1月1日以来")
    }

    /// A number of years or months that a clause speaks of: 近3年, 6个月内.
    pub(super) fn years_together(&self, clause: &Clause) -> Option<&str> {
        let quantities = self.lexed.quantities[clause.quantities.clone()].iter();
        let unit = |q: &Quantity| &self.prose.text[q.unit.clone()];
        let mut long = quantities.filter(|q| q.class == UnitClass::Duration && matches!(unit(q), "年" | "个月"));
        long.next().map(|q| &self.prose.text[q.whole.clone()])
    }

    /// The words of a clause up to the months that make it speak of a part of the year: 2023年1至6月.
    pub(super) fn months(&self, clause: &Clause) -> Option<&str> {
        let end = self.marks.last_end(clause, says::MONTHS)?;
        let text = &self.prose.text[clause.range.clone()];
        is_part_by_months(text).then(|| self.prose.text[clause.range.start..end].trim())
    }

    /// Whether a clause is the name of a part of the year, and so says whose numbers follow it: 2023年上半年,
    /// 截至6月底.
    fn is_part_of_year(&self, clause: &Clause) -> bool {
        self.ends_with(clause, says::PART_OF_YEAR)
            || self.ends_with(clause, says::MONTHS) && self.months(clause).is_some()
    }

    /// Whether a clause is the name of another period: 近两年, “十四五”期间.
    fn is_other_period(&self, clause: &Clause) -> bool {
        clause.quantities.is_empty() && self.ends_with(clause, says::OTHER_PERIODS)
    }

    /// Whether a clause is nothing but a word for the year before: 去年，.
    fn names_last_year(&self, clause: &str) -> bool {
        self.tokenizer.word(clause).is_some_and(|word| self.scopes.is_last_year(word))
    }

    /// 2021年，…，全年收到申请50件: whether the only period that the words of a clause name is the whole of the year that was
    /// named before them.
    pub(super) fn goes_on_with_a_year(&self, tokens: &[Token], spoken: &Spoken, inherited: &Spoken) -> bool {
        let words = &self.dictionary.patterns.claim_words;
        let is_own = |t: &&Token| t.symbol == symbol::YEAR_OWN || self.scopes.is_own_time(t.symbol);
        let is_whole = |t: &Token| words.whole_year.has(&self.prose.text[t.range.clone()]);
        let is_behind_a_year = match &inherited.when {
            Said::Nothing => self.carried.is_of_another_year && self.carried.named_a_year,
            said => self.is_a_year(said),
        };
        spoken.when == Said::Own && is_behind_a_year && tokens.iter().filter(is_own).all(is_whole)
    }

    /// Whether what is said is one other year: 2021年, 去年.
    pub(super) fn is_a_year(&self, said: &Said) -> bool {
        let Said::Other(scope) = said else { return false };
        let text = scope.text.trim_end_matches(['年', '度']);
        let is_number = text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
        scope.kind == ScopeKind::Other
            && (is_number || self.dictionary.patterns.claim_words.years_before.has(&scope.text))
    }

    /// 2021年，我局工作取得新进展。共收到申请50件: whether a text begins with a year that is not the report's.
    pub(super) fn begins_with_another_year(&self, text: Range<usize>) -> bool {
        let first = self.lexed.years.partition_point(|y| y.range.start < text.start);
        let begins = |y: &&YearMention| self.prose.text[text.start..y.range.start].trim().is_empty();
        let year = self.lexed.years.get(first).filter(|y| y.range.end <= text.end).filter(begins);
        year.is_some_and(|y| self.tokenizer.year.is_some_and(|own| own != y.year))
    }

    /// （2021年）共收到申请50件: the other year that a sentence begins with in brackets.
    pub(super) fn year_in_bracket_before(&self, sentence: &Sentence) -> Option<Said> {
        /// Bytes of 2021年度.
        const LONGEST: usize = 10;
        let inside = self.prose.text[sentence.range.clone()].trim_start().strip_prefix(['（', '(', '[', '【'])?;
        let end = inside.find(['）', ')', ']', '】']).filter(|end| *end <= LONGEST)?;
        let start = sentence.range.end - inside.len();
        let text = inside[..end].to_string();
        let is_another = self.begins_with_another_year(start..start + end);
        is_another.then_some(Said::Other(Scope { text, kind: ScopeKind::Other }))
    }

    /// 上年度情况⏎收到申请50件; 2021年度。收到申请50件: another period that a label of the numbers behind it names, none if it is
    /// no label.
    pub(super) fn period_of_label(&self, label: &Clause) -> Said {
        let text = self.prose.text[label.range.clone()].trim();
        let from = self.lexed.years.partition_point(|y| y.range.start < label.range.start);
        let is_year = |y: &&YearMention| y.range.end <= label.range.end && self.ends_with_year(label, y);
        let year = self.lexed.years.get(from).filter(is_year);
        let is_bare_year = year.is_some_and(|y| text.starts_with(&self.prose.text[y.range.clone()]));
        let is_another = || {
            self.names_last_year(text)
                || self.dictionary.patterns.claim_words.years_before.has(text)
                || self.cites_another_year(label, text)
        };
        let is_own = year.is_some_and(|y| Some(y.year) == self.tokenizer.year);
        if is_bare_year && is_own {
            Said::Own
        } else if is_bare_year || is_another() {
            Said::Other(Scope { text: text.to_string(), kind: ScopeKind::Other })
        } else {
            Said::Nothing
        }
    }

    /// Whether a clause is nothing but a word for the year of the report: 今年，; 本年度（2022年）：; 据本年报告，.
    fn names_this_year(&self, clause: &str) -> bool {
        let words = &self.dictionary.patterns.claim_words;
        if !words.of_this_year.may_end(clause) && !words.reports.may_end(clause) {
            return false;
        }
        let named = &clause[words.cites.longest_start(clause).unwrap_or_default()..];
        words.of_this_year.has(named.strip_suffix("报告").unwrap_or(named))
    }

    /// 据上年年报，; 附：上年度数据; 上述为2022年数据：: whether a clause names nothing but the report or the numbers of another year.
    fn cites_another_year(&self, clause: &Clause, text: &str) -> bool {
        let words = &self.dictionary.patterns.claim_words;
        if !words.cited.may_end(text) && !words.years_before.may_end(text) {
            return false;
        }
        let opening = words.cites.longest_start(text).unwrap_or_default();
        // 上述为2021年数据：收到…, but 上述为2021年数据；收到… is of this year.
        let is_announced = || self.prose.text[clause.range.end..].starts_with(['：', ':']);
        if words.points_back.has(&text[..opening]) && !is_announced() {
            return false;
        }
        // 按照上年度工作情况，我局…: what was done on that basis is of this year.
        let is_basis = words.as_basis.has(&text[..opening]);
        let text = text[opening..].trim_start_matches(['：', ':', ' ']);
        // 对比上年：
        if opening > 0 && is_announced() && words.years_before.has(text) {
            return true;
        }
        let year = |named: &str| {
            let from = self.lexed.years.partition_point(|y| y.range.start < clause.range.start);
            self.lexed.years.get(from).filter(|y| self.prose.text[y.range.clone()].trim_end_matches('度') == named)
        };
        let is_another = |named: &str| {
            words.years_before.has(named)
                || self.tokenizer.year.zip(year(named)).is_some_and(|(own, year)| own != year.year)
        };
        let ends = words.cited.iter().filter(|end| !is_basis || words.reports.stand_in(end));
        let mut ends = ends.filter_map(|end| text.strip_suffix(end.as_str()));
        ends.any(|mut named| {
            while !is_another(named) {
                let Some(len) = words.cited_on.longest_end(named) else { return false };
                named = &named[..named.len() - len];
            }
            true
        })
    }

    /// Whether a clause ends with a word that says one of some things, or nearly so; a day and an hour may follow.
    pub(super) fn ends_with(&self, clause: &Clause, says: u32) -> bool {
        /// 份, 末, 中旬, ”期间
        const LONGEST_END: usize = 3;
        let Some(end) = self.marks.last_end(clause, says) else { return false };
        let is_time = |c: char| c.is_numeric() || matches!(c, '日' | '号' | '时' | '点' | '分' | ':' | '：');
        let rest = self.prose.text[end..clause.range.end].trim_start_matches(is_time);
        rest.chars().take(LONGEST_END + 1).count() <= LONGEST_END
    }
}

/// 上年度（2022年）: a clause without the bracket that it ends with.
fn without_bracket(clause: &str) -> &str {
    let clause = clause.trim();
    let inside = clause.strip_suffix(['）', ')']);
    inside.and_then(|text| text.rfind(['（', '('])).map_or(clause, |at| clause[..at].trim_end())
}
