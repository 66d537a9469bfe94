//! What if another magnet, gear or cell were used everywhere.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use linchpin::atlas::{Atlas, Files, Overlay};
use linchpin::context::Context;
use linchpin::explode::{Request, explode};
use linchpin::model::{Model, product};
use linchpin::swap::{Swap, SwapFault, Swaps, swap};
use linchpin_table::Answer;
use std::sync::LazyLock;

static SHIPPED: LazyLock<Files> = LazyLock::new(|| {
    linchpin_atlas::files().iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())).collect()
});
static ATLAS: LazyLock<Atlas> = LazyLock::new(|| Atlas::read(&SHIPPED).unwrap());

fn typed(swaps: &[(&str, &str)]) -> Vec<Swap> {
    swaps.iter().map(|(from, to)| Swap { from: (*from).to_owned(), to: (*to).to_owned() }).collect()
}

fn swapped(swaps: &[(&str, &str)]) -> (Swaps, Atlas) {
    let swaps = swap(&ATLAS, &typed(swaps)).unwrap();
    let atlas =
        Atlas::read(&swaps.over(None, &SHIPPED)).unwrap_or_else(|problems| panic!("{:?}", problems.first()));
    (swaps, atlas)
}

fn exploded(atlas: &Atlas, robot: &str) -> Answer {
    let values = atlas.values(&Overlay::new()).unwrap();
    let product = product(atlas, atlas.network(), robot).unwrap();
    let model = Model::new(atlas, atlas.network(), &values, product, Context::default()).unwrap();
    let request = Request {
        product: robot.to_owned(),
        units: 1.0,
        depth: 1,
        where_used: None,
        year: None,
        flow: false,
    };
    explode(&model, &request).unwrap().answer
}

fn element(answer: &Answer, symbol: &str) -> f64 {
    answer.table("element").unwrap().value(symbol, "mass").unwrap_or(0.0)
}

fn figure(atlas: &Atlas, address: &str) -> f64 {
    let values = atlas.values(&Overlay::new()).unwrap();
    values.get(atlas.figures.find(address).unwrap_or_else(|| panic!("{address}"))).unwrap()
}

#[test]
fn a_swap_and_its_reverse_are_the_start() {
    for (a, b) in [
        ("magnet_n48sh_gbd", "magnet_smco"),
        ("harmonic_reducer", "planetary_reducer"),
        ("li_ion_cell_nmc811", "li_ion_cell_lfp"),
    ] {
        let (there, atlas) = swapped(&[(a, b)]);
        assert!(!there.changed.is_empty() && atlas.hash != ATLAS.hash, "{a}");
        let (back, atlas) = swapped(&[(a, b), (b, a)]);
        assert_eq!((back, atlas.hash), (Swaps::default(), ATLAS.hash.clone()), "{a}");
    }
}

#[test]
fn a_motor_grows_by_what_its_magnet_loses_in_torque() {
    let (swaps, atlas) = swapped(&[("magnet_n48sh_gbd", "magnet_smco")]);
    let torque = figure(&ATLAS, "substitutions/magnet_smco/magnet_n48sh_gbd/torque");
    assert!(torque < 1.0 && swaps.changed.iter().all(|c| c.torque == Some(torque)));
    for address in
        ["inputs/make_g1_rotor_139/magnets/magnet_smco", "inputs/make_g1_stator_139/winding/copper_wire"]
    {
        let grown = figure(&atlas, address) / figure(&ATLAS, address);
        assert!((grown * torque - 1.0).abs() < 1e-9, "{address}: {grown}");
    }
    // What is no part of the motor stays.
    let housing = "inputs/make_g1_housing_139/shell/aluminium_6061";
    assert_eq!(figure(&atlas, housing), figure(&ATLAS, housing));
}

#[test]
fn masses_follow() {
    let (swaps, atlas) = swapped(&[("magnet_n48sh_gbd", "magnet_smco")]);
    let rotor = swaps.changed.iter().find(|c| c.into == "g1_rotor_139").unwrap();
    // Magnets and back iron of the rotor, each over the torque that is left.
    let torque = rotor.torque.unwrap();
    let [iron, before, after] = ["back_iron/steel_scm440", "magnets/magnet_n48sh_gbd", "magnets/magnet_smco"]
        .map(|input| figure(&ATLAS, &format!("inputs/make_g1_rotor_139/{input}")));
    assert!((rotor.mass - ((iron + after) / torque - iron - before)).abs() < 1e-9, "{rotor:?}");
    let actuator = figure(&atlas, "masses/g1_actuator_139") - figure(&ATLAS, "masses/g1_actuator_139");
    let stator: f64 = ["insulation/polymer", "laminations/electrical_steel", "winding/copper_wire"]
        .map(|input| figure(&ATLAS, &format!("inputs/make_g1_stator_139/{input}")))
        .iter()
        .sum();
    assert!((actuator - rotor.mass - stator * (1.0 / torque - 1.0)).abs() < 1e-9, "{actuator}");
}

#[test]
fn a_cooler_grade_takes_dysprosium_out_of_the_robot_and_ferrite_neodymium() {
    let before = exploded(&ATLAS, "g1");
    let (_, atlas) = swapped(&[("magnet_n48sh_gbd", "magnet_n48h")]);
    let after = exploded(&atlas, "g1");
    assert!(element(&after, "Dy") < 0.9 * element(&before, "Dy"), "{}", element(&before, "Dy"));
    let ferrite = exploded(&swapped(&[("magnet_n48sh_gbd", "magnet_ferrite")]).1, "g1");
    assert!(element(&ferrite, "Nd") < 0.2 * element(&before, "Nd"));
}

#[test]
fn a_cell_is_swapped_for_the_same_energy() {
    let (swaps, atlas) = swapped(&[("li_ion_cell_nmc811", "li_ion_cell_lfp")]);
    assert!(swaps.changed.iter().all(|c| c.mass > 0.0 && c.motor.is_none()), "{:?}", swaps.changed);
    let [before, after] = [&*ATLAS, &atlas].map(|atlas| element(&exploded(atlas, "walker"), "Ni"));
    assert!(after < before);
}

#[test]
fn names_and_markets_may_be_said() {
    let by_id = swap(&ATLAS, &typed(&[("magnet_n48sh_gbd", "magnet_ferrite")])).unwrap();
    let items = ATLAS.sheet("items");
    let name = |id: &str, column: &str| items.text(items.find(id).unwrap(), column).to_owned();
    let (from, to) = (name("magnet_n48sh_gbd", "name_en"), name("magnet_ferrite", "name_zh"));
    assert_eq!(swap(&ATLAS, &typed(&[(&from, &to)])).unwrap(), by_id);
    let gears = swap(&ATLAS, &typed(&[("harmonic_reducer", "planetary_reducer")])).unwrap();
    assert!(gears.changed.len() > 3);
}

#[test]
fn what_cannot_be_swapped_is_told_with_what_could() {
    let faults =
        swap(&ATLAS, &typed(&[("magnet_n48sh_gdb", "magnet_ferrite"), ("magnet_n48sh_gbd", "copper_wire")]))
            .unwrap_err();
    assert!(
        matches!(&faults[0], SwapFault::Item { nearest, .. } if nearest[0].contains("magnet_n48sh_gbd")),
        "{faults:?}"
    );
    assert!(
        matches!(&faults[1], SwapFault::Nowhere { alternates, .. } if alternates.contains(&"magnet_smco".to_owned())),
        "{faults:?}"
    );
}
