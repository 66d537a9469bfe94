//! An atlas of one's own: the rows that a product and its parts add to the atlas inside the program.

mod copy;
pub(crate) mod ids;
mod inside;
pub(crate) mod pattern;
pub(crate) mod rows;
mod supply;

use crate::bom::{Bom, Child, Line, Lines, UNCOUNTED};
use crate::contents::Content;
use crate::cost::{Break, Costs, Usd, Worth};
use crate::quantity::Unit;
use crate::stand_in::{Basis, StandIn, StandIns, Traits};
use crate::stock::Amounts;
use crate::vendors::Vendor;
use ids::Ids;
pub use inside::Inside;
use inside::{Answers, answers};
use linchpin::atlas::{Atlas, Files};
use rows::{Rows, text};
use std::collections::{BTreeMap, BTreeSet};

/// The product that the parts make.
#[derive(Clone, Debug, PartialEq)]
pub struct Product {
    /// Its name on the command line; ids of its parts begin with it.
    pub alias: String,
    /// What it is called.
    pub title: String,
    /// Country in which it is assembled.
    pub country: String,
    /// Kilograms that it weighs, if somebody weighed it.
    pub mass: Option<f64>,
    /// The files that list its parts, for the source.
    pub files: Vec<String>,
    /// Whether the files are Chinese: `¥` is yuan then.
    pub chinese: bool,
}

/// What is known of a part beyond its lines.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Known {
    /// The item of the atlas that it is.
    pub item: Option<String>,
    /// Its mass in kilograms, by its lines or by the sizes in its text.
    pub mass: Option<f64>,
    /// What its text tells of what is in it.
    pub traits: Traits,
}

/// How a part came into the atlas.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// Its id there.
    pub id: String,
    /// The item in whose market it is bought: its own id where it has no wider one.
    pub market: String,
    /// What stands for its content; `None` for assemblies and for what nothing is known of.
    pub stand_in: Option<StandIn>,
    /// Stage of its making, as items have it.
    pub stage: String,
    /// What is in it, where its supplier tells something of that; empty elsewhere.
    pub inside: Vec<Inside>,
    /// Dollars paid for one at the volume, without surplus, if its files tell a price in money that somebody has a rate for.
    pub price: Option<f64>,
}

impl Placed {
    /// Whether it is known what is in it.
    pub fn is_known(&self) -> bool {
        self.stand_in.is_some() || self.told() > 0
    }

    /// How much of what is in it its supplier tells.
    pub fn told(&self) -> usize {
        self.inside.iter().filter(|inside| inside.row.is_some()).count()
    }
}

/// The files of an overlay, and how each part came into it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Made {
    /// The files.
    pub files: Files,
    /// How each part came into it, in the order of the parts.
    pub parts: Vec<Placed>,
}

