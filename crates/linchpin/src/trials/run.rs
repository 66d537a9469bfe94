//! A run of trials: plan → blocks → outcomes in trial order.
//!
//! Trials are worked out in blocks of 64, so many neighbours at a time as the experiment likes. Which thread or machine works out which
//! block, and how many at a time, changes no bit: a trial's random numbers depend on its number alone, and what is added up over
//! trials is added in trial order, afterwards.

use super::journal::{Header, Identity, Journal, JournalError, Merged};
use super::memory::{Need, available};
use crate::context::{Cancelled, Context};
use linchpin_table::Message;
use serde::{Deserialize, Serialize};
use std::ops::Range;
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

/// Trials of a block.
pub const BLOCK: u64 = 64;
/// Trials at most: more are a slip of the hand, and their numbers would not fit beside each other.
const MOST: u64 = u32::MAX as u64;
/// Blocks after which a run that may stop at a wanted error looks for the first time.
const FIRST_LOOK: u64 = 16;
/// How long a cancelled run may not notice.
const PATIENCE: Duration = Duration::from_millis(50);

/// How many trials are run, and how.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// Trials, at least one; with a wanted error, at most.
    pub trials: u64,
    /// Seed of the random numbers.
    pub seed: u64,
    /// The part of the trials that is run here.
    pub shard: Option<Shard>,
    /// The standard error of the experiment's headline number, as a part of that number, at which the run stops. It looks at fixed numbers of
    /// trials, so that where it stops depends on no machine.
    pub error: Option<f64>,
    /// The file in which finished blocks are kept.
    pub checkpoint: Option<PathBuf>,
}

impl Default for Plan {
    fn default() -> Plan {
        Plan { trials: 10_000, seed: 1, shard: None, error: None, checkpoint: None }
    }
}

/// A part of a run, `2/4`: neighbouring blocks, about as many in each part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shard {
    number: u32,
    of: u32,
}

impl Shard {
    /// The part of this number, from 1, of so many; `None` if there is none.
    pub fn new(number: u32, of: u32) -> Option<Shard> {
        (1..=of).contains(&number).then_some(Shard { number, of })
    }

    /// Its blocks.
    fn blocks(self, all: u64) -> Range<u64> {
        let until = |number: u32| (u128::from(all) * u128::from(number) / u128::from(self.of)) as u64;
        until(self.number - 1)..until(self.number)
    }
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Shard, String> {
        let parts = text
            .split_once('/')
            .and_then(|(number, of)| Shard::new(number.trim().parse().ok()?, of.trim().parse().ok()?));
        parts.ok_or_else(|| "1/4 … 4/4".to_owned())
    }
}

impl std::fmt::Display for Shard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.number, self.of)
    }
}

/// A question that is answered by trials.
pub trait Experiment: Sync {
    /// What is kept of the trials of a block.
    type Outcome: Send;

    /// What a thread keeps from one call to the next, to save work; no bit may depend on it.
    type Kept: Default;

    /// What decides the outcomes, beside seed and trials.
    fn identity(&self) -> Identity;

    /// Where the data is; told by a journal, and part of nothing.
    fn place(&self) -> String {
        String::new()
    }

    /// Bytes that a run takes, statistics included.
    fn need(&self) -> Need;

    /// Blocks that are best worked out together.
    fn width(&self) -> u64 {
        1
    }

    /// Works out neighbouring trials from a multiple of 64, on the thread that asks; one outcome a block, in order. Their bits must not
    /// depend on which others are asked for at the same time. It may look whether the context was cancelled, and reports nothing.
    fn run(
        &self,
        kept: &mut Self::Kept,
        seed: u64,
        trials: Range<u64>,
        context: &Context,
    ) -> Result<Vec<Self::Outcome>, Cancelled>;

    /// Writes the outcome of a block into a journal.
    fn write(&self, outcome: &Self::Outcome, bytes: &mut Vec<u8>);

    /// Reads it back for a block of so many trials; `None` if it is none.
    fn read(&self, bytes: &[u8], trials: usize) -> Option<Self::Outcome>;

    /// The standard error of the number that [`Plan::error`] is about, as a part of it; `None` while nothing can be said.
    fn relative_error(&self, outcomes: &[Self::Outcome]) -> Option<f64>;
}

/// Why a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// All trials were run.
    AllTrials,
    /// The wanted error was reached.
    WantedError,
}

/// What a run gave.
#[derive(Clone, Debug)]
pub struct Run<O> {
    /// By block, in trial order.
    pub outcomes: Vec<O>,
    /// Number of the first trial: above zero in a part of a run.
    pub first: u64,
    /// Trials that they are of.
    pub trials: u64,
    /// Trials among them that came from a journal.
    pub resumed: u64,
    /// Why there are no more.
    pub ended: Ended,
    /// What went wrong without harm to the outcomes.
    pub warnings: Vec<Message>,
}

