//! Every fault that user data can have, in one place: what is wrong and how to mend it.
//!
//! Faults are collected, never thrown at the first one. The sentences live with the other messages, under the ids
//! used here.

use linchpin_table::{Message, Problem};

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
    let value = place.value.map(|v| match v.char_indices().nth(SHOWN) {
        Some((cut, _)) => format!("{}…", &v[..cut]),
        None => v.to_owned(),
    });
    Problem {
        file: place.file.to_owned(),
        sheet: None,
        row: place.row,
        column: place.column.map(str::to_owned),
        value,
        what,
        mend,
    }
}

/// A fault of a whole file.
pub fn of_file(file: &str, what: Message) -> Problem {
    at(&Place { file, ..Place::default() }, what)
}

/// A file or folder that cannot be read.
pub fn unreadable(file: &str, error: &std::io::Error) -> Problem {
    of_file(file, Message::new("fault-unreadable").text("reason", error.to_string()))
}

/// A line longer than [`super::files::MAX_LINE_BYTES`].
pub fn line_too_long(file: &str, row: u64) -> Problem {
    at(&Place { file, row: Some(row), ..Place::default() }, Message::new("fault-line-too-long"))
}

/// A file larger than [`super::files::MAX_FILE_BYTES`].
pub fn file_too_large(file: &str) -> Problem {
    of_file(file, Message::new("fault-file-too-large"))
}
