//! `linchpin risk` at the program: ten thousand futures in both languages, what is refused, and a run that is killed or in parts.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::process::Stdio;
use std::time::{Duration, Instant};
use support::{command, linchpin, text};
use tempfile::TempDir;

fn refused(args: &[&str], words: &[&str]) {
    let few: &[&str] = if args.contains(&"--trials") { &[] } else { &["--trials", "64"] };
    support::refused(&[&["risk"], few, args].concat(), words);
}

fn file(folder: &TempDir, content: &str) -> String {
    let path = folder.path().join("events.toml");
    std::fs::write(&path, content).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn both_languages_tell_all_tables() {
    for (lang, words) in [
        (
            "en",
            [
                "What is lost",
                "Calendar of risk",
                "Sites and events",
                "What more stock would save",
                "worst 5 %",
            ],
        ),
        ("zh", ["损失多少", "风险日历", "代价最大的厂点与事件", "多备库存能少损失多少", "最差"]),
    ] {
        let told = text(&["risk", "--trials", "512", "--lang", lang]);
        for word in words {
            assert!(told.contains(word), "{lang}: {word}\n{told}");
        }
    }
    let json = text(&["risk", "--trials", "64", "--seed", "9", "--no-gain", "--format", "json"]);
    for word in ["\"seed\": 9", "\"sampled\"", "\"trials\": 64", "data_hash"] {
        assert!(json.replace("\":", "\": ").replace(":  ", ": ").contains(word), "{word}");
    }
}

#[test]
fn what_cannot_be_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let of = |event: &str| {
        file(&folder, &format!("[[events]]\neffect = \"exports\"\nselect = \"CHN\"\nweeks = 8\n{event}\n"))
    };
    refused(&["--trials", "0"], &["0"]);
    // More memory than there is: told before the start.
    refused(&["--trials", "1000000000000"], &["1"]);
    refused(&["--shard", "5/4", "--checkpoint", "x"], &["5/4"]);
    refused(&["--precision", "half"], &["half", "single, double"]);
    refused(&["--instructions", "sse"], &["sse"]);
    refused(&["--alone"], &["--no-gain"]);
    for (event, words) in [
        ("spread = { weeks = [9, 4] }", ["9", "4"]),
        ("spread = { weeks = { least = 4, alpha = 0.9 } }", ["mean", "mean"]),
        ("spread = { left = [0.5, 1.5] }", ["1.5", "spread.left"]),
        ("spread = { left = { mean = 0.5 } }", ["spread.left", "spread.left"]),
        ("spread = { lenght = 4 }", ["lenght", "weeks"]),
        ("spread = { weeks = { uniform = [2, 8] } }", ["events.toml", "{ low = 2, high = 8 }"]),
        ("spread = { weeks = [4] }", ["events.toml", "[4, 13, 52]"]),
        ("chance = 1.5", ["1.5", "chance"]),
        ("a_year = -1.0", ["-1", "a_year"]),
        ("chance = 0.5\na_year = 0.1", ["CHN", "a_year"]),
        ("granted = [[2, 0.5]]\nspread = { left = [0.1, 0.2] }", ["CHN", "granted"]),
    ] {
        refused(&["--file", &of(event)], &words);
    }
}

#[test]
fn a_killed_run_goes_on_and_parts_are_one_run() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let args = ["risk", "--trials", "640", "--horizon", "52", "--no-gain", "--format", "csv"];
    let whole = text(&args);
    let kept = path("kept");
    let all: Vec<&str> = [&args[..], &["--checkpoint", &kept]].concat();
    let mut child = command(&all).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let began = Instant::now();
    // As soon as something is kept.
    while std::fs::metadata(&kept).map_or(0, |m| m.len()) < 50_000
        && began.elapsed() < Duration::from_secs(60)
    {
        std::thread::sleep(Duration::from_millis(5));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(text(&all) == whole, "a killed run goes on to other numbers");
    let files = ["1", "2", "3"].map(|n| {
        let file = path(&format!("part{n}"));
        let part = format!("{n}/3");
        text(&[&args[..], &["--checkpoint", &file, "--shard", &part]].concat());
        file
    });
    let merged = ["merge", &files[2], &files[0], &files[1], "--format", "csv"];
    let of_gain = |line: &&str| line.starts_with("risk,risk_gain");
    let told = text(&merged);
    let told: Vec<&str> = told.lines().filter(|l| !of_gain(l)).collect();
    assert!(told == whole.lines().collect::<Vec<_>>(), "parts are not one run");
    let other = linchpin(&[&args[..], &["--seed", "2", "--checkpoint", &kept]].concat());
    assert_eq!(other.status.code(), Some(2));
    // A full disk: the run goes on and says so.
    let full = linchpin(&[&args[..], &["--checkpoint", "/dev/full"]].concat());
    assert!(!String::from_utf8_lossy(&full.stderr).contains("panicked"));
}
