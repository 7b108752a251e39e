//! A corpus: reports in parallel, results in order, a panic in one report caught and reported as its failure.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::failure::{Failure, failed, not_a_report, not_opened, shell, unreadable};
use super::input::Input;
use super::{Engine, View};
use crate::dictionary::hex;
use crate::lang::Lang;
use crate::source::{Limit, Options, Source, SourceError};

/// Reports handled between two writes; bounds the memory that waiting rows take.
const BATCH: usize = 256;

/// Audits the inputs in parallel and calls `done` with each result in the order of the inputs.
///
/// # Errors
/// What `done` returns.
pub fn run<R: Send, E>(
    engine: &Engine<'_>,
    inputs: &[Input],
    look: impl Fn(&Input, &str, Result<&View<'_>, &Failure>) -> R + Sync,
    mut done: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    for batch in inputs.chunks(BATCH) {
        let results: Vec<R> = batch.par_iter().map(|input| one(engine, input, &look)).collect();
        for result in results {
            done(result)?;
        }
    }
    Ok(())
}

/// Reads the source of a report.
///
/// # Errors
/// Why it cannot be read.
pub fn source(path: &Path, options: &Options, lang: Lang) -> Result<Source, Failure> {
    let bytes = read(path, options, lang)?;
    Source::read(bytes, &path.to_string_lossy(), options).map_err(|error| unreadable(path, &error, lang))
}

fn one<R>(
    engine: &Engine<'_>,
    input: &Input,
    look: &(impl Fn(&Input, &str, Result<&View<'_>, &Failure>) -> R + Sync),
) -> R {
    let lang = engine.lang;
    let (bytes, sha256) = match read(&input.path, &engine.reading, lang) {
        Ok(bytes) => {
            let sha256 = hex(&Sha256::digest(&bytes));
            (bytes, sha256)
        }
        Err(failure) => return look(input, "", Err(&failure)),
    };
    let name = input.path.to_string_lossy();
    // The readers of documents are other people's code: a panic in them is caught like one of ours.
    let source = match catch_unwind(AssertUnwindSafe(|| Source::read(bytes, &name, &engine.reading))) {
        Ok(Ok(source)) => source,
        Ok(Err(error)) => return look(input, &sha256, Err(&unreadable(&input.path, &error, lang))),
        Err(panic) => return look(input, &sha256, Err(&failed(&input.path, panic.as_ref(), lang))),
    };
    let audited = catch_unwind(AssertUnwindSafe(|| {
        engine.audit(&source, |view| {
            if view.page.is_shell {
                look(input, &sha256, Err(&shell(&input.path, lang)))
            } else if view.document.is_report() {
                look(input, &sha256, Ok(view))
            } else {
                look(input, &sha256, Err(&not_a_report(&input.path, lang)))
            }
        })
    }));
    audited.unwrap_or_else(|panic| look(input, &sha256, Err(&failed(&input.path, panic.as_ref(), lang))))
}

fn read(path: &Path, options: &Options, lang: Lang) -> Result<Vec<u8>, Failure> {
    if std::fs::metadata(path).is_ok_and(|m| m.len() > options.limits.bytes) {
        return Err(unreadable(path, &SourceError::limit(Limit::Bytes, &options.limits), lang));
    }
    std::fs::read(path).map_err(|error| not_opened(path, &error, lang))
}
