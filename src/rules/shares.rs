//! C308, P003, P004, P005, P015: shares against their part and base.

mod explained;
mod joint;
mod peers;

use super::{Assessment, Context, Draft, Sink, Verdict, explain};
use crate::claims::{BaseHint, Claim, ListKind, ShareLink};
use crate::dictionary::{ClaimKind, Matter};
use crate::findings::Severity;
use crate::form::{CellId, Column, Formula, Number, Row};
use crate::lang::{pick, say};
use crate::quantities::Quantity;

/// How a printed share agrees with a ratio.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Agreement {
    Rounded,
    Truncated,
}

/// Rounding to nearest first; cutting off digits is the milder finding.
fn agreement(quantity: &Quantity, ratio: Number) -> Option<Agreement> {
    if quantity.interval.contains(ratio) {
        return Some(Agreement::Rounded);
    }
    let is_cut = quantity.hedge.is_none() && quantity.value <= ratio && ratio < quantity.value + quantity.step;
    is_cut.then_some(Agreement::Truncated)
}

struct Base {
    formula: Formula,
    value: Number,
    is_cell: bool,
}

/// Verdicts of shares, after those of counts and totals.
pub(super) fn assess(context: &Context<'_>, out: &mut [Assessment]) {
    for link in &context.claims.shares {
        let assessed = share(context, link, out);
        out[link.share] = assessed;
    }
    peers::settle(context, out);
    peers::forgive_bent(context, out);
    of_lines_run_together(context, out);
    out_of_range(context, out);
}

fn is_on_applications(claim: &Claim) -> bool {
    matches!(
        claim.matter,
        Some(
            Matter::Handled
                | Matter::CarriedOver
                | Matter::Granted
                | Matter::OutcomeGroup
                | Matter::OutcomeReason
                | Matter::Applicants
        )
    )
}

fn share(context: &Context<'_>, link: &ShareLink, out: &[Assessment]) -> Assessment {
    if !link.with.is_empty() {
        return joint::assess(context, link, out);
    }
    let lang = context.lang;
    let claims = &context.claims.list;
    let (claim, part) = (&claims[link.share], &claims[link.part]);
    let Some(quantity) = claim.quantity.map(|q| &context.lexed.quantities[q]) else {
        return Assessment::new(Verdict::NotComparable, String::new());
    };
    let Some(part_quantity) = part.quantity.map(|q| &context.lexed.quantities[q]) else {
        return Assessment::new(Verdict::NotComparable, String::new());
    };
    let stated = Formula::Stated(explain::stated_text(context, part), part_quantity.value);
    let part_fits = matches!(out[link.part].verdict, Verdict::Confirmed | Verdict::Compatible);
    let on_cells = is_on_applications(part) && !part.readings.is_empty();
    // What is no more than a cell is not it: 办结本年申请56件，占93.3%.
    let is_same = |f: &Formula| context.value_of(f).is_none_or(|value| value == part_quantity.value);
    // The part in the best words: its cells where the count agrees with them, else the number as stated.
    let part_formula = out[link.part]
        .subject
        .clone()
        .filter(|f| part_fits && on_cells && is_same(f))
        .unwrap_or_else(|| stated.clone());
    let bases = bases(context, link, on_cells);
    if let Some(assessment) = of_nothing(context, &bases) {
        return assessment;
    }
    let fits = |base: &&Base| {
        base.value.abs() > Number::ZERO
            && part_quantity.value.ratio(base.value).is_some_and(|r| agreement(quantity, r).is_some())
    };
    if let Some(base) = bases.iter().find(fits) {
        let ratio = part_quantity.value.ratio(base.value).unwrap_or_default();
        let rank = bases.iter().position(|b| b.formula == base.formula).unwrap_or(0);
        let is_cut = agreement(quantity, ratio) == Some(Agreement::Truncated);
        let verdict =
            if rank == 0 && !is_cut && quantity.hedge.is_none() { Verdict::Confirmed } else { Verdict::Compatible };
        let name = explain::name_of(&base.formula, lang);
        let reading = if is_cut {
            say!(lang, "以{name}为基数，舍尾后相符", "agrees over {name} when digits are cut off", name = name)
        } else {
            say!(lang, "以{name}为基数，四舍五入相符", "agrees over {name} by rounding", name = name)
        };
        let mut assessment =
            Assessment::new(verdict, reading).about(part_formula.over(base.formula.clone()), Some(ratio));
        assessment.is_truncated = is_cut;
        return assessment;
    }
    if let Some(assessment) = joint::of_those_before(context, link, quantity, out) {
        return assessment;
    }
    // The share may belong to the right count where the stated one is wrong.
    let right_part = out[link.part].subject.clone().filter(|_| on_cells);
    if let (Some(formula), Some(value)) = (&right_part, right_part.as_ref().and_then(|f| context.value_of(f)))
        && let Some(base) =
            bases.iter().find(|b| value.ratio(b.value).is_some_and(|r| agreement(quantity, r).is_some()))
    {
        return Assessment::new(
            Verdict::Compatible,
            pick!(lang, "与表格中的数相符，与正文的件数不符", "agrees with the table's count, not with the stated one"),
        )
        .about(formula.clone().over(base.formula.clone()), value.ratio(base.value));
    }
    if is_all_of_the_part(context, link, quantity) {
        return Assessment::new(
            Verdict::NotComparable,
            pick!(lang, "说的是该项的全部", "said of all of the count before it"),
        );
    }
    mismatch(context, link, out, &bases, right_part.unwrap_or(stated), part_quantity.value)
}

