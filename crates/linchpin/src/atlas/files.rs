//! Where the bytes of an atlas come from: a folder, or the copy inside the program.

use super::package;
use super::problems::{self, Problems};
use super::schema::Schema;
use linchpin_table::Message;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// A line longer than this is not a table a person keeps.
pub const MAX_LINE_BYTES: usize = 1 << 20;
/// A file larger than this is not read into memory.
pub const MAX_FILE_BYTES: usize = 1 << 30;

/// What lies beside the tables of an imported product and is none of them: which item each of its parts is, and what is assumed of a
/// robot that is known by its model.
pub const MATCHES: &str = "matches.csv";
/// See [`MATCHES`].
pub const ASSUMPTIONS: &str = "assumptions.csv";

/// The files of an atlas by name.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Reads the CSV files and `datapackage.json` of a folder. Faults go to `problems`; `None` if the folder cannot be read.
///
/// A file that looks like a table but is none (`Items.csv`, `items.xlsx`) comes without its bytes, so that it is
/// refused by name and not passed over.
pub fn from_folder(folder: &Path, problems: &mut Problems) -> Option<Files> {
    let mut files = Files::new();
    let none = |e| problems::no_folder(&folder.display().to_string(), &e);
    let entries = std::fs::read_dir(folder).map_err(|e| problems.push(none(e))).ok()?;
    let mut names = vec![];
    for entry in entries {
        match entry {
            Ok(entry) => names.push(entry.file_name()),
            Err(e) => problems.push(problems::unreadable(&folder.display().to_string(), &e)),
        }
    }
    names.sort();
    for os_name in names {
        let (path, name) = (folder.join(&os_name), os_name.to_string_lossy().into_owned());
        if [MATCHES, ASSUMPTIONS].contains(&name.as_str()) {
            continue;
        }
        let ours = name == package::FILE || is_table(&name);
        if !ours && path.is_dir() {
            if holds_tables(&path) {
                problems.push(problems::of_file(&name, Message::new("fault-subfolder")));
            }
        } else if !ours {
            if looks_like_table(&name) {
                files.insert(name, vec![]);
            }
        } else {
            match read_bounded(&path) {
                Ok(bytes) => {
                    files.insert(name, bytes);
                }
                Err(ReadFault::Io(e)) => problems.push(problems::unreadable(&name, &e)),
                Err(ReadFault::Line(row)) => problems.push(problems::line_too_long(&name, row)),
                Err(ReadFault::Size) => problems.push(problems::file_too_large(&name)),
            }
        }
    }
    Some(files)
}

/// Whether a file of this name holds a table.
pub fn is_table(name: &str) -> bool {
    name.strip_suffix(".csv").is_some_and(|stem| Schema::get().table(stem).is_some())
}

/// A table under a name that is not quite right, or in the form of a spreadsheet.
fn looks_like_table(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let (stem, ending) = name.rsplit_once('.').unwrap_or((&name, ""));
    name == package::FILE
        || ending == "csv"
        || matches!(ending, "xlsx" | "xls" | "ods" | "tsv") && Schema::get().table(stem).is_some()
}

/// Whether a subfolder, which is not read, holds what looks like a table.
fn holds_tables(folder: &Path) -> bool {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|e| e.file_name()).any(|n| looks_like_table(&n.to_string_lossy()))
}

enum ReadFault {
    Io(std::io::Error),
    Line(u64),
    Size,
}

/// Reads a file, giving up at the first line that is too long, so that a 2 GB line costs a megabyte.
fn read_bounded(path: &Path) -> Result<Vec<u8>, ReadFault> {
    // A pipe or a device may never end.
    if !std::fs::metadata(path).map_err(ReadFault::Io)?.is_file() {
        return Err(ReadFault::Io(std::io::Error::other("not a file")));
    }
    let mut file = File::open(path).map_err(ReadFault::Io)?;
    let (mut bytes, mut chunk) = (Vec::new(), vec![0u8; 1 << 16]);
    let (mut line_start, mut row) = (0usize, 1u64);
    loop {
        let n = file.read(&mut chunk).map_err(ReadFault::Io)?;
        if n == 0 {
            return Ok(bytes);
        }
        for (i, byte) in chunk[..n].iter().enumerate() {
            let length = bytes.len() + i - line_start;
            if length > MAX_LINE_BYTES {
                return Err(ReadFault::Line(row));
            }
            if *byte == b'\n' {
                row += 1;
                line_start = bytes.len() + i + 1;
            }
        }
        bytes.extend_from_slice(&chunk[..n]);
        if bytes.len() > MAX_FILE_BYTES {
            return Err(ReadFault::Size);
        }
    }
}
