//! Part lists of other people, row by row: every line that a reader takes for a part is one, and no other.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use linchpin::context::Context;
use linchpin_import::file::{self, Limits};
use linchpin_import::{bom, table};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/real")
}

fn rows(name: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(folder().join(name)).unwrap();
    let header = reader.headers().unwrap().clone();
    let cells = |record: csv::StringRecord| {
        header.iter().map(str::to_owned).zip(record.iter().map(str::to_owned)).collect()
    };
    reader.records().map(|r| cells(r.unwrap())).collect()
}

/// Numbers of the rows that are taken for parts.
fn lines(file: &str) -> BTreeSet<u32> {
    let read = file::read(&folder().join(file), &Limits::default(), &Context::default()).unwrap();
    let tables: Vec<_> = read.sheets.iter().enumerate().flat_map(|(at, s)| table::tables(s, at)).collect();
    bom::lines(&read.sheets, &tables).lines.iter().map(|l| l.row).collect()
}

/// Parts found of those that there are, rows taken for parts that are none, and all that differs.
struct Count {
    found: usize,
    parts: usize,
    wrong: usize,
    differs: Vec<String>,
}

fn count(split: &str) -> Count {
    let labels = rows("labels.csv");
    let mut sum = Count { found: 0, parts: 0, wrong: 0, differs: vec![] };
    for file in rows("index.csv").iter().filter(|f| f["split"] == split) {
        let taken = lines(&file["file"]);
        for label in labels.iter().filter(|l| l["file"] == file["file"]) {
            let is_line = taken.contains(&label["line_no"].parse().unwrap());
            let is_part = label["label"] != "-";
            sum.parts += usize::from(is_part);
            sum.found += usize::from(is_part && is_line);
            sum.wrong += usize::from(!is_part && is_line);
            if is_part != is_line {
                sum.differs.push(format!("{} {}: {}", file["file"], label["line_no"], label["text"]));
            }
        }
    }
    sum
}

#[test]
fn rows_of_the_development_half() {
    let count = count("dev");
    assert_eq!((count.found, count.parts, count.wrong), (212, 212, 0), "{:?}", count.differs);
}

/// No rule was written against these files; a failure tells numbers, not lines.
#[test]
fn rows_of_the_held_out_half() {
    let count = count("test");
    assert_eq!(count.parts, 175);
    assert!(
        count.found >= 175 && count.wrong <= 3,
        "{} of {}, {} wrong",
        count.found,
        count.parts,
        count.wrong
    );
}

/// The page lists every file with what is understood of it.
#[test]
fn the_page_shows_every_file() {
    let base =
        linchpin_atlas::files().iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())).collect();
    let atlas = linchpin::atlas::Atlas::read(&base).unwrap();
    let mut text = "| file | half | lines | parts | with an item | known make-up | cost with an item |\n\
                    |---|---|--:|--:|--:|--:|--:|\n"
        .to_owned();
    for file in rows("index.csv").iter().filter(|f| f["lines"] != "0") {
        let request = linchpin_import::import::Request {
            files: vec![folder().join(&file["file"])],
            alias: "ours".into(),
            country: "USA".into(),
            ..Default::default()
        };
        let found = linchpin_import::import::import(&atlas, &base, &request, &Context::default());
        let answer = found.unwrap_or_else(|e| panic!("{}: {e:?}", file["file"])).answer;
        let coverage = answer.table("coverage").unwrap();
        let percent = |row: &str| {
            coverage.value(row, "share").map_or("–".to_owned(), |v| format!("{:.0} %", 100.0 * v))
        };
        let cost = coverage
            .value("cost", "of")
            .map_or("–".to_owned(), |of| format!("{} of ${of:.0}", percent("cost")));
        text.push_str(&format!(
            "| `{}` | {} | {} | {} | {} | {} | {cost} |\n",
            file["file"],
            if file["split"] == "dev" { "development" } else { "held out" },
            lines(&file["file"]).len(),
            answer.table("parts").unwrap().len(),
            percent("lines"),
            percent("content"),
        ));
    }
    let page = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/import.md");
    let before = std::fs::read_to_string(&page).unwrap();
    let (start, end) = ("<!-- files -->\n", "<!-- /files -->");
    let from = before.find(start).unwrap() + start.len();
    let to = before.find(end).unwrap();
    if std::env::var_os("LINCHPIN_BLESS").is_some() {
        std::fs::write(&page, format!("{}{text}{}", &before[..from], &before[to..])).unwrap();
    } else {
        assert_eq!(&before[from..to], text, "docs/import.md: bless it with LINCHPIN_BLESS=1");
    }
}
