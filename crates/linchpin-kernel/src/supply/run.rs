//! One batch of losses, carried through the network.

use std::array;
use std::ops::Range;

use super::marks::Marks;
use super::rows::Rows;
use super::{Loss, Supply};

/// What it took to settle one loss.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Effort {
    pub(super) sweeps: u32,
    pub(super) residual: f64,
}

/// Room to work on `W` losses at a time.
///
/// What is kept of a site is what is *missing*, `1 - availability`: it is 0, exactly, wherever no loss arrives.
pub(super) struct Run<'a, const W: usize> {
    supply: &'a Supply,
    /// Positions to be worked out; they include all that feed them.
    wanted: &'a Marks,
    pub(super) values: Rows<W>,
    /// What may still be to be lost, by estimate, when a loss counts as settled.
    pub(super) tolerance: f64,
    /// Two sweeps' steps in a component, for [`settle`](Self::settle).
    pub(super) steps: Vec<[f64; W]>,
    /// Positions that must be worked out anew, because a loss hits them or a supplier changed.
    due: Marks,
    /// Positions that have been worked out.
    touched: Marks,
    /// Positions that a loss hits, or one of whose lanes it hits.
    hit: Marks,
    /// What the losses leave of a position, ascending.
    own: Vec<(u32, [f64; W])>,
    /// What the losses leave of a lane, ascending by its place.
    open: Vec<(u32, [f64; W])>,
}

impl<'a, const W: usize> Run<'a, W> {
    pub(super) fn new(supply: &'a Supply, wanted: &'a Marks) -> Self {
        let sites = supply.sites();
        Self {
            supply,
            wanted,
            values: Rows::new(&supply.base),
            tolerance: supply.tolerance,
            steps: Vec::new(),
            due: Marks::new(sites),
            touched: Marks::new(sites),
            hit: Marks::new(sites),
            own: Vec::new(),
            open: Vec::new(),
        }
    }

    /// What is missing at a position under the `loss`th loss of the batch.
    pub(super) fn missing(&self, position: u32, loss: usize) -> f64 {
        self.values.row(position)[loss]
    }

    /// Works out at most `W` losses.
    pub(super) fn answer(&mut self, losses: &[Loss]) -> [Effort; W] {
        self.reset();
        let supply = self.supply;
        let sites = losses.iter().map(|loss| &loss.sites[..]);
        self.own = gather(sites, |site| supply.position[site as usize]);
        let lanes = losses.iter().map(|loss| &loss.lanes[..]);
        self.open = gather(lanes, |lane| supply.lane_place[lane as usize]);
        let own = self.own.iter().map(|&(position, _)| position);
        let open = self.open.iter().map(|&(place, _)| supply.position_of_lane(place));
        let hit: Vec<u32> = own.chain(open).collect();
        for &position in &hit {
            self.hit.set(position);
        }
        // Where nothing lost is not yet at rest, every loss must go on from there, or its answer would depend on which
        // other losses rouse the component.
        for position in supply.restless.iter().cloned().flatten() {
            self.due.set(position);
        }
        self.spread(&hit)
    }

    fn reset(&mut self) {
        let all = 0..self.supply.sites() as u32;
        let mut from = 0;
        while let Some(position) = self.touched.first(from..all.end, &self.touched) {
            *self.values.row_mut(position) = [self.supply.base[position as usize]; W];
            from = position + 1;
        }
        self.touched.clear();
        self.due.clear();
        self.hit.clear();
    }

    /// Works out the positions in `due` and all that depend on them.
    pub(super) fn spread(&mut self, due: &[u32]) -> [Effort; W] {
        for &position in due {
            self.due.set(position);
        }
        let mut efforts = [Effort::default(); W];
        let mut from = 0;
        let supply = self.supply;
        for component in &supply.cyclic {
            self.sweep(from..component.start, &[false; W], None);
            self.settle(component, &mut efforts);
            from = component.end;
        }
        self.sweep(from..supply.sites() as u32, &[false; W], None);
        efforts
    }

    /// Works out what is due in a range, in ascending order, for the losses that are not `frozen`, and gives the largest step of
    /// each. `steps`, if wanted, takes every step, by place in the range.
    pub(super) fn sweep(
        &mut self,
        range: Range<u32>,
        frozen: &[bool; W],
        mut steps: Option<&mut [[f64; W]]>,
    ) -> [f64; W] {
        let least = frozen.map(|frozen| if frozen { f64::INFINITY } else { 0.0 });
        let mut largest = [0.0; W];
        let mut from = range.start;
        while let Some(position) = self.due.first(from..range.end, self.wanted) {
            from = position + 1;
            self.due.unset(position);
            self.touched.set(position);
            let found = self.row(position);
            let values = self.values.row_mut(position);
            let mut step = [0.0; W];
            for k in 0..W {
                // Only upwards: rounding must not make a sweep go back and forth.
                let rise = found[k] - values[k];
                let rises = rise > least[k];
                step[k] = if rises { rise } else { 0.0 };
                values[k] = if rises { found[k] } else { values[k] };
                largest[k] = if step[k] > largest[k] { step[k] } else { largest[k] };
            }
            if step != [0.0; W] {
                self.rouse(position);
                if let Some(steps) = &mut steps {
                    steps[(position - range.start) as usize] = step;
                }
            }
        }
        largest
    }

