//! The bill of materials of one side as plain numbers: each item once, with what one of it holds of the numbers that go by
//! lines, so that changes of lines can be put down to them.

use super::matched::stem;
use super::side::Side;
use crate::explode::bom::{Flat, flat, unit_cost, unit_mass};
use crate::explode::{self, content};
use crate::model::{Measure, Model, Quantity, View};
use crate::stop::{Chain, traded_need};
use linchpin_table::{Label, Unit};
use std::collections::BTreeMap;
use std::rc::Rc;

/// A number that is a sum over lines.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Linear {
    /// `mass`, `cost`, `magnet`, an element, or `need:` and the item of a market.
    pub(super) key: String,
    /// `None` for the need of what this atlas does not have.
    pub(super) unit: Option<Unit>,
    /// Its value; `None` where it is unknown.
    pub(super) value: Option<f64>,
}

/// A line below a part.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    /// Position of what goes in.
    pub(super) child: usize,
    /// How much of it is in one, without losses.
    pub(super) each: f64,
    /// How much of it one takes, in the view of each number.
    pub(super) takes: Vec<f64>,
}

/// An item of the bill of materials.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Part {
    pub(super) id: String,
    pub(super) label: Label,
    /// Its part number, if its list gave one.
    pub(super) number: Option<String>,
    pub(super) stage: Option<String>,
    pub(super) unit: Unit,
    pub(super) bought: bool,
    /// In one robot, without losses.
    pub(super) quantity: f64,
    /// Of all of them in one robot, as `explode` has it.
    pub(super) mass: Option<f64>,
    pub(super) cost: Option<f64>,
    unit_mass: Option<f64>,
    unit_cost: Option<f64>,
    /// What one adds by itself to each number: a stated mass, a price, the need of it.
    pub(super) weight: Vec<f64>,
    /// What one holds of each number with all that goes into it.
    pub(super) holds: Vec<f64>,
    /// What goes into it; empty for a material, which is not opened.
    pub(super) lines: Vec<Line>,
}

impl Part {
    /// Mass and cost of one.
    pub(super) fn one(&self) -> [Option<f64>; 2] {
        [self.unit_mass, self.unit_cost]
    }
}

/// What a number that goes by lines is called.
pub(super) fn label(key: &str, own: &str, labels: &BTreeMap<String, Label>) -> Option<Label> {
    let market = match key {
        "mass" => return Some(Label::new("Mass accounted for", "已查明的质量")),
        "cost" => return Some(Label::new("Cost of parts", "零件成本")),
        key => key.strip_prefix(NEED)?,
    };
    let of = labels.get(&here(market, own))?;
    Some(Label::new(format!("Need of {}", of.en), format!("对{}的需求", of.zh)))
}

/// A number that goes by lines, as its definition: its key, its unit if the atlas has what it is of, and the sum.
pub(super) type Sum = (String, Option<Unit>, Rc<Measure>);

/// The numbers of a side that go by lines. `markets` are those whose need is one: the key, and the item here.
pub(super) fn measures(
    model: &Model<'_>,
    chain: &Chain,
    markets: impl Iterator<Item = (String, String)>,
) -> Vec<Sum> {
    let [(_, mass, _), (_, cost, _)] = content::placed(model);
    let mut all = vec![
        ("mass".to_owned(), Some(Unit::Kg), mass),
        ("cost".to_owned(), Some(Unit::Usd), cost),
        ("magnet".to_owned(), Some(Unit::Kg), content::material(model, "magnet")),
    ];
    let elements = ELEMENTS.iter().map(|e| ((*e).to_owned(), Some(Unit::Kg), content::elements(model, &[e])));
    all.extend(elements);
    for (key, id) in markets {
        let link = chain.links.iter().find(|l| l.id == id);
        let item = model.network.item(id.strip_prefix(FEED).unwrap_or(&id));
        let need = match (link, item) {
            (Some(link), _) => Some(link.need.clone()),
            (None, Some(item)) if id.starts_with(FEED) => Some(explode::need(View::Gross, item)),
            (None, Some(item)) => Some(traded_need(model, item)),
            (None, None) => None,
        };
        let nothing = Rc::new(Measure { view: View::Gross, terms: vec![] });
        let measure = match need {
            Some(Quantity::Measure(measure)) => measure,
            _ => nothing,
        };
        all.push((format!("{NEED}{key}"), item.map(|item| model.unit_of(item)), measure));
    }
    all
}

