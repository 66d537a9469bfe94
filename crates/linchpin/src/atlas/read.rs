//! From bytes to checked rows. Every fault of every cell is reported; nothing is silently ignored.

mod records;

use super::cells::{Cells, Filling};
use super::expr::FigureId;
use super::figure::{Figure, Standing};
use super::index::Index;
use super::problems::{Place, Problems, at, of_file};
use super::schema::{Attribute, Kind, TableSchema};
use super::units;
use linchpin_table::{Message, Unit};
use records::{QuoteFault, Record, Records};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// Longest text of one cell.
const MAX_CELL_CHARS: usize = 20_000;
/// Longest formula.
const MAX_FORMULA_CHARS: usize = 2_000;
/// Longest id.
const MAX_ID_CHARS: usize = 100;
/// Greatest whole number, of either sign: no year and no rank is beyond it.
const MAX_INTEGER: u64 = 1_000_000_000;

/// One row of a table: its cells in the order of the schema, blanks replaced by their default.
#[derive(Debug, Clone)]
pub struct Row {
    /// Line in the file, from 1.
    pub line: u64,
    /// Key cells joined by `/`, a blank one as `-`.
    pub key: String,
    /// Its cells.
    pub cells: Cells,
    /// The figure that it holds, of a table that holds figures.
    pub figure: Option<FigureId>,
}

/// One table as read.
#[derive(Debug)]
pub struct Sheet {
    /// Its schema.
    pub schema: &'static TableSchema,
    /// Its rows, sorted by key, so that the order in the file changes no answer.
    pub rows: Vec<Row>,
    /// What else stood in the file.
    pub seen: Seen,
    by_key: Index,
}

/// What of a file is no sound row, and yet says whether other rows are.
#[derive(Debug, Default)]
pub struct Seen {
    /// First key cell of every row with a fault, so that one fault is not reported again wherever the row is
    /// referred to.
    pub keys: BTreeSet<String>,
    /// Rows with a fault, their faulty cells blank, so that the other cells are checked in the same run.
    pub faulty: Vec<Row>,
}

impl Sheet {
    /// A table of rows that are sorted by key, each key once.
    pub(super) fn new(schema: &'static TableSchema, rows: Vec<Row>, seen: Seen) -> Sheet {
        let by_key = Index::new(rows.len(), |at| &rows[at].key);
        Sheet { schema, rows, seen, by_key }
    }

    /// A cell of a row by column name; `None` if blank. The column is one of the schema.
    #[allow(clippy::panic)]
    pub fn get<'a>(&self, row: &'a Row, column: &str) -> Option<&'a str> {
        match self.schema.position(column) {
            Some(i) => row.cells.get(i),
            None => panic!("{} has no column {column}", self.schema.name),
        }
    }

    /// A cell that the schema requires, so that a checked row has it.
    pub fn text<'a>(&self, row: &'a Row, column: &str) -> &'a str {
        self.get(row, column).unwrap_or_default()
    }

    /// The row with a key.
    pub fn find(&self, key: &str) -> Option<&Row> {
        self.position(key).map(|at| &self.rows[at])
    }

    /// Where the row with a key stands.
    pub(crate) fn position(&self, key: &str) -> Option<usize> {
        self.by_key.find(key, |at| &self.rows[at].key)
    }

    /// Whether a row, be it one with a fault, has this in the first cell of its key.
    pub(super) fn has(&self, first: &str) -> bool {
        self.find(first).is_some() || self.seen.keys.contains(first) || {
            let longer = format!("{first}/");
            let at = self.rows.partition_point(|row| row.key < longer);
            self.rows.get(at).is_some_and(|row| row.key.starts_with(&longer))
        }
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
    let mut sheet = Sheet::new(schema, vec![], Seen::default());
    let Some(text) = decode(&file, bytes, problems) else { return sheet };
    if text.trim().is_empty() {
        problems.push(of_file(&file, Message::new("fault-empty-file")));
        return sheet;
    }
    let mut records = Records::new(text);
    let header = match records.next() {
        Some(Ok(header)) => header,
        Some(Err(fault)) => {
            problems.push(quote_fault(&file, &fault, None));
            return sheet;
        }
        None => return sheet,
    };
    let Some(order) = header_order(schema, &file, &header, problems) else { return sheet };
    let key_at = schema.attributes.iter().zip(&order).find(|(a, _)| a.key).map(|(_, i)| *i);
    let mut any = false;
    let mut cells = Filling::default();
    for record in records {
        let record = match record {
            Ok(record) => record,
            Err(fault) => {
                any = true;
                problems.push(quote_fault(&file, &fault, header.cells.get(fault.cells.len())));
                sheet.seen.keys.extend(first_key(&fault.cells, key_at));
                continue;
            }
        };
        let line = record.line;
        if record.cells.iter().all(|c| c.trim().is_empty()) {
            continue;
        }
        any = true;
        if record.cells.len() != header.cells.len() {
            let what = Message::new("fault-cell-count")
                .integer("found", record.cells.len() as i64)
                .integer("wanted", header.cells.len() as i64);
            problems.push(at(&Place { file: &file, row: Some(line), ..Place::default() }, what));
            sheet.seen.keys.extend(first_key(&record.cells, key_at));
            continue;
        }
        let mut faulty = vec![];
        for (a, &i) in schema.attributes.iter().zip(&order) {
            let before = problems.len();
            cells.push(cell(schema, a, record.cells[i].trim(), &file, line, problems));
            if problems.len() != before {
                faulty.push(a.name.as_str());
                cells.blank();
            }
        }
        let cells = cells.take();
        let row = Row { line, key: key(schema, &cells), cells, figure: None };
        if faulty.is_empty() {
            sheet.rows.push(row);
        } else {
            sheet.seen.keys.extend(first_key(&record.cells, key_at));
            set_aside(&mut sheet, row, &faulty, problems);
        }
    }
    if schema.required && !any {
        problems.push(of_file(&file, Message::new("fault-no-rows")));
    }
    sheet.rows.sort_by(|a, b| a.key.cmp(&b.key).then(a.line.cmp(&b.line)));
    for row in std::mem::take(&mut sheet.rows) {
        match sheet.rows.last() {
            Some(first) if first.key == row.key => {
                let what = Message::new("fault-duplicate-key").integer("first", first.line as i64);
                let place = Place { file: &file, row: Some(row.line), column: None, value: Some(&row.key) };
                problems.push(at(&place, what));
                set_aside(&mut sheet, row, &[], problems);
            }
            _ => sheet.rows.push(row),
        }
    }
    Sheet::new(schema, sheet.rows, sheet.seen)
}

