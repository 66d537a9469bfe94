//! What can be named as lost: every kind of term, combinations, and what is refused with which words.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use linchpin::stop::{Chain, Selector, SelectorError, former};
use std::collections::BTreeSet;
use support::stops::set;
use support::{ground, markets};

fn chain() -> &'static Chain {
    // A chain shares its definitions within a thread; every test has its own.
    thread_local! {
        static CHAIN: &'static Chain = Box::leak(Box::new(markets(&ground().model("optimus"), 1000.0)));
    }
    CHAIN.with(|chain| *chain)
}

fn of(text: &str) -> Result<Selector, SelectorError> {
    Selector::of(&ground().atlas, chain(), text)
}

/// Plants that a selector hits, as market/site.
fn hit(selector: &Selector) -> BTreeSet<String> {
    let plants = chain().links.iter().flat_map(|l| l.plants.iter().map(move |p| (l, p)));
    plants.filter(|(l, p)| selector.hits(p, l)).map(|(l, p)| format!("{}/{}", l.id, p.site)).collect()
}

#[track_caller]
fn plants(text: &str) -> BTreeSet<String> {
    hit(&of(text).unwrap_or_else(|e| panic!("{text}: {e}")))
}

/// The same, by a condition on market and plant.
fn by(which: impl Fn(&linchpin::stop::Link, &linchpin::stop::Plant) -> bool) -> BTreeSet<String> {
    let plants = chain().links.iter().flat_map(|l| l.plants.iter().map(move |p| (l, p)));
    plants.filter(|(l, p)| which(l, p)).map(|(l, p)| format!("{}/{}", l.id, p.site)).collect()
}

fn refused(text: &str) -> SelectorError {
    match of(text) {
        Ok(selector) => panic!("{text} hits {:?}", hit(&selector)),
        Err(error) => error,
    }
}

#[test]
fn every_kind_of_term() {
    assert_eq!(plants("JPN"), by(|_, p| p.country == "JPN"));
    assert_eq!(plants("country:JPN"), plants("JPN"));
    let eu = &chain().groups["eu"];
    assert_eq!(plants("eu"), by(|_, p| eu.contains(&p.country)));
    assert_eq!(plants("group:eu"), plants("eu"));
    assert_eq!(plants("harmonic_drive_systems").len(), 3);
    assert_eq!(plants("company:harmonic_drive_systems"), plants("harmonic_drive_systems"));
    let one = plants("harmonic_drive_systems_harmonic_deu");
    assert_eq!(one, BTreeSet::from(["harmonic_reducer/harmonic_drive_systems_harmonic_deu".to_owned()]));
    assert_eq!(plants("site:harmonic_drive_systems_harmonic_deu"), one);
    assert_eq!(plants("harmonic_reducer"), by(|_, p| p.item == "harmonic_reducer"));
    assert_eq!(plants("item:harmonic_reducer"), plants("harmonic_reducer"));
    assert_eq!(plants("mining"), by(|l, _| l.stage == "mining"));
    assert_eq!(plants("stage:mining"), plants("mining"));
    // What mines sell is traded as concentrate and shown as the feed of each oxide.
    let mines = plants("concentrate_monazite");
    assert!(!mines.is_empty() && mines.iter().all(|m| m.starts_with("feed_")), "{mines:?}");
}

/// An item that is traded in a pool stands for the pool.
#[test]
fn a_grade_stands_for_the_market_in_which_it_is_traded() {
    let grade = plants("magnet_n48h");
    assert_eq!(grade, by(|l, _| l.id == "magnet_ndfeb"));
    assert!(grade.len() > 10);
}

/// An export control hits its items in the country that imposes it; magnet grades stand for the magnet pool.
/// `STAGE.ELEMENTS`: the markets of what a stage makes that holds any of them, in any capitals and by any name of the stage.
#[test]
fn a_stage_and_elements_stand_for_what_holds_them() {
    let magnets = plants("magnet_ndfeb");
    for text in ["magnets.dytb", "magnet.Dy", "永磁体.tb", "magnet.TBDY"] {
        assert_eq!(plants(text), magnets, "{text}");
    }
    // Bonded magnets hold neodymium and no dysprosium.
    assert_eq!(plants("magnets.nd"), plants("magnet_ndfeb,magnet_bonded"));
    assert_eq!(plants("CHN/magnets.dytb"), plants("CHN/magnet_ndfeb"));
    for text in ["magnets.", "magnets.xx", "magnetz.dy", "magnets.h"] {
        assert!(of(text).is_err(), "{text}");
    }
}

