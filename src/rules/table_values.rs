//! T005, T201–T204: values that a cell cannot hold, or hardly.

use super::{Context, Draft, Sink};
use crate::document::{Level, OrganKind};
use crate::form::{CellId, Column, Formula, Generation, Number, Row, TableId};
use crate::lang::{Lang, say};
use crate::tables::{Cell, CellState};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink) {
    not_counts(context, sink);
    if !context.tables.has_read(TableId::Proactive) {
        return;
    }
    match context.tables.generation {
        Some(Generation::Form2021) => stock(context, sink),
        Some(Generation::Form2019) => items(context, sink),
        Some(Generation::Form2008 | Generation::Form2014) | None => {}
    }
    regulations(context, sink);
}

fn name(id: CellId, lang: Lang) -> String {
    match lang {
        Lang::Zh => id.chinese(),
        Lang::En => id.to_string(),
    }
}

impl Context<'_> {
    /// Whether a table was read in full and in step: else a value may stand in the wrong cell.
    fn is_sure(&self, table: TableId) -> bool {
        let report = self.tables.report(table);
        report.missing_rows.is_empty()
            && report.placed_by_order.is_empty()
            && !report.is_shifted
            && report.glued.is_none()
    }

    /// A number that is printed in a cell of a table that was read in full.
    pub(super) fn printed_number(&self, row: Row, column: Column) -> Option<Number> {
        if !self.is_sure(row.table()) {
            return None;
        }
        let cell = self.tables.cell(CellId::new(row, column))?;
        matches!(cell.state, CellState::Number | CellState::Zero).then_some(cell.value).flatten()
    }

    fn cell_draft(&self, ids: &[CellId], message: String) -> Draft {
        let first = ids.first().and_then(|id| self.tables.cell(*id));
        Draft {
            message,
            span: first.and_then(|c| c.span).unwrap_or_default(),
            stated: first.map_or(String::new(), |c| self.tables.raw(c).to_string()),
            cells: ids.to_vec(),
            related: self.places(&ids[1..]),
            ..Draft::default()
        }
    }
}

/// T005: a negative or fractional count. Changes may be negative, money may be fractional.
fn not_counts(context: &Context<'_>, sink: &mut Sink) {
    // The indicator table before 2019 has rows of money in its one column.
    let may_be = |c: &Cell| {
        matches!(c.id.column, Column::Amount | Column::ItemsChange) || c.id.row.table() == TableId::Statistics
    };
    for cell in context.tables.cells().iter().filter(|c| c.state == CellState::Number && !may_be(c)) {
        let Some(value) = cell.value.filter(|v| *v < Number::ZERO || v.to_whole().is_none()) else { continue };
        if !context.is_sure(cell.id.row.table()) {
            continue;
        }
        let what = name(cell.id, context.lang);
        let message = say!(
            context.lang,
            "{what}填的是{value}，而件数只能是0或正整数。",
            "{what} holds {value}; a count is 0 or a positive whole number.",
            what = what,
            value = value
        );
        sink.report("T005", context.cell_draft(&[cell.id], message));
    }
}

/// T201: more documents issued in the year than are in force at its end.
fn stock(context: &Context<'_>, sink: &mut Sink) {
    for row in [Row::Regulations, Row::NormativeDocuments] {
        let value = |c| context.printed_number(row, c);
        let (Some(issued), Some(in_force)) = (value(Column::Issued), value(Column::InForce)) else { continue };
        // A stock of 0 with documents issued is a cell not filled in; nothing is known of it.
        if issued <= in_force || in_force == Number::ZERO || has_ended_within_the_year(context) {
            continue;
        }
        let ids = [CellId::new(row, Column::Issued), CellId::new(row, Column::InForce)];
        let message = say!(
            context.lang,
            "{what}本年制发{issued}件，年末现行有效却只有{in_force}件。",
            "{what}: {issued} issued in the year, but only {in_force} in force at its end.",
            what = name(ids[0], context.lang),
            issued = issued,
            in_force = in_force
        );
        let mut draft = context.cell_draft(&ids, message);
        draft.expected = in_force.to_string();
        sink.report("T201", draft);
    }
}

/// Whether the prose says that documents ended in the year they were issued in.
fn has_ended_within_the_year(context: &Context<'_>) -> bool {
    let text = &context.document.prose.text;
    context.words.within_the_year.iter().any(|w| {
        text.match_indices(w.as_str()).any(|(at, w)| {
            let rest = super::head(&text[at + w.len()..], super::WINDOW);
            let sentence = &rest[..rest.find(['。', '\n']).unwrap_or(rest.len())];
            context.words.ended.stand_in(sentence)
        })
    })
}

