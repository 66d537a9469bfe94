//! `linchpin merge`: the parts of a run of trials, put together and answered as its verb would have.

use super::{outages, risk, trials};
use crate::args;
use crate::fault::Fault;
use crate::progress;
use crate::write;
use linchpin::trials::merge;
use linchpin_table::{Lang, Message};

pub(crate) fn run(args: &args::Merge, lang: Lang) -> Result<(), Fault> {
    write::format(&args.output)?;
    let journals = merge(&args.files).map_err(trials::journal_fault)?;
    if journals.header.identity.verb == "risk" {
        return risk::finish(&journals, args, lang);
    }
    outages::without_pictures(&args.output)?;
    let context = progress::context();
    let answer = match journals.header.identity.verb.as_str() {
        "outages" => outages::finish(&journals, args, &context),
        other => Err(Fault::message(Message::new("error-trials-verb").text("verb", other))),
    };
    progress::clear();
    write::answer(answer?, &args.output, lang)
}
