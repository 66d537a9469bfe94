//! One batch of losses, carried through the network.

use std::array;
use std::ops::Range;

use super::marks::Marks;
use super::{Loss, Supply};

/// Inside a cycle, a site is left as it is once it would lose no more than this. About a hundred times the spacing of
/// doubles below 1, so that rounding cannot keep a sweep alive.
pub(super) const TOLERANCE: f64 = 1e-14;

/// Sweeps over a component before it is left unsettled.
pub(super) const MOST_SWEEPS: u32 = 10_000;

/// Bytes that a processor fetches from memory at a time.
const CACHE_LINE: usize = 64;

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
    /// `W` values a position, after `skipped` values that only serve to start on a cache line.
    values: Vec<f64>,
    skipped: usize,
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
    pub(super) fn new(supply: &'a Supply) -> Self {
        let sites = supply.sites();
        let mut values = vec![0.0; sites * W + CACHE_LINE / size_of::<f64>()];
        let skipped = values.as_ptr().align_offset(CACHE_LINE).min(CACHE_LINE / size_of::<f64>());
        for (row, &base) in values[skipped..].as_chunks_mut::<W>().0.iter_mut().zip(&supply.base) {
            *row = [base; W];
        }
        Self {
            supply,
            values,
            skipped,
            due: Marks::new(sites),
            touched: Marks::new(sites),
            hit: Marks::new(sites),
            own: Vec::new(),
            open: Vec::new(),
        }
    }

    /// What is missing at a position under the `loss`th loss of the batch.
    pub(super) fn missing(&self, position: u32, loss: usize) -> f64 {
        self.values[self.skipped + position as usize * W + loss]
    }

    /// Works out at most `W` losses, at `wanted` positions, which include all that feed them.
    pub(super) fn answer(&mut self, losses: &[Loss], wanted: &Marks) -> [Effort; W] {
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
        self.spread(&hit, wanted)
    }

    fn reset(&mut self) {
        let all = 0..self.supply.sites() as u32;
        let mut from = 0;
        while let Some(position) = self.touched.first(from..all.end, &self.touched) {
            let start = self.skipped + position as usize * W;
            self.values[start..start + W].fill(self.supply.base[position as usize]);
            from = position + 1;
        }
        self.touched.clear();
        self.due.clear();
        self.hit.clear();
    }

    /// Works out the positions in `due` and all that depend on them.
    pub(super) fn spread(&mut self, due: &[u32], wanted: &Marks) -> [Effort; W] {
        for &position in due {
            self.due.set(position);
        }
        let mut efforts = [Effort::default(); W];
        let mut from = 0;
        let supply = self.supply;
        for component in &supply.cyclic {
            self.sweep(from..component.start, wanted, 0.0);
            self.settle(component.clone(), wanted, &mut efforts);
            from = component.end;
        }
        self.sweep(from..supply.sites() as u32, wanted, 0.0);
        efforts
    }

    /// Sweeps over a component until nothing changes.
    fn settle(&mut self, component: Range<u32>, wanted: &Marks, efforts: &mut [Effort; W]) {
        let mut sweeps = 0;
        while self.due.first(component.clone(), wanted).is_some() {
            if sweeps == MOST_SWEEPS {
                break;
            }
            sweeps += 1;
            let moved = self.sweep(component.clone(), wanted, TOLERANCE);
            for (effort, moved) in efforts.iter_mut().zip(moved) {
                if moved {
                    effort.sweeps = effort.sweeps.max(sweeps);
                }
            }
        }
        if sweeps > 0 {
            for (effort, left) in efforts.iter_mut().zip(self.residual(component, wanted)) {
                effort.residual = effort.residual.max(left);
            }
        }
    }

    /// Works out what is due in a range, in ascending order, and says which losses changed anything. A change of at most
    /// `tolerance` is not made.
    fn sweep(&mut self, range: Range<u32>, wanted: &Marks, tolerance: f64) -> [bool; W] {
        let supply = self.supply;
        let mut moved = [false; W];
        let mut from = range.start;
        while let Some(position) = self.due.first(from..range.end, wanted) {
            from = position + 1;
            self.due.unset(position);
            self.touched.set(position);
            let found = self.row(position);
            let start = self.skipped + position as usize * W;
            let mut any = false;
            for ((value, found), moved) in self.values[start..start + W].iter_mut().zip(found).zip(&mut moved)
            {
                let more = found - *value > tolerance;
                *value = if more { found } else { *value };
                *moved |= more;
                any |= more;
            }
            if any {
                for &buyer in supply.buyers.of(position) {
                    self.due.set(buyer);
                }
            }
        }
        moved
    }

    /// The largest difference, in a component, between what is missing at a site and what its suppliers imply.
    fn residual(&mut self, component: Range<u32>, wanted: &Marks) -> [f64; W] {
        let mut left = [0.0_f64; W];
        let mut from = component.start;
        while let Some(position) = self.due.first(from..component.end, wanted) {
            self.due.unset(position);
            self.touched.set(position);
            from = position + 1;
        }
        from = component.start;
        while let Some(position) = self.touched.first(from..component.end, wanted) {
            let found = self.row(position);
            let start = self.skipped + position as usize * W;
            for ((left, found), value) in left.iter_mut().zip(found).zip(&self.values[start..start + W]) {
                *left = left.max(found - value);
            }
            from = position + 1;
        }
        left
    }

    /// What is missing at a position, given its suppliers.
    fn row(&self, position: u32) -> [f64; W] {
        if self.hit.has(position) { self.hit_row(position) } else { self.plain_row(position) }
    }

    fn plain_row(&self, position: u32) -> [f64; W] {
        let supply = self.supply;
        let (values, _) = self.values[self.skipped..].as_chunks::<W>();
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
        let (values, _) = self.values[self.skipped..].as_chunks::<W>();
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
