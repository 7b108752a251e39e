//! Contradictions taken back for what the rest of the report shows.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::{Assessment, Context, Verdict, together};
use crate::claims::{Claim, ListKind};
use crate::dictionary::{ClaimKind, Matter};
use crate::form::{CellId, Formula, Number, Row, TableId};
use crate::lang::pick;

/// 受理 may leave out what was not accepted: where another sentence confirms 收到, fewer 受理 contradict nothing.
pub(super) fn accepted(context: &Context<'_>, out: &mut [Assessment]) {
    let is_received = |c: &Claim| c.matter == Some(Matter::Received);
    let confirmed = context
        .claims
        .list
        .iter()
        .zip(out.iter())
        .any(|(c, a)| is_received(c) && matches!(a.verdict, Verdict::Confirmed));
    if !confirmed {
        return;
    }
    for (claim, assessment) in context.claims.list.iter().zip(out.iter_mut()) {
        let clause = context.prose(claim.clause.clone());
        let is_accepted = is_received(claim) && context.words.accepted.stand_in(clause);
        if is_accepted
            && assessment.verdict == Verdict::Contradicted
            && stated(context, claim).zip(assessment.expected).is_some_and(|(s, e)| s <= e)
        {
            let reading = pick!(context.lang, "受理数可少于收到数", "fewer may be accepted than received");
            assessment.taken_back(Verdict::Compatible, reading);
        }
    }
}

/// 收到行政复议申请9件，其中受理8件; 收到申请613件，经审查属于政府信息公开申请583件: more came in than the table counts, where the sentence goes on to
/// say how many that were.
pub(super) fn received_of_which(context: &Context<'_>, out: &mut [Assessment]) {
    let list = &context.claims.list;
    for index in 0..list.len() {
        let (claim, expected) = (&list[index], out[index].expected);
        let Some((_, cell)) = stated(context, claim).zip(expected).filter(|(own, cell)| own > cell) else { continue };
        if out[index].verdict != Verdict::Contradicted {
            continue;
        }
        let is_the_cells = |c: &Claim| stated(context, c) == Some(cell) && c.scope.is_none();
        let says_so = |c: &Claim| context.words.accepted.stand_in(context.prose(c.clause.clone()));
        let mut behind = (index + 1..list.len()).take_while(|i| list[*i].sentence == claim.sentence);
        let is_told = match claim.matter {
            Some(Matter::Reviews | Matter::Suits) => behind.any(|i| is_the_cells(&list[i]) && says_so(&list[i])),
            Some(Matter::Received) => behind.any(|i| {
                let is_alike = list[i].matter.is_none() || list[i].matter == claim.matter;
                is_alike && list[i].kind == ClaimKind::Count && is_the_cells(&list[i])
            }),
            _ => false,
        };
        if is_told {
            let reading = pick!(
                context.lang,
                "收到的可多于受理或属于信息公开的，后文与表格相符",
                "more may come in than are accepted or are applications; what follows agrees with the table"
            );
            out[index].taken_back(Verdict::Undetermined, reading);
        }
    }
}

/// Where a table stands twice with different figures, a number may be of either.
pub(super) fn where_a_table_stands_twice(context: &Context<'_>, out: &mut [Assessment]) {
    if !TableId::ALL.iter().any(|table| context.tables.report(*table).other.is_some()) {
        return;
    }
    let stands_twice =
        |formula: &Formula| formula.cells().iter().any(|c| context.tables.report(c.row.table()).other.is_some());
    for assessment in out.iter_mut() {
        if assessment.verdict == Verdict::Contradicted && assessment.subject.as_ref().is_some_and(stands_twice) {
            let reading = pick!(
                context.lang,
                "表格出现不止一次，数字不同",
                "the table stands more than once with different figures"
            );
            assessment.taken_back(Verdict::Undetermined, reading);
        }
    }
}

