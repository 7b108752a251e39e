//! A corpus generated from `corpus/reports`: numbers perturbed, half of the prose words replaced by words of equal
//! length of the segmenter's dictionary, drawn by frequency.

#![allow(dead_code, unused_imports, reason = "shared by benches, each of which uses a part")]

mod page;

use std::path::{Path, PathBuf};

use gouji::dictionary::Dictionary;
use jieba_rs::Jieba;

pub(crate) use page::page;

/// Of a hundred words that are not the form's, so many are replaced: about half of all the words of the prose.
const REPLACED: usize = 65;

/// A fixed sequence: the same corpus in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % n.max(1)
    }
}

/// So many reports, varied.
pub(crate) fn corpus(jieba: &Jieba, reports: usize) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/reports");
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).expect("corpus/reports").map(|e| e.expect("an entry").path()).collect();
    paths.retain(|p| p.extension().is_some_and(|e| e == "txt"));
    paths.sort();
    let bases: Vec<String> = paths.iter().map(|p| std::fs::read_to_string(p).expect("a report")).collect();
    let words = Words::load();
    let mut random = Random(20_261_123);
    let narrative: Vec<&str> = bases.iter().flat_map(|b| b.split('。')).filter(|s| is_narrative(s)).collect();
    (0..reports)
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
