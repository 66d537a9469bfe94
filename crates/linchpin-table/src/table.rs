use std::collections::BTreeSet;
use std::sync::Arc;

use arrow_array::{Array, ArrayRef, RecordBatch, StringArray};
use arrow_schema::{ArrowError, DataType, Field, Metadata, Schema};

use crate::{Cells, Column, Message, TableBuilder, Unit, UnitOf};

/// A table: rows with unique keys, and columns.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// The table's key in data formats: English, `snake_case`, unique in its answer.
    pub name: &'static str,
    /// The title.
    pub title: Message,
    /// The key of each row, unique in the table.
    pub keys: Vec<String>,
    /// The columns, in the order in which they are shown.
    pub columns: Vec<Column>,
    /// What a reader of this table must know.
    pub notes: Vec<Message>,
    /// The depth of each row in a tree, if the table is one. The first column is the one that is indented.
    pub indent: Option<Vec<u8>>,
}

/// A table that does not hold together: a fault in the program, not in a user's input.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// A column, its units, or the indents have another length than the keys.
    #[error("table {table}: {column} has {found} rows, the keys have {expected}")]
    Length {
        /// The table.
        table: &'static str,
        /// The column, or `indent`.
        column: &'static str,
        /// Rows found.
        found: usize,
        /// Rows expected.
        expected: usize,
    },
    /// Two rows have the same key.
    #[error("table {table}: key {key:?} stands twice")]
    DuplicateKey {
        /// The table.
        table: &'static str,
        /// The key.
        key: String,
    },
    /// A row has an empty key.
    #[error("table {table}: row {row} has an empty key")]
    EmptyKey {
        /// The table.
        table: &'static str,
        /// The row, from 0.
        row: usize,
    },
    /// Two columns have the same name, or one has the name of a column that data formats add (`key`, `<column>_unit`).
    #[error("table {table}: column {column} stands twice")]
    DuplicateColumn {
        /// The table.
        table: &'static str,
        /// The name.
        column: String,
    },
    /// A table or column name is not `snake_case` ASCII.
    #[error("table {table}: {name:?} is not a snake_case name")]
    BadName {
        /// The table.
        table: &'static str,
        /// The name.
        name: &'static str,
    },
    /// A range names a column that is missing, not numeric or in another unit.
    #[error("table {table}: the range of {column} needs a numeric column {end} in the same unit")]
    BadRange {
        /// The table.
        table: &'static str,
        /// The column with the range.
        column: &'static str,
        /// The end that does not fit.
        end: &'static str,
    },
    /// A number is infinite or not a number. What is unknown is `None`; what has no limit is a word or a status.
    #[error("table {table}: {column} of {key:?} is not finite")]
    NotFinite {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
        /// The row's key.
        key: String,
    },
    /// Arrow refused the columns.
    #[error(transparent)]
    Arrow(#[from] ArrowError),
}

