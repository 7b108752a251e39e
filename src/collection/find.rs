//! Which files and collections a run reads, and under which ids.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::ops::ControlFlow;
use std::path::{Component, Path, PathBuf};

use super::budget::Budget;
use super::container::{Container, is_candidate};
use super::error::{CollectionError, InputError};
use super::item::{Content, Item, ManifestEntry, Piece};
use super::stream::{Bytes, Flow, Options, Passed, Place, Stop, Stream, short};

/// What a run reads, in order of id.
#[derive(Debug, Default)]
pub struct Inputs {
    files: Vec<Found>,
    ignored: usize,
    options: Options,
}

/// One file, or several that are one report.
#[derive(Debug)]
struct Found {
    id: String,
    what: What,
    /// For people.
    shown: String,
    name: String,
    is_named: bool,
    manifest: ManifestEntry,
}

#[derive(Debug)]
enum What {
    Report(PathBuf),
    Collection(PathBuf, Option<Container>),
    Pieces(Vec<Piece>),
    Failed(CollectionError),
}

/// A file before it has an id.
struct Candidate {
    what: What,
    path: PathBuf,
    relative: PathBuf,
    is_named: bool,
    manifest: ManifestEntry,
}

/// Finds the files under some paths. A named file is always read; in a folder what may be a report or a collection of
/// them is.
///
/// # Errors
/// A path that does not exist, a broken manifest, or a named dump without a column of texts.
pub fn find(paths: &[PathBuf], options: Options) -> Result<Inputs, InputError> {
    let mut ignored = 0;
    let mut found = Vec::new();
    for path in paths {
        let meta = std::fs::metadata(path).map_err(|source| InputError::Path { path: path.clone(), source })?;
        if meta.is_dir() {
            let manifest = Manifest::read(path)?;
            walk(path, &manifest, &mut found, &mut ignored);
        } else {
            let relative = path.file_name().map_or_else(|| path.clone(), PathBuf::from);
            let what = if meta.is_file() { named(path) } else { What::Failed(CollectionError::NotAFile) };
            let (path, manifest) = (path.clone(), ManifestEntry::default());
            found.push(Candidate { what, path, relative, is_named: true, manifest });
        }
    }
    let mut files = name_all(found);
    files.sort_by(|a, b| a.id.cmp(&b.id));
    let inputs = Inputs { files, ignored, options };
    inputs.check_dumps()?;
    Ok(inputs)
}

impl Inputs {
    /// Whether there is nothing to read.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Files and collections; how many reports are in these is not known before they are read.
    #[must_use]
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether a collection is among them.
    #[must_use]
    pub fn has_collections(&self) -> bool {
        self.files.iter().any(|found| matches!(found.what, What::Collection(..)))
    }

    /// Pushes every item into the sink, in order. `may_be_report` looks at the bytes of a page of a crawl.
    pub fn each(&self, may_be_report: &dyn Fn(&[u8]) -> bool, sink: &mut dyn FnMut(Item) -> ControlFlow<()>) -> Passed {
        let mut stream = Stream::new(&self.options, may_be_report, sink);
        stream.passed.ignored = self.ignored;
        for found in &self.files {
            if found.push(&mut stream) == Err(Stop::Told) {
                break;
            }
        }
        stream.passed
    }

    /// A dump that a user named must have texts: better said before a run than after it.
    fn check_dumps(&self) -> Result<(), InputError> {
        for found in self.files.iter().filter(|f| f.is_named && matches!(f.what, What::Collection(..))) {
            let mut missing = None;
            let mut first = |item: Item| {
                if let Content::Failed(CollectionError::NoTextColumn { columns }) = item.content {
                    missing = Some(columns);
                }
                ControlFlow::Break(())
            };
            // Crawls and archives have no columns; their first item may be far.
            let is_dump = Container::of(&super::container::innermost(&found.name)).is_some_and(Container::is_dump);
            if is_dump {
                let mut stream = Stream::new(&self.options, &|_| true, &mut first);
                let _ = found.push(&mut stream);
            }
            if let Some(columns) = missing {
                return Err(InputError::NoTextColumn { path: found.shown.clone(), columns: columns.join(", ") });
            }
        }
        Ok(())
    }
}

impl Found {
    fn push(&self, stream: &mut Stream<'_>) -> Flow {
        let place = self.place();
        let content = match &self.what {
            What::Report(path) => Content::File(path.clone()),
            What::Pieces(pieces) => Content::Pieces(pieces.clone()),
            What::Failed(error) => return stream.fail(&place, error.clone()),
            What::Collection(path, container) => return collection(stream, &place, path, *container),
        };
        stream.give(Item {
            id: place.single_id,
            path: place.shown,
            name: place.name,
            manifest: place.manifest,
            content,
            ..Item::default()
        })
    }

