//! Bad input: every class of fault in every table, made from the schema, is reported where it stands, in words that
//! exist, beside all other faults and without ending the program.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{Expected, Sheet, base, can_be_said, line, listed, problems, reports, reports_only, with};
use linchpin::atlas::{Atlas, Attribute, Files, Kind, Overlay, Schema, TableSchema, read};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::io::{Seek, Write};

/// Runs a test for every table, on all cores.
fn each_table(test: impl Fn(&Files, &'static TableSchema) + Sync) {
    let base = base();
    let next = std::sync::atomic::AtomicUsize::new(0);
    let tables = &Schema::get().tables;
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(table) = tables.get(next.fetch_add(1, std::sync::atomic::Ordering::Relaxed)) {
                    test(&base, table);
                }
            });
        }
    });
}

/// Asserts that a table read by itself has one fault: the quick form, where no other table matters.
fn alone_reports_only(table: &'static TableSchema, bytes: &[u8], expected: &Expected) {
    let mut found = vec![];
    read::table(table, bytes, &mut found);
    assert!(found.len() == 1 && expected.is(&found[0]), "{expected:?} {}", listed(&found));
    can_be_said(&found);
}

/// Cells that a column must refuse, and the fault of each.
fn wrong_cells(table: &TableSchema, a: &Attribute) -> Vec<(String, &'static str)> {
    let mut wrong: Vec<(String, &str)> = vec![
        ("=SUM(A1)".into(), "fault-spreadsheet-formula"),
        ("a\u{7}b".into(), "fault-control-character"),
        ("a\0b".into(), "fault-control-character"),
        ("a\u{202e}b".into(), "fault-control-character"),
        ("a\u{fffd}b".into(), "fault-control-character"),
        ("x".repeat(20_001), "fault-cell-too-long"),
    ];
    if a.required {
        wrong.push((String::new(), "fault-blank"));
    }
    let mut add =
        |id: &'static str, cells: &[&str]| wrong.extend(cells.iter().map(|c| ((*c).to_owned(), id)));
    match a.kind {
        Kind::Text => {}
        Kind::Formula => add("fault-cell-too-long", &[&"1+".repeat(1_001)]),
        Kind::Id => {
            add("fault-id", &["two words", "a/b", "-", "..", "a;b"]);
            add("fault-cell-too-long", &[&"x".repeat(101)]);
        }
        Kind::Ref => {
            add("fault-id", &["two words", "a/b"]);
            add("fault-dangling", &["no_such_row"]);
        }
        Kind::Refs => {
            add("fault-ids", &["two words", "a;;b", ";"]);
            add("fault-dangling", &["no_such_row"]);
        }
        Kind::Enum => add("fault-word", &["no_such_word", &a.allowed[0].to_uppercase()]),
        Kind::Integer => {
            add("fault-integer", &["NaN", "inf", "1.5", "1e3", "+1", "007", "two", "٣", "0x10"]);
            add("fault-integer-range", &["1000000001", "-9223372036854775808", "99999999999999999999999"]);
        }
        Kind::Number => {
            add("fault-number", &["NaN", "nan", "inf", "-inf", "1e999", "1.5 kg", "ten", "٣", "0x10", "--1"])
        }
        Kind::Date => add("fault-date", &["soon", "2025-13", "2025-00-01", "2025-02-30", "01/02/2025", "25"]),
        Kind::Unit => {
            add("fault-unit", &["furlong", "KG"]);
            let other = ["kg", "USD", "d"]
                .into_iter()
                .find(|u| !table.units.is_empty() && table.units.iter().all(|t| t != u));
            add("fault-unit", &other.into_iter().collect::<Vec<_>>());
        }
    }
    if matches!(a.kind, Kind::Integer | Kind::Number) {
        add("fault-thousands-separator", &["1,000", "1,5"]);
        add("fault-date-for-number", &["2025-03-14", "14/03/2025", "2025-03"]);
    }
    wrong
}

#[test]
fn the_base_is_sound() {
    Atlas::read(&base()).unwrap();
}

#[test]
fn every_column_refuses_what_it_cannot_hold() {
    each_table(|base, table| {
        let sound = Sheet::of(base, &table.name);
        for (n, a) in table.attributes.iter().enumerate() {
            for (i, (cell, id)) in wrong_cells(table, a).into_iter().enumerate() {
                let mut sheet = sound.clone();
                let row = (7 * n + 3 * i) % sheet.rows.len();
                sheet.set(row, &a.name, &cell);
                if sheet.rows[row].iter().all(String::is_empty) {
                    // A row without any cell is none.
                    continue;
                }
                let mut expected = Expected::cell(&sheet, row, &a.name, &cell, id);
                // One cell of every column goes through the whole atlas; a reference is nothing without it.
                if id != "fault-dangling" {
                    alone_reports_only(table, &sheet.bytes(), &expected);
                    if i != n % 6 {
                        continue;
                    }
                }
                let files = sheet.within(base);
                if id == "fault-dangling" && problems(&files).iter().all(|p| !expected.is(p)) {
                    expected.id = "fault-dangling-alone";
                }
                // Without its key a row is missed by those that name it.
                if a.key { drop(reports(&files, &expected)) } else { reports_only(&files, &expected) }
            }
        }
    });
}

