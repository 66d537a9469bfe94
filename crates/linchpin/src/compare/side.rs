//! One robot as `compare` sees it. A [`Half`] holds a model and works the numbers out, each with the code of the verb that
//! has it; a [`Side`] holds nothing but them, so that two sides can be worked out on two threads.

use super::matched::{own_word, stem};
use super::number::{Cell, Cells, Number};
use super::parts::{self, Linear, Part};
use super::{CompareError, Request};
use crate::book::Book;
use crate::disrupt;
use crate::explode::{self, content, unknown};
use crate::expose::{self, LossRequest, concentration, headroom, leave, single, stops};
use crate::model::{Model, Quantity};
use crate::network::Baseline;
use crate::stop::{
    Chain, End, Kind, Loss, Mode, Own, Parts, Rationing, Reach, Selector, SelectorError, Unknowns,
};
use linchpin_table::{Answer, Unit};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// How many losses of each side are put beside each other: as many as `brief` has.
const LOSSES: usize = 3;

/// What a loss is: the text of a selector, and whether exports stop instead of plants.
pub(super) type Lost = (String, bool);

/// What one side wants told of both: the losses that hit it most, the countries that it would leave, and the markets that
/// limit it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    losses: BTreeSet<String>,
    /// Losses that are pulled as a switch.
    pulled: BTreeSet<Lost>,
    leave: BTreeSet<String>,
    markets: BTreeSet<String>,
    /// Countries of assembly.
    homes: BTreeSet<String>,
}

impl Wanted {
    /// What either of two sides wants.
    pub fn and(mut self, other: Wanted) -> Wanted {
        self.losses.extend(other.losses);
        self.pulled.extend(other.pulled);
        self.leave.extend(other.leave);
        self.markets.extend(other.markets);
        self.homes.extend(other.homes);
        self
    }
}

/// The three numbers of a loss.
pub(super) const SHARES: [&str; 3] = ["own", "pro_rata", "outbid"];

/// What a loss does to one side.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Struck {
    /// The numbers of [`SHARES`]; `None` where the loss takes the assembly itself, which says nothing of what is behind it.
    pub(super) shares: Option<[Number; 3]>,
    /// Whether it is asked for, and not one of those that hit most.
    pub(super) asked: bool,
    /// Whether it takes any plant that stands behind the robot.
    pub(super) felt: bool,
}

/// What a switch does to one side.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Switched {
    /// Weeks that stock bridges; `None` if nothing is lost.
    pub(super) survive: Option<f64>,
    /// Robots lost in two years.
    pub(super) lost: f64,
    /// The part that is short first.
    pub(super) gate: Option<String>,
}

/// A row of a table of numbers side by side.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row {
    pub(super) unit: Unit,
    pub(super) number: Number,
}

/// All that is compared of one robot.
#[derive(Debug, Clone, PartialEq)]
pub struct Side {
    /// What it is called where there is little room: as it was typed.
    pub(super) name: String,
    /// Item of the product.
    pub(super) product: String,
    /// Country of assembly.
    pub(super) home: String,
    /// Stamp, labels, and the changes of its scenario in the request and the notes.
    pub(super) frame: Answer,
    /// The word that its own parts begin with.
    pub(super) own_word: String,
    /// Whether it is a robot of its own atlas, which may have revisions: two robots of the shipped one are none.
    pub(super) is_own: bool,
    pub(super) cells: Cells,
    /// By table and row.
    pub(super) rows: BTreeMap<&'static str, Vec<(String, Row)>>,
    pub(super) losses: BTreeMap<Lost, Struck>,
    /// Of those that could not be run nothing is known.
    pub(super) switches: BTreeMap<Lost, Option<Switched>>,
    pub(super) linear: Vec<Linear>,
    /// The robot first.
    pub(super) parts: Vec<Part>,
}

/// A model on its way to a [`Side`].
pub struct Half<'m, 'a> {
    model: &'m Model<'a>,
    request: &'m Request,
    name: String,
    book: Book,
    baseline: Baseline,
    chain: Rc<Chain>,
    own: Rc<Vec<Own>>,
    cases: Vec<stops::Case>,
    own_word: String,
    is_own: bool,
    wanted: Wanted,
}

