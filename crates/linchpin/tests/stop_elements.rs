//! What an element stands for as a selector, what is suggested for a part of a name, and tickers of several codes.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use linchpin::stop::{Chain, Selector, SelectorError};
use std::collections::BTreeSet;
use support::{PRODUCTS, ground, markets};

/// Markets of the plants that a selector hits, of any product.
fn markets_of(text: &str) -> BTreeSet<String> {
    let selector = Selector::parse(&ground().atlas, text).unwrap_or_else(|e| panic!("{text}: {e}"));
    let hit = |product: &&str| {
        let chain: Chain = markets(&ground().model(product), 1000.0);
        let hit = chain.links.iter().filter(|l| l.plants.iter().any(|p| selector.hits(p, l)));
        hit.map(|l| l.id.clone()).collect::<Vec<_>>()
    };
    PRODUCTS.iter().flat_map(hit).collect()
}

fn set(ids: &[&str]) -> BTreeSet<String> {
    ids.iter().map(|id| (*id).to_owned()).collect()
}

#[test]
fn an_element_stands_for_what_is_mainly_it() {
    let niobium = markets_of("Nb");
    assert_eq!(niobium, set(&["niobium_concentrate_nb", "ferroniobium_nb"]));
    for name in ["niobium", "Niobium", "铌", "element:Nb", "element:niobium"] {
        assert_eq!(markets_of(name), niobium, "{name}");
    }
    // As a ticker, in its own capitals, it is a company.
    assert_eq!(markets_of("NB"), markets_of("niocorp"));
    // Graphite powders are traded in one market, and needle coke counts as the graphite that it becomes; no mine of rare
    // earths gives mainly neodymium.
    assert_eq!(markets_of("graphite"), set(&["graphite_flake_c", "graphite_battery_c", "needle_coke"]));
    assert_eq!(markets_of("石墨"), markets_of("C"));
    assert_eq!(markets_of("Nd"), set(&["nd_oxide", "nd_metal"]));
    assert_eq!(markets_of("China/niobium").len(), markets_of("CHN/Nb").len());
}

/// An id or a name of something else comes first.
#[test]
fn an_id_or_a_name_is_taken_before_an_element() {
    assert_eq!(markets_of("gallium"), set(&["gallium"]));
    assert_eq!(markets_of("nickel"), set(&["nickel"]));
    assert!(markets_of("element:nickel").is_superset(&set(&["nickel", "nickel_ore_ni"])));
    assert_eq!(markets_of("AA"), markets_of("alcoa"));
    assert!(matches!(Selector::parse(&ground().atlas, "element:CHN"), Err(SelectorError::Unknown { .. })));
}

#[test]
fn a_part_of_a_name_is_answered_with_what_holds_it() {
    let nearest = |text: &str| match Selector::parse(&ground().atlas, text) {
        Err(SelectorError::Unknown { nearest, .. }) => nearest,
        other => panic!("{text}: {other:?}"),
    };
    let motors = nearest("motor");
    assert!(
        motors.matches('(').count() >= 3 && motors.to_lowercase().starts_with(|c: char| c.is_alphabetic())
    );
    assert!(
        nearest("sponge").contains("(titanium_sponge)") && nearest("sponge").contains("(zirconium_sponge)")
    );
    assert!(nearest("海绵").contains("titanium_sponge"), "{}", nearest("海绵"));
}

#[test]
fn each_code_of_a_ticker_names_the_company() {
    for code in ["LYC", "lysdy", "LYC / LYSDY"] {
        // A slash joins terms, so the whole ticker is no term.
        match Selector::parse(&ground().atlas, code) {
            Ok(_) => assert_eq!(markets_of(code), markets_of("lynas"), "{code}"),
            Err(e) => panic!("{code}: {e}"),
        }
    }
    assert_eq!(markets_of("6680"), markets_of("jl_mag"));
}
