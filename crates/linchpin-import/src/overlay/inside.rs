//! What goes into a part of which its supplier tells something: what he tells, and the rest as its kind has it.

use super::{Maker, text};
use crate::contents::{Amount, Content};
use crate::stand_in::{Bought, StandIn};
use linchpin::atlas::Atlas;
use std::collections::{BTreeMap, BTreeSet};

/// What a supplier tells of an item that is in a part.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Answer {
    /// How much of it is in one part, and the row that says so.
    told: Option<(f64, u32)>,
    /// Whether somebody is named who makes it, in a country of the atlas.
    made: bool,
}

/// What is told of a part, by the item that is in it.
pub(super) type Answers<'s> = BTreeMap<&'s str, Answer>;

/// All that is told, by part.
pub(super) fn answers<'s>(atlas: &Atlas, contents: &[Content<'s>]) -> BTreeMap<usize, Answers<'s>> {
    let items = atlas.sheet("items");
    let mut found: BTreeMap<usize, Answers<'_>> = BTreeMap::new();
    for content in contents.iter().filter(|c| items.find(c.input).is_some()) {
        let Some(part) = content.part else { continue };
        let told = match content.amount {
            Some(Amount::Told(amount)) => Some((amount, content.row)),
            _ => None,
        };
        let made = content.made_in().is_some();
        if told.is_some() || made {
            let answer = found.entry(part).or_default().entry(content.input).or_default();
            (answer.told, answer.made) = (told.or(answer.told), made || answer.made);
        }
    }
    found
}

/// An item that goes into a part.
#[derive(Clone, Debug, PartialEq)]
pub struct Inside {
    /// The item.
    pub item: String,
    /// Where its makers are named, the good that they make for this part: its id and that of its market. Another part's magnets
    /// do not stand in for it.
    pub own: Option<(String, String)>,
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
    /// All that goes into a part, by item; what somebody is named for as a good of its own.
    pub(super) fn inside(
        &mut self,
        id: &str,
        stand_in: Option<&StandIn>,
        answers: &Answers<'_>,
    ) -> Vec<Inside> {
        let stand_ins = self.stand_ins;
        let usual = stand_in
            .into_iter()
            .flat_map(|found| stand_ins.bought(&found.item).into_iter().map(move |bought| (found, bought)));
        let usual: BTreeMap<String, (&StandIn, Bought)> =
            usual.map(|(found, bought)| (bought.item.clone(), (found, bought))).collect();
        let all: BTreeSet<&str> = usual.keys().map(String::as_str).chain(answers.keys().copied()).collect();
        let items = self.atlas.sheet("items");
        let unit = |item: &str| items.find(item).map_or("piece", |row| items.text(row, "unit"));
        let inside = |item: &str| {
            let (answer, usual) = (answers.get(item).copied().unwrap_or_default(), usual.get(item));
            let of = |times: fn(&StandIn) -> f64| usual.map(|(found, bought)| times(found) * bought.amount);
            let (value, low, high) = match answer.told {
                Some((amount, _)) => (amount, amount, amount),
                None => (of(|f| f.value)?, of(|f| f.low)?, of(|f| f.high)?),
            };
            let own = answer.made.then(|| {
                let own = self.new.id(id, item);
                let market = self.pool(item, unit(item)).map_or_else(|| own.clone(), str::to_owned);
                (own, market)
            });
            let kept = usual.map_or(1.0, |(_, bought)| bought.kept);
            Some(Inside { item: item.to_owned(), own, value, low, high, kept, row: answer.told.map(|t| t.1) })
        };
        all.into_iter().filter_map(inside).collect()
    }

    /// The rows of a part of which a supplier tells something; `kind` is the item that stands for the rest.
    pub(super) fn made_of_told(&mut self, id: &str, title: &str, kind: Option<&StandIn>, inside: &[Inside]) {
        let items = self.atlas.sheet("items");
        for part in inside {
            let unit = items.find(&part.item).map_or("piece", |row| items.text(row, "unit"));
            let item = part.own.as_ref().map_or(&part.item, |(own, _)| own).clone();
            let mut row = vec![("recipe", format!("make_{id}")), ("slot", part.item.clone())];
            row.extend([("item", item), ("choice", "used".into()), ("supply", "buy".into())]);
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
            if let Some((own, market)) = &part.own {
                self.own_good(own, market, &part.item, unit, title);
            }
        }
    }

    /// The good that named makers make for a part: what it is of, bought in the market of that.
    fn own_good(&mut self, id: &str, market: &str, item: &str, unit: &str, title: &str) {
        let items = self.atlas.sheet("items");
        let Some(kind) = items.find(item) else { return };
        let pool = if market == id { "" } else { market };
        self.rows.add(
            "items",
            vec![
                ("id", id.to_owned()),
                ("name_en", text(&format!("{title}: {}", items.text(kind, "name_en")))),
                ("name_zh", text(&format!("{title}：{}", items.text(kind, "name_zh")))),
                ("stage", items.text(kind, "stage").to_owned()),
                ("unit", unit.to_owned()),
                ("pool", pool.to_owned()),
            ],
        );
        self.rows.recipe(id, unit);
        let (item, made) =
            if pool.is_empty() { (item.to_owned(), "buy") } else { (self.copied(item), "make") };
        let mut row = vec![("recipe", format!("make_{id}")), ("slot", "as".into()), ("item", item)];
        row.extend([("choice", "used".into()), ("supply", made.into()), ("value", "1".into())]);
        row.extend([("unit", unit.into()), ("standing", "derived".into()), ("formula", "1".into())]);
        row.push(("note", "by definition".into()));
        self.rows.add("inputs", row);
    }
}
