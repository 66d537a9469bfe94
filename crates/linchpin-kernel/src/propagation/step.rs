//! One tick, and what networks of firms and of sites have in common of it: how what there is is divided.

use super::trials::Work;
use super::{Extra, Policy, Propagation, Rationing, Real, Trials};
use num_traits::Float;

/// An order that is short by less than this part of it is met.
const SHORT: f64 = 1e-9;
/// Units in the last place of what a pool has that are rounding.
const ROUNDING: f64 = 256.0;

/// The part of an order below which a shortage is none, more in numbers that are too coarse for it.
#[inline(always)]
pub(super) fn short<F: Real>() -> F {
    Float::max(F::of(SHORT), F::epsilon() * F::of(1024.0))
}

/// The part of what a pool has that is rounding.
#[inline(always)]
pub(super) fn rounding<F: Real>() -> F {
    F::epsilon() * F::of(ROUNDING)
}

/// Part that is met of what is asked for, if everyone gets the same.
#[inline(always)]
pub(super) fn pro_rata<V: Trials>(asked: V, given: V, zero: V) -> V {
    V::select(asked.gt(zero), given / asked, zero)
}

/// One step of a run.
struct Step<'a, 'n, V: Trials>(&'a mut Propagation<'n, V>);

impl<V: Trials> Work for Step<'_, '_, V> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        match self.0.network.extras.as_deref() {
            None => self.0.step_of_firms(),
            Some(extras) => self.0.step_of_sites(extras),
        }
    }
}

impl<V: Trials> Propagation<'_, V> {
    /// Goes one tick on.
    pub fn step(&mut self) {
        V::tick(self);
    }

    #[inline(always)]
    pub(super) fn tick_on(&mut self) {
        V::vectorize(self.token, Step(self));
        self.tick += 1;
    }

    /// What was given of the order of a lane in this tick; it arrives lead time later.
    pub fn delivered(&self, lane: usize) -> V {
        match &self.extra {
            Some(x) => x.lanes[lane].sent,
            None => self.given_of_lane(lane) * self.unit(lane),
        }
    }

    #[inline(always)]
    pub(super) fn infinity(&self) -> V {
        self.of(V::Scalar::infinity())
    }

    /// Divides what a pool has, and gives back how much of it is shipped.
    #[inline(always)]
    pub(super) fn ration(&mut self, mut x: Option<&mut Extra<V>>, pool: usize, has: V) -> V {
        let (n, zero) = (self.network.extras.as_deref(), self.zero());
        let classes = self.classes();
        let own = match n {
            Some(n) => usize::from(n.pool_class[pool]),
            None => 0,
        };
        let wanted = self.wanted(pool) + self.waiting(pool);
        let mut left = has;
        for class in 0..classes {
            let at = pool * classes + class;
            let asked = self.markets[at].demand;
            if n.is_some() {
                // Short by rounding is not short: the last to be served would pay for the digits of all. (Firms are served
                // as published, to the last bit.)
                let rounding = has * self.of(rounding());
                left = V::select((asked - left).lt(rounding), left.max(asked), left);
            }
            let given = left.min(asked);
            match self.policy.rationing {
                Rationing::ProRata => {
                    let met = pro_rata(asked, given, zero);
                    self.markets[at].met = met;
                    if class == own {
                        self.served[pool] = wanted * met;
                    }
                }
                Rationing::FinalDemandLast => {
                    let own = class == own;
                    let orders = if own { (asked - wanted).max(zero) } else { asked };
                    self.markets[at].met = V::select(orders.gt(zero), left.min(orders) / orders, zero);
                    if own {
                        let rest = (left - orders).max(zero);
                        self.served[pool] = V::select(left.ge(asked), wanted, rest.min(wanted));
                    }
                }
                Rationing::WaterFilling | Rationing::ByNeed => {
                    self.fill_level(x.as_deref_mut(), pool, class, left)
                }
                Rationing::WaterFillingAsPublished => self.fill_as_published(pool, left),
            }
            left -= given;
        }
        if let Some(waiting) = self.waiting.get_mut(pool) {
            *waiting = wanted - self.served[pool];
        }
        has - left
    }
}

impl<F: Real> Policy<F> {
    /// Whether orders swing for no other reason than their own correction: a gap that is closed in one tick, over a
    /// way that takes as long or longer, is ordered for again before it is filled. (A rebound of this kind was
    /// reported as BoARIO#18.)
    pub fn overshoots(&self) -> bool {
        self.adjustment <= F::one()
    }
}
