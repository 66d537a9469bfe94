//! What is noticed while a model is read.

use super::fault::{Problem, What};
use super::remark::{Limit, Remark};
use super::xml::{Element, Written};
use std::cmp::Ordering;
use std::collections::BTreeSet;

/// Most problems that are told of a file. A file of which all is wrong would take far more room than it has itself.
const MOST_PROBLEMS: usize = 10_000;

/// What is wrong and what is worth telling.
#[derive(Default)]
pub(super) struct Notes {
    /// Each once, though a default is used by many and a part is repeated.
    pub(super) problems: BTreeSet<Problem>,
    pub(super) remarks: Vec<Remark>,
}

impl Notes {
    /// Something wrong with an element, or with an attribute of it.
    pub(super) fn problem(&mut self, at: Element<'_>, attribute: &str, what: What, value: &str) {
        let (what, value) = match self.problems.len().cmp(&MOST_PROBLEMS) {
            Ordering::Less => (what, value),
            Ordering::Equal => (What::More, ""),
            Ordering::Greater => return,
        };
        let of = format!("{} {attribute}", at.name());
        self.problems.insert(Problem::new(at.file_name(), at.line(), of.trim_end().to_owned(), what, value));
    }

    /// A name, which must be there.
    pub(super) fn name<'x>(&mut self, at: Element<'x>, attribute: &str) -> Option<&'x str> {
        let name = at.called(attribute);
        if name.is_none() {
            self.problem(at, attribute, What::Missing, "");
        }
        name
    }

    /// A limit of a joint, which is to be above 0; what else is written there is worth telling.
    pub(super) fn limit(&mut self, joint: usize, limit: Limit, written: Option<Written<'_>>) -> Option<f64> {
        let Some(written) = written else {
            self.remarks.push(Remark::LimitMissing { joint, limit });
            return None;
        };
        let endless = written.text.trim().parse().is_ok_and(|n: f64| n.is_infinite());
        let value = if endless { f64::INFINITY } else { written.number(self)? };
        if value == 0.0 || endless {
            self.remarks.push(Remark::LimitNotSet { joint, limit, value: value.abs() });
            return None;
        }
        if value < 0.0 {
            self.remarks.push(Remark::LimitNegative { joint, limit });
        }
        Some(value.abs())
    }

    /// Meshes that are named by these paths, in these folders.
    pub(super) fn meshes<'x>(
        &mut self,
        paths: impl Iterator<Item = &'x str>,
        folders: impl Iterator<Item = &'x str>,
    ) {
        let paths: Vec<&str> = paths.collect();
        if !paths.is_empty() {
            self.remarks.push(Remark::Meshes { count: paths.len() });
        }
        let absolute: Vec<&str> = folders.chain(paths).filter(|path| is_absolute(path)).collect();
        if let Some(first) = absolute.first() {
            self.remarks.push(Remark::AbsolutePaths { count: absolute.len(), first: (*first).to_owned() });
        }
    }
}

/// Whether a path begins at the root of some machine's disk: `/home/…`, `C:\…`, `\\server\…`, `file:///…`.
pub(super) fn is_absolute(path: &str) -> bool {
    let path = path.trim();
    let path = path.strip_prefix("file://").unwrap_or(path);
    let drive = matches!(path.as_bytes(), [letter, b':', ..] if letter.is_ascii_alphabetic());
    path.starts_with(['/', '\\']) || drive
}
