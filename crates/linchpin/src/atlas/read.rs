//! From bytes to checked rows. Every fault of every cell is reported; nothing is silently ignored.

use super::figure::{Figure, Standing};
use super::problems::{Place, Problems, at, of_file};
use super::schema::{Attribute, Kind, TableSchema};
use super::units;
use linchpin_table::{Message, Unit};
use std::collections::BTreeSet;

/// Longest text of one cell.
const MAX_CELL_CHARS: usize = 20_000;
/// Longest formula.
const MAX_FORMULA_CHARS: usize = 2_000;

/// One row of a table: its cells in the order of the schema, blanks replaced by their default.
#[derive(Debug, Clone)]
pub struct Row {
    /// Line in the file, from 1.
    pub line: u64,
    /// Key cells joined by `/`, a blank one as `-`.
    pub key: String,
    /// Cells; `None` if blank.
    pub cells: Vec<Option<String>>,
}

/// One table as read.
#[derive(Debug)]
pub struct Sheet {
    /// Its schema.
    pub schema: &'static TableSchema,
    /// Its rows, sorted by key, so that the order in the file changes no answer.
    pub rows: Vec<Row>,
    /// First key cell of every row, the faulty ones included, so that one fault is not reported again wherever
    /// the row is referred to.
    pub seen: BTreeSet<String>,
}

impl Sheet {
    /// A cell of a row by column name; `None` if blank. The column is one of the schema.
    #[allow(clippy::panic)]
    pub fn get<'a>(&self, row: &'a Row, column: &str) -> Option<&'a str> {
        match self.schema.position(column) {
            Some(i) => row.cells[i].as_deref(),
            None => panic!("{} has no column {column}", self.schema.name),
        }
    }

    /// A cell that the schema requires, so that a checked row has it.
    pub fn text<'a>(&self, row: &'a Row, column: &str) -> &'a str {
        self.get(row, column).unwrap_or_default()
    }

    /// The row with a key.
    pub fn find(&self, key: &str) -> Option<&Row> {
        self.rows.binary_search_by(|r| r.key.as_str().cmp(key)).ok().map(|i| &self.rows[i])
    }

    /// Where a cell stands.
    pub fn place<'a>(&'a self, file: &'a str, row: &'a Row, column: &'a str) -> Place<'a> {
        Place { file, row: Some(row.line), column: Some(column), value: self.get(row, column) }
    }

    /// Address of the figure of a row.
    pub fn address(&self, row: &Row) -> String {
        format!("{}/{}", self.schema.name, row.key)
    }
}

/// Reads one table. Rows with a fault are left out; each fault is reported.
pub fn table(schema: &'static TableSchema, bytes: &[u8], problems: &mut Problems) -> Sheet {
    let file = schema.file();
    let mut sheet = Sheet { schema, rows: vec![], seen: BTreeSet::new() };
    let Some(text) = decode(&file, bytes, problems) else { return sheet };
    if text.trim().is_empty() {
        problems.push(of_file(&file, Message::new("fault-empty-file")));
        return sheet;
    }
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut records = reader.records();
    let Some(Ok(header)) = records.next() else { return sheet };
    let Some(order) = header_order(schema, &file, &header, problems) else { return sheet };
    for record in records {
        // Text that has been decoded gives no read error; a quote that never closes swallows the rest.
        let Ok(record) = record else { continue };
        let line = record.position().map_or(0, csv::Position::line);
        if record.iter().all(|c| c.trim().is_empty()) {
            continue;
        }
        if record.len() != header.len() {
            let what = Message::new("fault-cell-count")
                .integer("found", record.len() as i64)
                .integer("wanted", header.len() as i64);
            problems.push(at(&Place { file: &file, row: Some(line), ..Place::default() }, what));
            continue;
        }
        let before = problems.len();
        let cells: Vec<Option<String>> = schema
            .attributes
            .iter()
            .zip(&order)
            .map(|(a, &i)| cell(schema, a, record.get(i).unwrap_or_default().trim(), &file, line, problems))
            .collect();
        if let Some(first) =
            schema.attributes.iter().zip(&cells).find(|(a, _)| a.key).and_then(|(_, c)| c.clone())
        {
            sheet.seen.insert(first);
        }
        if problems.len() == before {
            let key = schema
                .attributes
                .iter()
                .zip(&cells)
                .filter(|(a, _)| a.key)
                .map(|(_, c)| c.as_deref().unwrap_or("-"))
                .collect::<Vec<_>>()
                .join("/");
            sheet.rows.push(Row { line, key, cells });
        }
    }
    sheet.rows.sort_by(|a, b| a.key.cmp(&b.key).then(a.line.cmp(&b.line)));
    let mut i = 1;
    while i < sheet.rows.len() {
        if sheet.rows[i].key == sheet.rows[i - 1].key {
            let (first, row) = (sheet.rows[i - 1].line, &sheet.rows[i]);
            let what = Message::new("fault-duplicate-key").integer("first", first as i64);
            problems.push(at(
                &Place { file: &file, row: Some(row.line), column: None, value: Some(&row.key) },
                what,
            ));
            sheet.rows.remove(i);
        } else {
            i += 1;
        }
    }
    sheet
}

