//! Which figure, if it were known, would narrow the headlines of `brief` most, and where there is no figure at all.
//!
//! The range of a headline is W = √Σ eᵢ², a side, over the figures with a range (`model.rs`, `spread`). Without figure i it is
//! √(W² − eᵢ²): the share of the width that knowing it would take away is 1 − √(1 − eᵢ²/W²), worked out on both sides.

use crate::atlas::{FigureId, Standing};
use crate::book::{Book, BookError};
use crate::brief::{self, brief};
use crate::coverage::{Told, told};
use crate::explode::need;
use crate::model::{Model, Quantity, View, figure_label};
use linchpin_table::{Answer, Label, Message, Table, TableError, Unit};
use std::collections::BTreeMap;

/// What is asked of `atlas questions`.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// Robots a year.
    pub volume: f64,
    /// Rows of each table; all if `None`.
    pub rows: Option<usize>,
}

/// What one figure does to the headlines.
struct Weight {
    figure: FigureId,
    /// Sum over the headlines of the share of their width that knowing it would take away.
    sum: f64,
    /// The largest share and its headline: table and row of the page.
    most: (f64, String),
}

/// Answers a request.
pub fn questions(model: &Model<'_>, request: &Request) -> Result<Answer, BookError> {
    let page = brief::Request { product: model.product.item.clone(), volume: request.volume, risk: None };
    let book = brief(model, &page)?;
    let headlines = headlines(&book);
    let mut answer = Answer::new(book.answer.stamp.clone());
    answer.stamp.verb = "questions".to_owned();
    answer.labels = book.answer.labels.clone();
    let title = Message::new("questions-title").integer("headlines", headlines.len() as i64);
    answer.headlines.push(title.name("product", model.product.item.as_str()).number(
        "volume",
        request.volume,
        Unit::Piece,
    ));
    let mut weights = weights(model, &headlines);
    weights.truncate(request.rows.unwrap_or(usize::MAX));
    for weight in &weights {
        let address = model.atlas.figures.get(weight.figure).address.clone();
        let label = figure_label(model.atlas, &answer.labels, weight.figure);
        answer.labels.insert(address, label);
        let label = headline_label(&answer.labels, &weight.most.1);
        answer.labels.insert(weight.most.1.clone(), label);
    }
    answer.tables.push(narrow(model, &weights, headlines.len())?);
    answer.tables.push(blanks(model, request.rows)?);
    Ok(answer)
}

/// The numbers of the page that name what they rest on, the wall, and the known cost of leaving, by table and row.
fn headlines(book: &Book) -> Vec<(String, &Quantity)> {
    let mut found = vec![];
    for (table, column) in [("inside", "robot"), ("behind", "robot"), ("placed", "placed")] {
        let Some(sheet) = book.answer.table(table) else { continue };
        let rests = |row| sheet.column("weightiest").and_then(|c| c.cells.text(row)).unwrap_or_default();
        let named = sheet.keys.iter().enumerate().filter(|(row, _)| !rests(*row).is_empty());
        found.extend(named.map(|(_, key)| (table, key.as_str(), column)));
    }
    let wall = book.answer.table("headroom").and_then(|t| t.keys.first());
    found.extend(wall.map(|key| ("headroom", key.as_str(), "headroom")));
    found.push(("leaving_total", "known_extra", "usd"));
    let number = |(table, key, column): (&str, &str, &str)| {
        Some((format!("{table}/{key}"), book.numbers.get(&book.answer.address(table, key, column))?))
    };
    found.into_iter().filter_map(number).collect()
}

/// Every figure with a range that moves a headline, the one that narrows most first.
fn weights(model: &Model<'_>, headlines: &[(String, &Quantity)]) -> Vec<Weight> {
    let mut found: BTreeMap<FigureId, Weight> = BTreeMap::new();
    for (headline, quantity) in headlines {
        let spread = model.spread(quantity);
        // The ends that a sum of squares gives, before they are held at zero.
        let side = |of: fn(&crate::atlas::values::Influence) -> f64| {
            spread.influences.iter().map(|i| of(i).powi(2)).sum::<f64>()
        };
        let (down, up) = (side(|i| i.down), side(|i| i.up));
        let width = down.sqrt() + up.sqrt();
        if width == 0.0 {
            continue;
        }
        for i in spread.influences.iter().filter(|i| i.down != 0.0 || i.up != 0.0) {
            let left = (down - i.down.powi(2)).max(0.0).sqrt() + (up - i.up.powi(2)).max(0.0).sqrt();
            let share = 1.0 - left / width;
            // What moves a headline by less than its last digit moves it by nothing.
            if share < f64::EPSILON {
                continue;
            }
            let nothing = Weight { figure: i.figure, sum: 0.0, most: (0.0, String::new()) };
            let weight = found.entry(i.figure).or_insert(nothing);
            weight.sum += share;
            if share > weight.most.0 {
                weight.most = (share, headline.clone());
            }
        }
    }
    let mut weights: Vec<Weight> = found.into_values().collect();
    weights.sort_by(|a, b| b.sum.total_cmp(&a.sum).then(a.figure.cmp(&b.figure)));
    weights
}

