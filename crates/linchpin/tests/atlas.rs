//! Correctness of reading: the order of rows and columns is no information.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use linchpin::atlas::Overlay;
use support::{Csv, Ground, PRODUCTS, brief_at, cells, edit, explode_all, ground, shipped, tables};

/// A small generator of numbers (xorshift64), so that a failure is found again by its seed.
struct Shuffle(u64);

impl Shuffle {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n as u64) as usize
    }

    fn permutation(&mut self, n: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..n).collect();
        (1..n).rev().for_each(|i| order.swap(i, self.below(i + 1)));
        order
    }
}

/// The rows and the columns of every table in another order: the hash of the data, the figures, every cell of both
/// answers to the bit, their order, labels and notes are the same. Expectation: a table is a set of rows.
#[test]
fn the_order_of_rows_and_columns_changes_nothing() {
    for seed in [1, 20_261_120, 0xdead_beef] {
        let mut shuffle = Shuffle(seed);
        let mut files = shipped();
        for table in tables(&files) {
            edit(&mut files, &table, |csv: &mut Csv| {
                let columns = shuffle.permutation(csv.header.len());
                let rows = shuffle.permutation(csv.rows.len());
                let pick = |row: &[String]| columns.iter().map(|c| row[*c].clone()).collect::<Vec<_>>();
                csv.rows = rows.iter().map(|r| pick(&csv.rows[*r])).collect();
                csv.header = pick(&csv.header);
            });
        }
        assert_ne!(files, shipped());
        let (straight, shuffled) = (ground(), Ground::of(&files, &Overlay::new()));
        assert_eq!(straight.atlas.hash, shuffled.atlas.hash);
        assert_eq!(straight.atlas.order, shuffled.atlas.order);
        for alias in PRODUCTS {
            let (a, b) = (straight.model(alias), shuffled.model(alias));
            let pairs = [
                (
                    explode_all(&a, 1000.0, Some("nd_oxide")).answer,
                    explode_all(&b, 1000.0, Some("nd_oxide")).answer,
                ),
                (brief_at(&a, 1000.0).answer, brief_at(&b, 1000.0).answer),
            ];
            for (x, y) in pairs {
                assert!(cells(&x) == cells(&y), "seed {seed}");
                assert_eq!((x.stamp, x.labels, x.notes), (y.stamp, y.labels, y.notes));
            }
        }
    }
}
