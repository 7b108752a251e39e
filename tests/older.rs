//! The forms before 2019: their table however it is printed, and prose against it.

#![allow(clippy::print_stdout, reason = "tests say what they measured")]

mod common;

use std::collections::BTreeMap;

use common::{Made, audit_text, seen};
use gouji::form::{CellId, Column, Generation};

/// Rows of a made-up table: label, unit, number.
const ROWS: [(&str, &str, &str); 24] = [
    ("一、主动公开情况", "——", "——"),
    ("（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）", "条", "2075"),
    ("其中：主动公开规范性文件数", "条", "16"),
    ("制发规范性文件总数", "件", "21"),
    ("（二）通过不同渠道和方式公开政府信息的情况", "——", "——"),
    ("1.政府公报公开政府信息数", "条", "0"),
    ("2.政府网站公开政府信息数", "条", "1830"),
    ("3.政务微博公开政府信息数", "条", "115"),
    ("4.政务微信公开政府信息数", "条", "240"),
    ("5.其他方式公开政府信息数", "条", "97"),
    ("三、依申请公开情况", "——", "——"),
    ("（一）收到申请数", "件", "31"),
    ("1.当面申请数", "件", "6"),
    ("2.传真申请数", "件", "0"),
    ("3.网络申请数", "件", "21"),
    ("4.信函申请数", "件", "4"),
    ("四、行政复议数量", "件", "2"),
    ("（一）维持具体行政行为数", "件", "1"),
    ("（二）被依法纠错数", "件", "1"),
    ("（三）其他情形数", "件", "0"),
    ("五、行政诉讼数量", "件", "1"),
    ("（一）维持具体行政行为或者驳回原告诉讼请求数", "件", "0"),
    ("（二）被依法纠错数", "件", "1"),
    ("七、依申请公开信息收取的费用", "万元", "0.042"),
];

const EXPECTED: [(&str, &str); 10] = [
    ("statistics.disclosed", "2075"),
    ("statistics.disclosed.normative_documents", "16"),
    ("statistics.disclosed.website", "1830"),
    ("statistics.disclosed.other_means", "97"),
    ("statistics.applications", "31"),
    ("statistics.applications.fax", "0"),
    ("statistics.applications.letter", "4"),
    ("statistics.reviews.corrected", "1"),
    ("statistics.suits.corrected", "1"),
    ("statistics.charges", "0.042"),
];

fn report(table: &str) -> String {
    format!(
        "白榆县2016年政府信息公开工作年度报告\n一、概述\n全县政府信息公开工作有序开展。\n二、主要问题和改进措施\n力量有待充实。\n三、政府信息公开情况统计表\n{table}\n"
    )
}

fn check(name: &str, table: &str) {
    audit_text(&report(table), |view| {
        assert_eq!(view.tables.generation, Some(Generation::Form2014), "{name}");
        for (cell, expected) in EXPECTED {
            let id: CellId = cell.parse().expect("a cell");
            let value = view.tables.cell(id).and_then(|c| c.value).map(|v| v.to_string());
            assert_eq!(value.as_deref(), Some(expected), "{name}: {cell}");
        }
        let codes: Vec<&str> = view.findings.iter().map(|f| f.code).collect();
        assert!(codes.is_empty(), "{name}: {codes:?}");
        assert!(view.tables.indicators().unknown.is_empty(), "{name}");
    });
}

fn joined(cell: &str, row: &str) -> String {
    ROWS.iter().map(|(l, u, v)| format!("{l}{cell}{u}{cell}{v}{row}")).collect()
}

#[test]
fn the_table_reads_alike_however_it_is_printed() {
    check("pipes", &format!("统计指标 | 单位 | 统计数 |\n{}", joined(" | ", " |\n")));
    check("leading pipes", &format!("| 统计指标 | 单位 | 统计数 |\n|---|---|---|\n| {}", joined(" | ", " |\n| ")));
    check("one cell a line", &format!("统计指标\n单位\n统计数\n{}", joined("\n", "\n")));
    check("one cell a line with bars", &format!("统计指标 |\n单位 |\n统计数 |\n{}", joined(" |\n", " |\n")));
    check("spaced on a line", &format!("统计指标 单位 统计数 {}", joined(" ", " ")));
    check("glued", &format!("统计指标单位统计数{}", joined("", "")));
    check("tabs", &format!("统计指标\t单位\t统计数\n{}", joined("\t", "\n")));
    check(
        "lists that begin in the middle",
        &format!("统计指标 单位 统计数\n{}", joined(" ", "\n").replace("1.政府公报公开政府信息数 条 0\n", "")),
    );
    check("without a header", &joined(" | ", " |\n"));
}

