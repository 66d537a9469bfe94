//! Names numbered in the order in which they first appear: one text, one table of numbers.

use hashbrown::{DefaultHashBuilder, HashTable};
use std::hash::BuildHasher;

/// Names and their numbers.
#[derive(Clone, Debug, Default)]
pub struct Names {
    text: String,
    /// Where each name ends in the text.
    ends: Vec<usize>,
    table: HashTable<Entry>,
    /// One more than the number of a name that is a whole number, by that; zero if there is none, or it stands in the table.
    direct: Vec<u32>,
    hasher: DefaultHashBuilder,
}

/// A name in the table. One that is short stands in it by itself, so that finding it fetches nothing else from memory.
#[derive(Clone, Copy, Debug)]
struct Entry {
    key: Key,
    number: u32,
}

/// Up to 23 bytes of a name and how many they are, or the hash of a longer one and [`LONG`].
type Key = [u8; 24];

const LONG: u8 = u8::MAX;

/// Whole numbers are found without the table if there are not more than so many for each name.
const DENSE: usize = 8;

impl Names {
    /// Number of names.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The name of a number.
    pub fn get(&self, number: usize) -> &str {
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start..self.ends[number]]
    }

    /// The number of a name.
    pub fn find(&self, name: &str) -> Option<u32> {
        let direct = whole_number(name).and_then(|n| self.direct.get(n)).and_then(|n| n.checked_sub(1));
        if direct.is_some() {
            return direct;
        }
        let key = self.key(name);
        let same = |e: &Entry| e.key == key && (key[23] != LONG || self.get(e.number as usize) == name);
        self.table.find(self.hasher.hash_one(key), same).map(|e| e.number)
    }

    /// The number of a name, and whether it is new. Numbers have 32 bits; the last one is for all names beyond.
    pub(crate) fn add(&mut self, name: &str) -> (u32, bool) {
        if let Some(number) = self.find(name) {
            return (number, false);
        }
        let number = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
        self.text.push_str(name);
        self.ends.push(self.text.len());
        if let Some(n) = whole_number(name).filter(|n| *n < DENSE * (self.ends.len() + DENSE)) {
            let end = self.direct.len().max(n + 1);
            self.direct.resize(end, 0);
            // The one number that this does not hold is for more names than there can be.
            self.direct[n] = number.saturating_add(1);
            return (number, true);
        }
        let key = self.key(name);
        let hash = self.hasher.hash_one(key);
        self.table.insert_unique(hash, Entry { key, number }, |e| self.hasher.hash_one(e.key));
        (number, true)
    }

    /// Gives back what is only needed to add and to find.
    pub(crate) fn close(&mut self) {
        self.table = HashTable::new();
        self.direct = vec![];
        self.text.shrink_to_fit();
        self.ends.shrink_to_fit();
    }

    fn key(&self, name: &str) -> Key {
        let mut key = [0; 24];
        if name.len() < key.len() {
            key[..name.len()].copy_from_slice(name.as_bytes());
            key[23] = name.len() as u8;
        } else {
            key[..8].copy_from_slice(&self.hasher.hash_one(name).to_le_bytes());
            key[23] = LONG;
        }
        key
    }
}

/// The whole number that a name is, written as numbers are.
fn whole_number(name: &str) -> Option<usize> {
    let digits = name.as_bytes();
    let canonical = digits.len() < 16 && (name == "0" || digits.first().is_some_and(|d| *d != b'0'));
    if !canonical {
        return None;
    }
    digits.iter().try_fold(0, |n, d| d.is_ascii_digit().then(|| 10 * n + usize::from(d - b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_whatever_their_length() {
        let mut names = Names::default();
        let long = |i: usize| format!("a firm whose name is long, {i}");
        for i in 0..5000 {
            assert_eq!(names.add(&i.to_string()), (2 * i as u32, true));
            assert_eq!(names.add(&long(i)), (2 * i as u32 + 1, true));
        }
        assert_eq!(names.find("5000"), None);
        assert_eq!(names.add("a name of 23 bytes, full"), (10_000, true));
        assert_eq!(names.add("a name of 23 bytes, ful"), (10_001, true));
        assert_eq!(names.add("a name of 23 bytes, fu"), (10_002, true));
        assert_eq!(["0012", "+12", "1234567", ""].map(|n| names.find(n)), [None; 4]);
        for i in 0..5000 {
            assert_eq!(names.find(&long(i)), Some(2 * i as u32 + 1));
            assert_eq!(names.get(2 * i), i.to_string());
        }
    }
}
