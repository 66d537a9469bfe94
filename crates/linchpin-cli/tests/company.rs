//! `linchpin company` at the program: names that are wrong, pages that are thin, and numbers taken apart.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::process::{Command, Output};

fn run(args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_linchpin"));
    command.args(args).env_remove("COLUMNS").env("LC_ALL", "C.UTF-8").output().unwrap()
}

fn shown(args: &[&str]) -> String {
    let output = run(args);
    let fault = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(0), "{args:?}: {fault}");
    String::from_utf8(output.stdout).unwrap()
}

/// The text of a refusal in both languages: exit code 2, nothing on standard output, and each of the words in both.
fn refused(args: &[&str], words: &[&str]) {
    for lang in ["en", "zh"] {
        let output = run(&[args, &["--lang", lang]].concat());
        let text = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{args:?}: {text}");
        assert!(output.stdout.is_empty(), "{args:?} wrote to standard output");
        for word in words {
            assert!(text.contains(word), "{args:?} does not name {word}: {text}");
        }
    }
}

#[test]
fn a_wrong_name_is_refused_with_the_nearest() {
    refused(&["company", "Lynass"], &["Lynass", "Lynas Rare Earths Ltd (lynas)"]);
    refused(&["company", "China"], &["china_northern", "china_rare_earth_group"]);
    refused(&["company", "MP", "--without", "China"], &["China", "CHN"]);
}

/// A ticker may hold several codes, and a remark; each code finds the company.
#[test]
fn each_code_of_a_ticker_finds_the_company() {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in linchpin_atlas::files() {
        let mut bytes = bytes.to_vec();
        if *name == "companies.csv" {
            bytes.extend_from_slice(b"paper,Paper Corp.,,PPR (delisted) / 9999,USA,,\n");
        }
        std::fs::write(folder.path().join(name), bytes).unwrap();
    }
    let atlas = folder.path().to_str().unwrap();
    for (code, name) in [
        ("LYC", "Lynas"),
        ("lysdy", "Lynas"),
        ("LYC / LYSDY", "Lynas"),
        ("300748", "JL Mag"),
        ("6680", "JL Mag"),
        ("PPR", "Paper Corp."),
        ("9999", "Paper Corp."),
    ] {
        let text = shown(&["company", code, "--lang", "en", "--atlas", atlas]);
        assert!(text.contains(name), "{code}: {text}");
    }
    shown(&["expose", "--stop", "LYC", "--mode", "output", "--lang", "en"]);
}

#[test]
fn a_page_in_both_languages() {
    let english = shown(&["company", "mp", "--lang", "en"]);
    assert!(english.contains("MP Materials Corp. (MP)") && english.contains("China (%)"), "{english}");
    assert!(
        english.contains("Of its plants the atlas lists:") && english.contains("may own others"),
        "{english}"
    );
    let chinese = shown(&["company", "mp", "--lang", "zh"]);
    assert!(chinese.contains("占中国以外") && chinese.contains("图集所列其工厂"), "{chinese}");
}

/// A company of which the atlas has no plant: a page that says so, and exit code 0.
#[test]
fn a_company_without_plants_is_no_fault() {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in linchpin_atlas::files() {
        let mut bytes = bytes.to_vec();
        if *name == "companies.csv" {
            bytes.extend_from_slice(b"paper,Paper Corp.,,,USA,,\n");
        }
        std::fs::write(folder.path().join(name), bytes).unwrap();
    }
    let text = shown(&["company", "paper", "--lang", "en", "--atlas", folder.path().to_str().unwrap()]);
    assert!(text.contains("The atlas has no plant of Paper Corp."), "{text}");
}

/// Two reasons why there is no row: neither capacity nor output, and a capacity whose start nobody promised.
#[test]
fn a_missing_row_has_its_own_reason() {
    let text = shown(&["company", "nidec", "--lang", "en", "--format", "md"]);
    let line = |start: &str| text.lines().find(|l| l.contains(start)).unwrap_or_else(|| panic!("{text}"));
    assert!(line("publish neither capacity nor output:").contains("Gear grinding machine"));
    let waiting = line("have no promised start:");
    assert!(waiting.contains("Strain-wave") && !waiting.contains("rinding"), "{waiting}");
    let text = shown(&["company", "niocorp", "--lang", "en", "--format", "md"]);
    assert!(!text.contains("publish neither capacity nor output:"), "{text}");
}

#[test]
fn a_number_is_taken_apart() {
    let address = "company/gains/magnet_ndfeb/own";
    let text = shown(&["explain", address, "--company", "MP", "--lang", "en"]);
    assert!(text.contains("17.7") && text.contains("mp_fort_worth"), "{text}");
    refused(&["explain", address], &["--company"]);
    refused(&["explain", address, "--company", "MP", "--year", "2024"], &["--year"]);
    refused(&["explain", "brief/inside/magnet/robot", "--company", "MP"], &["--company"]);
}
