//! What a user has said of lines himself, as a table `text,item`; it wins over what the matcher finds. An empty item says
//! nothing, `-` that the line is none.

use super::text::key;
use std::collections::{BTreeMap, BTreeSet};

/// Why a table of overrides could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum OverrideFault {
    /// The table is not CSV, or not UTF-8.
    #[error("not a table: {0}")]
    Csv(#[from] csv::Error),
    /// The first row is not `text,item`.
    #[error("the first row must be `text,item`, not `{found}`")]
    Header {
        /// What it is.
        found: String,
    },
    /// A row has no text to find a line by.
    #[error("row {row}: no text")]
    Text {
        /// Number of the row in the file, the heading being row 1.
        row: u64,
    },
    /// An item that no line can be.
    #[error("row {row}: no item `{item}`")]
    Item {
        /// Number of the row in the file, the heading being row 1.
        row: u64,
        /// The item.
        item: String,
        /// Items that may be meant.
        nearest: Vec<String>,
    },
    /// Two rows say different things of one text.
    #[error("row {row}: `{text}` is given another item above")]
    Twice {
        /// Number of the second row in the file, the heading being row 1.
        row: u64,
        /// The text.
        text: String,
    },
}

/// Items by the text of a line: its name, or its name and details joined by ` | `. Case, width and white space do not count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overrides {
    by_text: BTreeMap<String, Option<String>>,
    /// The rows of a table that was read, by its items.
    rows: BTreeMap<String, u64>,
    /// The texts of a table that was read as they are typed, by row.
    texts: BTreeMap<u64, String>,
}

/// What stands for no item.
const NONE: &str = "-";

/// What a cell says of a line: nothing, that it is none, or its item.
pub(crate) fn said(cell: &str) -> Option<Option<&str>> {
    match cell.trim() {
        "" => None,
        NONE | "–" | "—" => Some(None),
        item => Some(Some(item)),
    }
}

/// What is said of a line, as a cell.
pub(crate) fn written(item: Option<&str>) -> &str {
    item.unwrap_or(NONE)
}

/// The texts by which a line is found: all that is said of it, and its name.
fn keys(name: &str, details: &[&str]) -> [String; 2] {
    let whole = std::iter::once(name).chain(details.iter().copied()).collect::<Vec<_>>().join(" | ");
    [key(&whole), key(name)]
}

impl Overrides {
    /// Reads a table.
    pub fn read(table: impl std::io::Read) -> Result<Overrides, OverrideFault> {
        let mut reader = csv::Reader::from_reader(table);
        let header = reader.headers()?;
        let found: Vec<&str> = header.iter().map(|h| h.trim_start_matches('\u{feff}').trim()).collect();
        if found != ["text", "item"] {
            return Err(OverrideFault::Header { found: found.join(",") });
        }
        let mut overrides = Overrides::default();
        for (at, record) in reader.records().enumerate() {
            let (record, row) = (record?, at as u64 + 2);
            let text = key(record.get(0).unwrap_or_default());
            let Some(item) = said(record.get(1).unwrap_or_default()) else { continue };
            if text.is_empty() {
                return Err(OverrideFault::Text { row });
            }
            if overrides.by_text.get(&text).is_some_and(|before| before.as_deref() != item) {
                return Err(OverrideFault::Twice { row, text });
            }
            if let Some(item) = item {
                overrides.rows.entry(item.to_string()).or_insert(row);
            }
            overrides.texts.insert(row, record.get(0).unwrap_or_default().trim().to_owned());
            overrides.by_text.insert(text, item.map(str::to_string));
        }
        Ok(overrides)
    }

    /// Writes a table, rows in order of their text.
    pub fn write(&self, table: impl std::io::Write) -> Result<(), OverrideFault> {
        let mut writer = csv::Writer::from_writer(table);
        writer.write_record(["text", "item"])?;
        for (text, item) in &self.by_text {
            writer.write_record([text.as_str(), written(item.as_deref())])?;
        }
        writer.flush().map_err(csv::Error::from)?;
        Ok(())
    }

