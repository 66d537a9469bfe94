//! Answers put side by side for a browser, with the figures and sources that each of their numbers rests on.
//!
//! Answers themselves carry no provenance (see [`crate::explain`]); a page is where all of it is wanted at once.

use crate::atlas::FigureId;
use crate::book::{Book, BookError};
use crate::coverage::coverage;
use crate::explain;
use crate::footing::Footing;
use crate::model::{Model, Quantity};
use crate::{audit, brief, explode, expose};
use linchpin_table::{Answer, Basis, Evidence, Page, Table};
use std::collections::BTreeMap;

/// Losses on the page of a brief.
const LOSSES: usize = 16;
/// Levels of the bill of materials on it.
const LEVELS: u8 = 3;

/// A brief with the answers that its pictures are drawn from.
pub fn brief(model: &Model<'_>, request: &brief::Request) -> Result<Vec<Book>, PageError> {
    let product = &request.product;
    let exposed = expose::Request { rows: Some(LOSSES), ..expose::Request::new(product, request.volume) };
    let explode = explode::Request {
        product: product.clone(),
        units: 1.0,
        depth: LEVELS,
        where_used: None,
        year: None,
        flow: true,
    };
    let audit = audit::Request { product: product.clone(), claim: None };
    Ok(vec![
        brief::brief(model, request)?,
        explode::pictures(model, &explode)?,
        expose::pictures(model, &exposed)?,
        audit::audit(model, &audit)?,
    ])
}

/// Why a page was not made.
#[derive(Debug, thiserror::Error)]
pub enum PageError {
    /// A brief was not finished.
    #[error(transparent)]
    Book(#[from] BookError),
    /// An explosion was not finished.
    #[error(transparent)]
    Explode(#[from] explode::ExplodeError),
    /// An exposure was not finished.
    #[error(transparent)]
    Expose(#[from] expose::ExposeError),
    /// An audit was not finished.
    #[error(transparent)]
    Audit(#[from] audit::AuditError),
}

/// The answers of some books with what each of their numbers rests on, and what the atlas covers.
pub fn page(model: &Model<'_>, books: Vec<Book>) -> Result<Page, BookError> {
    let mut labels = books.iter().flat_map(|b| b.answer.labels.clone()).collect();
    let mut rows: BTreeMap<FigureId, u32> = BTreeMap::new();
    let mut shown: Vec<FigureId> = vec![];
    let mut numbers = BTreeMap::new();
    let footing = Footing::new(model);
    for book in &books {
        for (done, table) in book.answer.tables.iter().enumerate() {
            model.context.step(table.name, done)?;
            for (address, quantity) in leading(book, table) {
                let (cells, moves) = explain::weighed(&footing, quantity);
                let figures = cells.iter().map(|id| {
                    *rows.entry(*id).or_insert_with(|| {
                        shown.push(*id);
                        shown.len() as u32 - 1
                    })
                });
                let basis = Basis { part: explain::part(quantity), figures: figures.collect(), moves };
                numbers.insert(address, basis);
            }
        }
    }
    let figures = explain::figures_table(model.atlas, model.values, &shown, &BTreeMap::new(), &mut labels)?;
    let sources = explain::sources_table(model.atlas, &shown)?;
    let mut answers: Vec<Answer> = books.into_iter().map(|b| b.answer).collect();
    let mut covered = coverage(model.atlas)?;
    covered.tables.retain(|t| t.name == "coverage");
    answers.push(covered);
    Ok(Page { answers, evidence: Some(Evidence { figures, sources, labels, numbers }) })
}

/// The explained numbers of a table, without the ends of ranges, each with its definition.
fn leading<'b>(book: &'b Book, table: &'b Table) -> impl Iterator<Item = (String, &'b Quantity)> {
    let columns = table.leading().filter(|c| c.explained);
    columns.flat_map(move |column| {
        table.keys.iter().filter_map(move |key| {
            let address = book.answer.address(table.name, key, column.name);
            book.numbers.get_key_value(&address).map(|(a, q)| (a.clone(), q))
        })
    })
}
