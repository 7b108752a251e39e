//! How grave a finding is.

use std::fmt;

/// How grave a finding is; errors come first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, clap::ValueEnum)]
pub enum Severity {
    /// A contradiction provable from the report itself.
    Error,
    /// A probable defect, or one that needs context.
    Warning,
    /// An observation for researchers.
    Info,
}

impl Severity {
    /// The name in `findings.csv`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
