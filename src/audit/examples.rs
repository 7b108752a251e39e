//! Whether the patterns of a user's dictionaries read their own examples as they say.

use super::Engine;
use crate::dictionary::{DictionaryError, Pattern};
use crate::source::Source;

impl Engine<'_> {
    /// Reads the examples of the patterns in a user's files, as a text of its own each.
    ///
    /// # Errors
    /// The first that its pattern does not read, or reads though it should not.
    pub fn check_examples(&self) -> Result<(), DictionaryError> {
        for pattern in self.dictionary.patterns.all() {
            let Some(place) = &pattern.place else { continue };
            if let Some(message) = self.misread_example(pattern) {
                return Err(place.clone().error(format!("pattern.{}", pattern.id), message));
            }
        }
        Ok(())
    }

    /// What is wrong with the examples of a pattern, in a sentence.
    #[must_use]
    pub fn misread_example(&self, pattern: &Pattern) -> Option<String> {
        pattern.examples().find_map(|(text, should_match)| {
            let read = self.patterns_of(&text);
            if read.contains(&pattern.id) == should_match {
                return None;
            }
            let read = if read.is_empty() { "no pattern".to_string() } else { read.join(", ") };
            let should = if should_match { "should match" } else { "should not match" };
            Some(format!("the example {text} {should}, and is read by {read}"))
        })
    }

    /// The names of the patterns that read a text without a report around it.
    fn patterns_of(&self, text: &str) -> Vec<String> {
        let Ok(source) = Source::from_bytes(text.as_bytes().to_vec(), "example.txt") else { return Vec::new() };
        self.audit(&source, |view| view.claims.list.iter().filter_map(|claim| claim.pattern.clone()).collect())
    }
}
