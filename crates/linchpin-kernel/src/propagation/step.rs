//! One tick: the equations of [`Propagation`], in their order.

use super::network::Extras;
use super::{Correction, Extra, Policy, Propagation, Rationing, Real, Signal};

/// Stocks and parts below this are nothing.
const NOTHING: f64 = 1e-20;
/// An order that is short by less than this part of it is met.
const SHORT: f64 = 1e-9;
/// Units in the last place of what a pool has that are rounding.
const ROUNDING: f64 = 256.0;
/// Lanes of firms that are worked on together. What their suppliers gave, and what they are asked for, is fetched from all
/// over memory: in loops that do nothing else, many fetches are under way at once, and the lanes stay in the cache.
const BLOCK: usize = 4096;

/// The same in numbers that are too coarse for it.
fn short<F: Real>() -> F {
    F::of(SHORT).max(F::epsilon() * F::of(64.0))
}

/// What a lane was given of its order; under water filling the level is a part of its weight.
#[inline(always)]
fn given<F: Real>(rationing: Rationing, order: F, weight: F, fill: F) -> F {
    match rationing {
        Rationing::ProRata | Rationing::FinalDemandLast => order * fill,
        Rationing::WaterFilling | Rationing::ByNeed if fill.is_finite() => order.min(weight * fill),
        Rationing::WaterFilling | Rationing::ByNeed => order,
        // Orders were replaced by what was given.
        Rationing::WaterFillingAsPublished => order,
    }
}

/// What of an order may be shipped: all of it over an open lane, else no more than a part of what is usual. A quota counts
/// what was bought before, not what is asked for.
#[inline(always)]
pub(super) fn allowed<F: Real>(order: F, amount: F, open: F) -> F {
    if open >= F::one() { order } else { order.min(amount * open) }
}

