//! Results against gold: coverage, precision and recall, and what became of planted errors.
//!
//! In: a [`Gold`] and the [`Results`] of an audit, both from files. Out: an [`Evaluation`], as text, Markdown or JSON,
//! and its [figures](Evaluation::figures), which a later run must not fall below. A stage of its own behind the CSV
//! files, so that what is measured is what users get.

mod baseline;
mod cells;
mod claims;
mod gold;
mod page;
mod place;
mod planted;
mod results;
mod tables;
mod tally;
mod weak;

pub use baseline::{Baseline, Fall};
pub use cells::{CellFigures, FindingFigures};
pub use claims::{Accusation, ClaimFigures, Miss, Stage};
pub use gold::{EvaluateError, Gold, GoldClaim, GoldFinding, Planted};
pub use planted::{ClassFigures, PlantedFigures, PlantedMiss, goal};
pub use results::Results;
pub use tables::{Format, render};
pub use tally::{Coverage, Figure, Quality};

use std::collections::BTreeMap;

use serde::Serialize;

/// What a comparison of results with gold says.
#[derive(Debug, Default, Serialize)]
pub struct Evaluation {
    /// The claims of the gold.
    pub claims: ClaimFigures,
    /// The cells of the gold.
    pub cells: CellFigures,
    /// The findings of the gold.
    pub findings: FindingFigures,
    /// Planted errors.
    pub planted: PlantedFigures,
}

impl Evaluation {
    /// Compares gold with the results of the reports it knows.
    ///
    /// # Errors
    /// The file of a report is gone or was changed since the audit.
    pub fn new(gold: &Gold, results: &Results) -> Result<Evaluation, EvaluateError> {
        Ok(Evaluation {
            claims: claims::compare(gold, results)?,
            cells: cells::compare(gold, results),
            findings: cells::findings(gold, results),
            planted: planted::compare(gold, results),
        })
    }

    /// Takes over what became of planted errors.
    #[must_use]
    pub fn with_planted(mut self, gold: &Gold, results: &Results) -> Evaluation {
        self.planted = planted::compare(gold, results);
        self
    }

    /// Whether anything at all was compared.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.claims.all.claims + self.cells.all.of + self.findings.all.due + self.planted.all.of == 0
            && self.findings.all.said == 0
    }

    /// Whether somebody is accused in vain or a cell was read wrong: worse than anything missed.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        !self.claims.accusations.is_empty()
            || !self.cells.wrong.is_empty()
            || !self.findings.unexpected.is_empty()
            || !self.planted.accusations.is_empty()
    }

    /// Whether anything was missed.
    #[must_use]
    pub fn has_misses(&self) -> bool {
        !self.claims.misses.is_empty()
            || !self.cells.missing.is_empty()
            || !self.findings.missed.is_empty()
            || !self.planted.misses.is_empty()
    }

    /// The figures that must not fall, by name; more is better in all of them.
    #[must_use]
    pub fn figures(&self) -> BTreeMap<String, Figure> {
        let all = &self.claims.all;
        let of = |count, of| Figure { count, of };
        let listed = [
            ("claims.found", of(all.found, all.claims)),
            ("claims.subject", of(all.subject, all.claims)),
            ("claims.accepted", of(all.accepted, all.claims)),
            ("claims.precision", all.quality.precision()),
            ("claims.recall", all.quality.recall()),
            ("cells.read", self.cells.all),
            ("findings.precision", self.findings.all.precision()),
            ("findings.recall", self.findings.all.recall()),
            ("planted.nobody-else-accused", self.planted.clean),
        ];
        let mut figures: BTreeMap<String, Figure> = listed.map(|(name, f)| (name.to_string(), f)).into();
        for (class, one) in &self.planted.classes {
            figures.insert(format!("planted.{class}"), one.firm);
            figures.insert(format!("planted.{class}.seen"), one.seen());
        }
        figures.retain(|_, f| f.of > 0);
        figures
    }
}
