//! Sources: a row of the facts for every source that is cited and not written by hand.

use crate::facts::Facts;
use crate::fault::{Fault, Place, What};
use crate::lines::Record;
use crate::tables::{Origin, Tables};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

const FILES: [&str; 2] = ["sources.csv", "sources_humanoid.csv"];
const TIERS: [&str; 5] = ["primary", "secondary", "low", "recalled", "estimate"];

/// Adds the sources that are cited and have no row yet.
pub(crate) fn add_cited(facts: &Facts, tables: &mut Tables, faults: &mut Vec<Fault>) {
    let known: BTreeMap<&str, Record<'_>> = FILES
        .iter()
        .filter_map(|f| facts.file(f))
        .flat_map(|sheet| sheet.records().map(|r| (r.get("id"), r)))
        .collect();
    let mut cited: BTreeSet<String> = BTreeSet::new();
    for (table, rows) in tables.all() {
        for (i, column) in table.attributes.iter().enumerate() {
            if column.refers_to.as_deref() != Some("sources") {
                continue;
            }
            for row in rows.values() {
                for id in row.cells.get(i).map_or("", String::as_str).split(';').map(str::trim) {
                    if id.is_empty() || tables.cell("sources", id, "id").is_some() {
                        continue;
                    }
                    if known.contains_key(id) {
                        cited.insert(id.to_owned());
                        continue;
                    }
                    let place = Place {
                        column: Some(column.name.clone()),
                        value: Some(id.to_owned()),
                        ..Place::line(&row.origin.file, row.origin.line)
                    };
                    faults.push(Fault::at(place, What::UnknownSource));
                }
            }
        }
    }
    for (id, fact) in known {
        if !cited.contains(id) {
            continue;
        }
        let file = Rc::from(fact.sheet.file.as_str());
        let origin = Origin { file, line: fact.line.number, by_rule: true };
        let cells = [
            ("id", id),
            ("title", fact.get("title")),
            ("publisher", fact.get("publisher")),
            ("year", fact.get("year")),
            ("url", fact.get("url")),
            ("tier", tier(fact.get("tier"))),
        ];
        if let Err(fault) = tables.emit("sources", &cells, &origin) {
            faults.push(fault);
        }
    }
}

/// How close the reader was to the original, in the words of the schema. A file without tiers is of pages that were
/// read about the original, which are secondary.
fn tier(word: &str) -> &'static str {
    if word == "standard-recalled" {
        return "recalled";
    }
    TIERS.into_iter().find(|t| *t == word).unwrap_or("secondary")
}

#[cfg(test)]
mod tests {
    use super::tier;

    #[test]
    fn tiers_become_those_of_the_schema() {
        for (word, is) in [
            ("primary", "primary"),
            ("primary-via-survey", "secondary"),
            ("standard-recalled", "recalled"),
            ("low", "low"),
            ("", "secondary"),
        ] {
            assert_eq!(tier(word), is);
        }
    }
}
