//! The words of a comparison: which two numbers it is of, which way it goes, and which year it names.

use super::super::Context;
use crate::dictionary::UnitClass;
use crate::form::Number;
use crate::quantities::Quantity;

/// Which way a number went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trend {
    Rise,
    Fall,
}

/// No comparison needs more between two numbers (bytes).
const LONGEST_GAP: usize = 60;
/// Characters between 由 and a number: 由2022年同期的.
const LONGEST_ORIGIN: usize = 10;
/// How the words before such a number end: 由, 从2022年, 由上年同期的, 从上年底.
const ORIGIN_ENDS: [char; 9] = ['由', '从', '的', '期', '年', '度', '末', '底', '时'];
/// No clause before a number is looked at further back (characters).
const LONGEST_CLAUSE: usize = 40;
/// No count that a change may be of stands further in front (bytes).
const LONGEST_SENTENCE: usize = 1200;
/// Marks between clauses.
const MARKS: [char; 11] = ['，', ',', '。', '；', '：', '、', '（', '(', '\n', ';', ':'];
/// Numbers looked back at for what a change is of.
const FURTHEST: usize = 8;

pub(super) struct Reader<'a, 'c> {
    pub(super) context: &'a Context<'c>,
}

/// The number now and the number before, as printed or worked out, and which way the words say it went.
pub(super) struct Pair {
    pub(super) now: Number,
    pub(super) before: Number,
    pub(super) trend: Trend,
    /// By how much, where that is printed.
    pub(super) difference: Option<Number>,
    /// The first quantity of the comparison.
    pub(super) first: usize,
}

/// The text without one of some words at its beginning, the longest first.
pub(super) fn without<'t>(text: &'t str, words: &[String]) -> Option<&'t str> {
    words.iter().filter(|w| text.starts_with(w.as_str())).max_by_key(|w| w.len()).map(|w| &text[w.len()..])
}

/// The text without the mark that parts two numbers of a comparison.
pub(super) fn comma(text: &str) -> &str {
    text.strip_prefix(['，', ',', '、', '（', '(']).unwrap_or(text)
}

impl Reader<'_, '_> {
    pub(super) fn quantity(&self, i: usize) -> &Quantity {
        &self.context.lexed.quantities[i]
    }

    pub(super) fn printed(&self, i: usize) -> &str {
        self.context.prose(self.quantity(i).range.clone())
    }

    /// What stands between two neighbouring numbers of one sentence.
    pub(super) fn gap(&self, i: usize) -> Option<&str> {
        let range = self.quantity(i).whole.end..self.quantity(i + 1).whole.start;
        // No comparison needs more.
        let is_near = range.start <= range.end && range.len() <= LONGEST_GAP;
        is_near.then(|| self.context.prose(range)).filter(|gap| !gap.contains(['。', '\n', '；', ';']))
    }

    /// A quick look at what stands right before: most percentages are rates and shares of known totals.
    pub(super) fn may_compare(&self, i: usize) -> bool {
        let end = self.quantity(i).whole.start;
        let is_near = end - self.quantity(i - 1).whole.end.min(end) <= LONGEST_GAP;
        let text = &self.context.document.prose.text[..end];
        is_near && (self.context.words.may_end_change(text) || text.ends_with(['（', '(', '的']))
    }

    /// `，占` and nothing else stands before it.
    pub(super) fn is_share(&self, i: usize) -> bool {
        let words = &self.context.words.share_of;
        self.gap(i - 1).is_some_and(|gap| without(comma(gap), words).is_some_and(str::is_empty))
    }

    pub(super) fn is_count(&self, i: usize) -> bool {
        let quantity = self.quantity(i);
        quantity.is_exact()
            && matches!(quantity.class, UnitClass::Case | UnitClass::Item | UnitClass::Times | UnitClass::People)
    }

    pub(super) fn same_unit(&self, i: usize, j: usize) -> bool {
        let unit = |i| self.context.prose(self.quantity(i).unit.clone());
        self.is_count(i) && self.is_count(j) && unit(i) == unit(j)
    }

