//! `run.json`: what a paper needs to cite a run.

use serde::Serialize;

use super::summary::Summary;
use crate::collection::Passed;
use crate::dictionary::hex;
use crate::rules::{RULES, Verdict};

/// The record of a run.
#[derive(Debug, Serialize)]
pub struct RunRecord {
    program: &'static str,
    version: &'static str,
    command: Vec<String>,
    rules_sha256: String,
    dictionaries_sha256: String,
    corpus_sha256: String,
    started: String,
    seconds: f64,
    counts: Counts,
}

#[derive(Debug, Serialize)]
struct Counts {
    files: usize,
    reports: usize,
    not_read: usize,
    ignored_files: usize,
    skipped_records: std::collections::BTreeMap<String, usize>,
    objects_without_text: usize,
    tables: usize,
    cells: usize,
    cells_missing: usize,
    claims: usize,
    claims_bound: usize,
    verdicts: std::collections::BTreeMap<&'static str, usize>,
    errors: usize,
    warnings: usize,
    infos: usize,
    rules: std::collections::BTreeMap<&'static str, usize>,
}

impl RunRecord {
    /// Puts the record together; `corpus` is the hash over the reports' hashes.
    #[must_use]
    pub fn new(
        command: Vec<String>,
        dictionaries: &str,
        corpus: String,
        started: String,
        seconds: f64,
        summary: &Summary,
        passed: &Passed,
    ) -> Self {
        let [errors, warnings, infos] = summary.severities;
        RunRecord {
            program: "gouji",
            version: env!("CARGO_PKG_VERSION"),
            command,
            rules_sha256: rules_hash(),
            dictionaries_sha256: dictionaries.to_string(),
            corpus_sha256: corpus,
            started,
            seconds,
            counts: Counts {
                files: summary.files,
                reports: summary.reports,
                not_read: summary.failures.values().sum(),
                ignored_files: passed.ignored,
                skipped_records: passed.skipped.clone(),
                objects_without_text: passed.without_text,
                tables: summary.tables,
                cells: summary.cells,
                cells_missing: summary.cells_missing,
                claims: summary.claims,
                claims_bound: summary.bound,
                verdicts: Verdict::ALL.into_iter().map(|v| (v.name(), summary.verdicts[v as usize])).collect(),
                errors,
                warnings,
                infos,
                rules: summary.codes.clone(),
            },
        }
    }

    /// As JSON, ended by a line end.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }
}

fn rules_hash() -> String {
    use sha2::{Digest, Sha256};
    let mut hasher = Sha256::new();
    for rule in RULES {
        hasher.update(rule.code);
        hasher.update(rule.name);
        hasher.update(rule.page);
    }
    hex(&hasher.finalize())
}
