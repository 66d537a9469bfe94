//! How much of each market comes from one country.

use super::governance::Governance;
use super::market::{Basis, Market, markets};
use crate::atlas::Expr;
use crate::book::Draft;
use crate::model::{Model, Quantity, View};
use crate::network::Baseline;
use crate::stop::{Chain, Link};
use linchpin_table::{Message, Unit};
use std::collections::BTreeSet;

/// HHI by the country in which the sites stand.
pub(super) fn hhi(market: &Market) -> Quantity {
    market.squares(&market.by_country(), |_| None)
}

/// Governance-weighted HHI; `None` where the governance of no country is known, since 0.5 for each would say
/// nothing of them.
fn governance_hhi(model: &Model<'_>, market: &Market, governance: &Governance<'_>) -> Option<Quantity> {
    let outputs = market.by_country();
    outputs.names().find(|country| governance.knows(country))?;
    Some(market.squares(&outputs, |country| Some(governance.instability(model, country))))
}

/// How concentrated the markets are in which the maker, or whoever makes a part of which no plant is known, buys.
pub(crate) struct Bought {
    /// The mean of their HHI by what one robot spends in each; `None` if it spends nothing known in any known one.
    pub(crate) mean: Option<Quantity>,
    /// The highest of all markets behind the robot, and its item.
    pub(crate) highest: Option<(String, Quantity)>,
}

/// Works them out over the markets of a chain.
pub(crate) fn bought(model: &Model<'_>, baseline: &Baseline, chain: &Chain) -> Bought {
    let markets = markets(model, baseline);
    let (mut spent, mut squares) = (vec![], vec![]);
    for link in chain.links.iter().filter(|l| l.is_direct() && !l.feed && l.worth.is_some()) {
        let Some(market) = markets.iter().find(|m| m.item == link.item) else { continue };
        let spends = spends(model, link);
        squares.push(spends.clone().times(hhi(market)));
        spent.push(spends);
    }
    let mean = (!spent.is_empty()).then(|| Quantity::Sum(squares).over(Quantity::Sum(spent)));
    let each = markets.iter().filter_map(|m| {
        let hhi = hhi(m);
        Some((model.value(&hhi)?, m.name(model).to_owned(), hhi))
    });
    let highest = each.reduce(|a, b| if b.0 > a.0 { b } else { a }).map(|(_, item, hhi)| (item, hhi));
    Bought { mean, highest }
}

/// What one robot spends in a market of which all that it takes has a price.
fn spends(model: &Model<'_>, link: &Link) -> Quantity {
    let price = |node: &u32| {
        let price = model.atlas.figures.find(&format!("prices/{}", model.network.name(*node)))?;
        Some((*node, Expr::Figure(price)))
    };
    Quantity::measure(View::Gross, model.markets.traded(link.item).iter().filter_map(price).collect())
}

/// One row a market.
pub(super) fn table<'m, 'a>(
    model: &'m Model<'a>,
    markets: &[Market],
    governance: &Governance<'_>,
    year: i64,
) -> Draft<'m, 'a> {
    let names = || markets.iter().map(|m| m.name(model).to_owned()).collect::<Vec<_>>();
    let largest = |m: &Market| m.by_country().largest().unwrap_or_default().to_owned();
    let stage = |m: &Market| model.item_text(m.item, "stage").map(|s| format!("stage-{s}"));
    let largest_share = |m: &Market| {
        let outputs = m.by_country();
        Some(m.share(outputs.of(outputs.largest()?)))
    };
    let draft = Draft::new(model, "concentration", names())
        .names("item", names())
        .words("stage", markets.iter().map(stage).collect())
        .names("largest", markets.iter().map(largest).collect())
        .number("largest_share", Unit::Fraction, markets.iter().map(largest_share).collect())
        .bar()
        .number("unnamed", Unit::Fraction, markets.iter().map(|m| Some(m.share(m.unnamed()))).collect())
        .number("hhi", Unit::None, markets.iter().map(|m| Some(hhi(m))).collect())
        .number(
            "hhi_governance",
            Unit::None,
            markets.iter().map(|m| governance_hhi(model, m, governance)).collect(),
        )
        .note(Message::new("note-concentration").text("year", year.to_string()));
    notes(model, markets, governance).into_iter().fold(draft, Draft::note)
}

/// What the indices leave out, where they leave something out.
fn notes(model: &Model<'_>, markets: &[Market], governance: &Governance<'_>) -> Vec<Message> {
    let mut notes = vec![];
    let shares: Vec<&str> =
        markets.iter().filter(|m| m.basis == Basis::Share).map(|m| m.name(model)).collect();
    if !shares.is_empty() {
        notes.push(Message::new("note-only-shares").names("items", shares));
    }
    let silent: usize = markets.iter().map(|m| m.silent).sum();
    if silent > 0 {
        notes.push(Message::new("note-silent").integer("sites", silent as i64));
    }
    let rated = |m: &&Market| governance_hhi(model, m, governance).is_some();
    let unrated = markets.len() - markets.iter().filter(rated).count();
    if unrated > 0 {
        let note = Message::new("note-unrated").integer("markets", unrated as i64);
        notes.push(note.integer("all", markets.len() as i64));
    }
    let countries: BTreeSet<String> = markets
        .iter()
        .filter(rated)
        .flat_map(|m| m.by_country().names().map(str::to_owned).collect::<Vec<_>>())
        .filter(|country| !governance.knows(country))
        .collect();
    if !countries.is_empty() {
        notes.push(Message::new("note-governance-unknown").names("countries", countries));
    }
    notes
}
