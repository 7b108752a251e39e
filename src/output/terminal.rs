//! Findings on the terminal, compiler-style: the claim, and the cells it was held against.

use std::fmt::Write;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use serde::Serialize;

use super::failed;
use super::mask::Mask;
use crate::audit::{Failure, View};
use crate::findings::{Finding, Severity};
use crate::source::{Page, Span};

/// How findings are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Format {
    /// With the places in the text.
    #[default]
    Full,
    /// One line a finding.
    Concise,
    /// A JSON array.
    Json,
}

/// Characters shown before and after a place on a long line.
const BEFORE: usize = 36;
const AFTER: usize = 30;
/// Places shown beside the first.
const MOST_RELATED: usize = 6;

/// The findings of a report with the places in its text.
#[must_use]
pub fn full(view: &View<'_>, path: &str, use_color: bool) -> String {
    let renderer = if use_color { Renderer::styled() } else { Renderer::plain() };
    let mut out = String::new();
    let mask = Mask::of(view);
    for finding in view.findings {
        let main = excerpt(view, finding.span);
        let related: Vec<(Excerpt, String)> = finding
            .related
            .iter()
            .filter(|(s, _)| *s != finding.span)
            .take(MOST_RELATED)
            .map(|(s, label)| (excerpt(view, *s), label.clone()))
            .collect();
        let title = format!("{} ({})", mask.apply(&finding.message), finding.name);
        let level = match finding.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Info => Level::INFO,
        };
        let stated = &finding.stated;
        let mut group = Group::with_title(level.primary_title(title.as_str()).id(finding.code))
            .element(Origin::path(path).line(main.line as usize).char_column(main.column as usize))
            .element(
                Snippet::source(main.text.as_str())
                    .line_start(main.line as usize)
                    .annotation(AnnotationKind::Primary.span(main.mark.clone()).label(stated.as_str())),
            );
        for (place, label) in &related {
            group =
                group.element(Origin::path(path).line(place.line as usize).char_column(place.column as usize)).element(
                    Snippet::source(place.text.as_str())
                        .line_start(place.line as usize)
                        .annotation(AnnotationKind::Context.span(place.mark.clone()).label(label.as_str())),
                );
        }
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{}\n", renderer.render(&[group]));
    }
    out
}

/// One line a finding: path:line:column: code severity: message.
#[must_use]
pub fn concise(view: &View<'_>, path: &str) -> String {
    let mut out = String::new();
    let mask = Mask::of(view);
    for finding in view.findings {
        let (line, column) = view.source.line_column(finding.span.start);
        let _ = writeln!(
            out,
            "{path}:{line}:{column}: {} {}: {}",
            finding.code,
            finding.severity,
            mask.apply(&finding.message)
        );
    }
    out
}

/// The same of a report that was not audited, at its beginning.
#[must_use]
pub fn concise_failure(failure: &Failure, path: &str) -> String {
    let line = |f: Finding| format!("{path}:1:1: {} {}: {}\n", f.code, f.severity, f.message);
    failed::finding(failure).map(line).unwrap_or_default()
}

/// One finding for machines.
#[derive(Debug, Serialize)]
pub struct JsonFinding {
    path: String,
    code: &'static str,
    name: &'static str,
    severity: &'static str,
    message: String,
    quote: String,
    stated: String,
    expected: String,
    formula: String,
    cells: Vec<String>,
    start: u32,
    end: u32,
    line: u32,
    column: u32,
    fingerprint: String,
    related: Vec<JsonPlace>,
}

#[derive(Debug, Serialize)]
struct JsonPlace {
    start: u32,
    end: u32,
    line: u32,
    column: u32,
    label: String,
}

/// The findings of a report for machines.
#[must_use]
pub fn json(view: &View<'_>, path: &str, sha256: &str) -> Vec<JsonFinding> {
    view.findings.iter().map(|f| json_finding(view, f, path, sha256)).collect()
}

