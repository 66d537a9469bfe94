//! How much of each market belongs to owners in one country, and to one company.
//!
//! A site without a company in the atlas ("all producers of a country") is counted at the country in which it
//! stands, and the share of output whose owner is known stands beside every number that does so. A market of which
//! no owner is known has no row: it would repeat the sites under another name.

use super::market::Market;
use crate::book::Draft;
use crate::model::{Model, Quantity};
use linchpin_table::{Message, Unit};

/// Share of the output that must have a known owner before companies are compared: what is left then moves the
/// HHI by at most the square of one less this.
pub(super) const KNOWN: f64 = 0.9;

fn known_share(market: &Market) -> Option<Quantity> {
    Some(market.share(market.owned()?))
}

/// HHI by company, of markets whose companies are known.
fn company_hhi(model: &Model<'_>, market: &Market) -> Option<Quantity> {
    let known = model.value(&known_share(market)?)?;
    (known >= KNOWN).then(|| market.squares(&market.by_owner(), |_| None))
}

/// One row a market with a known owner; `None` if there is none.
pub(super) fn table<'m, 'a>(model: &'m Model<'a>, markets: &[Market]) -> Option<Draft<'m, 'a>> {
    let rows: Vec<&Market> = markets.iter().filter(|m| m.owned().is_some()).collect();
    if rows.is_empty() {
        return None;
    }
    let names = || rows.iter().map(|m| m.name(model).to_owned()).collect::<Vec<_>>();
    let largest = |m: &&Market| m.by_owner_country().largest().unwrap_or_default().to_owned();
    let largest_share = |m: &&Market| {
        let outputs = m.by_owner_country();
        Some(m.share(outputs.of(outputs.largest()?)))
    };
    let owner_hhi = |m: &&Market| Some(m.squares(&m.by_owner_country(), |_| None));
    let note = Message::new("note-ownership").number("known", KNOWN, Unit::Fraction);
    Some(
        Draft::new(model, "ownership", names())
            .names("item", names())
            .number("owner_known", Unit::Fraction, rows.iter().map(|m| known_share(m)).collect())
            .names("owner_largest", rows.iter().map(largest).collect())
            .number("owner_share", Unit::Fraction, rows.iter().map(largest_share).collect())
            .bar()
            .number("hhi_owner", Unit::None, rows.iter().map(owner_hhi).collect())
            .number("hhi_company", Unit::None, rows.iter().map(|m| company_hhi(model, m)).collect())
            .note(note.integer("without", (markets.len() - rows.len()) as i64)),
    )
}
