//! Figures of an earlier run, and which of them have fallen.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::tally::Figure;

/// Points that a share of planted errors may lose when other errors were planted: a sample is not the same twice.
const SAMPLE: f64 = 1.0;

/// The figures of an earlier `evaluate --output-format json`.
#[derive(Debug, Deserialize)]
pub struct Baseline {
    figures: BTreeMap<String, Figure>,
}

/// A figure that has fallen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fall {
    /// Its name.
    pub name: String,
    /// What it was.
    pub before: Figure,
    /// What it is; nothing of nothing if it is gone.
    pub now: Figure,
}

impl Baseline {
    /// Every figure that is lower now, or gone.
    #[must_use]
    pub fn falls(&self, now: &BTreeMap<String, Figure>) -> Vec<Fall> {
        let gone = Figure::default();
        let pairs = self.figures.iter().map(|(name, before)| (name, *before, *now.get(name).unwrap_or(&gone)));
        pairs
            .filter(|(name, before, now)| has_fallen(name, *before, *now))
            .map(|(name, before, now)| Fall { name: name.clone(), before, now })
            .collect()
    }
}

fn has_fallen(name: &str, before: Figure, now: Figure) -> bool {
    let Some(was) = before.percent() else { return false };
    let Some(is) = now.percent() else { return true };
    let is_other_sample = name.starts_with("planted.") && before.of != now.of;
    is + if is_other_sample { SAMPLE } else { 1e-9 } < was
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lower_share_has_fallen_and_a_larger_sample_has_some_room() {
        let of = |count, of| Figure { count, of };
        assert!(has_fallen("claims.found", of(99, 100), of(98, 100)));
        assert!(!has_fallen("claims.found", of(99, 100), of(198, 200)));
        assert!(!has_fallen("planted.sum-part", of(99, 100), of(197, 200)));
        assert!(has_fallen("planted.sum-part", of(99, 100), of(98, 100)));
        assert!(has_fallen("planted.sum-part", of(99, 100), Figure::default()));
    }
}
