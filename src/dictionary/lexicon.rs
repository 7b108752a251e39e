//! Word classes: every word has one class, every class one symbol that patterns are compiled to.

use std::ops::Range;

use rustc_hash::FxHashMap;
use serde::Deserialize;
use toml::Spanned;

use super::DictionaryError;
use super::files::{File, Mode};
use super::word_list::EMPTY_WORD;

/// A class of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClassId(u16);

/// Symbols of what is no dictionary word. Classes take the private-use characters below these.
pub mod symbol {
    /// The number that is read.
    pub const SELF: char = '\u{f000}';
    /// Another number.
    pub const NUMBER: char = '\u{f001}';
    /// A word of no class.
    pub const UNKNOWN: char = '\u{f002}';
    /// 、
    pub const SEPARATOR: char = '\u{f003}';
    /// A bracket without numbers.
    pub const PAREN: char = '\u{f004}';
    /// A bracket that says partly granted requests are included.
    pub const INCLUDING_PARTLY: char = '\u{f005}';
    /// The year of the report.
    pub const YEAR_OWN: char = '\u{f006}';
    /// The year before.
    pub const YEAR_LAST: char = '\u{f007}';
    /// The year after.
    pub const YEAR_NEXT: char = '\u{f008}';
    /// Any other year.
    pub const YEAR_OTHER: char = '\u{f009}';
    /// 《…》
    pub const TITLE: char = '\u{f00a}';
    /// A word that ends like the name of an organ.
    pub const ORGAN: char = '\u{f00b}';
    /// A date, or another number that counts nothing.
    pub const DATE: char = '\u{f00c}';
    /// The names that patterns use for these.
    pub const NAMES: [(&str, char); 11] = [
        ("date", DATE),
        ("unknown", UNKNOWN),
        ("sep", SEPARATOR),
        ("paren", PAREN),
        ("incl_partly", INCLUDING_PARTLY),
        ("year_own", YEAR_OWN),
        ("year_last", YEAR_LAST),
        ("year_next", YEAR_NEXT),
        ("year_other", YEAR_OTHER),
        ("title", TITLE),
        ("organ", ORGAN),
    ];
}

const FIRST_CLASS: u32 = 0xe000;

impl ClassId {
    /// The character that stands for the class in compiled patterns.
    #[must_use]
    pub fn symbol(self) -> char {
        char::from_u32(FIRST_CLASS + u32::from(self.0)).unwrap_or(symbol::UNKNOWN)
    }
}

/// All the classes and their words.
#[derive(Debug)]
pub struct Lexicon {
    names: Vec<String>,
    words: FxHashMap<String, ClassId>,
    /// The words that hold a 、, which the segmenter does not see as one, by the character after it: the longest first.
    marked: FxHashMap<char, Vec<Around>>,
}

/// A word that holds a 、.
#[derive(Debug)]
struct Around {
    word: String,
    /// The byte of its first 、.
    mark: usize,
    class: ClassId,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LexiconFile {
    #[serde(default, rename = "mode")]
    _mode: Mode,
    #[serde(default)]
    class: Vec<ClassEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClassEntry {
    name: Spanned<String>,
    words: Vec<Spanned<String>>,
}

impl Lexicon {
    /// The class of a word.
    #[must_use]
    pub fn class(&self, word: &str) -> Option<ClassId> {
        self.words.get(word).copied()
    }

    /// The word that stands around a 、 (byte `at` of a text), the longest that `fits`: its class and its place.
    pub fn around_mark(
        &self,
        text: &str,
        at: usize,
        fits: impl Fn(&Range<usize>) -> bool,
    ) -> Option<(ClassId, Range<usize>)> {
        let next = text[at..].chars().nth(1)?;
        self.marked.get(&next)?.iter().find_map(|Around { word, mark, class }| {
            let start = at.checked_sub(*mark)?;
            let range = start..start + word.len();
            (text.get(range.clone()) == Some(word.as_str()) && fits(&range)).then_some((*class, range))
        })
    }

    /// The class of a name.
    #[must_use]
    pub fn by_name(&self, name: &str) -> Option<ClassId> {
        self.names.iter().position(|n| n == name).map(|i| ClassId(i as u16))
    }

    /// The symbol of a class name; of an unknown word when there is no such class.
    #[must_use]
    pub fn symbol_of(&self, name: &str) -> char {
        self.by_name(name).map_or(symbol::UNKNOWN, ClassId::symbol)
    }

