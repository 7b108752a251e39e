//! Chance that is the same for the same seed, on every machine and in every order.

/// A stream of numbers for one place of one report.
#[derive(Debug, Clone)]
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64, key: &str) -> Self {
        // FNV-1a: short keys, no quality needed beyond telling them apart.
        let hash =
            key.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
        Dice(hash ^ seed.wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    /// The next number (SplitMix64).
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number under `n`, 0 if `n` is 0.
    pub(super) fn below(&mut self, n: usize) -> usize {
        if n == 0 { 0 } else { (self.next() % n as u64) as usize }
    }

    /// One of several.
    pub(super) fn pick<T: Clone>(&mut self, from: &[T]) -> Option<T> {
        from.get(self.below(from.len())).cloned()
    }
}

/// A printed number with two neighbouring digits swapped: every way that gives another number of the same length.
pub(super) fn swaps(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let digits: Vec<usize> = (0..chars.len()).filter(|i| chars[*i].is_ascii_digit()).collect();
    digits
        .windows(2)
        .filter(|pair| chars[pair[0]] != chars[pair[1]])
        .map(|pair| {
            let mut swapped = chars.clone();
            swapped.swap(pair[0], pair[1]);
            swapped.into_iter().collect::<String>()
        })
        .filter(|s| !s.starts_with('0') || s.starts_with("0."))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_numbers() {
        let of = |seed, key| {
            (0..3)
                .map({
                    let mut d = Dice::new(seed, key);
                    move |_| d.below(1000)
                })
                .collect::<Vec<_>>()
        };
        assert_eq!(of(1, "a"), of(1, "a"));
        assert_ne!(of(1, "a"), of(2, "a"));
        assert_ne!(of(1, "a"), of(1, "b"));
    }

    #[test]
    fn swapped_digits_are_other_numbers() {
        assert_eq!(swaps("12.5%"), ["21.5%", "15.2%"]);
        assert_eq!(swaps("100"), Vec::<String>::new());
        assert_eq!(swaps("77"), Vec::<String>::new());
    }
}
