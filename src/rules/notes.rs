//! E010–E012, E015, E016, E019, E020: what was noticed while the file was turned into text.

use super::{Context, Draft, Sink};
use crate::form::TableId;
use crate::lang::{self, say};
use crate::source::{Note, Span};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink) {
    let mut pictured = Vec::new();
    for note in context.source.notes.iter().chain(&context.page.notes) {
        if let Note::PictureTable { at, .. } = note {
            // A table cut into several pictures is one table.
            let section = section_at(*at, context);
            if pictured.contains(&section) {
                continue;
            }
            pictured.push(section);
        }
        one(note, context, sink);
    }
    context.document.copies.iter().for_each(|copy| repeated(copy, context, sink));
    if let Some(other) = &context.document.another {
        another(other, context, sink);
    }
}

/// E020: another report in the same file, which was not read.
fn another(range: &std::ops::Range<usize>, context: &Context<'_>, sink: &mut Sink) {
    let first_line = context.page.lines.partition_point(|line| line.bytes().end <= range.start);
    let line = context.page.lines.get(first_line).map_or(range.start..range.start, crate::source::Line::bytes);
    let message = say!(
        context.lang,
        "文件中还有另一份报告，从这里开始，没有读取；请分成单独的文件再核对。",
        "The file holds another report, which begins here and was not read; split the file to have it checked."
    );
    sink.report("E020", Draft { message, span: context.page.span(context.source, line), ..Draft::default() });
}

/// E019: a later copy of the whole report, which was not read.
fn repeated(copy: &std::ops::Range<usize>, context: &Context<'_>, sink: &mut Sink) {
    let first_line = context.page.lines.partition_point(|line| line.bytes().end <= copy.start);
    let line = context.page.lines.get(first_line).map_or(copy.start..copy.start, crate::source::Line::bytes);
    let message = say!(
        context.lang,
        "页面中有这份报告的两份相同文本（多为电脑版和手机版），只读取了前一份；相同的后一份从这里开始。",
        "The page holds the same text of this report twice (mostly for large and small screens); only the first was read. The same text begins again here."
    );
    sink.report("E019", Draft { message, span: context.page.span(context.source, line), ..Draft::default() });
}

/// The section that a byte of the source stands in.
fn section_at(at: usize, context: &Context<'_>) -> Option<u8> {
    let begins = |range: &std::ops::Range<usize>| context.page.origin(range.clone()).start;
    context.document.headings.iter().rev().find(|h| begins(&h.range) <= at).map(|h| h.section)
}

