//! Any number of an answer taken apart: to needs, coefficients, figures and sources.
//!
//! The answer is worked out again and the number looked up by its address, so that answers carry no provenance
//! with them. What is shown is the definition that the number was computed from.

use crate::atlas::figure::nearest;
use crate::atlas::values::{Part, Spread, spread};
use crate::atlas::{Atlas, Expr, FigureId, Values};
use crate::book::Book;
use crate::footing::Footing;
use crate::model::{Measure, Model, Quantity, View, figure_label};
use crate::stop::{Number, Step, Traced};
use linchpin_table::{Answer, Message, Status, Table, TableError, Unit};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// Why a number cannot be explained.
#[derive(Debug, thiserror::Error)]
pub enum ExplainError {
    /// The answer has no such number.
    #[error("no number at {address}; the nearest is {nearest}")]
    Address {
        /// What was asked.
        address: String,
        /// An address that exists.
        nearest: String,
    },
    /// A table does not hold together; a bug.
    #[error(transparent)]
    Table(#[from] TableError),
}

/// Takes the number at `address` apart. At most `limit` rows a table, the weightiest first.
pub fn explain(model: &Model<'_>, book: &Book, address: &str, limit: usize) -> Result<Answer, ExplainError> {
    let Some(quantity) = book.numbers.get(address) else {
        let nearest = nearest(address, book.numbers.keys().map(String::as_str)).to_owned();
        return Err(ExplainError::Address { address: address.to_owned(), nearest });
    };
    let mut stamp = book.answer.stamp.clone();
    stamp.verb = "explain".into();
    stamp.request.insert("address".into(), address.to_owned());
    let mut answer = Answer::new(stamp);
    answer.labels = book.answer.labels.clone();
    let unit = unit_of(book, address);
    let spread = model.spread(quantity);
    answer.headlines.push(match model.value(quantity) {
        Some(value) => {
            let request = &answer.stamp.request;
            let message = match request.get("units").or(request.get("volume")) {
                Some(units) => Message::new("explain-value").text("units", units),
                None => Message::new("explain-value-of-one"),
            };
            let (low, high) = printed(book, address).unwrap_or((value + spread.down, value + spread.up));
            let message = message.text("address", address).name("product", model.product.item.as_str());
            message.range("value", value, low, high, unit)
        }
        None => {
            answer.stamp.status = answer.stamp.status.worst(Status::NoData);
            Message::new("explain-no-data").text("address", address)
        }
    });
    answer.tables.push(definition_table(model, quantity)?);
    for (i, measure) in measures(quantity).into_iter().enumerate().take(2) {
        answer.tables.push(terms_table(model, &measure, i, limit)?);
        answer.tables.push(path_table(model, &measure, i, limit)?);
    }
    let cells = cells(model, quantity);
    if let Quantity::Stop(_) = quantity {
        let id = if cells.is_empty() { "note-structural" } else { "note-stop-range" };
        answer.notes.push(Message::new(id));
    }
    let moves = moves(model.value(quantity), &spread);
    let mut shown = by_weight(&cells, &moves);
    shown.truncate(limit);
    let mut table = figures_table(model.atlas, model.values, &shown, &moves, &mut answer.labels)?;
    note_shown(&mut table, shown.len(), cells.len());
    answer.tables.push(table);
    answer.tables.push(sources_table(model.atlas, &shown)?);
    Ok(answer)
}

/// Half the range of each figure, carried to the number, as a share of it.
fn moves(value: Option<f64>, spread: &Spread) -> BTreeMap<FigureId, f64> {
    let Some(value) = value.filter(|v| *v != 0.0) else { return BTreeMap::new() };
    spread.influences.iter().map(|i| (i.figure, ((i.up - i.down) / 2.0 / value).abs())).collect()
}

/// Cells, those that move the number most first.
fn by_weight(cells: &BTreeSet<FigureId>, moves: &BTreeMap<FigureId, f64>) -> Vec<FigureId> {
    // Few of many cells move a number, and only they are sorted.
    let moving = moves.iter().filter(|(f, size)| **size > 0.0 && cells.contains(f));
    let mut moving: Vec<(FigureId, f64)> = moving.map(|(f, size)| (*f, *size)).collect();
    moving.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let still = cells.iter().filter(|f| moves.get(f).is_none_or(|size| *size <= 0.0));
    moving.iter().map(|(f, _)| *f).chain(still.copied()).collect()
}

/// Every cell that a number rests on, the weightiest first, and how far the first of them move it, as long as they do.
pub(crate) fn weighed(footing: &Footing<'_, '_>, quantity: &Quantity) -> (Vec<FigureId>, Vec<f64>) {
    let model = footing.model;
    let moves = moves(model.value(quantity), &model.spread(quantity));
    let sorted = by_weight(&footing.cells(quantity), &moves);
    let sizes = sorted.iter().map_while(|f| moves.get(f).copied().filter(|m| *m > 0.0)).collect();
    (sorted, sizes)
}

/// Message id of how a number comes about.
pub(crate) fn part(quantity: &Quantity) -> Cow<'static, str> {
    match quantity {
        Quantity::Given { what, .. } if what.args.is_empty() => what.id.clone(),
        Quantity::Given { .. } => "part-given".into(),
        Quantity::Figures(Expr::Number(_)) => "part-constant".into(),
        Quantity::Figures(_) => "part-figures".into(),
        Quantity::Measure(_) => "part-measure".into(),
        Quantity::Low(_) => "part-low".into(),
        Quantity::High(_) => "part-high".into(),
        Quantity::AssumedShare(_) => "part-assumed".into(),
        Quantity::Swing(..) => "part-swing".into(),
        Quantity::Sum(_) => "part-sum".into(),
        Quantity::Least(_) => "part-least".into(),
        Quantity::Greatest(_) => "part-greatest".into(),
        Quantity::Stop(_) => "part-stop".into(),
        Quantity::Simulated(_) => "part-simulated".into(),
        Quantity::Difference(..) => "part-difference".into(),
        Quantity::Product(..) => "part-product".into(),
        Quantity::Ratio(..) => "part-ratio".into(),
    }
}

