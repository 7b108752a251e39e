//! `gouji evaluate`: results against gold.

use std::path::Path;

use anyhow::Context as _;

use super::args::{EvaluateArgs, FailOn};
use crate::evaluate::{Baseline, EvaluateError, Evaluation, Gold, Results, render};
use crate::lang::{Lang, say};

pub(super) fn run(options: &EvaluateArgs, lang: Lang) -> anyhow::Result<u8> {
    let gold = gold(&options.gold, lang)?;
    let results = results(&options.results, &gold, lang)?;
    let mut evaluation = Evaluation::new(&gold, &results).map_err(|error| not_reopened(error, lang))?;
    if let [truth, of_truth] = options.planted.as_slice() {
        let truth = self::gold(truth, lang)?;
        let of_truth = self::results(of_truth, &truth, lang)?;
        evaluation = evaluation.with_planted(&truth, &of_truth);
    }
    if evaluation.is_empty() {
        anyhow::bail!(say!(
            lang,
            "标注与结果没有共同的报告；请检查 {} 中的 report 是否与 reports.csv 一致",
            "gold and results have no report in common; check the ids in {} against reports.csv",
            options.gold.display()
        ));
    }
    super::print(&render(&evaluation, options.output_format, lang))?;
    if let Some(path) = &options.baseline
        && has_fallen(&evaluation, path, lang)?
    {
        return Ok(super::FOUND);
    }
    let fails = match options.fail_on {
        FailOn::Error => evaluation.has_errors(),
        FailOn::Warning | FailOn::Info => evaluation.has_errors() || evaluation.has_misses(),
        FailOn::Never => false,
    };
    Ok(if fails { super::FOUND } else { super::CLEAN })
}

fn not_reopened(error: EvaluateError, lang: Lang) -> anyhow::Error {
    match error {
        EvaluateError::NotKept { path } => anyhow::anyhow!(say!(
            lang,
            "{} 在压缩包或数据文件中，或由几个文件合成，不能直接重新打开，而审核时没有保存文字。请用 gouji audit --keep-text 重新审核",
            "{} lies in an archive or a dump, or is joined from several files: it cannot be opened again by itself, and the audit did not keep its text. Audit again with gouji audit --keep-text",
            path.display()
        )),
        error => anyhow::Error::new(error).context(say!(
            lang,
            "审核后报告已移动或改动；请在审核时的目录中运行，或用 gouji audit --keep-text 重新审核",
            "a report was moved or changed after the audit; run this from where the audit was run, or audit again with gouji audit --keep-text"
        )),
    }
}

fn gold(path: &Path, lang: Lang) -> anyhow::Result<Gold> {
    Gold::read(path).context(say!(
        lang,
        "不能读标注（格式见 docs/gold.md）",
        "cannot read the gold (docs/gold.md has the format)"
    ))
}

fn results(path: &Path, gold: &Gold, lang: Lang) -> anyhow::Result<Results> {
    Results::read(path, gold).context(say!(
        lang,
        "不能读结果；需要 gouji audit --out 写出的目录",
        "cannot read the results; a folder that gouji audit --out wrote is needed"
    ))
}

/// Names every figure that is lower than in an earlier run.
fn has_fallen(evaluation: &Evaluation, path: &Path, lang: Lang) -> anyhow::Result<bool> {
    let cannot = || say!(lang, "不能读 {}", "cannot read {}", path.display());
    let text = std::fs::read_to_string(path).with_context(cannot)?;
    let baseline: Baseline = serde_json::from_str(&text).with_context(cannot)?;
    let falls = baseline.falls(&evaluation.figures());
    for fall in &falls {
        let (name, before, now) = (&fall.name, fall.before.show(), fall.now.show());
        eprintln!(
            "{}",
            say!(
                lang,
                "{name} 由 {before} 降为 {now}。",
                "{name} has fallen from {before} to {now}.",
                name = name,
                before = before,
                now = now
            )
        );
    }
    Ok(!falls.is_empty())
}
