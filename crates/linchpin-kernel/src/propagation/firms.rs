//! One tick of a network of firms: the equations of [`Propagation`] where everything takes a tick and firms are all there is.
//!
//! Stocks and orders of a lane are held as parts of what it takes in equilibrium, s = S/A and o = O/A. So the use of a slot
//! of one lane is q, its limit s, and its order o = max(0, q + (n q − s)/τ): nothing is divided for a lane, and in
//! equilibrium everything is exact, s = n and o = 1. An order follows from the stock after receipt and from q, so it is not
//! stored but found again when what was given of it arrives: a lane reads and writes one number a tick.
//!
//! [`Rationing::WaterFillingAsPublished`] alone counts in units and stores orders: which of its orders are nothing and which
//! next to nothing depends on the last bit, and its series are those of a program that counts so.

use super::step::pro_rata;
use super::{Correction, Market, NOTHING, Network, Policy, Propagation, Rationing, Real, Signal, Trials};
use num_traits::{Float, One, Zero};
use prefetch_index::prefetch_index;
use std::ops::Range;

/// Bytes of markets up to which they are taken to be near.
const NEAR: usize = 4 << 20;
/// Lanes before the one that is worked on whose markets are fetched, if they lie in one line of the cache each.
pub(super) const AHEAD: usize = 64;
/// Bytes of a line.
const LINE: usize = 64;
/// Lanes that are worked on together where they are not, in numbers of 8 bytes: the lanes of a block stay in the cache.
const BLOCK: usize = 4096;

/// What a lane was given of its order, as a part of what it takes in equilibrium.
#[inline(always)]
fn given<V: Trials>(rationing: Rationing, order: V, met: V) -> V {
    match rationing {
        Rationing::ProRata | Rationing::FinalDemandLast => order * met,
        // The level is a part of the same.
        Rationing::WaterFilling | Rationing::ByNeed => order.min(met),
        // Orders were replaced by what was given.
        Rationing::WaterFillingAsPublished => order,
    }
}

/// How a firm orders in a tick.
#[derive(Clone, Copy)]
struct Goal<V: Trials> {
    /// What is ordered for, and the stock to be held for it.
    q: V,
    fill: V,
    zero: V,
    /// Part of a gap that is closed in a tick, and its inverse if the gap is to be divided by it.
    pace: V,
    adjustment: Option<V>,
}

impl<V: Trials> Goal<V> {
    /// The order for a stock.
    #[inline(always)]
    fn order(&self, stock: V) -> V {
        let gap = self.fill - stock;
        let correction = match self.adjustment {
            Some(adjustment) => gap / adjustment,
            None => gap * self.pace,
        };
        (self.q + correction).max(self.zero)
    }
}

/// What is the same for all firms in a tick.
#[derive(Clone, Copy)]
pub(super) struct Rules<'a, V: Trials> {
    pub(super) network: &'a Network<V::Scalar>,
    pub(super) token: V::Token,
    policy: Policy<V::Scalar>,
    /// Whether one cover serves all, shortage is divided pro rata, and orders follow from stocks: what most runs do.
    plain: bool,
    /// Part of a gap that is closed in a tick.
    pace: V,
    pub(super) zero: V,
    one: V,
    infinity: V,
    /// Cover of each slot; empty if it is the network's.
    cover: &'a [V],
    /// What each firm orders for, if it is not what it made.
    signal: &'a [V],
}

impl<V: Trials> Rules<'_, V> {
    /// What is ordered for where `q` of what is usual is.
    #[inline(always)]
    fn goal(&self, cover: V, q: V, in_units: bool) -> Goal<V> {
        let adjustment = in_units.then(|| V::splat(self.token, self.policy.adjustment));
        Goal { q, fill: cover * q, zero: self.zero, pace: self.pace, adjustment }
    }
}

/// How lanes reach their suppliers: what part of an order was met, and what is asked for now.
trait Suppliers<V> {
    fn met(&self, lane: usize, pool: u32) -> V;
    fn ask(&mut self, lane: usize, pool: u32, units: V);
}

/// Sends for the market of a lane that comes [`AHEAD`] of the one in hand, where a market is a single line.
#[inline(always)]
pub(super) fn fetch<V>(markets: &[Market<V>], pool: Option<usize>) {
    if let Some(pool) = pool.filter(|_| size_of::<Market<V>>() <= LINE) {
        prefetch_index(markets, pool);
    }
}

