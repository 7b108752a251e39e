//! The side that answers: binds itself, reads the document, and hands back text and notes.

use std::io::{self, Read, Write};

use super::STACK;
use super::wire::{self, Request};
use crate::source::decode::SourceError;
use crate::source::limits::Limit;

/// Answers one request: reads a document from `input` and writes what came of it to `output`. The limits of the request
/// then hold for the whole process, which must do nothing else.
///
/// # Errors
/// The request is none, the document is cut short, or nobody takes the answer.
pub fn answer(request: &str, mut input: impl Read, mut output: impl Write) -> io::Result<()> {
    let request: Request = serde_json::from_str(request)?;
    let Request { reader, asker, len, mut limits } = request;
    limits.apart = None;
    limits.converter = false;
    bind::bind(limits.memory.saturating_add(len as u64).saturating_add(STACK as u64), limits.time);
    // It may have gone before this process could ask to be told.
    if bind::is_orphan(asker) {
        return Err(io::ErrorKind::BrokenPipe.into());
    }
    let mut bytes = Vec::new();
    bytes.try_reserve_exact(len)?;
    input.read_to_end(&mut bytes)?;
    if bytes.len() != len {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    let work = move || {
        reader.read(&bytes, &limits).and_then(|converted| {
            if converted.text.len() as u64 > limits.text {
                return Err(SourceError::limit(Limit::Text, &limits));
            }
            Ok(converted)
        })
    };
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(work)?;
    let result = thread.join().map_err(|_| io::Error::other("the reader failed"))?;
    wire::write(&result, &mut output)?;
    output.flush()
}

/// Limits of the system on this process. Where there are none, the time that the other side waits is the only limit.
#[cfg(any(target_os = "linux", target_os = "macos"))]
mod bind {
    use std::time::Duration;

    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

    /// Addresses that are no memory: the program itself, its libraries, and what the allocator sets aside.
    const ADDRESSES: u64 = 512 << 20;
    /// Readers use several threads, whose time is added up.
    const THREADS: u64 = 8;

    pub(super) fn bind(memory: u64, time: Duration) {
        // A process whose parent is gone has nobody to answer.
        #[cfg(target_os = "linux")]
        let _ = rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::KILL));
        lower(Resource::Data, memory);
        lower(Resource::As, memory.saturating_add(ADDRESSES));
        lower(Resource::Cpu, (time.as_secs() + 1).saturating_mul(THREADS));
        // It has no business with files.
        lower(Resource::Fsize, 0);
        lower(Resource::Core, 0);
    }

    /// Whether the process that asked is gone.
    pub(super) fn is_orphan(asker: u32) -> bool {
        let parent = rustix::process::getppid().map(|id| id.as_raw_nonzero().get());
        parent.is_none_or(|id| u32::try_from(id) != Ok(asker))
    }

    /// A system without this limit has the others.
    fn lower(resource: Resource, to: u64) {
        let most = getrlimit(resource).maximum.map_or(to, |most| most.min(to));
        let _ = setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) });
    }
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
mod bind {
    pub(super) fn bind(_: u64, _: std::time::Duration) {}

    pub(super) fn is_orphan(_: u32) -> bool {
        false
    }
}
