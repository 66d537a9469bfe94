//! Faults in a user's input, all of them, in the order of the files.

use std::collections::{BTreeMap, BTreeSet};

use linchpin_table::{Message, Problem};

use crate::terminal::Style;
use crate::text::{one_line, truncate, width, wrap};
use crate::{Messages, RenderError, TerminalOptions};

/// Columns of a value that are shown; who mends it sees the rest in the file.
const LONGEST_VALUE: usize = 40;

/// Lists all faults, sorted, file by file: `file:row:column  "value"  what — mend`, and how many there are.
/// What is wrong goes on lines of its own where one line is too short for it.
///
/// A sheet stands with its file, `file [sheet]`. Problems come without labels, so their messages must not name ids.
pub fn problems(
    problems: &[Problem],
    messages: &Messages,
    options: &TerminalOptions,
) -> Result<String, RenderError> {
    let none = BTreeMap::new();
    if problems.is_empty() {
        return Ok(format!("{}\n", messages.word("problem-none")?));
    }
    let mut sorted: Vec<&Problem> = problems.iter().collect();
    sorted.sort();
    let mut text = String::new();
    let mut file: Option<&str> = None;
    for problem in &sorted {
        if file.is_some_and(|file| file != problem.file) {
            text.push('\n');
        }
        file = Some(&problem.file);
        let mut place = one_line(&problem.file);
        if let Some(sheet) = &problem.sheet {
            place = format!("{place} [{}]", one_line(sheet));
        }
        if let Some(row) = problem.row {
            place = format!("{place}:{row}");
        }
        if let Some(column) = &problem.column {
            place = format!("{place}:{}", one_line(column));
        }
        let what = messages.get(&problem.what, &none)?;
        let mend = messages.get(&problem.mend, &none)?;
        let place = options.plain(&place);
        let sentence = options.plain(&format!("{what} — {mend}"));
        text.push_str(&options.paint(Style::Bold, &place));
        let mut used = width(&place);
        if let Some(value) = &problem.value {
            let value = truncate(&one_line(&options.plain(value)), LONGEST_VALUE, options.mark());
            let value = format!("  \"{value}\"");
            used += width(&value);
            text.push_str(&value);
        }
        if !sentence.contains('\n') && used + 2 + width(&sentence) <= options.columns() {
            text.push_str(&format!("  {sentence}\n"));
        } else {
            text.push('\n');
            for line in wrap(&sentence, options.columns() - 4) {
                text.push_str(&format!("    {line}\n"));
            }
        }
    }
    let files: BTreeSet<&str> = sorted.iter().map(|problem| problem.file.as_str()).collect();
    let count = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    let total = Message::new("problem-count")
        .integer("faults", count(sorted.iter().map(|p| p.others.saturating_add(1)).sum()))
        .integer("files", count(files.len() as u64));
    text.push('\n');
    text.push_str(&options.paint(Style::Bold, &messages.get(&total, &none)?));
    text.push('\n');
    Ok(text)
}