/// A row that holds a figure which is known, and its value as typed.
fn known_row(base: &Files, table: &TableSchema) -> (Sheet, usize, f64) {
    let atlas = Atlas::read(base).unwrap();
    let values = atlas.values(&Overlay::new()).unwrap();
    let sheet = Sheet::of(base, &table.name);
    let read = atlas.sheet(&table.name);
    let known = |row: &linchpin::atlas::Row| {
        let id = atlas.figure_of(read, row)?;
        let value = values.get(id)? / atlas.figures.get(id).factor;
        let index = (0..sheet.rows.len()).find(|r| sheet.line(*r) == row.line)?;
        (value > 0.0).then_some((index, value))
    };
    let (row, value) = read.rows.iter().rev().find_map(known).unwrap();
    (sheet, row, value)
}

#[test]
fn every_figure_needs_what_its_standing_asks() {
    each_table(|base, table| {
        if !table.figure {
            return;
        }
        let (sound, row, value) = known_row(base, table);
        let v = format!("{value}");
        let source = Sheet::of(base, "sources").rows[0][0].clone();
        let unit = sound.get(row, "unit").to_owned();
        let in_unit = |base_value: f64| base_value / linchpin::atlas::units::meaning(&unit).unwrap().factor;
        // A figure that is sound; each case spoils it by the cells it names.
        let test = |cells: &[(&str, &str)], column: &str, id: &'static str| {
            let mut sheet = sound.clone();
            let fresh =
                [("value", v.as_str()), ("low", ""), ("high", ""), ("year", ""), ("source", source.as_str())];
            for (name, cell) in
                fresh.into_iter().chain([("formula", ""), ("note", "a reason")]).chain(cells.iter().copied())
            {
                sheet.set(row, name, cell);
            }
            let value = sheet.get(row, column).to_owned();
            reports_only(&sheet.within(base), &Expected::cell(&sheet, row, column, &value, id));
        };
        let (assumed, derived) = (("standing", "assumed"), ("standing", "derived"));
        test(&[assumed, ("high", &v)], "low", "fault-no-range");
        test(&[assumed, ("low", &v)], "high", "fault-no-range");
        test(&[assumed, ("low", &v), ("high", &v), ("note", "")], "note", "fault-no-reason");
        test(&[("standing", "reported"), ("source", "")], "source", "fault-no-source");
        test(&[("standing", "estimated"), ("source", "")], "source", "fault-no-source");
        test(&[derived], "formula", "fault-no-formula");
        test(&[("standing", "reported"), ("formula", &v)], "standing", "fault-formula-not-derived");
        test(&[derived, ("formula", "no_such_parameter * 2")], "formula", "fault-formula-parameter");
        for wrong in ["1 +", "2 ** 3", "(1", "1 2", "1)", "-", "1,5", "2 € 3", "1.2.3", "1e999", "()"] {
            test(&[derived, ("formula", wrong)], "formula", "fault-formula-syntax");
        }
        for deep in ["(".repeat(900), "1^".repeat(900), "(1+".repeat(300)] {
            test(&[derived, ("formula", &deep)], "formula", "fault-formula-depth");
        }
        test(&[derived, ("formula", &format!("{v} * 1.01"))], "value", "fault-formula-value");
        test(&[derived, ("value", ""), ("formula", "1 / 0")], "formula", "fault-formula-endless");
        test(&[derived, ("value", ""), ("formula", "9 ^ 9 ^ 9")], "formula", "fault-formula-endless");
        let (half, twice) = (format!("{}", value / 2.0), format!("{}", value * 2.0));
        test(
            &[("standing", "reported"), ("value", ""), ("low", &v), ("high", &half)],
            "low",
            "fault-range-order",
        );
        if let Some(minimum) = table.minimum {
            let below = format!("{}", in_unit(minimum) - 1.0);
            test(&[("standing", "reported"), ("low", &below)], "low", "fault-below-minimum");
            test(&[("standing", "reported"), ("value", &below)], "value", "fault-below-minimum");
            test(
                &[derived, ("value", ""), ("formula", &format!("0 - 1 + 0 * {v}"))],
                "formula",
                "fault-formula-bounds",
            );
        }
        if let Some(maximum) = table.maximum {
            let above = format!("{}", in_unit(maximum) * 1.2);
            test(&[("standing", "reported"), ("high", &above)], "high", "fault-above-maximum");
            test(&[("standing", "reported"), ("value", &above)], "value", "fault-above-maximum");
            test(&[derived, ("value", ""), ("formula", &above)], "formula", "fault-formula-bounds");
        } else {
            let order = [
                ("standing", "reported"),
                ("low", half.as_str()),
                ("value", twice.as_str()),
                ("high", v.as_str()),
            ];
            if table.name != "parameters" {
                test(&order, "value", "fault-range-order");
            }
        }
    });
}

