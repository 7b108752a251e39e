//! One report as mutations see it: claims with their verdicts, cells, and which relations hold.

use std::collections::BTreeSet;
use std::ops::Range;

use super::class::Class;
use super::dice::Dice;
use super::plan::{Mutant, Years};
use crate::audit::View;
use crate::claims::Claim;
use crate::evaluate::Planted;
use crate::form::{CellId, Column, Formula, Number, Row};
use crate::quantities::Quantity;
use crate::rules::{Assessment, Verdict};
use crate::source::Span;

/// A report in which errors are to be planted.
pub(super) struct Site<'a> {
    pub(super) view: &'a View<'a>,
    pub(super) id: &'a str,
    pub(super) seed: u64,
    pub(super) years: &'a Years,
}

/// What is put where, before its truth is written down.
pub(super) struct Change {
    pub(super) class: Class,
    pub(super) span: Span,
    pub(super) new: String,
    pub(super) is_firm: bool,
    /// The formula that the claim is about.
    pub(super) subject: String,
    /// The value of the subject.
    pub(super) value: Option<Number>,
    /// Words around it, for people.
    pub(super) quote: String,
    pub(super) places: Vec<Span>,
    pub(super) cells: Vec<String>,
}

impl<'a> Site<'a> {
    pub(super) fn claim(&self, index: usize) -> &'a Claim {
        &self.view.claims.list[index]
    }

    pub(super) fn assessment(&self, index: usize) -> &'a Assessment {
        &self.view.assessments[index]
    }

    pub(super) fn quantity(&self, index: usize) -> Option<&'a Quantity> {
        self.claim(index).quantity.map(|q| &self.view.lexed.quantities[q])
    }

    pub(super) fn prose(&self, range: Range<usize>) -> &'a str {
        &self.view.document.prose.text[range]
    }

    pub(super) fn printed(&self, index: usize) -> &'a str {
        self.quantity(index).map_or("", |q| self.prose(q.range.clone()))
    }

    pub(super) fn value(&self, index: usize) -> Option<Number> {
        self.quantity(index).map(|q| q.value)
    }

    pub(super) fn dice(&self, class: Class, place: impl std::fmt::Display) -> Dice {
        Dice::new(self.seed, &format!("{}/{class}/{place}", self.id))
    }

    /// The place in the file of a piece of prose that stands there just so, without markup or line ends inside.
    pub(super) fn verbatim(&self, range: Range<usize>) -> Option<Span> {
        let text = self.prose(range.clone());
        let span = self.span(range);
        (!text.is_empty() && self.view.source.quote(span) == text).then_some(span)
    }

    pub(super) fn span(&self, range: Range<usize>) -> Span {
        self.view.document.prose.span(self.view.source, self.view.page, range)
    }

    /// The place of a claim's number, or of its words.
    pub(super) fn place(&self, index: usize) -> Span {
        let range = self.quantity(index).map_or_else(|| self.claim(index).range.clone(), |q| q.range.clone());
        self.span(range)
    }

    pub(super) fn clause(&self, index: usize) -> String {
        self.prose(self.claim(index).clause.clone()).trim().to_string()
    }

    /// The value of a formula in the unit of claims: fees are in 万元 in the table and in 元 in claims.
    pub(super) fn evaluate(&self, formula: &Formula, changed: Option<(CellId, Number)>) -> Option<Number> {
        let value = |cell: CellId| {
            let own = changed.filter(|(id, _)| *id == cell).map(|(_, v)| v);
            let value = own.or_else(|| self.view.tables.value(cell))?;
            Some(if cell == CellId::new(Row::Fees, Column::Amount) { value * 10_000 } else { value })
        };
        formula.evaluate(&value).ok()
    }

    /// Whether the report's form has the cells of a formula, read or not.
    pub(super) fn has_form(&self, formula: &Formula) -> bool {
        formula.all_cells(&mut |id| self.view.tables.cell(id).is_some() || !id.row.members().is_empty())
    }

    /// The claims that speak of cells under some reading, groups standing for their rows.
    pub(super) fn speaking_of(&self, cells: &[CellId]) -> Vec<Span> {
        let is_one = |id: CellId| {
            cells.iter().any(|c| c.column == id.column && (c.row == id.row || id.row.members().contains(&c.row)))
        };
        let names = |f: &Formula| !f.all_cells(&mut |id| !is_one(id));
        let claims = self.view.claims.list.iter().zip(self.view.assessments).enumerate();
        let speaking = claims.filter(|(_, (claim, assessment))| {
            let bounds = claim.at_most.iter().chain(&claim.equals);
            claim.readings.iter().chain(bounds).chain(&assessment.subject).any(names)
        });
        speaking.map(|(index, _)| self.place(index)).collect()
    }

    /// A claim that its first reading confirms, with the formula.
    pub(super) fn confirmed(&self, index: usize) -> Option<&'a Formula> {
        let is_own = self.claim(index).scope.is_none();
        let assessment = self.assessment(index);
        assessment.subject.as_ref().filter(|_| is_own && assessment.verdict == Verdict::Confirmed)
    }

    /// Whether a claim is held against cells.
    pub(super) fn is_on_cells(&self, index: usize) -> bool {
        self.assessment(index).subject.as_ref().is_some_and(|f| f.cell_count() > 0)
    }

    /// Other claims that speak of a claim's number: its list, shares of it, formulas that quote it.
    pub(super) fn related(&self, index: usize) -> Vec<Span> {
        let claims = self.view.claims;
        let mut others = BTreeSet::new();
        for list in claims.lists.iter().filter(|l| l.total == index || l.parts().any(|p| p == index)) {
            others.insert(list.total);
            others.extend(list.parts());
        }
        for link in &claims.shares {
            let all = [link.share, link.part].into_iter().chain(link.with.iter().copied());
            if all.clone().any(|i| i == index) {
                others.extend(all);
            }
        }
        let stated = self.value(index).map(|v| Formula::Stated(self.printed(index).to_string(), v));
        if let Some(stated) = stated {
            let quotes = self.view.assessments.iter().enumerate();
            others
                .extend(quotes.filter(|(_, a)| a.subject.as_ref().is_some_and(|f| holds(f, &stated))).map(|(i, _)| i));
        }
        others.remove(&index);
        others.into_iter().map(|i| self.place(i)).collect()
    }

    /// The mutant that a change makes, with its truth.
    pub(super) fn mutant(&self, change: Change) -> Mutant {
        let Change { class, span, new, is_firm, subject, value, quote, places, cells } = change;
        let old = self.view.source.quote(span).to_string();
        let delta = new.chars().count() as i64 - i64::from(span.end - span.start);
        let moved = |s: Span| moved(s, span, delta);
        let mut before = Vec::new();
        for (index, assessment) in self.view.assessments.iter().enumerate() {
            if assessment.verdict == Verdict::Contradicted {
                let (start, end) = moved(self.place(index));
                before.push((String::new(), start, end));
            }
        }
        for finding in self.view.findings {
            let (start, end) = moved(finding.span);
            before.push((finding.code.to_string(), start, end));
        }
        let is_table = !cells.is_empty();
        let planted = Planted {
            class: class.name().to_string(),
            of: self.id.to_string(),
            start: span.start,
            end: (i64::from(span.end) + delta).max(0) as u32,
            old,
            new: new.clone(),
            expected: if is_table { "relation" } else { "contradicted" }.to_string(),
            is_firm,
            places: places.into_iter().map(moved).collect(),
            cells,
            before,
        };
        let table = value.map_or(serde_json::Value::Null, |v| serde_json::Value::String(v.to_string()));
        Mutant { class, span, new, quote, subject, table, planted }
    }
}

/// Where a place lies once the text before it is longer or shorter.
fn moved(place: Span, changed: Span, delta: i64) -> (u32, u32) {
    let by = |position: u32| (i64::from(position) + delta).max(0) as u32;
    if place.start >= changed.end {
        (by(place.start), by(place.end))
    } else if place.end > changed.start {
        (place.start, by(place.end).max(place.start))
    } else {
        (place.start, place.end)
    }
}

fn holds(formula: &Formula, part: &Formula) -> bool {
    match formula {
        Formula::Sum(terms) => terms.iter().any(|t| holds(t, part)),
        Formula::Difference(a, b) | Formula::Ratio(a, b) => holds(a, part) || holds(b, part),
        other => other == part,
    }
}