/// 减少2件⏎延期答复2件，占13%: of which number a share is, where a line lost its mark, is not known.
fn of_lines_run_together(context: &Context<'_>, out: &mut [Assessment]) {
    for link in &context.claims.shares {
        let sentence = &context.claims.sentences[context.claims.list[link.share].sentence];
        if out[link.share].verdict == Verdict::Contradicted && sentence.is_run_together() {
            let reading = pick!(context.lang, "前后的数字之间缺了标点", "the marks between the numbers are lost");
            out[link.share].taken_back(Verdict::Undetermined, reading);
        }
    }
}

/// 收到申请0件，予以公开0件，占0%; 办结0件，占100%: of a total of nothing no share can be reckoned.
fn of_nothing(context: &Context<'_>, bases: &[Base]) -> Option<Assessment> {
    let is_nothing = !bases.is_empty() && bases.iter().all(|base| base.value == Number::ZERO);
    let reading = || pick!(context.lang, "总数为零，无从计算比例", "the total is zero; no share can be reckoned of it");
    is_nothing.then(|| Assessment::new(Verdict::NotComparable, reading()))
}

/// 无法提供20件均为本机关不掌握，占比100%: of the twenty themselves.
fn is_all_of_the_part(context: &Context<'_>, link: &ShareLink, quantity: &Quantity) -> bool {
    let claims = &context.claims.list;
    let text = context.prose(claims[link.part].clause.start..claims[link.share].range.start);
    quantity.value == Number::ONE && context.words.all_of.stand_in(text)
}

fn mismatch(
    context: &Context<'_>,
    link: &ShareLink,
    out: &[Assessment],
    bases: &[Base],
    part: Formula,
    stated: Number,
) -> Assessment {
    let lang = context.lang;
    let claims = &context.claims.list;
    let (claim, part_claim) = (&claims[link.share], &claims[link.part]);
    let Some(first) = bases.first() else {
        return Assessment::new(
            Verdict::NotComparable,
            pick!(lang, "比例的基数未写明", "the base of the share is not stated"),
        );
    };
    let value = context.value_of(&part).unwrap_or(stated).ratio(first.value);
    let subject = part.over(first.formula.clone());
    let about = |verdict, reading: std::borrow::Cow<'static, str>| {
        Assessment::new(verdict, reading).about(subject.clone(), value)
    };
    let is_own = claim.scope.is_none() && part_claim.scope.is_none() && link.base != BaseHint::Unknown;
    let is_blurred = claim.quantity.is_some_and(|q| context.lexed.quantities[q].hedge.is_some());
    let part_is_read =
        matches!(out[link.part].verdict, Verdict::Confirmed | Verdict::Compatible | Verdict::Contradicted);
    // 自然人 may be of what came in or of what was handled, unless the words say which.
    let is_settled = part_claim.matter != Some(Matter::Applicants) || link.base == BaseHint::Received;
    let on_cells = is_on_applications(part_claim) && is_settled;
    if is_own && !is_blurred && on_cells && part_is_read && bases_read(context) && bases.iter().any(|b| b.is_cell) {
        return about(
            Verdict::Contradicted,
            pick!(lang, "以各种通行的总数为基数均不相符", "agrees over no total in use"),
        )
        .reported_by(Some("C308"));
    }
    let names_no_other = link.base == BaseHint::All || names_no_base(claim_text(context, link.share));
    if is_own && !is_blurred && !on_cells && names_no_other && base_is_plain(context, link) {
        return about(
            Verdict::Contradicted,
            pick!(lang, "与正文自己的总数不符", "does not agree with the prose's own total"),
        )
        .reported_by(Some("P003"));
    }
    base_unclear(context).about(subject, value)
}

