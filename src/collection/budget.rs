//! What unpacking may cost. Bytes are counted as they come out; what headers say of sizes is not asked.

use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

use crate::source::{Limit, Limits};

/// Unpacked bytes that are harmless whatever they were packed to.
const HARMLESS: u64 = 1_000_000;

/// The bytes that one collection may unpack to, with all that is packed inside it.
#[derive(Debug)]
pub(super) struct Budget {
    allowed: u64,
    unpacked: Cell<u64>,
    is_spent: Cell<bool>,
}

impl Budget {
    pub(super) fn new(packed: u64, limits: &Limits) -> Rc<Budget> {
        let allowed = packed.saturating_mul(limits.ratio).max(HARMLESS);
        Rc::new(Budget { allowed, unpacked: Cell::new(0), is_spent: Cell::new(false) })
    }

    /// Counts bytes that came out of a packing.
    pub(super) fn take(&self, bytes: usize) -> io::Result<()> {
        let unpacked = self.unpacked.get().saturating_add(bytes as u64);
        self.unpacked.set(unpacked);
        if unpacked > self.allowed {
            self.is_spent.set(true);
            return Err(io::Error::other("the limit of expansion is met"));
        }
        Ok(())
    }

    /// The limit that was met, if one was: it is the cause of whatever error came of it.
    pub(super) fn limit(&self) -> Option<Limit> {
        self.is_spent.get().then_some(Limit::Ratio)
    }
}

/// A reader of unpacked bytes that are counted.
pub(super) struct Counted<R> {
    inner: R,
    budget: Rc<Budget>,
}

impl<R: Read> Counted<R> {
    pub(super) fn new(inner: R, budget: &Rc<Budget>) -> Self {
        Counted { inner, budget: Rc::clone(budget) }
    }
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.budget.take(read)?;
        Ok(read)
    }
}

/// All bytes, or none where there are more than allowed.
pub(super) fn read_all(read: &mut dyn Read, most: u64) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    read.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= most).then_some(bytes))
}

/// What came of reading a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Line {
    /// A line, without its end.
    Read,
    /// A line longer than allowed; the rest of it is still to come.
    TooLong,
    /// There is no more.
    End,
}

/// Reads a line of at most so many bytes.
pub(super) fn read_line(read: &mut dyn BufRead, line: &mut Vec<u8>, most: u64) -> io::Result<Line> {
    line.clear();
    let mut has_read = false;
    loop {
        let buffer = read.fill_buf()?;
        if buffer.is_empty() {
            return Ok(if has_read { Line::Read } else { Line::End });
        }
        has_read = true;
        let end = memchr::memchr(b'\n', buffer);
        let part = &buffer[..end.unwrap_or(buffer.len())];
        if (line.len() + part.len()) as u64 > most {
            return Ok(Line::TooLong);
        }
        line.extend_from_slice(part);
        let used = end.map_or(buffer.len(), |at| at + 1);
        read.consume(used);
        if end.is_some() {
            if line.last() == Some(&b'\r') {
                line.pop();
            }
            return Ok(Line::Read);
        }
    }
}

/// Passes over the rest of a line.
pub(super) fn skip_line(read: &mut dyn BufRead) -> io::Result<()> {
    loop {
        let buffer = read.fill_buf()?;
        let end = memchr::memchr(b'\n', buffer);
        let used = end.map_or(buffer.len(), |at| at + 1);
        let is_end = end.is_some() || buffer.is_empty();
        read.consume(used);
        if is_end {
            return Ok(());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_passed_over_and_the_next_is_read() {
        let text = b"one\r\nlonger than ten\ntwo";
        let mut read = io::BufReader::with_capacity(4, &text[..]);
        let mut line = Vec::new();
        let mut seen = Vec::new();
        loop {
            match read_line(&mut read, &mut line, 10).expect("memory is readable") {
                Line::End => break,
                Line::Read => seen.push((Line::Read, String::from_utf8_lossy(&line).into_owned())),
                Line::TooLong => {
                    skip_line(&mut read).expect("memory is readable");
                    seen.push((Line::TooLong, String::new()));
                }
            }
        }
        assert_eq!(seen[0], (Line::Read, "one".to_string()));
        assert_eq!(seen[1].0, Line::TooLong);
        assert_eq!(seen[2], (Line::Read, "two".to_string()));
    }

    #[test]
    fn a_bomb_ends_where_the_limit_is() {
        let limits = Limits::default();
        let budget = Budget::new(100, &limits);
        let mut read = Counted::new(io::repeat(0), &budget);
        assert!(read_all(&mut read, 1 << 30).is_err());
        assert_eq!(budget.limit(), Some(Limit::Ratio));
    }
}
