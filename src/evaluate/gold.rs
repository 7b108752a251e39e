//! Gold: what is true of reports, written by hand or recorded when an error was planted. `docs/gold.md` explains it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// A claim with what it is about and the verdicts that are right.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct GoldClaim {
    /// The report's id.
    pub report: String,
    /// Words of the report that hold the claim; `…` stands for a gap.
    pub quote: String,
    /// The formula it is about; empty if no cell or other number speaks of it.
    #[serde(default)]
    pub subject: String,
    /// Other formulas that are right as well.
    #[serde(default, rename = "or", skip_serializing_if = "Vec::is_empty")]
    pub alternatives: Vec<String>,
    /// Every verdict that is right.
    pub accept: Vec<String>,
    /// The number as printed; empty or words for a claim in words.
    #[serde(default)]
    pub stated: serde_json::Value,
    /// The value of the subject in the tables, for people.
    #[serde(default)]
    pub table: serde_json::Value,
    /// Why, for people.
    #[serde(default)]
    pub note: String,
    /// The planted error, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub planted: Option<Planted>,
}

/// An error planted by `gouji mutate`. Positions are characters of the changed file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Planted {
    /// The class of error, such as `count-plus-one`.
    pub class: String,
    /// The id of the report that it was planted in.
    pub of: String,
    /// Where it stands.
    pub start: u32,
    /// One past its last character.
    pub end: u32,
    /// What stood there.
    pub old: String,
    /// What stands there now.
    pub new: String,
    /// `contradicted`: a claim is wrong; `relation`: a relation of the tables is broken.
    pub expected: String,
    /// The words can mean nothing but the number that was changed.
    pub is_firm: bool,
    /// Other places that speak of the changed number.
    #[serde(default)]
    pub places: Vec<(u32, u32)>,
    /// The cells that were changed, with the groups they belong to; empty for an error in the prose.
    #[serde(default)]
    pub cells: Vec<String>,
    /// What the report was accused of before: a rule's code, or nothing for a claim, with its place.
    #[serde(default)]
    pub before: Vec<(String, u32, u32)>,
}

/// A finding that a report deserves.
#[derive(Debug, Clone, Deserialize)]
pub struct GoldFinding {
    /// The rule.
    pub code: String,
    /// `error` or `warning`.
    pub severity: String,
    /// Words of the report.
    #[serde(default)]
    pub quote: String,
}

/// Everything known of some reports.
#[derive(Debug, Default)]
pub struct Gold {
    /// Claims, planted errors among them.
    pub claims: Vec<GoldClaim>,
    /// Report, cell, value; none for a printed blank.
    pub cells: BTreeMap<String, BTreeMap<String, Option<f64>>>,
    /// The errors and warnings of each report of which all are known.
    pub findings: BTreeMap<String, Vec<GoldFinding>>,
}

/// What is wrong with gold or results.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EvaluateError {
    /// A file or folder that cannot be read.
    #[error("{path}")]
    Read {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A JSON file that is neither a list of claims nor a map of cells.
    #[error("{path}")]
    Json {
        /// Which.
        path: PathBuf,
        /// Why.
        source: serde_json::Error,
    },
    /// A TOML file that is no gold of a report.
    #[error("{path}")]
    Toml {
        /// Which.
        path: PathBuf,
        /// Why.
        source: Box<toml::de::Error>,
    },
    /// A result file that does not have the columns of the contract.
    #[error("{path}")]
    Csv {
        /// Which.
        path: PathBuf,
        /// Why.
        source: csv::Error,
    },
    /// Neither `.json` nor `.toml` there.
    #[error("{path}: no .json or .toml gold")]
    Nothing {
        /// The folder.
        path: PathBuf,
    },
    /// A report that is no file of its own (a member of an archive, a row, several pieces), and whose text was not kept.
    #[error("{path}: the text was not kept")]
    NotKept {
        /// Where it lay.
        path: PathBuf,
    },
    /// A report's file that is not what was audited.
    #[error("{path}: the report was changed after the audit")]
    Changed {
        /// The report.
        path: PathBuf,
    },
}

