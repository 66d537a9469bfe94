//! What the maker's own lanes bring after a loss: the interval holds the answer of every flow that fits what is known.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use linchpin::atlas::Expr;
use linchpin::model::Quantity;
use linchpin::stop::{Chain, Kind, Lane, Loss, Mode, Own, Part, Plant, Selector, Supplier, Whole};
use linchpin_kernel::{Lanes, Loss as Closed, Supply};
use std::collections::BTreeMap;
use support::ground;
use support::stops::*;

const ASSEMBLY: &str = "assembly";

/// Two kinds of mines feed alloys, alloys feed parts; the maker buys parts, and something else beside.
fn random_network(dice: &mut Dice, silent: bool) -> Chain {
    let mut links = vec![];
    for (k, next) in [Some(2), Some(2), Some(3), None, None].into_iter().enumerate() {
        let mut makers: Vec<Plant> = (0..1 + dice.below(4))
            .map(|i| {
                let made = dice.within(5.0, 50.0);
                plant(&format!("site_{k}_{i}"), dice.pick::<&str>(&COUNTRIES), Some(made), Some(made))
            })
            .collect();
        if silent && dice.chance(0.3) {
            makers.push(plant(&format!("silent_{k}"), dice.pick::<&str>(&COUNTRIES), None, None));
        }
        links.push(market(&format!("market_{k}"), 1.0, next, makers));
    }
    let made = |k: usize| links[k].plants.iter().map(|p| p.made).sum::<f64>();
    let least = made(3).min(made(4));
    let volume = least * dice.within(0.01, 0.8);
    let mut chain = chain(dice.pick::<&str>(&COUNTRIES), volume, links);
    chain.assembly.insert(ASSEMBLY.to_owned());
    chain
}

/// Who sells how much to whom, by market, seller and buyer; the maker of the robot is the last buyer of an end.
type Flows = BTreeMap<(usize, usize, usize), f64>;

/// What the buyers of a market want: each plant of the next market its part of the output, the maker his robots'.
fn wants(chain: &Chain, m: usize) -> Vec<f64> {
    let link = &chain.links[m];
    match link.next {
        Some(j) => {
            let next = &chain.links[j];
            next.plants.iter().map(|p| chain.made(m) * p.made / chain.made(j)).collect()
        }
        None => vec![link.takes * chain.volume],
    }
}

/// A random flow that fits: nobody sells more than he makes, every known want is met. Some of it may be given.
fn random_flows(dice: &mut Dice, chain: &Chain, given: &Flows, own: &[Own]) -> Option<Flows> {
    let mut flows = given.clone();
    for (m, link) in chain.links.iter().enumerate() {
        let mut wants = wants(chain, m);
        let mut left: Vec<f64> =
            link.plants.iter().map(|p| if p.output.is_some() { p.made } else { f64::INFINITY }).collect();
        for ((_, i, b), q) in given.iter().filter(|((k, ..), _)| *k == m) {
            (left[*i], wants[*b]) = (left[*i] - q, wants[*b] - q);
        }
        let only = own.iter().find(|o| o.market == link.id);
        let may = |i: usize| only.is_none_or(|o| o.from.hits(&link.plants[i], link));
        let mut pairs: Vec<(usize, usize)> =
            (0..left.len()).filter(|i| may(*i)).flat_map(|i| (0..wants.len()).map(move |b| (i, b))).collect();
        dice.shuffle(&mut pairs);
        // Corners of what is possible, or its inside.
        let partly = dice.chance(0.5);
        for pass in 0..2 {
            for (i, b) in &pairs {
                let most = left[*i].min(wants[*b]).max(0.0);
                let q = if partly && pass == 0 { most * dice.unit() } else { most };
                if q > 0.0 {
                    (left[*i], wants[*b]) = (left[*i] - q, wants[*b] - q);
                    *flows.entry((m, *i, *b)).or_insert(0.0) += q;
                }
            }
        }
        if wants.iter().any(|w| *w > 1e-9) {
            return None;
        }
        // Buyers of whom no output is known buy from whom they like.
        let buyers = link.next.map_or(&[][..], |j| &chain.links[j].plants[..]);
        for b in (0..buyers.len()).filter(|b| buyers[*b].output.is_none()) {
            let first = dice.below(left.len());
            let share = if dice.chance(0.5) { 1.0 } else { dice.unit() };
            *flows.entry((m, first, b)).or_insert(0.0) += share;
            *flows.entry((m, dice.below(left.len()), b)).or_insert(0.0) += 1.0 - share;
        }
    }
    Some(flows)
}

