//! `linchpin firms`

use crate::args;
use crate::fault::{Fault, internal};
use crate::progress;
use crate::write;
use linchpin::context::Context;
use linchpin::firms::{FirmsError, Rationing, ReadError, Request, RunError, firms, read};
use linchpin_table::{Answer, Lang, Message};

/// Days listed on a screen; files get all.
const SCREEN_DAYS: usize = 15;

pub(crate) fn run(args: &args::Firms, lang: Lang) -> Result<(), Fault> {
    let request = request(args)?;
    // What cannot be written is said before minutes are spent on it.
    let format = write::format(&args.output)?;
    if format.is_picture() {
        return Err(Fault::message(Message::new("error-firms-picture")));
    }
    let answer = answer(args, &request, &progress::context());
    progress::clear();
    write::answer(answer?, &args.output, lang)
}

fn request(args: &args::Firms) -> Result<Request, Fault> {
    let on_screen = args.output.format.is_none() && args.output.output.is_none();
    let rationing = Rationing::of_name(&args.rationing).ok_or_else(|| {
        let allowed = Rationing::ALL.map(Rationing::name).join(", ");
        let message = Message::new("error-firms-rationing").text("value", args.rationing.as_str());
        Fault::message(message.text("allowed", allowed))
    })?;
    Ok(Request {
        days: args.days,
        cover: args.cover,
        adjustment: args.adjustment,
        rationing,
        recovery: args.recovery,
        rows: args.limit,
        listed_days: on_screen.then_some(SCREEN_DAYS),
    })
}

fn answer(args: &args::Firms, request: &Request, context: &Context) -> Result<Answer, Fault> {
    let network = read(&args.folder, context).map_err(|e| match e {
        ReadError::Problems(problems) => Fault::Problems(problems),
        ReadError::Cancelled(_) => Fault::message(Message::new("error-cancelled")),
    })?;
    firms(network, request, context).map_err(|e| match e {
        FirmsError::Run(RunError::Cancelled(_)) | FirmsError::Cancelled(_) => {
            Fault::message(Message::new("error-cancelled"))
        }
        FirmsError::Run(RunError::Network(e)) => internal(&e),
        FirmsError::Table(e) => e.into(),
    })
}
