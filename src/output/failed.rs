//! A report that was not audited, as a finding: it has no place, for there is no text.

use crate::audit::Failure;
use crate::findings::Finding;
use crate::rules::by_code;
use crate::source::Span;

/// The finding that says why.
pub(super) fn finding(failure: &Failure) -> Option<Finding> {
    let rule = by_code(failure.code)?;
    Some(Finding {
        code: rule.code,
        name: rule.name,
        severity: rule.severity,
        message: failure.message.clone(),
        span: Span::default(),
        stated: String::new(),
        expected: String::new(),
        formula: None,
        cells: Vec::new(),
        related: Vec::new(),
    })
}
