//! `linchpin outages`

use super::trials;
use crate::args;
use crate::fault::{Fault, internal};
use crate::progress;
use crate::write;
use linchpin::context::Context;
use linchpin::outages::{Network, OutagesError, ReadError, Request, Sampled, Shown, answer, read};
use linchpin::trials::{Merged, merged, run as run_trials};
use linchpin_table::{Answer, Lang, Message};
use std::path::Path;

pub(crate) fn run(args: &args::Outages, lang: Lang) -> Result<(), Fault> {
    without_pictures(&args.output)?;
    let answer = sampled(args, &trials::context(&args.trials));
    progress::clear();
    write::answer(answer?, &args.output, lang)
}

/// What cannot be written is said before minutes are spent on it.
pub(super) fn without_pictures(output: &args::Output) -> Result<(), Fault> {
    match write::format(output)?.is_picture() {
        true => Err(Fault::message(Message::new("error-firms-picture"))),
        false => Ok(()),
    }
}

fn sampled(args: &args::Outages, context: &Context) -> Result<Answer, Fault> {
    let network = network(&args.folder, context)?;
    let place = std::path::absolute(&args.folder).unwrap_or_else(|_| args.folder.clone());
    let sampled = Sampled::new(&network, &Request { weeks: args.weeks }, place.display().to_string());
    let plan = args.trials.plan();
    let run = run_trials(&sampled, &plan, context).map_err(trials::fault)?;
    let shown = Shown { rows: args.limit, shard: plan.shard, error: plan.error };
    answer(&sampled, plan.seed, &run, &shown, context).map_err(fault)
}

/// Finishes a run from its journals.
pub(super) fn finish(journals: &Merged, args: &args::Merge, context: &Context) -> Result<Answer, Fault> {
    let header = &journals.header;
    let folder = args.from.as_deref().unwrap_or_else(|| Path::new(&header.place));
    let network = network(folder, context)?;
    let request: Request = serde_json::from_str(&header.identity.request).map_err(|e| internal(&e))?;
    let sampled = Sampled::new(&network, &request, header.place.clone());
    let run = merged(&sampled, journals).map_err(trials::fault)?;
    let shown = Shown { rows: args.limit, shard: None, error: None };
    answer(&sampled, header.seed, &run, &shown, context).map_err(fault)
}

fn network(folder: &Path, context: &Context) -> Result<Network, Fault> {
    read(folder, context).map_err(|e| match e {
        ReadError::Problems(problems) => Fault::Problems(problems),
        ReadError::Cancelled(_) => Fault::message(Message::new("error-cancelled")),
    })
}

fn fault(e: OutagesError) -> Fault {
    match e {
        OutagesError::Cancelled(_) => Fault::message(Message::new("error-cancelled")),
        OutagesError::Table(e) => e.into(),
    }
}
