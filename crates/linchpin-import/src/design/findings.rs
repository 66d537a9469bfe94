//! What does not add up in a model, or says nothing.

use super::actuators::{Basis, STRAIN_WAVE, Shape};
use super::drives::Placeholder;
use super::rows::short;
use super::{Told, joints_of};
use crate::model::{Link, Massed, Remark};

/// One thing that was noticed: its word, where, and the numbers behind it.
pub(crate) type Finding = (&'static str, String, String);

/// Metres of the radius of gyration that no link of a robot has.
const GYRATION: f64 = 2.0;
/// A weighed mass that is off by more than this share is told.
const OFF: f64 = 0.05;
/// So many names of links or joints are told.
const SHOWN: usize = 8;

/// All that was noticed, what weighs most first.
pub(crate) fn all(told: &Told<'_>) -> Vec<Finding> {
    let mut found = vec![];
    found.extend(massless(told));
    found.extend(computed(told));
    found.extend(weighed(told));
    found.extend(long(told));
    found.extend(told.drives.placeholders.iter().map(placeholder));
    found.extend(too_heavy(told));
    found.extend(nowhere(told));
    found.extend(beyond(told));
    found.extend(either(told));
    found.extend(told.robot.remarks.iter().filter_map(|remark| remarked(told, remark)));
    found
}

/// Actuators whose gear may be planetary or strain-wave: their ratio is not told, and its range holds the one where the one is taken for
/// the other. What is in them differs by more than their range then.
fn either(told: &Told<'_>) -> Vec<Finding> {
    let mut found = vec![];
    for actuator in &told.actuators.types {
        let Some(ratio) = actuator.ratio.filter(|r| !r.told && r.low <= STRAIN_WAVE && STRAIN_WAVE < r.high)
        else {
            continue;
        };
        if matches!(actuator.shape, Shape::Geared(_) | Shape::StrainWave(_)) {
            let joints = joints_of(told.robot, told.drives, &actuator.drives);
            let range = format!("{}–{} ∋ {STRAIN_WAVE}", short(ratio.low), short(ratio.high));
            found.push(("model-either-gear", joints, range));
        }
    }
    found
}

/// What the reader of the model remarks, as far as it matters for what is inferred and is not told above.
fn remarked(told: &Told<'_>, remark: &Remark) -> Option<Finding> {
    let joint = |at: &usize| told.robot.joints[*at].name.clone();
    let place = |file: &usize, line: &u32| format!("{}: {line}", told.robot.files[*file]);
    Some(match remark {
        Remark::TotalMassSet { total, applied: true } => {
            ("model-total-set", String::new(), format!("{} kg", short(*total)))
        }
        Remark::TotalMassSet { total, applied: false } => {
            ("model-total-not-set", String::new(), format!("{} kg", short(*total)))
        }
        Remark::MassRaised { least, links } => {
            ("model-mass-raised", links.to_string(), format!("{} kg", short(*least)))
        }
        Remark::AbsolutePaths { count, first } => ("model-author-paths", first.clone(), count.to_string()),
        Remark::NotRead { element, count, file, line } => {
            ("model-not-read", place(file, line), format!("{element} × {count}"))
        }
        Remark::LimitNegative { joint: at, .. } => ("model-negative-limit", joint(at), String::new()),
        Remark::Repeated { name, file, line } => ("model-repeated", place(file, line), name.clone()),
        Remark::DrivesNothing { name, file, line } => {
            ("model-drives-nothing", place(file, line), name.clone())
        }
        Remark::SeveralDrives { joint: at, count } => ("model-several-drives", joint(at), count.to_string()),
        Remark::Coupled { joint: at, with } => ("model-coupled", joint(at), with.clone()),
        Remark::MimicLost { joint: at } => ("model-mimic-lost", joint(at), String::new()),
        Remark::Scenery { links, shapes } => ("model-scenery", String::new(), format!("{links} + {shapes}")),
        Remark::Loose { name, file, line } => ("model-loose", place(file, line), name.clone()),
        Remark::MassUnknown { .. }
        | Remark::Meshes { .. }
        | Remark::Included { .. }
        | Remark::LimitMissing { .. }
        | Remark::LimitNotSet { .. } => return None,
    })
}

fn few<'n>(names: impl ExactSizeIterator<Item = &'n str>) -> String {
    let count = names.len();
    let mut text = names.take(SHOWN).collect::<Vec<_>>().join(", ");
    if count > SHOWN {
        text.push_str(&format!(", … ({count})"));
    }
    text
}

