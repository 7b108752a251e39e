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
    let pages: Vec<String> = corpus::corpus(&Jieba::new(), PAGES).iter().map(|text| corpus::page(text)).collect();
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
