//! Indices of concentration and supply risk: published numbers, what must hold for any input, and the printed
//! definitions against the pure functions.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use linchpin::atlas::{Change, Overlay};
use linchpin::book::Book;
use linchpin::explain;
use linchpin::explode;
use linchpin::expose::countries::{Countries, Place, place};
use linchpin::expose::governance::{UNKNOWN_GOVERNANCE, UNKNOWN_INSTABILITY, eu_governance, instability};
use linchpin::expose::index::*;
use linchpin::expose::{self, OTHERS};
use linchpin::model::{Model, View};
use linchpin::network::Baseline;
use linchpin::network::baseline::Pool;
use proptest::prelude::*;
use support::{GOVERNED, Ground, PRODUCTS, close, edit, expose_at, shipped, traded};

/// Mine production of nickel in 2022, t.
const NICKEL: [(&str, f64); 28] = [
    ("ALB", 1570.0),
    ("AUS", 155_007.0),
    ("BRA", 79_370.0),
    ("CAN", 143_266.0),
    ("CHN", 109_400.0),
    ("COL", 41_816.0),
    ("CIV", 27_610.0),
    ("CUB", 43_000.0),
    ("DOM", 29_223.0),
    ("FIN", 44_921.0),
    ("GRC", 1700.0),
    ("GTM", 52_600.0),
    ("IDN", 1_593_400.0),
    ("KOS", 300.0),
    ("MDG", 35_737.0),
    ("MAR", 157.0),
    ("MMR", 9600.0),
    ("NCL", 199_951.0),
    ("NOR", 190.0),
    ("PNG", 34_302.0),
    ("PHL", 345_200.0),
    ("POL", 830.0),
    ("RUS", 220_000.0),
    ("ZAF", 29_500.0),
    ("TUR", 14_540.0),
    ("USA", 17_500.0),
    ("ZMB", 3946.0),
    ("ZWE", 14_260.0),
];
const NICKEL_HHI: f64 = 0.267_490_076_576_409_66;

#[test]
fn nickel_mining_has_its_published_hhi() {
    let mines = Countries::new(NICKEL.map(|(c, q)| (c, Some(q)))).unwrap();
    assert_eq!(mines.total(), 3_248_896.0);
    close(mines.hhi().unwrap(), NICKEL_HHI, 1e-14);
}

#[test]
fn textbook_shares_have_their_hhi() {
    close(hhi(&[50.0, 30.0, 20.0], 0.0).unwrap(), 0.38, 1e-15);
    close(hhi(&[0.3, 0.3, 0.2, 0.2], 0.0).unwrap(), 0.26, 1e-15);
}

/// Nickel into the United States in 2022 (HS 260400).
#[test]
fn nickel_has_its_published_geopolrisk() {
    let (weighted, imports, production) = (21.179740941995366, 37.495, 17_500.0);
    let risk = import_risk(&[(imports, weighted / imports)], production).unwrap();
    close(risk, 1.207_683_363_102_619_1e-3, 1e-13);
    let score = geopolrisk(NICKEL_HHI, risk).unwrap();
    close(score, 3.230_433_152_763_755_5e-4, 1e-13);
    let factor = characterisation(score, 4.806_774_236_564_875, 0.409_412_948).unwrap();
    close(factor, 3.792_738_585_211_981_2e-3, 1e-12);
}

#[test]
fn the_edge_case_of_geopolrisk() {
    let risk = import_risk(&[(2000.0, 0.5)], 500.0).unwrap();
    close(geopolrisk(0.3, risk).unwrap(), 0.12, 1e-15);
    assert!(import_risk(&[(-2000.0, 0.5)], 500.0).is_err());
    assert!(import_risk(&[(2000.0, 0.5)], -500.0).is_err());
    assert!(import_risk(&[(2000.0, -0.5)], 500.0).is_err());
}

/// Shares and reliance give what quantities give where nothing is exported, and less where something is.
#[test]
fn shares_and_reliance_stand_for_quantities() {
    let risk = import_risk(&[(30.0, 0.2), (10.0, 0.7)], 60.0).unwrap();
    let reliance = import_reliance(40.0, 0.0, 60.0).unwrap();
    close(import_risk_of_shares(&[(0.75, 0.2), (0.25, 0.7)], reliance).unwrap(), risk, 1e-15);
    let exporting = import_reliance(40.0, 20.0, 60.0).unwrap();
    assert!(import_risk_of_shares(&[(0.75, 0.2), (0.25, 0.7)], exporting).unwrap() < risk);
    assert_eq!(import_risk_of_shares(&[(1.0, 0.7)], -3.0).unwrap(), 0.0);
}