    fn place(&self) -> Place {
        Place {
            id: self.id.clone(),
            single_id: self.id.clone(),
            shown: self.shown.clone(),
            name: self.name.clone(),
            depth: 1,
            is_named: self.is_named,
            manifest: self.manifest.clone(),
        }
    }
}

/// Opens a collection. A limit that ends it ends nothing else.
fn collection(stream: &mut Stream<'_>, place: &Place, path: &Path, container: Option<Container>) -> Flow {
    let opened = File::open(path).and_then(|file| Ok((file.metadata()?.len(), file)));
    let (length, file) = match opened {
        Ok(opened) => opened,
        Err(error) => return stream.fail(place, CollectionError::NotOpened(error.to_string())),
    };
    stream.budget = Budget::new(length, &stream.options.limits);
    let flow = match container {
        Some(container) => stream.collection_of(container, place, Bytes::File(file)),
        None => stream.collection(place, Bytes::File(file)),
    };
    match flow {
        Err(Stop::Outermost) => Ok(()),
        other => other,
    }
}

/// What a file named by a user is: its name says, or else its first bytes.
fn named(path: &Path) -> What {
    let name = path.to_string_lossy();
    if Container::of(&name).is_some() {
        return What::Collection(path.to_path_buf(), None);
    }
    let mut head = [0; 8];
    let read = File::open(path).and_then(|mut file| file.read(&mut head)).unwrap_or_default();
    match Container::sniff(&head[..read]) {
        Some(container) => What::Collection(path.to_path_buf(), Some(container)),
        None => What::Report(path.to_path_buf()),
    }
}

/// A `manifest.csv`, in its order.
#[derive(Debug, Default)]
struct Manifest {
    entries: Vec<ManifestEntry>,
    by_path: BTreeMap<PathBuf, usize>,
}

impl Manifest {
    fn read(folder: &Path) -> Result<Manifest, InputError> {
        let path = folder.join("manifest.csv");
        let mut manifest = Manifest::default();
        let bytes = match std::fs::read(&path) {
            Ok(bytes) => bytes,
            Err(source) if source.kind() == std::io::ErrorKind::NotFound => return Ok(manifest),
            Err(source) => return Err(InputError::Path { path, source }),
        };
        // Spreadsheets write GB18030 where that is the system's encoding.
        let text = match std::str::from_utf8(&bytes) {
            Ok(text) => text.into(),
            Err(_) => encoding_rs::GB18030.decode(&bytes).0,
        };
        let mut reader =
            csv::ReaderBuilder::new().flexible(true).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        for row in reader.deserialize::<ManifestEntry>() {
            let entry = row.map_err(|source| InputError::Manifest { path: path.clone(), source })?;
            // `./a.html` and `pages\a.html` are ways to write the same paths.
            let relative = entry.path.trim().replace('\\', "/");
            let relative: PathBuf = Path::new(&relative).components().filter(|c| *c != Component::CurDir).collect();
            manifest.by_path.insert(relative, manifest.entries.len());
            manifest.entries.push(entry);
        }
        Ok(manifest)
    }

    fn of(&self, relative: &Path) -> Option<usize> {
        self.by_path.get(relative).copied()
    }
}

