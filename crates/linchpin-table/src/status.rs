use std::cmp::Ordering;

use serde::Serialize;

use crate::{Message, Unit};

/// How far an answer can be relied on as a computation. It says nothing about the data.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Status {
    /// Computed directly, up to rounding.
    #[default]
    Exact,
    /// Iterated until the residual was small enough.
    Converged {
        /// Iterations done.
        iterations: u32,
        /// What is left of the residual.
        residual: f64,
    },
    /// Optimal up to a proven relative gap.
    Optimal {
        /// The relative gap, a fraction.
        gap: f64,
    },
    /// Simulated step by step, without chance: exact for its equations, which are an estimate of how people behave.
    Simulated {
        /// Number of steps.
        steps: u32,
    },
    /// Estimated from random trials.
    Sampled {
        /// Number of trials.
        trials: u64,
    },
    /// No solution meets the constraints.
    Infeasible,
    /// The objective has no limit.
    Unbounded,
    /// Stopped by the time limit before it was done.
    TimeLimit,
    /// The atlas does not hold what the question needs.
    NoData,
}

impl Status {
    /// The id of the status, `exact` and so on, as data formats carry it.
    pub fn code(self) -> &'static str {
        match self {
            Status::Exact => "exact",
            Status::Converged { .. } => "converged",
            Status::Optimal { .. } => "optimal",
            Status::Simulated { .. } => "simulated",
            Status::Sampled { .. } => "sampled",
            Status::Infeasible => "infeasible",
            Status::Unbounded => "unbounded",
            Status::TimeLimit => "time_limit",
            Status::NoData => "no_data",
        }
    }

    /// The status as a message, `status-exact` and so on.
    pub fn message(&self) -> Message {
        match *self {
            Status::Exact => Message::new("status-exact"),
            Status::Converged { iterations, residual } => Message::new("status-converged")
                .integer("iterations", i64::from(iterations))
                .number("residual", residual, Unit::None),
            Status::Optimal { gap } => Message::new("status-optimal").number("gap", gap, Unit::Fraction),
            Status::Simulated { steps } => {
                Message::new("status-simulated").integer("steps", i64::from(steps))
            }
            Status::Sampled { trials } => {
                Message::new("status-sampled").integer("trials", i64::try_from(trials).unwrap_or(i64::MAX))
            }
            Status::Infeasible => Message::new("status-infeasible"),
            Status::Unbounded => Message::new("status-unbounded"),
            Status::TimeLimit => Message::new("status-time-limit"),
            Status::NoData => Message::new("status-no-data"),
        }
    }

    /// The less reliable of two statuses, for an answer made of several computations.
    ///
    /// From best to worst: exact, converged, optimal, simulated, sampled, time limit, no data, unbounded, infeasible. Of two of one
    /// kind the larger residual or gap, or the fewer trials, is worse; iterations are those of the worse residual.
    #[must_use]
    pub fn worst(self, other: Status) -> Status {
        if self.compare(&other) == Ordering::Less { other } else { self }
    }

    fn severity(&self) -> u8 {
        match self {
            Status::Exact => 0,
            Status::Converged { .. } => 1,
            Status::Optimal { .. } => 2,
            Status::Simulated { .. } => 3,
            Status::Sampled { .. } => 4,
            Status::TimeLimit => 5,
            Status::NoData => 6,
            Status::Unbounded => 7,
            Status::Infeasible => 8,
        }
    }

    fn compare(&self, other: &Status) -> Ordering {
        match (self, other) {
            (
                Status::Converged { iterations: n, residual: r },
                Status::Converged { iterations: m, residual: s },
            ) => r.total_cmp(s).then(n.cmp(m)),
            (Status::Optimal { gap: g }, Status::Optimal { gap: h }) => g.total_cmp(h),
            (Status::Sampled { trials: n }, Status::Sampled { trials: m }) => m.cmp(n),
            _ => self.severity().cmp(&other.severity()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MANY: [Status; 11] = [
        Status::Exact,
        Status::Converged { iterations: 9, residual: 1e-12 },
        Status::Converged { iterations: 3, residual: 1e-9 },
        Status::Optimal { gap: 0.0 },
        Status::Simulated { steps: 104 },
        Status::Sampled { trials: 1000 },
        Status::Sampled { trials: 64 },
        Status::TimeLimit,
        Status::NoData,
        Status::Unbounded,
        Status::Infeasible,
    ];

    #[test]
    fn worst_does_not_depend_on_order() {
        for (i, a) in MANY.iter().enumerate() {
            for (j, b) in MANY.iter().enumerate() {
                assert_eq!(a.worst(*b), MANY[i.max(j)]);
            }
        }
    }

    #[test]
    fn every_status_has_its_message() {
        assert_eq!(Status::Exact.message(), Message::new("status-exact"));
        assert_eq!(
            Status::Sampled { trials: 64 }.message(),
            Message::new("status-sampled").integer("trials", 64)
        );
        assert_eq!(
            serde_json::to_string(&Status::Converged { iterations: 2, residual: 0.5 }).unwrap(),
            r#"{"kind":"converged","iterations":2,"residual":0.5}"#
        );
    }
}
