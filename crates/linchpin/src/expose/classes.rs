//! Published classes of criticality of the elements in what is bought.

use super::market::Market;
use crate::book::Draft;
use crate::model::Model;
use linchpin_table::Message;
use std::collections::BTreeSet;

/// Published lists, as the columns that show them.
const LISTS: [&str; 3] = ["doe_2023", "usgs_2025", "eu_2023"];
/// Classes from worst to best; those of different lists never meet.
const CLASSES: [&str; 7] =
    ["critical", "high", "elevated", "near_critical", "moderate", "limited", "not_critical"];

/// One row a market with an element that some list classes; `None` if there is none.
pub(super) fn table<'m, 'a>(model: &'m Model<'a>, markets: &[Market]) -> Option<Draft<'m, 'a>> {
    let rows = markets.iter().map(|m| (m.name(model).to_owned(), elements(model, m)));
    let rows: Vec<(String, Vec<&str>)> = rows.filter(|r| !r.1.is_empty()).collect();
    if rows.is_empty() {
        return None;
    }
    let names = || rows.iter().map(|r| r.0.clone()).collect::<Vec<_>>();
    let mut draft = Draft::new(model, "classes", names())
        .names("item", names())
        .text("elements", rows.iter().map(|r| Some(decisive(model, &r.1))).collect());
    // A list that the atlas does not hold has no column.
    let sheet = model.atlas.sheet("classes");
    let held = |list: &&str| sheet.rows.iter().any(|r| sheet.text(r, "list") == *list);
    for list in LISTS.into_iter().filter(held) {
        draft = draft.words(list, rows.iter().map(|r| Some(class(model, list, &r.1))).collect());
    }
    Some(draft.note(Message::new("note-classes")))
}

/// Elements in the items that are traded in a market and that some list classes, in the order of the page.
fn elements<'a>(model: &Model<'a>, market: &Market) -> Vec<&'a str> {
    let (contents, classes) = (model.atlas.sheet("contents"), model.atlas.sheet("classes"));
    let classed: BTreeSet<&str> = classes.rows.iter().map(|r| classes.text(r, "element")).collect();
    let inside: BTreeSet<&str> = contents
        .rows
        .iter()
        .filter(|r| market.trades(model, contents.text(r, "item")))
        .filter(|r| r.figure.and_then(|f| model.values.get(f)) != Some(0.0))
        .map(|r| contents.text(r, "element"))
        .collect();
    let sheet = model.atlas.sheet("elements");
    let mut ranked: Vec<(i64, &str)> = sheet
        .rows
        .iter()
        .filter(|r| inside.contains(r.key.as_str()) && classed.contains(r.key.as_str()))
        .map(|r| (sheet.text(r, "rank").parse().unwrap_or(i64::MAX), r.key.as_str()))
        .collect();
    ranked.sort_unstable();
    ranked.into_iter().map(|(_, element)| element).collect()
}

/// Position of the worst class that a list gives any of the elements; `None` where it names none of them.
fn worst(model: &Model<'_>, list: &str, elements: &[&str]) -> Option<usize> {
    let sheet = model.atlas.sheet("classes");
    let listed = sheet.rows.iter().filter(|r| sheet.text(r, "list") == list);
    let ours = listed.filter(|r| elements.contains(&sheet.text(r, "element")));
    ours.filter_map(|r| CLASSES.iter().position(|c| *c == sheet.text(r, "class"))).min()
}

/// The class as a word; empty where the list names none of the elements.
fn class(model: &Model<'_>, list: &str, elements: &[&str]) -> String {
    let worst = worst(model, list, elements);
    worst.map_or_else(String::new, |i| format!("class-{}", CLASSES[i].replace('_', "-")))
}

/// Those of some elements that have the worst class on at least one list.
fn decisive(model: &Model<'_>, elements: &[&str]) -> String {
    let decides = |e: &&&str| {
        let class = |list: &&str| worst(model, list, &[**e]);
        LISTS.iter().any(|list| class(list).is_some() && class(list) == worst(model, list, elements))
    };
    elements.iter().filter(decides).copied().collect::<Vec<_>>().join(" ")
}
