//! The four CSV files of the contract. The only place that names their columns.

use std::fs::File;
use std::io::{BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use crate::audit::Failure;
use crate::audit::View;
use crate::collection::Item;
use crate::findings::{Finding, Severity};
use crate::form::{CellId, Column, Formula, TableId};
use crate::rules::Verdict;
use crate::source::Source;
use crate::tables::CellState;

use super::carried::Carried;
use super::digits;
use super::failed;
use super::kept::{self, Kept};
use super::mask::Mask;
use super::row::{Known, Table};
use super::summary::Summary;

const REPORTS: &str = "report,path,sha256,title,organ,region_code,level,year,generation,period_start,period_end,published,characters,sections,tables,claims,confirmed,contradicted,compatible,not_comparable,undetermined,errors,warnings,infos";
const CELLS: &str = "report,organ,year,table,row,column,raw,value,state,start,end";
const CLAIMS: &str = "report,organ,year,section,quote,text,value,low,high,unit,kind,subject,scope,verdict,expected,reading,start,end,line,column";
const FINDINGS: &str = "report,organ,year,code,name,severity,message,quote,stated,expected,formula,cells,start,end,line,column,fingerprint";

/// Name and header of each file.
pub const FILES: [(&str, &str); 4] =
    [("reports.csv", REPORTS), ("cells.csv", CELLS), ("claims.csv", CLAIMS), ("findings.csv", FINDINGS)];

/// The folder of the texts that were audited, beside the files.
const TEXTS: &str = "text";

/// What can go wrong when results are written.
#[derive(Debug, thiserror::Error)]
#[error("{path}")]
pub struct OutputError {
    /// The file or folder.
    pub path: PathBuf,
    /// Why.
    pub source: std::io::Error,
}

/// The rows of one report, ready to be written, and what they add to the summary.
#[derive(Debug, Default)]
pub struct Rows {
    files: [Vec<u8>; 4],
    /// Counts for the summary.
    pub summary: Summary,
    /// SHA-256 of the file.
    pub sha256: String,
    /// Columns of a dump, with their values.
    carried: Vec<(String, String)>,
    /// Files to keep of its text.
    texts: Vec<Kept>,
}

impl Rows {
    /// The same with the text that was audited, to be kept beside the results.
    #[must_use]
    pub fn with_text(self, item: &Item, source: &Source) -> Self {
        Rows { texts: kept::kept(&item.id, source), ..self }
    }
}

/// Builds the rows of a report.
#[must_use]
pub fn rows(item: &Item, sha256: &str, audited: Result<&View<'_>, &Failure>) -> Rows {
    let mut rows = Rows { sha256: sha256.to_string(), carried: item.carried.clone(), ..Rows::default() };
    match audited {
        Ok(view) => {
            rows.summary = Summary::of(view);
            let head = Head::new(item, view);
            let reports = report_row(item, sha256, view, &head, &rows.summary);
            rows.files = [reports, cell_rows(view, &head), claim_rows(view, &head), finding_rows(view, sha256, &head)];
        }
        Err(failure) => {
            rows.summary = Summary::of_failure(failure);
            failure_rows(item, sha256, failure, &mut rows);
        }
    }
    rows
}

/// The columns that every row begins with.
struct Head {
    report: String,
    organ: String,
    year: String,
}

impl Head {
    fn new(item: &Item, view: &View<'_>) -> Self {
        let listed = &item.manifest.organ;
        Head {
            report: item.id.clone(),
            organ: if listed.is_empty() { view.document.organ.name.clone() } else { listed.clone() },
            year: view.document.year.map(|y| y.to_string()).unwrap_or_default(),
        }
    }

    /// A table whose rows begin so, with room for some rows.
    fn table(&self, rows: usize, row_bytes: usize) -> Table {
        Table::with_head([&self.report, &self.organ, &self.year], rows, row_bytes)
    }
}

/// The names of the columns, ready made.
static COLUMNS: [Known; Column::COUNT] = {
    let (mut names, mut at) = ([Known::new(""); Column::COUNT], 0);
    while at < Column::COUNT {
        names[at] = Known::new(Column::ALL[at].name());
        at += 1;
    }
    names
};
/// What follows the column of most cells: a printed 0, its value and its state.
static ZERO: Known = Known::new("0,0,zero");

/// The number that digits print, if it is printed as the program prints it.
fn plain(raw: &str) -> Option<u32> {
    let bytes = raw.as_bytes();
    if !(1..=8).contains(&bytes.len()) || bytes[0] == b'0' && bytes.len() > 1 {
        return None;
    }
    bytes.iter().try_fold(0, |number, b| b.is_ascii_digit().then(|| number * 10 + u32::from(b - b'0')))
}

fn report_row(item: &Item, sha256: &str, view: &View<'_>, head: &Head, summary: &Summary) -> Vec<u8> {
    const ROW_BYTES: usize = 512;
    let mut table = Table::with_room(ROW_BYTES);
    let document = view.document;
    let level = if item.manifest.level.is_empty() {
        document.organ.level.map(crate::document::Level::name).unwrap_or_default().to_string()
    } else {
        item.manifest.level.clone()
    };
    let date = |d: Option<jiff::civil::Date>| d.map(|d| d.to_string()).unwrap_or_default();
    let period = document.dates.period;
    let generation = view.tables.generation.map(|g| g.name()).unwrap_or_default();
    let count = |n: usize| n.to_string();
    let verdicts = Verdict::ALL.map(|v| count(summary.verdicts[v as usize]));
    let severities =
        [Severity::Error, Severity::Warning, Severity::Info].map(|s| count(summary.severities[s as usize]));
    let path = &item.path;
    let mut fields: Vec<&str> = vec![
        &head.report,
        path,
        sha256,
        &document.title,
        &head.organ,
        &item.manifest.region_code,
        &level,
        &head.year,
        generation,
    ];
    let (start, end, published) =
        (date(period.map(|p| p.0)), date(period.map(|p| p.1)), date(document.dates.published));
    let numbers = [
        count(view.source.characters() as usize),
        count(document.sections_found()),
        count(summary.tables),
        count(view.claims.list.len()),
    ];
    fields.extend([start.as_str(), end.as_str(), published.as_str()]);
    fields.extend(numbers.iter().map(String::as_str));
    fields.extend(verdicts.iter().map(String::as_str));
    fields.extend(severities.iter().map(String::as_str));
    table.row(&fields);
    table.finish()
}

fn cell_rows(view: &View<'_>, head: &Head) -> Vec<u8> {
    const ROW_BYTES: usize = 80;
    let cells = view.tables.cells();
    let mut table = head.table(cells.len(), ROW_BYTES);
    let mut last = None;
    for cell in cells {
        let (row, column, raw) = (cell.id.row, cell.id.column, view.tables.raw(cell));
        if last != Some(row) {
            table.under(&[row.table().name(), row.name()]);
            last = Some(row);
        }
        table.begin().known(&COLUMNS[column as usize]);
        // Most cells print a plain number, which is its own value.
        if raw == "0" && cell.state == CellState::Zero {
            table.known(&ZERO);
        } else if let Some(number) = plain(raw) {
            let field = digits::field(number);
            table.padded(&field.bytes, field.len).padded(&field.bytes, field.len).name(cell.state.name());
        } else {
            table.text(raw).number(cell.value).name(cell.state.name());
        }
        table.span(cell.span).end();
    }
    // Rows of an older form that the dictionary does not know stand under their label as printed.
    table.under(&[TableId::Statistics.name()]);
    for cell in &view.tables.indicators().unknown {
        table.begin().text(&cell.label).name(cell.column.name());
        table.text(&cell.raw).number(cell.value).name(cell.state.name()).span(Some(cell.span)).end();
    }
    table.finish()
}

fn claim_rows(view: &View<'_>, head: &Head) -> Vec<u8> {
    const ROW_BYTES: usize = 260;
    let mut table = head.table(view.claims.list.len(), ROW_BYTES);
    let prose = &view.document.prose;
    let mask = Mask::of(view);
    for (claim, assessment) in view.claims.list.iter().zip(view.assessments) {
        let quantity = claim.quantity.map(|q| &view.lexed.quantities[q]);
        let (span, line, column) = view.source.place(view.page.origin(prose.origin(claim.range.clone())));
        table.begin().whole(claim.section.into()).text(&mask.apply(prose.text[claim.clause.clone()].trim()));
        table.text(quantity.map_or("", |q| &prose.text[q.range.clone()]));
        table.numbers([
            quantity.map(|q| q.value),
            quantity.map(|q| q.interval.low),
            quantity.and_then(|q| q.interval.high),
        ]);
        table.text(quantity.map_or("", |q| &prose.text[q.unit.clone()])).name(claim.kind.name());
        table
            .written(|out| formula_text(assessment.subject.as_ref(), out))
            .text(claim.scope.as_ref().map_or("", |s| s.text.as_str()));
        table.name(assessment.verdict.name()).number(assessment.expected).text(&assessment.reading);
        table.span(Some(span)).whole(line).whole(column).end();
    }
    table.finish()
}

fn finding_rows(view: &View<'_>, sha256: &str, head: &Head) -> Vec<u8> {
    const ROW_BYTES: usize = 500;
    let mut table = head.table(view.findings.len(), ROW_BYTES);
    let mask = Mask::of(view);
    for finding in view.findings {
        let (line, column) = view.source.line_column(finding.span.start);
        write_finding(&mut table, finding, view.source.quote(finding.span), (line, column), (sha256, mask));
    }
    table.finish()
}

/// A formula, if there is one.
fn formula_text(formula: Option<&Formula>, out: &mut String) {
    // Writing to a string cannot fail.
    let _ = formula.map_or(Ok(()), |f| f.write_to(out));
}

/// The full names of some cells.
fn cell_names(cells: &[CellId], out: &mut String) {
    for (i, cell) in cells.iter().enumerate() {
        out.push_str(if i > 0 { " " } else { "" });
        cell.full_name_parts().into_iter().for_each(|part| out.push_str(part));
    }
}

fn write_finding(
    table: &mut Table,
    finding: &Finding,
    quote: &str,
    (line, column): (u32, u32),
    (sha256, mask): (&str, Mask),
) {
    table.begin().name(finding.code).name(finding.name).name(finding.severity.name());
    table.text(&mask.apply(&finding.message)).text(&mask.apply(quote)).text(&finding.stated).text(&finding.expected);
    table
        .written(|out| formula_text(finding.formula.as_ref(), out))
        .written(|out| cell_names(&finding.cells, out))
        .span(Some(finding.span));
    table.whole(line).whole(column).text(&finding.fingerprint(sha256)).end();
}

fn failure_rows(item: &Item, sha256: &str, failure: &Failure, rows: &mut Rows) {
    let head = Head { report: item.id.clone(), organ: item.manifest.organ.clone(), year: String::new() };
    let path = &item.path;
    let mut reports = Table::default();
    let columns = REPORTS.split(',').count();
    let mut fields: Vec<&str> =
        vec![&head.report, path, sha256, "", &head.organ, &item.manifest.region_code, &item.manifest.level];
    fields.resize(columns - 3, "");
    fields.extend(["0", "1", "0"]);
    reports.row(&fields);
    rows.files[0] = reports.finish();
    let Some(finding) = failed::finding(failure) else { return };
    let mut findings = head.table(1, 0);
    write_finding(&mut findings, &finding, "", (1, 1), (sha256, Mask::default()));
    rows.files[3] = findings.finish();
}

/// A row of `reports.csv` with the columns of a dump after it.
fn widened(row: &[u8], carried: &[&str]) -> Vec<u8> {
    let mut table = Table::default();
    table.again(row);
    table.row(carried);
    table.finish()
}

/// The header of `reports.csv` with columns of dumps.
fn header(carried: &[String], with_bom: bool) -> Vec<u8> {
    let mut table = Table::default();
    let bom = if with_bom { "\u{feff}" } else { "" };
    table.name(&format!("{bom}{REPORTS}"));
    table.row(&carried.iter().map(String::as_str).collect::<Vec<_>>());
    table.finish()
}

/// The files while a run goes on: written aside, put in place when complete.
#[derive(Debug)]
pub struct CsvFiles {
    folder: PathBuf,
    aside: tempfile::TempDir,
    writers: Vec<BufWriter<File>>,
    carried: Carried,
    with_bom: bool,
}

impl CsvFiles {
    /// Prepares the folder; an earlier result in it is not touched yet.
    ///
    /// # Errors
    /// The folder cannot be made or written to.
    pub fn create(folder: &Path, with_bom: bool) -> Result<Self, OutputError> {
        let wrap = |path: &Path| {
            let path = path.to_path_buf();
            move |source| OutputError { path, source }
        };
        std::fs::create_dir_all(folder).map_err(wrap(folder))?;
        let aside = tempfile::Builder::new().prefix(".gouji-").tempdir_in(folder).map_err(wrap(folder))?;
        let mut writers = Vec::new();
        for (name, header) in FILES {
            let path = aside.path().join(name);
            let mut writer = BufWriter::new(File::create(&path).map_err(wrap(&path))?);
            let bom: &[u8] = if with_bom { "\u{feff}".as_bytes() } else { &[] };
            writer.write_all(bom).and_then(|()| writeln!(writer, "{header}")).map_err(wrap(&path))?;
            writers.push(writer);
        }
        Ok(CsvFiles { folder: folder.to_path_buf(), aside, writers, carried: Carried::default(), with_bom })
    }

    /// The folder that the files are written to until they are complete.
    #[must_use]
    pub fn aside(&self) -> &Path {
        self.aside.path()
    }

    /// A file of the folder that has the name of one of ours and is none: writing the results would lose it.
    #[must_use]
    pub fn of_somebody_else(folder: &Path) -> Option<PathBuf> {
        let (column, _) = FILES[0].1.split_once(',')?;
        FILES.iter().map(|(name, _)| folder.join(name)).find(|path| {
            let mut begins = [0; 64];
            let Ok(read) = File::open(path).and_then(|mut file| file.read(&mut begins)) else { return false };
            let text = begins[..read].strip_prefix("\u{feff}".as_bytes()).unwrap_or(&begins[..read]);
            !text.starts_with(format!("{column},").as_bytes())
        })
    }

    /// Appends the rows of a report.
    ///
    /// # Errors
    /// The disk is full or gone.
    pub fn write(&mut self, rows: &Rows) -> Result<(), OutputError> {
        let carried = self.carried.fields(&rows.carried);
        let widened = if carried.is_empty() { Vec::new() } else { widened(&rows.files[0], &carried) };
        for ((writer, bytes), (name, _)) in self.writers.iter_mut().zip(&rows.files).zip(FILES) {
            let bytes = if name == FILES[0].0 && !widened.is_empty() { &widened } else { bytes };
            writer.write_all(bytes).map_err(|source| OutputError { path: self.folder.join(name), source })?;
        }
        kept::write(&self.aside.path().join(TEXTS), &rows.texts)
    }

    /// Puts the complete files and `run.json` in place.
    ///
    /// # Errors
    /// A file cannot be written or replaced.
    pub fn finish(mut self, run_json: &str) -> Result<(), OutputError> {
        let folder = self.folder.clone();
        let at = |name: &str| folder.join(name);
        for (writer, (name, _)) in std::mem::take(&mut self.writers).into_iter().zip(FILES) {
            writer.into_inner().map_err(|e| OutputError { path: at(name), source: e.into_error() })?;
        }
        if !self.carried.is_empty() {
            let (narrow, wide) = (self.aside.path().join(FILES[0].0), self.aside.path().join("wide.csv"));
            let header = header(&self.carried.header(REPORTS), self.with_bom);
            self.carried
                .widen(&narrow, &wide, &header)
                .and_then(|()| std::fs::rename(&wide, &narrow))
                .map_err(|source| OutputError { path: at(FILES[0].0), source })?;
        }
        let run = self.aside.path().join("run.json");
        std::fs::write(&run, run_json).map_err(|source| OutputError { path: at("run.json"), source })?;
        for name in FILES.map(|(name, _)| name).into_iter().chain(["run.json"]) {
            std::fs::rename(self.aside.path().join(name), at(name))
                .map_err(|source| OutputError { path: at(name), source })?;
        }
        kept::place(&self.aside.path().join(TEXTS), &at(TEXTS))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn column_names_are_short_ascii() {
        for (_, header) in FILES {
            assert!(
                header
                    .split(',')
                    .all(|c| c.len() <= 32
                        && c.bytes().all(|b| b.is_ascii_lowercase() || b == b'_' || b.is_ascii_digit()))
            );
        }
    }
}
