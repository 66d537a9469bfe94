//! What drives a joint: its kind, its gear and its size, from the limits of the joint and the mass of its links.

use super::bodies::{Bodies, Wish};
use super::drives::Drives;
use crate::model::Robot;
use crate::numbers::Figures;
use std::collections::BTreeMap;

/// Which of the makers' actuators a geared one is like, by the ratio of its gear.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Group {
    /// Up to 10: one stage.
    To10,
    /// 11 to 25.
    To25,
    /// 30 to 64: two stages.
    To64,
    /// Where the ratio cannot be told.
    Any,
}

impl Group {
    const KNOWN: [Group; 3] = [Group::To10, Group::To25, Group::To64];

    /// The group of a ratio; between two groups the nearer one.
    fn of(ratio: f64) -> Group {
        // 10 and 11, 25 and 30 are the ends of neighbours in the lists.
        if ratio < 10.5 {
            Group::To10
        } else if ratio < 27.4 {
            Group::To25
        } else {
            Group::To64
        }
    }

    /// Parameters of the fits mass = a T^b and magnets = a T^b.
    pub(crate) fn fits(self) -> [[&'static str; 2]; 2] {
        match self {
            Group::To10 => [["act_fit_a", "act_fit_b"], ["magnet_fit_a", "magnet_fit_b"]],
            Group::To25 => [["act_fit_25_a", "act_fit_25_b"], ["magnet_fit_25_a", "magnet_fit_25_b"]],
            Group::To64 => [["planetary_fit_a", "planetary_fit_b"], ["magnet_fit_64_a", "magnet_fit_64_b"]],
            Group::Any => [["act_fit_any_a", "act_fit_any_b"], ["magnet_fit_any_a", "magnet_fit_any_b"]],
        }
    }

    /// Torques of the actuators behind the fits, in newton metres.
    pub(crate) fn torques(self) -> (f64, f64) {
        match self {
            Group::To10 => (3.0, 170.0),
            Group::To25 => (10.0, 400.0),
            Group::To64 => (10.0, 222.0),
            Group::Any => (3.0, 400.0),
        }
    }
}

/// What an actuator is like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Shape {
    /// A frameless motor behind a planetary gear.
    Geared(Group),
    /// A frameless motor behind a strain-wave gear of that size.
    StrainWave(u32),
    /// A micro motor behind a micro gear; its driver sits elsewhere.
    Micro(Group),
    /// A frameless motor and a roller screw.
    Screw,
}

/// The ratio of a gear.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Ratio {
    pub(crate) value: f64,
    pub(crate) low: f64,
    pub(crate) high: f64,
    /// Whether the file tells it.
    pub(crate) told: bool,
}

/// What the size of an actuator rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Basis {
    /// The limit of effort of its joint.
    Limit,
    /// What the user says in the place of that.
    Said,
    /// The mass of its links, which is too little for that limit.
    Room,
    /// A share of the mass of the robot: its limit says nothing.
    Share,
}

/// Actuators of one type.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Actuator {
    pub(crate) shape: Shape,
    /// Limit of effort of its joints, in newton metres or newtons, if it says something.
    pub(crate) limit: Option<f64>,
    /// Limit of velocity of its joints, if it says something.
    pub(crate) velocity: Option<f64>,
    /// Effort for which it is sized.
    pub(crate) effort: f64,
    pub(crate) ratio: Option<Ratio>,
    pub(crate) basis: Basis,
    /// Kilograms.
    pub(crate) mass: f64,
    /// Places in the list of drives.
    pub(crate) drives: Vec<usize>,
}

/// What actuators of one type have in common.
type Key = (Shape, Basis, [Option<u64>; 4]);

impl Actuator {
    fn key(&self) -> Key {
        let ratio = self.ratio.map(|r| r.value);
        let numbers = [Some(self.effort), self.limit, self.velocity, ratio];
        (self.shape, self.basis, numbers.map(|n| n.map(f64::to_bits)))
    }
}

/// Actuators of a robot.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Actuators {
    /// Types, the strongest first.
    pub(crate) types: Vec<Actuator>,
    /// Drives whose links have no mass at all, so that no actuator is counted.
    pub(crate) nowhere: Vec<usize>,
    /// Kilograms by the limit of each drive, before its links are looked at; `None` where no limit says anything.
    pub(crate) by_limit: Vec<Option<f64>>,
}

