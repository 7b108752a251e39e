//! A corpus: groups of items in parallel, results in order, a panic in one report reported as its failure.

use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::engine::TOGETHER;
use super::failure::{Failure, failed, not_a_report, not_collected, not_opened, shell, unreadable};
use super::{Engine, Panic, View, kind};
use crate::collection::{CollectionError, Content, Inputs, Item, Passed, Piece};
use crate::dictionary::hex;
use crate::lang::Lang;
use crate::source::{Limit, Limits, Note, Options, Source, SourceError};

/// Groups a thread handles between two writes; bounds the memory that waiting rows take.
const GROUPS: usize = 4;
/// Bytes of items from collections that wait to be handled.
const BATCH_BYTES: usize = 48_000_000;
/// Bytes of text that go through the stages together, unless one report alone has more.
const GROUP_BYTES: usize = 1_000_000;

/// Audits the inputs in parallel and calls `done` with each result in the order of the inputs. What is in memory is
/// one batch, however large the inputs are.
///
/// # Errors
/// What `done` returns.
pub fn run<R: Send, E>(
    engine: &Engine<'_>,
    inputs: &Inputs,
    look: impl Fn(&Item, &str, Result<&View<'_>, &Failure>) -> R + Sync,
    mut done: impl FnMut(R) -> Result<(), E>,
) -> Result<Passed, E> {
    let threads = rayon::current_num_threads();
    let mut skipped = Passed::default();
    let mut handle = |batch: &mut Vec<Item>| -> Result<(), E> {
        // A few reports, which may each take long, are shared out evenly.
        let size = batch.len().div_ceil(GROUPS * threads).clamp(1, TOGETHER);
        let mut groups = Vec::with_capacity(batch.len().div_ceil(size));
        let mut items = batch.drain(..).peekable();
        while items.peek().is_some() {
            groups.push(items.by_ref().take(size).collect());
        }
        let results: Vec<Vec<Outcome<R>>> = groups.into_par_iter().map(|items| group(engine, items, &look)).collect();
        for result in results.into_iter().flatten() {
            match result {
                Outcome::Looked(result) => done(result)?,
                Outcome::Skipped(reason) => skipped.skip(&reason),
                Outcome::Ignored => skipped.ignored += 1,
            }
        }
        Ok(())
    };
    let most = TOGETHER * GROUPS * threads;
    let (mut batch, mut held, mut failure) = (Vec::with_capacity(most), 0, None);
    let mut passed = inputs.each(&|bytes| engine.dictionary.kinds.may_be_report(bytes), &mut |item| {
        held += item.content.held();
        batch.push(item);
        if batch.len() >= most || held >= BATCH_BYTES {
            held = 0;
            if let Err(error) = handle(&mut batch) {
                failure = Some(error);
                return ControlFlow::Break(());
            }
        }
        ControlFlow::Continue(())
    });
    if let Some(error) = failure {
        return Err(error);
    }
    handle(&mut batch)?;
    passed.ignored += skipped.ignored;
    for (reason, count) in skipped.skipped {
        *passed.skipped.entry(reason).or_default() += count;
    }
    Ok(passed)
}

/// What came of an item.
enum Outcome<R> {
    /// It is a report, or cannot be read.
    Looked(R),
    /// A page of a crawl that is no report, and why.
    Skipped(String),
    /// A file whose name said nothing, and which is no report.
    Ignored,
}

/// Reads the source of an item.
///
/// # Errors
/// Why it cannot be read.
pub fn source(item: &mut Item, options: &Options, lang: Lang) -> Result<Source, Failure> {
    read(item, options, lang).source
}

/// A source with the hash of its bytes.
struct Opened {
    source: Result<Source, Failure>,
    sha256: String,
}

/// Reads and audits items, a few at a time.
fn group<R>(
    engine: &Engine<'_>,
    items: Vec<Item>,
    look: &(impl Fn(&Item, &str, Result<&View<'_>, &Failure>) -> R + Sync),
) -> Vec<Outcome<R>> {
    let outcomes = Vec::with_capacity(items.len());
    let mut group = Group { engine, look, waiting: Vec::new(), sources: Vec::new(), outcomes };
    let mut held = 0;
    for (place, mut item) in items.into_iter().enumerate() {
        let opened = read(&mut item, &engine.reading, engine.lang);
        held += opened.source.as_ref().map_or(0, |source| source.text.len());
        group.add(place, item, opened);
        if held > GROUP_BYTES {
            held = 0;
            group.audit();
        }
    }
    group.audit();
    group.outcomes.sort_unstable_by_key(|(place, _)| *place);
    group.outcomes.into_iter().map(|(_, outcome)| outcome).collect()
}

/// Items of which some wait to go through the stages together.
struct Group<'g, 'd, R, F> {
    engine: &'g Engine<'d>,
    look: &'g F,
    /// What waits, with its place among the items.
    waiting: Vec<(usize, Item, String)>,
    /// The sources of what waits.
    sources: Vec<Source>,
    /// What came of the others, with their places.
    outcomes: Vec<(usize, Outcome<R>)>,
}

impl<R, F: Fn(&Item, &str, Result<&View<'_>, &Failure>) -> R> Group<'_, '_, R, F> {
    /// Takes an item up: it waits, or its outcome is plain already.
    fn add(&mut self, place: usize, item: Item, opened: Opened) {
        let Opened { source, sha256 } = opened;
        let outcome = match source {
            Ok(source) => match self.passed_over(&item, &sha256, &source) {
                Some(outcome) => outcome,
                None => {
                    self.waiting.push((place, item, sha256));
                    self.sources.push(source);
                    return;
                }
            },
            // Most pictures and broken pages of a crawl have nothing to do with reports.
            Err(_) if item.is_crawled => Outcome::Skipped("not_readable".to_string()),
            Err(failure) => Outcome::Looked((self.look)(&item, &sha256, Err(&failure))),
        };
        self.outcomes.push((place, outcome));
    }

    /// What comes of a page of a crawl that is plainly no report.
    fn passed_over(&self, item: &Item, sha256: &str, source: &Source) -> Option<Outcome<R>> {
        if !item.is_crawled {
            return None;
        }
        match catch_unwind(AssertUnwindSafe(|| kind::of(source, self.engine.dictionary))) {
            Ok(Ok(())) => None,
            Ok(Err(reason)) => Some(Outcome::Skipped(reason)),
            Err(panic) => Some(self.lost(item, sha256, &panic)),
        }
    }

    /// Audits what waits.
    fn audit(&mut self) {
        let seen = self.engine.audit_all(&self.sources, |i, view| {
            let (_, item, sha256) = &self.waiting[i];
            self.looked(item, sha256, view)
        });
        let waiting = std::mem::take(&mut self.waiting);
        self.sources.clear();
        for ((place, item, sha256), seen) in waiting.into_iter().zip(seen) {
            let outcome = seen.unwrap_or_else(|panic| self.lost(&item, &sha256, &panic));
            self.outcomes.push((place, outcome));
        }
    }

    fn looked(&self, item: &Item, sha256: &str, view: &View<'_>) -> Outcome<R> {
        let (path, lang) = (Path::new(&item.path), self.engine.lang);
        if view.document.is_report() && !view.page.is_shell {
            Outcome::Looked((self.look)(item, sha256, Ok(view)))
        } else if item.is_crawled {
            Outcome::Skipped(kind::UNKNOWN.to_string())
        } else if item.is_guess {
            Outcome::Ignored
        } else if view.page.is_shell {
            Outcome::Looked((self.look)(item, sha256, Err(&shell(path, lang))))
        } else {
            Outcome::Looked((self.look)(item, sha256, Err(&not_a_report(path, lang))))
        }
    }

    fn lost(&self, item: &Item, sha256: &str, panic: &Panic) -> Outcome<R> {
        let failure = failed(Path::new(&item.path), panic.as_ref(), self.engine.lang);
        Outcome::Looked((self.look)(item, sha256, Err(&failure)))
    }
}

/// Reads what an item holds; its bytes are gone from it afterwards.
fn read(item: &mut Item, options: &Options, lang: Lang) -> Opened {
    let path = item.path.clone();
    let path = Path::new(&path);
    let unread = |failure| Opened { source: Err(failure), sha256: String::new() };
    match std::mem::take(&mut item.content) {
        Content::Failed(error) => unread(not_collected(path, &error, lang)),
        Content::Pieces(pieces) => joined(&pieces, options, lang),
        Content::File(file) => match file_bytes(&file, options, lang) {
            Ok(bytes) => decoded(bytes, path, &item.name, options, lang),
            Err(failure) => unread(failure),
        },
        Content::Bytes(bytes) => {
            // The texts of a dump are in the encoding of the dump, whatever a user says of pages.
            let is_known = item.declared.is_some() && !item.is_crawled;
            let encoding = if is_known { None } else { options.encoding };
            // A crawl holds documents by the thousand, of which no other program is troubled.
            let limits = Limits { converter: options.limits.converter && !item.is_crawled, ..options.limits.clone() };
            let options = Options { declared: item.declared.clone(), encoding, limits };
            decoded(bytes, path, &item.name, &options, lang)
        }
    }
}

fn decoded(bytes: Vec<u8>, path: &Path, name: &str, options: &Options, lang: Lang) -> Opened {
    let sha256 = hex(&Sha256::digest(&bytes));
    Opened { source: guarded(bytes, path, name, options, lang), sha256 }
}

/// Audits one report and hands what was seen of it to `look`.
///
/// # Errors
///
/// E004, if the program gave up over it.
pub fn one<R>(
    engine: &Engine<'_>,
    source: &Source,
    path: &Path,
    look: impl FnOnce(&View<'_>) -> R,
) -> Result<R, Failure> {
    let seen = catch_unwind(AssertUnwindSafe(|| engine.audit(source, look)));
    seen.map_err(|panic| failed(path, panic.as_ref(), engine.lang))
}

/// The readers of documents are other people's code: a panic in them is caught like one of ours.
fn guarded(bytes: Vec<u8>, path: &Path, name: &str, options: &Options, lang: Lang) -> Result<Source, Failure> {
    match catch_unwind(AssertUnwindSafe(|| Source::read(bytes, name, options))) {
        Ok(Ok(source)) => Ok(source),
        Ok(Err(error)) => Err(unreadable(path, &error, lang)),
        Err(panic) => Err(failed(path, panic.as_ref(), lang)),
    }
}

/// Several files as one source. A piece that cannot be read is noted, unless none can.
fn joined(pieces: &[Piece], options: &Options, lang: Lang) -> Opened {
    let (mut sources, mut unread, mut hasher) = (Vec::new(), Vec::new(), Sha256::new());
    for piece in pieces {
        let source = file_bytes(&piece.path, options, lang).and_then(|bytes| {
            hasher.update(&bytes);
            guarded(bytes, &piece.path, &piece.path.to_string_lossy(), options, lang)
        });
        match source {
            Ok(source) => sources.push(source),
            Err(failure) => unread.push((piece.name.clone(), failure)),
        }
    }
    let sha256 = hex(&hasher.finalize());
    if sources.is_empty() && !unread.is_empty() {
        return Opened { source: Err(unread.swap_remove(0).1), sha256 };
    }
    let mut source = Source::joined(sources);
    let note = |(piece, failure): (String, Failure)| Note::PieceNotRead { piece, message: failure.message };
    source.notes.extend(unread.into_iter().map(note));
    Opened { source: Ok(source), sha256 }
}

fn file_bytes(path: &Path, options: &Options, lang: Lang) -> Result<Vec<u8>, Failure> {
    match std::fs::metadata(path) {
        Ok(meta) if !meta.is_file() => return Err(not_collected(path, &CollectionError::NotAFile, lang)),
        Ok(meta) if meta.len() > options.limits.bytes => {
            return Err(unreadable(path, &SourceError::limit(Limit::Bytes, &options.limits), lang));
        }
        _ => {}
    }
    std::fs::read(path).map_err(|error| not_opened(path, &error, lang))
}
