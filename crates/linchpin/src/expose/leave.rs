//! What leaving costs: every bought line that comes from there replaced by the cheapest maker elsewhere that has a
//! known price; lines without one are named, not guessed.
//!
//! extra = quantity × max(0, price elsewhere − price today). A part whose suppliers the maker names comes from them, at
//! what they ask; where none of them asks a price elsewhere, and for all other items, plants and prices are those of the
//! market in which the item is traded. Goods of one market differ in size: what is dearer there is dearer by the same part,
//! price elsewhere = price today × price of the market there / price of the market here. The price today is the one the
//! cost roll-up uses.

use super::stops::{self, Case};
use crate::atlas::{Expr, FigureId};
use crate::book::Draft;
use crate::explode::need;
use crate::model::{Model, Quantity, View};
use crate::stop::{Chain, Kind, Link, Part, Plant, Selector};
use linchpin_table::{Message, Unit};
use std::collections::BTreeMap;

/// How many of the worst losses are asked for a price elsewhere.
const WORST: usize = 3;

/// How a line can be bought elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// A maker elsewhere has a known price.
    Priced,
    /// There are makers elsewhere; of none a price is known.
    Unpriced,
    /// All known makers are there.
    None,
    /// Nobody is known to make it.
    Unknown,
}

impl Way {
    fn word(self) -> String {
        let word = match self {
            Way::Priced => "priced",
            Way::Unpriced => "unpriced",
            Way::None => "none",
            Way::Unknown => "unknown",
        };
        format!("leave-{word}")
    }
}

/// A price elsewhere.
struct Elsewhere {
    country: String,
    price: FigureId,
    /// What the same costs here, if both are prices of the market and not of the good.
    here: Option<FigureId>,
}

impl Elsewhere {
    fn price(&self, today: FigureId) -> Quantity {
        match self.here {
            None => Quantity::cell(self.price),
            Some(here) => Quantity::cell(today).times(Quantity::cell(self.price).over(Quantity::cell(here))),
        }
    }
}

/// One bought line.
struct Line {
    node: u32,
    today: FigureId,
    elsewhere: Option<Elsewhere>,
    way: Way,
    plants: (usize, usize),
    qualification: Option<FigureId>,
}

/// The lines that leaving changes, and what they add up to.
pub(crate) struct Leaving {
    lines: Vec<Line>,
    /// Bought lines of which no maker is known to be there.
    untouched: usize,
    leaves_china: bool,
    /// The selector as typed.
    from: String,
}

