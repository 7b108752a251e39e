//! The four CSV files of the contract. The only place that names their columns.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::audit::View;
use crate::audit::corpus::Failure;
use crate::audit::input::Input;
use crate::findings::{Finding, Severity};
use crate::form::Number;
use crate::rules::{Verdict, by_code};
use crate::source::Span;

use super::summary::Summary;

const REPORTS: &str = "report,path,sha256,title,organ,region_code,level,year,generation,period_start,period_end,published,characters,sections,tables,claims,confirmed,contradicted,compatible,not_comparable,undetermined,errors,warnings,infos";
const CELLS: &str = "report,organ,year,table,row,column,raw,value,state,start,end";
const CLAIMS: &str = "report,organ,year,section,quote,text,value,low,high,unit,kind,subject,scope,verdict,expected,reading,start,end,line,column";
const FINDINGS: &str = "report,organ,year,code,name,severity,message,quote,stated,expected,formula,cells,start,end,line,column,fingerprint";

/// Name and header of each file.
pub const FILES: [(&str, &str); 4] =
    [("reports.csv", REPORTS), ("cells.csv", CELLS), ("claims.csv", CLAIMS), ("findings.csv", FINDINGS)];

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
}

/// Builds the rows of a report.
#[must_use]
pub fn rows(input: &Input, sha256: &str, audited: Result<&View<'_>, &Failure>) -> Rows {
    let mut rows = Rows { sha256: sha256.to_string(), ..Rows::default() };
    match audited {
        Ok(view) => {
            rows.summary = Summary::of(view);
            let head = Head::new(input, view);
            let reports = report_row(input, sha256, view, &head, &rows.summary);
            rows.files = [reports, cell_rows(view, &head), claim_rows(view, &head), finding_rows(view, sha256, &head)];
        }
        Err(failure) => {
            rows.summary = Summary::of_failure(failure);
            failure_rows(input, sha256, failure, &mut rows);
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
    fn new(input: &Input, view: &View<'_>) -> Self {
        let listed = &input.manifest.organ;
        Head {
            report: input.id.clone(),
            organ: if listed.is_empty() { view.document.organ.name.clone() } else { listed.clone() },
            year: view.document.year.map(|y| y.to_string()).unwrap_or_default(),
        }
    }
}

/// Rows of one file.
struct Table(csv::Writer<Vec<u8>>);

impl Table {
    fn new() -> Self {
        Table(csv::WriterBuilder::new().has_headers(false).from_writer(Vec::new()))
    }

    fn row(&mut self, fields: &[&str]) {
        for field in fields {
            // Writing to memory cannot fail.
            let _ = match neutral(field) {
                None => self.0.write_field(field),
                Some(safe) => self.0.write_field(&safe),
            };
        }
        let _ = self.0.write_record(None::<&[u8]>);
    }

    fn finish(self) -> Vec<u8> {
        self.0.into_inner().unwrap_or_default()
    }
}

/// A field that a spreadsheet would run as a formula gets an apostrophe in front.
fn neutral(field: &str) -> Option<String> {
    let rest = match field.as_bytes().first() {
        Some(b'=' | b'@' | b'\t' | b'\r') => return Some(format!("'{field}")),
        Some(b'+' | b'-') => &field[1..],
        _ => return None,
    };
    let is_number = rest.starts_with(|c: char| c.is_ascii_digit()) && rest.trim_end_matches(['%', '万', '亿']).bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b','));
    (!is_number).then(|| format!("'{field}"))
}

