//! A corpus: items in parallel, results in order, a panic in one report caught and reported as its failure.

use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::failure::{Failure, failed, not_a_report, not_collected, not_opened, shell, unreadable};
use super::{Engine, View, kind};
use crate::collection::{CollectionError, Content, Inputs, Item, Passed, Piece};
use crate::dictionary::hex;
use crate::lang::Lang;
use crate::source::{Limit, Limits, Note, Options, Source, SourceError};

/// Items handled between two writes; bounds the memory that waiting rows take.
const BATCH: usize = 256;
/// Bytes of items from collections that wait to be handled.
const BATCH_BYTES: usize = 48_000_000;

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
    let mut skipped = Passed::default();
    let mut handle = |batch: &mut Vec<Item>| -> Result<(), E> {
        let results: Vec<Outcome<R>> = batch.par_drain(..).map(|item| one(engine, item, &look)).collect();
        for result in results {
            match result {
                Outcome::Looked(result) => done(result)?,
                Outcome::Skipped(reason) => skipped.skip(&reason),
                Outcome::Ignored => skipped.ignored += 1,
            }
        }
        Ok(())
    };
    let (mut batch, mut held, mut failure) = (Vec::with_capacity(BATCH), 0, None);
    let mut passed = inputs.each(&|bytes| engine.dictionary.kinds.may_be_report(bytes), &mut |item| {
        held += item.content.held();
        batch.push(item);
        if batch.len() >= BATCH || held >= BATCH_BYTES {
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

fn one<R>(
    engine: &Engine<'_>,
    mut item: Item,
    look: &(impl Fn(&Item, &str, Result<&View<'_>, &Failure>) -> R + Sync),
) -> Outcome<R> {
    let lang = engine.lang;
    let Opened { source, sha256 } = read(&mut item, &engine.reading, lang);
    let item = &item;
    let source = match source {
        Ok(source) => source,
        // Most pictures and broken pages of a crawl have nothing to do with reports.
        Err(_) if item.is_crawled => return Outcome::Skipped("not_readable".to_string()),
        Err(failure) => return Outcome::Looked(look(item, &sha256, Err(&failure))),
    };
    let path = Path::new(&item.path);
    let audited = catch_unwind(AssertUnwindSafe(|| {
        if item.is_crawled
            && let Err(reason) = kind::of(&source, engine.dictionary)
        {
            return Outcome::Skipped(reason);
        }
        engine.audit(&source, |view| {
            if view.document.is_report() && !view.page.is_shell {
                Outcome::Looked(look(item, &sha256, Ok(view)))
            } else if item.is_crawled {
                Outcome::Skipped(kind::UNKNOWN.to_string())
            } else if item.is_guess {
                Outcome::Ignored
            } else if view.page.is_shell {
                Outcome::Looked(look(item, &sha256, Err(&shell(path, lang))))
            } else {
                Outcome::Looked(look(item, &sha256, Err(&not_a_report(path, lang))))
            }
        })
    }));
    audited.unwrap_or_else(|panic| Outcome::Looked(look(item, &sha256, Err(&failed(path, panic.as_ref(), lang)))))
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
