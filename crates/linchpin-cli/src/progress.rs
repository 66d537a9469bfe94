//! Progress on the screen, for anything that takes longer than a second.

use linchpin::context::{Context, Progress};
use std::io::{IsTerminal, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Silence until a user would wonder.
const PATIENCE: Duration = Duration::from_secs(1);

/// Whether a line of progress stands on the screen.
static SHOWN: AtomicBool = AtomicBool::new(false);

/// Takes the line of progress away, before an answer or a fault is printed.
pub(crate) fn clear() {
    if SHOWN.swap(false, Ordering::Relaxed) {
        let _ = write!(std::io::stderr(), "\r\x1b[K");
    }
}

/// A context with all cores, watched if somebody sits before the screen.
pub(crate) fn context() -> Context {
    context_with(None)
}

/// The same with as many threads as asked for.
pub(crate) fn context_with(threads: Option<u32>) -> Context {
    let all = || std::thread::available_parallelism().map_or(1, usize::from);
    let context = Context::with_threads(threads.map_or_else(all, |threads| threads as usize));
    if !std::io::stderr().is_terminal() {
        return context;
    }
    let start = Instant::now();
    context.watched(Arc::new(move |progress: Progress| {
        if start.elapsed() > PATIENCE {
            SHOWN.store(true, Ordering::Relaxed);
            let seconds = start.elapsed().as_secs();
            // A screen that cannot be written to misses nothing of the answer.
            let _ = write!(std::io::stderr(), "\r\x1b[K{seconds} s · {}", progress.step);
            let _ = std::io::stderr().flush();
        }
    }))
}
