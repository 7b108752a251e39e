//! What a whole audit costs, as a ratio to a bare `jieba.cut` of the same prose in the same run.
//!
//! The corpus is generated from `corpus/reports`: numbers perturbed, half of the prose words replaced by words of
//! equal length of the segmenter's dictionary, drawn by frequency, because one report repeated flatters any
//! segmenter several times over.
//! Variants take turns round by round and the median of the rounds' ratios is given; nothing is asserted.

#![allow(clippy::print_stdout, missing_docs, reason = "a benchmark reports on the terminal")]

use std::collections::BTreeSet;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Instant;

use gouji::audit::input::Input;
use gouji::audit::{Engine, View};
use gouji::claims::{self, Grammar};
use gouji::dictionary::Dictionary;
use gouji::document;
use gouji::lang::Lang;
use gouji::output::csv_files;
use gouji::quantities;
use gouji::rules::{self, Context};
use gouji::source::Source;
use gouji::tables::Tables;
use jieba_rs::Jieba;

const REPORTS: usize = 400;
const ROUNDS: usize = 15;
/// Of a hundred words that are not the form's, so many are replaced: about half of all the words of the prose.
const REPLACED: usize = 65;

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
    stages(&texts, &micro);
}

/// What each stage costs alone, on what the stages before it made of the same reports.
fn stages(texts: &[String], micro: &dyn Fn(f64) -> f64) {
    let dictionary = Dictionary::built_in();
    let grammar = Grammar::new(dictionary);
    let input = Input::default();
    let mut took: Vec<(&str, Vec<f64>)> = Vec::new();
    for _ in 0..ROUNDS {
        let mut round: Vec<(&str, f64)> = Vec::new();
        for text in texts {
            let mut stage = Stage { round: &mut round, next: 0 };
            let bytes = stage.time("copy of the bytes", || text.clone().into_bytes());
            let source = stage.time("source: decode", || Source::from_bytes(bytes, "x.txt").expect("generated text"));
            let page = stage.time("source: page", || source.page());
            let document = stage.time("document", || document::read(&source, &page, dictionary));
            let tables = stage.time("tables", || Tables::read(&source, &page, &document, dictionary));
            let phrases = stage
                .time("marked and planted phrases", || dictionary.marks.scan(&document.prose.text, &dictionary.spam));
            let lexed = stage
                .time("quantities", || quantities::lex(&document.prose.text, &dictionary.numbers, &phrases.planted));
            let claims = stage.time("claims", || claims::read(&document, &lexed, &grammar, tables.form(), false));
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
    let words = Words::load();
    let mut random = Random(20_261_123);
    let narrative: Vec<&str> = bases.iter().flat_map(|b| b.split('。')).filter(|s| is_narrative(s)).collect();
    (0..REPORTS)
        .map(|i| {
            let base = thin_out(&bases[i % bases.len()], &narrative, &mut random);
            vary(&base, jieba, &words, &mut random)
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

/// The segmenter's words by their length in characters, with the sums of their frequencies so far.
struct Words([Vec<(u64, String)>; 4]);

impl Words {
    /// Reads the dictionary that comes with the segmenter's source, where cargo keeps it.
    fn load() -> Words {
        let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
        let home = home.or_else(|| std::env::var_os("HOME").map(|h| Path::new(&h).join(".cargo")));
        let sources = home.expect("CARGO_HOME or HOME is set").join("registry/src");
        let folders = std::fs::read_dir(&sources).into_iter().flatten().flatten();
        let packages = folders.flat_map(|registry| std::fs::read_dir(registry.path()).into_iter().flatten().flatten());
        let dictionary = packages
            .filter(|p| p.file_name().to_string_lossy().starts_with("jieba-rs-"))
            .map(|p| p.path().join("src/data/dict.txt"))
            .filter(|p| p.is_file())
            .max()
            .expect("the source of jieba-rs is in cargo's registry, as it is after a build");
        let mut words = Words(Default::default());
        for line in std::fs::read_to_string(dictionary).expect("a dictionary").lines() {
            let mut fields = line.split(' ');
            let (Some(word), Some(frequency)) = (fields.next(), fields.next()) else { continue };
            if let Some(list) = words.0.get_mut(word.chars().count() - 1).filter(|_| is_chinese(word)) {
                let before = list.last().map_or(0, |(sum, _)| *sum);
                list.push((before + frequency.parse::<u64>().expect("a frequency"), word.to_string()));
            }
        }
        words
    }

    /// A word of so many characters, commoner ones more often.
    fn draw(&self, characters: usize, random: &mut Random) -> Option<&str> {
        let list = self.0.get(characters.checked_sub(1)?)?;
        let at = random.below(list.last()?.0 as usize) as u64;
        list.get(list.partition_point(|(sum, _)| *sum <= at)).map(|(_, word)| word.as_str())
    }
}

fn is_chinese(word: &str) -> bool {
    word.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

/// Changes the digits of the prose and replaces words that are not the form's by words of equal length, so that
/// about half of the prose is replaced. Numbers of cases and shares stay: a corpus of which every third claim is
/// wrong is like none that is published.
fn vary(base: &str, jieba: &Jieba, words: &Words, random: &mut Random) -> String {
    let lexicon = &Dictionary::built_in().lexicon;
    let mut out = String::with_capacity(base.len());
    for line in base.split_inclusive('\n') {
        if line.contains('|') || line.chars().count() < 40 {
            out.push_str(line);
            continue;
        }
        for token in jieba.cut(line, false) {
            let word = token.word;
            let is_claim = line[token.byte_end..].starts_with(['件', '%', '％', '宗', '起', '.']);
            if word.bytes().all(|b| b.is_ascii_digit()) && word.len() < 4 && !is_claim {
                out.extend(word.bytes().map(|_| char::from(b'1' + random.below(9) as u8)));
                continue;
            }
            let is_replaced = is_chinese(word) && lexicon.class(word).is_none() && random.below(100) < REPLACED;
            let other = is_replaced.then(|| words.draw(word.chars().count(), random)).flatten();
            out.push_str(other.unwrap_or(word));
        }
    }
    out
}
