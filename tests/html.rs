//! One fictional report in every way that sites write it: cells, claims and findings must be those of the plain text. Markup
//! and what stands around it.

mod common;

use common::audit_text;
use common::web::{PLAIN, Part, Style, audit, cell, in_spans, made, outcome, page, paragraph, parts, same, table};

#[test]
fn the_report_says_what_the_tests_rely_on() {
    let outcome = audit_text(&made().text(), outcome);
    assert!(outcome.codes.iter().any(|c| c == "C304"), "{:?}", outcome.codes);
    assert!(outcome.claims.len() >= 9, "{:?}", outcome.claims);
    assert_eq!(outcome.cells["requests.received"], "Number Some(64.0)");
    assert_eq!(outcome.cells["proactive.coercive_measures.decisions"], "Blank None");
}

#[test]
fn a_plain_page() {
    same(&page(&PLAIN));
}

#[test]
fn office_markup() {
    same(&page(&Style {
        head: "<html xmlns:o=\"urn:schemas-microsoft-com:office:office\"><head><meta charset=utf-8><!--[if gte mso 9]><xml><w:Zoom>100</w:Zoom><o:Pages>5</o:Pages></xml><![endif]--><xml><w:View>3</w:View></xml><style><!-- @page {margin:72.0pt} --></style></head><body lang=ZH-CN>",
        tail: "<!--[if !mso]><!--><div></div><!--<![endif]--></body></html>",
        text: |t| {
            format!(
                "<p class=MsoNormal style='text-indent:32.0pt;mso-char-indent-count:2.00'><![if !supportLists]><span></span><![endif]><a name=\"_Toc1\"></a><b>{}</b><o:p></o:p></p>\r\n",
                in_spans(t)
            )
        },
        cell: |c| {
            let inner = if c.is_empty() { "<o:p>&nbsp;</o:p>".to_string() } else { in_spans(c) };
            format!(
                "<td width=88 valign=top style='width:66.0pt;border:solid windowtext 1.0pt'>\r\n  <p class=MsoNormal>{inner}</p>\r\n  </td>\r\n"
            )
        },
        table: |rows| {
            format!(
                "<div align=center><table class=MsoTable border=1><![if !vml]>{}</table></div>",
                rows.iter().map(|r| format!("<tr style='height:20pt'>{r}</tr>")).collect::<String>()
            )
        },
    }));
}

const AROUND_BEFORE: &str = r#"<!DOCTYPE html><html><head><meta charset="utf-8"><title>白榆县2022年政府信息公开工作年度报告_白榆县人民政府</title></head><body>
<div class="header"><div class="top-bar">今天是2023年3月5日 星期日 晴 12℃</div><form><select><option>2021</option></select></form></div>
<nav><ul><li><a href="/">首页</a></li><li><a href="/zwgk">政务公开</a></li><li><a href="/hd">互动交流</a></li></ul></nav>
<div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="/zwgk">政务公开</a> &gt; <a href="/nb">年度报告</a></div>
<div id="sidebar"><h3>热点排行</h3><ul><li><em>1</em><a href="/1">白榆县2019年政府信息公开工作年度报告</a></li><li><em>2</em><a href="/2">白榆县收到政府信息公开申请999件</a></li></ul></div>
<ul><li><a href="/2021">白榆县2021年政府信息公开工作年度报告</a><span>2022-01-20</span></li><li><a href="/2020">白榆县2020年政府信息公开工作年度报告</a> [2021-01-22]</li></ul>
<ul><li><a href="\#1">一、总体情况</a></li><li><a href="\#3">三、收到和处理政府信息公开申请情况</a></li></ul>
<div class="main"><h1>白榆县2022年政府信息公开工作年度报告</h1><div class="info">发布时间：2023-01-19　来源：白榆县政府办公室　浏览次数：1234次</div>
<div class="TRS_Editor">"#;
const AROUND_AFTER: &str = r#"</div></div><div class="share">分享到：微信 微博 QQ空间 已有35人分享</div>
<p>上一篇：<a href="/a">关于收到申请77件的通知</a></p><p>下一篇：<a href="/b">没有了</a></p>
<div class="related"><h3>相关阅读</h3><ul><li><a href="/c">全县收到政府信息公开申请888件</a> 2022-03-04</li></ul><p>共12条</p></div>
<div class="footer"><p>主办：白榆县人民政府办公室　电话：0555-1234567</p><p>网站标识码：3405000001　皖ICP备05001234号-1</p></div></body></html>"#;

