//! `gouji evaluate` and `gouji mutate` as a user meets them.

#![allow(clippy::print_stdout, reason = "tests say what they measured")]

mod common;

use std::path::Path;
use std::process::{Command, Output};

use common::root;
use serde_json::Value;

fn gouji(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_gouji")).args(args).current_dir(root()).output().expect("the command runs")
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap_or(-1)
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a path of letters")
}

fn json(args: &[&str]) -> Value {
    let output = gouji(&[args, &["--output-format", "json", "--fail-on", "never"]].concat());
    assert_eq!(code(&output), 0, "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_str(&stdout(&output)).expect("JSON")
}

fn audit(input: &str, out: &Path) {
    let output = gouji(&["audit", input, "--out", text(out), "--fail-on", "never"]);
    assert_eq!(code(&output), 0, "{}", String::from_utf8_lossy(&output.stderr));
}

const REPORT: &str = "corpus/reports/yanchi-district-2023.txt";
const CLEAN: &str = "corpus/reports/qiwu-county-2022.txt";

/// An audit of one report of the corpus, and its gold as JSON.
fn audited() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    audit(REPORT, folder.path());
    folder
}

fn gold(folder: &Path, name: &str, body: &str) -> std::path::PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, body).expect("gold");
    path
}

#[test]
fn the_corpus_against_its_gold() {
    let folder = tempfile::tempdir().expect("a folder");
    audit("corpus", folder.path());
    let all = json(&["evaluate", "corpus/gold", text(folder.path())]);
    let claims = &all["claims"]["all"];
    let share = |name: &str| claims[name].as_f64().expect(name) / claims["claims"].as_f64().expect("claims");
    assert!(share("found") > 0.98 && share("accepted") > 0.96, "{claims}");
    assert_eq!(all["claims"]["accusations"], Value::Array(Vec::new()));
    assert_eq!(all["cells"]["wrong"], Value::Array(Vec::new()));
    let [said, due] = ["said", "due"].map(|n| all["findings"]["all"][n].as_u64());
    assert_eq!(said, due);
}

#[test]
fn a_miss_is_listed_with_the_stage_that_lost_it() {
    let folder = audited();
    // In the order of the stages: a number that is not there, one that is about nothing, one about another cell.
    let claims = r#"[
      {"report": "yanchi-district-2023", "quote": "部分公开43件", "subject": "requests.partly_granted", "accept": ["confirmed"], "stated": 44},
      {"report": "yanchi-district-2023", "quote": "配图解87份", "subject": "requests.handled", "accept": ["confirmed"], "stated": 87},
      {"report": "yanchi-district-2023", "quote": "部分公开43件", "subject": "requests.granted", "accept": ["confirmed"], "stated": 43},
      {"report": "yanchi-district-2023", "quote": "予以公开127件", "subject": "requests.granted", "accept": ["contradicted"], "stated": 127}
    ]"#;
    let gold = gold(folder.path(), "claims.json", claims);
    let all = json(&["evaluate", text(&gold), text(folder.path())]);
    let stages: Vec<&str> =
        all["claims"]["misses"].as_array().expect("misses").iter().filter_map(|m| m["stage"].as_str()).collect();
    assert_eq!(stages, ["not_lexed", "not_bound", "wrong_reading"]);
    // Two contradictions of the report are not in this gold, one is.
    assert_eq!(all["claims"]["accusations"].as_array().map(Vec::len), Some(2));
    let shown = stdout(&gouji(&["evaluate", text(&gold), text(folder.path())]));
    assert!(shown.contains("未对应到表格") && shown.contains("理解有误"), "{shown}");
}

