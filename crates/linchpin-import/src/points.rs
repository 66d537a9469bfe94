//! What a point and a comma part in the numbers of a table: thousands, or decimals. A column of pieces in which every number
//! is like 9.800 does not tell it by itself: what stands beside it does.

use crate::column::{Column, Role};
use crate::number::{leading, plain};
use crate::quantity::{Unit, quantity_in, unit_of};
use crate::sheet::{Row, Sheet};
use crate::table::Table;
use std::borrow::Cow;
use std::cell::OnceCell;

/// What the signs in the numbers of a column part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Meant {
    /// A point parts thousands: 9.800 is nine thousand eight hundred. A comma parts decimals.
    Thousands,
    /// A point parts decimals: 9.800 is less than ten.
    Decimals,
}

/// A column in whose numbers every point has three digits behind it, or a comma may part decimals.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Pointed {
    pub(crate) at: u32,
    pub(crate) role: Role,
    pub(crate) meant: Meant,
    /// The first row with such a number, and the number.
    pub(crate) row: u32,
    pub(crate) example: String,
    /// Whether other numbers of the sheet say so.
    pub(crate) settled: bool,
}

impl Pointed {
    /// A number of the column with a point for the decimals and nothing else.
    pub(crate) fn read<'s>(&self, table: &Table, row: Row<'s>, text: &'s str) -> Cow<'s, str> {
        if self.meant == Meant::Decimals {
            return Cow::Borrowed(text);
        }
        let counts = self.role == Role::PriceBasis || counts_pieces(table, row, text);
        if pointed(text) == Some(true) && counts {
            Cow::Owned(text.replace('.', ""))
        } else if self.settled && is_count(self.role) && is_thousandth(text) {
            Cow::Owned(text.replace(',', "."))
        } else {
            Cow::Borrowed(text)
        }
    }
}

/// The digits and separators with which the number in a text begins.
fn digits(text: &str) -> Option<&str> {
    let number = &text[text.find(|c: char| c.is_ascii_digit())?..];
    let end = number.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',')).unwrap_or(number.len());
    Some(number[..end].trim_end_matches(['.', ',']))
}

/// Whether every point in the number of a text has three digits behind it, so that it may part thousands; `None` where a
/// comma tells, or no point is there.
fn pointed(text: &str) -> Option<bool> {
    let text = plain(text);
    let number = digits(&text)?;
    if number.contains(',') || !number.contains('.') {
        return None;
    }
    let mut groups = number.split('.');
    let first = groups.next().unwrap_or_default();
    Some(first.len() <= 3 && !first.starts_with('0') && groups.all(|group| group.len() == 3))
}

/// Whether a number has one comma, with three digits behind it: `3,000`.
fn is_thousandth(text: &str) -> bool {
    let text = plain(text);
    let number = digits(&text).and_then(|number| number.split_once(','));
    number.is_some_and(|(before, after)| before.len() <= 3 && after.len() == 3 && !after.contains(['.', ',']))
}

/// The number that a text is and nothing else but signs of money and units, without these.
fn bare(text: &str) -> Option<String> {
    let text = plain(text);
    let number = text.trim_matches(|c: char| !c.is_ascii_digit());
    let is_number = number.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | ' ' | '\''));
    (is_number && !number.is_empty()).then(|| number.to_owned())
}

/// Whether a text is a number with a decimal comma: `0,5`, `1.234,50 €`.
fn has_decimal_comma(text: &str) -> bool {
    has_decimal(text, ',', '.')
}

/// Whether a text is a number with a decimal point that cannot part thousands: `0.5`, `1,234.500`.
fn has_decimal_point(text: &str) -> bool {
    has_decimal(text, '.', ',')
}

/// Whether a sign parts decimals in the number that a text is: the last of its signs, once, and not before three digits,
/// unless the other sign or a zero stands before it.
fn has_decimal(text: &str, sign: char, other: char) -> bool {
    let number = bare(text).filter(|number| number.matches(sign).count() == 1);
    let parts = number.as_deref().and_then(|number| number.rsplit_once(sign));
    parts.is_some_and(|(before, after)| {
        !after.contains(other) && (after.len() != 3 || before == "0" || before.contains(other))
    })
}

/// Whether a number of a row counts pieces or money: a kilogram has thousandths.
fn counts_pieces(table: &Table, row: Row<'_>, text: &str) -> bool {
    let of_column = unit_of(table.text(row, Role::Unit));
    quantity_in(text, of_column).is_none_or(|found| found.unit == Unit::Piece)
}

fn is_count(role: Role) -> bool {
    use Role::{Available, BaseQuantity, BreakQuantity, InTransit, MinimumOrder, NotFree, OnHand, OnOrder};
    use Role::{Outstanding, PriceBasis, Quantity, TotalQuantity};
    let of_stock = matches!(role, OnHand | OnOrder | InTransit | Available | NotFree | Outstanding);
    let of_order = matches!(role, MinimumOrder | BreakQuantity | PriceBasis);
    of_stock || of_order || matches!(role, Quantity | TotalQuantity | BaseQuantity)
}