#[test]
fn the_number_that_a_cut_page_ends_with_is_not_read() {
    for (header, row) in [
        ("统计指标 单位 统计数", "（一）主动公开政府信息数 条 2075"),
        ("统计指标单位统计数历年累计", "（一）主动公开政府信息数条207"),
    ] {
        audit_text(report(&format!("{header}\n{row}")).trim_end(), |view| {
            let disclosed: CellId = "statistics.disclosed".parse().expect("a cell");
            assert_eq!(view.tables.cell(disclosed).and_then(|c| c.value), None, "{row}");
        });
    }
}

#[test]
fn pdf_text_with_wrapped_notes_and_page_numbers() {
    let rows: String = ROWS
        .iter()
        .map(|(label, unit, value)| match label.split_once('（').filter(|(head, _)| !head.is_empty()) {
            Some((head, note)) => format!("{head}      {unit}    {value}\n（{note}\n"),
            None => format!("{label}      {unit}    {value}\n"),
        })
        .collect();
    let rows = rows.replace("三、依申请公开情况", "— 9 —\n三、依申请公开情况");
    check("pdf", &format!("统 计 指 标      单位    统计数\n{rows}"));
}

#[test]
fn local_lists_with_reasons_or_rows_of_their_own_accuse_nobody() {
    let header = "指标名称 | 单位 | 本年度 |\n主动公开信息数 | 条 | 640 |\n";
    for rows in [
        "申请总数 | 条 | 9 |\n1.当面申请数 | 条 | 4 |\n2.其他形式申请数 | 条 | 2 |\n3.手机短信申请数 | 条 | 3 |\n行政复议数 | 件 | 0 |\n",
        "答复总数 | 条 | 9 |\n1.同意公开答复数 | 条 | 5 |\n2.否决公开答复总数 | 条 | 4 |\n（1）“信息不存在”数 | 条 | 3 |\n（2）“非本部门掌握”数 | 条 | 1 |\n",
        "答复总数 | 条 | 9 |\n1.同意公开答复数 | 条 | 5 |\n2.不予公开答复数 | 条 | 1 |\n3.信息不存在数 | 条 | 2 |\n4.其他类型答复数 | 条 | 1 |\n",
    ] {
        let text = report(&format!("{header}{rows}")).replace("白榆县2016年", "白榆县2011年");
        audit_text(&text, |view| {
            let codes: Vec<&str> = view.findings.iter().map(|f| f.code).collect();
            assert!(codes.is_empty(), "{rows}: {codes:?}");
        });
    }
}

#[test]
fn html_with_spans() {
    let rows: String =
        ROWS.iter().map(|(l, u, v)| format!("<tr><td colspan=2>{l}</td><td>{u}</td><td>{v}</td></tr>")).collect();
    let html = format!(
        "<html><body><h1>白榆县2016年政府信息公开工作年度报告</h1><p>一、概述</p><p>有序开展。</p><table><tr><td colspan=2>统 计 指 标</td><td>单位</td><td>统计数</td></tr>{rows}</table></body></html>"
    );
    let source = gouji::source::Source::from_bytes(html.into_bytes(), "a.html").expect("a page");
    common::engine().audit(&source, |view| {
        for (cell, expected) in EXPECTED {
            let id: CellId = cell.parse().expect("a cell");
            let value = view.tables.cell(id).and_then(|c| c.value).map(|v| v.to_string());
            assert_eq!(value.as_deref(), Some(expected), "{cell}");
        }
    });
}

#[test]
fn unknown_rows_are_kept_as_printed_and_columns_apart() {
    let table = "指标名称 | 单位 | 本年度 | 历年累计 |\n主动公开信息数 | 条 | 640 | 2718 |\n其中：全文电子化的信息数 | 条 | 611 | 2500 |\n行政申诉数 | 件 | 0 | 1 |\n";
    audit_text(&report(table).replace("白榆县2016年", "白榆县2011年"), |view| {
        assert_eq!(view.tables.generation, Some(Generation::Form2008));
        let of = |name: &str| {
            name.parse().ok().and_then(|id| view.tables.cell(id)).and_then(|c| c.value).map(|v| v.to_string())
        };
        assert_eq!(of("statistics.disclosed").as_deref(), Some("640"));
        assert_eq!(of("statistics.disclosed.cumulative").as_deref(), Some("2718"));
        let unknown: Vec<(&str, Column, &str)> =
            view.tables.indicators().unknown.iter().map(|c| (c.label.as_str(), c.column, c.raw.as_str())).collect();
        let label = "其中：全文电子化的信息数";
        assert_eq!(unknown, [(label, Column::Value, "611"), (label, Column::Cumulative, "2500")]);
    });
}

