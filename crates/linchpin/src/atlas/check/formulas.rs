//! Formulas: what they name, in which order they come, and whether they give what is typed.

use super::Sheets;
use crate::atlas::expr::{self, Expr, FigureId, FormulaError};
use crate::atlas::figure::Figures;
use crate::atlas::problems::{Problems, at, shown, unread};
use crate::atlas::read::{Row, Sheet};
use crate::atlas::values::{Overlay, Values};
use linchpin_table::Message;
use std::collections::BTreeSet;

/// How far a typed value may stand from its formula.
const FORMULA_TOLERANCE: f64 = 1e-3;

/// Reads all formulas, orders them, and compares them with typed values. Returns the order.
pub(in crate::atlas) fn formulas(
    sheets: &Sheets,
    figures: &mut Figures,
    problems: &mut Problems,
) -> Vec<FigureId> {
    let row_of = |address: &str| -> Option<(&Sheet, &Row)> {
        let (table, key) = address.split_once('/')?;
        let sheet = sheets.get(table)?;
        Some((sheet, sheet.find(key)?))
    };
    let parameters = &sheets["parameters"];
    let hidden = unread(problems).contains(&parameters.schema.file());
    let message = |fault| match fault {
        // The parameter has a fault of its own, which is reported where it stands.
        FormulaError::UnknownParameter(name) if hidden || parameters.has(&name) => None,
        FormulaError::UnknownParameter(name) => {
            Some(Message::new("fault-formula-parameter").text("parameter", shown(&name)))
        }
        FormulaError::Syntax(rest) => Some(Message::new("fault-formula-syntax").text("rest", rest)),
        FormulaError::TooDeep => Some(Message::new("fault-formula-depth")),
    };
    let all = sheets.values().filter(|s| s.schema.figure);
    for (sheet, row) in all.flat_map(|s| s.rows.iter().chain(&s.seen.faulty).map(move |r| (s, r))) {
        let Some(text) = sheet.get(row, "formula") else { continue };
        match expr::parse(text, &|name| figures.find(&format!("parameters/{name}"))) {
            // Formulas are written in the units of the files; inside, everything is in base units.
            Ok(e) => {
                // A row that was set aside has no figure.
                if let Some(id) = row.figure {
                    let factor = figures.get(id).factor;
                    let e = to_typed_units(e, figures).mul(Expr::Number(factor));
                    figures.get_mut(id).formula = Some(e);
                }
            }
            Err(e) => {
                let file = sheet.schema.file();
                let place = sheet.place(&file, row, "formula");
                problems.extend(message(e).map(|what| at(&place, what)));
            }
        }
    }
    let order = match ordered(figures) {
        Ok(order) => order,
        Err(cyclic) => {
            for id in cyclic {
                let Some((sheet, row)) = row_of(&figures.get(id).address) else { continue };
                let file = sheet.schema.file();
                problems.push(at(&sheet.place(&file, row, "formula"), Message::new("fault-formula-cycle")));
            }
            return vec![];
        }
    };
    // A typed value is not lost behind a parameter that is unknown, unless that one has a fault of its own.
    let clean = problems.is_empty();
    if let Ok(values) = Values::new(figures, &order, &Overlay::new()) {
        // A value that disagrees takes along all that is built on it; the fault is reported where it starts.
        let mut blamed: BTreeSet<FigureId> = BTreeSet::new();
        let mut typed = values.value.clone();
        for &id in &order {
            let figure = figures.get(id);
            let Some(formula) = &figure.formula else { continue };
            let Some((sheet, row)) = row_of(&figure.address) else { continue };
            let (file, i) = (sheet.schema.file(), id.0 as usize);
            let schema = sheet.schema;
            let differs = |computed: f64| {
                figure.value.is_some_and(|v| {
                    (v - computed).abs() > FORMULA_TOLERANCE * v.abs().max(computed.abs())
                        || !computed.is_finite() && clean
                })
            };
            let upstream = formula.figures().iter().any(|f| blamed.contains(f));
            let computed = if upstream { formula.value(&typed) } else { values.value[i] };
            let lost = upstream && !computed.is_finite();
            let off = differs(computed) && !lost;
            typed[i] = figure.value.unwrap_or(computed);
            let known = |f: &FigureId| values.value[f.0 as usize].is_finite();
            let endless = !computed.is_finite() && !lost && formula.figures().iter().all(known);
            if endless || off || upstream {
                blamed.insert(id);
            }
            if endless {
                problems.push(at(&sheet.place(&file, row, "formula"), Message::new("fault-formula-endless")));
            } else if off {
                let what = Message::new("fault-formula-value")
                    .text("computed", format!("{}", computed / figure.factor));
                problems.push(at(&sheet.place(&file, row, "value"), what));
            } else if schema.minimum.is_some_and(|m| computed < m)
                || schema.maximum.is_some_and(|m| computed > m * (1.0 + 1e-9))
            {
                let what = Message::new("fault-formula-bounds")
                    .text("computed", format!("{}", computed / figure.factor));
                problems.push(at(&sheet.place(&file, row, "formula"), what));
            }
        }
    }
    order
}