impl<'m, 'a> Half<'m, 'a> {
    /// Finds out what hits a robot most. `name` is what it is called where there is little room.
    pub fn new(model: &'m Model<'a>, name: &str, request: &'m Request) -> Result<Half<'m, 'a>, CompareError> {
        let mut book = Book::new(model, "compare", BTreeMap::new());
        let baseline = explode::baseline(model, request.volume, None);
        let chain = Rc::new(Chain::new(model, &baseline, request.volume));
        expose::label(model, &chain, &mut book);
        book.answer.labels.insert(unknown::CONTENT_UNKNOWN.to_owned(), unknown::content_unknown_label());
        let own = Rc::new(vec![]);
        let cases = stops::cases(model, &chain, &own);
        model.context.step("cases", 0)?;
        let products = model.atlas.sheet("products");
        let alias = products.find(&model.product.item).map_or("", |row| products.text(row, "alias"));
        let direct = model.network.out_of(model.product.node).map(|(_, line)| model.network.name(line.child));
        let own_word = own_word(alias, &direct.collect::<Vec<_>>());
        let mut half = Half {
            is_own: model.atlas.own_products.contains(&model.product.item),
            name: name.to_owned(),
            wanted: Wanted::default(),
            model,
            request,
            book,
            baseline,
            chain,
            own,
            cases,
            own_word,
        };
        half.want();
        Ok(half)
    }

    fn want(&mut self) {
        if !self.model.is_made() {
            return;
        }
        self.wanted.homes.insert(self.chain.home.clone());
        for (at, case) in stops::worst(&self.cases, &self.chain, LOSSES).into_iter().enumerate() {
            self.wanted.losses.insert(case.id.clone());
            self.wanted.pulled.insert((case.id.clone(), case.mode == "exports"));
            let shares = stops::Shares { chain: &self.chain, loss: &case.loss, own: &self.own };
            let stop = shares.market(Rationing::ProRata, false, Unknowns::Middle, Parts::Home);
            let limit = stop.limit().filter(|_| at == 0).map(|k| self.everywhere(&self.chain.links[k].id));
            self.wanted.markets.extend(limit);
        }
        let leaving = leave::Leaving::worst(self.model, &self.chain, &self.cases);
        self.wanted.leave.extend(leaving.map(|(id, _)| id));
        let wall = headroom::wall(self.model, &self.chain);
        let wall = wall.map(|w| self.everywhere(&w.link.id));
        self.wanted.markets.extend(wall);
    }

    /// The key of a market that is the same on both sides.
    fn everywhere(&self, id: &str) -> String {
        parts::everywhere(id, &self.own_word, self.is_own)
    }

    /// What it wants told of both sides.
    pub fn wanted(&self) -> Wanted {
        self.wanted.clone()
    }

    /// Works out all that is wanted of either side.
    pub fn side(self, wanted: &Wanted) -> Result<Side, CompareError> {
        let model = self.model;
        let mut rows = BTreeMap::new();
        rows.insert("headlines", self.headlines(wanted));
        rows.insert("materials", self.measured(content::materials(model)));
        rows.insert("magnets", self.measured(content::by_market(model, "magnet")));
        rows.insert("elements", self.measured(self.elements()));
        model.context.step("numbers", 1)?;
        let losses = self.losses(wanted)?;
        model.context.step("losses", 2)?;
        let switches = self.switches(wanted, &losses)?;
        model.context.step("switches", 3)?;
        let here = |key: &String| (key.clone(), parts::here(key, &self.own_word));
        let measures = parts::measures(model, &self.chain, wanted.markets.iter().map(here));
        let is_own = |id: &str| self.is_own && stem(id, &self.own_word).is_some();
        let parts = parts::parts(model, &measures, &self.book.answer.labels, is_own);
        let figures: BTreeSet<_> = rows.values().flatten().flat_map(|(_, r)| r.number.figures()).collect();
        let cell = |id| (id, Cell::new(model.atlas.figures.get(id)));
        let cells = figures.into_iter().map(cell).collect();
        Ok(Side {
            name: self.name,
            product: model.product.item.clone(),
            home: model.product.country.clone(),
            frame: self.book.answer,
            cells,
            rows,
            losses,
            switches,
            linear: parts::linear(model, &measures),
            parts,
            own_word: self.own_word,
            is_own: self.is_own,
        })
    }

