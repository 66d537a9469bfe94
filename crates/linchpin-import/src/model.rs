//! Models of robots, URDF and MJCF, read into one structure: links, what each weighs, and joints.
//!
//! **file, and those it includes → text, looked through and mended → trees of elements → links and joints → robots.**
//! Only what the files say is told; what it means for a bill of materials is worked out elsewhere. Only files in the
//! folder of the model are opened, and meshes never.

mod fault;
mod files;
mod mjcf;
mod notes;
mod remark;
mod scan;
mod split;
mod urdf;
mod xml;

pub use fault::{ModelFault, Problem, What};
pub use remark::{Limit, Remark};

use files::Source;
use linchpin::context::Context;
use notes::Notes;
use std::io::Read as _;
use std::path::Path;
use std::sync::Arc;
use xml::Xml;

/// What a model may hold at most. They are there so that no file fills the memory or takes for ever, whatever stands in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file and of those that it includes, together.
    pub file: u64,
    /// Links of all robots in it together, and as many joints.
    pub links: usize,
    /// Levels of elements in each other, in each file. Models have some thirty.
    pub depth: usize,
    /// Elements and comments of all files together.
    pub elements: usize,
    /// Signs of equality in a file, as there is one for each attribute.
    pub attributes: usize,
    /// Elements that are gone through when repeated parts are written out.
    pub steps: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            file: 64 << 20,
            links: 200_000,
            depth: 512,
            elements: 2_000_000,
            attributes: 8_000_000,
            steps: 8_000_000,
        }
    }
}

/// The language of a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Unified Robot Description Format, of ROS.
    Urdf,
    /// The XML of MuJoCo.
    Mjcf,
}

/// A robot: one tree of links.
#[derive(Clone, Debug, PartialEq)]
pub struct Robot {
    /// What the file calls it; the name of its first link where the file holds several.
    pub name: String,
    /// The language of the file.
    pub format: Format,
    /// Names of the file and of those that it includes, in the order in which they were found.
    pub files: Arc<[String]>,
    /// Its links, in the order of the file. The first of a robot from MJCF is the one that all others hang on.
    pub links: Vec<Link>,
    /// Its joints that move, in the order of the file. Fixed ones only show in [`Link::parent`].
    pub joints: Vec<Joint>,
    /// What is worth telling. What concerns the whole file stands with the first robot in it.
    pub remarks: Vec<Remark>,
}

/// A rigid body.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// Its name; one without a name is called after its number, as `body_12`.
    pub name: String,
    /// What it weighs, in kg, finite and not negative; nothing if the file does not tell.
    pub mass: Option<f64>,
    /// How the file tells.
    pub told: Massed,
    /// The link that it hangs on, by a joint that moves or by a fixed one.
    pub parent: Option<usize>,
    /// Its greatest radius of gyration, in m: √(I / m) with the greatest of its moments of inertia on the diagonal. Far
    /// larger than the link, it tells of mm taken for m.
    pub radius: Option<f64>,
    /// Where it stands: the number of its file in [`Robot::files`].
    pub file: usize,
    /// The line in that file.
    pub line: u32,
}

/// How a file tells what a link weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Massed {
    /// As a number.
    Stated,
    /// By density and size of its shapes, by their masses, or by the least mass that the file sets.
    Computed,
    /// There is nothing that could weigh anything: a frame, or the ground. Its mass is 0.
    Empty,
    /// Not at all: it has a shape and no mass.
    Absent,
}

/// A joint that moves. A body of MJCF may have several: each is one of these, with the same links on both sides.
#[derive(Clone, Debug, PartialEq)]
pub struct Joint {
    /// Its name; one without a name is called after its number, as `joint_12`.
    pub name: String,
    /// How it moves.
    pub kind: Kind,
    /// The link above it.
    pub parent: usize,
    /// The link that it moves.
    pub child: usize,
    /// Most that acts at the joint, behind all gears: N·m, or N if it slides. Finite and above 0.
    pub effort: Option<f64>,
    /// Fastest that it moves: rad/s, or m/s if it slides. Finite and above 0.
    pub velocity: Option<f64>,
    /// Turns of the motor to one of the joint, if the file tells another ratio than 1. In MJCF it may only scale the control:
    /// it is a gear where the control is the torque of a motor.
    pub gear: Option<f64>,
    /// The joint that it follows.
    pub mimic: Option<usize>,
    /// Whether something drives it.
    pub actuated: Actuated,
    /// Where it stands: the number of its file in [`Robot::files`].
    pub file: usize,
    /// The line in that file.
    pub line: u32,
}

/// How a joint moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It turns, between ends.
    Revolute,
    /// It turns without end.
    Continuous,
    /// It slides.
    Prismatic,
    /// It turns about any axis: three degrees of freedom.
    Ball,
    /// It is not held at all: six degrees of freedom.
    Free,
    /// It moves in a plane: three degrees of freedom.
    Planar,
}

/// Whether a joint is driven, as far as the file tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actuated {
    /// An actuator or a transmission acts on it.
    Driven,
    /// Others have one and it has none, or it follows another joint.
    Passive,
    /// The file names no actuators.
    Unknown,
}

/// Whether a file begins like a model, whatever its name ends with: with an element `robot` or `mujoco`.
pub fn is_model(path: &Path) -> bool {
    const BEGINNING: u64 = 64 << 10;
    let mut bytes = vec![];
    let is_file = std::fs::metadata(path).is_ok_and(|data| data.is_file());
    let read = is_file
        && std::fs::File::open(path).is_ok_and(|file| file.take(BEGINNING).read_to_end(&mut bytes).is_ok());
    read && crate::file::text::decode(&bytes)
        .is_some_and(|(text, _)| matches!(scan::root(&text), Some("robot" | "mujoco")))
}

/// Reads all robots of a file, in its order.
pub fn read(path: &Path, limits: &Limits, context: &Context) -> Result<Vec<Robot>, ModelFault> {
    context.step("model", 0)?;
    robots(&files::gather(path, limits)?, limits, context)
}

/// Reads the bytes of a file, which cannot include others; its name is shown in faults.
pub fn read_bytes(
    name: &str,
    bytes: &[u8],
    limits: &Limits,
    context: &Context,
) -> Result<Vec<Robot>, ModelFault> {
    context.step("model", 0)?;
    robots(&files::alone(name, bytes, limits)?, limits, context)
}

fn robots(sources: &[Source], limits: &Limits, context: &Context) -> Result<Vec<Robot>, ModelFault> {
    context.step("model", 1)?;
    let xml = Xml::parse(sources).map_err(ModelFault::unsound)?;
    context.step("model", 2)?;
    let mut notes = Notes::default();
    let root = xml.root();
    let robots = match root.name() {
        "robot" => urdf::read(root, limits, &mut notes),
        "mujoco" => mjcf::read(root, limits, &mut notes),
        other => {
            notes.problem(root, "", What::NotModel, other);
            vec![]
        }
    };
    if notes.problems.is_empty() {
        Ok(robots)
    } else {
        Err(ModelFault::unsound(notes.problems.into_iter().collect()))
    }
}

/// √(I / m) in m, of the greatest moment of inertia in kg·m² and the mass in kg; nothing where that is no length.
fn radius_of_gyration(moment: f64, mass: f64) -> Option<f64> {
    Some((moment / mass).sqrt()).filter(|radius| radius.is_finite() && *radius > 0.0)
}
