//! The network that a disruption runs through: the maker, his suppliers, and the markets behind them.
//!
//! What the maker buys is followed down the bill of materials to the first market of which anybody publishes an output.
//! An item whose makers publish none has **suppliers** of the maker's own scale, one for each country that buys it: he
//! stands where a known lane to the maker begins, else in the buyer's country if a maker of it stands there, else where
//! most of its makers do; and a **second source**, where makers in other countries are known, who gives next to nothing
//! today and may give more once he is qualified. A
//! market with published outputs is a **pool** into which its plants put what they make; plants of the next market, the
//! maker's side and all **other users** take out of it. A market is split into as many pools as events tell its plants
//! apart. Flows are those of the year, in units a week; where two markets do not fit each other, what the plants of the
//! next one take is what is left, in proportion to their output.

use super::DisruptError;
use super::event::{Effect, Event};
use super::times::{self, Measure};
use crate::atlas::FigureId;
use crate::atlas::units::DAYS_PER_YEAR;
use crate::model::{Model, View};
use crate::network::Role;
use crate::network::baseline::market_of;
use crate::stop::{Chain, Link, Own};
use linchpin_kernel::{LaneSpec, Network, PoolSpec, PortSpec, Rows, SlotSpec};
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
    /// Cover in weeks, and the figure it is from; none if it was given.
    pub(super) cover: f64,
    pub(super) figure: Option<FigureId>,
    amount: f64,
    source: Source,
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
    /// Final demand of other users by pool: pools whose final demand events of demand raise.
    pub(super) users: Vec<(usize, usize)>,
}

/// Where each item is traded; the same for every run of a story.
pub(super) struct Trade {
    /// Market of each item, if the chain has it.
    market: Vec<Option<usize>>,
    /// Items of each market, with what one robot needs of each.
    traded: Vec<Vec<(u32, f64)>>,
}

impl Trade {
    pub(super) fn new(model: &Model<'_>, chain: &Chain) -> Trade {
        let needs = &model.flow(View::Gross).need;
        let links: BTreeMap<&str, usize> =
            chain.links.iter().enumerate().map(|(k, l)| (l.id.as_str(), k)).collect();
        let of = |id: &String| links.get(market_of(model.atlas, id)).copied();
        let market: Vec<Option<usize>> = model.network.items.iter().map(of).collect();
        let mut traded = vec![vec![]; chain.links.len()];
        for (node, k) in (0u32..).zip(&market) {
            let need = needs[node as usize];
            k.filter(|_| need > 0.0).into_iter().for_each(|k| traded[k].push((node, need)));
        }
        Trade { market, traded }
    }
}

struct Builder<'b, 'a> {
    model: &'b Model<'a>,
    chain: &'b Chain,
    events: &'b [Event],
    terms: &'b Terms<'b>,
    trade: &'b Trade,
    sites: Vec<Site>,
    slots: Vec<Slot>,
    /// Sites of suppliers by market or item, and country.
    suppliers: BTreeMap<(String, String), usize>,
    /// Suppliers whose own needs are being followed.
    building: Vec<String>,
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

/// Something of another design that may stand in.
struct StandIn {
    item: String,
    replaces: String,
    /// Units of what it replaces that one of it is worth.
    worth: f64,
    weeks: f64,
}

/// What a node needs, by what it is bought as.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Input {
    Market(usize),
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
            sites: vec![],
            slots: vec![],
            suppliers: BTreeMap::new(),
            building: vec![],
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

impl Builder<'_, '_> {
    fn link(&self, k: usize) -> &Link {
        &self.chain.links[k]
    }

    /// What some amounts of items are made from, made items opened.
    fn inputs(&self, nodes: &[(u32, f64)]) -> BTreeMap<Input, f64> {
        let network = self.model.network;
        let mut found = BTreeMap::new();
        let mut open: Vec<(u32, f64)> = nodes.to_vec();
        while let Some((node, need)) = open.pop() {
            for (l, line) in network.out_of(node).filter(|(l, _)| network.swept[*l]) {
                let need = need * self.model.coefficient(View::Gross, l);
                if need <= 0.0 {
                    continue;
                }
                let is_bought = || {
                    let recipe = network.recipes.get(line.recipe as usize);
                    recipe.and_then(|r| r.inputs.get(line.input as usize)).is_some_and(|i| i.bought)
                };
                match self.trade.market.get(line.child as usize).copied().flatten() {
                    Some(k) => *found.entry(Input::Market(k)).or_insert(0.0) += need,
                    None if is_bought() => *found.entry(Input::Item(line.child)).or_insert(0.0) += need,
                    None => open.push((line.child, need)),
                }
            }
        }
        found
    }

