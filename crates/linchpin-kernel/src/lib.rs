//! Numeric loops on plain arrays. This crate knows no domain types: nodes are numbers, lines are pairs of
//! numbers with a coefficient, and what they mean is the caller's business.
//!
//! [`Explosion`] computes the gross requirement of every node of a levelled acyclic graph, and its adjoint.

mod explosion;
mod share;

pub use explosion::{Explosion, ExplosionError, Lines, Values};
