//! JSON for programs: English keys in a fixed order, base units, full precision, texts in both languages.

use std::collections::BTreeMap;

use linchpin_table::{Answer, Arg, Cells, Column, Label, Lang, Message, Stamp, Table, UnitOf};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::{Messages, RenderError};

/// The answer as JSON, indented, with a newline at its end.
///
/// `stamp`, `headlines`, `tables`, `labels`, `words`, `notes`. `labels` are the names of ids, `words` those of the message
/// ids in columns of kind `word`, both in both languages. A table has `name`, `title`, `address` (a template: put a row's
/// `key` and a column's `name` into it), `columns`, `rows` and `notes`, and `indent` if it is a tree. A row has `key` and
/// a field for each column: a number, an id, or null for no data; where units vary, `<column>_unit` follows. Messages
/// have `id`, `args`, `text_en`, `text_zh`.
pub fn json(answer: &Answer) -> Result<String, RenderError> {
    let speaker =
        Speaker { en: Messages::new(Lang::En)?, zh: Messages::new(Lang::Zh)?, labels: &answer.labels };
    let tables: Result<Vec<_>, _> = answer.tables.iter().map(|table| speaker.table(answer, table)).collect();
    let document = Document {
        stamp: &answer.stamp,
        headlines: speaker.say_all(&answer.headlines)?,
        tables: tables?,
        labels: &answer.labels,
        words: speaker.words(&answer.tables)?,
        notes: speaker.say_all(&answer.notes)?,
    };
    let mut text = serde_json::to_string_pretty(&document)?;
    text.push('\n');
    Ok(text)
}

#[derive(Serialize)]
struct Document<'a> {
    stamp: &'a Stamp,
    headlines: Vec<Said<'a>>,
    tables: Vec<TableOut<'a>>,
    labels: &'a BTreeMap<String, Label>,
    words: BTreeMap<&'a str, Label>,
    notes: Vec<Said<'a>>,
}

#[derive(Serialize)]
struct Said<'a> {
    id: &'a str,
    args: &'a BTreeMap<String, Arg>,
    text_en: String,
    text_zh: String,
}

#[derive(Serialize)]
struct TableOut<'a> {
    name: &'a str,
    title: Said<'a>,
    address: String,
    columns: Vec<ColumnOut<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    indent: Option<&'a [u8]>,
    rows: Vec<Row<'a>>,
    notes: Vec<Said<'a>>,
}

#[derive(Serialize)]
struct ColumnOut<'a> {
    name: &'a str,
    kind: &'a str,
    /// Null where units vary from row to row.
    unit: Option<&'a str>,
    header_en: String,
    header_zh: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<RangeOut<'a>>,
    explained: bool,
    /// What a null means, where it is not "no data".
    #[serde(skip_serializing_if = "Option::is_none")]
    absent_en: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    absent_zh: Option<String>,
}

#[derive(Serialize)]
struct RangeOut<'a> {
    low: &'a str,
    high: &'a str,
}

struct Row<'a> {
    table: &'a Table,
    row: usize,
}

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let row = self.row;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("key", &self.table.keys[row])?;
        for column in &self.table.columns {
            match &column.cells {
                Cells::Integer(_) => map.serialize_entry(column.name, &column.cells.integer(row))?,
                // Adding zero turns -0 into 0.
                Cells::Number(_) => {
                    map.serialize_entry(column.name, &column.cells.number(row).map(|value| value + 0.0))?;
                }
                _ => map.serialize_entry(column.name, &column.cells.text(row))?,
            }
            if let UnitOf::Row(_) = column.unit {
                map.serialize_entry(&format!("{}_unit", column.name), &column.unit_at(row))?;
            }
        }
        map.end()
    }
}

struct Speaker<'a> {
    en: Messages,
    zh: Messages,
    labels: &'a BTreeMap<String, Label>,
}

impl<'a> Speaker<'a> {
    fn say(&self, message: &'a Message) -> Result<Said<'a>, RenderError> {
        Ok(Said {
            id: &message.id,
            args: &message.args,
            text_en: self.en.get(message, self.labels)?,
            text_zh: self.zh.get(message, self.labels)?,
        })
    }

    fn say_all(&self, messages: &'a [Message]) -> Result<Vec<Said<'a>>, RenderError> {
        messages.iter().map(|message| self.say(message)).collect()
    }

    fn words(&self, tables: &'a [Table]) -> Result<BTreeMap<&'a str, Label>, RenderError> {
        let mut words = BTreeMap::new();
        for column in tables.iter().flat_map(|table| &table.columns) {
            if let Cells::Words(ids) = &column.cells {
                for id in ids.iter().flatten().filter(|id| !id.is_empty()) {
                    if !words.contains_key(id) {
                        words.insert(id, Label::new(self.en.word(id)?, self.zh.word(id)?));
                    }
                }
            }
        }
        Ok(words)
    }

    fn table(&self, answer: &Answer, table: &'a Table) -> Result<TableOut<'a>, RenderError> {
        table.check()?;
        let columns: Result<Vec<_>, _> = table.columns.iter().map(|column| self.column(column)).collect();
        Ok(TableOut {
            name: table.name,
            title: self.say(&table.title)?,
            address: answer.address(table.name, "{key}", "{column}"),
            columns: columns?,
            indent: table.indent.as_deref(),
            rows: (0..table.len()).map(|row| Row { table, row }).collect(),
            notes: self.say_all(&table.notes)?,
        })
    }

    fn column(&self, column: &'a Column) -> Result<ColumnOut<'a>, RenderError> {
        Ok(ColumnOut {
            name: column.name,
            kind: column.cells.kind(),
            unit: match column.unit {
                UnitOf::Same(unit) => Some(unit.code()),
                UnitOf::Row(_) => None,
            },
            header_en: self.en.get(&column.header, self.labels)?,
            header_zh: self.zh.get(&column.header, self.labels)?,
            range: column.range.map(|(low, high)| RangeOut { low, high }),
            explained: column.explained,
            absent_en: column.absent.as_ref().map(|word| self.en.get(word, self.labels)).transpose()?,
            absent_zh: column.absent.as_ref().map(|word| self.zh.get(word, self.labels)).transpose()?,
        })
    }
}
