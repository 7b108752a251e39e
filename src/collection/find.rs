//! Which files and collections a run reads, and under which ids.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs::File;
use std::ops::ControlFlow;
use std::path::{Component, Path, PathBuf};

use super::budget::Budget;
use super::container::{Container, is_candidate, says_nothing};
use super::error::{CollectionError, InputError};
use super::item::{Content, Item, ManifestEntry, Piece};
use super::manifest::{self, Manifest};
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
    /// The id with the extension, for a file that is a collection though its name says otherwise.
    whole: String,
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
    /// A name that says nothing, which the bytes have to say.
    Unnamed(PathBuf),
    Collection(PathBuf, Option<Container>),
    Pieces(Vec<Piece>),
    Failed(CollectionError),
}

/// A file before it has an id.
struct Candidate {
    what: What,
    path: PathBuf,
    /// The given path that it was found under.
    root: PathBuf,
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
            let root = path.parent().map(Path::to_path_buf).unwrap_or_default();
            found.push(Candidate { what, path, root, relative, is_named: true, manifest });
        }
    }
    if paths.len() > 1 {
        read_once(&mut found);
    }
    let mut files = name_all(found);
    files.sort_by(|a, b| (&a.id, &a.name).cmp(&(&b.id, &b.name)));
    let inputs = Inputs { files, ignored, options };
    inputs.check_dumps()?;
    Ok(inputs)
}

/// A file that is given twice, or is in a folder that is given too, is one report, in whatever order the paths are given:
/// that of which a manifest tells, one given by its name, or that of the outermost folder. A link is another file.
fn read_once(found: &mut Vec<Candidate>) {
    let mut seen = BTreeSet::new();
    let is_listed = |candidate: &Candidate| !candidate.manifest.path.is_empty();
    found.sort_by_key(|c| (!is_listed(c), !c.is_named, c.root.components().count()));
    found.retain(|candidate| {
        let is_file = matches!(candidate.what, What::Report(_) | What::Unnamed(_) | What::Collection(..));
        !is_file || place(&candidate.path).is_none_or(|place| seen.insert(place))
    });
}

/// Where files are.
pub struct Places(BTreeSet<(PathBuf, OsString)>);

impl Places {
    /// Whether one of the files is at a path.
    #[must_use]
    pub fn hold(&self, path: &Path) -> bool {
        place(path).is_some_and(|place| self.0.contains(&place))
    }
}

/// Where a file is, however its path is written: its folder, and its name there.
fn place(path: &Path) -> Option<(PathBuf, OsString)> {
    let folder = match path.parent()? {
        // The parent of a name alone is empty.
        parent if parent.as_os_str().is_empty() => Path::new("."),
        parent => parent,
    };
    Some((folder.canonicalize().ok()?, path.file_name()?.to_os_string()))
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

    /// Where the files are that are read, also those that make a report together.
    #[must_use]
    pub fn places(&self) -> Places {
        let paths = self.files.iter().flat_map(|found| match &found.what {
            What::Report(path) | What::Unnamed(path) | What::Collection(path, _) => vec![path.as_path()],
            What::Pieces(pieces) => pieces.iter().map(|piece| piece.path.as_path()).collect(),
            What::Failed(_) => Vec::new(),
        });
        Places(paths.filter_map(place).collect())
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
            What::Report(path) => match other_than_named(path, &place) {
                None => Content::File(path.clone()),
                Some(container) => {
                    let place = Place { id: self.whole.clone(), ..place };
                    return collection(stream, &place, path, Some(container));
                }
            },
            What::Unnamed(path) => return collection(stream, &place, path, None),
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
            is_meant: self.is_named || !self.manifest.path.is_empty(),
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

/// What a file named by a user is: its first bytes say, or else its name.
fn named(path: &Path) -> What {
    let name = path.to_string_lossy();
    match Container::told(&name, &first_bytes(path)) {
        Some(container) => What::Collection(path.to_path_buf(), Some(container)),
        None => What::Report(path.to_path_buf()),
    }
}

/// The collection that a file in a folder is though its name says otherwise: a page that a server packed, an archive
/// named as a text. Documents are left to their readers.
fn other_than_named(path: &Path, place: &Place) -> Option<Container> {
    if place.is_named { None } else { Container::other_than_named(&place.name, || first_bytes(path)) }
}

fn first_bytes(path: &Path) -> Vec<u8> {
    File::open(path).and_then(|mut file| super::stream::head(&mut file)).unwrap_or_default()
}

/// The folder of texts that an audit kept beside its results (`--keep-text`): those of reports, no reports.
fn is_kept_text(entry: &walkdir::DirEntry) -> bool {
    let beside = |name: &str| entry.path().with_file_name(name).is_file();
    entry.file_type().is_dir() && entry.file_name() == "text" && beside("run.json") && beside("findings.csv")
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
        if entry.file_name().to_string_lossy().starts_with('.') || is_kept_text(entry) {
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
                    found.push(Candidate {
                        what,
                        path,
                        root: folder.to_path_buf(),
                        relative,
                        is_named: false,
                        manifest,
                    });
                }
                continue;
            }
        };
        let relative = relative_to(&path);
        let listed = manifest.of_file(&relative);
        let name = relative.to_string_lossy();
        let is_unnamed = listed.is_none() && says_nothing(&name);
        // Pipes and devices are never opened.
        if !is_file || listed.is_none() && !is_unnamed && !is_candidate(&name) {
            *ignored += 1;
            continue;
        }
        if let Some(row) = listed.filter(|row| !manifest.entries[*row].id.is_empty()) {
            pieces.entry(&manifest.entries[row].id).or_default().push((row, path));
            continue;
        }
        let what = if is_unnamed { What::Unnamed(path.clone()) } else { what(path.clone()) };
        let manifest = listed.map(|row| manifest.entries[row].clone()).unwrap_or_default();
        found.push(Candidate { what, path, root: folder.to_path_buf(), relative, is_named: false, manifest });
    }
    for (relative, row) in &manifest.by_path {
        if folder.join(relative).symlink_metadata().is_ok() {
            continue;
        }
        let why = std::io::Error::from(std::io::ErrorKind::NotFound).to_string();
        let (path, what) = (folder.join(relative), What::Failed(CollectionError::NotOpened(why)));
        let (relative, manifest) = (relative.clone(), manifest.entries[*row].clone());
        found.push(Candidate { what, path, root: folder.to_path_buf(), relative, is_named: false, manifest });
    }
    for fault in &manifest.faults {
        let (path, relative) = (folder.join(manifest::NAME), PathBuf::from(manifest::NAME));
        let (what, manifest) = (What::Failed(CollectionError::Manifest(fault.clone())), ManifestEntry::default());
        found.push(Candidate { what, path, root: folder.to_path_buf(), relative, is_named: false, manifest });
    }
    for mut of_one in pieces.into_values() {
        of_one.sort();
        found.push(listed(folder, of_one, &manifest.entries));
    }
    for (path, is_folder) in links_out {
        let relative = relative_to(&path);
        if !is_folder && !is_candidate(&relative.to_string_lossy()) {
            *ignored += 1;
            continue;
        }
        let (what, manifest) = (What::Failed(CollectionError::LinkOut), ManifestEntry::default());
        found.push(Candidate { what, path, root: folder.to_path_buf(), relative, is_named: false, manifest });
    }
}

