//! The ore behind each oxide, by three conventions that are often confused.
//!
//! - **joint**: the ore that must be mined so that every element is met at once, by the least-activity programme
//!   over all deposits; it cannot be split among elements.
//! - **by mass**: each kg of oxide that a deposit gives carries the same ore.
//! - **by value**: each dollar of oxide that a deposit gives carries the same ore; an oxide without a price in the
//!   atlas carries none.
//!
//! The two allocations take today's mines: deposit d supplies the share w_{d,e} of element e, from the published
//! output of the mines that work it (ISO 14044:2006, 4.3.4.2, names both allocations and their order). A deposit is a
//! joint recipe with an input of the stage `mining`; rock is what that takes of the stage `ground`.

use super::{need, unknown};
use crate::atlas::Expr;
use crate::book::Draft;
use crate::model::{Measure, Model, Quantity, View};
use crate::network::topology::Line;
use crate::network::{Baseline, Role};
use linchpin_table::{Message, Unit};
use std::collections::BTreeSet;
use std::rc::Rc;

/// How ore is put down to one element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Convention {
    /// By mass of the oxides.
    Mass,
    /// By value of the oxides.
    Value,
}

/// A deposit: a joint recipe that is fed with concentrate, with what a run takes and gives.
struct Deposit<'a> {
    recipe: u32,
    /// Concentrates and what a run takes of each.
    concentrates: Vec<(u32, &'a Expr)>,
    /// Oxides of one run.
    outputs: Vec<(u32, &'a Expr)>,
}

impl Deposit<'_> {
    /// Concentrate, or rock, for one run.
    fn per_run(&self, model: &Model<'_>, rock: bool) -> Expr {
        Expr::sum(self.concentrates.iter().map(|(c, each)| match rock {
            true => (*each).clone().mul(rock_per_unit(model, *c, &mut vec![])),
            false => (*each).clone(),
        }))
    }

    /// Runs a year that today's mines can feed; `None` if none publishes an output.
    fn runs(&self, model: &Model<'_>, baseline: &Baseline) -> Option<Expr> {
        // Which of several recipes works the concentrate of a mine is not known: each is given the same.
        let users = |concentrate: u32| {
            let takes = |d: &&Deposit<'_>| d.concentrates.iter().any(|(c, _)| *c == concentrate);
            deposits(model).iter().filter(takes).count()
        };
        let mined = |concentrate: u32| {
            let mined = baseline.pools.get(&concentrate)?.output()?;
            Some(match users(concentrate) {
                0 | 1 => mined,
                n => mined.div(Expr::Number(n as f64)),
            })
        };
        let mined: Vec<Expr> = self.concentrates.iter().filter_map(|(c, _)| mined(*c)).collect();
        let mined = Some(Expr::sum(mined)).filter(|m| m.value(&model.values.value) > 0.0)?;
        Some(mined.div(self.per_run(model, false)))
    }
}

/// The joint recipes with an input of the stage `mining`.
fn deposits<'a>(model: &Model<'a>) -> Vec<Deposit<'a>> {
    let network = model.network;
    let deposit = |(recipe, node): &(u32, u32)| {
        let mining = |l: &&Line| model.item_text(l.child, "stage") == Some("mining");
        let concentrates: Vec<_> =
            network.out_of(*node).map(|(_, l)| l).filter(mining).map(|l| (l.child, &l.gross)).collect();
        let outputs = &network.recipes[*recipe as usize].outputs;
        let joint = outputs.iter().filter(|o| o.role == Role::Joint).map(|o| (o.item, &o.quantity));
        (!concentrates.is_empty()).then(|| Deposit {
            recipe: *recipe,
            concentrates,
            outputs: joint.collect(),
        })
    };
    network.groups.iter().flat_map(|g| &g.recipes).filter_map(deposit).collect()
}

/// Concentrates of all deposits, each once.
fn concentrates(model: &Model<'_>) -> Vec<u32> {
    let all: BTreeSet<u32> = deposits(model).iter().flat_map(|d| &d.concentrates).map(|(c, _)| *c).collect();
    all.into_iter().collect()
}

