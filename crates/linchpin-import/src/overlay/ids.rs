//! Ids of what is added to an atlas.

use crate::number::plain;
use std::collections::{BTreeMap, BTreeSet};

/// Ids that are taken, and the number that is tried next for words that are.
pub(crate) struct Ids {
    taken: BTreeSet<String>,
    next: BTreeMap<String, usize>,
}

impl Ids {
    /// None is given out but those that the atlas has.
    pub(crate) fn new(taken: impl Iterator<Item = String>) -> Ids {
        Ids { taken: taken.collect(), next: BTreeMap::new() }
    }

    /// A new id of these words: letters, digits, lines.
    pub(crate) fn id(&mut self, alias: &str, title: &str) -> String {
        let mut words = String::new();
        for c in plain(title).to_lowercase().chars() {
            match c {
                c if c.is_alphanumeric() => words.push(c),
                _ if !words.ends_with('_') && !words.is_empty() => words.push('_'),
                _ => {}
            }
        }
        let words: String = words.trim_matches('_').chars().take(60).collect();
        let base = format!("{alias}_{}", if words.is_empty() { "part" } else { words.trim_end_matches('_') });
        if self.taken.insert(base.clone()) {
            return base;
        }
        // Ten thousand screws are numbered in one go, not each from the beginning.
        let number = self.next.entry(base.clone()).or_insert(2);
        loop {
            let found = format!("{base}_{number}");
            *number += 1;
            if self.taken.insert(found.clone()) {
                return found;
            }
        }
    }
}
