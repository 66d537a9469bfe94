//! `compare`: two robots beside each other, and what their differences are put down to.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use linchpin::atlas::{Change, Overlay, Values};
use linchpin::compare::{self, CompareError, Request};
use linchpin::model::Model;
use linchpin_table::{Answer, Message, Table, Unit};
use proptest::prelude::*;
use std::collections::BTreeMap;
use support::{
    Ground, PRODUCTS, brief_at, close, edit, explode_all, expose_at, ground, number, shipped, word,
};

const PAIRS: [(&str, &str); 3] = [("g1", "walker"), ("optimus", "g1"), ("walker", "optimus")];
/// Tables of a number on each side, their difference, and whether it can be told.
const SIDES: [&str; 5] = ["headlines", "stops", "magnets", "elements", "materials"];

fn request(stop: Option<&str>) -> Request {
    Request { volume: 1000.0, stop: stop.map(str::to_owned), rows: None, changes: None }
}

fn of_models(a: &Model<'_>, b: &Model<'_>) -> Answer {
    compare::compare((a, "a"), (b, "b"), &request(None)).unwrap()
}

fn robots(a: &str, b: &str) -> Answer {
    of_models(&ground().model(a), &ground().model(b))
}

fn changed(changes: &[(&str, Change)]) -> Values {
    let overlay: Overlay = changes.iter().map(|(address, change)| ((*address).to_owned(), *change)).collect();
    ground().atlas.values(&overlay).unwrap()
}

/// A robot and the same under some changes.
fn scenario(robot: &str, changes: &[(&str, Change)]) -> Answer {
    of_models(&ground().model(robot), &ground().model_under(robot, &changed(changes)))
}

fn table<'a>(answer: &'a Answer, name: &str) -> &'a Table {
    answer.table(name).unwrap_or_else(|| panic!("no table {name}"))
}

fn text<'a>(table: &'a Table, key: &str, column: &str) -> &'a str {
    let row = table.row(key).unwrap_or_else(|| panic!("no row {key} in {:?}", table.keys));
    table.column(column).unwrap().cells.text(row).unwrap()
}

fn headline<'a>(answer: &'a Answer, prefix: &str) -> &'a Message {
    answer.headlines.iter().find(|m| m.id.starts_with(prefix)).unwrap_or_else(|| panic!("no {prefix}"))
}

/// Effects of changes by number.
fn effects(answer: &Answer) -> BTreeMap<String, f64> {
    let moved = table(answer, "moved");
    let mut sums = BTreeMap::new();
    for key in &moved.keys {
        let sum = sums.entry(text(moved, key, "number").to_owned()).or_insert(0.0);
        *sum += moved.value(key, "effect").unwrap();
    }
    sums
}

#[test]
fn a_robot_beside_itself_does_not_differ() {
    for product in PRODUCTS {
        let answer = robots(product, product);
        let mut numbers = 0;
        for table in SIDES.map(|name| table(&answer, name)) {
            for key in &table.keys {
                for [a, b] in [["a", "b"], ["a_low", "b_low"], ["a_high", "b_high"]] {
                    let bits = |column| table.value(key, column).map(f64::to_bits);
                    assert_eq!(bits(a), bits(b), "{product} {} {key}", table.name);
                }
                let ends = ["difference_low", "difference_high"].map(|c| table.value(key, c));
                match text(table, key, "told") {
                    "told-no-data" => assert_eq!(ends, [None, None], "{} {key}", table.name),
                    told => {
                        assert_eq!((told, ends), ("told-same", [Some(0.0); 2]), "{} {key}", table.name);
                        assert!(table.value(key, "difference").is_none_or(|d| d == 0.0));
                        numbers += 1;
                    }
                }
            }
        }
        assert!(numbers > 40, "{numbers}");
        assert!(table(&answer, "lines").is_empty() && table(&answer, "moved").is_empty(), "{product}");
        let switches = table(&answer, "switch");
        assert!(switches.keys.iter().all(|k| text(switches, k, "lasts") == "told-same"), "{product}");
        headline(&answer, "verdict-same");
    }
}

