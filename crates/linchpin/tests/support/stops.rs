//! Chains of markets built by hand or at random, for the tests of what a loss leaves.

use linchpin::atlas::{Expr, FigureId};
use linchpin::model::Quantity;
use linchpin::stop::{
    Chain, End, Link, Loss, Measured, Mode, Own, Parts, Plant, Rationing, Stop, Terms, Unknowns,
};
use linchpin_table::Unit;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// Seeded random numbers (SplitMix64: Steele, Lea and Flood 2014).
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Dice {
        Dice(seed)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 to below 1.
    pub(crate) fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    pub(crate) fn within(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// From 0 to below `n`.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    pub(crate) fn chance(&mut self, p: f64) -> bool {
        self.unit() < p
    }

    pub(crate) fn pick<'x, T>(&mut self, from: &'x [T]) -> &'x T {
        &from[self.below(from.len())]
    }

    pub(crate) fn shuffle<T>(&mut self, all: &mut [T]) {
        for i in (1..all.len()).rev() {
            all.swap(i, self.below(i + 1));
        }
    }
}

/// A plant; `made` and what it could make in all, as far as published.
pub(crate) fn plant(site: &str, country: &str, made: Option<f64>, can: Option<f64>) -> Plant {
    let mut plant = Plant {
        site: site.to_owned(),
        country: country.to_owned(),
        owners: vec![],
        item: String::new(),
        output: made.map(Expr::Number),
        capacity: can.map(Expr::Number),
        made: 0.0,
        spare: 0.0,
    };
    reckon(&mut plant, &[]);
    plant
}

/// Values of a plant from its definitions.
pub(crate) fn reckon(plant: &mut Plant, values: &[f64]) {
    let value = |e: &Option<Expr>| e.as_ref().map(|e| e.value(values));
    let (made, can) = (value(&plant.output), value(&plant.capacity));
    plant.made = made.unwrap_or(0.0);
    plant.spare = made.zip(can).map_or(0.0, |(made, can)| (can - made).max(0.0));
}

/// Plants of which the output is known, as (country, output).
pub(crate) fn plants(market: &str, of: &[(&str, f64)]) -> Vec<Plant> {
    let named = |(i, (country, made)): (usize, &(&str, f64))| {
        plant(&format!("{market}_{i}_{}", country.to_lowercase()), country, Some(*made), Some(*made))
    };
    of.iter().enumerate().map(named).collect()
}

/// A market of which a robot takes some; it hangs on another, or the maker of the robot buys in it.
pub(crate) fn market(id: &str, takes: f64, next: Option<usize>, plants: Vec<Plant>) -> Link {
    let mut link = Link {
        id: id.to_owned(),
        item: 0,
        feed: false,
        stage: "component",
        unit: Unit::PiecePerYear,
        plants,
        need: Quantity::Figures(Expr::Number(takes)),
        takes,
        worth: None,
        next,
        users: vec![],
    };
    link.plants.iter_mut().for_each(|p| p.item = id.to_owned());
    link
}

pub(crate) fn chain(home: &str, volume: f64, links: Vec<Link>) -> Chain {
    Chain {
        links,
        home: home.to_owned(),
        volume,
        given: Quantity::Figures(Expr::Number(volume)),
        groups: BTreeMap::new(),
        unmade: vec![],
        lanes: vec![],
        parts: vec![],
        assembly: BTreeSet::new(),
        follows: Default::default(),
    }
}

/// Adds what others use of a market, by place.
pub(crate) fn used(link: &mut Link, places: &[(&str, f64)]) {
    link.users = places.iter().map(|(place, q)| ((*place).to_owned(), Expr::Number(*q), *q)).collect();
}

pub(crate) fn set(ids: &[&str]) -> BTreeSet<String> {
    ids.iter().map(|id| (*id).to_owned()).collect()
}

pub(crate) const ABROAD: Mode = Mode::Exports { to: None };

pub(crate) fn towards(countries: &[&str]) -> Mode {
    Mode::Exports { to: Some(set(countries)) }
}

/// The loss of the plants that a test picks; with export bans their countries form one bloc.
pub(crate) fn hitting(chain: &Chain, mode: Mode, which: impl Fn(&Link, &Plant) -> bool) -> Loss {
    let mut loss = Loss::none(chain);
    loss.mode = mode;
    for (k, link) in chain.links.iter().enumerate() {
        for (i, plant) in link.plants.iter().enumerate().filter(|(_, p)| which(link, p)) {
            loss.hit.insert((k, i));
            loss.within.insert(plant.country.clone());
        }
    }
    loss
}