/// At once, while all markets are near in the cache.
struct Near<'a, V>(&'a mut [Market<V>]);

impl<V: Trials> Suppliers<V> for Near<'_, V> {
    #[inline(always)]
    fn met(&self, _: usize, pool: u32) -> V {
        self.0[pool as usize].met
    }

    #[inline(always)]
    fn ask(&mut self, _: usize, pool: u32, units: V) {
        self.0[pool as usize].demand += units;
    }
}

/// The same, with the markets of lanes that come on their way from memory already.
struct Fetched<'a, V> {
    markets: Near<'a, V>,
    /// Supplier of each lane.
    pools: &'a [u32],
}

impl<V: Trials> Suppliers<V> for Fetched<'_, V> {
    #[inline(always)]
    fn met(&self, lane: usize, pool: u32) -> V {
        fetch(self.markets.0, self.pools.get(lane + AHEAD).map(|pool| *pool as usize));
        self.markets.met(lane, pool)
    }

    #[inline(always)]
    fn ask(&mut self, lane: usize, pool: u32, units: V) {
        self.markets.ask(lane, pool, units);
    }
}

/// By a note for each lane, on which what was met stands before and what is asked for after: what suppliers gave, and what
/// they are asked for, is fetched from all over memory in loops that do nothing else, so that many fetches are under way
/// at once.
struct Noted<'a, V>(&'a mut [V]);

impl<V: Trials> Suppliers<V> for Noted<'_, V> {
    #[inline(always)]
    fn met(&self, lane: usize, _: u32) -> V {
        self.0[lane]
    }

    #[inline(always)]
    fn ask(&mut self, lane: usize, _: u32, units: V) {
        self.0[lane] = units;
    }
}

/// The state of some firms that follow one another.
pub(super) struct Part<'a, V> {
    pub(super) sites: Range<usize>,
    /// The first of their lanes.
    first: usize,
    made: &'a [V],
    q: &'a mut [V],
    limit: &'a mut [V],
    pub(super) stock: &'a mut [V],
    /// Orders that do not follow from stocks, if any.
    order: &'a mut [V],
}

impl<'a, V: Trials> Part<'a, V> {
    /// The firms before one, and the others.
    #[inline(always)]
    pub(super) fn split(self, network: &Network<V::Scalar>, site: usize) -> (Part<'a, V>, Part<'a, V>) {
        let at = site - self.sites.start;
        let first = network.first_lane(site);
        let lanes = first - self.first;
        let (made, made_after) = self.made.split_at(at);
        let (q, q_after) = self.q.split_at_mut(at);
        let (limit, limit_after) = self.limit.split_at_mut(at);
        let (stock, stock_after) = self.stock.split_at_mut(lanes);
        let (order, order_after) = self.order.split_at_mut(lanes.min(self.order.len()));
        let before = Part { sites: self.sites.start..site, first: self.first, made, q, limit, stock, order };
        let after = Part {
            sites: site..self.sites.end,
            first,
            made: made_after,
            q: q_after,
            limit: limit_after,
            stock: stock_after,
            order: order_after,
        };
        (before, after)
    }

    /// The same as [`Part::sweep`], block by block with notes.
    #[inline(always)]
    fn sweep_noted(mut self, rules: &Rules<'_, V>, markets: &mut [Market<V>], notes: &mut Vec<V>) {
        while !self.sites.is_empty() {
            let block;
            (block, self) = self.block(rules.network);
            let pools = block.pools(rules.network);
            notes.resize(pools.len(), rules.zero);
            block.sweep_block(rules, markets, notes);
            for (pool, units) in pools.iter().zip(&*notes) {
                markets[*pool as usize].demand += *units;
            }
        }
    }

    /// As many firms as have lanes for a block, and the others.
    #[inline(always)]
    pub(super) fn block(self, network: &Network<V::Scalar>) -> (Part<'a, V>, Part<'a, V>) {
        let most = self.first + BLOCK / V::COUNT.min(8);
        let mut end = self.sites.start + 1;
        while end < self.sites.end && network.first_lane(end + 1) <= most {
            end += 1;
        }
        self.split(network, end)
    }

