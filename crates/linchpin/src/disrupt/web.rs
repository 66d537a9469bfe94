//! The network that a disruption runs through: the maker, his suppliers, and the markets behind them.
//!
//! What the maker buys is followed down the bill of materials to the first market of which anybody publishes an output.
//! A part of which he names the suppliers has a requirement of its own, and each of them makes his share of it. An item whose
//! makers publish none has **suppliers** of the maker's own scale, one for each country that buys it: he
//! stands where a known lane to the maker begins, else in the buyer's country if a maker of it stands there, else where
//! most of its makers do; and a **second source**, where makers in other countries are known, who gives next to nothing
//! today and may give more once he is qualified ([`suppliers`], [`stand_in`]). A market with published outputs is a
//! **pool** into which its plants put what they make; plants of the next market, the maker's side and all **other users**
//! take out of it ([`markets`]). A market is split into as many pools as events tell its plants apart ([`rules`]). Flows are
//! those of the year, in units a week; where two markets do not fit each other, what the plants of the next one take is
//! what is left, in proportion to their output.

mod markets;
mod rules;
mod stand_in;
mod suppliers;

use super::DisruptError;
use super::event::{Effect, Event};
use super::stock::{Held, Rests, held};
use super::times::{self, Measure};
use crate::atlas::FigureId;
use crate::atlas::units::DAYS_PER_YEAR;
use crate::model::{Model, View};
use crate::stop::{Chain, Link, Own, Part};
use linchpin_kernel::Network;
use std::collections::{BTreeMap, BTreeSet};

/// Weeks in a year.
pub(super) const WEEKS_PER_YEAR: f64 = DAYS_PER_YEAR / times::WEEK;
/// Capacity of those who publish none, as a multiple of what they do: they follow what is asked of them.
const FOLLOWS: f64 = 1e4;

/// Part of a need that a second source gives today: enough to be there, too little to count.
pub(super) const SECOND: f64 = 1e-4;

/// What a site of the run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The maker of the robot.
    Maker,
    /// Who makes a part for him; nobody publishes how much.
    Supplier,
    /// Who makes something of another design that may stand in.
    Substitute,
    /// A plant of a market.
    Plant,
    /// Other users of a market.
    Users,
}

/// A site of the run.
#[derive(Debug, Clone)]
pub(super) struct Site {
    pub(super) kind: Kind,
    /// Id of what it is called by: a plant, or the item that it makes or uses.
    pub(super) id: String,
    /// Where it stands.
    pub(super) country: String,
    /// Market that it sells in, and which of its plants it is or is one of.
    pub(super) link: Option<usize>,
    pub(super) plants: Vec<usize>,
    /// Whether the maker names it, so that it is known where it stands.
    pub(super) named: bool,
    runs: f64,
    capacity: f64,
}

/// A requirement of a site.
#[derive(Debug, Clone)]
pub(super) struct Slot {
    pub(super) site: usize,
    /// The item, or the market it is bought in.
    pub(super) input: String,
    pub(super) stage: &'static str,
    /// Market, if its outputs are published.
    pub(super) link: Option<usize>,
    /// Cover in weeks.
    pub(super) cover: f64,
    /// What it rests on.
    pub(super) rests: Rests,
    amount: f64,
    /// Who gives what those beside him do not.
    source: Source,
    /// Suppliers that are named, with what each gives.
    beside: Vec<(usize, f64)>,
    /// Who could give instead of a supplier.
    second: Option<usize>,
    /// What could stand in: who makes it, what a unit of it is worth, weeks until it is qualified.
    substitute: Option<(usize, f64, f64)>,
    /// Whether it takes what the maker's side leaves.
    rest: bool,
}

/// Where a slot buys.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Source {
    /// In a market.
    Market(usize),
    /// From a site with a pool of its own.
    Site(usize),
}

/// A pool of the run.
#[derive(Debug, Clone)]
pub(super) struct Pool {
    /// The market, if it is one.
    pub(super) link: Option<usize>,
    /// Whether its plants are hit, by event.
    pub(super) hit: Vec<bool>,
    /// Whether the maker's side buys here.
    own: bool,
    /// Country of its plants, where that is told apart.
    country: Option<String>,
}

/// A lane of the run: the slot it feeds, the pool it buys from, and the events that may close it.
#[derive(Debug, Clone)]
pub(super) struct Lane {
    pub(super) slot: usize,
    pub(super) pool: usize,
    pub(super) closed_by: Vec<bool>,
    /// Weeks until it may give more than usual.
    pub(super) qualify: u16,
}

