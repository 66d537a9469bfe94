//! The prices that a row tells, by quantity: in its column of prices, in columns of price breaks, or several in one cell.

use crate::bom::with_currency;
use crate::column::{Role, price_break};
use crate::price::{Currency, Price, basis, currency, per_of_header, price, tiers};
use crate::sheet::Row;
use crate::table::Table;

/// A column of prices.
struct Asks {
    at: u32,
    role: Role,
    /// The quantity from which they hold.
    from: f64,
    /// What they are in, and how many they are for, if the header says so.
    money: Option<Currency>,
    per: Option<f64>,
}

/// The columns of a table that tell prices of one.
pub(crate) struct Quoted {
    columns: Vec<Asks>,
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
            let (at, role) = (c.at, c.role);
            // Unit price (100 pcs) holds from a hundred on.
            let per = per_of_header(&c.header).filter(|per| from != Some(*per));
            Asks { at, role, from: from.unwrap_or(0.0), money: currency(&c.header).or(money), per }
        };
        Quoted { columns: table.columns.iter().filter(|c| is_price(c.role)).map(column).collect() }
    }

    /// The prices of one in a row, of which there are several where it is told in several moneys.
    pub(crate) fn of_one(&self, table: &Table, row: Row<'_>) -> Vec<Price> {
        let columns = self.columns.iter().filter(|c| c.role == Role::Price);
        let told = columns.filter_map(|c| c.price(table, row, price(&table.number_at(row, c.at))?));
        told.filter(|price| price.range.1 > 0.0).collect()
    }

    /// The prices of a row, each with the quantity from which it holds, the least first.
    pub(crate) fn row(&self, table: &Table, row: Row<'_>) -> Vec<(f64, Price)> {
        let mut found = vec![];
        let mut is_told = false;
        for column in &self.columns {
            // The same price in another money.
            if column.role == Role::Price && is_told {
                continue;
            }
            let cell = &table.number_at(row, column.at);
            let one = || price(cell).map(|p| (column.from, p)).into_iter().collect();
            let all = tiers(cell).unwrap_or_else(one);
            is_told |= column.role == Role::Price && all.iter().any(|(_, price)| price.range.1 > 0.0);
            found.extend(all.into_iter().filter_map(|(from, p)| Some((from, column.price(table, row, p)?))));
        }
        found.sort_by(|a, b| a.0.total_cmp(&b.0));
        found
    }
}

impl Asks {
    /// A price of this column as that of one.
    fn price(&self, table: &Table, row: Row<'_>, price: Price) -> Option<Price> {
        let basis = self.per.or_else(|| basis(table.text(row, Role::PriceBasis)));
        Some(with_currency(Some(price), table, row, self.money)?.of_one(basis))
    }
}