/// Stop share of one flow, by the availability of the kernel.
fn by_flow(chain: &Chain, loss: &Loss, flows: &Flows) -> f64 {
    let mut first = vec![0u32];
    chain.links.iter().for_each(|l| first.push(first[first.len() - 1] + l.plants.len() as u32));
    let robot = first[chain.links.len()];
    let closed = |m: usize, i: usize, country: &str| {
        let cut = match &loss.mode {
            Mode::Output => false,
            Mode::Exports { to: None } => !loss.within.contains(country),
            Mode::Exports { to: Some(to) } => to.contains(country) && !loss.within.contains(country),
        };
        cut && loss.hits(m, i)
    };
    let (mut slots, mut of, mut suppliers, mut shares) = (vec![], vec![], vec![], vec![]);
    let mut lost = Closed::default();
    for (m, link) in chain.links.iter().enumerate() {
        let buyers = link.next.map_or(1, |j| chain.links[j].plants.len());
        for b in 0..buyers {
            let bought: Vec<(usize, f64)> = flows
                .iter()
                .filter(|((k, _, to), _)| (*k, *to) == (m, b))
                .map(|((_, i, _), q)| (*i, *q))
                .collect();
            let all: f64 = bought.iter().map(|(_, q)| q).sum();
            let country = link.next.map_or(chain.home.as_str(), |j| &chain.links[j].plants[b].country);
            slots.push(link.next.map_or(robot, |j| first[j] + b as u32));
            for (i, q) in bought {
                if closed(m, i, country) {
                    lost.lanes.push((of.len() as u32, 0.0));
                }
                of.push(slots.len() as u32 - 1);
                suppliers.push(first[m] + i as u32);
                shares.push(q / all);
            }
        }
        let hit = |i: &usize| loss.hits(m, *i) && loss.mode == Mode::Output;
        lost.sites.extend((0..link.plants.len()).filter(hit).map(|i| (first[m] + i as u32, 0.0)));
    }
    let lanes = Lanes { slots: &of, suppliers: &suppliers, shares: &shares };
    let supply = Supply::new(robot as usize + 1, &slots, &lanes).unwrap();
    1.0 - supply.under(&lost).unwrap().availability[robot as usize]
}

fn random_mode(dice: &mut Dice) -> Mode {
    match dice.below(3) {
        0 => Mode::Output,
        1 => ABROAD,
        _ => towards(&[dice.pick::<&str>(&COUNTRIES), dice.pick::<&str>(&COUNTRIES)]),
    }
}

#[track_caller]
fn holds(interval: (f64, f64), answer: f64, what: &str) {
    assert!(
        interval.0 - 1e-9 <= answer && answer <= interval.1 + 1e-9,
        "{what}: {answer} outside {interval:?}"
    );
}

/// 60 random networks with random losses, 1,000 random flows each: every answer lies in the interval, and half of
/// them come to one of its ends, so that it is not just wide.
#[test]
fn every_flow_that_fits_lies_in_the_interval() {
    let (mut answers, mut wide, mut reached) = (0, 0, 0);
    for seed in 0..60 {
        let mut dice = Dice::new(seed);
        let chain = random_network(&mut dice, seed % 2 == 1);
        let mode = random_mode(&mut dice);
        let hits: Vec<String> = chain
            .links
            .iter()
            .flat_map(|l| &l.plants)
            .filter(|_| dice.chance(0.3))
            .map(|p| p.site.clone())
            .collect();
        let loss = hitting(&chain, mode, |_, p| hits.contains(&p.site));
        let interval = own_stops(&chain, &loss, &[], false);
        let (mut least, mut most) = (1.0f64, 0.0f64);
        for _ in 0..1000 {
            let flows = random_flows(&mut dice, &chain, &Flows::new(), &[]).unwrap();
            let answer = by_flow(&chain, &loss, &flows);
            holds(interval, answer, &format!("seed {seed}"));
            (least, most) = (least.min(answer), most.max(answer));
            answers += 1;
        }
        wide += usize::from(interval.1 - interval.0 > 1e-6);
        reached += usize::from(least < interval.0 + 1e-6) + usize::from(most > interval.1 - 1e-6);
    }
    assert_eq!(answers, 60_000);
    assert!(wide > 20 && reached > 60, "{wide} {reached}");
}

