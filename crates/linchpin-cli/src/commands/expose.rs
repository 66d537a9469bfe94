//! `linchpin expose`

use super::with_model;
use crate::args::{self, Losses};
use crate::fault::Fault;
use crate::write;
use linchpin::expose::{ExposeError, LossRequest, OTHERS, Request, expose};
use linchpin::stop::{Reach, SelectorError};
use linchpin_table::{Lang, Message};

/// Countries of a market listed one by one on a screen; files get all.
const SCREEN_COUNTRIES: usize = 3;
/// Losses and markets listed on a screen; files get all.
const SCREEN_ROWS: usize = 12;

pub(crate) fn run(args: &args::Expose, lang: Lang) -> Result<(), Fault> {
    let on_screen = args.output.format.is_none() && args.output.output.is_none();
    let mut request = request("", args.volume, args.year, &args.losses)?;
    request.countries = on_screen.then_some(SCREEN_COUNTRIES);
    request.rows = args.limit.or(on_screen.then_some(SCREEN_ROWS));
    request.places = !on_screen;
    with_model(&args.ground, args.product.as_deref(), |model, product| {
        request.product = product;
        write::books(model, vec![expose(model, &request).map_err(fault)?], &args.output, lang)
    })
}

/// The request in which a number at this address is explained, with all rows.
pub(crate) fn explained(
    address: &str,
    product: &str,
    volume: f64,
    year: Option<i64>,
    losses: &Losses,
) -> Result<Request, Fault> {
    let mut request = request(product, volume, year, losses)?;
    // The sum over the other countries stands only in the table that has one.
    request.countries = address.contains(&format!("/{OTHERS}/")).then_some(SCREEN_COUNTRIES);
    Ok(request)
}

fn request(product: &str, volume: f64, year: Option<i64>, losses: &Losses) -> Result<Request, Fault> {
    let own = losses.own.iter().map(|text| match text.split_once('=') {
        Some((item, from)) => Ok((item.trim().to_owned(), from.trim().to_owned())),
        None => Err(Fault::message(Message::new("error-own").text("value", text.as_str()))),
    });
    Ok(Request {
        product: product.to_owned(),
        volume,
        year,
        loss: loss(losses)?,
        own: own.collect::<Result<_, _>>()?,
        leave: losses.leave.clone(),
        countries: None,
        rows: None,
        places: true,
    })
}

/// The loss that is asked for; a loss without a mode, or a mode without what it needs, is an error.
fn loss(losses: &Losses) -> Result<Option<LossRequest>, Fault> {
    let reach =
        Reach { end_user: losses.end_user, re_export: losses.re_export, de_minimis: losses.de_minimis };
    let border = losses.to.is_some() || reach != Reach::default();
    let error = |id: &'static str| Err(Fault::message(Message::new(id)));
    match (&losses.stop, losses.mode.as_deref()) {
        (None, None) if border => error("error-stop-missing"),
        (None, None) => Ok(None),
        (None, Some(_)) => error("error-stop-missing"),
        (Some(_), None) => error("error-mode-missing"),
        (Some(_), Some("output")) if border => error("error-mode-output"),
        // Without a destination everywhere abroad is cut off already.
        (Some(_), Some("exports")) if losses.to.is_none() && border => error("error-to-missing"),
        (Some(stop), Some(mode @ ("output" | "exports"))) => {
            let (stop, to) = (stop.clone(), losses.to.clone());
            Ok(Some(LossRequest { stop, exports: mode == "exports", to, reach }))
        }
        (Some(_), Some(mode)) => Err(Fault::message(Message::new("error-mode").text("value", mode))),
    }
}

pub(crate) fn fault(e: ExposeError) -> Fault {
    let message = match e {
        ExposeError::Book(e) => return e.into(),
        ExposeError::Market(item, allowed) => {
            Message::new("error-market").text("item", item).text("allowed", allowed)
        }
        ExposeError::Twice(item) => Message::new("error-own-twice").text("item", item),
        ExposeError::Selector(e) => selector(e),
        ExposeError::NoFlow { control, instrument } => {
            Message::new("error-control-no-flow").text("control", control).text("instrument", instrument)
        }
        ExposeError::ControlMode(control) => Message::new("error-control-mode").text("control", control),
        ExposeError::Absent { text, product, plants, running } => {
            let message = match running {
                0 => Message::new("error-selector-idle"),
                _ => Message::new("error-selector-unneeded").integer("running", running as i64),
            };
            message.text("value", text).text("product", product).integer("plants", plants as i64)
        }
    };
    Fault::message(message)
}

/// What is wrong with a selector, in words.
pub(crate) fn selector(e: SelectorError) -> Message {
    match e {
        SelectorError::Unknown { term, nearest } => {
            Message::new("error-selector").text("term", term).text("nearest", nearest)
        }
        SelectorError::Former { term, successors } => {
            Message::new("error-selector-former").text("term", term).text("successors", successors)
        }
        SelectorError::Ambiguous { term, kinds } => {
            Message::new("error-selector-ambiguous").text("term", term).text("kinds", kinds)
        }
        SelectorError::Nothing(text) => Message::new("error-selector-nothing").text("value", text),
        SelectorError::NoCountries(text) => Message::new("error-selector-countries").text("value", text),
        SelectorError::Empty(text) => Message::new("error-selector-empty").text("value", text),
    }
}
