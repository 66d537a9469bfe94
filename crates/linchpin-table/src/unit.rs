use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

/// A base unit. Answers hold base units only; tonnes, percent and the like appear at the edge, in the renderer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// A bare number: a count without a noun, an index.
    #[default]
    None,
    /// Kilogram.
    Kg,
    /// Piece.
    Piece,
    /// US dollar, of the year that the atlas states.
    Usd,
    /// US dollar per kilogram.
    UsdPerKg,
    /// US dollar per piece.
    UsdPerPiece,
    /// A share of one: 0.5 is a half.
    Fraction,
    /// Day.
    Day,
    /// Kilogram per year.
    KgPerYear,
    /// Piece per year.
    PiecePerYear,
    /// A calendar year, or a number of years.
    Year,
}

impl Unit {
    /// Every unit.
    pub const ALL: [Unit; 11] = [
        Unit::None,
        Unit::Kg,
        Unit::Piece,
        Unit::Usd,
        Unit::UsdPerKg,
        Unit::UsdPerPiece,
        Unit::Fraction,
        Unit::Day,
        Unit::KgPerYear,
        Unit::PiecePerYear,
        Unit::Year,
    ];

    /// The code that data formats carry, in every language; empty for [`Unit::None`].
    pub fn code(self) -> &'static str {
        match self {
            Unit::None => "",
            Unit::Kg => "kg",
            Unit::Piece => "piece",
            Unit::Usd => "USD",
            Unit::UsdPerKg => "USD/kg",
            Unit::UsdPerPiece => "USD/piece",
            Unit::Fraction => "fraction",
            Unit::Day => "day",
            Unit::KgPerYear => "kg/y",
            Unit::PiecePerYear => "piece/y",
            Unit::Year => "year",
        }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Serialize for Unit {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

/// The text is not the code of a unit.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown unit {0:?}")]
pub struct UnknownUnit(pub String);

impl FromStr for Unit {
    type Err = UnknownUnit;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Unit::ALL.into_iter().find(|unit| unit.code() == text).ok_or_else(|| UnknownUnit(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_read_back_and_differ() {
        for unit in Unit::ALL {
            assert_eq!(unit.code().parse(), Ok(unit));
        }
        assert_eq!("t".parse::<Unit>(), Err(UnknownUnit("t".into())));
        assert_eq!(serde_json::to_string(&Unit::UsdPerKg).unwrap(), "\"USD/kg\"");
    }
}