/// Half of the lanes of a flow become known: the interval lies inside the former one, still holds that flow, and holds
/// every other flow with the same known lanes.
#[test]
fn known_lanes_narrow_the_interval() {
    let mut narrower = 0;
    for seed in 0..400 {
        let mut dice = Dice::new(seed);
        let chain = random_network(&mut dice, false);
        let mode = random_mode(&mut dice);
        let country = *dice.pick(&COUNTRIES);
        let loss = hitting(&chain, mode, |_, p| p.country == country);
        let before = own_stops(&chain, &loss, &[], false);
        let flows = random_flows(&mut dice, &chain, &Flows::new(), &[]).unwrap();
        let given: Flows = flows.iter().filter(|_| dice.chance(0.5)).map(|(k, q)| (*k, *q)).collect();
        let mut known = chain.clone();
        for ((m, i, b), q) in &given {
            let from = &chain.links[*m].plants[*i];
            let to = chain.links[*m].next.map_or(ASSEMBLY, |j| &chain.links[j].plants[*b].site);
            let value = q / from.made;
            let share = Expr::Number(value);
            known.lanes.push(Lane {
                from: from.site.clone(),
                to: to.to_owned(),
                share,
                value,
                of: Whole::Output,
            });
        }
        let after = own_stops(&known, &loss, &[], false);
        assert!(
            before.0 - 1e-9 <= after.0 && after.1 <= before.1 + 1e-9 && after.0 <= after.1 + 1e-9,
            "seed {seed}: {after:?} not inside {before:?}"
        );
        holds(after, by_flow(&chain, &loss, &flows), &format!("seed {seed}"));
        for _ in 0..20 {
            let other = random_flows(&mut dice, &chain, &given, &[]).unwrap();
            holds(after, by_flow(&chain, &loss, &other), &format!("seed {seed}, others"));
        }
        narrower += usize::from(after.1 - after.0 < before.1 - before.0 - 1e-6);
    }
    assert!(narrower > 100, "{narrower}");
}

/// All lanes known: the interval is a point, and that of the flow.
#[test]
fn with_all_lanes_known_the_interval_is_a_point() {
    for seed in 0..200 {
        let mut dice = Dice::new(seed);
        let chain = random_network(&mut dice, false);
        let mode = random_mode(&mut dice);
        let loss = hitting(&chain, mode, |_, p| p.country == "CHN" || p.country == "JPN");
        let flows = random_flows(&mut dice, &chain, &Flows::new(), &[]).unwrap();
        let mut known = chain.clone();
        for ((m, i, b), q) in &flows {
            let from = &chain.links[*m].plants[*i];
            let to = chain.links[*m].next.map_or(ASSEMBLY, |j| &chain.links[j].plants[*b].site);
            let value = q / from.made;
            known.lanes.push(Lane {
                from: from.site.clone(),
                to: to.to_owned(),
                share: Expr::Number(value),
                value,
                of: Whole::Output,
            });
        }
        let (low, high) = own_stops(&known, &loss, &[], false);
        let answer = by_flow(&chain, &loss, &flows);
        assert!(
            (low - answer).abs() < 1e-9 && (high - answer).abs() < 1e-9,
            "seed {seed}: {low} {high} {answer}"
        );
    }
}

