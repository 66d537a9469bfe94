//! From a file to a back-test.

use super::case::{
    BackTest, Basis, Effect, Event, Lane, Manner, Measure, Of, Outcome, Path, Run, Site, Slot, Source,
    Standing,
};
use super::entry::{Entry, Reader, amount, list, number, part, point, range, text};
use super::{BackTestError, Date};
use linchpin_kernel::{Correction, Rationing, Signal};
use toml::{Table, Value};

/// Days over which a gap in stock is closed if nothing is said: four weeks, as `disrupt` has it.
const ADJUSTMENT: f64 = 28.0;
const LONGEST: i64 = 3660;
const MOST: i64 = 10_000;

const SIGNALS: [(&str, Signal); 2] = [("asked", Signal::Asked), ("made", Signal::Made)];
const CORRECTIONS: [(&str, Correction); 2] = [("slot", Correction::Slot), ("lane", Correction::Lane)];
const RATIONINGS: [(&str, Rationing); 3] = [
    ("pro rata", Rationing::ProRata),
    ("final demand last", Rationing::FinalDemandLast),
    ("water filling", Rationing::WaterFilling),
];
const STANDINGS: [(&str, Standing); 3] =
    [("reported", Standing::Reported), ("derived", Standing::Derived), ("assumed", Standing::Assumed)];
const SHAPES: [(&str, bool); 2] = [("step", false), ("linear", true)];
const TICKS: [(&str, i64); 2] = [("day", 1), ("week", 7)];
const MEASURES: [&str; 9] =
    ["first_loss", "first_stop", "back", "trough", "stood", "lost", "share", "stopped", "stock"];
const TEXT: &str = "a text";
const AMOUNT: &str = "a number not below zero";
const DATE: &str = "a date as 2025-04-04";

/// Reads a back-test. `known` says whether the atlas has a source of a given id. All faults of a file are told at once.
pub fn read(file: &str, content: &str, known: &dyn Fn(&str) -> bool) -> Result<BackTest, BackTestError> {
    let table: Table = toml::from_str(content).map_err(|e: toml::de::Error| BackTestError::Syntax {
        file: file.to_owned(),
        line: e.span().map_or(0, |span| content[..span.start].matches('\n').count() + 1),
        reason: e.message().to_owned(),
    })?;
    let reader = Reader::new(file);
    let read = whole(&Entry::new(&reader, &table, ""), known);
    let faults = reader.faults();
    match read {
        Some(test) if faults.is_empty() => Ok(test),
        _ => Err(BackTestError::Faults(faults)),
    }
}

