//! A shock in networks of all kinds: what must hold whatever happens, and cases worked by hand.

mod support;

use linchpin_kernel::{Network, Policy, Propagation, Rows};
use proptest::prelude::*;
use support::{Act, Books, acts, policies, webs};

/// Everything that can be seen of a run.
fn portrait(run: &Propagation<'_, f64>) -> Vec<f64> {
    let n = run.network();
    let mut seen = [run.made(), run.limit(), run.served()].concat();
    for lane in 0..n.lanes() {
        seen.extend([run.stock(lane), run.order(lane), run.delivered(lane), run.on_the_way(lane)]);
    }
    for pool in 0..n.pools() {
        seen.extend([run.demand(pool), run.waiting(pool)]);
        seen.extend(
            n.members_of(pool).iter().flat_map(|p| [run.shelf(*p), run.shipped(*p), run.put_out(*p)]),
        );
    }
    seen
}

/// How far anything moves from where it began, as a part of it; where it began at nothing, of one.
fn drift(rows: &Rows<f64>, policy: Policy<f64>, ticks: u32) -> f64 {
    let network = Network::new(rows).unwrap();
    let mut run = Propagation::new(&network, policy);
    let first = portrait(&run);
    let mut most = 0.0_f64;
    for _ in 0..ticks {
        run.step();
        let off = portrait(&run)
            .iter()
            .zip(&first)
            .map(|(now, then)| (now - then).abs() / if *then > 0.0 { *then } else { 1.0 })
            .fold(0.0, f64::max);
        most = most.max(off);
    }
    most
}

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
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn nothing_moves_by_itself(rows in webs(2..7), policy in policies()) {
        let drift = drift(&rows, policy, 200);
        prop_assert!(drift < 1e-9, "{drift:e}");
    }

    #[test]
    fn nothing_comes_from_nowhere(rows in webs(2..6), policy in policies(), events in acts(40, 12)) {
        keep_books(&rows, policy, &events, 60);
    }
}
