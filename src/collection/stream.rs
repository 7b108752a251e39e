//! The stream of items: what each collection's reader pushes into, and the one place that gives out ids.

use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, Cursor, Read, Seek};
use std::ops::ControlFlow;
use std::rc::Rc;

use super::budget::{Budget, read_all};
use super::container::{
    Container, HEAD, is_candidate, is_hidden, is_wide, may_begin_a_report, says_nothing, single, unpacked,
};
use super::error::CollectionError;
use super::item::{Content, Item, ManifestEntry};
use super::names::{cleaned, without_extension};
use super::{archive, crawl, dump};
use crate::source::{Kind, Limit, Limits};

/// What a user says of collections.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// What unpacking may cost.
    pub limits: Limits,
    /// The column of a dump that holds the texts; none to choose it.
    pub text_column: Option<String>,
    /// The column of a dump that names its rows; none to choose it.
    pub id_column: Option<String>,
}

/// What was passed over, in numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Passed {
    /// Files and members of other kinds.
    pub ignored: usize,
    /// Records of crawls that are no reports, by reason.
    pub skipped: BTreeMap<String, usize>,
    /// Objects of dumps without the field that holds the texts.
    pub without_text: usize,
}

impl Passed {
    /// Counts a record that is no report.
    pub fn skip(&mut self, reason: &str) {
        match self.skipped.get_mut(reason) {
            Some(count) => *count += 1,
            None => {
                self.skipped.insert(reason.to_string(), 1);
            }
        }
    }
}

/// Why the reading of a collection ends before its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stop {
    /// Nothing more is wanted.
    Told,
    /// A limit of the outermost collection was met, and said.
    Outermost,
}

/// Whether to go on.
pub(super) type Flow = Result<(), Stop>;

/// Why a member was not read to its end.
#[derive(Debug)]
pub(super) enum Fault {
    Stop(Stop),
    /// The collection around it is damaged.
    Read(io::Error),
}

impl From<Stop> for Fault {
    fn from(stop: Stop) -> Self {
        Fault::Stop(stop)
    }
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        Fault::Read(error)
    }
}

/// Where a collection or a single file is found.
#[derive(Debug, Clone, Default)]
pub(super) struct Place {
    /// Its id as a collection.
    pub(super) id: String,
    /// Its id as one report.
    pub(super) single_id: String,
    /// Where it is, for people.
    pub(super) shown: String,
    /// Its name, which tells what it is.
    pub(super) name: String,
    /// Collections around it, itself among them.
    pub(super) depth: u32,
    /// Whether a user named it, and it was not met in a folder or an archive.
    pub(super) is_named: bool,
    /// Whether a user or a manifest named it as a report, whatever its name is.
    pub(super) is_meant: bool,
    pub(super) manifest: ManifestEntry,
}

impl Place {
    /// The place of a member by its cleaned name.
    pub(super) fn member(&self, name: &str, has_namesake: bool) -> Place {
        let id = format!("{}/{name}", self.id);
        Place {
            single_id: if has_namesake { id.clone() } else { format!("{}/{}", self.id, short(name)) },
            id,
            shown: format!("{}!{name}", self.shown),
            name: name.to_string(),
            depth: self.depth + 1,
            is_named: false,
            is_meant: false,
            manifest: ManifestEntry::default(),
        }
    }
}

/// The bytes of a collection.
pub(super) enum Bytes<'r> {
    /// A file, which can be read from anywhere.
    File(File),
    /// What can be read only once, from its start.
    Stream(&'r mut dyn Read),
}

/// The stream.
pub(super) struct Stream<'s> {
    pub(super) options: &'s Options,
    /// Whether some bytes of a crawl may be a report at all.
    pub(super) may_be_report: &'s dyn Fn(&[u8]) -> bool,
    pub(super) budget: Rc<Budget>,
    /// Bytes of collections held in memory because they are members of others.
    pub(super) held: u64,
    /// Items given so far.
    pub(super) given: u64,
    pub(super) passed: Passed,
    sink: &'s mut dyn FnMut(Item) -> ControlFlow<()>,
    /// How often an id was given, by its hash.
    ids: HashMap<u64, u32>,
    /// How deep the collection lay that was said to be damaged just now: the ones around it are damaged by the same.
    just_broken: Option<u32>,
}

