//! Why a back-test cannot be run.

use linchpin_kernel::NetworkError;
use std::fmt;

/// One thing that is wrong in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The file.
    pub file: String,
    /// Where in it, as `lanes "a>b".lead`.
    pub key: String,
    /// What stands there; `None` if it is missing.
    pub value: Option<String>,
    /// What may stand there.
    pub allowed: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Fault { file, key, value, allowed } = self;
        match value {
            Some(value) => write!(f, "{file}: {key} is {value}; allowed: {allowed}"),
            None => write!(f, "{file}: {key} is missing; allowed: {allowed}"),
        }
    }
}

/// Why a back-test cannot be run.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum BackTestError {
    /// The file is no TOML.
    #[error("{file}, line {line}: {reason}")]
    Syntax {
        /// The file.
        file: String,
        /// The line, from 1.
        line: usize,
        /// What the reader says.
        reason: String,
    },
    /// All that is wrong in a file.
    #[error("{}", lines(.0))]
    Faults(Vec<Fault>),
    /// The network of a run is not in balance, or not possible; its rows are named.
    #[error("{file}, run {run}: {source} ({named})")]
    Network {
        /// The file.
        file: String,
        /// The run.
        run: String,
        /// What is at the row that the error counts.
        named: String,
        /// What is wrong.
        source: NetworkError,
    },
}

fn lines(faults: &[Fault]) -> String {
    faults.iter().map(Fault::to_string).collect::<Vec<_>>().join("\n")
}
