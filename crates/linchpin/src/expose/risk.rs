//! The supply risk of the country of assembly, by GeoPolRisk and by the EU's formula.

use super::concentration::hhi;
use super::countries::{Place, place};
use super::governance::Governance;
use super::market::Market;
use super::trade::{Mix, mix};
use crate::book::Draft;
use crate::model::{Model, Quantity};
use linchpin_table::{Message, Unit};
use std::collections::BTreeSet;

/// A market and what the country of assembly imports of its item.
struct Row<'m> {
    market: &'m Market,
    mix: Option<Mix>,
}

impl Row<'_> {
    fn risk(&self, model: &Model<'_>, governance: &Governance<'_>) -> Option<Quantity> {
        let mix = self.mix.as_ref()?;
        // Of a mix without one known government, 0.5 for each would say nothing.
        mix.codes().find(|code| governance.knows(code))?;
        Some(mix.risk(model, governance))
    }

    fn supply_risk(&self, model: &Model<'_>, governance: &Governance<'_>) -> Option<Quantity> {
        let mix = self.mix.as_ref()?;
        let outputs = self.market.by_country();
        outputs.names().find(|country| governance.knows_all(country))?;
        let home = model.product.country.as_str();
        Some(home).filter(|home| governance.knows_all(home))?;
        let global = self.market.squares(&outputs, |country| Some(governance.eu(model, country)));
        Some(mix.supply_risk(model, global, mix.sourcing(model, governance, home)))
    }
}

/// One row a market.
pub(super) fn table<'m, 'a>(
    model: &'m Model<'a>,
    markets: &[Market],
    governance: &Governance<'_>,
    year: i64,
) -> Draft<'m, 'a> {
    let country = model.product.country.as_str();
    let rows: Vec<Row<'_>> =
        markets.iter().map(|market| Row { market, mix: mix(model, country, market, year) }).collect();
    let names = || markets.iter().map(|m| m.name(model).to_owned()).collect::<Vec<_>>();
    let risks: Vec<Option<Quantity>> = rows.iter().map(|r| r.risk(model, governance)).collect();
    let scores = rows.iter().zip(&risks).map(|(r, risk)| Some(hhi(r.market).times(risk.clone()?)));
    let line = |r: &Row<'_>| r.mix.as_ref().map_or_else(String::new, |m| m.commodity.clone());
    let draft = Draft::new(model, "supply_risk", names())
        .names("item", names())
        .number(
            "reliance",
            Unit::Fraction,
            rows.iter().map(|r| Some(r.mix.as_ref()?.reliance(model))).collect(),
        )
        .number("geopolrisk", Unit::None, scores.collect())
        .number("import_risk", Unit::None, risks.clone())
        .number("supply_risk_eu", Unit::None, rows.iter().map(|r| r.supply_risk(model, governance)).collect())
        .names("commodity", rows.iter().map(line).collect())
        .note(Message::new("note-geopolrisk").name("country", country))
        .note(Message::new("note-supply-risk-eu").name("country", country));
    let without = risks.iter().filter(|r| r.is_none()).count();
    notes(governance, &rows, without, country).into_iter().fold(draft, Draft::note)
}

/// What has no data, and what a convention stands in for.
fn notes(governance: &Governance<'_>, rows: &[Row<'_>], without: usize, country: &str) -> Vec<Message> {
    let mut notes = vec![];
    if without > 0 {
        let note = Message::new("note-no-imports").integer("markets", without as i64);
        notes.push(note.integer("all", rows.len() as i64).name("country", country));
    }
    let origins: BTreeSet<&str> = rows.iter().filter_map(|r| r.mix.as_ref()).flat_map(Mix::codes).collect();
    let unnamed = |code: &str| place(code) == Place::Unnamed;
    let mixed = rows.iter().filter(|r| r.mix.as_ref().is_some_and(|m| m.codes().any(unnamed))).count();
    if mixed > 0 {
        notes.push(Message::new("note-unnamed-origin").integer("markets", mixed as i64));
    }
    let unknown: Vec<&str> =
        origins.into_iter().filter(|code| !unnamed(code) && !governance.knows(code)).collect();
    if !unknown.is_empty() {
        notes.push(Message::new("note-governance-unknown").names("countries", unknown));
    }
    notes
}
