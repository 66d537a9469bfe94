//! Indices of concentration and of supply risk as pure functions, each with its equation.
//!
//! Bad input is an error, never a score: no negative quantity, nothing that is not finite, no whole of zero.

/// Why an index has no value.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum IndexError {
    /// A number is infinite or not a number.
    #[error("{0} is not a finite number")]
    NotFinite(&'static str),
    /// A number is beyond the bounds of what it means.
    #[error("{what} is {value}: {low} to {high} is allowed")]
    Outside {
        /// What it is.
        what: &'static str,
        /// What was given.
        value: f64,
        /// Least allowed.
        low: f64,
        /// Most allowed.
        high: f64,
    },
    /// There is nothing to take shares of.
    #[error("the quantities add up to zero")]
    NoTotal,
    /// A row that adds up countries stands among them.
    #[error("{0} is a sum over countries, not a country")]
    Aggregate(String),
}

pub(super) fn within(what: &'static str, value: f64, low: f64, high: f64) -> Result<f64, IndexError> {
    if !value.is_finite() {
        Err(IndexError::NotFinite(what))
    } else if (low..=high).contains(&value) {
        Ok(value)
    } else {
        Err(IndexError::Outside { what, value, low, high })
    }
}

/// A quantity: finite and not negative.
pub(super) fn amount(what: &'static str, value: f64) -> Result<f64, IndexError> {
    within(what, value, 0.0, f64::MAX)
}

/// A share of one.
fn share(what: &'static str, value: f64) -> Result<f64, IndexError> {
    within(what, value, 0.0, 1.0)
}

fn over_total(part: f64, total: f64) -> Result<f64, IndexError> {
    if total > 0.0 { Ok(part / total) } else { Err(IndexError::NoTotal) }
}

/// Herfindahl–Hirschman index: HHI = Σ_c s_c² with s_c = q_c / (Σ q + rest) (Hirschman 1945; Herfindahl 1950).
///
/// `rest` is what comes from nobody in particular: it counts in the whole and in no square, so that with a rest the
/// index is a lower bound, too low by at most the square of the rest's share.
pub fn hhi(quantities: &[f64], rest: f64) -> Result<f64, IndexError> {
    // Shares that round upward must not make a sole supplier more than sole.
    Ok(weighted(quantities.iter().map(|q| (*q, 1.0)), rest)?.min(1.0))
}

/// HHI with a weight for each supplier: Σ_c s_c² w_c. With w = g (political instability, 0 to 1) it is the
/// governance-weighted HHI; with w = WGI_c · t_c it is HHI_WGI,t of the EU (Blengini et al. 2017, EUR 28654).
/// A quantity and its weight stand together; `rest` is as in [`hhi`].
pub fn weighted_hhi(suppliers: &[(f64, f64)], rest: f64) -> Result<f64, IndexError> {
    weighted(suppliers.iter().copied(), rest)
}

fn weighted(suppliers: impl Iterator<Item = (f64, f64)> + Clone, rest: f64) -> Result<f64, IndexError> {
    let mut total = amount("the rest", rest)?;
    for (quantity, _) in suppliers.clone() {
        total += amount("a quantity", quantity)?;
    }
    over_total(1.0, amount("the sum of the quantities", total)?)?;
    suppliers.into_iter().try_fold(0.0, |sum, (quantity, weight)| {
        let share = over_total(quantity, total)?;
        amount("the index", sum + share * share * amount("a weight", weight)?)
    })
}

/// Import risk of GeoPolRisk: Σ_i g_i f_i / (p + F), F = Σ f_i (Gemechu et al. 2016; Koyamparambath et al. 2024).
///
/// `imports` are the quantity from each origin and the origin's instability g, 0 to 1; `production` is the
/// importer's own, in the same unit.
pub fn import_risk(imports: &[(f64, f64)], production: f64) -> Result<f64, IndexError> {
    let mut total = amount("production", production)?;
    let mut risk = 0.0;
    for (quantity, instability) in imports {
        total += amount("an import", *quantity)?;
        risk += quantity * share("instability", *instability)?;
    }
    over_total(risk, total)
}