/// Makes the overlay; `totals` are how many of each part are in one product, `called` what each is called in tables, `stock` how
/// many there are.
#[allow(clippy::too_many_arguments)]
pub fn overlay(
    atlas: &Atlas,
    stand_ins: &StandIns<'_>,
    bom: &Bom,
    totals: &[f64],
    lines: &Lines<'_>,
    called: &[String],
    known: &[Known],
    vendors: &[Vendor<'_>],
    contents: &[Content<'_>],
    costs: &Costs<'_>,
    stock: &BTreeMap<usize, Amounts>,
    product: &Product,
) -> Made {
    let items = atlas.sheet("items");
    let mut new = Ids::new(items.rows.iter().map(|row| row.key.clone()));
    let mut rows = Rows::default();
    let source = format!("own_{}", product.alias);
    let year: String = atlas.package.as_of.chars().take(4).collect();
    rows.add(
        "sources",
        vec![
            ("id", source.clone()),
            ("title", text(&product.files.join("; "))),
            ("publisher", text(&product.title)),
            ("year", year.clone()),
            ("tier", "primary".into()),
            ("note", "parts list of the product's own maker, as imported".into()),
        ],
    );
    let robot = new.id("robot", &product.alias);
    let ids: Vec<String> =
        (0..bom.parts.len()).map(|p| new.id(&product.alias, bom.title(p, &lines.lines))).collect();
    let units = units(bom);
    let sites = atlas.sheet("sites");
    let made = sites.rows.iter().map(|row| sites.text(row, "item")).collect();
    let answers = answers(atlas, contents);
    let mut maker = Maker {
        atlas,
        stand_ins,
        lines,
        called,
        costs,
        vendors,
        rows,
        source,
        year,
        product,
        new,
        made,
        measured: measured(bom),
        copies: BTreeMap::new(),
        plants: BTreeMap::new(),
    };
    maker.product(&robot, &bom.roots, &ids, &units, bom);
    let mut parts = (0..bom.parts.len())
        .filter(|p| bom.product != Some(*p))
        .map(|part| {
            let answers = answers.get(&part);
            let placed = maker.part(part, bom, &known[part], answers, &ids, &units);
            (part, placed)
        })
        .collect::<BTreeMap<usize, Placed>>();
    maker.supply(&robot, vendors, contents, &parts, totals);
    for (part, amounts) in stock.iter().filter(|(part, _)| parts.contains_key(part)) {
        let measures = [("on_hand", amounts.on_hand), ("in_transit", amounts.in_transit)];
        for (measure, amount) in measures.into_iter().filter_map(|(m, amount)| Some((m, amount?))) {
            let mut row = vec![("product", robot.clone()), ("item", ids[*part].clone())];
            row.push(("measure", measure.into()));
            row.extend(maker.reported(amount, units[*part]));
            maker.rows.add("stocks", row);
        }
    }
    let nothing = |part: usize| Placed {
        id: ids[part].clone(),
        market: ids[part].clone(),
        stand_in: None,
        stage: String::new(),
        inside: vec![],
        price: None,
    };
    let parts = (0..bom.parts.len()).map(|p| parts.remove(&p).unwrap_or_else(|| nothing(p))).collect();
    let files = maker.rows.files(&product.alias, atlas);
    Made { files, parts }
}

/// The unit of each part in the atlas: kilograms if its lines count in them, else pieces; a piece of what is counted in
/// metres is a metre.
pub(crate) fn units(bom: &Bom) -> Vec<&'static str> {
    let mut units = vec!["piece"; bom.parts.len()];
    bom.links().filter(|c| c.unit == Unit::Kilogram).for_each(|c| units[c.part] = "kg");
    units
}

/// Parts that are counted by length, area or volume: a piece of them is a metre.
pub(crate) fn measured(bom: &Bom) -> Vec<bool> {
    let mut measured = vec![false; bom.parts.len()];
    let is_one = |unit: Unit| matches!(unit, Unit::Metre | Unit::SquareMetre | Unit::Litre);
    bom.links().filter(|c| is_one(c.unit)).for_each(|c| measured[c.part] = true);
    measured
}

struct Maker<'m, 'a, 's> {
    atlas: &'a Atlas,
    stand_ins: &'m StandIns<'a>,
    lines: &'m Lines<'s>,
    /// What each part is called, told apart from others of its name.
    called: &'m [String],
    costs: &'m Costs<'s>,
    /// Lines of vendor lists.
    vendors: &'m [Vendor<'s>],
    rows: Rows,
    source: String,
    year: String,
    product: &'m Product,
    /// Ids that are given out.
    new: Ids,
    /// Parts that are counted by length, area or volume.
    measured: Vec<bool>,
    /// Items that some plant of the atlas makes.
    made: BTreeSet<&'a str>,
    /// Items of the atlas that stand for the content of parts, and their copies.
    copies: BTreeMap<String, String>,
    /// Plants that are new, by company, country and market.
    plants: BTreeMap<(String, String, String), String>,
}

impl<'a> Maker<'_, 'a, '_> {
    fn reported(&self, value: f64, unit: &str) -> Vec<(&'static str, String)> {
        vec![
            ("value", value.to_string()),
            ("unit", unit.into()),
            ("year", self.year.clone()),
            ("source", self.source.clone()),
            ("standing", "reported".into()),
        ]
    }

    fn product(&mut self, robot: &str, roots: &[Child], ids: &[String], units: &[&str], bom: &Bom) {
        let product = self.product;
        self.rows.product(robot, &product.alias, &product.title, &product.country, "imported");
        if let Some(mass) = product.mass {
            let mut row =
                vec![("product", robot.into()), ("measure", "mass".into()), ("period", self.year.clone())];
            row.extend(self.reported(mass, "kg"));
            self.rows.add("product_figures", row);
        }
        self.inputs(robot, roots, ids, units, bom);
    }

