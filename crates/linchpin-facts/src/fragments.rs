//! The rows written by hand: one file a table in every group, joined here.

use crate::fault::{Fault, Place, What};
use crate::lines::Sheet;
use crate::tables::{Origin, Tables};
use linchpin::atlas::TableSchema;
use std::rc::Rc;

/// Adds the rows of one fragment to its table.
pub(crate) fn join(table: &'static TableSchema, sheet: &Sheet, tables: &mut Tables, faults: &mut Vec<Fault>) {
    let before = faults.len();
    for (i, column) in sheet.columns.iter().enumerate() {
        let place = || Place { column: Some(column.clone()), ..Place::line(&sheet.file, 1) };
        if table.position(column).is_none() || sheet.columns[..i].contains(column) {
            faults.push(Fault::at(place(), What::UnknownColumn));
        }
    }
    let keys: Vec<&str> =
        table.attributes.iter().filter(|a| a.key && a.required).map(|a| a.name.as_str()).collect();
    faults.extend(sheet.missing(&keys));
    if faults.len() > before {
        return;
    }
    let file: Rc<str> = Rc::from(sheet.file.as_str());
    let order: Vec<Option<usize>> = table.attributes.iter().map(|a| sheet.column(&a.name)).collect();
    for line in &sheet.lines {
        let cell = |at: &Option<usize>| at.and_then(|i| line.cells.get(i)).cloned().unwrap_or_default();
        let origin = Origin { file: Rc::clone(&file), line: line.number, by_rule: false };
        if let Err(fault) = tables.add(table, order.iter().map(cell).collect(), origin) {
            faults.push(fault);
        }
    }
}
