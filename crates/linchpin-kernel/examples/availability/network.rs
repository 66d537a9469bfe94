//! Synthetic networks and losses, the same for the same arguments.

use linchpin_kernel::{Lanes, Loss, Supply, SupplyError};

/// Levels of sites; those of the first need nothing.
const LEVELS: u32 = 12;

/// Which sites supply which.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Shape {
    /// Suppliers stand on a lower level, most of them on the next: no cycles.
    Layered,
    /// Layered, but one lane in ten comes from anywhere: one large component.
    Feedback,
    /// Every lane comes from anywhere.
    Tangled,
}

impl Shape {
    pub(crate) const ALL: [(&'static str, Self); 3] =
        [("layered", Self::Layered), ("feedback", Self::Feedback), ("tangled", Self::Tangled)];
}

/// SplitMix64 (Steele, Lea, Flood 2014).
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, count: u32) -> u32 {
        (self.next() % u64::from(count)) as u32
    }
}

/// The arrays of a network.
pub(crate) struct Network {
    pub(crate) sites: u32,
    pub(crate) slots: Vec<u32>,
    pub(crate) lane_slots: Vec<u32>,
    pub(crate) suppliers: Vec<u32>,
    pub(crate) shares: Vec<f64>,
}

impl Network {
    /// About `lanes` lanes: a site has 1 to 4 slots, a slot on average 4 lanes, with shares that sum to 1. Numbers of sites say nothing about levels.
    pub(crate) fn new(shape: Shape, sites: u32, lanes: u32, seed: u64) -> Self {
        let mut random = Random::new(seed);
        let mut name: Vec<u32> = (0..sites).collect();
        for place in (1..sites).rev() {
            name.swap(place as usize, random.below(place + 1) as usize);
        }
        let width = (sites / LEVELS).max(1);
        let each = f64::from(lanes) / f64::from((sites - width) * 5 / 2);
        let most = ((2.0 * each).round() as u32).saturating_sub(1).max(1);
        let mut made = Self {
            sites,
            slots: Vec::new(),
            lane_slots: Vec::new(),
            suppliers: Vec::new(),
            shares: Vec::new(),
        };
        for place in width..sites {
            let level = (place / width).min(LEVELS - 1);
            for _ in 0..1 + random.below(4) {
                let slot = made.slots.len() as u32;
                made.slots.push(name[place as usize]);
                let weights: Vec<f64> =
                    (0..1 + random.below(most)).map(|_| f64::from(1 + random.below(100))).collect();
                let sum: f64 = weights.iter().sum();
                for weight in weights {
                    let anywhere = match shape {
                        Shape::Layered => false,
                        Shape::Feedback => random.below(10) == 0,
                        Shape::Tangled => true,
                    };
                    let from = if anywhere {
                        random.below(sites)
                    } else if random.below(5) == 0 {
                        random.below(level * width)
                    } else {
                        (level - 1) * width + random.below(width)
                    };
                    made.lane_slots.push(slot);
                    made.suppliers.push(name[from as usize]);
                    made.shares.push(weight / sum);
                }
            }
        }
        made
    }

    pub(crate) fn supply(&self) -> Result<Supply, SupplyError> {
        let lanes = Lanes { slots: &self.lane_slots, suppliers: &self.suppliers, shares: &self.shares };
        Supply::new(self.sites as usize, &self.slots, &lanes)
    }

    /// In turn: one site stopped; ten sites at half; twenty lanes closed.
    pub(crate) fn losses(&self, count: usize, seed: u64) -> Vec<Loss> {
        let mut random = Random::new(seed);
        let mut draw = |count: usize, below: u32, left: f64| -> Vec<(u32, f64)> {
            (0..count).map(|_| (random.below(below), left)).collect()
        };
        let lanes = self.lane_slots.len() as u32;
        (0..count)
            .map(|number| match number % 3 {
                0 => Loss { sites: draw(1, self.sites, 0.0), lanes: Vec::new() },
                1 => Loss { sites: draw(10, self.sites, 0.5), lanes: Vec::new() },
                _ => Loss { sites: Vec::new(), lanes: draw(20, lanes, 0.0) },
            })
            .collect()
    }
}
