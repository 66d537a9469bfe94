//! Networks to run a shock through, by hand and at random, and the books that are kept of a run.

mod books;
mod draft;
mod random;

pub(crate) use books::{Books, level};
pub(crate) use draft::{Draft, single};
pub(crate) use random::{Act, Deed, acts, policies, webs};
