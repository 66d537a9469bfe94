//! Scenarios at the program: every change is seen in the answer, and what cannot be is refused.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::process::{Command, Output};

const LANGUAGES: [&str; 2] = ["en", "zh"];
const FACTOR: &str = "parameters/magnet_formula_factor";

fn run(args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_linchpin"));
    command.args(args).env_remove("COLUMNS").env("LC_ALL", "C.UTF-8").output().unwrap()
}

fn answered(args: &[&str]) -> String {
    let output = run(args);
    assert_eq!(output.status.code(), Some(0), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn stamp(args: &[&str]) -> serde_json::Value {
    let answer: serde_json::Value =
        serde_json::from_str(&answered(&[args, &["--format", "json"]].concat())).unwrap();
    answer["stamp"].clone()
}

/// Refused with exit code 2 in both languages, nothing on standard output, each of the words in both.
fn refused(args: &[&str], words: &[&str]) {
    let texts = LANGUAGES.map(|lang| {
        let output = run(&[args, &["--lang", lang]].concat());
        let text = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{args:?}: {text}");
        assert!(output.stdout.is_empty(), "{args:?} wrote to standard output");
        for word in words {
            assert!(text.contains(word), "{args:?} does not name {word}: {text}");
        }
        text
    });
    assert_ne!(texts[0], texts[1], "{args:?} says the same in both languages");
    let chinese = |c: char| ('\u{4e00}'..'\u{9fff}').contains(&c);
    assert!(texts[1].lines().all(|line| line.chars().any(chinese)), "{}", texts[1]);
}

#[test]
fn the_stamp_holds_the_whole_request() {
    let request = &stamp(&["brief", "--product", "g1", "--volume", "5000"])["request"];
    assert_eq!(request, &serde_json::json!({"product": "robot_g1", "volume": "5000"}));
    let args = ["explode", "--units", "3", "--depth", "4", "--where-used", "nd_oxide", "--year", "2024"];
    let request = &stamp(&args)["request"];
    for (field, value) in [("units", "3"), ("depth", "4"), ("where_used", "nd_oxide"), ("year", "2024")] {
        assert_eq!(request[field], value, "{field}");
    }
    let args = ["expose", "--product", "g1", "--volume", "5000", "--year", "2024"];
    let request = &stamp(&args)["request"];
    let expected = serde_json::json!({"product": "robot_g1", "volume": "5000", "year": "2024"});
    assert_eq!(request, &expected);
    assert!(!stamp(&["explode"])["request"]["year"].as_str().unwrap().is_empty());
}

#[test]
fn every_change_is_stamped_as_typed_and_told() {
    let file = tempfile::NamedTempFile::with_suffix(".json").unwrap();
    std::fs::write(
        file.path(),
        r#"{"changes": {"prices/dy_oxide": {"multiply": 1.2}, "site_figures/mp_fort_worth/output/2025": {"set": 10100}}}"#,
    )
    .unwrap();
    let changes = ["--set", "parameters/magnet_formula_factor=3.3", "--set", "prices/nd_oxide+=-0.1"];
    let scenario = ["--scenario", file.path().to_str().unwrap()];
    let asked: [&[&str]; 4] = [
        &["brief"],
        &["explode"],
        &["explain", "brief/inside/Nd/robot"],
        &["explain", "parameters/magnet_formula_factor"],
    ];
    for args in asked {
        let args = [args, &changes, &scenario].concat();
        let request = &stamp(&args)["request"];
        assert_eq!(request[FACTOR], "set 3.3");
        assert_eq!(request["prices/nd_oxide"], "add -0.1");
        assert_eq!(request["prices/dy_oxide"], "multiply 1.2");
        assert_eq!(request["site_figures/mp_fort_worth/output/2025"], "set 10100");
        for (lang, word) in LANGUAGES.into_iter().zip(["Changed: ", "已更改："]) {
            let text = answered(&[&args[..], &["--lang", lang]].concat());
            assert_eq!(text.matches(word).count(), 4, "{args:?}: {text}");
            assert!(text.contains(FACTOR) && text.contains("3.3"), "{text}");
        }
    }
    assert!(!answered(&["brief"]).contains("Changed: "));
    // What is typed wins over the file, and is what is told.
    let typed = [&["brief", "--set", "prices/dy_oxide=300"][..], &scenario].concat();
    assert_eq!(stamp(&typed)["request"]["prices/dy_oxide"], "set 300");
    assert_eq!(stamp(&typed), stamp(&typed));
}

#[test]
fn changes_stay_within_the_bounds_of_their_tables() {
    let out = tempfile::tempdir().unwrap();
    let file = out.path().join("file.json");
    let cases: [(&str, &[&str]); 10] = [
        ("masses/g1_actuator_25=-5", &["masses/g1_actuator_25", "0 "]),
        ("yields/bayer_alumina/-=0", &["yields/bayer_alumina/-", "0"]),
        ("yields/bayer_alumina/-=5", &["yields/bayer_alumina/-", "1"]),
        ("yields/bayer_alumina/-=-1", &["yields/bayer_alumina/-"]),
        ("yields/bayer_alumina/-+=0.5", &["yields/bayer_alumina/-"]),
        ("yields/bayer_alumina/-*=1e-300", &["yields/bayer_alumina/-"]),
        ("masses/g1_actuator_25=1e300", &["masses/g1_actuator_25", "1e300", "1e15"]),
        ("outputs/bayer_alumina/alumina=0", &["outputs/bayer_alumina/alumina"]),
        ("prices/nd_oxide*=-1", &["prices/nd_oxide"]),
        // What follows by a formula is checked like what is typed.
        ("parameters/strip_casting_yield=1.5", &["yields/cast_bonded/-"]),
    ];
    for (change, words) in cases {
        for verb in [
            &["brief"][..],
            &["explode"],
            &["explain", "brief/inside/Nd/robot"],
            &["explain", "prices/nd_oxide"],
        ] {
            refused(&[verb, &["--set", change, "-o", file.to_str().unwrap()]].concat(), words);
        }
    }
    assert_eq!(std::fs::read_dir(out.path()).unwrap().count(), 0);
    // All are told at once.
    refused(
        &["brief", "--set", "masses/g1_actuator_25=-5", "--set", "prices/nd_oxide=-1"],
        &["masses/g1_actuator_25", "prices/nd_oxide"],
    );
    for huge in ["1e300", "-1e300", "1e14"] {
        for address in
            [FACTOR, "prices/nd_oxide", "masses/g1_actuator_25", "inputs/bayer_alumina/bauxite/bauxite"]
        {
            let code = run(&["brief", "--set", &format!("{address}={huge}")]).status.code();
            assert!(matches!(code, Some(0 | 2)), "{address} = {huge} ended with {code:?}");
        }
    }
}

#[test]
fn shares_keep_their_sum() {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in linchpin_atlas::files() {
        std::fs::write(folder.path().join(name), bytes).unwrap();
    }
    let shares = folder.path().join("shares.csv");
    let header = std::fs::read_to_string(&shares).unwrap();
    let row = "alumina,bayer_alumina,1,1,1,fraction,,,assumed,,the only way\n";
    std::fs::write(&shares, format!("{header}{row}")).unwrap();
    let atlas = ["--atlas", folder.path().to_str().unwrap()];
    let of = |change: &'static str| [&["brief", "--set", change][..], &atlas].concat();
    refused(&of("shares/alumina/bayer_alumina=0.5"), &["alumina", "0.5"]);
    answered(&of("shares/alumina/bayer_alumina=0.9999"));
}

#[test]
fn nothing_typed_is_dropped() {
    let figure = ["explain", "prices/nd_oxide"];
    for (option, value) in [
        ("--product", "g1"),
        ("--units", "2"),
        ("--year", "2024"),
        ("--where-used", "nd_oxide"),
        ("--limit", "3"),
    ] {
        refused(&[&figure[..], &[option, value]].concat(), &[option, "prices/nd_oxide"]);
    }
    let number = ["explain", "brief/inside/Nd/robot"];
    for (option, value) in [("--year", "2024"), ("--where-used", "nd_oxide")] {
        refused(&[&number[..], &[option, value]].concat(), &[option, "brief/inside/Nd/robot"]);
    }
    answered(&[&number[..], &["--product", "g1", "--units", "2", "--limit", "3"]].concat());
    let share = ["explain", "expose/shares/alumina/CHN/share"];
    refused(&[&share[..], &["--where-used", "nd_oxide"]].concat(), &["--where-used", share[1]]);
    answered(&[&share[..], &["--product", "g1", "--volume", "2", "--year", "2025"]].concat());
    // The sum of the other countries stands on the screen alone, and is explained all the same.
    assert!(answered(&["expose", "--table", "shares"]).contains("all others"));
    answered(&["explain", "expose/shares/alumina/others/share"]);
    for option in [["--set", "prices/nd_oxide=80"], ["--scenario", "x.json"]] {
        assert_eq!(run(&[&["atlas", "coverage"][..], &option].concat()).status.code(), Some(2));
    }
    refused(
        &["brief", "--set", "prices/nd_oxide=80", "--set", "prices/nd_oxide*=2"],
        &["prices/nd_oxide", "--set"],
    );
    let file = tempfile::NamedTempFile::with_suffix(".json").unwrap();
    let path = file.path().to_str().unwrap();
    let twice = r#"{"changes": {"prices/nd_oxide": {"set": 80}, "prices/nd_oxide": {"add": 1}}}"#;
    std::fs::write(path, twice).unwrap();
    refused(&["brief", "--scenario", path], &["prices/nd_oxide", path]);
    for unread in ["claims/atoms_magnet=3", "product_figures/robot_optimus/volume/2025=200"] {
        refused(&["brief", "--set", unread], &[unread.split('=').next().unwrap()]);
    }
}

/// Reserves and substitutes are read by one table each, and may be changed.
#[test]
fn what_only_one_table_reads_may_be_changed() {
    let csv = |args: &[&str]| answered(&[args, &["--format", "csv"]].concat());
    for (args, change) in [
        (&["explode", "--table", "reserve"][..], "reserves/cobalt_in_ground/COD/reserve*=2"),
        (
            &["expose", "--stop", "CHN/magnet", "--mode", "output", "--table", "substitute"],
            "substitutions/magnet_smco/magnet_n48h/qualification*=2",
        ),
    ] {
        assert_ne!(csv(&[args, &["--set", change]].concat()), csv(args), "{change}");
    }
}

/// The markets read the demand of the world where it is known, and that of a country where it is not.
#[test]
fn a_demand_that_the_markets_read_may_be_changed() {
    let args = ["explode", "--table", "supply", "--format", "csv", "--set"];
    let changed = answered(&[&args[..], &["demands/magnet_ndfeb/all_uses/WLD/2024=300000"]].concat());
    assert!(
        changed.lines().any(|l| l.starts_with("magnet_ndfeb,") && l.contains(",300000000,kg/y,")),
        "{changed}"
    );
    // What one place uses moves no sum of the world, and decides who is cut off by an export ban.
    let args = ["expose", "--stop", "CHN/magnet", "--mode", "exports", "--table", "stop", "--format", "csv"];
    let more = ["--set", "demands/magnet_ndfeb/all_uses/CHN/2024=100000"];
    assert_ne!(answered(&args), answered(&[&args[..], &more].concat()));
}
