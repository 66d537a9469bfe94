//! What a loss takes away from a product: selectors of plants, the markets behind the product as a chain, and two
//! ways to work out what is left, the largest flow through the markets and the interval of the maker's own lanes.

mod chain;
mod flow;
mod loss;
mod number;
mod once;
mod own;
mod selector;
mod share;
mod sides;

pub(crate) use chain::Shape;
pub use chain::{Chain, Lane, Link, Part, Plant, Supplier, Whole};
pub(crate) use chain::{owners, traded_need};
pub use flow::{Parts, Rationing, Terms, Unknowns};
pub use loss::{Loss, Mode, Reach};
pub use number::{Number, Step, Traced};
pub use own::{End, Own};
pub(crate) use selector::holding_label;
pub use selector::{Kind, Selector, SelectorError, former};
pub use share::{Measured, Stop};
