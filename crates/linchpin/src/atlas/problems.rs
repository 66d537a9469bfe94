//! Every fault that user data can have, in one place: what is wrong and how to mend it.
//!
//! Faults are collected, never thrown at the first one. The sentences live with the other messages, under the ids
//! used here.

use linchpin_table::{Message, Problem};
use std::collections::BTreeSet;

/// The faults found so far.
pub type Problems = Vec<Problem>;

/// Where a fault is.
#[derive(Debug, Clone, Default)]
pub struct Place<'a> {
    /// File name.
    pub file: &'a str,
    /// Line in the file, from 1.
    pub row: Option<u64>,
    /// Column name.
    pub column: Option<&'a str>,
    /// The value that is wrong.
    pub value: Option<&'a str>,
}

/// Longest part of a wrong value that is repeated to the user.
const SHOWN: usize = 60;

/// A fault at a place; the remedy's id is the fault's with `-mend` added and has the same arguments.
pub fn at(place: &Place<'_>, what: Message) -> Problem {
    let mut mend = what.clone();
    mend.id = format!("{}-mend", what.id).into();
    Problem {
        file: place.file.to_owned(),
        sheet: None,
        row: place.row,
        column: place.column.map(shown),
        value: place.value.map(shown),
        what,
        mend,
        others: 0,
    }
}

/// As much of a text as is repeated to the user.
pub(super) fn shown(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((cut, _)) => format!("{}…", &text[..cut]),
        None => text.to_owned(),
    }
}

/// Tables of which no row could be read, so that nobody can say that a row is missing.
pub(super) fn unread(problems: &Problems) -> BTreeSet<String> {
    const HIDE: [&str; 11] = [
        "fault-empty-file",
        "fault-file-too-large",
        "fault-line-too-long",
        "fault-missing-column",
        "fault-missing-file",
        "fault-no-rows",
        "fault-not-utf8",
        "fault-repeated-column",
        "fault-unknown-column",
        "fault-unreadable",
        "fault-utf16",
    ];
    problems.iter().filter(|p| HIDE.contains(&p.what.id.as_ref())).map(|p| p.file.clone()).collect()
}

/// A fault of a whole file.
pub fn of_file(file: &str, what: Message) -> Problem {
    at(&Place { file, ..Place::default() }, what)
}

/// A file or folder that cannot be read.
pub fn unreadable(file: &str, error: &std::io::Error) -> Problem {
    of_file(file, Message::new("fault-unreadable").text("reason", error.to_string()))
}

/// A folder that cannot be read.
pub fn no_folder(folder: &str, error: &std::io::Error) -> Problem {
    match error.kind() {
        std::io::ErrorKind::NotFound => of_file(folder, Message::new("fault-no-folder")),
        _ => unreadable(folder, error),
    }
}

/// A line longer than [`super::files::MAX_LINE_BYTES`].
pub fn line_too_long(file: &str, row: u64) -> Problem {
    at(&Place { file, row: Some(row), ..Place::default() }, Message::new("fault-line-too-long"))
}

/// A file larger than [`super::files::MAX_FILE_BYTES`].
pub fn file_too_large(file: &str) -> Problem {
    of_file(file, Message::new("fault-file-too-large"))
}
