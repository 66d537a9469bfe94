//! What the tests of correctness share: the shipped atlas, atlases made from it by changing rows, and ways to look
//! at an answer bit by bit.

#![allow(dead_code)]

use linchpin::atlas::{Atlas, Files, Overlay, Row, Sheet, Values};
use linchpin::book::Book;
use linchpin::context::Context;
use linchpin::model::{self, Model};
use linchpin::network::{self, Topology};
use linchpin::{audit, brief, explode};
use linchpin_table::{Answer, Cells};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The aliases of the products of the shipped atlas.
pub(crate) const PRODUCTS: [&str; 2] = ["g1", "optimus"];

/// An atlas, its network and its values: what a model borrows.
pub(crate) struct Ground {
    pub(crate) atlas: Atlas,
    pub(crate) network: Topology,
    pub(crate) values: Values,
}

impl Ground {
    /// The ground of some files under a scenario. The files must be sound.
    pub(crate) fn of(files: &Files, overlay: &Overlay) -> Ground {
        let atlas = match Atlas::read(files) {
            Ok(atlas) => atlas,
            Err(problems) => panic!("{problems:#?}"),
        };
        let network = network::from_atlas(&atlas).unwrap();
        let values = atlas.values(overlay).unwrap();
        Ground { atlas, network, values }
    }

    /// The shipped atlas under a scenario.
    pub(crate) fn under(overlay: &Overlay) -> Ground {
        Ground::of(&shipped(), overlay)
    }

    /// A model of one product.
    pub(crate) fn model(&self, product: &str) -> Model<'_> {
        self.model_under(product, &self.values)
    }

    /// A model of one product under other values of the same atlas.
    pub(crate) fn model_under<'a>(&'a self, product: &str, values: &'a Values) -> Model<'a> {
        self.model_in(product, values, Context::default())
    }

    /// A model of one product in a context.
    pub(crate) fn model_in<'a>(&'a self, product: &str, values: &'a Values, context: Context) -> Model<'a> {
        let product = model::product(&self.atlas, &self.network, product).unwrap();
        Model::new(&self.atlas, &self.network, values, product, context).unwrap()
    }

    /// Value of the figure of a row.
    pub(crate) fn figure(&self, sheet: &Sheet, row: &Row) -> f64 {
        let id = self.atlas.figure_of(sheet, row).unwrap();
        self.values.get(id).unwrap_or_else(|| panic!("no value at {}", sheet.address(row)))
    }

    /// Value of the figure at an address.
    pub(crate) fn value(&self, address: &str) -> f64 {
        let id = self.atlas.figures.find(address).unwrap_or_else(|| panic!("no figure {address}"));
        self.values.get(id).unwrap()
    }

    /// Node of an item.
    pub(crate) fn node(&self, item: &str) -> usize {
        self.network.item(item).unwrap_or_else(|| panic!("no item {item}")) as usize
    }
}

/// The shipped atlas without a scenario, read once.
pub(crate) fn ground() -> &'static Ground {
    static GROUND: LazyLock<Ground> = LazyLock::new(|| Ground::under(&Overlay::new()));
    &GROUND
}

/// The files inside the program.
pub(crate) fn shipped() -> Files {
    linchpin_atlas::files().iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())).collect()
}

/// A table as text, to be changed.
pub(crate) struct Csv {
    pub(crate) header: Vec<String>,
    pub(crate) rows: Vec<Vec<String>>,
}

impl Csv {
    fn parse(bytes: &[u8]) -> Csv {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes);
        let mut all = reader.records().map(|r| r.unwrap().iter().map(str::to_owned).collect::<Vec<_>>());
        Csv { header: all.next().unwrap(), rows: all.collect() }
    }

    fn bytes(&self) -> Vec<u8> {
        let mut writer = csv::Writer::from_writer(vec![]);
        writer.write_record(&self.header).unwrap();
        self.rows.iter().for_each(|r| writer.write_record(r).unwrap());
        writer.into_inner().unwrap()
    }

    /// Position of a column.
    pub(crate) fn column(&self, name: &str) -> usize {
        self.header.iter().position(|h| h == name).unwrap()
    }

    /// Adds a row of the named cells; the others are blank.
    pub(crate) fn add(&mut self, cells: &[(&str, &str)]) {
        let mut row = vec![String::new(); self.header.len()];
        for (name, value) in cells {
            let column = self.column(name);
            row[column] = (*value).to_owned();
        }
        self.rows.push(row);
    }
}

/// Changes one table of some files.
pub(crate) fn edit(files: &mut Files, table: &str, change: impl FnOnce(&mut Csv)) {
    let name = format!("{table}.csv");
    let mut csv = Csv::parse(&files[&name]);
    change(&mut csv);
    files.insert(name, csv.bytes());
}

/// Names of all tables among some files.
pub(crate) fn tables(files: &Files) -> Vec<String> {
    files.keys().filter_map(|f| f.strip_suffix(".csv").map(str::to_owned)).collect()
}

/// An answer to `explode` with the whole tree.
pub(crate) fn explode_all(model: &Model<'_>, units: f64, where_used: Option<&str>) -> Book {
    let request = explode::Request {
        product: model.product.item.clone(),
        units,
        depth: 32,
        where_used: where_used.map(str::to_owned),
        year: None,
    };
    explode::explode(model, &request).unwrap()
}

/// An answer to `brief`.
pub(crate) fn brief_at(model: &Model<'_>, volume: f64) -> Book {
    brief::brief(model, &brief::Request { product: model.product.item.clone(), volume }).unwrap()
}

/// An answer to `audit` on all claims.
pub(crate) fn audit_of(model: &Model<'_>) -> Book {
    let request = audit::Request { product: model.product.item.clone(), claim: None };
    audit::audit(model, &request).unwrap()
}

/// Every cell of every table by `table/key/column`, in the order of the answer: numbers by their bits, with units.
pub(crate) fn cells(answer: &Answer) -> Vec<(String, String)> {
    let mut out = vec![];
    for table in &answer.tables {
        for (row, key) in table.keys.iter().enumerate() {
            if let Some(indent) = &table.indent {
                out.push((format!("{}/{key}/(indent)", table.name), indent[row].to_string()));
            }
            for column in &table.columns {
                let cell = match &column.cells {
                    Cells::Number(_) => {
                        format!("{:x?} {:?}", column.cells.number(row).map(f64::to_bits), column.unit_at(row))
                    }
                    Cells::Integer(_) => format!("{:?}", column.cells.integer(row)),
                    _ => format!("{:?}", column.cells.text(row)),
                };
                out.push((format!("{}/{key}/{}", table.name, column.name), cell));
            }
        }
    }
    out
}

/// Addresses of the cells that differ between two answers, those that only one has included.
pub(crate) fn changed(before: &Answer, after: &Answer) -> Vec<String> {
    let (a, b): (BTreeMap<_, _>, BTreeMap<_, _>) =
        (cells(before).into_iter().collect(), cells(after).into_iter().collect());
    let mut out: Vec<String> =
        a.iter().filter(|(k, v)| b.get(*k) != Some(v)).map(|(k, _)| k.clone()).collect();
    out.extend(b.keys().filter(|k| !a.contains_key(*k)).cloned());
    out.sort();
    out
}

/// Asserts that two numbers agree to a relative tolerance.
#[track_caller]
pub(crate) fn close(found: f64, expected: f64, tolerance: f64) {
    let scale = found.abs().max(expected.abs());
    assert!(
        (found - expected).abs() <= tolerance * scale,
        "{found} is not {expected} within {tolerance} (off by {:.3e})",
        (found - expected) / scale
    );
}
