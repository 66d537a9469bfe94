//! Bad input at the program: exit code 2, every fault on standard error in the reader's language, and nothing written.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

const LANGUAGES: [&str; 2] = ["en", "zh"];

fn program(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_linchpin"));
    command.args(args).env_remove("COLUMNS").env("LC_ALL", "C.UTF-8");
    command
}

fn run(args: &[&str]) -> Output {
    program(args).output().unwrap()
}

/// The text on standard error of a refusal: exit code 2 and nothing on standard output.
fn refused(args: &[&str]) -> String {
    let output = run(args);
    let text = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{args:?}: {text}");
    assert!(output.stdout.is_empty(), "{args:?} wrote to standard output");
    assert!(!text.trim().is_empty(), "{args:?} says nothing");
    // A fault of a message would be printed as data.
    assert!(!text.contains("Message {") && !text.contains("panicked"), "{args:?}: {text}");
    text
}

/// Refused in both languages, with each of the words in both.
fn refused_naming(args: &[&str], words: &[&str]) {
    let texts = LANGUAGES.map(|lang| refused(&[args, &["--lang", lang]].concat()));
    for text in &texts {
        for word in words {
            assert!(text.contains(word), "{args:?} does not name {word}: {text}");
        }
    }
    assert_ne!(texts[0], texts[1], "{args:?} says the same in both languages");
    assert!(texts[1].chars().any(|c| ('\u{4e00}'..'\u{9fff}').contains(&c)), "{}", texts[1]);
}

fn names(folder: &Path) -> BTreeSet<String> {
    std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect()
}

fn shipped() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in linchpin_atlas::files() {
        std::fs::write(folder.path().join(name), bytes).unwrap();
    }
    folder
}

fn append(folder: &TempDir, file: &str, text: &str) {
    let path = folder.path().join(file);
    let mut bytes = std::fs::read(&path).unwrap();
    bytes.extend_from_slice(text.as_bytes());
    std::fs::write(path, bytes).unwrap();
}

/// An atlas with faults of most kinds, and the places where they stand.
fn broken() -> (TempDir, Vec<String>) {
    let folder = shipped();
    let next = |file: &str| -> u64 {
        let bytes = std::fs::read(folder.path().join(file)).unwrap();
        1 + bytes.iter().filter(|b| **b == b'\n').count() as u64
    };
    let mut places = vec![];
    let mut add = |file: &str, rows: &[(&str, &[&str])]| {
        for (row, columns) in rows {
            let line = next(file);
            append(&folder, file, &format!("{row}\n"));
            match columns.is_empty() {
                true => places.push(format!("{file}:{line}")),
                false => places.extend(columns.iter().map(|c| format!("{file}:{line}:{c}"))),
            }
        }
    };
    add(
        "countries.csv",
        &[("AAA,x", &[]), ("=A1,x,", &["code", "name_zh"]), ("A B,x\u{7},x", &["code", "name_en"])],
    );
    add(
        "elements.csv",
        &[("Zz,x,x,one,", &["rank"]), ("Zy,x,x,99999999999,", &["rank"]), ("Zy,x,x,2025-01-02,", &["rank"])],
    );
    add("companies.csv", &[("zz,x,,,no_such_country,no_such_owner,", &["country", "parent"])]);
    add("items.csv", &[("zz,x,x,no_stage,furlong,,,,", &["stage", "unit"])]);
    add(
        "masses.csv",
        &[
            ("no_item,-1,,,kg,,,reported,,", &["item", "value", "source"]),
            ("no_item_b,NaN,\"1,000\",,furlong,,a b,assumed,,", &["value", "low", "unit", "source"]),
            ("no_item_c,1,2,0.5,kg,,,derived,,", &["value", "low", "formula"]),
            ("no_item_d,1,,,kg,,,assumed,1+,", &["note", "low", "standing", "formula"]),
            ("no_item_e,1,,,kg,,,derived,no_parameter,", &["formula"]),
            ("no_item_f,,,,kg,,,derived,1/0,", &["formula"]),
            ("no_item_g,2,,,kg,,,derived,1,", &["value"]),
        ],
    );
    add(
        "sites.csv",
        &[("zz,x,,,CHN,no_item,a;;b,no_status,soon,2025-02-30,", &["item", "recipes", "status"])],
    );
    add("sites.csv", &[("zy,x \"y\",,,,,,,,,", &["name"]), ("zx,\"never closed", &["name"])]);
    add("yields.csv", &[("no_recipe,no_slot,1.5,,,fraction,,,reported,,", &["recipe", "value", "source"])]);
    std::fs::remove_file(folder.path().join("materials.csv")).unwrap();
    std::fs::write(folder.path().join("lanes.csv"), [0xff, 0xfe, 0x41, 0x00]).unwrap();
    std::fs::write(folder.path().join("demands.csv"), b"item,market\xe9\n").unwrap();
    std::fs::write(folder.path().join("prices.csv"), "").unwrap();
    std::fs::write(folder.path().join("reserves.csv"), "item,item,surprise\n").unwrap();
    std::fs::write(folder.path().join("claims.csv"), vec![b'x'; 3 << 20]).unwrap();
    std::fs::write(folder.path().join("products.csv"), "item,alias,assembly_country,note\n").unwrap();
    std::fs::write(folder.path().join("Items.csv"), "").unwrap();
    std::fs::write(folder.path().join("datapackage.json"), "{\"name\": \"x\"}").unwrap();
    std::fs::create_dir(folder.path().join("old")).unwrap();
    std::fs::write(folder.path().join("old/items.csv"), "").unwrap();
    let files = [
        "materials.csv",
        "lanes.csv",
        "demands.csv:1",
        "prices.csv",
        "reserves.csv:1:surprise",
        "claims.csv:1",
    ];
    places.extend(files.map(str::to_owned));
    let files = [
        "reserves.csv:1:item",
        "reserves.csv:1:value",
        "products.csv",
        "Items.csv",
        "datapackage.json",
        "old",
    ];
    places.extend(files.map(str::to_owned));
    (folder, places)
}