fn what(path: PathBuf) -> What {
    if Container::of(&path.to_string_lossy()).is_some() { What::Collection(path, None) } else { What::Report(path) }
}

/// A report that a manifest names: a file, or several rows with one id, joined in the order of the rows.
fn listed(folder: &Path, files: Vec<(usize, PathBuf)>, entries: &[ManifestEntry]) -> Candidate {
    let mut entry = ManifestEntry::default();
    let mut pieces = Vec::new();
    for (row, path) in &files {
        let of_row = &entries[*row];
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
    Candidate { what, path, root: folder.to_path_buf(), relative, is_named: false, manifest: entry }
}

/// Ids: the relative path without extension, with it where two files would share one. A collection keeps its
/// extension, so that what is in `a.zip` and what is in the folder `a` are told apart. Files of the same id under two
/// given paths have the name of their folder before it, all of them, so that the order of the paths tells nothing; the
/// whole path where these names are the same.
fn name_all(found: Vec<Candidate>) -> Vec<Found> {
    let mut in_root: BTreeMap<(&Path, String), BTreeSet<&Path>> = BTreeMap::new();
    for candidate in &found {
        in_root.entry((&candidate.root, candidate.short())).or_default().insert(&candidate.path);
    }
    let has_namesake = |c: &Candidate| in_root.get(&(c.root.as_path(), c.short())).is_some_and(|paths| paths.len() > 1);
    let mut ids: Vec<String> =
        found.iter().map(|c| if has_namesake(c) { as_id(&c.relative) } else { c.short() }).collect();
    let folder = |c: &Candidate| c.root.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    for with_path in [false, true] {
        // What was not read takes no id from what was; what was given twice differs in nothing but the times.
        let mut holders: BTreeMap<String, BTreeSet<&Path>> = BTreeMap::new();
        for (candidate, id) in found.iter().zip(&ids).filter(|(c, _)| !c.has_failed()) {
            holders.entry(id.clone()).or_default().insert(&candidate.path);
        }
        for (candidate, id) in found.iter().zip(&mut ids) {
            let is_shared = holders.get(id).is_some_and(|paths| paths.iter().any(|path| *path != candidate.path));
            *id = match (is_shared, with_path) {
                (false, _) => continue,
                (_, true) => as_id(&candidate.path),
                (_, false) if candidate.has_failed() => as_id(&candidate.relative),
                (_, false) => format!("{}/{id}", folder(candidate)),
            };
        }
    }
    found.into_iter().zip(ids).map(|(candidate, id)| candidate.under(id)).collect()
}

/// A path with `/` between its parts, without root and `.`.
fn as_id(path: &Path) -> String {
    let parts = path.components().filter_map(|part| match part {
        Component::Normal(name) => Some(name.to_string_lossy()),
        Component::ParentDir => Some("..".into()),
        _ => None,
    });
    parts.collect::<Vec<_>>().join("/")
}

impl Candidate {
    /// The id that it has if no other has it.
    fn short(&self) -> String {
        if !self.manifest.id.is_empty() {
            return self.manifest.id.clone();
        }
        let whole = as_id(&self.relative);
        match super::container::single(&whole) {
            Some(_) => short(&whole),
            None => whole,
        }
    }

    fn has_failed(&self) -> bool {
        matches!(self.what, What::Failed(_))
    }

    fn under(self, id: String) -> Found {
        let Candidate { what, is_named, manifest, relative, path, .. } = self;
        let shown = match &what {
            What::Pieces(pieces) => pieces.iter().map(|p| p.path.to_string_lossy()).collect::<Vec<_>>().join(";"),
            _ => path.to_string_lossy().into_owned(),
        };
        let name = path.to_string_lossy().into_owned();
        // What the id lacks of the name.
        let file = as_id(&relative);
        let extension = file.strip_prefix(short(&file).as_str()).unwrap_or_default();
        let whole =
            if manifest.id.is_empty() && !id.ends_with(extension) { format!("{id}{extension}") } else { id.clone() };
        Found { id, whole, what, shown, name, is_named, manifest }
    }
}
