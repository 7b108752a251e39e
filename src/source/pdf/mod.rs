//! PDF with a text layer: paragraphs in reading order, tables by the position of their cells.

use super::decode::SourceError;
use super::limits::Limits;
use super::paragraphs::Converted;

/// Reads a PDF.
pub(super) fn read(_bytes: Vec<u8>, _limits: &Limits) -> Result<Converted, SourceError> {
    Err(SourceError::Unsupported("PDF"))
}