/// Own suppliers named: the maker buys from them alone. Those that no loss reaches lose nothing whatever the market
/// does, and every flow through those named lies in the interval.
#[test]
fn named_suppliers_narrow_the_interval() {
    let atlas = &ground().atlas;
    let (mut spared, mut flowed) = (0, 0);
    for seed in 0..600 {
        let mut dice = Dice::new(seed);
        let chain = random_network(&mut dice, false);
        let mode = random_mode(&mut dice);
        let country = *dice.pick(&COUNTRIES);
        let named: Vec<Own> = [3, 4]
            .map(|k| {
                let p = dice.below(chain.links[k].plants.len());
                let from = Selector::single(atlas, Kind::Site, &chain.links[k].plants[p].site);
                Own { market: chain.links[k].id.clone(), from }
            })
            .to_vec();
        let is_named = |site: &str| named.iter().any(|o| o.from.text == site);
        // Only what the maker buys is hit, and not those named.
        let loss = hitting(&chain, Mode::Output, |l, p| l.next.is_none() && !is_named(&p.site));
        if loss.is_felt() {
            spared += 1;
            assert_eq!(own_stops(&chain, &loss, &named, false), (0.0, 0.0), "seed {seed}");
        }
        let loss = hitting(&chain, mode, |_, p| p.country == country);
        let (all, those) = (own_stops(&chain, &loss, &[], false), own_stops(&chain, &loss, &named, false));
        if let Some(flows) = random_flows(&mut dice, &chain, &Flows::new(), &named) {
            // The named ones make enough, so that the maker could have bought from them alone all along.
            assert!(all.0 <= those.0 + 1e-9 && those.1 <= all.1 + 1e-9, "seed {seed}: {those:?} {all:?}");
            holds(those, by_flow(&chain, &loss, &flows), &format!("seed {seed}"));
            flowed += 1;
        }
    }
    assert!(spared > 300 && flowed > 100, "{spared} {flowed}");
}

/// Beyond what suppliers make the ends do not cross, and nothing is lost where nothing is hit.
#[test]
fn the_ends_never_cross_beyond_the_wall() {
    for seed in 0..500 {
        let mut dice = Dice::new(seed);
        let mut chain = random_network(&mut dice, true);
        chain.volume *= dice.within(1.0, 50.0);
        let mode = random_mode(&mut dice);
        let loss = hitting(&chain, mode, |_, p| p.country == "CHN");
        for spare in [false, true] {
            let (low, high) = own_stops(&chain, &loss, &[], spare);
            assert!(low <= high + 1e-12, "seed {seed}: {low} {high}");
            assert_eq!(own_stops(&chain, &Loss::none(&chain), &[], spare), (0.0, 0.0), "seed {seed}");
        }
    }
}

/// Two suppliers of the maker, each fed by one of two mines or by both, nobody says which: the loss of a mine stops
/// nothing or everything. When the lanes are known it is one of the two.
#[test]
fn two_suppliers_and_two_mines() {
    let mines = market("mines", 1.0, Some(1), plants("mines", &[("CHN", 50.0), ("USA", 50.0)]));
    let parts = market("parts", 1.0, None, plants("parts", &[("JPN", 60.0), ("USA", 60.0)]));
    let mut chain = chain("USA", 10.0, vec![mines, parts]);
    chain.assembly.insert(ASSEMBLY.to_owned());
    let loss = hitting(&chain, Mode::Output, |_, p| p.site == "mines_0_chn");
    assert_eq!(own_stops(&chain, &loss, &[], false), (0.0, 1.0));
    let lane = |from: &str, to: &str, value: f64| Lane {
        from: from.to_owned(),
        to: to.to_owned(),
        share: Expr::Number(value),
        value,
        of: Whole::Output,
    };
    chain.lanes = vec![lane("mines_0_chn", "parts_0_jpn", 1.0), lane("mines_1_usa", "parts_1_usa", 1.0)];
    chain.lanes.push(lane("parts_1_usa", ASSEMBLY, 7.5 / 60.0));
    // A quarter is bought from either, nobody says which.
    assert_eq!(own_stops(&chain, &loss, &[], false), (0.0, 0.25));
    chain.lanes.push(lane("parts_0_jpn", ASSEMBLY, 2.5 / 60.0));
    assert_eq!(own_stops(&chain, &loss, &[], false), (0.25, 0.25));
    // The same as shares of what the maker needs, of which nothing need be known of what the suppliers put out.
    let need = |from: &str, to: &str, value: f64| Lane { of: Whole::Need, ..lane(from, to, value) };
    let mut by_need = chain.clone();
    by_need.lanes = vec![need("mines_0_chn", "parts_0_jpn", 1.0), need("mines_1_usa", "parts_1_usa", 1.0)];
    by_need.lanes.push(need("parts_1_usa", ASSEMBLY, 0.75));
    assert_eq!(own_stops(&by_need, &loss, &[], false), (0.0, 0.25));
    by_need.lanes.push(need("parts_0_jpn", ASSEMBLY, 0.25));
    assert_eq!(own_stops(&by_need, &loss, &[], false), (0.25, 0.25));
    by_need.links[1].plants.iter_mut().for_each(|p| (p.output, p.made) = (None, 0.0));
    assert_eq!(own_stops(&by_need, &loss, &[], false), (0.25, 0.25));
    // The supplier that is left could make 20 % more: 0.75 × 1.2 = 0.9.
    chain.links[1].plants[1].capacity = Some(Expr::Number(72.0));
    reckon(&mut chain.links[1].plants[1], &[]);
    let (low, high) = own_stops(&chain, &loss, &[], true);
    assert!((low - 0.1).abs() < 1e-12 && (high - 0.1).abs() < 1e-12, "{low} {high}");
}

