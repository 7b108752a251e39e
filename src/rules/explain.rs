//! Why a number differs, if the tables show it: another column, one row of a group, digits swapped.

use super::{Assessment, Context, Draft, Sink};
use crate::claims::Claim;
use crate::findings::Severity;
use crate::form::{CellId, Column, Formula, Number, Row, TableId};
use crate::lang::{Lang, say};
use crate::source::Span;

/// A cause that the tables show.
pub(super) struct Cause {
    pub(super) text: String,
    pub(super) cells: Vec<CellId>,
}

/// Reports a contradicted claim with its cause.
pub(super) fn report(
    context: &Context<'_>,
    claim: &Claim,
    assessment: &Assessment,
    severity: Option<Severity>,
    sink: &mut Sink,
) {
    if let Some(code) = assessment.code
        && let Some(draft) = draft(context, claim, assessment)
    {
        sink.report_as(code, severity, draft);
    }
}

/// The finding that a claim differs from its subject, with the cause if the tables show one.
pub(super) fn draft(context: &Context<'_>, claim: &Claim, assessment: &Assessment) -> Option<Draft> {
    let subject = assessment.subject.as_ref()?;
    let lang = context.lang;
    let stated = stated_text(context, claim);
    let expected = assessment.expected.map(|n| expected_text(n, claim, context)).unwrap_or_default();
    let cause =
        claim.quantity.and_then(|q| cause(context, subject, context.lexed.quantities[q].value, assessment.expected));
    let quote = context.prose(claim.clause.clone()).trim();
    let cells = context.tables.printed_cells(subject);
    let what = name_of(subject, lang);
    let own = &context.claims.list[context.claims.of_sentence(claim.sentence)];
    let numbers = own.iter().filter(|c| c.clause == claim.clause && c.quantity.is_some()).count();
    let mut message = if claim.quantity.is_some() && numbers > 1 {
        say!(
            lang,
            "正文“{quote}”中的{stated}，表格中{what}为{expected}。",
            "The text says {stated} in “{quote}”; the table has {expected} for {what}.",
            stated = stated,
            quote = quote,
            what = what,
            expected = expected
        )
    } else if claim.quantity.is_some() {
        say!(
            lang,
            "正文“{quote}”，而表格中{what}为{expected}。",
            "The text says “{quote}”; the table has {expected} for {what}.",
            quote = quote,
            what = what,
            expected = expected
        )
    } else {
        let found = words_found(context, claim, assessment, subject);
        say!(lang, "正文“{quote}”，而{found}。", "The text says “{quote}”; {found}.", quote = quote, found = found)
    };
    let mut related = context.places(&cells);
    if let Some(cause) = cause {
        message.push_str(&cause.text);
        for place in context.places(&cause.cells) {
            if !related.contains(&place) {
                related.push(place);
            }
        }
    }
    Some(Draft {
        message,
        span: claim_span(context, claim),
        stated,
        expected,
        formula: Some(subject.clone()),
        cells,
        related,
    })
}

/// The place of a claim: its number, or its words.
pub(super) fn claim_span(context: &Context<'_>, claim: &Claim) -> Span {
    match claim.quantity {
        Some(q) => context.prose_span(context.lexed.quantities[q].range.clone()),
        None => context.prose_span(claim.range.clone()),
    }
}

/// The number as printed with its unit, or the words.
pub(super) fn stated_text(context: &Context<'_>, claim: &Claim) -> String {
    match claim.quantity {
        Some(q) => context.prose(context.lexed.quantities[q].range.clone()).to_string(),
        None => context.prose(claim.range.clone()).to_string(),
    }
}

/// A number for people: shares as percentages.
pub(super) fn expected_text(value: Number, claim: &Claim, context: &Context<'_>) -> String {
    let is_percent = claim.quantity.is_some_and(|q| context.lexed.quantities[q].is_percent());
    if is_percent { percent(value) } else { value.to_string() }
}

/// A share as a percentage with three decimals at most.
pub(super) fn percent(value: Number) -> String {
    let text = format!("{:.3}", value.to_f64() * 100.0);
    // 25.1748%, rounded to 25.175%, would seem to make 25.18% of it.
    let text = if text.ends_with('5') { format!("{:.4}", value.to_f64() * 100.0) } else { text };
    format!("{}%", text.trim_end_matches('0').trim_end_matches('.'))
}

fn words_found(context: &Context<'_>, claim: &Claim, assessment: &Assessment, subject: &Formula) -> String {
    let lang = context.lang;
    let value = context.value_of(subject).unwrap_or_default();
    let target = claim.equals.as_ref().and_then(|f| context.value_of(f)).or(assessment.expected).unwrap_or_default();
    let cells: Vec<CellId> = subject.cells();
    let is_upheld = cells.first().is_some_and(|c| c.column == Column::Upheld);
    if is_upheld {
        let pending = |row: Row| context.tables.value(CellId::new(row, Column::Pending)).unwrap_or_default();
        let rows: Vec<Row> = cells.iter().map(|c| c.row).collect();
        let undecided: Number = rows.iter().map(|r| pending(*r)).sum();
        return say!(
            lang,
            "表格中结果维持共{value}件、总计{target}件，其中尚未审结{undecided}件",
            "the table has {value} upheld of {target} in all, {undecided} of them pending",
            value = value,
            target = target,
            undecided = undecided
        );
    }
    let what = name_of(subject, lang);
    say!(lang, "表格中{what}为{value}", "the table has {value} for {what}", what = what, value = value)
}

