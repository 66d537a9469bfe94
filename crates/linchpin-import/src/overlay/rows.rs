//! Rows that are added to an atlas.

use linchpin::atlas::{Files, Schema};
use std::collections::BTreeMap;

/// The tables that are written, each row as it comes: a million parts are millions of rows.
#[derive(Default)]
pub(crate) struct Rows(BTreeMap<&'static str, csv::Writer<Vec<u8>>>);

impl Rows {
    /// Adds a row: the columns of the schema, those that are not given blank.
    pub(crate) fn add(&mut self, table: &'static str, row: Vec<(&'static str, String)>) {
        let Some(schema) = Schema::get().table(table) else { return };
        let columns = schema.attributes.iter().map(|a| a.name.as_str());
        let cell = |column: &str| row.iter().find(|c| c.0 == column).map_or("", |c| c.1.as_str());
        let text = self.0.entry(table).or_insert_with(|| {
            let mut text = csv::Writer::from_writer(vec![]);
            // Writing to memory cannot fail.
            let _ = text.write_record(columns.clone());
            text
        });
        let _ = text.write_record(columns.map(cell));
    }

    /// The tables as files.
    pub(crate) fn files(self) -> Files {
        let file = |name| format!("{name}.csv");
        self.0.into_iter().map(|(name, text)| (file(name), text.into_inner().unwrap_or_default())).collect()
    }
}

/// A text for a cell: one line, no longer than a cell may be, and nothing that a spreadsheet takes for a formula.
pub(crate) fn text(text: &str) -> String {
    let clean = |c: char| if c.is_control() { ' ' } else { c };
    let text: String = text.chars().map(clean).filter(|c| !matches!(c, '\u{feff}' | '\u{fffd}')).collect();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    text.trim_start_matches(['=', ' ']).chars().take(300).collect()
}