#[test]
fn the_page_around_the_report() {
    same(&page(&Style { head: AROUND_BEFORE, tail: AROUND_AFTER, ..PLAIN }));
}

#[test]
fn headings_that_are_links_stay() {
    same(&page(&Style {
        text: |t| {
            let is_heading = ["一、", "二、", "三、", "四、", "五、", "六、"].iter().any(|n| t.starts_with(n));
            if is_heading { format!("<p><a href=\"#top\">{t}</a></p>") } else { paragraph(t) }
        },
        ..PLAIN
    }));
}

#[test]
fn a_box_of_the_page_is_not_believed_where_the_report_stands_in_it() {
    same(&page(&Style {
        head: "<html><body><div class=\"footer\"><nav><div class=\"sidebar\">",
        tail: "</div></nav></div></body></html>",
        ..PLAIN
    }));
    same(&page(&Style { head: "<html><body><nav><div class=menu>", tail: "</body></html>", ..PLAIN }));
}

#[test]
fn layout_tables() {
    same(&page(&Style {
        head: "<html><body><table width=1000><tr><td><a href='/'>首页</a></td><td>2023年3月</td></tr><tr><td width=200><table><tr><td><a href='/1'>机构</a></td></tr><tr><td><a href='/2'>公告</a></td></tr></table></td><td><table><tr><td>",
        tail: "</td></tr></table></td></tr></table></body></html>",
        ..PLAIN
    }));
}

#[test]
fn the_whole_text_in_one_cell() {
    same(&page(&Style { head: "<html><body><table><tr><td>", tail: "</td></tr></table></body></html>", ..PLAIN }));
}

#[test]
fn a_cell_with_a_table_of_one_value() {
    same(&page(&Style {
        cell: |c| format!("<td><table border=0><tr><td><div>{c}</div></td></tr></table></td>"),
        ..PLAIN
    }));
}

#[test]
fn spans_of_cells_right_and_wrong() {
    for span in [
        "rowspan=2",
        "rowspan=0 colspan=0",
        "colspan=999999999",
        "rowspan='-7' colspan='x'",
        "rowspan=65534 colspan=65534",
    ] {
        let html = page(&PLAIN).replace("<td>", &format!("<td {span}>"));
        same(&html);
    }
}

#[test]
fn one_table_a_row_and_tables_cut_by_a_page() {
    same(&page(&Style {
        table: |rows| rows.iter().map(|r| format!("<table><tr>{r}</tr></table>\n")).collect(),
        ..PLAIN
    }));
    same(&page(&Style {
        table: |rows| {
            let (first, second) = rows.split_at(rows.len() / 2);
            format!("{}<p>&nbsp;</p><p>- 3 -</p>{}", table(first), table(second))
        },
        ..PLAIN
    }));
}

#[test]
fn header_cells_missing() {
    let html = page(&PLAIN);
    let mut without = String::new();
    for row in html.split_inclusive("</tr>") {
        let is_header = ["自然人", "商业企业", "结果维持", "申请人情况", "本年处理决定数量", "本年收费金额"]
            .iter()
            .any(|w| row.contains(w));
        without.push_str(if is_header { row.find("<tr>").map_or("", |at| &row[..at]) } else { row });
    }
    assert!(without.len() < html.len());
    same(&without);
}

#[test]
fn tags_left_open_and_upper_case() {
    same(&page(&Style {
        text: |t| format!("<P>{t}"),
        cell: |c| format!("<TD>{c}"),
        table: |rows| format!("<TABLE>{}</TABLE>", rows.iter().map(|r| format!("<TR>{r}")).collect::<String>()),
        ..PLAIN
    }));
    // A piece cut out of a page begins inside a table.
    let html = page(&PLAIN);
    same(&html.replacen("<table>", "", 1));
}

#[test]
fn line_ends_and_entities_inside_words() {
    same(&page(&Style {
        text: |t| {
            format!(
                "<p>\r\n    {}\r\n</p>",
                t.replace("政府信息", "政府\r\n    信息").replace('（', "&#65288;").replace("64", "&#x36;&#52;")
            )
        },
        cell: |c| format!("<td>\n\t{}&ensp;\n</td>", if c.is_empty() { "&nbsp" } else { c }),
        ..PLAIN
    }));
}