fn whole(top: &Entry<'_>, known: &dyn Fn(&str) -> bool) -> Option<BackTest> {
    let title = top.need("title", TEXT, text);
    let start = top.need("start", DATE, Date::read);
    let tick = top.word("tick", &TICKS).unwrap_or(1);
    let days = top.need("days", "a whole number from 1 to 3660", |v| {
        v.as_integer().filter(|d| (1..=LONGEST).contains(d))
    });
    let sources: Vec<Option<Source>> = top.each("sources").iter().map(source).collect();
    let own: Vec<String> = sources.iter().flatten().map(|s| s.id.clone()).collect();
    let is_source = |id: &str| own.iter().any(|o| o == id) || known(id);
    let usual = Manner {
        signal: Signal::Asked,
        correction: Correction::Slot,
        adjustment: ADJUSTMENT,
        rationing: Rationing::ProRata,
        resourcing: false,
    };
    let usual = top.inner("policy").map_or(usual, |entry| {
        let manner = manner(&entry, usual);
        entry.done();
        manner
    });
    let mut runs: Vec<Option<Run>> = top.each("runs").iter().map(|e| run(e, usual)).collect();
    if runs.is_empty() {
        runs.push(Some(Run { id: "main".to_owned(), what: "as declared".to_owned(), manner: usual }));
    }
    let names = Names {
        is_source: &is_source,
        runs: runs.iter().flatten().map(|r| r.id.clone()).collect(),
        sites: ids(top, "sites"),
        slots: ids(top, "slots"),
        lanes: ids(top, "lanes"),
    };
    let sites: Vec<Option<Site>> = top.each("sites").iter().map(|e| site(e, &names)).collect();
    let slots: Vec<Option<Slot>> = top.each("slots").iter().map(|e| slot(e, &names)).collect();
    let mut pools: Vec<String> = sites.iter().flatten().map(|s| s.pool.clone()).collect();
    pools.sort();
    pools.dedup();
    let lanes: Vec<Option<Lane>> = top.each("lanes").iter().map(|e| lane(e, &names, &pools)).collect();
    for (lane, entry) in lanes.iter().zip(top.each("lanes")) {
        // Sites alike sell apart, so that nobody can buy from them as one.
        let Some(lane) = lane else { continue };
        if sites.iter().flatten().any(|s| s.pool == lane.pool && s.count > 1) {
            entry.fault("from", Some(format!("{:?}", lane.pool)), "a site whose count is 1");
        }
    }
    let events: Vec<Option<Event>> = top.each("events").iter().map(|e| event(e, &names)).collect();
    let until = start.zip(days).map(|(start, days)| (start, start.plus(days - 1)));
    let outcomes = top.each("outcomes").iter().map(|e| outcome(e, &names, until)).collect::<Vec<_>>();
    for (key, count) in [("sites", sites.len()), ("events", events.len()), ("outcomes", outcomes.len())] {
        if count == 0 {
            top.fault(key, None, "one table or more");
        }
    }
    top.done();
    let ticks = usize::try_from(days? / tick).ok()?;
    Some(BackTest {
        file: top.reader.file.clone(),
        title: title?,
        start: start?,
        tick,
        ticks,
        runs: runs.into_iter().collect::<Option<_>>()?,
        sources: sources.into_iter().collect::<Option<_>>()?,
        sites: sites.into_iter().collect::<Option<_>>()?,
        slots: slots.into_iter().collect::<Option<_>>()?,
        lanes: lanes.into_iter().collect::<Option<_>>()?,
        events: events.into_iter().collect::<Option<_>>()?,
        outcomes: outcomes.into_iter().collect::<Option<_>>()?,
    })
}

/// What a file may name.
struct Names<'a> {
    is_source: &'a dyn Fn(&str) -> bool,
    runs: Vec<String>,
    sites: Vec<String>,
    slots: Vec<String>,
    lanes: Vec<String>,
}

/// The ids of an array of tables, each of which must be there once.
fn ids(top: &Entry<'_>, key: &'static str) -> Vec<String> {
    let mut ids: Vec<String> = vec![];
    for entry in top.each(key) {
        let id = entry.need("id", TEXT, text).unwrap_or_default();
        if ids.contains(&id) && !id.is_empty() {
            entry.fault("id", Some(format!("{id:?}")), "an id that no other has");
        }
        ids.push(id);
    }
    ids
}

fn source(entry: &Entry<'_>) -> Option<Source> {
    let [id, title, publisher, address] =
        ["id", "title", "publisher", "address"].map(|key| entry.need(key, TEXT, text));
    entry.done();
    Some(Source { id: id?, title: title?, publisher: publisher?, address: address? })
}

fn manner(entry: &Entry<'_>, usual: Manner) -> Manner {
    let adjustment = entry.may("adjustment", "days, at least 1", |v| number(v).filter(|n| *n >= 1.0));
    Manner {
        signal: entry.word("signal", &SIGNALS).unwrap_or(usual.signal),
        correction: entry.word("correction", &CORRECTIONS).unwrap_or(usual.correction),
        adjustment: adjustment.unwrap_or(usual.adjustment),
        rationing: entry.word("rationing", &RATIONINGS).unwrap_or(usual.rationing),
        resourcing: entry.may("resourcing", "true, false", Value::as_bool).unwrap_or(usual.resourcing),
    }
}

fn run(entry: &Entry<'_>, usual: Manner) -> Option<Run> {
    let (id, what) = (entry.need("id", TEXT, text), entry.need("what", TEXT, text));
    let manner = manner(entry, usual);
    entry.done();
    Some(Run { id: id?, what: what?, manner })
}

