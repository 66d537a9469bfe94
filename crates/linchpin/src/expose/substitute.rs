//! What could stand in for the items that a loss reaches, what the robot loses by it, and how long it takes to qualify.
//!
//! Nothing is swapped in any stop share: these are the ways out, as far as the atlas knows them.

use crate::atlas::FigureId;
use crate::book::{Draft, RangeNames};
use crate::model::{Model, Quantity, View};
use crate::network::baseline::market_of;
use crate::stop::{Chain, Loss, Selector};
use linchpin_table::{Message, Unit};
use std::collections::{BTreeMap, BTreeSet};

/// Measures of what a substitute changes, as a share of what it replaces, each with the names of its range.
const PENALTIES: [RangeNames; 5] = [
    ["torque", "torque_low", "torque_high"],
    ["mass", "mass_low", "mass_high"],
    ["energy", "energy_low", "energy_high"],
    ["temperature", "temperature_low", "temperature_high"],
    ["cost", "cost_low", "cost_high"],
];
const TIME: RangeNames = ["qualification", "qualification_low", "qualification_high"];

/// Markets that a loss hits, and all that hang on them.
fn reached<'c>(chain: &'c Chain, loss: &Loss) -> BTreeSet<&'c str> {
    let mut reached = BTreeSet::new();
    for &(k, _) in &loss.hit {
        let mut next = Some(k);
        while let Some(link) = next.map(|k| &chain.links[k]) {
            reached.insert(link.id.as_str());
            next = link.next;
        }
    }
    reached
}

/// Substitutes of needed items whose market a loss reaches, by replaced item and substitute; `None` if there are none.
pub(crate) fn table<'m, 'a>(
    model: &'m Model<'a>,
    chain: &Chain,
    selector: &Selector,
    loss: &Loss,
) -> Option<Draft<'m, 'a>> {
    let sheet = model.atlas.sheet("substitutions");
    let reached = reached(chain, loss);
    let need = &model.flow(View::Gross).need;
    let is_needed = |item: &str| model.network.item(item).is_some_and(|n| need[n as usize] != 0.0);
    // Figures by measure, of each replaced item and its substitute.
    let mut found: BTreeMap<(&str, &str), BTreeMap<&str, FigureId>> = BTreeMap::new();
    for row in &sheet.rows {
        let (item, replaced) = (sheet.text(row, "item"), sheet.text(row, "replaces"));
        if !is_needed(replaced) || !reached.contains(market_of(model.atlas, replaced)) {
            continue;
        }
        let figures = found.entry((replaced, item)).or_default();
        figures.extend(row.figure.map(|f| (sheet.text(row, "measure"), f)));
    }
    if found.is_empty() {
        return None;
    }
    let items: Vec<&str> = found.keys().map(|(_, item)| *item).collect();
    let spared: Vec<_> =
        items.iter().map(|i| selector.spared(model.atlas, market_of(model.atlas, i))).collect();
    let sold = |(item, (left, all)): (&&str, &(usize, usize))| match (left, all) {
        _ if reached.contains(market_of(model.atlas, item)) => "substitute-reached",
        (_, 0) => "substitute-unmade",
        (0, _) => "substitute-stopped",
        _ => "substitute-apart",
    };
    let of = |measure: &str| -> Vec<Option<Quantity>> {
        found.values().map(|s| s.get(measure).map(|f| Quantity::cell(*f))).collect()
    };
    let mut draft = Draft::new(model, "substitute", found.keys().map(|(r, i)| format!("{r}:{i}")).collect())
        .names("replaces", found.keys().map(|(replaced, _)| (*replaced).to_owned()).collect())
        .names("item", items.iter().map(|i| (*i).to_owned()).collect())
        .words("sold", items.iter().zip(&spared).map(|x| Some(sold(x).to_owned())).collect())
        .text("makers_spared", spared.iter().map(|(left, all)| Some(format!("{left}/{all}"))).collect());
    for names in PENALTIES {
        let told = of(names[0]);
        if told.iter().any(Option::is_some) {
            draft = draft.range(names, Unit::Fraction, told);
        }
    }
    Some(draft.range(TIME, Unit::Day, of(TIME[0])).note(Message::new("note-substitute")))
}
