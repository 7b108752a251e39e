//! A fictional report for the tests of pages, and ways to write it as one.

use std::collections::BTreeMap;

use super::{Made, audit_text, engine, seen};
use gouji::audit::View;
use gouji::form::Generation;
use gouji::source::Source;

/// What must not change with the form.
#[derive(Debug, PartialEq)]
pub struct Outcome {
    pub head: String,
    pub cells: BTreeMap<String, String>,
    pub claims: Vec<String>,
    pub codes: Vec<String>,
}

pub fn outcome(view: &View<'_>) -> Outcome {
    let cells = view.tables.cells().iter().map(|c| {
        let value = c.value.map(|v| v.to_f64());
        if let Some(span) = c.span {
            assert!(span.start > 0, "{} stands nowhere", c.id);
        }
        (c.id.to_string(), format!("{:?} {value:?}", c.state))
    });
    Outcome {
        head: format!("{} {} {:?}", view.document.title, view.document.organ.name, view.document.year),
        cells: cells.collect(),
        claims: seen(view)
            .into_iter()
            .map(|s| format!("{} | {} | {} | {}", s.clause, s.text, s.subject, s.verdict))
            .collect(),
        codes: view.findings.iter().filter(|f| f.severity.to_string() != "info").map(|f| f.code.to_string()).collect(),
    }
}

pub fn made() -> Made {
    let cells = [
        ("proactive.normative_documents.issued", "3"),
        ("proactive.normative_documents.in_force", "17"),
        ("proactive.licences.decisions", "1208"),
        ("proactive.penalties.decisions", "94"),
        ("proactive.coercive_measures.decisions", "blank"),
        ("proactive.fees.amount", "36.5"),
        ("requests.received", "64"),
        ("requests.carried_in", "5"),
        ("requests.granted", "40"),
        ("requests.partly_granted", "6"),
        ("requests.unavailable.not_held", "12"),
        ("requests.rejected.repeated", "3"),
        ("requests.refused.state_secret.business", "blank"),
        ("requests.handled", "61"),
        ("requests.carried_out", "8"),
        ("disputes.review.upheld", "2"),
        ("disputes.review.total", "2"),
        ("disputes.litigation_direct.pending", "1"),
        ("disputes.litigation_direct.total", "1"),
    ];
    Made {
        organ: "白榆县".to_string(),
        year: 2022,
        generation: Generation::Form2021,
        cells: cells.into_iter().map(|(name, value)| (name.to_string(), value.to_string())).collect(),
        prose: "2022年，全县收到政府信息公开申请64件，上年结转5件。全年办结61件，其中予以公开40件，占65.57%；部分公开9件。\n\
                （二）其他工作\n全年制发行政规范性文件3件，举办培训班4期，参训210人次。因政府信息公开被申请行政复议2件。"
            .to_string(),
    }
}

/// A line of text or a table.
pub enum Part {
    Text(String),
    Table(Vec<Vec<String>>),
}

pub fn parts() -> Vec<Part> {
    let mut parts = Vec::new();
    for line in made().text().lines() {
        if !line.ends_with(" |") {
            parts.push(Part::Text(line.to_string()));
            continue;
        }
        let row = line.trim_end_matches(" |").split(" | ").map(|c| c.trim().to_string()).collect();
        match parts.last_mut() {
            Some(Part::Table(rows)) => rows.push(row),
            _ => parts.push(Part::Table(vec![row])),
        }
    }
    parts
}

/// How the pieces of a page are written.
pub struct Style {
    pub head: &'static str,
    pub tail: &'static str,
    pub text: fn(&str) -> String,
    pub cell: fn(&str) -> String,
    pub table: fn(&[String]) -> String,
}

pub fn paragraph(text: &str) -> String {
    format!("<p>{text}</p>\n")
}

pub fn cell(text: &str) -> String {
    format!("<td>{text}</td>")
}

pub fn table(rows: &[String]) -> String {
    let rows: String = rows.iter().map(|r| format!("<tr>{r}</tr>\n")).collect();
    format!("<table>\n{rows}</table>\n")
}

pub const PLAIN: Style = Style {
    head: "<!DOCTYPE html><html><head><meta charset=\"utf-8\"></head><body>",
    tail: "</body></html>",
    text: paragraph,
    cell,
    table,
};

pub fn page(style: &Style) -> String {
    let mut out = style.head.to_string();
    for part in parts() {
        match part {
            Part::Text(text) => out.push_str(&(style.text)(&text)),
            Part::Table(rows) => {
                let rows: Vec<String> = rows.iter().map(|row| row.iter().map(|c| (style.cell)(c)).collect()).collect();
                out.push_str(&(style.table)(&rows));
            }
        }
    }
    out + style.tail
}

pub fn audit<R>(html: &str, look: impl FnOnce(&View<'_>) -> R) -> R {
    let source = Source::from_bytes(html.as_bytes().to_vec(), "report.html").unwrap_or_else(|e| panic!("{e}"));
    engine().audit(&source, look)
}

#[track_caller]
pub fn same(html: &str) {
    let expected = audit_text(&made().text(), outcome);
    let got = audit(html, |view| {
        assert_eq!(view.source.format, gouji::source::Format::Html, "{}", &html[..html.len().min(200)]);
        // Every number of the prose is quoted from where it stands.
        for claim in view.claims.list.iter().filter_map(|c| c.quantity) {
            let range = view.lexed.quantities[claim].range.clone();
            let (span, number) =
                (view.document.prose.span(view.source, view.page, range.clone()), &view.document.prose.text[range]);
            let quoted = strip(view.source.quote(span));
            assert!(quoted.contains(number) || quoted.contains("\\u") || quoted.contains('&'), "{quoted} for {number}");
        }
        outcome(view)
    });
    assert_eq!(got.head, expected.head);
    let different: Vec<_> = expected.cells.iter().filter(|(name, value)| got.cells.get(*name) != Some(value)).collect();
    assert!(different.is_empty(), "{different:?}");
    assert_eq!(got.claims, expected.claims);
    assert_eq!(got.codes, expected.codes);
}

/// Without tags.
pub fn strip(markup: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in markup.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => out.push(c),
            _ => {}
        }
    }
    out
}

/// The codes of all findings with their messages.
pub fn findings(html: &str) -> Vec<String> {
    audit(html, |view| view.findings.iter().map(|f| format!("{} {}", f.code, f.message)).collect())
}

/// A digit in an element of its own, as an office program writes it.
pub fn in_spans(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if c.is_ascii_digit() {
            out.push_str(&format!(
                "<span lang=\"EN-US\" style='font-family:\"Times New Roman\"'><font face=\"宋体\">{c}</font></span>"
            ));
        } else {
            out.push(c);
        }
    }
    out
}
