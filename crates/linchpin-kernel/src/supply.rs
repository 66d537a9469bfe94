//! What is available at every site of a supply network when sites and lanes are lost.

mod build;
mod components;
mod error;
mod marks;
mod order;
mod rows;
mod run;
mod settle;
#[cfg(test)]
mod tests;

use std::ops::{ControlFlow, Range};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

pub use error::{LossError, SupplyError};
use marks::Marks;
use run::{Effort, Run};

use crate::groups::Groups;
use crate::share::share;

/// Losses carried through the network at a time; chosen by measurement.
const BATCH: usize = 8;

/// The lanes of a network, one entry of each array per lane: `shares[i]` of what slot `slots[i]` needs comes from
/// site `suppliers[i]`.
#[derive(Clone, Copy, Debug)]
pub struct Lanes<'a> {
    /// The slot that the lane feeds.
    pub slots: &'a [u32],
    /// The site that it comes from.
    pub suppliers: &'a [u32],
    /// The part of the slot's need that it covers; finite, at least 0. The shares of a slot usually sum to 1; if they
    /// sum to less, the rest is missing from the outset, and if to more, the surplus is a reserve. A sum within 1e-12 of 1 counts as 1.
    pub shares: &'a [f64],
}

/// What is lost. What is not named is left whole; of several entries for the same site or lane the smallest counts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Loss {
    /// Sites, and the part of their own output that is left, from 0 (stopped) to 1 (whole).
    pub sites: Vec<(u32, f64)>,
    /// Lanes by index, and the part of what they carry that is left, from 0 (closed) to 1 (open).
    pub lanes: Vec<(u32, f64)>,
}

/// The answer for one loss.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outcome {
    /// What is available, from 0 to 1: of every site by number, or of the targets in their order.
    pub availability: Vec<f64>,
    /// The most sweeps that any component with a cycle took; 0 if the loss changes nothing on a cycle.
    pub sweeps: u32,
    /// The largest amount by which availability at a site on a cycle still exceeds what the equation makes of its suppliers. What is off
    /// in the end is this, multiplied by what the cycle returns of itself: `residual / (1 - gain)`.
    pub residual: f64,
    /// Residual up to which it counts as settled: ten times what was asked for.
    settled_from: f64,
}

impl Outcome {
    /// Whether no cycle was involved, so that the answer is exact but for rounding.
    #[must_use]
    pub fn is_exact(&self) -> bool {
        self.sweeps == 0
    }

    /// Whether the answer is exact or has converged. If not, cycles return nearly all of what they take, and what is
    /// really available is less than the answer.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.residual <= self.settled_from
    }
}

/// A supply network made ready for questions about losses.
///
/// Sites produce with fixed proportions (Leontief, *The Structure of American Economy*, 2nd ed. 1951): each slot of a site is a requirement, and
/// the scarcest limits the site. With `own` left of a site and `open` left of a lane,
///
/// ```text
/// a(i) = own(i) * min over slots s of i of  min(1, sum over lanes l of s of share(l) * open(l) * a(supplier of l))
/// ```
///
/// where the minimum over no slots is 1. A slot without lanes gets nothing. The right side rises with every `a`, so the
/// equation has a greatest solution (Tarski, *A lattice-theoretical fixpoint theorem*, 1955), and that is the answer: sites that feed each other
/// go on as long as no loss reaches them. It is approached from above, by lowering what a loss reaches.
///
/// Sites are renumbered so that suppliers come first; what lies on no cycle takes one pass. Components with
/// cycles are swept until, by estimate, no site has more than 1e-13 left to lose (or what [`settling_to`](Self::settling_to) says), with leaps where steps shrink slowly. Only what lies downstream of a loss is
/// touched. Sums have a fixed order without fused multiply-add, and every loss goes through the same steps alone or in
/// company: results are **the same to the last bit** for any number of threads, any batch, and any machine. Another
/// numbering of sites or lanes changes them by rounding.
///
/// ```
/// use linchpin_kernel::{Lanes, Loss, Supply};
///
/// // A factory (2) has one slot, fed in halves by two mines (0 and 1).
/// let lanes = Lanes { slots: &[0, 0], suppliers: &[0, 1], shares: &[0.5, 0.5] };
/// let supply = Supply::new(3, &[2], &lanes)?;
/// let stopped = Loss { sites: vec![(1, 0.0)], ..Loss::default() };
/// assert_eq!(supply.under(&stopped)?.availability, [1.0, 0.0, 0.5]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Supply {
    /// Position of each site.
    position: Vec<u32>,
    /// Positions of the components that hold a cycle, ascending.
    cyclic: Vec<Range<u32>>,
    /// First slot of each position, then the number of slots.
    slot_start: Vec<u32>,
    /// First lane of each slot, then the number of lanes.
    lane_start: Vec<u32>,
    /// What the shares of each slot leave uncovered; negative if it has a reserve.
    gaps: Vec<f64>,
    /// Position of the supplier of each lane.
    suppliers: Vec<u32>,
    /// Share of each lane, in the same order.
    shares: Vec<f64>,
    /// Where each original lane stands in the two arrays above.
    lane_place: Vec<u32>,
    /// Positions that each position supplies.
    buyers: Groups<u32>,
    /// What is missing at each position with nothing lost.
    base: Vec<f64>,
    base_effort: Effort,
    /// Components that are not at rest in `base`, to the last bit.
    restless: Vec<Range<u32>>,
    /// Part of a site's output that may still be to be lost, by estimate, when a loss counts as settled.
    tolerance: f64,
}

