//! Tables and lists of parts of a Markdown page.

mod inline;

use super::{FileFault, Filling};
use inline::plain;
use std::borrow::Cow;

/// Fills a sheet for each table, and for each bulleted list of parts, called by the headings above it.
pub(super) fn read(text: &str, filling: &mut Filling<'_>) -> Result<(), FileFault> {
    let page = Page { lines: lines(text) };
    let mut headings: Vec<(usize, String)> = vec![];
    let mut skipping = Skipping::default();
    let mut at = 0;
    while at < page.lines.len() {
        if let Some(after) = skipping.block(&page, at) {
            at = after;
        } else if let Some((level, title, after)) = page.heading(at) {
            headings.retain(|(above, _)| *above < level);
            headings.push((level, title));
            at = after;
        } else if let Some((rows, after)) = page.table(at).or_else(|| page.list(at)) {
            if !rows.is_empty() {
                fill(&headings, &rows, filling)?;
            }
            at = after;
        } else {
            at += 1;
        }
    }
    Ok(())
}

/// Rows by line, from 0, with their cells as typed.
type Rows<'p> = Vec<(usize, Vec<Cow<'p, str>>)>;

fn fill(headings: &[(usize, String)], rows: &Rows<'_>, filling: &mut Filling<'_>) -> Result<(), FileFault> {
    let titles: Vec<&str> = headings.iter().map(|(_, title)| title.as_str()).collect();
    filling.sheet(&titles.join(" › "), false)?;
    for (line, cells) in rows {
        filling.row(u32::try_from(line + 1).unwrap_or(u32::MAX));
        for (column, cell) in cells.iter().enumerate() {
            filling.cell(column, &plain(cell))?;
        }
    }
    Ok(())
}

fn lines(text: &str) -> Vec<&str> {
    if text.contains('\n') {
        text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line)).collect()
    } else {
        text.split('\r').collect()
    }
}

struct Page<'p> {
    lines: Vec<&'p str>,
}

impl<'p> Page<'p> {
    /// The first line from this one on that is not blank.
    fn next(&self, at: usize) -> Option<usize> {
        (at..self.lines.len()).find(|at| !self.lines[*at].trim().is_empty())
    }

    /// A heading that begins on a line: its level, its text and the line after it.
    fn heading(&self, at: usize) -> Option<(usize, String, usize)> {
        let line = self.lines[at].trim();
        let level = line.len() - line.trim_start_matches('#').len();
        let title = &line[level..];
        if (1..=6).contains(&level) && (title.is_empty() || title.starts_with([' ', '\t'])) {
            return Some((level, plain(title.trim_end_matches('#')).into_owned(), at + 1));
        }
        // Or a line of text that is underlined.
        let under = self.lines.get(at + 1)?.trim_end();
        let is_text = !line.is_empty() && bullet(line).is_none() && !is_rule(line) && cells(line).len() < 2;
        let is_line = |c: char| under.len() > 1 && under.chars().all(|u| u == c);
        match (is_line('='), is_line('-')) {
            (true, _) if is_text => Some((1, plain(line).into_owned(), at + 2)),
            (_, true) if is_text => Some((2, plain(line).into_owned(), at + 2)),
            _ => None,
        }
    }

    /// A table that begins on a line, and the line after it.
    fn table(&self, at: usize) -> Option<(Rows<'p>, usize)> {
        let mut rows: Rows<'p> = vec![];
        let (mut after, width) = match self.separator_below(at) {
            Some(separator) => {
                rows.push((at, cells(self.lines[at])));
                (separator + 1, cells(self.lines[at]).len())
            }
            // A table may have lost its heading.
            None if is_separator(self.lines[at]) && is_framed(self.lines[at]) => {
                (at + 1, cells(self.lines[at]).len())
            }
            None => return None,
        };
        while let Some(next) = self.next(after) {
            let line = self.lines[next];
            let found = cells(line);
            // After a blank line only what looks the same belongs to the table.
            let is_apart = next > after;
            if found.len() < 2 && !is_framed(line)
                || is_apart && !(is_framed(line) && found.len() == width)
                || self.heads_another(next)
                || fence(line).is_some()
                || self.heading(next).is_some()
            {
                break;
            }
            if !is_separator(line) || says_nothing(line) {
                rows.push((next, found));
            }
            after = next + 1;
        }
        Some((rows, after))
    }

