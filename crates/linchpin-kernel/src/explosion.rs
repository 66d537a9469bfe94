//! Gross requirements of every node of a levelled acyclic graph, and their adjoint.

mod build;
#[cfg(test)]
mod tests;

use std::ops::Range;

use crate::share::share;

/// Nodes handed to a thread at a time when values are renumbered.
const RENUMBER_BLOCK: usize = 1 << 15;

/// A thread is woken only if there are so many pieces of work for each: waking takes about 25 microseconds,
/// in which one thread does two pieces.
const PIECES_EACH: usize = 4;

/// The lines of a graph, one entry of each array per line: one unit of `parents[i]` needs `coefficients[i]`
/// units of `children[i]`.
///
/// Nodes are numbered `0..nodes`. Several lines may join the same pair of nodes; they add up. A coefficient is
/// in units of the child per unit of the parent, losses included.
#[derive(Clone, Copy, Debug)]
pub struct Lines<'a> {
    /// The node whose requirement causes this line's requirement.
    pub parents: &'a [u32],
    /// The node that is required.
    pub children: &'a [u32],
    /// Units of the child per unit of the parent; finite, of any sign.
    pub coefficients: &'a [f64],
}

/// Why a graph is refused.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ExplosionError {
    /// Two arrays that must have the same length do not.
    #[error("{array} has {found} entries where {expected} are needed")]
    Length {
        /// Name of the array.
        array: &'static str,
        /// Its length.
        found: usize,
        /// The length it should have.
        expected: usize,
    },
    /// There are `u32::MAX` nodes or lines, or more.
    #[error("{count} {what} are too many: they are numbered with 32 bits")]
    TooMany {
        /// What there are too many of: `nodes` or `lines`.
        what: &'static str,
        /// How many there are.
        count: usize,
    },
    /// A line names a node that does not exist.
    #[error("line {line} names node {node}, but there are only {nodes} nodes")]
    NodeOutOfRange {
        /// Index of the line.
        line: usize,
        /// The node it names.
        node: u32,
        /// Number of nodes.
        nodes: usize,
    },
    /// A coefficient is infinite or not a number.
    #[error("the coefficient of line {line} is {coefficient}, not a finite number")]
    NotFinite {
        /// Index of the line.
        line: usize,
        /// Its coefficient.
        coefficient: f64,
    },
    /// The graph is not acyclic.
    #[error("node {node} lies on a cycle")]
    Cycle {
        /// The lowest-numbered node of one of the cycles.
        node: u32,
    },
    /// A given level is not below the number of nodes.
    #[error("node {node} has level {level}, but levels must be below the number of nodes, {nodes}")]
    LevelOutOfRange {
        /// The node.
        node: u32,
        /// Its level.
        level: u32,
        /// Number of nodes.
        nodes: usize,
    },
    /// A line does not lead from a lower to a higher level.
    #[error(
        "line {line} leads from node {parent} on level {parent_level} to node {child} on level {child_level}, \
         which is not a higher level"
    )]
    LevelOrder {
        /// Index of the line.
        line: usize,
        /// Its parent.
        parent: u32,
        /// Level of the parent.
        parent_level: u32,
        /// Its child.
        child: u32,
        /// Level of the child.
        child_level: u32,
    },
}

/// A graph made ready for sweeps: `x[c] = d[c] + sum over lines p -> c of coefficient * x[p]`.
///
/// Nodes are renumbered by level and inside a level by number of parents, so that the inner loop has a fixed
/// length and no branch to guess; nodes that share parents stand together. The sum of a node starts with its
/// demand and adds its lines one by one in ascending order of parent (lines of the same pair in ascending order
/// of coefficient), without fused multiply-add. So results are **the same to the last bit** for any number of
/// threads, for any order of the lines given, and on any machine.
///
/// A sweep is `O(nodes + lines)`. Sums that overflow become infinite, as `f64` does; nothing is checked per sweep.
///
/// ```
/// use linchpin_kernel::{Explosion, Lines};
///
/// // One robot (0) has 2 arms (1) and 1 gripper (2); an arm has 3 motors (3), a gripper 1.
/// let lines = Lines { parents: &[0, 0, 1, 2], children: &[1, 2, 3, 3], coefficients: &[2.0, 1.0, 3.0, 1.0] };
/// let explosion = Explosion::new(4, &lines)?;
///
/// // Ten robots and five spare motors.
/// let gross = explosion.gross(&[10.0, 0.0, 0.0, 5.0], 1);
/// assert_eq!(gross, [10.0, 20.0, 10.0, 75.0]);
///
/// // A motor weighs 0.5 kg: motor mass inside one unit of each node.
/// let inside = explosion.adjoint(&[0.0, 0.0, 0.0, 0.5]);
/// assert_eq!(inside, [3.5, 1.5, 0.5, 0.5]);
/// # Ok::<(), linchpin_kernel::ExplosionError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Explosion {
    /// Original number of the node at each position.
    original: Vec<u32>,
    /// Position of each node.
    position: Vec<u32>,
    /// First position of each level, then the number of nodes.
    level_start: Vec<u32>,
    /// First task of each level, then the number of tasks.
    level_task: Vec<u32>,
    /// What a thread takes at a time.
    tasks: Vec<Task>,
    bands: Vec<Band>,
    /// Position of the parent of each line, rows one after another.
    parents: Vec<u32>,
    /// Coefficient of each line, in the same order.
    coefficients: Vec<f64>,
    /// Where each original line stands in the two arrays above.
    slot: Vec<u32>,
    /// Runs of slots that join the same pair of nodes.
    parallel: Vec<Range<u32>>,
}

