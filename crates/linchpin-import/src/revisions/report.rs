//! What the history of a design tells.

use super::compare::{Change, Kind};
use super::{Request, Revision};
use linchpin::atlas::Atlas;
use linchpin::book::stamp;
use linchpin_table::{Answer, Message, Table, TableError, Unit};
use std::collections::{BTreeMap, BTreeSet};

/// Days of a month, on average.
const MONTH: f64 = 365.2425 / 12.0;
/// Days before the last revision over which it is judged whether a design is at rest.
const JUDGED: f64 = 3.0 * MONTH;
/// A shorter history says nothing about that.
const SHORTEST: f64 = 2.0 * MONTH;
/// So many parts that change again and again are told.
const CHURNING: usize = 20;

/// How much changed.
#[derive(Clone, Copy, Debug, Default)]
struct Moved {
    /// Lines that changed at least once, and all lines, those that are gone included.
    lines: (f64, f64),
    /// Their dollars in one product.
    value: (f64, f64),
    /// Dollars of parts in one product that are of no use any more.
    scrapped: f64,
    /// Whether any price is told.
    priced: bool,
}

impl Moved {
    fn share_of_lines(&self) -> Option<f64> {
        (self.lines.1 > 0.0).then(|| self.lines.0 / self.lines.1)
    }

    fn share_of_value(&self) -> Option<f64> {
        (self.priced && self.value.1 > 0.0).then(|| self.value.0 / self.value.1)
    }

    fn scrapped(&self) -> Option<f64> {
        self.priced.then_some(self.scrapped)
    }
}

/// What changed over some revisions that follow each other, against the lines before the first and after the last of them.
fn moved(history: &[Revision], of: std::ops::Range<usize>) -> Moved {
    let (Some(before), Some(after)) = (history.get(of.start.saturating_sub(1)), history.get(of.end - 1))
    else {
        return Moved::default();
    };
    let (old, new) = (&before.snapshot.entries, &after.snapshot.entries);
    let changes: Vec<&Change> = history[of].iter().flat_map(|r| &r.changes).collect();
    let changed: BTreeMap<&str, f64> =
        changes.iter().map(|c| (c.key.as_str(), c.value.unwrap_or(0.0))).collect();
    let all: BTreeSet<&str> =
        old.keys().chain(new.keys()).map(String::as_str).chain(changed.keys().copied()).collect();
    let mut sum = Moved { lines: (changed.len() as f64, all.len() as f64), ..Moved::default() };
    for key in all {
        let values = [old.get(key), new.get(key)].map(|entry| entry.and_then(|e| e.value()));
        let told = values.iter().flatten().copied().fold(0.0, f64::max);
        let value = changed.get(key).map_or(told, |value| value.max(told));
        sum.priced |= values.iter().any(Option::is_some);
        sum.value.1 += value;
        sum.value.0 += if changed.contains_key(key) { value } else { 0.0 };
    }
    sum.scrapped = changes.iter().filter_map(|c| c.scrapped).sum();
    sum
}

pub(super) fn answer(atlas: &Atlas, request: &Request, history: &[Revision]) -> Result<Answer, TableError> {
    let mut stamp = stamp(atlas, "revisions");
    let files = history.iter().map(|r| r.snapshot.file.as_str()).collect::<Vec<_>>().join(", ");
    stamp.request.insert("files".into(), files);
    stamp.request.insert("still".into(), request.still.to_string());
    if !request.rates.text().is_empty() {
        stamp.request.insert("rate".into(), request.rates.text());
    }
    let mut answer = Answer::new(stamp);
    answer.headlines = headlines(request, history);
    answer.tables.push(months(history)?);
    answer.tables.extend(churning(history)?);
    answer.tables.push(each(history)?);
    Ok(answer)
}

fn headlines(request: &Request, history: &[Revision]) -> Vec<Message> {
    let (Some(first), Some(last)) = (history.first(), history.last()) else { return vec![] };
    let days = |revision: &Revision| last.snapshot.day.date().since(revision.snapshot.day.date()) as f64;
    let mut told = vec![
        Message::new("revisions-read")
            .integer("revisions", history.len() as i64)
            .text("from", first.snapshot.day.text())
            .text("to", last.snapshot.day.text())
            .integer("lines", last.snapshot.entries.len() as i64),
    ];
    // The revisions of the last three months, and how many months lie between the one before them and the last.
    let start = history.iter().position(|r| days(r) <= JUDGED).unwrap_or(0).max(1);
    let months = days(&history[start - 1]) / MONTH;
    let sum = moved(history, start..history.len());
    let per_month = |share: Option<f64>| share.map(|s| s / months.max(1.0));
    let lines = per_month(sum.share_of_lines()).unwrap_or(0.0);
    let id = match () {
        () if days(first) < SHORTEST => "revisions-too-short",
        () if lines > request.still => "revisions-moving",
        () => "revisions-still",
    };
    let mut verdict = Message::new(id)
        .number("lines", lines, Unit::Fraction)
        .number("still", request.still, Unit::Fraction)
        .number("months", months, Unit::None);
    if let Some(value) = per_month(sum.share_of_value()) {
        verdict = verdict.number("value", value, Unit::Fraction);
        told.push(verdict.text("priced", "yes"));
        let scrapped = sum.scrapped().unwrap_or(0.0);
        told.push(Message::new("revisions-scrapped").number("scrapped", scrapped, Unit::Usd));
    } else {
        told.push(verdict.number("value", 0.0, Unit::Fraction).text("priced", "no"));
    }
    told
}