    /// Says what a text is; `None` that it is no item.
    pub fn set(&mut self, text: &str, item: Option<&str>) {
        self.by_text.insert(key(text), item.map(str::to_string));
    }

    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        self.by_text.is_empty()
    }

    /// What is said of a line: of its whole text, else of its name.
    pub(super) fn find(&self, name: &str, details: &[&str]) -> Option<Option<&str>> {
        if self.is_empty() {
            return None;
        }
        let [whole, name] = keys(name, details);
        let found = self.by_text.get(&whole).or_else(|| self.by_text.get(&name));
        found.map(Option::as_deref)
    }

    /// The rows whose text is that of no line, with their texts.
    pub(crate) fn unused<'p>(
        &self,
        lines: impl Iterator<Item = (&'p str, Vec<&'p str>)>,
    ) -> Vec<(u64, String)> {
        if self.texts.is_empty() {
            return vec![];
        }
        let used: BTreeSet<String> = lines.flat_map(|(name, details)| keys(name, &details)).collect();
        let unused = self.texts.iter().filter(|(_, text)| !used.contains(&key(text)));
        unused.map(|(row, text)| (*row, text.clone())).collect()
    }

    /// The same with the ids of the items that are typed; refused at the first row whose item is none.
    pub(super) fn resolved<'i>(
        mut self,
        item_of: impl Fn(&str) -> Option<&'i str>,
    ) -> Result<Overrides, OverrideFault> {
        let unknown = self.by_text.values().flatten().filter(|item| item_of(item).is_none());
        let row = |item: &String| self.rows.get(item).copied().unwrap_or_default();
        if let Some((row, item)) = unknown.map(|item| (row(item), item)).min() {
            return Err(OverrideFault::Item { row, item: item.clone(), nearest: vec![] });
        }
        for item in self.by_text.values_mut().flatten() {
            if let Some(id) = item_of(item) {
                *item = id.to_owned();
            }
        }
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_comes_back_as_it_was_written() {
        let mut overrides = Overrides::default();
        overrides.set("Frame, \"left\"", Some("aluminium_6061"));
        overrides.set("Gift", None);
        let mut table = vec![];
        overrides.write(&mut table).unwrap();
        assert_eq!(table, b"text,item\n\"frame, \"\"left\"\"\",aluminium_6061\ngift,-\n");
        assert_eq!(Overrides::read(table.as_slice()).unwrap().by_text, overrides.by_text);
        assert_eq!(overrides.find("GIFT", &[]), Some(None));
        assert_eq!(overrides.find("frame", &[]), None);
    }

    #[test]
    fn an_empty_item_says_nothing() {
        let overrides = Overrides::read("text,item\na,\nA,x\na, \nb,-\n ,\n".as_bytes()).unwrap();
        assert_eq!([overrides.find("a", &[]), overrides.find("b", &[])], [Some(Some("x")), Some(None)]);
        assert!(Overrides::read("text,item\na,\n".as_bytes()).unwrap().is_empty());
    }

    #[test]
    fn faults_name_the_row() {
        let fault = |text: &str| Overrides::read(text.as_bytes()).unwrap_err().to_string();
        assert_eq!(fault("name,item\n"), "the first row must be `text,item`, not `name,item`");
        assert_eq!(fault("text,item\n ,x\n"), "row 2: no text");
        assert_eq!(fault("text,item\na,x\nA,y\n"), "row 3: `a` is given another item above");
        assert!(fault("text,item\na\n").starts_with("not a table"));
        let overrides = Overrides::read("text,item\nz,x\na,y\nb,x\n".as_bytes()).unwrap();
        let first = overrides.resolved(|id| (id == "y").then_some("y")).unwrap_err().to_string();
        assert_eq!(first, "row 2: no item `x`");
    }
}
