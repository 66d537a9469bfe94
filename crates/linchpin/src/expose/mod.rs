//! Who can stop it: shares, headroom, stop shares, single points of failure.

mod chain;
mod loss;
mod market;
mod number;
mod own;
mod selector;
mod stop;

pub(crate) use chain::traded_need;
pub use chain::{Chain, Lane, Link, Plant};
pub use loss::{Loss, Mode, Reach};
pub use market::{Parts, Rationing, Terms, Unknowns};
pub use own::{End, Own};
pub use selector::{Selector, SelectorError, former};
pub use stop::{Measured, Stop};