/// Key cells joined by `/`, a blank one as `-`.
fn key(schema: &TableSchema, cells: &Cells) -> String {
    let mut key = String::new();
    for (at, _) in schema.attributes.iter().enumerate().filter(|(_, a)| a.key) {
        if !key.is_empty() {
            key.push('/');
        }
        key.push_str(cells.get(at).unwrap_or("-"));
    }
    key
}

/// Looks for further faults in a row that has one, outside the columns that have one.
fn set_aside(sheet: &mut Sheet, row: Row, faulty: &[&str], problems: &mut Problems) {
    if sheet.schema.figure {
        let mut further = Problems::new();
        figure(sheet, &row, &mut further);
        problems
            .extend(further.into_iter().filter(|p| p.column.as_deref().is_none_or(|c| !faulty.contains(&c))));
    }
    sheet.seen.faulty.push(row);
}

/// The first key cell of a record, if it has one.
fn first_key(cells: &[Cow<'_, str>], at: Option<usize>) -> Option<String> {
    at.and_then(|i| cells.get(i)).map(|c| c.trim().to_owned()).filter(|c| !c.is_empty())
}

fn quote_fault(file: &str, fault: &QuoteFault<'_>, column: Option<&Cow<'_, str>>) -> linchpin_table::Problem {
    let id = if fault.unclosed { "fault-unclosed-quote" } else { "fault-stray-quote" };
    let column = column.map(|c| c.trim());
    at(&Place { file, row: Some(fault.line), column, value: Some(fault.value) }, Message::new(id))
}

fn decode<'a>(file: &str, bytes: &'a [u8], problems: &mut Problems) -> Option<&'a str> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        problems.push(of_file(file, Message::new("fault-utf16")));
        return None;
    }
    // Without its mark, UTF-16 is text of which every other byte is zero.
    let start = &bytes[..bytes.len().min(64)];
    if start.iter().filter(|b| **b == 0).count() * 4 > start.len() {
        problems.push(of_file(file, Message::new("fault-utf16")));
        return None;
    }
    let bytes = without_mark(bytes);
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

/// A byte-order mark is what Excel writes; it is not data.
pub(super) fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(bytes)
}

