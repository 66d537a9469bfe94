//! A thousand firms after a shock, against the series of an independent implementation that agrees with the program
//! published with Inoue and Todo (2019): pro rata to 2e-15, water filling to 1e-6.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use linchpin_kernel::{Network, Policy, Propagation, Rationing, Real, Trials};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/firms/");

fn rows(file: &str) -> Vec<Vec<f64>> {
    let mut reader = csv::Reader::from_path(format!("{FOLDER}{file}")).unwrap();
    reader.records().map(|r| r.unwrap().iter().map(|c| c.parse().unwrap()).collect()).collect()
}

struct Case<F> {
    network: Network<F>,
    /// What a unit of output adds in value, and the damage, of each firm.
    value: Vec<f64>,
    damage: Vec<f64>,
}

fn case<F: Real>() -> Case<F> {
    let (firms, mut links) = (rows("firms.csv"), rows("links.csv"));
    let sector = |firm: f64| firms[firm as usize][1];
    links.sort_by(|a, b| a[1].total_cmp(&b[1]).then(sector(a[0]).total_cmp(&sector(b[0]))));
    let lanes = links.iter().map(|l| (l[1] as u32, sector(l[0]) as u32, l[0] as u32, F::of(l[2])));
    let demand = firms.iter().map(|f| F::of(f[2])).collect();
    let network = Network::of_firms(demand, lanes, F::of(15.0)).unwrap();
    let mut bought = vec![0.0; firms.len()];
    links.iter().for_each(|l| bought[l[1] as usize] += l[2]);
    let value = (0..firms.len()).map(|i| 1.0 - bought[i] / network.runs()[i].as_f64()).collect();
    Case { network, value, damage: firms.iter().map(|f| f[4]).collect() }
}

/// Days, and the day after which per-firm figures are wanted.
fn run<F: Real + Trials<Scalar = F, Token = ()>>(
    case: &Case<F>,
    rationing: Rationing,
    recovery: f64,
    days: usize,
) -> (Vec<[f64; 3]>, Vec<Vec<f64>>) {
    let policy = Policy { rationing, ..Policy::of_firms(F::of(6.0)) };
    let mut run = Propagation::new(&case.network, policy);
    let (mut series, mut firms) = (vec![], vec![]);
    for day in 0..days {
        let gone = if recovery > 0.0 { (day as f64 / recovery).min(1.0) } else { 0.0 };
        for (firm, damage) in case.damage.iter().enumerate() {
            run.set_left(firm, F::of(1.0 - damage * (1.0 - gone)));
        }
        run.step();
        let made = |i: usize| run.made()[i].as_f64();
        let sites = 0..case.network.sites();
        series.push([
            sites.clone().map(made).sum(),
            sites.clone().map(|i| made(i) * case.value[i]).sum(),
            run.served().iter().map(|s| s.as_f64()).sum(),
        ]);
        firms.push(sites.map(made).collect());
    }
    (series, firms)
}

/// The largest difference from the expected series, as a part of the expected number.
fn farthest(series: &[[f64; 3]], file: &str) -> f64 {
    let expected = rows(file);
    let days = expected.iter().filter(|row| row[0] >= 0.0);
    let pairs = days.zip(series).flat_map(|(row, ours)| (0..3).map(|k| (ours[k] / row[k + 1] - 1.0).abs()));
    pairs.fold(0.0, f64::max)
}

#[test]
fn pro_rata_is_the_published_series_to_a_billionth() {
    let case = case::<f64>();
    for recovery in [0, 30] {
        let (series, firms) = run(&case, Rationing::ProRata, f64::from(recovery), 60);
        let off = farthest(&series, &format!("expected_pro_rata_recovery_{recovery}.csv"));
        assert!(off < 1e-9, "recovery {recovery}: {off:e}");
        for (firm, row) in rows(&format!("snapshot_recovery_{recovery}_day10.csv")).iter().enumerate() {
            let (ours, theirs) = (firms[10][firm], row[2]);
            assert!((ours - theirs).abs() <= 1e-8 * theirs.max(1e-3), "firm {firm}: {ours} for {theirs}");
        }
    }
}

#[test]
fn water_filling_as_published_is_the_published_series() {
    let (series, _) = run(&case::<f64>(), Rationing::WaterFillingAsPublished, 0.0, 60);
    let off = farthest(&series, "expected_inoue_todo_recovery_0.csv");
    assert!(off < 1e-5, "{off:e}");
}

#[test]
fn half_the_memory_costs_a_few_millionths() {
    let (series, _) = run(&case::<f32>(), Rationing::ProRata, 30.0, 60);
    let off = farthest(&series, "expected_pro_rata_recovery_30.csv");
    assert!(off < 2e-5, "{off:e}");
}

/// Corrected, water filling gives away all there is: no less reaches final demand.
#[test]
fn water_filling_gives_away_all_there_is() {
    let case = case::<f64>();
    let mut run = Propagation::new(
        &case.network,
        Policy { rationing: Rationing::WaterFilling, ..Policy::of_firms(6.0) },
    );
    for (firm, damage) in case.damage.iter().enumerate() {
        run.set_left(firm, 1.0 - damage);
    }
    for _ in 0..60 {
        run.step();
        let mut given = run.served().to_vec();
        (0..case.network.lanes()).for_each(|l| given[case.network.seller(l)] += run.delivered(l));
        for (firm, given) in given.iter().enumerate() {
            let made = run.made()[firm];
            assert!((given - made).abs() <= 1e-9 * made.max(1e-9), "firm {firm} made {made}, gave {given}");
        }
    }
}

#[test]
#[ignore = "heavy: ten thousand days of a thousand firms, run by ./x test --all"]
fn nothing_moves_by_itself() {
    let case = case::<f64>();
    for rationing in [Rationing::ProRata, Rationing::WaterFilling, Rationing::WaterFillingAsPublished] {
        let mut run = Propagation::new(&case.network, Policy { rationing, ..Policy::of_firms(6.0) });
        for _ in 0..10_000 {
            run.step();
            let pairs = run.made().iter().zip(case.network.runs());
            let off = pairs.map(|(made, usual)| (made / usual - 1.0).abs()).fold(0.0, f64::max);
            assert!(off < 1e-9, "{rationing:?}: {off:e}");
        }
    }
}
