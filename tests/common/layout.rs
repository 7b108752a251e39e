//! A fictional report for the tests of layouts, and ways to write its tables.

use std::collections::BTreeMap;

use super::{Made, audit_text};
use gouji::audit::View;
use gouji::form::Generation;

pub fn made() -> Made {
    let cells = [
        ("proactive.normative_documents.issued", "3"),
        ("proactive.normative_documents.repealed", "1"),
        ("proactive.normative_documents.in_force", "17"),
        ("proactive.licences.decisions", "1208"),
        ("proactive.penalties.decisions", "94"),
        ("proactive.coercive_measures.decisions", "6"),
        ("proactive.fees.amount", "36.5"),
        ("requests.received", "64"),
        ("requests.carried_in", "5"),
        ("requests.granted", "40"),
        ("requests.granted.natural_person", "37"),
        ("requests.granted.business", "3"),
        ("requests.partly_granted", "6"),
        ("requests.unavailable.not_held", "12"),
        ("requests.rejected.repeated", "3"),
        ("requests.handled", "61"),
        ("requests.handled.natural_person", "58"),
        ("requests.handled.business", "3"),
        ("requests.received.natural_person", "61"),
        ("requests.received.business", "3"),
        ("requests.carried_out", "8"),
        ("disputes.review.upheld", "2"),
        ("disputes.review.corrected", "1"),
        ("disputes.review.total", "3"),
        ("disputes.litigation_direct.pending", "1"),
        ("disputes.litigation_direct.total", "1"),
        ("disputes.litigation_after_review.upheld", "1"),
        ("disputes.litigation_after_review.total", "1"),
    ];
    Made {
        organ: "白榆县".to_string(),
        year: 2022,
        generation: Generation::Form2021,
        cells: cells.into_iter().map(|(name, value)| (name.to_string(), value.to_string())).collect(),
        prose: "2022年，全县收到政府信息公开申请64件，办结61件，其中部分公开6件。行政事业性收费36.5万元。".to_string(),
    }
}

/// Every cell with its value, and the codes of what is reported.
pub fn seen(view: &View<'_>) -> (BTreeMap<String, Option<f64>>, Vec<String>) {
    let cells = view.tables.cells().iter().map(|c| (c.id.to_string(), c.value.map(|v| v.to_f64())));
    let codes = view.findings.iter().filter(|f| f.severity.to_string() != "info").map(|f| f.code.to_string());
    (cells.collect(), codes.collect())
}

/// A report in which every row of the tables is written by `row`, which gets its cells and returns its lines.
pub fn laid_out(row: impl Fn(&[&str]) -> String) -> String {
    let text = made().text();
    let line = |line: &str| match line.strip_suffix(" |") {
        Some(cells) => row(&cells.split(" | ").map(str::trim).collect::<Vec<_>>()),
        None => line.to_string(),
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n") + "\n"
}

#[track_caller]
pub fn reads_the_same(text: &str) {
    let (expected, _) = audit_text(&made().text(), seen);
    let (cells, codes) = audit_text(text, seen);
    let different: Vec<_> = expected.iter().filter(|(name, value)| cells.get(*name) != Some(*value)).collect();
    assert!(different.is_empty(), "{different:?}\n{text}");
    assert!(codes.is_empty(), "{codes:?}");
}

pub fn bars(cells: &[&str]) -> String {
    cells.join(" | ") + " |"
}

pub fn is_number(text: &&&str) -> bool {
    text.parse::<f64>().is_ok()
}

/// The table four of the report, from its header to its numbers.
pub fn with_table_four(lines: &str) -> String {
    let text = made().text();
    let start = text.find("行政复议 | 行政诉讼 |").expect("a header");
    let end = text.find("五、存在").expect("a heading");
    format!("{}{lines}\n{}", &text[..start], &text[end..])
}

/// The report with its tables as `table` writes them, which gets the rows of one.
pub fn with_tables(table: impl Fn(&[Vec<&str>]) -> String) -> String {
    let text = made().text();
    let (mut out, mut rows) = (String::new(), Vec::new());
    for line in text.lines().chain([""]) {
        if let Some(cells) = line.strip_suffix(" |") {
            rows.push(cells.split(" | ").map(str::trim).collect());
            continue;
        }
        if !rows.is_empty() {
            out += &table(&rows);
            rows.clear();
        }
        out += &format!("{line}\n");
    }
    out
}

pub fn html_table(rows: &[Vec<&str>], line_end: &str) -> String {
    let cell = |cell: &&str| format!("<td>{cell}</td>{line_end}");
    let row =
        |cells: &Vec<&str>| format!("<tr>{line_end}{}</tr>{line_end}", cells.iter().map(cell).collect::<String>());
    format!("<table>{line_end}{}</table>\n", rows.iter().map(row).collect::<String>())
}
