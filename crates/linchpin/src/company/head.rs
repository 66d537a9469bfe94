//! Who a company is, in a few sentences, and what the page leaves out.

use super::Page;
use super::plants::Role;
use crate::atlas::Row;
use linchpin_table::Message;
use std::collections::BTreeSet;

/// Name, headquarters, owner, what it owns, and how many plants count as what.
pub(super) fn headlines(page: &Page<'_, '_>) -> Vec<Message> {
    let companies = page.model.atlas.sheet("companies");
    let id = page.company.key.as_str();
    let named = |message: &'static str| Message::new(message).name("company", id);
    let country = companies.text(page.company, "country");
    let mut lines = vec![match companies.get(page.company, "ticker") {
        Some(ticker) => named("company-who-listed").text("ticker", ticker).name("country", country),
        None => named("company-who").name("country", country),
    }];
    let owners = owners(page);
    match (owners.first(), owners.last()) {
        (Some(owner), Some(last)) if owner == last => {
            lines.push(Message::new("company-owner").name("owner", *owner))
        }
        (Some(owner), Some(last)) => {
            lines.push(Message::new("company-owners").name("owner", *owner).name("ultimate", *last));
        }
        _ => lines.push(Message::new("company-unowned")),
    }
    let owned = owned(page);
    if !owned.is_empty() {
        lines.push(Message::new("company-owns").names("owned", owned));
    }
    let count = |role| page.plants.iter().filter(|p| p.role == role).count() as i64;
    lines.push(match page.plants.len() {
        0 => named("company-no-plants"),
        _ => Message::new("company-counts")
            .integer("producers", count(Role::Producer))
            .integer("developers", count(Role::Developer))
            .integer("explorers", count(Role::Explorer))
            .integer("idle", count(Role::Idle)),
    });
    lines
}

/// Its owners, the nearest first.
fn owners<'p>(page: &'p Page<'_, '_>) -> Vec<&'p str> {
    let companies = page.model.atlas.sheet("companies");
    let parent = |row: &Row| companies.get(row, "parent").and_then(|id| companies.find(id));
    let mut owners: Vec<&str> = vec![];
    let mut at = parent(page.company);
    // Owners that own each other would be walked for ever.
    while let Some(row) = at.filter(|r| !owners.contains(&r.key.as_str())) {
        owners.push(&row.key);
        at = parent(row);
    }
    owners
}

/// Everything that it owns, directly or not, by id.
fn owned<'p>(page: &'p Page<'_, '_>) -> Vec<&'p str> {
    let companies = page.model.atlas.sheet("companies");
    let mut found: BTreeSet<&str> = BTreeSet::from([page.company.key.as_str()]);
    loop {
        let more =
            companies.rows.iter().filter(|r| companies.get(r, "parent").is_some_and(|p| found.contains(p)));
        let more: Vec<&str> = more.map(|r| r.key.as_str()).filter(|id| !found.contains(id)).collect();
        if more.is_empty() {
            break;
        }
        found.extend(more);
    }
    found.remove(page.company.key.as_str());
    found.into_iter().collect()
}

/// What has no table, and why.
pub(super) fn notes(page: &Page<'_, '_>) -> Vec<Message> {
    let mut notes = vec![];
    let reached: BTreeSet<&str> =
        page.links().flat_map(|l| l.plants.iter().map(|p| p.item.as_str())).collect();
    let product = page.model.product.item.as_str();
    let made: BTreeSet<&str> = page.plants.iter().map(|p| p.item).collect();
    let elsewhere: Vec<&str> = made.into_iter().filter(|i| !reached.contains(i) && *i != product).collect();
    if !elsewhere.is_empty() {
        notes
            .push(Message::new("note-company-not-inside").name("product", product).names("items", elsewhere));
    }
    if page.plants.iter().all(|p| !page.is_outside(p.country)) {
        notes.push(page.of_country("note-company-all-inside"));
    }
    let alone: Vec<&str> = page
        .links()
        .filter(|l| l.plants.iter().all(|p| page.is_outside(&p.country)))
        .map(|l| l.id.as_str())
        .collect();
    if !alone.is_empty() {
        notes.push(page.of_country("note-company-not-hit").names("items", alone));
    }
    notes
}
