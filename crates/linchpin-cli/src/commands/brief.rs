//! `linchpin brief`

use super::with_model;
use crate::args;
use crate::fault::Fault;
use crate::write;
use linchpin::brief::{Request, brief};
use linchpin::page::{self, PageError};
use linchpin_render::Format;
use linchpin_table::Lang;

pub(crate) fn run(args: &args::Brief, lang: Lang) -> Result<(), Fault> {
    let format = write::format(&args.output)?;
    let is_page = format == Format::Html || format.is_picture();
    with_model(&args.ground, args.product.as_deref(), |model, product| {
        let request = Request { product, volume: args.volume, risk: Some(super::risk::usual()?) };
        let books = match is_page {
            true => page::brief(model, &request).map_err(fault)?,
            false => vec![brief(model, &request)?],
        };
        write::books(model, books, &args.output, lang)
    })
}

fn fault(e: PageError) -> Fault {
    match e {
        PageError::Book(e) => e.into(),
        PageError::Explode(e) => super::explode::fault(e),
        PageError::Expose(e) => super::expose::fault(e),
        PageError::Audit(e) => super::audit::fault(e),
    }
}
