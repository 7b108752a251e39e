//! Verdicts: every claim against its readings, then shares against their bases, then totals against their parts.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::{
    Assessment, Context, Verdict, doubts, forgive, indicators, loosely, neighbours, prose_sums, shares, together,
    told_elsewhere,
};
use crate::claims::{Claim, ScopeKind};
use crate::dictionary::{ClaimKind, Hedge, Matter, Mismatch};
use crate::form::{CellId, Column, Formula, Number, Row, TableId};
use crate::lang::{pick, say};
use crate::quantities::Quantity;
use crate::tables::Basis;

/// Assesses every claim of a report, in order.
#[must_use]
pub fn assess(context: &Context<'_>) -> Vec<Assessment> {
    let mut out: Vec<Assessment> = context.claims.list.iter().map(|claim| single(context, claim)).collect();
    // What is held to the table by its neighbours is forgiven like what its own words hold to it.
    neighbours::anchor(context, &mut out);
    neighbours::with_the_revised(context, &mut out);
    neighbours::of_the_carried_in(context, &mut out);
    forgive::accepted(context, &mut out);
    forgive::received_of_which(context, &mut out);
    forgive::counted_apart(context, &mut out);
    forgive::parts_of_the_cell(context, &mut out);
    forgive::all_disputes(context, &mut out);
    loosely::refused(context, &mut out);
    loosely::otherwise(context, &mut out);
    forgive::where_a_table_stands_twice(context, &mut out);
    not_a_part_after_all(context, &mut out);
    neighbours::spare_parts(context, &mut out);
    together::add_up(context, &mut out);
    together::are_of_another_count(context, &mut out);
    together::make_up_one_cell(context, &mut out);
    together::are_of_a_part(context, &mut out);
    told_elsewhere::count_a_part_otherwise(context, &mut out);
    told_elsewhere::give_the_whole(context, &mut out);
    indicators::forgive_parts(context, &mut out);
    prose_sums::assess(context, &mut out);
    shares::assess(context, &mut out);
    out
}

/// What became of a reading.
enum Outcome {
    Fits(Number),
    Differs(Number),
    /// A cell it needs could not be read.
    Unread,
    /// The form has no such cell.
    NoSuchCell,
}

impl Context<'_> {
    /// A formula's value in the unit of claims: fees are in 万元 in the table and in 元 in claims.
    pub(super) fn value_of(&self, formula: &Formula) -> Option<Number> {
        let is_money = |cell: CellId| {
            cell == CellId::new(Row::Fees, Column::Amount)
                || matches!(cell.row, Row::Charges | Row::ChargesReduced | Row::Budget)
        };
        formula.evaluate(&|cell| self.tables.value(cell).map(|v| if is_money(cell) { v * 10_000 } else { v })).ok()
    }

    pub(super) fn exists(&self, formula: &Formula) -> bool {
        formula.all_cells(&mut |id| {
            self.tables.cell(id).is_some()
                || !id.row.members().is_empty()
                || !self.tables.report(id.row.table()).is_found
        })
    }

    /// Whether a cell whose digits ran together with the next column's can be this number.
    fn may_be(&self, formula: &Formula, quantity: &Quantity) -> bool {
        let Formula::Cell(id) = formula else { return false };
        self.tables.possible(*id).iter().any(|n| quantity.interval.contains(*n))
    }

    fn try_reading(&self, formula: &Formula, quantity: &Quantity) -> Outcome {
        if !self.exists(formula) {
            return Outcome::NoSuchCell;
        }
        match self.value_of(formula) {
            None => Outcome::Unread,
            Some(value) if quantity.interval.contains(value) => Outcome::Fits(value),
            Some(value) => Outcome::Differs(value),
        }
    }

    fn basis_note(&self, formula: &Formula) -> Cow<'static, str> {
        if !self.tables.has_assumed() {
            return Cow::default();
        }
        let bases =
            self.tables.printed_cells(formula).into_iter().filter_map(|id| self.tables.resolved(id)).map(|(_, b)| b);
        let bases: Vec<Basis> = bases.collect();
        if bases.contains(&Basis::Derived) {
            pick!(
                self.lang,
                "（表中总计为空白，按各栏之和）",
                " (the printed total is blank; the sum of its row is used)"
            )
        } else if bases.contains(&Basis::BlankAsZero) {
            pick!(self.lang, "（空白按0计，合计方能闭合）", " (blank cells count as 0, with which the sums close)")
        } else {
            Cow::default()
        }
    }
}

