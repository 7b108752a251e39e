//! Which mutants are written, and their files.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::class::Class;
use super::dice::Dice;
use super::plan::Mutant;
use crate::evaluate::GoldClaim;
use crate::source::{Format, Source, extension};

/// What can go wrong when mutants are written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MutateError {
    /// The folder holds something already, which would be mixed with the mutants.
    #[error("{path}")]
    NotEmpty {
        /// The folder.
        path: PathBuf,
    },
    /// A file cannot be written.
    #[error("{path}")]
    Write {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

/// Mutants of several reports.
#[derive(Debug, Default)]
pub struct Mutants {
    reports: Vec<Original>,
}

#[derive(Debug)]
struct Original {
    id: String,
    extension: String,
    text: String,
    mutants: Vec<Mutant>,
}

impl Mutants {
    /// Takes what can be planted in a report.
    pub fn add(&mut self, id: &str, name: &str, source: &Source, mutants: Vec<Mutant>) {
        let own = Some(extension(name)).filter(|e| !e.is_empty() && source.format != Format::Document);
        // The text of a document is written as text.
        let extension = own.unwrap_or_else(|| "txt".to_string());
        self.reports.push(Original { id: id.to_string(), extension, text: source.text.clone(), mutants });
    }

    /// The number of mutants of each class.
    #[must_use]
    pub fn classes(&self) -> BTreeMap<Class, usize> {
        let mut counts = BTreeMap::new();
        for mutant in self.reports.iter().flat_map(|r| &r.mutants) {
            *counts.entry(mutant.class).or_default() += 1;
        }
        counts
    }

    /// Keeps so many, the same number of each class as far as there are any, by the seed.
    pub fn limit(&mut self, most: usize, seed: u64) {
        let mut all: Vec<(Class, u64, usize, usize)> = Vec::new();
        for (r, report) in self.reports.iter().enumerate() {
            for (m, mutant) in report.mutants.iter().enumerate() {
                let key = format!("{}/{}/{}", report.id, mutant.class, mutant.span.start);
                all.push((mutant.class, Dice::new(seed, &key).next(), r, m));
            }
        }
        all.sort_unstable();
        let mut ranks: BTreeMap<Class, usize> = BTreeMap::new();
        let ranked = all.into_iter().map(|(class, chance, r, m)| {
            let rank = ranks.entry(class).or_default();
            *rank += 1;
            (*rank, chance, r, m)
        });
        let mut ranked: Vec<_> = ranked.collect();
        ranked.sort_unstable();
        let kept: std::collections::BTreeSet<(usize, usize)> =
            ranked.into_iter().take(most).map(|(_, _, r, m)| (r, m)).collect();
        for (r, report) in self.reports.iter_mut().enumerate() {
            let mut m = 0;
            report.mutants.retain(|_| {
                m += 1;
                kept.contains(&(r, m - 1))
            });
        }
    }

    /// Writes `reports/` and `truth.json` into a folder that is new or empty.
    ///
    /// # Errors
    /// The folder holds something, or cannot be written to.
    pub fn write(&self, folder: &Path) -> Result<(), MutateError> {
        let is_empty = std::fs::read_dir(folder).map_or(true, |mut entries| entries.next().is_none());
        if !is_empty {
            return Err(MutateError::NotEmpty { path: folder.to_path_buf() });
        }
        let mut truths = Vec::new();
        for report in &self.reports {
            for (number, mutant) in report.mutants.iter().enumerate() {
                let id = format!("{}/{:04}-{}", report.id, number + 1, mutant.class);
                let path = folder.join("reports").join(format!("{id}.{}", report.extension));
                put(&path, report.changed(mutant).as_bytes())?;
                truths.push(truth(id, mutant));
            }
        }
        let json = serde_json::to_string_pretty(&truths).unwrap_or_default() + "\n";
        put(&folder.join("truth.json"), json.as_bytes())
    }
}

impl Original {
    fn changed(&self, mutant: &Mutant) -> String {
        let mut positions = self.text.char_indices().map(|(at, _)| at).chain([self.text.len()]);
        let start = positions.nth(mutant.span.start as usize).unwrap_or(self.text.len());
        let length = (mutant.span.end - mutant.span.start) as usize;
        let end = if length == 0 { start } else { positions.nth(length - 1).unwrap_or(self.text.len()) };
        [&self.text[..start], &mutant.new, &self.text[end..]].concat()
    }
}

fn truth(report: String, mutant: &Mutant) -> GoldClaim {
    GoldClaim {
        report,
        quote: mutant.quote.clone(),
        subject: mutant.subject.clone(),
        accept: vec!["contradicted".to_string()],
        stated: serde_json::Value::String(mutant.new.clone()),
        table: mutant.table.clone(),
        note: String::new(),
        alternatives: Vec::new(),
        planted: Some(mutant.planted.clone()),
    }
}

fn put(path: &Path, bytes: &[u8]) -> Result<(), MutateError> {
    let wrap = |source| MutateError::Write { path: path.to_path_buf(), source };
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(wrap)?;
    }
    std::fs::write(path, bytes).map_err(wrap)
}
