//! Planted errors against the results: which were caught, how gravely, and who else was accused.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::gold::{Gold, GoldClaim, Planted};
use super::results::{Audited, ClaimRow, FindingRow, Results};
use super::tally::Figure;
use crate::form::Formula;

/// Whose number `last-year` and the like need not be under.
const NO_GOAL: f64 = 0.0;

/// The share of a class that is to be caught, in percent; 0 where none is set.
#[must_use]
pub fn goal(class: &str) -> f64 {
    match class {
        "cell-changed" | "cell-total" | "cell-row-blanked" | "cell-columns-swapped" => 100.0,
        "sum-part" | "sum-total" => 95.0,
        _ if class.starts_with("count-") || class.contains("share-") || class == "cell-named" => 97.0,
        _ => NO_GOAL,
    }
}

/// What became of one class of planted errors.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ClassFigures {
    /// Caught, where the words can mean nothing else.
    pub firm: Figure,
    /// Caught, where the words may also mean another number.
    pub loose: Figure,
    /// Caught by an error.
    pub errors: usize,
    /// Caught by a warning.
    pub warnings: usize,
    /// Caught by the verdict alone.
    pub verdicts: usize,
    /// Only observed: an info points at it. It is no catch, for it accuses nobody.
    pub infos: usize,
    /// Claims elsewhere that were accused because of it.
    pub accused: usize,
}

impl ClassFigures {
    /// Caught or observed, whatever the words.
    #[must_use]
    pub fn seen(&self) -> Figure {
        Figure { count: self.firm.count + self.loose.count + self.infos, of: self.firm.of + self.loose.of }
    }
}

/// A planted error that was not caught, or for which somebody else was accused.
#[derive(Debug, Clone, Serialize)]
pub struct PlantedMiss {
    /// The file of the mutant.
    pub report: String,
    /// The class.
    pub class: String,
    /// The words mean nothing else.
    pub is_firm: bool,
    /// The sentence, or the row.
    pub quote: String,
    /// The formula that it is about.
    pub subject: String,
    /// What was planted.
    pub change: String,
    /// What came out.
    pub got: String,
    /// The verdict and the reason for it.
    pub why: String,
}

/// How planted errors came out.
#[derive(Debug, Default, Serialize)]
pub struct PlantedFigures {
    /// By class.
    pub classes: BTreeMap<String, ClassFigures>,
    /// By form, firm ones only.
    pub by_form: BTreeMap<String, Figure>,
    /// All of them, the loose ones too.
    pub all: Figure,
    /// Mutants in which nobody else was accused.
    pub clean: Figure,
    /// Every one not caught.
    pub misses: Vec<PlantedMiss>,
    /// Every accusation elsewhere.
    pub accusations: Vec<PlantedMiss>,
    /// Mutants that the results do not have.
    pub unread: usize,
}

/// Compares every planted error.
#[must_use]
pub(super) fn compare(gold: &Gold, results: &Results) -> PlantedFigures {
    let mut figures = PlantedFigures::default();
    for claim in &gold.claims {
        let Some(planted) = &claim.planted else { continue };
        match results.exactly(&claim.report).filter(|a| a.was_read()) {
            Some(audited) => one(claim, planted, audited, &mut figures),
            None => figures.unread += 1,
        }
    }
    figures
}

fn one(claim: &GoldClaim, planted: &Planted, audited: &Audited, figures: &mut PlantedFigures) {
    let touch = Touch::new(planted);
    let found: Vec<&FindingRow> = audited.findings.iter().filter(|f| touch.finding(f)).collect();
    let has = |severity: &str| found.iter().any(|f| f.severity == severity);
    let is_judged = audited.claims.iter().any(|r| r.verdict == "contradicted" && touch.claim(r));
    let class = figures.classes.entry(planted.class.clone()).or_default();
    let caught = match () {
        () if has("error") => Some(&mut class.errors),
        () if has("warning") => Some(&mut class.warnings),
        () if is_judged => Some(&mut class.verdicts),
        () => None,
    };
    let is_caught = caught.map(|n| *n += 1).is_some();
    let is_new = |f: &FindingRow| {
        !planted
            .before
            .iter()
            .any(|(code, start, end)| (code.as_str(), *start, *end) == (f.code.as_str(), f.start, f.end))
    };
    class.infos += usize::from(!is_caught && found.iter().any(|f| f.severity == "info" && is_new(f)));
    let binding = if planted.is_firm { &mut class.firm } else { &mut class.loose };
    add(binding, is_caught);
    add(&mut figures.all, is_caught);
    if planted.is_firm {
        add(figures.by_form.entry(audited.form().to_string()).or_default(), is_caught);
    }
    if !is_caught {
        let (got, why) = outcome(planted, audited);
        figures.misses.push(PlantedMiss { why, ..miss(claim, planted, got) });
    }
    let accused = accused(&touch, planted, audited);
    class.accused += accused.len();
    add(&mut figures.clean, accused.is_empty());
    figures.accusations.extend(accused.into_iter().map(|who| miss(claim, planted, who)));
}

