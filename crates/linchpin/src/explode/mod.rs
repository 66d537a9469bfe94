//! What a robot is made of, down to the ore.
//!
//! Gross requirement of every item for n units (Vazsonyi 1954: x = d + Aᵀx, solved level by level), with yields,
//! joint production and by-products; mass, content and cost that walk down and stop where the atlas states them.

pub(crate) mod bom;
mod byproduct;
pub(crate) mod content;
pub(crate) mod cost;
mod flow;
pub(crate) mod ore;
mod requirement;
mod reserve;
mod roll_up;
mod supply;
pub(crate) mod unknown;
mod where_used;

pub(crate) use supply::{supply_table, yearly};

use crate::audit;
use crate::book::{Book, BookError};
use crate::model::{Model, Quantity, View};
use crate::network::Baseline;
use linchpin_table::{Message, Unit};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What is asked of `explode`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Request {
    /// Alias or item id of the product.
    pub product: String,
    /// How many.
    pub units: f64,
    /// Levels of the bill of materials to list.
    pub depth: u8,
    /// Item whose uses are listed.
    pub where_used: Option<String>,
    /// Year whose markets are compared with the need; the year of the atlas if `None`.
    pub year: Option<i64>,
    /// Whether every line from the ground to the robot is listed.
    pub flow: bool,
}

/// Why a request cannot be answered.
#[derive(Debug, thiserror::Error)]
pub enum ExplodeError {
    /// No item of that id.
    #[error("no item {0}")]
    Item(String),
    /// The answer was not finished.
    #[error(transparent)]
    Book(#[from] BookError),
}

/// What pictures are drawn from: the bill of materials, the elements inside, every line from the ground to the robot. They
/// stand at the same addresses in the whole answer.
pub fn pictures(model: &Model<'_>, request: &Request) -> Result<Book, ExplodeError> {
    let mut book = begin(model, request);
    book.push(bom::table(model, request.depth))?;
    book.push(content::elements_table(model, &given_units(request.units)))?;
    book.push(flow::table(model))?;
    Ok(book)
}

/// A book that holds what was asked, and no table yet.
fn begin(model: &Model<'_>, request: &Request) -> Book {
    let mut asked = BTreeMap::new();
    asked.insert("product".to_owned(), model.product.item.clone());
    asked.insert("units".to_owned(), request.units.to_string());
    asked.insert("depth".to_owned(), request.depth.to_string());
    asked.extend(request.where_used.clone().map(|item| ("where_used".to_owned(), item)));
    asked.insert("year".to_owned(), year_of(model, request.year).to_string());
    let mut book = Book::new(model, "explode", asked);
    book.answer.labels.insert(unknown::CONTENT_UNKNOWN.to_owned(), unknown::content_unknown_label());
    book
}

/// Answers a request.
pub fn explode(model: &Model<'_>, request: &Request) -> Result<Book, ExplodeError> {
    let mut book = begin(model, request);
    let units = given_units(request.units);
    let baseline = baseline(model, request.units, request.year);
    let labels = byproduct::labels(model, &baseline, &book.answer.labels);
    book.answer.labels.extend(labels);
    book.push(bom::table(model, request.depth))?;
    book.push(content::materials_table(model, &units))?;
    book.push(content::elements_table(model, &units))?;
    if let Some(draft) = unknown::unresolved_table(model) {
        book.push(draft)?;
    }
    book.push(requirement::table(model, &units))?;
    book.push(ore::table(model, &baseline, &units))?;
    book.push(ore::deposits_table(model, &units))?;
    if let Some(draft) = byproduct::table(model, &baseline, &units) {
        book.push(draft)?;
    }
    book.push(reserve::table(model, &baseline, &units))?;
    book.push(cost::table(model, &units))?;
    if let Some(draft) = unknown::unpriced_table(model) {
        book.push(draft)?;
    }
    book.push(content::placed_table(model, content::placed(model)))?;
    if let Some(draft) = unknown::unweighed_table(model) {
        book.push(draft)?;
    }
    if let Some(draft) = roll_up::table(model) {
        book.push(draft)?;
    }
    if let Some(draft) = audit::contents_table(model, &audit::audited(model, &baseline), None) {
        book.push(draft)?;
    }
    book.push(supply_table(model, &baseline, &units))?;
    if request.flow {
        book.push(flow::table(model))?;
    }
    if let Some(id) = &request.where_used {
        let node = model.network.item(id).ok_or_else(|| ExplodeError::Item(id.clone()))?;
        book.push(where_used::table(model, node, &units))?;
    }
    Ok(book)
}

/// The number of products asked for.
pub(crate) fn given_units(units: f64) -> Quantity {
    Quantity::Given { value: units, what: Message::new("given-units").number("units", units, Unit::Piece) }
}

/// The year asked for, or that in which the atlas stands.
fn year_of(model: &Model<'_>, year: Option<i64>) -> i64 {
    let as_of = || model.atlas.package.as_of.get(..4).and_then(|y| y.parse().ok());
    year.or_else(as_of).unwrap_or(i64::MAX)
}

/// The markets of the year asked for, or of the year in which the atlas stands.
pub(crate) fn baseline(model: &Model<'_>, volume: f64, year: Option<i64>) -> Baseline {
    let year = year_of(model, year);
    Baseline::new(model.atlas, model.network, model.values, model.flow(View::Gross), volume, year)
}

/// Need of one node in a view, for one product.
pub(crate) fn need(view: View, node: u32) -> Quantity {
    Quantity::measure(view, vec![(node, crate::atlas::Expr::ONE)])
}

/// Order of stages from the ground to the robot.
pub(crate) const STAGES: [&str; 11] = [
    "ground",
    "mining",
    "refining",
    "metal",
    "alloy",
    "magnet",
    "semi",
    "component",
    "module",
    "assembly",
    "equipment",
];

/// Stages whose items are substances, so that elements can be followed through them.
pub(crate) fn substance_stages() -> impl Iterator<Item = &'static &'static str> {
    STAGES.iter().take_while(|s| **s != "component")
}

/// Position of an item's stage.
pub(crate) fn stage_rank(model: &Model<'_>, node: u32) -> usize {
    let stage = model.item_text(node, "stage").unwrap_or_default();
    STAGES.iter().position(|s| *s == stage).unwrap_or(STAGES.len())
}
