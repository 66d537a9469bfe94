//! `linchpin revisions`

use super::import;
use crate::args;
use crate::fault::{Fault, internal};
use crate::ground;
use crate::progress;
use crate::write;
use linchpin_import::cost::Rates;
use linchpin_import::revisions::{Day, Request, RevisionFault, revisions};
use linchpin_table::{Lang, Message};
use std::path::PathBuf;

pub(crate) fn run(args: &args::Revisions, lang: Lang) -> Result<(), Fault> {
    let atlas = ground::atlas(None)?;
    let request = Request {
        files: args.files.iter().map(|text| dated(text)).collect(),
        rates: Rates::parse(&args.rate).map_err(import::wrong_rates)?,
        still: args.still,
    };
    let answer = revisions(&atlas, &request, &progress::context());
    progress::clear();
    write::answer(answer.map_err(faults)?, &args.output, lang)
}

/// A file, and the day behind its last `=`, unless there is a file of the whole name or what stands there is no day and nothing like one.
fn dated(text: &str) -> (PathBuf, Option<String>) {
    match text.rsplit_once('=') {
        Some((file, day)) if Day::parse(day).is_some() || !PathBuf::from(text).exists() => {
            (PathBuf::from(file), Some(day.to_owned()))
        }
        _ => (PathBuf::from(text), None),
    }
}

fn faults(faults: Vec<RevisionFault>) -> Fault {
    let mut messages = vec![];
    for fault in faults {
        messages.push(match fault {
            RevisionFault::NoDay(file) => Message::new("error-revisions-no-day").text("file", file),
            RevisionFault::Day { file, day } => {
                Message::new("error-revisions-day").text("file", file).text("day", day)
            }
            RevisionFault::Twice(one, other) => {
                Message::new("error-revisions-twice").text("one", one).text("other", other)
            }
            RevisionFault::Few(count) => Message::new("error-revisions-few").integer("count", count as i64),
            RevisionFault::Mixed(model, list) => {
                Message::new("error-revisions-mixed").text("model", model).text("list", list)
            }
            RevisionFault::File(fault) => match import::message(fault) {
                Ok(message) => message,
                Err(fault) => return fault,
            },
            RevisionFault::Table(fault) => return internal(&fault),
        });
    }
    Fault::Messages(messages)
}
