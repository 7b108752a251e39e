//! XLSX and XLS: sheets as tables, one row a line.

mod grid;
mod print;

use std::io::Cursor;

use calamine::{
    CellErrorType, Data, DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xls, XlsError, Xlsx, XlsxError,
};

use super::super::decode::SourceError;
use super::super::limits::{Limit, Limits};
use super::super::note::Note;
use super::super::paragraphs::Converted;
use super::blocks::{Block, converted};
use super::package::Package;
use grid::{Filled, Merged};

/// More merged cells than this are no table's.
const MOST_MERGED: usize = 20_000;
/// No more cells of a sheet than this (about 60 MB); the library lays out an XLS sheet in full.
const MOST_CELLS: u64 = 2_000_000;

/// How many tags the library can be trusted with: a style takes many times the bytes of its tag, a string some times.
fn most_tags(part: &str) -> Option<u64> {
    if part.contains("/media/") || part.contains("/embeddings/") {
        None
    } else if part.ends_with("styles.xml") {
        Some(500_000)
    } else if part.ends_with("haredStrings.xml") {
        Some(4_000_000)
    } else {
        Some(u64::MAX)
    }
}

/// Reads an XLSX workbook.
pub(in crate::source) fn xlsx(bytes: &[u8], limits: &Limits) -> Result<Converted, SourceError> {
    let mut package = Package::open(bytes, "XLSX", limits)?;
    package.check(most_tags)?;
    let damaged = |error: XlsxError| match error {
        XlsxError::Password => SourceError::Encrypted("XLSX"),
        error => SourceError::Damaged { kind: "XLSX", why: error.to_string() },
    };
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let (mut blocks, mut notes) = (Vec::new(), Vec::new());
    for name in shown(book.sheets_metadata()) {
        let merged = book.merge_cells_by_sheet_name(&name).unwrap_or_default();
        let cells = match xlsx_cells(&mut book, &name) {
            Ok(cells) => cells,
            Err(error) => {
                notes.push(Note::PartNotRead { part: name, why: error.to_string() });
                continue;
            }
        };
        add(&mut blocks, &name, cells, merged);
    }
    read_or_why("XLSX", &blocks, notes)
}

fn xlsx_cells(book: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<Vec<Filled>, XlsxError> {
    let mut reader = book.worksheet_cells_reader(name)?;
    let formats: Vec<String> = reader
        .styles()
        .iter()
        .map(|style| style.number_format.as_ref().map(|f| f.format_code.clone()).unwrap_or_default())
        .collect();
    let mut cells = Vec::new();
    while let Some((cell, style)) = reader.next_cell_with_style_id()? {
        let format = formats.get(style).map_or("", String::as_str);
        let text = match cell.get_value() {
            DataRef::Empty => String::new(),
            DataRef::SharedString(text) => (*text).to_string(),
            value => printed(&Data::from(value.clone()), format),
        };
        let (row, column) = cell.get_position();
        cells.push(Filled { row, column, text });
        if cells.len() as u64 > MOST_CELLS {
            return Err(XlsxError::Unexpected("fewer than two million cells"));
        }
    }
    Ok(cells)
}

/// Reads an XLS workbook; none if its sheets are too large to be laid out.
pub(in crate::source) fn xls(bytes: &[u8], limits: &Limits) -> Result<Converted, SourceError> {
    let damaged = |why: String| SourceError::Damaged { kind: "XLS/ET", why };
    if largest_sheet(bytes).map_err(damaged)? > MOST_CELLS {
        return Err(SourceError::limit(Limit::Text, limits));
    }
    let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsError::Password => SourceError::Encrypted("XLS"),
        error => damaged(error.to_string()),
    })?;
    let (mut blocks, mut notes) = (Vec::new(), Vec::new());
    for name in shown(book.sheets_metadata()) {
        let merged = book.merge_cells_by_sheet_name(&name).unwrap_or_default();
        match book.worksheet_range(&name) {
            Ok(range) => {
                let (top, left) = range.start().unwrap_or_default();
                let cells = range.used_cells().map(|(row, column, value)| Filled {
                    row: row as u32 + top,
                    column: column as u32 + left,
                    text: printed(value, ""),
                });
                add(&mut blocks, &name, cells.collect(), merged);
            }
            Err(error) => notes.push(Note::PartNotRead { part: name, why: error.to_string() }),
        }
    }
    read_or_why("XLS/ET", &blocks, notes)
}

