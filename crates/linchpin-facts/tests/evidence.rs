//! The shipped atlas against what was published: totals of the world, shares of a whole, what was recalled.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use linchpin::atlas::{Atlas, Expr, FigureId, Overlay, Standing, Values};
use linchpin_facts::lines::Record;
use linchpin_facts::{facts::Facts, folder};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

fn folder_of_atlas() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../atlas")
}

static ATLAS: LazyLock<Atlas> =
    LazyLock::new(|| Atlas::from_folder(&folder_of_atlas().join("humanoid"), None).unwrap());
static VALUES: LazyLock<Values> = LazyLock::new(|| ATLAS.values(&Overlay::new()).unwrap());
static BUILT: LazyLock<linchpin_facts::Built> =
    LazyLock::new(|| linchpin_facts::build(&folder::read(&folder_of_atlas()).unwrap()));

fn facts() -> &'static Facts {
    &BUILT.facts
}

/// Half a unit of the last digit that a publisher prints: 270,000 is known to 5,000.
fn rounding(printed: &str) -> f64 {
    let whole = printed.split('.').next().unwrap();
    let zeros = whole.len() - whole.trim_end_matches('0').len();
    0.5 * 10f64.powi(zeros as i32)
}

fn rules(kind: &str) -> Vec<linchpin_facts::lines::Sheet> {
    let groups = std::fs::read_dir(folder_of_atlas().join("groups")).unwrap();
    let mut files: Vec<PathBuf> =
        groups.map(|g| g.unwrap().path().join("rules").join(format!("{kind}.csv"))).collect();
    files.sort();
    let sheet = |path: PathBuf| {
        let name = path.display().to_string();
        linchpin_facts::lines::Sheet::parse(&name, &std::fs::read(&path).ok()?).ok()
    };
    files.into_iter().filter_map(sheet).collect()
}

/// Output of all running sites of an item, in its own rows of a year, in t/y.
fn output(item: &str, year: &str) -> f64 {
    let (sites, figures) = (ATLAS.sheet("sites"), ATLAS.sheet("site_figures"));
    let of_item = |site: &str| sites.find(site).is_some_and(|s| sites.text(s, "item") == item);
    figures
        .rows
        .iter()
        .filter(|r| figures.text(r, "measure") == "output" && figures.text(r, "period") == year)
        .filter(|r| of_item(figures.text(r, "site")))
        .filter_map(|r| VALUES.get(r.figure?))
        .sum::<f64>()
        / 1000.0
}

/// Every series that names countries of a world whose total is printed, and turns no unit into another: the plants of the item sum to
/// the total, within the rounding of the total and of each country.
#[test]
fn plants_sum_to_the_world_as_published() {
    let production = facts().file("production.csv").unwrap();
    let (mut looked, mut off) = (0, vec![]);
    for sheet in rules("series") {
        let whole = |r: &Record<'_>| {
            r.get("measure") == "output" && r.get("formula").is_empty() && r.get("rest") == "world"
        };
        for rule in sheet.records().filter(whole) {
            for year in rule.get("year").split(';') {
                let same = |f: &Record<'_>| {
                    ["material", "stage", "source"].iter().all(|c| f.get(c) == rule.get(c))
                        && f.get("year") == year
                        && (rule.get("basis").is_empty() || f.get("basis") == rule.get("basis"))
                };
                let series: Vec<Record<'_>> = production.records().filter(same).collect();
                let amount = |f: &Record<'_>| f.get("quantity_t_per_y").to_owned();
                let Some(world) = series.iter().find(|f| f.get("country") == "WLD").map(amount) else {
                    continue;
                };
                let total: f64 = world.parse().unwrap();
                let slack: f64 = series.iter().map(|f| rounding(&amount(f))).sum();
                let found = output(rule.get("item"), year);
                if (found - total).abs() > slack.max(0.005 * total) {
                    let item = rule.get("item");
                    off.push(format!("{item} {year}: plants make {found}, the world {total} ± {slack}"));
                }
                looked += 1;
            }
        }
    }
    assert!(off.is_empty(), "{off:#?}");
    assert!(looked >= 25, "{looked}");
}

