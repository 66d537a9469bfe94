//! The atlas: checked rows and figures, read from a folder or from the copy inside the program.
//!
//! Reading reports every fault of every table in one go; an [`Atlas`] that exists is sound.

pub mod bounds;
mod cells;
mod check;
pub mod expr;
pub mod figure;
pub mod files;
mod index;
pub mod package;
pub mod problems;
pub mod read;
mod schema;
pub mod units;
pub mod values;

pub use cells::Cells;
pub use expr::{Expr, FigureId};
pub use figure::{Figure, Figures, Standing};
pub use files::Files;
pub use package::Package;
pub use problems::Problems;
pub use read::{Row, Sheet};
pub use schema::{Attribute, Kind, Schema, TableSchema};
pub use values::{Change, Overlay, Values};

use crate::network::Topology;
use linchpin_table::{Label, Message};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// A checked atlas.
#[derive(Debug)]
pub struct Atlas {
    /// Name, version and as-of date.
    pub package: Package,
    /// SHA-256 over all rows in canonical order, so that the order of rows and columns does not matter.
    pub hash: String,
    /// All figures.
    pub figures: Figures,
    /// Figures in an order in which each comes after those its formula names.
    pub order: Vec<FigureId>,
    /// Products that an atlas over another brings itself, by id; none in an atlas that stands alone.
    pub own_products: Vec<String>,
    /// What the rows make together; built to check them, and kept.
    network: Option<Topology>,
    sheets: BTreeMap<&'static str, Sheet>,
}

impl Atlas {
    /// Reads and checks the files of an atlas; on any fault, all faults.
    pub fn read(files: &Files) -> Result<Atlas, Problems> {
        Self::read_with(files, None, Problems::new())
    }

    /// Reads and checks files that may hold but the rows that they add to another atlas or replace in it, if their package
    /// says that they extend it. Files that say nothing of the kind are an atlas of their own.
    pub fn read_over(files: &Files, base: &Files) -> Result<Atlas, Problems> {
        Self::read_with(files, Some(base), Problems::new())
    }

    /// Reads and checks a folder, over another atlas if it extends that one.
    pub fn from_folder(folder: &std::path::Path, base: Option<&Files>) -> Result<Atlas, Problems> {
        let mut problems = Problems::new();
        let Some(files) = files::from_folder(folder, &mut problems) else { return Err(problems) };
        Self::read_with(&files, base, problems)
    }

    fn read_with(files: &Files, base: Option<&Files>, mut problems: Problems) -> Result<Atlas, Problems> {
        let package = Package::read(files.get(package::FILE).map(Vec::as_slice), &mut problems);
        let base = package.extends.as_ref().and_then(|name| below(name, base, &mut problems));
        let unreadable: Vec<String> = problems.iter().map(|p| p.file.clone()).collect();
        let mut sheets = BTreeMap::new();
        let mut own_products = vec![];
        for schema in &Schema::get().tables {
            let file = schema.file();
            let mut sheet = match files.get(&file) {
                Some(bytes) => read::table(schema, bytes, &mut problems),
                None => {
                    if base.is_none() && schema.required && !unreadable.contains(&file) {
                        problems.push(problems::of_file(&file, Message::new("fault-missing-file")));
                    }
                    Sheet::empty(schema)
                }
            };
            if let Some(bytes) = base.and_then(|base| base.get(&file)) {
                if schema.name == "products" {
                    own_products.extend(sheet.rows.iter().map(|row| row.key.clone()));
                }
                sheet = sheet.over(read::table(schema, bytes, &mut problems));
            }
            sheets.insert(schema.name.as_str(), sheet);
        }
        for file in files.keys().filter(|f| *f != package::FILE) {
            if !Schema::get().tables.iter().any(|t| t.file() == *file) {
                let tables =
                    Schema::get().tables.iter().map(TableSchema::file).collect::<Vec<_>>().join(", ");
                let what = Message::new("fault-unknown-file").text("allowed", tables);
                problems.push(problems::of_file(file, what));
            }
        }
        let mut list = vec![];
        for sheet in sheets.values_mut().filter(|s| s.schema.figure) {
            read::figures(sheet, &mut list, &mut problems);
        }
        let mut figures = Figures::new(list);
        check::references(&sheets, &mut problems);
        let order = check::formulas(&sheets, &mut figures, &mut problems);
        let mut atlas =
            Atlas { package, hash: hash(&sheets), figures, order, own_products, network: None, sheets };
        check::units(&atlas, &mut problems);
        check::names(&atlas, &mut problems);
        check::markets(&atlas, &mut problems);
        check::recipes(&atlas, &mut problems);
        check::owners(&atlas, &mut problems);
        check::countries(&atlas, &mut problems);
        check::groups(&atlas, &mut problems);
        check::controls(&atlas, &mut problems);
        check::imports(&atlas, &mut problems);
        check::lanes(&atlas, &mut problems);
        check::lane_ends(&atlas, &mut problems);
        check::capacities(&atlas, &mut problems);
        check::market_shares(&atlas, &mut problems);
        check::times(&atlas, &mut problems);
        check::substitutions(&atlas, &mut problems);
        check::gates(&atlas, &mut problems);
        // The network is only built of rows that are sound by themselves.
        if problems.is_empty() {
            atlas.network = check::network(&atlas, &mut problems);
        }
        if problems.is_empty() {
            return Ok(atlas);
        }
        problems.sort();
        Err(problems)
    }

