//! Where the bytes of an atlas come from: a folder, or the copy inside the program.

use super::problems::{self, Problems};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// A line longer than this is not a table a person keeps.
pub const MAX_LINE_BYTES: usize = 1 << 20;
/// A file larger than this is not read into memory.
pub const MAX_FILE_BYTES: usize = 1 << 30;

/// The files of an atlas by name.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Reads the CSV files and `datapackage.json` of a folder. Faults go to `problems`.
pub fn from_folder(folder: &Path, problems: &mut Problems) -> Files {
    let mut files = Files::new();
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(e) => {
            problems.push(problems::unreadable(&folder.display().to_string(), &e));
            return files;
        }
    };
    let mut names: Vec<String> =
        entries.flatten().filter_map(|e| e.file_name().into_string().ok()).filter(|n| is_table(n)).collect();
    names.sort();
    for name in names {
        match read_bounded(&folder.join(&name)) {
            Ok(bytes) => {
                files.insert(name, bytes);
            }
            Err(ReadFault::Io(e)) => problems.push(problems::unreadable(&name, &e)),
            Err(ReadFault::Line(row)) => problems.push(problems::line_too_long(&name, row)),
            Err(ReadFault::Size) => problems.push(problems::file_too_large(&name)),
        }
    }
    files
}

fn is_table(name: &str) -> bool {
    name.to_ascii_lowercase().ends_with(".csv") || name == "datapackage.json"
}

enum ReadFault {
    Io(std::io::Error),
    Line(u64),
    Size,
}

/// Reads a file, giving up at the first line that is too long, so that a 2 GB line costs a megabyte.
fn read_bounded(path: &Path) -> Result<Vec<u8>, ReadFault> {
    let mut file = File::open(path).map_err(ReadFault::Io)?;
    let (mut bytes, mut chunk) = (Vec::new(), vec![0u8; 1 << 16]);
    let (mut line_start, mut row) = (0usize, 1u64);
    loop {
        let n = file.read(&mut chunk).map_err(ReadFault::Io)?;
        if n == 0 {
            return Ok(bytes);
        }
        for (i, _) in chunk[..n].iter().enumerate().filter(|(_, b)| **b == b'\n') {
            row += 1;
            line_start = bytes.len() + i + 1;
        }
        bytes.extend_from_slice(&chunk[..n]);
        if bytes.len() - line_start.min(bytes.len()) > MAX_LINE_BYTES {
            return Err(ReadFault::Line(row));
        }
        if bytes.len() > MAX_FILE_BYTES {
            return Err(ReadFault::Size);
        }
    }
}