#[test]
fn the_other_way_round_is_the_negative() {
    let turned = |told: &str| match told {
        "told-less" => "told-more".to_owned(),
        "told-more" => "told-less".to_owned(),
        "told-less-shared" => "told-more-shared".to_owned(),
        "told-more-shared" => "told-less-shared".to_owned(),
        same => same.to_owned(),
    };
    for (a, b) in PAIRS {
        let (there, back) = (robots(a, b), robots(b, a));
        for name in SIDES {
            let (there, back) = (table(&there, name), table(&back, name));
            assert_eq!(there.len(), back.len(), "{name}");
            for key in &there.keys {
                let minus = |column: &str| back.value(key, column).map(|v| -v);
                assert_eq!(there.value(key, "difference"), minus("difference"), "{name} {key}");
                assert_eq!(there.value(key, "difference_low"), minus("difference_high"), "{name} {key}");
                assert_eq!(there.value(key, "a"), back.value(key, "b"), "{name} {key}");
                assert_eq!(turned(text(there, key, "told")), text(back, key, "told"), "{name} {key}");
            }
        }
        let (there, back) = (table(&there, "moved"), table(&back, "moved"));
        assert_eq!(there.keys, back.keys);
        for key in &there.keys {
            assert_eq!(there.value(key, "effect"), back.value(key, "effect").map(|v| -v), "{key}");
        }
    }
}

/// Every number that goes by lines, against the same number in another table.
#[test]
fn effects_of_changes_sum_to_the_difference() {
    for (a, b) in PAIRS {
        let answer = robots(a, b);
        let sums = effects(&answer);
        let difference = |name: &str, key: &str| table(&answer, name).value(key, "difference").unwrap();
        close(sums["mass"], difference("headlines", "mass_placed"), 1e-9);
        close(sums["cost"], difference("headlines", "cost_placed"), 1e-9);
        close(sums["Dy"], difference("elements", "Dy"), 1e-9);
        close(sums["Tb"], difference("elements", "Tb"), 1e-9);
        let magnets = table(&answer, "magnets");
        let magnet = magnets.keys.iter().map(|k| magnets.value(k, "difference").unwrap()).sum();
        close(sums["magnet"], magnet, 1e-9);
        let needs: Vec<&String> = sums.keys().filter(|k| k.starts_with("need:")).collect();
        assert!(!needs.is_empty());
        for need in needs {
            let of = |robot| {
                let model = ground().model(robot);
                let chain = support::markets(&model, 1000.0);
                chain.find(&need["need:".len()..]).map_or(0.0, |k| chain.links[k].takes)
            };
            close(sums[need], of(b) - of(a), 1e-9);
        }
        assert!(!table(&answer, "moved").keys.iter().any(|k| k.ends_with("/beyond_lines")), "{a} {b}");
    }
}

