//! The options as typed.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::collection;
use crate::findings::Severity;
use crate::lang::Lang;
use crate::output::show::Stage;
use crate::output::terminal::Format;
use crate::source::{Encoding, Limits, Options, apart};

/// 勾稽：核对政府信息公开工作年度报告的文字与表格
#[derive(Debug, Parser)]
#[command(name = "gouji", version, about, arg_required_else_help = true, after_help = EXIT_CODES)]
pub(super) struct Cli {
    /// 说明文字的语言 (language of messages)
    #[arg(long, global = true, value_enum, default_value_t = Lang::Zh)]
    pub(super) lang: Lang,
    /// 补充或替换词典的目录 (folder that extends or replaces the dictionaries)
    #[arg(long, global = true, value_name = "DIR")]
    pub(super) dictionaries: Option<PathBuf>,
    #[command(subcommand)]
    pub(super) command: Command,
}

const EXIT_CODES: &str = "退出码 (exit codes):
  0  没有达到 --fail-on 的发现 (nothing at or above --fail-on)
  1  有达到 --fail-on 的发现 (findings at or above it)
  2  结果不可信：选项、词典或输出有误 (bad option, dictionary or output)";

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// 审核目录或文件，结果写入 CSV (audit folders and files into CSV)
    Audit(AuditArgs),
    /// 在终端列出发现 (findings on the terminal)
    Check(CheckArgs),
    /// 输出解码后的文字，表格为 | 分隔的行 (the decoded text, its tables as rows of bars)
    Convert(ConvertArgs),
    /// 显示某一阶段读到的内容 (what a stage saw)
    Show(ShowArgs),
    /// 按标注衡量审核结果 (measure the results of an audit against gold)
    Evaluate(EvaluateArgs),
    /// 在报告中逐处植入错误 (plant errors in reports, one at a time)
    Mutate(MutateArgs),
    /// Reads a document for another gouji.
    #[command(name = apart::COMMAND, hide = true)]
    ReadApart {
        /// What to read and how.
        request: String,
    },
    /// 列出全部规则 (list the rules)
    Rules,
    /// 说明一条规则 (explain a rule)
    Explain {
        /// 编号或名称 (code or name)
        rule: String,
    },
}

/// From which severity findings make the command fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum FailOn {
    Error,
    Warning,
    Info,
    Never,
}

impl FailOn {
    pub(super) fn severity(self) -> Option<Severity> {
        match self {
            FailOn::Error => Some(Severity::Error),
            FailOn::Warning => Some(Severity::Warning),
            FailOn::Info => Some(Severity::Info),
            FailOn::Never => None,
        }
    }
}

/// LibreOffice is slow to start.
const CONVERSION: u32 = 5;

/// The limits of the command: it runs readers of other people apart, by itself.
pub(super) fn usual_limits() -> Limits {
    // On Linux this leads to the program even after a newer one has taken its place.
    let itself = if cfg!(target_os = "linux") { Ok("/proc/self/exe".into()) } else { std::env::current_exe() };
    Limits { apart: itself.ok(), ..Limits::default() }
}

/// What one report and one collection may cost. What a limit keeps from being read is a finding.
#[derive(Debug, Args)]
pub(super) struct LimitArgs {
    /// 单个文件或压缩包成员的上限，单位 MB (largest file or member of an archive)
    #[arg(long, value_name = "MB", default_value_t = 64, value_parser = clap::value_parser!(u64).range(1..=2_000))]
    max_bytes: u64,
    /// 解码或提取出的文字的上限，单位 MB (most text of one report)
    #[arg(long, value_name = "MB", default_value_t = 4, value_parser = clap::value_parser!(u64).range(1..=2_000))]
    max_text: u64,
    /// 压缩包套压缩包的层数上限 (archives inside archives)
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u32).range(1..=32))]
    max_depth: u32,
    /// 压缩包展开倍数的上限 (unpacked bytes for one packed byte)
    #[arg(long, value_name = "N", default_value_t = 200, value_parser = clap::value_parser!(u64).range(1..))]
    max_ratio: u64,
    /// 一个压缩包、数据文件或网页归档的成员个数上限 (most members of one archive, dump or crawl)
    #[arg(long, value_name = "N", default_value_t = 1_000_000, value_parser = clap::value_parser!(u64).range(1..))]
    max_members: u64,
    /// 读取一份报告的秒数上限，由 LibreOffice 转换时为其五倍 (most seconds for reading one report; five times as many for LibreOffice)
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u64).range(1..=86_400))]
    max_seconds: u64,
    /// 读取一份 PDF、DOC 或表格文件的内存上限，单位 MB，文件本身另计 (most memory for reading a PDF, DOC or workbook, beside the file itself)
    #[arg(long, value_name = "MB", default_value_t = 128, value_parser = clap::value_parser!(u64).range(16..=1_000_000))]
    max_memory: u64,
}

impl LimitArgs {
    pub(super) fn limits(&self) -> Limits {
        const MEGABYTE: u64 = 1_000_000;
        Limits {
            bytes: self.max_bytes * MEGABYTE,
            text: self.max_text * MEGABYTE,
            depth: self.max_depth,
            ratio: self.max_ratio,
            members: self.max_members,
            time: Duration::from_secs(self.max_seconds),
            conversion: CONVERSION * Duration::from_secs(self.max_seconds),
            memory: self.max_memory * MEGABYTE,
            ..usual_limits()
        }
    }
}

