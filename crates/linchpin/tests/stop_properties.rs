//! What must hold for any chain and any loss, on random chains with fixed seeds.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use linchpin::stop::{Chain, Loss, Mode, Number, Parts, Rationing, Terms, Unknowns};
use support::stops::*;

const WILD: Wild = Wild { silent: true, users: true, consistent: false };
/// All plants publish their output.
const LOUD: Wild = Wild { silent: false, ..WILD };

fn cases(seeds: std::ops::Range<u64>, wild: Wild) -> impl Iterator<Item = (u64, Dice, Chain, Loss)> {
    seeds.map(move |seed| {
        let mut dice = Dice::new(seed ^ 0x5eed);
        let chain = random_chain(&mut dice, wild);
        let loss = random_loss(&mut dice, &chain);
        (seed, dice, chain, loss)
    })
}

/// Robots stand on the side that hit plants may not serve.
fn is_cut(chain: &Chain, loss: &Loss, terms: Terms) -> bool {
    terms.parts == Parts::Home && loss.cuts(&chain.home)
}

/// Robots and their rivals stand on the same side, or robots have no rivals: more for anyone is no less for robots.
fn is_alike(chain: &Chain, loss: &Loss, terms: Terms) -> bool {
    loss.mode == Mode::Output || terms.rationing == Rationing::Outbid || is_cut(chain, loss, terms)
}

#[track_caller]
fn at_most(a: f64, b: f64, what: &str, seed: u64, terms: Terms, loss: &Loss) {
    assert!(a <= b + 1e-9, "seed {seed}, {what}: {a} > {b}\n{terms:?}\n{loss:?}");
}

#[test]
fn a_share_is_from_zero_to_one() {
    let mut count = 0;
    for (seed, _, chain, loss) in cases(0..1000, WILD) {
        for terms in all_terms() {
            let raw = market_stop(&chain, &loss, terms).story().value();
            assert!((-1e-12..=1.0 + 1e-12).contains(&raw), "seed {seed}: {raw}\n{terms:?}");
            count += usize::from(raw > 1e-9);
        }
        for spare in [false, true] {
            let (low, high) = own_stops(&chain, &loss, &[], spare);
            assert!(0.0 <= low && low <= high + 1e-12 && high <= 1.0, "seed {seed}: {low} {high}");
        }
    }
    assert!(count > 6000, "{count}");
}

/// More plants stop: never better. More plants are banned within the same border: never better for robots outside.
#[test]
fn hitting_more_plants_never_helps() {
    let mut grew = 0;
    for (seed, mut dice, chain, loss) in cases(0..1000, WILD) {
        let mut more = loss.clone();
        for (k, link) in chain.links.iter().enumerate() {
            for (i, p) in link.plants.iter().enumerate() {
                let inside = loss.mode == Mode::Output || loss.within.contains(&p.country);
                if inside && dice.chance(0.4) {
                    more.hit.insert((k, i));
                }
            }
        }
        for terms in all_terms() {
            // In a market without figures more hits change only what is assumed.
            if !(loss.mode == Mode::Output || is_cut(&chain, &loss, terms)) {
                continue;
            }
            let (before, after) = (stop(&chain, &loss, terms), stop(&chain, &more, terms));
            at_most(before, after, "more plants", seed, terms, &loss);
            grew += usize::from(after > before + 1e-9);
        }
    }
    assert!(grew > 500, "{grew}");
}

/// A ban by one more country, all of it: never better for robots elsewhere that outbid everybody. (Where they do not,
/// it may be: see `a_larger_bloc_can_ease_a_ban`.)
#[test]
fn a_larger_bloc_never_helps_robots_that_outbid() {
    let mut grew = 0;
    for seed in 0..1000 {
        let mut dice = Dice::new(seed);
        let chain = random_chain(&mut dice, WILD);
        let others: Vec<&str> = COUNTRIES.iter().copied().filter(|c| *c != chain.home).collect();
        let small = hitting(&chain, ABROAD, |_, p| p.country == others[0]);
        let large = hitting(&chain, ABROAD, |_, p| others[..2].contains(&p.country.as_str()));
        for terms in all_terms().into_iter().filter(|t| t.rationing == Rationing::Outbid) {
            if terms.parts == Parts::Inside || !small.is_felt() {
                continue;
            }
            let (before, after) = (stop(&chain, &small, terms), stop(&chain, &large, terms));
            at_most(before, after, "a larger bloc", seed, terms, &small);
            grew += usize::from(after > before + 1e-9);
        }
    }
    assert!(grew > 200, "{grew}");
}

