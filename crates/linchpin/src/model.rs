//! An atlas under a scenario, ready to answer about one product.
//!
//! A model holds the sweeps that answers share. Every number of an answer is a [`Quantity`]: the model gives its
//! value, its range, the share of it that rests on assumptions, and the figures behind it, all from one definition.

use crate::atlas::values::{self, Part, Spread};
use crate::atlas::{Atlas, Expr, FigureId, Schema, Values};
use crate::context::{Cancelled, Context};
use crate::network::baseline::Markets;
use crate::network::{Flow, Losses, NetworkError, Sweep, Topology};
use crate::stop::Stop;
use linchpin_table::{Label, Message, Status, Unit};
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

/// Where a walk down from the product stops, and whether losses count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum View {
    /// Everything that must be put in, down to the ground.
    Gross,
    /// What is inside, down to the first item with a stated element content.
    Content,
    /// What is inside, down to the first item that belongs to a material class.
    Material,
    /// What is inside, down to the first item with a stated mass.
    Mass,
    /// What is bought, down to the first item with a price.
    Cost,
}

const VIEWS: [View; 5] = [View::Gross, View::Content, View::Material, View::Mass, View::Cost];

/// Σ need × weight over some nodes in a view, for one product.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    /// Which needs.
    pub view: View,
    /// Node and weight.
    pub terms: Vec<(u32, Expr)>,
}

/// A number of an answer, as its definition.
#[derive(Debug, Clone, PartialEq)]
pub enum Quantity {
    /// Given with the request.
    Given {
        /// Its value.
        value: f64,
        /// What it is.
        what: Message,
    },
    /// Arithmetic over figures; often just one.
    Figures(Expr),
    /// A sum over needs.
    Measure(Rc<Measure>),
    /// Low end of the range of a quantity.
    Low(Rc<Quantity>),
    /// High end of the range of a quantity.
    High(Rc<Quantity>),
    /// Share of a measure that passes through at least one assumed figure.
    AssumedShare(Rc<Measure>),
    /// Half the width of a figure's range, carried to a number, as a share of that number.
    Swing(Rc<Quantity>, FigureId),
    /// Sum.
    Sum(Vec<Quantity>),
    /// Difference.
    Difference(Rc<Quantity>, Rc<Quantity>),
    /// Product.
    Product(Rc<Quantity>, Rc<Quantity>),
    /// Quotient.
    Ratio(Rc<Quantity>, Rc<Quantity>),
    /// The smallest of its parts.
    Least(Vec<Quantity>),
    /// The largest of its parts.
    Greatest(Vec<Quantity>),
    /// What a loss does, worked out over the markets.
    Stop(Rc<Stop>),
    /// What came out of a run of the network in time.
    Simulated(Rc<Simulated>),
}

/// A number that came out of a run. It has no formula: it is explained by the figures that went in, and by running again.
#[derive(Debug, Clone, PartialEq)]
pub struct Simulated {
    /// The number.
    pub value: f64,
    /// The figures that it rests on.
    pub inputs: Rc<Vec<FigureId>>,
}

impl Quantity {
    /// A figure of the atlas.
    pub fn cell(id: FigureId) -> Quantity {
        Quantity::Figures(Expr::Figure(id))
    }

    /// A measure.
    pub fn measure(view: View, terms: Vec<(u32, Expr)>) -> Quantity {
        Quantity::Measure(Rc::new(Measure { view, terms }))
    }

    /// Whether it is built without a difference, so that it cannot be negative.
    fn is_amount(&self) -> bool {
        match self {
            Quantity::Difference(..) => false,
            Quantity::Low(q) | Quantity::High(q) => q.is_amount(),
            Quantity::Sum(parts) | Quantity::Least(parts) => parts.iter().all(Quantity::is_amount),
            Quantity::Greatest(parts) => parts.iter().any(Quantity::is_amount),
            Quantity::Product(a, b) | Quantity::Ratio(a, b) => a.is_amount() && b.is_amount(),
            _ => true,
        }
    }

    /// Low end of its range.
    pub fn low(&self) -> Quantity {
        Quantity::Low(Rc::new(self.clone()))
    }

    /// High end of its range.
    pub fn high(&self) -> Quantity {
        Quantity::High(Rc::new(self.clone()))
    }

    /// This times another.
    pub fn times(self, other: Quantity) -> Quantity {
        Quantity::Product(Rc::new(self), Rc::new(other))
    }

