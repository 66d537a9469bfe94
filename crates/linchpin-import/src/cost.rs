//! What one product costs at a volume: price breaks, least orders and currencies, rolled up over the tree of parts.
//!
//! Each part is bought once a year, as much of it as a year's products need, in the cheapest way that its offers leave:
//! more than is needed where the next price break costs less in all. An assembly costs what its parts cost, unless it is
//! bought as it is.

pub(crate) mod offers;
pub(crate) mod quoted;
mod rates;
pub(crate) mod report;

use crate::bom::{Bom, Lines};
use crate::vendors::Vendor;
pub use offers::{Break, LeftOut, Offer, Unrated, Worth};
use offers::{Offers, all_offers, is_bought_whole};
pub use rates::{RateFault, Rates};
use std::collections::BTreeMap;

/// Volumes that are told beside the one asked, in products a year.
const VOLUMES: [f64; 7] = [1.0, 10.0, 100.0, 1e3, 1e4, 1e5, 1e6];
/// How far the price of an assembly may stand from that of its parts before it is told.
const SLACK: f64 = 0.01;

/// An amount of dollars with the ends of its range.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Usd {
    /// Dollars; of a price that is a range its middle.
    pub value: f64,
    /// At least.
    pub low: f64,
    /// At most.
    pub high: f64,
}

impl Usd {
    fn add(&mut self, other: Usd, times: f64) {
        self.value += other.value * times;
        self.low += other.low * times;
        self.high += other.high * times;
    }
}

/// What is bought of a part from one supplier in a year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Order {
    /// The offer, by its place among those of the part.
    pub offer: usize,
    /// The price, by its place among those of the offer.
    pub at: usize,
    /// How much of the part is needed from this supplier, in the unit of its lines.
    pub need: f64,
    /// How much is bought: the need or more.
    pub quantity: f64,
}

/// What is spent on a part, an assembly or a product.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Spent {
    /// All that is paid.
    pub paid: Usd,
    /// Dollars of it for more than is needed.
    pub surplus: f64,
}

impl Spent {
    fn add(&mut self, other: Spent, times: f64) {
        self.paid.add(other.paid, times);
        self.surplus += other.surplus * times;
    }
}

/// An assembly whose own price is another than that of its parts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OwnPrice {
    /// The assembly.
    pub part: usize,
    /// Dollars for one by its own price, which does not count.
    pub own: f64,
    /// Dollars for the parts of one, which do.
    pub parts: f64,
}

/// What a product and its parts cost.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Costs<'s> {
    /// Offers of each part that prices are told of.
    pub offers: Vec<Vec<Offer<'s>>>,
    /// Parts that are bought as they are: those that nothing goes into, and assemblies that are bought complete.
    pub bought: Vec<bool>,
    /// How much of each part one product needs, without what goes into assemblies that are bought complete.
    pub needs: Vec<f64>,
    /// Orders of a year for each part that has a price; empty for others.
    pub orders: Vec<Vec<Order>>,
    /// Cost of one of each part, surplus of its year's order included; `None` where no price is known.
    pub of_one: Vec<Option<Spent>>,
    /// Lines of bought parts in one of each part, and how many of them have a price.
    pub lines: Vec<(f64, f64)>,
    /// Cost of one product; `None` if no part has a price.
    pub product: Option<Spent>,
    /// Share of the lines of bought parts that have a price.
    pub priced: f64,
    /// Cost of one product by volume, the volume asked among others, from the least up.
    pub volumes: Vec<(f64, Spent)>,
    /// Assemblies whose own price is another than that of their parts.
    pub own: Vec<OwnPrice>,
    /// Prices that are left out for want of a rate.
    pub unrated: Vec<Unrated>,
    /// Suppliers whose prices are all left out for that.
    pub left_out: Vec<LeftOut>,
    /// Parts of which two lines tell two prices, of which the first counts.
    pub two: Vec<usize>,
}

/// What costs are worked out from.
pub struct Asked<'c, 's> {
    /// The tree of parts.
    pub bom: &'c Bom,
    /// How much of each part one product needs, all of it.
    pub needs: &'c [f64],
    /// Lines of the parts lists.
    pub lines: &'c Lines<'s>,
    /// Lines of vendor lists.
    pub vendors: &'c [Vendor<'s>],
    /// Rates of exchange.
    pub rates: &'c Rates,
    /// Products a year.
    pub volume: f64,
    /// Whether `¥` is yuan.
    pub chinese: bool,
}

