//! Predictions against what was observed, and against a naive guess.

use super::case::{BackTest, Measure, Outcome, Run};
use super::measure::{self, Reading};
use super::run;
use super::{BackTestError, Level};
use sha2::{Digest, Sha256};

/// Days by which a prediction of days may be off and still be a hit.
pub const DAYS: f64 = 7.0;
/// Part of the usual by which a prediction of a part may be off.
pub const PART: f64 = 0.1;

/// Whether a prediction came true.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// At the declared covers it did.
    Hit,
    /// Between the least and the most of the declared covers it did.
    Range,
    /// It did not.
    Miss,
}

/// Whether a prediction is nearer to what was observed than the naive guess.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Nearer {
    /// It is.
    Yes,
    /// Both are as near.
    Same,
    /// It is not.
    No,
}

/// One outcome in one run.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The outcome, by number.
    pub outcome: usize,
    /// The run, by number.
    pub run: usize,
    /// What the network gives, in the order of [`Level::ALL`].
    pub readings: [Reading; 5],
    /// Which of them came true.
    pub hits: [bool; 5],
    /// Whether it came true.
    pub verdict: Verdict,
    /// Whether the naive guess is farther off.
    pub nearer: Nearer,
}

/// What a back-test comes to.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// Hash of everything that goes into the runs, and of nothing that comes out of them.
    pub inputs: String,
    /// Outcomes by runs.
    pub rows: Vec<Row>,
}

/// Runs a back-test at all covers.
pub fn score(test: &BackTest) -> Result<Report, BackTestError> {
    let mut rows = vec![];
    for (number, of) in test.runs.iter().enumerate() {
        let mut records = vec![];
        for level in Level::ALL {
            records.push(run::run(test, of, level)?);
        }
        let here = |o: &Outcome| o.only.is_empty() || o.only.contains(&of.id);
        for (k, outcome) in test.outcomes.iter().enumerate().filter(|o| here(o.1)) {
            let mut readings = [Reading::Never; 5];
            for (reading, record) in readings.iter_mut().zip(&records) {
                *reading = measure::read(test, record, outcome);
            }
            let [_, low, mid, high, _] = readings;
            rows.push(Row {
                outcome: k,
                run: number,
                readings,
                hits: readings.map(|r| distance(outcome, place(r)) <= tolerance(outcome)),
                verdict: verdict(outcome, [low, mid, high]),
                nearer: nearer(outcome, mid),
            });
        }
    }
    rows.sort_by_key(|r| (r.outcome, r.run));
    Ok(Report { inputs: inputs(test), rows })
}

/// What is observed or guessed on a line on which what never happens lies beyond everything.
fn ends(outcome: &Outcome) -> (f64, f64) {
    outcome.observed.unwrap_or((f64::INFINITY, f64::INFINITY))
}

fn place(reading: Reading) -> Option<f64> {
    match reading {
        Reading::Number(n) => Some(n),
        Reading::Never => Some(f64::INFINITY),
        Reading::NoLoss => None,
    }
}

fn tolerance(outcome: &Outcome) -> f64 {
    match outcome.measure {
        Measure::Share(..) | Measure::Stopped(_) => PART,
        _ => DAYS,
    }
}

/// How far a number is from what was observed.
fn distance(outcome: &Outcome, at: Option<f64>) -> f64 {
    let (low, high) = ends(outcome);
    match at {
        None => f64::INFINITY,
        Some(at) if low <= at && at <= high => 0.0,
        Some(at) => (low - at).max(at - high),
    }
}

fn verdict(outcome: &Outcome, [low, mid, high]: [Reading; 3]) -> Verdict {
    let allowed = tolerance(outcome);
    if distance(outcome, place(mid)) <= allowed {
        return Verdict::Hit;
    }
    let all = [low, mid, high].map(place);
    let (least, most) = all
        .into_iter()
        .flatten()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(least, most), at| (at.min(least), at.max(most)));
    let (from, to) = ends(outcome);
    if least <= to + allowed && from - allowed <= most { Verdict::Range } else { Verdict::Miss }
}

fn nearer(outcome: &Outcome, mid: Reading) -> Nearer {
    let ours = distance(outcome, place(mid));
    let naive = distance(outcome, Some(outcome.naive.unwrap_or(f64::INFINITY)));
    match ours.partial_cmp(&naive) {
        Some(std::cmp::Ordering::Less) => Nearer::Yes,
        Some(std::cmp::Ordering::Greater) => Nearer::No,
        _ => Nearer::Same,
    }
}

/// The first digits of a hash of what goes into the runs: whoever changes an input changes it.
fn inputs(test: &BackTest) -> String {
    let manners: Vec<(&str, String)> =
        test.runs.iter().map(|Run { id, manner, .. }| (id.as_str(), format!("{manner:?}"))).collect();
    let what =
        (test.start, test.tick, test.ticks, manners, &test.sites, &test.slots, &test.lanes, &test.events);
    // Nothing in it can fail to be written.
    let text = serde_json::to_string(&what).unwrap_or_default();
    Sha256::digest(text.as_bytes()).iter().take(4).map(|b| format!("{b:02x}")).collect()
}