/// The example of the page on `expose`, worked there by hand.
#[test]
fn the_worked_example_of_the_book() {
    let world = [("A", Some(600.0)), ("B", Some(300.0)), ("OTH", Some(100.0))];
    let world = Countries::new(world).unwrap();
    let (g_a, g_b) = (instability(-0.5).unwrap(), instability(1.0).unwrap());
    let weight = |a: f64, b: f64| move |c: &str| if c == "A" { a } else { b };
    let index = world.hhi().unwrap();
    close(index, 0.45, 1e-14);
    close(world.weighted_hhi(weight(g_a, g_b)).unwrap(), 0.243, 1e-14);
    let rated = [(0.7, g_a), (0.2, g_b), (0.1, UNKNOWN_INSTABILITY)];
    let risk = import_risk_of_shares(&rated, 0.8).unwrap();
    close(risk, 0.424, 1e-14);
    close(geopolrisk(index, risk).unwrap(), 0.1908, 1e-14);
    let parts = SupplyRisk {
        global: world.weighted_hhi(weight(6.0, 3.0)).unwrap(),
        sourcing: sourcing_hhi(&[(0.7, 6.0), (0.2, 3.0)], 0.1, 0.8, 2.0).unwrap(),
        reliance: 0.8,
        recycling: 0.0,
        substitution: 1.0,
    };
    close(parts.global, 2.43, 1e-14);
    close(parts.sourcing, 2.0384, 1e-14);
    close(supply_risk(&parts).unwrap(), 2.19504, 1e-14);
}

#[test]
fn import_reliance_is_bounded() {
    close(import_reliance(30.0, 10.0, 20.0).unwrap(), 0.5, 1e-15);
    assert_eq!(import_reliance(10.0, 30.0, 20.0).unwrap(), 0.0);
    assert_eq!(import_reliance(10.0, 30.0, 5.0).unwrap(), 0.0);
    assert_eq!(import_reliance(10.0, 0.0, 0.0).unwrap(), 1.0);
    assert_eq!(import_reliance(0.0, 0.0, 0.0), Err(IndexError::NoTotal));
    assert!(import_reliance(-1.0, 0.0, 1.0).is_err());
}

#[test]
fn eu_supply_risk_and_criticality() {
    let worst = weighted_hhi(&[(1.0, 10.0)], 0.0).unwrap();
    let parts =
        SupplyRisk { global: worst, sourcing: worst, reliance: 1.0, recycling: 0.0, substitution: 1.0 };
    assert_eq!(supply_risk(&parts).unwrap(), 10.0);
    assert_eq!(supply_risk(&SupplyRisk { recycling: 0.25, substitution: 0.8, ..parts }).unwrap(), 6.0);
    // IR/2 of the world's and the rest of the sourcing's.
    let parts = SupplyRisk { global: 4.0, sourcing: 2.0, reliance: 0.5, ..parts };
    close(supply_risk(&parts).unwrap(), 0.25 * 4.0 + 0.75 * 2.0, 1e-15);
    assert!(!is_critical(0.9999, 9.0).unwrap());
    assert!(is_critical(1.0, 2.8).unwrap());
    assert!(!is_critical(1.0, 2.7999).unwrap());
    assert!(is_critical(f64::NAN, 3.0).is_err());
    assert!(supply_risk(&SupplyRisk { recycling: 1.1, ..parts }).is_err());
    assert!(supply_risk(&SupplyRisk { global: -1.0, ..parts }).is_err());
    // Home 40 % at weight 2; half of the imports from weight 6, half from nobody in particular.
    close(sourcing_hhi(&[(0.5, 6.0)], 0.5, 0.6, 2.0).unwrap(), 0.16 * 2.0 + 0.36 * 0.25 * 6.0, 1e-15);
}

#[test]
fn governance_is_scaled_and_held_to_its_scale() {
    assert_eq!(instability(2.5).unwrap(), 0.0);
    assert_eq!(instability(0.0).unwrap(), 0.5);
    assert_eq!(instability(-2.5).unwrap(), 1.0);
    assert_eq!(instability(-2.9).unwrap(), 1.0);
    assert_eq!(instability(2.9).unwrap(), 0.0);
    assert!(instability(f64::NAN).is_err());
    assert!(instability(40.0).is_err());
    assert_eq!(eu_governance(&[-2.5; 6]).unwrap(), 10.0);
    assert_eq!(eu_governance(&[2.5, 2.5, 2.5, -2.5, -2.5, -2.5]).unwrap(), 5.0);
}

