//! Where an item is used: every item that needs it directly, and how much of the need each causes.

use super::need;
use crate::atlas::Expr;
use crate::book::Draft;
use crate::model::{Model, Quantity, View};
use linchpin_table::{Message, Unit};

/// Direct users of an item.
pub(crate) fn table<'m, 'a>(model: &'m Model<'a>, item: u32, units: &Quantity) -> Draft<'m, 'a> {
    let flow = model.flow(View::Gross);
    let mut lines: Vec<(u32, Expr, String)> = model
        .network
        .into_node(item)
        .filter(|(_, l)| flow.need[l.parent as usize] > 0.0)
        .map(|(_, l)| {
            let slot = &model.network.recipes[l.recipe as usize].inputs[l.input as usize].slot;
            (l.parent, l.gross.clone(), slot.clone())
        })
        .collect();
    lines.sort_by(|a, b| {
        let part = |l: &(u32, Expr, String)| flow.need[l.0 as usize] * l.1.value(&model.values.value);
        part(b).total_cmp(&part(a)).then((a.0, &a.2).cmp(&(b.0, &b.2)))
    });
    let whole = need(View::Gross, item).times(units.clone());
    let causes = |l: &(u32, Expr, String)| {
        Quantity::measure(View::Gross, vec![(l.0, l.1.clone())]).times(units.clone())
    };
    Draft::new(
        model,
        "where_used",
        lines.iter().map(|l| format!("{}.{}", model.network.name(l.0), l.2)).collect(),
    )
    .names("user", lines.iter().map(|l| model.network.name(l.0).to_owned()).collect())
    .text("slot", lines.iter().map(|l| Some(l.2.clone())).collect())
    .number_by_row(
        "each",
        vec![model.unit_of(item); lines.len()],
        lines.iter().map(|l| Some(Quantity::Figures(l.1.clone()))).collect(),
    )
    .number_by_row(
        "quantity",
        vec![model.unit_of(item); lines.len()],
        lines.iter().map(|l| Some(causes(l))).collect(),
    )
    .number("share", Unit::Fraction, lines.iter().map(|l| Some(causes(l).over(whole.clone()))).collect())
    .bar()
    .note(Message::new("note-where-used").name("item", model.network.name(item)))
}
