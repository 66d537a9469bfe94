//! Bad input: rows that are sound by themselves and cannot hold together, outside of recipes.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{Expected, Sheet, base, listed, problems, reports_only};
use linchpin::atlas::{Atlas, Files};
use linchpin_table::{Arg, Problem};

/// A figure that is typed, beside its keys.
fn figure<'a>(keys: &[(&'a str, &'a str)], value: &'a str, unit: &'a str) -> Vec<(&'a str, &'a str)> {
    let cells = [
        ("value", value),
        ("low", value),
        ("high", value),
        ("unit", unit),
        ("standing", "assumed"),
        ("note", "made up"),
    ];
    [keys, &cells].concat()
}

fn argument(problem: &Problem, name: &str) -> String {
    match &problem.what.args[name] {
        Arg::Text(text) => text.clone(),
        Arg::Integer(n) => n.to_string(),
        other => panic!("{other:?}"),
    }
}

/// The only fault of some files, which must be this one.
fn only(files: &Files, expected: &Expected) -> Problem {
    reports_only(files, expected);
    problems(files).remove(0)
}

fn company<'a>(id: &'a str, parent: &'a str) -> [(&'a str, &'a str); 4] {
    [("id", id), ("name", "x"), ("country", "CHN"), ("parent", parent)]
}

#[test]
fn nobody_owns_himself() {
    let base = base();
    let mut sheet = Sheet::of(&base, "companies");
    let row = sheet.add(&company("zz_a", "zz_a"));
    // Owned by one that owns itself is no fault of one's own.
    sheet.add(&company("zz_b", "zz_a"));
    only(&sheet.within(&base), &Expected::cell(&sheet, row, "parent", "zz_a", "fault-owner-self"));

    let circle = |n: usize| {
        let mut sheet = Sheet::of(&base, "companies");
        let first = sheet.rows.len();
        for i in 0..n {
            sheet.add(&company(&format!("zz_{i}"), &format!("zz_{}", (i + 1) % n)));
        }
        sheet.add(&company("zz_outside", "zz_0"));
        let found = problems(&sheet.within(&base));
        assert_eq!(found.len(), n, "{}", listed(&found));
        for i in 0..n {
            let owner = format!("zz_{}", (i + 1) % n);
            let expected = Expected::cell(&sheet, first + i, "parent", &owner, "fault-owner-circle");
            assert!(found.iter().any(|p| expected.is(p)), "{expected:?} {}", listed(&found));
        }
        let of_first = found.into_iter().find(|p| p.row == Some(sheet.line(first))).unwrap();
        argument(&of_first, "circle")
    };
    assert_eq!(circle(2), "zz_0 → zz_1 → zz_0");
    assert_eq!(circle(5), "zz_0 → zz_1 → zz_2 → zz_3 → zz_4 → zz_0");
    // A long circle is not repeated at length.
    assert_eq!(circle(2_000), "zz_0 → zz_1 → zz_2 → zz_3 → zz_4 → …");
}

#[test]
fn one_owner_decides() {
    let base = base();
    for owners in ["zz_b;zz_c", "zz_b, zz_c"] {
        let mut sheet = Sheet::of(&base, "companies");
        sheet.add(&company("zz_b", ""));
        sheet.add(&company("zz_c", "zz_b"));
        let row = sheet.add(&company("zz_a", owners));
        only(&sheet.within(&base), &Expected::cell(&sheet, row, "parent", owners, "fault-owners"));
    }
}

#[test]
fn countries_that_are_no_more() {
    let base = base();
    for (code, successor) in [
        ("SUN", "RUS"),
        ("YUG", "SRB"),
        ("SCG", "MNE"),
        ("CSK", "CZE"),
        ("DDR", "DEU"),
        ("BUR", "MMR"),
        ("ZAR", "COD"),
        ("ANT", "CUW"),
        ("TMP", "TLS"),
    ] {
        let mut sheet = Sheet::of(&base, "countries");
        let row = sheet.add(&[("code", code), ("name_en", "x"), ("name_zh", "x")]);
        let expected = Expected::cell(&sheet, row, "code", code, "fault-former-country");
        let found = only(&sheet.within(&base), &expected);
        assert!(argument(&found, "successors").contains(successor), "{found:?}");
    }
}

