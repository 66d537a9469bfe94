//! What the documents show of today's data is what the program says. After a change of the data:
//! `LINCHPIN_BLESS=1 cargo test --release -p linchpin-cli --test documents`, and read the difference.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

fn document(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

/// Compares a document with what it should say, or writes it if blessed.
fn expect(path: &str, is: &str, should: &str) {
    if std::env::var_os("LINCHPIN_BLESS").is_some() {
        std::fs::write(document(path), should).unwrap();
    } else {
        assert_eq!(is, should, "{path}");
    }
}

/// Runs a line as it stands after `$ ` in a folder: arguments without quotes, and `| grep ^WORD` at most.
fn run(line: &str, folder: &Path) -> String {
    let (command, filter) = line.split_once(" | grep ^").unwrap_or((line, ""));
    let words: Vec<&str> = command.split_whitespace().collect();
    assert_eq!(words[0], "linchpin", "{line}");
    let output = Command::new(env!("CARGO_BIN_EXE_linchpin"))
        .args(&words[1..])
        .current_dir(folder)
        .env_remove("COLUMNS")
        .env("LC_ALL", "C.UTF-8")
        .output()
        .unwrap();
    assert!(matches!(output.status.code(), Some(0 | 2)), "{line}");
    let text = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    text.lines().filter(|l| l.starts_with(filter)).map(|l| format!("{l}\n")).collect()
}

fn append(file: &Path, rows: &str) {
    let mut text = std::fs::read_to_string(file).unwrap();
    text.push_str(rows);
    std::fs::write(file, text).unwrap();
}

/// The tutorial is followed line by line: its rows are added where it says so, its slip of the pen is corrected where it
/// says so, and what it prints below a command is what the command prints.
#[test]
fn the_tutorial_prints_what_it_says() {
    let path = "docs/tutorial-magnet-plant.md";
    let text = std::fs::read_to_string(document(path)).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let atlas = folder.path().join("my-atlas");
    let mut should = String::new();
    let mut tables = ["sites.csv", "site_figures.csv"].into_iter();
    let (mut ran, mut kind) = (0, "");
    for (number, block) in text.split("```").enumerate() {
        if number > 0 {
            should.push_str("```");
        }
        if number % 2 == 0 {
            kind = "";
            if block.contains("Correct it:") {
                let sites = std::fs::read_to_string(atlas.join("sites.csv")).unwrap();
                std::fs::write(atlas.join("sites.csv"), sites.replace("magnet_ndfebb", "magnet_ndfeb"))
                    .unwrap();
            }
            should.push_str(block);
            continue;
        }
        let (first, rest) = block.split_once('\n').unwrap();
        kind = if kind.is_empty() { first } else { kind };
        match kind {
            "csv" => {
                append(&atlas.join(tables.next().unwrap()), rest);
                should.push_str(block);
            }
            "console" => {
                should.push_str("console\n");
                let shows = rest.lines().any(|l| !l.starts_with("$ "));
                for line in rest.lines().filter_map(|l| l.strip_prefix("$ ")) {
                    let printed = run(line, folder.path());
                    assert!(!printed.is_empty(), "{line}");
                    ran += 1;
                    writeln!(should, "$ {line}").unwrap();
                    should.push_str(if shows { &printed } else { "" });
                }
            }
            _ => should.push_str(block),
        }
    }
    assert!(ran >= 7, "{ran} commands");
    let hash = |text: &str| {
        let after = text.split_once(" figures, data ").unwrap().1;
        after.split_once('.').unwrap().0.to_owned()
    };
    let (old, new) = (hash(&text), hash(&should));
    expect(path, &text, &should.replace(&old, &new));
}

/// Every verb has words for all that it says, in every format and in both languages: what only a file shows, too.
#[test]
fn every_verb_renders_in_every_format() {
    let folder = tempfile::tempdir().unwrap();
    run("linchpin atlas export other", folder.path());
    // One figure more, so that there is something to tell apart.
    let figure = "mp_fort_worth,capacity,2031,9000,8000,10000,t/y,2031,,assumed,,for this test\n";
    append(&folder.path().join("other/site_figures.csv"), figure);
    std::fs::create_dir(folder.path().join("network")).unwrap();
    for file in ["firms.csv", "links.csv"] {
        let from = document("crates/linchpin-kernel/tests/firms").join(file);
        std::fs::copy(from, folder.path().join("network").join(file)).unwrap();
    }
    by_hand(&folder.path().join("by-hand"));
    for verb in [
        "brief",
        "explode",
        "explode --where-used magnet_n48h",
        "expose",
        "expose --stop CHN/magnet --mode exports",
        "disrupt exports CHN --items magnets.dytb --to USA --weeks 26",
        "disrupt --shipped all_of_china --path 0=10,52=1000 --backlog --way-lost --adjustment 1",
        "disrupt --shipped licences_2025 --volume 500k",
        "disrupt demand harmonic_reducer --left 2",
        "explain disrupt/outcome/as_asked/robots_lost --shipped mirror",
        "company MP",
        "audit",
        "explain brief/inside/Nd/robot",
        "atlas coverage",
        "atlas questions",
        "atlas schema",
        "atlas diff shipped other",
        "compare optimus g1 --stop CHN/magnet",
        "compare shipped:walker other:walker --set prices/nd_oxide*=2",
        "firms network",
        "firms network --recovery 30 --adjustment 1 --rationing water-filling-as-published",
        "outages by-hand --weeks 4 --trials 100",
    ] {
        for format in ["json", "csv", "md", "xlsx", "terminal"] {
            for lang in ["en", "zh"] {
                let output = folder.path().join("out");
                let line = format!("linchpin {verb} --format {format} --lang {lang} -o {}", output.display());
                run(&line, folder.path());
                assert!(std::fs::metadata(&output).is_ok_and(|m| m.len() > 100), "{line}");
                std::fs::remove_file(&output).unwrap();
            }
        }
    }
}

/// The network that the page of outages works by hand: its blocks of CSV, each with the name of its file.
fn by_hand(folder: &Path) -> String {
    let text = std::fs::read_to_string(document("docs/outages.md")).unwrap();
    std::fs::create_dir(folder).unwrap();
    for block in text.split("```").filter_map(|b| b.strip_prefix("csv ")) {
        let (name, rows) = block.split_once('\n').unwrap();
        std::fs::write(folder.join(name), rows).unwrap();
    }
    text
}

/// What the page of outages works by hand is what the program says.
#[test]
fn the_page_of_outages_prints_what_it_works_by_hand() {
    let folder = tempfile::tempdir().unwrap();
    let text = by_hand(&folder.path().join("by-hand"));
    let line = "linchpin outages by-hand --weeks 4 --trials 1000 --lang en";
    let printed = run(&format!("{line} --table loss --format csv"), folder.path());
    let mean = printed.lines().find(|l| l.starts_with("mean,")).unwrap();
    // Half of 40 robots: (0 + 0.5 + 0.75 + 0.75) weeks of 4.
    assert!(mean.contains(",0.5,") && mean.ends_with(",20"), "{mean}");
    let block = format!("```console\n$ {line}\n{}```\n", run(line, folder.path()));
    expect("docs/outages.md", &text, &filled(&text, "worked", &block));
}

/// The pictures of the book are what the program draws today, where it was built with the script that draws them.
#[test]
fn the_book_shows_todays_pictures() {
    let folder = tempfile::tempdir().unwrap();
    let brief = "brief --volume 50000";
    let risk = "risk --trials 512 --no-gain";
    for (verb, name) in [
        (brief, "ladder"),
        (brief, "wall"),
        (brief, "stops"),
        (brief, "made"),
        (brief, "flow"),
        ("disrupt --shipped magnets_usa", "curve"),
        ("disrupt --shipped congo_quota", "causes"),
        ("disrupt --shipped all_of_china", "calendar"),
        (risk, "fan"),
        (risk, "exceedance"),
        (risk, "survival"),
        (risk, "quarters"),
        ("risk --trials 512", "ranking"),
        ("compare g1 walker", "masses"),
        ("compare g1 walker", "changes"),
    ] {
        let line = format!("linchpin {verb} --picture {name} -o picture.svg --lang en");
        let said = run(&line, folder.path());
        if said.contains("without Node") {
            return;
        }
        let drawn = std::fs::read_to_string(folder.path().join("picture.svg")).unwrap();
        let path = format!("docs/pictures/{name}.svg");
        let is = std::fs::read_to_string(document(&path)).unwrap_or_default();
        expect(&path, &is, &drawn);
    }
}

/// The page of the kill switch tells what the scenarios that ship do to the three robots.
#[test]
fn the_page_of_disruptions_tells_todays_stories() {
    let path = "docs/disrupt.md";
    let text = std::fs::read_to_string(document(path)).unwrap();
    let mut names: Vec<String> = std::fs::read_dir(document("atlas/scenarios"))
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap().trim_end_matches(".toml").to_owned())
        .collect();
    names.sort();
    let mut block = String::from(
        "| scenario | robot | survived | first short | robots lost | whole again in week |\n|---|---|--:|---|--:|--:|\n",
    );
    for name in names {
        for robot in ["optimus", "g1", "walker"] {
            let line = format!("linchpin disrupt --shipped {name} --product {robot} --format json");
            let answer: serde_json::Value = match serde_json::from_str(&run(&line, Path::new("."))) {
                Ok(answer) => answer,
                Err(_) => {
                    writeln!(block, "| `{name}` | {robot} | not behind it | | | |").unwrap();
                    continue;
                }
            };
            let table = |name: &str| {
                answer["tables"].as_array().unwrap().iter().find(|t| t["name"] == name).unwrap()["rows"]
                    .clone()
            };
            let outcome = table("outcome")[0].clone();
            let number = |column: &str, digits: usize| {
                outcome[column].as_f64().map_or("–".to_owned(), |v| format!("{v:.digits$}"))
            };
            let gate = outcome["first_loss"].as_f64().map_or(String::new(), |week| {
                format!("`{}`", table("weeks")[week as usize]["gate"].as_str().unwrap())
            });
            let (survived, lost, back) = (number("survive", 1), number("robots_lost", 0), number("back", 0));
            writeln!(block, "| `{name}` | {robot} | {survived} | {gate} | {lost} | {back} |").unwrap();
        }
    }
    expect(path, &text, &filled(&text, "stories", &block));
}

