//! Re-sourcing with qualification, worked by hand.

use super::draft::Draft;
use linchpin_kernel::{Correction, Policy, Propagation, Rationing, Signal};

/// Two makers buy from a main supplier that stops for six ticks:
///
/// | lane | buys | from | a tick |
/// |---|---|---|---|
/// | 0 | X (12 a tick) | main (16, no more) | 12 |
/// | 1 | X | U | 0; must be qualified for 3 ticks |
/// | 2 | X | V | 0 |
/// | 3 | Y (8 a tick) | main | 4 |
/// | 4 | Y | V | 4 |
/// | 5 | Y | U | 0; must be qualified for 3 ticks |
///
/// U sells 6 to others and could make 12; V sells 2 to others, 4 to Y, and could make 8. All ways take a tick, stocks are
/// for two ticks, and orders do not correct stocks (τ = ∞), so that all that moves is re-sourcing.
#[test]
fn spare_capacity_is_claimed_once_and_qualified_first() {
    let mut d = Draft::new();
    let (x, _) = d.maker(12.0, 12.0, 12.0);
    let (y, _) = d.maker(8.0, 8.0, 8.0);
    let (main, main_pool) = d.maker(16.0, 16.0, 0.0);
    let (_, u) = d.maker(6.0, 12.0, 6.0);
    let (_, v) = d.maker(6.0, 8.0, 2.0);
    let (slot_x, slot_y) = (d.slot(x, 2.0), d.slot(y, 2.0));
    d.lane(slot_x, main_pool, 12.0, 1);
    d.lane(slot_x, u, 0.0, 1).qualify = 3;
    d.lane(slot_x, v, 0.0, 1);
    d.lane(slot_y, main_pool, 4.0, 1);
    d.lane(slot_y, v, 4.0, 1);
    d.lane(slot_y, u, 0.0, 1).qualify = 3;
    let network = d.network();
    let policy = Policy {
        signal: Signal::Asked,
        correction: Correction::Slot,
        adjustment: f64::INFINITY,
        resourcing: true,
        rationing: Rationing::ProRata,
        backlog: false,
    };
    let mut run = Propagation::new(&network, policy);
    // Of each tick: the stocks of X and Y, what they make, what U and V make, and the orders of the six lanes.
    type Tick = ([f64; 2], [f64; 2], [f64; 2], [f64; 6]);
    let expected: [Tick; 9] = [
        // 0: The main supplier ships nothing. X misses 12 and Y 4.
        ([24.0, 16.0], [12.0, 8.0], [6.0, 6.0], [12.0, 0.0, 0.0, 4.0, 4.0, 0.0]),
        // 1: X has used 12 and received nothing, Y used 8 and received 4. V has 8 − 6 = 2 to spare. X and Y claim all that
        // they miss there, 12 + 4 = 16, and get 2/16 of it, 1.5 and 0.5. U is not qualified.
        ([12.0, 12.0], [12.0, 8.0], [6.0, 8.0], [12.0, 0.0, 1.5, 4.0, 4.5, 0.0]),
        // 2: 12 − 12 + 1.5 and 12 − 8 + 4.5. Of what V is asked for, 8, the 2 are the extra orders of the last tick: it has
        // 8 − (8 − 2) = 2 to spare again, not 0 and not 4. X makes what it can.
        ([1.5, 8.5], [1.5, 8.0], [6.0, 8.0], [12.0, 0.0, 1.5, 4.0, 4.5, 0.0]),
        // 3: 1.5 − 1.5 + 1.5 and 8.5 − 8 + 4.5. Now Y is short as well.
        ([1.5, 5.0], [1.5, 5.0], [6.0, 8.0], [12.0, 0.0, 1.5, 4.0, 4.5, 0.0]),
        // 4: 5 − 5 + 4.5. Three ticks after the shortage was seen, in 1, U is qualified, with 12 − 6 = 6 to spare. X claims
        // 12 · 6/8 = 9 of U and 3 of V, Y claims 3 and 1. U gives 6/12 of the claims, 4.5 and 1.5, V 2/4, 1.5 and 0.5.
        ([1.5, 4.5], [1.5, 4.5], [12.0, 8.0], [12.0, 4.5, 1.5, 4.0, 4.5, 1.5]),
        // 5: 1.5 − 1.5 + 6 and 4.5 − 4.5 + 6.
        ([6.0, 6.0], [6.0, 6.0], [12.0, 8.0], [12.0, 4.5, 1.5, 4.0, 4.5, 1.5]),
        // 6: The main supplier is back. It has nothing to spare beyond the 16 of its own orders, and the others do not know
        // yet: the extra orders are those of the last shortage.
        ([6.0, 6.0], [6.0, 6.0], [12.0, 8.0], [12.0, 4.5, 1.5, 4.0, 4.5, 1.5]),
        // 7: 6 − 6 + 12 + 6 and 6 − 6 + 4 + 6. Nothing was missing: no extra orders.
        ([18.0, 10.0], [12.0, 8.0], [6.0, 6.0], [12.0, 0.0, 0.0, 4.0, 4.0, 0.0]),
        // 8: What is used is received, and the stocks stay where they are.
        ([18.0, 10.0], [12.0, 8.0], [6.0, 6.0], [12.0, 0.0, 0.0, 4.0, 4.0, 0.0]),
    ];
    for (tick, (stock, made, others, orders)) in expected.into_iter().enumerate() {
        run.set_left(main as usize, if tick < 6 { 0.0 } else { 1.0 });
        run.step();
        let found_stock = [slot_x, slot_y].map(|slot| run.stock_of(network.slot(slot as usize)));
        let found_orders: Vec<f64> = (0..6).map(|lane| run.order(network.lane(lane))).collect();
        let found = [&found_stock[..], &run.made()[..2], &run.made()[3..], &found_orders].concat();
        let expected = [&stock[..], &made, &others, &orders].concat();
        let off = found.iter().zip(&expected).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        assert!(off <= 1e-12, "tick {tick}: {found:?}, not {expected:?}");
        // Everybody else is served in full.
        assert_eq!([run.served()[3], run.served()[4]], [6.0, 2.0]);
    }
}

