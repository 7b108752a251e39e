//! Every error that can be planted in a report.

use std::collections::BTreeMap;

use super::class::Class;
use super::site::Site;
use super::{cells, counts, lists, shares, words};
use crate::audit::View;
use crate::evaluate::Planted;
use crate::form::{CellId, Number};
use crate::source::Span;

/// One change of one report, with its truth.
#[derive(Debug, Clone)]
pub struct Mutant {
    /// The class of the error.
    pub class: Class,
    /// What is replaced, in characters.
    pub span: Span,
    /// What replaces it.
    pub new: String,
    /// Words around it.
    pub quote: String,
    /// The formula that it is about.
    pub subject: String,
    /// The value of the formula in the tables.
    pub table: serde_json::Value,
    /// Its truth, in positions of the changed file.
    pub planted: Planted,
}

/// The cells of every report given, by organ and year: where last year's numbers come from.
#[derive(Debug, Default)]
pub struct Years {
    cells: BTreeMap<(String, i16), BTreeMap<CellId, Number>>,
}

impl Years {
    /// Takes note of the tables of a report.
    pub fn add(&mut self, view: &View<'_>) {
        let Some(year) = view.document.year.filter(|_| !view.document.organ.name.is_empty()) else { return };
        let cells = view.tables.cells().iter().filter_map(|c| Some((c.id, view.tables.value(c.id)?)));
        self.cells.entry((view.document.organ.name.clone(), year)).or_default().extend(cells);
    }

    /// The cells of an organ in a year.
    pub(super) fn of(&self, organ: &str, year: i16) -> Option<&BTreeMap<CellId, Number>> {
        self.cells.get(&(organ.to_string(), year))
    }
}

/// Everything that can be planted in a report, in order of class and place.
#[must_use]
pub fn plan(view: &View<'_>, id: &str, seed: u64, years: &Years) -> Vec<Mutant> {
    let site = Site { view, id, seed, years };
    let mut mutants = Vec::new();
    for change in counts::changes(&site)
        .into_iter()
        .chain(shares::changes(&site))
        .chain(lists::changes(&site))
        .chain(words::changes(&site))
        .chain(cells::changes(&site))
    {
        mutants.push(site.mutant(change));
    }
    mutants.retain(|m| m.planted.old != m.new);
    mutants.sort_by_key(|m| (m.class, m.span));
    mutants
}
