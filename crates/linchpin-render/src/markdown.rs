//! Markdown with tables as GitHub writes them, to paste into a report.

use linchpin_table::{Answer, Message, Table};

use crate::terminal::stamp_line;
use crate::view;
use crate::{Messages, RenderError};

/// The answer as Markdown. A value and its range share a cell; numbers are scaled as in the terminal.
pub fn markdown(answer: &Answer, messages: &Messages) -> Result<String, RenderError> {
    let say = |message: &Message| Ok::<_, RenderError>(escaped(&messages.get(message, &answer.labels)?));
    let mut text = format!("# {}\n", escaped(&messages.word(&format!("verb-{}", answer.stamp.verb))?));
    if !answer.headlines.is_empty() {
        text.push('\n');
    }
    for headline in &answer.headlines {
        text.push_str(&format!("- {}\n", say(headline)?));
    }
    for each in &answer.tables {
        text.push_str(&format!("\n## {}\n\n", say(&each.title)?));
        text.push_str(&table(each, answer, messages)?);
        for note in &each.notes {
            text.push_str(&format!("\n{}\n", say(note)?));
        }
    }
    for note in &answer.notes {
        text.push_str(&format!("\n{}\n", say(note)?));
    }
    text.push_str(&format!("\n---\n\n{}\n", escaped(&stamp_line(answer, messages)?)));
    Ok(text)
}

fn table(table: &Table, answer: &Answer, messages: &Messages) -> Result<String, RenderError> {
    let columns = view::columns(table, messages, &answer.labels)?;
    if table.is_empty() || columns.is_empty() {
        return Ok(format!("{}\n", messages.word("table-empty")?));
    }
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let mut text = line(columns.iter().map(|column| escaped(&column.header)).collect());
    text.push_str(&line(
        columns.iter().map(|column| if column.numeric { "--:" } else { ":--" }.into()).collect(),
    ));
    for row in 0..table.len() {
        let depth = table.indent.as_ref().and_then(|depths| depths.get(row)).copied().map_or(0, usize::from);
        let cells = columns.iter().enumerate().map(|(i, column)| {
            let cell = &column.cells[row];
            let indent = if i == 0 { "&emsp;".repeat(depth) } else { String::new() };
            format!("{indent}{}", escaped(&format!("{}{}", cell.body, cell.after)))
        });
        text.push_str(&line(cells.collect()));
    }
    Ok(text)
}

/// The text on one line, with what Markdown would read as markup made harmless.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for each in text.chars() {
        match each {
            '\\' | '|' | '*' | '_' | '`' | '[' | ']' | '#' => {
                safe.push('\\');
                safe.push(each);
            }
            '<' => safe.push_str("&lt;"),
            '&' => safe.push_str("&amp;"),
            control if control.is_control() => safe.push(' '),
            other => safe.push(other),
        }
    }
    safe
}