    /// 上年, 去年, 2021年: the rest and the year.
    pub(super) fn year<'t>(&self, text: &'t str) -> Option<(&'t str, i16)> {
        let words = self.context.words;
        let own = self.context.document.year?;
        if let Some(rest) = without(text, &words.last_year) {
            return Some((rest, own - 1));
        }
        if let Some(rest) = without(text, &words.this_year) {
            return Some((rest, own));
        }
        let digits = text.get(..4).filter(|d| d.bytes().all(|b| b.is_ascii_digit()))?;
        let rest = text[4..].strip_prefix('年')?;
        Some((rest.strip_prefix('度').unwrap_or(rest), digits.parse().ok()?))
    }

    /// 较上年, 比2021年的, 同比: the rest.
    pub(super) fn against<'t>(&self, text: &'t str) -> Option<&'t str> {
        let words = self.context.words;
        let rest = without(text, &words.against)?;
        let (rest, _) = self.year(rest)?;
        let rest = rest.strip_prefix("同期").unwrap_or(rest);
        Some(rest.strip_prefix('的').unwrap_or(rest))
    }

    /// 增长, 下降了 and nothing after it.
    pub(super) fn trend(&self, text: &str) -> Option<Trend> {
        let words = self.context.words;
        let is = |list: &[String]| without(text, list).is_some_and(str::is_empty);
        is(&words.rise).then_some(Trend::Rise).or_else(|| is(&words.fall).then_some(Trend::Fall))
    }

    /// `，同比增长`, `，较上年减少`, `，增幅为`
    pub(super) fn change(&self, gap: &str) -> Option<Trend> {
        let rest = comma(gap);
        let rest = self.against(rest).map_or(rest, |r| comma(r.strip_prefix("相比").unwrap_or(r)));
        let rest = without(rest, &self.context.words.year_on_year).unwrap_or(rest);
        self.trend(rest)
    }

    /// The numbers that a percentage or a multiple compares, where both are known.
    pub(super) fn pair_before(&self, i: usize) -> Option<Pair> {
        let gap = self.gap(i - 1)?.trim_start_matches("相比");
        let trend = if i >= 2 { self.gap(i - 2).and_then(|g| self.change(g)) } else { None };
        if let Some(trend) = trend.filter(|_| self.same_unit(i - 2, i - 1)) {
            // 增加12件（16.7%）
            let change = if matches!(gap, "（" | "(") { Some(trend) } else { self.change(gap) };
            let is_one = change == Some(trend) && !self.has_two_bases(i) && !self.is_compared_with(i - 2);
            return if is_one { self.with_difference(i - 1, trend) } else { None };
        }
        if i < 2 || !self.same_unit(i - 2, i - 1) {
            return None;
        }
        // N件（上年M件），同比增长P%
        let between = self.gap(i - 2)?;
        let (between, gap) = self.without_bracket(between, gap)?;
        let change = self.change(gap)?;
        let (first, second) = (self.quantity(i - 2).value, self.quantity(i - 1).value);
        let base = |gap| self.base_year(gap);
        if base(between).zip(base(gap)).is_some_and(|(one, other)| one != other) {
            return None;
        }
        let pair = |now, before| Some(Pair { now, before, trend: change, difference: None, first: i - 2 });
        // N件，与上年的M件相比增长P%
        if self.is_against(between) || self.is_of_year_before(between) && !self.is_of_another_year(i - 2) {
            return pair(first, second);
        }
        // 由M件增加到N件，增长P%
        if self.goes_from(i - 2) && self.goes_to(between).is_some() {
            return pair(second, first);
        }
        // 2021年收到M件，2022年收到N件，增长P%
        let (verb, year) = self.year(self.label(i - 2))?;
        let (other_verb, other_year) = self.year(comma(between))?;
        if verb != other_verb || verb.is_empty() {
            return None;
        }
        match other_year - year {
            1 => pair(second, first),
            -1 => pair(first, second),
            _ => None,
        }
    }

    /// N件（上年M件），同比; N件，较上年（M件）增长: what stands before and behind the number of the year before, without its bracket.
    pub(super) fn without_bracket<'t>(&self, between: &'t str, gap: &'t str) -> Option<(&'t str, &'t str)> {
        let is_whole = between.starts_with(['（', '(']) && self.is_of_year_before(between);
        let open = between.strip_suffix(['（', '(']).filter(|before| self.is_against(before));
        if !is_whole && open.is_none() {
            return Some((between, gap));
        }
        Some((open.unwrap_or(between), gap.strip_prefix(['）', ')'])?))
    }

    /// What a printed difference is of: N件，较上年增加D件; N件，比上年的M件增加D件; 上年M件，增加D件.
    pub(super) fn with_difference(&self, d: usize, trend: Trend) -> Option<Pair> {
        let (count, difference) = (self.quantity(d - 1).value, self.quantity(d).value);
        let by = |to: Number, is_rise: bool| if is_rise { to + difference } else { to - difference };
        let known = Pair { now: count, before: count, trend, difference: Some(difference), first: d - 1 };
        let is_named = |gap: &str| self.is_against(gap) || self.is_of_year_before(gap);
        if d >= 2 && self.same_unit(d - 2, d - 1) && !self.is_of_another_year(d - 2) {
            let first = self.quantity(d - 2).value;
            if self.gap(d - 2).is_some_and(is_named) {
                return Some(Pair { now: first, first: d - 2, ..known });
            }
        }
        // 由100条增加到120条，增加20条
        if d >= 2 && self.goes_from(d - 2) && self.gap(d - 2).is_some_and(|gap| self.goes_to(gap).is_some()) {
            return Some(Pair { before: self.quantity(d - 2).value, first: d - 2, ..known });
        }
        if self.is_of_another_year(d - 1) {
            // 2022年新建栏目公开信息120条，较上年增加20条: which year's is not known.
            let is_compared = self.gap(d - 1).is_some_and(|gap| self.base_year(gap).is_some());
            return (!is_compared).then(|| Pair { now: by(count, trend == Trend::Rise), ..known });
        }
        Some(Pair { before: by(count, trend == Trend::Fall), ..known })
    }

    /// 较2021年增加24件，同比增长16.7%: whether the difference and the percentage are against two years.
    pub(super) fn has_two_bases(&self, i: usize) -> bool {
        let base = |gap: usize| self.gap(gap).and_then(|gap| self.base_year(gap));
        let of_difference = base(i - 2).or_else(|| if i >= 3 { base(i - 3) } else { None });
        let of_percent = base(i - 1);
        of_difference.zip(of_percent).is_some_and(|(one, other)| one != other)
    }

    /// The year that a comparison names: 较2021年的, 同比.
    pub(super) fn base_year(&self, gap: &str) -> Option<i16> {
        let words = self.context.words;
        let rest = comma(gap);
        let named = without(rest, &words.against).and_then(|rest| self.year(rest)).map(|(_, year)| year);
        let is_last = || without(rest, &words.year_on_year).is_some();
        named.or_else(|| self.context.document.year.filter(|_| is_last()).map(|year| year - 1))
    }

    /// `，上年为`, `（2022年`: whether the number behind is the year before's.
    pub(super) fn is_of_year_before(&self, gap: &str) -> bool {
        let Some((rest, year)) = self.year(comma(gap)) else { return false };
        let rest = rest.strip_prefix("同期").unwrap_or(rest);
        self.context.document.year == Some(year + 1) && matches!(rest, "" | "为" | "是" | "共" | "收到" | "有")
    }

    /// Whether the words before a number make it that of a year before: 申请量较上年的72件, 2022年发布150篇.
    pub(super) fn is_of_another_year(&self, i: usize) -> bool {
        // 较去年（20件）: the bracket holds the number that the words before it are of.
        let clause = self.clause_before(i);
        let clause = clause.strip_suffix(['（', '(']).unwrap_or(clause);
        let clause = clause.rsplit(MARKS).next().unwrap_or(clause);
        let words = self.context.words;
        let clause = clause.strip_prefix("其中").unwrap_or(clause).trim_start_matches(['由', '从']);
        let is_plain = |rest: &str| matches!(rest, "" | "同期") || rest.ends_with('的');
        let mut compared = words.against.iter().flat_map(|w| clause.match_indices(w.as_str()));
        let is_compared = compared.any(|(at, _)| self.against(&clause[at..]).is_some_and(is_plain));
        let opens = self.year(clause).filter(|(rest, _)| !words.not_of_the_year.stand_in(rest));
        is_compared || opens.is_some_and(|(_, year)| Some(year) != self.context.document.year)
    }

    /// The words before a number, back to the number before it and not far.
    pub(super) fn clause_before(&self, i: usize) -> &str {
        let text = &self.context.document.prose.text;
        let end = self.quantity(i).whole.start;
        let near = text[..end].char_indices().rev().nth(LONGEST_CLAUSE).map_or(0, |(at, _)| at);
        let before = if i > 0 { self.quantity(i - 1).whole.end } else { 0 };
        text.get(near.max(before)..end).unwrap_or_default()
    }

    /// 比目标任务3000条多260条, 比办结82件多2件: whether a number is what something else than a year before is compared with.
    pub(super) fn is_compared_with(&self, i: usize) -> bool {
        let clause = self.clause_before(i).rsplit(MARKS).next().unwrap_or_default();
        self.context.words.compares.begin(clause) && self.against(clause).is_none()
    }

    /// 由, 从2022年的: whether a number is where a change begins.
    pub(super) fn goes_from(&self, i: usize) -> bool {
        let text = &self.context.document.prose.text[..self.quantity(i).whole.start];
        // Most numbers have other words before them.
        if !text.ends_with(ORIGIN_ENDS) {
            return false;
        }
        let near = text.char_indices().rev().nth(LONGEST_ORIGIN).map_or(0, |(at, _)| at);
        let text = &text[near..];
        let before = text.rfind(['由', '从']).map(|at| &text[at + '由'.len_utf8()..]);
        before.is_some_and(|rest| {
            let rest = self.year(rest).map_or(rest, |(rest, _)| rest);
            rest.is_empty() || matches!(rest, "的" | "同期的" | "同期")
        })
    }

    /// 增加到, 下降至, 上升至2022年的 in a report on 2022, and nothing else.
    pub(super) fn goes_to(&self, gap: &str) -> Option<Trend> {
        let words = self.context.words;
        let is_own = |(rest, year): (&str, i16)| Some(year) == self.context.document.year && rest == "的";
        let is_end = |rest: &str| rest.is_empty() || self.year(rest).is_some_and(is_own);
        let is = |list: &[String]| without(gap, list).is_some_and(is_end);
        is(&words.rise_to).then_some(Trend::Rise).or_else(|| is(&words.fall_to).then_some(Trend::Fall))
    }

    /// 收到84件，其中自然人78件，较上年增加12件，增长16.7%: whether a count further in front agrees with a change.
    pub(super) fn agrees_further_in_front(&self, pair: &Pair, agrees: &dyn Fn(Number, Number) -> bool) -> bool {
        let text = &self.context.document.prose.text;
        let end = self.quantity(pair.first).whole.start;
        // A number looked at stands in the same sentence: no stop lies between.
        let of_sentence = |j: &usize| {
            let from = self.quantity(*j).whole.start;
            end - from.min(end) <= LONGEST_SENTENCE && !text[from.min(end)..end].contains(['。', '\n'])
        };
        let others = (0..pair.first).rev().take_while(of_sentence).take(FURTHEST).filter(|j| self.is_count(*j));
        let may_be_now = |now: Number| {
            let before = match (pair.difference, pair.trend) {
                (Some(by), Trend::Rise) => now - by,
                (Some(by), Trend::Fall) => now + by,
                (None, _) => pair.before,
            };
            agrees(now, before)
        };
        // 建议72件、提案54件，比上年的114件增加12件: or all of them together.
        let mut together = self.quantity(pair.first).value;
        others.into_iter().any(|j| {
            let value = self.quantity(j).value;
            together = together + value;
            may_be_now(value) || may_be_now(together)
        })
    }

    pub(super) fn is_against(&self, gap: &str) -> bool {
        self.against(comma(gap)).is_some_and(str::is_empty)
    }

    /// What stands between the last mark and a number.
    pub(super) fn label(&self, i: usize) -> &str {
        let end = self.quantity(i).whole.start;
        let text = &self.context.document.prose.text[..end];
        let start = text
            .char_indices()
            .rev()
            .take(20)
            .find(|(_, c)| matches!(c, '，' | ',' | '。' | '；' | '：' | '、' | '（' | '(' | '\n' | ':' | ';'))
            .map(|(at, c)| at + c.len_utf8());
        let label = start.map_or("", |s| &text[s..]);
        label.strip_prefix("其中").unwrap_or(label)
    }
}
