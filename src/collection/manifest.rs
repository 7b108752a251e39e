//! `manifest.csv`: what a user says of the files in a folder.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use super::error::{InputError, ManifestFault};
use super::item::ManifestEntry;

/// Its name in its folder.
pub(super) const NAME: &str = "manifest.csv";

/// The rows, in their order.
#[derive(Debug, Default)]
pub(super) struct Manifest {
    pub(super) entries: Vec<ManifestEntry>,
    /// The row of each path, the first where several name it.
    pub(super) by_path: BTreeMap<PathBuf, usize>,
    /// What it leaves unclear.
    pub(super) faults: Vec<ManifestFault>,
}

impl Manifest {
    /// Reads that of a folder; an empty one where there is none.
    ///
    /// # Errors
    /// It cannot be opened, or is no table.
    pub(super) fn read(folder: &Path) -> Result<Manifest, InputError> {
        let path = folder.join(NAME);
        let bytes = match std::fs::read(&path) {
            Ok(bytes) => bytes,
            Err(source) if source.kind() == std::io::ErrorKind::NotFound => return Ok(Manifest::default()),
            Err(source) => return Err(InputError::Path { path, source }),
        };
        // Spreadsheets write GB18030 where that is the system's encoding.
        let text = match std::str::from_utf8(&bytes) {
            Ok(text) => text.into(),
            Err(_) => encoding_rs::GB18030.decode(&bytes).0,
        };
        Manifest::of(&text).map_err(|source| InputError::Manifest { path, source })
    }

    fn of(text: &str) -> Result<Manifest, csv::Error> {
        let mut manifest = Manifest::default();
        let mut reader =
            csv::ReaderBuilder::new().flexible(true).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let header = reader.headers()?.clone();
        if !header.iter().any(|name| name == "path") {
            let columns = header.iter().map(ToString::to_string).collect();
            manifest.faults.push(ManifestFault::NoPath { columns });
            return Ok(manifest);
        }
        let (mut lines, mut empty, mut twice) = (Vec::new(), None, None);
        for row in reader.records() {
            let row = row?;
            let line = row.position().map_or(0, csv::Position::line);
            let entry: ManifestEntry = row.deserialize(Some(&header))?;
            let relative = relative(&entry.path);
            if relative.as_os_str().is_empty() {
                // A spreadsheet ends with rows of nothing.
                if row.iter().any(|field| !field.trim().is_empty()) {
                    empty.get_or_insert((0, line)).0 += 1;
                }
                continue;
            }
            if let Some(earlier) = manifest.by_path.get(&relative) {
                if manifest.entries[*earlier] != entry {
                    twice.get_or_insert((entry.path, (lines[*earlier], line), 0)).2 += 1;
                }
                continue;
            }
            manifest.by_path.insert(relative, manifest.entries.len());
            manifest.entries.push(entry);
            lines.push(line);
        }
        manifest.faults.extend(empty.map(|(rows, first)| ManifestFault::Empty { rows, first }));
        manifest.faults.extend(twice.map(|(path, lines, rows)| ManifestFault::Twice { path, lines, rows }));
        Ok(manifest)
    }

    /// The row that names a file.
    pub(super) fn of_file(&self, relative: &Path) -> Option<usize> {
        self.by_path.get(relative).copied()
    }
}

/// `./a.html` and `pages\a.html` are ways to write the same paths.
fn relative(path: &str) -> PathBuf {
    let path = path.trim().replace('\\', "/");
    Path::new(&path).components().filter(|c| *c != Component::CurDir).collect()
}
