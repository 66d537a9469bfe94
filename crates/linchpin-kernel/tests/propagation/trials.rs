//! Trials side by side: each gets the bits that it gets alone, whatever the instructions.

use super::draft::Draft;
use super::random::{Shape, policies, webs};
use linchpin_kernel::{
    Batch, Instructions, Network, Policy, Precision, Propagation, Real, Rows, Trials, dispatch,
};
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;

/// What is done to a network from outside in a tick, in each trial in another measure.
#[derive(Clone, Debug)]
enum Deed {
    Left(usize),
    Open(usize),
    Demand(usize),
    Stock(usize),
    Way(usize),
    Plan(usize),
    Clock(usize),
    Forget(usize),
}

#[derive(Clone, Debug)]
struct Act {
    tick: u32,
    deed: Deed,
    /// Of each trial.
    parts: Vec<f64>,
}

const TICKS: u32 = 25;
/// No multiple of the trials in any register.
const TRIALS: usize = 19;

fn parts() -> impl Strategy<Value = Vec<f64>> {
    let part = prop_oneof![2 => Just(0.0), 3 => 0.0..1.0_f64, 2 => Just(1.0)];
    prop::collection::vec(part, TRIALS)
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let deed = (0..9_u8, any::<prop::sample::Index>()).prop_map(|(kind, whom)| {
        let whom = whom.index(1 << 20);
        match kind {
            0 | 1 => Deed::Left(whom),
            2 => Deed::Open(whom),
            3 => Deed::Demand(whom),
            4 => Deed::Stock(whom),
            5 => Deed::Way(whom),
            6 => Deed::Plan(whom),
            7 => Deed::Clock(whom),
            _ => Deed::Forget(whom),
        }
    });
    let act = (0..TICKS, deed, parts()).prop_map(|(tick, deed, parts)| Act { tick, deed, parts });
    prop::collection::vec(act, 1..20)
}

struct Story<'a> {
    network: &'a Network<f64>,
    policy: Policy<f64>,
    threads: usize,
    /// Cover of the first slots, by slot and trial.
    covers: &'a [Vec<f64>],
    acts: &'a [Act],
}

/// A number for everything that can be seen, of all ticks and trials: as bits, so that signs of zero count.
impl Batch for Story<'_> {
    type Output = Vec<Vec<u64>>;

    fn run<V: Trials>(self, token: V::Token) -> Vec<Vec<u64>> {
        let network = self.network.cast::<V::Scalar>();
        let n = &network;
        let mut seen = vec![vec![]; TRIALS];
        for first in (0..TRIALS).step_by(V::COUNT) {
            let of = |parts: &[f64]| {
                let parts: Vec<V::Scalar> = parts[first..].iter().map(|part| V::Scalar::of(*part)).collect();
                V::of_trials(token, &parts[..V::COUNT.min(parts.len())])
            };
            let mut run =
                Propagation::<V>::in_trials(token, n, self.policy.cast()).with_threads(self.threads);
            for (slot, covers) in self.covers.iter().enumerate().filter(|(slot, _)| *slot < n.slots()) {
                let ticks: Vec<f64> = covers.iter().map(|part| 0.5 + 8.0 * part).collect();
                run.set_cover(slot, of(&ticks));
            }
            let mut take = |values: &[V]| {
                for value in values {
                    for (seen, value) in seen[first..].iter_mut().zip(value.trials()) {
                        seen.push(value.as_f64().to_bits());
                    }
                }
            };
            for tick in 0..TICKS {
                for act in self.acts.iter().filter(|act| act.tick == tick) {
                    let part = of(&act.parts);
                    match act.deed {
                        Deed::Left(whom) => run.set_left(whom % n.sites(), part),
                        Deed::Open(whom) if n.lanes() > 0 => run.set_open(whom % n.lanes(), part),
                        Deed::Stock(whom) if n.lanes() > 0 => {
                            take(&[run.destroy_stock(whom % n.lanes(), part)])
                        }
                        Deed::Way(whom) if n.lanes() > 0 => {
                            take(&[run.destroy_on_the_way(whom % n.lanes(), part)])
                        }
                        Deed::Demand(whom) => run.set_demand(whom % n.pools(), part + part),
                        Deed::Plan(whom) => run.set_plan(whom % n.sites(), part),
                        Deed::Clock(whom) if n.slots() > 0 => {
                            let half = V::splat(token, V::Scalar::of(0.5));
                            run.start_clock(whom % n.slots(), part.gt(half));
                        }
                        Deed::Forget(whom) => run.forget(whom % n.pools()),
                        _ => {}
                    }
                }
                run.step();
                take(run.made());
                take(run.limit());
                take(run.served());
                for lane in 0..n.lanes() {
                    take(&[run.stock(lane), run.order(lane), run.delivered(lane), run.on_the_way(lane)]);
                }
                for slot in 0..n.slots() {
                    take(&[run.stock_of(slot)]);
                }
                for pool in 0..n.pools() {
                    take(&[run.demand(pool), run.waiting(pool)]);
                    for port in n.members_of(pool) {
                        take(&[run.shelf(port), run.shipped(port), run.put_out(port)]);
                    }
                }
            }
        }
        seen
    }
}

