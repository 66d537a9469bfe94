use super::*;

/// Suppliers 0 and 1 bring leaf 0, supplier 2 leaf 1; product 0 has both leaves below it, product 1 the second.
fn small(weeks: u32, buffer: [f64; 2]) -> Outages {
    Outages {
        weeks,
        hazard: vec![0.1; 3],
        mean_down: vec![4.0; 3],
        supplies_start: vec![0, 1, 2, 3],
        supplies: vec![(0, 0.75), (0, 0.25), (1, 1.0)],
        buffer: buffer.to_vec(),
        feeds_start: vec![0, 1, 3],
        feeds: vec![0, 0, 1],
        demand: vec![10.0, 100.0],
    }
}

fn down(supplier: u32, lane: u8, from: u32, to: u32) -> Down {
    Down { supplier, lane, from, to }
}

fn losses(outages: &Outages, downs: &[Down]) -> Vec<Lanes> {
    let mut losses = vec![[0.0; LANES]; outages.demand.len()];
    outages.losses(downs, &mut Scratch::new(outages), &mut losses);
    losses
}

#[test]
fn stock_bridges_what_it_can() {
    let outages = small(10, [1.0, 0.0]);
    // Of three quarters missing a week's stock bridges one week and a third; then a quarter is left.
    let found = losses(&outages, &[down(0, 2, 3, 6)]);
    assert_eq!(found[0][2], 10.0 * (0.0 + 0.5 + 0.75));
    assert_eq!((found[0][0], found[1]), (0.0, [0.0; LANES]));
    // Leaf 1 has none: both products stand still for two weeks.
    let found = losses(&outages, &[down(2, 0, 8, 10)]);
    assert_eq!((found[0][0], found[1][0]), (20.0, 200.0));
    // The scarcest counts: week 9 is lost once.
    let found = losses(&outages, &[down(0, 0, 7, 10), down(1, 0, 8, 10), down(2, 0, 9, 10)]);
    // Leaf 0: −0.75 (stock 0.25 left), −1 (0.75 missing), −1 (all missing).
    assert_eq!(found[0][0], 10.0 * (0.0 + 0.75 + 1.0));
}

#[test]
fn stock_comes_back_by_a_tenth_a_week() {
    let outages = small(20, [1.0, 0.0]);
    // A week without the first supplier takes 0.75; five good weeks give 0.5 of it back; the next needs 0.75 and finds as much.
    let found = losses(&outages, &[down(0, 0, 0, 1), down(0, 0, 6, 8)]);
    assert!((found[0][0] - 10.0 * 0.75).abs() < 1e-9, "{found:?}");
}

/// The model week by week for every supplier and leaf, as one writes it down.
fn slow(outages: &Outages, downs: &[Down], lane: u8) -> Vec<f64> {
    let mut stock = outages.buffer.clone();
    let mut loss = vec![0.0; outages.demand.len()];
    for week in 0..outages.weeks {
        let is_down = |s: usize| {
            downs.iter().any(|d| d.supplier as usize == s && d.lane == lane && (d.from..d.to).contains(&week))
        };
        let mut rate = vec![0.0; outages.buffer.len()];
        for s in (0..outages.hazard.len()).filter(|s| !is_down(*s)) {
            for (leaf, share) in &outages.supplies[outages.supplies_start[s]..outages.supplies_start[s + 1]] {
                rate[*leaf as usize] += share;
            }
        }
        let mut available = vec![1.0; outages.demand.len()];
        for leaf in 0..stock.len() {
            let avail = f64::min(1.0, rate[leaf] + stock[leaf]);
            let refill = if rate[leaf] >= 0.999 { 0.1 } else { 0.0 };
            stock[leaf] = f64::min(outages.buffer[leaf], stock[leaf] + rate[leaf] - avail + refill).max(0.0);
            for product in &outages.feeds[outages.feeds_start[leaf]..outages.feeds_start[leaf + 1]] {
                available[*product as usize] = f64::min(available[*product as usize], avail);
            }
        }
        for (loss, (available, demand)) in loss.iter_mut().zip(available.iter().zip(&outages.demand)) {
            *loss += (1.0 - available) * demand;
        }
    }
    loss
}

/// A network of 30 suppliers, 40 leaves and 5 products.
fn random(seed: u64) -> Outages {
    let stream = Stream::new(seed, "network");
    let u = |what: u64, tick: u32| stream.uniform(what, tick);
    let mut by_supplier: Vec<Vec<(u32, f64)>> = vec![vec![]; 30];
    let mut feeds = vec![];
    let mut feeds_start = vec![0];
    for leaf in 0..40_u32 {
        let mut of: Vec<usize> = (0..3).map(|k| (u(1, 3 * leaf + k) * 30.0) as usize).collect();
        of.sort_unstable();
        of.dedup();
        let weights: Vec<f64> = (0..of.len() as u32).map(|k| 0.2 + u(2, 3 * leaf + k)).collect();
        let all: f64 = weights.iter().sum();
        of.iter().zip(&weights).for_each(|(s, w)| by_supplier[*s].push((leaf, w / all)));
        feeds.extend((0..5).filter(|p| u(3, 5 * leaf + p) < 0.3));
        feeds_start.push(feeds.len());
    }
    let mut supplies_start = vec![0];
    by_supplier.iter().for_each(|s| supplies_start.push(supplies_start[supplies_start.len() - 1] + s.len()));
    Outages {
        weeks: 52,
        hazard: (0..30).map(|s| u(4, s) * 0.1).collect(),
        mean_down: (0..30).map(|s| 1.0 + u(5, s) * 9.0).collect(),
        supplies_start,
        supplies: by_supplier.concat(),
        buffer: (0..40).map(|l| (u(6, l) * 5.0).floor()).collect(),
        feeds_start,
        feeds,
        demand: (0..5).map(|p| 10.0 + 90.0 * u(7, p)).collect(),
    }
}