fn to_typed_units(e: Expr, figures: &Figures) -> Expr {
    let both = |a: Box<Expr>, b: Box<Expr>| {
        (Box::new(to_typed_units(*a, figures)), Box::new(to_typed_units(*b, figures)))
    };
    match e {
        Expr::Number(_) => e,
        Expr::Figure(f) => match figures.get(f).factor {
            1.0 => e,
            factor => e.mul(Expr::Number(1.0 / factor)),
        },
        Expr::Add(a, b) => {
            let (a, b) = both(a, b);
            Expr::Add(a, b)
        }
        Expr::Sub(a, b) => {
            let (a, b) = both(a, b);
            Expr::Sub(a, b)
        }
        Expr::Mul(a, b) => {
            let (a, b) = both(a, b);
            Expr::Mul(a, b)
        }
        Expr::Div(a, b) => {
            let (a, b) = both(a, b);
            Expr::Div(a, b)
        }
        Expr::Pow(a, b) => {
            let (a, b) = both(a, b);
            Expr::Pow(a, b)
        }
    }
}

/// Figures in an order in which each comes after those its formula names; or those that name each other.
fn ordered(figures: &Figures) -> Result<Vec<FigureId>, Vec<FigureId>> {
    let needs: Vec<Vec<FigureId>> =
        figures.iter().map(|(_, f)| f.formula.as_ref().map(Expr::figures).unwrap_or_default()).collect();
    let mut waiting: Vec<usize> = needs.iter().map(Vec::len).collect();
    let mut wanted_by: Vec<Vec<FigureId>> = vec![vec![]; figures.len()];
    for (id, _) in figures.iter() {
        for need in &needs[id.0 as usize] {
            wanted_by[need.0 as usize].push(id);
        }
    }
    let mut order: Vec<FigureId> = figures.ids().filter(|id| waiting[id.0 as usize] == 0).collect();
    let mut next = 0;
    while next < order.len() {
        for id in &wanted_by[order[next].0 as usize] {
            waiting[id.0 as usize] -= 1;
            if waiting[id.0 as usize] == 0 {
                order.push(*id);
            }
        }
        next += 1;
    }
    if order.len() == figures.len() {
        return Ok(order);
    }
    // What waits is on a cycle, between cycles, or only built on one; the last is not at fault.
    let mut cyclic: BTreeSet<FigureId> = figures.ids().filter(|id| waiting[id.0 as usize] > 0).collect();
    let mut used: Vec<usize> =
        wanted_by.iter().map(|by| by.iter().filter(|id| cyclic.contains(id)).count()).collect();
    let mut free: Vec<FigureId> = cyclic.iter().copied().filter(|id| used[id.0 as usize] == 0).collect();
    while let Some(id) = free.pop() {
        cyclic.remove(&id);
        for need in needs[id.0 as usize].iter().filter(|n| cyclic.contains(n)) {
            used[need.0 as usize] -= 1;
            if used[need.0 as usize] == 0 {
                free.push(*need);
            }
        }
    }
    Err(cyclic.into_iter().collect())
}