/// Bits are equal for all instructions, in both precisions, for any number of threads.
/// Ways to the same bits: instructions, trials at hand, threads.
fn ways() -> impl Iterator<Item = (Instructions, usize, usize)> {
    let alone = Instructions::available().into_iter().flat_map(|of| [(of, 1, 1), (of, usize::MAX, 1)]);
    alone.chain([(Instructions::Plain, 1, 2), (Instructions::best(), usize::MAX, 3)])
}

fn check(network: &Network<f64>, policy: Policy<f64>, covers: &[Vec<f64>], acts: &[Act]) -> TestCaseResult {
    for precision in [Precision::Single, Precision::Double] {
        let run = |instructions, most, threads| {
            dispatch(instructions, precision, most, Story { network, policy, threads, covers, acts })
        };
        let alone = run(Instructions::Plain, 1, 1);
        for (instructions, most, threads) in ways() {
            let beside = run(instructions, most, threads);
            for (trial, (alone, beside)) in alone.iter().zip(&beside).enumerate() {
                let same = alone.iter().zip(beside).position(|(a, b)| a != b);
                prop_assert!(
                    same.is_none() && alone.len() == beside.len(),
                    "{instructions:?} {precision:?}, {threads} threads: trial {trial} differs at {same:?}"
                );
            }
        }
    }
    Ok(())
}

/// A network of firms of the same lanes: every site sells what it makes in a pool of its own number.
fn firms(rows: &Rows<f64>) -> Network<f64> {
    let pools = rows.pools.len() as u32;
    let mut lanes: Vec<(u32, u32, u32, f64)> = rows
        .lanes
        .iter()
        .map(|l| (rows.slots[l.slot as usize].site % pools, l.slot, l.pool, l.amount))
        .collect();
    lanes.sort_by_key(|lane| (lane.0, lane.1));
    let demand = rows.pools.iter().map(|p| p.demand).collect();
    Network::of_firms(demand, lanes.into_iter(), 4.0).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn a_trial_gets_the_same_bits_beside_others(
        rows in webs(2..7, Shape::Any),
        policy in policies(),
        covers in prop::collection::vec(parts(), 0..4),
        acts in acts(),
    ) {
        check(&Network::new(&rows).unwrap(), policy, &covers, &acts)?;
    }

    #[test]
    fn so_does_a_trial_of_firms(
        rows in webs(2..7, Shape::Any),
        policy in policies(),
        covers in prop::collection::vec(parts(), 0..4),
        acts in acts(),
    ) {
        check(&firms(&rows), policy, &covers, &acts)?;
    }
}

