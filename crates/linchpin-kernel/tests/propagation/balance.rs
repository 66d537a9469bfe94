//! Nothing comes from nowhere and nothing goes nowhere, whatever happens.

use super::books::Books;
use super::draft::{Draft, single};
use super::random::{Act, Shape, acts, policies, webs};
use linchpin_kernel::{Correction, Network, Policy, Propagation, Rationing, Real, Rows, Signal, Trials};
use proptest::prelude::*;

fn keep_books(rows: &Rows<f64>, policy: Policy<f64>, events: &[Act], ticks: u32) {
    let network = Network::new(rows).unwrap();
    let mut run = Propagation::new(&network, policy);
    let mut books = Books::open(rows, policy, &run);
    for tick in 0..ticks {
        for act in events.iter().filter(|a| a.tick == tick) {
            let gone = act.run(&mut run, &rows.pools);
            books.enter(act, &run, gone);
        }
        run.step();
        books.check(&run);
    }
    for (pool, (asked, served)) in books.asked.iter().zip(&books.served).enumerate() {
        let (all, waits) = (served + run.waiting(pool), run.waiting(pool));
        let met = if policy.backlog { (all - asked).abs() <= 1e-10 * asked } else { waits == 0.0 };
        assert!(met, "pool {pool}: {served} served and {waits} waiting of {asked}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn the_books_balance(rows in webs(2..6, Shape::Any), policy in policies(), events in acts(40, 12)) {
        keep_books(&rows, policy, &events, 60);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20_000))]

    #[test]
    #[ignore = "heavy: twenty thousand networks, run by ./x test --all"]
    fn the_books_of_all_networks_balance(
        rows in webs(2..9, Shape::Any),
        policy in policies(),
        events in acts(40, 20),
    ) {
        keep_books(&rows, policy, &events, 60);
    }
}

/// Firms are plain sites: the two ways to go a tick agree.
#[derive(Clone, Debug)]
struct Firms {
    demand: Vec<f64>,
    /// Client, group, supplier, amount, sorted.
    lanes: Vec<(u32, u32, u32, f64)>,
    cover: f64,
}

fn firms() -> impl Strategy<Value = Firms> {
    (2..8_u32).prop_flat_map(|count| {
        let lane = (0..count, 0..2_u32, 0..count, 0.1..10.0_f64);
        let demand = prop::collection::vec(1.0..20.0_f64, count as usize);
        (demand, prop::collection::vec(lane, 0..20), 1.0..10.0_f64).prop_map(|(demand, mut lanes, cover)| {
            lanes.sort_by_key(|l| (l.0, l.1, l.2));
            Firms { demand, lanes, cover }
        })
    })
}

impl Firms {
    fn draft(&self, runs: &[f64]) -> Draft {
        let mut d = Draft::new();
        for (runs, demand) in runs.iter().zip(&self.demand) {
            d.maker(*runs, *runs, *demand);
        }
        let mut last = None;
        for (client, group, supplier, amount) in &self.lanes {
            if last != Some((client, group)) {
                d.slot(*client, self.cover);
                last = Some((client, group));
            }
            let slot = d.rows.slots.len() as u32 - 1;
            d.lane(slot, *supplier, *amount, 1);
        }
        d
    }
}

proptest! {
    #[test]
    fn firms_are_plain_sites(firms in firms(), policy in policies(), events in acts(6, 8)) {
        // Firms know no other level than that of equilibrium.
        prop_assume!(!matches!(policy.rationing, Rationing::WaterFillingAsPublished | Rationing::ByNeed));
        // Slow enough that equilibrium does not amplify the digits in which sums of another order differ.
        let policy = Policy { resourcing: false, adjustment: 9.0 + policy.adjustment, ..policy };
        let plain = Network::of_firms(firms.demand.clone(), firms.lanes.iter().copied(), firms.cover).unwrap();
        let draft = firms.draft(plain.runs());
        let sites = draft.network();
        let (mut a, mut b) = (Propagation::new(&plain, policy), Propagation::new(&sites, policy));
        for tick in 0..12 {
            // Lanes of firms are always open.
            for act in events.iter().filter(|a| a.tick == tick && !a.opens()) {
                let (gone, same) = (act.run(&mut a, &draft.rows.pools), act.run(&mut b, &draft.rows.pools));
                prop_assert!((gone - same).abs() <= 1e-9 * (1.0 + gone));
            }
            a.step();
            b.step();
            for (ours, theirs) in a.made().iter().zip(b.made()).chain(a.served().iter().zip(b.served())) {
                prop_assert!((ours - theirs).abs() <= 1e-9 * (1.0 + ours), "{ours} and {theirs}");
            }
            for lane in 0..plain.lanes() {
                prop_assert!((a.stock(lane) - b.stock(lane)).abs() <= 1e-9 * (1.0 + a.stock(lane)));
            }
        }
    }
}

