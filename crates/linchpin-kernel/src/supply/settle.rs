//! Sweeps over a component with cycles until it has settled.
//!
//! What is missing, `d = 1 - a`, rises from sweep to sweep towards its least solution, in the end by a constant ratio, which
//! near 1 takes for ever. But a sweep is a convex and rising function `G` of `d` (sums with coefficients of at least 0, and the larger
//! of such sums). So if each step is at least `r` times the step before at every site, every later one is too, and
//! `last step * (r + r^2 + ...)` may be added at once without passing the least solution. That is the lower bound of MacQueen (1966) for Markov
//! decision processes, which ask the same of `max`. It matters to stay below: above the least
//! solution there are others, down to the one in which all have stopped because all have stopped.

use std::array;
use std::ops::Range;

use super::run::{Effort, Run};

/// Largest part of a site's output that is still to be lost, by estimate, when a loss counts as settled.
pub(super) const TOLERANCE: f64 = 1e-13;

/// Sweeps over a component before it is left unsettled.
const MOST_SWEEPS: u32 = 1000;

/// Every so many sweeps two successive ones are compared. In between, what a leap has stirred up dies down.
const PERIOD: u32 = 4;

/// A leap is worth it from this part of what is left to go, by estimate; otherwise the ratios are left to even out.
const WORTH: f64 = 0.6;

/// Ratios above this are taken for this: beyond, rounding would count.
const MOST_RATIO: f64 = 0.999_999;

impl<const W: usize> Run<'_, W> {
    /// Sweeps over a component until no loss has anything left to change. What happens to a loss depends on
    /// nothing but itself.
    pub(super) fn settle(&mut self, component: &Range<u32>, efforts: &mut [Effort; W]) {
        if !self.is_due(component) {
            return;
        }
        let mut steps = std::mem::take(&mut self.steps);
        let mut frozen = [false; W];
        // Sum of all steps to come, in units of the last.
        let mut ahead = [1.0; W];
        for sweep in 1..=MOST_SWEEPS {
            let recorded = match sweep % PERIOD {
                0 => Some(&mut steps[component.len()..]),
                rest if rest == PERIOD - 1 => {
                    steps.clear();
                    steps.resize(component.len() * 2, [0.0; W]);
                    Some(&mut steps[..component.len()])
                }
                _ => None,
            };
            let largest = self.sweep(component.clone(), &frozen, recorded);
            if sweep % PERIOD == 0 {
                let (before, last) = steps.split_at(component.len());
                let pace = self.pace(component, before, last);
                ahead = array::from_fn(|k| if frozen[k] { 1.0 } else { 1.0 + pace[k].likely });
                let far = array::from_fn(|k| if frozen[k] { 0.0 } else { pace[k].leap() });
                self.leap(component, last, &far);
            }
            for k in 0..W {
                if largest[k] > 0.0 {
                    efforts[k].sweeps = efforts[k].sweeps.max(sweep);
                }
                frozen[k] |= largest[k] * ahead[k] <= self.tolerance;
            }
            if frozen == [true; W] {
                break;
            }
        }
        self.steps = steps;
        for (effort, left) in efforts.iter_mut().zip(self.leave(component.clone())) {
            effort.residual = effort.residual.max(left);
        }
    }

    /// How far each loss still has to go, from its last two steps at every site.
    fn pace(&self, component: &Range<u32>, before: &[[f64; W]], last: &[[f64; W]]) -> [Pace; W] {
        let values = &self.values.all()[component.start as usize..component.end as usize];
        let mut least = [MOST_RATIO; W];
        let (mut sum_before, mut sum_last) = ([0.0; W], [0.0; W]);
        for ((before, last), values) in before.iter().zip(last).zip(values) {
            for k in 0..W {
                let rounding = 4.0 * f64::EPSILON * values[k];
                let ratio = (last[k] - rounding) / (before[k] + rounding);
                let ratio = if before[k] > 0.0 { ratio } else { MOST_RATIO };
                least[k] = if ratio < least[k] { ratio } else { least[k] };
                sum_before[k] += before[k];
                sum_last[k] += last[k];
            }
        }
        let series = |ratio: f64| ratio / (1.0 - ratio);
        array::from_fn(|k| {
            let likely = if sum_before[k] > 0.0 { sum_last[k] / sum_before[k] } else { 0.0 };
            Pace { sure: series(least[k].max(0.0)), likely: series(likely.min(MOST_RATIO)) }
        })
    }

    /// Adds `far` times the last step at every site.
    fn leap(&mut self, component: &Range<u32>, last: &[[f64; W]], far: &[f64; W]) {
        if *far == [0.0; W] {
            return;
        }
        for (position, last) in component.clone().zip(last) {
            let values = self.values.row_mut(position);
            let mut any = false;
            for k in 0..W {
                let next = values[k] + far[k] * last[k];
                let next = if next < 1.0 { next } else { 1.0 };
                let rises = next > values[k];
                values[k] = if rises { next } else { values[k] };
                any |= rises;
            }
            if any {
                self.rouse(position);
            }
        }
    }
}

/// The steps to come of one loss, in units of the last.
#[derive(Clone, Copy)]
struct Pace {
    /// No more than they are in truth, at any site.
    sure: f64,
    /// By estimate, on the whole.
    likely: f64,
}

impl Pace {
    fn leap(self) -> f64 {
        if self.sure >= WORTH * self.likely { self.sure } else { 0.0 }
    }
}
