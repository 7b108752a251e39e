//! A corpus: reports in parallel, results in order, a panic in one report caught and reported as its failure.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::input::Input;
use super::{Engine, View};
use crate::dictionary::hex;
use crate::lang::{Lang, say};
use crate::source::{Source, SourceError};

/// Why one report was not audited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// E001 to E004.
    pub code: &'static str,
    /// One clear sentence, with what to do.
    pub message: String,
}

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
pub fn source(path: &Path, lang: Lang) -> Result<Source, Failure> {
    let bytes = read(path, lang)?;
    Source::from_bytes(bytes, &path.to_string_lossy()).map_err(|error| unreadable(path, error, lang))
}

fn one<R>(
    engine: &Engine<'_>,
    input: &Input,
    look: &(impl Fn(&Input, &str, Result<&View<'_>, &Failure>) -> R + Sync),
) -> R {
    let lang = engine.lang;
    let (bytes, sha256) = match read(&input.path, lang) {
        Ok(bytes) => {
            let sha256 = hex(&Sha256::digest(&bytes));
            (bytes, sha256)
        }
        Err(failure) => return look(input, "", Err(&failure)),
    };
    let name = input.path.to_string_lossy();
    let source = match Source::from_bytes(bytes, &name) {
        Ok(source) => source,
        Err(error) => return look(input, &sha256, Err(&unreadable(&input.path, error, lang))),
    };
    let audited = catch_unwind(AssertUnwindSafe(|| {
        engine.audit(&source, |view| {
            if view.document.is_report() {
                look(input, &sha256, Ok(view))
            } else {
                look(input, &sha256, Err(&not_a_report(&input.path, lang)))
            }
        })
    }));
    audited.unwrap_or_else(|panic| look(input, &sha256, Err(&failed(&input.path, panic.as_ref(), lang))))
}

fn read(path: &Path, lang: Lang) -> Result<Vec<u8>, Failure> {
    let too_large = std::fs::metadata(path).is_ok_and(|m| m.len() > crate::source::MAX_BYTES);
    if too_large {
        return Err(unreadable(path, SourceError::TooLarge, lang));
    }
    std::fs::read(path).map_err(|error| Failure {
        code: "E001",
        message: say!(
            lang,
            "无法打开 {}：{error}。请检查路径和读取权限。",
            "{} cannot be opened: {error}. Check the path and the permissions.",
            path.display(),
            error = error
        ),
    })
}

fn unreadable(path: &Path, error: SourceError, lang: Lang) -> Failure {
    let path = path.display();
    let (code, message) = match error {
        SourceError::Empty => {
            ("E001", say!(lang, "{path} 是空文件。请重新下载。", "{path} is empty. Download it again.", path = path))
        }
        SourceError::Binary => (
            "E001",
            say!(
                lang,
                "{path} 不是文本。请提供网页、Markdown 或纯文本。",
                "{path} is no text. Provide the web page, Markdown or plain text.",
                path = path
            ),
        ),
        SourceError::Document(kind) => (
            "E003",
            say!(
                lang,
                "{path} 是 {kind} 文件，本版本尚不能读。请先转成网页、Markdown 或纯文本。",
                "{path} is a {kind} file, which this version does not read yet. Convert it to HTML, Markdown or plain text first.",
                path = path,
                kind = kind
            ),
        ),
        SourceError::NotUtf8 => (
            "E001",
            say!(
                lang,
                "{path} 不是 UTF-8 编码。请先转为 UTF-8（如 iconv -f GB18030 -t UTF-8）。",
                "{path} is not UTF-8. Convert it first (such as iconv -f GB18030 -t UTF-8).",
                path = path
            ),
        ),
        SourceError::TooLarge => (
            "E001",
            say!(
                lang,
                "{path} 超过 {mb} MB，不像是一份报告。请把各份报告拆成单独的文件。",
                "{path} is larger than {mb} MB, which no report is. Split it into one file a report.",
                path = path,
                mb = crate::source::MAX_BYTES / 1_000_000
            ),
        ),
    };
    Failure { code, message }
}

fn not_a_report(path: &Path, lang: Lang) -> Failure {
    let path = path.display();
    Failure {
        code: "E002",
        message: say!(
            lang,
            "{path} 不像政府信息公开工作年度报告：没有标题、章节或表格。请核对文件，或从目录中移走。",
            "{path} does not look like an annual report on information disclosure: no title, sections or tables. Check the file, or move it out of the folder.",
            path = path
        ),
    }
}

fn failed(path: &Path, panic: &(dyn std::any::Any + Send), lang: Lang) -> Failure {
    let path = path.display();
    let text = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("unknown");
    Failure {
        code: "E004",
        message: say!(
            lang,
            "{path} 审核中途出错（{text}），这份报告没有结果；其他报告不受影响。这是程序的缺陷，请附上文件反馈。",
            "{path} could not be audited to the end ({text}); it has no results, others are not affected. This is a defect of the program: please report it with the file.",
            path = path,
            text = text
        ),
    }
}
