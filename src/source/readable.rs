//! A source as a text for people: its lines, its table rows as `| a | b |`, no markup.
//!
//! Read back as a document it says the same: it is what `gouji convert` prints, and how several pieces of one report
//! become one source.

use std::ops::Range;

use super::decode::Decoded;
use super::paragraphs::Paragraphs;
use super::{Format, Kind, LineKind, Note, Page, Source, Span};

/// Marks between the title of a page and the name of its site.
const TITLE_ENDS: [char; 6] = ['-', '_', '|', '—', '－', '–'];

/// Where a line or a cell of the readable text stands in the source it was made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// In the readable text.
    pub readable: Span,
    /// In the decoded text of the source.
    pub origin: Span,
}

impl Source {
    /// The text a reader sees, one paragraph a line, a table row as `| a | b |`. Text made from a document is that
    /// already.
    #[must_use]
    pub fn readable(&self) -> String {
        match self.format {
            Format::Document => self.text.clone(),
            Format::Html | Format::Mixed | Format::Text | Format::Markdown => render(&self.page()).0.finish(),
        }
    }

    /// The readable text with the place of each of its lines and cells. None are given for text made from a document:
    /// it is the decoded text itself.
    #[must_use]
    pub fn readable_with_places(&self) -> (String, Vec<Place>) {
        if self.format == Format::Document {
            return (self.text.clone(), Vec::new());
        }
        let page = self.page();
        let (rendered, pieces) = render(&page);
        let readable = Source::new(rendered.finish(), Format::Document);
        let place =
            |p: &Piece| Place { readable: readable.span(p.text.clone()), origin: page.span(self, p.page.clone()) };
        let places = pieces.iter().filter(|p| !p.text.is_empty()).map(place).collect();
        (readable.text, places)
    }

    /// Several pieces of one report, such as a page and its attachments, as one source: their readable texts one
    /// after the other. Positions count in the joined text.
    #[must_use]
    pub fn joined(pieces: Vec<Source>) -> Source {
        let (mut text, mut notes) = (String::new(), Vec::new());
        for piece in pieces {
            if !text.is_empty() {
                text.push('\n');
            }
            let start = text.len();
            let mut of_page = Vec::new();
            let place: Box<dyn Fn(usize) -> usize> = if piece.format == Format::Document {
                text.push_str(&piece.text);
                Box::new(|at| at)
            } else {
                let mut page = piece.page();
                of_page = std::mem::take(&mut page.notes);
                let (rendered, lines) = render(&page);
                text.push_str(&rendered.finish());
                let lines: Vec<(usize, usize)> =
                    lines.into_iter().map(|p| (page.origin(p.page).start, p.text.start)).collect();
                Box::new(move |at| {
                    let after = lines.partition_point(|(origin, _)| *origin <= at);
                    after.checked_sub(1).map_or(0, |last| lines[last].1)
                })
            };
            let most = text.len();
            notes.extend(
                piece.notes.into_iter().chain(of_page).map(|note| moved(note, |at| (start + place(at)).min(most))),
            );
            if !text.ends_with('\n') {
                text.push('\n');
            }
        }
        Source::of(Decoded { text, format: Format::Document, kind: Kind::Text, notes })
    }
}

/// A line or a cell, in bytes of the page and of the text.
struct Piece {
    page: Range<usize>,
    text: Range<usize>,
}

/// The text, and where its lines and cells come from, in order.
fn render(page: &Page<'_>) -> (Paragraphs, Vec<Piece>) {
    let (mut out, mut pieces) = (Paragraphs::default(), Vec::with_capacity(page.lines.len()));
    if let Some(title) = unseen_title(page) {
        out.paragraph(title);
    }
    let mut table = None;
    for line in &page.lines {
        match line.kind {
            LineKind::Text => {
                table = None;
                out.end_table();
                let start = out.len();
                out.paragraph(page.slice(&line.range));
                pieces.push(Piece { page: line.bytes(), text: start..out.len().saturating_sub(1).max(start) });
            }
            LineKind::Row(number) => {
                if table.replace(number) != Some(number) {
                    out.end_table();
                }
                let cells = &page.cells[line.cells.start as usize..line.cells.end as usize];
                let texts = out.row(cells.iter().map(|cell| page.slice(cell)));
                let bytes = cells.iter().map(|c| c.start as usize..c.end as usize);
                pieces.extend(bytes.zip(texts).map(|(page, text)| Piece { page, text }));
            }
        }
    }
    (out, pieces)
}

/// The `<title>` of a page that does not repeat it where a reader sees it.
fn unseen_title<'p>(page: &'p Page<'_>) -> Option<&'p str> {
    let title = page.slice(page.title.as_ref()?).trim();
    let own = title.split(TITLE_ENDS).next().unwrap_or(title).trim();
    let is_seen = page.lines.iter().any(|line| page.slice(&line.range).contains(own));
    (!own.is_empty() && !is_seen).then_some(title)
}

/// A note whose place is another.
fn moved(note: Note, place: impl Fn(usize) -> usize) -> Note {
    match note {
        Note::PictureTable { name, at } => Note::PictureTable { name, at: place(at) },
        Note::Attachment { name, at } => Note::Attachment { name, at: place(at) },
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<html><head><title>白榆县2022年政府信息公开工作年度报告_白榆县</title></head><body><p>一、总体&nbsp;情况</p>\
        <table><tr><td>规章</td><td>1</td><td></td></tr></table><table><tr><td>a|b</td></tr></table></body></html>";

    #[test]
    fn a_page_becomes_lines_and_rows_that_read_back_alike() {
        let page = Source::new(PAGE.to_string(), Format::Html);
        let text = page.readable();
        assert_eq!(
            text,
            "白榆县2022年政府信息公开工作年度报告_白榆县\n一、总体\u{a0}情况\n\n| 规章 | 1 | |\n\n\n| a｜b |\n"
        );
        let again = Source::new(text.clone(), Format::Document);
        assert_eq!(again.readable(), text);
        assert_eq!(again.page().cells.len(), page.page().cells.len());
    }

    #[test]
    fn pieces_stand_one_after_the_other_and_notes_move_with_them() {
        let mut page = Source::new(PAGE.to_string(), Format::Html);
        let at = PAGE.find("<table").unwrap_or_default();
        page.notes.push(Note::Attachment { name: "附件.docx".to_string(), at });
        let text = Source::new("规章 | 1 |\n正文".to_string(), Format::Text);
        let document = Source::new("| 复议 | 2 |".to_string(), Format::Document);
        let joined = Source::joined(vec![text, page, document]);
        assert!(joined.text.starts_with("| 规章 | 1 |\n\n正文\n\n白榆县2022年"), "{}", joined.text);
        assert!(joined.text.ends_with("| a｜b |\n\n| 复议 | 2 |\n"), "{}", joined.text);
        let Note::Attachment { at, .. } = &joined.notes[0] else { panic!("the note is kept") };
        assert!(joined.text[*at..].starts_with("一、总体"), "{}", &joined.text[*at..]);
        assert_eq!(joined.format, Format::Document);
    }
}