impl<'s> Stream<'s> {
    pub(super) fn new(
        options: &'s Options,
        may_be_report: &'s dyn Fn(&[u8]) -> bool,
        sink: &'s mut dyn FnMut(Item) -> ControlFlow<()>,
    ) -> Self {
        Stream {
            options,
            may_be_report,
            budget: Budget::new(0, &options.limits),
            held: 0,
            given: 0,
            passed: Passed::default(),
            sink,
            ids: HashMap::new(),
            just_broken: None,
        }
    }

    /// Gives an item to the sink, under an id of its own.
    pub(super) fn give(&mut self, mut item: Item) -> Flow {
        loop {
            let mut hasher = DefaultHasher::new();
            item.id.hash(&mut hasher);
            let times = self.ids.entry(hasher.finish()).or_default();
            *times += 1;
            if *times == 1 {
                break;
            }
            item.id = format!("{}#{times}", item.id);
        }
        self.given += 1;
        self.just_broken = None;
        match (self.sink)(item) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(Stop::Told),
        }
    }

    /// Says that something was not read.
    pub(super) fn fail(&mut self, place: &Place, error: CollectionError) -> Flow {
        let is_broken = matches!(error, CollectionError::Broken { .. });
        let item = Item {
            id: place.id.clone(),
            path: place.shown.clone(),
            name: place.name.clone(),
            manifest: place.manifest.clone(),
            content: Content::Failed(error),
            ..Item::default()
        };
        self.give(item)?;
        self.just_broken = is_broken.then_some(place.depth);
        Ok(())
    }

    /// Says that a limit was met at which the outermost collection is given up.
    pub(super) fn give_up(&mut self, place: &Place, limit: Limit) -> Flow {
        self.fail(place, CollectionError::limit(limit, &self.options.limits))?;
        Err(Stop::Outermost)
    }

    /// Says that a collection cannot be read on, after some items of it; or which limit is the cause.
    pub(super) fn broken(&mut self, place: &Place, kind: &'static str, before: u64, why: &str) -> Flow {
        if let Some(limit) = self.budget.limit() {
            return self.give_up(place, limit);
        }
        if self.just_broken.is_some_and(|depth| depth > place.depth) {
            return Ok(());
        }
        let read = self.given - before;
        self.fail(place, CollectionError::Broken { kind, read, why: why.to_string() })
    }

    /// Whether there may be one member more; says so if not.
    pub(super) fn one_more(&mut self, place: &Place, members: &mut u64) -> Flow {
        *members += 1;
        if *members > self.options.limits.members { self.give_up(place, Limit::Members) } else { Ok(()) }
    }

    /// A member of an archive: a report, a collection, or something to pass over.
    pub(super) fn member(&mut self, place: Place, read: &mut dyn Read) -> Result<(), Fault> {
        let head = head(read)?;
        let mut read = Cursor::new(&head).chain(read);
        match Container::told(&place.name, &head) {
            Some(container) => Ok(self.told(container, &place, Bytes::Stream(&mut read))?),
            None => self.single(&place, &head, &mut read),
        }
    }

    /// Whether a member is worth opening; counts it if not.
    pub(super) fn is_wanted(&mut self, name: &str) -> bool {
        let is_hidden = is_hidden(name);
        let is_wanted = !is_hidden && (is_candidate(name) || says_nothing(name));
        self.passed.ignored += usize::from(!is_wanted && !is_hidden);
        is_wanted
    }

    /// A single file that was packed, or one of a name that says nothing: such a one is counted if it cannot be a
    /// report.
    pub(super) fn single(&mut self, place: &Place, head: &[u8], read: &mut dyn Read) -> Result<(), Fault> {
        let is_guess = !place.is_meant && says_nothing(&place.name);
        if is_guess && !may_begin_a_report(head) {
            self.passed.ignored += 1;
            return Ok(());
        }
        let Some(bytes) = read_all(read, self.options.limits.bytes)? else {
            return Ok(self.fail(place, CollectionError::limit(Limit::Bytes, &self.options.limits))?);
        };
        if is_guess
            && crate::source::sniff(head, "") == Some(Kind::Text)
            && !is_wide(head)
            && !(self.may_be_report)(&bytes)
        {
            self.passed.ignored += 1;
            return Ok(());
        }
        let item = Item {
            id: place.single_id.clone(),
            path: place.shown.clone(),
            name: place.name.clone(),
            manifest: place.manifest.clone(),
            is_guess,
            content: Content::Bytes(bytes),
            ..Item::default()
        };
        Ok(self.give(item)?)
    }

    /// A collection or a single file, by its first bytes and its name.
    pub(super) fn collection(&mut self, place: &Place, mut bytes: Bytes<'_>) -> Flow {
        let head = match bytes.head() {
            Ok(head) => head,
            Err(error) => return self.broken(place, "gzip", self.given, &error.to_string()),
        };
        match bytes {
            Bytes::File(file) => self.with_head(&head, place, Bytes::File(file)),
            Bytes::Stream(read) => {
                let mut read = Cursor::new(&head).chain(read);
                self.with_head(&head, place, Bytes::Stream(&mut read))
            }
        }
    }

    fn with_head(&mut self, head: &[u8], place: &Place, bytes: Bytes<'_>) -> Flow {
        match Container::told(&place.name, head) {
            Some(container) => self.told(container, place, bytes),
            None => self.packed_single(place, head, bytes),
        }
    }

    /// A collection whose bytes tell what it is. One that its name does not tell counts as lying one deeper: what is
    /// packed in itself would have no end.
    fn told(&mut self, container: Container, place: &Place, bytes: Bytes<'_>) -> Flow {
        if Container::of(&place.name) == Some(container) {
            return self.collection_of(container, place, bytes);
        }
        self.collection_of(container, &Place { depth: place.depth + 1, ..place.clone() }, bytes)
    }

    /// A collection of a kind.
    pub(super) fn collection_of(&mut self, container: Container, place: &Place, bytes: Bytes<'_>) -> Flow {
        if place.depth > self.options.limits.depth {
            return self.give_up(place, Limit::Depth);
        }
        match container {
            Container::Zip => archive::zip(self, place, bytes),
            Container::Tar => archive::tar(self, place, bytes),
            Container::Gzip | Container::Zstd => archive::packed(self, container, place, bytes),
            Container::JsonLines => dump::json_lines(self, place, bytes),
            Container::Table(separator) => dump::table(self, separator as u8, place, bytes),
            Container::Parquet => dump::parquet(self, place, bytes),
            Container::Warc => crawl::warc(self, place, bytes),
            Container::Unread(name) => self.fail(place, CollectionError::Unsupported(name)),
        }
    }

    /// A single file, the whole of it.
    pub(super) fn packed_single(&mut self, place: &Place, head: &[u8], mut bytes: Bytes<'_>) -> Flow {
        let before = self.given;
        match self.single(place, head, bytes.stream()) {
            Ok(()) => Ok(()),
            Err(Fault::Stop(stop)) => Err(stop),
            Err(Fault::Read(error)) => self.broken(place, "gzip", before, &error.to_string()),
        }
    }
}