    /// This over another.
    pub fn over(self, other: Quantity) -> Quantity {
        Quantity::Ratio(Rc::new(self), Rc::new(other))
    }

    /// This less another.
    pub fn less(self, other: Quantity) -> Quantity {
        Quantity::Difference(Rc::new(self), Rc::new(other))
    }
}

/// Why a model cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// No product of that name.
    #[error("no product {0}; there are {1}")]
    Product(String, String),
    /// The network has no answer.
    #[error(transparent)]
    Network(#[from] NetworkError),
    /// The request was cancelled.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
}

/// A product as the atlas lists it.
#[derive(Debug, Clone)]
pub struct Product {
    /// Its item.
    pub item: String,
    /// Its node.
    pub node: u32,
    /// Country of assembly.
    pub country: String,
}

/// A view worked out for the product.
struct Prepared<'a> {
    sweep: Sweep<'a>,
    /// The same without what rests on assumptions: only shares of them ask for it.
    clean: OnceCell<Option<Sweep<'a>>>,
    flow: Flow,
}

/// An atlas under a scenario, ready to answer about one product.
pub struct Model<'a> {
    /// The atlas.
    pub atlas: &'a Atlas,
    /// Its shape.
    pub network: &'a Topology,
    /// Its values under the scenario.
    pub values: &'a Values,
    /// The product.
    pub product: Product,
    /// Threads, cancellation and progress.
    pub context: Context,
    /// Where its items are traded.
    pub(crate) markets: Arc<Markets>,
    assumed: OnceCell<Vec<bool>>,
    views: [OnceCell<Prepared<'a>>; VIEWS.len()],
    /// Needed items whose content nobody tells, with the mass of one: asked for by every claim on content.
    pub(crate) unresolved: OnceCell<Vec<(u32, Option<Expr>)>>,
}

/// Finds a product by alias or item id.
pub fn product(atlas: &Atlas, network: &Topology, name: &str) -> Result<Product, ModelError> {
    let sheet = atlas.sheet("products");
    let row = sheet.rows.iter().find(|r| sheet.text(r, "alias") == name || r.key == name);
    let found = row.and_then(|row| {
        let country = sheet.text(row, "assembly_country").to_owned();
        Some(Product { item: row.key.clone(), node: network.item(&row.key)?, country })
    });
    found.ok_or_else(|| {
        let names: Vec<&str> = sheet.rows.iter().map(|r| sheet.text(r, "alias")).collect();
        ModelError::Product(name.to_owned(), names.join(", "))
    })
}

impl<'a> Model<'a> {
    /// Whether the product needs an item.
    pub fn needs(&self, item: &str) -> bool {
        let need = &self.flow(View::Gross).need;
        self.network.item(item).is_some_and(|n| need[n as usize] != 0.0)
    }

