//! Counts that are a cell's number only together with others of their sentence.

use std::ops::Range;

use super::{Assessment, Context, Verdict, neighbours};
use crate::claims::{Claim, ListKind};
use crate::dictionary::{ClaimKind, Matter};
use crate::form::{CellId, Column, Formula, Number, TableId};
use crate::lang::pick;

/// Claims looked at on either side in a sentence.
const NEAR: usize = 12;

/// As many counts as a cell is ever divided into.
const MOST: usize = 8;

/// 按时答复8件，延期答复1件; 县政府制定5件、各部门3件: the numbers beside one another may divide what the table has in one cell.
pub(super) fn add_up(context: &Context<'_>, out: &mut [Assessment]) {
    for at in 0..out.len() {
        let claim = &context.claims.list[at];
        let differs = out[at].verdict == Verdict::Contradicted || neighbours::differs_plainly(context, claim, &out[at]);
        let is_without = || is_less_what_is_not_counted(context, out, at) || is_without_the_pending(context, out, at);
        if differs && claim.quantity.is_some() && (divides_a_cell(context, out, at) || is_without()) {
            out[at].taken_back(
                Verdict::Compatible,
                pick!(
                    context.lang,
                    "与同句相邻的数相加等于表格数",
                    "with the numbers beside it in the sentence, equal to the table"
                ),
            );
        }
    }
}

/// 对3件疑难申请组织论证，予以公开2件、不予公开1件: outcomes that make up a count that is not the table's are of that one.
pub(super) fn are_of_another_count(context: &Context<'_>, out: &mut [Assessment]) {
    let claims = &context.claims.list;
    for list in &context.claims.lists {
        let whole = &claims[list.total];
        let is_other = out[list.total].subject.is_none()
            && !matches!(whole.matter, Some(Matter::Received | Matter::Handled))
            && list.parts().all(|p| {
                matches!(claims[p].matter, Some(Matter::Granted | Matter::OutcomeGroup | Matter::OutcomeReason))
            });
        let parts: Option<Number> = list.parts().map(|p| number(context, p)).sum();
        if !is_other || list.parts().count() < 2 || parts != number(context, list.total) {
            continue;
        }
        for part in list.parts() {
            let is_less = number(context, part).zip(out[part].expected).is_some_and(|(own, cell)| own <= cell);
            if out[part].verdict == Verdict::Contradicted && is_less {
                out[part].taken_back(
                    Verdict::Compatible,
                    pick!(context.lang, "是同句另一件数的一部分", "a part of another count of the sentence"),
                );
            }
        }
    }
}

/// 上年结转5件，其中予以公开3件；本年新收100件，其中予以公开37件: numbers of one cell in one paragraph that make it up.
pub(super) fn make_up_one_cell(context: &Context<'_>, out: &mut [Assessment]) {
    let claims = &context.claims.list;
    let paragraph = |i: usize| context.claims.sentences[claims[i].sentence].paragraph;
    for at in 0..out.len() {
        let (Some(expected), true) = (out[at].expected, out[at].verdict == Verdict::Contradicted) else { continue };
        let is_same =
            |j: &usize| paragraph(*j) == paragraph(at) && claims[*j].readings.first() == claims[at].readings.first();
        let near = at.saturating_sub(NEAR * 2)..(at + NEAR * 2 + 1).min(claims.len());
        let same: Vec<usize> = near.filter(is_same).collect();
        let numbers: Option<Vec<Number>> = same.iter().map(|j| number(context, *j)).collect();
        // The same number twice is a number said again, unless of another period.
        let is_of_others = same.iter().any(|j| claims[*j].scope != claims[same[0]].scope)
            // 市级不予公开30件，其中属于国家秘密1件；区县51件，其中属于国家秘密1件
            || claims[at].matter == Some(Matter::OutcomeReason);
        let sum = numbers.filter(|n| is_of_others || n.iter().any(|m| *m != n[0])).map(|n| n.into_iter().sum());
        if claims[at].quantity.is_some() && (2..=MOST).contains(&same.len()) && sum == Some(expected) {
            out[at].taken_back(
                Verdict::Compatible,
                pick!(
                    context.lang,
                    "本段各处的数相加等于表格数",
                    "the numbers of the paragraph for it add up to the table's"
                ),
            );
        }
    }
}