fn decode<'a>(file: &str, bytes: &'a [u8], problems: &mut Problems) -> Option<&'a str> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        problems.push(of_file(file, Message::new("fault-utf16")));
        return None;
    }
    // A byte-order mark is what Excel writes; it is not data.
    let bytes = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text),
        Err(e) => {
            let row = 1 + bytes[..e.valid_up_to()].iter().filter(|b| **b == b'\n').count() as u64;
            let place = Place { file, row: Some(row), ..Place::default() };
            problems.push(at(&place, Message::new("fault-not-utf8")));
            None
        }
    }
}

/// Position in the file of each column of the schema.
fn header_order(
    schema: &TableSchema,
    file: &str,
    header: &csv::StringRecord,
    problems: &mut Problems,
) -> Option<Vec<usize>> {
    let before = problems.len();
    let valid = schema.attributes.iter().map(|a| a.name.as_str()).collect::<Vec<_>>().join(", ");
    for (i, name) in header.iter().map(str::trim).enumerate() {
        let place = Place { file, row: Some(1), column: Some(name), value: None };
        if schema.position(name).is_none() {
            problems.push(at(&place, Message::new("fault-unknown-column").text("allowed", valid.as_str())));
        } else if header.iter().take(i).any(|n| n.trim() == name) {
            problems.push(at(&place, Message::new("fault-repeated-column")));
        }
    }
    let order: Vec<Option<usize>> =
        schema.attributes.iter().map(|a| header.iter().position(|n| n.trim() == a.name)).collect();
    for (a, _) in schema.attributes.iter().zip(&order).filter(|(_, p)| p.is_none()) {
        let place = Place { file, row: Some(1), column: Some(&a.name), value: None };
        problems.push(at(&place, Message::new("fault-missing-column")));
    }
    (problems.len() == before).then(|| order.into_iter().flatten().collect())
}

fn cell(
    schema: &TableSchema,
    a: &Attribute,
    text: &str,
    file: &str,
    line: u64,
    problems: &mut Problems,
) -> Option<String> {
    if text.is_empty() {
        if a.required {
            let place = Place { file, row: Some(line), column: Some(&a.name), value: None };
            problems.push(at(&place, Message::new("fault-blank")));
        }
        return a.default.clone();
    }
    if let Some(what) = fault_of(schema, a, text) {
        problems.push(at(&Place { file, row: Some(line), column: Some(&a.name), value: Some(text) }, what));
    }
    Some(text.to_owned())
}

fn fault_of(schema: &TableSchema, a: &Attribute, text: &str) -> Option<Message> {
    if text.starts_with('=') {
        return Some(Message::new("fault-spreadsheet-formula"));
    }
    if text.chars().count() > MAX_CELL_CHARS {
        return Some(Message::new("fault-cell-too-long"));
    }
    if text.chars().any(|c| c.is_control() && c != '\n' && c != '\r' && c != '\t') {
        return Some(Message::new("fault-control-character"));
    }
    match a.kind {
        Kind::Text => None,
        Kind::Formula => (text.len() > MAX_FORMULA_CHARS).then(|| Message::new("fault-cell-too-long")),
        Kind::Id | Kind::Ref => (!is_id(text)).then(|| Message::new("fault-id")),
        Kind::Refs => (!text.split(';').all(|p| is_id(p.trim()))).then(|| Message::new("fault-ids")),
        Kind::Enum => (!a.allowed.iter().any(|w| w == text))
            .then(|| Message::new("fault-word").text("allowed", a.allowed.join(", "))),
        Kind::Integer => integer(text).is_none().then(|| number_fault(text, "fault-integer")),
        Kind::Number => number(text).is_none().then(|| number_fault(text, "fault-number")),
        Kind::Date => (!is_date(text)).then(|| Message::new("fault-date")),
        Kind::Unit => {
            let known = units::meaning(text).is_some();
            (!known || !(schema.units.is_empty() || schema.units.iter().any(|u| u == text))).then(|| {
                let allowed = if schema.units.is_empty() {
                    "kg, g, t, piece, USD, USD/kg, fraction, %, d, week, y, t/y, …".to_owned()
                } else {
                    schema.units.join(", ")
                };
                Message::new("fault-unit").text("allowed", allowed)
            })
        }
    }
}

