//! One tick of a network of sites and markets: the equations of [`Propagation`] where lanes take their time, markets have several
//! sellers and classes of buyers, and sites several outputs.
//!
//! A lane is looked at once for receipt, use and order, and once for what leaves over it. What does not change in a run is
//! turned over beforehand, so that little is divided: in registers a division costs as much as all else that a lane needs.

use super::network::{Extras, Need, Route};
use super::step::{rounding, short};
use super::{
    Correction, Extra, Lane, Market, NOTHING, Port, Propagation, Quotas, Rationing, Real, Signal, Trials,
    network,
};
use num_traits::{One, Zero};

impl<V: Trials> Propagation<'_, V> {
    #[inline(always)]
    pub(super) fn step_of_sites(&mut self, n: &Extras<V::Scalar>) {
        let Some(mut x) = self.extra.take() else { return };
        if self.policy.resourcing {
            self.resource(n, &mut x);
        }
        self.order_of_sites(n, &mut x);
        self.add_final_demand(n);
        for (number, level) in n.levels.iter().enumerate() {
            if number > 0 {
                for site in &level.sites {
                    self.arrive(n, &mut x, *site as usize);
                }
            }
            for pool in &level.pools {
                self.allocate(n, &mut x, *pool as usize);
            }
            if n.levels.len() == 1 {
                self.make_all(n, &mut x);
            } else {
                for site in &level.sites {
                    self.make(n, &mut x, *site as usize);
                }
            }
            for pool in &level.pools {
                self.ship(n, &mut x, *pool as usize);
            }
        }
        self.send(n, &mut x);
        self.extra = Some(x);
    }

    /// Extra orders to those who can give more; spare capacity is claimed once.
    #[inline(always)]
    fn resource(&mut self, n: &Extras<V::Scalar>, x: &mut Extra<V>) {
        let (token, zero, one, now) = (self.token, self.zero(), self.one(), self.now(0));
        let (slots, pools) = (x.slots.as_slice(), x.pools.as_mut_slice());
        for pool in x.changed.drain(..) {
            let mut can = zero;
            for p in n.members_of(pool as usize) {
                let port = &n.ports[*p as usize];
                let site = port.site as usize;
                // What buyers see is capacity; whether there are inputs for it shows when it is delivered.
                can += V::splat(token, port.yields * n.plants[site].capacity) * self.left[site];
            }
            pools[pool as usize].can = can;
        }
        // Spare capacity that whoever is short may claim over each lane that is qualified.
        x.claiming.clear();
        for slot in &x.short {
            let (at, span) = (&slots[*slot as usize], self.network.lanes_of(*slot as usize));
            let (waited, wants) = (now - at.clock, at.missing.gt(zero));
            let mut all = zero;
            for number in span {
                let (lane, route) = (&mut x.lanes[number], &n.routes[number]);
                let qualified = waited.ge(V::splat(token, V::Scalar::of(f64::from(route.qualify))));
                let open = x.quotas.of(number).unwrap_or(one);
                let usable = V::and(V::and(wants, qualified), open.ge(one));
                lane.extra = zero;
                if V::any(usable) {
                    let pool = &mut pools[route.pool as usize];
                    let room = (pool.can - (self.demand(route.pool as usize) - pool.surplus)).max(zero);
                    // What is only rounding of a large market would be much to a small buyer.
                    let counts = room.gt(pool.can * V::splat(token, rounding()));
                    pool.spare = V::select(counts, room, zero);
                    pool.claims = zero;
                    lane.extra = V::select(usable, pool.spare, zero);
                    all += lane.extra;
                }
            }
            if V::any(all.gt(zero)) {
                x.claiming.push(*slot);
            }
        }
        for pool in &mut *pools {
            pool.surplus = zero;
        }
        for slot in &x.claiming {
            let (missing, span) = (slots[*slot as usize].missing, self.network.lanes_of(*slot as usize));
            let (routes, lanes) = (&n.routes[span.clone()], &mut x.lanes[span]);
            let mut all = zero;
            for lane in &*lanes {
                all += lane.extra;
            }
            let part = V::select(all.gt(zero), missing / all, zero);
            for (lane, route) in lanes.iter_mut().zip(routes) {
                lane.extra *= part * V::splat(token, route.per_worth);
                pools[route.pool as usize].claims += lane.extra;
            }
        }
        for slot in &x.claiming {
            let lanes = self.network.lanes_of(*slot as usize);
            for (lane, route) in x.lanes[lanes.clone()].iter_mut().zip(&n.routes[lanes]) {
                let (pool, claims) = (&mut pools[route.pool as usize], lane.extra.gt(zero));
                if V::any(claims) {
                    let got = lane.extra * (pool.spare / pool.claims).min(one);
                    lane.extra = V::select(claims, got, lane.extra);
                    pool.surplus += lane.extra;
                }
            }
        }
    }

    /// Receipt, use and orders; what stocks allow each site, and the demand that comes of the orders.
    #[inline(always)]
    fn order_of_sites(&mut self, n: &Extras<V::Scalar>, x: &mut Extra<V>) {
        let (token, zero, infinity) = (self.token, self.zero(), self.infinity());
        let none = V::Scalar::zero();
        for market in &mut self.markets {
            market.demand = zero;
        }
        let mut orders = Orders {
            token,
            pace: V::Scalar::one() / self.policy.adjustment,
            by_slot: self.policy.correction == Correction::Slot,
            by_need: self.policy.rationing == Rationing::ByNeed,
            zero,
            one: self.one(),
            nothing: self.of(V::Scalar::of(NOTHING)),
            tick: self.tick as usize,
            way: &mut x.way,
            markets: &mut self.markets,
            quotas: &x.quotas,
        };
        // Lanes stand by slot, slots and ports by site: each takes its own from what is left.
        let (mut of_ports, mut ports) = (n.ports.as_slice(), x.ports.as_slice());
        let (mut needs, mut routes) = (n.needs.as_slice(), n.routes.as_slice());
        let (mut lanes, mut first) = (x.lanes.as_mut_slice(), 0);
        let (mut slot, mut claiming) = (0, x.claiming.iter().copied().peekable());
        let sites = n.plants.iter().zip(&mut x.plants).zip(self.made.iter().zip(&self.left));
        for (((plant, state), (made, left)), limit) in sites.zip(&mut self.limit) {
            let capacity = V::splat(token, plant.capacity) * *left;
            let per_run = V::splat(token, plant.per_run);
            let used = *made * per_run;
            let own = take(&mut of_ports, plant.ports).iter().zip(take(&mut ports, plant.ports));
            let q = match self.policy.signal {
                Signal::Made => used,
                Signal::Asked => {
                    // What the demand on its ports asks for; nobody orders inputs for more than he can make of them.
                    let mut most = state.plan * V::splat(token, plant.runs);
                    for (of, port) in own {
                        if of.drives {
                            most = (port.asked * V::splat(token, of.per_unit)).max(most);
                        }
                    }
                    most.min(capacity) * per_run
                }
            };
            let mut least = infinity;
            for need in take(&mut needs, plant.slots) {
                let own = take_mut(&mut lanes, need.lanes);
                let buys = Buys {
                    need,
                    cover: self.cover.get(slot as usize).copied().unwrap_or(V::splat(token, need.cover)),
                    claims: claiming.next_if_eq(&slot).is_some(),
                    first,
                };
                let held = match (take(&mut routes, need.lanes), own) {
                    ([route], [lane]) => orders.of_lane(buys, route, lane, used, q),
                    (routes, lanes) => orders.of_lanes(buys, routes, lanes, used, q),
                };
                (slot, first) = (slot + 1, first + need.lanes as usize);
                if need.units > none {
                    least = (held * V::splat(token, need.per_unit)).min(least);
                }
            }
            let all = V::splat(token, plant.capacity);
            *limit = V::select(least.lt(infinity), least * V::splat(token, plant.runs), all);
            state.able = can_do(token, plant.ramp, capacity.min(*limit), *made, plant.runs);
        }
    }

    /// Adds final demand to the orders.
    #[inline(always)]
    fn add_final_demand(&mut self, n: &Extras<V::Scalar>) {
        for pool in 0..self.network.pools() {
            let wanted = self.wanted(pool) + self.waiting(pool);
            self.markets[pool * n.classes + usize::from(n.pool_class[pool])].demand += wanted;
        }
    }

    /// What arrives at a site within the tick, and what it can make then.
    #[inline(always)]
    fn arrive(&mut self, n: &Extras<V::Scalar>, x: &mut Extra<V>, site: usize) {
        let (network, zero, infinity) = (self.network, self.zero(), self.infinity());
        let mut least = infinity;
        for slot in network.slots_of(site) {
            let mut held = zero;
            for l in network.lanes_of(slot) {
                let (route, lane) = (&n.routes[l], x.lanes[l]);
                if route.lead == 0 {
                    let given = self.given(&lane, route, x.quotas.of(l), &x.rest);
                    x.lanes[l].stock += given;
                }
                held += x.lanes[l].stock * self.of(route.worth);
            }
            if n.needs[slot].units > V::Scalar::zero() {
                least = (held * self.of(n.needs[slot].per_unit)).min(least);
            }
        }
        let plant = &n.plants[site];
        let all = self.of(plant.capacity);
        self.limit[site] = V::select(least.lt(infinity), least * self.of(plant.runs), all);
        let able = (all * self.left[site]).min(self.limit[site]);
        x.plants[site].able = can_do(self.token, plant.ramp, able, self.made[site], plant.runs);
    }

    /// Divides the demand of a pool among its ports.
    #[inline(always)]
    fn allocate(&mut self, n: &Extras<V::Scalar>, x: &mut Extra<V>, pool: usize) {
        let (all, token, zero) = (self.demand(pool), self.token, self.zero());
        let members = n.members_of(pool);
        let Some(wait) = n.step_in[pool] else {
            for p in members {
                x.ports[*p as usize].asked = all * V::splat(token, n.ports[*p as usize].share);
            }
            return;
        };
        let (mut lack, mut spare) = (zero, zero);
        for p in members {
            let (of, port) = (&n.ports[*p as usize], &mut x.ports[*p as usize]);
            port.asked = all * V::splat(token, of.share);
            // Units that it could ship.
            let can = V::splat(token, of.yields) * x.plants[of.site as usize].able + port.shelf;
            lack += (port.asked - can).max(zero);
            spare += (can - port.asked).max(zero);
        }
        if !V::any(lack.gt(zero)) {
            return;
        }
        let lacks = lack.gt(all * self.of(short()));
        let clock = &mut x.pools[pool].clock;
        *clock = V::select(lacks, self.now(0), self.infinity()).min(*clock);
        let waited = (self.now(0) - *clock).ge(self.of(V::Scalar::of(f64::from(wait))));
        let moves = V::and(waited, V::and(lack.gt(zero), spare.gt(zero)));
        if V::any(moves) {
            let moved = lack.min(spare) / spare;
            for p in members {
                let (of, port) = (&n.ports[*p as usize], &mut x.ports[*p as usize]);
                let can = V::splat(token, of.yields) * x.plants[of.site as usize].able + port.shelf;
                let over = (can - port.asked).max(zero);
                port.asked = V::select(moves, port.asked + over * moved, port.asked);
            }
        }
    }

    /// What a site makes, and puts on its shelves until its pools ship.
    #[inline(always)]
    fn make(&mut self, n: &Extras<V::Scalar>, x: &mut Extra<V>, site: usize) {
        let ports = self.network.ports_of(site);
        let (of, ports) = (&n.ports[ports.clone()], &mut x.ports[ports]);
        self.made[site] = made(self.token, self.policy.adjustment, x.plants[site].able, of, ports);
    }

    /// The same of all sites.
    #[inline(always)]
    fn make_all(&mut self, n: &Extras<V::Scalar>, x: &mut Extra<V>) {
        let (mut of_ports, mut ports) = (n.ports.as_slice(), x.ports.as_mut_slice());
        for ((plant, state), makes) in n.plants.iter().zip(&x.plants).zip(&mut self.made) {
            let (of, own) = (take(&mut of_ports, plant.ports), take_mut(&mut ports, plant.ports));
            *makes = made(self.token, self.policy.adjustment, state.able, of, own);
        }
    }

    /// Divides what a pool has, and takes what is shipped from the shelves.
    #[inline(always)]
    fn ship(&mut self, n: &Extras<V::Scalar>, x: &mut Extra<V>, pool: usize) {
        let (members, zero) = (n.members_of(pool), self.zero());
        if let [p] = members {
            let has = x.ports[*p as usize].shelf;
            let shipped = self.ration(Some(&mut *x), pool, has).min(has);
            let port = &mut x.ports[*p as usize];
            port.shipped = shipped;
            port.shelf = has - shipped;
            return;
        }
        let (mut all, mut first) = (zero, zero);
        for p in members {
            let port = &x.ports[*p as usize];
            all += port.shelf;
            first += port.shelf.min(port.asked);
        }
        let shipped = self.ration(Some(&mut *x), pool, all);
        // Everyone what he was asked for, then what others lack.
        let part = V::select(first.gt(zero), (shipped / first).min(self.one()), zero);
        let (rest, over) = (shipped - first, all - first);
        let more = V::select(V::and(rest.gt(zero), over.gt(zero)), rest / over, zero);
        for p in members {
            let port = &mut x.ports[*p as usize];
            let has = port.shelf;
            let first = has.min(port.asked);
            port.shipped = (first * part + (has - first) * more).min(has);
            port.shelf = has - port.shipped;
        }
    }

    /// What leaves over each lane, and what the orders of each slot were short by.
    #[inline(always)]
    fn send(&mut self, n: &Extras<V::Scalar>, x: &mut Extra<V>) {
        let (token, zero) = (self.token, self.zero());
        let (infinity, next) = (self.infinity(), self.now(1));
        let (mut routes, mut lanes, mut number) = (n.routes.as_slice(), x.lanes.as_mut_slice(), 0..);
        x.short.clear();
        for (slot, need) in (0u32..).zip(&n.needs) {
            let own = take_mut(&mut lanes, need.lanes);
            let mut lack = zero;
            let mut all_given = true;
            for ((lane, route), l) in own.iter_mut().zip(take(&mut routes, need.lanes)).zip(&mut number) {
                let open = x.quotas.of(l);
                if open.is_none() && x.full[route.market as usize] {
                    lane.sent = lane.order;
                } else {
                    lane.sent = self.given(lane, route, open, &x.rest);
                    lack += (lane.order - lane.sent) * V::splat(token, route.worth);
                    all_given = false;
                }
            }
            if all_given {
                continue;
            }
            let lacks = lack.gt(V::splat(token, need.units * short()));
            if V::any(lacks) {
                x.short.push(slot);
                let slot = &mut x.slots[slot as usize];
                slot.missing = V::select(lacks, lack, zero);
                slot.clock = V::select(lacks, next, infinity).min(slot.clock);
            }
        }
    }

    /// What a lane is given of its order in this tick: a part, or under water filling up to the level times its weight, and a part of
    /// the order if it has none.
    #[inline(always)]
    fn given(&self, lane: &Lane<V>, route: &Route<V::Scalar>, open: Option<V>, rest: &[V]) -> V {
        let (asked, weight) = self.asks(lane, route, open);
        let level = self.markets[route.market as usize].met;
        if matches!(self.policy.rationing, Rationing::ProRata | Rationing::FinalDemandLast) {
            return asked * level;
        }
        let full = level.ge(self.infinity());
        if V::all(full) {
            return asked;
        }
        let given = V::select(full, asked, asked.min(weight * level));
        V::select(weight.gt(self.zero()), given, asked * rest[route.market as usize])
    }

    /// What of the order of a lane may be shipped, and what it counts where what there is is divided by levels.
    #[inline(always)]
    pub(super) fn asks(&self, lane: &Lane<V>, route: &Route<V::Scalar>, open: Option<V>) -> (V, V) {
        let amount = self.of(route.amount);
        let weight = if self.policy.rationing == Rationing::ByNeed { lane.need } else { amount };
        (allowed(lane.order, amount, open, self.one()), weight)
    }
}

