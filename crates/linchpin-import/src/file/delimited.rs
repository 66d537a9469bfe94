//! Cells with a character between them.

use super::{FileFault, Filling};
use std::borrow::Cow;

/// Fills a sheet, and gives back what stands between its cells.
pub(super) fn read(text: &str, filling: &mut Filling<'_>) -> Result<char, FileFault> {
    let (delimiter, mut records) = match declared(text) {
        Some((delimiter, records)) => (delimiter, records),
        None => {
            let delimiter = guess(text);
            (delimiter, Records::new(text, delimiter))
        }
    };
    filling.sheet("", false)?;
    while let Some(line) = records.begin() {
        filling.row(line);
        for column in 0.. {
            match records.cell() {
                Ok((cell, last)) => {
                    filling.cell(column, &cell)?;
                    if last {
                        break;
                    }
                }
                Err(Unclosed { line }) => {
                    filling.row(line);
                    return Err(FileFault::UnclosedQuote { place: filling.place() });
                }
            }
        }
    }
    Ok(char::from(delimiter))
}

/// A first line such as `sep=;`, which Excel heeds and does not show.
fn declared(text: &str) -> Option<(u8, Records<'_>)> {
    let end = text.find(['\n', '\r'])?;
    let line = text[..end].trim_matches('"');
    let delimiter = match line.split_at_checked(4)? {
        (key, value) if key.eq_ignore_ascii_case("sep=") => value.as_bytes(),
        _ => return None,
    };
    let &[delimiter] = delimiter else { return None };
    let fits = !delimiter.is_ascii_alphanumeric() && delimiter != b'"';
    let mut records = Records::new(text, delimiter);
    records.at = end;
    records.line_break();
    fits.then_some((delimiter, records))
}

/// Records of a text that are looked at to find its delimiter out, and bytes.
const SAMPLE: (usize, usize) = (1000, 1 << 18);

/// The character that cuts most lines, and most of them into as many cells.
fn guess(text: &str) -> u8 {
    let mut best = (0.0, 0, b',');
    for delimiter in *b",\t;|" {
        let (mut counts, mut lines) = (vec![], 0usize);
        let mut records = Records::new(text, delimiter);
        'records: while records.begin().is_some() && lines < SAMPLE.0 && records.at < SAMPLE.1 {
            let (mut count, mut blank) = (0, true);
            loop {
                // The cells of a wrong delimiter may well begin with a quotation mark.
                let Ok((cell, last)) = records.cell() else { break 'records };
                count += 1;
                blank &= cell.trim().is_empty();
                if last {
                    break;
                }
            }
            lines += usize::from(!blank);
            if !blank && count > 1 {
                counts.push(count);
            }
        }
        counts.sort_unstable();
        let groups = counts.chunk_by(|a, b| a == b).map(|group| (group.len(), group[0]));
        let Some((same, cells)) = groups.max() else { continue };
        // Lines that are not cut at all say more against it than lines that have another number of cells.
        let cut = counts.len() as f64 / lines as f64;
        let mut score = cut * cut * same as f64 / counts.len() as f64;
        if delimiter == b',' && is_decimal(&text.as_bytes()[..records.at]) {
            score /= 2.0;
        }
        if (score, cells) > (best.0, best.1) {
            best = (score, cells, delimiter);
        }
    }
    best.2
}

/// Whether every comma stands between digits, as in `12,50`.
fn is_decimal(text: &[u8]) -> bool {
    text.windows(3).all(|w| w[1] != b',' || (w[0].is_ascii_digit() && w[2].is_ascii_digit()))
}

/// Records of a text, cell by cell, with the line on which each begins.
struct Records<'t> {
    text: &'t str,
    at: usize,
    line: u32,
    delimiter: u8,
}

/// A quotation mark on this line is never closed.
struct Unclosed {
    line: u32,
}

impl<'t> Records<'t> {
    fn new(text: &'t str, delimiter: u8) -> Records<'t> {
        Records { text, at: 0, line: 1, delimiter }
    }

    /// The line of the next record, if there is one.
    fn begin(&self) -> Option<u32> {
        (self.at < self.text.len()).then_some(self.line)
    }

    /// The next cell, and whether it is the last of its record.
    fn cell(&mut self) -> Result<(Cow<'t, str>, bool), Unclosed> {
        let opened = self.line;
        let quoted =
            if self.text.as_bytes().get(self.at) == Some(&b'"') { Some(self.quoted()?) } else { None };
        let rest = &self.text.as_bytes()[self.at..];
        let is_end = |b: &u8| *b == self.delimiter || *b == b'\n' || *b == b'\r';
        let length = rest.iter().position(is_end).unwrap_or(rest.len());
        let plain = &self.text[self.at..self.at + length];
        // The closing quotation mark of a cell of several lines that goes on is the opening one of another.
        if self.line != opened && !plain.trim().is_empty() {
            return Err(Unclosed { line: opened });
        }
        let cell = match quoted {
            None => plain.into(),
            Some(quoted) if plain.is_empty() => quoted,
            Some(quoted) => quoted + plain,
        };
        self.at += length;
        let last = rest.get(length) != Some(&self.delimiter);
        if last {
            self.line_break();
        } else {
            self.at += 1;
        }
        Ok((cell, last))
    }

    /// What stands between quotation marks, of which two stand for one.
    fn quoted(&mut self) -> Result<Cow<'t, str>, Unclosed> {
        let opened = self.line;
        let mut cell = Cow::Borrowed("");
        loop {
            let start = self.at + 1;
            let bytes = self.text.as_bytes();
            let length = bytes[start..].iter().position(|b| *b == b'"').ok_or(Unclosed { line: opened })?;
            let part = &self.text[start..start + length];
            self.line += breaks(part);
            self.at = start + length + 1;
            cell += part;
            if bytes.get(self.at) != Some(&b'"') {
                return Ok(cell);
            }
            cell += "\"";
        }
    }

