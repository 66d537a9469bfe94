//! The rates of the group `hazards` against the tables that they are counted in, and their ranges against the exact interval of
//! a Poisson count (Garwood 1936).

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use linchpin::atlas::{Atlas, Overlay, Values};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

static ATLAS: LazyLock<Atlas> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../atlas/humanoid");
    Atlas::from_folder(&folder, None).unwrap()
});
static VALUES: LazyLock<Values> = LazyLock::new(|| ATLAS.values(&Overlay::new()).unwrap());

/// Value and range of a parameter.
fn parameter(id: &str) -> (f64, Option<f64>, Option<f64>) {
    let figure = ATLAS.figures.find(&format!("parameters/{id}")).unwrap_or_else(|| panic!("{id}"));
    let row = ATLAS.figures.get(figure);
    (VALUES.get(figure).unwrap(), row.low, row.high)
}

#[test]
fn countries_under_shocks_are_those_with_five_sites() {
    let sites = ATLAS.sheet("sites");
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    sites.rows.iter().for_each(|r| *count.entry(sites.text(r, "country")).or_default() += 1);
    let countries = count.iter().filter(|(code, sites)| **code != "OTH" && **sites >= 5).count();
    assert_eq!(parameter("shock_countries").0, countries as f64);
}

/// Whether a note names a control, and not only one whose id begins with its id.
fn names(note: &str, control: &str) -> bool {
    note.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').any(|word| word == control)
}

/// A rule on exports that has a day of effect is counted once, or a count says why it is not in it; what a count names is
/// there.
#[test]
fn every_export_rule_is_counted_once() {
    let (parameters, controls) = (ATLAS.sheet("parameters"), ATLAS.sheet("controls"));
    let counts: Vec<(&str, &str)> = parameters
        .rows
        .iter()
        .filter(|r| r.key.starts_with("rules_"))
        .map(|r| (r.key.as_str(), parameters.text(r, "note")))
        .collect();
    assert!(counts.len() >= 10, "{counts:?}");
    for control in &controls.rows {
        let counted = controls.text(control, "mode") == "exports"
            && controls.text(control, "instrument") != "technology"
            && !controls.text(control, "effective").is_empty();
        let by: Vec<&str> =
            counts.iter().filter(|(_, note)| names(note, &control.key)).map(|(id, _)| *id).collect();
        assert_eq!(by.len(), usize::from(counted), "{}: {by:?}", control.key);
        if let [by] = by[..] {
            // rules_chn_… counts what China imposes.
            let imposer = controls.text(control, "imposer").to_lowercase();
            assert!(by.starts_with(&format!("rules_{imposer}_")), "{}: {by}", control.key);
        }
    }
}

/// Probability of at most `n` events where `mean` are expected.
fn at_most(n: u32, mean: f64) -> f64 {
    let mut term = (-mean).exp();
    let mut sum = term;
    for i in 1..=n {
        term *= mean / f64::from(i);
        sum += term;
    }
    sum
}

/// The mean at which a chance that moves one way with it reaches 2.5 %.
fn solve(most: f64, below: impl Fn(f64) -> bool) -> f64 {
    let (mut low, mut high) = (0.0, most);
    for _ in 0..100 {
        let middle = 0.5 * (low + high);
        if below(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    low
}

/// Ends of the 95 % interval of a Poisson count: the means under which so many, or so few, come with a
/// chance of 2.5 %.
fn garwood(n: u32) -> [f64; 2] {
    let most = f64::from(4 * n + 10);
    let low = |mean| n > 0 && 1.0 - at_most(n - 1, mean) < 0.025;
    [solve(most, low), solve(most, |mean| at_most(n, mean) > 0.025)]
}

#[test]
fn the_interval_is_that_of_the_tables() {
    for (n, low, high) in [(0, 0.0, 3.689), (1, 0.0253, 5.572), (3, 0.6187, 8.767), (10, 4.795, 18.39)] {
        let [a, b] = garwood(n);
        assert!((a - low).abs() < 1e-3 && (b - high).abs() < 1e-2, "{n}: {a} {b}");
    }
}

/// Value and both ends of a rate are those of its count over one and the same time.
#[test]
fn ranges_of_counts_are_exact() {
    let of = |id: &str| parameter(id).0.round() as u32;
    let shocks = of("shock_events");
    let mut counts: Vec<(String, u32)> = vec![
        ("shock_rate".into(), shocks),
        ("shock_rate_other".into(), shocks - of("shock_events_epidemic")),
        ("fab_stop_rate".into(), of("fab_stops")),
    ];
    let ids = ATLAS.sheet("parameters").rows.iter().filter_map(|r| r.key.strip_prefix("rules_"));
    counts.extend(ids.map(|id| (format!("rule_rate_{id}"), of(&format!("rules_{id}")))));
    let china = counts.iter().filter(|(id, _)| id.starts_with("rule_rate_chn_")).map(|c| c.1).sum();
    counts.push(("rule_rate_chn".into(), china));
    // Of none, half an event is the value.
    let (half, low, high) = parameter("rule_rate_chn_cells");
    assert_eq!(low, Some(0.0));
    assert!((high.unwrap() / half - garwood(0)[1] / 0.5).abs() < 0.01);
    assert!(counts.len() >= 14, "{counts:?}");
    for (id, n) in counts {
        let (value, low, high) = parameter(&id);
        let scale = f64::from(n) / value;
        let [a, b] = garwood(n);
        for (typed, exact) in [(low.unwrap(), a), (high.unwrap(), b)] {
            // Typed to a ten-thousandth.
            assert!(
                (typed * scale - exact).abs() < 0.01 * exact + 1e-4 * scale,
                "{id}: {typed} for {exact}/{scale}"
            );
        }
    }
}
