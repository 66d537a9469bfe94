//! Numeric loops on plain arrays. This crate knows no domain types: nodes are numbers, lines are pairs of
//! numbers with a coefficient, and what they mean is the caller's business.
//!
//! - [`Explosion`] computes the gross requirement of every node of a levelled acyclic graph, and its adjoint.
//! - [`Supply`] computes what is available at every site of a supply network, cycles included, when sites and lanes
//!   are lost.

mod explosion;
mod groups;
mod share;
mod supply;

pub use explosion::{Explosion, ExplosionError, Lines, Values};
pub use supply::{Lanes, Loss, LossError, Outcome, Supply, SupplyError};
