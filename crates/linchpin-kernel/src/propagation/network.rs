//! The network that a shock runs through: sites, what they need, and whom they buy from.

use super::error::NetworkError;
use super::order::{Level, levels};
use super::real::Real;

/// A requirement of a site, met by any of its lanes.
#[derive(Clone, Debug, PartialEq)]
pub struct SlotSpec<F> {
    /// The site that needs it.
    pub site: u32,
    /// Stock to be held, in ticks of use. It is counted after receipt and before use, so less than one tick's use counts
    /// as one.
    pub cover: F,
}

/// A way by which a slot is supplied.
#[derive(Clone, Debug, PartialEq)]
pub struct LaneSpec<F> {
    /// The slot.
    pub slot: u32,
    /// The pool it buys from.
    pub pool: u32,
    /// Units a tick in equilibrium; zero for a supplier who is not used today.
    pub amount: F,
    /// Ticks from shipment to receipt.
    pub lead: u16,
    /// Ticks from the first shortage of the slot until it may be used beyond its amount.
    pub qualify: u16,
    /// Served before all higher ones.
    pub class: u8,
    /// What one unit of it is worth in the slot; below one for a substitute of which more is needed.
    pub worth: F,
}

/// What a site puts into a pool.
#[derive(Clone, Debug, PartialEq)]
pub struct PortSpec<F> {
    /// The site.
    pub site: u32,
    /// The pool.
    pub pool: u32,
    /// Units for one run of the site.
    pub yields: F,
    /// Whether demand for it makes the site run; a by-product comes along.
    pub drives: bool,
    /// Finished stock to be held, in ticks of demand.
    pub shelf: F,
}

/// A market: what its ports put in is sold to its lanes and to final demand.
#[derive(Clone, Debug, PartialEq)]
pub struct PoolSpec<F> {
    /// Final demand a tick in equilibrium.
    pub demand: F,
    /// Class of final demand.
    pub class: u8,
    /// Ticks from the first shortage until its sites step in for each other; `None` if never.
    pub step_in: Option<u16>,
}

/// The whole network as rows, in any order of slots, lanes and ports.
#[derive(Clone, Debug, PartialEq)]
pub struct Rows<F> {
    /// Runs a tick of each site in equilibrium.
    pub runs: Vec<F>,
    /// Runs a tick that each site could do; at least those in equilibrium.
    pub capacity: Vec<F>,
    /// How much more of its equilibrium runs a site can do from one tick to the next; `None` if at once.
    pub ramp: Vec<Option<F>>,
    /// Requirements.
    pub slots: Vec<SlotSpec<F>>,
    /// Supply.
    pub lanes: Vec<LaneSpec<F>>,
    /// Outputs.
    pub ports: Vec<PortSpec<F>>,
    /// Markets.
    pub pools: Vec<PoolSpec<F>>,
}

/// What networks of plain firms do without: several outputs, markets of several sites, longer ways, classes.
#[derive(Clone, Debug)]
pub(super) struct Extras<F> {
    pub(super) routes: Vec<Route<F>>,
    /// Cells of all lanes on the way.
    pub(super) cells: usize,
    pub(super) needs: Vec<Need<F>>,
    pub(super) plants: Vec<Plant<F>>,
    /// Ports of each site.
    pub(super) site_ports: Vec<u32>,
    pub(super) ports: Vec<Port<F>>,
    /// Ports of each pool: where each begins, and which they are.
    pub(super) pool_ports: Vec<u32>,
    pub(super) members: Vec<u32>,
    pub(super) pool_class: Vec<u8>,
    pub(super) step_in: Vec<Option<u16>>,
    pub(super) levels: Vec<Level>,
    /// Classes of rationing.
    pub(super) classes: usize,
}

/// A lane of sites.
#[derive(Clone, Copy, Debug)]
pub(super) struct Route<F> {
    /// Units a tick in equilibrium.
    pub(super) amount: F,
    /// What a unit is worth in the slot, and one over it.
    pub(super) worth: F,
    pub(super) per_worth: F,
    pub(super) pool: u32,
    /// Where the demand of its class in its pool stands.
    pub(super) market: u32,
    /// First of its cells on the way, of which it has one less than its lead time.
    pub(super) way: u32,
    pub(super) lead: u16,
    pub(super) qualify: u16,
    pub(super) class: u8,
}

/// What a slot of sites needs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Need<F> {
    pub(super) lanes: u32,
    /// Use a tick in equilibrium, and one over it; zero if there is none.
    pub(super) units: F,
    pub(super) per_unit: F,
    pub(super) cover: F,
}