/// The same of a report that was not audited, without a place.
#[must_use]
pub fn json_failure(failure: &Failure, path: &str, sha256: &str) -> Option<JsonFinding> {
    let finding = failed::finding(failure)?;
    Some(JsonFinding {
        path: path.to_string(),
        code: finding.code,
        name: finding.name,
        severity: finding.severity.name(),
        fingerprint: finding.fingerprint(sha256),
        message: finding.message,
        quote: String::new(),
        stated: String::new(),
        expected: String::new(),
        formula: String::new(),
        cells: Vec::new(),
        start: 0,
        end: 0,
        line: 1,
        column: 1,
        related: Vec::new(),
    })
}

fn json_finding(view: &View<'_>, finding: &Finding, path: &str, sha256: &str) -> JsonFinding {
    let mask = Mask::of(view);
    let (line, column) = view.source.line_column(finding.span.start);
    let place = |(span, label): &(Span, String)| {
        let (line, column) = view.source.line_column(span.start);
        JsonPlace { start: span.start, end: span.end, line, column, label: label.clone() }
    };
    JsonFinding {
        path: path.to_string(),
        code: finding.code,
        name: finding.name,
        severity: finding.severity.name(),
        message: mask.apply(&finding.message).into_owned(),
        quote: mask.apply(view.source.quote(finding.span)).into_owned(),
        stated: finding.stated.clone(),
        expected: finding.expected.clone(),
        formula: finding.formula.as_ref().map(ToString::to_string).unwrap_or_default(),
        cells: finding.cells.iter().map(|c| c.full_name()).collect(),
        start: finding.span.start,
        end: finding.span.end,
        line,
        column,
        fingerprint: finding.fingerprint(sha256),
        related: finding.related.iter().map(place).collect(),
    }
}

/// A piece of a line with the place marked in it.
struct Excerpt {
    text: String,
    mark: Range<usize>,
    line: u32,
    column: u32,
}

/// The visible text around a place, without markup, long lines cut.
fn excerpt(view: &View<'_>, span: Span) -> Excerpt {
    let (line, column) = view.source.line_column(span.start);
    let bytes = view.source.bytes(span);
    let visible = view.page.visible(bytes.clone());
    let text: &str = &view.page.text;
    let line_start = text[..visible.start].rfind(['\n', '\r']).map_or(0, |n| n + 1);
    let line_end = text[visible.end..].find(['\n', '\r']).map_or(text.len(), |n| visible.end + n);
    let start = back(text, visible.start, BEFORE).max(line_start);
    let end = forward(text, visible.end, AFTER).min(line_end);
    let lead = if start > line_start { "…" } else { "" };
    let tail = if end < line_end { "…" } else { "" };
    // A mark over several lines shows its first line.
    let shown = Mask::of(view).apply(&text[start..end]).replace(['\n', '\r', '\t'], " ");
    let mark_start = lead.len() + visible.start - start;
    let mark_end = (mark_start + visible.len()).min(lead.len() + shown.len()).max(mark_start);
    let text = format!("{lead}{shown}{tail}");
    let mark = if mark_start == mark_end { mark_start..next_boundary(&text, mark_start) } else { mark_start..mark_end };
    Excerpt { text, mark, line, column }
}

fn next_boundary(text: &str, at: usize) -> usize {
    text[at..].chars().next().map_or(at, |c| at + c.len_utf8())
}

fn back(text: &str, from: usize, characters: usize) -> usize {
    text[..from].char_indices().rev().take(characters).last().map_or(from, |(i, _)| i)
}

fn forward(text: &str, from: usize, characters: usize) -> usize {
    text[from..].char_indices().nth(characters).map_or(text.len(), |(i, _)| from + i)
}

impl Page<'_> {
    /// The visible range behind a range of bytes of the source; the nearest place when markup lies there.
    fn visible(&self, origin: Range<usize>) -> Range<usize> {
        let start = self.derived(origin.start);
        let end = if origin.is_empty() { start } else { self.derived(origin.end).max(start) };
        start..end
    }
}
