//! `linchpin explain`: the verb that gave the number is asked again, and the number taken apart.

use super::with_model;
use crate::args::{self, WITHOUT};
use crate::fault::Fault;
use crate::ground;
use crate::write;
use linchpin::explain::{ExplainError, explain, explain_cell};
use linchpin::{audit, book, brief, company, disrupt, explode, expose};
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
    let written = match verb {
        "disrupt" => Some(super::disrupt::written(&args.written)?.ok_or_else(|| {
            Fault::message(Message::new("error-events-unnamed").text("address", args.address.as_str()))
        })?),
        _ => None,
    };
    let typed = args.product.as_deref();
    let named = match &written {
        Some(request) => super::disrupt::named(typed, request),
        None => typed.map(str::to_owned),
    };
    let volume = || args.units.unwrap_or(1000.0);
    let answer = match verb {
        "risk" | "outages" => return Err(Fault::message(Message::new("error-explain-trials"))),
        "compare" => return Err(Fault::message(Message::new("error-explain-compare"))),
        "audit" | "brief" | "company" | "disrupt" | "explode" | "expose" => {
            with_model(&args.ground, named.as_deref(), |model, product| {
                let book = match verb {
                    "audit" => {
                        let request = audit::Request { product, claim: None };
                        audit::audit(model, &request).map_err(super::audit::fault)?
                    }
                    "brief" => brief::brief(
                        model,
                        &brief::Request { product, volume: volume(), risk: Some(super::risk::usual()?) },
                    )?,
                    "company" => {
                        let without = args.whom.without.clone().unwrap_or_else(|| WITHOUT.to_owned());
                        let request = company::Request { company: whom(args)?, volume: volume(), without };
                        company::company(model, &request).map_err(super::company::fault)?
                    }
                    "disrupt" => {
                        let mut request = written.clone().unwrap_or_default();
                        request.volume = args.units.unwrap_or(request.volume);
                        request.product = product;
                        disrupt::disrupt(model, &request).map_err(super::disrupt::fault)?
                    }
                    "expose" => {
                        let year = args.scope.year;
                        let request =
                            super::expose::explained(&args.address, &product, volume(), year, &args.losses)?;
                        expose::expose(model, &request).map_err(super::expose::fault)?
                    }
                    _ => {
                        let request = explode::Request {
                            product,
                            units: args.units.unwrap_or(1.0),
                            depth: FULL_DEPTH,
                            where_used: args.scope.where_used.clone(),
                            year: args.scope.year,
                            flow: true,
                        };
                        explode::explode(model, &request).map_err(super::explode::fault)?
                    }
                };
                let mut answer = explain(model, &book, &args.address, limit).map_err(fault)?;
                book::changes(model.atlas, model.values, &mut answer);
                Ok(answer)
            })?
        }
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

/// The company that a number is about, which its address does not say.
fn whom(args: &args::Explain) -> Result<String, Fault> {
    args.whom.company.clone().ok_or_else(|| {
        Fault::message(Message::new("error-company-unnamed").text("address", args.address.as_str()))
    })
}

/// Refuses options that the number at this address does not depend on, rather than drop them.
fn refuse_idle(args: &args::Explain, verb: &str) -> Result<(), Fault> {
    let of_product = [("--product", args.product.is_some())];
    let of_volume = [("--units", args.units.is_some())];
    let of_markets = [("--year", args.scope.year.is_some())];
    let of_explode = [("--where-used", args.scope.where_used.is_some())];
    let of_losses = [
        ("--stop", args.losses.stop.is_some()),
        ("--mode", args.losses.mode.is_some()),
        ("--to", args.losses.to.is_some()),
        ("--end-user", args.losses.end_user),
        ("--re-export", args.losses.re_export),
        ("--de-minimis", args.losses.de_minimis.is_some()),
        ("--own", !args.losses.own.is_empty()),
        ("--leave", args.losses.leave.is_some()),
    ];
    let of_company = [("--company", args.whom.company.is_some()), ("--without", args.whom.without.is_some())];
    let of_disrupt = [("--file", args.written.file.is_some()), ("--shipped", args.written.shipped.is_some())];
    let of_answer = [("--limit", args.limit.is_some())];
    let idle = match verb {
        "company" => [&of_markets[..], &of_explode, &of_losses, &of_disrupt].concat(),
        "disrupt" => [&of_markets[..], &of_explode, &of_losses, &of_company].concat(),
        "explode" => [&of_losses[..], &of_company, &of_disrupt].concat(),
        "expose" => [&of_explode[..], &of_company, &of_disrupt].concat(),
        "brief" => [&of_markets[..], &of_explode, &of_losses, &of_company, &of_disrupt].concat(),
        "audit" => [&of_volume[..], &of_markets, &of_explode, &of_losses, &of_company, &of_disrupt].concat(),
        // It is refused for what it is.
        "compare" => vec![],
        _ => [
            &of_product[..],
            &of_volume,
            &of_markets,
            &of_explode,
            &of_losses,
            &of_company,
            &of_disrupt,
            &of_answer,
        ]
        .concat(),
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
