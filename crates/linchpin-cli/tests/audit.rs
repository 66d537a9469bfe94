//! `linchpin audit` at the program: pages in both languages, one claim in full, its number explained, bad input refused.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::process::{Command, Output};

const LANGUAGES: [&str; 2] = ["en", "zh"];

fn run(args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_linchpin"));
    command.args(args).env_remove("COLUMNS").env("LC_ALL", "C.UTF-8").output().unwrap()
}

fn answered(args: &[&str]) -> String {
    let output = run(args);
    assert_eq!(output.status.code(), Some(0), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Each verdict stands beside its numbers: no table goes on below for want of columns.
#[test]
fn the_page_fits_a_hundred_columns() {
    for lang in LANGUAGES {
        let page = answered(&["audit", "--lang", lang]);
        let verdicts = ["fails", "不成立"];
        let row = page.lines().find(|l| l.trim_start().starts_with("a_iron ")).unwrap();
        assert!(row.contains("67.3") && verdicts.iter().any(|v| row.contains(v)), "{row}");
        assert!(!page.contains("(continued)") && !page.contains("（续）"), "{page}");
    }
}

#[test]
fn one_claim_names_its_origin_and_where_its_number_comes_from() {
    let page = answered(&["audit", "--claim", "ms_li", "--lang", "en"]);
    assert!(page.contains("ms_minerals_2025") && page.contains("above the range"), "{page}");
    let address = "audit/claims/ms_li/computed";
    assert!(page.contains(&format!("linchpin explain {address}")), "{page}");
    let explained = answered(&["explain", address, "--lang", "en"]);
    assert!(explained.contains("Lithium") || explained.contains("lithium"), "{explained}");
    assert!(explained.contains("NMC811 cathode capacity"), "{explained}");
}

#[test]
fn a_claim_that_does_not_exist_is_refused() {
    for lang in LANGUAGES {
        let output = run(&["audit", "--claim", "ms_lithium", "--lang", lang]);
        let text = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{text}");
        assert!(output.stdout.is_empty());
        assert!(text.contains("ms_lithium") && text.contains("ms_li"), "{text}");
    }
    // A share needs no number of robots.
    let idle = ["explain", "audit/claims/ms_li/computed", "--units", "2"];
    assert_eq!(run(&idle).status.code(), Some(2));
}