#[test]
fn all_faults_of_an_atlas_are_told_in_both_languages() {
    let (folder, places) = broken();
    let path = folder.path().to_str().unwrap();
    let mut counts = vec![];
    for lang in LANGUAGES {
        let text = refused(&["atlas", "check", path, "--lang", lang]);
        let told: BTreeSet<&str> =
            text.lines().filter(|l| !l.starts_with(' ')).filter_map(|l| l.split("  ").next()).collect();
        for place in &places {
            assert!(told.contains(place.as_str()), "{place} is not told ({lang}): {text}");
        }
        counts.push(told.len());
    }
    assert_eq!(counts[0], counts[1]);
}

/// Rows that are sound by themselves: what stands in the way of each is said with its numbers and its remedy.
#[test]
fn rows_that_cannot_hold_together_are_told() {
    let folder = shipped();
    let made_up =
        |value: &str, unit: &str| format!("{value},{value},{value},{unit},2024,,assumed,,made up\n");
    append(&folder, "companies.csv", "zz_self,x,,,CHN,zz_self,\nzz_a,x,,,CHN,zz_b,\nzz_b,x,,,CHN,zz_a,\n");
    append(&folder, "companies.csv", "zz_two,x,,,CHN,zz_a;zz_b,\n");
    append(&folder, "countries.csv", "SUN,x,x\n");
    append(&folder, "groups.csv", "zz_empty,x,x,,\n");
    append(&folder, "items.csv", "zz_market,x,x,alloy,kg,,,,\nzz_kind,x,x,alloy,kg,,zz_market,,\n");
    append(&folder, "commodities.csv", "zz_line,x,x,gallium,\n");
    append(&folder, "imports.csv", &format!("USA,zz_line,CHN,2024,{}", made_up("0.9", "fraction")));
    append(&folder, "imports.csv", &format!("USA,zz_line,JPN,2024,{}", made_up("20", "%")));
    append(&folder, "sites.csv", "zz_site,x,,,CHN,gallium,,operating,,,\n");
    append(&folder, "lanes.csv", &format!("zz_site,rus_gallium,gallium,,{}", made_up("0.9", "fraction")));
    append(&folder, "lanes.csv", &format!("zz_site,zz_site,gallium,,{}", made_up("0.3", "fraction")));
    append(&folder, "site_figures.csv", &format!("zz_site,capacity,2024,{}", made_up("70", "t/y")));
    append(&folder, "site_figures.csv", &format!("zz_site,output,2024,{}", made_up("77", "t/y")));
    append(&folder, "reliances.csv", &format!("USA,zz_line,2024,{}", made_up("1.5", "fraction")));
    let source = std::fs::read_to_string(folder.path().join("sources.csv")).unwrap();
    let source = source.lines().nth(1).unwrap().split(',').next().unwrap().to_owned();
    let control = format!("zz_c,x,x,CHN,CHN,,gallium,ban,,ended,,2025-02-02,2025-02-01,{source},\n");
    append(&folder, "controls.csv", &control);
    let told: [(&str, &str, &[&str]); 14] = [
        ("companies.csv", "parent", &["zz_self"]),
        ("companies.csv", "parent", &["zz_a → zz_b → zz_a", "parent"]),
        ("companies.csv", "parent", &["zz_b → zz_a → zz_b"]),
        ("companies.csv", "parent", &["zz_a;zz_b", "note"]),
        ("countries.csv", "code", &["SUN", "RUS, UKR"]),
        ("groups.csv", "id", &["zz_empty", "members.csv"]),
        ("items.csv", "pool", &["zz_market", "sites.csv"]),
        ("imports.csv", "value", &["USA", "zz_line", "2024", "1.1000", "1.02"]),
        ("lanes.csv", "value", &["zz_site", "1.2000", "1.02"]),
        ("site_figures.csv", "value", &["77 t/y", "70 t/y", "2 %"]),
        ("controls.csv", "target", &["CHN"]),
        ("controls.csv", "until", &["2025-02-01", "2025-02-02"]),
        ("reliances.csv", "value", &["1.5", "1"]),
        ("reliances.csv", "low", &["1.5", "1"]),
    ];
    for lang in LANGUAGES {
        let text = refused(&["atlas", "check", folder.path().to_str().unwrap(), "--lang", lang]);
        // A fault is a line with its place, and further lines that are indented.
        let mut faults: Vec<String> = vec![];
        for line in text.lines() {
            match faults.last_mut() {
                Some(last) if line.starts_with(' ') => last.push_str(line),
                _ => faults.push(line.to_owned()),
            }
        }
        for (file, column, words) in told {
            let is = |fault: &&String| {
                let place = fault.split("  ").next().unwrap_or_default();
                place.starts_with(&format!("{file}:"))
                    && place.ends_with(&format!(":{column}"))
                    && words.iter().all(|w| fault.contains(w))
            };
            assert!(faults.iter().any(|f| is(&f)), "{file} {column} {words:?} is not told ({lang}): {text}");
        }
    }
}

