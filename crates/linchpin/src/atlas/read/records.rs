//! Splits a CSV text into records, by RFC 4180 to the letter.
//!
//! A reader that forgives quotes lets one that is never closed swallow the rest of a file. Here such a quote is a
//! fault with its line, and reading goes on in the line after it, so that the other faults are found too.

use std::borrow::Cow;

/// One record.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Record<'a> {
    /// Line on which it starts, from 1.
    pub(super) line: u64,
    /// Its cells; line breaks inside them are `\n`.
    pub(super) cells: Vec<Cow<'a, str>>,
}

/// A quote that is not closed, or that stands in or behind a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct QuoteFault<'a> {
    /// Whether the file ends before the quote is closed.
    pub(super) unclosed: bool,
    /// Line on which the cell starts, from 1.
    pub(super) line: u64,
    /// The text from the start of the cell to the end of that line.
    pub(super) value: &'a str,
    /// The cells before it.
    pub(super) cells: Vec<Cow<'a, str>>,
}

/// The records of a text. Lines end with `\n`, `\r\n` or `\r`; empty lines are not records.
pub(super) struct Records<'a> {
    text: &'a str,
    at: usize,
    line: u64,
}

impl<'a> Records<'a> {
    pub(super) fn new(text: &'a str) -> Records<'a> {
        Records { text, at: 0, line: 1 }
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Steps over a line break, if one stands here.
    fn line_break(&mut self) -> bool {
        let length = match &self.text.as_bytes()[self.at..] {
            [b'\r', b'\n', ..] => 2,
            [b'\r' | b'\n', ..] => 1,
            _ => return false,
        };
        self.at += length;
        self.line += 1;
        true
    }

    /// A quoted cell; `None` if it does not end as one.
    fn quoted(&mut self) -> Option<Cow<'a, str>> {
        self.at += 1;
        let mut start = self.at;
        let mut before = String::new();
        loop {
            match self.byte()? {
                b'"' => {
                    let part = &self.text[start..self.at];
                    self.at += 1;
                    if self.byte() == Some(b'"') {
                        before.push_str(part);
                        start = self.at;
                        self.at += 1;
                        continue;
                    }
                    let ends = matches!(self.byte(), None | Some(b',' | b'\r' | b'\n'));
                    let cell =
                        if before.is_empty() { Cow::Borrowed(part) } else { Cow::Owned(before + part) };
                    return ends.then_some(cell);
                }
                b'\r' => {
                    before.push_str(&self.text[start..self.at]);
                    before.push('\n');
                    self.line_break();
                    start = self.at;
                }
                b'\n' => {
                    self.line_break();
                }
                _ => self.at += 1,
            }
        }
    }

    /// A cell without quotes; `None` if one stands in it.
    fn plain(&mut self) -> Option<Cow<'a, str>> {
        let rest = &self.text[self.at..];
        let length = rest.bytes().position(|b| matches!(b, b',' | b'\r' | b'\n')).unwrap_or(rest.len());
        self.at += length;
        let cell = &rest[..length];
        (!cell.contains('"')).then_some(Cow::Borrowed(cell))
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Result<Record<'a>, QuoteFault<'a>>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.line_break() {}
        self.byte()?;
        let mut record = Record { line: self.line, cells: vec![] };
        loop {
            let (start, line) = (self.at, self.line);
            let quoted = self.byte() == Some(b'"');
            let Some(cell) = (if quoted { self.quoted() } else { self.plain() }) else {
                // Behind a quote that closes, the end of the file is in order.
                let unclosed = quoted && self.byte().is_none();
                let rest = &self.text[start..];
                let length = rest.find(['\r', '\n']).unwrap_or(rest.len());
                (self.at, self.line) = (start + length, line);
                return Some(Err(QuoteFault { unclosed, line, value: &rest[..length], cells: record.cells }));
            };
            record.cells.push(cell);
            if self.byte() == Some(b',') {
                self.at += 1;
            } else {
                self.line_break();
                return Some(Ok(record));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Line and cells, or whether unclosed, line and text.
    type Seen = Result<(u64, Vec<String>), (bool, u64, String)>;

    fn read(text: &str) -> Vec<Seen> {
        Records::new(text)
            .map(|r| match r {
                Ok(r) => Ok((r.line, r.cells.iter().map(|c| c.to_string()).collect())),
                Err(e) => Err((e.unclosed, e.line, e.value.to_owned())),
            })
            .collect()
    }

    fn row(line: u64, cells: &[&str]) -> Seen {
        Ok((line, cells.iter().map(|c| (*c).to_owned()).collect()))
    }

    #[test]
    fn quotes_and_line_breaks() {
        assert_eq!(read("a,b\n1,\"x, \"\"y\"\"\"\n"), [row(1, &["a", "b"]), row(2, &["1", "x, \"y\""])]);
        let lines = [row(1, &["a"]), row(3, &["b", ""]), row(5, &["1\n2", "c"]), row(7, &["d"])];
        for end in ["\n", "\r\n", "\r"] {
            assert_eq!(read(&"a\n\nb,\n\n\"1\n2\",c\nd".replace('\n', end)), lines, "{end:?}");
        }
        assert_eq!(read(""), []);
        assert_eq!(read("\n\r\n"), []);
        assert_eq!(read("\"\""), [row(1, &[""])]);
    }

    #[test]
    fn a_quote_that_goes_astray_costs_one_line() {
        let wrong = |unclosed, line, value: &str| Err((unclosed, line, value.to_owned()));
        assert_eq!(read("a\n1,\"x\n2\n"), [row(1, &["a"]), wrong(true, 2, "\"x"), row(3, &["2"])]);
        // The next quote would close it, and text would follow that.
        let two = [wrong(false, 1, "\"x"), row(2, &["2", "y"]), row(3, &["3"])];
        assert_eq!(read("1,\"x\n2,\"y\"\n3"), two);
        assert_eq!(read("\"a\"b\nc"), [wrong(false, 1, "\"a\"b"), row(2, &["c"])]);
        assert_eq!(read("5\" pipe\nc"), [wrong(false, 1, "5\" pipe"), row(2, &["c"])]);
        assert_eq!(read("\""), [wrong(true, 1, "\"")]);
    }
}
