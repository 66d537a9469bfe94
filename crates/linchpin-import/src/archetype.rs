//! Which item of the atlas a line of somebody's bill of materials is.
//!
//! **cells → tokens ([`text`]) → terms of the trade ([`terms`]) → what each cell says ([`phrase`]) → what the line is
//! ([`score`]).** An answer is given only where it is sure; what is not sure is the runner-up, for somebody to look at.
//! Words decide, not statistics: each answer names the terms that it rests on, and a wrong one is mended by a row of
//! `terms.csv` or, for one user, by an override.

mod designator;
mod makers;
mod nearest;
mod overrides;
mod phrase;
mod score;
mod size;
mod terms;
mod text;

pub use overrides::{OverrideFault, Overrides};
pub(crate) use overrides::{said, written};
pub use size::{Quantity, Size, sizes};
pub(crate) use text::key;

use std::collections::{BTreeMap, BTreeSet};

/// Items of one robot only. A line of another list is never one of them, even if it is the same thing.
const OF_ONE_ROBOT: [&str; 3] = ["opt_", "g1_", "walker_"];
/// Robots: no line of a list of parts is one, whatever anybody says.
const ROBOT: &str = "robot_";
/// Stages of things that a bill of materials may name.
const STAGES: [&str; 5] = ["component", "module", "semi", "magnet", "assembly"];
/// The stage of refined metals: nothing is taken for one, though a user may say that a part is.
const REFINED: &str = "metal";
/// What a thing on a circuit board may be, the usual first.
const SOLDERED: [&str; 9] = [
    "pcb_electronics",
    "power_mosfet",
    "gan_transistor",
    "imu",
    "nand_flash",
    "dram",
    "lpddr_dram",
    "compute_module",
    "connector",
];

/// Metals that parts are printed of, where plastic is not what is printed.
const PRINTED: [&str; 4] = ["titanium_6al4v", "aluminium_a356", "steel_17_4ph", "maraging_300"];

/// An item of the atlas that a line may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Archetype {
    /// Its id.
    pub id: String,
    /// Its English name.
    pub name_en: String,
    /// Its Chinese name.
    pub name_zh: String,
    /// Its stage: "component", "semi".
    pub stage: String,
    /// The unit in which it is counted.
    pub unit: String,
    /// The market that it belongs to, as an id; empty if it has none.
    pub pool: String,
}

/// A line of a bill of materials. What it does not have is empty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Part<'a> {
    /// What it is called.
    pub name: &'a str,
    /// What else is said: description, specification, material, remarks. The first counts most.
    pub details: &'a [&'a str],
    /// Who makes it.
    pub maker: &'a str,
    /// Name of the sheet and headings above the line.
    pub heading: &'a str,
    /// Reference designators on a circuit board.
    pub designator: &'a str,
    /// Part number.
    pub number: &'a str,
    /// Addresses of pages about it; none is opened.
    pub links: &'a [&'a str],
}

/// Where something stood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// In the name.
    Name,
    /// In the details.
    Details,
    /// In the part number.
    Number,
    /// In the designators.
    Designator,
    /// In the headings above.
    Heading,
    /// In an address.
    Link,
    /// In the maker.
    Maker,
}

/// Why a line is taken for an item.
#[derive(Clone, Debug, PartialEq)]
pub enum Cause {
    /// A term, as it stands in `terms.csv`, or designators as they stand in the line.
    Term(String),
    /// A term for a material that the atlas does not have, the item being the nearest that it has.
    Near(String),
    /// The maker makes such things.
    Maker,
    /// A size is that of its class.
    Size(Size),
    /// The user said so.
    Override,
}

/// A reason and where it stood.
#[derive(Clone, Debug, PartialEq)]
pub struct Reason {
    /// Where it stood.
    pub field: Field,
    /// What it is.
    pub cause: Cause,
}

/// An item that a line may be.
#[derive(Clone, Debug, PartialEq)]
pub struct Guess {
    /// Id of the item.
    pub item: String,
    /// How sure it is, 0 to 1. It orders guesses and is not a probability.
    pub score: f64,
    /// What it rests on.
    pub reason: Vec<Reason>,
}

/// What a line is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Match {
    /// What it is, if that is sure.
    pub best: Option<Guess>,
    /// What else it may be; without `best` the likeliest.
    pub runner_up: Option<Guess>,
    /// The sizes that its name, number and details tell, in that order.
    pub sizes: Vec<Size>,
    /// Whether the user has said what it is; without `best` then that it is no item.
    pub overridden: bool,
}

/// Finds the items of lines. Made once for an atlas; holds nothing of the lines that it has seen.
pub struct Matcher {
    terms: terms::Terms,
    items: score::Items,
    /// Items of one robot and refined metals, which nothing is taken for, though a user may say that a part is one.
    said_only: Vec<String>,
    /// Ids of items by what they are called in either language.
    named: BTreeMap<String, Option<String>>,
    overrides: Overrides,
}

