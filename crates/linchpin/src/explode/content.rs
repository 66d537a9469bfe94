//! What is inside: mass by material class, mass by element, and how much of the weighed robot is placed.

use super::unknown;
use crate::atlas::{Atlas, Expr, FigureId, Row};
use crate::book::Draft;
use crate::model::{Measure, Model, Quantity, View};
use crate::network::baseline::market_of;
use linchpin_table::{Message, Unit};
use std::collections::BTreeMap;
use std::rc::Rc;

/// Mass of a material class in one product.
pub(crate) fn material(model: &Model<'_>, class: &str) -> Rc<Measure> {
    let items = model.atlas.sheet("items");
    let terms = items
        .rows
        .iter()
        .filter(|r| items.get(r, "material") == Some(class))
        .filter_map(|r| {
            let node = model.network.item(&r.key)?;
            // A piece whose mass is unknown makes the mass of its class unknown, if it is needed.
            Some((node, unknown::mass_of(model, node).unwrap_or(Expr::Number(f64::NAN))))
        })
        .collect();
    unknown::measure(model, View::Material, terms)
}

/// Mass of elements in one product.
pub(crate) fn elements(model: &Model<'_>, symbols: &[&str]) -> Rc<Measure> {
    let contents = model.atlas.sheet("contents");
    let terms = contents
        .rows
        .iter()
        .filter(|r| symbols.contains(&contents.text(r, "element")))
        .filter_map(|r| {
            let figure = r.figure?;
            Some((model.network.item(contents.text(r, "item"))?, Expr::Figure(figure)))
        })
        .collect();
    unknown::measure(model, View::Content, terms)
}

/// Mass placed, from the component level upward; what has no known mass is in the table `unweighed`.
pub(crate) fn placed_mass(model: &Model<'_>) -> Rc<Measure> {
    let terms = (0..model.network.items.len() as u32)
        .filter_map(|n| Some((n, unknown::mass_of(model, n)?)))
        .filter(|(n, _)| *n != model.product.node)
        // A stop has its mass; below it nothing is needed in this view, so nothing counts twice.
        .collect();
    unknown::total(model, View::Mass, terms, &unknown::unweighed(model))
}

/// The latest known figure of the product for a measure; the latest one if none is known.
pub(crate) fn product_figure(model: &Model<'_>, measure: &str) -> Option<FigureId> {
    let sheet = model.atlas.sheet("product_figures");
    let known = |r: &Row| r.figure.is_some_and(|f| model.values.get(f).is_some());
    let row = sheet
        .rows
        .iter()
        .filter(|r| sheet.text(r, "product") == model.product.item && sheet.text(r, "measure") == measure)
        .max_by_key(|r| (known(r), sheet.text(r, "period").parse::<i64>().unwrap_or(i64::MIN)))?;
    row.figure
}

/// Every material class with its mass in one product.
pub(crate) fn materials(model: &Model<'_>) -> Vec<(String, Rc<Measure>)> {
    let sheet = model.atlas.sheet("materials");
    sheet.rows.iter().map(|r| (r.key.clone(), material(model, &r.key))).collect()
}

/// Mass of a material class in one product, by the market in which it is bought.
pub(crate) fn by_market(model: &Model<'_>, class: &str) -> Vec<(String, Rc<Measure>)> {
    let whole = material(model, class);
    let mut markets: BTreeMap<&str, Vec<(u32, Expr)>> = BTreeMap::new();
    for (node, weight) in &whole.terms {
        let market = market_of(model.atlas, model.network.name(*node));
        markets.entry(market).or_default().push((*node, weight.clone()));
    }
    let measure = |terms| Rc::new(Measure { view: whole.view, terms });
    markets.into_iter().map(|(market, terms)| (market.to_owned(), measure(terms))).collect()
}

/// Mass by material class, most first.
pub(crate) fn materials_table<'m, 'a>(model: &'m Model<'a>, units: &Quantity) -> Draft<'m, 'a> {
    let mut rows = materials(model);
    let mass = |m: &Rc<Measure>| Quantity::Measure(m.clone()).times(units.clone());
    let whole = Quantity::Sum(rows.iter().map(|(_, m)| mass(m)).collect());
    rows.retain(|(_, m)| is_shown(model, m));
    rows.sort_by(|a, b| {
        let mass = |m: &Rc<Measure>| model.value(&Quantity::Measure(m.clone())).unwrap_or(0.0);
        mass(&b.1).total_cmp(&mass(&a.1)).then(a.0.cmp(&b.0))
    });
    let mass: Vec<Quantity> = rows.iter().map(|(_, m)| mass(m)).collect();
    Draft::new(model, "material", rows.iter().map(|(k, _)| k.clone()).collect())
        .names("material", rows.iter().map(|(k, _)| k.clone()).collect())
        .range(["mass", "mass_low", "mass_high"], Unit::Kg, mass.iter().cloned().map(Some).collect())
        .number("share", Unit::Fraction, mass.into_iter().map(|m| Some(m.over(whole.clone()))).collect())
        .bar()
        .number(
            "assumed",
            Unit::Fraction,
            rows.iter().map(|(_, m)| Some(Quantity::AssumedShare(m.clone()))).collect(),
        )
}