/// A formula in words, for messages.
pub(super) fn name_of(formula: &Formula, lang: Lang) -> String {
    if lang == Lang::En {
        return formula.to_string();
    }
    let bracket = |f: &Formula| match f {
        Formula::Cell(_) | Formula::Stated(..) => name_of(f, lang),
        _ => format!("（{}）", name_of(f, lang)),
    };
    match formula {
        Formula::Cell(cell) => cell.chinese(),
        Formula::Stated(printed, _) => printed.clone(),
        Formula::Sum(terms) => terms.iter().map(bracket).collect::<Vec<_>>().join("＋"),
        Formula::Difference(a, b) => format!("{}－{}", bracket(a), bracket(b)),
        Formula::Ratio(a, b) => format!("{}÷{}", bracket(a), bracket(b)),
    }
}

/// Looks for what the stated number is instead.
pub(super) fn cause(
    context: &Context<'_>,
    subject: &Formula,
    stated: Number,
    expected: Option<Number>,
) -> Option<Cause> {
    if stated == Number::ZERO {
        return None;
    }
    let lang = context.lang;
    let value = |id: CellId| context.tables.value(id);
    let cells = subject.cells();
    // 1. One column of the rows that the claim is about.
    for column in Column::REQUESTS.iter().take(6) {
        let same: Vec<CellId> =
            cells.iter().filter(|c| c.row.table() == TableId::Requests).map(|c| CellId::new(c.row, *column)).collect();
        let sum: Option<Number> = same.iter().map(|id| value(*id)).sum();
        if !same.is_empty() && sum == Some(stated) {
            return Some(Cause { text: other_column(lang, stated, &same), cells: same });
        }
        if let Some(id) = same.iter().find(|id| value(**id) == Some(stated)) {
            return Some(Cause { text: other_column(lang, stated, &[*id]), cells: vec![*id] });
        }
    }
    // 2. One row of a group, or one term of a sum.
    let members = cells.iter().flat_map(|c| c.row.members().iter().map(|r| CellId::new(*r, c.column)));
    let terms = cells.iter().copied().filter(|_| cells.len() > 1);
    if let Some(id) = members.chain(terms).find(|id| value(*id) == Some(stated)) {
        let name = cell_name(id, lang);
        let text = say!(
            lang,
            "{stated}只是其中一行：{name}。",
            " {stated} is one of its rows alone: {name}.",
            stated = stated,
            name = name
        );
        return Some(Cause { text, cells: vec![id] });
    }
    // 3. Digits out of place.
    if let Some(expected) = expected {
        if is_transposed(stated, expected) {
            let text = say!(
                lang,
                "{stated}与{expected}数字相同、位置颠倒。",
                " {stated} has the digits of {expected} in another order.",
                stated = stated,
                expected = expected
            );
            return Some(Cause { text, cells: Vec::new() });
        }
        if stated == expected * 10 || expected == stated * 10 {
            let text = say!(lang, "两数恰差十倍。", " One is ten times the other.");
            return Some(Cause { text, cells: Vec::new() });
        }
    }
    // 4. A cell of the same table that is a plausible slip: large enough not to agree by chance.
    let table = cells.first()?.row.table();
    let is_telling = stated >= Number::whole(10);
    let neighbour = context.tables.cells().iter().find(|c| {
        is_telling
            && c.id.row.table() == table
            && (table != TableId::Requests || c.id.column == Column::Total)
            && c.value == Some(stated)
    });
    neighbour.map(|c| {
        let name = cell_name(c.id, lang);
        let text = say!(
            lang,
            "{stated}是表中另一格的数：{name}。",
            " {stated} stands in another cell: {name}.",
            stated = stated,
            name = name
        );
        Cause { text, cells: vec![c.id] }
    })
}

fn cell_name(id: CellId, lang: Lang) -> String {
    match lang {
        Lang::Zh => id.chinese(),
        Lang::En => id.to_string(),
    }
}

fn other_column(lang: Lang, stated: Number, cells: &[CellId]) -> String {
    let names: Vec<String> = cells.iter().map(|c| cell_name(*c, lang)).collect();
    let joined = names.join(match lang {
        Lang::Zh => "＋",
        Lang::En => " + ",
    });
    say!(
        lang,
        "{stated}是{joined}的数，不是总计。",
        " {stated} is the number of {joined}, not of the total.",
        stated = stated,
        joined = joined
    )
}

/// Whether a difference is so great that a cell or a part with just that number may be its cause: smaller numbers stand in
/// many places.
pub(super) fn is_telling_difference(difference: Number) -> bool {
    difference >= Number::whole(5)
}

/// Whether two numbers differ in two digits that stand side by side and are swapped.
pub(super) fn is_transposed(a: Number, b: Number) -> bool {
    let (a, b) = (a.to_string(), b.to_string());
    if a == b || a.len() != b.len() || a.len() < 2 {
        return false;
    }
    let differing: Vec<usize> = (0..a.len()).filter(|i| a.as_bytes()[*i] != b.as_bytes()[*i]).collect();
    matches!(differing.as_slice(), [i, j] if j - i == 1 && a.as_bytes()[*i] == b.as_bytes()[*j] && a.as_bytes()[*j] == b.as_bytes()[*i])
}
