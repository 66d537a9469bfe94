//! Bare networks of firms: what a shock to some of them costs all (Hallegatte 2008; Inoue and Todo 2019).
//!
//! No atlas: the network is two files, who is there and who supplies whom. The days are counted by
//! [`linchpin_kernel::Propagation`]; here files are checked, days are added up, and the sums are told.

mod csv;
pub(crate) mod faults;
mod names;
mod parquet;
mod read;
mod run;
pub(crate) mod table;
mod tables;

pub use names::Names;
pub use read::{Damage, Firms, ReadError, read};
pub use run::RunError;

use crate::context::{Cancelled, Context};
use linchpin_kernel::{Policy, Rationing as OfKernel};
use linchpin_table::{Answer, Message, Stamp, TableError, Unit};
use tables::Totals;

/// How what a firm has is divided where it cannot meet all orders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rationing {
    /// Everyone gets the same part of the order.
    ProRata,
    /// Everyone gets the same part of the usual amount until the order is met.
    WaterFilling,
    /// The same as the program published with the model does it.
    WaterFillingAsPublished,
    /// Firms by order, final demand what they leave.
    FinalDemandLast,
}

impl Rationing {
    /// Every way.
    pub const ALL: [Rationing; 4] = [
        Rationing::ProRata,
        Rationing::WaterFilling,
        Rationing::WaterFillingAsPublished,
        Rationing::FinalDemandLast,
    ];

    /// The name by which a user asks for it.
    pub fn name(self) -> &'static str {
        match self {
            Rationing::ProRata => "pro-rata",
            Rationing::WaterFilling => "water-filling",
            Rationing::WaterFillingAsPublished => "water-filling-as-published",
            Rationing::FinalDemandLast => "final-demand-last",
        }
    }

    /// The way of this name.
    pub fn of_name(name: &str) -> Option<Rationing> {
        Rationing::ALL.into_iter().find(|r| r.name() == name)
    }

    fn of_kernel(self) -> OfKernel {
        match self {
            Rationing::ProRata => OfKernel::ProRata,
            Rationing::WaterFilling => OfKernel::WaterFilling,
            Rationing::WaterFillingAsPublished => OfKernel::WaterFillingAsPublished,
            Rationing::FinalDemandLast => OfKernel::FinalDemandLast,
        }
    }
}

/// What is asked of `firms`.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// Days that are counted.
    pub days: u32,
    /// Days of use that stocks cover, at least one.
    pub cover: f64,
    /// Days over which a gap in stock is closed.
    pub adjustment: f64,
    /// How shortage is divided.
    pub rationing: Rationing,
    /// Days in which damaged capacity comes back, by as much every day; zero if it does not.
    pub recovery: f64,
    /// Firms that are listed.
    pub rows: usize,
    /// Days that are listed, at most about; `None` for all.
    pub listed_days: Option<usize>,
}