    /// What goes into an assembly; the lines of one part are one need.
    fn inputs(&mut self, item: &str, children: &[Child], ids: &[String], units: &[&str], bom: &Bom) {
        let mut needs: BTreeMap<usize, Vec<&Child>> = BTreeMap::new();
        children.iter().for_each(|c| needs.entry(c.part).or_default().push(c));
        for (part, needs) in needs {
            let amount: f64 = needs.iter().map(|c| c.amount).sum();
            let uncounted = needs.iter().filter(|c| !c.counted).count();
            let least: f64 = needs.iter().map(|c| self.lines.least(c)).sum();
            let rows: Vec<String> = needs.iter().map(|c| self.lines.lines[c.line].row.to_string()).collect();
            let made = !bom.parts[part].children.is_empty();
            let mut row = vec![
                ("recipe", format!("make_{item}")),
                ("slot", ids[part].clone()),
                ("item", ids[part].clone()),
                ("choice", "used".into()),
                ("supply", if made { "make" } else { "buy" }.into()),
            ];
            row.extend(self.reported(amount, units[part]));
            let mut note = format!("row {}", rows.join(", "));
            if uncounted > 0 {
                row.retain(|c| c.0 != "standing" && c.0 != "source");
                row.push(("standing", "assumed".into()));
                note.push_str(": the file gives no quantity, one is taken");
                row.extend([("low", amount.to_string()), ("high", (amount * UNCOUNTED).to_string())]);
            } else if least < amount {
                row.extend([("low", least.to_string()), ("high", amount.to_string())]);
                note.push_str(": a range in the file, of which the most is taken");
            }
            row.push(("note", note));
            self.rows.add("inputs", row);
            let kept = amount / needs.iter().map(|c| c.need()).sum::<f64>();
            if kept < 1.0 {
                let mut row = vec![("recipe", format!("make_{item}")), ("slot", ids[part].clone())];
                row.extend([("value", kept.to_string()), ("unit", "fraction".into())]);
                row.extend([("standing", "derived".into()), ("formula", kept.to_string())]);
                row.push(("note", format!("row {}: scrap", rows.join(", "))));
                self.rows.add("yields", row);
            }
        }
    }

    fn part(
        &mut self,
        part: usize,
        bom: &Bom,
        known: &Known,
        answers: Option<&Answers<'_>>,
        ids: &[String],
        units: &[&str],
    ) -> Placed {
        let (id, unit, children) = (&ids[part], units[part], &bom.parts[part].children);
        let items = self.atlas.sheet("items");
        let kind = known.item.as_deref().filter(|_| children.is_empty()).and_then(|k| items.find(k));
        let stage = match (kind, children.is_empty()) {
            (Some(row), _) => items.text(row, "stage"),
            (None, true) => "component",
            (None, false) => "module",
        };
        let first = bom.parts[part].lines.first().map(|l| &self.lines.lines[*l]);
        let title = text(&self.called[part]);
        let title = if title.is_empty() { id.clone() } else { title };
        // A metre is none of the pieces that a market counts.
        let pool = kind.filter(|_| !self.measured[part]).and_then(|row| self.pool(&row.key, unit));
        let market = pool.map_or_else(|| id.clone(), str::to_owned);
        self.rows.add(
            "items",
            vec![
                ("id", id.clone()),
                ("name_en", title.clone()),
                ("name_zh", title),
                ("stage", stage.into()),
                ("unit", unit.into()),
                ("pool", pool.unwrap_or_default().into()),
                ("note", first.map_or(String::new(), remark)),
            ],
        );
        let price = self.price(part, id, unit);
        if !children.is_empty() {
            self.rows.recipe(id, unit);
            self.inputs(id, children, ids, units, bom);
            let stage = stage.to_owned();
            return Placed { id: id.clone(), market, stand_in: None, stage, inside: vec![], price };
        }
        if let Some(mass) = known.mass.filter(|m| *m > 0.0 && unit == "piece") {
            let mut row = vec![("item", id.clone())];
            row.extend(self.reported(mass, "kg"));
            self.rows.add("masses", row);
        }
        // What is in a metre only its mass tells.
        let kind = kind.filter(|_| !self.measured[part] || known.mass.is_some());
        let stand_in = kind.and_then(|row| self.stand_ins.of(&row.key, unit, known.mass, known.traits));
        let inside = answers.map(|answers| self.inside(id, stand_in.as_ref(), answers)).unwrap_or_default();
        if !inside.is_empty() {
            self.rows.recipe(id, unit);
            self.made_of_told(id, &self.called[part], stand_in.as_ref(), &inside);
        } else if let Some(found) = &stand_in {
            self.rows.recipe(id, unit);
            self.made_of(id, &market, found);
        }
        Placed { id: id.clone(), market, stand_in, stage: stage.to_owned(), inside, price }
    }