#[test]
fn bad_input_is_an_error() {
    assert!(hhi(&[1.0, -1.0], 0.0).is_err());
    assert!(hhi(&[1.0, f64::NAN], 0.0).is_err());
    assert!(hhi(&[1.0, f64::INFINITY], 0.0).is_err());
    assert!(hhi(&[f64::MAX, f64::MAX], 0.0).is_err());
    assert!(hhi(&[1.0], -1.0).is_err());
    assert_eq!(hhi(&[], 0.0), Err(IndexError::NoTotal));
    assert_eq!(hhi(&[0.0], 0.0), Err(IndexError::NoTotal));
    assert!(weighted_hhi(&[(1.0, -1.0)], 0.0).is_err());
    assert!(geopolrisk(1.5, 0.1).is_err());
    assert!(geopolrisk(0.5, f64::NAN).is_err());
    assert!(characterisation(0.1, -5.0, 0.4).is_err());
    assert!(characterisation(0.1, 5.0, 0.0).is_err());
}

#[test]
fn the_world_is_no_country_and_a_blank_is_no_zero() {
    for world in ["WLD", "World", "Total"] {
        let rows = [("CHN", Some(2.0)), (world, Some(3.0))];
        assert_eq!(Countries::new(rows), Err(IndexError::Aggregate(world.into())));
    }
    let with_blank = Countries::new([("CHN", Some(2.0)), ("AUS", None), ("USA", Some(2.0))]).unwrap();
    assert_eq!((with_blank.named.len(), with_blank.blank), (2, 1));
    assert_eq!(with_blank.hhi().unwrap(), 0.5);
    assert_eq!(Countries::new([("CHN", None)]).unwrap().hhi(), Err(IndexError::NoTotal));
    // What nobody tells apart is no supplier: it counts in the whole alone.
    let with_rest = Countries::new([("CHN", Some(2.0)), ("OTH", Some(2.0))]).unwrap();
    assert_eq!(with_rest.hhi().unwrap(), 0.25);
    assert_eq!(with_rest.weighted_hhi(|_| 0.5).unwrap(), 0.125);
}

proptest! {
    #[test]
    fn hhi_lies_between_equal_shares_and_one(q in proptest::collection::vec(1e-3..1e9f64, 1..40)) {
        let index = hhi(&q, 0.0).unwrap();
        prop_assert!(index >= 1.0 / q.len() as f64 - 1e-12 && index <= 1.0);
    }

    #[test]
    fn merging_adds_twice_the_product_of_shares(
        q in proptest::collection::vec(0.0..1e9f64, 2..20), a in 1.0..1e9f64, b in 1.0..1e9f64,
    ) {
        let apart = [&q[..], &[a, b]].concat();
        let merged = [&q[..], &[a + b]].concat();
        let total: f64 = apart.iter().sum();
        let rise = hhi(&merged, 0.0).unwrap() - hhi(&apart, 0.0).unwrap();
        prop_assert!((rise - 2.0 * (a / total) * (b / total)).abs() <= 1e-14);
        // Read backwards: splitting never raises it.
        prop_assert!(rise >= -1e-15);
    }

    #[test]
    fn order_and_empty_countries_change_nothing(q in proptest::collection::vec(1.0..1e9f64, 1..20)) {
        let index = hhi(&q, 0.0).unwrap();
        let mut other: Vec<f64> = q.iter().rev().copied().collect();
        other.extend([0.0, 0.0]);
        prop_assert!((hhi(&other, 0.0).unwrap() - index).abs() <= 1e-14);
    }

    #[test]
    fn a_weight_bounds_the_weighted_index(
        suppliers in proptest::collection::vec((1.0..1e9f64, 0.0..1.0f64), 1..20), rest in 0.0..1e9f64,
    ) {
        let q: Vec<f64> = suppliers.iter().map(|s| s.0).collect();
        let (plain, weighted) = (hhi(&q, rest).unwrap(), weighted_hhi(&suppliers, rest).unwrap());
        let least = suppliers.iter().map(|s| s.1).fold(1.0, f64::min);
        let most = suppliers.iter().map(|s| s.1).fold(0.0, f64::max);
        prop_assert!(weighted <= plain * most + 1e-15 && weighted >= plain * least - 1e-15);
        prop_assert!(plain <= hhi(&q, 0.0).unwrap() + 1e-15, "a rest lowers it");
        let risk = import_risk(&suppliers, rest).unwrap();
        prop_assert!((0.0..=most).contains(&risk));
    }

    #[test]
    fn no_input_gives_a_score_that_is_no_number(
        bits in proptest::collection::vec((any::<u64>(), any::<u64>()), 0..6), rest in any::<u64>(),
    ) {
        let suppliers: Vec<(f64, f64)> =
            bits.iter().map(|(a, b)| (f64::from_bits(*a), f64::from_bits(*b))).collect();
        let rest = f64::from_bits(rest);
        for index in [weighted_hhi(&suppliers, rest), import_risk(&suppliers, rest)].into_iter().flatten() {
            prop_assert!(index.is_finite() && index >= 0.0);
        }
    }
}

