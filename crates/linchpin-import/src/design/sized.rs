//! Actuators as parts of the atlas at another size: which part each shape is, and which of its numbers are other.

use super::actuators::{
    Actuator, Basis, Group, Ratio, SCREW_EXPONENT, Shape, screw_mass, sizes_beside, with_ratio,
};
use super::rows::{Figure, Writer, short, words};
use crate::overlay::pattern::Pattern;
use std::collections::BTreeMap;

/// An actuator before it is copied: the parameters of its effort, mass and magnets, as they are called in the atlas where they
/// are copied with it.
pub(super) struct Sized {
    pub(super) effort: String,
    pub(super) mass: String,
    pub(super) magnets: String,
    pub(super) pattern: Pattern,
}

/// What the numbers of an actuator are called.
pub(super) struct Called<'c> {
    /// Its effort with the unit: `139 N·m`.
    pub(super) size: &'c str,
    /// The same as a piece of an id: `139nm`.
    pub(super) code: &'c str,
    /// Its joints.
    pub(super) joints: &'c str,
    /// Its names, English and Chinese.
    pub(super) names: [String; 2],
}

impl Called<'_> {
    /// A number of it as a piece of an id.
    fn at(&self, what: &str) -> String {
        format!("{} {what}", self.code)
    }

    /// The names of a number of it.
    fn of(&self, en: &str, zh: &str) -> [String; 2] {
        [format!("{en} of the {} actuator", self.size), format!("{} 执行器{zh}", self.size)]
    }

    fn pattern(
        &self,
        item: &'static str,
        parameters: &[(&'static str, &String)],
        put: &[(&'static str, &str)],
    ) -> Pattern {
        Pattern {
            item,
            parameters: parameters.iter().map(|(of, own)| (*of, (*own).clone())).collect(),
            words: words(put),
            names: self.names.clone(),
            unpriced: true,
            ..Pattern::default()
        }
    }
}

impl Writer<'_, '_> {
    /// Writes the parameters of an actuator; returns the part of the atlas that it is at its size.
    pub(super) fn sized(&mut self, actuator: &Actuator, called: &Called<'_>) -> Option<Sized> {
        let effort = self.effort(actuator, called)?;
        match actuator.shape {
            Shape::Geared(group) => self.geared(actuator, group, effort, called),
            Shape::Micro(group) => self.micro(actuator, group, effort, called),
            Shape::StrainWave(size) => self.strain_wave(actuator, size, effort, called),
            Shape::Screw => self.screw(actuator, effort, called),
        }
    }

    fn effort(&mut self, actuator: &Actuator, called: &Called<'_>) -> Option<String> {
        let unit = if actuator.shape == Shape::Screw { "N" } else { "N·m" };
        let (value, joints) = (actuator.effort, called.joints);
        let note = match (actuator.basis, actuator.limit) {
            (Basis::Limit, _) => format!("limit of effort of {joints}"),
            (Basis::Said, _) => format!("said by the user of {joints}"),
            (_, Some(limit)) => {
                format!(
                    "what the links of {joints} have room for: the actuator of their limit of {limit} {unit} outweighs them"
                )
            }
            (_, None) => {
                format!("no limit that says something: {joints} by their share of the mass of the robot")
            }
        };
        let figure = match actuator.basis {
            Basis::Limit | Basis::Said => Figure { note, ..self.reported(value, unit) },
            _ => Figure { value, low: value * 0.5, high: value * 2.0, unit, standing: "assumed", note },
        };
        self.parameter(&called.at("effort"), called.of("effort", "力矩"), figure)
    }

    /// The mass by the fit of its group; says where the fit is left.
    fn fitted(
        &mut self,
        actuator: &Actuator,
        group: Group,
        effort: &str,
        called: &Called<'_>,
    ) -> Option<String> {
        let [[a, b], _] = group.fits();
        let [range, _] = with_ratio(group, actuator.effort, actuator.ratio, self.figures)?;
        let note = by_ratio(actuator.ratio);
        let names = called.of("mass over its fit", "质量与拟合之比");
        let k = self.spread(&called.at("mass by ratio"), names, range, &note)?;
        let formula = format!("{k}{a}*{effort}^{b}");
        self.derived(&called.at("mass"), called.of("mass", "质量"), "kg", &formula, &beyond(actuator, group))
    }

    fn geared(
        &mut self,
        actuator: &Actuator,
        group: Group,
        effort: String,
        called: &Called<'_>,
    ) -> Option<Sized> {
        let mass = self.fitted(actuator, group, &effort, called)?;
        let [_, [a, b]] = group.fits();
        let [_, range] = with_ratio(group, actuator.effort, actuator.ratio, self.figures)?;
        let names = called.of("magnets over their fit", "磁体与拟合之比");
        let k = self.spread(&called.at("magnets by ratio"), names, range, &by_ratio(actuator.ratio))?;
        let formula = format!("{k}magnet_formula_factor*{a}*{effort}^{b}");
        let names = called.of("magnets", "磁体质量");
        let magnets = self.derived(&called.at("magnets"), names, "kg", &formula, &beyond(actuator, group))?;
        let parameters =
            [("g1_act_139_mass", &mass), ("g1_act_139_magnet", &magnets), ("g1_effort_139", &effort)];
        let put = [
            ("g1_act_", ""),
            ("g1_", ""),
            ("139 N·m", called.size),
            ("139", called.code),
            ("G1: ", ""),
            ("G1 ", ""),
        ];
        let pattern = called.pattern("g1_actuator_139", &parameters, &put);
        Some(Sized { effort, mass, magnets, pattern })
    }

    fn micro(
        &mut self,
        actuator: &Actuator,
        group: Group,
        effort: String,
        called: &Called<'_>,
    ) -> Option<Sized> {
        let mass = self.fitted(actuator, group, &effort, called)?;
        // As in the micro motor of the atlas, which holds no magnet by itself.
        let formula = format!("{mass}*hact_w_motor/hact_w_sum*cor_w_mag/cor_w_sum");
        let note = "archetype of a coreless motor";
        let magnets =
            self.derived(&called.at("magnets"), called.of("magnets", "磁体质量"), "kg", &formula, note)?;
        let parameters = [("g1_act_hand_finger_mass", &mass), ("g1_effort_hand_finger", &effort)];
        let put = [
            ("g1_act_hand_", ""),
            ("g1_hand_actuator_", "micro_actuator_"),
            ("g1_", ""),
            ("finger", called.code),
            ("1.4 N·m", called.size),
            ("G1 ", ""),
            ("手部", "微型"),
            ("手指", "微型"),
        ];
        let pattern = called.pattern("g1_hand_actuator_finger", &parameters, &put);
        Some(Sized { effort, mass, magnets, pattern })
    }

    fn strain_wave(
        &mut self,
        actuator: &Actuator,
        of: u32,
        effort: String,
        called: &Called<'_>,
    ) -> Option<Sized> {
        let (low, high) = sizes_beside(of);
        let figure = Figure {
            value: f64::from(of),
            low: f64::from(low),
            high: f64::from(high),
            unit: "1",
            standing: "assumed",
            note: "smallest size that bears the effort for a moment, one above it in the small classes; general knowledge, not re-read".into(),
        };
        let size = self.parameter(
            &called.at("strain-wave size"),
            called.of("strain-wave size", "谐波规格"),
            figure,
        )?;
        let mut parameters = vec![("walker_effort_80", &effort), ("walker_harmonic_80_size", &size)];
        let ratio = match actuator.ratio {
            Some(Ratio { value, low, high, told }) => {
                let standing = if told { "reported" } else { "assumed" };
                let note = by_ratio(actuator.ratio);
                let figure = Figure { value, low, high, unit: "1", standing, note };
                Some(self.parameter(&called.at("ratio"), called.of("ratio", "减速比"), figure)?)
            }
            None => None,
        };
        parameters.extend(ratio.iter().map(|ratio| ("harmonic_ratio", ratio)));
        let (en, zh) = (format!("size {of}"), format!("{of} 型"));
        let put = [
            ("walker_rotary_", "actuator_"),
            ("walker_rot_", ""),
            ("walker_", ""),
            ("80 N·m", called.size),
            ("80", called.code),
            ("Walker: ", ""),
            ("Walker ", ""),
            ("size 20", &en),
            ("20 型", &zh),
        ];
        let mut pattern = called.pattern("walker_rotary_80", &parameters, &put);
        pattern.items = BTreeMap::from([("planetary_110", planetary(actuator.effort))]);
        let (mass, magnets) = ("walker_rot_80_mass".to_owned(), "walker_motor_80_magnet".to_owned());
        Some(Sized { effort, mass, magnets, pattern })
    }

    fn screw(&mut self, actuator: &Actuator, effort: String, called: &Called<'_>) -> Option<Sized> {
        screw_mass(actuator.effort, self.figures)?;
        let formula = format!("screw_39_mass*({effort}/opt_lin_force_39)^{SCREW_EXPONENT}");
        let note = "the three screws of the atlas lie on a power law of their forces";
        let names = called.of("screw mass", "丝杠质量");
        let screw = self.derived(&called.at("screw mass"), names, "kg", &formula, note)?;
        let parameters = [("opt_lin_force_39", &effort), ("screw_39_mass", &screw)];
        let put = [
            ("opt_linear_", "actuator_"),
            ("opt_lin_", ""),
            ("opt_", ""),
            ("lin_39", called.code),
            ("39", called.code),
            ("3.9 kN", called.size),
            ("Optimus: ", ""),
            ("Optimus ", ""),
        ];
        let pattern = called.pattern("opt_linear_39", &parameters, &put);
        let (mass, magnets) = ("opt_lin_39_mass".to_owned(), "opt_motor_lin_39_magnet".to_owned());
        Some(Sized { effort, mass, magnets, pattern })
    }
}

/// What the ratio of a gear rests on.
fn by_ratio(ratio: Option<Ratio>) -> String {
    match ratio {
        Some(r) if r.told => format!("ratio of the gear as the file tells it: {}", short(r.value)),
        Some(r) => format!(
            "ratio {} ({}-{}): speed of motors over the limit of velocity; the range is that of the fits at its ends",
            short(r.value),
            short(r.low),
            short(r.high)
        ),
        None => "ratio not told: fit over all ratios".to_owned(),
    }
}

/// Where an effort lies beyond those of the actuators behind the fit.
fn beyond(actuator: &Actuator, group: Group) -> String {
    let (from, to) = group.torques();
    let within = (from..=to).contains(&actuator.effort);
    if within { String::new() } else { format!("extrapolated: the fit holds from {from} to {to} N·m") }
}

/// The planetary gear of the atlas that is nearest in torque.
fn planetary(effort: f64) -> &'static str {
    let all =
        [("planetary_20", 20f64), ("planetary_65", 65.0), ("planetary_110", 110.0), ("planetary_220", 220.0)];
    let far = |torque: f64| (torque / effort).ln().abs();
    all.into_iter().min_by(|a, b| far(a.1).total_cmp(&far(b.1))).map_or("planetary_110", |p| p.0)
}
