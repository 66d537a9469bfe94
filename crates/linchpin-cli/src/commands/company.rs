//! `linchpin company`

use super::with_model;
use crate::args;
use crate::fault::Fault;
use crate::write;
use linchpin::company::{CompanyError, NameError, Request, company};
use linchpin_table::{Lang, Message};

pub(crate) fn run(args: &args::Company, lang: Lang) -> Result<(), Fault> {
    let request = Request { company: args.name.clone(), volume: args.volume, without: args.without.clone() };
    with_model(&args.ground, args.product.as_deref(), |model, _| {
        write::books(model, vec![company(model, &request).map_err(fault)?], &args.output, lang)
    })
}

pub(crate) fn fault(e: CompanyError) -> Fault {
    let message = match e {
        CompanyError::Name(NameError::Unknown { name, nearest }) => {
            Message::new("error-company").text("name", name).text("nearest", nearest)
        }
        CompanyError::Name(NameError::Ambiguous { name, companies }) => {
            Message::new("error-company-ambiguous").text("name", name).text("companies", companies)
        }
        CompanyError::Name(NameError::Country { id, nearest }) => {
            Message::new("error-company-country").text("country", id).text("nearest", nearest)
        }
        CompanyError::Book(e) => return e.into(),
    };
    Fault::message(message)
}