/// The range that stands beside a number in its table; an end of a range stands alone. `None` where the table has none.
fn printed(book: &Book, address: &str) -> Option<(f64, f64)> {
    let at = linchpin_table::Address::parse(address)?;
    let table = book.answer.table(&at.table)?;
    let number = |column: &str| table.value(&at.key, column);
    match table.column(&at.column)?.range {
        Some((low, high)) => Some((number(low)?, number(high)?)),
        None if table.leading().all(|c| c.name != at.column) => number(&at.column).map(|end| (end, end)),
        None => None,
    }
}

fn unit_of(book: &Book, address: &str) -> Unit {
    linchpin_table::Address::parse(address)
        .and_then(|a| book.answer.number(&a))
        .map_or(Unit::None, |(_, unit)| unit)
}

/// Every atlas cell that a number rests on, parameters of formulas included, in order of address.
pub fn cells(model: &Model<'_>, quantity: &Quantity) -> BTreeSet<FigureId> {
    Footing::new(model).cells(quantity)
}

/// Nodes whose need reaches one of these, they themselves included.
pub(crate) fn contributing(model: &Model<'_>, view: View, nodes: Vec<u32>) -> BTreeSet<u32> {
    let mut seen = BTreeSet::new();
    let mut open = nodes;
    while let Some(node) = open.pop() {
        if !seen.insert(node) {
            continue;
        }
        let lines = model.network.into_node(node);
        open.extend(lines.filter(|(l, _)| model.coefficient(view, *l) != 0.0).map(|(_, l)| l.parent));
        for group in model.network.groups.iter().filter(|g| g.recipes.iter().any(|(_, n)| *n == node)) {
            open.extend(group.items.iter().map(|(i, _)| *i));
        }
    }
    seen
}

pub(crate) fn coefficient<'m>(model: &Model<'m>, view: View, line: usize) -> &'m Expr {
    model.network.lines[line].coefficient(view.losses())
}

fn measures(quantity: &Quantity) -> Vec<std::rc::Rc<Measure>> {
    match quantity {
        Quantity::Given { .. } | Quantity::Figures(_) | Quantity::Simulated(_) => vec![],
        Quantity::Measure(m) | Quantity::AssumedShare(m) => vec![m.clone()],
        Quantity::Low(q) | Quantity::High(q) | Quantity::Swing(q, _) => measures(q),
        Quantity::Sum(parts) | Quantity::Least(parts) | Quantity::Greatest(parts) => {
            let mut all: Vec<_> = vec![];
            parts.iter().flat_map(measures).for_each(|m| {
                if !all.contains(&m) {
                    all.push(m);
                }
            });
            all
        }
        // Its needs are those of the markets behind it, each explained with its own number.
        Quantity::Stop(_) => vec![],
        Quantity::Difference(a, b) | Quantity::Product(a, b) | Quantity::Ratio(a, b) => {
            let mut both = measures(a);
            both.extend(measures(b));
            both.dedup();
            both
        }
    }
}

