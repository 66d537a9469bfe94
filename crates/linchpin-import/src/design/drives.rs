//! Which joints are driven, and which of their limits say something.

use super::assumptions::Assumptions;
use crate::model::{Actuated, Joint, Kind, Limit, Remark, Robot};
use std::collections::{BTreeMap, BTreeSet};

/// A joint that is driven, or one axis of it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Drive {
    /// The joint.
    pub(crate) joint: usize,
    /// Whether it pushes.
    pub(crate) linear: bool,
    /// Limit of effort in newton metres, or in newtons if it pushes; `None` if the file tells none that says something.
    pub(crate) effort: Option<f64>,
    /// Limit of velocity in radians or metres a second; `None` alike.
    pub(crate) velocity: Option<f64>,
    /// Ratio of its gear, if the file tells it.
    pub(crate) gear: Option<f64>,
    /// Whether the user says the effort.
    pub(crate) said: bool,
}

/// Why limits of some joints say nothing.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Placeholder {
    /// All joints have the same limit of effort.
    EqualEfforts(f64),
    /// All joints have the same limit of velocity.
    EqualVelocities(f64),
    /// So many joints have a limit of effort that no joint has, of which this is one.
    Efforts { count: usize, example: f64 },
    /// So many joints have a limit of velocity that no joint has, of which this is one.
    Velocities { count: usize, example: f64 },
    /// So many joints have a ratio of which their motors would stand still or fly apart at their limit of velocity, of which this is one.
    Gears { count: usize, example: f64 },
    /// So many joints have no limit of effort.
    NoEffort(usize),
    /// So many joints have no limit of velocity.
    NoVelocity(usize),
}

/// The driven joints of a robot.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Drives {
    /// They.
    pub(crate) all: Vec<Drive>,
    /// Joints that move with another.
    pub(crate) mimics: Vec<usize>,
    /// Joints that nothing drives.
    pub(crate) passive: Vec<usize>,
    /// Which limits say nothing.
    pub(crate) placeholders: Vec<Placeholder>,
}

/// From so many joints on it is no accident that all have one limit.
const EQUAL: usize = 4;
/// Limits that no joint of a robot has: the strongest humanoid joints have some 400 N·m, the strongest linear actuators some 10 kN.
const EFFORT: f64 = 1000.0;
const FORCE: f64 = 1e5;
const VELOCITY: f64 = 1000.0;
/// Radians a second that the motor of a joint turns at its limit, at least and at most: far beyond those of real robots (190 to 780).
const MOTORS: std::ops::RangeInclusive<f64> = 40.0..=4000.0;

/// The driven joints; of a joint whose file does not tell whether it is driven, one without effort is not where others have some.
pub(crate) fn drives(robot: &Robot) -> Drives {
    let mut found = Drives::default();
    let moves = |j: &Joint| !matches!(j.kind, Kind::Free | Kind::Planar);
    let strong = robot.joints.iter().any(|j| moves(j) && j.effort.is_some());
    let zero: BTreeSet<usize> = robot
        .remarks
        .iter()
        .filter_map(|remark| match remark {
            Remark::LimitNotSet { joint, limit: Limit::Effort, value } if *value == 0.0 => Some(*joint),
            _ => None,
        })
        .collect();
    for (at, joint) in robot.joints.iter().enumerate().filter(|(_, j)| moves(j)) {
        let limp = strong && joint.actuated == Actuated::Unknown && zero.contains(&at);
        if joint.mimic.is_some() && joint.actuated != Actuated::Driven {
            found.mimics.push(at);
        } else if joint.actuated == Actuated::Passive || limp {
            found.passive.push(at);
        } else {
            let drive = Drive {
                joint: at,
                linear: joint.kind == Kind::Prismatic,
                effort: joint.effort,
                velocity: joint.velocity,
                gear: joint.gear.filter(|gear| !scales(*gear, joint.effort)),
                said: false,
            };
            let axes = if joint.kind == Kind::Ball { 3 } else { 1 };
            found.all.extend(std::iter::repeat_n(drive, axes));
        }
    }
    found.judge();
    found
}

/// Whether a ratio is none: where the control goes to one, as models for learning have it, it is the effort of the joint.
fn scales(gear: f64, effort: Option<f64>) -> bool {
    effort.is_some_and(|effort| (effort / gear - 1.0).abs() < 1e-9)
}

