//! One company: shares worked by hand, shares of all make one, and planned is never supply. The walk over every
//! number is in `explain_walk.rs`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use linchpin::atlas::{Change, Overlay};
use linchpin::book::Book;
use linchpin::company::{CompanyError, NameError, Request, Role, company, find};
use linchpin::model::{Model, View};
use linchpin::network::Baseline;
use linchpin_table::Answer;
use std::collections::{BTreeMap, BTreeSet};
use support::{Ground, cells, close, company_of, edit, ground, shipped};

fn request(name: &str, without: &str) -> Request {
    Request { company: name.to_owned(), volume: 1000.0, without: without.to_owned() }
}

fn value(book: &Book, table: &str, key: &str, column: &str) -> Option<f64> {
    let table = book.answer.table(table).unwrap_or_else(|| panic!("no table {table}"));
    table.value(key, column)
}

fn word<'b>(book: &'b Book, table: &str, key: &str, column: &str) -> &'b str {
    let table = book.answer.table(table).unwrap();
    table.column(column).unwrap().cells.text(table.row(key).unwrap()).unwrap()
}

fn says(answer: &Answer, id: &str) -> bool {
    answer.headlines.iter().chain(&answer.notes).any(|m| m.id == id)
}

/// Published output of magnets in t/y, row by row: Japan 11,610.268, Fort Worth 100, Narva 200, Noveon 200, the rest
/// of the world 242.871, Shin-Etsu in Vietnam 1,606; in China the rest 190,903.174, JL Mag 20,900, Shin-Etsu 2,190.
#[test]
fn mp_by_hand() {
    let model = ground().model("optimus");
    let book = company_of(&model, "MP");
    let outside = 11_610.268 + 100.0 + 200.0 + 200.0 + 242.871 + 1_606.0;
    let china = 190_903.174 + 20_900.0 + 2_190.0;
    close(value(&book, "shares", "mp_fort_worth", "outside").unwrap(), 100.0 / outside, 1e-5);
    close(value(&book, "shares", "mp_fort_worth", "world").unwrap(), 100.0 / (outside + china), 1e-5);
    close(value(&book, "shares", "mp_fort_worth", "used").unwrap(), 0.1, 1e-12);
    // Of Nd2O3, outside: Kuantan 5,386.92 and Mountain Pass 2,001.23 in 2025 (0.77 of 6,996 and 2,599 t of NdPr), White
    // Mesa 29.26, the rest 2,122.592.
    let oxide = 5_386.92 + 29.26 + 2_001.23 + 2_122.592;
    close(value(&book, "shares", "mp_separation_nd", "outside").unwrap(), 2_001.23 / oxide, 1e-5);
    // Metal is made at Fort Worth, and nobody says how much.
    assert_eq!(value(&book, "shares", "mp_fort_worth_metal", "world"), None);
    assert!(book.answer.table("shares").unwrap().row("mp_10x").is_none(), "a planned plant has no share");

    // Capacity that runs outside China in 2028: Vietnam 2,200, Noveon 2,000, Narva 2,000, Fort Worth 1,000,
    // Stillwater 5,000, and the output of Japan and of the rest, who publish no capacity; announced beside it, 10X with
    // 9,000 from 2028.
    let made = 11_610.268 + 242.871;
    let share = |year: &str, column| value(&book, "years", &format!("magnet_ndfeb:{year}"), column).unwrap();
    close(share("2028", "running"), 1_000.0 / (12_200.0 + made), 1e-7);
    close(share("2028", "with_plans"), 10_000.0 / (21_200.0 + made), 1e-7);
    close(share("2025", "with_plans"), 1_000.0 / (7_200.0 + made), 1e-7);
    assert_eq!(value(&book, "years", "magnet_ndfeb:2022", "running"), Some(0.0));
    assert_eq!(word(&book, "years", "magnet_ndfeb:2028", "planned"), "company-holds-plans");
    assert_eq!(word(&book, "years", "magnet_ndfeb:2026", "planned"), "");

    // Fort Worth was promised for late 2025 twice; its metal only once, so that nobody can tell a slip.
    assert_eq!(value(&book, "starts", "mp_fort_worth", "slip"), Some(0.0));
    assert_eq!(value(&book, "starts", "mp_fort_worth_metal", "slip"), None);

    // Spare outside China: Narva and Noveon 1,800 each, Fort Worth 900, Vietnam 594.
    close(value(&book, "gains", "magnet_ndfeb", "own").unwrap(), 900.0 / 5_094.0, 1e-9);
    close(value(&book, "gains", "magnet_ndfeb", "missing").unwrap(), (china - 5_094.0) * 1e3, 1e-5);
    close(value(&book, "gainers", "magnet_ndfeb/neo_narva", "share").unwrap(), 1_800.0 / 5_094.0, 1e-9);
    assert_eq!(value(&book, "gains", "nd_oxide", "own"), None, "its separation publishes no capacity");

    // What it could feed is its output over the need of one robot, which the requirement of `explode` gives.
    let exploded = support::explode_all(&model, 1.0, None);
    let need = value(&exploded, "requirement", "nd_oxide", "quantity").unwrap();
    close(value(&book, "feeds", "nd_oxide", "robots").unwrap(), 2_001_230.0 / need, 1e-6);
    let own = value(&book, "feeds", "magnet_ndfeb", "robots").unwrap();
    close(value(&book, "feeds", "magnet_ndfeb", "spare_robots").unwrap(), 9.0 * own, 1e-9);
    close(value(&book, "feeds", "magnet_ndfeb", "taken").unwrap(), 1_000.0 / own, 1e-9);
    assert_eq!(
        value(&book, "lanes", "mountain_pass/china_separation_nd/concentrate_mountain_pass", "share"),
        Some(0.0)
    );
}