#[test]
fn a_formula_does_not_depend_on_itself() {
    let base = base();
    let mut sheet = Sheet::of(&base, "parameters");
    let one = |name: &'static str, formula: &'static str| {
        [
            ("id", name),
            ("name_en", "x"),
            ("name_zh", "x"),
            ("unit", "1"),
            ("standing", "derived"),
            ("formula", formula),
        ]
    };
    let selfish = sheet.add(&one("zz_self", "zz_self + 1"));
    let a = sheet.add(&one("zz_a", "zz_b * 2"));
    let b = sheet.add(&one("zz_b", "zz_a / 2"));
    sheet.add(&one("zz_innocent", "zz_a + zz_self"));
    let found = problems(&sheet.within(&base));
    for (row, formula) in [(selfish, "zz_self + 1"), (a, "zz_b * 2"), (b, "zz_a / 2")] {
        let expected = Expected::cell(&sheet, row, "formula", formula, "fault-formula-cycle");
        assert!(found.iter().any(|p| expected.is(p)), "{expected:?} {}", listed(&found));
    }
    assert_eq!(found.len(), 3, "{}", listed(&found));
}

#[test]
fn files_missing_empty_or_without_rows() {
    each_table(|base, table| {
        let file = table.file();
        let mut files = base.clone();
        files.remove(&file);
        if table.required {
            reports_only(&files, &Expected::of(&file, "fault-missing-file"));
        } else if let Err(problems) = Atlas::read(&files) {
            can_be_said(&problems);
        }
        for empty in ["", "\n", " \r\n\r\n ", "\u{feff}", "\u{feff}\n"] {
            reports_only(&with(base, &file, empty.into()), &Expected::of(&file, "fault-empty-file"));
        }
        let header = line(&Sheet::of(base, &table.name).header);
        for end in ["", "\n", "\n,,\n\n"] {
            let files = with(base, &file, format!("{header}{end}").into_bytes());
            if table.required {
                reports_only(&files, &Expected::of(&file, "fault-no-rows"));
            } else if let Err(problems) = Atlas::read(&files) {
                can_be_said(&problems);
            }
        }
    });
}

#[test]
fn headers_are_checked() {
    each_table(|base, table| {
        let sound = Sheet::of(base, &table.name);
        let header = |column: &str, id| Expected {
            row: Some(1),
            column: Some(column.to_owned()),
            ..Expected::of(table.file(), id)
        };
        for name in ["surprise", "", "=A1", "id\0"] {
            let mut sheet = sound.clone();
            sheet.header.push(name.to_owned());
            sheet.rows.iter_mut().for_each(|r| r.push(String::new()));
            reports_only(&sheet.within(base), &header(name, "fault-unknown-column"));
        }
        for (i, name) in sound.header.iter().enumerate() {
            let mut sheet = sound.clone();
            sheet.header.remove(i);
            sheet.rows.iter_mut().for_each(|r| drop(r.remove(i)));
            alone_reports_only(table, &sheet.bytes(), &header(name, "fault-missing-column"));
            if i == 0 {
                reports_only(&sheet.within(base), &header(name, "fault-missing-column"));
            }
            let mut sheet = sound.clone();
            sheet.header.push(name.clone());
            sheet.rows.iter_mut().for_each(|r| r.push(r[i].clone()));
            alone_reports_only(table, &sheet.bytes(), &header(name, "fault-repeated-column"));
            let mut sheet = sound.clone();
            sheet.header[i] = name.to_uppercase();
            let mut found = vec![];
            read::table(table, &sheet.bytes(), &mut found);
            let expected =
                [header(name, "fault-missing-column"), header(&name.to_uppercase(), "fault-unknown-column")];
            assert!(
                found.len() == 2 && expected.iter().all(|e| found.iter().any(|p| e.is(p))),
                "{}",
                listed(&found)
            );
        }
        let mut sheet = sound.clone();
        let reversed = |r: &mut Vec<String>| r.reverse();
        reversed(&mut sheet.header);
        sheet.rows.iter_mut().for_each(reversed);
        assert_eq!(Atlas::read(&sheet.within(base)).unwrap().hash, Atlas::read(base).unwrap().hash);
    });
}

