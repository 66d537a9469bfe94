//! `linchpin outages` and `linchpin merge` at the program: six files in, an answer or every fault of them out; a run in parts is one run.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::path::Path;
use std::process::Output;
use support::{linchpin, text};
use tempfile::TempDir;

/// A robot of an arm, which is bought from two, and a leg, which is made of a screw that is bought from one.
const FILES: [(&str, &str); 6] = [
    ("parts.csv", "part,level\nrobot,0\narm,1\nleg,1\nscrew,2\n"),
    ("bom.csv", "parent,child\nrobot,arm\nrobot,leg\nleg,screw\n"),
    ("suppliers.csv", "supplier,hazard,mean_down\nbig,0.02,4\nsmall,0.05,2\nonly,0.01,6.5\n"),
    ("sourcing.csv", "part,supplier,share\narm,big,0.75\narm,small,0.25\nscrew,only,1\n"),
    ("buffers.csv", "part,buffer_weeks\narm,1\nscrew,0\n"),
    ("products.csv", "part,demand\nrobot,10\n"),
];

/// A folder with these files, some of them replaced.
fn folder(replaced: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (file, text) in FILES.iter().chain(replaced) {
        std::fs::write(folder.path().join(file), text).unwrap();
    }
    folder
}

fn on<'a>(folder: &'a Path, args: &[&'a str]) -> Vec<&'a str> {
    [&["outages", folder.to_str().unwrap()], args].concat()
}

fn run(folder: &Path, args: &[&str]) -> Output {
    linchpin(&on(folder, args))
}

fn shown(folder: &Path, args: &[&str]) -> String {
    text(&on(folder, args))
}

fn refused(folder: &Path, args: &[&str], words: &[&str]) {
    let [english, chinese] = support::refused(&on(folder, args), words);
    assert_ne!(english, chinese, "{args:?} says the same in both languages");
}

#[test]
fn an_answer_in_both_languages_and_the_same_for_any_threads() {
    let folder = folder(&[]);
    let english = shown(folder.path(), &["--trials", "1k", "--lang", "en"]);
    for words in
        ["4 parts, of which 2 are bought; 3 suppliers; 1 product", "CVaR 95 %", "estimated from 1000 trials"]
    {
        assert!(english.replace("1,000", "1000").contains(words), "{words}: {english}");
    }
    let chinese = shown(folder.path(), &["--trials", "1k", "--lang", "zh"]);
    assert!(chinese.contains("4 种零件") && chinese.contains("3 家供应商"), "{chinese}");
    let csv =
        |threads: &str| shown(folder.path(), &["--trials", "1k", "--threads", threads, "--format", "json"]);
    assert_eq!(csv("1"), csv("2"));
    assert_eq!(csv("1"), csv("7"));
    let other = shown(folder.path(), &["--trials", "1k", "--seed", "2", "--format", "json"]);
    assert_ne!(csv("1"), other);
}

/// One more supplier, whoever he is, changes no draw of the others.
#[test]
fn another_supplier_disturbs_nobody() {
    let alone = folder(&[]);
    let (_, parts) = FILES[0];
    let more = folder(&[
        ("suppliers.csv", "supplier,hazard,mean_down\nnew,0.5,3\nbig,0.02,4\nsmall,0.05,2\nonly,0.01,6.5\n"),
        ("parts.csv", &format!("{parts}spare,1\n")),
        ("sourcing.csv", &format!("{}spare,new,1\n", FILES[3].1)),
    ]);
    let rows = |folder: &TempDir| {
        let all = shown(folder.path(), &["--trials", "5k", "--format", "csv", "--table", "loss"]);
        all.lines().filter(|l| !l.contains("down")).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(rows(&alone), rows(&more));
}

#[test]
fn parts_of_a_run_and_a_run_that_goes_on_are_one_run() {
    let folder = folder(&[]);
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let whole = shown(folder.path(), &["--trials", "3000", "--format", "json"]);
    for part in ["3/3", "1/3", "2/3"] {
        let file = at(&part.replace('/', "of"));
        let said = shown(
            folder.path(),
            &["--trials", "3000", "--shard", part, "--checkpoint", &file, "--lang", "en"],
        );
        assert!(said.contains(part), "{said}");
    }
    let [one, two, three] = ["1of3", "2of3", "3of3"].map(at);
    let merged = text(&["merge", &two, &three, &one, "--format", "json"]);
    assert_eq!(merged, whole);
    // The data may have moved.
    let moved = self::folder(&[]);
    let from = moved.path().to_str().unwrap();
    assert_eq!(text(&["merge", &one, &two, &three, "--from", from, "--format", "json"]), whole);
    let other = self::folder(&[("products.csv", "part,demand\nrobot,11\n")]);
    let from = other.path().to_str().unwrap();
    for (args, words) in [
        (vec!["merge", &one, &three], "960–1983"),
        (vec!["merge", &one, &two, &three, "--from", from], "1of3"),
        (vec!["merge", &one, &at("parts.csv")], "parts.csv"),
        (vec!["merge", &at("nowhere")], "nowhere"),
    ] {
        for lang in ["en", "zh"] {
            let output = linchpin(&[&args[..], &["--lang", lang]].concat());
            let said = String::from_utf8(output.stderr).unwrap();
            assert_eq!(output.status.code(), Some(2), "{said}");
            assert!(said.contains(words), "{args:?} {words}: {said}");
        }
    }
    // A journal goes on where it was, and is refused by another seed, number of weeks or network.
    let file = at("run");
    let first = shown(folder.path(), &["--trials", "3000", "--checkpoint", &file, "--format", "json"]);
    assert_eq!(first, whole);
    assert_eq!(shown(folder.path(), &["--trials", "3000", "--checkpoint", &file, "--format", "json"]), whole);
    let length = std::fs::metadata(&file).unwrap().len();
    std::fs::OpenOptions::new().write(true).open(&file).unwrap().set_len(length - 100).unwrap();
    let torn = shown(folder.path(), &["--trials", "3000", "--checkpoint", &file, "--lang", "en"]);
    assert!(torn.contains("bytes were dropped") && torn.contains("came from the checkpoint"), "{torn}");
    for args in [
        ["--trials", "3000", "--seed", "2"],
        ["--trials", "3000", "--weeks", "51"],
        ["--trials", "3001", "--weeks", "52"],
        ["--trials", "3000", "--shard", "1/2"],
    ] {
        refused(folder.path(), &[&args[..], &["--checkpoint", &file]].concat(), &[&file]);
    }
    refused(other.path(), &["--trials", "3000", "--checkpoint", &file], &[&file]);
}

#[test]
fn a_full_disk_is_told_and_ends_nothing() {
    if !Path::new("/dev/full").exists() {
        return;
    }
    let folder = folder(&[]);
    for lang in ["en", "zh"] {
        let said = shown(folder.path(), &["--trials", "500", "--checkpoint", "/dev/full", "--lang", lang]);
        assert!(said.contains("/dev/full") && said.contains("500"), "{said}");
    }
}

#[test]
fn a_run_stops_at_the_wanted_error() {
    let folder = folder(&[]);
    let said = shown(folder.path(), &["--trials", "1M", "--error", "2%", "--format", "json"]);
    let answer: serde_json::Value = serde_json::from_str(&said).unwrap();
    let trials: u64 = answer["stamp"]["request"]["trials"].as_str().unwrap().parse().unwrap();
    assert!((1000..100_000).contains(&trials), "{trials}");
    let loss = answer["tables"].as_array().unwrap().iter().find(|t| t["name"] == "loss").unwrap();
    let mean = &loss["rows"][0];
    let relative = mean["error"].as_f64().unwrap() / mean["value"].as_f64().unwrap();
    assert!(relative <= 0.02 && relative > 0.015, "{relative}");
    for (lang, words) in [("en", "wanted error was reached"), ("zh", "达到所要求的误差")] {
        assert!(shown(folder.path(), &["--trials", "1M", "--error", "2%", "--lang", lang]).contains(words));
    }
    for (lang, words) in [("en", "was not reached"), ("zh", "仍未达到")] {
        assert!(
            shown(folder.path(), &["--trials", "200", "--error", "0.1%", "--lang", lang]).contains(words)
        );
    }
}

#[test]
fn what_cannot_be_run_is_refused() {
    let folder = folder(&[]);
    // A million million trials: more memory than there is, told before the start.
    if cfg!(target_os = "linux") {
        refused(folder.path(), &["--trials", "1000000000000"], &["1", "TB", "--shard"]);
    }
    refused(folder.path(), &["-o", "x.svg"], &[".html"]);
    for args in [
        &["--trials", "0"][..],
        &["--trials", "1.5"],
        &["--trials", "-3"],
        &["--weeks", "0"],
        &["--error", "0"],
        &["--threads", "0"],
        &["--shard", "1/4"],
        &["--shard", "5/4", "--checkpoint", "x"],
        &["--shard", "1/4", "--checkpoint", "x", "--error", "1%"],
    ] {
        assert_eq!(run(folder.path(), args).status.code(), Some(2), "{args:?}");
    }
    assert!(!folder.path().join("x").exists());
    refused(folder.path(), &["--checkpoint", "/nowhere/at/all"], &["/nowhere/at/all"]);
    let letter = folder.path().join("letter.txt");
    std::fs::write(&letter, "to somebody").unwrap();
    refused(folder.path(), &["--checkpoint", letter.to_str().unwrap()], &["letter.txt"]);
    assert_eq!(std::fs::read_to_string(&letter).unwrap(), "to somebody");
}

#[test]
fn all_faults_of_all_files_are_said() {
    let folder = folder(&[
        ("parts.csv", "part,level\nrobot,0\narm,1\nleg,1\nscrew,2\narm,2\nnut,1.5\n"),
        ("bom.csv", "parent,child\nrobot,arm\nleg,robot\nleg,leg\nleg,bolt\nrobot,arm\n"),
        ("suppliers.csv", "supplier,hazard,mean_down\nbig,1.5,4\nsmall,-0.1,0.5\nonly,x,inf\n"),
        (
            "sourcing.csv",
            "part,supplier,share\narm,big,1.75\narm,nobody,0.25\nscrew,only,0.5\nscrew,only,0.5\n",
        ),
        ("buffers.csv", "part,buffer_weeks\narm,-1\nmoon,1\n"),
        ("products.csv", "part,demand\nrobot,-10\nrobot,1e30\n"),
    ]);
    refused(
        folder.path(),
        &[],
        &[
            "parts.csv:6:part  \"arm\"",
            "parts.csv:7:level  \"1.5\"",
            "bom.csv:3:child  \"robot\"",
            "bom.csv:4:child  \"leg\"",
            "bom.csv:5:child  \"bolt\"",
            "bom.csv:6",
            "suppliers.csv:2:hazard  \"1.5\"",
            "suppliers.csv:3:hazard  \"-0.1\"",
            "suppliers.csv:3:mean_down  \"0.5\"",
            "suppliers.csv:4:hazard  \"x\"",
            "suppliers.csv:4:mean_down  \"inf\"",
            "sourcing.csv:2:share  \"1.75\"",
            "sourcing.csv:3:supplier  \"nobody\"",
            "sourcing.csv:5",
            "buffers.csv:2:buffer_weeks  \"-1\"",
            "buffers.csv:3:part  \"moon\"",
            "products.csv:2:demand  \"-10\"",
            "products.csv:3:demand  \"1e30\"",
        ],
    );
    // What only the files together show.
    let folder = self::folder(&[
        ("sourcing.csv", "part,supplier,share\narm,big,0.75\narm,small,0.2\nleg,only,1\n"),
        ("buffers.csv", "part,buffer_weeks\nleg,1\n"),
        ("products.csv", "part,demand\nrobot,0\n"),
    ]);
    refused(
        folder.path(),
        &[],
        &[
            "sourcing.csv:2:share  \"arm: 0.95\"",
            "sourcing.csv:4:part  \"leg\"",
            "buffers.csv:2:part  \"leg\"",
            "parts.csv:5:part  \"screw\"",
            "products.csv:2:demand  \"robot\"",
        ],
    );
    std::fs::remove_file(folder.path().join("bom.csv")).unwrap();
    refused(folder.path(), &[], &["bom.csv"]);
    refused(&folder.path().join("nowhere"), &[], &["nowhere"]);
}

/// However many they are, every kind of fault has words.
#[test]
fn many_faults_of_every_kind_have_words() {
    let lines = |of: &dyn Fn(usize) -> String| (0..30).map(of).collect::<String>();
    let wrong = folder(&[
        ("bom.csv", &format!("parent,child\n{}", lines(&|i| format!("robot,x{i}\nleg,robot\n")))),
        ("sourcing.csv", &format!("part,supplier,share\n{}", lines(&|i| format!("arm,s{i},1\n")))),
    ]);
    refused(wrong.path(), &[], &["30"]);
    let more = lines(&|i| format!("made{i},1\nbought{i},2\nnone{i},2\nhalf{i},2\n"));
    let wrong = folder(&[
        ("parts.csv", &format!("{}{more}", FILES[0].1)),
        ("bom.csv", &format!("{}{}", FILES[1].1, lines(&|i| format!("made{i},bought{i}\n")))),
        (
            "sourcing.csv",
            &format!(
                "{}{}",
                FILES[3].1,
                lines(&|i| format!("made{i},big,1\nbought{i},big,1\nhalf{i},big,0.5\n"))
            ),
        ),
        ("buffers.csv", &format!("{}{}", FILES[4].1, lines(&|i| format!("made{i},1\n")))),
    ]);
    refused(wrong.path(), &[], &["30", "sourcing.csv:share", "buffers.csv:part", "parts.csv:part"]);
}
