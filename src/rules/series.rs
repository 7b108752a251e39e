//! P009, P012, P013: shares that should make 100%, points that were announced, and the balance told in words.

use std::ops::Range;

use super::{Context, Draft, Sink, head};
use crate::dictionary::Mark;
use crate::form::{CellId, Column, Formula, Number, Row};
use crate::lang::say;

pub(super) fn check(context: &Context<'_>, sink: &mut Sink) {
    shares(context, sink);
    counters(context, sink);
    balance(context, sink);
}

/// Numbers looked back at for what shares are of.
const MOST_BEFORE: usize = 8;
/// So much text (bytes) after a list of shares may speak of the rest.
const LONGEST_REMARK: usize = 150;

/// P009: 分别占60%、30%、15%. A sum far from 100% is that of a choice or of overlapping parts.
fn shares(context: &Context<'_>, sink: &mut Sink) {
    let all = &context.lexed.quantities;
    let text = &context.document.prose.text;
    let mut at = 0;
    while at < all.len() {
        let mut end = at;
        let joins =
            |k: usize| matches!(text.get(all[k].whole.end..all[k + 1].whole.start), Some("、" | "和" | "，" | "及"));
        while end + 1 < all.len() && all[end].is_percent() && all[end + 1].is_percent() && joins(end) {
            end += 1;
        }
        if end >= at + 2 {
            share_run(context, at..end + 1, sink);
        }
        at = end + 1;
    }
}

fn share_run(context: &Context<'_>, run: Range<usize>, sink: &mut Sink) {
    let at = run.clone();
    let all = &context.lexed.quantities[run];
    let text = &context.document.prose.text[..all[0].whole.start];
    let is_division = text.ends_with("分别占") || text.ends_with("占比分别为") || text.ends_with("分别占比");
    if !is_division || all.iter().any(|q| q.hedge.is_some()) {
        return;
    }
    let sum: Number = all.iter().map(|q| q.value).sum();
    let slack: Number = all.iter().map(|q| q.step).sum();
    let gap = (sum - Number::ONE).abs();
    // Rounding takes or gives half a step each; cutting off, which only takes, a whole one.
    let slack = if sum > Number::ONE { slack.ratio(Number::whole(2)).unwrap_or(slack) } else { slack };
    let near = Number::whole(5).ratio(Number::whole(100)).unwrap_or_default();
    if gap <= slack || gap > near {
        return;
    }
    // 其余为公报: what was not listed is told in words, or the parts overlap.
    let after = head(&context.document.prose.text[all[all.len() - 1].whole.end..], LONGEST_REMARK);
    let after = &after[..after.find(['。', '\n']).unwrap_or(after.len())];
    let before = &text[text.rfind(['。', '\n']).unwrap_or(0)..];
    if context.words.only_the_largest.stand_in(before) {
        return;
    }
    let is_overlap = || context.words.overlapping.stand_in(after);
    if context.words.rest_follows.stand_in(after) || is_overlap() || are_of_a_larger_count(context, at) {
        return;
    }
    let percent = format!("{}%", (sum * 10_000).to_f64().round() / 100.0);
    let message = say!(
        context.lang,
        "所列各项占比之和为{percent}，不是100%，四舍五入也不能解释。",
        "The shares listed add up to {percent}; rounding does not explain the difference from 100%.",
        percent = percent
    );
    let last = &all[all.len() - 1];
    sink.report(
        "P009",
        Draft {
            message,
            span: context.prose_span(all[0].range.start..last.range.end),
            stated: percent,
            expected: "100%".to_string(),
            ..Draft::default()
        },
    );
}

/// 84件，其中征地类42件、社保类21件、教育类18件，分别占50%、25%、21.4%: whether shares are those of counts before them in a
/// number that is more than their sum.
fn are_of_a_larger_count(context: &Context<'_>, run: Range<usize>) -> bool {
    let all = &context.lexed.quantities;
    let text = &context.document.prose.text;
    let sentence = text[..all[run.start].whole.start].rfind(['。', '\n']).unwrap_or(0);
    let Some(first) = run.start.checked_sub(run.len()) else { return false };
    let agrees = |base: Number| {
        (first..run.start).zip(run.clone()).all(|(count, share)| {
            let ratio = all[count].value.ratio(base);
            ratio.is_some_and(|r| (r - all[share].value).abs() <= all[share].step)
        })
    };
    let before = (0..first).rev().take(MOST_BEFORE).take_while(|j| all[*j].whole.start >= sentence);
    before.filter(|j| all[*j].is_exact()).any(|j| agrees(all[j].value))
}

/// No list of points is longer than this (bytes).
const LONGEST_LIST: usize = 6000;
/// So many lists of points are looked at.
const MOST_LISTS: usize = 20;

