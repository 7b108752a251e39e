//! Tables of sentences with their cells and the verdicts that are right: tests/cases/*.toml.

#![allow(clippy::print_stdout, reason = "tests say what they measured")]

mod common;

use std::collections::BTreeMap;

use common::{Made, audit_text, canonical, root, seen};
use gouji::findings::Severity;
use gouji::form::{CellId, Column, Generation, Row};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    #[serde(default)]
    organ: Option<String>,
    #[serde(default)]
    year: Option<i64>,
    #[serde(default)]
    form: Option<String>,
    #[serde(default)]
    cells: BTreeMap<String, toml::Value>,
    prose: String,
    #[serde(default)]
    claims: Vec<Claim>,
    #[serde(default)]
    findings: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Claim {
    text: String,
    #[serde(default)]
    subject: Option<String>,
    #[serde(default)]
    verdict: Vec<String>,
}

fn printed(value: &toml::Value) -> String {
    match value {
        toml::Value::String(s) => s.clone(),
        other => other.to_string(),
    }
}

fn problems(case: &Case) -> Vec<String> {
    let made = Made {
        organ: case.organ.clone().unwrap_or_else(|| "白榆县".to_string()),
        year: case.year.unwrap_or(2022),
        generation: if case.form.as_deref() == Some("2019") { Generation::Form2019 } else { Generation::Form2021 },
        cells: case.cells.iter().map(|(k, v)| (k.clone(), printed(v))).collect(),
        prose: case.prose.clone(),
    };
    audit_text(&made.text(), |view| {
        let list: Vec<_> = seen(view).into_iter().collect();
        let mut out = Vec::new();
        for claim in &case.claims {
            let subject = claim.subject.as_deref().map(canonical);
            let same: Vec<_> = list.iter().filter(|s| s.text == claim.text).collect();
            let fits = |s: &&&common::Seen| {
                subject.as_ref().is_none_or(|w| *w == s.subject)
                    && (claim.verdict.is_empty() || claim.verdict.iter().any(|v| v == s.verdict))
            };
            if !same.iter().any(|s| fits(&s)) {
                let got: Vec<String> = same.iter().map(|s| format!("{} {}", s.verdict, s.subject)).collect();
                out.push(format!(
                    "“{}” wanted {:?} {}, got {got:?}",
                    claim.text,
                    claim.verdict,
                    subject.unwrap_or_default()
                ));
            }
        }
        let mut codes: Vec<&str> =
            view.findings.iter().filter(|f| f.severity != Severity::Info).map(|f| f.code).collect();
        codes.sort_unstable();
        let mut wanted: Vec<&str> = case.findings.iter().map(String::as_str).collect();
        wanted.sort_unstable();
        if codes != wanted {
            out.push(format!("findings wanted {wanted:?}, got {codes:?}"));
        }
        out
    })
}

fn run(file: &str) {
    let text = std::fs::read_to_string(root().join("tests/cases").join(file)).expect("the case file");
    let cases: File = toml::from_str(&text).unwrap_or_else(|e| panic!("{file}: {e}"));
    let mut failed = 0;
    for case in &cases.case {
        let problems = problems(case);
        if !problems.is_empty() {
            failed += 1;
            println!("{} — {}", case.name, case.prose);
            problems.iter().for_each(|p| println!("    {p}"));
        }
    }
    println!("{file}: {} cases, {failed} failed", cases.case.len());
    assert_eq!(failed, 0, "{file}");
}

#[test]
fn wordings() {
    run("phrases.toml");
}

#[test]
fn wordings_met_in_real_reports() {
    run("wordings.toml");
}

#[test]
fn traps_of_the_rules() {
    run("rules_traps.toml");
}

#[test]
fn traps_that_other_tools_fell_into() {
    run("peer_traps.toml");
}

#[test]
fn traps_of_the_language() {
    run("language_traps.toml");
}