#[test]
fn cells_are_right_wrong_or_not_read() {
    let folder = audited();
    let cells = r#"{"yanchi-district-2023": {"requests.received.total": 379, "requests.granted.total": 152, "requests.received.research": null}}"#;
    let gold = gold(folder.path(), "cells.json", cells);
    let output = gouji(&["evaluate", text(&gold), text(folder.path())]);
    assert_eq!(code(&output), 1, "a cell read wrong is an error");
    let all = json(&["evaluate", text(&gold), text(folder.path())]);
    assert_eq!(all["cells"]["all"]["count"], 1);
    // One differs, and one that prints a number is said to be blank.
    assert_eq!(all["cells"]["wrong"].as_array().map(Vec::len), Some(2));
}

#[test]
fn gold_that_says_nothing_is_refused() {
    let results = audited();
    let claim =
        |rest: &str| format!("report = \"a\"\n[[claim]]\nquote = \"a\"\ntext = \"1\"\nsubject = \"\"\n{rest}\n");
    let bad = [("accept = [\"maybe\"]", "maybe"), ("accept = [\"confirmed\"]\nacept = 1", "acept")];
    for (rest, wrong) in bad {
        let gold = gold(results.path(), "bad.toml", &claim(rest));
        let output = gouji(&["evaluate", text(&gold), text(results.path())]);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(code(&output) == 2 && said.contains(wrong), "{said}");
    }
}

#[test]
fn what_cannot_be_compared_is_no_figure() {
    let folder = audited();
    let other = gold(folder.path(), "other.json", r#"{"another-2020": {"requests.received.total": 1}}"#);
    let output = gouji(&["evaluate", text(&other), text(folder.path())]);
    assert_eq!(code(&output), 2);
    assert!(String::from_utf8_lossy(&output.stderr).contains("没有共同的报告"));
    assert_eq!(code(&gouji(&["evaluate", "corpus/gold", "corpus"])), 2, "no results there");
    let broken = gold(folder.path(), "broken.json", "[{]");
    assert_eq!(code(&gouji(&["evaluate", text(&broken), text(folder.path())])), 2);
}

#[test]
fn planted_errors_are_the_same_for_the_same_seed() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    for (name, seed) in [("a", "7"), ("b", "7"), ("c", "8")] {
        let out = gouji(&["mutate", CLEAN, "--out", text(&at(name)), "--seed", seed, "--limit", "60"]);
        assert_eq!(code(&out), 0, "{}", String::from_utf8_lossy(&out.stderr));
    }
    let files = |name: &str| {
        let mut files: Vec<(std::path::PathBuf, Vec<u8>)> = walkdir::WalkDir::new(at(name))
            .into_iter()
            .filter_map(Result::ok)
            .filter(|e| e.file_type().is_file())
            .map(|e| {
                (e.path().strip_prefix(at(name)).expect("inside").to_path_buf(), std::fs::read(e.path()).expect("read"))
            })
            .collect();
        files.sort();
        files
    };
    assert_eq!(files("a").len(), 61, "60 reports and their truth");
    assert!(files("a") == files("b") && files("a") != files("c"));
    let again = gouji(&["mutate", CLEAN, "--out", text(&at("a"))]);
    assert_eq!(code(&again), 2, "a folder that is not empty is left alone");
}

#[test]
fn planted_errors_are_caught_and_nobody_else_is_accused() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    let (mutants, results) = (at("mutants"), at("results"));
    assert_eq!(code(&gouji(&["mutate", CLEAN, "--out", text(&mutants), "--limit", "150"])), 0);
    audit(text(&mutants.join("reports")), &results);
    let truth = mutants.join("truth.json");
    let all = json(&["evaluate", text(&truth), text(&results)]);
    let classes = &all["planted"]["classes"];
    for class in ["cell-changed", "cell-total", "cell-columns-swapped", "count-plus-one", "count-digits-swapped"] {
        let firm = &classes[class]["firm"];
        assert!(firm["of"].as_u64() > Some(0) && firm["count"] == firm["of"], "{class}: {firm}");
    }
    assert_eq!(all["planted"]["accusations"], Value::Array(Vec::new()));
    // Every mutant is its report with one place changed, and the truth says which.
    let original = std::fs::read_to_string(root().join(CLEAN)).expect("a report");
    let truths: Value = serde_json::from_str(&std::fs::read_to_string(&truth).expect("truth")).expect("JSON");
    for one in truths.as_array().expect("a list") {
        let planted = &one["planted"];
        let path = mutants.join("reports").join(one["report"].as_str().expect("id").to_string() + ".txt");
        let changed: Vec<char> = std::fs::read_to_string(path).expect("a mutant").chars().collect();
        let place = |name: &str| planted[name].as_u64().expect(name) as usize;
        let new: String = changed[place("start")..place("end")].iter().collect();
        assert_eq!(planted["new"], new.as_str());
        let before: String = changed[..place("start")].iter().collect();
        let after: String = changed[place("end")..].iter().collect();
        assert_eq!(before + planted["old"].as_str().expect("old") + &after, original.trim_start_matches('\u{feff}'));
    }
}

