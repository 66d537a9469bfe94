//! Linchpin: a humanoid robot's supply chain, from ore to robot, as one network.
//!
//! Data flows one way: files → [`atlas`] (checked figures) → [`network`] → an answer (one module a question) →
//! [`linchpin_table::Answer`]. An answer never reads a file; a renderer never computes.

pub mod atlas;
pub mod audit;
pub mod backtest;
pub mod book;
pub mod brief;
pub mod company;
pub mod compare;
pub mod context;
pub mod coverage;
pub mod diff;
pub mod disrupt;
pub mod explain;
pub mod explode;
pub mod expose;
pub mod firms;
mod footing;
pub mod items;
pub mod model;
pub mod network;
pub mod outages;
pub mod page;
pub mod questions;
pub mod slips;
pub mod stop;
pub mod swap;
pub mod trials;
