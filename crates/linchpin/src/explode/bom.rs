//! The bill of materials as a tree, from the robot down to the first material.

use crate::atlas::Expr;
use crate::book::Draft;
use crate::model::{Model, Quantity};
use linchpin_table::{Message, Unit};
use std::collections::{BTreeMap, BTreeSet};

/// Lines at which a tree is cut; none that a person reads is as long.
const MAX_LINES: usize = 100_000;

/// One line of the tree.
struct BomLine {
    path: String,
    depth: u8,
    item: u32,
    slot: String,
    bought: bool,
    each: Expr,
    /// In one product, without losses.
    total: Expr,
    /// To be put into one product, with losses.
    gross: Expr,
}

/// Quantity of an item in one product, without and with losses.
#[derive(Clone)]
struct Quantities {
    net: Expr,
    gross: Expr,
}

/// The tree in the making.
#[derive(Default)]
struct Tree {
    lines: Vec<BomLine>,
    paths: BTreeSet<String>,
    /// Items from the product down to the line at hand.
    above: Vec<u32>,
    /// Whether lines were left out.
    cut: bool,
}

/// The tree down to `depth` levels; items of a material class are leaves, and so is an item inside itself.
pub(crate) fn table<'m, 'a>(model: &'m Model<'a>, depth: u8) -> Draft<'m, 'a> {
    let mut tree = Tree::default();
    let one = Quantities { net: Expr::ONE, gross: Expr::ONE };
    walk(model, model.product.node, "", &one, depth, &mut tree);
    let Tree { lines, cut, .. } = tree;
    let mut masses = BTreeMap::new();
    let mass = lines
        .iter()
        .map(|l| Some(Quantity::Figures(l.total.clone().mul(unit_mass(model, l.item, &mut masses)?))))
        .collect();
    let mut costs = BTreeMap::new();
    let cost = lines
        .iter()
        .map(|l| Some(Quantity::Figures(l.gross.clone().mul(unit_cost(model, l.item, &mut costs)?))))
        .collect();
    let units: Vec<Unit> = lines.iter().map(|l| model.unit_of(l.item)).collect();
    let per = |pick: fn(&BomLine) -> &Expr| {
        lines.iter().map(|l| Some(Quantity::Figures(pick(l).clone()))).collect::<Vec<_>>()
    };
    let draft = Draft::new(model, "bom", lines.iter().map(|l| l.path.clone()).collect())
        .names("item", lines.iter().map(|l| model.network.name(l.item).to_owned()).collect())
        .text("slot", lines.iter().map(|l| Some(l.slot.clone())).collect())
        .words(
            "supply",
            lines.iter().map(|l| Some(if l.bought { "word-buy" } else { "word-make" }.to_owned())).collect(),
        )
        .number_by_row("each", units.clone(), per(|l| &l.each))
        .number_by_row("quantity", units, per(|l| &l.total))
        .number("mass", Unit::Kg, mass)
        .number("cost", Unit::Usd, cost)
        .indent(lines.iter().map(|l| l.depth - 1).collect())
        .note(Message::new("note-bom-cost"));
    if cut { draft.note(Message::new("note-bom-cut").integer("lines", lines.len() as i64)) } else { draft }
}

fn walk(model: &Model<'_>, node: u32, path: &str, above: &Quantities, max: u8, tree: &mut Tree) {
    // An item inside itself is listed and not opened again, or the tree would have no end.
    if tree.above.len() >= usize::from(max)
        || tree.above.contains(&node)
        || model.item_text(node, "material").is_some()
    {
        return;
    }
    let several = several_recipes(model, node);
    tree.above.push(node);
    for (_, line) in model.network.out_of(node) {
        if tree.lines.len() >= MAX_LINES {
            tree.cut = true;
            break;
        }
        let recipe = &model.network.recipes[line.recipe as usize];
        let input = &recipe.inputs[line.input as usize];
        let mut parts = vec![];
        parts.extend((!path.is_empty()).then_some(path));
        parts.extend(several.then_some(recipe.id.as_str()));
        parts.push(&input.slot);
        let mut path = parts.join(".");
        // A slot may hold several items; the path stays unique.
        while !tree.paths.insert(path.clone()) {
            path = format!("{path}.{}", model.network.name(line.child));
        }
        let quantities = Quantities {
            net: above.net.clone().mul(line.net.clone()),
            gross: above.gross.clone().mul(line.gross.clone()),
        };
        tree.lines.push(BomLine {
            path: path.clone(),
            depth: tree.above.len() as u8,
            item: line.child,
            slot: input.slot.clone(),
            bought: input.bought,
            each: line.net.clone(),
            total: quantities.net.clone(),
            gross: quantities.gross.clone(),
        });
        walk(model, line.child, &path, &quantities, max, tree);
    }
    tree.above.pop();
}

