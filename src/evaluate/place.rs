//! Where the quotes of a gold stand in a report, in characters of the file.

use std::ops::Range;
use std::path::Path;

use sha2::{Digest, Sha256};

use super::gold::EvaluateError;
use super::results::ReportRow;
use crate::dictionary::hex;
use crate::source::{Format, Source, Span, stored_name};

/// Bytes that a `…` may stand for.
const GAP: usize = 240;

/// The visible text of a report, folded for search.
pub(super) struct Text {
    source: Source,
    /// Without white space, punctuation in half width.
    folded: String,
    /// The byte of the visible text behind every byte of `folded`.
    origin: Vec<usize>,
}

impl Text {
    /// Reads the file that a row of `reports.csv` names; what is no file of its own, from the texts that the audit kept
    /// in its folder of results.
    ///
    /// # Errors
    /// The file is gone or not the one that was audited, or the text was not kept.
    pub(super) fn read(report: &ReportRow, results: &Path) -> Result<Text, EvaluateError> {
        let source = of_file(report).or_else(|error| of_kept(report, results).ok_or(error))?;
        let (folded, origin) = fold(&source.page().text);
        Ok(Text { source, folded, origin })
    }

    /// Every place where a quote (`…` for a gap) stands.
    #[must_use]
    pub(super) fn places(&self, quote: &str) -> Vec<Span> {
        let page = self.source.page();
        let parts: Vec<String> = quote.split('…').map(|p| fold(p).0).filter(|p| !p.is_empty()).collect();
        occurrences(&self.folded, &parts)
            .into_iter()
            .map(|r| page.origin(self.origin[r.start]..self.origin[r.end]))
            .map(|bytes| self.source.span(bytes))
            .collect()
    }
}

/// The file itself, if it is the one that was audited.
fn of_file(report: &ReportRow) -> Result<Source, EvaluateError> {
    let path = &report.path;
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(_) if is_part(path) => return Err(EvaluateError::NotKept { path: path.clone() }),
        Err(source) => return Err(EvaluateError::Read { path: path.clone(), source }),
    };
    let changed = || EvaluateError::Changed { path: path.clone() };
    if hex(&Sha256::digest(&bytes)) != report.sha256 {
        return Err(changed());
    }
    Source::from_bytes(bytes, &path.to_string_lossy()).map_err(|_| changed())
}

/// Whether a path is one of a member (`a.zip!b.html`) or of several pieces (`a.html;b.docx`).
fn is_part(path: &Path) -> bool {
    path.to_string_lossy().contains(['!', ';'])
}

/// The text that `audit --keep-text` stored; one of an earlier run would have another length.
fn of_kept(report: &ReportRow, results: &Path) -> Option<Source> {
    let kept = |ending: &str, format: Format| {
        let path = results.join("text").join(stored_name(&format!("{}.{ending}", report.report)));
        Some(Source::new(std::fs::read_to_string(path).ok()?, format))
    };
    // Beside a page stands its readable text, in which no position counts.
    let source = kept("html", Format::Html).or_else(|| kept("txt", Format::Text))?;
    (source.characters().to_string() == report.characters).then_some(source)
}

fn fold(text: &str) -> (String, Vec<usize>) {
    let (mut out, mut origin) = (String::new(), Vec::new());
    for (at, c) in text.char_indices().filter(|(_, c)| !c.is_whitespace()) {
        let c = match c {
            '（' => '(',
            '）' => ')',
            '，' => ',',
            '；' => ';',
            '：' => ':',
            other => other,
        };
        out.push(c);
        origin.resize(out.len(), at);
    }
    origin.push(text.len());
    (out, origin)
}

fn occurrences(haystack: &str, parts: &[String]) -> Vec<Range<usize>> {
    let Some(first) = parts.first() else { return Vec::new() };
    let complete = |(at, _): (usize, &str)| {
        let mut end = at + first.len();
        for part in &parts[1..] {
            end += haystack[end..].find(part.as_str()).filter(|n| *n < GAP)? + part.len();
        }
        Some(at..end)
    };
    haystack.match_indices(first.as_str()).filter_map(complete).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_found_over_line_ends_and_gaps() {
        let (text, origin) = fold("收到申请 12\n件，另有3件（含结转）延期");
        let parts = |quote: &str| quote.split('…').map(|p| fold(p).0).collect::<Vec<_>>();
        let found = occurrences(&text, &parts("收到申请12件,"));
        assert_eq!(found.len(), 1);
        assert_eq!(origin[found[0].start], 0);
        assert_eq!(occurrences(&text, &parts("另有3件…延期")).len(), 1);
        assert!(occurrences(&text, &parts("另有4件")).is_empty());
    }
}