fn baseline(model: &Model<'_>) -> Baseline {
    let year = model.atlas.package.as_of[..4].parse().unwrap();
    Baseline::new(model.atlas, model.network, model.values, model.flow(View::Gross), 1000.0, year)
}

fn outputs(pool: &Pool) -> Countries {
    let sites = pool.sites.iter().filter(|s| place(&s.country) != Place::World);
    Countries::new(sites.map(|s| (s.country.as_str(), s.output))).unwrap()
}

fn cell(book: &Book, table: &str, key: &str, column: &str) -> Option<f64> {
    book.answer.table(table).unwrap().value(key, column)
}

/// Instability of a country in [`traded`].
fn g(country: &str) -> f64 {
    let known = GOVERNED.iter().find(|c| c.0 == country);
    known.map_or(UNKNOWN_INSTABILITY, |c| instability(c.1).unwrap())
}

/// The same on the EU's scale.
fn w(country: &str) -> f64 {
    let six = |v: f64| [v, v + 0.05, v, v + 0.15, v + 0.2, v + 0.25];
    let known = GOVERNED.iter().find(|c| c.0 == country);
    known.map_or(UNKNOWN_GOVERNANCE, |c| eu_governance(&six(c.1)).unwrap())
}

fn same(found: Option<f64>, expected: f64) {
    close(found.expect("no data"), expected, 1e-12);
}

/// What is printed for every market of the shipped atlas is what the pure functions give.
#[test]
fn printed_numbers_are_those_of_the_functions() {
    for files in [shipped(), traded()] {
        let ground = Ground::of(&files, &Overlay::new());
        for alias in PRODUCTS {
            let model = ground.model(alias);
            let book = expose_at(&model, 1000.0);
            let pools = baseline(&model).pools;
            let table = book.answer.table("concentration").unwrap();
            let told = |key: &str| {
                let pool = &pools[&ground.network.item(key).unwrap()];
                pool.sites.iter().any(|s| s.output.is_some())
            };
            // Markets of published shares have a test of their own below.
            for key in table.keys.iter().filter(|k| told(k)) {
                let countries = outputs(&pools[&ground.network.item(key).unwrap()]);
                let at = |column| cell(&book, "concentration", key, column);
                same(at("hhi"), countries.hhi().unwrap());
                same(at("unnamed"), countries.unnamed / countries.total());
                let most = countries.named.values().copied().fold(0.0, f64::max);
                same(at("largest_share"), most / countries.total());
            }
            let known = pools.values().filter(|p| p.products != 0.0);
            let known = known.filter(|p| p.sites.iter().any(|s| s.output.is_some())).count();
            assert_eq!(table.keys.iter().filter(|k| told(k)).count(), known);
            assert!(known >= 10, "{known} markets");
        }
    }
}

