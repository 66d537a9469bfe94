//! The shipped atlas is what its folder builds.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use linchpin_facts::{Built, build, folder, write};
use std::path::{Path, PathBuf};

fn atlas() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../atlas")
}

fn built() -> Built {
    build(&folder::read(&atlas()).unwrap())
}

#[test]
fn the_shipped_files_are_what_is_built() {
    let there = write::there(&atlas()).unwrap();
    let differences = write::differences(&there, &built().files);
    assert!(differences.is_empty(), "run ./x atlas: {differences:#?}");
}

#[test]
fn facts_fragments_and_rules_are_sound() {
    let built = built();
    assert!(built.faults.is_empty(), "{:#?}", built.faults);
    assert!(built.problems.is_empty(), "{:#?}", built.problems);
}

#[test]
fn every_fact_that_must_be_settled_is() {
    let built = built();
    assert!(built.unsettled.is_empty(), "{:#?}", built.unsettled);
}

#[test]
fn building_twice_gives_the_same_bytes() {
    assert_eq!(built().files, built().files);
}
