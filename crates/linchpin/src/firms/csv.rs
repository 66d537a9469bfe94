//! Rows of a CSV file, read as a stream.

use super::faults::Faults;
use super::table::{Cell, Each, REPORT, Source, Tick, Wanted};
use crate::atlas::files::MAX_LINE_BYTES;
use crate::context::Cancelled;
use csv_core::ReadRecordResult;
use std::fs::File;
use std::io::Read;

/// Bytes read at a time.
const BUFFER: usize = 1 << 18;

/// Records of a file, one at a time, with the line on which each begins. None is longer than a line may be, so that neither a
/// file without line breaks nor a quotation mark that is never closed fills the memory.
struct Records {
    file: File,
    core: csv_core::Reader,
    buffer: Vec<u8>,
    /// What of the buffer is not used yet.
    rest: std::ops::Range<usize>,
    /// Cells of the record, one after the other, and where each ends.
    cells: Vec<u8>,
    ends: Vec<usize>,
    count: usize,
    /// Line of the record, and the one after what was read.
    line: u64,
    next: u64,
}

/// Why there is no next record.
enum Stop {
    End,
    File(std::io::Error),
    TooLong,
}

impl Records {
    fn new(file: File) -> Records {
        Records {
            file,
            core: csv_core::Reader::new(),
            buffer: vec![0; BUFFER],
            rest: 0..0,
            cells: vec![0; 1 << 12],
            ends: vec![0; 1 << 6],
            count: 0,
            line: 1,
            next: 1,
        }
    }

    fn read(&mut self) -> Result<(), Stop> {
        let (mut written, mut begun) = (0, false);
        self.count = 0;
        loop {
            if self.rest.is_empty() {
                self.rest = 0..self.file.read(&mut self.buffer).map_err(Stop::File)?;
            }
            let input = &self.buffer[self.rest.clone()];
            let room = &mut self.cells[written..];
            let (result, used, more, ended) =
                self.core.read_record(input, room, &mut self.ends[self.count..]);
            let used = &input[..used];
            // Blank lines belong to no record.
            let blank = used.iter().position(|b| !matches!(b, b'\n' | b'\r'));
            let breaks = |bytes: &[u8]| bytes.iter().filter(|b| **b == b'\n').count() as u64;
            if let Some(first) = blank.filter(|_| !begun) {
                begun = true;
                self.line = self.next + breaks(&used[..first]);
            }
            self.next += breaks(used);
            self.rest.start += used.len();
            written += more;
            self.count += ended;
            match result {
                ReadRecordResult::Record => return Ok(()),
                ReadRecordResult::End => return Err(Stop::End),
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull if written >= MAX_LINE_BYTES => {
                    self.ends.truncate(self.count);
                    self.ends.push(written);
                    self.count = self.ends.len();
                    return Err(Stop::TooLong);
                }
                ReadRecordResult::OutputFull => self.cells.resize(2 * self.cells.len(), 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(2 * self.ends.len(), 0),
            }
        }
    }

    fn cell(&self, at: usize) -> &[u8] {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.cells[start..self.ends[at]]
    }

    fn all(&self) -> &[u8] {
        &self.cells[..self.count.checked_sub(1).map_or(0, |last| self.ends[last])]
    }

    /// Whether there is nothing in any cell.
    fn is_blank(&self) -> bool {
        self.all().trim_ascii().is_empty()
    }

    /// The cell that a quotation mark is open in: one that goes on beyond its line.
    fn open(&self) -> Option<usize> {
        (0..self.count).find(|at| self.cell(*at).contains(&b'\n'))
    }
}

/// Longest part of a cell that is shown to who mends it.
const SHOWN: usize = 200;

pub(super) fn rows(
    source: &Source,
    file: File,
    wanted: &[Wanted],
    faults: &mut Faults,
    tick: &mut Tick<'_>,
    each: &mut Each<'_>,
) -> Result<Option<Vec<String>>, Cancelled> {
    let mut records = Records::new(file);
    let mut layout: Option<(Vec<usize>, Vec<String>, usize)> = None;
    let (mut read, mut refused) = (0usize, false);
    loop {
        let stop = records.read().err();
        let line = Some(records.line);
        match stop {
            None => {}
            Some(Stop::End) => break,
            Some(Stop::File(e)) => {
                faults.add_with(&source.place(None, None, None), "fault-unreadable", |m| {
                    m.text("reason", e.to_string())
                });
                return Ok(None);
            }
            Some(Stop::TooLong) => {
                let id = match records.open() {
                    Some(_) => "fault-unclosed-quote",
                    None => "fault-line-too-long",
                };
                faults.add(&source.place(line, None, None), id);
                return Ok(None);
            }
        }
        let Some((order, _, width)) = &layout else {
            // UTF-16 begins with its mark; without it every other byte is zero.
            let bytes = records.all();
            if bytes.contains(&0) || bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
                faults.add(&source.place(None, None, None), "fault-utf16");
                return Ok(None);
            }
            let name = |at| String::from_utf8_lossy(records.cell(at)).trim().to_owned();
            let names: Vec<String> = (0..records.count).map(name).collect();
            let header: Vec<&str> = names.iter().map(String::as_str).collect();
            match source.order(&header, line, wanted, faults) {
                Some((order, others)) => layout = Some((order, others, records.count)),
                None => return Ok(None),
            }
            continue;
        };
        // A name with a line break in a column that is not read is none of our business.
        if records.all().contains(&b'\n')
            && let Some(at) = records.open().filter(|at| order.contains(at) || records.count != *width)
        {
            let column = order.iter().position(|i| *i == at).map(|k| wanted[k].0);
            let cell = records.cell(at);
            let value = String::from_utf8_lossy(&cell[..cell.len().min(SHOWN)]);
            faults.add(&source.place(line, column, Some(&value)), "fault-unclosed-quote");
            refused = true;
            continue;
        }
        if records.is_blank() {
            continue;
        }
        if records.count != *width {
            faults.add_with(&source.place(line, None, None), "fault-cell-count", |m| {
                m.integer("found", records.count as i64).integer("wanted", *width as i64)
            });
            refused = true;
            continue;
        }
        let mut cells = [Cell::Blank; 8];
        for (cell, at) in cells.iter_mut().zip(order) {
            *cell = Cell::Text(records.cell(*at));
        }
        each(faults, records.line, &cells[..order.len()]);
        read += 1;
        if read.is_multiple_of(REPORT) {
            tick(read)?;
        }
    }
    match layout {
        None => faults.add(&source.place(None, None, None), "fault-empty-file"),
        // What was refused has been said.
        Some(_) if read == 0 && !refused => faults.add(&source.place(None, None, None), "fault-no-rows"),
        Some((_, others, _)) => return Ok(Some(others)),
    }
    Ok(None)
}
