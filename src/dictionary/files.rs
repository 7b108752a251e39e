//! The files of a dictionary: built in, and a user's laid over them.

use std::ops::Range;
use std::path::Path;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::patterns::Place;
use super::{BUILT_IN, DictionaryError};

/// One dictionary file.
#[derive(Debug, Clone)]
pub(super) struct File {
    /// Its base name.
    pub(super) name: String,
    /// Its path for messages.
    pub(super) origin: String,
    /// Its text.
    pub(super) text: String,
    /// Whether this is a file of ours: tests compile all that it holds.
    pub(super) is_built_in: bool,
}

/// Whether a user's file adds to ours or stands instead of it.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Mode {
    #[default]
    Extend,
    Replace,
}

#[derive(Deserialize)]
struct Header {
    #[serde(default)]
    mode: Mode,
}

pub(super) fn built_in() -> Vec<File> {
    BUILT_IN
        .iter()
        .map(|(name, text)| File {
            name: (*name).to_string(),
            origin: format!("dictionaries/{name}"),
            text: (*text).to_string(),
            is_built_in: true,
        })
        .collect()
}

pub(super) fn with_folder(folder: &Path) -> Result<Vec<File>, DictionaryError> {
    let read = |path: &Path| std::fs::read_to_string(path);
    let entries = std::fs::read_dir(folder)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(|source| DictionaryError::Read { path: folder.to_path_buf(), source })?;
    let mut paths: Vec<_> = entries.iter().map(std::fs::DirEntry::path).collect();
    paths.retain(|p| p.extension().is_some_and(|e| e == "toml"));
    paths.sort();
    let mut files = built_in();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if !BUILT_IN.iter().any(|(known, _)| *known == name) {
            let known = BUILT_IN.map(|(name, _)| name).join(", ");
            return Err(DictionaryError::UnknownFile { path, known });
        }
        let text = read(&path).map_err(|source| DictionaryError::Read { path: path.clone(), source })?;
        let is_built_in = BUILT_IN.contains(&(name.as_str(), text.as_str()));
        let file = File { name, origin: path.display().to_string(), text, is_built_in };
        if file.parse::<Header>()?.mode == Mode::Replace {
            files.retain(|f| f.name != file.name);
        }
        // Later files come first where order decides: a user's pattern is tried before ours.
        files.insert(0, file);
    }
    Ok(files)
}

impl File {
    /// Reads the TOML.
    pub(super) fn parse<T: DeserializeOwned>(&self) -> Result<T, DictionaryError> {
        toml::from_str(&self.text).map_err(|error| DictionaryError::Syntax {
            origin: self.origin.clone(),
            line: error.span().map_or(1, |span| self.line(&span)),
            message: error.message().to_string(),
        })
    }

    /// The line, from 1, at which a range of bytes begins.
    fn line(&self, span: &Range<usize>) -> usize {
        self.text[..span.start.min(self.text.len())].matches('\n').count() + 1
    }

    /// Where a range of bytes begins.
    pub(super) fn place(&self, span: &Range<usize>) -> Place {
        Place { origin: self.origin.clone(), line: self.line(span) }
    }

    /// An error about a value.
    pub(super) fn value_error(
        &self,
        span: &Range<usize>,
        key: impl Into<String>,
        message: impl Into<String>,
    ) -> DictionaryError {
        self.place(span).error(key, message)
    }
}