/// A site of several.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plant<F> {
    pub(super) slots: u32,
    pub(super) ports: u32,
    /// Runs a tick in equilibrium, and one over them; zero if it stands still.
    pub(super) runs: F,
    pub(super) per_run: F,
    pub(super) capacity: F,
    pub(super) ramp: Option<F>,
}

/// A port.
#[derive(Clone, Copy, Debug)]
pub(super) struct Port<F> {
    pub(super) site: u32,
    pub(super) pool: u32,
    /// Units for a run, and one over them; zero if it yields nothing.
    pub(super) yields: F,
    pub(super) per_unit: F,
    pub(super) drives: bool,
    /// Finished stock in equilibrium, in units.
    pub(super) shelf: F,
    /// Part of its pool's demand that goes to it in equilibrium.
    pub(super) share: F,
}

/// A network made ready to run. Lanes stand by site, then by slot; [`Network::lane`] finds those of the rows.
#[derive(Clone, Debug)]
pub struct Network<F> {
    pub(super) runs: Vec<F>,
    pub(super) capacity: Vec<F>,
    /// First slot of each site, then the number of slots.
    pub(super) slot_start: Vec<u32>,
    /// First lane of each slot, then the number of lanes.
    pub(super) lane_start: Vec<u32>,
    pub(super) lane_pool: Vec<u32>,
    pub(super) lane_amount: Vec<F>,
    pub(super) demand: Vec<F>,
    /// Cover of all slots of a plain network.
    pub(super) cover: F,
    pub(super) extras: Option<Box<Extras<F>>>,
    /// Where each slot and lane of the rows stands.
    slot_at: Vec<u32>,
    lane_at: Vec<u32>,
}

/// How far supply and demand of a pool may differ in equilibrium, as a part of the demand, if numbers are that fine.
const BALANCE: f64 = 1e-9;

impl<F: Real> Network<F> {
    /// A network of firms: each makes one product, lanes take one tick, all slots have the same cover.
    ///
    /// `lanes` are (client, group, supplier, amount), the lanes of a client that have the same group being
    /// interchangeable; they must be sorted by client and group. What a firm makes in equilibrium is what its
    /// clients and its final demand take.
    pub fn of_firms(
        demand: Vec<F>,
        lanes: impl ExactSizeIterator<Item = (u32, u32, u32, F)>,
        cover: F,
    ) -> Result<Network<F>, NetworkError> {
        let firms = demand.len();
        small("firms", firms)?;
        small("lanes", lanes.len())?;
        for (firm, value) in demand.iter().enumerate() {
            amount("final demand", firm, *value)?;
        }
        amount("cover", 0, cover)?;
        let mut slot_start = vec![0u32; firms + 1];
        let (mut lane_start, mut lane_pool, mut lane_amount) = (vec![], vec![], vec![]);
        lane_pool.reserve_exact(lanes.len());
        lane_amount.reserve_exact(lanes.len());
        let mut last = None;
        for (l, (client, group, supplier, value)) in lanes.enumerate() {
            for firm in [client, supplier] {
                if firm as usize >= firms {
                    return Err(NetworkError::Unknown { what: "firm", row: l, found: firm, count: firms });
                }
            }
            amount("lane", l, value)?;
            if last > Some((client, group)) {
                return Err(NetworkError::Unsorted(l));
            }
            if last != Some((client, group)) {
                slot_start[client as usize + 1] += 1;
                lane_start.push(l as u32);
                last = Some((client, group));
            }
            lane_pool.push(supplier);
            lane_amount.push(value);
        }
        lane_start.push(lane_pool.len() as u32);
        let runs = sales(&lane_pool, &lane_amount, &demand);
        for i in 0..firms {
            slot_start[i + 1] += slot_start[i];
        }
        Ok(Network {
            capacity: runs.clone(),
            runs,
            slot_start,
            lane_start,
            lane_pool,
            lane_amount,
            demand,
            cover: cover.max(F::one()),
            extras: None,
            slot_at: vec![],
            lane_at: vec![],
        })
    }

