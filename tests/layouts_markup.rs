//! One fictional report with its tables laid out in ways that converters and page makers have: the cells must be those of
//! the plain text, or missing, and nobody is accused. Tables with
//! markup in them, and what programs leave behind.

#![allow(clippy::print_stdout, reason = "tests say what they measured")]

mod common;

use common::audit_text;
use common::layout::{bars, html_table, is_number, laid_out, made, reads_the_same, seen, with_tables};

#[test]
fn a_fenced_or_unclosed_table_in_a_text_is_no_table_of_it() {
    let text = made().text();
    for lead in ["```html\n<table><tr><td>规章</td><td>77</td><td>78</td><td>79</td></tr></table>\n```\n", "<table>\n"]
    {
        let at = text.find("二、主动公开").expect("a heading");
        reads_the_same(&format!("{}{lead}{}", &text[..at], &text[at..]));
    }
}

#[test]
fn tables_of_html_in_a_text_of_lines() {
    for line_end in ["", "\n"] {
        let text = with_tables(|rows| html_table(rows, line_end));
        assert!(text.contains("<td>1208</td>"));
        reads_the_same(&text);
        reads_the_same(&text.replace('\n', "\r\n"));
        reads_the_same(&format!("<!-- 第1页 -->\n\n{text}"));
    }
}

#[test]
fn a_text_of_lines_that_begins_with_a_tag() {
    let text = laid_out(|cells| format!("| {}", bars(cells)));
    for before in ["<!-- 第1页 -->\n", "<div align=\"center\">\n\n", "<p align=\"center\"><b>2022年度</b></p>\n\n"]
    {
        reads_the_same(&format!("{before}{text}"));
        reads_the_same(&format!("{before}{}", laid_out(|cells| cells.join("\t"))));
        reads_the_same(&format!("{before}{}", text.replace("逾期不补正", "逾期<br>不补正")));
    }
}

#[test]
fn a_span_of_a_text_with_markup_quotes_it() {
    let text = with_tables(|rows| html_table(rows, "\n"))
        .replace("收到政府信息公开申请64件", "收到<b>政府信息公开申请</b>64件");
    audit_text(&text, |view| {
        for cell in view.tables.cells().iter().filter(|cell| !view.tables.raw(cell).is_empty()) {
            let span = cell.span.expect("a place");
            assert_eq!(view.source.quote(span), view.tables.raw(cell));
        }
        let claim = view.claims.list.iter().find(|c| &view.document.prose.text[c.range.clone()] == "64");
        let range = claim.expect("a claim").range.clone();
        assert_eq!(view.source.quote(view.document.prose.span(view.source, view.page, range)), "64");
    });
}

#[test]
fn borders_of_a_drawn_table_are_no_repeated_paragraph() {
    for border in ["+----------".repeat(16), "=".repeat(130), "─".repeat(60), "- ".repeat(70)] {
        let text = with_tables(|rows| {
            let lines = rows.iter().map(|cells| format!("{}\n", bars(cells)));
            format!("{border}\n{}{border}\n", lines.collect::<String>())
        });
        reads_the_same(&text);
    }
}

/// Table three in rows that are all as wide, with a mark where a label to the left goes on.
fn with_marks_for_merged_cells(mark: &str, row: impl Fn(&[&str]) -> String) -> String {
    laid_out(|cells| match cells.iter().position(|c| is_number(&c)) {
        Some(at) if (1..3).contains(&at) && cells.len() - at == 7 => {
            let (labels, values) = cells.split_at(at);
            let before = match labels {
                [label] if label.starts_with(|c: char| c.is_ascii_digit()) => vec![mark, mark, label],
                [label] if label.starts_with('（') => vec![mark, label, mark],
                [label] => vec![label, mark, mark],
                [all, group] if !all.starts_with('（') => vec![all, group, mark],
                _ => [&[mark][..], labels].concat(),
            };
            row(&[&before[..], values].concat())
        }
        Some(_) if cells.len() == 2 => row(&[cells, &[mark, mark]].concat()),
        _ => row(cells),
    })
}

#[test]
fn words_of_programs_in_merged_cells() {
    for mark in ["None", "nan", "NaN", "<NA>"] {
        reads_the_same(&with_marks_for_merged_cells(mark, bars));
        reads_the_same(&with_marks_for_merged_cells(mark, |cells| cells.join("\t")));
    }
}

#[test]
fn a_word_of_a_program_in_the_place_of_a_value_is_no_number() {
    let row = "（一）予以公开 | 37 | 3 | 0 |";
    let text = laid_out(bars);
    assert!(text.contains(row));
    for word in ["None", "nan"] {
        let (cells, _) = audit_text(&text.replace(row, &row.replace("| 3 |", &format!("| {word} |"))), seen);
        assert_eq!(cells["requests.granted.business"], None);
        assert_eq!(cells["requests.granted"], Some(40.0));
    }
}