/// A maker, a market that sells to it and to others, and half of the market gone.
fn short(class: u8, rationing: Rationing) -> [f64; 3] {
    let mut d = Draft::new();
    let (_, market) = d.maker(24.0, 24.0, 8.0);
    d.rows.pools[0].class = class;
    for amount in [12.0, 4.0] {
        let (maker, _) = d.maker(1.0, 1.0, 1.0);
        let slot = d.slot(maker, 2.0);
        d.lane(slot, market, amount, 1);
    }
    let network = d.network();
    let mut run = Propagation::new(&network, Policy { rationing, ..Policy::of_firms(4.0) });
    run.set_left(0, 0.75);
    run.step();
    [run.delivered(0), run.delivered(1), run.served()[0]]
}

/// 18 units for orders of 12 and 4 and a final demand of 8.
#[test]
fn final_demand_last_gets_what_is_left() {
    let all = [Rationing::ProRata, Rationing::WaterFilling, Rationing::FinalDemandLast, Rationing::ByNeed];
    for rationing in all {
        assert_eq!(short(1, rationing), [12.0, 4.0, 2.0], "{rationing:?}");
    }
    assert_eq!(short(0, Rationing::FinalDemandLast), [12.0, 4.0, 2.0]);
    assert_eq!(short(0, Rationing::ProRata), [9.0, 3.0, 6.0]);
}

/// A market of 16 without spare capacity and two makers, one who uses 12 and has eight ticks of stock, one who uses 4 and
/// has one. What they are given after three ticks in which the market stood and the second is asked for `part` of the
/// usual.
fn given(rationing: Rationing, part: f64) -> Vec<[f64; 2]> {
    let mut d = Draft::new();
    let (_, market) = d.maker(16.0, 16.0, 0.0);
    let mut pools = vec![];
    for (amount, cover) in [(12.0, 8.0), (4.0, 1.0)] {
        let (maker, pool) = d.maker(1.0, 2.0, 1.0);
        let slot = d.slot(maker, cover);
        d.lane(slot, market, amount, 1);
        pools.push(pool);
    }
    let network = d.network();
    let policy =
        Policy { rationing, signal: Signal::Asked, correction: Correction::Slot, ..Policy::of_firms(4.0) };
    let mut run = Propagation::new(&network, policy);
    run.set_left(0, 0.0);
    (0..3).for_each(|_| run.step());
    run.set_left(0, 1.0);
    run.set_demand(pools[1] as usize, part);
    run.step();
    let next = |run: &mut Propagation<'_, f64>| {
        run.step();
        [run.delivered(0), run.delivered(1)]
    };
    (0..3).map(|_| next(&mut run)).collect()
}

/// Orders: 12 + 3 · 12/4 = 21 against 4 + 4/4 = 5, so that by orders the second starves beside a stock that is filled. By
/// need both get what they use; and one who needs twice as much counts twice.
#[test]
fn use_comes_before_the_filling_of_stocks() {
    assert_eq!(given(Rationing::ByNeed, 1.0), [[12.0, 4.0]; 3]);
    assert_eq!(given(Rationing::WaterFilling, 1.0), [[12.0, 4.0]; 3]);
    assert!(given(Rationing::ProRata, 1.0).iter().all(|[_, second]| *second < 3.5));
    for [first, second] in given(Rationing::ByNeed, 2.0) {
        assert!((first - 9.6).abs() < 1e-12 && (second - 6.4).abs() < 1e-12);
    }
    assert_eq!(given(Rationing::WaterFilling, 2.0), [[12.0, 4.0]; 3]);
}

/// What is not served waits, and is served when there is more than is asked for.
#[test]
fn a_backlog_is_worked_off() {
    let mut d = Draft::new();
    d.maker(10.0, 12.0, 10.0);
    let network = d.network();
    let mut run = Propagation::new(&network, Policy { backlog: true, ..Policy::of_firms(1.0) });
    let mut seen = vec![];
    for left in [0.0, 0.5, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0] {
        run.set_left(0, left);
        run.step();
        seen.push((run.served()[0], run.waiting(0)));
    }
    // 10 wait after the stop, 14 after a tick of 6; then 12 of 10 are served until nothing waits.
    let waits = [10.0, 14.0, 12.0, 10.0, 8.0, 6.0, 4.0, 2.0, 0.0, 0.0];
    assert_eq!(seen.iter().map(|s| s.1).collect::<Vec<_>>(), waits);
    assert_eq!(seen.iter().map(|s| s.0).sum::<f64>() + run.waiting(0), 100.0);
    run.set_left(0, 0.5);
    run.step();
    assert_eq!(run.waiting(0), 4.0);
    run.forget(0);
    run.step();
    assert_eq!((run.demand(0), run.waiting(0)), (10.0, 4.0));
}