    fn maker(&mut self) {
        let product = &self.model.product;
        let own = self.chain.find(&product.item);
        let assembly = |k: usize| {
            let plants = self.chain.links[k].plants.iter().enumerate();
            plants.filter(|(_, p)| self.chain.assembly.contains(&p.site)).map(|(i, _)| i).collect()
        };
        self.sites.push(Site {
            kind: Kind::Maker,
            id: product.item.clone(),
            country: self.chain.home.clone(),
            link: own,
            plants: own.map(assembly).unwrap_or_default(),
            runs: self.rate,
            capacity: self.rate * self.terms.growth,
        });
        let inputs = self.inputs(&[(product.node, 1.0)]);
        self.buy(0, inputs, self.rate);
    }

    /// Slots of a site for what it needs, `scale` times.
    fn buy(&mut self, site: usize, inputs: BTreeMap<Input, f64>, scale: f64) {
        for (input, need) in inputs {
            let amount = need * scale;
            match input {
                Input::Market(k) if self.link(k).is_known() => self.slot(site, k, amount, Source::Market(k)),
                Input::Market(k) => {
                    let Some(supplier) = self.supplier_in(k, amount, site) else { continue };
                    self.slot(site, k, amount, Source::Site(supplier));
                    let slot = self.slots.len() - 1;
                    self.slots[slot].second = self.second_in(k, amount * SECOND, supplier);
                }
                Input::Item(node) => {
                    let Some(supplier) = self.supplier_of(node, amount, site) else { continue };
                    let id = self.model.network.name(node).to_owned();
                    let stage = self.stage(node);
                    let slot = self.slot_of(site, id, stage, None, amount, Source::Site(supplier));
                    self.slots.push(slot);
                }
            }
        }
    }

    fn slot(&mut self, site: usize, k: usize, amount: f64, source: Source) {
        let (id, stage) = (self.link(k).id.clone(), self.link(k).stage);
        let slot = self.slot_of(site, id, stage, Some(k), amount, source);
        self.slots.push(slot);
    }

    fn slot_of(
        &self,
        site: usize,
        input: String,
        stage: &'static str,
        link: Option<usize>,
        amount: f64,
        source: Source,
    ) -> Slot {
        let holder = &self.sites[site];
        let by = (holder.kind != Kind::Maker).then(|| holder.id.clone());
        let figure = times::figure(self.model, stage, &input, Measure::Cover);
        let given = self.terms.covers.get(&(by, input.clone())).copied();
        let cover = given.or_else(|| times::weeks(self.model, figure)).unwrap_or(0.0);
        Slot {
            site,
            input,
            stage,
            link,
            cover,
            figure: figure.filter(|_| given.is_none()),
            amount,
            source,
            second: None,
            substitute: None,
            rest: false,
        }
    }

    fn stage(&self, node: u32) -> &'static str {
        let stage = self.model.item_text(node, "stage").unwrap_or_default();
        crate::explode::STAGES.iter().find(|s| **s == stage).copied().unwrap_or("component")
    }

    /// Who makes an item that no market of the chain covers; `None` if nothing of it could run short.
    fn supplier_of(&mut self, node: u32, amount: f64, buyer: usize) -> Option<usize> {
        let id = self.model.network.name(node).to_owned();
        let inputs = self.inputs(&[(node, 1.0)]);
        if inputs.is_empty() {
            return None;
        }
        let country = self.sites[buyer].country.clone();
        self.supplier(id, country, None, vec![], inputs, amount)
    }

    /// Who makes the same in another country, if anybody is known to.
    fn second_in(&mut self, k: usize, amount: f64, first: usize) -> Option<usize> {
        let link = self.link(k);
        let country = &self.sites[first].country;
        let others: Vec<usize> =
            (0..link.plants.len()).filter(|i| link.plants[*i].country != *country).collect();
        let home = others.iter().copied().find(|i| link.plants[*i].country == self.chain.home);
        let country = match home {
            Some(i) => Some(link.plants[i].country.clone()),
            None => most(others.iter().map(|i| link.plants[*i].country.as_str())).map(str::to_owned),
        }?;
        let plants = others.into_iter().filter(|i| link.plants[*i].country == country).collect();
        let id = link.id.clone();
        let inputs = self.inputs_of(k);
        self.supplier(id, country, Some(k), plants, inputs, amount)
    }