/// Where nobody publishes a quantity, published shares are read, and what they leave is unnamed: three makers with 0.5 and
/// 0.2 in China and 0.2 in Japan make (0.7² + 0.2²) = 0.53, a tenth unnamed. One published output, and shares are not read.
#[test]
fn shares_are_read_where_no_quantity_is_published() {
    let with = |output: bool| {
        let mut files = shipped();
        edit(&mut files, "sites", |csv| {
            let item = csv.column("item");
            csv.rows.retain(|r| r[item] != "imu");
            for (id, country) in [("zz_a", "CHN"), ("zz_b", "CHN"), ("zz_c", "JPN")] {
                let cells = [("id", id), ("name", id), ("country", country), ("item", "imu")];
                csv.add(&[&cells[..], &[("status", "operating")]].concat());
            }
        });
        edit(&mut files, "site_figures", |csv| {
            let figure = |site, measure, value, unit| {
                [
                    ("site", site),
                    ("measure", measure),
                    ("period", "2025"),
                    ("value", value),
                    ("unit", unit),
                    ("source", "gen_know"),
                    ("standing", "estimated"),
                ]
            };
            for (site, share) in [("zz_a", "0.5"), ("zz_b", "0.2"), ("zz_c", "0.2")] {
                csv.add(&figure(site, "share", share, "fraction"));
            }
            if output {
                csv.add(&figure("zz_c", "output", "7", "piece/y"));
            }
        });
        edit(&mut files, "lanes", |csv| {
            let item = csv.column("item");
            csv.rows.retain(|r| r[item] != "imu");
        });
        let ground = Ground::of(&files, &Overlay::new());
        expose_at(&ground.model("optimus"), 1000.0)
    };
    let book = with(false);
    same(cell(&book, "concentration", "imu", "hhi"), 0.53);
    same(cell(&book, "concentration", "imu", "unnamed"), 0.1);
    same(cell(&book, "concentration", "imu", "largest_share"), 0.7);
    same(cell(&book, "shares", "imu/JPN", "share"), 0.2);
    assert_eq!(cell(&book, "shares", "imu/JPN", "output"), None);
    let book = with(true);
    same(cell(&book, "concentration", "imu", "hhi"), 1.0);
    same(cell(&book, "shares", "imu/JPN", "output"), 7.0);
}

#[test]
fn printed_risks_are_those_of_the_functions() {
    let ground = Ground::of(&traded(), &Overlay::new());
    let usa = ("USA", vec![("CHN", 0.71), ("MYS", 0.13), ("JPN", 0.1), ("OTH", 0.06)], 0.67);
    let cases = [
        ("optimus", "nd_oxide", usa.clone()),
        ("optimus", "dy_oxide", usa),
        ("optimus", "gallium", ("USA", vec![("CAN", 0.55), ("CHN", 0.43)], 1.0)),
        ("g1", "copper_cathode", ("CHN", vec![("AUS", 0.6), ("RUS", 0.4)], 0.4)),
        ("g1", "nd_oxide", ("CHN", vec![("USA", 1.0)], -2.0)),
    ];
    for (alias, item, (home, mix, reliance)) in cases {
        let model = ground.model(alias);
        let book = expose_at(&model, 1000.0);
        let countries = outputs(&baseline(&model).pools[&ground.network.item(item).unwrap()]);
        let at = |column| cell(&book, "supply_risk", item, column);
        let rated: Vec<(f64, f64)> = mix.iter().map(|(c, s)| (*s, g(c))).collect();
        let risk = import_risk_of_shares(&rated, reliance).unwrap();
        same(at("import_risk"), risk);
        same(at("geopolrisk"), geopolrisk(countries.hhi().unwrap(), risk).unwrap());
        same(at("reliance"), reliance.max(0.0));
        same(cell(&book, "concentration", item, "hhi_governance"), countries.weighted_hhi(g).unwrap());
        let named: Vec<(f64, f64)> =
            mix.iter().filter(|m| place(m.0) == Place::Country).map(|(c, s)| (*s, w(c))).collect();
        let unnamed = mix.iter().filter(|m| place(m.0) == Place::Unnamed).map(|m| m.1).sum();
        let parts = SupplyRisk {
            global: countries.weighted_hhi(w).unwrap(),
            sourcing: sourcing_hhi(&named, unnamed, reliance, w(home)).unwrap(),
            reliance,
            recycling: 0.0,
            substitution: 1.0,
        };
        same(at("supply_risk_eu"), supply_risk(&parts).unwrap());
    }
}

/// Where shares, reliance or a whole mix are missing there is no data, not the world's shares.
#[test]
fn what_is_not_traded_has_no_data() {
    let ground = Ground::of(&traded(), &Overlay::new());
    let book = expose_at(&ground.model("optimus"), 1000.0);
    // No line, an incomplete mix, and a reliance without shares.
    for item in ["magnet_ndfeb", "alumina", "copper_cathode"] {
        for column in ["reliance", "import_risk", "geopolrisk", "supply_risk_eu"] {
            assert_eq!(cell(&book, "supply_risk", item, column), None, "{item} {column}");
        }
    }
    let table = book.answer.table("supply_risk").unwrap();
    let note = table.notes.iter().find(|n| n.id == "note-no-imports").unwrap();
    let without = table.keys.iter().filter(|k| table.value(k, "geopolrisk").is_none()).count() as i64;
    assert_eq!(note.args["markets"], linchpin_table::Arg::Integer(without));
}

