//! Numbers on a topology: coefficients under a scenario, and the sweeps that carry needs down and weights up.

use super::joint::{self, Activity, JointError, Programme};
use super::topology::{Role, Special, Topology};
use crate::atlas::{Expr, Values};
use faer::Mat;
use faer::linalg::solvers::Solve;
use linchpin_kernel::{Explosion, ExplosionError, Lines};
use linchpin_table::Status;
use std::cell::OnceCell;
use std::collections::BTreeMap;

/// Whether what is lost on the way counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Losses {
    /// What must be put in.
    Gross,
    /// What is inside.
    Net,
}

/// Largest cycle that is solved; a larger one is not a bill of materials.
const MAX_CYCLE: usize = 4_000;
/// Relative change at which the iteration of a cycle with joint production ends.
const CONVERGED: f64 = 1e-12;
/// Need at which it is taken to grow without end.
const DIVERGED: f64 = 1e100;
/// Iterations after which it is given up.
const MAX_ITERATIONS: u32 = 10_000;

/// Why a flow cannot be computed.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum NetworkError {
    /// The lines do not fit the levels; a bug of the builder.
    #[error(transparent)]
    Explosion(#[from] ExplosionError),
    /// Items that use up at least as much of each other as they give.
    #[error("the cycle through {0} consumes at least what it makes")]
    CycleWithoutRecovery(String),
    /// The iteration of a cycle with joint production did not settle.
    #[error("the cycle through {0} did not converge")]
    NotConverged(String),
    /// A cycle of more items than are solved.
    #[error("the cycle through {0} has {1} items")]
    CycleTooLarge(String, usize),
    /// Joint production has no answer.
    #[error("joint production of {group}: {error}")]
    Joint {
        /// First item of the group.
        group: String,
        /// Why.
        error: JointError,
    },
}

/// One kind of sweep: with or without losses, and where it stops.
#[derive(Debug)]
pub struct Sweep<'a> {
    network: &'a Topology,
    values: &'a Values,
    explosion: Explosion,
    /// Coefficient of each line; zero where it is unknown or cut.
    coefficients: Vec<f64>,
    /// Lines whose coefficient is unknown.
    unknown: Vec<usize>,
    /// Groups with an output or a share that is unknown.
    unknown_groups: Vec<u32>,
    /// Groups whose outputs are all kept.
    joint_kept: Vec<bool>,
}

/// Needs of all nodes.
#[derive(Debug, Clone)]
pub struct Flow {
    /// Need of each node; NaN where a figure on the way is unknown.
    pub need: Vec<f64>,
    /// Joint production by group.
    pub joint: BTreeMap<u32, JointFlow>,
    /// How the needs were found.
    pub status: Status,
}

/// What joint production does for the needs of a flow.
#[derive(Debug, Clone)]
pub struct JointFlow {
    /// Outputs of a run and needs.
    pub programme: Programme,
    /// Runs and their proof.
    pub activity: Activity,
    /// Change of the runs with each need, once it was asked for: see [`Sweep::slopes`].
    slopes: OnceCell<Vec<Vec<f64>>>,
}

