//! The atlas of a robot that is known by its model file: every part a part of the atlas at its own size, every number a
//! parameter that can be set.

use super::Product;
use super::actuators::{Actuator, Actuators, Basis, Shape};
use super::assumptions::Assumption;
use super::rest::{BATTERY_MASS, Rest, SENSORS};
use super::sized::Called;
use crate::numbers::{Figures, Numbers};
use crate::overlay::ids::Ids;
use crate::overlay::pattern::{Copied, Copier, Pattern};
use crate::overlay::rows::{Rows, text};
use linchpin::atlas::{Atlas, Files};
use std::collections::BTreeMap;

/// How something came into the atlas.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Line {
    /// Its item.
    pub(crate) item: String,
    /// Its names.
    pub(crate) names: [String; 2],
    /// How many are in the robot.
    pub(crate) count: f64,
    /// Formula of the mass of one.
    pub(crate) mass: String,
    /// Parameter of the mass of magnets in one; empty if there is none.
    pub(crate) magnets: String,
}

/// The rows that were made, and what each line became.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Made {
    pub(crate) files: Files,
    /// The types of actuators, in their order.
    pub(crate) actuators: Vec<Line>,
    /// Battery, computer, cable, sensors, structure: as far as there are some.
    pub(crate) rest: Vec<Line>,
}

/// A number as a parameter of the atlas.
pub(super) struct Figure {
    pub(super) value: f64,
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) unit: &'static str,
    pub(super) standing: &'static str,
    pub(super) note: String,
}

pub(crate) struct Writer<'w, 'a> {
    pub(crate) atlas: &'a Atlas,
    pub(crate) figures: &'w Figures<'a>,
    pub(crate) product: &'w Product,
    pub(crate) joints: &'w dyn Fn(&Actuator) -> String,
    rows: Rows,
    ids: Ids,
    numbers: Numbers,
    copier: Copier<'a>,
    source: String,
    year: String,
}

impl<'w, 'a> Writer<'w, 'a> {
    pub(crate) fn new(
        atlas: &'a Atlas,
        figures: &'w Figures<'a>,
        product: &'w Product,
        joints: &'w dyn Fn(&Actuator) -> String,
    ) -> Writer<'w, 'a> {
        let ids = |table: &str| atlas.sheet(table).rows.iter().map(|row| row.key.clone()).collect::<Vec<_>>();
        Writer {
            atlas,
            figures,
            product,
            joints,
            rows: Rows::default(),
            // Items and parameters have no id in common, so that what is said of one is never read of the other.
            ids: Ids::new(ids("items").into_iter().chain(ids("parameters"))),
            numbers: Numbers::new(figures),
            copier: Copier::new(atlas),
            source: format!("own_{}", product.alias),
            year: atlas.package.as_of.chars().take(4).collect(),
        }
    }

    /// All rows. `total` are the kilograms of all links.
    pub(crate) fn write(mut self, actuators: &Actuators, rest: &Rest, total: f64) -> Option<Made> {
        let (product, alias) = (self.product, &self.product.alias);
        let source = vec![
            ("id", self.source.clone()),
            ("title", text(&product.file)),
            ("publisher", text(&product.title)),
            ("year", self.year.clone()),
            ("tier", "primary".into()),
            ("note", "model file of the product, as imported".into()),
        ];
        self.rows.add("sources", source);
        let robot = self.ids.id("robot", alias);
        self.product(&robot, total);
        let whole =
            self.parameter("mass", own(["mass of all links", "全部连杆质量"]), self.reported(total, "kg"))?;
        let mut made = Made::default();
        for actuator in &actuators.types {
            made.actuators.push(self.actuator(actuator)?);
        }
        made.rest = self.rest(rest)?;
        let structure = self.structure(&whole, &made)?;
        made.rest.push(structure);
        for line in made.actuators.iter().chain(&made.rest) {
            self.input(&robot, line);
        }
        made.files = self.rows.files(alias, self.atlas);
        Some(made)
    }