    /// Any network. Supply and demand of every pool must balance in equilibrium.
    pub fn new(rows: &Rows<F>) -> Result<Network<F>, NetworkError> {
        check(rows)?;
        let sites = rows.runs.len();
        let (slot_start, slots) = grouped(sites, rows.slots.iter().map(|s| s.site));
        let mut slot_at = vec![0; rows.slots.len()];
        (0..).zip(&slots).for_each(|(at, row)| slot_at[*row as usize] = at);
        let by_slot = rows.lanes.iter().map(|l| slot_at[l.slot as usize]);
        let (lane_start, lanes) = grouped(slots.len(), by_slot);
        let mut lane_at = vec![0; rows.lanes.len()];
        (0..).zip(&lanes).for_each(|(at, row)| lane_at[*row as usize] = at);
        let lane = |of: fn(&LaneSpec<F>) -> F| lanes.iter().map(|l| of(&rows.lanes[*l as usize])).collect();
        let lane_pool: Vec<u32> = lanes.iter().map(|l| rows.lanes[*l as usize].pool).collect();
        let (site_ports, order) = grouped(sites, rows.ports.iter().map(|p| p.site));
        let ports: Vec<&PortSpec<F>> = order.iter().map(|p| &rows.ports[*p as usize]).collect();
        let (pool_ports, members) = grouped(rows.pools.len(), ports.iter().map(|p| p.pool));
        let mut supply = vec![F::zero(); rows.pools.len()];
        for port in &ports {
            supply[port.pool as usize] += port.yields * rows.runs[port.site as usize];
        }
        let mut asked: Vec<F> = rows.pools.iter().map(|p| p.demand).collect();
        rows.lanes.iter().for_each(|l| asked[l.pool as usize] += l.amount);
        let balance = BALANCE.max(64.0 * F::epsilon().as_f64());
        for (pool, (supply, asked)) in supply.iter().zip(&asked).enumerate() {
            let off = (*supply - *asked).abs().as_f64();
            if off > balance * asked.as_f64().max(supply.as_f64()) {
                let (supply, demand) = (supply.as_f64(), asked.as_f64());
                return Err(NetworkError::Unbalanced { pool, supply, demand });
            }
        }
        let driven = |site: &usize| {
            let ports = &ports[site_ports[*site] as usize..site_ports[site + 1] as usize];
            rows.runs[*site] == F::zero() || ports.iter().any(|p| p.drives && p.yields > F::zero())
        };
        if let Some(site) = (0..sites).find(|site| !driven(site)) {
            return Err(NetworkError::Idle(site));
        }
        let port = |p: &&PortSpec<F>| {
            let (usual, all) = (p.yields * rows.runs[p.site as usize], supply[p.pool as usize]);
            let share = if all > F::zero() { usual / all } else { F::zero() };
            let PortSpec { site, pool, yields, drives, .. } = **p;
            Port { site, pool, yields, per_unit: one_over(yields), drives, shelf: p.shelf * usual, share }
        };
        let ports: Vec<Port<F>> = ports.iter().map(port).collect();
        let cells: usize = rows.lanes.iter().map(|l| usize::from(l.lead)).sum();
        small("ticks of all lead times", cells)?;
        let instant = lanes.iter().enumerate().filter(|(_, l)| rows.lanes[**l as usize].lead == 0);
        let instant =
            instant.map(|(at, l)| (lane_pool[at], rows.slots[rows.lanes[*l as usize].slot as usize].site));
        let levels = levels(sites, rows.pools.len(), &ports, instant)?;
        let classes = rows.lanes.iter().map(|l| l.class).chain(rows.pools.iter().map(|p| p.class)).max();
        let classes = usize::from(classes.unwrap_or(0)) + 1;
        small("pools by class", rows.pools.len() * classes)?;
        let mut way = 0;
        let routes = lanes.iter().map(|l| {
            let LaneSpec { pool, amount, lead, qualify, class, worth, .. } = rows.lanes[*l as usize];
            let market = pool * classes as u32 + u32::from(class);
            let per_worth = one_over(worth);
            let route = Route { amount, worth, per_worth, pool, market, way, lead, qualify, class };
            way += u32::from(lead.saturating_sub(1));
            route
        });
        let routes: Vec<Route<F>> = routes.collect();
        let needs = slots.iter().zip(lane_start.windows(2)).map(|(s, of)| {
            let of = &routes[of[0] as usize..of[1] as usize];
            let units = of.iter().fold(F::zero(), |sum, l| sum + l.amount * l.worth);
            let (lanes, cover) = (of.len() as u32, rows.slots[*s as usize].cover.max(F::one()));
            Need { lanes, units, per_unit: one_over(units), cover }
        });
        let needs = needs.collect();
        let plants = (0..sites).map(|site| Plant {
            slots: slot_start[site + 1] - slot_start[site],
            ports: site_ports[site + 1] - site_ports[site],
            runs: rows.runs[site],
            per_run: one_over(rows.runs[site]),
            capacity: rows.capacity[site],
            ramp: rows.ramp[site],
        });
        let plants = plants.collect();
        let extras = Extras {
            cells: way as usize,
            routes,
            needs,
            plants,
            site_ports,
            ports,
            pool_ports,
            members,
            pool_class: rows.pools.iter().map(|p| p.class).collect(),
            step_in: rows.pools.iter().map(|p| p.step_in).collect(),
            levels,
            classes,
        };
        Ok(Network {
            runs: rows.runs.clone(),
            capacity: rows.capacity.clone(),
            slot_start,
            lane_start,
            lane_amount: lane(|l| l.amount),
            lane_pool,
            demand: rows.pools.iter().map(|p| p.demand).collect(),
            cover: F::zero(),
            extras: Some(Box::new(extras)),
            slot_at,
            lane_at,
        })
    }

