//! Numeric loops on plain arrays. This crate knows no domain types: nodes are numbers, lines are pairs of
//! numbers with a coefficient, and what they mean is the caller's business.
//!
//! - [`Explosion`] computes the gross requirement of every node of a levelled acyclic graph, and its adjoint.
//! - [`Outages`] counts what products miss when suppliers fail at random, eight trials beside each other.
//! - [`Propagation`] runs a shock through a network of sites, tick by tick.
//! - [`Stream`] gives random numbers by seed, name, trial and tick, without state.
//! - [`Supply`] computes what is available at every site of a supply network, cycles included, when sites and lanes
//!   are lost.

mod explosion;
mod groups;
mod outages;
mod propagation;
mod random;
mod share;
mod supply;

pub use explosion::{Explosion, ExplosionError, Lines, Values};
pub use outages::{Chances, Down, LANES, Outages, REFILL, Scratch, WHOLE};
pub use propagation::{
    Batch, Correction, Instructions, LaneSpec, Network, NetworkError, Policy, PoolSpec, PortSpec, Precision,
    Propagation, Rationing, Real, Rows, Signal, SlotSpec, Together, Trials, Work, dispatch,
};
pub use random::Stream;
pub use supply::{Lanes, Loss, LossError, Outcome, Supply, SupplyError};
