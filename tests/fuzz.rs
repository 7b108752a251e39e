//! A short random run of the fuzz targets, and every input that once broke something.
//!
//! The long run is `just fuzz TARGET SECONDS`; what it finds goes to `tests/broken/`.

#![allow(clippy::print_stdout, reason = "tests say what they measured")]

mod common;
mod fuzzing;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use common::root;

type Target = (&'static str, fn(&[u8]));

const TARGETS: [Target; 7] = [
    ("decoder", fuzzing::decoder),
    ("html", fuzzing::html),
    ("pdf", fuzzing::pdf),
    ("office", fuzzing::office),
    ("tables", fuzzing::tables),
    ("quantities", fuzzing::quantities),
    ("audit", fuzzing::audit),
];

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut out = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            out.extend(files(&path));
        } else {
            out.push(path);
        }
    }
    out.sort();
    out
}

/// The files that a target begins from: those of its kind.
fn seeds(target: &str) -> Vec<Vec<u8>> {
    let folders: &[&str] = match target {
        "pdf" => &["tests/forms/pdf"],
        "office" => &["tests/forms/office"],
        "html" => &["tests/forms/html"],
        "decoder" => &["tests/forms/text", "tests/forms/html"],
        _ => &["corpus/reports"],
    };
    let all = folders.iter().flat_map(|f| files(&root().join(f)));
    all.filter_map(|p| std::fs::read(p).ok()).filter(|b| b.len() < 600_000).collect()
}

/// Numbers that are random enough and the same in every run (xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n.max(1) as u64) as usize
    }
}

const PIECES: [&str; 14] = [
    "<table>",
    "</td>",
    "<td rowspan=99999999 colspan=0>",
    "<!--",
    "&#x110000;",
    "|",
    "\n",
    "\0",
    "三、",
    "100%",
    "１２，３４５",
    "二十万零五",
    "\u{feff}",
    "件",
];

/// One to eight changes: a bit, a piece put in, a part cut out or doubled, the end cut off.
fn changed(seed: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..=dice.below(8) {
        let at = dice.below(bytes.len().max(1)).min(bytes.len());
        let end = (at + 1 + dice.below(200)).min(bytes.len());
        match dice.below(6) {
            0 | 1 if at < bytes.len() => bytes[at] ^= 1 << dice.below(8),
            2 => drop(bytes.splice(at..at, PIECES[dice.below(PIECES.len())].bytes())),
            3 => drop(bytes.drain(at..end)),
            4 => {
                let part = bytes[at..end].to_vec();
                drop(bytes.splice(at..at, part));
            }
            5 if dice.below(8) == 0 => bytes.truncate(at),
            _ => {}
        }
    }
    bytes
}

#[test]
fn random_changes_break_nothing() {
    for (name, target) in TARGETS {
        let (seeds, mut dice, clock) = (seeds(name), Dice(0x9e37_79b9_7f4a_7c15), Instant::now());
        assert!(!seeds.is_empty(), "{name} has no seeds");
        let mut runs = 0;
        while runs < 2000 && clock.elapsed() < Duration::from_secs(2) {
            let seed = &seeds[dice.below(seeds.len())];
            target(&changed(seed, &mut dice));
            runs += 1;
        }
        println!("{name}: {runs} inputs");
    }
}

#[test]
fn what_once_broke_something_does_not_any_more() {
    for path in files(&root().join("tests/broken")) {
        let bytes = std::fs::read(&path).expect("a file");
        for (_, target) in TARGETS {
            target(&bytes);
        }
    }
}
