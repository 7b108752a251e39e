//! Whole reports damaged on their way: what is read of them must be what the undamaged report says.

#![allow(clippy::print_stdout, reason = "tests say what they measured")]

mod common;

use std::collections::BTreeMap;

use common::{Made, audit_text, seen};
use gouji::form::Generation;

const PROSE: &str =
    "2022年，全县共收到政府信息公开申请45件，办结44件，其中予以公开31件，不予公开13件，结转下年度继续办理1件。";

fn text() -> String {
    let cells = [
        ("requests.received.natural_person", "42"),
        ("requests.received.business", "3"),
        ("requests.received.total", "45"),
        ("requests.granted.natural_person", "29"),
        ("requests.granted.business", "2"),
        ("requests.granted.total", "31"),
        ("requests.refused.third_party.natural_person", "12"),
        ("requests.refused.third_party.business", "1"),
        ("requests.refused.third_party.total", "13"),
        ("requests.handled.natural_person", "41"),
        ("requests.handled.business", "3"),
        ("requests.handled.total", "44"),
        ("requests.carried_out", "1"),
        ("disputes.review.upheld", "2"),
        ("disputes.review.total", "2"),
        ("proactive.licences.decisions", "318"),
    ];
    let cells: BTreeMap<String, String> = cells.iter().map(|(k, v)| ((*k).to_string(), (*v).to_string())).collect();
    Made {
        organ: "白榆县".to_string(), year: 2022, generation: Generation::Form2021, cells, prose: PROSE.to_string()
    }
    .text()
}

/// Organ, claims with their verdicts, and cells; and the codes of the findings.
type Heard = (String, Vec<String>, Vec<String>);

fn hear(text: &str) -> (Heard, Vec<&'static str>) {
    audit_text(text, |view| {
        let claims = seen(view).into_iter().map(|s| format!("{} {} {}", s.text, s.subject, s.verdict)).collect();
        let cells = view.tables.cells().iter().map(|c| format!("{} {:?}", c.id, c.value)).collect();
        let heard = (view.document.organ.name.clone(), claims, cells);
        (heard, view.findings.iter().map(|f| f.code).collect())
    })
}

fn same_as_undamaged(damaged: &str, infos: &[&str]) {
    let (whole, _) = hear(&text());
    let (heard, codes) = hear(damaged);
    assert_eq!(heard.0, whole.0, "organ");
    assert_eq!(heard.1, whole.1, "claims");
    assert_eq!(heard.2, whole.2, "cells");
    assert_eq!(codes, infos);
}

fn is_row(line: &str) -> bool {
    line.ends_with('|')
}

#[test]
fn tables_parted_by_tabs() {
    let damaged: Vec<String> = text()
        .lines()
        .map(|l| if is_row(l) { l.trim_end_matches(" |").replace(" | ", "\t") } else { l.to_string() })
        .collect();
    same_as_undamaged(&damaged.join("\n"), &[]);
}

#[test]
fn tables_parted_by_runs_of_spaces() {
    let damaged: Vec<String> = text()
        .lines()
        .map(|l| if is_row(l) { l.trim_end_matches(" |").replace(" | ", "    ") } else { l.to_string() })
        .collect();
    same_as_undamaged(&damaged.join("\n"), &[]);
}

/// How crawls print a table with one cell a line.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Apart {
    /// `cell |`, and what a row is padded with on a line of its own.
    BarBehind,
    /// The same, with a bar alone before each row and the padding behind its last cell.
    BarBefore,
    /// The cell, below it the bar, and the padding on a line of its own.
    BarBelow,
    /// The cell, below it the bar.
    BarBelowOnly,
    /// `cell |`, with one blank cell more behind the last of each row.
    BlankBehind,
    /// `| cell`, the label without a bar.
    BarOpens,
}

/// The columns of the table that a line belongs to.
fn columns(row: &str, before: usize) -> usize {
    match row {
        _ if row.starts_with("第二十条") => 4,
        _ if row.starts_with("（本列") => 10,
        _ if row.starts_with("行政复议") => 15,
        _ => before,
    }
}

fn one_cell_a_line(text: &str, apart: Apart) -> String {
    let (mut out, mut width) = (String::new(), 0);
    for line in text.lines() {
        if !is_row(line) {
            out.push_str(&format!("{line}\n"));
            continue;
        }
        let cells: Vec<&str> = line.trim_end_matches('|').trim_end_matches(" |").split('|').map(str::trim).collect();
        width = columns(line, width);
        let padding = "|".repeat(width.saturating_sub(cells.len()));
        if apart == Apart::BarBefore {
            out.push_str("|\n");
        }
        for (i, cell) in cells.iter().enumerate() {
            if apart == Apart::BarOpens {
                out.push_str(&format!("{}{cell}\n", if i == 0 { "" } else { "| " }));
                continue;
            }
            let below = matches!(apart, Apart::BarBelow | Apart::BarBelowOnly) && !cell.is_empty();
            let is_last = i + 1 == cells.len();
            let end = match apart {
                Apart::BarBefore if is_last => format!("| {padding}"),
                Apart::BlankBehind if is_last => "| |".to_string(),
                _ => "|".to_string(),
            };
            out.push_str(&format!("{cell}{}{end}\n", if below { "\n" } else { " " }));
        }
        if matches!(apart, Apart::BarBehind | Apart::BarBelow) && !padding.is_empty() {
            out.push_str(&format!("{padding}|\n"));
        }
    }
    out
}

