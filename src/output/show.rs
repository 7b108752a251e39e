//! What each stage saw, so that a wrong verdict can be traced to its stage.

use std::fmt::Write;

use crate::audit::View;
use crate::dictionary::Lexicon;
use crate::lang::{Lang, say};

/// The stages that can be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Stage {
    /// Title, organ, year, dates and sections.
    Sections,
    /// The cells of the tables.
    Cells,
    /// The numbers of the prose.
    Quantities,
    /// The claims with their readings and verdicts.
    Claims,
}

/// What a stage saw of a report.
#[must_use]
pub fn show(stage: Stage, view: &View<'_>, lexicon: &Lexicon, lang: Lang) -> String {
    match stage {
        Stage::Sections => sections(view, lang),
        Stage::Cells => cells(view, lang),
        Stage::Quantities => quantities(view),
        Stage::Claims => claims(view, lexicon, lang),
    }
}

fn sections(view: &View<'_>, lang: Lang) -> String {
    let d = view.document;
    let mut out = String::new();
    let period = d.dates.period.map(|(a, b)| format!("{a} – {b}")).unwrap_or_default();
    let published = d.dates.published.map(|p| p.to_string()).unwrap_or_default();
    let year = d.year.map(|y| y.to_string()).unwrap_or_default();
    let level = d.organ.level.map(crate::document::Level::name).unwrap_or_default();
    let form = view.tables.generation.map(|g| g.name()).unwrap_or_default();
    // Writing to a string cannot fail, here and below.
    let _ = write!(
        out,
        "{}",
        say!(
            lang,
            "标题  {}\n机关  {} （{}）\n年度  {year}\n统计期限  {period}\n发布  {published}\n表格格式  {form}\n",
            "title  {}\norgan  {} ({})\nyear  {year}\nperiod  {period}\npublished  {published}\nform  {form}\n",
            d.title,
            d.organ.name,
            level,
            year = year,
            period = period,
            published = published,
            form = form
        )
    );
    for heading in &d.headings {
        let span = view.page.span(view.source, heading.range.clone());
        let (line, column) = view.source.line_column(span.start);
        let _ = writeln!(out, "{line:>6}:{column:<4} {}  {}", heading.section, &view.page.text[heading.range.clone()]);
    }
    for paragraph in &d.prose.paragraphs {
        let text: String = d.prose.text[paragraph.range.clone()].chars().take(48).collect();
        let span = d.prose.span(view.source, view.page, paragraph.range.clone());
        let (line, _) = view.source.line_column(span.start);
        let _ = writeln!(out, "{line:>6}  [{}] {text}", paragraph.section);
    }
    out
}

fn cells(view: &View<'_>, lang: Lang) -> String {
    let mut out = String::new();
    for cell in view.tables.cells() {
        let at =
            cell.span.map(|s| view.source.line_column(s.start)).map(|(l, c)| format!("{l}:{c}")).unwrap_or_default();
        let used = match view.tables.resolved(cell.id) {
            Some((value, basis)) if basis != crate::tables::Basis::Printed => {
                say!(lang, "  核对时作 {value}", "  used as {value}", value = value)
            }
            _ => String::new(),
        };
        let _ = writeln!(
            out,
            "{:<52} {:<14} {:>12}  {at}{used}",
            cell.id.full_name(),
            cell.state.name(),
            view.tables.raw(cell)
        );
    }
    for cell in &view.tables.indicators().unknown {
        let (line, column) = view.source.line_column(cell.span.start);
        let name = format!("statistics.{}.{}", cell.label, cell.column);
        let _ = writeln!(out, "{name:<52} {:<14} {:>12}  {line}:{column}", cell.state.name(), cell.raw);
    }
    out
}

fn quantities(view: &View<'_>) -> String {
    let mut out = String::new();
    let prose = &view.document.prose;
    for q in &view.lexed.quantities {
        let span = prose.span(view.source, view.page, q.range.clone());
        let (line, column) = view.source.line_column(span.start);
        let high = q.interval.high.map_or("∞".to_string(), |h| h.to_string());
        let _ = writeln!(
            out,
            "{line:>5}:{column:<5} {:<16} {:<6} {:>14}  [{}, {high}]  {:?}",
            &prose.text[q.whole.clone()],
            &prose.text[q.unit.clone()],
            q.value.to_string(),
            q.interval.low,
            q.class,
        );
    }
    out
}

fn claims(view: &View<'_>, lexicon: &Lexicon, lang: Lang) -> String {
    let mut out = String::new();
    let prose = &view.document.prose;
    for (claim, assessment) in view.claims.list.iter().zip(view.assessments) {
        let span = prose.span(view.source, view.page, claim.range.clone());
        let (line, column) = view.source.line_column(span.start);
        let _ = writeln!(
            out,
            "{line}:{column}  {}  {}  “{}”",
            assessment.verdict,
            claim.kind.name(),
            prose.text[claim.clause.clone()].trim()
        );
        // Tokens stand in the order of their clauses.
        let from = view.claims.tokens.partition_point(|t| t.range.end <= claim.clause.start);
        let tokens = view.claims.tokens[from..]
            .iter()
            .take_while(|t| t.range.start < claim.clause.end)
            .filter(|t| t.range.start >= claim.clause.start && t.range.end <= claim.clause.end);
        let words: Vec<String> =
            tokens.map(|t| format!("{}/{}", &prose.text[t.range.clone()], lexicon.name_of(t.symbol))).collect();
        let pattern = claim.pattern.as_deref().unwrap_or("-");
        let subject = assessment.subject.as_ref().map(ToString::to_string).unwrap_or_default();
        let expected = assessment.expected.map(|n| n.to_string()).unwrap_or_default();
        let scope = claim.scope.as_ref().map(|s| s.text.as_str()).unwrap_or_default();
        let _ = writeln!(
            out,
            "{}",
            say!(
                lang,
                "      数 {}  说法 {pattern}  对应 {subject} = {expected}  范围 {scope}\n      {}",
                "      number {}  pattern {pattern}  subject {subject} = {expected}  scope {scope}\n      {}",
                &prose.text[claim.range.clone()],
                assessment.reading,
                pattern = pattern,
                subject = subject,
                expected = expected,
                scope = scope
            )
        );
        if !words.is_empty() {
            let _ = writeln!(out, "      {}", words.join(" "));
        }
    }
    out
}
