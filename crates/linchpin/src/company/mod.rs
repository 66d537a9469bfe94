//! One company with all that it owns: its plants and what they count as, its shares, its promises, what it can feed,
//! and what it gains when a country stops.
//!
//! Supply is what runs. A plant that is being built or planned makes its owner a developer; it stands beside the
//! supply and is never added to it.

mod feeds;
mod find;
mod gains;
mod head;
mod outlets;
mod plants;
mod shares;
mod starts;
mod years;

pub use find::{NameError, company as find};
pub(crate) use find::{begins, tickers};
pub use plants::Role;

use crate::atlas::Row;
use crate::book::{Book, BookError};
use crate::expose;
use crate::model::{Model, Quantity};
use crate::network::Baseline;
use crate::stop::{Chain, Link, Plant};
use linchpin_table::Message;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What is asked of `company`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Request {
    /// Id, ticker or name of the company.
    pub company: String,
    /// Robots a year.
    pub volume: f64,
    /// Country, or group of countries, without which shares are told and whose loss others gain from.
    pub without: String,
}

/// Why a request cannot be answered.
#[derive(Debug, thiserror::Error)]
pub enum CompanyError {
    /// A name means nobody, or several.
    #[error(transparent)]
    Name(#[from] NameError),
    /// The answer was not finished.
    #[error(transparent)]
    Book(#[from] BookError),
}

/// What the tables of the page have in common.
struct Page<'m, 'a> {
    model: &'m Model<'a>,
    /// Row of the company.
    company: &'a Row,
    /// Its plants and those of what it owns, from the ground to the robot.
    plants: Vec<plants::Site<'a>>,
    baseline: Baseline,
    chain: Chain,
    /// Id of the country or group that is left out.
    without: String,
    /// Its countries.
    outside_of: BTreeSet<String>,
}

/// Answers a request.
pub fn company(model: &Model<'_>, request: &Request) -> Result<Book, CompanyError> {
    let company = find::company(model.atlas, &request.company)?;
    let outside_of = find::countries(model.atlas, &request.without)?;
    let mut asked = BTreeMap::new();
    asked.insert("company".to_owned(), company.key.clone());
    asked.insert("product".to_owned(), model.product.item.clone());
    asked.insert("volume".to_owned(), request.volume.to_string());
    asked.insert("without".to_owned(), request.without.clone());
    let mut book = Book::new(model, "company", asked);
    let baseline = crate::explode::baseline(model, request.volume, None);
    let chain = Chain::new(model, &baseline, request.volume);
    let plants = plants::of_company(model, &baseline, &company.key);
    let page = Page { model, company, plants, baseline, chain, without: request.without.clone(), outside_of };
    expose::label(model, &page.chain, &mut book);
    book.answer.headlines = head::headlines(&page);
    if page.plants.is_empty() {
        return Ok(book);
    }
    book.push(plants::table(&page))?;
    let tables = [shares::table(&page), starts::table(&page), years::table(&page), feeds::table(&page)];
    for draft in tables.into_iter().flatten() {
        book.push(draft)?;
    }
    let (labels, drafts) = outlets::tables(&page, &book.answer.labels);
    book.answer.labels.extend(labels);
    for draft in drafts.into_iter().chain(gains::tables(&page)) {
        book.push(draft)?;
    }
    book.answer.notes.extend(head::notes(&page));
    Ok(book)
}

impl Page<'_, '_> {
    /// Whether a country is not among those left out.
    fn is_outside(&self, country: &str) -> bool {
        !self.outside_of.contains(country)
    }

    /// Whether a running plant belongs to the company.
    fn owns(&self, plant: &Plant) -> bool {
        plant.owners.contains(&self.company.key)
    }

    /// Markets of the product's chain that a plant of the company stands in, or is promised to.
    fn links(&self) -> impl Iterator<Item = &Link> {
        let items: BTreeSet<&str> = self.plants.iter().map(|p| p.item).collect();
        let stands = move |l: &&Link| {
            !l.feed && items.contains(l.id.as_str())
                || l.plants.iter().any(|p| items.contains(p.item.as_str()))
        };
        self.chain.links.iter().filter(stands)
    }

    /// A message that names the country left out.
    fn of_country(&self, id: &'static str) -> Message {
        Message::new(id).name("country", self.without.as_str())
    }
}

/// Sum of what is known; `None` if nothing is.
fn known_sum(parts: Vec<Quantity>) -> Option<Quantity> {
    (!parts.is_empty()).then_some(Quantity::Sum(parts))
}
