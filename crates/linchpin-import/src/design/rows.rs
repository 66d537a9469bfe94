//! The atlas of a robot that is known by its model file: every part a part of the atlas at its own size, every number a
//! parameter that can be set.

use super::Product;
use super::actuators::{
    Actuator, Actuators, Basis, SCREW_EXPONENT, Shape, screw_mass, sizes_beside, with_ratio,
};
use super::assumptions::Assumption;
use super::rest::{BATTERY_MASS, Rest, SENSORS};
use crate::numbers::{Figures, Numbers};
use crate::overlay::ids::Ids;
use crate::overlay::pattern::{Copied, Copier, Pattern};
use crate::overlay::rows::{Rows, text};
use linchpin::atlas::{Atlas, Files, Package, package};
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
struct Figure {
    value: f64,
    low: f64,
    high: f64,
    unit: &'static str,
    standing: &'static str,
    note: String,
}

/// An actuator before it is copied: the parameters of its effort, mass and magnets, as they are called in the atlas where they are
/// copied with it.
struct Sized {
    effort: String,
    mass: String,
    magnets: String,
    pattern: Pattern,
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
        let mut files = self.rows.files();
        let package = Package {
            name: alias.clone(),
            version: self.atlas.package.version.clone(),
            as_of: self.atlas.package.as_of.clone(),
            extends: Some(self.atlas.package.name.clone()),
        };
        files.insert(package::FILE.to_owned(), package.to_json().into_bytes());
        made.files = files;
        Some(made)
    }

    fn reported(&self, value: f64, unit: &'static str) -> Figure {
        Figure { value, low: value, high: value, unit, standing: "reported", note: String::new() }
    }

    /// A number that the user said, or one that is assumed.
    fn assumed(&self, of: Assumption, unit: &'static str, note: &str) -> Figure {
        let note = if of.yours { "said by the user" } else { note };
        let standing = if of.yours { "reported" } else { "assumed" };
        Figure { value: of.value, low: of.low, high: of.high, unit, standing, note: note.to_owned() }
    }

    /// Writes a parameter; returns its id.
    fn parameter(&mut self, name: &str, names: [String; 2], figure: Figure) -> Option<String> {
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
    fn spread(
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
    fn derived(
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
        let title = text(&product.title);
        self.rows.add(
            "items",
            vec![
                ("id", robot.into()),
                ("name_en", title.clone()),
                ("name_zh", title),
                ("stage", "assembly".into()),
                ("unit", "piece".into()),
            ],
        );
        let note = "imported from a model file: actuators, battery, computer and structure are inferred";
        self.rows.add(
            "products",
            vec![
                ("item", robot.into()),
                ("alias", product.alias.clone()),
                ("assembly_country", product.country.clone()),
                ("note", note.into()),
            ],
        );
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
        self.rows.add("recipes", vec![("id", format!("make_{robot}"))]);
        self.rows.add(
            "outputs",
            vec![
                ("recipe", format!("make_{robot}")),
                ("item", robot.into()),
                ("role", "main".into()),
                ("value", "1".into()),
                ("unit", "piece".into()),
                ("standing", "derived".into()),
                ("formula", "1".into()),
                ("note", "by definition".into()),
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
            _ => "one a driven joint; whether it is bought is not told",
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
        let sized = self.sized(actuator, &size, &code, &joints, names.clone())?;
        let copied = self.copy(&sized.pattern);
        let own = |name: &String| copied.parameters.get(name).cloned().unwrap_or_else(|| name.clone());
        let (mass, magnets) = (own(&sized.mass), own(&sized.magnets));
        self.price(&copied.item, &sized.effort, linear);
        Some(Line { item: copied.item, names, count: actuator.drives.len() as f64, mass, magnets })
    }

    /// Parameters of an actuator, and the part of the atlas that it is at its size.
    fn sized(
        &mut self,
        actuator: &Actuator,
        size: &str,
        code: &str,
        joints: &str,
        names: [String; 2],
    ) -> Option<Sized> {
        let unit = if actuator.shape == Shape::Screw { "N" } else { "N·m" };
        let figure = match actuator.basis {
            Basis::Limit => Figure {
                note: format!("limit of effort of {joints}"),
                ..self.reported(actuator.effort, unit)
            },
            Basis::Room | Basis::Share => {
                let note = match actuator.limit {
                    Some(limit) => format!(
                        "what the mass of the links of {joints} leaves room for: their limit is {limit} {unit}, whose actuator outweighs them"
                    ),
                    None => format!(
                        "no limit of effort that says something; the actuators of {joints} by their share of the mass of the robot"
                    ),
                };
                let (low, high) = (actuator.effort * 0.5, actuator.effort * 2.0);
                Figure { value: actuator.effort, low, high, unit, standing: "assumed", note }
            }
        };
        let at = |what: &str| format!("{code} {what}");
        let called =
            |en: &str, zh: &str| [format!("{en} of the {size} actuator"), format!("{size} 执行器{zh}")];
        let effort = self.parameter(&at("effort"), called("effort", "力矩"), figure)?;
        let mut pattern = Pattern { names, unpriced: true, ..Pattern::default() };
        match actuator.shape {
            Shape::Geared(group) | Shape::Micro(group) => {
                let [[a, b], [c, d]] = group.fits();
                let [of_mass, of_magnets] = with_ratio(group, actuator.effort, actuator.ratio, self.figures)?;
                let note = match actuator.ratio {
                    Some(r) if r.told => {
                        format!("ratio of the gear as the file tells it: {}", short(r.value))
                    }
                    Some(r) => format!(
                        "ratio {} ({}-{}) by the limit of velocity and the speed of motors: over the fit at that ratio, those at its ends",
                        short(r.value),
                        short(r.low),
                        short(r.high)
                    ),
                    None => "ratio not told: fit over all ratios".to_owned(),
                };
                let k = self.spread(
                    &at("mass by ratio"),
                    called("mass over its fit", "质量与拟合之比"),
                    of_mass,
                    &note,
                )?;
                let (from, to) = group.torques();
                let beyond = if (from..=to).contains(&actuator.effort) {
                    String::new()
                } else {
                    format!("extrapolated: the fit holds from {from} to {to} N·m")
                };
                let formula = format!("{k}{a}*{effort}^{b}");
                let mass = self.derived(&at("mass"), called("mass", "质量"), "kg", &formula, &beyond)?;
                if matches!(actuator.shape, Shape::Micro(_)) {
                    pattern.item = "g1_hand_actuator_finger";
                    pattern.parameters = BTreeMap::from([
                        ("g1_act_hand_finger_mass", mass.clone()),
                        ("g1_effort_hand_finger", effort.clone()),
                    ]);
                    pattern.words = words(&[
                        ("g1_act_hand_", ""),
                        ("g1_hand_actuator_", "micro_actuator_"),
                        ("g1_", ""),
                        ("finger", code),
                        ("1.4 N·m", size),
                        ("G1 ", ""),
                        ("手部", "微型"),
                        ("手指", "微型"),
                    ]);
                    let formula = format!("{mass}*hact_w_motor/hact_w_sum*cor_w_mag/cor_w_sum");
                    let magnets = self.derived(
                        &at("magnets"),
                        called("magnets", "磁体质量"),
                        "kg",
                        &formula,
                        "archetype of a coreless motor",
                    )?;
                    return Some(Sized { effort, mass, magnets, pattern });
                }
                let k = self.spread(
                    &at("magnets by ratio"),
                    called("magnets over their fit", "磁体与拟合之比"),
                    of_magnets,
                    &note,
                )?;
                let formula = format!("{k}magnet_formula_factor*{c}*{effort}^{d}");
                let magnets =
                    self.derived(&at("magnets"), called("magnets", "磁体质量"), "kg", &formula, &beyond)?;
                pattern.item = "g1_actuator_139";
                pattern.parameters = BTreeMap::from([
                    ("g1_act_139_mass", mass.clone()),
                    ("g1_act_139_magnet", magnets.clone()),
                    ("g1_effort_139", effort.clone()),
                ]);
                pattern.words = words(&[
                    ("g1_act_", ""),
                    ("g1_", ""),
                    ("139 N·m", size),
                    ("139", code),
                    ("G1: ", ""),
                    ("G1 ", ""),
                ]);
                Some(Sized { effort, mass, magnets, pattern })
            }
            Shape::StrainWave(of) => {
                let (low, high) = sizes_beside(of);
                let figure = Figure {
                    value: f64::from(of), low: f64::from(low), high: f64::from(high), unit: "1", standing: "assumed",
                    note: "smallest size whose momentary torque covers the effort, one above it in the small classes; general knowledge, not re-read".to_owned(),
                };
                let size_of =
                    self.parameter(&at("strain-wave size"), called("strain-wave size", "谐波规格"), figure)?;
                let mut parameters = BTreeMap::from([
                    ("walker_effort_80", effort.clone()),
                    ("walker_harmonic_80_size", size_of),
                ]);
                if let Some(r) = actuator.ratio {
                    let standing = if r.told { "reported" } else { "assumed" };
                    let note = if r.told {
                        "gear as the file tells it"
                    } else {
                        "speed of motors over the limit of velocity"
                    };
                    let figure = Figure {
                        value: r.value,
                        low: r.low,
                        high: r.high,
                        unit: "1",
                        standing,
                        note: note.to_owned(),
                    };
                    let ratio = self.parameter(&at("ratio"), called("ratio", "减速比"), figure)?;
                    parameters.insert("harmonic_ratio", ratio);
                }
                pattern.item = "walker_rotary_80";
                pattern.parameters = parameters;
                pattern.items = BTreeMap::from([("planetary_110", planetary(actuator.effort))]);
                let (of_en, of_zh) = (format!("size {of}"), format!("{of} 型"));
                pattern.words = words(&[
                    ("walker_rotary_", "actuator_"),
                    ("walker_rot_", ""),
                    ("walker_", ""),
                    ("80 N·m", size),
                    ("80", code),
                    ("Walker: ", ""),
                    ("Walker ", ""),
                    ("size 20", &of_en),
                    ("20 型", &of_zh),
                ]);
                let (mass, magnets) = ("walker_rot_80_mass".to_owned(), "walker_motor_80_magnet".to_owned());
                Some(Sized { effort, mass, magnets, pattern })
            }
            Shape::Screw => {
                let formula = format!("screw_39_mass*({effort}/opt_lin_force_39)^{SCREW_EXPONENT}");
                screw_mass(actuator.effort, self.figures)?;
                let note = "the three screws of the atlas lie on a power law of their forces";
                let screw =
                    self.derived(&at("screw mass"), called("screw mass", "丝杠质量"), "kg", &formula, note)?;
                pattern.item = "opt_linear_39";
                pattern.parameters =
                    BTreeMap::from([("opt_lin_force_39", effort.clone()), ("screw_39_mass", screw)]);
                pattern.words = words(&[
                    ("opt_linear_", "actuator_"),
                    ("opt_lin_", ""),
                    ("opt_", ""),
                    ("lin_39", code),
                    ("39", code),
                    ("3.9 kN", size),
                    ("Optimus: ", ""),
                    ("Optimus ", ""),
                ]);
                let (mass, magnets) = ("opt_lin_39_mass".to_owned(), "opt_motor_lin_39_magnet".to_owned());
                Some(Sized { effort, mass, magnets, pattern })
            }
        }
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

fn words(all: &[(&'static str, &str)]) -> Vec<(&'static str, String)> {
    all.iter().map(|(word, other)| (*word, (*other).to_owned())).collect()
}

/// The planetary gear of the atlas that is nearest in torque.
fn planetary(effort: f64) -> &'static str {
    let all =
        [("planetary_20", 20f64), ("planetary_65", 65.0), ("planetary_110", 110.0), ("planetary_220", 220.0)];
    let far = |torque: f64| (torque / effort).ln().abs();
    all.into_iter().min_by(|a, b| far(a.1).total_cmp(&far(b.1))).map_or("planetary_110", |p| p.0)
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