/// Arafura has one plant, which is planned: it has shares of what is announced, and of nothing else.
#[test]
fn a_developer_supplies_nothing() {
    let model = ground().model("optimus");
    let book = company_of(&model, "aru");
    assert_eq!(word(&book, "plants", "arafura_nolans_nd", "counts_as"), "company-role-developer");
    for table in ["shares", "feeds", "lanes"] {
        assert!(book.answer.table(table).is_none(), "{table}");
    }
    close(value(&book, "starts", "arafura_nolans_nd", "slip").unwrap(), 2.1, 1e-9);
    // Kuantan 8,085 and White Mesa 712.25 run, Mountain Pass and the rest made 2,001.23 and 2,122.592; Nolans is
    // announced with 3,418.8 for 2027.
    let all = 8_085.0 + 712.25 + 2_001.23 + 2_122.592 + 3_418.8;
    close(value(&book, "years", "nd_oxide:2027", "with_plans").unwrap(), 3_418.8 / all, 1e-5);
    assert_eq!(value(&book, "years", "nd_oxide:2024", "with_plans"), Some(0.0));
    assert_eq!(value(&book, "years", "nd_oxide:2029", "running"), Some(0.0));
    assert_eq!(value(&book, "gains", "nd_oxide", "own"), Some(0.0));
}

/// USA Rare Earth owns Less Common Metals: the plants of both are the owner's, those of the owner are not the other's.
#[test]
fn what_is_owned_counts() {
    let model = ground().model("optimus");
    let keys = |name| {
        company_of(&model, name).answer.table("plants").unwrap().keys.iter().cloned().collect::<BTreeSet<_>>()
    };
    let (owner, owned) = (keys("USAR"), keys("Less Common Metals"));
    assert!(owned.is_subset(&owner) && owned.contains("lcm_cheshire"));
    assert!(owner.contains("usar_stillwater") && !owned.contains("usar_stillwater"));
    assert!(says(&company_of(&model, "USAR").answer, "company-owns"));
    assert!(says(&company_of(&model, "less_common_metals").answer, "company-owner"));
}

