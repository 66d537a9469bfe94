//! Water filling: everyone gets the same part of his weight, which is what he takes in equilibrium or what he needs now,
//! until his order is met.

use super::{Extra, NOTHING, Propagation, Rationing, Real, Trials};
use num_traits::Float;

/// A lane or final demand that takes part: what it asks for, and what it counts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ask<V> {
    asked: V,
    weight: V,
}

impl<V: Trials> Propagation<'_, V> {
    /// The level λ with Σ min(O, λ·w) = what there is, over the lanes and the final demand of a class. What is left when all
    /// of them are met is divided pro rata among those whose weight is nothing.
    #[inline(always)]
    pub(super) fn fill_level(&mut self, extra: Option<&mut Extra<V>>, pool: usize, class: usize, has: V) {
        let (n, zero, one) = (self.network.extras.as_deref(), self.zero(), self.one());
        let own = match n {
            Some(n) => usize::from(n.pool_class[pool]) == class,
            None => true,
        };
        let final_demand = if own { self.wanted(pool) + self.waiting(pool) } else { zero };
        let at = pool * self.classes() + class;
        let infinity = self.of(V::Scalar::infinity());
        let full = has.ge(self.markets[at].demand);
        if V::all(full) {
            // What was so in the last tick is not written again.
            match extra {
                Some(x) if x.full[at] => {}
                Some(x) => {
                    (x.full[at], x.rest[at]) = (true, one);
                    self.markets[at].met = infinity;
                }
                None => self.markets[at].met = infinity,
            }
            if own {
                self.served[pool] = final_demand;
            }
            return;
        }
        let (mut asks, mut others) = (std::mem::take(&mut self.asks_of_pool), zero);
        asks.clear();
        let sold = self.sold.as_ref().map(|s| s.of(pool)).unwrap_or_default();
        for lane in sold.iter().map(|l| *l as usize) {
            let (asked, weight) = match (n, &extra) {
                (Some(n), Some(x)) => match &n.routes[lane] {
                    route if usize::from(route.class) == class => {
                        self.asks(&x.lanes[lane], route, x.quotas.of(lane))
                    }
                    _ => continue,
                },
                _ => (self.order(lane), self.unit(lane)),
            };
            others += V::select(weight.gt(zero), zero, asked);
            asks.push(Ask { asked: V::select(weight.gt(zero), asked, zero), weight });
        }
        let usual = match self.policy.rationing {
            Rationing::ByNeed if n.is_some() => self.wanted(pool),
            _ => self.of(self.network.demand[pool]),
        };
        let usual = if own { usual } else { zero };
        if V::any(V::or(usual.gt(zero), final_demand.gt(zero))) {
            others += V::select(usual.gt(zero), zero, final_demand);
            asks.push(Ask { asked: V::select(usual.gt(zero), final_demand, zero), weight: usual });
        }
        let level = level(&asks, has, full, zero);
        let mut given = zero;
        for ask in &asks {
            given += ask.asked.min(level * ask.weight);
        }
        self.asks_of_pool = asks;
        let rest = ((has - given).max(zero) / others).min(one);
        let rest = V::select(others.gt(zero), rest, zero);
        self.markets[at].met = V::select(full, infinity, level);
        if own {
            let served = V::select(usual.gt(zero), level * usual, final_demand * rest);
            self.served[pool] = V::select(full, final_demand, final_demand.min(served));
        }
        if let Some(x) = extra {
            (x.full[at], x.rest[at]) = (false, V::select(full, one, rest));
        }
    }

    /// The same as the program that was published with it, trial by trial.
    #[inline(always)]
    pub(super) fn fill_as_published(&mut self, pool: usize, has: V) {
        let lanes = self.sold.as_ref().map(|s| s.of(pool)).unwrap_or_default();
        let wanted = self.wanted(pool) + self.waiting(pool);
        let usual = self.network.demand[pool];
        let amounts: Vec<V::Scalar> = lanes.iter().map(|l| self.network.lane_amount[*l as usize]).collect();
        let mut units: Vec<Vec<V::Scalar>> = vec![vec![]; lanes.len()];
        let mut served = vec![];
        for trial in 0..V::COUNT {
            let asked = lanes.iter().zip(&amounts);
            let asked = asked.map(|(l, amount)| self.order[*l as usize].trials()[trial] / *amount).collect();
            let (has, wanted) = (has.trials()[trial], wanted.trials()[trial]);
            let (given, final_given) = published(&amounts, asked, usual, wanted, has);
            let given = given.iter().zip(&amounts).map(|(part, amount)| *part * *amount);
            units.iter_mut().zip(given).for_each(|(units, given)| units.push(given));
            served.push(usual * final_given);
        }
        for (lane, units) in lanes.iter().zip(&units) {
            self.order[*lane as usize] = V::of_trials(self.token, units);
        }
        self.markets[pool].met = self.one();
        self.served[pool] = V::of_trials(self.token, &served);
    }
}

