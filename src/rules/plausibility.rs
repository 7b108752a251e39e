//! L201, L301–L304, L401: what is lawful but rare, for a reader to look at.

use super::{Context, Draft, Sink};
use crate::document::{Level, OrganKind};
use crate::form::{CellId, Column, Formula, Number, Row};
use crate::lang::say;

/// Fewer requests than this show no pattern.
const FEW: i64 = 10;
/// So many requests with one outcome only are rare.
const MANY: i64 = 20;

pub(super) fn check(context: &Context<'_>, sink: &mut Sink) {
    secrets(context, sink);
    outcomes(context, sink);
    carried(context, sink);
    disputes(context, sink);
    township_fees(context, sink);
}

fn total(context: &Context<'_>, row: Row) -> Option<i64> {
    context.printed_number(row, Column::Total)?.to_whole()
}

fn draft(context: &Context<'_>, rows: &[Row], message: String) -> Draft {
    let cells: Vec<CellId> = rows.iter().map(|r| CellId::new(*r, Column::Total)).collect();
    draft_at(context, cells, message)
}

fn draft_at(context: &Context<'_>, cells: Vec<CellId>, message: String) -> Draft {
    let first = context.tables.cell(cells[0]);
    Draft {
        message,
        span: first.and_then(|c| c.span).unwrap_or_default(),
        stated: first.map_or(String::new(), |c| context.tables.raw(c).to_string()),
        related: context.places(&cells[1..]),
        cells,
        ..Draft::default()
    }
}

/// L301
fn secrets(context: &Context<'_>, sink: &mut Sink) {
    let organ = &context.document.organ;
    let level = organ.level;
    let is_small =
        level == Some(Level::Township) || level == Some(Level::County) && organ.kind == OrganKind::Department;
    let Some(count) = total(context, Row::StateSecret).filter(|c| is_small && *c > 0) else { return };
    let message = say!(
        context.lang,
        "有{count}件以国家秘密为由不予公开；乡镇、街道和县级部门很少有这种情况。",
        "{count} refused as state secrets, which is rare for townships and county departments.",
        count = count
    );
    sink.report("L301", draft(context, &[Row::StateSecret], message));
}

/// L302, L303
fn outcomes(context: &Context<'_>, sink: &mut Sink) {
    let lang = context.lang;
    let Some(handled) = total(context, Row::Handled) else { return };
    let (granted, partly) = (total(context, Row::Granted), total(context, Row::PartlyGranted));
    if handled >= MANY
        && let (Some(granted), Some(partly)) = (granted, partly)
        && (granted == handled || granted + partly == 0)
    {
        let message = if granted == handled {
            say!(lang, "办结的{handled}件全部予以公开。", "All {handled} requests were granted.", handled = handled)
        } else {
            say!(
                lang,
                "办结的{handled}件没有一件予以公开或部分公开。",
                "Of {handled} requests not one was granted, even in part.",
                handled = handled
            )
        };
        sink.report("L302", draft(context, &[Row::Granted, Row::Handled], message));
    }
    if handled >= FEW
        && let Some(other) = total(context, Row::OtherOther)
        && other * 2 > handled
    {
        let message = say!(
            lang,
            "办结的{handled}件中有{other}件归入“其他处理”的“其他”，超过一半。",
            "{other} of {handled} outcomes are in the row 其他 of 其他处理: more than half.",
            handled = handled,
            other = other
        );
        sink.report("L303", draft(context, &[Row::OtherOther, Row::Handled], message));
    }
}

/// L304
fn carried(context: &Context<'_>, sink: &mut Sink) {
    let value = |row| total(context, row);
    let (Some(received), Some(carried_in), Some(carried_out)) =
        (value(Row::Received), value(Row::CarriedIn), value(Row::CarriedOut))
    else {
        return;
    };
    let intake = received + carried_in;
    if intake < FEW || carried_out * 10 <= intake * 4 || carried_out > intake {
        return;
    }
    let message = say!(
        context.lang,
        "本年应办理{intake}件，其中{carried_out}件结转下年，超过四成。",
        "{carried_out} of {intake} requests were carried over to the next year: more than 40%.",
        intake = intake,
        carried_out = carried_out
    );
    sink.report("L304", draft(context, &[Row::CarriedOut, Row::Received, Row::CarriedIn], message));
}

/// L401: cases on decisions of earlier years make it possible.
fn disputes(context: &Context<'_>, sink: &mut Sink) {
    let rows = [Row::Review, Row::LitigationDirect, Row::LitigationAfterReview];
    let Some(handled) = total(context, Row::Handled).filter(|h| *h > 0) else { return };
    let Some(all) = rows.iter().map(|r| total(context, *r)).sum::<Option<i64>>() else { return };
    if all <= handled || all < FEW {
        return;
    }
    let message = say!(
        context.lang,
        "行政复议和行政诉讼共{all}件，多于办结的申请{handled}件。",
        "{all} reviews and lawsuits, more than the {handled} requests handled.",
        all = all,
        handled = handled
    );
    let mut found =
        draft(context, &[Row::Review, Row::LitigationDirect, Row::LitigationAfterReview, Row::Handled], message);
    found.stated = all.to_string();
    found.formula = Some(Formula::sum_of(rows.map(CellId::total)));
    found.expected = handled.to_string();
    sink.report("L401", found);
}

/// L201: a figure in 元 under a header in 万元 is the usual cause.
fn township_fees(context: &Context<'_>, sink: &mut Sink) {
    if context.document.organ.level != Some(Level::Township) {
        return;
    }
    let Some(amount) = context.printed_number(Row::Fees, Column::Amount).filter(|a| *a > Number::ZERO) else { return };
    let message = say!(
        context.lang,
        "乡镇、街道的行政事业性收费填了{amount}万元；乡镇很少收费，也可能把元当成了万元。",
        "A township reports fees of {amount} 万元; townships hardly charge any, and 元 may have been taken for 万元.",
        amount = amount
    );
    sink.report("L201", draft_at(context, vec![CellId::new(Row::Fees, Column::Amount)], message));
}