fn add(figure: &mut Figure, is_one: bool) {
    figure.of += 1;
    figure.count += usize::from(is_one);
}

fn miss(claim: &GoldClaim, planted: &Planted, got: String) -> PlantedMiss {
    PlantedMiss {
        report: claim.report.clone(),
        class: planted.class.clone(),
        is_firm: planted.is_firm,
        quote: claim.quote.clone(),
        subject: claim.subject.clone(),
        change: format!("{} → {}", planted.old, planted.new),
        got,
        why: String::new(),
    }
}

/// What the planted place came out as.
fn outcome(planted: &Planted, audited: &Audited) -> (String, String) {
    let is_here = |r: &&ClaimRow| r.start < planted.end && r.end > planted.start;
    match audited.claims.iter().find(is_here) {
        Some(row) => {
            (format!("{} {} ({})", row.verdict, row.subject, row.reading), format!("{}: {}", row.verdict, row.reading))
        }
        None => ("-".to_string(), "-".to_string()),
    }
}

/// Claims and findings elsewhere that were not there before the error was planted.
fn accused(touch: &Touch<'_>, planted: &Planted, audited: &Audited) -> Vec<String> {
    let known: BTreeSet<(&str, u32, u32)> = planted.before.iter().map(|(c, s, e)| (c.as_str(), *s, *e)).collect();
    let rows = audited
        .claims
        .iter()
        .filter(|r| r.verdict == "contradicted" && !touch.claim(r) && !known.contains(&("", r.start, r.end)));
    let rows: Vec<&ClaimRow> = rows.collect();
    let findings = audited.findings.iter().filter(|f| {
        let is_of_a_row = rows.iter().any(|r| r.start < f.end && r.end > f.start);
        f.severity != "info" && !is_of_a_row && !touch.finding(f) && !known.contains(&(f.code.as_str(), f.start, f.end))
    });
    let mut out: Vec<String> = rows.iter().map(|r| format!("{} “{}” {}", r.text, r.quote, r.subject)).collect();
    out.extend(findings.map(|f| format!("{} {}", f.code, f.message)));
    out
}

/// What a planted error touches.
struct Touch<'p> {
    places: Vec<(u32, u32)>,
    cells: BTreeSet<&'p str>,
    /// The new number, as formulas quote it.
    stated: String,
}

impl<'p> Touch<'p> {
    fn new(planted: &'p Planted) -> Self {
        let own = (planted.start, planted.end.max(planted.start + 1));
        Touch {
            places: std::iter::once(own).chain(planted.places.iter().copied()).collect(),
            cells: planted.cells.iter().map(String::as_str).collect(),
            stated: format!("\"{}\"", planted.new),
        }
    }

    fn place(&self, start: u32, end: u32) -> bool {
        self.places.iter().any(|(s, e)| start < *e && end > *s)
    }

    fn formula(&self, text: &str) -> bool {
        if self.cells.is_empty() {
            return text.contains(&self.stated);
        }
        text.parse::<Formula>().is_ok_and(|f| f.cells().iter().any(|c| self.cells.contains(c.full_name().as_str())))
    }

    fn claim(&self, row: &ClaimRow) -> bool {
        self.place(row.start, row.end) || self.formula(&row.subject)
    }

    fn finding(&self, row: &FindingRow) -> bool {
        self.place(row.start, row.end)
            || self.formula(&row.formula)
            || row.cells.split(' ').any(|c| self.cells.contains(c))
    }
}
