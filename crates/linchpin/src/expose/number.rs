//! One arithmetic for values and for definitions, so that what is computed and what is explained are one procedure.

use crate::atlas::Expr;
use crate::model::Quantity;

/// Something that markets can be solved with: a plain value, or a value that remembers how it came about.
pub trait Number: Clone {
    /// A figure or a need of the chain, with its value.
    fn leaf(value: f64, definition: impl FnOnce() -> Quantity) -> Self;
    /// Its value.
    fn value(&self) -> f64;
    /// Sum.
    fn sum(terms: Vec<Self>) -> Self;
    /// Difference.
    fn less(&self, other: &Self) -> Self;
    /// Product.
    fn times(&self, other: &Self) -> Self;
    /// Quotient; zero over zero is zero.
    fn over(&self, other: &Self) -> Self;
    /// The smallest.
    fn least(terms: Vec<Self>) -> Self;
    /// The largest.
    fn greatest(terms: Vec<Self>) -> Self;

    /// A number that belongs to the equation itself.
    fn constant(value: f64) -> Self {
        Self::leaf(value, || Quantity::Figures(Expr::Number(value)))
    }
}

fn quotient(a: f64, b: f64) -> f64 {
    if a == 0.0 && b == 0.0 { 0.0 } else { a / b }
}

impl Number for f64 {
    fn leaf(value: f64, _: impl FnOnce() -> Quantity) -> f64 {
        value
    }

    fn value(&self) -> f64 {
        *self
    }

    fn sum(terms: Vec<f64>) -> f64 {
        terms.into_iter().fold(0.0, |a, b| a + b)
    }

    fn less(&self, other: &f64) -> f64 {
        self - other
    }

    fn times(&self, other: &f64) -> f64 {
        self * other
    }

    fn over(&self, other: &f64) -> f64 {
        quotient(*self, *other)
    }

    fn least(terms: Vec<f64>) -> f64 {
        terms.into_iter().fold(f64::INFINITY, f64::min)
    }

    fn greatest(terms: Vec<f64>) -> f64 {
        terms.into_iter().fold(f64::NEG_INFINITY, f64::max)
    }
}

/// A value with its definition.
#[derive(Debug, Clone)]
pub struct Traced {
    value: f64,
    definition: Quantity,
}

impl Traced {
    /// The definition.
    pub fn definition(self) -> Quantity {
        self.definition
    }

    fn all(terms: Vec<Traced>, join: fn(Vec<Quantity>) -> Quantity, value: f64) -> Traced {
        Traced { value, definition: join(terms.into_iter().map(|t| t.definition).collect()) }
    }
}

impl Number for Traced {
    fn leaf(value: f64, definition: impl FnOnce() -> Quantity) -> Traced {
        Traced { value, definition: definition() }
    }

    fn value(&self) -> f64 {
        self.value
    }

    fn sum(terms: Vec<Traced>) -> Traced {
        let value = f64::sum(terms.iter().map(|t| t.value).collect());
        // What adds nothing is left out of the story.
        let terms: Vec<Traced> = terms.into_iter().filter(|t| t.value != 0.0).collect();
        Traced::all(terms, Quantity::Sum, value)
    }

    fn less(&self, other: &Traced) -> Traced {
        let definition = self.definition.clone().less(other.definition.clone());
        Traced { value: self.value - other.value, definition }
    }

    fn times(&self, other: &Traced) -> Traced {
        let definition = self.definition.clone().times(other.definition.clone());
        Traced { value: self.value * other.value, definition }
    }

    fn over(&self, other: &Traced) -> Traced {
        let value = quotient(self.value, other.value);
        if other.value == 0.0 && value == 0.0 {
            return Traced::constant(0.0);
        }
        let definition = self.definition.clone().over(other.definition.clone());
        Traced { value, definition }
    }

    fn least(terms: Vec<Traced>) -> Traced {
        let value = f64::least(terms.iter().map(|t| t.value).collect());
        Traced::all(terms, Quantity::Least, value)
    }

    fn greatest(terms: Vec<Traced>) -> Traced {
        let value = f64::greatest(terms.iter().map(|t| t.value).collect());
        Traced::all(terms, Quantity::Greatest, value)
    }
}