/// How collections are read.
#[derive(Debug, Args)]
pub(super) struct CollectionArgs {
    /// 数据文件中正文所在的列，不写则自动选取 (column of a dump that holds the texts)
    #[arg(long, value_name = "NAME")]
    text_column: Option<String>,
    /// 数据文件中用作编号的列，不写则取 id、url 或行号 (column of a dump that names its rows)
    #[arg(long, value_name = "NAME")]
    id_column: Option<String>,
    #[command(flatten)]
    limits: LimitArgs,
}

impl CollectionArgs {
    pub(super) fn limits(&self) -> Limits {
        self.limits.limits()
    }

    pub(super) fn options(&self) -> collection::Options {
        collection::Options {
            limits: self.limits(),
            text_column: self.text_column.clone(),
            id_column: self.id_column.clone(),
        }
    }
}

/// How files are read.
#[derive(Debug, Args)]
pub(super) struct ReadingArgs {
    /// 文本和网页的编码，如 gb18030、big5；不给则自动判断 (encoding of texts and pages; found out if not given)
    #[arg(long, value_name = "LABEL")]
    pub(super) encoding: Option<Encoding>,
}

impl ReadingArgs {
    /// The options of reading that were asked for.
    pub(super) fn options(&self) -> Options {
        Options { encoding: self.encoding, limits: usual_limits(), ..Options::default() }
    }
}

#[derive(Debug, Args)]
pub(super) struct AuditArgs {
    /// 报告、目录、压缩包、数据文件或网页归档 (reports, folders, archives, dumps or web archives)
    #[arg(required = true)]
    pub(super) paths: Vec<PathBuf>,
    /// 结果目录 (folder for the results)
    #[arg(long, value_name = "DIR")]
    pub(super) out: PathBuf,
    /// CSV 不带字节顺序标记 (no byte order mark)
    #[arg(long)]
    pub(super) no_bom: bool,
    /// 把审核所用的文字存到 DIR/text (keep the texts that were audited, in DIR/text)
    #[arg(long)]
    pub(super) keep_text: bool,
    /// 线程数，0 为自动 (threads, 0 for all cores)
    #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(u16).range(0..=256))]
    pub(super) threads: u16,
    #[command(flatten)]
    pub(super) collections: CollectionArgs,
    /// 从哪一级起以退出码 1 结束 (from which severity to exit with 1)
    #[arg(long, value_enum, default_value_t = FailOn::Error)]
    pub(super) fail_on: FailOn,
    #[command(flatten)]
    pub(super) reading: ReadingArgs,
}

#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    /// 报告文件 (reports)
    #[arg(required = true, value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) collections: CollectionArgs,
    /// 输出形式 (form of the output)
    #[arg(long, value_enum, default_value_t = Format::Full)]
    pub(super) output_format: Format,
    /// 从哪一级起以退出码 1 结束 (from which severity to exit with 1)
    #[arg(long, value_enum, default_value_t = FailOn::Error)]
    pub(super) fail_on: FailOn,
    #[command(flatten)]
    pub(super) reading: ReadingArgs,
}

#[derive(Debug, Args)]
pub(super) struct ConvertArgs {
    /// 报告、目录或压缩包等 (reports, folders, archives and the like)
    #[arg(required = true, value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
    /// 写入目录，不给则写到标准输出 (folder to write to; standard output if not given)
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
    #[command(flatten)]
    pub(super) collections: CollectionArgs,
    #[command(flatten)]
    pub(super) reading: ReadingArgs,
}

#[derive(Debug, Args)]
pub(super) struct ShowArgs {
    /// 阶段 (stage)
    #[arg(value_enum)]
    pub(super) stage: Stage,
    /// 报告文件，- 为标准输入；也可以是一段文字 (a report, - for standard input; any text will do)
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
    #[command(flatten)]
    pub(super) reading: ReadingArgs,
}

#[derive(Debug, Args)]
pub(super) struct EvaluateArgs {
    /// 标注：文件或目录，格式见 docs/gold.md (gold: a file or folder, see docs/gold.md)
    pub(super) gold: PathBuf,
    /// gouji audit 写出的目录 (folder that gouji audit wrote)
    pub(super) results: PathBuf,
    /// 植入的错误及其审核结果 (truth.json of gouji mutate, and the results for its reports)
    #[arg(long, num_args = 2, value_names = ["TRUTH", "RESULTS"])]
    pub(super) planted: Vec<PathBuf>,
    /// 以前的 json 输出；有数字降低则退出码为 1 (earlier json output; exit with 1 if a figure has fallen)
    #[arg(long, value_name = "FILE")]
    pub(super) baseline: Option<PathBuf>,
    /// 输出形式 (form of the output)
    #[arg(long, value_enum, default_value_t = crate::evaluate::Format::Text)]
    pub(super) output_format: crate::evaluate::Format,
    /// error：误判，warning：也包括遗漏 (error: anything accused or read wrong; warning: anything missed, too)
    #[arg(long, value_enum, default_value_t = FailOn::Error)]
    pub(super) fail_on: FailOn,
}

#[derive(Debug, Args)]
pub(super) struct MutateArgs {
    /// 报告文件或目录 (reports or folders)
    #[arg(required = true, value_name = "REPORT")]
    pub(super) reports: Vec<PathBuf>,
    /// 输出目录，须为空 (folder for the mutants; must be empty)
    #[arg(long, value_name = "DIR")]
    pub(super) out: PathBuf,
    /// 随机种子，相同则文件相同 (the same seed gives the same files)
    #[arg(long, default_value_t = 1)]
    pub(super) seed: u64,
    /// 至多多少份，各类均取 (at most so many, of every class alike)
    #[arg(long)]
    pub(super) limit: Option<usize>,
}
