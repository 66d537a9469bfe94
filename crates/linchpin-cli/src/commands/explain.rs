//! `linchpin explain`: the verb that gave the number is asked again, and the number taken apart.

use super::with_model;
use crate::args;
use crate::fault::Fault;
use crate::ground;
use crate::write;
use linchpin::explain::{ExplainError, explain, explain_cell};
use linchpin::{book, brief, explode};
use linchpin_table::{Lang, Message};

/// Rows shown of a long table on a screen; files get all.
const SCREEN_ROWS: usize = 12;
/// Bill of materials deep enough that every line has an address.
const FULL_DEPTH: u8 = 32;

pub(crate) fn run(args: &args::Explain, lang: Lang) -> Result<(), Fault> {
    let on_screen = args.output.format.is_none() && args.output.output.is_none();
    let limit = args.limit.unwrap_or(if on_screen { SCREEN_ROWS } else { usize::MAX });
    let verb = args.address.split('/').next().unwrap_or_default();
    let answer = match verb {
        "brief" | "explode" => with_model(&args.ground, &args.product, |model| {
            let book = match verb {
                "brief" => {
                    let volume = args.units.unwrap_or(1000.0);
                    brief::brief(model, &brief::Request { product: args.product.clone(), volume })?
                }
                _ => {
                    let request = explode::Request {
                        product: args.product.clone(),
                        units: args.units.unwrap_or(1.0),
                        depth: FULL_DEPTH,
                        where_used: args.scope.where_used.clone(),
                        year: args.scope.year,
                    };
                    explode::explode(model, &request).map_err(super::explode::fault)?
                }
            };
            explain(model, &book, &args.address, limit).map_err(fault)
        })?,
        _ => {
            let atlas = ground::atlas(args.ground.atlas.as_deref())?;
            let overlay = ground::overlay(&args.ground, &atlas)?;
            let values = atlas.values(&overlay).map_err(|e| crate::fault::internal(&e))?;
            let mut stamp = book::stamp(&atlas, "explain");
            stamp.request.insert("address".into(), args.address.clone());
            match explain_cell(&atlas, &values, stamp, &args.address) {
                Some(answer) => answer?,
                None => {
                    let message = Message::new("error-figure").text("address", args.address.as_str());
                    return Err(Fault::Message(message));
                }
            }
        }
    };
    write::answer(answer, &args.output, lang)
}

fn fault(e: ExplainError) -> Fault {
    match e {
        ExplainError::Address { address, nearest } => {
            Fault::Message(Message::new("error-address").text("address", address).text("nearest", nearest))
        }
        ExplainError::Table(e) => e.into(),
    }
}
