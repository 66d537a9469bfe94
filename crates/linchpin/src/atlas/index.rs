//! Texts by what they are: an index beside a list, for looking up only.
//!
//! Nothing ever goes through it in its own order, so that no answer depends on how it hashes.

use hashbrown::{DefaultHashBuilder, HashTable};
use std::hash::BuildHasher;

/// Positions in a list of texts of which no two are the same.
#[derive(Debug, Default)]
pub(super) struct Index {
    positions: HashTable<u32>,
    hashes: DefaultHashBuilder,
}

impl Index {
    /// The index of some texts; `at` gives that at a position.
    pub(super) fn new<'t>(count: usize, at: impl Fn(usize) -> &'t str) -> Index {
        let hashes = DefaultHashBuilder::default();
        let hash = |position: &u32| hashes.hash_one(at(*position as usize));
        let mut positions = HashTable::with_capacity(count);
        for position in 0..count as u32 {
            positions.insert_unique(hash(&position), position, hash);
        }
        Index { positions, hashes }
    }

    /// The position of a text; `at` is what the index was made of.
    pub(super) fn find<'t>(&self, text: &str, at: impl Fn(usize) -> &'t str) -> Option<usize> {
        let is_it = |position: &u32| at(*position as usize) == text;
        self.positions.find(self.hashes.hash_one(text), is_it).map(|position| *position as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_is_found_and_no_other() {
        let texts: Vec<String> = (0..1000).map(|i| format!("part_{i}")).collect();
        let at = |i: usize| texts[i].as_str();
        let index = Index::new(texts.len(), at);
        assert!((0..1000).all(|i| index.find(&format!("part_{i}"), at) == Some(i)));
        assert_eq!([index.find("part_1000", at), index.find("", at)], [None; 2]);
        assert_eq!(Index::default().find("part_1", at), None);
    }
}