fn is_money(role: Role) -> bool {
    matches!(role, Role::Price | Role::PriceBreak | Role::Total)
}

/// What other numbers of the sheet say that a point is, if they do: those of the table's columns of numbers first, then a
/// decimal comma anywhere.
fn said_of(table: &Table, sheet: &Sheet) -> Option<Meant> {
    let is_number = |role: Role| is_count(role) || is_money(role) || role == Role::Mass;
    let columns: Vec<u32> = table.columns.iter().filter(|c| is_number(c.role)).map(|c| c.at).collect();
    let rows = || table.rows.clone().filter_map(|at| sheet.row(at));
    let any = |is: &dyn Fn(&str) -> bool| rows().any(|row| columns.iter().any(|at| is(row.cell(*at))));
    match () {
        () if any(&has_decimal_comma) => Some(Meant::Thousands),
        () if any(&has_decimal_point) => Some(Meant::Decimals),
        () if sheet.rows().any(|row| row.cells().any(|c| has_decimal_comma(c.1))) => Some(Meant::Thousands),
        () => None,
    }
}

/// Numbers of a column from which on it is no chance that all are printed with three decimals.
const PRINTED: usize = 3;

/// What a point is in a column of which nothing beside it tells it. Programs print as many decimals behind every number, and
/// whole pieces as 2.000; who parts thousands has numbers below a thousand too, and no thousand pieces in round numbers only.
fn by_itself(cells: &[&str]) -> Meant {
    let all = cells.iter().all(|text| pointed(text).is_some());
    let is_whole = |text: &&str| bare(text).is_some_and(|n| n.rsplit('.').next() == Some("000"));
    if all && (cells.len() >= PRINTED || cells.iter().all(is_whole)) {
        Meant::Decimals
    } else {
        Meant::Thousands
    }
}

/// The columns of counts and of money whose points and commas need to be told.
pub(crate) fn columns(table: &Table, sheet: &Sheet) -> Vec<Pointed> {
    let rows = || table.rows.clone().filter_map(|at| sheet.row(at));
    let unclear =
        |text: &str| text.contains(['.', ',']) && (pointed(text) == Some(true) || is_thousandth(text));
    // What the sheet says is looked for only where some number needs it.
    let said = OnceCell::new();
    let of_column = |column: &Column| {
        let role = column.role;
        let is_told = is_count(role) || is_money(role);
        if !is_told || !rows().any(|row| unclear(row.cell(column.at))) {
            return None;
        }
        let said = *said.get_or_init(|| said_of(table, sheet));
        let counts = |row: Row<'_>, text: &str| {
            role == Role::PriceBasis || is_money(role) || counts_pieces(table, row, text)
        };
        let cells: Vec<(Row<'_>, &str)> = rows()
            .map(|row| (row, row.cell(column.at).trim()))
            .filter(|(row, text)| counts(*row, text))
            .filter(|(_, text)| leading(&plain(text)).is_some_and(|(number, _)| number != 0.0))
            .collect();
        // A comma parts decimals only where the sheet says so.
        let has_comma = said == Some(Meant::Thousands) && is_count(role);
        let is_unclear = |text: &str| pointed(text) == Some(true) || has_comma && is_thousandth(text);
        let (row, example) = *cells.iter().find(|(_, text)| is_unclear(text))?;
        if cells.iter().any(|(_, text)| pointed(text) == Some(false)) {
            return None;
        }
        let texts: Vec<&str> = cells.iter().map(|(_, text)| *text).collect();
        let meant = match said {
            _ if is_money(role) => {
                let has_comma = rows().any(|row| has_decimal_comma(row.cell(column.at)));
                has_comma.then_some(Meant::Thousands)?
            }
            Some(meant) => meant,
            None => by_itself(&texts),
        };
        let (at, row, example) = (column.at, row.number(), example.to_owned());
        Some(Pointed { at, role, meant, row, example, settled: said.is_some() || is_money(role) })
    };
    table.columns.iter().filter_map(of_column).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_tell_what_their_signs_are() {
        for text in ["0,5", "1.234,50 €", "1.250,000", "2,50"] {
            assert!(has_decimal_comma(text) && !has_decimal_point(text), "{text}");
        }
        for text in ["0.5", "$1,234.50", "1,250.000", "2.50", "0.350"] {
            assert!(has_decimal_point(text) && !has_decimal_comma(text), "{text}");
        }
        for text in ["2.000", "9,800", "1.234.567", "12", "v2.5b1"] {
            assert!(!has_decimal_point(text) && !has_decimal_comma(text), "{text}");
        }
        assert_eq!(
            [pointed("2.000"), pointed("0.500"), pointed("2.50")],
            [Some(true), Some(false), Some(false)]
        );
        assert!(is_thousandth("3,000") && !is_thousandth("1.250,000") && !is_thousandth("3,00"));
    }
}
