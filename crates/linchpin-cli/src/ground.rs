//! The atlas and the scenario that an answer stands on.

use crate::args::Ground;
use crate::fault::Fault;
use linchpin::atlas::{Atlas, Change, Files, Overlay, Problems, Values, bounds, files};
use linchpin::swap::{Swap, SwapFault, Swaps, swap};
use linchpin_table::Message;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use std::collections::BTreeSet;
use std::path::Path;

/// The atlas of a folder, or the one inside the program.
pub(crate) fn atlas(folder: Option<&Path>) -> Result<Atlas, Fault> {
    match folder {
        Some(folder) => Atlas::from_folder(folder, Some(&shipped())),
        None => Atlas::read(&shipped()),
    }
    .map_err(Fault::Problems)
}

/// The same with alternates in the place of what is used, and what that changes.
pub(crate) fn swapped(folder: Option<&Path>, typed: &[Swap]) -> Result<(Atlas, Swaps), Fault> {
    let found = atlas(folder)?;
    if typed.is_empty() {
        return Ok((found, Swaps::default()));
    }
    let swaps =
        swap(&found, typed).map_err(|faults| Fault::Messages(faults.into_iter().map(unswapped).collect()))?;
    let mut problems = Problems::new();
    let own = folder.and_then(|folder| files::from_folder(folder, &mut problems));
    let files = swaps.over(own.as_ref(), &shipped());
    let after = if own.is_some() { Atlas::read_over(&files, &shipped()) } else { Atlas::read(&files) };
    after.map(|after| (after, swaps)).map_err(Fault::Problems)
}

fn unswapped(fault: SwapFault) -> Message {
    match fault {
        SwapFault::Item { typed, nearest } => {
            Message::new("error-swap-item").text("typed", typed).text("nearest", nearest.join(", "))
        }
        SwapFault::Nowhere { from, to, alternates } => Message::new("error-swap-nowhere")
            .text("from", from)
            .text("to", to)
            .text("alternates", alternates.join(", ")),
    }
}

/// `FROM=TO`, each an item or a market by id or name.
pub(crate) fn swaps(typed: &[String]) -> Result<Vec<Swap>, Fault> {
    let parse = |text: &String| {
        let parts = text.split_once('=').map(|(from, to)| (from.trim(), to.trim()));
        let sound = parts.filter(|(from, to)| !from.is_empty() && !to.is_empty() && from != to);
        let swap = |(from, to): (&str, &str)| Swap { from: from.to_owned(), to: to.to_owned() };
        sound.map(swap).ok_or_else(|| Fault::message(Message::new("error-swap").text("value", text.as_str())))
    };
    typed.iter().map(parse).collect()
}

/// The files inside the program.
pub(crate) fn shipped() -> Files {
    linchpin_atlas::files().iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())).collect()
}

/// A scenario file: `{"changes": {"address": {"set": 1.0}, …}}`, values in the units of the tables.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Scenario {
    changes: Changes,
}

/// Changes in the order of the file, so that an address that stands twice is seen.
struct Changes(Vec<(String, Change)>);

impl<'de> Deserialize<'de> for Changes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Changes, D::Error> {
        struct Entries;
        impl<'de> Visitor<'de> for Entries {
            type Value = Changes;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("changes by address")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Changes, A::Error> {
                let mut changes = vec![];
                while let Some(entry) = map.next_entry()? {
                    changes.push(entry);
                }
                Ok(Changes(changes))
            }
        }
        deserializer.deserialize_map(Entries)
    }
}

/// The values of all figures under the changes asked for by file and by `--set`; the latter win.
pub(crate) fn values(ground: &Ground, atlas: &Atlas) -> Result<Values, Fault> {
    let overlay = overlay(ground, atlas)?;
    let values = atlas.values(&overlay).map_err(|e| unknown(atlas, &e.0))?;
    match bounds::violations(atlas, &values) {
        violations if violations.is_empty() => Ok(values),
        violations => Err(Fault::Messages(violations)),
    }
}

