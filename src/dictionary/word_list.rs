//! A list of words that a text is compared with.

use std::ops::Deref;

use serde::Deserialize;

/// Words, with a bit for each of the characters that begin and end them: most texts begin, end and go on with none of
/// those, and then no word is looked at.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "Vec<Word>")]
pub struct WordList {
    words: Vec<String>,
    firsts: Characters,
    lasts: Characters,
}

/// A word of a dictionary, which is not empty: an empty one is in every text.
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Word(pub(super) String);

impl TryFrom<String> for Word {
    type Error = &'static str;

    fn try_from(word: String) -> Result<Self, Self::Error> {
        if word.is_empty() { Err(EMPTY_WORD) } else { Ok(Word(word)) }
    }
}

/// What is wrong with an empty word.
pub(super) const EMPTY_WORD: &str = "an empty word is in every text";

impl From<Vec<Word>> for WordList {
    fn from(words: Vec<Word>) -> WordList {
        WordList::from(words.into_iter().map(|word| word.0).collect::<Vec<_>>())
    }
}

impl From<Vec<String>> for WordList {
    fn from(words: Vec<String>) -> WordList {
        let mut list = WordList::default();
        list.extend_from_slice(&words);
        list
    }
}

impl Deref for WordList {
    type Target = [String];

    fn deref(&self) -> &[String] {
        &self.words
    }
}

impl<'l> IntoIterator for &'l WordList {
    type Item = &'l String;
    type IntoIter = std::slice::Iter<'l, String>;

    fn into_iter(self) -> Self::IntoIter {
        self.words.iter()
    }
}

impl WordList {
    /// Adds words.
    pub fn extend_from_slice(&mut self, words: &[String]) {
        for word in words {
            self.firsts.add(word.chars().next());
            self.lasts.add(word.chars().next_back());
        }
        self.words.extend_from_slice(words);
    }

    /// Whether a text is one of the words.
    #[must_use]
    pub fn has(&self, text: &str) -> bool {
        self.may_end(text) && self.words.iter().any(|w| w == text)
    }

    /// Whether a text begins with one of the words.
    #[must_use]
    pub fn begin(&self, text: &str) -> bool {
        self.firsts.may_have(text.chars().next()) && self.words.iter().any(|w| text.starts_with(w.as_str()))
    }

    /// Whether a text ends with a character that may be the last of one of the words.
    #[must_use]
    pub fn may_end(&self, text: &str) -> bool {
        self.lasts.may_have(text.chars().next_back())
    }

    /// Whether a text ends with one of the words.
    #[must_use]
    pub fn end(&self, text: &str) -> bool {
        self.may_end(text) && self.words.iter().any(|w| text.ends_with(w.as_str()))
    }

    /// The bytes of the longest of the words that a text begins with; never none, so that what strips them comes to an end.
    #[must_use]
    pub fn longest_start(&self, text: &str) -> Option<usize> {
        let begins = |w: &&String| !w.is_empty() && text.starts_with(w.as_str());
        self.firsts.may_have(text.chars().next()).then(|| self.words.iter().filter(begins).map(String::len).max())?
    }

    /// The bytes of the longest of the words that a text ends with, never none.
    #[must_use]
    pub fn longest_end(&self, text: &str) -> Option<usize> {
        let ends = |w: &&String| !w.is_empty() && text.ends_with(w.as_str());
        self.may_end(text).then(|| self.words.iter().filter(ends).map(String::len).max())?
    }

    /// Whether one of the words stands in a text.
    #[must_use]
    pub fn stand_in(&self, text: &str) -> bool {
        self.found_in(text).next().is_some() || self.firsts.are_all() && self.words.iter().any(String::is_empty)
    }

    /// The words that stand in a text, with the byte at which each begins.
    pub fn found_in<'l>(&'l self, text: &'l str) -> impl Iterator<Item = (usize, &'l str)> {
        let begins = |(_, c): &(usize, char)| self.firsts.may_have(Some(*c));
        text.char_indices().filter(begins).flat_map(move |(at, _)| {
            let stands = move |word: &&String| text[at..].starts_with(word.as_str());
            self.words.iter().filter(stands).map(move |word| (at, word.as_str()))
        })
    }
}

/// A table of lists of words in a dictionary: a user's file adds to each.
macro_rules! word_lists {
    (
        $(#[$meta:meta])* pub struct $table:ident { $($(#[$doc:meta])* $name:ident,)+ }
        and { $($(#[$other_doc:meta])* $other:ident: $kind:ty,)* }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Default, serde::Deserialize)]
        #[serde(deny_unknown_fields, default)]
        pub struct $table {
            $($(#[$other_doc])* pub $other: $kind,)*
            $($(#[$doc])* pub $name: super::WordList,)+
        }

        impl $table {
            pub(super) fn extend(&mut self, more: &$table) {
                $(self.$other.extend_from_slice(&more.$other);)*
                $(self.$name.extend_from_slice(&more.$name);)+
            }
        }
    };
}
pub(super) use word_lists;

/// A bit for every hash of a character, all of them where there is no character.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Characters([u64; 4]);

impl Characters {
    fn add(&mut self, character: Option<char>) {
        match character.map(place) {
            Some((part, bit)) => self.0[part] |= bit,
            None => self.0 = [u64::MAX; 4],
        }
    }

    fn are_all(self) -> bool {
        self.0 == [u64::MAX; 4]
    }

    /// Only an empty word fits where there is no character.
    fn may_have(self, character: Option<char>) -> bool {
        match character.map(place) {
            Some((part, bit)) => self.0[part] & bit != 0,
            None => self.are_all(),
        }
    }
}

/// Where the bit of a character is: the low bits of neighbours in the table of characters differ most.
#[inline]
fn place(character: char) -> (usize, u64) {
    let code = u32::from(character);
    let hash = (code ^ code >> 8) as u8;
    (usize::from(hash >> 6), 1 << (hash & 63))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// The bits change nothing that is found.
        #[test]
        fn finds_what_the_words_alone_would(words in prop::collection::vec("[其中分别为ab]{0,3}", 0..6), text in "[其中分别为，ab]{0,8}") {
            let list = WordList::from(words.clone());
            prop_assert_eq!(list.has(&text), words.contains(&text));
            prop_assert_eq!(list.begin(&text), words.iter().any(|w| text.starts_with(w.as_str())));
            prop_assert_eq!(list.end(&text), words.iter().any(|w| text.ends_with(w.as_str())));
            let lengths = |of: &dyn Fn(&String) -> bool| words.iter().filter(|w| !w.is_empty() && of(w)).map(String::len).max();
            prop_assert_eq!(list.longest_start(&text), lengths(&|w| text.starts_with(w.as_str())));
            prop_assert_eq!(list.longest_end(&text), lengths(&|w| text.ends_with(w.as_str())));
            prop_assert_eq!(list.stand_in(&text), words.iter().any(|w| text.contains(w.as_str())));
        }
    }
}