impl Table {
    /// Starts a table with these row keys.
    pub fn builder<K: Into<String>>(
        name: &'static str,
        title: impl Into<Message>,
        keys: impl IntoIterator<Item = K>,
    ) -> TableBuilder {
        TableBuilder::new(name, title, keys)
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// The column of this name.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// The columns that are not the end of another's range: each is read with its ends beside it.
    pub fn leading(&self) -> impl Iterator<Item = &Column> {
        let is_end =
            |name: &str| self.columns.iter().any(|c| c.range.is_some_and(|(l, h)| l == name || h == name));
        self.columns.iter().filter(move |column| !is_end(column.name))
    }

    /// The row with this key.
    pub fn row(&self, key: &str) -> Option<usize> {
        self.keys.iter().position(|each| each == key)
    }

    /// The number in a cell; `None` for no data or if there is no such cell.
    pub fn value(&self, key: &str, column: &str) -> Option<f64> {
        self.column(column)?.cells.number(self.row(key)?)
    }

    /// The same table with some of its rows, in this order. Rows that it does not have are left out.
    pub fn with_rows(&self, rows: &[usize]) -> Table {
        let kept: Vec<usize> = rows.iter().copied().filter(|row| *row < self.len()).collect();
        let column = |column: &Column| Column {
            cells: column.cells.with_rows(&kept),
            unit: match &column.unit {
                UnitOf::Row(units) => UnitOf::Row(kept.iter().map(|row| units[*row]).collect()),
                same => same.clone(),
            },
            ..column.clone()
        };
        Table {
            keys: kept.iter().map(|row| self.keys[*row].clone()).collect(),
            columns: self.columns.iter().map(column).collect(),
            indent: self.indent.as_ref().map(|depths| kept.iter().map(|row| depths[*row]).collect()),
            ..self.clone()
        }
    }

    /// Checks what every renderer relies on: lengths, unique keys and names, ranges, finite numbers.
    pub fn check(&self) -> Result<(), TableError> {
        let table = self.name;
        let expected = self.len();
        let length = |column, found| {
            if found == expected {
                Ok(())
            } else {
                Err(TableError::Length { table, column, found, expected })
            }
        };
        if !is_snake_case(table) {
            return Err(TableError::BadName { table, name: table });
        }
        let mut keys = BTreeSet::new();
        for (row, key) in self.keys.iter().enumerate() {
            if key.is_empty() {
                return Err(TableError::EmptyKey { table, row });
            }
            if !keys.insert(key) {
                return Err(TableError::DuplicateKey { table, key: key.clone() });
            }
        }
        if let Some(indent) = &self.indent {
            length("indent", indent.len())?;
        }
        let mut names = BTreeSet::from(["key".to_owned()]);
        for column in &self.columns {
            if !is_snake_case(column.name) {
                return Err(TableError::BadName { table, name: column.name });
            }
            length(column.name, column.cells.len())?;
            let mut name = |column: String| {
                if names.insert(column.clone()) {
                    Ok(())
                } else {
                    Err(TableError::DuplicateColumn { table, column })
                }
            };
            name(column.name.to_owned())?;
            if column.unit != UnitOf::Same(Unit::None) {
                name(format!("{}_unit", column.name))?;
            }
            if let UnitOf::Row(units) = &column.unit {
                length(column.name, units.len())?;
            }
            if let Cells::Number(array) = &column.cells
                && let Some(row) =
                    array.iter().position(|value| value.is_some_and(|value| !value.is_finite()))
            {
                return Err(TableError::NotFinite {
                    table,
                    column: column.name,
                    key: self.keys[row].clone(),
                });
            }
            if let Some((low, high)) = column.range {
                for end in [low, high] {
                    let fits = column.cells.is_numeric()
                        && self
                            .column(end)
                            .is_some_and(|each| each.cells.is_numeric() && each.unit == column.unit);
                    if !fits {
                        return Err(TableError::BadRange { table, column: column.name, end });
                    }
                }
            }
        }
        Ok(())
    }

    /// The table as an Arrow record batch: `key`, then every column, then `<column>_unit` after each column whose unit
    /// varies. Fields carry `kind`, `unit` and `header` as metadata, the schema `table` and `title`.
    pub fn to_record_batch(&self) -> Result<RecordBatch, TableError> {
        self.check()?;
        let mut fields = vec![Field::new("key", DataType::Utf8, false)];
        let mut arrays: Vec<ArrayRef> = vec![Arc::new(StringArray::from_iter_values(&self.keys))];
        for column in &self.columns {
            let array: ArrayRef = match &column.cells {
                Cells::Names(array) | Cells::Words(array) | Cells::Text(array) => Arc::new(array.clone()),
                Cells::Number(array) => Arc::new(array.clone()),
                Cells::Integer(array) => Arc::new(array.clone()),
            };
            let mut metadata =
                Metadata::new().with("kind", column.cells.kind()).with("header", column.header.id.as_ref());
            if let UnitOf::Same(unit) = column.unit {
                metadata = metadata.with("unit", unit.code());
            }
            fields.push(Field::new(column.name, array.data_type().clone(), true).with_metadata(metadata));
            arrays.push(array);
            if let UnitOf::Row(units) = &column.unit {
                fields.push(Field::new(format!("{}_unit", column.name), DataType::Utf8, false));
                arrays.push(Arc::new(StringArray::from_iter_values(units.iter().map(|unit| unit.code()))));
            }
        }
        let metadata = Metadata::new().with("table", self.name).with("title", self.title.id.as_ref());
        let schema = Schema::new_with_metadata(fields, metadata);
        Ok(RecordBatch::try_new(Arc::new(schema), arrays)?)
    }
}

fn is_snake_case(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.chars().all(|each| each.is_ascii_lowercase() || each.is_ascii_digit() || each == '_')
}