#[test]
fn a_group_has_members() {
    let base = base();
    let mut groups = Sheet::of(&base, "groups");
    let row = groups.add(&[("id", "zz_empty"), ("name_en", "x"), ("name_zh", "x")]);
    let expected = Expected::cell(&groups, row, "id", "zz_empty", "fault-group-empty");
    let files = groups.within(&base);
    only(&files, &expected);
    let mut members = Sheet::of(&base, "members");
    members.add(&[("group", "zz_empty"), ("country", "CHN")]);
    Atlas::read(&members.within(&files)).unwrap();
    // A member with a fault is one all the same.
    let last = members.rows.len() - 1;
    members.set(last, "country", "no such country");
    reports_only(
        &members.within(&files),
        &Expected::cell(&members, last, "country", "no such country", "fault-id"),
    );
}

#[test]
fn controls_hold_abroad_and_in_their_time() {
    let base = base();
    let source = Sheet::of(&base, "sources").rows[0][0].clone();
    let control = |target: &'static str, effective: &'static str, until: &'static str| {
        let mut sheet = Sheet::of(&base, "controls");
        let row = sheet.add(&[
            ("id", "zz"),
            ("name_en", "x"),
            ("name_zh", "x"),
            ("imposer", "CHN"),
            ("target", target),
            ("items", "gallium"),
            ("instrument", "ban"),
            ("status", "ended"),
            ("effective", effective),
            ("until", until),
            ("source", &source),
        ]);
        (sheet.within(&base), sheet, row)
    };
    for (target, effective, until) in [
        ("", "", ""),
        ("USA", "2025-02-01", "2025-02-01"),
        ("USA", "2025-02-01", "2025"),
        ("", "2025", "2025-02-01"),
        ("", "", "2025"),
        ("", "2025", ""),
    ] {
        Atlas::read(&control(target, effective, until).0).unwrap();
    }
    for (effective, until) in [
        ("2025-02-02", "2025-02-01"),
        ("2025-02-02", "2025-01"),
        ("2025-02-02", "2024"),
        ("2026", "2025-12-31"),
    ] {
        let (files, sheet, row) = control("USA", effective, until);
        let found = only(&files, &Expected::cell(&sheet, row, "until", until, "fault-control-until"));
        assert_eq!(argument(&found, "effective"), effective);
    }
    let (files, sheet, row) = control("CHN", "", "");
    only(&files, &Expected::cell(&sheet, row, "target", "CHN", "fault-control-home"));
}

#[test]
fn nobody_imports_more_than_all() {
    let base = base();
    let mut lines = Sheet::of(&base, "commodities");
    lines.add(&[("id", "zz"), ("name_en", "x"), ("name_zh", "x"), ("items", "gallium")]);
    let base = lines.within(&base);
    let of = |shares: &[(&'static str, &'static str, &'static str, &'static str)]| {
        let mut sheet = Sheet::of(&base, "imports");
        let first = sheet.rows.len();
        for (origin, period, value, unit) in shares {
            let keys = [("importer", "USA"), ("commodity", "zz"), ("origin", origin), ("period", period)];
            sheet.add(&figure(&keys, value, unit));
        }
        (sheet.within(&base), sheet, first)
    };
    // Rounded, of two years, or in percent.
    for sound in [
        &[("CHN", "2024", "0.61", "fraction"), ("JPN", "2024", "0.41", "fraction")][..],
        &[("CHN", "2024", "0.9", "fraction"), ("JPN", "2025", "0.9", "fraction")],
        &[("CHN", "2024", "55", "%"), ("JPN", "2024", "45", "%")],
    ] {
        Atlas::read(&of(sound).0).unwrap();
    }
    for (shares, sum) in [
        (&[("JPN", "2024", "0.62", "fraction"), ("CHN", "2024", "0.41", "fraction")][..], "1.0300"),
        (&[("CHN", "2024", "80", "%"), ("JPN", "2024", "0.8", "fraction")], "1.6000"),
    ] {
        let (files, sheet, first) = of(shares);
        let expected = Expected::cell(&sheet, first, "value", shares[0].2, "fault-import-sum");
        let found = only(&files, &expected);
        let said = ["importer", "commodity", "period", "sum", "most"].map(|name| argument(&found, name));
        assert_eq!(said, ["USA", "zz", "2024", sum, "1.02"]);
    }
}

/// The atlas with three plants of gallium.
fn with_three_sites(base: &Files) -> Files {
    let mut sites = Sheet::of(base, "sites");
    for id in ["zz_a", "zz_b", "zz_c"] {
        let site =
            [("id", id), ("name", "x"), ("country", "CHN"), ("item", "gallium"), ("status", "operating")];
        sites.add(&site);
    }
    sites.within(base)
}

