//! Which codes are countries, and quantities by country fit for an index.

use super::index::{IndexError, amount, hhi, weighted_hhi};
use std::collections::BTreeMap;

/// What a code of the table of countries stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// One country.
    Country,
    /// Countries that a source does not tell apart. Together they are no supplier.
    Unnamed,
    /// All countries: a sum, which never stands beside its parts.
    World,
}

/// What a code stands for. Words that statistics use for their sums are known too.
pub fn place(code: &str) -> Place {
    match code.to_ascii_uppercase().as_str() {
        "WLD" | "WORLD" | "TOTAL" | "WORLD TOTAL" => Place::World,
        "OTH" | "EUR" | "EU27" => Place::Unnamed,
        _ => Place::Country,
    }
}

/// Quantities of one thing by country.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Countries {
    /// Quantity of each country.
    pub named: BTreeMap<String, f64>,
    /// Quantity of countries that the source does not tell apart.
    pub unnamed: f64,
    /// Rows without a quantity. They are in no share: a blank is not a zero.
    pub blank: usize,
}

impl Countries {
    /// Takes rows of code and quantity; those of one country add up.
    pub fn new<'r>(rows: impl IntoIterator<Item = (&'r str, Option<f64>)>) -> Result<Countries, IndexError> {
        let mut out = Countries::default();
        for (code, quantity) in rows {
            let place = place(code);
            if place == Place::World {
                return Err(IndexError::Aggregate(code.to_owned()));
            }
            let Some(quantity) = quantity else {
                out.blank += 1;
                continue;
            };
            let quantity = amount("a quantity", quantity)?;
            match place {
                Place::Country => *out.named.entry(code.to_owned()).or_default() += quantity,
                _ => out.unnamed += quantity,
            }
        }
        Ok(out)
    }

    /// Sum over all countries.
    pub fn total(&self) -> f64 {
        self.named.values().sum::<f64>() + self.unnamed
    }

    /// [`hhi`] by country.
    pub fn hhi(&self) -> Result<f64, IndexError> {
        hhi(&self.named.values().copied().collect::<Vec<_>>(), self.unnamed)
    }

    /// [`weighted_hhi`] by country.
    pub fn weighted_hhi(&self, weight: impl Fn(&str) -> f64) -> Result<f64, IndexError> {
        let suppliers: Vec<(f64, f64)> = self.named.iter().map(|(c, q)| (*q, weight(c))).collect();
        weighted_hhi(&suppliers, self.unnamed)
    }
}
