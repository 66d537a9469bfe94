//! Bad input: what a folder may hold that is no table, too long, too large, or no file at all.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{Expected, Sheet, base, can_be_said, each_table, line, listed, problems, with};
use linchpin::atlas::{Atlas, Files, Schema, TableSchema};
use std::io::{Seek, Write};

/// Writes an atlas to a folder of its own.
fn folder(files: &Files) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        std::fs::write(folder.path().join(name), bytes).unwrap();
    }
    folder
}

fn of_folder(folder: &tempfile::TempDir) -> Vec<linchpin_table::Problem> {
    let problems = Atlas::from_folder(folder.path(), None).map(|_| ()).expect_err("the atlas was accepted");
    can_be_said(&problems);
    problems
}

#[test]
fn a_line_of_three_megabytes_is_refused() {
    each_table(|base, table| {
        let file = table.file();
        let folder = folder(base);
        let sheet = Sheet::of(base, &table.name);
        let last = sheet.rows.len() - 1;
        for (row, start) in [(1, Vec::new()), (sheet.line(last) + 1, sheet.bytes())] {
            let bytes = [start, vec![b'x'; 3 << 20], b"\n".to_vec()].concat();
            std::fs::write(folder.path().join(&file), &bytes).unwrap();
            let found = of_folder(&folder);
            assert_eq!(found.len(), 1, "{}", listed(&found));
            let expected = Expected { row: Some(row), ..Expected::of(&file, "fault-line-too-long") };
            assert!(expected.is(&found[0]), "{}", listed(&found));
            // In memory it is a fault too, and is not repeated to the user at length.
            let found = problems(&with(base, &file, bytes));
            assert!(found.iter().all(|p| format!("{p:?}").len() < 5_000), "{}", listed(&found));
        }
    });
}

#[test]
fn the_bound_on_lines_is_exact() {
    let base = base();
    let mut sheet = Sheet::of(&base, "sources");
    let bound = linchpin::atlas::files::MAX_LINE_BYTES;
    for (length, id) in [(bound, "fault-cell-too-long"), (bound + 1, "fault-line-too-long")] {
        let rest: usize = line(&sheet.rows[0]).len() - sheet.get(0, "note").len();
        sheet.set(0, "note", &"x".repeat(length - rest));
        let found = of_folder(&folder(&sheet.within(&base)));
        assert_eq!((found.len(), found[0].what.id.as_ref(), found[0].row), (1, id, Some(2)));
        sheet.set(0, "note", "");
    }
}

#[test]
#[ignore = "heavy: files of two gigabytes, though sparse, run by ./x test --all"]
fn a_line_of_two_gigabytes_is_refused_without_reading_it() {
    let base = base();
    for table in &Schema::get().tables {
        let folder = folder(&base);
        let mut file = std::fs::File::create(folder.path().join(table.file())).unwrap();
        file.write_all(&Sheet::of(&base, &table.name).bytes()).unwrap();
        let line = Sheet::of(&base, &table.name);
        file.seek(std::io::SeekFrom::Current(2 << 30)).unwrap();
        file.write_all(b"\n").unwrap();
        drop(file);
        let before = peak_kib();
        let found = of_folder(&folder);
        assert!(peak_kib() < before + (64 << 10), "{} KiB", peak_kib() - before);
        let row = Some(line.line(line.rows.len() - 1) + 1);
        assert!(Expected { row, ..Expected::of(table.file(), "fault-line-too-long") }.is(&found[0]));
        assert_eq!(found.len(), 1, "{}", listed(&found));
    }
}

/// Greatest memory of this process so far; zero where the system does not say.
fn peak_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
    line.and_then(|l| l.split_whitespace().next()).and_then(|n| n.parse().ok()).unwrap_or(0)
}

#[test]
fn nothing_in_a_folder_that_looks_like_a_table_is_passed_over() {
    let base = base();
    let hash = Atlas::read(&base).unwrap().hash;
    let expect = |folder: &tempfile::TempDir, file: &str, id: &'static str| {
        let found = of_folder(folder);
        assert!(found.len() == 1 && Expected::of(file, id).is(&found[0]), "{file} {id} {}", listed(&found));
    };
    // What is plainly something else is nobody's business.
    let innocent = folder(&base);
    for name in ["README.md", ".hidden", "items.csv~", "report.xlsx", "notes.txt"] {
        std::fs::write(innocent.path().join(name), "x").unwrap();
    }
    std::fs::create_dir(innocent.path().join("figures")).unwrap();
    assert_eq!(Atlas::from_folder(innocent.path(), None).unwrap().hash, hash);
    for name in ["items2.csv", "items.xlsx", "Prices.ods", "sites.tsv"] {
        let folder = folder(&base);
        std::fs::write(folder.path().join(name), "x").unwrap();
        expect(&folder, name, "fault-unknown-file");
    }
    let sub = folder(&base);
    std::fs::create_dir(sub.path().join("old")).unwrap();
    std::fs::write(sub.path().join("old/items.csv"), "x").unwrap();
    expect(&sub, "old", "fault-subfolder");
    for table in Schema::get().tables.iter().map(TableSchema::file).chain(["datapackage.json".into()]) {
        let folder = folder(&base);
        std::fs::remove_file(folder.path().join(&table)).unwrap();
        std::fs::create_dir(folder.path().join(&table)).unwrap();
        let found = of_folder(&folder);
        assert!(found.iter().any(|p| Expected::of(&table, "fault-unreadable").is(p)), "{}", listed(&found));
    }
    let missing = innocent.path().join("no/such/folder");
    let found = Atlas::from_folder(&missing, None).map(|_| ()).unwrap_err();
    assert!(matches!(&found[..], [p] if p.what.id == "fault-no-folder"), "{}", listed(&found));
}

#[cfg(unix)]
#[test]
fn files_that_are_none_are_not_waited_for() {
    let base = base();
    let endless = folder(&base);
    std::fs::remove_file(endless.path().join("items.csv")).unwrap();
    std::os::unix::fs::symlink("/dev/zero", endless.path().join("items.csv")).unwrap();
    let found = of_folder(&endless);
    assert!(found.iter().any(|p| Expected::of("items.csv", "fault-unreadable").is(p)), "{}", listed(&found));
    let broken = folder(&base);
    std::os::unix::fs::symlink("/no/such/file", broken.path().join("prices2.csv")).unwrap();
    std::fs::remove_file(broken.path().join("prices.csv")).unwrap();
    std::os::unix::fs::symlink("/no/such/file", broken.path().join("prices.csv")).unwrap();
    let found = of_folder(&broken);
    assert!(found.iter().any(|p| Expected::of("prices.csv", "fault-unreadable").is(p)), "{}", listed(&found));
    assert!(
        found.iter().any(|p| Expected::of("prices2.csv", "fault-unknown-file").is(p)),
        "{}",
        listed(&found)
    );
}