/// Rows of a definition: depth, what the part is, its formula, its value.
type Rows = Vec<(u8, Cow<'static, str>, String, Option<f64>)>;

/// The definition as a tree, each part with its value.
fn definition_table(model: &Model<'_>, quantity: &Quantity) -> Result<Table, TableError> {
    let mut rows: Rows = vec![];
    define(model, quantity, 0, &mut rows);
    let keys = (1..=rows.len()).map(|i| i.to_string());
    Table::builder("definition", Message::new("table-definition"), keys)
        .words("part", rows.iter().map(|r| &*r.1))
        .text("formula", rows.iter().map(|r| r.2.clone()))
        .number("value", Unit::None, rows.iter().map(|r| r.3))
        .unexplained()
        .indent(rows.iter().map(|r| r.0))
        .build()
}

fn define(model: &Model<'_>, q: &Quantity, depth: u8, rows: &mut Rows) {
    let (text, parts): (String, Vec<&Quantity>) = match q {
        Quantity::Figures(e @ Expr::Number(_)) => (text_of(model.atlas, e), vec![]),
        Quantity::Figures(e) => (short(&text_of(model.atlas, e)), vec![]),
        Quantity::Given { .. }
        | Quantity::Measure(_)
        | Quantity::AssumedShare(_)
        | Quantity::Simulated(_) => (String::new(), vec![]),
        Quantity::Swing(_, f) => (model.atlas.figures.get(*f).address.clone(), vec![]),
        Quantity::Low(q) | Quantity::High(q) => (String::new(), vec![q]),
        Quantity::Sum(parts) | Quantity::Least(parts) | Quantity::Greatest(parts) => {
            (String::new(), parts.iter().collect())
        }
        Quantity::Stop(stop) => {
            tell(model, stop.story(), depth, rows);
            return;
        }
        Quantity::Difference(a, b) | Quantity::Product(a, b) | Quantity::Ratio(a, b) => {
            (String::new(), vec![a, b])
        }
    };
    rows.push((depth, part(q), text, model.value(q)));
    parts.into_iter().for_each(|p| define(model, p, depth + 1, rows));
}

/// How deep the steps of a computation over many markets are shown.
const STEPS_SHOWN: u8 = 8;

/// The steps of a computation, without those that change nothing.
fn tell(model: &Model<'_>, story: &Traced, depth: u8, rows: &mut Rows) {
    let (word, parts): (&'static str, Vec<&Traced>) = match story.step() {
        Step::Leaf(quantity) => return define(model, quantity, depth, rows),
        Step::Sum(all) => ("part-sum", all.iter().filter(|p| p.value() != 0.0).collect()),
        // Only what decides is followed further; the others are in the table of figures.
        Step::Least(all) => {
            ("part-least", all.iter().find(|p| p.value() == story.value()).into_iter().collect())
        }
        Step::Greatest(all) => {
            ("part-greatest", all.iter().find(|p| p.value() == story.value()).into_iter().collect())
        }
        Step::Less(a, b) => ("part-difference", vec![a, b]),
        Step::Times(a, b) => ("part-product", vec![a, b]),
        Step::Over(a, b) => ("part-ratio", vec![a, b]),
    };
    if let (true, [only]) = (matches!(story.step(), Step::Sum(_)), parts.as_slice()) {
        return tell(model, only, depth, rows);
    }
    rows.push((depth, word.into(), String::new(), known(story.value())));
    if depth < STEPS_SHOWN {
        parts.into_iter().for_each(|p| tell(model, p, depth + 1, rows));
    }
}

fn text_of(atlas: &Atlas, e: &Expr) -> String {
    match e {
        // The weight of what is not known.
        Expr::Number(n) if n.is_nan() => "?".to_owned(),
        _ => e.text(&|f| atlas.figures.get(f).address.clone()),
    }
}

/// A long expression is cut on the page; its figures stand in the table of figures all the same.
fn short(text: &str) -> String {
    match text.char_indices().nth(400) {
        Some((cut, _)) => format!("{}…", &text[..cut]),
        None => text.to_owned(),
    }
}

/// A number as a cell holds it: what is unknown is no number.
fn known(value: f64) -> Option<f64> {
    Some(value).filter(|v| v.is_finite())
}

/// Need × weight of each item, the largest first.
fn terms_table(model: &Model<'_>, m: &Measure, index: usize, limit: usize) -> Result<Table, TableError> {
    let need = &model.flow(m.view).need;
    // An item that stands twice, as a magnet does for Nd and for Pr, has one weight: the sum.
    let mut weights: BTreeMap<u32, Expr> = BTreeMap::new();
    for (n, w) in m.terms.iter().filter(|(n, _)| need[*n as usize] != 0.0) {
        let sum = weights.remove(n).into_iter().chain([w.clone()]);
        weights.insert(*n, Expr::sum(sum));
    }
    let mut rows: Vec<(u32, &Expr, f64, f64)> =
        weights.iter().map(|(n, w)| (*n, w, need[*n as usize], w.value(&model.values.value))).collect();
    rows.sort_by(|a, b| (b.2 * b.3).abs().total_cmp(&(a.2 * a.3).abs()).then(a.0.cmp(&b.0)));
    let (shown, all) = (rows.len().min(limit), rows.len());
    rows.truncate(shown);
    let name = if index == 0 { "terms" } else { "terms_2" };
    let keys = rows.iter().map(|r| model.network.name(r.0).to_owned()).collect::<Vec<_>>();
    let mut table = Table::builder(name, Message::new("table-terms"), keys.clone())
        .names("item", keys)
        .number_by_row("need", rows.iter().map(|r| model.unit_of(r.0)), rows.iter().map(|r| known(r.2)))
        .unexplained()
        .text("weight", rows.iter().map(|r| short(&text_of(model.atlas, r.1))))
        .number("weight_value", Unit::None, rows.iter().map(|r| known(r.3)))
        .unexplained()
        .number("part", Unit::None, rows.iter().map(|r| known(r.2 * r.3)))
        .unexplained()
        .build()?;
    note_shown(&mut table, shown, all);
    Ok(table)
}

/// The lines over which one product causes the needs, the largest contribution first.
fn path_table(model: &Model<'_>, m: &Measure, index: usize, limit: usize) -> Result<Table, TableError> {
    let need = &model.flow(m.view).need;
    let wanted = m.terms.iter().map(|(n, _)| *n).filter(|n| need[*n as usize] != 0.0).collect();
    let counts = contributing(model, m.view, wanted);
    let mut rows: Vec<(usize, f64)> = (0..model.network.lines.len())
        .filter(|l| counts.contains(&model.network.lines[*l].child))
        .map(|l| (l, need[model.network.lines[l].parent as usize] * model.coefficient(m.view, l)))
        .filter(|(_, adds)| *adds != 0.0)
        .collect();
    let level = |l: usize| model.network.levels[model.network.lines[l].child as usize];
    rows.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let (shown, all) = (rows.len().min(limit), rows.len());
    rows.truncate(shown);
    rows.sort_by(|a, b| level(a.0).cmp(&level(b.0)).then(b.1.total_cmp(&a.1)).then(a.0.cmp(&b.0)));
    let name = if index == 0 { "path" } else { "path_2" };
    let line = |l: usize| &model.network.lines[l];
    let slot =
        |l: usize| model.network.recipes[line(l).recipe as usize].inputs[line(l).input as usize].slot.clone();
    let mut table = Table::builder(name, Message::new("table-path"), rows.iter().map(|r| r.0.to_string()))
        .names("user", rows.iter().map(|r| model.network.name(line(r.0).parent).to_owned()))
        .text("slot", rows.iter().map(|r| slot(r.0)))
        .names("item", rows.iter().map(|r| model.network.name(line(r.0).child).to_owned()))
        .text(
            "coefficient",
            rows.iter().map(|r| short(&text_of(model.atlas, coefficient(model, m.view, r.0)))),
        )
        .number("coefficient_value", Unit::None, rows.iter().map(|r| known(model.coefficient(m.view, r.0))))
        .unexplained()
        .number_by_row(
            "adds",
            rows.iter().map(|r| model.unit_of(line(r.0).child)),
            rows.iter().map(|r| known(r.1)),
        )
        .unexplained()
        .build()?;
    note_shown(&mut table, shown, all);
    Ok(table)
}

fn note_shown(table: &mut Table, shown: usize, all: usize) {
    if shown < all {
        let note = Message::new("note-shown").integer("shown", shown as i64).integer("all", all as i64);
        table.notes.push(note);
    }
}

/// Atlas cells with value, range, what that range moves, standing, formula, sources and reason.
pub(crate) fn figures_table(
    atlas: &Atlas,
    values: &Values,
    cells: &[FigureId],
    moves: &BTreeMap<FigureId, f64>,
    labels: &mut BTreeMap<String, linchpin_table::Label>,
) -> Result<Table, TableError> {
    let figures: Vec<_> = cells.iter().map(|id| (*id, atlas.figures.get(*id))).collect();
    for (id, figure) in &figures {
        let label = figure_label(atlas, labels, *id);
        labels.insert(figure.address.clone(), label);
    }
    let mut table =
        Table::builder("figure", Message::new("table-figure"), figures.iter().map(|f| f.1.address.clone()))
            .names("figure", figures.iter().map(|f| f.1.address.clone()))
            .range_by_row(
                ["value", "low", "high"],
                figures.iter().map(|f| f.1.unit),
                figures.iter().map(|f| values.get(f.0)),
                figures.iter().map(|f| range_of(atlas, values, f.0).0),
                figures.iter().map(|f| range_of(atlas, values, f.0).1),
            )
            .unexplained();
    // A cell by itself moves nothing but itself.
    if !moves.is_empty() {
        let share = figures.iter().map(|f| moves.get(&f.0).copied().unwrap_or(0.0));
        table = table.number("moves", Unit::Fraction, share).unexplained();
    }
    table
        .words("standing", figures.iter().map(|f| format!("standing-{}", f.1.standing.word())))
        .text("year", figures.iter().map(|f| f.1.year.map(|y| y.to_string()).unwrap_or_default()))
        .text("source", figures.iter().map(|f| f.1.sources.join("; ")))
        .text(
            "note",
            figures.iter().map(|f| {
                let formula = f.1.formula_text.iter().map(|t| format!("= {t}"));
                formula.chain(f.1.note.clone()).collect::<Vec<_>>().join("; ")
            }),
        )
        .build()
}

/// Range of a figure: as typed, else by its formula, else the value itself.
fn range_of(atlas: &Atlas, values: &Values, id: FigureId) -> (Option<f64>, Option<f64>) {
    let figure = atlas.figures.get(id);
    let Some(value) = values.get(id) else { return (figure.low, figure.high) };
    let expr = Expr::Figure(id);
    let part = Part { expr: &expr, seed: 1.0, reciprocal: false };
    let spread = spread(&atlas.figures, values, &[part]);
    (Some(figure.low.unwrap_or(value + spread.down)), Some(figure.high.unwrap_or(value + spread.up)))
}

pub(crate) fn sources_table(atlas: &Atlas, cells: &[FigureId]) -> Result<Table, TableError> {
    let sheet = atlas.sheet("sources");
    let ids: BTreeSet<&str> =
        cells.iter().flat_map(|id| &atlas.figures.get(*id).sources).map(String::as_str).collect();
    let rows: Vec<_> = ids.into_iter().filter_map(|id| sheet.find(id)).collect();
    let column =
        |name: &'static str| rows.iter().map(move |r| sheet.get(r, name).unwrap_or_default().to_owned());
    Table::builder("source", Message::new("table-source"), rows.iter().map(|r| r.key.clone()))
        .text("source", rows.iter().map(|r| r.key.clone()))
        .text("title", column("title"))
        .text("publisher", column("publisher"))
        .text("year", column("year"))
        .words("tier", rows.iter().map(|r| format!("tier-{}", sheet.text(r, "tier"))))
        .text("url", column("url"))
        .build()
}

/// One atlas cell taken apart, for an address that begins with a table of the atlas.
pub fn explain_cell(
    atlas: &Atlas,
    values: &Values,
    stamp: linchpin_table::Stamp,
    address: &str,
) -> Option<Result<Answer, TableError>> {
    let id = atlas.figures.find(address)?;
    let mut found = BTreeSet::from([id]);
    let mut open = vec![id];
    while let Some(id) = open.pop() {
        if let Some(formula) = &atlas.figures.get(id).formula {
            open.extend(formula.figures().into_iter().filter(|f| found.insert(*f)));
        }
    }
    let build = || {
        let mut answer = Answer::new(stamp);
        answer.labels = crate::model::labels(atlas);
        let found: Vec<FigureId> = found.iter().copied().collect();
        let table = figures_table(atlas, values, &found, &BTreeMap::new(), &mut answer.labels)?;
        answer.tables.push(table);
        answer.tables.push(sources_table(atlas, &found)?);
        Ok(answer)
    };
    Some(build())
}
