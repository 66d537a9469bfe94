//! A table in a file, row by row, whatever the form of the file.

use super::faults::Faults;
use super::{csv, parquet};
use crate::atlas::problems::Place;
use crate::context::Cancelled;
use std::borrow::Cow;
use std::path::{Path, PathBuf};

/// What a column must hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Text or whole numbers.
    Id,
    /// Numbers, or text that reads as one.
    Number,
}

/// A column that is read.
pub(crate) type Wanted = (&'static str, Kind);

/// A cell as it stands in the file.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Cell<'a> {
    Blank,
    Text(&'a [u8]),
    Integer(i128),
    Number(f64),
}

/// What is done with a row: its number in the file and its cells, in the order in which they are wanted.
pub(crate) type Each<'e> = dyn FnMut(&mut Faults, u64, &[Cell<'_>]) + 'e;
/// What is told of the rows read so far.
pub(crate) type Tick<'t> = dyn FnMut(usize) -> Result<(), Cancelled> + 't;

/// Rows between two reports.
pub(crate) const REPORT: usize = 1 << 16;

/// A table of a folder.
pub(crate) struct Source {
    pub(crate) path: PathBuf,
    /// Name of the file.
    pub(crate) file: String,
}

/// The file of a table, which has one of two forms.
pub(crate) fn find(folder: &Path, table: &str, faults: &mut Faults) -> Option<Source> {
    let names = [format!("{table}.csv"), format!("{table}.parquet")];
    let there: Vec<&String> = names.iter().filter(|n| folder.join(n).exists()).collect();
    match there[..] {
        [file] => Some(Source { path: folder.join(file), file: file.clone() }),
        [] => {
            faults.add(&Place { file: &names[0], ..Place::default() }, "fault-firms-no-file");
            None
        }
        _ => {
            faults.add_with(&Place { file: &names[0], ..Place::default() }, "fault-firms-two-files", |m| {
                m.text("other", names[1].as_str())
            });
            None
        }
    }
}

impl Source {
    /// A place in the file.
    pub(crate) fn place<'a>(
        &'a self,
        row: Option<u64>,
        column: Option<&'a str>,
        value: Option<&'a str>,
    ) -> Place<'a> {
        Place { file: &self.file, row, column, value }
    }

    /// Hands over every row with its wanted columns, and gives back the names of those that are not.
    pub(crate) fn rows(
        &self,
        wanted: &[Wanted],
        faults: &mut Faults,
        tick: &mut Tick<'_>,
        each: &mut Each<'_>,
    ) -> Result<Option<Vec<String>>, Cancelled> {
        // A pipe or a device may never end.
        let opened = match std::fs::metadata(&self.path) {
            Ok(data) if !data.is_file() => Err(std::io::Error::other("not a file")),
            Ok(data) if data.len() == 0 => {
                faults.add(&self.place(None, None, None), "fault-empty-file");
                return Ok(None);
            }
            Ok(_) => std::fs::File::open(&self.path),
            Err(e) => Err(e),
        };
        match opened {
            Ok(file) if self.file.ends_with(".csv") => csv::rows(self, file, wanted, faults, tick, each),
            Ok(file) => parquet::rows(self, file, wanted, faults, tick, each),
            Err(e) => {
                faults.add_with(&self.place(None, None, None), "fault-unreadable", |m| {
                    m.text("reason", e.to_string())
                });
                Ok(None)
            }
        }
    }

    /// Where the wanted columns stand among those of the file, and which of the file's are not wanted.
    pub(crate) fn order(
        &self,
        header: &[&str],
        row: Option<u64>,
        wanted: &[Wanted],
        faults: &mut Faults,
    ) -> Option<(Vec<usize>, Vec<String>)> {
        let mut order = vec![];
        for (name, _) in wanted {
            let place = self.place(row, Some(*name), None);
            let mut at = header.iter().enumerate().filter(|(_, h)| *h == name).map(|(i, _)| i);
            match (at.next(), at.next()) {
                (None, _) => faults.add(&place, "fault-missing-column"),
                (Some(_), Some(_)) => faults.add(&place, "fault-repeated-column"),
                (Some(i), None) => order.push(i),
            }
        }
        let other = |name: &&&str| wanted.iter().all(|(w, _)| *w != **name);
        let others = header.iter().filter(other).map(|name| (*name).to_owned()).collect();
        (order.len() == wanted.len()).then_some((order, others))
    }
}

impl Cell<'_> {
    /// As it is shown to who mends it.
    pub(crate) fn shown(&self) -> Option<Cow<'_, str>> {
        match self {
            Cell::Blank => None,
            Cell::Text(text) => Some(String::from_utf8_lossy(text)),
            Cell::Integer(value) => Some(value.to_string().into()),
            Cell::Number(value) => Some(value.to_string().into()),
        }
    }

    /// The name that it holds, or the id of what is wrong.
    pub(crate) fn name<'s>(&'s self, scratch: &'s mut String) -> Result<&'s str, &'static str> {
        match self {
            Cell::Text(text) => match std::str::from_utf8(text).map(str::trim) {
                Ok("") => Err("fault-blank"),
                Ok(name) if name.bytes().any(|b| b.is_ascii_control()) => Err("fault-control-character"),
                Ok(name) => Ok(name),
                Err(_) => Err("fault-not-utf8"),
            },
            Cell::Integer(value) => {
                use std::fmt::Write;
                scratch.clear();
                // Text takes anything.
                let _ = write!(scratch, "{value}");
                Ok(scratch)
            }
            Cell::Blank => Err("fault-blank"),
            Cell::Number(_) => Err("fault-firms-type"),
        }
    }

    /// The number that it holds, or the id of what is wrong.
    pub(crate) fn number(&self) -> Result<f64, &'static str> {
        let value = match self {
            Cell::Blank => return Err("fault-blank"),
            Cell::Integer(value) => *value as f64,
            Cell::Number(value) => *value,
            Cell::Text(text) => {
                let text = std::str::from_utf8(text).map_err(|_| "fault-not-utf8")?.trim();
                let wrong = || match text {
                    "" => "fault-blank",
                    t if t.contains(',') && t.replace(',', "").parse::<f64>().is_ok() => {
                        "fault-thousands-separator"
                    }
                    _ => "fault-number",
                };
                text.parse().map_err(|_| wrong())?
            }
        };
        // There is one zero.
        if value.is_finite() { Ok(value + 0.0) } else { Err("fault-firms-endless") }
    }
}

/// Where a cell of a row is, for its faults.
pub(crate) struct At<'a> {
    pub(crate) source: &'a Source,
    pub(crate) row: u64,
    pub(crate) column: &'static str,
    pub(crate) cell: &'a Cell<'a>,
}

impl At<'_> {
    pub(crate) fn fault(&self, faults: &mut Faults, id: &'static str, allowed: &str) {
        let value = self.cell.shown();
        let place = self.source.place(Some(self.row), Some(self.column), value.as_deref());
        faults.add_with(&place, id, |m| if allowed.is_empty() { m } else { m.text("allowed", allowed) });
    }

    /// A number that must be finite and lie between two ends, both with the words for them.
    pub(crate) fn number(&self, faults: &mut Faults, low: (f64, &str), high: (f64, &str)) -> Option<f64> {
        match self.cell.number() {
            Err(id) => self.fault(faults, id, ""),
            Ok(value) if value < low.0 => self.fault(faults, "fault-below-minimum", low.1),
            Ok(value) if value > high.0 => self.fault(faults, "fault-above-maximum", high.1),
            Ok(value) => return Some(value),
        }
        None
    }
}
