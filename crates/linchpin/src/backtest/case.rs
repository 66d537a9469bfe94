//! What a back-test is: a small network, what happened to it, and what was observed.

use super::Date;
use linchpin_kernel::{Correction, Rationing, Signal};
use serde::Serialize;

/// Three values of a number that is not known well.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Range {
    /// The least.
    pub low: f64,
    /// The one that is declared.
    pub mid: f64,
    /// The most.
    pub high: f64,
}

/// How well a number is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Someone said so.
    Reported,
    /// Computed from what is reported.
    Derived,
    /// A choice, with its reason.
    Assumed,
}

/// What an input or an outcome rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Basis {
    /// How well it is known.
    pub standing: Standing,
    /// Ids of sources, of the atlas or of the file.
    pub sources: Vec<String>,
    /// The reason, or how it was computed.
    pub why: String,
}

/// A source that the atlas does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its id.
    pub id: String,
    /// What it is.
    pub title: String,
    /// Who published it.
    pub publisher: String,
    /// Where it is read.
    pub address: String,
}

/// How sites behave in a run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Manner {
    /// What orders cover.
    pub signal: Signal,
    /// What corrects them.
    pub correction: Correction,
    /// Days over which a gap in stock is closed.
    pub adjustment: f64,
    /// How shortage is divided.
    pub rationing: Rationing,
    /// Whether those who are short ask others.
    pub resourcing: bool,
}

/// A run: a reading of the event, or a way of behaving, declared beforehand.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// Its id.
    pub id: String,
    /// What it supposes.
    pub what: String,
    /// How sites behave in it.
    pub manner: Manner,
}

/// A site, or so many alike.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Site {
    /// Its id.
    pub id: String,
    /// The market it sells in: its own unless several share one.
    pub pool: String,
    /// Units it makes a tick in equilibrium.
    pub runs: f64,
    /// Units it could make.
    pub capacity: f64,
    /// Units of it that final demand takes a tick.
    pub demand: f64,
    /// How many there are.
    pub count: usize,
    /// What its numbers rest on.
    #[serde(skip)]
    pub basis: Basis,
}

/// What a site needs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Slot {
    /// Its id.
    pub id: String,
    /// The site, by number.
    pub site: usize,
    /// Stock held, in days of use.
    pub cover: Range,
    /// Among many sites: cover that one in ten exceeds, over that of the middle one (log-normal).
    pub spread: f64,
    /// What the cover rests on.
    #[serde(skip)]
    pub basis: Basis,
}

/// A way by which a slot is supplied.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Lane {
    /// Its id.
    pub id: String,
    /// The market it buys in.
    pub pool: String,
    /// The slot, by number.
    pub slot: usize,
    /// Units a tick in equilibrium, each.
    pub amount: f64,
    /// Days under way.
    pub lead: Range,
    /// Days of shortage until it may bring more than usual, where sites ask others.
    pub qualify: f64,
    /// The runs that it is in; all if empty.
    pub only: Vec<String>,
    /// What its numbers rest on.
    #[serde(skip)]
    pub basis: Basis,
}

/// What an event does.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum Effect {
    /// Leaves a part of what lanes take, by date; lanes by number.
    Closes(Vec<usize>, Path),
    /// Leaves a part of what sites could make, by date; sites by number.
    Stops(Vec<usize>, Path),
    /// Destroys a part of what is under way on a day.
    Destroys(Vec<usize>, Date, f64),
}

/// What is left from a date on, or on the way to the next date.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Path {
    /// Dates and parts.
    pub points: Vec<(Date, f64)>,
    /// Whether it changes evenly between two dates.
    pub linear: bool,
}

impl Path {
    /// The part that is left on a day: all of it before the first date, the last one for ever after.
    pub fn left(&self, day: Date) -> f64 {
        let after = self.points.partition_point(|p| p.0 <= day);
        let Some((since, part)) = after.checked_sub(1).map(|i| self.points[i]) else { return 1.0 };
        match self.points.get(after).filter(|_| self.linear) {
            Some((until, then)) => part + (then - part) * day.since(since) as f64 / until.since(since) as f64,
            None => part,
        }
    }
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Event {
    /// Its id.
    pub id: String,
    /// What it does.
    pub effect: Effect,
    /// The runs that it is in; all if empty.
    pub only: Vec<String>,
    /// What its numbers rest on.
    #[serde(skip)]
    pub basis: Basis,
}

/// What is measured of a run.
#[derive(Debug, Clone, PartialEq)]
pub enum Of {
    /// Units made by some sites.
    Made(Vec<usize>),
    /// Units that left over some lanes.
    Shipped(Vec<usize>),
    /// Units that arrived over some lanes.
    Arrived(Vec<usize>),
    /// Stock of some slots.
    Stock(Vec<usize>),
}

/// How it is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Day of the first loss worth the name.
    FirstLoss,
    /// Day of the first stop.
    FirstStop,
    /// Day from which nothing worth the name is missing.
    Back,
    /// Day of the lowest level.
    Trough,
    /// Days stopped.
    Stood,
    /// Units lost, in days of usual output.
    Lost(Date, Date),
    /// Mean level between two dates, both counted, as a part of the usual one.
    Share(Date, Date),
    /// Part of the sites that are stopped on a day.
    Stopped(Date),
    /// Mean stock on a day, in days of usual use.
    Cover(Date),
}

/// What happened in the end.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// Its id.
    pub id: String,
    /// What it is, in words.
    pub what: String,
    /// What is measured, and how.
    pub of: Of,
    /// How it is measured.
    pub measure: Measure,
    /// Least and most that was observed; `None` if it did not happen.
    pub observed: Option<(f64, f64)>,
    /// What a simple rule says; `None` if that it does not happen.
    pub naive: Option<f64>,
    /// The rule.
    pub rule: String,
    /// The runs that it is set against; all if empty.
    pub only: Vec<String>,
    /// What the observation rests on.
    pub basis: Basis,
}

/// A back-test as its file describes it.
#[derive(Debug, Clone, PartialEq)]
pub struct BackTest {
    /// Name of its file.
    pub file: String,
    /// What it is called.
    pub title: String,
    /// The day that days are counted from.
    pub start: Date,
    /// Days that a tick lasts.
    pub tick: i64,
    /// Ticks to be run.
    pub ticks: usize,
    /// Runs.
    pub runs: Vec<Run>,
    /// Sources that the atlas does not have.
    pub sources: Vec<Source>,
    /// Sites.
    pub sites: Vec<Site>,
    /// What they need.
    pub slots: Vec<Slot>,
    /// How they get it.
    pub lanes: Vec<Lane>,
    /// What happened.
    pub events: Vec<Event>,
    /// What followed.
    pub outcomes: Vec<Outcome>,
}