/// Position in the file of each column of the schema.
fn header_order(
    schema: &TableSchema,
    file: &str,
    header: &Record<'_>,
    problems: &mut Problems,
) -> Option<Vec<usize>> {
    let before = problems.len();
    let valid = schema.attributes.iter().map(|a| a.name.as_str()).collect::<Vec<_>>().join(", ");
    let names: Vec<&str> = header.cells.iter().map(|c| c.trim()).collect();
    for (i, &name) in names.iter().enumerate() {
        let place = Place { file, row: Some(header.line), column: Some(name), value: None };
        if schema.position(name).is_none() {
            problems.push(at(&place, Message::new("fault-unknown-column").text("allowed", valid.as_str())));
        } else if names[..i].contains(&name) {
            problems.push(at(&place, Message::new("fault-repeated-column")));
        }
    }
    let order: Vec<Option<usize>> =
        schema.attributes.iter().map(|a| names.iter().position(|n| *n == a.name)).collect();
    for (a, _) in schema.attributes.iter().zip(&order).filter(|(_, p)| p.is_none()) {
        let place = Place { file, row: Some(header.line), column: Some(&a.name), value: None };
        problems.push(at(&place, Message::new("fault-missing-column")));
    }
    (problems.len() == before).then(|| order.into_iter().flatten().collect())
}

/// A cell as it is kept; empty if it is blank.
fn cell<'t>(
    schema: &TableSchema,
    a: &'t Attribute,
    text: &'t str,
    file: &str,
    line: u64,
    problems: &mut Problems,
) -> &'t str {
    if text.is_empty() {
        if a.required {
            let place = Place { file, row: Some(line), column: Some(&a.name), value: None };
            problems.push(at(&place, Message::new("fault-blank")));
        }
        return a.default.as_deref().unwrap_or_default();
    }
    if let Some(what) = fault_of(schema, a, text) {
        problems.push(at(&Place { file, row: Some(line), column: Some(&a.name), value: Some(text) }, what));
    }
    text
}

fn fault_of(schema: &TableSchema, a: &Attribute, text: &str) -> Option<Message> {
    if text.starts_with('=') {
        return Some(Message::new("fault-spreadsheet-formula"));
    }
    // A text has no more characters than bytes, and of those that are plain all can be seen.
    if text.len() > MAX_CELL_CHARS && text.chars().count() > MAX_CELL_CHARS {
        return Some(Message::new("fault-cell-too-long"));
    }
    let plain = text.bytes().all(|b| matches!(b, b' '..=b'~'));
    if !plain && text.chars().any(is_invisible) {
        return Some(Message::new("fault-control-character"));
    }
    match a.kind {
        Kind::Text => None,
        Kind::Formula => (text.len() > MAX_FORMULA_CHARS).then(|| Message::new("fault-cell-too-long")),
        Kind::Id | Kind::Ref if text.len() > MAX_ID_CHARS && text.chars().count() > MAX_ID_CHARS => {
            Some(Message::new("fault-cell-too-long"))
        }
        Kind::Ref if text.contains([';', ',']) => {
            // Companies have several owners more often than anything else has several of what it refers to.
            let owner = (schema.name.as_str(), a.name.as_str()) == ("companies", "parent");
            Some(Message::new(if owner { "fault-owners" } else { "fault-several" }))
        }
        Kind::Id | Kind::Ref => (!is_id(text)).then(|| Message::new("fault-id")),
        Kind::Refs => (!text.split(';').all(|p| is_id(p.trim()))).then(|| Message::new("fault-ids")),
        Kind::Enum => (!a.allowed.iter().any(|w| w == text))
            .then(|| Message::new("fault-word").text("allowed", a.allowed.join(", "))),
        Kind::Integer => match integer(text) {
            Some(v) => (v.unsigned_abs() > MAX_INTEGER).then(|| Message::new("fault-integer-range")),
            None => Some(number_fault(text, "fault-integer")),
        },
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
    Message::new(if is_date(text) && text.contains('-') || is_spreadsheet_date(text) {
        "fault-date-for-number"
    } else if text.contains(',') {
        "fault-thousands-separator"
    } else {
        otherwise
    })
}

/// A hyphen alone is how a blank key is written in addresses.
fn is_id(text: &str) -> bool {
    let all = text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '-'));
    all && text.chars().any(char::is_alphanumeric)
}

/// Control characters, marks that turn the direction of a text, and what is left of a letter that was not decoded.
fn is_invisible(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\t')
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        || matches!(c, '\u{feff}' | '\u{fffd}')
}

/// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, of the calendar.
pub(super) fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let number = |p: &str, digits: usize| -> Option<u32> {
        p.parse().ok().filter(|_| p.len() == digits && p.bytes().all(|b| b.is_ascii_digit()))
    };
    let month = |m: &str| number(m, 2).filter(|m| (1..=12).contains(m));
    match parts.as_slice() {
        [y] => number(y, 4).is_some(),
        [y, m] => number(y, 4).is_some() && month(m).is_some(),
        [y, m, d] => match (number(y, 4), month(m), number(d, 2)) {
            (Some(y), Some(m), Some(d)) => (1..=days(y, m)).contains(&d),
            _ => false,
        },
        _ => false,
    }
}