/// The pages of comparisons tell today's difference between two robots, each in its language.
#[test]
fn the_pages_of_comparisons_tell_todays_story() {
    for (path, lang) in [("docs/compare.md", "en"), ("docs/compare.zh.md", "zh")] {
        let text = std::fs::read_to_string(document(path)).unwrap();
        let line = format!("linchpin compare g1 walker --table headlines --format md --lang {lang}");
        let said = run(&line, Path::new("."));
        // The sentences above the tables, then the table without its notes.
        let points = said.lines().filter(|l| l.starts_with("- "));
        let rows = said.lines().filter(|l| l.starts_with('|'));
        let block: String = points.chain(std::iter::once("")).chain(rows).map(|l| format!("{l}\n")).collect();
        assert!(block.lines().count() > 12, "{said}");
        expect(path, &text, &filled(&text, "story", &block));
    }
}

/// A document with what stands between two marks put in.
fn filled(text: &str, mark: &str, block: &str) -> String {
    let (open, close) = (format!("<!-- {mark} -->\n"), format!("<!-- /{mark} -->\n"));
    let (before, rest) = text.split_once(&open).unwrap();
    let (_, after) = rest.split_once(&close).unwrap();
    format!("{before}{open}{block}{close}{after}")
}

fn thousands(n: usize) -> String {
    let digits = n.to_string();
    let cut = |k: usize| k > 0 && (digits.len() - k).is_multiple_of(3);
    digits.char_indices().map(|(k, d)| if cut(k) { format!(",{d}") } else { d.to_string() }).collect()
}

