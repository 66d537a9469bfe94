//! The shipped atlas, taken apart so that tests can break it.

#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use linchpin::atlas::{Atlas, Files, Overlay, Schema, TableSchema};
use linchpin_table::Problem;
use std::collections::{BTreeMap, BTreeSet};

/// A table as text.
#[derive(Debug, Clone)]
pub(crate) struct Sheet {
    /// Its schema.
    pub(crate) schema: &'static TableSchema,
    /// Names of the columns.
    pub(crate) header: Vec<String>,
    /// Cells.
    pub(crate) rows: Vec<Vec<String>>,
}

impl Sheet {
    /// A table of the base atlas; without rows if it has no such file.
    pub(crate) fn of(files: &Files, table: &str) -> Sheet {
        let schema = Schema::get().table(table).unwrap();
        let Some(bytes) = files.get(&schema.file()) else {
            let header = schema.attributes.iter().map(|a| a.name.clone()).collect();
            return Sheet { schema, header, rows: vec![] };
        };
        let mut records = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes.as_slice());
        let mut rows: Vec<Vec<String>> =
            records.records().map(|r| r.unwrap().iter().map(str::to_owned).collect()).collect();
        let header = rows.remove(0);
        Sheet { schema, header, rows }
    }

    /// Position of a column.
    pub(crate) fn column(&self, name: &str) -> usize {
        self.header.iter().position(|h| h == name).unwrap()
    }

    /// Changes a cell.
    pub(crate) fn set(&mut self, row: usize, column: &str, value: &str) -> &mut Sheet {
        let column = self.column(column);
        self.rows[row][column] = value.to_owned();
        self
    }

    /// A cell.
    pub(crate) fn get(&self, row: usize, column: &str) -> &str {
        &self.rows[row][self.column(column)]
    }

    /// Adds a row of which some cells are given.
    pub(crate) fn add(&mut self, cells: &[(&str, &str)]) -> usize {
        let cell = |h: &String| cells.iter().find(|(n, _)| n == h).map_or(String::new(), |c| c.1.to_owned());
        let row = self.header.iter().map(cell).collect();
        self.rows.push(row);
        self.rows.len() - 1
    }

    /// Line of a row in the file.
    pub(crate) fn line(&self, row: usize) -> u64 {
        let lines = |r: &Vec<String>| 1 + r.iter().map(|c| c.matches('\n').count() as u64).sum::<u64>();
        2 + self.rows[..row].iter().map(lines).sum::<u64>()
    }

    /// The row whose first cells are these.
    pub(crate) fn find(&self, key: &[&str]) -> usize {
        self.rows.iter().position(|r| r.iter().zip(key).all(|(a, b)| a == b)).unwrap()
    }

    /// The lines of the file, without line breaks.
    pub(crate) fn lines(&self) -> Vec<String> {
        std::iter::once(&self.header).chain(&self.rows).map(|r| line(r)).collect()
    }

    /// The file.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        self.lines().into_iter().flat_map(|l| (l + "\n").into_bytes()).collect()
    }

    /// The atlas with this table in the place of its own.
    pub(crate) fn within(&self, files: &Files) -> Files {
        with(files, &self.schema.file(), self.bytes())
    }
}

/// A row as text.
pub(crate) fn line(cells: &[String]) -> String {
    let quote = |c: &String| match c.contains([',', '"', '\n', '\r']) {
        true => format!("\"{}\"", c.replace('"', "\"\"")),
        false => c.clone(),
    };
    cells.iter().map(quote).collect::<Vec<_>>().join(",")
}

/// The files with one of them replaced.
pub(crate) fn with(files: &Files, name: &str, bytes: Vec<u8>) -> Files {
    let mut files = files.clone();
    files.insert(name.to_owned(), bytes);
    files
}

