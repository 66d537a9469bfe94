//! What is worth telling of a model that was read.

/// Something worth telling. Links and joints are those of the robot that it stands with; files are numbers in
/// [`Robot::files`](super::Robot::files).
#[derive(Clone, Debug, PartialEq)]
pub enum Remark {
    /// A link has shapes, and the file does not tell what it weighs.
    MassUnknown {
        /// The link.
        link: usize,
    },
    /// All masses were multiplied so that they add up to what the file sets (`settotalmass`); or could not be, as some are
    /// unknown or all are 0.
    TotalMassSet {
        /// The sum in kg, of all bodies of the file.
        total: f64,
        /// Whether it was done.
        applied: bool,
    },
    /// Bodies were lighter than the least mass that the file sets (`boundmass`) and count with that.
    MassRaised {
        /// The least mass, in kg.
        least: f64,
        /// How many were lighter.
        links: usize,
    },
    /// Meshes are named. None was opened, and no mass comes from one.
    Meshes {
        /// How many.
        count: usize,
    },
    /// Meshes, or folders of them, are named by a path on the author's machine.
    AbsolutePaths {
        /// How many.
        count: usize,
        /// The first.
        first: String,
    },
    /// A file that was included.
    Included {
        /// The file.
        file: usize,
    },
    /// Elements that would add bodies, mass or drives and are not understood.
    NotRead {
        /// What they are called.
        element: String,
        /// How many.
        count: usize,
        /// File of the first.
        file: usize,
        /// Its line.
        line: u32,
    },
    /// A joint that may be driven tells no limit.
    LimitMissing {
        /// The joint.
        joint: usize,
        /// Which.
        limit: Limit,
    },
    /// A limit of 0 or without end, which counts as none: exporters write it where nobody filled it in.
    LimitNotSet {
        /// The joint.
        joint: usize,
        /// Which.
        limit: Limit,
        /// The value, 0 or infinite.
        value: f64,
    },
    /// A negative limit, which counts without its sign.
    LimitNegative {
        /// The joint.
        joint: usize,
        /// Which.
        limit: Limit,
    },
    /// A name that stands twice; where it is used, the first that has it is meant. Or a part of which there may be one.
    Repeated {
        /// The name.
        name: String,
        /// File of the second.
        file: usize,
        /// Its line.
        line: u32,
    },
    /// An actuator or a transmission that acts on no joint that moves: on a fixed one, a site, a body, or what hangs free.
    DrivesNothing {
        /// Its name.
        name: String,
        /// Its file.
        file: usize,
        /// Its line.
        line: u32,
    },
    /// Several actuators act on a joint; the strongest counts.
    SeveralDrives {
        /// The joint.
        joint: usize,
        /// How many.
        count: usize,
    },
    /// A joint without an actuator of its own, moved by a tendon whose actuator counts at another joint.
    Coupled {
        /// The joint.
        joint: usize,
        /// Name of the other.
        with: String,
    },
    /// A joint that follows one that is not there or does not move, or one of another robot.
    MimicLost {
        /// The joint.
        joint: usize,
    },
    /// What stands around the robots and has no joint, left out: floors, tables, frames.
    Scenery {
        /// Links.
        links: usize,
        /// Shapes of the world itself.
        shapes: usize,
    },
    /// A thing that moves freely and has no joint, left out as there are robots beside it: a ball, a box.
    Loose {
        /// Its name.
        name: String,
        /// Its file.
        file: usize,
        /// Its line.
        line: u32,
    },
}

/// A limit of a joint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// Torque or force.
    Effort,
    /// Speed.
    Velocity,
}

/// What a remark is about.
pub(super) enum About<'r> {
    Link(&'r mut usize),
    Joint(&'r mut usize),
    File,
}

impl Remark {
    pub(super) fn about(&mut self) -> About<'_> {
        match self {
            Remark::MassUnknown { link } => About::Link(link),
            Remark::LimitMissing { joint, .. }
            | Remark::LimitNotSet { joint, .. }
            | Remark::LimitNegative { joint, .. }
            | Remark::SeveralDrives { joint, .. }
            | Remark::Coupled { joint, .. }
            | Remark::MimicLost { joint } => About::Joint(joint),
            Remark::TotalMassSet { .. }
            | Remark::MassRaised { .. }
            | Remark::Meshes { .. }
            | Remark::AbsolutePaths { .. }
            | Remark::Included { .. }
            | Remark::NotRead { .. }
            | Remark::Repeated { .. }
            | Remark::DrivesNothing { .. }
            | Remark::Scenery { .. }
            | Remark::Loose { .. } => About::File,
        }
    }
}
