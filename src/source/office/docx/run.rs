//! Runs of text: which of them the finished document shows as its text.

use super::body::{Scope, Walk};

/// A run of text while it is read.
#[derive(Debug, Default)]
pub(super) struct Run {
    pub(super) style: Option<String>,
    pub(super) is_hidden: Option<bool>,
    pub(super) is_struck: bool,
    pub(super) is_raised: bool,
}

impl Walk<'_, '_> {
    pub(super) fn is_in_hidden_run(&self) -> bool {
        let Scope { run, paragraph, .. } = &self.scope;
        let styles = &self.context.styles;
        run.is_hidden
            .or_else(|| run.style.as_ref().and_then(|style| styles.is_hidden(style)))
            .or_else(|| paragraph.as_ref()?.style.as_ref().and_then(|style| styles.is_hidden(style)))
            .unwrap_or(false)
    }

    pub(super) fn push(&mut self, text: &str) {
        // 100¹ with the sign of a footnote would read as 1001.
        let is_sign = |c: char| c.is_ascii_digit() || matches!(c, '[' | ']' | '(' | ')' | '*' | ' ');
        // A cell that is raised as a whole holds its number.
        let is_first = self.paragraph().text.is_empty();
        let is_footnote = self.scope.run.is_raised && !is_first && text.chars().all(is_sign);
        let is_no_text = self.scope.run.is_struck || is_footnote;
        if !is_no_text && !self.is_in_hidden_run() {
            self.paragraph().text.push_str(text);
        }
    }
}