    /// Number of sites.
    #[inline(always)]
    pub fn sites(&self) -> usize {
        self.runs.len()
    }

    /// Number of pools; in a network of firms each firm is its own.
    #[inline(always)]
    pub fn pools(&self) -> usize {
        self.demand.len()
    }

    /// Number of slots.
    #[inline(always)]
    pub fn slots(&self) -> usize {
        self.lane_start.len() - 1
    }

    /// Number of lanes.
    #[inline(always)]
    pub fn lanes(&self) -> usize {
        self.lane_pool.len()
    }

    /// Runs a tick of each site in equilibrium.
    pub fn runs(&self) -> &[F] {
        &self.runs
    }

    /// Runs a tick that each site could do.
    pub fn capacity(&self) -> &[F] {
        &self.capacity
    }

    /// Where a slot of the rows stands.
    pub fn slot(&self, row: usize) -> usize {
        self.slot_at.get(row).map_or(row, |at| *at as usize)
    }

    /// Where a lane of the rows stands.
    pub fn lane(&self, row: usize) -> usize {
        self.lane_at.get(row).map_or(row, |at| *at as usize)
    }

    /// Slots of a site.
    #[inline(always)]
    pub fn slots_of(&self, site: usize) -> std::ops::Range<usize> {
        self.slot_start[site] as usize..self.slot_start[site + 1] as usize
    }

    /// The first lane of a site.
    #[inline(always)]
    pub(super) fn first_lane(&self, site: usize) -> usize {
        self.lane_start[self.slot_start[site] as usize] as usize
    }

    /// The first site whose lanes all stand from a lane on.
    pub(super) fn site_from_lane(&self, lane: usize) -> usize {
        let slot = self.lane_start.partition_point(|first| (*first as usize) < lane);
        self.slot_start.partition_point(|first| (*first as usize) < slot).min(self.sites())
    }

    /// The slot of a lane.
    pub fn slot_of_lane(&self, lane: usize) -> usize {
        self.lane_start.partition_point(|first| *first as usize <= lane) - 1
    }

    /// The site of a slot.
    pub fn site_of_slot(&self, slot: usize) -> usize {
        self.slot_start.partition_point(|first| *first as usize <= slot) - 1
    }

    /// Lanes of a slot.
    #[inline(always)]
    pub fn lanes_of(&self, slot: usize) -> std::ops::Range<usize> {
        self.lane_start[slot] as usize..self.lane_start[slot + 1] as usize
    }

    /// Ports of a site; in a network of firms the one of its own number.
    #[inline(always)]
    pub fn ports_of(&self, site: usize) -> std::ops::Range<usize> {
        match &self.extras {
            Some(x) => x.site_ports[site] as usize..x.site_ports[site + 1] as usize,
            None => site..site + 1,
        }
    }

    /// The pool that a port sells in.
    pub fn pool_of(&self, port: usize) -> usize {
        self.extras.as_ref().map_or(port, |x| x.ports[port].pool as usize)
    }

    /// The ports of a pool.
    pub fn members_of(&self, pool: usize) -> Vec<usize> {
        match &self.extras {
            Some(x) => x.members_of(pool).iter().map(|p| *p as usize).collect(),
            None => vec![pool],
        }
    }

    /// The site of a port.
    pub fn site_of(&self, port: usize) -> usize {
        self.extras.as_ref().map_or(port, |x| x.ports[port].site as usize)
    }

    /// The pool that a lane buys from.
    #[inline(always)]
    pub fn seller(&self, lane: usize) -> usize {
        self.lane_pool[lane] as usize
    }