/// The atlas may know a company and none of its plants: the page says so and shows nothing.
#[test]
fn a_company_without_plants_has_a_company_of() {
    let mut files = shipped();
    edit(&mut files, "companies", |csv| {
        csv.add(&[("id", "paper"), ("name", "Paper Corp."), ("country", "USA")])
    });
    let g = Ground::of(&files, &Overlay::new());
    let model = g.model("optimus");
    let book = company_of(&model, "Paper");
    assert!(says(&book.answer, "company-no-plants"));
    assert!(book.answer.tables.is_empty() && book.numbers.is_empty());
}

#[test]
fn a_name_is_found_as_people_type_it() {
    let atlas = &ground().atlas;
    let found = |name: &str| find(atlas, name).map(|r| r.key.clone());
    for name in ["mp_materials", "MP", "mp", "MP Materials Corp.", "mp materials corp.", "MP Materials"] {
        assert_eq!(found(name).unwrap(), "mp_materials", "{name}");
    }
    assert_eq!(found("JL Mag").unwrap(), "jl_mag");
    assert_eq!(found("UUUU").unwrap(), "energy_fuels");
    let Err(NameError::Ambiguous { companies, .. }) = found("China") else { panic!("China is one company") };
    assert!(
        companies.contains("china_northern") && companies.contains("china_rare_earth_group"),
        "{companies}"
    );
    for (typo, meant) in [
        ("Lynass", "lynas"),
        ("Arafua", "arafura"),
        ("shin etsu", "shin_etsu"),
        ("harmonc drive systems", "harmonic"),
    ] {
        let Err(NameError::Unknown { nearest, .. }) = found(typo) else { panic!("{typo} is found") };
        assert!(nearest.contains(meant) && nearest.matches(" (").count() >= 3, "{typo}: {nearest}");
    }
    assert!(matches!(found(""), Err(NameError::Unknown { .. })));
}

/// A country or a group can be left out; anything else is refused with what is like it.
#[test]
fn another_country_may_stop() {
    let model = ground().model("optimus");
    let home = company(&model, &request("MP", "USA")).unwrap();
    assert!(home.answer.table("years").is_none() && says(&home.answer, "note-company-all-inside"));
    assert_eq!(value(&home, "shares", "mp_fort_worth", "outside"), None);
    let group = ground().atlas.sheet("groups").rows[0].key.clone();
    company(&model, &request("MP", &group)).unwrap();
    let Err(CompanyError::Name(NameError::Country { nearest, .. })) =
        company(&model, &request("MP", "China"))
    else {
        panic!("China is no id of a country")
    };
    assert!(nearest.contains("CHN"), "{nearest}");
}

/// Ultimate owners: every plant with a company is on the page of exactly one of them.
fn owners(g: &Ground) -> Vec<String> {
    let companies = g.atlas.sheet("companies");
    companies.rows.iter().filter(|r| companies.get(r, "parent").is_none()).map(|r| r.key.clone()).collect()
}