/// An actuator of less has no room for a driver and an encoder of its own.
const MICRO: f64 = 0.12;
/// From this ratio on a gear is a strain-wave gear: the ratios of the planetary ones in the lists end at 64.
pub(crate) const STRAIN_WAVE: f64 = 64.0;
/// Sizes of strain-wave gears and the momentary torque that they bear at a ratio of 100, in newton metres; general knowledge.
const SIZES: [(u32, f64); 8] =
    [(8, 9.0), (11, 25.0), (14, 54.0), (17, 110.0), (20, 147.0), (25, 284.0), (32, 647.0), (40, 1080.0)];
/// Of smaller sizes one above the smallest that bears the torque is taken, as in the robots of the atlas.
const SMALL: u32 = 20;

/// What the sizing rests on, from the atlas or as its user says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Rules {
    /// Radians a second of a motor at the limit of its joint: value, low, high.
    pub(crate) motor_speed: [f64; 3],
    /// Most of the mass of links that is actuators.
    pub(crate) room: f64,
    /// Share of the mass of the robot that is actuators, where limits say nothing.
    pub(crate) share: f64,
}

/// Sizes the actuators of a robot: by their limits; where the links have too little mass for that, by their mass; where limits
/// say nothing, by a share of the mass of the robot.
pub(crate) fn actuators(
    robot: &Robot,
    drives: &Drives,
    bodies: &Bodies,
    rules: &Rules,
    figures: &Figures<'_>,
) -> Option<Actuators> {
    let total: f64 = bodies.mass.iter().sum();
    let ratios: Vec<Option<Ratio>> =
        drives.all.iter().map(|d| rules.ratio(d.linear, d.gear, d.velocity)).collect();
    let mut shapes = vec![];
    let mut by_limit = vec![];
    // Joints of one limit are sized once.
    let mut known: BTreeMap<[u64; 3], (Shape, f64)> = BTreeMap::new();
    for (drive, ratio) in drives.all.iter().zip(&ratios) {
        let Some(effort) = drive.effort else {
            by_limit.push(None);
            shapes.push(None);
            continue;
        };
        let key = [u64::from(drive.linear), effort.to_bits(), ratio.map_or(0, |r| r.value.to_bits())];
        let (shape, mass) = match known.get(&key) {
            Some(sized) => *sized,
            None => {
                let shape = shaped(drive.linear, effort, *ratio, figures)?;
                let sized = (shape, mass(shape, effort, *ratio, figures)?);
                known.insert(key, sized);
                sized
            }
        };
        by_limit.push(Some(mass));
        shapes.push(Some(shape));
    }
    // Joints without a limit share what the others leave of what actuators usually are.
    let blind = by_limit.iter().filter(|m| m.is_none()).count();
    let known: f64 = by_limit.iter().flatten().sum();
    let usual = ((total * rules.share - known) / blind.max(1) as f64).max(0.0);
    let wishes: Vec<Wish> = drives
        .all
        .iter()
        .zip(&by_limit)
        .map(|(drive, mass)| {
            let joint = &robot.joints[drive.joint];
            let (parent, child) = (bodies.of_link[joint.parent], bodies.of_link[joint.child]);
            Wish { parent, child, mass: mass.unwrap_or(usual) }
        })
        .collect();
    let granted = bodies.granted(&wishes, rules.room);
    let mut found = Actuators { by_limit, ..Actuators::default() };
    let mut at_of: BTreeMap<Key, usize> = BTreeMap::new();
    for (at, drive) in drives.all.iter().enumerate() {
        let mut mass_of = granted[at];
        if mass_of <= 0.0 {
            found.nowhere.push(at);
            continue;
        }
        let ratio = ratios[at];
        let fits = mass_of >= wishes[at].mass * (1.0 - 1e-9);
        let (basis, shape, effort) = match (shapes[at], drive.effort) {
            (Some(shape), Some(effort)) if fits => {
                (if drive.said { Basis::Said } else { Basis::Limit }, shape, effort)
            }
            (sized, _) => {
                // Left and right differ in the last digits of their links; they are one type all the same.
                mass_of = two_digits_down(mass_of);
                let (shape, effort) = for_mass(drive.linear, mass_of, ratio, figures)?;
                mass_of = mass(shape, effort, ratio, figures)?;
                (if sized.is_some() { Basis::Room } else { Basis::Share }, shape, effort)
            }
        };
        let one = Actuator {
            shape,
            limit: drive.effort,
            velocity: drive.velocity,
            effort,
            ratio,
            basis,
            mass: mass_of,
            drives: vec![at],
        };
        match at_of.get(&one.key()) {
            Some(same) => found.types[*same].drives.push(at),
            None => {
                at_of.insert(one.key(), found.types.len());
                found.types.push(one);
            }
        }
    }
    found.types.sort_by(|a, b| b.effort.total_cmp(&a.effort).then(a.drives.cmp(&b.drives)));
    Some(found)
}

