//! Gross requirement of every item, ordered from the ground to the robot.

use super::{need, stage_rank};
use crate::book::Draft;
use crate::model::{Measure, Model, Quantity, View};
use linchpin_table::Unit;
use std::rc::Rc;

/// Every item that is needed, with its range and how much of it rests on assumptions.
pub(crate) fn table<'m, 'a>(model: &'m Model<'a>, units: &Quantity) -> Draft<'m, 'a> {
    let flow = model.flow(View::Gross);
    // An item whose need is unknown is shown, empty; one that is not needed is not.
    let mut nodes: Vec<u32> =
        (0..model.network.items.len() as u32).filter(|n| flow.need[*n as usize] != 0.0).collect();
    nodes.sort_by_key(|n| (std::cmp::Reverse(stage_rank(model, *n)), *n));
    let names = || nodes.iter().map(|n| model.network.name(*n).to_owned()).collect::<Vec<_>>();
    let amounts = nodes.iter().map(|n| Some(need(View::Gross, *n).times(units.clone()))).collect();
    let assumed = nodes
        .iter()
        .map(|n| {
            let measure = Measure { view: View::Gross, terms: vec![(*n, crate::atlas::Expr::ONE)] };
            Some(Quantity::AssumedShare(Rc::new(measure)))
        })
        .collect();
    let stage = |n: &u32| model.item_text(*n, "stage").map(|s| format!("stage-{s}"));
    Draft::new(model, "requirement", names())
        .words("stage", nodes.iter().map(stage).collect())
        .names("item", names())
        .range_by_row(
            ["quantity", "quantity_low", "quantity_high"],
            nodes.iter().map(|n| model.unit_of(*n)).collect(),
            amounts,
        )
        .number("assumed", Unit::Fraction, assumed)
}
