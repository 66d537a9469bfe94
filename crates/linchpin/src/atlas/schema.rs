//! The attribute tables: what every table of an atlas may hold.
//!
//! They are data (`schema/tables.csv`, `schema/attributes.csv`), so that reading, checking, the template, the
//! book and `datapackage.json` follow from one place. Adding a column is adding a row there.

use std::sync::LazyLock;

const TABLES: &str = include_str!("../../schema/tables.csv");
const ATTRIBUTES: &str = include_str!("../../schema/attributes.csv");

/// What a cell may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Free text.
    Text,
    /// A short identifier: letters, digits, `_ . -`.
    Id,
    /// The key of a row of another table.
    Ref,
    /// Several such keys, joined by semicolons.
    Refs,
    /// One of the allowed words.
    Enum,
    /// A whole number.
    Integer,
    /// A decimal number.
    Number,
    /// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    Date,
    /// A unit that the table allows.
    Unit,
    /// Arithmetic over parameter ids.
    Formula,
}

/// One column of a table.
#[derive(Debug, Clone)]
pub struct Attribute {
    /// English name, also the CSV header.
    pub name: String,
    /// What a cell may hold.
    pub kind: Kind,
    /// Part of the key of its row.
    pub key: bool,
    /// A blank cell is a fault.
    pub required: bool,
    /// Table that a reference points to.
    pub refers_to: Option<String>,
    /// Allowed words.
    pub allowed: Vec<String>,
    /// What a blank means.
    pub default: Option<String>,
    /// Meaning, in English and Chinese.
    pub description: [String; 2],
}

/// One table of an atlas.
#[derive(Debug, Clone)]
pub struct TableSchema {
    /// Name, also the file name without `.csv`.
    pub name: String,
    /// The file must be there.
    pub required: bool,
    /// Every row holds one figure.
    pub figure: bool,
    /// Units its figures may have; empty for any.
    pub units: Vec<String>,
    /// Least value of a figure, in base units.
    pub minimum: Option<f64>,
    /// Greatest value of a figure, in base units.
    pub maximum: Option<f64>,
    /// Meaning, in English and Chinese.
    pub description: [String; 2],
    /// What one of its figures is called, in English and Chinese.
    pub label: [String; 2],
    /// Its columns; those of the figure come last.
    pub attributes: Vec<Attribute>,
}

impl TableSchema {
    /// Position of a column.
    pub fn position(&self, column: &str) -> Option<usize> {
        // Most names differ in their first letter, and looking at it is cheaper than comparing them.
        let first = column.as_bytes().first();
        self.attributes.iter().position(|a| a.name.as_bytes().first() == first && a.name == column)
    }

    /// File name.
    pub fn file(&self) -> String {
        format!("{}.csv", self.name)
    }
}

/// All tables, in the order of `tables.csv`.
#[derive(Debug)]
pub struct Schema {
    /// The tables.
    pub tables: Vec<TableSchema>,
}

impl Schema {
    /// The schema of this program.
    pub fn get() -> &'static Schema {
        static SCHEMA: LazyLock<Schema> = LazyLock::new(|| Schema::parse(TABLES, ATTRIBUTES));
        &SCHEMA
    }

    /// A table by name.
    pub fn table(&self, name: &str) -> Option<&TableSchema> {
        self.tables.iter().find(|t| t.name == name)
    }

    // The two files are compiled in, so a fault in them is a broken invariant of this crate.
    #[allow(clippy::expect_used)]
    fn parse(tables: &str, attributes: &str) -> Schema {
        let columns = records(attributes);
        let of = |table: &str| -> Vec<Attribute> {
            columns.iter().filter(|r| r[0] == table).map(|r| attribute(r)).collect()
        };
        let tables = records(tables)
            .iter()
            .map(|r| {
                let figure = r[2] == "yes";
                let mut attributes = of(&r[0]);
                if figure {
                    attributes.extend(of("figure"));
                }
                TableSchema {
                    name: r[0].clone(),
                    required: r[1] == "yes",
                    figure,
                    units: if r[3] == "any" { vec![] } else { words(&r[3]) },
                    minimum: r[4].parse().ok(),
                    maximum: r[5].parse().ok(),
                    description: [r[6].clone(), r[7].clone()],
                    label: [r[8].clone(), r[9].clone()],
                    attributes,
                }
            })
            .collect();
        Schema { tables }
    }
}

fn words(text: &str) -> Vec<String> {
    text.split('|').filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

#[allow(clippy::panic)]
fn attribute(r: &[String]) -> Attribute {
    let kind = match r[2].as_str() {
        "text" => Kind::Text,
        "id" => Kind::Id,
        "ref" => Kind::Ref,
        "refs" => Kind::Refs,
        "enum" => Kind::Enum,
        "integer" => Kind::Integer,
        "number" => Kind::Number,
        "date" => Kind::Date,
        "unit" => Kind::Unit,
        "formula" => Kind::Formula,
        other => panic!("attributes.csv: unknown type {other}"),
    };
    Attribute {
        name: r[1].clone(),
        kind,
        key: r[3] == "yes",
        required: r[4] == "yes",
        refers_to: some(&r[5]),
        allowed: words(&r[6]),
        default: some(&r[7]),
        description: [r[8].clone(), r[9].clone()],
    }
}

#[allow(clippy::expect_used)]
fn records(text: &str) -> Vec<Vec<String>> {
    csv::Reader::from_reader(text.as_bytes())
        .records()
        .map(|r| r.expect("the compiled-in schema is well formed").iter().map(str::to_owned).collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reference_points_to_a_table_with_a_single_key() {
        for table in &Schema::get().tables {
            for a in &table.attributes {
                assert_eq!(matches!(a.kind, Kind::Ref | Kind::Refs), a.refers_to.is_some());
                if let Some(to) = &a.refers_to {
                    let to = Schema::get().table(to).unwrap();
                    assert_eq!(to.attributes.iter().filter(|a| a.key).count(), 1, "{}", to.name);
                }
                assert_eq!(a.kind == Kind::Enum, !a.allowed.is_empty(), "{}.{}", table.name, a.name);
                assert!(a.description.iter().all(|d| !d.is_empty()));
            }
        }
    }
}
