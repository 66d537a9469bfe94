//! The markets as a chain from the ground to the robot, and every plant behind them.

use super::market::count_of_sites;
use crate::atlas::Expr;
use crate::book::Draft;
use crate::model::{Model, Quantity, View};
use crate::network::baseline::market_of;
use crate::stop::{Chain, Link, Plant, Selector};
use linchpin_table::{Message, Unit};
use std::collections::{BTreeMap, BTreeSet};

/// The market of the chain that a market feeds: the one it hangs on, else the next one on the way that most of its need
/// takes up to the robot, though nobody may tell what that one puts out. Empty at the robot.
fn into<'c>(model: &Model<'_>, chain: &'c Chain, link: &'c Link) -> &'c str {
    if let Some(next) = link.next {
        return &chain.links[next].id;
    }
    let need = &model.flow(View::Gross).need;
    let items = model.network.items.iter().zip(0u32..);
    let mut at: BTreeSet<u32> =
        items.filter(|(item, _)| market_of(model.atlas, item) == link.id).map(|(_, node)| node).collect();
    let mut seen = at.clone();
    loop {
        let lines = at.iter().flat_map(|node| model.network.into_node(*node));
        let carried = lines
            .map(|(l, line)| (need[line.parent as usize] * model.coefficient(View::Gross, l), line.parent));
        let most = carried.filter(|(_, up)| !seen.contains(up)).reduce(|a, b| if b.0 > a.0 { b } else { a });
        let Some((_, up)) = most.filter(|(amount, _)| *amount > 0.0) else { return "" };
        let market = market_of(model.atlas, model.network.name(up));
        if let Some(found) = chain.find(market).filter(|k| chain.links[*k].id != link.id) {
            return &chain.links[found].id;
        }
        seen.insert(up);
        at = BTreeSet::from([up]);
    }
}

/// One row a market and country: its share of the output that is told, and how many plants run there.
pub(super) fn ladder_table<'m, 'a>(model: &'m Model<'a>, chain: &Chain) -> Draft<'m, 'a> {
    let mut rows: Vec<(&Link, &str, Vec<&Plant>)> = vec![];
    for link in &chain.links {
        let mut by_country: BTreeMap<&str, Vec<&Plant>> = BTreeMap::new();
        link.plants.iter().for_each(|p| by_country.entry(&p.country).or_default().push(p));
        let mut found: Vec<(&str, Vec<&Plant>)> = by_country.into_iter().collect();
        let made = |plants: &[&Plant]| plants.iter().map(|p| p.made).sum::<f64>();
        found.sort_by(|a, b| {
            made(&b.1).total_cmp(&made(&a.1)).then(b.1.len().cmp(&a.1.len())).then(a.0.cmp(b.0))
        });
        rows.extend(found.into_iter().map(|(country, plants)| (link, country, plants)));
    }
    let output =
        |plants: &[&Plant]| Quantity::Figures(Expr::sum(plants.iter().filter_map(|p| p.output.clone())));
    let share = |(link, _, plants): &(&Link, &str, Vec<&Plant>)| {
        let all: Vec<&Plant> = link.plants.iter().collect();
        let told = plants.iter().any(|p| p.output.is_some());
        told.then(|| output(plants).over(output(&all)))
    };
    Draft::new(model, "ladder", rows.iter().map(|r| format!("{}/{}", r.0.id, r.1)).collect())
        .names("item", rows.iter().map(|r| r.0.id.clone()).collect())
        .names("country", rows.iter().map(|r| r.1.to_owned()).collect())
        .number("share", Unit::Fraction, rows.iter().map(share).collect())
        .bar()
        .number("sites", Unit::None, rows.iter().map(|r| count_of_sites(r.2.len())).collect())
        .note(Message::new("note-ladder"))
}

/// One row a market: its stage, the market that it hangs on, how much of it one robot takes and how many plants run.
pub(super) fn chain_table<'m, 'a>(model: &'m Model<'a>, chain: &Chain) -> Draft<'m, 'a> {
    let links = &chain.links;
    let ids: Vec<String> = links.iter().map(|l| l.id.clone()).collect();
    let next = |l: &Link| l.next.map_or_else(String::new, |k| links[k].id.clone());
    let into = |l: &Link| into(model, chain, l).to_owned();
    let yearly = |l: &Link| match l.unit {
        Unit::PiecePerYear => Unit::Piece,
        _ => Unit::Kg,
    };
    Draft::new(model, "chain", ids.clone())
        .names("item", ids)
        .words("stage", links.iter().map(|l| Some(format!("stage-{}", l.stage))).collect())
        .names("next", links.iter().map(next).collect())
        .names("into", links.iter().map(into).collect())
        .number_by_row(
            "robot",
            links.iter().map(yearly).collect(),
            links.iter().map(|l| Some(l.need.clone())).collect(),
        )
        .number("sites", Unit::None, links.iter().map(|l| count_of_sites(l.plants.len())).collect())
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
    let figure = |e: &Option<Expr>| e.clone().map(Quantity::Figures);
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
