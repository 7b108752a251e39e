//! Which files a run reads, and under which ids.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

/// A file to read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Input {
    /// The report's id in the outputs.
    pub id: String,
    /// Where it is.
    pub path: PathBuf,
    /// What a manifest says of it.
    pub manifest: ManifestEntry,
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

/// What stands in the way of finding the inputs.
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
}

/// The inputs of a run and what was passed over.
#[derive(Debug, Default)]
pub struct Inputs {
    /// The files to read, in order of id.
    pub files: Vec<Input>,
    /// Files of other kinds that were passed over.
    pub ignored: usize,
}

const READ: [&str; 6] = ["txt", "md", "markdown", "html", "htm", "shtml"];
const UNSUPPORTED: [&str; 10] = ["pdf", "doc", "docx", "wps", "rtf", "ofd", "jpg", "jpeg", "png", "tif"];
const NEVER_REPORTS: [&str; 4] = ["readme", "license", "changelog", "contributing"];

/// Finds the files under some paths. A named file is always read; in a folder only text, Markdown and HTML are
/// (documents and pictures are listed too, to be reported as not read).
///
/// # Errors
/// A path that does not exist, or a broken manifest.
pub fn find(paths: &[PathBuf]) -> Result<Inputs, InputError> {
    let mut inputs = Inputs::default();
    let mut found: Vec<(PathBuf, PathBuf, ManifestEntry)> = Vec::new();
    for path in paths {
        let meta = std::fs::metadata(path).map_err(|source| InputError::Path { path: path.clone(), source })?;
        if meta.is_dir() {
            let manifest = manifest(path)?;
            walk(path, &manifest, &mut found, &mut inputs.ignored);
        } else {
            let name = path.file_name().map_or_else(|| path.clone(), PathBuf::from);
            found.push((path.clone(), name, ManifestEntry::default()));
        }
    }
    inputs.files = name_all(found);
    inputs.files.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(inputs)
}

fn manifest(folder: &Path) -> Result<BTreeMap<PathBuf, ManifestEntry>, InputError> {
    let path = folder.join("manifest.csv");
    let Ok(text) = std::fs::read_to_string(&path) else { return Ok(BTreeMap::new()) };
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let mut entries = BTreeMap::new();
    for row in reader.deserialize::<ManifestEntry>() {
        let entry = row.map_err(|source| InputError::Manifest { path: path.clone(), source })?;
        entries.insert(PathBuf::from(&entry.path), entry);
    }
    Ok(entries)
}

fn walk(
    folder: &Path,
    manifest: &BTreeMap<PathBuf, ManifestEntry>,
    found: &mut Vec<(PathBuf, PathBuf, ManifestEntry)>,
    ignored: &mut usize,
) {
    let entries = walkdir::WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter();
    let visible = |e: &walkdir::DirEntry| e.depth() == 0 || !e.file_name().to_string_lossy().starts_with('.');
    for entry in entries.filter_entry(visible) {
        match entry {
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) => {
                let path = entry.path().to_path_buf();
                let relative = path.strip_prefix(folder).unwrap_or(&path).to_path_buf();
                let listed = manifest.get(&relative).cloned();
                if listed.is_some() || is_candidate(&relative) {
                    found.push((path, relative, listed.unwrap_or_default()));
                } else {
                    *ignored += 1;
                }
            }
            // A folder or a link that cannot be followed is reported like a file that cannot be read.
            Err(error) => {
                if let Some(path) = error.path() {
                    let relative = path.strip_prefix(folder).unwrap_or(path).to_path_buf();
                    found.push((path.to_path_buf(), relative, ManifestEntry::default()));
                }
            }
        }
    }
}

fn is_candidate(relative: &Path) -> bool {
    let lower =
        |part: Option<&std::ffi::OsStr>| part.map(|p| p.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    let (stem, extension) = (lower(relative.file_stem()), lower(relative.extension()));
    let is_known = READ.contains(&extension.as_str()) || UNSUPPORTED.contains(&extension.as_str());
    is_known && !NEVER_REPORTS.iter().any(|n| stem.starts_with(n))
}

/// Ids: the relative path without extension, with it where two files would share one.
fn name_all(found: Vec<(PathBuf, PathBuf, ManifestEntry)>) -> Vec<Input> {
    let as_id =
        |p: &Path| p.components().map(|c| c.as_os_str().to_string_lossy().into_owned()).collect::<Vec<_>>().join("/");
    let short = |relative: &Path, entry: &ManifestEntry| {
        if entry.id.is_empty() { as_id(&relative.with_extension("")) } else { entry.id.clone() }
    };
    let mut shared: BTreeMap<String, usize> = BTreeMap::new();
    for (_, relative, entry) in &found {
        *shared.entry(short(relative, entry)).or_default() += 1;
    }
    let mut used: BTreeMap<String, usize> = BTreeMap::new();
    let mut inputs = Vec::with_capacity(found.len());
    for (path, relative, manifest) in found {
        let mut id = short(&relative, &manifest);
        if shared.get(&id).is_some_and(|n| *n > 1) {
            id = as_id(&relative);
        }
        // The same relative path under two folders: the whole path tells them apart.
        let times = used.entry(id.clone()).or_default();
        *times += 1;
        if *times > 1 {
            id = as_id(&path);
        }
        inputs.push(Input { id, path, manifest });
    }
    inputs
}