const NUMERALS: [char; 9] = ['一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// P012: 三个方面：一是…… to 四是. Fewer points may be worded otherwise, more cannot.
fn counters(context: &Context<'_>, sink: &mut Sink) {
    let text = &context.document.prose.text;
    for found in context.marked.iter().filter(|m| m.mark == Mark::Counter).take(MOST_LISTS) {
        let Some(numeral) = text[..found.range.start].trim_end_matches(['个', '点']).chars().next_back() else {
            continue;
        };
        let declared = NUMERALS.iter().position(|n| *n == numeral).map(|i| i + 1).or(match numeral {
            '两' => Some(2),
            other => other.to_digit(10).map(|d| d as usize),
        });
        let Some(declared) = declared.filter(|d| *d >= 2) else { continue };
        // Points are long; what follows later is not looked at.
        let rest = head(&text[found.range.end..], LONGEST_LIST);
        let paragraph = &rest[..rest.find('\n').unwrap_or(rest.len())];
        let (mut count, mut from) = (1, 0);
        // A new 一是 begins another list.
        let end = paragraph.find("一是").unwrap_or(paragraph.len());
        let mut last = None;
        while let Some(next) = NUMERALS.get(count) {
            let Some(at) = point_at(&paragraph[from..end], *next) else { break };
            last = Some(from + at);
            from += at + next.len_utf8();
            count += 1;
        }
        let Some(last) = last.filter(|_| count > declared) else { continue };
        let start = found.range.end + last;
        let message = say!(
            context.lang,
            "前面说有{declared}点，却列到了第{count}点。",
            "{declared} points are announced, {count} are listed.",
            declared = declared,
            count = count
        );
        sink.report(
            "P012",
            Draft {
                message,
                span: context.prose_span(start..start + "二是".len()),
                stated: declared.to_string(),
                expected: count.to_string(),
                related: vec![(context.prose_span(found.range.clone()), declared.to_string())],
                ..Draft::default()
            },
        );
    }
}

/// Where `二是` stands at the beginning of a point.
fn point_at(text: &str, numeral: char) -> Option<usize> {
    text.match_indices(numeral).map(|(at, _)| at).find(|at| {
        text[at + numeral.len_utf8()..].starts_with('是') && text[..*at].ends_with(['；', '。', '，', ';', ','])
    })
}

/// P013: 新收 + 上年结转 = 办结 + 结转下年 from the prose alone, where table three was not read.
fn balance(context: &Context<'_>, sink: &mut Sink) {
    let rows = [Row::Received, Row::CarriedIn, Row::Handled, Row::CarriedOut];
    if rows.iter().any(|r| context.tables.value(CellId::new(*r, Column::Total)).is_some()) {
        return;
    }
    let mut found: [Option<usize>; 4] = [None; 4];
    for (index, claim) in context.claims.list.iter().enumerate() {
        let Some(quantity) = claim.quantity.map(|q| &context.lexed.quantities[q]) else { continue };
        let Some(Formula::Cell(cell)) = claim.readings.first() else { continue };
        let Some(slot) = rows.iter().position(|r| *cell == CellId::new(*r, Column::Total)) else { continue };
        if claim.scope.is_some() || !quantity.is_exact() {
            continue;
        }
        let value = |i: usize| context.claims.list[i].quantity.map(|q| context.lexed.quantities[q].value);
        // Said twice with different numbers: it is not known which is meant.
        if found[slot].is_some_and(|i| value(i) != Some(quantity.value)) {
            return;
        }
        found[slot] = Some(index);
    }
    let [Some(received), Some(carried_in), Some(handled), Some(carried_out)] = found else { return };
    let value = |i: usize| context.claims.list[i].quantity.map_or(Number::ZERO, |q| context.lexed.quantities[q].value);
    let (new, old, done, left) = (value(received), value(carried_in), value(handled), value(carried_out));
    // 收到 may already hold what was carried over; 办结 may hold what is left.
    if new + old == done + left || new == done + left || new + old == done {
        return;
    }
    let message = say!(
        context.lang,
        "正文：新收{new}件、上年结转{old}件，办结{done}件、结转下年{left}件，两边不等（{a}与{b}）。",
        "In the prose {new} received and {old} carried in do not make {done} handled and {left} carried out ({a} and {b}).",
        new = new,
        old = old,
        done = done,
        left = left,
        a = new + old,
        b = done + left
    );
    let claim = |i: usize| &context.claims.list[i];
    let place =
        |i: usize| (super::explain::claim_span(context, claim(i)), super::explain::stated_text(context, claim(i)));
    let (span, stated) = place(carried_out);
    sink.report(
        "P013",
        Draft {
            message,
            span,
            stated,
            expected: (new + old - done).to_string(),
            related: vec![place(received), place(carried_in), place(handled)],
            ..Draft::default()
        },
    );
}
