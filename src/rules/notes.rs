//! E010–E012, E015, E016: what was noticed while the file was turned into text.

use super::{Context, Draft, Sink};
use crate::form::TableId;
use crate::lang::say;
use crate::source::{Note, Span};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink) {
    for note in &context.source.notes {
        one(note, context, sink);
    }
}

fn one(note: &Note, context: &Context<'_>, sink: &mut Sink) {
    let lang = context.lang;
    let whole = |message: String| Draft { message, ..Draft::default() };
    match note {
        Note::CharactersLost { encoding, lost, of } => {
            let percent = f64::from(*lost) * 100.0 / f64::from((*of).max(1));
            let message = say!(
                lang,
                "按 {encoding} 解码，{of}字中有{lost}处不成字（{percent:.2}%），读到的内容可能不全；可用 --encoding 指定编码。",
                "Read as {encoding}, {lost} of {of} characters could not be decoded ({percent:.2}%); what was read may be incomplete. --encoding sets the encoding.",
                encoding = encoding,
                lost = lost,
                of = of,
                percent = percent
            );
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
        Note::PictureTable { name, at } => not_in_text(
            *at,
            context,
            sink,
            &say!(
                lang,
                "这里的表格是图片（{name}），没有读取；有关数字未作核对。",
                "The table here is a picture ({name}) and was not read; nothing was checked against it.",
                name = name
            ),
        ),
        Note::Attachment { name, at } => not_in_text(
            *at,
            context,
            sink,
            &say!(
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
                part = part,
                why = why
            );
            sink.report("E015", whole(message));
        }
    }
}

/// A picture or an attachment matters only where the table it stands for was not read.
fn not_in_text(at: usize, context: &Context<'_>, sink: &mut Sink, message: &str) {
    let span = context.source.span(at..at);
    let at_page = context.page.derived(at);
    let section = context.document.headings.iter().rev().find(|h| h.range.start <= at_page).map(|h| h.section);
    let is_missing = |t: TableId| !context.tables.has_read(t);
    // In a section without a table of its own, pictures are pictures, unless no table stands where it belongs.
    let due = section.and_then(|section| TableId::ALL.iter().copied().find(|t| t.section() == section));
    let matters = due.map_or_else(|| TableId::ALL.iter().copied().all(is_missing), is_missing);
    // The table of the older forms is in no section.
    if matters && context.document.statistics.is_empty() {
        sink.report("E011", Draft { message: message.to_string(), span, ..Draft::default() });
    }
}
