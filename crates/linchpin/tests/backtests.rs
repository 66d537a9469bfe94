//! The disruption kernel against history: every back-test is sound and runs alike twice, and the page that shows what they
//! come to shows what they come to. Whether a prediction holds is no matter of this test: a miss stays a miss.
//! `LINCHPIN_BLESS=1 cargo test --release -p linchpin --test backtests` writes the page anew; read the difference.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use linchpin::backtest::{
    BackTest, BackTestError, Fault, Level, Measure, Nearer, Outcome, Reading, Report, Row, Verdict, read,
    score,
};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

const PAGE: &str = "docs/backtests.md";

fn shipped(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

/// Ids of sources that the atlas or its facts have.
fn sources() -> BTreeSet<String> {
    let files = ["humanoid/sources.csv", "facts/sources.csv", "facts/sources_humanoid.csv"];
    let mut ids = BTreeSet::new();
    for file in files {
        let mut reader = csv::Reader::from_path(shipped("atlas").join(file)).unwrap();
        let at = reader.headers().unwrap().iter().position(|h| h == "id").unwrap();
        ids.extend(reader.records().map(|r| r.unwrap()[at].to_owned()));
    }
    ids
}

/// The back-tests by name of their files, in order.
fn tests() -> Vec<(String, BackTest)> {
    let known = sources();
    let folder = std::fs::read_dir(shipped("atlas/backtests")).unwrap();
    let mut files: Vec<PathBuf> = folder.map(|f| f.unwrap().path()).collect();
    files.sort();
    let parse = |path: &PathBuf| {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let text = std::fs::read_to_string(path).unwrap();
        let test = read(&format!("{name}.toml"), &text, &|id| known.contains(id));
        (name, test.unwrap_or_else(|e| panic!("{e}")))
    };
    files.iter().filter(|p| p.extension().is_some_and(|e| e == "toml")).map(parse).collect()
}

fn number(outcome: &Outcome, value: f64) -> String {
    if value.is_infinite() {
        return "never".to_owned();
    }
    match outcome.measure {
        Measure::Share(..) | Measure::Stopped(_) => format!("{:.0} %", value * 100.0),
        Measure::Stood | Measure::Lost(..) | Measure::Cover(_) => format!("{value:.0} d"),
        _ => format!("day {value:.0}"),
    }
}

fn reading(outcome: &Outcome, reading: Reading) -> String {
    match reading {
        Reading::Number(n) => number(outcome, n),
        Reading::Never => "never".to_owned(),
        Reading::NoLoss => "no loss".to_owned(),
    }
}

fn observed(outcome: &Outcome) -> String {
    match outcome.observed {
        None => "never".to_owned(),
        Some((low, high)) if low == high => number(outcome, low),
        Some((low, high)) => format!("{} to {}", number(outcome, low), number(outcome, high)),
    }
}

fn table(test: &BackTest, report: &Report) -> String {
    let mut text = "| outcome | observed | naive guess | run | half cover | declared (least, most) | double cover | | nearer |\n\
                    |---|--:|---|---|--:|--:|--:|---|---|\n"
        .to_owned();
    let mut last = None;
    for row in &report.rows {
        let outcome = &test.outcomes[row.outcome];
        let first = last != Some(row.outcome);
        last = Some(row.outcome);
        let naive = number(outcome, outcome.naive.unwrap_or(f64::INFINITY));
        let (what, seen, naive) = match first {
            true => (outcome.what.as_str(), observed(outcome), format!("{naive}: {}", outcome.rule)),
            false => ("", String::new(), String::new()),
        };
        let [half, low, mid, high, double] = row.readings.map(|r| reading(outcome, r));
        let range = if low == mid && mid == high { mid } else { format!("{mid} ({low}, {high})") };
        let verdict = match row.verdict {
            Verdict::Hit => "**hit**",
            Verdict::Range => "within",
            Verdict::Miss => "miss",
        };
        let nearer = match row.nearer {
            Nearer::Yes => "yes",
            Nearer::Same => "as near",
            Nearer::No => "no",
        };
        let run = &test.runs[row.run].id;
        writeln!(
            text,
            "| {what} | {seen} | {naive} | {run} | {half} | {range} | {double} | {verdict} | {nearer} |"
        )
        .unwrap();
    }
    text
}

fn count(rows: &[&Row], of: impl Fn(&Row) -> bool) -> usize {
    rows.iter().filter(|r| of(r)).count()
}

fn summary(all: &[(String, BackTest, Report)]) -> String {
    let mut text = "| case | inputs | predictions | hit | within the range | missed | nearer than the naive guess | as near | farther | hit and not farther | hits at half cover | hits at double cover |\n\
                    |---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n"
        .to_owned();
    let mut line = |name: &str, inputs: &str, rows: &[&Row]| {
        let cells = [
            rows.len(),
            count(rows, |r| r.verdict == Verdict::Hit),
            count(rows, |r| r.verdict == Verdict::Range),
            count(rows, |r| r.verdict == Verdict::Miss),
            count(rows, |r| r.nearer == Nearer::Yes),
            count(rows, |r| r.nearer == Nearer::Same),
            count(rows, |r| r.nearer == Nearer::No),
            count(rows, |r| r.verdict == Verdict::Hit && r.nearer != Nearer::No),
            count(rows, |r| r.hits[0]),
            count(rows, |r| r.hits[4]),
        ];
        writeln!(text, "| {name} | {inputs} | {} |", cells.map(|c| c.to_string()).join(" | ")).unwrap();
    };
    for (_, test, report) in all {
        let rows: Vec<&Row> = report.rows.iter().collect();
        line(&test.title, &format!("`{}`", report.inputs), &rows);
    }
    let rows: Vec<&Row> = all.iter().flat_map(|a| &a.2.rows).collect();
    line("**all**", "", &rows);
    text
}

/// A document with what stands between two marks put in.
fn filled(text: &str, mark: &str, block: &str) -> String {
    let (open, close) = (format!("<!-- {mark} -->\n"), format!("<!-- /{mark} -->\n"));
    let (before, rest) = text.split_once(&open).unwrap_or_else(|| panic!("no mark {mark}"));
    let (_, after) = rest.split_once(&close).unwrap_or_else(|| panic!("no end of mark {mark}"));
    format!("{before}{open}{block}{close}{after}")
}

#[test]
fn the_page_shows_what_the_back_tests_come_to() {
    let all: Vec<(String, BackTest, Report)> = tests()
        .into_iter()
        .map(|(name, test)| {
            let report = score(&test).unwrap_or_else(|e| panic!("{e}"));
            assert_eq!(report, score(&test).unwrap(), "{name} runs alike twice");
            (name, test, report)
        })
        .collect();
    assert_eq!(all.len(), 6);
    let is = std::fs::read_to_string(shipped(PAGE)).unwrap();
    let mut should = filled(&is, "summary", &summary(&all));
    println!("{}", summary(&all));
    for (name, test, report) in &all {
        println!("{name}\n{}", table(test, report));
        should = filled(&should, name, &table(test, report));
    }
    if std::env::var_os("LINCHPIN_BLESS").is_some() {
        std::fs::write(shipped(PAGE), should).unwrap();
    } else {
        assert_eq!(is, should, "{PAGE}");
    }
}

/// Pages that tell both a cover and an outcome, the cover as what was held before.
const BOTH: [(&str, &str); 1] = [("nikkei_april_2021", "what carmakers hold in normal times")];

/// What the atlas has as cover was in part worked out from the very stops that are predicted here: no cover of a back-test
/// may rest on what an outcome rests on, nor an id of the atlas's rows of that kind. What a stop rests on is its
/// source; that a month's exports are measured against a mean is no stop.
#[test]
fn no_cover_rests_on_the_outcome() {
    for (name, test) in tests() {
        let stops = test.outcomes.iter().filter(|o| !matches!(o.measure, Measure::Share(..)));
        let stops: BTreeSet<&String> = stops.flat_map(|o| &o.basis.sources).collect();
        for (slot, source) in test.slots.iter().flat_map(|s| s.basis.sources.iter().map(move |id| (s, id))) {
            let told = BOTH.iter().any(|b| b.0 == source);
            assert!(told || !stops.contains(source), "{name}: {} {source}", slot.id);
        }
    }
}

/// A source that a file brings along is one that it uses.
#[test]
fn every_source_is_used() {
    for (name, test) in tests() {
        let bases = test.sites.iter().map(|s| &s.basis).chain(test.slots.iter().map(|s| &s.basis));
        let bases =
            bases.chain(test.lanes.iter().map(|l| &l.basis)).chain(test.events.iter().map(|e| &e.basis));
        let bases = bases.chain(test.outcomes.iter().map(|o| &o.basis));
        let used: BTreeSet<&String> = bases.flat_map(|b| &b.sources).collect();
        let idle: Vec<&str> =
            test.sources.iter().map(|s| s.id.as_str()).filter(|s| !used.contains(&(*s).to_owned())).collect();
        assert!(idle.is_empty(), "{name}: {idle:?}");
    }
}

const SMALL: &str = r#"
title = "A maker and a line"
start = 2020-01-01
days = 84
[[sites]]
id = "maker"
runs = 7
standing = "assumed"
why = "a case by hand"
[[sites]]
id = "line"
runs = 7
demand = 7
standing = "assumed"
why = "a case by hand"
[[slots]]
id = "line.part"
site = "line"
cover = { low = 7, mid = 14, high = 28 }
standing = "assumed"
why = "a case by hand"
[[lanes]]
id = "maker>line"
from = "maker"
to = "line.part"
amount = 7
lead = 7
standing = "assumed"
why = "a case by hand"
[[events]]
id = "closed"
closes = ["maker>line"]
path = [[2020-01-15, 0.0]]
standing = "assumed"
why = "a case by hand"
[[outcomes]]
id = "stop"
what = "The line stands"
measure = "first_stop"
made = ["line"]
observed = 35
naive = 14
rule = "at once"
standing = "assumed"
why = "a case by hand"
[[outcomes]]
id = "arrivals"
what = "Arrivals in the fourth week"
measure = "share"
arrived = ["maker>line"]
from = 2020-01-22
to = 2020-01-28
observed = 0
naive = 1
rule = "as usual"
standing = "assumed"
why = "a case by hand"
"#;

/// Closed on day 14; what left on day 13 arrives on day 20; the stock then lasts 14 days more, the day's own use among them: day
/// 34 is the first without. By weeks, the same in steps.
#[test]
fn a_case_by_hand_by_days_and_by_weeks() {
    let day = score(&read("day.toml", SMALL, &|_| false).unwrap()).unwrap();
    let number = |report: &Report, row: usize, level: usize| match report.rows[row].readings[level] {
        Reading::Number(n) => n,
        other => panic!("{other:?}"),
    };
    let stops: Vec<f64> = (0..Level::ALL.len()).map(|l| number(&day, 0, l)).collect();
    assert_eq!(stops, [27.0, 27.0, 34.0, 48.0, 48.0]);
    assert_eq!(number(&day, 1, 2), 0.0);
    assert_eq!((day.rows[0].verdict, day.rows[0].nearer), (Verdict::Hit, Nearer::Yes));
    let weekly = SMALL.replace("days = 84", "days = 84\ntick = \"week\"");
    let week = score(&read("week.toml", &weekly, &|_| false).unwrap()).unwrap();
    assert_eq!(number(&week, 0, 2), 28.0);
    assert_ne!(day.inputs, week.inputs);
}

/// The hash is of what goes in: a corrected outcome leaves it, a changed cover does not.
#[test]
fn the_hash_is_of_the_inputs() {
    let of = |text: &str| score(&read("a.toml", text, &|_| false).unwrap()).unwrap().inputs;
    assert_eq!(of(SMALL), of(&SMALL.replace("observed = 35", "observed = 40")));
    assert_ne!(of(SMALL), of(&SMALL.replace("mid = 14", "mid = 15")));
}

/// All that is wrong is told at once: where, what stands there, and what may.
#[test]
fn a_bad_file_is_told_in_full() {
    let bad = SMALL
        .replace("runs = 7\ndemand", "runs = -7\ndemand")
        .replace("site = \"line\"", "site = \"lime\"")
        .replace("mid = 14", "mid = 40")
        .replace("lead = 7\nstanding = \"assumed\"", "lead = 7\nstanding = \"reported\"\nlaed = 8")
        .replace("from = 2020-01-22", "from = 2021-01-22")
        .replace("path = [[2020-01-15, 0.0]]", "path = [[2020-01-15, 1.5]]");
    let Err(BackTestError::Faults(faults)) = read("bad.toml", &bad, &|_| false) else { panic!() };
    let told: Vec<String> = faults.iter().map(Fault::to_string).collect();
    let expected = [
        "sites \"line\".runs is -7",
        "slots \"line.part\".site is \"lime\"; allowed: maker, line",
        "slots \"line.part\".cover is { high = 28, low = 7, mid = 40 }; allowed: days, or { low, mid, high } in this order",
        "lanes \"maker>line\".source is missing",
        "lanes \"maker>line\".laed is 8; allowed: one of the keys id, from, to",
        "events \"closed\".path is [[2020-01-15, 1.5]]; allowed: pairs of a date and a part from 0 to 1, in order of dates",
        "outcomes \"arrivals\".from is 2021-01-22; allowed: a date within the run",
    ];
    for part in expected {
        assert!(told.iter().any(|t| t.starts_with("bad.toml: ") && t.contains(part)), "{part}\n{told:#?}");
    }
    assert_eq!(told.len(), expected.len(), "{told:#?}");
}

#[test]
fn other_faults_are_told() {
    let Err(BackTestError::Syntax { line: 3, .. }) = read("a.toml", "a = 1\nb = 2\nc = \n", &|_| false)
    else {
        panic!()
    };
    let unbalanced = SMALL.replace("amount = 7", "amount = 6");
    let error = score(&read("b.toml", &unbalanced, &|_| false).unwrap()).unwrap_err().to_string();
    assert!(error.contains("market of maker"), "{error}");
    let Err(BackTestError::Faults(faults)) = read("c.toml", "", &|_| false) else { panic!() };
    let keys: Vec<&str> = faults.iter().map(|f| f.key.as_str()).collect();
    assert_eq!(keys, ["title", "start", "days", "sites", "events", "outcomes"]);
    let twice = SMALL.replacen("id = \"line\"", "id = \"maker\"", 1);
    assert!(read("d.toml", &twice, &|_| false).is_err());
}
