//! Which records of a crawl are taken for annual reports: invented pages of every kind, with precision and recall.

#![allow(clippy::print_stdout, reason = "tests say what they measured")]

mod common;

use std::collections::BTreeMap;
use std::fmt::Write;

use common::{engine, root};
use gouji::audit::corpus;
use gouji::collection;
use serde::Deserialize;

#[derive(Deserialize)]
struct Pages {
    page: Vec<Made>,
}

#[derive(Deserialize)]
struct Made {
    kind: String,
    name: String,
    #[serde(default)]
    title: String,
    body: String,
}

impl Made {
    /// The page inside a site whose menu names everything that is published.
    fn html(&self, way: Way) -> String {
        let title = match way {
            Way::OwnTitle if self.title.is_empty() => format!("{}_白榆县人民政府门户网站", self.name),
            Way::OwnTitle => self.title.clone(),
            Way::TitleOfSite | Way::Text => "白榆县人民政府门户网站".to_string(),
        };
        let mut out = format!(
            "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>{title}</title></head><body>\
             <div class=\"top\"><a href=\"/\">首页</a><a href=\"/zn\">政府信息公开指南</a><a href=\"/ml\">政府信息公开目录</a>\
             <a href=\"/nb\">政府信息公开年报</a><a href=\"/ysq\">依申请公开</a></div>\
             <div>当前位置：首页 > 政务公开 > 政府信息公开年报</div>\
             <h1>{}</h1><div>发布日期：2024-01-20 浏览次数：128</div><div class=\"text\">",
            self.name
        );
        let mut in_table = false;
        for line in self.body.lines() {
            let is_row = line.contains(" |");
            if is_row != in_table {
                out.push_str(if is_row { "<table>" } else { "</table>" });
                in_table = is_row;
            }
            if is_row {
                let cells = line.trim_end_matches('|').split(" | ");
                let cells = cells.map(|c| format!("<td>{}</td>", c.trim())).collect::<String>();
                // Writing to memory cannot fail.
                let _ = write!(out, "<tr>{cells}</tr>");
            } else {
                let _ = write!(out, "<p>{line}</p>");
            }
        }
        if in_table {
            out.push_str("</table>");
        }
        out.push_str("</div><div>主办单位：白榆县人民政府 网站标识码0000000000</div></body></html>");
        out
    }
}

/// How a page comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// With a title in the markup.
    OwnTitle,
    /// With the same title on every page of the site.
    TitleOfSite,
    /// As text without markup, as in WET.
    Text,
}

impl Made {
    fn page(&self, way: Way) -> Vec<u8> {
        if way != Way::Text {
            return self.html(way).into_bytes();
        }
        let menu = "首页\n政府信息公开指南\n政府信息公开目录\n政府信息公开年报\n依申请公开\n";
        format!(
            "白榆县人民政府门户网站\n{menu}{}\n发布日期：2024-01-20\n{}\n主办单位：白榆县人民政府\n",
            self.name, self.body
        )
        .into_bytes()
    }
}

fn pages(name: &str) -> Vec<Made> {
    let path = root().join("tests/kinds").join(name);
    let text = std::fs::read_to_string(&path).expect("pages");
    toml::from_str::<Pages>(&text).unwrap_or_else(|e| panic!("{name}: {e}")).page
}

fn record(out: &mut Vec<u8>, uri: &str, page: &[u8]) {
    let http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n";
    let head = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {uri}\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n",
        http.len() + page.len()
    );
    for part in [head.as_bytes(), http, page, b"\r\n\r\n"] {
        out.extend_from_slice(part);
    }
}

#[test]
fn reports_are_told_from_what_is_published_beside_them() {
    for way in [Way::OwnTitle, Way::TitleOfSite, Way::Text] {
        measure(way);
    }
}

fn measure(way: Way) {
    let mut crawl = Vec::new();
    let mut truth: BTreeMap<String, (String, String)> = BTreeMap::new();
    let made = pages("reports.toml").into_iter().chain(pages("lookalikes.toml"));
    for (number, page) in made.enumerate() {
        let uri = format!("http://baiyu.example/{number}.html");
        record(&mut crawl, &uri, &page.page(way));
        truth.insert(uri, (page.kind, page.name));
    }
    let mut corpus_reports: Vec<_> =
        std::fs::read_dir(root().join("corpus/reports")).expect("the corpus").flatten().map(|e| e.path()).collect();
    corpus_reports.sort();
    for path in corpus_reports {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let uri = format!("http://corpus.example/{name}");
        record(&mut crawl, &uri, &std::fs::read(&path).expect("a report"));
        truth.insert(uri, ("report".to_string(), name));
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("crawl.warc");
    std::fs::write(&path, &crawl).expect("a file");
    let inputs = collection::find(&[path], collection::Options::default()).expect("the crawl");
    let mut kept = std::collections::BTreeSet::new();
    let passed = corpus::run(
        engine(),
        &inputs,
        |item, _, _| item.id.trim_start_matches("crawl.warc/").to_string(),
        |uri| {
            kept.insert(uri);
            Ok::<(), std::convert::Infallible>(())
        },
    )
    .unwrap_or_else(|never| match never {});
    let (mut right, mut wrong, mut missed) = (0, Vec::new(), Vec::new());
    for (uri, (kind, name)) in &truth {
        match (kind == "report", kept.contains(uri)) {
            (true, true) => right += 1,
            (true, false) => missed.push(name),
            (false, true) => wrong.push(format!("{kind}: {name}")),
            (false, false) => {}
        }
    }
    let reports = truth.values().filter(|(kind, _)| kind == "report").count();
    let share = |part: usize, whole: usize| f64::from(part as u32) * 100.0 / f64::from(whole.max(1) as u32);
    println!(
        "{way:?}: {} pages, {reports} reports: precision {:.1}%, recall {:.1}%",
        truth.len(),
        share(right, kept.len()),
        share(right, reports)
    );
    println!("  skipped: {:?}", passed.skipped);
    wrong.iter().for_each(|page| println!("  taken for a report: {page}"));
    missed.iter().for_each(|page| println!("  missed: {page}"));
    assert!(truth.len() >= 120);
    assert_eq!(passed.skipped.values().sum::<usize>() + kept.len(), truth.len(), "every record is counted");
    assert!(share(right, kept.len()) >= 97.0 && share(right, reports) >= 97.0);
}

#[test]
fn titles_are_told_by_their_words() {
    let kinds = &engine().dictionary.kinds;
    for kind in kinds.all() {
        assert!(!kind.matches.is_empty() && !kind.rejects.is_empty(), "{}", kind.name);
        for title in &kind.matches {
            assert_eq!(kinds.of_title(title).map(|k| k.name.as_str()), Some(kind.name.as_str()), "{title}");
        }
        for title in &kind.rejects {
            assert_ne!(kinds.of_title(title).map(|k| k.name.as_str()), Some(kind.name.as_str()), "{title}");
        }
    }
}

#[test]
fn bytes_are_looked_at_before_they_are_decoded() {
    let kinds = &engine().dictionary.kinds;
    let title = "白榆县2022年政府信息公开工作年度报告";
    let gbk = encoding_rs::GB18030.encode(title).0.into_owned();
    let entities: String = title.chars().map(|c| format!("&#{};", c as u32)).collect();
    for bytes in [title.as_bytes(), &gbk, entities.as_bytes()] {
        assert!(kinds.may_be_report(bytes));
    }
    for text in ["白榆县2022年政府工作报告", "政府信息公开指南", "<html><body>hello</body></html>"] {
        assert!(!kinds.may_be_report(text.as_bytes()), "{text}");
    }
}
