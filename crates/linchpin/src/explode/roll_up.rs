//! Mass roll-up: where a part's stated mass and the sum of what is inside disagree.

use super::bom::{mass_of_parts, unit_mass};
use crate::atlas::Expr;
use crate::book::Draft;
use crate::model::{Model, Quantity, View};
use linchpin_table::{Message, Unit};
use std::collections::BTreeMap;

/// Relative difference that is worth a line.
const WORTH_SAYING: f64 = 0.01;

/// Parts whose stated mass differs from the sum of their inputs; `None` if there are none.
pub(crate) fn table<'m, 'a>(model: &'m Model<'a>) -> Option<Draft<'m, 'a>> {
    let mut masses = BTreeMap::new();
    let need = &model.flow(View::Mass).need;
    let rows: Vec<(u32, Expr, Expr)> = (0..model.network.items.len() as u32)
        .filter(|n| need[*n as usize] > 0.0 && model.unit_of(*n) == Unit::Piece)
        .filter_map(|n| {
            model.atlas.figures.find(&format!("masses/{}", model.network.name(n)))?;
            Some((n, unit_mass(model, n, &mut masses)?, mass_of_parts(model, n, &mut masses)?))
        })
        .filter(|(_, stated, parts)| {
            let (stated, parts) = (stated.value(&model.values.value), parts.value(&model.values.value));
            (stated - parts).abs() > WORTH_SAYING * stated.max(parts)
        })
        .collect();
    if rows.is_empty() {
        return None;
    }
    let names = || rows.iter().map(|r| model.network.name(r.0).to_owned()).collect::<Vec<_>>();
    let stated = |r: &(u32, Expr, Expr)| Quantity::Figures(r.1.clone());
    let parts = |r: &(u32, Expr, Expr)| Quantity::Figures(r.2.clone());
    Some(
        Draft::new(model, "roll_up", names())
            .names("item", names())
            .number("stated", Unit::Kg, rows.iter().map(|r| Some(stated(r))).collect())
            .number("parts", Unit::Kg, rows.iter().map(|r| Some(parts(r))).collect())
            .number("difference", Unit::Kg, rows.iter().map(|r| Some(stated(r).less(parts(r)))).collect())
            .note(Message::new("note-roll-up")),
    )
}