#[test]
fn rows_are_counted_and_keys_are_one() {
    each_table(|base, table| {
        let sound = Sheet::of(base, &table.name);
        let last = sound.rows.len() - 1;
        for row in [0, last / 2, last] {
            let at = |id| Expected { row: Some(sound.line(row)), ..Expected::of(table.file(), id) };
            let mut sheet = sound.clone();
            sheet.rows[row].push("1".into());
            reports_only(&sheet.within(base), &at("fault-cell-count"));
            let mut sheet = sound.clone();
            sheet.rows[row].pop();
            reports_only(&sheet.within(base), &at("fault-cell-count"));
            let mut sheet = sound.clone();
            sheet.rows.push(sheet.rows[row].clone());
            let keys = table.attributes.iter().filter(|a| a.key);
            let cells = keys.map(|a| sheet.get(row, &a.name)).map(|c| if c.is_empty() { "-" } else { c });
            let value = Some(cells.collect::<Vec<_>>().join("/"));
            let expected = Expected { row: Some(sheet.line(last + 1)), value, ..at("fault-duplicate-key") };
            reports_only(&sheet.within(base), &expected);
        }
    });
}

#[test]
fn quotes_that_go_astray_cost_no_other_row() {
    each_table(|base, table| {
        let sound = Sheet::of(base, &table.name);
        let last = sound.rows.len() - 1;
        let column = sound.header.last().unwrap();
        for row in [0, last / 2, last] {
            let cells = &sound.rows[row];
            let start = line(&cells[..cells.len() - 1]);
            for (end, cell) in [
                ("\"note", "\"note"),
                ("a \"note\"", "a \"note\""),
                ("\"note\" x", "\"note\" x"),
                ("\"", "\""),
            ] {
                let mut lines = sound.lines();
                lines[1 + row] = format!("{start},{end}");
                let files = with(base, &table.file(), lines.join("\n").into_bytes());
                let mut expected = Expected::cell(&sound, row, column, cell, "fault-stray-quote");
                // Whether another quote follows decides how the one that is not closed is seen.
                if end.matches('"').count() == 1 && !lines[2 + row..].iter().any(|l| l.contains('"')) {
                    expected.id = "fault-unclosed-quote";
                }
                reports_only(&files, &expected);
            }
        }
        for header in ["\"", "\"id,name", "i\"d"] {
            let mut lines = sound.lines();
            lines[0] = header.to_owned();
            let found = problems(&with(base, &table.file(), lines.join("\n").into_bytes()));
            let is = |id| found.iter().any(|p| p.file == table.file() && p.row == Some(1) && p.what.id == id);
            assert!(is("fault-unclosed-quote") || is("fault-stray-quote"), "{}", listed(&found));
        }
    });
}

#[test]
fn encodings() {
    let hash = Atlas::read(&base()).unwrap().hash;
    each_table(|base, table| {
        let file = table.file();
        let sheet = Sheet::of(base, &table.name);
        let text = String::from_utf8(sheet.bytes()).unwrap();
        let last = sheet.rows.len() - 1;
        // é in Latin-1; 钕 in GBK; a surrogate; an overlong slash; a sequence cut short.
        for wrong in [&b"\xe9"[..], b"\xee\xcb", b"\xed\xa0\x80", b"\xc0\xaf", b"\xe9\x92"] {
            let mut bytes = text.clone().into_bytes();
            bytes.pop();
            bytes.extend_from_slice(wrong);
            bytes.push(b'\n');
            let expected = Expected { row: Some(sheet.line(last)), ..Expected::of(&file, "fault-not-utf8") };
            reports_only(&with(base, &file, bytes), &expected);
        }
        for mark in ["\u{feff}", ""] {
            let units: Vec<u16> = format!("{mark}{text}").encode_utf16().collect();
            for bytes in [u16::to_le_bytes, u16::to_be_bytes] {
                let bytes = units.iter().flat_map(|u| bytes(*u)).collect();
                reports_only(&with(base, &file, bytes), &Expected::of(&file, "fault-utf16"));
            }
        }
        for (mark, end) in [("\u{feff}", "\n"), ("", "\r\n"), ("\u{feff}", "\r\n"), ("", "\r"), ("", "\n\n")]
        {
            let same = format!("{mark}{}", text.replace('\n', end));
            assert_eq!(
                Atlas::read(&with(base, &file, same.into_bytes())).unwrap().hash,
                hash,
                "{file} {end:?}"
            );
        }
        // The mark is only one at the start of the file.
        let mut lines = sheet.lines();
        lines[1 + last].push('\u{feff}');
        let found = problems(&with(base, &file, lines.join("\n").into_bytes()));
        let id = if lines[1 + last].contains("\"\u{feff}") {
            "fault-stray-quote"
        } else {
            "fault-control-character"
        };
        assert!(
            found.iter().all(|p| p.what.id == id && p.row == Some(sheet.line(last))),
            "{}",
            listed(&found)
        );
    });
    let base = base();
    let json = [b"\xef\xbb\xbf", base["datapackage.json"].as_slice()].concat();
    assert_eq!(Atlas::read(&with(&base, "datapackage.json", json)).unwrap().hash, hash);
}

