//! Documents and sheets of office programs.

use super::decode::SourceError;
use super::kind::Kind;
use super::limits::Limits;
use super::paragraphs::Converted;

/// Reads a document of a kind; `extension` tells WPS from DOC.
pub(super) fn read(_bytes: Vec<u8>, kind: Kind, _extension: &str, _limits: &Limits) -> Result<Converted, SourceError> {
    Err(SourceError::Unsupported(kind.name()))
}