fn number_fault(text: &str, otherwise: &'static str) -> Message {
    Message::new(if is_date(text) && text.contains('-') {
        "fault-date-for-number"
    } else if text.contains(',') {
        "fault-thousands-separator"
    } else {
        otherwise
    })
}

fn is_id(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '-'))
}

fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let digits = |p: &str, n: usize| p.len() == n && p.bytes().all(|b| b.is_ascii_digit());
    let in_range = |p: &str, max: u32| digits(p, 2) && p.parse::<u32>().is_ok_and(|v| (1..=max).contains(&v));
    match parts.as_slice() {
        [y] => digits(y, 4),
        [y, m] => digits(y, 4) && in_range(m, 12),
        [y, m, d] => digits(y, 4) && in_range(m, 12) && in_range(d, 31),
        _ => false,
    }
}

/// A decimal number as people type it; no NaN, no infinity, no separators.
fn number(text: &str) -> Option<f64> {
    let plain = text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+' | b'e' | b'E'));
    text.parse::<f64>().ok().filter(|v| plain && v.is_finite())
}

fn integer(text: &str) -> Option<i64> {
    text.parse().ok()
}

/// The figure of a row, in base units; faults of the nine columns among each other are reported.
pub fn figure(sheet: &Sheet, row: &Row, problems: &mut Problems) -> Option<Figure> {
    let file = sheet.schema.file();
    let before = problems.len();
    let meaning = units::meaning(sheet.text(row, "unit"))?;
    let base = |column: &str| sheet.get(row, column).and_then(number).map(|v| v * meaning.factor);
    let (value, low, high) = (base("value"), base("low"), base("high"));
    let standing = Standing::parse(sheet.text(row, "standing"))?;
    let formula_text = sheet.get(row, "formula").map(str::to_owned);
    let note = sheet.get(row, "note").map(str::to_owned);
    let sources: Vec<String> = sheet
        .get(row, "source")
        .map(|s| s.split(';').map(|p| p.trim().to_owned()).collect())
        .unwrap_or_default();

    let mut fault = |column: &'static str, id: &'static str| {
        problems.push(at(&sheet.place(&file, row, column), Message::new(id)));
    };
    match standing {
        Standing::Reported | Standing::Estimated if sources.is_empty() => fault("source", "fault-no-source"),
        Standing::Derived if formula_text.is_none() => fault("formula", "fault-no-formula"),
        Standing::Assumed if note.is_none() => fault("note", "fault-no-reason"),
        _ => {}
    }
    if standing == Standing::Assumed && value.is_some() && (low.is_none() || high.is_none()) {
        fault(if low.is_none() { "low" } else { "high" }, "fault-no-range");
    }
    if formula_text.is_some() && standing != Standing::Derived {
        fault("standing", "fault-formula-not-derived");
    }
    let ends = [("low", low), ("value", value), ("high", high)];
    for (i, (column, a)) in ends.iter().enumerate() {
        if let Some(a) = a {
            if ends[i + 1..].iter().any(|(_, b)| b.is_some_and(|b| *a > b * (1.0 + 1e-9) && *a > b)) {
                fault(column, "fault-range-order");
            }
            let below = sheet.schema.minimum.is_some_and(|m| *a < m);
            let above = sheet.schema.maximum.is_some_and(|m| *a > m * (1.0 + 1e-9));
            if below {
                fault(column, "fault-below-minimum");
            }
            if above {
                fault(column, "fault-above-maximum");
            }
        }
    }
    (problems.len() == before).then(|| Figure {
        address: sheet.address(row),
        value,
        low,
        high,
        unit: meaning.unit,
        factor: meaning.factor,
        year: sheet.get(row, "year").and_then(integer),
        sources,
        standing,
        formula: None,
        formula_text,
        note,
    })
}

/// Whether an item counted in `item_unit` can be measured in `unit`.
pub fn same_kind(item_unit: &str, unit: Unit) -> bool {
    matches!((item_unit, unit), ("kg", Unit::Kg) | ("piece", Unit::Piece))
}
