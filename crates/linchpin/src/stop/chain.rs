//! The markets behind one product as a chain: who puts in, how much a robot takes, and where the rest is used.
//!
//! A market hangs on the **next** one down the chain whose output is known and through which more than half of the
//! robot's own need of it passes: what a market puts out is used where the plants of the next stage stand. Steps
//! without known plants in between (a rotor, a motor) are passed through. Oxides hang on what the mines give: a
//! **feed** for each joint output, the oxide that the mined concentrates hold.

use super::once::Once;
use crate::atlas::{Atlas, Expr};
use crate::explode::stage_rank;
use crate::model::{Model, Quantity, View};
use crate::network::baseline::{Pool, SiteFlow, is_of_need};
use crate::network::{Baseline, Role};
use linchpin_table::Unit;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// A plant as a market sees it.
#[derive(Debug, Clone)]
pub struct Plant {
    /// Site id.
    pub site: String,
    /// Country it stands in.
    pub country: String,
    /// Its company and that company's owners, the nearest first; empty for the rest of a country.
    pub owners: Vec<String>,
    /// Item that it sells.
    pub item: String,
    /// Output a year, if published.
    pub output: Option<Expr>,
    /// Capacity a year, if published.
    pub capacity: Option<Expr>,
    /// Value of the output in base units; zero where unknown.
    pub made: f64,
    /// Value of the spare capacity.
    pub spare: f64,
}

impl Plant {
    /// Capacity that is not used, as far as both figures are published; never below zero.
    pub fn spare(&self) -> Option<Quantity> {
        let (capacity, output) = (self.capacity.clone()?, self.output.clone()?);
        let left = Quantity::Figures(capacity).less(Quantity::Figures(output));
        Some(Quantity::Greatest(vec![Quantity::Figures(Expr::Number(0.0)), left]))
    }

    fn revalue(&mut self, values: &[f64]) {
        let value = |e: &Option<Expr>| e.as_ref().map(|e| e.value(values));
        let (made, can) = (value(&self.output), value(&self.capacity));
        self.made = made.unwrap_or(0.0);
        self.spare = made.zip(can).map_or(0.0, |(made, can)| (can - made).max(0.0));
    }
}

/// One market of the chain.
#[derive(Debug, Clone)]
pub struct Link {
    /// Its id: the item, or `feed_` and the oxide that it is the feed of.
    pub id: String,
    /// The item whose market it is; of a feed, the oxide.
    pub item: u32,
    /// Whether it is the feed of a joint output.
    pub feed: bool,
    /// Stage, as items have it.
    pub stage: &'static str,
    /// Unit in which it is counted by the year.
    pub unit: Unit,
    /// Running plants, by id.
    pub plants: Vec<Plant>,
    /// What one robot takes.
    pub need: Quantity,
    /// Value of the need.
    pub takes: f64,
    /// What the need of one robot costs, if all of it has a price.
    pub worth: Option<f64>,
    /// Market that it hangs on.
    pub next: Option<usize>,
    /// Known use of others by country or group of countries.
    pub users: Vec<(String, Expr, f64)>,
}

impl Link {
    /// Whether the maker of the robot, or of a part whose plants are unknown, buys it.
    pub fn is_direct(&self) -> bool {
        self.next.is_none()
    }

    /// Items that are bought in it.
    fn bought<'m>(&'m self, model: &'m Model<'_>) -> &'m [u32] {
        if self.feed { std::slice::from_ref(&self.item) } else { model.markets.traded(self.item) }
    }

    /// Whether any plant publishes an output.
    pub fn is_known(&self) -> bool {
        self.plants.iter().any(|p| p.output.is_some())
    }
}

/// A known flow from a plant to another, or to the assembly of the robot.
#[derive(Debug, Clone)]
pub struct Lane {
    /// Site that sends.
    pub from: String,
    /// Site that receives.
    pub to: String,
    /// Its share of the whole.
    pub share: Expr,
    /// Its value.
    pub value: f64,
    /// What the whole is.
    pub of: Whole,
}