fn base_unclear(context: &Context<'_>) -> Assessment {
    Assessment::new(
        Verdict::Undetermined,
        pick!(context.lang, "基数不明，试过的总数均不相符", "the base is not clear; no total tried agrees"),
    )
}

/// Whether a share that agrees with a base only by cutting off agrees with another total nearby by rounding.
fn is_rounded_of_another(context: &Context<'_>, index: usize) -> bool {
    let printed = |i: usize| context.claims.list[i].quantity.map(|q| &context.lexed.quantities[q]);
    let part = context.claims.link_of(index).filter(|l| l.base == BaseHint::Unsaid).and_then(|l| printed(l.part));
    printed(index).zip(part).is_some_and(|(share, part)| explained::by_rounding(context, index, share, part.value))
}

/// Whether nothing near a share of no clear base explains it.
fn fits_nothing(context: &Context<'_>, index: usize, assessments: &[Assessment]) -> bool {
    let claims = &context.claims.list;
    let Some(link) = context.claims.link_of(index).filter(|l| l.base != BaseHint::Unknown) else { return false };
    let printed = |i: usize| claims[i].quantity.map(|q| &context.lexed.quantities[q]);
    let (Some(share), Some(part)) = (printed(index).filter(|q| q.hedge.is_none()), printed(link.part)) else {
        return false;
    };
    let in_table = assessments[link.part].subject.as_ref().and_then(|f| context.value_of(f));
    let parts: Vec<Number> = [part.value].into_iter().chain(in_table).collect();
    let is_own = [index, link.part].iter().all(|i| claims[*i].scope.is_none());
    is_own && !explained::by_counts(context, index, share, &parts) && !explained::by_parts(context, index, share)
}

/// Whether the totals that shares of applications are of could all be read.
fn bases_read(context: &Context<'_>) -> bool {
    [Row::Handled, Row::Received, Row::CarriedIn].iter().all(|r| context.tables.value(CellId::total(*r)).is_some())
}

/// The clause of a share, up to its number.
fn claim_text<'c>(context: &'c Context<'_>, share: usize) -> &'c str {
    let claim = &context.claims.list[share];
    context.prose(claim.clause.start..claim.range.start)
}

/// Whether nothing but words for the whole stands between 占 and the number.
fn names_no_base(before: &str) -> bool {
    let said = before.rsplit('占').next().unwrap_or_default();
    !before.contains('占')
        || said
            .trim_end_matches(['约', '近', '达', '到', '为', '了', '的', '比', '总', '数', '量', '全', '部', '例'])
            .is_empty()
}

/// The total of the share's list is its base beyond doubt: the words say so, or other shares of the list agree.
fn base_is_plain(context: &Context<'_>, link: &ShareLink) -> bool {
    let sentence = context.claims.list[link.share].sentence;
    let Some(list) = context
        .claims
        .lists_of(sentence)
        .iter()
        .find(|l| l.kind != ListKind::Loose && l.parts().any(|p| p == link.part))
    else {
        return false;
    };
    let shares = context.claims.shares_of(sentence);
    let others = shares.iter().filter(|s| s.share != link.share && list.parts().any(|p| p == s.part));
    let agreeing = others.filter(|s| {
        let parts = context.claims.list[s.part]
            .quantity
            .zip(context.claims.list[s.share].quantity)
            .zip(context.claims.list[list.total].quantity);
        parts.is_some_and(|((p, q), t)| {
            let of = |i: usize| &context.lexed.quantities[i];
            of(p).value.ratio(of(t).value).is_some_and(|r| agreement(of(q), r).is_some())
        })
    });
    link.base == BaseHint::All || agreeing.count() >= 1
}

/// The totals that a share may be taken of, likeliest first.
fn bases(context: &Context<'_>, link: &ShareLink, on_cells: bool) -> Vec<Base> {
    let mut list = Vec::new();
    let part = &context.claims.list[link.part];
    let is_applicant = part.matter == Some(Matter::Applicants);
    let is_said = matches!(link.base, BaseHint::Handled | BaseHint::Received);
    if on_cells && is_applicant && !is_said {
        // 自然人 is a part of what came in, and mostly of the number that the sentence gives.
        stated_bases(context, link, &mut list);
    }
    if on_cells && link.base != BaseHint::Unknown {
        let cell = |row| Formula::Cell(CellId::total(row));
        let intake = Formula::Sum(vec![cell(Row::Received), cell(Row::CarriedIn)]);
        let order = match (link.base, is_applicant) {
            (BaseHint::Received, _) | (_, true) => [cell(Row::Received), intake, cell(Row::Handled)],
            _ => [cell(Row::Handled), cell(Row::Received), intake],
        };
        for formula in order {
            if let Some(value) = context.value_of(&formula) {
                list.push(Base { formula, value, is_cell: true });
            }
        }
    }
    stated_bases(context, link, &mut list);
    list
}

