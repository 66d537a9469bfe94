//! How long it takes to read files, and how much memory: `cargo run --release -p linchpin-import --example read -- FILE…`.
#![allow(clippy::print_stdout)]

use linchpin::context::Context;
use linchpin_import::file::{Limits, read};
use std::path::Path;
use std::time::Instant;

fn main() {
    for name in std::env::args().skip(1) {
        let start = Instant::now();
        let outcome = read(Path::new(&name), &Limits::default(), &Context::default());
        let seconds = start.elapsed().as_secs_f64();
        match outcome {
            Ok(read) => {
                let rows: usize = read.sheets.iter().map(|sheet| sheet.len()).sum();
                let cells: usize =
                    read.sheets.iter().flat_map(|sheet| sheet.rows()).map(|row| row.cells().count()).sum();
                let (sheets, kind, encoding) =
                    (read.sheets.len(), read.kind, read.encoding.unwrap_or("no encoding"));
                println!(
                    "{name}: {kind:?}, {encoding}, {sheets} sheets, {rows} rows, {cells} cells, {seconds:.2} s"
                );
            }
            Err(fault) => println!("{fault}, {seconds:.2} s"),
        }
    }
    // The most memory so far, where the system tells it.
    if let Ok(status) = std::fs::read_to_string("/proc/self/status")
        && let Some(peak) = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))
    {
        println!("peak memory {}", peak.trim());
    }
}