    /// What a unit of what is bought in a market is made from.
    fn inputs_of(&self, k: usize) -> BTreeMap<Input, f64> {
        let traded = &self.trade.traded[k];
        let all: f64 = traded.iter().map(|(_, need)| need).sum();
        let shares: Vec<(u32, f64)> = traded.iter().map(|(n, need)| (*n, need / all)).collect();
        let mut inputs = self.inputs(&shares);
        inputs.remove(&Input::Market(k));
        inputs
    }

    /// Who makes for the maker what is bought in a market of which nobody publishes an output.
    fn supplier_in(&mut self, k: usize, amount: f64, buyer: usize) -> Option<usize> {
        let inputs = self.inputs_of(k);
        let plants = self.makers(k, buyer);
        let link = self.link(k);
        let country = match plants.first() {
            Some(p) => link.plants[*p].country.clone(),
            None => self.sites[buyer].country.clone(),
        };
        let id = link.id.clone();
        self.supplier(id, country, Some(k), plants, inputs, amount)
    }

    #[allow(clippy::too_many_arguments)]
    fn supplier(
        &mut self,
        id: String,
        country: String,
        link: Option<usize>,
        plants: Vec<usize>,
        inputs: BTreeMap<Input, f64>,
        amount: f64,
    ) -> Option<usize> {
        if self.building.contains(&id) {
            // Markets that need each other: what comes back to where the walk began is left out.
            return None;
        }
        if let Some(&site) = self.suppliers.get(&(id.clone(), country.clone())) {
            // Asked by somebody more: he and those behind him make more.
            self.enlarge(site, amount);
            return Some(site);
        }
        let site = self.sites.len();
        self.suppliers.insert((id.clone(), country.clone()), site);
        self.building.push(id.clone());
        let kind = Kind::Supplier;
        self.sites.push(Site { kind, id, country, link, plants, runs: amount, capacity: amount * FOLLOWS });
        self.buy(site, inputs, amount);
        self.building.pop();
        Some(site)
    }

    fn enlarge(&mut self, site: usize, by: f64) {
        let before = self.sites[site].runs;
        self.sites[site].runs += by;
        self.sites[site].capacity = self.sites[site].runs * FOLLOWS;
        let own: Vec<usize> = (0..self.slots.len()).filter(|s| self.slots[*s].site == site).collect();
        for s in own {
            let more = if before > 0.0 { self.slots[s].amount * by / before } else { 0.0 };
            self.slots[s].amount += more;
            if let Source::Site(supplier) = self.slots[s].source {
                self.enlarge(supplier, more);
            }
            if let Some(second) = self.slots[s].second {
                self.enlarge(second, more * SECOND);
            }
        }
    }

    /// The plants that stand for a supplier of whom nothing is published.
    fn makers(&self, k: usize, buyer: usize) -> Vec<usize> {
        let link = self.link(k);
        let all = || (0..link.plants.len()).collect::<Vec<usize>>();
        if let Some(own) = self.terms.own.iter().find(|o| o.market == link.id) {
            return all().into_iter().filter(|i| own.from.hits(&link.plants[*i], link)).collect();
        }
        let lanes = self.model.atlas.sheet("lanes");
        let named: BTreeSet<&str> = lanes
            .rows
            .iter()
            .filter(|r| self.chain.assembly.contains(lanes.text(r, "to_site")))
            .map(|r| lanes.text(r, "from_site"))
            .collect();
        let of = |keep: &dyn Fn(usize) -> bool| all().into_iter().filter(|i| keep(*i)).collect::<Vec<_>>();
        let by_lane = of(&|i| named.contains(link.plants[i].site.as_str()));
        if self.sites[buyer].kind == Kind::Maker && !by_lane.is_empty() {
            return by_lane;
        }
        let at_home = of(&|i| link.plants[i].country == self.sites[buyer].country);
        if !at_home.is_empty() {
            return at_home;
        }
        let most = most(link.plants.iter().map(|p| p.country.as_str()));
        of(&|i| Some(link.plants[i].country.as_str()) == most)
    }