fn overlay(ground: &Ground, atlas: &Atlas) -> Result<Overlay, Fault> {
    let mut typed = Overlay::new();
    if let Some(path) = &ground.scenario {
        let file = path.display().to_string();
        typed.extend(once(from_file(path, &file)?, &file)?);
    }
    let changes = ground.set.iter().map(|text| {
        parse_set(text).ok_or_else(|| Fault::message(Message::new("error-set").text("value", text.as_str())))
    });
    typed.extend(once(changes.collect::<Result<_, _>>()?, "--set")?);
    let mut overlay = Overlay::new();
    for (address, change) in typed {
        let id = atlas.figures.find(&address).ok_or_else(|| unknown(atlas, &address))?;
        if is_unread(atlas, &address) {
            return Err(Fault::message(Message::new("error-unread").text("address", address)));
        }
        let factor = atlas.figures.get(id).factor;
        let change = match change {
            Change::Set(v) => Change::Set(v * factor),
            Change::Add(v) => Change::Add(v * factor),
            Change::Multiply(k) => Change::Multiply(k),
        };
        overlay.insert(address, change);
    }
    Ok(overlay)
}

/// An address that names no figure.
pub(crate) fn unknown(atlas: &Atlas, address: &str) -> Fault {
    let nearest = atlas.figures.nearest(address);
    Fault::message(Message::new("error-figure").text("address", address).text("nearest", nearest))
}

fn from_file(path: &Path, file: &str) -> Result<Vec<(String, Change)>, Fault> {
    let text = std::fs::read_to_string(path).map_err(|e| {
        Fault::message(Message::new("error-read").text("file", file).text("reason", e.to_string()))
    })?;
    let scenario: Scenario = serde_json::from_str(&text).map_err(|e| {
        let id = if e.is_data() { "error-scenario" } else { "error-scenario-json" };
        let (line, column) = (e.line() as i64, e.column() as i64);
        Fault::message(Message::new(id).text("file", file).integer("line", line).integer("column", column))
    })?;
    Ok(scenario.changes.0)
}

/// Changes of which no two are of one figure.
fn once(changes: Vec<(String, Change)>, place: &str) -> Result<Vec<(String, Change)>, Fault> {
    let mut seen = BTreeSet::new();
    match changes.iter().find(|(address, _)| !seen.insert(address.as_str())) {
        Some((address, _)) => Err(Fault::message(
            Message::new("error-set-twice").text("address", address.as_str()).text("place", place),
        )),
        None => Ok(changes),
    }
}

/// Whether no answer computes with the figure, so that a change would do nothing.
fn is_unread(atlas: &Atlas, address: &str) -> bool {
    let (table, key) = address.split_once('/').unwrap_or((address, ""));
    let measure = |table: &str| {
        let sheet = atlas.sheet(table);
        sheet.find(key).map_or("", |row| sheet.text(row, "measure"))
    };
    match table {
        "claims" | "precedents" | "recycling" | "control_figures" | "project_figures" => true,
        "times" => !matches!(measure(table), "qualification" | "cover" | "recovery"),
        "product_figures" => measure(table) == "volume",
        "site_figures" => matches!(measure(table), "lead_time" | "stock_cover"),
        _ => false,
    }
}

/// `address=3`, `address*=1.2` or `address+=3`.
fn parse_set(text: &str) -> Option<(String, Change)> {
    let (left, value) = text.split_once('=')?;
    let value: f64 = value.trim().parse().ok().filter(|v: &f64| v.is_finite())?;
    let (address, change) = match (left.strip_suffix('*'), left.strip_suffix('+')) {
        (Some(address), _) => (address, Change::Multiply(value)),
        (_, Some(address)) => (address, Change::Add(value)),
        _ => (left, Change::Set(value)),
    };
    Some((address.trim().to_owned(), change))
}