/// Totals stated in the prose: the list's own, then earlier counts of the same unit, then the sum of the list.
fn stated_bases(context: &Context<'_>, link: &ShareLink, list: &mut Vec<Base>) {
    let claims = &context.claims.list;
    let part = &claims[link.part];
    let unit = |c: &Claim| c.quantity.map(|q| context.prose(context.lexed.quantities[q].unit.clone()));
    let value = |c: &Claim| c.quantity.map_or(Number::ZERO, |q| context.lexed.quantities[q].value);
    let paragraph = |c: &Claim| context.claims.sentences[c.sentence].paragraph;
    let mut push = |value: Number, formula: &dyn Fn() -> Formula| {
        if value > Number::ZERO && !list.iter().any(|b: &Base| !b.is_cell && b.value == value) {
            list.push(Base { formula: formula(), value, is_cell: false });
        }
    };
    let stated = |c: &Claim| Formula::Stated(explain::stated_text(context, c), value(c));
    let own_list = context.claims.lists_of(part.sentence).iter().find(|l| l.parts().any(|p| p == link.part));
    let is_in_list = own_list.is_some_and(|l| l.kind != ListKind::Loose);
    // 自然人申请56件，占90.3%；法人申请6件，占10.7%: the second are hardly of the first.
    let columns = |c: &Claim| -> Vec<Column> {
        let cells = c.readings.first().filter(|_| c.matter == Some(Matter::Applicants)).map(Formula::cells);
        cells.unwrap_or_default().iter().map(|cell| cell.column).collect()
    };
    let own_columns = columns(part);
    let is_sibling = |c: &Claim| {
        let others = columns(c);
        !own_columns.is_empty() && !others.is_empty() && !others.iter().any(|column| own_columns.contains(column))
    };
    if let Some(own) = own_list.filter(|own| link.base != BaseHint::Unsaid || !is_sibling(&claims[own.total])) {
        let total = &claims[own.total];
        push(value(total), &|| stated(total));
    }
    let earlier = claims[..link.part]
        .iter()
        .enumerate()
        .rev()
        .take_while(|(_, c)| paragraph(c) == paragraph(part) && part.sentence - c.sentence <= 3);
    let (own_unit, own_value) = (unit(part), value(part));
    let may_be = |c: &Claim| c.kind == ClaimKind::Count && value(c) >= own_value && unit(c) == own_unit;
    // 自然人150件，占75%；法人50件，占25%: the first is no likely base of the second, and none where the words name the base.
    let shares = context.claims.shares_of(part.sentence);
    let has_share =
        |at: usize| shares.iter().any(|l| l.part == at) || link.base == BaseHint::Unsaid && is_sibling(&claims[at]);
    let (beside, before): (Vec<_>, Vec<_>) = earlier.filter(|(_, c)| may_be(c)).partition(|(at, _)| has_share(*at));
    let beside = beside.into_iter().filter(|_| link.base == BaseHint::Unsaid);
    for (_, c) in before.into_iter().chain(beside) {
        push(value(c), &|| stated(c));
    }
    if is_in_list {
        return;
    }
    let own = &claims[context.claims.of_sentence(part.sentence)];
    let parts = || own.iter().filter(|c| c.kind == ClaimKind::Count && unit(c) == own_unit);
    if parts().nth(1).is_some() {
        push(parts().map(value).sum(), &|| Formula::Sum(parts().map(stated).collect()));
    }
}

