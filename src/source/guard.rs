//! A time limit around code of others, which cannot be asked to stop.

use std::panic::resume_unwind;
use std::sync::mpsc;

use super::apart::STACK;
use super::decode::SourceError;
use super::limits::{Limit, Limits};

/// Runs a reader on a thread of its own and waits as long as one report may take. A reader that is late is left
/// behind: what it would still have said is dropped, and it ends with the process at the latest.
///
/// # Errors
/// [`Limit::Time`], or what the reader says.
pub(super) fn within<R: Send + 'static>(
    limits: &Limits,
    read: impl FnOnce() -> Result<R, SourceError> + Send + 'static,
) -> Result<R, SourceError> {
    let (tell, told) = mpsc::channel();
    let work = move || {
        // Nobody listens any more when the time is over.
        let _ = tell.send(read());
    };
    let late = || SourceError::limit(Limit::Time, limits);
    let Ok(thread) = std::thread::Builder::new().name("reader".into()).stack_size(STACK).spawn(work) else {
        return Err(late());
    };
    match told.recv_timeout(limits.time) {
        Ok(result) => result,
        Err(mpsc::RecvTimeoutError::Timeout) => Err(late()),
        Err(mpsc::RecvTimeoutError::Disconnected) => match thread.join() {
            Err(panic) => resume_unwind(panic),
            Ok(()) => Err(late()),
        },
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_reader_that_never_ends_is_given_up() {
        let limits = Limits { time: Duration::from_millis(50), ..Limits::default() };
        let forever = || loop {
            std::thread::sleep(Duration::from_secs(1));
        };
        let result: Result<(), _> = within(&limits, forever);
        assert!(matches!(result, Err(SourceError::Limit { limit: Limit::Time, .. })));
    }

    #[test]
    fn a_panic_in_a_reader_reaches_the_caller() {
        let read = || -> Result<(), SourceError> { panic!("broken") };
        assert!(std::panic::catch_unwind(|| within(&Limits::default(), read)).is_err());
    }
}