impl Supply {
    /// Prepares a network of sites `0..sites`; `slots` names the site of each slot.
    ///
    /// Takes `O(sites + slots + lanes)` if the shares of every slot sum to 1 or more. Lanes with share 0 make no cycle.
    ///
    /// # Errors
    /// [`SupplyError`] for arrays of different lengths, numbers out of range, and shares that are negative or not finite.
    pub fn new(sites: usize, slots: &[u32], lanes: &Lanes<'_>) -> Result<Self, SupplyError> {
        build::build(sites, slots, lanes)
    }

    /// The same, with cycles swept only until no site has more than `tolerance` left to lose, by estimate: a share of
    /// 10<sup>-7</sup> of a site's output is far below what the data of a network are worth, and takes half the sweeps. At least 1e-13.
    #[must_use]
    pub fn settling_to(mut self, tolerance: f64) -> Self {
        self.tolerance = tolerance.max(settle::TOLERANCE);
        self
    }

    /// Number of sites.
    #[must_use]
    pub fn sites(&self) -> usize {
        self.base.len()
    }

    /// Number of slots.
    #[must_use]
    pub fn slots(&self) -> usize {
        self.gaps.len()
    }

    /// Number of lanes.
    #[must_use]
    pub fn lanes(&self) -> usize {
        self.lane_place.len()
    }

    /// Number of sites that lie on a cycle.
    #[must_use]
    pub fn sites_on_cycles(&self) -> usize {
        self.cyclic.iter().map(ExactSizeIterator::len).sum()
    }

    /// Availability of every site under one loss, on the caller's thread. Only sites downstream of the loss are worked out.
    ///
    /// # Errors
    /// [`LossError`] for numbers out of range and for what is left if it is not from 0 to 1.
    pub fn under(&self, loss: &Loss) -> Result<Outcome, LossError> {
        self.check(0, loss)?;
        let wanted = Marks::all(self.sites());
        let mut run = Run::<1>::new(self, &wanted);
        let [effort] = run.answer(std::slice::from_ref(loss));
        let availability = self.position.iter().map(|&position| 1.0 - run.missing(position, 0)).collect();
        Ok(self.outcome(availability, effort))
    }