    pub(super) fn reported(&self, value: f64, unit: &'static str) -> Figure {
        Figure { value, low: value, high: value, unit, standing: "reported", note: String::new() }
    }

    /// A number that the user said, or one that is assumed.
    fn assumed(&self, of: Assumption, unit: &'static str, note: &str) -> Figure {
        let note = if of.yours { "said by the user" } else { note };
        let standing = if of.yours { "reported" } else { "assumed" };
        Figure { value: of.value, low: of.low, high: of.high, unit, standing, note: note.to_owned() }
    }

    /// Writes a parameter; returns its id.
    pub(super) fn parameter(&mut self, name: &str, names: [String; 2], figure: Figure) -> Option<String> {
        let id = self.ids.id(&self.product.alias, name);
        self.numbers.set(&id, Some(figure.value));
        let mut row = self.named(&id, names);
        row.extend([
            ("value", figure.value.to_string()),
            ("unit", figure.unit.into()),
            ("standing", figure.standing.into()),
            ("note", text(&figure.note)),
        ]);
        if figure.low < figure.high {
            row.extend([("low", figure.low.to_string()), ("high", figure.high.to_string())]);
        }
        if figure.standing == "reported" {
            row.extend([("source", self.source.clone()), ("year", self.year.clone())]);
        }
        self.rows.add("parameters", row);
        Some(id)
    }

    /// Writes a factor of one that may be anything between these ends; returns it as the beginning of a formula, empty if there is nothing
    /// between them.
    pub(super) fn spread(
        &mut self,
        name: &str,
        names: [String; 2],
        (low, high): (f64, f64),
        note: &str,
    ) -> Option<String> {
        if low >= high {
            return Some(String::new());
        }
        let figure = Figure { value: 1.0, low, high, unit: "1", standing: "assumed", note: note.to_owned() };
        Some(format!("{}*", self.parameter(name, names, figure)?))
    }

    /// Writes a parameter that follows from others; returns its id.
    pub(super) fn derived(
        &mut self,
        name: &str,
        names: [String; 2],
        unit: &str,
        formula: &str,
        note: &str,
    ) -> Option<String> {
        let id = self.ids.id(&self.product.alias, name);
        let value = self.numbers.value(formula)?;
        self.numbers.set(&id, Some(value));
        let mut row = self.named(&id, names);
        row.extend([
            ("value", value.to_string()),
            ("unit", unit.into()),
            ("standing", "derived".into()),
            ("formula", formula.into()),
            ("note", text(note)),
        ]);
        self.rows.add("parameters", row);
        Some(id)
    }

    fn named(&self, id: &str, [en, zh]: [String; 2]) -> Vec<(&'static str, String)> {
        let title = &self.product.title;
        vec![
            ("id", id.to_owned()),
            ("name_en", text(&format!("{title}: {en}"))),
            ("name_zh", text(&format!("{title}：{zh}"))),
        ]
    }

    fn product(&mut self, robot: &str, total: f64) {
        let product = self.product;
        let note = "imported from a model file: actuators, battery, computer and structure are inferred";
        self.rows.product(robot, &product.alias, &product.title, &product.country, note);
        let weighed = product.mass.unwrap_or(total);
        let note = if product.mass.is_some() { "as weighed" } else { "sum of the link masses of the file" };
        self.rows.add(
            "product_figures",
            vec![
                ("product", robot.into()),
                ("measure", "mass".into()),
                ("period", self.year.clone()),
                ("value", weighed.to_string()),
                ("unit", "kg".into()),
                ("year", self.year.clone()),
                ("source", self.source.clone()),
                ("standing", "reported".into()),
                ("note", note.into()),
            ],
        );
    }