fn single(context: &Context<'_>, claim: &Claim) -> Assessment {
    match claim.quantity {
        None => in_words(context, claim),
        Some(q) => with_number(context, claim, &context.lexed.quantities[q]),
    }
}

fn with_number(context: &Context<'_>, claim: &Claim, quantity: &Quantity) -> Assessment {
    let lang = context.lang;
    let Some(first) = claim.readings.first() else {
        return Assessment::new(Verdict::NotComparable, why_not(context, claim));
    };
    let (mut unread, mut exists) = (false, false);
    let mut differing: Option<(&Formula, Number)> = None;
    for (rank, formula) in claim.readings.iter().enumerate() {
        match context.try_reading(formula, quantity) {
            Outcome::Fits(value) => return fits(context, claim, quantity, formula, value, rank == 0),
            Outcome::Differs(value) => {
                differing.get_or_insert((formula, value));
                exists = true;
            }
            Outcome::Unread if context.may_be(formula, quantity) => {
                return Assessment::new(
                    Verdict::Compatible,
                    pick!(
                        lang,
                        "表中数字连写，其中一种切分与此相符",
                        "the table's digits ran together; one way to cut them agrees"
                    ),
                )
                .about(formula.clone(), None);
            }
            Outcome::Unread => (unread, exists) = (true, true),
            Outcome::NoSuchCell => {}
        }
    }
    if !exists {
        return Assessment::new(
            Verdict::NotComparable,
            pick!(lang, "这一格式的表格没有对应的单元格", "this form has no such cell"),
        );
    }
    // The first reading is what the words say; where it could not be read, another only shows the difference.
    let first = claim.readings.iter().find(|f| context.exists(f)).unwrap_or(first);
    let (subject, value) = match differing {
        Some((f, v)) if !unread => (f, Some(v)),
        _ => (first, context.value_of(first)),
    };
    let about = |verdict, reading: Cow<'static, str>| Assessment::new(verdict, reading).about(subject.clone(), value);
    // 办结率100%, 办理行政诉讼案件40件: where it is not the table's, it is of something else.
    if claim.because.is_some() {
        return Assessment::new(Verdict::NotComparable, why_not(context, claim));
    }
    if let Some(bound) = claim.at_most.as_ref().and_then(|f| context.value_of(f))
        && quantity.interval.low <= bound
    {
        return about(Verdict::Compatible, not_more(context, claim, bound));
    }
    if let Some(scope) = &claim.scope {
        let is_part = scope.kind == ScopeKind::Narrower && value.is_some_and(|v| quantity.interval.low <= v);
        return if is_part {
            about(
                Verdict::Compatible,
                say!(
                    lang,
                    "所说范围“{}”小于本报告，数不大于表格",
                    "“{}” is a narrower scope than the report's; the number is not greater than the table's",
                    scope.text
                )
                .into(),
            )
        } else {
            about(
                Verdict::NotComparable,
                say!(lang, "所说范围“{}”不是本报告的范围", "“{}” is not the report's own scope or period", scope.text)
                    .into(),
            )
        };
    }
    let Some(value) = value.filter(|_| !unread) else {
        return about(
            Verdict::Undetermined,
            pick!(lang, "所需的单元格未能读取", "a cell that is needed could not be read"),
        );
    };
    about(mismatch(claim, quantity, value), mismatch_reading(context, claim, quantity, value))
        .reported_by(claim.matter.map(Matter::code))
}

fn fits(
    context: &Context<'_>,
    claim: &Claim,
    quantity: &Quantity,
    formula: &Formula,
    value: Number,
    is_first: bool,
) -> Assessment {
    let lang = context.lang;
    let note = context.basis_note(formula);
    let about = |verdict, reading: Cow<'static, str>| {
        Assessment::new(verdict, reading + note.clone()).about(formula.clone(), Some(value))
    };
    if let Some(scope) = &claim.scope {
        let is_loose = scope.kind == ScopeKind::Narrower || scope.text.starts_with(['全', '各']);
        return if is_loose {
            about(
                Verdict::Compatible,
                say!(lang, "与表格相同，但所说范围是“{}”", "equal to the table, though the words say “{}”", scope.text)
                    .into(),
            )
        } else {
            about(
                Verdict::NotComparable,
                say!(
                    lang,
                    "所说的是“{}”，不是本报告期",
                    "the words speak of “{}”, not of the report's own period",
                    scope.text
                )
                .into(),
            )
        };
    }
    if quantity.hedge.is_some() {
        return about(
            Verdict::Compatible,
            pick!(lang, "约数，范围含表格数", "an approximation whose range holds the table's value"),
        );
    }
    if is_first {
        about(Verdict::Confirmed, pick!(lang, "与表格相同", "equal to the table"))
    } else {
        about(
            Verdict::Compatible,
            pick!(lang, "按另一种通行口径与表格相同", "equal to the table under another reading in use"),
        )
    }
}