    /// Prepares a model. Every view is worked out here or not at all, so that what follows cannot fail.
    pub fn new(
        atlas: &'a Atlas,
        network: &'a Topology,
        values: &'a Values,
        product: Product,
        context: Context,
    ) -> Result<Model<'a>, ModelError> {
        let markets = Arc::new(Markets::new(atlas, network));
        let model = Model::with_views(atlas, network, values, product, context, markets, &VIEWS)?;
        for prepared in model.views.iter().filter_map(OnceCell::get) {
            prepared.sweep.follow(&prepared.flow)?;
        }
        Ok(model)
    }

    /// The same product under other values of the atlas, for who asks for needs, markets and what events do to them, and for nothing
    /// else: only [`View::Gross`] is prepared. Trials make thousands.
    pub(crate) fn of_needs(
        atlas: &'a Atlas,
        network: &'a Topology,
        values: &'a Values,
        product: Product,
        context: Context,
        markets: Arc<Markets>,
    ) -> Result<Model<'a>, ModelError> {
        Model::with_views(atlas, network, values, product, context, markets, &[View::Gross])
    }

    fn with_views(
        atlas: &'a Atlas,
        network: &'a Topology,
        values: &'a Values,
        product: Product,
        context: Context,
        markets: Arc<Markets>,
        prepared: &[View],
    ) -> Result<Model<'a>, ModelError> {
        let (views, assumed, unresolved) = Default::default();
        let model = Model { atlas, network, values, product, context, markets, assumed, views, unresolved };
        for (done, view) in prepared.iter().copied().enumerate() {
            model.context.step(view.name(), done)?;
            let prepared = model.prepare(view)?;
            // The cell is empty: it was made above.
            let _ = model.views[view as usize].set(prepared);
        }
        Ok(model)
    }

    fn prepare(&self, view: View) -> Result<Prepared<'a>, NetworkError> {
        let stops = self.stops(view);
        let cut = |node: u32| stops.contains(&node);
        let sweep = Sweep::new(self.network, self.values, view.losses(), &cut, &|_| true)?;
        let mut demand = vec![0.0; self.network.nodes];
        demand[self.product.node as usize] = 1.0;
        let flow = sweep.down(&demand, self.context.threads)?;
        Ok(Prepared { sweep, clean: OnceCell::new(), flow })
    }

    /// Where a walk down stops.
    fn stops(&self, view: View) -> BTreeSet<u32> {
        let mut stops = match view {
            View::Gross => BTreeSet::new(),
            View::Content => self.items_with("contents"),
            View::Material => {
                let items = self.atlas.sheet("items");
                let with = items.rows.iter().filter(|r| items.get(r, "material").is_some());
                with.filter_map(|r| self.network.item(&r.key)).collect()
            }
            View::Mass => {
                let items = self.atlas.sheet("items");
                let in_kg = items.rows.iter().filter(|r| items.text(r, "unit") == "kg");
                let in_kg = in_kg.filter_map(|r| self.network.item(&r.key));
                self.items_with("masses").into_iter().chain(in_kg).collect()
            }
            View::Cost => self.items_with("prices"),
        };
        if matches!(view, View::Mass | View::Cost) {
            // The product's own mass and price are compared with the sum of its parts, and do not hide them.
            stops.remove(&self.product.node);
        }
        stops
    }

    /// The sweep of a view without what rests on assumptions.
    fn clean(&self, view: View) -> Option<&Sweep<'a>> {
        let clean = || {
            let stops = self.stops(view);
            let keep = |e: &Expr| !self.expr_is_assumed(e);
            Sweep::new(self.network, self.values, view.losses(), &|node| stops.contains(&node), &keep).ok()
        };
        self.view(view).clean.get_or_init(clean).as_ref()
    }

    fn items_with(&self, table: &str) -> BTreeSet<u32> {
        let sheet = self.atlas.sheet(table);
        sheet.rows.iter().filter_map(|r| self.network.item(sheet.text(r, "item"))).collect()
    }

    #[allow(clippy::expect_used)]
    fn view(&self, view: View) -> &Prepared<'a> {
        self.views[view as usize].get().expect("every view was prepared when the model was made")
    }

    /// Needs of one product in a view.
    pub fn flow(&self, view: View) -> &Flow {
        &self.view(view).flow
    }

    /// Coefficient of a line in a view; zero where the walk has stopped.
    pub fn coefficient(&self, view: View, line: usize) -> f64 {
        self.view(view).sweep.coefficient(line)
    }

    /// How the answer was found: the worst of all views.
    pub fn status(&self) -> Status {
        VIEWS.iter().fold(Status::Exact, |s, v| s.worst(self.flow(*v).status))
    }

    fn is_assumed(&self, figure: FigureId) -> bool {
        let assumed = || self.values.assumed(&self.atlas.figures, &self.atlas.order);
        self.assumed.get_or_init(assumed)[figure.0 as usize]
    }

    /// Whether an expression rests on an assumed figure.
    pub fn expr_is_assumed(&self, e: &Expr) -> bool {
        e.figures().iter().any(|f| self.is_assumed(*f))
    }

    /// Value of a quantity; `None` where a figure it needs is unknown.
    pub fn value(&self, q: &Quantity) -> Option<f64> {
        let value = match q {
            Quantity::Given { value, .. } => *value,
            Quantity::Figures(e) => e.value(&self.values.value),
            Quantity::Measure(m) => self.measure(m),
            Quantity::Low(q) => match self.value(q) {
                Some(value) => value + self.spread(q).down,
                None => self.published_range(q).0?,
            },
            Quantity::High(q) => match self.value(q) {
                Some(value) => value + self.spread(q).up,
                None => self.published_range(q).1?,
            },
            Quantity::AssumedShare(m) => self.assumed_share(m)?,
            Quantity::Swing(q, figure) => {
                let spread = self.spread(q);
                let width =
                    spread.influences.iter().find(|i| i.figure == *figure).map_or(0.0, |i| i.up - i.down);
                width / 2.0 / self.value(q)?
            }
            Quantity::Sum(parts) => {
                parts.iter().map(|p| self.value(p)).try_fold(0.0, |sum, v| Some(sum + v?))?
            }
            Quantity::Difference(a, b) => self.value(a)? - self.value(b)?,
            Quantity::Product(a, b) => self.value(a)? * self.value(b)?,
            Quantity::Ratio(a, b) => self.value(a)? / self.value(b)?,
            Quantity::Least(parts) | Quantity::Greatest(parts) => self.value(self.extreme(q, parts)?)?,
            Quantity::Stop(stop) => stop.value()?,
            Quantity::Simulated(run) => run.value,
        };
        Some(value).filter(|v| v.is_finite())
    }

    /// The part that a smallest or largest one is, the first of equals; `None` if any is unknown.
    fn extreme<'q>(&self, q: &Quantity, parts: &'q [Quantity]) -> Option<&'q Quantity> {
        let least = matches!(q, Quantity::Least(_));
        let known: Option<Vec<_>> = parts.iter().map(|p| Some((self.value(p)?, p))).collect();
        let beats = |b: f64, a: f64| if least { b < a } else { b > a };
        known?.into_iter().reduce(|a, b| if beats(b.0, a.0) { b } else { a }).map(|(_, p)| p)
    }

    /// Range of a figure that was published without a value; empty for anything else.
    pub fn published_range(&self, q: &Quantity) -> (Option<f64>, Option<f64>) {
        match q {
            Quantity::Figures(Expr::Figure(id)) => {
                let figure = self.atlas.figures.get(*id);
                (figure.low, figure.high)
            }
            _ => (None, None),
        }
    }

    fn measure(&self, m: &Measure) -> f64 {
        let need = &self.flow(m.view).need;
        // What is not needed counts nothing, even where its weight is unknown.
        let needed = m.terms.iter().filter(|(n, _)| need[*n as usize] != 0.0);
        needed.fold(0.0, |sum, (n, w)| sum + need[*n as usize] * w.value(&self.values.value))
    }

    /// Range of a quantity and the atlas cells that move it. A mass, need or cost has no end below zero, whatever
    /// first order says.
    pub fn spread(&self, q: &Quantity) -> Spread {
        let mut parts = vec![];
        self.parts(q, 1.0, &mut parts);
        let mut spread = values::spread(&self.atlas.figures, self.values, &parts);
        if let (true, Some(value)) = (q.is_amount(), self.value(q))
            && value >= 0.0
        {
            spread.down = spread.down.max(-value);
        }
        // A share of robots has no end outside of 0 and 1 either.
        if let (Quantity::Stop(_), Some(value)) = (q, self.value(q)) {
            spread.down = spread.down.max(-value);
            spread.up = spread.up.min(1.0 - value);
        }
        spread
    }

    /// The expressions that a quantity is made of, each with the derivative by it.
    fn parts<'q>(&'q self, q: &'q Quantity, seed: f64, parts: &mut Vec<Part<'q>>) {
        match q {
            Quantity::Given { .. }
            | Quantity::AssumedShare(_)
            | Quantity::Swing(..)
            | Quantity::Simulated(_) => {}
            Quantity::Figures(expr) => parts.push(Part { expr, seed, reciprocal: false }),
            Quantity::Measure(m) => self.parts_of_measure(m, seed, parts),
            Quantity::Low(q) | Quantity::High(q) => self.parts(q, seed, parts),
            Quantity::Sum(list) => list.iter().for_each(|p| self.parts(p, seed, parts)),
            // To first order it moves with the part that it is.
            Quantity::Least(list) | Quantity::Greatest(list) => {
                self.extreme(q, list).into_iter().for_each(|p| self.parts(p, seed, parts));
            }
            Quantity::Stop(stop) => {
                stop.story().slopes().into_iter().for_each(|(q, slope)| self.parts(q, seed * slope, parts));
            }
            Quantity::Difference(a, b) => {
                self.parts(a, seed, parts);
                self.parts(b, -seed, parts);
            }
            Quantity::Product(a, b) => {
                let (Some(x), Some(y)) = (self.value(a), self.value(b)) else { return };
                self.parts(a, seed * y, parts);
                self.parts(b, seed * x, parts);
            }
            Quantity::Ratio(a, b) => {
                let (Some(x), Some(y)) = (self.value(a), self.value(b)) else { return };
                self.parts(a, seed / y, parts);
                self.parts(b, -seed * x / (y * y), parts);
            }
        }
    }

    /// Weight of each node in a measure; zero where nothing is needed.
    pub(crate) fn weights(&self, m: &Measure) -> Vec<f64> {
        let need = &self.flow(m.view).need;
        let mut weights = vec![0.0; self.network.nodes];
        for (node, weight) in m.terms.iter().filter(|(n, _)| need[*n as usize] != 0.0) {
            weights[*node as usize] += weight.value(&self.values.value);
        }
        weights
    }

    /// What one unit of each node holds of a measure; of the product that is the measure itself.
    pub(crate) fn holds(&self, m: &Measure) -> Option<Vec<f64>> {
        let prepared = self.view(m.view);
        prepared.sweep.up(&self.weights(m), &prepared.flow).ok()
    }

    /// d Σ need·w: through the weights, through the coefficient of every line (need of its parent times what a unit
    /// of its child holds), and through the outputs of joint recipes.
    fn parts_of_measure<'q>(&'q self, m: &'q Measure, seed: f64, parts: &mut Vec<Part<'q>>) {
        let prepared = self.view(m.view);
        let need = &prepared.flow.need;
        for (node, weight) in m.terms.iter().filter(|(n, _)| need[*n as usize] != 0.0) {
            parts.push(Part { expr: weight, seed: seed * need[*node as usize], reciprocal: false });
        }
        let Some(holds) = self.holds(m) else { return };
        for (l, line) in self.network.lines.iter().enumerate() {
            let effect = need[line.parent as usize] * holds[line.child as usize];
            if effect != 0.0 && prepared.sweep.coefficient(l) != 0.0 {
                let expr = line.coefficient(m.view.losses());
                parts.push(Part { expr, seed: seed * effect, reciprocal: false });
            }
        }
        for (g, joint) in &prepared.flow.joint {
            let Ok(slopes) = prepared.sweep.slopes(*g, joint) else { continue };
            let group = &self.network.groups[*g as usize];
            for (e, (item, share)) in group.items.iter().enumerate() {
                let raised: f64 =
                    group.recipes.iter().zip(slopes).map(|((_, node), s)| holds[*node as usize] * s[e]).sum();
                parts.push(Part {
                    expr: share,
                    seed: seed * raised * need[*item as usize],
                    reciprocal: false,
                });
                for ((r, _), runs) in group.recipes.iter().zip(&joint.activity.runs) {
                    let outputs = &self.network.recipes[*r as usize].outputs;
                    if let Some(output) = outputs.iter().find(|o| o.item == *item) {
                        parts.push(Part {
                            expr: &output.quantity,
                            seed: -seed * raised * runs,
                            reciprocal: true,
                        });
                    }
                }
            }
        }
    }

    /// Share of a measure that passes through at least one assumed figure: one less the part that is left when
    /// every coefficient and weight with an assumption in it is taken away.
    fn assumed_share(&self, m: &Measure) -> Option<f64> {
        let prepared = self.view(m.view);
        let mut weights = vec![0.0; self.network.nodes];
        for (node, weight) in m.terms.iter().filter(|(_, w)| !self.expr_is_assumed(w)) {
            weights[*node as usize] += weight.value(&self.values.value);
        }
        let holds = self.clean(m.view)?.up(&weights, &prepared.flow).ok()?;
        let whole = self.measure(m);
        let share = 1.0 - holds[self.product.node as usize] / whole;
        // Rounding of a measure that is clean all through must not print as a tiny share.
        // Where two ores tie, the slopes are those of one side, and the part may pass the whole a little.
        Some(if share.abs() < 1e-12 { 0.0 } else { share.clamp(0.0, 1.0) }).filter(|_| whole != 0.0)
    }

    /// The assumed cells that move a number most, with half the width of their range as a share of it.
    pub fn weightiest(&self, q: &Quantity, count: usize) -> Vec<(FigureId, f64)> {
        let spread = self.spread(q);
        let Some(whole) = self.value(q).filter(|v| *v != 0.0) else { return vec![] };
        let mut assumed: Vec<_> = spread
            .influences
            .into_iter()
            .filter(|i| self.is_assumed(i.figure) && i.up - i.down > 0.0)
            .collect();
        assumed.sort_by(|a, b| (b.up - b.down).total_cmp(&(a.up - a.down)).then(a.figure.cmp(&b.figure)));
        assumed.into_iter().take(count).map(|i| (i.figure, (i.up - i.down) / 2.0 / whole)).collect()
    }

    /// Unit in which an item is counted.
    pub fn unit_of(&self, node: u32) -> Unit {
        let items = self.atlas.sheet("items");
        match items.find(self.network.name(node)).map(|row| items.text(row, "unit")) {
            Some("piece") => Unit::Piece,
            _ => Unit::Kg,
        }
    }

    /// Column of an item's row.
    pub fn item_text(&self, node: u32, column: &str) -> Option<&'a str> {
        let items = self.atlas.sheet("items");
        items.find(self.network.name(node)).and_then(|row| items.get(row, column))
    }

    /// Whether anything is known of what the product is made of.
    pub fn is_made(&self) -> bool {
        self.network.out_of(self.product.node).next().is_some()
    }

    /// Names of everything in the atlas that an answer may name.
    pub fn labels(&self) -> BTreeMap<String, Label> {
        labels(self.atlas)
    }
}

