//! Whose report a page is, and of which year: titles among links to other reports, lost titles, two reports in a file.

mod common;

use common::audit_text;
use common::layout::{made, seen as cells_and_codes};

/// The report with another line in place of its title, and some lines behind its end.
fn page(title: &str, behind: &str) -> String {
    let text = made().text();
    let (_, body) = text.split_once('\n').expect("a title");
    format!("{title}\n{body}\n{behind}\n")
}

/// Organ, year and the codes of what is reported, infos left out.
fn read(text: &str) -> (String, Option<i16>, Vec<String>) {
    audit_text(text, |view| {
        let codes = view.findings.iter().filter(|f| f.severity != gouji::findings::Severity::Info);
        let codes = codes.map(|f| f.code.to_string()).collect();
        (view.document.organ.name.clone(), view.document.year, codes)
    })
}

#[test]
fn links_to_other_reports_are_not_the_title() {
    let links = [
        "上一篇:2021年政府信息公开工作年度报告",
        "上一条：白榆县教育局2021年政府信息公开工作年度报告",
        "相关文章\n2021年政府信息公开工作年度报告 2022-01-30\n2023年政府信息公开工作年度报告",
        "白榆县司法局2022年政府信息公开工作年度报告\n白榆县林业局2021年政府信息公开工作年度报告",
    ];
    for behind in links {
        assert_eq!(read(&page("", behind)), (String::new(), Some(2022), Vec::new()), "{behind}");
        let own = "白榆县2022年政府信息公开工作年度报告";
        assert_eq!(read(&page(own, behind)), ("白榆县".to_string(), Some(2022), Vec::new()), "{behind}");
        let above = format!("{}\n{own}", behind.lines().rev().collect::<Vec<_>>().join("\n"));
        assert_eq!(read(&page(&above, "")).1, Some(2022), "{behind}");
        // Of two organs with reports on the year it is not known whose this one is.
        let organ = if behind.contains("司法局2022年") { "" } else { "白榆县" };
        assert_eq!(read(&page(&above, "")).0, organ, "{behind}");
    }
}

#[test]
fn titles_of_several_organs_leave_open_whose_report_it_is() {
    let titles = "白榆县教育局2022年政府信息公开工作年度报告\n白榆县2022年政府信息公开工作年度报告";
    let text = page(titles, "").replace("全县收到政府信息公开申请64件", "全县收到政府信息公开申请640件");
    assert_eq!(read(&text), (String::new(), Some(2022), Vec::new()));
    let notice =
        "白榆县教育局2022年政府信息公开工作年度报告\n白榆县人民政府办公室关于公布2022年政府信息公开工作年度报告的公告";
    assert_eq!(read(&page(notice, "")).0, "白榆县教育局");
}

#[test]
fn the_whole_name_and_a_short_one_are_one_organ() {
    for (whole, short) in
        [("青河省教育厅", "省教育厅"), ("青河省教育厅", "教育厅"), ("国家税务总局白榆县税务局", "白榆县税务局")]
    {
        for (first, second) in [(whole, short), (short, whole)] {
            let titles = format!("{first}2022年政府信息公开工作年度报告\n{second}2022年政府信息公开工作年度报告");
            assert_eq!(read(&page(&titles, "")).0, whole, "{titles}");
        }
    }
}

#[test]
fn a_title_over_two_lines_is_whole_before_links_to_other_years() {
    let title = "白榆县教育局\n2022年政府信息公开工作年度报告\n白榆县教育局2023年政府信息公开工作年度报告";
    let text = page(title, "").replace("本报告所列数据的统计期限自2022年1月1日起至2022年12月31日止。\n", "");
    let (organ, year, _) = read(&text);
    assert_eq!((organ.as_str(), year), ("白榆县教育局", Some(2022)));
}

#[test]
fn a_table_of_contents_may_stand_before_the_title() {
    let contents = "目录\n一、总体情况\n（一）主动公开\n1\n二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况\n白榆县2022年政府信息公开工作年度报告";
    assert_eq!(read(&page(contents, "")).0, "白榆县");
}

#[test]
fn nothing_is_held_against_a_whole_area_where_nobody_knows_whose_report_it_is() {
    let wrong =
        |title: &str| read(&page(title, "").replace("全县收到政府信息公开申请64件", "全县收到政府信息公开申请640件"));
    assert_eq!(wrong("").2, Vec::<String>::new());
    assert_eq!(wrong("2022年政府信息公开工作年度报告").2, Vec::<String>::new());
    assert_eq!(wrong("白榆县2022年政府信息公开工作年度报告").2, ["C301"]);
    let (organ, _, codes) = wrong("发布机构：白榆县人民政府办公室");
    assert_eq!((organ.as_str(), codes), ("白榆县人民政府办公室", Vec::new()));
}

#[test]
fn digits_of_a_number_of_the_page_are_no_year() {
    let title = "索引号 620702074/2024-00047 白榆县今年度政府信息公开工作年度报告";
    assert_eq!(read(&page(title, "")).1, Some(2022));
}

