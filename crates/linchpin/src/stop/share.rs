//! The stop share: the part of the wanted robots that is not made.
//!
//! stop = 1 − a, with a what the markets ([`super::flow`]) or the own lanes ([`super::own`]) leave for the robots. A
//! volume beyond the wall is short without any loss; tables show that share first, as the loss of nothing.

use super::chain::Chain;
use super::flow::{self, Left, Terms};
use super::loss::Loss;
use super::number::{Number, Traced};
use super::own::{self, End, Own};
use crate::model::Quantity;
use std::cell::OnceCell;
use std::rc::Rc;

/// Which of the numbers of a loss.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measured {
    /// The market's, on some terms.
    Market(Terms),
    /// That of the own lanes, at one end.
    Own {
        /// Whether own suppliers use their spare capacity.
        spare: bool,
        /// Which end.
        end: End,
    },
}

/// A stop share as its definition.
#[derive(Debug)]
pub struct Stop {
    /// The markets.
    pub chain: Rc<Chain>,
    /// What is lost.
    pub loss: Rc<Loss>,
    /// What the maker says of his suppliers.
    pub own: Rc<Vec<Own>>,
    /// Which number.
    pub measured: Measured,
    story: OnceCell<Traced>,
}

impl PartialEq for Stop {
    fn eq(&self, other: &Stop) -> bool {
        Rc::ptr_eq(&self.chain, &other.chain) && self.loss == other.loss && self.measured == other.measured
    }
}

impl Stop {
    /// A stop share.
    pub fn new(chain: &Rc<Chain>, loss: &Rc<Loss>, own: &Rc<Vec<Own>>, measured: Measured) -> Stop {
        Stop { chain: chain.clone(), loss: loss.clone(), own: own.clone(), measured, story: OnceCell::new() }
    }

    /// As a number of an answer.
    pub fn quantity(self) -> Quantity {
        Quantity::Stop(Rc::new(self))
    }

    /// Its value.
    pub fn value(&self) -> Option<f64> {
        let share = match self.measured {
            Measured::Market(terms) => 1.0 - self.market(terms).share,
            Measured::Own { .. } => self.work_out::<f64>(),
        };
        // Rounding must not print as a tiny share.
        Some(if share.abs() < 1e-12 { 0.0 } else { share.clamp(0.0, 1.0) })
    }

    /// The same procedure, with how every step of it came about.
    pub fn story(&self) -> &Traced {
        self.story.get_or_init(|| self.work_out())
    }

    /// The market that limits what is left; `None` if nothing does.
    pub fn limit(&self) -> Option<usize> {
        match self.measured {
            Measured::Market(terms) => self.market(terms).limit,
            Measured::Own { spare, end } => {
                own::left::<f64>(&self.chain, &self.loss, &self.own, spare, end).limit
            }
        }
    }

    /// What the markets leave, worked out once a loss and terms.
    fn market(&self, terms: Terms) -> &Left<f64> {
        self.loss.left[terms.index()].get(|| flow::left(&self.chain, &self.loss, terms))
    }

    fn work_out<N: Number>(&self) -> N {
        let one = N::constant(1.0);
        let Measured::Market(terms) = self.measured else {
            let Measured::Own { spare, end } = self.measured else { return one };
            return one.less(&own::left::<N>(&self.chain, &self.loss, &self.own, spare, end).share);
        };
        one.less(&flow::left::<N>(&self.chain, &self.loss, terms).share)
    }
}
