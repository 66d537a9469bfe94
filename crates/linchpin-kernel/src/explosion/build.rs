//! Checks, levels and renumbering of a graph.

use super::{Band, Explosion, ExplosionError, Lines, Task};
use crate::groups::Groups;

/// Lines and nodes that a thread takes at a time: large enough to hide the taking, small enough to balance.
const TASK_WORK: usize = 1 << 14;

/// Values of `1 << TILE_BITS` nodes stay in the second cache while the rows that read them are computed.
const TILE_BITS: u32 = 15;

/// Passes over the lines that are tried before the levels are found by following the graph.
const PASSES: usize = 4;

pub(super) fn build(
    nodes: usize,
    lines: &Lines<'_>,
    levels: Option<&[u32]>,
) -> Result<Explosion, ExplosionError> {
    check(nodes, lines)?;
    let by_parent =
        Groups::new(nodes, lines.parents, (0_u32..).zip(lines.parents).map(|(line, &parent)| (parent, line)));
    let levels = match levels {
        Some(levels) => {
            check_levels(nodes, lines, levels)?;
            levels.to_vec()
        }
        None => longest_paths(nodes, lines, &by_parent)?,
    };
    // Taking the lines in order of parent leaves the lines of each child in order of parent.
    let ends = by_parent.members.iter().map(|&line| {
        let line_at = line as usize;
        (lines.children[line_at], Above { parent: lines.parents[line_at], line })
    });
    let by_child = Groups::new(nodes, lines.children, ends);
    drop(by_parent);
    Ok(arrange(nodes, lines.coefficients, &levels, by_child))
}

/// A line as its child sees it.
#[derive(Clone, Copy, Default)]
struct Above {
    parent: u32,
    line: u32,
}

pub(super) fn check_length(array: &'static str, found: usize, expected: usize) -> Result<(), ExplosionError> {
    if found == expected { Ok(()) } else { Err(ExplosionError::Length { array, found, expected }) }
}

pub(super) fn check_finite(coefficients: &[f64]) -> Result<(), ExplosionError> {
    match coefficients.iter().position(|coefficient| !coefficient.is_finite()) {
        Some(line) => Err(ExplosionError::NotFinite { line, coefficient: coefficients[line] }),
        None => Ok(()),
    }
}

fn check(nodes: usize, lines: &Lines<'_>) -> Result<(), ExplosionError> {
    let count = lines.parents.len();
    check_length("children", lines.children.len(), count)?;
    check_length("coefficients", lines.coefficients.len(), count)?;
    for (what, count) in [("nodes", nodes), ("lines", count)] {
        if count >= u32::MAX as usize {
            return Err(ExplosionError::TooMany { what, count });
        }
    }
    for (line, (&parent, &child)) in lines.parents.iter().zip(lines.children).enumerate() {
        let node = parent.max(child);
        if node as usize >= nodes {
            return Err(ExplosionError::NodeOutOfRange { line, node, nodes });
        }
    }
    check_finite(lines.coefficients)
}

fn check_levels(nodes: usize, lines: &Lines<'_>, levels: &[u32]) -> Result<(), ExplosionError> {
    check_length("levels", levels.len(), nodes)?;
    for (node, &level) in (0..).zip(levels) {
        if level as usize >= nodes {
            return Err(ExplosionError::LevelOutOfRange { node, level, nodes });
        }
    }
    for (line, (&parent, &child)) in lines.parents.iter().zip(lines.children).enumerate() {
        let (parent_level, child_level) = (levels[parent as usize], levels[child as usize]);
        if parent_level >= child_level {
            return Err(ExplosionError::LevelOrder { line, parent, parent_level, child, child_level });
        }
    }
    Ok(())
}

/// Length of the longest path that leads to each node.
fn longest_paths(
    nodes: usize,
    lines: &Lines<'_>,
    by_parent: &Groups<u32>,
) -> Result<Vec<u32>, ExplosionError> {
    // Lines often come roughly from the top down. Then a few passes that push every child below its parent settle
    // all levels, several times faster than following the graph; if not, nothing but those passes is lost.
    let mut levels = vec![0_u32; nodes];
    'passes: for _ in 0..PASSES {
        let mut changed = false;
        for (&parent, &child) in lines.parents.iter().zip(lines.children) {
            let below = levels[parent as usize] + 1;
            if below as usize >= nodes {
                // Longer than any path: there is a cycle.
                break 'passes;
            }
            let level = &mut levels[child as usize];
            changed |= *level < below;
            *level = below.max(*level);
        }
        if !changed {
            return Ok(levels);
        }
    }
    levels.fill(0);
    let mut waiting = vec![0_u32; nodes];
    for &child in lines.children {
        waiting[child as usize] += 1;
    }
    let mut done: Vec<u32> = Vec::with_capacity(nodes);
    done.extend((0_u32..).zip(&waiting).filter(|&(_, &waiting)| waiting == 0).map(|(node, _)| node));
    let mut next = 0;
    while let Some(&parent) = done.get(next) {
        next += 1;
        let below = levels[parent as usize] + 1;
        for &line in by_parent.of(parent) {
            let child = lines.children[line as usize];
            let level = &mut levels[child as usize];
            *level = below.max(*level);
            let waiting = &mut waiting[child as usize];
            *waiting -= 1;
            if *waiting == 0 {
                done.push(child);
            }
        }
    }
    if done.len() == nodes {
        Ok(levels)
    } else {
        Err(ExplosionError::Cycle { node: on_cycle(lines, &waiting) })
    }
}

