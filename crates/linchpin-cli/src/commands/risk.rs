//! `linchpin risk`

use super::disrupt::{asked, fault, named, shipped, written};
use super::{model_fault, trials, with_model_in};
use crate::args;
use crate::fault::{Fault, internal};
use crate::ground;
use crate::progress;
use crate::write;
use linchpin::disrupt::{Futures, Request, RiskError, Source, Written, risk};
use linchpin::model::{Model, product};
use linchpin::trials::{Merged, Plan};
use linchpin_kernel::{Instructions, Precision};
use linchpin_table::{Lang, Message};
use std::path::Path;

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
    let folder = args.disrupt.ground.atlas.as_ref();
    let place = folder.map(|f| std::path::absolute(f).unwrap_or_else(|_| f.clone()).display().to_string());
    let context = trials::context(&args.trials);
    with_model_in(&args.disrupt.ground, named.as_deref(), context, |model, product| {
        request.product = product;
        let book = risk(model, &request, &futures, &Source::Run(&plan), place.as_deref().unwrap_or_default())
            .map_err(risk_fault)?;
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

fn risk_fault(e: RiskError) -> Fault {
    match e {
        RiskError::Disrupt(e) => fault(e),
        RiskError::Trials(e) => trials::fault(e),
        RiskError::Book(e) => e.into(),
    }
}

/// Finishes a run from its journals.
pub(super) fn finish(journals: &Merged, args: &args::Merge, lang: Lang) -> Result<(), Fault> {
    let header = &journals.header;
    let written: Written = serde_json::from_str(&header.identity.request).map_err(|e| internal(&e))?;
    let place = Some(Path::new(&header.place)).filter(|place| !place.as_os_str().is_empty());
    let atlas = ground::atlas(args.from.as_deref().or(place))?;
    let values = atlas.values(&written.changes).map_err(|e| ground::unknown(&atlas, &e.0))?;
    let product = product(&atlas, atlas.network(), &written.request.product).map_err(model_fault)?;
    let model =
        Model::new(&atlas, atlas.network(), &values, product, progress::context()).map_err(model_fault)?;
    let plan = Plan { trials: header.trials, seed: header.seed, ..Plan::default() };
    let source = Source::Merge(journals, &plan);
    let book = risk(&model, &written.request, &written.futures(), &source, &header.place).map_err(risk_fault);
    progress::clear();
    write::books(&model, vec![book?], &args.output, lang)
}
