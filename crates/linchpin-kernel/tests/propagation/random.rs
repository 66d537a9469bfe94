//! Networks, policies and events at random.

use linchpin_kernel::{
    Correction, LaneSpec, Network, Policy, PoolSpec, PortSpec, Propagation, Rationing, Rows, Signal, SlotSpec,
};
use proptest::prelude::*;
use proptest::sample::Index;

#[derive(Clone, Debug)]
struct Lane {
    pool: Index,
    amount: f64,
    lead: u16,
    qualify: u16,
    class: u8,
    worth: f64,
}

#[derive(Clone, Debug)]
struct Site {
    /// None of a site that stands by: it needs nothing and makes nothing in equilibrium.
    runs: Option<f64>,
    spare: f64,
    ramp: Option<f64>,
    weight: f64,
    shelf: f64,
    /// Cover and lanes of each slot.
    slots: Vec<(f64, Vec<Lane>)>,
    /// A second port: the pool, its weight there, whether it drives, and its shelf.
    joint: Option<(Index, f64, bool, f64)>,
}

#[derive(Clone, Debug)]
struct Pool {
    layer: u8,
    demand: f64,
    class: u8,
    step_in: Option<u16>,
    sites: Vec<Site>,
}

/// As often nothing as something.
fn maybe<T: std::fmt::Debug>(of: impl Strategy<Value = T>) -> impl Strategy<Value = Option<T>> {
    prop::option::of(of)
}

fn size() -> impl Strategy<Value = f64> {
    (-0.5..1.0_f64).prop_map(|exponent| 10_f64.powf(exponent))
}

fn lane() -> impl Strategy<Value = Lane> {
    let amount = prop_oneof![3 => size(), 1 => Just(0.0)];
    let worth = prop_oneof![2 => Just(1.0), 1 => 0.5..1.5_f64];
    (any::<Index>(), amount, 0..5_u16, 0..5_u16, 0..3_u8, worth).prop_map(
        |(pool, amount, lead, qualify, class, worth)| Lane { pool, amount, lead, qualify, class, worth },
    )
}

fn site() -> impl Strategy<Value = Site> {
    let runs = prop_oneof![6 => size().prop_map(Some), 1 => Just(None)];
    let spare = prop_oneof![1 => Just(1.0), 1 => 1.0..2.0_f64];
    let shelf = || prop_oneof![Just(0.0), 0.0..3.0_f64];
    let cover = prop_oneof![1 => Just(1.0), 4 => 1.0..6.0_f64];
    let slots = prop::collection::vec((cover, prop::collection::vec(lane(), 1..4)), 0..3);
    let joint = maybe((any::<Index>(), 0.2..1.0_f64, any::<bool>(), shelf()));
    (runs, spare, maybe(0.05..0.5_f64), 0.2..1.0_f64, shelf(), slots, joint).prop_map(
        |(runs, spare, ramp, weight, shelf, slots, joint)| Site {
            runs,
            spare,
            ramp,
            weight,
            shelf,
            slots,
            joint,
        },
    )
}

fn pool(sites: std::ops::Range<usize>) -> impl Strategy<Value = Pool> {
    let demand = prop_oneof![2 => size(), 1 => Just(0.0)];
    let sites = prop::collection::vec(site(), sites);
    (0..5_u8, demand, 0..3_u8, maybe(0..5_u16), sites)
        .prop_map(|(layer, demand, class, step_in, sites)| Pool { layer, demand, class, step_in, sites })
}

/// Who may buy from whom.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Shape {
    /// From earlier layers only.
    Layers,
    /// From anybody, but every site puts out more than all of them take in.
    Rich,
    /// From anybody.
    Any,
}

/// Balanced networks with everything in them: markets of several sites, joint ports and by-products, shelves, classes,
/// substitutes, suppliers who are not used, sites that stand by, lead times from 0 to 4, and cycles of those above 0.
pub(crate) fn webs(pools: std::ops::Range<usize>, shape: Shape) -> impl Strategy<Value = Rows<f64>> {
    prop::collection::vec(pool(1..4), pools).prop_map(move |pools| rows(&pools, shape))
}

