//! Which instructions a batch of trials is run with.

use super::super::network::Network;
use super::super::real::Real;
#[cfg(target_arch = "x86_64")]
use super::wide::{Double16, Narrow8, Narrow16, Single16, Single32};
use super::{Trials, Work};
#[cfg(target_arch = "x86_64")]
use pulp::x86::{V3, V4};

/// Instructions of a processor. All give the same bits; what a machine has not is replaced by the next narrower.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Instructions {
    /// Registers of 64 bytes (x86-64-v4).
    Avx512,
    /// Registers of 32 bytes (x86-64-v3).
    Avx2,
    /// One trial after the other, on any processor.
    Plain,
}

/// Numbers that are counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    /// `f32`.
    Single,
    /// `f64`.
    Double,
}

/// Work that is written once for any number of trials side by side.
pub trait Batch {
    /// What comes of it.
    type Output;

    /// Does it with [`Trials::COUNT`] trials at a time.
    fn run<V: Trials>(self, token: V::Token) -> Self::Output;
}

impl Instructions {
    /// What this machine has, the widest first.
    pub fn available() -> Vec<Instructions> {
        #[cfg(target_arch = "x86_64")]
        {
            let has = [(V4::is_available(), Instructions::Avx512), (V3::is_available(), Instructions::Avx2)];
            let wide = has.into_iter().filter(|(has, _)| *has).map(|(_, instructions)| instructions);
            wide.chain([Instructions::Plain]).collect()
        }
        #[cfg(not(target_arch = "x86_64"))]
        vec![Instructions::Plain]
    }

    /// The widest that this machine has.
    pub fn best() -> Instructions {
        Self::available().first().copied().unwrap_or(Instructions::Plain)
    }
}

/// Bytes of state from which on fewer trials side by side do more: some times the second cache of a processor (measured from 0.1 to
/// 30 MB, docs/performance.md).
const FAR: usize = 16 << 20;

/// How many trials run side by side, and what their state takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Together {
    /// Trials of one [`Propagation`](crate::Propagation), to be given to [`dispatch`] as the most: what two of the widest registers
    /// hold, or one if there are no more or their state is far from the processor. So most edges, trials and ticks a second are done.
    pub trials: usize,
    /// Bytes of the state that is read and written every tick; what is set from outside and rarely is not in it. While they
    /// fit the second cache of a processor, ticks go at its speed.
    pub bytes: usize,
}

impl<F: Real> Network<F> {
    /// How many trials of the network to run together of `most` that there are, and what memory a thread needs for it beside the
    /// network.
    pub fn together(&self, instructions: Instructions, precision: Precision, most: usize) -> Together {
        struct Size;
        impl Batch for Size {
            type Output = (usize, usize);

            fn run<V: Trials>(self, _: V::Token) -> (usize, usize) {
                (V::COUNT, size_of::<V>())
            }
        }
        let of = |most: usize| {
            let (trials, bytes) = dispatch(instructions, precision, most, Size);
            Together { trials, bytes: bytes * self.state() }
        };
        let together = of(most);
        if together.bytes > FAR { of(together.trials / 2) } else { together }
    }
}

/// Runs a batch with the widest instructions that the machine has, up to those given, and as many trials side by side as go best,
/// but no more than `most` if fewer can be.
pub fn dispatch<B: Batch>(
    instructions: Instructions,
    precision: Precision,
    most: usize,
    batch: B,
) -> B::Output {
    #[cfg(target_arch = "x86_64")]
    {
        if instructions == Instructions::Avx512
            && let Some(token) = V4::try_new()
        {
            return match precision {
                Precision::Single if most < 32 => run::<Single16, B>(token, batch),
                Precision::Single => run::<Single32, B>(token, batch),
                Precision::Double => run::<Double16, B>(token, batch),
            };
        }
        if instructions != Instructions::Plain
            && let Some(token) = V3::try_new()
        {
            return match precision {
                Precision::Single => run::<Narrow16, B>(token, batch),
                Precision::Double => run::<Narrow8, B>(token, batch),
            };
        }
    }
    match precision {
        Precision::Single => run::<f32, B>((), batch),
        Precision::Double => run::<f64, B>((), batch),
    }
}

/// A batch whose `run` is inlined has its own loops compiled with the same instructions as the steps it calls.
struct Whole<V: Trials, B>(V::Token, B);

impl<V: Trials, B: Batch> Work for Whole<V, B> {
    type Output = B::Output;

    #[inline(always)]
    fn run(self) -> B::Output {
        self.1.run::<V>(self.0)
    }
}

fn run<V: Trials, B: Batch>(token: V::Token, batch: B) -> B::Output {
    V::vectorize(token, Whole::<V, B>(token, batch))
}
