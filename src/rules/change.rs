//! P007, P008, P010, P011: changes, multiples and shares against the numbers printed beside them.
//!
//! Only the tightest wordings are read: what stands between two numbers must be the words of the comparison and
//! nothing else. Everything looser stays silent.

use super::{Context, Draft, Sink};
use crate::dictionary::{UnitClass, any};
use crate::form::{Formula, Number};
use crate::lang::say;
use crate::quantities::Quantity;

/// Which way a number went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trend {
    Rise,
    Fall,
}

/// No comparison needs more between two numbers (bytes).
const LONGEST_GAP: usize = 60;
/// Counts above this fit nearly any percentage, so that nothing can be told.
const SMALL: i64 = 400;
/// Characters between 由 and a number: 由2022年同期的.
const LONGEST_ORIGIN: usize = 10;
/// No clause before a number is looked at further back (characters).
const LONGEST_CLAUSE: usize = 40;
/// No count that a change may be of stands further in front (bytes).
const LONGEST_SENTENCE: usize = 1200;
/// Marks between clauses.
const MARKS: [char; 11] = ['，', ',', '。', '；', '：', '、', '（', '(', '\n', ';', ':'];
/// Numbers looked back at for what a change is of.
const FURTHEST: usize = 8;

pub(super) fn check(context: &Context<'_>, sink: &mut Sink) {
    let all = &context.lexed.quantities;
    let reader = Reader { context };
    for (i, quantity) in all.iter().enumerate() {
        match quantity.class {
            UnitClass::Percent | UnitClass::Multiple if i > 0 && reader.may_compare(i) => {
                if quantity.class == UnitClass::Multiple && reader.gap(i - 1) == Some("的") {
                    reader.times(i, sink);
                } else if reader.is_share(i) {
                    reader.alone(i, sink);
                } else if let Some(pair) = reader.pair_before(i) {
                    reader.compare(&pair, i, sink);
                } else if quantity.class == UnitClass::Percent {
                    reader.alone(i, sink);
                }
            }
            _ => {}
        }
        if i > 0 {
            reader.direction(i, sink);
            reader.difference(i, sink);
        }
    }
}

struct Reader<'a, 'c> {
    context: &'a Context<'c>,
}

/// The number now and the number before, as printed or worked out, and which way the words say it went.
struct Pair {
    now: Number,
    before: Number,
    trend: Trend,
    /// By how much, where that is printed.
    difference: Option<Number>,
    /// The first quantity of the comparison.
    first: usize,
}

/// The text without one of some words at its beginning, the longest first.
fn without<'t>(text: &'t str, words: &[String]) -> Option<&'t str> {
    words.iter().filter(|w| text.starts_with(w.as_str())).max_by_key(|w| w.len()).map(|w| &text[w.len()..])
}

/// The text without the mark that parts two numbers of a comparison.
fn comma(text: &str) -> &str {
    text.strip_prefix(['，', ',', '、', '（', '(']).unwrap_or(text)
}

impl Reader<'_, '_> {
    fn quantity(&self, i: usize) -> &Quantity {
        &self.context.lexed.quantities[i]
    }

    fn printed(&self, i: usize) -> &str {
        self.context.prose(self.quantity(i).range.clone())
    }

    /// What stands between two neighbouring numbers of one sentence.
    fn gap(&self, i: usize) -> Option<&str> {
        let range = self.quantity(i).whole.end..self.quantity(i + 1).whole.start;
        // No comparison needs more.
        let is_near = range.start <= range.end && range.len() <= LONGEST_GAP;
        is_near.then(|| self.context.prose(range)).filter(|gap| !gap.contains(['。', '\n', '；', ';']))
    }

    /// A quick look at what stands right before: most percentages are rates and shares of known totals.
    fn may_compare(&self, i: usize) -> bool {
        let end = self.quantity(i).whole.start;
        let is_near = end - self.quantity(i - 1).whole.end.min(end) <= LONGEST_GAP;
        let text = &self.context.document.prose.text[..end];
        is_near && (self.context.words.may_end_change(text) || text.ends_with(['（', '(', '的']))
    }

