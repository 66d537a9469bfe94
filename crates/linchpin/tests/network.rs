//! Networks of a handful of items whose answer is worked out by hand.
//!
//! They are built of numbers alone, without an atlas, so that what is tested is the network: joint production by
//! least activity, feeds that contain their own returns, and both together.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use linchpin::atlas::{Expr, Figures, Overlay, Values};
use linchpin::network::{Flow, InputSpec, Losses, NetworkBuilder, NetworkError, Role, Sweep, Topology};
use linchpin_table::Status;
use support::close;

fn n(value: f64) -> Expr {
    Expr::Number(value)
}

fn no_figures() -> Values {
    Values::new(&Figures::default(), &[], &Overlay::new()).unwrap()
}

/// A builder that holds these items.
fn items(ids: &[&str]) -> NetworkBuilder {
    let mut b = NetworkBuilder::new();
    ids.iter().for_each(|id| {
        b.item(id);
    });
    b
}

/// A recipe with one main output of one unit.
fn recipe(b: &mut NetworkBuilder, id: &str, output: &str, survives: f64, inputs: &[(&str, f64)]) {
    b.output(id, output, Role::Main, Expr::ONE).survives(id, n(survives));
    for (item, quantity) in inputs {
        b.input(id, InputSpec::new(item, item, n(*quantity)));
    }
}

/// Needs caused by one unit of `product`.
fn solve(network: &Topology, losses: Losses, product: &str) -> Result<Flow, NetworkError> {
    let values = no_figures();
    let sweep = Sweep::new(network, &values, losses, &|_| false, &|_| true)?;
    let mut demand = vec![0.0; network.nodes];
    demand[network.item(product).unwrap() as usize] = 1.0;
    sweep.down(&demand, 1)
}

fn need(network: &Topology, flow: &Flow, item: &str) -> f64 {
    flow.need[network.item(item).unwrap() as usize]
}

/// Two deposits under a robot that takes 1 kg of Nd and 0.02 kg of Dy, with losses at separation (10 %, 20 %) and
/// at mining (half of A and a quarter of B is left behind) and ores of 6 % and 0.1 %.
fn two_deposits() -> Topology {
    let mut b = items(&["robot", "nd", "dy", "conc_a", "conc_b", "ore_a", "ore_b"]);
    recipe(&mut b, "assemble", "robot", 1.0, &[("nd", 1.0), ("dy", 0.02)]);
    for (deposit, nd, dy, separated) in [("a", 0.20, 0.001, 0.9), ("b", 0.05, 0.05, 0.8)] {
        let id = format!("separate_{deposit}");
        b.output(&id, "nd", Role::Joint, n(nd)).output(&id, "dy", Role::Joint, n(dy));
        b.survives(&id, n(separated));
        let concentrate = format!("conc_{deposit}");
        b.input(&id, InputSpec::new("feed", &concentrate, Expr::ONE));
    }
    recipe(&mut b, "mine_a", "conc_a", 0.5, &[("ore_a", 1.0 / 0.06)]);
    recipe(&mut b, "mine_b", "conc_b", 0.75, &[("ore_b", 1.0 / 0.001)]);
    b.build().unwrap()
}

/// Deposit A gives 0.20 Nd and 0.001 Dy in a run, B 0.05 and 0.05. Neither alone is least: A alone must run 20
/// times for its Dy, B alone 20 times for its Nd. With both needs met exactly,
/// 0.20 a + 0.05 b = 1 and 0.001 a + 0.05 b = 0.02 → a = 0.98 / 0.199, b = (0.02 − 0.001 a) / 0.05.
/// The concentrate is the runs over the separation yield, the ore the concentrate over grade and recovery.
#[test]
fn two_deposits_are_mixed_and_flow_on_into_ore() {
    let network = two_deposits();
    let flow = solve(&network, Losses::Gross, "robot").unwrap();
    let a = 0.98 / 0.199;
    let b = (0.02 - 0.001 * a) / 0.05;
    close(need(&network, &flow, "conc_a"), a / 0.9, 1e-9);
    close(need(&network, &flow, "conc_b"), b / 0.8, 1e-9);
    close(need(&network, &flow, "ore_a"), a / 0.9 / 0.5 / 0.06, 1e-9);
    close(need(&network, &flow, "ore_b"), b / 0.8 / 0.75 / 0.001, 1e-9);
    assert!(matches!(flow.status, Status::Optimal { gap } if gap < 1e-9), "{:?}", flow.status);
    // Without losses the runs are the concentrate, and the ore is short of the recoveries only.
    let net = solve(&network, Losses::Net, "robot").unwrap();
    close(need(&network, &net, "conc_a"), a, 1e-9);
    close(need(&network, &net, "ore_b"), b / 0.001, 1e-9);
}