/// Inputs of the stage `ground` for one unit of a concentrate, through further steps of mining if there are any.
fn rock_per_unit(model: &Model<'_>, concentrate: u32, above: &mut Vec<u32>) -> Expr {
    above.push(concentrate);
    let mut rock = vec![];
    for (_, line) in model.network.out_of(concentrate) {
        match model.item_text(line.child, "stage") {
            Some("ground") => rock.push(line.gross.clone()),
            Some("mining") if !above.contains(&line.child) => {
                rock.push(line.gross.clone().mul(rock_per_unit(model, line.child, above)));
            }
            _ => {}
        }
    }
    above.pop();
    Expr::sum(rock)
}

/// Runs a year of a joint recipe that today's mines can feed; `None` if it has no mine with an output.
pub(crate) fn runs(model: &Model<'_>, baseline: &Baseline, recipe: u32) -> Option<Expr> {
    deposits(model).iter().find(|d| d.recipe == recipe)?.runs(model, baseline)
}

/// Ore (or concentrate) put down to one unit of an oxide; `None` if no deposit with a mine gives it, or if it has no
/// price where one is needed.
fn ore_weight(
    model: &Model<'_>,
    baseline: &Baseline,
    oxide: u32,
    convention: Convention,
    rock: bool,
) -> Option<Expr> {
    let mut supply = vec![];
    let mut carried = vec![];
    for d in deposits(model) {
        let Some((_, gives)) = d.outputs.iter().find(|(item, _)| *item == oxide) else { continue };
        if gives.value(&model.values.value) <= 0.0 {
            continue;
        }
        let Some(runs) = d.runs(model, baseline) else { continue };
        let (mine, whole) = match convention {
            Convention::Mass => (Expr::ONE, Expr::sum(d.outputs.iter().map(|(_, q)| (*q).clone()))),
            Convention::Value => {
                let worth = d.outputs.iter().filter_map(|(i, q)| Some((*q).clone().mul(price(model, *i)?)));
                (price(model, oxide)?, Expr::sum(worth))
            }
        };
        let from_here = runs.mul((*gives).clone());
        carried.push(from_here.clone().mul(d.per_run(model, rock).mul(mine).div(whole)));
        supply.push(from_here);
    }
    (!supply.is_empty()).then(|| Expr::sum(carried).div(Expr::sum(supply)))
}

fn price(model: &Model<'_>, item: u32) -> Option<Expr> {
    let id = model.atlas.figures.find(&format!("prices/{}", model.network.name(item)))?;
    model.values.get(id).map(|_| Expr::Figure(id))
}

/// Oxides that come jointly and are needed.
fn oxides(model: &Model<'_>) -> Vec<u32> {
    let need = &model.flow(View::Gross).need;
    let mut out: Vec<u32> =
        model.network.groups.iter().flat_map(|g| g.items.iter().map(|(i, _)| *i)).collect();
    out.retain(|n| need[*n as usize] != 0.0);
    out.sort_by(|a, b| need[*b as usize].total_cmp(&need[*a as usize]).then(a.cmp(b)));
    out
}

/// Tracked elements that the needed joint oxides hold.
pub(crate) fn elements<'a>(model: &Model<'a>) -> Vec<&'a str> {
    let contents = model.atlas.sheet("contents");
    let oxides = oxides(model);
    let of = |n: &u32| {
        let name = model.network.name(*n);
        contents
            .rows
            .iter()
            .filter(move |r| contents.text(r, "item") == name)
            .map(|r| contents.text(r, "element"))
    };
    oxides.iter().flat_map(of).collect()
}

/// Concentrate, or rock, of all deposits that meets every need at once.
pub(crate) fn joint(model: &Model<'_>, rock: bool) -> Rc<Measure> {
    let weight = |c: u32| if rock { rock_per_unit(model, c, &mut vec![]) } else { Expr::ONE };
    unknown::measure(model, View::Gross, concentrates(model).into_iter().map(|c| (c, weight(c))).collect())
}

