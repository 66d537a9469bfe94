//! Who can stop it: shares, headroom, stop shares, single points of failure.

mod chain;
pub(crate) mod headroom;
mod loss;
mod flow;
mod number;
mod own;
mod selector;
mod stop;
pub(crate) mod stops;

pub(crate) use chain::{owners, traded_need};
pub use chain::{Chain, Lane, Link, Plant};
pub use loss::{Loss, Mode, Reach};
pub use flow::{Parts, Rationing, Terms, Unknowns};
pub(crate) use number::{Number, Step, Traced};
pub use own::{End, Own};
pub use selector::{Selector, SelectorError, former};
pub use stop::{Measured, Stop};