/// 区级部门被复议3件，均维持: what is said of all of a count that is a part of the table's.
pub(super) fn are_of_a_part(context: &Context<'_>, out: &mut [Assessment]) {
    let claims = &context.claims.list;
    for at in 0..out.len() {
        let is_of_all = claims[at].kind == ClaimKind::All && claims[at].matter == Some(Matter::DisputeResult);
        if !is_of_all || out[at].verdict != Verdict::Contradicted {
            continue;
        }
        let is_count = |j: &usize| {
            matches!(claims[*j].matter, Some(Matter::Reviews | Matter::Suits)) && number(context, *j).is_some()
        };
        let counted = near(claims, at).take_while(|j| *j < at).filter(is_count).last();
        let is_less = |j: usize| number(context, j).zip(out[j].expected).is_some_and(|(own, cell)| own < cell);
        if counted.is_some_and(|j| !matches!(out[j].verdict, Verdict::Confirmed | Verdict::Contradicted) && is_less(j))
        {
            let reading =
                pick!(context.lang, "所说的只是其中一部分", "said of some of the disputes, not of all of the table's");
            out[at].taken_back(Verdict::Undetermined, reading);
        }
    }
}

/// Whether some counts next to each other, the one at a place among them, make up what one of its readings gives.
fn divides_a_cell(context: &Context<'_>, out: &[Assessment], at: usize) -> bool {
    let claims = &context.claims.list;
    let Some(own) = number(context, at).filter(|_| is_divisible(&claims[at])) else { return false };
    let wholes = claims[at].readings.iter().filter_map(|f| context.value_of(f));
    let wholes: Vec<Number> = wholes.filter(|whole| *whole > own).collect();
    if wholes.is_empty() {
        return false;
    }
    let near = near(claims, at);
    let joins = |a: usize, b: usize, other: usize| are_beside(context, a, b) && may_join(context, out, at, other);
    let first = (near.start..at).rev().take_while(|j| joins(*j, j + 1, *j)).last().unwrap_or(at);
    let last = (at + 1..near.end).take_while(|j| joins(j - 1, *j, *j)).last().unwrap_or(at);
    let numbers: Vec<Number> = (first..=last).filter_map(|j| number(context, j)).collect();
    let here = at - first;
    let is_made_up = (0..=here).any(|start| {
        let ends = here + 1..=numbers.len().min(start + MOST);
        ends.into_iter().any(|end| wholes.contains(&numbers[start..end].iter().copied().sum()))
    });
    let others = [with_those_carried_in(context, at, own), with_the_rest(context, at, own)];
    is_made_up || others.into_iter().flatten().any(|sum| wholes.contains(&sum))
}

/// 1件补正后予以公开；其余5件均予以公开: those left over, with the ones that the sentence counts apart.
fn with_the_rest(context: &Context<'_>, at: usize, own: Number) -> Option<Number> {
    let claims = &context.claims.list;
    let is_rest = context.words.rest.stand_in(context.prose(claims[at].clause.start..claims[at].range.start));
    // 1件内容不明确，补正后予以公开: up to the next number.
    let is_disclosed = |j: usize| {
        let end = claims.get(j + 1).map_or(claims[j].clause.end, |next| next.range.start).max(claims[j].range.end);
        let text = context.prose(claims[j].range.end..end);
        context.words.disclosed.stand_in(text) && !context.words.refused.stand_in(text)
    };
    let mut apart = near(claims, at).filter(|j| claims[*j].readings.is_empty() && is_disclosed(*j));
    let one = apart.next().filter(|_| is_rest && claims[at].matter == Some(Matter::Granted))?;
    Some(own + number(context, one)?)
}

/// 收到101件，合并处理1件，按100件统计: what came in, less what is not counted.
fn is_less_what_is_not_counted(context: &Context<'_>, out: &[Assessment], at: usize) -> bool {
    let claims = &context.claims.list;
    let (Some(own), Some(expected)) = (number(context, at), out[at].expected) else { return false };
    let is_such = |j: &usize| context.words.not_counted.stand_in(context.prose(claims[*j].clause.clone()));
    let mut others = near(claims, at).filter(|j| *j != at && claims[*j].readings.is_empty() && is_such(j));
    matches!(claims[at].matter, Some(Matter::Received | Matter::Handled))
        && others.any(|j| number(context, j).is_some_and(|n| expected + n == own))
}

