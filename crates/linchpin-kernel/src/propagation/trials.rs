//! Several trials in the places of one number.

mod dispatch;
#[cfg(target_arch = "x86_64")]
mod wide;

pub use dispatch::{Batch, Instructions, Precision, Together, dispatch};

use super::Propagation;
use super::real::Real;
use std::fmt::Debug;
use std::ops::{Add, AddAssign, Div, DivAssign, Mul, MulAssign, Sub, SubAssign};

/// A value of [`Trials::COUNT`] trials: one of `f32` or `f64`, or as many as a register of the processor holds.
///
/// What is computed of one trial depends on no other, and is the same to the last bit whatever the count: there is no fused
/// multiplication and addition, no estimate of a reciprocal, and `min` and `max` are those of the processors.
pub trait Trials:
    Copy
    + Debug
    + Send
    + Sync
    + 'static
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + AddAssign
    + SubAssign
    + MulAssign
    + DivAssign
{
    /// The number of one trial.
    type Scalar: Real;
    /// Yes or no of each trial.
    type Mask: Copy + Debug + Send + Sync;
    /// What shows that the processor has the instructions.
    type Token: Copy + Debug + Send + Sync;
    /// Trials side by side.
    const COUNT: usize;

    /// The same in all trials.
    fn splat(token: Self::Token, value: Self::Scalar) -> Self;

    /// A value of each trial; if they are fewer than [`Trials::COUNT`], the last stands for those that lack (zero if there
    /// is none).
    fn of_trials(token: Self::Token, values: &[Self::Scalar]) -> Self;

    /// The values of the trials.
    fn trials(&self) -> &[Self::Scalar];

    /// The smaller: `self` if it is less than the other, else the other.
    fn min(self, other: Self) -> Self;

    /// The larger: `self` if it is more than the other, else the other.
    fn max(self, other: Self) -> Self;

    /// Where it is less.
    fn lt(self, other: Self) -> Self::Mask;

    /// Where it is no more.
    fn le(self, other: Self) -> Self::Mask;

    /// Where it is more.
    #[inline(always)]
    fn gt(self, other: Self) -> Self::Mask {
        other.lt(self)
    }

    /// Where it is no less.
    #[inline(always)]
    fn ge(self, other: Self) -> Self::Mask {
        other.le(self)
    }

    /// One or the other by trial.
    fn select(mask: Self::Mask, yes: Self, no: Self) -> Self;

    /// Where both hold.
    fn and(a: Self::Mask, b: Self::Mask) -> Self::Mask;

    /// Where one holds.
    fn or(a: Self::Mask, b: Self::Mask) -> Self::Mask;

    /// Where it does not hold.
    fn not(mask: Self::Mask) -> Self::Mask;

    /// Whether it holds in a trial.
    fn any(mask: Self::Mask) -> bool;

    /// Whether it holds in all trials.
    #[inline(always)]
    fn all(mask: Self::Mask) -> bool {
        !Self::any(Self::not(mask))
    }

    /// Does a piece of work with the instructions that the token stands for, as far as [`Work::run`] and all below it are
    /// inlined.
    fn vectorize<W: Work>(token: Self::Token, work: W) -> W::Output;

    /// Takes a run one tick on. It stands here, and not in generic code, so that it is compiled once for each kind of number, in this
    /// crate, and not wherever a run is made.
    fn tick(run: &mut Propagation<'_, Self>);
}

/// A piece of work for [`Trials::vectorize`].
pub trait Work {
    /// What comes of it.
    type Output;

    /// Does it; to be marked `#[inline(always)]`.
    fn run(self) -> Self::Output;
}

macro_rules! one {
    ($scalar:ty) => {
        impl Trials for $scalar {
            type Scalar = $scalar;
            type Mask = bool;
            type Token = ();
            const COUNT: usize = 1;

            #[inline(always)]
            fn splat((): (), value: $scalar) -> $scalar {
                value
            }

            #[inline(always)]
            fn of_trials((): (), values: &[$scalar]) -> $scalar {
                values.first().copied().unwrap_or(0.0)
            }

            #[inline(always)]
            fn trials(&self) -> &[$scalar] {
                std::slice::from_ref(self)
            }

            #[inline(always)]
            fn min(self, other: $scalar) -> $scalar {
                if self < other { self } else { other }
            }

            #[inline(always)]
            fn max(self, other: $scalar) -> $scalar {
                if self > other { self } else { other }
            }

            #[inline(always)]
            fn lt(self, other: $scalar) -> bool {
                self < other
            }

            #[inline(always)]
            fn le(self, other: $scalar) -> bool {
                self <= other
            }

            #[inline(always)]
            fn select(mask: bool, yes: $scalar, no: $scalar) -> $scalar {
                if mask { yes } else { no }
            }

            #[inline(always)]
            fn and(a: bool, b: bool) -> bool {
                a && b
            }

            #[inline(always)]
            fn or(a: bool, b: bool) -> bool {
                a || b
            }

            #[inline(always)]
            fn not(mask: bool) -> bool {
                !mask
            }

            #[inline(always)]
            fn any(mask: bool) -> bool {
                mask
            }

            #[inline(always)]
            fn vectorize<W: Work>((): (), work: W) -> W::Output {
                work.run()
            }

            #[inline(never)]
            fn tick(run: &mut Propagation<'_, $scalar>) {
                run.tick_on();
            }
        }
    };
}

one!(f32);
one!(f64);
