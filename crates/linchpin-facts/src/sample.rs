//! Figures drawn at random, side by side with the facts that their sources gave: what a second pair of eyes compares.

use crate::Built;
use crate::facts::Facts;
use crate::lines::{Record, Sheet};
use linchpin::atlas::{Atlas, Figure, Overlay};
use sha2::{Digest, Sha256};

/// Facts listed beside one figure.
const SIDE: usize = 6;

/// `count` figures that name a source, drawn by a seed, as CSV: address, value, range, unit, year, standing, formula, note, sources,
/// and the rows of facts that cite one of these sources and hold the number, or else any number. The draw depends on the seed and
/// the addresses alone. `None` if what was built cannot be read.
pub fn sample(built: &Built, count: usize, seed: u64) -> Option<Vec<u8>> {
    let atlas = Atlas::read(&built.files).ok()?;
    let values = atlas.values(&Overlay::new()).ok()?;
    let mut drawn: Vec<(Vec<u8>, usize)> = vec![];
    let figures: Vec<&Figure> = atlas.figures.iter().map(|(_, f)| f).collect();
    for (i, figure) in figures.iter().enumerate() {
        if !figure.sources.is_empty() && !figure.address.starts_with("governance/") {
            let hash = Sha256::digest(format!("{seed}/{}", figure.address));
            drawn.push((hash.to_vec(), i));
        }
    }
    drawn.sort();
    let mut bytes = vec![];
    {
        let mut writer = csv::Writer::from_writer(&mut bytes);
        // Memory takes everything.
        let _ = writer.write_record([
            "address",
            "value",
            "low",
            "high",
            "unit_base",
            "year",
            "standing",
            "formula",
            "note",
            "sources",
            "facts",
        ]);
        for (_, i) in drawn.into_iter().take(count) {
            let figure = figures[i];
            let value = atlas.figures.find(&figure.address).and_then(|id| values.get(id));
            let number = |v: Option<f64>| v.map(|v| v.to_string()).unwrap_or_default();
            let _ = writer.write_record([
                figure.address.clone(),
                number(value),
                number(figure.low),
                number(figure.high),
                format!("{:?}, table value × {}", figure.unit, figure.factor),
                figure.year.map(|y| y.to_string()).unwrap_or_default(),
                figure.standing.word().to_owned(),
                formula(&built.files, &figure.address),
                figure.note.clone().unwrap_or_default(),
                figure.sources.join(";"),
                beside(&built.facts, figure, value),
            ]);
        }
        let _ = writer.flush();
    }
    Some(bytes)
}

/// The formula as typed.
fn formula(files: &linchpin::atlas::Files, address: &str) -> String {
    let Some((table, key)) = address.split_once('/') else { return String::new() };
    let file = format!("{table}.csv");
    let sheet = files.get(&file).and_then(|bytes| Sheet::parse(&file, bytes).ok());
    let Some(schema) = linchpin::atlas::Schema::get().table(table) else { return String::new() };
    let keys: Vec<&str> = schema.attributes.iter().filter(|a| a.key).map(|a| a.name.as_str()).collect();
    let named = |row: &Record<'_>| {
        let cells = keys.iter().map(|k| row.get(k)).map(|c| if c.is_empty() { "-" } else { c });
        cells.collect::<Vec<_>>().join("/") == key
    };
    sheet.and_then(|s| s.records().find(named).map(|r| r.get("formula").to_owned())).unwrap_or_default()
}

/// Rows of facts with one of a figure's sources, those that hold its number first.
fn beside(facts: &Facts, figure: &Figure, value: Option<f64>) -> String {
    let mut rows: Vec<(bool, String)> = vec![];
    for (file, sheet) in facts.files.iter().filter(|(file, _)| !file.starts_with("sources")) {
        for row in sheet.records() {
            let cited = |id: &str| figure.sources.iter().any(|s| s == id.trim());
            let sources = ["source", "source_ids", "price_source", "reserves_source", "eol_source"];
            if !sources.iter().any(|column| row.get(column).split(';').any(cited)) {
                continue;
            }
            let holds = value.is_some_and(|v| row.line.cells.iter().any(|c| same(c, v, figure.factor)));
            let cells: Vec<&str> =
                row.line.cells.iter().map(String::as_str).filter(|c| !c.is_empty()).collect();
            rows.push((!holds, format!("{file}:{} {}", row.line.number, cells.join(" | "))));
        }
    }
    rows.sort_by_key(|r| r.0);
    rows.into_iter().take(SIDE).map(|r| r.1).collect::<Vec<_>>().join("\n")
}

/// Whether a cell holds a number as it stands in the table or in the base unit.
fn same(cell: &str, value: f64, factor: f64) -> bool {
    let near = |a: f64, b: f64| (a - b).abs() <= 1e-6 * b.abs();
    cell.parse::<f64>().is_ok_and(|c| near(c, value) || near(c, value / factor))
}
