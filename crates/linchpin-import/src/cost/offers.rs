//! Who asks what for a part: prices of parts lists and of vendor lists, in dollars.

use super::{Asked, Rates, Usd};
use crate::bom::normal;
use crate::price::{Currency, Price};
use crate::vendors::rests;
use std::collections::{BTreeMap, BTreeSet};

/// How much of a part is left out is told by so many rows.
const ROWS: usize = 20;

/// What a supplier asks for a part.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer<'s> {
    /// The supplier as typed; empty if a parts list names none.
    pub supplier: &'s str,
    /// Share of the need that it supplies, from 0 to 1, if one is said.
    pub share: Option<f64>,
    /// Prices by quantity, in the order of the files.
    pub breaks: Vec<Break>,
}

/// A price that holds from a quantity on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Break {
    /// Least quantity of an order at this price, in the unit of the part.
    pub from: f64,
    /// Price of one in its own money: least and most.
    pub range: (f64, f64),
    /// What that money is worth.
    pub worth: Worth,
    /// Number of the row that says so.
    pub row: u32,
    /// The line of a vendor list that says so, by its place among those; `None` if a parts list does.
    pub vendor: Option<usize>,
}

/// What money is worth in dollars.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Worth {
    /// It is dollars.
    Dollars,
    /// It is yuan, so many for a dollar by the atlas.
    Yuan(f64),
    /// A user says how many dollars one is.
    Given(f64),
}

impl Break {
    /// The middle of the price in its own money.
    pub fn mean(&self) -> f64 {
        0.5 * (self.range.0 + self.range.1)
    }

    /// The price in dollars.
    pub fn usd(&self) -> Usd {
        let usd = |amount| self.worth.usd(amount);
        Usd { value: usd(self.mean()), low: usd(self.range.0), high: usd(self.range.1) }
    }
}

/// Prices in one currency that are left out, since nobody says what it is worth.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unrated {
    /// Code of the currency; empty where no currency is said.
    pub currency: &'static str,
    /// How many lines tell such prices.
    pub lines: usize,
    /// Their tables and the numbers of their rows, the first ones.
    pub rows: Vec<(usize, u32)>,
}

/// A supplier whose prices are all left out, so that it has no part in what is paid.
#[derive(Clone, Debug, PartialEq)]
pub struct LeftOut {
    /// The part.
    pub part: usize,
    /// The line, by its place among those of vendor lists.
    pub vendor: usize,
    /// Code of its currency; empty where no currency is said.
    pub currency: &'static str,
}

/// All offers, and what is left out.
pub(super) struct Offers<'s> {
    pub(super) offers: Vec<Vec<Offer<'s>>>,
    pub(super) unrated: Vec<Unrated>,
    pub(super) left_out: Vec<LeftOut>,
    pub(super) two: Vec<usize>,
}

/// Words that say that an assembly is bought as it is.
const WHOLE: [&str; 11] = [
    "buy",
    "b",
    "bought",
    "purchase",
    "purchased",
    "purchased part",
    "buy complete",
    "外购",
    "采购",
    "外购件",
    "采购件",
];

/// Whether a cell says that an assembly is bought as it is.
pub(super) fn is_bought_whole(text: &str) -> bool {
    !text.is_empty() && WHOLE.contains(&normal(text).as_str())
}

