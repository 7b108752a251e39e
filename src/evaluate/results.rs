//! What an audit wrote: the four CSV files, by report.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::gold::{EvaluateError, Gold};
use crate::form::Formula;

/// A row of `reports.csv`, as far as it matters here.
#[derive(Debug, Clone, Deserialize)]
pub struct ReportRow {
    /// Its id.
    pub report: String,
    /// Its file, as the audit was told.
    pub path: PathBuf,
    /// The file's hash.
    pub sha256: String,
    /// The form; empty if unknown.
    pub generation: String,
    /// Length of the text; empty if it could not be read.
    pub characters: String,
}

/// A row of `claims.csv`.
#[derive(Debug, Clone, Deserialize)]
pub struct ClaimRow {
    report: String,
    /// The clause.
    pub quote: String,
    /// The number as printed; empty for a claim in words.
    pub text: String,
    /// What it says of its number.
    pub kind: String,
    /// The formula it was held against.
    pub subject: String,
    /// What became of it.
    pub verdict: String,
    /// The value of the subject.
    pub expected: String,
    /// Why.
    pub reading: String,
    /// First character.
    pub start: u32,
    /// One past the last character.
    pub end: u32,
}

/// A row of `findings.csv`.
#[derive(Debug, Clone, Deserialize)]
pub struct FindingRow {
    report: String,
    /// The rule.
    pub code: String,
    /// `error`, `warning` or `info`.
    pub severity: String,
    /// What it says.
    pub message: String,
    /// Where.
    pub quote: String,
    /// The formula.
    pub formula: String,
    /// The cells, with spaces between.
    pub cells: String,
    /// First character.
    pub start: u32,
    /// One past the last character.
    pub end: u32,
}

#[derive(Debug, Deserialize)]
struct CellRow {
    report: String,
    table: String,
    row: String,
    column: String,
    value: String,
    state: String,
}

/// What an audit said of one report.
#[derive(Debug)]
pub struct Audited {
    /// The report.
    pub report: ReportRow,
    /// Its claims, in order of place.
    pub claims: Vec<ClaimRow>,
    /// Its findings, in order of place.
    pub findings: Vec<FindingRow>,
    /// Its cells: value and state.
    pub cells: BTreeMap<String, (Option<f64>, String)>,
}

/// What an audit wrote, by the report's id.
#[derive(Debug, Default)]
pub struct Results {
    /// The folder.
    pub(super) folder: PathBuf,
    reports: BTreeMap<String, Audited>,
}

impl Results {
    /// Reads the folder that `gouji audit --out` wrote; its cells, by far the largest file, only if the gold has some.
    ///
    /// # Errors
    /// A file that is missing or has other columns.
    pub fn read(folder: &Path, gold: &Gold) -> Result<Results, EvaluateError> {
        let mut reports: BTreeMap<String, Audited> = rows::<ReportRow>(folder, "reports.csv")?
            .into_iter()
            .map(|report| {
                let id = report.report.clone();
                (id, Audited { report, claims: Vec::new(), findings: Vec::new(), cells: BTreeMap::new() })
            })
            .collect();
        for mut row in rows::<ClaimRow>(folder, "claims.csv")? {
            plain(&mut row.text);
            plain(&mut row.quote);
            if let Some(one) = reports.get_mut(&row.report) {
                one.claims.push(row);
            }
        }
        for row in rows::<FindingRow>(folder, "findings.csv")? {
            if let Some(one) = reports.get_mut(&row.report) {
                one.findings.push(row);
            }
        }
        let cells = if gold.cells.is_empty() { Vec::new() } else { rows::<CellRow>(folder, "cells.csv")? };
        for row in cells {
            if let Some(one) = reports.get_mut(&row.report) {
                let name = format!("{}.{}.{}", row.table, row.row, row.column);
                one.cells.insert(name, (row.value.parse().ok(), row.state));
            }
        }
        Ok(Results { folder: folder.to_path_buf(), reports })
    }

    /// The audits of a report: its id is the name, or the last part of it up to a point (`name.page`, `a/name`).
    pub fn of<'r>(&'r self, name: &'r str) -> impl Iterator<Item = &'r Audited> {
        self.reports.values().filter(move |one| {
            let id = one.report.report.as_str();
            let last = id.rsplit('/').next().unwrap_or(id);
            id == name || last == name || last.strip_prefix(name).is_some_and(|rest| rest.starts_with('.'))
        })
    }

    /// The audit of exactly this report, in whichever folder it was found.
    #[must_use]
    pub fn exactly(&self, id: &str) -> Option<&Audited> {
        self.reports.get(id).or_else(|| self.reports.get(&format!("reports/{id}")))
    }
}

impl Audited {
    /// Whether the report was read at all.
    #[must_use]
    pub fn was_read(&self) -> bool {
        !self.report.characters.is_empty()
    }

    /// The form it is in, for tables of figures.
    #[must_use]
    pub fn form(&self) -> &str {
        if self.report.generation.is_empty() { "-" } else { &self.report.generation }
    }
}

impl ClaimRow {
    /// Whether it was held against something.
    #[must_use]
    pub fn is_decided(&self) -> bool {
        matches!(self.verdict.as_str(), "confirmed" | "compatible" | "contradicted")
    }
}

/// A formula in a form in which equal ones are equal; empty for none.
#[must_use]
pub(super) fn canonical(formula: &str) -> String {
    let text = formula.trim();
    if text.is_empty() {
        return String::new();
    }
    // A formula beyond the notation of cells (another year) compares as text.
    text.parse::<Formula>().map_or_else(|_| text.to_string(), |f| f.canonical())
}

fn rows<T: DeserializeOwned>(folder: &Path, name: &str) -> Result<Vec<T>, EvaluateError> {
    let path = folder.join(name);
    let text = std::fs::read_to_string(&path).map_err(|source| EvaluateError::Read { path: path.clone(), source })?;
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    reader.deserialize().collect::<Result<_, _>>().map_err(|source| EvaluateError::Csv { path, source })
}

/// Takes off the apostrophe that keeps spreadsheets from running a field.
fn plain(field: &mut String) {
    if field.starts_with('\'') && field[1..].starts_with(['=', '+', '-', '@']) {
        field.remove(0);
    }
}