#[test]
fn every_verb_refuses_a_broken_atlas_and_writes_nothing() {
    let (atlas, _) = broken();
    let atlas = atlas.path().to_str().unwrap();
    let out = tempfile::tempdir().unwrap();
    let verbs: [&[&str]; 5] =
        [&["brief"], &["explode"], &["expose"], &["explain", "prices/nd_oxide"], &["atlas", "coverage"]];
    for verb in verbs {
        refused_naming(&[verb, &["--atlas", atlas]].concat(), &["masses.csv", "Items.csv"]);
        for ending in ["json", "csv", "md", "xlsx"] {
            let file = out.path().join(format!("file.{ending}"));
            let args = [verb, &["--atlas", atlas, "-o", file.to_str().unwrap()]].concat();
            refused(&args);
            assert_eq!(names(out.path()), BTreeSet::new(), "{args:?}");
            std::fs::write(&file, "as it was").unwrap();
            refused(&args);
            assert_eq!(std::fs::read_to_string(&file).unwrap(), "as it was");
            assert_eq!(names(out.path()).len(), 1, "{args:?}");
            std::fs::remove_file(&file).unwrap();
        }
    }
    let nowhere = out.path().join("nowhere");
    refused_naming(&["brief", "--atlas", nowhere.to_str().unwrap()], &["nowhere"]);
    // A folder without any table lacks all that are required.
    refused_naming(&["brief", "--atlas", out.path().to_str().unwrap()], &["items.csv", "datapackage.json"]);
}