/// 行政复议案件300件，行政诉讼40件 in a report of 62 applications: where the sentence does not name disclosure, more disputes
/// than there were applications are those over all that the organ does, and so are the others of the sentence.
pub(super) fn all_disputes(context: &Context<'_>, out: &mut [Assessment]) {
    let cell = |row| context.tables.value(CellId::total(row));
    let Some(applications) = cell(Row::Received).zip(cell(Row::CarriedIn)).map(|(new, held)| new + held) else {
        return;
    };
    let sentence_text = |claim: &Claim| context.prose(context.claims.sentences[claim.sentence].range.clone());
    let is_of_disputes = |claim: &Claim| matches!(claim.matter, Some(Matter::Reviews | Matter::Suits));
    let are_too_many = |claim: &Claim| {
        is_of_disputes(claim)
            && stated(context, claim).is_some_and(|own| own > applications)
            && !context.words.names_disclosure.stand_in(sentence_text(claim))
    };
    let mut of_all = BTreeSet::new();
    for (claim, assessment) in context.claims.list.iter().zip(out.iter()) {
        let is_wrong = matches!(assessment.verdict, Verdict::Contradicted | Verdict::Undetermined);
        if is_wrong && are_too_many(claim) {
            of_all.insert(claim.sentence);
        }
    }
    for (claim, assessment) in context.claims.list.iter().zip(out.iter_mut()) {
        let is_of_all = is_of_disputes(claim) && of_all.contains(&claim.sentence);
        if is_of_all && assessment.verdict == Verdict::Contradicted {
            let reading = pick!(
                context.lang,
                "句中的案件多于全部申请，可能不限于信息公开",
                "the sentence counts more disputes than all applications; it may not be of disclosure only"
            );
            assessment.taken_back(Verdict::Undetermined, reading);
        }
    }
}

/// A count that contradicts its cell.
struct Wrong<'c> {
    /// Its place in the list of claims.
    index: usize,
    claim: &'c Claim,
    own: Number,
    /// What the table has.
    expected: Number,
}

/// Whether what is counted beside a wrong number makes up the table's, so that it is only one part of it.
type IsPart = fn(&Context<'_>, &Wrong<'_>) -> bool;

/// The rules by which numbers of a matter may be parts.
const PARTS: [(Matter, IsPart); 3] = [
    (Matter::Received, is_by_one_channel),
    (Matter::Handled, is_but_for_the_withdrawn),
    (Matter::Handled, is_answered_beside_others),
];

/// Numbers that make the table's with what is counted beside them.
pub(super) fn parts_of_the_cell(context: &Context<'_>, out: &mut [Assessment]) {
    for (index, (claim, assessment)) in context.claims.list.iter().zip(out).enumerate() {
        let numbers = stated(context, claim).zip(assessment.expected);
        let Some((own, expected)) = numbers.filter(|_| assessment.verdict == Verdict::Contradicted) else { continue };
        let wrong = Wrong { index, claim, own, expected };
        let holds = |(matter, is_part): &(Matter, IsPart)| claim.matter == Some(*matter) && is_part(context, &wrong);
        if PARTS.iter().any(holds) {
            assessment.taken_back(Verdict::Compatible, with_the_rest(context));
        }
    }
}

/// The number that a claim states.
pub(super) fn stated(context: &Context<'_>, claim: &Claim) -> Option<Number> {
    claim.quantity.map(|q| context.lexed.quantities[q].value)
}

