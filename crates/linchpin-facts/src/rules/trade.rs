//! Published trade becomes shares of imports by origin and the net import reliance.

use super::{Work, filled, note, origin};
use crate::fault::What;
use crate::lines::Record;

const FILE: &str = "trade.csv";
/// Its reliances are of the year before publication, its shares of the four years before that.
const USGS: &str = "USGS_MCS2026_TRADE";
const USGS_RELIANCE_YEAR: &str = "2025";
const ROUTINE: &str = "net import reliance is the 2025 estimate as a fraction of apparent consumption";

/// Applies one rule.
pub(super) fn apply(rule: Record<'_>, work: &mut Work<'_>) {
    if !filled(rule, &["commodity", "material", "form"], &mut work.faults) {
        return;
    }
    let commodity = rule.get("commodity");
    if work.name(rule, "commodities", commodity, "id").is_none() {
        return;
    }
    let Some(sheet) = work.facts.file(FILE) else {
        work.fault(rule, "material", What::Missing);
        return;
    };
    let wanted = [("material", rule.get("material")), ("form", rule.get("form"))];
    let facts = match super::reading::find(sheet, &wanted, rule, "form") {
        Ok(facts) => facts,
        Err(fault) => return work.faults.push(fault),
    };
    for fact in facts {
        let countries = ["importer", "origin"].map(|c| fact.get(c));
        let known = countries.map(|c| work.name(rule, "countries", c, "code").is_some());
        if known != [true, true] || !filled(fact, &["year_to"], &mut work.faults) {
            continue;
        }
        if share(fact, commodity, rule, work) && reliance(fact, commodity, rule, work) {
            work.used.mark(FILE, fact);
        }
    }
}

/// The share of one origin. Whether it could be read.
fn share(fact: Record<'_>, commodity: &str, rule: Record<'_>, work: &mut Work<'_>) -> bool {
    let text = fact.get("share");
    if !text.is_empty() && text.parse::<f64>().is_err() {
        work.fault(fact, "share", What::Number);
        return false;
    }
    let Some((standing, word)) = standing(fact, work) else { return false };
    let at_least = fact.get("note").starts_with("lower bound");
    let (value, low, high) = if at_least { ("", text, "1") } else { (text, "", "") };
    let (from, to) = (fact.get("year_from"), fact.get("year_to"));
    let years =
        if from.is_empty() || from == to { String::new() } else { format!("{from} to {to} together") };
    let [of_shares, _] = remarks(fact);
    let note = note([years.as_str(), word, &of_shares]);
    let cells = [
        ("importer", fact.get("importer")),
        ("commodity", commodity),
        ("origin", fact.get("origin")),
        ("period", to),
        ("value", value),
        ("low", low),
        ("high", high),
        ("unit", "fraction"),
        ("year", to),
        ("source", fact.get("source")),
        ("standing", standing),
        ("note", &note),
    ];
    work.emit("imports", &cells, &origin(rule));
    true
}

/// The net import reliance that stands beside every share of a commodity. Whether it could be read.
fn reliance(fact: Record<'_>, commodity: &str, rule: Record<'_>, work: &mut Work<'_>) -> bool {
    let text = fact.get("net_import_reliance");
    let number = |t: &str| t.parse::<f64>().is_ok_and(f64::is_finite);
    let (value, low, high, about) = match text {
        "" => return true,
        "net exporter" => ("", "", "0", "net exporter: no figure is printed"),
        _ => match (text.strip_prefix('>'), text.strip_prefix('<')) {
            (Some(t), _) if number(t) => ("", t, "1", ""),
            (_, Some(t)) if number(t) => ("", "", t, ""),
            _ if number(text) => (text, "", "", ""),
            _ => {
                work.fault(fact, "net_import_reliance", What::Number);
                return false;
            }
        },
    };
    let usgs = fact.get("importer") == "USA" && fact.get("source") == USGS;
    let period = if usgs { USGS_RELIANCE_YEAR } else { fact.get("year_to") };
    let Some((standing, word)) = standing(fact, work) else { return false };
    let standing = if usgs { "estimated" } else { standing };
    let estimate = if usgs && about.is_empty() { "estimate of the year" } else { "" };
    let [_, of_reliance] = remarks(fact);
    let note = note([about, word, estimate, "belongs to the whole commodity", &of_reliance]);
    let cells = [
        ("importer", fact.get("importer")),
        ("commodity", commodity),
        ("period", period),
        ("value", value),
        ("low", low),
        ("high", high),
        ("unit", "fraction"),
        ("year", period),
        ("source", fact.get("source")),
        ("standing", standing),
        ("note", &note),
    ];
    work.emit("reliances", &cells, &origin(rule));
    true
}

fn standing(fact: Record<'_>, work: &mut Work<'_>) -> Option<(&'static str, &'static str)> {
    match fact.get("standing") {
        "reported" => Some(("reported", "")),
        "estimated" => Some(("estimated", "")),
        "derived" => Some(("estimated", "derived")),
        _ => {
            work.fault(fact, "standing", What::Word("reported, estimated, derived".to_owned()));
            None
        }
    }
}

/// The remark of a fact: what it says of the shares, and what of the reliance, which follows a routine sentence.
fn remarks(fact: Record<'_>) -> [String; 2] {
    let text = fact.get("note");
    let Some((_, rest)) = text.split_once(ROUTINE) else { return [text.to_owned(), String::new()] };
    let of_shares = |part: &&str| part.contains("in the copy read");
    let parts = || rest.split(';').map(str::trim);
    [note(parts().filter(|p| of_shares(p))), note(parts().filter(|p| !of_shares(p)))]
}