/// A part that the maker buys from suppliers he names: one of several goods of a market that do not stand in for each other.
#[derive(Debug, Clone)]
pub struct Part {
    /// Its item.
    pub id: String,
    /// Market it is bought in.
    pub link: usize,
    /// What one robot takes of it.
    pub need: Quantity,
    /// Value of the need.
    pub takes: f64,
    /// Who supplies it, by plant.
    pub suppliers: Vec<Supplier>,
}

/// A plant that supplies a part.
#[derive(Debug, Clone)]
pub struct Supplier {
    /// Position of the plant in the market of the part.
    pub plant: usize,
    /// Which share of what the maker buys of the part comes from it, with its value; `None` if nobody tells.
    pub share: Option<(Expr, f64)>,
}

/// What the share of a lane is a share of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whole {
    /// What the sender puts out.
    Output,
    /// What the receiver buys of the item.
    Need,
}

/// The markets behind a product, each after those that hang on it: from the ground to the robot.
#[derive(Debug, Clone)]
pub struct Chain {
    /// The markets.
    pub links: Vec<Link>,
    /// Country of assembly.
    pub home: String,
    /// Robots a year.
    pub volume: f64,
    /// The volume as a quantity.
    pub given: Quantity,
    /// Countries of each group.
    pub groups: BTreeMap<String, BTreeSet<String>>,
    /// Bought items that no running plant of the atlas makes, by id.
    pub unmade: Vec<String>,
    /// Known lanes whose flow is published, by sender and receiver, but those of [`Chain::parts`].
    pub lanes: Vec<Lane>,
    /// Parts of which the maker names the suppliers.
    pub parts: Vec<Part>,
    /// Sites that assemble the robot.
    pub assembly: BTreeSet<String>,
    /// What follows from the links.
    pub follows: Once<Follows>,
}

/// What decides which markets, plants, lanes and parts a chain has, whatever their numbers are: which figures are known and not
/// zero, and which items are needed.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Shape {
    figures: Vec<(bool, bool)>,
    needs: Vec<Option<Ordering>>,
}

impl Shape {
    /// The shape of a model.
    pub(crate) fn of(model: &Model<'_>) -> Shape {
        let needs = &model.flow(View::Gross).need;
        Shape {
            figures: model.values.value.iter().map(|v| (v.is_finite(), *v == 0.0)).collect(),
            needs: needs.iter().map(|need| need.partial_cmp(&0.0)).collect(),
        }
    }
}

/// What follows from the links of a chain, by position.
#[derive(Debug)]
pub struct Follows {
    /// Markets that hang on each.
    inputs: Vec<Vec<usize>>,
    /// Known output of all plants of each.
    made: Vec<f64>,
    /// Known capacity to spare of all plants of each.
    spare: Vec<f64>,
    /// Parts that are bought in each and whose suppliers are named.
    parts: Vec<Vec<usize>>,
    /// How many of those parts come from each plant, by market and place in it.
    supplies: BTreeMap<(usize, usize), f64>,
}

impl Chain {
    /// The chain of a model's product at the volume of a baseline.
    pub fn new(model: &Model<'_>, baseline: &Baseline, volume: f64) -> Chain {
        let given = crate::explode::given_units(volume);
        let mut links: Vec<Link> = baseline
            .pools
            .values()
            .filter(|p| p.products != 0.0 && !p.sites.is_empty() && !is_feed(model, p.item))
            .map(|pool| link(model, pool))
            .collect();
        links.extend(feeds(model, baseline));
        // From the ground to the robot; by id within a stage, so that no order of rows counts.
        links.sort_by(|a, b| rank(model, a).cmp(&rank(model, b)).then(a.id.cmp(&b.id)));
        let home = model.product.country.clone();
        let unmade = unmade(model, &links);
        let assembly = baseline.pools.get(&model.product.node);
        let assembly: BTreeSet<String> =
            assembly.into_iter().flat_map(|p| &p.sites).map(|s| s.site.clone()).collect();
        let lanes = lanes(model, baseline, &assembly);
        let parts = parts(model, &links, &assembly);
        let mut chain = Chain {
            links,
            home,
            volume,
            given,
            groups: groups(model.atlas),
            unmade,
            lanes,
            parts,
            assembly,
            follows: Once::default(),
        };
        chain.revalue(model);
        chain
    }

