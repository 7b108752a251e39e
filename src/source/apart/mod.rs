//! Readers of other people, run apart: in a process of its own that may only take so much memory and time.
//!
//! A library cannot be asked to stop, and what it asks for in memory is not ours to count. A process can be bounded from
//! outside, and takes nobody with it when it breaks off. The command starts itself again for every such document; used
//! as a library, gouji reads in its own process, for a limited time only.

mod child;
mod parent;
mod wire;

use std::panic::catch_unwind;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::decode::SourceError;
use super::limits::Limits;
use super::paragraphs::Converted;
use super::{guard, office, pdf};

pub use child::answer;

/// The subcommand under which the command answers [`answer`].
pub const COMMAND: &str = "read-apart";

/// Documents nest; their readers call themselves. Only what is used of a stack takes memory.
pub(super) const STACK: usize = 32 << 20;

/// A reader that other people wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Reader {
    Pdf,
    Doc,
    Xls,
    Xlsx,
}

impl Reader {
    fn kind(self) -> &'static str {
        match self {
            Reader::Pdf => "PDF",
            Reader::Doc => "DOC/WPS",
            Reader::Xls => "XLS/ET",
            Reader::Xlsx => "XLSX",
        }
    }

    /// Reads here and now. A library that gives up in the middle gives up on its file only.
    fn read(self, bytes: &[u8], limits: &Limits) -> Result<Converted, SourceError> {
        let read = || match self {
            Reader::Pdf => pdf::read(bytes, limits),
            Reader::Doc => office::doc(bytes, limits),
            Reader::Xls => office::xls(bytes, limits),
            Reader::Xlsx => office::xlsx(bytes, limits),
        };
        catch_unwind(read).unwrap_or_else(|_| Err(self.damaged("its reader gave up")))
    }

    fn damaged(self, why: &str) -> SourceError {
        SourceError::Damaged { kind: self.kind(), why: why.to_string() }
    }
}

/// Reads a document within the limits: apart if there is a program to do so, else on a thread.
pub(super) fn read(reader: Reader, bytes: &Arc<Vec<u8>>, limits: &Limits) -> Result<Converted, SourceError> {
    if let Some(program) = &limits.apart
        // A system that starts no more processes is no reason to leave a report unread.
        && let Ok(read) = parent::read(program, reader, bytes, limits)
    {
        return read;
    }
    let (bytes, own) = (Arc::clone(bytes), limits.clone());
    guard::within(limits, move || reader.read(&bytes, &own))
}