impl<'s> Costs<'s> {
    /// The costs of a product.
    pub fn new(asked: &Asked<'_, 's>) -> Costs<'s> {
        let Asked { bom, volume, .. } = *asked;
        let Offers { offers, unrated, left_out, two } = all_offers(asked);
        let count = bom.parts.len();
        let mut order = bom.order();
        order.extend(bom.product);
        let bought = bought(asked, &offers, &order);
        let needs = needs(bom, &bought, &order);
        // What is used inside of an assembly that is bought complete has a price, though nobody pays it here.
        let need = |part: usize| if needs[part] > 0.0 { needs[part] } else { asked.needs[part] } * volume;
        let orders: Vec<Vec<Order>> = (0..count).map(|part| buy(&offers[part], need(part))).collect();
        let mut costs = Costs { offers, bought, needs, orders, unrated, left_out, two, ..Costs::default() };
        costs.roll_up(bom, &order, volume);
        if costs.product.is_some() {
            let mut volumes = VOLUMES.to_vec();
            volumes.push(volume);
            volumes.sort_by(f64::total_cmp);
            volumes.dedup();
            costs.volumes = volumes.into_iter().map(|v| (v, costs.at(v))).collect();
        }
        costs
    }

    /// What an order costs.
    pub fn spent(&self, part: usize, order: &Order) -> Spent {
        spent(&self.offers[part], order)
    }

    /// Price paid for one of a part, without surplus; `None` if no price is known.
    pub fn price(&self, part: usize) -> Option<Usd> {
        let mut sum = Usd::default();
        for (order, share) in self.shares(part) {
            sum.add(self.offers[part][order.offer].breaks[order.at].usd(), share);
        }
        (!self.orders[part].is_empty()).then_some(sum)
    }

    /// The orders of a part, each with its share of the need.
    pub fn shares(&self, part: usize) -> impl Iterator<Item = (&Order, f64)> {
        let all: f64 = self.orders[part].iter().map(|o| o.need).sum();
        let even = 1.0 / self.orders[part].len().max(1) as f64;
        self.orders[part].iter().map(move |o| (o, if all > 0.0 { o.need / all } else { even }))
    }

    /// From each country in which a supplier of a part stands, the price at which all that is needed of it costs least.
    pub fn by_country<'v>(&self, part: usize, vendors: &'v [Vendor<'_>]) -> BTreeMap<&'v str, &Break> {
        let need: f64 = self.orders[part].iter().map(|o| o.need).sum();
        let cost = |price: &Break| price.usd().value * need.max(price.from);
        let mut found: BTreeMap<&str, &Break> = BTreeMap::new();
        for price in self.offers[part].iter().flat_map(|o| &o.breaks) {
            let country = price.vendor.and_then(|place| vendors[place].country.as_deref());
            let Some(country) = country else { continue };
            let best = found.entry(country).or_insert(price);
            if cost(price) < cost(best) {
                *best = price;
            }
        }
        found
    }

    /// Parts that are bought, with the cost of all of each that goes into one product.
    pub(crate) fn lines_of_cost(&self) -> Vec<(usize, Spent)> {
        let is_paid = |part: &usize| self.bought[*part] && self.needs[*part] > 0.0;
        let all = (0..self.bought.len()).filter(is_paid);
        all.filter_map(|part| {
            let mut sum = Spent::default();
            sum.add(self.of_one[part]?, self.needs[part]);
            Some((part, sum))
        })
        .collect()
    }

    /// Cost of one product at another volume.
    fn at(&self, volume: f64) -> Spent {
        let mut sum = Spent::default();
        for part in (0..self.bought.len()).filter(|p| self.bought[*p] && self.needs[*p] > 0.0) {
            for order in buy(&self.offers[part], self.needs[part] * volume) {
                sum.add(self.spent(part, &order), 1.0 / volume);
            }
        }
        sum
    }

    /// Costs of one of each part, those of its parts first.
    fn roll_up(&mut self, bom: &Bom, order: &[usize], volume: f64) {
        self.of_one = vec![None; bom.parts.len()];
        self.lines = vec![(0.0, 0.0); bom.parts.len()];
        for part in order.iter().copied() {
            if self.bought[part] {
                self.of_one[part] = self.bought_one(part);
                self.lines[part] = (1.0, f64::from(u8::from(self.of_one[part].is_some())));
                continue;
            }
            let (mut sum, mut known, mut lines) = (Spent::default(), false, (0.0, 0.0));
            for child in &bom.parts[part].children {
                let (all, priced) = self.lines[child.part];
                lines = (lines.0 + all, lines.1 + priced);
                if let Some(one) = self.of_one[child.part] {
                    sum.add(one, child.need());
                    known = true;
                }
            }
            self.lines[part] = lines;
            self.of_one[part] = known.then_some(sum);
            if let Some(own) = self.price(part).map(|p| p.value).filter(|_| known) {
                let parts = sum.paid.value;
                if (own - parts).abs() > SLACK * own.max(parts) {
                    self.own.push(OwnPrice { part, own, parts });
                }
            }
        }
        let is_needed = |part: &usize| self.bought[*part] && self.needs[*part] > 0.0;
        let mut lines = (0usize, 0usize);
        for part in (0..bom.parts.len()).filter(is_needed) {
            let here = bom.parts[part].lines.len().max(1);
            lines = (lines.0 + here, lines.1 + if self.of_one[part].is_some() { here } else { 0 });
        }
        self.priced = lines.1 as f64 / lines.0.max(1) as f64;
        self.product = (lines.1 > 0).then(|| self.at(volume));
    }

    /// Cost of one of a part that is bought; nothing is left over where none is needed.
    fn bought_one(&self, part: usize) -> Option<Spent> {
        let need: f64 = self.orders[part].iter().map(|o| o.need).sum();
        let mut sum = Spent::default();
        if need > 0.0 {
            self.orders[part].iter().for_each(|order| sum.add(self.spent(part, order), 1.0 / need));
            return Some(sum);
        }
        sum.paid = self.price(part)?;
        Some(sum)
    }
}

