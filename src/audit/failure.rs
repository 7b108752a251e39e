//! Why one report was not audited: one clear sentence each, with what to do.

use std::path::Path;

use crate::collection::{CollectionError, ManifestFault};
use crate::lang::{Lang, reason, say};
use crate::source::{Limit, SourceError};

/// Why one report was not audited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The code of an E rule.
    pub code: &'static str,
    /// One clear sentence, with what to do.
    pub message: String,
}

/// A file that cannot be opened.
pub(super) fn not_opened(path: &Path, error: &std::io::Error, lang: Lang) -> Failure {
    Failure {
        code: "E001",
        message: say!(
            lang,
            "无法打开 {}：{error}。请检查路径和读取权限。",
            "{} cannot be opened: {error}. Check the path and the permissions.",
            path.display(),
            error = reason(&error.to_string(), lang)
        ),
    }
}

/// A file that is no text and no document that can be read.
pub(super) fn unreadable(path: &Path, error: &SourceError, lang: Lang) -> Failure {
    let path = path.display();
    let (code, message) = match error {
        SourceError::Empty => (
            "E001",
            say!(
                lang,
                "{path} 是空文件。请重新下载或另存。",
                "{path} is empty. Download or save it again.",
                path = path
            ),
        ),
        SourceError::Binary => (
            "E001",
            say!(
                lang,
                "{path} 不是文本，也不是能认出的文档格式。请检查文件是否完整。",
                "{path} is neither text nor a document of a known format. Check that the file is complete.",
                path = path
            ),
        ),
        SourceError::Unsupported(kind) => (
            "E003",
            say!(
                lang,
                "{path} 是 {kind} 文件，不能读。请先转成网页、Word、PDF（带文字）或纯文本。",
                "{path} is a {kind} file, which is not read. Convert it to HTML, Word, PDF with text, or plain text first.",
                path = path,
                kind = kind
            ),
        ),
        SourceError::Scan { pages } => (
            "E013",
            say!(
                lang,
                "{path} 的{pages}页都没有文字，应是扫描件，未作识别。请提供带文字的版本，或先做文字识别。",
                "No page of {path} holds text ({pages} in all): it is a scan and was not read. Provide a version with text, or run character recognition first.",
                path = path,
                pages = pages
            ),
        ),
        SourceError::Encrypted(kind) => (
            "E015",
            say!(
                lang,
                "{path} 是加密的 {kind} 文件，没有密码不能读。请提供未加密的版本。",
                "{path} is an encrypted {kind} file and cannot be read without its password. Provide one without encryption.",
                path = path,
                kind = kind
            ),
        ),
        SourceError::Damaged { kind, why } => (
            "E015",
            say!(
                lang,
                "{path} 是 {kind} 文件，但已损坏或不完整（{why}）。请重新下载或另存。",
                "{path} is a {kind} file, but damaged or incomplete ({why}). Download or save it again.",
                path = path,
                kind = kind,
                why = reason(why, lang)
            ),
        ),
        SourceError::NeedsConverter(kind) => (
            "E017",
            say!(
                lang,
                "{path} 是 {kind} 文件，本机没有能转换它的 LibreOffice，或转换失败。请另存为 DOCX 或 PDF，或安装 LibreOffice。",
                "{path} is a {kind} file; this machine has no LibreOffice to convert it, or that failed. Save it as DOCX or PDF, or install LibreOffice.",
                path = path,
                kind = kind
            ),
        ),
        SourceError::Limit { limit, allowed } => ("E014", limit_met(&path, *limit, *allowed, lang)),
    };
    Failure { code, message }
}

