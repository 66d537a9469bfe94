//! `compare` at the program: how a side is spelled, what is refused, and two revisions of an imported robot.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;

const LANGUAGES: [&str; 2] = ["en", "zh"];

fn run(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_linchpin"));
    command.args(args).current_dir(folder).env_remove("COLUMNS").env("LC_ALL", "C.UTF-8").output().unwrap()
}

fn answered(folder: &Path, args: &[&str]) -> Value {
    let output = run(folder, &[args, &["--format", "json"]].concat());
    assert_eq!(output.status.code(), Some(0), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Refused with exit code 2 in both languages, nothing on standard output and no file written, each of the words in both.
fn refused(folder: &Path, args: &[&str], words: &[&str]) {
    let texts = LANGUAGES.map(|lang| {
        let output = run(folder, &[args, &["--lang", lang, "-o", "out.json"]].concat());
        let text = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{args:?}: {text}");
        assert!(output.stdout.is_empty() && !folder.join("out.json").exists(), "{args:?} wrote something");
        for word in words {
            assert!(text.contains(word), "{args:?} does not name {word}: {text}");
        }
        text
    });
    assert_ne!(texts[0], texts[1], "{args:?} says the same in both languages");
    assert!(texts[1].chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)), "{}", texts[1]);
}

fn rows<'a>(answer: &'a Value, table: &str) -> &'a Vec<Value> {
    let tables = answer["tables"].as_array().unwrap();
    let found = tables.iter().find(|t| t["name"] == table);
    found.unwrap_or_else(|| panic!("no table {table}"))["rows"].as_array().unwrap()
}

fn row<'a>(answer: &'a Value, table: &str, key: &str) -> &'a Value {
    let found = rows(answer, table).iter().find(|r| r["key"] == key);
    found.unwrap_or_else(|| panic!("no row {key} in {table}"))
}

const FIRST: &str = "Level,Part number,Name,Qty,Mass (g),Price (USD)\n\
    1,A1,Knee actuator,2,900,300\n\
    2,M1,Frameless motor,1,350,80\n\
    2,R1,Harmonic reducer CSG-25,1,300,120\n\
    1,A2,Battery pack,1,6000,900\n\
    2,C1,18650 lithium cell,96,47,3\n\
    1,F1,Aluminium frame 6061,1,5000,200\n\
    1,B1,Main board,1,200,150\n";

/// Two revisions of one robot: `r1`, and `r2` with three knees, more cells, a heavier frame and another board.
fn revisions() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let second = FIRST
        .replace("Knee actuator,2", "Knee actuator,3")
        .replace("cell,96", "cell,120")
        .replace("1,5000,200", "1,5500,200")
        .replace("1,B1,Main board,1,200,150\n", "1,B2,Jetson Orin NX,1,100,600\n");
    std::fs::write(folder.path().join("first.csv"), FIRST).unwrap();
    std::fs::write(folder.path().join("second.csv"), second).unwrap();
    for (list, name) in [("first.csv", "r1"), ("second.csv", "r2")] {
        let output = run(folder.path(), &["import", list, "--country", "USA", "--name", name]);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    }
    folder
}

/// Parts of two revisions are one part by what is left of their ids without the robot's name.
#[test]
fn two_revisions_of_an_imported_robot_are_compared_part_by_part() {
    let folder = revisions();
    let answer = answered(folder.path(), &["compare", "r1", "r2"]);
    let direct: Vec<(&str, &str, &str)> = rows(&answer, "lines")
        .iter()
        .filter(|r| r["why"] == "why-direct")
        .map(|r| (r["key"].as_str().unwrap(), r["what"].as_str().unwrap(), r["matched"].as_str().unwrap()))
        .collect();
    let mut expected = vec![
        ("18650_lithium_cell", "what-quantity", "matched-stem"),
        ("aluminium_frame_6061", "what-changed", "matched-stem"),
        ("knee_actuator", "what-quantity", "matched-stem"),
        ("r1_main_board", "what-removed", ""),
        ("r2_jetson_orin_nx", "what-added", ""),
    ];
    let parts: Vec<_> = direct.iter().filter(|d| d.0 != "aluminium_6061").copied().collect();
    expected.sort_unstable();
    let mut found = parts.clone();
    found.sort_unstable();
    assert_eq!(found, expected);
    // By hand: a knee (650 g of parts), 24 cells (47 g), half a kilogram of frame, 200 g off, 100 g on.
    let mass = row(&answer, "headlines", "mass_placed")["difference"].as_f64().unwrap();
    assert!((mass - (0.65 + 24.0 * 0.047 + 0.5 - 0.2 + 0.1)).abs() < 1e-9, "{mass}");
    let knee = row(&answer, "moved", "mass/knee_actuator")["effect"].as_f64().unwrap();
    assert!((knee - 0.65).abs() < 1e-9, "{knee}");
    let sum = |number: &str| {
        let of = rows(&answer, "moved").iter().filter(|r| r["number"] == number);
        of.map(|r| r["effect"].as_f64().unwrap()).sum::<f64>()
    };
    assert!((sum("mass") - mass).abs() < 1e-9);
    // Both data are in the stamp and in the headlines.
    let hashes = ["a data", "b data"].map(|k| answer["stamp"]["request"][k].as_str().unwrap().to_owned());
    assert_ne!(hashes[0], hashes[1]);
    let said = answer["headlines"].to_string();
    assert!(hashes.iter().all(|h| said.contains(&h[..12])), "{said}");
    // One with itself, spelled in two ways.
    let own = answered(folder.path(), &["compare", "r1", "./r1:r1"]);
    assert!(rows(&own, "lines").is_empty() && rows(&own, "moved").is_empty());
    assert!(rows(&own, "elements").iter().all(|r| r["difference"] == 0.0 && r["told"] == "told-same"));
}