/// The level at which what there is is used up: λ with Σ min(O, λ·w) = has, by Newton's iteration from λ = 0. The sum is
/// concave and piecewise linear in λ, so that iterates rise, those who are met stay so, and the level is found when no one
/// more is: after no more rounds than there are asks (Bitran and Hax 1981 fix variables so; Cominetti, Mascarenhas and Silva
/// 2014 show that it is Newton's method). A trial whose level no longer rises keeps it, whatever the others do.
#[inline(always)]
fn level<V: Trials>(asks: &[Ask<V>], has: V, full: V::Mask, zero: V) -> V {
    if let [ask] = asks {
        return V::select(V::or(full, ask.weight.le(zero)), zero, has / ask.weight);
    }
    let (mut level, mut rising) = (zero, V::not(full));
    while V::any(rising) {
        let (mut met, mut weight) = (zero, zero);
        for ask in asks {
            let is_met = ask.asked.le(level * ask.weight);
            met += V::select(is_met, ask.asked, zero);
            weight += V::select(is_met, zero, ask.weight);
        }
        let next = (has - met) / weight;
        rising = V::and(rising, V::and(weight.gt(zero), next.gt(level)));
        level = V::select(rising, next, level);
    }
    level
}

/// Water filling as the program that was published with it has it, round by round, so that even its rounding is followed:
/// whether an order is nothing or next to nothing decides who stays in. What is asked for and given are parts of what is
/// taken in equilibrium; those of final demand come last.
fn published<F: Real>(amounts: &[F], mut asked: Vec<F>, usual: F, wanted: F, has: F) -> (Vec<F>, F) {
    let (zero, nothing) = (F::zero(), F::of(NOTHING));
    let mut given = vec![zero; amounts.len()];
    let mut alive: Vec<usize> = (0..amounts.len()).collect();
    let (mut final_given, mut left) = (zero, has);
    let mut final_asked = if usual > zero { wanted / usual } else { F::one() };
    loop {
        let real = alive.iter().map(|k| asked[*k]).filter(|a| a.abs() > nothing);
        let least = real.reduce(Float::min).into_iter().chain(Some(final_asked).filter(|a| *a > nothing));
        let Some(rise) = least.reduce(Float::min).filter(|m| *m > nothing) else { break };
        let weight = pairwise(&alive.iter().map(|k| amounts[*k]).collect::<Vec<F>>());
        let need = rise * weight + rise * usual;
        if left <= need {
            alive.retain(|k| asked[*k] > zero);
            let open = if final_asked > zero { usual } else { zero };
            let rest = pairwise(&alive.iter().map(|k| amounts[*k]).collect::<Vec<F>>()) + open;
            let part = if rest > zero { left / rest } else { zero };
            alive.iter().for_each(|k| given[*k] += part);
            final_given += if final_asked > zero { part } else { zero };
            break;
        }
        for k in &alive {
            asked[*k] -= rise;
            given[*k] += rise;
        }
        alive.retain(|k| asked[*k] > nothing);
        if final_asked > zero {
            final_asked -= rise;
            final_given += rise;
            if final_asked <= nothing {
                final_asked = zero;
            }
        }
        left -= need;
        if alive.is_empty() && final_asked.abs() <= nothing || left <= nothing {
            break;
        }
    }
    (given, final_given)
}

/// A sum by pairs of halves, eight sums side by side below 128 (as numpy adds; Higham 1993): the series that this form of
/// rationing is checked against were added so, and it is not stable against another order.
fn pairwise<F: Real>(values: &[F]) -> F {
    let add = |a: F, b: &F| a + *b;
    match values.len() {
        0..8 => values.iter().fold(F::zero(), add),
        8..=128 => {
            let mut sums: [F; 8] = std::array::from_fn(|k| values[k]);
            let blocks = values.chunks_exact(8);
            let rest = blocks.remainder();
            blocks.skip(1).for_each(|block| sums.iter_mut().zip(block).for_each(|(sum, v)| *sum += *v));
            let [a, b, c, d, e, f, g, h] = sums;
            rest.iter().fold(((a + b) + (c + d)) + ((e + f) + (g + h)), add)
        }
        count => {
            let half = count / 2;
            let (first, second) = values.split_at(half - half % 8);
            pairwise(first) + pairwise(second)
        }
    }
}