/// A market without one known government has no governance-weighted index: 0.5 all over would say nothing.
#[test]
fn convention_alone_is_no_data() {
    let mut files = traded();
    edit(&mut files, "governance", |csv| csv.rows.retain(|r| r[0] == "CAN"));
    let ground = Ground::of(&files, &Overlay::new());
    let book = expose_at(&ground.model("optimus"), 1000.0);
    assert_eq!(cell(&book, "concentration", "gallium", "hhi_governance"), None);
    assert_eq!(cell(&book, "supply_risk", "nd_oxide", "geopolrisk"), None);
    // Of the mix of gallium Canada is known.
    assert!(cell(&book, "supply_risk", "gallium", "geopolrisk").is_some());
    assert_eq!(cell(&book, "supply_risk", "gallium", "supply_risk_eu"), None);
}

/// A site of the whole world beside those of countries moves no share and no index.
#[test]
fn a_site_of_the_world_is_no_supplier() {
    let before = expose_at(&Ground::of(&shipped(), &Overlay::new()).model("optimus"), 1000.0);
    let mut files = shipped();
    let site = [("id", "world_gallium"), ("name", "World"), ("country", "WLD"), ("item", "gallium")];
    edit(&mut files, "sites", |csv| csv.add(&[&site[..], &[("status", "operating")]].concat()));
    edit(&mut files, "site_figures", |csv| {
        let key = [("site", "world_gallium"), ("measure", "output"), ("period", "2025")];
        let value = [("value", "1000"), ("low", "900"), ("high", "1100"), ("unit", "t/y")];
        csv.add(&[&key[..], &value, &[("standing", "assumed"), ("note", "made up")]].concat());
    });
    let after = expose_at(&Ground::of(&files, &Overlay::new()).model("optimus"), 1000.0);
    let differ = support::changed(&before.answer, &after.answer);
    assert!(differ.is_empty(), "{differ:?}");
}

/// The latest governance figure not after the year is read, and a change of it reaches the index.
#[test]
fn governance_is_of_the_year_asked() {
    let ground = Ground::of(&traded(), &Overlay::new());
    let model = ground.model("optimus");
    let at = |year| {
        let product = model.product.item.clone();
        let request = expose::Request { year: Some(year), ..expose::Request::new(&product, 1.0) };
        cell(&expose::expose(&model, &request).unwrap(), "concentration", "gallium", "hhi_governance")
    };
    assert_ne!(at(2025), at(3000));
    let values =
        [("governance/CHN/political_stability/2022".to_owned(), Change::Set(-2.9))].into_iter().collect();
    let changed = Ground::of(&traded(), &values);
    let book = expose_at(&changed.model("optimus"), 1000.0);
    let countries = outputs(&baseline(&model).pools[&ground.network.item("gallium").unwrap()]);
    let expected = countries.weighted_hhi(|c| if c == "CHN" { 1.0 } else { g(c) }).unwrap();
    same(cell(&book, "concentration", "gallium", "hhi_governance"), expected);
}

/// A number that stands at the end of its scale still says which figure put it there.
#[test]
fn a_held_number_names_its_figure() {
    let ground = Ground::of(&traded(), &Overlay::new());
    let model = ground.model("g1");
    let book = expose_at(&model, 1000.0);
    let address = "expose/supply_risk/nd_oxide/reliance";
    assert_eq!(model.value(&book.numbers[address]), Some(0.0));
    let figure = ground.atlas.figures.find("reliances/CHN/rare_earths/2025").unwrap();
    assert!(explain::cells(&model, &book.numbers[address]).contains(&figure));
    let answer = explain::explain(&model, &book, address, 9).unwrap();
    let parts = &answer.table("definition").unwrap().column("part").unwrap().cells;
    assert!((0..parts.len()).any(|row| parts.text(row) == Some("part-greatest")));
    // At the end of its scale nothing moves it.
    assert_eq!(model.spread(&book.numbers[address]).up, 0.0);
}