/// Links whose mass the file does not tell: the robot is heavier than their sum.
fn massless(told: &Told<'_>) -> Option<Finding> {
    let links: Vec<&str> =
        told.robot.links.iter().filter(|l| l.mass.is_none()).map(|l| l.name.as_str()).collect();
    (!links.is_empty()).then(|| ("model-no-mass", few(links.iter().copied()), format!("{}", links.len())))
}

/// Links whose mass follows from their shapes: nobody weighed them.
fn computed(told: &Told<'_>) -> Option<Finding> {
    let links: Vec<&Link> = told.robot.links.iter().filter(|l| l.told == Massed::Computed).collect();
    let mass: f64 = links.iter().filter_map(|l| l.mass).sum();
    let numbers = format!("{} kg / {} kg", short(mass), short(told.total));
    (mass > 0.0).then(|| ("model-computed-mass", few(links.iter().map(|l| l.name.as_str())), numbers))
}

fn weighed(told: &Told<'_>) -> Option<Finding> {
    let mass = told.request.mass?;
    let off = (told.total / mass - 1.0).abs() > OFF;
    off.then(|| {
        ("model-off-mass", told.product.file.clone(), format!("{} kg; {} kg", short(told.total), short(mass)))
    })
}

/// Links whose mass lies metres away from its centre: lengths may be in millimetres.
fn long(told: &Told<'_>) -> Option<Finding> {
    let far = told.robot.links.iter().filter(|l| l.radius.is_some_and(|r| r > GYRATION));
    let far: Vec<(&str, f64)> = far.map(|l| (l.name.as_str(), l.radius.unwrap_or(0.0))).collect();
    let most = far.iter().map(|f| f.1).fold(0.0, f64::max);
    (!far.is_empty()).then(|| ("model-long", few(far.iter().map(|f| f.0)), format!("{} m", short(most))))
}

fn placeholder(of: &Placeholder) -> Finding {
    let (word, count, example) = match of {
        Placeholder::EqualEfforts(value) => ("model-equal-efforts", None, Some(*value)),
        Placeholder::EqualVelocities(value) => ("model-equal-velocities", None, Some(*value)),
        Placeholder::Efforts { count, example } => ("model-odd-efforts", Some(*count), Some(*example)),
        Placeholder::Velocities { count, example } => ("model-odd-velocities", Some(*count), Some(*example)),
        Placeholder::Gears { count, example } => ("model-odd-gears", Some(*count), Some(*example)),
        Placeholder::NoEffort(count) => ("model-no-efforts", Some(*count), None),
        Placeholder::NoVelocity(count) => ("model-no-velocities", Some(*count), None),
    };
    (word, count.map_or(String::new(), |c| c.to_string()), example.map_or(String::new(), |e| e.to_string()))
}

/// Actuators that outweigh what their links leave room for: the links decide.
fn too_heavy(told: &Told<'_>) -> Vec<Finding> {
    let limited = told.actuators.types.iter().filter(|a| a.basis == Basis::Room);
    let told_of = |a: &super::Actuator| {
        let by_limit = told.actuators.by_limit[a.drives[0]].unwrap_or(0.0);
        let joints = joints_of(told.robot, told.drives, &a.drives);
        ("model-too-heavy", joints, format!("{} kg > {} kg", short(by_limit), short(a.mass)))
    };
    limited.map(told_of).collect()
}

/// Joints whose links have no mass.
fn nowhere(told: &Told<'_>) -> Option<Finding> {
    let of = &told.actuators.nowhere;
    (!of.is_empty()).then(|| ("model-nowhere", joints_of(told.robot, told.drives, of), of.len().to_string()))
}

/// Efforts beyond those of the actuators behind the fits.
fn beyond(told: &Told<'_>) -> Vec<Finding> {
    let mut found = vec![];
    for actuator in told.actuators.types.iter().filter(|a| matches!(a.basis, Basis::Limit | Basis::Said)) {
        let (Shape::Geared(group) | Shape::Micro(group)) = actuator.shape else { continue };
        let (from, to) = group.torques();
        if !(from..=to).contains(&actuator.effort) {
            let joints = joints_of(told.robot, told.drives, &actuator.drives);
            found.push(("model-beyond", joints, format!("{} N·m ∉ {from}–{to} N·m", short(actuator.effort))));
        }
    }
    found
}