/// The shares outside China of all companies and of the plants that belong to none make one, of output as of
/// capacity, as it runs and with what is announced.
#[test]
fn shares_of_all_make_one() {
    let g = ground();
    let model = g.model("optimus");
    let baseline = Baseline::new(&g.atlas, &g.network, &g.values, model.flow(View::Gross), 1000.0, 2026);
    let sites = g.atlas.sheet("sites");
    let unowned = |id: &str| sites.get(sites.find(id).unwrap(), "company").is_none();
    let mut output: BTreeMap<String, f64> = BTreeMap::new();
    let mut capacity: BTreeMap<(String, &str), (f64, f64)> = BTreeMap::new();
    for owner in owners(g) {
        let book = company_of(&model, &owner);
        if let Some(table) = book.answer.table("shares") {
            for key in table.keys.iter().filter(|k| !k.starts_with("all_")) {
                let item = sites.text(sites.find(key).unwrap(), "item").to_owned();
                *output.entry(item).or_default() += table.value(key, "outside").unwrap_or(0.0);
            }
        }
        for key in book.answer.table("years").map(|t| t.keys.clone()).unwrap_or_default() {
            for (all, share) in [("all_running", "running"), ("all_plans", "with_plans")] {
                let Some(all) = value(&book, "years", &key, all) else { continue };
                let entry = capacity.entry((key.clone(), share)).or_insert((all, 0.0));
                close(entry.0, all, 1e-12);
                entry.1 += value(&book, "years", &key, share).unwrap_or(0.0);
            }
        }
    }
    let mut checked = 0;
    for (item, share) in output {
        let pool = &baseline.pools[&(g.node(&item) as u32)];
        let outside = || pool.sites.iter().filter(|s| s.country != "CHN");
        let all: f64 = outside().filter_map(|s| s.output).sum();
        let none: f64 = outside().filter(|s| unowned(&s.site)).filter_map(|s| s.output).sum();
        if all > 0.0 {
            close(share + none / all, 1.0, 1e-9);
            checked += 1;
        }
    }
    assert!(checked >= 10, "{checked}");
    let figures = g.atlas.sheet("site_figures");
    for ((key, _), (all, share)) in capacity {
        let (item, year) = key.split_once(':').unwrap();
        let mut none: BTreeMap<&str, (i64, f64)> = BTreeMap::new();
        let of = |measure: &str| {
            let rows = figures.rows.iter().filter(|r| figures.text(r, "measure") == measure);
            rows.map(|r| (figures.text(r, "site"), r)).collect::<Vec<_>>()
        };
        let capacities = of("capacity");
        // What publishes no capacity counts with its output.
        let told = |site: &str| capacities.iter().any(|(s, _)| *s == site);
        let outputs = of("output").into_iter().filter(|(site, _)| !told(site));
        for (_, row) in capacities.iter().copied().chain(outputs) {
            let site = figures.text(row, "site");
            let at = sites.find(site).unwrap();
            let period: i64 = figures.text(row, "period").parse().unwrap();
            let counts =
                unowned(site) && sites.text(at, "item") == item && sites.text(at, "country") != "CHN";
            if counts && sites.text(at, "status") == "operating" && period <= year.parse().unwrap() {
                let found = (period, g.figure(figures, row));
                let entry = none.entry(site).or_insert(found);
                if found.0 > entry.0 {
                    *entry = found;
                }
            }
        }
        close(share + none.values().map(|v| v.1).sum::<f64>() / all, 1.0, 1e-9);
    }
}

/// Ten times the capacity of everything that does not run, and starts two years earlier, move nothing but what is
/// announced.
#[test]
fn planned_is_never_supply() {
    let g = ground();
    let sites = g.atlas.sheet("sites");
    let waits = |id: &str| Role::of(sites.text(sites.find(id).unwrap(), "status")) == Role::Developer;
    let mut overlay = Overlay::new();
    for (table, change) in [("site_figures", Change::Multiply(10.0)), ("starts", Change::Add(-2.0))] {
        let sheet = g.atlas.sheet(table);
        let rows = sheet.rows.iter().filter(|r| waits(sheet.text(r, "site")));
        overlay.extend(rows.map(|r| (sheet.address(r), change)));
    }
    assert!(overlay.len() > 20);
    let values = g.atlas.values(&overlay).unwrap();
    let (before, after) = (g.model("optimus"), g.model_under("optimus", &values));
    let mut moved = BTreeSet::new();
    for owner in owners(g) {
        let of = |model: &Model<'_>| {
            cells(&company_of(model, &owner).answer).into_iter().collect::<BTreeMap<_, _>>()
        };
        let (a, b) = (of(&before), of(&after));
        for (address, cell) in a.iter().filter(|(address, cell)| b.get(*address).is_some_and(|c| c != *cell))
        {
            let (table, column) = (address.split('/').next().unwrap(), address.rsplit('/').next().unwrap());
            assert!(b.contains_key(address), "{cell}");
            moved.insert(format!("{table}/{column}"));
        }
    }
    let announced =
        ["starts/announced", "starts/first", "starts/latest", "years/all_plans", "years/with_plans"];
    let announced: BTreeSet<String> = announced.into_iter().map(str::to_owned).collect();
    moved.remove("years/planned");
    assert_eq!(moved, announced);
}
