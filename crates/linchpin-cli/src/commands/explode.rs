//! `linchpin explode`

use super::with_model;
use crate::args;
use crate::fault::Fault;
use crate::write;
use linchpin::explode::{ExplodeError, Request, explode};
use linchpin_table::{Lang, Message};

pub(crate) fn run(args: &args::Explode, lang: Lang) -> Result<(), Fault> {
    let on_screen = args.output.format.is_none() && args.output.output.is_none();
    let wanted = args.output.table.iter().any(|t| t == "flow");
    let request = |product| Request {
        product,
        units: args.units,
        depth: args.depth,
        where_used: args.scope.where_used.clone(),
        year: args.scope.year,
        flow: !on_screen || wanted,
    };
    with_model(&args.ground, args.product.as_deref(), |model, product| {
        let mut book = explode(model, &request(product)).map_err(fault)?;
        // Who asks where an item is used asks for that; `--table` gives more.
        if args.scope.where_used.is_some() && args.output.table.is_empty() {
            book.answer.tables.retain(|table| table.name == "where_used");
        }
        write::books(model, vec![book], &args.output, lang)
    })
}

pub(crate) fn fault(e: ExplodeError) -> Fault {
    match e {
        ExplodeError::Item(item) => Fault::message(Message::new("error-item").text("item", item)),
        ExplodeError::Book(e) => e.into(),
    }
}
