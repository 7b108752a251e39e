//! S001–S015, S501, S601: sections, their order, the form used, and how its cells are filled in.

use super::{Context, Draft, Sink};
use crate::dictionary::{Mark, WordList};
use crate::document::{Level, OrganKind};
use crate::form::{CellId, Column, Generation, Row, TableId};
use crate::lang::say;
use crate::source::Span;
use crate::tables::{Cell, CellState};

/// The first year reported with six sections.
const FIRST_YEAR: i16 = 2019;
/// Fewer sections than this were found: a fragment, of which nothing is said.
const ENOUGH_SECTIONS: usize = 4;
/// Section five with less text than this (characters) says nothing.
const SHORTEST_PROBLEMS: usize = 10;
/// Prose shorter than this (bytes) is an excerpt, of which it is not said what it lacks.
const SHORTEST_REPORT: usize = 600;

pub(super) fn check(context: &Context<'_>, sink: &mut Sink) {
    form_of_another_year(context, sink);
    cells(context, sink);
    if context.named_year().is_none_or(|y| y < FIRST_YEAR) {
        return;
    }
    let document = context.document;
    let is_whole = context.sections() >= ENOUGH_SECTIONS;
    if is_whole {
        missing_sections(context, sink);
        numbering(context, sink);
        problems(context, sink);
    }
    declared_parts(context, sink);
    basis(context, sink);
    // What is left out of an excerpt may well have been said.
    if is_whole && document.prose.text.len() >= SHORTEST_REPORT && !context.has_mark(Mark::LeftOut) {
        statements(context, sink);
    }
}

impl Context<'_> {
    /// Where a heading of a section stands, else the beginning of the report.
    pub(super) fn section_span(&self, section: u8) -> Span {
        let heading = self.document.headings.iter().find(|h| h.section == section);
        heading.map_or(Span { start: 0, end: 1 }, |h| self.page.span(self.source, h.range.clone()))
    }

    /// The section of a byte of the prose.
    pub(super) fn section_at(&self, at: usize) -> u8 {
        let paragraphs = &self.document.prose.paragraphs;
        let next = paragraphs.partition_point(|p| p.range.start <= at);
        next.checked_sub(1).map_or(0, |i| paragraphs[i].section)
    }

    /// The text of a section's paragraphs, headings left out.
    fn texts(&self, section: u8) -> impl Iterator<Item = &str> {
        let paragraphs = self.document.prose.paragraphs.iter();
        paragraphs.filter(move |p| p.section == section && !p.is_heading).map(|p| self.prose(p.range.clone()))
    }

    fn has_mark(&self, mark: Mark) -> bool {
        self.marked.iter().any(|m| m.mark == mark)
    }

    pub(super) fn says(&self, words: &WordList) -> bool {
        let text = self.document.prose.text.as_bytes();
        words.iter().any(|word| memchr::memmem::find(text, word.as_bytes()).is_some())
    }

    /// How many of the six sections have a heading.
    fn sections(&self) -> usize {
        let seen = self.document.headings.iter().fold(0_u8, |seen, h| seen | 1 << h.section.min(7));
        seen.count_ones() as usize
    }
}

/// S001. Sections two to four are known by their tables, and E201, E301, E401 say when those are missing.
fn missing_sections(context: &Context<'_>, sink: &mut Sink) {
    let lang = context.lang;
    let has = |section: u8| context.document.headings.iter().any(|h| h.section == section);
    // The text of a section whose heading was not found stands in the section before it.
    let says = |words: &WordList| (4..=6).any(|s| context.texts(s).any(|text| words.stand_in(text)));
    let traces: [(u8, &str, &dyn Fn() -> bool); 3] = [
        // What stands before section two may be section one without its heading.
        (1, "总体情况", &|| context.texts(0).next().is_some()),
        (5, "存在的主要问题及改进情况", &|| says(&context.words.problem_traces)),
        (6, "其他需要报告的事项", &|| says(&context.words.other_traces)),
    ];
    for (section, title, has_trace) in traces {
        if has(section) || has_trace() {
            continue;
        }
        let near = context.document.headings.iter().rev().find(|h| h.section < section);
        sink.report(
            "S001",
            Draft {
                message: say!(
                    lang,
                    "没有找到第{section}部分“{title}”，正文中也没有它的内容。",
                    "Section {section} ({title}) was not found, nor anything that belongs to it.",
                    section = section,
                    title = title
                ),
                span: context.section_span(near.map_or(0, |h| h.section)),
                expected: title.to_string(),
                ..Draft::default()
            },
        );
    }
}