/// An item of the tree, wherever it stands in it.
pub(crate) struct Flat {
    /// The item.
    pub(crate) item: u32,
    /// Whether it is bought where it stands first.
    pub(crate) bought: bool,
    /// How many are in one product, without losses.
    pub(crate) total: f64,
    /// How many must be put into one product, with losses.
    pub(crate) gross: f64,
    /// Lines below it: position in the network, and in this list the item that goes in. None below what the tree does not
    /// open.
    pub(crate) lines: Vec<(usize, usize)>,
}

/// The items of the whole tree, each once and after all that it goes into; the product is the first.
pub(crate) fn flat(model: &Model<'_>) -> Vec<Flat> {
    let lines = |node: u32| {
        let opened = model.item_text(node, "material").is_none();
        model.network.out_of(node).filter(move |_| opened)
    };
    // Items are finished after all below them; in reverse order each stands after what it goes into.
    let mut finished: Vec<u32> = vec![];
    let mut seen: BTreeSet<u32> = BTreeSet::new();
    let mut open = vec![(model.product.node, false)];
    while let Some((node, below)) = open.pop() {
        if below {
            finished.push(node);
        } else if seen.insert(node) {
            open.push((node, true));
            open.extend(lines(node).map(|(_, line)| (line.child, false)));
        }
    }
    finished.reverse();
    let place: BTreeMap<u32, usize> = finished.iter().enumerate().map(|(at, node)| (*node, at)).collect();
    let nothing = |item| Flat { item, bought: false, total: 0.0, gross: 0.0, lines: vec![] };
    let mut flat: Vec<Flat> = finished.into_iter().map(nothing).collect();
    (flat[0].total, flat[0].gross) = (1.0, 1.0);
    for at in 0..flat.len() {
        for (l, line) in lines(flat[at].item) {
            // An item inside itself is not opened again.
            let Some(child) = place.get(&line.child).copied().filter(|child| *child > at) else { continue };
            let input = &model.network.recipes[line.recipe as usize].inputs[line.input as usize];
            let (total, gross) = (flat[at].total, flat[at].gross);
            let first = flat[child].total == 0.0 && flat[child].gross == 0.0;
            flat[child].bought = if first { input.bought } else { flat[child].bought };
            flat[child].total += total * line.net.value(&model.values.value);
            flat[child].gross += gross * line.gross.value(&model.values.value);
            flat[at].lines.push((l, child));
        }
    }
    flat
}

/// Whether an item is made by more than one recipe, so that a slot alone does not name a line.
pub(crate) fn several_recipes(model: &Model<'_>, node: u32) -> bool {
    let mut recipes = model.network.out_of(node).map(|(_, l)| l.recipe);
    let first = recipes.next();
    recipes.any(|r| Some(r) != first)
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

/// Cost of one unit: its price, or the sum of what inside it has a price; `None` where nothing has one.
pub(crate) fn unit_cost(
    model: &Model<'_>,
    node: u32,
    known: &mut BTreeMap<u32, Option<Expr>>,
) -> Option<Expr> {
    if let Some(cost) = known.get(&node) {
        return cost.clone();
    }
    // Guards against a cycle, whose cost is not the sum of its lines.
    known.insert(node, None);
    let priced = model.atlas.figures.find(&format!("prices/{}", model.network.name(node)));
    let cost = match priced {
        Some(price) => model.values.get(price).map(|_| Expr::Figure(price)),
        None => model
            .network
            .out_of(node)
            .filter_map(|(_, line)| Some(line.gross.clone().mul(unit_cost(model, line.child, known)?)))
            .reduce(|a, b| Expr::sum([a, b])),
    };
    known.insert(node, cost.clone());
    cost
}
