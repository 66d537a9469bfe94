//! A shock in networks of all kinds: what must hold whatever happens, and cases worked by hand.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod balance;
mod books;
mod draft;
mod equilibrium;
mod monotone;
mod random;
mod refused;
mod resourcing;
mod survival;
mod trials;