fn days(year: u32, month: u32) -> u32 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// What spreadsheets make of a number such as 3.14 or 1-2: `14/03/2025`, `2025/3/14`, `14.03.2025`.
fn is_spreadsheet_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split(['/', '.', '-']).collect();
    parts.len() == 3
        && parts.iter().all(|p| (1..=4).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_digit()))
}

/// A decimal number as people type it; no NaN, no infinity, no separators.
fn number(text: &str) -> Option<f64> {
    let plain = text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+' | b'e' | b'E'));
    text.parse::<f64>().ok().filter(|v| plain && v.is_finite())
}

/// A whole number in the one way to write it, because keys are compared as text.
fn integer(text: &str) -> Option<i64> {
    let sign = usize::from(text.starts_with('-'));
    let digits = &text[sign..];
    let plain = digits.bytes().all(|b| b.is_ascii_digit()) && !digits.is_empty();
    let canonical = plain && (text == "0" || !digits.starts_with('0'));
    // A number with more digits than any machine holds is still a whole number.
    canonical.then(|| text.parse().unwrap_or(i64::MAX))
}

/// Adds the figures of a table to a list, and to its rows where they stand there.
///
/// Tables come by name and rows by key, and `/` stands before all that a name of a table is made of: the list is in order
/// of address.
pub(super) fn figures(sheet: &mut Sheet, list: &mut Vec<Figure>, problems: &mut Problems) {
    for at in 0..sheet.rows.len() {
        let Some(found) = figure(sheet, &sheet.rows[at], problems) else { continue };
        sheet.rows[at].figure = Some(FigureId(list.len() as u32));
        list.push(found);
    }
}

/// The figure of a row, in base units; faults of the nine columns among each other are reported.
pub fn figure(sheet: &Sheet, row: &Row, problems: &mut Problems) -> Option<Figure> {
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

    let mut fault = |column: &'static str, what: Message| {
        let file = sheet.schema.file();
        problems.push(at(&sheet.place(&file, row, column), what));
    };
    match standing {
        Standing::Reported | Standing::Estimated if sources.is_empty() => {
            fault("source", "fault-no-source".into())
        }
        Standing::Derived if formula_text.is_none() => fault("formula", "fault-no-formula".into()),
        Standing::Assumed if note.is_none() => fault("note", "fault-no-reason".into()),
        _ => {}
    }
    if standing == Standing::Assumed && value.is_some() && (low.is_none() || high.is_none()) {
        fault(if low.is_none() { "low" } else { "high" }, "fault-no-range".into());
    }
    if formula_text.is_some() && standing != Standing::Derived {
        fault("standing", "fault-formula-not-derived".into());
    }
    let ends = [("low", low), ("value", value), ("high", high)];
    for (i, (column, a)) in ends.iter().enumerate() {
        if let Some(a) = a {
            if ends[i + 1..].iter().any(|(_, b)| b.is_some_and(|b| *a > b * (1.0 + 1e-9) && *a > b)) {
                fault(column, "fault-range-order".into());
            }
            let below = sheet.schema.minimum.is_some_and(|m| *a < m);
            // In base units a number may be beyond what can be reckoned with.
            let above = sheet.schema.maximum.is_some_and(|m| *a > m * (1.0 + 1e-9)) || a.is_infinite();
            if below {
                let least = sheet.schema.minimum.unwrap_or(f64::MIN);
                fault(column, bound("fault-below-minimum", least / meaning.factor, sheet.text(row, "unit")));
            }
            if above {
                let most = sheet.schema.maximum.unwrap_or(f64::MAX);
                fault(column, bound("fault-above-maximum", most / meaning.factor, sheet.text(row, "unit")));
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

/// A figure beyond a bound of its table, which is said in the unit of the row.
fn bound(id: &'static str, allowed: f64, unit: &str) -> Message {
    let number = if allowed.abs() < 1e15 { format!("{allowed}") } else { format!("{allowed:.1e}") };
    let plain = ["1", "fraction", "year"].contains(&unit);
    Message::new(id).text("allowed", if plain { number } else { format!("{number} {unit}") })
}

/// Whether an item counted in `item_unit` can be measured in `unit`.
pub fn same_kind(item_unit: &str, unit: Unit) -> bool {
    matches!((item_unit, unit), ("kg", Unit::Kg) | ("piece", Unit::Piece))
}