/// Parts of one name are numbered as they come, and one that is taken out moves the numbers of the others: part numbers tell
/// which is which, and the doubt about what is in each stays one doubt.
#[test]
fn parts_of_one_name_are_told_apart_by_their_numbers() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let motors =
        ["M1,Frameless motor,4,350,80\n", "M2,Frameless motor,6,500,95\n", "M3,Frameless motor,2,700,120\n"];
    let head = "Part number,Name,Qty,Mass (g),Price (USD)\n";
    for (name, left) in [("r1", &motors[..]), ("r2", &motors[1..])] {
        std::fs::write(
            path.join("list.csv"),
            format!("{head}{}F1,Aluminium frame 6061,1,5000,200\n", left.concat()),
        )
        .unwrap();
        let args = ["import", "list.csv", "--country", "USA", "--name", name];
        assert_eq!(run(path, &args).status.code(), Some(0));
    }
    let answer = answered(path, &["compare", "r1", "r2"]);
    let changed: Vec<(&str, &str)> = rows(&answer, "lines")
        .iter()
        .filter(|r| r["why"] == "why-direct")
        .map(|r| (r["item"].as_str().unwrap(), r["what"].as_str().unwrap()))
        .collect();
    assert_eq!(changed, [("r1_frameless_motor", "what-removed")]);
    let mass = row(&answer, "headlines", "mass_placed")["difference"].as_f64().unwrap();
    assert!((mass + 4.0 * 0.35).abs() < 1e-9, "{mass}");
    // Less of the same: told apart, though nobody knows how much magnet is in a motor.
    let nd = row(&answer, "elements", "Nd");
    assert!(nd["b_high"].as_f64() > nd["a_low"].as_f64());
    assert_eq!(nd["told"], "told-less-shared");
}

/// A part of which no atlas knows anything but its one supplier limits both revisions, and its need is one number.
#[test]
fn a_part_of_ones_own_may_be_what_limits() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let list = |count| format!("{FIRST}1,Z9,Zorbling flange,{count},10,5\n");
    std::fs::write(path.join("vendors.csv"), "Part number,Supplier,Country\nZ9,Zorb Works,Germany\n")
        .unwrap();
    for (name, count) in [("r1", 2), ("r2", 5)] {
        std::fs::write(path.join("list.csv"), list(count)).unwrap();
        let args = ["import", "list.csv", "vendors.csv", "--country", "USA", "--name", name];
        assert_eq!(run(path, &args).status.code(), Some(0));
    }
    let answer = answered(path, &["compare", "r1", "r2", "--stop", "DEU"]);
    let stop = row(&answer, "stops", "DEU:output/pro_rata");
    assert_eq!((&stop["a_of"], &stop["b_of"]), (&"r1_zorbling_flange".into(), &"r2_zorbling_flange".into()));
    let needs: Vec<&str> = rows(&answer, "moved")
        .iter()
        .filter(|r| r["item"] == "r2_zorbling_flange" && r["number"].as_str().unwrap().starts_with("need:"))
        .map(|r| r["number"].as_str().unwrap())
        .collect();
    assert_eq!(needs, ["need:own:zorbling_flange"]);
    let effect =
        row(&answer, "moved", "need:own:zorbling_flange/zorbling_flange")["effect"].as_f64().unwrap();
    assert!((effect - 3.0).abs() < 1e-9, "{effect}");
    assert!(rows(&answer, "lines").iter().all(|r| r["what"] != "what-added" && r["what"] != "what-removed"));
}