/// Why there is no run.
#[derive(Debug, thiserror::Error)]
pub enum TrialsError {
    /// The number of trials cannot be.
    #[error("{trials} trials: 1 to {MOST} are possible")]
    Trials {
        /// Trials asked for.
        trials: u64,
        /// Trials at most.
        most: u64,
    },
    /// There is not as much memory.
    #[error("{trials} trials need {need} bytes, and {available} are there")]
    Memory {
        /// Trials asked for.
        trials: u64,
        /// Bytes needed.
        need: u128,
        /// Bytes available.
        available: u64,
        /// Trials for which they would do.
        possible: u64,
    },
    /// A wanted error that is none.
    #[error("a wanted error is a part above 0, not {error}")]
    Error {
        /// What was asked.
        error: f64,
    },
    /// A part of a run cannot know the error of the whole.
    #[error("a shard cannot stop at a wanted error")]
    ErrorOfShard,
    /// The checkpoint is of no use.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// The run was cancelled; what was done is in its checkpoint.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
}

/// Runs an experiment.
pub fn run<E: Experiment>(
    experiment: &E,
    plan: &Plan,
    context: &Context,
) -> Result<Run<E::Outcome>, TrialsError> {
    check(experiment, plan, context, available())?;
    let header = header(experiment, plan);
    let all = plan.trials.div_ceil(BLOCK);
    let blocks = plan.shard.map_or(0..all, |shard| shard.blocks(all));
    let mut done = Done { first: blocks.start, outcomes: vec![], journal: None };
    done.outcomes.resize_with((blocks.end - blocks.start) as usize, || None);
    let mut resumed = vec![];
    if let Some(path) = &plan.checkpoint {
        let (journal, known) = Journal::open(path, &header)?;
        done.journal = Some(journal);
        for (number, bytes) in known {
            let slot = number.checked_sub(done.first).and_then(|at| done.outcomes.get_mut(at as usize));
            let Some(slot) = slot else { continue };
            let outcome = experiment.read(&bytes, trials_of(number, plan.trials));
            let broken = || JournalError::Outcomes { path: path.clone(), first: number * BLOCK };
            *slot = Some(outcome.ok_or_else(broken)?);
            resumed.push(number);
        }
    }
    let mut ended = Ended::AllTrials;
    let mut end = blocks.start;
    for look in looks(&blocks, plan.error.is_some()) {
        let worked = round(experiment, plan, context, &mut done, end..look);
        if let Err(cancelled) = worked {
            if let Some(journal) = done.journal.take() {
                journal.close();
            }
            return Err(cancelled.into());
        }
        end = look;
        if let Some(wanted) = plan.error {
            // Every block so far is there; looking does not take them away.
            let so_far: Vec<E::Outcome> =
                done.outcomes[..(end - done.first) as usize].iter_mut().filter_map(Option::take).collect();
            let reached = experiment.relative_error(&so_far).is_some_and(|error| error <= wanted);
            for (slot, outcome) in done.outcomes.iter_mut().zip(so_far) {
                *slot = Some(outcome);
            }
            if reached {
                ended = if end < blocks.end { Ended::WantedError } else { Ended::AllTrials };
                break;
            }
        }
    }
    let warnings = done.journal.take().map(Journal::close).unwrap_or_default();
    let trials = |block: &u64| trials_of(*block, plan.trials) as u64;
    Ok(Run {
        outcomes: done.outcomes.into_iter().take((end - blocks.start) as usize).flatten().collect(),
        first: blocks.start * BLOCK,
        trials: (blocks.start..end).map(|block| trials(&block)).sum(),
        resumed: resumed.iter().filter(|block| **block < end).map(trials).sum(),
        ended,
        warnings,
    })
}

/// Finishes a run from its journals.
pub fn merged<E: Experiment>(experiment: &E, merged: &Merged) -> Result<Run<E::Outcome>, TrialsError> {
    let trials = merged.header.trials;
    let plan = Plan { trials, seed: merged.header.seed, ..Plan::default() };
    let differences = header(experiment, &plan).differences(&merged.header);
    if !differences.is_empty() {
        return Err(JournalError::Other { path: merged.file.clone(), differences }.into());
    }
    let read = |(number, bytes): (&u64, &Vec<u8>)| {
        let broken = || JournalError::Outcomes { path: merged.file.clone(), first: number * BLOCK };
        experiment.read(bytes, trials_of(*number, trials)).ok_or_else(broken)
    };
    let outcomes = merged.blocks.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    Ok(Run { outcomes, first: 0, trials, resumed: trials, ended: Ended::AllTrials, warnings: vec![] })
}

