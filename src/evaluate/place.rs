//! Where the quotes of a gold stand in a report, in characters of the file.

use std::ops::Range;

use sha2::{Digest, Sha256};

use super::gold::EvaluateError;
use super::results::ReportRow;
use crate::dictionary::hex;
use crate::source::{Source, Span};

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
    /// Reads the file that a row of `reports.csv` names.
    ///
    /// # Errors
    /// The file is gone, or not the one that was audited.
    pub(super) fn read(report: &ReportRow) -> Result<Text, EvaluateError> {
        let path = &report.path;
        let bytes = std::fs::read(path).map_err(|source| EvaluateError::Read { path: path.clone(), source })?;
        let changed = || EvaluateError::Changed { path: path.clone() };
        if hex(&Sha256::digest(&bytes)) != report.sha256 {
            return Err(changed());
        }
        let source = Source::from_bytes(bytes, &path.to_string_lossy()).map_err(|_| changed())?;
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
