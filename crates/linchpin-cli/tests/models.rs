//! Models of robots, their revisions and swaps, as they are typed and shown.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn robot(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../linchpin-import/tests/robots").join(name)
}

fn linchpin(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_linchpin"))
        .args(arguments)
        .current_dir(folder)
        .env("LC_ALL", "C.UTF-8")
        .output()
        .unwrap()
}

fn answer(folder: &Path, arguments: &[&str]) -> String {
    let output = linchpin(folder, arguments);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{arguments:?}: {told}");
    String::from_utf8(output.stdout).unwrap()
}

fn refusal(folder: &Path, arguments: &[&str]) -> String {
    let output = linchpin(folder, arguments);
    assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn a_model_is_shown_in_both_languages_and_every_verb_takes_it() {
    let folder = tempfile::tempdir().unwrap();
    let file = robot("upkie_description/upkie.urdf");
    let import = ["import", file.to_str().unwrap(), "--country", "FRA", "--name", "u1"];
    let english = answer(folder.path(), &import);
    assert!(
        english.contains("6 driven joints") && english.contains("linchpin brief --atlas u1"),
        "{english}"
    );
    let chinese = answer(folder.path(), &[&import[..], &["--lang", "zh"]].concat());
    assert!(chinese.contains("6 个主动关节"), "{chinese}");
    for verb in [&["brief"][..], &["explode"], &["expose"], &["disrupt", "exports", "CHN"]] {
        answer(folder.path(), &[verb, &["--atlas", "u1"]].concat());
    }
    // What is corrected is remembered, and a parameter can be set for one question.
    let path = folder.path().join("u1/assumptions.csv");
    let table = std::fs::read_to_string(&path).unwrap();
    let line = table.lines().find(|l| l.starts_with("battery_kwh,")).unwrap();
    std::fs::write(&path, table.replace(line, &format!("{line}0.2"))).unwrap();
    answer(folder.path(), &import);
    assert!(std::fs::read_to_string(&path).unwrap().contains("kWh,0.2\n"));
    answer(folder.path(), &["brief", "--atlas", "u1", "--set", "parameters/u1_battery_kwh=0.3"]);
}

#[test]
fn what_says_nothing_of_a_model_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = robot("upkie_description/upkie.urdf");
    let file = file.to_str().unwrap();
    let told = refusal(folder.path(), &["import", file, "bom.csv", "--country", "FRA", "--rate", "EUR=1.1"]);
    assert!(told.contains("by itself") && told.contains("--rate"), "{told}");
    std::fs::write(folder.path().join("bom.csv"), "Part,Qty\nscrew,4\n").unwrap();
    let told = refusal(folder.path(), &["import", "bom.csv", "--country", "FRA", "--robot", "r"]);
    assert!(told.contains("--robot"), "{told}");
    let wrong = "<robot name=\"r\"><link name=\"a\"><inertial><mass value=\"-1\"/></inertial></link></robot>";
    std::fs::write(folder.path().join("r.urdf"), wrong).unwrap();
    let told = refusal(folder.path(), &["import", "r.urdf", "--country", "FRA"]);
    assert!(told.contains("r.urdf: 1") && told.contains("negative"), "{told}");
    assert!(!folder.path().join("r").exists());
}

#[test]
fn revisions_are_shown_in_both_languages() {
    let folder = tempfile::tempdir().unwrap();
    for (name, material) in [("a_2026-01-01.csv", "steel"), ("b.csv", "PEEK"), ("c_2026-04-01.csv", "PEEK")] {
        let list = format!(
            "Part number,Name,Qty,Material,Unit price (USD)\nP-1,cage,2,{material},5\nP-2,bolt,4,steel,1\n"
        );
        std::fs::write(folder.path().join(name), list).unwrap();
    }
    let files = ["revisions", "a_2026-01-01.csv", "b.csv=2026-03-01", "c_2026-04-01.csv"];
    let english = answer(folder.path(), &files);
    assert!(english.contains("still moves") && english.contains("2026-03"), "{english}");
    assert!(answer(folder.path(), &[&files[..], &["--lang", "zh"]].concat()).contains("设计仍在变动"));
    let told = refusal(folder.path(), &["revisions", "b.csv", "c_2026-04-01.csv"]);
    assert!(told.contains("b.csv=2026-03-01"), "{told}");
}

#[test]
fn a_swap_is_shown_beside_the_robot_in_both_languages() {
    let folder = tempfile::tempdir().unwrap();
    let file = robot("unitree_rl_gym/g1_29dof_rev_1_0.urdf");
    answer(folder.path(), &["import", file.to_str().unwrap(), "--country", "CHN", "--name", "g1n"]);
    for robot in ["g1", "g1n"] {
        let swap = ["compare", robot, "--swap", "magnet_n48sh_gbd=magnet_ferrite"];
        let english = answer(folder.path(), &swap);
        assert!(english.contains("What is swapped") && english.contains("heavier by"), "{english}");
        assert!(answer(folder.path(), &[&swap[..], &["--lang", "zh"]].concat()).contains("替换了什么"));
    }
    // A swap and its reverse change nothing.
    let back = ["--swap", "magnet_n48sh_gbd=magnet_smco", "--swap", "magnet_smco=magnet_n48sh_gbd"];
    let told = answer(folder.path(), &[&["compare", "g1"][..], &back].concat());
    assert!(told.contains("in 0 places"), "{told}");
    let told = refusal(folder.path(), &["compare", "g1", "--swap", "harmonic_reducer=planetary_reducer"]);
    assert!(told.contains("in g1"), "{told}");
    let told = refusal(folder.path(), &["compare", "g1", "--swap", "magnet_n48sh_gbd"]);
    assert!(told.contains("FROM=TO"), "{told}");
    let told = refusal(folder.path(), &["compare", "g1", "--swap", "magnet_n48sh_gbd=copper_wire"]);
    assert!(told.contains("magnet_smco"), "{told}");
}
