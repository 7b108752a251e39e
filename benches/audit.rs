//! What a whole audit costs, as a ratio to a bare `jieba.cut` of the same prose in the same run.
//!
//! The corpus is generated from `corpus/reports`: numbers perturbed, half of the prose words replaced by other
//! words of the segmenter's dictionary, because one report repeated flatters any segmenter several times over.
//! Variants take turns round by round and the median of the rounds' ratios is given; nothing is asserted.

#![allow(clippy::print_stdout, missing_docs, reason = "a benchmark reports on the terminal")]

use std::collections::BTreeSet;
use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use gouji::audit::Engine;
use gouji::audit::input::Input;
use gouji::dictionary::Dictionary;
use gouji::lang::Lang;
use gouji::output::csv_files;
use gouji::source::Source;
use jieba_rs::Jieba;

const REPORTS: usize = 400;
const ROUNDS: usize = 15;

fn main() {
    let jieba = Jieba::new();
    let texts = corpus(&jieba);
    let sources: Vec<Source> =
        texts.iter().map(|t| Source::from_bytes(t.clone().into_bytes(), "x.txt").expect("generated text")).collect();
    let engine = Engine::new(Dictionary::built_in(), Lang::Zh);
    let input = Input::default();
    let proses: Vec<String> = sources.iter().map(|s| engine.audit(s, |v| v.document.prose.text.clone())).collect();
    let (bytes, prose_bytes): (usize, usize) =
        (texts.iter().map(String::len).sum(), proses.iter().map(String::len).sum());
    let types: BTreeSet<&str> = proses.iter().flat_map(|p| jieba.cut(p, false)).map(|t| t.word).collect();
    println!("{REPORTS} reports, {} KB, prose {} KB, {} word types", bytes / 1000, prose_bytes / 1000, types.len());
    let whole = |timings: &mut Vec<f64>| {
        timings.push(time(|| {
            for text in &texts {
                let source = Source::from_bytes(text.clone().into_bytes(), "x.txt").expect("generated text");
                black_box(engine.audit(&source, |view| csv_files::rows(&input, "", Ok(view))));
            }
        }));
    };
    let cut = |timings: &mut Vec<f64>| {
        timings.push(time(|| {
            for prose in &proses {
                for paragraph in prose.lines() {
                    black_box(jieba.cut(paragraph, false));
                }
            }
        }));
    };
    let (mut audits, mut cuts) = (Vec::new(), Vec::new());
    whole(&mut audits);
    cut(&mut cuts);
    audits.clear();
    cuts.clear();
    for _ in 0..ROUNDS {
        whole(&mut audits);
        cut(&mut cuts);
    }
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

/// A fixed sequence: the same corpus in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % n.max(1)
    }
}

fn corpus(jieba: &Jieba) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/reports");
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).expect("corpus/reports").map(|e| e.expect("an entry").path()).collect();
    paths.retain(|p| p.extension().is_some_and(|e| e == "txt"));
    paths.sort();
    let bases: Vec<String> = paths.iter().map(|p| std::fs::read_to_string(p).expect("a report")).collect();
    let pool = words(jieba, &bases);
    let mut random = Random(20_261_123);
    let narrative: Vec<&str> = bases.iter().flat_map(|b| b.split('。')).filter(|s| is_narrative(s)).collect();
    (0..REPORTS)
        .map(|i| {
            let base = thin_out(&bases[i % bases.len()], &narrative, &mut random);
            vary(&base, jieba, &pool, &mut random)
        })
        .collect()
}

/// A sentence of the prose without numbers.
fn is_narrative(sentence: &str) -> bool {
    !sentence.contains(['|', '\n']) && !sentence.bytes().any(|b| b.is_ascii_digit()) && sentence.chars().count() > 30
}

/// Published reports hold about one run of digits in fifty characters of prose and two thousand characters of it;
/// ours are shorter and denser. Sentences with numbers are dropped, and narrative ones of other reports added,
/// until a report is like a published one.
fn thin_out(base: &str, narrative: &[&str], random: &mut Random) -> String {
    const RUNS: usize = 40;
    const CHARACTERS: usize = 2100;
    let digit_runs = |text: &str| text.split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty()).count();
    let is_table = |line: &str| line.contains('|') || line.chars().count() < 40;
    let total: usize = base.lines().filter(|l| !is_table(l)).map(digit_runs).sum();
    let (mut out, mut characters) = (String::with_capacity(base.len()), 0);
    for line in base.split_inclusive('\n') {
        if is_table(line) {
            out.push_str(line);
            continue;
        }
        for sentence in line.split_inclusive('。') {
            let keep = digit_runs(sentence) == 0 || random.below(total) < RUNS;
            if keep {
                out.push_str(sentence);
                characters += sentence.chars().count();
            }
            while keep && characters < CHARACTERS && random.below(3) > 0 {
                let more = narrative[random.below(narrative.len())];
                out.push_str(more);
                out.push('。');
                characters += more.chars().count();
            }
        }
        if !out.ends_with('\n') {
            out.push('\n');
        }
    }
    out
}

/// Words of two characters that the segmenter knows, made of the characters of the corpus; commoner ones more often.
fn words(jieba: &Jieba, bases: &[String]) -> Vec<String> {
    let characters: BTreeSet<char> =
        bases.iter().flat_map(|b| b.chars()).filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).collect();
    let mut pool = Vec::new();
    for a in &characters {
        for b in &characters {
            let word = format!("{a}{b}");
            if jieba.has_word(&word) {
                pool.push(word);
            }
        }
    }
    pool
}

/// Changes the digits of the prose and every second word that is not a word of the form.
fn vary(base: &str, jieba: &Jieba, pool: &[String], random: &mut Random) -> String {
    let lexicon = &Dictionary::built_in().lexicon;
    let mut out = String::with_capacity(base.len());
    for line in base.split_inclusive('\n') {
        if line.contains('|') || line.chars().count() < 40 {
            out.push_str(line);
            continue;
        }
        for token in jieba.cut(line, false) {
            let word = token.word;
            let is_two = word.chars().count() == 2 && word.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
            if word.bytes().all(|b| b.is_ascii_digit()) && word.len() < 4 {
                out.extend(word.bytes().map(|_| char::from(b'1' + random.below(9) as u8)));
            } else if is_two && lexicon.class(word).is_none() && random.below(10) < 7 {
                out.push_str(&pool[random.below(pool.len())]);
            } else {
                out.push_str(word);
            }
        }
    }
    out
}
