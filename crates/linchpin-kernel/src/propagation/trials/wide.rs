//! Trials in the registers of AVX2 and AVX-512: two of them for each value, so that what a loop does beside counting (finding its
//! place, asking whether there is anything to do) is done once for both; or one, for those who have no more trials.

use super::super::Propagation;
use super::{Trials, Work};
use pulp::x86::{V3, V4};
use pulp::{NullaryFnOnce, Simd, bytemuck};
use std::ops::{Add, AddAssign, Div, DivAssign, Mul, MulAssign, Sub, SubAssign};

/// Work as pulp takes it.
struct Piece<W>(W);

impl<W: Work> NullaryFnOnce for Piece<W> {
    type Output = W::Output;

    #[inline(always)]
    fn call(self) -> W::Output {
        self.0.run()
    }
}

macro_rules! operator {
    (
        $name:ident, [$($k:literal),+], $operator:ident, $method:ident, $assign:ident, $assign_method:ident,
        $of_simd:ident
    ) => {
        impl $operator for $name {
            type Output = $name;

            #[inline(always)]
            fn $method(self, other: $name) -> $name {
                let simd = self.simd;
                $name { registers: [$(simd.$of_simd(self.registers[$k], other.registers[$k])),+], simd }
            }
        }

        impl $assign for $name {
            #[inline(always)]
            fn $assign_method(&mut self, other: $name) {
                *self = self.$method(other);
            }
        }
    };
}

macro_rules! wide {
    (
        $(#[$doc:meta])*
        $name:ident, $simd:ty, $scalar:ty, $align:literal, [$($k:literal),+], $registers:ident, $masks:ident,
        [$add:ident, $sub:ident, $mul:ident, $div:ident, $min:ident, $max:ident, $lt:ident, $le:ident],
        [$splat:ident, $load:ident, $select:ident, $and:ident, $or:ident, $not:ident]
    ) => {
        $(#[$doc])*
        ///
        /// The token stands beside the registers so that operators find their instructions; it takes no room.
        #[derive(Clone, Copy, Debug)]
        #[repr(C, align($align))]
        pub(super) struct $name {
            registers: [<$simd as Simd>::$registers; $name::REGISTERS],
            simd: $simd,
        }

        operator!($name, [$($k),+], Add, add, AddAssign, add_assign, $add);
        operator!($name, [$($k),+], Sub, sub, SubAssign, sub_assign, $sub);
        operator!($name, [$($k),+], Mul, mul, MulAssign, mul_assign, $mul);
        operator!($name, [$($k),+], Div, div, DivAssign, div_assign, $div);

        impl $name {
            const REGISTERS: usize = [$($k),+].len();
            /// Trials in a register.
            const WIDTH: usize = $align / size_of::<$scalar>();
        }

        impl Trials for $name {
            type Scalar = $scalar;
            type Mask = ($simd, [<$simd as Simd>::$masks; $name::REGISTERS]);
            type Token = $simd;
            const COUNT: usize = $name::REGISTERS * $name::WIDTH;

            #[inline(always)]
            fn splat(simd: $simd, value: $scalar) -> $name {
                let register = simd.$splat(value);
                $name { registers: [register; $name::REGISTERS], simd }
            }

            #[inline(always)]
            fn of_trials(simd: $simd, values: &[$scalar]) -> $name {
                let last = values.last().copied().unwrap_or(0.0);
                let mut all = [[last; $name::WIDTH]; $name::REGISTERS];
                all.as_flattened_mut().iter_mut().zip(values).for_each(|(place, value)| *place = *value);
                $name { registers: [$(simd.$load(&all[$k])),+], simd }
            }

            #[inline(always)]
            fn trials(&self) -> &[$scalar] {
                bytemuck::cast_slice(&self.registers)
            }

            #[inline(always)]
            fn min(self, other: $name) -> $name {
                let simd = self.simd;
                $name { registers: [$(simd.$min(self.registers[$k], other.registers[$k])),+], simd }
            }

            #[inline(always)]
            fn max(self, other: $name) -> $name {
                let simd = self.simd;
                $name { registers: [$(simd.$max(self.registers[$k], other.registers[$k])),+], simd }
            }

            #[inline(always)]
            fn lt(self, other: $name) -> Self::Mask {
                let simd = self.simd;
                (simd, [$(simd.$lt(self.registers[$k], other.registers[$k])),+])
            }

            #[inline(always)]
            fn le(self, other: $name) -> Self::Mask {
                let simd = self.simd;
                (simd, [$(simd.$le(self.registers[$k], other.registers[$k])),+])
            }

            #[inline(always)]
            fn select(mask: Self::Mask, yes: $name, no: $name) -> $name {
                let (simd, mask) = mask;
                $name { registers: [$(simd.$select(mask[$k], yes.registers[$k], no.registers[$k])),+], simd }
            }

            #[inline(always)]
            fn and(a: Self::Mask, b: Self::Mask) -> Self::Mask {
                (a.0, [$(a.0.$and(a.1[$k], b.1[$k])),+])
            }

            #[inline(always)]
            fn or(a: Self::Mask, b: Self::Mask) -> Self::Mask {
                (a.0, [$(a.0.$or(a.1[$k], b.1[$k])),+])
            }

            #[inline(always)]
            fn not(mask: Self::Mask) -> Self::Mask {
                (mask.0, [$(mask.0.$not(mask.1[$k])),+])
            }

            #[inline(always)]
            fn any(mask: Self::Mask) -> bool {
                let mut either = mask.1[0];
                for more in &mask.1[1..] {
                    either = mask.0.$or(either, *more);
                }
                let mut found = 0;
                for byte in bytemuck::bytes_of(&either) {
                    found |= *byte;
                }
                found != 0
            }

            #[inline(always)]
            fn vectorize<W: Work>(simd: $simd, work: W) -> W::Output {
                simd.vectorize(Piece(work))
            }

            #[inline(never)]
            fn tick(run: &mut Propagation<'_, $name>) {
                run.tick_on();
            }
        }
    };
}

macro_rules! wide_single {
    ($(#[$doc:meta])* $name:ident, $simd:ty, $align:literal, [$($k:literal),+]) => {
        wide!(
            $(#[$doc])*
            $name, $simd, f32, $align, [$($k),+], f32s, m32s,
            [add_f32s, sub_f32s, mul_f32s, div_f32s, min_f32s, max_f32s, less_than_f32s, less_than_or_equal_f32s],
            [splat_f32s, partial_load_f32s, select_f32s, and_m32s, or_m32s, not_m32s]
        );
    };
}

macro_rules! wide_double {
    ($(#[$doc:meta])* $name:ident, $simd:ty, $align:literal, [$($k:literal),+]) => {
        wide!(
            $(#[$doc])*
            $name, $simd, f64, $align, [$($k),+], f64s, m64s,
            [add_f64s, sub_f64s, mul_f64s, div_f64s, min_f64s, max_f64s, less_than_f64s, less_than_or_equal_f64s],
            [splat_f64s, partial_load_f64s, select_f64s, and_m64s, or_m64s, not_m64s]
        );
    };
}

wide_single!(
    /// Sixteen trials in single precision.
    Single16, V4, 64, [0]
);
wide_single!(
    /// Thirty-two trials in single precision.
    Single32, V4, 64, [0, 1]
);
wide_double!(
    /// Sixteen trials in double precision.
    Double16, V4, 64, [0, 1]
);
wide_single!(
    /// Sixteen trials in single precision.
    Narrow16, V3, 32, [0, 1]
);
wide_double!(
    /// Eight trials in double precision.
    Narrow8, V3, 32, [0, 1]
);
