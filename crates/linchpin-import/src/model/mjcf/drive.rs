//! What drives which joints, and how strongly.

use super::Reading;
use super::bodies::Bodies;
use super::defaults::{MAIN, Sort};
use super::law::Law;
use crate::model::Kind;
use crate::model::fault::What;
use crate::model::notes::Notes;
use crate::model::remark::Remark;
use crate::model::xml::{Element, Written};
use std::collections::BTreeMap;

/// Whether a range limits, by the attribute that says so.
pub(super) fn holds(limited: Option<Written<'_>>, autolimits: bool) -> bool {
    match limited.map(|written| written.text.trim()) {
        Some("true") => true,
        Some("false") => false,
        _ => autolimits,
    }
}

/// The greatest of a range, without its sign; nothing if that is 0 or without end, as then it limits nothing.
pub(super) fn greatest(range: Written<'_>, notes: &mut Notes) -> Option<f64> {
    let is_endless = |word: &str| word.parse().is_ok_and(|n: f64| n.is_infinite());
    if range.text.split_ascii_whitespace().any(is_endless) {
        return None;
    }
    range.numbers(notes)?.into_iter().map(f64::abs).reduce(f64::max).filter(|most| *most > 0.0)
}

/// The lesser of two limits of which each may not be told.
pub(super) fn lesser(a: Option<f64>, b: Option<f64>) -> Option<f64> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        _ => a.or(b),
    }
}

/// What a joint is driven by.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Drive {
    /// How many actuators act on it.
    pub(super) count: usize,
    /// What the strongest of them does at the joint.
    pub(super) effort: Option<f64>,
    pub(super) velocity: Option<f64>,
    pub(super) gear: Option<f64>,
}

/// Drives of all joints.
pub(super) struct Drives {
    /// Whether the model has any actuators.
    pub(super) any: bool,
    /// One for each joint of the bodies.
    pub(super) joints: Vec<Drive>,
    /// Joints that a tendon moves whose actuator counts at another joint.
    pub(super) coupled: BTreeMap<usize, usize>,
}

/// An actuator by itself.
struct Actuator<'x> {
    element: Element<'x>,
    /// Most that it does in front of its gear.
    force: Option<f64>,
    /// Fastest that it is told to move in front of its gear.
    velocity: Option<f64>,
    gears: Vec<f64>,
}

impl Drives {
    /// Reads all actuators and tendons.
    pub(super) fn read<'x>(
        root: Element<'x>,
        bodies: &Bodies<'x>,
        reading: Reading<'x, '_>,
        notes: &mut Notes,
    ) -> Drives {
        let inside =
            |section| root.children().filter(move |e| e.name() == section).flat_map(Element::children);
        let joints = vec![Drive::default(); bodies.joints.len()];
        let mut drives = Drives { any: false, joints, coupled: BTreeMap::new() };
        let mut pulling: BTreeMap<&str, Vec<Actuator<'x>>> = BTreeMap::new();
        for element in inside("actuator") {
            drives.any = true;
            let actuator = Actuator::read(element, reading, notes);
            if let Some(tendon) = element.called("tendon") {
                pulling.entry(tendon).or_default().push(actuator);
            } else {
                drives.at_joint(&actuator, bodies, notes);
            }
        }
        let mut tendons = BTreeMap::new();
        for tendon in inside("tendon") {
            if let Some(name) = tendon.called("name") {
                tendons.entry(name).or_insert(tendon);
            }
        }
        let ways = Ways::of(bodies);
        for (name, actuators) in pulling {
            let Some(tendon) = tendons.get(name) else {
                for actuator in actuators {
                    notes.problem(actuator.element, "tendon", What::UnknownTendon, name);
                }
                continue;
            };
            let moved = ways.moved(*tendon, bodies, notes);
            for actuator in actuators {
                if bodies.spend(moved.len(), actuator.element, notes) {
                    drives.at_tendon(&actuator, &moved, notes);
                }
            }
        }
        let Drives { joints, coupled, .. } = &mut drives;
        coupled.retain(|joint, _| joints[*joint].count == 0);
        drives
    }

    fn at_joint<'x>(&mut self, actuator: &Actuator<'x>, bodies: &Bodies<'x>, notes: &mut Notes) {
        let element = actuator.element;
        let Some(attribute) =
            ["joint", "jointinparent"].into_iter().find(|side| element.called(side).is_some())
        else {
            return drives_nothing(element, notes);
        };
        for joint in bodies.joints_called(element, attribute, notes) {
            match bodies.joints[*joint].kind {
                Kind::Free => drives_nothing(element, notes),
                kind => self.joints[*joint].add(actuator.behind(actuator.gear(kind))),
            }
        }
    }

    /// An actuator of a tendon counts at the first joint that nothing else drives, with the share that the joint has in the
    /// tendon; so two tendons that move two joints together are two drives.
    fn at_tendon(&mut self, actuator: &Actuator<'_>, moved: &[(usize, Option<f64>)], notes: &mut Notes) {
        let idle = moved.iter().find(|(joint, _)| self.joints[*joint].count == 0);
        let Some((joint, share)) = idle.or(moved.first()) else {
            return drives_nothing(actuator.element, notes);
        };
        let pull = actuator.behind(actuator.gears[0].abs());
        let effort = pull.effort.zip(*share).and_then(|(effort, share)| limit(effort * share));
        self.joints[*joint].add(Drive { effort, velocity: None, gear: None, ..pull });
        for (other, _) in moved.iter().filter(|(other, _)| other != joint) {
            self.coupled.entry(*other).or_insert(*joint);
        }
    }
}

