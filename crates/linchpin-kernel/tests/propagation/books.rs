//! Books kept beside a run, by what anybody can see of it: nothing comes from nowhere and nothing goes nowhere.

use super::random::{Act, Deed};
use linchpin_kernel::{Policy, Propagation, Rationing, Rows};
use std::collections::VecDeque;

/// What was seen after the last tick.
pub(crate) struct Books<'r> {
    rows: &'r Rows<f64>,
    policy: Policy<f64>,
    stock: Vec<f64>,
    /// What was shipped over each lane and has not arrived, the oldest first.
    way: Vec<VecDeque<f64>>,
    open: Vec<f64>,
    shelf: Vec<f64>,
    made: Vec<f64>,
    wanted: Vec<f64>,
    waiting: Vec<f64>,
    /// Final demand of each pool since the beginning, and what was served of it.
    pub(crate) asked: Vec<f64>,
    pub(crate) served: Vec<f64>,
}

/// Equal but for rounding of numbers of a size.
#[track_caller]
fn same(what: &str, at: usize, tick: u32, found: f64, expected: f64, size: f64) {
    let off = (found - expected).abs();
    // Of next to nothing, next to nothing may be missing: stocks below 1e-20 are not used.
    assert!(
        off <= 1e-11 * size.max(1e-3),
        "tick {tick}: {what} {at} is {found}, not {expected} (sizes of {size})"
    );
}

/// The level λ with Σ min(ask, λ · amount) = what there is, by bisection.
fn level(asks: &[(f64, f64)], has: f64) -> f64 {
    let taken = |level: f64| asks.iter().map(|(ask, amount)| ask.min(level * amount)).sum::<f64>();
    let (mut low, mut high) = (0.0, 1.0);
    while taken(high) < has && high < 1e12 {
        high *= 2.0;
    }
    for _ in 0..200 {
        let middle = (low + high) / 2.0;
        if taken(middle) < has { low = middle } else { high = middle }
    }
    high
}