/// The lowest node of a cycle, given the number of unresolved parents of each node.
fn on_cycle(lines: &Lines<'_>, waiting: &[u32]) -> u32 {
    // Every unresolved node has an unresolved parent, so a walk upwards comes back to a node it has seen. Of
    // several such parents the lowest is taken, so that the answer does not depend on the order of lines.
    let mut above = vec![u32::MAX; waiting.len()];
    for (&parent, &child) in lines.parents.iter().zip(lines.children) {
        if waiting[parent as usize] > 0 && waiting[child as usize] > 0 {
            let above = &mut above[child as usize];
            *above = parent.min(*above);
        }
    }
    let mut seen = vec![false; waiting.len()];
    let mut node = waiting.iter().position(|&waiting| waiting > 0).unwrap_or(0) as u32;
    while !std::mem::replace(&mut seen[node as usize], true) {
        node = above[node as usize];
    }
    let (entry, mut lowest) = (node, node);
    loop {
        node = above[node as usize];
        lowest = lowest.min(node);
        if node == entry {
            return lowest;
        }
    }
}

/// Numbers the nodes by level, number of parents and place of the parents, and lays out the lines in that order.
fn arrange(nodes: usize, coefficients: &[f64], levels: &[u32], mut by_child: Groups<Above>) -> Explosion {
    let count = levels.iter().max().map_or(0, |&level| level as usize + 1);
    let by_level = Groups::new(count, levels, levels.iter().copied().zip(0_u32..));
    let mut explosion = Explosion {
        original: Vec::with_capacity(nodes),
        position: vec![0; nodes],
        level_start: by_level.start.clone(),
        level_task: vec![0],
        tasks: Vec::new(),
        bands: Vec::new(),
        parents: vec![0; coefficients.len()],
        coefficients: vec![0.0; coefficients.len()],
        slot: vec![0; coefficients.len()],
        parallel: Vec::new(),
    };
    let mut order: Vec<(u32, u64, u32)> = Vec::new();
    let mut first_slot = vec![0_u32; nodes];
    let mut laid = 0;
    for level in 0..count as u32 {
        order.clear();
        for &node in by_level.of(level) {
            let row = by_child.range(node);
            let row = &mut by_child.members[row];
            for above in &mut *row {
                above.parent = explosion.position[above.parent as usize];
            }
            order.push((row.len() as u32, neighbourhood(row), node));
        }
        order.sort_unstable();
        for &(parents_each, _, node) in &order {
            explosion.position[node as usize] = explosion.original.len() as u32;
            explosion.original.push(node);
            first_slot[node as usize] = laid;
            laid += parents_each;
        }
        // Rows are read in the order they lie in and written where they belong: a processor waits for what it
        // reads, not for what it writes.
        for &node in by_level.of(level) {
            explosion.lay_row(first_slot[node as usize], by_child.of(node));
        }
        explosion.cut_level(&order, laid);
    }
    explosion.fill_coefficients(coefficients);
    explosion
}

/// A sort key that brings together rows whose parents lie in the same tiles, so that parents are read from
/// the cache.
fn neighbourhood(row: &[Above]) -> u64 {
    const LOW: u32 = (1 << TILE_BITS) - 1;
    let tile = |node: u32| u64::from(node >> TILE_BITS);
    match row {
        [] => 0,
        [only] => u64::from(only.parent),
        [a, b] => {
            let (low, high) = (a.parent.min(b.parent), a.parent.max(b.parent));
            (tile(low) << 17 | tile(high)) << TILE_BITS | u64::from(low & LOW)
        }
        [a, b, c, ..] => {
            let mut first = [a.parent, b.parent, c.parent];
            first.sort_unstable();
            let [low, middle, high] = first;
            ((tile(low) << 17 | tile(middle)) << 17 | tile(high)) << 13 | u64::from((low & LOW) >> 2)
        }
    }
}

impl Explosion {
    fn lay_row(&mut self, first: u32, row: &[Above]) {
        let slots = first as usize..first as usize + row.len();
        for ((stored, &Above { parent, line }), slot) in self.parents[slots].iter_mut().zip(row).zip(first..)
        {
            *stored = parent;
            self.slot[line as usize] = slot;
        }
        let mut start = first;
        for run in row.chunk_by(|a, b| a.parent == b.parent) {
            let end = start + run.len() as u32;
            if run.len() > 1 {
                self.parallel.push(start..end);
            }
            start = end;
        }
    }

    /// Cuts the level just laid, whose rows are `order` and whose lines end at `laid`, into bands and tasks.
    fn cut_level(&mut self, order: &[(u32, u64, u32)], laid: u32) {
        let mut row = (self.original.len() - order.len()) as u32;
        let mut line = laid - order.iter().map(|&(parents_each, ..)| parents_each).sum::<u32>();
        let mut task = Task { bands: self.bands.len() as u32..0, rows: row..0 };
        let mut work = 0;
        for rows in order.chunk_by(|a, b| a.0 == b.0) {
            let parents_each = rows[0].0;
            let cost = parents_each as usize + 1;
            let mut left = rows.len();
            while left > 0 {
                let taken = (TASK_WORK - work).div_ceil(cost).clamp(1, left);
                let rows = row..row + taken as u32;
                row = rows.end;
                self.bands.push(Band { parents_each, rows, first_line: line });
                line += taken as u32 * parents_each;
                left -= taken;
                work += taken * cost;
                if work >= TASK_WORK {
                    self.end_task(&mut task, row);
                    work = 0;
                }
            }
        }
        if task.rows.start < row {
            self.end_task(&mut task, row);
        }
        self.level_task.push(self.tasks.len() as u32);
    }

    fn end_task(&mut self, task: &mut Task, row: u32) {
        let bands = self.bands.len() as u32;
        self.tasks.push(Task { bands: task.bands.start..bands, rows: task.rows.start..row });
        *task = Task { bands: bands..0, rows: row..0 };
    }
}