/// A robot that takes no Dy needs deposit A alone, the richer in Nd: 1 / 0.20 = 5 runs, and nothing of B.
#[test]
fn a_deposit_that_is_not_needed_is_not_run() {
    let mut b = items(&["robot", "nd", "dy", "conc_a", "conc_b"]);
    recipe(&mut b, "assemble", "robot", 1.0, &[("nd", 1.0)]);
    for (deposit, nd, dy) in [("a", 0.20, 0.001), ("b", 0.05, 0.05)] {
        let id = format!("separate_{deposit}");
        b.output(&id, "nd", Role::Joint, n(nd)).output(&id, "dy", Role::Joint, n(dy));
        b.input(&id, InputSpec::new("feed", &format!("conc_{deposit}"), Expr::ONE));
    }
    let network = b.build().unwrap();
    let flow = solve(&network, Losses::Gross, "robot").unwrap();
    close(need(&network, &flow, "conc_a"), 5.0, 1e-12);
    assert_eq!(need(&network, &flow, "conc_b"), 0.0);
}

/// The sweep up is the adjoint of the sweep down: what a robot holds of a weight is Σ need × weight. The least
/// activity is homogeneous of degree one in the needs, so this holds through joint production as well (Euler).
#[test]
fn what_a_robot_holds_is_the_sum_over_its_needs() {
    let network = two_deposits();
    let values = no_figures();
    let sweep = Sweep::new(&network, &values, Losses::Gross, &|_| false, &|_| true).unwrap();
    let robot = network.item("robot").unwrap() as usize;
    let mut demand = vec![0.0; network.nodes];
    demand[robot] = 1.0;
    let flow = sweep.down(&demand, 1).unwrap();
    let weights: Vec<f64> = (0..network.nodes).map(|i| 1.0 + i as f64 * 0.37).collect();
    let holds = sweep.up(&weights, &flow).unwrap();
    let summed: f64 = flow.need.iter().zip(&weights).map(|(x, w)| x * w).sum();
    close(holds[robot], summed, 1e-6);
}

/// Part of an item comes from a recipe of its own (a quarter of the Nd is recycled) and the rest jointly: the
/// deposit runs for 0.75 kg only, 0.75 / 0.2 = 3.75 times; the recycler takes 0.25 kg of scrap over a yield of 0.5.
#[test]
fn a_share_made_otherwise_is_not_asked_of_the_deposit() {
    let mut b = items(&["robot", "nd", "conc", "scrap"]);
    recipe(&mut b, "assemble", "robot", 1.0, &[("nd", 1.0)]);
    b.output("separate", "nd", Role::Joint, n(0.2));
    b.input("separate", InputSpec::new("feed", "conc", Expr::ONE));
    recipe(&mut b, "recycle", "nd", 0.5, &[("scrap", 1.0)]);
    b.share("nd", "recycle", n(0.25));
    let network = b.build().unwrap();
    let flow = solve(&network, Losses::Gross, "robot").unwrap();
    close(need(&network, &flow, "conc"), 3.75, 1e-12);
    close(need(&network, &flow, "scrap"), 0.5, 1e-12);
}

/// A takes 1 B and r of itself a unit, and 4 A go into a robot: x = 4 + r x, so x = 4 / (1 − r), and as much B.
/// The solve is direct, so the status is exact.
#[test]
fn a_recycled_feed_is_the_closed_form() {
    for r in [0.0, 0.1, 0.3, 0.9, 0.999] {
        let mut b = items(&["robot", "a", "b"]);
        recipe(&mut b, "assemble", "robot", 1.0, &[("a", 4.0)]);
        recipe(&mut b, "make_a", "a", 1.0, &[("b", 1.0), ("a", r)]);
        let network = b.build().unwrap();
        let flow = solve(&network, Losses::Gross, "robot").unwrap();
        close(need(&network, &flow, "a"), 4.0 / (1.0 - r), 1e-12);
        close(need(&network, &flow, "b"), 4.0 / (1.0 - r), 1e-12);
        assert_eq!(flow.status, Status::Exact);
    }
}

