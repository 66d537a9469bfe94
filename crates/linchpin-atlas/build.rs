//! Lists the files of the atlas for the program to hold.

use std::fmt::Write;
use std::path::Path;

#[allow(clippy::print_stdout)] // how a build script talks to cargo
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder =
        Path::new(&std::env::var("CARGO_MANIFEST_DIR")?).join("../../atlas/humanoid").canonicalize()?;
    println!("cargo:rerun-if-changed={}", folder.display());
    let mut names: Vec<String> =
        std::fs::read_dir(&folder)?.flatten().filter_map(|e| e.file_name().into_string().ok()).collect();
    names.retain(|n| n.ends_with(".csv") || n == "datapackage.json");
    names.sort();
    let mut list = String::from("&[\n");
    for name in names {
        writeln!(list, "    ({name:?}, include_bytes!({:?})),", folder.join(&name))?;
    }
    list.push(']');
    std::fs::write(Path::new(&std::env::var("OUT_DIR")?).join("files.rs"), list)?;
    Ok(())
}
