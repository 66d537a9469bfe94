//! The need of a volume beside the market of each item: who puts in, and how much.

use super::stage_rank;
use crate::atlas::Expr;
use crate::book::Draft;
use crate::model::{Model, Quantity};
use crate::network::Baseline;
use crate::network::baseline::Pool;
use crate::stop::traded_need;
use linchpin_table::{Message, Unit};
use std::collections::BTreeMap;

/// Unit in which an item is counted by the year.
pub(crate) fn yearly(model: &Model<'_>, item: u32) -> Unit {
    match model.unit_of(item) {
        Unit::Piece => Unit::PiecePerYear,
        _ => Unit::KgPerYear,
    }
}

/// The country with the largest output, and that output.
fn largest(pool: &Pool) -> Option<(String, Quantity)> {
    let mut by_country: BTreeMap<&str, (f64, Vec<Expr>)> = BTreeMap::new();
    for site in &pool.sites {
        if let (Some(v), Some(e)) = (site.output, &site.output_expr) {
            let entry = by_country.entry(&site.country).or_default();
            entry.0 += v;
            entry.1.push(e.clone());
        }
    }
    let (country, (_, terms)) = by_country.into_iter().reduce(|a, b| if b.1.0 > a.1.0 { b } else { a })?;
    Some((country.to_owned(), Quantity::Figures(Expr::sum(terms))))
}

/// Every market whose item the product needs.
pub(crate) fn supply_table<'m, 'a>(
    model: &'m Model<'a>,
    baseline: &Baseline,
    units: &Quantity,
) -> Draft<'m, 'a> {
    let mut pools: Vec<&Pool> =
        baseline.pools.values().filter(|p| p.products != 0.0 && !p.sites.is_empty()).collect();
    pools.sort_by_key(|p| (std::cmp::Reverse(stage_rank(model, p.item)), p.item));
    let names = || pools.iter().map(|p| model.network.name(p.item).to_owned()).collect::<Vec<_>>();
    let needs: Vec<Quantity> = {
        let need = |p: &&Pool| traded_need(model, p.item).times(units.clone());
        pools.iter().map(need).collect()
    };
    let year = |p: &&Pool| yearly(model, p.item);
    let count = |p: &&Pool| {
        Some(Quantity::Given {
            value: p.sites.len() as f64,
            what: Message::new("given-sites").integer("sites", p.sites.len() as i64),
        })
    };
    let draft = Draft::new(model, "supply", names())
        .names("item", names())
        .words(
            "stage",
            pools.iter().map(|p| model.item_text(p.item, "stage").map(|s| format!("stage-{s}"))).collect(),
        )
        .number_by_row("need", pools.iter().map(year).collect(), needs.iter().cloned().map(Some).collect())
        .number_by_row(
            "others",
            pools.iter().map(year).collect(),
            pools.iter().map(|p| p.others().map(Quantity::Figures)).collect(),
        )
        .range_by_row(
            ["output", "output_low", "output_high"],
            pools.iter().map(year).collect(),
            pools.iter().map(|p| p.output().map(Quantity::Figures)).collect(),
        )
        .number_by_row(
            "capacity",
            pools.iter().map(year).collect(),
            pools.iter().map(|p| p.capacity().map(Quantity::Figures)).collect(),
        )
        .number(
            "need_share",
            Unit::Fraction,
            pools.iter().zip(needs).map(|(p, n)| Some(n.over(Quantity::Figures(p.output()?)))).collect(),
        )
        .number("sites", Unit::None, pools.iter().map(count).collect())
        .names("largest", pools.iter().map(|p| largest(p).map_or_else(String::new, |l| l.0)).collect())
        .number(
            "largest_share",
            Unit::Fraction,
            pools.iter().map(|p| Some(largest(p)?.1.over(Quantity::Figures(p.output()?)))).collect(),
        )
        .bar()
        .note(Message::new("note-supply").text("year", baseline.year.to_string()));
    // A site whose announced status has run out is still counted, and said.
    crate::coverage::expired(model.atlas).into_iter().fold(draft, Draft::note)
}
