//! How a loss divides the plants and the users of a market, and what each side can make. It is the same on all terms,
//! so that it is worked out once a loss.

use super::chain::{Chain, Link};
use super::loss::{Loss, Mode};

/// Where a plant stands in a loss.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// It is hit.
    Hit,
    /// It is not hit, and may buy from those that are.
    Free,
    /// It is not hit, and may not buy from those that are.
    Cut,
}

/// What the plants of a side make and could make.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Sum {
    /// Output today.
    pub made: f64,
    /// Capacity to spare.
    pub spare: f64,
    /// Whether there are any.
    pub any: bool,
    /// Whether any publishes no output.
    pub silent: bool,
}

/// One market, divided.
#[derive(Debug, Clone, PartialEq)]
pub struct Sides {
    /// Side of each plant.
    plants: Vec<Side>,
    sums: [Sum; 3],
    /// Whether the users of each place are cut off; `None` if only some are.
    pub(super) users: Vec<Option<bool>>,
}

impl Sides {
    /// A market under a loss.
    pub(super) fn new(chain: &Chain, loss: &Loss, k: usize, link: &Link) -> Sides {
        let side = |(i, country): (usize, &str)| match loss.hits(k, i) {
            true => Side::Hit,
            false if loss.mode != Mode::Output && loss.cuts_plant(k, country) => Side::Cut,
            false => Side::Free,
        };
        let plants: Vec<Side> =
            link.plants.iter().map(|p| p.country.as_str()).enumerate().map(side).collect();
        let mut sums = [Sum::default(); 3];
        for (plant, side) in link.plants.iter().zip(&plants) {
            let sum = &mut sums[*side as usize];
            sum.any = true;
            match plant.output {
                Some(_) => sum.made += plant.made,
                None => sum.silent = true,
            }
            sum.spare += plant.spare;
        }
        let users = link.users.iter().map(|(place, ..)| loss.cuts_place(chain, place)).collect();
        Sides { plants, sums, users }
    }

    /// What the plants of a side can do.
    pub(super) fn of(&self, side: Side) -> Sum {
        self.sums[side as usize]
    }

    /// The plants of a side, by position.
    pub(super) fn on(&self, side: Side) -> impl Iterator<Item = usize> {
        self.plants.iter().enumerate().filter(move |(_, s)| **s == side).map(|(i, _)| i)
    }
}
