//! Ten thousand futures on the shipped atlas: what must hold whatever is drawn, and that trials say what single runs say.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use linchpin::atlas::{Change, Overlay};
use linchpin::book::Book;
use linchpin::context::Context;
use linchpin::disrupt::{
    Effect, EventRequest, Futures, Request, RiskError, Source, Spreads, Written, disrupt, risk,
};
use linchpin::stop::Reach;
use linchpin::trials::{Plan, Shard, Spread, merge};
use linchpin_kernel::{Instructions, Precision, Stream};
use support::{Ground, ground, number};

const ROBOTS: [&str; 3] = ["optimus", "g1", "walker"];

fn spread(text: &str) -> Option<Spread> {
    Some(text.parse().unwrap())
}

/// China ships no magnets with dysprosium or terbium to the United States, for a time that is not known.
fn magnets() -> EventRequest {
    EventRequest {
        id: "magnets".to_owned(),
        to: Some("USA".to_owned()),
        spread: Spreads { weeks: spread("[8, 26, 60]"), ..Spreads::default() },
        ..EventRequest::new(Effect::Exports, "CHN/magnets.dytb", 26)
    }
}

fn request() -> Request {
    Request::new("optimus", 1000.0, vec![magnets()])
}

/// Only events are drawn.
fn events_alone() -> Futures {
    Futures {
        failures: false,
        figures: false,
        gain: false,
        precision: Precision::Double,
        ..Futures::default()
    }
}

fn plan(trials: u64) -> Plan {
    Plan { trials, ..Plan::default() }
}

fn ask_on(ground: &Ground, request: &Request, futures: &Futures, plan: &Plan, threads: usize) -> Book {
    let model = ground.model_in(&request.product, &ground.values, Context::with_threads(threads));
    risk(&model, request, futures, &Source::Run(plan), "").unwrap()
}

fn ask(request: &Request, futures: &Futures, plan: &Plan) -> Book {
    ask_on(ground(), request, futures, plan, 2)
}

/// All numbers of an answer, bit by bit.
fn bits(book: &Book) -> String {
    serde_json::to_string(&book.answer.tables.iter().map(|t| format!("{t:?}")).collect::<Vec<_>>()).unwrap()
}

fn average(book: &Book) -> f64 {
    number(book, "risk", "robots_lost", "average").unwrap()
}

/// The scenarios that ship and hold for one future, by name.
fn shipped() -> Vec<(&'static str, Request)> {
    let all = linchpin_atlas::scenarios().iter().filter(|(name, _)| *name != "risk.toml");
    all.map(|(name, text)| (*name, toml::from_str(std::str::from_utf8(text).unwrap()).unwrap())).collect()
}

#[test]
fn a_trial_in_which_nothing_is_drawn_is_the_single_run() {
    for (name, scenario) in shipped() {
        for robot in ROBOTS {
            let request = Request { product: robot.to_owned(), alone: true, ..scenario.clone() };
            let model = ground().model(robot);
            // An event that this robot has nothing to do with is refused by both.
            let Ok(single) = disrupt(&model, &request) else { continue };
            let book = risk(&model, &request, &events_alone(), &Source::Run(&plan(3)), "").unwrap();
            let lost = number(&single, "outcome", "as_asked", "robots_lost").unwrap();
            for column in ["average", "average_low", "p5", "p99", "cvar", "greatest"] {
                let told = number(&book, "risk", "robots_lost", column).unwrap();
                // The mean of three equal numbers may differ from them in the last digit.
                assert!(
                    (told - lost).abs() <= 1e-12 * lost.max(1.0),
                    "{name} {robot} {column}: {told}, {lost}"
                );
            }
            let part = number(&single, "outcome", "as_asked", "lost_part").unwrap();
            assert_eq!(number(&book, "risk", "lost_part", "greatest"), Some(part), "{name} {robot}");
            let first = number(&single, "outcome", "as_asked", "first_loss");
            let first = first.unwrap_or(f64::from(request.horizon));
            assert_eq!(number(&book, "risk", "first_loss", "p50"), Some(first), "{name} {robot}");
        }
    }
}

