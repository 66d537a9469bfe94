//! How far a design has come to rest: its revisions by date, what changed from one to the next, and how much a month.
//!
//! A line is *changed* if it is new, gone, counted otherwise, or if anything that is said of it is other. A price alone is no change
//! of the design.

mod compare;
mod report;
mod snapshot;

use crate::cost::Rates;
use crate::import::ImportFault;
use compare::{Change, changes};
use linchpin::atlas::Atlas;
use linchpin::context::Context;
use linchpin_table::{Answer, TableError};
pub use snapshot::Day;
use snapshot::{Snapshot, snapshot};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What is asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// Files, each with the day that it is of, if that is said beside it; else it stands in its name.
    pub files: Vec<(PathBuf, Option<String>)>,
    /// Dollars for one of other currencies.
    pub rates: Rates,
    /// Share of lines that may change in a month in a design that is at rest.
    pub still: f64,
}

/// Why nothing came of it.
#[derive(Debug, thiserror::Error)]
pub enum RevisionFault {
    /// No day is said, and none stands in the name.
    #[error("{0}: no day in its name")]
    NoDay(String),
    /// What is said is no day.
    #[error("{file}: {day} is no day")]
    Day {
        /// The file.
        file: String,
        /// What is said.
        day: String,
    },
    /// Two files of one day.
    #[error("{0} and {1} are of one day")]
    Twice(String, String),
    /// Fewer than two.
    #[error("{0} revisions")]
    Few(usize),
    /// Parts lists beside models.
    #[error("{0} is a model, {1} a list of parts")]
    Mixed(String, String),
    /// A file cannot be read.
    #[error(transparent)]
    File(ImportFault),
    /// A table does not hold together; a bug.
    #[error(transparent)]
    Table(#[from] TableError),
}

/// A revision, and what changed since the one before.
pub(crate) struct Revision {
    pub(crate) snapshot: Snapshot,
    pub(crate) changes: Vec<Change>,
}

/// Sets revisions in the order of their days and tells what changed.
pub fn revisions(atlas: &Atlas, request: &Request, context: &Context) -> Result<Answer, Vec<RevisionFault>> {
    let days = days(request)?;
    let (mut all, mut faults) = (vec![], vec![]);
    for read in read(atlas, &days, &request.rates, context) {
        match read {
            Ok(one) => all.push(one),
            Err(of) => faults.extend(of.into_iter().map(RevisionFault::File)),
        }
    }
    let model = all.iter().find(|s| s.is_model);
    let list = all.iter().find(|s| !s.is_model);
    if let Some((model, list)) = model.zip(list) {
        faults.push(RevisionFault::Mixed(model.file.clone(), list.file.clone()));
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let mut history: Vec<Revision> = vec![];
    for snapshot in all {
        let before = history.last().map(|r| &r.snapshot);
        let changes = before.map(|before| changes(before, &snapshot)).unwrap_or_default();
        history.push(Revision { snapshot, changes });
    }
    report::answer(atlas, request, &history).map_err(|e| vec![e.into()])
}

/// Reads files side by side, as many as there are processors; what comes out stands in their order.
fn read(
    atlas: &Atlas,
    days: &[(Day, PathBuf)],
    rates: &Rates,
    context: &Context,
) -> Vec<Result<Snapshot, Vec<ImportFault>>> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(days.len());
    let next = AtomicUsize::new(0);
    let mut done: Vec<(Day, Result<Snapshot, Vec<ImportFault>>)> = std::thread::scope(|scope| {
        let work = || {
            let mut own = vec![];
            loop {
                let at = next.fetch_add(1, Ordering::Relaxed);
                let Some((day, path)) = days.get(at) else { return own };
                let step = context.step("revisions", at).map_err(|e| vec![ImportFault::Cancelled(e)]);
                own.push((*day, step.and_then(|()| snapshot(atlas, path, *day, rates, context))));
            }
        };
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        let joined =
            workers.into_iter().map(|w| w.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        joined.flatten().collect()
    });
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, read)| read).collect()
}

fn name(path: &std::path::Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// The files in the order of their days.
fn days(request: &Request) -> Result<Vec<(Day, PathBuf)>, Vec<RevisionFault>> {
    let (mut days, mut faults) = (vec![], vec![]);
    for (path, said) in &request.files {
        let file = name(path);
        match said {
            Some(day) => match Day::parse(day) {
                Some(day) => days.push((day, path.clone())),
                None => faults.push(RevisionFault::Day { file, day: day.clone() }),
            },
            None => match Day::within(&file) {
                Some(day) => days.push((day, path.clone())),
                None => faults.push(RevisionFault::NoDay(file)),
            },
        }
    }
    days.sort();
    for pair in days.windows(2).filter(|pair| pair[0].0 == pair[1].0) {
        faults.push(RevisionFault::Twice(name(&pair[0].1), name(&pair[1].1)));
    }
    if faults.is_empty() && days.len() < 2 {
        faults.push(RevisionFault::Few(days.len()));
    }
    if faults.is_empty() { Ok(days) } else { Err(faults) }
}
