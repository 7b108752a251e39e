//! One fictional report with its tables laid out in ways that converters and page makers have: the cells must be those of
//! the plain text, or missing, and nobody is accused.

#![allow(clippy::print_stdout, reason = "tests say what they measured")]

mod common;

use std::collections::BTreeMap;

use common::{Made, audit_text};
use gouji::audit::View;
use gouji::form::Generation;

fn made() -> Made {
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
fn seen(view: &View<'_>) -> (BTreeMap<String, Option<f64>>, Vec<String>) {
    let cells = view.tables.cells().iter().map(|c| (c.id.to_string(), c.value.map(|v| v.to_f64())));
    let codes = view.findings.iter().filter(|f| f.severity.to_string() != "info").map(|f| f.code.to_string());
    (cells.collect(), codes.collect())
}

/// A report in which every row of the tables is written by `row`, which gets its cells and returns its lines.
fn laid_out(row: impl Fn(&[&str]) -> String) -> String {
    let text = made().text();
    let line = |line: &str| match line.strip_suffix(" |") {
        Some(cells) => row(&cells.split(" | ").map(str::trim).collect::<Vec<_>>()),
        None => line.to_string(),
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n") + "\n"
}

#[track_caller]
fn reads_the_same(text: &str) {
    let (expected, _) = audit_text(&made().text(), seen);
    let (cells, codes) = audit_text(text, seen);
    let different: Vec<_> = expected.iter().filter(|(name, value)| cells.get(*name) != Some(*value)).collect();
    assert!(different.is_empty(), "{different:?}\n{text}");
    assert!(codes.is_empty(), "{codes:?}");
}

fn bars(cells: &[&str]) -> String {
    cells.join(" | ") + " |"
}

fn is_number(text: &&&str) -> bool {
    text.parse::<f64>().is_ok()
}

/// The table four of the report, from its header to its numbers.
fn with_table_four(lines: &str) -> String {
    let text = made().text();
    let start = text.find("行政复议 | 行政诉讼 |").expect("a header");
    let end = text.find("五、存在").expect("a heading");
    format!("{}{lines}\n{}", &text[..start], &text[end..])
}

#[test]
fn the_report_itself_accuses_nobody() {
    reads_the_same(&laid_out(bars));
}

#[test]
fn spans_written_out_once_for_each_column() {
    let row = |cells: &[&str]| match cells {
        [label, value] if is_number(&value) => bars(&[label, value, value, value]),
        _ => bars(cells),
    };
    reads_the_same(&laid_out(row));
}

#[test]
fn a_line_of_column_numbers_counted_from_nought() {
    let text = laid_out(bars);
    let header = "行政复议 | 行政诉讼 |";
    let numbers: Vec<String> = (0..15).map(|n| n.to_string()).collect();
    reads_the_same(&text.replace(header, &format!("| {} |\n{header}", numbers.join(" | "))));
}

#[test]
fn a_number_before_every_line() {
    let line = std::cell::Cell::new(0);
    let row = |cells: &[&str]| {
        line.set(line.get() + 1);
        format!("{} | {}", line.get(), bars(cells))
    };
    reads_the_same(&laid_out(row));
}

#[test]
fn table_four_in_three_rows_three_tables_or_one_value_a_row() {
    reads_the_same(&with_table_four(
        "类别 | 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 |\n行政复议 | 2 | 1 | 0 | 0 | 3 |\n\
         行政诉讼（未经复议直接起诉） | 0 | 0 | 0 | 1 | 1 |\n行政诉讼（复议后起诉） | 1 | 0 | 0 | 0 | 1 |",
    ));
    let header = "结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 |";
    let tables = [
        ("行政复议", "2 | 1 | 0 | 0 | 3 |"),
        ("未经复议直接起诉", "0 | 0 | 0 | 1 | 1 |"),
        ("复议后起诉", "1 | 0 | 0 | 0 | 1 |"),
    ];
    let one = |(name, values): (&str, &str)| format!("{name} | \n{header}\n{values}");
    reads_the_same(&with_table_four(&tables.map(one).join("\n")));
    let columns = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"];
    let upright = |(name, values): (&str, &str)| {
        let rows = columns
            .iter()
            .zip(values.split(" | "))
            .map(|(c, v)| format!("{name} | {c} | {} |", v.trim_end_matches(" |")));
        rows.collect::<Vec<_>>().join("\n")
    };
    reads_the_same(&with_table_four(&tables.map(upright).join("\n")));
}

#[test]
fn table_four_in_rows_with_its_columns_in_another_order_is_not_read() {
    let text = with_table_four(
        "类别 | 结果纠正 | 结果维持 | 其他结果 | 尚未审结 | 总计 |\n行政复议 | 1 | 2 | 0 | 0 | 3 |\n\
         行政诉讼（未经复议直接起诉） | 0 | 0 | 0 | 1 | 1 |\n行政诉讼（复议后起诉） | 0 | 1 | 0 | 0 | 1 |",
    );
    let (cells, codes) = audit_text(&text, seen);
    assert_eq!(cells["disputes.review.upheld"], None);
    assert_eq!(codes, ["E401"]);
}

#[test]
fn a_column_with_the_subtotal_of_the_organisations() {
    let row = |cells: &[&str]| {
        let Some(at) = cells.len().checked_sub(7).filter(|at| *at < 8 && cells[*at..].iter().all(|c| is_number(&c)))
        else {
            return bars(cells);
        };
        let kinds: i64 = cells[at + 1..at + 6].iter().map(|c| c.parse::<i64>().expect("a number")).sum();
        let subtotal = kinds.to_string();
        let mut with = cells.to_vec();
        with.insert(cells.len() - 1, &subtotal);
        bars(&with)
    };
    reads_the_same(&laid_out(row));
}

#[test]
fn fees_in_a_column_of_yuan() {
    let text = laid_out(bars).replace("（单位：万元）", "（单位：元）").replace("| 36.5 |", "| 365000 |");
    reads_the_same(&text);
}

#[test]
fn labels_with_a_comma_instead_of_a_pause_mark() {
    let text = laid_out(|cells| cells.join("\n"));
    reads_the_same(&text.replace("逾期不补正、", "逾期不补正，"));
}

#[test]
fn labels_wrapped_over_lines_with_the_numbers_beside_any_of_them() {
    type Beside = fn(usize) -> usize;
    let places: [Beside; 3] = [|_| 0, |lines| (lines - 1) / 2, |lines| lines - 1];
    for width in [8, 10, 14] {
        for place in places {
            let row = |cells: &[&str]| {
                let labels = cells.iter().take_while(|c| !is_number(c)).count();
                let (Some((label, groups)), values) = (cells[..labels].split_last(), cells[labels..].join(" ")) else {
                    return cells.join(" ");
                };
                let letters: Vec<char> = label.chars().collect();
                let mut lines: Vec<String> = letters.chunks(width).map(|piece| piece.iter().collect()).collect();
                if !values.is_empty() {
                    let at = place(lines.len());
                    lines[at] = format!("{} {values}", lines[at]);
                }
                groups.iter().map(ToString::to_string).chain(lines).collect::<Vec<_>>().join("\n")
            };
            reads_the_same(&laid_out(row));
        }
    }
}

#[test]
fn a_number_of_spaced_digits_with_a_point_is_not_read_as_its_first_digit() {
    let text = laid_out(|cells| cells.join("\t")).replace("36.5", "3 6 . 5");
    let (cells, codes) = audit_text(&text, seen);
    assert_eq!(cells["proactive.fees.amount"], None);
    assert_eq!(codes, ["E202"]);
}

#[test]
fn column_numbers_under_a_header_are_no_row() {
    let text = laid_out(|cells| cells.join(" ")).replace("法律服务机构 其他\n", "法律服务机构\n其他\n1 2 3 4 5 6 7\n");
    assert!(text.contains("1 2 3 4 5 6 7"));
    reads_the_same(&text);
}

#[test]
fn a_line_of_prose_behind_an_open_bracket_is_prose() {
    let text = laid_out(bars);
    let after = "四、政府信息公开行政复议";
    let note = "备注（本表数据\n2021年，全县各级行政机关共收到政府信息公开申请\n55件，办结53件，其中予以公开20件。\n";
    reads_the_same(&text.replace(after, &format!("{note}{after}")));
}

#[test]
fn a_sum_of_a_group_is_not_the_total_of_the_table() {
    let text = laid_out(bars);
    let after = "（四）无法提供 |";
    for label in ["（三）不予公开 | 合计", "合计", "（三）合计"] {
        reads_the_same(&text.replace(after, &format!("{label} | 0 | 0 | 0 | 0 | 0 | 0 | 0 |\n{after}")));
    }
}

#[test]
fn remarks_in_a_column_of_their_own() {
    let text = laid_out(bars).replace("| 17 |", "| 17 | 含修订1件 |");
    assert!(text.contains("含修订1件"));
    reads_the_same(&text);
}

#[test]
fn numbers_on_the_line_before_their_label_are_not_those_of_the_label_before() {
    let row = |cells: &[&str]| match cells.iter().position(|c| is_number(&c)) {
        Some(at) if at > 0 && cells.len() - at == 7 => format!("{}\n{}", cells[at..].join(" "), cells[..at].join(" ")),
        _ => cells.join(" "),
    };
    let (expected, _) = audit_text(&made().text(), seen);
    let (cells, codes) = audit_text(&laid_out(row), seen);
    let is_wrong = |(name, value): &(&String, &Option<f64>)| value.is_some() && expected.get(*name) != Some(*value);
    assert_eq!(cells.iter().find(is_wrong), None);
    assert_eq!(codes, ["E301"]);
}

#[test]
fn table_four_of_two_years_is_read_where_it_says_the_reports() {
    let text = laid_out(bars);
    let row = "2 | 1 | 0 | 0 | 3 | 0 | 0 | 0 | 1 | 1 | 1 | 0 | 0 | 0 | 1 |";
    assert!(text.contains(row));
    let before = "2021年 | 9 | 0 | 0 | 0 | 9 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |";
    reads_the_same(&text.replace(row, &format!("{before}\n2022年 | {row}")));
}

#[test]
fn a_column_of_remarks_that_all_say_none() {
    reads_the_same(&laid_out(|cells| match cells {
        [_, .., last] if is_number(&last) && cells.len() < 5 => bars(cells) + " 无 |",
        _ => bars(cells),
    }));
}

#[test]
fn a_total_of_all_in_hand_behind_the_last_row() {
    let text = laid_out(bars);
    let after = "四、政府信息公开行政复议";
    reads_the_same(&text.replace(after, &format!("合计 | 14 | 1 | 0 | 0 | 0 | 0 | 15 |\n{after}")));
}

#[test]
fn a_second_table_three_with_other_figures_is_not_mixed_with_the_first() {
    let text = laid_out(bars);
    let start = text.find("（本列数据").expect("a header");
    let end = text.find("四、政府信息公开行政复议").expect("a heading");
    let other = text[start..end].replace("| 0 |", "| 9 |");
    assert_ne!(other, text[start..end]);
    let with = |more: &str| format!("{}附：2021年度情况\n{more}{}", &text[..end], &text[end..]);
    let (expected, _) = audit_text(&text, seen);
    let (cells, codes) = audit_text(&with(&other), seen);
    assert_eq!(cells, expected);
    assert_eq!(codes, ["E305"]);
    let (cells, codes) = audit_text(&with(&text[start..end]), seen);
    assert_eq!(cells, expected);
    assert!(codes.is_empty(), "{codes:?}");
}

#[test]
fn values_on_a_line_between_the_halves_of_their_label() {
    let row = |cells: &[&str]| match cells.iter().position(|c| is_number(&c)) {
        Some(at) if at > 0 && cells.len() - at == 7 => {
            let label: Vec<char> = cells[at - 1].chars().collect();
            let (head, tail) = label.split_at(if label.len() > 6 { label.len().div_ceil(2) } else { label.len() });
            let text = |part: &[char]| part.iter().collect::<String>();
            let group = if at > 1 { format!("{}\n", cells[0]) } else { String::new() };
            format!("{group}{}\n{}\n{}", text(head), cells[at..].join(" "), text(tail))
        }
        _ => cells.join(" "),
    };
    reads_the_same(&laid_out(row));
}

/// The report with the label of each row of table three for which `is_cut` holds in a row of its own, above its values or below.
fn with_labels_apart(is_cut: impl Fn(&str) -> bool, is_above: bool) -> String {
    laid_out(|cells| match cells.iter().position(|c| is_number(&c)) {
        Some(at) if at > 0 && cells.len() - at == 7 && is_cut(cells[at - 1]) => {
            let values = bars(&[&[""], &cells[at..]].concat());
            let label = bars(&[&[cells[at - 1]][..], &[""; 7]].concat());
            let group = cells[..at - 1].iter().map(|group| format!("{group} |\n")).collect::<String>();
            if is_above { format!("{group}{label}\n{values}") } else { format!("{group}{values}\n{label}") }
        }
        _ => bars(cells),
    })
}

#[test]
fn values_in_a_row_of_their_own_beside_a_blank_row_with_the_label() {
    for is_above in [true, false] {
        reads_the_same(&with_labels_apart(|_| true, is_above));
        reads_the_same(&with_labels_apart(|label| label.contains("重新出具"), is_above));
        reads_the_same(&with_labels_apart(|label| label.contains("部分公开"), is_above));
    }
}

#[test]
fn values_beside_two_labels_are_no_blanks_of_either() {
    let text = with_labels_apart(|label| label.contains("不掌握"), true);
    let two = text.replacen(
        "2.没有现成信息需要另行制作 | 0 | 0 | 0 | 0 | 0 | 0 | 0",
        "2.没有现成信息需要另行制作 |  |  |  |  |  |  | ",
        1,
    );
    assert_ne!(text, two);
    let (cells, codes) = audit_text(&two, seen);
    assert_eq!(cells["requests.unavailable.not_held"], None);
    assert_eq!(codes, ["E302"]);
}

/// The report with the row of this label blank and another row right below it.
fn with_a_row_below_a_blank(label: &str, below: &str) -> String {
    laid_out(|cells| match cells.iter().position(|c| is_number(&c)) {
        Some(at) if at > 0 && cells.len() - at == 7 && cells[at - 1].contains(label) => {
            format!("{}\n{below}", bars(&[&cells[..at], &[""; 7]].concat()))
        }
        _ => bars(cells),
    })
}

#[test]
fn a_row_with_words_beside_a_blank_row_is_not_its_values() {
    for below in [
        "其中：涉企 | 2 | 0 | 0 | 0 | 0 | 0 | 2 |",
        "6.其他情形 | 2 | 0 | 0 | 0 | 0 | 0 | 2 |",
        "栏次 | 1 | 2 | 3 | 4 | 5 | 6 | 7 |",
    ] {
        let (cells, _) = audit_text(&with_a_row_below_a_blank("公开出版物", below), seen);
        assert_eq!(cells["requests.rejected.publication"], None, "{below}");
        assert_eq!(cells["requests.rejected.repeated"], Some(3.0), "{below}");
    }
}

#[test]
fn numbers_below_a_row_that_does_not_add_up_leave_it_as_it_is() {
    let wrong = made().text().replacen("| 61 | 3 | 0 | 0 | 0 | 0 | 64 |", "| 61 | 3 | 0 | 0 | 0 | 0 | 66 |\n12", 1);
    let (cells, codes) = audit_text(&wrong, seen);
    assert_eq!(cells["requests.received"], Some(66.0));
    assert!(codes.contains(&"T303".to_string()) || codes.contains(&"T301".to_string()), "{codes:?}");
}

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
fn the_last_digits_of_numbers_on_the_next_line_are_not_left_out() {
    let (text, digits) = (made().text(), |row: &str, cut: &str| made().text().replacen(row, cut, 1));
    let three = digits("| 61 | 3 | 0 | 0 | 0 | 0 | 64 |", "| 6 | 3 | 0 | 0 | 0 | 0 | 6 |\n| 1 |  |  |  |  |  | 4 |");
    let four = digits("2 | 1 | 0 | 0 | 3 |", "1 | 1 | 0 | 0 | 13 |");
    let last = four.find("五、存在").expect("a heading");
    let four = format!("{}2\n{}", &four[..last], &four[last..]);
    for (cut, code) in [(three, "E302"), (four, "E401")] {
        assert_ne!(cut, text);
        let (_, codes) = audit_text(&cut, seen);
        assert_eq!(codes, [code], "{cut}");
    }
}

/// The report with one more cell in each row of table three, before its values or behind them.
fn with_a_column(cell: impl Fn(usize) -> String, is_before: bool) -> String {
    let at = std::cell::Cell::new(0);
    laid_out(|cells| match cells.iter().position(|c| is_number(&c)) {
        Some(first) if first > 0 && cells.len() - first == 7 => {
            at.set(at.get() + 1);
            let more = cell(at.get());
            let place = if is_before { first } else { cells.len() };
            let mut cells = cells.to_vec();
            cells.insert(place, &more);
            bars(&cells)
        }
        _ => bars(cells),
    })
}

#[test]
fn a_column_that_numbers_the_lines() {
    reads_the_same(&with_a_column(|at| at.to_string(), true));
}

#[test]
fn a_column_of_last_years_totals() {
    reads_the_same(&with_a_column(|at| (at * 3 % 7).to_string(), false));
}

#[test]
fn labels_that_name_the_years() {
    let text = laid_out(bars);
    let dated = text.replace("一、本年新收", "一、2022年新收").replace("二、上年结转", "二、2021年度结转");
    assert_ne!(dated, text);
    reads_the_same(&dated.replace("四、结转下年度继续", "四、结转2023年度继续"));
}

#[test]
fn headings_without_a_mark_or_that_nobody_knows() {
    let text = laid_out(|cells| cells.join("\n"));
    for heading in ["二 主动公开政府信息情况", "二主动公开政府信息情况", "二、主动公开政府政府情况", "二、公开情况"]
    {
        let other = text.replace("二、主动公开政府信息情况", heading);
        assert_ne!(other, text);
        let (expected, _) = audit_text(&text, seen);
        assert_eq!(audit_text(&other, seen).0, expected, "{heading}");
    }
}

/// The report with its tables as `table` writes them, which gets the rows of one.
fn with_tables(table: impl Fn(&[Vec<&str>]) -> String) -> String {
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

fn html_table(rows: &[Vec<&str>], line_end: &str) -> String {
    let cell = |cell: &&str| format!("<td>{cell}</td>{line_end}");
    let row =
        |cells: &Vec<&str>| format!("<tr>{line_end}{}</tr>{line_end}", cells.iter().map(cell).collect::<String>());
    format!("<table>{line_end}{}</table>\n", rows.iter().map(row).collect::<String>())
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
fn labels_in_two_languages() {
    for other in ["སྒྲིག་ལམ།", "قائىدە", "ᠳᠦᠷᠢᠮ", "규정", "Items of the year", "Gvidingh"]
    {
        let row = |cells: &[&str], is_first: bool| {
            let both = |cell: &&str| match (cell.contains(|c: char| c > '\u{4dff}'), is_first) {
                (true, true) => format!("{other} {cell}"),
                (true, false) => format!("{cell} {other}"),
                _ => (*cell).to_string(),
            };
            bars(&cells.iter().map(both).collect::<Vec<_>>().iter().map(String::as_str).collect::<Vec<_>>())
        };
        let start = "第二十条第（一）项";
        let text = |is_first| {
            let in_table_two = std::cell::Cell::new(false);
            laid_out(|cells| {
                in_table_two.set((in_table_two.get() || cells[0] == start) && !cells[0].starts_with("（本列数据"));
                if in_table_two.get() { row(cells, is_first) } else { bars(cells) }
            })
        };
        assert!(text(true).contains(other));
        reads_the_same(&text(true));
        reads_the_same(&text(false));
    }
}

const COLUMNS_OF_A_BLOCK: &str = "结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 |";
const BLOCKS: [(&str, &str); 3] = [
    ("行政复议", "2 | 1 | 0 | 0 | 3 |"),
    ("未经复议直接起诉", "0 | 0 | 0 | 1 | 1 |"),
    ("复议后起诉", "1 | 0 | 0 | 0 | 1 |"),
];

#[test]
fn table_four_in_three_tables_under_headings_with_marks() {
    let names: [fn(usize, &str) -> String; 6] = [
        |_, name| format!("### {name}"),
        |_, name| format!("**{name}**"),
        |at, name| format!("{}.{name}", at + 1),
        |at, name| format!("（{}）{name}", ["一", "二", "三"][at]),
        |at, name| format!("**（{}）{name}**", ["一", "二", "三"][at]),
        |at, name| format!("{}、{name}：", at + 1),
    ];
    for name in names {
        let tables = (0..3).map(|at| {
            let (block, values) = BLOCKS[at];
            format!("{}\n\n| {COLUMNS_OF_A_BLOCK}\n|---|---|---|---|---|\n| {values}\n", name(at, block))
        });
        reads_the_same(&with_table_four(&tables.collect::<String>()));
    }
}

#[test]
fn table_four_in_two_tables_or_with_a_row_for_each_column() {
    let [(review, reviewed), (direct, sued), (after, sued_after)] = BLOCKS;
    reads_the_same(&with_table_four(&format!(
        "{review} |\n{COLUMNS_OF_A_BLOCK}\n{reviewed}\n行政诉讼 |\n{direct} | {after} |\n\
         {COLUMNS_OF_A_BLOCK} {COLUMNS_OF_A_BLOCK}\n{sued} {sued_after}"
    )));
    let values = BLOCKS.map(|(_, values)| values.trim_end_matches(" |").split(" | ").collect::<Vec<_>>());
    let row =
        |(at, column): (usize, &str)| format!("{column} | {} | {} | {} |", values[0][at], values[1][at], values[2][at]);
    let columns = COLUMNS_OF_A_BLOCK.trim_end_matches(" |").split(" | ");
    let rows: Vec<String> = columns.enumerate().map(row).collect();
    reads_the_same(&with_table_four(&format!("类别 | {review} | {direct} | {after} |\n{}", rows.join("\n"))));
    // In another order of the blocks it is not read.
    let (cells, codes) =
        audit_text(&with_table_four(&format!("类别 | {review} | {after} | {direct} |\n{}", rows.join("\n"))), seen);
    assert_eq!(cells["disputes.review.upheld"], None);
    assert_eq!(codes, ["E401"]);
}

#[test]
fn a_heading_of_section_four_over_prose_is_no_table() {
    let text = made().text();
    let start = text.find("行政复议 | 行政诉讼 |").expect("a header");
    let end = text.find("五、存在").expect("a heading");
    let codes = |middle: &str| audit_text(&format!("{}{middle}{}", &text[..start], &text[end..]), seen).1;
    assert_eq!(codes("（一）行政复议\n全年没有发生行政复议案件。\n"), codes("全年没有发生行政复议案件。\n"));
}

#[test]
fn columns_of_table_four_cut_by_their_width() {
    let (heads, tails) = ("结果维 结果纠 其他结 尚未审 总", "持 正 果 结 计");
    let values = "2 1 0 0 3 0 0 0 1 1 1 0 0 0 1";
    let top = "行政复议 行政诉讼\n未经复议直接起诉 复议后起诉";
    let level = format!("{top}\n{heads} {heads} {heads}\n{tails} {tails} {tails}\n{values}");
    reads_the_same(&with_table_four(&level));
    let stepped = format!("{top}\n{heads}\n{tails} {heads} {heads}\n{tails} {tails}\n{values}");
    reads_the_same(&with_table_four(&stepped));
    reads_the_same(&with_table_four(&stepped.replace(' ', "     ")));
}

#[test]
fn labels_over_lines_with_one_value_a_line() {
    // The header 本年收费金额（单位：万元） stays on one line.
    let is_whole = |cell: &str| is_number(&&cell) || cell.contains('：');
    for width in [5, 8, 11, 20] {
        let row = |cells: &[&str]| {
            let wrapped = cells.iter().map(|cell| match is_whole(cell) {
                true => (*cell).to_string(),
                false => {
                    let letters: Vec<char> = cell.chars().collect();
                    letters.chunks(width).map(|piece| piece.iter().collect::<String>()).collect::<Vec<_>>().join("\n")
                }
            });
            wrapped.collect::<Vec<_>>().join("\n")
        };
        reads_the_same(&laid_out(row));
        reads_the_same(&laid_out(|cells| row(cells).replace('\n', " |\n") + " |"));
    }
}

#[test]
fn the_last_two_values_of_a_row_on_one_line() {
    let row = |cells: &[&str]| match cells {
        [.., value, total] if (8..11).contains(&cells.len()) && is_number(&value) => {
            format!("{}\n{value}\u{a0}{total}", cells[..cells.len() - 2].join("\n"))
        }
        _ => cells.join("\n"),
    };
    reads_the_same(&laid_out(row));
    // One number whose thousands are parted is not taken for two values.
    let parted = laid_out(|cells| cells.join("\n")).replace("\n61\n3\n0\n0\n0\n0\n64\n", "\n61\n3\n0\n0\n0\n1 064\n");
    let (cells, codes) = audit_text(&parted, seen);
    assert_eq!(cells["requests.received"], None);
    assert_eq!(codes, ["E302"]);
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
