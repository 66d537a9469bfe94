//! Time to survive and time to recover (Simchi-Levi et al., Interfaces 45(5), 2015), on product A: ten a day, of one P and
//! one Q each, twenty finished, P for fifty.

use super::draft::Draft;
use linchpin_kernel::{Correction, Network, Policy, Propagation, Rationing, Signal};

/// What product A is made of and with.
#[derive(Clone, Copy)]
struct Product {
    /// P for one A.
    parts: f64,
    /// Stock of P, and of Q.
    stock: [f64; 2],
    finished: f64,
    /// What a second source gives of P a day.
    second: f64,
    /// Whether one site makes P and Q.
    joint: bool,
}

const A: Product = Product { parts: 1.0, stock: [50.0, 1000.0], finished: 20.0, second: 0.0, joint: false };

/// Sites of the network: the maker of A, those of P and Q, the second source, and one that A does without.
const P: usize = 1;
const Q: usize = 2;
const BESIDE: usize = 4;

impl Product {
    fn network(self) -> Network<f64> {
        let mut d = Draft::new();
        let (a, _) = d.maker(10.0, 10.0, 10.0);
        d.rows.ports[0].shelf = self.finished / 10.0;
        let need = 10.0 * self.parts;
        let (p, p_pool) = d.maker(need - self.second, need - self.second, 0.0);
        let q_pool = match self.joint {
            true => {
                let pool = d.pool(0.0);
                d.port(p, pool, 10.0 / need);
                d.site(0.0, 1.0);
                pool
            }
            false => d.maker(10.0, 1000.0, 0.0).1,
        };
        let (_, second_pool) = d.maker(self.second, self.second, 0.0);
        d.maker(5.0, 5.0, 5.0);
        // Cover is counted after receipt: what arrives at once and is used in the same day comes on top of the stock.
        let slot = d.slot(a, self.stock[0] / need + 1.0);
        d.lane(slot, p_pool, need - self.second, 0);
        d.lane(slot, second_pool, self.second, 0);
        let slot = d.slot(a, self.stock[1] / 10.0 + 1.0);
        d.lane(slot, q_pool, 10.0, 0);
        d.network()
    }

    /// Days that A survives when sites stop, and A that is lost, if they are back after some days.
    fn stopped(self, sites: &[usize], back: u32) -> (f64, f64) {
        let network = self.network();
        let results = policies().map(|policy| stopped(&network, policy, sites, back));
        let same = |a: f64, b: f64| a == b || (a - b).abs() < 1e-10;
        let all = results.windows(2).all(|r| same(r[0].0, r[1].0) && same(r[0].1, r[1].1));
        assert!(all, "{results:?}");
        results[0]
    }

    fn survives(self, sites: &[usize]) -> f64 {
        self.stopped(sites, 200).0
    }
}

/// Ways to behave that must not matter here.
fn policies() -> [Policy<f64>; 4] {
    [
        (Correction::Slot, Rationing::ProRata),
        (Correction::Lane, Rationing::FinalDemandLast),
        (Correction::Slot, Rationing::WaterFilling),
        (Correction::Slot, Rationing::ByNeed),
    ]
    .map(|(correction, rationing)| Policy {
        signal: Signal::Asked,
        correction,
        rationing,
        ..Policy::of_firms(1.0)
    })
}

fn stopped(network: &Network<f64>, policy: Policy<f64>, sites: &[usize], back: u32) -> (f64, f64) {
    let mut run = Propagation::new(network, policy);
    let (mut survived, mut lost) = (f64::INFINITY, 0.0);
    for day in 0..200 {
        sites.iter().for_each(|site| run.set_left(*site, if day < back { 0.0 } else { 1.0 }));
        let finished = run.shelf(0);
        run.step();
        if survived.is_infinite() && run.served()[0] < 10.0 {
            survived = time_to_survive(&run, day, finished);
        }
        lost += 10.0 - run.served()[0];
    }
    (survived, lost)
}

/// The first day k whose demand is not met in full, and the part of it that is met by what is in stock, in products,
/// before receipts: k + stock / (demand − receipts).
fn time_to_survive(run: &Propagation<'_, f64>, day: u32, finished: f64) -> f64 {
    let network = run.network();
    let part = network.slots_of(0).map(|slot| {
        let products = 10.0 / network.use_of(slot);
        let received: f64 = network.lanes_of(slot).map(|lane| run.delivered(lane)).sum();
        let (stock, received) = ((run.stock_of(slot) - received) * products, received * products);
        if received < 10.0 { (stock + finished) / (10.0 - received) } else { f64::INFINITY }
    });
    f64::from(day) + part.fold(f64::INFINITY, f64::min)
}

#[test]
fn t1_stock_and_finished_stock_are_used_up() {
    assert_eq!(A.survives(&[P]), 7.0);
}

#[test]
fn t2_a_second_source_stretches_them() {
    // 70 at 10 − 4 a day.
    let survived = Product { second: 4.0, ..A }.survives(&[P]);
    assert!((survived - 70.0 / 6.0).abs() < 1e-12, "{survived}");
}

#[test]
fn t3_what_is_lost_until_all_is_back() {
    // Of 200 in 20 days 70 are in stock, and 4 a day may come.
    assert_eq!(A.stopped(&[P], 20).1, 130.0);
    let lost = Product { second: 4.0, ..A }.stopped(&[P], 20).1;
    assert!((lost - 50.0).abs() < 1e-10, "{lost}");
}

#[test]
fn t5_the_shorter_of_two_stocks_counts() {
    let both = Product { stock: [50.0, 30.0], joint: true, ..A };
    assert_eq!(both.survives(&[P]), 5.0);
}

#[test]
fn t6_stock_counts_in_products() {
    // 25 and 20 of them.
    assert_eq!(Product { parts: 2.0, ..A }.survives(&[P]), 4.5);
}

#[test]
fn t7_who_is_not_needed_is_survived_for_ever() {
    assert_eq!(A.stopped(&[BESIDE], 200), (f64::INFINITY, 0.0));
}

#[test]
fn t8_who_is_back_in_time_costs_nothing() {
    for days in 0..=7 {
        assert_eq!(A.stopped(&[P], days), (f64::INFINITY, 0.0));
    }
    assert_eq!(A.stopped(&[P], 8), (7.0, 10.0));
}

#[test]
fn more_stock_survives_longer_and_longer_stops_cost_more() {
    let never_falls = |values: Vec<f64>| assert!(values.is_sorted_by(|a, b| *a <= b + 1e-10), "{values:?}");
    let steps = || (0..40).map(|n| f64::from(n) * 5.0);
    never_falls(steps().map(|stock| Product { stock: [stock, 1000.0], ..A }.survives(&[P])).collect());
    never_falls(steps().map(|finished| Product { finished, ..A }.survives(&[P])).collect());
    never_falls((0..10).map(|n| Product { second: f64::from(n), ..A }.survives(&[P])).collect());
    never_falls((0..30).map(|days| A.stopped(&[P], days).1).collect());
    never_falls((0..30).map(|days| Product { second: 4.0, ..A }.stopped(&[P], days).1).collect());
    // Nobody survives several longer than any of them.
    let a = Product { stock: [50.0, 40.0], ..A };
    assert_eq!([a.survives(&[P]), a.survives(&[Q]), a.survives(&[P, Q, BESIDE])], [7.0, 6.0, 6.0]);
}
