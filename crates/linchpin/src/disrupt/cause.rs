//! Why the line stands: from the part that is missing down to the plant that stopped or the border that closed.

use super::event::{Effect, Event};
use super::outcome::gate;
use super::run::Record;
use super::web::{Kind, Web};
use crate::stop::Chain;

/// Why something is short.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Why {
    /// What goes into it is short, in turn.
    Inputs,
    /// Whoever makes it is stopped by an event.
    Stopped(usize),
    /// It may not be shipped, by an event.
    Closed(usize),
    /// Nobody makes less than usual: more is asked for than there is.
    Asked,
}

/// One step: at a site a slot is short, and why.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Step {
    pub(super) site: usize,
    pub(super) slot: usize,
    /// Weeks of stock left.
    pub(super) stock: f64,
    pub(super) why: Why,
    /// Who sells it and makes least of what he should.
    pub(super) seller: Option<usize>,
}

/// The chain of causes of a slot that is short in a week.
pub(super) fn chain_of(
    web: &Web,
    chain: &Chain,
    events: &[Event],
    run: &Record,
    slot: usize,
    week: usize,
) -> Vec<Step> {
    let mut steps: Vec<Step> = vec![];
    let mut at = slot;
    // No slot is told twice, so that a circle ends.
    while !steps.iter().any(|s| s.slot == at) {
        let step = step(web, chain, events, run, at, week);
        let next = step.seller.filter(|_| step.why == Why::Inputs);
        steps.push(step);
        match next.and_then(|site| gate(web, run, site, week)) {
            Some(slot) => at = slot,
            None => break,
        }
    }
    steps
}

fn step(web: &Web, chain: &Chain, events: &[Event], run: &Record, slot: usize, week: usize) -> Step {
    let lanes = web.lanes.iter().enumerate().filter(|(_, l)| l.slot == slot);
    let shortest =
        lanes.map(|(l, lane)| (run.short[week][l], lane)).reduce(|a, b| if b.0 > a.0 { b } else { a });
    let stock = f64::from(run.stock[week][slot]);
    let of = |why, seller| Step { site: web.slots[slot].site, slot, stock, why, seller };
    let Some((_, lane)) = shortest else { return of(Why::Asked, None) };
    let was_felt = |e: &Event| e.course.start as usize <= week;
    let closed = lane.closed_by.iter().zip(events).position(|(closed, e)| *closed && was_felt(e));
    let seller = seller(web, chain, run, lane.pool, week);
    if let Some(event) = closed {
        return of(Why::Closed(event), seller);
    }
    let Some(site) = seller else { return of(Why::Asked, None) };
    let stopped = web.hit[site]
        .iter()
        .zip(events)
        .position(|(hit, e)| *hit && was_felt(e) && e.request.effect == Effect::Output);
    match stopped {
        Some(event) => of(Why::Stopped(event), seller),
        None if lost(web, chain, run, site, week) <= 0.0 => of(Why::Asked, seller),
        None => of(Why::Inputs, seller),
    }
}

/// The site of a pool that has made least of what it should.
fn seller(web: &Web, chain: &Chain, run: &Record, pool: usize, week: usize) -> Option<usize> {
    let ports = web.network.members_of(pool);
    let sites = ports.iter().map(|p| web.network.site_of(*p));
    sites
        .map(|s| (lost(web, chain, run, s, week), s))
        .reduce(|a, b| if b.0 > a.0 { b } else { a })
        .map(|(_, s)| s)
}

/// What a site has made less than usual until a week, in units of its market.
fn lost(web: &Web, chain: &Chain, run: &Record, site: usize, week: usize) -> f64 {
    let missing: f64 = run.runs[..=week].iter().map(|w| f64::from(1.0 - w[site]).max(0.0)).sum();
    let place = &web.sites[site];
    let made = match (place.kind, place.link, place.plants.first()) {
        (Kind::Plant, Some(k), Some(i)) => chain.links[k].plants[*i].made,
        _ => 1.0,
    };
    if missing < 1e-6 { 0.0 } else { missing * made }
}