    /// A table. The name is one of the schema.
    #[allow(clippy::panic)]
    pub fn sheet(&self, table: &str) -> &Sheet {
        match self.sheets.get(table) {
            Some(sheet) => sheet,
            None => panic!("the schema has no table {table}"),
        }
    }

    /// The network that its rows make.
    #[allow(clippy::expect_used)]
    pub fn network(&self) -> &Topology {
        self.network.as_ref().expect("rows that make no network are no atlas")
    }

    /// The values of all figures under an overlay.
    pub fn values(&self, overlay: &Overlay) -> Result<Values, values::UnknownAddress> {
        Values::new(&self.figures, &self.order, overlay)
    }

    /// Countries of a group of countries; empty if it has none.
    pub fn members(&self, group: &str) -> BTreeSet<String> {
        let sheet = self.sheet("members");
        let of = sheet.rows.iter().filter(|row| sheet.text(row, "group") == group);
        of.map(|row| sheet.text(row, "country").to_owned()).collect()
    }

    /// The two names of an item, element, material class, country or parameter.
    pub fn label(&self, table: &str, key: &str) -> Option<Label> {
        let sheet = self.sheet(table);
        let row = sheet.find(key)?;
        Some(Label::new(sheet.text(row, "name_en"), sheet.text(row, "name_zh")))
    }
}

impl Sheet {
    fn empty(schema: &'static TableSchema) -> Sheet {
        Sheet::new(schema, vec![], Default::default())
    }

    /// This sheet, and the rows of another whose keys it does not have.
    fn over(mut self, below: Sheet) -> Sheet {
        let faulty: BTreeSet<&str> = self.seen.faulty.iter().map(|row| row.key.as_str()).collect();
        let is_new = |row: &Row| self.find(&row.key).is_none() && !faulty.contains(row.key.as_str());
        let added: Vec<Row> = below.rows.into_iter().filter(is_new).collect();
        self.rows.extend(added);
        self.rows.sort_by(|a, b| a.key.cmp(&b.key));
        self.seen.keys.extend(below.seen.keys);
        Sheet::new(self.schema, self.rows, self.seen)
    }
}

/// The atlas that another extends, if it is the one that is there.
fn below<'f>(name: &str, base: Option<&'f Files>, problems: &mut Problems) -> Option<&'f Files> {
    let is_it = |files: &&Files| {
        let bytes = files.get(package::FILE).map(Vec::as_slice);
        Package::read(bytes, &mut Problems::new()).name == name
    };
    let found = base.filter(is_it);
    if found.is_none() {
        let what = Message::new("fault-extends").text("name", name);
        problems.push(problems::of_file(package::FILE, what));
    }
    found
}

fn hash(sheets: &BTreeMap<&'static str, Sheet>) -> String {
    let mut hasher = Sha256::new();
    for (name, sheet) in sheets {
        for row in &sheet.rows {
            hasher.update(name.as_bytes());
            for cell in row.cells.iter() {
                // A separator that no cell can hold keeps neighbouring cells apart.
                hasher.update([0x1f]);
                hasher.update(cell.unwrap_or_default().as_bytes());
            }
            hasher.update([0x1e]);
        }
    }
    hasher.finalize().iter().map(|b| format!("{b:02x}")).collect()
}
