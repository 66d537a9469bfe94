//! What is in stock, ordered and on its way, and how many products it is enough for.

use crate::column::{Role, words};
use crate::listed::{Listed, Names, listed};
use crate::quantity::quantity;
use crate::sheet::Sheet;
use crate::table::{Kind, Table};
use std::collections::BTreeMap;

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
    /// What is on hand as told, where less of it may be used.
    pub held: Option<f64>,
    /// What is on hand as typed, where that is no amount.
    pub unread: Option<&'s str>,
    /// What is told in a unit of another kind than the part's, with it, and left out.
    pub other: Vec<(Role, String)>,
}

/// All lines of lists of stock and orders.
pub fn stock<'s>(sheets: &'s [Sheet], tables: &[Table], names: &Names) -> Vec<Stock<'s>> {
    let line = |l: Listed<'_, 's>| {
        let mut other: Vec<(Role, String)> = vec![];
        let mut amount = |role| match l.amount(role) {
            Ok(amount) => amount,
            Err(said) => {
                other.push((role, said));
                None
            }
        };
        let typed: &'s str = l.table.text(l.row, Role::OnHand);
        let (held, available, free) = (amount(Role::OnHand), amount(Role::Available), is_free(l.table));
        let ordered = amount(Role::Outstanding).or_else(|| amount(Role::OnOrder));
        let locked = l.locked();
        let on_hand = held.map(|held| {
            // What is available may hold what is to come, and what is held may hold what is promised.
            let rest = if free { held } else { (held - locked).max(0.0) };
            available.map_or(rest, |available| rest.min(available))
        });
        // A list of orders says how many in its column of quantities.
        let order = [Role::OnHand, Role::OnOrder].iter().all(|role| l.table.column(*role).is_none());
        Stock {
            table: l.number,
            row: l.row.number(),
            part: l.part,
            typed: l.typed,
            on_hand,
            held: held.filter(|held| on_hand < Some(*held)),
            on_order: ordered.or_else(|| amount(Role::Quantity).filter(|_| order)),
            in_transit: amount(Role::InTransit),
            unread: Some(typed).filter(|t| !t.trim().is_empty() && quantity(t).is_none()),
            other,
        }
    };
    listed(sheets, tables, Kind::Stock, names).map(line).collect()
}

/// Whether what is on hand is all free by its header: beside it stands what is blocked, none of which is in it.
fn is_free(table: &Table) -> bool {
    words(table.heading(Role::OnHand)).starts_with("unrestricted")
}

/// What lists tell of a part, all lines together.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Amounts {
    /// On hand.
    pub on_hand: Option<f64>,
    /// Ordered and not yet sent.
    pub on_order: Option<f64>,
    /// Sent and not yet received.
    pub in_transit: Option<f64>,
}

/// What lists tell of each part.
pub fn amounts(stock: &[Stock<'_>]) -> BTreeMap<usize, Amounts> {
    let mut all: BTreeMap<usize, Amounts> = BTreeMap::new();
    let add = |sum: &mut Option<f64>, amount: Option<f64>| {
        *sum = amount.map(|amount| sum.unwrap_or(0.0) + amount).or(*sum);
    };
    for (part, line) in stock.iter().filter_map(|s| Some((s.part?, s))) {
        let sums = all.entry(part).or_default();
        add(&mut sums.on_hand, line.on_hand);
        add(&mut sums.on_order, line.on_order);
        add(&mut sums.in_transit, line.in_transit);
    }
    all
}
