//! Tables to files: in the order of the schema and of the keys, written whole or not at all.

use crate::fault::{Fault, Place, What};
use crate::tables::{Origin, Tables};
use linchpin::atlas::{Files, Schema};
use linchpin_table::Problem;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

/// Folder of the built atlas.
pub const BUILT: &str = "humanoid";

/// Where the rows of each file came from, by their line.
pub type Origins = BTreeMap<String, BTreeMap<u64, Origin>>;

/// One file.
#[derive(Debug)]
pub struct Text {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Where its rows came from, by their line.
    pub origins: BTreeMap<u64, Origin>,
}

/// The tables as CSV files: those that have rows, and those that an atlas must have.
pub(crate) fn files(tables: &Tables) -> BTreeMap<String, Text> {
    let mut files = BTreeMap::new();
    for table in &Schema::get().tables {
        let rows = tables.rows(&table.name).filter(|rows| !rows.is_empty());
        if rows.is_none() && !table.required {
            continue;
        }
        let header: Vec<&str> = table.attributes.iter().map(|a| a.name.as_str()).collect();
        let mut text = Text { bytes: vec![], origins: BTreeMap::new() };
        text.line(&header);
        let mut number = 2;
        for row in rows.into_iter().flat_map(BTreeMap::values) {
            text.origins.insert(number, row.origin.clone());
            let start = text.bytes.len();
            text.line(&row.cells);
            number += text.bytes[start..].iter().filter(|b| **b == b'\n').count() as u64;
        }
        files.insert(table.file(), text);
    }
    files
}

impl Text {
    fn line<T: AsRef<[u8]>>(&mut self, cells: &[T]) {
        let mut writer = csv::WriterBuilder::new().from_writer(&mut self.bytes);
        // Memory takes everything, and every row has as many cells as the header.
        let _ = writer.write_record(cells);
        let _ = writer.flush();
    }
}

/// A problem of a built file, at the place its row came from.
pub(crate) fn at_origin(mut problem: Problem, origins: &Origins) -> Problem {
    let origin = problem.row.and_then(|row| origins.get(&problem.file)?.get(&row));
    if let Some(origin) = origin {
        if origin.by_rule {
            problem.sheet = Some(problem.file.clone());
        }
        problem.file = origin.file.to_string();
        problem.row = Some(origin.line);
    }
    problem
}

/// Writes the files of an atlas and removes tables that have no rows any more. Returns the removed ones.
pub fn write(folder: &Path, files: &Files) -> Result<Vec<String>, Fault> {
    let into = folder.join(BUILT);
    let fault = |file: &str, e: &std::io::Error| {
        Fault::at(Place::file(&format!("{BUILT}/{file}")), What::Unwritable(e.to_string()))
    };
    std::fs::create_dir_all(&into).map_err(|e| fault("", &e))?;
    // All are written beside their place before the first takes it.
    let mut ready = vec![];
    for (name, bytes) in files {
        ready.push((name, temporary(&into, bytes).map_err(|e| fault(name, &e))?));
    }
    for (name, file) in ready {
        file.persist(into.join(name)).map_err(|e| fault(name, &e.error))?;
    }
    let old = there(folder)?;
    let mut removed = vec![];
    for name in old.keys().filter(|name| !files.contains_key(*name)) {
        std::fs::remove_file(into.join(name)).map_err(|e| fault(name, &e))?;
        removed.push(name.clone());
    }
    Ok(removed)
}

fn temporary(folder: &Path, bytes: &[u8]) -> std::io::Result<tempfile::NamedTempFile> {
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    // A temporary file is for its owner alone; the result is an ordinary file.
    #[cfg(unix)]
    std::fs::set_permissions(file.path(), std::os::unix::fs::PermissionsExt::from_mode(0o644))?;
    Ok(file)
}

/// The built files that are there now.
pub fn there(folder: &Path) -> Result<Files, Fault> {
    let from = folder.join(BUILT);
    let fault = |e: &std::io::Error| Fault::at(Place::file(BUILT), What::Unreadable(e.to_string()));
    let mut files = Files::new();
    for entry in std::fs::read_dir(&from).map_err(|e| fault(&e))? {
        let entry = entry.map_err(|e| fault(&e))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.ends_with(".csv") || name == linchpin::atlas::package::FILE {
            files.insert(name, std::fs::read(entry.path()).map_err(|e| fault(&e))?);
        }
    }
    Ok(files)
}

/// How a file differs from what would be built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// It is not there.
    Missing,
    /// It would not be built.
    Extra,
    /// The first line that differs: its number, the line there, the line that would be built.
    Line(usize, String, String),
}

/// Files that differ from what would be built.
pub fn differences(there: &Files, built: &Files) -> Vec<(String, Difference)> {
    let mut names: Vec<&String> = there.keys().chain(built.keys()).collect();
    names.sort();
    names.dedup();
    let mut list = vec![];
    for name in names {
        match (there.get(name), built.get(name)) {
            (Some(a), Some(b)) if a != b => list.push((name.clone(), first_line(a, b))),
            (None, Some(_)) => list.push((name.clone(), Difference::Missing)),
            (Some(_), None) => list.push((name.clone(), Difference::Extra)),
            _ => {}
        }
    }
    list
}

fn first_line(a: &[u8], b: &[u8]) -> Difference {
    let lines = |bytes: &[u8]| -> Vec<String> {
        bytes.split(|c| *c == b'\n').map(|l| String::from_utf8_lossy(l).into_owned()).collect()
    };
    let (a, b) = (lines(a), lines(b));
    let at = a.iter().zip(&b).position(|(x, y)| x != y).unwrap_or(a.len().min(b.len()));
    let line = |of: &[String]| of.get(at).cloned().unwrap_or_default();
    Difference::Line(at + 1, line(&a), line(&b))
}
