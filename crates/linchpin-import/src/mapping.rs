//! How files were read, written down so that it can be corrected and used again.

use crate::beside::names::is_short_for;
use crate::column::{self, Reason, Role, letters, of_letters};
use crate::sheet::Sheet;
use crate::table::{self, Kind, Skipped, Table};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What the sheet is called in which a workbook of the program keeps how a mapping reads its other sheets.
pub(crate) const SHEET: &str = "Linchpin mapping";

/// How each table is read.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// The tables.
    #[serde(default)]
    pub table: Vec<Mapped>,
}

/// How a table is read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapped {
    /// Name of the file.
    pub file: String,
    /// Name of the sheet, or the headings above the table.
    #[serde(default)]
    pub sheet: String,
    /// Row of its header in the file, from 1; 0 if it has none.
    pub header: u32,
    /// What it lists.
    pub kind: Kind,
    /// What its columns hold, by the letters that a spreadsheet gives them. A column that is left out is not read.
    #[serde(default)]
    pub columns: BTreeMap<String, Role>,
    /// Whether the workbook itself keeps it.
    #[serde(skip)]
    pub kept: bool,
}

/// Why a mapping cannot be followed.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum MappingFault {
    /// It is no mapping.
    #[error("line {line}: {reason}")]
    Text {
        /// Line in the mapping.
        line: usize,
        /// What is wrong.
        reason: String,
    },
    /// It names a sheet that is not there.
    #[error("{file} has no sheet {sheet:?}; it has {known}")]
    Sheet {
        /// The file.
        file: String,
        /// The sheet.
        sheet: String,
        /// The sheets that are there.
        known: String,
    },
    /// It names a row that is not there.
    #[error("{file}, sheet {sheet:?} has no row {row}")]
    Row {
        /// The file.
        file: String,
        /// The sheet.
        sheet: String,
        /// The row.
        row: u32,
    },
    /// It says what a column holds that is not there.
    #[error("{file}, sheet {sheet:?} has no column {column}; it has {known}")]
    Absent {
        /// The file.
        file: String,
        /// The sheet.
        sheet: String,
        /// The column.
        column: String,
        /// The columns that are there.
        known: String,
    },
    /// It names a column by something else than letters.
    #[error("{column:?} is no column: A, B, …, XFD")]
    Column {
        /// What it names.
        column: String,
    },
}

impl Mapping {
    /// Reads a mapping.
    pub fn parse(text: &str) -> Result<Mapping, MappingFault> {
        toml::from_str(text).map_err(|e| {
            let line = e.span().map_or(0, |span| text[..span.start].matches('\n').count() + 1);
            MappingFault::Text { line, reason: e.message().to_owned() }
        })
    }

    /// How tables were read.
    pub fn of(tables: &[Table], sheets: &[Sheet], files: &[String]) -> Mapping {
        let mapped = |t: &Table| {
            let sheet = sheets.get(t.sheet)?;
            let header = t.header.and_then(|h| sheet.row(h)).map_or(0, |row| row.number());
            let read = t.columns.iter().filter(|c| c.role != Role::Ignore);
            Some(Mapped {
                file: files.get(t.sheet)?.clone(),
                sheet: sheet.name.clone(),
                header,
                kind: t.kind,
                columns: read.map(|c| (letters(c.at), c.role)).collect(),
                kept: false,
            })
        };
        Mapping { table: tables.iter().filter_map(mapped).collect() }
    }

    /// The mapping as a file.
    pub fn text(&self) -> String {
        let roles: Vec<&str> = column::ALL.iter().map(|(name, _)| *name).collect();
        // A mapping is plain data, which can always be written.
        let body = toml::to_string_pretty(self).unwrap_or_default();
        format!(
            "# How the tables were read. Correct it and give it back with --mapping.\n\
             # kind: parts, vendors, stock, skip\n# columns: {}\n\n{body}",
            roles.join(", ")
        )
    }

