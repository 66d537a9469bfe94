//! Where an item is used: every item that needs it directly, and how much of the need each causes.

use super::bom::several_recipes;
use super::need;
use crate::atlas::Expr;
use crate::book::Draft;
use crate::model::{Model, Quantity, View};
use linchpin_table::{Message, Unit};

/// One use of an item: a slot of a recipe.
struct Use {
    user: u32,
    each: Expr,
    slot: String,
    key: String,
}

/// Direct users of an item.
pub(crate) fn table<'m, 'a>(model: &'m Model<'a>, item: u32, units: &Quantity) -> Draft<'m, 'a> {
    let flow = model.flow(View::Gross);
    let mut lines: Vec<Use> = model
        .network
        .into_node(item)
        .filter(|(_, l)| flow.need[l.parent as usize] != 0.0)
        .map(|(_, l)| {
            let recipe = &model.network.recipes[l.recipe as usize];
            let (user, slot) = (model.network.name(l.parent), &recipe.inputs[l.input as usize].slot);
            let key = match several_recipes(model, l.parent) {
                true => format!("{user}.{}.{slot}", recipe.id),
                false => format!("{user}.{slot}"),
            };
            Use { user: l.parent, each: l.gross.clone(), slot: slot.clone(), key }
        })
        .collect();
    lines.sort_by(|a, b| {
        let part = |l: &Use| flow.need[l.user as usize] * l.each.value(&model.values.value);
        part(b).total_cmp(&part(a)).then((a.user, &a.key).cmp(&(b.user, &b.key)))
    });
    let whole = need(View::Gross, item).times(units.clone());
    let causes =
        |l: &Use| Quantity::measure(View::Gross, vec![(l.user, l.each.clone())]).times(units.clone());
    Draft::new(model, "where_used", lines.iter().map(|l| l.key.clone()).collect())
        .names("user", lines.iter().map(|l| model.network.name(l.user).to_owned()).collect())
        .text("slot", lines.iter().map(|l| Some(l.slot.clone())).collect())
        .number_by_row(
            "each",
            vec![model.unit_of(item); lines.len()],
            lines.iter().map(|l| Some(Quantity::Figures(l.each.clone()))).collect(),
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
