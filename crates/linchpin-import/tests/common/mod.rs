//! The atlas that lists are imported over, and what their answers say.

#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use linchpin::atlas::{Atlas, Files};
use linchpin::context::Context;
use linchpin_import::import::{Imported, Request, import};
use std::sync::LazyLock;

pub(crate) static BASE: LazyLock<Files> = LazyLock::new(|| {
    linchpin_atlas::files().iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())).collect()
});
pub(crate) static ATLAS: LazyLock<Atlas> = LazyLock::new(|| Atlas::read(&BASE).unwrap());

/// Imports lists of these texts as a product made in the United States.
pub(crate) fn import_texts(lists: &[&str], request: Request) -> Imported {
    let folder = tempfile::tempdir().unwrap();
    let write = |(at, text): (usize, &&str)| {
        let path = folder.path().join(format!("list{at}.csv"));
        std::fs::write(&path, text).unwrap();
        path
    };
    let files = lists.iter().enumerate().map(write).collect();
    let request = Request { files, alias: "ours".into(), country: "USA".into(), ..request };
    import(&ATLAS, &BASE, &request, &Context::default()).unwrap()
}

/// Word, cells and text of what does not add up, of those whose word begins so.
pub(crate) fn noticed(imported: &Imported, what: &str) -> Vec<[String; 3]> {
    let Some(table) = imported.answer.table("noticed") else { return vec![] };
    let text = |row: usize, column: &str| {
        table.column(column).unwrap().cells.text(row).unwrap_or_default().to_owned()
    };
    let rows = (0..table.len()).map(|row| ["what", "rows", "part"].map(|column| text(row, column)));
    rows.filter(|row| row[0].starts_with(what)).collect()
}

/// Parts with how many are in one product.
pub(crate) fn parts(imported: &Imported) -> Vec<String> {
    let table = imported.answer.table("parts").unwrap();
    let cells = |name: &str| &table.column(name).unwrap().cells;
    let mut found: Vec<String> = (0..table.len())
        .map(|row| {
            format!("{} {}", cells("part").text(row).unwrap(), cells("in_product").number(row).unwrap())
        })
        .collect();
    found.sort();
    found
}
