//! A bare bill of materials whose suppliers fail at random: what products lose, and which supplier costs most.
//!
//! No atlas: the network is six files. The weeks of a trial are counted by [`linchpin_kernel::Outages`], trials are run by
//! [`crate::trials`]; here files are checked and outcomes are told.

mod experiment;
mod read;
mod tables;

pub use crate::firms::ReadError;
pub use experiment::{Block, DownWeeks, Sampled};
pub use read::{Network, read};

use crate::context::{Cancelled, Context};
use crate::trials::{Ended, Estimate, Run, Sample, Shard};
use linchpin_table::{Answer, Message, Stamp, Status, TableError, Unit};
use serde::{Deserialize, Serialize};

/// What is asked of `outages` and decides its trials.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// Weeks that are counted.
    pub weeks: u32,
}

/// How the trials are told.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shown {
    /// Suppliers and products listed, at most.
    pub rows: usize,
    /// The part of a run that this is, if it is one.
    pub shard: Option<Shard>,
    /// The error at which the run was to stop.
    pub error: Option<f64>,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum OutagesError {
    /// A table does not hold together.
    #[error(transparent)]
    Table(#[from] TableError),
    /// The request was cancelled.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
}

/// Statistics of the trials, as tables.
pub fn answer(
    sampled: &Sampled<'_>,
    seed: u64,
    run: &Run<Block>,
    shown: &Shown,
    context: &Context,
) -> Result<Answer, OutagesError> {
    let outcomes = Outcomes::of(sampled, run);
    context.step("statistics", 0)?;
    let totals = Sample::new(&outcomes.lost, 1);
    let mut answer = Answer::new(stamp(sampled, seed, run, shown));
    answer.headlines = headlines(sampled, run, &outcomes, &totals);
    if run.trials > 0 {
        answer.tables.push(tables::loss(&outcomes, &totals)?);
        answer.tables.push(tables::products(sampled, &outcomes, shown.rows)?);
        let hits = tables::Hits::of(sampled, run);
        answer.tables.push(tables::when_down(sampled, &hits, &totals, shown.rows)?);
        answer.tables.push(tables::owed(sampled, &hits, &totals, shown.rows)?);
    }
    answer.notes = notes(sampled, run, shown);
    context.step("outages", answer.tables.len())?;
    Ok(answer)
}

/// What was lost, as parts of what is wanted in all weeks.
struct Outcomes {
    /// By trial.
    lost: Vec<f64>,
    /// By product, by trial; of a product of which nothing is wanted, of one unit a week.
    by_product: Vec<Vec<f64>>,
    /// Units of all products that are wanted in all weeks.
    wanted: f64,
    /// Weeks for which a supplier is down on average.
    down_weeks: Vec<f64>,
}

impl Outcomes {
    fn of(sampled: &Sampled<'_>, run: &Run<Block>) -> Outcomes {
        let products = sampled.network.products.len();
        let demand = &sampled.outages.demand;
        let weeks = f64::from(sampled.outages.weeks);
        let wanted = demand.iter().sum::<f64>() * weeks;
        let suppliers = sampled.network.suppliers.len() as f64;
        let (mut lost, mut by_product, mut down_weeks) = (vec![], vec![vec![]; products], vec![]);
        for block in &run.outcomes {
            for (trial, downs) in block.trials(products) {
                lost.push(trial.iter().sum::<f64>() / wanted);
                for ((column, loss), demand) in by_product.iter_mut().zip(trial).zip(demand) {
                    column.push(if *demand > 0.0 { loss / (demand * weeks) } else { 0.0 });
                }
                down_weeks.push(downs.iter().map(|d| f64::from(d.weeks)).sum::<f64>() / suppliers);
            }
        }
        Outcomes { lost, by_product, wanted, down_weeks }
    }
}

fn stamp(sampled: &Sampled<'_>, seed: u64, run: &Run<Block>, shown: &Shown) -> Stamp {
    let mut stamp = Stamp::new("outages");
    stamp.version = env!("CARGO_PKG_VERSION").to_owned();
    stamp.data_hash = sampled.network.hash.clone();
    stamp.seed = Some(seed);
    stamp.status = Status::Sampled { trials: run.trials };
    let mut ask = |name: &str, value: String| stamp.request.insert(name.to_owned(), value);
    ask("trials", run.trials.to_string());
    ask("weeks", sampled.outages.weeks.to_string());
    if let Some(error) = shown.error {
        ask("error", error.to_string());
    }
    if let Some(shard) = shown.shard {
        ask("shard", shard.to_string());
    }
    stamp
}

fn headlines(
    sampled: &Sampled<'_>,
    run: &Run<Block>,
    outcomes: &Outcomes,
    totals: &Sample<'_>,
) -> Vec<Message> {
    let network = sampled.network;
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let mut lines = vec![
        Message::new("outages-network")
            .integer("parts", count(network.parts.len()))
            .integer("leaves", count(sampled.outages.buffer.len()))
            .integer("suppliers", count(network.suppliers.len()))
            .integer("products", count(network.products.len())),
    ];
    if run.trials == 0 {
        lines.push(Message::new("outages-no-trials"));
        return lines;
    }
    let share = |message: Message, name: &str, e: &Estimate| {
        let whole = if e.error.is_finite() { [e.low, e.high] } else { [e.value; 2] };
        message.range(name, e.value, whole[0], whole[1], Unit::Fraction)
    };
    let lost = Message::new("outages-lost").integer("weeks", i64::from(sampled.outages.weeks));
    let lost = share(lost, "mean", &totals.mean());
    lines.push(share(lost.integer("trials", run.trials as i64), "p95", &totals.quantile(0.95)));
    let down = Sample::new(&outcomes.down_weeks, 1).mean();
    lines.push(Message::new("outages-down").number("weeks", down.value, Unit::None));
    if run.ended == Ended::WantedError {
        lines.push(Message::new("trials-enough").integer("trials", run.trials as i64));
    }
    lines
}

fn notes(sampled: &Sampled<'_>, run: &Run<Block>, shown: &Shown) -> Vec<Message> {
    let mut notes = run.warnings.clone();
    if let Some(shard) = shown.shard {
        notes.push(Message::new("note-trials-shard").text("shard", shard.to_string()));
    }
    if run.resumed > 0 && run.resumed < run.trials {
        notes.push(Message::new("note-trials-resumed").integer("trials", run.resumed as i64));
    }
    if shown.error.is_some() && run.ended == Ended::AllTrials {
        notes.push(Message::new("note-trials-not-enough").integer("trials", run.trials as i64));
    }
    let unread = &sampled.network.unread;
    if !unread.is_empty() {
        notes.push(Message::new("note-firms-unread").text("columns", unread.join(", ")));
    }
    notes
}