#[test]
fn a_figure_that_falls_fails_the_run() {
    let folder = audited();
    let args = ["evaluate", "corpus/gold", text(folder.path())];
    let figures = gouji(&[&args[..], &["--output-format", "figures"]].concat());
    let lower = gold(folder.path(), "figures.json", &stdout(&figures));
    let compare = |path: &Path| gouji(&[&args[..], &["--fail-on", "never", "--baseline", text(path)]].concat());
    assert_eq!(code(&compare(&lower)), 0);
    let higher = gold(folder.path(), "higher.json", r#"{"figures": {"claims.gone": {"count": 1, "of": 1}}}"#);
    let output = compare(&higher);
    assert_eq!(code(&output), 1);
    assert!(String::from_utf8_lossy(&output.stderr).contains("claims.gone"));
}

/// A ZIP archive of one stored member.
fn zip(name: &str, bytes: &[u8]) -> Vec<u8> {
    use std::io::Write;
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    writer.start_file(name, zip::write::SimpleFileOptions::default()).expect("a member");
    writer.write_all(bytes).expect("memory");
    writer.finish().expect("memory").into_inner()
}

#[test]
fn reports_in_archives_and_in_pieces_are_reopened_from_their_kept_texts() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    let report = std::fs::read(root().join(REPORT)).expect("a report");
    std::fs::create_dir(at("packed")).expect("a folder");
    std::fs::write(at("packed/a.zip"), zip("yanchi-district-2023.txt", &report)).expect("a file");
    std::fs::create_dir(at("pieces")).expect("a folder");
    let cut = report.len() / 3 + report[report.len() / 3..].iter().position(|b| *b == b'\n').expect("a line end") + 1;
    std::fs::write(at("pieces/one.txt"), &report[..cut]).expect("a file");
    std::fs::write(at("pieces/two.txt"), &report[cut..]).expect("a file");
    let manifest = "id,path\nyanchi-district-2023,one.txt\nyanchi-district-2023,two.txt\n";
    std::fs::write(at("pieces/manifest.csv"), manifest).expect("a file");
    for input in ["packed", "pieces"] {
        let (bare, kept) = (at(&format!("{input}-bare")), at(&format!("{input}-kept")));
        audit(text(&at(input)), &bare);
        let output = gouji(&["--lang", "en", "evaluate", "corpus/gold", text(&bare)]);
        assert_eq!(code(&output), 2);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(said.contains("--keep-text") && said.contains("cannot be opened again"), "{said}");
        let output = gouji(&["audit", text(&at(input)), "--keep-text", "--out", text(&kept), "--fail-on", "never"]);
        assert_eq!(code(&output), 0);
        let all = json(&["evaluate", "corpus/gold", text(&kept)]);
        let claims = &all["claims"];
        assert!(claims.to_string().len() > 100, "{all}");
        let plain = audited();
        let of_file = json(&["evaluate", "corpus/gold", text(plain.path())]);
        assert_eq!(all["claims"]["total"], of_file["claims"]["total"], "{input}");
    }
}