#[test]
fn digits_of_two_columns_are_cut_only_where_one_way_is_left() {
    let table = "指标名称计量单位2011年度历年累计主动公开信息数条8873406受理依申请公开信息总数条2626其中：1.当面申请数条19192.传真申请数条003.其它形式申请数条77行政复议数条03";
    audit_text(&report(table).replace("白榆县2016年", "白榆县2011年"), |view| {
        let raw = |name: &str| {
            let cell = name.parse().ok().and_then(|id| view.tables.cell(id)).expect("a cell");
            (view.tables.raw(cell).to_string(), cell.state.name())
        };
        assert_eq!(raw("statistics.applications"), ("26".into(), "recovered"));
        assert_eq!(raw("statistics.applications.in_person.cumulative"), ("19".into(), "recovered"));
        assert_eq!(raw("statistics.reviews.cumulative"), ("3".into(), "recovered"));
        assert_eq!(raw("statistics.disclosed").1, "text");
        assert_eq!(view.tables.indicators().readings, 3);
        let codes: Vec<&str> = view.findings.iter().map(|f| f.code).collect();
        assert_eq!(codes, ["E007", "E008"]);
    });
}

/// What the claims of a sentence came out as, in a report of the form of 2014.
fn verdicts(form: Generation, cells: &[(&str, &str)], prose: &str) -> Vec<(String, &'static str, Option<String>)> {
    let cells: BTreeMap<String, String> = cells.iter().map(|(n, v)| ((*n).to_string(), (*v).to_string())).collect();
    let made = Made { organ: "白榆县".to_string(), year: 2016, generation: form, cells, prose: prose.to_string() };
    audit_text(&made.text(), |view| seen(view).into_iter().map(|s| (s.text, s.verdict, s.code)).collect())
}

#[test]
fn numbers_of_other_things_accuse_nobody() {
    let cells = [
        ("statistics.applications", "47"),
        ("statistics.applications.in_person", "8"),
        ("statistics.staff.full_time", "13"),
        ("statistics.disclosed", "4862"),
        ("statistics.disclosed.weibo", "702"),
        ("statistics.meetings", "6"),
        ("statistics.complaints", "2"),
        ("statistics.reviews", "3"),
        ("statistics.trained", "318"),
    ];
    for prose in [
        "全年受理法律援助申请112件，其中当面申请104件。",
        "县政府办公室配备专职人员4人。",
        "县发改委成立公开小组，专职人员4人。",
        "县政府办设立政务公开科，配备专职人员4人。",
        "上半年政务微博公开政府信息310条。",
        "自2008年以来累计主动公开政府信息31207条。",
        "各乡镇主动公开政府信息1203条。",
        "2015年主动公开政府信息3977条。",
        "全县召开常务会议19次。",
        "12345热线收到投诉举报2260件。",
        "全年办理行政复议案件56件。",
        "举办招商引资培训班12期，培训人员1204人次。",
        "县法制办受理行政复议申请61件。",
        "主动公开重点领域信息2264条。",
        "围绕财政资金使用，公开信息120条。",
        "1.财政资金信息。主动公开信息120条。",
        "围绕食品安全，政务微博公开政府信息96条。",
        "教育领域信息不断充实，其他方式公开政府信息12条。",
        "全县主动公开政府信息4862条，其中政府网站公开政府信息0条。食品抽检方面，全年主动公开政府信息302条。",
        "县政府网站公开信息2801条。",
    ] {
        let found = verdicts(Generation::Form2014, &cells, prose);
        assert!(found.iter().all(|(_, verdict, _)| *verdict != "contradicted"), "{prose}: {found:?}");
    }
}

#[test]
fn refusals_are_counted_otherwise_before_2014() {
    // 否决公开 has its reasons below it in the table; the text tells them apart.
    let table = "指标名称 | 单位 | 本年度 |\n主动公开信息数 | 条 | 640 |\n对申请的答复总数 | 条 | 56 |\n1.同意公开答复数 | 条 | 44 |\n2.否决公开答复总数 | 条 | 12 |\n（1）“信息不存在”数 | 条 | 4 |\n（2）“非本部门掌握”数 | 条 | 2 |\n（3）“重复申请”数 | 条 | 1 |\n";
    let prose = "答复政府信息公开申请56件，同意公开44件，否决公开5件，信息不存在4件，重复申请1件。";
    let text = report(table).replace("白榆县2016年", "白榆县2011年").replace("全县政府信息公开工作有序开展。", prose);
    audit_text(&text, |view| {
        let accused: Vec<String> =
            seen(view).into_iter().filter(|s| s.verdict == "contradicted").map(|s| s.clause).collect();
        assert!(accused.is_empty(), "{accused:?}");
    });
}

