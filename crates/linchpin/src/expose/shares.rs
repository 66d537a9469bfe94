//! Each market country by country.

use super::countries::{Place, place};
use super::market::{Basis, Market, Site, count_of_sites, sum};
use crate::book::Draft;
use crate::explode::yearly;
use crate::model::{Model, Quantity};
use linchpin_table::{Label, Message, Unit};
use std::collections::BTreeSet;

/// Key and label of the row that adds up the countries not listed one by one.
pub const OTHERS: &str = "others";

/// Names that the table uses beside those of the atlas.
pub(super) fn labels() -> Vec<(String, Label)> {
    vec![(OTHERS.to_owned(), Label::new("all others", "其余合计"))]
}

/// Some places of a market.
struct Row<'m> {
    market: &'m Market,
    name: String,
    /// Sites that stand there.
    standing: Vec<&'m Site>,
    /// Sites whose owner sits there, counted as in `ownership`.
    owned: Vec<&'m Site>,
}

impl Row<'_> {
    /// Share of the sites that stand there.
    fn share(&self) -> Quantity {
        self.market.share(sum(self.standing.iter().copied()))
    }

    /// Share of owners; `None` where no owner of the market is known: the sites under another name are no owners.
    fn owner_share(&self) -> Option<Quantity> {
        self.market.owned()?;
        Some(self.market.share(sum(self.owned.iter().copied())))
    }

    /// Output of the sites that stand there; `None` if there are none or only shares are published.
    fn output(&self) -> Option<Quantity> {
        (!self.standing.is_empty() && self.market.basis == Basis::Output)
            .then(|| sum(self.standing.iter().copied()))
    }
}

/// The places of a market, the largest first, those of no one country after them; beyond `most` as a sum.
fn rows<'m>(model: &Model<'_>, market: &'m Market, most: Option<usize>) -> Vec<Row<'m>> {
    let value = |q: Quantity| model.value(&q).unwrap_or(0.0);
    let both = market.sites.iter().flat_map(|s| [s.country.as_str(), s.owner_country.as_str()]);
    let places: BTreeSet<&str> = both.collect();
    let mut rows: Vec<Row<'m>> = places
        .into_iter()
        .map(|name| Row {
            market,
            name: name.to_owned(),
            standing: market.sites.iter().filter(|s| s.country == name).collect(),
            owned: market.sites.iter().filter(|s| s.owner_country == name).collect(),
        })
        .collect();
    let rank = |r: &Row<'_>| {
        let owned = r.owner_share().map_or(0.0, value);
        (place(&r.name) != Place::Country, value(r.share()).max(owned))
    };
    rows.sort_by(|a, b| {
        let (a_rank, b_rank) = (rank(a), rank(b));
        a_rank.0.cmp(&b_rank.0).then(b_rank.1.total_cmp(&a_rank.1)).then(a.name.cmp(&b.name))
    });
    let most = most.unwrap_or(usize::MAX);
    // A sum of one is that one.
    if rows.len() > most.saturating_add(1) {
        let rest = rows.split_off(most);
        rows.push(Row {
            market,
            name: OTHERS.to_owned(),
            standing: rest.iter().flat_map(|r| r.standing.clone()).collect(),
            owned: rest.iter().flat_map(|r| r.owned.clone()).collect(),
        });
    }
    rows
}

/// One row a market and country.
pub(super) fn table<'m, 'a>(model: &'m Model<'a>, markets: &[Market], most: Option<usize>) -> Draft<'m, 'a> {
    let rows: Vec<Row<'_>> = markets.iter().flat_map(|m| rows(model, m, most)).collect();
    let keys = rows.iter().map(|r| format!("{}/{}", r.market.name(model), r.name)).collect();
    let count = |r: &Row<'_>| count_of_sites(r.standing.len());
    Draft::new(model, "shares", keys)
        .names("item", rows.iter().map(|r| r.market.name(model).to_owned()).collect())
        .names("country", rows.iter().map(|r| r.name.clone()).collect())
        .number("share", Unit::Fraction, rows.iter().map(|r| Some(r.share())).collect())
        .bar()
        .number("owner_share", Unit::Fraction, rows.iter().map(Row::owner_share).collect())
        .range_by_row(
            ["output", "output_low", "output_high"],
            rows.iter().map(|r| yearly(model, r.market.item)).collect(),
            rows.iter().map(Row::output).collect(),
        )
        .number("sites", Unit::None, rows.iter().map(count).collect())
        .note(Message::new("note-shares"))
}
