//! A table of cells, whatever kind of file it stood in.

/// A sheet of a workbook, a table of a page, or a whole text file. Cells keep their text as typed, white space included;
/// rows keep the number that a reader of the file sees. All texts stand in one buffer, so that a million rows are a few
/// allocations.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// What it is called: the sheet's name, or the headings above a table; empty for a file that has but one.
    pub name: String,
    /// Cells that are merged into one, in the order of their first cell.
    pub merged: Vec<Merged>,
    /// Whether the workbook hides it.
    pub hidden: bool,
    /// Whether its file tells numbers from text, as a workbook does.
    pub typed: bool,
    /// Cells with a formula of which no value is stored, by the numbers of their rows and their columns, in order.
    pub unvalued: Vec<(u32, u32)>,
    text: String,
    cells: Vec<Stored>,
    rows: Vec<StoredRow>,
}

/// Cells that are merged: rows and columns from and to, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Merged {
    /// First and last row that has text, as positions in the sheet.
    pub rows: (usize, usize),
    /// First and last row, as numbers in the file.
    pub numbers: (u32, u32),
    /// First and last column.
    pub columns: (u32, u32),
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Stored {
    /// With [`NUMBER`] on top of it for a number.
    place: u32,
    start: u32,
    end: u32,
}

/// No sheet has so many columns, so that the bit is free.
const NUMBER: u32 = 1 << 31;

impl Stored {
    fn column(self) -> u32 {
        self.place & !NUMBER
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct StoredRow {
    number: u32,
    end: u32,
}

/// A row of a sheet.
#[derive(Clone, Copy, Debug)]
pub struct Row<'s> {
    sheet: &'s Sheet,
    at: usize,
}

impl Sheet {
    /// An empty sheet.
    pub fn new(name: impl Into<String>) -> Sheet {
        Sheet { name: name.into(), ..Sheet::default() }
    }

    /// Begins a row: its number in the file, from 1. Cells are then added to it in the order of their columns.
    pub fn begin(&mut self, number: u32) {
        self.rows.push(StoredRow { number, end: self.cells.len() as u32 });
    }

    /// Adds a cell to the row that was begun last; empty ones need not be added. Without a row it goes nowhere. `false` if the
    /// sheet holds all that it can (4 GiB of text).
    pub fn cell(&mut self, column: u32, text: &str) -> bool {
        let (start, end) = (self.text.len(), self.text.len() + text.len());
        let Ok(end) = u32::try_from(end) else { return false };
        if let Some(row) = self.rows.last_mut().filter(|_| !text.is_empty()) {
            self.text.push_str(text);
            self.cells.push(Stored { place: column, start: start as u32, end });
            row.end = self.cells.len() as u32;
        }
        true
    }

    /// Says that the cell that was added last is a number in its file, not a text.
    pub fn is_number(&mut self) {
        if let Some(cell) = self.cells.last_mut() {
            cell.place |= NUMBER;
        }
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Number of cells that are not empty.
    pub fn cells(&self) -> usize {
        self.cells.len()
    }

    /// Whether it has no row.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The row at a position, from 0.
    pub fn row(&self, at: usize) -> Option<Row<'_>> {
        (at < self.rows.len()).then_some(Row { sheet: self, at })
    }

    /// Position of the first row whose number is this or a later one.
    pub fn position_of(&self, number: u32) -> usize {
        self.rows.partition_point(|row| row.number < number)
    }

    /// All rows in order.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        (0..self.rows.len()).map(|at| Row { sheet: self, at })
    }
}

impl<'s> Row<'s> {
    /// Its number in the file, from 1.
    pub fn number(self) -> u32 {
        self.sheet.rows[self.at].number
    }

    /// Its position in the sheet, from 0.
    pub fn position(self) -> usize {
        self.at
    }

    /// Its cells that are not empty: column, from 0, and text as typed.
    pub fn cells(self) -> impl DoubleEndedIterator<Item = (u32, &'s str)> + Clone {
        let sheet = self.sheet;
        self.stored().iter().map(move |c| (c.column(), &sheet.text[c.start as usize..c.end as usize]))
    }

    /// For each of its cells whether it is a number in its file, as [`Sheet::typed`] files tell.
    pub fn numbers(self) -> impl Iterator<Item = bool> {
        self.stored().iter().map(|c| c.place & NUMBER != 0)
    }

    /// The text in a column as typed; empty if there is none.
    pub fn cell(self, column: u32) -> &'s str {
        let cells = self.stored();
        cells
            .binary_search_by_key(&column, |c| c.column())
            .map_or("", |at| &self.sheet.text[cells[at].start as usize..cells[at].end as usize])
    }

    /// Whether it has no cell with more than white space in it.
    pub fn is_blank(self) -> bool {
        self.cells().all(|(_, text)| text.trim().is_empty())
    }

    fn stored(self) -> &'s [Stored] {
        let first = self.at.checked_sub(1).map_or(0, |before| self.sheet.rows[before].end as usize);
        &self.sheet.cells[first..self.sheet.rows[self.at].end as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_found_where_they_were_put() {
        let mut sheet = Sheet::new("parts");
        sheet.begin(3);
        assert!(sheet.cell(0, "motor") && sheet.cell(2, " 2x") && sheet.cell(5, ""));
        sheet.begin(4);
        sheet.begin(7);
        sheet.cell(1, "screw");
        sheet.cell(2, "4");
        sheet.is_number();
        let rows: Vec<_> = sheet.rows().map(|r| (r.number(), r.cells().collect::<Vec<_>>())).collect();
        assert_eq!(
            rows,
            [(3, vec![(0, "motor"), (2, " 2x")]), (4, vec![]), (7, vec![(1, "screw"), (2, "4")])]
        );
        assert!(sheet.row(2).unwrap().numbers().eq([false, true]));
        let row = sheet.row(0).unwrap();
        assert_eq!([row.cell(0), row.cell(1), row.cell(2), row.cell(9)], ["motor", "", " 2x", ""]);
        assert!(sheet.row(1).unwrap().is_blank() && sheet.row(3).is_none());
    }
}
