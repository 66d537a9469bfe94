//! The atlas that ships inside the program: the files of `atlas/humanoid`, byte for byte.

/// Name and bytes of every file, in order of name.
pub fn files() -> &'static [(&'static str, &'static [u8])] {
    include!(concat!(env!("OUT_DIR"), "/files.rs"))
}
