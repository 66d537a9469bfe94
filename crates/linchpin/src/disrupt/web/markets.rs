//! Markets: plants and their pools, what the next market and all other users take, and all of it as rows that balance.

use super::{Builder, FOLLOWS, First, Kind, Lane, Pool, SECOND, Site, Slot, Source, WEEKS_PER_YEAR, Web};
use crate::disrupt::DisruptError;
use crate::disrupt::event::{Effect, Event};
use linchpin_kernel::{LaneSpec, Network, PoolSpec, PortSpec, Rows, SlotSpec};
use std::collections::{BTreeMap, BTreeSet};

/// By what plants of a market are told apart: see [`Builder::class`].
type Class<'b> = (Vec<bool>, bool, Option<&'b str>);

impl<'b> Builder<'b, '_> {
    /// What tells the plants of a market apart: the events that hit them, whether they are own suppliers, and, if
    /// buyers at home come first, their country.
    fn class(&self, k: usize, plant: usize) -> Class<'b> {
        let link = self.link(k);
        let hit = self.events.iter().map(|e| e.request.effect == Effect::Exports && e.loss.hits(k, plant));
        let own = self.terms.own.iter().find(|o| o.market == link.id);
        let is_own = own.is_none_or(|o| o.from.hits(&link.plants[plant], link));
        let country = (self.terms.first == First::Home).then(|| link.plants[plant].country.as_str());
        (hit.collect(), is_own, country)
    }

    pub(super) fn finish(mut self) -> Result<Web, DisruptError> {
        for slot in self.slots.iter_mut().filter(|s| s.site == 0) {
            slot.cover += self.terms.more.filter(|(item, _)| *item == slot.input).map_or(0.0, |more| more.1);
        }
        let links = self.chain.links.len();
        // What the maker's side takes of each market.
        let mut direct = vec![0.0; links];
        let of_slots = self.slots.iter().map(|s| (s.source, s.of_source()));
        for (source, amount) in of_slots.chain(self.loose.iter().map(|l| (l.3, l.2))) {
            if let Source::Market(m) = source {
                direct[m] += amount;
            }
        }
        // Beyond the wall the equilibrium is what the markets can give; the wanted volume is asked for on top.
        let weekly = |v: f64| v / WEEKS_PER_YEAR;
        let can = |k: usize| weekly(self.chain.made(k) + self.chain.spare(k));
        let scale = (0..links)
            .filter(|k| direct[*k] > 0.0 && !self.link(*k).feed)
            .map(|k| can(k) / direct[k])
            .fold(1.0, f64::min);
        if scale < 1.0 {
            self.rate *= scale;
            self.sites.iter_mut().for_each(|s| s.runs *= scale);
            for slot in &mut self.slots {
                slot.amount *= scale;
                slot.beside.iter_mut().for_each(|b| b.1 *= scale);
            }
            self.loose.iter_mut().for_each(|l| l.2 *= scale);
            direct.iter_mut().for_each(|d| *d *= scale);
        }
        let events = self.events.len();
        let mut pools = vec![];
        let mut ports: Vec<PortSpec<f64>> = vec![];
        // Every maker and supplier has a pool of its own.
        for (at, site) in self.sites.iter().enumerate() {
            pools.push((Pool::of_site(site.link, events), Some(at)));
            ports.push(port(at, at, 1.0));
        }
        // A mine that feeds several markets is one.
        let mut feeds: BTreeMap<&str, usize> = BTreeMap::new();
        let mut sellers: Vec<Vec<(usize, f64)>> = vec![vec![]; links];
        let mut plants_of: Vec<Vec<(usize, f64)>> = vec![vec![]; links];
        for k in (0..links).filter(|k| self.chain.links[*k].is_known()) {
            let link = &self.chain.links[k];
            let made = weekly(self.chain.made(k));
            if made <= 0.0 {
                continue;
            }
            let spare = weekly(self.chain.spare(k));
            let more = if link.feed { 0.0 } else { spare.min(direct[k]) };
            let mut by_class: Vec<(Class<'_>, usize)> = vec![];
            for (i, plant) in link.plants.iter().enumerate().filter(|(_, p)| p.made > 0.0) {
                let extra = if spare > 0.0 { more * weekly(plant.spare) / spare } else { 0.0 };
                let runs = weekly(plant.made) + extra;
                let room = (weekly(plant.made + plant.spare)).max(runs) / runs;
                let site = match feeds.get(plant.site.as_str()).filter(|_| link.feed) {
                    Some(site) => *site,
                    None => {
                        let site = self.sites.len();
                        self.sites.push(Site {
                            kind: Kind::Plant,
                            id: plant.site.clone(),
                            country: plant.country.clone(),
                            link: Some(k),
                            plants: vec![i],
                            named: false,
                            runs: 1.0,
                            capacity: room,
                        });
                        if link.feed {
                            feeds.insert(&plant.site, site);
                        }
                        site
                    }
                };
                let class = self.class(k, i);
                let pool = match by_class.iter().find(|(known, _)| *known == class) {
                    Some((_, pool)) => *pool,
                    None => {
                        let (hit, own, country) = class.clone();
                        let country = country.map(str::to_owned);
                        pools.push((Pool { link: Some(k), hit, own, country }, None));
                        sellers[k].push((pools.len() - 1, 0.0));
                        by_class.push((class, pools.len() - 1));
                        pools.len() - 1
                    }
                };
                ports.push(port(site, pool, runs));
                sellers[k].iter_mut().filter(|s| s.0 == pool).for_each(|s| s.1 += runs);
                plants_of[k].push((site, runs));
            }
        }
        let total = |k: usize| sellers[k].iter().map(|s| s.1).sum::<f64>();
        for (j, m, amount, source) in std::mem::take(&mut self.loose) {
            let all = total(j);
            for (site, runs) in &plants_of[j] {
                self.slot(*site, m, amount * runs / all, source, false);
            }
        }
        // Plants of the next market take what the maker's side leaves.
        let mut hung: BTreeSet<(usize, usize)> = BTreeSet::new();
        for k in (0..links).filter(|k| !sellers[*k].is_empty()) {
            let Some(j) = self.chain.links[k].next.filter(|j| !plants_of[*j].is_empty()) else { continue };
            let rest = (total(k) - direct[k]).max(0.0);
            let all = total(j);
            for (site, runs) in &plants_of[j] {
                self.slot(*site, k, rest * runs / all, Source::Market(k), true);
            }
            hung.insert((k, j));
        }
        // Other users of what hangs on no market, by whether events cut them off.
        let mut users = vec![];
        for k in (0..links).filter(|k| !sellers[*k].is_empty() && !hung.iter().any(|h| h.0 == *k)) {
            let rest = total(k) - direct[k];
            if rest <= 1e-9 * total(k) {
                continue;
            }
            for (class, amount) in self.others(k, rest) {
                let site = self.sites.len();
                let link = &self.chain.links[k];
                self.sites.push(Site {
                    kind: Kind::Users,
                    id: link.id.clone(),
                    country: String::new(),
                    link: Some(k),
                    plants: vec![],
                    named: false,
                    runs: amount,
                    capacity: amount * FOLLOWS,
                });
                users.push((site, class));
                pools.push((Pool::of_site(Some(k), events), Some(site)));
                ports.push(port(site, pools.len() - 1, 1.0));
                self.slot(site, k, amount, Source::Market(k), true);
            }
        }
        self.assemble(pools, ports, sellers, users)
    }

    /// Other users of a market by the events that cut them off from its plants, with what they take a week.
    fn others(&self, k: usize, rest: f64) -> Vec<(Vec<bool>, f64)> {
        let link = self.link(k);
        let cut = |place: &str| -> Vec<bool> {
            let closes = |e: &Event| {
                e.request.effect == Effect::Exports && e.loss.cuts_place(self.chain, place) == Some(true)
            };
            self.events.iter().map(closes).collect()
        };
        let known: f64 = link.users.iter().map(|u| u.2 / WEEKS_PER_YEAR).filter(|v| v.is_finite()).sum();
        let fit = if known > rest { rest / known } else { 1.0 };
        let mut groups: BTreeMap<Vec<bool>, f64> = BTreeMap::new();
        for (place, _, value) in link.users.iter().filter(|u| u.2.is_finite()) {
            *groups.entry(cut(place)).or_insert(0.0) += value / WEEKS_PER_YEAR * fit;
        }
        // Users without a known place are abroad, and not where a rule points.
        *groups.entry(cut("OTH")).or_insert(0.0) += (rest - known * fit).max(0.0);
        groups.into_iter().filter(|(_, amount)| *amount > 1e-9 * rest).collect()
    }

    fn assemble(
        self,
        pools: Vec<(Pool, Option<usize>)>,
        ports: Vec<PortSpec<f64>>,
        sellers: Vec<Vec<(usize, f64)>>,
        users: Vec<(usize, Vec<bool>)>,
    ) -> Result<Web, DisruptError> {
        let pool_of_site: BTreeMap<usize, usize> =
            pools.iter().enumerate().filter_map(|(p, (_, site))| site.map(|s| (s, p))).collect();
        let cut_users: BTreeMap<usize, &Vec<bool>> = users.iter().map(|(s, c)| (*s, c)).collect();
        let own = |k: usize| sellers[k].iter().map(|s| pools[s.0].0.own).collect::<Vec<bool>>();
        // What the maker's side leaves of each pool.
        let mut left: Vec<Vec<f64>> = sellers.iter().map(|s| s.iter().map(|s| s.1).collect()).collect();
        for slot in self.slots.iter().filter(|s| !s.rest) {
            let Source::Market(k) = slot.source else { continue };
            for (at, (_, amount)) in self.takes(slot, &sellers[k], &[], &own(k)).into_iter().enumerate() {
                left[k][at] -= amount;
            }
            if left[k].iter().zip(&sellers[k]).any(|(left, (_, made))| *left < -1e-9 * made) {
                return Err(DisruptError::OwnShort(self.link(k).id.clone()));
            }
        }
        left.iter_mut().flatten().for_each(|l| *l = l.max(0.0));
        let mut lanes = vec![];
        let mut specs = vec![];
        for (s, slot) in self.slots.iter().enumerate() {
            let mut from: Vec<(usize, f64)> = match slot.source {
                Source::Site(site) => vec![(pool_of_site[&site], slot.of_source())],
                Source::Market(k) => self.takes(slot, &sellers[k], &left[k], &own(k)),
            };
            from.extend(slot.beside.iter().map(|(site, amount)| (pool_of_site[site], *amount)));
            from.extend(slot.second.map(|second| (pool_of_site[&second], slot.amount * SECOND)));
            if let Some((site, worth, weeks)) = slot.substitute {
                let qualify = weeks.ceil().min(60_000.0) as u16;
                specs.push(LaneSpec {
                    slot: s as u32,
                    pool: pool_of_site[&site] as u32,
                    amount: self.sites[site].runs,
                    lead: self.terms.transit,
                    qualify,
                    class: 0,
                    worth,
                });
                let closed_by = self.events.iter().map(|e| self.spares_none(e, site, slot)).collect();
                lanes.push(Lane { slot: s, pool: pool_of_site[&site], closed_by, qualify });
            }
            let qualify = self.wait(slot).ceil().min(60_000.0) as u16;
            for (pool, amount) in from {
                specs.push(LaneSpec {
                    slot: s as u32,
                    pool: pool as u32,
                    amount,
                    lead: self.terms.transit,
                    qualify,
                    class: self.order(slot, &pools[pool].0),
                    worth: 1.0,
                });
                let closed_by =
                    self.closed(slot, &pools[pool].0, pools[pool].1, cut_users.get(&slot.site).copied());
                lanes.push(Lane { slot: s, pool, closed_by, qualify });
            }
        }
        let mut demand = vec![0.0; pools.len()];
        let mut taken = vec![0.0; pools.len()];
        specs.iter().for_each(|l| taken[l.pool as usize] += l.amount);
        let mut given = vec![0.0; pools.len()];
        ports.iter().for_each(|p| given[p.pool as usize] += p.yields * self.sites[p.site as usize].runs);
        // What is made and goes to nobody named is taken by final demand: robots, the other users' own buyers, and
        // what rounding leaves.
        (0..pools.len()).for_each(|p| demand[p] = (given[p] - taken[p]).max(0.0));
        let step_in = |pool: &Pool| Some(self.waits[pool.link?]?.ceil().min(60_000.0) as u16);
        let rows = Rows {
            runs: self.sites.iter().map(|s| s.runs).collect(),
            capacity: self.sites.iter().map(|s| s.capacity.max(s.runs)).collect(),
            ramp: vec![None; self.sites.len()],
            // A run counts stock once the week's delivery is in: that week's use stands on top of the cover.
            slots: self
                .slots
                .iter()
                .map(|s| SlotSpec { site: s.site as u32, cover: s.cover + 1.0 })
                .collect(),
            lanes: specs,
            ports,
            pools: pools
                .iter()
                .enumerate()
                .map(|(p, (pool, site))| PoolSpec {
                    demand: demand[p],
                    class: 0,
                    step_in: if site.is_none() { step_in(pool) } else { None },
                })
                .collect(),
        };
        let network = Network::new(&rows).map_err(DisruptError::Network)?;
        let hit = self.sites.iter().map(|s| self.is_hit(s)).collect();
        let users = users.iter().map(|(site, _)| (*site, pool_of_site[site])).collect();
        let mut shared: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (l, lane) in lanes.iter().enumerate().filter(|(_, l)| !self.slots[l.slot].beside.is_empty()) {
            shared.entry(lane.slot).or_default().push(l);
        }
        let shared = shared.into_values().collect();
        let (sites, slots, rate) = (self.sites, self.slots, self.rate);
        let pools = pools.into_iter().map(|p| p.0).collect();
        let wanted = self.chain.volume / WEEKS_PER_YEAR;
        Ok(Web { network, sites, slots, lanes, pools, rate, wanted, hit, shared, users })
    }

    /// What a slot takes of each pool of a market. The maker's side takes of all, or of its own suppliers if it names
    /// them, in proportion to what they make; the others take what is left.
    fn takes(&self, slot: &Slot, pools: &[(usize, f64)], left: &[f64], own: &[bool]) -> Vec<(usize, f64)> {
        let maker = matches!(self.sites[slot.site].kind, Kind::Maker | Kind::Supplier);
        let weight = |(at, (_, runs)): (usize, &(usize, f64))| match (slot.rest, maker) {
            (true, _) => left[at],
            (false, true) if !own[at] => 0.0,
            (false, _) => *runs,
        };
        let weights: Vec<f64> = pools.iter().enumerate().map(weight).collect();
        let all: f64 = weights.iter().sum();
        pools
            .iter()
            .zip(weights)
            .map(|((p, _), w)| (*p, if all > 0.0 { slot.of_source() * w / all } else { 0.0 }))
            .collect()
    }
}

fn port(site: usize, pool: usize, yields: f64) -> PortSpec<f64> {
    PortSpec { site: site as u32, pool: pool as u32, yields, drives: true, shelf: 0.0 }
}