/// The import risk where only shares are known: Σ_i g_i s_i · IR, with s_i = f_i / F and the import reliance
/// IR = (F − exports) / (p + F − exports) in place of F / (p + F).
///
/// The two are equal where nothing is exported; else IR is the smaller, and the risk a lower bound. Shares are
/// scaled to a whole, since published ones are rounded; a reliance below zero, of a net exporter, counts as zero.
pub fn import_risk_of_shares(origins: &[(f64, f64)], reliance: f64) -> Result<f64, IndexError> {
    let reliance = bounded("import reliance", reliance)?;
    Ok(import_risk(origins, 0.0)? * reliance)
}

/// A reliance bounded to 0..1.
fn bounded(what: &'static str, reliance: f64) -> Result<f64, IndexError> {
    Ok(within(what, reliance, -f64::MAX, f64::MAX)?.clamp(0.0, 1.0))
}

/// GeoPolRisk score: HHI of the world's production × import risk (Koyamparambath et al. 2024).
pub fn geopolrisk(hhi: f64, import_risk: f64) -> Result<f64, IndexError> {
    Ok(share("the HHI", hhi)? * share("the import risk", import_risk)?)
}

/// Characterisation factor of GeoPolRisk: score × price / midpoint of copper, prices in one unit
/// (Koyamparambath et al. 2024).
pub fn characterisation(score: f64, price: f64, copper_midpoint: f64) -> Result<f64, IndexError> {
    let worth = share("the score", score)? * amount("the price", price)?;
    over_total(worth, amount("the midpoint", copper_midpoint)?)
}

/// Import reliance: IR = (imports − exports) / (production + imports − exports), bounded to 0..1 (EUR 28654).
pub fn import_reliance(imports: f64, exports: f64, production: f64) -> Result<f64, IndexError> {
    let net = amount("imports", imports)? - amount("exports", exports)?;
    let consumption = amount("production", production)? + net;
    if net <= 0.0 && imports + exports + production > 0.0 {
        // A net exporter relies on no imports, whatever its consumption comes to.
        return Ok(0.0);
    }
    bounded("import reliance", over_total(net, consumption)?)
}

/// HHI_WGI,t of what a country uses: its own production with the share 1 − IR, and each origin with IR · s_i
/// (EUR 28654, with shares of imports in place of quantities).
///
/// `origins` are the share of imports and the weight WGI · t of each; `rest` is the share of origins nobody names,
/// `home` the weight of the country itself.
pub fn sourcing_hhi(origins: &[(f64, f64)], rest: f64, reliance: f64, home: f64) -> Result<f64, IndexError> {
    let abroad = weighted_hhi(origins, rest)?;
    let reliance = bounded("import reliance", reliance)?;
    let own = 1.0 - reliance;
    Ok(own * own * amount("a weight", home)? + reliance * reliance * abroad)
}

/// What the EU's supply risk is made of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SupplyRisk {
    /// HHI_WGI,t of the world's supply, 0 to 10.
    pub global: f64,
    /// HHI_WGI,t of what the country uses, 0 to 10.
    pub sourcing: f64,
    /// Import reliance; bounded to 0..1.
    pub reliance: f64,
    /// End-of-life recycling input rate, 0 to 1.
    pub recycling: f64,
    /// Substitution index for supply risk, 0 to 1; 1 where nothing can stand in.
    pub substitution: f64,
}

/// SR = [HHI_WGI,t(global) · IR/2 + HHI_WGI,t(sourcing) · (1 − IR/2)] · (1 − EoL-RIR) · SI
/// (Blengini et al. 2017, EUR 28654).
pub fn supply_risk(parts: &SupplyRisk) -> Result<f64, IndexError> {
    let half = bounded("import reliance", parts.reliance)? / 2.0;
    let global = amount("the HHI of the world", parts.global)?;
    let sourcing = amount("the HHI of the sourcing", parts.sourcing)?;
    let left = 1.0 - share("the recycling rate", parts.recycling)?;
    let index = share("the substitution index", parts.substitution)?;
    Ok((global * half + sourcing * (1.0 - half)) * left * index)
}

/// Whether a material is critical to the EU: SR ≥ 1.0 and EI ≥ 2.8, both bounds inclusive (EUR 28654).
pub fn is_critical(supply_risk: f64, economic_importance: f64) -> Result<bool, IndexError> {
    let sr = amount("the supply risk", supply_risk)?;
    let ei = amount("the economic importance", economic_importance)?;
    Ok(sr >= 1.0 && ei >= 2.8)
}
