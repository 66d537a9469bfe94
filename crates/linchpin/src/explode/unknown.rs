//! What a total cannot count: items at which a walk ends without a known price, content or mass.
//!
//! One rule for every total: it counts what is known, and a table names what is not. A need that is itself unknown
//! makes the total no data, and so does a product of which nothing is known, or a total of which no term is.

use super::need;
use crate::atlas::Expr;
use crate::book::Draft;
use crate::model::{Measure, Model, Quantity, View};
use linchpin_table::{Label, Message, Unit};
use std::rc::Rc;

/// Key of the row that holds the mass whose content is unknown.
pub(crate) const CONTENT_UNKNOWN: &str = "content_unknown";

/// Name of the row that holds the mass whose content is unknown.
pub(crate) fn content_unknown_label() -> Label {
    Label::new("Content unknown", "成分不明")
}

/// Whether nothing is known of what goes into an item.
pub(crate) fn is_leaf(model: &Model<'_>, node: u32) -> bool {
    let jointly = || model.network.groups.iter().any(|g| g.items.iter().any(|(i, _)| *i == node));
    model.network.out_of(node).next().is_none() && !jointly()
}

/// A measure; unknown for a product of which nothing is known in this view.
pub(crate) fn measure(model: &Model<'_>, view: View, mut terms: Vec<(u32, Expr)>) -> Rc<Measure> {
    let product = model.product.node;
    let stated = match view {
        View::Content => has_content(model, product),
        View::Material => model.item_text(product, "material").is_some(),
        View::Gross | View::Mass | View::Cost => false,
    };
    if !stated && is_leaf(model, product) && terms.iter().all(|(n, _)| *n != product) {
        terms.push((product, Expr::Number(f64::NAN)));
    }
    Rc::new(Measure { view, terms })
}

/// A total over what is known; unknown where a table of what is not known has rows and nothing is known.
pub(crate) fn total(
    model: &Model<'_>,
    view: View,
    mut terms: Vec<(u32, Expr)>,
    unknown: &[u32],
) -> Rc<Measure> {
    let need = &model.flow(view).need;
    let nothing = terms.iter().all(|(n, _)| need[*n as usize] == 0.0);
    if let (true, Some(first)) = (nothing, unknown.first()) {
        terms.push((*first, Expr::Number(f64::NAN)));
    }
    measure(model, view, terms)
}

fn has_content(model: &Model<'_>, node: u32) -> bool {
    let contents = model.atlas.sheet("contents");
    let name = model.network.name(node);
    contents.rows.iter().any(|r| contents.text(r, "item") == name)
}

/// Needed items at which a walk ends without a known row of a table.
fn ends(model: &Model<'_>, view: View, table: &str) -> Vec<u32> {
    let need = &model.flow(view).need;
    let find = |n: u32| model.atlas.figures.find(&format!("{table}/{}", model.network.name(n)));
    (0..model.network.items.len() as u32)
        .filter(|n| need[*n as usize] != 0.0)
        .filter(|n| {
            // The product's own row stops no walk.
            match find(*n).filter(|_| *n != model.product.node) {
                Some(figure) => model.values.get(figure).is_none(),
                None => is_leaf(model, *n),
            }
        })
        .collect()
}

/// Needed items at which the cost walk ends without a known price.
pub(crate) fn unpriced(model: &Model<'_>) -> Vec<u32> {
    ends(model, View::Cost, "prices")
}

/// Needed items in pieces at which the mass walk ends without a known mass.
pub(crate) fn unweighed(model: &Model<'_>) -> Vec<u32> {
    ends(model, View::Mass, "masses").into_iter().filter(|n| model.unit_of(*n) != Unit::Kg).collect()
}