/// Nothing is worked out a second time: each number is that of the verb that has it.
#[test]
fn numbers_are_those_of_the_other_verbs() {
    let answer = robots("g1", "walker");
    for (side, product) in [("a", "g1"), ("b", "walker")] {
        let model = ground().model(product);
        let (brief, expose) = (brief_at(&model, 1000.0), expose_at(&model, 1000.0));
        let explode = explode_all(&model, 1.0, None);
        let ours =
            |name: &str, key: &str, end: &str| table(&answer, name).value(key, &format!("{side}{end}"));
        for (end, column) in [("", "placed"), ("_low", "placed_low"), ("_high", "placed_high")] {
            assert_eq!(ours("headlines", "mass_placed", end), number(&brief, "placed", "mass", column));
            assert_eq!(ours("headlines", "cost_placed", end), number(&brief, "placed", "cost", column));
        }
        let wall = brief.answer.table("headroom").unwrap().keys[0].clone();
        for (end, column) in [("", "headroom"), ("_low", "headroom_low"), ("_high", "headroom_high")] {
            assert_eq!(ours("headlines", "wall", end), number(&brief, "headroom", &wall, column));
        }
        assert_eq!(text(table(&answer, "headlines"), "wall", &format!("{side}_of")), wall);
        for (name, key) in [("elements", "element"), ("materials", "material")] {
            let theirs = explode.answer.table(key).unwrap();
            for row in &theirs.keys {
                for (end, column) in [("", "mass"), ("_low", "mass_low"), ("_high", "mass_high")] {
                    assert_eq!(ours(name, row, end), number(&explode, key, row, column), "{row}");
                }
                assert_eq!(ours(name, row, "_assumed"), number(&explode, key, row, "assumed"), "{row}");
            }
        }
        let mut compared = 0;
        for key in &table(&answer, "stops").keys {
            let (loss, share) = key.rsplit_once('/').unwrap();
            if expose.answer.table("stops").unwrap().row(loss).is_none() {
                continue;
            }
            for (end, column) in
                [("", share.to_owned()), ("_low", format!("{share}_low")), ("_high", format!("{share}_high"))]
            {
                assert_eq!(ours("stops", key, end), number(&expose, "stops", loss, &column), "{key}{end}");
            }
            if share == "pro_rata" {
                let limit = word(&expose, "stops", loss, "limit").unwrap();
                assert_eq!(text(table(&answer, "stops"), key, &format!("{side}_of")), limit);
            }
            compared += 1;
        }
        assert!(compared >= 9, "{compared}");
        let switch = brief.answer.table("switch").unwrap();
        for lost in &switch.keys {
            let mode = word(&brief, "switch", lost, "mode").unwrap().trim_start_matches("mode-");
            let key = format!("{lost}:{mode}");
            assert_eq!(ours("switch", &key, "_survive"), number(&brief, "switch", lost, "survive"), "{key}");
            assert_eq!(ours("switch", &key, "_lost"), number(&brief, "switch", lost, "robots_lost"), "{key}");
        }
        let left = brief.answer.table("leaving_total").unwrap().row("known_extra").is_some();
        assert!(left && answer.table("headlines").unwrap().keys.iter().any(|k| k.starts_with("leaving:")));
    }
}

/// A line is all that stands of an item in the tree of `explode`.
#[test]
fn lines_add_up_the_tree() {
    let answer = robots("g1", "walker");
    let lines = table(&answer, "lines");
    for (side, product) in [("a", "g1"), ("b", "walker")] {
        let explode = explode_all(&ground().model(product), 1.0, None);
        let bom = explode.answer.table("bom").unwrap();
        let mut sums: BTreeMap<&str, [f64; 3]> = BTreeMap::new();
        for (row, key) in bom.keys.iter().enumerate() {
            let item = bom.column("item").unwrap().cells.text(row).unwrap();
            let sum = sums.entry(item).or_default();
            for (k, column) in ["quantity", "mass", "cost"].into_iter().enumerate() {
                sum[k] += bom.value(key, column).unwrap_or(f64::NAN);
            }
        }
        let mut compared = 0;
        for (row, key) in lines.keys.iter().enumerate() {
            // Of a matched line the item is B's.
            let item = lines.column("item").unwrap().cells.text(row).unwrap();
            let matched = lines.column("matched").unwrap().cells.text(row).unwrap();
            let Some(sum) = sums.get(item).filter(|_| side == "b" || matched != "matched-stem") else {
                continue;
            };
            for (k, column) in ["quantity", "mass", "cost"].into_iter().enumerate() {
                match lines.value(key, &format!("{side}_{column}")) {
                    Some(ours) => close(ours, sum[k], 1e-12),
                    None => assert!(sum[k].is_nan(), "{key} {column}"),
                }
            }
            compared += 1;
        }
        assert!(compared > 40, "{compared}");
        let unchanged = &lines.notes[0].args["unchanged"];
        assert!(matches!(unchanged, linchpin_table::Arg::Integer(n) if *n >= 0));
    }
}

