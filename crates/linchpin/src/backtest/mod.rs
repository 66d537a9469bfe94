//! Back-tests: the disruption kernel against what happened.
//!
//! A file describes a **bare network** (sites, what they need, how they get it), an event, what followed, and what a simple rule
//! would have said. [`read`] checks it; [`score`] runs the kernel at the declared covers, at half and at double of them,
//! and sets what it says beside what was observed. Nothing in here is fitted to an outcome.

mod build;
mod case;
mod date;
mod entry;
mod fault;
mod measure;
mod read;
mod run;
mod score;

pub use case::{
    BackTest, Basis, Effect, Event, Lane, Manner, Measure, Of, Outcome, Path, Range, Run, Site, Slot, Source,
    Standing,
};
pub use date::Date;
pub use fault::{BackTestError, Fault};
pub use measure::{LOSS, Reading, STOP};
pub use read::read;
pub use score::{DAYS, Nearer, PART, Report, Row, Verdict, score};

/// Which of the declared covers and lead times a run takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Half the declared covers.
    Half,
    /// The least of covers and lead times.
    Low,
    /// The declared ones.
    Mid,
    /// The most.
    High,
    /// Double the declared covers.
    Double,
}

impl Level {
    /// All of them, in order of a row's readings.
    pub const ALL: [Level; 5] = [Level::Half, Level::Low, Level::Mid, Level::High, Level::Double];
}
