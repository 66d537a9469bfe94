//! What goes into a part of which its supplier tells something: what he tells, and the rest as its kind has it.

use super::Maker;
use crate::contents::{Amount, Content};
use crate::stand_in::{Bought, StandIn};
use std::collections::{BTreeMap, BTreeSet};

/// What a supplier tells of a part, by the item that is in it: lines with an amount.
pub(super) type Answers<'c, 's> = BTreeMap<&'s str, &'c Content<'s>>;

/// An item that goes into a part.
#[derive(Clone, Debug, PartialEq)]
pub struct Inside {
    /// The item.
    pub item: String,
    /// Units of it in one part.
    pub value: f64,
    /// At least.
    pub low: f64,
    /// At most.
    pub high: f64,
    /// Share of what is bought of it that is in the part.
    pub kept: f64,
    /// Number of the row in which the supplier tells it; `None` where it is as its kind has it.
    pub row: Option<u32>,
}

impl Maker<'_, '_, '_> {
    /// All that goes into a part, by item.
    pub(super) fn inside(&self, stand_in: Option<&StandIn>, answers: &Answers<'_, '_>) -> Vec<Inside> {
        let usual = stand_in.into_iter().flat_map(|found| {
            self.stand_ins.bought(&found.item).into_iter().map(move |bought| (found, bought))
        });
        let usual: BTreeMap<String, (&StandIn, Bought)> =
            usual.map(|(found, bought)| (bought.item.clone(), (found, bought))).collect();
        let all: BTreeSet<&str> = usual.keys().map(String::as_str).chain(answers.keys().copied()).collect();
        let inside = |item: &str| {
            let (answer, usual) = (answers.get(item), usual.get(item));
            let told = answer.and_then(|content| match content.amount {
                Some(Amount::Told(amount)) => Some((amount, content.row)),
                _ => None,
            });
            let of = |times: fn(&StandIn) -> f64| usual.map(|(found, bought)| times(found) * bought.amount);
            let (value, low, high) = match told {
                Some((amount, _)) => (amount, amount, amount),
                None => (of(|f| f.value)?, of(|f| f.low)?, of(|f| f.high)?),
            };
            let kept = usual.map_or(1.0, |(_, bought)| bought.kept);
            Some(Inside { item: item.to_owned(), value, low, high, kept, row: told.map(|t| t.1) })
        };
        all.into_iter().filter_map(inside).collect()
    }

    /// The rows of a part of which a supplier tells something; `kind` is the item that stands for the rest.
    pub(super) fn made_of_told(&mut self, id: &str, kind: Option<&StandIn>, inside: &[Inside]) {
        let items = self.atlas.sheet("items");
        for part in inside {
            let unit = items.find(&part.item).map_or("piece", |row| items.text(row, "unit"));
            let mut row = vec![("recipe", format!("make_{id}")), ("slot", part.item.clone())];
            row.extend([("item", part.item.clone()), ("choice", "used".into()), ("supply", "buy".into())]);
            if let Some(line) = part.row {
                row.extend(self.reported(part.value, unit));
                row.push(("note", format!("by its supplier, row {line}")));
            } else {
                row.extend(
                    [("value", part.value), ("low", part.low), ("high", part.high)]
                        .map(|(n, v)| (n, v.to_string())),
                );
                row.extend([("unit", unit.to_owned()), ("standing", "assumed".into())]);
                let kind = kind.map_or("", |found| found.item.as_str());
                row.push(("note", format!("not told by its supplier; as in {kind}")));
            }
            self.rows.add("inputs", row);
            if part.kept < 1.0 {
                let mut row = vec![("recipe", format!("make_{id}")), ("slot", part.item.clone())];
                row.extend([("value", part.kept.to_string()), ("unit", "fraction".into())]);
                row.extend([("standing", "derived".into()), ("formula", part.kept.to_string())]);
                row.push(("note", "scrap on the way, as in the kind that stands for it".into()));
                self.rows.add("yields", row);
            }
        }
    }
}