const ITEM_ROWS: [Row; 4] = [Row::Licences, Row::OtherServices, Row::Penalties, Row::CoerciveMeasures];

/// T202, T203: the columns of the 2019 form.
fn items(context: &Context<'_>, sink: &mut Sink) {
    let lang = context.lang;
    let (mut misread, mut is_telling) = (Vec::new(), false);
    for row in ITEM_ROWS {
        let value = |c| context.printed_number(row, c);
        let (Some(before), Some(change)) = (value(Column::ItemsLastYear), value(Column::ItemsChange)) else { continue };
        let now = before + change;
        if now < Number::ZERO {
            let ids = [CellId::new(row, Column::ItemsLastYear), CellId::new(row, Column::ItemsChange)];
            let message = say!(
                lang,
                "{what}为{before}，本年增/减{change}：结果小于0。",
                "{what} is {before} and the change {change}: less than 0 remain.",
                what = name(ids[0], lang),
                before = before,
                change = change
            );
            sink.report("T203", context.cell_draft(&ids, message));
        }
        if value(Column::Decisions) == Some(now) && now > Number::ZERO && before > Number::ZERO {
            misread.push(CellId::new(row, Column::Decisions));
            // 2 and no change, 2 decisions: so small numbers agree by chance.
            is_telling |= now >= Number::whole(10) || change != Number::ZERO;
        }
    }
    // One row may agree by chance.
    if misread.len() >= 2 && is_telling {
        let count = misread.len();
        let message = say!(
            lang,
            "有{count}行的处理决定数量恰好等于上一年项目数量加本年增/减，可能把项目数当成了决定数。",
            "Rows in which 处理决定数量 equals 上一年项目数量 plus 本年增/减: {count}; items may have been counted instead of decisions.",
            count = count
        );
        let mut draft = context.cell_draft(&misread, message);
        let row = misread[0].row;
        let operand = |c| Formula::Cell(CellId::new(row, c));
        draft.formula = Some(Formula::Sum(vec![operand(Column::ItemsLastYear), operand(Column::ItemsChange)]));
        sink.report("T202", draft);
    }
    for row in [Row::Regulations, Row::NormativeDocuments] {
        let value = |c| context.printed_number(row, c);
        let (Some(new), Some(all)) = (value(Column::Disclosed), value(Column::DisclosedTotal)) else { continue };
        if new > all && all > Number::ZERO {
            let ids = [CellId::new(row, Column::Disclosed), CellId::new(row, Column::DisclosedTotal)];
            let message = say!(
                lang,
                "{what}本年新公开{new}件，对外公开总数量却只有{all}件。",
                "{what}: {new} newly disclosed, but {all} disclosed in all.",
                what = name(ids[0], lang),
                new = new,
                all = all
            );
            let mut draft = context.cell_draft(&ids, message);
            draft.expected = all.to_string();
            sink.report("T203", draft);
        }
    }
}

/// T204: regulations of an organ that cannot make any.
fn regulations(context: &Context<'_>, sink: &mut Sink) {
    let organ = &context.document.organ;
    let Some(level) = organ.level else { return };
    let is_below = matches!(level, Level::County | Level::Township);
    let is_department =
        organ.kind == OrganKind::Department && level != Level::Central && !context.words.ministry_ends.end(&organ.name);
    if !is_below && !is_department {
        return;
    }
    let columns =
        [Column::Issued, Column::Repealed, Column::InForce, Column::Made, Column::Disclosed, Column::DisclosedTotal];
    let ids: Vec<CellId> = columns
        .iter()
        .filter(|c| context.printed_number(Row::Regulations, **c).is_some_and(|v| v > Number::ZERO))
        .map(|c| CellId::new(Row::Regulations, *c))
        .collect();
    if ids.is_empty() {
        return;
    }
    let organ = &organ.name;
    let message = say!(
        context.lang,
        "规章一行不是0；{organ}依法没有规章制定权，可能把其他文件或上级的规章计了进去。",
        "The row 规章 is not 0, but {organ} has no power to make regulations; other documents, or those of a higher organ, may have been counted.",
        organ = organ
    );
    sink.report("T204", context.cell_draft(&ids, message));
}
