//! C001–C003, T001–T004: the indicator table of the forms before 2019, within itself and against the prose.

use super::{Assessment, Context, Draft, Sink, Verdict, explain};
use crate::claims::{Claim, ScopeKind};
use crate::dictionary::Matter;
use crate::findings::Severity;
use crate::form::{CellId, Column, Formula, Number, Row, TableId};
use crate::lang::{Lang, pick, say};
use crate::tables::{CellState, Parts, families};

pub(super) fn check(context: &Context<'_>, assessments: &[Assessment], sink: &mut Sink) {
    if !context.tables.report(TableId::Statistics).is_found {
        return;
    }
    sums(context, sink);
    wholes(context, sink);
    backlog(context, sink);
    for (claim, assessment) in context.claims.list.iter().zip(assessments) {
        if assessment.verdict == Verdict::Contradicted && assessment.code == Some("C001") {
            explain::report(context, claim, assessment, None, sink);
        }
    }
    parts_of_prose(context, sink);
    categories(context, sink);
}

/// Where one claim agrees with an indicator, a smaller number in the same words is that of a part of it.
pub(super) fn forgive_parts(context: &Context<'_>, out: &mut [Assessment]) {
    if !context.tables.form().is_older() {
        return;
    }
    let list = &context.claims.list;
    for index in 0..list.len() {
        if out[index].verdict != Verdict::Contradicted || out[index].code != Some("C001") {
            continue;
        }
        let stated = list[index].quantity.map(|q| context.lexed.quantities[q].value);
        let is_less = stated.zip(out[index].expected).is_some_and(|(s, e)| s < e);
        let is_said = list
            .iter()
            .zip(out.iter())
            .any(|(c, a)| a.verdict == Verdict::Confirmed && c.readings.first() == list[index].readings.first());
        if is_less && is_said {
            let reading = pick!(
                context.lang,
                "别处已有与表格相同的总数，这里可能只是其中一部分",
                "the total is stated elsewhere and agrees; this may be a part of it"
            );
            out[index].taken_back(Verdict::Undetermined, reading);
        }
    }
}

/// The year's number of a row; a blank has none.
fn year(context: &Context<'_>, row: Row) -> Option<Number> {
    context.tables.value(CellId::total(row))
}

fn is_blank(context: &Context<'_>, row: Row) -> bool {
    let cell = context.tables.cell(CellId::total(row));
    cell.is_some_and(|c| matches!(c.state, CellState::Blank | CellState::NotApplicable))
}

/// Whether a number was read only because the sums were taken to hold.
fn is_spent(context: &Context<'_>, row: Row) -> bool {
    context.tables.indicators().recovered.contains(&row)
}

fn name(row: Row, lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => row.chinese(),
        Lang::En => row.name(),
    }
}

/// T001: parts against their whole (R10, R11, R13). T004: channels against the disclosed total (R14).
fn sums(context: &Context<'_>, sink: &mut Sink) {
    let is_there = |row: Row| context.tables.cell(CellId::total(row)).is_some();
    for mut family in families(&is_there) {
        family.is_complete &= !has_unknown_part(context, &family);
        let is_cut = family.parts.iter().chain([&family.whole]).any(|r| is_spent(context, *r));
        let Some(whole) = year(context, family.whole).filter(|_| !is_cut) else { continue };
        // A blank part counts as 0: where the sum does not close with it, the finding says so.
        let part = |r: &Row| year(context, *r).or_else(|| is_blank(context, *r).then_some(Number::ZERO));
        let Some(sum) = family.parts.iter().map(part).sum::<Option<Number>>() else { continue };
        if family.may_overlap {
            if sum < whole && family.is_complete {
                report(context, sink, "T004", None, &family, sum, whole);
            }
        } else if sum > whole || family.is_complete && sum != whole {
            // Sums of the form of 2014 are official; a local list may count otherwise.
            let severity = if family.is_official { Severity::Error } else { Severity::Warning };
            report(context, sink, "T001", Some(severity), &family, sum, whole);
        }
    }
}

