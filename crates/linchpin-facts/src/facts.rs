//! The public figures as read, and which of their rows the atlas uses.

use crate::lines::{Record, Sheet};
use std::collections::{BTreeMap, BTreeSet};

/// Files of facts of which every row must be used or left out for a stated reason, and the columns that name a row.
pub const SETTLED: [(&str, &[&str]); 5] = [
    ("companies.csv", &["company", "site", "materials"]),
    ("export_controls.csv", &["id", "items"]),
    ("stage_shares.csv", &["material", "stage", "country", "year", "company", "basis"]),
    ("suppliers.csv", &["component_class", "company"]),
    ("trade.csv", &["importer", "material", "form", "origin", "year_to"]),
];

/// All files of facts by name.
#[derive(Debug, Default)]
pub struct Facts {
    /// The files.
    pub files: BTreeMap<String, Sheet>,
}

impl Facts {
    /// A file by name.
    pub fn file(&self, name: &str) -> Option<&Sheet> {
        self.files.get(name)
    }

    /// A file by name, with or without its ending.
    pub fn named(&self, name: &str) -> Option<(&str, &Sheet)> {
        let with = format!("{name}.csv");
        let found = self.files.get_key_value(name).or_else(|| self.files.get_key_value(&with));
        found.map(|(name, sheet)| (name.as_str(), sheet))
    }
}

/// Rows that rules have used, by file and position.
#[derive(Debug, Default)]
pub struct Used {
    rows: BTreeMap<String, BTreeSet<usize>>,
}

impl Used {
    /// Marks a row of a file of facts.
    pub fn mark(&mut self, file: &str, fact: Record<'_>) {
        self.rows.entry(file.to_owned()).or_default().insert(fact.index);
    }

    /// Whether a row is used.
    pub fn has(&self, file: &str, index: usize) -> bool {
        self.rows.get(file).is_some_and(|rows| rows.contains(&index))
    }
}
