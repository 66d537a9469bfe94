//! One run of the network, week by week, and what is kept of it.

use super::Sharing;
use super::event::{Effect, Event};
use super::web::{Kind, Web};
use crate::context::{Cancelled, Context};
use linchpin_kernel::{Correction, Policy, Propagation, Rationing, Signal};

/// How everybody behaves.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Manner {
    /// Weeks that are run.
    pub(super) horizon: u32,
    /// Weeks over which a gap in stock is closed.
    pub(super) adjustment: f64,
    pub(super) resourcing: bool,
    pub(super) sharing: Sharing,
    pub(super) backlog: bool,
    /// Whether what is on the way at the event is lost.
    pub(super) way_lost: bool,
}

impl Manner {
    /// The same as the equations have it.
    pub(super) fn policy(self) -> Policy<f64> {
        Policy {
            signal: Signal::Asked,
            correction: Correction::Slot,
            adjustment: self.adjustment,
            resourcing: self.resourcing,
            rationing: match self.sharing {
                Sharing::Need => Rationing::ByNeed,
                Sharing::Orders => Rationing::ProRata,
                Sharing::Usual => Rationing::WaterFilling,
            },
            backlog: self.backlog,
        }
    }
}

/// What is kept of a run: a row a week.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Record {
    /// Robots asked for, made and delivered.
    pub(super) wanted: Vec<f64>,
    pub(super) made: Vec<f64>,
    pub(super) delivered: Vec<f64>,
    /// Stock of each slot in weeks of equilibrium use, after receipt, and what arrived, by week and slot.
    pub(super) stock: Vec<Vec<f32>>,
    pub(super) arrived: Vec<Vec<f32>>,
    /// Runs of each site as a part of those in equilibrium, by week.
    pub(super) runs: Vec<Vec<f32>>,
    /// What each lane was short by since the beginning, in weeks of its slot's need, by week.
    pub(super) short: Vec<Vec<f32>>,
    /// Robots that wait at the end.
    pub(super) waiting: f64,
}

impl Record {
    /// A run in which nothing happens: what outcomes are set against, not the stocks.
    pub(super) fn still(web: &Web, weeks: u32) -> Record {
        let weekly = vec![web.rate; weeks as usize];
        Record {
            wanted: weekly.clone(),
            made: weekly.clone(),
            delivered: weekly,
            runs: vec![vec![1.0; web.sites.len()]; weeks as usize],
            ..Record::default()
        }
    }
}

/// Robots asked for in a week, as a part of those of the volume.
pub(super) fn path(points: &[(u32, f64)], volume: f64, week: u32) -> f64 {
    let after = points.iter().position(|p| p.0 > week);
    let value = match after {
        Some(0) => {
            let (at, to) = points[0];
            volume + (to - volume) * f64::from(week) / f64::from(at.max(1))
        }
        Some(i) => {
            let ((a, x), (b, y)) = (points[i - 1], points[i]);
            x + (y - x) * f64::from(week - a) / f64::from(b - a)
        }
        None => points.last().map_or(volume, |p| p.1),
    };
    value / volume
}

