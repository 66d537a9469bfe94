//! Which change moved a number, one change at a time.
//!
//! A number that goes by lines is c(robot), with c(p) = w(p) + Σ k·c(child): what a part adds by itself, and how much of
//! what goes in. Where a part stands in both robots, its lines are set beside each other:
//!
//! Δ(k·c) = Δk · (c_A + c_B)/2 + (k_A + k_B)/2 · Δc
//!
//! The first term is put down to the line: more or fewer of the child, each counted at the mean of what it holds in A and
//! in B, which is the mean of making this change first and of making it last. The second is taken apart one level
//! further down, times the mean of the quantities. A part that only one robot has counts whole. What a part adds by itself
//! (a stated mass, a price), and all that is below a part which the bill of materials does not open, is put down to the part.
//! The sum over all rows is the difference of the two robots, to rounding; the same the other way round is its negative.

use super::matched::{Matched, Pair};
use super::parts::{Line, Part};
use super::side::Side;
use std::collections::{BTreeMap, BTreeSet};

/// What is done to a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    Added,
    Removed,
    /// More or fewer of it.
    Quantity,
    /// What is in it, or what is stated of it.
    Changed,
}

impl What {
    /// Its message.
    pub(super) fn word(self) -> String {
        let word = match self {
            What::Added => "added",
            What::Removed => "removed",
            What::Quantity => "quantity",
            What::Changed => "changed",
        };
        format!("what-{word}")
    }
}

/// The effect of one change on one number.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Effect {
    /// Position in the pairs.
    pub(super) pair: usize,
    pub(super) what: What,
    /// Change of the number, B − A.
    pub(super) effect: f64,
}

/// What changes have done to every number that goes by lines.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Moved {
    /// By number, in the order of the sides; the largest effect first.
    pub(super) effects: Vec<Vec<Effect>>,
    /// Pairs that are changed themselves; what else differs follows from them.
    pub(super) direct: BTreeSet<usize>,
}

/// Puts the differences down to changes of parts.
pub(super) fn moved(a: &Side, b: &Side, pairs: &[Matched]) -> Moved {
    let joint = Joint::new(&a.parts, &b.parts, pairs);
    let effects = (0..a.linear.len()).map(|number| joint.effects(number)).collect();
    Moved { effects, direct: joint.direct() }
}

/// The parts of both robots with their lines beside each other.
struct Joint<'s> {
    a: &'s [Part],
    b: &'s [Part],
    pairs: &'s [Matched],
    /// Pair of each part.
    of_a: BTreeMap<usize, usize>,
    of_b: BTreeMap<usize, usize>,
    /// Pairs in both robots, each after all that it goes into; the same order from either side.
    order: Vec<usize>,
}

