//! Suppliers that fail and come back, leaves with stock, and what products miss: many trials, eight beside each other.
//!
//! Every week a supplier that works fails with its hazard, and one that is down comes back with chance 1 / mean: both waits are geometric
//! and drawn at once, so that weeks in which nothing happens cost nothing. A leaf of which no supplier ever was down misses nothing
//! and is not looked at. As a part has what the scarcest of its children has, a product has what the scarcest of all leaves below it has.

use crate::Stream;
use std::ops::Range;

/// Trials that are worked out beside each other.
pub const LANES: usize = 8;
type Lanes = [f64; LANES];

/// Stock that a leaf gains in a week in which all of its need comes in, in weeks of need.
pub const REFILL: f64 = 0.1;
/// The part of a week's need from which on it counts as all.
pub const WHOLE: f64 = 0.999;

/// Suppliers, leaves and products, by number.
#[derive(Clone, Debug, Default)]
pub struct Outages {
    /// Weeks that are counted.
    pub weeks: u32,
    /// Chance that a working supplier is down in the next week, by supplier.
    pub hazard: Vec<f64>,
    /// Weeks for which a supplier is down on average, at least one.
    pub mean_down: Vec<f64>,
    /// First leaf of each supplier, then the number of all.
    pub supplies_start: Vec<usize>,
    /// Leaf and the share of its need that the supplier brings.
    pub supplies: Vec<(u32, f64)>,
    /// Stock of each leaf when it is full, in weeks of need.
    pub buffer: Vec<f64>,
    /// First product of each leaf, then the number of all.
    pub feeds_start: Vec<usize>,
    /// Products that have the leaf somewhere below them.
    pub feeds: Vec<u32>,
    /// What is wanted of each product in a week.
    pub demand: Vec<f64>,
}

/// Weeks in which a supplier is down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Down {
    /// The supplier.
    pub supplier: u32,
    /// The trial, by its lane.
    pub lane: u8,
    /// First week.
    pub from: u32,
    /// The week in which it works again, or the number of weeks.
    pub to: u32,
}

/// Geometric waits of one supplier, ready to be drawn.
#[derive(Clone, Copy, Debug)]
struct Waits {
    stream: Stream,
    /// Chance that it fails at all.
    ever: f64,
    /// 1 / ln(1 − chance) for failing and for coming back.
    fail: f64,
    back: f64,
}

/// Random outages of all suppliers.
#[derive(Clone, Debug)]
pub struct Chances {
    weeks: u32,
    waits: Vec<Waits>,
}

impl Chances {
    /// Outages of suppliers with these names under a seed.
    pub fn new<'n>(outages: &Outages, seed: u64, names: impl Iterator<Item = &'n str>) -> Chances {
        let wait = |chance: f64| 1.0 / (-chance).ln_1p();
        let each = outages.hazard.iter().zip(&outages.mean_down).zip(names);
        let waits = each.map(|((hazard, mean), name)| Waits {
            stream: Stream::new(seed, name),
            ever: -(f64::from(outages.weeks) * (-hazard).ln_1p()).exp_m1(),
            fail: wait(*hazard),
            back: wait(1.0 / mean),
        });
        Chances { weeks: outages.weeks, waits: waits.collect() }
    }

    /// The outages of up to eight neighbouring trials, by supplier, by lane, by week.
    pub fn draw(&self, trials: Range<u64>, downs: &mut Vec<Down>) {
        downs.clear();
        for (supplier, waits) in (0_u32..).zip(&self.waits) {
            for (lane, trial) in (0_u8..).zip(trials.clone()) {
                let first = waits.stream.pair(trial, 0);
                if first[0] < waits.ever {
                    self.all(waits, trial, first, |from, to| downs.push(Down { supplier, lane, from, to }));
                }
            }
        }
    }

    /// All outages of one supplier in one trial. One that fails is down for a week at least, one that is back works for one.
    fn all(&self, waits: &Waits, trial: u64, mut pair: [f64; 2], mut push: impl FnMut(u32, u32)) {
        // Conversion stops at the greatest number, and so does the sum.
        let after = |u: f64, rate: f64| ((-u).ln_1p() * rate) as u32;
        let (mut week, mut event) = (0_u32, 0_u32);
        loop {
            let from = week.saturating_add(after(pair[0], waits.fail));
            if from >= self.weeks {
                return;
            }
            let to = from.saturating_add(1).saturating_add(after(pair[1], waits.back)).min(self.weeks);
            push(from, to);
            week = to.saturating_add(1);
            event += 1;
            pair = waits.stream.pair(trial, event);
        }
    }
}

/// Memory that is used again for every eight trials.
#[derive(Clone, Debug)]
pub struct Scratch {
    /// By week: what comes in of a leaf's need, then what it misses.
    leaf: Vec<Lanes>,
    /// By product and week: what the scarcest leaf misses.
    product: Vec<Lanes>,
    /// Weeks of each product in which something is missing.
    touched: Vec<Range<usize>>,
    /// Last entry of each leaf among those that follow; [`NONE`] if none of its suppliers is down.
    last: Vec<u32>,
    /// Leaf, share, outages and the entry before.
    entries: Vec<Entry>,
    /// Leaves that have an entry.
    leaves: Vec<u32>,
}

#[derive(Clone, Debug)]
struct Entry {
    share: f64,
    downs: Range<usize>,
    before: u32,
}

const NONE: u32 = u32::MAX;

