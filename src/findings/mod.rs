//! What a finding is: a rule, a place, both numbers, the formula and the cells, and a name that lasts.

mod severity;

use sha2::{Digest, Sha256};

pub use severity::Severity;

use crate::dictionary::hex;
use crate::form::{CellId, Formula};
use crate::source::Span;

/// One finding.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The rule's code.
    pub code: &'static str,
    /// The rule's name.
    pub name: &'static str,
    /// How grave it is.
    pub severity: Severity,
    /// One or two plain sentences in the language of the run.
    pub message: String,
    /// Where it points.
    pub span: Span,
    /// What is stated there; empty if nothing is.
    pub stated: String,
    /// What it was held against; empty if nothing.
    pub expected: String,
    /// The formula it was held against.
    pub formula: Option<Formula>,
    /// The cells involved.
    pub cells: Vec<CellId>,
    /// Other places to look at, with what stands there.
    pub related: Vec<(Span, String)>,
}

impl Finding {
    /// A name that stays the same across runs and machines for the same report content, place, rule and cells.
    #[must_use]
    pub fn fingerprint(&self, report_sha256: &str) -> String {
        let mut hasher = Sha256::new();
        hasher.update(report_sha256.as_bytes());
        hasher.update(self.code.as_bytes());
        hasher.update(self.span.start.to_le_bytes());
        hasher.update(self.span.end.to_le_bytes());
        for cell in &self.cells {
            cell.full_name_parts().into_iter().for_each(|part| hasher.update(part));
        }
        hex(&hasher.finalize()[..8])
    }
}