    fn input(&mut self, robot: &str, line: &Line) {
        let items = self.atlas.sheet("items");
        // Structure is made, the rest is bought: a model file does not tell.
        let made = line.magnets.is_empty() && line.names[0] == STRUCTURE[0];
        let shared = items.find(&line.item).is_some();
        let note = match (made, shared) {
            (true, _) => "what the other lines leave of the mass of the file",
            (_, true) => "by names of links, else as usual",
            _ if !line.magnets.is_empty() => "one a driven joint; whether it is bought is not told",
            _ => "as robots of its mass carry it; see its parameter",
        };
        let mut row = vec![
            ("recipe", format!("make_{robot}")),
            ("slot", line.item.clone()),
            ("item", line.item.clone()),
            ("choice", "used".into()),
            ("supply", if made { "make" } else { "buy" }.into()),
            ("value", line.count.to_string()),
            ("unit", "piece".into()),
            ("standing", "derived".into()),
            ("formula", line.count.to_string()),
        ];
        row.push(("note", note.into()));
        self.rows.add("inputs", row);
    }

    fn copy(&mut self, pattern: &Pattern) -> Copied {
        let alias = &self.product.alias;
        self.copier.copy(pattern, alias, &mut self.rows, &mut self.ids, &mut self.numbers)
    }

    fn actuator(&mut self, actuator: &Actuator) -> Option<Line> {
        let joints = (self.joints)(actuator);
        let linear = actuator.shape == Shape::Screw;
        let size = match linear {
            true => format!("{} kN", short(actuator.effort / 1e3)),
            false => format!("{} N·m", short(actuator.effort)),
        };
        let code = size.replace([' ', '·'], "").replace('.', "_").to_lowercase();
        let speed =
            actuator.velocity.map(|v| format!("{} {}", short(v), if linear { "m/s" } else { "rad/s" }));
        let [en, zh] = match actuator.shape {
            Shape::Screw => ["Linear actuator", "直线执行器"],
            Shape::Micro(_) => ["Micro actuator", "微型执行器"],
            Shape::StrainWave(_) => ["Strain-wave actuator", "谐波执行器"],
            Shape::Geared(_) => ["Geared actuator", "行星执行器"],
        };
        // What no limit tells the size of is called by its mass.
        let size_of = if actuator.basis == Basis::Share {
            format!("{} kg", short(actuator.mass))
        } else {
            size.clone()
        };
        // What is smaller than its joint asks for tells that too.
        let limit = actuator.limit.filter(|_| actuator.basis == Basis::Room);
        let limit = limit.map(|l| short(if linear { l / 1e3 } else { l }));
        let called = |name: &str, of: &str, comma: &str| {
            let limit = limit.as_ref().map_or(String::new(), |l| format!("{of}{l}"));
            let speed = speed.as_ref().map_or(String::new(), |speed| format!("{comma}{speed}"));
            format!("{name} {size_of}{limit}{speed}")
        };
        let names = [called(en, " of ", ", "), called(zh, "/", "，")];
        let of = Called { size: &size, code: &code, joints: &joints, names: names.clone() };
        let sized = self.sized(actuator, &of)?;
        let copied = self.copy(&sized.pattern);
        let own = |name: &String| copied.parameters.get(name).cloned().unwrap_or_else(|| name.clone());
        let (mass, magnets) = (own(&sized.mass), own(&sized.magnets));
        self.price(&copied.item, &sized.effort, linear);
        Some(Line { item: copied.item, names, count: actuator.drives.len() as f64, mass, magnets })
    }

    /// The price of an actuator by list prices of its torque; none is fitted to forces.
    fn price(&mut self, item: &str, torque: &str, linear: bool) {
        let formula = format!("price_fit_any_a*{torque}^price_fit_any_b");
        if let Some(value) = self.numbers.value(&formula).filter(|_| !linear) {
            self.rows.add(
                "prices",
                vec![
                    ("item", item.to_owned()),
                    ("value", value.to_string()),
                    ("unit", "USD/piece".into()),
                    ("standing", "derived".into()),
                    ("formula", formula),
                    ("note", "list prices of makers and resellers, by torque".into()),
                ],
            );
        }
    }