impl Drives {
    /// Puts what the user says in the place of limits; what then says something is no placeholder.
    pub(crate) fn follow(&mut self, robot: &Robot, yours: &Assumptions) {
        for drive in &mut self.all {
            let said = |what: &str| yours.of_joint(&robot.joints[drive.joint].name, what);
            let (effort, velocity, gear) = (said("effort"), said("velocity"), said("ratio"));
            drive.said = effort.is_some();
            drive.effort = effort.or(drive.effort);
            drive.velocity = velocity.or(drive.velocity);
            drive.gear = gear.or(drive.gear);
        }
        let efforts = self.all.iter().any(|d| d.effort.is_none());
        let velocities = self.all.iter().any(|d| d.velocity.is_none());
        self.placeholders.retain(|p| match p {
            Placeholder::EqualEfforts(_) | Placeholder::Efforts { .. } | Placeholder::NoEffort(_) => efforts,
            Placeholder::Gears { .. } => true,
            _ => velocities,
        });
    }

    /// Takes away the limits that say nothing, and notes why.
    fn judge(&mut self) {
        let most = |d: &Drive| if d.linear { FORCE } else { EFFORT };
        let absurd = |limit: f64, most: f64| limit >= most;
        let odd = |wrong: Vec<f64>| wrong.first().map(|first| (wrong.len(), *first));
        let efforts = self.all.iter().filter_map(|d| d.effort.filter(|e| absurd(*e, most(d)))).collect();
        if let Some((count, example)) = odd(efforts) {
            self.placeholders.push(Placeholder::Efforts { count, example });
        }
        let velocities =
            self.all.iter().filter_map(|d| d.velocity.filter(|v| absurd(*v, VELOCITY))).collect();
        if let Some((count, example)) = odd(velocities) {
            self.placeholders.push(Placeholder::Velocities { count, example });
        }
        let missing = |of: fn(&Drive) -> Option<f64>| self.all.iter().filter(|d| of(d).is_none()).count();
        let (no_effort, no_velocity) = (missing(|d| d.effort), missing(|d| d.velocity));
        if no_effort > 0 {
            self.placeholders.push(Placeholder::NoEffort(no_effort));
        }
        if no_velocity > 0 {
            self.placeholders.push(Placeholder::NoVelocity(no_velocity));
        }
        let odd_gear = |d: &Drive| {
            let speed = d.gear.zip(d.velocity.filter(|v| !absurd(*v, VELOCITY))).map(|(gear, v)| gear * v);
            d.gear.filter(|_| speed.is_some_and(|speed| !d.linear && !MOTORS.contains(&speed)))
        };
        if let Some((count, example)) = odd(self.all.iter().filter_map(odd_gear).collect()) {
            self.placeholders.push(Placeholder::Gears { count, example });
        }
        for drive in &mut self.all {
            if odd_gear(drive).is_some() {
                drive.gear = None;
            }
            let most = most(drive);
            drive.effort = drive.effort.filter(|e| !absurd(*e, most));
            drive.velocity = drive.velocity.filter(|v| !absurd(*v, VELOCITY));
        }
        if let Some(effort) = equal(self.all.iter().map(|d| d.effort)) {
            self.placeholders.push(Placeholder::EqualEfforts(effort));
            self.all.iter_mut().for_each(|d| d.effort = None);
        }
        if let Some(velocity) = equal(self.all.iter().map(|d| d.velocity)) {
            self.placeholders.push(Placeholder::EqualVelocities(velocity));
            self.all.iter_mut().for_each(|d| d.velocity = None);
        }
    }
}

/// The limit that all have, of several.
fn equal(limits: impl Iterator<Item = Option<f64>>) -> Option<f64> {
    let mut counts: BTreeMap<u64, usize> = BTreeMap::new();
    for limit in limits {
        *counts.entry(limit?.to_bits()).or_default() += 1;
    }
    let (bits, count) = counts.first_key_value()?;
    (counts.len() == 1 && *count >= EQUAL).then(|| f64::from_bits(*bits))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn robot(efforts: &[f64]) -> Drives {
        let drive = |effort: &f64| Drive {
            joint: 0,
            linear: false,
            effort: Some(*effort),
            velocity: Some(*effort / 10.0),
            gear: None,
            said: false,
        };
        let mut drives = Drives { all: efforts.iter().map(drive).collect(), ..Drives::default() };
        drives.judge();
        drives
    }

    #[test]
    fn limits_that_are_all_equal_say_nothing() {
        let drives = robot(&[20.0; 6]);
        assert_eq!(drives.placeholders, [Placeholder::EqualEfforts(20.0), Placeholder::EqualVelocities(2.0)]);
        assert!(drives.all.iter().all(|d| d.effort.is_none() && d.velocity.is_none()));
        assert!(robot(&[20.0, 20.0, 20.0, 20.0, 30.0]).placeholders.is_empty());
        assert!(robot(&[20.0; 3]).placeholders.is_empty());
    }

    #[test]
    fn limits_that_no_joint_has_say_nothing() {
        let drives = robot(&[1e4, 1e3, 1e30, 50.0, 60.0]);
        assert_eq!(drives.placeholders[0], Placeholder::Efforts { count: 3, example: 1e4 });
        assert_eq!(drives.all.iter().filter(|d| d.effort.is_some()).count(), 2);
    }
}