#[test]
fn damaged_texts() {
    run("damage.toml");
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TrueFile {
    report: Vec<TrueReport>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TrueReport {
    organ: String,
    year: i64,
    cells: BTreeMap<String, String>,
    sentences: Vec<String>,
}

#[test]
fn true_sentences_accuse_nobody() {
    accuse_nobody("true_prose.toml");
}

#[test]
fn parts_and_other_days_accuse_nobody() {
    accuse_nobody("true_parts.toml");
}

#[test]
fn true_shares_accuse_nobody() {
    accuse_nobody("true_shares.toml");
}

#[test]
fn true_denials_accuse_nobody() {
    accuse_nobody("true_words.toml");
}

#[test]
fn true_sentences_on_other_business_accuse_nobody() {
    accuse_nobody("true_business.toml");
}

#[test]
fn true_sentences_of_others_accuse_nobody() {
    accuse_nobody("true_belonging.toml");
}

#[test]
fn numbers_that_divide_a_cell_accuse_nobody() {
    accuse_nobody("true_divided.toml");
}

#[test]
fn true_sentences_that_join_several_things_accuse_nobody() {
    accuse_nobody("true_joined.toml");
}

#[test]
fn true_sentences_on_some_topic_unit_or_year_accuse_nobody() {
    accuse_nobody("true_leads.toml");
}

#[test]
fn words_that_leave_a_number_to_be_of_all_hide_no_error() {
    each_sentence("held.toml", &["C301"]);
}

fn accuse_nobody(name: &str) {
    each_sentence(name, &[]);
}

/// Every sentence of a file has these errors and warnings.
fn each_sentence(name: &str, wanted: &[&str]) {
    let text = std::fs::read_to_string(root().join("tests/cases").join(name)).expect("the case file");
    let file: TrueFile = toml::from_str(&text).unwrap_or_else(|e| panic!("{e}"));
    let (mut sentences, mut wrong) = (0, 0);
    for report in &file.report {
        for sentence in &report.sentences {
            let made = Made {
                organ: report.organ.clone(),
                year: report.year,
                generation: Generation::Form2021,
                cells: report.cells.clone(),
                prose: sentence.clone(),
            };
            sentences += 1;
            audit_text(&made.text(), |view| {
                let found: Vec<_> = view.findings.iter().filter(|f| f.severity != Severity::Info).collect();
                if found.iter().map(|f| f.code).ne(wanted.iter().copied()) {
                    wrong += 1;
                    println!("{sentence}");
                    found.iter().for_each(|f| println!("    {} {}", f.code, f.message));
                }
            });
        }
    }
    println!("{name}: {sentences} sentences, {wrong} wrong");
    assert_eq!(wrong, 0);
}

/// Trap 61: a blank, a zero and a mark for "does not apply" are different things.
#[test]
fn a_blank_is_no_zero() {
    let printed = ["blank", "0", "-", "/", "无", "——", "0"];
    let name = |column: &Column| CellId::new(Row::StateSecret, *column).full_name();
    let cells = Column::REQUESTS.iter().zip(printed).map(|(column, value)| (name(column), value.to_string()));
    let made = Made {
        organ: "白榆县".to_string(),
        year: 2022,
        generation: Generation::Form2021,
        cells: cells.collect(),
        prose: String::new(),
    };
    audit_text(&made.text(), |view| {
        let cell = |column: &Column| view.tables.cell(CellId::new(Row::StateSecret, *column));
        let states: Vec<&str> = Column::REQUESTS.iter().filter_map(cell).map(|c| c.state.name()).collect();
        let na = "not_applicable";
        assert_eq!(states, ["blank", "zero", na, na, na, na, "zero"]);
    });
}

/// Prose without tables, tables without prose, and a text that claims nothing: right counts, and nothing made up.
#[test]
fn what_is_not_there_makes_no_noise() {
    let made = |prose: &str| Made {
        organ: "白榆县".to_string(),
        year: 2022,
        generation: Generation::Form2021,
        cells: BTreeMap::new(),
        prose: prose.to_string(),
    };
    let counts = |text: &str| {
        audit_text(text, |view| {
            let codes = view.findings.iter().filter(|f| f.severity != Severity::Info).map(|f| f.code);
            let verdicts = seen(view).iter().filter(|s| s.verdict != "not_comparable").count();
            (view.claims.list.len(), verdicts, view.tables.found(), codes.collect::<Vec<_>>())
        })
    };
    assert_eq!(counts("全县各单位认真学习条例，公开意识有了提高。"), (0, 0, 0, vec![]), "no claims");
    assert_eq!(counts(&made("").text()), (0, 0, 3, vec![]), "tables without prose");
    let whole = made("全年收到政府信息公开申请12件，予以公开9件。").text();
    let (head, rest) = whole.split_once("第二十条第（一）项").expect("table two");
    let (_, tail) = rest.split_once("五、存在").expect("section five");
    let without =
        format!("{head}三、收到和处理政府信息公开申请情况\n四、政府信息公开行政复议、行政诉讼情况\n五、存在{tail}");
    let (claims, decided, tables, codes) = counts(&without);
    assert_eq!((claims, decided, tables), (2, 2, 0), "prose without tables");
    assert_eq!(codes, ["E201", "E301", "E401"], "what is missing is said, nobody is accused");
}
