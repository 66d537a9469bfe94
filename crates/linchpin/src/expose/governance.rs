//! How a country is governed, on the two scales that the indices use, from the Worldwide Governance Indicators.

use super::index::{IndexError, within};
use crate::atlas::{Expr, FigureId};
use crate::model::{Model, Quantity};
use crate::network::baseline::latest;
use linchpin_table::Message;
use std::collections::BTreeMap;

/// The indicators lie between −2.5 and 2.5 but for a few estimates (Kaufmann, Kraay and Mastruzzi 2010).
const END: f64 = 2.5;
/// Instability of a country without a figure (Koyamparambath et al. 2024).
pub const UNKNOWN_INSTABILITY: f64 = 0.5;
/// Governance of a country without a figure on the EU's scale: its middle, as above. EUR 28654 names no such case.
pub const UNKNOWN_GOVERNANCE: f64 = 5.0;
/// The dimension that GeoPolRisk reads.
const STABILITY: &str = "political_stability";
/// The dimensions whose mean the EU reads.
pub const DIMENSIONS: [&str; 6] = [
    "control_of_corruption",
    "government_effectiveness",
    STABILITY,
    "regulatory_quality",
    "rule_of_law",
    "voice_accountability",
];

/// Political instability, 0 to 1 with 1 worst: g = (2.5 − v) / 5, v being WGI political stability; beyond the scale
/// it stays at the scale's end (Koyamparambath et al. 2024).
pub fn instability(stability: f64) -> Result<f64, IndexError> {
    Ok(((END - within("political stability", stability, -4.0, 4.0)?) / (2.0 * END)).clamp(0.0, 1.0))
}

/// Governance on the EU's scale, 0 to 10 with 10 worst: 10 (2.5 − v̄) / 5, v̄ being the mean of the six dimensions
/// (Blengini et al. 2017, EUR 28654).
pub fn eu_governance(dimensions: &[f64; 6]) -> Result<f64, IndexError> {
    let mut sum = 0.0;
    for v in dimensions {
        sum += within("a governance indicator", *v, -4.0, 4.0)?;
    }
    Ok((10.0 * (END - sum / 6.0) / (2.0 * END)).clamp(0.0, 10.0))
}

/// A quantity held between zero and `most`. Inside it is the plain expression, so that its explanation is plain too.
pub(super) fn held(model: &Model<'_>, e: Expr, most: f64) -> Quantity {
    let value = e.value(&model.values.value);
    let number = |n: f64| Quantity::Figures(Expr::Number(n));
    let plain = Quantity::Figures(e);
    if value < 0.0 {
        Quantity::Greatest(vec![plain, number(0.0)])
    } else if value > most {
        Quantity::Least(vec![plain, number(most)])
    } else {
        plain
    }
}

/// The latest governance figures of all countries.
pub(super) struct Governance<'a> {
    latest: BTreeMap<(&'a str, &'a str), FigureId>,
}

impl<'a> Governance<'a> {
    /// The latest known figures not after `year`.
    pub(super) fn new(model: &Model<'a>, year: i64) -> Governance<'a> {
        let latest = latest(model.atlas, model.values, "governance", year, |sheet, row| {
            Some((sheet.text(row, "country"), sheet.text(row, "measure")))
        });
        Governance { latest }
    }

    /// Whether the political stability of a country is known.
    pub(super) fn knows(&self, country: &str) -> bool {
        self.latest.contains_key(&(country, STABILITY))
    }

    /// Whether all six dimensions of a country are known.
    pub(super) fn knows_all(&self, country: &str) -> bool {
        DIMENSIONS.iter().all(|d| self.latest.contains_key(&(country, *d)))
    }

    /// [`instability`] of a country.
    pub(super) fn instability(&self, model: &Model<'_>, country: &str) -> Quantity {
        match self.latest.get(&(country, STABILITY)) {
            Some(v) => {
                let below = Expr::Sub(Expr::Number(END).into(), Expr::Figure(*v).into());
                held(model, below.div(Expr::Number(2.0 * END)), 1.0)
            }
            None => by_convention(UNKNOWN_INSTABILITY, "given-instability"),
        }
    }

    /// [`eu_governance`] of a country.
    pub(super) fn eu(&self, model: &Model<'_>, country: &str) -> Quantity {
        let known: Option<Vec<Expr>> =
            DIMENSIONS.iter().map(|d| Some(Expr::Figure(*self.latest.get(&(country, *d))?))).collect();
        match known {
            Some(dimensions) => {
                let mean = Expr::sum(dimensions).div(Expr::Number(6.0));
                let below = Expr::Sub(Expr::Number(END).into(), mean.into());
                held(model, Expr::Number(10.0 / (2.0 * END)).mul(below), 10.0)
            }
            None => by_convention(UNKNOWN_GOVERNANCE, "given-governance"),
        }
    }
}

fn by_convention(value: f64, what: &'static str) -> Quantity {
    Quantity::Given { value, what: Message::new(what) }
}
