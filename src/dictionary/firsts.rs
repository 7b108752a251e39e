//! Characters that words begin or end with: a bit for each, so that most texts are told apart at once.

/// A set of characters. Those beyond the first plane, which no dictionary uses, all count as members.
pub(crate) struct Firsts(Box<[u64; 1024]>);

impl Firsts {
    /// Whether a character is in the set.
    #[inline]
    pub(crate) fn has(&self, c: char) -> bool {
        let code = c as usize;
        self.0.get(code / 64).is_none_or(|bits| bits >> (code % 64) & 1 != 0)
    }

    /// Whether a text begins with a character of the set.
    #[inline]
    pub(crate) fn begin(&self, text: &str) -> bool {
        text.chars().next().is_some_and(|c| self.has(c))
    }
}

impl FromIterator<char> for Firsts {
    fn from_iter<T: IntoIterator<Item = char>>(characters: T) -> Firsts {
        let mut bits = Box::new([0_u64; 1024]);
        for code in characters.into_iter().map(|c| c as usize) {
            if let Some(word) = bits.get_mut(code / 64) {
                *word |= 1 << (code % 64);
            }
        }
        Firsts(bits)
    }
}

impl Default for Firsts {
    fn default() -> Firsts {
        Firsts::from_iter([])
    }
}

impl std::fmt::Debug for Firsts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let count: u32 = self.0.iter().map(|bits| bits.count_ones()).sum();
        f.debug_tuple("Firsts").field(&count).finish()
    }
}