/// So many firms that their markets are not near any more: lanes reach them by notes, block by block.
#[test]
fn so_does_a_trial_of_many_firms() {
    const FIRMS: u32 = 70_000;
    let mut lanes: Vec<(u32, u32, u32, f64)> = (0..FIRMS * 3)
        .map(|l| (l / 3, l % 3 / 2 + l % 2, l.wrapping_mul(2_654_435_761) % FIRMS, 1.0 + f64::from(l % 7)))
        .collect();
    lanes.sort_by_key(|lane| (lane.0, lane.1));
    let demand = (0..FIRMS).map(|firm| f64::from(firm % 5)).collect();
    let network = Network::of_firms(demand, lanes.into_iter(), 2.0).unwrap();
    struct Many<'a>(&'a Network<f64>, usize);
    impl Batch for Many<'_> {
        type Output = Vec<Vec<u64>>;

        fn run<V: Trials>(self, token: V::Token) -> Vec<Vec<u64>> {
            let network = self.0.cast::<V::Scalar>();
            let part = |firm: usize, trial: usize| {
                V::Scalar::of(if (firm + trial).is_multiple_of(3) { 0.25 } else { 1.0 })
            };
            let mut seen = vec![vec![]; 2];
            for first in (0..2).step_by(V::COUNT) {
                let policy = Policy::of_firms(V::Scalar::of(4.0));
                let mut run = Propagation::<V>::in_trials(token, &network, policy).with_threads(self.1);
                for firm in 0..network.sites() {
                    let parts: Vec<V::Scalar> = (0..V::COUNT).map(|k| part(firm, first + k)).collect();
                    run.set_left(firm, V::of_trials(token, &parts));
                }
                (0..4).for_each(|_| run.step());
                for (seen, trial) in seen[first..].iter_mut().zip(0..V::COUNT) {
                    let values = run.made().iter().chain(run.served()).chain(run.limit());
                    seen.extend(values.map(|value| value.trials()[trial].as_f64().to_bits()));
                }
            }
            seen
        }
    }
    for precision in [Precision::Single, Precision::Double] {
        let alone = dispatch(Instructions::Plain, precision, 1, Many(&network, 1));
        let short = alone[0].iter().filter(|made| f64::from_bits(**made) < 1.0).count();
        assert!(short > 0 && alone[0] != alone[1]);
        for (instructions, most, threads) in ways() {
            let beside = dispatch(instructions, precision, most, Many(&network, threads));
            assert!(alone == beside, "{instructions:?} {precision:?}, {threads} threads");
        }
    }
}

/// Two firms, one lane: a stock; of each firm what it made, ordered for, could make, has left and served, and its market.
#[test]
fn a_run_tells_its_size_before() {
    let network = Network::of_firms(vec![1.0, 2.0], [(0, 0, 1, 3.0)].into_iter(), 2.0).unwrap();
    let plain = network.together(Instructions::Plain, Precision::Double, 100);
    assert_eq!((plain.trials, plain.bytes), (1, 8 * (1 + 2 * 5 + 2 * 2)));
    for instructions in Instructions::available() {
        let single = network.together(instructions, Precision::Single, 16);
        assert_eq!(single.bytes, 4 * single.trials * 15);
        assert!(single.trials <= 16);
    }
}

