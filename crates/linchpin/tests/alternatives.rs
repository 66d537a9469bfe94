//! Items with several recipes, deposits with several recipes or several inputs, and parts inside themselves.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use linchpin::atlas::{Change, Files, Overlay};
use linchpin_table::Answer;
use std::collections::BTreeSet;
use support::{Ground, brief_at, close, edit, explode_all, ground, shipped};

/// Adds copies of a recipe under other names.
fn copy(files: &mut Files, recipe: &str, names: &[&str]) {
    for table in ["recipes", "inputs", "outputs", "yields"] {
        edit(files, table, |csv| {
            let column = csv.column(if table == "recipes" { "id" } else { "recipe" });
            let rows: Vec<Vec<String>> = csv.rows.iter().filter(|r| r[column] == recipe).cloned().collect();
            for (name, row) in names.iter().flat_map(|n| rows.iter().map(move |r| (n, r))) {
                let mut row = row.clone();
                row[column] = (*name).to_owned();
                csv.rows.push(row);
            }
        });
    }
}

fn shares(files: &mut Files, item: &str, of: &[(&str, &str)]) {
    edit(files, "shares", |csv| {
        for (recipe, value) in of {
            csv.add(&[
                ("item", item),
                ("recipe", recipe),
                ("value", value),
                ("unit", "fraction"),
                ("source", "USGS_MCS2026"),
                ("standing", "estimated"),
            ]);
        }
    });
}

fn of(files: &Files) -> Ground {
    Ground::of(files, &Overlay::new())
}

/// Numbers of the headlines of both answers.
fn headlines(g: &Ground) -> Vec<(String, Option<f64>)> {
    let brief = brief_at(&g.model("g1"), 1000.0).answer;
    let column = |table: &str| if table == "placed" { "placed" } else { "robot" };
    ["inside", "behind", "placed"]
        .iter()
        .flat_map(|t| {
            let table = brief.table(t).unwrap();
            let cell = |k: &String| (format!("{t}/{k}"), table.value(k, column(t)));
            table.keys.iter().map(cell).collect::<Vec<_>>()
        })
        .collect()
}

/// Asserts that an atlas says the same as the shipped one.
#[track_caller]
fn same_headlines(g: &Ground) {
    let (a, b) = (headlines(ground()), headlines(g));
    assert_eq!(a.len(), b.len());
    for ((key, x), (other, y)) in a.into_iter().zip(b) {
        assert_eq!(key, other);
        close(y.unwrap(), x.unwrap(), 1e-9);
    }
}

fn sum(answer: &Answer, table: &str, keys: &[String], column: &str) -> f64 {
    keys.iter().map(|k| answer.table(table).unwrap().value(k, column).unwrap()).sum()
}

/// One alloy made by three equal recipes: every use has a row of its own, and together they cause what one did.
#[test]
fn an_alloy_of_three_recipes() {
    let mut files = shipped();
    copy(&mut files, "cast_n48h", &["cast_n48h_b", "cast_n48h_c"]);
    shares(&mut files, "alloy_n48h", &[("cast_n48h", "0.4"), ("cast_n48h_b", "0.3"), ("cast_n48h_c", "0.3")]);
    let g = of(&files);
    same_headlines(&g);
    let before = explode_all(&ground().model("g1"), 1.0, Some("nd_metal")).answer;
    let after = explode_all(&g.model("g1"), 1.0, Some("nd_metal")).answer;
    let keys = ["cast_n48h", "cast_n48h_b", "cast_n48h_c"].map(|r| format!("alloy_n48h.{r}.nd"));
    let one = before.table("where_used").unwrap().value("alloy_n48h.nd", "quantity").unwrap();
    close(sum(&after, "where_used", &keys, "quantity"), one, 1e-12);
}

