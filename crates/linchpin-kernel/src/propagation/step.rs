//! One tick: the equations of [`Propagation`], in their order.

use super::network::Extras;
use super::trials::Work;
use super::{Correction, Extra, NOTHING, Policy, Propagation, Rationing, Real, Signal, Trials};
use num_traits::{Float, Zero};

/// An order that is short by less than this part of it is met.
const SHORT: f64 = 1e-9;
/// Units in the last place of what a pool has that are rounding.
const ROUNDING: f64 = 256.0;
/// The same in numbers that are too coarse for it.
fn short<F: Real>() -> F {
    Float::max(F::of(SHORT), F::epsilon() * F::of(1024.0))
}

/// What a lane was given of its order; under water filling the level is a part of its weight.
#[inline(always)]
fn given<V: Trials>(rationing: Rationing, order: V, weight: V, fill: V, infinity: V) -> V {
    match rationing {
        Rationing::ProRata | Rationing::FinalDemandLast => order * fill,
        Rationing::WaterFilling | Rationing::ByNeed => {
            V::select(fill.lt(infinity), order.min(weight * fill), order)
        }
        // Of firms only.
        Rationing::WaterFillingAsPublished => order,
    }
}

/// Part that is met of what is asked for, if everyone gets the same.
#[inline(always)]
pub(super) fn pro_rata<V: Trials>(asked: V, given: V, zero: V) -> V {
    V::select(asked.gt(zero), given / asked, zero)
}

/// One step of a run.
struct Step<'a, 'n, V: Trials>(&'a mut Propagation<'n, V>);

impl<V: Trials> Work for Step<'_, '_, V> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        match self.0.network.extras.as_deref() {
            None => self.0.step_of_firms(),
            Some(extras) => self.0.step_of_sites(extras),
        }
    }
}

