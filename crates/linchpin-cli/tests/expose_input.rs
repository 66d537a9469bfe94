//! Bad input to `linchpin expose`: refused in both languages with what was typed and what would be right, and nothing
//! written.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::process::{Command, Output};
use tempfile::TempDir;

const LANGUAGES: [&str; 2] = ["en", "zh"];
const FORMATS: [&str; 4] = ["json", "csv", "md", "xlsx"];

fn run(args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_linchpin"));
    command.arg("expose").args(args).env_remove("COLUMNS").env("LC_ALL", "C.UTF-8").output().unwrap()
}

/// The text on standard error of a refusal: exit code 2 and nothing on standard output.
fn refusal(args: &[&str]) -> String {
    let output = run(args);
    let text = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{args:?}: {text}");
    assert!(output.stdout.is_empty(), "{args:?} wrote to standard output");
    assert!(!text.trim().is_empty() && !text.contains("panicked") && !text.contains("Message {"), "{text}");
    text
}

/// Asserts that a refusal leaves a folder and a file in it as they were.
fn writes_nothing(args: &[&str]) {
    let folder: TempDir = tempfile::tempdir().unwrap();
    let left = || std::fs::read_dir(folder.path()).unwrap().count();
    for format in FORMATS {
        let file = folder.path().join(format!("file.{format}"));
        let args = [args, &["-o", file.to_str().unwrap()]].concat();
        refusal(&args);
        assert_eq!(left(), 0, "{args:?}");
        std::fs::write(&file, "as it was").unwrap();
        refusal(&args);
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "as it was", "{args:?}");
        assert_eq!(left(), 1, "{args:?}");
        std::fs::remove_file(&file).unwrap();
    }
}

/// Refused in both languages, each naming each of the words, and nothing written.
fn refused(args: &[&str], words: &[&str]) {
    let texts = LANGUAGES.map(|lang| refusal(&[args, &["--lang", lang]].concat()));
    for text in &texts {
        for word in words {
            assert!(text.contains(word), "{args:?} does not name {word}: {text}");
        }
    }
    let chinese = |c: char| ('\u{4e00}'..'\u{9fff}').contains(&c);
    assert!(!texts[0].contains(chinese) && texts[1].lines().all(|l| l.contains(chinese)), "{texts:?}");
    writes_nothing(args);
}

#[test]
fn a_selector_names_what_there_is() {
    let stop =
        |selector: &'static str, words: &[&str]| refused(&["--stop", selector, "--mode", "output"], words);
    stop("CHM", &["CHM", "CHN"]);
    stop("CHN/magnett", &["magnett", "magnet"]);
    stop("CHN,CHM", &["CHM", "CHN"]);
    stop("county:CHN", &["county:CHN"]);
    stop("SUN", &["SUN", "RUS"]);
    stop("CHN/", &["CHN/"]);
    stop("", &[]);
    // Ore in the ground is there, and no plant makes it.
    stop("stage:ground", &["stage:ground", "linchpin expose --table shares"]);
    stop("CHN/stage:ground", &["CHN/stage:ground"]);
    refused(&["--leave", "CHM"], &["CHM", "CHN"]);
}

