//! One robot at one volume, on a page: what it is made of, what stands behind it, and what that rests on.

use crate::atlas::FigureId;
use crate::book::{Book, Draft};
use crate::explode::{self, content, cost, ore};
use crate::model::{Measure, Model, Quantity, figure_label};
use linchpin_table::{Message, TableError, Unit};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::rc::Rc;

/// What is asked of `brief`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Request {
    /// Alias or item id of the product.
    pub product: String,
    /// Robots a year.
    pub volume: f64,
}

/// A number that people quote.
struct Headline {
    key: &'static str,
    unit: Unit,
    measure: Rc<Measure>,
}

/// How many of the assumptions behind a headline are named.
const WEIGHTIEST: usize = 3;

fn headlines(model: &Model<'_>) -> Vec<Headline> {
    let of = |key, unit, measure| Headline { key, unit, measure };
    let mut out = vec![
        of("magnet", Unit::Kg, content::material(model, "magnet")),
        of("ndpr", Unit::Kg, content::elements(model, &["Nd", "Pr"])),
        of("dy", Unit::Kg, content::elements(model, &["Dy"])),
        of("tb", Unit::Kg, content::elements(model, &["Tb"])),
        of("cu", Unit::Kg, content::elements(model, &["Cu"])),
        of("concentrate", Unit::Kg, ore::joint_concentrate(model)),
    ];
    if let Quantity::Measure(measure) = cost::placed_cost(model) {
        out.push(of("cost", Unit::Usd, measure));
    }
    out.retain(|h| model.value(&Quantity::Measure(h.measure.clone())).is_some_and(|v| v > 0.0));
    out
}

/// Answers a request.
pub fn brief(model: &Model<'_>, request: &Request) -> Result<Book, TableError> {
    let mut asked = BTreeMap::new();
    asked.insert("product".to_owned(), model.product.item.clone());
    asked.insert("volume".to_owned(), request.volume.to_string());
    let mut book = Book::new(model, "brief", asked);
    let volume = explode::given_units(request.volume);
    let one = explode::given_units(1.0);
    book.answer.headlines.push(
        Message::new("brief-title")
            .name("product", model.product.item.as_str())
            .number("volume", request.volume, Unit::Piece)
            .name("country", model.product.country.as_str()),
    );
    let headlines = headlines(model);
    book.push(headline_table(model, &headlines, &volume))?;
    weightiest(model, &headlines, &mut book)?;
    book.push(content::materials_table(model, &one))?;
    book.push(content::elements_table(model, &one))?;
    book.push(ore::table(model, &one))?;
    book.push(content::placed_table(model))?;
    let baseline = explode::baseline(model, request.volume, None);
    book.push(explode::supply_table(model, &baseline, &volume))?;
    book.push(content::claims_table(model))?;
    Ok(book)
}

fn headline_table<'m, 'a>(model: &'m Model<'a>, headlines: &[Headline], volume: &Quantity) -> Draft<'m, 'a> {
    let units = || headlines.iter().map(|h| h.unit).collect::<Vec<_>>();
    let each = |h: &Headline| Quantity::Measure(h.measure.clone());
    Draft::new(model, "headline", headlines.iter().map(|h| h.key.to_owned()).collect())
        .words("headline", headlines.iter().map(|h| Some(format!("headline-{}", h.key))).collect())
        .range_by_row(
            ["robot", "robot_low", "robot_high"],
            units(),
            headlines.iter().map(|h| Some(each(h))).collect(),
        )
        .number_by_row(
            "volume",
            units(),
            headlines.iter().map(|h| Some(each(h).times(volume.clone()))).collect(),
        )
        .number(
            "assumed",
            Unit::Fraction,
            headlines.iter().map(|h| Some(Quantity::AssumedShare(h.measure.clone()))).collect(),
        )
        .bar()
}

/// The assumptions that move the headlines most: a row an assumption, a column a headline.
fn weightiest(model: &Model<'_>, headlines: &[Headline], book: &mut Book) -> Result<(), TableError> {
    let tops: Vec<Vec<FigureId>> =
        headlines.iter().map(|h| model.weightiest(&h.measure, WEIGHTIEST)).collect();
    // The assumption that is among the weightiest of most headlines comes first.
    let mut count: BTreeMap<FigureId, usize> = BTreeMap::new();
    tops.iter().flatten().for_each(|f| *count.entry(*f).or_default() += 1);
    let mut rows: Vec<FigureId> = count.keys().copied().collect();
    rows.sort_by_key(|f| (std::cmp::Reverse(count[f]), *f));
    let address = |f: &FigureId| model.atlas.figures.get(*f).address.clone();
    for f in &rows {
        let label = figure_label(model.atlas, &book.answer.labels, *f);
        book.answer.labels.insert(address(f), label);
    }
    let mut draft = Draft::new(model, "weightiest", rows.iter().map(address).collect())
        .names("figure", rows.iter().map(address).collect());
    for h in headlines {
        let swing = |f: &FigureId| Some(Quantity::Swing(h.measure.clone(), *f));
        draft = draft.number(h.key, Unit::Fraction, rows.iter().map(swing).collect());
    }
    book.push(draft.note(Message::new("note-weightiest")))
}
