//! Lists beside the parts list: their lines, and the parts that these name.

use crate::bom::{Bom, Lines, Part, normal};
use crate::column::Role;
use crate::quantity::{Unit, is_packed, quantity_in, unit_beside, unit_of};
use crate::sheet::{Row, Sheet};
use crate::table::{Kind, RowKind, Table};
use std::collections::BTreeMap;

/// Parts by number and by name; of several with one name the first.
pub struct Names {
    parts: BTreeMap<String, usize>,
    /// Whether each part has a number.
    numbered: Vec<bool>,
    measures: Vec<Measure>,
}

/// What a part is counted in.
#[derive(Clone, Copy)]
struct Measure {
    unit: Unit,
    /// The unit that its line names, and how much of ours that is.
    said: Option<(Unit, f64)>,
    packed: bool,
}

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
        let measure = |lines_of: &Vec<usize>| {
            let line = lines_of.first().map(|l| &lines.lines[*l]);
            Measure {
                unit: line.and_then(|l| l.quantity.as_ref()).map_or(Unit::Piece, |q| q.unit),
                said: line.and_then(|l| l.unit),
                packed: line.is_some_and(|l| l.packed),
            }
        };
        let is_numbered = |part: &Part| part.lines.iter().any(|l| !lines.lines[*l].number.is_empty());
        let numbered = bom.parts.iter().map(is_numbered).collect();
        Names {
            parts: names,
            numbered,
            measures: bom.parts.iter().map(|part| measure(&part.lines)).collect(),
        }
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
    measure: Option<Measure>,
}

impl<'s> Listed<'_, 's> {
    /// The unit of what stands in this row: that of its column of units, else that in which the parts list counts the part.
    pub(crate) fn unit(&self) -> Option<(Unit, f64)> {
        unit_of(self.table.text(self.row, Role::Unit)).or(self.measure.and_then(|m| m.said))
    }

    /// How much of a part a cell tells, in ours; what it says where that is of another kind than the part.
    pub(crate) fn amount(&self, role: Role) -> Result<Option<f64>, String> {
        self.read(&self.table.number(self.row, role))
    }

    /// How much of the part may not be used, by all columns that tell it.
    pub(crate) fn locked(&self) -> f64 {
        let columns = self.table.columns.iter().filter(|c| c.role == Role::NotFree);
        columns.filter_map(|c| self.read(&self.table.number_at(self.row, c.at)).ok()?).sum()
    }

    fn read(&self, typed: &str) -> Result<Option<f64>, String> {
        let Some(found) = quantity_in(typed, self.unit()) else { return Ok(None) };
        let beside = unit_beside(typed);
        let said = if beside.is_empty() { self.table.text(self.row, Role::Unit) } else { beside.as_str() };
        match self.measure {
            Some(part)
                if part.unit != found.unit || is_packed(said) != part.packed && !said.trim().is_empty() =>
            {
                Err(format!("{} {}", typed.trim(), said.trim()))
            }
            _ => Ok(Some(found.amount)),
        }
    }

    /// Whether a column of units names one of another kind than that of the part.
    pub(crate) fn is_other(&self, role: Role) -> bool {
        let said = self.table.text(self.row, role);
        let other = |part: Measure| {
            unit_of(said).is_some_and(|(unit, _)| unit != part.unit || is_packed(said) != part.packed)
        };
        self.measure.is_some_and(other)
    }
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
            let [by_number, by_name] = texts.map(|text| names.parts.get(&normal(text)).copied());
            // Of two parts of one name another number is another part.
            let part = by_number.or(by_name.filter(|part| texts[0].is_empty() || !names.numbered[*part]));
            Listed {
                table,
                number,
                row,
                part,
                measure: part.and_then(|part| names.measures.get(part).copied()),
                typed: texts.into_iter().find(|text| !text.is_empty()).unwrap_or_default(),
            }
        })
    })
}
