//! What was looked at and what could not be: counts for the end of a run.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::audit::Failure;
use crate::audit::View;
use crate::collection::Passed;
use crate::findings::Severity;
use crate::lang::{Lang, say};
use crate::rules::by_code;

/// Counts over one report or many.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Files looked at.
    pub files: usize,
    /// Reports read.
    pub reports: usize,
    /// Files not read, by code.
    pub failures: BTreeMap<&'static str, usize>,
    /// One sentence for each file not read.
    pub messages: Vec<String>,
    /// Tables of which rows were read.
    pub tables: usize,
    /// Tables that the forms of the reports have: three each, one before 2019.
    pub tables_due: usize,
    /// Cells read, blanks included.
    pub cells: usize,
    /// Cells that could not be read.
    pub cells_missing: usize,
    /// Claims found.
    pub claims: usize,
    /// Claims tied to cells or to other numbers.
    pub bound: usize,
    /// Claims by verdict.
    pub verdicts: [usize; 5],
    /// Findings by severity.
    pub severities: [usize; 3],
    /// Findings by code.
    pub codes: BTreeMap<&'static str, usize>,
}

impl Summary {
    /// The counts of one report.
    #[must_use]
    pub fn of(view: &View<'_>) -> Self {
        let indicators = view.tables.indicators();
        let missing = view.tables.cells().iter().filter(|c| c.span.is_none()).count() + indicators.possible.len();
        let mut summary = Summary {
            files: 1,
            reports: 1,
            tables: view.tables.found(),
            tables_due: if view.tables.form().is_older() { 1 } else { 3 },
            cells: view.tables.cells().len() + indicators.unknown.len() - missing,
            cells_missing: missing,
            claims: view.claims.list.len(),
            bound: view.assessments.iter().filter(|a| a.subject.is_some()).count(),
            ..Summary::default()
        };
        for assessment in view.assessments {
            summary.verdicts[assessment.verdict as usize] += 1;
        }
        for finding in view.findings {
            summary.severities[finding.severity as usize] += 1;
            *summary.codes.entry(finding.code).or_default() += 1;
        }
        summary
    }

    /// The counts of a file that was not read.
    #[must_use]
    pub fn of_failure(failure: &Failure) -> Self {
        let severity = by_code(failure.code).map_or(Severity::Warning, |r| r.severity);
        let mut summary = Summary { files: 1, messages: vec![failure.message.clone()], ..Summary::default() };
        summary.severities[severity as usize] += 1;
        summary.codes.insert(failure.code, 1);
        summary.failures.insert(failure.code, 1);
        summary
    }

    /// Adds the counts of another.
    pub fn add(&mut self, other: Summary) {
        self.files += other.files;
        self.reports += other.reports;
        self.tables += other.tables;
        self.tables_due += other.tables_due;
        self.cells += other.cells;
        self.cells_missing += other.cells_missing;
        self.claims += other.claims;
        self.bound += other.bound;
        self.messages.extend(other.messages);
        self.verdicts.iter_mut().zip(other.verdicts).for_each(|(a, b)| *a += b);
        self.severities.iter_mut().zip(other.severities).for_each(|(a, b)| *a += b);
        for (code, n) in other.failures {
            *self.failures.entry(code).or_default() += n;
        }
        for (code, n) in other.codes {
            *self.codes.entry(code).or_default() += n;
        }
    }

    /// The commonest rules, at most ten.
    #[must_use]
    pub fn commonest(&self) -> Vec<(&'static str, usize)> {
        let mut codes: Vec<_> = self.codes.iter().map(|(c, n)| (*c, *n)).collect();
        codes.sort_by_key(|(code, n)| (std::cmp::Reverse(*n), *code));
        codes.truncate(10);
        codes
    }

    /// Whether there is a finding at or above a severity.
    #[must_use]
    pub fn has(&self, severity: Severity) -> bool {
        self.severities[..=severity as usize].iter().any(|n| *n > 0)
    }

    /// The summary for people.
    #[must_use]
    pub fn render(&self, lang: Lang, passed: &Passed) -> String {
        let mut out = String::new();
        let mut line = |text: String| {
            // Writing to a string cannot fail.
            let _ = writeln!(out, "{text}");
        };
        for message in &self.messages {
            line(say!(lang, "未读：{message}", "not read: {message}", message = message));
        }
        let [confirmed, contradicted, compatible, not_comparable, undetermined] = self.verdicts;
        let [errors, warnings, infos] = self.severities;
        line(say!(
            lang,
            "报告  读取 {} 份，共 {} 个文件；略过其他文件 {} 个",
            "reports   read: {} of the {} found; files of other kinds: {}",
            self.reports,
            self.files,
            passed.ignored
        ));
        let skipped: usize = passed.skipped.values().sum();
        if skipped > 0 {
            let reasons: Vec<String> =
                passed.skipped.iter().map(|(reason, count)| format!("{reason} {count}")).collect();
            let reasons = reasons.join(match lang {
                Lang::Zh => "，",
                Lang::En => ", ",
            });
            line(say!(
                lang,
                "归档  略过不是年度报告的网页记录 {skipped} 条：{reasons}",
                "crawls    records passed over, no annual reports: {skipped} ({reasons})",
                skipped = skipped,
                reasons = reasons
            ));
        }
        if passed.without_text > 0 {
            line(say!(
                lang,
                "数据  略过没有正文字段的记录 {} 条",
                "dumps     objects passed over, without a field of text: {}",
                passed.without_text
            ));
        }
        line(say!(
            lang,
            "表格  读取 {} 张（应有 {} 张），单元格 {} 个，未能读取 {} 个",
            "tables    read: {} of the {} due; cells: {}, not readable: {}",
            self.tables,
            self.tables_due,
            self.cells,
            self.cells_missing
        ));
        line(say!(
            lang,
            "数字  找到 {} 处，能对应 {} 处：相符 {confirmed}，矛盾 {contradicted}，相容 {compatible}，未定 {undetermined}，不可比 {not_comparable}",
            "claims    found: {}, bound: {}; confirmed: {confirmed}, contradicted: {contradicted}, compatible: {compatible}, undetermined: {undetermined}, left alone: {not_comparable}",
            self.claims,
            self.bound,
            confirmed = confirmed,
            contradicted = contradicted,
            compatible = compatible,
            undetermined = undetermined,
            not_comparable = not_comparable
        ));
        line(say!(
            lang,
            "发现  错误 {errors}，警告 {warnings}，提示 {infos}",
            "findings  errors: {errors}, warnings: {warnings}, infos: {infos}",
            errors = errors,
            warnings = warnings,
            infos = infos
        ));
        let rules: Vec<String> = self
            .commonest()
            .iter()
            .map(|(code, n)| format!("{code} {} {n}", by_code(code).map_or("", |r| r.name)))
            .collect();
        if !rules.is_empty() {
            let rules = rules.join(match lang {
                Lang::Zh => "，",
                Lang::En => ", ",
            });
            line(say!(lang, "最多的规则  {rules}", "commonest rules  {rules}", rules = rules));
        }
        if let Some(n) = self.failures.get("E004") {
            line(say!(
                lang,
                "注意：有 {n} 份报告审核中途出错，没有结果。",
                "Note: reports that failed in the middle of the audit and have no results: {n}.",
                n = n
            ));
        }
        out
    }
}
