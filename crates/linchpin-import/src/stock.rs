//! What is in stock, ordered and on its way, and how many products it is enough for.

use crate::bom::Bom;
use crate::column::Role;
use crate::listed::{Listed, Names, listed};
use crate::overlay::Placed;
use crate::quantity::quantity;
use crate::sheet::Sheet;
use crate::table::{Kind, Table};
use crate::vendors::{Vendor, suppliers};
use std::collections::{BTreeMap, BTreeSet};

/// A line of a list of stock or orders.
#[derive(Clone, Debug, PartialEq)]
pub struct Stock<'s> {
    /// The table, by its place among those that were read.
    pub table: usize,
    /// Number of the row in the file.
    pub row: u32,
    /// The part, if one of the product's has that number or name.
    pub part: Option<usize>,
    /// The part as typed.
    pub typed: &'s str,
    /// On hand.
    pub on_hand: Option<f64>,
    /// Ordered and not yet sent.
    pub on_order: Option<f64>,
    /// Sent and not yet received.
    pub in_transit: Option<f64>,
    /// What is on hand as typed, where that is no amount.
    pub unread: Option<&'s str>,
}

/// All lines of lists of stock and orders.
pub fn stock<'s>(sheets: &'s [Sheet], tables: &[Table], names: &Names) -> Vec<Stock<'s>> {
    let line = |l: Listed<'_, 's>| {
        let amount = |role| quantity(l.table.text(l.row, role)).map(|q| q.amount);
        let typed: &'s str = l.table.text(l.row, Role::OnHand);
        // A list of orders says how many in its column of quantities.
        let order = l.table.column(Role::OnHand).is_none() && l.table.column(Role::OnOrder).is_none();
        Stock {
            table: l.number,
            row: l.row.number(),
            part: l.part,
            typed: l.typed,
            on_hand: amount(Role::OnHand),
            on_order: amount(Role::OnOrder).or_else(|| amount(Role::Quantity).filter(|_| order)),
            in_transit: amount(Role::InTransit),
            unread: Some(typed).filter(|t| !t.trim().is_empty() && quantity(t).is_none()),
        }
    };
    listed(sheets, tables, Kind::Stock, names).map(line).collect()
}

/// What is on hand of each part that a list names, all lines together.
pub(crate) fn on_hand(stock: &[Stock<'_>]) -> BTreeMap<usize, f64> {
    let mut sums: BTreeMap<usize, f64> = BTreeMap::new();
    for (part, amount) in stock.iter().filter_map(|s| Some((s.part?, s.on_hand?))) {
        *sums.entry(part).or_default() += amount;
    }
    sums
}

const DAYS_PER_YEAR: f64 = 365.0;

/// Days that stock of bought parts covers at so many products a year, by what `disrupt` holds stock of: a part of which suppliers
/// are known by itself, of others the market in which they are bought, of several there the scarcest, since each is needed.
pub(crate) fn cover(
    bom: &Bom,
    totals: &[f64],
    parts: &[Placed],
    stock: &[Stock<'_>],
    vendors: &[Vendor<'_>],
    volume: f64,
) -> BTreeMap<String, f64> {
    let mut days: BTreeMap<String, f64> = BTreeMap::new();
    // Of a placeholder nobody knows where it comes from: nothing can be lost behind it, and no cover bridges it.
    let supplied: BTreeSet<usize> = suppliers(vendors).iter().filter_map(|v| Some(v.delivers()?.0)).collect();
    let known = |part: usize| {
        parts[part].is_known() || parts[part].market != parts[part].id || supplied.contains(&part)
    };
    let is_bought = |part: usize| totals[part] > 0.0 && bom.parts[part].children.is_empty() && known(part);
    for (part, amount) in on_hand(stock).into_iter().filter(|(part, _)| is_bought(*part)) {
        let here = amount / (totals[part] * volume) * DAYS_PER_YEAR;
        let held = if supplied.contains(&part) { &parts[part].id } else { &parts[part].market };
        days.entry(held.clone()).and_modify(|d| *d = d.min(here)).or_insert(here);
    }
    days
}

/// A file for `disrupt --file`: the product, its volume, its stock as cover, and an event to be replaced.
pub(crate) fn scenario(alias: &str, volume: f64, cover: &BTreeMap<String, f64>, from: &str) -> String {
    let rows: Vec<String> =
        cover.iter().map(|(item, days)| format!("    [\"\", \"{item}\", {days:.1}],")).collect();
    format!(
        "# Your stock as days of cover, for linchpin disrupt --atlas {alias} --file {alias}/disrupt.toml\n\
         product = \"{alias}\"\nvolume = {volume:?}\ncover = [\n{}\n]\n\n\
         # Replace it by the event that you want to know about.\n\
         [[events]]\neffect = \"exports\"\nselect = \"{from}\"\nweeks = 26\n",
        rows.join("\n")
    )
}
