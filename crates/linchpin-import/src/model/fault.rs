//! What can be wrong with a model.

use linchpin::context::Cancelled;
use std::fmt;

/// Why a model was not read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ModelFault {
    /// Something is wrong with it: everything that was found, in the order of files and lines.
    #[error("{}", sentences(.problems))]
    Unsound {
        /// What was found.
        problems: Vec<Problem>,
    },
    /// The request was cancelled.
    #[error("cancelled")]
    Cancelled(#[from] Cancelled),
}

impl ModelFault {
    pub(super) fn unsound(mut problems: Vec<Problem>) -> ModelFault {
        problems.sort();
        ModelFault::Unsound { problems }
    }
}

fn sentences(problems: &[Problem]) -> String {
    problems.iter().map(Problem::to_string).collect::<Vec<_>>().join("\n")
}

/// Something wrong in a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// Name of the file.
    pub file: String,
    /// Line, from 1; 0 for the file as a whole.
    pub line: u32,
    /// The element and the attribute as written, `mass value`; empty for the file as a whole.
    pub of: String,
    /// What is wrong.
    pub what: What,
    /// The value as written, cut where it is long; what is missing; or what another program says of it.
    pub value: String,
}

/// Most characters of a value that are kept.
const LONGEST: usize = 80;

impl Problem {
    pub(super) fn new(file: &str, line: u32, of: String, what: What, value: &str) -> Problem {
        let value = match value.char_indices().nth(LONGEST) {
            Some((end, _)) => format!("{}…", &value[..end]),
            None => value.to_owned(),
        };
        Problem { file: file.to_owned(), line, of, what, value }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if self.line > 0 {
            write!(f, ", line {}", self.line)?;
        }
        if !self.of.is_empty() {
            write!(f, ", {}", self.of)?;
        }
        write!(f, ": {}", self.what)?;
        if self.value.is_empty() { Ok(()) } else { write!(f, ": \"{}\"", self.value) }
    }
}

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[allow(missing_docs)] // the sentence is the documentation
pub enum What {
    #[error("cannot be read")]
    Unreadable,
    #[error("the file is empty")]
    Empty,
    #[error("more bytes than are allowed, with the files that it includes")]
    TooLarge,
    #[error("no text")]
    NotText,
    #[error("no XML")]
    NotXml,
    #[error("the file ends before an element does")]
    Truncated,
    #[error("a document type is not allowed, as it may define entities; delete the line")]
    Dtd,
    #[error("elements stand deeper in each other than is allowed")]
    TooDeep,
    #[error("more elements than are allowed")]
    TooManyElements,
    #[error("more attributes than are allowed")]
    TooManyAttributes,
    #[error("more links or joints than are allowed")]
    TooManyLinks,
    #[error("no robot model: its first element must be robot or mujoco")]
    NotModel,
    #[error("a xacro file; expand it first: xacro robot.urdf.xacro > robot.urdf")]
    Xacro,
    #[error("missing")]
    Missing,
    #[error("no number; decimals have a point")]
    NotNumber,
    #[error("not finite")]
    NotFinite,
    #[error("must not be negative")]
    Negative,
    #[error("must be above 0")]
    NotPositive,
    #[error("not a word that is allowed here")]
    UnknownWord,
    #[error("no link has this name")]
    UnknownLink,
    #[error("no joint has this name")]
    UnknownJoint,
    #[error("no default class has this name")]
    UnknownClass,
    #[error("no tendon has this name")]
    UnknownTendon,
    #[error("the name stands twice")]
    Repeated,
    #[error("the link has two parents")]
    TwoParents,
    #[error("the link hangs on itself")]
    Cycle,
    #[error("a joint that follows itself")]
    MimicCycle,
    #[error("there are no links")]
    NoLinks,
    #[error("nothing moves: no body has a joint")]
    NoJoints,
    #[error("more is wrong from here on")]
    More,
    #[error("only files in the folder of the model may be included")]
    IncludeOutside,
    #[error("a file may be included only once, and not by itself")]
    IncludeTwice,
    #[error("what is included must begin with the element mujoco or mujocoinclude")]
    IncludeOther,
}