impl Actuators {
    /// Kilograms of all.
    pub(crate) fn mass(&self) -> f64 {
        self.types.iter().map(|a| a.mass * a.drives.len() as f64).sum()
    }
}

impl Rules {
    /// The ratio of a gear: as told, else that between the speed of motors and the limit of velocity of the joint.
    fn ratio(&self, linear: bool, gear: Option<f64>, velocity: Option<f64>) -> Option<Ratio> {
        if linear {
            return None;
        }
        if let Some(gear) = gear {
            return Some(Ratio { value: gear, low: gear, high: gear, told: true });
        }
        let at = |speed: f64| (speed / velocity.unwrap_or(f64::INFINITY)).max(1.0);
        let [value, low, high] = self.motor_speed.map(at);
        velocity.map(|_| Ratio { value, low, high, told: false })
    }
}

/// What an actuator of an effort is like.
fn shaped(linear: bool, effort: f64, ratio: Option<Ratio>, figures: &Figures<'_>) -> Option<Shape> {
    let group = ratio.map_or(Group::Any, |r| Group::of(r.value));
    let micro = |mass: f64| (mass < MICRO).then_some(Shape::Micro(group));
    if linear {
        let screw = mass(Shape::Screw, effort, ratio, figures)?;
        // A finger that slides is no screw of the trade: the smallest of the atlas bears 500 N.
        let light = mass(Shape::Micro(Group::Any), effort * SLIDE, ratio, figures)?;
        return Some(if effort < 200.0 && light < screw { Shape::Micro(Group::Any) } else { Shape::Screw });
    }
    let geared = mass(Shape::Geared(group), effort, ratio, figures)?;
    if let Some(micro) = micro(geared) {
        return Some(micro);
    }
    if ratio.is_some_and(|r| r.value > STRAIN_WAVE) {
        return Some(Shape::StrainWave(size(effort)));
    }
    Some(Shape::Geared(group))
}

/// Metres of a pinion that turns the force of a finger that slides into torque.
const SLIDE: f64 = 0.01;

/// Kilograms of an actuator.
pub(crate) fn mass(shape: Shape, effort: f64, ratio: Option<Ratio>, figures: &Figures<'_>) -> Option<f64> {
    match shape {
        Shape::Geared(group) | Shape::Micro(group) => {
            let [[a, b], _] = group.fits();
            Some(figures.value(a)? * effort.powf(figures.value(b)?))
        }
        Shape::StrainWave(size) => {
            let ratio = ratio.map_or_else(|| figures.value("harmonic_ratio"), |r| Some(r.value))?;
            let at = [
                ("walker_effort_80", effort),
                ("harmonic_ratio", ratio),
                ("walker_harmonic_80_size", f64::from(size)),
            ];
            figures.value_at("walker_rot_80_mass", &at)
        }
        Shape::Screw => {
            let screw = screw_mass(effort, figures)?;
            figures.value_at("opt_lin_39_mass", &[("opt_lin_force_39", effort), ("screw_39_mass", screw)])
        }
    }
}

/// Kilograms of a roller screw: the three of the atlas lie on a power law of their forces.
pub(crate) fn screw_mass(force: f64, figures: &Figures<'_>) -> Option<f64> {
    let (middle, at) = (figures.value("screw_39_mass")?, figures.value("opt_lin_force_39")?);
    Some(middle * (force / at).powf(SCREW_EXPONENT))
}