/// Before the market of a robot's own part, which has another id in each revision.
const OWN: &str = "own:";

/// The key of a market, the same for two revisions of a robot whose own parts begin with a word.
pub(super) fn everywhere(id: &str, own: &str, is_own: bool) -> String {
    match stem(id, own).filter(|_| is_own) {
        Some(stem) => format!("{OWN}{stem}"),
        None => id.to_owned(),
    }
}

/// The key of the need of a market of one side.
pub(super) fn need(id: &str, of: &Side) -> String {
    format!("{NEED}{}", everywhere(id, &of.own_word, of.is_own))
}

/// The id of a market of that key, in an atlas whose robot's own parts begin with a word.
pub(super) fn here(key: &str, own: &str) -> String {
    key.strip_prefix(OWN).map_or_else(|| key.to_owned(), |stem| format!("{own}_{stem}"))
}

/// Before the market whose need a number is.
const NEED: &str = "need:";
/// Before the oxide whose feed a market is.
const FEED: &str = "feed_";
/// Elements whose mass is put down to changes: the heavy rare earths are what is scarce in a magnet.
const ELEMENTS: [&str; 2] = ["Dy", "Tb"];

/// Values of those numbers.
pub(super) fn linear(model: &Model<'_>, measures: &[Sum]) -> Vec<Linear> {
    let value = |m: &Rc<Measure>| model.value(&Quantity::Measure(m.clone()));
    let of = |(key, unit, m): &Sum| Linear { key: key.clone(), unit: *unit, value: value(m) };
    measures.iter().map(of).collect()
}

/// The items of the bill of materials, the robot first.
pub(super) fn parts(
    model: &Model<'_>,
    measures: &[Sum],
    labels: &BTreeMap<String, Label>,
    is_own: impl Fn(&str) -> bool,
) -> Vec<Part> {
    let zeros = || vec![0.0; model.network.nodes];
    let weights: Vec<Vec<f64>> = measures.iter().map(|(.., m)| model.weights(m)).collect();
    let holds: Vec<Vec<f64>> = measures.iter().map(|(.., m)| model.holds(m).unwrap_or_else(zeros)).collect();
    let (mut masses, mut costs) = (BTreeMap::new(), BTreeMap::new());
    let mut part = |f: Flat| {
        let id = model.network.name(f.item).to_owned();
        let known = |v: f64| Some(v).filter(|v| v.is_finite());
        let mass = unit_mass(model, f.item, &mut masses).map(|e| e.value(&model.values.value));
        let cost = unit_cost(model, f.item, &mut costs).map(|e| e.value(&model.values.value));
        let (mass, cost) = (mass.and_then(known), cost.and_then(known));
        let line = |(line, child): (usize, usize)| Line {
            child,
            each: model.network.lines[line].net.value(&model.values.value),
            takes: measures.iter().map(|(.., m)| model.coefficient(m.view, line)).collect(),
        };
        Part {
            number: is_own(&id).then(|| number(model.item_text(f.item, "note"))).flatten(),
            label: labels.get(&id).cloned().unwrap_or_else(|| Label::new(id.as_str(), id.as_str())),
            stage: model.item_text(f.item, "stage").map(str::to_owned),
            unit: model.unit_of(f.item),
            bought: f.bought,
            quantity: f.total,
            mass: mass.and_then(|m| known(f.total * m)),
            unit_mass: mass,
            unit_cost: cost,
            cost: cost.and_then(|c| known(f.gross * c)),
            weight: weights.iter().map(|w| w[f.item as usize]).collect(),
            holds: holds.iter().map(|h| h[f.item as usize]).collect(),
            lines: f.lines.into_iter().map(line).collect(),
            id,
        }
    };
    flat(model).into_iter().map(&mut part).collect()
}

/// The part number in the remark of an imported part: it stands first, and has a digit.
fn number(remark: Option<&str>) -> Option<String> {
    let first = remark?.split(';').next()?.trim();
    first.contains(|c: char| c.is_ascii_digit()).then(|| first.to_owned())
}
