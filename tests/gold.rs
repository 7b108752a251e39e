//! The corpus of this repository against its hand-written gold files.

#![allow(clippy::print_stdout, reason = "tests say what they measured")]

mod common;

use std::collections::BTreeMap;

use common::{Seen, audit_file, canonical, locate, root, seen};
use gouji::findings::Severity;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Gold {
    report: String,
    organ: String,
    #[serde(default, rename = "region_code")]
    _region_code: String,
    level: String,
    year: i16,
    generation: String,
    period: Option<[String; 2]>,
    published: Option<String>,
    #[serde(default)]
    cells: BTreeMap<String, toml::Value>,
    #[serde(default)]
    claim: Vec<Claim>,
    #[serde(default)]
    finding: Vec<Expected>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Claim {
    quote: String,
    text: String,
    subject: String,
    accept: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    code: String,
    severity: String,
    #[serde(rename = "quote")]
    _quote: String,
    #[serde(rename = "why")]
    _why: String,
}

fn golds() -> Vec<Gold> {
    let mut paths: Vec<_> = std::fs::read_dir(root().join("corpus/gold"))
        .expect("corpus/gold")
        .map(|e| e.expect("an entry").path())
        .collect();
    paths.sort();
    paths
        .iter()
        .map(|p| {
            toml::from_str(&std::fs::read_to_string(p).expect("gold"))
                .unwrap_or_else(|e| panic!("{}: {e}", p.display()))
        })
        .collect()
}

fn path_of(report: &str) -> std::path::PathBuf {
    let folder = root().join("corpus/reports");
    ["txt", "md", "html"]
        .iter()
        .map(|e| folder.join(format!("{report}.{e}")))
        .find(|p| p.exists())
        .unwrap_or_else(|| panic!("{report}: no such report"))
}

/// The claim that a gold claim means: inside its quote, with its number.
fn find<'s>(claim: &Claim, prose: &str, list: &'s [Seen]) -> Option<&'s Seen> {
    let place = locate(prose, &claim.quote)?;
    let wanted: String = claim.text.chars().filter(|c| !c.is_whitespace()).collect();
    let subject = canonical(&claim.subject);
    let inside: Vec<&Seen> = list
        .iter()
        .filter(|s| s.range.start < place.end && s.range.end > place.start)
        .filter(|s| s.text.chars().filter(|c| !c.is_whitespace()).collect::<String>() == wanted)
        .collect();
    let right = inside.iter().find(|s| s.subject == subject && claim.accept.iter().any(|a| a == s.verdict));
    right.or_else(|| inside.first()).copied()
}

#[test]
fn corpus_claims_and_findings() {
    let (mut total, mut found, mut right, mut accepted) = (0, 0, 0, 0);
    let mut wrong_findings = Vec::new();
    let mut problems = Vec::new();
    let mut accusations = Vec::new();
    for gold in golds() {
        audit_file(&path_of(&gold.report), |view| {
            let list = seen(view);
            let prose = &view.document.prose.text;
            for claim in &gold.claim {
                total += 1;
                let Some(hit) = find(claim, prose, &list) else {
                    problems.push(format!("{}: “{}” in {} not found", gold.report, claim.text, claim.quote));
                    continue;
                };
                found += 1;
                let abstains = hit.subject.is_empty()
                    && matches!(hit.verdict, "not_comparable" | "undetermined")
                    && claim.accept.iter().any(|a| a == hit.verdict);
                let is_right = canonical(&claim.subject) == hit.subject || claim.subject.is_empty() || abstains;
                let is_accepted = claim.accept.iter().any(|a| a == hit.verdict);
                right += usize::from(is_right);
                accepted += usize::from(is_accepted);
                if hit.verdict == "contradicted" && !is_accepted {
                    accusations.push(format!("{}: “{}” in {}", gold.report, claim.text, claim.quote));
                }
                if !is_right || !is_accepted {
                    problems.push(format!(
                        "{}: “{}” in {}: {} {} (gold {:?} {})",
                        gold.report, claim.text, claim.quote, hit.verdict, hit.subject, claim.accept, claim.subject
                    ));
                }
            }
            let mut got: Vec<String> = view
                .findings
                .iter()
                .filter(|f| f.severity != Severity::Info)
                .map(|f| format!("{} {}", f.code, f.severity))
                .collect();
            let mut wanted: Vec<String> = gold.finding.iter().map(|f| format!("{} {}", f.code, f.severity)).collect();
            got.sort();
            wanted.sort();
            if got != wanted {
                let messages: Vec<&str> = view.findings.iter().map(|f| f.message.as_str()).collect();
                wrong_findings.push(format!("{}: {got:?}, gold {wanted:?} {messages:#?}", gold.report));
            }
        });
    }
    problems.iter().for_each(|p| println!("  {p}"));
    wrong_findings.iter().for_each(|p| println!("  findings {p}"));
    println!(
        "gold: {total} claims, {found} found, {right} right subject, {accepted} accepted verdict, {} reports with wrong findings",
        wrong_findings.len()
    );
    let share = |n: usize| n as f64 / total as f64;
    assert!(accusations.is_empty(), "{accusations:#?}");
    assert!(wrong_findings.is_empty());
    assert!(share(found) >= 0.98 && share(right) >= 0.96 && share(accepted) >= 0.96);
}

#[test]
fn corpus_heads_and_cells() {
    let mut problems = Vec::new();
    for gold in golds() {
        audit_file(&path_of(&gold.report), |view| {
            let d = view.document;
            let date = |d: Option<jiff::civil::Date>| d.map(|d| d.to_string()).unwrap_or_default();
            let mut check = |what: &str, got: String, wanted: String| {
                if got != wanted {
                    problems.push(format!("{} {what}: {got}, gold {wanted}", gold.report));
                }
            };
            check("organ", d.organ.name.clone(), gold.organ.clone());
            check("year", d.year.map(|y| y.to_string()).unwrap_or_default(), gold.year.to_string());
            check(
                "generation",
                view.tables.generation.map(|g| g.name()).unwrap_or_default().to_string(),
                gold.generation.clone(),
            );
            check(
                "level",
                d.organ.level.map(gouji::document::Level::name).unwrap_or_default().to_string(),
                gold.level.clone(),
            );
            if let Some([start, end]) = &gold.period {
                check(
                    "period",
                    date(d.dates.period.map(|p| p.0)) + &date(d.dates.period.map(|p| p.1)),
                    start.clone() + end,
                );
            }
            if let Some(published) = &gold.published {
                check("published", date(d.dates.published), published.clone());
            }
            for (name, value) in &gold.cells {
                let wanted = match value {
                    toml::Value::String(s) => s.clone(),
                    other => other.to_string(),
                };
                let got = name
                    .parse()
                    .ok()
                    .and_then(|id| view.tables.cell(id))
                    .and_then(|c| c.value)
                    .map(|v| v.to_string())
                    .unwrap_or_default();
                let same = got == wanted
                    || got.parse::<f64>().ok().zip(wanted.parse::<f64>().ok()).is_some_and(|(a, b)| a == b);
                check(name, if same { wanted.clone() } else { got }, wanted);
            }
        });
    }
    problems.iter().for_each(|p| println!("  {p}"));
    assert!(problems.is_empty());
}
