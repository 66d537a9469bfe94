//! Who can stop it: how concentrated each market is that a robot buys in, and how well its suppliers are governed.
//!
//! [`index`] and [`governance`] hold the equations as pure functions; the tables print the same as definitions that
//! `explain` takes apart, and a test compares the two for every market.

mod chain;
mod classes;
mod concentration;
pub mod countries;
mod flow;
pub mod governance;
pub(crate) mod headroom;
pub mod index;
mod loss;
mod market;
mod number;
mod own;
mod ownership;
mod risk;
mod selector;
mod shares;
mod stop;
pub(crate) mod stops;
mod trade;

pub(crate) use chain::traded_need;
pub use chain::{Chain, Lane, Link, Plant};
pub use flow::{Parts, Rationing, Terms, Unknowns};
pub use loss::{Loss, Mode, Reach};
pub(crate) use number::{Number, Step, Traced};
pub use own::{End, Own};
pub use selector::{Selector, SelectorError, former};
pub use shares::OTHERS;
pub use stop::{Measured, Stop};

use crate::book::{Book, BookError};
use crate::explode::baseline;
use crate::model::Model;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What is asked of `expose`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Request {
    /// Alias or item id of the product.
    pub product: String,
    /// Robots a year.
    pub volume: f64,
    /// Year of the markets; the year of the atlas if `None`.
    pub year: Option<i64>,
    /// Countries of each market to list one by one in `shares`, the others as a sum; all if `None`.
    pub countries: Option<usize>,
}

/// Answers a request.
pub fn expose(model: &Model<'_>, request: &Request) -> Result<Book, BookError> {
    let baseline = baseline(model, request.volume, request.year);
    let mut asked = BTreeMap::new();
    asked.insert("product".to_owned(), model.product.item.clone());
    asked.insert("volume".to_owned(), request.volume.to_string());
    asked.insert("year".to_owned(), baseline.year.to_string());
    asked.extend(request.countries.map(|n| ("countries".to_owned(), n.to_string())));
    let mut book = Book::new(model, "expose", asked);
    book.answer.labels.extend(shares::labels());
    let governance = governance::Governance::new(model, baseline.year);
    let markets = market::markets(model, &baseline);
    book.push(concentration::table(model, &markets, &governance, baseline.year))?;
    if let Some(draft) = ownership::table(model, &markets) {
        book.push(draft)?;
    }
    book.push(risk::table(model, &markets, &governance, baseline.year))?;
    if let Some(draft) = classes::table(model, &markets) {
        book.push(draft)?;
    }
    book.push(shares::table(model, &markets, request.countries))?;
    Ok(book)
}