    #[inline(always)]
    fn pools<'n>(&self, network: &'n Network<V::Scalar>) -> &'n [u32] {
        &network.lane_pool[self.first..self.first + self.stock.len()]
    }

    /// Fetches what suppliers gave, and notes what they are asked for.
    #[inline(always)]
    pub(super) fn sweep_block(self, rules: &Rules<'_, V>, markets: &[Market<V>], notes: &mut [V]) {
        let pools = self.pools(rules.network);
        for (lane, (note, pool)) in notes.iter_mut().zip(pools).enumerate() {
            fetch(markets, pools.get(lane + AHEAD).map(|pool| *pool as usize));
            *note = markets[*pool as usize].met;
        }
        self.sweep(rules, Noted(notes));
    }

    /// Receipt, use and orders.
    #[inline(always)]
    fn sweep<S: Suppliers<V>>(mut self, rules: &Rules<'_, V>, mut suppliers: S) {
        let (network, token) = (rules.network, rules.token);
        for (at, site) in self.sites.clone().enumerate() {
            let (runs, slots) = (network.runs[site], network.slots_of(site));
            let usual = V::splat(token, runs);
            let used = if runs > V::Scalar::zero() { self.made[at] / usual } else { rules.zero };
            let q = rules.signal.get(site).copied().unwrap_or(used);
            let last = std::mem::replace(&mut self.q[at], q);
            let least = match rules.plain {
                true => self.slots::<true, S>(rules, &mut suppliers, slots, used, last, q),
                false => self.slots::<false, S>(rules, &mut suppliers, slots, used, last, q),
            };
            self.limit[at] = match least {
                Some(least) => least * usual,
                None => V::splat(token, network.capacity[site]),
            };
        }
    }

    /// Receipt, use and orders of a firm. Gives back how many ticks of equilibrium its stocks last; none if it needs nothing.
    /// `PLAIN` is the same as in the rules.
    #[inline(always)]
    fn slots<const PLAIN: bool, S: Suppliers<V>>(
        &mut self,
        rules: &Rules<'_, V>,
        suppliers: &mut S,
        slots: Range<usize>,
        used: V,
        last: V,
        q: V,
    ) -> Option<V> {
        let (network, token, zero, none) = (rules.network, rules.token, rules.zero, V::Scalar::zero());
        let rationing = if PLAIN { Rationing::ProRata } else { rules.policy.rationing };
        let by_slot = rules.policy.correction == Correction::Slot;
        let nothing = V::splat(token, V::Scalar::of(NOTHING));
        let (mut least, mut needs) = (rules.infinity, false);
        let in_units = !PLAIN && rationing == Rationing::WaterFillingAsPublished;
        let mut cover = V::splat(token, network.cover);
        let (mut before, mut after) = (rules.goal(cover, last, in_units), rules.goal(cover, q, in_units));
        let mut begin = network.lane_start[slots.start] as usize;
        for slot in slots {
            let lanes = begin..network.lane_start[slot + 1] as usize;
            begin = lanes.end;
            if let (false, Some(own)) = (PLAIN, rules.cover.get(slot)) {
                cover = *own;
                (before, after) = (rules.goal(cover, last, in_units), rules.goal(cover, q, in_units));
            }
            let amounts = &network.lane_amount[lanes.clone()];
            let pools = &network.lane_pool[lanes.clone()];
            // Where they stand in this part.
            let (first, lanes) = (lanes.start - self.first, lanes.start - self.first..lanes.end - self.first);
            let stocks = &mut self.stock[lanes.clone()];
            let mut orders = if PLAIN || self.order.is_empty() { None } else { Some(&mut self.order[lanes]) };
            if let ([amount], [pool], [stock], false) = (amounts, pools, &mut *stocks, in_units) {
                // Most needs have one supplier: there are no sums.
                let order = orders.as_ref().map_or(before.order(*stock), |orders| orders[0]);
                let receipt = given(rationing, order, suppliers.met(first, *pool));
                let now = (*stock + receipt - used).max(zero);
                let order = after.order(now);
                *stock = now;
                suppliers.ask(first, *pool, V::splat(token, *amount) * order);
                if let Some(orders) = orders {
                    orders[0] = order;
                }
                if *amount > none {
                    least = now.min(least);
                    needs = true;
                }
                continue;
            }
            let (mut level, held, need) = level(token, amounts, stocks, in_units);
            let part = V::select(held.gt(nothing), used * V::splat(token, need) / held, zero);
            for (at, (stock, pool)) in stocks.iter_mut().zip(pools).enumerate() {
                let order = before.order(if by_slot { level } else { *stock });
                let order = orders.as_ref().map_or(order, |orders| orders[at]);
                let receipt = given(rationing, order, suppliers.met(first + at, *pool));
                *stock = (*stock + receipt - *stock * part).max(zero);
            }
            (level, _, _) = self::level(token, amounts, stocks, in_units);
            for (at, ((stock, pool), amount)) in stocks.iter().zip(pools).zip(amounts).enumerate() {
                let amount = V::splat(token, *amount);
                let (order, units) = match (in_units, by_slot) {
                    (false, false) => (after.order(*stock), amount),
                    (false, true) => (after.order(level), amount),
                    (true, false) => {
                        let usual = q * amount;
                        (Goal { q: usual, fill: cover * usual, ..after }.order(*stock), rules.one)
                    }
                    (true, true) => (after.order(level) * amount, rules.one),
                };
                suppliers.ask(first + at, *pool, units * order);
                if let Some(orders) = &mut orders {
                    orders[at] = order;
                }
            }
            if need > none {
                least = level.min(least);
                needs = true;
            }
        }
        needs.then_some(least)
    }
}

