//! Phrases that rules look for.

use std::collections::BTreeMap;
use std::ops::Range;
use std::str::FromStr;

use serde::Deserialize;
use toml::Spanned;

use super::files::{File, Mode};
use super::{DictionaryError, RuleWords};

/// What a marked phrase tells; the rules that use it are named in `dictionaries/marks.toml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// 部分组成: how many parts a report says it has.
    Parts,
    /// 国务院令第492号
    Law2007,
    /// 国办公开办函〔2019〕60号
    Format2019,
    /// 国办公开办函〔2021〕30号
    Format2021,
    /// A template that nobody filled in.
    Template,
    /// A misprint.
    Typo,
    /// 三个方面：一是
    Counter,
    /// 考核、评议、责任追究
    Accountability,
    /// 统计期限
    Period,
    /// ……
    LeftOut,
}

impl Mark {
    /// All of them.
    pub(super) const ALL: [Mark; 10] = [
        Mark::Parts,
        Mark::Law2007,
        Mark::Format2019,
        Mark::Format2021,
        Mark::Template,
        Mark::Typo,
        Mark::Counter,
        Mark::Accountability,
        Mark::Period,
        Mark::LeftOut,
    ];
    const NAMES: [(&'static str, Mark); 10] = [
        ("parts", Mark::Parts),
        ("law_2007", Mark::Law2007),
        ("format_2019", Mark::Format2019),
        ("format_2021", Mark::Format2021),
        ("template", Mark::Template),
        ("typo", Mark::Typo),
        ("counter", Mark::Counter),
        ("accountability", Mark::Accountability),
        ("period", Mark::Period),
        ("left_out", Mark::LeftOut),
    ];
}

impl FromStr for Mark {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Mark::NAMES.iter().find(|(name, _)| *name == text).map(|(_, mark)| *mark).ok_or(())
    }
}

/// A marked phrase, in bytes of the prose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marked {
    /// What it tells.
    pub mark: Mark,
    /// Where it stands.
    pub range: Range<usize>,
}

/// The marks, and words that rules compare a place with.
pub struct Marks {
    examples: Vec<(Mark, Vec<String>, Vec<String>)>,
    /// Words that rules compare a place with.
    pub words: RuleWords,
}

impl Marks {
    /// Every mark with texts that hold it and texts that do not.
    #[must_use]
    pub fn examples(&self) -> &[(Mark, Vec<String>, Vec<String>)] {
        &self.examples
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MarksFile {
    #[serde(default, rename = "mode")]
    _mode: Mode,
    #[serde(default)]
    mark: Vec<MarkEntry>,
    #[serde(default)]
    words: RuleWords,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MarkEntry {
    name: Spanned<String>,
    words: Vec<String>,
    #[serde(default)]
    matches: Vec<String>,
    #[serde(default)]
    rejects: Vec<String>,
}

/// The marks, and their words in order.
pub(super) fn compile(files: &[File]) -> Result<(Marks, Vec<(String, Mark)>), DictionaryError> {
    let mut words: BTreeMap<String, Mark> = BTreeMap::new();
    let mut examples = Vec::new();
    let mut rule_words = RuleWords::default();
    for file in files {
        let content: MarksFile = file.parse()?;
        rule_words.extend(&content.words);
        for entry in content.mark {
            let name = entry.name.get_ref();
            let unknown = || file.value_error(&entry.name.span(), "mark.name", format!("no mark is called {name}"));
            let mark = Mark::from_str(name).map_err(|()| unknown())?;
            words.extend(entry.words.into_iter().map(|w| (w, mark)));
            examples.push((mark, entry.matches, entry.rejects));
        }
    }
    Ok((Marks { examples, words: rule_words }, words.into_iter().collect()))
}