    /// Puts the values of a model into the markets: what plants make, what a robot takes, and which market hangs on which. Of a model
    /// of the same [`Shape`] that is what [`Chain::new`] gives.
    pub(crate) fn revalue(&mut self, model: &Model<'_>) {
        let values = &model.values.value;
        for link in &mut self.links {
            link.plants.iter_mut().for_each(|plant| plant.revalue(values));
            link.takes = model.value(&link.need).unwrap_or(0.0);
            link.worth = worth(model, link.bought(model));
            link.users.iter_mut().for_each(|(_, expr, value)| *value = expr.value(values));
        }
        hang(model, &mut self.links);
        self.lanes.iter_mut().for_each(|lane| lane.value = lane.share.value(values));
        for part in &mut self.parts {
            part.takes = model.value(&part.need).unwrap_or(0.0);
            let shares = part.suppliers.iter_mut().filter_map(|s| s.share.as_mut());
            shares.for_each(|(expr, value)| *value = expr.value(values));
        }
        self.follows = Once::default();
    }

    fn follows(&self) -> &Follows {
        self.follows.get(|| {
            let mut inputs = vec![vec![]; self.links.len()];
            for (k, link) in self.links.iter().enumerate() {
                if let Some(next) = link.next {
                    inputs[next].push(k);
                }
            }
            let sum = |of: fn(&Plant) -> f64| {
                self.links.iter().map(|l| l.plants.iter().map(of).fold(0.0, |a, b| a + b)).collect()
            };
            let mut parts = vec![vec![]; self.links.len()];
            let mut supplies = BTreeMap::new();
            for (p, part) in self.parts.iter().enumerate() {
                parts[part.link].push(p);
                for supplier in &part.suppliers {
                    let share = supplier.share.as_ref().map_or(1.0 / part.suppliers.len() as f64, |s| s.1);
                    *supplies.entry((part.link, supplier.plant)).or_insert(0.0) += share;
                }
            }
            Follows { inputs, made: sum(|p| p.made), spare: sum(|p| p.spare), parts, supplies }
        })
    }

    /// Markets that hang on one.
    pub fn inputs(&self, k: usize) -> &[usize] {
        &self.follows().inputs[k]
    }

    /// Known output of all plants of a market.
    pub fn made(&self, k: usize) -> f64 {
        self.follows().made[k]
    }

    /// Known capacity to spare of all plants of a market.
    pub fn spare(&self, k: usize) -> f64 {
        self.follows().spare[k]
    }

    /// Parts of a market of which the maker names the suppliers.
    pub fn parts_of(&self, k: usize) -> impl Iterator<Item = &Part> {
        self.follows().parts[k].iter().map(|p| &self.parts[*p])
    }

    /// How many of the parts of which the maker names the suppliers come from a plant, each counted by the share that it
    /// has of it; those without a share count alike.
    pub fn supplies(&self, k: usize, plant: usize) -> f64 {
        self.follows().supplies.get(&(k, plant)).copied().unwrap_or(0.0)
    }

    /// Sites from which the maker is known to buy.
    pub fn own_sites(&self) -> BTreeSet<&str> {
        let lanes = self.lanes.iter().filter(|l| self.assembly.contains(&l.to)).map(|l| l.from.as_str());
        let parts = self
            .parts
            .iter()
            .flat_map(|p| p.suppliers.iter().map(|s| self.links[p.link].plants[s.plant].site.as_str()));
        lanes.chain(parts).collect()
    }

    /// Position of a market.
    pub fn find(&self, id: &str) -> Option<usize> {
        self.links.iter().position(|l| l.id == id)
    }

    /// Whether all of a place (a country or a group that stands for one in a statistic) lies within some countries;
    /// `None` if only a part does. What a statistic does not tell apart (`OTH`, `EUR`) counts as elsewhere: it is what is
    /// left beside the countries that are named.
    pub fn within(&self, place: &str, countries: &BTreeSet<String>) -> Option<bool> {
        match self.groups.get(&place.trim_end_matches(char::is_numeric).to_lowercase()) {
            _ if countries.contains(place) => Some(true),
            Some(members) if members.is_subset(countries) => Some(true),
            Some(members) if members.is_disjoint(countries) => Some(false),
            Some(_) => None,
            None => Some(false),
        }
    }
}