/// Whether a row that the dictionary does not know stands among the parts, or right after them: it may be one.
fn has_unknown_part(context: &Context<'_>, family: &Parts) -> bool {
    let start = |row: Row| context.tables.cell(CellId::total(row)).and_then(|c| c.span).map(|s| s.start);
    let Some(first) = start(family.whole) else { return true };
    let last = family.parts.iter().filter_map(|r| start(*r)).max().unwrap_or(first);
    let others = context.tables.cells().iter().filter(|c| !family.parts.contains(&c.id.row));
    let next = others.filter_map(|c| c.span).map(|s| s.start).filter(|s| *s > last).min().unwrap_or(u32::MAX);
    let unknown = &context.tables.indicators().unknown;
    unknown.iter().any(|u| u.span.start > first && u.span.start < next)
}

fn report(
    context: &Context<'_>,
    sink: &mut Sink,
    code: &str,
    severity: Option<Severity>,
    family: &Parts,
    sum: Number,
    whole: Number,
) {
    let lang = context.lang;
    let what = name(family.whole, lang);
    let mut message = match code {
        "T004" => say!(
            lang,
            "{what}为{whole}，多于各渠道公开数之和{sum}；同一信息可在多个渠道公开，和数只会更大。",
            "{what} is {whole}, more than the channels together, {sum}; one piece may be published in several channels, so that their sum can only be greater.",
            what = what,
            whole = whole,
            sum = sum
        ),
        _ => say!(
            lang,
            "{what}为{whole}，而所列各项之和为{sum}。",
            "{what} is {whole}, but its parts add to {sum}.",
            what = what,
            whole = whole,
            sum = sum
        ),
    };
    let blanks = family.parts.iter().filter(|r| is_blank(context, **r)).count();
    if blanks > 0 {
        message.push_str(&say!(
            lang,
            "（{blanks}个空白格按0计仍不闭合。）",
            " ({blanks} blank cells counted as 0 do not close it.)",
            blanks = blanks
        ));
    }
    if code == "T001"
        && let Some(hint) = hint(context, family, sum, whole)
    {
        message.push_str(&hint);
    }
    let parts: Vec<CellId> = family.parts.iter().map(|r| CellId::total(*r)).collect();
    let place = CellId::total(family.whole);
    let filled: Vec<CellId> =
        parts.iter().copied().filter(|id| context.tables.value(*id) != Some(Number::ZERO)).collect();
    sink.report_as(
        code,
        severity,
        Draft {
            message,
            span: context.tables.cell(place).and_then(|c| c.span).unwrap_or_default(),
            stated: whole.to_string(),
            expected: sum.to_string(),
            formula: Some(Formula::sum_of(parts.iter().copied())),
            related: context.places(&filled),
            cells: parts.into_iter().chain([place]).collect(),
        },
    );
}

/// The difference may be one part counted twice or left out, a factor of ten, or digits swapped.
fn hint(context: &Context<'_>, family: &Parts, sum: Number, whole: Number) -> Option<String> {
    let lang = context.lang;
    let difference = (sum - whole).abs();
    let is_telling = explain::is_telling_difference(difference);
    if let Some(row) = family.parts.iter().find(|r| is_telling && year(context, **r) == Some(difference)) {
        return Some(say!(
            lang,
            "两者之差{difference}恰为{name}的数。",
            " The difference {difference} is just the value of {name}.",
            difference = difference,
            name = name(*row, lang)
        ));
    }
    if sum == whole * 10 || whole == sum * 10 {
        return Some(say!(lang, "两数恰差十倍。", " One is ten times the other."));
    }
    explain::is_transposed(sum, whole).then(|| say!(lang, "两数像是数字颠倒。", " The digits look swapped."))
}

/// Rows that are a part of another, of which no sum speaks (R15, and channels one by one).
const PARTS: [(Row, Row); 3] = [
    (Row::PressConferencesChief, Row::PressConferences),
    (Row::InterviewsChief, Row::Interviews),
    (Row::DisclosedDocuments, Row::Disclosed),
];

/// T002: a part is more than its whole; the year is more than all years.
fn wholes(context: &Context<'_>, sink: &mut Sink) {
    let lang = context.lang;
    for (part, whole) in PARTS {
        let pair = (CellId::total(part), CellId::total(whole));
        exceeding(context, sink, pair, (name(part, lang), name(whole, lang)));
    }
    for row in Row::ALL.iter().copied().filter(|r| r.table() == TableId::Statistics && !is_spent(context, *r)) {
        let pair = (CellId::total(row), CellId::new(row, Column::Cumulative));
        let all = say!(lang, "其历年累计", "its number of all years");
        exceeding(context, sink, pair, (name(row, lang), &all));
    }
}

