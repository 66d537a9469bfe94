//! Who can stop it: at what volume spare capacity runs out, what each loss takes away, what leaving costs, what alone
//! stops everything; how concentrated each market is, and how well its suppliers are governed.
//!
//! [`crate::stop`] works out what a loss leaves; the files here make tables of it. [`index`] and [`governance`] hold
//! the equations of the indices as pure functions; the tables print the same as definitions that `explain` takes
//! apart, and a test compares the two for every market.

mod classes;
pub(crate) mod concentration;
mod control;
pub mod countries;
mod detail;
pub mod governance;
pub(crate) mod headroom;
pub mod index;
pub(crate) mod leave;
mod market;
mod ownership;
mod places;
mod risk;
mod shares;
pub(crate) mod single;
pub(crate) mod stops;
pub(crate) mod story;
mod substitute;
pub(crate) mod suppliers;
mod trade;

use crate::book::{Book, BookError};
use crate::coverage;
use crate::explode::baseline;
use crate::model::Model;
use crate::network::Baseline;
use crate::network::baseline::market_of;
use crate::stop::{Chain, Kind, Loss, Mode, Own, Reach, Selector, SelectorError};
use linchpin_table::{Message, Unit};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::rc::Rc;

/// What is asked of `expose`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Request {
    /// Alias or item id of the product.
    pub product: String,
    /// Robots a year.
    pub volume: f64,
    /// Year of the markets; the year of the atlas if `None`.
    pub year: Option<i64>,
    /// One loss in full, instead of all of them in short.
    pub loss: Option<LossRequest>,
    /// Suppliers that the maker says he has: item and selector.
    pub own: Vec<(String, String)>,
    /// What is left behind in the cost of leaving; what is lost, or the worst of the countries that stop most
    /// for which a price elsewhere is known, if `None`.
    pub leave: Option<String>,
    /// Countries of each market to list one by one in `shares`, the others as a sum; all if `None`.
    pub countries: Option<usize>,
    /// Rows of `headroom` and `stops`; all if `None`.
    pub rows: Option<usize>,
    /// Whether the chain of markets and every plant of it are listed.
    pub places: bool,
}

impl Request {
    /// Everything about one product at one volume, all rows.
    pub fn new(product: &str, volume: f64) -> Request {
        Request {
            product: product.to_owned(),
            volume,
            year: None,
            loss: None,
            own: vec![],
            leave: None,
            countries: None,
            rows: None,
            places: true,
        }
    }
}

/// A loss as asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LossRequest {
    /// Selector of what is lost.
    pub stop: String,
    /// Whether the plants stop, or no longer export.
    pub exports: bool,
    /// Destination of an export ban; of a control its own, else everywhere abroad, if `None`.
    pub to: Option<String>,
    /// How far the rule reaches.
    pub reach: Reach,
}

pub(crate) use control::aimed;
pub use shares::OTHERS;

