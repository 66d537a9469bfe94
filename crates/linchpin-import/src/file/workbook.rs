//! Sheets of a workbook, cell by cell.

use super::{FileFault, Filling, Place};
use calamine::{DataRef, Reader as _, SheetType, SheetVisible, Xlsx, XlsxError};
use std::io::{Cursor, Read as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use zip::ZipArchive;

/// How a compound file begins: an old workbook, or a new one with a password.
pub(super) const COMPOUND: [u8; 8] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// Why a compound file is not read.
pub(super) fn compound(bytes: &[u8], place: Place) -> FileFault {
    // The name of the stream in the directory of the file, which may stand anywhere in it.
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    if bytes.windows(name.len()).any(|window| window == name) {
        FileFault::Password { place }
    } else {
        FileFault::OldWorkbook { place }
    }
}

/// Fills all sheets in order.
pub(super) fn read(bytes: &[u8], filling: &mut Filling<'_>) -> Result<(), FileFault> {
    let has_formulas = weigh(bytes, filling)?;
    let place = filling.place();
    // The reader computes with whatever a cell says of its place: "ZZZZZZZZ1", or an area whose end is before its start, ends in
    // an overflow, which is checked and panics. What was filled until then is dropped.
    catch_unwind(AssertUnwindSafe(|| fill(bytes, has_formulas, filling))).unwrap_or_else(|_| {
        let reason = "the place of a cell is impossible".to_owned();
        Err(FileFault::Damaged { place, reason })
    })
}

/// Bytes from which on a part is measured against its packed size: short texts of one letter are packed well in earnest.
const SMALL: u64 = 1 << 20;
/// Most bytes of styles and lists of parts, which the reader keeps and which take many times as much in memory.
const MOST_OF_STYLES: u64 = 16 << 20;
/// Bytes of the shortest shared text, `<si/>`.
const SHORTEST_STRING: u64 = 5;
/// What ends a formula in a sheet.
const FORMULA: &[u8] = b"</f>";
/// Most parts of an archive.
const MOST_PARTS: usize = 1 << 16;

/// Unpacks every part of the archive without keeping it, because it may say of its size what it likes. Returns whether a sheet
/// has formulas.
fn weigh(bytes: &[u8], filling: &Filling<'_>) -> Result<bool, FileFault> {
    let limits = filling.limits;
    let damaged = |reason: String| FileFault::Damaged { place: filling.place(), reason };
    if bytes.windows(4).filter(|window| window == b"PK\x01\x02").count() > MOST_PARTS {
        return Err(damaged("too many parts".to_owned()));
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| damaged(e.to_string()))?;
    let mut chunk = vec![0; 1 << 16];
    let (mut total, mut is_workbook, mut has_formulas) = (0u64, false, false);
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).map_err(|e| damaged(e.to_string()))?;
        let packed = part.compressed_size();
        let name = part.name().map_err(|e| damaged(e.to_string()))?.into_owned();
        let lower = name.to_ascii_lowercase();
        is_workbook |= lower.ends_with(".xml") && lower.contains("workbook");
        let is_small = ["styles.xml", "workbook.xml", ".rels"].iter().any(|end| lower.ends_with(end));
        let most = if is_small { MOST_OF_STYLES.min(limits.unpacked) } else { limits.unpacked };
        let is_sheet = lower.contains("worksheets/");
        // The end of a formula may stand in two chunks.
        let mut before: Vec<u8> = vec![];
        let mut strings = lower.ends_with("sharedstrings.xml").then(Strings::default);
        let mut size = 0u64;
        loop {
            let read = part.read(&mut chunk).map_err(|e| damaged(format!("\"{name}\": {e}")))?;
            if read == 0 {
                break;
            }
            if let Some(strings) = &mut strings {
                strings.see(&chunk[..read]);
            }
            if is_sheet && !has_formulas {
                before.extend(&chunk[..read.min(FORMULA.len())]);
                let ends =
                    |bytes: &[u8]| bytes.windows(FORMULA.len()).any(|window| matches!(window, b"</f>"));
                has_formulas = ends(&before) || ends(&chunk[..read]);
                before = chunk[read.saturating_sub(FORMULA.len())..read].to_vec();
            }
            size += read as u64;
            total += read as u64;
            let place = || filling.place();
            if size > most || total > limits.unpacked {
                return Err(FileFault::UnpackedTooLarge { place: place(), part: name, limit: most });
            }
            if size > SMALL && size / limits.ratio.max(1) > packed {
                return Err(FileFault::RatioTooLarge { place: place(), part: name, limit: limits.ratio });
            }
        }
        if let Some(strings) = strings {
            // The reader makes room for as many as are announced.
            if strings.announced.saturating_mul(SHORTEST_STRING) > size {
                return Err(damaged(format!("\"{name}\" announces more texts than it holds")));
            }
            if strings.count > limits.cells || strings.announced > limits.cells as u64 {
                return Err(FileFault::TooManyCells { place: filling.place(), limit: limits.cells });
            }
        }
    }
    if is_workbook { Ok(has_formulas) } else { Err(FileFault::NotWorkbook { place: filling.place() }) }
}

