//! Strongly connected components, suppliers first.

use std::ops::Range;

use crate::groups::Groups;

/// Nodes in an order in which every component stands together and after all that feed it.
pub(super) struct Components {
    /// The nodes.
    pub(super) order: Vec<u32>,
    /// Where the components that hold a cycle stand in the order, ascending.
    pub(super) cyclic: Vec<Range<u32>>,
}

const UNSEEN: u32 = u32::MAX;

/// A node on the path that is being followed.
struct Visit {
    node: u32,
    /// Next supplier to follow.
    next: u32,
}

/// Tarjan's algorithm (1972) along `feeds`, the suppliers of each node, without recursion. Inside a component a node stands
/// after the suppliers that were left before it, so that a sweep in this order carries most changes along.
pub(super) fn components(feeds: &Groups<u32>) -> Components {
    let count = feeds.start.len() - 1;
    let mut found = Components { order: Vec::with_capacity(count), cyclic: Vec::new() };
    let (mut seen, mut low, mut left) = (vec![UNSEEN; count], vec![0_u32; count], vec![0_u32; count]);
    let mut placed = vec![false; count];
    let (mut open, mut path): (Vec<u32>, Vec<Visit>) = (Vec::new(), Vec::new());
    let (mut entered, mut leaving) = (0_u32, 0_u32);
    for root in 0..count as u32 {
        let mut enter = (seen[root as usize] == UNSEEN).then_some(root);
        loop {
            if let Some(node) = enter.take() {
                (seen[node as usize], low[node as usize]) = (entered, entered);
                entered += 1;
                open.push(node);
                path.push(Visit { node, next: feeds.start[node as usize] });
            }
            let Some(visit) = path.last_mut() else { break };
            let node = visit.node as usize;
            if visit.next < feeds.start[node + 1] {
                let supplier = feeds.members[visit.next as usize];
                visit.next += 1;
                if seen[supplier as usize] == UNSEEN {
                    enter = Some(supplier);
                } else if !placed[supplier as usize] {
                    low[node] = low[node].min(seen[supplier as usize]);
                }
                continue;
            }
            path.pop();
            left[node] = leaving;
            leaving += 1;
            if let Some(buyer) = path.last() {
                low[buyer.node as usize] = low[buyer.node as usize].min(low[node]);
            }
            if low[node] == seen[node] {
                let start = found.order.len();
                while let Some(member) = open.pop() {
                    placed[member as usize] = true;
                    found.order.push(member);
                    if member as usize == node {
                        break;
                    }
                }
                let members = &mut found.order[start..];
                members.sort_unstable_by_key(|&member| left[member as usize]);
                if members.len() > 1 || feeds.of(node as u32).contains(&(node as u32)) {
                    found.cyclic.push(start as u32..found.order.len() as u32);
                }
            }
        }
    }
    found
}
