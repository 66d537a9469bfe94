//! What a run says: when the first robot is lost, how many, how deep, until when, and what stood in the way each week.

use super::run::Record;
use super::web::Web;

/// A week in which less than this part is missing is no week of loss: markets give and take as much for other reasons.
const FELT: f64 = 1e-3;

/// The outcome of a run against that without events.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Outcome {
    /// First week of loss.
    pub(super) first: Option<usize>,
    /// Weeks from the event until stock and inflow no longer cover the need; `None` if they always do.
    pub(super) survive: Option<f64>,
    /// Robots lost, all weeks together; those made up for later count against it.
    pub(super) lost: f64,
    /// The same as a part of what would have been delivered.
    pub(super) part: f64,
    /// Largest part missing in a week, and the week.
    pub(super) depth: f64,
    pub(super) deepest: usize,
    /// First week from which nothing is missing to the end; `None` if something is until the end.
    pub(super) back: Option<usize>,
}

impl Outcome {
    pub(super) fn new(web: &Web, base: &Record, run: &Record, start: u32) -> Outcome {
        Outcome::of(&base.delivered, &run.delivered, |week| {
            let slot = gate(web, run, 0, week);
            let stock = slot.map(|slot| (run.stock[week][slot], run.arrived[week][slot]));
            survived(week, start, run.wanted[week] / web.rate, stock)
        })
    }

    /// The outcome of robots delivered each week against those of the run without events; `survived` tells how long stock lasted if
    /// the first loss is in that week.
    pub(super) fn of(base: &[f64], delivered: &[f64], survived: impl FnOnce(usize) -> f64) -> Outcome {
        let missing = |w: usize| missing(base[w], delivered[w]);
        let weeks = 0..base.len();
        let is_felt = |w: &usize| missing(*w) > FELT;
        let first = weeks.clone().find(is_felt);
        let last = weeks.clone().rev().find(is_felt);
        let (deepest, depth) = weeks
            .clone()
            .map(|w| (w, missing(w)))
            .fold((0, 0.0), |best, here| if here.1 > best.1 { here } else { best });
        let (all, got): (f64, f64) = (base.iter().sum(), delivered.iter().sum());
        let lost = if first.is_some() { whole(all - got, all) } else { 0.0 };
        Outcome {
            first,
            survive: first.map(survived),
            lost,
            part: lost / all.max(f64::MIN_POSITIVE),
            depth: if first.is_some() { depth } else { 0.0 },
            deepest,
            back: last.map(|w| w + 1).filter(|w| *w < base.len()),
        }
    }
}

/// A difference of sums, without what is only rounding of them.
fn whole(difference: f64, of: f64) -> f64 {
    if difference.abs() < 1e-9 * of.abs() { 0.0 } else { difference }
}

/// A difference that is felt: less than a thousandth is none.
pub(super) fn felt(difference: f64, of: f64) -> f64 {
    if difference.abs() < FELT * of.abs() { 0.0 } else { difference }
}

/// The part of what would have been delivered that is missing.
fn missing(base: f64, delivered: f64) -> f64 {
    (base - delivered) / base.max(f64::MIN_POSITIVE)
}

/// Whether a week is one of loss.
pub(super) fn is_felt(base: f64, delivered: f64) -> bool {
    missing(base, delivered) > FELT
}

/// Whole weeks to the first loss, and the part of that week that stock lasts: what is there, over what is taken net of
/// what arrives (the time to survive of Simchi-Levi et al. 2015, in steps). `scarcest` is the stock of the slot that stands in the
/// way, and what arrived of it, in weeks of need.
pub(super) fn survived(week: usize, start: u32, need: f64, scarcest: Option<(f32, f32)>) -> f64 {
    let whole = week as f64 - f64::from(start);
    let Some((stock, arrived)) = scarcest else { return whole };
    let (stock, arrived) = (f64::from(stock), f64::from(arrived));
    let net = need - arrived;
    // What was there before the week's delivery bridges what the delivery leaves open.
    whole + if net > 0.0 { ((stock - arrived) / net).clamp(0.0, 1.0) } else { 0.0 }
}

/// The slot of a site that is scarcest in a week; `None` if it needs nothing.
pub(super) fn gate(web: &Web, run: &Record, site: usize, week: usize) -> Option<usize> {
    let slots = web.slots.iter().enumerate().filter(|(_, s)| s.site == site).map(|(s, _)| s);
    let held = slots.map(|s| (s, run.stock[week][s]));
    held.reduce(|a, b| if b.1 < a.1 { b } else { a }).map(|(s, _)| s)
}

/// The slot that stood in the way of the maker in a week of loss.
pub(super) fn gates(web: &Web, base: &Record, run: &Record) -> Vec<Option<usize>> {
    let weeks = 0..base.delivered.len();
    let felt = |w: usize| base.delivered[w] - run.delivered[w] > FELT * base.delivered[w];
    weeks.map(|w| felt(w).then(|| gate(web, run, 0, w)).flatten()).collect()
}

/// Weeks in which a slot runs dry: the first in which it has less than its site would use, and the first after the last
/// of them; `None` if it never does.
pub(super) fn dry(web: &Web, base: &Record, run: &Record, slot: usize) -> Option<(usize, Option<usize>)> {
    let site = web.slots[slot].site;
    let is_dry = |w: &usize| {
        let would = base.runs[*w][site];
        run.stock[*w][slot] < would * (1.0 - FELT as f32)
    };
    let weeks = 0..run.stock.len();
    let first = weeks.clone().find(is_dry)?;
    let last = weeks.rev().find(is_dry).unwrap_or(first);
    Some((first, Some(last + 1).filter(|w| *w < run.stock.len())))
}