#[test]
fn a_scenario_is_part_of_a_side() {
    let folder = revisions();
    let path = folder.path();
    std::fs::write(path.join("f.json"), r#"{"changes": {"parameters/magnet_formula_factor": {"set": 1.2}}}"#)
        .unwrap();
    let answer = answered(path, &["compare", "g1", "g1+f.json"]);
    let request = &answer["stamp"]["request"];
    assert_eq!(request["b parameters/magnet_formula_factor"], "set 1.2");
    assert_eq!(request["a parameters/magnet_formula_factor"], Value::Null);
    assert_eq!((&request["a"], &request["b"]), (&"g1".into(), &"g1+f.json".into()));
    assert!(row(&answer, "elements", "Nd")["difference"].as_f64().unwrap() < 0.0);
    // A change of both sides is in both, and the sides are as far apart as before in what it does not touch.
    let both = answered(path, &["compare", "r1", "r1+f.json", "--set", "prices/nd_oxide*=2"]);
    let request = &both["stamp"]["request"];
    assert_eq!(request["a prices/nd_oxide"], "multiply 2");
    assert_eq!(request["b prices/nd_oxide"], "multiply 2");
    // A folder may have a plus in its name.
    std::fs::rename(path.join("r2"), path.join("r+2")).unwrap();
    let plus = answered(path, &["compare", "r1", "r+2+f.json"]);
    assert_eq!(plus["stamp"]["request"]["b"], "r+2+f.json");
}

#[test]
fn what_cannot_be_a_side_is_refused_with_what_can() {
    let folder = revisions();
    let path = folder.path();
    refused(path, &["compare", "g2", "walker"], &["g2", "g1", "optimus", "walker", "DIR:ROBOT"]);
    // Both at once.
    refused(path, &["compare", "g2", "r3"], &["g2", "r3", "r1, r2"]);
    refused(path, &["compare", "nowhere/r1", "g1"], &["nowhere/r1"]);
    refused(path, &["compare", "r1:arm", "g1"], &["arm", "r1"]);
    refused(path, &["compare", "g1", "g1+none.json"], &["none.json"]);
    refused(
        path,
        &["compare", "r1", "r2", "--set", "masses/r1_main_board=1"],
        &["r2", "masses/r1_main_board"],
    );
    refused(path, &["compare", "g1", "walker", "--stop", "nobody"], &["nobody"]);
    refused(path, &["compare", "g1", "walker", "--stop", "RUS/magnet"], &["RUS/magnet"]);
    refused(path, &["compare", "g1", "walker", "--table", "nothing"], &["nothing", "headlines", "moved"]);
    refused(path, &["explain", "compare/headlines/wall/a"], &["explode/element/Dy/mass"]);
    // A folder that has the name of a robot.
    std::fs::rename(path.join("r2"), path.join("walker")).unwrap();
    refused(path, &["compare", "r1", "walker"], &["./walker", "shipped:walker"]);
    let names = |b: &str| answered(path, &["compare", "r1", b])["stamp"]["request"]["b product"].clone();
    assert_eq!(names("shipped:walker"), "robot_walker");
    assert_eq!(names("./walker"), "robot_r2");
}

/// A folder that is broken is told fault by fault, as by any verb.
#[test]
fn a_broken_folder_is_told_as_by_any_verb() {
    let folder = revisions();
    let path = folder.path();
    let masses = path.join("r2/masses.csv");
    let text = std::fs::read_to_string(&masses).unwrap();
    std::fs::write(&masses, text + "no_item,-1,,,kg,,,reported,,\n").unwrap();
    refused(path, &["compare", "r1", "r2"], &["masses.csv", "no_item"]);
}

/// Every picture of a comparison is drawn in both languages, where the program was built with the script that draws.
#[test]
fn pictures_are_drawn() {
    let folder = revisions();
    for (a, b) in [("g1", "walker"), ("r1", "r2")] {
        for name in ["risks", "changes", "masses"] {
            for lang in LANGUAGES {
                let args = ["compare", a, b, "--picture", name, "-o", "p.svg", "--lang", lang];
                let output = run(folder.path(), &args);
                if String::from_utf8_lossy(&output.stderr).contains("Node") {
                    return;
                }
                assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
                let svg = std::fs::read_to_string(folder.path().join("p.svg")).unwrap();
                let broken = ["undefined", "NaN", "page-", "told-"].into_iter().find(|w| svg.contains(w));
                assert_eq!(broken, None, "{name} {lang}");
                assert!(svg.matches("<path").count() + svg.matches("<circle").count() > 2, "{name}");
            }
        }
    }
}
