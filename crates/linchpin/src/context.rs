//! What a request may use and how it is watched: threads, cancellation, progress.
//!
//! A request says what is asked and is data; a context says how it is worked out and changes no bit of the answer.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// How far a verb has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// What was finished last: a view of the network or a table of the answer, by name.
    pub step: &'static str,
    /// Steps finished.
    pub done: usize,
    /// Steps that there are, where that is known from the start.
    pub of: Option<usize>,
}

/// Somebody who watches.
pub type Watcher = Arc<dyn Fn(Progress) + Send + Sync>;

/// Threads, cancellation and progress of one request.
#[derive(Clone)]
pub struct Context {
    /// Threads that sweeps may use; answers are the same for any number.
    pub threads: usize,
    cancel: Arc<AtomicBool>,
    watcher: Option<Watcher>,
}

/// The request was cancelled; nothing was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("cancelled")]
pub struct Cancelled;

impl Default for Context {
    fn default() -> Context {
        Context { threads: 1, cancel: Arc::new(AtomicBool::new(false)), watcher: None }
    }
}

impl Context {
    /// A context with this many threads.
    pub fn with_threads(threads: usize) -> Context {
        Context { threads: threads.max(1), ..Context::default() }
    }

    /// The same with somebody who watches.
    pub fn watched(mut self, watcher: Watcher) -> Context {
        self.watcher = Some(watcher);
        self
    }

    /// A switch that ends the request at its next step, from any thread.
    pub fn switch(&self) -> Arc<AtomicBool> {
        self.cancel.clone()
    }

    /// Reports a finished step, and ends the request if it was cancelled.
    pub fn step(&self, step: &'static str, done: usize) -> Result<(), Cancelled> {
        self.report(Progress { step, done, of: None })
    }

    /// The same for a step of so many, which tells how long the rest takes.
    pub fn part(&self, step: &'static str, done: usize, of: usize) -> Result<(), Cancelled> {
        self.report(Progress { step, done, of: Some(of) })
    }

    fn report(&self, progress: Progress) -> Result<(), Cancelled> {
        if let Some(watcher) = &self.watcher {
            watcher(progress);
        }
        if self.is_cancelled() { Err(Cancelled) } else { Ok(()) }
    }

    /// Whether the request was cancelled; for what works beside the thread that reports.
    pub fn is_cancelled(&self) -> bool {
        self.cancel.load(Ordering::Relaxed)
    }
}

impl std::fmt::Debug for Context {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Context").field("threads", &self.threads).finish_non_exhaustive()
    }
}
