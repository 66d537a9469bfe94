//! `linchpin atlas`: check, export, list the schema, show what is thin, ask what to look for, compare two.

use super::with_model;
use crate::args::{self, Ground};
use crate::fault::Fault;
use crate::ground;
use crate::write;
use linchpin::brief::{self, brief};
use linchpin::items::{self, ItemsError};
use linchpin::{coverage, diff, questions};
use linchpin_render::Messages;
use linchpin_table::{Lang, Message, Unit};
use std::collections::BTreeMap;
use std::path::Path;

/// Rows of a long table on a screen; files get all.
const SCREEN_ROWS: usize = 20;

pub(crate) fn run(command: &args::Atlas, lang: Lang) -> Result<(), Fault> {
    match command {
        args::Atlas::Check { folder } => check(folder.as_deref(), lang),
        args::Atlas::Export { folder } => export(folder, lang),
        args::Atlas::Schema { output } => write::answer(coverage::schema()?, output, lang),
        args::Atlas::Coverage { atlas, output } => {
            let atlas = ground::atlas(atlas.as_deref())?;
            write::answer(coverage::coverage(&atlas)?, output, lang)
        }
        args::Atlas::Items(args) => list(args, lang),
        args::Atlas::Questions(args) => ask(args, lang),
        args::Atlas::Diff(args) => compare(args, lang),
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

/// Which items there are, by words.
fn list(args: &args::Items, lang: Lang) -> Result<(), Fault> {
    let atlas = ground::atlas(args.atlas.as_deref())?;
    let answer = items::items(&atlas, &args.words, rows(args.limit, &args.output)).map_err(|e| match e {
        ItemsError::Unknown { words, nearest } => {
            let message = Message::new("error-items").text("words", words);
            Fault::message(message.text("nearest", nearest.join(", ")))
        }
        ItemsError::Table(e) => e.into(),
    })?;
    write::answer(answer, &args.output, lang)
}

/// What would narrow the headlines most.
fn ask(args: &args::Questions, lang: Lang) -> Result<(), Fault> {
    let request = questions::Request { volume: args.volume, rows: rows(args.limit, &args.output) };
    let answer = with_model(&args.ground, args.product.as_deref(), |model, _| {
        let mut answer = questions::questions(model, &request)?;
        linchpin::book::changes(model.atlas, model.values, &mut answer);
        Ok(answer)
    })?;
    write::answer(answer, &args.output, lang)
}

/// What changed between two atlases, and which numbers of the page moved.
fn compare(args: &args::Diff, lang: Lang) -> Result<(), Fault> {
    let (old, new) = (folder_of(&args.old), folder_of(&args.new));
    let request = brief::Request { product: args.product.clone(), volume: args.volume, risk: None };
    let answer = with_model(&old, Some(&args.product), |old, _| {
        with_model(&new, Some(&args.product), |new, _| {
            let pages = (&brief(old, &request)?.answer, &brief(new, &request)?.answer);
            Ok(diff::diff(old.atlas, new.atlas, pages, rows(args.limit, &args.output))?)
        })
    })?;
    write::answer(answer, &args.output, lang)
}

/// The word for the atlas inside the program.
const SHIPPED: &str = "shipped";

/// Where an atlas is read from, without a scenario.
fn folder_of(name: &Path) -> Ground {
    let folder = (name != Path::new(SHIPPED)).then(|| name.to_owned());
    Ground { atlas: folder, scenario: None, set: vec![] }
}

fn rows(limit: Option<usize>, output: &args::Output) -> Option<usize> {
    let on_screen = output.format.is_none() && output.output.is_none();
    limit.or(on_screen.then_some(SCREEN_ROWS))
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