pub(crate) const PRO_RATA: Terms =
    Terms { rationing: Rationing::ProRata, spare: true, unknowns: Unknowns::Middle, parts: Parts::Home };
pub(crate) const OUTBID: Terms = Terms { rationing: Rationing::Outbid, ..PRO_RATA };

/// A stop share of the market.
pub(crate) fn market_stop(chain: &Chain, loss: &Loss, terms: Terms) -> Stop {
    Stop::new(&Rc::new(chain.clone()), &Rc::new(loss.clone()), &Rc::new(vec![]), Measured::Market(terms))
}

pub(crate) fn stop(chain: &Chain, loss: &Loss, terms: Terms) -> f64 {
    market_stop(chain, loss, terms).value().unwrap()
}

/// The interval of stop shares that own lanes allow, nobody using spare capacity or all.
pub(crate) fn own_stops(chain: &Chain, loss: &Loss, own: &[Own], spare: bool) -> (f64, f64) {
    let (chain, loss, own) = (Rc::new(chain.clone()), Rc::new(loss.clone()), Rc::new(own.to_vec()));
    let at = |end| Stop::new(&chain, &loss, &own, Measured::Own { spare, end }).value().unwrap();
    (at(End::Best), at(End::Worst))
}

/// Every combination of terms.
pub(crate) fn all_terms() -> Vec<Terms> {
    let mut all = vec![];
    for rationing in [Rationing::ProRata, Rationing::Outbid] {
        for spare in [false, true] {
            for unknowns in [Unknowns::Worst, Unknowns::Middle, Unknowns::Best] {
                for parts in [Parts::Home, Parts::Inside] {
                    all.push(Terms { rationing, spare, unknowns, parts });
                }
            }
        }
    }
    all
}

pub(crate) const COUNTRIES: [&str; 4] = ["CHN", "DEU", "JPN", "USA"];

/// What random chains may hold beside plants that publish both figures.
#[derive(Clone, Copy)]
pub(crate) struct Wild {
    /// Plants without an output, and markets in which no plant has one.
    pub(crate) silent: bool,
    /// Users by place.
    pub(crate) users: bool,
    /// Whether each market makes exactly what the next one takes for what it makes, as if it had no other use.
    pub(crate) consistent: bool,
}

/// A random chain of two to four stages: one or two markets at the end, up to three inputs each, one to five plants.
pub(crate) fn random_chain(dice: &mut Dice, wild: Wild) -> Chain {
    let stages = 2 + dice.below(3);
    // (stage, next in this list), from the end to the ground; turned round below.
    let mut shape: Vec<(usize, Option<usize>)> = vec![];
    for _ in 0..1 + dice.below(2) {
        shape.push((0, None));
    }
    let mut from = 0;
    for stage in 1..stages {
        let to = shape.len();
        for next in from..to {
            for _ in 0..(if to > 4 { dice.below(2) } else { 1 + dice.below(3) }) {
                shape.push((stage, Some(next)));
            }
        }
        from = to;
    }
    let count = shape.len();
    let mut links: Vec<Link> = vec![];
    let mut scale: Vec<f64> = vec![0.0; count];
    let mut takes: Vec<f64> = vec![0.0; count];
    let volume = *dice.pick(&[0.1, 1.0, 30.0, 200.0]);
    for (i, (_, next)) in shape.iter().enumerate() {
        match next.filter(|_| wild.consistent) {
            Some(j) => {
                let per_unit = dice.within(0.2, 5.0);
                (scale[i], takes[i]) = (scale[j] * per_unit, takes[j] * per_unit);
            }
            None => (scale[i], takes[i]) = (dice.within(20.0, 200.0), dice.within(0.2, 3.0)),
        }
    }
    for i in (0..count).rev() {
        let id = format!("market_{i}");
        let n = 1 + dice.below(5);
        let weights: Vec<f64> = (0..n).map(|_| dice.within(0.05, 1.0)).collect();
        let all: f64 = weights.iter().sum();
        let mut makers: Vec<Plant> = weights
            .iter()
            .enumerate()
            .map(|(p, w)| {
                let made = w / all * scale[i];
                let can = dice
                    .chance(0.7)
                    .then(|| made * if dice.chance(0.3) { 1.0 } else { dice.within(0.9, 2.0) });
                plant(&format!("site_{i}_{p}"), dice.pick::<&str>(&COUNTRIES), Some(made), can)
            })
            .collect();
        if wild.silent && dice.chance(0.2) {
            let country = *dice.pick(&COUNTRIES);
            makers.push(plant(&format!("silent_{i}"), country, None, dice.chance(0.3).then_some(10.0)));
        }
        let next = shape[i].1.map(|j| count - 1 - j);
        // A market hangs on a known one only, and what nobody publishes has no known inputs.
        let is_leaf = shape.iter().all(|(_, next)| *next != Some(i));
        if wild.silent && is_leaf && dice.chance(0.15) {
            for p in &mut makers {
                (p.output, p.made, p.spare) = (None, 0.0, 0.0);
            }
        }
        let mut link = market(&id, takes[i], next, makers);
        if wild.users && next.is_none() {
            let places = ["CHN", "DEU", "JPN", "USA", "GROUP1", "OTH"];
            let some: Vec<(&str, f64)> =
                (0..dice.below(4)).map(|_| (*dice.pick(&places), scale[i] * dice.within(0.0, 0.3))).collect();
            used(&mut link, &some);
        }
        links.push(link);
    }
    let mut chain = chain(dice.pick::<&str>(&COUNTRIES), volume, links);
    chain.groups.insert("group".to_owned(), set(&["DEU", "JPN"]));
    chain
}