impl<V: Trials> Quotas<V> {
    /// Part of the order of a lane that may be shipped; `None` if all of it may.
    #[inline(always)]
    pub(super) fn of(&self, lane: usize) -> Option<V> {
        if let Some(true) = self.limited.get(lane) { Some(self.open[lane]) } else { None }
    }
}

/// The first of what is left of a list.
#[inline(always)]
fn take<'a, T>(rest: &mut &'a [T], count: u32) -> &'a [T] {
    let (first, others) = rest.split_at(count as usize);
    *rest = others;
    first
}

/// The same of a list that is written to.
#[inline(always)]
fn take_mut<'a, T>(rest: &mut &'a mut [T], count: u32) -> &'a mut [T] {
    let (first, others) = std::mem::take(rest).split_at_mut(count as usize);
    *rest = others;
    first
}

/// A slot that buys.
struct Buys<'a, V: Trials> {
    need: &'a Need<V::Scalar>,
    cover: V,
    /// Whether it has extra orders.
    claims: bool,
    /// Number of its first lane.
    first: usize,
}

/// What a site that is able to do some runs makes for its ports, and puts on their shelves.
#[inline(always)]
fn made<V: Trials>(
    token: V::Token,
    adjustment: V::Scalar,
    able: V,
    of: &[network::Port<V::Scalar>],
    ports: &mut [Port<V>],
) -> V {
    let zero = V::splat(token, V::Scalar::zero());
    let pace = V::splat(token, V::Scalar::one() / adjustment);
    let mut runs = zero;
    for (of, port) in of.iter().zip(&*ports) {
        if of.drives {
            let wanted = port.asked + (V::splat(token, of.shelf) - port.shelf) * pace;
            runs = (wanted * V::splat(token, of.per_unit)).max(runs);
        }
    }
    let made = able.min(runs).max(zero);
    for (of, port) in of.iter().zip(ports) {
        port.shelf += V::splat(token, of.yields) * made;
    }
    made
}

