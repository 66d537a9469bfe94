//! The bill of materials as a tree, from the robot down to the first material.

use crate::atlas::Expr;
use crate::book::Draft;
use crate::model::{Model, Quantity};
use linchpin_table::Unit;
use std::collections::BTreeMap;

/// One line of the tree.
struct BomLine {
    path: String,
    depth: u8,
    item: u32,
    slot: String,
    bought: bool,
    each: Expr,
    total: Expr,
}

/// The tree down to `depth` levels; items of a material class are leaves.
pub(crate) fn table<'m, 'a>(model: &'m Model<'a>, depth: u8) -> Draft<'m, 'a> {
    let mut lines = vec![];
    walk(model, model.product.node, "", &Expr::ONE, 1, depth, &mut lines);
    let mut masses = BTreeMap::new();
    let mass = lines
        .iter()
        .map(|l| Some(Quantity::Figures(l.total.clone().mul(unit_mass(model, l.item, &mut masses)?))))
        .collect();
    let units: Vec<Unit> = lines.iter().map(|l| model.unit_of(l.item)).collect();
    let per = |pick: fn(&BomLine) -> &Expr| {
        lines.iter().map(|l| Some(Quantity::Figures(pick(l).clone()))).collect::<Vec<_>>()
    };
    Draft::new(model, "bom", lines.iter().map(|l| l.path.clone()).collect())
        .names("item", lines.iter().map(|l| model.network.name(l.item).to_owned()).collect())
        .text("slot", lines.iter().map(|l| Some(l.slot.clone())).collect())
        .words(
            "supply",
            lines.iter().map(|l| Some(if l.bought { "word-buy" } else { "word-make" }.to_owned())).collect(),
        )
        .number_by_row("each", units.clone(), per(|l| &l.each))
        .number_by_row("quantity", units, per(|l| &l.total))
        .number("mass", Unit::Kg, mass)
        .indent(lines.iter().map(|l| l.depth - 1).collect())
}

fn walk(
    model: &Model<'_>,
    node: u32,
    path: &str,
    total: &Expr,
    depth: u8,
    max: u8,
    lines: &mut Vec<BomLine>,
) {
    if depth > max || model.item_text(node, "material").is_some() {
        return;
    }
    for (_, line) in model.network.out_of(node) {
        let input = &model.network.recipes[line.recipe as usize].inputs[line.input as usize];
        let path = if path.is_empty() { input.slot.clone() } else { format!("{path}.{}", input.slot) };
        // A slot may hold several items, and an item several recipes; the path stays unique.
        let path = match lines.iter().any(|l| l.path == path) {
            true => format!("{path}.{}", model.network.name(line.child)),
            false => path,
        };
        let total = total.clone().mul(line.net.clone());
        lines.push(BomLine {
            path: path.clone(),
            depth,
            item: line.child,
            slot: input.slot.clone(),
            bought: input.bought,
            each: line.net.clone(),
            total: total.clone(),
        });
        walk(model, line.child, &path, &total, depth + 1, max, lines);
    }
}

/// Mass of one unit: as stated, or the sum of what is inside; `None` where that ends without a mass.
pub(crate) fn unit_mass(
    model: &Model<'_>,
    node: u32,
    known: &mut BTreeMap<u32, Option<Expr>>,
) -> Option<Expr> {
    if model.unit_of(node) == Unit::Kg {
        return Some(Expr::ONE);
    }
    if let Some(mass) = known.get(&node) {
        return mass.clone();
    }
    // Guards against a cycle, whose mass is not the sum of its lines.
    known.insert(node, None);
    let stated = model.atlas.figures.find(&format!("masses/{}", model.network.name(node))).map(Expr::Figure);
    let mass = stated.or_else(|| mass_of_parts(model, node, known));
    known.insert(node, mass.clone());
    mass
}

/// Mass of what is inside one unit.
pub(crate) fn mass_of_parts(
    model: &Model<'_>,
    node: u32,
    known: &mut BTreeMap<u32, Option<Expr>>,
) -> Option<Expr> {
    let parts: Option<Vec<Expr>> = model
        .network
        .out_of(node)
        .map(|(_, line)| Some(line.net.clone().mul(unit_mass(model, line.child, known)?)))
        .collect();
    parts.filter(|p| !p.is_empty()).map(Expr::sum)
}
