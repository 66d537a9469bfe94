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
use std::ops::Range;

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

/// What the sweep over firms reads and writes, in places of its own: the compiler need not fear that a store to one changes
/// where another stands.
struct Sweep<'a, V: Trials> {
    network: &'a Network<V::Scalar>,
    token: V::Token,
    policy: Policy<V::Scalar>,
    /// Part of a gap that is closed in a tick.
    pace: V,
    zero: V,
    one: V,
    infinity: V,
    /// Cover of each slot; empty if it is the network's.
    cover: &'a [V],
    stock: &'a mut [V],
    /// Orders that do not follow from stocks, if any.
    order: &'a mut [V],
    markets: &'a mut [Market<V>],
}

impl<V: Trials> Sweep<'_, V> {
    /// What is ordered for where `q` of what is usual is.
    #[inline(always)]
    fn goal(&self, cover: V, q: V, in_units: bool) -> Goal<V> {
        let adjustment = in_units.then(|| V::splat(self.token, self.policy.adjustment));
        Goal { q, fill: cover * q, zero: self.zero, pace: self.pace, adjustment }
    }

    /// Receipt, use and orders of a firm. Gives back how many ticks of equilibrium its stocks last; none if it needs nothing.
    ///
    /// `PLAIN` where one cover serves all, shortage is divided pro rata, and orders follow from stocks: what most runs do.
    #[inline(always)]
    fn slots<const PLAIN: bool>(&mut self, slots: Range<usize>, used: V, last: V, q: V) -> Option<V> {
        let (token, zero, none) = (self.token, self.zero, V::Scalar::zero());
        let rationing = if PLAIN { Rationing::ProRata } else { self.policy.rationing };
        let by_slot = self.policy.correction == Correction::Slot;
        let nothing = V::splat(token, V::Scalar::of(NOTHING));
        let (mut least, mut needs) = (self.infinity, false);
        let in_units = !PLAIN && rationing == Rationing::WaterFillingAsPublished;
        let mut cover = V::splat(token, self.network.cover);
        let (mut before, mut after) = (self.goal(cover, last, in_units), self.goal(cover, q, in_units));
        let mut begin = self.network.lane_start[slots.start] as usize;
        for slot in slots {
            let lanes = begin..self.network.lane_start[slot + 1] as usize;
            begin = lanes.end;
            if let (false, Some(own)) = (PLAIN, self.cover.get(slot)) {
                cover = *own;
                (before, after) = (self.goal(cover, last, in_units), self.goal(cover, q, in_units));
            }
            let amounts = &self.network.lane_amount[lanes.clone()];
            let pools = &self.network.lane_pool[lanes.clone()];
            let stocks = &mut self.stock[lanes.clone()];
            let mut orders = if PLAIN || self.order.is_empty() { None } else { Some(&mut self.order[lanes]) };
            if let ([amount], [pool], [stock], false) = (amounts, pools, &mut *stocks, in_units) {
                // Most needs have one supplier: there are no sums.
                let market = &mut self.markets[*pool as usize];
                let order = orders.as_ref().map_or(before.order(*stock), |orders| orders[0]);
                let now = (*stock + given(rationing, order, market.met) - used).max(zero);
                let order = after.order(now);
                *stock = now;
                market.demand += V::splat(token, *amount) * order;
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
                let receipt = given(rationing, order, self.markets[*pool as usize].met);
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
                        (Goal { q: usual, fill: cover * usual, ..after }.order(*stock), self.one)
                    }
                    (true, true) => (after.order(level) * amount, self.one),
                };
                self.markets[*pool as usize].demand += units * order;
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
                signal.push(self.signal(site));
            }
        }
        self.order_of_firms(&signal);
        if self.policy.rationing != Rationing::WaterFillingAsPublished {
            self.order.clear();
        }
        self.make_firms();
    }

    /// What each firm makes, and who gets it.
    #[inline(always)]
    fn make_firms(&mut self) {
        let (network, token, zero) = (self.network, self.token, self.zero());
        // What most runs do is done in one go.
        let at_once = self.policy.rationing == Rationing::ProRata && self.waiting.is_empty();
        let sites = self.made.iter_mut().zip(&mut self.markets).zip(self.left.iter().zip(&self.limit));
        let parameters = network.capacity.iter().zip(&network.demand);
        for (site, (((made, market), (left, limit)), (capacity, usual))) in sites.zip(parameters).enumerate()
        {
            let wanted = self.wanted.get(site).copied().unwrap_or(V::splat(token, *usual));
            let waits = self.waiting.get(site).copied().unwrap_or(zero);
            let asked = market.demand + (wanted + waits);
            market.demand = asked;
            *made = (V::splat(token, *capacity) * *left).min(*limit).min(asked);
            if at_once {
                market.met = pro_rata(asked, *made, zero);
                self.served[site] = wanted * market.met;
            }
        }
        if !at_once {
            for site in 0..network.sites() {
                self.ration(None, site, self.made[site]);
            }
        }
    }

    /// Receipt, use and orders of all firms, and the demand that comes of them: in the order of lanes, as sums of the published
    /// model are, to the last bit. Whether an order is nothing or next to nothing decides who is served under water filling
    /// as published.
    #[inline(always)]
    fn order_of_firms(&mut self, signal: &[V]) {
        let (network, token, zero) = (self.network, self.token, self.zero());
        for market in &mut self.markets {
            market.demand = zero;
        }
        let mut sweep = Sweep {
            network,
            token,
            policy: self.policy,
            pace: self.of(V::Scalar::one() / self.policy.adjustment),
            zero,
            one: self.one(),
            infinity: self.of(V::Scalar::infinity()),
            cover: &self.cover,
            stock: &mut self.stock,
            order: &mut self.order,
            markets: &mut self.markets,
        };
        let pro_rata = matches!(self.policy.rationing, Rationing::ProRata | Rationing::FinalDemandLast);
        let plain = pro_rata && sweep.cover.is_empty() && sweep.order.is_empty();
        let sites = self.made.iter().zip(&mut self.q).zip(&mut self.limit);
        let parameters = network.runs.iter().zip(&network.capacity).zip(network.slot_start.windows(2));
        for (site, (((made, q), limit), ((runs, capacity), slots))) in sites.zip(parameters).enumerate() {
            let slots = slots[0] as usize..slots[1] as usize;
            let usual = V::splat(token, *runs);
            let used = if *runs > V::Scalar::zero() { *made / usual } else { zero };
            let (last, now) = (*q, signal.get(site).copied().unwrap_or(used));
            *q = now;
            let least = match plain {
                true => sweep.slots::<true>(slots, used, last, now),
                false => sweep.slots::<false>(slots, used, last, now),
            };
            *limit = match least {
                Some(least) => least * usual,
                None => V::splat(token, *capacity),
            };
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