/// Consecutive positions of one level with the same number of parents.
#[derive(Clone, Debug)]
struct Band {
    parents_each: u32,
    rows: Range<u32>,
    first_line: u32,
}

/// Consecutive bands of one level.
#[derive(Clone, Debug)]
struct Task {
    bands: Range<u32>,
    rows: Range<u32>,
}

/// Values of all nodes by original number, as a hook sees them between two levels of a sweep.
#[derive(Debug)]
pub struct Values<'a> {
    values: &'a mut [f64],
    position: &'a [u32],
}

impl Values<'_> {
    /// The value of `node`.
    ///
    /// # Panics
    /// If there is no such node; so do [`set`](Self::set) and [`add`](Self::add).
    #[must_use]
    pub fn get(&self, node: u32) -> f64 {
        self.values[self.position[node as usize] as usize]
    }

    /// Replaces the value of `node`.
    pub fn set(&mut self, node: u32, value: f64) {
        self.values[self.position[node as usize] as usize] = value;
    }

    /// Adds to the value of `node`.
    pub fn add(&mut self, node: u32, value: f64) {
        self.values[self.position[node as usize] as usize] += value;
    }
}

impl Explosion {
    /// Prepares a graph; the level of a node is the length of the longest path that leads to it.
    ///
    /// # Errors
    /// [`Length`](ExplosionError::Length), [`TooMany`](ExplosionError::TooMany),
    /// [`NodeOutOfRange`](ExplosionError::NodeOutOfRange), [`NotFinite`](ExplosionError::NotFinite), and
    /// [`Cycle`](ExplosionError::Cycle) when there is no longest path.
    pub fn new(nodes: usize, lines: &Lines<'_>) -> Result<Self, ExplosionError> {
        build::build(nodes, lines, None)
    }

    /// Prepares a graph whose levels are given, one per node. Levels may be skipped.
    ///
    /// This is for graphs in which the caller solves some groups of nodes together between two levels (see
    /// [`gross_with`](Self::gross_with)): the lines inside a group are left out, and the levels keep what they implied.
    ///
    /// # Errors
    /// Those of [`new`](Self::new) except `Cycle`, and [`LevelOutOfRange`](ExplosionError::LevelOutOfRange) or
    /// [`LevelOrder`](ExplosionError::LevelOrder) when the levels do not suit the lines.
    pub fn with_levels(nodes: usize, lines: &Lines<'_>, levels: &[u32]) -> Result<Self, ExplosionError> {
        build::build(nodes, lines, Some(levels))
    }

    /// Number of nodes.
    #[must_use]
    pub fn nodes(&self) -> usize {
        self.original.len()
    }

    /// Number of lines.
    #[must_use]
    pub fn lines(&self) -> usize {
        self.slot.len()
    }

    /// Number of levels: one more than the highest level, 0 without nodes.
    #[must_use]
    pub fn levels(&self) -> usize {
        self.level_start.len() - 1
    }

    /// The nodes of a level, by original number, in the order of their positions.
    ///
    /// # Panics
    /// If there is no such level.
    #[must_use]
    pub fn level(&self, level: usize) -> &[u32] {
        &self.original[self.level_rows(level)]
    }

