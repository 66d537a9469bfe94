//! `linchpin-facts build|check|left-out|sample ATLAS_DIR`.
//!
//! Exit codes: 0 done; 1 the built atlas differs from what would be built; 2 something given is wrong, and nothing
//! was written.

use linchpin_facts::fault::Fault;
use linchpin_facts::write::Difference;
use linchpin_facts::{Built, folder, report, sample, write};
use linchpin_render::{Messages, TerminalOptions, problems};
use linchpin_table::Lang;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

const USAGE: &str = "\
linchpin-facts build ATLAS_DIR [--unchecked]   facts and groups to humanoid; --unchecked writes in spite of faults
linchpin-facts check ATLAS_DIR [--unchecked]   does humanoid hold what would be built?
linchpin-facts left-out ATLAS_DIR              rows of facts that are not used, and why, as CSV
linchpin-facts sample ATLAS_DIR COUNT SEED     figures drawn at random beside the facts they came from, as CSV
";
const DIFFERS: u8 = 1;
const GIVEN: u8 = 2;
const WIDTH: usize = 140;

fn main() -> ExitCode {
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    let given = args.len();
    args.retain(|a| a != "--unchecked");
    let unchecked = args.len() < given;
    match args.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["build", folder] => build(Path::new(folder), unchecked),
        ["check", folder] => check(Path::new(folder), unchecked),
        ["left-out", folder] if !unchecked => left_out(Path::new(folder)),
        ["sample", folder, count, seed] if !unchecked => match (count.parse(), seed.parse()) {
            (Ok(count), Ok(seed)) => sample(Path::new(folder), count, seed),
            _ => {
                err(USAGE);
                ExitCode::from(GIVEN)
            }
        },
        ["help" | "-h" | "--help"] => {
            out(USAGE.as_bytes());
            ExitCode::SUCCESS
        }
        _ => {
            err(USAGE);
            ExitCode::from(GIVEN)
        }
    }
}

fn build(folder: &Path, unchecked: bool) -> ExitCode {
    let Some(built) = built(folder) else { return ExitCode::from(GIVEN) };
    complain(&built);
    out(report::counts(&built).as_bytes());
    if !built.is_sound() && !unchecked {
        err("nothing was written; --unchecked writes in spite of faults\n");
        return ExitCode::from(GIVEN);
    }
    match write::write(folder, &built.files) {
        Ok(removed) => {
            let rows: usize = built.files.values().map(|b| b.iter().filter(|c| **c == b'\n').count()).sum();
            let target = folder.join(write::BUILT);
            out(format!("{} files, {rows} lines → {}\n", built.files.len(), target.display()).as_bytes());
            for name in removed {
                out(format!("removed {name}, which has no rows\n").as_bytes());
            }
            ExitCode::SUCCESS
        }
        Err(fault) => {
            err(&format!("{fault}\n"));
            ExitCode::from(GIVEN)
        }
    }
}

fn check(folder: &Path, unchecked: bool) -> ExitCode {
    let Some(built) = built(folder) else { return ExitCode::from(GIVEN) };
    complain(&built);
    let there = match write::there(folder) {
        Ok(there) => there,
        Err(fault) => {
            err(&format!("{fault}\n"));
            return ExitCode::from(GIVEN);
        }
    };
    let differences = write::differences(&there, &built.files);
    for (file, difference) in &differences {
        err(&match difference {
            Difference::Missing => format!("{file}  would be built and is not there\n"),
            Difference::Extra => format!("{file}  is there and would not be built\n"),
            Difference::Line(line, is, would) => {
                format!("{file}:{line}\n    is        {is}\n    would be  {would}\n")
            }
        });
    }
    if !built.is_sound() && !unchecked {
        return ExitCode::from(GIVEN);
    }
    if differences.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(DIFFERS) }
}

fn left_out(folder: &Path) -> ExitCode {
    let Some(built) = built(folder) else { return ExitCode::from(GIVEN) };
    out(&report::left_out(&built));
    ExitCode::SUCCESS
}

fn sample(folder: &Path, count: usize, seed: u64) -> ExitCode {
    let Some(built) = built(folder) else { return ExitCode::from(GIVEN) };
    match sample::sample(&built, count, seed) {
        Some(bytes) => {
            out(&bytes);
            ExitCode::SUCCESS
        }
        None => {
            complain(&built);
            ExitCode::from(GIVEN)
        }
    }
}

fn built(folder: &Path) -> Option<Built> {
    match folder::read(folder) {
        Ok(files) => Some(linchpin_facts::build(&files)),
        Err(faults) => {
            list(&faults);
            None
        }
    }
}

/// Says everything that is wrong.
fn complain(built: &Built) {
    list(&built.faults);
    list(&built.unsettled);
    if built.problems.is_empty() {
        return;
    }
    let screen = TerminalOptions { width: WIDTH, color: false, unicode: true };
    let text = Messages::new(Lang::En).and_then(|messages| problems(&built.problems, &messages, &screen));
    err(&text.unwrap_or_else(|e| format!("{e}\n{:#?}\n", built.problems)));
}

fn list(faults: &[Fault]) {
    for fault in faults {
        err(&format!("{fault}\n"));
    }
    if faults.len() > 1 {
        err(&format!("{} faults\n", faults.len()));
    }
}

fn out(bytes: &[u8]) {
    // A reader that has seen enough is not a fault.
    let _ = std::io::stdout().lock().write_all(bytes);
}

fn err(text: &str) {
    let _ = std::io::stderr().write_all(text.as_bytes());
}
