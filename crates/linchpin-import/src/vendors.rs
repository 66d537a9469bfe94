//! Who supplies what, from where: vendor lists.

use crate::bom::normal;
use crate::column::Role;
use crate::listed::{Listed, Names, listed};
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
}

/// All lines of vendor lists.
pub fn vendors<'s>(atlas: &Atlas, sheets: &'s [Sheet], tables: &[Table], names: &Names) -> Vec<Vendor<'s>> {
    let countries = countries(atlas);
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
        })
    };
    listed(sheets, tables, Kind::Vendors, names).filter_map(vendor).collect()
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
