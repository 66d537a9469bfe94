//! Checks between rows and tables. Each is one function; each reports every fault it finds.

use super::Atlas;
use super::expr::{self, Expr, FigureId, FormulaError};
use super::figure::Figures;
use super::problems::{Place, Problems, at, shown, unread};
use super::read::{Row, Sheet, same_kind};
use super::schema::Kind;
use super::values::{Overlay, Values};
use crate::network::{self, Losses, NetworkError, Role, Sweep, Topology, TopologyError};
use linchpin_table::{Message, Unit};
use std::collections::{BTreeMap, BTreeSet};

/// How far a typed value may stand from its formula.
const FORMULA_TOLERANCE: f64 = 1e-3;
/// How far shares may be from one.
const SHARE_TOLERANCE: f64 = 1e-3;
/// How far a tracked element may be out of balance in a recipe, before losses.
const BALANCE_TOLERANCE: f64 = 1e-2;

/// How many wrong references are compared with all keys there are.
const NEAREST_SHOWN: usize = 1000;

type Sheets = BTreeMap<&'static str, Sheet>;

/// Every reference names a row that exists.
pub(super) fn references(sheets: &Sheets, problems: &mut Problems) {
    let unread = unread(problems);
    let mut compared = 0;
    for sheet in sheets.values() {
        let file = sheet.schema.file();
        for (i, a) in sheet.schema.attributes.iter().enumerate() {
            let Some(target) = a.refers_to.as_deref().and_then(|t| sheets.get(t)) else { continue };
            if unread.contains(&target.schema.file()) {
                continue;
            }
            for row in sheet.rows.iter().chain(&sheet.seen.faulty) {
                let Some(cell) = row.cells[i].as_deref() else { continue };
                let parts: Vec<&str> =
                    if a.kind == Kind::Refs { cell.split(';').map(str::trim).collect() } else { vec![cell] };
                for part in parts.into_iter().filter(|p| !target.seen.keys.contains(*p)) {
                    // Looking for the nearest takes time; who has so many wrong has not mistyped them.
                    compared += 1;
                    let nearest =
                        if compared <= NEAREST_SHOWN { nearest(part, target) } else { String::new() };
                    let what = match nearest.as_str() {
                        "" => Message::new("fault-dangling-alone"),
                        nearest => Message::new("fault-dangling").text("nearest", nearest),
                    };
                    let what = what.text("table", target.schema.name.as_str());
                    let place =
                        Place { file: &file, row: Some(row.line), column: Some(&a.name), value: Some(part) };
                    problems.push(at(&place, what));
                }
            }
        }
    }
}

/// The key most like a wrong one, by shared pairs of letters.
fn nearest(wrong: &str, target: &Sheet) -> String {
    let pairs = |s: &str| -> Vec<(char, char)> { s.chars().zip(s.chars().skip(1)).collect() };
    let have = pairs(wrong);
    let score = |key: &str| {
        let other = pairs(key);
        let shared = have.iter().filter(|p| other.contains(p)).count();
        2000 * shared / (have.len() + other.len()).max(1)
    };
    let best = target
        .seen
        .keys
        .iter()
        .map(|k| (score(k), k))
        .fold((0, ""), |best, (s, k)| if s > best.0 { (s, k) } else { best });
    best.1.to_owned()
}

