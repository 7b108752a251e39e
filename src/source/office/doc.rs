//! DOC of Word 97 to 2003, and what WPS writes in its place.
//!
//! The library is young: it stands behind this file only. Its second choice is LibreOffice.

use memchr::memmem;
use rwml::{Block as Part, Document, Error, SourceRegionKind, Table};

use super::super::decode::SourceError;
use super::super::limits::Limits;
use super::super::paragraphs::Converted;
use super::blocks::{Block, converted};

const KIND: &str = "DOC/WPS";

/// The paragraph property that puts a paragraph into a table inside a table, at the second and the third level.
const NESTED: [[u8; 6]; 2] = [[0x49, 0x66, 2, 0, 0, 0], [0x49, 0x66, 3, 0, 0, 0]];
/// The character properties of deleted text: that it is, and beside it by whom or when.
const DELETED: [u8; 3] = [0x00, 0x08, 0x01];
const DELETED_BY: [u8; 2] = [0x63, 0x48];
const DELETED_WHEN: [u8; 2] = [0x64, 0x68];
/// How near is beside.
const BESIDE: usize = 48;

/// Whether a document has what the library gets wrong: it loses paragraphs around tables inside tables, and takes text
/// that was deleted with tracked changes for text. Said too often, this costs a conversion.
pub(super) fn is_beyond_the_library(bytes: &[u8]) -> bool {
    let is_near = |at: usize, property: &[u8]| {
        let near = &bytes[at.saturating_sub(BESIDE)..bytes.len().min(at + BESIDE)];
        memmem::find(near, property).is_some()
    };
    NESTED.iter().any(|property| memmem::find(bytes, property).is_some())
        || memmem::find_iter(bytes, &DELETED).any(|at| is_near(at, &DELETED_BY) || is_near(at, &DELETED_WHEN))
}

/// Reads a document.
pub(in crate::source) fn read(bytes: &[u8], _limits: &Limits) -> Result<Converted, SourceError> {
    let document = Document::open(bytes).map_err(|error| match error {
        Error::Encrypted { .. } => SourceError::Encrypted("DOC"),
        error => SourceError::Damaged { kind: KIND, why: error.to_string() },
    })?;
    let model = document.model();
    let mut blocks = Vec::new();
    for (at, part) in model.blocks.iter().enumerate() {
        let is_left_out = model.regions.iter().any(|region| {
            (region.block_start..region.block_end).contains(&at)
                && matches!(region.kind, SourceRegionKind::HeaderFooter | SourceRegionKind::Annotation)
        });
        if !is_left_out {
            add(part, &mut blocks);
        }
    }
    Ok(converted(&blocks, Vec::new()))
}

fn add(part: &Part, out: &mut Vec<Block>) {
    match part {
        Part::Paragraph(paragraph) => {
            let text = text(paragraph);
            out.extend(text.split('\n').filter(|l| !l.trim().is_empty()).map(|l| Block::Paragraph(l.to_string())));
        }
        Part::Table(table) => out.extend(rows(table)),
        _ => {}
    }
}

/// The number that Word prints before a paragraph is left out: the library makes 1、 of 一、.
fn text(paragraph: &rwml::Paragraph) -> String {
    let shown = paragraph.runs.iter().filter(|run| !run.props.hidden);
    // Signs of the format that stand for breaks and hyphens.
    let sign = |c: char| match c {
        '\r' | '\x0b' | '\x0c' => Some('\n'),
        '\x1e' => Some('-'),
        '\x1f' | '\x07' => None,
        c => Some(c),
    };
    shown.flat_map(|run| run.text.chars()).filter_map(sign).collect()
}

/// The library makes a table of every row shape, and a cell that hangs on the one above may come out as a blank before
/// the label.
fn rows(table: &Table) -> Vec<Block> {
    let cell = |cell: &rwml::Cell| {
        let lines = cell.blocks.iter().filter_map(|block| match block {
            Part::Paragraph(paragraph) => Some(text(paragraph)),
            _ => None,
        });
        lines.collect::<Vec<_>>().join("\n")
    };
    let row = |row: &rwml::Row| {
        let cells: Vec<String> = row.cells.iter().map(cell).collect();
        let blanks = cells.iter().take_while(|cell| cell.trim().is_empty()).count();
        let is_label =
            cells.get(blanks).is_some_and(|cell| cell.contains(|c: char| ('\u{4e00}'..='\u{9fff}').contains(&c)));
        Block::Row(if is_label { cells[blanks..].to_vec() } else { cells })
    };
    table.rows.iter().map(row).collect()
}