/// ln(0.77/0.14) / ln(8000/500): the screws of 0.5 and 8 kN.
pub(crate) const SCREW_EXPONENT: f64 = 0.615;

/// The size of a strain-wave gear for a torque.
fn size(effort: f64) -> u32 {
    let smallest = SIZES.iter().position(|(_, bears)| *bears >= effort).unwrap_or(SIZES.len() - 1);
    let at = if SIZES[smallest].0 < SMALL { smallest + 1 } else { smallest };
    SIZES[at].0
}

/// The next smaller and the next larger size.
pub(crate) fn sizes_beside(size: u32) -> (u32, u32) {
    let at = SIZES.iter().position(|s| s.0 == size).unwrap_or(0);
    (SIZES[at.saturating_sub(1)].0, SIZES[(at + 1).min(SIZES.len() - 1)].0)
}

/// The actuator that weighs so much: what it is like, and its effort.
fn for_mass(linear: bool, wanted: f64, ratio: Option<Ratio>, figures: &Figures<'_>) -> Option<(Shape, f64)> {
    let group = ratio.map_or(Group::Any, |r| Group::of(r.value));
    let rotary = if wanted < MICRO { Shape::Micro(group) } else { Shape::Geared(group) };
    let mut shapes = vec![rotary];
    if linear {
        shapes = vec![Shape::Screw, Shape::Micro(Group::Any)];
    } else if ratio.is_some_and(|r| r.value > STRAIN_WAVE) {
        shapes.extend(SIZES.iter().rev().map(|s| Shape::StrainWave(s.0)));
        shapes.rotate_left(1);
    }
    for shape in shapes {
        let fits = |effort: f64| mass(shape, effort, ratio, figures).is_some_and(|m| m <= wanted);
        let (mut low, mut high) = (1e-3, 1e4);
        // A strain-wave actuator has bearings and encoders, however weak it is.
        if !fits(low) {
            continue;
        }
        for _ in 0..60 {
            let middle = f64::sqrt(low * high);
            if fits(middle) { low = middle } else { high = middle }
        }
        // The size of a strain-wave gear goes with its torque.
        if matches!(shape, Shape::StrainWave(of) if of != size(low)) {
            continue;
        }
        return Some((shape, two_digits_down(low)));
    }
    Some((rotary, two_digits_down(low_effort(rotary, wanted, figures)?)))
}

/// The torque of a geared actuator of a mass: T = (m / a)^(1/b).
fn low_effort(shape: Shape, wanted: f64, figures: &Figures<'_>) -> Option<f64> {
    let (Shape::Geared(group) | Shape::Micro(group)) = shape else { return None };
    let [[a, b], _] = group.fits();
    Some((wanted / figures.value(a)?).powf(1.0 / figures.value(b)?))
}

fn two_digits_down(value: f64) -> f64 {
    let step = 10f64.powf(value.log10().floor() - 1.0);
    ((value / step) * (1.0 + 1e-12)).floor() * step
}

/// How far the mass and the magnets of a geared actuator move when its ratio goes from one end of its range to the other: least and most,
/// over those at the ratio taken.
pub(crate) fn with_ratio(
    group: Group,
    effort: f64,
    ratio: Option<Ratio>,
    figures: &Figures<'_>,
) -> Option<[(f64, f64); 2]> {
    let Some(ratio) = ratio else { return Some([(1.0, 1.0); 2]) };
    let (first, last) = (Group::of(ratio.low), Group::of(ratio.high));
    let at = |group: Group, fit: usize| {
        let [a, b] = group.fits()[fit];
        Some(figures.value(a)? * effort.powf(figures.value(b)?))
    };
    let mut ends = [(1.0f64, 1.0f64); 2];
    for (fit, end) in ends.iter_mut().enumerate() {
        let here = at(group, fit)?;
        for other in Group::KNOWN.into_iter().filter(|g| (first..=last).contains(g)) {
            let over = at(other, fit)? / here;
            *end = (end.0.min(over), end.1.max(over));
        }
    }
    Some(ends)
}
