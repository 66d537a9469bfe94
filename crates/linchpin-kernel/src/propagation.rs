//! A shock that runs through a network of sites, tick by tick.

mod error;
mod fill;
mod firms;
mod network;
mod order;
mod real;
mod sites;
mod step;
mod team;
mod trials;

pub use error::NetworkError;
use num_traits::{Float, One, Zero};

pub use network::{LaneSpec, Network, PoolSpec, PortSpec, Rows, SlotSpec};
pub use real::Real;
pub use trials::{Batch, Instructions, Precision, Together, Trials, Work, dispatch};

/// Stocks and parts below this are nothing.
const NOTHING: f64 = 1e-20;

/// What a site takes for the demand that its orders must cover.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// What it made in the last tick (Inoue and Todo 2019). A site that made nothing orders nothing.
    Made,
    /// What it was asked for in the last tick, as far as it could make it with all inputs (Hallegatte 2008).
    Asked,
}

/// What corrects an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Correction {
    /// The stock from each lane by itself.
    Lane,
    /// The stock of the slot; the order is divided among lanes as in equilibrium.
    Slot,
}

/// How what there is is divided where not all orders can be met; classes are served one after the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rationing {
    /// Everyone gets the same part of the order.
    ProRata,
    /// The same among orders; final demand of their class gets what they leave.
    FinalDemandLast,
    /// Everyone gets the same part of what he takes in equilibrium until his order is met (Inoue and Todo 2019): those
    /// who ask for little more than usual are served in full. Found in O(k log k) for k lanes.
    WaterFilling,
    /// The same with two properties of the program that was published with it: final demand that is met goes on taking
    /// its part of what is divided, and a lane that orders nothing is given as much as the smallest order. Of networks of
    /// firms only; others take it for [`Rationing::WaterFilling`].
    WaterFillingAsPublished,
    /// Everyone gets the same part of what he **needs** now until his order is met: use comes before the filling of
    /// stocks. What a slot needs is what it uses at the demand it orders for, q A(s), or its whole order if that is less; a
    /// lane of it needs the same part of its order, extra orders included. So a buyer who grows, or has just been qualified,
    /// counts as what he has become. Firms take it for [`Rationing::WaterFilling`].
    ByNeed,
}

/// How sites behave.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Policy<F> {
    /// What orders cover.
    pub signal: Signal,
    /// What corrects them.
    pub correction: Correction,
    /// Ticks over which a gap in stock is closed.
    pub adjustment: F,
    /// Whether slots look for other suppliers when orders are not met.
    pub resourcing: bool,
    /// How shortage is divided.
    pub rationing: Rationing,
    /// Whether final demand that is not met waits; else it is lost.
    pub backlog: bool,
}

impl<F: Real> Policy<F> {
    /// Inoue and Todo's model of firms (Nature Sustainability 2:841, 2019), with pro rata rationing.
    pub fn of_firms(adjustment: F) -> Policy<F> {
        Policy {
            signal: Signal::Made,
            correction: Correction::Lane,
            adjustment,
            resourcing: false,
            rationing: Rationing::ProRata,
            backlog: false,
        }
    }

    /// The same in other numbers.
    pub fn cast<G: Real>(self) -> Policy<G> {
        Policy {
            signal: self.signal,
            correction: self.correction,
            adjustment: G::of(self.adjustment.as_f64()),
            resourcing: self.resourcing,
            rationing: self.rationing,
            backlog: self.backlog,
        }
    }
}

