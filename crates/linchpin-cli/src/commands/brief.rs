//! `linchpin brief`

use super::with_model;
use crate::args;
use crate::fault::Fault;
use crate::write;
use linchpin::brief::{Request, brief};
use linchpin_table::Lang;

pub(crate) fn run(args: &args::Brief, lang: Lang) -> Result<(), Fault> {
    let request = Request { product: args.product.clone(), volume: args.volume };
    let book = with_model(&args.ground, &args.product, |model| Ok(brief(model, &request)?))?;
    write::answer(book.answer, &args.output, lang)
}
