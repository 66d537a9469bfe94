use std::convert::Infallible;

use proptest::prelude::*;

use super::{Explosion, ExplosionError, Lines};

/// Owned lines of a graph.
#[derive(Clone, Debug)]
struct Graph {
    nodes: usize,
    parents: Vec<u32>,
    children: Vec<u32>,
    coefficients: Vec<f64>,
}

impl Graph {
    fn new(nodes: usize, lines: &[(u32, u32, f64)]) -> Self {
        Self {
            nodes,
            parents: lines.iter().map(|line| line.0).collect(),
            children: lines.iter().map(|line| line.1).collect(),
            coefficients: lines.iter().map(|line| line.2).collect(),
        }
    }

    fn lines(&self) -> Lines<'_> {
        Lines { parents: &self.parents, children: &self.children, coefficients: &self.coefficients }
    }

    fn explosion(&self) -> Result<Explosion, ExplosionError> {
        Explosion::new(self.nodes, &self.lines())
    }

    fn in_order(&self, order: &[usize]) -> Self {
        Self {
            nodes: self.nodes,
            parents: order.iter().map(|&line| self.parents[line]).collect(),
            children: order.iter().map(|&line| self.children[line]).collect(),
            coefficients: order.iter().map(|&line| self.coefficients[line]).collect(),
        }
    }

    /// The definition, by recursion over the parents of a node in the promised order.
    fn naive(&self, demand: &[f64]) -> Vec<f64> {
        fn value(node: u32, lines: &[(u32, u32, f64)], demand: &[f64], known: &mut [Option<f64>]) -> f64 {
            if let Some(value) = known[node as usize] {
                return value;
            }
            let mut sum = demand[node as usize];
            for &(_, parent, coefficient) in lines.iter().filter(|line| line.0 == node) {
                sum += coefficient * value(parent, lines, demand, known);
            }
            known[node as usize] = Some(sum);
            sum
        }
        let mut lines: Vec<_> = (0..self.parents.len())
            .map(|line| (self.children[line], self.parents[line], self.coefficients[line]))
            .collect();
        lines.sort_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then(a.2.total_cmp(&b.2)));
        let mut known = vec![None; self.nodes];
        (0..self.nodes as u32).map(|node| value(node, &lines, demand, &mut known)).collect()
    }
}