/// The state of a network between two ticks, and what may be done to it from outside.
///
/// A site i makes X(i) **runs** a tick, at most K(i); a **slot** s of it needs A(s) units a tick in equilibrium, at X̄(i)
/// runs, and holds the stock S(l) of each of its **lanes** l. Lanes buy from **pools**, into which the **ports** of
/// sites put y(p) units a run. A firm of a plain network is a site, a port and a pool in one. A tick goes
///
/// 1. capacity: the caller sets what is left of K and of each lane (`g`, from 0 to 1), and final demand C;
/// 2. receipt and use: S(l) ← max(0, S(l) + R(l) − S(l) · X(i)/X̄(i) · A(s)/S(s)), with R what was shipped lead time
///    ago, X of the last tick and S(s) the stock of the slot;
/// 3. orders: O(l) = max(0, q A(l) + (n q A(l) − S(l) + (L − 1) q A(l) − W(l))/τ), where q is last tick's X/X̄ or demand
///    by [`Signal`], n the cover, τ the adjustment time, L the lead time and W what is on the way; by
///    [`Correction::Slot`] the same of the whole slot;
/// 4. re-sourcing: with M(s) what last tick's orders of the slot were short by, and R(p) the part of a pool's capacity
///    that its own orders leave, every lane without a limit (g = 1) that is qualified claims M(s) · R(p)/ΣR over the lanes
///    of the slot, and gets min(1, R(p)/Σ claims) of it as an extra order: spare capacity is claimed once a tick;
/// 5. demand: D(p) = C(p) + Σ min(O(l), g(l) A(l)), an order over an open lane (g = 1) whole;
/// 6. making: X(i) = min(K(i), X̄(i) · min over slots of S(s)/A(s), demand on the port that drives most, finished stock
///    corrected over τ); the sites of a pool step in for each other if it says so;
/// 7. rationing: what a pool has, made or on the shelf, is divided among lanes and final demand by [`Rationing`];
/// 8. shipment: what was given leaves, from each port what it was asked for, then what others lack; lanes with lead time
///    0 arrive within the tick, before their site makes.
///
/// Everything starts in equilibrium: with no change from outside, nothing moves, except that rounding grows where the
/// equilibrium is not stable. So it is where sites live on each other and answer too strongly: with [`Signal::Made`] and
/// covers far above τ, or of a single tick.
///
/// It may run several trials side by side: parameters are the network's and the same for all, everything else is of each
/// trial, and a trial gets the same bits whatever runs beside it ([`Trials`]).
#[derive(Clone, Debug)]
pub struct Propagation<'n, V: Trials> {
    network: &'n Network<V::Scalar>,
    token: V::Token,
    policy: Policy<V::Scalar>,
    tick: u32,
    /// Stock of each lane of firms, as a part of what it takes a tick in equilibrium (or in units, as published).
    stock: Vec<V>,
    /// Orders of each lane in the same measure; empty while they follow from stocks, as they mostly do.
    order: Vec<V>,
    /// What each firm ordered for in this tick, as a part of equilibrium.
    q: Vec<V>,
    /// Runs of each site in this tick.
    made: Vec<V>,
    /// Runs that its stocks would have allowed.
    limit: Vec<V>,
    /// Part of its capacity that each site has.
    left: Vec<V>,
    /// Demand of each pool, by class, and how far it is met.
    markets: Vec<Market<V>>,
    /// Final demand of each pool; empty while it is the network's.
    wanted: Vec<V>,
    /// Final demand met.
    served: Vec<V>,
    /// What waits.
    waiting: Vec<V>,
    /// Cover of each slot; empty while it is the network's.
    cover: Vec<V>,
    extra: Option<Box<Extra<V>>>,
    /// Threads that share the work on firms.
    team: Option<Box<team::Team<V>>>,
    /// Room for what is asked for over some lanes.
    notes: Vec<V>,
    /// Room for those who share what a pool has.
    asks_of_pool: Vec<fill::Ask<V>>,
    /// Lanes of each pool, for rationing that must know them one by one.
    sold: Option<Sold>,
}

/// Demand of a pool in a class. Both fields are fetched for every lane, so they stand together.
#[derive(Clone, Copy, Debug)]
struct Market<V> {
    demand: V,
    /// Part of an order that is met, or the level up to which it is.
    met: V,
}

/// The state that networks of plain firms do without. What belongs together stands together: values fill whole lines of the
/// cache, and one place is found with one step.
#[derive(Clone, Debug)]
struct Extra<V> {
    lanes: Vec<Lane<V>>,
    quotas: Quotas<V>,
    /// Goods on the way, the oldest at the tick's cell.
    way: Vec<V>,
    slots: Vec<Slot<V>>,
    /// Slots whose orders were short in the last tick, ascending, and those of them that have extra orders in this.
    short: Vec<u32>,
    claiming: Vec<u32>,
    plants: Vec<Plant<V>>,
    ports: Vec<Port<V>>,
    pools: Vec<Pool<V>>,
    /// Pools of which it has changed what their sites could put into them.
    changed: Vec<u32>,
    /// Part that is met of the orders of those who take nothing in equilibrium, by pool and class, under water filling.
    rest: Vec<V>,
    /// Whether everybody is given his whole order in all trials, by pool and class: noted under water filling alone.
    full: Vec<bool>,
}

#[derive(Clone, Copy, Debug)]
struct Lane<V> {
    stock: V,
    order: V,
    /// What it needs of its order, under rationing by need.
    need: V,
    /// What was shipped in the last tick, as far as it is not destroyed.
    sent: V,
    /// Extra order, if its slot has any.
    extra: V,
}