/// What an entry rests on: a source unless it is assumed, a reason unless it is reported.
fn basis(entry: &Entry<'_>, names: &Names<'_>) -> Option<Basis> {
    let standing = entry.word("standing", &STANDINGS);
    if !entry.has("standing") {
        entry.fault("standing", None, "reported, derived, assumed");
    }
    let sources = entry.may("source", "a list of ids of sources", |v| list(v, text)).unwrap_or_default();
    for id in sources.iter().filter(|id| !(names.is_source)(id)) {
        entry.fault("source", Some(format!("{id:?}")), "a source of the atlas or of this file");
    }
    let why = entry.may("why", TEXT, text).unwrap_or_default();
    if standing.is_some_and(|s| s != Standing::Assumed) && sources.is_empty() {
        entry.fault("source", None, "a source, unless it is assumed");
    }
    if standing.is_some_and(|s| s != Standing::Reported) && why.is_empty() {
        entry.fault("why", None, "a reason, unless it is reported");
    }
    Some(Basis { standing: standing?, sources, why })
}

fn only(entry: &Entry<'_>, names: &Names<'_>) -> Vec<String> {
    entry.ids("only", &names.runs).into_iter().map(|k| names.runs[k].clone()).collect()
}

fn site(entry: &Entry<'_>, names: &Names<'_>) -> Option<Site> {
    let id = entry.need("id", TEXT, text);
    let pool = entry.may("pool", TEXT, text);
    let runs = entry.need("runs", AMOUNT, amount);
    let least = runs.unwrap_or(0.0);
    let capacity =
        entry.may("capacity", &format!("a number, at least {least}"), |v| amount(v).filter(|c| *c >= least));
    let demand = entry.may("demand", AMOUNT, amount).unwrap_or(0.0);
    let count = entry.may("count", "a whole number from 1 to 10000", |v| {
        v.as_integer().filter(|n| (1..=MOST).contains(n)).and_then(|n| usize::try_from(n).ok())
    });
    if count.is_some_and(|n| n > 1) && pool.is_some() {
        entry.fault("pool", pool.clone(), "none where count is over 1");
    }
    let basis = basis(entry, names);
    entry.done();
    let id = id?;
    Some(Site {
        pool: pool.unwrap_or_else(|| id.clone()),
        id,
        runs: runs?,
        capacity: capacity.unwrap_or(least),
        demand,
        count: count.unwrap_or(1),
        basis: basis?,
    })
}

fn slot(entry: &Entry<'_>, names: &Names<'_>) -> Option<Slot> {
    let id = entry.need("id", TEXT, text);
    let site = entry.id("site", &names.sites);
    let cover = entry.need("cover", "days, or { low, mid, high } in this order", range);
    let spread = entry.may("spread", "a number, at least 1", |v| number(v).filter(|n| *n >= 1.0));
    let basis = basis(entry, names);
    entry.done();
    Some(Slot { id: id?, site: site?, cover: cover?, spread: spread.unwrap_or(1.0), basis: basis? })
}

fn lane(entry: &Entry<'_>, names: &Names<'_>, pools: &[String]) -> Option<Lane> {
    let id = entry.need("id", TEXT, text);
    let pool = entry.id("from", pools).map(|k| pools[k].clone());
    let slot = entry.id("to", &names.slots);
    let amount_of = entry.need("amount", AMOUNT, amount);
    let lead = entry.need("lead", "days, or { low, mid, high } in this order", range);
    let qualify = entry.may("qualify", AMOUNT, amount).unwrap_or(0.0);
    let only = only(entry, names);
    let basis = basis(entry, names);
    entry.done();
    Some(Lane {
        id: id?,
        pool: pool?,
        slot: slot?,
        amount: amount_of?,
        lead: lead?,
        qualify,
        only,
        basis: basis?,
    })
}