#[test]
fn a_control_hits_its_items_where_it_is_imposed() {
    let items = ["dy_oxide", "dy_metal", "tb_oxide", "tb_metal", "magnet_ndfeb"]; // Sm, Gd and SmCo are in no robot
    let found = plants("cn_ree_2025_04");
    assert_eq!(found, by(|l, p| p.country == "CHN" && items.contains(&l.id.as_str()) && !l.feed));
    assert_eq!(plants("control:cn_ree_2025_04"), found);
    assert_eq!(plants("cn_ga_2023_08"), by(|l, p| p.country == "CHN" && l.id == "gallium"));
    assert_eq!(of("cn_ga_2023_08").unwrap().countries(), set(&["CHN"]));
    assert!(!of("cn_ga_2023_08").unwrap().is_whole());
}

/// A company is lost with all that it owns: USA Rare Earth owns Less Common Metals, whose plants stand in England.
#[test]
fn a_company_takes_what_it_owns() {
    let group = plants("usa_rare_earth");
    assert!(group.contains("nd_metal/lcm_cheshire"), "{group:?}");
    assert!(plants("less_common_metals").is_subset(&group));
    assert_eq!(hit(&of("usa_rare_earth/GBR").unwrap()), plants("less_common_metals"));
    assert!(plants("GBR").contains("nd_metal/lcm_cheshire"));
    assert!(!hit(&of("usa_rare_earth").unwrap()).iter().any(|p| p.contains("harmonic")));
}

/// The owner's country is that of the company at the top; a plant without a company counts where it stands.
#[test]
fn an_owner_is_the_country_of_the_company_at_the_top() {
    let american = plants("owner:USA");
    assert!(american.contains("nd_metal/lcm_cheshire"));
    assert!(!plants("owner:GBR").contains("nd_metal/lcm_cheshire"));
    // Kollmorgen's parent is American, Harmonic Drive Systems' German plant is Japanese.
    assert!(plants("owner:JPN").contains("harmonic_reducer/harmonic_drive_systems_harmonic_deu"));
    assert!(!plants("JPN").contains("harmonic_reducer/harmonic_drive_systems_harmonic_deu"));
    assert!(plants("owner:CHN").contains("harmonic_reducer/harmonic_rest_china"));
    // It names a nationality, not a place: an embargo on it names no country.
    assert_eq!(of("owner:USA").unwrap().countries(), BTreeSet::new());
    assert!(matches!(refused("owner:eu"), SelectorError::Unknown { .. }));
}

#[test]
fn terms_are_joined_and_alternatives_added() {
    assert_eq!(plants("CHN/mining"), by(|l, p| p.country == "CHN" && l.stage == "mining"));
    assert_eq!(plants("CHN / mining"), plants("CHN/mining"));
    assert_eq!(plants("mining/CHN"), plants("CHN/mining"));
    assert_eq!(
        plants("CHN/magnet,MMR"),
        by(|l, p| p.country == "CHN" && l.stage == "magnet" || p.country == "MMR")
    );
    assert_eq!(plants("MMR, CHN/magnet"), plants("CHN/magnet,MMR"));
    assert_eq!(plants("CHN,CHN"), plants("CHN"));
    assert_eq!(of("CHN/magnet,MMR").unwrap().countries(), set(&["CHN", "MMR"]));
    for (text, whole) in
        [("CHN", true), ("CHN,JPN", true), ("feoc", true), ("CHN/mining", false), ("mining", false)]
    {
        assert_eq!(of(text).unwrap().is_whole(), whole, "{text}");
    }
    assert!(of("CHN/magnet,MMR").unwrap().is_whole(), "all of Myanmar");
}

