//! Lists the files of the atlas, and the scenarios that come with it, for the program to hold.

use std::error::Error;
use std::fmt::Write;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    list("humanoid", "files.rs", |name| name.ends_with(".csv") || name == "datapackage.json")?;
    list("scenarios", "scenarios.rs", |name| name.ends_with(".toml"))
}

/// Writes the names of a folder's files and what they hold as a list.
#[allow(clippy::print_stdout)] // how a build script talks to cargo
fn list(folder: &str, to: &str, keep: impl Fn(&str) -> bool) -> Result<(), Box<dyn Error>> {
    let folder =
        Path::new(&std::env::var("CARGO_MANIFEST_DIR")?).join("../../atlas").join(folder).canonicalize()?;
    println!("cargo:rerun-if-changed={}", folder.display());
    let mut names: Vec<String> =
        std::fs::read_dir(&folder)?.flatten().filter_map(|e| e.file_name().into_string().ok()).collect();
    names.retain(|n| keep(n));
    names.sort();
    let mut list = String::from("&[\n");
    for name in names {
        writeln!(list, "    ({name:?}, include_bytes!({:?})),", folder.join(&name))?;
    }
    list.push(']');
    std::fs::write(Path::new(&std::env::var("OUT_DIR")?).join(to), list)?;
    Ok(())
}
