//! Lists of what suppliers ask among lists of parts: both may tell a part, a supplier, a price and a quantity.

use crate::bom::normal;
use crate::column::{Column, Role};
use crate::sheet::{Row, Sheet};
use crate::table::{Kind, RowKind, Table};
use std::collections::BTreeSet;

/// Part of the lines of a list whose parts another list has, from which on it does not list parts anew.
const LISTED: f64 = 0.9;

/// The columns by which a list of parts may be one of what suppliers ask: of supplier, price and quantity. `None` for a tree,
/// and for what tells the sum of lines.
pub(crate) fn may_ask(table: &Table) -> Option<[&Column; 3]> {
    let has = |role: Role| table.column(role).is_some();
    let price = table.column(Role::Price).or_else(|| table.column(Role::PriceBreak));
    let columns = [table.column(Role::Supplier)?, price?, table.column(Role::Quantity)?];
    let is_tree =
        [Role::Level, Role::Parent, Role::Designator, Role::Total, Role::TotalQuantity].into_iter().any(has);
    (table.kind == Kind::Parts && !is_tree).then_some(columns)
}

/// A list of parts with suppliers, prices and quantities, beside one without that has nearly all its parts, is one of what
/// suppliers ask, from that quantity on: else all of them counted twice.
pub(crate) fn tell_apart(tables: &mut [Table], sheets: &[Sheet]) {
    for at in 0..tables.len() {
        if may_ask(&tables[at]).is_none() {
            continue;
        }
        let is_list = |other: &&Table| {
            other.kind == Kind::Parts && other.sheet != tables[at].sheet && may_ask(other).is_none()
        };
        let known: BTreeSet<String> =
            tables.iter().filter(is_list).flat_map(|list| names(list, sheets).flatten()).collect();
        let (mut listed, mut all) = (0usize, 0usize);
        for name in names(&tables[at], sheets) {
            all += 1;
            listed += usize::from(name.iter().any(|name| known.contains(name)));
        }
        if known.is_empty() || all == 0 || (listed as f64) < LISTED * all as f64 {
            continue;
        }
        let table = &mut tables[at];
        table.kind = Kind::Vendors;
        let told = [Role::MinimumOrder, Role::BreakQuantity];
        let is_told = told.into_iter().any(|role| table.column(role).is_some());
        for column in table.columns.iter_mut().filter(|c| c.role == Role::Quantity) {
            column.role = if is_told { Role::Ignore } else { Role::MinimumOrder };
        }
        if let Some(sheet) = sheets.get(table.sheet) {
            table.settle(sheet);
        }
    }
}

/// The number and the name of the part of each line.
fn names<'t>(table: &'t Table, sheets: &'t [Sheet]) -> impl Iterator<Item = Vec<String>> + 't {
    let rows = sheets.get(table.sheet).into_iter().flat_map(|sheet| {
        let rows = table.rows.clone().filter_map(|at| sheet.row(at));
        rows.filter(|row| table.row_kind(sheet, *row) == RowKind::Line)
    });
    let of_row = |row: Row<'_>| {
        let said = [Role::Number, Role::Name].map(|role| normal(table.text(row, role).trim()));
        said.into_iter().filter(|name| !name.is_empty()).collect::<Vec<_>>()
    };
    rows.map(of_row).filter(|names| !names.is_empty())
}