impl<F: Real> Propagation<'_, F> {
    /// Goes one tick on.
    pub fn step(&mut self) {
        match self.network.extras.as_deref() {
            None => self.step_of_firms(),
            Some(extras) => self.step_of_sites(extras),
        }
        self.tick += 1;
    }

    /// What was given of the order of a lane in this tick; it arrives lead time later.
    pub fn delivered(&self, lane: usize) -> F {
        if let Some(x) = &self.extra {
            return x.sent[lane];
        }
        let met = self.markets[self.network.seller(lane)].met;
        given(self.policy.rationing, self.order[lane], self.network.lane_amount[lane], met)
    }

    /// Adds final demand to the orders. Last, because sums are those of the published model, to the last bit: whether
    /// an order is nothing or next to nothing decides who is served under water filling as published.
    fn add_final_demand(&mut self) {
        let classes = self.classes();
        for pool in 0..self.network.pools() {
            let class = self.network.extras.as_ref().map_or(0, |x| usize::from(x.pool_class[pool]));
            let waits = self.waiting.get(pool).copied().unwrap_or(F::zero());
            self.markets[pool * classes + class].demand += self.wanted[pool] + waits;
        }
    }

    fn step_of_firms(&mut self) {
        let (network, policy) = (self.network, self.policy);
        let sites = network.sites();
        // Orders are read and written by client; what suppliers gave of the last ones is read before demand is new.
        let signal: Vec<F> = match policy.signal {
            Signal::Made => vec![],
            Signal::Asked => (0..sites).map(|i| self.signal(i)).collect(),
        };
        self.markets.iter_mut().for_each(|m| m.demand = F::zero());
        let (mut site, mut receipts) = (0, vec![]);
        while site < sites {
            let first = network.lanes_at(site).start;
            let more = (site + 1..sites).take_while(|s| network.lanes_at(*s).end - first <= BLOCK);
            let end = more.last().unwrap_or(site) + 1;
            let lanes = first..network.lanes_at(end - 1).end;
            self.receipts_of(lanes.clone(), &mut receipts);
            for site in site..end {
                let q = signal.get(site).copied();
                let own = network.lanes_at(site);
                self.order_of_firm(site, q, &receipts[own.start - first..own.end - first]);
            }
            for (order, pool) in self.order[lanes.clone()].iter().zip(&network.lane_pool[lanes]) {
                self.markets[*pool as usize].demand += *order;
            }
            site = end;
        }
        self.add_final_demand();
        for site in 0..sites {
            let can = (network.capacity[site] * self.left[site]).min(self.limit[site]);
            self.made[site] = can.min(self.markets[site].demand);
        }
        for pool in 0..network.pools() {
            self.ration(None, pool, self.made[pool]);
        }
    }

    /// What was given of the last orders of some lanes.
    fn receipts_of(&self, lanes: std::ops::Range<usize>, receipts: &mut Vec<F>) {
        let orders = &self.order[lanes.clone()];
        let pools = &self.network.lane_pool[lanes.clone()];
        receipts.clear();
        match self.policy.rationing {
            Rationing::ProRata | Rationing::FinalDemandLast => {
                let fills =
                    orders.iter().zip(pools).map(|(order, pool)| *order * self.markets[*pool as usize].met);
                receipts.extend(fills);
            }
            rationing => receipts.extend(orders.iter().zip(&self.network.lane_amount[lanes]).zip(pools).map(
                |((order, amount), pool)| given(rationing, *order, *amount, self.markets[*pool as usize].met),
            )),
        }
    }

    /// Receipt, use and orders of a firm.
    #[inline(always)]
    fn order_of_firm(&mut self, site: usize, asked: Option<F>, receipts: &[F]) {
        let (network, policy) = (self.network, self.policy);
        let nothing = F::of(NOTHING);
        let runs = network.runs[site];
        let slots = network.slots_of(site);
        if slots.is_empty() {
            self.limit[site] = network.capacity[site];
            return;
        }
        let active = runs > F::zero();
        let used = if active { self.made[site] / runs } else { F::zero() };
        let q = asked.unwrap_or(used);
        let mut least = F::infinity();
        let lanes = network.lanes_at(site);
        let first = lanes.start;
        let amounts = &network.lane_amount[lanes.clone()];
        let stocks = &mut self.stock[lanes.clone()];
        let orders = &mut self.order[lanes];
        let mut begin = 0;
        if slots.len() == stocks.len() && policy.correction == Correction::Lane {
            // Most firms have one supplier for each need: the same as below without sums.
            for ((stock, order), (amount, receipt)) in
                stocks.iter_mut().zip(orders).zip(amounts.iter().zip(receipts))
            {
                let part = if *stock > nothing && active { used * *amount / *stock } else { F::zero() };
                *stock = (*stock + *receipt - *stock * part).max(F::zero());
                least = if *amount > F::zero() { least.min(*stock / *amount) } else { least };
                let goal = q * *amount;
                *order = (goal + (network.cover * goal - *stock) / policy.adjustment).max(F::zero());
            }
            self.limit[site] = if least.is_finite() { least * runs } else { network.capacity[site] };
            return;
        }
        for end in &network.lane_start[slots.start + 1..=slots.end] {
            let end = *end as usize - first;
            let slot = begin..end;
            begin = end;
            let (mut need, mut held) = (F::zero(), F::zero());
            for (amount, stock) in amounts[slot.clone()].iter().zip(&stocks[slot.clone()]) {
                need += *amount;
                held += *stock;
            }
            let part = if held > nothing && active { used * need / held } else { F::zero() };
            let mut now = F::zero();
            for (stock, receipt) in stocks[slot.clone()].iter_mut().zip(&receipts[slot.clone()]) {
                *stock = (*stock + *receipt - *stock * part).max(F::zero());
                now += *stock;
            }
            if policy.correction == Correction::Slot {
                let goal = q * need;
                let all = (goal + (network.cover * goal - now) / policy.adjustment).max(F::zero());
                for (order, amount) in orders[slot.clone()].iter_mut().zip(&amounts[slot]) {
                    *order = if need > F::zero() { all * *amount / need } else { F::zero() };
                }
            }
            if need > F::zero() {
                least = least.min(now / need);
            }
        }
        if policy.correction == Correction::Lane {
            for ((stock, order), amount) in stocks.iter().zip(orders).zip(amounts) {
                let goal = q * *amount;
                *order = (goal + (network.cover * goal - *stock) / policy.adjustment).max(F::zero());
            }
        }
        self.limit[site] = if least.is_finite() { least * runs } else { network.capacity[site] };
    }

    /// The part of its equilibrium runs that a site must order for.
    fn signal(&self, site: usize) -> F {
        let runs = self.network.runs[site];
        if runs <= F::zero() {
            return F::zero();
        }
        match (self.policy.signal, &self.extra) {
            (Signal::Made, _) => self.made[site] / runs,
            (Signal::Asked, None) => {
                self.markets[site].demand.min(self.network.capacity[site] * self.left[site]) / runs
            }
            (Signal::Asked, Some(x)) => {
                let asked = x.plan[site].map_or(F::zero(), |part| part * runs).max(self.asked(site, x));
                // Nobody orders inputs for more than he can make of them.
                asked.min(self.network.capacity[site] * self.left[site]) / runs
            }
        }
    }

    /// Runs that the demand on a site's ports asks for.
    fn asked(&self, site: usize, x: &Extra<F>) -> F {
        let Some(n) = &self.network.extras else { return F::zero() };
        let ports =
            self.network.ports_of(site).filter(|p| n.ports[*p].drives && n.ports[*p].yields > F::zero());
        ports.fold(F::zero(), |most, p| most.max(x.asked[p] / n.ports[p].yields))
    }

    fn step_of_sites(&mut self, n: &Extras<F>) {
        let Some(mut x) = self.extra.take() else { return };
        self.receive(n, &mut x);
        self.extra = Some(x);
        let signal: Vec<F> = (0..self.network.sites()).map(|i| self.signal(i)).collect();
        let Some(mut x) = self.extra.take() else { return };
        if self.policy.resourcing {
            self.resource(n, &mut x);
        }
        self.markets.iter_mut().for_each(|m| m.demand = F::zero());
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
            self.markets[at].demand +=
                allowed(self.order[lane], self.network.lane_amount[lane], x.open[lane]);
        }
        self.add_final_demand();
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
    fn receive(&mut self, n: &Extras<F>, x: &mut Extra<F>) {
        let (network, nothing) = (self.network, F::of(NOTHING));
        for site in 0..network.sites() {
            let runs = network.runs[site];
            let used = if runs > F::zero() { self.made[site] / runs } else { F::zero() };
            for slot in network.slots_of(site) {
                let lanes = network.lanes_of(slot);
                let (mut need, mut held) = (F::zero(), F::zero());
                for l in lanes.clone() {
                    need += network.lane_amount[l] * n.lane_worth[l];
                    held += self.stock[l] * n.lane_worth[l];
                }
                let part = if held > nothing { used * need / held } else { F::zero() };
                for l in lanes {
                    let shipped = x.sent[l];
                    let receipt = match n.lane_lead[l] {
                        // It arrived and was counted before its site made.
                        0 => F::zero(),
                        1 => shipped,
                        lead => {
                            let cell = n.way_start[l] as usize + self.tick as usize % usize::from(lead - 1);
                            std::mem::replace(&mut x.way[cell], shipped)
                        }
                    };
                    self.stock[l] = (self.stock[l] + receipt - self.stock[l] * part).max(F::zero());
                }
            }
        }
    }

    /// What leaves over each lane, and what the orders of each slot were short by.
    fn send(&mut self, n: &Extras<F>, x: &mut Extra<F>) {
        for slot in 0..x.missing.len() {
            let (mut need, mut missing) = (F::zero(), F::zero());
            for l in self.network.lanes_of(slot) {
                x.sent[l] = self.given_of(n, x, l);
                need += self.network.lane_amount[l] * n.lane_worth[l];
                missing += (self.order[l] - x.sent[l]) * n.lane_worth[l];
            }
            let short = missing > need * short();
            x.missing[slot] = if short { missing } else { F::zero() };
            if short {
                x.slot_clock[slot].get_or_insert(self.tick + 1);
            }
        }
    }

    /// What a lane is given of its order in this tick.
    fn given_of(&self, n: &Extras<F>, x: &Extra<F>, lane: usize) -> F {
        let at = self.network.seller(lane) * n.classes + usize::from(n.lane_class[lane]);
        let amount = self.network.lane_amount[lane];
        let order = allowed(self.order[lane], amount, x.open[lane]);
        let weight = self.weight(x, lane);
        match self.policy.rationing {
            Rationing::WaterFilling | Rationing::ByNeed if weight == F::zero() => order * x.rest[at],
            rationing => given(rationing, order, weight, self.markets[at].met),
        }
    }

    /// What a lane counts where what there is is divided by levels.
    pub(super) fn weight(&self, x: &Extra<F>, lane: usize) -> F {
        match self.policy.rationing {
            Rationing::ByNeed => x.need[lane],
            _ => self.network.lane_amount[lane],
        }
    }

    /// The order of a slot, divided among its lanes as in equilibrium. Gives back the part of it that is needed for
    /// use; the rest fills stocks.
    fn order_of(&mut self, n: &Extras<F>, x: &Extra<F>, slot: usize, q: F) -> F {
        let network = self.network;
        let (cover, lanes) = (n.cover[slot], network.lanes_of(slot));
        let adjustment = self.policy.adjustment;
        let gap = |l: usize, stock: F| {
            let goal = q * network.lane_amount[l];
            let cells = &x.way[n.way_start[l] as usize..n.way_start[l + 1] as usize];
            let way = cells.iter().fold(F::zero(), |sum, c| sum + *c);
            let usual = goal * F::of(f64::from(n.lane_lead[l]) - 1.0);
            (cover * goal - stock) + (usual - way)
        };
        let need = lanes.clone().fold(F::zero(), |sum, l| sum + network.lane_amount[l] * n.lane_worth[l]);
        let all = match self.policy.correction {
            Correction::Lane => {
                let mut all = F::zero();
                for l in lanes {
                    let goal = q * network.lane_amount[l];
                    self.order[l] = (goal + gap(l, self.stock[l]) / adjustment).max(F::zero());
                    all += self.order[l] * n.lane_worth[l];
                }
                all
            }
            Correction::Slot => {
                let short =
                    lanes.clone().fold(F::zero(), |sum, l| sum + gap(l, self.stock[l]) * n.lane_worth[l]);
                let all = (q * need + short / adjustment).max(F::zero());
                let part = if need > F::zero() { all / need } else { F::zero() };
                for l in lanes {
                    self.order[l] = network.lane_amount[l] * part;
                }
                all
            }
        };
        if all > q * need { q * need / all } else { F::one() }
    }

    /// Extra orders to those who can give more; spare capacity is claimed once.
    fn resource(&mut self, n: &Extras<F>, x: &mut Extra<F>) {
        let network = self.network;
        x.claims.fill(F::zero());
        x.resourced.fill(F::zero());
        if x.missing.iter().all(|m| *m == F::zero()) {
            x.surplus.fill(F::zero());
            return;
        }
        for pool in 0..network.pools() {
            let can = n.members_of(pool).iter().fold(F::zero(), |sum, p| {
                let (port, site) = (&n.ports[*p as usize], n.ports[*p as usize].site as usize);
                // What buyers see is capacity; whether there are inputs for it shows when it is delivered.
                sum + port.yields * network.capacity[site] * self.left[site]
            });
            let own = self.markets[pool * n.classes..(pool + 1) * n.classes]
                .iter()
                .fold(F::zero(), |sum, m| sum + m.demand);
            x.spare[pool] = (can - (own - x.surplus[pool])).max(F::zero());
        }
        let usable = |x: &Extra<F>, slot: usize, l: usize| {
            let waited =
                x.slot_clock[slot].is_some_and(|since| self.tick - since >= u32::from(n.lane_qualify[l]));
            if waited && x.open[l] >= F::one() { x.spare[network.seller(l)] } else { F::zero() }
        };
        for slot in (0..x.missing.len()).filter(|s| x.missing[*s] > F::zero()).collect::<Vec<_>>() {
            let all = network.lanes_of(slot).fold(F::zero(), |sum, l| sum + usable(x, slot, l));
            if all <= F::zero() {
                continue;
            }
            for l in network.lanes_of(slot) {
                let claim = x.missing[slot] * usable(x, slot, l) / all / n.lane_worth[l];
                x.resourced[l] = claim;
                x.claims[network.seller(l)] += claim;
            }
        }
        x.surplus.fill(F::zero());
        for l in 0..network.lanes() {
            let pool = network.seller(l);
            if x.resourced[l] > F::zero() {
                x.resourced[l] *= (x.spare[pool] / x.claims[pool]).min(F::one());
                x.surplus[pool] += x.resourced[l];
            }
        }
    }

    /// What arrives at once, and what the site can make of what it has.
    fn make_ready(&mut self, n: &Extras<F>, x: &mut Extra<F>, site: usize, instant: bool) {
        let network = self.network;
        let runs = network.runs[site];
        let mut least = F::infinity();
        for slot in network.slots_of(site) {
            let (mut need, mut held) = (F::zero(), F::zero());
            for l in network.lanes_of(slot) {
                if instant && n.lane_lead[l] == 0 {
                    let arrived = self.given_of(n, x, l);
                    self.stock[l] += arrived;
                }
                need += network.lane_amount[l] * n.lane_worth[l];
                held += self.stock[l] * n.lane_worth[l];
            }
            if need > F::zero() {
                least = least.min(held / need);
            }
        }
        let capacity = network.capacity[site] * self.left[site];
        self.limit[site] = if least.is_finite() { least * runs } else { network.capacity[site] };
        let mut able = capacity.min(self.limit[site]);
        if let Some(ramp) = n.ramp[site] {
            able = able.min(self.made[site].max(F::zero()) + ramp * runs);
        }
        x.able[site] = able;
    }

    /// Divides the demand of a pool among its ports.
    fn allocate(&mut self, n: &Extras<F>, x: &mut Extra<F>, pool: usize) {
        let members = n.members_of(pool);
        let all = self.markets[pool * n.classes..(pool + 1) * n.classes]
            .iter()
            .fold(F::zero(), |sum, m| sum + m.demand);
        let (mut short, mut spare) = (F::zero(), F::zero());
        let can = |x: &Extra<F>, p: usize| n.ports[p].yields * x.able[n.ports[p].site as usize] + x.shelf[p];
        for p in members.iter().map(|p| *p as usize) {
            let (target, can) = (all * n.share[p], can(x, p));
            x.asked[p] = target;
            short += (target - can).max(F::zero());
            spare += (can - target).max(F::zero());
        }
        if short > all * self::short() {
            x.pool_clock[pool].get_or_insert(self.tick);
        }
        let qualified = n.step_in[pool]
            .zip(x.pool_clock[pool])
            .is_some_and(|(wait, since)| self.tick - since >= u32::from(wait));
        if qualified && short > F::zero() && spare > F::zero() {
            let moved = short.min(spare) / spare;
            for p in members.iter().map(|p| *p as usize) {
                let over = (can(x, p) - x.asked[p]).max(F::zero());
                x.asked[p] += over * moved;
            }
        }
    }

    fn make(&mut self, n: &Extras<F>, x: &Extra<F>, site: usize) {
        let mut runs = F::zero();
        for p in self.network.ports_of(site) {
            let port = &n.ports[p];
            if port.drives && port.yields > F::zero() {
                let usual = port.yields * self.network.runs[site];
                let wanted = x.asked[p] + (port.shelf * usual - x.shelf[p]) / self.policy.adjustment;
                runs = runs.max(wanted / port.yields);
            }
        }
        self.made[site] = x.able[site].min(runs).max(F::zero());
    }

    fn ship(&mut self, n: &Extras<F>, x: &mut Extra<F>, pool: usize) {
        let members = n.members_of(pool);
        let has = |x: &Extra<F>, made: &[F], p: usize| {
            x.shelf[p] + n.ports[p].yields * made[n.ports[p].site as usize]
        };
        let all = members.iter().fold(F::zero(), |sum, p| sum + has(x, &self.made, *p as usize));
        let shipped = self.ration(Some(&mut *x), pool, all);
        // Everyone what he was asked for, then what others lack.
        let first = members.iter().fold(F::zero(), |sum, p| {
            let p = *p as usize;
            sum + has(x, &self.made, p).min(x.asked[p])
        });
        let part = if first > F::zero() { (shipped / first).min(F::one()) } else { F::zero() };
        let (rest, over) = (shipped - first, all - first);
        let more = if rest > F::zero() && over > F::zero() { rest / over } else { F::zero() };
        for p in members.iter().map(|p| *p as usize) {
            let has = has(x, &self.made, p);
            let first = has.min(x.asked[p]);
            x.shipped[p] = (first * part + (has - first) * more).min(has);
            x.shelf[p] = has - x.shipped[p];
        }
    }

    /// Divides what a pool has, and gives back how much of it is shipped.
    fn ration(&mut self, mut x: Option<&mut Extra<F>>, pool: usize, has: F) -> F {
        let n = self.network.extras.as_deref();
        let classes = n.map_or(1, |n| n.classes);
        let own = n.map_or(0, |n| usize::from(n.pool_class[pool]));
        let waits = self.waiting.get(pool).copied().unwrap_or(F::zero());
        let wanted = self.wanted[pool] + waits;
        let mut left = has;
        // Short by rounding is not short: the last to be served would pay for the digits of all. (Firms are served as
        // published, to the last bit.)
        let rounding = if n.is_some() { has * F::epsilon() * F::of(ROUNDING) } else { F::zero() };
        for class in 0..classes {
            let at = pool * classes + class;
            let asked = self.markets[at].demand;
            if asked - left < rounding {
                left = left.max(asked);
            }
            let given = left.min(asked);
            match self.policy.rationing {
                Rationing::ProRata => {
                    self.markets[at].met = if asked > F::zero() { given / asked } else { F::zero() };
                    if class == own {
                        self.served[pool] = wanted * self.markets[at].met;
                    }
                }
                Rationing::FinalDemandLast => {
                    let own = class == own;
                    let orders = if own { (asked - wanted).max(F::zero()) } else { asked };
                    self.markets[at].met =
                        if orders > F::zero() { left.min(orders) / orders } else { F::zero() };
                    if own {
                        let rest = (left - orders).max(F::zero());
                        self.served[pool] = if left >= asked { wanted } else { rest.min(wanted) };
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
