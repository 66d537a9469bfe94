//! What is assumed of a robot beyond its file, as a table that its user can correct: a value under *yours* counts first, and is
//! remembered.

use std::collections::BTreeMap;

/// A number that the file does not tell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Assumption {
    pub(crate) value: f64,
    pub(crate) low: f64,
    pub(crate) high: f64,
    /// Whether its user says it.
    pub(crate) yours: bool,
}

/// What a user says, by name.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Assumptions(BTreeMap<String, f64>);

/// Columns of the table.
pub(crate) const COLUMNS: [&str; 6] = ["name", "value", "low", "high", "unit", "yours"];

/// Why a table of assumptions cannot be followed.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum AssumptionFault {
    /// It has other columns.
    #[error("columns {found}; expected {}", COLUMNS.join(", "))]
    Header {
        /// Its columns.
        found: String,
    },
    /// It is no text, or a row has too many cells.
    #[error("row {row} cannot be read")]
    Text {
        /// Number of the row.
        row: u64,
    },
    /// A name that is none.
    #[error("row {row}: no assumption `{name}`; the nearest is {nearest}")]
    Name {
        /// Number of the row.
        row: u64,
        /// What stands there.
        name: String,
        /// What may be meant.
        nearest: String,
    },
    /// A name twice, each time with a value.
    #[error("row {row}: `{name}` a second time")]
    Twice {
        /// Number of the row.
        row: u64,
        /// The name.
        name: String,
    },
    /// Another unit than the table has.
    #[error("row {row}: `{name}` is in {allowed}, not in {unit}")]
    Unit {
        /// Number of the row.
        row: u64,
        /// Of what.
        name: String,
        /// What stands there.
        unit: String,
        /// What it is in.
        allowed: String,
    },
    /// Something is said of a joint that nothing drives.
    #[error("`{0}`: the joint is not driven")]
    Undriven(String),
    /// A value that is none.
    #[error("row {row}: `{name}` is {value}; it may be {} to {}", .allowed.0, .allowed.1)]
    Value {
        /// Number of the row.
        row: u64,
        /// Of what.
        name: String,
        /// What stands there.
        value: String,
        /// Least and most.
        allowed: (f64, f64),
    },
}

/// What a joint's name stands before in the names of its assumptions.
pub(crate) const OF_JOINT: [(&str, (f64, f64)); 4] =
    [("effort", (1e-3, 1e5)), ("velocity", (1e-3, 1e3)), ("ratio", (1.0, 1e4)), ("driven", (0.0, 1.0))];
/// What is assumed of the robot itself, and the least and the most that it may be.
pub(crate) const OF_ROBOT: [(&str, (f64, f64)); 6] = [
    ("battery_kwh", (0.0, 100.0)),
    ("computer_kg", (0.05, 100.0)),
    ("harness_kg", (0.0, 100.0)),
    ("imus", (0.0, 100.0)),
    ("cameras", (0.0, 100.0)),
    ("lidars", (0.0, 100.0)),
];

impl Assumptions {
    /// Reads a table; `joints` are the names of the joints of the robot. All faults are told.
    pub(crate) fn read(bytes: &[u8], joints: &[&str]) -> Result<Assumptions, Vec<AssumptionFault>> {
        let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(bytes);
        let header = reader.headers().map_err(|_| vec![AssumptionFault::Text { row: 1 }])?.clone();
        let at = |name: &str| header.iter().position(|h| h.trim_start_matches('\u{feff}') == name);
        let (Some(name_at), Some(yours_at)) = (at("name"), at("yours")) else {
            let found = header.iter().collect::<Vec<_>>().join(", ");
            return Err(vec![AssumptionFault::Header { found }]);
        };
        let unit_at = at("unit");
        let (mut said, mut faults) = (BTreeMap::new(), vec![]);
        for (line, record) in reader.records().enumerate() {
            let row = line as u64 + 2;
            let Ok(record) = record else {
                faults.push(AssumptionFault::Text { row });
                continue;
            };
            let cell = |at: usize| record.get(at).unwrap_or_default();
            let (name, value) = (cell(name_at), cell(yours_at));
            if value.is_empty() {
                continue;
            }
            let Some(allowed) = allowed(name, joints) else {
                let nearest = nearest(name, joints);
                faults.push(AssumptionFault::Name { row, name: name.to_owned(), nearest });
                continue;
            };
            let (unit, units) = (unit_at.map_or("", cell), units(name));
            if !unit.is_empty() && !units.contains(&unit) {
                let (unit, allowed) = (unit.to_owned(), units.join(", "));
                faults.push(AssumptionFault::Unit { row, name: name.to_owned(), unit, allowed });
                continue;
            }
            let whole = matches!(units, ["piece"]) || name.ends_with("/driven");
            match value.parse::<f64>() {
                Ok(number)
                    if allowed.0 <= number && number <= allowed.1 && !(whole && number.fract() != 0.0) =>
                {
                    if said.insert(name.to_owned(), number).is_some() {
                        faults.push(AssumptionFault::Twice { row, name: name.to_owned() });
                    }
                }
                _ => faults.push(AssumptionFault::Value {
                    row,
                    name: name.to_owned(),
                    value: value.to_owned(),
                    allowed,
                }),
            }
        }
        if faults.is_empty() { Ok(Assumptions(said)) } else { Err(faults) }
    }

    /// Names of all that is said.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// What is said of something.
    pub(crate) fn get(&self, name: &str) -> Option<f64> {
        self.0.get(name).copied()
    }

    /// What is said of a joint.
    pub(crate) fn of_joint(&self, joint: &str, what: &str) -> Option<f64> {
        self.get(&format!("{joint}/{what}"))
    }

    /// What is said of something, else a value with its range.
    pub(crate) fn or(&self, name: &str, [value, low, high]: [f64; 3]) -> Assumption {
        match self.get(name) {
            Some(value) => Assumption { value, low: value, high: value, yours: true },
            None => Assumption { value, low, high, yours: false },
        }
    }
}

/// Units of what a name stands for.
fn units(name: &str) -> &'static [&'static str] {
    match name.rsplit_once('/').map_or(name, |(_, what)| what) {
        "battery_kwh" => &["kWh"],
        "computer_kg" | "harness_kg" => &["kg"],
        "effort" => &["N·m", "N"],
        "velocity" => &["rad/s", "m/s"],
        "ratio" | "driven" => &["1"],
        _ => &["piece"],
    }
}

/// Least and most of what a name stands for.
fn allowed(name: &str, joints: &[&str]) -> Option<(f64, f64)> {
    let of = |all: &[(&str, (f64, f64))], what: &str| all.iter().find(|a| a.0 == what).map(|a| a.1);
    of(&OF_ROBOT, name).or_else(|| {
        let (joint, what) = name.rsplit_once('/')?;
        of(&OF_JOINT, what).filter(|_| joints.contains(&joint))
    })
}

/// The name that begins most like another.
fn nearest(name: &str, joints: &[&str]) -> String {
    let shared = |a: &str| a.chars().zip(name.chars()).take_while(|(x, y)| x == y).count();
    let what = name.rsplit_once('/').map_or("effort", |(_, what)| what);
    let what = OF_JOINT.iter().find(|o| o.0 == what).map_or("effort", |o| o.0);
    let of_joints = joints.iter().map(|joint| format!("{joint}/{what}"));
    let all = OF_ROBOT.iter().map(|o| o.0.to_owned()).chain(of_joints);
    all.max_by_key(|candidate| shared(candidate)).unwrap_or_default()
}