    /// Gives every slot of the maker's side whose item has a substitute with known makers the one that is qualified first.
    fn substitute(&mut self) {
        for s in 0..self.slots.len() {
            let (holder, link, amount) = (self.slots[s].site, self.slots[s].link, self.slots[s].amount);
            let holder = self.sites.get(holder).map(|site| site.kind);
            let (Some(Kind::Maker | Kind::Supplier), Some(k)) = (holder, link) else { continue };
            let used = self.bought_in(self.slots[s].site, k);
            let all: Vec<StandIn> =
                used.iter().flat_map(|n| self.stand_ins(self.model.network.name(*n))).collect();
            let first =
                all.into_iter().min_by(|a, b| a.weeks.total_cmp(&b.weeks).then_with(|| a.item.cmp(&b.item)));
            let Some(StandIn { item, replaces, worth, weeks }) = first else { continue };
            let runs = amount * SECOND / worth;
            let site = self.sites.len();
            self.slots[s].substitute = Some((site, worth, weeks));
            self.sites.push(Site {
                kind: Kind::Substitute,
                id: format!("{replaces}:{item}"),
                country: String::new(),
                link: None,
                plants: vec![],
                runs,
                capacity: runs * FOLLOWS,
            });
        }
    }

    /// Items of a market that go into what a maker or a supplier makes.
    fn bought_in(&self, site: usize, k: usize) -> BTreeSet<u32> {
        let site = &self.sites[site];
        let mut open: Vec<u32> = match (site.kind, site.link) {
            (Kind::Maker, _) => vec![self.model.product.node],
            (_, Some(own)) => self.trade.traded[own].iter().map(|(n, _)| *n).collect(),
            (_, None) => self.model.network.item(&site.id).into_iter().collect(),
        };
        let mut found = BTreeSet::new();
        while let Some(node) = open.pop() {
            for (l, line) in self.model.network.out_of(node).filter(|(l, _)| self.model.network.swept[*l]) {
                if self.model.coefficient(View::Gross, l) <= 0.0 {
                    continue;
                }
                match self.trade.market.get(line.child as usize).copied().flatten() {
                    Some(m) if m == k => {
                        found.insert(line.child);
                    }
                    Some(_) => {}
                    None => open.push(line.child),
                }
            }
        }
        found
    }

    /// What could stand in for an item, sold in another market by makers that are known.
    fn stand_ins(&self, replaces: &str) -> Vec<StandIn> {
        let sheet = self.model.atlas.sheet("substitutions");
        let market = market_of(self.model.atlas, replaces).to_owned();
        let rows = sheet.rows.iter().filter(|r| sheet.text(r, "replaces") == replaces);
        let items: BTreeSet<&str> = rows.map(|r| sheet.text(r, "item")).collect();
        let figure = |item: &str, measure: &str| {
            self.model.atlas.figures.find(&format!("substitutions/{item}/{replaces}/{measure}"))
        };
        let stand_in = |item: &&str| {
            let sold = market_of(self.model.atlas, item);
            let weeks = times::weeks(self.model, figure(item, "qualification"))?;
            let known = self.model.atlas.sheet("sites");
            let makers =
                known.rows.iter().any(|r| market_of(self.model.atlas, known.text(r, "item")) == sold);
            // What is counted by the kilogram needs more of what is heavier for the same work.
            let node = self.model.network.item(replaces)?;
            let by_mass = self.model.unit_of(node) == linchpin_table::Unit::Kg;
            let mass = figure(item, "mass").and_then(|f| self.model.values.get(f)).filter(|_| by_mass);
            let worth = 1.0 / mass.unwrap_or(1.0);
            (sold != market && makers).then(|| StandIn {
                item: (*item).to_owned(),
                replaces: replaces.to_owned(),
                worth,
                weeks,
            })
        };
        items.iter().filter_map(stand_in).collect()
    }