    /// Units a tick of a lane in equilibrium.
    pub fn amount(&self, lane: usize) -> F {
        self.lane_amount[lane]
    }

    /// Use of a slot a tick in equilibrium, in units of its need.
    pub fn use_of(&self, slot: usize) -> F {
        self.lanes_of(slot).fold(F::zero(), |sum, l| sum + self.lane_amount[l] * self.worth(l))
    }

    /// What one unit of a lane is worth in its slot.
    #[inline(always)]
    pub(super) fn worth(&self, lane: usize) -> F {
        self.extras.as_ref().map_or(F::one(), |x| x.routes[lane].worth)
    }

    /// Cover of a slot in ticks.
    pub fn cover_of(&self, slot: usize) -> F {
        self.extras.as_ref().map_or(self.cover, |x| x.needs[slot].cover)
    }

    /// Numbers that a trial reads or writes in every tick.
    pub(super) fn state(&self) -> usize {
        let (sites, pools, lanes) = (self.sites(), self.pools(), self.lanes());
        match &self.extras {
            // Stock; made, ordered for, limit, left and served; demand and what is met of it.
            None => lanes + 5 * sites + 2 * pools,
            // Stock, order, need and what was sent; goods on the way; made, limit, left, able and planned; served, wanted and
            // surplus; demand, met and rest; asked, shelf and shipped. What only shortage asks for is not counted.
            Some(x) => {
                let markets = 3 * pools * x.classes;
                4 * lanes + x.cells + 5 * sites + 3 * pools + markets + 3 * x.ports.len()
            }
        }
    }

    /// The same in other numbers. What firms make is added up anew, so that it is what their clients take to the last digit;
    /// pools of other networks balance as far as the numbers are fine.
    pub fn cast<G: Real>(&self) -> Network<G> {
        let lane_amount = cast(&self.lane_amount);
        let demand: Vec<G> = cast(&self.demand);
        let (runs, capacity) = match self.extras {
            Some(_) => (cast(&self.runs), cast(&self.capacity)),
            None => {
                let runs = sales(&self.lane_pool, &lane_amount, &demand);
                (runs.clone(), runs)
            }
        };
        Network {
            runs,
            capacity,
            slot_start: self.slot_start.clone(),
            lane_start: self.lane_start.clone(),
            lane_pool: self.lane_pool.clone(),
            lane_amount,
            demand,
            cover: G::of(self.cover.as_f64()),
            extras: self.extras.as_ref().map(|x| Box::new(x.cast())),
            slot_at: self.slot_at.clone(),
            lane_at: self.lane_at.clone(),
        }
    }
}

fn cast<F: Real, G: Real>(values: &[F]) -> Vec<G> {
    values.iter().map(|value| G::of(value.as_f64())).collect()
}

/// One over a number, or zero.
fn one_over<F: Real>(value: F) -> F {
    if value > F::zero() { F::one() / value } else { F::zero() }
}

/// What each firm sells in equilibrium.
fn sales<F: Real>(pools: &[u32], amounts: &[F], demand: &[F]) -> Vec<F> {
    let mut runs = vec![F::zero(); demand.len()];
    pools.iter().zip(amounts).for_each(|(pool, amount)| runs[*pool as usize] += *amount);
    runs.iter_mut().zip(demand).for_each(|(runs, final_demand)| *runs += *final_demand);
    runs
}

impl<F> Extras<F> {
    #[inline(always)]
    pub(super) fn members_of(&self, pool: usize) -> &[u32] {
        &self.members[self.pool_ports[pool] as usize..self.pool_ports[pool + 1] as usize]
    }
}

