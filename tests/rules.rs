//! Every rule's page: its shape, and its examples run through the audit.

#![allow(clippy::print_stdout, reason = "tests say what they measured")]

mod common;

use std::collections::BTreeMap;

use common::{Made, audit_text, root};
use gouji::findings::Severity;
use gouji::form::Generation;
use gouji::lang::Lang;
use gouji::rules::{RULES, page_part};

/// A fenced block of a page.
struct Block {
    kind: String,
    body: String,
}

fn blocks(page: &str, section: &str) -> Vec<Block> {
    let mut out = Vec::new();
    let mut in_section = false;
    let mut open: Option<Block> = None;
    for line in page.lines() {
        if let Some(rest) = line.strip_prefix("```") {
            match open.take() {
                Some(block) => out.push(block),
                None if in_section => open = Some(Block { kind: rest.trim().to_string(), body: String::new() }),
                None => {}
            }
        } else if let Some(block) = &mut open {
            block.body.push_str(line);
            block.body.push('\n');
        } else if line.starts_with("## ") {
            in_section = line.trim_end() == format!("## {section}");
        }
    }
    out
}

fn codes(blocks: &[Block]) -> (Vec<String>, Vec<String>) {
    let cells = blocks.iter().find(|b| b.kind == "cells").map_or("", |b| b.body.as_str());
    let prose = blocks.iter().find(|b| b.kind == "prose").map_or("全县政府信息公开工作有序开展。", |b| b.body.trim());
    let mut generation = Generation::Form2021;
    let mut map = BTreeMap::new();
    for line in cells.lines().filter(|l| !l.trim().is_empty()) {
        let (name, value) = line.split_once('=').unwrap_or_else(|| panic!("{line}"));
        match (name.trim(), value.trim()) {
            ("form", name) => generation = name.parse().unwrap_or_else(|()| panic!("{name}")),
            (name, value) => {
                map.insert(name.to_string(), value.to_string());
            }
        }
    }
    // The form of 2019 belongs to 2020 at the latest.
    let year = if generation == Generation::Form2019 { 2020 } else { 2022 };
    let made = Made { organ: "白榆县".to_string(), year, generation, cells: map, prose: prose.to_string() };
    let mut text = made.text();
    for line in blocks.iter().filter(|b| b.kind == "edit").flat_map(|b| b.body.lines()) {
        let (old, new) = line.split_once("=>").unwrap_or_else(|| panic!("{line}"));
        let (old, new) = (old.trim().replace("\\n", "\n"), new.trim().replace("\\n", "\n"));
        // `from … to => new` replaces all between, both included.
        if let Some((from, to)) = old.split_once('…') {
            let start = text.find(from).unwrap_or_else(|| panic!("nothing to edit: {from}"));
            let end = text[start..].find(to).unwrap_or_else(|| panic!("nothing to edit: {to}"));
            text.replace_range(start..start + end + to.len(), &new);
            continue;
        }
        assert!(text.contains(&old), "nothing to edit: {old}");
        text = text.replace(&old, &new);
    }
    audit_text(&text, |view| {
        let of = |info: bool| {
            let mut list: Vec<String> = view
                .findings
                .iter()
                .filter(|f| (f.severity == Severity::Info) == info)
                .map(|f| f.code.to_string())
                .collect();
            list.sort();
            list
        };
        (of(false), of(true))
    })
}

fn listed(blocks: &[Block], kind: &str) -> Option<Vec<String>> {
    let block = blocks.iter().find(|b| b.kind == kind)?;
    let mut list: Vec<String> = block
        .body
        .lines()
        .map(|l| l.split_whitespace().next().unwrap_or_default().to_string())
        .filter(|l| !l.is_empty())
        .collect();
    list.sort();
    Some(list)
}

#[test]
fn examples_give_what_their_page_says() {
    let mut problems = Vec::new();
    for rule in RULES {
        for section in ["Flagged", "Clean"] {
            let blocks = blocks(rule.page, section);
            if blocks.is_empty() {
                continue;
            }
            let (findings, infos) = codes(&blocks);
            if let Some(wanted) = listed(&blocks, "findings").filter(|w| *w != findings) {
                problems.push(format!("{} {section}: {findings:?}, page {wanted:?}", rule.code));
            }
            if let Some(wanted) = listed(&blocks, "infos").filter(|w| *w != infos) {
                problems.push(format!("{} {section}: infos {infos:?}, page {wanted:?}", rule.code));
            }
        }
    }
    problems.iter().for_each(|p| println!("  {p}"));
    assert!(problems.is_empty());
}

