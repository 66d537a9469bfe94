//! Rows that are added to an atlas.

use linchpin::atlas::{Atlas, Files, Package, Row, Schema, Sheet, package};
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

    /// Adds a row of an atlas with some cells anew.
    pub(crate) fn copy(&mut self, sheet: &Sheet, row: &Row, anew: &[(&'static str, String)]) {
        let cell = |name: &'static str| {
            let replaced = anew.iter().find(|(column, _)| *column == name).map(|(_, text)| text.clone());
            (name, replaced.unwrap_or_else(|| sheet.text(row, name).to_owned()))
        };
        let cells = sheet.schema.attributes.iter().map(|a| cell(a.name.as_str())).collect();
        self.add(sheet.schema.name.as_str(), cells);
    }

    /// Adds a product as it is called and where it is assembled, and the recipe that makes it.
    pub(crate) fn product(&mut self, item: &str, alias: &str, title: &str, country: &str, note: &str) {
        let title = text(title);
        self.add(
            "items",
            vec![
                ("id", item.into()),
                ("name_en", title.clone()),
                ("name_zh", title),
                ("stage", "assembly".into()),
                ("unit", "piece".into()),
            ],
        );
        self.add(
            "products",
            vec![
                ("item", item.into()),
                ("alias", alias.into()),
                ("assembly_country", country.into()),
                ("note", note.into()),
            ],
        );
        self.recipe(item, "piece");
    }

    /// Adds the recipe `make_…` of an item, which gives one of it.
    pub(crate) fn recipe(&mut self, item: &str, unit: &str) {
        let recipe = format!("make_{item}");
        self.add("recipes", vec![("id", recipe.clone())]);
        let row = vec![
            ("recipe", recipe),
            ("item", item.into()),
            ("role", "main".into()),
            ("value", "1".into()),
            ("unit", unit.into()),
            ("standing", "derived".into()),
            ("formula", "1".into()),
            ("note", "by definition".into()),
        ];
        self.add("outputs", row);
    }

    /// The tables as files, and the package that says which atlas they extend.
    pub(crate) fn files(self, alias: &str, atlas: &Atlas) -> Files {
        let file = |name| format!("{name}.csv");
        let tables = self.0.into_iter();
        let mut files: Files =
            tables.map(|(name, text)| (file(name), text.into_inner().unwrap_or_default())).collect();
        let package = Package {
            name: alias.to_owned(),
            version: atlas.package.version.clone(),
            as_of: atlas.package.as_of.clone(),
            extends: Some(atlas.package.name.clone()),
        };
        files.insert(package::FILE.to_owned(), package.to_json().into_bytes());
        files
    }
}

/// A text for a cell: one line, no longer than a cell may be, and nothing that a spreadsheet takes for a formula.
pub(crate) fn text(text: &str) -> String {
    let clean = |c: char| if c.is_control() { ' ' } else { c };
    let text: String = text.chars().map(clean).filter(|c| !matches!(c, '\u{feff}' | '\u{fffd}')).collect();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    text.trim_start_matches(['=', ' ']).chars().take(300).collect()
}
