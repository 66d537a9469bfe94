//! Units at the edge and inside: kg, piece, day and USD inside; tonnes, weeks and years at the edge.

use linchpin_table::Unit;

/// What a unit as typed means: the unit inside and the factor to it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Meaning {
    /// Unit inside.
    pub unit: Unit,
    /// Multiply a typed value by this.
    pub factor: f64,
}

/// Days in a year, by the Gregorian mean.
pub const DAYS_PER_YEAR: f64 = 365.2425;

const UNITS: &[(&str, Unit, f64)] = &[
    ("kg", Unit::Kg, 1.0),
    ("g", Unit::Kg, 1e-3),
    ("t", Unit::Kg, 1e3),
    ("kt", Unit::Kg, 1e6),
    ("Mt", Unit::Kg, 1e9),
    ("piece", Unit::Piece, 1.0),
    ("USD", Unit::Usd, 1.0),
    ("USD/kg", Unit::UsdPerKg, 1.0),
    ("USD/t", Unit::UsdPerKg, 1e-3),
    ("USD/piece", Unit::UsdPerPiece, 1.0),
    ("fraction", Unit::Fraction, 1.0),
    ("%", Unit::Fraction, 1e-2),
    ("d", Unit::Day, 1.0),
    ("week", Unit::Day, 7.0),
    ("month", Unit::Day, DAYS_PER_YEAR / 12.0),
    ("y", Unit::Day, DAYS_PER_YEAR),
    ("year", Unit::Year, 1.0),
    ("t/y", Unit::KgPerYear, 1e3),
    ("kg/y", Unit::KgPerYear, 1.0),
    ("piece/y", Unit::PiecePerYear, 1.0),
    // Units that only parameters have; formulas turn them into those above.
    ("1", Unit::None, 1.0),
    ("N", Unit::None, 1.0),
    ("N·m", Unit::None, 1.0),
    ("m", Unit::None, 1.0),
    ("V", Unit::None, 1.0),
    ("kWh", Unit::None, 1.0),
    ("kg/kWh", Unit::None, 1.0),
    ("kWh/kg", Unit::None, 1.0),
    ("USD/kWh", Unit::None, 1.0),
    ("Ah/g", Unit::None, 1.0),
    ("Ah/kg", Unit::None, 1.0),
    ("CNY", Unit::None, 1.0),
    ("CNY/USD", Unit::None, 1.0),
];

/// Meaning of a unit as typed; `None` if it is not one of ours.
pub fn meaning(unit: &str) -> Option<Meaning> {
    UNITS.iter().find(|u| u.0 == unit).map(|&(_, unit, factor)| Meaning { unit, factor })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_unit_of_the_schema_has_a_meaning() {
        for table in &crate::atlas::Schema::get().tables {
            for unit in &table.units {
                assert!(meaning(unit).is_some(), "{}: {unit}", table.name);
            }
        }
    }
}
