//! From a robot's model file to a product on the network: one actuator for each driven joint, sized from its limits; battery, computer,
//! cable and sensors as assumptions that can be corrected; structure is what is left, so that mass is kept.
//!
//! **model → bodies and drives → actuators → what else it carries → an atlas of one's own.** Each part is a part of the atlas at
//! another size, with the atlas's own formulas, so that its ranges reach every answer.

mod actuators;
pub mod assumptions;
mod bodies;
mod drives;
mod findings;
mod report;
mod rest;
mod rows;
mod sized;

use crate::import::{ImportFault, check, no_model};
use crate::model::{self, Actuated, Limits, Robot};
use crate::numbers::Figures;
use actuators::{Actuator, Actuators, Rules, actuators};
use assumptions::{AssumptionFault, Assumptions};
use bodies::Bodies;
use drives::{Drives, drives};
use linchpin::atlas::{Atlas, Files};
use linchpin::context::Context;
use linchpin_table::Answer;
use rest::{Rest, rest};
use rows::{Made, Writer};
use std::path::PathBuf;

/// What is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Request {
    /// The model file.
    pub file: PathBuf,
    /// Which of several robots in it; needed only if there are several.
    pub robot: Option<String>,
    /// Name of the product on the command line.
    pub alias: String,
    /// What it is called; the name of the robot in the file if `None`.
    pub title: Option<String>,
    /// Country in which it is assembled.
    pub country: String,
    /// Kilograms that it weighs, if somebody weighed it.
    pub mass: Option<f64>,
    /// What its user says otherwise, as bytes of a table.
    pub assumptions: Option<Vec<u8>>,
}

/// What came of it.
#[derive(Debug)]
pub struct Designed {
    /// What was read, what was inferred, and what does not add up.
    pub answer: Answer,
    /// The atlas of the product.
    pub files: Files,
    /// What is assumed, as a table in which a user can say otherwise.
    pub assumptions: Vec<u8>,
}

/// The product.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Product {
    pub(crate) alias: String,
    pub(crate) title: String,
    pub(crate) country: String,
    pub(crate) mass: Option<f64>,
    pub(crate) file: String,
}

/// Everything that is known after a model was read.
pub(crate) struct Told<'t> {
    pub(crate) request: &'t Request,
    pub(crate) product: &'t Product,
    pub(crate) robot: &'t Robot,
    pub(crate) drives: &'t Drives,
    pub(crate) actuators: &'t Actuators,
    pub(crate) rest: &'t Rest,
    pub(crate) made: &'t Made,
    /// The atlas that was made.
    pub(crate) own: &'t Atlas,
    pub(crate) total: f64,
}

/// No robot has more driven joints.
const DRIVES: usize = 2000;
/// Kilograms of the heaviest machine that anybody calls a humanoid, and more, and of the lightest that has room for a battery and a computer:
/// beyond, masses are in grams or in tonnes.
const WEIGHTS: std::ops::RangeInclusive<f64> = 0.1..=1000.0;