#[test]
fn numbers_of_the_table_are_held_against_it() {
    let cells = [
        ("statistics.disclosed", "4862"),
        ("statistics.disclosed.weibo", "702"),
        ("statistics.applications", "47"),
        ("statistics.applications.online", "29"),
        ("statistics.staff.part_time", "83"),
        ("statistics.closed", "46"),
        ("statistics.closed.on_time", "43"),
        ("statistics.charges", "0.036"),
    ];
    for (prose, number, code) in [
        ("全县主动公开政府信息4826条。", "4826", "C001"),
        ("政务微博公开政府信息720条。", "720", "C001"),
        ("全县共收到政府信息公开申请74件。", "74", "C301"),
        ("全县共收到政府信息公开申请47件，其中网络申请28件。", "28", "C001"),
        ("兼职人员85人。", "85", "C001"),
        ("办结政府信息公开申请46件，按时办结34件。", "34", "C001"),
        ("依申请公开信息收取费用3600元。", "3600", "C001"),
    ] {
        let found = verdicts(Generation::Form2014, &cells, prose);
        let hit = found.iter().find(|(text, _, _)| text == number).unwrap_or_else(|| panic!("{prose}: {found:?}"));
        assert_eq!((hit.1, hit.2.as_deref()), ("contradicted", Some(code)), "{prose}");
    }
}

#[test]
fn newer_forms_know_nothing_of_it() {
    let prose = "全县主动公开政府信息4862条。政务微博公开政府信息720条。其中当面申请8件。专职人员13人。召开政府信息公开工作会议或专题会议6次。";
    for form in [Generation::Form2019, Generation::Form2021] {
        for (text, verdict, code) in verdicts(form, &[], prose) {
            assert_eq!((verdict, code), ("not_comparable", None), "{text}");
        }
    }
}

/// Numbers that look random and are the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

#[test]
fn glued_columns_are_never_cut_wrong() {
    let mut numbers = Numbers(20_111_231);
    let mut recovered = 0;
    for _ in 0..300 {
        let mut pair = |limit: u64| {
            let year = numbers.below(limit);
            (year, year + numbers.below(limit * 2))
        };
        let channels = [pair(40), pair(3), pair(90), pair(12), pair(5)];
        let answers = [pair(60), pair(6), pair(9), pair(4)];
        let sum = |parts: &[(u64, u64)]| parts.iter().fold((0, 0), |s, p| (s.0 + p.0, s.1 + p.1));
        let rows = [
            ("主动公开信息数", pair(3000)),
            ("受理依申请公开信息总数", sum(&channels)),
            ("其中：1.当面申请数", channels[0]),
            ("2.传真申请数", channels[1]),
            ("3.网上申请数", channels[2]),
            ("4.信函申请数", channels[3]),
            ("5.其它形式申请数", channels[4]),
            ("对申请的答复总数", sum(&answers)),
            ("其中：1.同意公开答复数", answers[0]),
            ("2.同意部分公开答复数", answers[1]),
            ("3.否决公开答复数", answers[2]),
            ("4.其他类型答复数", answers[3]),
            ("行政复议数", pair(4)),
        ];
        let glued: String = rows.iter().map(|(label, (year, all))| format!("{label}条{year}{all}")).collect();
        let text = report(&format!("指标名称计量单位2011年度历年累计{glued}")).replace("白榆县2016年", "白榆县2011年");
        audit_text(&text, |view| {
            for (label, (year, all)) in rows {
                let row = gouji::dictionary::Dictionary::built_in().older.row(label, None).expect("a known row");
                for (column, expected) in [(Column::Value, year), (Column::Cumulative, all)] {
                    let cell = view.tables.cell(CellId::new(row, column)).expect("a cell");
                    if let Some(value) = cell.value {
                        assert_eq!(value.to_string(), expected.to_string(), "{label} in {glued}");
                        recovered += 1;
                    }
                }
            }
        });
    }
    println!("{recovered} of {} cells recovered", 300 * 13 * 2);
    assert!(recovered > 3000);
}

#[test]
fn endless_digits_take_no_time() {
    let digits = "1234567890".repeat(20_000);
    let labels = "主动公开政府信息数、1.".repeat(3000);
    for table in [
        format!("指标名称 单位 本年度 历年累计 主动公开信息数条{digits}"),
        format!("指标名称 单位 本年度 历年累计 {labels}"),
        format!("指标名称 单位 本年度 历年累计 {}", "条1件2次".repeat(20_000)),
    ] {
        let start = std::time::Instant::now();
        audit_text(&report(&table), |_| {});
        assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
        println!("{:?}", start.elapsed());
    }
}