/// What a headline, told by table and row of the page, is called.
pub fn headline_label(labels: &BTreeMap<String, Label>, address: &str) -> Label {
    let (table, key) = address.split_once('/').unwrap_or(("", address));
    let of = labels.get(key).cloned().unwrap_or_else(|| Label::new(key, key));
    match (table, key) {
        ("inside", _) => Label::new(format!("{} in one", of.en), format!("单台所含{}", of.zh)),
        ("behind", key) if key.ends_with("_oxide") => {
            Label::new("oxide in the ore behind one", "单台背后矿石中的氧化物")
        }
        ("behind", _) => Label::new("ore behind one", "单台背后的矿石"),
        ("headroom", _) => Label::new(format!("where {} ends", of.en), format!("{}的产量上限", of.zh)),
        ("leaving_total", _) => Label::new("cost of leaving", "脱离的成本"),
        ("placed", _) => Label::new("mass accounted for", "已查明的质量"),
        _ => of,
    }
}

fn narrow(model: &Model<'_>, weights: &[Weight], headlines: usize) -> Result<Table, TableError> {
    let figures = || weights.iter().map(|w| model.atlas.figures.get(w.figure));
    let addresses = || figures().map(|f| f.address.clone()).collect::<Vec<_>>();
    let standing = |s: Standing| format!("standing-{}", s.word());
    Table::builder("narrow", Message::new("table-narrow"), addresses())
        .names("figure", addresses())
        .words("standing", figures().map(|f| standing(f.standing)))
        .range_by_row(
            ["value", "low", "high"],
            figures().map(|f| f.unit),
            weights.iter().map(|w| model.values.get(w.figure)),
            figures().map(|f| f.low),
            figures().map(|f| f.high),
        )
        .unexplained()
        .number("mean", Unit::Fraction, weights.iter().map(|w| w.sum / headlines as f64))
        .unexplained()
        .bar()
        .number("most", Unit::Fraction, weights.iter().map(|w| w.most.0))
        .unexplained()
        .names("headline", weights.iter().map(|w| w.most.1.clone()))
        .note(Message::new("note-narrow"))
        .build()
}

/// Markets behind the product in which something is told by nobody, those on which a robot spends most first.
fn blanks(model: &Model<'_>, rows: Option<usize>) -> Result<Table, TableError> {
    let is_blank = |t: &Told| t.makers == 0 || t.outputs == 0 || t.capacities == 0 || t.price.is_none();
    let mut rows_of: Vec<(Told, f64, f64)> = told(model.atlas)
        .into_iter()
        .filter(is_blank)
        .filter_map(|t| needed(model, &t.item).map(|(need, cost)| (t, need, cost)))
        .collect();
    rows_of.sort_by(|a, b| b.2.total_cmp(&a.2).then(a.0.item.cmp(&b.0.item)));
    rows_of.truncate(rows.unwrap_or(usize::MAX));
    let ids = || rows_of.iter().map(|r| r.0.item.clone()).collect::<Vec<_>>();
    let unit = |r: &(Told, f64, f64)| {
        let node = model.network.item(&r.0.item);
        node.map_or(Unit::None, |node| model.unit_of(node))
    };
    let word = |known: bool| if known { String::new() } else { "coverage-none".to_owned() };
    let words = |of: fn(&Told) -> bool| rows_of.iter().map(|r| word(of(&r.0))).collect::<Vec<_>>();
    Table::builder("blanks", Message::new("table-blanks"), ids())
        .names("item", ids())
        .number_by_row("need", rows_of.iter().map(unit), rows_of.iter().map(|r| r.1))
        .unexplained()
        .number("spent", Unit::Usd, rows_of.iter().map(|r| Some(r.2).filter(|c| *c > 0.0)))
        .unexplained()
        .words("no_maker", words(|t| t.makers > 0))
        .words("no_output", words(|t| t.outputs > 0))
        .words("no_capacity", words(|t| t.capacities > 0))
        .words("no_price", words(|t| t.price.is_some()))
        .note(Message::new("note-blanks"))
        .build()
}

/// What one robot needs of all that is traded in a market, and what it spends on it where prices are known.
fn needed(model: &Model<'_>, market: &str) -> Option<(f64, f64)> {
    let (mut quantity, mut cost) = (0.0, 0.0);
    let traded = model.network.item(market).map_or(&[][..], |market| model.markets.traded(market));
    for &node in traded.iter().filter(|node| **node != model.product.node) {
        quantity += model.value(&need(View::Gross, node))?;
        let price = format!("prices/{}", model.network.name(node));
        let price = model.atlas.figures.find(&price).and_then(|f| model.values.get(f));
        cost += model.flow(View::Cost).need[node as usize] * price.unwrap_or(0.0);
    }
    (quantity > 0.0).then_some((quantity, cost))
}
