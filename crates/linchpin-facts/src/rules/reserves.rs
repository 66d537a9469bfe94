//! Published reserves become rows of `reserves`.

use super::reading::{Reading, find};
use super::{Work, filled, note, origin};
use crate::fault::What;
use crate::lines::Record;
use std::collections::BTreeSet;

const FILE: &str = "production.csv";

/// Applies one rule.
pub(super) fn apply(rule: Record<'_>, work: &mut Work<'_>) {
    if !filled(rule, &["item", "material", "source", "year"], &mut work.faults) {
        return;
    }
    let Some(sheet) = work.facts.file(FILE) else {
        work.fault(rule, "material", What::Missing);
        return;
    };
    let wanted = [
        ("stage", "reserves"),
        ("material", rule.get("material")),
        ("source", rule.get("source")),
        ("year", rule.get("year")),
        ("basis", rule.get("basis")),
    ];
    let facts = match find(sheet, &wanted, rule, "material") {
        Ok(facts) => facts,
        Err(fault) => return work.faults.push(fault),
    };
    let mut seen = BTreeSet::new();
    for fact in facts.into_iter().filter(|f| f.get("country") != "WLD") {
        let country = fact.get("country");
        if !seen.insert(country) {
            let lines = fact.line.number.to_string();
            work.fault(rule, "material", What::SeveralFacts(country.to_owned(), lines));
            continue;
        }
        if work.name(rule, "countries", country, "code").is_none() {
            continue;
        }
        let reading = match Reading::of(fact, false, rule) {
            Ok(reading) => reading,
            Err(fault) => {
                work.faults.push(fault);
                continue;
            }
        };
        work.used.mark(FILE, fact);
        let note = note([reading.about.as_str(), rule.get("note")]);
        let cells = [
            ("item", rule.get("item")),
            ("country", country),
            ("measure", "reserve"),
            ("value", &reading.value),
            ("low", &reading.low),
            ("high", &reading.high),
            ("unit", "t"),
            ("year", rule.get("year")),
            ("source", &reading.source),
            ("standing", reading.standing),
            ("note", &note),
        ];
        work.emit("reserves", &cells, &origin(rule));
    }
}
