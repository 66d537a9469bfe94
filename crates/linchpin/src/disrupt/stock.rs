//! Stock that the maker of a product says he holds, as cover.

use super::times::WEEK;
use crate::atlas::units::DAYS_PER_YEAR;
use crate::atlas::{Expr, FigureId};
use crate::model::{Model, Quantity, View};
use crate::network::baseline::market_of;
use crate::stop::Chain;
use std::collections::BTreeMap;

/// How long stock lasts at the volume asked for.
pub(super) struct Held {
    pub(super) weeks: f64,
    /// How much there is.
    pub(super) figure: FigureId,
    /// The same in days, as a number of an answer.
    pub(super) days: Quantity,
}

/// What stock of an item is held as: a part of which the maker names the suppliers as that, all else as its market.
pub(super) fn held_as<'i>(model: &'i Model<'_>, chain: &Chain, item: &'i str) -> &'i str {
    match chain.parts.iter().any(|p| p.id == item) {
        true => item,
        false => market_of(model.atlas, item),
    }
}

/// The maker's stock by what it is held as; of several items of one market the scarcest, since each is needed.
pub(super) fn held(model: &Model<'_>, chain: &Chain) -> BTreeMap<String, Held> {
    let sheet = model.atlas.sheet("stocks");
    let needs = &model.flow(View::Gross).need;
    let mut held: BTreeMap<String, Held> = BTreeMap::new();
    for row in sheet.rows.iter().filter(|row| sheet.text(row, "product") == model.product.item) {
        let item = sheet.text(row, "item");
        let (Some(figure), Some(node)) = (row.figure, model.network.item(item)) else { continue };
        let (Some(amount), need) = (model.values.get(figure), needs[node as usize]) else { continue };
        if need <= 0.0 {
            continue;
        }
        let year = Quantity::measure(View::Gross, vec![(node, Expr::ONE)]).times(chain.given.clone());
        let days = Quantity::cell(figure).over(year).times(Quantity::Figures(Expr::Number(DAYS_PER_YEAR)));
        let weeks = amount / (need * chain.volume) * DAYS_PER_YEAR / WEEK;
        let key = held_as(model, chain, item);
        if held.get(key).is_none_or(|known| weeks < known.weeks) {
            held.insert(key.to_owned(), Held { weeks, figure, days });
        }
    }
    held
}
