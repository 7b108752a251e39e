//! PDF with a text layer: paragraphs in reading order, tables by the position of their cells.
//!
//! In: bytes. A [`layer::TextLayer`] gives characters and rules with their places; everything else is made here:
//! grids of cells from the rules, lines from the characters, paragraphs from the lines, and one text from the pages.
//! The library's own tables are not used: they take the shading of paragraphs for tables and shift cells beside
//! merged ones.

mod aligned;
mod edge;
mod flow;
mod furniture;
mod grid;
mod layer;
mod letters;
mod lines;
mod page;
mod pdfni;
mod table;

use layer::{Sheet, TextLayer};

use super::decode::SourceError;
use super::limits::{Limit, Limits};
use super::note::Note;
use super::paragraphs::{Converted, Paragraphs};

/// A report has ten pages; this is a library.
const MOST_PAGES: usize = 5_000;

/// Reads a PDF.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Converted, SourceError> {
    let mut notes = Vec::new();
    let is_complete = is_complete(bytes);
    if !is_complete {
        notes.push(Note::PartNotRead { part: "%%EOF".into(), why: "the file ends before its end mark".into() });
    }
    let sheets = pdfni::Pdfni.sheets(bytes, limits)?;
    // What is blank in a file that was cut off need not have been.
    convert(sheets, notes, !is_complete || may_hold_pictures(bytes), limits)
}

fn convert(
    sheets: Vec<Sheet>,
    mut notes: Vec<Note>,
    may_hold_more: bool,
    limits: &Limits,
) -> Result<Converted, SourceError> {
    if sheets.is_empty() {
        return Err(SourceError::Damaged { kind: "PDF", why: "no pages".into() });
    }
    if sheets.len() > MOST_PAGES {
        return Err(SourceError::limit(Limit::Members, limits));
    }
    let glyphs: usize = sheets.iter().map(|s| s.glyphs.len()).sum();
    if glyphs as u64 > limits.text / 3 {
        return Err(SourceError::limit(Limit::Text, limits));
    }
    let total = sheets.len() as u32;
    let is_blank: Vec<bool> = sheets.iter().map(|sheet| sheet.is_bare() && !may_hold_more).collect();
    let mut pages: Vec<page::Page> = sheets.into_iter().map(page::page).collect();
    let empty: Vec<u32> = (1..).zip(&pages).filter(|(_, p)| p.items.is_empty()).map(|(n, _)| n).collect();
    if empty.len() == pages.len() {
        return Err(SourceError::Scan { pages: total });
    }
    let unread: Vec<u32> = empty.into_iter().filter(|page| !is_blank[*page as usize - 1]).collect();
    if !unread.is_empty() {
        notes.push(Note::PagesWithoutText { pages: unread, of: total });
    }
    let over: Vec<String> =
        (1..).zip(&pages).filter(|(_, p)| p.cut > 0).map(|(n, _): (u32, _)| n.to_string()).collect();
    if !over.is_empty() {
        let part = format!("page {}", over.join(", "));
        notes
            .push(Note::PartNotRead { part, why: "a table runs over the edge of the page, digits are cut off".into() });
    }
    let cut: u32 = pages.iter().map(|p| p.cut).sum();
    let repeated = furniture::take_out(&mut pages);
    let mut out = Paragraphs::default();
    flow::write(&pages, &mut out);
    for text in repeated {
        out.paragraph(&text);
    }
    let text = out.finish();
    let lost = text.chars().filter(|c| *c == char::REPLACEMENT_CHARACTER).count() as u32;
    // What the edge of a page cut off is said already.
    let lost = lost.saturating_sub(cut);
    if lost > 0 {
        notes.push(Note::CharactersLost { encoding: "PDF", lost, of: text.chars().count() as u32 });
    }
    Ok(Converted { text, notes })
}

/// Whether some page may hold a picture. The library does not tell which; a picture always stands in the file in its own
/// right, and its kind is never packed. `/ImageB` and `/ImageC` are said by nearly every page and mean nothing.
fn may_hold_pictures(bytes: &[u8]) -> bool {
    const KIND: &[u8] = b"/Image";
    let ends = |at: usize| bytes.get(at + KIND.len()).is_none_or(|b| !b.is_ascii_alphanumeric());
    memchr::memmem::find_iter(bytes, KIND).any(ends)
}

/// Whether the file has its end: one that was cut off while it was fetched has not.
fn is_complete(bytes: &[u8]) -> bool {
    let tail = &bytes[bytes.len().saturating_sub(65_536)..];
    memchr::memmem::rfind(tail, b"%%EOF").is_some()
}