    /// The name behind a symbol, for people.
    #[must_use]
    pub fn name_of(&self, symbol: char) -> &str {
        if let Some((name, _)) = symbol::NAMES.iter().find(|(_, s)| *s == symbol) {
            return name;
        }
        match symbol {
            symbol::SELF => "#",
            symbol::NUMBER => "N",
            other => {
                (other as u32).checked_sub(FIRST_CLASS).and_then(|i| self.names.get(i as usize)).map_or("?", |n| n)
            }
        }
    }

    /// The words of some classes, two characters or longer.
    #[must_use]
    pub fn words_of(&self, classes: &[&str]) -> Vec<String> {
        let ids: Vec<ClassId> = classes.iter().filter_map(|n| self.by_name(n)).collect();
        let words = self.words().into_iter().filter(|(w, c)| ids.contains(c) && w.chars().count() >= 2);
        words.map(|(w, _)| w.to_string()).collect()
    }

    /// Every word with its class, in the order of the alphabet.
    #[must_use]
    pub fn words(&self) -> Vec<(&str, ClassId)> {
        let mut words: Vec<_> = self.words.iter().map(|(w, c)| (w.as_str(), *c)).collect();
        words.sort_unstable();
        words
    }
}

pub(super) fn compile(files: &[File]) -> Result<Lexicon, DictionaryError> {
    let mut lexicon = Lexicon { names: Vec::new(), words: FxHashMap::default(), marked: FxHashMap::default() };
    let mut of_users: FxHashMap<String, (&File, Range<usize>)> = FxHashMap::default();
    for file in files {
        for entry in file.parse::<LexiconFile>()?.class {
            let name = entry.name.get_ref();
            let id = lexicon.by_name(name).unwrap_or_else(|| {
                lexicon.names.push(name.clone());
                ClassId((lexicon.names.len() - 1) as u16)
            });
            for word in &entry.words {
                let wrong = |message: String| file.value_error(&word.span(), format!("class.{name}.words"), message);
                let expanded = expand(word.get_ref());
                if expanded.is_empty() || word.get_ref().is_empty() {
                    return Err(wrong(EMPTY_WORD.to_string()));
                }
                if expanded.iter().any(|word| word.contains(['{', '}'])) {
                    return Err(wrong(format!("a brace of {} has no other", word.get_ref())));
                }
                for expanded in expanded {
                    if !file.is_built_in {
                        of_users.insert(expanded.clone(), (file, word.span()));
                    }
                    let before = lexicon.words.insert(expanded.clone(), id);
                    if let Some(other) = before.filter(|other| *other != id) {
                        let other = &lexicon.names[other.0 as usize];
                        let message = format!("the word {expanded} is in two classes: {name} and {other}");
                        // A user's files come first: the word that is wrong is theirs.
                        return Err(match of_users.get(&expanded) {
                            Some((own, span)) => own.value_error(span, "class.words", message),
                            None => wrong(message),
                        });
                    }
                }
            }
        }
    }
    lexicon.marked = by_mark(&lexicon.words);
    Ok(lexicon)
}

/// The words with a 、 by the character after it.
fn by_mark(words: &FxHashMap<String, ClassId>) -> FxHashMap<char, Vec<Around>> {
    let around = |(word, class): (&String, &ClassId)| {
        let mark = word.find('、')?;
        let next = word[mark..].chars().nth(1)?;
        Some((next, Around { word: word.clone(), mark, class: *class }))
    };
    let mut all: Vec<(char, Around)> = words.iter().filter_map(around).collect();
    all.sort_unstable_by(|(_, a), (_, b)| b.word.len().cmp(&a.word.len()).then_with(|| a.word.cmp(&b.word)));
    let mut marked: FxHashMap<char, Vec<Around>> = FxHashMap::default();
    for (next, word) in all {
        marked.entry(next).or_default().push(word);
    }
    marked
}

/// Spells out `{a,b}`.
fn expand(word: &str) -> Vec<String> {
    let Some((before, rest)) = word.split_once('{') else { return vec![word.to_string()] };
    let Some((choices, after)) = rest.split_once('}') else { return vec![word.to_string()] };
    choices
        .split(',')
        .flat_map(|choice| expand(&format!("{before}{choice}{after}")))
        .filter(|w| !w.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn braces_expand() {
        assert_eq!(expand("{,政府}信息公开{,申请}"), ["信息公开", "信息公开申请", "政府信息公开", "政府信息公开申请"]);
    }
}
