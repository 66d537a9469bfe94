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

impl Quoted {
    /// Those of a table.
    pub(crate) fn of(table: &Table) -> Quoted {
        let said = |role: Role| {
            table.columns.iter().filter(move |c| c.role == role).find_map(|c| currency(&c.header))
        };
        // One header may name the currency for all.
        let money = said(Role::Price).or_else(|| said(Role::Total)).or_else(|| said(Role::PriceBreak));
        let is_price = |role: Role| matches!(role, Role::Price | Role::PriceBreak);
        let column = |c: &crate::column::Column| {
            let from = (c.role == Role::PriceBreak).then(|| price_break::of_column(&c.header)).flatten();
            (c.at, from.unwrap_or(0.0), currency(&c.header).or(money))
        };
        Quoted { columns: table.columns.iter().filter(|c| is_price(c.role)).map(column).collect() }
    }

    /// The prices of a row, each with the quantity from which it holds, the least first.
    pub(crate) fn row(&self, table: &Table, row: Row<'_>) -> Vec<(f64, Price)> {
        let mut found = vec![];
        for (at, from, money) in &self.columns {
            let cell = row.cell(*at);
            let all = tiers(cell).unwrap_or_else(|| price(cell).map(|p| (*from, p)).into_iter().collect());
            let all = all.into_iter();
            found.extend(
                all.filter_map(|(from, p)| Some((from, with_currency(Some(p), table, row, *money)?))),
            );
        }
        found.sort_by(|a, b| a.0.total_cmp(&b.0));
        found
    }
}