/// What a run is built with beside the events.
pub(super) struct Terms<'t> {
    pub(super) own: &'t [Own],
    /// Markets of which the maker's side is served before everybody.
    pub(super) contracts: &'t [usize],
    /// Cover in weeks by holder (the maker if none) and item.
    pub(super) covers: &'t BTreeMap<(Option<String>, String), f64>,
    /// Weeks from shipment to receipt.
    pub(super) transit: u16,
    /// Who is served first.
    pub(super) first: First,
    /// The most that the maker will be asked for, as a multiple of the volume.
    pub(super) growth: f64,
    /// Where suppliers stand of whom nothing is published.
    pub(super) siting: Siting,
    /// Whether what is of another design may stand in.
    pub(super) substitutes: bool,
    /// Weeks of stock of an item that the maker holds on top of his cover.
    pub(super) more: Option<(&'t str, f64)>,
}

/// Who is served first in a market of which not enough is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum First {
    /// Nobody.
    Nobody,
    /// The maker's side.
    Robots,
    /// The other users.
    Others,
    /// Buyers in the seller's country.
    Home,
}

/// Where suppliers stand of whom nothing is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Siting {
    /// As said at the head of this file.
    Likely,
    /// Hit if any of the makers is.
    Worst,
    /// Hit only if all of the makers are.
    Best,
}

/// The network with what its parts mean.
pub(super) struct Web {
    pub(super) network: Network<f64>,
    pub(super) sites: Vec<Site>,
    pub(super) slots: Vec<Slot>,
    pub(super) lanes: Vec<Lane>,
    pub(super) pools: Vec<Pool>,
    /// Robots a week in equilibrium, and those of the volume asked for; the former are less beyond the wall.
    pub(super) rate: f64,
    pub(super) wanted: f64,
    /// Whether each site is hit, by event.
    pub(super) hit: Vec<Vec<bool>>,
    /// Lanes of each part that several suppliers give, who are named.
    pub(super) shared: Vec<Vec<usize>>,
    /// Final demand of other users by pool: pools whose final demand events of demand raise.
    pub(super) users: Vec<(usize, usize)>,
}

/// Where each item is traded; the same for every run of a story.
pub(super) struct Trade {
    /// Market of each item, if the chain has it.
    market: Vec<Option<usize>>,
    /// Items of each market, with what one robot needs of each.
    traded: Vec<Vec<(u32, f64)>>,
    /// Figures of how long another supplier in each market takes to be qualified, and of what its buyers hold.
    waits: Vec<Option<FigureId>>,
    usual: Vec<Option<FigureId>>,
    /// Sites from which the maker is known to buy what is no part of its own.
    named: BTreeSet<String>,
    /// Stock of the maker, by what it is held as.
    stock: BTreeMap<String, Held>,
}

impl Trade {
    pub(super) fn new(model: &Model<'_>, chain: &Chain, transit: u16) -> Trade {
        let mut market = vec![None; model.network.items.len()];
        for (k, link) in chain.links.iter().enumerate().filter(|(_, link)| !link.feed) {
            model.markets.traded(link.item).iter().for_each(|node| market[*node as usize] = Some(k));
        }
        let of = |measure| chain.links.iter().map(move |l| times::figure(model, l.stage, &l.id, measure));
        let (waits, usual) = (of(Measure::Qualification).collect(), of(Measure::Cover).collect());
        let named = suppliers::named(model, chain);
        let mut trade = Trade { market, traded: vec![], waits, usual, named, stock: BTreeMap::new() };
        trade.revalue(model, chain, transit);
        trade
    }

    /// Follows the values of a model of the same shape.
    pub(super) fn revalue(&mut self, model: &Model<'_>, chain: &Chain, transit: u16) {
        let needs = &model.flow(View::Gross).need;
        self.traded = vec![vec![]; chain.links.len()];
        for (k, link) in chain.links.iter().enumerate().filter(|(_, link)| !link.feed) {
            let traded = model.markets.traded(link.item).iter().map(|node| (*node, needs[*node as usize]));
            self.traded[k].extend(traded.filter(|(_, need)| *need > 0.0));
        }
        self.stock = held(model, chain, transit);
    }
}

impl Slot {
    /// What its source gives.
    fn of_source(&self) -> f64 {
        let beside: f64 = self.beside.iter().map(|(_, amount)| amount).sum();
        (self.amount - beside).max(0.0)
    }
}

