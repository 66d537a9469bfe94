//! Why a network or a question is refused.

/// Why a network is refused.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum SupplyError {
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
    /// There are `u32::MAX` sites, slots or lanes, or more.
    #[error("{count} {what} are too many: they are numbered with 32 bits")]
    TooMany {
        /// What there are too many of: `sites`, `slots` or `lanes`.
        what: &'static str,
        /// How many there are.
        count: usize,
    },
    /// A slot belongs to a site that does not exist.
    #[error("slot {slot} belongs to site {site}, but there are only {sites} sites")]
    SlotSite {
        /// Index of the slot.
        slot: usize,
        /// The site it names.
        site: u32,
        /// Number of sites.
        sites: usize,
    },
    /// A lane leads to a slot that does not exist.
    #[error("lane {lane} leads to slot {slot}, but there are only {slots} slots")]
    LaneSlot {
        /// Index of the lane.
        lane: usize,
        /// The slot it names.
        slot: u32,
        /// Number of slots.
        slots: usize,
    },
    /// A lane comes from a site that does not exist.
    #[error("lane {lane} comes from site {site}, but there are only {sites} sites")]
    LaneSupplier {
        /// Index of the lane.
        lane: usize,
        /// The site it names.
        site: u32,
        /// Number of sites.
        sites: usize,
    },
    /// A share is negative, infinite or not a number.
    #[error("the share of lane {lane} is {share}, not a finite number of at least 0")]
    Share {
        /// Index of the lane.
        lane: usize,
        /// Its share.
        share: f64,
    },
}

/// Why a question about losses has no answer.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum LossError {
    /// A loss names a site that does not exist.
    #[error("loss {loss} names site {site}, but there are only {sites} sites")]
    Site {
        /// Index of the loss.
        loss: usize,
        /// The site it names.
        site: u32,
        /// Number of sites.
        sites: usize,
    },
    /// A loss names a lane that does not exist.
    #[error("loss {loss} names lane {lane}, but there are only {lanes} lanes")]
    Lane {
        /// Index of the loss.
        loss: usize,
        /// The lane it names.
        lane: u32,
        /// Number of lanes.
        lanes: usize,
    },
    /// What a loss leaves of a site is not from 0 to 1.
    #[error("loss {loss} leaves {left} of site {site}, which is not from 0 to 1")]
    SiteLeft {
        /// Index of the loss.
        loss: usize,
        /// The site.
        site: u32,
        /// What is left of it.
        left: f64,
    },
    /// What a loss leaves of a lane is not from 0 to 1.
    #[error("loss {loss} leaves {left} of lane {lane}, which is not from 0 to 1")]
    LaneLeft {
        /// Index of the loss.
        loss: usize,
        /// The lane.
        lane: u32,
        /// What is left of it.
        left: f64,
    },
    /// An answer is wanted for a site that does not exist.
    #[error("an answer is wanted for site {site}, but there are only {sites} sites")]
    Target {
        /// The site.
        site: u32,
        /// Number of sites.
        sites: usize,
    },
    /// The caller's `step` ended the work.
    #[error("ended by the caller after {done} losses")]
    Ended {
        /// Losses answered until then.
        done: usize,
    },
}
