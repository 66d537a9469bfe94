//! How often the matcher is right, and where it is not: `cargo run --release --example archetypes`.
//!
//! Of the lines that are kept for measuring only the numbers are shown, so that nothing is fitted to them: those of the
//! invented lines with the arguments `even` and `unseen`, those of the real ones with `test`.

#![allow(clippy::print_stdout, clippy::unwrap_used, unreachable_pub)]

#[path = "../tests/archetypes/measure.rs"]
mod measure;

use measure::{Counts, Line};

fn main() {
    let matcher = measure::matcher();
    let shown = |line: &Line, answer: &str, score: f64| {
        println!(
            "{}: {} [{}] = {} not {answer} {score:.2}",
            line.place,
            line.cells.join(" | "),
            line.heading,
            line.item
        );
    };
    print("dev", &measure::measure(&matcher, &measure::real("dev"), shown));
    print("odd", &measure::measure(&matcher, &measure::invented(true), shown));
    print("trial", &measure::measure(&matcher, &measure::typed("trial.csv"), shown));
    for half in std::env::args().skip(1) {
        let lines = match half.as_str() {
            "even" => measure::invented(false),
            "unseen" => measure::typed("unseen.csv"),
            _ => measure::real("test"),
        };
        print(&half, &measure::measure(&matcher, &lines, |_, _, _| ()));
    }
}

fn print(what: &str, counts: &Counts) {
    let Counts { right, wrong, missed, empty } = counts;
    let (precision, recall) = (counts.precision(), counts.recall());
    println!(
        "{what}: precision {precision:.3} recall {recall:.3} ({right} right, {wrong} wrong, {missed} missed, {empty} empty)"
    );
}
