//! A file as sheets of cells: a workbook, delimited text, or the tables of a Markdown page.
//!
//! Rows without text are left out; the numbers of the others show where they were.

mod delimited;
mod fault;
mod filling;
mod markdown;
pub(crate) mod text;
mod workbook;

pub use fault::{FileFault, Place};

use crate::beside::names::restore;
use crate::sheet::Sheet;
use filling::Filling;
use linchpin::context::Context;
use std::io::Read as _;
use std::path::Path;

/// What a file may hold at most. They are there so that no file fills the memory, whatever stands in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file.
    pub file: u64,
    /// Bytes that a workbook unpacks to, all its parts together.
    pub unpacked: u64,
    /// How many times its packed size a part of a workbook may unpack to, once it is larger than a megabyte.
    pub ratio: u64,
    /// Sheets, or tables of a page.
    pub sheets: usize,
    /// Rows with text, in all sheets together.
    pub rows: usize,
    /// Columns.
    pub columns: usize,
    /// Cells with text, in all sheets together.
    pub cells: usize,
    /// Bytes of a cell.
    pub cell: usize,
    /// Bytes of all cells together.
    pub text: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            file: 256 << 20,
            unpacked: 1 << 30,
            ratio: 500,
            sheets: 256,
            rows: 5_000_000,
            columns: 16_384,
            cells: 20_000_000,
            cell: 1 << 20,
            text: 1 << 30,
        }
    }
}

/// What a file turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A workbook (XLSX).
    Workbook,
    /// Text with this character between cells.
    Delimited(char),
    /// A Markdown page.
    Markdown,
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Read {
    /// Its sheets, in the order in which they stand in it.
    pub sheets: Vec<Sheet>,
    /// What it is.
    pub kind: Kind,
    /// The encoding that its text was taken for; a workbook has none.
    pub encoding: Option<&'static str>,
}

/// Reads a file.
pub fn read(path: &Path, limits: &Limits, context: &Context) -> Result<Read, FileFault> {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    let unreadable =
        |e: std::io::Error| FileFault::Unreadable { place: Place::file(&name), reason: e.to_string() };
    // A pipe or a device may never end.
    if !std::fs::metadata(path).map_err(unreadable)?.is_file() {
        return Err(unreadable(std::io::Error::other("not a file")));
    }
    let mut bytes = vec![];
    let file = std::fs::File::open(path).map_err(unreadable)?;
    // It may have grown since it was looked at.
    file.take(limits.file.saturating_add(1)).read_to_end(&mut bytes).map_err(unreadable)?;
    read_bytes(&name, &bytes, limits, context)
}

/// Reads the bytes of a file; its name tells whether it is a page, and is shown in faults.
pub fn read_bytes(name: &str, bytes: &[u8], limits: &Limits, context: &Context) -> Result<Read, FileFault> {
    let place = || Place::file(name);
    if bytes.len() as u64 > limits.file {
        return Err(FileFault::FileTooLarge { place: place(), limit: limits.file });
    }
    if bytes.is_empty() {
        return Err(FileFault::Empty { place: place() });
    }
    let mut filling = Filling::new(name, limits, context);
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        workbook::read(bytes, &mut filling)?;
        let mut sheets = filling.finish();
        sheets.iter_mut().for_each(restore);
        return Ok(Read { sheets, kind: Kind::Workbook, encoding: None });
    }
    if bytes.starts_with(&workbook::COMPOUND) {
        return Err(workbook::compound(bytes, place()));
    }
    let Some((text, encoding)) = text::decode(bytes) else {
        return Err(FileFault::NotText { place: place() });
    };
    let extension = Path::new(name).extension().unwrap_or_default().to_ascii_lowercase();
    let kind = if extension == "md" || extension == "markdown" {
        markdown::read(&text, &mut filling)?;
        Kind::Markdown
    } else if text::is_markup(&text) {
        return Err(FileFault::Markup { place: place() });
    } else {
        Kind::Delimited(delimited::read(&text, &mut filling)?)
    };
    Ok(Read { sheets: filling.finish(), kind, encoding: Some(encoding) })
}