/// The page of the shipped data counts its figures by standing, its sources by how they were read, and says what is thin.
#[test]
fn the_page_of_the_data_counts_its_figures() {
    let path = "atlas/humanoid/README.md";
    let text = std::fs::read_to_string(document(path)).unwrap();
    let csv = run("linchpin atlas coverage --table standing --format csv", Path::new("."));
    let rows: Vec<Vec<&str>> = csv.lines().skip(1).map(|l| l.split(',').skip(1).collect()).collect();
    let sum = |k: usize| rows.iter().map(|r| r[k].parse::<usize>().unwrap()).sum::<usize>();
    let check = run("linchpin atlas check", Path::new("."));
    let hash = check.split_once(" figures, data ").unwrap().1.trim_end().trim_end_matches('.');
    let sources = std::fs::read_to_string(document("atlas/humanoid/sources.csv")).unwrap();
    let mut tiers: BTreeMap<String, usize> = BTreeMap::new();
    let mut reader = csv::Reader::from_reader(sources.as_bytes());
    let tier = reader.headers().unwrap().iter().position(|h| h == "tier").unwrap();
    reader.records().for_each(|r| *tiers.entry(r.unwrap()[tier].to_owned()).or_default() += 1);
    let parameters = rows.iter().find(|r| r[0] == "parameters").unwrap();
    let assumed: usize = parameters[4].parse().unwrap();
    let all: usize = parameters[1..5].iter().map(|n| n.parse::<usize>().unwrap()).sum();
    let mut block = format!(
        "`linchpin atlas coverage` prints the tables of today; below, data `{hash}`: {} figures, of which {} reported,\n\
         {} estimated, {} derived, {} assumed. *Blank*, counted within these, is a cell without a value: a range alone, or unknown.\n\n",
        thousands(sum(1) + sum(2) + sum(3) + sum(4)),
        thousands(sum(1)),
        thousands(sum(2)),
        thousands(sum(3)),
        thousands(sum(4)),
    );
    let head = "| table | reported | estimated | derived | assumed | blank ";
    writeln!(block, "{head}{head}|\n|---|--:|--:|--:|--:|--:|---|--:|--:|--:|--:|--:|").unwrap();
    let half = rows.len().div_ceil(2);
    for k in 0..half {
        let cells = |row: Option<&Vec<&str>>| row.map_or_else(|| [""; 6].join(" | "), |r| r.join(" | "));
        writeln!(block, "| {} | {} |", cells(rows.get(k)), cells(rows.get(half + k))).unwrap();
    }
    write!(
        block,
        "\nCoefficients are *derived* from `parameters`: that is where most assumptions are, {} of {}. Of the {} sources {} were\n\
         read at the origin and {} second-hand; {} are of low tier; {} are recalled and not re-read (deposit splits, limits of\n\
         material standards, membership of groups, general knowledge of the industry); {} is the engineering estimate made for this atlas.\n",
        thousands(assumed),
        thousands(all),
        tiers.values().sum::<usize>(),
        tiers["primary"],
        tiers["secondary"],
        tiers["low"],
        tiers["recalled"],
        tiers["estimate"],
    )
    .unwrap();
    expect(path, &text, &filled(&filled(&text, "figures", &block), "coverage", &thin()));
}

/// Standings by element and stage; elements that stand alike share a row.
fn thin() -> String {
    let csv = run("linchpin atlas coverage --table coverage --format csv", Path::new("."));
    let rows: Vec<Vec<&str>> = csv.lines().map(|l| l.split(',').skip(1).collect()).collect();
    let mut alike: Vec<(Vec<&str>, Vec<&str>)> = vec![];
    for row in &rows[1..] {
        match alike.iter_mut().find(|(_, cells)| *cells == row[1..]) {
            Some((elements, _)) => elements.push(row[0]),
            None => alike.push((vec![row[0]], row[1..].to_vec())),
        }
    }
    let word = |cell: &&str| cell.rsplit('-').next().unwrap_or_default().to_owned();
    let mut block = format!("| {} |\n|{}\n", rows[0].join(" | "), "---|".repeat(rows[0].len()));
    for (elements, cells) in &alike {
        let cells: Vec<String> = cells.iter().map(word).collect();
        writeln!(block, "| {} | {} |", elements.join(", "), cells.join(" | ")).unwrap();
    }
    block
}
