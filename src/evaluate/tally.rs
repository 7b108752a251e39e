//! Counts and the shares made of them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// So many of so many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// How many.
    pub count: usize,
    /// Of how many.
    pub of: usize,
}

impl Figure {
    /// The share as people read it: `98.3% (59/60)`, `-` of nothing.
    #[must_use]
    pub fn show(self) -> String {
        match self.percent() {
            Some(percent) => format!("{percent:.1}% ({}/{})", self.count, self.of),
            None => "-".to_string(),
        }
    }

    /// The share in percent; none of nothing.
    #[must_use]
    pub fn percent(self) -> Option<f64> {
        (self.of > 0).then(|| 100.0 * self.count as f64 / self.of as f64)
    }

    /// Whether the share is under a goal in percent.
    #[must_use]
    pub fn is_under(self, goal: f64) -> bool {
        self.percent().is_some_and(|p| p < goal)
    }
}

/// Precision, recall and F1.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Quality {
    /// Said and true.
    pub right: usize,
    /// Said.
    pub said: usize,
    /// True.
    pub due: usize,
}

impl Quality {
    /// The share of what was said that is true.
    #[must_use]
    pub fn precision(self) -> Figure {
        Figure { count: self.right, of: self.said }
    }

    /// The share of what is true that was said.
    #[must_use]
    pub fn recall(self) -> Figure {
        Figure { count: self.right, of: self.due }
    }

    /// Both in one: their harmonic mean.
    #[must_use]
    pub fn f1(self) -> Figure {
        Figure { count: 2 * self.right, of: self.said + self.due }
    }
}

/// Claims of a group and what became of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// Claims of the gold.
    pub claims: usize,
    /// A row of `claims.csv` has the number.
    pub found: usize,
    /// Found, of those that are about something.
    pub bound: usize,
    /// Held against something.
    pub decided: usize,
    /// Claims that are about something.
    pub about: usize,
    /// About what the gold says.
    pub subject: usize,
    /// With a verdict that is right.
    pub accepted: usize,
    /// Claims decided, right in subject and verdict.
    pub quality: Quality,
}

/// Coverage of every group.
pub(super) type Groups = BTreeMap<String, Coverage>;