/// Tells of an element that acts on no joint that moves.
pub(super) fn drives_nothing(element: Element<'_>, notes: &mut Notes) {
    let name = element.called("name").unwrap_or(element.name()).to_owned();
    notes.remarks.push(Remark::DrivesNothing { name, file: element.file(), line: element.line() });
}

impl Drive {
    /// Adds an actuator. The strongest, the fastest and the greatest gear count.
    fn add(&mut self, other: Drive) {
        let greater = |a: Option<f64>, b: Option<f64>| a.into_iter().chain(b).reduce(f64::max);
        self.count += other.count;
        self.effort = greater(self.effort, other.effort);
        self.velocity = greater(self.velocity, other.velocity);
        self.gear = greater(self.gear, other.gear);
    }
}

/// A number, if it can be a limit.
fn limit(value: f64) -> Option<f64> {
    Some(value).filter(|value| *value > 0.0 && value.is_finite())
}

impl<'x> Actuator<'x> {
    fn read(element: Element<'x>, reading: Reading<'x, '_>, notes: &mut Notes) -> Actuator<'x> {
        let actuator = reading.defaults.dress(element, MAIN, Sort::Actuator, notes);
        let gears = actuator.attribute("gear").and_then(|gear| gear.numbers(notes)).unwrap_or(vec![1.0]);
        let mut range = |range, limited| {
            let holds = holds(actuator.attribute(limited), reading.compiler.autolimits);
            actuator.attribute(range).filter(|_| holds).and_then(|range| greatest(range, notes))
        };
        let (force, control) = (range("forcerange", "forcelimited"), range("ctrlrange", "ctrllimited"));
        let (by_control, velocity) = match Law::of(&actuator, notes) {
            Law::Force(gain) => (control.map(|control| control * gain), None),
            Law::Velocity => (None, control),
            Law::Muscle(peak) => (peak, None),
            Law::Other => (None, None),
        };
        Actuator { element, force: lesser(force, by_control), velocity, gears }
    }

    /// The gear at a joint: of a ball joint the first three numbers are an axis, of others the first one counts.
    fn gear(&self, kind: Kind) -> f64 {
        let count = if kind == Kind::Ball { 3 } else { 1 };
        self.gears.iter().take(count).fold(0.0, |greatest, gear| gear.abs().max(greatest))
    }

    /// What it does behind a gear.
    fn behind(&self, gear: f64) -> Drive {
        Drive {
            count: 1,
            effort: self.force.and_then(|force| limit(force * gear)),
            velocity: self.velocity.and_then(|velocity| limit(velocity / gear)),
            gear: limit(gear).filter(|gear| *gear != 1.0),
        }
    }
}

/// Joints on the way from one body to another.
struct Ways {
    joints: Vec<Vec<usize>>,
    depths: Vec<usize>,
}

impl Ways {
    fn of(bodies: &Bodies<'_>) -> Ways {
        let mut ways = Ways { joints: vec![vec![]; bodies.all.len()], depths: vec![] };
        for body in &bodies.all {
            ways.depths.push(body.parent.map_or(0, |parent| ways.depths[parent] + 1));
        }
        for (number, joint) in bodies.joints.iter().enumerate().filter(|(_, joint)| joint.kind != Kind::Free)
        {
            ways.joints[joint.body].push(number);
        }
        ways
    }