/// Reads all formulas, orders them, and compares them with typed values. Returns the order.
pub(super) fn formulas(sheets: &Sheets, figures: &mut Figures, problems: &mut Problems) -> Vec<FigureId> {
    let rows: BTreeMap<String, (&Sheet, &Row)> = sheets
        .values()
        .filter(|s| s.schema.figure)
        .flat_map(|s| s.rows.iter().map(move |r| (s.address(r), (s, r))))
        .collect();
    let parameters = &sheets["parameters"];
    let hidden = unread(problems).contains(&parameters.schema.file());
    let message = |fault| match fault {
        // The parameter has a fault of its own, which is reported where it stands.
        FormulaError::UnknownParameter(name) if hidden || parameters.seen.keys.contains(&name) => None,
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
                let address = sheet.address(row);
                let of_this_row = rows.get(&address).is_some_and(|(_, r)| r.line == row.line);
                if let Some(id) = figures.find(&address).filter(|_| of_this_row) {
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
                let Some((sheet, row)) = rows.get(&figures.get(id).address) else { continue };
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
            let Some((sheet, row)) = rows.get(&figure.address) else { continue };
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

/// Units fit the item or the measure that a row is about.
pub(super) fn units(atlas: &Atlas, problems: &mut Problems) {
    let items = atlas.sheet("items");
    let counted = |item: &str| items.find(item).map(|row| items.text(row, "unit"));
    for table in [
        "inputs",
        "outputs",
        "masses",
        "contents",
        "prices",
        "reserves",
        "demands",
        "site_figures",
        "lanes",
        "product_figures",
    ] {
        let sheet = atlas.sheet(table);
        let file = sheet.schema.file();
        for row in &sheet.rows {
            let Some(id) = atlas.figure_of(sheet, row) else { continue };
            let unit = atlas.figures.get(id).unit;
            let fault = |allowed: &str| {
                at(
                    &sheet.place(&file, row, "unit"),
                    Message::new("fault-unit").text("allowed", allowed.to_owned()),
                )
            };
            let site_item = |site: &str| {
                let sites = atlas.sheet("sites");
                sites.find(site).and_then(|r| counted(sites.text(r, "item")))
            };
            let per_year = |kind: Option<&str>| match kind {
                Some("kg") => (unit == Unit::KgPerYear, "t/y, kg/y"),
                Some("piece") => (unit == Unit::PiecePerYear, "piece/y"),
                _ => (true, ""),
            };
            let (fits, allowed) = match table {
                "inputs" | "outputs" => match counted(sheet.text(row, "item")) {
                    Some(kind) => (same_kind(kind, unit), if kind == "kg" { "kg, g" } else { "piece" }),
                    None => (true, ""),
                },
                "masses" => match counted(sheet.text(row, "item")) {
                    Some("kg") => (false, "none: the item is counted in kg"),
                    _ => (true, ""),
                },
                "contents" => match counted(sheet.text(row, "item")) {
                    Some("kg") => (unit == Unit::Fraction, "fraction, %"),
                    Some(_) => (unit == Unit::Kg, "kg, g"),
                    None => (true, ""),
                },
                "prices" => match counted(sheet.text(row, "item")) {
                    Some("kg") => (unit == Unit::UsdPerKg, "USD/kg, USD/t"),
                    Some(_) => (unit == Unit::UsdPerPiece, "USD/piece"),
                    None => (true, ""),
                },
                "demands" => per_year(counted(sheet.text(row, "item"))),
                "lanes" if unit != Unit::Fraction => per_year(counted(sheet.text(row, "item"))),
                "site_figures" => match sheet.text(row, "measure") {
                    "capacity" | "output" => per_year(site_item(sheet.text(row, "site"))),
                    "utilisation" => (unit == Unit::Fraction, "fraction, %"),
                    _ => (unit == Unit::Day, "d, week"),
                },
                "product_figures" => match sheet.text(row, "measure") {
                    "mass" => (unit == Unit::Kg, "kg"),
                    "cost" | "cost_without_china" => (unit == Unit::Usd, "USD"),
                    _ => (unit == Unit::PiecePerYear, "piece/y"),
                },
                _ => (true, ""),
            };
            if !fits {
                problems.push(fault(allowed));
            }
        }
    }
}

/// A product has a name of its own on the command line, and a market is counted as what is traded in it.
pub(super) fn names(atlas: &Atlas, problems: &mut Problems) {
    let products = atlas.sheet("products");
    let mut first: BTreeMap<&str, u64> = BTreeMap::new();
    let mut rows: Vec<&Row> = products.rows.iter().collect();
    rows.sort_by_key(|r| r.line);
    for row in rows {
        if let Some(line) = first.insert(products.text(row, "alias"), row.line) {
            let what = Message::new("fault-duplicate-key").integer("first", line as i64);
            problems.push(at(&products.place(&products.schema.file(), row, "alias"), what));
        }
    }
    let items = atlas.sheet("items");
    for row in &items.rows {
        let Some(market) = items.get(row, "pool").and_then(|p| items.find(p)) else { continue };
        let same_unit = items.text(market, "unit") == items.text(row, "unit");
        if !same_unit || items.get(market, "pool").is_some_and(|p| p != market.key) {
            problems.push(at(&items.place(&items.schema.file(), row, "pool"), Message::new("fault-pool")));
        }
    }
}

/// Slots and shares fit their recipes; shares of an item sum to one.
pub(super) fn recipes(atlas: &Atlas, problems: &mut Problems) {
    let outputs = atlas.sheet("outputs");
    let inputs = atlas.sheet("inputs");
    let Ok(values) = atlas.values(&Overlay::new()) else { return };
    let value = |sheet: &Sheet, row: &Row| atlas.figure_of(sheet, row).and_then(|f| values.get(f));

    // Where a row has a fault of its own, sums and lists of rows say nothing.
    let faulty: BTreeSet<String> = problems.iter().map(|p| p.file.clone()).collect();
    let sound = |sheet: &Sheet| !faulty.contains(&sheet.schema.file());
    let slots: BTreeSet<(&str, &str)> =
        inputs.rows.iter().map(|r| (inputs.text(r, "recipe"), inputs.text(r, "slot"))).collect();
    let making: BTreeSet<&str> = outputs.rows.iter().map(|r| outputs.text(r, "recipe")).collect();
    let recipes = atlas.sheet("recipes");
    for row in recipes.rows.iter().filter(|r| sound(outputs) && !making.contains(r.key.as_str())) {
        problems.push(row_problem(atlas, "recipes", &row.key, Message::new("fault-outputs")));
    }
    let mut open = slots.clone();
    for row in inputs.rows.iter().filter(|r| inputs.text(r, "choice") == "used") {
        open.remove(&(inputs.text(row, "recipe"), inputs.text(row, "slot")));
    }
    for row in inputs.rows.iter().filter(|_| sound(inputs)) {
        if open.remove(&(inputs.text(row, "recipe"), inputs.text(row, "slot"))) {
            let file = inputs.schema.file();
            problems.push(at(&inputs.place(&file, row, "choice"), Message::new("fault-slot-unused")));
        }
    }

    let yields = atlas.sheet("yields");
    for row in &yields.rows {
        let file = yields.schema.file();
        let (recipe, slot) = (yields.text(row, "recipe"), yields.get(row, "slot"));
        let known = slot.is_none_or(|slot| slots.contains(&(recipe, slot)));
        if !known && sound(inputs) {
            problems.push(at(
                &yields.place(&file, row, "slot"),
                Message::new("fault-no-slot").text("recipe", recipe.to_owned()),
            ));
        }
        if value(yields, row) == Some(0.0) {
            problems.push(at(&yields.place(&file, row, "value"), Message::new("fault-zero-yield")));
        }
    }
    for row in &outputs.rows {
        if value(outputs, row) == Some(0.0) && outputs.text(row, "role") == "main" {
            let file = outputs.schema.file();
            problems.push(at(&outputs.place(&file, row, "value"), Message::new("fault-zero-output")));
        }
    }
    let shares = atlas.sheet("shares");
    for row in &shares.rows {
        let file = shares.schema.file();
        let (item, recipe) = (shares.text(row, "item"), shares.text(row, "recipe"));
        let made = outputs.find(&format!("{recipe}/{item}")).map(|r| outputs.text(r, "role"));
        if made != Some("main") && sound(outputs) {
            let what = Message::new("fault-share-recipe")
                .text("recipe", recipe.to_owned())
                .text("item", item.to_owned());
            problems.push(at(&shares.place(&file, row, "recipe"), what));
        }
    }
    for whole in wholes(atlas, &values).into_iter().filter(|w| !w.fits() && sound(shares)) {
        let file = shares.schema.file();
        let what = Message::new("fault-share-sum")
            .text("item", whole.item.to_owned())
            .text("sum", format!("{:.4}", whole.sum));
        problems.push(at(&shares.place(&file, whole.rows[0], "value"), what));
    }
}

/// The shares of one item.
pub(super) struct Whole<'a> {
    pub(super) item: &'a str,
    /// Its rows; at least one.
    pub(super) rows: Vec<&'a Row>,
    /// What they add up to; a blank adds nothing.
    pub(super) sum: f64,
    /// Whether joint recipes make what no share gives.
    pub(super) joint: bool,
}

impl Whole<'_> {
    /// Whether the shares make a whole, or at most one.
    pub(super) fn fits(&self) -> bool {
        if self.joint { self.sum <= 1.0 + SHARE_TOLERANCE } else { (self.sum - 1.0).abs() <= SHARE_TOLERANCE }
    }
}

/// The shares of each item that has any.
pub(super) fn wholes<'a>(atlas: &'a Atlas, values: &Values) -> Vec<Whole<'a>> {
    let (shares, outputs) = (atlas.sheet("shares"), atlas.sheet("outputs"));
    let mut rows: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
    shares.rows.iter().for_each(|row| rows.entry(shares.text(row, "item")).or_default().push(row));
    let value = |row: &&Row| atlas.figure_of(shares, row).and_then(|f| values.get(f));
    let joint = |item: &str| {
        let mut of_item = outputs.rows.iter().filter(|r| outputs.text(r, "item") == item);
        of_item.any(|r| outputs.text(r, "role") == "joint")
    };
    let whole = |(item, rows): (&'a str, Vec<&'a Row>)| Whole {
        item,
        sum: rows.iter().filter_map(value).sum(),
        joint: joint(item),
        rows,
    };
    rows.into_iter().map(whole).collect()
}

