//! What the other numbers of a sentence say of a number: that it is the table's, or that it may be a part.

use std::ops::Range;

use super::{Assessment, Context, Verdict, results, together};
use crate::claims::{Claim, ScopeKind};
use crate::dictionary::{ClaimKind, Matter};
use crate::form::{CellId, Column, Formula, Number, Row, TableId};
use crate::lang::pick;
use crate::tables::outcome_rows;

/// The pattern of 其他10件.
const OTHER_BARE: &str = "other-bare";

/// 作出行政许可412件、行政处罚186件: whether the second number is the table's alone is not certain; where the first agrees
/// with the table and nothing explains the second otherwise, it is.
pub(super) fn anchor(context: &Context<'_>, out: &mut [Assessment]) {
    let claims = &context.claims.list;
    for i in 0..claims.len() {
        let is_settled = || {
            claims[i].anchored && is_held(context, out, i)
                || claims[i].may_divide && results::divide_the_total(context, out, i)
                || claims[i].follows_applications && follows_applications(context, out, i)
        };
        if (claims[i].anchored || claims[i].may_divide || claims[i].follows_applications)
            && differs_plainly(context, &claims[i], &out[i])
            && is_settled()
        {
            out[i].verdict = Verdict::Contradicted;
            out[i].code = claims[i].matter.map(Matter::code);
            out[i].reading = pick!(
                context.lang,
                "与表格不符，而同句的其他数字与表格相符",
                "differs from the table, while other numbers of the sentence agree with it"
            );
        }
    }
}

/// 制定规范性文件5件，修订2件: those revised are issued anew, and 本年制发件数 may count both.
pub(super) fn with_the_revised(context: &Context<'_>, out: &mut [Assessment]) {
    let claims = &context.claims.list;
    let number = |i: usize| claims[i].quantity.map(|q| context.lexed.quantities[q].value);
    for i in 1..claims.len() {
        let (made, revised) = (i - 1, i);
        let is_issued = |f: &Formula| f.all_cells(&mut |c| c.column == Column::Issued);
        let may_be_both = out[made].verdict == Verdict::Contradicted
            && claims[made].sentence == claims[revised].sentence
            && out[made].subject.as_ref().is_some_and(|f| f.cell_count() > 0 && is_issued(f))
            && number(made).zip(number(revised)).is_some_and(|(a, b)| Some(a + b) == out[made].expected);
        let between = || context.prose(claims[made].range.end..claims[revised].range.start);
        if may_be_both && context.words.revising.stand_in(between()) {
            let reading = pick!(
                context.lang,
                "与同句修订的件数相加等于表格数",
                "with those revised in the same sentence, equal to the table"
            );
            out[made].taken_back(Verdict::Compatible, reading);
        }
    }
}

/// 上年结转4件，已全部办结4件: of those carried in, where no more are counted right behind them.
pub(super) fn of_the_carried_in(context: &Context<'_>, out: &mut [Assessment]) {
    let claims = &context.claims.list;
    let number = |i: usize| claims[i].quantity.map(|q| context.lexed.quantities[q].value);
    let carried_in = Formula::Cell(CellId::total(Row::CarriedIn));
    for i in 1..claims.len() {
        let may_be = out[i].verdict == Verdict::Contradicted
            && matches!(claims[i].matter, Some(Matter::Handled | Matter::Granted | Matter::OutcomeGroup))
            && claims[i - 1].sentence == claims[i].sentence
            && claims[i - 1].readings.first() == Some(&carried_in)
            && number(i).zip(number(i - 1)).is_some_and(|(own, carried)| own <= carried);
        if may_be {
            let reading = pick!(context.lang, "可能说的是上年结转的申请", "it may be of the applications carried in");
            out[i].taken_back(Verdict::Undetermined, reading);
        }
    }
}