/// What is not known is answered with what is nearest.
#[test]
fn an_unknown_name_is_answered_with_the_nearest() {
    for (typed, nearest) in [
        ("CNH", "CHN"),
        ("Chna", "CHN"),
        ("harmonic_reduser", "harmonic_reducer"),
        ("minning", "mining"),
        ("CHN/magnett", "magnet"),
    ] {
        match refused(typed) {
            SelectorError::Unknown { term, nearest: found } => {
                assert!(typed.ends_with(&term), "{term}");
                assert_eq!(found.split(", ").next(), Some(nearest), "{typed}");
                assert_eq!(found.split(", ").count(), 3);
            }
            other => panic!("{typed}: {other}"),
        }
    }
    // What begins so comes first.
    for (typed, begun) in [("GER", "Germany (DEU)"), ("mp_material", "MP Materials Corp. (mp_materials)")] {
        let SelectorError::Unknown { nearest, .. } = refused(typed) else { panic!("{typed} is known") };
        assert!(nearest.starts_with(begun), "{typed}: {nearest}");
    }
    // A company by the words that its name begins with.
    for typed in ["MP Materials", "mp materials"] {
        assert_eq!(hit(&of(typed).unwrap()), hit(&of("mp_materials").unwrap()));
    }
    // A known id under the wrong kind, and a kind that is none.
    assert!(matches!(refused("item:CHN"), SelectorError::Unknown { .. }));
    assert!(matches!(refused("planet:CHN"), SelectorError::Unknown { .. }));
}

/// What people call a thing does for its id: its name in either language, a ticker, and any capitals.
#[test]
fn a_name_does_for_an_id() {
    for (name, id) in [
        ("chn", "CHN"),
        ("China", "CHN"),
        ("中国", "CHN"),
        ("European Union", "eu"),
        ("EU", "eu"),
        ("MP", "mp_materials"),
        ("金力永磁", "jl_mag"),
        ("金力永磁/Magnet", "jl_mag/magnet"),
    ] {
        assert_eq!(plants(name), plants(id), "{name}");
    }
}

#[test]
fn a_former_country_is_answered_with_its_successors() {
    let error = refused("SUN");
    assert!(
        matches!(&error, SelectorError::Former { term, successors } if term == "SUN" && successors.contains("RUS"))
    );
    assert_eq!(
        error.to_string(),
        "SUN no longer exists; its successors are RUS, UKR, KAZ, UZB, EST, LVA, LTU, …"
    );
    assert!(matches!(refused("country:SUN"), SelectorError::Former { .. }));
    assert_eq!(former("CSK"), Some("CZE, SVK"));
    assert_eq!(former("CHN"), None);
}

/// Luoyang Bearing is a company and, under the same id, its plant.
#[test]
fn an_id_with_two_meanings_asks_for_the_kind() {
    let error = refused("luoyang_bearing");
    let kinds = "company:luoyang_bearing, site:luoyang_bearing".to_owned();
    assert_eq!(error, SelectorError::Ambiguous { term: "luoyang_bearing".to_owned(), kinds });
    assert_eq!(plants("site:luoyang_bearing"), plants("company:luoyang_bearing"));
    let both = Selector::parse(&ground().atlas, "magnet").map(|s| hit(&s));
    assert_eq!(both.unwrap(), by(|l, _| l.stage == "magnet"));
}

#[test]
fn empty_terms_are_refused() {
    for text in ["", " ", ",", "/", "CHN,", ",CHN", "CHN//mining", "CHN/", "CHN, ,JPN"] {
        assert_eq!(refused(text), SelectorError::Empty(text.to_owned()), "{text}");
    }
    assert!(matches!(refused("country:"), SelectorError::Unknown { .. }));
}

/// What exists and has no running plant behind the product is an error, not an empty loss.
#[test]
fn what_matches_nothing_is_an_error() {
    for text in ["GRL", "lcm_lacq", "CHN/JPN", "harmonic_reducer/mining"] {
        assert_eq!(refused(text), SelectorError::Nothing(text.to_owned()), "{text}");
        assert!(Selector::parse(&ground().atlas, text).is_ok());
    }
}

#[test]
fn a_destination_names_countries() {
    let to = |text: &str| Selector::destination(&ground().atlas, text);
    assert_eq!(to("USA").unwrap(), set(&["USA"]));
    assert_eq!(to("USA,JPN").unwrap(), set(&["USA", "JPN"]));
    assert_eq!(&to("eu").unwrap(), &chain().groups["eu"]);
    assert_eq!(to("eu,USA").unwrap().len(), chain().groups["eu"].len() + 1);
    // A destination need not make anything.
    assert_eq!(to("ISL").unwrap(), set(&["ISL"]));
    for text in ["mining", "mp_materials", "USA/mining", "USA,magnet_ndfeb", "owner:USA", "cn_ga_2023_08"] {
        assert_eq!(to(text).unwrap_err(), SelectorError::NoCountries(text.to_owned()), "{text}");
    }
    assert!(matches!(to("SUN"), Err(SelectorError::Former { .. })));
    assert!(matches!(to(""), Err(SelectorError::Empty(_))));
}
