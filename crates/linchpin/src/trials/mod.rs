//! What every answer by chance shares: uncertain numbers, runs of trials, statistics with their errors.
//!
//! A question that is sampled is an [`Experiment`]; [`run`] works it out in blocks of 64 trials, on any number of threads,
//! with a checkpoint, or a part of it on each of several machines, and always to the same bits. Per-trial outcomes are kept, and
//! [`Sample`] and [`Pair`] make statistics of them once, in trial order.

mod journal;
mod memory;
mod run;
mod screening;
mod spread;
mod statistics;

pub use journal::{Difference, Header, Identity, JournalError, Merged, merge};
pub use memory::Need;
pub use run::{BLOCK, Ended, Experiment, Plan, Run, Shard, TrialsError, merged, run};
pub use screening::first_order;
pub use spread::{Spread, SpreadError};
pub use statistics::{Estimate, Pair, Sample, sum};