/// Runs the network; without events nothing happens to it but the path of demand.
pub(super) fn run(
    web: &Web,
    events: &[Event],
    manner: Manner,
    demand: &dyn Fn(u32) -> f64,
    context: &Context,
) -> Result<Record, Cancelled> {
    let network = &web.network;
    let mut run = Propagation::new(network, manner.policy());
    let mut record = Record::default();
    let mut short = vec![0.0f32; web.lanes.len()];
    // Since when one of several suppliers of a part lacks: until they are qualified for more, the others give what they did.
    let mut lacking: Vec<Option<u32>> = vec![None; web.shared.len()];
    let slots: Vec<usize> = (0..web.slots.len()).map(|s| network.slot(s)).collect();
    let lanes: Vec<usize> = (0..web.lanes.len()).map(|l| network.lane(l)).collect();
    let need: Vec<f64> = slots.iter().map(|s| network.use_of(*s)).collect();
    for week in 0..manner.horizon {
        if week % 16 == 0 {
            context.step("weeks", week as usize)?;
        }
        for event in events {
            happen(web, event, week, manner, &lanes, &mut run);
        }
        let mut opened: Vec<f64> = (0..lanes.len()).map(|l| open(web, events, l, week)).collect();
        for (shared, since) in web.shared.iter().zip(&mut lacking) {
            let short = |l: usize| {
                let amount = network.amount(lanes[l]);
                opened[l] < 1.0 || stopped(web, events, l, week) || run.delivered(lanes[l]) < amount * LACKING
            };
            let short: Vec<usize> = shared.iter().copied().filter(|l| short(*l)).collect();
            *since = if short.is_empty() { None } else { since.or(Some(week)) };
            let Some(since) = *since else { continue };
            for &l in shared {
                let others = short.iter().any(|s| *s != l);
                if others && (!manner.resourcing || week - since < u32::from(web.lanes[l].qualify)) {
                    opened[l] = opened[l].min(USUAL);
                }
            }
        }
        for (lane, opened) in lanes.iter().zip(opened) {
            run.set_open(*lane, opened);
        }
        for (site, hit) in web.hit.iter().enumerate().filter(|(_, hit)| hit.contains(&true)) {
            let usual = network.runs()[site] / network.capacity()[site];
            let left = |e: &Event| match e.request.effect {
                // What is lost is the room above what is made today.
                Effect::Equipment => usual + (1.0 - usual) * e.left(week),
                _ => e.left(week),
            };
            run.set_left(
                site,
                events.iter().zip(hit).filter(|(_, hit)| **hit).map(|(e, _)| left(e)).product(),
            );
        }
        let wanted = demand(week) * web.wanted;
        run.set_demand(0, wanted);
        for (site, pool) in &web.users {
            let factor: f64 = events
                .iter()
                .filter(|e| e.request.effect == Effect::Demand && web.asks(e, *site))
                .map(|e| e.left(week))
                .product();
            run.set_demand(*pool, factor * network.runs()[*site]);
        }
        plan(web, events, week, demand, &mut run);
        let before: Vec<f64> = lanes.iter().map(|l| run.delivered(*l)).collect();
        run.step();
        // Only robots wait.
        web.users.iter().for_each(|(_, pool)| run.forget(*pool));
        record.wanted.push(wanted);
        record.made.push(run.made()[0]);
        record.delivered.push(run.served()[0]);
        let part = |value: f64, need: f64| if need > 0.0 { (value / need) as f32 } else { 0.0 };
        record.stock.push(slots.iter().zip(&need).map(|(s, n)| part(run.stock_of(*s), *n)).collect());
        let mut arrived = vec![0.0f32; slots.len()];
        for ((l, lane), units) in web.lanes.iter().enumerate().zip(&before) {
            arrived[lane.slot] += part(*units, need[lane.slot]);
            let missing = network.amount(lanes[l]) - run.delivered(lanes[l]);
            if missing > 0.0 {
                short[l] += part(missing, need[lane.slot]);
            }
        }
        record.arrived.push(arrived);
        record.short.push(short.clone());
        let runs = run.made().iter().zip(network.runs());
        record.runs.push(runs.map(|(made, usual)| part(*made, *usual)).collect());
    }
    record.waiting = run.waiting(0);
    Ok(record)
}

/// Part of what a lane gives in equilibrium that still counts as all of it: a lane that is limited to it gives no more than usual.
const USUAL: f64 = 1.0 - 1e-9;
/// Part below which a lane gives too little.
const LACKING: f64 = 1.0 - 1e-6;

/// Whether whoever sells over a lane is stopped by an event.
fn stopped(web: &Web, events: &[Event], lane: usize, week: u32) -> bool {
    let members = web.network.members_of(web.lanes[lane].pool);
    members.iter().map(|p| web.network.site_of(*p)).any(|site| {
        let hit = events.iter().zip(&web.hit[site]).filter(|(_, hit)| **hit);
        hit.map(|(e, _)| e.left(week)).any(|left| left < 1.0)
    })
}

/// Part of a lane's order that may be shipped: what the strictest event leaves.
fn open(web: &Web, events: &[Event], lane: usize, week: u32) -> f64 {
    let closing = events.iter().zip(&web.lanes[lane].closed_by).filter(|(_, closed)| **closed);
    closing.map(|(e, _)| e.left(week)).fold(1.0, f64::min)
}

/// What an event does once, in the week in which it takes effect.
fn happen(
    web: &Web,
    event: &Event,
    week: u32,
    manner: Manner,
    lanes: &[usize],
    run: &mut Propagation<'_, f64>,
) {
    if week != event.start {
        return;
    }
    for (l, lane) in web.lanes.iter().enumerate() {
        if !web.comes_from(event, lane) {
            continue;
        }
        let destroyed = event.request.destroyed;
        if destroyed > 0.0 {
            run.destroy_stock(lanes[l], destroyed);
        }
        let lost = if manner.way_lost { 1.0 } else { destroyed };
        if lost > 0.0 {
            run.destroy_on_the_way(lanes[l], lost);
        }
    }
}

/// What makers plan for: the maker's side knows the path of demand, and who will be cut off orders ahead if the event
/// says so.
fn plan(web: &Web, events: &[Event], week: u32, demand: &dyn Fn(u32) -> f64, run: &mut Propagation<'_, f64>) {
    let ahead = demand(week + 1);
    for (site, place) in web.sites.iter().enumerate() {
        let known =
            matches!(place.kind, Kind::Maker | Kind::Supplier).then_some(ahead * web.wanted / web.rate);
        let front = events
            .iter()
            .filter(|e| e.is_coming(week))
            .filter_map(|e| e.request.front_load.filter(|_| web.will_lack(e, site)))
            .fold(1.0, f64::max);
        let plan = match (known, front > 1.0) {
            (Some(known), _) => Some(known * front),
            (None, true) => Some(front),
            (None, false) => None,
        };
        run.set_plan(site, plan.unwrap_or(0.0));
    }
}
