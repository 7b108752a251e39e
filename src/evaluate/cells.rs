//! Cells of the gold against `cells.csv`, and findings of the gold against `findings.csv`.

use std::collections::BTreeMap;

use serde::Serialize;

use super::gold::{Gold, GoldFinding};
use super::results::{Audited, Results};
use super::tally::{Figure, Quality};

/// How the cells of the gold were read.
#[derive(Debug, Default, Serialize)]
pub struct CellFigures {
    /// Cells with a value: read right, of all.
    pub all: Figure,
    /// By table.
    pub by_table: BTreeMap<String, Figure>,
    /// By form.
    pub by_form: BTreeMap<String, Figure>,
    /// Cells read with another value, or printed blank and read with one.
    pub wrong: Vec<String>,
    /// Cells with a value that were not read.
    pub missing: Vec<String>,
}

/// Compares every cell.
#[must_use]
pub(super) fn compare(gold: &Gold, results: &Results) -> CellFigures {
    let mut figures = CellFigures::default();
    for (report, cells) in &gold.cells {
        for audited in results.of(report).filter(|a| a.was_read()) {
            for (name, due) in cells {
                one(name, *due, audited, &mut figures);
            }
        }
    }
    figures
}

fn one(name: &str, due: Option<f64>, audited: &Audited, figures: &mut CellFigures) {
    let got = audited.cells.get(name).and_then(|(value, _)| *value);
    let same = matches!((due, got), (Some(a), Some(b)) if (a - b).abs() <= 1e-9);
    let id = &audited.report.report;
    match (due, got) {
        (Some(due), Some(got)) if !same => figures.wrong.push(format!("{id} {name}: {got} ({due})")),
        (None, Some(got)) => figures.wrong.push(format!("{id} {name}: {got} (-)")),
        (Some(_), None) => figures.missing.push(format!("{id} {name}")),
        _ => {}
    }
    if due.is_some() {
        let table = name.split('.').next().unwrap_or(name).to_string();
        let groups = [
            &mut figures.all,
            figures.by_table.entry(table).or_default(),
            figures.by_form.entry(audited.form().to_string()).or_default(),
        ];
        for group in groups {
            group.of += 1;
            group.count += usize::from(same);
        }
    }
}

/// How the findings of the gold came out.
#[derive(Debug, Default, Serialize)]
pub struct FindingFigures {
    /// All errors and warnings.
    pub all: Quality,
    /// By family: the letter and the section of the code.
    pub by_family: BTreeMap<String, Quality>,
    /// Findings that were not made.
    pub missed: Vec<String>,
    /// Findings that the report does not deserve.
    pub unexpected: Vec<String>,
}

/// Compares the errors and warnings of every report whose findings are all known.
#[must_use]
pub(super) fn findings(gold: &Gold, results: &Results) -> FindingFigures {
    let mut figures = FindingFigures::default();
    for (report, due) in &gold.findings {
        for audited in results.of(report).filter(|a| a.was_read()) {
            of_report(due, audited, &mut figures);
        }
    }
    figures
}

fn of_report(due: &[GoldFinding], audited: &Audited, figures: &mut FindingFigures) {
    let id = &audited.report.report;
    let mut left: Vec<&GoldFinding> = due.iter().collect();
    for finding in audited.findings.iter().filter(|f| f.severity != "info") {
        let found = left.iter().position(|d| d.code == finding.code && d.severity == finding.severity);
        for group in quality(figures, &finding.code) {
            group.said += 1;
            group.right += usize::from(found.is_some());
        }
        match found {
            Some(at) => drop(left.remove(at)),
            None => figures.unexpected.push(format!("{id} {} “{}”", finding.code, finding.quote)),
        }
    }
    for due in due {
        quality(figures, &due.code).into_iter().for_each(|g| g.due += 1);
    }
    figures.missed.extend(left.iter().map(|d| format!("{id} {} “{}”", d.code, d.quote)));
}

fn quality<'f>(figures: &'f mut FindingFigures, code: &str) -> [&'f mut Quality; 2] {
    let family: String = code.chars().take(2).collect();
    [&mut figures.all, figures.by_family.entry(family).or_default()]
}