impl View {
    fn name(self) -> &'static str {
        match self {
            View::Gross => "gross",
            View::Content => "content",
            View::Material => "material",
            View::Mass => "mass",
            View::Cost => "cost",
        }
    }

    /// Whether the view counts losses.
    pub fn losses(self) -> Losses {
        match self {
            View::Gross | View::Cost => Losses::Gross,
            _ => Losses::Net,
        }
    }
}

/// Names of everything in an atlas that an answer may name.
pub fn labels(atlas: &Atlas) -> BTreeMap<String, Label> {
    let mut labels = BTreeMap::new();
    // A line of trade statistics may share its id with a material, whose name then stands.
    for table in ["commodities", "parameters", "materials", "elements", "countries", "items"] {
        for row in &atlas.sheet(table).rows {
            if let Some(label) = atlas.label(table, &row.key) {
                labels.insert(row.key.clone(), label);
            }
        }
    }
    // A recipe is named by what it makes, or, where it makes several things, by what it works on.
    let (outputs, inputs) = (atlas.sheet("outputs"), atlas.sheet("inputs"));
    let makes = outputs.rows.iter().filter(|r| outputs.text(r, "role") == "main");
    let makes = makes.map(|r| (outputs.text(r, "recipe"), outputs.text(r, "item")));
    let works_on = inputs.rows.iter().map(|r| (inputs.text(r, "recipe"), inputs.text(r, "item")));
    for (recipe, item) in makes.chain(works_on) {
        if let (false, Some(label)) = (labels.contains_key(recipe), labels.get(item)) {
            labels.insert(recipe.to_owned(), label.clone());
        }
    }
    let claims = atlas.sheet("claims");
    for row in &claims.rows {
        let label = Label::new(claims.text(row, "statement_en"), claims.text(row, "statement_zh"));
        labels.insert(row.key.clone(), label);
    }
    labels
}