#[test]
fn the_package_file_is_checked() {
    let base = base();
    let file = "datapackage.json";
    let mut files = base.clone();
    files.remove(file);
    reports_only(&files, &Expected::of(file, "fault-missing-file"));
    for wrong in ["", "{", "no", "\u{0}", &"[".repeat(100_000), "{\"name\": 1e999999}"] {
        reports_only(&with(&base, file, wrong.into()), &Expected::of(file, "fault-json"));
    }
    let package = |name: &str, version: &str, as_of: &str| {
        with(
            &base,
            file,
            format!(r#"{{"name": {name}, "version": {version}, "as_of": {as_of}}}"#).into_bytes(),
        )
    };
    Atlas::read(&package("\"a\"", "\"1\"", "\"2026-02-28\"")).unwrap();
    for day in [
        "null",
        "2026",
        "\"2026\"",
        "\"2026-13-01\"",
        "\"2026-02-30\"",
        "\"2026-2-3\"",
        "\"20260101xx\"",
        "\"钕钕钕a\"",
    ] {
        reports_only(&package("\"a\"", "\"1\"", day), &Expected::of(file, "fault-package-field"));
    }
    for word in ["null", "1", "\"\"", "\" \"", "\"a\\u0007\"", "[]"] {
        reports_only(&package(word, "\"1\"", "\"2026-02-28\""), &Expected::of(file, "fault-package-field"));
        reports_only(&package("\"a\"", word, "\"2026-02-28\""), &Expected::of(file, "fault-package-field"));
    }
    for other in ["{}", "[]", "null", "3"] {
        assert_eq!(problems(&with(&base, file, other.into())).len(), 3);
    }
}

#[test]
fn unknown_files_are_named() {
    let base = base();
    for name in ["Items.csv", "ITEMS.CSV", "items2.csv", "Datapackage.json", "items.csv.csv", "物品.csv"] {
        reports_only(&with(&base, name, b"id\n".to_vec()), &Expected::of(name, "fault-unknown-file"));
    }
}

/// Writes an atlas to a folder of its own.
fn folder(files: &Files) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        std::fs::write(folder.path().join(name), bytes).unwrap();
    }
    folder
}

