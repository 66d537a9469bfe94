//! One robot at one volume, on a page: what it is made of, what stands behind it, and what that rests on.

mod assumptions;
mod stopping;
mod volumes;

use crate::atlas::FigureId;
use crate::audit;
use crate::book::{Book, BookError, Draft};
use crate::context::Cancelled;
use crate::coverage;
use crate::disrupt;
use crate::explode::{self, content, ore, unknown};
use crate::model::{Measure, Model, Quantity};
use crate::network::Baseline;
use assumptions::Assumptions;
use linchpin_table::{Message, Unit};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::rc::Rc;
use stopping::Stopping;

/// What is asked of `brief`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Request {
    /// Alias or item id of the product.
    pub product: String,
    /// Robots a year.
    pub volume: f64,
    /// What may happen, for the risk as a distribution; none is told without it.
    #[serde(default)]
    pub risk: Option<disrupt::Request>,
}

/// How many of the assumptions behind a headline are named.
const WEIGHTIEST: usize = 3;
/// Subjects whose published figures stand beside the headlines.
const CLAIMED: [&str; 2] = ["magnet", "Nd+Pr"];
/// Weeks over which risk is told.
const RISK_WEEKS: u32 = 104;
/// How many of the claims that are farthest off are shown.
const WORST: usize = 3;

/// Answers a request.
pub fn brief(model: &Model<'_>, request: &Request) -> Result<Book, BookError> {
    let mut asked = BTreeMap::new();
    asked.insert("product".to_owned(), model.product.item.clone());
    asked.insert("volume".to_owned(), request.volume.to_string());
    let mut book = Book::new(model, "brief", asked);
    let volume = explode::given_units(request.volume);
    book.answer.headlines.push(
        Message::new("brief-title")
            .name("product", model.product.item.as_str())
            .number("volume", request.volume, Unit::Piece)
            .name("country", model.product.country.as_str()),
    );
    let mut inside = inside(model);
    let baseline = explode::baseline(model, request.volume, None);
    let mut behind = behind(model, &baseline);
    let measures = content::placed(model);
    let mut placed = placed(measures.clone());
    for headline in [&mut inside, &mut behind, &mut placed].into_iter().flatten().filter(|h| h.named) {
        headline.weightiest = model.weightiest(&headline.quantity(), WEIGHTIEST);
    }
    let stop = Stopping::new(model, &baseline, request.volume, &mut book)?;
    let named = [&inside, &behind, &placed].into_iter().flatten();
    let assumptions = Assumptions::of(named.map(|h| (h.quantity(), &h.weightiest)).chain(stop.weightiest()));
    book.answer.headlines.push(stop.story(model));

    let (unknown, label) = (unknown::CONTENT_UNKNOWN.to_owned(), unknown::content_unknown_label());
    book.answer.labels.insert(unknown, label);
    stop.push(model, &assumptions, &mut book)?;
    if let Some(risk) = request.risk.as_ref().filter(|_| model.is_made()) {
        let asked = disrupt::Request {
            product: model.product.item.clone(),
            volume: request.volume,
            horizon: RISK_WEEKS,
            ..risk.clone()
        };
        match disrupt::risk_in_short(model, &asked, &mut book) {
            // A volume beyond the wall, or a network that no run can hold, is told by the other tables.
            Ok(()) | Err(disrupt::RiskError::Disrupt(_)) => {}
            Err(disrupt::RiskError::Book(e)) => return Err(e),
            Err(disrupt::RiskError::Trials(_)) => return Err(Cancelled.into()),
        }
    }
    book.push(volumes::table(model, request.volume))?;
    let column = |rows: &[Headline]| rows.iter().map(|h| h.label.clone()).collect::<Vec<_>>();
    let draft = Draft::new(model, "inside", keys(&inside)).names("inside", column(&inside));
    book.push(assumptions.rest(each(draft, &inside, &volume), &inside))?;
    book.push(content::materials_table(model, &explode::given_units(1.0)))?;
    let words = |rows: &[Headline]| column(rows).into_iter().map(Some).collect();
    let draft = Draft::new(model, "behind", keys(&behind)).words("convention", words(&behind));
    let draft = assumptions.rest(each(draft, &behind, &volume), &behind);
    let draft = draft.note(Message::new("note-behind").text("year", baseline.year.to_string()));
    book.push(ore::unmined_note(model, &baseline).into_iter().fold(draft, Draft::note))?;
    book.push(assumptions.rest(content::placed_table(model, measures), &placed))?;
    assumptions.push(model, &mut book)?;
    let claims = audit::audited(model, &baseline);
    if let Some(draft) = audit::contents_table(model, &claims, Some(&CLAIMED)) {
        book.push(draft)?;
    }
    book.push(audit::worst_table(model, &claims, WORST))?;
    let example = book.answer.address("inside", "magnet", "robot");
    book.answer.notes.push(coverage::line(model));
    book.answer.notes.push(Message::new("note-explain").text("address", example));
    Ok(book)
}