/// Two items that need each other, with losses: A takes 0.5 B over a yield of 0.8, B takes 0.4 A and 1 C.
/// x_A = 1 + 0.4 x_B, x_B = (0.5 / 0.8) x_A → x_A = 1 / (1 − 0.4 · 0.625), x_C = x_B. Without losses 0.5 stays 0.5.
#[test]
fn a_cycle_of_two_items_is_the_closed_form_with_and_without_losses() {
    let mut b = items(&["robot", "a", "b", "c"]);
    recipe(&mut b, "assemble", "robot", 1.0, &[("a", 1.0)]);
    recipe(&mut b, "make_a", "a", 0.8, &[("b", 0.5)]);
    recipe(&mut b, "make_b", "b", 1.0, &[("a", 0.4), ("c", 1.0)]);
    let network = b.build().unwrap();
    for (losses, takes) in [(Losses::Gross, 0.625), (Losses::Net, 0.5)] {
        let flow = solve(&network, losses, "robot").unwrap();
        let a = 1.0 / (1.0 - 0.4 * takes);
        close(need(&network, &flow, "a"), a, 1e-12);
        close(need(&network, &flow, "b"), takes * a, 1e-12);
        close(need(&network, &flow, "c"), takes * a, 1e-12);
        assert_eq!(flow.status, Status::Exact);
    }
}

/// An item that takes as much of itself as it gives, or more, can never be delivered: Hawkins and Simon (1949).
/// A negative "need" must not come out instead. The same for 0.5 that a yield of 0.5 turns into 1, gross alone.
#[test]
fn a_cycle_that_gives_nothing_back_is_a_typed_error() {
    let network = |r: f64, survives: f64| {
        let mut b = items(&["robot", "a", "b"]);
        recipe(&mut b, "assemble", "robot", 1.0, &[("a", 4.0)]);
        recipe(&mut b, "make_a", "a", survives, &[("b", 1.0), ("a", r)]);
        b.build().unwrap()
    };
    for r in [1.0, 1.2, 5.0] {
        let outcome = solve(&network(r, 1.0), Losses::Gross, "robot").map(|f| f.need);
        assert_eq!(outcome, Err(NetworkError::CycleWithoutRecovery("a".into())), "{r}");
    }
    let lossy = network(0.5, 0.5);
    assert!(solve(&lossy, Losses::Gross, "robot").is_err());
    close(need(&lossy, &solve(&lossy, Losses::Net, "robot").unwrap(), "a"), 8.0, 1e-12);
}

/// A separation that gives 0.5 X a run and takes 0.1 X back: need_X = 1 + 0.1 a and a = need_X / 0.5, so a = 2.5 and
/// need_X = 1.25. It is iterated, and the status says so. Also: what the robot holds agrees with what it needs.
#[test]
fn a_cycle_through_joint_production_converges_to_the_closed_form() {
    let mut b = items(&["robot", "x", "feed"]);
    recipe(&mut b, "assemble", "robot", 1.0, &[("x", 1.0)]);
    b.output("separate", "x", Role::Joint, n(0.5));
    b.input("separate", InputSpec::new("feed", "feed", n(1.0)));
    b.input("separate", InputSpec::new("return", "x", n(0.1)));
    let network = b.build().unwrap();
    let flow = solve(&network, Losses::Gross, "robot").unwrap();
    close(need(&network, &flow, "x"), 1.25, 1e-9);
    close(need(&network, &flow, "feed"), 2.5, 1e-9);
    let Status::Converged { iterations, residual } = flow.status else { panic!("{:?}", flow.status) };
    assert!(iterations > 1 && residual <= 1e-12);
    let values = no_figures();
    let sweep = Sweep::new(&network, &values, Losses::Gross, &|_| false, &|_| true).unwrap();
    let mut weights = vec![0.0; network.nodes];
    weights[network.item("feed").unwrap() as usize] = 1.0;
    let holds = sweep.up(&weights, &flow).unwrap();
    close(holds[network.item("robot").unwrap() as usize], 2.5, 1e-6);
}