    /// The line that separates a heading on this line from the rows of its table.
    fn separator_below(&self, at: usize) -> Option<usize> {
        let line = self.lines[at];
        if !line.contains('|') || is_separator(line) {
            return None;
        }
        let below = self.next(at + 1)?;
        let separator = self.lines[below];
        let is_framed = is_framed(line) && is_framed(separator);
        let fits = is_framed || below == at + 1 && cells(line).len() == cells(separator).len();
        (fits && is_separator(separator)).then_some(below)
    }

    /// Whether a row of a table is the heading of the next one.
    fn heads_another(&self, at: usize) -> bool {
        self.separator_below(at).is_some_and(|below| !says_nothing(self.lines[below]))
    }

    /// A bulleted list that begins on a line, and the line after it. It has rows if an item says how many.
    fn list(&self, at: usize) -> Option<(Rows<'p>, usize)> {
        bullet(self.lines[at])?;
        let mut rows: Rows<'p> = vec![];
        let mut after = at;
        while let Some(next) = self.next(after) {
            let line = self.lines[next];
            if let Some(item) = bullet(line) {
                rows.push((next, vec![item.into()]));
            } else if (next == after || line.starts_with([' ', '\t']))
                && fence(line).is_none()
                && self.heading(next).is_none()
                && self.separator_below(next).is_none()
                && let Some((_, item)) = rows.last_mut()
            {
                // An item goes on.
                item[0] += " ";
                item[0] += line.trim();
            } else {
                break;
            }
            after = next + 1;
        }
        let tells = |(_, item): &(usize, Vec<Cow<'_, str>>)| tells_count(&plain(&item[0]));
        if !rows.iter().any(tells) {
            rows.clear();
        }
        Some((rows, after))
    }
}

/// Parts of a page that are passed over: blocks of code, and remarks.
#[derive(Default)]
struct Skipping {
    /// Lengths of fences of each kind that were found to have no end, the shortest; and whether remarks have none any more. So
    /// each is looked for once.
    open: [Option<usize>; 2],
    open_remark: bool,
}

impl Skipping {
    /// The line after a block that begins here. One that has no end is none.
    fn block(&mut self, page: &Page<'_>, at: usize) -> Option<usize> {
        let line = page.lines[at].trim();
        if at == 0 && line == "---" {
            // What stands before the page for the program that shows it.
            let end = (1..page.lines.len()).find(|end| page.lines[*end].trim_end() == "---");
            return end.map(|end| end + 1);
        }
        if line.starts_with("<!--") {
            if self.open_remark {
                return None;
            }
            let end = (at..page.lines.len()).find(|end| page.lines[*end].contains("-->"));
            self.open_remark = end.is_none();
            return end.map(|end| end + 1);
        }
        let (kind, length) = fence(line)?;
        let open = &mut self.open[usize::from(kind == '~')];
        if open.is_some_and(|open| length >= open) {
            return None;
        }
        let closes = |line: &str| {
            let is_bare = line.chars().all(|c| c == kind);
            is_bare && fence(line).is_some_and(|(_, closing)| closing >= length)
        };
        let end = (at + 1..page.lines.len()).find(|end| closes(page.lines[*end].trim()));
        if end.is_none() {
            *open = Some(length);
        }
        end.map(|end| end + 1)
    }
}

/// The kind and length of a fence around code. Longer ones than anybody writes count as the longest.
fn fence(line: &str) -> Option<(char, usize)> {
    let line = line.trim_start();
    let kind = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let length = line.len() - line.trim_start_matches(kind).len();
    (length >= 3 && !(kind == '`' && line[length..].contains('`'))).then_some((kind, length.min(16)))
}

/// A line across the page.
fn is_rule(line: &str) -> bool {
    let kind = line.chars().next().filter(|c| matches!(c, '-' | '*' | '_'));
    kind.is_some_and(|kind| line.chars().all(|c| c == kind || c == ' ') && line.matches(kind).count() >= 3)
}

/// The text of a bulleted item.
fn bullet(line: &str) -> Option<&str> {
    let line = line.trim();
    if is_rule(line) {
        return None;
    }
    let item = line.strip_prefix(['-', '*', '+', '•'])?;
    let item = item.strip_prefix([' ', '\t'])?.trim_start();
    // A box to tick.
    let ticked = ["[ ] ", "[x] ", "[X] "].iter().find_map(|tick| item.strip_prefix(tick));
    Some(ticked.unwrap_or(item).trim_start()).filter(|item| !item.is_empty())
}

/// Whether a line begins with a bar.
fn is_framed(line: &str) -> bool {
    line.trim_start().starts_with('|')
}

/// Whether a line may stand between the heading and the rows of a table.
fn is_separator(line: &str) -> bool {
    let is_dashes = |cell: &str| {
        let cell = cell.strip_prefix(':').unwrap_or(cell);
        let cell = cell.strip_suffix(':').unwrap_or(cell);
        !cell.is_empty() && cell.bytes().all(|b| b == b'-')
    };
    line.contains('|') && cells(line).iter().all(|cell| is_dashes(cell.trim()))
}

/// Whether every cell of a row is a single dash, which within a table says that there is nothing to say.
fn says_nothing(line: &str) -> bool {
    cells(line).iter().all(|cell| cell.trim() == "-")
}

/// Cells of a row; bars after a backslash do not part them.
fn cells(line: &str) -> Vec<Cow<'_, str>> {
    let line = line.trim();
    let line = line.strip_prefix('|').unwrap_or(line);
    let mut cells = vec![];
    let (mut start, mut escaped) = (0, false);
    for (at, byte) in line.bytes().enumerate() {
        if byte == b'|' && !escaped {
            cells.push(line[start..at].into());
            start = at + 1;
        }
        escaped = byte == b'\\' && !escaped;
    }
    if start < line.len() || cells.is_empty() {
        cells.push(line[start..].into());
    }
    cells
}