fn rank(model: &Model<'_>, link: &Link) -> usize {
    // A feed is what its oxide is made of, whatever stage the oxide has.
    if link.feed { 1 } else { stage_rank(model, link.item) }
}

fn link(model: &Model<'_>, pool: &Pool) -> Link {
    let id = model.network.name(pool.item).to_owned();
    let users = pool.places.iter().map(|(place, figure)| (place.clone(), Expr::Figure(*figure), f64::NAN));
    Link {
        stage: stage(model, pool.item),
        unit: crate::explode::yearly(model, pool.item),
        plants: pool.sites.iter().map(|s| plant(model, s, &id, &Expr::ONE)).collect(),
        takes: 0.0,
        worth: None,
        users: users.collect(),
        item: pool.item,
        feed: false,
        next: None,
        need: traded_need(model, pool.item),
        id,
    }
}

fn stage(model: &Model<'_>, item: u32) -> &'static str {
    let stage = model.item_text(item, "stage").unwrap_or_default();
    crate::explode::STAGES.iter().find(|s| **s == stage).copied().unwrap_or("assembly")
}

/// Cost of what one robot needs of some items; `None` if one of them has no known price.
fn worth(model: &Model<'_>, items: &[u32]) -> Option<f64> {
    let needs = &model.flow(View::Gross).need;
    let needed = items.iter().map(|item| (*item, needs[*item as usize])).filter(|(_, need)| *need != 0.0);
    needed
        .map(|(item, need)| {
            let price = model.atlas.figures.find(&format!("prices/{}", model.network.name(item)))?;
            Some(need * model.values.get(price)?)
        })
        .sum()
}

/// Need of all items traded in a market, of one robot.
pub(crate) fn traded_need(model: &Model<'_>, market: u32) -> Quantity {
    let traded = model.markets.traded(market).iter();
    Quantity::measure(View::Gross, traded.map(|n| (*n, Expr::ONE)).collect())
}

fn plant(model: &Model<'_>, site: &SiteFlow, item: &str, yields: &Expr) -> Plant {
    let known = |e: &Option<Expr>| {
        let e = e.as_ref().map(|e| e.clone().mul(yields.clone()));
        e.filter(|e| e.value(&model.values.value).is_finite())
    };
    Plant {
        site: site.site.clone(),
        country: site.country.clone(),
        owners: owners(model.atlas, &site.site),
        item: item.to_owned(),
        output: known(&site.output_expr),
        capacity: known(&site.capacity_expr),
        made: 0.0,
        spare: 0.0,
    }
}

/// The company of a site and those that own it, the nearest first.
pub(crate) fn owners(atlas: &Atlas, site: &str) -> Vec<String> {
    let (sites, companies) = (atlas.sheet("sites"), atlas.sheet("companies"));
    let mut owners: Vec<String> = vec![];
    let mut next = sites.find(site).and_then(|row| sites.get(row, "company"));
    while let Some(company) = next.filter(|c| !owners.iter().any(|o| o == c)) {
        owners.push(company.to_owned());
        next = companies.find(company).and_then(|row| companies.get(row, "parent"));
    }
    owners
}

/// Whether an item is what a joint recipe works on, so that its market is told as feeds.
fn is_feed(model: &Model<'_>, item: u32) -> bool {
    let recipes = model.network.groups.iter().flat_map(|g| &g.recipes);
    { recipes }
        .any(|(r, _)| model.network.recipes[*r as usize].inputs.iter().any(|i| i.used && i.item == item))
}

/// What the mines give of each joint output that has a market or a need.
fn feeds(model: &Model<'_>, baseline: &Baseline) -> Vec<Link> {
    let mut feeds = vec![];
    let needs = &model.flow(View::Gross).need;
    let outputs: BTreeSet<u32> =
        model.network.groups.iter().flat_map(|g| &g.items).map(|(i, _)| *i).collect();
    for item in outputs.into_iter().filter(|i| needs[*i as usize] != 0.0) {
        let mut plants = vec![];
        for (recipe, output) in model.network.makers(item, Role::Joint) {
            for input in recipe.inputs.iter().filter(|i| i.used) {
                let Some(pool) = baseline.pools.get(&input.item) else { continue };
                let per_unit = output.quantity.clone().div(input.quantity.clone());
                let yields = per_unit.mul(recipe.survives.clone()).mul(input.survives.clone());
                let mined = model.network.name(input.item);
                plants.extend(pool.sites.iter().map(|s| plant(model, s, mined, &yields)));
            }
        }
        plants.sort_by(|a, b| a.site.cmp(&b.site));
        if plants.is_empty() {
            continue;
        }
        feeds.push(Link {
            id: format!("feed_{}", model.network.name(item)),
            takes: 0.0,
            worth: None,
            unit: crate::explode::yearly(model, item),
            stage: "mining",
            users: vec![],
            feed: true,
            next: None,
            plants,
            need: Quantity::measure(View::Gross, vec![(item, Expr::ONE)]),
            item,
        });
    }
    feeds
}

/// Finds the next market of each.
fn hang(model: &Model<'_>, links: &mut [Link]) {
    let known: BTreeMap<u32, usize> =
        (0..).zip(&*links).filter(|(_, l)| !l.feed && l.is_known()).map(|(i, l)| (l.item, i)).collect();
    let market = |node: u32| known.get(&model.markets.of(node)?).copied();
    let needs = &model.flow(View::Gross).need;
    let mut via: BTreeMap<(usize, usize), f64> = BTreeMap::new();
    for (&item, &j) in &known {
        let start = model.markets.traded(item).iter().map(|n| (*n, needs[*n as usize]));
        for (node, need) in first_markets(model, start.collect(), &|n| market(n).is_some()) {
            if let Some(k) = market(node).filter(|k| *k != j) {
                *via.entry((k, j)).or_insert(0.0) += need;
            }
        }
    }
    let mut found: Vec<Option<usize>> = vec![];
    for (k, link) in links.iter().enumerate() {
        if link.feed {
            let oxide = known.get(&link.item).copied();
            found.push(oxide);
            continue;
        }
        let through = |j: usize| via.get(&(k, j)).copied().unwrap_or(0.0);
        let most =
            known.values().copied().map(|j| (through(j), j)).reduce(|a, b| if b.0 > a.0 { b } else { a });
        // Markets stand from the ground to the robot, so that what hangs on a later one makes no circle.
        let next = most.filter(|(v, j)| *v > link.takes / 2.0 && *j > k).map(|(_, j)| j);
        found.push(next);
    }
    // What less than half of the need does beside the way that the most of it goes is not followed.
    links.iter_mut().zip(found).for_each(|(link, next)| link.next = next);
}

/// Needs caused by some nodes, followed down to the first markets.
fn first_markets(
    model: &Model<'_>,
    start: Vec<(u32, f64)>,
    stop: &dyn Fn(u32) -> bool,
) -> BTreeMap<u32, f64> {
    let network = model.network;
    let mut open: BTreeMap<(u32, u32), f64> = BTreeMap::new();
    let level = |n: u32| network.levels[n as usize];
    let starts: BTreeSet<u32> = start.iter().map(|(n, _)| *n).collect();
    for (n, q) in start {
        *open.entry((level(n), n)).or_insert(0.0) += q;
    }
    let mut reached = BTreeMap::new();
    while let Some(((_, node), need)) = open.pop_first() {
        if stop(node) && !starts.contains(&node) {
            *reached.entry(node).or_insert(0.0) += need;
            continue;
        }
        for (l, line) in network.out_of(node).filter(|(l, _)| network.swept[*l]) {
            let adds = need * model.coefficient(View::Gross, l);
            if adds > 0.0 {
                *open.entry((level(line.child), line.child)).or_insert(0.0) += adds;
            }
        }
    }
    reached
}

/// Bought items of the robot that no market of the chain covers: nobody is known to make them.
fn unmade(model: &Model<'_>, links: &[Link]) -> Vec<String> {
    let made: BTreeSet<u32> = links.iter().filter(|l| !l.feed).map(|l| l.item).collect();
    let needs = &model.flow(View::Gross).need;
    let bought = model.network.recipes.iter().flat_map(|r| &r.inputs).filter(|i| i.used && i.bought);
    let items: BTreeSet<u32> = bought.map(|i| i.item).filter(|i| needs[*i as usize] != 0.0).collect();
    let parts = ["component", "module"];
    items
        .into_iter()
        .filter(|i| parts.contains(&model.item_text(*i, "stage").unwrap_or_default()))
        .filter(|i| !model.markets.of(*i).is_some_and(|market| made.contains(&market)))
        .map(|i| model.network.name(i).to_owned())
        .collect()
}

fn groups(atlas: &Atlas) -> BTreeMap<String, BTreeSet<String>> {
    let members = atlas.sheet("members");
    let ids: BTreeSet<&str> = members.rows.iter().map(|row| members.text(row, "group")).collect();
    ids.into_iter().map(|id| (id.to_owned(), atlas.members(id))).collect()
}

/// The part that a lane into the assembly brings, with its market; `None` if the lane is a share of what the sender puts out,
/// or of all that is bought in a market of several goods.
fn part_of(model: &Model<'_>, row: &crate::atlas::Row, assembly: &BTreeSet<String>) -> Option<(u32, u32)> {
    let sheet = model.atlas.sheet("lanes");
    let item = model.network.item(sheet.text(row, "item"))?;
    let market = model.markets.of(item)?;
    let needs = &model.flow(View::Gross).need;
    let alone = || model.markets.traded(market).iter().all(|n| *n == item || needs[*n as usize] == 0.0);
    let is_own = is_of_need(sheet, row) && assembly.contains(sheet.text(row, "to_site"));
    (is_own && (market != item || alone())).then_some((item, market))
}

/// Parts of which lanes say who supplies them, by item.
fn parts(model: &Model<'_>, links: &[Link], assembly: &BTreeSet<String>) -> Vec<Part> {
    let sheet = model.atlas.sheet("lanes");
    let markets: BTreeMap<u32, usize> =
        links.iter().enumerate().filter(|(_, l)| !l.feed).map(|(k, l)| (l.item, k)).collect();
    let mut parts: BTreeMap<u32, Part> = BTreeMap::new();
    for row in &sheet.rows {
        let Some((item, market)) = part_of(model, row, assembly) else { continue };
        let Some(&link) = markets.get(&market) else { continue };
        let from = sheet.text(row, "from_site");
        let Some(plant) = links[link].plants.iter().position(|p| p.site == from) else { continue };
        let share = row.figure.map(Expr::Figure);
        let share = share.map(|s| (s.value(&model.values.value), s)).filter(|(value, _)| value.is_finite());
        let part = parts.entry(item).or_insert_with(|| {
            let need = Quantity::measure(View::Gross, vec![(item, Expr::ONE)]);
            let takes = model.value(&need).unwrap_or(0.0);
            Part { id: model.network.name(item).to_owned(), link, need, takes, suppliers: vec![] }
        });
        part.suppliers.push(Supplier { plant, share: share.map(|(value, expr)| (expr, value)) });
    }
    parts.into_values().filter(|p| p.takes > 0.0).collect()
}

/// Known lanes between plants that run, as shares; a volume is one of what the sender puts out.
fn lanes(model: &Model<'_>, baseline: &Baseline, assembly: &BTreeSet<String>) -> Vec<Lane> {
    let sheet = model.atlas.sheet("lanes");
    let output = |site: &str| {
        let mut sites = baseline.pools.values().flat_map(|p| &p.sites);
        sites.find(|s| s.site == site).and_then(|s| s.output_expr.clone())
    };
    let lane = |row: &crate::atlas::Row| {
        let figure = row.figure?;
        let (from, to) = (sheet.text(row, "from_site"), sheet.text(row, "to_site"));
        let share = match model.atlas.figures.get(figure).unit {
            Unit::Fraction => Expr::Figure(figure),
            _ => Expr::Figure(figure).div(output(from)?),
        };
        let value = share.value(&model.values.value);
        let of = if is_of_need(sheet, row) { Whole::Need } else { Whole::Output };
        Some(Lane { from: from.to_owned(), to: to.to_owned(), share, value, of })
            .filter(|_| value.is_finite())
    };
    let is_part = |row: &&crate::atlas::Row| part_of(model, row, assembly).is_some();
    sheet.rows.iter().filter(|row| !is_part(row)).filter_map(lane).collect()
}
