//! What each market tells: who makes the item, where, how much, and at what price.

use crate::atlas::{Atlas, Figure, Row, Standing};
use crate::model::{Model, View};
use crate::network::baseline::{is_running, market_of};
use linchpin_table::{Message, Table, TableError, Unit};
use std::collections::{BTreeMap, BTreeSet};

/// What is told of the market of one item.
#[derive(Debug, Clone, Default)]
pub(crate) struct Told {
    /// Its item.
    pub(crate) item: String,
    /// Running sites.
    pub(crate) makers: usize,
    /// Countries they stand in.
    pub(crate) countries: usize,
    /// Running sites with an output, or a share of the market where only that is published.
    pub(crate) outputs: usize,
    /// Running sites with a capacity.
    pub(crate) capacities: usize,
    /// Standing of the price.
    pub(crate) price: Option<Standing>,
}

/// Every market: an item that a site puts out, or that a recipe buys. In order of id.
pub(crate) fn told(atlas: &Atlas) -> Vec<Told> {
    let (sites, inputs) = (atlas.sheet("sites"), atlas.sheet("inputs"));
    let bought = inputs.rows.iter().filter(|r| inputs.text(r, "supply") == "buy");
    let bought = bought.map(|r| market_of(atlas, inputs.text(r, "item")));
    let mut markets: BTreeMap<&str, Told> = bought.map(|m| (m, Told::default())).collect();
    let outputs = sites_with(atlas, &["output", "share", "utilisation"]);
    let capacities = sites_with(atlas, &["capacity"]);
    let mut countries: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for row in &sites.rows {
        let market = market_of(atlas, sites.text(row, "item"));
        let told = markets.entry(market).or_default();
        if is_running(sites.text(row, "status")) {
            told.makers += 1;
            told.outputs += usize::from(outputs.contains(row.key.as_str()));
            told.capacities += usize::from(capacities.contains(row.key.as_str()));
            countries.entry(market).or_default().insert(sites.text(row, "country"));
        }
    }
    let prices = prices(atlas);
    for (market, told) in &mut markets {
        told.item = (*market).to_owned();
        told.countries = countries.get(market).map_or(0, BTreeSet::len);
        told.price = prices.get(market).copied();
    }
    markets.into_values().collect()
}

/// Sites that have a value in one of some measures.
fn sites_with<'a>(atlas: &'a Atlas, measures: &[&str]) -> BTreeSet<&'a str> {
    let sheet = atlas.sheet("site_figures");
    let known = |row: &&Row| measures.contains(&sheet.text(row, "measure")) && valued(atlas, row).is_some();
    sheet.rows.iter().filter(known).map(|r| sheet.text(r, "site")).collect()
}

/// The figure of a row, if it has a value.
fn valued<'a>(atlas: &'a Atlas, row: &Row) -> Option<&'a Figure> {
    let figure = atlas.figures.get(row.figure?);
    (figure.value.is_some() || figure.formula.is_some()).then_some(figure)
}

/// Standing of the best known price in each market.
fn prices(atlas: &Atlas) -> BTreeMap<&str, Standing> {
    let sheet = atlas.sheet("prices");
    let mut best: BTreeMap<&str, Standing> = BTreeMap::new();
    for row in &sheet.rows {
        if let Some(Figure { standing, .. }) = valued(atlas, row) {
            let standing = *standing;
            best.entry(market_of(atlas, &row.key)).and_modify(|s| *s = standing.min(*s)).or_insert(standing);
        }
    }
    best
}

/// One row a market, by stage from the mine up.
pub(super) fn table(atlas: &Atlas, told: &[Told]) -> Result<Table, TableError> {
    let items = atlas.sheet("items");
    let stage = |t: &Told| items.find(&t.item).map_or("", |row| items.text(row, "stage")).to_owned();
    let rank = |t: &Told| crate::explode::STAGES.iter().position(|s| *s == stage(t));
    let mut told: Vec<&Told> = told.iter().collect();
    told.sort_by_key(|t| (rank(t), &t.item));
    let ids = || told.iter().map(|t| t.item.clone()).collect::<Vec<_>>();
    let count = |of: fn(&Told) -> usize| told.iter().map(|t| of(t) as i64).collect::<Vec<_>>();
    let word = |t: &&Told| {
        let standing = t.price.map(|s| format!("standing-{}", s.word()));
        standing.unwrap_or_else(|| "coverage-none".to_owned())
    };
    Table::builder("markets", Message::new("table-markets"), ids())
        .names("item", ids())
        .words("stage", told.iter().map(|t| format!("stage-{}", stage(t))))
        .integer("makers", Unit::None, count(|t| t.makers))
        .unexplained()
        .integer("countries", Unit::None, count(|t| t.countries))
        .unexplained()
        .integer("with_output", Unit::None, count(|t| t.outputs))
        .unexplained()
        .integer("with_capacity", Unit::None, count(|t| t.capacities))
        .unexplained()
        .words("price_standing", told.iter().map(word))
        .note(Message::new("note-markets"))
        .build()
}

/// How much of what the product needs the atlas knows, in a sentence.
pub(crate) fn line(model: &Model<'_>) -> Message {
    let needs = &model.flow(View::Gross).need;
    let needed = (0..model.network.items.len() as u32).filter(|item| needs[*item as usize] != 0.0);
    let needed: BTreeSet<&str> =
        needed.filter_map(|item| model.markets.of(item)).map(|market| model.network.name(market)).collect();
    let told = told(model.atlas);
    let behind: Vec<&Told> = told.iter().filter(|t| needed.contains(t.item.as_str())).collect();
    let count = |of: fn(&Told) -> usize| behind.iter().filter(|t| of(t) > 0).count() as i64;
    Message::new("coverage-line")
        .name("product", model.product.item.as_str())
        .integer("markets", behind.len() as i64)
        .integer("makers", count(|t| t.makers))
        .integer("outputs", count(|t| t.outputs))
        .integer("capacities", count(|t| t.capacities))
        .integer("prices", count(|t| usize::from(t.price.is_some())))
}