    /// Other markets that the plants of a known market need and that hang nowhere: those beneath them that the maker's
    /// side does not reach.
    fn hang(&mut self) {
        let mut reached: BTreeSet<usize> = self.slots.iter().filter_map(|s| s.link).collect();
        for j in (0..self.chain.links.len()).rev() {
            let link = self.link(j);
            if !link.is_known() || link.feed {
                continue;
            }
            let traded = &self.trade.traded[j];
            let all: f64 = traded.iter().map(|(_, need)| need).sum();
            if all <= 0.0 {
                continue;
            }
            let shares: Vec<(u32, f64)> = traded.iter().map(|(n, need)| (*n, need / all)).collect();
            let scale = link.takes * self.rate;
            let beneath = self.inputs(&shares);
            let loose = beneath.into_iter().filter_map(|(input, need)| match input {
                Input::Market(m) if self.link(m).is_direct() && !reached.contains(&m) => Some((m, need)),
                _ => None,
            });
            for (m, need) in loose.collect::<Vec<_>>() {
                reached.insert(m);
                // At the scale of what robots take of it: a slot counts in parts of its need.
                let amount = need * scale;
                let source = match self.link(m).is_known() {
                    true => Source::Market(m),
                    false => match self.supplier_in(m, amount, 0) {
                        Some(site) => Source::Site(site),
                        None => continue,
                    },
                };
                // The plants come later; the market's number stands for them.
                let (id, stage) = (self.link(m).id.clone(), self.link(m).stage);
                self.slots.push(Slot { site: usize::MAX - j, ..self.loose(id, stage, m, amount, source) });
            }
            reached.extend(self.slots.iter().filter_map(|s| s.link));
        }
    }

    fn loose(&self, input: String, stage: &'static str, m: usize, amount: f64, source: Source) -> Slot {
        let figure = times::figure(self.model, stage, &input, Measure::Cover);
        let cover = times::weeks(self.model, figure).unwrap_or(0.0);
        Slot {
            site: 0,
            input,
            stage,
            link: Some(m),
            cover,
            figure,
            amount,
            source,
            second: None,
            substitute: None,
            rest: false,
        }
    }

    /// What tells the plants of a market apart: the events that hit them, whether they are own suppliers, and, if
    /// buyers at home come first, their country.
    fn class(&self, k: usize, plant: usize) -> (Vec<bool>, bool, Option<String>) {
        let link = self.link(k);
        let hit = self.events.iter().map(|e| e.request.effect == Effect::Exports && e.loss.hit[k][plant]);
        let own = self.terms.own.iter().find(|o| o.market == link.id);
        let is_own = own.is_none_or(|o| o.from.hits(&link.plants[plant], link));
        let country = (self.terms.first == First::Home).then(|| link.plants[plant].country.clone());
        (hit.collect(), is_own, country)
    }

