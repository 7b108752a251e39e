//! Words that tell an annual report from what is published beside it.

use std::borrow::Cow;

use daachorse::{DoubleArrayAhoCorasick, DoubleArrayAhoCorasickBuilder};
use encoding_rs::GB18030;
use serde::Deserialize;

use super::DictionaryError;
use super::files::{File, Mode};

/// The words, and the search for the pages that are worth looking at.
pub struct Kinds {
    search: Option<DoubleArrayAhoCorasick<u8>>,
    report: ReportWords,
    kinds: Vec<Kind>,
    topics: Vec<PageTopic>,
}

/// What names a report.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct ReportWords {
    mentions: Vec<String>,
    names: Vec<String>,
    titles: Vec<String>,
}

/// A kind of page that is no report.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kind {
    /// Its name in the summary.
    pub name: String,
    /// Whether the title alone settles it.
    #[serde(default)]
    pub always: bool,
    /// Words of its titles.
    pub titles: Vec<String>,
    /// Words that rule it out.
    #[serde(default)]
    pub unless: Vec<String>,
    /// Titles of this kind.
    pub matches: Vec<String>,
    /// Titles of reports or of other kinds.
    pub rejects: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct PageTopic {
    #[serde(rename = "name")]
    _name: String,
    words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KindsFile {
    #[serde(default, rename = "mode")]
    _mode: Mode,
    #[serde(default)]
    report: ReportWords,
    #[serde(default)]
    kind: Vec<Kind>,
    #[serde(default)]
    topic: Vec<PageTopic>,
}

impl Kind {
    fn is_of(&self, title: &str) -> bool {
        self.titles.iter().any(|word| title.contains(word.as_str()))
            && !self.unless.iter().any(|word| title.contains(word.as_str()))
    }
}

const MENTION: u8 = 1;
const NAME: u8 = 2;

impl Kinds {
    /// Whether undecoded bytes hold the words that a report must.
    #[must_use]
    pub fn may_be_report(&self, bytes: &[u8]) -> bool {
        let Some(search) = &self.search else { return true };
        let mut seen = 0;
        for found in search.find_overlapping_no_suffix_iter(bytes) {
            seen |= found.value();
            if seen == MENTION | NAME {
                return true;
            }
        }
        false
    }

    /// The kind of page that a title names, if it is one that is no report.
    #[must_use]
    pub fn of_title(&self, title: &str) -> Option<&Kind> {
        self.kinds.iter().find(|kind| kind.is_of(title))
    }

    /// Whether a line may be the title of a report.
    #[must_use]
    pub fn is_title(&self, line: &str) -> bool {
        let has = |words: &[String]| words.iter().any(|word| line.contains(word.as_str()));
        has(&self.report.mentions) && has(&self.report.titles)
    }

    /// Whether a line is the title of a report and nothing said about one: it ends in the word for it, but for what
    /// stands in brackets.
    #[must_use]
    pub fn ends_title(&self, line: &str) -> bool {
        let end = match line.rfind(['（', '(']) {
            Some(open) if line.ends_with(['）', ')']) => &line[..open],
            _ => line,
        };
        self.is_title(line) && self.report.titles.iter().any(|word| end.ends_with(word.as_str()))
    }

    /// How many of the matters of a report a text speaks of.
    #[must_use]
    pub fn topics(&self, text: &str) -> usize {
        self.topics.iter().filter(|topic| topic.words.iter().any(|word| text.contains(word.as_str()))).count()
    }

    /// The kinds, with titles that are of them and titles that are not.
    #[must_use]
    pub fn all(&self) -> &[Kind] {
        &self.kinds
    }
}

/// A word as pages of the web may hold it.
fn forms(word: &str) -> Vec<Vec<u8>> {
    let (gb, _, has_failed) = GB18030.encode(word);
    let entities = |write: &dyn Fn(char) -> String| word.chars().map(write).collect::<String>().into_bytes();
    let mut forms = vec![
        word.as_bytes().to_vec(),
        entities(&|c| format!("&#{};", c as u32)),
        entities(&|c| format!("&#x{:x};", c as u32)),
        entities(&|c| format!("&#x{:X};", c as u32)),
        entities(&|c| format!("\\u{:04x}", c as u32)),
    ];
    if let (Cow::Owned(bytes), false) = (gb, has_failed) {
        forms.push(bytes);
    }
    forms
}

pub(super) fn compile(files: &[File]) -> Result<Kinds, DictionaryError> {
    let (mut report, mut kinds, mut topics) = (ReportWords::default(), Vec::new(), Vec::new());
    for file in files {
        let content: KindsFile = file.parse()?;
        report.mentions.extend(content.report.mentions);
        report.names.extend(content.report.names);
        report.titles.extend(content.report.titles);
        kinds.extend(content.kind);
        topics.extend(content.topic);
    }
    let mut patterns = std::collections::BTreeMap::new();
    for (words, value) in [(&report.mentions, MENTION), (&report.names, NAME)] {
        for form in words.iter().flat_map(|word| forms(word)) {
            *patterns.entry(form).or_insert(0) |= value;
        }
    }
    let search = if patterns.is_empty() {
        None
    } else {
        let built = DoubleArrayAhoCorasickBuilder::new().build_with_values(patterns);
        Some(built.map_err(|e| files[0].value_error(&(0..0), "report.mentions", e.to_string()))?)
    };
    Ok(Kinds { search, report, kinds, topics })
}