/// 本级规范性文件现行有效96件，全市合计388件: where the sentence gives the table's own number too, another one is of a part
/// or of another day.
pub(super) fn spare_parts(context: &Context<'_>, out: &mut [Assessment]) {
    let claims = &context.claims.list;
    for i in 0..claims.len() {
        let assessed = &out[i];
        if assessed.verdict != Verdict::Contradicted || claims[i].quantity.is_none() {
            continue;
        }
        // Small numbers stand in a sentence for many reasons.
        let on_documents =
            claims[i].matter == Some(Matter::Documents) && assessed.expected.is_some_and(|n| n >= TELLING);
        let gives = |j: usize| {
            let is_same = out[j].subject == assessed.subject && out[j].verdict == Verdict::Confirmed;
            let number = claims[j].quantity.map(|q| context.lexed.quantities[q].value);
            // 全市共收到1000件，其中市本级100件: where the part is the table's, the whole is of more.
            let is_own_level = claims[i].scope.is_none()
                && claims[j].scope.as_ref().is_some_and(|s| s.kind == ScopeKind::Narrower)
                && j > i;
            // 共收到9件，其中4件为我县直接办理
            let is_own_part = number == assessed.expected
                && out[j].subject.is_none()
                && claims[j].because.is_none()
                && together::is_tied(context, i, j);
            j != i
                && claims[j].sentence == claims[i].sentence
                && (is_same || is_own_part || (on_documents || is_own_level) && number == assessed.expected)
        };
        let near = i.saturating_sub(NEIGHBOURS)..(i + NEIGHBOURS + 1).min(claims.len());
        if near.into_iter().any(|j| gives(j) || is_left_out(context, out, i, j)) {
            let reading = pick!(
                context.lang,
                "同句另有与表格相符的数，此处或为其中一部分",
                "the sentence also gives the table's number; this one may be a part of it"
            );
            out[i].taken_back(Verdict::Undetermined, reading);
        }
    }
}

/// 收到47件，撤回9件，办结36件: whether what came to an end otherwise is all that is missing in what was handled.
fn is_left_out(context: &Context<'_>, out: &[Assessment], handled: usize, other: usize) -> bool {
    let claims = &context.claims.list;
    let number = |j: usize| claims[j].quantity.map(|q| context.lexed.quantities[q].value);
    let is_other_handling = |f: &Formula| {
        f.cell_count() > 0 && f.all_cells(&mut |c| c.row == Row::Other || Row::Other.members().contains(&c.row))
    };
    claims[handled].matter == Some(Matter::Handled)
        && claims[other].sentence == claims[handled].sentence
        && claims[other].readings.first().is_some_and(is_other_handling)
        && number(handled).zip(number(other)).is_some_and(|(a, b)| Some(a + b) == out[handled].expected)
}

/// Claims looked at on either side in a sentence.
const NEIGHBOURS: usize = 40;

/// No smaller number agrees with a cell by anything but chance.
pub(super) const TELLING: Number = Number::whole(10);

/// Whether other numbers beside a claim show that it is about the table.
fn is_held(context: &Context<'_>, out: &[Assessment], at: usize) -> bool {
    let claims = &context.claims.list;
    let claim = &claims[at];
    let Some(matter) = claim.matter else { return false };
    let Range { start: first, end } = sentence(claims, at);
    let agrees = |j: &usize| {
        let is_other = *j != at && out[*j].subject != out[at].subject && claims[*j].quantity.is_some();
        is_other && claims[*j].matter == Some(matter) && out[*j].verdict == Verdict::Confirmed
    };
    let beside = |j: &usize| claims[*j].clause == claim.clause;
    let value = |j: usize| out[j].expected.unwrap_or_default();
    if is_explained(context, out, at) {
        return false;
    }
    match matter {
        Matter::Decisions => {
            (first..end).filter(agrees).any(|j| value(j) >= TELLING * 10 || beside(&j) && value(j) >= TELLING)
        }
        Matter::Applicants => (first..end).filter(agrees).any(|j| value(j) >= TELLING),
        // 制发行政规范性文件5件、废止2件、现行有效42件: two others of the same row.
        Matter::Documents => (first..end).filter(agrees).count() >= 2,
        // 维持41件、纠正6件、其他结果9件: small numbers agree by chance, two of them hardly.
        // …，均与政府信息公开无关
        Matter::DisputeResult if context.words.not_over_disclosure.stand_in(behind(context, claim)) => false,
        Matter::DisputeResult => {
            let others: Vec<usize> = (first..end).filter(agrees).filter(beside).collect();
            let is_dispute = |j: &usize| matches!(claims[*j].matter, Some(Matter::Reviews | Matter::Suits));
            // 行政复议6件，另有行政复议12件，其中维持10件: of others that are counted since.
            let is_of_another = |j: &usize| is_dispute(j) && out[*j].verdict == Verdict::Undetermined;
            let is_total = |j: &usize| {
                // 行政复议1件、维持结果7件: a result of more than there were.
                let is_exceeded = || claim.quantity.is_some_and(|q| context.lexed.quantities[q].value > value(*j));
                *j < at
                    && is_dispute(j)
                    && !(*j..at).any(|since| is_of_another(&since))
                    && out[*j].verdict == Verdict::Confirmed
                    && (value(*j) > Number::ONE || value(*j) > Number::ZERO && is_exceeded())
            };
            others.len() >= 2 && others.iter().any(|j| value(*j) > Number::ONE)
                || claim
                    .one_kind_from
                    .is_some_and(|from| (first..end).any(|j| is_total(&j) && claims[j].range.start >= from))
                || results::close_with_cell(context, out, at)
        }
        Matter::OutcomeGroup if claim.pattern.as_deref() == Some(OTHER_BARE) => {
            leaves_only_other(context, out, first..end, at)
        }
        // Three other outcomes of the sentence, two of them no small numbers, or two with a telling one.
        Matter::Granted | Matter::OutcomeGroup | Matter::OutcomeReason => {
            let is_outcome = |j: &usize| {
                let is_one = matches!(claims[*j].matter, Some(Matter::Granted | Matter::OutcomeGroup));
                *j != at && is_one && claims[*j].quantity.is_some() && out[*j].verdict == Verdict::Confirmed
            };
            let others: Vec<Number> = (first..end).filter(is_outcome).map(value).collect();
            others.len() >= 3 && others.iter().filter(|n| **n >= Number::whole(5)).count() >= 2
                || others.len() >= 2 && others.iter().any(|n| *n >= TELLING)
        }
        _ => false,
    }
}