    fn finish(mut self) -> Result<Web, DisruptError> {
        let links = self.chain.links.len();
        // What the maker's side takes of each market.
        let mut direct = vec![0.0; links];
        for slot in &self.slots {
            if let Source::Market(m) = slot.source {
                direct[m] += slot.amount;
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
            self.slots.iter_mut().for_each(|s| s.amount *= scale);
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
        // Plants, by site: a mine that feeds several markets is one.
        let mut plant_sites: BTreeMap<(bool, String), usize> = BTreeMap::new();
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
            let mut by_class: BTreeMap<(Vec<bool>, bool, Option<String>), usize> = BTreeMap::new();
            for (i, plant) in link.plants.iter().enumerate().filter(|(_, p)| p.made > 0.0) {
                let extra = if spare > 0.0 { more * weekly(plant.spare) / spare } else { 0.0 };
                let runs = weekly(plant.made) + extra;
                let room = (weekly(plant.made + plant.spare)).max(runs) / runs;
                let key = (link.feed, if link.feed { plant.site.clone() } else { format!("{k}/{i}") });
                let site = match plant_sites.get(&key) {
                    Some(site) => *site,
                    None => {
                        let site = self.sites.len();
                        self.sites.push(Site {
                            kind: Kind::Plant,
                            id: plant.site.clone(),
                            country: plant.country.clone(),
                            link: Some(k),
                            plants: vec![i],
                            runs: 1.0,
                            capacity: room,
                        });
                        plant_sites.insert(key, site);
                        site
                    }
                };
                let class = self.class(k, i);
                let pool = *by_class.entry(class.clone()).or_insert_with(|| {
                    let (hit, own, country) = class.clone();
                    pools.push((Pool { link: Some(k), hit, own, country }, None));
                    sellers[k].push((pools.len() - 1, 0.0));
                    pools.len() - 1
                });
                ports.push(port(site, pool, runs));
                sellers[k].iter_mut().filter(|s| s.0 == pool).for_each(|s| s.1 += runs);
                plants_of[k].push((site, runs));
            }
        }
        let total = |k: usize| sellers[k].iter().map(|s| s.1).sum::<f64>();
        // Plants of the next market take what the maker's side leaves.
        let mut slots: Vec<Slot> = vec![];
        for slot in std::mem::take(&mut self.slots) {
            if slot.site < usize::MAX - links {
                slots.push(slot);
                continue;
            }
            let j = usize::MAX - slot.site;
            let all = total(j);
            for (site, runs) in &plants_of[j] {
                slots.push(Slot { site: *site, amount: slot.amount * runs / all, ..slot.clone() });
            }
        }
        let mut hung: BTreeSet<(usize, usize)> = BTreeSet::new();
        for k in (0..links).filter(|k| !sellers[*k].is_empty()) {
            let Some(j) = self.chain.links[k].next.filter(|j| !plants_of[*j].is_empty()) else { continue };
            let rest = (total(k) - direct[k]).max(0.0);
            let all = total(j);
            for (site, runs) in &plants_of[j] {
                let (id, stage) = (self.chain.links[k].id.clone(), self.chain.links[k].stage);
                let mut slot = self.loose(id, stage, k, rest * runs / all, Source::Market(k));
                (slot.site, slot.rest) = (*site, true);
                let by = Some(self.sites[*site].id.clone());
                if let Some(given) = self.terms.covers.get(&(by, slot.input.clone())) {
                    (slot.cover, slot.figure) = (*given, None);
                }
                slots.push(slot);
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
                    runs: amount,
                    capacity: amount * FOLLOWS,
                });
                users.push((site, class));
                pools.push((Pool::of_site(Some(k), events), Some(site)));
                ports.push(port(site, pools.len() - 1, 1.0));
                let (id, stage) = (link.id.clone(), link.stage);
                let mut slot = self.loose(id, stage, k, amount, Source::Market(k));
                (slot.site, slot.rest) = (site, true);
                slots.push(slot);
            }
        }
        self.slots = slots;
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
            let from: Vec<(usize, f64)> = match slot.source {
                Source::Site(site) => match slot.second {
                    Some(second) => vec![
                        (pool_of_site[&site], slot.amount),
                        (pool_of_site[&second], slot.amount * SECOND),
                    ],
                    None => vec![(pool_of_site[&site], slot.amount)],
                },
                Source::Market(k) => self.takes(slot, &sellers[k], &left[k], &own(k)),
            };
            if let Some((site, worth, weeks)) = slot.substitute {
                specs.push(LaneSpec {
                    slot: s as u32,
                    pool: pool_of_site[&site] as u32,
                    amount: self.sites[site].runs,
                    lead: self.terms.transit,
                    qualify: weeks.ceil().min(60_000.0) as u16,
                    class: 0,
                    worth,
                });
                let closed_by = self.events.iter().map(|e| self.spares_none(e, site, slot)).collect();
                lanes.push(Lane { slot: s, pool: pool_of_site[&site], closed_by });
            }
            for (pool, amount) in from {
                let wait = times::figure(self.model, slot.stage, &slot.input, Measure::Qualification);
                let wait = times::weeks(self.model, wait).unwrap_or(0.0);
                specs.push(LaneSpec {
                    slot: s as u32,
                    pool: pool as u32,
                    amount,
                    lead: self.terms.transit,
                    qualify: wait.ceil().min(60_000.0) as u16,
                    class: self.order(slot, &pools[pool].0),
                    worth: 1.0,
                });
                let closed_by =
                    self.closed(slot, &pools[pool].0, pools[pool].1, cut_users.get(&slot.site).copied());
                lanes.push(Lane { slot: s, pool, closed_by });
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
        let step_in = |pool: &Pool| {
            let link = &self.chain.links[pool.link?];
            let wait = times::figure(self.model, link.stage, &link.id, Measure::Qualification);
            Some(times::weeks(self.model, wait)?.ceil().min(60_000.0) as u16)
        };
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
        let (sites, slots, rate) = (self.sites, self.slots, self.rate);
        let pools = pools.into_iter().map(|p| p.0).collect();
        let wanted = self.chain.volume / WEEKS_PER_YEAR;
        Ok(Web { network, sites, slots, lanes, pools, rate, wanted, hit, users })
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
            .map(|((p, _), w)| (*p, if all > 0.0 { slot.amount * w / all } else { 0.0 }))
            .collect()
    }

