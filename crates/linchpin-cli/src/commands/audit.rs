//! `linchpin audit`

use super::with_model;
use crate::args;
use crate::fault::Fault;
use crate::write;
use linchpin::audit::{AuditError, Request, audit};
use linchpin_table::{Lang, Message};

pub(crate) fn run(args: &args::Audit, lang: Lang) -> Result<(), Fault> {
    with_model(&args.ground, args.product.as_deref(), |model, product| {
        let request = Request { product, claim: args.claim.clone() };
        write::books(model, vec![audit(model, &request).map_err(fault)?], &args.output, lang)
    })
}

pub(crate) fn fault(e: AuditError) -> Fault {
    match e {
        AuditError::Claim { claim, nearest } => {
            Fault::message(Message::new("error-claim").text("claim", claim).text("nearest", nearest))
        }
        AuditError::Book(e) => e.into(),
    }
}