/// Part of the order of each lane that may be shipped, and which lanes have a limit in some trial; empty while none has.
#[derive(Clone, Debug)]
struct Quotas<V> {
    open: Vec<V>,
    limited: Vec<bool>,
}

#[derive(Clone, Copy, Debug)]
struct Slot<V> {
    /// What its orders were short by, if they were.
    missing: V,
    /// Tick of its first shortage; infinity if there was none.
    clock: V,
}

#[derive(Clone, Copy, Debug)]
struct Plant<V> {
    /// Runs that it could do.
    able: V,
    /// Demand that it plans for, as a part of its equilibrium runs.
    plan: V,
}

#[derive(Clone, Copy, Debug)]
struct Port<V> {
    /// Demand that it was asked to meet.
    asked: V,
    /// Finished stock; within a tick with what was made.
    shelf: V,
    shipped: V,
}

#[derive(Clone, Copy, Debug)]
struct Pool<V> {
    /// What its sites could put into it by their capacity.
    can: V,
    /// Spare capacity, and claims on it.
    spare: V,
    claims: V,
    /// Extra orders in the last tick.
    surplus: V,
    /// Tick of its first shortage; infinity if there was none.
    clock: V,
}

#[derive(Clone, Debug)]
struct Sold {
    start: Vec<u32>,
    lanes: Vec<u32>,
}

impl<'n, F: Real + Trials<Scalar = F, Token = ()>> Propagation<'n, F> {
    /// One trial, from equilibrium.
    pub fn new(network: &'n Network<F>, policy: Policy<F>) -> Self {
        Propagation::in_trials((), network, policy)
    }
}

impl<'n, V: Trials> Propagation<'n, V> {
    /// Trials side by side, all in equilibrium.
    pub fn in_trials(
        token: V::Token,
        network: &'n Network<V::Scalar>,
        mut policy: Policy<V::Scalar>,
    ) -> Self {
        let of = |value: V::Scalar| V::splat(token, value);
        let all = |values: &[V::Scalar]| -> Vec<V> { values.iter().map(|value| of(*value)).collect() };
        let (one, zero) = (of(V::Scalar::one()), of(V::Scalar::zero()));
        if network.extras.is_some() && policy.rationing == Rationing::WaterFillingAsPublished {
            policy.rationing = Rationing::WaterFilling;
        }
        let classes = network.extras.as_ref().map_or(1, |x| x.classes);
        let units = in_units(network, policy);
        let mut demand = vec![V::Scalar::zero(); network.pools() * classes];
        let class = |pool: usize| network.extras.as_ref().map_or(0, |x| usize::from(x.pool_class[pool]));
        for (pool, value) in network.demand.iter().enumerate() {
            demand[pool * classes + class(pool)] += *value;
        }
        for (lane, amount) in network.lane_amount.iter().enumerate() {
            let class = network.extras.as_ref().map_or(0, |x| usize::from(x.routes[lane].class));
            demand[network.seller(lane) * classes + class] += *amount;
        }
        let by_lane = !matches!(policy.rationing, Rationing::ProRata | Rationing::FinalDemandLast);
        let never = of(V::Scalar::infinity());
        let extra = network.extras.as_ref().map(|x| {
            let way = x.routes.iter().flat_map(|r| std::iter::repeat_n(of(r.amount), r.cells().len()));
            let lane = |(route, cover): (&network::Route<V::Scalar>, V::Scalar)| {
                let (amount, stock) = (of(route.amount), of(route.amount * cover));
                Lane { stock, order: amount, need: amount, sent: amount, extra: zero }
            };
            let covers = (0..network.slots())
                .flat_map(|slot| network.lanes_of(slot).map(move |_| network.cover_of(slot)));
            let port = |port: &network::Port<V::Scalar>| {
                let usual = of(port.yields * network.runs[port.site as usize]);
                Port { asked: usual, shelf: of(port.shelf), shipped: usual }
            };
            let pool = Pool { can: zero, spare: zero, claims: zero, surplus: zero, clock: never };
            let plant = |capacity: &V::Scalar| Plant { able: of(*capacity), plan: zero };
            Box::new(Extra {
                lanes: x.routes.iter().zip(covers).map(lane).collect(),
                quotas: Quotas { open: vec![], limited: vec![] },
                way: way.collect(),
                slots: vec![Slot { missing: zero, clock: never }; network.slots()],
                short: vec![],
                claiming: vec![],
                plants: network.capacity.iter().map(plant).collect(),
                ports: x.ports.iter().map(port).collect(),
                pools: vec![pool; network.pools()],
                changed: (0..network.pools() as u32).collect(),
                rest: vec![one; demand.len()],
                full: vec![false; demand.len()],
            })
        });
        let firms = extra.is_none();
        let stock = match (firms, units) {
            (false, _) => vec![],
            (true, false) => vec![of(network.cover); network.lanes()],
            (true, true) => network.lane_amount.iter().map(|units| of(*units * network.cover)).collect(),
        };
        let mut run = Propagation {
            network,
            token,
            policy,
            tick: 0,
            stock,
            order: if firms && units { all(&network.lane_amount) } else { vec![] },
            q: if firms { vec![one; network.sites()] } else { vec![] },
            made: all(&network.runs),
            limit: vec![],
            left: vec![one; network.sites()],
            markets: demand.into_iter().map(|demand| Market { demand: of(demand), met: one }).collect(),
            wanted: vec![],
            served: all(&network.demand),
            waiting: if policy.backlog { vec![zero; network.pools()] } else { vec![] },
            cover: vec![],
            extra,
            team: None,
            notes: vec![],
            asks_of_pool: vec![],
            sold: by_lane.then(|| Sold::new(network)),
        };
        run.limit = (0..network.sites()).map(|site| run.first_limit(site)).collect();
        run
    }