/// What a sentence says behind a claim.
fn behind<'a>(context: &'a Context<'_>, claim: &Claim) -> &'a str {
    let end = context.claims.sentences[claim.sentence].range.end;
    context.prose(claim.range.end.min(end)..end)
}

/// 收到申请62件，予以公开31件: whether the sentence opens with a count of applications, as many as the table has, and counts
/// nothing else since.
fn follows_applications(context: &Context<'_>, out: &[Assessment], at: usize) -> bool {
    let claims = &context.claims.list;
    let matter = |j: usize| claims[j].matter;
    let number = |j: usize| claims[j].quantity.map(|q| context.lexed.quantities[q].value);
    let unit = |j: usize| claims[j].quantity.map(|q| context.prose(context.lexed.quantities[q].unit.clone()));
    let is_of_requests = |j: usize| {
        claims[j].quantity.is_none()
            || claims[j].kind == ClaimKind::Share
            || !claims[j].readings.is_empty() && matter(j).map(Matter::table) == Some(TableId::Requests)
    };
    let counts_them = |j: usize| {
        matches!(matter(j), Some(Matter::Received | Matter::Handled))
            && claims[j].quantity.is_some()
            && out[j].verdict == Verdict::Confirmed
            && out[j].expected.is_some_and(|n| n >= TELLING)
            && unit(j) == unit(at)
            && opens_its_sentence(context, &claims[j])
    };
    // 上年结转4件，已全部办结4件; 法人申请6件，予以公开2件: it may be of those counted in between.
    let may_be_of =
        |j: usize| matches!(matter(j), Some(Matter::CarriedOver | Matter::Applicants)) && number(j) >= number(at);
    let mut before = (sentence(claims, at).start..at).rev().take_while(|j| is_of_requests(*j) && !may_be_of(*j));
    before.any(counts_them) && !is_explained(context, out, at)
}

/// Whether nothing but time and the organ's own name for itself stands before a claim: 做好不动产登记，受理申请62件 is about
/// something else.
fn opens_its_sentence(context: &Context<'_>, claim: &Claim) -> bool {
    let lead = context.prose(context.claims.sentences[claim.sentence].range.start..claim.clause.start);
    let known = context.words.own.iter().chain(&context.words.times);
    let rest = known.fold(lead.to_string(), |rest, word| rest.replace(word.as_str(), ""));
    rest.chars().all(|c| c.is_ascii_digit() || "一二三四五六七八九十，,、（）()．. 　".contains(c))
}

/// Whether the other outcomes of the sentence are all that the table has but 其他处理, and agree with it: 其他 is then just that.
fn leaves_only_other(context: &Context<'_>, out: &[Assessment], sentence: Range<usize>, at: usize) -> bool {
    let claims = &context.claims.list;
    let is_outcome = |j: &usize| {
        matches!(claims[*j].matter, Some(Matter::Granted | Matter::OutcomeGroup | Matter::OutcomeReason))
            && claims[*j].quantity.is_some()
    };
    let others: Vec<usize> = sentence.filter(|j| *j != at && is_outcome(j)).collect();
    let covered: Vec<Row> =
        others.iter().flat_map(|j| out[*j].subject.iter().flat_map(Formula::cells)).map(|cell| cell.row).collect();
    let is_covered = |row: Row| covered.iter().any(|c| *c == row || c.members().contains(&row));
    let is_zero = |row: Row| context.tables.value(CellId::total(row)) == Some(Number::ZERO);
    let is_other = |row: Row| row == Row::Other || Row::Other.members().contains(&row);
    let rows = outcome_rows(context.tables);
    others.len() >= 3
        && others.iter().all(|j| out[*j].verdict == Verdict::Confirmed)
        && !covered.iter().any(|row| is_other(*row))
        && rows.iter().all(|row| is_other(*row) || is_covered(*row) || is_zero(*row))
}

