//! `dictionaries/` as types: what the program knows about wording, read from data.
//!
//! In: the TOML files of `dictionaries/` (built in) and, if the user names a folder, files of the same names that
//! extend or replace them. Out: one [`Dictionary`], compiled once a run. Everything past this border is typed.

mod claim_words;
mod compile;
mod error;
mod expressions;
mod files;
mod firsts;
mod groups;
mod kinds;
mod labels;
mod lexicon;
mod marks;
mod matter;
mod naming;
mod older;
mod patterns;
mod phrases;
mod rule_words;
mod scan;
mod telling;
mod word_list;
mod words;

use std::path::Path;
use std::sync::OnceLock;

use sha2::{Digest, Sha256};

pub use claim_words::{ClaimWords, ShortForm};
pub use error::DictionaryError;
pub use groups::Groups;
pub use kinds::{Kind, Kinds};
pub use labels::{Headers, Labels, Sections, bare_label};
pub use lexicon::{ClassId, Lexicon, symbol};
pub use marks::{Mark, Marked, Marks};
pub use matter::Matter;
pub use naming::{Expression, Naming, OrganNames, TitleWords, Told};
pub use older::{IndicatorColumn, IndicatorExample, Older, OlderClaim};
pub use patterns::{ClaimKind, Found, Mismatch, Objects, Pattern, Patterns, Place, Reading, Topic};
pub use phrases::{PhraseSearch, Phrases, Telling};
pub use rule_words::RuleWords;
pub use telling::says;
pub use word_list::WordList;
pub use words::{Hedge, NumberWords, Spam, UnitClass};

/// All the dictionaries, compiled.
pub struct Dictionary {
    /// Section titles and page chrome.
    pub sections: Sections,
    /// Row labels.
    pub labels: Labels,
    /// Header words.
    pub headers: Headers,
    /// The forms before 2019.
    pub older: Older,
    /// Units, hedges and what is no number.
    pub numbers: NumberWords,
    /// Word classes.
    pub lexicon: Lexicon,
    /// Claim patterns.
    pub patterns: Patterns,
    /// Phrases of clone sites.
    pub spam: Spam,
    /// What rules look for.
    pub marks: Marks,
    /// The search for telling words, marks and phrases of clone sites.
    pub phrases: PhraseSearch,
    /// What tells a report from what is published beside it.
    pub kinds: Kinds,
    /// How organs and reports are named.
    pub naming: Naming,
    /// SHA-256 over all the files read, in hexadecimal.
    pub hash: String,
}

/// The built-in files: name and text.
pub const BUILT_IN: [(&str, &str); 10] = [
    ("sections.toml", include_str!("../../dictionaries/sections.toml")),
    ("rows.toml", include_str!("../../dictionaries/rows.toml")),
    ("older.toml", include_str!("../../dictionaries/older.toml")),
    ("numbers.toml", include_str!("../../dictionaries/numbers.toml")),
    ("lexicon.toml", include_str!("../../dictionaries/lexicon.toml")),
    ("claims.toml", include_str!("../../dictionaries/claims.toml")),
    ("spam.toml", include_str!("../../dictionaries/spam.toml")),
    ("marks.toml", include_str!("../../dictionaries/marks.toml")),
    ("kinds.toml", include_str!("../../dictionaries/kinds.toml")),
    ("naming.toml", include_str!("../../dictionaries/naming.toml")),
];

impl Dictionary {
    /// The built-in dictionaries, compiled once a process.
    ///
    /// # Panics
    /// Never in a released build: a test compiles them.
    #[must_use]
    pub fn built_in() -> &'static Dictionary {
        static BUILT: OnceLock<Dictionary> = OnceLock::new();
        BUILT.get_or_init(|| {
            Dictionary::compile(&files::built_in()).expect("the built-in dictionaries are compiled by a test")
        })
    }

    /// The built-in dictionaries with the files of a folder laid over them.
    ///
    /// # Errors
    /// The folder or a file cannot be read, or a file is wrong; the error names file, line and key.
    pub fn with_folder(folder: &Path) -> Result<Dictionary, DictionaryError> {
        Dictionary::compile(&files::with_folder(folder)?)
    }

    /// How many words and patterns there are.
    fn size(&self) -> (usize, usize) {
        (self.lexicon.words().len(), self.patterns.all().len())
    }

    fn compile(files: &[files::File]) -> Result<Dictionary, DictionaryError> {
        let mut hasher = Sha256::new();
        for file in files {
            hasher.update(file.origin.as_bytes());
            hasher.update(file.text.as_bytes());
        }
        let of = |name: &str| files.iter().filter(|f| f.name == name).cloned().collect::<Vec<_>>();
        let lexicon = lexicon::compile(&of("lexicon.toml"))?;
        let spam = words::compile_spam(&of("spam.toml"))?;
        let (labels, headers) = labels::compile_rows(&of("rows.toml"))?;
        let older = older::compile(&of("older.toml"))?;
        let (patterns, telling) = patterns::compile(&of("claims.toml"), &lexicon, &older)?;
        let (marks, marked) = marks::compile(&of("marks.toml"))?;
        Ok(Dictionary {
            sections: labels::compile_sections(&of("sections.toml"))?,
            labels,
            headers,
            numbers: words::compile_numbers(&of("numbers.toml"))?,
            patterns,
            older,
            marks,
            phrases: PhraseSearch::new(telling, &marked, &spam),
            kinds: kinds::compile(&of("kinds.toml"))?,
            naming: naming::compile(&of("naming.toml"))?,
            spam,
            lexicon,
            hash: hex(&hasher.finalize()),
        })
    }
}

impl std::fmt::Debug for Dictionary {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (words, patterns) = self.size();
        f.debug_struct("Dictionary")
            .field("words", &words)
            .field("patterns", &patterns)
            .field("hash", &self.hash)
            .finish_non_exhaustive()
    }
}

/// Whether one of some words passes.
#[must_use]
pub fn any(words: &[String], passes: impl Fn(&str) -> bool) -> bool {
    words.iter().any(|word| passes(word))
}

/// A text without the words that it ends with, however many.
#[must_use]
pub fn without_ends<'t>(text: &'t str, words: &[String]) -> &'t str {
    stripped(text, words, |text, word| text.strip_suffix(word))
}

/// A text without the words that it begins with, however many.
#[must_use]
pub fn without_starts<'t>(text: &'t str, words: &[String]) -> &'t str {
    stripped(text, words, |text, word| text.strip_prefix(word))
}

fn stripped<'t>(text: &'t str, words: &[String], strip: impl Fn(&'t str, &str) -> Option<&'t str>) -> &'t str {
    let mut rest = text;
    while let Some(less) = words.iter().filter(|w| !w.is_empty()).find_map(|w| strip(rest, w)) {
        rest = less;
    }
    rest
}

/// Bytes in hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from(if half < 10 { b'0' + half } else { b'a' + half - 10 });
    let mut out = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        out.extend([digit(byte >> 4), digit(byte & 0x0f)]);
    }
    out
}
