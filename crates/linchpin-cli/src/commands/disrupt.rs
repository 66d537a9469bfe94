//! `linchpin disrupt`

use super::expose::selector;
use super::with_model;
use crate::args;
use crate::fault::{Fault, internal};
use crate::write;
use linchpin::disrupt::{Curve, DisruptError, Effect, EventRequest, First, Request, Sharing, WEEKS, disrupt};
use linchpin_table::{Lang, Message};
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::{Error, StrDeserializer};

pub(crate) fn run(args: &args::Disrupt, lang: Lang) -> Result<(), Fault> {
    let mut request = request(args)?;
    let named = named(args.product.as_deref(), &request);
    with_model(&args.ground, named.as_deref(), |model, product| {
        request.product = product;
        write::books(model, vec![disrupt(model, &request).map_err(fault)?], &args.output, lang)
    })
}

/// The product that is typed, else the one that is written down; a file may leave it out.
pub(super) fn named(typed: Option<&str>, request: &Request) -> Option<String> {
    let written = Some(request.product.as_str()).filter(|name| !name.is_empty());
    typed.or(written).map(str::to_owned)
}

fn request(args: &args::Disrupt) -> Result<Request, Fault> {
    asked(args, written(&args.written)?)
}

/// What is typed, over what is written down.
pub(super) fn asked(args: &args::Disrupt, written: Option<Request>) -> Result<Request, Fault> {
    let mut faults = vec![];
    if written.is_some() && args.happening.is_typed() {
        faults.push(Message::new("error-events-twice"));
    }
    let mut request = match written {
        Some(request) => request,
        None => Request {
            events: event(&args.happening, &mut faults).into_iter().collect(),
            ..Request::default()
        },
    };
    request.volume = args.volume.unwrap_or(request.volume);
    request.year = args.year.or(request.year);
    request.horizon = args.horizon.unwrap_or(request.horizon);
    request.transit = args.transit.unwrap_or(request.transit);
    request.adjustment = args.adjustment.unwrap_or(request.adjustment);
    request.overtime = args.overtime.unwrap_or(request.overtime);
    request.no_resourcing |= args.no_resourcing;
    request.substitutes |= args.substitutes;
    request.backlog |= args.backlog;
    request.way_lost |= args.way_lost;
    request.alone |= args.alone;
    if let Some(first) = &args.first {
        request.first =
            word("--first", first, "nobody, robots, others, home", &mut faults).unwrap_or(First::Nobody);
    }
    if let Some(sharing) = &args.sharing {
        request.sharing =
            word("--sharing", sharing, "need, orders, usual", &mut faults).unwrap_or(Sharing::Need);
    }
    for text in &args.own {
        match text.split_once('=') {
            Some((item, from)) => request.own.push((item.trim().to_owned(), from.trim().to_owned())),
            None => faults.push(Message::new("error-own").text("value", text.as_str())),
        }
    }
    request.contract.extend(args.contract.iter().cloned());
    for text in &args.cover {
        match cover(text) {
            Some(cover) => request.cover.push(cover),
            None => faults.push(Message::new("error-cover").text("value", text.as_str())),
        }
    }
    if let Some(text) = &args.path {
        match path(text) {
            Some(path) => request.path = path,
            None => faults.push(Message::new("error-path").text("value", text.as_str())),
        }
    }
    if faults.is_empty() { Ok(request) } else { Err(Fault::Messages(faults)) }
}

/// The request that is written down, in a file or in a scenario that ships with the program; `None` if none is named.
pub(super) fn written(args: &args::Written) -> Result<Option<Request>, Fault> {
    match (&args.file, &args.shipped) {
        (Some(path), _) => {
            let text = std::fs::read_to_string(path).map_err(|e| {
                let message = Message::new("error-events-file").text("file", path.display().to_string());
                Fault::message(message.text("reason", e.to_string()))
            })?;
            parse(&path.display().to_string(), &text).map(Some)
        }
        (None, Some(name)) => shipped(name).map(Some),
        (None, None) => Ok(None),
    }
}

/// A scenario that ships with the program.
pub(super) fn shipped(name: &str) -> Result<Request, Fault> {
    let stem = |file: &'static str| file.trim_end_matches(".toml");
    let all = linchpin_atlas::scenarios();
    match all.iter().find(|(file, _)| stem(file) == name) {
        Some((file, bytes)) => parse(file, &String::from_utf8_lossy(bytes)),
        None => {
            let known: Vec<&str> = all.iter().map(|(file, _)| stem(file)).collect();
            let message = Message::new("error-shipped").text("name", name);
            Err(Fault::message(message.text("allowed", known.join(", "))))
        }
    }
}

fn parse(file: &str, text: &str) -> Result<Request, Fault> {
    toml::from_str(text).map_err(|e| {
        let line = e.span().map_or(0, |span| text[..span.start].matches('\n').count() + 1);
        let message = match unknown(e.message()) {
            Some((word, allowed)) => {
                Message::new("error-events-word").text("value", word).text("allowed", allowed)
            }
            None => Message::new("error-events-parse").text("reason", e.message()),
        };
        Fault::message(message.text("file", file).integer("line", line as i64))
    })
}

/// The name that a reader does not know and those that it does, if that is what it complains of: in serde's words "unknown
/// field `a`, expected one of `b`, `c`".
fn unknown(complaint: &str) -> Option<(&str, String)> {
    let rest =
        complaint.strip_prefix("unknown field ").or_else(|| complaint.strip_prefix("unknown variant "))?;
    let mut quoted = rest.split('`').skip(1).step_by(2);
    let word = quoted.next()?;
    Some((word, quoted.collect::<Vec<_>>().join(", ")))
}

