//! Finds the script that `./x` built from `dashboard/`; without Node there is none, and the program has no pictures.

use std::path::Path;

#[allow(clippy::print_stdout)] // how a build script talks to cargo
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = Path::new(&std::env::var("CARGO_MANIFEST_DIR")?).join("../../dashboard/dist");
    let built = folder.join("page.js");
    // A folder that is not there yet is watched through the one above it.
    println!("cargo:rerun-if-changed={}", if built.exists() { &built } else { &folder }.display());
    let script = if built.exists() { std::fs::read(&built)? } else { Vec::new() };
    std::fs::write(Path::new(&std::env::var("OUT_DIR")?).join("page.js"), script)?;
    Ok(())
}
