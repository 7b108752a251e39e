//! E005–E009, E201–E402: what of the tables could not be read. A table with unread rows never passes silently.

use super::{Context, Draft, Sink};
use crate::form::{CellId, Row, TableId};
use crate::lang::{Lang, say};
use crate::source::Span;
use crate::tables::{Cell, CellState, Spent};

/// The first year that was reported in a form of three tables.
const FIRST_YEAR: i16 = 2019;

pub(super) fn check(context: &Context<'_>, sink: &mut Sink) {
    if context.tables.report(TableId::Statistics).is_found {
        // An older form: it has one table, and none of the three.
        return statistics(context, sink);
    }
    let newer = [TableId::Proactive, TableId::Requests, TableId::Disputes];
    let is_older = context.document.year.is_some_and(|y| y < FIRST_YEAR);
    if is_older && newer.iter().all(|t| !context.tables.report(*t).is_found) {
        let message = say!(
            context.lang,
            "没有找到统计表（2018年以前的报告只有这一张表）；有关数字未作核对。",
            "The indicator table was not found (reports on the years before 2019 have no other); nothing was checked against it."
        );
        return sink.report("E009", Draft { message, span: end_of(context), ..Draft::default() });
    }
    for table in newer {
        missing(context, table, sink);
        glued(context, table, sink);
        stands_twice(context, table, sink);
    }
    let disputes = context.tables.report(TableId::Disputes);
    if disputes.is_shifted {
        let message = say!(
            context.lang,
            "表四各组的总计排在最前才闭合：栏次与格式不同，没有核对，不作为报告的差错。",
            "The blocks of table four only add up with their totals read first: its columns stand in another order; nothing was checked against it, and no error of the report is raised."
        );
        let at = disputes.span.map_or(Span::default(), line_start);
        sink.report("E303", Draft { message, span: at, ..Draft::default() });
    }
    let requests = context.tables.report(TableId::Requests);
    let at = requests.span.map_or(Span::default(), line_start);
    if requests.is_shifted {
        let message = say!(
            context.lang,
            "表三的数值整体错位一栏后各行合计才闭合：这是读表错位，不作为报告的差错。",
            "The rows of table three only add up once moved by one column: the table was read out of step; no error of the report is raised."
        );
        sink.report("E303", Draft { message, span: at, ..Draft::default() });
    }
    if !requests.placed_by_order.is_empty() {
        let rows = names(&requests.placed_by_order, context.lang);
        let message = say!(
            context.lang,
            "以下各行的标题在文本中断开，按表格次序读取：{rows}。",
            "The labels of these rows are broken off in the text; the rows were read by their order: {rows}.",
            rows = rows
        );
        sink.report("E304", Draft { message, span: at, ..Draft::default() });
    }
}

/// A table that stands twice with different figures, such as this year's and last year's: the first was read.
fn stands_twice(context: &Context<'_>, table: TableId, sink: &mut Sink) {
    let Some(span) = context.tables.report(table).other else { return };
    let message = say!(
        context.lang,
        "第{number}部分的表格出现不止一次，数字不同；只读了第一张，正文与它不符的数字不作为差错。",
        "The table of section {number} stands more than once with different figures; the first was read, and numbers of the prose that differ from it are no errors.",
        number = table.section()
    );
    sink.report("E305", Draft { message, span, ..Draft::default() });
}

