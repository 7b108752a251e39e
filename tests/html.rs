//! One fictional report in every way that sites write it: cells, claims and findings must be those of the plain text.

#![allow(clippy::print_stdout, reason = "tests say what they measured")]

mod common;

use std::collections::BTreeMap;

use common::{Made, audit_text, engine, seen};
use gouji::audit::View;
use gouji::form::Generation;
use gouji::source::{Options, Source};

/// What must not change with the form.
#[derive(Debug, PartialEq)]
struct Outcome {
    head: String,
    cells: BTreeMap<String, String>,
    claims: Vec<String>,
    codes: Vec<String>,
}

fn outcome(view: &View<'_>) -> Outcome {
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

fn made() -> Made {
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
enum Part {
    Text(String),
    Table(Vec<Vec<String>>),
}

fn parts() -> Vec<Part> {
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
struct Style {
    head: &'static str,
    tail: &'static str,
    text: fn(&str) -> String,
    cell: fn(&str) -> String,
    table: fn(&[String]) -> String,
}

fn paragraph(text: &str) -> String {
    format!("<p>{text}</p>\n")
}

fn cell(text: &str) -> String {
    format!("<td>{text}</td>")
}

fn table(rows: &[String]) -> String {
    let rows: String = rows.iter().map(|r| format!("<tr>{r}</tr>\n")).collect();
    format!("<table>\n{rows}</table>\n")
}

const PLAIN: Style = Style {
    head: "<!DOCTYPE html><html><head><meta charset=\"utf-8\"></head><body>",
    tail: "</body></html>",
    text: paragraph,
    cell,
    table,
};

fn page(style: &Style) -> String {
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

fn audit<R>(html: &str, look: impl FnOnce(&View<'_>) -> R) -> R {
    let source = Source::from_bytes(html.as_bytes().to_vec(), "report.html").unwrap_or_else(|e| panic!("{e}"));
    engine().audit(&source, look)
}

#[track_caller]
fn same(html: &str) {
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
fn strip(markup: &str) -> String {
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
fn findings(html: &str) -> Vec<String> {
    audit(html, |view| view.findings.iter().map(|f| format!("{} {}", f.code, f.message)).collect())
}

/// A digit in an element of its own, as an office program writes it.
fn in_spans(text: &str) -> String {
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
fn hidden_elements_are_not_read() {
    same(&page(&Style {
        text: |t| {
            format!(
                "<p>{t}</p><p hidden>全年收到政府信息公开申请999件。</p><div style='color:red; DISPLAY : none'><div>办结998件</div></div>"
            )
        },
        cell: |c| format!("<td style=\"display:none\">7<td>{c}</td>"),
        table: |rows| {
            format!("<table>{}</table>", rows.iter().map(|r| format!("<tr>{r}</tr><tr style='display:none;mso-hide:all'><td>规章</td><td>9</td><td>9</td><td>9</td></tr>")).collect::<String>())
        },
        tail: "<template><p>共997件。</p></template><noscript>请打开脚本12</noscript></body></html>",
        ..PLAIN
    }));
}

#[test]
fn sections_in_tabs_of_which_one_is_shown_are_all_read() {
    // The headings are the tabs.
    for first in ["", "none"] {
        let mut out = PLAIN.head.to_string();
        let mut display = first;
        for part in parts() {
            match part {
                Part::Text(text)
                    if ["一、", "二、", "三、", "四、", "五、", "六、"].iter().any(|h| text.starts_with(h)) =>
                {
                    out.push_str(&format!("</div><h3>{text}</h3><div class=tab style=\"display:{display}\">"));
                    display = "none";
                }
                Part::Text(text) => out.push_str(&paragraph(&text)),
                Part::Table(rows) => {
                    out.push_str(&table(&rows.iter().map(|r| r.iter().map(|c| cell(c)).collect()).collect::<Vec<_>>()));
                }
            }
        }
        same(&(out + "</div></body></html>"));
    }
}

#[test]
fn a_hidden_copy_for_telephones_is_not_read_twice() {
    let body = body();
    same(&format!("<html><body><div>{body}</div><div style='display:none'>{body}</div></body></html>"));
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
fn a_report_that_is_all_hidden_until_a_script_shows_it() {
    same(&page(&Style {
        head: "<html><head><title>白榆县</title></head><body><div id=c style='display:none'>",
        tail: "</div><script>show()</script></body></html>",
        ..PLAIN
    }));
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

fn escaped(html: &str, is_ascii: bool) -> String {
    let mut out = String::new();
    for c in html.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '<' => out.push_str("\\u003c"),
            '/' => out.push_str("\\/"),
            c if is_ascii && !c.is_ascii() => {
                c.encode_utf16(&mut [0; 2]).iter().for_each(|u| out.push_str(&format!("\\u{u:04x}")))
            }
            c => out.push(c),
        }
    }
    out
}

fn body() -> String {
    page(&Style { head: "", tail: "", ..PLAIN })
}

#[test]
fn a_report_in_a_script() {
    for is_ascii in [false, true] {
        let content = escaped(&body(), is_ascii);
        let title = escaped("白榆县2022年政府信息公开工作年度报告", is_ascii);
        for data in [
            format!("var data={{\"code\":0,\"title\":\"{title}\",\"content\":\"{content}\",\"n\":12}};show(data)"),
            format!("// don't\nwindow.__DATA__ = JSON.parse('{{}}'); el.innerHTML = \"{content}\";"),
        ] {
            same(&format!(
                "<!DOCTYPE html><html><head><title>白榆县2022年政府信息公开工作年度报告</title><script src='/a.js'></script></head><body><div id=app></div><div>访问量：33次</div><script>{data}</script></body></html>"
            ));
        }
    }
}

#[test]
fn a_script_beside_a_report_is_not_read() {
    let other = escaped(&body().replace("64", "99"), false);
    same(&page(&Style { tail: "", ..PLAIN }).replace("<body>", &format!("<body><script>var old=\"{other}\"</script>")));
}

#[test]
fn a_report_in_a_frame_or_a_field() {
    let attribute = body().replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;");
    same(&format!("<html><body><div>网站</div><iframe srcdoc=\"{attribute}\"></iframe></body></html>"));
    same(&format!(
        "<html><body><textarea style='display:none' id=content>{attribute}</textarea><script>go()</script></body></html>"
    ));
    same(&format!("<html><body><script type='text/html'>{}</script></body></html>", body()));
}

#[test]
fn a_shell_of_a_page_is_no_report_and_says_so() {
    for shell in [
        "<!DOCTYPE html><html><head><title>白榆县2022年政府信息公开工作年度报告</title></head><body><div id=app></div><script src=/app.js></script></body></html>",
        "<html><head><title>白榆县2022年政府信息公开工作年度报告</title></head><frameset cols='20%,80%'><frame src=menu.html><frame src=main.html></frameset></html>",
    ] {
        assert!(audit(shell, |view| view.page.is_shell), "{shell}");
    }
    assert!(!audit(&page(&PLAIN), |view| view.page.is_shell));
}

/// The page with something else in the place of its table three.
fn without_requests(with: &str) -> String {
    let html = page(&PLAIN);
    let heading = html.find("三、收到和处理").expect("the heading");
    let start = heading + html[heading..].find("<table>").expect("a table");
    let end = start + html[start..].find("</table>").expect("its end") + "</table>".len();
    format!("{}{with}{}", &html[..start], &html[end..])
}

#[test]
fn a_table_that_is_a_picture_is_named() {
    let told = |html: &str| findings(html).into_iter().filter(|f| f.starts_with("E011")).collect::<Vec<_>>();
    let html = without_requests("<p><img src=\"/upload/2023/%E8%A1%A8%E4%B8%89.png\"></p><p><img src=\"b.png\"></p>");
    assert!(matches!(&told(&html)[..], [one] if one.contains("表三.png")), "{:?}", told(&html));
    assert!(told(&page(&PLAIN).replace("<table>", "<img src=chart.png><table>")).is_empty());
    assert!(told(&without_requests("<img src=icon_1.gif><img src=x.png width=16 height=16>")).is_empty());
    assert!(told(&page(&PLAIN).replacen("</p>", "</p><p><img src=photo.jpg></p>", 4)).is_empty());
}

#[test]
fn an_attachment_in_the_place_of_a_table_is_named() {
    let told = |html: &str| findings(html).into_iter().filter(|f| f.starts_with("E011")).collect::<Vec<_>>();
    let link = "<p>附件：<a href=\"/files/P0201.xlsx?v=1\">申请情况.xlsx</a></p>";
    assert!(matches!(&told(&without_requests(link))[..], [one] if one.contains("申请情况.xlsx")));
    let html = without_requests("").replace("</body>", &format!("{link}</body>"));
    assert!(matches!(&told(&html)[..], [one] if one.contains("申请情况.xlsx")));
    assert!(told(&page(&PLAIN).replace("</body>", &format!("{link}</body>"))).is_empty());
    assert!(told(&without_requests("<p><a href=\"x.pdf\">关于放假的通知</a></p>")).is_empty());
    let only = "<html><head><title>白榆县2022年政府信息公开工作年度报告</title></head><body><h1>白榆县2022年政府信息公开工作年度报告</h1><a href='a/b.pdf'>点击查看</a><script>f()</script></body></html>";
    assert!(matches!(&told(only)[..], [one] if one.contains("点击查看")), "{:?}", findings(only));
    let shown = "<html><head><title>白榆县2022年政府信息公开工作年度报告</title></head><body><h1>白榆县2022年政府信息公开工作年度报告</h1><iframe src='/pdfjs/viewer.html?file=/up/report2022.pdf'></iframe></body></html>";
    assert!(matches!(&told(shown)[..], [one] if one.contains("report2022.pdf")), "{:?}", findings(shown));
}

#[test]
fn an_empty_cell_has_a_place() {
    for blank in ["", "&nbsp;", "<o:p>&nbsp;</o:p>", "<p> </p>"] {
        let html = page(&PLAIN).replace("<td></td>", &format!("<td id=blank>{blank}</td>"));
        audit(&html, |view| {
            let cell =
                |name: &str| name.parse().ok().and_then(|id| view.tables.cell(id)).and_then(|c| c.span).expect(name);
            let span = cell("proactive.coercive_measures.decisions");
            let before = &html[..view.source.bytes(span).start];
            assert!(before.ends_with("<td id=blank>"), "{blank}: {}", &before[before.len() - 40..]);
        });
    }
}

#[test]
fn a_page_in_another_encoding_is_the_same_report() {
    let html = page(&PLAIN).replace("utf-8", "gb2312");
    let (bytes, _, _) = encoding_rs::GB18030.encode(&html);
    let source = Source::read(bytes.into_owned(), "report.html", &Options::default()).expect("a page");
    assert_eq!(engine().audit(&source, outcome), audit_text(&made().text(), outcome));
}

#[test]
fn a_number_with_a_lost_character_beside_it_accuses_nobody() {
    let bytes = page(&PLAIN).into_bytes();
    for (broken, cell) in [("申请64件", "<td>61</td>"), ("办结61件", "<td>64</td>")] {
        let mut bytes = bytes.clone();
        for place in [broken, cell] {
            let digit = place.find(|c: char| c.is_ascii_digit()).expect("a number") + 1;
            let at = memchr::memmem::find(&bytes, place.as_bytes()).expect(place) + digit;
            bytes[at] = 0xff;
        }
        let source = Source::from_bytes(bytes, "report.html").expect("a page");
        let codes: Vec<_> = engine().audit(&source, |view| {
            view.findings.iter().filter(|f| f.severity.to_string() == "error").map(|f| f.message.clone()).collect()
        });
        assert!(codes.iter().all(|m| m.contains("部分公开")), "{codes:?}");
    }
}

/// Pages made to cost time or memory; each must end soon, with whatever it says.
#[test]
fn hostile_pages_end_soon() {
    let report = page(&PLAIN);
    let with = |what: String| report.replacen("</p>", &format!("</p>{what}"), 3);
    let cases: Vec<(&str, String)> = vec![
        ("100,000 columns", format!("<table><tr>{}</tr></table>", "<td>1</td>".repeat(100_000))),
        ("nested boxes", with("<div class=nav>".repeat(100_000))),
        ("nested hidden boxes", with("<div hidden>".repeat(100_000))),
        ("closed nested boxes", with("<div class=nav><p>a。".repeat(50_000) + &"</div>".repeat(50_000))),
        ("nested tables", with("<table><tr><td>".repeat(100_000))),
        ("closed nested tables", with("<table><tr><td>1".repeat(50_000) + &"</td></tr></table>".repeat(50_000))),
        ("nested bold", with("<b>".repeat(100_000))),
        ("huge spans", with("<table><tr><td rowspan=999999999 colspan=999999999>1</td></tr></table>".repeat(1000))),
        ("comments without an end", with("<!-- x ".repeat(200_000))),
        ("less-than signs", "<p>政府信息公开</p></div>".to_string() + &"<".repeat(3_000_000)),
        ("slashes", with("</".repeat(500_000))),
        ("an attribute without an end", with("<a href=\"".to_string() + &"x".repeat(5_000_000))),
        ("quotes", with("<a b='\">".repeat(300_000))),
        ("entities without an end", with("&".repeat(1_000_000))),
        ("links", with("<a href=x>1".repeat(300_000))),
        ("scripts without a string", with(format!("<script>{}总体情况</script>", "a='\\\"".repeat(200_000)))),
        ("quotes in a script", format!("<html><body><script>{}总体情况</script></body>", ":'\"".repeat(200_000))),
        ("skipped elements without an end", with("<svg><select><button>".repeat(100_000))),
        ("frames", with("<iframe srcdoc='&lt;p>'>".repeat(100_000))),
    ];
    for (name, html) in cases {
        let start = std::time::Instant::now();
        audit(&html, |view| view.claims.list.len());
        let took = start.elapsed();
        println!("{name}: {took:?}");
        assert!(took.as_secs() < 30, "{name}: {took:?}");
    }
}
