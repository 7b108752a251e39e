//! One report in every form in which reports are published: the same cells, claims and findings from each.
//!
//! The files of `tests/forms/` are made by `tests/forms/make.py` and committed; reading them needs no tool.

#![allow(clippy::print_stdout, reason = "tests say what they measured")]

mod common;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use common::{has_libreoffice, root};

/// The report that is there in every form.
const REPORT: &str = "yanchi-district-2023";

/// A CSV file as rows of column and value.
type Rows = Vec<BTreeMap<String, String>>;

/// What an audit of a path writes.
struct Results {
    reports: Rows,
    cells: Rows,
    claims: Rows,
    findings: Rows,
}

fn rows(path: &Path) -> Rows {
    let text = std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    reader.deserialize().map(|row| row.expect("a row")).collect()
}

fn audit(path: &Path) -> Results {
    let out = tempfile::tempdir().expect("a folder");
    let done = Command::new(env!("CARGO_BIN_EXE_gouji"))
        .args(["audit", "--fail-on", "never", "--out"])
        .arg(out.path())
        .arg(path)
        .output()
        .expect("the command runs");
    assert!(done.status.success(), "{}: {}", path.display(), String::from_utf8_lossy(&done.stderr));
    let of = |name: &str| rows(&out.path().join(name));
    Results {
        reports: of("reports.csv"),
        cells: of("cells.csv"),
        claims: of("claims.csv"),
        findings: of("findings.csv"),
    }
}

/// What is said of the form itself: characters lost, an encoding overruled.
const OF_THE_FORM: [&str; 2] = ["E010", "E016"];

/// The rows reduced to the columns that do not depend on the form.
fn only(rows: &Rows, columns: &[&str]) -> Vec<String> {
    rows.iter().map(|row| columns.iter().map(|c| row[*c].as_str()).collect::<Vec<_>>().join(" · ")).collect()
}

const CELLS: [&str; 5] = ["table", "row", "column", "value", "state"];
const CLAIMS: [&str; 13] = [
    "section", "quote", "text", "value", "low", "high", "unit", "kind", "subject", "scope", "verdict", "expected",
    "reading",
];
const FINDINGS: [&str; 7] = ["code", "severity", "message", "stated", "expected", "formula", "cells"];

fn forms(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            forms(&path, found);
        } else if path.extension().is_some_and(|e| e != "py" && e != "md") {
            found.push(path);
        }
    }
}

fn differences(name: &str, what: &str, expected: &[String], got: &[String], problems: &mut Vec<String>) {
    if expected == got {
        return;
    }
    let missing = expected.iter().filter(|row| !got.contains(row)).map(|row| format!("{name}: {what} - {row}"));
    let extra = got.iter().filter(|row| !expected.contains(row)).map(|row| format!("{name}: {what} + {row}"));
    problems.extend(missing.chain(extra));
    problems.push(format!("{name}: {what} differ in number or order: {} and {}", expected.len(), got.len()));
}

/// Whether a file was made from another report; `tests/pdf.rs` holds those.
fn is_of_another(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let stem = name.split('.').next().unwrap_or_default();
    stem != REPORT && root().join("corpus/reports").join(stem).with_extension("txt").exists()
}

#[test]
fn the_same_report_in_every_form_gives_the_same_results() {
    let expected = audit(&root().join("corpus/reports").join(REPORT).with_extension("txt"));
    let mut found = Vec::new();
    for folder in ["text", "html", "office", "pdf", "archive", "dump", "crawl"] {
        forms(&root().join("tests/forms").join(folder), &mut found);
    }
    found.retain(|path| !is_of_another(path));
    // RTF is read through LibreOffice, which a fresh machine need not have; without it E003 says so (tests/office.rs).
    if !has_libreoffice() {
        found.retain(|path| path.extension().is_none_or(|e| e != "rtf"));
        println!("no LibreOffice here: RTF is left out");
    }
    found.sort();
    assert!(found.len() >= 25, "{} forms", found.len());
    let mut problems = Vec::new();
    for path in &found {
        let name = path.strip_prefix(root()).expect("inside").display().to_string();
        let got = audit(path);
        if got.reports.len() != 1 {
            problems.push(format!("{name}: {} reports", got.reports.len()));
        }
        differences(&name, "cells", &only(&expected.cells, &CELLS), &only(&got.cells, &CELLS), &mut problems);
        // Sheets carry the tables only.
        if name.contains("tables.") {
            continue;
        }
        differences(&name, "claims", &only(&expected.claims, &CLAIMS), &only(&got.claims, &CLAIMS), &mut problems);
        let mut of_the_report = got.findings;
        of_the_report.retain(|row| !OF_THE_FORM.contains(&row["code"].as_str()));
        let (want, have) = (only(&expected.findings, &FINDINGS), only(&of_the_report, &FINDINGS));
        differences(&name, "findings", &want, &have, &mut problems);
    }
    println!("{} forms of one report", found.len());
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}