/// The single run, for each length that is drawn, is the mean of trials: they are the same futures.
#[test]
fn trials_are_single_runs_of_what_is_drawn() {
    let stream = Stream::new(7, "event/magnets/0/weeks");
    let lengths = request().events[0].spread.weeks.unwrap();
    let model = ground().model("optimus");
    let mut lost = vec![];
    for trial in 0..24 {
        let weeks = lengths.quantile(stream.uniform(trial, 0)).round() as u32;
        let event = EventRequest { weeks, spread: Spreads::default(), ..magnets() };
        let run = Request { alone: true, ..Request::new("optimus", 1000.0, vec![event]) };
        lost.push(number(&disrupt(&model, &run).unwrap(), "outcome", "as_asked", "robots_lost").unwrap());
    }
    let book = ask(&request(), &events_alone(), &Plan { seed: 7, ..plan(24) });
    let mean = lost.iter().sum::<f64>() / lost.len() as f64;
    assert!((average(&book) - mean).abs() < 1e-9 * mean, "{} {mean}", average(&book));
    let most = lost.iter().copied().fold(0.0, f64::max);
    assert_eq!(number(&book, "risk", "robots_lost", "greatest"), Some(most));
    assert!(lost.iter().any(|l| *l < 0.7 * mean), "lengths matter: {lost:?}");
}

#[test]
fn threads_batches_and_instructions_change_no_bit() {
    let all = Futures { gain: false, ..Futures::default() };
    let once = ask_on(ground(), &request(), &all, &plan(200), 1);
    assert_eq!(bits(&once), bits(&ask_on(ground(), &request(), &all, &plan(200), 2)));
    for instructions in [Instructions::Avx512, Instructions::Avx2, Instructions::Plain] {
        for precision in [Precision::Single, Precision::Double] {
            let of = |instructions| {
                let futures = Futures { instructions, precision, ..all.clone() };
                bits(&ask(&request(), &futures, &plan(80)))
            };
            assert_eq!(of(instructions), of(Instructions::Plain), "{instructions:?} {precision:?}");
        }
    }
}

/// Each shard is one block, so that its first draw is made from nothing; in a whole run each keeps what it has in common with the one
/// before. A rule on content is there because whom it reaches hangs on the values of a draw.
#[test]
fn shards_in_any_order_are_one_run() {
    let folder = tempfile::tempdir().unwrap();
    let futures = Futures { gain: false, ..Futures::default() };
    let mut request = request();
    let reach = Reach { de_minimis: Some(0.001), ..Reach::default() };
    request.events.push(EventRequest { id: "content".to_owned(), reach, ..magnets() });
    let whole = ask(&request, &futures, &plan(300));
    let files: Vec<_> = (1..=5).map(|n| folder.path().join(format!("{n}.trials"))).collect();
    for (number, file) in (1..).zip(&files) {
        let plan = Plan { shard: Shard::new(number, 5), checkpoint: Some(file.clone()), ..plan(300) };
        ask(&request, &futures, &plan);
    }
    for order in [[0, 1, 2, 3, 4], [3, 0, 4, 2, 1]] {
        let merged = merge(&order.map(|n: usize| files[n].clone())).unwrap();
        let header = &merged.header;
        let written: Written = serde_json::from_str(&header.identity.request).unwrap();
        let model = ground().model(&written.request.product);
        let all = Plan { trials: header.trials, seed: header.seed, ..Plan::default() };
        let futures = Futures { gain: false, ..written.futures() };
        let book = risk(&model, &written.request, &futures, &Source::Merge(&merged, &all), "").unwrap();
        assert_eq!(bits(&book), bits(&whole));
    }
}

