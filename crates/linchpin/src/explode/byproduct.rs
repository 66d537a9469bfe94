//! By-products: a need that never drives its host, beside what the hosts can give.
//!
//! Ceiling = Σ over the recipes that give it of runs a year × by-product of a run. The runs of a recipe with a main
//! output are the published output of that item × the share that the recipe makes ÷ its output of a run; those of a
//! joint recipe are what today's mines feed it. The output of the recipe already holds content, share of plants
//! equipped and recovery, each a parameter of the atlas.

use super::{need, ore, supply};
use crate::atlas::Expr;
use crate::book::Draft;
use crate::model::{Model, Quantity, View};
use crate::network::{Baseline, Role};
use linchpin_table::{Label, Message, Unit};
use std::collections::BTreeMap;

/// A by-product, needed or not.
struct Byproduct {
    item: u32,
    /// Id of the host item, or of the recipes if it is a joint one or there are several.
    hosts: Vec<String>,
    ceiling: Option<Quantity>,
}

impl Byproduct {
    fn host(&self) -> String {
        self.hosts.join("+")
    }
}

fn byproducts(model: &Model<'_>, baseline: &Baseline) -> Vec<Byproduct> {
    let mut found: BTreeMap<u32, (Vec<String>, Vec<Expr>)> = BTreeMap::new();
    for (r, recipe) in (0u32..).zip(&model.network.recipes) {
        for output in recipe.outputs.iter().filter(|o| o.role == Role::Byproduct) {
            let main = recipe.outputs.iter().find(|o| o.role == Role::Main);
            let host = main.map_or(recipe.id.as_str(), |m| model.network.name(m.item)).to_owned();
            let runs = match main {
                Some(main) => runs(model, baseline, &recipe.id, main.item, &main.quantity),
                None => ore::runs(model, baseline, r),
            };
            let (hosts, given) = found.entry(output.item).or_default();
            if !hosts.contains(&host) {
                hosts.push(host);
            }
            given.extend(runs.map(|runs| runs.mul(output.quantity.clone())));
        }
    }
    let byproduct = |(item, (hosts, given)): (u32, (Vec<String>, Vec<Expr>))| Byproduct {
        item,
        hosts,
        ceiling: (!given.is_empty()).then(|| Quantity::Figures(Expr::sum(given))),
    };
    found.into_iter().map(byproduct).collect()
}

/// Runs a year of a recipe with a main output, at the published output of that item.
fn runs(model: &Model<'_>, baseline: &Baseline, recipe: &str, item: u32, output: &Expr) -> Option<Expr> {
    let made = baseline.pools.get(&item)?.output()?;
    let share = model.atlas.figures.find(&format!("shares/{}/{recipe}", model.network.name(item)));
    let made = match share {
        Some(share) => made.mul(Expr::Figure(share)),
        None => made,
    };
    Some(made.div(output.clone()))
}

/// Names of hosts where a by-product has several.
pub(crate) fn labels(
    model: &Model<'_>,
    baseline: &Baseline,
    known: &BTreeMap<String, Label>,
) -> Vec<(String, Label)> {
    let several = |b: &Byproduct| {
        let part = |id: &String| known.get(id).cloned().unwrap_or_else(|| Label::new(id.clone(), id.clone()));
        let parts: Vec<Label> = b.hosts.iter().map(part).collect();
        let join = |pick: fn(&Label) -> &str| parts.iter().map(pick).collect::<Vec<_>>().join(" + ");
        (b.host(), Label::new(join(|l| &l.en), join(|l| &l.zh)))
    };
    let named = |b: &Byproduct| !known.contains_key(&b.host());
    byproducts(model, baseline).iter().filter(|b| named(b)).map(several).collect()
}

/// By-products of the atlas; `None` if there are none.
pub(crate) fn table<'m, 'a>(
    model: &'m Model<'a>,
    baseline: &Baseline,
    units: &Quantity,
) -> Option<Draft<'m, 'a>> {
    let rows = byproducts(model, baseline);
    if rows.is_empty() {
        return None;
    }
    let names = || rows.iter().map(|r| model.network.name(r.item).to_owned()).collect::<Vec<_>>();
    let yearly = || rows.iter().map(|r| supply::yearly(model, r.item)).collect::<Vec<Unit>>();
    let needs: Vec<Quantity> = rows.iter().map(|r| need(View::Gross, r.item).times(units.clone())).collect();
    Some(
        Draft::new(model, "byproduct", names())
            .names("item", names())
            .names("host", rows.iter().map(Byproduct::host).collect())
            .number_by_row("need", yearly(), needs.iter().cloned().map(Some).collect())
            .range_by_row(
                ["ceiling", "ceiling_low", "ceiling_high"],
                yearly(),
                rows.iter().map(|r| r.ceiling.clone()).collect(),
            )
            .number(
                "share",
                Unit::Fraction,
                needs.into_iter().zip(&rows).map(|(n, r)| Some(n.over(r.ceiling.clone()?))).collect(),
            )
            .note(Message::new("note-byproduct").text("year", baseline.year.to_string())),
    )
}