/// Whether a measure is worth a row: it is unknown, or not zero.
pub(crate) fn is_shown(model: &Model<'_>, measure: &Rc<Measure>) -> bool {
    model.value(&Quantity::Measure(measure.clone())) != Some(0.0)
}

/// Symbols of the tracked elements, in the atlas's order.
pub(crate) fn tracked(atlas: &Atlas) -> Vec<&str> {
    let sheet = atlas.sheet("elements");
    let mut rows: Vec<&Row> = sheet.rows.iter().collect();
    rows.sort_by_key(|r| (sheet.text(r, "rank").parse::<i64>().unwrap_or(i64::MAX), r.key.clone()));
    rows.into_iter().map(|r| r.key.as_str()).collect()
}

/// Mass of each tracked element that is inside or may be, and the mass whose content is unknown.
pub(crate) fn inside(model: &Model<'_>) -> Vec<(String, Rc<Measure>)> {
    tracked(model.atlas)
        .into_iter()
        .map(|symbol| (symbol.to_owned(), elements(model, &[symbol])))
        .chain([(unknown::CONTENT_UNKNOWN.to_owned(), unknown::unresolved_mass(model))])
        .filter(|(_, m)| is_shown(model, m))
        .collect()
}

/// Mass by tracked element.
pub(crate) fn elements_table<'m, 'a>(model: &'m Model<'a>, units: &Quantity) -> Draft<'m, 'a> {
    let rows = inside(model);
    Draft::new(model, "element", rows.iter().map(|(k, _)| k.clone()).collect())
        .names("element", rows.iter().map(|(k, _)| k.clone()).collect())
        .range(
            ["mass", "mass_low", "mass_high"],
            Unit::Kg,
            rows.iter().map(|(_, m)| Some(Quantity::Measure(m.clone()).times(units.clone()))).collect(),
        )
        .number(
            "assumed",
            Unit::Fraction,
            rows.iter().map(|(_, m)| Some(Quantity::AssumedShare(m.clone()))).collect(),
        )
}

/// Mass and cost that the bill of materials places: measure, quantity and unit.
pub(crate) type Placed = [(&'static str, Rc<Measure>, Unit); 2];

/// Works them out.
pub(crate) fn placed(model: &Model<'_>) -> Placed {
    [("mass", placed_mass(model), Unit::Kg), ("cost", super::cost::placed_cost(model), Unit::Usd)]
}

/// How much of the weighed mass and of the total cost the bill of materials places.
pub(crate) fn placed_table<'m, 'a>(model: &'m Model<'a>, placed: Placed) -> Draft<'m, 'a> {
    let kinds = placed.map(|(m, placed, unit)| (m, Quantity::Measure(placed), unit));
    let total = |m: &str| product_figure(model, m).map(Quantity::cell);
    let column = |f: &dyn Fn(&Quantity, &Quantity) -> Quantity| -> Vec<Option<Quantity>> {
        kinds.iter().map(|(m, placed, _)| Some(f(placed, &total(m)?))).collect()
    };
    let units: Vec<Unit> = kinds.iter().map(|(.., u)| *u).collect();
    let draft = Draft::new(model, "placed", kinds.iter().map(|(m, ..)| (*m).to_owned()).collect())
        .words("measure", kinds.iter().map(|(m, ..)| Some(format!("word-{m}"))).collect())
        .number_by_row("total", units.clone(), column(&|_, total| total.clone()))
        .range_by_row(
            ["placed", "placed_low", "placed_high"],
            units.clone(),
            kinds.iter().map(|(_, placed, _)| Some(placed.clone())).collect(),
        )
        .number("share", Unit::Fraction, column(&|placed, total| placed.clone().over(total.clone())))
        .number_by_row("unplaced", units, column(&|placed, total| total.clone().less(placed.clone())))
        .note(Message::new("note-placed"));
    unknown::notes(model).into_iter().fold(draft, Draft::note)
}