/// A graph with numbers of nodes in random order, parallel lines and rows of more than eight lines; demand;
/// weights; other coefficients; another order of the lines.
fn cases() -> impl Strategy<Value = (Graph, Vec<f64>, Vec<f64>, Vec<f64>, Vec<usize>)> {
    (2..24_usize, 0..120_usize).prop_flat_map(|(nodes, lines)| {
        let pair = (0..nodes as u32 - 1, 1..nodes as u32, 0.01..3.0_f64);
        let names = Just((0..nodes as u32).collect::<Vec<_>>()).prop_shuffle();
        let graph = (names, prop::collection::vec(pair, lines)).prop_map(move |(names, pairs)| {
            let lines: Vec<_> = pairs
                .into_iter()
                .map(|(a, b, coefficient)| {
                    let (high, low) = if a < b { (a, b) } else { (b, a + 1) };
                    (names[high as usize], names[low as usize], coefficient)
                })
                .collect();
            Graph::new(nodes, &lines)
        });
        (
            graph,
            prop::collection::vec(0.0..100.0_f64, nodes),
            prop::collection::vec(0.0..100.0_f64, nodes),
            prop::collection::vec(0.01..3.0_f64, lines),
            Just((0..lines).collect::<Vec<_>>()).prop_shuffle(),
        )
    })
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn equals_naive_recursion_to_the_last_bit((graph, demand, ..) in cases()) {
        prop_assert_eq!(graph.explosion().unwrap().gross(&demand, 1), graph.naive(&demand));
    }

    #[test]
    fn adjoint_is_the_transpose((graph, demand, weights, ..) in cases()) {
        let explosion = graph.explosion().unwrap();
        let down = dot(&weights, &explosion.gross(&demand, 1));
        let up = dot(&explosion.adjoint(&weights), &demand);
        prop_assert!((down - up).abs() <= 1e-12 * down.abs(), "{} and {}", down, up);
    }

    #[test]
    fn doubled_demand_doubles_the_result((graph, demand, ..) in cases()) {
        let explosion = graph.explosion().unwrap();
        let twice: Vec<f64> = demand.iter().map(|x| 2.0 * x).collect();
        let doubled: Vec<f64> = explosion.gross(&demand, 1).iter().map(|x| 2.0 * x).collect();
        prop_assert_eq!(explosion.gross(&twice, 1), doubled);
    }

    #[test]
    fn order_of_lines_changes_nothing((graph, demand, weights, other, order) in cases()) {
        let shuffled = graph.in_order(&order);
        let (mut one, mut two) = (graph.explosion().unwrap(), shuffled.explosion().unwrap());
        prop_assert_eq!(one.gross(&demand, 1), two.gross(&demand, 1));
        prop_assert_eq!(one.adjoint(&weights), two.adjoint(&weights));

        one.set_coefficients(&other).unwrap();
        two.set_coefficients(&order.iter().map(|&line| other[line]).collect::<Vec<_>>()).unwrap();
        prop_assert_eq!(one.gross(&demand, 1), two.gross(&demand, 1));
    }

    #[test]
    fn new_coefficients_equal_a_new_graph((mut graph, demand, weights, other, _) in cases()) {
        let mut changed = graph.explosion().unwrap();
        changed.set_coefficients(&other).unwrap();
        graph.coefficients = other;
        let fresh = graph.explosion().unwrap();
        prop_assert_eq!(changed.gross(&demand, 1), fresh.gross(&demand, 1));
        prop_assert_eq!(changed.adjoint(&weights), fresh.adjoint(&weights));
    }

    #[test]
    fn levels_are_longest_paths((graph, demand, ..) in cases()) {
        let explosion = graph.explosion().unwrap();
        let mut levels = vec![0; graph.nodes];
        for level in 0..explosion.levels() {
            for &node in explosion.level(level) {
                levels[node as usize] = level as u32;
            }
        }
        for (node, &level) in levels.iter().enumerate() {
            let parents = (0..graph.parents.len()).filter(|&line| graph.children[line] == node as u32);
            let longest = parents.map(|line| levels[graph.parents[line] as usize] + 1).max().unwrap_or(0);
            prop_assert_eq!(level, longest);
        }
        let given = Explosion::with_levels(graph.nodes, &graph.lines(), &levels).unwrap();
        prop_assert_eq!(given.gross(&demand, 1), explosion.gross(&demand, 1));
    }

    #[test]
    fn a_line_back_makes_a_cycle((graph, ..) in cases()) {
        prop_assume!(!graph.parents.is_empty());
        let mut graph = graph;
        graph.parents.push(graph.children[0]);
        graph.children.push(graph.parents[0]);
        graph.coefficients.push(1.0);
        let error = graph.explosion().unwrap_err();
        let ExplosionError::Cycle { node } = error else { panic!("{error}") };

        // From a node on a cycle, following lines leads back to it.
        let mut reached = vec![false; graph.nodes];
        let mut open = vec![node];
        while let Some(from) = open.pop() {
            for line in (0..graph.parents.len()).filter(|&line| graph.parents[line] == from) {
                let to = graph.children[line];
                if !std::mem::replace(&mut reached[to as usize], true) {
                    open.push(to);
                }
            }
        }
        prop_assert!(reached[node as usize]);
    }
}

/// A graph of `levels` levels of `width` nodes, large enough that several threads get work.
fn wide(levels: u32, width: u32) -> Graph {
    let mut state = 7_u64;
    let mut draw = move |below: u32| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((state >> 33) % u64::from(below)) as u32
    };
    let mut lines = Vec::new();
    for level in 1..levels {
        for node in level * width..(level + 1) * width {
            for _ in 0..draw(12) {
                lines.push((draw(level * width), node, 0.1 + f64::from(draw(100)) / 100.0));
            }
        }
    }
    Graph::new((levels * width) as usize, &lines)
}

#[test]
fn bits_do_not_depend_on_threads() {
    let explosion = wide(4, 50_000).explosion().unwrap();
    let demand: Vec<f64> = (0..explosion.nodes()).map(|node| 1.0 / (1 + node) as f64).collect();
    let expected = explosion.gross(&demand, 1);
    for threads in [0, 2, 3, 8] {
        assert_eq!(explosion.gross(&demand, threads), expected);
    }
    let hooked = explosion.gross_with(&demand, 2, |_, _| Ok::<(), Infallible>(())).unwrap();
    assert_eq!(hooked, expected);
}

