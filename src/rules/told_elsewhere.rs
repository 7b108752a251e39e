//! Contradictions taken back for what else the report says of the same cell: the cell's own number in another sentence,
//! or how many a number leaves out or takes in.

use std::ops::Range;

use super::forgive::stated;
use super::{Assessment, Context, Verdict};
use crate::claims::Claim;
use crate::dictionary::Matter;
use crate::form::Number;
use crate::lang::pick;

/// 全年收到申请62件。……高考季，收到申请12件: where a sentence before it in the paragraph gives the table's number, fewer of the
/// same are of some only, whatever the words between say.
pub(super) fn give_the_whole(context: &Context<'_>, out: &mut [Assessment]) {
    let claims = &context.claims.list;
    let is_fewer = |i: usize, out: &[Assessment]| {
        let is_fewer = stated(context, &claims[i]).zip(out[i].expected).is_some_and(|(own, cell)| own < cell);
        out[i].verdict == Verdict::Contradicted && is_fewer && may_be_parted(&claims[i])
    };
    let paragraph = |j: usize| context.claims.sentences[claims[j].sentence].paragraph;
    for i in 0..claims.len() {
        if !is_fewer(i, out) || !is_led(context, &claims[i]) {
            continue;
        }
        let gives = |j: usize| {
            claims[j].sentence < claims[i].sentence
                && paragraph(j) == paragraph(i)
                && claims[j].quantity.is_some()
                && out[j].verdict == Verdict::Confirmed
                && out[j].subject == out[i].subject
        };
        if !(0..i).any(gives) {
            continue;
        }
        // …，收到申请12件，予以公开9件: what became of them.
        let behind = (i..claims.len()).take_while(|j| claims[*j].sentence == claims[i].sentence);
        let some: Vec<usize> = behind.filter(|j| is_fewer(*j, out)).collect();
        for j in some {
            let reading = pick!(
                context.lang,
                "别处写的与表格相同，这里可能只是其中一部分",
                "another sentence gives the table's number; this may be a part of it"
            );
            out[j].taken_back(Verdict::Undetermined, reading);
        }
    }
}

/// Whether a clause without numbers stands before that of a number in its sentence, and says more than the year.
fn is_led(context: &Context<'_>, claim: &Claim) -> bool {
    let names_year = |range: &Range<usize>| {
        let from = context.lexed.years.partition_point(|y| y.range.start < range.start);
        context.lexed.years.get(from).is_some_and(|y| y.range.end <= range.end)
    };
    let clauses = &context.claims.sentences[claim.sentence].clauses;
    let mut before = clauses.iter().take_while(|clause| clause.range.end <= claim.clause.start);
    before.any(|clause| clause.quantities.is_empty() && !names_year(&clause.range))
}

/// What a sentence may tell of some of: decisions and amounts have a subject whatever is said around them.
fn may_be_parted(claim: &Claim) -> bool {
    let matters = [
        Matter::Received,
        Matter::Handled,
        Matter::Granted,
        Matter::OutcomeGroup,
        Matter::OutcomeReason,
        Matter::Reviews,
        Matter::Suits,
        Matter::Documents,
    ];
    claim.matter.is_some_and(|matter| matters.contains(&matter))
}

/// 被申请行政复议8件（含撤回2件）; 办结56件（不含上年结转4件）; 收到81件，其中县政府交办19件，不纳入统计: where a number without or with the
/// part that it names is the table's, the two may count differently.
pub(super) fn count_a_part_otherwise(context: &Context<'_>, out: &mut [Assessment]) {
    let claims = &context.claims.list;
    for list in &context.claims.lists {
        let total = list.total;
        let (own, expected) = (stated(context, &claims[total]), out[total].expected);
        let may_be = out[total].verdict == Verdict::Contradicted && may_be_parted(&claims[total]);
        let Some((own, expected)) = own.zip(expected).filter(|_| may_be) else { continue };
        let parts: Vec<usize> = list.parts().filter(|part| *part != total).collect();
        let leaves_out = is_behind(context, &claims[total], |text| context.words.left_out.begin(text));
        let in_bracket = is_behind(context, &claims[total], |_| true);
        let is_open = |part: &usize| !matches!(out[*part].verdict, Verdict::Confirmed | Verdict::Compatible);
        let value = |part: usize| stated(context, &claims[part]).unwrap_or(Number::ZERO);
        let differs_by = |part: Number| {
            let is_told = part > Number::ONE || in_bracket && part > Number::ZERO;
            is_told && (leaves_out && own + part == expected || own == expected + part)
        };
        let open: Vec<usize> = parts.iter().copied().filter(|part| leaves_out || is_open(part)).collect();
        let sum: Number = open.iter().map(|part| value(*part)).sum();
        if open.iter().any(|part| differs_by(value(*part))) || differs_by(sum) {
            let reading = pick!(
                context.lang,
                "加减所列的一部分后与表格相同，可能口径不同",
                "with or without the part that it names it is the table's number; the two may count differently"
            );
            out[total].taken_back(Verdict::Undetermined, reading);
        }
    }
}

/// Whether a bracket stands right behind a number, and what stands in it is as asked.
fn is_behind(context: &Context<'_>, claim: &Claim, is: impl Fn(&str) -> bool) -> bool {
    let Some(quantity) = claim.quantity.map(|q| &context.lexed.quantities[q]) else { return false };
    let sentence = &context.claims.sentences[claim.sentence].range;
    let rest = context.prose(quantity.whole.end..sentence.end.max(quantity.whole.end));
    rest.strip_prefix(['（', '(']).is_some_and(is)
}