/// Needed items at which the content walk ends without contents, with the mass of one where it is known.
pub(crate) fn unresolved<'m>(model: &'m Model<'_>) -> &'m [(u32, Option<Expr>)] {
    model.unresolved.get_or_init(|| {
        let need = &model.flow(View::Content).need;
        (0..model.network.items.len() as u32)
            .filter(|n| need[*n as usize] != 0.0 && is_leaf(model, *n) && !has_content(model, *n))
            .map(|n| (n, mass_of(model, n)))
            .collect()
    })
}

/// Known mass of one unit: one for what is counted in kg, else as stated.
pub(crate) fn mass_of(model: &Model<'_>, node: u32) -> Option<Expr> {
    if model.unit_of(node) == Unit::Kg {
        return Some(Expr::ONE);
    }
    let figure = model.atlas.figures.find(&format!("masses/{}", model.network.name(node)))?;
    model.values.get(figure).map(|_| Expr::Figure(figure))
}

/// Mass whose content is unknown, in one product.
pub(crate) fn unresolved_mass(model: &Model<'_>) -> Rc<Measure> {
    let terms = unresolved(model).iter().filter_map(|(n, mass)| Some((*n, mass.clone()?))).collect();
    measure(model, View::Content, terms)
}

/// Items without a known price, with the quantity bought for one product; `None` if there are none.
pub(crate) fn unpriced_table<'m, 'a>(model: &'m Model<'a>) -> Option<Draft<'m, 'a>> {
    let items = unpriced(model);
    let draft = listed(model, "unpriced", View::Cost, &items)?;
    Some(draft.note(Message::new("note-unpriced-table")))
}

/// Items without a known mass, with the quantity inside one product; `None` if there are none.
pub(crate) fn unweighed_table<'m, 'a>(model: &'m Model<'a>) -> Option<Draft<'m, 'a>> {
    let items = unweighed(model);
    let draft = listed(model, "unweighed", View::Mass, &items)?;
    Some(draft.note(Message::new("note-unweighed-table")))
}

/// Items without contents, with the quantity and the mass inside one product; `None` if there are none.
pub(crate) fn unresolved_table<'m, 'a>(model: &'m Model<'a>) -> Option<Draft<'m, 'a>> {
    let mut rows: Vec<(u32, Option<Quantity>)> = unresolved(model)
        .iter()
        .map(|(n, mass)| (*n, mass.clone().map(|m| Quantity::measure(View::Content, vec![(*n, m)]))))
        .collect();
    let mass = |q: &Option<Quantity>| q.as_ref().and_then(|q| model.value(q)).unwrap_or(f64::INFINITY);
    rows.sort_by(|a, b| mass(&b.1).total_cmp(&mass(&a.1)).then(a.0.cmp(&b.0)));
    let items: Vec<u32> = rows.iter().map(|r| r.0).collect();
    let draft = listed(model, "unresolved", View::Content, &items)?;
    let masses = rows.into_iter().map(|(_, q)| q).collect();
    Some(
        draft
            .range(["mass", "mass_low", "mass_high"], Unit::Kg, masses)
            .note(Message::new("note-unresolved-table")),
    )
}

fn listed<'m, 'a>(
    model: &'m Model<'a>,
    name: &'static str,
    view: View,
    items: &[u32],
) -> Option<Draft<'m, 'a>> {
    if items.is_empty() {
        return None;
    }
    let names = || items.iter().map(|n| model.network.name(*n).to_owned()).collect::<Vec<_>>();
    Some(Draft::new(model, name, names()).names("item", names()).number_by_row(
        "quantity",
        items.iter().map(|n| model.unit_of(*n)).collect(),
        items.iter().map(|n| Some(need(view, *n))).collect(),
    ))
}

/// What the placed mass and cost do not count, in one line each.
pub(crate) fn notes(model: &Model<'_>) -> Vec<Message> {
    let count = |id: &'static str, items: &[u32]| {
        (!items.is_empty()).then(|| Message::new(id).integer("items", items.len() as i64))
    };
    [count("note-unpriced", &unpriced(model)), count("note-unweighed", &unweighed(model))]
        .into_iter()
        .flatten()
        .collect()
}
