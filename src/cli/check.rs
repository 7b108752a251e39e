//! `gouji check`: findings on the terminal.

use std::io::IsTerminal;

use super::args::CheckArgs;
use crate::audit::{Engine, corpus};
use crate::dictionary::Dictionary;
use crate::lang::{Lang, say};
use crate::output::Summary;
use crate::output::terminal::{self, Format, JsonFinding};
use crate::source::Options;

/// What is printed for one report.
enum Printed {
    Text(String),
    Json(Vec<JsonFinding>),
}

pub(super) fn run(options: &CheckArgs, dictionary: &Dictionary, lang: Lang) -> anyhow::Result<u8> {
    let inputs = super::find(&options.files, &options.collections, lang)?;
    let mut engine = Engine::new(dictionary, lang);
    engine.reading = Options { limits: options.collections.limits(), ..options.reading.options() };
    let use_color = std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let mut summary = Summary::default();
    let mut all = Vec::new();
    corpus::run(
        &engine,
        &inputs,
        |item, sha256, audited| match audited {
            Ok(view) => {
                let path = &item.path;
                let printed = match options.output_format {
                    Format::Full => Printed::Text(terminal::full(view, path, use_color)),
                    Format::Concise => Printed::Text(terminal::concise(view, path)),
                    Format::Json => Printed::Json(terminal::json(view, path, sha256)),
                };
                (Summary::of(view), printed)
            }
            Err(failure) => {
                let printed = match options.output_format {
                    // Its sentence comes with the summary.
                    Format::Full => Printed::Text(String::new()),
                    Format::Concise => Printed::Text(terminal::concise_failure(failure, &item.path)),
                    Format::Json => {
                        Printed::Json(terminal::json_failure(failure, &item.path, sha256).into_iter().collect())
                    }
                };
                (Summary::of_failure(failure), printed)
            }
        },
        |(one, printed)| {
            summary.add(one);
            match printed {
                Printed::Text(text) => super::print(&text),
                Printed::Json(findings) => {
                    all.extend(findings);
                    Ok(())
                }
            }
        },
    )?;
    if options.output_format == Format::Json {
        super::print(&(serde_json::to_string_pretty(&all)? + "\n"))?;
    }
    // Of the other formats they are a part.
    let is_told = options.output_format != Format::Full;
    if is_told {
        summary.messages.clear();
    }
    eprint!("{}", closing(&summary, lang));
    Ok(super::exit_code(options.fail_on.severity(), |s| summary.has(s)))
}

fn closing(summary: &Summary, lang: Lang) -> String {
    let mut out = String::new();
    for message in &summary.messages {
        out.push_str(message);
        out.push('\n');
    }
    let [errors, warnings, infos] = summary.severities;
    let [confirmed, contradicted, compatible, not_comparable, undetermined] = summary.verdicts;
    out.push_str(&say!(
        lang,
        "错误 {errors}，警告 {warnings}，提示 {infos}；数字 {} 处：相符 {confirmed}，相容 {compatible}，矛盾 {contradicted}，未定 {undetermined}，不可比 {not_comparable}；单元格 {} 个，未能读取 {} 个\n",
        "errors: {errors}, warnings: {warnings}, infos: {infos}; claims: {}, confirmed: {confirmed}, compatible: {compatible}, contradicted: {contradicted}, undetermined: {undetermined}, left alone: {not_comparable}; cells: {}, not readable: {}\n",
        summary.claims, summary.cells, summary.cells_missing,
        errors = errors, warnings = warnings, infos = infos, confirmed = confirmed, compatible = compatible, contradicted = contradicted, undetermined = undetermined, not_comparable = not_comparable
    ));
    out
}