/// S002: two sections of one number, sections out of order, or a number passed over.
fn numbering(context: &Context<'_>, sink: &mut Sink) {
    let headings = &context.document.headings;
    let is_repeated = |i: usize| headings[..i].iter().any(|h| h.section == headings[i].section);
    // A list of contents or a menu names the sections twice.
    if (0..headings.len()).any(is_repeated) {
        return;
    }
    for pair in headings.windows(2) {
        let [before, heading] = pair else { continue };
        let (Some(first), Some(second)) = (before.numeral, heading.numeral) else { continue };
        let follows = heading.section == before.section + 1;
        let is_wrong = heading.section < before.section || second <= first || follows && second > first + 1;
        // A section of the organ's own, or a heading that was not recognised, takes the number between.
        let is_taken =
            second > first + 1 && is_number_between(context, before.range.end..heading.range.start, first + 1);
        if !is_wrong || is_taken {
            continue;
        }
        let printed = |h: &crate::document::Heading| context.page.text[h.range.clone()].trim().to_string();
        let (a, b) = (printed(before), printed(heading));
        sink.report(
            "S002",
            Draft {
                message: say!(
                    context.lang,
                    "“{a}”之后是“{b}”，序号或次序有误。",
                    "“{b}” follows “{a}”: the number or the order is wrong.",
                    a = a,
                    b = b
                ),
                span: context.page.span(context.source, heading.range.clone()),
                stated: b,
                related: vec![(context.page.span(context.source, before.range.clone()), a)],
                ..Draft::default()
            },
        );
        // The headings after it follow from the same slip.
        return;
    }
}

const NUMERALS: [&str; 10] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];

/// Whether anything between two headings carries a number, be it read as a heading or not.
fn is_number_between(context: &Context<'_>, between: std::ops::Range<usize>, number: u8) -> bool {
    let Some(numeral) = NUMERALS.get(number as usize - 1) else { return true };
    let text = context.page.text.get(between).unwrap_or_default();
    ["、", "部分", ".", "，"].iter().any(|mark| text.contains(&format!("{numeral}{mark}")))
}

/// A report says once of how many parts it is made.
const MOST_PARTS: usize = 3;

/// S003: the number of parts that the report says it has.
fn declared_parts(context: &Context<'_>, sink: &mut Sink) {
    let lang = context.lang;
    for marked in context.marked.iter().filter(|m| m.mark == Mark::Parts).take(MOST_PARTS) {
        if context.section_at(marked.range.start) > 1 {
            continue;
        }
        let text = &context.document.prose.text[..marked.range.end];
        let Some(end) = text.rfind("部分") else { continue };
        let head = text[..end].trim_end_matches('个');
        let Some(last) = head.chars().next_back() else { continue };
        let position = NUMERALS.iter().position(|n| n.starts_with(last)).map(|i| i + 1);
        let Some(declared) = position.or_else(|| last.to_digit(10).map(|d| d as usize)) else { continue };
        let sentence = &head[head.rfind(['。', '\n']).unwrap_or(0)..];
        let sentence = sentence.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '《');
        // 第五部分 is one of them; a platform or a list may have parts too.
        let is_of_report = context.words.this_report.stand_in(sentence);
        if !is_of_report || sentence[..sentence.len() - last.len_utf8()].ends_with('第') {
            continue;
        }
        let listed = listed_titles(&sentence[..sentence.len() - last.len_utf8()], &context.words.title_ends);
        let found = context.sections();
        let has_annex =
            sentence.contains('附') || sentence.contains('表') || context.document.prose.text.contains("七、");
        let (is_wrong, count) = match listed {
            // Where a title may be one or two, every number between is right.
            // 由（五个）等六部分组成 leaves one out, which the report has.
            Some((least, most)) => {
                let is_open = head[..head.len() - last.len_utf8()].ends_with('等') && found == declared;
                (declared < least || declared > most && !is_open, least)
            }
            None => (found == 6 && declared != 6 && !has_annex, found),
        };
        if !is_wrong || declared < 3 {
            continue;
        }
        let start = end - (end - head.len()) - last.len_utf8();
        let message = if listed.is_some() {
            say!(
                lang,
                "报告称由{declared}个部分组成，而列出的是{count}个。",
                "The report says that it has {declared} parts; it names {count}.",
                declared = declared,
                count = count
            )
        } else {
            say!(
                lang,
                "报告称由{declared}个部分组成，而正文有{count}个部分。",
                "The report says that it has {declared} parts; {count} were found.",
                declared = declared,
                count = count
            )
        };
        sink.report(
            "S003",
            Draft {
                message,
                span: context.prose_span(start..end + "部分".len()),
                stated: declared.to_string(),
                expected: count.to_string(),
                ..Draft::default()
            },
        );
    }
}