/// A workbook none of whose sheets could be read is not empty.
fn read_or_why(kind: &'static str, blocks: &[Block], notes: Vec<Note>) -> Result<Converted, SourceError> {
    match notes.first() {
        Some(Note::PartNotRead { part, why }) if blocks.is_empty() => {
            Err(SourceError::Damaged { kind, why: format!("{part}: {why}") })
        }
        _ => Ok(converted(blocks, notes)),
    }
}

/// The area that the cells of the largest sheet span, from the records themselves.
fn largest_sheet(bytes: &[u8]) -> Result<u64, String> {
    use std::io::Read;
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    let name = ["/Workbook", "/WORKBOOK", "/Book", "/BOOK"].into_iter().find(|name| file.is_stream(name));
    let Some(name) = name else { return Err("it holds no workbook".to_string()) };
    let mut stream = Vec::new();
    file.open_stream(name).and_then(|mut s| s.read_to_end(&mut stream)).map_err(|error| error.to_string())?;
    let number = |at: usize| stream.get(at..at + 2).map(|b| u64::from(u16::from_le_bytes([b[0], b[1]])));
    let (mut largest, mut at) = (0, 0);
    let (mut rows, mut columns) = ((u64::MAX, 0), (u64::MAX, 0));
    while let (Some(kind), Some(len)) = (number(at), number(at + 2)) {
        match kind {
            // A sheet begins.
            0x0809 => (rows, columns) = ((u64::MAX, 0), (u64::MAX, 0)),
            0x0006 | 0x00bd | 0x00d6 | 0x00fd | 0x0200..=0x0208 | 0x027e | 0x0406 => {
                if let (Some(row), Some(column), true) = (number(at + 4), number(at + 6), kind != 0x0200) {
                    // A row of numbers ends with its last column.
                    let last = if kind == 0x00bd { number(at + 2 + len as usize).unwrap_or(column) } else { column };
                    rows = (rows.0.min(row), rows.1.max(row));
                    columns = (columns.0.min(column), columns.1.max(column).max(last));
                    largest = largest.max((rows.1 - rows.0 + 1) * (columns.1 - columns.0 + 1));
                }
            }
            _ => {}
        }
        at += 4 + len as usize;
    }
    Ok(largest)
}

/// Sheets of cells that a reader of the workbook sees.
fn shown(sheets: &[calamine::Sheet]) -> Vec<String> {
    let is_shown = |s: &&calamine::Sheet| s.typ == SheetType::WorkSheet && s.visible == SheetVisible::Visible;
    sheets.iter().filter(is_shown).map(|sheet| sheet.name.clone()).collect()
}

fn add(blocks: &mut Vec<Block>, name: &str, cells: Vec<Filled>, merged: Vec<calamine::Dimensions>) {
    if cells.iter().all(|cell| cell.text.is_empty()) {
        return;
    }
    if !is_default_name(name) {
        blocks.push(Block::Paragraph(name.to_string()));
    }
    let merged = merged.into_iter().take(MOST_MERGED);
    let merged = merged.map(|d| Merged { rows: (d.start.0, d.end.0), columns: (d.start.1, d.end.1) });
    blocks.extend(grid::blocks(cells, merged.collect()));
}

/// `Sheet1` and `工作表1` say nothing.
fn is_default_name(name: &str) -> bool {
    let word = name.trim_end_matches(|c: char| c.is_ascii_digit()).to_ascii_lowercase();
    matches!(word.trim(), "sheet" | "工作表" | "表" | "")
}

fn printed(value: &Data, format: &str) -> String {
    match value {
        Data::Empty => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Int(number) => print::number(*number as f64, format),
        Data::Float(number) => print::number(*number, format),
        Data::Bool(true) => "TRUE".to_string(),
        Data::Bool(false) => "FALSE".to_string(),
        Data::DateTime(time) => date(time, format),
        Data::Error(error) => error_text(error),
    }
}

fn date(time: &ExcelDateTime, format: &str) -> String {
    let (year, month, day, ..) = time.to_ymd_hms_milli();
    if time.is_datetime() { print::date((year, month, day), format) } else { print::number(time.as_f64(), "") }
}

/// What the sheet shows instead of a result.
fn error_text(error: &CellErrorType) -> String {
    error.to_string()
}
