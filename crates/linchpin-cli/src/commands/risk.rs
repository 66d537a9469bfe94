//! `linchpin risk`

use super::disrupt::{asked, fault, named, shipped, written};
use super::{trials_fault, with_model_in};
use crate::args;
use crate::fault::Fault;
use crate::progress;
use crate::write;
use linchpin::disrupt::{Futures, Request, RiskError, Source, risk};
use linchpin_kernel::{Instructions, Precision};
use linchpin_table::{Lang, Message};

/// What may happen if nothing is said.
const SCENARIO: &str = "risk";

pub(crate) fn run(args: &args::Risk, lang: Lang) -> Result<(), Fault> {
    if args.disrupt.alone {
        return Err(Fault::message(Message::new("error-risk-alone")));
    }
    let mut request = request(&args.disrupt)?;
    let futures = futures(args)?;
    // What cannot be written is said before minutes are spent on it.
    write::format(&args.disrupt.output)?;
    let named = named(args.disrupt.product.as_deref(), &request);
    let plan = args.trials.plan();
    let place =
        args.disrupt.ground.atlas.as_ref().map_or(String::new(), |folder| folder.display().to_string());
    let context = progress::context_with(args.trials.threads);
    with_model_in(&args.disrupt.ground, named.as_deref(), context, |model, product| {
        request.product = product;
        let book = risk(model, &request, &futures, &Source::Run(&plan), &place).map_err(risk_fault)?;
        write::books(model, vec![book], &args.disrupt.output, lang)
    })
}

/// What is typed or written down; else what may happen to anybody.
fn request(args: &args::Disrupt) -> Result<Request, Fault> {
    let written = match (written(&args.written)?, args.happening.is_typed()) {
        (None, false) => Some(shipped(SCENARIO)?),
        (written, _) => written,
    };
    asked(args, written)
}

fn futures(args: &args::Risk) -> Result<Futures, Fault> {
    let word = |option: &str, value: &str, allowed: &str| {
        let message = Message::new("error-word").text("option", option).text("value", value);
        Fault::message(message.text("allowed", allowed))
    };
    let precision = match args.precision.as_str() {
        "single" => Precision::Single,
        "double" => Precision::Double,
        other => return Err(word("--precision", other, "single, double")),
    };
    let instructions = match args.instructions.as_deref() {
        None => Instructions::best(),
        Some("avx512") => Instructions::Avx512,
        Some("avx2") => Instructions::Avx2,
        Some("plain") => Instructions::Plain,
        Some(other) => return Err(word("--instructions", other, "avx512, avx2, plain")),
    };
    Ok(Futures {
        failures: !args.no_failures,
        figures: !args.fixed_figures,
        gain: !args.no_gain && args.trials.shard.is_none(),
        precision,
        instructions,
    })
}

pub(super) fn risk_fault(e: RiskError) -> Fault {
    match e {
        RiskError::Disrupt(e) => fault(e),
        RiskError::Trials(e) => trials_fault(e),
        RiskError::Book(e) => e.into(),
    }
}
