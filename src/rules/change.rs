//! P007, P008, P010, P011: changes, multiples and shares against the numbers printed beside them.
//!
//! Only the tightest wordings are read: what stands between two numbers must be the words of the comparison and
//! nothing else. Everything looser stays silent.

use super::{Context, Draft, Sink};
use crate::dictionary::UnitClass;
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

pub(super) fn check(context: &Context<'_>, sink: &mut Sink) {
    let all = &context.lexed.quantities;
    let reader = Reader { context };
    for (i, quantity) in all.iter().enumerate() {
        match quantity.class {
            UnitClass::Percent | UnitClass::Multiple if i > 0 && reader.may_compare(i) => {
                if reader.is_share(i) {
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
    /// The first quantity of the comparison.
    first: usize,
}

/// The text without one of some words at its beginning, the longest first.
fn without<'t>(text: &'t str, words: &[String]) -> Option<&'t str> {
    words.iter().filter(|w| text.starts_with(w.as_str())).max_by_key(|w| w.len()).map(|w| &text[w.len()..])
}

fn comma(text: &str) -> &str {
    text.strip_prefix('，').or_else(|| text.strip_prefix(',')).unwrap_or(text)
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
        is_near && self.context.words.may_end_change(&self.context.document.prose.text[..end])
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
        let change = self.change(self.gap(i - 1)?.trim_start_matches("相比"))?;
        // N件，较上年增加D件，增长P%
        if i >= 2
            && let Some(trend) = self.gap(i - 2).filter(|_| self.same_unit(i - 2, i - 1)).and_then(|g| self.change(g))
        {
            let (now, difference) = (self.quantity(i - 2).value, self.quantity(i - 1).value);
            let before = if trend == Trend::Rise { now - difference } else { now + difference };
            // N件，比上年M件增加D件，增长P%
            let has_before =
                i >= 3 && self.same_unit(i - 3, i - 2) && self.gap(i - 3).is_some_and(|g| self.is_against(g));
            if has_before {
                let pair = Pair { now: self.quantity(i - 3).value, before: now, trend, first: i - 3 };
                return (change == trend).then_some(pair);
            }
            return (change == trend).then_some(Pair { now, before, trend, first: i - 2 });
        }
        if i < 2 || !self.same_unit(i - 2, i - 1) {
            return None;
        }
        let gap = self.gap(i - 2)?;
        let (first, second) = (self.quantity(i - 2).value, self.quantity(i - 1).value);
        // N件，与上年的M件相比增长P%
        if self.is_against(gap) {
            return Some(Pair { now: first, before: second, trend: change, first: i - 2 });
        }
        // 2021年收到M件，2022年收到N件，增长P%
        let (verb, year) = self.year(self.label(i - 2))?;
        let (other_verb, other_year) = self.year(comma(gap))?;
        if verb != other_verb || verb.is_empty() {
            return None;
        }
        match other_year - year {
            1 => Some(Pair { now: second, before: first, trend: change, first: i - 2 }),
            -1 => Some(Pair { now: first, before: second, trend: change, first: i - 2 }),
            _ => None,
        }
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
        if is_right_way && fits(change) {
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
        let text = &self.context.document.prose.text[..self.quantity(i - 1).whole.start];
        if !text.ends_with("由") && !text.ends_with("从") {
            return;
        }
        let words = self.context.words;
        let Some(gap) = self.gap(i - 1) else { return };
        let (first, second) = (self.quantity(i - 1), self.quantity(i));
        let same_class = first.class == second.class && first.hedge.is_none() && second.hedge.is_none();
        let is = |list: &[String]| without(gap, list).is_some_and(str::is_empty);
        if !same_class {
            return;
        }
        let trend = if is(&words.rise_to) {
            Trend::Rise
        } else if is(&words.fall_to) {
            Trend::Fall
        } else {
            return;
        };
        let (before, now) = (first.value, second.value);
        // 由5个增加到0.8万个: both bare or both scaled, else a lost unit explains it.
        if (trend == Trend::Rise) == (now > before) || now == before {
            return;
        }
        let (a, b) = (self.printed(i - 1), self.printed(i));
        let message = say!(
            self.context.lang,
            "正文“由{a}{gap}{b}”，数字的方向与所说的相反。",
            "The text says “由{a}{gap}{b}”; the numbers go the other way.",
            a = a,
            gap = gap,
            b = b
        );
        let pair = Pair { now, before, trend, first: i - 1 };
        sink.report("P007", self.draft(&pair, i, message, String::new()));
    }

    /// P010, P011: a percentage right after a small count, without a base: some whole number must fit.
    fn alone(&self, i: usize, sink: &mut Sink) {
        let (count, percent) = (self.quantity(i - 1), self.quantity(i));
        let Some(now) = count.value.to_whole().filter(|n| (1..=SMALL).contains(n) && self.is_count(i - 1)) else {
            return;
        };
        if percent.hedge.is_some() || percent.value <= Number::ZERO || self.follows_others(i - 1) {
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
