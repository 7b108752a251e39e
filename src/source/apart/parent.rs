//! The side that asks: starts the process, hands the document over, and ends it when its time is over.

use std::io::{self, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Arc, mpsc};

use super::wire::{self, Request};
use super::{COMMAND, Reader};
use crate::source::decode::SourceError;
use crate::source::limits::{Limit, Limits};
use crate::source::paragraphs::Converted;

/// Room for notes beside the text.
const NOTES: u64 = 16_000_000;
/// As much of its last words as tells why it ended.
const LAST_WORDS: u64 = 4096;

/// A process that does not outlive the question.
struct Asked(Child);

impl Drop for Asked {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// What a process said before it closed its outputs.
struct Said {
    reply: Vec<u8>,
    last_words: Vec<u8>,
}

/// Reads a document in a process of its own.
///
/// # Errors
/// It could not be started; the document may still be read in another way.
pub(super) fn read(
    program: &Path,
    reader: Reader,
    bytes: &Arc<Vec<u8>>,
    limits: &Limits,
) -> io::Result<Result<Converted, SourceError>> {
    let request = serde_json::to_string(&Request {
        reader,
        asker: std::process::id(),
        len: bytes.len(),
        limits: limits.clone(),
    })?;
    let child = Command::new(program)
        .args([COMMAND, &request])
        // The GNU allocator sets 64 MB of addresses aside for every thread beyond these.
        .env("MALLOC_ARENA_MAX", "2")
        .env_remove("RUST_BACKTRACE")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let mut asked = Asked(child);
    let (Some(stdin), Some(stdout), Some(stderr)) =
        (asked.0.stdin.take(), asked.0.stdout.take(), asked.0.stderr.take())
    else {
        return Err(io::Error::other("no pipes"));
    };
    let (tell, told) = mpsc::channel();
    let (document, most) = (Arc::clone(bytes), limits.text.saturating_add(NOTES));
    std::thread::Builder::new().name("asking".into()).spawn(move || {
        // Nobody listens any more when the time is over.
        let _ = tell.send(talk(stdin, &document, stdout, stderr, most));
    })?;
    let Ok(said) = told.recv_timeout(limits.time) else {
        return Ok(Err(SourceError::limit(Limit::Time, limits)));
    };
    Ok(match wire::understood(said.reply, reader.kind()) {
        Some(result) => result,
        None => Err(broken_off(&mut asked.0, &said.last_words, reader, limits)),
    })
}

/// Hands the document over and listens to the end. A process that breaks off closes its pipes, which is no failure here.
fn talk(mut stdin: ChildStdin, document: &[u8], stdout: ChildStdout, stderr: ChildStderr, most: u64) -> Said {
    let _ = stdin.write_all(document);
    drop(stdin);
    let (mut reply, mut last_words) = (Vec::new(), Vec::new());
    let _ = stdout.take(most).read_to_end(&mut reply);
    let _ = stderr.take(LAST_WORDS).read_to_end(&mut last_words);
    Said { reply, last_words }
}

/// Why a process ended without an answer.
fn broken_off(child: &mut Child, last_words: &[u8], reader: Reader, limits: &Limits) -> SourceError {
    let says = |words: &str| memchr::memmem::find(last_words, words.as_bytes()).is_some();
    if says("memory allocation") {
        return SourceError::limit(Limit::Memory, limits);
    }
    if says("overflowed its stack") {
        return reader.damaged("it is nested too deep for its reader");
    }
    match child.wait().ok().and_then(signal) {
        Some(SIGXCPU) => SourceError::limit(Limit::Time, limits),
        // By a system that ran out of it.
        Some(SIGKILL) => SourceError::limit(Limit::Memory, limits),
        _ => reader.damaged("its reader broke off"),
    }
}

const SIGKILL: i32 = 9;
const SIGXCPU: i32 = 24;

#[cfg(unix)]
fn signal(status: std::process::ExitStatus) -> Option<i32> {
    std::os::unix::process::ExitStatusExt::signal(&status)
}

#[cfg(not(unix))]
fn signal(_: std::process::ExitStatus) -> Option<i32> {
    None
}
