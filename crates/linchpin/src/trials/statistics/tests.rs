use super::*;
use linchpin_kernel::Stream;
use std::f64::consts::LN_2;

const TEN: [f64; 10] = [0.0, 50.0, 0.0, 0.0, 100.0, 0.0, 10.0, 0.0, 0.0, 0.0];

#[test]
fn ten_losses_have_the_tails_of_a_pencil() {
    let sample = Sample::new(&TEN, 1);
    for (alpha, cvar) in [(0.0, 16.0), (0.5, 32.0), (0.8, 75.0), (0.9, 100.0), (0.95, 100.0), (1.0, 100.0)] {
        let found = sample.cvar(alpha).value;
        assert!((found - cvar).abs() < 1e-9, "{alpha}: {found}");
    }
    // A border within a trial: the worst 15 % are the worst and half of the next.
    assert!((sample.cvar(0.85).value - (100.0 + 0.5 * 50.0) / 1.5).abs() < 1e-9);
    assert_eq!(sample.cvar(0.0).value, sample.mean().value);
    for (p, quantile) in
        [(0.5, 0.0), (0.7, 0.0), (0.71, 10.0), (0.8, 10.0), (0.9, 50.0), (0.95, 100.0), (1.0, 100.0)]
    {
        assert_eq!(sample.quantile(p).value, quantile, "{p}");
    }
}

#[test]
fn the_tail_of_a_sum_is_no_worse_than_the_tails() {
    for seed in 0..200 {
        let of = |name: &str| {
            let stream = Stream::new(seed, name);
            (0..97).map(|t| stream.uniform(t, 0).powi(-1).min(50.0)).collect::<Vec<f64>>()
        };
        let (x, y) = (of("x"), of("y"));
        let both: Vec<f64> = x.iter().zip(&y).map(|(x, y)| x + y).collect();
        for alpha in [0.0, 0.3, 0.5, 0.9, 0.95, 0.99, 1.0] {
            let of = |values: &[f64]| Sample::new(values, 1).cvar(alpha).value;
            assert!(of(&both) <= of(&x) + of(&y) + 1e-9, "{seed} {alpha}");
        }
    }
}