/// What can be refused before the start.
fn check<E: Experiment>(
    experiment: &E,
    plan: &Plan,
    context: &Context,
    available: Option<u64>,
) -> Result<(), TrialsError> {
    let trials = plan.trials;
    if trials == 0 {
        return Err(TrialsError::Trials { trials, most: MOST });
    }
    match plan.error {
        Some(error) if !(error > 0.0 && error.is_finite()) => return Err(TrialsError::Error { error }),
        Some(_) if plan.shard.is_some() => return Err(TrialsError::ErrorOfShard),
        _ => {}
    }
    let need = experiment.need();
    let all = trials.div_ceil(BLOCK);
    let here = plan.shard.map_or(all, |shard| {
        let blocks = shard.blocks(all);
        blocks.end - blocks.start
    });
    let bytes = need.total(context.threads, here.saturating_mul(BLOCK).min(trials));
    if let Some(available) = available.filter(|there| bytes > u128::from(*there)) {
        let left = u128::from(available).saturating_sub(need.total(context.threads, 0));
        let possible = (left / u128::from(need.trial.max(1))).min(u128::from(trials)) as u64;
        return Err(TrialsError::Memory { trials, need: bytes, available, possible });
    }
    if trials > MOST {
        return Err(TrialsError::Trials { trials, most: MOST });
    }
    Ok(())
}

fn header<E: Experiment>(experiment: &E, plan: &Plan) -> Header {
    Header {
        identity: experiment.identity(),
        seed: plan.seed,
        trials: plan.trials,
        shard: plan.shard,
        place: experiment.place(),
    }
}

/// Trials of a block of a run.
fn trials_of(block: u64, trials: u64) -> usize {
    trials.saturating_sub(block.saturating_mul(BLOCK)).min(BLOCK) as usize
}

/// Blocks up to which the run goes before it looks at its error: a quarter more each time.
fn looks(blocks: &Range<u64>, looks: bool) -> Vec<u64> {
    let mut ends = vec![];
    let mut end = FIRST_LOOK;
    while looks && end < blocks.end {
        ends.push(end);
        end += end.div_ceil(4);
    }
    ends.push(blocks.end);
    ends
}

/// Outcomes so far.
struct Done<O> {
    /// Number of the first block.
    first: u64,
    outcomes: Vec<Option<O>>,
    journal: Option<Journal>,
}

/// Works out the blocks of a range that are not there yet.
fn round<E: Experiment>(
    experiment: &E,
    plan: &Plan,
    context: &Context,
    done: &mut Done<E::Outcome>,
    blocks: Range<u64>,
) -> Result<(), Cancelled> {
    let groups = groups(done, &blocks, experiment.width().max(1));
    let of = done.outcomes.len() as u64 * BLOCK;
    let mut count = done.outcomes.iter().flatten().count() as u64 * BLOCK;
    let report = |count: u64| context.part("trials", count as usize, of as usize);
    report(count)?;
    let next = AtomicUsize::new(0);
    let (send, receive) = channel();
    std::thread::scope(|scope| {
        for _ in 0..context.threads.min(groups.len()) {
            let (send, next, groups) = (send.clone(), &next, &groups);
            scope.spawn(move || {
                let mut kept = E::Kept::default();
                while let Some(group) = groups.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let trials = group.start * BLOCK..(group.end * BLOCK).min(plan.trials);
                    let Ok(outcomes) = experiment.run(&mut kept, plan.seed, trials, context) else { return };
                    if send.send((group.clone(), outcomes)).is_err() || context.is_cancelled() {
                        return;
                    }
                }
            });
        }
        drop(send);
        loop {
            match receive.recv_timeout(PATIENCE) {
                Ok((group, outcomes)) => {
                    if let Some(journal) = &mut done.journal {
                        let written = |outcome| {
                            let mut bytes = vec![];
                            experiment.write(outcome, &mut bytes);
                            bytes
                        };
                        let bytes: Vec<Vec<u8>> = outcomes.iter().map(written).collect();
                        let trials = group.clone().map(|block| trials_of(block, plan.trials) as u64).sum();
                        journal.add(group.start, &bytes, trials);
                    }
                    count += (group.end - group.start) * BLOCK;
                    for (block, outcome) in group.zip(outcomes) {
                        done.outcomes[(block - done.first) as usize] = Some(outcome);
                    }
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
            // Who is cancelled still takes what comes: threads see it themselves, and end.
            let _ = report(count);
        }
    });
    if context.is_cancelled() { Err(Cancelled) } else { Ok(()) }
}

/// Neighbouring blocks that are not there yet, at most so many at a time, from multiples of that.
fn groups<O>(done: &Done<O>, blocks: &Range<u64>, width: u64) -> Vec<Range<u64>> {
    let mut groups: Vec<Range<u64>> = vec![];
    for block in blocks.clone() {
        if done.outcomes[(block - done.first) as usize].is_some() {
            continue;
        }
        match groups.last_mut().filter(|last| last.end == block && block % width != 0) {
            Some(last) => last.end = block + 1,
            None => groups.push(block..block + 1),
        }
    }
    groups
}

#[cfg(test)]
mod tests;
