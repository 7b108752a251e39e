//! jieba, loaded once and only when the first clause needs it.

use std::sync::OnceLock;

use jieba_rs::Jieba;

use crate::dictionary::Lexicon;

/// How much likelier than any other reading a word of ours is.
const FREQUENCY: usize = 2_000_000;

/// The segmenter with the domain's words.
#[derive(Default)]
pub(super) struct Segmenter {
    jieba: OnceLock<Jieba>,
}

impl std::fmt::Debug for Segmenter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Segmenter").field("is_loaded", &self.jieba.get().is_some()).finish()
    }
}

impl Segmenter {
    /// One that loads when first used.
    #[must_use]
    pub(super) const fn new() -> Self {
        Segmenter { jieba: OnceLock::new() }
    }

    /// Calls `word` with the byte range of every word of a text without numbers.
    pub(super) fn cut(&self, lexicon: &Lexicon, text: &str, mut word: impl FnMut(std::ops::Range<usize>)) {
        let jieba = self.jieba.get_or_init(|| load(lexicon));
        // Without the HMM: it invents words, and the domain's are all in the dictionary.
        for token in jieba.cut(text, false) {
            word(token.byte_start..token.byte_end);
        }
    }
}

fn load(lexicon: &Lexicon) -> Jieba {
    let mut jieba = Jieba::new();
    for (word, _) in lexicon.words() {
        if word.chars().count() > 1 {
            jieba.add_word(word, Some(FREQUENCY), None);
        }
    }
    jieba
}