#[test]
fn tables_with_one_cell_a_line_and_bars() {
    let whole = text();
    // Some zeros of table three left blank.
    let blanks: Vec<String> = whole
        .lines()
        .map(|l| match l.split_once("2.重复申请 |") {
            Some(_) => l.replace(" 0 |", "  |"),
            None => l.replacen(" 3 | 0 |", " 3 |  |", 1),
        })
        .collect();
    let mut problems = Vec::new();
    for report in [whole.clone(), blanks.join("\n")] {
        for apart in [
            Apart::BarBehind,
            Apart::BarBefore,
            Apart::BarBelow,
            Apart::BarBelowOnly,
            Apart::BlankBehind,
            Apart::BarOpens,
        ] {
            let damaged = one_cell_a_line(&report, apart);
            let (want, got) = (hear(&report), hear(&damaged));
            let lost = want.0.2.iter().filter(|c| !got.0.2.contains(c));
            problems.extend(lost.map(|cell| format!("{apart:?}: {cell}")));
            if want != got {
                problems.push(format!("{apart:?}: {:?} {:?}, not {:?} {:?}", got.0.1, got.1, want.0.1, want.1));
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn a_report_on_one_line_with_spaces_between_cells() {
    let damaged = text().replace(" |", " ").replace('\n', " ");
    same_as_undamaged(&damaged, &[]);
}

#[test]
fn a_report_on_one_line_with_glued_cells() {
    let damaged = text().replace(" | ", "").replace(" |", "").replace('\n', "");
    let (whole, _) = hear(&text());
    let (heard, codes) = hear(&damaged);
    assert_eq!((heard.0, heard.1, heard.2), whole);
    assert_eq!(codes, ["E005", "E005"]);
}

#[test]
fn glued_rows_between_other_paragraphs() {
    // The tables are one paragraph each, with a remark behind.
    let mut damaged = String::new();
    let mut was_row = false;
    for line in text().lines() {
        if !is_row(line) && was_row {
            damaged.push_str("注：以上数据由各单位报送汇总。");
        }
        if !(is_row(line) && was_row) {
            damaged.push('\n');
        }
        damaged.push_str(&line.replace(" | ", "").replace(" |", ""));
        was_row = is_row(line);
    }
    let (whole, _) = hear(&text());
    let (heard, codes) = hear(&damaged);
    assert_eq!((heard.0, heard.1, heard.2), whole);
    assert_eq!(codes, ["E005", "E005"]);
}

#[test]
fn a_report_in_traditional_characters() {
    let pairs = [
        ("县", "縣"),
        ("开", "開"),
        ("报", "報"),
        ("总", "總"),
        ("体", "體"),
        ("计", "計"),
        ("办", "辦"),
        ("结", "結"),
        ("请", "請"),
        ("动", "動"),
        ("处", "處"),
        ("复", "複"),
        ("议", "議"),
        ("诉", "訴"),
        ("讼", "訟"),
        ("数", "數"),
        ("转", "轉"),
        ("许", "許"),
        ("规", "規"),
        ("类", "類"),
        ("属", "屬"),
        ("国", "國"),
        ("机", "機"),
        ("关", "關"),
        ("无", "無"),
        ("问", "問"),
        ("题", "題"),
        ("进", "進"),
        ("现", "現"),
        ("废", "廢"),
        ("发", "發"),
        ("强", "強"),
        ("罚", "罰"),
        ("费", "費"),
        ("统", "統"),
        ("间", "間"),
    ];
    let damaged = pairs.iter().fold(text(), |t, (from, to)| t.replace(from, to));
    let (heard, codes) = hear(&damaged);
    assert_eq!(heard, hear(&text()).0);
    assert!(codes.is_empty(), "{codes:?}");
    audit_text(&damaged, |view| {
        let claim = &view.claims.list[0];
        let span = view.document.prose.span(view.source, view.page, claim.clause.clone());
        assert_eq!(view.source.quote(span), "全縣共收到政府信息公開申請45件");
    });
}

#[test]
fn an_organ_whose_name_was_replaced_is_taken_from_elsewhere() {
    let body = text().replacen("白榆县2022年", "365bet(中国)官方网站 2022年", 1);
    let published = format!("发布日期：2023-01-20\n来源：白榆县人民政府\n{body}");
    let (heard, _) = hear(&published);
    assert_eq!(heard.0, "白榆县人民政府");
    assert_eq!(heard.1, hear(&text()).0.1, "claims");
    let asked = body.replacen("一、总体情况", "如有疑问，请与白榆县人民政府办公室联系。\n一、总体情况", 1);
    assert_eq!(hear(&asked).0.0, "白榆县人民政府");
    assert_eq!(hear(&body).0.0, "", "nobody is named");
}
