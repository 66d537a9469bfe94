//! Sheets while they are filled, within the limits.

use super::{FileFault, Limits, Place};
use crate::sheet::{Merged, Sheet};
use linchpin::context::Context;

/// Cells between two looks at whether the request was cancelled.
const STEP: usize = 1 << 16;

pub(super) struct Filling<'l> {
    file: &'l str,
    pub(super) limits: &'l Limits,
    context: &'l Context,
    sheets: Vec<Sheet>,
    /// Number of the row that cells go to, and whether it has one yet.
    row: Option<u32>,
    begun: bool,
    rows: usize,
    cells: usize,
    text: usize,
}

impl<'l> Filling<'l> {
    pub(super) fn new(file: &'l str, limits: &'l Limits, context: &'l Context) -> Filling<'l> {
        let sheets = vec![];
        Filling { file, limits, context, sheets, row: None, begun: false, rows: 0, cells: 0, text: 0 }
    }

    pub(super) fn finish(self) -> Vec<Sheet> {
        self.sheets
    }

    /// Where it is now.
    pub(super) fn place(&self) -> Place {
        let sheet = self.sheets.last().map(|s| s.name.clone()).filter(|name| !name.is_empty());
        Place { sheet, row: self.row, ..Place::file(self.file) }
    }

    /// Begins a sheet.
    pub(super) fn sheet(&mut self, name: &str, hidden: bool) -> Result<(), FileFault> {
        let limit = self.limits.sheets;
        if self.sheets.len() >= limit {
            return Err(FileFault::TooManySheets { place: Place::file(self.file), limit });
        }
        // Sheets without cells take time as well.
        self.context.step("file", self.cells)?;
        let mut sheet = Sheet::new(name);
        sheet.hidden = hidden;
        self.sheets.push(sheet);
        self.row = None;
        Ok(())
    }

    /// The cells that follow stand in this row. It is kept as soon as one has text.
    pub(super) fn row(&mut self, number: u32) {
        self.row = Some(number);
        self.begun = false;
    }

    /// A cell; columns count from 0.
    pub(super) fn cell(&mut self, column: usize, text: &str) -> Result<(), FileFault> {
        let (Some(sheet), Some(row)) = (self.sheets.last_mut(), self.row) else { return Ok(()) };
        if text.is_empty() {
            return Ok(());
        }
        let Limits { columns, cells, cell, text: texts, .. } = *self.limits;
        if column >= columns {
            return Err(FileFault::TooManyColumns { place: self.place(), limit: columns });
        }
        let here = |place: Place| Place { column: u32::try_from(column + 1).ok(), ..place };
        if text.len() > cell {
            let place = here(self.place());
            return Err(FileFault::CellTooLong { place, bytes: text.len(), limit: cell });
        }
        if self.cells >= cells {
            return Err(FileFault::TooManyCells { place: self.place(), limit: cells });
        }
        if !self.begun {
            if self.rows >= self.limits.rows {
                return Err(FileFault::TooManyRows { place: self.place(), limit: self.limits.rows });
            }
            sheet.begin(row);
            self.begun = true;
            self.rows += 1;
        }
        self.text += text.len();
        if self.text > texts || !sheet.cell(column as u32, text) {
            return Err(FileFault::TooMuchText { place: here(self.place()), limit: texts });
        }
        self.cells += 1;
        if self.cells.is_multiple_of(STEP) {
            self.context.step("file", self.cells)?;
        }
        Ok(())
    }

    /// A cell that is a number in its file.
    pub(super) fn number(&mut self, column: usize, text: &str) -> Result<(), FileFault> {
        self.cell(column, text)?;
        if let Some(sheet) = self.sheets.last_mut() {
            sheet.is_number();
        }
        Ok(())
    }

    /// The file tells numbers from text.
    pub(super) fn typed(&mut self) {
        if let Some(sheet) = self.sheets.last_mut() {
            sheet.typed = true;
        }
    }

    /// Cells of the sheet whose formulas have no value, by the numbers of their rows and their columns.
    pub(super) fn unvalued(&mut self, cells: Vec<(u32, u32)>) {
        if let Some(sheet) = self.sheets.last_mut() {
            sheet.unvalued = cells;
        }
    }

    /// Cells of the sheet that are merged, by the numbers of their rows. Rows that were left out have nothing to merge.
    pub(super) fn merge(&mut self, rows: (u32, u32), columns: (u32, u32)) {
        let Some(sheet) = self.sheets.last_mut() else { return };
        let first = sheet.position_of(rows.0);
        let after = sheet.position_of(rows.1.saturating_add(1));
        if first < after {
            sheet.merged.push(Merged { rows: (first, after - 1), numbers: rows, columns });
        }
    }
}
