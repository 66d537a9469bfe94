//! From a back-test to the kernel's rows: sites alike one by one, covers and lead times in ticks.

use super::case::{BackTest, Lane, Range, Run};
use super::{BackTestError, Level};
use linchpin_kernel::{LaneSpec, Network, NetworkError, PoolSpec, PortSpec, Rows, SlotSpec};
use std::ops;

/// The share of a normal distribution's standard deviation at which one in ten lies beyond.
const ONE_IN_TEN: f64 = 1.281_551_565_545;

/// A network, and where the parts of the case stand in it.
pub(super) struct Built {
    pub(super) network: Network<f64>,
    pub(super) sites: Vec<ops::Range<usize>>,
    /// Rows of slots and lanes; the network has them elsewhere.
    pub(super) slots: Vec<ops::Range<usize>>,
    pub(super) lanes: Vec<ops::Range<usize>>,
    /// Ticks under way of each row of a lane.
    pub(super) leads: Vec<usize>,
}

impl Level {
    /// Cover in days.
    fn cover(self, cover: Range) -> f64 {
        match self {
            Level::Half => cover.mid / 2.0,
            Level::Low => cover.low,
            Level::Mid => cover.mid,
            Level::High => cover.high,
            Level::Double => cover.mid * 2.0,
        }
    }

    /// Days under way.
    fn lead(self, lead: Range) -> f64 {
        match self {
            Level::Low => lead.low,
            Level::High => lead.high,
            Level::Half | Level::Mid | Level::Double => lead.mid,
        }
    }
}

pub(super) fn build(test: &BackTest, run: &Run, level: Level) -> Result<Built, BackTestError> {
    let tick = test.tick as f64;
    let mut rows = Rows {
        runs: vec![],
        capacity: vec![],
        ramp: vec![],
        slots: vec![],
        lanes: vec![],
        ports: vec![],
        pools: vec![],
    };
    let mut pools: Vec<&str> = vec![];
    let (mut sites, mut slots, mut lanes, mut leads) = (vec![], vec![], vec![], vec![]);
    for site in &test.sites {
        let first = rows.runs.len();
        for k in 0..site.count {
            let known = pools.iter().position(|p| site.count == 1 && *p == site.pool);
            let pool = known.unwrap_or(pools.len());
            if known.is_none() {
                pools.push(if k == 0 { &site.pool } else { "" });
                rows.pools.push(PoolSpec { demand: 0.0, class: 0, step_in: None });
            }
            rows.pools[pool].demand += site.demand;
            rows.ports.push(PortSpec {
                site: rows.runs.len() as u32,
                pool: pool as u32,
                yields: 1.0,
                drives: true,
                shelf: 0.0,
            });
            rows.runs.push(site.runs);
            rows.capacity.push(site.capacity);
            rows.ramp.push(None);
        }
        sites.push(first..rows.runs.len());
    }
    let here = |lane: &&Lane| lane.only.is_empty() || lane.only.contains(&run.id);
    for (number, slot) in test.slots.iter().enumerate() {
        let first = rows.slots.len();
        // A slot that nothing supplies in this run is no need.
        if test.lanes.iter().filter(here).any(|l| l.slot == number) {
            let owners = sites[slot.site].clone();
            let count = owners.len();
            for (k, site) in owners.enumerate() {
                let z = quantile((k as f64 + 0.5) / count as f64);
                let factor = (z / ONE_IN_TEN * slot.spread.ln()).exp();
                let cover = level.cover(slot.cover) * factor / tick;
                rows.slots.push(SlotSpec { site: site as u32, cover });
            }
        }
        slots.push(first..rows.slots.len());
    }
    for lane in &test.lanes {
        let first = rows.lanes.len();
        let pool = pools.iter().position(|p| *p == lane.pool).unwrap_or(0);
        let ticks = level.lead(lane.lead) / tick;
        let lead = if ticks > 0.0 { ticks.round().max(1.0) } else { 0.0 };
        let whose = if here(&lane) { slots[lane.slot].clone() } else { 0..0 };
        for slot in whose {
            rows.lanes.push(LaneSpec {
                slot: slot as u32,
                pool: pool as u32,
                amount: lane.amount,
                lead: lead as u16,
                qualify: (lane.qualify / tick).ceil() as u16,
                class: 0,
                worth: 1.0,
            });
            leads.push(lead as usize);
        }
        lanes.push(first..rows.lanes.len());
    }
    let network = Network::new(&rows).map_err(|source| BackTestError::Network {
        file: test.file.clone(),
        run: run.id.clone(),
        named: named(test, &pools, &sites, &source),
        source,
    })?;
    Ok(Built { network, sites, slots, lanes, leads })
}

/// What the file calls what an error counts.
fn named(test: &BackTest, pools: &[&str], sites: &[ops::Range<usize>], error: &NetworkError) -> String {
    let site = |row: &usize| {
        let found = sites.iter().position(|s| s.contains(row)).map(|k| test.sites[k].id.as_str());
        format!("site {}", found.unwrap_or_default())
    };
    match error {
        NetworkError::Unbalanced { pool, .. } => format!("market of {}", pools[*pool]),
        NetworkError::Capacity { site: row, .. } | NetworkError::Idle(row) | NetworkError::Cycle(row) => {
            site(row)
        }
        NetworkError::Amount { row, what, .. } => format!("{what} number {row}"),
        _ => "a row".to_owned(),
    }
}

/// The standard normal quantile (Abramowitz and Stegun 1964, 26.2.23; off by less than 0.00045).
fn quantile(p: f64) -> f64 {
    let tail = p.min(1.0 - p);
    let t = (-2.0 * tail.ln()).sqrt();
    let above = 2.515_517 + t * (0.802_853 + t * 0.010_328);
    let below = 1.0 + t * (1.432_788 + t * (0.189_269 + t * 0.001_308));
    let z = if tail == 0.5 { 0.0 } else { t - above / below };
    if p < 0.5 { -z } else { z }
}

#[cfg(test)]
mod tests {
    use super::quantile;

    #[test]
    fn quantiles_are_those_of_the_tables() {
        for (p, z) in [(0.5, 0.0), (0.9, 1.28155), (0.025, -1.95996), (0.001, -3.09023)] {
            assert!((quantile(p) - z).abs() < 5e-4, "{p}: {}", quantile(p));
        }
    }
}