/// What of the indicator table of an older form could not be read, or only with the help of its own sums.
fn statistics(context: &Context<'_>, sink: &mut Sink) {
    let lang = context.lang;
    let (report, indicators) = (context.tables.report(TableId::Statistics), context.tables.indicators());
    let place = |rows: &[Row]| {
        let first = rows.first().and_then(|r| context.tables.cell(CellId::total(*r))).and_then(|c| c.span);
        first.or(report.span).unwrap_or_default()
    };
    if !report.missing_rows.is_empty() {
        let mut message = say!(
            lang,
            "统计表有{count}行未能读取：{rows}；涉及这些行的数字未作核对。",
            "Rows of the indicator table that could not be read: {count} ({rows}); nothing that needs them was checked.",
            rows = names(&report.missing_rows, lang),
            count = report.missing_rows.len()
        );
        if indicators.readings > 1 {
            message.push_str(&say!(
                lang,
                "本年度与历年累计的数字连写，共有{readings}种切分。",
                " The digits of the year and of all years ran together; they can be cut in {readings} ways.",
                readings = indicators.readings
            ));
        }
        sink.report("E007", Draft { message, span: place(&report.missing_rows), ..Draft::default() });
    }
    if !indicators.recovered.is_empty() {
        let message = say!(
            lang,
            "以下各行的本年度与历年累计数字连写，按“本年度不大于历年累计、分项不大于总数”切分，只有一种可能：{rows}；用过的关系不再核对。",
            "In these rows the digits of the year and of all years ran together; with the year not above all years and parts not above their whole they can be cut in one way only: {rows}. The relations used are not checked again.",
            rows = names(&indicators.recovered, lang)
        );
        sink.report("E008", Draft { message, span: place(&indicators.recovered), ..Draft::default() });
    }
}

/// A table's place is shown by its first character: the finding is about what is not there.
fn line_start(span: Span) -> Span {
    Span { start: span.start, end: (span.start + 1).min(span.end) }
}

fn missing(context: &Context<'_>, table: TableId, sink: &mut Sink) {
    let lang = context.lang;
    let report = context.tables.report(table);
    let number = table.section();
    let heading = context.document.headings.iter().find(|h| h.section == number);
    let code = |kind: u8| format!("E{number}0{kind}");
    let read_any = context.tables.has_read(table);
    if !report.recovery.undetermined.is_empty() && report.missing_rows.is_empty() {
        return;
    }
    if !report.is_found || !read_any {
        let span = match (report.span, heading) {
            (Some(span), _) => line_start(span),
            (None, Some(h)) => context.page.span(context.source, h.range.clone()),
            (None, None) => end_of(context),
        };
        let message = if report.is_found {
            say!(
                lang,
                "第{number}部分的表格没有一行能读出（可能单元格连成一片，或是图片）；有关数字未作核对。",
                "Not one row of the table of section {number} could be read (its cells may be glued together, or it is a picture); nothing was checked against it.",
                number = number
            )
        } else if is_said_elsewhere(context, number) {
            say!(
                lang,
                "第{number}部分写明表格另附，本文件中没有；有关数字未作核对。可用 manifest.csv 把正文和附件合成一份报告（docs/inputs/collections.md）。",
                "Section {number} says that its table is in another file, and it is not in this one; nothing was checked against it. A manifest.csv can join both files into one report (docs/inputs/collections.md).",
                number = number
            )
        } else {
            say!(
                lang,
                "没有找到第{number}部分的表格；有关数字未作核对。",
                "The table of section {number} was not found; nothing was checked against it.",
                number = number
            )
        };
        sink.report(&code(1), Draft { message, span, ..Draft::default() });
        return;
    }
    if !report.missing_rows.is_empty() {
        let rows = names(&report.missing_rows, lang);
        let message = say!(
            lang,
            "第{number}部分的表格有{count}行未能读取：{rows}；涉及这些行的数字未作核对。",
            "Rows of the table of section {number} that could not be read: {count} ({rows}); nothing that needs them was checked.",
            number = number,
            count = report.missing_rows.len(),
            rows = rows
        );
        // The place is where the reading stopped: the last cell that was read.
        let last = context.tables.cells().iter().filter(|c| c.id.row.table() == table).filter_map(|c| c.span).max();
        let span = last.or(report.span).unwrap_or_default();
        let is_missing = |id: &CellId| report.missing_rows.contains(&id.row);
        let cells = context.tables.cells().iter().map(|c| c.id).filter(is_missing).collect();
        sink.report(&code(2), Draft { message, span, cells, ..Draft::default() });
    }
    words_for_numbers(context, table, sink);
}

/// Whether a section says that its table is in another file: 见附件.
fn is_said_elsewhere(context: &Context<'_>, section: u8) -> bool {
    let paragraphs = context.document.prose.paragraphs.iter().filter(|p| p.section == section);
    paragraphs.map(|p| context.prose(p.range.clone())).any(|text| context.words.in_another_file.stand_in(text))
}

