//! The prices that a row tells, by quantity: in its column of prices, in columns of price breaks, or several in one cell.

use crate::bom::{Parts, with_currency};
use crate::column::{Role, price_break};
use crate::price::{Currency, Price, basis, currency, per_of_header, price, tiers};
use crate::sheet::{Row, Sheet};
use crate::table::Table;

/// A column of prices.
struct Asks {
    at: u32,
    role: Role,
    /// The quantity from which they hold, and the column that tells it row by row.
    from: f64,
    from_column: Option<u32>,
    /// What they are in, and how many they are for, if the header says so.
    money: Option<Currency>,
    per: Option<f64>,
}

/// The columns of a table that tell prices of one.
pub(crate) struct Quoted {
    columns: Vec<Asks>,
    /// What is taken off them.
    discount: Parts,
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
    pub(crate) fn of(sheet: &Sheet, table: &Table, agreed: Option<Currency>) -> Quoted {
        let said = |role: Role| {
            table.columns.iter().filter(move |c| c.role == role).find_map(|c| currency(&c.header))
        };
        // One header may name the currency for all.
        let money =
            said(Role::Price).or_else(|| said(Role::Total)).or_else(|| said(Role::PriceBreak)).or(agreed);
        let is_price = |role: Role| matches!(role, Role::Price | Role::PriceBreak);
        // Columns of quantities go with those of prices whose headers name none, in their order; one alone goes with the price.
        let of_role = |role: Role| table.columns.iter().filter(move |c| c.role == role);
        let bare = of_role(Role::PriceBreak).filter(|c| price_break::of_header(&c.header).is_none());
        let prices = bare.chain(of_role(Role::Price)).map(|c| c.at);
        let quantities: Vec<(u32, u32)> = prices.zip(of_role(Role::BreakQuantity).map(|c| c.at)).collect();
        let discount = Parts::new(sheet, table, Role::Discount, 1.0);
        let column = |c: &crate::column::Column| {
            let from_column = quantities.iter().find(|(price, _)| *price == c.at).map(|(_, at)| *at);
            let is_break = c.role == Role::PriceBreak && from_column.is_none();
            let from = is_break.then(|| price_break::of_column(&c.header)).flatten();
            let (at, role) = (c.at, c.role);
            // Unit price (100 pcs) holds from a hundred on.
            let per = per_of_header(&c.header).filter(|per| from != Some(*per));
            Asks {
                at,
                role,
                from: from.unwrap_or(0.0),
                from_column,
                money: currency(&c.header).or(money),
                per,
            }
        };
        let columns = table.columns.iter().filter(|c| is_price(c.role)).map(column).collect();
        Quoted { columns, discount }
    }

    /// The prices of one in a row, of which there are several where it is told in several moneys.
    pub(crate) fn of_one(&self, table: &Table, row: Row<'_>) -> Vec<Price> {
        let columns = self.columns.iter().filter(|c| c.role == Role::Price);
        let told = columns.filter_map(|c| c.price(table, row, price(&table.number_at(row, c.at))?));
        let told = told.map(|price| self.off(table, row, price));
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
            let from = column.from_column.and_then(|at| price_break::quantity(&table.number_at(row, at)));
            let one = || price(cell).map(|p| (from.unwrap_or(column.from), p)).into_iter().collect();
            let all = tiers(cell).unwrap_or_else(one);
            is_told |= column.role == Role::Price && all.iter().any(|(_, price)| price.range.1 > 0.0);
            let of_one = |(from, p)| Some((from, self.off(table, row, column.price(table, row, p)?)));
            found.extend(all.into_iter().filter_map(of_one));
        }
        found.sort_by(|a, b| a.0.total_cmp(&b.0));
        found
    }

    /// A price without what the row says is taken off.
    fn off(&self, table: &Table, row: Row<'_>, mut price: Price) -> Price {
        let off = self.discount.read(table, row).filter(|off| (0.0..1.0).contains(off)).unwrap_or(0.0);
        price.range = (price.range.0 * (1.0 - off), price.range.1 * (1.0 - off));
        price
    }
}

impl Asks {
    /// A price of this column as that of one.
    fn price(&self, table: &Table, row: Row<'_>, price: Price) -> Option<Price> {
        let basis = self.per.or_else(|| basis(&table.number(row, Role::PriceBasis)));
        Some(with_currency(Some(price), table, row, self.money)?.of_one(basis))
    }
}
