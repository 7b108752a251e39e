//! What one report may cost. Every limit that is met is said; none ends the run.

use std::time::Duration;

/// Limits on the reading of one report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file, or of one member of a collection once unpacked.
    pub bytes: u64,
    /// Bytes of decoded text, or of the text made from a document.
    pub text: u64,
    /// Collections inside collections.
    pub depth: u32,
    /// Unpacked bytes for one packed byte, over one collection or package.
    pub ratio: u64,
    /// Members of one collection or package.
    pub members: u64,
    /// Time for one report.
    pub time: Duration,
    /// Whether another program may be started for what this one cannot read.
    pub converter: bool,
}

/// A limit by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Limit {
    /// [`Limits::bytes`].
    Bytes,
    /// [`Limits::text`].
    Text,
    /// [`Limits::depth`].
    Depth,
    /// [`Limits::ratio`].
    Ratio,
    /// [`Limits::members`].
    Members,
    /// [`Limits::time`].
    Time,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            bytes: 64_000_000,
            text: 64_000_000,
            depth: 4,
            ratio: 200,
            members: 1_000_000,
            time: Duration::from_secs(20),
            converter: true,
        }
    }
}
