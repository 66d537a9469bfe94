//! An order for the members of a component in which few lanes lead backwards.

use crate::groups::Groups;

/// The greedy order of Eades, Lin and Smyth (1993), in `O(members + lanes)`: what no longer needs anything comes next from
/// the front, what no longer supplies anything comes next from the back, and of the rest the node that supplies most more
/// than it needs goes to the front. Ties go to the member named last.
pub(super) struct Sorter<'a> {
    suppliers: &'a Groups<u32>,
    buyers: &'a Groups<u32>,
    /// Suppliers and buyers of each node among the members that are left; `GONE` outside.
    needs: Vec<u32>,
    supplies: Vec<u32>,
    /// Nodes by surplus; an entry counts if it is still true.
    buckets: Vec<Vec<u32>>,
}

const GONE: u32 = u32::MAX;

impl<'a> Sorter<'a> {
    pub(super) fn new(suppliers: &'a Groups<u32>, buyers: &'a Groups<u32>) -> Self {
        let count = suppliers.start.len() - 1;
        Self { suppliers, buyers, needs: vec![GONE; count], supplies: vec![GONE; count], buckets: Vec::new() }
    }

    pub(super) fn sort(&mut self, members: &mut [u32]) {
        for &node in &*members {
            (self.needs[node as usize], self.supplies[node as usize]) = (0, 0);
        }
        for &node in &*members {
            for &supplier in self.suppliers.of(node).iter().filter(|&&supplier| supplier != node) {
                if self.needs[supplier as usize] != GONE {
                    self.needs[node as usize] += 1;
                    self.supplies[supplier as usize] += 1;
                }
            }
        }
        let most = members.iter().map(|&node| self.needs[node as usize]).max().unwrap_or(0);
        let more = members.iter().map(|&node| self.supplies[node as usize]).max().unwrap_or(0);
        self.buckets.resize_with((most + more) as usize + 1, Vec::new);
        let mut top = 0;
        let (mut front, mut back) = (Vec::new(), Vec::new());
        let (mut first, mut last): (Vec<u32>, Vec<u32>) = (Vec::new(), Vec::new());
        for &node in &*members {
            self.file(node, most, &mut top);
        }
        while front.len() + back.len() < members.len() {
            let node = if let Some(node) = self.take(&mut last) {
                back.push(node);
                node
            } else if let Some(node) = self.take(&mut first) {
                front.push(node);
                node
            } else {
                let Some(entry) = self.buckets[top].pop() else {
                    top -= 1;
                    continue;
                };
                if self.needs[entry as usize] == GONE || self.bucket(entry, most) != top {
                    continue;
                }
                front.push(entry);
                entry
            };
            (self.needs[node as usize], self.supplies[node as usize]) = (GONE, GONE);
            for &buyer in self.buyers.of(node) {
                if self.needs[buyer as usize] != GONE {
                    self.needs[buyer as usize] -= 1;
                    self.file(buyer, most, &mut top);
                    if self.needs[buyer as usize] == 0 {
                        first.push(buyer);
                    }
                }
            }
            for &supplier in self.suppliers.of(node) {
                if self.supplies[supplier as usize] != GONE {
                    self.supplies[supplier as usize] -= 1;
                    self.file(supplier, most, &mut top);
                    if self.supplies[supplier as usize] == 0 {
                        last.push(supplier);
                    }
                }
            }
        }
        members[..front.len()].copy_from_slice(&front);
        for (member, node) in members[front.len()..].iter_mut().zip(back.into_iter().rev()) {
            *member = node;
        }
        self.buckets.iter_mut().for_each(Vec::clear);
    }

    fn bucket(&self, node: u32, most: u32) -> usize {
        (self.supplies[node as usize] + most - self.needs[node as usize]) as usize
    }

    fn file(&mut self, node: u32, most: u32, top: &mut usize) {
        let bucket = self.bucket(node, most);
        self.buckets[bucket].push(node);
        *top = bucket.max(*top);
    }

    fn take(&self, from: &mut Vec<u32>) -> Option<u32> {
        loop {
            let node = from.pop()?;
            if self.needs[node as usize] != GONE {
                return Some(node);
            }
        }
    }
}
