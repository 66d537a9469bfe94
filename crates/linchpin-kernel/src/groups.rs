//! Items grouped by a key, in two arrays.

use std::ops::Range;

/// Items grouped by a key, in the order given inside a group.
#[derive(Clone, Debug)]
pub(crate) struct Groups<T> {
    /// First member of each group, then the number of members.
    pub(crate) start: Vec<u32>,
    /// The members, groups one after another.
    pub(crate) members: Vec<T>,
}

impl<T: Copy + Default> Groups<T> {
    /// Groups `items`, which come with their keys: those of `keys` in any order, all below `count`.
    pub(crate) fn new(count: usize, keys: &[u32], items: impl Iterator<Item = (u32, T)>) -> Self {
        let mut start = vec![0_u32; count + 1];
        for &key in keys {
            start[key as usize] += 1;
        }
        let mut sum = 0;
        for entry in &mut start {
            let here = *entry;
            *entry = sum;
            sum += here;
        }
        // Filling moves each start to the next group's start; one shift moves them back.
        let mut members = vec![T::default(); keys.len()];
        for (key, item) in items {
            let next = &mut start[key as usize];
            members[*next as usize] = item;
            *next += 1;
        }
        start.rotate_right(1);
        start[0] = 0;
        Self { start, members }
    }

    /// Where the members of a group stand.
    pub(crate) fn range(&self, group: u32) -> Range<usize> {
        self.start[group as usize] as usize..self.start[group as usize + 1] as usize
    }

    /// The members of a group.
    pub(crate) fn of(&self, group: u32) -> &[T] {
        &self.members[self.range(group)]
    }
}
