//! `linchpin firms` at the program: two files in, an answer or every fault of them out.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::path::Path;
use std::process::Output;
use support::{linchpin, text};
use tempfile::TempDir;

const FIRMS: &str = "firm,sector,final_demand,delta,delta_start\nmine,ore,0,1,0\nplant,metal,20,0,0\n";
const LINKS: &str = "supplier,client,amount\nmine,plant,10\n";

fn folder(firms: &str, links: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("firms.csv"), firms).unwrap();
    std::fs::write(folder.path().join("links.csv"), links).unwrap();
    folder
}

fn on<'a>(folder: &'a Path, args: &[&'a str]) -> Vec<&'a str> {
    [&["firms", folder.to_str().unwrap()], args].concat()
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
fn an_answer_in_both_languages() {
    let folder = folder(FIRMS, LINKS);
    let english = shown(folder.path(), &["--lang", "en", "--days", "20"]);
    for words in
        ["2 firms, 1 link; 1 is damaged, for good", "12.5 days", "Value added missing, day 0 to 19: ▅▅"]
    {
        assert!(english.contains(words), "{words}: {english}");
    }
    // No atlas stands behind it.
    let stamp = english.lines().last().unwrap();
    assert!(!stamp.contains("atlas") && stamp.contains("data ") && stamp.ends_with("exact"), "{stamp}");
    let chinese = shown(folder.path(), &["--lang", "zh", "--days", "20"]);
    assert!(chinese.contains("2 家企业，1 条供货关系；1 家受损") && chinese.contains("12.5 天"), "{chinese}");
}

#[test]
fn options_say_how_firms_behave() {
    let folder = folder(FIRMS, LINKS);
    let series_of = |folder: &Path, args: &[&str]| -> Vec<f64> {
        let all = ["--table", "series", "--format", "csv"];
        let text = shown(folder, &[args, &all].concat());
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let at = reader.headers().unwrap().iter().position(|h| h == "output").unwrap();
        reader.records().map(|r| r.unwrap()[at].parse().unwrap()).collect()
    };
    let series = |args: &[&str]| series_of(folder.path(), args);
    // The plant stands still when its stock is gone.
    let still = |output: Vec<f64>| output.iter().position(|o| *o < 1e-6).map(|row| row - 1);
    assert_eq!(series(&[]).len(), 61);
    assert_eq!(still(series(&[])), Some(15));
    assert_eq!(still(series(&["--cover", "4"])), Some(4));
    let back = series(&["--recovery", "10", "--days", "200"]);
    assert!(still(back.clone()).is_none() && (back[200] - 30.0).abs() < 1e-3, "{back:?}");
    for way in ["pro-rata", "water-filling", "water-filling-as-published", "final-demand-last"] {
        assert_eq!(still(series(&["--rationing", way])), Some(15), "{way}");
    }
    let thousand = Path::new(env!("CARGO_MANIFEST_DIR")).join("../linchpin-kernel/tests/firms");
    assert_ne!(series_of(&thousand, &["--adjustment", "3"]), series_of(&thousand, &[]));
    let json = shown(folder.path(), &["--format", "json", "--limit", "1", "--cover", "20"]);
    let answer: serde_json::Value = serde_json::from_str(&json).unwrap();
    let request = &answer["stamp"]["request"];
    assert_eq!((&request["cover"], &request["rationing"]), (&"20".into(), &"pro-rata".into()));
    let english = shown(folder.path(), &["--adjustment", "1", "--lang", "en", "--limit", "1"]);
    assert!(english.contains("1 of the 2 firms") && english.contains("orders swing"), "{english}");
}

#[test]
fn options_that_are_wrong_are_refused() {
    let folder = folder(FIRMS, LINKS);
    let ways = "pro-rata, water-filling, water-filling-as-published, final-demand-last";
    refused(folder.path(), &["--rationing", "lottery"], &["lottery", ways]);
    refused(folder.path(), &["-o", "x.svg"], &[".html"]);
    refused(folder.path(), &["--table", "sectors"], &["sectors", "totals, series, firms"]);
    for args in [["--cover", "0.5"], ["--adjustment", "0"], ["--recovery", "-1"], ["--days", "0"]] {
        let output = run(folder.path(), &args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
    }
}

#[test]
fn all_faults_of_both_files_are_said_and_nothing_is_written() {
    let folder = folder(
        "firm,sector,final_demand,delta,delta_start\nmine,ore,-1,1,0\nplant,metal,20,7,0\nmine,ore,0,0,0.5\n",
        "supplier,client,amount\nmine,plant,10\nmine,plant,5\nsmelter,plant,NaN\nplant,plant,1\n",
    );
    let output = folder.path().join("answer.json");
    refused(
        folder.path(),
        &["-o", output.to_str().unwrap()],
        &[
            "firms.csv:2:final_demand  \"-1\"",
            "firms.csv:3:delta  \"7\"",
            "firms.csv:4:delta_start  \"0.5\"",
            "firms.csv:4:firm  \"mine\"",
            "links.csv:3  \"mine → plant\"",
            "links.csv:4:amount  \"NaN\"",
            "links.csv:4:supplier  \"smelter\"",
            "links.csv:5:client  \"plant\"",
            "8",
        ],
    );
    assert!(!output.exists());
    let both = self::folder(FIRMS, LINKS);
    std::fs::write(both.path().join("firms.parquet"), "x").unwrap();
    refused(both.path(), &[], &["firms.csv", "firms.parquet"]);
    std::fs::remove_file(both.path().join("firms.csv")).unwrap();
    refused(both.path(), &[], &["firms.parquet", "Parquet"]);
    std::fs::remove_file(both.path().join("firms.parquet")).unwrap();
    refused(both.path(), &[], &["firms.csv"]);
    refused(&both.path().join("nowhere"), &[], &["nowhere"]);
}

/// However many they are, every kind of fault has words, and the count is that of all.
#[test]
fn many_faults_of_every_kind_have_words() {
    let mut firms = FIRMS.to_owned();
    let mut links = LINKS.to_owned();
    for i in 0..30 {
        // More than the one fault that is meant would hide others of its row.
        firms += &format!("f{i},ore,-1,2,0.5\nf{i},ore,1,0,0\ng{i},ore,1e19,,x\nh{i},,\"1,5\",-1,1e999\n");
        firms += &format!("i{i},ore,1e-15,0\nj\u{7}{i},ore,1e-15,0,0\nk{i},ore,\"1\n\",0,0\n");
        links += &format!("plant,mine,{i}\nx{i},mine,1\nplant,plant,1\nmine,,1\n");
    }
    let folder = folder(&firms, &links);
    std::fs::write(
        folder.path().join("firms.csv"),
        [firms.as_bytes(), &b"\xff,\xff,1,0,0\n".repeat(30)].concat(),
    )
    .unwrap();
    refused(folder.path(), &[], &["30", "firms.csv:firm", "links.csv:supplier"]);
    let of_sales: String = (0..30).map(|i| format!("n{i},ore,0,0,0\n")).collect();
    let bought: String = (0..30).map(|i| format!("plant,n{i},1\n")).collect();
    let folder = self::folder(&format!("{FIRMS}{of_sales}"), &format!("{LINKS}{bought}"));
    refused(folder.path(), &[], &["30", "\"n0\"", "\"n19\""]);
}