fn exceeding(context: &Context<'_>, sink: &mut Sink, (part, whole): (CellId, CellId), names: (&str, &str)) {
    let (Some(less), Some(more)) = (context.tables.value(part), context.tables.value(whole)) else { return };
    if less <= more {
        return;
    }
    let span = context.tables.cell(part).and_then(|c| c.span).unwrap_or_default();
    sink.report(
        "T002",
        Draft {
            message: say!(
                context.lang,
                "{part}为{less}，多于{whole}{more}。",
                "{part} is {less}, more than {whole}, {more}.",
                part = names.0,
                less = less,
                whole = names.1,
                more = more
            ),
            span,
            stated: less.to_string(),
            expected: more.to_string(),
            formula: Some(Formula::Cell(whole)),
            cells: vec![part, whole],
            related: context.places(&[whole]),
        },
    );
}

/// A backlog greater than a year's intake, and not just a few, is no ordinary one.
const SMALLEST_BACKLOG: Number = Number::whole(10);

/// T003: many more closed than received (R12). Requests of earlier years are closed too, so that a few more say
/// nothing: only what would need a backlog greater than the whole year's intake is told.
fn backlog(context: &Context<'_>, sink: &mut Sink) {
    let (Some(received), Some(closed)) = (year(context, Row::Applications), year(context, Row::Closed)) else { return };
    let backlog = closed - received;
    if backlog <= received || backlog < SMALLEST_BACKLOG {
        return;
    }
    let cells = [Row::Applications, Row::Closed].map(CellId::total);
    sink.report(
        "T003",
        Draft {
            message: say!(
                context.lang,
                "申请办结数{closed}，而收到申请数只有{received}：除非上年积压{backlog}件，否则两数有一误。",
                "{closed} requests were closed, but only {received} received: unless {backlog} were pending from earlier years, one of the two is wrong.",
                closed = closed,
                received = received,
                backlog = backlog
            ),
            span: context.tables.cell(cells[1]).and_then(|c| c.span).unwrap_or_default(),
            stated: closed.to_string(),
            expected: received.to_string(),
            formula: Some(Formula::Cell(cells[0])),
            cells: cells.to_vec(),
            related: context.places(&cells[..1]),
        },
    );
}

/// C002: numbers of parts of the body that together are more than the report's own.
fn parts_of_prose(context: &Context<'_>, sink: &mut Sink) {
    let list = &context.claims.list;
    let paragraph = |c: &Claim| context.claims.sentences[c.sentence].paragraph;
    let is_part = |c: &&Claim| {
        c.matter == Some(Matter::Indicator)
            && c.quantity.is_some()
            && c.scope.as_ref().is_some_and(|s| s.kind == ScopeKind::Narrower)
    };
    let stated = |c: &Claim| c.quantity.map_or(Number::ZERO, |q| context.lexed.quantities[q].value);
    let mut done: Vec<(usize, &Formula)> = Vec::new();
    for first in list.iter().filter(is_part) {
        let Some(subject @ Formula::Cell(id)) = first.readings.first() else { continue };
        if done.contains(&(paragraph(first), subject)) {
            continue;
        }
        done.push((paragraph(first), subject));
        let same = |c: &&Claim| paragraph(c) == paragraph(first) && c.readings.first() == Some(subject);
        let parts: Vec<&Claim> = list.iter().filter(is_part).filter(same).collect();
        let mut scopes: Vec<&str> = parts.iter().filter_map(|c| c.scope.as_ref()).map(|s| s.text.as_str()).collect();
        scopes.sort_unstable();
        scopes.dedup();
        let sum: Number = parts.iter().map(|c| stated(c)).sum();
        // What the cell may be at most, where its digits ran together.
        let possible = context.tables.possible(*id).iter().max().copied();
        let whole = context.tables.value(*id).or(possible);
        let Some(whole) = whole.filter(|w| sum > *w && scopes.len() == parts.len()) else { continue };
        report_parts(context, sink, &parts, *id, sum, whole);
    }
}