/// How often of a thousand times the interval of a statistic of `n` exponential outcomes holds the truth; every `cluster` of them share
/// their draw.
fn coverage(n: u64, cluster: u64, truth: f64, statistic: impl Fn(&Sample<'_>) -> Estimate) -> f64 {
    let mut held = 0;
    for seed in 0..1000 {
        let stream = Stream::new(seed, "coverage");
        let values: Vec<f64> = (0..n).map(|t| -stream.uniform(t / cluster, 0).ln()).collect();
        let found = statistic(&Sample::new(&values, cluster as usize));
        held += u32::from(found.low <= truth && truth <= found.high);
    }
    f64::from(held) / 1000.0
}

#[test]
fn intervals_hold_the_truth_as_often_as_they_say() {
    // Exponential outcomes of mean one: quantile −ln(1 − p), CVaR one more.
    let q = |p: f64| -(1.0 - p).ln();
    for (n, cluster) in [(2000, 1), (6000, 3)] {
        let found = [
            ("mean", coverage(n, cluster, 1.0, |s| s.mean())),
            ("median", coverage(n, cluster, LN_2, |s| s.quantile(0.5))),
            ("p95", coverage(n, cluster, q(0.95), |s| s.quantile(0.95))),
            ("cvar 80", coverage(n, cluster, 1.0 + q(0.8), |s| s.cvar(0.8))),
            ("cvar 90", coverage(n, cluster, 1.0 + q(0.9), |s| s.cvar(0.9))),
            ("share", coverage(n, cluster, 0.1, |s| s.share(|v| v > q(0.9)))),
        ];
        for (name, held) in found {
            assert!((0.93..=0.97).contains(&held), "{name} {n} {cluster}: {held}");
        }
    }
}

#[test]
fn clusters_that_are_not_told_make_errors_too_small() {
    let held = coverage(6000, 3, 1.0, |s| Sample::new(s.values, 1).mean());
    assert!(held < 0.8, "{held}");
}

/// Two scenarios that share their draws: the second loses a fifth less, and both have a little chance of their own.
fn pairs(seed: u64, n: u64) -> (Vec<f64>, Vec<f64>) {
    let stream = Stream::new(seed, "pair");
    let own = |tick: u32| move |t: u64| 0.05 * stream.uniform(t, tick);
    let loss = |t: u64| -stream.uniform(t, 0).ln();
    ((0..n).map(|t| loss(t) + own(1)(t)).collect(), (0..n).map(|t| 0.8 * loss(t) + own(2)(t)).collect())
}

#[test]
fn differences_are_sharp_and_hold_the_truth() {
    // Truth of quantile and CVaR by many more trials than each repetition has.
    let (first, second) = pairs(1_000_000, 2_000_000);
    let many = Pair::new(&first, &second, 1);
    let (quantile, cvar) = (many.quantile(0.9).value, many.cvar(0.9).value);
    let mut held = [0; 3];
    for seed in 0..1000 {
        let (first, second) = pairs(seed, 2000);
        let pair = Pair::new(&first, &second, 1);
        let of = [(pair.mean(), 0.2), (pair.quantile(0.9), quantile), (pair.cvar(0.9), cvar)];
        for (held, (found, truth)) in held.iter_mut().zip(of) {
            *held += u32::from(found.low <= truth && truth <= found.high);
        }
        let apart = Sample::new(&first, 1).mean().error.hypot(Sample::new(&second, 1).mean().error);
        assert!(pair.mean().error < apart / 4.0, "common random numbers");
    }
    for (name, held) in ["mean", "quantile", "cvar"].into_iter().zip(held) {
        assert!((930..=970).contains(&held), "{name}: {held}");
    }
}

#[test]
fn a_mean_over_some_trials_counts_their_clusters() {
    let values = [1.0, 1.0, 5.0, 5.0, 9.0, 9.0];
    let twos = Sample::new(&values, 2);
    let found = twos.mean_of(&[0, 1, 4, 5]);
    assert_eq!(found.value, 5.0);
    // Two clusters, sums of residuals −8 and 8: √(2 · (64 + 64)) / 4.
    assert!((found.error - 4.0).abs() < 1e-12);
    assert_eq!(twos.mean_of(&[2, 3]).error, f64::INFINITY);
}

#[test]
fn what_a_few_trials_cannot_tell_is_not_told() {
    let one = Sample::new(&[3.0], 1);
    for found in [one.mean(), one.quantile(0.5), one.cvar(0.5)] {
        assert_eq!((found.value, found.error), (3.0, f64::INFINITY));
    }
    // The worst of 64 is no bound of what comes once in a hundred times, nor does it say how far off it is.
    let few: Vec<f64> = (0..64).map(f64::from).collect();
    let sample = Sample::new(&few, 1);
    assert_eq!((sample.quantile(0.99).value, sample.quantile(0.99).high), (63.0, f64::INFINITY));
    assert_eq!((sample.cvar(0.99).value, sample.cvar(0.99).error), (63.0, f64::INFINITY));
    assert!(sample.cvar(0.95).error.is_finite() && sample.quantile(0.5).error.is_finite());
    let none = Sample::new(&[0.0; 100], 1).share(|v| v > 0.0);
    assert_eq!((none.value, none.low), (0.0, 0.0));
    // Three in a hundred, as the rule of three says: Wilson's is a little wider.
    assert!((0.03..0.05).contains(&none.high), "{none:?}");
}

#[test]
fn sums_have_the_bits_of_blocks_of_64_in_order() {
    let values: Vec<f64> = (0..1000).map(|i| 1.0 / f64::from(i + 1)).collect();
    let mut all = 0.0;
    for block in values.chunks(64) {
        let mut of_block = 0.0;
        block.iter().for_each(|v| of_block += v);
        all += of_block;
    }
    assert_eq!(sum(&values).to_bits(), all.to_bits());
}

#[test]
fn what_an_event_adds_holds_the_truth() {
    // One trial in ten has the event, which adds two: two tenths on average.
    let mut held = 0;
    for seed in 0..1000 {
        let stream = Stream::new(seed, "event");
        let has = |t: u32| stream.uniform(u64::from(t), 1) < 0.1;
        let values: Vec<f64> =
            (0..1000).map(|t| stream.uniform(u64::from(t), 0) + if has(t) { 2.0 } else { 0.0 }).collect();
        let trials: Vec<u32> = (0..1000).filter(|t| has(*t)).collect();
        let found = Sample::new(&values, 1).mean_owed_to(&trials).unwrap();
        held += u32::from(found.low <= 0.2 && 0.2 <= found.high);
    }
    assert!((930..=970).contains(&held), "{held}");
    assert_eq!(Sample::new(&[1.0], 1).mean_owed_to(&[0]), None);
}