fn one(note: &Note, context: &Context<'_>, sink: &mut Sink) {
    let lang = context.lang;
    let whole = |message: String| Draft { message, ..Draft::default() };
    match note {
        Note::CharactersLost { encoding, lost, of } => {
            let percent = f64::from(*lost) * 100.0 / f64::from((*of).max(1));
            let message = if *encoding == "PDF" {
                unnamed(*lost, *of, percent, lang)
            } else {
                say!(
                    lang,
                    "按 {encoding} 解码，{of}字中有{lost}处不成字（{percent:.2}%），读到的内容可能不全；可用 --encoding 指定编码。",
                    "Read as {encoding}, {lost} of {of} characters could not be decoded ({percent:.2}%); what was read may be incomplete. --encoding sets the encoding.",
                    encoding = encoding,
                    lost = lost,
                    of = of,
                    percent = percent
                )
            };
            let at = context.source.text.find(char::REPLACEMENT_CHARACTER);
            let span =
                at.map_or(Span::default(), |at| context.source.span(at..at + char::REPLACEMENT_CHARACTER.len_utf8()));
            sink.report("E010", Draft { message, span, ..Draft::default() });
        }
        Note::EncodingOverruled { declared, used } => {
            let message = say!(
                lang,
                "文件声明的编码是 {declared}，但不可能成立，已按 {used} 读取。",
                "The file declares {declared}, which cannot be true; it was read as {used}.",
                declared = declared,
                used = used
            );
            sink.report("E016", whole(message));
        }
        Note::PictureTable { name, at } if is_table_due(*at, context) => not_in_text(
            *at,
            context,
            sink,
            say!(
                lang,
                "这里的表格是图片（{name}），没有读取；有关数字未作核对。",
                "The table here is a picture ({name}) and was not read; nothing was checked against it.",
                name = name
            ),
        ),
        Note::Attachment { name, at } if is_table_attached(*at, context) => not_in_text(
            *at,
            context,
            sink,
            say!(
                lang,
                "表格在附件中（{name}），没有读取；请把附件放在一起，或用清单合并。",
                "The table is in an attachment ({name}), which was not read. Put the attachment beside the page, or join them in a manifest.",
                name = name
            ),
        ),
        Note::PagesWithoutText { pages, of } => {
            let list = pages.iter().map(u32::to_string).collect::<Vec<_>>();
            let message = say!(
                lang,
                "{of}页中有{count}页没有文字（第{list}页），可能是扫描页，未作识别。",
                "{count} of {of} pages hold no text (page {list}); they may be scans and were not read.",
                of = of,
                count = pages.len(),
                list = list.join(if lang == crate::lang::Lang::Zh { "、" } else { ", " })
            );
            sink.report("E012", whole(message));
        }
        Note::PartNotRead { part, why } => {
            let message = say!(
                lang,
                "文档的一部分（{part}）没有读取：{why}。",
                "A part of the document ({part}) was not read: {why}.",
                part = lang::part(part, lang),
                why = lang::reason(why, lang)
            );
            sink.report("E015", whole(message));
        }
        Note::PieceNotRead { piece, message } => {
            let message = say!(
                lang,
                "这份报告由几个文件合成，其中 {piece} 没有读取。{message}",
                "This report is joined from several files, of which {piece} was not read. {message}",
                piece = piece,
                message = message
            );
            sink.report("E015", whole(message));
        }
        // The table was read all the same.
        Note::PictureTable { .. } | Note::Attachment { .. } => {}
    }
}

/// Characters of a PDF whose font says nothing of what they are: no option helps.
fn unnamed(lost: u32, of: u32, percent: f64, lang: crate::lang::Lang) -> String {
    say!(
        lang,
        "PDF 的字体没有说明{lost}处是什么字（共{of}字，{percent:.2}%），以“�”代替，读到的内容可能不全；请提供 Word、网页或另行生成的 PDF。",
        "The fonts of the PDF do not say what {lost} of {of} characters are ({percent:.2}%); they stand as “�”, and what was read may be incomplete. Provide a Word file, a web page, or a PDF made anew.",
        lost = lost,
        of = of,
        percent = percent
    )
}

/// Whether a picture at this place stands for a table that was not read: under the heading of that table, or in a page
/// of which nothing else was read.
fn is_table_due(at: usize, context: &Context<'_>) -> bool {
    // The table of the older forms is in no section.
    if !context.document.statistics.is_empty() {
        return false;
    }
    match section_at(at, context) {
        Some(section) => table_of(section).is_some_and(|t| !context.tables.has_read(t)),
        None => context.document.headings.is_empty() && TableId::ALL.iter().all(|t| !context.tables.has_read(*t)),
    }
}

/// Whether an attachment at this place may hold a table that was not read.
fn is_table_attached(at: usize, context: &Context<'_>) -> bool {
    // One that stands on the page and could not be read is no other file's.
    let has_read = |t: TableId| context.tables.has_read(t) || context.tables.report(t).is_found;
    match section_at(at, context).and_then(table_of) {
        Some(table) => !has_read(table),
        // The older forms have one table, the others three.
        None => !has_read(TableId::Statistics) && !(2..=4).filter_map(table_of).all(has_read),
    }
}

/// The table of a section of the form.
fn table_of(section: u8) -> Option<TableId> {
    TableId::ALL.iter().copied().find(|t| t.section() == section)
}

fn not_in_text(at: usize, context: &Context<'_>, sink: &mut Sink, message: String) {
    let span = context.source.span(at..at);
    sink.report("E011", Draft { message, span, ..Draft::default() });
}