fn report_parts(context: &Context<'_>, sink: &mut Sink, parts: &[&Claim], id: CellId, sum: Number, whole: Number) {
    let lang = context.lang;
    let stated: Vec<String> = parts.iter().map(|c| explain::stated_text(context, c)).collect();
    let mut message = say!(
        lang,
        "正文所列各部分{stated}，合计{sum}，多于{what}{whole}。",
        "The parts given in the text, {stated}, together are {sum}, more than {what}, {whole}.",
        stated = stated.join(match lang {
            Lang::Zh => "＋",
            Lang::En => " + ",
        }),
        sum = sum,
        what = name(id.row, lang),
        whole = whole
    );
    // They may be the parts of another total that the text gives.
    let first = parts[0];
    let other = context.claims.list.iter().find(|c| {
        c.quantity.is_some_and(|q| context.lexed.quantities[q].value == sum) && c.range.start < first.range.start
    });
    if let Some(other) = other {
        let quote = context.prose(other.clause.clone()).trim();
        message.push_str(&say!(
            lang,
            "合计恰等于“{quote}”的数：各部分像是那个总数的组成。",
            " Their sum is just the number of “{quote}”: they look like parts of that total.",
            quote = quote
        ));
    }
    let mut related = context.places(&[id]);
    related.extend(parts[1..].iter().map(|c| (explain::claim_span(context, c), explain::stated_text(context, c))));
    sink.report(
        "C002",
        Draft {
            message,
            span: explain::claim_span(context, first),
            // The finding stands at the first part; what all of them should be has no place of its own.
            stated: explain::stated_text(context, first),
            expected: String::new(),
            formula: Some(Formula::Cell(id)),
            cells: vec![id],
            related,
        },
    );
}

/// A shorter list is hardly the list of all categories.
const FEWEST_CATEGORIES: usize = 3;

/// C003: categories of what was disclosed, with one for the rest, that do not add up to the indicator.
fn categories(context: &Context<'_>, sink: &mut Sink) {
    let total = CellId::total(Row::Disclosed);
    let Some(whole) = context.tables.value(total) else { return };
    for (index, sentence) in context.claims.sentences.iter().enumerate() {
        let text = context.prose(sentence.range.clone());
        if !(text.contains("公开") && (text.contains("类别") || text.contains("分类"))) {
            continue;
        }
        let parts: Vec<&Claim> = context.claims.list[context.claims.of_sentence(index)].iter().collect();
        let number = |c: &Claim| c.quantity.map(|q| &context.lexed.quantities[q]);
        // Every number of the sentence is a category's, the last one that of the rest.
        let is_category = |c: &&Claim| {
            c.scope.as_ref().is_none_or(|s| s.kind == ScopeKind::Narrower)
                && number(c).is_some_and(|q| q.hedge.is_none() && context.prose(q.unit.clone()) == "条")
        };
        let is_rest = parts.last().is_some_and(|c| {
            let clause = context.prose(c.clause.clone()).trim_start();
            clause.starts_with("其他") || clause.starts_with("其它")
        });
        if parts.len() < FEWEST_CATEGORIES || !is_rest || !parts.iter().all(is_category) {
            continue;
        }
        let values: Vec<Number> = parts.iter().filter_map(|c| number(c)).map(|q| q.value).collect();
        let sum: Number = values.iter().copied().sum();
        if sum != whole {
            report_categories(context, sink, (&parts, &values), total, (sum, whole));
        }
    }
}

fn report_categories(
    context: &Context<'_>,
    sink: &mut Sink,
    (parts, values): (&[&Claim], &[Number]),
    total: CellId,
    (sum, whole): (Number, Number),
) {
    let lang = context.lang;
    let mut message = say!(
        lang,
        "正文所列各类信息合计{sum}，而表格中{what}为{whole}。",
        "The categories given in the text add to {sum}; the table has {whole} for {what}.",
        sum = sum,
        what = name(total.row, lang),
        whole = whole
    );
    let difference = (sum - whole).abs();
    let is_telling = explain::is_telling_difference(difference);
    if let Some(i) = values.iter().position(|v| is_telling && *v == difference) {
        let quote = context.prose(parts[i].clause.clone()).trim();
        message.push_str(&say!(
            lang,
            "两者之差{difference}恰为“{quote}”的数。",
            " The difference {difference} is just the number of “{quote}”.",
            difference = difference,
            quote = quote
        ));
    }
    let mut related = context.places(&[total]);
    related.extend(parts[1..].iter().map(|c| (explain::claim_span(context, c), explain::stated_text(context, c))));
    sink.report(
        "C003",
        Draft {
            message,
            span: explain::claim_span(context, parts[0]),
            stated: explain::stated_text(context, parts[0]),
            expected: String::new(),
            formula: Some(Formula::Cell(total)),
            cells: vec![total],
            related,
        },
    );
}