    fn made_of(&mut self, id: &str, market: &str, found: &StandIn) {
        let items = self.atlas.sheet("items");
        // What is bought in the same market would count there a second time.
        let twice = self.market(&found.item) == market;
        let item = if twice { self.copied(&found.item) } else { found.item.clone() };
        // Cells are bought for a pack as a material is for a part.
        let made = twice || !matches!(found.basis, Basis::Mass | Basis::Energy | Basis::Pack);
        let unit = items.find(&found.item).map_or("piece", |row| items.text(row, "unit"));
        let mut row = vec![
            ("recipe", format!("make_{id}")),
            ("slot", "as".into()),
            ("item", item),
            ("choice", "used".into()),
            ("supply", if made { "make" } else { "buy" }.into()),
        ];
        if found.basis == Basis::Mass {
            row.extend(self.reported(found.value, unit));
        } else {
            let note = match found.basis {
                Basis::Scaled => "content in proportion to mass; parts of one kind differ by half",
                Basis::Energy => "cells for the watt hours that the text tells",
                Basis::Pack => "what of the mass of a pack is cells",
                Basis::Piece => "content by the piece: chips do not grow with the mass",
                _ => "no mass in the file: of the usual size of its kind, which differs this much",
            };
            row.extend([
                ("value", found.value.to_string()),
                ("low", found.low.to_string()),
                ("high", found.high.to_string()),
                ("unit", unit.into()),
                ("standing", "assumed".into()),
                ("note", note.into()),
            ]);
        }
        self.rows.add("inputs", row);
    }

    /// The market in which something of a kind is bought. One without a plant is nobody's; it may be named by its own item only.
    fn pool(&self, kind: &str, unit: &str) -> Option<&'a str> {
        let items = self.atlas.sheet("items");
        let row = items.find(kind)?;
        let pool = items.get(row, "pool").unwrap_or(&row.key);
        let counted = items.find(pool).is_some_and(|row| items.text(row, "unit") == unit);
        Some(pool).filter(|pool| counted && self.made.contains(pool))
    }

    /// The market in which an item of the atlas is traded.
    fn market<'k>(&'k self, item: &'k str) -> &'k str {
        let items = self.atlas.sheet("items");
        items.find(item).and_then(|row| items.get(row, "pool")).unwrap_or(item)
    }

    /// The price that is paid for a part, and what it costs from each country in which a supplier of it stands.
    fn price(&mut self, part: usize, id: &str, unit: &str) -> Option<f64> {
        let costs = self.costs;
        let paid = costs.price(part)?;
        let prices: Vec<(&Break, f64)> = costs
            .shares(part)
            .map(|(order, share)| (&costs.offers[part][order.offer].breaks[order.at], share))
            .collect();
        let mut row = vec![("item", id.to_owned())];
        row.extend(self.priced(&prices, paid, unit));
        self.rows.add("prices", row);
        for (country, price) in costs.by_country(part, self.vendors) {
            let mut row = vec![("item", id.to_owned()), ("country", country.to_owned())];
            row.extend(self.priced(&[(price, 1.0)], price.usd(), unit));
            self.rows.add("offers", row);
        }
        Some(paid.value)
    }

    /// A price as a figure: as reported if it is one in dollars, else derived by rates and shares.
    fn priced(&self, prices: &[(&Break, f64)], paid: Usd, unit: &str) -> Vec<(&'static str, String)> {
        let in_unit = format!("USD/{unit}");
        let mut row = match prices {
            [(one, _)] if one.worth == Worth::Dollars => {
                let mut row = self.reported(paid.value, &in_unit);
                if paid.low < paid.high {
                    row.extend([("low", paid.low.to_string()), ("high", paid.high.to_string())]);
                }
                row
            }
            _ => {
                let terms: Vec<String> = prices.iter().map(|(price, share)| term(price, *share)).collect();
                vec![
                    ("value", paid.value.to_string()),
                    ("unit", in_unit),
                    ("year", self.year.clone()),
                    ("source", self.source.clone()),
                    ("standing", "derived".into()),
                    ("formula", terms.join("+")),
                ]
            }
        };
        let notes: Vec<String> = prices.iter().map(|(price, _)| told(price)).collect();
        row.push(("note", text(&notes.join("; "))));
        row
    }
}

/// A price as a term of a formula.
fn term(price: &Break, share: f64) -> String {
    let share = if share < 1.0 { format!("{share}*") } else { String::new() };
    let mean = price.mean();
    match price.worth {
        Worth::Dollars => format!("{share}{mean}"),
        Worth::Yuan(_) => format!("{share}{mean}/cny_per_usd"),
        Worth::Given(rate) => format!("{share}{mean}*{rate}"),
    }
}

/// Where a price stands, and from what quantity on it holds.
fn told(price: &Break) -> String {
    let list = if price.vendor.is_some() { "vendor list, " } else { "" };
    let from = if price.from > 1.0 { format!(", from {}", price.from) } else { String::new() };
    let rate = if matches!(price.worth, Worth::Given(_)) { ", rate given by the user" } else { "" };
    format!("{list}row {}{from}{rate}", price.row)
}

/// What the line says of a part besides its name.
fn remark(line: &Line<'_>) -> String {
    let said = [line.number, line.category, line.maker, line.material, line.supplier]
        .into_iter()
        .chain(line.details.iter().copied());
    let said: Vec<&str> = said.map(str::trim).filter(|t| !t.is_empty() && *t != line.title()).collect();
    text(&said.join("; "))
}