/// Whether an item of a list begins or ends with how many there are: `4x wheels`, `2 × screws`, `screws (x8)`.
fn tells_count(item: &str) -> bool {
    let bare = |word: &'_ str| word.trim_matches(['(', ')', '[', ']', ',', ';', ':', '.']).to_owned();
    let words: Vec<String> = item.split_whitespace().map(bare).filter(|word| !word.is_empty()).collect();
    let is_number =
        |word: &str| !word.is_empty() && word.len() <= 6 && word.bytes().all(|b| b.is_ascii_digit());
    let is_times = |word: &str| matches!(word, "x" | "X" | "×");
    let times = ['x', 'X', '×'];
    let is_count = |word: &String| {
        let number = word.strip_suffix(times).or_else(|| word.strip_prefix(times));
        number.is_some_and(is_number)
    };
    // Without a space between, as in `4×轮子`; `4x4` is no count.
    let is_joined = |word: &str| {
        word.split_once(times).is_some_and(|(number, thing)| {
            is_number(number) && thing.chars().next().is_some_and(|c| !c.is_ascii_digit())
        })
    };
    let begins = match &words[..] {
        // Three numbers are a size.
        [a, b, _, d, ..] if is_number(a) && is_times(b) && is_times(d) => false,
        [a, b, _, ..] if is_number(a) && is_times(b) => true,
        [first, _, ..] if is_count(first) => true,
        [first, ..] => is_joined(first),
        [] => false,
    };
    // `M3 x 6` is a size.
    let is_size = |word: &str| word.bytes().any(|b| b.is_ascii_digit());
    begins
        || match &words[..] {
            [.., _, last] if is_count(last) => true,
            [.., before, a, b] if is_times(a) && is_number(b) => !is_size(before),
            [.., before, a, b] if is_number(a) && is_times(b) => !is_size(before) && !is_times(before),
            _ => false,
        }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::file::Limits;
    use linchpin::context::Context;

    type Found = Vec<(u32, Vec<String>)>;

    fn sheets(text: &str) -> Vec<(String, Found)> {
        let (limits, context) = (Limits::default(), Context::default());
        let mut filling = Filling::new("a.md", &limits, &context);
        read(text, &mut filling).unwrap();
        let row = |row: crate::sheet::Row<'_>| {
            (row.number(), row.cells().map(|(_, text)| text.to_owned()).collect())
        };
        filling.finish().iter().map(|sheet| (sheet.name.clone(), sheet.rows().map(row).collect())).collect()
    }

    fn rows(text: &str) -> Found {
        sheets(text).into_iter().flat_map(|(_, rows)| rows).collect()
    }

    #[test]
    fn tables_are_called_by_the_headings_above_them() {
        let text = "Parts\n=====\n## **Arm** `v2` ##\n|a|b|\n|-|:-:|\n|1|2|\n### Hand\n\nx | y\n--|--\n3 | 4 | 5\n6\n\n# Other\n|c|\n|---|\n";
        let found = sheets(text);
        let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["Parts › Arm v2", "Parts › Arm v2 › Hand", "Other"]);
        assert_eq!(found[0].1, [(4, vec!["a".into(), "b".into()]), (6, vec!["1".into(), "2".into()])]);
        assert_eq!(found[1].1[1], (11, vec!["3".into(), "4".into(), "5".into()]));
        assert_eq!((found[1].1.len(), found[2].1.len()), (2, 1));
    }

    #[test]
    fn blank_lines_between_rows_do_not_end_a_table_and_another_heading_does() {
        let text = "| a | b |\n\n| --- | --- |\n\n| 1 | - |\n\n| - | - |\n\n| 2 | 3 |\n\n\n| c | d |\n\n|---|---|\n| 4 | 5 |\n\ntext\n| 6 | 7 |\n";
        let found = sheets(text);
        let lines: Vec<Vec<u32>> =
            found.iter().map(|(_, rows)| rows.iter().map(|(number, _)| *number).collect()).collect();
        assert_eq!(lines, [vec![1, 5, 7, 9], vec![12, 15]]);
    }

    #[test]
    fn long_pages_take_no_long_time() {
        let lines = 1 << 17;
        for line in [
            "\n", "- a\n", "|a\n\n", "|a|\n", "|-|\n", "```a\n", "<!--\n", "# a\n", "a\n--\n", "> \n",
            "- a\n\n",
        ] {
            assert!(sheets(&line.repeat(lines)).len() <= 1, "{line:?}");
        }
    }

    #[test]
    fn code_and_remarks_are_passed_over_unless_they_have_no_end() {
        let table = "|a|b|\n|-|-|\n|1|2|\n";
        for text in [
            format!("```\n{table}```\n"),
            format!("~~~~ text\n```\n{table}~~~~\n"),
            format!("<!--\n{table}-->\n"),
            format!("---\n{table}---\n"),
        ] {
            assert!(sheets(&text).is_empty(), "{text}");
        }
        for text in [format!("```\n{table}"), format!("```\nx\n```\n{table}```\n"), format!("<!--\n{table}")]
        {
            assert_eq!(rows(&text).len(), 2, "{text}");
        }
    }

    #[test]
    fn lists_with_counts_are_lists_of_parts() {
        let text = "# Kit\n\n- [ ] 4x **motors**\n- chassis\n  of metal\n\n* 2 × wheels\n\ntext\n\n- a note\n- M3 x 6\n";
        let found = sheets(text);
        let item = |text: &str| vec![text.to_owned()];
        let rows = vec![(3, item("4x motors")), (4, item("chassis of metal")), (7, item("2 × wheels"))];
        assert_eq!(found, [("Kit".to_owned(), rows)]);
    }

    #[test]
    fn counts_are_told_from_sizes() {
        for item in [
            "4x N20 motors",
            "2 × screws",
            "4×轮子",
            "x4 wheels",
            "M3 screw (x8)",
            "wheels: 4x",
            "hub ×2",
            "4 x 608 bearing",
            "nut x 4",
        ] {
            assert!(tells_count(item), "{item}");
        }
        for item in [
            "4x4 chassis",
            "32 x 25 x 4 mm ring",
            "Helicoil M3 x 6",
            "24 magnets",
            "8mm x 4mm x 2mm - 0.4g",
            "xT60 plug",
            "3x",
            "x",
            "",
            "M3 x 5 Flat Head Screw",
            "matrix 7",
        ] {
            assert_eq!(tells_count(item), item == "{item}");
        }
    }
}
