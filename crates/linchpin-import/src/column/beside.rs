//! What a column holds by those that stand beside it, and by what their rows hold together.

use super::{Column, ENOUGH, Fit, MOST, Reason, Role, TAXED, is_taxed, words};
use crate::bom::normal;
use crate::number::{leading, plain};
use crate::price::price;
use crate::quantity::quantity;
use crate::sheet::Row;
use std::collections::{BTreeMap, BTreeSet};

/// A column, and what else its header may mean.
type Found = [(Column, Vec<Fit>)];

fn has(found: &Found, role: Role) -> bool {
    found.iter().any(|(c, _)| c.role == role)
}

fn at(found: &Found, role: Role) -> Option<u32> {
    found.iter().find(|(c, _)| c.role == role).map(|(c, _)| c.at)
}

/// The word of the header that speaks for a column.
fn word(column: &Column) -> &str {
    match &column.reason {
        Reason::Header(word) => word,
        _ => "",
    }
}

/// How the headers of what goes into a product begin in Odoo, where its lines stand beside the product that they go into.
const OF_LINES: [&str; 3] = ["bom lines ", "bom line ", "bom_line_ids "];

/// Where some columns are of lines of a parts list, the others are of what these go into.
pub(super) fn of_assemblies(found: &mut Found) {
    let is_of_line = |c: &Column| OF_LINES.iter().any(|begin| words(&c.header).starts_with(begin));
    if !found.iter().any(|(c, _)| is_of_line(c) && c.role == Role::Name) {
        return;
    }
    let mut is_named = has(found, Role::Parent);
    for (column, fits) in found.iter_mut().filter(|(c, _)| !is_of_line(c)) {
        column.role = match column.role {
            Role::Name | Role::Number if !std::mem::replace(&mut is_named, true) => Role::Parent,
            Role::Quantity => Role::BaseQuantity,
            Role::Parent | Role::Item | Role::BaseQuantity | Role::ValidFrom | Role::ValidTo => continue,
            _ => Role::Ignore,
        };
        fits.clear();
    }
}

/// The number of several columns that a header is of, and what is left of it: `Price 2`, `Qty1`, `阶梯2数量`.
fn numbered(header: &str) -> Option<(u32, String)> {
    let text = plain(header).to_lowercase();
    let mut numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty());
    let digits = numbers.next().filter(|_| numbers.next().is_none())?;
    let number = digits.parse().ok().filter(|n| (1..=20).contains(n))?;
    // Numbered suppliers each have a price, and a quantity that is ordered from them.
    let is_of_supplier = ["supplier", "vendor", "供应商"].iter().any(|word| text.contains(word));
    (!is_of_supplier).then(|| (number, text.replacen(digits, " ", 1)))
}

/// Columns of prices by quantity whose quantities stand in columns of their own: `Qty 1`, `Price 1`, `Qty 2`, `Price 2`.
pub(super) fn breaks(found: &mut Found) {
    let is_quantity = |rest: &str| ["qty", "quantity", "数量", "moq"].iter().any(|w| rest.contains(w));
    let is_price = |rest: &str| ["price", "cost", "preis", "价"].iter().any(|w| rest.contains(w));
    let mut quantities: BTreeSet<u32> = BTreeSet::new();
    let mut prices: BTreeSet<u32> = BTreeSet::new();
    for (number, rest) in found.iter().filter_map(|(c, _)| numbered(&c.header)) {
        if is_quantity(&rest) {
            quantities.insert(number);
        } else if is_price(&rest) {
            prices.insert(number);
        }
    }
    for (column, fits) in found.iter_mut() {
        let Some((number, rest)) = numbered(&column.header) else { continue };
        if !quantities.contains(&number) || !prices.contains(&number) {
            continue;
        }
        column.role = match (is_quantity(&rest), is_price(&rest)) {
            (true, _) => Role::BreakQuantity,
            (false, true) => Role::PriceBreak,
            (false, false) => continue,
        };
        (column.score, column.reason) = (0.95, Reason::Header(words(&rest)));
        fits.clear();
    }
}

/// Where no column says what the rows are, a material is it: by its number, or by its name.
pub(super) fn materials(found: &mut Found, numbers: &BTreeSet<u32>) {
    let says = |c: &Column| {
        matches!(c.role, Role::Name | Role::Number | Role::Designator | Role::Category)
            && matches!(c.reason, Reason::Header(_))
    };
    if found.iter().any(|(c, _)| says(c)) {
        return;
    }
    if let Some((column, _)) = found.iter_mut().find(|(c, _)| c.role == Role::Material && c.score == 1.0) {
        column.role = if numbers.contains(&column.at) { Role::Number } else { Role::Name };
    }
}

/// Headers of what is ordered at a time, which in a list of what suppliers ask is no stock that is on order.
const LOTS: [&str; 5] = ["order quantity", "ordered quantity", "ordered qty", "采购数量", "订货数量"];

/// Whether the columns are those of a list of what suppliers ask, and not of a tree of parts.
fn asks(found: &Found) -> bool {
    use Role::{Designator, Level, Name, Number, Parent, Price, PriceBreak, Supplier};
    has(found, Supplier)
        && [Price, PriceBreak].into_iter().any(|role| has(found, role))
        && [Name, Number].into_iter().any(|role| has(found, role))
        && ![Level, Parent, Designator].into_iter().any(|role| has(found, role))
}