#[test]
fn a_checkpoint_of_something_else_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("trials");
    let kept = Plan { checkpoint: Some(file), ..plan(64) };
    ask(&request(), &events_alone(), &kept);
    let model = ground().model("optimus");
    let longer = Request { horizon: 52, ..request() };
    for (request, futures, plan) in [
        (&longer, events_alone(), kept.clone()),
        (&request(), Futures { figures: true, ..events_alone() }, kept.clone()),
        (&request(), events_alone(), Plan { seed: 2, ..kept.clone() }),
    ] {
        let refused = risk(&model, request, &futures, &Source::Run(&plan), "");
        assert!(matches!(refused, Err(RiskError::Trials(_))));
    }
    let other = Ground::under(&Overlay::from([("times/magnet/-/cover".to_owned(), Change::Multiply(2.0))]));
    let model = other.model("optimus");
    assert!(risk(&model, &request(), &events_alone(), &Source::Run(&kept), "").is_err());
    // The same again is not run again, and tells the same.
    let again = ask(&request(), &events_alone(), &kept);
    assert_eq!(bits(&again), bits(&ask(&request(), &events_alone(), &plan(64))));
}

/// A number that is drawn has a stream of its own: another event, or another site, disturbs no draw.
#[test]
fn another_event_disturbs_no_draw() {
    let alone = ask(&request(), &events_alone(), &plan(128));
    let never = EventRequest {
        id: "never".to_owned(),
        chance: Some(0.0),
        ..EventRequest::new(Effect::Output, "CHN", 10)
    };
    let both = Request { events: vec![never, magnets()], ..request() };
    let both = ask(&both, &events_alone(), &plan(128));
    let (a, b) = (average(&alone), average(&both));
    // A further event splits markets into more pools, which are added in another order.
    assert!((a - b).abs() < 1e-6 * a, "{a} {b}");
}

#[test]
fn what_follows_an_event_happens_only_with_it() {
    let first = EventRequest { chance: Some(0.5), ..magnets() };
    let after = EventRequest {
        id: "answer".to_owned(),
        after: Some("magnets".to_owned()),
        week: 4,
        ..EventRequest::new(Effect::Output, "CHN", 20)
    };
    let request = Request { events: vec![first, after], ..request() };
    let book = ask(&request, &events_alone(), &plan(512));
    let none = 1.0 - number(&book, "risk_loss", "0.001", "chance").unwrap();
    assert!((none - 0.5).abs() < 3.0 * (0.25f64 / 512.0).sqrt(), "{none}");
}

#[test]
fn rates_a_year_are_those_of_a_poisson_process() {
    let event = EventRequest { a_year: Some(0.3), spread: Spreads::default(), ..magnets() };
    let request = Request { horizon: 104, ..Request::new("optimus", 1000.0, vec![event]) };
    let book = ask(&request, &events_alone(), &plan(2048));
    let chance = number(&book, "risk_sites", "event/magnets", "chance").unwrap();
    let expected = 1.0 - f64::exp(-0.3 * 104.0 / (365.2425 / 7.0));
    assert!(
        (chance - expected).abs() < 3.0 * (expected * (1.0 - expected) / 2048.0).sqrt(),
        "{chance} {expected}"
    );
}

/// With the same draws a difference is told far more sharply than two means.
#[test]
fn more_stock_saves_and_is_told_sharply() {
    let futures = Futures { gain: true, figures: true, ..events_alone() };
    let book = ask(&request(), &futures, &plan(512));
    let gain = |column| number(&book, "risk_gain", "coreless_motor", column).unwrap();
    assert!(gain("saved") > 0.0 && gain("saved_low") > 0.0, "{}", gain("saved"));
    assert!(gain("saved") <= average(&book) + 1e-9);
    let alone = number(&book, "risk", "robots_lost", "average_high").unwrap() - average(&book);
    assert!(gain("saved_high") - gain("saved") < alone, "the difference is sharper than either mean");
}

