//! What can be wrong with a file.

use linchpin::context::Cancelled;
use std::fmt;

/// A place in a file, as far as it is known. Rows and columns count from 1.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Name of the file.
    pub file: String,
    /// Name of the sheet.
    pub sheet: Option<String>,
    /// Row of a sheet, or line of a text.
    pub row: Option<u32>,
    /// Column.
    pub column: Option<u32>,
}

impl Place {
    pub(super) fn file(file: &str) -> Place {
        Place { file: file.to_owned(), ..Place::default() }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(sheet) = &self.sheet {
            write!(f, ", sheet \"{sheet}\"")?;
        }
        if let Some(row) = self.row {
            write!(f, ", row {row}")?;
        }
        match self.column {
            Some(column) => write!(f, ", column {column}"),
            None => Ok(()),
        }
    }
}

/// Why a file was not read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[allow(missing_docs)] // the sentence is the documentation
pub enum FileFault {
    #[error("{place}: cannot be read: {reason}")]
    Unreadable { place: Place, reason: String },
    #[error("{place}: the file is empty")]
    Empty { place: Place },
    #[error("{place}: neither a workbook nor text; save it as .xlsx or .csv")]
    NotText { place: Place },
    #[error("{place}: a web page or XML, no table; open it in a spreadsheet and save it as .xlsx or .csv")]
    Markup { place: Place },
    #[error("{place}: a quotation mark is opened and not closed")]
    UnclosedQuote { place: Place },
    #[error("{place}: protected with a password; save it as .xlsx without one")]
    Password { place: Place },
    #[error("{place}: an old .xls or another Office file; save it as .xlsx")]
    OldWorkbook { place: Place },
    #[error("{place}: an archive without an .xlsx workbook; save it as .xlsx")]
    NotWorkbook { place: Place },
    #[error("{place}: damaged: {reason}; open it in a spreadsheet and save it again")]
    Damaged { place: Place, reason: String },
    #[error("{place}: larger than {limit} bytes")]
    FileTooLarge { place: Place, limit: u64 },
    #[error("{place}: unpacks to more than {limit} bytes at \"{part}\"")]
    UnpackedTooLarge { place: Place, part: String, limit: u64 },
    #[error("{place}: \"{part}\" unpacks to more than {limit} times its size")]
    RatioTooLarge { place: Place, part: String, limit: u64 },
    #[error("{place}: more than {limit} sheets or tables")]
    TooManySheets { place: Place, limit: usize },
    #[error("{place}: more than {limit} rows")]
    TooManyRows { place: Place, limit: usize },
    #[error("{place}: more than {limit} columns")]
    TooManyColumns { place: Place, limit: usize },
    #[error("{place}: more than {limit} cells")]
    TooManyCells { place: Place, limit: usize },
    #[error("{place}: a cell of {bytes} bytes, more than {limit}")]
    CellTooLong { place: Place, bytes: usize, limit: usize },
    #[error("{place}: more than {limit} bytes of text")]
    TooMuchText { place: Place, limit: usize },
    #[error("cancelled")]
    Cancelled(#[from] Cancelled),
}
