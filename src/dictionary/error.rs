//! What can be wrong with a dictionary.

use std::path::PathBuf;

/// A dictionary that cannot be used; names file, line and key.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DictionaryError {
    /// The folder or a file in it cannot be read.
    #[error("cannot read the dictionary {path}")]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A file whose name is none of the dictionaries'.
    #[error("{path}: no dictionary has this name; the names are {known}")]
    UnknownFile {
        /// The file.
        path: PathBuf,
        /// The names there are.
        known: String,
    },
    /// Not TOML, an unknown key, or a value of the wrong type.
    #[error("{origin}, line {line}: {message}")]
    Syntax {
        /// The file.
        origin: String,
        /// The line, from 1.
        line: usize,
        /// What the reader of TOML says.
        message: String,
    },
    /// A value that means nothing.
    #[error("{origin}, line {line}, key {key}: {message}")]
    Value {
        /// The file.
        origin: String,
        /// The line, from 1.
        line: usize,
        /// The entry and its key.
        key: String,
        /// What is wrong with it.
        message: String,
    },
}