/// More robots: never a smaller stop share. Pro rata without re-sourcing is left out: there more robots switch on more
/// spare capacity, which may stand where no plant is hit.
#[test]
fn more_robots_never_lower_the_share() {
    let mut grew = 0;
    for (seed, mut dice, chain, loss) in cases(0..1000, WILD) {
        let mut more = chain.clone();
        more.volume *= dice.within(1.0, 20.0);
        for terms in all_terms().into_iter().filter(|t| t.rationing == Rationing::Outbid || t.spare) {
            if !is_alike(&chain, &loss, terms) {
                continue;
            }
            let (before, after) = (stop(&chain, &loss, terms), stop(&more, &loss, terms));
            at_most(before, after, "more robots", seed, terms, &loss);
            grew += usize::from(after > before + 1e-9);
        }
    }
    assert!(grew > 500, "{grew}");
}

/// With less spare capacity, and with none of it used: never a smaller stop share.
#[test]
fn spare_capacity_never_hurts() {
    let (mut grew, mut used) = (0, 0);
    for (seed, mut dice, chain, loss) in cases(0..1000, WILD) {
        let mut less = chain.clone();
        for p in less.links.iter_mut().flat_map(|l| &mut l.plants) {
            p.spare *= if dice.chance(0.5) { dice.unit() } else { 1.0 };
        }
        for terms in all_terms().into_iter().filter(|t| t.spare && is_alike(&chain, &loss, *t)) {
            let with = stop(&chain, &loss, terms);
            let lower = stop(&less, &loss, terms);
            at_most(with, lower, "less to spare", seed, terms, &loss);
            let without = stop(&chain, &loss, Terms { spare: false, ..terms });
            at_most(with, without, "unused", seed, terms, &loss);
            grew += usize::from(lower > with + 1e-9);
            used += usize::from(without > with + 1e-9);
        }
        let (with, without) = (own_stops(&chain, &loss, &[], true), own_stops(&chain, &loss, &[], false));
        assert!(with.0 <= without.0 && with.1 <= without.1, "seed {seed}");
    }
    assert!(grew > 300 && used > 300, "{grew} {used}");
}

/// Robots that outbid everybody never get less, where each market makes what the next takes for what it makes.
#[test]
fn outbidding_never_hurts() {
    let mut gained = 0;
    for (seed, _, chain, loss) in cases(0..1500, Wild { consistent: true, ..WILD }) {
        for terms in all_terms().into_iter().filter(|t| t.rationing == Rationing::ProRata) {
            let outbid = stop(&chain, &loss, Terms { rationing: Rationing::Outbid, ..terms });
            let shared = stop(&chain, &loss, terms);
            at_most(outbid, shared, "outbidding", seed, terms, &loss);
            gained += usize::from(outbid + 1e-9 < shared);
        }
    }
    assert!(gained > 3000, "{gained}");
}

#[test]
fn the_worst_is_no_better_than_the_best() {
    let mut apart = [0, 0];
    for (seed, _, chain, loss) in cases(0..1500, WILD).chain(cases(0..1500, LOUD)) {
        let silent = chain.links.iter().flat_map(|l| &l.plants).any(|p| p.output.is_none());
        for terms in all_terms().into_iter().filter(|t| t.unknowns == Unknowns::Middle) {
            // A silent plant on the other side serves robots and rivals alike, and is not surely for the best.
            if silent && !is_alike(&chain, &loss, terms) {
                continue;
            }
            let at = |unknowns| stop(&chain, &loss, Terms { unknowns, ..terms });
            let (worst, middle, best) = (at(Unknowns::Worst), at(Unknowns::Middle), at(Unknowns::Best));
            at_most(middle, worst, "worst", seed, terms, &loss);
            at_most(best, middle, "best", seed, terms, &loss);
            apart[0] += usize::from(worst > middle + 1e-9);
            apart[1] += usize::from(middle > best + 1e-9);
        }
    }
    assert!(apart[0] > 50 && apart[1] > 500, "{apart:?}");
}

