//! One fictional report with its tables laid out in ways that converters and page makers have: the cells must be those of
//! the plain text, or missing, and nobody is accused. Columns, labels and table four.

mod common;

use common::audit_text;
use common::layout::{bars, is_number, laid_out, made, reads_the_same, seen, with_table_four};

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
fn blocks_of_table_four_in_another_order() {
    let (direct, after) = ("未经复议直接起诉", "复议后起诉");
    let columns = format!("{COLUMNS_OF_A_BLOCK} {COLUMNS_OF_A_BLOCK} {COLUMNS_OF_A_BLOCK}");
    let values = BLOCKS.map(|(_, values)| values);
    let table = |top: &str, names: [&str; 2], at: [usize; 3]| {
        let values = at.map(|at| values[at]).join(" ");
        format!("{top}\n{} | {} |\n{columns}\n{values}", names[0], names[1])
    };
    for four in [
        table("行政复议 | 行政诉讼 |", [direct, after], [0, 1, 2]),
        table("行政复议 | 行政诉讼 |", [after, direct], [0, 2, 1]),
        table("行政诉讼 | 行政复议 |", [direct, after], [1, 2, 0]),
        table("行政诉讼 | 行政复议 |", [after, direct], [2, 1, 0]),
    ] {
        reads_the_same(&with_table_four(&four));
        reads_the_same(&with_table_four(&four.replace(" |", "\t")));
    }
    // One cell a line, 行政诉讼 may as well stand beside 行政复议.
    let lines = table("行政诉讼 | 行政复议 |", [direct, after], [1, 2, 0]).replace(" |\n", "\n").replace(" | ", "\n");
    let lines = lines.replace(" |", "");
    let (cells, codes) = audit_text(&with_table_four(&lines), seen);
    assert_eq!(cells["disputes.review.upheld"], None, "{lines}");
    assert_eq!(codes, ["E401"]);
}

#[test]
fn short_labels_of_table_two() {
    let text = made().text();
    let short = text.replace("行政许可 |", "许可 |").replace("行政处罚 |", "处罚 |").replace("行政强制 |", "强制 |");
    assert_ne!(short, text);
    reads_the_same(&short.replace("行政事业性收费 |", "事业性收费 |"));
}

#[test]
fn labels_that_tell_what_is_counted() {
    let text = made().text();
    let meaning = "是指行政机关在法定权限和程序之内制定、涉及公民和组织权利义务、普遍适用并反复执行的各类公文";
    for meaning in [meaning, &meaning.repeat(3)] {
        let told = text.replace("\n规章 |", &format!("\n规章：{meaning} |"));
        let told = told.replace("\n行政规范性文件 |", &format!("\n规范性文件:{meaning} |"));
        assert_eq!(told.matches(&format!("{meaning} |")).count(), 2);
        reads_the_same(&told);
    }
}

#[test]
fn columns_far_apart() {
    for gap in [4, 40, 120] {
        reads_the_same(&laid_out(|cells| cells.join(&" ".repeat(gap))));
    }
}

#[test]
fn totals_of_table_four_without_a_number_beside_other_cells() {
    let text = made().text();
    let values = text.lines().find(|line| line.starts_with("2 | 1 | 0 | 0 | 3 |")).expect("the values");
    let (expected, _) = audit_text(&text, seen);
    for mark in ["", "/", "无"] {
        let last = format!("{} | {mark} |", values.trim_end_matches("1 |").trim_end_matches(" | "));
        assert_ne!(last, values);
        for row in [format!("数量 | {last}"), format!("|  | {last}"), format!("| {last}  |"), format!("| - | {last}")]
        {
            let (cells, codes) = audit_text(&text.replacen(values, &row, 1), seen);
            for (name, value) in expected.iter().filter(|(name, _)| name.starts_with("disputes.")) {
                let read = cells[name];
                let is_last = name == "disputes.litigation_after_review.total";
                assert!(read == *value || read.is_none() && (is_last || value.is_some()), "{row}: {name} {read:?}");
            }
            assert!(codes.iter().all(|code| code == "E401" || code == "T402"), "{row}: {codes:?}");
        }
    }
}