/// One knee actuator more in each of two legs: one line is changed itself, what is in it follows, and every effect is its own,
/// which is twice what the tree says of one.
#[test]
fn one_change_moves_what_it_holds() {
    let knee = "inputs/make_g1_leg/knee/g1_actuator_139";
    let answer = scenario("g1", &[(knee, Change::Set(2.0))]);
    let lines = table(&answer, "lines");
    let of = |why: &str| lines.keys.iter().filter(|k| text(lines, k, "why") == why).collect::<Vec<_>>();
    assert_eq!(of("why-direct"), ["g1_actuator_139"]);
    assert!(of("why-follows").iter().any(|k| *k == "g1_motor_139"));
    assert!(of("why-follows").iter().any(|k| *k == "g1_leg"));
    assert_eq!(lines.value("g1_actuator_139", "quantity_difference"), Some(2.0));
    let explode = explode_all(&ground().model("g1"), 1.0, None);
    let two = |column: &str| number(&explode, "bom", "leg.knee", column).unwrap();
    let moved = table(&answer, "moved");
    close(moved.value("mass/g1_actuator_139", "effect").unwrap(), two("mass"), 1e-12);
    close(moved.value("cost/g1_actuator_139", "effect").unwrap(), two("cost"), 1e-12);
    assert!(moved.keys.iter().all(|k| k.ends_with("/g1_actuator_139")), "{:?}", moved.keys);
    assert!(moved.keys.iter().all(|k| moved.value(k, "share").is_none_or(|s| (s - 1.0).abs() < 1e-9)));
    assert_eq!(text(moved, "Dy/g1_actuator_139", "what"), "what-quantity");
}

/// The mass of a magnet is known within a factor of two, and the robot with more actuators has more of it all the same: what is
/// not known is the same for both.
#[test]
fn what_moves_both_sides_tells_them_apart() {
    let answer = scenario("g1", &[("inputs/make_g1_leg/knee/g1_actuator_139", Change::Set(2.0))]);
    let elements = table(&answer, "elements");
    let value = |column: &str| elements.value("Nd", column).unwrap();
    assert!(value("a_high") > value("b_low") && value("difference_low") > 0.0);
    assert_eq!(text(elements, "Nd", "told"), "told-more-shared");
    assert!(value("difference_high") - value("difference_low") < 0.5 * (value("b_high") - value("a_low")));
    // Two robots whose magnets rest on the same factor, each in other motors.
    let other = robots("g1", "walker");
    assert_eq!(text(table(&other, "elements"), "Nd", "told"), "told-unclear");
    // A figure that the scenario sets is no unknown on that side, and remains one on the other.
    let set = scenario("g1", &[("parameters/magnet_formula_factor", Change::Set(1.6))]);
    let factor = table(&set, "elements");
    assert_eq!(factor.value("Nd", "difference"), Some(0.0));
    assert_eq!(text(factor, "Nd", "told"), "told-unclear");
}

#[test]
fn what_is_unknown_is_no_difference() {
    let mut files = shipped();
    edit(&mut files, "product_figures", |csv| {
        let (product, measure) = (csv.column("product"), csv.column("measure"));
        csv.rows.retain(|r| r[product] != "robot_g1" || r[measure] != "mass");
    });
    let without = Ground::of(&files, &Overlay::new());
    let answer = of_models(&without.model("g1"), &ground().model("walker"));
    let numbers = table(&answer, "headlines");
    let cell = |column| numbers.value("mass_published", column);
    assert_eq!((cell("a"), cell("difference"), cell("difference_low")), (None, None, None));
    assert!(cell("b").is_some());
    assert_eq!(text(numbers, "mass_published", "told"), "told-no-data");
    // The sides stand on other rows, and the stamp holds both.
    let stamp = &answer.stamp;
    assert_eq!(stamp.request["a data"], without.atlas.hash);
    assert_eq!(stamp.request["b data"], ground().atlas.hash);
    assert!(stamp.data_hash.contains(&without.atlas.hash) && stamp.data_hash.contains(&ground().atlas.hash));
    assert_eq!(answer.headlines.iter().filter(|m| m.id == "compare-side").count(), 2);
}