/// Splitting a plant in two, and writing plants in another order, changes nothing.
#[test]
fn neither_a_split_nor_an_order_of_plants_counts() {
    for (seed, mut dice, chain, loss) in cases(0..500, WILD) {
        let (mut split, mut split_loss) = (chain.clone(), loss.clone());
        for (k, link) in split.links.iter_mut().enumerate() {
            let i = dice.below(link.plants.len());
            let part = dice.within(0.1, 0.9);
            let mut twin = link.plants[i].clone();
            (twin.made, twin.spare) = (twin.made * part, twin.spare * part);
            twin.site += "_twin";
            link.plants[i].made -= twin.made;
            link.plants[i].spare -= twin.spare;
            link.plants.push(twin);
            if loss.hits(k, i) {
                split_loss.hit.insert((k, link.plants.len() - 1));
            }
        }
        let (mut mixed, mut mixed_loss) = (chain.clone(), loss.clone());
        mixed_loss.hit.clear();
        for (k, link) in mixed.links.iter_mut().enumerate() {
            let mut order: Vec<usize> = (0..link.plants.len()).collect();
            dice.shuffle(&mut order);
            link.plants = order.iter().map(|i| link.plants[*i].clone()).collect();
            mixed_loss.hit.extend((0..order.len()).filter(|at| loss.hits(k, order[*at])).map(|at| (k, at)));
        }
        for terms in all_terms() {
            let whole = stop(&chain, &loss, terms);
            for (other, changed) in [(&split, &split_loss), (&mixed, &mixed_loss)] {
                let found = stop(other, changed, terms);
                assert!((found - whole).abs() < 1e-12, "seed {seed}: {found} {whole}\n{terms:?}");
            }
        }
        for spare in [false, true] {
            let (a, b) = (own_stops(&chain, &loss, &[], spare), own_stops(&mixed, &mixed_loss, &[], spare));
            assert!((a.0 - b.0).abs() < 1e-12 && (a.1 - b.1).abs() < 1e-12, "seed {seed}: {a:?} {b:?}");
        }
    }
}

/// The value and its story are one procedure: the same bits.
#[test]
fn the_story_has_the_value() {
    for (seed, _, chain, loss) in cases(0..500, WILD) {
        let (chain, _) = figured(&chain);
        for terms in all_terms() {
            let stop = market_stop(&chain, &loss, terms);
            let (value, told) = (stop.value().unwrap(), stop.story().value());
            let clean = if told.abs() < 1e-12 { 0.0 } else { told.clamp(0.0, 1.0) };
            assert_eq!(value.to_bits(), clean.to_bits(), "seed {seed}: {value} {told}\n{terms:?}");
        }
    }
}

/// Slopes by every figure, through the definitions of the leaves, against differences on both sides; where the two
/// sides differ there is a kink, and the slope is one of them or between.
#[test]
fn slopes_are_those_of_finite_differences() {
    let (mut smooth, mut steep) = (0, 0);
    for (seed, _, chain, loss) in cases(0..60, WILD) {
        let (chain, values) = figured(&chain);
        for terms in all_terms() {
            let now = market_stop(&chain, &loss, terms);
            // Clamped or cleaned values have no slopes to compare.
            if now.value().unwrap() < 1e-6 {
                continue;
            }
            let slopes = now.story().slopes();
            for f in 0..values.len() {
                let step = values[f].abs().max(1e-3) * 1e-6;
                let moved = |by: f64| {
                    let mut values = values.clone();
                    values[f] += by;
                    values
                };
                let (down, up) = (moved(-step), moved(step));
                let side = |v: &[f64]| stop(&revalued(&chain, v), &loss, terms);
                let (left, here, right) = (side(&down), side(&values), side(&up));
                let (below, above) = ((here - left) / step, (right - here) / step);
                let told: f64 = slopes
                    .iter()
                    .map(|(leaf, slope)| slope * (value_of(leaf, &up) - value_of(leaf, &down)) / (2.0 * step))
                    .sum();
                let tolerance = 1e-6 + 1e-4 * told.abs().max(below.abs());
                if (below - above).abs() < tolerance {
                    assert!(
                        (told - below).abs() < 2.0 * tolerance,
                        "seed {seed}, figure {f}: {told}, not {below}\n{terms:?}"
                    );
                    smooth += 1;
                    steep += usize::from(told.abs() > 1e-5);
                }
            }
        }
    }
    assert!(smooth > 5000 && steep > 1000, "{smooth} {steep}");
}
