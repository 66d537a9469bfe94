//! By-products: a need that never drives its host, beside what the hosts can give.
//!
//! Ceiling = published output of the host's plants × by-product in a run / host in a run. The output of the
//! recipe already holds content, share of plants equipped and recovery, each a parameter of the atlas.

use super::need;
use crate::atlas::Expr;
use crate::book::Draft;
use crate::model::{Model, Quantity, View};
use crate::network::Role;
use linchpin_table::{Message, Unit};

/// By-products that are needed; `None` if there are none.
pub(crate) fn table<'m, 'a>(model: &'m Model<'a>, units: &Quantity) -> Option<Draft<'m, 'a>> {
    let flow = model.flow(View::Gross);
    let rows: Vec<(u32, u32, Option<Quantity>)> = (0..model.network.items.len() as u32)
        .filter(|n| flow.need[*n as usize] > 0.0)
        .filter_map(|n| {
            let (recipe, output) = model.network.makers(n, Role::Byproduct).next()?;
            let host = recipe.outputs.iter().find(|o| o.role == Role::Main)?;
            let made = host_output(model, host.item);
            let ceiling = made
                .map(|made| Quantity::Figures(made.mul(output.quantity.clone().div(host.quantity.clone()))));
            Some((n, host.item, ceiling))
        })
        .collect();
    if rows.is_empty() {
        return None;
    }
    let names = |pick: fn(&(u32, u32, Option<Quantity>)) -> u32| {
        rows.iter().map(|r| model.network.name(pick(r)).to_owned()).collect::<Vec<_>>()
    };
    let needs: Vec<Quantity> = rows.iter().map(|r| need(View::Gross, r.0).times(units.clone())).collect();
    Some(
        Draft::new(model, "byproduct", names(|r| r.0))
            .names("item", names(|r| r.0))
            .names("host", names(|r| r.1))
            .number("need", Unit::Kg, needs.iter().cloned().map(Some).collect())
            .range(
                ["ceiling", "ceiling_low", "ceiling_high"],
                Unit::KgPerYear,
                rows.iter().map(|r| r.2.clone()).collect(),
            )
            .number(
                "share",
                Unit::Fraction,
                needs.into_iter().zip(&rows).map(|(n, r)| Some(n.over(r.2.clone()?))).collect(),
            )
            .note(Message::new("note-byproduct")),
    )
}

fn host_output(model: &Model<'_>, host: u32) -> Option<Expr> {
    let baseline = super::baseline(model, 0.0, None);
    let made: Vec<Expr> =
        baseline.pools.get(&host)?.sites.iter().filter_map(|s| s.output_expr.clone()).collect();
    (!made.is_empty()).then(|| Expr::sum(made))
}
