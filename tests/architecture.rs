//! The pipeline is the architecture: a stage uses only the stages before it.

#![allow(clippy::print_stdout, reason = "tests say what they measured")]

mod common;

use std::path::{Path, PathBuf};

use common::root;

/// Each module with the modules that it may use.
const LAYERS: [(&str, &[&str]); 16] = [
    ("lang", &[]),
    ("form", &[]),
    ("source", &[]),
    ("collection", &["source"]),
    ("dictionary", &["form"]),
    ("document", &["dictionary", "form", "source"]),
    ("tables", &["dictionary", "document", "form", "source"]),
    ("quantities", &["dictionary", "form"]),
    ("claims", &["dictionary", "document", "form", "quantities"]),
    ("findings", &["dictionary", "form", "source"]),
    ("rules", &["claims", "dictionary", "document", "findings", "form", "lang", "quantities", "source", "tables"]),
    (
        "output",
        &[
            "audit",
            "claims",
            "collection",
            "dictionary",
            "document",
            "findings",
            "form",
            "lang",
            "quantities",
            "rules",
            "source",
            "tables",
        ],
    ),
    (
        "audit",
        &[
            "claims",
            "collection",
            "dictionary",
            "document",
            "findings",
            "lang",
            "quantities",
            "rules",
            "source",
            "tables",
        ],
    ),
    ("evaluate", &["dictionary", "form", "lang", "source"]),
    ("mutate", &["audit", "claims", "dictionary", "evaluate", "form", "quantities", "rules", "source", "tables"]),
    (
        "cli",
        &["audit", "collection", "dictionary", "evaluate", "findings", "lang", "mutate", "output", "rules", "source"],
    ),
];

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut out = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            out.extend(files(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
    out
}

fn module_of(path: &Path, src: &Path) -> String {
    let relative = path.strip_prefix(src).expect("inside src");
    relative
        .components()
        .next()
        .map(|c| c.as_os_str().to_string_lossy().trim_end_matches(".rs").to_string())
        .unwrap_or_default()
}

#[test]
fn stages_use_only_earlier_stages() {
    let src = root().join("src");
    let mut problems = Vec::new();
    for path in files(&src) {
        let module = module_of(&path, &src);
        let Some((_, allowed)) = LAYERS.iter().find(|(name, _)| *name == module) else {
            assert!(module == "lib" || module == "main", "{module} has no place in the pipeline");
            continue;
        };
        let text = std::fs::read_to_string(&path).expect("a source file");
        for (at, _) in text.match_indices("crate::") {
            let used: String =
                text[at + "crate::".len()..].chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
            if used != module
                && !used.is_empty()
                && LAYERS.iter().any(|(name, _)| *name == used)
                && !allowed.contains(&used.as_str())
            {
                problems.push(format!("{} uses {used}", path.strip_prefix(&src).expect("inside src").display()));
            }
        }
    }
    assert!(problems.is_empty(), "{problems:#?}");
}

#[test]
fn files_stay_small() {
    let long: Vec<String> = files(&root().join("src"))
        .into_iter()
        .map(|p| (std::fs::read_to_string(&p).expect("a source file").lines().count(), p))
        .filter(|(lines, _)| *lines > 700)
        .map(|(lines, p)| format!("{} has {lines} lines", p.display()))
        .collect();
    assert!(long.is_empty(), "{long:#?}");
}