impl Scratch {
    /// Memory for a network.
    pub fn new(outages: &Outages) -> Scratch {
        let weeks = outages.weeks as usize;
        Scratch {
            leaf: vec![[0.0; LANES]; weeks],
            product: vec![[0.0; LANES]; weeks * outages.demand.len()],
            touched: vec![0..0; outages.demand.len()],
            last: vec![NONE; outages.buffer.len()],
            entries: vec![],
            leaves: vec![],
        }
    }

    /// Bytes that it takes.
    pub fn bytes(outages: &Outages) -> u64 {
        let lanes = outages.weeks as usize * (1 + outages.demand.len()) * size_of::<Lanes>();
        let entries = outages.supplies.len() * (size_of::<Entry>() + size_of::<u32>());
        (lanes + entries + outages.buffer.len() * size_of::<u32>()) as u64
    }
}

impl Outages {
    /// What every product loses in all weeks under outages of up to eight trials, by lane. Outages are listed by supplier.
    pub fn losses(&self, downs: &[Down], scratch: &mut Scratch, losses: &mut [Lanes]) {
        self.enter(downs, scratch);
        let mut leaves = std::mem::take(&mut scratch.leaves);
        for leaf in leaves.drain(..) {
            self.leaf(leaf as usize, downs, scratch);
        }
        scratch.leaves = leaves;
        scratch.entries.clear();
        let weeks = self.weeks as usize;
        for (product, (loss, touched)) in losses.iter_mut().zip(&mut scratch.touched).enumerate() {
            *loss = [0.0; LANES];
            for missing in &mut scratch.product[product * weeks..][touched.clone()] {
                (0..LANES).for_each(|lane| loss[lane] += missing[lane]);
                *missing = [0.0; LANES];
            }
            loss.iter_mut().for_each(|l| *l *= self.demand[product]);
            *touched = 0..0;
        }
    }

    /// Hands the outages of every supplier to the leaves that it supplies.
    fn enter(&self, downs: &[Down], scratch: &mut Scratch) {
        let mut at = 0;
        for of_one in downs.chunk_by(|a, b| a.supplier == b.supplier) {
            let range = at..at + of_one.len();
            at = range.end;
            let supplier = of_one[0].supplier as usize;
            for (leaf, share) in
                &self.supplies[self.supplies_start[supplier]..self.supplies_start[supplier + 1]]
            {
                let last = &mut scratch.last[*leaf as usize];
                if *last == NONE {
                    scratch.leaves.push(*leaf);
                }
                let entry = Entry { share: *share, downs: range.clone(), before: *last };
                *last = scratch.entries.len() as u32;
                scratch.entries.push(entry);
            }
        }
    }

    /// What one leaf misses, week by week, handed to its products.
    fn leaf(&self, leaf: usize, downs: &[Down], scratch: &mut Scratch) {
        let Scratch { leaf: weekly, product, touched, last, entries, .. } = scratch;
        let first = std::mem::replace(&mut last[leaf], NONE);
        let chain = || {
            let next = |entry: &&Entry| entries.get(entry.before as usize);
            std::iter::successors(entries.get(first as usize), next)
        };
        let all = || chain().flat_map(|entry| &downs[entry.downs.clone()]);
        let from = all().map(|d| d.from).min().unwrap_or(0) as usize;
        let to = all().map(|d| d.to).max().unwrap_or(0) as usize;
        let weekly = &mut weekly[from..to];
        weekly.fill([1.0; LANES]);
        for entry in chain() {
            for down in &downs[entry.downs.clone()] {
                let lane = usize::from(down.lane);
                let weeks = &mut weekly[down.from as usize - from..down.to as usize - from];
                weeks.iter_mut().for_each(|w| w[lane] -= entry.share);
            }
        }
        if !consume(weekly, self.buffer[leaf]) {
            return;
        }
        let weeks = self.weeks as usize;
        for fed in &self.feeds[self.feeds_start[leaf]..self.feeds_start[leaf + 1]] {
            let fed = *fed as usize;
            let before = &mut touched[fed];
            *before = if before.start == before.end {
                from..to
            } else {
                before.start.min(from)..before.end.max(to)
            };
            for (most, missing) in product[fed * weeks..][from..to].iter_mut().zip(&*weekly) {
                (0..LANES).for_each(|lane| most[lane] = greater(most[lane], missing[lane]));
            }
        }
    }
}

/// Turns what comes in of a leaf's need into what it misses: need is met from what comes in and from stock, what is left fills
/// the stock, and a week in which all comes in adds a tenth of a week's need to it. Whether anything is missed.
fn consume(weekly: &mut [Lanes], buffer: f64) -> bool {
    let mut stock = [buffer; LANES];
    let mut most = [0.0; LANES];
    for week in weekly {
        for lane in 0..LANES {
            let comes = week[lane];
            let there = comes + stock[lane];
            let used = lesser(1.0, there);
            let refill = if comes >= WHOLE { REFILL } else { 0.0 };
            stock[lane] = lesser(buffer, there - used + refill);
            // What rounding leaves of shares that add up to one may be less than nothing.
            week[lane] = lesser(1.0, 1.0 - used);
            most[lane] = greater(most[lane], week[lane]);
        }
    }
    most.iter().any(|m| *m > 0.0)
}

/// One instruction, which `f64::min` is not: nothing here is not a number.
#[inline]
fn lesser(a: f64, b: f64) -> f64 {
    if a < b { a } else { b }
}

#[inline]
fn greater(a: f64, b: f64) -> f64 {
    if a > b { a } else { b }
}

#[cfg(test)]
mod tests;
