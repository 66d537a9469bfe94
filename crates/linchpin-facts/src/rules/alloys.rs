//! A published composition becomes the contents of an alloy and the recipe that melts it.

use super::{Work, filled, note, origin};
use crate::fault::What;
use crate::lines::Record;
use crate::number;
use std::collections::BTreeMap;

const FILE: &str = "material_compositions.csv";
/// Carbon is tracked as graphite only; that of steel comes with the coke.
const NOT_GRAPHITE: &str = "C";
/// The remark of the facts on what was taken from a standard.
const VERIFY: &str = "standard limit, verify before use";

/// Which item supplies an element when an alloy is melted, and the slot it goes into.
pub(super) type Feeds = BTreeMap<String, (String, String)>;

/// Reads the feeds.
pub(super) fn feeds<'a>(rules: impl Iterator<Item = Record<'a>>, work: &mut Work<'_>) -> Feeds {
    let mut feeds: BTreeMap<String, ((String, String), String)> = BTreeMap::new();
    for rule in rules {
        if !filled(rule, &["element", "item", "slot"], &mut work.faults) {
            continue;
        }
        let feed = (rule.get("item").to_owned(), rule.get("slot").to_owned());
        match feeds.get(rule.get("element")) {
            Some((_, first)) => work.fault(rule, "element", What::Duplicate(first.clone())),
            None => {
                feeds.insert(rule.get("element").to_owned(), (feed, rule.at()));
            }
        }
    }
    feeds.into_iter().map(|(element, (feed, _))| (element, feed)).collect()
}

/// Applies one rule.
pub(super) fn apply(rule: Record<'_>, feeds: &Feeds, work: &mut Work<'_>) {
    if !filled(rule, &["item", "material"], &mut work.faults) {
        return;
    }
    let item = rule.get("item");
    let (Some(name), Some(name_zh)) =
        (work.name(rule, "items", item, "name_en"), work.name(rule, "items", item, "name_zh"))
    else {
        return;
    };
    let Some(sheet) = work.facts.file(FILE) else {
        work.fault(rule, "material", What::Missing);
        return;
    };
    let wanted = [("material", rule.get("material"))];
    let facts = match super::reading::find(sheet, &wanted, rule, "material") {
        Ok(facts) => facts,
        Err(fault) => return work.faults.push(fault),
    };
    let origin = origin(rule);
    let recipe = format!("make_{item}");
    let how = match rule.get("note") {
        "" => format!("{name}: melting, casting and rolling or drawing"),
        note => note.to_owned(),
    };
    work.emit("recipes", &[("id", &recipe), ("note", &how)], &origin);
    let one = [("value", "1"), ("unit", "kg"), ("standing", "derived"), ("formula", "1")];
    let note = ("note", "by definition: one run makes one kg");
    let output = [("recipe", recipe.as_str()), ("item", item), ("role", "main"), note];
    work.emit("outputs", &[output.as_slice(), &one].concat(), &origin);
    let yielded = rule.get("yield");
    if !yielded.is_empty() {
        let cells = [
            ("recipe", recipe.as_str()),
            ("unit", "fraction"),
            ("standing", "derived"),
            ("formula", yielded),
        ];
        work.emit("yields", &cells, &origin);
    }
    // Several elements may come in with one item.
    let mut inputs: BTreeMap<&(String, String), Vec<String>> = BTreeMap::new();
    for fact in facts {
        let element = fact.get("element");
        let Some(element_zh) = work.tables.cell("elements", element, "name_zh").map(str::to_owned) else {
            continue;
        };
        if element == NOT_GRAPHITE {
            continue;
        }
        let Some(feed) = feeds.get(element) else {
            work.fault(rule, "material", What::NoFeed(element.to_owned()));
            continue;
        };
        let parameter = format!("{}_in_{item}", element.to_lowercase());
        let names = [format!("{element} in {name}"), format!("{name_zh}中的{element_zh}含量")];
        if !fraction(fact, &parameter, &names, work) {
            continue;
        }
        work.used.mark(FILE, fact);
        let content = [
            ("item", item),
            ("element", element),
            ("unit", "fraction"),
            ("standing", "derived"),
            ("formula", &parameter),
        ];
        work.emit("contents", &content, &origin);
        inputs.entry(feed).or_default().push(parameter);
    }
    for ((feed, slot), parameters) in inputs {
        let formula = parameters.join(" + ");
        let cells = [
            ("recipe", recipe.as_str()),
            ("slot", slot),
            ("item", feed),
            ("choice", "used"),
            ("supply", "buy"),
            ("unit", "kg"),
            ("standing", "derived"),
            ("formula", &formula),
        ];
        work.emit("inputs", &cells, &origin);
    }
}

/// The mass fraction of an element as a parameter, with the place of the fact. Whether it could be read.
fn fraction(fact: Record<'_>, id: &str, names: &[String; 2], work: &mut Work<'_>) -> bool {
    let columns = ["mass_fraction_typical", "mass_fraction_low", "mass_fraction_high"];
    let before = work.faults.len();
    let numbers = columns.map(|column| {
        let number = number::tidy(fact.get(column));
        if number.is_none() {
            work.fault(fact, column, What::Number);
        }
        number.unwrap_or_default()
    });
    let (standing, opening) = match fact.get("tier") {
        "published" => ("estimated", ""),
        "standard" => ("assumed", "midpoint of the limits of the standard; limits recalled, not re-read"),
        "engineering estimate" => ("assumed", "engineering estimate of the source table, not a maker figure"),
        _ => {
            let words = "published, standard, engineering estimate";
            work.fault(fact, "tier", What::Word(words.to_owned()));
            ("", "")
        }
    };
    if work.faults.len() > before {
        return false;
    }
    // What the opening says better is not said again.
    let remarks = fact.get("note").split(';').map(str::trim).filter(|r| *r != VERIFY);
    let note = note([opening].into_iter().chain(remarks));
    let cells = [
        ("id", id),
        ("name_en", names[0].as_str()),
        ("name_zh", &names[1]),
        ("value", &numbers[0]),
        ("low", &numbers[1]),
        ("high", &numbers[2]),
        ("unit", "fraction"),
        ("source", fact.get("source_ids")),
        ("standing", standing),
        ("note", &note),
    ];
    work.emit("parameters", &cells, &origin(fact));
    true
}