    /// Leaves a component as it is, and gives the largest difference in it between what is missing at a site and what its suppliers imply.
    pub(super) fn leave(&mut self, component: Range<u32>) -> [f64; W] {
        let mut left = [0.0; W];
        let mut from = component.start;
        while let Some(position) = self.due.first(from..component.end, self.wanted) {
            self.due.unset(position);
            self.touched.set(position);
            from = position + 1;
        }
        from = component.start;
        while let Some(position) = self.touched.first(from..component.end, self.wanted) {
            let found = self.row(position);
            let values = self.values.row(position);
            for k in 0..W {
                let more = found[k] - values[k];
                left[k] = if more > left[k] { more } else { left[k] };
            }
            from = position + 1;
        }
        left
    }

    /// Whether anything in a component is due.
    pub(super) fn is_due(&self, component: &Range<u32>) -> bool {
        self.due.first(component.clone(), self.wanted).is_some()
    }

    /// Makes those due that a position supplies.
    pub(super) fn rouse(&mut self, position: u32) {
        for &buyer in self.supply.buyers.of(position) {
            self.due.set(buyer);
        }
    }

    /// What is missing at a position, given its suppliers.
    fn row(&self, position: u32) -> [f64; W] {
        if self.hit.has(position) { self.hit_row(position) } else { self.plain_row(position) }
    }

    fn plain_row(&self, position: u32) -> [f64; W] {
        let supply = self.supply;
        let values = self.values.all();
        let mut worst = [0.0; W];
        for slot in supply.slots_at(position) {
            let lanes = supply.lanes_at(slot);
            let mut sum = [0.0; W];
            for (&supplier, &share) in supply.suppliers[lanes.clone()].iter().zip(&supply.shares[lanes]) {
                let missing = &values[supplier as usize];
                for k in 0..W {
                    sum[k] += share * missing[k];
                }
            }
            take_worse(&mut worst, &sum, supply.gaps[slot]);
        }
        worst
    }

    /// [`plain_row`](Self::plain_row) with losses. A loss that leaves everything gives the same bits.
    fn hit_row(&self, position: u32) -> [f64; W] {
        let supply = self.supply;
        let values = self.values.all();
        let mut worst = [0.0; W];
        let mut next = 0;
        for slot in supply.slots_at(position) {
            let lanes = supply.lanes_at(slot);
            let mut sum = [0.0; W];
            next += self.open[next..].partition_point(|&(place, _)| (place as usize) < lanes.start);
            for lane in lanes {
                let mut missing = values[supply.suppliers[lane] as usize];
                if let Some((_, open)) = self.open.get(next).filter(|&&(place, _)| place as usize == lane) {
                    for k in 0..W {
                        missing[k] += (1.0 - open[k]) * (1.0 - missing[k]);
                    }
                    next += 1;
                }
                for k in 0..W {
                    sum[k] += supply.shares[lane] * missing[k];
                }
            }
            take_worse(&mut worst, &sum, supply.gaps[slot]);
        }
        if let Ok(at) = self.own.binary_search_by_key(&position, |&(position, _)| position) {
            let own = &self.own[at].1;
            worst = array::from_fn(|k| (1.0 - own[k]) + own[k] * worst[k]);
        }
        worst
    }
}

/// Replaces the worst slot so far where a slot with `sum` missing from its lanes and `gap` from the outset is worse.
fn take_worse<const W: usize>(worst: &mut [f64; W], sum: &[f64; W], gap: f64) {
    for k in 0..W {
        let missing = sum[k] + gap;
        // Shares that sum to 1 but for rounding must not make more than everything missing.
        let missing = if missing < 1.0 { missing } else { 1.0 };
        worst[k] = if missing > worst[k] { missing } else { worst[k] };
    }
}

/// What `losses` leave of the things they name, by `place` of the thing, ascending; of several entries for the same the
/// smallest counts.
fn gather<'l, const W: usize>(
    losses: impl Iterator<Item = &'l [(u32, f64)]>,
    place: impl Fn(u32) -> u32,
) -> Vec<(u32, [f64; W])> {
    let mut entries: Vec<(u32, usize, f64)> = losses
        .enumerate()
        .flat_map(|(loss, left)| left.iter().map(move |&(thing, left)| (thing, loss, left)))
        .map(|(thing, loss, left)| (place(thing), loss, left))
        .collect();
    entries.sort_unstable_by_key(|&(place, loss, _)| (place, loss));
    entries
        .chunk_by(|a, b| a.0 == b.0)
        .map(|entries| {
            let mut row = [1.0_f64; W];
            for &(_, loss, left) in entries {
                row[loss] = row[loss].min(left);
            }
            (entries[0].0, row)
        })
        .collect()
}
