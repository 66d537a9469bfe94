//! `datapackage.json` of the shipped atlas is what the schema says. After a change of the schema:
//! `LINCHPIN_BLESS=1 cargo test --release -p linchpin --test package`, and read the difference.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use linchpin::atlas::{Atlas, Files};
use std::path::Path;

#[test]
fn the_shipped_datapackage_follows_from_the_schema() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../atlas/humanoid/datapackage.json");
    let files: Files = std::fs::read_dir(path.parent().unwrap())
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| !entry.file_name().to_string_lossy().ends_with(".md"))
        .map(|entry| (entry.file_name().into_string().unwrap(), std::fs::read(entry.path()).unwrap()))
        .collect();
    let package = Atlas::read(&files).expect("the shipped atlas is sound").package;
    let expected = package.to_json();
    if std::env::var_os("LINCHPIN_BLESS").is_some() {
        std::fs::write(&path, &expected).unwrap();
    }
    assert_eq!(std::fs::read_to_string(&path).unwrap(), expected);
}