fn report_row(input: &Input, sha256: &str, view: &View<'_>, head: &Head, summary: &Summary) -> Vec<u8> {
    let mut table = Table::new();
    let document = view.document;
    let level = if input.manifest.level.is_empty() {
        document.organ.level().map(crate::document::Level::name).unwrap_or_default().to_string()
    } else {
        input.manifest.level.clone()
    };
    let date = |d: Option<jiff::civil::Date>| d.map(|d| d.to_string()).unwrap_or_default();
    let period = document.dates.period;
    let generation = view.tables.generation.map(|g| g.name()).unwrap_or_default();
    let count = |n: usize| n.to_string();
    let verdicts = Verdict::ALL.map(|v| count(summary.verdicts[v as usize]));
    let severities = [Severity::Error, Severity::Warning, Severity::Info].map(|s| count(summary.severities[s as usize]));
    let path = input.path.to_string_lossy();
    let mut fields: Vec<&str> = vec![&head.report, &path, sha256, &document.title, &head.organ, &input.manifest.region_code, &level, &head.year, generation];
    let (start, end, published) = (date(period.map(|p| p.0)), date(period.map(|p| p.1)), date(document.dates.published));
    let numbers = [count(view.source.characters() as usize), count(document.sections_found()), count(view.tables.found()), count(view.claims.list.len())];
    fields.extend([start.as_str(), end.as_str(), published.as_str()]);
    fields.extend(numbers.iter().map(String::as_str));
    fields.extend(verdicts.iter().map(String::as_str));
    fields.extend(severities.iter().map(String::as_str));
    table.row(&fields);
    table.finish()
}

fn position(span: Option<Span>) -> [String; 2] {
    span.map_or_else(Default::default, |s| [s.start.to_string(), s.end.to_string()])
}

fn number(value: Option<Number>) -> String {
    value.map(|n| n.to_string()).unwrap_or_default()
}

fn cell_rows(view: &View<'_>, head: &Head) -> Vec<u8> {
    let mut table = Table::new();
    for cell in view.tables.cells() {
        let [start, end] = position(cell.span);
        let value = number(cell.value);
        table.row(&[
            &head.report,
            &head.organ,
            &head.year,
            cell.id.row.table().name(),
            cell.id.row.name(),
            cell.id.column.name(),
            &cell.raw,
            &value,
            cell.state.name(),
            &start,
            &end,
        ]);
    }
    table.finish()
}

fn claim_rows(view: &View<'_>, head: &Head) -> Vec<u8> {
    let mut table = Table::new();
    let prose = &view.document.prose;
    for (claim, assessment) in view.claims.list.iter().zip(view.assessments) {
        let quantity = claim.quantity.map(|q| &view.lexed.quantities[q]);
        let span = prose.span(view.source, view.page, claim.range.clone());
        let (line, column) = view.source.line_column(span.start);
        let quote = prose.text[claim.clause.clone()].trim();
        let text = quantity.map(|q| prose.text[q.range.clone()].to_string()).unwrap_or_default();
        let unit = quantity.map(|q| prose.text[q.unit.clone()].to_string()).unwrap_or_default();
        let subject = assessment.subject.as_ref().map(ToString::to_string).unwrap_or_default();
        let [start, end] = position(Some(span));
        table.row(&[
            &head.report,
            &head.organ,
            &head.year,
            &claim.section.to_string(),
            quote,
            &text,
            &number(quantity.map(|q| q.value)),
            &number(quantity.map(|q| q.interval.low)),
            &number(quantity.and_then(|q| q.interval.high)),
            &unit,
            claim.kind.name(),
            &subject,
            claim.scope.as_ref().map_or("", |s| s.text.as_str()),
            assessment.verdict.name(),
            &number(assessment.expected),
            &assessment.reading,
            &start,
            &end,
            &line.to_string(),
            &column.to_string(),
        ]);
    }
    table.finish()
}

fn finding_rows(view: &View<'_>, sha256: &str, head: &Head) -> Vec<u8> {
    let mut table = Table::new();
    for finding in view.findings {
        let (line, column) = view.source.line_column(finding.span.start);
        write_finding(&mut table, head, finding, view.source.quote(finding.span), line, column, sha256);
    }
    table.finish()
}