/// 行政复议8件，其中维持5件、纠正3件；另有1件尚未审结: those decided, where the sentence counts the pending ones apart.
fn is_without_the_pending(context: &Context<'_>, out: &[Assessment], at: usize) -> bool {
    let claims = &context.claims.list;
    let cells = |j: usize| claims[j].readings.first().map(Formula::cells).unwrap_or_default();
    let is_pending = |j: &usize| {
        let own = cells(at);
        let pending = cells(*j);
        pending.len() == own.len()
            && pending.iter().zip(&own).all(|(p, o)| p.row == o.row && p.column == Column::Pending)
    };
    let (Some(own), Some(expected)) = (number(context, at), out[at].expected) else { return false };
    let lead = |j: usize| context.prose(claims[j].clause.start..claims[j].range.start.max(claims[j].clause.start));
    let is_apart = |j: &usize| context.words.counted_apart.begin(lead(*j));
    let mut others = near(claims, at).filter(|j| *j != at && is_pending(j) && is_apart(j));
    matches!(claims[at].matter, Some(Matter::Reviews | Matter::Suits))
        && others.any(|j| number(context, j).is_some_and(|n| own + n == expected))
}

/// Whether what a claim counts is divided in sentences: documents, applications and their outcomes, suits (行政诉讼3件，复议后诉讼1件)
/// and results.
fn is_divisible(claim: &Claim) -> bool {
    matches!(
        claim.matter,
        Some(
            Matter::Documents
                | Matter::Received
                | Matter::Handled
                | Matter::Granted
                | Matter::OutcomeGroup
                | Matter::OutcomeReason
                | Matter::Applicants
                | Matter::Suits
                | Matter::DisputeResult
        )
    ) && claim.readings.first().is_some_and(|f| f.all_cells(&mut |c| c.row.table() != TableId::Statistics))
}

/// 办结8件，结转1件；另办结上年结转申请2件: those handled, with the ones carried in that the sentence counts apart.
fn with_those_carried_in(context: &Context<'_>, at: usize, own: Number) -> Option<Number> {
    let claims = &context.claims.list;
    let is_outcome = claims[at].matter == Some(Matter::Granted);
    // 上年结转的2件均予以公开，本年新收的84件中予以公开38件
    let after = |c: &Claim| context.prose(c.range.end..c.clause.end.max(c.range.end));
    let is_disclosed = |c: &Claim| context.words.disclosed.stand_in(after(c));
    let is_apart = |j: &usize| {
        let claim = &claims[*j];
        let is_told = if is_outcome { is_disclosed(claim) } else { claim.at_most.is_some() };
        claim.matter == Some(Matter::CarriedOver) && is_told
    };
    let is_one = is_outcome || claims[at].matter == Some(Matter::Handled);
    let apart = near(claims, at).find(is_apart).filter(|_| is_one)?;
    Some(own + number(context, apart)?)
}

/// Whether two claims are items of one list: a comma or an 及 stands between, and nothing that ends a list.
fn are_beside(context: &Context<'_>, one: usize, next: usize) -> bool {
    let claims = &context.claims.list;
    let between = context.prose(claims[one].range.end..claims[next].range.start.max(claims[one].range.end));
    between.contains(['、', '，', ',', '和', '与', '及'])
        && !between.contains(['；', ';', '：', ':', '（', '(', '）', ')', '。'])
}

/// How many counts stand just before one in its sentence, with nothing but counts between.
pub(super) fn counts_before(context: &Context<'_>, at: usize) -> usize {
    let first = near(&context.claims.list, at).start;
    let beside = (first..at).rev().take_while(|j| are_beside(context, *j, j + 1) && !is_tied(context, *j, at));
    beside.take(MOST).take_while(|j| number(context, *j).is_some()).count()
}

/// The claims of a claim's sentence around it.
fn near(claims: &[Claim], at: usize) -> Range<usize> {
    let is_near = |c: &&Claim| c.sentence == claims[at].sentence;
    let before = claims[..at].iter().rev().take(NEAR).take_while(is_near).count();
    at - before..at + claims[at..].iter().take(NEAR + 1).take_while(is_near).count()
}

fn number(context: &Context<'_>, at: usize) -> Option<Number> {
    let claim = &context.claims.list[at];
    let quantity = claim.quantity.map(|q| &context.lexed.quantities[q])?;
    (claim.kind == ClaimKind::Count && quantity.is_exact()).then_some(quantity.value)
}