#[test]
fn a_second_report_is_known_by_its_sections_where_its_title_is_broken_or_lost() {
    let end = "五、存在的主要问题及改进情况\n更新不够及时。\n六、其他需要报告的事项\n本年度未收取信息处理费，没有其他需要报告的事项。\n";
    let first = format!("{}{end}", made().text());
    let second = first.replace("64件", "65件").replace(" 64 ", " 65 ");
    let (title, body) = second.split_once('\n').expect("a title");
    for opening in ["", "桑河县\n2022年政府信息公开工作年度报告"] {
        assert!(!title.is_empty());
        let (_, _, codes) = read(&format!("{first}\n{opening}\n{body}"));
        assert_eq!(codes, ["E020"], "{opening}");
    }
}

#[test]
fn the_number_that_a_cut_page_ends_with_is_not_read() {
    let text = made().text();
    let row = text.find("（一）予以公开").expect("a row");
    let end = row + text[row..].find('\n').expect("its end");
    let cut = text[..end].trim_end_matches(['|', ' ']);
    let cut = &cut[..cut.len() - 1];
    assert_eq!(audit_text(&text, cells_and_codes).0["requests.granted"], Some(40.0));
    let (cells, codes) = audit_text(cut, cells_and_codes);
    assert_eq!(cells["requests.granted.business"], Some(3.0));
    assert_eq!(cells.get("requests.granted").copied().flatten(), None);
    assert!(!codes.iter().any(|code| code == "T303"), "{codes:?}");
}

#[test]
fn page_numbers_of_a_table_of_contents_are_no_claims() {
    for dots in ["\t", "……", " "] {
        let entries = ["一、总体情况", "三、收到和处理政府信息公开申请情况", "四、政府信息公开行政复议、行政诉讼情况"];
        let contents: Vec<String> =
            entries.iter().zip([1, 7, 12]).map(|(title, at)| format!("{title}{dots}{at}")).collect();
        let text = page(&format!("{}\n白榆县2022年政府信息公开工作年度报告", contents.join("\n")), "");
        assert_eq!(read(&text), ("白榆县".to_string(), Some(2022), Vec::new()), "{dots:?}");
    }
}

#[test]
fn buttons_between_a_table_of_contents_and_the_body_do_not_end_the_report() {
    let contents = "一、总体情况\n三、收到和处理政府信息公开申请情况\n六、其他需要报告的事项";
    let buttons = "分享到：微信 微博\n相关附件：白榆县2022年政府信息公开工作年度报告.pdf";
    let text = page(&format!("{contents}\n白榆县2022年政府信息公开工作年度报告\n{buttons}"), "");
    assert_eq!(read(&text), ("白榆县".to_string(), Some(2022), Vec::new()));
}

#[test]
fn years_that_a_page_names_where_nothing_tells_its_own() {
    let text = made().text();
    let body = &text[text.find("一、总体情况").expect("section one")..];
    let counts = "2024年，共收到政府信息公开申请80件。经查，2023年收到、结转至2024年作出答复的政府信息公开申请61件。";
    let (_, codes) =
        audit_text(&body.replacen("一、总体情况\n", &format!("一、总体情况\n{counts}\n"), 1), cells_and_codes);
    assert!(!codes.iter().any(|code| code == "C302"), "{codes:?}");
}

#[test]
fn another_report_behind_one_without_tables() {
    let sections =
        ["总体情况", "主动公开政府信息情况", "收到和处理政府信息公开申请情况", "政府信息公开行政复议、行政诉讼情况"];
    let numbered = sections.iter().zip(["一", "二", "三", "四"]);
    let earlier: String =
        numbered.map(|(title, number)| format!("{number}、{title}\n2019年收到政府信息公开申请7件。\n")).collect();
    let text = format!("白榆县2019年政府信息公开工作年度报告\n{earlier}{}", made().text());
    let (_, codes) = audit_text(&text, cells_and_codes);
    assert!(codes.iter().any(|code| code == "E020"), "{codes:?}");
    assert!(!codes.iter().any(|code| code.starts_with('C')), "{codes:?}");
}

#[test]
fn what_lists_and_archives_add_to_a_name_is_no_part_of_it() {
    for title in [
        "[2023-01-15] 白榆县2022年政府信息公开工作年度报告",
        "1.白榆县2022年政府信息公开工作年度报告",
        "（已归档）白榆县2022年政府信息公开工作年度报告",
        "白榆县22年政府信息公开工作年度报告",
        "【白榆县】2022年政府信息公开工作年度报告",
    ] {
        assert_eq!(read(&page(title, "")).0, "白榆县", "{title}");
    }
    let drawn_up = "2022年政府信息公开工作年度报告\n根据要求，白榆县审计局编制了2022年政府信息公开工作年度报告。";
    assert_eq!(read(&page(drawn_up, "")).0, "白榆县审计局");
}

#[test]
fn tables_behind_the_text_under_a_title_with_an_error_are_the_reports_own() {
    let made = made().text();
    let prose: String = [
        "一、总体情况",
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况",
    ]
    .map(|heading| format!("{heading}\n2022年的数据见附表。\n"))
    .concat();
    let typo = made.replacen("白榆县2022年", "白榆县2023年", 1);
    let own = audit_text(&made, cells_and_codes).0;
    let (cells, codes) = audit_text(&format!("白榆县2022年政府信息公开工作年度报告\n{prose}{typo}"), cells_and_codes);
    assert_eq!(cells.len(), own.len());
    assert!(!codes.iter().any(|code| code == "E020"), "{codes:?}");
}