/// Nd, Pr, Dy and Tb in what the mines give, from oxide by country and the splits of the deposits, lies beside the IEA's element
/// content for 2024 within the band of the splits.
#[test]
fn magnet_rare_earths_mined_agree_with_the_iea() {
    let figure = |id: &str| {
        let id = ATLAS.figures.find(&format!("parameters/{id}")).unwrap();
        (VALUES.get(id).unwrap(), id)
    };
    let (ours, id) = figure("mine_magnet_ree_2024");
    let iea = facts().file("production.csv").unwrap().records().find(|f| {
        f.get("material") == "REE_magnet"
            && f.get("source") == "IEA_CMD2025"
            && f.get("country") == "WLD"
            && f.get("stage") == "mining"
    });
    let iea: f64 = iea.unwrap().get("quantity_t_per_y").parse::<f64>().unwrap() * 1000.0;
    assert_eq!(iea, 75_099_000.0);
    let expr = Expr::Figure(id);
    let part = linchpin::atlas::values::Part { expr: &expr, seed: 1.0, reciprocal: false };
    let spread = linchpin::atlas::values::spread(&ATLAS.figures, &VALUES, &[part]);
    assert!(ours + spread.down <= iea && iea <= ours + spread.up, "{ours} {spread:?}");
    assert!((ours / iea - 1.0).abs() < 0.05, "{ours} {iea}");
}

/// A figure that rests on a source which was recalled and not re-read has a range; those that only a claim is set against do
/// not count.
#[test]
fn what_was_recalled_is_bounded() {
    let sources = ATLAS.sheet("sources");
    let recalled: BTreeSet<&str> = sources
        .rows
        .iter()
        .filter(|r| sources.text(r, "tier") == "recalled")
        .map(|r| r.key.as_str())
        .collect();
    // General knowledge and the atomic weights of a standard are no readings of a table.
    let read_from_memory: BTreeSet<&str> =
        recalled.into_iter().filter(|s| !matches!(*s, "gen_know" | "IUPAC_AW")).collect();
    let mut unbounded = vec![];
    for (_, figure) in ATLAS.figures.iter() {
        let from_memory = figure.sources.iter().any(|s| read_from_memory.contains(s.as_str()));
        let has_range = figure.low.is_some() && figure.high.is_some();
        let computed = figure.formula.is_some() || figure.value.is_none();
        if from_memory && !has_range && !computed && !figure.address.starts_with("claims/") {
            unbounded.push(figure.address.clone());
        }
    }
    assert!(unbounded.is_empty(), "{unbounded:#?}");
}

/// Where the build sets a second source of the same year beside a first and they differ, both ends and both sources are there.
#[test]
fn two_sources_that_differ_are_the_two_ends() {
    let with_two = BUILT.files.get("site_figures.csv").unwrap();
    let sheet = linchpin_facts::lines::Sheet::parse("site_figures.csv", with_two).unwrap();
    let mut looked = 0;
    for rule in rules("series").iter().flat_map(|s| {
        s.records()
            .map(|r| (r.get("beside").to_owned(), r.get("source").to_owned(), r.get("stem").to_owned()))
            .collect::<Vec<_>>()
    }) {
        let (beside, source, stem) = rule;
        if beside.is_empty() {
            continue;
        }
        let both = sheet.records().filter(|r| {
            r.get("site").ends_with(&format!("_{stem}"))
                && [&beside, &source].iter().all(|s| r.get("source").split(';').any(|x| x == s.as_str()))
        });
        for row in both {
            if !row.get("low").is_empty() {
                let [low, value, high] = ["low", "value", "high"].map(|c| row.get(c).parse::<f64>().unwrap());
                assert!(low <= value && value <= high && low < high, "{}", row.get("site"));
                looked += 1;
            }
        }
    }
    assert!(looked >= 10, "{looked}");
}

/// Nothing assumed or derived calls itself reported: a reported figure names no assumption in its sources.
#[test]
fn an_estimate_of_our_own_is_never_reported() {
    let sources = ATLAS.sheet("sources");
    let ours: BTreeMap<&str, &str> =
        sources.rows.iter().map(|r| (r.key.as_str(), sources.text(r, "tier"))).collect();
    let wrong: Vec<&str> = ATLAS
        .figures
        .iter()
        .map(|(id, f): (FigureId, _)| (id, f))
        .filter(|(_, f)| f.standing == Standing::Reported)
        .filter(|(_, f)| {
            !f.sources.is_empty() && f.sources.iter().all(|s| ours.get(s.as_str()) == Some(&"estimate"))
        })
        .map(|(_, f)| f.address.as_str())
        .collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}