fn names(count: usize) -> Vec<String> {
    (0..count).map(|s| format!("supplier {s}")).collect()
}

#[test]
fn what_is_skipped_changes_nothing() {
    for seed in 0..20 {
        let outages = random(seed);
        let names = names(30);
        let chances = Chances::new(&outages, seed, names.iter().map(String::as_str));
        let (mut downs, mut scratch) = (vec![], Scratch::new(&outages));
        let mut found = vec![[0.0; LANES]; 5];
        for first in [0, 8, 16] {
            chances.draw(first..first + 8, &mut downs);
            outages.losses(&downs, &mut scratch, &mut found);
            for lane in 0..8 {
                for (product, loss) in slow(&outages, &downs, lane).into_iter().enumerate() {
                    let fast = found[product][usize::from(lane)];
                    assert!(
                        (fast - loss).abs() < 1e-9 * loss.max(1.0),
                        "{seed} {first} {lane}: {fast} {loss}"
                    );
                }
            }
        }
    }
}

#[test]
fn waits_are_those_of_weekly_coins() {
    // One supplier; every week a coin, as the model is told.
    let (hazard, mean, weeks) = (0.08, 3.5, 30_u32);
    let one = Outages { weeks, hazard: vec![hazard], mean_down: vec![mean], ..Outages::default() };
    let chances = Chances::new(&one, 5, ["one"].into_iter());
    let coins = Stream::new(9, "coins");
    let trials = 200_000_u64;
    let mut drawn = vec![0.0; weeks as usize];
    let mut tossed = vec![0.0; weeks as usize];
    let mut counts = [[0.0; 40]; 2];
    let mut downs = vec![];
    for first in (0..trials).step_by(LANES) {
        chances.draw(first..first + LANES as u64, &mut downs);
        let mut of_lane = [0; LANES];
        for d in &downs {
            (d.from..d.to).for_each(|w| drawn[w as usize] += 1.0);
            of_lane[usize::from(d.lane)] += d.to - d.from;
        }
        of_lane.iter().for_each(|n| counts[0][*n as usize] += 1.0);
    }
    for trial in 0..trials {
        let (mut is_up, mut sum) = (true, 0);
        for week in 0..weeks {
            let u = coins.uniform(trial, week);
            is_up = if is_up { u >= hazard } else { u < 1.0 / mean };
            tossed[week as usize] += f64::from(u8::from(!is_up));
            sum += usize::from(!is_up);
        }
        counts[1][sum] += 1.0;
    }
    // Four standard errors of a difference of two shares; weeks and numbers of weeks down alike.
    let n = trials as f64;
    let same = |a: f64, b: f64| (a - b).abs() <= 4.0 * (2.0 * (a + 1.0) * (1.0 - a / n)).sqrt() + 4.0;
    assert!(drawn.iter().zip(&tossed).all(|(a, b)| same(*a, *b)), "{drawn:?} {tossed:?}");
    assert!(counts[0].iter().zip(&counts[1]).all(|(a, b)| same(*a, *b)), "{counts:?}");
}

#[test]
fn certain_and_impossible_failures() {
    let of = |hazard: f64, mean: f64| {
        let one = Outages { weeks: 6, hazard: vec![hazard], mean_down: vec![mean], ..Outages::default() };
        let mut downs = vec![];
        Chances::new(&one, 1, ["one"].into_iter()).draw(0..1, &mut downs);
        downs.iter().map(|d| (d.from, d.to)).collect::<Vec<_>>()
    };
    assert_eq!(of(0.0, 5.0), []);
    assert_eq!(of(1.0, 1e15), [(0, 6)]);
    // Down for one week, back for one, and down again.
    assert_eq!(of(1.0, 1.0), [(0, 1), (2, 3), (4, 5)]);
}

#[test]
fn a_trial_does_not_depend_on_its_lane() {
    let outages = random(3);
    let names = names(30);
    let chances = Chances::new(&outages, 3, names.iter().map(String::as_str));
    let of = |trials: Range<u64>| {
        let mut downs = vec![];
        chances.draw(trials, &mut downs);
        losses(&outages, &downs)
    };
    let (together, alone) = (of(8..16), of(13..14));
    assert!(together.iter().zip(&alone).all(|(t, a)| t[5].to_bits() == a[0].to_bits()));
}
