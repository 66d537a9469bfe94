//! An answer to standard output or to a file. A file is written whole or not at all.

use crate::args::Output;
use crate::fault::Fault;
use crate::picture;
use linchpin::book::Book;
use linchpin::coverage::coverage;
use linchpin::model::Model;
use linchpin::page::page;
use linchpin_render::{Format, Messages, TerminalOptions, html, render, xlsx};
use linchpin_table::{Answer, Lang, Message, Page};
use std::io::{IsTerminal, Write};
use std::path::Path;

/// Columns assumed where nobody looks.
const PIPED_WIDTH: usize = 100;

/// What is asked for: by name, by the ending of the file, else text for a terminal.
pub(crate) fn format(output: &Output) -> Result<Format, Fault> {
    match (output.format, &output.output) {
        (Some(format), _) => Ok(format),
        (None, None) => Ok(Format::Terminal),
        (None, Some(path)) => Format::from_path(path).ok_or_else(|| {
            Fault::message(Message::new("error-format").text("file", path.display().to_string()))
        }),
    }
}

/// Sends the first of some books where it was asked to go. A page gets all of them, with what their numbers rest on, and a
/// picture is drawn from all.
pub(crate) fn books(
    model: &Model<'_>,
    mut books: Vec<Book>,
    output: &Output,
    lang: Lang,
) -> Result<(), Fault> {
    match format(output)? {
        format @ (Format::Html | Format::Xlsx) => {
            without_picture(output)?;
            select(&mut books[0].answer, output)?;
            if format.is_binary() {
                binary(output)?;
            }
            let page = page(model, books)?;
            let bytes = match format {
                Format::Html => html(&page, lang)?.into_bytes(),
                _ => xlsx(&page, &Messages::new(lang)?)?,
            };
            send(&bytes, output)
        }
        Format::Svg | Format::Png => {
            let mut answers: Vec<Answer> = books.into_iter().map(|b| b.answer).collect();
            answers.push(coverage(model.atlas)?);
            picture::send(&Page { answers, evidence: None }, output, lang)
        }
        _ => answer(books.swap_remove(0).answer, output, lang),
    }
}

/// Sends an answer where it was asked to go.
pub(crate) fn answer(mut answer: Answer, output: &Output, lang: Lang) -> Result<(), Fault> {
    let format = format(output)?;
    if format.is_picture() {
        return picture::send(&Page { answers: vec![answer], evidence: None }, output, lang);
    }
    without_picture(output)?;
    select(&mut answer, output)?;
    if format.is_binary() {
        binary(output)?;
    }
    send(&render(&answer, format, lang, &screen(output.output.is_none()))?, output)
}

/// Refuses to write bytes to a screen.
pub(crate) fn binary(output: &Output) -> Result<(), Fault> {
    match output.output.is_none() && std::io::stdout().is_terminal() {
        true => Err(Fault::message(Message::new("error-binary"))),
        false => Ok(()),
    }
}

/// Refuses a picture by name where no picture is written.
fn without_picture(output: &Output) -> Result<(), Fault> {
    match &output.picture {
        Some(name) => Err(Fault::message(Message::new("error-picture-idle").text("picture", name.as_str()))),
        None => Ok(()),
    }
}

/// Keeps the tables that were asked for.
fn select(answer: &mut Answer, output: &Output) -> Result<(), Fault> {
    if !output.table.is_empty() {
        let names: Vec<&str> = answer.tables.iter().map(|t| t.name).collect();
        if let Some(wrong) = output.table.iter().find(|t| !names.contains(&t.as_str())) {
            let message =
                Message::new("error-table").text("table", wrong.as_str()).text("allowed", names.join(", "));
            return Err(Fault::message(message));
        }
        answer.tables.retain(|t| output.table.iter().any(|name| name == t.name));
    }
    Ok(())
}

pub(crate) fn send(bytes: &[u8], output: &Output) -> Result<(), Fault> {
    match &output.output {
        Some(path) => file(path, bytes),
        None => stdout(bytes),
    }
}

/// What the terminal can show.
pub(crate) fn screen(to_stdout: bool) -> TerminalOptions {
    let seen = to_stdout && std::io::stdout().is_terminal();
    let width = std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok());
    let width =
        width.or_else(|| terminal_size::terminal_size().filter(|_| seen).map(|(w, _)| usize::from(w.0)));
    TerminalOptions {
        width: width.unwrap_or(PIPED_WIDTH).clamp(40, 400),
        color: seen && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty()),
        unicode: std::env::var("TERM").as_deref() != Ok("dumb"),
    }
}

/// Writes to standard output; a reader that has seen enough is not a fault.
pub(crate) fn stdout(bytes: &[u8]) -> Result<(), Fault> {
    let mut out = std::io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(e) if e.kind() != std::io::ErrorKind::BrokenPipe => Err(cannot_write("stdout", &e)),
        _ => Ok(()),
    }
}

/// Writes a file through a temporary one beside it.
pub(crate) fn file(path: &Path, bytes: &[u8]) -> Result<(), Fault> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let write = || -> std::io::Result<()> {
        let mut temporary = tempfile::NamedTempFile::new_in(folder)?;
        temporary.write_all(bytes)?;
        temporary.as_file().sync_all()?;
        // A temporary file is for its owner alone; the result is an ordinary file.
        #[cfg(unix)]
        std::fs::set_permissions(temporary.path(), std::os::unix::fs::PermissionsExt::from_mode(0o644))?;
        temporary.persist(path).map_err(|e| e.error)?;
        Ok(())
    };
    write().map_err(|e| cannot_write(&path.display().to_string(), &e))
}

fn cannot_write(file: &str, e: &std::io::Error) -> Fault {
    Fault::message(Message::new("error-write").text("file", file).text("reason", e.to_string()))
}
