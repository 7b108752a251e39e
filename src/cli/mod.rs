//! The command: options, subcommands, exit codes. The only place that prints.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "this is the command")]

mod args;
mod audit;
mod check;
mod convert;
mod evaluate;
mod mutate;
mod rules;
mod show;
mod usage;

use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;

use crate::audit::Engine;
use crate::collection::{self, InputError, Inputs};
use crate::dictionary::{Dictionary, DictionaryError};
use crate::findings::Severity;
use crate::lang::{Lang, reason, say};
use crate::source::apart;

use args::{Cli, CollectionArgs, Command};

/// Nothing at or above `--fail-on`.
const CLEAN: u8 = 0;
/// Findings at or above `--fail-on`.
const FOUND: u8 = 1;
/// The run cannot be trusted.
const UNTRUSTED: u8 = 2;

/// Runs the command and says how it ended.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let args: Vec<OsString> = args.into_iter().collect();
    let cli = match Cli::try_parse_from(&args) {
        Ok(cli) => cli,
        Err(error) => {
            match usage::told(&error).filter(|_| usage::lang(&args) == Lang::Zh) {
                // A reader that went away is no failure.
                Some(told) => drop(writeln!(std::io::stderr(), "{told}")),
                None => drop(error.print()),
            }
            return if error.use_stderr() { UNTRUSTED.into() } else { CLEAN.into() };
        }
    };
    quiet_panics();
    let lang = cli.lang;
    match dispatch(cli, &args) {
        Ok(code) => code.into(),
        Err(error) if is_broken_pipe(&error) => CLEAN.into(),
        Err(error) => {
            // Nobody may be there to read it.
            let _ = writeln!(std::io::stderr(), "{}", explained(&error, lang));
            UNTRUSTED.into()
        }
    }
}

/// What went wrong in the language of the run, with what system and libraries say of it in brackets.
fn explained(error: &anyhow::Error, lang: Lang) -> String {
    let causes: Vec<String> = error.chain().skip(1).map(ToString::to_string).collect();
    if causes.is_empty() {
        return say!(lang, "gouji：{error}", "gouji: {error}", error = error);
    }
    say!(lang, "gouji：{error}（原话：{}）", "gouji: {error} ({})", causes.join(": "), error = error)
}

fn dispatch(cli: Cli, args: &[OsString]) -> anyhow::Result<u8> {
    let (lang, dictionaries) = (cli.lang, cli.dictionaries.as_deref());
    match cli.command {
        Command::Rules => rules::list(lang),
        Command::ReadApart { request } => {
            apart::answer(&request, std::io::stdin().lock(), std::io::stdout().lock())?;
            Ok(CLEAN)
        }
        Command::Explain { rule } => rules::explain(&rule, lang),
        Command::Audit(options) => with_dictionary(dictionaries, lang, |d| audit::run(&options, d, lang, args)),
        Command::Check(options) => with_dictionary(dictionaries, lang, |d| check::run(&options, d, lang)),
        Command::Convert(options) => with_dictionary(dictionaries, lang, |d| convert::run(&options, d, lang)),
        Command::Evaluate(options) => evaluate::run(&options, lang),
        Command::Mutate(options) => with_dictionary(dictionaries, lang, |d| mutate::run(&options, d, lang)),
        Command::Show(options) => with_dictionary(dictionaries, lang, |d| show::run(&options, d, lang)),
    }
}

/// What the paths of a command lead to.
fn find(paths: &[PathBuf], options: &CollectionArgs, lang: Lang) -> anyhow::Result<Inputs> {
    find_with(paths, options.options(), lang)
}

fn find_with(paths: &[PathBuf], options: collection::Options, lang: Lang) -> anyhow::Result<Inputs> {
    let inputs = collection::find(paths, options).map_err(|error| match error {
        InputError::NoTextColumn { path, columns } => anyhow::anyhow!(say!(
            lang,
            "{path} 中没有正文列；各列为：{columns}。请用 --text-column 指明",
            "{path} has no column of texts; its columns are: {columns}. Name it with --text-column",
            path = path,
            columns = columns
        )),
        InputError::Path { path, .. } if path == Path::new("-") => anyhow::anyhow!(say!(
            lang,
            "这个命令不读标准输入；请先存成文件，或用 gouji show claims - 查看",
            "this command does not read standard input; save it to a file first, or look at it with gouji show claims -"
        )),
        InputError::Path { path, source } => anyhow::anyhow!(say!(
            lang,
            "找不到输入：{}（{}）；请检查路径",
            "cannot find the input: {} ({}); check the path",
            path.display(),
            reason(&source.to_string(), lang)
        )),
        error @ InputError::Manifest { .. } => anyhow::Error::new(error).context(say!(
            lang,
            "不能读清单 manifest.csv；请检查它是否是逗号分隔的表格",
            "cannot read manifest.csv; check that it is a table with commas"
        )),
    })?;
    if inputs.is_empty() {
        anyhow::bail!(say!(
            lang,
            "所给目录中没有报告（网页、文本、PDF、Word、Excel，以及它们的压缩包、数据文件和网页归档）；请检查路径",
            "no reports there (pages, texts, PDF, Word, Excel, and archives, dumps and crawls of them); check the path"
        ));
    }
    Ok(inputs)
}

fn with_dictionary<R>(
    folder: Option<&Path>,
    lang: Lang,
    run: impl FnOnce(&Dictionary) -> anyhow::Result<R>,
) -> anyhow::Result<R> {
    match folder {
        None => run(Dictionary::built_in()),
        Some(folder) => {
            let wrong = |error: DictionaryError| of_dictionary(&error, lang);
            let dictionary = Dictionary::with_folder(folder).map_err(wrong)?;
            Engine::new(&dictionary, lang).check_examples().map_err(wrong)?;
            run(&dictionary)
        }
    }
}

/// What is wrong with the dictionaries of `--dictionaries`.
fn of_dictionary(error: &DictionaryError, lang: Lang) -> anyhow::Error {
    anyhow::anyhow!(match error {
        DictionaryError::Read { path, source } => say!(
            lang,
            "不能读词典 {path}（{why}）；请检查 --dictionaries 的路径",
            "cannot read the dictionary {path} ({why}); check the path of --dictionaries",
            path = path.display(),
            why = reason(&source.to_string(), lang)
        ),
        DictionaryError::UnknownFile { path, known } => say!(
            lang,
            "{path} 不是词典的文件名；可用的文件名：{known}",
            "{path}: no dictionary has this name; the names are {known}",
            path = path.display(),
            known = known
        ),
        other => say!(lang, "词典有误：{other}", "a dictionary is wrong: {other}", other = other),
    })
}

/// A panic in a report is caught and reported as its failure; its trace would only bury the message.
fn quiet_panics() {
    if std::env::var_os("RUST_BACKTRACE").is_none() {
        std::panic::set_hook(Box::new(|_| {}));
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .any(|cause| cause.downcast_ref::<std::io::Error>().is_some_and(|e| e.kind() == std::io::ErrorKind::BrokenPipe))
}

/// Writes to standard output; a reader that went away ends the command quietly.
fn print(text: &str) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(())
}

fn exit_code(fail_on: Option<Severity>, has: impl Fn(Severity) -> bool) -> u8 {
    if fail_on.is_some_and(has) { FOUND } else { CLEAN }
}