    /// The tables of the sheets as the mapping has them; those of which it says nothing as they are recognised.
    pub fn tables(
        &self,
        recognised: Vec<Table>,
        sheets: &[Sheet],
        files: &[String],
    ) -> Result<Vec<Table>, Vec<MappingFault>> {
        let (mut faults, mut tables) = (vec![], vec![]);
        let mut told = vec![false; sheets.len()];
        for mapped in self.table.iter().filter(|m| files.contains(&m.file)) {
            let here = |at: &usize| files[*at] == mapped.file && sheets[*at].name == mapped.sheet;
            let Some(at) = (0..sheets.len()).find(here) else {
                let known = (0..sheets.len()).filter(|at| files[*at] == mapped.file);
                let known: Vec<&str> = known.map(|at| sheets[at].name.as_str()).collect();
                faults.push(MappingFault::Sheet {
                    file: mapped.file.clone(),
                    sheet: mapped.sheet.clone(),
                    known: known.join("; "),
                });
                continue;
            };
            told[at] = true;
            match self.table(mapped, at, &sheets[at]) {
                Ok(table) => tables.push(table),
                Err(more) => faults.extend(more),
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        tables.extend(recognised.into_iter().filter(|t| !told.get(t.sheet).copied().unwrap_or(false)));
        tables.sort_by_key(|t| (t.sheet, t.rows.start));
        Ok(tables)
    }

    /// What workbooks of the program say of their own sheets, for those of which this mapping says nothing. Takes the sheets that
    /// say it away.
    pub(crate) fn with_kept(
        mut self,
        sheets: &mut Vec<Sheet>,
        files: &mut Vec<String>,
    ) -> Result<Mapping, MappingFault> {
        while let Some(at) = sheets.iter().position(|sheet| sheet.hidden && sheet.name == SHEET) {
            let (kept, file) = (sheets.remove(at), files.remove(at));
            let lines: Vec<&str> = kept.rows().map(|row| row.cell(0)).collect();
            for mut table in Mapping::parse(&lines.join("\n"))?.table {
                let is_meant =
                    |sheet: &Sheet| table.sheet == sheet.name || is_short_for(&table.sheet, &sheet.name);
                let of_file = sheets.iter().zip(&*files).filter(|(_, name)| **name == file);
                let Some((sheet, _)) = of_file.clone().find(|(sheet, _)| is_meant(sheet)) else { continue };
                (table.file, table.sheet) = (file.clone(), sheet.name.clone());
                let is_told =
                    |told: &Mapped| told.file == table.file && told.sheet == table.sheet && !told.kept;
                table.kept = true;
                if !self.table.iter().any(is_told) {
                    self.table.push(table);
                }
            }
        }
        Ok(self)
    }

    /// Whether a mapping of an import before says something else of some table of these files than this one.
    pub fn differs(&self, before: &Mapping, files: &[String]) -> bool {
        before.table.iter().filter(|old| files.contains(&old.file)).any(|old| !self.table.contains(old))
    }

    /// The files that it names and that are not among these.
    pub fn absent(&self, files: &[String]) -> Vec<String> {
        let absent = self.table.iter().map(|m| m.file.clone()).filter(|file| !files.contains(file));
        absent.collect::<std::collections::BTreeSet<_>>().into_iter().collect()
    }

    fn table(&self, mapped: &Mapped, at: usize, sheet: &Sheet) -> Result<Table, Vec<MappingFault>> {
        let position = |row: u32| sheet.rows().find(|r| r.number() == row).map(|r| r.position());
        let header = match mapped.header {
            0 => None,
            row => Some(position(row).ok_or_else(|| {
                vec![MappingFault::Row { file: mapped.file.clone(), sheet: mapped.sheet.clone(), row }]
            })?),
        };
        let same = self.table.iter().filter(|m| m.file == mapped.file && m.sheet == mapped.sheet);
        let next = same.map(|m| m.header).filter(|row| *row > mapped.header).min().and_then(position);
        let rows = header.map_or(0, |h| h + 1)..next.unwrap_or(sheet.len());
        let mut table = table::table(sheet, at, header, rows);
        let wrong = mapped.columns.keys().filter(|c| of_letters(c).is_none());
        let mut wrong: Vec<MappingFault> =
            wrong.map(|c| MappingFault::Column { column: c.clone() }).collect();
        let is_there = |at: u32| table.columns.iter().any(|c| c.at == at);
        let absent = mapped.columns.keys().filter(|c| of_letters(c).is_some_and(|at| !is_there(at)));
        wrong.extend(absent.map(|column| MappingFault::Absent {
            file: mapped.file.clone(),
            sheet: mapped.sheet.clone(),
            column: column.clone(),
            known: table.columns.iter().map(|c| letters(c.at)).collect::<Vec<_>>().join(", "),
        }));
        if !wrong.is_empty() {
            return Err(wrong);
        }
        (table.kind, table.skipped) = (mapped.kind, (mapped.kind == Kind::Skip).then_some(Skipped::Mapping));
        for column in &mut table.columns {
            let role = mapped.columns.get(&letters(column.at)).copied().unwrap_or(Role::Ignore);
            (column.role, column.score, column.reason) = (role, 1.0, Reason::Mapping);
        }
        table.settle(sheet);
        Ok(table)
    }
}