#[test]
fn sweeps_by_position_equal_those_by_number() {
    let explosion = wide(3, 100).explosion().unwrap();
    let given: Vec<f64> = (0..300).map(f64::from).collect();
    let (mut values, mut result) = (vec![0.0; 300], vec![0.0; 300]);
    explosion.arrange(&given, &mut values, 1);
    explosion.gross_in_place(&mut values, 1);
    explosion.restore(&values, &mut result, 1);
    assert_eq!(result, explosion.gross(&given, 1));
    explosion.arrange(&given, &mut values, 1);
    explosion.adjoint_in_place(&mut values);
    explosion.restore(&values, &mut result, 1);
    assert_eq!(result, explosion.adjoint(&given));
}

#[test]
fn small_graph_by_hand() {
    // Robots 3 with 2 arms 1 and 1 gripper 2; an arm with 3 motors 0, a gripper with 1; yield 0.8 on arms.
    let graph = Graph::new(4, &[(3, 1, 2.5), (3, 2, 1.0), (1, 0, 3.0), (2, 0, 1.0)]);
    let explosion = graph.explosion().unwrap();
    assert_eq!(explosion.gross(&[5.0, 0.0, 1.0, 10.0], 1), [91.0, 25.0, 11.0, 10.0]);
    assert_eq!(explosion.adjoint(&[0.5, 0.0, 0.0, 0.0]), [0.5, 1.5, 0.5, 4.25]);
    assert_eq!((explosion.nodes(), explosion.lines(), explosion.levels()), (4, 4, 3));
    assert_eq!(explosion.level(2), [0]);
}

#[test]
fn diamond_adds_both_ways() {
    let graph = Graph::new(4, &[(0, 1, 2.0), (0, 2, 3.0), (1, 3, 5.0), (2, 3, 7.0)]);
    let explosion = graph.explosion().unwrap();
    assert_eq!(explosion.gross(&[1.0, 0.0, 0.0, 0.0], 1), [1.0, 2.0, 3.0, 31.0]);
    assert_eq!(explosion.adjoint(&[0.0, 0.0, 0.0, 1.0]), [31.0, 5.0, 7.0, 1.0]);
}

#[test]
fn a_long_chain_given_upside_down() {
    // Every pass over the lines settles one level only.
    let lines: Vec<_> = (0..1000).rev().map(|node| (node, node + 1, 1.0)).collect();
    let explosion = Graph::new(1001, &lines).explosion().unwrap();
    assert_eq!(explosion.levels(), 1001);
    assert_eq!(explosion.gross(&[1.0; 1001], 1)[1000], 1001.0);
}

#[test]
fn graphs_without_lines_or_nodes() {
    let empty = Graph::new(0, &[]).explosion().unwrap();
    assert_eq!((empty.levels(), empty.gross(&[], 2).len()), (0, 0));
    let lone = Graph::new(2, &[]).explosion().unwrap();
    assert_eq!(lone.gross(&[1.0, -2.0], 1), [1.0, -2.0]);
    assert_eq!(lone.adjoint(&[1.0, -2.0]), [1.0, -2.0]);
}

#[test]
fn cycles_are_named() {
    // 0 -> 1 -> (4 -> 2 -> 3 -> 4) -> 5: neither what leads to the cycle nor what hangs below it is on it.
    let lines = [(0, 1), (1, 4), (4, 2), (2, 3), (3, 4), (3, 5)].map(|(p, c)| (p, c, 1.0));
    assert_eq!(Graph::new(6, &lines).explosion().unwrap_err(), ExplosionError::Cycle { node: 2 });
    assert_eq!(Graph::new(2, &[(1, 1, 0.5)]).explosion().unwrap_err(), ExplosionError::Cycle { node: 1 });
}

#[test]
fn bad_input_is_refused() {
    let error = |nodes, lines: &[(u32, u32, f64)]| Graph::new(nodes, lines).explosion().unwrap_err();
    assert_eq!(
        error(2, &[(0, 1, 1.0), (0, 2, 1.0)]),
        ExplosionError::NodeOutOfRange { line: 1, node: 2, nodes: 2 }
    );
    assert!(matches!(error(2, &[(0, 1, f64::NAN)]), ExplosionError::NotFinite { line: 0, .. }));
    assert!(matches!(error(usize::MAX, &[]), ExplosionError::TooMany { what: "nodes", .. }));
    let lines = Lines { parents: &[0], children: &[1, 1], coefficients: &[1.0] };
    assert_eq!(
        Explosion::new(2, &lines).unwrap_err(),
        ExplosionError::Length { array: "children", found: 2, expected: 1 }
    );

    let mut explosion = Graph::new(2, &[(0, 1, 2.0)]).explosion().unwrap();
    assert!(matches!(explosion.set_coefficients(&[]), Err(ExplosionError::Length { .. })));
    assert!(matches!(explosion.set_coefficients(&[f64::INFINITY]), Err(ExplosionError::NotFinite { .. })));
    assert_eq!(explosion.gross(&[1.0, 0.0], 1), [1.0, 2.0]);
}