/// The shipped atlas, with at least one row in every table, and a known figure in every table of figures.
pub(crate) fn base() -> Files {
    let mut files: Files =
        linchpin_atlas::files().iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())).collect();
    let mut shares = Sheet::of(&files, "shares");
    if shares.rows.is_empty() {
        let outputs = Sheet::of(&files, "outputs");
        let main: Vec<usize> =
            (0..outputs.rows.len()).filter(|r| outputs.get(*r, "role") != "byproduct").collect();
        let once = |r: &&usize| {
            main.iter().filter(|o| outputs.get(**o, "item") == outputs.get(**r, "item")).count() == 1
        };
        let row = *main.iter().filter(|r| outputs.get(**r, "role") == "main").find(once).unwrap();
        let (item, recipe) = (outputs.get(row, "item"), outputs.get(row, "recipe"));
        shares.add(&[
            ("item", item),
            ("recipe", recipe),
            ("value", "1"),
            ("unit", "fraction"),
            ("standing", "derived"),
            ("formula", "1"),
        ]);
        files = shares.within(&files);
    }
    // What a maker has on hand stands in his own atlas.
    let mut stocks = Sheet::of(&files, "stocks");
    stocks.add(&[
        ("product", Sheet::of(&files, "products").get(0, "item")),
        ("item", "harmonic_reducer"),
        ("measure", "on_hand"),
        ("value", "500"),
        ("unit", "piece"),
        ("year", "2026"),
        ("source", Sheet::of(&files, "sources").get(0, "id")),
        ("standing", "reported"),
    ]);
    files = stocks.within(&files);
    assert!(
        Schema::get().tables.iter().all(|t| !Sheet::of(&files, &t.name).rows.is_empty()),
        "a table without rows"
    );
    // All that is published may be a range without a point; its low end then stands for one.
    for table in Schema::get().tables.iter().filter(|t| t.figure) {
        let mut sheet = Sheet::of(&files, &table.name);
        let number =
            |row: usize, column: &str| sheet.get(row, column).parse::<f64>().ok().filter(|v| *v > 0.0);
        let known = |row: usize| number(row, "value").is_some() || !sheet.get(row, "formula").is_empty();
        if (0..sheet.rows.len()).any(known) {
            continue;
        }
        let row = (0..sheet.rows.len()).rev().find(|r| number(*r, "low").is_some());
        let row = row.unwrap_or_else(|| panic!("nothing is known in {}", table.name));
        let low = sheet.get(row, "low").to_owned();
        sheet.set(row, "value", &low);
        files = sheet.within(&files);
    }
    files
}

/// A fault as a test expects it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Expected {
    /// File name.
    pub(crate) file: String,
    /// Line.
    pub(crate) row: Option<u64>,
    /// Column.
    pub(crate) column: Option<String>,
    /// Value; `None` for any.
    pub(crate) value: Option<String>,
    /// Message id.
    pub(crate) id: &'static str,
}

impl Expected {
    /// A fault of a file.
    pub(crate) fn of(file: impl Into<String>, id: &'static str) -> Expected {
        Expected { file: file.into(), row: None, column: None, value: None, id }
    }

    /// A fault of a cell.
    pub(crate) fn cell(sheet: &Sheet, row: usize, column: &str, value: &str, id: &'static str) -> Expected {
        Expected {
            file: sheet.schema.file(),
            row: Some(sheet.line(row)),
            column: Some(column.to_owned()),
            value: (!value.is_empty()).then(|| value.to_owned()),
            id,
        }
    }

    /// Whether a problem is this fault.
    pub(crate) fn is(&self, p: &Problem) -> bool {
        let same = |value: &str, found: &str| match found.strip_suffix('…') {
            Some(start) => value.starts_with(start) && start.chars().count() == 60,
            None => value == found,
        };
        p.file == self.file
            && p.row == self.row
            && p.column == self.column
            && p.what.id == self.id
            && self.value.as_ref().is_none_or(|v| p.value.as_ref().is_some_and(|found| same(v, found)))
    }
}

