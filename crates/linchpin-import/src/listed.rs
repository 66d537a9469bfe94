//! Lists beside the parts list: their lines, and the parts that these name.

use crate::bom::{Bom, Lines, normal};
use crate::column::Role;
use crate::sheet::{Row, Sheet};
use crate::table::{Kind, RowKind, Table};
use std::collections::BTreeMap;

/// Parts by number and by name; of several with one name the first.
pub struct Names(BTreeMap<String, usize>);

impl Names {
    /// Those of a product.
    pub fn new(bom: &Bom, lines: &Lines<'_>) -> Names {
        let mut names = BTreeMap::new();
        for (at, part) in bom.parts.iter().enumerate() {
            // Most lines of a part say what the line before has said.
            let mut before = [""; 2];
            for line in part.lines.iter().map(|l| &lines.lines[*l]) {
                let said = [line.number, line.name];
                for text in said.into_iter().zip(before).filter(|(text, before)| text != before).map(|s| s.0)
                {
                    names.entry(normal(text)).or_insert(at);
                }
                before = said;
            }
        }
        names.remove("");
        Names(names)
    }
}

/// A line that names a part.
pub(crate) struct Listed<'t, 's> {
    /// Its table, and the number of that among those that were read.
    pub(crate) table: &'t Table,
    pub(crate) number: usize,
    pub(crate) row: Row<'s>,
    /// The part, if the product has one of that number or name, and what was typed.
    pub(crate) part: Option<usize>,
    pub(crate) typed: &'s str,
}

/// The lines of all tables of a kind.
pub(crate) fn listed<'t, 's: 't>(
    sheets: &'s [Sheet],
    tables: &'t [Table],
    kind: Kind,
    names: &'t Names,
) -> impl Iterator<Item = Listed<'t, 's>> {
    let tables = tables.iter().enumerate().filter(move |(_, t)| t.kind == kind);
    tables.flat_map(move |(number, table)| {
        let sheet = sheets.get(table.sheet);
        let rows = sheet.into_iter().flat_map(|sheet| {
            let rows = table.rows.clone().filter_map(|at| sheet.row(at));
            rows.filter(|row| table.row_kind(sheet, *row) == RowKind::Line)
        });
        rows.map(move |row| {
            let texts = [Role::Number, Role::Name].map(|role| table.text(row, role).trim());
            Listed {
                table,
                number,
                row,
                part: texts.iter().find_map(|text| names.0.get(&normal(text)).copied()),
                typed: texts.into_iter().find(|text| !text.is_empty()).unwrap_or_default(),
            }
        })
    })
}
