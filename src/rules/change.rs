//! P007, P008, P010, P011: changes, multiples and shares against the numbers printed beside them.
//!
//! Only the tightest wordings are read: what stands between two numbers must be the words of the comparison and
//! nothing else. Everything looser stays silent.

mod wording;

use self::wording::{Pair, Reader, Trend, comma, without};
use super::{Context, Draft, Sink};
use crate::dictionary::UnitClass;
use crate::form::{Formula, Number};
use crate::lang::say;
use crate::quantities::Quantity;

/// Counts above this fit nearly any percentage, so that nothing can be told.
const SMALL: i64 = 400;

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

impl Reader<'_, '_> {
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
        let is_time = matches!(now.class, UnitClass::Duration | UnitClass::Times) || words.short_times.has(unit);
        words.ranks.has(unit) || is_time && words.better.begin(gap)
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
        let Some((between, gap)) = self.without_bracket(between, gap) else { return };
        let Some(trend) = self.change(gap) else { return };
        // 比2022年的571件多36件，比2021年的500件多107件: the 36 is a difference itself.
        if d >= 3 && self.gap(d - 3).and_then(|gap| self.change(gap)).is_some() {
            return;
        }
        // 名 and 位 may be ranks: 从8位上升到3位，上升5位.
        if self.context.words.ranks.has(self.context.prose(self.quantity(d).unit.clone())) {
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
        let is_better = self.context.words.better.stand_in(gap) && (agrees(now, before) || agrees(before, now));
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
        // 较2021年增加24件，同比增长16.7%; 比2022年（70件）增加14件，同比上升20%: no change of the 24 or the 14.
        let (label, words) = (self.clause_before(i - 1), self.context.words);
        let is_difference = [&words.rise, &words.fall].into_iter().any(|list| list.end(label));
        if percent.hedge.is_some() || percent.value <= Number::ZERO || is_difference || self.follows_others(i - 1) {
            return;
        }
        let Some(gap) = self.gap(i - 1) else { return };
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