impl Matcher {
    /// A matcher for the items and makers (a name and the ids of what it makes) of an atlas.
    pub fn new(items: &[Archetype], makers: &[(String, Vec<String>)]) -> Matcher {
        let is_part = |i: &&Archetype| {
            (STAGES.contains(&i.stage.as_str()) || i.stage == REFINED) && !i.id.starts_with(ROBOT)
        };
        let parts = items.iter().filter(is_part);
        let (said_only, items): (Vec<&Archetype>, Vec<&Archetype>) = parts.partition(|item| {
            item.stage == REFINED || OF_ONE_ROBOT.iter().any(|robot| item.id.starts_with(robot))
        });
        let position: BTreeMap<&str, usize> =
            items.iter().enumerate().map(|(at, i)| (i.id.as_str(), at)).collect();
        let at = |id: &str| position.get(id).copied();
        let mut terms = terms::Terms::shipped(at);
        // Items without terms of their own, as those of another atlas, are known by their names.
        for (position, item) in items.iter().enumerate() {
            for name in [&item.name_en, &item.name_zh] {
                let name = name.split([',', '(', '（', '，']).next().unwrap_or_default();
                if name.chars().filter(|c| c.is_alphabetic()).count() >= 4
                    || name.chars().filter(|&c| crate::number::is_han(c)).count() >= 3
                {
                    terms.add(name, terms::Role::Thing, vec![position], 0.8);
                }
            }
        }
        let mut named: BTreeMap<String, Option<String>> = BTreeMap::new();
        for item in items.iter().chain(&said_only) {
            let full = [item.name_en.as_str(), item.name_zh.as_str()];
            let short = full.map(|name| name.split([',', '(', '（', '，']).next().unwrap_or_default());
            for name in full.into_iter().chain(short).map(text::key).collect::<BTreeSet<_>>() {
                // What two are called means neither.
                named.entry(name).and_modify(|one| *one = None).or_insert_with(|| Some(item.id.clone()));
            }
        }
        named.remove("");
        makers::add(&mut terms, makers.iter().map(|(name, _)| name.clone()));
        let said_only = said_only.iter().map(|item| item.id.clone()).collect();
        let items = score::Items {
            ids: items.iter().map(|i| i.id.clone()).collect(),
            pool: items.iter().map(|i| at(&i.pool)).collect(),
            torque: items.iter().map(|i| torque(&i.name_en)).collect(),
            made: makers.iter().map(|(_, made)| made.iter().filter_map(|id| at(id)).collect()).collect(),
            soldered: SOLDERED.iter().filter_map(|id| at(id)).collect(),
            printed: PRINTED.iter().filter_map(|id| at(id)).collect(),
            connector: at("connector"),
            cable: at("wiring_harness"),
        };
        Matcher { terms, items, said_only, named, overrides: Overrides::default() }
    }

    /// Puts what the user has said over what the matcher finds. Refused if an item is not one that a line may be.
    pub fn override_with(&mut self, overrides: Overrides) -> Result<(), OverrideFault> {
        let resolved = overrides.resolved(|typed| self.item_of(typed));
        self.overrides = resolved.map_err(|fault| match fault {
            OverrideFault::Item { row, item, .. } => {
                OverrideFault::Item { row, nearest: self.nearest(&item), item }
            }
            other => other,
        })?;
        Ok(())
    }

    /// The item that a line may be, by its id or by what it is called in English or Chinese.
    pub fn item_of(&self, typed: &str) -> Option<&str> {
        let named = || self.named.get(&text::key(typed))?.as_ref();
        self.ids().find(|id| *id == typed).or_else(named).map(String::as_str)
    }

    /// The items that may be meant by what is none, the likeliest first.
    pub fn nearest(&self, typed: &str) -> Vec<String> {
        let meant = self.find_alone(&Part { name: typed, ..Part::default() });
        let meant = [meant.best, meant.runner_up].into_iter().flatten().map(|guess| guess.item).collect();
        let names = self.named.iter().filter_map(|(name, id)| Some((name.as_str(), id.as_deref()?)));
        nearest::nearest(typed, meant, names.chain(self.ids().map(|id| (id.as_str(), id.as_str()))))
    }

    /// All items that a user may say that a part is.
    fn ids(&self) -> impl Iterator<Item = &String> {
        self.items.ids.iter().chain(&self.said_only)
    }

    /// What a line is.
    pub fn find(&self, part: &Part<'_>) -> Match {
        let found = self.find_alone(part);
        match self.overrides.find(part.name, part.details) {
            None => found,
            Some(item) => found.overridden_by(item),
        }
    }

    /// What a line is, whatever the user has said.
    pub fn find_alone(&self, part: &Part<'_>) -> Match {
        score::find(&self.terms, &self.items, part)
    }
}

impl Match {
    /// What a line is by the word of the user: an item, or none. Who says what is found anyway changes nothing.
    #[must_use]
    pub fn overridden_by(self, item: Option<&str>) -> Match {
        let found = self.best.as_ref().map(|guess| guess.item.as_str());
        if item.is_some() && found == item {
            return self;
        }
        let reason = vec![Reason { field: Field::Name, cause: Cause::Override }];
        let best = item.map(|item| Guess { item: item.into(), score: 1.0, reason });
        Match { best, runner_up: self.best.or(self.runner_up), overridden: true, ..self }
    }
}

/// The torque that the name of an item tells.
fn torque(name: &str) -> Option<f64> {
    sizes(name).into_iter().find(|size| size.quantity == Quantity::Torque).map(|size| size.value)
}
