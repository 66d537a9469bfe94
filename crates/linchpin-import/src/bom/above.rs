//! What lines go into by a column that names it, and how many of it they are for.

use crate::column::Role;
use crate::quantity::quantity;
use crate::sheet::{Row, Sheet};
use crate::table::{RowKind, Table};

/// What the lines of a table go into, one after the other. Where the first line names it, a blank cell below means the same,
/// as programs print it; where the first line does not, it means the product.
pub(crate) struct Above<'s> {
    goes_on: bool,
    parent: &'s str,
    base: Option<f64>,
}

impl<'s> Above<'s> {
    pub(crate) fn new(sheet: &Sheet, table: &Table) -> Above<'s> {
        let is_line = |row: &Row<'_>| matches!(table.row_kind(sheet, *row), RowKind::Line | RowKind::LeftOut);
        let first = table.rows.clone().filter_map(|at| sheet.row(at)).find(is_line);
        let goes_on = first.is_some_and(|row| !table.text(row, Role::Parent).trim().is_empty());
        Above { goes_on, parent: "", base: None }
    }

    /// What the next line goes into, and how many of it its quantity is for, if that is told.
    pub(crate) fn next(&mut self, table: &Table, row: Row<'s>) -> (&'s str, Option<f64>) {
        let parent = table.text(row, Role::Parent).trim();
        let base = quantity(&table.number(row, Role::BaseQuantity)).map(|q| q.amount).filter(|q| *q > 0.0);
        let same = self.goes_on && parent.is_empty();
        if !same {
            (self.parent, self.base) = (parent, base);
        }
        (self.parent, base.or(self.base.filter(|_| same)))
    }
}
