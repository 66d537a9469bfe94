//! What the tests of correctness share: the shipped atlas, atlases made from it by changing rows, and ways to look
//! at an answer bit by bit.

#![allow(dead_code)]

pub(crate) mod stops;

use linchpin::atlas::{Atlas, Files, Overlay, Row, Sheet, Values};
use linchpin::book::Book;
use linchpin::context::Context;
use linchpin::model::{self, Model};
use linchpin::network::{self, Topology};
use linchpin::{audit, brief, company, explode, expose};
use linchpin_table::{Answer, Cells};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The aliases of the products of the shipped atlas.
pub(crate) const PRODUCTS: [&str; 3] = ["g1", "optimus", "walker"];

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
        let id = row.figure.unwrap();
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
        flow: true,
    };
    explode::explode(model, &request).unwrap()
}

/// An answer to `brief`.
pub(crate) fn brief_at(model: &Model<'_>, volume: f64) -> Book {
    brief::brief(model, &brief::Request { product: model.product.item.clone(), volume, risk: None }).unwrap()
}

/// An answer to `audit` on all claims.
pub(crate) fn audit_of(model: &Model<'_>) -> Book {
    let request = audit::Request { product: model.product.item.clone(), claim: None };
    audit::audit(model, &request).unwrap()
}

/// An answer to `company`, without China.
pub(crate) fn company_of(model: &Model<'_>, name: &str) -> Book {
    let request = company::Request { company: name.to_owned(), volume: 1000.0, without: "CHN".to_owned() };
    company::company(model, &request).unwrap()
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

/// An answer to `expose` with all countries.
pub(crate) fn expose_at(model: &Model<'_>, volume: f64) -> Book {
    let request = expose::Request::new(&model.product.item, volume);
    expose::expose(model, &request).unwrap()
}

/// Columns of a figure that is reported.
const FIGURE: &str = "value,low,high,unit,year,source,standing,formula,note";

/// A table of some files written anew: key columns, and rows of key cells and a value in a unit.
fn figures(files: &mut Files, table: &str, keys: &str, unit: &str, rows: &[(&str, f64)]) {
    let sources = Csv::parse(&files["sources.csv"]);
    let source = &sources.rows[0][sources.column("id")];
    let mut text = format!("{keys},{FIGURE}\n");
    for (key, value) in rows {
        text.push_str(&format!("{key},{value},,,{unit},2024,{source},reported,,\n"));
    }
    files.insert(format!("{table}.csv"), text.into_bytes());
}

/// Political stability and the five other dimensions of some countries, made up but for their order.
pub(crate) const GOVERNED: [(&str, f64); 7] =
    [("AUS", 0.9), ("CAN", 0.8), ("CHN", -0.4), ("JPN", 1.1), ("MYS", 0.1), ("RUS", -2.7), ("USA", 0.0)];
const DIMENSIONS: [&str; 6] = [
    "control_of_corruption",
    "government_effectiveness",
    "political_stability",
    "regulatory_quality",
    "rule_of_law",
    "voice_accountability",
];

/// The shipped files with governance, imports into the robots' countries of assembly and classes, all made up.
pub(crate) fn traded() -> Files {
    let mut files = shipped();
    let mut governance = vec![];
    for (country, stability) in GOVERNED {
        for (i, dimension) in DIMENSIONS.iter().enumerate() {
            let other = if *dimension == "political_stability" { 0.0 } else { 0.05 * i as f64 };
            governance.push((format!("{country},{dimension},2022"), stability + other));
        }
    }
    // An older figure, and one after any year that is asked.
    governance.push(("CHN,political_stability,2015".into(), -0.9));
    governance.push(("CHN,political_stability,2999".into(), 2.0));
    let rows: Vec<(&str, f64)> = governance.iter().map(|(k, v)| (k.as_str(), *v)).collect();
    figures(&mut files, "governance", "country,measure,period", "1", &rows);
    let lines = "id,name_en,name_zh,items,note\nrare_earths,Rare earths,稀土,nd_oxide;dy_oxide,\n\
                 nd_only,Neodymium oxide,氧化钕,nd_oxide,\ngallium_metal,Gallium,镓,gallium,\n\
                 copper_line,Copper,铜,copper_cathode,\nbauxite_line,Alumina,氧化铝,alumina,\n";
    files.insert("commodities.csv".into(), lines.into());
    let imports = [
        ("USA,rare_earths,CHN,2020", 0.9),
        ("USA,rare_earths,CHN,2024", 0.71),
        ("USA,rare_earths,MYS,2024", 0.13),
        ("USA,rare_earths,JPN,2024", 0.1),
        ("USA,rare_earths,OTH,2024", 0.06),
        // The narrower line has no reliance, so that the wider one is read.
        ("USA,nd_only,CHN,2024", 1.0),
        ("USA,gallium_metal,CAN,2024", 0.55),
        ("USA,gallium_metal,CHN,2024", 0.43),
        // Too little to be a mix.
        ("USA,bauxite_line,AUS,2024", 0.7),
        ("CHN,copper_line,AUS,2024", 0.6),
        ("CHN,copper_line,RUS,2024", 0.4),
        ("CHN,rare_earths,USA,2024", 1.0),
    ];
    figures(&mut files, "imports", "importer,commodity,origin,period", "fraction", &imports);
    let reliances = [
        ("USA,rare_earths,2025", 0.67),
        ("USA,gallium_metal,2025", 1.0),
        ("USA,bauxite_line,2025", 0.5),
        ("USA,copper_line,2025", 0.5),
        ("CHN,copper_line,2025", 0.4),
        // A net exporter.
        ("CHN,rare_earths,2025", -2.0),
    ];
    figures(&mut files, "reliances", "importer,commodity,period", "fraction", &reliances);
    let source = String::from_utf8(files["sources.csv"].clone()).unwrap();
    let source = source.lines().nth(1).unwrap().split(',').next().unwrap();
    let classes: String = ["doe_2023,Nd,high", "doe_2023,Pr,elevated", "eu_2023,Nd,critical"]
        .iter()
        .map(|row| format!("{row},{source}\n"))
        .collect();
    files.insert("classes.csv".into(), format!("list,element,class,source\n{classes}").into_bytes());
    files
}

/// The markets behind a product at a volume.
pub(crate) fn markets(model: &Model<'_>, volume: f64) -> linchpin::stop::Chain {
    let year = model.atlas.package.as_of[..4].parse().unwrap();
    let need = model.flow(model::View::Gross);
    let baseline = network::Baseline::new(model.atlas, model.network, model.values, need, volume, year);
    linchpin::stop::Chain::new(model, &baseline, volume)
}

/// A number of an answer.
#[track_caller]
pub(crate) fn number(book: &Book, table: &str, key: &str, column: &str) -> Option<f64> {
    let (table, row) = row(book, table, key);
    table.column(column).unwrap_or_else(|| panic!("no column {column}")).cells.number(row)
}

/// A word or name of an answer.
#[track_caller]
pub(crate) fn word<'b>(book: &'b Book, table: &str, key: &str, column: &str) -> Option<&'b str> {
    let (table, row) = row(book, table, key);
    table.column(column).unwrap_or_else(|| panic!("no column {column}")).cells.text(row)
}

#[track_caller]
fn row<'b>(book: &'b Book, table: &str, key: &str) -> (&'b linchpin_table::Table, usize) {
    let found = book.answer.table(table).unwrap_or_else(|| panic!("no table {table}"));
    let row = found
        .keys
        .iter()
        .position(|k| k == key)
        .unwrap_or_else(|| panic!("no row {key} in {:?}", found.keys));
    (found, row)
}
