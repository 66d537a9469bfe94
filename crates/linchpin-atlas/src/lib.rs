//! The atlas that ships inside the program: the files of `atlas/humanoid`, byte for byte, and the scenarios of
//! `atlas/scenarios`.

/// Name and bytes of every file, in order of name.
pub fn files() -> &'static [(&'static str, &'static [u8])] {
    include!(concat!(env!("OUT_DIR"), "/files.rs"))
}

/// Name and bytes of every scenario of disruption, in order of name.
pub fn scenarios() -> &'static [(&'static str, &'static [u8])] {
    include!(concat!(env!("OUT_DIR"), "/scenarios.rs"))
}