impl<'a> Sweep<'a> {
    /// Prepares a sweep. Lines out of nodes for which `cut` holds carry nothing; lines for which `keep` does not
    /// hold carry nothing either.
    pub fn new(
        network: &'a Topology,
        values: &'a Values,
        losses: Losses,
        cut: &dyn Fn(u32) -> bool,
        keep: &dyn Fn(&Expr) -> bool,
    ) -> Result<Sweep<'a>, NetworkError> {
        let mut unknown = vec![];
        let coefficients: Vec<f64> = network
            .lines
            .iter()
            .enumerate()
            .map(|(l, line)| {
                let expr = line.coefficient(losses);
                if cut(line.parent) || !keep(expr) {
                    return 0.0;
                }
                let value = expr.value(&values.value);
                if value.is_finite() {
                    value
                } else {
                    unknown.push(l);
                    0.0
                }
            })
            .collect();
        let swept = || network.lines.iter().zip(&network.swept).filter(|(_, s)| **s);
        let parents: Vec<u32> = swept().map(|(l, _)| l.parent).collect();
        let children: Vec<u32> = swept().map(|(l, _)| l.child).collect();
        let chosen: Vec<f64> =
            coefficients.iter().zip(&network.swept).filter(|(_, s)| **s).map(|(c, _)| *c).collect();
        let lines = Lines { parents: &parents, children: &children, coefficients: &chosen };
        let explosion = Explosion::with_levels(network.nodes, &lines, &network.levels)?;
        let blank = |e: &Expr| !e.value(&values.value).is_finite();
        let unknown_groups = (0u32..)
            .zip(&network.groups)
            .filter(|(_, g)| {
                let mut outputs = g.recipes.iter().flat_map(|(r, _)| &network.recipes[*r as usize].outputs);
                outputs.any(|o| o.role == Role::Joint && blank(&o.quantity))
                    || g.items.iter().any(|(_, share)| blank(share))
            })
            .map(|(g, _)| g)
            .collect();
        let kept = |r: u32| network.recipes[r as usize].outputs.iter().all(|o| keep(&o.quantity));
        let joint_kept = network.groups.iter().map(|g| g.recipes.iter().all(|(r, _)| kept(*r))).collect();
        Ok(Sweep { network, values, explosion, coefficients, unknown, unknown_groups, joint_kept })
    }

    /// Coefficient of a line.
    pub fn coefficient(&self, line: usize) -> f64 {
        self.coefficients[line]
    }

    /// Needs caused by a demand on each node, the same for any number of threads.
    pub fn down(&self, demand: &[f64], threads: usize) -> Result<Flow, NetworkError> {
        let mut solved = BTreeMap::new();
        let mut status = Status::Exact;
        let mut need = self.explosion.gross_with(demand, threads, |level, x| {
            for special in self.network.specials.get(&(level as u32)).into_iter().flatten() {
                match special {
                    Special::Joint { group } => {
                        let joint = self.joint(*group, &|n| x.get(n))?;
                        for (node, runs) in self.runs(*group, &joint) {
                            x.set(node, runs);
                        }
                        status = status.worst(Status::Optimal { gap: joint.activity.gap });
                        solved.insert(*group, joint);
                    }
                    Special::Cycle { nodes, lines, groups } if groups.is_empty() => {
                        let b: Vec<f64> = nodes.iter().map(|n| x.get(*n)).collect();
                        for (n, v) in nodes.iter().zip(self.solve_cycle(nodes, lines, &b, false)?) {
                            x.set(*n, v);
                        }
                    }
                    Special::Cycle { nodes, lines, groups } => {
                        let b: Vec<f64> = nodes.iter().map(|n| x.get(*n)).collect();
                        let (y, iterations, residual) =
                            self.iterate(nodes, lines, groups, &b, &|n| x.get(n), &mut solved)?;
                        for (n, v) in nodes.iter().zip(y) {
                            x.set(*n, v);
                        }
                        status = status.worst(Status::Converged { iterations, residual });
                    }
                }
            }
            Ok::<(), NetworkError>(())
        })?;
        self.hide(&mut need);
        Ok(Flow { need, joint: solved, status })
    }

    /// What one unit of each node holds of a weight on the nodes: the adjoint of [`Sweep::down`] at `flow`.
    ///
    /// Through joint production it follows the activity of `flow`: exact until the ores that drive it change.
    pub fn up(&self, weights: &[f64], flow: &Flow) -> Result<Vec<f64>, NetworkError> {
        self.explosion.adjoint_with(weights, |level, y| {
            for special in self.network.specials.get(&(level as u32)).into_iter().flatten() {
                match special {
                    Special::Joint { group } => self.raise_joint(*group, &[], flow, y)?,
                    Special::Cycle { nodes, lines, groups } => {
                        // A cycle with joint production is raised by the same iteration as it was solved.
                        let b: Vec<f64> = nodes.iter().map(|n| y.get(*n)).collect();
                        let solved = if groups.is_empty() {
                            self.solve_cycle(nodes, lines, &b, true)?
                        } else {
                            self.raise_cycle(nodes, lines, groups, &b, flow)?
                        };
                        for (n, v) in nodes.iter().zip(solved) {
                            y.set(*n, v);
                        }
                        for group in groups {
                            self.raise_joint(*group, nodes, flow, y)?;
                        }
                    }
                }
            }
            Ok::<(), NetworkError>(())
        })
    }

    /// Makes unknown what is needed through an unknown line or an unknown output.
    fn hide(&self, need: &mut [f64]) {
        let unknown_line = |l: &usize| need[self.network.lines[*l].parent as usize] != 0.0;
        let mut open: Vec<u32> =
            self.unknown.iter().filter(|l| unknown_line(l)).map(|&l| self.network.lines[l].child).collect();
        for g in &self.unknown_groups {
            let group = &self.network.groups[*g as usize];
            if group.items.iter().any(|(i, _)| need[*i as usize] != 0.0) {
                open.extend(group.recipes.iter().map(|(_, n)| *n));
            }
        }
        while let Some(node) = open.pop() {
            if need[node as usize].is_nan() {
                continue;
            }
            need[node as usize] = f64::NAN;
            let carries = |l: usize| self.coefficients[l] != 0.0 || self.unknown.binary_search(&l).is_ok();
            open.extend(self.network.out_of(node).filter(|(l, _)| carries(*l)).map(|(_, l)| l.child));
            for group in self.network.groups.iter().filter(|g| g.items.iter().any(|(i, _)| *i == node)) {
                open.extend(group.recipes.iter().map(|(_, n)| *n));
            }
        }
    }

    fn programme(&self, group: u32, need: &dyn Fn(u32) -> f64) -> Programme {
        let group = &self.network.groups[group as usize];
        let v = &self.values.value;
        let output = group
            .recipes
            .iter()
            .map(|&(r, _)| {
                let recipe = &self.network.recipes[r as usize];
                group
                    .items
                    .iter()
                    .map(|(item, _)| {
                        let of = recipe.outputs.iter().find(|o| o.item == *item && o.role == Role::Joint);
                        of.map_or(0.0, |o| o.quantity.value(v)).max(0.0)
                    })
                    .collect()
            })
            .collect();
        let need = group.items.iter().map(|(item, share)| (need(*item) * share.value(v)).max(0.0)).collect();
        Programme { output, need }
    }

    fn joint(&self, group: u32, need: &dyn Fn(u32) -> f64) -> Result<JointFlow, NetworkError> {
        let programme = self.programme(group, need);
        let activity = joint::least_activity(&programme).map_err(|error| self.joint_fault(group, error))?;
        Ok(JointFlow { programme, activity, slopes: OnceCell::new() })
    }

    /// Change of the runs of a group with each need: `slopes[recipe][element]`. It takes a programme an element, and is worked out
    /// when it is first asked for.
    pub fn slopes<'j>(&self, group: u32, joint: &'j JointFlow) -> Result<&'j [Vec<f64>], NetworkError> {
        if joint.slopes.get().is_none() {
            let slopes = joint::slopes(&joint.programme, &joint.activity);
            // The cell was empty a line above.
            let _ = joint.slopes.set(slopes.map_err(|error| self.joint_fault(group, error))?);
        }
        Ok(joint.slopes.get().map_or(&[], Vec::as_slice))
    }

    /// Works out all slopes of a flow, so that whoever asks for them later gets them.
    pub(crate) fn follow(&self, flow: &Flow) -> Result<(), NetworkError> {
        flow.joint.iter().try_for_each(|(group, joint)| self.slopes(*group, joint).map(|_| ()))
    }

    fn runs(&self, group: u32, joint: &JointFlow) -> impl Iterator<Item = (u32, f64)> {
        let nodes = self.network.groups[group as usize].recipes.iter().map(|(_, node)| *node);
        nodes.zip(joint.activity.runs.clone())
    }

    fn joint_fault(&self, group: u32, error: JointError) -> NetworkError {
        let items = &self.network.groups[group as usize].items;
        let item = match error {
            JointError::NoSource(e) => items[e].0,
            _ => items[0].0,
        };
        NetworkError::Joint { group: self.network.name(item).to_owned(), error }
    }

    /// Raises the outputs of a group that are not among these nodes, which are sorted.
    fn raise_joint(
        &self,
        group: u32,
        nodes: &[u32],
        flow: &Flow,
        y: &mut linchpin_kernel::Values<'_>,
    ) -> Result<(), NetworkError> {
        let Some(joint) = flow.joint.get(&group).filter(|_| self.joint_kept[group as usize]) else {
            return Ok(());
        };
        let slopes = self.slopes(group, joint)?;
        let members = &self.network.groups[group as usize];
        let outside = |item: &u32| nodes.binary_search(item).is_err();
        for (e, (item, share)) in members.items.iter().enumerate().filter(|(_, (i, _))| outside(i)) {
            let raised: f64 =
                members.recipes.iter().zip(slopes).map(|((_, node), s)| y.get(*node) * s[e]).sum();
            y.add(*item, raised * share.value(&self.values.value));
        }
        Ok(())
    }

    /// Solves (I − A) x = b over the items of a cycle, or its transpose.
    fn solve_cycle(
        &self,
        nodes: &[u32],
        lines: &[u32],
        b: &[f64],
        transposed: bool,
    ) -> Result<Vec<f64>, NetworkError> {
        let n = nodes.len();
        if n > MAX_CYCLE {
            return Err(NetworkError::CycleTooLarge(self.network.name(nodes[0]).to_owned(), n));
        }
        let at = |node: u32| nodes.binary_search(&node).unwrap_or(usize::MAX);
        let mut m = Mat::<f64>::identity(n, n);
        for &l in lines {
            let line = &self.network.lines[l as usize];
            let (row, column) = (at(line.child), at(line.parent));
            let (row, column) = if transposed { (column, row) } else { (row, column) };
            m[(row, column)] -= self.coefficients[l as usize];
        }
        let lu = m.partial_piv_lu();
        let x = lu.solve(Mat::from_fn(n, 1, |i, _| b[i]));
        // A cycle is productive if and only if every positive demand has a nonnegative answer (Hawkins and
        // Simon 1949); one strictly positive demand is enough to tell.
        let probe = lu.solve(Mat::from_fn(n, 1, |_, _| 1.0));
        let productive = (0..n).all(|i| probe[(i, 0)].is_finite() && probe[(i, 0)] >= 1.0 - 1e-9);
        if !productive {
            return Err(NetworkError::CycleWithoutRecovery(self.network.name(nodes[0]).to_owned()));
        }
        Ok((0..n).map(|i| x[(i, 0)]).collect())
    }

    /// Monotone iteration from zero over a cycle that holds joint production.
    #[allow(clippy::type_complexity)]
    fn iterate(
        &self,
        nodes: &[u32],
        lines: &[u32],
        groups: &[u32],
        b: &[f64],
        outside: &dyn Fn(u32) -> f64,
        solved: &mut BTreeMap<u32, JointFlow>,
    ) -> Result<(Vec<f64>, u32, f64), NetworkError> {
        let at = |node: u32| nodes.binary_search(&node).unwrap_or(usize::MAX);
        let mut x = b.to_vec();
        for iteration in 1..=MAX_ITERATIONS {
            let mut next = b.to_vec();
            for &group in groups {
                // An output may be needed outside the cycle only; its need is known by now.
                let need = |n: u32| nodes.binary_search(&n).map_or_else(|_| outside(n), |i| x[i]);
                let joint = self.joint(group, &need)?;
                for (node, runs) in self.runs(group, &joint) {
                    next[at(node)] = runs;
                }
                solved.insert(group, joint);
            }
            for &l in lines {
                let line = &self.network.lines[l as usize];
                next[at(line.child)] += self.coefficients[l as usize] * x[at(line.parent)];
            }
            let scale = next.iter().fold(f64::MIN_POSITIVE, |m, v| m.max(v.abs()));
            let change = x.iter().zip(&next).fold(0.0f64, |m, (a, b)| m.max((a - b).abs())) / scale;
            x = next;
            // What grows without end is given up before it overflows in the programme.
            if !x.iter().all(|v| v.abs() < DIVERGED) {
                break;
            }
            if change <= CONVERGED {
                return Ok((x, iteration, change));
            }
        }
        Err(NetworkError::NotConverged(self.network.name(nodes[0]).to_owned()))
    }

    fn raise_cycle(
        &self,
        nodes: &[u32],
        lines: &[u32],
        groups: &[u32],
        b: &[f64],
        flow: &Flow,
    ) -> Result<Vec<f64>, NetworkError> {
        let at = |node: u32| nodes.binary_search(&node).unwrap_or(usize::MAX);
        let mut links: Vec<(usize, usize, f64)> = lines
            .iter()
            .map(|&l| {
                let line = &self.network.lines[l as usize];
                (at(line.parent), at(line.child), self.coefficients[l as usize])
            })
            .collect();
        for group in groups {
            let Some(joint) = flow.joint.get(group).filter(|_| self.joint_kept[*group as usize]) else {
                continue;
            };
            let slopes = self.slopes(*group, joint)?;
            let members = &self.network.groups[*group as usize];
            let inside = |item: &u32| nodes.binary_search(item).is_ok();
            for (e, (item, share)) in members.items.iter().enumerate().filter(|(_, (i, _))| inside(i)) {
                for ((_, node), s) in members.recipes.iter().zip(slopes) {
                    links.push((at(*item), at(*node), s[e] * share.value(&self.values.value)));
                }
            }
        }
        let n = nodes.len();
        if n > MAX_CYCLE {
            return Err(NetworkError::CycleTooLarge(self.network.name(nodes[0]).to_owned(), n));
        }
        let mut m = Mat::<f64>::identity(n, n);
        for (parent, child, coefficient) in links {
            m[(parent, child)] -= coefficient;
        }
        let y = m.partial_piv_lu().solve(Mat::from_fn(n, 1, |i, _| b[i]));
        Ok((0..n).map(|i| y[(i, 0)]).collect())
    }
}