/// A company counts at the country of whoever owns it in the end; what nobody is known to own, where it stands.
#[test]
fn owners_are_followed_to_the_top() {
    let mut files = shipped();
    edit(&mut files, "companies", |csv| {
        let parent = csv.column("parent");
        csv.rows.iter_mut().find(|r| r[0] == "mp_materials").unwrap()[parent] = "evac".into();
    });
    let ground = Ground::of(&files, &Overlay::new());
    let model = ground.model("optimus");
    let book = expose_at(&model, 1000.0);
    // MP belongs to eVAC in this test, and eVAC to VAC of Germany.
    let found = cell(&book, "shares", "nd_oxide/DEU", "owner_share").unwrap();
    let pool = &baseline(&model).pools[&ground.network.item("nd_oxide").unwrap()];
    let mp = pool.sites.iter().find(|s| s.site == "mp_separation_nd").unwrap().output.unwrap();
    close(found, mp / outputs(pool).total(), 1e-12);
    assert_eq!(cell(&book, "shares", "nd_oxide/DEU", "share"), Some(0.0));
    // No site of gallium has a company: there are no owners to show.
    assert_eq!(cell(&book, "shares", "gallium/CHN", "owner_share"), None);
    assert!(book.answer.table("ownership").unwrap().row("gallium").is_none());
    let clay = |column| cell(&book, "ownership", "concentrate_china_clay_heavy", column);
    assert_eq!((clay("owner_known"), clay("hhi_company")), (Some(1.0), Some(1.0)));
    assert_eq!(cell(&book, "ownership", "nd_oxide", "hhi_company"), None);
}

/// All countries of a market make a whole; so do the largest and the sum of the others.
#[test]
fn shares_make_a_whole() {
    let ground = Ground::of(&shipped(), &Overlay::new());
    for alias in PRODUCTS {
        let model = ground.model(alias);
        for countries in [None, Some(1), Some(3)] {
            let product = model.product.item.clone();
            let request = expose::Request { countries, ..expose::Request::new(&product, 1.0) };
            let book = expose::expose(&model, &request).unwrap();
            let table = book.answer.table("shares").unwrap();
            for item in &book.answer.table("concentration").unwrap().keys {
                // Published shares leave what nobody publishes, which is no row.
                let left = book.answer.table("concentration").unwrap().value(item, "unnamed").unwrap();
                let prefix = format!("{item}/");
                let rows: Vec<&String> = table.keys.iter().filter(|k| k.starts_with(&prefix)).collect();
                for column in ["share", "owner_share"] {
                    let parts: Vec<f64> = rows.iter().filter_map(|k| table.value(k, column)).collect();
                    let sum: f64 = parts.iter().sum();
                    if !parts.is_empty() && (sum - 1.0).abs() > 1e-12 {
                        assert!(sum < 1.0, "{item}: {sum}");
                        assert!(1.0 - sum <= left + 1e-9, "{item}: {sum} {left}");
                    }
                }
                assert!(countries.is_none_or(|n| rows.len() <= n + 1), "{item}: {rows:?}");
                if countries.is_none() {
                    assert!(!rows.iter().any(|k| k.ends_with(OTHERS)));
                }
            }
        }
    }
}

/// The largest country is the one that `explode` shows for the same market, unless that is no single country.
#[test]
fn both_verbs_name_the_same_largest_country() {
    let ground = Ground::of(&shipped(), &Overlay::new());
    let model = ground.model("optimus");
    let request = explode::Request {
        product: model.product.item.clone(),
        units: 1.0,
        depth: 1,
        where_used: None,
        year: None,
        flow: true,
    };
    let supply = explode::explode(&model, &request).unwrap();
    let book = expose_at(&model, 1.0);
    let largest = supply.answer.table("supply").unwrap();
    let country = |key: &str| {
        let row = largest.row(key).unwrap();
        largest.column("largest").unwrap().cells.text(row).unwrap().to_owned()
    };
    let keys = &book.answer.table("concentration").unwrap().keys;
    let mut compared = 0;
    for key in keys.iter().filter(|k| place(&country(k)) == Place::Country) {
        // Of a market of published shares `explode` shows no output, and no largest country.
        let Some(largest) = cell(&supply, "supply", key, "largest_share") else { continue };
        same(Some(largest), cell(&book, "concentration", key, "largest_share").unwrap());
        compared += 1;
    }
    assert!(compared >= 30, "{compared}");
}