/// Concentrate, or rock, put down to all needed oxides together. An oxide that no mine gives counts nothing, which
/// [`unmined_note`] says; where no mine gives any, the sum is unknown.
pub(crate) fn allocated(
    model: &Model<'_>,
    baseline: &Baseline,
    convention: Convention,
    rock: bool,
) -> Rc<Measure> {
    let oxides = oxides(model);
    let weight = |n: &u32| Some((*n, ore_weight(model, baseline, *n, convention, rock)?));
    let terms = oxides.iter().filter_map(weight).collect();
    unknown::total(model, View::Gross, terms, &oxides)
}

/// Needed oxides to which no ore is put down, as no deposit with a mine gives them.
pub(crate) fn unmined(model: &Model<'_>, baseline: &Baseline) -> Vec<u32> {
    let has_none = |n: &u32| ore_weight(model, baseline, *n, Convention::Mass, false).is_none();
    oxides(model).into_iter().filter(has_none).collect()
}

/// The line that says how many oxides the allocations do not count.
pub(crate) fn unmined_note(model: &Model<'_>, baseline: &Baseline) -> Option<Message> {
    let count = unmined(model, baseline).len();
    (count > 0).then(|| Message::new("note-unmined").integer("items", count as i64))
}

/// Need of each oxide and the ore put down to it.
pub(crate) fn table<'m, 'a>(model: &'m Model<'a>, baseline: &Baseline, units: &Quantity) -> Draft<'m, 'a> {
    let oxides = oxides(model);
    let names = || oxides.iter().map(|n| model.network.name(*n).to_owned()).collect::<Vec<_>>();
    let by = |convention, rock| -> Vec<Option<Quantity>> {
        let one = |n: &u32| {
            let weight = ore_weight(model, baseline, *n, convention, rock)?;
            Some(Quantity::measure(View::Gross, vec![(*n, weight)]).times(units.clone()))
        };
        oxides.iter().map(one).collect()
    };
    let draft = Draft::new(model, "ore", names())
        .names("item", names())
        .range(
            ["need", "need_low", "need_high"],
            Unit::Kg,
            oxides.iter().map(|n| Some(need(View::Gross, *n).times(units.clone()))).collect(),
        )
        .number("oxide_by_mass", Unit::Kg, by(Convention::Mass, false))
        .number("oxide_by_value", Unit::Kg, by(Convention::Value, false))
        .number("ore_by_mass", Unit::Kg, by(Convention::Mass, true))
        .number("ore_by_value", Unit::Kg, by(Convention::Value, true))
        .note(Message::new("note-ore").text("year", baseline.year.to_string()));
    unmined_note(model, baseline).into_iter().fold(draft, Draft::note)
}

/// Concentrate and ore of the deposits that meet all needs with the least activity.
pub(crate) fn deposits_table<'m, 'a>(model: &'m Model<'a>, units: &Quantity) -> Draft<'m, 'a> {
    let flow = model.flow(View::Gross);
    let mut deposits = concentrates(model);
    deposits.retain(|c| flow.need[*c as usize] != 0.0);
    let names = || deposits.iter().map(|c| model.network.name(*c).to_owned()).collect::<Vec<_>>();
    let amounts = |weight: &dyn Fn(u32) -> Expr| -> Vec<Option<Quantity>> {
        let amount = |c: &u32| Quantity::measure(View::Gross, vec![(*c, weight(*c))]);
        deposits.iter().map(|c| Some(amount(c).times(units.clone()))).collect()
    };
    Draft::new(model, "deposit", names())
        .names("item", names())
        .range(["concentrate", "concentrate_low", "concentrate_high"], Unit::Kg, amounts(&|_| Expr::ONE))
        .range(["ore", "ore_low", "ore_high"], Unit::Kg, amounts(&|c| rock_per_unit(model, c, &mut vec![])))
        .note(Message::new("note-deposit"))
}
