//! The atlas and the scenario that an answer stands on.

use crate::args::Ground;
use crate::fault::{Fault, internal};
use linchpin::atlas::{Atlas, Change, Files, Overlay};
use linchpin::network::{self, Topology};
use linchpin_table::Message;
use std::path::Path;

/// The atlas of a folder, or the one inside the program.
pub(crate) fn atlas(folder: Option<&Path>) -> Result<Atlas, Fault> {
    match folder {
        Some(folder) => Atlas::from_folder(folder),
        None => Atlas::read(&shipped()),
    }
    .map_err(Fault::Problems)
}

/// The files inside the program.
pub(crate) fn shipped() -> Files {
    linchpin_atlas::files().iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())).collect()
}

/// The network of a checked atlas.
pub(crate) fn topology(atlas: &Atlas) -> Result<Topology, Fault> {
    network::from_atlas(atlas).map_err(|faults| match faults.into_iter().next() {
        Some(first) => internal(&first),
        None => Fault::Message(Message::new("error-internal").text("reason", "network")),
    })
}

/// A scenario file: `{"changes": {"address": {"set": 1.0}, …}}`, values in the units of the tables.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Scenario {
    changes: Overlay,
}

/// The changes asked for by file and by `--set`; the latter win.
pub(crate) fn overlay(ground: &Ground, atlas: &Atlas) -> Result<Overlay, Fault> {
    let mut typed = Overlay::new();
    if let Some(path) = &ground.scenario {
        let fault = |reason: String| {
            let file = path.display().to_string();
            Fault::Message(Message::new("error-scenario").text("file", file).text("reason", reason))
        };
        let text = std::fs::read_to_string(path).map_err(|e| fault(e.to_string()))?;
        let scenario: Scenario = serde_json::from_str(&text).map_err(|e| fault(e.to_string()))?;
        typed = scenario.changes;
    }
    for text in &ground.set {
        let (address, change) = parse_set(text)
            .ok_or_else(|| Fault::Message(Message::new("error-set").text("value", text.as_str())))?;
        typed.insert(address, change);
    }
    let mut overlay = Overlay::new();
    for (address, change) in typed {
        let Some(id) = atlas.figures.find(&address) else {
            return Err(Fault::Message(Message::new("error-figure").text("address", address)));
        };
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
