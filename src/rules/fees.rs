//! C203, C310, P014: fees, of which there are two kinds that have nothing to do with each other.

use super::{Assessment, Context, Draft, Sink, Verdict, explain, tail};
use crate::claims::Claim;
use crate::dictionary::{RuleWords, UnitClass, any};
use crate::form::{CellId, Column, Number, Row};
use crate::lang::say;

pub(super) fn check(context: &Context<'_>, assessments: &[Assessment], sink: &mut Sink) {
    for (claim, assessment) in context.claims.list.iter().zip(assessments) {
        match claim.pattern.as_deref() {
            Some("fees") if assessment.verdict == Verdict::Undetermined && claim.scope.is_none() => {
                table_fees(context, claim, sink);
            }
            Some("processing-fee") => processing_fee(context, claim, sink),
            _ => {}
        }
    }
    notices(context, sink);
}

/// How far an amount may be from ten thousand times another, as a part of it: so much rounding in the table explains.
const LEAST_SLACK: f64 = 0.0005;
/// An amount printed with two digits only agrees with too many.
const MOST_SLACK: f64 = 0.01;

/// The cell, in 万元, with whose digits an amount in the prose is told ten thousand times too large or too small.
pub(super) fn slipped_unit(context: &Context<'_>, claim: &Claim) -> Option<Number> {
    let quantity = claim.quantity.map(|q| &context.lexed.quantities[q]).filter(|q| q.class == UnitClass::Money)?;
    let cell = context.printed_number(Row::Fees, Column::Amount)?;
    let in_table = cell * 10_000;
    let is_own = claim.section <= 4 && claim.pattern.as_deref() == Some("fees");
    if !is_own || quantity.interval.contains(in_table) || cell == Number::ZERO || quantity.value == Number::ZERO {
        return None;
    }
    // 减免, 涉企, 窗口: another amount.
    if context.words.other_fees.stand_in(context.sentence_around(&claim.range)) {
        return None;
    }
    // The same digits as in the table, as far as they are printed.
    let ratio = quantity.value.to_f64() / in_table.to_f64();
    let printed_to = quantity.step.to_f64() / quantity.value.to_f64();
    let near = |factor: f64| (ratio / factor - 1.0).abs() <= printed_to.clamp(LEAST_SLACK, MOST_SLACK);
    // Another amount may be that of another scope; ten thousand times as much is a slip of the unit.
    (near(10_000.0) || near(0.0001)).then_some(cell)
}

/// C203: 行政事业性收费 in the prose against table two, in 元.
fn table_fees(context: &Context<'_>, claim: &Claim, sink: &mut Sink) {
    let Some(cell) = slipped_unit(context, claim) else { return };
    let quote = context.prose(claim.clause.clone()).trim();
    let message = say!(
        context.lang,
        "正文“{quote}”，表格为{cell}万元：相差一万倍，可能是元与万元之误。",
        "The text says “{quote}”, the table {cell} 万元: ten thousand times as much, probably 元 for 万元.",
        quote = quote,
        cell = cell
    );
    let cells = vec![CellId::new(Row::Fees, Column::Amount)];
    sink.report(
        "C203",
        Draft {
            message,
            span: explain::claim_span(context, claim),
            stated: explain::stated_text(context, claim),
            expected: format!("{cell}万元"),
            related: context.places(&cells),
            cells,
            ..Draft::default()
        },
    );
}

/// P014: fees are set in steps of 10 元 since 2021.
fn processing_fee(context: &Context<'_>, claim: &Claim, sink: &mut Sink) {
    let Some(quantity) = claim.quantity.map(|q| &context.lexed.quantities[q]) else { return };
    let is_due = context.named_year().is_some_and(|y| y >= 2021) && quantity.class == UnitClass::Money;
    let Some(amount) = quantity.value.to_whole().filter(|_| is_due && quantity.is_exact()) else { return };
    if amount % 10 == 0 || !is_amount_of_fee(context, claim.range.start) {
        return;
    }
    let message = say!(
        context.lang,
        "信息处理费{amount}元不是10元的整数倍；收费标准各档都是10元或100元一档。",
        "信息处理费 of {amount} 元 is no multiple of 10; all steps of the tariff are.",
        amount = amount
    );
    sink.report(
        "P014",
        Draft {
            message,
            span: explain::claim_span(context, claim),
            stated: explain::stated_text(context, claim),
            ..Draft::default()
        },
    );
}