/// A control points where it points, says whether it is in force, and stops only what it can.
#[test]
fn a_control_is_taken_as_it_is() {
    let shown = |args: &[&str]| {
        let output = run(&[args, &["--format", "md"]].concat());
        assert_eq!(output.status.code(), Some(0), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let ban = ["--stop", "cn_ga_usa_2024_12", "--mode", "exports"];
    let own = shown(&[&ban[..], &["--lang", "en"]].concat());
    assert!(
        own.contains("exports nothing to United States") && own.contains("suspended until 2026-11-27"),
        "{own}"
    );
    assert_eq!(own, shown(&[&ban[..], &["--to", "USA", "--lang", "en"]].concat()));
    let zh = shown(&[&ban[..], &["--lang", "zh"]].concat());
    assert!(zh.contains("暂停至 2026-11-27") && zh.contains("美国"), "{zh}");
    let elsewhere = shown(&[&ban[..], &["--to", "JPN", "--lang", "en"]].concat());
    assert!(!elsewhere.contains("Its own destination"), "{elsewhere}");
    let quota = shown(&["--stop", "cd_co_2025_10", "--mode", "exports", "--lang", "en"]);
    assert!(
        quota.contains("quota: only a part is stopped") && quota.contains("in force until 2027-12-31"),
        "{quota}"
    );
    let licence = shown(&["--stop", "cn_ga_2023_08", "--mode", "exports", "--lang", "en"]);
    assert!(
        licence.contains("as if none were granted") && licence.contains("in force, as the atlas"),
        "{licence}"
    );
    for mode in ["exports", "output"] {
        refused(&["--stop", "cn_ree_tech_2023_12", "--mode", mode], &["cn_ree_tech_2023_12"]);
    }
    refused(&["--stop", "id_ni_rkab_2026", "--mode", "exports"], &["id_ni_rkab_2026", "--mode output"]);
    shown(&["--stop", "id_ni_rkab_2026", "--mode", "output", "--lang", "en"]);
}

/// What the atlas has and the product does not need, or what does not run, is told apart from what nobody knows.
#[test]
fn what_hits_nothing_says_why() {
    let stop = |selector: &str, product: &str| {
        let args = ["--stop", selector, "--mode", "output", "--product", product];
        refused(&args, &[selector, product]);
        refusal(&[&args[..], &["--lang", "en"]].concat())
    };
    // Planned plants do not run; no robot of the atlas takes an extreme ultraviolet scanner.
    assert!(stop("lcm_lacq", "optimus").contains("the one plant that the atlas has of it does not run"));
    let scanner = stop("euv_scanner", "optimus");
    assert!(
        scanner.contains("needs none of it that the atlas knows; the atlas has 1 plant of it, 1 running"),
        "{scanner}"
    );
}

#[test]
fn a_loss_has_a_mode_and_a_mode_has_a_loss() {
    refused(&["--stop", "CHN"], &["--stop", "--mode output", "--mode exports"]);
    refused(&["--stop", "CHN", "--to", "JPN"], &["--mode"]);
    refused(&["--stop", "CHN", "--mode", "half"], &["half", "output", "exports"]);
    for without in [
        &["--mode", "exports"][..],
        &["--mode", "output"],
        &["--to", "JPN"],
        &["--end-user"],
        &["--re-export"],
        &["--de-minimis", "0.1%"],
    ] {
        refused(without, &["--mode", "--to", "--stop"]);
    }
    // A border has no part in a plant that stops.
    for border in [&["--to", "JPN"][..], &["--end-user"], &["--re-export"], &["--de-minimis", "0.001"]] {
        refused(&[&["--stop", "CHN", "--mode", "output"], border].concat(), &["--to", "--mode exports"]);
    }
    // A destination is a place.
    let to = |place: &'static str, words: &[&str]| {
        refused(&["--stop", "CHN", "--mode", "exports", "--to", place], words);
    };
    to("gallium", &["gallium"]);
    to("JPM", &["JPM", "JPN"]);
}

#[test]
fn own_suppliers_are_of_a_market_and_exist() {
    refused(&["--own", "foo=JPN"], &["foo", "harmonic_reducer", "magnet_ndfeb"]);
    refused(&["--own", "harmonic_reducer=JPM"], &["JPM", "JPN"]);
    refused(&["--own", "harmonic_reducer"], &["harmonic_reducer", "harmonic_reducer=JPN"]);
}

/// What is no number of its kind is refused by the reader of the command line, before a language is known to it.
#[test]
fn a_share_is_one() {
    for wrong in ["2", "101%", "0", "-0.1", "NaN", "inf", "half", ""] {
        let share = format!("--de-minimis={wrong}");
        for lang in LANGUAGES {
            let args = ["--stop", "CHN", "--mode", "exports", &share, "--lang", lang];
            let text = refusal(&args);
            assert!(text.contains("--de-minimis") && text.contains("0 < … ≤ 1"), "{text}");
        }
    }
    writes_nothing(&["--stop", "CHN", "--mode", "exports", "--de-minimis", "2"]);
    for sound in ["1", "100%", "0.001", "0.1%"] {
        let args =
            ["--stop", "CHN", "--mode", "exports", "--to", "USA", "--re-export", "--de-minimis", sound];
        let output = run(&args);
        assert_eq!(output.status.code(), Some(0), "{args:?} {}", String::from_utf8_lossy(&output.stderr));
    }
}

/// An id that a company and a plant share has a row for each in the full answer, and a selector says which is meant.
#[test]
fn an_id_of_two_kinds_is_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in linchpin_atlas::files() {
        let mut text = String::from_utf8(bytes.to_vec()).unwrap();
        match *name {
            "companies.csv" => text.push_str("mp_fort_worth,x,,,USA,mp_materials,\n"),
            "sites.csv" => text = text.replace(",mp_materials,USA,magnet", ",mp_fort_worth,USA,magnet"),
            _ => {}
        }
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let atlas = ["--atlas", folder.path().to_str().unwrap()];
    for product in ["optimus", "g1"] {
        for ground in [&[][..], &atlas] {
            let output = run(&[&["--product", product, "--format", "json"], ground].concat());
            assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        }
    }
    let stop = ["--stop", "mp_fort_worth", "--mode", "output"];
    let text = refusal(&[&stop[..], &atlas].concat());
    assert!(text.contains("company:mp_fort_worth") && text.contains("site:mp_fort_worth"), "{text}");
    for kind in ["company", "site"] {
        let selector = format!("{kind}:mp_fort_worth");
        let output = run(&[&["--stop", &selector, "--mode", "output"], &atlas[..]].concat());
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    }
}