    /// Whether plants that give a by-product lose their hosts: all plants of the host that stand in their country are hit.
    fn host_lost(&self, e: &Event, k: usize, plant: usize) -> bool {
        let network = self.model.network;
        let makers = network.makers(self.link(k).item, Role::Byproduct);
        let hosts = makers.filter_map(|(recipe, _)| {
            let main = recipe.outputs.iter().find(|o| o.role == Role::Main)?;
            self.trade.market.get(main.item as usize).copied().flatten()
        });
        let country = &self.link(k).plants[plant].country;
        let lost = |h: usize| {
            let there = self.link(h).plants.iter().zip(&e.loss.hit[h]).filter(|(p, _)| p.country == *country);
            let mut hits = there.map(|(_, hit)| *hit).peekable();
            hits.peek().is_some() && hits.all(|hit| hit)
        };
        let mut hosts = hosts.peekable();
        hosts.peek().is_some() && hosts.all(lost)
    }

    /// Whether a site is hit where it makes, by event.
    fn is_hit(&self, site: &Site) -> Vec<bool> {
        let hit = |e: &Event| {
            let makes = matches!(e.request.effect, Effect::Output | Effect::Equipment);
            let Some(k) = site.link.filter(|_| makes) else { return false };
            match site.kind {
                Kind::Users | Kind::Substitute => false,
                Kind::Plant => site.plants.iter().any(|i| e.loss.hit[k][*i] || self.host_lost(e, k, *i)),
                Kind::Maker | Kind::Supplier => self.supplier_hit(site, k, e),
            }
        };
        self.events.iter().map(hit).collect()
    }

    fn supplier_hit(&self, site: &Site, k: usize, e: &Event) -> bool {
        let hits = &e.loss.hit[k];
        match self.terms.siting {
            Siting::Likely => !site.plants.is_empty() && site.plants.iter().all(|i| hits[*i]),
            Siting::Worst => hits.iter().any(|h| *h),
            Siting::Best => !hits.is_empty() && hits.iter().all(|h| *h),
        }
    }

    /// Whether an event leaves no maker of a substitute from whom this slot may buy.
    fn spares_none(&self, e: &Event, site: usize, slot: &Slot) -> bool {
        let Some((_, item)) = self.sites[site].id.split_once(':') else { return false };
        let (left, _) = e.selector.spared(self.model.atlas, market_of(self.model.atlas, item));
        let reaches = match e.request.effect {
            Effect::Output => true,
            Effect::Exports => self.cuts(e, &self.sites[slot.site]),
            Effect::Demand | Effect::Equipment => false,
        };
        left == 0 && reaches
    }

    /// Events that may close a lane: those that hit who sells and cut off who buys, and rules on content.
    fn closed(
        &self,
        slot: &Slot,
        pool: &Pool,
        seller: Option<usize>,
        users: Option<&Vec<bool>>,
    ) -> Vec<bool> {
        let buyer = &self.sites[slot.site];
        let closes = |(at, e): (usize, &Event)| {
            if e.request.effect != Effect::Exports {
                return false;
            }
            let cut = match (users, buyer.kind, buyer.link) {
                (Some(cut), ..) => cut[at],
                (None, Kind::Plant, Some(k)) => e.loss.cuts_plant(k, &buyer.country),
                _ => self.cuts(e, buyer),
            };
            let seller_hit = match seller.map(|s| &self.sites[s]) {
                None => pool.hit[at],
                Some(site) => site.link.is_some_and(|k| self.supplier_hit(site, k, e)),
            };
            // What is made where the rule points crosses no border.
            let abroad = seller.is_some_and(|s| !e.loss.cuts(&self.sites[s].country));
            cut && (seller_hit || abroad && seller.is_some_and(|s| self.holds(e, s)))
        };
        self.events.iter().enumerate().map(closes).collect()
    }

    /// Whether a buyer on the maker's side is cut off.
    fn cuts(&self, e: &Event, buyer: &Site) -> bool {
        match self.terms.siting {
            Siting::Likely => e.loss.cuts(&buyer.country),
            _ if buyer.kind == Kind::Maker => e.loss.cuts(&buyer.country),
            Siting::Worst => {
                let Some(k) = buyer.link else { return e.loss.cuts(&buyer.country) };
                self.link(k).plants.iter().any(|p| e.loss.cuts(&p.country))
            }
            Siting::Best => {
                let Some(k) = buyer.link else { return e.loss.cuts(&buyer.country) };
                self.link(k).plants.iter().all(|p| e.loss.cuts(&p.country))
            }
        }
    }