/// What making goes by.
pub(super) struct Making<'a, V: Trials> {
    network: &'a Network<V::Scalar>,
    pub(super) token: V::Token,
    /// Whether what was made is divided as well.
    at_once: bool,
    zero: V,
    wanted: &'a [V],
    waiting: &'a [V],
    left: &'a [V],
    limit: &'a [V],
}

impl<V: Trials> Making<'_, V> {
    /// Firms from `first`.
    #[inline(always)]
    pub(super) fn run(&self, first: usize, made: &mut [V], markets: &mut [Market<V>], served: &mut [V]) {
        let sites = first..first + made.len();
        let state = made.iter_mut().zip(markets).zip(served);
        let limits = self.left[sites.clone()].iter().zip(&self.limit[sites.clone()]);
        let usual = self.network.capacity[sites.clone()].iter().zip(&self.network.demand[sites.clone()]);
        for ((((made, market), served), (left, limit)), ((capacity, usual), site)) in
            state.zip(limits).zip(usual.zip(sites))
        {
            let wanted = self.wanted.get(site).copied().unwrap_or(V::splat(self.token, *usual));
            let waits = self.waiting.get(site).copied().unwrap_or(self.zero);
            let asked = market.demand + (wanted + waits);
            market.demand = asked;
            *made = (V::splat(self.token, *capacity) * *left).min(*limit).min(asked);
            if self.at_once {
                market.met = pro_rata(asked, *made, self.zero);
                *served = wanted * market.met;
            }
        }
    }
}

/// How many ticks the stock of a slot lasts in equilibrium, the stock in units, and what it needs a tick.
#[inline(always)]
fn level<V: Trials>(
    token: V::Token,
    amounts: &[V::Scalar],
    stocks: &[V],
    in_units: bool,
) -> (V, V, V::Scalar) {
    let zero = V::splat(token, V::Scalar::zero());
    let (mut held, mut need) = (zero, V::Scalar::zero());
    for (amount, stock) in amounts.iter().zip(stocks) {
        need += *amount;
        held += if in_units { *stock } else { V::splat(token, *amount) * *stock };
    }
    let level = match stocks {
        [stock] if !in_units => *stock,
        _ if need > V::Scalar::zero() => held / V::splat(token, need),
        _ => zero,
    };
    (level, held, need)
}