/// A part of a market, with its suppliers by plant and what is told of their shares.
fn part(id: &str, link: usize, takes: f64, suppliers: &[(usize, Option<f64>)]) -> Part {
    let share = |s: &f64| (Expr::Number(*s), *s);
    let suppliers =
        suppliers.iter().map(|(plant, s)| Supplier { plant: *plant, share: s.as_ref().map(share) });
    let suppliers = suppliers.collect();
    Part { id: id.to_owned(), link, need: Quantity::Figures(Expr::Number(takes)), takes, suppliers }
}

/// Ten motors of a robot, nine of one type and one of another: whoever makes the one stops every robot, though nine tenths
/// of all motors come from somebody else. Worked by hand.
#[test]
fn one_part_does_not_stand_in_for_another() {
    let makers = plants("motors", &[("CHN", 500.0), ("DEU", 500.0), ("JPN", 500.0)]);
    let mut chain = chain("USA", 10.0, vec![market("motors", 10.0, None, makers)]);
    chain.assembly.insert(ASSEMBLY.to_owned());
    let lost = |chain: &Chain, country: &str| {
        own_stops(chain, &hitting(chain, Mode::Output, |_, p| p.country == country), &[], false)
    };
    let close =
        |(low, high): (f64, f64), want: f64| (low - want).abs() < 1e-12 && (high - want).abs() < 1e-12;
    // A motor in ten comes from China, as far as shares of the market go.
    let lane = |from: &str, value: f64| Lane {
        from: from.to_owned(),
        to: ASSEMBLY.to_owned(),
        share: Expr::Number(value),
        value,
        of: Whole::Need,
    };
    chain.lanes = vec![lane("motors_0_chn", 0.1), lane("motors_1_deu", 0.9)];
    assert!(close(lost(&chain, "CHN"), 0.1));
    chain.lanes.clear();
    chain.parts = vec![
        part("wrist", 0, 1.0, &[(0, Some(1.0))]),
        part("leg", 0, 9.0, &[(1, Some(0.75)), (2, Some(0.25))]),
    ];
    assert_eq!(lost(&chain, "CHN"), (1.0, 1.0));
    assert!(close(lost(&chain, "DEU"), 0.75) && close(lost(&chain, "JPN"), 0.25));
    // Two are named for the leg and nobody tells their shares: none is lost or all, and of those not named nothing.
    chain.parts[1] = part("leg", 0, 9.0, &[(1, None), (2, None)]);
    assert_eq!([lost(&chain, "DEU"), lost(&chain, "JPN")], [(0.0, 1.0), (0.0, 1.0)]);
    chain.parts[1] = part("leg", 0, 9.0, &[(1, Some(0.6)), (2, None)]);
    assert!(close(lost(&chain, "DEU"), 0.6) && close(lost(&chain, "JPN"), 0.4));
    // Four of the nine have no supplier that is named: half of them from each plant, by a lane of the market, is 0.2 of ten.
    chain.parts[1] = part("leg", 0, 5.0, &[(1, Some(1.0))]);
    assert_eq!(lost(&chain, "JPN"), (0.0, 1.0));
    chain.lanes = vec![lane("motors_2_jpn", 0.2)];
    let (low, high) = lost(&chain, "JPN");
    assert!((low - 0.5).abs() < 1e-12 && high == 1.0, "{low} {high}");
    // A part counts though its market hangs on another one, in which the maker buys nothing.
    let joints = market("joints", 0.0, None, plants("joints", &[("USA", 10.0)]));
    chain.links[0].next = Some(1);
    chain.links.push(joints);
    assert_eq!(lost(&chain, "CHN"), (1.0, 1.0));
}

