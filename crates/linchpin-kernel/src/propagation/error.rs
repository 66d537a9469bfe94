//! Why a network is refused.

/// Why a network is refused.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum NetworkError {
    /// Too many of something: they are numbered with 32 bits.
    #[error("{count} {what} are too many: they are numbered with 32 bits")]
    TooMany {
        /// What there are too many of.
        what: &'static str,
        /// How many there are.
        count: usize,
    },
    /// Two arrays that must have the same length do not.
    #[error("{array} has {found} entries where {expected} are needed")]
    Length {
        /// Name of the array.
        array: &'static str,
        /// Its length.
        found: usize,
        /// The length it should have.
        expected: usize,
    },
    /// A row names what is not there.
    #[error("row {row} names {what} {found}, but there are only {count}")]
    Unknown {
        /// What it names.
        what: &'static str,
        /// The row.
        row: usize,
        /// The number it names.
        found: u32,
        /// How many there are.
        count: usize,
    },
    /// A number that must be finite and not below zero.
    #[error("{what} of row {row} is {value}; it must be a finite number not below zero")]
    Amount {
        /// What it is.
        what: &'static str,
        /// The row.
        row: usize,
        /// The number.
        value: f64,
    },
    /// A site cannot do what it does in equilibrium.
    #[error("site {site} runs {runs} a tick and can run only {capacity}")]
    Capacity {
        /// The site.
        site: usize,
        /// What it does.
        runs: f64,
        /// What it can do.
        capacity: f64,
    },
    /// Lanes that must be sorted are not.
    #[error("lane {0} stands after one of a later client or group")]
    Unsorted(usize),
    /// What is put into a pool is not what is taken out of it.
    #[error("pool {pool} gets {supply} a tick and is asked for {demand}")]
    Unbalanced {
        /// The pool.
        pool: usize,
        /// What its sites put in.
        supply: f64,
        /// What is taken out.
        demand: f64,
    },
    /// A site that runs in equilibrium without a port that would make it run.
    #[error("site {0} runs, and no demand for anything that it puts out drives it")]
    Idle(usize),
    /// Lanes without a lead time lead back to where they began, so that nothing could be made first.
    #[error("lanes without a lead time form a cycle through site {0}")]
    Cycle(usize),
}
