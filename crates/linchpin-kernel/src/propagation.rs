//! A shock that runs through a network of sites, tick by tick.

mod error;
mod fill;
mod network;
mod order;
mod real;
mod step;

pub use error::NetworkError;
pub use network::{LaneSpec, Network, PoolSpec, PortSpec, Rows, SlotSpec};
pub use real::Real;

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
#[derive(Clone, Debug)]
pub struct Propagation<'n, F> {
    network: &'n Network<F>,
    policy: Policy<F>,
    tick: u32,
    /// Stock of each lane.
    stock: Vec<F>,
    /// Orders of each lane.
    order: Vec<F>,
    /// Runs of each site in this tick.
    made: Vec<F>,
    /// Runs that its stocks would have allowed.
    limit: Vec<F>,
    /// Part of its capacity that each site has.
    left: Vec<F>,
    /// Demand of each pool, by class, and how far it is met.
    markets: Vec<Market<F>>,
    /// Final demand of each pool, with what waits.
    wanted: Vec<F>,
    /// Final demand met.
    served: Vec<F>,
    /// What waits.
    waiting: Vec<F>,
    extra: Option<Box<Extra<F>>>,
    /// Lanes of each pool, for rationing that must know them one by one.
    sold: Option<Sold>,
}

/// Demand of a pool in a class. Both fields are fetched for every lane, so they stand together.
#[derive(Clone, Copy, Debug)]
struct Market<F> {
    demand: F,
    /// Part of an order that is met, or the level up to which it is.
    met: F,
}

/// The state that networks of plain firms do without.
#[derive(Clone, Debug)]
struct Extra<F> {
    /// Part of each lane's order that may be shipped.
    open: Vec<F>,
    /// What was shipped over each lane in the last tick, as far as it is not destroyed.
    sent: Vec<F>,
    /// Part that is met of the orders of those who take nothing in equilibrium, by pool and class, under water filling.
    rest: Vec<F>,
    /// Goods on the way, the oldest at the tick's cell.
    way: Vec<F>,
    /// What each lane needs of its order, under rationing by need.
    need: Vec<F>,
    /// Extra orders of each lane.
    resourced: Vec<F>,
    /// What orders of each slot were short by.
    missing: Vec<F>,
    /// Tick of the first shortage of each slot and pool.
    slot_clock: Vec<Option<u32>>,
    pool_clock: Vec<Option<u32>>,
    /// Finished stock, and demand that a port was asked to meet.
    shelf: Vec<F>,
    asked: Vec<F>,
    /// Shipped by each port.
    shipped: Vec<F>,
    /// Runs that each site could do.
    able: Vec<F>,
    /// Spare capacity of each pool, and claims on it.
    spare: Vec<F>,
    claims: Vec<F>,
    /// Extra orders that a pool had in the last tick.
    surplus: Vec<F>,
    /// Demand that a site plans for, as a part of its equilibrium runs.
    plan: Vec<Option<F>>,
}

#[derive(Clone, Debug)]
struct Sold {
    start: Vec<u32>,
    lanes: Vec<u32>,
}