/// The rows make a network: every recipe has an output that drives it, every cycle gives more than it takes, and
/// tracked elements balance at every recipe.
pub(super) fn network(atlas: &Atlas, problems: &mut Problems) {
    let topology = match network::from_atlas(atlas) {
        Ok(topology) => topology,
        Err(faults) => {
            problems.extend(faults.into_iter().map(|f| topology_problem(atlas, f)));
            return;
        }
    };
    let Ok(values) = atlas.values(&Overlay::new()) else { return };
    balance(atlas, &topology, &values, problems);
    for losses in [Losses::Net, Losses::Gross] {
        let ones = vec![1.0; topology.nodes];
        let outcome =
            Sweep::new(&topology, &values, losses, &|_| false, &|_| true).and_then(|s| s.down(&ones, 1));
        if let Err(e) = outcome {
            problems.push(network_problem(atlas, &e));
            return;
        }
    }
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
            return super::problems::of_file(
                "items.csv",
                Message::new("fault-network").text("reason", e.to_string()),
            );
        }
    };
    row_problem(atlas, "items", name, what.text("reason", error.to_string()))
}

fn row_problem(atlas: &Atlas, table: &str, key: &str, what: Message) -> linchpin_table::Problem {
    let sheet = atlas.sheet(table);
    let row = sheet.find(key).map(|r| r.line);
    at(&Place { file: &sheet.schema.file(), row, column: None, value: Some(key) }, what)
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
pub(super) fn contents<'a>(atlas: &'a Atlas, values: &Values) -> BTreeMap<&'a str, BTreeMap<&'a str, f64>> {
    let sheet = atlas.sheet("contents");
    let mut out: BTreeMap<&str, BTreeMap<&str, f64>> = BTreeMap::new();
    for row in &sheet.rows {
        let Some(id) = atlas.figure_of(sheet, row) else { continue };
        let value = values.get(id).unwrap_or(f64::NAN);
        out.entry(sheet.text(row, "item")).or_default().insert(sheet.text(row, "element"), value);
    }
    out
}
