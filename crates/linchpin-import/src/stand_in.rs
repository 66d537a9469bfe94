//! What a part is made of where its file does not say: the atlas's item of its kind, in the part's own mass.

use linchpin::atlas::{Atlas, FigureId, Overlay, Values};
use std::collections::{BTreeMap, BTreeSet};

/// The item whose content stands for that of a part, and how many of it.
#[derive(Clone, Debug, PartialEq)]
pub struct StandIn {
    /// The item, which has a recipe or a content.
    pub item: String,
    /// Units of it in one part, at least and at most.
    pub value: f64,
    /// At least.
    pub low: f64,
    /// At most.
    pub high: f64,
    /// What that rests on.
    pub basis: Basis,
}

/// What the content of a part rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// The part is so much of that material.
    Mass,
    /// Content in proportion to mass.
    Scaled,
    /// The part is taken to be of the usual size of its kind.
    Usual,
    /// A battery of so many watt hours: cells that hold them.
    Energy,
    /// A battery pack by its mass: what of it is cells.
    Pack,
    /// Content by the piece, whatever its mass: what chips go into.
    Piece,
}

/// What the text of a part tells of what is in it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Traits {
    /// Kilowatt hours that a battery holds, if that is said.
    pub energy: Option<f64>,
    /// Whether a battery is a pack, with a housing and electronics, not a cell.
    pub pack: bool,
    /// Whether an actuator pushes, by a screw; one of which that is not said turns, as most do.
    pub linear: bool,
    /// The size of a strain-wave reducer, as its series count them: 14, 20.
    pub size: Option<f64>,
    /// Whether a sensor is that of one fingertip; the atlas counts the skin of a hand as one.
    pub fingertip: bool,
}

/// The market of tactile sensors.
const SKIN: &str = "tactile_sensor";
/// The market of battery cells, and the mass of a kilowatt hour of each kind of them.
const CELLS: &str = "li_ion_cell";
const CELL_MASSES: [(&str, &str); 2] =
    [("li_ion_cell_lfp", "cell_lfp_kg_per_kwh"), ("li_ion_cell_nmc811", "cell_nmc811_kg_per_kwh")];
/// How far cells of one energy differ in mass: those of the atlas are among the lightest of their chemistry, those for high
/// currents are half heavier.
const CELL_SPREAD: (f64, f64) = (0.8, 1.5);
/// Part of a pack that is cells, at least: the smaller a pack, the more of it is housing.
const LEAST_CELLS: f64 = 0.5;

/// Content in proportion to mass: how far the parts of one kind differ. The magnet mass formula of the atlas and its power
/// laws of motors and actuators are good to half.
const SPREAD: (f64, f64) = (0.5, 1.5);
/// Content by the piece: how far parts of one kind differ, from a small processor with little memory to two with much.
const PIECES: (f64, f64) = (0.3, 3.0);

/// What is in an actuator that pushes, and in one that turns.
const SCREWS: [&str; 2] = ["planetary_roller_screw", "ball_screw"];
const REDUCERS: [&str; 3] = ["harmonic_reducer", "planetary_reducer", "rv_reducer"];

/// A slot of a recipe.
#[derive(Clone, Copy)]
struct Input<'a> {
    item: &'a str,
    amount: FigureId,
    /// Whether it is a step in the making of the item, not bought.
    made: bool,
    /// Share of it that does not become scrap.
    kept: f64,
}

/// What the maker of an item buys for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Bought {
    /// What.
    pub item: String,
    /// How much is in one.
    pub amount: f64,
    /// Share of what is bought that is in it.
    pub kept: f64,
}

/// The items of an atlas that can stand for others.
pub struct StandIns<'a> {
    atlas: &'a Atlas,
    values: Values,
    /// Inputs by the item that they make.
    inputs: BTreeMap<&'a str, Vec<Input<'a>>>,
    /// Items of a wider market.
    members: BTreeMap<&'a str, Vec<&'a str>>,
    /// Elements in one unit of an item, as the atlas states them.
    contents: BTreeMap<&'a str, Vec<(&'a str, FigureId)>>,
    /// Items of which it is known what is in them.
    made: BTreeSet<&'a str>,
}

