//! Builds the tables of an atlas from the public figures as read, the rows written by hand, and the rules that turn
//! the one into the other. The same folder gives the same bytes.

pub mod facts;
pub mod fault;
pub mod folder;
pub mod ledger;
pub mod lines;
pub mod report;
pub mod sample;
pub mod tables;
pub mod write;

mod derive;
mod fragments;
mod number;
mod rules;
mod sources;

use facts::{Facts, Used};
use fault::Fault;
use folder::Folder;
use ledger::Fates;
use linchpin::atlas::{Atlas, Files, package};
use linchpin_table::Problem;
use rules::Work;
use std::collections::BTreeMap;

/// What was built, and everything that is wrong with it.
#[derive(Debug)]
pub struct Built {
    /// The files of the atlas by name.
    pub files: Files,
    /// The facts.
    pub facts: Facts,
    /// What became of every row of the facts.
    pub fates: Fates,
    /// What is wrong with facts, fragments, rules and ledgers.
    pub faults: Vec<Fault>,
    /// Files of which not every row is settled.
    pub unsettled: Vec<Fault>,
    /// What a reader of the built atlas finds wrong, at the place each row came from.
    pub problems: Vec<Problem>,
}

impl Built {
    /// Nothing is wrong.
    pub fn is_sound(&self) -> bool {
        self.faults.is_empty() && self.unsettled.is_empty() && self.problems.is_empty()
    }
}

/// Builds an atlas in memory. What is at fault is left out, so that all faults are found at once.
pub fn build(folder: &Folder) -> Built {
    let mut faults = vec![];
    let parts = folder::sort(folder, &mut faults);
    let mut work = Work { facts: &parts.facts, tables: parts.tables, used: Used::default(), faults };
    rules::apply(&parts.rules, &mut work);
    let Work { mut tables, used, mut faults, .. } = work;
    sources::add_cited(&parts.facts, &mut tables, &mut faults);
    derive::fill(&mut tables);
    let ledgers = parts.rules.get("ledger").map(Vec::as_slice).unwrap_or_default();
    let fates = ledger::settle(ledgers, &parts.facts, &used, &tables, &mut faults);
    let unsettled = ledger::unsettled(&parts.facts, &fates);
    let (mut files, mut origins) = (Files::new(), BTreeMap::new());
    for (file, text) in write::files(&tables) {
        origins.insert(file.clone(), text.origins);
        files.insert(file, text.bytes);
    }
    files.insert(package::FILE.to_owned(), parts.package.to_json().into_bytes());
    let problems = Atlas::read(&files).err().unwrap_or_default();
    let problems = problems.into_iter().map(|p| write::at_origin(p, &origins)).collect();
    faults.sort();
    faults.dedup();
    Built { files, facts: parts.facts, fates, faults, unsettled, problems }
}
