//! Progress on the screen, for anything that takes longer than a second.

use linchpin::context::{Context, Progress};
use std::io::{IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
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
    context_with(std::thread::available_parallelism().map_or(1, usize::from))
}

/// The same with so many threads.
pub(crate) fn context_with(threads: usize) -> Context {
    let context = Context::with_threads(threads);
    if !std::io::stderr().is_terminal() {
        return context;
    }
    let start = Instant::now();
    // Since when the step that is under way is, and what of it was done before: a run that goes on starts with a part.
    let under_way: Mutex<Option<(&'static str, Instant, usize)>> = Mutex::new(None);
    context.watched(Arc::new(move |progress: Progress| {
        let left = match under_way.lock() {
            Ok(mut under_way) => left(&mut under_way, &progress),
            Err(_) => None,
        };
        if start.elapsed() > PATIENCE {
            SHOWN.store(true, Ordering::Relaxed);
            let seconds = start.elapsed().as_secs();
            let so_far = match (progress.of, left) {
                (Some(of), Some(left)) => format!(" {} / {of} · −{} s", progress.done, left.as_secs() + 1),
                (Some(of), None) => format!(" {} / {of}", progress.done),
                (None, _) => String::new(),
            };
            // A screen that cannot be written to misses nothing of the answer.
            let _ = write!(std::io::stderr(), "\r\x1b[K{seconds} s · {}{so_far}", progress.step);
            let _ = std::io::stderr().flush();
        }
    }))
}

/// Time that the rest of a step takes at the pace so far.
fn left(under_way: &mut Option<(&'static str, Instant, usize)>, progress: &Progress) -> Option<Duration> {
    let of = progress.of?;
    let (_, since, before) = match *under_way {
        Some(same) if same.0 == progress.step => same,
        _ => *under_way.insert((progress.step, Instant::now(), progress.done)),
    };
    let done = progress.done.checked_sub(before).filter(|done| *done > 0)?;
    let rest = of.saturating_sub(progress.done) as f64;
    Duration::try_from_secs_f64(since.elapsed().as_secs_f64() * rest / done as f64).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_left_counts_from_where_a_run_goes_on() {
        let mut under_way = None;
        let at = |done| Progress { step: "trials", done, of: Some(1000) };
        assert_eq!(left(&mut under_way, &at(500)), None);
        under_way = Some(("trials", Instant::now() - Duration::from_secs(10), 500));
        let seconds = left(&mut under_way, &at(600)).unwrap().as_secs_f64();
        assert!((seconds - 40.0).abs() < 1.0, "{seconds}");
        assert_eq!(left(&mut under_way, &Progress { step: "tables", done: 1, of: None }), None);
    }
}