/// What a limit says when it is met, with the option that moves it.
pub(super) fn limit_met(path: &dyn std::fmt::Display, limit: Limit, allowed: u64, lang: Lang) -> String {
    let megabytes = allowed.div_ceil(1_000_000);
    match limit {
        Limit::Bytes => say!(
            lang,
            "{path} 超过 {megabytes} MB，不像是一份报告，未读。请拆分，或用 --max-bytes 放宽。",
            "{path} is larger than {megabytes} MB, which no report is; it was not read. Split it, or raise --max-bytes.",
            path = path,
            megabytes = megabytes
        ),
        Limit::Text => say!(
            lang,
            "{path} 展开后的文字超过 {megabytes} MB，未读。可用 --max-text 放宽。",
            "The text of {path} is larger than {megabytes} MB; it was not read. --max-text raises the limit.",
            path = path,
            megabytes = megabytes
        ),
        Limit::Depth => say!(
            lang,
            "{path} 嵌套超过 {allowed} 层，更深的部分未读。可用 --max-depth 放宽。",
            "{path} is nested deeper than {allowed} levels; what lies deeper was not read. --max-depth raises the limit.",
            path = path,
            allowed = allowed
        ),
        Limit::Ratio => say!(
            lang,
            "{path} 展开后超过原来的 {allowed} 倍，疑为压缩炸弹，其余部分未读。可用 --max-ratio 放宽。",
            "{path} unpacks to more than {allowed} times its size, like a bomb; the rest was not read. --max-ratio raises the limit.",
            path = path,
            allowed = allowed
        ),
        Limit::Members => say!(
            lang,
            "{path} 的成员超过 {allowed} 个，其余未读。可用 --max-members 放宽。",
            "{path} has more than {allowed} members; the rest was not read. --max-members raises the limit.",
            path = path,
            allowed = allowed
        ),
        Limit::Memory => say!(
            lang,
            "读取 {path} 需要的内存超过 {megabytes} MB，已放弃。可用 --max-memory 放宽。",
            "Reading {path} takes more than {megabytes} MB of memory; it was given up. --max-memory raises the limit.",
            path = path,
            megabytes = megabytes
        ),
        Limit::Time => say!(
            lang,
            "{path} 在 {allowed} 秒内没有读完，已放弃。可用 --max-seconds 放宽。",
            "{path} was not read within {allowed} seconds and was given up. --max-seconds raises the limit.",
            path = path,
            allowed = allowed
        ),
    }
}

/// What a collection could not hand over.
pub(super) fn not_collected(path: &Path, error: &CollectionError, lang: Lang) -> Failure {
    let path = path.display();
    let (code, message) = match error {
        CollectionError::NotOpened(why) => (
            "E001",
            say!(
                lang,
                "无法打开 {}：{error}。请检查路径和读取权限。",
                "{} cannot be opened: {error}. Check the path and the permissions.",
                path,
                error = reason(why, lang)
            ),
        ),
        CollectionError::NotAFile => (
            "E001",
            say!(
                lang,
                "{path} 不是普通文件（是管道或设备），未打开。请先存成文件。",
                "{path} is no regular file (a pipe or a device) and was not opened. Save its content as a file first.",
                path = path
            ),
        ),
        CollectionError::LinkOut => (
            "E001",
            say!(
                lang,
                "{path} 是指向目录之外的链接，未读。如确需审核，请直接写出它所指的路径。",
                "{path} is a link that leads out of the folder; it was not followed. To audit what it points to, name that path itself.",
                path = path
            ),
        ),
        CollectionError::Broken { kind, read, why } => (
            "E018",
            say!(
                lang,
                "{path}（{kind}）已损坏或不完整，读到{read}份后不能继续（{why}）。请重新下载或重新打包。",
                "{path} ({kind}) is damaged or incomplete: it could not be read on after {read} items ({why}). Download or pack it again.",
                path = path,
                kind = kind,
                read = read,
                why = reason(why, lang)
            ),
        ),
        CollectionError::Lines { lines, first, why } => (
            "E018",
            say!(
                lang,
                "{path} 有{lines}行不是 JSON 对象，没有读；首个是第{first}行（{why}）。其余各行已读。请检查这些行。",
                "Lines of {path} that are no JSON objects and were not read: {lines}, the first is line {first} ({why}). All others were read. Check these lines.",
                path = path,
                lines = lines,
                first = first,
                why = reason(why, lang)
            ),
        ),
        CollectionError::Unsupported(kind) => (
            "E003",
            say!(
                lang,
                "{path} 是 {kind} 压缩包，不能读。请先解压，或改存为 ZIP。",
                "{path} is a {kind} archive, which is not read. Unpack it, or pack it as ZIP.",
                path = path,
                kind = kind
            ),
        ),
        CollectionError::NoParquet => (
            "E003",
            say!(
                lang,
                "{path} 是 Parquet 文件，而本程序编译时未包含读取它的部分。请改存为 CSV 或 JSONL，或用默认选项重新编译。",
                "{path} is a Parquet file, and this program was built without what reads it. Save it as CSV or JSONL, or build with the default features.",
                path = path
            ),
        ),
        CollectionError::Codec { codec } => (
            "E003",
            say!(
                lang,
                "{path} 用 {codec} 压缩，不能读。请改用 Snappy、gzip、Zstandard 压缩或不压缩，重新导出。",
                "{path} is packed with {codec}, which is not read. Write it again with Snappy, gzip, Zstandard or no compression.",
                path = path,
                codec = codec
            ),
        ),
        CollectionError::EmptyText { column } => (
            "E001",
            say!(
                lang,
                "{path} 的正文列（{column}）是空的，没有可审核的文字。请检查数据的这一行。",
                "The text column ({column}) of {path} is empty: there is nothing to audit. Check this row of the dump.",
                path = path,
                column = column
            ),
        ),
        CollectionError::Manifest(fault) => ("E001", manifest(&path, fault, lang)),
        CollectionError::Encrypted => (
            "E015",
            say!(
                lang,
                "{path} 已加密，没有密码不能读。请提供未加密的版本。",
                "{path} is encrypted and cannot be read without its password. Provide it without encryption.",
                path = path
            ),
        ),
        CollectionError::NoTextColumn { columns } => {
            let columns = columns.join(if lang == Lang::Zh { "、" } else { ", " });
            (
                "E003",
                say!(
                    lang,
                    "{path} 中没有正文列；各列为：{columns}。请用 --text-column 指明。",
                    "{path} has no column of texts; its columns are: {columns}. Name it with --text-column.",
                    path = path,
                    columns = columns
                ),
            )
        }
        CollectionError::Limit { limit, allowed } => ("E014", limit_met(&path, *limit, *allowed, lang)),
    };
    Failure { code, message }
}

