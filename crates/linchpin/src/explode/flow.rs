//! From ore to robot line by line: what each thing puts into the next for one robot, losses on the way included.
//!
//! A line of the network carries need of its parent × coefficient, in units of its child; times the mass of one unit it is
//! a mass, times its price a value. A run of a joint recipe gives all its outputs in the deposit's proportion, needed or not.

use super::bom::unit_mass;
use super::stage_rank;
use crate::atlas::Expr;
use crate::book::Draft;
use crate::model::{Model, Quantity, View};
use linchpin_table::{Message, Unit};
use std::collections::BTreeMap;

/// What is put in, where it goes, and the need that it carries, as terms of a measure.
struct Step {
    from: u32,
    to: u32,
    needs: Vec<(u32, Expr)>,
}

impl Step {
    /// The need that it carries, each unit of it weighed.
    fn carried(&self, weight: &Expr) -> Quantity {
        let terms = self.needs.iter().map(|(n, e)| (*n, e.clone().mul(weight.clone()))).collect();
        Quantity::measure(View::Gross, terms)
    }
}

/// What carries something, by the names of both ends: the lines of the network, and what the runs of joint recipes give.
/// Lines between the same two things are one.
fn steps(model: &Model<'_>) -> BTreeMap<String, Step> {
    let flow = model.flow(View::Gross);
    let mut steps: BTreeMap<String, Step> = BTreeMap::new();
    let mut add = |from: u32, to: u32, need: (u32, Expr)| {
        let key = format!("{}:{}", model.network.name(from), model.network.name(to));
        steps.entry(key).or_insert_with(|| Step { from, to, needs: vec![] }).needs.push(need);
    };
    for (l, line) in model.network.lines.iter().enumerate() {
        if flow.need[line.parent as usize] * model.coefficient(View::Gross, l) != 0.0 {
            let coefficient = line.coefficient(View::Gross.losses()).clone();
            add(line.child, line.parent, (line.parent, coefficient));
        }
    }
    for group in flow.joint.keys().map(|g| &model.network.groups[*g as usize]) {
        for (recipe, node) in group.recipes.iter().filter(|(_, n)| flow.need[*n as usize] != 0.0) {
            let given = &model.network.recipes[*recipe as usize].outputs;
            for output in given.iter().filter(|o| flow.need[o.item as usize] != 0.0) {
                add(*node, output.item, (*node, output.quantity.clone()));
            }
        }
    }
    steps
}

/// Every line from the ground to the robot with its mass and, where the thing has a price, its value.
pub(crate) fn table<'m, 'a>(model: &'m Model<'a>) -> Draft<'m, 'a> {
    let steps = steps(model);
    let is_run = |node: u32| model.network.items.len() <= node as usize;
    // What leaves a run is what it gives.
    let thing = |step: &Step| if is_run(step.from) { step.to } else { step.from };
    let mut masses = BTreeMap::new();
    let mass = |s: &Step| Some(s.carried(&unit_mass(model, thing(s), &mut masses)?));
    let price = |node: u32| {
        let id = model.atlas.figures.find(&format!("prices/{}", model.network.name(node)))?;
        model.values.get(id).map(|_| Expr::Figure(id))
    };
    let value = |s: &Step| Some(s.carried(&price(thing(s))?));
    let stage = |node: u32| match is_run(node) {
        true => "refining",
        false => super::STAGES.get(stage_rank(model, node)).copied().unwrap_or("assembly"),
    };
    let names = |end: fn(&Step) -> u32| {
        steps.values().map(|s| model.network.name(end(s)).to_owned()).collect::<Vec<_>>()
    };
    let stages = |end: fn(&Step) -> u32| {
        steps.values().map(|s| Some(format!("stage-{}", stage(end(s))))).collect::<Vec<_>>()
    };
    Draft::new(model, "flow", steps.keys().cloned().collect())
        .names("from", names(|s| s.from))
        .words("from_stage", stages(|s| s.from))
        .names("to", names(|s| s.to))
        .words("to_stage", stages(|s| s.to))
        .number("mass", Unit::Kg, steps.values().map(mass).collect())
        .number("value", Unit::Usd, steps.values().map(value).collect())
        .note(Message::new("note-flow"))
}