/// What joins two titles without a 、.
const JOINS: [&str; 4] = ["以及", "和", "及", "与"];

/// How many titles a sentence lists after 由, 包括 ..., at least and at most; a title may hold 、 itself. None if that
/// is not certain.
fn listed_titles(sentence: &str, ends: &WordList) -> Option<(usize, usize)> {
    let sentence = &sentence.replace("行政复议、行政诉讼", "行政复议和行政诉讼");
    let opener = ["包括", "包含", "由", "分为", "分"].iter().find_map(|w| sentence.find(w).map(|at| at + w.len()))?;
    let list = sentence[opener..].trim_end_matches(['共', '等', '，', ',', '这', '的']);
    let (mut count, mut most, mut is_open) = (0, 0, false);
    for piece in list.split(['、', '，', ',', '；', ';']) {
        let mut rest = piece.trim();
        // 改进情况和其他需要报告的事项: two titles in one piece.
        while let Some(at) = joined_at(rest, ends) {
            count += 1;
            most += 1;
            rest = &rest[at..];
        }
        is_open = !ends.end(rest);
        count += usize::from(!is_open);
        most += 1;
    }
    (!is_open && count >= 3).then_some((count, most))
}

fn joined_at(text: &str, ends: &WordList) -> Option<usize> {
    ends.iter().find_map(|end| {
        let at = text.find(end.as_str())? + end.len();
        JOINS.iter().find(|join| text[at..].starts_with(**join)).map(|join| at + join.len())
    })
}

/// S005: the form of 2019 for a year from 2021 on. The new form for 2020 is only a late report.
fn form_of_another_year(context: &Context<'_>, sink: &mut Sink) {
    let Some(year) = context.named_year().filter(|year| *year >= 2021) else { return };
    // Some of its headers may be of the old form.
    let old_rows = [Row::Regulations, Row::NormativeDocuments].map(|row| CellId::new(row, Column::Made));
    let is_old = context.tables.generation == Some(Generation::Form2019);
    let is_mixed = context.tables.generation == Some(Generation::Form2021)
        && old_rows.into_iter().any(|cell| context.tables.cell(cell).is_some());
    if !is_old && !is_mixed {
        return;
    }
    let report = context.tables.report(TableId::Proactive);
    let span = report.span.map_or_else(|| context.section_span(2), |s| Span { start: s.start, end: s.start + 1 });
    sink.report(
        "S005",
        Draft {
            message: if is_mixed {
                say!(
                    context.lang,
                    "{year}年度报告的表格有2019年的表头；2021年度起应当用国办公开办函〔2021〕30号的表格。",
                    "The tables of the report on {year} have headers of 2019; from 2021 on those of 国办公开办函〔2021〕30号 are in force.",
                    year = year
                )
            } else {
                say!(
                    context.lang,
                    "{year}年度的报告用的是2019年的表格；2021年度起应当用国办公开办函〔2021〕30号的表格。",
                    "The report on {year} uses the tables of 2019; from 2021 on those of 国办公开办函〔2021〕30号 are in force.",
                    year = year
                )
            },
            span,
            stated: "2019".to_string(),
            expected: "2021".to_string(),
            ..Draft::default()
        },
    );
}