impl<'n, F: Real> Propagation<'n, F> {
    /// The network in equilibrium.
    pub fn new(network: &'n Network<F>, mut policy: Policy<F>) -> Self {
        let (one, zero) = (F::one(), F::zero());
        if network.extras.is_some() && policy.rationing == Rationing::WaterFillingAsPublished {
            policy.rationing = Rationing::WaterFilling;
        }
        let classes = network.extras.as_ref().map_or(1, |x| x.classes);
        let mut stock = network.lane_amount.clone();
        for slot in 0..network.lane_start.len() - 1 {
            let cover = network.cover_of(slot);
            stock[network.lanes_of(slot)].iter_mut().for_each(|s| *s *= cover);
        }
        let mut demand = vec![zero; network.pools() * classes];
        let class = |pool: usize| network.extras.as_ref().map_or(0, |x| usize::from(x.pool_class[pool]));
        for (pool, value) in network.demand.iter().enumerate() {
            demand[pool * classes + class(pool)] += *value;
        }
        for (lane, amount) in network.lane_amount.iter().enumerate() {
            let class = network.extras.as_ref().map_or(0, |x| usize::from(x.lane_class[lane]));
            demand[network.seller(lane) * classes + class] += *amount;
        }
        let limit = (0..network.sites()).map(|site| {
            let slots = network.slots_of(site).filter(|slot| network.use_of(*slot) > zero);
            let least = slots.map(|slot| network.cover_of(slot)).reduce(F::min);
            least.map_or(network.capacity[site], |cover| cover * network.runs[site])
        });
        let limit = limit.collect();
        let by_lane = !matches!(policy.rationing, Rationing::ProRata | Rationing::FinalDemandLast);
        let extra = network.extras.as_ref().map(|x| {
            let mut way = vec![];
            for (lane, cells) in x.way_start.windows(2).enumerate() {
                way.extend(std::iter::repeat_n(network.lane_amount[lane], (cells[1] - cells[0]) as usize));
            }
            let asked: Vec<F> = x.ports.iter().map(|p| p.yields * network.runs[p.site as usize]).collect();
            Box::new(Extra {
                open: vec![one; network.lanes()],
                sent: network.lane_amount.clone(),
                rest: vec![one; demand.len()],
                way,
                need: network.lane_amount.clone(),
                resourced: vec![zero; network.lanes()],
                missing: vec![zero; network.lane_start.len() - 1],
                slot_clock: vec![None; network.lane_start.len() - 1],
                pool_clock: vec![None; network.pools()],
                shelf: x.ports.iter().zip(&asked).map(|(p, a)| p.shelf * *a).collect(),
                shipped: asked.clone(),
                asked,
                able: network.capacity.clone(),
                spare: vec![zero; network.pools()],
                claims: vec![zero; network.pools()],
                surplus: vec![zero; network.pools()],
                plan: vec![None; network.sites()],
            })
        });
        Propagation {
            network,
            policy,
            tick: 0,
            stock,
            order: network.lane_amount.clone(),
            made: network.runs.clone(),
            limit,
            left: vec![one; network.sites()],
            markets: demand.into_iter().map(|demand| Market { demand, met: one }).collect(),
            wanted: network.demand.clone(),
            served: network.demand.clone(),
            waiting: if policy.backlog { vec![zero; network.pools()] } else { vec![] },
            extra,
            sold: by_lane.then(|| Sold::new(network)),
        }
    }

