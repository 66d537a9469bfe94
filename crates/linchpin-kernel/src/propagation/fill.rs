//! Water filling: everyone gets the same part of his weight, which is what he takes in equilibrium or what he needs now,
//! until his order is met.

use super::step::allowed;
use super::{Extra, Propagation, Rationing, Real};

const NOTHING: f64 = 1e-20;

impl<F: Real> Propagation<'_, F> {
    /// The level λ with Σ min(O, λ·w) = what there is, over the lanes and the final demand of a class: sorted by O/w,
    /// those who are met first leave the rest to the others. What all of them leave is divided pro rata among those whose
    /// weight is nothing.
    pub(super) fn fill_level(&mut self, extra: Option<&mut Extra<F>>, pool: usize, class: usize, has: F) {
        let n = self.network.extras.as_deref();
        let classes = n.map_or(1, |n| n.classes);
        let own = n.map_or(0, |n| usize::from(n.pool_class[pool])) == class;
        let waits = self.waiting.get(pool).copied().unwrap_or(F::zero());
        let final_demand = if own { self.wanted[pool] + waits } else { F::zero() };
        let at = pool * classes + class;
        if has >= self.markets[at].demand {
            self.markets[at].met = F::infinity();
            if let Some(x) = extra {
                x.rest[at] = F::one();
            }
            if own {
                self.served[pool] = final_demand;
            }
            return;
        }
        let open = |lane: usize| extra.as_ref().map_or(F::one(), |x| x.open[lane]);
        let of_class = |lane: &usize| n.is_none_or(|n| usize::from(n.lane_class[*lane]) == class);
        let (mut asks, mut others): (Vec<(F, F)>, F) = (vec![], F::zero());
        let sold = self.sold.as_ref().map(|s| s.of(pool)).unwrap_or_default();
        for lane in sold.iter().map(|l| *l as usize).filter(of_class) {
            let amount = self.network.lane_amount[lane];
            let weight = extra.as_ref().map_or(amount, |x| self.weight(x, lane));
            let asked = allowed(self.order[lane], amount, open(lane));
            match weight > F::zero() {
                true => asks.push((asked / weight, weight)),
                false => others += asked,
            }
        }
        let usual = match self.policy.rationing {
            Rationing::ByNeed if n.is_some() => self.wanted[pool],
            _ => self.network.demand[pool],
        };
        match own && usual > F::zero() {
            true => asks.push((final_demand / usual, usual)),
            false => others += final_demand,
        }
        let level = level(&mut asks, has);
        let given = asks.iter().fold(F::zero(), |sum, (ratio, weight)| sum + ratio.min(level) * *weight);
        let rest = (has - given).max(F::zero());
        let rest = if others > F::zero() { (rest / others).min(F::one()) } else { F::zero() };
        self.markets[at].met = level;
        if own {
            let served = if usual > F::zero() { level * usual } else { final_demand * rest };
            self.served[pool] = final_demand.min(served);
        }
        if let Some(x) = extra {
            x.rest[at] = rest;
        }
    }

    /// The same as the program that was published with it, round by round, so that even its rounding is followed: whether
    /// an order is nothing or next to nothing decides who stays in. Orders are replaced by what is given.
    pub(super) fn fill_as_published(&mut self, pool: usize, has: F) {
        let (zero, nothing) = (F::zero(), F::of(NOTHING));
        let usual = self.network.demand[pool];
        let lanes = self.sold.as_ref().map(|s| s.of(pool)).unwrap_or_default();
        let amount = |lane: u32| self.network.lane_amount[lane as usize];
        // What is still asked for and what is given, as parts of what is taken in equilibrium.
        let mut asked: Vec<F> = lanes.iter().map(|l| self.order[*l as usize] / amount(*l)).collect();
        let mut given = vec![zero; lanes.len()];
        let mut alive: Vec<usize> = (0..lanes.len()).collect();
        let waits = self.waiting.get(pool).copied().unwrap_or(zero);
        let (mut final_given, mut left) = (zero, has);
        let mut final_asked = if usual > zero { (self.wanted[pool] + waits) / usual } else { F::one() };
        loop {
            let real = alive.iter().map(|k| asked[*k]).filter(|a| a.abs() > nothing);
            let least = real.reduce(F::min).into_iter().chain(Some(final_asked).filter(|a| *a > nothing));
            let Some(rise) = least.reduce(F::min).filter(|m| *m > nothing) else { break };
            let weight = pairwise(&alive.iter().map(|k| amount(lanes[*k])).collect::<Vec<F>>());
            let need = rise * weight + rise * usual;
            if left <= need {
                alive.retain(|k| asked[*k] > zero);
                let open = if final_asked > zero { usual } else { zero };
                let rest = pairwise(&alive.iter().map(|k| amount(lanes[*k])).collect::<Vec<F>>()) + open;
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
        let given: Vec<(u32, F)> = lanes.iter().zip(given).map(|(l, part)| (*l, part * amount(*l))).collect();
        given.into_iter().for_each(|(lane, units)| self.order[lane as usize] = units);
        self.markets[pool].met = F::one();
        self.served[pool] = usual * final_given;
    }
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

/// The level at which what there is is used up.
fn level<F: Real>(asks: &mut [(F, F)], has: F) -> F {
    asks.sort_by(|a, b| {
        a.0.partial_cmp(&b.0)
            .unwrap_or(std::cmp::Ordering::Equal)
            .then(a.1.partial_cmp(&b.1).unwrap_or(std::cmp::Ordering::Equal))
    });
    let mut weight = asks.iter().fold(F::zero(), |sum, (_, amount)| sum + *amount);
    let (mut left, mut height) = (has, F::zero());
    for (ratio, amount) in asks.iter() {
        let rise = *ratio - height;
        if rise * weight > left {
            return height + left / weight;
        }
        left -= rise * weight;
        height = *ratio;
        weight -= *amount;
    }
    height
}