/// Why a request cannot be answered.
#[derive(Debug, thiserror::Error)]
pub enum FirmsError {
    /// The days were not counted.
    #[error(transparent)]
    Run(#[from] RunError),
    /// A table does not hold together.
    #[error(transparent)]
    Table(#[from] TableError),
    /// The request was cancelled.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
}

/// Answers a request.
pub fn firms(mut firms: Firms, request: &Request, context: &Context) -> Result<Answer, FirmsError> {
    let links = firms.links();
    let outcome = run::run(&mut firms, request, context)?;
    let totals = Totals::of(&outcome);
    let mut answer = Answer::new(stamp(&firms, request));
    answer.headlines = headlines(&firms, links, request, &outcome, &totals);
    answer.tables.push(tables::totals(&totals)?);
    answer.tables.push(tables::series(&outcome, totals.deepest.map(|d| d.0), request.listed_days)?);
    answer.tables.push(tables::firms(&firms, &outcome, request)?);
    answer.notes = notes(&firms, request, &outcome);
    context.step("firms", answer.tables.len())?;
    Ok(answer)
}

fn stamp(firms: &Firms, request: &Request) -> Stamp {
    let mut stamp = Stamp::new("firms");
    stamp.version = env!("CARGO_PKG_VERSION").to_owned();
    stamp.data_hash = firms.hash.clone();
    for (name, value) in [
        ("days", request.days.to_string()),
        ("cover", request.cover.to_string()),
        ("adjustment", request.adjustment.to_string()),
        ("rationing", request.rationing.name().to_owned()),
        ("recovery", request.recovery.to_string()),
    ] {
        stamp.request.insert(name.to_owned(), value);
    }
    stamp
}

/// Bars of a small line within a sentence.
const BARS: usize = 60;

fn headlines(
    firms: &Firms,
    links: usize,
    request: &Request,
    outcome: &run::Outcome,
    totals: &Totals,
) -> Vec<Message> {
    let (count, damaged) = (firms.demand.len() as i64, firms.damage.len() as i64);
    let id = if request.recovery > 0.0 { "firms-network-back" } else { "firms-network" };
    let mut network = Message::new(id).integer("firms", count).integer("links", links as i64);
    network = network.integer("damaged", damaged);
    if request.recovery > 0.0 {
        network = network.number("recovery", request.recovery, Unit::Day);
    }
    let mut lines = vec![network];
    if let (Some(value), Some(direct), Some(consumption)) = (totals.value, totals.direct, totals.consumption)
    {
        let of = |id: &'static str| {
            Message::new(id)
                .integer("days", i64::from(request.days))
                .number("value", value, Unit::Day)
                .number("direct", direct, Unit::Day)
                .number("consumption", consumption, Unit::Day)
        };
        lines.push(match totals.indirect {
            Some(ratio) => of("firms-lost").number("ratio", ratio, Unit::None),
            None => of("firms-lost-nothing"),
        });
    }
    if let Some((day, share)) = totals.deepest.filter(|d| d.1 < 1.0) {
        let deepest = |id: &'static str| {
            Message::new(id).integer("day", day as i64).number("share", share, Unit::Fraction)
        };
        lines.push(match totals.back {
            Some(0) => deepest("firms-deepest-never-away"),
            Some(back) => deepest("firms-deepest-back").integer("back", back as i64),
            None => deepest("firms-deepest-away").integer("last", i64::from(request.days) - 1),
        });
        let step = outcome.days.len().div_ceil(BARS);
        let missing = outcome.days.iter().step_by(step.max(1));
        let missing: Vec<f64> = missing.map(|d| (1.0 - d[1] / outcome.before[1]).max(0.0)).collect();
        let most = missing.iter().copied().fold(0.0, f64::max);
        // What rounding leaves of nothing is no bar.
        if most > 1e-9 {
            let line = Message::new("firms-line").series("line", missing.into_iter().map(Some));
            lines.push(line.integer("last", ((outcome.days.len() - 1) / step.max(1) * step.max(1)) as i64));
        }
    }
    lines
}

fn notes(firms: &Firms, request: &Request, outcome: &run::Outcome) -> Vec<Message> {
    let mut notes = vec![];
    if Policy::of_firms(request.adjustment).overshoots() {
        notes.push(Message::new("note-firms-overshoots").number("days", request.adjustment, Unit::Day));
    }
    if request.rationing == Rationing::WaterFillingAsPublished {
        notes.push(Message::new("note-firms-as-published"));
    }
    let negative = outcome.value.iter().filter(|v| **v < 0.0).count();
    if negative > 0 {
        notes.push(Message::new("note-firms-negative").integer("count", negative as i64));
    }
    if firms.zero_links > 0 {
        notes.push(Message::new("note-firms-zero").integer("count", firms.zero_links as i64));
    }
    let late = firms.damage.iter().filter(|d| d.start >= request.days).count();
    if late > 0 {
        notes.push(Message::new("note-firms-late").integer("count", late as i64));
    }
    if !firms.unread.is_empty() {
        notes.push(Message::new("note-firms-unread").text("columns", firms.unread.join(", ")));
    }
    notes
}