/// A blurred number is contradicted only on its sharp side.
fn mismatch(claim: &Claim, quantity: &Quantity, value: Number) -> Verdict {
    let is_sharp = match quantity.hedge {
        None => true,
        Some(Hedge::AndSome | Hedge::Over | Hedge::AtLeast) => value < quantity.interval.low,
        Some(Hedge::AtMost | Hedge::Between) => true,
        Some(Hedge::About | Hedge::Nearly) => false,
    };
    match claim.mismatch {
        Mismatch::Contradicted if is_sharp => Verdict::Contradicted,
        Mismatch::Contradicted | Mismatch::Undetermined => Verdict::Undetermined,
        Mismatch::NotComparable => Verdict::NotComparable,
    }
}

fn mismatch_reading(context: &Context<'_>, claim: &Claim, quantity: &Quantity, value: Number) -> Cow<'static, str> {
    let lang = context.lang;
    match mismatch(claim, quantity, value) {
        Verdict::Contradicted => pick!(lang, "各种口径均与表格不符", "no reading agrees with the table"),
        Verdict::NotComparable => {
            pick!(lang, "这类说法也指表格以外的数", "such words also mean numbers outside the tables")
        }
        _ => match claim.doubt {
            None => pick!(
                lang,
                "与表格不同，但词句尚不足以断定所指",
                "differs from the table, but the words do not settle what is meant"
            ),
            Some(doubt) => say!(
                lang,
                "与表格不同，但不足以断定所指：{}",
                "differs from the table, but what is meant is not settled: {}",
                doubts::text(doubt, lang)
            )
            .into(),
        },
    }
}

/// The number need not be more than the cell's, and is not.
fn not_more(context: &Context<'_>, claim: &Claim, bound: Number) -> Cow<'static, str> {
    let lang = context.lang;
    match claim.doubt {
        None => say!(lang, "不多于相应的表格数 {bound}", "not more than the cell's {bound}", bound = bound).into(),
        Some(doubt) => say!(
            lang,
            "不多于相应的表格数 {bound}（{}）",
            "not more than the cell's {bound} ({})",
            doubts::text(doubt, lang),
            bound = bound
        )
        .into(),
    }
}

fn why_not(context: &Context<'_>, claim: &Claim) -> Cow<'static, str> {
    let lang = context.lang;
    match (claim.because.as_deref(), claim.kind) {
        (Some("trend"), _) | (_, ClaimKind::Change) => {
            pick!(lang, "增减变化，需另一年的数", "a change; it needs another year's number")
        }
        (Some("processing-fee"), _) => {
            pick!(lang, "信息处理费，表格中没有", "an information processing fee; no table has it")
        }
        (Some("correction-notice"), _) => {
            pick!(lang, "补正或转主动公开，不是办理结果", "a correction notice or the like, no outcome row")
        }
        (Some("role" | "dispute-role"), _) => {
            pick!(lang, "以复议机关等身份办理的案件", "cases handled as review organ or the like")
        }
        (Some("channel"), _) => pick!(lang, "申请渠道，表格中没有", "a channel of application; no table has it"),
        (Some("documents-amended"), _) => {
            pick!(lang, "修改、解读等，表格中没有", "amended or explained documents; no cell has them")
        }
        (Some("rate"), _) => pick!(lang, "比率，未说明分子分母", "a rate without its numerator and base"),
        (_, ClaimKind::Share) => pick!(lang, "比例的分子或基数未写明", "a share whose part or base is not stated"),
        _ => pick!(lang, "表格中没有对应的单元格", "no table cell speaks of it"),
    }
}

fn in_words(context: &Context<'_>, claim: &Claim) -> Assessment {
    let lang = context.lang;
    let Some(subject) = claim.readings.first() else {
        return Assessment::new(Verdict::NotComparable, why_not(context, claim));
    };
    let value = context.value_of(subject);
    let target = claim.equals.as_ref().map_or(Some(Number::ZERO), |f| context.value_of(f));
    let (Some(value), Some(target)) = (value, target) else {
        return Assessment::new(
            Verdict::Undetermined,
            pick!(lang, "所需的单元格未能读取", "a cell that is needed could not be read"),
        )
        .about(subject.clone(), value);
    };
    let about = |verdict, reading: Cow<'static, str>| {
        Assessment::new(verdict, reading)
            .about(subject.clone(), Some(if claim.kind == ClaimKind::All { target } else { value }))
    };
    // 复议机关维持了决定, and the table has no case at all: what it speaks of is not there.
    if claim.kind == ClaimKind::All
        && target == Number::ZERO
        && claim.equals.as_ref().is_some_and(|f| f.cell_count() > 0)
    {
        return about(Verdict::Undetermined, pick!(lang, "表格中没有这类案件", "the table has no such case"));
    }
    // 未收到公民提出的申请: where organisations applied, the words speak of natural persons.
    let is_another = |f: &&Formula| claim.kind == ClaimKind::Zero && context.value_of(f) == Some(target);
    if value != target
        && claim.scope.is_none()
        && let Some(other) = claim.readings.iter().skip(1).find(is_another)
    {
        let reading = pick!(lang, "按另一种通行口径与表格相同", "equal to the table under another reading in use");
        return Assessment::new(Verdict::Compatible, reading).about(other.clone(), Some(target));
    }
    if value == target {
        let verdict = if claim.scope.is_some() { Verdict::Compatible } else { Verdict::Confirmed };
        return about(verdict, pick!(lang, "与表格相符", "agrees with the table") + context.basis_note(subject));
    }
    if let Some(scope) = &claim.scope {
        return about(
            Verdict::NotComparable,
            say!(lang, "所说范围“{}”不是本报告的范围", "“{}” is not the report's own scope or period", scope.text)
                .into(),
        );
    }
    let verdict = match claim.mismatch {
        Mismatch::Contradicted => Verdict::Contradicted,
        Mismatch::Undetermined => Verdict::Undetermined,
        Mismatch::NotComparable => Verdict::NotComparable,
    };
    about(
        verdict,
        say!(lang, "表格为 {value}，与说法不符", "the table has {value}, which the words deny", value = value).into(),
    )
    .reported_by(claim.matter.map(Matter::code))
}

/// 县政府收到申请84件，予以公开23件: where the first number is the table's, the government's are all there are.
fn not_a_part_after_all(context: &Context<'_>, out: &mut [Assessment]) {
    let claims = &context.claims.list;
    let number = |i: usize| claims[i].quantity.map(|q| &context.lexed.quantities[q]);
    let paragraph = |i: usize| context.claims.sentences[claims[i].sentence].paragraph;
    let is_all = |i: usize| {
        claims[i].is_perhaps_a_part()
            && out[i].verdict == Verdict::Confirmed
            && out[i].expected.is_some_and(|n| n >= neighbours::TELLING)
    };
    let place = |i: usize| (paragraph(i), section(&claims[i]));
    let all: BTreeSet<_> = (0..claims.len()).filter(|i| is_all(*i)).map(place).collect();
    for i in (0..claims.len()).filter(|i| claims[*i].is_perhaps_a_part()) {
        let (Some(quantity), Some(value)) = (number(i), out[i].expected) else { continue };
        let differs = out[i].verdict == Verdict::Compatible
            && claims[i].readings.iter().filter_map(|f| context.value_of(f)).all(|v| !quantity.interval.contains(v));
        if differs && all.contains(&place(i)) {
            let (verdict, reading) =
                (mismatch(&claims[i], quantity, value), mismatch_reading(context, &claims[i], quantity, value));
            let subject = out[i].subject.clone();
            out[i] = Assessment::new(verdict, reading).reported_by(claims[i].matter.map(Matter::code));
            (out[i].subject, out[i].expected) = (subject, Some(value));
        }
    }
}

/// The table that a claim is of: documents, applications, disputes.
fn section(claim: &Claim) -> Option<TableId> {
    claim.matter.map(Matter::table)
}
