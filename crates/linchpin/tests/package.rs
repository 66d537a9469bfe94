//! `datapackage.json` of the shipped atlas is what the schema says. After a change of the schema:
//! `LINCHPIN_BLESS=1 cargo test --release -p linchpin --test package`, and read the difference.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use linchpin::atlas::{Atlas, Files};
use std::path::{Path, PathBuf};

/// The description of the shipped atlas.
fn description() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../atlas/humanoid/datapackage.json")
}

fn shipped() -> Files {
    std::fs::read_dir(description().parent().unwrap())
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| !entry.file_name().to_string_lossy().ends_with(".md"))
        .map(|entry| (entry.file_name().into_string().unwrap(), std::fs::read(entry.path()).unwrap()))
        .collect()
}

#[test]
fn the_shipped_datapackage_follows_from_the_schema() {
    let path = description();
    let package = Atlas::read(&shipped()).expect("the shipped atlas is sound").package;
    let expected = package.to_json();
    if std::env::var_os("LINCHPIN_BLESS").is_some() {
        std::fs::write(&path, &expected).unwrap();
    }
    assert_eq!(std::fs::read_to_string(&path).unwrap(), expected);
}

/// An atlas that extends another holds but its own rows: the others are those below, a row with the same key wins, and all
/// checks see both.
#[test]
fn an_atlas_may_extend_another() {
    let base = shipped();
    let package = |extends: &str| {
        format!(r#"{{"name": "ours", "version": "1", "as_of": "2026-11-20", "extends": "{extends}"}}"#)
            .into_bytes()
    };
    let read = |extends: &str, prices: &str| {
        let header = "item,value,low,high,unit,year,source,standing,formula,note\n";
        let mut files = Files::new();
        files.insert("datapackage.json".to_owned(), package(extends));
        files.insert("prices.csv".to_owned(), format!("{header}{prices}").into_bytes());
        Atlas::read_over(&files, &base)
    };
    let below = Atlas::read(&base).unwrap();
    let over = read("humanoid", "aluminium,7,6,8,USD/kg,2026,,assumed,,quoted to us\n").unwrap();
    let value = |atlas: &Atlas| {
        let values = atlas.values(&linchpin::atlas::Overlay::new()).unwrap();
        values.get(atlas.figures.find("prices/aluminium").unwrap()).unwrap()
    };
    assert!((value(&over) - 7.0).abs() < 1e-12 && value(&below) < 7.0);
    assert_eq!(over.figures.len(), below.figures.len());
    assert_ne!(over.hash, below.hash);
    let faults = |found: Result<Atlas, _>| -> Vec<String> {
        let problems: linchpin::atlas::Problems = found.map(|_| ()).unwrap_err();
        problems.iter().map(|p| p.file.clone()).collect()
    };
    assert_eq!(faults(read("humanoid", "no_such_item,7,6,8,USD/kg,2026,,assumed,,x\n")), ["prices.csv"]);
    assert!(
        faults(read("something_else", "aluminium,7,6,8,USD/kg,2026,,assumed,,x\n"))
            .contains(&"datapackage.json".to_owned())
    );
}