/// The operations by themselves, where processors could differ: signs of zero, infinities, what is no number.
#[test]
fn operations_are_the_same_on_all_instructions() {
    struct Table;
    impl Batch for Table {
        type Output = Vec<Vec<u64>>;

        fn run<V: Trials>(self, token: V::Token) -> Vec<Vec<u64>> {
            let odd = [0.0, -0.0, 1.0, -3.0, 1e-310, 3.4e38, f64::INFINITY, f64::NEG_INFINITY, f64::NAN];
            let mut seen = vec![];
            for a in odd {
                for b in odd {
                    let [x, y] = [a, b].map(|value| V::splat(token, V::Scalar::of(value)));
                    let (yes, no) =
                        (V::splat(token, V::Scalar::of(1.0)), V::splat(token, V::Scalar::of(0.0)));
                    let mask = |mask| V::select(mask, yes, no);
                    let all = [
                        x + y,
                        x - y,
                        x * y,
                        x / y,
                        x.min(y),
                        x.max(y),
                        mask(x.lt(y)),
                        mask(x.le(y)),
                        mask(x.gt(y)),
                        mask(x.ge(y)),
                        mask(V::not(x.lt(y))),
                        mask(V::and(x.le(y), y.le(x))),
                        mask(V::or(x.lt(y), y.lt(x))),
                    ];
                    for value in all {
                        let value = value.trials();
                        assert_eq!(value.len(), V::COUNT);
                        // What is no number has no sign that counts.
                        seen.push(
                            value
                                .iter()
                                .map(|v| if v.as_f64().is_nan() { 1 } else { v.as_f64().to_bits() })
                                .collect(),
                        );
                        seen.iter().for_each(|all: &Vec<u64>| assert!(all.iter().all(|v| *v == all[0])));
                    }
                    assert_eq!(V::any(x.lt(y)), V::Scalar::of(a) < V::Scalar::of(b));
                    assert_eq!(V::all(x.lt(y)), V::Scalar::of(a) < V::Scalar::of(b));
                }
            }
            let ramp: Vec<V::Scalar> = (0..V::COUNT).map(|k| V::Scalar::of(k as f64)).collect();
            let (ramp, first) = (V::of_trials(token, &ramp), V::splat(token, V::Scalar::of(0.5)));
            assert!(V::any(ramp.lt(first)));
            assert_eq!(V::all(ramp.lt(first)), V::COUNT == 1);
            let few = V::of_trials(token, &[V::Scalar::of(2.0)]);
            assert!(few.trials().iter().all(|v| v.as_f64() == 2.0));
            seen.iter().map(|all| vec![all[0]]).collect()
        }
    }
    for precision in [Precision::Single, Precision::Double] {
        let plain = dispatch(Instructions::Plain, precision, 1, Table);
        for (instructions, most, _) in ways() {
            assert_eq!(
                dispatch(instructions, precision, most, Table),
                plain,
                "{instructions:?} {precision:?}"
            );
        }
    }
}

/// Two trials in which a supplier keeps a half and nothing: the second runs dry, and neither sees the other.
#[test]
fn each_trial_has_its_own_shock() {
    struct Two<'a>(&'a Network<f64>, usize);
    impl Batch for Two<'_> {
        type Output = Vec<f64>;

        fn run<V: Trials>(self, token: V::Token) -> Vec<f64> {
            let network = self.0.cast::<V::Scalar>();
            let left = [0.5, 0.0].map(V::Scalar::of);
            let mut made = vec![];
            for left in left.chunks(V::COUNT) {
                let policy = Policy::of_firms(V::Scalar::of(4.0));
                let mut run = Propagation::<V>::in_trials(token, &network, policy);
                run.set_left(self.1, V::of_trials(token, left));
                (0..3).for_each(|_| run.step());
                made.extend(run.made()[0].trials().iter().take(left.len()).map(|m| m.as_f64()));
            }
            made
        }
    }
    let mut d = Draft::new();
    let (maker, _) = d.maker(10.0, 10.0, 10.0);
    let (supplier, pool) = d.maker(10.0, 10.0, 0.0);
    let slot = d.slot(maker, 2.0);
    d.lane(slot, pool, 10.0, 1);
    let network = d.network();
    for (instructions, most, _) in ways() {
        for precision in [Precision::Single, Precision::Double] {
            // Of the stock of 20, ten are used a day, and five or nothing come: in the third, 10 or nothing is left.
            let made = dispatch(instructions, precision, most, Two(&network, supplier as usize));
            assert_eq!(made, [10.0, 0.0], "{instructions:?} {precision:?}");
        }
    }
}
