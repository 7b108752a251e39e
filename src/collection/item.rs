//! One thing that may be a report, wherever it came from.

use std::path::PathBuf;

use serde::Deserialize;

use super::error::CollectionError;

/// One thing that may be a report.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Item {
    /// The report's id in the outputs.
    pub id: String,
    /// Where it is, for people: `a.zip!b/c.html` is a member of an archive.
    pub path: String,
    /// A file name, which tells what the bytes do not.
    pub name: String,
    /// What a manifest says of it.
    pub manifest: ManifestEntry,
    /// Columns of the dump it came from, with their values.
    pub carried: Vec<(String, String)>,
    /// The encoding that a server declared, or in which a dump is known to be.
    pub declared: Option<String>,
    /// Whether it came from a crawl, where most pages are no reports and not meant to be.
    pub is_crawled: bool,
    /// Whether nothing but its bytes says that it may be a report; one that is none is then counted and not said.
    pub is_guess: bool,
    /// The bytes, or where to get them.
    pub content: Content,
}

/// The bytes of an item, or where to get them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// A file to read.
    File(PathBuf),
    /// Bytes in memory.
    Bytes(Vec<u8>),
    /// Several files that are one report, in order.
    Pieces(Vec<Piece>),
    /// None: it was not read.
    Failed(CollectionError),
}

/// One of several files that are one report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The file.
    pub path: PathBuf,
    /// The piece as the manifest names it.
    pub name: String,
}

impl Default for Content {
    fn default() -> Self {
        Content::Bytes(Vec::new())
    }
}

impl Content {
    /// Bytes held in memory.
    #[must_use]
    pub fn held(&self) -> usize {
        match self {
            Content::Bytes(bytes) => bytes.len(),
            Content::File(_) | Content::Pieces(_) | Content::Failed(_) => 0,
        }
    }
}

/// What a manifest may say of a report. Empty fields say nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct ManifestEntry {
    /// The id.
    pub id: String,
    /// The path, relative to the manifest.
    pub path: String,
    /// The organ's name.
    pub organ: String,
    /// 行政区划代码.
    pub region_code: String,
    /// The administrative level.
    pub level: String,
}