/// Ten a tick and twenty on the shelf; a stop of a tick takes ten of them. Half of what is missing is made on top of the
/// ten in each tick, as far as there is capacity for it, 14: 4 of 10, then 3 of 6, 1.5 of 3, and so on.
#[test]
fn a_shelf_is_filled_again() {
    let mut d = Draft::new();
    d.maker(10.0, 14.0, 10.0);
    d.rows.ports[0].shelf = 2.0;
    let network = d.network();
    let mut run = Propagation::new(&network, Policy::of_firms(2.0));
    let mut seen = vec![];
    for left in [0.0, 1.0, 1.0, 1.0, 1.0] {
        run.set_left(0, left);
        run.step();
        assert_eq!(run.served()[0], 10.0);
        seen.push((run.made()[0], run.shelf(0)));
    }
    assert_eq!(seen, [(0.0, 10.0), (14.0, 14.0), (13.0, 17.0), (11.5, 18.5), (10.75, 19.25)]);
}

/// Two mines with a by-product, two refineries with a ramp, a maker with a substitute and a supplier in reserve, stocks on
/// shelves, ways of 0 to 3 ticks, classes, and other users.
fn everything() -> Draft {
    let mut d = Draft::new();
    let [ore, tailings, metal, chips, reserve, robots, cars] =
        [2.0, 30.0, 0.0, 5.0, 3.0, 10.0, 20.0].map(|demand| d.pool(demand));
    for (runs, capacity) in [(40.0, 44.0), (22.0, 30.0)] {
        let mine = d.site(runs, capacity);
        d.port(mine, ore, 1.0);
        d.port(mine, tailings, 30.0 / 62.0).drives = false;
    }
    for (runs, shelf) in [(20.0, 1.5), (10.0, 0.0)] {
        let refinery = d.site(runs, 1.2 * runs);
        d.rows.ramp[refinery as usize] = Some(0.1);
        d.port(refinery, metal, 1.0).shelf = shelf;
        let slot = d.slot(refinery, 3.0);
        d.lane(slot, ore, 2.0 * runs, 2);
    }
    let fab = d.site(15.0, 15.0);
    d.port(fab, chips, 1.0).shelf = 0.5;
    let spare = d.site(3.0, 9.0);
    d.port(spare, reserve, 1.0);
    let maker = d.site(10.0, 11.0);
    d.port(maker, robots, 1.0).shelf = 2.0;
    let slot = d.slot(maker, 2.5);
    d.lane(slot, metal, 10.0, 3);
    let lane = d.lane(slot, reserve, 0.0, 1);
    (lane.qualify, lane.worth) = (2, 0.8);
    let slot = d.slot(maker, 1.5);
    d.lane(slot, chips, 10.0, 0);
    let others = d.site(20.0, 20.0);
    d.port(others, cars, 1.0);
    let slot = d.slot(others, 4.0);
    d.lane(slot, metal, 20.0, 1).class = 1;
    d.rows.pools[ore as usize].step_in = Some(1);
    d.rows.pools[metal as usize].step_in = Some(2);
    d.rows.pools[chips as usize].class = 1;
    d
}

/// Parts of what is usual: the second mine and half of a refinery stop, chips are short, robots are wanted more.
fn shocked<F: Real + Trials<Scalar = F, Token = ()>>(rows: &Rows<F>, policy: Policy<F>) -> Vec<f64> {
    let network = Network::new(rows).unwrap();
    let mut run = Propagation::new(&network, policy);
    let mut seen = vec![];
    for tick in 0..60 {
        run.set_left(1, F::of(if tick < 12 { 0.0 } else { 1.0 }));
        run.set_left(2, F::of(if (4..9).contains(&tick) { 0.5 } else { 1.0 }));
        run.set_left(4, F::of(if (15..20).contains(&tick) { 0.6 } else { 1.0 }));
        run.set_demand(5, F::of(if tick >= 25 { 11.0 } else { 10.0 }));
        run.step();
        seen.extend(
            run.made().iter().zip(network.runs()).map(|(made, usual)| made.as_f64() / usual.as_f64()),
        );
        seen.push(run.served()[5].as_f64() / 10.0);
        seen.push(run.served()[6].as_f64() / 20.0);
    }
    seen
}

#[test]
fn half_the_memory_is_good_for_three_digits() {
    let rows = everything().rows;
    let all = [Rationing::ProRata, Rationing::FinalDemandLast, Rationing::WaterFilling, Rationing::ByNeed];
    for rationing in all {
        for correction in [Correction::Lane, Correction::Slot] {
            let (signal, resourcing, backlog) = (Signal::Asked, true, true);
            let fine = Policy { signal, correction, adjustment: 4.0, resourcing, rationing, backlog };
            let coarse = Policy { signal, correction, adjustment: 4.0, resourcing, rationing, backlog };
            let (fine, coarse) = (shocked(&rows, fine), shocked(&single(&rows), coarse));
            let off = fine.iter().zip(&coarse).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
            assert!(off < 1e-3, "{rationing:?} {correction:?}: {off:e}");
            // Something happens.
            assert!(fine.iter().any(|part| *part < 0.8) && fine.iter().any(|part| *part > 1.05));
        }
    }
}