/// Data of another day are told, and not refused.
#[test]
fn other_data_are_told() {
    let told = |answer: &Answer| answer.headlines.iter().any(|m| m.id == "compare-atlases");
    assert!(!told(&robots("g1", "walker")));
    let mut files = shipped();
    let package = String::from_utf8(files["datapackage.json"].clone()).unwrap();
    let as_of = &ground().atlas.package.as_of;
    files.insert("datapackage.json".into(), package.replace(as_of.as_str(), "2020-01-01").into_bytes());
    let older = Ground::of(&files, &Overlay::new());
    assert!(told(&of_models(&older.model("g1"), &ground().model("walker"))));
}

/// A robot that is assembled where plants stop says nothing of what is in it, and nothing of the other is counted then.
#[test]
fn a_loss_at_home_is_counted_for_neither() {
    let answer = robots("optimus", "g1");
    let stops = table(&answer, "stops");
    let pro_rata = |column| stops.value("CHN:output/pro_rata", column);
    assert!(pro_rata("a").unwrap() > 0.9);
    assert_eq!((pro_rata("b"), pro_rata("difference")), (None, None));
    assert_eq!(text(stops, "CHN:output/pro_rata", "remark"), "at-home-b");
    assert_eq!(headline(&answer, "compare-home").id, "compare-home-b");
    let worst = headline(&answer, "compare-worst");
    assert_eq!(worst.args["mode-a"], linchpin_table::Arg::Word("mode-exports".into()));
    // The ban on exports tells the two apart, and is pulled as well.
    assert!(table(&answer, "switch").row("CHN:exports").is_some());
    // Between two robots of one country there is nothing to tell.
    assert!(!robots("g1", "walker").headlines.iter().any(|m| m.id.starts_with("compare-home")));
}

#[test]
fn a_loss_that_is_asked_for_comes_first() {
    let (a, b) = (ground().model("g1"), ground().model("walker"));
    let ask = |stop: &str| compare::compare((&a, "a"), (&b, "b"), &request(Some(stop)));
    let answer = ask("JPN/harmonic_reducer").unwrap();
    let stops = table(&answer, "stops");
    assert!(stops.keys[0].starts_with("JPN/harmonic_reducer:output/"), "{}", stops.keys[0]);
    // The G1 has none, so that it loses what it loses without any loss; the Walker loses much.
    let outbid = |column| stops.value("JPN/harmonic_reducer:output/pro_rata", column).unwrap();
    assert!(outbid("a") < 1e-3 && outbid("b") > 0.3, "{} {}", outbid("a"), outbid("b"));
    let switches = table(&answer, "switch");
    assert!(switches.row("JPN/harmonic_reducer:output").is_some());
    assert_eq!(switches.value("JPN/harmonic_reducer:output", "a_lost"), Some(0.0));
    assert_eq!(answer.stamp.request["stop"], "JPN/harmonic_reducer");
    for nothing in ["RUS/magnet", "no_such_thing"] {
        assert!(matches!(ask(nothing), Err(CompareError::Expose(_))), "{nothing}");
    }
    // What is asked for does not decide which is safer.
    let verdict = |answer: &Answer| headline(answer, "verdict-").clone();
    assert_eq!(verdict(&answer), verdict(&compare::compare((&a, "a"), (&b, "b"), &request(None)).unwrap()));
}