fn rows(pools: &[Pool], shape: Shape) -> Rows<f64> {
    let mut rows = Rows {
        runs: vec![],
        capacity: vec![],
        ramp: vec![],
        slots: vec![],
        lanes: vec![],
        ports: vec![],
        pools: vec![],
    };
    // What each port takes of its pool's demand, by weight.
    let mut weight: Vec<f64> = vec![];
    for (p, pool) in pools.iter().enumerate() {
        rows.pools.push(PoolSpec { demand: pool.demand, class: pool.class, step_in: pool.step_in });
        for (number, site) in pool.sites.iter().enumerate() {
            let s = rows.runs.len() as u32;
            // The first of a pool is at work.
            let runs = site.runs.unwrap_or(if number == 0 { 1.0 } else { 0.0 });
            rows.runs.push(runs);
            rows.capacity.push(if runs > 0.0 { runs * site.spare } else { site.spare });
            rows.ramp.push(site.ramp);
            let mut port = |pool: usize, part: f64, drives: bool, shelf: f64| {
                rows.ports.push(PortSpec { site: s, pool: pool as u32, yields: 1.0, drives, shelf });
                weight.push(if runs > 0.0 { part } else { 0.0 });
            };
            port(p, site.weight, true, site.shelf);
            // Ports of a site share a layer, so that lanes without a lead time cannot form a cycle.
            let beside: Vec<usize> =
                (0..pools.len()).filter(|o| *o != p && pools[*o].layer == pool.layer).collect();
            if let (Some((other, part, drives, shelf)), false) = (&site.joint, beside.is_empty()) {
                port(*other.get(&beside), *part, *drives, *shelf);
            }
            let sellers: Vec<usize> =
                (0..pools.len()).filter(|o| shape != Shape::Layers || pools[*o].layer < pool.layer).collect();
            if runs == 0.0 || sellers.is_empty() {
                continue;
            }
            for (cover, lanes) in &site.slots {
                rows.slots.push(SlotSpec { site: s, cover: *cover });
                for (l, lane) in lanes.iter().enumerate() {
                    let seller = *lane.pool.get(&sellers);
                    let ahead = pools[seller].layer < pool.layer;
                    rows.lanes.push(LaneSpec {
                        slot: rows.slots.len() as u32 - 1,
                        pool: seller as u32,
                        amount: if l == 0 { lane.amount.max(0.3) } else { lane.amount },
                        lead: if ahead { lane.lead } else { lane.lead.max(1) },
                        qualify: lane.qualify,
                        class: lane.class,
                        worth: lane.worth,
                    });
                }
            }
        }
    }
    let mut asked = vec![0.0; rows.pools.len()];
    let taken: f64 = rows.lanes.iter().map(|l| l.amount).sum();
    rows.lanes.iter().for_each(|l| asked[l.pool as usize] += l.amount);
    for (pool, asked) in rows.pools.iter_mut().zip(&mut asked) {
        let least = if shape == Shape::Rich { 20.0 * taken } else { 0.0 };
        pool.demand = pool.demand.max(least);
        if pool.demand + *asked == 0.0 {
            pool.demand = 1.0;
        }
        *asked += pool.demand;
    }
    let mut sum = vec![0.0; asked.len()];
    rows.ports.iter().zip(&weight).for_each(|(p, w)| sum[p.pool as usize] += w);
    for (port, weight) in rows.ports.iter_mut().zip(&weight).filter(|(_, w)| **w > 0.0) {
        let pool = port.pool as usize;
        port.yields = asked[pool] * weight / sum[pool] / rows.runs[port.site as usize];
    }
    rows
}

/// All ways to behave.
pub(crate) fn policies() -> impl Strategy<Value = Policy<f64>> {
    let signal = prop_oneof![Just(Signal::Made), Just(Signal::Asked)];
    let correction = prop_oneof![Just(Correction::Lane), Just(Correction::Slot)];
    let rationing = prop_oneof![
        Just(Rationing::ProRata),
        Just(Rationing::FinalDemandLast),
        Just(Rationing::WaterFilling),
        Just(Rationing::ByNeed),
        Just(Rationing::WaterFillingAsPublished),
    ];
    let adjustment = prop_oneof![1 => Just(1.0), 4 => 1.0..10.0_f64];
    (signal, correction, adjustment, any::<bool>(), rationing, any::<bool>()).prop_map(
        |(signal, correction, adjustment, resourcing, rationing, backlog)| Policy {
            signal,
            correction,
            adjustment,
            resourcing,
            rationing,
            backlog,
        },
    )
}

/// What is done to a network from outside.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Deed {
    Left(f64),
    Open(f64),
    Demand(f64),
    Stock(f64),
    Way(f64),
}

/// A deed, the tick before which it is done, and to whom.
#[derive(Clone, Debug)]
pub(crate) struct Act {
    pub(crate) tick: u32,
    whom: Index,
    pub(crate) deed: Deed,
}

pub(crate) fn acts(ticks: u32, most: usize) -> impl Strategy<Value = Vec<Act>> {
    let part = || prop_oneof![1 => Just(0.0), 2 => 0.0..1.0_f64, 1 => Just(1.0)];
    let deed = prop_oneof![
        2 => part().prop_map(Deed::Left),
        2 => part().prop_map(Deed::Open),
        1 => (0.0..3.0_f64).prop_map(Deed::Demand),
        1 => part().prop_map(Deed::Stock),
        1 => part().prop_map(Deed::Way),
    ];
    let act = (0..ticks, any::<Index>(), deed).prop_map(|(tick, whom, deed)| Act { tick, whom, deed });
    prop::collection::vec(act, 1..most)
}

impl Act {
    /// Whom it is done to: a lane, a site or a pool of the network. None if there is no lane.
    pub(crate) fn whom(&self, network: &Network<f64>) -> Option<usize> {
        let count = match self.deed {
            Deed::Left(_) => network.sites(),
            Deed::Demand(_) => network.pools(),
            Deed::Open(_) | Deed::Stock(_) | Deed::Way(_) => network.lanes(),
        };
        (count > 0).then(|| self.whom.index(count))
    }

    /// Whether it opens or closes a lane.
    pub(crate) fn opens(&self) -> bool {
        matches!(self.deed, Deed::Open(_))
    }

    /// Does it; gives back what is destroyed.
    pub(crate) fn run(&self, run: &mut Propagation<'_, f64>, usual: &[PoolSpec<f64>]) -> f64 {
        let Some(whom) = self.whom(run.network()) else { return 0.0 };
        match self.deed {
            Deed::Left(part) => run.set_left(whom, part),
            Deed::Open(part) => run.set_open(whom, part),
            Deed::Demand(times) => run.set_demand(whom, times * usual[whom].demand.max(0.1)),
            Deed::Stock(part) => return run.destroy_stock(whom, part),
            Deed::Way(part) => return run.destroy_on_the_way(whom, part),
        }
        0.0
    }
}