/// A joint motor built by three equal recipes: every line has a path of its own, and the quantities add up.
#[test]
fn a_part_of_three_recipes() {
    let mut files = shipped();
    let names = ["make_g1_actuator_88", "make_g1_actuator_88_b", "make_g1_actuator_88_c"];
    copy(&mut files, names[0], &names[1..]);
    shares(&mut files, "g1_actuator_88", &[(names[0], "0.4"), (names[1], "0.3"), (names[2], "0.3")]);
    let g = of(&files);
    same_headlines(&g);
    let before = explode_all(&ground().model("g1"), 1.0, None).answer;
    let after = explode_all(&g.model("g1"), 1.0, None).answer;
    let bom = after.table("bom").unwrap();
    assert_eq!(bom.keys.iter().collect::<BTreeSet<_>>().len(), bom.len());
    let keys = names.map(|r| format!("leg.hip_yaw.{r}.motor"));
    let one = before.table("bom").unwrap().value("leg.hip_yaw.motor", "quantity").unwrap();
    close(sum(&after, "bom", &keys, "quantity"), one, 1e-12);
}

/// Actuators that take actuators, three times over: the tree lists them and goes no deeper, and the need is that of
/// the series 1 + 0.15 + 0.15² + … = 1 / 0.85.
#[test]
fn a_part_inside_itself() {
    let mut files = shipped();
    edit(&mut files, "inputs", |csv| {
        for slot in ["rework0", "rework1", "rework2"] {
            csv.add(&[
                ("recipe", "make_g1_actuator_88"),
                ("slot", slot),
                ("item", "g1_actuator_88"),
                ("choice", "used"),
                ("supply", "make"),
                ("value", "0.05"),
                ("unit", "piece"),
                ("source", "USGS_MCS2026"),
                ("standing", "estimated"),
            ]);
        }
    });
    let g = of(&files);
    let need =
        |answer: &Answer| answer.table("requirement").unwrap().value("g1_actuator_88", "quantity").unwrap();
    let before = explode_all(&ground().model("g1"), 1.0, None).answer;
    let after = explode_all(&g.model("g1"), 1.0, Some("g1_actuator_88")).answer;
    close(need(&after), need(&before) / 0.85, 1e-12);
    let (a, b) = (before.table("bom").unwrap(), after.table("bom").unwrap());
    assert!(b.row("leg.hip_yaw.rework0").is_some());
    assert!(b.keys.iter().all(|k| !k.contains("rework0.")));
    let uses = a.column("item").unwrap();
    let uses = (0..a.len()).filter(|r| uses.cells.text(*r) == Some("g1_actuator_88")).count();
    assert_eq!(b.len(), a.len() + 3 * uses);
}

/// A second recipe on the same concentrate, equal to the first, changes no ore: a concentrate is counted once, and
/// its mines' output is split.
#[test]
fn two_recipes_on_one_concentrate() {
    for deposit in ["china_clay_heavy", "mt_weld"] {
        let mut files = shipped();
        let recipe = format!("separate_{deposit}");
        copy(&mut files, &recipe, &[&format!("{recipe}_b")]);
        let g = of(&files);
        same_headlines(&g);
        let table =
            |g: &Ground| explode_all(&g.model("g1"), 1.0, None).answer.table("deposit").unwrap().clone();
        let (a, b) = (table(ground()), table(&g));
        assert_eq!(a.keys, b.keys);
        for key in &a.keys {
            close(b.value(key, "ore").unwrap(), a.value(key, "ore").unwrap(), 1e-9);
        }
    }
}

/// An acid that a separation takes, before its concentrate in the order of slots, is no concentrate.
#[test]
fn a_reagent_is_no_concentrate() {
    let mut files = shipped();
    for deposit in ["separate_mt_weld", "separate_china_clay_heavy", "separate_china_clay_light"] {
        edit(&mut files, "inputs", |csv| {
            csv.add(&[
                ("recipe", deposit),
                ("slot", "acid"),
                ("item", "polymer"),
                ("choice", "used"),
                ("supply", "make"),
                ("value", "0.5"),
                ("unit", "kg"),
                ("source", "USGS_MCS2026"),
                ("standing", "estimated"),
            ]);
        });
    }
    let (a, b) = (headlines(ground()), headlines(&of(&files)));
    for ((key, x), (_, y)) in a.into_iter().zip(b).filter(|((k, _), _)| k.starts_with("behind/")) {
        close(y.unwrap_or_else(|| panic!("{key}")), x.unwrap(), 1e-9);
    }
}

