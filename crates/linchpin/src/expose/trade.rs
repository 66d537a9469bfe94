//! What a country imports of a market's item: shares by origin and the reliance on imports.

use super::countries::{Place, place};
use super::governance::{Governance, held};
use super::market::Market;
use crate::atlas::{Expr, FigureId};
use crate::model::{Model, Quantity};
use crate::network::baseline::latest;

/// Published shares of imports are rounded; further from a whole than this, origins are missing.
const ROUNDING: f64 = 0.05;

/// Imports of one commodity by origin.
pub(super) struct Mix {
    /// The line of trade statistics.
    pub(super) commodity: String,
    /// Share of each origin, by its code.
    origins: Vec<(String, FigureId)>,
    /// Net import reliance.
    reliance: FigureId,
}

/// The imports of a market's item into a country: of the lines of trade statistics that cover it and have both
/// shares and a reliance, the one that covers least beside it. `None` where there is none.
pub(super) fn mix(model: &Model<'_>, importer: &str, market: &Market, year: i64) -> Option<Mix> {
    let reliances = latest(model.atlas, model.values, "reliances", year, |sheet, row| {
        Some(sheet.text(row, "commodity")).filter(|_| sheet.text(row, "importer") == importer)
    });
    let sheet = model.atlas.sheet("commodities");
    let items = |row| sheet.text(row, "items").split(';').map(str::trim);
    let mut lines: Vec<(usize, &str)> = sheet
        .rows
        .iter()
        .filter(|row| items(row).any(|item| market.trades(model, item)))
        .map(|row| (items(row).count(), row.key.as_str()))
        .collect();
    lines.sort_unstable();
    lines.into_iter().find_map(|(_, line)| {
        let reliance = *reliances.get(line)?;
        Some(Mix { commodity: line.to_owned(), origins: origins(model, importer, line, year)?, reliance })
    })
}

/// The shares of the latest year that has any, if they make a whole. Shares of different years do not.
fn origins(model: &Model<'_>, importer: &str, commodity: &str, year: i64) -> Option<Vec<(String, FigureId)>> {
    let sheet = model.atlas.sheet("imports");
    let mut found: Vec<(i64, String, FigureId, f64)> = vec![];
    for row in &sheet.rows {
        let of = |column| sheet.text(row, column);
        if of("importer") != importer || of("commodity") != commodity || place(of("origin")) == Place::World {
            continue;
        }
        let Some(period) = of("period").parse().ok().filter(|p| *p <= year) else { continue };
        let Some(figure) = row.figure else { continue };
        let Some(share) = model.values.get(figure) else { continue };
        found.push((period, of("origin").to_owned(), figure, share));
    }
    let last = found.iter().map(|f| f.0).max()?;
    found.retain(|f| f.0 == last);
    let whole: f64 = found.iter().map(|f| f.3).sum();
    ((whole - 1.0).abs() <= ROUNDING).then(|| found.into_iter().map(|f| (f.1, f.2)).collect())
}

impl Mix {
    /// Codes of the origins.
    pub(super) fn codes(&self) -> impl Iterator<Item = &str> {
        self.origins.iter().map(|o| o.0.as_str())
    }

    /// Share of an origin of all imports, scaled so that the rounded shares make a whole.
    fn share(&self, figure: FigureId) -> Quantity {
        Quantity::cell(figure).over(self.whole())
    }

    fn whole(&self) -> Quantity {
        Quantity::Figures(Expr::sum(self.origins.iter().map(|o| Expr::Figure(o.1))))
    }

    /// Reliance on imports, bounded to 0..1.
    pub(super) fn reliance(&self, model: &Model<'_>) -> Quantity {
        held(model, Expr::Figure(self.reliance), 1.0)
    }

    /// Import risk of GeoPolRisk from shares and reliance, see [`super::index::import_risk_of_shares`].
    pub(super) fn risk(&self, model: &Model<'_>, governance: &Governance<'_>) -> Quantity {
        let part = |(code, figure): &(String, FigureId)| {
            Quantity::cell(*figure).times(governance.instability(model, code))
        };
        let weighted = Quantity::Sum(self.origins.iter().map(part).collect());
        weighted.over(self.whole()).times(self.reliance(model))
    }

    /// HHI_WGI,t of what the country uses, see [`super::index::sourcing_hhi`], with t = 1.
    pub(super) fn sourcing(&self, model: &Model<'_>, governance: &Governance<'_>, home: &str) -> Quantity {
        let reliance = self.reliance(model);
        let own = one().less(reliance.clone());
        let mut parts = vec![own.clone().times(own).times(governance.eu(model, home))];
        for (code, figure) in self.origins.iter().filter(|o| place(&o.0) == Place::Country) {
            let used = reliance.clone().times(self.share(*figure));
            parts.push(used.clone().times(used).times(governance.eu(model, code)));
        }
        Quantity::Sum(parts)
    }

    /// The EU's supply risk, see [`super::index::supply_risk`], with nothing recycled and nothing to stand in.
    pub(super) fn supply_risk(&self, model: &Model<'_>, global: Quantity, sourcing: Quantity) -> Quantity {
        let half = self.reliance(model).times(Quantity::Figures(Expr::Number(0.5)));
        let abroad = global.times(half.clone());
        Quantity::Sum(vec![abroad, sourcing.times(one().less(half))])
    }
}

fn one() -> Quantity {
    Quantity::Figures(Expr::ONE)
}
