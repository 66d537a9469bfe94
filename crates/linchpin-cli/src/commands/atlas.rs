//! `linchpin atlas`: check, export, list the schema, show what is thin.

use crate::args;
use crate::fault::Fault;
use crate::ground;
use crate::write;
use linchpin::coverage;
use linchpin_render::Messages;
use linchpin_table::{Lang, Message, Unit};
use std::collections::BTreeMap;
use std::path::Path;

pub(crate) fn run(command: &args::Atlas, lang: Lang) -> Result<(), Fault> {
    match command {
        args::Atlas::Check { folder } => check(folder.as_deref(), lang),
        args::Atlas::Export { folder } => export(folder, lang),
        args::Atlas::Schema { output } => write::answer(coverage::schema()?, output, lang),
        args::Atlas::Coverage { atlas, output } => {
            let atlas = ground::atlas(atlas.as_deref())?;
            write::answer(coverage::coverage(&atlas)?, output, lang)
        }
    }
}

fn check(folder: Option<&Path>, lang: Lang) -> Result<(), Fault> {
    let atlas = ground::atlas(folder)?;
    let message = Message::new("atlas-sound")
        .text("atlas", format!("{} {}", atlas.package.name, atlas.package.version))
        .text("as-of", atlas.package.as_of.as_str())
        .number("figures", atlas.figures.len() as f64, Unit::Piece)
        .text("hash", atlas.hash.get(..12).unwrap_or_default());
    say(&message, lang)?;
    for expired in coverage::expired(&atlas) {
        say(&expired, lang)?;
    }
    Ok(())
}

/// Writes the shipped atlas to a folder that is empty or does not exist yet.
fn export(folder: &Path, lang: Lang) -> Result<(), Fault> {
    let name = folder.display().to_string();
    let occupied = std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some());
    if occupied {
        return Err(Fault::message(Message::new("error-folder").text("folder", name)));
    }
    std::fs::create_dir_all(folder).map_err(|e| {
        Fault::message(Message::new("error-write").text("file", name.as_str()).text("reason", e.to_string()))
    })?;
    let files = ground::shipped();
    for (file, bytes) in &files {
        write::file(&folder.join(file), bytes)?;
    }
    let message = Message::new("atlas-exported").text("folder", name).integer("files", files.len() as i64);
    say(&message, lang)
}

fn say(message: &Message, lang: Lang) -> Result<(), Fault> {
    let text = Messages::new(lang)?.get(message, &BTreeMap::new())?;
    write::stdout(format!("{text}\n").as_bytes())
}