    /// Replaces all coefficients and keeps the structure, in `O(lines)`; `coefficients` is in the order of the
    /// lines given at construction.
    ///
    /// # Errors
    /// [`Length`](ExplosionError::Length) or [`NotFinite`](ExplosionError::NotFinite); then nothing is changed.
    pub fn set_coefficients(&mut self, coefficients: &[f64]) -> Result<(), ExplosionError> {
        build::check_length("coefficients", coefficients.len(), self.lines())?;
        build::check_finite(coefficients)?;
        self.fill_coefficients(coefficients);
        Ok(())
    }

    /// Gross requirement of every node for `demand`, both by original number, each in the node's own unit.
    ///
    /// `threads` threads share a level: the caller's and workers of the rayon pool it runs in (so at most the
    /// pool's size and one more), unless it is too small to be worth it. 0 or 1 leaves the pool alone. The result
    /// does not depend on it.
    ///
    /// # Panics
    /// If `demand` has not one entry per node.
    #[must_use]
    pub fn gross(&self, demand: &[f64], threads: usize) -> Vec<f64> {
        let mut values = vec![0.0; self.nodes()];
        self.arrange(demand, &mut values, threads);
        self.gross_in_place(&mut values, threads);
        let mut gross = vec![0.0; self.nodes()];
        self.restore(&values, &mut gross, threads);
        gross
    }

    /// The sweep of [`gross`](Self::gross) alone, for repeated runs: `values` hold the demand by position and then
    /// the gross requirement by position (see [`arrange`](Self::arrange) and [`restore`](Self::restore)).
    ///
    /// With one thread nothing is allocated.
    ///
    /// # Panics
    /// If `values` has not one entry per node.
    pub fn gross_in_place(&self, values: &mut [f64], threads: usize) {
        self.assert_nodes(values);
        for level in 0..self.levels() {
            self.sweep_level(level, values, threads);
        }
    }