/// Cells of tables three and four that hold words.
fn words_for_numbers(context: &Context<'_>, table: TableId, sink: &mut Sink) {
    let is_words = |c: &&Cell| c.state == CellState::Text && c.id.row.table() == table;
    let cells: Vec<&Cell> = context.tables.cells().iter().filter(is_words).collect();
    let Some(first) = cells.first().filter(|_| table != TableId::Proactive) else { return };
    let (number, printed) = (table.section(), context.tables.raw(first));
    let message = say!(
        context.lang,
        "第{number}部分的表格有{count}个单元格不是数字（如“{printed}”）；涉及它们的数字未作核对。",
        "Cells of the table of section {number} that hold no number (such as “{printed}”): {count}; nothing that needs them was checked.",
        number = number,
        count = cells.len(),
        printed = printed
    );
    let span = first.span.unwrap_or_default();
    let cells = cells.iter().map(|c| c.id).collect();
    sink.report(&format!("E{number}02"), Draft { message, span, cells, ..Draft::default() });
}

/// Digits whose borders are lost: what was read of them and with which relations, and what was not.
fn glued(context: &Context<'_>, table: TableId, sink: &mut Sink) {
    let lang = context.lang;
    let report = context.tables.report(table);
    let number = table.section();
    let (recovery, span) = (&report.recovery, report.glued.map_or(Span::default(), line_start));
    if !recovery.recovered.is_empty() {
        let spent = spent_names(&recovery.spent, lang);
        let message = say!(
            lang,
            "第{number}部分的表格数字粘连，有{count}行借助勾稽关系还原；已用的关系不再用来核对本报告：{spent}。",
            "The digits of the table of section {number} are glued together; rows read with the help of relations: {count}; relations that are not checked any more: {spent}.",
            number = number,
            count = recovery.recovered.len(),
            spent = spent
        );
        sink.report("E005", Draft { message, span, ..Draft::default() });
    }
    if recovery.undetermined.is_empty() {
        return;
    }
    let rows = names(&recovery.undetermined, lang);
    let why = match (recovery.is_exhausted, recovery.readings) {
        (true, _) => say!(lang, "可能的读法太多，未能查尽", "there are too many readings to look at all"),
        (_, 0) => say!(lang, "没有一种读法符合各项勾稽关系", "no reading satisfies the relations"),
        (_, 1) => say!(lang, "其余勾稽关系不足以证实读法", "too few relations are left to prove a reading"),
        (_, readings) => say!(lang, "共有{readings}种读法", "there are {readings} readings", readings = readings),
    };
    let message = say!(
        lang,
        "第{number}部分的表格数字粘连，下列各行不能确定：{rows}（{why}）；涉及这些行的数字未作核对。",
        "The digits of the table of section {number} are glued together, and these rows could not be settled: {rows} ({why}); nothing that needs them was checked.",
        number = number,
        rows = rows,
        why = why
    );
    sink.report("E006", Draft { message, span, ..Draft::default() });
}

/// The relations that were used, each kind named once.
fn spent_names(spent: &[Spent], lang: Lang) -> String {
    let has = |test: fn(&Spent) -> bool| spent.iter().any(test);
    let mut names = Vec::new();
    if has(|s| matches!(s, Spent::Row(_))) {
        names.push(say!(lang, "各行合计", "the sums of these rows"));
    }
    if has(|s| *s == Spent::Sums) {
        names.push(say!(lang, "各列合计", "the column sums"));
    }
    if has(|s| *s == Spent::Balance) {
        names.push(say!(lang, "新收加结转等于办理加结转下年", "the balance of intake and outcome"));
    }
    names.join(match lang {
        Lang::Zh => "、",
        Lang::En => ", ",
    })
}

fn end_of(context: &Context<'_>) -> Span {
    let end = context.source.characters();
    Span { start: end.saturating_sub(1), end }
}

fn names(rows: &[Row], lang: Lang) -> String {
    let name = |r: &Row| match lang {
        Lang::Zh => r.chinese().to_string(),
        Lang::En => r.name().to_string(),
    };
    rows.iter().map(name).collect::<Vec<_>>().join(match lang {
        Lang::Zh => "、",
        Lang::En => ", ",
    })
}