#[test]
fn rows_under_a_header_of_the_other_form_have_its_columns() {
    let text = laid_out(bars);
    let header = "本年制发件数 | 本年废止件数 | 现行有效件数";
    assert!(text.contains(header));
    // Rows padded to the width of the table, as spans written out as bars are.
    let mixed = text.replace(header, "本年新制作数量 | 本年新公开数量 | 对外公开总数量");
    let mixed = mixed.replace("| 1208 |", "| 1208 | |||").replace("| 36.5 |", "| 36.5 | |||");
    let (cells, _) = audit_text(&mixed, seen);
    assert_eq!(cells["proactive.normative_documents.disclosed_total"], Some(17.0));
    assert_eq!(cells["proactive.licences.decisions"], Some(1208.0));
    assert_eq!(cells["proactive.fees.amount"], Some(36.5));
    assert!(!cells.contains_key("proactive.procurement.amount"), "{cells:?}");
}

#[test]
fn blank_cells_at_the_end_of_rows_without_a_closing_border() {
    let joined = |border: &str, end: &str| {
        laid_out(|cells| cells.iter().map(|c| if *c == "0" { "" } else { c }).collect::<Vec<_>>().join(border) + end)
    };
    let (expected, codes) = audit_text(&joined(" | ", " |"), seen);
    assert_eq!(expected["requests.partly_granted"], Some(6.0));
    assert!(codes.is_empty(), "{codes:?}");
    for border in [" | ", "|", "\t", ","] {
        let (cells, codes) = audit_text(&joined(border, ""), seen);
        assert_eq!(cells, expected, "{border:?}");
        assert!(codes.is_empty(), "{codes:?}");
    }
}

#[test]
fn a_row_of_blanks_whose_bars_only_close_the_cells() {
    let report = |row: &str| {
        format!(
            "渠溪县教育局2024年政府信息公开工作年度报告\n四、政府信息公开行政复议、行政诉讼情况\n行政复议 | 行政诉讼 |\n\
             结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 未经复议直接起诉 | 复议后起诉 |\n\
             结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 |\n{row}\n"
        )
    };
    let (expected, codes) = audit_text(&report(&"0 |".repeat(15)), seen);
    assert_eq!(expected["disputes.review.total"], Some(0.0));
    assert!(!codes.iter().any(|c| c == "E401"), "{codes:?}");
    for row in [" |".repeat(15), format!("|{}", "  |".repeat(15))] {
        let (cells, codes) = audit_text(&report(&row), seen);
        assert_eq!(cells.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>(), "{row:?}");
        assert!(!codes.iter().any(|c| c == "E401"), "{codes:?}");
    }
}

#[test]
fn cells_written_out_for_each_column_that_they_span() {
    let report = |again: &str| {
        format!(
            "渠溪县教育局2020年政府信息公开工作年度报告\n二、主动公开政府信息情况\n\
             | 信息内容 | 本年新制作数量 | 本年新公开数量 | {} | 对外公开总数量 |\n\
             | 规范性文件 | 13 | 12 | {} | 52 |\n\
             | 信息内容 | 上一年项目数量 | 本年增/减 | {} | 处理决定数量 |\n\
             | 行政许可 | 7 | 7 | 7 | 7 |\n\
             | 行政处罚 | 4 | 4 | 1 | 1 |\n",
            if again.is_empty() { "" } else { "本年新公开数量" },
            again,
            if again.is_empty() { "" } else { "本年增/减" },
        )
    };
    for again in ["12", ""] {
        let (cells, _) = audit_text(&report(again), seen);
        let cell = |name: &str| cells[&format!("proactive.{name}")];
        assert_eq!(cell("normative_documents.made"), Some(13.0));
        assert_eq!(cell("normative_documents.disclosed"), Some(12.0));
        assert_eq!(cell("normative_documents.disclosed_total"), Some(52.0));
    }
    let (cells, _) = audit_text(&report("12"), seen);
    assert_eq!(cells["proactive.licences.items_change"], Some(7.0));
    // Nothing tells which of the four is written out again.
    assert_eq!(cells["proactive.penalties.items_change"], None);
}

#[test]
fn a_table_in_another_file_is_said_to_be_there() {
    let text = "渠溪县教育局2024年政府信息公开工作年度报告\n二、主动公开政府信息情况\n见附件。\n三、收到和处理政府信息公开申请情况\n无。\n";
    audit_text(text, |view| {
        let message = |code: &str| view.findings.iter().find(|f| f.code == code).map(|f| f.message.clone());
        assert!(message("E201").is_some_and(|m| m.contains("另附")), "{:?}", message("E201"));
        assert!(message("E301").is_some_and(|m| !m.contains("另附")), "{:?}", message("E301"));
    });
}