/// One report's gold in TOML, as `corpus/gold` has it; its head is checked by the tests of the corpus.
#[derive(Deserialize)]
struct TomlGold {
    report: String,
    #[serde(default)]
    cells: BTreeMap<String, toml::Value>,
    #[serde(default)]
    claim: Vec<TomlClaim>,
    #[serde(default)]
    finding: Vec<GoldFinding>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TomlClaim {
    quote: String,
    text: String,
    subject: String,
    accept: Vec<Accepted>,
}

/// The verdicts of `claims.csv`: results are read as files, whatever wrote them.
const VERDICTS: [&str; 5] = ["confirmed", "compatible", "contradicted", "not_comparable", "undetermined"];

/// A verdict that is right for a claim: one of those that `claims.csv` has.
#[derive(Deserialize)]
#[serde(try_from = "String")]
struct Accepted(String);

impl TryFrom<String> for Accepted {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        if VERDICTS.contains(&text.as_str()) {
            return Ok(Accepted(text));
        }
        let known = VERDICTS.join(", ");
        Err(format!("no verdict is called {text}; the verdicts are {known}"))
    }
}

/// A JSON file is one or the other.
#[derive(Deserialize)]
#[serde(untagged)]
enum JsonGold {
    Claims(Vec<GoldClaim>),
    Cells(BTreeMap<String, BTreeMap<String, Option<f64>>>),
}

impl Gold {
    /// Reads a file, or every `.json` and `.toml` file of a folder.
    ///
    /// # Errors
    /// Nothing to read there, or a file that is no gold.
    pub fn read(path: &Path) -> Result<Gold, EvaluateError> {
        let mut gold = Gold::default();
        let files = if path.is_dir() { files_of(path)? } else { vec![path.to_path_buf()] };
        if files.is_empty() {
            return Err(EvaluateError::Nothing { path: path.to_path_buf() });
        }
        for file in files {
            gold.add(&file)?;
        }
        Ok(gold)
    }

    fn add(&mut self, path: &Path) -> Result<(), EvaluateError> {
        let at = || path.to_path_buf();
        let text = std::fs::read_to_string(path).map_err(|source| EvaluateError::Read { path: at(), source })?;
        if path.extension().is_some_and(|e| e == "toml") {
            let one: TomlGold =
                toml::from_str(&text).map_err(|source| EvaluateError::Toml { path: at(), source: Box::new(source) })?;
            self.add_toml(one);
            return Ok(());
        }
        match serde_json::from_str(&text).map_err(|source| EvaluateError::Json { path: at(), source })? {
            JsonGold::Claims(claims) => self.claims.extend(claims),
            JsonGold::Cells(cells) => cells.into_iter().for_each(|(r, c)| self.cells.entry(r).or_default().extend(c)),
        }
        Ok(())
    }

    fn add_toml(&mut self, one: TomlGold) {
        self.findings.insert(one.report.clone(), one.finding);
        let cells = one.cells.into_iter().map(|(name, value)| {
            let number = match value {
                toml::Value::Integer(n) => Some(n as f64),
                toml::Value::Float(n) => Some(n),
                _ => None,
            };
            (name, number)
        });
        self.cells.entry(one.report.clone()).or_default().extend(cells);
        self.claims.extend(one.claim.into_iter().map(|c| GoldClaim {
            report: one.report.clone(),
            quote: c.quote,
            subject: c.subject,
            accept: c.accept.into_iter().map(|verdict| verdict.0).collect(),
            stated: serde_json::Value::String(c.text),
            ..GoldClaim::default()
        }));
    }

    /// The reports of which anything is known.
    #[must_use]
    pub fn reports(&self) -> BTreeSet<&str> {
        let claims = self.claims.iter().map(|c| c.report.as_str());
        claims.chain(self.cells.keys().map(String::as_str)).chain(self.findings.keys().map(String::as_str)).collect()
    }
}

fn files_of(folder: &Path) -> Result<Vec<PathBuf>, EvaluateError> {
    let wrap = |source| EvaluateError::Read { path: folder.to_path_buf(), source };
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(wrap)? {
        let path = entry.map_err(wrap)?.path();
        if path.extension().is_some_and(|e| e == "json" || e == "toml") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

impl GoldClaim {
    /// The number that the claim states, as printed; empty for a claim in words.
    #[must_use]
    pub fn number(&self) -> String {
        let text = match &self.stated {
            serde_json::Value::String(s) => s.clone(),
            serde_json::Value::Null => String::new(),
            other => other.to_string(),
        };
        text.chars().filter(|c| !c.is_whitespace()).collect()
    }

    /// Whether a verdict is right.
    #[must_use]
    pub fn accepts(&self, verdict: &str) -> bool {
        self.accept.iter().any(|a| a == verdict)
    }
}