    /// Steps over a line break, if there is one.
    fn line_break(&mut self) {
        let rest = &self.text.as_bytes()[self.at..];
        self.at += match rest {
            [b'\r', b'\n', ..] => 2,
            [b'\r' | b'\n', ..] => 1,
            _ => return,
        };
        self.line += 1;
    }
}

/// Line breaks in a text, of whatever kind.
fn breaks(text: &str) -> u32 {
    let (mut count, mut before) = (0, b' ');
    for byte in text.bytes() {
        count += u32::from(byte == b'\r' || (byte == b'\n' && before != b'\r'));
        before = byte;
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn records(text: &str, delimiter: u8) -> Result<Vec<(u32, Vec<String>)>, u32> {
        let mut records = Records::new(text, delimiter);
        let mut all = vec![];
        while let Some(line) = records.begin() {
            let mut cells = vec![];
            loop {
                let (cell, last) = records.cell().map_err(|e| e.line)?;
                cells.push(cell.into_owned());
                if last {
                    break;
                }
            }
            all.push((line, cells));
        }
        Ok(all)
    }

    #[test]
    fn cells_may_hold_line_breaks_quotation_marks_and_delimiters() {
        let text = "a,\"x\r\ny\"\"z\"\",\",c\r\n\r\n3/8\" bolt,,\rlast\n\"\",\"q\" ";
        let all = records(text, b',').unwrap();
        let cells: Vec<(u32, Vec<&str>)> =
            all.iter().map(|(n, r)| (*n, r.iter().map(String::as_str).collect())).collect();
        assert_eq!(
            cells,
            [
                (1, vec!["a", "x\r\ny\"z\",", "c"]),
                (3, vec![""]),
                (4, vec!["3/8\" bolt", "", ""]),
                (5, vec!["last"]),
                (6, vec!["", "q "]),
            ]
        );
    }

    #[test]
    fn an_open_quotation_mark_is_found_on_its_line() {
        assert_eq!(records("a\nb\n1,\"x\n2,y\n", b','), Err(3));
        assert_eq!(records("a\n\"3 inch,1\nb,\"c\"\n", b','), Err(2));
    }

    #[test]
    fn the_delimiter_is_what_cuts_lines_alike() {
        for (text, delimiter) in [
            ("a,b,c\n1,2,3\n", b','),
            ("1,2,3\n4,5,6\n", b','),
            ("name;price;qty\nscrew;1,50;2,5\nnut;0,10;4\n", b';'),
            ("1,5;2,5;3,5\n4,5;1,5;2,5\n", b';'),
            ("Designator,Value\n\"R1;R2\",10k\nR3;R4;R5,1k\n", b','),
            ("part\tnote\nmotor\tlarge, heavy; red\nscrew\tM3, M4\n", b'\t'),
            ("part|qty\nmotor, large|2\n", b'|'),
            ("Bill of materials; version 2\n\nPart,Qty\nmotor,2\nscrew,4\n", b','),
            ("part;note\n\"a,b\nc,d\";\"x,y\"\n\"e,f\";\"z\"\n", b';'),
            ("motor\nscrew\n", b','),
            ("", b','),
        ] {
            assert_eq!(guess(text), delimiter, "{text}");
        }
    }

    #[test]
    fn the_delimiter_may_be_declared() {
        for text in ["sep=;\na,b;c\n", "SEP=;\r\na,b;c\n", "\"sep=;\"\na,b;c\n"] {
            let (delimiter, mut rest) = declared(text).unwrap();
            assert_eq!((delimiter, rest.begin()), (b';', Some(2)));
            assert!(matches!(rest.cell(), Ok((cell, false)) if cell == "a,b"));
        }
        assert!(
            declared("sep=ab\nx\n").is_none()
                && declared("separator\n").is_none()
                && declared("ü\n").is_none()
        );
    }

    proptest! {
        #[test]
        fn cells_are_those_of_another_reader(
            rows in prop::collection::vec(prop::collection::vec("[a\",; \n\r]{0,6}", 2..4), 1..8),
        ) {
            let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(vec![]);
            for row in &rows {
                writer.write_record(row).unwrap();
            }
            let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
            let read: Vec<Vec<String>> = records(&text, b',').unwrap().into_iter().map(|(_, r)| r).collect();
            prop_assert_eq!(read, rows);
        }
    }
}