impl<'a> StandIns<'a> {
    /// All of an atlas.
    pub fn new(atlas: &'a Atlas) -> Option<StandIns<'a>> {
        let values = atlas.values(&Overlay::new()).ok()?;
        let outputs = atlas.sheet("outputs");
        let mut makes: BTreeMap<&str, &str> = BTreeMap::new();
        for row in outputs.rows.iter().filter(|r| outputs.get(r, "role") == Some("main")) {
            makes.entry(outputs.text(row, "recipe")).or_insert(outputs.text(row, "item"));
        }
        let sheet = atlas.sheet("inputs");
        let yields = atlas.sheet("yields");
        let kept_by = |key: &str| {
            let row = yields.find(key).and_then(|row| row.figure);
            row.and_then(|figure| values.get(figure)).unwrap_or(1.0)
        };
        let mut inputs: BTreeMap<&str, Vec<Input<'_>>> = BTreeMap::new();
        // Of several recipes of an item the first stands for all.
        let mut recipe_of: BTreeMap<&str, &str> = BTreeMap::new();
        for row in sheet.rows.iter().filter(|r| sheet.get(r, "choice") != Some("alternate")) {
            let recipe = sheet.text(row, "recipe");
            let Some((item, amount)) = makes.get(recipe).zip(row.figure) else { continue };
            if *recipe_of.entry(item).or_insert(recipe) == recipe {
                let slot = sheet.text(row, "slot");
                inputs.entry(item).or_default().push(Input {
                    item: sheet.text(row, "item"),
                    amount,
                    made: sheet.get(row, "supply") == Some("make"),
                    kept: kept_by(&format!("{recipe}/{slot}")) * kept_by(&format!("{recipe}/")),
                });
            }
        }
        let items = atlas.sheet("items");
        let mut members: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for row in &items.rows {
            if let Some(pool) = items.get(row, "pool").filter(|p| *p != row.key) {
                members.entry(pool).or_default().push(&row.key);
            }
        }
        let sheet = atlas.sheet("contents");
        let mut contents: BTreeMap<&str, Vec<(&str, FigureId)>> = BTreeMap::new();
        for row in &sheet.rows {
            let here = contents.entry(sheet.text(row, "item")).or_default();
            here.extend(row.figure.map(|figure| (sheet.text(row, "element"), figure)));
        }
        let made = contents.keys().chain(makes.values()).copied().collect();
        Some(StandIns { atlas, values, inputs, members, contents, made })
    }

    fn unit(&self, item: &str) -> Option<&'a str> {
        let items = self.atlas.sheet("items");
        items.find(item).map(|row| items.text(row, "unit"))
    }

    /// The value of a figure of the atlas.
    pub(crate) fn figure(&self, address: &str) -> Option<f64> {
        self.values.get(self.atlas.figures.find(address)?)
    }

    /// Mass of one unit of an item in kilograms: as stated, else the sum of what goes into it.
    pub fn mass(&self, item: &str) -> Option<f64> {
        self.mass_within(item, 64)
    }

    fn mass_within(&self, item: &str, depth: u32) -> Option<f64> {
        if self.unit(item)? == "kg" {
            return Some(1.0);
        }
        let stated = self.figure(&format!("masses/{item}"));
        if stated.is_some() || depth == 0 {
            return stated;
        }
        let inputs = self.inputs.get(item)?;
        inputs.iter().try_fold(0.0, |sum, input| {
            Some(sum + self.values.get(input.amount)? * self.mass_within(input.item, depth - 1)?)
        })
    }

    /// What the maker of an item buys for one, the steps of his own left out; nothing where that is not known.
    pub fn bought(&self, item: &str) -> Vec<Bought> {
        let mut found: BTreeMap<&str, (f64, f64)> = BTreeMap::new();
        self.bought_within(item, 1.0, 1.0, 64, &mut found);
        let bought = |(item, (amount, gross)): (&str, (f64, f64))| Bought {
            item: item.to_owned(),
            amount,
            kept: if gross > 0.0 { amount / gross } else { 1.0 },
        };
        found.into_iter().map(bought).collect()
    }

    fn bought_within(
        &self,
        item: &str,
        times: f64,
        kept: f64,
        depth: u32,
        found: &mut BTreeMap<&'a str, (f64, f64)>,
    ) {
        for input in self.inputs.get(item).into_iter().flatten() {
            let amount = self.values.get(input.amount).unwrap_or(0.0) * times;
            let kept = kept * input.kept;
            if input.made && depth > 0 && self.inputs.contains_key(input.item) {
                self.bought_within(input.item, amount, kept, depth - 1, found);
            } else if amount > 0.0 && kept > 0.0 {
                let (net, gross) = found.entry(input.item).or_default();
                *net += amount;
                *gross += amount / kept;
            }
        }
    }

