//! Claims of the gold against `claims.csv`: found, bound, decided, right, and at which stage they were lost.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::Serialize;

use super::gold::{EvaluateError, Gold, GoldClaim};
use super::place::Text;
use super::results::{Audited, ClaimRow, Results, canonical};
use super::tally::{Coverage, Groups};
use crate::source::Span;

/// Characters that a quote may leave out at its end: a closing bracket, a unit.
const SLACK: u32 = 2;

/// Where a claim was lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// No row has the number.
    NotLexed,
    /// A row has it, but it is about nothing.
    NotBound,
    /// It was taken to be about something else, or judged otherwise.
    WrongReading,
    /// It is about the right cells, but their values were not read right.
    WrongCell,
}

/// A claim of the gold that came out otherwise.
#[derive(Debug, Clone, Serialize)]
pub struct Miss {
    /// The report.
    pub report: String,
    /// The claim.
    pub quote: String,
    /// The number it states.
    pub stated: String,
    /// Where it was lost.
    pub stage: Stage,
    /// What the gold says.
    pub expected: String,
    /// What came out.
    pub got: String,
}

/// A contradiction that no claim of the gold accepts.
#[derive(Debug, Clone, Serialize)]
pub struct Accusation {
    /// The report.
    pub report: String,
    /// The clause.
    pub quote: String,
    /// The number.
    pub text: String,
    /// What it was held against.
    pub subject: String,
}

/// How the claims of the gold came out.
#[derive(Debug, Default, Serialize)]
pub struct ClaimFigures {
    /// All claims.
    pub all: Coverage,
    /// By `kind`.
    pub by_kind: Groups,
    /// By family of rules.
    pub by_family: Groups,
    /// By form.
    pub by_form: Groups,
    /// Verdict that is right → verdict that came out → how many.
    pub confusion: BTreeMap<String, BTreeMap<String, usize>>,
    /// Every miss.
    pub misses: Vec<Miss>,
    /// Every contradiction that the gold does not have.
    pub accusations: Vec<Accusation>,
    /// Reports of the gold that the results do not have, or that could not be read, with their claims.
    pub unread: BTreeMap<String, usize>,
}

/// Compares every claim of the gold that was not planted.
///
/// # Errors
/// The file of a report is gone or was changed.
pub(super) fn compare(gold: &Gold, results: &Results) -> Result<ClaimFigures, EvaluateError> {
    let mut figures = ClaimFigures::default();
    let mut by_report: BTreeMap<&str, Vec<&GoldClaim>> = BTreeMap::new();
    for claim in gold.claims.iter().filter(|c| c.planted.is_none()) {
        by_report.entry(&claim.report).or_default().push(claim);
    }
    for (report, claims) in by_report {
        let audits: Vec<&Audited> = results.of(report).filter(|a| a.was_read()).collect();
        if audits.is_empty() {
            figures.unread.insert(report.to_string(), claims.len());
        }
        for audited in audits {
            of_report(&claims, audited, &results.folder, &mut figures)?;
        }
    }
    Ok(figures)
}

fn of_report(
    claims: &[&GoldClaim],
    audited: &Audited,
    folder: &Path,
    figures: &mut ClaimFigures,
) -> Result<(), EvaluateError> {
    let text = Text::read(&audited.report, folder)?;
    let mut justified = BTreeSet::new();
    for claim in claims {
        let row = find(claim, &text.places(&claim.quote), &audited.claims);
        if let Some(row) = row.filter(|_| claim.accepts("contradicted")) {
            justified.insert((row.start, row.end));
        }
        count(claim, row, audited, figures);
    }
    for row in &audited.claims {
        if row.verdict != "contradicted" || justified.contains(&(row.start, row.end)) {
            continue;
        }
        figures.accusations.push(Accusation {
            report: audited.report.report.clone(),
            quote: row.quote.clone(),
            text: row.text.clone(),
            subject: row.subject.clone(),
        });
        // A claim of the gold that is accused in vain was counted as said above.
        let is_listed = claims.iter().any(|c| !c.quote.is_empty() && squeeze(&c.quote).contains(&squeeze(&row.quote)));
        if !is_listed {
            for group in groups(figures, &row.kind, family(&row.subject), audited.form()) {
                group.quality.said += 1;
            }
        }
    }
    Ok(())
}

fn squeeze(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The row that a claim means: inside a place of its quote, with its number; a right one where several are.
fn find<'r>(claim: &GoldClaim, places: &[Span], rows: &'r [ClaimRow]) -> Option<&'r ClaimRow> {
    let wanted = claim.number();
    let is_number = wanted.chars().any(|c| c.is_ascii_digit());
    let fits = |row: &&ClaimRow| {
        if row.text.is_empty() { !is_number || wanted == "0" } else { squeeze(&row.text) == wanted }
    };
    let mut last = None;
    for place in places {
        let inside = rows.iter().filter(|r| r.start < place.end + SLACK && r.end > place.start).filter(fits);
        for row in inside {
            if is_right(claim, row) && claim.accepts(&row.verdict) {
                return Some(row);
            }
            last = Some(row);
        }
    }
    last
}