fn walk(folder: &Path, manifest: &Manifest, found: &mut Vec<Candidate>, ignored: &mut usize) {
    let root = folder.canonicalize().unwrap_or_else(|_| folder.to_path_buf());
    let mut links_out = Vec::new();
    let mut pieces: BTreeMap<&str, Vec<(usize, PathBuf)>> = BTreeMap::new();
    let entries = walkdir::WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter();
    let is_walked = |entry: &walkdir::DirEntry| {
        if entry.depth() == 0 {
            return true;
        }
        if entry.file_name().to_string_lossy().starts_with('.') {
            return false;
        }
        let leads_out =
            entry.path_is_symlink() && entry.path().canonicalize().is_ok_and(|target| !target.starts_with(&root));
        if leads_out {
            links_out.push((entry.path().to_path_buf(), entry.file_type().is_dir()));
        }
        !leads_out
    };
    let relative_to = |path: &Path| path.strip_prefix(folder).unwrap_or(path).to_path_buf();
    for entry in entries.filter_entry(is_walked) {
        let (path, is_file) = match entry {
            Ok(entry) if entry.file_type().is_dir() => continue,
            Ok(entry) => (entry.path().to_path_buf(), entry.file_type().is_file()),
            // A folder or a link that cannot be followed is reported like a file that cannot be read.
            Err(error) => {
                if let Some(path) = error.path().map(Path::to_path_buf) {
                    let why = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
                    let (relative, what) = (relative_to(&path), What::Failed(CollectionError::NotOpened(why)));
                    let manifest = ManifestEntry::default();
                    found.push(Candidate { what, path, relative, is_named: false, manifest });
                }
                continue;
            }
        };
        let relative = relative_to(&path);
        let listed = manifest.of(&relative);
        // Pipes and devices are never opened.
        if !is_file || listed.is_none() && !is_candidate(&relative.to_string_lossy()) {
            *ignored += 1;
            continue;
        }
        if let Some(row) = listed.filter(|row| !manifest.entries[*row].id.is_empty()) {
            pieces.entry(&manifest.entries[row].id).or_default().push((row, path));
            continue;
        }
        let what = what(path.clone());
        let manifest = listed.map(|row| manifest.entries[row].clone()).unwrap_or_default();
        found.push(Candidate { what, path, relative, is_named: false, manifest });
    }
    for (relative, row) in &manifest.by_path {
        let is_empty = relative.as_os_str().is_empty();
        if is_empty || folder.join(relative).symlink_metadata().is_ok() {
            continue;
        }
        let why = std::io::Error::from(std::io::ErrorKind::NotFound).to_string();
        let (path, what) = (folder.join(relative), What::Failed(CollectionError::NotOpened(why)));
        let (relative, manifest) = (relative.clone(), manifest.entries[*row].clone());
        found.push(Candidate { what, path, relative, is_named: false, manifest });
    }
    for mut of_one in pieces.into_values() {
        of_one.sort();
        found.push(listed(of_one, manifest));
    }
    for (path, is_folder) in links_out {
        let relative = relative_to(&path);
        if !is_folder && !is_candidate(&relative.to_string_lossy()) {
            *ignored += 1;
            continue;
        }
        let (what, manifest) = (What::Failed(CollectionError::LinkOut), ManifestEntry::default());
        found.push(Candidate { what, path, relative, is_named: false, manifest });
    }
}

fn what(path: PathBuf) -> What {
    if Container::of(&path.to_string_lossy()).is_some() { What::Collection(path, None) } else { What::Report(path) }
}

/// A report that a manifest names: a file, or several rows with one id, joined in the order of the rows.
fn listed(files: Vec<(usize, PathBuf)>, manifest: &Manifest) -> Candidate {
    let mut entry = ManifestEntry::default();
    let mut pieces = Vec::new();
    for (row, path) in &files {
        let of_row = &manifest.entries[*row];
        // The first row that says something stands for all.
        let fill = |field: &mut String, value: &str| {
            if field.is_empty() {
                *field = value.to_string();
            }
        };
        fill(&mut entry.id, &of_row.id);
        fill(&mut entry.path, &of_row.path);
        fill(&mut entry.organ, &of_row.organ);
        fill(&mut entry.region_code, &of_row.region_code);
        fill(&mut entry.level, &of_row.level);
        pieces.push(Piece { path: path.clone(), name: of_row.path.clone() });
    }
    let path = files.into_iter().next().map(|(_, path)| path).unwrap_or_default();
    let relative = PathBuf::from(&entry.path);
    let what = if pieces.len() == 1 { what(path.clone()) } else { What::Pieces(pieces) };
    Candidate { what, path, relative, is_named: false, manifest: entry }
}

/// Ids: the relative path without extension, with it where two files would share one. A collection keeps its
/// extension, so that what is in `a.zip` and what is in the folder `a` are told apart.
fn name_all(found: Vec<Candidate>) -> Vec<Found> {
    let as_id =
        |p: &Path| p.components().map(|c| c.as_os_str().to_string_lossy().into_owned()).collect::<Vec<_>>().join("/");
    let short = |candidate: &Candidate| {
        if !candidate.manifest.id.is_empty() {
            return candidate.manifest.id.clone();
        }
        let whole = as_id(&candidate.relative);
        match super::container::single(&whole) {
            Some(_) => short(&whole),
            None => whole,
        }
    };
    let mut shared: BTreeMap<String, usize> = BTreeMap::new();
    for candidate in &found {
        *shared.entry(short(candidate)).or_default() += 1;
    }
    let mut used: BTreeMap<String, usize> = BTreeMap::new();
    let mut all = Vec::with_capacity(found.len());
    for candidate in found {
        let mut id = short(&candidate);
        if shared.get(&id).is_some_and(|n| *n > 1) {
            id = as_id(&candidate.relative);
        }
        // The same relative path under two folders: the whole path tells them apart.
        let times = used.entry(id.clone()).or_default();
        *times += 1;
        if *times > 1 {
            id = as_id(&candidate.path);
        }
        let shown = match &candidate.what {
            What::Pieces(pieces) => pieces.iter().map(|p| p.path.to_string_lossy()).collect::<Vec<_>>().join(";"),
            _ => candidate.path.to_string_lossy().into_owned(),
        };
        let name = candidate.path.to_string_lossy().into_owned();
        let Candidate { what, is_named, manifest, .. } = candidate;
        all.push(Found { id, what, shown, name, is_named, manifest });
    }
    all
}