#[test]
fn nobody_sends_more_than_he_puts_out() {
    let base = with_three_sites(&base());
    let of = |lanes: &[(&'static str, &'static str, &'static str)]| {
        let mut sheet = Sheet::of(&base, "lanes");
        let first = sheet.rows.len();
        for (to, value, unit) in lanes {
            let keys = [("from_site", "zz_a"), ("to_site", to), ("item", "gallium")];
            sheet.add(&figure(&keys, value, unit));
        }
        (sheet.within(&base), sheet, first)
    };
    // A volume is no share.
    for sound in [
        [("zz_b", "0.6", "fraction"), ("zz_c", "42", "%")],
        [("zz_b", "1", "fraction"), ("zz_c", "5", "t/y")],
    ] {
        Atlas::read(&of(&sound).0).unwrap();
    }
    let (files, sheet, first) = of(&[("zz_b", "0.6", "fraction"), ("zz_c", "43", "%")]);
    let found = only(&files, &Expected::cell(&sheet, first, "value", "0.6", "fault-lane-sum"));
    assert_eq!(["site", "sum", "most"].map(|name| argument(&found, name)), ["zz_a", "1.0300", "1.02"]);
}

/// Shares of what somebody buys are not of what the sender makes: one plant may be the only source of two buyers, and no buyer
/// gets more than all from his.
#[test]
fn nobody_buys_more_than_he_needs() {
    let base = with_three_sites(&base());
    let of = |lanes: &[(&'static str, &'static str, &'static str)]| {
        let mut sheet = Sheet::of(&base, "lanes");
        let first = sheet.rows.len();
        for (from, to, value) in lanes {
            let keys = [("from_site", from), ("to_site", to), ("item", &"gallium"), ("share_of", &"need")];
            sheet.add(&figure(&keys.map(|(name, value)| (name, *value)), value, "fraction"));
        }
        (sheet.within(&base), sheet, first)
    };
    Atlas::read(&of(&[("zz_a", "zz_b", "1"), ("zz_a", "zz_c", "1")]).0).unwrap();
    let (files, sheet, first) = of(&[("zz_a", "zz_c", "0.6"), ("zz_b", "zz_c", "0.43")]);
    let found = only(&files, &Expected::cell(&sheet, first, "value", "0.6", "fault-lane-need"));
    assert_eq!(["site", "item", "sum"].map(|name| argument(&found, name)), ["zz_c", "gallium", "1.0300"]);
}

#[test]
fn no_site_puts_out_more_than_it_can() {
    let base = base();
    let mut sites = Sheet::of(&base, "sites");
    sites.add(&[
        ("id", "zz"),
        ("name", "x"),
        ("country", "CHN"),
        ("item", "gallium"),
        ("status", "operating"),
    ]);
    let base = sites.within(&base);
    let of = |rows: &[(&'static str, &'static str, &'static str, &'static str)]| {
        let mut sheet = Sheet::of(&base, "site_figures");
        let first = sheet.rows.len();
        for (measure, period, value, unit) in rows {
            sheet.add(&figure(&[("site", "zz"), ("measure", measure), ("period", period)], value, unit));
        }
        (sheet.within(&base), sheet, first)
    };
    for sound in [
        [("capacity", "2024", "100", "t/y"), ("output", "2024", "102", "t/y")],
        // Of two years, and in two units.
        [("capacity", "2023", "100", "t/y"), ("output", "2024", "200", "t/y")],
        [("capacity", "2024", "100", "t/y"), ("output", "2024", "99000", "kg/y")],
    ] {
        Atlas::read(&of(&sound).0).unwrap();
    }
    let (files, sheet, first) =
        of(&[("capacity", "2024", "100", "t/y"), ("output", "2024", "103000", "kg/y")]);
    let found = only(&files, &Expected::cell(&sheet, first + 1, "value", "103000", "fault-above-capacity"));
    let said = ["output", "capacity", "row"].map(|name| argument(&found, name));
    assert_eq!(said, ["103000 kg/y", "100 t/y", sheet.line(first).to_string().as_str()]);
}

#[test]
fn a_market_has_somebody_in_it() {
    let base = base();
    let mut items = Sheet::of(&base, "items");
    let item = |id, pool| {
        [("id", id), ("name_en", "x"), ("name_zh", "x"), ("stage", "alloy"), ("unit", "kg"), ("pool", pool)]
    };
    items.add(&item("zz_market", ""));
    // An item without a site is none of anybody's business as long as it is traded for itself.
    Atlas::read(&items.within(&base)).unwrap();
    let row = items.add(&item("zz_kind", "zz_market"));
    let files = items.within(&base);
    only(&files, &Expected::cell(&items, row, "pool", "zz_market", "fault-pool-without-site"));
    // Who makes the one makes for the market of all.
    for made in ["zz_market", "zz_kind"] {
        let mut sites = Sheet::of(&base, "sites");
        sites.add(&[
            ("id", "zz"),
            ("name", "x"),
            ("country", "CHN"),
            ("item", made),
            ("status", "operating"),
        ]);
        Atlas::read(&sites.within(&files)).unwrap();
    }
}

/// A lane carries what its sender sells, to somebody else.
#[test]
fn a_lane_leads_somewhere_with_what_is_sold() {
    let base = base();
    let lane = |from: &'static str, to: &'static str, item: &'static str| {
        let mut sheet = Sheet::of(&base, "lanes");
        let row =
            sheet.add(&figure(&[("from_site", from), ("to_site", to), ("item", item)], "0.1", "fraction"));
        (sheet, row)
    };
    let (sheet, row) = lane("rus_gallium", "rus_gallium", "gallium");
    only(&sheet.within(&base), &Expected::cell(&sheet, row, "to_site", "rus_gallium", "fault-lane-self"));
    let (sheet, row) = lane("rus_gallium", "chn_gallium", "alumina");
    let found =
        only(&sheet.within(&base), &Expected::cell(&sheet, row, "item", "alumina", "fault-lane-item"));
    assert_eq!(argument(&found, "sells"), "gallium");
    // A grade is traded in the market of what its maker sells.
    let (sheet, _) = lane("neo_narva", "rus_gallium", "magnet_n48h");
    assert!(Atlas::read(&sheet.within(&base)).is_ok());
}

#[test]
fn no_market_has_more_than_all_of_it() {
    let base = base();
    let mut sites = Sheet::of(&base, "sites");
    for id in ["zz_a", "zz_b"] {
        let item = ("item", "imu");
        sites.add(&[("id", id), ("name", "x"), ("country", "CHN"), item, ("status", "operating")]);
    }
    let base = sites.within(&base);
    let of = |shares: [(&'static str, &'static str); 2]| {
        let mut sheet = Sheet::of(&base, "site_figures");
        let first = sheet.rows.len();
        for (site, (period, value)) in ["zz_a", "zz_b"].into_iter().zip(shares) {
            let keys = [("site", site), ("measure", "share"), ("period", period)];
            sheet.add(&figure(&keys, value, "fraction"));
        }
        (sheet.within(&base), sheet, first)
    };
    Atlas::read(&of([("2024", "0.6"), ("2024", "0.41")]).0).unwrap();
    Atlas::read(&of([("2024", "0.9"), ("2025", "0.9")]).0).unwrap();
    let (files, sheet, first) = of([("2024", "0.7"), ("2024", "0.5")]);
    let found = only(&files, &Expected::cell(&sheet, first, "value", "0.7", "fault-market-sum"));
    assert_eq!(["market", "period", "sum"].map(|name| argument(&found, name)), ["imu", "2024", "1.2000"]);
}

#[test]
fn a_time_stands_under_the_stage_of_its_item() {
    let base = base();
    let with = |stage: &'static str, item: &'static str| {
        let mut sheet = Sheet::of(&base, "times");
        let keys = [("stage", stage), ("item", item), ("measure", "recovery")];
        let row = sheet.add(&figure(&keys, "30", "d"));
        (sheet.within(&base), sheet, row)
    };
    Atlas::read(&with("component", "imu").0).unwrap();
    let (files, sheet, row) = with("module", "imu");
    let found = only(&files, &Expected::cell(&sheet, row, "stage", "module", "fault-time-stage"));
    assert_eq!(argument(&found, "stage"), "component");
}

#[test]
fn a_substitute_is_something_else_and_a_gate_is_equipment() {
    let base = base();
    let mut sheet = Sheet::of(&base, "substitutions");
    let keys = [("item", "imu"), ("replaces", "imu"), ("measure", "mass")];
    let row = sheet.add(&figure(&keys, "1", "fraction"));
    only(&sheet.within(&base), &Expected::cell(&sheet, row, "replaces", "imu", "fault-substitute-self"));

    let mut sheet = Sheet::of(&base, "gates");
    let row = sheet.add(&[("item", "imu"), ("equipment", "ball_screw")]);
    only(&sheet.within(&base), &Expected::cell(&sheet, row, "equipment", "ball_screw", "fault-gate"));
}