impl Leaving {
    /// Leaves the plants of a selector.
    pub(crate) fn new(model: &Model<'_>, chain: &Chain, from: &Selector) -> Leaving {
        let needs = &model.flow(View::Cost).need;
        let left = from.countries();
        let links: BTreeMap<u32, &Link> =
            chain.links.iter().filter(|l| !l.feed).map(|l| (l.item, l)).collect();
        let named: BTreeMap<&str, &Part> = chain.parts.iter().map(|p| (p.id.as_str(), p)).collect();
        let offers = offers(model);
        let (mut lines, mut untouched) = (vec![], 0);
        for node in (0..model.network.items.len() as u32).filter(|n| needs[*n as usize] != 0.0) {
            let item = model.network.name(node);
            let Some(today) = known(model, &format!("prices/{item}")) else { continue };
            if node == model.product.node {
                continue;
            }
            let traded = model.markets.of(node).unwrap_or(node);
            let (market, link) = (model.network.name(traded), links.get(&traded).copied());
            let makers: Vec<(&Plant, &Link)> =
                link.into_iter().flat_map(|l| l.plants.iter().map(move |p| (p, l))).collect();
            let suppliers = named
                .get(item)
                .zip(link)
                .map(|(part, l)| part.suppliers.iter().map(|s| (&l.plants[s.plant], l)).collect::<Vec<_>>());
            let sellers = suppliers.as_ref().unwrap_or(&makers);
            let is_left = |(plant, link): &(&Plant, &Link)| from.hits(plant, link);
            let (hit, all) = (sellers.iter().filter(|s| is_left(s)).count(), sellers.len());
            if all > 0 && hit == 0 {
                untouched += 1;
                continue;
            }
            // Where all known plants of a country are left, so is its price; where none is known, by its name.
            let gone = |plants: &[(&Plant, &Link)], country: &str| {
                let mut there = plants.iter().filter(|(p, _)| p.country == country).peekable();
                if there.peek().is_some() { there.all(is_left) } else { left.contains(country) }
            };
            let cheapest = |id: &str, plants: &[(&Plant, &Link)], is_gone: bool| {
                let offers = offers.get(id).into_iter().flatten();
                let offers = offers.filter(|o| gone(plants, o.country) == is_gone && o.value > 0.0);
                offers.reduce(|a, b| if b.value < a.value { b } else { a })
            };
            let of = |offer: &Offer<'_>, here| Elsewhere {
                country: offer.country.to_owned(),
                price: offer.figure,
                here,
            };
            let own = cheapest(item, sellers, false).map(|offer| of(offer, None));
            let in_market = || {
                let here = cheapest(market, &makers, true).filter(|_| market != item)?;
                Some(of(cheapest(market, &makers, false)?, Some(here.figure)))
            };
            let elsewhere = own.or_else(in_market);
            let way = match (all, &elsewhere) {
                (0, _) => Way::Unknown,
                (_, Some(_)) => Way::Priced,
                _ if makers.iter().all(is_left) => Way::None,
                _ => Way::Unpriced,
            };
            // Who supplies the part today is qualified.
            let qualified = suppliers.as_ref().is_some_and(|all| !all.iter().all(is_left));
            let qualification = qualification(model, node, [item, market]).filter(|_| !qualified);
            lines.push(Line { node, today, elsewhere, way, plants: (hit, all), qualification });
        }
        Leaving {
            lines,
            untouched,
            leaves_china: from.is_whole() && left.len() == 1 && left.contains("CHN"),
            from: from.text.clone(),
        }
    }

    /// Leaves the country that stops most; if no price elsewhere is known for it, the first of the next ones for which
    /// there is one. `None` if no country stops anything.
    pub(crate) fn worst(model: &Model<'_>, chain: &Chain, cases: &[Case]) -> Option<(String, Leaving)> {
        let leaving =
            |id: &str| Leaving::new(model, chain, &Selector::single(model.atlas, Kind::Country, id));
        let worst = stops::worst(cases, chain, WORST);
        let mut tried = worst.iter().map(|c| (c.id.clone(), leaving(&c.id)));
        let first = tried.next()?;
        if first.1.known_extra().is_some() {
            return Some(first);
        }
        Some(tried.find(|(_, leaving)| leaving.known_extra().is_some()).unwrap_or(first))
    }

    fn extra(&self, line: &Line) -> Option<Quantity> {
        let there = line.elsewhere.as_ref().filter(|_| line.way == Way::Priced)?;
        let dearer = there.price(line.today).less(Quantity::cell(line.today));
        let dearer = Quantity::Greatest(vec![Quantity::Figures(Expr::Number(0.0)), dearer]);
        Some(need(View::Cost, line.node).times(dearer))
    }

    /// What all lines with a price elsewhere add; `None` if none has one.
    pub(crate) fn known_extra(&self) -> Option<Quantity> {
        let extra: Vec<Quantity> = self.lines.iter().filter_map(|l| self.extra(l)).collect();
        (!extra.is_empty()).then_some(Quantity::Sum(extra))
    }

    /// The parts of one robot as they are bought today, what leaving is known to add, and what is published for a
    /// robot without the country that is left.
    pub(crate) fn totals<'m, 'a>(&self, model: &'m Model<'a>) -> Draft<'m, 'a> {
        let published = |measure: &str| {
            let latest = |row: &&crate::atlas::Row| {
                let sheet = model.atlas.sheet("product_figures");
                sheet.text(row, "product") == model.product.item && sheet.text(row, "measure") == measure
            };
            let sheet = model.atlas.sheet("product_figures");
            let row = sheet.rows.iter().rfind(latest)?;
            row.figure.filter(|f| model.values.get(*f).is_some()).map(Quantity::cell)
        };
        let without = published("cost_without_china").filter(|_| self.leaves_china);
        // That no price elsewhere is known is told too.
        let known_extra = [("known_extra", self.known_extra())];
        let rows = published("cost").map(|q| ("today", Some(q))).into_iter().chain(known_extra);
        let rows: Vec<_> = rows.chain(without.map(|q| ("without", Some(q)))).collect();
        Draft::new(model, "leaving_total", rows.iter().map(|(key, _)| (*key).to_owned()).collect())
            .words(
                "cost",
                rows.iter().map(|(k, _)| Some(format!("leaving-{}", k.replace('_', "-")))).collect(),
            )
            .range(["usd", "usd_low", "usd_high"], Unit::Usd, rows.into_iter().map(|(_, q)| q).collect())
    }

    fn count(&self, way: Way) -> i64 {
        self.lines.iter().filter(|l| l.way == way).count() as i64
    }

    /// How many lines can be bought elsewhere at a known price, at an unknown one, not at all, or from nobody known.
    pub(crate) fn note(&self) -> Message {
        Message::new("note-leaving")
            .integer("priced", self.count(Way::Priced))
            .integer("unpriced", self.count(Way::Unpriced))
            .integer("none", self.count(Way::None))
            .integer("unknown", self.count(Way::Unknown))
            .integer("untouched", self.untouched as i64)
            .name("from", self.from.as_str())
    }

    /// Every line, the dearest to replace first, then those without a price elsewhere.
    pub(crate) fn table<'m, 'a>(&self, model: &'m Model<'a>, rows: Option<usize>) -> Draft<'m, 'a> {
        let value = |q: &Quantity| model.value(q).unwrap_or(0.0);
        let cost = |l: &Line| value(&need(View::Cost, l.node)) * value(&Quantity::cell(l.today));
        let mut lines: Vec<&Line> = self.lines.iter().collect();
        lines.sort_by(|a, b| {
            let extra = |l: &Line| self.extra(l).as_ref().map_or(-1.0, value);
            extra(b).total_cmp(&extra(a)).then(cost(b).total_cmp(&cost(a))).then(a.node.cmp(&b.node))
        });
        lines.truncate(rows.unwrap_or(usize::MAX));
        let names = || lines.iter().map(|l| model.network.name(l.node).to_owned()).collect::<Vec<_>>();
        let price = |l: &&Line| model.atlas.figures.get(l.today).unit;
        let draft = Draft::new(model, "leaving", names())
            .names("item", names())
            .number_by_row(
                "quantity",
                lines.iter().map(|l| model.unit_of(l.node)).collect(),
                lines.iter().map(|l| Some(need(View::Cost, l.node))).collect(),
            )
            .text("makers", lines.iter().map(|l| Some(format!("{}/{}", l.plants.0, l.plants.1))).collect())
            .header(Message::new("col-makers-left"))
            .number_by_row(
                "price",
                lines.iter().map(price).collect(),
                lines.iter().map(|l| Some(Quantity::cell(l.today))).collect(),
            )
            .names(
                "elsewhere",
                lines
                    .iter()
                    .map(|l| l.elsewhere.as_ref().map_or_else(String::new, |e| e.country.clone()))
                    .collect(),
            )
            .number_by_row(
                "price_elsewhere",
                lines.iter().map(price).collect(),
                lines.iter().map(|l| l.elsewhere.as_ref().map(|e| e.price(l.today))).collect(),
            )
            .range(
                ["extra", "extra_low", "extra_high"],
                Unit::Usd,
                lines.iter().map(|l| self.extra(l)).collect(),
            )
            .words("way", lines.iter().map(|l| Some(l.way.word())).collect());
        match lines.iter().any(|l| l.qualification.is_some()) {
            true => draft.number(
                "qualification",
                Unit::Day,
                lines.iter().map(|l| l.qualification.map(Quantity::cell)).collect(),
            ),
            false => draft,
        }
    }
}

