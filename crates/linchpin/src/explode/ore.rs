//! The ore behind each oxide, by three conventions that are often confused.
//!
//! - **joint**: the ore that must be mined so that every element is met at once, by the least-activity programme
//!   over all deposits; it cannot be split among elements.
//! - **by mass**: each kg of oxide that a deposit gives carries the same ore.
//! - **by value**: each dollar of oxide that a deposit gives carries the same ore; an oxide without a price in the
//!   atlas carries none.
//!
//! The two allocations take today's mines: deposit d supplies the share w_{d,e} of element e, from the published
//! output of the mines that work it (ISO 14044:2006, 4.3.4.2, names both allocations and their order).

use super::need;
use crate::atlas::{Expr, FigureId};
use crate::book::Draft;
use crate::model::{Measure, Model, Quantity, View};
use crate::network::Role;
use crate::network::baseline::is_running;
use linchpin_table::{Message, Unit};
use std::rc::Rc;

/// How ore is put down to one element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Convention {
    /// By mass of the oxides.
    Mass,
    /// By value of the oxides.
    Value,
}

/// A deposit: the joint recipe, its concentrate and its ore, with what a run takes.
struct Deposit<'a> {
    concentrate: u32,
    ore: u32,
    /// Concentrate for one run.
    concentrate_per_run: &'a Expr,
    /// Ore for one unit of concentrate.
    ore_per_concentrate: &'a Expr,
    /// Oxides of one run.
    outputs: Vec<(u32, &'a Expr)>,
    /// Published output of its mines.
    mined: Expr,
}

fn deposits<'a>(model: &Model<'a>) -> Vec<Deposit<'a>> {
    let network = model.network;
    let mut out = vec![];
    for group in &network.groups {
        for &(r, node) in &group.recipes {
            let Some((_, into)) = network.out_of(node).next() else { continue };
            let Some((_, down)) = network.out_of(into.child).next() else { continue };
            let recipe = &network.recipes[r as usize];
            out.push(Deposit {
                concentrate: into.child,
                ore: down.child,
                concentrate_per_run: &into.gross,
                ore_per_concentrate: &down.gross,
                outputs: recipe
                    .outputs
                    .iter()
                    .filter(|o| o.role == Role::Joint)
                    .map(|o| (o.item, &o.quantity))
                    .collect(),
                mined: mined(model, network.name(into.child)),
            });
        }
    }
    out
}

/// Latest published output of the running mines that sell a concentrate.
fn mined(model: &Model<'_>, concentrate: &str) -> Expr {
    let sites = model.atlas.sheet("sites");
    let figures = model.atlas.sheet("site_figures");
    let latest = |site: &str| -> Option<FigureId> {
        let row = figures
            .rows
            .iter()
            .filter(|r| figures.text(r, "site") == site && figures.text(r, "measure") == "output")
            .max_by_key(|r| figures.text(r, "period").parse::<i64>().unwrap_or(i64::MIN))?;
        let id = model.atlas.figure_of(figures, row)?;
        model.values.get(id).map(|_| id)
    };
    let mines = sites
        .rows
        .iter()
        .filter(|r| sites.text(r, "item") == concentrate && is_running(sites.text(r, "status")))
        .filter_map(|r| latest(&r.key));
    Expr::sum(mines.map(Expr::Figure))
}