#[test]
fn what_is_typed_is_checked() {
    let out = tempfile::tempdir().unwrap();
    let file = out.path().join("file.json");
    let file = file.to_str().unwrap();
    let cases: [(&[&str], &[&str]); 22] = [
        (&["brief", "--product", "no_robot"], &["no_robot", "optimus"]),
        (&["explode", "--product", "no_robot"], &["no_robot", "optimus"]),
        (&["explode", "--where-used", "no_item"], &["no_item"]),
        (&["explain", "no/such/figure"], &["no/such/figure"]),
        (&["explain", "prices/no_item"], &["prices/no_item"]),
        (&["explain", "brief/no_table/x"], &["brief/no_table/x"]),
        (&["explain", "explode/no_table/x"], &["explode/no_table/x"]),
        (&["explain", "expose/no_table/x"], &["expose/no_table/x"]),
        (&["expose", "--table", "no_table"], &["no_table", "concentration"]),
        (&["explain", "钕"], &["钕"]),
        (&["brief", "--set", "nonsense"], &["nonsense"]),
        (&["brief", "--set", "prices/nd_oxide=NaN"], &["prices/nd_oxide=NaN"]),
        (&["brief", "--set", "prices/nd_oxide=1e999"], &["1e999"]),
        (&["brief", "--set", "prices/nd_oxide=1,000"], &["1,000"]),
        (&["brief", "--set", "prices/nd_oxide="], &["prices/nd_oxide="]),
        (&["brief", "--set", "=3"], &[]),
        (&["brief", "--set", "prices/no_item=3"], &["prices/no_item"]),
        (&["brief", "--set", "prices/no_item*=3"], &["prices/no_item"]),
        (&["brief", "--table", "no_table"], &["no_table"]),
        (&["explode", "--table", "no_table"], &["no_table", "requirement"]),
        (&["atlas", "schema", "--table", "no_table"], &["no_table"]),
        (&["brief", "--scenario", "/no/such/file"], &["/no/such/file"]),
    ];
    for (args, words) in cases {
        refused_naming(args, words);
        refused(&[args, &["-o", file]].concat());
        assert_eq!(names(out.path()), BTreeSet::new(), "{args:?}");
    }
    for wrong in ["x", "", "-1", "0", "NaN", "inf", "1e13", "1,00", "1,5", "k", "1e999"] {
        refused(&["brief", &format!("--volume={wrong}")]);
        refused(&["explode", &format!("--units={wrong}")]);
    }
    for wrong in ["0", "33", "-1", "two", "99999999999999999999"] {
        refused(&["explode", &format!("--depth={wrong}")]);
    }
    let wrong: [&[&str]; 8] = [
        &["no-such-verb"],
        &["brief", "--no-such-flag"],
        &["brief", "--format", "docx"],
        &["brief", "--lang", "fr"],
        &["explode", "--year", "soon"],
        &["explain"],
        &["atlas"],
        &["explain", "prices/nd_oxide", "--limit", "-1"],
    ];
    for args in wrong {
        refused(args);
    }
}