impl<V: Trials> Propagation<'_, V> {
    /// Goes one tick on.
    pub fn step(&mut self) {
        V::tick(self);
    }

    #[inline(always)]
    pub(super) fn tick_on(&mut self) {
        V::vectorize(self.token, Step(self));
        self.tick += 1;
    }

    /// What was given of the order of a lane in this tick; it arrives lead time later.
    pub fn delivered(&self, lane: usize) -> V {
        match &self.extra {
            Some(x) => x.sent[lane],
            None => self.given_of_lane(lane) * self.unit(lane),
        }
    }

    #[inline(always)]
    fn infinity(&self) -> V {
        self.of(V::Scalar::infinity())
    }

    /// What of an order may be shipped: all of it over an open lane, else no more than a part of what is usual. A quota
    /// counts what was bought before, not what is asked for.
    #[inline(always)]
    pub(super) fn allowed(&self, x: &Extra<V>, lane: usize) -> V {
        let (order, open) = (self.order[lane], x.open[lane]);
        let quota = order.min(self.of(self.network.lane_amount[lane]) * open);
        V::select(open.ge(self.one()), order, quota)
    }

    /// Adds final demand to the orders.
    #[inline(always)]
    fn add_final_demand(&mut self, n: &Extras<V::Scalar>) {
        for pool in 0..self.network.pools() {
            let wanted = self.wanted(pool) + self.waiting(pool);
            self.markets[pool * n.classes + usize::from(n.pool_class[pool])].demand += wanted;
        }
    }

    /// The part of its equilibrium runs that a site must order for.
    #[inline(always)]
    pub(super) fn signal(&self, site: usize) -> V {
        let runs = self.network.runs[site];
        if runs <= V::Scalar::zero() {
            return self.zero();
        }
        let runs = self.of(runs);
        // Nobody orders inputs for more than he can make of them.
        let capacity = self.of(self.network.capacity[site]) * self.left[site];
        match (self.policy.signal, &self.extra) {
            (Signal::Made, _) => self.made[site] / runs,
            (Signal::Asked, None) => self.markets[site].demand.min(capacity) / runs,
            (Signal::Asked, Some(x)) => {
                let asked = (x.plan[site] * runs).max(self.asked(site, x));
                asked.min(capacity) / runs
            }
        }
    }

    /// Runs that the demand on a site's ports asks for.
    #[inline(always)]
    fn asked(&self, site: usize, x: &Extra<V>) -> V {
        let mut most = self.zero();
        let Some(n) = &self.network.extras else { return most };
        for p in self.network.ports_of(site) {
            let port = &n.ports[p];
            if port.drives && port.yields > V::Scalar::zero() {
                most = (x.asked[p] / self.of(port.yields)).max(most);
            }
        }
        most
    }

    #[inline(always)]
    fn step_of_sites(&mut self, n: &Extras<V::Scalar>) {
        let Some(mut x) = self.extra.take() else { return };
        self.receive(n, &mut x);
        self.extra = Some(x);
        let mut signal = Vec::with_capacity(self.network.sites());
        for site in 0..self.network.sites() {
            signal.push(self.signal(site));
        }
        let Some(mut x) = self.extra.take() else { return };
        if self.policy.resourcing {
            self.resource(n, &mut x);
        }
        let zero = self.zero();
        for market in &mut self.markets {
            market.demand = zero;
        }
        for (site, q) in signal.iter().enumerate() {
            for slot in self.network.slots_of(site) {
                let needed = self.order_of(n, &x, slot, *q);
                for lane in self.network.lanes_of(slot) {
                    self.order[lane] += x.resourced[lane];
                    x.need[lane] = self.order[lane] * needed;
                }
            }
        }
        for lane in 0..self.network.lanes() {
            let at = self.network.seller(lane) * n.classes + usize::from(n.lane_class[lane]);
            let allowed = self.allowed(&x, lane);
            self.markets[at].demand += allowed;
        }
        self.add_final_demand(n);
        for (number, level) in n.levels.iter().enumerate() {
            for site in &level.sites {
                self.make_ready(n, &mut x, *site as usize, number > 0);
            }
            for pool in &level.pools {
                self.allocate(n, &mut x, *pool as usize);
            }
            for site in &level.sites {
                self.make(n, &x, *site as usize);
            }
            for pool in &level.pools {
                self.ship(n, &mut x, *pool as usize);
            }
        }
        self.send(n, &mut x);
        self.extra = Some(x);
    }

    /// Receipt and use.
    #[inline(always)]
    fn receive(&mut self, n: &Extras<V::Scalar>, x: &mut Extra<V>) {
        let (network, zero) = (self.network, self.zero());
        let nothing = self.of(V::Scalar::of(NOTHING));
        for site in 0..network.sites() {
            let runs = network.runs[site];
            let used = if runs > V::Scalar::zero() { self.made[site] / self.of(runs) } else { self.zero() };
            for slot in network.slots_of(site) {
                let lanes = network.lanes_of(slot);
                let mut held = zero;
                for l in lanes.clone() {
                    held += self.stock[l] * self.of(n.lane_worth[l]);
                }
                let part = V::select(held.gt(nothing), used * self.of(n.need[slot]) / held, zero);
                for l in lanes {
                    let shipped = x.sent[l];
                    let receipt = match n.lane_lead[l] {
                        // It arrived and was counted before its site made.
                        0 => zero,
                        1 => shipped,
                        lead => {
                            let cell = n.way_start[l] as usize + self.tick as usize % usize::from(lead - 1);
                            std::mem::replace(&mut x.way[cell], shipped)
                        }
                    };
                    self.stock[l] = (self.stock[l] + receipt - self.stock[l] * part).max(zero);
                }
            }
        }
    }

    /// What leaves over each lane, and what the orders of each slot were short by.
    #[inline(always)]
    fn send(&mut self, n: &Extras<V::Scalar>, x: &mut Extra<V>) {
        let (zero, infinity, next) = (self.zero(), self.infinity(), self.now(1));
        for slot in 0..x.missing.len() {
            let mut missing = zero;
            for l in self.network.lanes_of(slot) {
                x.sent[l] = self.given_of(n, x, l);
                missing += (self.order[l] - x.sent[l]) * self.of(n.lane_worth[l]);
            }
            let short = missing.gt(self.of(n.need[slot] * short()));
            x.missing[slot] = V::select(short, missing, zero);
            x.slot_clock[slot] = V::select(short, next, infinity).min(x.slot_clock[slot]);
        }
    }

    /// What a lane is given of its order in this tick.
    #[inline(always)]
    fn given_of(&self, n: &Extras<V::Scalar>, x: &Extra<V>, lane: usize) -> V {
        let at = self.network.seller(lane) * n.classes + usize::from(n.lane_class[lane]);
        let order = self.allowed(x, lane);
        let weight = self.weight(x, lane);
        let given = given(self.policy.rationing, order, weight, self.markets[at].met, self.infinity());
        match self.policy.rationing {
            Rationing::WaterFilling | Rationing::ByNeed => {
                V::select(weight.gt(self.zero()), given, order * x.rest[at])
            }
            _ => given,
        }
    }

    /// What a lane counts where what there is is divided by levels.
    #[inline(always)]
    pub(super) fn weight(&self, x: &Extra<V>, lane: usize) -> V {
        match self.policy.rationing {
            Rationing::ByNeed => x.need[lane],
            _ => self.of(self.network.lane_amount[lane]),
        }
    }

    /// What the stock of a lane lacks, with what is on the way to it.
    #[inline(always)]
    fn gap(&self, n: &Extras<V::Scalar>, x: &Extra<V>, lane: usize, goal: V, cover: V) -> V {
        let mut way = self.zero();
        for cell in &x.way[n.way_start[lane] as usize..n.way_start[lane + 1] as usize] {
            way += *cell;
        }
        let usual = goal * self.of(V::Scalar::of(f64::from(n.lane_lead[lane]) - 1.0));
        (cover * goal - self.stock[lane]) + (usual - way)
    }

    /// The order of a slot, divided among its lanes as in equilibrium. Gives back the part of it that is needed for
    /// use; the rest fills stocks.
    #[inline(always)]
    fn order_of(&mut self, n: &Extras<V::Scalar>, x: &Extra<V>, slot: usize, q: V) -> V {
        let (network, zero) = (self.network, self.zero());
        let (cover, lanes) = (self.cover[slot], network.lanes_of(slot));
        let adjustment = self.of(self.policy.adjustment);
        let used = q * self.of(n.need[slot]);
        let mut all = zero;
        match self.policy.correction {
            Correction::Lane => {
                for l in lanes {
                    let goal = q * self.of(network.lane_amount[l]);
                    self.order[l] = (goal + self.gap(n, x, l, goal, cover) / adjustment).max(zero);
                    all += self.order[l] * self.of(n.lane_worth[l]);
                }
            }
            Correction::Slot => {
                let mut short = zero;
                for l in lanes.clone() {
                    let goal = q * self.of(network.lane_amount[l]);
                    short += self.gap(n, x, l, goal, cover) * self.of(n.lane_worth[l]);
                }
                all = (used + short / adjustment).max(zero);
                let needs = n.need[slot] > V::Scalar::zero();
                let part = if needs { all / self.of(n.need[slot]) } else { zero };
                for l in lanes {
                    self.order[l] = self.of(network.lane_amount[l]) * part;
                }
            }
        }
        V::select(all.gt(used), used / all, self.one())
    }

    /// Extra orders to those who can give more; spare capacity is claimed once.
    #[inline(always)]
    fn resource(&mut self, n: &Extras<V::Scalar>, x: &mut Extra<V>) {
        let (network, zero) = (self.network, self.zero());
        x.claims.fill(zero);
        x.resourced.fill(zero);
        let mut nobody = true;
        for missing in &x.missing {
            nobody &= !V::any(missing.gt(zero));
        }
        if nobody {
            x.surplus.fill(zero);
            return;
        }
        for pool in 0..network.pools() {
            let mut can = zero;
            for p in n.members_of(pool) {
                let port = &n.ports[*p as usize];
                let site = port.site as usize;
                // What buyers see is capacity; whether there are inputs for it shows when it is delivered.
                can += self.of(port.yields) * self.of(network.capacity[site]) * self.left[site];
            }
            x.spare[pool] = (can - (self.demand(pool) - x.surplus[pool])).max(zero);
        }
        for slot in 0..x.missing.len() {
            let missing = x.missing[slot];
            if !V::any(missing.gt(zero)) {
                continue;
            }
            let mut all = zero;
            for l in network.lanes_of(slot) {
                all += self.usable(n, x, slot, l);
            }
            let claims = V::and(missing.gt(zero), all.gt(zero));
            if !V::any(claims) {
                continue;
            }
            for l in network.lanes_of(slot) {
                let claim = missing * self.usable(n, x, slot, l) / all / self.of(n.lane_worth[l]);
                let claim = V::select(claims, claim, zero);
                x.resourced[l] = claim;
                x.claims[network.seller(l)] += claim;
            }
        }
        x.surplus.fill(zero);
        for l in 0..network.lanes() {
            let (pool, claim) = (network.seller(l), x.resourced[l]);
            if V::any(claim.gt(zero)) {
                let got = claim * (x.spare[pool] / x.claims[pool]).min(self.one());
                x.resourced[l] = V::select(claim.gt(zero), got, claim);
                x.surplus[pool] += x.resourced[l];
            }
        }
    }

    /// Spare capacity that a slot may claim over a lane.
    #[inline(always)]
    fn usable(&self, n: &Extras<V::Scalar>, x: &Extra<V>, slot: usize, lane: usize) -> V {
        let wait = self.of(V::Scalar::of(f64::from(n.lane_qualify[lane])));
        let waited = (self.now(0) - x.slot_clock[slot]).ge(wait);
        let open = x.open[lane].ge(self.one());
        V::select(V::and(waited, open), x.spare[self.network.seller(lane)], self.zero())
    }

    /// What arrives at once, and what the site can make of what it has.
    #[inline(always)]
    fn make_ready(&mut self, n: &Extras<V::Scalar>, x: &mut Extra<V>, site: usize, instant: bool) {
        let (network, zero) = (self.network, self.zero());
        let runs = self.of(network.runs[site]);
        let (mut least, mut needs) = (self.infinity(), false);
        for slot in network.slots_of(site) {
            let mut held = zero;
            for l in network.lanes_of(slot) {
                if instant && n.lane_lead[l] == 0 {
                    let arrived = self.given_of(n, x, l);
                    self.stock[l] += arrived;
                }
                held += self.stock[l] * self.of(n.lane_worth[l]);
            }
            if n.need[slot] > V::Scalar::zero() {
                least = (held / self.of(n.need[slot])).min(least);
                needs = true;
            }
        }
        let all = self.of(network.capacity[site]);
        self.limit[site] = if needs { least * runs } else { all };
        let mut able = (all * self.left[site]).min(self.limit[site]);
        if let Some(ramp) = n.ramp[site] {
            able = able.min(self.made[site].max(zero) + self.of(ramp) * runs);
        }
        x.able[site] = able;
    }

    /// Divides the demand of a pool among its ports.
    #[inline(always)]
    fn allocate(&mut self, n: &Extras<V::Scalar>, x: &mut Extra<V>, pool: usize) {
        let (all, zero) = (self.demand(pool), self.zero());
        let (mut short, mut spare) = (zero, zero);
        for p in n.members_of(pool) {
            let p = *p as usize;
            let (target, can) = (all * self.of(n.share[p]), self.can(n, x, p));
            x.asked[p] = target;
            short += (target - can).max(zero);
            spare += (can - target).max(zero);
        }
        let lacks = short.gt(all * self.of(self::short()));
        let clock = V::select(lacks, self.now(0), self.infinity()).min(x.pool_clock[pool]);
        x.pool_clock[pool] = clock;
        let Some(wait) = n.step_in[pool] else { return };
        let waited = (self.now(0) - clock).ge(self.of(V::Scalar::of(f64::from(wait))));
        let moves = V::and(waited, V::and(short.gt(zero), spare.gt(zero)));
        if V::any(moves) {
            let moved = short.min(spare) / spare;
            for p in n.members_of(pool) {
                let p = *p as usize;
                let over = (self.can(n, x, p) - x.asked[p]).max(zero);
                x.asked[p] = V::select(moves, x.asked[p] + over * moved, x.asked[p]);
            }
        }
    }

    /// Units that a port could ship.
    #[inline(always)]
    fn can(&self, n: &Extras<V::Scalar>, x: &Extra<V>, port: usize) -> V {
        self.of(n.ports[port].yields) * x.able[n.ports[port].site as usize] + x.shelf[port]
    }

    #[inline(always)]
    fn make(&mut self, n: &Extras<V::Scalar>, x: &Extra<V>, site: usize) {
        let mut runs = self.zero();
        for p in self.network.ports_of(site) {
            let port = &n.ports[p];
            if port.drives && port.yields > V::Scalar::zero() {
                let shelf = self.of(port.shelf * (port.yields * self.network.runs[site]));
                let wanted = x.asked[p] + (shelf - x.shelf[p]) / self.of(self.policy.adjustment);
                runs = (wanted / self.of(port.yields)).max(runs);
            }
        }
        self.made[site] = x.able[site].min(runs).max(self.zero());
    }

    /// Units that a port has.
    #[inline(always)]
    fn has(&self, n: &Extras<V::Scalar>, x: &Extra<V>, port: usize) -> V {
        x.shelf[port] + self.of(n.ports[port].yields) * self.made[n.ports[port].site as usize]
    }

    #[inline(always)]
    fn ship(&mut self, n: &Extras<V::Scalar>, x: &mut Extra<V>, pool: usize) {
        let (members, zero) = (n.members_of(pool), self.zero());
        let mut all = zero;
        for p in members {
            all += self.has(n, x, *p as usize);
        }
        let shipped = self.ration(Some(&mut *x), pool, all);
        // Everyone what he was asked for, then what others lack.
        let mut first = zero;
        for p in members {
            first += self.has(n, x, *p as usize).min(x.asked[*p as usize]);
        }
        let part = V::select(first.gt(zero), (shipped / first).min(self.one()), zero);
        let (rest, over) = (shipped - first, all - first);
        let more = V::select(V::and(rest.gt(zero), over.gt(zero)), rest / over, zero);
        for p in members {
            let p = *p as usize;
            let has = self.has(n, x, p);
            let first = has.min(x.asked[p]);
            x.shipped[p] = (first * part + (has - first) * more).min(has);
            x.shelf[p] = has - x.shipped[p];
        }
    }

    /// Divides what a pool has, and gives back how much of it is shipped.
    #[inline(always)]
    pub(super) fn ration(&mut self, mut x: Option<&mut Extra<V>>, pool: usize, has: V) -> V {
        let (n, zero) = (self.network.extras.as_deref(), self.zero());
        let classes = self.classes();
        let own = match n {
            Some(n) => usize::from(n.pool_class[pool]),
            None => 0,
        };
        let wanted = self.wanted(pool) + self.waiting(pool);
        let mut left = has;
        for class in 0..classes {
            let at = pool * classes + class;
            let asked = self.markets[at].demand;
            if n.is_some() {
                // Short by rounding is not short: the last to be served would pay for the digits of all. (Firms are served
                // as published, to the last bit.)
                let rounding = has * self.of(V::Scalar::epsilon() * V::Scalar::of(ROUNDING));
                left = V::select((asked - left).lt(rounding), left.max(asked), left);
            }
            let given = left.min(asked);
            match self.policy.rationing {
                Rationing::ProRata => {
                    let met = pro_rata(asked, given, zero);
                    self.markets[at].met = met;
                    if class == own {
                        self.served[pool] = wanted * met;
                    }
                }
                Rationing::FinalDemandLast => {
                    let own = class == own;
                    let orders = if own { (asked - wanted).max(zero) } else { asked };
                    self.markets[at].met = V::select(orders.gt(zero), left.min(orders) / orders, zero);
                    if own {
                        let rest = (left - orders).max(zero);
                        self.served[pool] = V::select(left.ge(asked), wanted, rest.min(wanted));
                    }
                }
                Rationing::WaterFilling | Rationing::ByNeed => {
                    self.fill_level(x.as_deref_mut(), pool, class, left)
                }
                Rationing::WaterFillingAsPublished => self.fill_as_published(pool, left),
            }
            left -= given;
        }
        if let Some(waiting) = self.waiting.get_mut(pool) {
            *waiting = wanted - self.served[pool];
        }
        has - left
    }
}

impl<F: Real> Policy<F> {
    /// Whether orders swing for no other reason than their own correction: a gap that is closed in one tick, over a
    /// way that takes as long or longer, is ordered for again before it is filled. (A rebound of this kind was
    /// reported as BoARIO#18.)
    pub fn overshoots(&self) -> bool {
        self.adjustment <= F::one()
    }
}