/// A deposit that loses half takes twice the concentrate for a run, and gives half as much at the same output of its
/// mines. By hand from the rows: w_d = m_d / k_d · f_d, and by mass each deposit carries k_d of concentrate for all its oxides.
#[test]
fn runs_follow_the_concentrate_of_a_run() {
    let deposits = [
        "mt_weld",
        "mountain_pass",
        "bayan_obo",
        "monazite",
        "china_clay_heavy",
        "china_clay_light",
        "se_asia_clay",
    ];
    let half = Change::Set(ground().value("yields/separate_bayan_obo/-") / 2.0);
    let g = Ground::under(&Overlay::from([("yields/separate_bayan_obo/-".to_owned(), half)]));
    let (sites, figures) = (g.atlas.sheet("sites"), g.atlas.sheet("site_figures"));
    let (mut carried, mut supply) = (0.0, 0.0);
    for deposit in deposits {
        let concentrate = format!("concentrate_{deposit}");
        let mine = |r: &&linchpin::atlas::Row| {
            sites.text(r, "item") == concentrate
                && ["operating", "ramping"].contains(&sites.text(r, "status"))
        };
        let output = |site: &str| {
            let rows = figures.rows.iter().filter(|r| figures.text(r, "site") == site);
            let latest = rows.filter(|r| figures.text(r, "measure") == "output");
            latest.max_by_key(|r| figures.text(r, "period").to_owned()).map_or(0.0, |r| g.figure(figures, r))
        };
        let mined: f64 = sites.rows.iter().filter(mine).map(|s| output(&s.key)).sum();
        let recipe = format!("separate_{deposit}");
        let outputs = g.atlas.sheet("outputs");
        let given: f64 = outputs
            .rows
            .iter()
            .filter(|r| outputs.text(r, "recipe") == recipe)
            .map(|r| g.figure(outputs, r))
            .sum();
        let k = 1.0 / g.value(&format!("yields/{recipe}/-"));
        let f = g.value(&format!("outputs/{recipe}/nd_oxide"));
        supply += mined / k * f;
        carried += mined / k * f * k / given;
    }
    let ore = explode_all(&g.model("g1"), 1.0, None).answer.table("ore").unwrap().clone();
    let (need, found) =
        (ore.value("nd_oxide", "need").unwrap(), ore.value("nd_oxide", "oxide_by_mass").unwrap());
    close(found, need * carried / supply, 1e-9);
}

/// Gallium from two equal Bayer recipes: together they give what one did, each by its share of the alumina.
#[test]
fn a_byproduct_of_two_recipes() {
    let ceiling = |g: &Ground| {
        let answer = explode_all(&g.model("g1"), 1.0, None).answer;
        answer.table("byproduct").unwrap().value("gallium", "ceiling").unwrap()
    };
    let mut files = shipped();
    copy(&mut files, "bayer_alumina", &["bayer_alumina_b"]);
    shares(&mut files, "alumina", &[("bayer_alumina", "0.25"), ("bayer_alumina_b", "0.75")]);
    close(ceiling(&of(&files)), ceiling(ground()), 1e-12);
    // One of them gives twice as much from the same gallium and loses none of its own: 0.25 + 0.75 × 2.
    let twice = Change::Multiply(2.0);
    let overlay = Overlay::from([("outputs/bayer_alumina_b/gallium".to_owned(), twice)]);
    close(ceiling(&Ground::of(&files, &overlay)), 1.75 * ceiling(ground()), 1e-12);
}
