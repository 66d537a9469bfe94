//! A set of positions, walked in ascending order while it changes.

use std::ops::Range;

/// A set of positions, one bit each.
#[derive(Clone, Debug)]
pub(super) struct Marks {
    words: Vec<u64>,
}

impl Marks {
    /// The empty set, with room for positions below `count`.
    pub(super) fn new(count: usize) -> Self {
        Self { words: vec![0; count.div_ceil(64)] }
    }

    /// All positions below `count`.
    pub(super) fn all(count: usize) -> Self {
        Self { words: vec![u64::MAX; count.div_ceil(64)] }
    }

    pub(super) fn set(&mut self, position: u32) {
        self.words[position as usize / 64] |= 1 << (position % 64);
    }

    pub(super) fn unset(&mut self, position: u32) {
        self.words[position as usize / 64] &= !(1 << (position % 64));
    }

    pub(super) fn has(&self, position: u32) -> bool {
        self.words[position as usize / 64] & 1 << (position % 64) != 0
    }

    pub(super) fn clear(&mut self) {
        self.words.fill(0);
    }

    /// The lowest position in `range` that is in both sets.
    pub(super) fn first(&self, range: Range<u32>, others: &Self) -> Option<u32> {
        if range.is_empty() {
            return None;
        }
        let (mut at, last) = (range.start as usize / 64, (range.end as usize - 1) / 64);
        let mut word = self.words[at] & others.words[at] & u64::MAX << (range.start % 64);
        loop {
            if word != 0 {
                let position = at as u32 * 64 + word.trailing_zeros();
                return (position < range.end).then_some(position);
            }
            if at == last {
                return None;
            }
            at += 1;
            word = self.words[at] & others.words[at];
        }
    }
}
