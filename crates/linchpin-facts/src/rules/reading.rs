//! A row of `production.csv` or `stage_shares.csv` as a figure.

use crate::fault::{Fault, What};
use crate::lines::{Record, Sheet};
use std::collections::BTreeSet;

/// A figure as the facts have it. Blank cells are unknown.
#[derive(Debug, Clone, Default)]
pub(super) struct Reading {
    pub(super) value: String,
    pub(super) low: String,
    pub(super) high: String,
    pub(super) source: String,
    pub(super) standing: &'static str,
    /// The word of the facts, where the standing does not say it.
    pub(super) word: &'static str,
    /// What the figure counts and what else is said of it.
    pub(super) about: String,
}

impl Reading {
    /// Reads a fact by one of its two columns of numbers.
    pub(super) fn of(fact: Record<'_>, share: bool, rule: Record<'_>) -> Result<Reading, Fault> {
        let (column, what) = if share { ("share", "share") } else { ("quantity_t_per_y", "quantity") };
        let (standing, word) = match fact.get("status") {
            "reported" => ("reported", ""),
            "estimated" => ("estimated", ""),
            "derived" => ("estimated", "derived"),
            "lower bound" => ("estimated", "lower bound"),
            "upper bound" => ("estimated", "upper bound"),
            "projection" => ("estimated", "projection"),
            "withheld" => ("estimated", "withheld"),
            other => {
                return Err(rule.fault("material", What::Status(fact.line.number, other.to_owned())));
            }
        };
        let value = fact.get(column).to_owned();
        if value.is_empty() && word != "withheld" {
            return Err(rule.fault("measure", What::NoQuantity(fact.line.number, what)));
        }
        if !value.is_empty() && !value.parse::<f64>().is_ok_and(f64::is_finite) {
            return Err(fact.fault(column, What::Number));
        }
        let end = |of: &str| if word == of { value.clone() } else { String::new() };
        let remark = remark(fact.get("note"), share);
        Ok(Reading {
            low: end("lower bound"),
            high: end("upper bound"),
            source: fact.get("source").to_owned(),
            standing,
            word,
            about: super::note([fact.get("basis"), word, &remark]),
            value,
        })
    }

    /// The number; none if it is not known.
    pub(super) fn number(&self) -> Option<f64> {
        self.value.parse().ok()
    }

    /// Sets a second reading of the same thing beside this one: the two are the ends.
    pub(super) fn beside(&mut self, other: &Reading) {
        let (Some(a), Some(b)) = (self.number(), other.number()) else { return };
        if a != b {
            let (low, high) = if a < b { (&self.value, &other.value) } else { (&other.value, &self.value) };
            (self.low, self.high) = (low.clone(), high.clone());
        }
        if !self.source.split(';').any(|s| s.trim() == other.source) {
            self.source = format!("{};{}", self.source, other.source);
        }
    }
}

/// The remark of a fact without what only tells how its share was divided out, if it is not the share that is used.
fn remark(note: &str, share: bool) -> String {
    if share {
        return note.to_owned();
    }
    const ROUTINE: [&str; 5] =
        ["IEA value in kt x 1000", "OTH = rest of world", "world total", "rounded world total", "IEA total"];
    let part = |p: &str| p.split("share derived").next().map(|p| p.trim().to_owned()).unwrap_or_default();
    let parts: Vec<String> = note.split(';').map(part).collect();
    super::note(
        parts.iter().map(String::as_str).filter(|p| !ROUTINE.contains(p) && !p.starts_with("withheld")),
    )
}

/// What a rule looks for among the facts: column and exact text; a blank text fits all.
pub(super) type Wanted<'a> = [(&'static str, &'a str)];

/// The facts that fit; a fault that says what there is if none does.
pub(super) fn find<'a>(
    sheet: &'a Sheet,
    wanted: &Wanted<'_>,
    rule: Record<'_>,
    column: &str,
) -> Result<Vec<Record<'a>>, Fault> {
    let fits =
        |r: &Record<'_>, n: usize| wanted[..n].iter().all(|(c, text)| text.is_empty() || r.get(c) == *text);
    let found: Vec<Record<'a>> = sheet.records().filter(|r| fits(r, wanted.len())).collect();
    if !found.is_empty() {
        return Ok(found);
    }
    // The longest run of conditions that still has rows, and what these have in the next column.
    let held = (0..wanted.len()).rev().find(|&n| sheet.records().any(|r| fits(&r, n))).unwrap_or(0);
    let (next, text) = wanted.get(held).copied().unwrap_or(("", ""));
    let there: BTreeSet<&str> = sheet.records().filter(|r| fits(r, held)).map(|r| r.get(next)).collect();
    let with = wanted[..held].iter().map(|(c, t)| format!("{c} {t}")).collect::<Vec<_>>().join(", ");
    let there = there.into_iter().collect::<Vec<_>>().join(" | ");
    let asked = format!("{next} {text}{}{with}", if with.is_empty() { "" } else { " with " });
    Err(rule.fault(column, What::NoFacts(asked, there)))
}