    /// Availability of `targets` under each of many losses, which share the work: one outcome per loss, in their order,
    /// with one entry per target, in theirs. Only what feeds a target is worked out, and sweeps and residual speak of that alone.
    ///
    /// Batches of losses are shared over `threads` threads: the caller's and workers of the rayon pool it runs in.
    /// 0 or 1 leaves the pool alone. The result does not depend on it. `step` is called with the number of losses answered so far, before each batch and on
    /// the thread that takes it; when it breaks, no further batch is begun.
    ///
    /// A thread needs 64 bytes a site, and the answer 8 bytes per loss and target.
    ///
    /// # Errors
    /// Those of [`under`](Self::under), a target out of range, and [`Ended`](LossError::Ended) if `step` broke.
    ///
    /// ```
    /// use std::ops::ControlFlow;
    /// use linchpin_kernel::{Lanes, Loss, Supply};
    ///
    /// // Mine 0 feeds plant 1, which feeds plant 2: each site lost in turn, seen from plant 2.
    /// let lanes = Lanes { slots: &[0, 1], suppliers: &[0, 1], shares: &[1.0, 1.0] };
    /// let supply = Supply::new(3, &[1, 2], &lanes)?;
    /// let losses: Vec<Loss> = (0..3).map(|site| Loss { sites: vec![(site, 0.25)], lanes: vec![] }).collect();
    /// for outcome in supply.at(&[2], &losses, 1, &mut |_| ControlFlow::Continue(()))? {
    ///     assert_eq!(outcome.availability, [0.25]);
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn at(
        &self,
        targets: &[u32],
        losses: &[Loss],
        threads: usize,
        step: &mut (dyn FnMut(usize) -> ControlFlow<()> + Send),
    ) -> Result<Vec<Outcome>, LossError> {
        for &site in targets {
            if site as usize >= self.sites() {
                return Err(LossError::Target { site, sites: self.sites() });
            }
        }
        for (number, loss) in losses.iter().enumerate() {
            self.check(number, loss)?;
        }
        let targets: Vec<u32> = targets.iter().map(|&site| self.position[site as usize]).collect();
        let wanted = self.upstream(&targets);
        let mut outcomes = vec![Outcome::default(); losses.len()];
        let done = AtomicUsize::new(0);
        let mut ended = false;
        {
            let mut batches = losses.chunks(BATCH).zip(outcomes.chunks_mut(BATCH));
            let batches = std::iter::from_fn(|| {
                ended = ended || (batches.len() > 0 && step(done.load(Ordering::Relaxed)).is_break());
                if ended { None } else { batches.next() }
            });
            let idle = Mutex::new(Vec::new());
            let lock = || idle.lock().unwrap_or_else(PoisonError::into_inner);
            share(threads.min(losses.len().div_ceil(BATCH)), batches, |(losses, outcomes)| {
                let run = lock().pop();
                let mut run = run.unwrap_or_else(|| Run::<BATCH>::new(self, &wanted));
                let efforts = run.answer(losses);
                for (number, (outcome, effort)) in outcomes.iter_mut().zip(efforts).enumerate() {
                    let availability =
                        targets.iter().map(|&target| 1.0 - run.missing(target, number)).collect();
                    *outcome = self.outcome(availability, effort);
                }
                done.fetch_add(losses.len(), Ordering::Relaxed);
                lock().push(run);
            });
        }
        if ended { Err(LossError::Ended { done: done.into_inner() }) } else { Ok(outcomes) }
    }

    fn outcome(&self, availability: Vec<f64>, effort: Effort) -> Outcome {
        Outcome {
            availability,
            sweeps: effort.sweeps.max(self.base_effort.sweeps),
            residual: effort.residual.max(self.base_effort.residual),
            settled_from: 10.0 * self.tolerance,
        }
    }

    fn check(&self, number: usize, loss: &Loss) -> Result<(), LossError> {
        for &(site, left) in &loss.sites {
            if site as usize >= self.sites() {
                return Err(LossError::Site { loss: number, site, sites: self.sites() });
            }
            if !(0.0..=1.0).contains(&left) {
                return Err(LossError::SiteLeft { loss: number, site, left });
            }
        }
        for &(lane, left) in &loss.lanes {
            if lane as usize >= self.lanes() {
                return Err(LossError::Lane { loss: number, lane, lanes: self.lanes() });
            }
            if !(0.0..=1.0).contains(&left) {
                return Err(LossError::LaneLeft { loss: number, lane, left });
            }
        }
        Ok(())
    }

    /// The positions `targets` and all that feed them.
    fn upstream(&self, targets: &[u32]) -> Marks {
        let mut marks = Marks::new(self.sites());
        let mut open: Vec<u32> = Vec::new();
        let mut reach = |position: u32, open: &mut Vec<u32>| {
            if !marks.has(position) {
                marks.set(position);
                open.push(position);
            }
        };
        for &target in targets {
            reach(target, &mut open);
        }
        while let Some(position) = open.pop() {
            for slot in self.slots_at(position) {
                for &supplier in &self.suppliers[self.lanes_at(slot)] {
                    reach(supplier, &mut open);
                }
            }
        }
        marks
    }

    fn slots_at(&self, position: u32) -> Range<usize> {
        self.slot_start[position as usize] as usize..self.slot_start[position as usize + 1] as usize
    }

    fn lanes_at(&self, slot: usize) -> Range<usize> {
        self.lane_start[slot] as usize..self.lane_start[slot + 1] as usize
    }

    /// The position that a lane leads to.
    fn position_of_lane(&self, place: u32) -> u32 {
        let slot = self.lane_start.partition_point(|&start| start <= place) - 1;
        self.slot_start.partition_point(|&start| start as usize <= slot) as u32 - 1
    }
}