/// Parts of random suppliers whose shares are all told: what stops is the largest lost share of any part, whatever the
/// suppliers put out and whatever the rest of the market does.
#[test]
fn told_shares_leave_what_the_worst_part_keeps() {
    for seed in 0..300 {
        let mut dice = Dice::new(seed);
        let made: Vec<(&str, f64)> =
            (0..2 + dice.below(5)).map(|_| (*dice.pick(&COUNTRIES), 1000.0)).collect();
        let mut chain = chain("USA", 10.0, vec![market("motors", 5.0, None, plants("motors", &made))]);
        chain.assembly.insert(ASSEMBLY.to_owned());
        let needs: Vec<f64> = (0..5).map(|_| dice.unit()).collect();
        let all: f64 = needs.iter().sum();
        for (p, need) in needs.iter().enumerate() {
            let weights: Vec<f64> =
                made.iter().map(|_| if dice.chance(0.5) { dice.unit() } else { 0.0 }).collect();
            let sum: f64 = weights.iter().sum();
            let told = weights.iter().enumerate().filter(|(_, w)| **w > 0.0).map(|(i, w)| (i, Some(w / sum)));
            let suppliers: Vec<_> = if sum > 0.0 { told.collect() } else { vec![(0, Some(1.0))] };
            chain.parts.push(part(&format!("part_{p}"), 0, 5.0 * need / all, &suppliers));
        }
        let loss = hitting(&chain, Mode::Output, |_, p| p.country == "CHN");
        let kept = |p: &Part| {
            let of = |s: &Supplier| if loss.hits(0, s.plant) { 0.0 } else { s.share.as_ref().unwrap().1 };
            p.suppliers.iter().map(of).sum::<f64>()
        };
        let want = 1.0 - chain.parts.iter().map(kept).fold(1.0, f64::min);
        let (low, high) = own_stops(&chain, &loss, &[], false);
        assert!((low - want).abs() < 1e-9 && (high - want).abs() < 1e-9, "seed {seed}: {low} {high} {want}");
    }
}

/// Two suppliers that rest on one mine: whatever the lanes, its loss stops everything; a ban of its ore stops those
/// abroad alone.
#[test]
fn two_suppliers_that_rest_on_one_mine() {
    let mines = market("mines", 1.0, Some(1), plants("mines", &[("CHN", 50.0)]));
    let parts = market("parts", 1.0, None, plants("parts", &[("CHN", 60.0), ("USA", 60.0)]));
    let mut chain = chain("USA", 10.0, vec![mines, parts]);
    chain.assembly.insert(ASSEMBLY.to_owned());
    let loss = hitting(&chain, Mode::Output, |l, _| l.id == "mines");
    assert_eq!(own_stops(&chain, &loss, &[], false), (1.0, 1.0));
    let ban = hitting(&chain, ABROAD, |l, _| l.id == "mines");
    assert_eq!(own_stops(&chain, &ban, &[], false), (0.0, 1.0));
    let from = Selector::single(&ground().atlas, Kind::Country, "CHN");
    let own = [Own { market: "parts".to_owned(), from }];
    assert_eq!(own_stops(&chain, &ban, &own, false), (0.0, 0.0));
    // A ban on the parts made there reaches the maker abroad; whoever bought them buys nothing.
    let ban = hitting(&chain, ABROAD, |_, p| p.country == "CHN");
    assert_eq!(own_stops(&chain, &ban, &own, false), (1.0, 1.0));
}
