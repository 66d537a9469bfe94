//! The rows together make a network.

use super::row_problem;
use crate::atlas::Atlas;
use crate::atlas::problems::{Problems, of_file};
use crate::atlas::values::{Overlay, Values};
use crate::network::{self, Losses, NetworkError, Role, Sweep, Topology, TopologyError};
use linchpin_table::Message;
use std::collections::BTreeMap;

/// How far a tracked element may be out of balance in a recipe, before losses.
const BALANCE_TOLERANCE: f64 = 1e-2;

/// The rows make a network: every recipe has an output that drives it, every cycle gives more than it takes, and
/// tracked elements balance at every recipe. Returns the network, if there is one.
pub(in crate::atlas) fn network(atlas: &Atlas, problems: &mut Problems) -> Option<Topology> {
    let topology = match network::from_atlas(atlas) {
        Ok(topology) => topology,
        Err(faults) => {
            problems.extend(faults.into_iter().map(|f| topology_problem(atlas, f)));
            return None;
        }
    };
    let Ok(values) = atlas.values(&Overlay::new()) else { return Some(topology) };
    balance(atlas, &topology, &values, problems);
    for losses in [Losses::Net, Losses::Gross] {
        let ones = vec![1.0; topology.nodes];
        let outcome =
            Sweep::new(&topology, &values, losses, &|_| false, &|_| true).and_then(|s| s.down(&ones, 1));
        if let Err(e) = outcome {
            problems.push(network_problem(atlas, &e));
            break;
        }
    }
    Some(topology)
}

fn topology_problem(atlas: &Atlas, fault: TopologyError) -> linchpin_table::Problem {
    let (table, key, what) = match &fault {
        TopologyError::UnknownItem { recipe, item } => (
            "recipes",
            recipe,
            Message::new("fault-dangling").text("table", "items").text("nearest", item.as_str()),
        ),
        TopologyError::Outputs(recipe) => ("recipes", recipe, Message::new("fault-outputs")),
        TopologyError::NoShares(item) => ("items", item, Message::new("fault-no-shares")),
    };
    row_problem(atlas, table, key, what)
}

fn network_problem(atlas: &Atlas, error: &NetworkError) -> linchpin_table::Problem {
    let (name, what) = match error {
        NetworkError::CycleWithoutRecovery(item) | NetworkError::NotConverged(item) => {
            (item, Message::new("fault-cycle"))
        }
        NetworkError::CycleTooLarge(item, _) => (item, Message::new("fault-cycle-size")),
        NetworkError::Joint { group, .. } => (group, Message::new("fault-joint")),
        NetworkError::Explosion(e) => {
            return of_file("items.csv", Message::new("fault-network").text("reason", e.to_string()));
        }
    };
    row_problem(atlas, "items", name, what.text("reason", error.to_string()))
}

/// One side of a recipe that is out of balance in one element.
fn balance(atlas: &Atlas, topology: &Topology, values: &Values, problems: &mut Problems) {
    let content = contents(atlas, values);
    for recipe in &topology.recipes {
        // Alternates are checked one at a time in the place of the item used.
        let used: Vec<_> = recipe.inputs.iter().filter(|i| i.used).collect();
        if used.is_empty() || used.iter().any(|i| !content.contains_key(topology.name(i.item))) {
            continue;
        }
        let mut sides: BTreeMap<&str, (f64, f64)> = BTreeMap::new();
        for input in &used {
            for (element, c) in &content[topology.name(input.item)] {
                sides.entry(element).or_default().0 += c * input.quantity.value(&values.value);
            }
            // An element whose content is unknown on one side makes that side unknown: NaN is never out of balance.
        }
        let known: Vec<_> =
            recipe.outputs.iter().filter_map(|o| Some((o, content.get(topology.name(o.item))?))).collect();
        // A by-product may be listed without its content; a main or joint output without one cannot be checked.
        if recipe
            .outputs
            .iter()
            .any(|o| o.role != Role::Byproduct && !content.contains_key(topology.name(o.item)))
        {
            continue;
        }
        for (output, has) in known {
            for (element, c) in has {
                sides.entry(element).or_default().1 += c * output.quantity.value(&values.value);
            }
        }
        for (element, (input, output)) in sides {
            if (input - output).abs() > BALANCE_TOLERANCE * input.max(output) && (input - output).abs() > 1e-9
            {
                let what = Message::new("fault-balance")
                    .text("element", element.to_owned())
                    .text("input", format!("{input:.6}"))
                    .text("output", format!("{output:.6}"));
                problems.push(row_problem(atlas, "recipes", &recipe.id, what));
            }
        }
    }
}

/// Element content of one unit of each item that has one, by item and element; NaN where it is unknown.
fn contents<'a>(atlas: &'a Atlas, values: &Values) -> BTreeMap<&'a str, BTreeMap<&'a str, f64>> {
    let sheet = atlas.sheet("contents");
    let mut out: BTreeMap<&str, BTreeMap<&str, f64>> = BTreeMap::new();
    for row in &sheet.rows {
        let Some(id) = row.figure else { continue };
        let value = values.get(id).unwrap_or(f64::NAN);
        out.entry(sheet.text(row, "item")).or_default().insert(sheet.text(row, "element"), value);
    }
    out
}
