//! Outcomes by words that are a row's own and in common speech mean more: 不同意公开25件, 其他处理25件.

use super::{Assessment, Context, Verdict, together};
use crate::dictionary::Matter;
use crate::form::{CellId, Formula, Row};
use crate::lang::pick;

const NOT_DISCLOSED: [Row; 4] = [Row::Refused, Row::Unavailable, Row::Rejected, Row::Other];

/// 同意公开30件、不同意公开25件: whatever was not disclosed, where the sentence does not count it by other names.
pub(super) fn refused(context: &Context<'_>, out: &mut [Assessment]) {
    let list = &context.claims.list;
    for index in claims_of(context, out, Row::Refused) {
        // 不予公开22件，其中内部事务2件、不掌握20件; 同意公开30件、不同意公开25件
        let cells = |j: usize| list[j].readings.first().map(Formula::cells).unwrap_or_default();
        let is_other =
            |c: &CellId| NOT_DISCLOSED[1..].iter().any(|row| *row == c.row || row.members().contains(&c.row));
        let mut parts = context.claims.of_sentence(list[index].sentence);
        let holds_others = parts.any(|j| cells(j).iter().any(is_other) && together::is_tied(context, index, j));
        let words = context.prose(list[index].range.clone());
        let is_plain = context.words.refused.stand_in(words);
        if !holds_others && (is_plain || !is_beside_disclosed(context, index)) {
            continue;
        }
        let rows = NOT_DISCLOSED.iter().enumerate().skip(1).take_while(|(_, row)| !is_counted(context, index, **row));
        let sums = rows.map(|(last, _)| Formula::sum_of(NOT_DISCLOSED[..=last].iter().map(|row| CellId::total(*row))));
        let reading =
            pick!(context.lang, "“不予公开”在这里指未公开的各种结果", "the words mean whatever was not disclosed");
        settle_by(context, (out, index), sums, reading);
    }
}

/// 予以公开30件，部分公开5件，其他处理25件: whatever the sentence does not count by its own name.
pub(super) fn otherwise(context: &Context<'_>, out: &mut [Assessment]) {
    for index in claims_of(context, out, Row::Other).into_iter().filter(|index| is_beside_disclosed(context, *index)) {
        let rows = NOT_DISCLOSED.iter().filter(|row| **row == Row::Other || !is_counted(context, index, **row));
        let sum = Formula::sum_of(rows.map(|row| CellId::total(*row)));
        let reading = pick!(context.lang, "“其他处理”在这里指其余各种结果", "the words mean all the other outcomes");
        settle_by(context, (out, index), std::iter::once(sum), reading);
    }
}

/// The contradicted claims whose words are a row's own.
fn claims_of(context: &Context<'_>, out: &[Assessment], row: Row) -> Vec<usize> {
    let own = Formula::Cell(CellId::total(row));
    let is_one =
        |i: &usize| out[*i].verdict == Verdict::Contradicted && context.claims.list[*i].readings.first() == Some(&own);
    (0..out.len()).filter(is_one).collect()
}

/// Whether the sentence of a claim also counts what was disclosed.
fn is_beside_disclosed(context: &Context<'_>, index: usize) -> bool {
    let list = &context.claims.list;
    context.claims.of_sentence(list[index].sentence).any(|j| list[j].matter == Some(Matter::Granted))
}

/// Whether the sentence of a claim counts a row, or one of its group, that is no part of the claim.
fn is_counted(context: &Context<'_>, index: usize, row: Row) -> bool {
    let list = &context.claims.list;
    let is_of = |f: &Formula| f.all_cells(&mut |c| c.row == row || row.members().contains(&c.row));
    let mut others = context.claims.of_sentence(list[index].sentence).filter(|j| *j != index);
    others.any(|j| list[j].readings.first().is_some_and(is_of) && !together::is_tied(context, index, j))
}

/// Takes the contradiction back where one of some sums is the number that is stated.
fn settle_by(
    context: &Context<'_>,
    (out, index): (&mut [Assessment], usize),
    mut sums: impl Iterator<Item = Formula>,
    reading: impl Into<std::borrow::Cow<'static, str>>,
) {
    let stated = context.claims.list[index].quantity.map(|q| context.lexed.quantities[q].value);
    if let Some(sum) = sums.find(|f| stated.is_some() && context.value_of(f) == stated) {
        out[index] = Assessment::new(Verdict::Compatible, reading).about(sum, stated);
    }
}
