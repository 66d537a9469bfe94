//! Who supplies what, from where: vendor lists.

use crate::bom::{Bom, Lines, normal};
use crate::column::Role;
use crate::sheet::Sheet;
use crate::table::{Kind, RowKind, Table};
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
pub fn vendors<'s>(
    atlas: &Atlas,
    sheets: &'s [Sheet],
    tables: &[Table],
    bom: &Bom,
    lines: &Lines<'_>,
) -> Vec<Vendor<'s>> {
    let names = names(bom, lines);
    let countries = countries(atlas);
    let mut found = vec![];
    for (number, table) in tables.iter().enumerate().filter(|(_, t)| t.kind == Kind::Vendors) {
        let Some(sheet) = sheets.get(table.sheet) else { continue };
        for row in table.rows.clone().filter_map(|at| sheet.row(at)) {
            if table.row_kind(sheet, row) != RowKind::Line {
                continue;
            }
            let texts = [Role::Number, Role::Name].map(|role| table.text(row, role).trim());
            let supplier = [Role::Supplier, Role::Maker].map(|role| table.text(row, role).trim());
            let Some(supplier) = supplier.into_iter().find(|s| !s.is_empty()) else { continue };
            let place = table.text(row, Role::Country).trim();
            found.push(Vendor {
                table: number,
                row: row.number(),
                part: texts.iter().find_map(|t| names.get(t)),
                typed: texts.into_iter().find(|t| !t.is_empty()).unwrap_or_default(),
                supplier,
                country: countries.get(&normal(place)).cloned(),
                place,
                barred: is_no(table.text(row, Role::Qualified)),
            });
        }
    }
    found
}

/// Parts by number and name.
pub(crate) struct Names(BTreeMap<String, usize>);

impl Names {
    /// The part of a number or a name.
    pub(crate) fn get(&self, text: &str) -> Option<usize> {
        self.0.get(&normal(text)).copied()
    }
}

/// Parts by number and name; of several with one name the first.
pub(crate) fn names(bom: &Bom, lines: &Lines<'_>) -> Names {
    let mut names = BTreeMap::new();
    for (at, part) in bom.parts.iter().enumerate() {
        for line in part.lines.iter().map(|l| &lines.lines[*l]) {
            for text in [line.number, line.name] {
                names.entry(normal(text)).or_insert(at);
            }
        }
    }
    names.remove("");
    Names(names)
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