#[test]
fn every_draw_of_the_atlas_holds_together() {
    // No event but one that never comes: whatever is drawn, every trial begins and stays in equilibrium.
    let never = EventRequest { chance: Some(0.0), ..magnets() };
    for robot in ROBOTS {
        let request = Request::new(robot, 1000.0, vec![never.clone()]);
        let book = ask(&request, &Futures { figures: true, ..events_alone() }, &plan(320));
        assert_eq!(average(&book), 0.0, "{robot}");
        for week in [0, 50, 103] {
            for column in ["p5", "average", "p95"] {
                let part = number(&book, "risk_weeks", &week.to_string(), column).unwrap();
                assert!((part - 1.0).abs() < 1e-6, "{robot} {week} {column}: {part}");
            }
        }
    }
}

#[test]
fn the_more_often_plants_fail_the_more_is_lost() {
    let never = EventRequest { chance: Some(0.0), ..magnets() };
    let request = Request::new("g1", 1000.0, vec![never]);
    let futures = Futures { failures: true, ..events_alone() };
    let at = |times: f64| {
        let overlay = |id: &str| (format!("parameters/{id}"), Change::Multiply(times));
        let rates = ["outage_rate", "outage_rate_mining", "shock_rate"];
        let ground = Ground::under(&rates.iter().map(|id| overlay(id)).collect());
        average(&ask_on(&ground, &request, &futures, &plan(256), 2))
    };
    let (none, usual, often) = (at(0.0), at(1.0), at(20.0));
    assert_eq!(none, 0.0);
    assert!(usual <= often && often > 0.0, "{usual} {often}");
}

/// A wanted error ends the run at a number of trials that no machine decides.
#[test]
fn a_wanted_error_ends_the_run() {
    let plan = Plan { error: Some(0.05), ..plan(100_000) };
    let once = ask_on(ground(), &request(), &events_alone(), &plan, 1);
    let twice = ask_on(ground(), &request(), &events_alone(), &plan, 2);
    assert_eq!(bits(&once), bits(&twice));
    let half = number(&once, "risk", "robots_lost", "average_high").unwrap() - average(&once);
    assert!(half / average(&once) < 0.05 * 2.0, "{half}");
}

/// Of a thousand runs, the 95 % intervals of 93 to 97 % hold the mean that they are after. It is known: what is lost is a function
/// of the length, whose distribution is known. (Of 64 trials over two years, whose losses are more skewed, 922 hold it.)
#[test]
#[ignore = "heavy: 128,000 trials"]
fn intervals_hold_the_mean_as_often_as_they_say() {
    let lengths = request().events[0].spread.weeks.unwrap();
    let model = ground().model("optimus");
    // Chance of each whole number of weeks, by the quantiles of a fine grid.
    let fine = 200_000;
    let mut chance = std::collections::BTreeMap::new();
    for k in 0..fine {
        let weeks = lengths.quantile((k as f64 + 0.5) / fine as f64).round() as u32;
        *chance.entry(weeks).or_insert(0.0) += 1.0 / fine as f64;
    }
    let mut mean = 0.0;
    for (weeks, chance) in chance {
        let event = EventRequest { weeks, spread: Spreads::default(), ..magnets() };
        let run = Request { alone: true, horizon: 40, ..Request::new("optimus", 1000.0, vec![event]) };
        mean +=
            chance * number(&disrupt(&model, &run).unwrap(), "outcome", "as_asked", "robots_lost").unwrap();
    }
    let futures = events_alone();
    let asked = Request { horizon: 40, ..request() };
    let held = (0..1000).filter(|seed| {
        let book = ask(&asked, &futures, &Plan { seed: *seed, ..plan(128) });
        let end = |column| number(&book, "risk", "robots_lost", column).unwrap();
        (end("average_low")..=end("average_high")).contains(&mean)
    });
    let held = held.count();
    assert!((930..=970).contains(&held), "{held} of 1,000 hold {mean}");
}