/// Whether nothing but 共计, 2件 and the like stands between 信息处理费 and its amount: postage and copies have prices
/// of their own, and a fee that was waived is none.
fn is_amount_of_fee(context: &Context<'_>, at: usize) -> bool {
    let before = tail(&context.document.prose.text[..at]);
    let found = context.words.processing_fee.iter().filter_map(|w| Some((before.rfind(w.as_str())?, w.len()))).max();
    let Some((from, len)) = found else { return false };
    let mut between = before[from + len..].to_string();
    for word in &context.words.fee_joins {
        between = between.replace(word.as_str(), "");
    }
    between.chars().all(|c| c.is_ascii_digit() || c.is_whitespace()) && !context.words.fee_off.end(&before[..from])
}

/// Whether a clause before 未发出收费通知 speaks of a part of the organ or of a part of its applications.
fn is_of_a_part(context: &Context<'_>, before: &str) -> bool {
    let clause = &before[before.rfind(['。', '；', '，', ';', ',', '\n']).unwrap_or(0)..];
    let mut clause = clause.to_string();
    for own in context.words.own.iter().filter(|w| !w.is_empty()) {
        clause = clause.replace(own.as_str(), "");
    }
    context.words.parts_of_organ.stand_in(&clause)
}

/// Whether a text says that a notice was issued.
fn says_issued(text: &str, words: &RuleWords) -> bool {
    let is_said = |at: usize| !words.denying.end(&text[..at]);
    any(&words.sent, |sent| text.match_indices(sent).any(|(at, _)| is_said(at)))
}

/// C310: no notice to pay was issued, yet requests were closed because it was not paid.
fn notices(context: &Context<'_>, sink: &mut Sink) {
    let Some(unpaid) = context.printed_number(Row::FeeUnpaid, Column::Total).filter(|n| *n > Number::ZERO) else {
        return;
    };
    // Fees for applications are reported in section six.
    let paragraphs = context.document.prose.paragraphs.iter().filter(|p| p.section == 6);
    let notice = paragraphs.map(|p| p.range.clone()).find_map(|range| {
        let text = context.prose(range.clone());
        // Whether a word is there at all is a much cheaper question than where.
        let mut said = context.words.no_fee_notice.iter().filter(|w| text.contains(w.as_str()));
        let at = said.find_map(|w| text.find(w.as_str()).map(|at| at..at + w.len()))?;
        let is_told = [&text[..at.start], &text[at.end..]].into_iter().any(|part| says_issued(part, context.words));
        let is_own = !is_told && !is_of_a_part(context, &text[..at.start]);
        is_own.then_some(range.start + at.start..range.start + at.end)
    });
    let Some(range) = notice else { return };
    let stated = context.prose(range.clone());
    let cells = vec![CellId::new(Row::FeeUnpaid, Column::Total)];
    let message = say!(
        context.lang,
        "正文“{stated}”，表格却有{unpaid}件因逾期未缴费不再处理；通知也可能是上年发出的。",
        "The text says “{stated}”, but {unpaid} requests were closed because the fee was not paid; the notice may be of the year before.",
        stated = stated,
        unpaid = unpaid
    );
    sink.report(
        "C310",
        Draft {
            message,
            span: context.prose_span(range),
            stated: stated.to_string(),
            expected: unpaid.to_string(),
            related: context.places(&cells),
            cells,
            ..Draft::default()
        },
    );
}
