//! A network written down by hand.

use linchpin_kernel::{LaneSpec, Network, PoolSpec, PortSpec, Real, Rows, SlotSpec};

/// Rows that grow; everything is named by its number.
pub(crate) struct Draft {
    pub(crate) rows: Rows<f64>,
}

impl Draft {
    pub(crate) fn new() -> Draft {
        let (runs, capacity, ramp) = (vec![], vec![], vec![]);
        let (slots, lanes, ports, pools) = (vec![], vec![], vec![], vec![]);
        Draft { rows: Rows { runs, capacity, ramp, slots, lanes, ports, pools } }
    }

    pub(crate) fn site(&mut self, runs: f64, capacity: f64) -> u32 {
        self.rows.runs.push(runs);
        self.rows.capacity.push(capacity);
        self.rows.ramp.push(None);
        self.rows.runs.len() as u32 - 1
    }

    pub(crate) fn pool(&mut self, demand: f64) -> u32 {
        self.rows.pools.push(PoolSpec { demand, class: 0, step_in: None });
        self.rows.pools.len() as u32 - 1
    }

    pub(crate) fn port(&mut self, site: u32, pool: u32, yields: f64) -> &mut PortSpec<f64> {
        self.rows.ports.push(PortSpec { site, pool, yields, drives: true, shelf: 0.0 });
        self.rows.ports.last_mut().unwrap()
    }

    /// A site with a pool of its own, a unit a run.
    pub(crate) fn maker(&mut self, runs: f64, capacity: f64, demand: f64) -> (u32, u32) {
        let (site, pool) = (self.site(runs, capacity), self.pool(demand));
        self.port(site, pool, 1.0);
        (site, pool)
    }

    pub(crate) fn slot(&mut self, site: u32, cover: f64) -> u32 {
        self.rows.slots.push(SlotSpec { site, cover });
        self.rows.slots.len() as u32 - 1
    }

    pub(crate) fn lane(&mut self, slot: u32, pool: u32, amount: f64, lead: u16) -> &mut LaneSpec<f64> {
        self.rows.lanes.push(LaneSpec { slot, pool, amount, lead, qualify: 0, class: 0, worth: 1.0 });
        self.rows.lanes.last_mut().unwrap()
    }

    pub(crate) fn network(&self) -> Network<f64> {
        Network::new(&self.rows).unwrap()
    }
}

/// The same rows in single precision.
pub(crate) fn single(rows: &Rows<f64>) -> Rows<f32> {
    let of = |values: &[f64]| values.iter().map(|v| f32::of(*v)).collect();
    let f = f32::of;
    Rows {
        runs: of(&rows.runs),
        capacity: of(&rows.capacity),
        ramp: rows.ramp.iter().map(|r| r.map(f)).collect(),
        slots: rows.slots.iter().map(|s| SlotSpec { site: s.site, cover: f(s.cover) }).collect(),
        lanes: rows
            .lanes
            .iter()
            .map(|l| LaneSpec {
                slot: l.slot,
                pool: l.pool,
                amount: f(l.amount),
                lead: l.lead,
                qualify: l.qualify,
                class: l.class,
                worth: f(l.worth),
            })
            .collect(),
        ports: rows
            .ports
            .iter()
            .map(|p| PortSpec {
                site: p.site,
                pool: p.pool,
                yields: f(p.yields),
                drives: p.drives,
                shelf: f(p.shelf),
            })
            .collect(),
        pools: rows
            .pools
            .iter()
            .map(|p| PoolSpec { demand: f(p.demand), class: p.class, step_in: p.step_in })
            .collect(),
    }
}