fn write_finding(table: &mut Table, head: &Head, finding: &Finding, quote: &str, line: u32, column: u32, sha256: &str) {
    let cells = finding.cells.iter().map(|c| c.full_name()).collect::<Vec<_>>().join(" ");
    let formula = finding.formula.as_ref().map(ToString::to_string).unwrap_or_default();
    let [start, end] = position(Some(finding.span));
    table.row(&[
        &head.report,
        &head.organ,
        &head.year,
        finding.code,
        finding.name,
        finding.severity.name(),
        &finding.message,
        quote,
        &finding.stated,
        &finding.expected,
        &formula,
        &cells,
        &start,
        &end,
        &line.to_string(),
        &column.to_string(),
        &finding.fingerprint(sha256),
    ]);
}

fn failure_rows(input: &Input, sha256: &str, failure: &Failure, rows: &mut Rows) {
    let head = Head { report: input.id.clone(), organ: input.manifest.organ.clone(), year: String::new() };
    let path = input.path.to_string_lossy();
    let mut reports = Table::new();
    let columns = REPORTS.split(',').count();
    let mut fields: Vec<&str> = vec![&head.report, &path, sha256, "", &head.organ, &input.manifest.region_code, &input.manifest.level];
    fields.resize(columns - 3, "");
    fields.extend(["0", "1", "0"]);
    reports.row(&fields);
    rows.files[0] = reports.finish();
    let Some(rule) = by_code(failure.code) else { return };
    let finding = Finding {
        code: rule.code,
        name: rule.name,
        severity: rule.severity,
        message: failure.message.clone(),
        span: Span::default(),
        stated: String::new(),
        expected: String::new(),
        formula: None,
        cells: Vec::new(),
        related: Vec::new(),
    };
    let mut findings = Table::new();
    write_finding(&mut findings, &head, &finding, "", 1, 1, sha256);
    rows.files[3] = findings.finish();
}

/// The files while a run goes on: written aside, put in place when complete.
#[derive(Debug)]
pub struct CsvFiles {
    folder: PathBuf,
    aside: tempfile::TempDir,
    writers: Vec<BufWriter<File>>,
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
        Ok(CsvFiles { folder: folder.to_path_buf(), aside, writers })
    }

    /// The folder that the files are written to until they are complete.
    #[must_use]
    pub fn aside(&self) -> &Path {
        self.aside.path()
    }

    /// Appends the rows of a report.
    ///
    /// # Errors
    /// The disk is full or gone.
    pub fn write(&mut self, rows: &Rows) -> Result<(), OutputError> {
        for ((writer, bytes), (name, _)) in self.writers.iter_mut().zip(&rows.files).zip(FILES) {
            writer.write_all(bytes).map_err(|source| OutputError { path: self.folder.join(name), source })?;
        }
        Ok(())
    }

    /// Puts the complete files and `run.json` in place.
    ///
    /// # Errors
    /// A file cannot be written or replaced.
    pub fn finish(self, run_json: &str) -> Result<(), OutputError> {
        let at = |name: &str| self.folder.join(name);
        for (writer, (name, _)) in self.writers.into_iter().zip(FILES) {
            writer.into_inner().map_err(|e| OutputError { path: at(name), source: e.into_error() })?;
        }
        let run = self.aside.path().join("run.json");
        std::fs::write(&run, run_json).map_err(|source| OutputError { path: at("run.json"), source })?;
        for name in FILES.map(|(name, _)| name).into_iter().chain(["run.json"]) {
            std::fs::rename(self.aside.path().join(name), at(name)).map_err(|source| OutputError { path: at(name), source })?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_neutralised_and_numbers_are_not() {
        assert_eq!(neutral("=1+1").as_deref(), Some("'=1+1"));
        assert_eq!(neutral("-8%"), None);
        assert_eq!(neutral("-cmd").as_deref(), Some("'-cmd"));
        assert_eq!(neutral("+2"), None);
        assert_eq!(neutral("49件"), None);
    }

    #[test]
    fn column_names_are_short_ascii() {
        for (_, header) in FILES {
            assert!(header.split(',').all(|c| c.len() <= 32 && c.bytes().all(|b| b.is_ascii_lowercase() || b == b'_' || b.is_ascii_digit())));
        }
    }
}
