//! The prices that a row tells, by quantity: in its column of prices, in columns of price breaks, or several in one cell.

use crate::bom::with_currency;
use crate::column::{Role, price_break};
use crate::price::{Currency, Price, currency, price, tiers};
use crate::sheet::Row;
use crate::table::Table;

/// The columns of a table that tell prices of one.
pub(crate) struct Quoted {
    /// Place, the quantity from which its prices hold, and what they are in, if the header says so.
    columns: Vec<(u32, f64, Option<Currency>)>,
}

/// What the headers of all tables say that their prices are in, if they agree: a list beside another that names its money
/// is in the same.
pub(crate) fn agreed(tables: &[Table]) -> Option<Currency> {
    let is_money = |role: Role| matches!(role, Role::Price | Role::PriceBreak | Role::Total);
    let columns = tables.iter().flat_map(|t| &t.columns).filter(|c| is_money(c.role));
    let mut said = columns.filter_map(|c| currency(&c.header));
    let first = said.next()?;
    said.all(|other| other == first).then_some(first)
}

impl Quoted {
    /// Those of a table; `agreed` is what prices are in where neither cell nor table says it.
    pub(crate) fn of(table: &Table, agreed: Option<Currency>) -> Quoted {
        let said = |role: Role| {
            table.columns.iter().filter(move |c| c.role == role).find_map(|c| currency(&c.header))
        };
        // One header may name the currency for all.
        let money =
            said(Role::Price).or_else(|| said(Role::Total)).or_else(|| said(Role::PriceBreak)).or(agreed);
        let is_price = |role: Role| matches!(role, Role::Price | Role::PriceBreak);
        let column = |c: &crate::column::Column| {
            let from = (c.role == Role::PriceBreak).then(|| price_break::of_column(&c.header)).flatten();
            (c.at, from.unwrap_or(0.0), currency(&c.header).or(money))
        };
        Quoted { columns: table.columns.iter().filter(|c| is_price(c.role)).map(column).collect() }
    }

    /// The prices of one in a row, of which there are several where it is told in several moneys.
    pub(crate) fn of_one(&self, table: &Table, row: Row<'_>) -> Vec<Price> {
        let is_price = |at: u32| table.columns.iter().any(|c| c.at == at && c.role == Role::Price);
        let columns = self.columns.iter().filter(|(at, ..)| is_price(*at));
        let told = |(at, _, money): &(u32, f64, Option<Currency>)| {
            with_currency(price(&table.number_at(row, *at)), table, row, *money)
        };
        columns.filter_map(told).filter(|price| price.range.1 > 0.0).collect()
    }

    /// The prices of a row, each with the quantity from which it holds, the least first.
    pub(crate) fn row(&self, table: &Table, row: Row<'_>) -> Vec<(f64, Price)> {
        let mut found = vec![];
        let mut is_told = false;
        for (at, from, money) in &self.columns {
            let is_price = table.columns.iter().any(|c| c.at == *at && c.role == Role::Price);
            // The same price in another money.
            if is_price && is_told {
                continue;
            }
            let cell = &table.number_at(row, *at);
            let all = tiers(cell).unwrap_or_else(|| price(cell).map(|p| (*from, p)).into_iter().collect());
            is_told |= is_price && all.iter().any(|(_, price)| price.range.1 > 0.0);
            let all = all.into_iter();
            found.extend(
                all.filter_map(|(from, p)| Some((from, with_currency(Some(p), table, row, *money)?))),
            );
        }
        found.sort_by(|a, b| a.0.total_cmp(&b.0));
        found
    }
}
