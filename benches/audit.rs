//! What a whole audit costs, as a ratio to a bare `jieba.cut` of the same prose in the same run.
//!
//! The corpus is generated from `corpus/reports`: numbers perturbed, half of the prose words replaced by words of
//! equal length of the segmenter's dictionary, drawn by frequency, because one report repeated flatters any
//! segmenter several times over.
//! Every round has reports of its own, for what was read once is remembered. The audit and the segmenter take turns
//! round by round and the median of the rounds' ratios is given; nothing is asserted.

#![allow(clippy::print_stdout, missing_docs, reason = "a benchmark reports on the terminal")]

mod corpus;

use std::collections::BTreeSet;
use std::hint::black_box;
use std::time::Instant;

use gouji::audit::{Engine, TOGETHER, View};
use gouji::claims::{self, Grammar};
use gouji::collection::Item;
use gouji::dictionary::Dictionary;
use gouji::document;
use gouji::lang::Lang;
use gouji::output::csv_files;
use gouji::quantities;
use gouji::rules::{self, Context};
use gouji::source::Source;
use gouji::tables::Tables;
use jieba_rs::Jieba;

/// Reports of one round.
const REPORTS: usize = 400;
const ROUNDS: usize = 15;

fn main() {
    let jieba = Jieba::new();
    // One round more, to warm up with.
    let texts = corpus::corpus(&jieba, REPORTS * (ROUNDS + 1));
    let engine = Engine::new(Dictionary::built_in(), Lang::Zh);
    let input = Item::default();
    let proses: Vec<String> = texts.iter().map(|text| prose(text)).collect();
    let (bytes, prose_bytes): (usize, usize) =
        (texts.iter().map(String::len).sum(), proses.iter().map(String::len).sum());
    let types: BTreeSet<&str> = proses.iter().flat_map(|p| jieba.cut(p, false)).map(|t| t.word).collect();
    println!(
        "{} reports, {} KB, prose {} KB, {} word types",
        texts.len(),
        bytes / 1000,
        prose_bytes / 1000,
        types.len()
    );
    let whole = |texts: &[String], timings: &mut Vec<f64>| {
        timings.push(time(|| {
            for texts in texts.chunks(TOGETHER) {
                let decoded = |text: &String| Source::from_bytes(text.clone().into_bytes(), "x.txt");
                let sources: Vec<Source> = texts.iter().map(|text| decoded(text).expect("generated text")).collect();
                black_box(engine.audit_all(&sources, |_, view| csv_files::rows(&input, "", Ok(view))));
            }
        }));
    };
    let cut = |proses: &[String], timings: &mut Vec<f64>| {
        timings.push(time(|| {
            for prose in proses {
                for paragraph in prose.lines() {
                    black_box(jieba.cut(paragraph, false));
                }
            }
        }));
    };
    let (mut audits, mut cuts) = (Vec::new(), Vec::new());
    for (texts, proses) in texts.chunks(REPORTS).zip(proses.chunks(REPORTS)) {
        whole(texts, &mut audits);
        cut(proses, &mut cuts);
    }
    audits.remove(0);
    cuts.remove(0);
    let mut ratios: Vec<f64> = audits.iter().zip(&cuts).map(|(a, c)| a / c).collect();
    let micro = |t: f64| t * 1e6 / REPORTS as f64;
    println!(
        "audit, text to CSV rows   {:>8.1} us a report ({:.0} reports/s)",
        micro(median(&mut audits)),
        REPORTS as f64 / median(&mut audits)
    );
    println!("jieba.cut of the prose    {:>8.1} us a report", micro(median(&mut cuts)));
    println!(
        "ratio                     {:>8.3}  (median of {ROUNDS} pairs, {:.3} to {:.3})",
        median(&mut ratios),
        ratios[0],
        ratios[ROUNDS - 1]
    );
    stages(&texts, &micro);
}

/// The prose that is read of a report.
fn prose(text: &str) -> String {
    let source = Source::from_bytes(text.as_bytes().to_vec(), "x.txt").expect("generated text");
    document::read(&source, &source.page(), Dictionary::built_in()).prose.text
}

/// What each stage costs alone, on what the stages before it made of the same reports.
fn stages(texts: &[String], micro: &dyn Fn(f64) -> f64) {
    let dictionary = Dictionary::built_in();
    let grammar = Grammar::new(dictionary);
    let input = Item::default();
    let mut took: Vec<(&str, Vec<f64>)> = Vec::new();
    for texts in texts.chunks(REPORTS) {
        let mut round: Vec<(&str, f64)> = Vec::new();
        for text in texts {
            let mut stage = Stage { round: &mut round, next: 0 };
            let bytes = stage.time("copy of the bytes", || text.clone().into_bytes());
            let source = stage.time("source: decode", || Source::from_bytes(bytes, "x.txt").expect("generated text"));
            let page = stage.time("source: page", || source.page());
            let document = stage.time("document", || document::read(&source, &page, dictionary));
            let tables = stage.time("tables", || Tables::read(&source, &page, &document, dictionary));
            let phrases =
                stage.time("words and phrases", || dictionary.phrases.scan(&document.prose.text, &dictionary.spam));
            let lexed = stage
                .time("quantities", || quantities::lex(&document.prose.text, &dictionary.numbers, &phrases.planted));
            let claims = stage
                .time("claims", || claims::read(&document, &lexed, &phrases.telling, &grammar, tables.form(), false));
            let context = Context {
                source: &source,
                page: &page,
                document: &document,
                lexed: &lexed,
                tables: &tables,
                claims: &claims,
                planted: &phrases.planted,
                marked: &phrases.marked,
                words: &dictionary.marks.words,
                lang: Lang::Zh,
            };
            let assessments = stage.time("rules: verdicts", || rules::assess(&context));
            let findings = stage.time("rules: findings", || rules::run(&context, &assessments));
            let view = View {
                source: &source,
                page: &page,
                document: &document,
                lexed: &lexed,
                tables: &tables,
                claims: &claims,
                assessments: &assessments,
                findings: &findings,
            };
            let rows = stage.time("output: CSV rows", || csv_files::rows(&input, "", Ok(&view)));
            stage.time("giving back memory", || {
                drop((rows, findings, assessments, claims, lexed, phrases, tables));
                drop((document, page));
            });
        }
        for (at, (name, seconds)) in round.into_iter().enumerate() {
            if took.len() <= at {
                took.push((name, Vec::new()));
            }
            took[at].1.push(seconds);
        }
    }
    for (name, mut seconds) in took {
        seconds.remove(0);
        println!("  {name:<23} {:>8.1} us", micro(median(&mut seconds)));
    }
}

/// Adds up what each stage of one round takes, in order.
struct Stage<'r> {
    round: &'r mut Vec<(&'static str, f64)>,
    next: usize,
}

impl Stage<'_> {
    fn time<T>(&mut self, name: &'static str, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let out = work();
        if self.round.len() == self.next {
            self.round.push((name, 0.0));
        }
        self.round[self.next].1 += start.elapsed().as_secs_f64();
        self.next += 1;
        out
    }
}

fn time(work: impl FnOnce()) -> f64 {
    let start = Instant::now();
    work();
    start.elapsed().as_secs_f64()
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
