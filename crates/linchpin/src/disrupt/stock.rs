//! Stock that the maker of a product says he holds, as cover.

use super::times::WEEK;
use crate::atlas::units::DAYS_PER_YEAR;
use crate::atlas::{Expr, FigureId};
use crate::model::{Model, Quantity, View};
use crate::network::baseline::market_of;
use crate::stop::Chain;
use std::collections::BTreeMap;

/// How long stock lasts at the volume asked for.
#[derive(Clone)]
pub(super) struct Held {
    pub(super) weeks: f64,
    pub(super) rests: Rests,
}

/// The figures that a cover is from, and the cover in days as a number of an answer; none if it was given.
pub(super) type Rests = Option<(Vec<FigureId>, Quantity)>;

/// How much there is of something that is bought: figures, with how many of it are in one of what each counts.
#[derive(Default)]
struct Stock {
    on_hand: Vec<(FigureId, f64)>,
    on_the_way: Vec<(FigureId, f64)>,
    /// Whether what is on hand of the thing itself is told: without that, what is in assemblies is not all.
    told: bool,
}

/// What stock of an item is held as: a part of which the maker names the suppliers as that, all else as its market.
pub(super) fn held_as<'i>(model: &'i Model<'_>, chain: &Chain, item: &'i str) -> &'i str {
    match chain.parts.iter().any(|p| p.id == item) {
        true => item,
        false => market_of(model.atlas, item),
    }
}

/// The maker's stock by what it is held as; of several items of one market the scarcest, since each is needed. What is on hand of
/// assemblies holds what they are made of. What is on the way counts as far as it is more than the run has there anyway, over
/// `transit` weeks.
pub(super) fn held(model: &Model<'_>, chain: &Chain, transit: u16) -> BTreeMap<String, Held> {
    let needs = &model.flow(View::Gross).need;
    let mut held: BTreeMap<String, Held> = BTreeMap::new();
    for (node, stock) in
        stocks(model).into_iter().filter(|(node, stock)| stock.told && needs[*node as usize] > 0.0)
    {
        let year = Quantity::measure(View::Gross, vec![(node, Expr::ONE)]).times(chain.given.clone());
        let days = |of: &[(FigureId, f64)]| {
            let each = of.iter().map(|(f, times)| Quantity::cell(*f).times(number(*times)));
            Quantity::Sum(each.collect()).over(year.clone()).times(number(DAYS_PER_YEAR))
        };
        let mut days_held = days(&stock.on_hand);
        if !stock.on_the_way.is_empty() {
            let beyond = days(&stock.on_the_way).less(number(f64::from(transit) * WEEK));
            days_held = Quantity::Sum(vec![days_held, Quantity::Greatest(vec![number(0.0), beyond])]);
        }
        let Some(weeks) = model.value(&days_held).map(|days| days / WEEK) else { continue };
        let key = held_as(model, chain, model.network.name(node));
        if held.get(key).is_none_or(|known| weeks < known.weeks) {
            let figures = stock.on_hand.iter().chain(&stock.on_the_way).map(|(figure, _)| *figure);
            held.insert(key.to_owned(), Held { weeks, rests: Some((figures.collect(), days_held)) });
        }
    }
    held
}

fn number(value: f64) -> Quantity {
    Quantity::Figures(Expr::Number(value))
}

/// What the maker has of each item that he buys.
fn stocks(model: &Model<'_>) -> BTreeMap<u32, Stock> {
    let sheet = model.atlas.sheet("stocks");
    let mut stocks: BTreeMap<u32, Stock> = BTreeMap::new();
    for row in sheet.rows.iter().filter(|row| sheet.text(row, "product") == model.product.item) {
        let Some((figure, node)) = row.figure.zip(model.network.item(sheet.text(row, "item"))) else {
            continue;
        };
        let on_hand = sheet.text(row, "measure") == "on_hand";
        for (bought, times) in bought(model, node) {
            let stock = stocks.entry(bought).or_default();
            if on_hand { &mut stock.on_hand } else { &mut stock.on_the_way }.push((figure, times));
            stock.told |= on_hand && bought == node;
        }
    }
    stocks
}

/// What is bought for one of an item: itself, or of what the maker makes all that goes into it.
fn bought(model: &Model<'_>, node: u32) -> BTreeMap<u32, f64> {
    let network = model.network;
    let mut inputs = network.recipes.iter().flat_map(|r| &r.inputs).filter(|i| i.used && i.item == node);
    let (mut found, mut open) = (BTreeMap::new(), vec![(node, 1.0)]);
    if inputs.any(|input| input.bought) {
        return BTreeMap::from([(node, 1.0)]);
    }
    while let Some((node, amount)) = open.pop() {
        for (l, line) in network.out_of(node).filter(|(l, _)| network.swept[*l]) {
            let amount = amount * model.coefficient(View::Gross, l);
            let input =
                network.recipes.get(line.recipe as usize).and_then(|r| r.inputs.get(line.input as usize));
            match input.is_some_and(|input| input.bought) {
                true => *found.entry(line.child).or_insert(0.0) += amount,
                false => open.push((line.child, amount)),
            }
        }
    }
    found
}