    /// Kilograms of each element in one unit of an item, as the atlas states them, else those of what goes into it.
    pub(crate) fn elements(&self, item: &str) -> BTreeMap<&'a str, f64> {
        self.elements_within(item, 64)
    }

    fn elements_within(&self, item: &str, depth: u32) -> BTreeMap<&'a str, f64> {
        let stated = self.contents.get(item).into_iter().flatten();
        let stated = stated.filter_map(|(element, figure)| Some((*element, self.values.get(*figure)?)));
        let mut found: BTreeMap<&str, f64> = stated.collect();
        if found.is_empty() && depth > 0 {
            for input in self.inputs.get(item).into_iter().flatten() {
                let Some(amount) = self.values.get(input.amount) else { continue };
                for (element, each) in self.elements_within(input.item, depth - 1) {
                    *found.entry(element).or_default() += amount * each;
                }
            }
        }
        found
    }

    /// Least and most mass of what a kind that is counted in pieces is, with all of its wider market.
    pub(crate) fn masses(&self, kind: &str) -> Option<(f64, f64)> {
        let items = self.atlas.sheet("items");
        let row = items.find(kind).filter(|row| items.text(row, "unit") == "piece")?;
        let market = items.get(row, "pool").unwrap_or(&row.key);
        let all = self.members.get(market).into_iter().flatten().copied();
        let range = self.ends(all.chain([kind]));
        (range.1 > 0.0).then_some(range)
    }

    /// Least and most mass of some items; nothing lies between them where no mass is known.
    fn ends<'i>(&self, items: impl Iterator<Item = &'i str>) -> (f64, f64) {
        let masses = items.filter_map(|item| self.mass(item)).filter(|m| *m > 0.0);
        masses.fold((f64::INFINITY, 0.0f64), |(low, high), m| (low.min(m), high.max(m)))
    }

    /// What stands for a part of a kind that is counted in a unit and has a mass, if it is known; `None` if that cannot be
    /// told.
    pub fn of(&self, kind: &str, unit: &str, mass: Option<f64>, traits: Traits) -> Option<StandIn> {
        if unit == "piece"
            && let Some(found) = self.cells(kind, mass, traits)
        {
            return Some(found);
        }
        let of_kind = self.unit(kind)?;
        if of_kind == "kg" {
            let value = if unit == "kg" { 1.0 } else { mass? };
            // A material of which nothing further is known is that material all the same.
            let item = self.usual(kind, None, traits).unwrap_or(kind).to_owned();
            return Some(StandIn { item, value, low: value, high: value, basis: Basis::Mass });
        }
        if unit == "kg" {
            return None;
        }
        // What a whole hand has is not in each fingertip.
        if traits.fingertip && mass.is_none() && self.market(kind) == Some(SKIN) {
            return None;
        }
        let item = self.usual(kind, mass, traits)?;
        let own = self.mass(item).filter(|m| *m > 0.0);
        if self.has_chips(item) {
            // A heat sink holds none; a part that is lighter holds no more than it weighs.
            let most = mass.zip(own).map_or(f64::INFINITY, |(mass, own)| mass / own);
            let value = most.min(1.0);
            let (low, high) = (value * PIECES.0, (value * PIECES.1).min(most));
            return Some(StandIn { item: item.to_owned(), value, low, high, basis: Basis::Piece });
        }
        Some(match (mass, own) {
            (Some(mass), Some(own)) => {
                let value = mass / own;
                let (low, high) = (value * SPREAD.0, value * SPREAD.1);
                StandIn { item: item.to_owned(), value, low, high, basis: Basis::Scaled }
            }
            _ => {
                let of_frame = self.is_of_frame(item, traits);
                let (low, high) = if of_frame { SPREAD } else { self.sizes(kind, own, traits) };
                StandIn { item: item.to_owned(), value: 1.0, low, high, basis: Basis::Usual }
            }
        })
    }

    /// Whether a kind is one of battery cells.
    pub(crate) fn is_cell(&self, kind: &str) -> bool {
        self.market(kind) == Some(CELLS)
    }

    /// The market that an item belongs to.
    fn market(&self, item: &str) -> Option<&'a str> {
        let items = self.atlas.sheet("items");
        items.find(item).map(|row| items.get(row, "pool").unwrap_or(&row.key))
    }

    /// Whether an item is a chip, or chips go into it by the piece: how many does not grow with its mass.
    fn has_chips(&self, item: &str) -> bool {
        let items = self.atlas.sheet("items");
        let electronic =
            |id: &str| items.find(id).is_some_and(|row| items.get(row, "material") == Some("electronics"));
        let is_chip = |id: &str| electronic(id) && self.unit(id) == Some("piece");
        is_chip(item) || self.inputs.get(item).into_iter().flatten().any(|input| is_chip(input.item))
    }

    /// Whether an item moves as a part does: what has a screw in it pushes, what has only a reducer turns.
    fn moves_as(&self, item: &str, traits: Traits) -> bool {
        let has = |kinds: &[&str]| {
            let mut inputs = self.inputs.get(item).into_iter().flatten();
            inputs.any(|input| self.market(input.item).is_some_and(|market| kinds.contains(&market)))
        };
        if traits.linear { has(&SCREWS) || !has(&REDUCERS) } else { !has(&SCREWS) }
    }

    /// The cells in a battery: those that hold its energy, no heavier than it is; else what of the mass of a pack is cells.
    fn cells(&self, kind: &str, mass: Option<f64>, traits: Traits) -> Option<StandIn> {
        if !self.is_cell(kind) {
            return None;
        }
        let item = self.usual(kind, None, traits)?.to_owned();
        let parameter = |id: &str| self.figure(&format!("parameters/{id}"));
        let (_, each) = CELL_MASSES.iter().find(|(cell, _)| *cell == item)?;
        let each = parameter(each)?;
        if let Some(energy) = traits.energy {
            let most = mass.unwrap_or(f64::INFINITY);
            let of = |times: f64| (energy * each * times).min(most);
            let (value, low, high) = (of(1.0), of(CELL_SPREAD.0), of(CELL_SPREAD.1));
            return Some(StandIn { item, value, low, high, basis: Basis::Energy });
        }
        let mass = mass.filter(|_| traits.pack)?;
        let rest = parameter("battery_other_per_kwh")? * parameter("battery_housing_share")?;
        let value = mass * each / (each + rest);
        Some(StandIn { item, value, low: mass * LEAST_CELLS, high: mass, basis: Basis::Pack })
    }

    /// The item itself if it is known what is in it, else the one of its market that moves alike and is nearest in mass, or
    /// of middle size.
    fn usual(&self, kind: &str, mass: Option<f64>, traits: Traits) -> Option<&'a str> {
        if let Some(own) = self.made.get(kind) {
            return Some(own);
        }
        let alike = self.members.get(kind)?.iter().copied().filter(|m| self.moves_as(m, traits));
        let made = alike.filter(|m| self.made.contains(m));
        let mut made: Vec<&str> = made.collect();
        // Of reducers whose names tell a size only those of the one that is told count.
        if made.iter().any(|item| self.is_of_frame(item, traits)) {
            made.retain(|item| self.is_of_frame(item, traits));
        }
        let made = made.into_iter();
        let mut weighed: Vec<(f64, &str)> = made.map(|m| (self.mass(m).unwrap_or(0.0), m)).collect();
        weighed.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(b.1)));
        match mass.filter(|m| *m > 0.0) {
            Some(mass) => {
                let far = |m: f64| if m > 0.0 { (m / mass).ln().abs() } else { f64::INFINITY };
                weighed.into_iter().min_by(|a, b| far(a.0).total_cmp(&far(b.0))).map(|w| w.1)
            }
            None => weighed.get(weighed.len() / 2).map(|w| w.1),
        }
    }

    /// Whether an item is of the size that is told, by its name: "Strain-wave reducer size 14".
    fn is_of_frame(&self, item: &str, traits: Traits) -> bool {
        let items = self.atlas.sheet("items");
        let name = items.find(item).map_or("", |row| items.text(row, "name_en"));
        let size = name.split_once(" size ").and_then(|(_, size)| size.split(' ').next()?.parse().ok());
        traits.size.is_some() && traits.size == size
    }

    /// Least and most mass of the items of a market, against that of the one taken; half and twice where there is but one.
    fn sizes(&self, kind: &str, own: Option<f64>, traits: Traits) -> (f64, f64) {
        let members = self.members.get(kind).into_iter().flatten().copied();
        let ends = self.ends(members.filter(|member| self.moves_as(member, traits)));
        match own {
            Some(own) if ends.0 < own && own < ends.1 => (ends.0 / own, ends.1 / own),
            _ => (0.5, 2.0),
        }
    }
}