impl<V: Trials> Propagation<'_, V> {
    #[inline(always)]
    pub(super) fn step_of_firms(&mut self) {
        let mut signal: Vec<V> = vec![];
        if self.policy.signal == Signal::Asked {
            signal.reserve(self.network.sites());
            for site in 0..self.network.sites() {
                signal.push(self.asked_of_firm(site));
            }
        }
        self.order_of_firms(&signal);
        if self.policy.rationing != Rationing::WaterFillingAsPublished {
            self.order.clear();
        }
        self.make_firms();
    }

    /// Receipt, use and orders of all firms, and the demand that comes of them: in the order of lanes, as sums of the published
    /// model are, to the last bit, for any number of threads. Whether an order is nothing or next to nothing decides who is
    /// served under water filling as published.
    #[inline(always)]
    fn order_of_firms(&mut self, signal: &[V]) {
        let (network, token, zero) = (self.network, self.token, self.zero());
        let pro_rata = matches!(self.policy.rationing, Rationing::ProRata | Rationing::FinalDemandLast);
        let rules = Rules {
            network,
            token,
            policy: self.policy,
            plain: pro_rata && self.cover.is_empty() && self.order.is_empty(),
            pace: self.of(V::Scalar::one() / self.policy.adjustment),
            zero,
            one: self.one(),
            infinity: self.of(V::Scalar::infinity()),
            cover: &self.cover,
            signal,
        };
        let all = Part {
            sites: 0..network.sites(),
            first: 0,
            made: &self.made,
            q: &mut self.q,
            limit: &mut self.limit,
            stock: &mut self.stock,
            order: &mut self.order,
        };
        if let Some(team) = &mut self.team {
            return team.order(&rules, all, &mut self.markets);
        }
        for market in &mut self.markets {
            market.demand = zero;
        }
        if size_of_val(self.markets.as_slice()) <= NEAR {
            all.sweep(&rules, Near(&mut self.markets));
        } else if size_of::<Market<V>>() <= LINE {
            all.sweep(&rules, Fetched { markets: Near(&mut self.markets), pools: &self.network.lane_pool });
        } else {
            all.sweep_noted(&rules, &mut self.markets, &mut self.notes);
        }
    }

    /// The part of its equilibrium runs that a firm must order for, where it orders for what it is asked. Nobody orders
    /// inputs for more than he can make of them.
    #[inline(always)]
    fn asked_of_firm(&self, site: usize) -> V {
        let runs = self.network.runs[site];
        if runs <= V::Scalar::zero() {
            return self.zero();
        }
        let capacity = self.of(self.network.capacity[site]) * self.left[site];
        self.markets[site].demand.min(capacity) / self.of(runs)
    }

    /// What each firm makes, and who gets it.
    #[inline(always)]
    fn make_firms(&mut self) {
        let (network, token, zero) = (self.network, self.token, self.zero());
        let making = Making {
            network,
            token,
            // What most runs do is done in one go.
            at_once: self.policy.rationing == Rationing::ProRata && self.waiting.is_empty(),
            zero,
            wanted: &self.wanted,
            waiting: &self.waiting,
            left: &self.left,
            limit: &self.limit,
        };
        match &self.team {
            None => making.run(0, &mut self.made, &mut self.markets, &mut self.served),
            Some(team) => team.make(&making, &mut self.made, &mut self.markets, &mut self.served),
        }
        if !making.at_once {
            for site in 0..network.sites() {
                self.ration(None, site, self.made[site]);
            }
        }
    }

    /// Order of a lane of firms in this tick, in the measure of its stock.
    #[inline(always)]
    pub(super) fn order_of_lane(&self, lane: usize) -> V {
        if let Some(order) = self.order.get(lane) {
            return *order;
        }
        let slot = self.network.slot_of_lane(lane);
        let q = self.q[self.network.site_of_slot(slot)];
        let pace = self.of(V::Scalar::one() / self.policy.adjustment);
        let fill = self.cover_of(slot) * q;
        let goal = Goal { q, fill, zero: self.zero(), pace, adjustment: None };
        let lanes = self.network.lanes_of(slot);
        goal.order(match self.policy.correction {
            Correction::Lane => self.stock[lane],
            Correction::Slot => {
                level(self.token, &self.network.lane_amount[lanes.clone()], &self.stock[lanes], false).0
            }
        })
    }

    /// What was given of it.
    #[inline(always)]
    pub(super) fn given_of_lane(&self, lane: usize) -> V {
        let met = self.markets[self.network.seller(lane)].met;
        given(self.policy.rationing, self.order_of_lane(lane), met)
    }

    /// Writes the orders of this tick down, before what they follow from is changed from outside.
    pub(super) fn write_orders(&mut self) {
        if self.order.is_empty() {
            let mut orders = Vec::with_capacity(self.network.lanes());
            for lane in 0..self.network.lanes() {
                orders.push(self.order_of_lane(lane));
            }
            self.order = orders;
        }
    }
}