    /// Whether what a supplier sells holds so much of what is hit that a rule on content closes the lane from him.
    fn holds(&self, e: &Event, site: usize) -> bool {
        let Some(least) = e.request.reach.de_minimis else { return false };
        let mut content = 0.0;
        let mut open = vec![(site, 1.0)];
        let worth = |k: usize| Some(self.link(k).worth? / self.link(k).takes);
        while let Some((site, part)) = open.pop() {
            for inner in self.slots.iter().filter(|s| s.site == site) {
                let amount = inner.amount / self.sites[site].runs * part;
                match inner.source {
                    Source::Site(next) => open.push((next, amount)),
                    Source::Market(k) => {
                        let made = self.chain.made(k);
                        let hit: f64 = self
                            .link(k)
                            .plants
                            .iter()
                            .zip(&e.loss.hit[k])
                            .filter(|(_, h)| **h)
                            .map(|(p, _)| p.made)
                            .sum();
                        if hit > 0.0 {
                            // Where a price is unknown it is taken to hold enough.
                            let Some(price) = worth(k) else { return true };
                            content += price * amount * hit / made;
                        }
                    }
                }
            }
        }
        let price = self.sites[site].link.and_then(worth);
        match price {
            Some(price) => content > 0.0 && content >= least * price,
            None => content > 0.0,
        }
    }

    /// Class of a lane: who is served first.
    fn order(&self, slot: &Slot, pool: &Pool) -> u8 {
        let robots = matches!(self.sites[slot.site].kind, Kind::Maker | Kind::Supplier);
        if robots && slot.link.is_some_and(|k| self.terms.contracts.contains(&k)) {
            return 0;
        }
        // Contracts come before everything else.
        let contracts = u8::from(!self.terms.contracts.is_empty());
        contracts
            + match self.terms.first {
                First::Nobody => 0,
                First::Robots => u8::from(!robots),
                First::Others => u8::from(robots),
                First::Home => {
                    u8::from(pool.country.as_deref() != Some(self.sites[slot.site].country.as_str()))
                }
            }
    }
}

/// The country that stands most often, the first of equals.
fn most<'c>(countries: impl Iterator<Item = &'c str>) -> Option<&'c str> {
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    countries.for_each(|c| *count.entry(c).or_default() += 1);
    count.into_iter().map(|(c, n)| (n, c)).reduce(|a, b| if b.0 > a.0 { b } else { a }).map(|m| m.1)
}

fn port(site: usize, pool: usize, yields: f64) -> PortSpec<f64> {
    PortSpec { site: site as u32, pool: pool as u32, yields, drives: true, shelf: 0.0 }
}

impl Web {
    /// The pool of a maker, a supplier or a substitute.
    pub(super) fn pools_of(&self, site: usize) -> Option<usize> {
        self.network.ports_of(site).next().map(|port| self.network.pool_of(port))
    }

    /// Whether an event hits whoever sells over a lane.
    pub(super) fn comes_from(&self, event: &Event, lane: &Lane) -> bool {
        let pool = &self.pools[lane.pool];
        let at_pool = pool.link.is_some_and(|k| {
            let plants = self.network.members_of(lane.pool);
            plants
                .iter()
                .map(|p| &self.sites[self.network.site_of(*p)])
                .any(|s| s.link == Some(k) && s.plants.iter().any(|i| event.loss.hit[k][*i]))
        });
        at_pool && (event.request.effect == Effect::Output || lane.closed_by.iter().any(|c| *c))
    }

    /// Whether an event of demand names the market of these users.
    pub(super) fn asks(&self, event: &Event, site: usize) -> bool {
        self.sites[site].link.is_some_and(|k| event.loss.hit[k].iter().any(|h| *h))
    }

    /// Whether a site will be cut off, or lose a supplier, by an event.
    pub(super) fn will_lack(&self, event: &Event, site: usize) -> bool {
        let slots = self.slots.iter().enumerate().filter(|(_, s)| s.site == site).map(|(s, _)| s);
        let slots: BTreeSet<usize> = slots.collect();
        self.lanes.iter().any(|l| slots.contains(&l.slot) && self.comes_from(event, l))
    }
}