/// No part is more than its whole.
fn out_of_range(context: &Context<'_>, out: &mut [Assessment]) {
    for (index, claim) in context.claims.list.iter().enumerate() {
        if claim.kind != ClaimKind::Share {
            continue;
        }
        let Some(quantity) = claim.quantity.map(|q| &context.lexed.quantities[q]) else { continue };
        // 办结率为-98%: the sign may be a dash.
        if quantity.value <= Number::ONE {
            continue;
        }
        let before = claim_text(context, index);
        // 满意率为101%, and not 满意度测评参与人数是上年的101%.
        let lead =
            before.trim_end_matches(['为', '达', '到', '是', '均', '高', '约', '至', '：', ':', '了', '全', '部']);
        let is_rate = context.words.rates.end(lead);
        // 占去年同期的112%, 占年度任务的120%: not of a whole that it is a part of.
        let is_part = match context.claims.link_of(index) {
            Some(link) => link.base != BaseHint::Unknown,
            None => before.contains('占') && names_no_base(before),
        };
        if is_part || is_rate {
            out[index] = Assessment::new(
                Verdict::Contradicted,
                pick!(context.lang, "部分不可能多于整体", "no part is more than its whole"),
            )
            .reported_by(Some("P004"));
        }
    }
}

/// Reports shares.
pub(super) fn check(context: &Context<'_>, assessments: &[Assessment], sink: &mut Sink) {
    let lang = context.lang;
    for (index, (claim, assessment)) in context.claims.list.iter().zip(assessments).enumerate() {
        let mut severity = None;
        let code = match (assessment.code, assessment.verdict) {
            (Some(code @ ("C308" | "P003" | "P004" | "P015")), Verdict::Contradicted) => code,
            (None, Verdict::Undetermined) if claim.kind == ClaimKind::Share => {
                if !fits_nothing(context, index, assessments) {
                    continue;
                }
                severity = Some(Severity::Info);
                "P015"
            }
            _ if assessment.is_truncated && !is_rounded_of_another(context, index) => "P005",
            _ => continue,
        };
        let stated = explain::stated_text(context, claim);
        let expected = assessment.expected.map(explain::percent).unwrap_or_default();
        let what = assessment.subject.as_ref().map(|f| explain::name_of(f, lang)).unwrap_or_default();
        let tried = tried(context, index);
        let message = match code {
            "P004" => say!(
                lang,
                "比例写作{stated}，部分不可能多于整体。",
                "The share is given as {stated}; no part is more than its whole.",
                stated = stated
            ),
            "P005" => say!(
                lang,
                "{what} = {expected}，正文写作{stated}：是舍尾而非四舍五入。",
                "{what} = {expected}, given as {stated}: cut off, not rounded.",
                what = what,
                expected = expected,
                stated = stated
            ),
            "P015" if severity.is_some() => say!(
                lang,
                "正文写作{stated}，附近的件数和总数都得不出这一比例；基数没有写明，请核对。{tried}",
                "The text says {stated}; no count or total nearby gives this share. Its base is not stated: please look. {tried}",
                stated = stated,
                tried = tried
            ),
            _ => say!(
                lang,
                "正文写作{stated}，而{what} = {expected}；{tried}",
                "The text says {stated}, but {what} = {expected}; {tried}",
                stated = stated,
                what = what,
                expected = expected,
                tried = tried
            ),
        };
        let cells = assessment.subject.as_ref().map(|f| context.tables.printed_cells(f)).unwrap_or_default();
        let mut related = context.places(&cells);
        if let Some(link) = context.claims.link_of(index) {
            let part = &context.claims.list[link.part];
            related.insert(0, (explain::claim_span(context, part), explain::stated_text(context, part)));
        }
        sink.report_as(
            code,
            severity,
            Draft {
                message,
                span: explain::claim_span(context, claim),
                stated,
                expected,
                formula: assessment.subject.clone(),
                cells,
                related,
            },
        );
    }
}

/// The ratios that were tried, for the reader to see that none fits.
fn tried(context: &Context<'_>, share: usize) -> String {
    let Some(link) = context.claims.link_of(share) else { return String::new() };
    let part = &context.claims.list[link.part];
    let Some(value) = part.quantity.map(|q| context.lexed.quantities[q].value) else { return String::new() };
    let mut tried: Vec<Number> = Vec::new();
    for base in bases(context, link, is_on_applications(part) && !part.readings.is_empty()) {
        // The prose may state the very total that the table has.
        if !tried.contains(&base.value) {
            tried.push(base.value);
        }
    }
    let shown = |base: &Number| value.ratio(*base).map(|r| format!("{value}/{base} = {}", explain::percent(r)));
    let ratios: Vec<String> = tried.iter().take(4).filter_map(shown).collect();
    let joined = ratios.join(match context.lang {
        crate::lang::Lang::Zh => "，",
        crate::lang::Lang::En => ", ",
    });
    say!(context.lang, "试过的基数：{joined}。", "bases tried: {joined}.", joined = joined)
}