/// What a table of shared texts announces, and what it holds.
#[derive(Default)]
struct Strings {
    /// The largest number that stands after `uniqueCount=`.
    announced: u64,
    count: usize,
    /// Characters of the name that were met, and the number after it so far.
    met: usize,
    number: Option<u64>,
    /// The two bytes before.
    before: [u8; 2],
}

impl Strings {
    fn see(&mut self, bytes: &[u8]) {
        const NAME: &[u8] = b"uniqueCount";
        for &byte in bytes {
            match (NAME.get(self.met), self.number) {
                (Some(wanted), _) if byte == *wanted => self.met += 1,
                // An attribute has white space before it, so no part of the name can be the start of another.
                (Some(_), _) => self.met = usize::from(byte == b'u'),
                (None, None) if byte.is_ascii_whitespace() || matches!(byte, b'=' | b'"' | b'\'') => {}
                (None, number) if byte.is_ascii_digit() => {
                    let digit = u64::from(byte - b'0');
                    self.number = Some(number.unwrap_or(0).saturating_mul(10).saturating_add(digit));
                }
                (None, number) => {
                    self.announced = self.announced.max(number.unwrap_or(0));
                    (self.met, self.number) = (usize::from(byte == b'u'), None);
                }
            }
            let [first, second] = self.before;
            self.count += usize::from(matches!(first, b'<' | b':') && second == b's' && byte == b'i');
            self.before = [second, byte];
        }
    }
}

fn fill(bytes: &[u8], has_formulas: bool, filling: &mut Filling<'_>) -> Result<(), FileFault> {
    let damaged = |filling: &Filling<'_>, error: XlsxError| match error {
        XlsxError::Password => FileFault::Password { place: filling.place() },
        error => FileFault::Damaged { place: filling.place(), reason: error.to_string() },
    };
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|e| damaged(filling, e))?;
    let sheets = book.sheets_metadata().to_vec();
    if sheets.is_empty() {
        return Err(FileFault::NotWorkbook { place: filling.place() });
    }
    for sheet in sheets.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet) {
        filling.sheet(&sheet.name, sheet.visible != SheetVisible::Visible)?;
        filling.typed();
        let mut cells = book.worksheet_cells_reader(&sheet.name).map_err(|e| damaged(filling, e))?;
        let mut last = None;
        let mut blank: Vec<(u32, u32)> = vec![];
        let mut scratch = String::new();
        loop {
            let cell = match cells.next_cell() {
                Ok(Some(cell)) => cell,
                Ok(None) => break,
                // An error that Excel does not have ("#ERROR!" of another program) comes without its place: a cell without a value.
                Err(XlsxError::CellError(_)) => continue,
                Err(error) => return Err(damaged(filling, error)),
            };
            let (row, column) = cell.get_position();
            let number = row.saturating_add(1);
            let Some(text) = written(cell.get_value(), &mut scratch).filter(|text| !text.is_empty()) else {
                blank.extend(has_formulas.then_some((row, column)));
                continue;
            };
            if last.map(|(row, _)| row) != Some(row) {
                filling.row(number);
            }
            if last >= Some((row, column)) {
                let reason = "cells are not in their order".to_owned();
                return Err(FileFault::Damaged { place: filling.place(), reason });
            }
            last = Some((row, column));
            match cell.get_value() {
                DataRef::Int(_) | DataRef::Float(_) => filling.number(column as usize, text)?,
                _ => filling.cell(column as usize, text)?,
            }
        }
        drop(cells);
        if !blank.is_empty() {
            filling.unvalued(unvalued(&mut book, &sheet.name, &blank));
        }
        // A sheet whose cells could be read is kept, whatever its list of merged areas looks like.
        let mut areas = book.merge_cells_by_sheet_name(&sheet.name).unwrap_or_default();
        areas.sort_unstable();
        for area in areas {
            let rows = (area.start.0.saturating_add(1), area.end.0.saturating_add(1));
            filling.merge(rows, (area.start.1, area.end.1));
        }
    }
    Ok(())
}