    /// Joints that a tendon moves, in its order, with the force at the joint to one of the tendon where that is told.
    fn moved(
        &self,
        tendon: Element<'_>,
        bodies: &Bodies<'_>,
        notes: &mut Notes,
    ) -> Vec<(usize, Option<f64>)> {
        let mut moved: Vec<(usize, Option<f64>)> = vec![];
        let mut seen = std::collections::BTreeSet::new();
        let mut add = |joint, share| {
            if seen.insert(joint) {
                moved.push((joint, share));
            }
        };
        let mut last = None;
        for part in tendon.children() {
            match part.name() {
                "joint" => {
                    let share = part.attribute("coef").map_or(Some(1.0), |coef| coef.number(notes));
                    let joints = bodies.joints_called(part, "joint", notes);
                    joints.iter().for_each(|joint| add(*joint, share.map(f64::abs)));
                }
                // Its lever changes with the pose.
                "site" => {
                    let body = part.called("site").and_then(|site| bodies.sites.get(site).copied());
                    if let (Some(from), Some(to)) = (last, body)
                        && bodies.spend(self.depths[from] + self.depths[to], part, notes)
                    {
                        self.between(from, to, bodies).into_iter().for_each(|joint| add(joint, None));
                    }
                    last = body;
                }
                "pulley" => last = None,
                _ => {}
            }
        }
        moved
    }

    fn between(&self, from: usize, to: usize, bodies: &Bodies<'_>) -> Vec<usize> {
        let (mut from, mut to) = (Some(from), Some(to));
        let (mut up, mut down): (Vec<usize>, Vec<usize>) = (vec![], vec![]);
        let depth = |body: Option<usize>| body.map_or(0, |body| self.depths[body] + 1);
        while from != to {
            let (side, way) =
                if depth(from) >= depth(to) { (&mut from, &mut up) } else { (&mut to, &mut down) };
            let Some(body) = *side else { break };
            way.extend(self.joints[body].iter().rev());
            *side = bodies.all[body].parent;
        }
        up.extend(down.into_iter().rev());
        up
    }
}

/// Which joints follow which, by equalities.
pub(super) fn equalities<'x>(
    sections: impl Iterator<Item = Element<'x>>,
    bodies: &Bodies<'x>,
    reading: Reading<'x, '_>,
    notes: &mut Notes,
) -> BTreeMap<usize, usize> {
    let mut follows = BTreeMap::new();
    for element in sections.flat_map(Element::children).filter(|element| element.name() == "joint") {
        let equality = reading.defaults.dress(element, MAIN, Sort::Equality, notes);
        let is_off = equality.attribute("active").is_some_and(|active| active.text.trim() == "false");
        // Without a second joint the first is held where it is.
        if element.called("joint2").is_none() {
            continue;
        }
        let first = bodies.joints_called(element, "joint1", notes);
        let second = bodies.joints_called(element, "joint2", notes);
        if !is_off && !second.is_empty() {
            // Copies of one part follow each other in pairs.
            let pairs = first.iter().zip(second.iter().cycle());
            follows.extend(pairs.filter(|(joint, other)| joint != other));
        }
    }
    follows
}