#[test]
fn scenario_files_are_checked() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("scenario.json");
    let file = file.to_str().unwrap();
    for wrong in [
        &b""[..],
        b"{",
        b"[]",
        b"{}",
        b"\xff\xfe",
        b"{\"changes\": []}",
        b"{\"changes\": {\"prices/nd_oxide\": 80}}",
        b"{\"changes\": {\"prices/nd_oxide\": {\"set\": \"80\"}}}",
        b"{\"changes\": {\"prices/nd_oxide\": {\"set\": 1e999}}}",
        b"{\"changes\": {\"prices/nd_oxide\": {\"set\": NaN}}}",
        b"{\"changes\": {\"prices/nd_oxide\": {\"raise\": 1}}}",
        b"{\"changes\": {}, \"surprise\": 1}",
    ] {
        std::fs::write(file, wrong).unwrap();
        refused_naming(&["brief", "--scenario", file], &["scenario.json"]);
    }
    std::fs::write(file, "[".repeat(100_000)).unwrap();
    refused(&["brief", "--scenario", file]);
    std::fs::write(file, "{\"changes\": {\"prices/no_item\": {\"set\": 80}}}").unwrap();
    refused_naming(&["brief", "--scenario", file], &["prices/no_item"]);
    refused_naming(
        &["brief", "--scenario", folder.path().to_str().unwrap()],
        &[folder.path().to_str().unwrap()],
    );
}

#[test]
fn what_cannot_be_written_is_not_begun() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    refused_naming(&["brief", "-o", &at("file.docx")], &["file.docx"]);
    refused_naming(&["brief", "-o", &at("file")], &["file"]);
    refused_naming(&["brief", "-o", &at("no/such/folder/file.json")], &["no/such/folder/file.json"]);
    std::fs::write(at("plain"), "x").unwrap();
    refused_naming(&["brief", "-o", &at("plain/file.json")], &["plain/file.json"]);
    refused_naming(&["atlas", "export", &at("plain")], &["plain"]);
    refused_naming(&["atlas", "export", &at("plain/below")], &["plain/below"]);
    std::fs::create_dir(at("folder.json")).unwrap();
    refused_naming(&["brief", "-o", &at("folder.json")], &["folder.json"]);
    if cfg!(target_os = "linux") {
        refused_naming(&["brief", "-o", "/proc/file.json"], &["/proc/file.json"]);
        refused_naming(&["atlas", "export", "/proc/atlas"], &["/proc/atlas"]);
    }
    // An export does not mix with what is there.
    std::fs::create_dir(at("full")).unwrap();
    std::fs::write(at("full/items.csv"), "mine").unwrap();
    refused_naming(&["atlas", "export", &at("full")], &["full"]);
    assert_eq!(std::fs::read_to_string(at("full/items.csv")).unwrap(), "mine");
    assert_eq!(names(Path::new(&at("full"))).len(), 1);
    let left = ["folder.json", "full", "plain"].map(str::to_owned);
    assert_eq!(names(folder.path()), BTreeSet::from(left));
    assert_eq!(names(Path::new(&at("folder.json"))), BTreeSet::new());
}

#[test]
fn a_reader_that_has_seen_enough_is_no_fault() {
    for args in
        [&["explode", "--depth", "32"][..], &["explode", "--format", "json"], &["explode", "--format", "csv"]]
    {
        let mut child = program(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut first = String::new();
        BufReader::with_capacity(16, child.stdout.take().unwrap()).read_line(&mut first).unwrap();
        let mut text = String::new();
        child.stderr.take().unwrap().read_to_string(&mut text).unwrap();
        assert_eq!((child.wait().unwrap().code(), text.as_str()), (Some(0), ""), "{args:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told() {
    let full = || std::fs::File::options().write(true).open("/dev/full").unwrap();
    let output = program(&["explode"]).stdout(full()).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("stdout"));
}

#[cfg(target_os = "linux")]
#[test]
#[ignore = "heavy: a file of two gigabytes, though sparse, run by ./x test --all"]
fn a_line_of_two_gigabytes_fits_into_little_memory() {
    let atlas = shipped();
    let file = std::fs::File::options().write(true).open(atlas.path().join("items.csv")).unwrap();
    file.set_len(2 << 30).unwrap();
    let limited = format!(
        "ulimit -v 1000000; exec {} atlas check {}",
        env!("CARGO_BIN_EXE_linchpin"),
        atlas.path().display()
    );
    let output = Command::new("sh").args(["-c", &limited]).output().unwrap();
    let text = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{text}");
    assert!(text.contains("items.csv:") && text.contains("1 MiB"), "{text}");
}