/// The event that was typed.
fn event(typed: &args::Happening, faults: &mut Vec<Message>) -> Option<EventRequest> {
    let (Some(effect), Some(what)) = (&typed.effect, &typed.what) else {
        faults.push(Message::new("error-no-event"));
        return None;
    };
    let effect: Effect = word("EFFECT", effect, "exports, output, demand, equipment", faults)?;
    let mut event =
        EventRequest::new(effect, &within(what, typed.items.as_deref()), typed.weeks.unwrap_or(WEEKS));
    if effect == Effect::Demand && typed.left.is_none() {
        faults.push(Message::new("error-demand-left"));
    }
    event.to.clone_from(&typed.to);
    event.week = typed.week.unwrap_or(0);
    event.left = typed.left.unwrap_or(0.0);
    event.announced = typed.announced.unwrap_or(0);
    event.front_load = typed.front_load;
    event.recovery = typed.recovery.unwrap_or(0);
    if let Some(curve) = &typed.curve {
        event.curve = word::<Curve>("--curve", curve, "linear, convex, concave, step", faults)?;
    }
    event.destroyed = typed.destroyed.unwrap_or(0.0);
    event.reach.end_user = typed.end_user;
    event.reach.re_export = typed.re_export;
    event.reach.de_minimis = typed.de_minimis;
    Some(event)
}

/// A selector narrowed to some items: every alternative of the one with every alternative of the other.
fn within(what: &str, items: Option<&str>) -> String {
    let Some(items) = items else { return what.to_owned() };
    let each =
        what.split(',').flat_map(|w| items.split(',').map(move |i| format!("{}/{}", w.trim(), i.trim())));
    each.collect::<Vec<_>>().join(",")
}

/// A word that is one of some.
pub(super) fn word<T: for<'de> Deserialize<'de>>(
    option: &str,
    text: &str,
    allowed: &str,
    faults: &mut Vec<Message>,
) -> Option<T> {
    let read: StrDeserializer<'_, Error> = text.into_deserializer();
    T::deserialize(read)
        .map_err(|_| {
            let message = Message::new("error-word").text("option", option).text("value", text);
            faults.push(message.text("allowed", allowed));
        })
        .ok()
}

/// `[HOLDER:]ITEM=DAYS`
fn cover(text: &str) -> Option<(Option<String>, String, f64)> {
    let (what, days) = text.split_once('=')?;
    let days: f64 = days.trim().parse().ok().filter(|d: &f64| d.is_finite() && *d >= 0.0)?;
    Some(match what.split_once(':') {
        Some((holder, item)) => (Some(holder.trim().to_owned()), item.trim().to_owned(), days),
        None => (None, what.trim().to_owned(), days),
    })
}

/// `0=10,52=1000`
fn path(text: &str) -> Option<Vec<(u32, f64)>> {
    let point = |part: &str| {
        let (week, volume) = part.split_once('=')?;
        let volume: f64 = volume.trim().parse().ok().filter(|v: &f64| v.is_finite() && *v >= 0.0)?;
        Some((week.trim().parse().ok()?, volume))
    };
    text.split(',').map(point).collect()
}

pub(super) fn fault(e: DisruptError) -> Fault {
    match e {
        DisruptError::Several(all) => {
            let mut messages = vec![];
            for e in all {
                match fault(e) {
                    Fault::Messages(more) => messages.extend(more),
                    other => return other,
                }
            }
            Fault::Messages(messages)
        }
        DisruptError::Book(e) => e.into(),
        DisruptError::Network(e) => internal(&e),
        e => Fault::message(message(e)),
    }
}

fn message(e: DisruptError) -> Message {
    match e {
        DisruptError::NoEvent => Message::new("error-no-event"),
        DisruptError::Outside { event, name, value, low, high } => Message::new("error-event-outside")
            .text("event", event)
            .text("name", name)
            .text("value", value.to_string())
            .text("low", low.to_string())
            .text("high", high.to_string()),
        DisruptError::NoTime(event) => Message::new("error-event-no-time").text("event", event),
        DisruptError::Late { event, week, horizon } => Message::new("error-event-late")
            .text("event", event)
            .integer("week", i64::from(week))
            .integer("horizon", i64::from(horizon)),
        DisruptError::NoBorder(event) => Message::new("error-event-border").text("event", event),
        DisruptError::Inland(event) => Message::new("error-event-inland").text("event", event),
        DisruptError::Nothing(event) => Message::new("error-event-nothing").text("event", event),
        DisruptError::Twice(cover) => Message::new("error-cover-twice").text("cover", cover),
        DisruptError::After { event, known } => {
            Message::new("error-event-after").text("event", event).text("known", known)
        }
        DisruptError::BothChances(event) => Message::new("error-event-both-chances").text("event", event),
        DisruptError::LeftAndGranted(event) => Message::new("error-event-left-granted").text("event", event),
        DisruptError::Circle(event) => Message::new("error-event-circle").text("event", event),
        DisruptError::Selector(e) => selector(e),
        DisruptError::Holder { item, holder, known } => {
            Message::new("error-holder").text("item", item).text("holder", holder).text("known", known)
        }
        DisruptError::OwnShort(item) => Message::new("error-own-short").text("item", item),
        DisruptError::Path(week) => Message::new("error-path-order").integer("week", i64::from(week)),
        DisruptError::Unmade(product) => Message::new("error-unmade").text("product", product),
        DisruptError::Several(_) | DisruptError::Book(_) | DisruptError::Network(_) => {
            Message::new("error-no-event")
        }
    }
}
