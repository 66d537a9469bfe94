//! What a run says of an outcome.

use super::Date;
use super::case::{BackTest, Measure, Of, Outcome};
use super::run::Record;

/// Below this part of the usual output there is a loss.
pub const LOSS: f64 = 0.95;
/// Below this part a line stands.
pub const STOP: f64 = 0.5;

/// A number that a run gives, if it gives one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Reading {
    /// The number.
    Number(f64),
    /// It does not happen within the run.
    Never,
    /// Nothing is lost, so that nothing can come back.
    NoLoss,
}

pub(super) fn read(test: &BackTest, record: &Record, outcome: &Outcome) -> Reading {
    let level = |tick: usize| level(record, &outcome.of, tick);
    let ticks = 0..test.ticks;
    let day = |tick: usize| Reading::Number(tick as f64 * test.tick as f64);
    let first = |below: f64| ticks.clone().find(|t| level(*t) < below);
    match outcome.measure {
        Measure::FirstLoss => first(LOSS).map_or(Reading::Never, day),
        Measure::FirstStop => first(STOP).map_or(Reading::Never, day),
        Measure::Back => match ticks.clone().rev().find(|t| level(*t) < LOSS) {
            None => Reading::NoLoss,
            Some(last) if last + 1 == test.ticks => Reading::Never,
            Some(last) => day(last + 1),
        },
        Measure::Trough => {
            let lowest = ticks.clone().map(level).fold(f64::INFINITY, f64::min);
            match ticks.clone().find(|t| level(*t) < lowest + 1e-9) {
                Some(tick) if lowest < LOSS => day(tick),
                _ => Reading::NoLoss,
            }
        }
        Measure::Stood => {
            Reading::Number(ticks.filter(|t| level(*t) < STOP).count() as f64 * test.tick as f64)
        }
        Measure::Lost(from, to) => {
            let missing = between(test, from, to).map(|t| (1.0 - level(t)).max(0.0));
            Reading::Number(missing.sum::<f64>() * test.tick as f64)
        }
        Measure::Share(from, to) => {
            let count = between(test, from, to).count().max(1) as f64;
            Reading::Number(between(test, from, to).map(level).sum::<f64>() / count)
        }
        Measure::Stopped(on) => {
            let at = tick_of(test, on);
            let Of::Made(sites) = &outcome.of else { return Reading::Never };
            let sites: Vec<usize> = sites.iter().flat_map(|s| record.built.sites[*s].clone()).collect();
            let stopped = sites.iter().filter(|s| record.made[at][**s] < STOP).count();
            Reading::Number(stopped as f64 / sites.len().max(1) as f64)
        }
        Measure::Cover(on) => Reading::Number(level(tick_of(test, on)) * test.tick as f64),
    }
}

fn tick_of(test: &BackTest, day: Date) -> usize {
    let tick = day.since(test.start).max(0) / test.tick;
    usize::try_from(tick).unwrap_or(0).min(test.ticks.saturating_sub(1))
}

fn between(test: &BackTest, from: Date, to: Date) -> std::ops::RangeInclusive<usize> {
    tick_of(test, from)..=tick_of(test, to)
}

/// What is measured in a tick: a part of what is usual, or the mean stock in ticks.
fn level(record: &Record, of: &Of, tick: usize) -> f64 {
    let built = &record.built;
    let network = &built.network;
    let over = |lanes: &[usize], units: &[f64]| {
        let rows = lanes.iter().flat_map(|l| built.lanes[*l].clone());
        let (mut sum, mut usual) = (0.0, 0.0);
        for row in rows {
            sum += units[row];
            usual += network.amount(network.lane(row));
        }
        if usual > 0.0 { sum / usual } else { 1.0 }
    };
    match of {
        Of::Made(sites) => {
            let (mut sum, mut usual) = (0.0, 0.0);
            for site in sites.iter().flat_map(|s| built.sites[*s].clone()) {
                sum += record.made[tick][site] * network.runs()[site];
                usual += network.runs()[site];
            }
            if usual > 0.0 { sum / usual } else { 1.0 }
        }
        Of::Shipped(lanes) => over(lanes, &record.shipped[tick]),
        Of::Arrived(lanes) => over(lanes, &record.arrived[tick]),
        Of::Stock(slots) => {
            let rows: Vec<usize> = slots.iter().flat_map(|s| built.slots[*s].clone()).collect();
            rows.iter().map(|row| record.stock[tick][*row]).sum::<f64>() / rows.len().max(1) as f64
        }
    }
}