/// S006: the act or letter that the report says it follows was not in force, and the one in force is not named.
fn basis(context: &Context<'_>, sink: &mut Sink) {
    let Some(year) = context.named_year() else { return };
    let first = |mark: Mark| context.marked.iter().find(|m| m.mark == mark);
    let is_named = |mark: Mark| context.has_mark(mark);
    let cases = [
        (Mark::Law2007, first(Mark::Law2007).is_none() || context.says(&context.words.law_2019), "国务院令第711号"),
        (Mark::Format2019, year < 2021 || is_named(Mark::Format2021), "国办公开办函〔2021〕30号"),
        (Mark::Format2021, year > 2020, "国办公开办函〔2019〕60号"),
    ];
    for (mark, is_fine, expected) in cases {
        let Some(found) = first(mark).filter(|m| !is_fine && context.section_at(m.range.start) <= 1) else { continue };
        // Only what the report says it follows; what was in force before may be told of.
        let sentence = context.sentence_around(&found.range);
        let fits = if year < 2021 { Mark::Format2019 } else { Mark::Format2021 };
        if !context.words.basis.stand_in(sentence)
            || context.words.past_basis.stand_in(sentence)
            || mark == Mark::Law2007 && is_named(fits)
        {
            continue;
        }
        let stated = context.prose(found.range.clone());
        sink.report(
            "S006",
            Draft {
                message: say!(
                    context.lang,
                    "{year}年度的报告以“{stated}”为依据；当时施行的是{expected}。",
                    "The report on {year} names “{stated}” as its basis; {expected} was in force.",
                    year = year,
                    stated = stated,
                    expected = expected
                ),
                span: context.prose_span(found.range.clone()),
                stated: stated.to_string(),
                expected: expected.to_string(),
                ..Draft::default()
            },
        );
    }
}

/// S009, S010, S011: blanks, marks and text where numbers belong; one finding a table.
fn cells(context: &Context<'_>, sink: &mut Sink) {
    let mut firsts: [[(usize, Option<&Cell>); 3]; 3] = [[(0, None); 3]; 3];
    for cell in context.tables.cells() {
        let kind = match cell.state {
            CellState::Zero | CellState::Missing | CellState::Recovered => continue,
            CellState::Blank => 0,
            CellState::NotApplicable => 1,
            CellState::Number | CellState::Text if is_text(cell, context.tables.raw(cell)) => 2,
            CellState::Number | CellState::Text => continue,
        };
        // The indicator table before 2019 prints marks where no number belongs.
        let Some(firsts) = firsts.get_mut(cell.id.row.table() as usize) else { continue };
        let (count, first) = &mut firsts[kind];
        *count += 1;
        first.get_or_insert(cell);
    }
    for (table, firsts) in TableId::ALL.iter().zip(firsts) {
        for (code, (count, first)) in ["S009", "S010", "S011"].into_iter().zip(firsts) {
            if let Some(cell) = first {
                filled_in(context, (code, *table), count, cell, sink);
            }
        }
    }
}

/// Text or a unit with a number: `3件`, `约20`. What holds no digit was hardly meant for the cell; amounts of money
/// may carry their unit, and a remark in brackets is none.
fn is_text(cell: &Cell, raw: &str) -> bool {
    if raw.is_ascii() {
        return false;
    }
    let is_amount = cell.id.column == Column::Amount;
    let number = raw.split(['（', '(']).next().unwrap_or_default();
    !is_amount
        && number.len() <= 16
        && number.bytes().any(|b| b.is_ascii_digit())
        && number
            .chars()
            .any(|c| matches!(c, '件' | '条' | '项' | '个' | '次' | '起' | '宗' | '约' | '余' | '多' | '万'))
}