    fn elements(&self) -> Vec<(String, Rc<crate::model::Measure>)> {
        let of = |symbol: &str| (symbol.to_owned(), content::elements(self.model, &[symbol]));
        let mut all: Vec<_> = content::tracked(self.model.atlas).into_iter().map(of).collect();
        all.push((unknown::CONTENT_UNKNOWN.to_owned(), unknown::unresolved_mass(self.model)));
        all
    }

    fn measured(&self, measures: Vec<(String, Rc<crate::model::Measure>)>) -> Vec<(String, Row)> {
        let row = |(key, measure): (String, Rc<crate::model::Measure>)| {
            let mut number = Number::of(self.model, &Quantity::Measure(measure.clone()));
            number.assumed = self.model.value(&Quantity::AssumedShare(measure));
            (key, Row { unit: Unit::Kg, number })
        };
        measures.into_iter().map(row).collect()
    }

    /// The numbers that stand alone: what it weighs and costs, where the wall is, how concentrated its markets are, what
    /// leaving costs.
    fn headlines(&self, wanted: &Wanted) -> Vec<(String, Row)> {
        let (model, chain) = (self.model, &self.chain);
        let mut rows = vec![];
        let mut put = |key: &str, unit: Unit, number: Number| {
            rows.push((key.to_owned(), Row { unit, number }));
        };
        let number = |q: Option<Quantity>| q.map_or_else(Number::default, |q| Number::of(model, &q));
        for (measure, unit) in [("mass", Unit::Kg), ("cost", Unit::Usd)] {
            let published = content::product_figure(model, measure).map(Quantity::cell);
            put(&format!("{measure}_published"), unit, number(published));
        }
        for (key, measure, unit) in content::placed(model) {
            let mut placed = number(Some(Quantity::Measure(measure.clone())));
            placed.assumed = model.value(&Quantity::AssumedShare(measure));
            put(&format!("{key}_placed"), unit, placed);
        }
        if !model.is_made() {
            return rows;
        }
        let wall = headroom::wall(model, chain);
        let id = wall.as_ref().map(|w| w.link.id.clone());
        put("wall", Unit::PiecePerYear, number(wall.map(|w| w.volume)).about(id));
        let bought = concentration::bought(model, &self.baseline, chain);
        put("hhi_bought", Unit::None, number(bought.mean));
        let (id, highest) = bought.highest.unzip();
        put("hhi_highest", Unit::None, number(highest).about(id));
        let points = single::count(chain, &self.own, &self.cases);
        put("single", Unit::None, Number::exact(points as f64));
        for country in &wanted.leave {
            let from = Selector::single(model.atlas, Kind::Country, country);
            let extra = leave::Leaving::new(model, chain, &from).known_extra();
            put(&format!("leaving:{country}"), Unit::Usd, number(extra));
        }
        rows
    }

