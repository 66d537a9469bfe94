//! Cost roll-up: quantity × price, walking down and stopping at the first item with a price.

use super::unknown;
use crate::atlas::{Expr, FigureId};
use crate::book::Draft;
use crate::model::{Measure, Model, Quantity, View};
use linchpin_table::{Message, Unit};
use std::rc::Rc;

/// Needed items with a known price; what has none is in the table `unpriced`.
fn prices(model: &Model<'_>) -> Vec<(u32, FigureId)> {
    let sheet = model.atlas.sheet("prices");
    sheet
        .rows
        .iter()
        .filter_map(|r| Some((model.network.item(sheet.text(r, "item"))?, r.figure?)))
        .filter(|(n, f)| *n != model.product.node && model.values.get(*f).is_some())
        .filter(|(n, _)| model.flow(View::Cost).need[*n as usize] != 0.0)
        .collect()
}

/// Cost of everything that has a price.
pub(crate) fn placed_cost(model: &Model<'_>) -> Rc<Measure> {
    let terms = prices(model).into_iter().map(|(n, f)| (n, Expr::Figure(f))).collect();
    unknown::total(model, View::Cost, terms, &unknown::unpriced(model))
}

/// What is bought, the dearest first.
pub(crate) fn table<'m, 'a>(model: &'m Model<'a>, units: &Quantity) -> Draft<'m, 'a> {
    let mut rows: Vec<(u32, FigureId, Quantity)> = prices(model)
        .into_iter()
        .map(|(n, f)| (n, f, Quantity::measure(View::Cost, vec![(n, Expr::Figure(f))]).times(units.clone())))
        .collect();
    rows.sort_by(|a, b| {
        let cost = |q: &Quantity| model.value(q).unwrap_or(0.0);
        cost(&b.2).total_cmp(&cost(&a.2)).then(a.0.cmp(&b.0))
    });
    let whole = Quantity::Measure(placed_cost(model)).times(units.clone());
    let names = || rows.iter().map(|r| model.network.name(r.0).to_owned()).collect::<Vec<_>>();
    let price_units = |r: &(u32, FigureId, Quantity)| match model.unit_of(r.0) {
        Unit::Piece => Unit::UsdPerPiece,
        _ => Unit::UsdPerKg,
    };
    Draft::new(model, "cost", names())
        .names("item", names())
        .number_by_row(
            "quantity",
            rows.iter().map(|r| model.unit_of(r.0)).collect(),
            rows.iter().map(|r| Some(super::need(View::Cost, r.0).times(units.clone()))).collect(),
        )
        .number_by_row(
            "price",
            rows.iter().map(price_units).collect(),
            rows.iter().map(|r| Some(Quantity::cell(r.1))).collect(),
        )
        .range(["cost", "cost_low", "cost_high"], Unit::Usd, rows.iter().map(|r| Some(r.2.clone())).collect())
        .number("share", Unit::Fraction, rows.iter().map(|r| Some(r.2.clone().over(whole.clone()))).collect())
        .bar()
        .note(Message::new("note-cost"))
}