/// What a manifest leaves unclear.
fn manifest(path: &dyn std::fmt::Display, fault: &ManifestFault, lang: Lang) -> String {
    match fault {
        ManifestFault::NoPath { columns } => {
            let columns = columns.join(if lang == Lang::Zh { "、" } else { ", " });
            say!(
                lang,
                "清单 {path} 没有 path 列，未被采用；各列为：{columns}。请把写文件路径的那一列命名为 path。",
                "The manifest {path} has no column path and was not used; its columns are: {columns}. Name the column with the paths of the files path.",
                path = path,
                columns = columns
            )
        }
        ManifestFault::Empty { rows, first } => say!(
            lang,
            "清单 {path} 有{rows}行没有写 path，这些行未被采用；首个在第{first}行。请补上文件的路径。",
            "Rows of the manifest {path} without a path, which were not used: {rows}; the first is on line {first}. Fill in the path of the file.",
            path = path,
            rows = rows,
            first = first
        ),
        ManifestFault::Twice { path: file, lines: (first, second), rows } => say!(
            lang,
            "清单 {path} 对同一个文件写了不止一行：{file} 在第{first}行和第{second}行。以先写的为准，后写的{rows}行未被采用。请删去多余的行。",
            "The manifest {path} has more than one row for the same file: {file} is on lines {first} and {second}. The earlier row counts; {rows} later rows were not used. Delete what is too much.",
            path = path,
            file = file,
            first = first,
            second = second,
            rows = rows
        ),
    }
}

/// A text that is no report.
pub(super) fn not_a_report(path: &Path, lang: Lang) -> Failure {
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

/// A page of which the report is loaded by a script or a frame.
pub(super) fn shell(path: &Path, lang: Lang) -> Failure {
    let path = path.display();
    Failure {
        code: "E002",
        message: say!(
            lang,
            "{path} 只有网页的外壳：正文由脚本或框架另行载入，不在这个文件里。请在浏览器中打开后另存，或下载框架中的页面。",
            "{path} is only the shell of a page: its text is loaded by a script or a frame and is not in this file. Open it in a browser and save it again, or download the page in the frame.",
            path = path
        ),
    }
}

/// A panic, caught.
pub(super) fn failed(path: &Path, panic: &(dyn std::any::Any + Send), lang: Lang) -> Failure {
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
            "{path} 审核中途出错（程序的原话：“{text}”），这份报告没有结果；其他报告不受影响。这是程序的缺陷，请附上文件反馈。",
            "{path} could not be audited to the end (in the words of the program: “{text}”); it has no results, others are not affected. This is a defect of the program: please report it with the file.",
            path = path,
            text = text
        ),
    }
}
