//! The folder of the atlas before it is built: facts, fragments and rules.

use crate::facts::Facts;
use crate::fault::{Fault, Place, What};
use crate::fragments;
use crate::lines::Sheet;
use crate::rules::{KINDS, Rules};
use crate::tables::Tables;
use linchpin::atlas::{Package, Schema};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

/// Files by their path from the folder, with `/` between the parts.
pub type Folder = BTreeMap<String, Vec<u8>>;

const PACKAGE: &str = "groups/package.json";

/// Reads all files of `facts` and `groups`.
pub fn read(folder: &Path) -> Result<Folder, Vec<Fault>> {
    let mut files = Folder::new();
    let mut faults = vec![];
    for part in ["facts", "groups"] {
        walk(&folder.join(part), part, &mut files, &mut faults);
    }
    if faults.is_empty() { Ok(files) } else { Err(faults) }
}

fn walk(path: &Path, name: &str, files: &mut Folder, faults: &mut Vec<Fault>) {
    let unreadable = |e: &std::io::Error| Fault::at(Place::file(name), What::Unreadable(e.to_string()));
    let entries = match std::fs::read_dir(path) {
        Ok(entries) => entries,
        Err(e) => return faults.push(unreadable(&e)),
    };
    for entry in entries {
        let entry = match entry {
            Ok(entry) => entry,
            Err(e) => {
                faults.push(unreadable(&e));
                continue;
            }
        };
        let (path, name) = (entry.path(), format!("{name}/{}", entry.file_name().to_string_lossy()));
        if path.is_dir() {
            walk(&path, &name, files, faults);
        } else if name.ends_with(".csv") || name == PACKAGE {
            match std::fs::read(&path) {
                Ok(bytes) => {
                    files.insert(name, bytes);
                }
                Err(e) => faults.push(Fault::at(Place::file(&name), What::Unreadable(e.to_string()))),
            }
        }
    }
}

/// What the files of the folder hold.
#[derive(Debug)]
pub(crate) struct Parts {
    pub(crate) package: Package,
    pub(crate) facts: Facts,
    pub(crate) tables: Tables,
    pub(crate) rules: Rules,
}

/// Sorts the files into facts, fragments (joined to tables) and rules.
pub(crate) fn sort(folder: &Folder, faults: &mut Vec<Fault>) -> Parts {
    let package = package(folder.get(PACKAGE), faults);
    let mut parts =
        Parts { package, facts: Facts::default(), tables: Tables::default(), rules: Rules::new() };
    for (path, bytes) in folder.iter().filter(|(path, _)| *path != PACKAGE) {
        let sheet = match Sheet::parse(path, bytes) {
            Ok(sheet) => sheet,
            Err(fault) => {
                faults.push(fault);
                continue;
            }
        };
        let pieces: Vec<&str> = path.split('/').collect();
        match pieces.as_slice() {
            ["facts", name] => {
                parts.facts.files.insert((*name).to_owned(), sheet);
            }
            ["groups", _, "rules", name] => {
                match KINDS.iter().find(|k| Some(k.0) == name.strip_suffix(".csv")) {
                    Some((kind, columns)) => {
                        let before = faults.len();
                        faults.extend(sheet.missing(columns));
                        if faults.len() == before {
                            parts.rules.entry((*kind).to_owned()).or_default().push(sheet);
                        }
                    }
                    None => faults.push(Fault::at(Place::file(path), What::UnknownFile)),
                }
            }
            ["groups", _, name] => {
                match name.strip_suffix(".csv").and_then(|table| Schema::get().table(table)) {
                    Some(table) => fragments::join(table, &sheet, &mut parts.tables, faults),
                    None => faults.push(Fault::at(Place::file(path), What::UnknownFile)),
                }
            }
            _ => faults.push(Fault::at(Place::file(path), What::UnknownFile)),
        }
    }
    parts
}

fn package(bytes: Option<&Vec<u8>>, faults: &mut Vec<Fault>) -> Package {
    let mut package = Package::default();
    let Some(bytes) = bytes else {
        faults.push(Fault::at(Place::file(PACKAGE), What::Missing));
        return package;
    };
    let json: Value = match serde_json::from_slice(bytes) {
        Ok(json) => json,
        Err(e) => {
            faults.push(Fault::at(Place::file(PACKAGE), What::Unreadable(e.to_string())));
            return package;
        }
    };
    for (field, into) in
        [("name", &mut package.name), ("version", &mut package.version), ("as_of", &mut package.as_of)]
    {
        match json.get(field).and_then(Value::as_str) {
            Some(text) => text.clone_into(into),
            None => {
                let place = Place { column: Some(field.to_owned()), ..Place::file(PACKAGE) };
                faults.push(Fault::at(place, What::Blank));
            }
        }
    }
    package
}