/// The problems of an atlas that is not sound, checked for what holds of all: sorted, none twice, and said in both
/// languages with the arguments that come with them.
pub(crate) fn problems(files: &Files) -> Vec<Problem> {
    let problems = Atlas::read(files).map(|_| ()).expect_err("the atlas was accepted");
    can_be_said(&problems);
    problems
}

/// Asserts that one fault is among the problems; returns them all.
pub(crate) fn reports(files: &Files, expected: &Expected) -> Vec<Problem> {
    let problems = problems(files);
    assert!(problems.iter().any(|p| expected.is(p)), "{expected:?} is not among {}", listed(&problems));
    problems
}

/// Asserts that one fault is the only problem.
pub(crate) fn reports_only(files: &Files, expected: &Expected) {
    let problems = reports(files, expected);
    assert_eq!(problems.len(), 1, "{expected:?} brings others: {}", listed(&problems));
}

/// The first problems in short.
pub(crate) fn listed(problems: &[Problem]) -> String {
    let short =
        |p: &Problem| format!("\n  {}:{:?}:{:?} {:?} {}", p.file, p.row, p.column, p.value, p.what.id);
    let text: String = problems.iter().take(20).map(short).collect();
    format!("{}{text}", problems.len())
}

/// Asserts that every problem has its sentences in both languages, with the same arguments.
pub(crate) fn can_be_said(problems: &[Problem]) {
    assert!(!problems.is_empty());
    assert!(problems.is_sorted(), "not sorted");
    let languages = [
        messages(include_str!("../../../linchpin-render/messages/en-faults.ftl")),
        messages(include_str!("../../../linchpin-render/messages/zh-faults.ftl")),
    ];
    for p in problems {
        assert_eq!(p.mend.id, format!("{}-mend", p.what.id));
        for message in [&p.what, &p.mend] {
            for language in &languages {
                let wanted =
                    language.get(message.id.as_ref()).unwrap_or_else(|| panic!("no text for {}", message.id));
                assert!(
                    wanted.iter().all(|v| message.args.contains_key(v)),
                    "{message:?} lacks one of {wanted:?}"
                );
            }
        }
    }
}

/// Ids of a language file, with the variables of each.
fn messages(text: &str) -> BTreeMap<String, BTreeSet<String>> {
    let entry = |l: &str| {
        let (id, sentence) = l.split_once(" = ")?;
        let name = |part: &str| part.split([' ', '}']).next().map(str::to_owned);
        Some((id.to_owned(), sentence.split('$').skip(1).filter_map(name).collect()))
    };
    text.lines().filter(|l| !l.starts_with('#')).filter_map(entry).collect()
}

/// Whatever is read, the result is an atlas or a list of faults.
pub(crate) fn survives(files: &Files) {
    if let Err(problems) = Atlas::read(files) {
        can_be_said(&problems);
    }
}

/// Runs a test for every table, on all cores.
pub(crate) fn each_table(test: impl Fn(&Files, &'static TableSchema) + Sync) {
    let base = base();
    let next = std::sync::atomic::AtomicUsize::new(0);
    let tables = &Schema::get().tables;
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(table) = tables.get(next.fetch_add(1, std::sync::atomic::Ordering::Relaxed)) {
                    test(&base, table);
                }
            });
        }
    });
}

/// A row that holds a figure which is known, and its value as typed.
pub(crate) fn known_row(base: &Files, table: &TableSchema) -> (Sheet, usize, f64) {
    let atlas = Atlas::read(base).unwrap();
    let values = atlas.values(&Overlay::new()).unwrap();
    let sheet = Sheet::of(base, &table.name);
    let read = atlas.sheet(&table.name);
    let known = |row: &linchpin::atlas::Row| {
        let id = row.figure?;
        let value = values.get(id)? / atlas.figures.get(id).factor;
        let index = (0..sheet.rows.len()).find(|r| sheet.line(*r) == row.line)?;
        (value > 0.0).then_some((index, value))
    };
    let (row, value) = read.rows.iter().rev().find_map(known).unwrap();
    (sheet, row, value)
}