/// A figure in words: a parameter by its name, any other by its table and the names in its key.
pub fn figure_label(atlas: &Atlas, labels: &BTreeMap<String, Label>, figure: FigureId) -> Label {
    let address = &atlas.figures.get(figure).address;
    let (table, key) = address.split_once('/').unwrap_or((address, ""));
    if let (true, Some(label)) = (table == "parameters", labels.get(key)) {
        // A parameter in a unit that answers do not have is told with it.
        let sheet = atlas.sheet(table);
        let unit = sheet.find(key).map_or("", |row| sheet.text(row, "unit"));
        return match atlas.figures.get(figure).unit {
            Unit::None if !["", "1"].contains(&unit) => {
                Label::new(format!("{} ({unit})", label.en), format!("{}（{unit}）", label.zh))
            }
            _ => label.clone(),
        };
    }
    let named: Vec<Label> = key
        .split('/')
        .filter(|part| *part != "-")
        .map(|part| labels.get(part).cloned().unwrap_or_else(|| Label::new(part, part)))
        .collect();
    let join = |pick: fn(&Label) -> &str| named.iter().map(pick).collect::<Vec<_>>().join(" · ");
    let [en, zh] = Schema::get().table(table).map(|t| t.label.clone()).unwrap_or_default();
    Label::new(format!("{en}: {}", join(|l| &l.en)), format!("{zh}：{}", join(|l| &l.zh)))
}
