use std::collections::BTreeMap;

use serde::Serialize;

use crate::{Address, Message, Status, Table, Unit};

/// How an answer came about: enough to ask for it again and get the same bits.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Stamp {
    /// The program, `linchpin`.
    pub program: String,
    /// The program's version.
    pub version: String,
    /// The verb that answered.
    pub verb: String,
    /// The name of the atlas.
    pub atlas: String,
    /// The atlas's as-of date, `2026-07-01`.
    pub as_of: String,
    /// SHA-256 of the data that went in, in hexadecimal.
    pub data_hash: String,
    /// The seed, if random numbers were drawn.
    pub seed: Option<u64>,
    /// How far the computation can be relied on.
    pub status: Status,
    /// The request as it was understood, by field.
    pub request: BTreeMap<String, String>,
}

impl Stamp {
    /// A stamp of this version of the program for a verb, with everything else still empty.
    pub fn new(verb: impl Into<String>) -> Self {
        Stamp {
            program: "linchpin".into(),
            version: env!("CARGO_PKG_VERSION").into(),
            verb: verb.into(),
            atlas: String::new(),
            as_of: String::new(),
            data_hash: String::new(),
            seed: None,
            status: Status::Exact,
            request: BTreeMap::new(),
        }
    }
}

/// The name of a thing of the atlas in each language.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Label {
    /// In English.
    pub en: String,
    /// In Chinese.
    pub zh: String,
}

impl Label {
    /// A label in both languages.
    pub fn new(en: impl Into<String>, zh: impl Into<String>) -> Self {
        Label { en: en.into(), zh: zh.into() }
    }
}

/// What a verb says: headlines first, then tables.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// How the answer came about.
    pub stamp: Stamp,
    /// What a reader takes away.
    pub headlines: Vec<Message>,
    /// The tables.
    pub tables: Vec<Table>,
    /// Labels of the ids that tables and messages name.
    pub labels: BTreeMap<String, Label>,
    /// What a reader of the whole answer must know.
    pub notes: Vec<Message>,
}

impl Answer {
    /// An answer that says nothing yet.
    pub fn new(stamp: Stamp) -> Self {
        Answer {
            stamp,
            headlines: Vec::new(),
            tables: Vec::new(),
            labels: BTreeMap::new(),
            notes: Vec::new(),
        }
    }

    /// The table of this name.
    pub fn table(&self, name: &str) -> Option<&Table> {
        self.tables.iter().find(|table| table.name == name)
    }

    /// Adds a label; a second one of the same id replaces the first.
    pub fn label(&mut self, id: impl Into<String>, en: impl Into<String>, zh: impl Into<String>) {
        self.labels.insert(id.into(), Label::new(en, zh));
    }

    /// The address of a cell: `verb/table/key/column`.
    pub fn address(&self, table: &str, key: &str, column: &str) -> String {
        format!("{}/{table}/{key}/{column}", self.stamp.verb)
    }

    /// The number at an address of this answer and its unit; `None` if there is no such numeric cell.
    pub fn number(&self, address: &Address) -> Option<(Option<f64>, Unit)> {
        if address.verb != self.stamp.verb {
            return None;
        }
        let table = self.table(&address.table)?;
        let column = table.column(&address.column).filter(|column| column.cells.is_numeric())?;
        let row = table.row(&address.key)?;
        Some((column.cells.number(row), column.unit_at(row)))
    }

    /// Every explained number: address, value, unit; table by table, column by column, row by row.
    pub fn numbers(&self) -> impl Iterator<Item = (String, Option<f64>, Unit)> + '_ {
        self.tables.iter().flat_map(move |table| {
            let columns = table.columns.iter().filter(|column| column.explained && column.cells.is_numeric());
            columns.flat_map(move |column| {
                table.keys.iter().enumerate().map(move |(row, key)| {
                    (
                        self.address(table.name, key, column.name),
                        column.cells.number(row),
                        column.unit_at(row),
                    )
                })
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_explained_number_has_an_address_that_leads_back_to_it() {
        let mut answer = Answer::new(Stamp::new("explode"));
        let table = Table::builder("needs", "title", ["nd", "dy/CN"])
            .names("item", ["nd", "dy"])
            .number_by_row("amount", [Unit::Kg, Unit::Piece], [Some(1.5), None])
            .number("rank", Unit::None, [1.0, 2.0])
            .unexplained()
            .integer("sites", Unit::None, [4, 5])
            .build()
            .unwrap();
        answer.tables.push(table);
        let numbers: Vec<_> = answer.numbers().collect();
        assert_eq!(
            numbers,
            [
                ("explode/needs/nd/amount".to_owned(), Some(1.5), Unit::Kg),
                ("explode/needs/dy/CN/amount".to_owned(), None, Unit::Piece),
                ("explode/needs/nd/sites".to_owned(), Some(4.0), Unit::None),
                ("explode/needs/dy/CN/sites".to_owned(), Some(5.0), Unit::None),
            ]
        );
        for (address, value, unit) in numbers {
            assert_eq!(answer.number(&Address::parse(&address).unwrap()), Some((value, unit)));
        }
        assert_eq!(answer.number(&Address::parse("expose/needs/nd/amount").unwrap()), None);
    }
}