/// Those of the blank cells of a sheet that have a formula, by the numbers of their rows.
fn unvalued<R: std::io::Read + std::io::Seek>(
    book: &mut Xlsx<R>,
    sheet: &str,
    blank: &[(u32, u32)],
) -> Vec<(u32, u32)> {
    let mut found = vec![];
    // Its values could be read; of formulas as many as can be.
    let Ok(mut cells) = book.worksheet_cells_reader(sheet) else { return found };
    while let Ok(Some(cell)) = cells.next_formula() {
        let (row, column) = cell.get_position();
        if !cell.get_value().is_empty() && blank.binary_search(&(row, column)).is_ok() {
            found.push((row.saturating_add(1), column));
        }
    }
    found
}

/// The value of a cell as text, if it has one.
fn written<'s>(value: &'s DataRef<'_>, scratch: &'s mut String) -> Option<&'s str> {
    use std::fmt::Write as _;
    scratch.clear();
    // Text takes anything.
    let _ = match value {
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => return Some(text),
        DataRef::SharedString(text) => return Some(text),
        DataRef::Bool(true) => return Some("TRUE"),
        DataRef::Bool(false) => return Some("FALSE"),
        DataRef::Empty => return None,
        DataRef::Int(number) => write!(scratch, "{number}"),
        // The shortest digits that read back, and never an exponent; there is one zero.
        DataRef::Float(number) => write!(scratch, "{}", number + 0.0),
        DataRef::Error(error) => write!(scratch, "{error}"),
        DataRef::DateTime(time) if time.is_duration() => duration(time.as_f64(), scratch),
        DataRef::DateTime(time) => {
            date(time.as_f64(), time.to_ymd_hms_milli(), scratch);
            Ok(())
        }
    };
    Some(scratch)
}

/// Days after which Excel knows no date: the first one after the year 9999.
const END_OF_DAYS: f64 = 2_958_466.0;

/// A day, a time of day, or both, as ISO 8601 has it.
fn date(days: f64, parts: (u16, u8, u8, u8, u8, u8, u16), text: &mut String) {
    use std::fmt::Write as _;
    let (year, month, day, hour, minute, second, milli) = parts;
    // A number can look like a date and be none.
    if !(0.0..END_OF_DAYS).contains(&days) {
        let _ = write!(text, "{days}");
        return;
    }
    if days >= 1.0 {
        let _ = write!(text, "{year:04}-{month:02}-{day:02}");
    }
    if days < 1.0 || (hour, minute, second, milli) != (0, 0, 0, 0) {
        let between = if days < 1.0 { "" } else { "T" };
        let _ = write!(text, "{between}{hour:02}:{minute:02}:{second:02}");
    }
    if milli > 0 {
        let _ = write!(text, ".{milli:03}");
    }
}

/// Hours, minutes and seconds, however many hours they are.
fn duration(days: f64, text: &mut String) -> std::fmt::Result {
    use std::fmt::Write as _;
    let seconds = (days * 86_400.0).round();
    if !(0.0..END_OF_DAYS * 86_400.0).contains(&seconds) {
        return write!(text, "{days}");
    }
    let seconds = seconds as u64;
    write!(text, "{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}