/// In a list of what suppliers ask, what is ordered at a time is a least order; and so is a quantity, if one supplier asks
/// less for one part the more is bought.
pub(super) fn least_orders<'s>(found: &mut Found, rows: impl Iterator<Item = Row<'s>>) {
    if !asks(found) {
        return;
    }
    use Role::{BreakQuantity, Due, InTransit, MinimumOrder, OnHand, OnOrder, Outstanding, Quantity};
    let is_stock = [OnHand, InTransit, Outstanding, Due].into_iter().any(|role| has(found, role));
    let is_lot = |c: &Column| c.role == OnOrder && LOTS.contains(&word(c));
    let is_told = has(found, MinimumOrder) || has(found, BreakQuantity);
    let placed = has(found, Role::Country) || has(found, Role::LeadTime);
    let lot = found.iter().position(|(c, _)| is_lot(c)).filter(|_| !is_stock && placed);
    let is_break = !is_told && lot.is_none() && falls(found, rows);
    let quantity = found.iter().position(|(c, _)| c.role == Quantity).filter(|_| is_break);
    if let Some((column, _)) = lot.or(quantity).and_then(|at| found.get_mut(at)) {
        column.role = if is_told { Role::Ignore } else { MinimumOrder };
    }
}

/// Whether some price of one part and one supplier falls with the quantity beside it, and none rises.
fn falls<'s>(found: &Found, rows: impl Iterator<Item = Row<'s>>) -> bool {
    let [quantities, prices, supplier] = [Role::Quantity, Role::Price, Role::Supplier].map(|r| at(found, r));
    let part = at(found, Role::Number).or_else(|| at(found, Role::Name));
    let Some((((quantities, prices), supplier), part)) = quantities.zip(prices).zip(supplier).zip(part)
    else {
        return false;
    };
    let mut asked: BTreeMap<[String; 2], Vec<(f64, f64)>> = BTreeMap::new();
    for row in rows {
        let told = quantity(row.cell(quantities)).zip(price(row.cell(prices)));
        if let Some((quantity, price)) = told {
            let key = [part, supplier].map(|at| normal(row.cell(at).trim()));
            asked.entry(key).or_default().push((quantity.amount, price.range.1));
        }
    }
    let mut is_falling = false;
    for steps in asked.values_mut() {
        steps.sort_by(|a, b| a.0.total_cmp(&b.0).then(b.1.total_cmp(&a.1)));
        if steps.windows(2).any(|two| two[1].1 > two[0].1) {
            return false;
        }
        is_falling |= steps.windows(2).any(|two| two[0].0 < two[1].0 && two[1].1 < two[0].1);
    }
    is_falling
}

/// What 用友 calls the quantity that is used: for one of the assembly, with what is lost.
pub(crate) const USED: &str = "使用数量";

/// Of the quantity for so many and the one that is used, the second counts, which is of one; but the first where the second
/// holds what is lost too, so that this is not added twice.
pub(super) fn used<'s>(found: &mut Found, rows: impl Iterator<Item = Row<'s>>) {
    let Some(used) = found.iter().position(|(c, _)| c.role == Role::Quantity && word(c) == USED) else {
        return;
    };
    let basic = found.iter().position(|(c, fits)| {
        c.role == Role::Ignore && c.reason == Reason::Second && fits.iter().any(|f| f.0 == Role::Quantity)
    });
    let places = |role| at(found, role);
    let loss = basic.zip(places(Role::Scrap)).is_some_and(|(basic, scrap)| {
        let (basic, used) = (found[basic].0.at, found[used].0.at);
        holds_loss(rows, basic, used, scrap, places(Role::BaseQuantity))
    });
    match basic.filter(|_| loss) {
        Some(basic) => {
            found[basic].0.role = Role::Quantity;
            (found[used].0.role, found[used].0.reason) = (Role::Ignore, Reason::Second);
        }
        None => {
            for (column, _) in found.iter_mut().filter(|(c, _)| c.role == Role::BaseQuantity) {
                column.role = Role::Ignore;
            }
        }
    }
}

/// Whether what is used is more than the basic quantity by what is lost, in most rows where some is lost.
fn holds_loss<'s>(
    rows: impl Iterator<Item = Row<'s>>,
    basic: u32,
    used: u32,
    scrap: u32,
    base: Option<u32>,
) -> bool {
    let number = |row: Row<'_>, at: u32| leading(plain(row.cell(at)).trim()).map(|found| found.0);
    let (mut with, mut all) = (0usize, 0usize);
    for row in rows {
        let told = number(row, basic).zip(number(row, used)).zip(number(row, scrap));
        let Some(((basic, used), lost)) = told.filter(|((basic, _), lost)| *basic > 0.0 && *lost > 0.0)
        else {
            continue;
        };
        let of_one = basic / base.and_then(|at| number(row, at)).filter(|base| *base > 0.0).unwrap_or(1.0);
        let more = used / of_one - 1.0;
        let is_near = |part: f64| (more - part).abs() <= 0.02 * part;
        all += 1;
        with += usize::from(is_near(lost / 100.0) || is_near(lost));
    }
    all > 0 && with as f64 >= MOST * all as f64
}

/// Of prices with and without tax those without count.
pub(super) fn untaxed(found: &mut Found) {
    let price = |(c, _): &(Column, Vec<Fit>)| c.role == Role::Price && c.score >= ENOUGH;
    let is_plain = found.iter().any(|f| price(f) && !is_taxed(&f.0.header));
    for (column, _) in found.iter_mut().filter(|(c, _)| c.role == Role::Price && is_taxed(&c.header)) {
        if is_plain {
            column.score *= TAXED;
        }
    }
}