#[test]
fn the_registry_is_sorted_and_every_page_has_its_parts() {
    assert!(RULES.windows(2).all(|w| w[0].code < w[1].code));
    for rule in RULES {
        let first = rule.page.lines().next().unwrap_or_default();
        assert_eq!(first, format!("# {} {}", rule.code, rule.name));
        assert!(rule.page.contains(&format!("- severity: {}", rule.severity)), "{}", rule.code);
        for part in [
            "## 中文",
            "### 检查什么",
            "### 为什么重要",
            "### 何时不报",
            "### 依据",
            "## English",
            "### What it checks",
            "### Why it matters",
            "### Not reported when",
            "### Basis",
            "## Flagged",
            "## Clean",
        ] {
            assert!(rule.page.contains(part), "{} lacks {part}", rule.code);
        }
        assert!(
            page_part(rule.page, Lang::En).contains("### What it checks")
                && !page_part(rule.page, Lang::En).contains("### 检查什么")
        );
    }
}

#[test]
fn every_page_belongs_to_a_rule_and_the_index_names_all() {
    let folder = root().join("docs/rules");
    let index = std::fs::read_to_string(folder.join("README.md")).expect("docs/rules/README.md");
    for rule in RULES {
        assert!(index.contains(rule.code) && index.contains(rule.name), "{}", rule.code);
    }
    for entry in std::fs::read_dir(&folder).expect("docs/rules") {
        let name = entry.expect("an entry").file_name().to_string_lossy().into_owned();
        let stem = name.trim_end_matches(".md");
        assert!(name == "README.md" || name == "retired.txt" || RULES.iter().any(|r| r.code == stem), "{name}");
    }
}

/// The codes of a report whose section three or four begins with a paragraph.
fn codes_with(heading: &str, paragraph: &str, year: i64) -> Vec<String> {
    let cells = [("requests.received", "13"), ("requests.granted", "13"), ("requests.handled", "13")];
    let made = Made {
        organ: "渠溪县教育局".to_string(),
        year,
        generation: Generation::Form2021,
        cells: cells.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect(),
        prose: "全年工作平稳。".to_string(),
    };
    let text = made.text();
    let line = text.lines().find(|line| line.starts_with(heading)).expect("the heading").to_string();
    let text = text.replace(&line, &format!("{line}\n{paragraph}"));
    audit_text(&text, |view| {
        let reported = view.findings.iter().filter(|f| f.severity != Severity::Info);
        reported.map(|f| f.code.to_string()).collect()
    })
}

#[test]
fn last_years_year_over_this_years_figures_was_not_changed() {
    assert_eq!(codes_with("三、", "2022年，我局共收到政府信息公开申请13件，全部按期答复。", 2023), ["D005"]);
    assert_eq!(codes_with("四、", "2022年，我局未发生因政府信息公开引起的行政复议和行政诉讼。", 2023), ["D005"]);
}

#[test]
fn last_years_figures_are_told_on_purpose() {
    for paragraph in [
        "2022年，我局共收到政府信息公开申请11件，全部按期答复。",
        "2022年，我局共收到政府信息公开申请13件，2023年为13件。",
        "2022年以来，我局共收到政府信息公开申请13件。",
        "2023年，我局收到政府信息公开申请13件。\n2022年，我局收到政府信息公开申请13件。",
        "2022年，我局建成申请系统。本年收到政府信息公开申请13件。",
        "2022年上线的依申请公开系统运行平稳，收到申请13件，办结13件。",
        "2022年起，未发生行政复议、行政诉讼案件。",
        "2022年，收到政府信息公开申请13件。\n本年度，收到申请13件，与之持平。",
    ] {
        assert!(codes_with("三、", paragraph, 2023).is_empty(), "{paragraph}");
    }
}
