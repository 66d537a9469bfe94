//! Bad input: rows that are sound by themselves and make no network together.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{Expected, Sheet, base, can_be_said, known_row, listed, problems, reports_only, survives};
use linchpin::atlas::{Atlas, Files, Schema};
use std::collections::BTreeMap;

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
