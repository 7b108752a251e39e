//! `gouji audit`: a corpus into CSV.

use std::ffi::OsString;
use std::io::IsTerminal;
use std::time::Instant;

use anyhow::Context as _;
use sha2::{Digest, Sha256};

use super::args::AuditArgs;
use crate::audit::{Engine, Failure, View, corpus};
use crate::collection::{Inputs, Item};
use crate::dictionary::{Dictionary, hex};
use crate::lang::{Lang, say};
use crate::output::{CsvFiles, OutputError, RunRecord, Summary, csv_files};
use crate::source::Options;

/// A progress bar is worth its place from this many files on.
const LARGE: usize = 200;

pub(super) fn run(options: &AuditArgs, dictionary: &Dictionary, lang: Lang, args: &[OsString]) -> anyhow::Result<u8> {
    let (started, clock) = (jiff::Timestamp::now().to_string(), Instant::now());
    let inputs = super::find(&options.paths, &options.collections, lang)?;
    let cannot_write = || {
        say!(
            lang,
            "不能写入结果目录，请检查权限和磁盘空间",
            "cannot write the results; check permissions and disk space"
        )
    };
    if let Some(other) = CsvFiles::of_somebody_else(&options.out) {
        let other = other.display();
        anyhow::bail!(say!(
            lang,
            "{other} 不是 gouji 写的结果，不覆盖；请另给 --out 目录",
            "{other} is no result of gouji and is not written over; give another folder to --out",
            other = other
        ));
    }
    let mut files = CsvFiles::create(&options.out, !options.no_bom).with_context(cannot_write)?;
    remove_on_interrupt(&files);
    let pool =
        rayon::ThreadPoolBuilder::new().num_threads(usize::from(options.threads)).build().context("--threads")?;
    let mut engine = Engine::new(dictionary, lang);
    engine.reading = Options { limits: options.collections.limits(), ..options.reading.options() };
    let bar = progress(&inputs);
    let mut summary = Summary::default();
    let mut corpus_hash = Sha256::new();
    let passed = pool.install(|| {
        let rows = |item: &Item, sha256: &str, audited: Result<&View<'_>, &Failure>| {
            let rows = csv_files::rows(item, sha256, audited);
            match audited {
                Ok(view) if options.keep_text => rows.with_text(item, view.source),
                _ => rows,
            }
        };
        corpus::run(&engine, &inputs, rows, |mut rows| {
            files.write(&rows)?;
            corpus_hash.update(rows.sha256.as_bytes());
            summary.add(std::mem::take(&mut rows.summary));
            bar.inc(1);
            Ok::<(), OutputError>(())
        })
    });
    let passed = passed.with_context(cannot_write)?;
    bar.finish_and_clear();
    let command = args.iter().map(|a| a.to_string_lossy().into_owned()).collect();
    let corpus = hex(&corpus_hash.finalize());
    let record =
        RunRecord::new(command, &dictionary.hash, corpus, started, clock.elapsed().as_secs_f64(), &summary, &passed);
    files.finish(&record.to_json()).with_context(cannot_write)?;
    eprint!("{}", summary.render(lang, &passed));
    Ok(super::exit_code(options.fail_on.severity(), |s| summary.has(s)))
}

fn progress(inputs: &Inputs) -> indicatif::ProgressBar {
    let is_seen = std::io::stderr().is_terminal();
    if inputs.has_collections() && is_seen {
        // How much is in a collection shows only when it has been read.
        indicatif::ProgressBar::new_spinner()
    } else if inputs.len() >= LARGE && is_seen {
        indicatif::ProgressBar::new(inputs.len() as u64)
    } else {
        indicatif::ProgressBar::hidden()
    }
}

/// Ctrl-C leaves an earlier result as it was, and nothing half-written beside it.
fn remove_on_interrupt(files: &CsvFiles) {
    let aside = files.aside().to_path_buf();
    // Without a handler an interrupted run only leaves its hidden folder behind.
    let _ = ctrlc::set_handler(move || {
        let _ = std::fs::remove_dir_all(&aside);
        std::process::exit(130);
    });
}
