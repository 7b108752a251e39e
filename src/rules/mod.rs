//! Claims and tables to verdicts and findings.
//!
//! In: everything the earlier stages saw of one report. Out: an [`Assessment`] for every claim and the findings.
//! [`assess`] decides verdicts; the rules, one file a family, only look and report. Every rule has its page in
//! `docs/rules/`, which is documentation, `explain` text and test at once.

mod applications;
mod assess;
mod catalogue;
mod change;
mod dates;
mod disputes;
mod documents;
mod doubts;
mod explain;
mod fees;
mod forgive;
mod indicators;
mod loosely;
mod neighbours;
mod notes;
mod planted;
mod plausibility;
mod prose_sums;
mod reading;
mod results;
mod series;
mod shares;
mod structure;
mod table_sums;
mod table_values;
mod text;
mod together;
mod told_elsewhere;
mod unsettled;
mod verdict;

pub use assess::assess;
pub use catalogue::{RULES, Rule, by_code, page_part};
pub use verdict::{Assessment, Verdict};

use crate::claims::Claims;
use crate::dictionary::{Marked, RuleWords};
use crate::document::Document;
use crate::findings::{Finding, Severity};
use crate::form::{CellId, Formula};
use crate::lang::Lang;
use crate::quantities::Lexed;
use crate::source::{Page, Source, Span};
use crate::tables::Tables;

/// All that is known of one report when the rules run.
#[derive(Debug)]
pub struct Context<'a> {
    /// The file.
    pub source: &'a Source,
    /// Its visible text.
    pub page: &'a Page<'a>,
    /// Its sections and prose.
    pub document: &'a Document,
    /// Its quantities.
    pub lexed: &'a Lexed,
    /// Its tables.
    pub tables: &'a Tables,
    /// Its claims.
    pub claims: &'a Claims,
    /// Where planted phrases stand, in bytes of the prose.
    pub planted: &'a [std::ops::Range<usize>],
    /// Marked phrases, in order.
    pub marked: &'a [Marked],
    /// Words that rules compare a place with.
    pub words: &'a RuleWords,
    /// The language of messages.
    pub lang: Lang,
}

impl Context<'_> {
    /// The span of bytes of the prose.
    #[must_use]
    pub fn prose_span(&self, bytes: std::ops::Range<usize>) -> Span {
        self.document.prose.span(self.source, self.page, bytes)
    }

    /// The year that the report itself names, in its title or its period; a year inferred from the date on the page
    /// may be that of a move to another site.
    fn named_year(&self) -> Option<i16> {
        self.document.title_year.or_else(|| self.document.dates.period.map(|(start, _)| start.year()))
    }

    /// The text of bytes of the prose.
    #[must_use]
    pub fn prose(&self, bytes: std::ops::Range<usize>) -> &str {
        &self.document.prose.text[bytes]
    }

    /// The sentence around bytes of the prose.
    fn sentence_around(&self, at: &std::ops::Range<usize>) -> &str {
        let text = &self.document.prose.text;
        let before = tail(&text[..at.start]);
        let start = at.start - before.len() + before.rfind(['。', '\n']).unwrap_or(0);
        let after = head(&text[at.end..], WINDOW);
        &text[start..at.end + after.find(['。', '\n']).unwrap_or(after.len())]
    }

    /// The printed places of cells, with what is printed there.
    fn places(&self, cells: &[CellId]) -> Vec<(Span, String)> {
        cells
            .iter()
            .filter_map(|id| {
                let cell = self.tables.cell(*id)?;
                let name = match self.lang {
                    Lang::Zh => id.chinese(),
                    Lang::En => id.to_string(),
                };
                Some((
                    cell.span?,
                    format!(
                        "{name}: {}",
                        if self.tables.raw(cell).is_empty() { "(blank)" } else { self.tables.raw(cell) }
                    ),
                ))
            })
            .collect()
    }
}

/// So much text (bytes) around a place is looked at: a line may be megabytes long.
const WINDOW: usize = 900;

/// The end of a text, at most [`WINDOW`] long.
fn tail(text: &str) -> &str {
    let mut from = text.len().saturating_sub(WINDOW);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    &text[from..]
}

/// The beginning of a text, at most so long (bytes).
fn head(text: &str, longest: usize) -> &str {
    let mut to = text.len().min(longest);
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    &text[..to]
}

/// Where findings go.
#[derive(Debug, Default)]
pub struct Sink {
    findings: Vec<Finding>,
}

/// The parts of a finding that a rule fills in.
#[derive(Debug, Default)]
struct Draft {
    message: String,
    span: Span,
    stated: String,
    expected: String,
    formula: Option<Formula>,
    cells: Vec<CellId>,
    related: Vec<(Span, String)>,
}

impl Sink {
    fn report(&mut self, code: &str, draft: Draft) {
        self.report_as(code, None, draft);
    }

    fn report_as(&mut self, code: &str, severity: Option<Severity>, draft: Draft) {
        let Ok(at) = RULES.binary_search_by_key(&code, |rule| rule.code) else { return };
        let rule = &RULES[at];
        self.findings.push(Finding {
            code: rule.code,
            name: rule.name,
            severity: severity.unwrap_or(rule.severity),
            message: draft.message,
            span: draft.span,
            stated: draft.stated,
            expected: draft.expected,
            formula: draft.formula,
            cells: draft.cells,
            related: draft.related,
        });
    }
}

/// Runs every rule. The findings come in order of place, then code.
#[must_use]
pub fn run(context: &Context<'_>, assessments: &[Assessment]) -> Vec<Finding> {
    let mut sink = Sink::default();
    notes::check(context, &mut sink);
    reading::check(context, &mut sink);
    table_sums::check(context, &mut sink);
    applications::check(context, assessments, &mut sink);
    disputes::check(context, assessments, &mut sink);
    documents::check(context, assessments, &mut sink);
    shares::check(context, assessments, &mut sink);
    prose_sums::check(context, assessments, &mut sink);
    planted::check(context, &mut sink);
    structure::check(context, &mut sink);
    dates::check(context, &mut sink);
    text::check(context, &mut sink);
    table_values::check(context, &mut sink);
    plausibility::check(context, &mut sink);
    change::check(context, &mut sink);
    fees::check(context, assessments, &mut sink);
    series::check(context, &mut sink);
    indicators::check(context, assessments, &mut sink);
    unsettled::check(context, assessments, &mut sink);
    sink.findings.sort_by(|a, b| (a.span, a.code).cmp(&(b.span, b.code)));
    sink.findings
}
