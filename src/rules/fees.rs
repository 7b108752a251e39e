//! C203, C310, P014: fees, of which there are two kinds that have nothing to do with each other.

use super::{Assessment, Context, Draft, Sink, Verdict, explain};
use crate::dictionary::UnitClass;
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

/// C203: 行政事业性收费 in the prose against table two, in 元.
fn table_fees(context: &Context<'_>, claim: &crate::claims::Claim, sink: &mut Sink) {
    let Some(quantity) = claim.quantity.map(|q| &context.lexed.quantities[q]) else { return };
    let Some(cell) = context.printed_number(Row::Fees, Column::Amount) else { return };
    let is_own = claim.section <= 4 && quantity.class == UnitClass::Money;
    let in_table = cell * 10_000;
    if !is_own || quantity.interval.contains(in_table) || cell == Number::ZERO || quantity.value == Number::ZERO {
        return;
    }
    let ratio = quantity.value.to_f64() / in_table.to_f64();
    let near = |factor: f64| (ratio / factor - 1.0).abs() <= 0.05;
    // Another amount may be that of another scope; ten thousand times as much is a slip of the unit.
    if !near(10_000.0) && !near(0.0001) {
        return;
    }
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
fn processing_fee(context: &Context<'_>, claim: &crate::claims::Claim, sink: &mut Sink) {
    let Some(quantity) = claim.quantity.map(|q| &context.lexed.quantities[q]) else { return };
    let is_due = context.named_year().is_some_and(|y| y >= 2021) && quantity.class == UnitClass::Money;
    let Some(amount) = quantity.value.to_whole().filter(|_| is_due && quantity.is_exact()) else { return };
    if amount % 10 == 0 {
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

/// C310: no notice to pay was issued, yet requests were closed because it was not paid.
fn notices(context: &Context<'_>, sink: &mut Sink) {
    let Some(unpaid) = context.printed_number(Row::FeeUnpaid, Column::Total).filter(|n| *n > Number::ZERO) else {
        return;
    };
    // Fees for applications are reported in section six.
    let paragraphs = context.document.prose.paragraphs.iter().filter(|p| p.section == 6);
    let notice = paragraphs.map(|p| p.range.clone()).find_map(|range| {
        let text = context.prose(range.clone());
        let at = context.words.no_fee_notice.iter().find_map(|w| text.find(w.as_str()).map(|at| at..at + w.len()))?;
        Some(range.start + at.start..range.start + at.end)
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