fn of_folder(folder: &tempfile::TempDir) -> Vec<linchpin_table::Problem> {
    let problems = Atlas::from_folder(folder.path()).map(|_| ()).expect_err("the atlas was accepted");
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
    assert_eq!(Atlas::from_folder(innocent.path()).unwrap().hash, hash);
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
    let found = Atlas::from_folder(&missing).map(|_| ()).unwrap_err();
    assert!(found.iter().any(|p| p.what.id == "fault-unreadable"));
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

/// An atlas with further rows, by table.
fn extended(base: &Files, rows: &[(&str, &[(&str, &str)])]) -> (Files, BTreeMap<String, Sheet>) {
    let mut sheets: BTreeMap<String, Sheet> = BTreeMap::new();
    for (table, cells) in rows {
        let sheet = sheets.entry((*table).to_owned()).or_insert_with(|| Sheet::of(base, table));
        let row = sheet.add(cells);
        if sheet.schema.figure && sheet.get(row, "standing").is_empty() {
            let value = sheet.get(row, "value").to_owned();
            sheet.set(row, "standing", "derived").set(row, "formula", &value);
        }
    }
    let files = sheets.values().fold(base.clone(), |files, sheet| sheet.within(&files));
    (files, sheets)
}

const ITEM: [(&str, &str); 4] = [("name_en", "x"), ("name_zh", "x"), ("stage", "alloy"), ("unit", "kg")];

fn item(id: &'static str) -> Vec<(&'static str, &'static str)> {
    std::iter::once(("id", id)).chain(ITEM).collect()
}

fn need(recipe: &'static str, item: &'static str, value: &'static str) -> Vec<(&'static str, &'static str)> {
    vec![("recipe", recipe), ("slot", "s"), ("item", item), ("value", value), ("unit", "kg")]
}

fn gives(recipe: &'static str, item: &'static str, value: &'static str) -> Vec<(&'static str, &'static str)> {
    vec![("recipe", recipe), ("item", item), ("role", "main"), ("value", value), ("unit", "kg")]
}

fn owned<'a>(rows: &'a [(&'a str, Vec<(&'a str, &'a str)>)]) -> Vec<(&'a str, &'a [(&'a str, &'a str)])> {
    rows.iter().map(|(t, c)| (*t, c.as_slice())).collect()
}

#[test]
fn cycles_that_give_nothing_back() {
    let base = base();
    for quantity in ["1", "1.2", "1000"] {
        let rows = [
            ("items", item("zz_a")),
            ("recipes", vec![("id", "zz_make")]),
            ("inputs", need("zz_make", "zz_a", quantity)),
            ("outputs", gives("zz_make", "zz_a", "1")),
        ];
        let (files, sheets) = extended(&base, &owned(&rows));
        let items = &sheets["items"];
        let row = Some(items.line(items.rows.len() - 1));
        let value = Some("zz_a".to_owned());
        reports_only(&files, &Expected { row, value, ..Expected::of("items.csv", "fault-cycle") });
    }
    for (there, back, sound) in [("2", "0.6", false), ("1", "1", false), ("2", "0.4", true)] {
        let rows = [
            ("items", item("zz_a")),
            ("items", item("zz_b")),
            ("recipes", vec![("id", "zz_make_a")]),
            ("recipes", vec![("id", "zz_make_b")]),
            ("inputs", need("zz_make_a", "zz_b", there)),
            ("inputs", need("zz_make_b", "zz_a", back)),
            ("outputs", gives("zz_make_a", "zz_a", "1")),
            ("outputs", gives("zz_make_b", "zz_b", "1")),
        ];
        let (files, _) = extended(&base, &owned(&rows));
        if sound {
            Atlas::read(&files).unwrap();
        } else {
            let found = problems(&files);
            let [p] = found.as_slice() else { panic!("{}", listed(&found)) };
            assert_eq!((p.file.as_str(), p.what.id.as_ref()), ("items.csv", "fault-cycle"));
            assert!(matches!(p.value.as_deref(), Some("zz_a" | "zz_b")) && p.row.is_some());
        }
    }
}

/// Deep structures end in an atlas or in a fault, not in the end of the stack.
#[test]
fn long_chains_do_not_end_the_program() {
    let base = base();
    let mut items = Sheet::of(&base, "items");
    let (mut recipes, mut inputs, mut outputs) =
        (Sheet::of(&base, "recipes"), Sheet::of(&base, "inputs"), Sheet::of(&base, "outputs"));
    let quantity = [("value", "1"), ("unit", "kg"), ("standing", "derived"), ("formula", "1")];
    for i in 0..20_000 {
        let (item, recipe, next) = (format!("zz_{i}"), format!("zz_make_{i}"), format!("zz_{}", i + 1));
        items.add(&[&[("id", item.as_str())], &ITEM[..]].concat());
        recipes.add(&[("id", &recipe)]);
        let slot = [("recipe", recipe.as_str()), ("slot", "s"), ("item", next.as_str())];
        inputs.add(&[&slot[..], &quantity].concat());
        let main = [("recipe", recipe.as_str()), ("item", item.as_str()), ("role", "main")];
        outputs.add(&[&main[..], &quantity].concat());
    }
    items.add(&[&[("id", "zz_20000")], &ITEM[..]].concat());
    let files = [&items, &recipes, &inputs, &outputs].iter().fold(base.clone(), |f, s| s.within(&f));
    survives(&files);
    let mut parameters = Sheet::of(&base, "parameters");
    for i in 0..20_000 {
        let formula = if i == 0 { "1".to_owned() } else { format!("zz_{} + 1", i - 1) };
        let id = format!("zz_{i}");
        let names = [("id", id.as_str()), ("name_en", "x"), ("name_zh", "x"), ("unit", "1")];
        parameters.add(&[&names[..], &[("standing", "derived"), ("formula", &formula)]].concat());
    }
    Atlas::read(&parameters.within(&base)).unwrap();
}

#[test]
fn recipes_that_make_no_sense() {
    let base = base();
    let two = |role_a: &'static str, role_b: &'static str| {
        let role = |recipe, item, role| -> Vec<(&'static str, &'static str)> {
            let mut row = gives(recipe, item, "1");
            row[2] = ("role", role);
            row
        };
        vec![
            ("items", item("zz_a")),
            ("items", item("zz_b")),
            ("items", item("zz_c")),
            ("recipes", vec![("id", "zz_make")]),
            ("inputs", need("zz_make", "zz_c", "1")),
            ("outputs", role("zz_make", "zz_a", role_a)),
            ("outputs", role("zz_make", "zz_b", role_b)),
        ]
    };
    let share = |item: &'static str, recipe: &'static str, value: &'static str| {
        ("shares", vec![("item", item), ("recipe", recipe), ("value", value), ("unit", "fraction")])
    };
    let content = |item: &'static str, value: &'static str| {
        ("contents", vec![("item", item), ("element", "Nd"), ("value", value), ("unit", "fraction")])
    };
    let test = |rows: &[(&str, Vec<(&str, &str)>)],
                id: &'static str,
                table: &str,
                column: Option<&str>,
                value: &str| {
        let (files, sheets) = extended(&base, &owned(rows));
        let sheet = &sheets[table];
        let last = (0..sheet.rows.len())
            .rev()
            .find(|r| sheet.rows[*r].iter().any(|c| c.starts_with("zz_")))
            .unwrap();
        let first = sheet.rows.iter().position(|r| r.iter().any(|c| c.starts_with("zz_"))).unwrap();
        let found = problems(&files);
        let is = |row: usize| {
            let expected = Expected {
                file: format!("{table}.csv"),
                row: Some(sheet.line(row)),
                column: column.map(str::to_owned),
                value: (!value.is_empty()).then(|| value.to_owned()),
                id,
            };
            found.iter().any(|p| expected.is(p))
        };
        assert!(found.len() == 1 && (first..=last).any(is), "{id} {}", listed(&found));
    };
    Atlas::read(&extended(&base, &owned(&two("main", "byproduct"))).0).unwrap();
    for (a, b) in [("main", "main"), ("main", "joint"), ("byproduct", "byproduct")] {
        test(&two(a, b), "fault-outputs", "recipes", None, "zz_make");
    }
    test(&[("recipes", vec![("id", "zz_idle")])], "fault-outputs", "recipes", None, "zz_idle");
    let one = || two("main", "byproduct");
    let plus = |more: Vec<(&'static str, Vec<(&'static str, &'static str)>)>| [one(), more].concat();
    // Two recipes of one item: without shares, with shares of 1.4 and of 0.7, and for a recipe that makes another.
    let second = || {
        vec![
            ("recipes", vec![("id", "zz_other")]),
            ("inputs", need("zz_other", "zz_c", "2")),
            ("outputs", gives("zz_other", "zz_a", "1")),
        ]
    };
    test(&plus(second()), "fault-no-shares", "items", None, "zz_a");
    for (a, b) in [("0.7", "0.7"), ("0.4", "0.3"), ("0", "0")] {
        let shares = vec![share("zz_a", "zz_make", a), share("zz_a", "zz_other", b)];
        test(&plus([second(), shares].concat()), "fault-share-sum", "shares", Some("value"), a);
    }
    test(
        &plus(vec![share("zz_b", "zz_make", "1")]),
        "fault-share-recipe",
        "shares",
        Some("recipe"),
        "zz_make",
    );
    // What is in must come out.
    let balance =
        |c: &'static str| plus(vec![content("zz_c", c), content("zz_a", "0.25"), content("zz_b", "0.25")]);
    Atlas::read(&extended(&base, &owned(&balance("0.5"))).0).unwrap();
    test(&balance("0.6"), "fault-balance", "recipes", None, "zz_make");
    // Yields.
    let survives = |slot: &'static str, value: &'static str| {
        vec![("yields", vec![("recipe", "zz_make"), ("slot", slot), ("value", value), ("unit", "fraction")])]
    };
    Atlas::read(&extended(&base, &owned(&plus(survives("s", "0.5")))).0).unwrap();
    test(&plus(survives("", "0")), "fault-zero-yield", "yields", Some("value"), "0");
    test(&plus(survives("s", "0")), "fault-zero-yield", "yields", Some("value"), "0");
    test(&plus(survives("no_slot", "0.5")), "fault-no-slot", "yields", Some("slot"), "no_slot");
    // Slots and outputs.
    let mut rows = one();
    rows[4].1.push(("choice", "alternate"));
    test(&rows, "fault-slot-unused", "inputs", Some("choice"), "alternate");
    let mut rows = one();
    rows[5].1[3] = ("value", "0");
    test(&rows, "fault-zero-output", "outputs", Some("value"), "0");
    // Units of another kind than the item's.
    let mut rows = one();
    rows[4].1[4] = ("unit", "piece");
    test(&rows, "fault-unit", "inputs", Some("unit"), "piece");
    let mut rows = one();
    rows[5].1[4] = ("unit", "piece");
    test(&rows, "fault-unit", "outputs", Some("unit"), "piece");
    for (table, unit, more) in [
        ("masses", "kg", vec![]),
        ("contents", "kg", vec![("element", "Nd")]),
        ("prices", "USD/piece", vec![]),
        ("demands", "piece/y", vec![("market", "m"), ("country", "WLD"), ("period", "2025")]),
    ] {
        let row = [vec![("item", "zz_a"), ("value", "1"), ("unit", unit)], more].concat();
        test(&plus(vec![(table, row)]), "fault-unit", table, Some("unit"), unit);
    }
}

#[test]
fn an_unknown_quantity_is_no_fault_of_the_program() {
    let base = base();
    for table in Schema::get().tables.iter().filter(|t| t.figure) {
        let (mut sheet, row, _) = known_row(&base, table);
        for column in ["value", "low", "high", "formula"] {
            sheet.set(row, column, "");
        }
        sheet.set(row, "standing", "assumed").set(row, "note", "nobody knows");
        if let Err(problems) = Atlas::read(&sheet.within(&base)) {
            can_be_said(&problems);
            assert!(
                problems.iter().all(|p| p.what.id != "fault-network"),
                "{} {}",
                table.name,
                listed(&problems)
            );
        }
    }
}

#[test]
fn all_faults_of_all_tables_come_in_one_run() {
    let base = base();
    let mut files = base.clone();
    let mut expected = vec![];
    for table in &Schema::get().tables {
        let mut sheet = Sheet::of(&base, &table.name);
        let sound = sheet.clone();
        let file = table.file();
        // Every wrong cell of every column, one row after the other as far as they go; several in a row.
        for (n, a) in table.attributes.iter().enumerate().filter(|(_, a)| !a.key) {
            for (i, (cell, id)) in wrong_cells(table, a).into_iter().enumerate() {
                let row = (3 * n + i) % sheet.rows.len();
                if sheet.get(row, &a.name) == sound.get(row, &a.name) && sheet.get(row, &a.name) != cell {
                    sheet.set(row, &a.name, &cell);
                    expected.push(Expected::cell(&sheet, row, &a.name, &cell, id));
                }
            }
        }
        sheet.rows.push(sound.rows[sound.rows.len() / 2].clone());
        let copied = sheet.rows.len() - 1;
        let key = table.attributes.iter().filter(|a| a.key).map(|a| sheet.get(copied, &a.name));
        let key: Vec<&str> = key.map(|c| if c.is_empty() { "-" } else { c }).collect();
        let faulty = table
            .attributes
            .iter()
            .any(|a| sheet.get(sound.rows.len() / 2, &a.name) != sound.get(sound.rows.len() / 2, &a.name));
        if !faulty {
            let value = Some(key.join("/"));
            let row = Some(sheet.line(copied));
            expected.push(Expected { row, value, ..Expected::of(&file, "fault-duplicate-key") });
        }
        let short = sheet.add(&[]);
        sheet.rows[short] = vec!["x".into()];
        expected.push(Expected { row: Some(sheet.line(short)), ..Expected::of(&file, "fault-cell-count") });
        let mut bytes = sheet.bytes();
        bytes.extend_from_slice(b"\"never closed");
        let row = Some(sheet.line(short) + 1);
        let column = Some(sheet.header[0].clone());
        expected.push(Expected { row, column, ..Expected::of(&file, "fault-unclosed-quote") });
        files.insert(file, bytes);
    }
    files.insert("surprise.csv".into(), vec![]);
    expected.push(Expected::of("surprise.csv", "fault-unknown-file"));
    files.insert("datapackage.json".into(), b"{}".to_vec());
    expected.push(Expected::of("datapackage.json", "fault-package-field"));
    let found = problems(&files);
    let dangling = |e: &Expected| Expected { id: "fault-dangling-alone", ..e.clone() };
    let absent: Vec<_> = expected
        .iter()
        .filter(|e| !found.iter().any(|p| e.is(p) || e.id == "fault-dangling" && dangling(e).is(p)))
        .collect();
    assert!(
        absent.is_empty(),
        "{} of {} absent: {:#?}",
        absent.len(),
        expected.len(),
        &absent[..absent.len().min(5)]
    );
    assert!(expected.len() > 1000, "{}", expected.len());
}

// ---- Anything at all ----------------------------------------------------------------------------------------------

/// Whatever is read, the result is an atlas or a list of faults.
fn survives(files: &Files) {
    if let Err(problems) = Atlas::read(files) {
        can_be_said(&problems);
    }
}

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