fn is_right(claim: &GoldClaim, row: &ClaimRow) -> bool {
    let got = canonical(&row.subject);
    let abstains = got.is_empty() && !row.is_decided() && claim.accepts(&row.verdict);
    claim.subject.is_empty()
        || abstains
        || std::iter::once(&claim.subject).chain(&claim.alternatives).any(|s| canonical(s) == got)
}

fn groups<'f>(figures: &'f mut ClaimFigures, kind: &str, family: &str, form: &str) -> [&'f mut Coverage; 4] {
    [
        &mut figures.all,
        figures.by_kind.entry(kind.to_string()).or_default(),
        figures.by_family.entry(family.to_string()).or_default(),
        figures.by_form.entry(form.to_string()).or_default(),
    ]
}

/// The family of rules that speaks of a subject: C2 to C4 by table, P for numbers of the prose alone.
fn family(subject: &str) -> &'static str {
    [("proactive.", "C2"), ("requests.", "C3"), ("disputes.", "C4"), ("\"", "P0")]
        .into_iter()
        .find(|(word, _)| subject.contains(word))
        .map_or("-", |(_, family)| family)
}

/// The kind of a claim that was not found, by its number.
fn kind_of(claim: &GoldClaim) -> &'static str {
    match claim.number() {
        n if n.ends_with('%') => "share",
        n if n.chars().any(|c| c.is_ascii_digit()) => "count",
        _ => "zero",
    }
}

fn count(claim: &GoldClaim, row: Option<&ClaimRow>, audited: &Audited, figures: &mut ClaimFigures) {
    let kind = row.map_or_else(|| kind_of(claim).to_string(), |r| r.kind.clone());
    let subject_right = row.is_some_and(|r| is_right(claim, r));
    let accepted = row.is_some_and(|r| claim.accepts(&r.verdict));
    // What the gold leaves open may be said or left.
    let is_due = !claim.subject.is_empty() && claim.accept.iter().any(|v| decides(v));
    let is_said = row.is_some_and(|r| r.is_decided() && (is_due || !accepted));
    for group in groups(figures, &kind, family(&claim.subject), audited.form()) {
        group.claims += 1;
        group.found += usize::from(row.is_some());
        group.about += usize::from(!claim.subject.is_empty());
        group.bound += usize::from(row.is_some_and(|r| !claim.subject.is_empty() && !r.subject.is_empty()));
        group.decided += usize::from(row.is_some_and(|r| !claim.subject.is_empty() && r.is_decided()));
        group.subject += usize::from(subject_right);
        group.accepted += usize::from(accepted);
        let abstains = accepted && row.is_some_and(|r| !r.is_decided());
        group.quality.due += usize::from(is_due && !abstains);
        group.quality.said += usize::from(is_said);
        group.quality.right += usize::from(is_said && is_due && subject_right && accepted);
    }
    let got = row.map_or("not_lexed", |r| r.verdict.as_str());
    let right = if accepted { got } else { claim.accept.first().map_or("-", String::as_str) };
    *figures.confusion.entry(right.to_string()).or_default().entry(got.to_string()).or_default() += 1;
    if !subject_right || !accepted {
        figures.misses.push(Miss {
            report: audited.report.report.clone(),
            quote: claim.quote.clone(),
            stated: claim.number(),
            stage: stage(claim, row, subject_right),
            expected: format!("{} {}", claim.accept.join("|"), claim.subject).trim_end().to_string(),
            got: row.map(|r| format!("{} {}", r.verdict, r.subject).trim_end().to_string()).unwrap_or_default(),
        });
    }
}

fn decides(verdict: &str) -> bool {
    matches!(verdict, "confirmed" | "compatible" | "contradicted")
}

fn stage(claim: &GoldClaim, row: Option<&ClaimRow>, subject_right: bool) -> Stage {
    let Some(row) = row else { return Stage::NotLexed };
    if row.subject.is_empty() && !claim.subject.is_empty() {
        return Stage::NotBound;
    }
    let value = claim.table.as_f64().zip(row.expected.parse::<f64>().ok());
    let is_share = row.kind == "share";
    let differs = !is_share && value.is_some_and(|(due, got)| (due - got).abs() > 1e-6);
    let is_unread = row.expected.is_empty() && !row.subject.is_empty();
    if subject_right && (differs || is_unread) { Stage::WrongCell } else { Stage::WrongReading }
}