/// Whether another count may be the rest of what one counts a part of: no number of another cell, but for outcomes beside
/// those answered and rows beside their group; of the same unit; and neither a part of it nor its total.
fn may_join(context: &Context<'_>, out: &[Assessment], at: usize, other: usize) -> bool {
    let claims = &context.claims.list;
    let class = |i: usize| claims[i].quantity.map(|q| context.lexed.quantities[q].class);
    let is_free = match claims[at].matter {
        Some(Matter::Handled) => match claims[other].matter {
            // 办结8件；另办结上年结转申请2件
            Some(Matter::CarriedOver) => claims[other].at_most.is_some(),
            matter => matter != Some(Matter::Received),
        },
        _ => !is_of_its_own_cell(context, out, other) || is_row_of(claims, at, other),
    };
    // 收到79件，召开会议5件: no number of something else.
    let family = |i: usize| claims[i].matter.map(Matter::table);
    let is_related = if claims[other].readings.is_empty() {
        may_be_the_rest(context, other) || is_outcome_of_no_cell(context, at, other)
    } else {
        family(at) == family(other)
    };
    // 收到42件，共收到42件: a number said again.
    let is_repeated = matches!(claims[at].matter, Some(Matter::Received | Matter::Handled))
        && claims[at].readings.first() == claims[other].readings.first()
        && number(context, at) == number(context, other);
    is_free
        && is_related
        && !is_repeated
        && number(context, other).is_some()
        && class(at) == class(other)
        && !is_tied(context, at, other)
        && !is_tied(context, other, at)
}

/// Whether a count is the number of a cell of its own, under its first reading or another.
fn is_of_its_own_cell(context: &Context<'_>, out: &[Assessment], at: usize) -> bool {
    let is_equal = || out[at].subject.is_some() && out[at].expected == number(context, at);
    match out[at].verdict {
        Verdict::Confirmed => true,
        Verdict::Compatible => context.claims.list[at].scope.is_none() && is_equal(),
        _ => false,
    }
}

/// 延期答复3件, 各部门4件, 1件按无法提供办结: whether the words at a number of no cell end as those of such a part do.
fn may_be_the_rest(context: &Context<'_>, at: usize) -> bool {
    let claims = &context.claims.list;
    let claim = &claims[at];
    let before = at.checked_sub(1).map_or(0, |i| claims[i].range.end).max(claim.clause.start).min(claim.range.start);
    let end = claim.quantity.map_or(claim.range.end, |q| context.lexed.quantities[q].whole.end);
    let label = context.prose(before..claim.range.start);
    let words = if label.trim().is_empty() { context.prose(end..claim.clause.end.max(end)) } else { label };
    let words = words.trim_end_matches('的');
    context.words.dividers.end(words)
}

/// 本机关不掌握12件、非本机关制作8件; 主动公开信息5件，同意公开25件: whether two counts stand side by side, of which the first is of
/// an outcome, and the other of no cell that is known; beside what was disclosed, it must speak of finding information.
fn is_outcome_of_no_cell(context: &Context<'_>, at: usize, other: usize) -> bool {
    let claims = &context.claims.list;
    let claim = &claims[other];
    let start = other.checked_sub(1).map_or(0, |i| claims[i].range.end).max(claim.clause.start).min(claim.range.start);
    let label = context.prose(start..claim.range.start);
    let (first, second) = (at.min(other), at.max(other));
    let between = context.prose(claims[first].range.end..claims[second].range.start.max(claims[first].range.end));
    let is_answer = || between.starts_with('、') || context.words.other_answers.stand_in(label);
    let is_alike = match claims[at].matter {
        Some(Matter::Granted) => context.words.ways_to_find.stand_in(label),
        Some(Matter::OutcomeGroup | Matter::OutcomeReason) => is_answer(),
        _ => false,
    };
    let is_some = number(context, at).is_some_and(|n| n > Number::ZERO);
    is_alike && is_some && at.abs_diff(other) == 1 && claim.pattern.is_none() && claim.kind == ClaimKind::Count
}

/// Whether one count is said to be a part of another.
pub(super) fn is_tied(context: &Context<'_>, total: usize, part: usize) -> bool {
    let lists = context.claims.lists_of(context.claims.list[total].sentence).iter();
    let mut lists = lists.filter(|l| l.total == total && l.kind != ListKind::Loose);
    lists.any(|l| l.parts().any(|p| p == part))
}

/// Whether one count is of rows of the other's group, or of some of its cells: 不予公开2件，属于行政查询事项2件; 法人申请2件、其他组织
/// 申请1件.
fn is_row_of(claims: &[Claim], group: usize, row: usize) -> bool {
    let (Some(whole), Some(part)) = (claims[group].readings.first(), claims[row].readings.first()) else {
        return false;
    };
    let cells = whole.cells();
    let is_member = |c: CellId| cells.iter().any(|w| *w == c || w.row.members().contains(&c.row));
    part.cell_count() > 0 && part != whole && part.all_cells(&mut |c| is_member(c))
}
