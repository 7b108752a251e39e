//! What a whole audit of a web page costs, as a ratio to a plain parse of the same page into a tree (`scraper`).
//!
//! The pages are the generated corpus as a site and an office program write it: menus and lists of links around the
//! report, every run of text in a span with its fonts, every cell with its borders. Both take turns round by round;
//! nothing is asserted. The goal is a ratio of at most 1.3, the aim 0.5.

#![allow(clippy::print_stdout, missing_docs, reason = "a benchmark reports on the terminal")]

mod corpus;

use std::hint::black_box;
use std::time::Instant;

use gouji::audit::Engine;
use gouji::collection::Item;

use gouji::dictionary::Dictionary;
use gouji::lang::Lang;
use gouji::output::csv_files;
use gouji::source::Source;
use jieba_rs::Jieba;

const PAGES: usize = 40;
const ROUNDS: usize = 15;

fn main() {
    let pages: Vec<String> = corpus::corpus(&Jieba::new(), PAGES).iter().map(|text| page(text)).collect();
    let bytes: usize = pages.iter().map(String::len).sum();
    let engine = Engine::new(Dictionary::built_in(), Lang::Zh);
    let input = Item::default();
    let audit = || {
        for page in &pages {
            let source = Source::from_bytes(page.clone().into_bytes(), "x.html").expect("a generated page");
            black_box(engine.audit(&source, |view| csv_files::rows(&input, "", Ok(view))));
        }
    };
    let read = || {
        for page in &pages {
            let source = Source::from_bytes(page.clone().into_bytes(), "x.html").expect("a generated page");
            black_box(source.page());
        }
    };
    let parse = || {
        for page in &pages {
            black_box(scraper::Html::parse_document(page));
        }
    };
    let claims: usize = pages
        .iter()
        .map(|p| Source::from_bytes(p.clone().into_bytes(), "x.html").expect("a generated page"))
        .map(|source| engine.audit(&source, |view| view.claims.list.len() + view.tables.cells().len()))
        .sum();
    println!("{PAGES} pages of {} KB; {} claims and cells a page", bytes / PAGES / 1000, claims / PAGES);
    audit();
    parse();
    let (mut audits, mut reads, mut parses) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        audits.push(time(audit));
        parses.push(time(parse));
        reads.push(time(read));
    }
    let ratios = |of: &[f64]| of.iter().zip(&parses).map(|(a, p)| a / p).collect::<Vec<f64>>();
    let (mut whole, mut part) = (ratios(&audits), ratios(&reads));
    let micro = |times: &mut Vec<f64>| median(times) * 1e6 / PAGES as f64;
    println!("audit, page to CSV rows   {:>8.1} us a page", micro(&mut audits));
    println!("  of which markup to text {:>8.1} us a page", micro(&mut reads));
    println!("scraper parse of the page {:>8.1} us a page", micro(&mut parses.clone()));
    let middle = median(&mut whole);
    println!(
        "ratio                     {middle:>8.3}  (median of {ROUNDS} pairs, {:.3} to {:.3})",
        whole[0],
        whole[ROUNDS - 1]
    );
    println!("  markup to text alone    {:>8.3}", median(&mut part));
}

fn time(work: impl Fn()) -> f64 {
    let start = Instant::now();
    work();
    start.elapsed().as_secs_f64()
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// A text report as a page.
fn page(text: &str) -> String {
    let title = text.lines().next().unwrap_or_default();
    let mut out = format!("<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>{title}</title>");
    out.push_str("<style>.a{color:#333}</style><script>var site={\"id\":1,\"name\":\"x\"};</script></head><body>");
    let link = |i: usize| {
        format!(
            "<li class=\"item\"><a href=\"/art/2022/{i}.html\" target=\"_blank\">栏目名称之{i}</a><span>2022-01-{:02}</span></li>\n",
            i % 28 + 1
        )
    };
    out.push_str("<div class=\"header\"><ul class=\"nav\">");
    (0..40).for_each(|i| out.push_str(&link(i)));
    out.push_str("</ul></div><div class=\"content\" id=\"zoom\">");
    let mut in_table = false;
    for line in text.lines() {
        let is_row = line.ends_with('|');
        if is_row != in_table {
            out.push_str(if is_row {
                "<table class=\"MsoNormalTable\" border=\"1\" style=\"border-collapse:collapse\"><tbody>"
            } else {
                "</tbody></table>"
            });
            in_table = is_row;
        }
        if is_row {
            row(line, &mut out);
        } else {
            paragraph(line, &mut out);
        }
    }
    out.push_str("</div><div class=\"related\"><ul>");
    (0..30).for_each(|i| out.push_str(&link(i)));
    out.push_str("</ul></div><div class=\"footer\"><p>主办单位：办公室</p></div></body></html>");
    out
}

fn row(line: &str, out: &mut String) {
    out.push_str("<tr style=\"height:22.7pt\">");
    for cell in line.trim_end_matches('|').split('|') {
        out.push_str("<td width=\"64\" valign=\"center\" style=\"width:48.2pt;padding:0pt 5.4pt;border:1.0pt solid windowtext\">");
        out.push_str("<p class=\"MsoNormal\" align=\"center\" style=\"text-align:center;line-height:12.0pt\">");
        out.push_str("<span style=\"font-family:宋体;font-size:10.5pt;mso-font-kerning:1.0pt\">");
        let cell = cell.trim();
        out.push_str(if cell.is_empty() { "<o:p>&nbsp;</o:p>" } else { cell });
        out.push_str("</span></p></td>\n");
    }
    out.push_str("</tr>\n");
}

/// Digits and words in spans of their own.
fn paragraph(line: &str, out: &mut String) {
    out.push_str("<p class=\"MsoNormal\" style=\"text-indent:32.0pt;line-height:28.0pt\">");
    let mut was_digit = None;
    for c in line.chars() {
        let is_digit = c.is_ascii_digit();
        if was_digit != Some(is_digit) {
            if was_digit.is_some() {
                out.push_str("</span>");
            }
            out.push_str(if is_digit {
                "<span lang=\"EN-US\" style=\"font-size:16.0pt\">"
            } else {
                "<span style=\"font-family:仿宋_GB2312;font-size:16.0pt\">"
            });
            was_digit = Some(is_digit);
        }
        out.push(c);
    }
    out.push_str(if was_digit.is_some() { "</span></p>\n" } else { "</p>\n" });
}
