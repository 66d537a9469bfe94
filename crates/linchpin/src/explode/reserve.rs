//! What the units asked for take out of the ground, beside a year of the mines and the reserves, by element.
//!
//! need = Σ over first products of need × content; output and reserves are sums of published figures × content. The
//! first products of an element are those of its mines, or what is won of it beside another metal, whose ore no need
//! for it drives. Reserves are those of the countries that publish them, an economic quantity, and no bound on what there is.

use super::content;
use crate::atlas::{Expr, FigureId, Row};
use crate::book::Draft;
use crate::expose::countries::{Place, place};
use crate::model::{Model, Quantity, View};
use crate::network::{Baseline, Role};
use linchpin_table::{Message, Unit};
use std::collections::BTreeMap;

/// One element.
struct Line<'a> {
    symbol: &'a str,
    need: Quantity,
    output: Option<Quantity>,
    reserves: BTreeMap<&'a str, Vec<Expr>>,
}

impl<'a> Line<'a> {
    fn new(model: &'a Model<'_>, baseline: &Baseline, symbol: &'a str) -> Line<'a> {
        let need = &model.flow(View::Gross).need;
        let held: Vec<(&str, FigureId)> = contents_of(model, symbol);
        let nodes = held.iter().filter_map(|(item, content)| Some((model.network.item(item)?, *content)));
        let (mined, past): (Vec<_>, Vec<_>) = nodes.partition(|(node, _)| is_mined(model, *node));
        let byproducts: Vec<_> = past.into_iter().filter(|(node, _)| is_byproduct(model, *node)).collect();
        let first = if byproducts.is_empty() { mined } else { byproducts };
        let needed = first.iter().filter(|(node, _)| need[*node as usize] != 0.0);
        let needed: Vec<_> = needed.map(|(node, content)| (*node, Expr::Figure(*content))).collect();
        let mut markets: BTreeMap<u32, FigureId> = BTreeMap::new();
        for (node, content) in &first {
            markets.entry(model.markets.of(*node).unwrap_or(*node)).or_insert(*content);
        }
        let output = |(market, content): (u32, FigureId)| {
            Some(baseline.pools.get(&market)?.output()?.mul(Expr::Figure(content)))
        };
        let outputs: Vec<Expr> = markets.into_iter().filter_map(output).collect();
        let mut reserves: BTreeMap<&str, Vec<Expr>> = BTreeMap::new();
        for (item, content) in &held {
            for (country, reserve) in reserves_of(model, item) {
                let held = Expr::Figure(reserve).mul(Expr::Figure(*content));
                reserves.entry(country).or_default().push(held);
            }
        }
        Line {
            symbol,
            need: Quantity::measure(View::Gross, needed),
            output: (!outputs.is_empty()).then(|| Quantity::Figures(Expr::sum(outputs))),
            reserves,
        }
    }

    fn reserves(&self) -> Option<Quantity> {
        let all: Vec<Expr> = self.reserves.values().flatten().cloned().collect();
        (!all.is_empty()).then(|| Quantity::Figures(Expr::sum(all)))
    }

    /// The country with the largest reserves, and these; what is left to no country in particular is none.
    fn largest(&self, model: &Model<'_>) -> Option<(&'a str, Quantity)> {
        let countries = self.reserves.iter().filter(|(country, _)| place(country) == Place::Country);
        let held = countries.map(|(country, parts)| (*country, Quantity::Figures(Expr::sum(parts.clone()))));
        let value = |q: &Quantity| model.value(q).unwrap_or(0.0);
        held.reduce(|a, b| if value(&b.1) > value(&a.1) { b } else { a })
    }
}

/// Items that hold an element, with their content of it.
fn contents_of<'a>(model: &'a Model<'_>, symbol: &str) -> Vec<(&'a str, FigureId)> {
    let sheet = model.atlas.sheet("contents");
    let rows = sheet.rows.iter().filter(|r| sheet.text(r, "element") == symbol);
    rows.filter_map(|r| Some((sheet.text(r, "item"), r.figure?))).collect()
}

/// Whether an item is what a mine sells.
fn is_mined(model: &Model<'_>, node: u32) -> bool {
    model.item_text(node, "stage").is_some_and(|stage| stage == "mining")
}

/// Whether an item is won beside another.
fn is_byproduct(model: &Model<'_>, node: u32) -> bool {
    let outputs = model.network.recipes.iter().flat_map(|r| &r.outputs);
    outputs.into_iter().any(|o| o.item == node && o.role == Role::Byproduct)
}

/// Known reserves of an item in the ground by country.
fn reserves_of<'a>(model: &'a Model<'_>, item: &str) -> Vec<(&'a str, FigureId)> {
    let sheet = model.atlas.sheet("reserves");
    let is_of = |r: &&Row| sheet.text(r, "item") == item && sheet.text(r, "measure") == "reserve";
    let known = |r: &'a Row| {
        let figure = r.figure.filter(|f| model.values.get(*f).is_some())?;
        Some((sheet.text(r, "country"), figure))
    };
    sheet.rows.iter().filter(is_of).filter_map(known).collect()
}

/// Every element inside the product.
pub(crate) fn table<'m, 'a>(model: &'m Model<'a>, baseline: &Baseline, units: &Quantity) -> Draft<'m, 'a> {
    let inside = |e: &&str| content::is_shown(model, &content::elements(model, &[*e]));
    let elements = content::tracked(model.atlas).into_iter().filter(inside);
    let lines: Vec<Line> = elements.map(|e| Line::new(model, baseline, e)).collect();
    let symbols = || lines.iter().map(|l| l.symbol.to_owned()).collect::<Vec<_>>();
    let need = |l: &Line| l.need.clone().times(units.clone());
    let over = |by: &dyn Fn(&Line) -> Option<Quantity>| -> Vec<Option<Quantity>> {
        lines.iter().map(|l| Some(need(l).over(by(l)?))).collect()
    };
    let largest: Vec<Option<(&str, Quantity)>> = lines.iter().map(|l| l.largest(model)).collect();
    let share = |(l, held): (&Line, &Option<(&str, Quantity)>)| Some(held.clone()?.1.over(l.reserves()?));
    Draft::new(model, "reserve", symbols())
        .names("element", symbols())
        .number("need", Unit::Kg, lines.iter().map(|l| Some(need(l))).collect())
        .number("output", Unit::KgPerYear, lines.iter().map(|l| l.output.clone()).collect())
        .number("of_output", Unit::Fraction, over(&|l| l.output.clone()))
        .number("reserves", Unit::Kg, lines.iter().map(Line::reserves).collect())
        .range(
            ["of_reserves", "of_reserves_low", "of_reserves_high"],
            Unit::Fraction,
            over(&|l| l.reserves()),
        )
        .names("largest", largest.iter().map(|l| l.as_ref().map_or("", |l| l.0).to_owned()).collect())
        .number("largest_share", Unit::Fraction, lines.iter().zip(&largest).map(share).collect())
        .note(Message::new("note-reserve").text("year", baseline.year.to_string()))
}
