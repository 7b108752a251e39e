//! One fictional report in every way that sites write it: cells, claims and findings must be those of the plain text. Where
//! it is hidden, carried in scripts and fields, or not all there.

#![allow(clippy::print_stdout, reason = "tests say what they measured")]

mod common;

use common::web::{PLAIN, Part, Style, audit, cell, findings, made, outcome, page, paragraph, parts, same, table};
use common::{audit_text, engine};
use gouji::source::{Options, Source};

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
fn a_report_that_is_all_hidden_until_a_script_shows_it() {
    same(&page(&Style {
        head: "<html><head><title>白榆县</title></head><body><div id=c style='display:none'>",
        tail: "</div><script>show()</script></body></html>",
        ..PLAIN
    }));
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
fn a_report_or_its_tables_written_with_entities() {
    let in_entities = |markup: &str| markup.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    same(&format!("<!DOCTYPE html><html><body><div>{}</div></body></html>", in_entities(&body())));
    let tables = |rows: &[String]| {
        let markup = table(rows);
        markup.replace('<', "&lt;").replace('>', "&gt;")
    };
    same(&page(&Style { table: tables, ..PLAIN }));
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
