//! How often the matcher is right, on labelled lines. Shared by the test and the example.

// A module of a test is one of the example as well, where neither is known to be a test.
#![allow(unreachable_pub, clippy::unwrap_used)]

use linchpin_import::archetype::{Archetype, Matcher, Part};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// A line and what it is.
pub struct Line {
    /// Where it stands.
    pub place: String,
    /// Its cells, the first being its name.
    pub cells: Vec<String>,
    /// The heading above it.
    pub heading: String,
    /// The item that it is; empty if it is none.
    pub item: String,
    /// Items that will do as well.
    pub also: Vec<String>,
}

/// Counts of answers.
#[derive(Default)]
pub struct Counts {
    /// Answers that were right.
    pub right: usize,
    /// Answers that were wrong.
    pub wrong: usize,
    /// Lines that are an item and got no answer.
    pub missed: usize,
    /// Lines that are no item and got no answer.
    pub empty: usize,
}

impl Counts {
    /// Share of answers that are right.
    pub fn precision(&self) -> f64 {
        self.right as f64 / ((self.right + self.wrong) as f64).max(1.0)
    }

    /// Share of lines with an item that were answered rightly.
    pub fn recall(&self) -> f64 {
        self.right as f64 / ((self.right + self.wrong + self.missed) as f64).max(1.0)
    }
}

/// Matches lines; `wrong` is told of each that is wrong or missed, with the answer.
pub fn measure(matcher: &Matcher, lines: &[Line], mut wrong: impl FnMut(&Line, &str, f64)) -> Counts {
    let mut counts = Counts::default();
    for line in lines {
        let cells: Vec<&str> = line.cells.iter().map(String::as_str).collect();
        let (name, details) = cells.split_first().map_or(("", &[][..]), |(n, d)| (*n, d));
        let found = matcher.find(&Part { name, details, heading: &line.heading, ..Part::default() });
        match &found.best {
            Some(best) if best.item == line.item || line.also.contains(&best.item) => counts.right += 1,
            Some(best) => {
                counts.wrong += 1;
                wrong(line, &best.item, best.score);
            }
            None if line.item.is_empty() => counts.empty += 1,
            None => {
                counts.missed += 1;
                wrong(line, "", found.runner_up.map_or(0.0, |g| g.score));
            }
        }
    }
    counts
}

/// The labelled lines of a half of the real lists.
pub fn real(half: &str) -> Vec<Line> {
    let folder = crate_folder().join("tests/real");
    let index = rows(&folder.join("index.csv"));
    let files: BTreeSet<String> =
        index.into_iter().filter(|r| r["split"] == half).map(|mut r| r.remove("file").unwrap()).collect();
    let mut headings: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let labels = rows(&folder.join("labels.csv")).into_iter();
    labels
        .filter(|r| files.contains(&r["file"]) && r["label"] != "-")
        .map(|r| {
            let of_file =
                headings.entry(r["file"].clone()).or_insert_with(|| headings_of(&folder.join(&r["file"])));
            let line_no: usize = r["line_no"].parse().unwrap();
            Line {
                place: format!("{}:{line_no}", r["file"]),
                cells: r["text"].split(" | ").map(str::to_string).collect(),
                heading: of_file.get(line_no).cloned().unwrap_or_default(),
                item: r["label"].clone(),
                also: r["also"].split(';').filter(|a| !a.is_empty()).map(str::to_string).collect(),
            }
        })
        .collect()
}

/// The invented lines in odd rows, or those in even rows, the heading of the file being row 0.
pub fn invented(odd: bool) -> Vec<Line> {
    let lines = labelled("archetypes.csv").into_iter().enumerate();
    lines.filter(|(at, _)| (at % 2 == 0) == odd).map(|(_, line)| line).collect()
}

/// Lines of a humanoid as an engineer would type them: those that words and rules were mended against (`trial.csv`), or
/// those written after that and answered once (`unseen.csv`).
pub fn typed(file: &str) -> Vec<Line> {
    labelled(&format!("archetypes/{file}"))
}

/// The lines of a file of texts and items.
fn labelled(file: &str) -> Vec<Line> {
    let rows = rows(&crate_folder().join("tests").join(file)).into_iter().enumerate();
    rows.map(|(at, r)| Line {
        place: format!("row {}", at + 1),
        cells: r["text"].split(" | ").map(str::to_string).collect(),
        heading: String::new(),
        item: r["item"].clone(),
        also: vec![],
    })
    .collect()
}

/// A matcher for the shipped atlas.
pub fn matcher() -> Matcher {
    let atlas = crate_folder().join("../../atlas/humanoid");
    let items: Vec<Archetype> = rows(&atlas.join("items.csv"))
        .into_iter()
        .map(|r| Archetype {
            id: r["id"].clone(),
            name_en: r["name_en"].clone(),
            name_zh: r["name_zh"].clone(),
            stage: r["stage"].clone(),
            unit: r["unit"].clone(),
            pool: r["pool"].clone(),
        })
        .collect();
    let mut made: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in rows(&atlas.join("sites.csv")) {
        made.entry(row["company"].clone()).or_default().insert(row["item"].clone());
    }
    let mut makers = vec![];
    for company in rows(&atlas.join("companies.csv")) {
        let Some(items) = made.get(&company["id"]) else { continue };
        for name in [&company["name"], &company["name_zh"]] {
            makers.push((name.clone(), items.iter().cloned().collect()));
        }
    }
    Matcher::new(&items, &makers)
}

fn crate_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}

/// For each line of a Markdown file, counted from 1, the heading above it; nothing for other files.
fn headings_of(file: &Path) -> Vec<String> {
    let markdown = file.extension().is_some_and(|e| e.eq_ignore_ascii_case("md"));
    let text = if markdown { std::fs::read_to_string(file).unwrap_or_default() } else { String::new() };
    let mut heading = String::new();
    let mut headings = vec![String::new()];
    for line in text.lines() {
        if line.starts_with('#') {
            heading = line.trim_start_matches('#').trim().to_string();
        }
        headings.push(heading.clone());
    }
    headings
}

fn rows(file: &Path) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(file).unwrap();
    reader.deserialize().map(Result::unwrap).collect()
}