/// Whether the number may be a part of what the table has, or of another column or block: the table's own number stands
/// beside it, other numbers make up the difference, or some other cells of the row add up to it.
fn is_explained(context: &Context<'_>, out: &[Assessment], at: usize) -> bool {
    let own = context.claims.list[at].quantity.map(|q| context.lexed.quantities[q].value);
    is_made_up(context, out, at, Number::ZERO) || own.is_none_or(|own| is_of_neighbours(context, out, at, own))
}

/// Whether the sentence gives the table's own number too, or other numbers that make up the difference. Numbers below
/// `telling` stand there for many reasons and show nothing. In a list without end anything may be made up.
pub(super) fn is_made_up(context: &Context<'_>, out: &[Assessment], at: usize, telling: Number) -> bool {
    let claims = &context.claims.list;
    let number = |j: usize| claims[j].quantity.map(|q| context.lexed.quantities[q].value);
    let (Some(own), Some(expected)) = (number(at), out[at].expected) else { return true };
    let sentence = sentence(claims, at);
    if sentence.len() > 2 * NEIGHBOURS {
        return true;
    }
    let others: Vec<Number> = sentence.filter(|j| *j != at).filter_map(number).collect();
    let makes_up = |rest: Number| {
        rest > Number::ZERO
            && rest >= telling
            && (others.contains(&rest)
                || others.iter().enumerate().any(|(i, a)| others[i + 1..].iter().any(|b| *a + *b == rest)))
    };
    expected >= telling && others.contains(&expected) || makes_up(expected - own) || makes_up(own - expected)
}

/// The claims of a claim's sentence, on either side no more than one beyond [`NEIGHBOURS`].
fn sentence(claims: &[Claim], at: usize) -> Range<usize> {
    let is_near = |c: &&Claim| c.sentence == claims[at].sentence;
    let before = claims[..at].iter().rev().take_while(is_near).take(NEIGHBOURS + 1).count();
    at - before..at + claims[at..].iter().take_while(is_near).take(NEIGHBOURS + 1).count()
}

/// Whether the number is that of other cells: the same column of another block of table four or of several, or some
/// columns of organisations together.
fn is_of_neighbours(context: &Context<'_>, out: &[Assessment], at: usize, own: Number) -> bool {
    let value = |row, column| context.tables.value(CellId::new(row, column)).unwrap_or_default();
    let cells = out[at].subject.as_ref().map(Formula::cells).unwrap_or_default();
    let groups: Vec<Vec<Number>> = cells
        .iter()
        .map(|cell| match cell.row {
            Row::Review | Row::LitigationDirect | Row::LitigationAfterReview => {
                [Row::Review, Row::LitigationDirect, Row::LitigationAfterReview].map(|r| value(r, cell.column)).to_vec()
            }
            row if Column::ORGANISATIONS.contains(&cell.column) => {
                Column::ORGANISATIONS.map(|c| value(row, c)).to_vec()
            }
            _ => Vec::new(),
        })
        .collect();
    groups.iter().any(|values| sums(values).any(|sum| sum == own))
}

/// The sums of all choices of some numbers.
pub(super) fn sums(values: &[Number]) -> impl Iterator<Item = Number> + '_ {
    (1_u32..1 << values.len().min(8))
        .map(|chosen| values.iter().enumerate().filter(move |(i, _)| chosen >> i & 1 != 0).map(|(_, n)| *n).sum())
}

/// One exact number, every reading of which could be computed and differs.
pub(super) fn differs_plainly(context: &Context<'_>, claim: &Claim, assessed: &Assessment) -> bool {
    let Some(quantity) = claim.quantity.map(|q| &context.lexed.quantities[q]) else { return false };
    let differs = |f: &Formula| context.value_of(f).is_some_and(|v| !quantity.interval.contains(v));
    matches!(assessed.verdict, Verdict::Undetermined | Verdict::NotComparable)
        && assessed.subject.is_some()
        && claim.scope.is_none()
        && quantity.is_exact()
        && !claim.readings.is_empty()
        && claim.readings.iter().filter(|f| context.exists(f)).all(differs)
}