fn filled_in(context: &Context<'_>, (code, table): (&str, TableId), count: usize, cell: &Cell, sink: &mut Sink) {
    let lang = context.lang;
    let section = table.section();
    let raw = context.tables.raw(cell);
    let name = match lang {
        crate::lang::Lang::Zh => cell.id.chinese(),
        crate::lang::Lang::En => cell.id.to_string(),
    };
    let message = match code {
        "S009" => say!(
            lang,
            "第{section}部分的表格有{count}个空白单元格，首个是{name}；空白不等于0。",
            "Blank cells of the table of section {section}: {count}, {name} first; a blank is not 0.",
            section = section,
            count = count,
            name = name
        ),
        "S010" => say!(
            lang,
            "第{section}部分的表格有{count}个单元格填的是“{raw}”一类符号而不是数字，首个是{name}。",
            "Cells of the table of section {section} that hold a mark such as “{raw}” instead of a number: {count}, {name} first.",
            section = section,
            count = count,
            raw = raw,
            name = name
        ),
        _ => say!(
            lang,
            "第{section}部分的表格有{count}个单元格不是单纯的数字，首个是{name}：“{raw}”。",
            "Cells of the table of section {section} that hold more than a number: {count}, {name} first (“{raw}”).",
            section = section,
            count = count,
            raw = raw,
            name = name
        ),
    };
    // A blank in markup may have no place of its own.
    let of_table = context.tables.report(table).span.map(|s| Span { start: s.start, end: s.start + 1 });
    let span = cell.span.filter(|s| s.end > 0).or(of_table).unwrap_or_default();
    sink.report(code, Draft { message, span, stated: raw.to_string(), cells: vec![cell.id], ..Draft::default() });
}

/// S501: section five is there, but says nothing.
fn problems(context: &Context<'_>, sink: &mut Sink) {
    let headings = &context.document.headings;
    let is_followed = headings.iter().any(|h| h.section == 6);
    // Its text may stand in a table or have gone astray where a line break cut the heading off.
    let Some(heading) = headings.iter().find(|h| h.section == 5).filter(|_| is_followed) else { return };
    let all: Vec<&str> = context
        .document
        .prose
        .paragraphs
        .iter()
        .filter(|p| p.section == 5)
        .map(|p| context.prose(p.range.clone()))
        .collect();
    let characters: usize = all.iter().map(|t| t.chars().count()).sum();
    let in_blocks = context.document.blocks.iter().any(|b| b.section == 5 && !b.lines.is_empty());
    let is_elsewhere = all.iter().any(|t| context.words.elsewhere.stand_in(t));
    if characters >= SHORTEST_PROBLEMS || in_blocks || is_elsewhere || all.iter().any(|t| t.contains('…')) {
        return;
    }
    sink.report(
        "S501",
        Draft {
            message: say!(
                context.lang,
                "第5部分“存在的主要问题及改进情况”没有实际内容。",
                "Section 5 (存在的主要问题及改进情况) has no content."
            ),
            span: context.page.span(context.source, heading.range.clone()),
            stated: all.concat(),
            ..Draft::default()
        },
    );
}

/// S014, S015, S601: statements that such reports make and this one does not.
fn statements(context: &Context<'_>, sink: &mut Sink) {
    let lang = context.lang;
    let document = context.document;
    let is_government =
        document.organ.kind == OrganKind::Area && document.organ.level.is_some_and(|l| l != Level::Township);
    if is_government && !context.has_mark(Mark::Accountability) {
        let message = say!(
            lang,
            "政府的报告没有提到工作考核、社会评议和责任追究。",
            "The report of a government says nothing of 工作考核, 社会评议 and 责任追究."
        );
        sink.report("S014", Draft { message, span: context.section_span(1), ..Draft::default() });
    }
    if document.dates.period.is_none() && !context.has_mark(Mark::Period) {
        let message = say!(lang, "报告没有写明统计期限。", "The report does not state its statistical period.");
        sink.report("S015", Draft { message, span: context.section_span(1), ..Draft::default() });
    }
    let has_fee = || {
        context.texts(6).any(|text| context.words.fee_words.stand_in(text))
            || context.says(&context.words.processing_fee)
    };
    let has_sixth = document.headings.iter().any(|h| h.section == 6);
    let is_due = context.named_year().is_some_and(|y| y >= 2021);
    if has_sixth && is_due && !has_fee() {
        let message = say!(
            lang,
            "第6部分没有说明信息处理费的收取情况。",
            "Section 6 does not say whether 信息处理费 were charged."
        );
        sink.report("S601", Draft { message, span: context.section_span(6), ..Draft::default() });
    }
}
