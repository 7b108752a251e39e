//! DOCX, and the XML of Word 2003.

mod body;
mod numbering;
mod numerals;
mod run;
mod styles;
mod table;

use super::super::decode::SourceError;
use super::super::limits::Limits;
use super::super::note::Note;
use super::super::paragraphs::Converted;
use super::blocks::converted;
use super::package::{Link, Package};
use body::{Context, NoteKind, Story};
use numbering::Numbering;
use styles::Styles;

/// Reads a package.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Converted, SourceError> {
    let mut package = Package::open(bytes, "DOCX", limits)?;
    let main = package.main_part("word/document.xml")?;
    let links = package.links(&main)?;
    let part = |kind: &str, usual: &str| {
        let link = links.iter().find(|link| link.kind == kind && !link.is_external);
        link.map_or_else(|| usual.to_string(), |link| link.target.clone())
    };
    let (styles, numbering) = (part("styles", "word/styles.xml"), part("numbering", "word/numbering.xml"));
    let (footnotes, endnotes) = (part("footnotes", "word/footnotes.xml"), part("endnotes", "word/endnotes.xml"));
    let styles = package.text(&styles)?.map(|xml| Styles::read(&xml)).unwrap_or_default();
    let numbering = package.text(&numbering)?.map(|xml| Numbering::read(&xml)).unwrap_or_default();
    let Some(xml) = package.text(&main)? else { return Err(package.damaged(format!("{main} is not in it"))) };
    let mut context = Context { styles, numbering, links };
    let Story { mut blocks, notes, chunks } =
        body::read(&xml, &mut context, None).map_err(|why| package.damaged(why))?;
    let mut said: Vec<Note> = chunks.into_iter().map(unread_chunk).collect();
    for (kind, name) in [(NoteKind::Footnote, footnotes), (NoteKind::Endnote, endnotes)] {
        if !notes.iter().any(|(k, _)| *k == kind) {
            continue;
        }
        match package.text(&name)? {
            Some(xml) => {
                let is_wanted = |id: &str| notes.contains(&(kind, id.to_string()));
                match body::read(&xml, &mut context, Some(&is_wanted)) {
                    Ok(story) => blocks.extend(story.blocks),
                    Err(why) => said.push(Note::PartNotRead { part: name, why }),
                }
            }
            None => said.push(Note::PartNotRead { part: name, why: "it is missing".to_string() }),
        }
    }
    named(converted(&blocks, said))
}

/// A document without text is named for what it holds instead.
fn named(converted: Converted) -> Result<Converted, SourceError> {
    if !converted.text.trim().is_empty() {
        return Ok(converted);
    }
    let pages = converted.notes.iter().filter(|note| matches!(note, Note::PictureTable { .. })).count();
    if pages > 0 {
        return Err(SourceError::Scan { pages: pages as u32 });
    }
    if converted.notes.iter().any(|note| matches!(note, Note::PartNotRead { .. })) {
        return Err(SourceError::Unsupported("DOCX (altChunk)"));
    }
    Ok(converted)
}

/// Reads a document of Word 2003 XML, or a package written as one XML file.
pub(super) fn read_flat(bytes: &[u8], _limits: &Limits) -> Result<Converted, SourceError> {
    let xml = super::xml::text(bytes);
    let (styles, numbering) = (Styles::read(&xml), Numbering::read(&xml));
    let mut context = Context { styles, numbering, links: Vec::<Link>::new() };
    let story = body::read(&xml, &mut context, None).map_err(|why| SourceError::Damaged { kind: "Word XML", why })?;
    Ok(converted(&story.blocks, story.chunks.into_iter().map(unread_chunk).collect()))
}

fn unread_chunk(part: String) -> Note {
    Note::PartNotRead { part, why: "a document of another format inside the document".to_string() }
}
