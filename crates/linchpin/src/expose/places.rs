//! The markets as a chain from the ground to the robot, and every plant behind them.

use crate::book::Draft;
use crate::model::{Model, Quantity};
use crate::stop::{Chain, Link, Plant, Selector};
use linchpin_table::{Message, Unit};

/// One row a market: its stage, the market that it hangs on, how much of it one robot takes and how many plants run.
pub(super) fn chain_table<'m, 'a>(model: &'m Model<'a>, chain: &Chain) -> Draft<'m, 'a> {
    let links = &chain.links;
    let ids: Vec<String> = links.iter().map(|l| l.id.clone()).collect();
    let next = |l: &Link| l.next.map_or_else(String::new, |k| links[k].id.clone());
    let yearly = |l: &Link| match l.unit {
        Unit::PiecePerYear => Unit::Piece,
        _ => Unit::Kg,
    };
    let count = |l: &Link| {
        let what = Message::new("given-sites").integer("sites", l.plants.len() as i64);
        Some(Quantity::Given { value: l.plants.len() as f64, what })
    };
    Draft::new(model, "chain", ids.clone())
        .names("item", ids)
        .words("stage", links.iter().map(|l| Some(format!("stage-{}", l.stage))).collect())
        .names("next", links.iter().map(next).collect())
        .number_by_row(
            "robot",
            links.iter().map(yearly).collect(),
            links.iter().map(|l| Some(l.need.clone())).collect(),
        )
        .number("sites", Unit::None, links.iter().map(count).collect())
        .note(Message::new("note-chain"))
}

/// One row a running plant: what it makes, where, whose it is, and what it publishes. Concentrates stand under their own
/// item and not again as feeds. Under a loss, whether it is among what is lost.
pub(super) fn sites_table<'m, 'a>(
    model: &'m Model<'a>,
    chain: &Chain,
    lost: Option<&Selector>,
) -> Draft<'m, 'a> {
    let plants: Vec<(&Link, &Plant)> =
        chain.links.iter().filter(|l| !l.feed).flat_map(|l| l.plants.iter().map(move |p| (l, p))).collect();
    let names = |pick: &dyn Fn(&(&Link, &Plant)) -> String| plants.iter().map(pick).collect::<Vec<_>>();
    let owner = |p: &Plant| p.owners.first().cloned().unwrap_or_default();
    let figure = |e: &Option<crate::atlas::Expr>| e.clone().map(Quantity::Figures);
    let units = || plants.iter().map(|(l, _)| l.unit).collect::<Vec<_>>();
    let draft = Draft::new(model, "sites", names(&|(l, p)| format!("{}/{}", l.id, p.site)))
        .names("site", names(&|(_, p)| p.site.clone()))
        .names("item", names(&|(l, _)| l.id.clone()))
        .words("stage", plants.iter().map(|(l, _)| Some(format!("stage-{}", l.stage))).collect())
        .names("country", names(&|(_, p)| p.country.clone()))
        .names("company", names(&|(_, p)| owner(p)))
        .number_by_row("output", units(), plants.iter().map(|(_, p)| figure(&p.output)).collect())
        .number_by_row("capacity", units(), plants.iter().map(|(_, p)| figure(&p.capacity)).collect())
        .note(Message::new("note-sites"));
    let word = |hit| Some(if hit { "word-lost" } else { "" }.to_owned());
    match lost {
        Some(selector) => {
            draft.words("lost", plants.iter().map(|(l, p)| word(selector.hits(p, l))).collect())
        }
        None => draft,
    }
}