/// Offers of all parts.
pub(super) fn all_offers<'s>(asked: &Asked<'_, 's>) -> Offers<'s> {
    let parts = &asked.bom.parts;
    let mut read = Read { rates: asked.rates, chinese: asked.chinese, unrated: BTreeMap::new() };
    let mut offers: Vec<Vec<Offer<'s>>> = vec![vec![]; parts.len()];
    // Places of suppliers among the offers of a part.
    let mut known: BTreeMap<(usize, String), usize> = BTreeMap::new();
    let mut left_out = vec![];
    for (place, vendor) in asked.vendors.iter().enumerate().filter(|(_, v)| !v.barred) {
        let Some(part) = vendor.part else { continue };
        let least = vendor.minimum_order.unwrap_or(0.0);
        let breaks = read.breaks(&vendor.breaks, least, (vendor.table, vendor.row), Some(place));
        if breaks.is_empty() {
            let currency = vendor.breaks.iter().find_map(|(_, price)| read.worth(price).err());
            left_out.extend(currency.map(|currency| LeftOut { part, vendor: place, currency }));
            continue;
        }
        let here = &mut offers[part];
        let at = *known.entry((part, normal(vendor.supplier))).or_insert(here.len());
        if at == here.len() {
            here.push(Offer { supplier: vendor.supplier, share: None, breaks: vec![] });
        }
        // Several lines of one supplier are its prices by quantity; its share is said once or on each.
        here[at].share = here[at].share.or(vendor.share);
        here[at].breaks.extend(breaks);
    }
    // Who alone is listed without a share beside others supplies the rest.
    for (part, (rest, untold)) in rests(asked.vendors) {
        let [one] = untold.as_slice() else { continue };
        let at = known.get(&(part, normal(one.supplier))).and_then(|at| offers[part].get_mut(*at));
        if let Some(offer) = at {
            offer.share = offer.share.or(Some(rest));
        }
    }
    let mut two = vec![];
    for (part, lines) in parts.iter().map(|p| &p.lines).enumerate() {
        let quoted = !offers[part].is_empty();
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        let mut differs = false;
        for line in lines.iter().map(|l| &asked.lines.lines[*l]) {
            let alone = line.price.iter().map(|p| (0.0, p.clone())).collect::<Vec<_>>();
            let prices: &[_] = if line.breaks.is_empty() { &alone } else { &line.breaks };
            let breaks = read.breaks(prices, 0.0, (line.table, line.row), None);
            let supplier = normal(line.supplier);
            // Where a supplier has quoted, a price of the parts list that is nobody's, or its own, is an older guess.
            let stale = quoted && (supplier.is_empty() || known.contains_key(&(part, supplier.clone())));
            if breaks.is_empty() || stale {
                continue;
            }
            let here = &mut offers[part];
            match seen.get(&supplier) {
                Some(at) => differs |= !are_same(&here[*at].breaks, &breaks),
                None => {
                    seen.insert(supplier, here.len());
                    here.push(Offer { supplier: line.supplier, share: None, breaks });
                }
            }
        }
        if differs {
            two.push(part);
        }
    }
    Offers { offers, unrated: read.unrated.into_values().collect(), left_out, two }
}

/// Whether two lines of one part tell the same prices.
fn are_same(a: &[Break], b: &[Break]) -> bool {
    let same = |(a, b): (&Break, &Break)| {
        let (a_usd, b_usd) = (a.usd().value, b.usd().value);
        a.from == b.from && (a_usd - b_usd).abs() <= super::SLACK * a_usd.max(b_usd)
    };
    a.len() == b.len() && a.iter().zip(b).all(same)
}

struct Read<'r> {
    rates: &'r Rates,
    chinese: bool,
    unrated: BTreeMap<&'static str, Unrated>,
}

impl Read<'_> {
    /// The prices of a line that are worth something in dollars; others are counted.
    fn breaks(
        &mut self,
        prices: &[(f64, Price)],
        least: f64,
        (table, row): (usize, u32),
        vendor: Option<usize>,
    ) -> Vec<Break> {
        let mut found = vec![];
        let mut without: BTreeSet<&'static str> = BTreeSet::new();
        for (from, price) in prices {
            let range = price.range;
            if range.0 + range.1 <= 0.0 {
                continue;
            }
            match self.worth(price) {
                Ok(worth) => found.push(Break { from: from.max(least), range, worth, row, vendor }),
                Err(code) => {
                    without.insert(code);
                }
            }
        }
        for code in without {
            let unrated = self.unrated.entry(code).or_default();
            unrated.currency = code;
            unrated.lines += 1;
            if unrated.rows.len() < ROWS {
                unrated.rows.push((table, row));
            }
        }
        found
    }

    fn worth(&self, price: &Price) -> Result<Worth, &'static str> {
        worth(price.currency, self.rates, self.chinese)
    }
}

/// What money is worth; the code of its currency if nobody says.
pub(crate) fn worth(money: Option<Currency>, rates: &Rates, chinese: bool) -> Result<Worth, &'static str> {
    let code = code(money, chinese);
    let given = rates.given(code).map(Worth::Given);
    match code {
        "USD" => Ok(Worth::Dollars),
        "CNY" => given.or(rates.yuan().map(Worth::Yuan)).ok_or(code),
        _ => given.ok_or(code),
    }
}

/// The code of a currency; empty if none is said.
pub(crate) fn code(money: Option<Currency>, chinese: bool) -> &'static str {
    match money {
        Some(Currency::Code(code)) => code,
        Some(Currency::YuanOrYen) if chinese => "CNY",
        Some(Currency::YuanOrYen) => "JPY",
        None => "",
    }
}

impl Worth {
    /// An amount of it in dollars.
    pub(crate) fn usd(self, amount: f64) -> f64 {
        match self {
            Worth::Dollars => amount,
            Worth::Yuan(rate) => amount / rate,
            Worth::Given(rate) => amount * rate,
        }
    }
}
