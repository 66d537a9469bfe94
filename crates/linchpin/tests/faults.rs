//! Bad input: every class of fault in every table, made from the schema, is reported where it stands, in words that
//! exist, beside all other faults and without ending the program.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{
    Expected, Sheet, base, can_be_said, each_table, known_row, line, listed, problems, reports, reports_only,
    with,
};
use linchpin::atlas::{Atlas, Attribute, Kind, Schema, TableSchema, read};

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
            let owner = table.name == "companies" && a.name == "parent";
            add(if owner { "fault-owners" } else { "fault-several" }, &["a;b", "a, b"]);
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
        // Nearer to the least that the table allows, which is zero where it has no bound.
        let less = format!("{}", (value + in_unit(table.minimum.unwrap_or(0.0))) / 2.0);
        test(
            &[("standing", "reported"), ("value", ""), ("low", &v), ("high", &less)],
            "low",
            "fault-range-order",
        );
        if let Some(minimum) = table.minimum {
            let least = in_unit(minimum) - 1.0;
            let below = format!("{least}");
            let formula = format!("{} - {} + 0 * {v}", least.max(0.0), (-least).max(0.0));
            test(&[("standing", "reported"), ("low", &below)], "low", "fault-below-minimum");
            test(&[("standing", "reported"), ("value", &below)], "value", "fault-below-minimum");
            test(&[derived, ("value", ""), ("formula", &formula)], "formula", "fault-formula-bounds");
        }
        if let Some(maximum) = table.maximum {
            let above = format!("{}", in_unit(maximum) * 1.2);
            test(&[("standing", "reported"), ("high", &above)], "high", "fault-above-maximum");
            test(&[("standing", "reported"), ("value", &above)], "value", "fault-above-maximum");
            test(&[derived, ("value", ""), ("formula", &above)], "formula", "fault-formula-bounds");
        }
        // A value above its own high end; a table with a greatest value may leave no room above.
        let order = [
            ("standing", "reported"),
            ("low", less.as_str()),
            ("value", v.as_str()),
            ("high", less.as_str()),
        ];
        test(&order, "value", "fault-range-order");
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