/// Revisions by month, the first of all left out.
fn months(history: &[Revision]) -> Result<Table, TableError> {
    let mut months: BTreeMap<String, std::ops::Range<usize>> = BTreeMap::new();
    for (at, revision) in history.iter().enumerate().skip(1) {
        months
            .entry(revision.snapshot.day.month())
            .and_modify(|range| range.end = at + 1)
            .or_insert(at..at + 1);
    }
    let all: Vec<Moved> = months.values().map(|range| moved(history, range.clone())).collect();
    let since = |range: &std::ops::Range<usize>| {
        let day = |at: usize| history[at].snapshot.day.date();
        day(range.end - 1).since(day(range.start - 1)) as f64
    };
    Table::builder("months", Message::new("table-revisions-months"), months.keys().cloned())
        .text("month", months.keys().cloned())
        .integer("revisions", Unit::None, months.values().map(|r| r.len() as i64))
        .unexplained()
        .number("since", Unit::Day, months.values().map(since))
        .unexplained()
        .number("lines_changed", Unit::Fraction, all.iter().map(Moved::share_of_lines))
        .unexplained()
        .number("value_changed", Unit::Fraction, all.iter().map(Moved::share_of_value))
        .unexplained()
        .number("scrapped", Unit::Usd, all.iter().map(Moved::scrapped))
        .unexplained()
        .note(Message::new("note-revisions-months"))
        .build()
}

/// Parts that change again and again.
fn churning(history: &[Revision]) -> Result<Option<Table>, TableError> {
    struct Part<'h> {
        called: &'h str,
        times: i64,
        last: String,
        scrapped: Option<f64>,
    }
    let mut parts: BTreeMap<&str, Part<'_>> = BTreeMap::new();
    for revision in history {
        for change in &revision.changes {
            let new = || Part { called: "", times: 0, last: String::new(), scrapped: None };
            let part = parts.entry(&change.key).or_insert_with(new);
            part.called = &change.called;
            part.times += 1;
            part.last = revision.snapshot.day.text();
            part.scrapped = change.scrapped.map_or(part.scrapped, |s| Some(part.scrapped.unwrap_or(0.0) + s));
        }
    }
    let mut all: Vec<(&str, Part<'_>)> = parts.into_iter().filter(|(_, part)| part.times > 1).collect();
    let worth = |part: &Part<'_>| part.scrapped.unwrap_or(0.0);
    all.sort_by(|a, b| {
        b.1.times.cmp(&a.1.times).then(worth(&b.1).total_cmp(&worth(&a.1))).then(a.0.cmp(b.0))
    });
    all.truncate(CHURNING);
    if all.is_empty() {
        return Ok(None);
    }
    Table::builder("churning", Message::new("table-revisions-churning"), all.iter().map(|a| a.0))
        .text("part", all.iter().map(|a| a.1.called.to_owned()))
        .header(Message::new("col-bom-part"))
        .integer("times", Unit::None, all.iter().map(|a| a.1.times))
        .unexplained()
        .text("last", all.iter().map(|a| a.1.last.clone()))
        .number("scrapped", Unit::Usd, all.iter().map(|a| a.1.scrapped))
        .unexplained()
        .build()
        .map(Some)
}

/// Every revision, and what it changed.
fn each(history: &[Revision]) -> Result<Table, TableError> {
    let count = |kind: Kind| {
        let of = move |r: &Revision| r.changes.iter().filter(|c| c.kind == kind).count() as i64;
        history.iter().map(of)
    };
    let all: Vec<Option<Moved>> =
        (0..history.len()).map(|at| (at > 0).then(|| moved(history, at..at + 1))).collect();
    let value = |r: &Revision| {
        let told: Vec<f64> = r.snapshot.entries.values().filter_map(|e| e.value()).collect();
        (!told.is_empty()).then(|| told.iter().sum::<f64>())
    };
    Table::builder(
        "revisions",
        Message::new("table-revisions-each"),
        history.iter().map(|r| r.snapshot.day.text()),
    )
    .text("day", history.iter().map(|r| r.snapshot.day.text()))
    .text("file", history.iter().map(|r| r.snapshot.file.clone()))
    .integer("lines", Unit::None, history.iter().map(|r| r.snapshot.entries.len() as i64))
    .unexplained()
    .integer("added", Unit::None, count(Kind::Added))
    .unexplained()
    .integer("removed", Unit::None, count(Kind::Removed))
    .unexplained()
    .integer("counted", Unit::None, count(Kind::Counted))
    .unexplained()
    .integer("said", Unit::None, count(Kind::Said))
    .unexplained()
    .number("value", Unit::Usd, history.iter().map(value))
    .unexplained()
    .number("scrapped", Unit::Usd, all.iter().map(|m| m.and_then(|m| m.scrapped())))
    .unexplained()
    .note(Message::new("note-revisions-each"))
    .build()
}