/// Reads a model and makes an atlas of the robot in it, over the atlas inside the program, whose files are `base`.
pub fn design(
    atlas: &Atlas,
    base: &Files,
    request: &Request,
    context: &Context,
) -> Result<Designed, Vec<ImportFault>> {
    let country = check(atlas, &request.alias, &request.country)?;
    let mut robot = one(request, context)?;
    let names: Vec<String> = robot.joints.iter().map(|j| j.name.clone()).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let yours = match &request.assumptions {
        Some(bytes) => Assumptions::read(bytes, &names)
            .map_err(|all| all.into_iter().map(ImportFault::from).collect::<Vec<_>>())?,
        None => Assumptions::default(),
    };
    for joint in &mut robot.joints {
        if let Some(driven) = yours.of_joint(&joint.name, "driven") {
            joint.actuated = if driven > 0.0 { Actuated::Driven } else { Actuated::Passive };
        }
    }
    let mut drives = drives(&robot);
    drives.follow(&robot, &yours);
    undriven(&robot, &drives, &yours)?;
    let bodies = Bodies::new(&robot);
    let total: f64 = bodies.mass.iter().sum();
    masses(&robot, total)?;
    if drives.all.is_empty() {
        return Err(vec![ImportFault::NoDrives(robot.joints.len())]);
    }
    if drives.all.len() > DRIVES {
        return Err(vec![ImportFault::Drives { count: drives.all.len(), most: DRIVES }]);
    }
    // A checked atlas has values for its own figures, and the parameters that robots are sized by.
    let unsized_ = || vec![ImportFault::Sizes];
    let figures = Figures::new(atlas).ok_or_else(unsized_)?;
    let rules = Rules {
        motor_speed: figures.range("joint_motor_speed").ok_or_else(unsized_)?,
        room: figures.value("link_actuator_room").ok_or_else(unsized_)?,
        share: figures.value("link_actuator_share").ok_or_else(unsized_)?,
    };
    let sized = actuators(&robot, &drives, &bodies, &rules, &figures).ok_or_else(unsized_)?;
    let rest = rest(&robot, total, sized.mass(), &yours, &figures).ok_or_else(unsized_)?;
    if sized.mass() + rest.mass >= total {
        return Err(vec![ImportFault::Room { total, actuators: sized.mass(), carried: rest.mass }]);
    }
    let product = Product {
        alias: request.alias.clone(),
        title: request.title.clone().unwrap_or_else(|| robot.name.clone()),
        country,
        mass: request.mass,
        file: request.file.file_name().unwrap_or_default().to_string_lossy().into_owned(),
    };
    let joints = |actuator: &Actuator| joints_of(&robot, &drives, &actuator.drives);
    let writer = Writer::new(atlas, &figures, &product, &joints);
    let made = writer.write(&sized, &rest, total).ok_or_else(unsized_)?;
    let own = Atlas::read_over(&made.files, base).map_err(|problems| vec![ImportFault::Atlas(problems)])?;
    let told = Told {
        request,
        product: &product,
        robot: &robot,
        drives: &drives,
        actuators: &sized,
        rest: &rest,
        made: &made,
        own: &own,
        total,
    };
    let answer = report::answer(&told).map_err(|e| vec![e.into()])?;
    let assumptions = report::assumptions(&told, &yours);
    Ok(Designed { answer, files: made.files, assumptions })
}

/// The robot that is meant.
fn one(request: &Request, context: &Context) -> Result<Robot, Vec<ImportFault>> {
    let mut robots = model::read(&request.file, &Limits::default(), context).map_err(no_model)?;
    let names = || robots.iter().map(|r| r.name.clone()).collect::<Vec<_>>().join(", ");
    let at = match &request.robot {
        Some(name) => robots.iter().position(|r| r.name == *name),
        None if robots.len() == 1 => Some(0),
        None => return Err(vec![ImportFault::Robots(names())]),
    };
    match at {
        Some(at) => Ok(robots.swap_remove(at)),
        None => {
            Err(vec![ImportFault::Robot { name: request.robot.clone().unwrap_or_default(), known: names() }])
        }
    }
}

/// Whether what is said of joints is said of driven ones.
fn undriven(robot: &Robot, drives: &Drives, yours: &Assumptions) -> Result<(), Vec<ImportFault>> {
    let driven: std::collections::BTreeSet<&str> =
        drives.all.iter().map(|d| robot.joints[d.joint].name.as_str()).collect();
    let lost = yours.names().filter(|name| {
        let joint = name.rsplit_once('/').filter(|(_, what)| *what != "driven");
        joint.is_some_and(|(joint, _)| !driven.contains(joint))
    });
    let faults: Vec<ImportFault> =
        lost.map(|name| AssumptionFault::Undriven(name.to_owned()).into()).collect();
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}

/// Whether the masses are those of a robot.
fn masses(robot: &Robot, total: f64) -> Result<(), Vec<ImportFault>> {
    if WEIGHTS.contains(&total) {
        return Ok(());
    }
    let heaviest = robot.links.iter().max_by(|a, b| a.mass.unwrap_or(0.0).total_cmp(&b.mass.unwrap_or(0.0)));
    let heaviest = heaviest.map_or(String::new(), |link| link.name.clone());
    Err(vec![ImportFault::Mass {
        total,
        links: robot.links.len(),
        heaviest,
        allowed: (*WEIGHTS.start(), *WEIGHTS.end()),
    }])
}

/// Joints by name, the first few of many.
pub(crate) fn joints_of(robot: &Robot, drives: &Drives, of: &[usize]) -> String {
    const SHOWN: usize = 6;
    let names = of.iter().map(|at| robot.joints[drives.all[*at].joint].name.as_str());
    let mut text = names.take(SHOWN).collect::<Vec<_>>().join(", ");
    if of.len() > SHOWN {
        text.push_str(&format!(", … ({})", of.len()));
    }
    text
}
