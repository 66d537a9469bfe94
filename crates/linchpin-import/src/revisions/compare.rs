//! What changed from one revision to the next.

use super::snapshot::{Entry, Snapshot};
use std::collections::BTreeSet;

/// How a line changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Added,
    Removed,
    /// Counted otherwise.
    Counted,
    /// Something that is said of it is other.
    Said,
}

/// A line that changed.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Change {
    /// What tells the line from others.
    pub(crate) key: String,
    pub(crate) kind: Kind,
    /// What it is called.
    pub(crate) called: String,
    /// Dollars of the line in one product, before or after, whichever is more.
    pub(crate) value: Option<f64>,
    /// Dollars of parts in one product that are of no use any more.
    pub(crate) scrapped: Option<f64>,
}

/// Counts nearer than this are the same.
const SAME: f64 = 1e-9;

/// Lines that are not the same in both, by key.
pub(crate) fn changes(before: &Snapshot, after: &Snapshot) -> Vec<Change> {
    let keys: BTreeSet<&String> = before.entries.keys().chain(after.entries.keys()).collect();
    let change = |key: &String| {
        let (old, new) = (before.entries.get(key), after.entries.get(key));
        let (kind, scrapped) = differ(old, new)?;
        let values = [old, new].map(|entry| entry.and_then(Entry::value));
        let value = match values {
            [Some(a), Some(b)] => Some(a.max(b)),
            [a, b] => a.or(b),
        };
        let called = new.or(old).map_or(String::new(), |entry| entry.called.clone());
        Some(Change { key: key.clone(), kind, called, value, scrapped })
    };
    keys.into_iter().filter_map(change).collect()
}

/// How a line changed, and the dollars of parts that are of no use any more: all of those that are gone or other, the surplus of those that
/// are counted less.
fn differ(old: Option<&Entry>, new: Option<&Entry>) -> Option<(Kind, Option<f64>)> {
    match (old, new) {
        (None, Some(_)) => Some((Kind::Added, Some(0.0))),
        (Some(old), None) => Some((Kind::Removed, old.value())),
        (Some(old), Some(new)) if old.said != new.said => Some((Kind::Said, old.value())),
        (Some(old), Some(new)) if (old.quantity - new.quantity).abs() > SAME * old.quantity.abs() => {
            let fewer = (old.quantity - new.quantity).max(0.0);
            Some((Kind::Counted, old.price.map(|price| price * fewer)))
        }
        _ => None,
    }
}
