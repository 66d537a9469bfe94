//! The tables as they grow: rows by key, each with the place it came from.

use crate::fault::{Fault, Place, What};
use linchpin::atlas::{Schema, TableSchema};
use std::collections::BTreeMap;
use std::rc::Rc;

/// Where a row came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// File, from the folder of the atlas.
    pub file: Rc<str>,
    /// Line in it.
    pub line: u64,
    /// A rule made it; otherwise it was written by hand.
    pub by_rule: bool,
}

impl Origin {
    fn text(&self) -> String {
        format!("{}:{}", self.file, self.line)
    }
}

/// A row.
#[derive(Debug, Clone)]
pub struct Row {
    /// Its cells in the order of the schema; blank where nothing is known.
    pub cells: Vec<String>,
    /// Where it came from.
    pub origin: Origin,
}

/// Rows of one table, by key.
pub type Rows = BTreeMap<Vec<String>, Row>;

/// All tables.
#[derive(Debug, Default)]
pub struct Tables {
    rows: BTreeMap<&'static str, Rows>,
}

impl Tables {
    /// The tables that have rows, in the order of their names.
    pub fn all(&self) -> impl Iterator<Item = (&'static TableSchema, &Rows)> {
        self.rows.iter().filter_map(|(name, rows)| Some((Schema::get().table(name)?, rows)))
    }

    /// The same, to be changed.
    pub fn all_mut(&mut self) -> impl Iterator<Item = (&'static TableSchema, &mut Rows)> {
        self.rows.iter_mut().filter_map(|(name, rows)| Some((Schema::get().table(name)?, rows)))
    }

    /// Rows of a table.
    pub fn rows(&self, table: &str) -> Option<&Rows> {
        self.rows.get(table)
    }

    /// A cell of a table with a single key; none if there is no such row.
    pub fn cell(&self, table: &str, key: &str, column: &str) -> Option<&str> {
        let row = self.rows.get(table)?.get([key.to_owned()].as_slice())?;
        row.cells.get(Schema::get().table(table)?.position(column)?).map(String::as_str)
    }

    /// Whether a row has an address: `table/key`, with `-` for a blank part of the key.
    pub fn has(&self, address: &str) -> bool {
        let Some((table, key)) = address.split_once('/') else { return false };
        let key: Vec<String> =
            key.split('/').map(|part| if part == "-" { "" } else { part }.to_owned()).collect();
        self.rows.get(table).is_some_and(|rows| rows.contains_key(&key))
    }

    /// Adds a row. A key may come again only from a rule, with the same cells; notes are joined.
    pub fn add(
        &mut self,
        table: &'static TableSchema,
        cells: Vec<String>,
        origin: Origin,
    ) -> Result<(), Fault> {
        let key: Vec<String> =
            table.attributes.iter().zip(&cells).filter(|(a, _)| a.key).map(|(_, c)| c.clone()).collect();
        let rows = self.rows.entry(table.name.as_str()).or_default();
        let Some(first) = rows.get_mut(&key) else {
            rows.insert(key, Row { cells, origin });
            return Ok(());
        };
        let note = table.position("note");
        let other = (0..cells.len()).find(|i| Some(*i) != note && first.cells.get(*i) != cells.get(*i));
        if first.origin.by_rule && origin.by_rule && other.is_none() {
            if let Some((had, new)) = note.and_then(|i| Some((first.cells.get_mut(i)?, cells.get(i)?))) {
                join_note(had, new);
            }
            return Ok(());
        }
        let place = Place {
            value: Some(format!("{}/{}", table.name, key.join("/"))),
            ..Place::line(&origin.file, origin.line)
        };
        let what = match other.filter(|_| first.origin.by_rule && origin.by_rule) {
            Some(i) => {
                let name = table.attributes.get(i).map_or("", |a| a.name.as_str());
                What::Differs(first.origin.text(), name.to_owned())
            }
            None => What::Duplicate(first.origin.text()),
        };
        Err(Fault::at(place, what))
    }

    /// Adds a row by the names of its columns; the others are blank.
    pub fn emit(&mut self, table: &str, cells: &[(&str, &str)], origin: &Origin) -> Result<(), Fault> {
        let place = |column: Option<&str>| Place {
            column: column.map(str::to_owned),
            ..Place::line(&origin.file, origin.line)
        };
        let schema =
            Schema::get().table(table).ok_or_else(|| Fault::at(place(Some(table)), What::UnknownFile))?;
        let mut row = vec![String::new(); schema.attributes.len()];
        for (column, value) in cells {
            let at =
                schema.position(column).ok_or_else(|| Fault::at(place(Some(column)), What::UnknownColumn))?;
            if let Some(cell) = row.get_mut(at) {
                (*value).clone_into(cell);
            }
        }
        self.add(schema, row, origin.clone())
    }
}

/// Adds what a note does not say yet.
fn join_note(note: &mut String, more: &str) {
    if more.is_empty() || note.split("; ").any(|part| part == more) || note == more {
        return;
    }
    if !note.is_empty() {
        note.push_str("; ");
    }
    note.push_str(more);
}