    /// `，占` and nothing else stands before it.
    fn is_share(&self, i: usize) -> bool {
        let words = &self.context.words.share_of;
        self.gap(i - 1).is_some_and(|gap| without(comma(gap), words).is_some_and(str::is_empty))
    }

    fn is_count(&self, i: usize) -> bool {
        let quantity = self.quantity(i);
        quantity.is_exact()
            && matches!(quantity.class, UnitClass::Case | UnitClass::Item | UnitClass::Times | UnitClass::People)
    }

    fn same_unit(&self, i: usize, j: usize) -> bool {
        let unit = |i| self.context.prose(self.quantity(i).unit.clone());
        self.is_count(i) && self.is_count(j) && unit(i) == unit(j)
    }

    /// 上年, 去年, 2021年: the rest and the year.
    fn year<'t>(&self, text: &'t str) -> Option<(&'t str, i16)> {
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
    fn against<'t>(&self, text: &'t str) -> Option<&'t str> {
        let words = self.context.words;
        let rest = without(text, &words.against)?;
        let (rest, _) = self.year(rest)?;
        let rest = rest.strip_prefix("同期").unwrap_or(rest);
        Some(rest.strip_prefix('的').unwrap_or(rest))
    }

    /// 增长, 下降了 and nothing after it.
    fn trend(&self, text: &str) -> Option<Trend> {
        let words = self.context.words;
        let is = |list: &[String]| without(text, list).is_some_and(str::is_empty);
        is(&words.rise).then_some(Trend::Rise).or_else(|| is(&words.fall).then_some(Trend::Fall))
    }

    /// `，同比增长`, `，较上年减少`, `，增幅为`
    fn change(&self, gap: &str) -> Option<Trend> {
        let rest = comma(gap);
        let rest = self.against(rest).map_or(rest, |r| comma(r.strip_prefix("相比").unwrap_or(r)));
        let rest = without(rest, &self.context.words.year_on_year).unwrap_or(rest);
        self.trend(rest)
    }

    /// The numbers that a percentage or a multiple compares, where both are known.
    fn pair_before(&self, i: usize) -> Option<Pair> {
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
        let is_bracketed = between.starts_with(['（', '(']) && self.is_of_year_before(between);
        let gap = if is_bracketed { gap.strip_prefix(['）', ')'])? } else { gap };
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

    /// What a printed difference is of: N件，较上年增加D件; N件，比上年的M件增加D件; 上年M件，增加D件.
    fn with_difference(&self, d: usize, trend: Trend) -> Option<Pair> {
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
    fn has_two_bases(&self, i: usize) -> bool {
        let base = |gap: usize| self.gap(gap).and_then(|gap| self.base_year(gap));
        let of_difference = base(i - 2).or_else(|| if i >= 3 { base(i - 3) } else { None });
        let of_percent = base(i - 1);
        of_difference.zip(of_percent).is_some_and(|(one, other)| one != other)
    }

    /// The year that a comparison names: 较2021年的, 同比.
    fn base_year(&self, gap: &str) -> Option<i16> {
        let words = self.context.words;
        let rest = comma(gap);
        let named = without(rest, &words.against).and_then(|rest| self.year(rest)).map(|(_, year)| year);
        let is_last = || without(rest, &words.year_on_year).is_some();
        named.or_else(|| self.context.document.year.filter(|_| is_last()).map(|year| year - 1))
    }

    /// `，上年为`, `（2022年`: whether the number behind is the year before's.
    fn is_of_year_before(&self, gap: &str) -> bool {
        let Some((rest, year)) = self.year(comma(gap)) else { return false };
        let rest = rest.strip_prefix("同期").unwrap_or(rest);
        self.context.document.year == Some(year + 1) && matches!(rest, "" | "为" | "是" | "共" | "收到" | "有")
    }

    /// Whether the words before a number make it that of a year before: 申请量较上年的72件, 2022年发布150篇.
    fn is_of_another_year(&self, i: usize) -> bool {
        // 较去年（20件）: the bracket holds the number that the words before it are of.
        let clause = self.clause_before(i);
        let clause = clause.strip_suffix(['（', '(']).unwrap_or(clause);
        let clause = clause.rsplit(MARKS).next().unwrap_or(clause);
        let words = self.context.words;
        let clause = clause.strip_prefix("其中").unwrap_or(clause).trim_start_matches(['由', '从']);
        let is_plain = |rest: &str| matches!(rest, "" | "同期") || rest.ends_with('的');
        let mut compared = words.against.iter().flat_map(|w| clause.match_indices(w.as_str()));
        let is_compared = compared.any(|(at, _)| self.against(&clause[at..]).is_some_and(is_plain));
        let opens = self.year(clause).filter(|(rest, _)| !any(&words.not_of_the_year, |w| rest.contains(w)));
        is_compared || opens.is_some_and(|(_, year)| Some(year) != self.context.document.year)
    }

    /// The words before a number, back to the number before it and not far.
    fn clause_before(&self, i: usize) -> &str {
        let text = &self.context.document.prose.text;
        let end = self.quantity(i).whole.start;
        let near = text[..end].char_indices().rev().nth(LONGEST_CLAUSE).map_or(0, |(at, _)| at);
        let before = if i > 0 { self.quantity(i - 1).whole.end } else { 0 };
        text.get(near.max(before)..end).unwrap_or_default()
    }

    /// 比目标任务3000条多260条, 比办结82件多2件: whether a number is what something else than a year before is compared with.
    fn is_compared_with(&self, i: usize) -> bool {
        let clause = self.clause_before(i).rsplit(MARKS).next().unwrap_or_default();
        any(&self.context.words.compares, |w| clause.starts_with(w)) && self.against(clause).is_none()
    }

    /// 由, 从2022年的: whether a number is where a change begins.
    fn goes_from(&self, i: usize) -> bool {
        let text = &self.context.document.prose.text[..self.quantity(i).whole.start];
        let near = text.char_indices().rev().nth(LONGEST_ORIGIN).map_or(0, |(at, _)| at);
        let text = &text[near..];
        let before = text.rfind(['由', '从']).map(|at| &text[at + '由'.len_utf8()..]);
        before.is_some_and(|rest| {
            let rest = self.year(rest).map_or(rest, |(rest, _)| rest);
            rest.is_empty() || matches!(rest, "的" | "同期的" | "同期")
        })
    }

    /// 增加到, 下降至 and nothing else.
    fn goes_to(&self, gap: &str) -> Option<Trend> {
        let words = self.context.words;
        let is = |list: &[String]| without(gap, list).is_some_and(str::is_empty);
        is(&words.rise_to).then_some(Trend::Rise).or_else(|| is(&words.fall_to).then_some(Trend::Fall))
    }

    /// 收到84件，其中自然人78件，较上年增加12件，增长16.7%: whether a count further in front agrees with a change.
    fn agrees_further_in_front(&self, pair: &Pair, agrees: &dyn Fn(Number, Number) -> bool) -> bool {
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

    fn is_against(&self, gap: &str) -> bool {
        self.against(comma(gap)).is_some_and(str::is_empty)
    }

    /// What stands between the last mark and a number.
    fn label(&self, i: usize) -> &str {
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

    fn draft(&self, pair: &Pair, i: usize, message: String, expected: String) -> Draft {
        let span = |i: usize| self.context.prose_span(self.quantity(i).range.clone());
        let number = |n: Number| Box::new(Formula::Stated(n.to_string(), n));
        let difference = Box::new(Formula::Difference(number(pair.now), number(pair.before)));
        let related = (pair.first..i).map(|k| (span(k), self.printed(k).to_string())).collect();
        Draft {
            message,
            span: span(i),
            stated: self.printed(i).to_string(),
            expected,
            formula: Some(Formula::Ratio(difference, number(pair.before))),
            related,
            ..Draft::default()
        }
    }

    /// P007, P008: a change or a multiple against both numbers.
    fn compare(&self, pair: &Pair, i: usize, sink: &mut Sink) {
        let quantity = self.quantity(i);
        if quantity.hedge.is_some() || pair.before <= Number::ZERO || quantity.value <= Number::ZERO {
            return;
        }
        let lang = self.context.lang;
        let (now, before) = (pair.now, pair.before);
        let Some(change) = (now - before).ratio(before) else { return };
        let is_right_way = (pair.trend == Trend::Rise) == (change > Number::ZERO) || change == Number::ZERO;
        // Rounded, cut off or forced to the next digit: one step either way.
        let fits = |value: Number| (value.abs() - quantity.value).abs() <= quantity.step;
        let percent = |n: Number| {
            let percent = (n.abs() * 10_000).to_f64().round() / 100.0;
            format!("{percent}%")
        };
        let printed = self.printed(i);
        if quantity.class == UnitClass::Multiple {
            // 增长2倍 is three times as much, but is also said of twice as much.
            let step = if quantity.step == Number::ZERO {
                Number::ONE.ratio(Number::whole(2)).unwrap_or_default()
            } else {
                quantity.step
            };
            let near = |value: Number| (value - quantity.value).abs() <= step;
            let Some(times) = now.ratio(before) else { return };
            if pair.trend == Trend::Fall || near(change) || near(times) {
                return;
            }
            let times = format!("{:.2}", times.to_f64());
            let message = say!(
                lang,
                "正文称增长{printed}倍，而{now}是{before}的{times}倍。",
                "The text says that it grew by {printed} times; {now} is {times} times {before}.",
                printed = printed,
                now = now,
                before = before,
                times = times
            );
            return sink.report("P008", self.draft(pair, i, message, times));
        }
        let agrees = |now: Number, before: Number| {
            let change = (now - before).ratio(before);
            change.is_some_and(|c| fits(c) && ((pair.trend == Trend::Rise) == (c > Number::ZERO) || c == Number::ZERO))
        };
        if is_right_way && fits(change) || self.agrees_further_in_front(pair, &agrees) {
            return;
        }
        let expected = percent(change);
        let message = if is_right_way {
            say!(
                lang,
                "由{before}到{now}，变化幅度是{expected}，正文写的是{printed}。",
                "From {before} to {now} is a change of {expected}; the text has {printed}.",
                before = before,
                now = now,
                expected = expected,
                printed = printed
            )
        } else {
            say!(
                lang,
                "由{before}到{now}，与正文所说的增减方向相反。",
                "From {before} to {now} goes the other way than the text says.",
                before = before,
                now = now
            )
        };
        sink.report("P007", self.draft(pair, i, message, expected));
    }

    /// P007: 由A增加到B. Only the direction is told here.
    fn direction(&self, i: usize, sink: &mut Sink) {
        if !self.goes_from(i - 1) {
            return;
        }
        let Some(gap) = self.gap(i - 1) else { return };
        let Some(trend) = self.goes_to(gap) else { return };
        let (first, second) = (self.quantity(i - 1), self.quantity(i));
        let same_class = first.class == second.class && first.hedge.is_none() && second.hedge.is_none();
        if !same_class || self.may_get_better_by_less(gap, second) {
            return;
        }
        let (before, now) = (first.value, second.value);
        // 由5个增加到0.8万个: both bare or both scaled, else a lost unit explains it.
        if (trend == Trend::Rise) == (now > before) || now == before {
            return;
        }
        let said = self.context.prose(first.range.start..second.whole.end);
        let message = say!(
            self.context.lang,
            "正文“由{said}”，数字的方向与所说的相反。",
            "The text says “由{said}”; the numbers go the other way.",
            said = said
        );
        let pair = Pair { now, before, trend, difference: None, first: i - 1 };
        sink.report("P007", self.draft(&pair, i, message, String::new()));
    }

    /// 办理时间由12天提升到8天, 排名由11位上升至6位: better, not more.
    fn may_get_better_by_less(&self, gap: &str, now: &Quantity) -> bool {
        let words = self.context.words;
        let unit = self.context.prose(now.unit.clone());
        let is_time =
            matches!(now.class, UnitClass::Duration | UnitClass::Times) || any(&words.short_times, |w| unit == w);
        any(&words.ranks, |w| unit == w) || is_time && any(&words.better, |w| gap.starts_with(w))
    }

    /// P007: 84件，比上年的72件增加14件; 由100篇增加到120篇，增加了30篇.
    fn difference(&self, d: usize, sink: &mut Sink) {
        let class = |i: usize| (self.quantity(i).class, self.quantity(i).hedge.is_none());
        let are_shares = || (d - 2..d).all(|i| class(i) == (UnitClass::Percent, true));
        let are_points = || class(d) == (UnitClass::Point, true) && are_shares();
        if d < 2 || !(self.same_unit(d - 2, d - 1) && self.same_unit(d - 1, d) || are_points()) {
            return;
        }
        let (Some(between), Some(gap)) = (self.gap(d - 2), self.gap(d - 1)) else { return };
        // 84件（上年72件），同比增加14件
        let is_bracketed = between.starts_with(['（', '(']) && self.is_of_year_before(between);
        let gap = if is_bracketed { gap.strip_prefix(['）', ')']).unwrap_or(gap) } else { gap };
        let Some(trend) = self.change(gap) else { return };
        // 比2022年的571件多36件，比2021年的500件多107件: the 36 is a difference itself.
        if d >= 3 && self.gap(d - 3).and_then(|gap| self.change(gap)).is_some() {
            return;
        }
        // 名 and 位 may be ranks: 从8位上升到3位，上升5位.
        if any(&self.context.words.ranks, |w| self.context.prose(self.quantity(d).unit.clone()) == w) {
            return;
        }
        let (first, second) = (self.quantity(d - 2).value, self.quantity(d - 1).value);
        let is_dated = || self.is_of_another_year(d - 2);
        let (now, before) = if self.is_against(between) || self.is_of_year_before(between) && !is_dated() {
            (first, second)
        } else if self.goes_from(d - 2) && self.goes_to(between).is_some() {
            (second, first)
        } else {
            return;
        };
        let stated = self.quantity(d).value;
        let pair = Pair { now, before, trend, difference: None, first: d - 2 };
        // Each of the three may have been rounded.
        let rounding: Number = (d - 2..=d).map(|i| self.quantity(i).step).sum();
        let agrees = |now: Number, before: Number| {
            let change = if trend == Trend::Rise { now - before } else { before - now };
            (change - stated).abs() <= rounding
        };
        // 退回率由12%降至8%，提升4个百分点: better by as much.
        let is_better =
            any(&self.context.words.better, |w| gap.contains(w)) && (agrees(now, before) || agrees(before, now));
        if is_better || self.has_two_bases(d) || agrees(now, before) || self.agrees_further_in_front(&pair, &agrees) {
            return;
        }
        let expected = self.amount(d, (now - before).abs());
        let stated_change = if trend == Trend::Rise { before + stated } else { before - stated };
        let message = say!(
            self.context.lang,
            "由{before}到{now}是{change}，正文写的是{stated}。",
            "From {before} to {now} is {change}; the text has {stated}.",
            before = self.amount(d, before),
            now = self.amount(d, now),
            change = self.went(d, now - before),
            stated = self.went(d, stated_change - before)
        );
        sink.report("P007", self.draft(&pair, d, message, expected));
    }

    /// How far and which way a number went, in words.
    fn went(&self, d: usize, change: Number) -> String {
        let by = self.amount(d, change.abs());
        let lang = self.context.lang;
        if change >= Number::ZERO {
            say!(lang, "增加{by}", "{by} more", by = by)
        } else {
            say!(lang, "减少{by}", "{by} less", by = by)
        }
    }

    /// A number as the quantity at `d` prints it: percentage points are told in hundredths.
    fn amount(&self, d: usize, n: Number) -> String {
        if self.quantity(d).class == UnitClass::Point { (n * 100).to_string() } else { n.to_string() }
    }

    /// P008: 1260条，为上年600条的2.1倍.
    fn times(&self, i: usize, sink: &mut Sink) {
        if i < 2 || self.gap(i - 1) != Some("的") || !self.same_unit(i - 2, i - 1) {
            return;
        }
        let quantity = self.quantity(i);
        let words = self.context.words;
        let is_of_a_year = |gap: &str| {
            let rest = without(comma(gap), &words.is_as_much).and_then(|rest| self.year(rest));
            rest.is_some_and(|(rest, _)| matches!(rest, "" | "的" | "同期" | "同期的"))
        };
        let (now, before) = (self.quantity(i - 2).value, self.quantity(i - 1).value);
        let Some(times) = now.ratio(before).filter(|_| self.gap(i - 2).is_some_and(is_of_a_year)) else { return };
        let pair = Pair { now, before, trend: Trend::Rise, difference: None, first: i - 2 };
        let step = if quantity.step == Number::ZERO { Number::ONE } else { quantity.step };
        let agrees =
            |now: Number, before: Number| now.ratio(before).is_some_and(|times| (times - quantity.value).abs() < step);
        if quantity.hedge.is_some() || agrees(now, before) || self.agrees_further_in_front(&pair, &agrees) {
            return;
        }
        let (printed, times) = (self.printed(i), format!("{:.2}", times.to_f64()));
        let message = say!(
            self.context.lang,
            "{now}是{before}的{times}倍，正文写的是{printed}倍。",
            "{now} is {times} times {before}; the text has {printed}.",
            printed = printed,
            now = now,
            before = before,
            times = times
        );
        sink.report("P008", self.draft(&pair, i, message, times));
    }

    /// P010, P011: a percentage right after a small count, without a base: some whole number must fit.
    fn alone(&self, i: usize, sink: &mut Sink) {
        let (count, percent) = (self.quantity(i - 1), self.quantity(i));
        let Some(now) = count.value.to_whole().filter(|n| (1..=SMALL).contains(n) && self.is_count(i - 1)) else {
            return;
        };
        // 较2021年增加24件，同比增长16.7%: no change of the 24.
        let is_difference =
            i >= 2 && self.same_unit(i - 2, i - 1) && self.gap(i - 2).and_then(|gap| self.change(gap)).is_some();
        if percent.hedge.is_some() || percent.value <= Number::ZERO || is_difference || self.follows_others(i - 1) {
            return;
        }
        let Some(gap) = self.gap(i - 1) else { return };
        let words = self.context.words;
        let rest = comma(gap);
        let is_share = self.is_share(i);
        let has_base_year = || self.against(rest).is_some() || without(rest, &words.year_on_year).is_some();
        let trend = if is_share { None } else { self.change(gap).filter(|_| has_base_year()) };
        let (p, step) = (percent.value.to_f64(), percent.step.to_f64());
        let (code, low, high) = match (is_share, trend) {
            (true, _) if p <= 1.0 => ("P011", p - step, p + step),
            (false, Some(Trend::Rise)) => ("P010", 1.0 + p - step, 1.0 + p + step),
            (false, Some(Trend::Fall)) if p < 1.0 => ("P010", 1.0 - p - step, 1.0 - p + step),
            _ => return,
        };
        if low <= 0.0 {
            return;
        }
        let now_float = now as f64;
        // The base lies between these; a whole number among them is all that is asked.
        let (least, most) = (now_float / high, now_float / low);
        if most.floor() >= least.ceil() - 1e-9 {
            return;
        }
        let lang = self.context.lang;
        let printed = self.printed(i);
        let message = if code == "P010" {
            say!(
                lang,
                "没有一个整数能由它变到{now}而变化{printed}。",
                "No whole number changes by {printed} to become {now}.",
                now = now,
                printed = printed
            )
        } else {
            say!(
                lang,
                "没有一个整数的{printed}是{now}。",
                "{now} is {printed} of no whole number.",
                now = now,
                printed = printed
            )
        };
        let span = self.context.prose_span(percent.range.clone());
        let related = vec![(self.context.prose_span(count.range.clone()), self.printed(i - 1).to_string())];
        sink.report(code, Draft { message, span, stated: printed.to_string(), related, ..Draft::default() });
    }

    /// 3件、5件，占20%: the percentage may be of both.
    fn follows_others(&self, i: usize) -> bool {
        i > 0
            && self.quantity(i - 1).class != UnitClass::Percent
            && self.gap(i - 1).is_some_and(|gap| gap.contains(['、', '和', '及', '，', ',']))
    }
}