#[test]
fn given_levels_must_suit_the_lines() {
    let graph = Graph::new(3, &[(0, 1, 1.0), (1, 2, 1.0)]);
    let with = |levels: &[u32]| Explosion::with_levels(3, &graph.lines(), levels).map(|_| ());
    assert_eq!(with(&[0, 1, 2]), Ok(()));
    assert_eq!(
        with(&[0, 1, 1]).unwrap_err(),
        ExplosionError::LevelOrder { line: 1, parent: 1, parent_level: 1, child: 2, child_level: 1 }
    );
    assert_eq!(with(&[0, 1, 3]), Err(ExplosionError::LevelOutOfRange { node: 2, level: 3, nodes: 3 }));
    assert!(matches!(with(&[0, 1]), Err(ExplosionError::Length { array: "levels", .. })));
}

#[test]
fn hooks_see_every_level_once_in_order() {
    // Level 2 is empty.
    let graph = Graph::new(4, &[(0, 1, 2.0), (1, 3, 3.0)]);
    let explosion = Explosion::with_levels(4, &graph.lines(), &[0, 1, 0, 3]).unwrap();
    let mut seen = Vec::new();
    let gross = explosion.gross_with(&[1.0, 0.0, 0.0, 5.0], 1, |level, values| {
        seen.push((level, values.get(1), values.get(3)));
        Ok::<(), Infallible>(())
    });
    assert_eq!(gross.unwrap(), [1.0, 2.0, 0.0, 11.0]);
    assert_eq!(seen, [(0, 0.0, 5.0), (1, 2.0, 5.0), (2, 2.0, 5.0), (3, 2.0, 11.0)]);

    let mut seen = Vec::new();
    let sums = explosion.adjoint_with(&[0.0, 0.0, 0.0, 1.0], |level, values| {
        seen.push((level, values.get(1)));
        Ok::<(), Infallible>(())
    });
    assert_eq!(sums.unwrap(), [6.0, 3.0, 0.0, 1.0]);
    assert_eq!(seen, [(3, 0.0), (2, 3.0), (1, 3.0), (0, 3.0)]);
}

#[test]
fn hooks_join_what_no_line_joins() {
    // The caller carries 1 -> 2 with coefficient 4 down and up itself, in place of a line.
    let joined = Graph::new(4, &[(0, 1, 2.0), (1, 2, 4.0), (2, 3, 3.0)]).explosion().unwrap();
    let open = Graph::new(4, &[(0, 1, 2.0), (2, 3, 3.0)]);
    let open = Explosion::with_levels(4, &open.lines(), &[0, 1, 2, 3]).unwrap();
    let demand = [1.0, 2.0, 3.0, 4.0];
    let gross = open.gross_with(&demand, 1, |level, values| {
        if level == 1 {
            values.add(2, 4.0 * values.get(1));
        }
        Ok::<(), Infallible>(())
    });
    assert_eq!(gross.unwrap(), joined.gross(&demand, 1));
    let sums = open.adjoint_with(&demand, |level, values| {
        if level == 1 {
            values.set(1, values.get(1) + 4.0 * values.get(2));
        }
        Ok::<(), Infallible>(())
    });
    assert_eq!(sums.unwrap(), joined.adjoint(&demand));
}

#[test]
fn an_error_of_a_hook_ends_the_sweep() {
    let explosion = Graph::new(3, &[(0, 1, 1.0), (1, 2, 1.0)]).explosion().unwrap();
    let mut calls = 0;
    let result = explosion.gross_with(&[1.0; 3], 1, |level, _| {
        calls += 1;
        if level == 1 { Err("no solution") } else { Ok(()) }
    });
    assert_eq!((result, calls), (Err("no solution"), 2));
    assert_eq!(explosion.adjoint_with(&[1.0; 3], |_, _| Err(7)), Err(7));
}
