//! Names of products, and the markets of items.

use super::is_sound;
use crate::atlas::Atlas;
use crate::atlas::problems::{Problems, at};
use crate::atlas::read::Row;
use linchpin_table::Message;
use std::collections::{BTreeMap, BTreeSet};

/// A product has a name of its own on the command line, and a market is counted as what is traded in it.
pub(in crate::atlas) fn names(atlas: &Atlas, problems: &mut Problems) {
    let products = atlas.sheet("products");
    let mut first: BTreeMap<&str, u64> = BTreeMap::new();
    let mut rows: Vec<&Row> = products.rows.iter().collect();
    rows.sort_by_key(|r| r.line);
    for row in rows {
        if let Some(line) = first.insert(products.text(row, "alias"), row.line) {
            let what = Message::new("fault-duplicate-key").integer("first", line as i64);
            problems.push(at(&products.place(&products.schema.file(), row, "alias"), what));
        }
    }
    let items = atlas.sheet("items");
    for row in &items.rows {
        let Some(market) = items.get(row, "pool").and_then(|p| items.find(p)) else { continue };
        let same_unit = items.text(market, "unit") == items.text(row, "unit");
        if !same_unit || items.get(market, "pool").is_some_and(|p| p != market.key) {
            problems.push(at(&items.place(&items.schema.file(), row, "pool"), Message::new("fault-pool")));
        }
    }
}

/// A market that items are sent to has somebody in it: a site that makes the item, or one that is traded in it.
pub(in crate::atlas) fn markets(atlas: &Atlas, problems: &mut Problems) {
    let (items, sites) = (atlas.sheet("items"), atlas.sheet("sites"));
    // A site with a fault may be the one that is missed.
    if !is_sound(sites, problems) || !is_sound(items, problems) {
        return;
    }
    let market = |item| items.find(item).and_then(|row| items.get(row, "pool")).unwrap_or(item);
    let made: BTreeSet<&str> = sites.rows.iter().map(|row| market(sites.text(row, "item"))).collect();
    let file = items.schema.file();
    for row in &items.rows {
        if items.get(row, "pool").is_some_and(|pool| !made.contains(pool)) {
            problems.push(at(&items.place(&file, row, "pool"), Message::new("fault-pool-without-site")));
        }
    }
}