    /// Like [`gross`](Self::gross), and calls `hook` after each level, in ascending order, empty levels included.
    ///
    /// At the hook of a level, the nodes of that level and of lower ones hold their gross requirement, and nodes
    /// of higher levels hold their demand. What the hook writes to the former is what their children see; what it
    /// adds to the latter counts as demand.
    ///
    /// ```
    /// use linchpin_kernel::{Explosion, Lines};
    /// use std::convert::Infallible;
    ///
    /// // A magnet (0) needs 0.3 kg neodymium (1) and 0.02 kg dysprosium (2); an ore (3) yields both, 0.2 and
    /// // 0.01 kg per kg, so it is not the sum of two lines but the larger need: level 1 is solved by the caller.
    /// let lines = Lines { parents: &[0, 0], children: &[1, 2], coefficients: &[0.3, 0.02] };
    /// let explosion = Explosion::with_levels(4, &lines, &[0, 1, 1, 2])?;
    /// let gross = explosion
    ///     .gross_with(&[100.0, 0.0, 0.0, 0.0], 1, |level, values| {
    ///         if level == 1 {
    ///             values.add(3, (values.get(1) / 0.2).max(values.get(2) / 0.01));
    ///         }
    ///         Ok::<(), Infallible>(())
    ///     })
    ///     .unwrap();
    /// assert_eq!(gross, [100.0, 30.0, 2.0, 200.0]);
    /// # Ok::<(), linchpin_kernel::ExplosionError>(())
    /// ```
    ///
    /// # Errors
    /// The first error of the hook, which ends the sweep.
    ///
    /// # Panics
    /// If `demand` has not one entry per node.
    pub fn gross_with<E>(
        &self,
        demand: &[f64],
        threads: usize,
        mut hook: impl FnMut(usize, &mut Values<'_>) -> Result<(), E>,
    ) -> Result<Vec<f64>, E> {
        let mut values = vec![0.0; self.nodes()];
        self.arrange(demand, &mut values, threads);
        for level in 0..self.levels() {
            self.sweep_level(level, &mut values, threads);
            hook(level, &mut Values { values: &mut values, position: &self.position })?;
        }
        let mut gross = vec![0.0; self.nodes()];
        self.restore(&values, &mut gross, threads);
        Ok(gross)
    }

    /// The adjoint sweep: `y[p] = w[p] + sum over lines p -> c of coefficient * y[c]`, by original number.
    ///
    /// With `w` in some unit per unit of each node (mass, cost, emission), `y` is what one unit of each node holds
    /// in all, or, for a `w` that is 1 at one node, the need of that node per unit of every other: where it is
    /// used. `sum(w * gross(d)) = sum(adjoint(w) * d)`, so `y` is also the sensitivity of the left side to demand.
    /// It runs on one thread; a node's lines are added in an order that does not depend on the order of the lines given.
    ///
    /// # Panics
    /// If `weights` has not one entry per node.
    #[must_use]
    pub fn adjoint(&self, weights: &[f64]) -> Vec<f64> {
        let mut values = vec![0.0; self.nodes()];
        self.arrange(weights, &mut values, 1);
        self.adjoint_in_place(&mut values);
        let mut sums = vec![0.0; self.nodes()];
        self.restore(&values, &mut sums, 1);
        sums
    }

    /// The sweep of [`adjoint`](Self::adjoint) alone: `values` hold the weights by position and then the sums by
    /// position. Nothing is allocated.
    ///
    /// # Panics
    /// If `values` has not one entry per node.
    pub fn adjoint_in_place(&self, values: &mut [f64]) {
        self.assert_nodes(values);
        for level in (0..self.levels()).rev() {
            self.raise_level(level, values);
        }
    }

    /// Like [`adjoint`](Self::adjoint), and calls `hook` for each level, in descending order, empty levels included.
    ///
    /// At the hook of a level, its nodes hold their final value, which is added to their parents afterwards;
    /// nodes of lower levels hold their weight and what higher levels have added so far. What the hook changes counts.
    ///
    /// # Errors
    /// The first error of the hook, which ends the sweep.
    ///
    /// # Panics
    /// If `weights` has not one entry per node.
    pub fn adjoint_with<E>(
        &self,
        weights: &[f64],
        mut hook: impl FnMut(usize, &mut Values<'_>) -> Result<(), E>,
    ) -> Result<Vec<f64>, E> {
        let mut values = vec![0.0; self.nodes()];
        self.arrange(weights, &mut values, 1);
        for level in (0..self.levels()).rev() {
            hook(level, &mut Values { values: &mut values, position: &self.position })?;
            self.raise_level(level, &mut values);
        }
        let mut sums = vec![0.0; self.nodes()];
        self.restore(&values, &mut sums, 1);
        Ok(sums)
    }

    /// Copies values by original number to values by position.
    ///
    /// # Panics
    /// If one of them has not one entry per node.
    pub fn arrange(&self, by_node: &[f64], by_position: &mut [f64], threads: usize) {
        self.pick(by_node, &self.original, by_position, threads);
    }

    /// Copies values by position to values by original number.
    ///
    /// # Panics
    /// If one of them has not one entry per node.
    pub fn restore(&self, by_position: &[f64], by_node: &mut [f64], threads: usize) {
        self.pick(by_position, &self.position, by_node, threads);
    }

    fn pick(&self, from: &[f64], index: &[u32], to: &mut [f64], threads: usize) {
        self.assert_nodes(from);
        self.assert_nodes(to);
        let blocks = to.chunks_mut(RENUMBER_BLOCK).zip(index.chunks(RENUMBER_BLOCK));
        let threads = threads.min(blocks.len() / PIECES_EACH);
        share(threads, blocks, |(to, index)| {
            for (to, &index) in to.iter_mut().zip(index) {
                *to = from[index as usize];
            }
        });
    }

    fn assert_nodes(&self, values: &[f64]) {
        assert_eq!(values.len(), self.nodes(), "an array needs one value per node");
    }

    fn level_rows(&self, level: usize) -> Range<usize> {
        self.level_start[level] as usize..self.level_start[level + 1] as usize
    }

    fn level_tasks(&self, level: usize) -> &[Task] {
        &self.tasks[self.level_task[level] as usize..self.level_task[level + 1] as usize]
    }

    /// Turns the demand of a level into its gross requirement, given that of lower levels.
    fn sweep_level(&self, level: usize, values: &mut [f64], threads: usize) {
        let rows = self.level_rows(level);
        let (known, mut rest) = values[..rows.end].split_at_mut(rows.start);
        let known: &[f64] = known;
        let tasks = self.level_tasks(level);
        let threads = threads.min(tasks.len() / PIECES_EACH);
        let pieces = tasks.iter().map(move |task| {
            let (own, after) = std::mem::take(&mut rest).split_at_mut(task.rows.len());
            rest = after;
            (task, own)
        });
        share(threads, pieces, |(task, mut own)| {
            for band in &self.bands[as_usize(&task.bands)] {
                let (here, after) = own.split_at_mut(band.rows.len());
                self.sweep_band(band, known, here);
                own = after;
            }
        });
    }

    fn sweep_band(&self, band: &Band, known: &[f64], own: &mut [f64]) {
        let (parents, coefficients) = self.band_lines(band);
        let sweep = match band.parents_each {
            0 => return,
            1 => sweep_rows::<1>,
            2 => sweep_rows::<2>,
            3 => sweep_rows::<3>,
            4 => sweep_rows::<4>,
            5 => sweep_rows::<5>,
            6 => sweep_rows::<6>,
            7 => sweep_rows::<7>,
            8 => sweep_rows::<8>,
            _ => sweep_long_rows,
        };
        sweep(parents, coefficients, known, own);
    }

    /// Adds the values of a level to those of its parents.
    fn raise_level(&self, level: usize, values: &mut [f64]) {
        let rows = self.level_rows(level);
        let (lower, own) = values[..rows.end].split_at_mut(rows.start);
        for task in self.level_tasks(level) {
            for band in &self.bands[as_usize(&task.bands)] {
                let (parents, coefficients) = self.band_lines(band);
                let own = &own[band.rows.start as usize - rows.start..band.rows.end as usize - rows.start];
                let raise = match band.parents_each {
                    0 => continue,
                    1 => raise_rows::<1>,
                    2 => raise_rows::<2>,
                    3 => raise_rows::<3>,
                    4 => raise_rows::<4>,
                    _ => raise_long_rows,
                };
                raise(parents, coefficients, own, lower);
            }
        }
    }

    fn band_lines(&self, band: &Band) -> (&[u32], &[f64]) {
        let start = band.first_line as usize;
        let lines = start..start + band.rows.len() * band.parents_each as usize;
        (&self.parents[lines.clone()], &self.coefficients[lines])
    }

    fn fill_coefficients(&mut self, coefficients: &[f64]) {
        for (&slot, &coefficient) in self.slot.iter().zip(coefficients) {
            self.coefficients[slot as usize] = coefficient;
        }
        // Lines of the same pair get an order that does not depend on the order of the lines given.
        for run in &self.parallel {
            self.coefficients[as_usize(run)].sort_unstable_by(f64::total_cmp);
        }
    }
}

fn as_usize(range: &Range<u32>) -> Range<usize> {
    range.start as usize..range.end as usize
}

/// One value per row of exactly `K` lines. With `K` known, the loop over a row is unrolled and rows overlap in
/// the processor: it is the waiting for `known` that costs, not the arithmetic.
fn sweep_rows<const K: usize>(parents: &[u32], coefficients: &[f64], known: &[f64], own: &mut [f64]) {
    let (parents, _) = parents.as_chunks::<K>();
    let (coefficients, _) = coefficients.as_chunks::<K>();
    for ((value, parents), coefficients) in own.iter_mut().zip(parents).zip(coefficients) {
        let mut sum = *value;
        for k in 0..K {
            sum += coefficients[k] * known[parents[k] as usize];
        }
        *value = sum;
    }
}

/// [`sweep_rows`] for rows of any length but 0.
fn sweep_long_rows(parents: &[u32], coefficients: &[f64], known: &[f64], own: &mut [f64]) {
    let Some(each) = parents.len().checked_div(own.len()) else { return };
    let rows = parents.chunks_exact(each).zip(coefficients.chunks_exact(each));
    for (value, (parents, coefficients)) in own.iter_mut().zip(rows) {
        for (&parent, &coefficient) in parents.iter().zip(coefficients) {
            *value += coefficient * known[parent as usize];
        }
    }
}

fn raise_rows<const K: usize>(parents: &[u32], coefficients: &[f64], values: &[f64], lower: &mut [f64]) {
    let (parents, _) = parents.as_chunks::<K>();
    let (coefficients, _) = coefficients.as_chunks::<K>();
    for ((&value, parents), coefficients) in values.iter().zip(parents).zip(coefficients) {
        for k in 0..K {
            lower[parents[k] as usize] += coefficients[k] * value;
        }
    }
}

fn raise_long_rows(parents: &[u32], coefficients: &[f64], values: &[f64], lower: &mut [f64]) {
    let Some(each) = parents.len().checked_div(values.len()) else { return };
    let rows = parents.chunks_exact(each).zip(coefficients.chunks_exact(each));
    for (&value, (parents, coefficients)) in values.iter().zip(rows) {
        for (&parent, &coefficient) in parents.iter().zip(coefficients) {
            lower[parent as usize] += coefficient * value;
        }
    }
}
