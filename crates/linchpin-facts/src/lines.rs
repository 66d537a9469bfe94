//! A CSV file as lines that know their number.

use crate::fault::{Fault, Place, What};

/// A file of cells.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// Path from the folder of the atlas.
    pub file: String,
    /// The header.
    pub columns: Vec<String>,
    /// The rows below it.
    pub lines: Vec<Line>,
}

/// One row.
#[derive(Debug, Clone)]
pub struct Line {
    /// Line in the file, from 1.
    pub number: u64,
    /// Its cells, as many as the header has.
    pub cells: Vec<String>,
}

impl Sheet {
    /// Reads a file.
    pub fn parse(file: &str, bytes: &[u8]) -> Result<Sheet, Fault> {
        let bytes = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(bytes);
        let mut reader = csv::ReaderBuilder::new().from_reader(bytes);
        let fault = |e: csv::Error| {
            let line = e.position().map(csv::Position::line);
            Fault::at(Place { line, ..Place::file(file) }, What::Unreadable(e.to_string()))
        };
        let columns = reader.headers().map_err(fault)?.iter().map(str::to_owned).collect();
        let mut lines = vec![];
        let (mut counted, mut number) = (0, 1);
        for record in reader.records() {
            let record = record.map_err(fault)?;
            // The position of a record is before the line break that ends the one above it, if that is of two bytes.
            let at = record.position().map_or(0, |p| usize::try_from(p.byte()).unwrap_or(usize::MAX));
            let breaks = bytes.iter().skip(at).take_while(|b| matches!(b, b'\r' | b'\n')).count();
            let start = at.saturating_add(breaks).min(bytes.len()).max(counted);
            number += bytes[counted..start].iter().filter(|b| **b == b'\n').count() as u64;
            counted = start;
            lines.push(Line { number, cells: record.iter().map(str::to_owned).collect() });
        }
        Ok(Sheet { file: file.to_owned(), columns, lines })
    }

    /// Position of a column.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|c| c == name)
    }

    /// All rows with their cells by name.
    pub fn records(&self) -> impl Iterator<Item = Record<'_>> {
        self.lines.iter().enumerate().map(|(index, line)| Record { sheet: self, index, line })
    }

    /// Faults of a file that lacks columns.
    pub fn missing<'a>(&'a self, columns: &'a [&'a str]) -> impl Iterator<Item = Fault> + 'a {
        columns.iter().filter(|c| self.column(c).is_none()).map(|c| {
            let place = Place { column: Some((*c).to_owned()), ..Place::line(&self.file, 1) };
            Fault::at(place, What::MissingColumn)
        })
    }
}

/// One row with its cells by name.
#[derive(Debug, Clone, Copy)]
pub struct Record<'a> {
    /// The file it stands in.
    pub sheet: &'a Sheet,
    /// Its position among the rows.
    pub index: usize,
    /// Its line.
    pub line: &'a Line,
}

impl<'a> Record<'a> {
    /// A cell without the blanks around it; blank if the file has no such column.
    pub fn get(&self, column: &str) -> &'a str {
        self.sheet.column(column).and_then(|i| self.line.cells.get(i)).map_or("", |c| c.trim())
    }

    /// Where a cell stands.
    pub fn place(&self, column: &str) -> Place {
        let value = Some(self.get(column)).filter(|v| !v.is_empty());
        Place {
            column: Some(column.to_owned()),
            value: value.map(str::to_owned),
            ..Place::line(&self.sheet.file, self.line.number)
        }
    }

    /// Where the row stands, for a sentence.
    pub fn at(&self) -> String {
        format!("{}:{}", self.sheet.file, self.line.number)
    }

    /// A fault in a cell.
    pub fn fault(&self, column: &str, what: What) -> Fault {
        Fault::at(self.place(column), what)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_whatever_ends_them() {
        for text in ["a,b\n1,\"x\ny\"\n\n2,z\n", "a,b\r\n1,\"x\r\ny\"\r\n\r\n2,z\r\n"] {
            let sheet = Sheet::parse("t.csv", text.as_bytes()).unwrap();
            assert_eq!(sheet.lines.iter().map(|l| l.number).collect::<Vec<_>>(), [2, 5]);
        }
    }

    #[test]
    fn a_row_with_another_number_of_cells_is_a_fault_of_its_line() {
        let fault = Sheet::parse("t.csv", b"a,b\n1,2\n3\n").unwrap_err();
        assert_eq!((fault.place.file.as_str(), fault.place.line), ("t.csv", Some(3)));
    }
}
