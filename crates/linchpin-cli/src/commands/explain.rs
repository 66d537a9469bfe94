//! `linchpin explain`: the verb that gave the number is asked again, and the number taken apart.

use super::with_model;
use crate::args::{self, PRODUCT};
use crate::fault::Fault;
use crate::ground;
use crate::write;
use linchpin::explain::{ExplainError, explain, explain_cell};
use linchpin::{audit, book, brief, explode};
use linchpin_table::{Lang, Message};

/// Rows shown of a long table on a screen; files get all.
const SCREEN_ROWS: usize = 12;
/// Bill of materials deep enough that every line has an address.
const FULL_DEPTH: u8 = 32;

pub(crate) fn run(args: &args::Explain, lang: Lang) -> Result<(), Fault> {
    let on_screen = args.output.format.is_none() && args.output.output.is_none();
    let limit = args.limit.unwrap_or(if on_screen { SCREEN_ROWS } else { usize::MAX });
    let verb = args.address.split('/').next().unwrap_or_default();
    refuse_idle(args, verb)?;
    let product = args.product.as_deref().unwrap_or(PRODUCT);
    let answer = match verb {
        "brief" | "explode" | "audit" => with_model(&args.ground, product, |model| {
            let book = match verb {
                "brief" => {
                    let volume = args.units.unwrap_or(1000.0);
                    brief::brief(model, &brief::Request { product: product.to_owned(), volume })?
                }
                "audit" => {
                    let request = audit::Request { product: product.to_owned(), claim: None };
                    audit::audit(model, &request).map_err(super::audit::fault)?
                }
                _ => {
                    let request = explode::Request {
                        product: product.to_owned(),
                        units: args.units.unwrap_or(1.0),
                        depth: FULL_DEPTH,
                        where_used: args.scope.where_used.clone(),
                        year: args.scope.year,
                    };
                    explode::explode(model, &request).map_err(super::explode::fault)?
                }
            };
            let mut answer = explain(model, &book, &args.address, limit).map_err(fault)?;
            book::changes(model.atlas, model.values, &mut answer);
            Ok(answer)
        })?,
        _ => {
            let atlas = ground::atlas(args.ground.atlas.as_deref())?;
            let values = ground::values(&args.ground, &atlas)?;
            let mut stamp = book::stamp(&atlas, "explain");
            stamp.request.insert("address".into(), args.address.clone());
            match explain_cell(&atlas, &values, stamp, &args.address) {
                Some(answer) => {
                    let mut answer = answer?;
                    book::changes(&atlas, &values, &mut answer);
                    answer
                }
                None => return Err(ground::unknown(&atlas, &args.address)),
            }
        }
    };
    write::answer(answer, &args.output, lang)
}

/// Refuses options that the number at this address does not depend on, rather than drop them.
fn refuse_idle(args: &args::Explain, verb: &str) -> Result<(), Fault> {
    let of_product = [("--product", args.product.is_some())];
    let of_volume = [("--units", args.units.is_some())];
    let of_explode =
        [("--year", args.scope.year.is_some()), ("--where-used", args.scope.where_used.is_some())];
    let of_answer = [("--limit", args.limit.is_some())];
    let idle = match verb {
        "explode" => vec![],
        "brief" => of_explode.to_vec(),
        "audit" => [&of_volume[..], &of_explode].concat(),
        _ => [&of_product[..], &of_volume, &of_explode, &of_answer].concat(),
    };
    match idle.into_iter().find(|(_, typed)| *typed) {
        Some((option, _)) => Err(Fault::message(
            Message::new("error-idle").text("option", option).text("address", args.address.as_str()),
        )),
        None => Ok(()),
    }
}

fn fault(e: ExplainError) -> Fault {
    match e {
        ExplainError::Address { address, nearest } => {
            Fault::message(Message::new("error-address").text("address", address).text("nearest", nearest))
        }
        ExplainError::Table(e) => e.into(),
    }
}
