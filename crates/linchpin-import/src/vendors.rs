//! Who supplies what, from where: vendor lists.

use crate::bom::normal;
use crate::column::{Role, price_break};
use crate::cost::quoted::Quoted;
use crate::listed::{Listed, Names, listed};
use crate::number::{leading, plain};
use crate::price::Price;
use crate::quantity::quantity;
use crate::sheet::Sheet;
use crate::table::{Kind, Table};
use linchpin::atlas::Atlas;
use std::collections::BTreeMap;

/// A line of a vendor list.
#[derive(Clone, Debug, PartialEq)]
pub struct Vendor<'s> {
    /// The table, by its place among those that were read.
    pub table: usize,
    /// Number of the row in the file.
    pub row: u32,
    /// The part, if one of the product's has that number or name.
    pub part: Option<usize>,
    /// The part as typed.
    pub typed: &'s str,
    /// Who supplies it.
    pub supplier: &'s str,
    /// Id of the country in which its plant stands, if the atlas has it.
    pub country: Option<String>,
    /// The country as typed.
    pub place: &'s str,
    /// Whether it is said not to be qualified.
    pub barred: bool,
    /// Share of what is bought of the part, from 0 to 1.
    pub share: Option<f64>,
    /// Least quantity of an order, in the unit of the part.
    pub minimum_order: Option<f64>,
    /// Prices of one by the quantity from which each holds, the least first.
    pub breaks: Vec<(f64, Price)>,
}

/// All lines of vendor lists.
pub fn vendors<'s>(atlas: &Atlas, sheets: &'s [Sheet], tables: &[Table], names: &Names) -> Vec<Vendor<'s>> {
    let countries = countries(atlas);
    let quoted: Vec<Quoted> = tables.iter().map(Quoted::of).collect();
    let vendor = |l: Listed<'_, 's>| {
        let supplier = [Role::Supplier, Role::Maker].map(|role| l.table.text(l.row, role).trim());
        let place = l.table.text(l.row, Role::Country).trim();
        Some(Vendor {
            table: l.number,
            row: l.row.number(),
            part: l.part,
            typed: l.typed,
            supplier: supplier.into_iter().find(|s| !s.is_empty())?,
            country: countries.get(&normal(place)).cloned(),
            place,
            barred: is_no(l.table.text(l.row, Role::Qualified)),
            share: share(l.table.text(l.row, Role::Share)),
            minimum_order: minimum(l.table.text(l.row, Role::MinimumOrder)),
            breaks: quoted.get(l.number).map(|q| q.row(l.table, l.row)).unwrap_or_default(),
        })
    };
    listed(sheets, tables, Kind::Vendors, names).filter_map(vendor).collect()
}

/// A share: `70 %`, `0.7` or `70`; one is all.
fn share(text: &str) -> Option<f64> {
    let text = plain(text);
    let (number, rest) = leading(text.trim())?;
    let share = if rest.trim_start().starts_with('%') || number > 1.0 { number / 100.0 } else { number };
    (0.0..=1.0).contains(&share).then_some(share)
}

/// A least order: `500`, `1k`, `2 对`.
fn minimum(text: &str) -> Option<f64> {
    price_break::quantity(text).or_else(|| quantity(text).map(|q| q.amount)).filter(|m| *m > 0.0)
}

/// Ids of countries by id and by name in both languages.
fn countries(atlas: &Atlas) -> BTreeMap<String, String> {
    let sheet = atlas.sheet("countries");
    let names = |row| [sheet.get(row, "name_en"), sheet.get(row, "name_zh")];
    let mut found = BTreeMap::new();
    for row in &sheet.rows {
        for name in names(row).into_iter().flatten().chain([row.key.as_str()]) {
            found.insert(normal(name), row.key.clone());
        }
    }
    for (name, id) in
        [("usa", "USA"), ("us", "USA"), ("united states of america", "USA"), ("uk", "GBR"), ("korea", "KOR")]
    {
        if sheet.find(id).is_some() {
            found.entry(name.to_owned()).or_insert_with(|| id.to_owned());
        }
    }
    found
}

/// Whether a cell says that somebody is not qualified.
fn is_no(text: &str) -> bool {
    let text = normal(text);
    ["no", "n", "false", "0", "否", "未", "未认证", "不合格", "not qualified", "not approved", "pending"]
        .contains(&text.as_str())
}
