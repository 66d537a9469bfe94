//! Bad input: anything at all. Whatever is read, the result is an atlas or a list of faults, never a panic.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{Sheet, base, line, survives, with};
use linchpin::atlas::{Schema, TableSchema, read};
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(table in 0..Schema::get().tables.len(), bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        survives(&with(&base(), &Schema::get().tables[table].file(), bytes));
    }

    #[test]
    fn any_text(table in 0..Schema::get().tables.len(), text in "\\PC{0,200}") {
        let schema = &Schema::get().tables[table];
        let header = line(&Sheet::of(&base(), &schema.name).header);
        survives(&with(&base(), &schema.file(), format!("{header}\n{text}").into_bytes()));
        survives(&with(&base(), "datapackage.json", text.into_bytes()));
    }

    #[test]
    fn any_mutation_of_the_shipped_tables(seed in any::<u64>()) {
        let mut random = Random(seed);
        let mut files = base();
        for _ in 0..1 + random.below(6) {
            let tables = &Schema::get().tables;
            let (table, other) = (&tables[random.below(tables.len())], &tables[random.below(tables.len())]);
            let donor = files[&other.file()].clone();
            let bytes = files.get_mut(&table.file()).unwrap();
            mutate(bytes, &donor, &mut random);
        }
        survives(&files);
    }

    #[test]
    fn any_swap_of_cells(seed in any::<u64>()) {
        let mut random = Random(seed);
        let base = base();
        let mut files = base.clone();
        for _ in 0..1 + random.below(4) {
            let tables = &Schema::get().tables;
            let mut sheet = Sheet::of(&base, &tables[random.below(tables.len())].name);
            for _ in 0..1 + random.below(5) {
                let (a, b) = (random.below(sheet.rows.len()), random.below(sheet.rows.len()));
                let (i, j) = (random.below(sheet.header.len()), random.below(sheet.header.len()));
                let cell = sheet.rows[a][i].clone();
                sheet.rows[a][i] = std::mem::replace(&mut sheet.rows[b][j], cell);
            }
            files = sheet.within(&files);
        }
        survives(&files);
    }

    #[test]
    fn any_formula(text in "[a-z0-9_+*/^(). eE-]{0,40}|\\PC{0,30}") {
        let base = base();
        let mut sheet = Sheet::of(&base, "parameters");
        sheet.set(0, "formula", &text).set(0, "standing", "derived");
        survives(&sheet.within(&base));
    }
}

/// Numbers without a pattern (splitmix64, Steele and others 2014), so that a million inputs cost little.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }
}

/// Pieces that have a meaning to a reader of tables or formulas.
const PIECES: [&str; 40] = [
    ",",
    "\"",
    "\n",
    "\r",
    "\r\n",
    "\"\"",
    ",\"",
    "\",",
    "\0",
    "\u{feff}",
    "=",
    "NaN",
    "inf",
    "1e999",
    "-1",
    "1,000",
    "2025-03-14",
    "9223372036854775808",
    "-9223372036854775808",
    "钕",
    "é",
    "\u{1f916}",
    "\u{202e}",
    "e\u{301}",
    "1e-400",
    "kg",
    "%",
    "derived",
    "assumed",
    "reported",
    "(((",
    ")))",
    "^^",
    "1/0",
    " ",
    "\t",
    ";",
    "-",
    "/",
    "\u{2028}",
];

/// Changes bytes: deletes, inserts, replaces, repeats, or splices in a piece of another table.
fn mutate(bytes: &mut Vec<u8>, donor: &[u8], random: &mut Random) {
    let at = random.below(bytes.len() + 1);
    let end = (at + random.below(20)).min(bytes.len());
    match random.below(7) {
        0 => drop(bytes.drain(at..end)),
        1 => drop(bytes.splice(at..at, PIECES[random.below(PIECES.len())].bytes())),
        2 => drop(bytes.splice(at..end, PIECES[random.below(PIECES.len())].bytes())),
        3 if at < bytes.len() => bytes[at] = random.next() as u8,
        4 => {
            let copy = bytes[at..end].to_vec();
            drop(bytes.splice(at..at, copy));
        }
        5 => {
            let lines: Vec<&[u8]> = donor.split_inclusive(|b| *b == b'\n').collect();
            let line = lines.get(random.below(lines.len())).copied().unwrap_or_default();
            let start = bytes[..at].iter().rposition(|b| *b == b'\n').map_or(0, |i| i + 1);
            drop(bytes.splice(start..start, line.iter().copied()));
        }
        _ => bytes.truncate(at),
    }
}

/// Reads a number of mutated small tables: header and some rows of each.
fn fuzz(seed: u64, inputs: usize) {
    let mut random = Random(seed);
    let base = base();
    let small: Vec<(&TableSchema, Vec<u8>)> = Schema::get()
        .tables
        .iter()
        .map(|t| {
            let lines = Sheet::of(&base, &t.name).lines();
            let step = (lines.len() / 3).max(1);
            let some = std::iter::once(&lines[0]).chain(lines[1..].iter().step_by(step));
            (t, some.flat_map(|l| format!("{l}\n").into_bytes()).collect())
        })
        .collect();
    let mut refused = 0;
    for _ in 0..inputs {
        let (table, bytes) = &small[random.below(small.len())];
        let mut bytes = bytes.clone();
        for _ in 0..1 + random.below(4) {
            mutate(&mut bytes, &small[random.below(small.len())].1, &mut random);
        }
        let mut problems = vec![];
        let sheet = read::table(table, &bytes, &mut problems);
        for row in sheet.rows.iter().filter(|_| table.figure) {
            read::figure(&sheet, row, &mut problems);
        }
        let lines = 1 + bytes.iter().filter(|b| matches!(b, b'\n' | b'\r')).count() as u64;
        assert!(
            problems.iter().all(|p| p.file == table.file() && p.row.is_none_or(|r| (1..=lines).contains(&r)))
        );
        assert!(sheet.rows.is_sorted_by(|a, b| a.key < b.key));
        assert!(sheet.rows.iter().all(|r| r.cells.len() == table.attributes.len()));
        refused += usize::from(!problems.is_empty());
    }
    assert!(refused > inputs / 4 && refused < inputs, "{refused} of {inputs}");
}

#[test]
fn hundreds_of_mutated_small_tables() {
    fuzz(1, 3_000);
}

#[test]
#[ignore = "heavy: a million inputs, run by ./x test --all"]
fn a_million_mutated_small_tables() {
    std::thread::scope(|scope| {
        for seed in 0..2 {
            scope.spawn(move || fuzz(1000 + seed, 500_000));
        }
    });
}
