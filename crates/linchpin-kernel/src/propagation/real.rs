//! The numbers that a propagation counts in.

use num_traits::{Float, NumAssign};

/// `f64`, or `f32` where half the memory is worth a coarser last digit.
pub trait Real: Float + NumAssign + Default + std::fmt::Debug + Send + Sync + 'static {
    /// The nearest number of this kind.
    fn of(value: f64) -> Self;

    /// As `f64`, exactly.
    fn as_f64(self) -> f64;
}

impl Real for f64 {
    fn of(value: f64) -> f64 {
        value
    }

    fn as_f64(self) -> f64 {
        self
    }
}

impl Real for f32 {
    fn of(value: f64) -> f32 {
        value as f32
    }

    fn as_f64(self) -> f64 {
        f64::from(self)
    }
}