#[test]
fn a_total_without_a_number_beside_merged_cells() {
    let outcomes = ["（一）予以公开", "（二）部分公开", "1.本机关不掌握", "2.重复申请"];
    let without_total = |cells: &[&str], mark: &str| {
        let is_outcome = outcomes.iter().any(|label| cells.iter().any(|cell| cell.starts_with(label)));
        match cells.split_last() {
            Some((_, rest)) if is_outcome => [rest, &[mark]].concat().join(" | ") + " |",
            _ => bars(cells),
        }
    };
    let (expected, _) = audit_text(&laid_out(bars), seen);
    for mark in ["", "None", "nan", "-", "/", "——", "无"] {
        for merged in ["", "None", "-"] {
            let text = with_marks_for_merged_cells(merged, |cells| without_total(cells, mark));
            let (cells, codes) = audit_text(&text, seen);
            let different: Vec<_> = expected
                .iter()
                .filter(|(name, _)| name.ends_with(".natural_person") || name.ends_with(".business"))
                .filter(|(name, value)| cells.get(*name) != Some(*value))
                .collect();
            assert!(different.is_empty(), "{mark}, {merged}: {different:?}\n{text}");
            assert!(codes.iter().all(|c| c == "T304"), "{mark}, {merged}: {codes:?}");
        }
    }
}

#[test]
fn backslashes_before_points_and_brackets() {
    let text = laid_out(|cells| format!("| {}", bars(cells)));
    let marks = [".", "-", "(", ")", "*", "_"];
    let escaped = marks.iter().fold(text.clone(), |text, mark| text.replace(mark, &format!("\\{mark}")));
    assert!(escaped.contains("36\\.5"));
    reads_the_same(&escaped);
    audit_text(&escaped, |view| {
        let fees = view.tables.cells().iter().find(|cell| cell.id.to_string() == "proactive.fees.amount");
        let span = fees.and_then(|cell| cell.span).expect("a place");
        assert_eq!(view.source.quote(span), "36\\.5");
    });
    // One alone stands for no value, and parts no cells.
    let (cells, _) = audit_text(&text.replace("| 17 |", "|\\|"), seen);
    assert_eq!(cells["proactive.normative_documents.in_force"], None);
    assert_eq!(cells["proactive.normative_documents.repealed"], Some(1.0));
}

#[test]
fn marks_of_direction_in_cells() {
    for (open, close) in [('\u{202d}', '\u{202c}'), ('\u{2066}', '\u{2069}'), ('\u{200e}', '\u{200f}')] {
        let marked = |cells: &[&str]| cells.iter().map(|c| format!("{open}{c}{close}")).collect::<Vec<_>>();
        reads_the_same(&laid_out(|cells| bars(&marked(cells).iter().map(String::as_str).collect::<Vec<_>>())));
        reads_the_same(&laid_out(|cells| marked(cells).join("\t")));
        reads_the_same(&laid_out(|cells| marked(cells).join("\n")));
    }
}

#[test]
fn cells_parted_by_wide_bars() {
    reads_the_same(&laid_out(|cells| cells.join(" ｜ ") + " ｜"));
    reads_the_same(&laid_out(|cells| format!("｜{}｜", cells.join("｜"))));
    // Beside bars they are a sign of the text.
    let text = made().text().replace("2.重复申请", "2.重复｜申请");
    reads_the_same(&text);
}

#[test]
fn cells_parted_by_commas() {
    reads_the_same(&laid_out(|cells| cells.join(",")));
    reads_the_same(&laid_out(|cells| format!("\"{}\"", cells.join("\",\""))));
    reads_the_same(&laid_out(|cells| cells.join(",").replace("1208", "\"1,208\"")));
}

#[test]
fn what_is_no_tag_in_a_text_with_markup_stays() {
    let text = with_tables(|rows| html_table(rows, "\n"));
    for odd in ["其中甲<b乙的3份", "甲<乙", "x <y", "<!-- 没有写完", "a < b"] {
        reads_the_same(&text.replace("二、主动公开", &format!("附注：{odd}\n二、主动公开")));
    }
}

#[test]
fn hostile_texts_with_markup_end_soon() {
    let text = with_tables(|rows| html_table(rows, ""));
    let cases = [
        "<br>".repeat(300_000),
        format!("{}|{}", " ".repeat(500_000), "<br>".repeat(300_000)),
        format!("|{}", "<br>".repeat(300_000)),
        "<b \n".repeat(300_000),
        "<b ".repeat(300_000),
        "<!--\n".repeat(300_000),
        "<table>".repeat(50_000),
        "<table>\n".repeat(50_000),
        "<table></table>".repeat(100_000),
        "\\.".repeat(500_000),
        "| None ".repeat(200_000),
        "1.行政复议\n| 结果维持 |\n".repeat(50_000),
    ];
    for what in cases {
        let start = std::time::Instant::now();
        for before in ["二、主动公开", "五、存在"] {
            audit_text(&text.replacen(before, &format!("{what}\n{before}"), 1), |view| view.claims.list.len());
        }
        let took = start.elapsed();
        println!("{}: {took:?}", &what[..20]);
        assert!(took.as_secs() < 30, "{}: {took:?}", &what[..20]);
    }
}
