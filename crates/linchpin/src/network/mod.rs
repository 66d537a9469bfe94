//! The network in three immutable layers: [`Topology`] (shape), [`Sweep`] over [`crate::atlas::Values`] (numbers
//! under a scenario) and [`Baseline`] (balanced flows of one product mix, volume and year).

pub mod baseline;
mod from_atlas;
pub mod joint;
pub mod params;
pub mod topology;

pub use baseline::Baseline;
pub use from_atlas::{from_atlas, quantity_of};
pub use params::{Flow, Losses, NetworkError, Sweep};
pub use topology::{InputSpec, NetworkBuilder, Role, Special, Topology, TopologyError};