/// A random loss: of a country, of a few plants or of nothing, in any mode, with any reach.
pub(crate) fn random_loss(dice: &mut Dice, chain: &Chain) -> Loss {
    let mode = match dice.below(3) {
        0 => Mode::Output,
        1 => ABROAD,
        _ => {
            let some: Vec<&str> = COUNTRIES.iter().copied().filter(|_| dice.chance(0.5)).collect();
            towards(&some)
        }
    };
    let country = *dice.pick(&COUNTRIES);
    let many = *dice.pick(&[0.15, 0.4, 0.8]);
    let whole = dice.chance(0.5);
    let hits: BTreeSet<&str> = chain
        .links
        .iter()
        .flat_map(|l| &l.plants)
        .filter(|p| if whole { p.country == country } else { dice.chance(many) })
        .map(|p| p.site.as_str())
        .collect();
    let mut loss = hitting(chain, mode, |_, p| hits.contains(p.site.as_str()));
    loss.whole = whole;
    loss.re_export = dice.chance(0.15);
    if dice.chance(0.3) {
        loss.follows = chain.links.iter().map(|_| dice.chance(0.6)).collect();
    }
    loss
}

/// The same chain with every plant's figures, and the volume, as figures of an atlas, and their values.
pub(crate) fn figured(chain: &Chain) -> (Chain, Vec<f64>) {
    let (mut chain, mut values) = (chain.clone(), vec![]);
    let mut figure = |value: f64| {
        values.push(value);
        Expr::Figure(FigureId(values.len() as u32 - 1))
    };
    chain.given = Quantity::Figures(figure(chain.volume));
    for link in &mut chain.links {
        link.need = Quantity::Figures(figure(link.takes));
        for p in &mut link.plants {
            p.output = p.output.as_ref().map(|_| figure(p.made));
            let can = p.capacity.as_ref().map(|e| e.value(&[]));
            p.capacity = can.map(&mut figure);
        }
        for (_, expr, value) in &mut link.users {
            *expr = figure(*value);
        }
    }
    (chain, values)
}

/// Works a chain of figures out under other values.
pub(crate) fn revalued(chain: &Chain, values: &[f64]) -> Chain {
    let mut chain = chain.clone();
    chain.volume = value_of(&chain.given, values);
    for link in &mut chain.links {
        link.takes = value_of(&link.need, values);
        link.plants.iter_mut().for_each(|p| reckon(p, values));
        link.users.iter_mut().for_each(|(_, expr, value)| *value = expr.value(values));
    }
    chain
}

/// Value of a definition over figures.
pub(crate) fn value_of(quantity: &Quantity, values: &[f64]) -> f64 {
    let all = |parts: &[Quantity]| parts.iter().map(|p| value_of(p, values)).collect::<Vec<_>>();
    match quantity {
        Quantity::Figures(expr) => expr.value(values),
        Quantity::Sum(parts) => all(parts).iter().sum(),
        Quantity::Difference(a, b) => value_of(a, values) - value_of(b, values),
        Quantity::Product(a, b) => value_of(a, values) * value_of(b, values),
        Quantity::Ratio(a, b) => value_of(a, values) / value_of(b, values),
        Quantity::Least(parts) => all(parts).into_iter().fold(f64::INFINITY, f64::min),
        Quantity::Greatest(parts) => all(parts).into_iter().fold(f64::NEG_INFINITY, f64::max),
        other => panic!("no figure: {other:?}"),
    }
}