fn event(entry: &Entry<'_>, names: &Names<'_>) -> Option<Event> {
    let id = entry.need("id", TEXT, text);
    let lanes = entry.ids("closes", &names.lanes);
    let sites = entry.ids("stops", &names.sites);
    let lost = entry.ids("destroys", &names.lanes);
    let kinds = [&lanes, &sites, &lost].iter().filter(|k| !k.is_empty()).count();
    if kinds != 1 {
        entry.fault("closes", Some(format!("one of {kinds}")), "one of the keys closes, stops, destroys");
    }
    let effect = if lost.is_empty() {
        let in_order = "pairs of a date and a part from 0 to 1, in order of dates";
        let points = entry.need("path", in_order, |v| {
            let points = list(v, point).filter(|p| !p.is_empty())?;
            points.is_sorted_by(|a, b| a.0 < b.0).then_some(points)
        });
        let linear = entry.word("shape", &SHAPES).unwrap_or(false);
        points.map(|points| match lanes.is_empty() {
            true => Effect::Stops(sites, Path { points, linear }),
            false => Effect::Closes(lanes, Path { points, linear }),
        })
    } else {
        let on = entry.need("on", DATE, Date::read);
        let part = entry.need("part", "a number from 0 to 1", part);
        on.zip(part).map(|(on, part)| Effect::Destroys(lost, on, part))
    };
    let only = only(entry, names);
    let basis = basis(entry, names);
    entry.done();
    Some(Event { id: id?, effect: effect?, only, basis: basis? })
}

fn outcome(entry: &Entry<'_>, names: &Names<'_>, until: Option<(Date, Date)>) -> Option<Outcome> {
    let id = entry.need("id", TEXT, text);
    let what = entry.need("what", TEXT, text);
    let kind = entry
        .need("measure", &MEASURES.join(", "), |v| MEASURES.iter().copied().find(|m| v.as_str() == Some(*m)));
    let within = |date: &Date| until.is_none_or(|(first, last)| first <= *date && *date <= last);
    let date = |key| entry.need(key, "a date within the run", |v| Date::read(v).filter(within));
    let measure = match kind {
        Some("first_loss") => Some(Measure::FirstLoss),
        Some("first_stop") => Some(Measure::FirstStop),
        Some("back") => Some(Measure::Back),
        Some("trough") => Some(Measure::Trough),
        Some("stood") => Some(Measure::Stood),
        Some("lost") => date("from").zip(date("to")).map(|(a, b)| Measure::Lost(a, b)),
        Some("share") => date("from").zip(date("to")).map(|(a, b)| Measure::Share(a, b)),
        Some("stopped") => date("on").map(Measure::Stopped),
        Some("stock") => date("on").map(Measure::Cover),
        _ => None,
    };
    if let Some(Measure::Lost(from, to) | Measure::Share(from, to)) = measure
        && from > to
    {
        entry.fault("to", None, "a date not before from");
    }
    let made = entry.ids("made", &names.sites);
    let shipped = entry.ids("shipped", &names.lanes);
    let arrived = entry.ids("arrived", &names.lanes);
    let stock = entry.ids("stock", &names.slots);
    let (needs, of) = match kind {
        Some("stock") => ("stock", Of::Stock(stock)),
        Some("stopped" | "stood") => ("made", Of::Made(made)),
        _ if entry.has("shipped") => ("shipped", Of::Shipped(shipped)),
        _ if entry.has("arrived") => ("arrived", Of::Arrived(arrived)),
        _ => ("made", Of::Made(made)),
    };
    if !entry.has(needs) {
        entry.fault(needs, None, "a list of ids of what is measured");
    }
    let interval = |v: &Value| -> Option<Option<(f64, f64)>> {
        if v.as_str() == Some("never") {
            return Some(None);
        }
        let ends = list(v, number).unwrap_or_else(|| number(v).into_iter().collect());
        match ends.as_slice() {
            [one] => Some(Some((*one, *one))),
            [low, high] if low <= high => Some(Some((*low, *high))),
            _ => None,
        }
    };
    let observed = entry.need("observed", "a number, [low, high], or \"never\"", interval);
    let naive = entry.need("naive", "a number, or \"never\"", |v| match v.as_str() {
        Some("never") => Some(None),
        _ => number(v).map(Some),
    });
    let rule = entry.need("rule", "the rule of the naive guess, in words", text);
    let only = only(entry, names);
    let basis = basis(entry, names);
    entry.done();
    Some(Outcome {
        id: id?,
        what: what?,
        of,
        measure: measure?,
        observed: observed?,
        naive: naive?,
        rule: rule?,
        only,
        basis: basis?,
    })
}