    /// The network.
    pub fn network(&self) -> &'n Network<F> {
        self.network
    }

    /// Ticks gone.
    pub fn tick(&self) -> u32 {
        self.tick
    }

    /// Sets the part of its capacity that a site has, from 0 to 1.
    pub fn set_left(&mut self, site: usize, part: F) {
        self.left[site] = part;
    }

    /// Sets the final demand of a pool.
    pub fn set_demand(&mut self, pool: usize, units: F) {
        self.wanted[pool] = units;
    }

    /// Sets the part of what a lane takes in equilibrium that may be shipped over it, from 0 (closed) to 1 (no limit). Lanes
    /// of firms are always open.
    pub fn set_open(&mut self, lane: usize, part: F) {
        if let Some(x) = &mut self.extra {
            x.open[lane] = part;
        }
    }

    /// Sets the demand that a site plans for, as a part of its equilibrium runs; it orders for what it is asked if that
    /// is more.
    pub fn set_plan(&mut self, site: usize, part: Option<F>) {
        if let Some(x) = &mut self.extra {
            x.plan[site] = part;
        }
    }

    /// Starts the clock of a slot, as if it had been short: other suppliers begin to be qualified.
    pub fn start_clock(&mut self, slot: usize) {
        let tick = self.tick;
        if let Some(x) = &mut self.extra {
            x.slot_clock[slot].get_or_insert(tick);
        }
    }

    /// Destroys a part of the stock of a lane, of what the last tick did not use, and gives back what is gone.
    pub fn destroy_stock(&mut self, lane: usize, part: F) -> F {
        let network = self.network;
        let slot = network.lane_start.partition_point(|first| *first as usize <= lane) - 1;
        let site = network.slot_start.partition_point(|first| *first as usize <= slot) - 1;
        let (held, runs) = (self.stock_of(slot), network.runs[site]);
        let active = held > F::zero() && runs > F::zero();
        let used = if active { self.made[site] / runs * network.use_of(slot) / held } else { F::zero() };
        let gone = self.stock[lane] * (F::one() - used).max(F::zero()) * part;
        self.stock[lane] -= gone;
        gone
    }

    /// Destroys a part of what is on the way over a lane and gives back what is gone.
    pub fn destroy_on_the_way(&mut self, lane: usize, part: F) -> F {
        let left = F::one() - part;
        let Some((x, n)) = self.extra.as_mut().zip(self.network.extras.as_ref()) else {
            let sent = self.delivered(lane);
            // Under water filling an order may be more than is given of it.
            let filled = matches!(self.policy.rationing, Rationing::WaterFilling | Rationing::ByNeed);
            let order = if filled { sent } else { self.order[lane] };
            self.order[lane] = order * left;
            return sent * part;
        };
        if n.lane_lead[lane] == 0 {
            return F::zero();
        }
        let cells = &mut x.way[n.way_start[lane] as usize..n.way_start[lane + 1] as usize];
        cells.iter_mut().chain(Some(&mut x.sent[lane])).fold(F::zero(), |gone, cell| {
            let lost = *cell * part;
            *cell -= lost;
            gone + lost
        })
    }

    /// Stock of a lane, after receipt and before use.
    pub fn stock(&self, lane: usize) -> F {
        self.stock[lane]
    }

    /// Stock of a slot in units of its need.
    pub fn stock_of(&self, slot: usize) -> F {
        self.network.lanes_of(slot).fold(F::zero(), |sum, l| sum + self.stock[l] * self.worth(l))
    }

    /// On the way over a lane: what was shipped in earlier ticks and has not arrived.
    pub fn on_the_way(&self, lane: usize) -> F {
        let cells = self
            .network
            .extras
            .as_ref()
            .zip(self.extra.as_ref())
            .map(|(n, x)| &x.way[n.way_start[lane] as usize..n.way_start[lane + 1] as usize]);
        cells.unwrap_or_default().iter().fold(F::zero(), |sum, c| sum + *c)
    }

    /// Order of a lane in this tick, what may not be shipped included.
    pub fn order(&self, lane: usize) -> F {
        self.order[lane]
    }

    /// Runs of each site in this tick.
    pub fn made(&self) -> &[F] {
        &self.made
    }

    /// Runs that the stocks of each site allowed in this tick; no less than the capacity where it needs nothing.
    pub fn limit(&self) -> &[F] {
        &self.limit
    }

    /// Part of its capacity that a site has.
    pub fn left(&self, site: usize) -> F {
        self.left[site]
    }

    /// Demand of a pool in this tick.
    pub fn demand(&self, pool: usize) -> F {
        let classes = self.classes();
        self.markets[pool * classes..(pool + 1) * classes].iter().fold(F::zero(), |sum, m| sum + m.demand)
    }

    /// Final demand met in this tick, by pool.
    pub fn served(&self) -> &[F] {
        &self.served
    }

    /// Final demand that waits, of a pool.
    pub fn waiting(&self, pool: usize) -> F {
        self.waiting.get(pool).copied().unwrap_or(F::zero())
    }

    /// Ends the wait for what a pool could not deliver: it is lost after all.
    pub fn forget(&mut self, pool: usize) {
        self.waiting.iter_mut().skip(pool).take(1).for_each(|w| *w = F::zero());
    }

    /// Finished stock of a port.
    pub fn shelf(&self, port: usize) -> F {
        self.extra.as_ref().map_or(F::zero(), |x| x.shelf[port])
    }

    /// Shipped by a port in this tick.
    pub fn shipped(&self, port: usize) -> F {
        self.extra.as_ref().map_or_else(|| self.made[port], |x| x.shipped[port])
    }

    /// Units that a port put out in this tick.
    pub fn put_out(&self, port: usize) -> F {
        match &self.network.extras {
            Some(n) => n.ports[port].yields * self.made[n.ports[port].site as usize],
            None => self.made[port],
        }
    }

    fn classes(&self) -> usize {
        self.network.extras.as_ref().map_or(1, |x| x.classes)
    }

    fn worth(&self, lane: usize) -> F {
        self.network.extras.as_ref().map_or(F::one(), |x| x.lane_worth[lane])
    }
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