/// The first bytes; fewer only where there are no more.
pub(super) fn head(read: &mut dyn Read) -> io::Result<Vec<u8>> {
    let mut head = Vec::with_capacity(HEAD);
    read.take(HEAD as u64).read_to_end(&mut head)?;
    Ok(head)
}

impl Bytes<'_> {
    /// The first bytes. Those of a stream are gone from it.
    fn head(&mut self) -> io::Result<Vec<u8>> {
        let head = head(self.stream())?;
        if let Bytes::File(file) = self {
            file.rewind()?;
        }
        Ok(head)
    }

    /// The bytes from the first to the last.
    pub(super) fn stream(&mut self) -> &mut dyn Read {
        match self {
            Bytes::File(file) => file,
            Bytes::Stream(read) => *read,
        }
    }
}

/// The place of what gzip or zstd holds: the same, under the name without the packing.
pub(super) fn inside(place: &Place) -> Place {
    Place { name: unpacked(&place.name), ..place.clone() }
}

/// The name of a report without its extension, and without the packing around it.
pub(super) fn short(name: &str) -> String {
    without_extension(&single(name).unwrap_or_else(|| name.to_string())).to_string()
}

/// The name of a member as an id and for people.
pub(super) fn member_name(raw: &[u8]) -> String {
    cleaned(&super::names::decoded(raw))
}
