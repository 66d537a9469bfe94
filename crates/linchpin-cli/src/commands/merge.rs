//! `linchpin merge`: the answer of a run whose trials were run in parts.

use super::risk::risk_fault;
use super::{model_fault, trials_fault};
use crate::args;
use crate::fault::Fault;
use crate::ground;
use crate::progress;
use crate::write;
use linchpin::disrupt::{Source, Written, risk};
use linchpin::model::{Model, product};
use linchpin::trials::{Merged, Plan, TrialsError, merge};
use linchpin_table::{Lang, Message};
use std::path::Path;

pub(crate) fn run(args: &args::Merge, lang: Lang) -> Result<(), Fault> {
    write::format(&args.output)?;
    let merged = merge(&args.files).map_err(|e| trials_fault(TrialsError::Journal(e)))?;
    match merged.header.identity.verb.as_str() {
        "risk" => of_risk(args, &merged, lang),
        verb => Err(Fault::message(Message::new("error-merge-verb").text("verb", verb))),
    }
}

fn of_risk(args: &args::Merge, merged: &Merged, lang: Lang) -> Result<(), Fault> {
    let header = &merged.header;
    let written: Written = serde_json::from_str(&header.identity.request)
        .map_err(|e| Fault::message(Message::new("error-merge-request").text("reason", e.to_string())))?;
    let folder = Some(header.place.as_str()).filter(|place| !place.is_empty()).map(Path::new);
    let atlas = ground::atlas(folder)?;
    let values = atlas.values(&written.changes).map_err(|e| ground::unknown(&atlas, &e.0))?;
    let product = product(&atlas, atlas.network(), &written.request.product).map_err(model_fault)?;
    let model =
        Model::new(&atlas, atlas.network(), &values, product, progress::context()).map_err(model_fault)?;
    let plan = Plan { trials: header.trials, seed: header.seed, ..Plan::default() };
    let source = Source::Merge(merged, &plan);
    let book = risk(&model, &written.request, &written.futures(), &source, &header.place).map_err(risk_fault);
    progress::clear();
    write::books(&model, vec![book?], &args.output, lang)
}