/// Why a number agrees with what the sentence counts beside it.
fn with_the_rest(context: &Context<'_>) -> Cow<'static, str> {
    pick!(context.lang, "与另计的部分相加等于表格数", "with the part that is counted apart, equal to the table")
}

/// The claims behind another in its sentence.
fn behind<'c>(context: &Context<'c>, wrong: &Wrong<'c>) -> impl Iterator<Item = &'c Claim> {
    let sentence = wrong.claim.sentence;
    context.claims.list[wrong.index + 1..].iter().take_while(move |c| c.sentence == sentence)
}

/// 收到申请信函8件、网络申请1件 of nine: what came by one channel, where what came by the others is counted beside it and all
/// of it makes the table's number.
fn is_by_one_channel(context: &Context<'_>, wrong: &Wrong<'_>) -> bool {
    let lists = context.claims.lists_of(wrong.claim.sentence);
    if lists.iter().any(|l| l.total == wrong.index && l.kind != ListKind::Loose) {
        return false;
    }
    let names_one = |c: &Claim| {
        let label = context.prose(c.clause.start..c.range.start.max(c.clause.start));
        context.words.channels.has(label)
    };
    let may_be_channel = |c: &&Claim| c.is_by_channel() || names_one(c);
    let channels = behind(context, wrong).take_while(may_be_channel).filter_map(|c| stated(context, c));
    wrong.own + channels.sum::<Number>() == wrong.expected
}

/// 办结29件，剩余1件申请人自愿放弃 of thirty: what was handled, where those given up are counted beside it or in the sentence
/// behind and make up the table's number.
fn is_but_for_the_withdrawn(context: &Context<'_>, wrong: &Wrong<'_>) -> bool {
    let claims = context.claims;
    let paragraph = |claim: &Claim| claims.sentences[claim.sentence].paragraph;
    let is_near = |c: &&Claim| c.sentence <= wrong.claim.sentence + 1 && paragraph(c) == paragraph(wrong.claim);
    // 行政复议撤销1件
    let is_of_disputes = |c: &Claim| matches!(c.matter, Some(Matter::Reviews | Matter::Suits | Matter::DisputeResult));
    let is_given_up =
        |c: &&Claim| !is_of_disputes(c) && context.words.given_up.stand_in(context.prose(c.clause.clone()));
    // 撤件39件，办结18件
    let before = claims.list[..wrong.index].iter().rev().take_while(|c| c.sentence == wrong.claim.sentence);
    let behind = claims.list[wrong.index + 1..].iter().take_while(is_near);
    let mut given_up = before.chain(behind).filter(is_given_up).filter_map(|c| stated(context, c));
    given_up.any(|rest| rest > Number::ZERO && wrong.own + rest == wrong.expected)
}

/// 答复共7件，不予受理共4件，补正后不明确共1件 of twelve: those answered, where what was not is counted behind it in the sentence and
/// all of it makes the table's number.
fn is_answered_beside_others(context: &Context<'_>, wrong: &Wrong<'_>) -> bool {
    let told = context.prose(context.claims.sentences[wrong.claim.sentence].range.start..wrong.claim.range.end);
    let own_clause = told.rsplit(['，', '；', '。']).next().unwrap_or_default();
    if !context.words.answered.stand_in(own_clause) {
        return false;
    }
    let counts = behind(context, wrong).filter(|c| c.kind == ClaimKind::Count);
    let counts: Vec<Number> = counts.filter_map(|c| stated(context, c)).collect();
    let mut sum = wrong.own;
    let mut sums = counts.iter().map(|n| {
        sum = sum + *n;
        sum
    });
    counts.len() > 1 && sums.any(|sum| sum == wrong.expected)
}

/// Where a sentence counts a part of a cell apart, the rest may be what its words for the cell mean: 属于已主动公开22件，
/// 同意公开75件 are together 予以公开97.
pub(super) fn counted_apart(context: &Context<'_>, out: &mut [Assessment]) {
    let list = &context.claims.list;
    for index in 0..list.len() {
        let claim = &list[index];
        if out[index].verdict != Verdict::Contradicted {
            continue;
        }
        let (Some(own), Some(expected), Some(cell)) =
            (stated(context, claim), out[index].expected, claim.readings.first())
        else {
            continue;
        };
        let is_within = |part: &Formula| part.cell_count() > 0 && part.all_cells(&mut |c| cell.cells().contains(&c));
        let others = context.claims.of_sentence(claim.sentence);
        let others = others.filter(|j| *j != index && !together::is_tied(context, index, *j)).map(|j| &list[j]);
        let mut apart = others.filter(|c| c.at_most.as_ref().is_some_and(is_within));
        let Some(sum) = apart.find_map(|c| stated(context, c)).map(|part| part + own).filter(|sum| *sum <= expected)
        else {
            continue;
        };
        let assessment = &mut out[index];
        assessment.code = None;
        (assessment.verdict, assessment.reading) = if sum == expected {
            (Verdict::Compatible, with_the_rest(context))
        } else {
            let reading = pick!(
                context.lang,
                "同句另计了其中一部分，这里可能不含",
                "the sentence counts a part of it apart; this number may leave it out"
            );
            (Verdict::Undetermined, reading)
        };
    }
}