/// A number that people quote.
struct Headline {
    key: String,
    /// Id of what it is: of a label or of a word.
    label: String,
    unit: Unit,
    measure: Rc<Measure>,
    /// Whether its weightiest assumptions are named on the page; `explain` names those of any number.
    named: bool,
    /// They and how much each moves it, once they are worked out.
    weightiest: Vec<(FigureId, f64)>,
}

impl Headline {
    fn quantity(&self) -> Quantity {
        Quantity::Measure(self.measure.clone())
    }
}

fn keys(rows: &[Headline]) -> Vec<String> {
    rows.iter().map(|h| h.key.clone()).collect()
}

/// Magnets and tracked elements inside one robot, and the mass whose content is unknown.
fn inside(model: &Model<'_>) -> Vec<Headline> {
    let jointly = ore::elements(model);
    let of = |key: &str, measure| Headline {
        key: key.to_owned(),
        label: key.to_owned(),
        unit: Unit::Kg,
        measure,
        named: key == "magnet" || jointly.contains(&key),
        weightiest: vec![],
    };
    let mut rows = vec![of("magnet", content::material(model, "magnet"))];
    rows.retain(|h| content::is_shown(model, &h.measure));
    rows.extend(content::inside(model).into_iter().map(|(key, measure)| of(&key, measure)));
    rows
}

/// The rare-earth ore behind the robot, by the three conventions.
fn behind(model: &Model<'_>, baseline: &Baseline) -> Vec<Headline> {
    let of = |key: &str, measure| Headline {
        key: key.to_owned(),
        label: format!("convention-{}", key.replace('_', "-")),
        unit: Unit::Kg,
        measure,
        named: key.ends_with("_oxide"),
        weightiest: vec![],
    };
    let allocated = |convention, rock| ore::allocated(model, baseline, convention, rock);
    let mut rows = vec![];
    for (suffix, rock) in [("oxide", false), ("rock", true)] {
        rows.push(of(&format!("joint_{suffix}"), ore::joint(model, rock)));
        rows.push(of(&format!("mass_{suffix}"), allocated(ore::Convention::Mass, rock)));
        rows.push(of(&format!("value_{suffix}"), allocated(ore::Convention::Value, rock)));
    }
    rows.retain(|h| content::is_shown(model, &h.measure));
    rows
}

/// Mass and cost that the bill of materials places.
fn placed(measures: content::Placed) -> Vec<Headline> {
    let headline = |(key, measure, unit): (&str, Rc<Measure>, Unit)| Headline {
        key: key.to_owned(),
        label: format!("word-{key}"),
        unit,
        measure,
        named: true,
        weightiest: vec![],
    };
    measures.map(headline).into()
}

fn each<'m, 'a>(draft: Draft<'m, 'a>, rows: &[Headline], volume: &Quantity) -> Draft<'m, 'a> {
    let units = || rows.iter().map(|h| h.unit).collect::<Vec<_>>();
    draft
        .range_by_row(
            ["robot", "robot_low", "robot_high"],
            units(),
            rows.iter().map(|h| Some(h.quantity())).collect(),
        )
        .number_by_row(
            "volume",
            units(),
            rows.iter().map(|h| Some(h.quantity().times(volume.clone()))).collect(),
        )
}
