//! What is lost: which plants are hit, and whether they stop or may no longer ship to some countries.

use super::chain::{Chain, Plant};
use super::flow::{Left, Terms};
use super::once::Once;
use super::selector::Selector;
use super::sides::Sides;
use std::collections::{BTreeMap, BTreeSet};

/// What happens to the plants that are hit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mode {
    /// They make nothing.
    Output,
    /// They make what they made, and nothing of it leaves the countries of the hit plants; with a destination,
    /// nothing of it goes there.
    Exports {
        /// Countries it may not go to; everywhere abroad if `None`.
        to: Option<BTreeSet<String>>,
    },
}

/// How far an export rule reaches; all off is the rule on the item itself and on its first destination.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
pub struct Reach {
    /// The rule asks who uses the end product: plants of third countries may not work hit items up for the
    /// destination either.
    pub end_user: bool,
    /// Third countries pass hit items on, so that a ban towards a destination does not bite.
    pub re_export: bool,
    /// Foreign-made items fall under the rule when hit content is at least this share of their value.
    pub de_minimis: Option<f64>,
}

/// A loss laid over the plants of a chain.
#[derive(Debug, Clone, PartialEq)]
pub struct Loss {
    /// Plants that are hit, by market and place in it: of thousands of markets a loss mostly reaches a few.
    pub hit: BTreeSet<(usize, usize)>,
    /// Countries in which the hit plants stand, and those that the selector names.
    pub within: BTreeSet<String>,
    /// What happens to them.
    pub mode: Mode,
    /// Whether everything made there is hit, parts without a known plant included.
    pub whole: bool,
    /// Whether third-country plants of each market count as the destination when they buy.
    pub follows: Vec<bool>,
    /// Whether third countries pass on.
    pub re_export: bool,
    /// How it divides each market of which some plant publishes an output.
    pub sides: Once<BTreeMap<usize, Sides>>,
    /// What the markets leave on each of the terms: several numbers of a row rest on one.
    pub left: [Once<Left<f64>>; Terms::COUNT],
}

impl Loss {
    /// Nothing is lost.
    pub fn none(chain: &Chain) -> Loss {
        Loss {
            hit: BTreeSet::new(),
            within: BTreeSet::new(),
            mode: Mode::Output,
            whole: false,
            follows: vec![false; chain.links.len()],
            re_export: false,
            sides: Once::default(),
            left: Default::default(),
        }
    }

    /// The loss of what a selector names.
    pub fn new(chain: &Chain, selector: &Selector, mode: Mode, reach: Reach) -> Loss {
        let named = selector.countries();
        // What stands at home is not exported to the robot, unless home itself is among those that may not ship.
        let at_home =
            |country: &str| mode != Mode::Output && country == chain.home && !named.contains(country);
        let mut hit = BTreeSet::new();
        for (k, link) in chain.links.iter().enumerate() {
            let is_hit = |p: &Plant| !at_home(&p.country) && selector.hits(p, link);
            hit.extend((0..link.plants.len()).filter(|i| is_hit(&link.plants[*i])).map(|i| (k, i)));
        }
        let mut within: BTreeSet<String> =
            hit.iter().map(|&(k, i)| chain.links[k].plants[i].country.clone()).collect();
        within.extend(named);
        let whole = selector.is_whole();
        let (follows, sides, left) = Default::default();
        let mut loss = Loss { hit, within, mode, whole, follows, re_export: reach.re_export, sides, left };
        loss.revalue(chain, reach);
        loss
    }

    /// Follows the values of a chain whose plants are the same.
    pub(crate) fn revalue(&mut self, chain: &Chain, reach: Reach) {
        let follows =
            |j| reach.end_user || reach.de_minimis.is_some_and(|least| holds(chain, &self.hit, j, least));
        self.follows = (0..chain.links.len()).map(follows).collect();
        (self.sides, self.left) = Default::default();
    }

    /// How it divides a market.
    pub(super) fn sides(&self, chain: &Chain, k: usize) -> &Sides {
        let known = || chain.links.iter().enumerate().filter(|(_, link)| link.is_known());
        let divided = |(k, link)| (k, Sides::new(chain, self, k, link));
        &self.sides.get(|| known().map(divided).collect())[&k]
    }

    /// Whether a plant of a market is hit.
    pub fn hits(&self, k: usize, plant: usize) -> bool {
        self.hit.contains(&(k, plant))
    }

    /// The plants of a market that are hit.
    pub fn hits_in(&self, k: usize) -> impl Iterator<Item = usize> {
        self.hit.range((k, 0)..(k + 1, 0)).map(|(_, plant)| *plant)
    }

    /// Whether any plant of a market is hit.
    pub fn reaches(&self, k: usize) -> bool {
        self.hits_in(k).next().is_some()
    }

    /// Whether any plant is hit.
    pub fn is_felt(&self) -> bool {
        !self.hit.is_empty()
    }

    /// Whether buyers in a country are cut off from the hit plants.
    pub fn cuts(&self, country: &str) -> bool {
        match &self.mode {
            Mode::Output => false,
            Mode::Exports { to: None } => !self.within.contains(country),
            Mode::Exports { to: Some(to) } => {
                !self.re_export && to.contains(country) && !self.within.contains(country)
            }
        }
    }

    /// Whether a plant of a market is cut off as a buyer: it stands where the rule points, or it works for there.
    pub fn cuts_plant(&self, link: usize, country: &str) -> bool {
        let banned = matches!(self.mode, Mode::Exports { .. }) && !self.re_export;
        self.cuts(country) || banned && self.follows[link] && !self.within.contains(country)
    }

    /// Whether the users in a place (a country, or a group that a statistic counts together) are cut off; `None` if
    /// only some are.
    pub fn cuts_place(&self, chain: &Chain, place: &str) -> Option<bool> {
        match &self.mode {
            Mode::Output => Some(false),
            Mode::Exports { to: None } => chain.within(place, &self.within).map(|inside| !inside),
            Mode::Exports { .. } if self.re_export => Some(false),
            Mode::Exports { to: Some(to) } => {
                // What stays in the country of the hit plants is not exported.
                chain.within(place, &to.difference(&self.within).cloned().collect())
            }
        }
    }
}

/// Whether hit content makes up at least this share of the value of what a market sells; where a price is unknown it
/// is taken to.
fn holds(chain: &Chain, hit: &BTreeSet<(usize, usize)>, j: usize, least: f64) -> bool {
    let mut content = 0.0;
    let mut open: Vec<usize> = vec![j];
    while let Some(k) = open.pop() {
        for &m in chain.inputs(k) {
            open.push(m);
            let link = &chain.links[m];
            let made = chain.made(m);
            let from_hit: f64 = hit.range((m, 0)..(m + 1, 0)).map(|(_, i)| link.plants[*i].made).sum();
            if from_hit > 0.0 {
                let Some(worth) = link.worth else { return true };
                content += worth * from_hit / made;
            }
        }
    }
    match chain.links[j].worth {
        Some(worth) => content > 0.0 && content >= least * worth,
        None => content > 0.0,
    }
}
