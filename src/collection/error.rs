//! What stands in the way of finding or unpacking.

use std::path::PathBuf;

use crate::source::{Limit, Limits, SourceError};

/// What stands in the way of finding the inputs at all.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum InputError {
    /// A path that does not exist or cannot be opened.
    #[error("{path}")]
    Path {
        /// The path.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A manifest that cannot be read.
    #[error("{path}")]
    Manifest {
        /// The manifest.
        path: PathBuf,
        /// Why.
        source: csv::Error,
    },
    /// A dump without a column of texts.
    #[error("{path}: no column of texts among {columns}; --text-column names it")]
    NoTextColumn {
        /// The dump.
        path: String,
        /// Its columns.
        columns: String,
    },
}

/// Why a file, a member or the rest of a collection was not read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CollectionError {
    /// It cannot be opened.
    #[error("{0}")]
    NotOpened(String),
    /// It is no file: a pipe, a device.
    #[error("not a file")]
    NotAFile,
    /// A link that leads out of the folder.
    #[error("a link that leads out of the folder")]
    LinkOut,
    /// It cannot be read beyond some place.
    #[error("damaged after {read} items: {why}")]
    Broken {
        /// What kind of collection.
        kind: &'static str,
        /// Items read before.
        read: u64,
        /// In the words of the library.
        why: String,
    },
    /// Lines of a dump that could not be read; the others were.
    #[error("{lines} lines were not read, the first is line {first}: {why}")]
    Lines {
        /// How many.
        lines: u64,
        /// The first.
        first: u64,
        /// In the words of the library, about the first.
        why: String,
    },
    /// A kind of collection that is known and not read.
    #[error("the file is a {0}")]
    Unsupported(&'static str),
    /// Parquet, in a program built without it.
    #[error("built without Parquet")]
    NoParquet,
    /// A compression inside a dump that is known and not read.
    #[error("packed with {codec}")]
    Codec {
        /// Its name.
        codec: &'static str,
    },
    /// A row of a dump whose text is empty.
    #[error("the column {column} is empty")]
    EmptyText {
        /// The column of texts.
        column: String,
    },
    /// A manifest that does not say what it should.
    #[error("the manifest does not say what it should: {0:?}")]
    Manifest(ManifestFault),
    /// A member that opens with a password only.
    #[error("encrypted")]
    Encrypted,
    /// A dump without a column of texts.
    #[error("no column of texts among {columns:?}")]
    NoTextColumn {
        /// Its columns.
        columns: Vec<String>,
    },
    /// A limit was met.
    #[error("the limit of {allowed} was met: {limit:?}")]
    Limit {
        /// Which.
        limit: Limit,
        /// What it allows: bytes, members, levels or times.
        allowed: u64,
    },
}

/// What a manifest leaves unclear.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ManifestFault {
    /// It has no column `path`, and so says nothing of any file.
    NoPath {
        /// Its columns.
        columns: Vec<String>,
    },
    /// Rows without a path.
    Empty {
        /// How many.
        rows: usize,
        /// The line of the first.
        first: u64,
    },
    /// Rows for a path that an earlier row has named.
    Twice {
        /// The first such path.
        path: String,
        /// The lines on which it stands: the one that counts, and the next.
        lines: (u64, u64),
        /// How many rows do not count.
        rows: usize,
    },
}

impl CollectionError {
    /// The limit that was met, in its unit.
    pub(super) fn limit(limit: Limit, limits: &Limits) -> Self {
        match SourceError::limit(limit, limits) {
            SourceError::Limit { limit, allowed } => CollectionError::Limit { limit, allowed },
            _ => CollectionError::Limit { limit, allowed: 0 },
        }
    }
}