    /// Every loss that is wanted or asked for, in both loss modes.
    fn losses(&self, wanted: &Wanted) -> Result<BTreeMap<Lost, Struck>, CompareError> {
        let mut losses = BTreeMap::new();
        if !self.model.is_made() {
            return Ok(losses);
        }
        for id in &wanted.losses {
            let selector = Selector::single(self.model.atlas, Kind::Country, id);
            for (exports, mode) in [(false, Mode::Output), (true, Mode::Exports { to: None })] {
                let loss = Loss::new(&self.chain, &selector, mode, Reach::default());
                losses.insert((id.clone(), exports), self.struck(loss, false));
            }
        }
        let Some(text) = &self.request.stop else { return Ok(losses) };
        let selector = match expose::selected(self.model, &self.chain, text, &self.model.product.item) {
            Ok(selector) => selector,
            // What the other side may have and this one has not, takes nothing from it.
            Err(expose::ExposeError::Absent { .. })
            | Err(expose::ExposeError::Selector(SelectorError::Nothing(_))) => {
                for exports in [false, true] {
                    losses.insert((text.clone(), exports), self.struck(Loss::none(&self.chain), true));
                }
                return Ok(losses);
            }
            Err(e) => return Err(e.into()),
        };
        for exports in [false, true] {
            let asked = LossRequest { stop: text.clone(), exports, to: None, reach: Reach::default() };
            let aimed = match expose::aimed(self.model.atlas, &asked) {
                Ok(aimed) => aimed,
                // A limit on what is made has but one mode.
                Err(expose::ExposeError::ControlMode(_)) => continue,
                Err(e) => return Err(e.into()),
            };
            let to = aimed.to.as_ref().map(|to| Selector::destination(self.model.atlas, to)).transpose();
            let to = to.map_err(expose::ExposeError::from)?;
            let mode = if exports { Mode::Exports { to } } else { Mode::Output };
            let loss = Loss::new(&self.chain, &selector, mode, Reach::default());
            losses.insert((text.clone(), exports), self.struck(loss, true));
        }
        Ok(losses)
    }

    fn struck(&self, loss: Loss, asked: bool) -> Struck {
        if loss.mode == Mode::Output && stops::hits_assembly(&self.chain, &loss) {
            return Struck { shares: None, asked, felt: true };
        }
        let felt = loss.is_felt();
        let loss = Rc::new(loss);
        let shares = stops::Shares { chain: &self.chain, loss: &loss, own: &self.own };
        let limit = |k: Option<usize>| k.map(|k| self.chain.links[k].id.clone());
        let [best, worst] = [End::Best, End::Worst].map(|end| shares.own(false, end));
        let ends = best.value().zip(worst.value());
        let own = ends.map_or_else(Number::default, |(low, high)| Number::between(low, high));
        let market = |rationing| {
            let each = [Unknowns::Worst, Unknowns::Middle, Unknowns::Best];
            let states = each.map(|u| shares.market(rationing, false, u, Parts::Home));
            let values = states.each_ref().map(|s| s.value());
            match values {
                [Some(worst), Some(middle), Some(best)] => {
                    Number::states([worst, middle, best]).about(limit(states[1].limit()))
                }
                _ => Number::default(),
            }
        };
        let (pro_rata, outbid) = (market(Rationing::ProRata), market(Rationing::Outbid));
        Struck { shares: Some([own.about(limit(worst.limit())), pro_rata, outbid]), asked, felt }
    }

    /// The losses that `brief` of either side pulls, and what is asked for, each for half a year.
    fn switches(
        &self,
        wanted: &Wanted,
        losses: &BTreeMap<Lost, Struck>,
    ) -> Result<BTreeMap<Lost, Option<Switched>>, CompareError> {
        let asked = losses.iter().filter(|(_, struck)| struck.asked).map(|(lost, _)| lost);
        // Where one of the two is assembled the loss of plants stops it in any case; that of exports tells the two apart.
        let homes = wanted.pulled.iter().filter(|(id, _)| wanted.homes.contains(id));
        let homes: Vec<Lost> = homes.map(|(id, _)| (id.clone(), true)).collect();
        let pulled: BTreeSet<&Lost> = wanted.pulled.iter().chain(asked).chain(&homes).collect();
        let mut switches = BTreeMap::new();
        for lost in pulled {
            let switched = match losses.get(lost) {
                Some(struck) if !struck.felt => Some(Switched { survive: None, lost: 0.0, gate: None }),
                Some(struck) if struck.shares.is_some() => self.pull(lost)?,
                _ => None,
            };
            switches.insert(lost.clone(), switched);
        }
        Ok(switches)
    }

    /// Pulls one; `None` where no run can hold it: beyond the wall, or where nothing is known of what the robot is made of.
    fn pull(&self, (text, exports): &Lost) -> Result<Option<Switched>, CompareError> {
        match disrupt::pull(self.model, &self.chain, text, *exports) {
            Ok(p) => Ok(Some(Switched { survive: p.survive, lost: p.lost, gate: p.gate })),
            Err(disrupt::DisruptError::Book(e)) => Err(e.into()),
            Err(_) => Ok(None),
        }
    }
}