/// A wall that is lower under a scenario is told by name, and so is who is safer.
#[test]
fn who_is_safer_follows_from_what_is_told_apart() {
    let better = scenario("walker", &[("inputs/make_walker_leg/knee/walker_rotary_225", Change::Set(0.0))]);
    assert!(headline(&better, "verdict-").id.starts_with("verdict-b"));
    assert_eq!(text(table(&better, "headlines"), "wall", "told"), "told-more-shared");
    let worse = scenario("walker", &[("inputs/make_walker_leg/knee/walker_rotary_225", Change::Set(3.0))]);
    assert!(headline(&worse, "verdict-").id.starts_with("verdict-a"));
    // The need of the wall went from 30 to 34.
    let moved = table(&worse, "moved");
    close(moved.value("need:harmonic_reducer/walker_rotary_225", "effect").unwrap(), 4.0, 1e-12);
}

#[test]
fn rows_are_cut_and_what_is_left_out_is_added_up() {
    let (a, b) = (ground().model("g1"), ground().model("walker"));
    let cut = Request { rows: Some(7), changes: Some(2), ..request(None) };
    let short = compare::compare((&a, "a"), (&b, "b"), &cut).unwrap();
    assert_eq!(table(&short, "lines").len(), 7);
    let whole = robots("g1", "walker");
    for (key, sum) in effects(&whole) {
        close(effects(&short)[&key], sum, 1e-9);
    }
    assert_eq!(table(&short, "moved").keys.iter().filter(|k| k.starts_with("Dy/")).count(), 3);
}

/// Units of a column of differences are those of the numbers.
#[test]
fn every_number_has_the_unit_of_its_kind() {
    let answer = robots("g1", "walker");
    let unit = |name: &str, key: &str| {
        let table = table(&answer, name);
        table.column("difference").unwrap().unit_at(table.row(key).unwrap())
    };
    assert_eq!(unit("headlines", "wall"), Unit::PiecePerYear);
    assert_eq!(unit("headlines", "cost_placed"), Unit::Usd);
    assert_eq!(unit("stops", "BRA:output/outbid"), Unit::Fraction);
    assert_eq!(unit("elements", "Dy"), Unit::Kg);
    let moved = table(&answer, "moved");
    let of = |key: &str| moved.column("effect").unwrap().unit_at(moved.row(key).unwrap());
    assert_eq!(of("need:harmonic_reducer/walker_rotary_20"), Unit::Piece);
}

/// Quantities of lines of the robots, in use.
fn quantities() -> Vec<String> {
    let sheet = ground().atlas.sheet("inputs");
    let own = ["make_g1_", "make_robot_g1"];
    let used = sheet.rows.iter().filter(|r| {
        sheet.text(r, "choice") == "used" && own.iter().any(|o| sheet.text(r, "recipe").starts_with(o))
    });
    used.map(|r| sheet.address(r)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever lines are changed, effects sum to the difference, and the other way round they are the negative.
    #[test]
    fn any_changes_of_lines_are_put_down_to_lines(
        picks in prop::collection::btree_map(0usize..10_000, 0.0f64..3.0, 1..12),
    ) {
        let all = quantities();
        let changes: Vec<(&str, Change)> =
            picks.iter().map(|(k, factor)| (all[k % all.len()].as_str(), Change::Multiply(*factor))).collect();
        let values = changed(&changes);
        let (a, b) = (ground().model("g1"), ground().model_under("g1", &values));
        let (there, back) = (of_models(&a, &b), of_models(&b, &a));
        let sums = effects(&there);
        let headlines = table(&there, "headlines");
        for (key, row) in [("mass", "mass_placed"), ("cost", "cost_placed")] {
            let difference = headlines.value(row, "difference").unwrap();
            let size = headlines.value(row, "a").unwrap();
            let sum = sums.get(key).copied().unwrap_or(0.0);
            prop_assert!((sum - difference).abs() <= 1e-9 * size, "{key}: {sum}, not {difference}");
        }
        let (there, back) = (table(&there, "moved"), table(&back, "moved"));
        prop_assert_eq!(&there.keys, &back.keys);
        for key in &there.keys {
            prop_assert_eq!(there.value(key, "effect"), back.value(key, "effect").map(|v| -v));
        }
    }
}