    fn rest(&mut self, rest: &Rest) -> Option<Vec<Line>> {
        let mut lines = vec![];
        let mut add = |line: Option<Line>| lines.extend(line.filter(|l| l.count > 0.0));
        if rest.battery.value > 0.0 {
            let note = "robots that publish both battery and mass, by mass";
            let figure = self.assumed(rest.battery, "kWh", note);
            let energy = self.parameter("battery kwh", own(["battery energy", "电池电量"]), figure)?;
            let names = ["Battery pack", "电池包"].map(str::to_owned);
            let pattern = Pattern {
                item: "walker_battery",
                parameters: BTreeMap::from([("walker_pack_kwh", energy.clone())]),
                words: words(&[("walker_", ""), ("Walker: ", ""), ("Walker ", "")]),
                names: names.clone(),
                ..Pattern::default()
            };
            let item = self.copy(&pattern).item;
            add(Some(Line {
                item,
                names,
                count: 1.0,
                mass: BATTERY_MASS.replace("{}", &energy),
                magnets: String::new(),
            }));
        }
        for (assumption, name, called, pattern_of, parameter, names) in [
            (
                rest.computer,
                "computer mass",
                ["computer mass", "计算单元质量"],
                "walker_compute",
                "walker_compute_mass",
                ["Computer", "计算单元"],
            ),
            (
                rest.harness,
                "harness mass",
                ["wiring harness mass", "线束质量"],
                "walker_harness",
                "walker_harness_mass",
                ["Wiring harness", "线束"],
            ),
        ] {
            if assumption.value <= 0.0 {
                continue;
            }
            let figure = self.assumed(assumption, "kg", "archetype, by the mass of the robot");
            let mass = self.parameter(name, own(called), figure)?;
            let names = names.map(str::to_owned);
            let pattern = Pattern {
                item: pattern_of,
                parameters: BTreeMap::from([(parameter, mass.clone())]),
                words: words(&[("walker_", ""), ("Walker: ", ""), ("Walker ", "")]),
                names: names.clone(),
                ..Pattern::default()
            };
            let item = self.copy(&pattern).item;
            add(Some(Line { item, names, count: 1.0, mass, magnets: String::new() }));
        }
        let items = self.atlas.sheet("items");
        for ((item, count), (_, _, mass, _)) in rest.sensors.iter().zip(SENSORS) {
            let row = items.find(item)?;
            let names = ["name_en", "name_zh"].map(|name| items.text(row, name).to_owned());
            let line = Line {
                item: (*item).to_owned(),
                names,
                count: count.value,
                mass: mass.into(),
                magnets: String::new(),
            };
            add(Some(line));
        }
        Some(lines)
    }

    /// What the other lines leave of the mass of the file.
    fn structure(&mut self, whole: &str, made: &Made) -> Option<Line> {
        let lines = made.actuators.iter().chain(&made.rest);
        let others: Vec<String> = lines.map(|l| format!("-{}*({})", l.count, l.mass)).collect();
        let formula = format!("{whole}{}", others.concat());
        let mass = self.derived(
            "structure mass",
            own(["structure", "结构件质量"]),
            "kg",
            &formula,
            "what the other lines leave",
        )?;
        let names = STRUCTURE.map(str::to_owned);
        let pattern = Pattern {
            item: "walker_trunk_frame",
            parameters: BTreeMap::from([("walker_frame_trunk_mass", mass.clone())]),
            words: words(&[("walker_", ""), ("Walker: ", ""), ("Walker ", ""), ("trunk_frame", "structure")]),
            names: names.clone(),
            ..Pattern::default()
        };
        let item = self.copy(&pattern).item;
        Some(Line { item, names, count: 1.0, mass, magnets: String::new() })
    }
}

const STRUCTURE: [&str; 2] = ["Structure", "结构件"];

fn own(names: [&str; 2]) -> [String; 2] {
    names.map(str::to_owned)
}

pub(super) fn words(all: &[(&'static str, &str)]) -> Vec<(&'static str, String)> {
    all.iter().map(|(word, other)| (*word, (*other).to_owned())).collect()
}

/// A number with three digits at most, and no zeros at its end.
pub(crate) fn short(value: f64) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    let digits = (2 - value.abs().log10().floor() as i32).clamp(0, 6) as usize;
    let text = format!("{value:.digits$}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}
