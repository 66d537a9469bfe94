//! Who owns whom.

use crate::atlas::Atlas;
use crate::atlas::problems::{Problems, at};
use linchpin_table::Message;
use std::collections::{BTreeMap, BTreeSet};

/// How many companies of a circle are named.
const NAMED: usize = 5;

/// Nobody owns himself, neither directly nor through others.
pub(in crate::atlas) fn owners(atlas: &Atlas, problems: &mut Problems) {
    let sheet = atlas.sheet("companies");
    let file = sheet.schema.file();
    let rows = sheet.rows.iter().chain(&sheet.seen.faulty);
    let owner: BTreeMap<&str, &str> =
        rows.filter_map(|r| Some((sheet.get(r, "id")?, sheet.get(r, "parent")?))).collect();
    let mut walked: BTreeSet<&str> = BTreeSet::new();
    let mut circles: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for start in owner.keys() {
        let (mut way, mut at) = (vec![], *start);
        while walked.insert(at) {
            way.push(at);
            match owner.get(at) {
                Some(next) => at = next,
                None => break,
            }
        }
        // Where a walk meets itself there is a circle; what only leads into one is not at fault.
        let Some(first) = way.iter().position(|c| *c == at && owner.contains_key(c)) else { continue };
        let circle = &way[first..];
        for (i, company) in circle.iter().enumerate() {
            let around = circle.iter().cycle().skip(i).copied();
            let mut named: Vec<&str> = around.take(circle.len().min(NAMED) + 1).collect();
            if circle.len() > NAMED {
                named[NAMED] = "…";
            }
            circles.insert(company, named);
        }
    }
    for row in sheet.rows.iter().chain(&sheet.seen.faulty) {
        let Some(circle) = sheet.get(row, "id").and_then(|id| circles.get(id)) else { continue };
        let what = match circle.len() {
            2 => Message::new("fault-owner-self"),
            _ => Message::new("fault-owner-circle").text("circle", circle.join(" → ")),
        };
        problems.push(at(&sheet.place(&file, row, "parent"), what));
    }
}
