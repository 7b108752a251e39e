//! What one report may cost. Every limit that is met is said; none ends the run.

use std::path::PathBuf;
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// Limits on the reading of one report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Bytes of the file, or of one member of a collection once unpacked.
    pub bytes: u64,
    /// Bytes of decoded text, of the text that a page shows, or of the text made from a document.
    pub text: u64,
    /// Collections inside collections.
    pub depth: u32,
    /// Unpacked bytes for one packed byte, over one collection or package.
    pub ratio: u64,
    /// Members of one collection or package.
    pub members: u64,
    /// Time for one report.
    pub time: Duration,
    /// Time for the conversion of one report by another program.
    pub conversion: Duration,
    /// Bytes of memory for a reader that runs apart, beside those of the document.
    pub memory: u64,
    /// Whether another program may be started for what this one cannot read.
    pub converter: bool,
    /// The `gouji` command, to run readers of other people apart from this process; none to run them within it, where
    /// time is limited and memory is not.
    pub apart: Option<PathBuf>,
}

/// A limit by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
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
    /// [`Limits::time`] or [`Limits::conversion`].
    Time,
    /// [`Limits::memory`].
    Memory,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            bytes: 64_000_000,
            // A report of a province has less than a tenth of it.
            text: 4_000_000,
            depth: 4,
            ratio: 200,
            members: 1_000_000,
            // Real documents take 0.2 s at most, LibreOffice some seconds.
            time: Duration::from_secs(4),
            conversion: Duration::from_secs(20),
            // Real documents take less than a tenth of it.
            memory: 128_000_000,
            converter: true,
            apart: None,
        }
    }
}