/// Which parts are bought as they are. An assembly is if its own price is the only one that is known, or if the list says
/// so and there is a price of its own; otherwise its parts are what is paid for.
fn bought(asked: &Asked<'_, '_>, offers: &[Vec<Offer<'_>>], order: &[usize]) -> Vec<bool> {
    let parts = &asked.bom.parts;
    let mut bought: Vec<bool> = parts.iter().map(|p| p.children.is_empty()).collect();
    // Whether something below an assembly has a price.
    let mut below = vec![false; parts.len()];
    for part in order.iter().copied().filter(|p| !parts[*p].children.is_empty()) {
        below[part] = parts[part].children.iter().any(|c| below[c.part] || !offers[c.part].is_empty());
        let said = || parts[part].lines.iter().any(|l| is_bought_whole(asked.lines.lines[*l].bought_as));
        bought[part] = !offers[part].is_empty() && (!below[part] || said());
    }
    bought
}

/// How much of each part one product needs, without what goes into parts that are bought as they are.
fn needs(bom: &Bom, bought: &[bool], order: &[usize]) -> Vec<f64> {
    let mut needs = vec![0.0; bom.parts.len()];
    match bom.product {
        Some(product) => needs[product] = 1.0,
        None => bom.roots.iter().for_each(|root| needs[root.part] += root.need()),
    }
    for part in order.iter().rev().copied().filter(|p| !bought[*p]) {
        for child in &bom.parts[part].children {
            needs[child.part] += needs[part] * child.need();
        }
    }
    needs
}

/// What is bought of a part in a year, by its offers: by their shares if any is said, else all from the cheapest. Of two
/// that cost the same the one that leaves less over, then the first.
fn buy(offers: &[Offer<'_>], need: f64) -> Vec<Order> {
    let shares: f64 = offers.iter().filter_map(|o| o.share).sum();
    let best = |(offer, need): (usize, f64)| {
        let options = offers[offer].breaks.iter().enumerate().map(|(at, price)| {
            let quantity = if need > 0.0 { need.max(price.from) } else { 0.0 };
            // What nobody needs is ordered nowhere; its price is that of the least order.
            let cost = price.usd().value * need.max(price.from);
            (cost, Order { offer, at, need, quantity })
        });
        options.min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.quantity.total_cmp(&b.1.quantity)))
    };
    if shares > 0.0 {
        let split = offers.iter().enumerate().filter_map(|(at, o)| Some((at, o.share? / shares * need)));
        // Who is said to supply nothing does not.
        return split.filter(|(at, _)| offers[*at].share > Some(0.0)).filter_map(best).map(|o| o.1).collect();
    }
    let all = (0..offers.len()).filter_map(|at| best((at, need)));
    let cheapest = all.min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.quantity.total_cmp(&b.1.quantity)));
    cheapest.map(|o| o.1).into_iter().collect()
}

fn spent(offers: &[Offer<'_>], order: &Order) -> Spent {
    let price = offers[order.offer].breaks[order.at].usd();
    let mut paid = Usd::default();
    paid.add(price, order.quantity);
    Spent { paid, surplus: price.value * (order.quantity - order.need) }
}