/// A figure of the atlas whose value is known.
fn known(model: &Model<'_>, address: &str) -> Option<FigureId> {
    model.atlas.figures.find(address).filter(|f| model.values.get(*f).is_some())
}

/// The time to qualify a second source: that of the item, of its market, or else of the stage. One that is published as a
/// range alone is no number, and that of the stage does not take its place.
fn qualification(model: &Model<'_>, node: u32, items: [&str; 2]) -> Option<FigureId> {
    let stage = model.item_text(node, "stage").unwrap_or_default();
    let of = |item: &str| model.atlas.figures.find(&format!("times/{stage}/{item}/qualification"));
    let nearest = items.into_iter().chain(["-"]).find_map(of)?;
    Some(nearest).filter(|f| model.values.get(*f).is_some())
}

/// A known price of an item from makers in one country.
struct Offer<'a> {
    country: &'a str,
    value: f64,
    figure: FigureId,
}

/// All of them, by item.
fn offers<'a>(model: &Model<'a>) -> BTreeMap<&'a str, Vec<Offer<'a>>> {
    let sheet = model.atlas.sheet("offers");
    let mut offers: BTreeMap<&str, Vec<Offer<'_>>> = BTreeMap::new();
    for row in &sheet.rows {
        let known = row.figure.and_then(|figure| Some((model.values.get(figure)?, figure)));
        if let Some((value, figure)) = known {
            let offer = Offer { country: sheet.text(row, "country"), value, figure };
            offers.entry(sheet.text(row, "item")).or_default().push(offer);
        }
    }
    offers
}