    /// The same on several threads of the rayon pool, to the same bits. Only networks of firms are shared out, but for what
    /// is rationed otherwise than pro rata; it takes a number and a half more for each lane.
    pub fn with_threads(mut self, threads: usize) -> Self {
        let shared = threads > 1 && self.network.extras.is_none();
        self.team = shared.then(|| Box::new(team::Team::new(self.network, threads.min(64), self.zero())));
        self
    }

    /// The network.
    pub fn network(&self) -> &'n Network<V::Scalar> {
        self.network
    }

    /// What values of its trials are made with.
    pub fn token(&self) -> V::Token {
        self.token
    }

    /// Ticks gone.
    pub fn tick(&self) -> u32 {
        self.tick
    }

    /// Sets the part of its capacity that a site has, from 0 to 1.
    pub fn set_left(&mut self, site: usize, part: V) {
        self.left[site] = part;
        let sites = self.extra.as_mut().zip(self.network.extras.as_ref());
        if let Some((x, n)) = sites.filter(|_| self.policy.resourcing) {
            x.changed.extend(self.network.ports_of(site).map(|p| n.ports[p].pool));
        }
    }

    /// Sets the final demand of a pool.
    pub fn set_demand(&mut self, pool: usize, units: V) {
        if self.wanted.is_empty() {
            self.wanted = self.network.demand.iter().map(|units| self.of(*units)).collect();
        }
        self.wanted[pool] = units;
    }

    /// Sets the part of what a lane takes in equilibrium that may be shipped over it, from 0 (closed) to 1 (no limit). Lanes
    /// of firms are always open.
    pub fn set_open(&mut self, lane: usize, part: V) {
        let (one, lanes) = (self.one(), self.network.lanes());
        if let Some(x) = &mut self.extra {
            let (quotas, limited) = (&mut x.quotas, !V::all(part.ge(one)));
            if quotas.open.is_empty() && limited {
                (quotas.open, quotas.limited) = (vec![one; lanes], vec![false; lanes]);
            }
            if !quotas.open.is_empty() {
                (quotas.open[lane], quotas.limited[lane]) = (part, limited);
            }
        }
    }

    /// Sets the cover of a slot in ticks, at least one, and its stock to as much. To be called before the first tick;
    /// later the stock would appear or vanish with it.
    pub fn set_cover(&mut self, slot: usize, ticks: V) {
        let network = self.network;
        let cover = ticks.max(self.one());
        if self.cover.is_empty() {
            self.cover = (0..network.slots()).map(|slot| self.of(network.cover_of(slot))).collect();
        }
        self.cover[slot] = cover;
        for lane in network.lanes_of(slot) {
            let units = in_units(network, self.policy);
            let usual = if units { network.lane_amount[lane] } else { V::Scalar::one() };
            *self.held_mut(lane) = self.of(usual) * cover;
        }
        let site = network.site_of_slot(slot);
        self.limit[site] = self.first_limit(site);
    }

    /// Sets the demand that a site plans for, as a part of its equilibrium runs, zero if it plans for none; it orders for
    /// what it is asked if that is more.
    pub fn set_plan(&mut self, site: usize, part: V) {
        if let Some(x) = &mut self.extra {
            x.plants[site].plan = part;
        }
    }

    /// Starts the clock of a slot, in some trials, as if it had been short: other suppliers begin to be qualified.
    pub fn start_clock(&mut self, slot: usize, trials: V::Mask) {
        let (now, never) = (self.now(0), self.of(V::Scalar::infinity()));
        if let Some(x) = &mut self.extra {
            x.slots[slot].clock = V::select(trials, now, never).min(x.slots[slot].clock);
        }
    }

    /// Destroys a part of the stock of a lane, of what the last tick did not use, and gives back what is gone.
    pub fn destroy_stock(&mut self, lane: usize, part: V) -> V {
        let (network, zero) = (self.network, self.zero());
        let slot = network.slot_of_lane(lane);
        let site = network.site_of_slot(slot);
        let (held, runs) = (self.stock_of(slot), network.runs[site]);
        let used = if runs > V::Scalar::zero() {
            let used = self.made[site] / self.of(runs) * self.of(network.use_of(slot)) / held;
            V::select(held.gt(zero), used, zero)
        } else {
            zero
        };
        let gone = self.held(lane) * (self.one() - used).max(zero) * part;
        let unit = self.unit(lane);
        if network.extras.is_none() {
            self.write_orders();
        }
        *self.held_mut(lane) -= gone;
        gone * unit
    }

    /// Destroys a part of what is on the way over a lane and gives back what is gone.
    pub fn destroy_on_the_way(&mut self, lane: usize, part: V) -> V {
        let (left, zero) = (self.one() - part, self.zero());
        let Some((x, n)) = self.extra.as_mut().zip(self.network.extras.as_ref()) else {
            let (sent, given) = (self.delivered(lane), self.given_of_lane(lane));
            self.write_orders();
            // Under water filling an order may be more than is given of it.
            let filled = matches!(self.policy.rationing, Rationing::WaterFilling | Rationing::ByNeed);
            let order = if filled { given } else { self.order[lane] };
            self.order[lane] = V::select(part.gt(zero), order * left, self.order[lane]);
            return sent * part;
        };
        let route = &n.routes[lane];
        if route.lead == 0 {
            return zero;
        }
        let cells = &mut x.way[route.cells()];
        let mut gone = zero;
        for cell in cells.iter_mut().chain(Some(&mut x.lanes[lane].sent)) {
            let lost = *cell * part;
            *cell -= lost;
            gone += lost;
        }
        gone
    }

    /// Stock of a lane, after receipt and before use.
    pub fn stock(&self, lane: usize) -> V {
        self.held(lane) * self.unit(lane)
    }

    /// Stock of a slot in units of its need.
    pub fn stock_of(&self, slot: usize) -> V {
        let mut held = self.zero();
        for l in self.network.lanes_of(slot) {
            held += self.stock(l) * self.of(self.network.worth(l));
        }
        held
    }

    /// On the way over a lane: what was shipped in earlier ticks and has not arrived.
    pub fn on_the_way(&self, lane: usize) -> V {
        let mut way = self.zero();
        if let Some((n, x)) = self.network.extras.as_ref().zip(self.extra.as_ref()) {
            for cell in &x.way[n.routes[lane].cells()] {
                way += *cell;
            }
        }
        way
    }

    /// Order of a lane in this tick, what may not be shipped included.
    pub fn order(&self, lane: usize) -> V {
        match &self.extra {
            Some(x) => x.lanes[lane].order,
            None => self.order_of_lane(lane) * self.unit(lane),
        }
    }

    /// Runs of each site in this tick.
    pub fn made(&self) -> &[V] {
        &self.made
    }

    /// Runs that the stocks of each site allowed in this tick; no less than the capacity where it needs nothing.
    pub fn limit(&self) -> &[V] {
        &self.limit
    }

    /// Part of its capacity that a site has.
    pub fn left(&self, site: usize) -> V {
        self.left[site]
    }

    /// Demand of a pool in this tick.
    #[inline(always)]
    pub fn demand(&self, pool: usize) -> V {
        let classes = self.classes();
        let mut demand = self.zero();
        for market in &self.markets[pool * classes..(pool + 1) * classes] {
            demand += market.demand;
        }
        demand
    }

    /// Final demand met in this tick, by pool.
    pub fn served(&self) -> &[V] {
        &self.served
    }

    /// Final demand that waits, of a pool.
    #[inline(always)]
    pub fn waiting(&self, pool: usize) -> V {
        self.waiting.get(pool).copied().unwrap_or(self.zero())
    }

    /// Ends the wait for what a pool could not deliver: it is lost after all.
    pub fn forget(&mut self, pool: usize) {
        let zero = self.zero();
        self.waiting.iter_mut().skip(pool).take(1).for_each(|w| *w = zero);
    }

    /// Finished stock of a port.
    pub fn shelf(&self, port: usize) -> V {
        self.extra.as_ref().map_or(self.zero(), |x| x.ports[port].shelf)
    }

    /// Shipped by a port in this tick.
    pub fn shipped(&self, port: usize) -> V {
        self.extra.as_ref().map_or_else(|| self.made[port], |x| x.ports[port].shipped)
    }

    /// Units that a port put out in this tick.
    pub fn put_out(&self, port: usize) -> V {
        match &self.network.extras {
            Some(n) => self.of(n.ports[port].yields) * self.made[n.ports[port].site as usize],
            None => self.made[port],
        }
    }

    /// What stocks allow a site before the first tick.
    fn first_limit(&self, site: usize) -> V {
        let network = self.network;
        let mut least: Option<V> = None;
        for slot in network.slots_of(site).filter(|slot| network.use_of(*slot) > V::Scalar::zero()) {
            let cover = self.cover_of(slot);
            least = Some(least.map_or(cover, |least| cover.min(least)));
        }
        least.map_or(self.of(network.capacity[site]), |cover| cover * self.of(network.runs[site]))
    }

    /// Stock of a lane in the measure in which it is held.
    #[inline(always)]
    fn held(&self, lane: usize) -> V {
        self.extra.as_ref().map_or_else(|| self.stock[lane], |x| x.lanes[lane].stock)
    }

    fn held_mut(&mut self, lane: usize) -> &mut V {
        match &mut self.extra {
            Some(x) => &mut x.lanes[lane].stock,
            None => &mut self.stock[lane],
        }
    }

    /// Units for one of the measure in which the stock of a lane is held.
    #[inline(always)]
    fn unit(&self, lane: usize) -> V {
        match in_units(self.network, self.policy) {
            true => self.one(),
            false => self.of(self.network.lane_amount[lane]),
        }
    }

    /// Final demand of a pool, without what waits.
    #[inline(always)]
    fn wanted(&self, pool: usize) -> V {
        if self.wanted.is_empty() { self.of(self.network.demand[pool]) } else { self.wanted[pool] }
    }

    #[inline(always)]
    fn cover_of(&self, slot: usize) -> V {
        self.cover.get(slot).copied().unwrap_or(self.of(self.network.cover_of(slot)))
    }

    #[inline(always)]
    fn classes(&self) -> usize {
        self.network.extras.as_ref().map_or(1, |x| x.classes)
    }

    /// A parameter in all trials.
    #[inline(always)]
    fn of(&self, value: V::Scalar) -> V {
        V::splat(self.token, value)
    }

    #[inline(always)]
    fn zero(&self) -> V {
        self.of(V::Scalar::zero())
    }

    #[inline(always)]
    fn one(&self) -> V {
        self.of(V::Scalar::one())
    }

    /// The number of the tick that comes, or of one after it.
    #[inline(always)]
    fn now(&self, later: u32) -> V {
        self.of(V::Scalar::of(f64::from(self.tick + later)))
    }
}

/// Whether stocks and orders are held in units, not as parts of what lanes take in equilibrium.
#[inline(always)]
fn in_units<F: Real>(network: &Network<F>, policy: Policy<F>) -> bool {
    network.extras.is_some() || policy.rationing == Rationing::WaterFillingAsPublished
}

impl Sold {
    fn new<F: Real>(network: &Network<F>) -> Sold {
        let mut start = vec![0u32; network.pools() + 1];
        network.lane_pool.iter().for_each(|p| start[*p as usize + 1] += 1);
        for p in 0..network.pools() {
            start[p + 1] += start[p];
        }
        let mut next = start.clone();
        let mut lanes = vec![0; network.lanes()];
        for (lane, pool) in (0u32..).zip(&network.lane_pool) {
            lanes[next[*pool as usize] as usize] = lane;
            next[*pool as usize] += 1;
        }
        Sold { start, lanes }
    }

    fn of(&self, pool: usize) -> &[u32] {
        &self.lanes[self.start[pool] as usize..self.start[pool + 1] as usize]
    }
}