/// The same separation also gives 0.2 Y a run, and Y takes no part in the cycle: the robot takes 1 X and 1 Y.
/// Y drives: a = 1 / 0.2 = 5, X has 2.5 a run total and needs 1 + 0.5 = 1.5, so 1 is left over. Feed 5.
/// With 0.1 Y instead, X drives: a = 2.5 as above.
#[test]
fn a_joint_output_outside_the_cycle_takes_part() {
    for (y, runs) in [(1.0, 5.0), (0.1, 2.5)] {
        let mut b = items(&["robot", "x", "y", "feed"]);
        recipe(&mut b, "assemble", "robot", 1.0, &[("x", 1.0), ("y", y)]);
        b.output("separate", "x", Role::Joint, n(0.5)).output("separate", "y", Role::Joint, n(0.2));
        b.input("separate", InputSpec::new("feed", "feed", n(1.0)));
        b.input("separate", InputSpec::new("return", "x", n(0.1)));
        let network = b.build().unwrap();
        let flow = solve(&network, Losses::Gross, "robot").unwrap();
        close(need(&network, &flow, "feed"), runs, 1e-9);
        close(need(&network, &flow, "x"), 1.0 + 0.1 * runs, 1e-9);
        close(need(&network, &flow, "y"), y, 1e-12);
    }
}

/// Two recipes give X jointly; only the first takes X back. Recipe 1 gives 0.5 X, takes 0.1 X; recipe 2 gives
/// 0.25 X and takes none. Runs cost the same, so recipe 1 does all: 2.5 runs, recipe 2 none.
/// When the robot also takes 1 Y, which only recipe 2 gives (1 a run), recipe 2 runs once, gives 0.25 X, and
/// recipe 1 does the rest: a = (1 + 0.1 a − 0.25) / 0.5 → a = 0.75 / 0.4 = 1.875.
#[test]
fn a_recipe_outside_the_cycle_takes_part() {
    for (y, first, second) in [(0.0, 2.5, 0.0), (1.0, 1.875, 1.0)] {
        let mut b = items(&["robot", "x", "y", "feed_1", "feed_2"]);
        recipe(&mut b, "assemble", "robot", 1.0, &[("x", 1.0), ("y", y)]);
        b.output("separate_1", "x", Role::Joint, n(0.5));
        b.input("separate_1", InputSpec::new("feed", "feed_1", n(1.0)));
        b.input("separate_1", InputSpec::new("return", "x", n(0.1)));
        b.output("separate_2", "x", Role::Joint, n(0.25)).output("separate_2", "y", Role::Joint, n(1.0));
        b.input("separate_2", InputSpec::new("feed", "feed_2", n(1.0)));
        let network = b.build().unwrap();
        let flow = solve(&network, Losses::Gross, "robot").unwrap();
        close(need(&network, &flow, "feed_1"), first, 1e-9);
        assert!((need(&network, &flow, "feed_2") - second).abs() < 1e-9);
    }
}

/// A separation that takes more X back than it gives has no answer; it is a typed error, not a huge number.
#[test]
fn a_joint_cycle_that_gives_nothing_back_is_a_typed_error() {
    let mut b = items(&["robot", "x", "feed"]);
    recipe(&mut b, "assemble", "robot", 1.0, &[("x", 1.0)]);
    b.output("separate", "x", Role::Joint, n(0.5));
    b.input("separate", InputSpec::new("feed", "feed", n(1.0)));
    b.input("separate", InputSpec::new("return", "x", n(0.6)));
    let network = b.build().unwrap();
    let outcome = solve(&network, Losses::Gross, "robot").map(|f| f.need);
    assert!(
        matches!(outcome, Err(NetworkError::NotConverged(_) | NetworkError::CycleWithoutRecovery(_))),
        "{outcome:?}"
    );
}

/// A by-product's need moves nothing: it ends at the by-product, however much is asked.
#[test]
fn the_need_for_a_byproduct_ends_there() {
    let network = |gallium: f64| {
        let mut b = items(&["robot", "alumina", "gallium", "bauxite"]);
        recipe(&mut b, "assemble", "robot", 1.0, &[("alumina", 3.0), ("gallium", gallium)]);
        recipe(&mut b, "bayer", "alumina", 1.0, &[("bauxite", 2.0)]);
        b.output("bayer", "gallium", Role::Byproduct, n(1e-5));
        b.build().unwrap()
    };
    for gallium in [1e-9, 1.0, 1e6] {
        let network = network(gallium);
        let flow = solve(&network, Losses::Gross, "robot").unwrap();
        assert_eq!(need(&network, &flow, "gallium"), gallium);
        assert_eq!(need(&network, &flow, "alumina"), 3.0);
        assert_eq!(need(&network, &flow, "bauxite"), 6.0);
    }
}