impl<F: Real> Extras<F> {
    fn cast<G: Real>(&self) -> Extras<G> {
        let of = |value: F| G::of(value.as_f64());
        let route = |r: &Route<F>| {
            let Route { pool, market, way, lead, qualify, class, .. } = *r;
            let (amount, worth) = (of(r.amount), of(r.worth));
            Route { amount, worth, per_worth: one_over(worth), pool, market, way, lead, qualify, class }
        };
        let need = |n: &Need<F>| {
            let units = of(n.units);
            Need { lanes: n.lanes, units, per_unit: one_over(units), cover: of(n.cover) }
        };
        let plant = |p: &Plant<F>| {
            let Plant { slots, ports, .. } = *p;
            let (runs, capacity, ramp) = (of(p.runs), of(p.capacity), p.ramp.map(of));
            Plant { slots, ports, runs, per_run: one_over(runs), capacity, ramp }
        };
        let port = |p: &Port<F>| {
            let Port { site, pool, drives, .. } = *p;
            let (yields, shelf, share) = (of(p.yields), of(p.shelf), of(p.share));
            Port { site, pool, yields, per_unit: one_over(yields), drives, shelf, share }
        };
        Extras {
            routes: self.routes.iter().map(route).collect(),
            cells: self.cells,
            needs: self.needs.iter().map(need).collect(),
            plants: self.plants.iter().map(plant).collect(),
            site_ports: self.site_ports.clone(),
            ports: self.ports.iter().map(port).collect(),
            pool_ports: self.pool_ports.clone(),
            members: self.members.clone(),
            pool_class: self.pool_class.clone(),
            step_in: self.step_in.clone(),
            levels: self.levels.clone(),
            classes: self.classes,
        }
    }
}

impl<F> Route<F> {
    /// Its cells on the way.
    #[inline(always)]
    pub(super) fn cells(&self) -> std::ops::Range<usize> {
        let from = self.way as usize;
        from..from + usize::from(self.lead.saturating_sub(1))
    }
}

/// Rows by what they belong to: where each group begins, and the rows in order, those of a group as they were given.
fn grouped(groups: usize, of: impl Iterator<Item = u32> + Clone) -> (Vec<u32>, Vec<u32>) {
    let mut start = vec![0u32; groups + 1];
    of.clone().for_each(|g| start[g as usize + 1] += 1);
    for g in 0..groups {
        start[g + 1] += start[g];
    }
    let mut next = start.clone();
    let mut rows = vec![0u32; start[groups] as usize];
    for (row, g) in (0u32..).zip(of) {
        rows[next[g as usize] as usize] = row;
        next[g as usize] += 1;
    }
    (start, rows)
}

fn check<F: Real>(rows: &Rows<F>) -> Result<(), NetworkError> {
    let sites = rows.runs.len();
    for (what, count) in [
        ("sites", sites),
        ("slots", rows.slots.len()),
        ("lanes", rows.lanes.len()),
        ("ports", rows.ports.len()),
        ("pools", rows.pools.len()),
    ] {
        small(what, count)?;
    }
    for (array, found) in [("capacity", rows.capacity.len()), ("ramp", rows.ramp.len())] {
        if found != sites {
            return Err(NetworkError::Length { array, found, expected: sites });
        }
    }
    for (site, (runs, capacity)) in rows.runs.iter().zip(&rows.capacity).enumerate() {
        amount("runs", site, *runs)?;
        if capacity.is_nan() || *capacity < *runs {
            return Err(NetworkError::Capacity { site, runs: runs.as_f64(), capacity: capacity.as_f64() });
        }
        amount("capacity", site, *capacity)?;
        rows.ramp[site].map_or(Ok(()), |ramp| amount("ramp", site, ramp))?;
    }
    let known = |what, row, found: u32, count| match (found as usize) < count {
        true => Ok(()),
        false => Err(NetworkError::Unknown { what, row, found, count }),
    };
    for (s, slot) in rows.slots.iter().enumerate() {
        known("site", s, slot.site, sites)?;
        amount("cover", s, slot.cover)?;
    }
    for (l, lane) in rows.lanes.iter().enumerate() {
        known("slot", l, lane.slot, rows.slots.len())?;
        known("pool", l, lane.pool, rows.pools.len())?;
        amount("lane", l, lane.amount)?;
        amount("worth", l, lane.worth)?;
        if lane.worth == F::zero() {
            return Err(NetworkError::Amount { what: "worth", row: l, value: 0.0 });
        }
    }
    for (p, port) in rows.ports.iter().enumerate() {
        known("site", p, port.site, sites)?;
        known("pool", p, port.pool, rows.pools.len())?;
        amount("yield", p, port.yields)?;
        amount("shelf", p, port.shelf)?;
    }
    rows.pools.iter().enumerate().try_for_each(|(p, pool)| amount("final demand", p, pool.demand))
}

fn small(what: &'static str, count: usize) -> Result<(), NetworkError> {
    if count < u32::MAX as usize { Ok(()) } else { Err(NetworkError::TooMany { what, count }) }
}

fn amount<F: Real>(what: &'static str, row: usize, value: F) -> Result<(), NetworkError> {
    match value.is_finite() && value >= F::zero() {
        true => Ok(()),
        false => Err(NetworkError::Amount { what, row, value: value.as_f64() }),
    }
}