/// Why a request cannot be answered.
#[derive(Debug, thiserror::Error)]
pub enum ExposeError {
    /// A selector is none.
    #[error(transparent)]
    Selector(#[from] SelectorError),
    /// A control of technology or a tariff: it stops no flow.
    #[error("{control} is of the kind {instrument}, which stops no flow")]
    NoFlow {
        /// What was typed.
        control: String,
        /// Its instrument.
        instrument: String,
    },
    /// Exports are asked for of a control that limits output.
    #[error("{0} limits output, not exports")]
    ControlMode(String),
    /// A selector names plants of the atlas, and none of them runs behind the product.
    #[error("{text}: {plants} plants in the atlas, {running} of them running, none behind {product}")]
    Absent {
        /// What was typed.
        text: String,
        /// The product as asked for.
        product: String,
        /// Plants of the atlas that it names.
        plants: usize,
        /// Those that run.
        running: usize,
    },
    /// An own supply of an item that the product does not need, or whose plants are not in the atlas.
    #[error("{0} is no market behind the product; there are {1}")]
    Market(String, String),
    /// Two own supplies of one item.
    #[error("the suppliers of {0} are given twice")]
    Twice(String),
    /// The answer was not finished.
    #[error(transparent)]
    Book(#[from] BookError),
}

/// Answers a request.
pub fn expose(model: &Model<'_>, request: &Request) -> Result<Book, ExposeError> {
    let mut request = request.clone();
    if let Some(loss) = &mut request.loss {
        *loss = control::aimed(model.atlas, loss)?;
    }
    let request = &request;
    let baseline = baseline(model, request.volume, request.year);
    let mut book = Book::new(model, "expose", asked(model, request, baseline.year));
    book.answer.labels.extend(shares::labels());
    let chain = Rc::new(Chain::new(model, &baseline, request.volume));
    label(model, &chain, &mut book);
    let own = Rc::new(own(model, &chain, &request.own)?);
    match &request.loss {
        Some(loss) => one_loss(model, &chain, &own, loss, request, &mut book)?,
        None => all_losses(model, &chain, &own, request, &mut book)?,
    }
    if request.loss.is_none() {
        concentrations(model, &baseline, request, &mut book)?;
        book.answer.notes.push(coverage::line(model));
    } else if request.places {
        book.push(shares::table(model, &market::markets(model, &baseline), request.countries))?;
    }
    if request.places {
        let lost =
            request.loss.as_ref().map(|l| selected(model, &chain, &l.stop, &request.product)).transpose()?;
        places(model, &chain, lost.as_ref(), &mut book)?;
    }
    Ok(book)
}

/// What pictures are drawn from: headroom, the worst losses, the chain of markets and its places. They stand at the same
/// addresses in the whole answer.
pub fn pictures(model: &Model<'_>, request: &Request) -> Result<Book, ExposeError> {
    let baseline = baseline(model, request.volume, request.year);
    let mut book = Book::new(model, "expose", asked(model, request, baseline.year));
    let chain = Rc::new(Chain::new(model, &baseline, request.volume));
    label(model, &chain, &mut book);
    if !model.is_made() {
        return Ok(book);
    }
    let own = Rc::new(vec![]);
    let cases = stops::cases(model, &chain, &own);
    book.push(headroom::table(model, &chain, None, &own, request.rows))?;
    book.push(stops::table(model, &chain, &own, &shown(&cases, request.rows)))?;
    places(model, &chain, None, &mut book)?;
    Ok(book)
}

/// The chain of markets, and who stands where in it.
fn places(
    model: &Model<'_>,
    chain: &Chain,
    lost: Option<&Selector>,
    book: &mut Book,
) -> Result<(), BookError> {
    book.push(places::chain_table(model, chain))?;
    book.push(places::ladder_table(model, chain))?;
    book.push(places::sites_table(model, chain, lost))
}

/// The losses that are listed. A short list leaves out single plants: those that make most repeat their country.
fn shown(cases: &[stops::Case], rows: Option<usize>) -> Vec<&stops::Case> {
    let listed = cases.iter().filter(|c| rows.is_none() || c.kind != Kind::Site);
    listed.take(rows.unwrap_or(usize::MAX)).collect()
}

/// Names of what only these tables speak of.
pub(crate) fn label(model: &Model<'_>, chain: &Chain, book: &mut Book) {
    let feeds = headroom::labels(chain, &book.answer.labels);
    book.answer.labels.extend(feeds);
    book.answer.labels.extend(stops::labels(model.atlas));
}

fn asked(model: &Model<'_>, request: &Request, year: i64) -> BTreeMap<String, String> {
    let mut asked = BTreeMap::new();
    asked.insert("product".to_owned(), model.product.item.clone());
    asked.insert("volume".to_owned(), request.volume.to_string());
    asked.insert("year".to_owned(), year.to_string());
    asked.extend(request.countries.map(|n| ("countries".to_owned(), n.to_string())));
    asked.extend(request.leave.clone().map(|l| ("leave".to_owned(), l)));
    for (item, from) in &request.own {
        asked.insert(format!("own {item}"), from.clone());
    }
    if let Some(loss) = &request.loss {
        asked.insert("stop".to_owned(), loss.stop.clone());
        asked.insert("mode".to_owned(), if loss.exports { "exports" } else { "output" }.to_owned());
        asked.extend(loss.to.clone().map(|to| ("to".to_owned(), to)));
        let switches = [("end_user", loss.reach.end_user), ("re_export", loss.reach.re_export)];
        asked.extend(switches.iter().filter(|s| s.1).map(|s| (s.0.to_owned(), "yes".to_owned())));
        asked.extend(loss.reach.de_minimis.map(|d| ("de_minimis".to_owned(), d.to_string())));
    }
    asked
}

/// The suppliers that the maker names, by market.
fn own(model: &Model<'_>, chain: &Chain, asked: &[(String, String)]) -> Result<Vec<Own>, ExposeError> {
    let mut own: Vec<Own> = vec![];
    for (item, from) in asked {
        let market = market_of(model.atlas, item);
        let Some(link) = chain.find(market).map(|k| &chain.links[k]) else {
            let all: Vec<&str> = chain.links.iter().map(|l| l.id.as_str()).collect();
            return Err(ExposeError::Market(item.clone(), all.join(", ")));
        };
        if own.iter().any(|o| o.market == market) {
            return Err(ExposeError::Twice(item.clone()));
        }
        let selector = Selector::parse(model.atlas, from)?;
        // A country may hold a supplier that the atlas does not know; a company or a site that it does not have, cannot.
        if selector.countries().is_empty() && !link.plants.iter().any(|p| selector.hits(p, link)) {
            return Err(SelectorError::Nothing(from.clone()).into());
        }
        own.push(Own { market: market.to_owned(), from: selector });
    }
    Ok(own)
}

/// A selector of plants behind the product; of one that matches none it is told whether the atlas has such plants.
pub(crate) fn selected(
    model: &Model<'_>,
    chain: &Chain,
    text: &str,
    product: &str,
) -> Result<Selector, ExposeError> {
    Selector::of(model.atlas, chain, text).or_else(|error| {
        if error != SelectorError::Nothing(text.to_owned()) {
            return Err(error.into());
        }
        match Selector::parse(model.atlas, text)?.plants(model.atlas) {
            (0, _) => Err(error.into()),
            (plants, running) => {
                let (text, product) = (text.to_owned(), product.to_owned());
                Err(ExposeError::Absent { text, product, plants, running })
            }
        }
    })
}

/// Headroom, everything that can be lost, single points of failure and the cost of leaving the worst.
fn all_losses(
    model: &Model<'_>,
    chain: &Rc<Chain>,
    own: &Rc<Vec<Own>>,
    request: &Request,
    book: &mut Book,
) -> Result<(), ExposeError> {
    let cases = stops::cases(model, chain, own);
    book.answer.headlines.push(story::story(model, chain));
    // Nothing is known of what it is made of, so nothing of what could stop it.
    if !model.is_made() {
        return Ok(());
    }
    book.push(headroom::table(model, chain, None, own, request.rows))?;
    let shown = shown(&cases, request.rows);
    let draft = stops::table(model, chain, own, &shown).note(Message::new("note-stops"));
    book.push(stops::noted(draft, chain, shown.len(), cases.len()))?;
    if let Some(draft) = suppliers::table(model, chain, own, request.rows) {
        book.push(draft)?;
    }
    book.push(single::table(model, chain, own, &cases))?;
    let leave = match &request.leave {
        Some(text) => {
            let from = selected(model, chain, text, &request.product)?;
            Some((text.clone(), leave::Leaving::new(model, chain, &from)))
        }
        None => leave::Leaving::worst(model, chain, &cases),
    };
    if let Some((from, left)) = leave {
        leaving(model, &from, &left, request.rows, book)?;
    }
    Ok(())
}

fn leaving(
    model: &Model<'_>,
    from: &str,
    leaving: &leave::Leaving,
    rows: Option<usize>,
    book: &mut Book,
) -> Result<(), BookError> {
    let label = stops::selector_label(from, &book.answer.labels);
    book.answer.labels.insert(from.to_owned(), label);
    book.push(leaving.totals(model).note(leaving.note()))?;
    book.push(leaving.table(model, rows))
}

/// One loss in full.
fn one_loss(
    model: &Model<'_>,
    chain: &Rc<Chain>,
    own: &Rc<Vec<Own>>,
    asked: &LossRequest,
    request: &Request,
    book: &mut Book,
) -> Result<(), ExposeError> {
    let selector = selected(model, chain, &asked.stop, &request.product)?;
    let to = asked.to.as_ref().map(|to| Selector::destination(model.atlas, to)).transpose()?;
    let mode = if asked.exports { Mode::Exports { to } } else { Mode::Output };
    let loss = Rc::new(Loss::new(chain, &selector, mode, asked.reach));
    for text in [Some(&asked.stop), asked.to.as_ref()].into_iter().flatten() {
        let label = stops::selector_label(text, &book.answer.labels);
        book.answer.labels.insert(text.clone(), label);
    }
    let headline = match (&asked.to, asked.exports) {
        (_, false) => Message::new("loss-output"),
        (None, true) => Message::new("loss-exports"),
        (Some(to), true) => Message::new("loss-exports-to").name("to", to.as_str()),
    };
    book.answer.headlines.push(
        headline
            .name("what", asked.stop.as_str())
            .name("product", model.product.item.as_str())
            .name("country", model.product.country.as_str())
            .number("volume", request.volume, Unit::Piece),
    );
    book.answer.headlines.extend(control::headlines(model.atlas, asked)?);
    let reach = asked.reach;
    let switches = [("reach-end-user", reach.end_user), ("reach-re-export", reach.re_export)];
    let on = switches.into_iter().filter(|(_, on)| *on).map(|(id, _)| Message::new(id));
    book.answer.headlines.extend(on);
    let least = |share| Message::new("reach-de-minimis").number("share", share, Unit::Fraction);
    book.answer.headlines.extend(reach.de_minimis.map(least));
    let shares = stops::Shares { chain, loss: &loss, own };
    book.push(detail::shares_table(model, &shares))?;
    book.push(detail::hits_table(model, chain, &loss))?;
    if let Some(draft) = substitute::table(model, chain, &selector, &loss) {
        book.push(draft)?;
    }
    book.push(headroom::table(model, chain, Some(&selector), own, request.rows))?;
    let from = request.leave.as_ref().map(|l| selected(model, chain, l, &request.product)).transpose()?;
    let from = from.as_ref().unwrap_or(&selector);
    let left = leave::Leaving::new(model, chain, from);
    Ok(leaving(model, &from.text, &left, request.rows, book)?)
}

/// Concentration, ownership, supply risk and classes of every market.
fn concentrations(
    model: &Model<'_>,
    baseline: &Baseline,
    request: &Request,
    book: &mut Book,
) -> Result<(), BookError> {
    let governance = governance::Governance::new(model, baseline.year);
    let markets = market::markets(model, baseline);
    book.push(concentration::table(model, &markets, &governance, baseline.year))?;
    if let Some(draft) = ownership::table(model, &markets) {
        book.push(draft)?;
    }
    book.push(risk::table(model, &markets, &governance, baseline.year))?;
    if let Some(draft) = classes::table(model, &markets) {
        book.push(draft)?;
    }
    book.push(shares::table(model, &markets, request.countries))
}