impl<'s> Joint<'s> {
    fn new(a: &'s [Part], b: &'s [Part], pairs: &'s [Matched]) -> Joint<'s> {
        let (mut of_a, mut of_b) = (BTreeMap::new(), BTreeMap::new());
        for (at, matched) in pairs.iter().enumerate() {
            match matched.pair {
                Pair::Removed(x) => drop(of_a.insert(x, at)),
                Pair::Added(y) => drop(of_b.insert(y, at)),
                Pair::Both(x, y, _) => drop((of_a.insert(x, at), of_b.insert(y, at))),
            }
        }
        let mut joint = Joint { a, b, pairs, of_a, of_b, order: vec![] };
        joint.order = joint.ordered();
        joint
    }

    /// Both parts of a pair.
    fn both(&self, pair: usize) -> Option<(&'s Part, &'s Part)> {
        match self.pairs[pair].pair {
            Pair::Both(x, y, _) => Some((&self.a[x], &self.b[y])),
            Pair::Removed(_) | Pair::Added(_) => None,
        }
    }

    /// Whether the lines of a pair are set beside each other.
    fn is_open(&self, pair: usize) -> bool {
        self.both(pair).is_some_and(|(x, y)| !x.lines.is_empty() && !y.lines.is_empty())
    }

    /// Pairs below a pair, by pair: how much of each one takes in A and in B.
    fn below(&self, pair: usize, of_line: impl Fn(&Line) -> f64) -> BTreeMap<usize, [f64; 2]> {
        let mut below: BTreeMap<usize, [f64; 2]> = BTreeMap::new();
        let Some((x, y)) = self.both(pair) else { return below };
        for (part, of, side) in [(x, &self.of_a, 0), (y, &self.of_b, 1)] {
            for line in &part.lines {
                if let Some(child) = of.get(&line.child) {
                    below.entry(*child).or_insert([0.0; 2])[side] += of_line(line);
                }
            }
        }
        below
    }

    /// Pairs in both robots below a pair.
    fn children(&self, pair: usize) -> BTreeSet<usize> {
        let Pair::Both(x, y, _) = self.pairs[pair].pair else { return BTreeSet::new() };
        if !self.is_open(pair) {
            return BTreeSet::new();
        }
        let a = self.a[x].lines.iter().filter_map(|l| self.of_a.get(&l.child));
        let b = self.b[y].lines.iter().filter_map(|l| self.of_b.get(&l.child));
        a.chain(b).copied().filter(|child| self.both(*child).is_some()).collect()
    }

    /// Pairs from the robot down, each after all that it goes into, by key where that leaves a choice (Kahn 1962). What
    /// goes into the one in A and the other way round in B is cut at the first by key.
    fn ordered(&self) -> Vec<usize> {
        let Some(root) = self.of_a.get(&0).copied() else { return vec![] };
        let mut into: BTreeMap<usize, usize> = BTreeMap::from([(root, 0)]);
        let mut open = vec![root];
        while let Some(pair) = open.pop() {
            for child in self.children(pair) {
                let count = into.entry(child).or_insert_with(|| {
                    open.push(child);
                    0
                });
                *count += 1;
            }
        }
        let key = |pair: usize| (self.pairs[pair].key.as_str(), pair);
        let mut order = vec![];
        let mut waiting: BTreeSet<(&str, usize)> = into.keys().map(|p| key(*p)).collect();
        let mut ready: BTreeSet<(&str, usize)> = BTreeSet::from([key(root)]);
        while let Some(next) = ready.pop_first().or_else(|| waiting.first().copied()) {
            if !waiting.remove(&next) {
                continue;
            }
            order.push(next.1);
            for child in self.children(next.1) {
                let left = into.entry(child).or_insert(0);
                *left = left.saturating_sub(1);
                if *left == 0 {
                    ready.insert(key(child));
                }
            }
        }
        order
    }

    /// The effect of every pair on one number, the largest first.
    fn effects(&self, number: usize) -> Vec<Effect> {
        let holds = |part: &Part| part.holds[number];
        let mut times: BTreeMap<usize, f64> =
            self.order.first().map(|root| (*root, 1.0)).into_iter().collect();
        let mut effects: BTreeMap<usize, (f64, f64)> = BTreeMap::new();
        let mut done: BTreeSet<usize> = BTreeSet::new();
        for &pair in &self.order {
            done.insert(pair);
            let (Some((x, y)), Some(times_here)) = (self.both(pair), times.get(&pair).copied()) else {
                continue;
            };
            if !self.is_open(pair) {
                effects.entry(pair).or_default().1 += times_here * (holds(y) - holds(x));
                continue;
            }
            effects.entry(pair).or_default().1 += times_here * (y.weight[number] - x.weight[number]);
            for (child, [k_a, k_b]) in self.below(pair, |line| line.takes[number]) {
                let effect = match self.pairs[child].pair {
                    Pair::Removed(x) => -k_a * holds(&self.a[x]),
                    Pair::Added(y) => k_b * holds(&self.b[y]),
                    // It was taken apart before what it goes into: a circle, which is cut here.
                    Pair::Both(x, y, _) if done.contains(&child) => {
                        k_b * holds(&self.b[y]) - k_a * holds(&self.a[x])
                    }
                    Pair::Both(x, y, _) => {
                        *times.entry(child).or_insert(0.0) += times_here * ((k_a + k_b) / 2.0);
                        (k_b - k_a) * ((holds(&self.a[x]) + holds(&self.b[y])) / 2.0)
                    }
                };
                effects.entry(child).or_default().0 += times_here * effect;
            }
        }
        let effect = |(pair, (by_lines, by_itself)): (usize, (f64, f64))| {
            let what = match self.pairs[pair].pair {
                Pair::Added(_) => What::Added,
                Pair::Removed(_) => What::Removed,
                Pair::Both(..) if f64::abs(by_lines) >= f64::abs(by_itself) => What::Quantity,
                Pair::Both(..) => What::Changed,
            };
            Effect { pair, what, effect: by_lines + by_itself }
        };
        let mut found: Vec<Effect> = effects.into_iter().map(effect).filter(|e| e.effect != 0.0).collect();
        found.sort_by(|p, q| {
            let key = |e: &Effect| &self.pairs[e.pair].key;
            q.effect.abs().total_cmp(&p.effect.abs()).then_with(|| key(p).cmp(key(q)))
        });
        found
    }

    /// Pairs of which one takes more or fewer where it stands, or of which something is stated otherwise.
    fn direct(&self) -> BTreeSet<usize> {
        let mut direct = BTreeSet::new();
        for &pair in &self.order {
            let Some((x, y)) = self.both(pair) else { continue };
            let is_same = match self.is_open(pair) {
                true => same(&x.weight, &y.weight),
                false => same(&x.holds, &y.holds) && x.one() == y.one(),
            };
            if !is_same {
                direct.insert(pair);
            }
            let below = self.below(pair, |line| line.each).into_iter();
            direct.extend(below.filter(|(_, [a, b])| self.is_open(pair) && a != b).map(|(child, _)| child));
        }
        direct
    }
}

/// Whether numbers are the same, unknown ones among them.
fn same(a: &[f64], b: &[f64]) -> bool {
    a.iter().map(|v| v.to_bits()).eq(b.iter().map(|v| v.to_bits()))
}