impl<'r> Books<'r> {
    pub(crate) fn open(rows: &'r Rows<f64>, policy: Policy<f64>, run: &Propagation<'_, f64>) -> Books<'r> {
        let n = run.network();
        let mut way = vec![VecDeque::new(); n.lanes()];
        for (l, lane) in rows.lanes.iter().enumerate() {
            way[n.lane(l)] = std::iter::repeat_n(lane.amount, usize::from(lane.lead)).collect();
        }
        Books {
            rows,
            policy,
            stock: (0..n.lanes()).map(|l| run.stock(l)).collect(),
            way,
            open: vec![1.0; n.lanes()],
            shelf: (0..rows.ports.len()).map(|p| run.shelf(p)).collect(),
            made: run.made().to_vec(),
            wanted: rows.pools.iter().map(|p| p.demand).collect(),
            waiting: vec![0.0; n.pools()],
            asked: vec![0.0; n.pools()],
            served: vec![0.0; n.pools()],
        }
    }

    /// What of the order of a lane may be shipped: all over an open lane, else a part of what is usual.
    fn allowed(&self, run: &Propagation<'_, f64>, lane: usize) -> f64 {
        let (order, open) = (run.order(lane), self.open[lane]);
        if open < 1.0 { order.min(open * run.network().amount(lane)) } else { order }
    }

    /// Enters a deed; what is destroyed must be there.
    pub(crate) fn enter(&mut self, act: &Act, run: &Propagation<'_, f64>, gone: f64) {
        let Some(whom) = act.whom(run.network()) else { return };
        match act.deed {
            Deed::Left(_) => {}
            Deed::Open(part) => self.open[whom] = part,
            Deed::Demand(times) => self.wanted[whom] = times * self.rows.pools[whom].demand.max(0.1),
            Deed::Stock(part) => {
                // What the last tick used is no longer there to be destroyed.
                let there = (self.stock[whom] - self.use_of(run)[whom]).max(0.0);
                same("destroyed stock of lane", whom, act.tick, gone, there * part, self.stock[whom]);
                self.stock[whom] -= gone;
            }
            Deed::Way(part) => {
                let all: f64 = self.way[whom].iter().sum();
                same("destroyed on the way of lane", whom, act.tick, gone, all * part, all);
                self.way[whom].iter_mut().for_each(|cell| *cell *= 1.0 - part);
            }
        }
    }

    /// What each lane's stock gave to the last tick's making.
    fn use_of(&self, run: &Propagation<'_, f64>) -> Vec<f64> {
        let n = run.network();
        let mut used = vec![0.0; n.lanes()];
        for (s, slot) in self.rows.slots.iter().enumerate() {
            let lanes = || self.rows.lanes.iter().enumerate().filter(|(_, l)| l.slot as usize == s);
            let need: f64 = lanes().map(|(_, l)| l.amount * l.worth).sum();
            let held: f64 = lanes().map(|(l, lane)| self.stock[n.lane(l)] * lane.worth).sum();
            let runs = self.rows.runs[slot.site as usize];
            for (l, _) in lanes().filter(|_| held > 0.0 && runs > 0.0) {
                used[n.lane(l)] = self.made[slot.site as usize] / runs * need * self.stock[n.lane(l)] / held;
            }
        }
        used
    }

    /// Checks a tick, and turns the page.
    pub(crate) fn check(&mut self, run: &Propagation<'_, f64>) {
        self.check_lanes(run);
        self.check_sites(run);
        self.check_pools(run);
        if self.policy.rationing == Rationing::WaterFilling {
            self.check_levels(run);
        }
        let n = run.network();
        self.stock = (0..n.lanes()).map(|l| run.stock(l)).collect();
        self.shelf = (0..self.rows.ports.len()).map(|p| run.shelf(p)).collect();
        self.made = run.made().to_vec();
        self.waiting = (0..n.pools()).map(|p| run.waiting(p)).collect();
        for pool in 0..n.pools() {
            self.asked[pool] += self.wanted[pool];
            self.served[pool] += run.served()[pool];
        }
    }

    /// Stock after is stock before, with what was shipped lead time ago, without what was used.
    fn check_lanes(&mut self, run: &Propagation<'_, f64>) {
        let (n, tick) = (run.network(), run.tick());
        let used = self.use_of(run);
        for (row, lane) in self.rows.lanes.iter().enumerate() {
            let l = n.lane(row);
            let shipped = run.delivered(l);
            assert!(shipped >= 0.0 && shipped <= self.allowed(run, l) * (1.0 + 1e-12));
            self.way[l].push_back(shipped);
            let arrived = self.way[l].pop_front().unwrap();
            let expected = self.stock[l] + arrived - used[l];
            same("stock of lane", l, tick, run.stock(l), expected, self.stock[l] + arrived);
            assert!(run.stock(l) >= 0.0);
            // Before the next tick's shipment.
            let way: f64 = self.way[l].iter().sum();
            let seen = if lane.lead == 0 { 0.0 } else { run.on_the_way(l) + shipped };
            same("on the way of lane", l, tick, seen, way, way.max(lane.amount));
        }
    }

    /// Nobody makes more than he can, or than his stock and his ramp allow.
    fn check_sites(&self, run: &Propagation<'_, f64>) {
        let (n, rows) = (run.network(), self.rows);
        let slack = 1.0 + 1e-12;
        for site in 0..n.sites() {
            let made = run.made()[site];
            assert!(made >= 0.0 && made <= rows.capacity[site] * run.left(site) * slack);
            assert!(made <= run.limit()[site] * slack);
            if let Some(ramp) = rows.ramp[site] {
                assert!(made <= (self.made[site] + ramp * rows.runs[site]) * slack);
            }
            for slot in n.slots_of(site).filter(|s| n.use_of(*s) > 0.0) {
                // Numbers that small have no digits left.
                let lasts = run.stock_of(slot) * rows.runs[site] * slack + f64::MIN_POSITIVE;
                assert!(made * n.use_of(slot) <= lasts);
            }
        }
    }

    /// What was on the shelf or put out is shipped or on the shelf, and what is shipped reaches a lane or final demand.
    fn check_pools(&self, run: &Propagation<'_, f64>) {
        let (n, tick) = (run.network(), run.tick());
        let mut given = run.served().to_vec();
        let mut asked: Vec<f64> = self.wanted.iter().zip(&self.waiting).map(|(a, b)| a + b).collect();
        for lane in 0..n.lanes() {
            given[n.seller(lane)] += run.delivered(lane);
            asked[n.seller(lane)] += self.allowed(run, lane);
        }
        for pool in 0..n.pools() {
            let mut shipped = 0.0;
            let mut there = 0.0;
            for port in n.members_of(pool) {
                let has = self.shelf[port] + run.put_out(port);
                same("port", port, tick, run.shipped(port) + run.shelf(port), has, has);
                assert!(run.shelf(port) >= 0.0 && run.shipped(port) >= 0.0);
                shipped += run.shipped(port);
                there += has;
            }
            same("pool", pool, tick, given[pool], shipped, there + asked[pool]);
            same("demand of pool", pool, tick, run.demand(pool), asked[pool], asked[pool]);
            // Nothing stays behind while somebody asks for it.
            same("what is shipped from pool", pool, tick, shipped, asked[pool].min(there), there);
            let (wanted, served) = (self.wanted[pool] + self.waiting[pool], run.served()[pool]);
            assert!(served >= 0.0 && served <= wanted * (1.0 + 1e-12), "{served} of {wanted}");
            let waits = if self.policy.backlog { wanted - served } else { 0.0 };
            same("what waits at pool", pool, tick, run.waiting(pool), waits, wanted);
        }
    }

    /// Water filling, class by class, against the level found by bisection.
    fn check_levels(&self, run: &Propagation<'_, f64>) {
        let (n, tick) = (run.network(), run.tick());
        for (pool, spec) in self.rows.pools.iter().enumerate() {
            let mut left: f64 = n.members_of(pool).iter().map(|p| self.shelf[*p] + run.put_out(*p)).sum();
            let all = left;
            for class in 0..=u8::MAX {
                // What is asked for, what is taken in equilibrium, and what was given.
                let mut asks: Vec<(f64, f64, f64)> = vec![];
                for (row, lane) in self.rows.lanes.iter().enumerate() {
                    let l = n.lane(row);
                    if lane.pool as usize == pool && lane.class == class {
                        asks.push((self.allowed(run, l), lane.amount, run.delivered(l)));
                    }
                }
                if spec.class == class {
                    let wanted = self.wanted[pool] + self.waiting[pool];
                    asks.push((wanted, spec.demand, run.served()[pool]));
                }
                let usual: Vec<(f64, f64)> = asks.iter().filter(|a| a.1 > 0.0).map(|a| (a.0, a.1)).collect();
                let level = level(&usual, left);
                // Those who take nothing in equilibrium divide the rest by what they ask for.
                let rest = left - usual.iter().map(|(ask, amount)| ask.min(level * amount)).sum::<f64>();
                let new: f64 = asks.iter().filter(|a| a.1 == 0.0).map(|a| a.0).sum();
                let part = if new > 0.0 { (rest / new).clamp(0.0, 1.0) } else { 0.0 };
                for (number, (ask, amount, given)) in asks.iter().enumerate() {
                    let expected = if *amount > 0.0 { ask.min(level * amount) } else { ask * part };
                    same("ask", number, tick, *given, expected, all + ask);
                    left -= given;
                }
                left = left.max(0.0);
            }
        }
    }
}