/// How sites order, and whom.
struct Orders<'a, V: Trials> {
    token: V::Token,
    /// Part of a gap that is closed in a tick.
    pace: V::Scalar,
    by_slot: bool,
    by_need: bool,
    zero: V,
    one: V,
    nothing: V,
    tick: usize,
    way: &'a mut [V],
    markets: &'a mut [Market<V>],
    quotas: &'a Quotas<V>,
}

impl<V: Trials> Orders<'_, V> {
    /// Receipt, use and order of a slot with one lane, of which it uses a part `used` of what is usual, and orders for a part `q`.
    /// Gives back what it holds.
    #[inline(always)]
    fn of_lane(
        &mut self,
        buys: Buys<'_, V>,
        route: &Route<V::Scalar>,
        lane: &mut Lane<V>,
        used: V,
        q: V,
    ) -> V {
        let (amount, worth, need) = (self.of(route.amount), self.of(route.worth), buys.need);
        let gap = self.receive(route, lane, used * amount, buys.cover, q * amount);
        let level = match self.by_slot {
            true => (q + gap * self.of(route.worth * self.pace * need.per_unit)).max(self.zero),
            false => lane.order * self.of(route.worth * need.per_unit),
        };
        let needed = self.needed(buys.claims, std::slice::from_ref(lane), level, q);
        self.order(route, lane, buys.first, level, q, needed);
        lane.stock * worth
    }

    /// The same of several lanes.
    #[inline(always)]
    fn of_lanes(
        &mut self,
        buys: Buys<'_, V>,
        routes: &[Route<V::Scalar>],
        lanes: &mut [Lane<V>],
        used: V,
        q: V,
    ) -> V {
        let need = buys.need;
        let mut before = self.zero;
        for (lane, route) in lanes.iter().zip(routes) {
            before += lane.stock * self.of(route.worth);
        }
        let part = V::select(before.gt(self.nothing), used * self.of(need.units) / before, self.zero);
        let (mut held, mut gap, mut all) = (self.zero, self.zero, self.zero);
        for (lane, route) in lanes.iter_mut().zip(routes) {
            let worth = self.of(route.worth);
            let goal = q * self.of(route.amount);
            gap += self.receive(route, lane, lane.stock * part, buys.cover, goal) * worth;
            held += lane.stock * worth;
            all += lane.order * worth;
        }
        let level = match self.by_slot {
            true => (q + gap * self.of(self.pace * need.per_unit)).max(self.zero),
            false => all * self.of(need.per_unit),
        };
        let needed = self.needed(buys.claims, lanes, level, q);
        for ((lane, route), number) in lanes.iter_mut().zip(routes).zip(buys.first..) {
            self.order(route, lane, number, level, q, needed);
        }
        held
    }

    #[inline(always)]
    fn of(&self, value: V::Scalar) -> V {
        V::splat(self.token, value)
    }

    /// Receipt and use over a lane. Gives back what its stock lacks then, with what is on the way; where lanes are corrected one by
    /// one, it is ordered.
    #[inline(always)]
    fn receive(&mut self, route: &Route<V::Scalar>, lane: &mut Lane<V>, used: V, cover: V, goal: V) -> V {
        let receipt = match route.lead {
            // It arrived and was counted before its site made.
            0 => self.zero,
            1 => lane.sent,
            lead => {
                let cell = route.way as usize + self.tick % usize::from(lead - 1);
                std::mem::replace(&mut self.way[cell], lane.sent)
            }
        };
        lane.stock = (lane.stock + (receipt - used)).max(self.zero);
        let mut gap = cover * goal - lane.stock;
        if route.lead != 1 {
            let mut coming = self.zero;
            for cell in &self.way[route.cells()] {
                coming += *cell;
            }
            gap += goal * self.of(V::Scalar::of(f64::from(route.lead) - 1.0)) - coming;
        }
        if !self.by_slot {
            lane.order = (goal + gap * self.of(self.pace)).max(self.zero);
        }
        gap
    }

    /// The trials in which a slot has extra orders, and the part of an order that is needed for use, where the slot orders as a part
    /// `level` of equilibrium and uses a part `q`; the rest fills stocks. `None` if the plain answer will do.
    #[inline(always)]
    fn needed(&self, claims: bool, lanes: &[Lane<V>], level: V, q: V) -> Option<(V::Mask, V)> {
        // No closure: what is not inlined has no wide instructions.
        if !claims && (self.by_slot || !self.by_need) {
            return None;
        }
        let mut extra = self.zero;
        if claims {
            for lane in lanes {
                extra += lane.extra;
            }
        }
        Some((extra.gt(self.zero), V::select(level.gt(q), q / level, self.one)))
    }

    /// The order of a lane by its number, and what its market is asked for.
    #[inline(always)]
    fn order(
        &mut self,
        route: &Route<V::Scalar>,
        lane: &mut Lane<V>,
        number: usize,
        level: V,
        q: V,
        needed: Option<(V::Mask, V)>,
    ) {
        let amount = self.of(route.amount);
        if self.by_slot {
            lane.order = amount * level;
            lane.need = amount * level.min(q);
        }
        if let Some((claims, needed)) = needed {
            lane.order += V::select(claims, lane.extra, self.zero);
            let need = lane.order * needed;
            lane.need = if self.by_slot { V::select(claims, need, lane.need) } else { need };
        }
        let open = self.quotas.of(number);
        self.markets[route.market as usize].demand += allowed(lane.order, amount, open, self.one);
    }
}

/// What of the order of a lane may be shipped: all of it over an open lane, else no more than a part of what is usual. A quota
/// counts what was bought before, not what is asked for.
#[inline(always)]
fn allowed<V: Trials>(order: V, usual: V, open: Option<V>, one: V) -> V {
    match open {
        None => order,
        Some(open) => V::select(open.ge(one), order, order.min(usual * open)),
    }
}

/// Runs that a site can do, no more above those of the last tick than its ramp allows.
#[inline(always)]
fn can_do<V: Trials>(token: V::Token, ramp: Option<V::Scalar>, able: V, made: V, usual: V::Scalar) -> V {
    match ramp {
        Some(ramp) => able.min(made.max(V::splat(token, V::Scalar::zero())) + V::splat(token, ramp * usual)),
        None => able,
    }
}
