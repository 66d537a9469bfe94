//! `linchpin expose`

use super::with_model;
use crate::args;
use crate::fault::Fault;
use crate::write;
use linchpin::expose::{Request, expose};
use linchpin_table::Lang;

/// Countries of a market listed one by one on a screen; files get all.
pub(crate) const SCREEN_COUNTRIES: usize = 3;

pub(crate) fn run(args: &args::Expose, lang: Lang) -> Result<(), Fault> {
    let on_screen = args.output.format.is_none() && args.output.output.is_none();
    let request = Request {
        product: args.product.clone(),
        volume: args.volume,
        year: args.year,
        countries: on_screen.then_some(SCREEN_COUNTRIES),
    };
    let book = with_model(&args.ground, &args.product, |model| Ok(expose(model, &request)?))?;
    write::answer(book.answer, &args.output, lang)
}