#[test]
fn characters_without_width_do_not_part_numbers() {
    let parted = |text: &str| {
        let mut out = String::new();
        for (n, c) in text.chars().enumerate() {
            out.push(c);
            if c.is_ascii_digit() {
                out.push_str(["&#8203;", "\u{200b}", "&#xFEFF;", "\u{feff}"][n % 4]);
            }
        }
        out
    };
    let html = page(&Style { cell: |c| format!("<td>\u{feff}{c}&#8203;</td>"), ..PLAIN });
    same(&html);
    let mut out = PLAIN.head.to_string();
    for part in parts() {
        match part {
            Part::Text(text) => out.push_str(&paragraph(&parted(&text))),
            Part::Table(rows) => {
                out.push_str(&table(
                    &rows.iter().map(|r| r.iter().map(|c| cell(&parted(c))).collect()).collect::<Vec<_>>(),
                ));
            }
        }
    }
    let expected = audit_text(&made().text(), outcome);
    let got = audit(&out, outcome);
    assert_eq!(got.cells, expected.cells);
    assert_eq!(got.claims.len(), expected.claims.len());
    assert_eq!(got.codes, expected.codes);
}

#[test]
fn footnotes_do_not_lengthen_numbers() {
    let html = page(&PLAIN).replace("64件", "64<sup>1</sup>件").replace("<td>61</td>", "<td>61<sup>[2]</sup></td>");
    same(&html);
    same(
        &page(&PLAIN).replace("<td>61</td>", "<td>61<span style='font-size:8px; vertical-align: super'>1</span></td>"),
    );
}

#[test]
fn what_is_struck_out_is_no_text() {
    same(&page(&PLAIN).replace("<td>61</td>", "<td><s>59</s>61</td>"));
    same(&page(&PLAIN).replace("<td>61</td>", "<td><DEL>59</DEL>61</td>"));
    same(&page(&PLAIN).replace("64件", "<span style=\"text-decoration:line-through\">46</span>64件"));
    same(&page(&PLAIN).replace(
        "<td>61</td>",
        "<td><span style='text-decoration-line: underline line-through'><span>5</span>9</span>61</td>",
    ));
    // Raised as a whole, and no sign behind anything.
    same(&page(&PLAIN).replace("<td>61</td>", "<td><sup>61</sup></td>"));
    // Never closed: a slip of the pen, of which nothing is lost.
    same(&page(&PLAIN).replace("<td>61</td>", "<td><s>61</td>"));
}

#[test]
fn numbers_in_the_fields_of_a_form() {
    same(&page(&Style {
        cell: |c| format!("<td><input type=\"text\" value=\"{c}\" readonly><input type=hidden value=5></td>"),
        ..PLAIN
    }));
}

#[test]
fn tables_drawn_with_characters() {
    for bar in ["│", "┃", "|"] {
        let mut html = "<html><body><pre>\n".to_string();
        for part in parts() {
            match part {
                Part::Text(text) => html.push_str(&format!("{text}\n")),
                Part::Table(rows) => {
                    html.push_str("┌────┬────┐\n");
                    for row in rows {
                        let cells: Vec<String> = row.iter().map(|c| format!(" {c:<6} ")).collect();
                        html.push_str(&format!("{bar}{}{bar}\n├────┼────┤\n", cells.join(bar)));
                    }
                }
            }
        }
        if bar != "|" {
            let text = html.trim_start_matches("<html><body><pre>\n");
            assert_eq!(audit_text(text, outcome), audit_text(&made().text(), outcome), "{bar} in a text");
        }
        same(&(html + "</pre></body></html>"));
    }
}

#[test]
fn tables_drawn_with_spaces() {
    let mut html = "<html><body><pre>\n".to_string();
    for part in parts() {
        match part {
            Part::Text(text) => html.push_str(&format!("{text}\n")),
            Part::Table(rows) => {
                for row in rows {
                    // Blanks cannot be drawn with spaces.
                    let cells: Vec<&str> = row.iter().map(|c| if c.is_empty() { "-" } else { c.as_str() }).collect();
                    html.push_str(&format!("{}\n", cells.join("    ")));
                }
            }
        }
    }
    let expected = audit_text(&made().text(), outcome);
    let got = audit(&(html + "</pre></body></html>"), outcome);
    assert_eq!(got.claims, expected.claims);
    for (name, value) in expected.cells.iter().filter(|(_, v)| v.starts_with("Number")) {
        assert_eq!(got.cells.get(name), Some(value), "{name}");
    }
}