/// Ore (or concentrate) put down to one unit of an oxide; `None` if no deposit with a mine gives it.
fn ore_weight(model: &Model<'_>, oxide: u32, convention: Convention, rock: bool) -> Option<Expr> {
    let price = |item: u32| {
        let id = model.atlas.figures.find(&format!("prices/{}", model.network.name(item)))?;
        model.values.get(id).map(|_| Expr::Figure(id))
    };
    let mut supply = vec![];
    let mut carried = vec![];
    for d in deposits(model) {
        let Some((_, gives)) = d.outputs.iter().find(|(item, _)| *item == oxide) else { continue };
        if d.mined == Expr::Number(0.0) || gives.value(&model.values.value) <= 0.0 {
            continue;
        }
        let per_run = if rock {
            d.concentrate_per_run.clone().mul(d.ore_per_concentrate.clone())
        } else {
            d.concentrate_per_run.clone()
        };
        let (mine, whole) = match convention {
            Convention::Mass => (Expr::ONE, Expr::sum(d.outputs.iter().map(|(_, q)| (*q).clone()))),
            Convention::Value => {
                let worth = d.outputs.iter().filter_map(|(i, q)| Some((*q).clone().mul(price(*i)?)));
                (price(oxide)?, Expr::sum(worth))
            }
        };
        let from_here = d.mined.clone().mul((*gives).clone());
        carried.push(from_here.clone().mul(per_run.mul(mine).div(whole)));
        supply.push(from_here);
    }
    if supply.is_empty() {
        return None;
    }
    Some(Expr::sum(carried).div(Expr::sum(supply)))
}

/// Oxides that come jointly and are needed.
fn oxides(model: &Model<'_>) -> Vec<u32> {
    let need = &model.flow(View::Gross).need;
    let mut out: Vec<u32> =
        model.network.groups.iter().flat_map(|g| g.items.iter().map(|(i, _)| *i)).collect();
    out.retain(|n| need[*n as usize] > 0.0);
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
    let node = |d: Deposit<'_>| if rock { d.ore } else { d.concentrate };
    let terms = deposits(model).into_iter().map(|d| (node(d), Expr::ONE)).collect();
    Rc::new(Measure { view: View::Gross, terms })
}

/// Concentrate, or rock, put down to all needed oxides together.
pub(crate) fn allocated(model: &Model<'_>, convention: Convention, rock: bool) -> Rc<Measure> {
    let terms = oxides(model)
        .into_iter()
        .filter_map(|n| Some((n, ore_weight(model, n, convention, rock)?)))
        .collect();
    Rc::new(Measure { view: View::Gross, terms })
}

/// Need of each oxide and the ore put down to it.
pub(crate) fn table<'m, 'a>(model: &'m Model<'a>, units: &Quantity) -> Draft<'m, 'a> {
    let oxides = oxides(model);
    let names = || oxides.iter().map(|n| model.network.name(*n).to_owned()).collect::<Vec<_>>();
    let by = |convention, rock| -> Vec<Option<Quantity>> {
        let one = |n: &u32| {
            let weight = ore_weight(model, *n, convention, rock)?;
            Some(Quantity::measure(View::Gross, vec![(*n, weight)]).times(units.clone()))
        };
        oxides.iter().map(one).collect()
    };
    Draft::new(model, "ore", names())
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
        .note(Message::new("note-ore"))
}

/// Concentrate and ore of the deposits that meet all needs with the least activity.
pub(crate) fn deposits_table<'m, 'a>(model: &'m Model<'a>, units: &Quantity) -> Draft<'m, 'a> {
    let flow = model.flow(View::Gross);
    let deposits: Vec<_> =
        deposits(model).into_iter().filter(|d| flow.need[d.concentrate as usize] > 0.0).collect();
    let names = || deposits.iter().map(|d| model.network.name(d.concentrate).to_owned()).collect::<Vec<_>>();
    let amounts = |pick: &dyn Fn(&Deposit<'_>) -> u32| -> Vec<Option<Quantity>> {
        deposits.iter().map(|d| Some(need(View::Gross, pick(d)).times(units.clone()))).collect()
    };
    Draft::new(model, "deposit", names())
        .names("item", names())
        .range(["concentrate", "concentrate_low", "concentrate_high"], Unit::Kg, amounts(&|d| d.concentrate))
        .range(["ore", "ore_low", "ore_high"], Unit::Kg, amounts(&|d| d.ore))
        .note(Message::new("note-deposit"))
}