struct Builder<'b, 'a> {
    model: &'b Model<'a>,
    chain: &'b Chain,
    events: &'b [Event],
    terms: &'b Terms<'b>,
    trade: &'b Trade,
    /// Parts of which the maker names the suppliers, by node.
    parts: BTreeMap<u32, &'b Part>,
    sites: Vec<Site>,
    slots: Vec<Slot>,
    /// Where the maker and his suppliers stand, who come before all other sites.
    countries: Vec<&'b str>,
    /// The last slot of each site for each input.
    held: BTreeMap<(usize, &'b str), usize>,
    /// The slots of each site.
    of_site: Vec<Vec<usize>>,
    /// Sites of suppliers by market, item or plant, country, and the part that a plant is named for.
    suppliers: BTreeMap<(&'b str, &'b str, Option<u32>), usize>,
    /// Needs of the plants of a market that hang nowhere: the market, what it needs, how much, from where.
    loose: Vec<(usize, usize, f64, Source)>,
    /// Suppliers whose own needs are being followed.
    building: Vec<&'b str>,
    /// Weeks that another supplier of each market takes to be qualified, and what its buyers hold.
    waits: Vec<Option<f64>>,
    usual: Vec<Held>,
    /// Robots a week.
    rate: f64,
}

impl Site {
    /// Key in tables: suppliers of one item may stand in several countries.
    pub(super) fn key(&self) -> String {
        match self.kind {
            Kind::Supplier => format!("{}@{}", self.id, self.country),
            _ => self.id.clone(),
        }
    }
}

impl Pool {
    fn of_site(link: Option<usize>, events: usize) -> Pool {
        Pool { link, hit: vec![false; events], own: true, country: None }
    }
}

/// What a node needs, by what it is bought as.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Input {
    Market(usize),
    /// A part of which the maker names the suppliers.
    Part(u32),
    Item(u32),
}

impl Web {
    pub(super) fn new(
        model: &Model<'_>,
        chain: &Chain,
        events: &[Event],
        terms: &Terms<'_>,
        trade: &Trade,
    ) -> Result<Web, DisruptError> {
        let mut builder = Builder {
            model,
            chain,
            events,
            terms,
            trade,
            parts: chain.parts.iter().filter_map(|p| Some((model.network.item(&p.id)?, p))).collect(),
            sites: vec![],
            slots: vec![],
            countries: vec![],
            held: BTreeMap::new(),
            of_site: vec![],
            suppliers: BTreeMap::new(),
            loose: vec![],
            building: vec![],
            waits: trade.waits.iter().map(|figure| times::weeks(model, *figure)).collect(),
            usual: trade.usual.iter().map(|figure| suppliers::usual(model, *figure)).collect(),
            rate: chain.volume / WEEKS_PER_YEAR,
        };
        builder.maker();
        builder.hang();
        if terms.substitutes {
            builder.substitute();
        }
        builder.finish()
    }
}

impl Web {
    /// The pool of a maker, a supplier or a substitute.
    pub(super) fn own_pool(&self, site: usize) -> Option<usize> {
        self.network.ports_of(site).next().map(|port| self.network.pool_of(port))
    }

    /// Whether an event reaches anybody but other users.
    pub(super) fn feels(&self, event: usize) -> bool {
        let hit = self.hit.iter().any(|h| h[event]);
        hit || self
            .lanes
            .iter()
            .any(|l| l.closed_by[event] && self.sites[self.slots[l.slot].site].kind != Kind::Users)
    }

    /// Whether an event hits whoever sells over a lane.
    pub(super) fn comes_from(&self, event: &Event, lane: &Lane) -> bool {
        let pool = &self.pools[lane.pool];
        let at_pool = pool.link.is_some_and(|k| {
            let plants = self.network.members_of(lane.pool);
            plants
                .iter()
                .map(|p| &self.sites[self.network.site_of(*p)])
                .any(|s| s.link == Some(k) && s.plants.iter().any(|i| event.loss.hits(k, *i)))
        });
        at_pool && (event.request.effect == Effect::Output || lane.closed_by.iter().any(|c| *c))
    }

    /// Whether an event of demand names the market of these users.
    pub(super) fn asks(&self, event: &Event, site: usize) -> bool {
        self.sites[site].link.is_some_and(|k| event.loss.reaches(k))
    }

    /// Whether a site will be cut off, or lose a supplier, by an event.
    pub(super) fn will_lack(&self, event: &Event, site: usize) -> bool {
        let slots = self.slots.iter().enumerate().filter(|(_, s)| s.site == site).map(|(s, _)| s);
        let slots: BTreeSet<usize> = slots.collect();
        self.lanes.iter().any(|l| slots.contains(&l.slot) && self.comes_from(event, l))
    }
}

impl<'b> Builder<'b, '_> {
    fn link(&self, k: usize) -> &'b Link {
        &self.chain.links[k]
    }
}
