//! One arithmetic for values and for definitions, so that what is computed and what is explained are one procedure.

use crate::atlas::Expr;
use crate::model::Quantity;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

/// Something that markets can be solved with: a plain value, or a value that remembers how it came about.
pub trait Number: Clone {
    /// A figure or a need of the chain, with its value.
    fn leaf(value: f64, definition: impl FnOnce() -> Quantity) -> Self;
    /// Its value.
    fn value(&self) -> f64;
    /// Sum.
    fn sum(terms: impl IntoIterator<Item = Self>) -> Self;
    /// Difference.
    fn less(&self, other: &Self) -> Self;
    /// Product.
    fn times(&self, other: &Self) -> Self;
    /// Quotient; zero over zero is zero.
    fn over(&self, other: &Self) -> Self;
    /// The smallest.
    fn least(terms: impl IntoIterator<Item = Self>) -> Self;
    /// The largest.
    fn greatest(terms: impl IntoIterator<Item = Self>) -> Self;

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

    fn sum(terms: impl IntoIterator<Item = f64>) -> f64 {
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

    fn least(terms: impl IntoIterator<Item = f64>) -> f64 {
        terms.into_iter().fold(f64::INFINITY, f64::min)
    }

    fn greatest(terms: impl IntoIterator<Item = f64>) -> f64 {
        terms.into_iter().fold(f64::NEG_INFINITY, f64::max)
    }
}

/// A value that remembers how it came about. What is used twice is shared, so the story of a number over many
/// markets stays as long as its computation.
#[derive(Debug, Clone)]
pub struct Traced(Rc<Node>);

#[derive(Debug)]
struct Node {
    value: f64,
    step: Step,
}

/// One step of a computation.
#[derive(Debug)]
pub enum Step {
    /// A figure or a need.
    Leaf(Quantity),
    /// Sum.
    Sum(Vec<Traced>),
    /// Difference.
    Less(Traced, Traced),
    /// Product.
    Times(Traced, Traced),
    /// Quotient.
    Over(Traced, Traced),
    /// The smallest.
    Least(Vec<Traced>),
    /// The largest.
    Greatest(Vec<Traced>),
}

impl Traced {
    fn new(value: f64, step: Step) -> Traced {
        Traced(Rc::new(Node { value, step }))
    }

    /// How it came about.
    pub fn step(&self) -> &Step {
        &self.0.step
    }

    fn parts(&self) -> Vec<&Traced> {
        match self.step() {
            Step::Leaf(_) => vec![],
            Step::Sum(all) | Step::Least(all) | Step::Greatest(all) => all.iter().collect(),
            Step::Less(a, b) | Step::Times(a, b) | Step::Over(a, b) => vec![a, b],
        }
    }

    /// Every step behind it once, each after those that it is made of.
    fn steps(&self) -> Vec<&Traced> {
        let mut seen: HashSet<*const Node> = HashSet::new();
        let mut order = vec![];
        let mut open = vec![(self, false)];
        while let Some((step, finished)) = open.pop() {
            if finished {
                order.push(step);
            } else if seen.insert(Rc::as_ptr(&step.0)) {
                open.push((step, true));
                open.extend(step.parts().into_iter().rev().map(|p| (p, false)));
            }
        }
        order
    }

    /// The figures and needs that it rests on, in the order in which they were used.
    pub fn leaves(&self) -> impl Iterator<Item = &Quantity> {
        self.steps().into_iter().filter_map(|t| match t.step() {
            Step::Leaf(quantity) => Some(quantity),
            _ => None,
        })
    }

    /// Derivative by each of them (reverse accumulation). A smallest or largest one follows the part that it is.
    pub fn slopes(&self) -> Vec<(&Quantity, f64)> {
        let steps = self.steps();
        let at: HashMap<*const Node, usize> =
            steps.iter().enumerate().map(|(i, t)| (Rc::as_ptr(&t.0), i)).collect();
        let mut seeds = vec![0.0; steps.len()];
        seeds[steps.len() - 1] = 1.0;
        let mut leaves = vec![];
        for (i, step) in steps.iter().enumerate().rev() {
            let seed = seeds[i];
            let mut add = |part: &Traced, slope: f64| seeds[at[&Rc::as_ptr(&part.0)]] += seed * slope;
            match step.step() {
                Step::Leaf(quantity) => leaves.push((quantity, seed)),
                Step::Sum(all) => all.iter().for_each(|p| add(p, 1.0)),
                Step::Less(a, b) => {
                    add(a, 1.0);
                    add(b, -1.0);
                }
                Step::Times(a, b) => {
                    add(a, b.value());
                    add(b, a.value());
                }
                Step::Over(a, b) if b.value() != 0.0 => {
                    add(a, 1.0 / b.value());
                    add(b, -a.value() / (b.value() * b.value()));
                }
                Step::Over(..) => {}
                Step::Least(all) | Step::Greatest(all) => {
                    all.iter().find(|p| p.value() == step.value()).into_iter().for_each(|p| add(p, 1.0));
                }
            }
        }
        leaves.reverse();
        leaves.retain(|(_, slope)| *slope != 0.0);
        leaves
    }
}

impl Number for Traced {
    fn leaf(value: f64, definition: impl FnOnce() -> Quantity) -> Traced {
        Traced::new(value, Step::Leaf(definition()))
    }

    fn value(&self) -> f64 {
        self.0.value
    }

    fn sum(terms: impl IntoIterator<Item = Traced>) -> Traced {
        let terms: Vec<Traced> = terms.into_iter().collect();
        Traced::new(f64::sum(terms.iter().map(Number::value)), Step::Sum(terms))
    }

    fn less(&self, other: &Traced) -> Traced {
        Traced::new(self.value() - other.value(), Step::Less(self.clone(), other.clone()))
    }

    fn times(&self, other: &Traced) -> Traced {
        Traced::new(self.value() * other.value(), Step::Times(self.clone(), other.clone()))
    }

    fn over(&self, other: &Traced) -> Traced {
        Traced::new(quotient(self.value(), other.value()), Step::Over(self.clone(), other.clone()))
    }

    fn least(terms: impl IntoIterator<Item = Traced>) -> Traced {
        let terms: Vec<Traced> = terms.into_iter().collect();
        Traced::new(f64::least(terms.iter().map(Number::value)), Step::Least(terms))
    }

    fn greatest(terms: impl IntoIterator<Item = Traced>) -> Traced {
        let terms: Vec<Traced> = terms.into_iter().collect();
        Traced::new(f64::greatest(terms.iter().map(Number::value)), Step::Greatest(terms))
    }
}