/// Ten a tick from a supplier that stops before tick 3; another could make them, and takes three ticks to qualify.
fn first_extra_order(known_before: bool) -> u32 {
    let mut d = Draft::new();
    let (maker, _) = d.maker(10.0, 10.0, 10.0);
    let (supplier, pool) = d.maker(10.0, 10.0, 0.0);
    let (_, other) = d.maker(5.0, 15.0, 5.0);
    let slot = d.slot(maker, 4.0);
    d.lane(slot, pool, 10.0, 1);
    d.lane(slot, other, 0.0, 1).qualify = 3;
    let network = d.network();
    let policy = Policy { signal: Signal::Asked, resourcing: true, ..Policy::of_firms(4.0) };
    let mut run = Propagation::new(&network, policy);
    if known_before {
        run.start_clock(0, true);
    }
    for tick in 0..20 {
        run.set_left(supplier as usize, if tick < 3 { 1.0 } else { 0.0 });
        run.step();
        if run.delivered(1) > 0.0 {
            return tick;
        }
    }
    20
}

#[test]
fn who_knows_before_is_qualified_before() {
    // The shortage of tick 3 is seen in 4. From then three ticks; from the beginning none are left.
    assert_eq!((first_extra_order(false), first_extra_order(true)), (7, 4));
}

/// Two sites sell ten a tick each; one stops, and the other could make sixteen.
#[test]
fn sites_of_a_pool_step_in_for_each_other() {
    let made = |step_in| {
        let mut d = Draft::new();
        let (one, pool) = d.maker(10.0, 10.0, 20.0);
        let two = d.site(10.0, 16.0);
        d.port(two, pool, 1.0);
        d.rows.pools[0].step_in = step_in;
        let network = d.network();
        let mut run = Propagation::new(&network, Policy::of_firms(4.0));
        run.set_left(one as usize, 0.0);
        [(); 4].map(|()| {
            run.step();
            run.served()[0]
        })
    };
    assert_eq!(made(None), [10.0; 4]);
    assert_eq!(made(Some(0)), [16.0; 4]);
    assert_eq!(made(Some(2)), [10.0, 10.0, 16.0, 16.0]);
}
