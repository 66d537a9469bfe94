//! The rules: each turns rows of facts into rows of tables.

mod alloys;
mod maker;
mod reading;
mod reserves;
mod series;
mod trade;

use crate::facts::{Facts, Used};
use crate::fault::{Fault, Place, What};
use crate::lines::{Record, Sheet};
use crate::tables::{Origin, Tables};
use std::collections::BTreeMap;
use std::rc::Rc;

/// Names of the rule files and the columns that each needs.
pub(crate) const KINDS: [(&str, &[&str]); 6] = [
    ("alloys", &["item", "material"]),
    ("feeds", &["element", "item", "slot"]),
    ("ledger", &["file", "match", "in", "left_out"]),
    ("reserves", &["item", "material", "source", "year"]),
    (
        "series",
        &["stem", "item", "file", "material", "stage", "source", "year", "measure", "name_en", "name_zh"],
    ),
    ("trade", &["commodity", "material", "form"]),
];

/// Rule files by kind.
pub(crate) type Rules = BTreeMap<String, Vec<Sheet>>;

/// What rules read and write.
pub(crate) struct Work<'a> {
    pub(crate) facts: &'a Facts,
    pub(crate) tables: Tables,
    pub(crate) used: Used,
    pub(crate) faults: Vec<Fault>,
}

/// Applies all rules but the ledger.
pub(crate) fn apply(rules: &Rules, work: &mut Work<'_>) {
    let of =
        |kind: &str| rules.get(kind).map(Vec::as_slice).unwrap_or_default().iter().flat_map(Sheet::records);
    for rule in of("series") {
        series::apply(rule, work);
    }
    for rule in of("reserves") {
        reserves::apply(rule, work);
    }
    let feeds = alloys::feeds(of("feeds"), work);
    for rule in of("alloys") {
        alloys::apply(rule, &feeds, work);
    }
    for rule in of("trade") {
        trade::apply(rule, work);
    }
}

impl Work<'_> {
    fn fault(&mut self, rule: Record<'_>, column: &str, what: What) {
        self.faults.push(rule.fault(column, what));
    }

    fn emit(&mut self, table: &str, cells: &[(&str, &str)], origin: &Origin) {
        if let Err(fault) = self.tables.emit(table, cells, origin) {
            self.faults.push(fault);
        }
    }

    /// A cell of a row that must be there; a fault of the rule if it is not.
    fn name(&mut self, rule: Record<'_>, table: &'static str, key: &str, column: &str) -> Option<String> {
        let found = self.tables.cell(table, key, column).map(str::to_owned);
        if found.is_none() {
            let place =
                Place { value: Some(key.to_owned()), ..Place::line(&rule.sheet.file, rule.line.number) };
            let fault = Fault::at(place, What::Unknown(table));
            // A country that a series lacks is lacking in all its years.
            if !self.faults.contains(&fault) {
                self.faults.push(fault);
            }
        }
        found
    }
}

/// Whether all these cells are filled in; each that is not is a fault.
fn filled(rule: Record<'_>, columns: &[&str], faults: &mut Vec<Fault>) -> bool {
    let before = faults.len();
    let blank = columns.iter().filter(|c| rule.get(c).is_empty());
    faults.extend(blank.map(|c| rule.fault(c, What::Blank)));
    faults.len() == before
}

fn origin(rule: Record<'_>) -> Origin {
    Origin { file: Rc::from(rule.sheet.file.as_str()), line: rule.line.number, by_rule: true }
}

/// Parts of a remark that are there, joined.
fn note<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    let mut seen: Vec<&str> = vec![];
    for part in parts {
        if !part.is_empty() && !seen.contains(&part) {
            seen.push(part);
        }
    }
    seen.join("; ")
}
