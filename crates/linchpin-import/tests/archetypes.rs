//! Lines of other people's lists find their items.

#[path = "archetypes/measure.rs"]
mod measure;

use linchpin_import::archetype::{Cause, Field, OverrideFault, Overrides, Part, Quantity, Reason};
use measure::Counts;

/// At least so many of a hundred answers are right.
const PRECISION: f64 = 0.95;

fn right_enough(counts: &Counts, wrong: &str) {
    let (precision, recall) = (counts.precision(), counts.recall());
    assert!(precision >= PRECISION, "precision {precision:.3}, recall {recall:.3}{wrong}");
}

#[test]
fn answers_on_lists_that_the_terms_were_written_against_are_right() {
    let matcher = measure::matcher();
    for lines in [measure::real("dev"), measure::invented(true), measure::typed("trial.csv")] {
        let mut wrong = String::new();
        let counts = measure::measure(&matcher, &lines, |line, answer, _| {
            wrong += &format!("\n{}: {answer}", line.place);
        });
        right_enough(&counts, &wrong);
    }
}

/// Which of these lines are wrong is not shown, so that no term is written against them.
#[test]
fn answers_on_lists_never_seen_are_right() {
    let matcher = measure::matcher();
    for lines in [measure::real("test"), measure::invented(false), measure::typed("unseen.csv")] {
        right_enough(&measure::measure(&matcher, &lines, |_, _, _| ()), "");
    }
}

#[test]
fn an_answer_says_what_it_rests_on() {
    let matcher = measure::matcher();
    let found = matcher.find(&Part {
        name: "行星减速器",
        details: &["额定扭矩 20 N·m，重量 0.6 kg"],
        maker: "中大力德",
        ..Part::default()
    });
    let best = found.best.unwrap();
    assert_eq!(best.item, "planetary_20");
    let causes: Vec<_> = best.reason.iter().map(|r| (r.field, &r.cause)).collect();
    assert!(causes.contains(&(Field::Name, &Cause::Term("行星减速器".into()))));
    assert!(causes.iter().any(|(_, cause)| matches!(cause, Cause::Maker)));
    assert!(causes.iter().any(|(_, cause)| matches!(cause, Cause::Size(s) if s.value == 20.0)));
    let sizes: Vec<_> = found.sizes.iter().map(|s| (s.quantity, s.value)).collect();
    assert_eq!(sizes, [(Quantity::Torque, 20.0), (Quantity::Mass, 0.6)]);
}

#[test]
fn headings_makers_numbers_and_designators_help() {
    let matcher = measure::matcher();
    let item = |part: Part<'_>| matcher.find(&part).best.map(|g| g.item).unwrap_or_default();
    let part = Part::default();
    assert_eq!(item(Part { name: "625", ..part }), "");
    assert_eq!(item(Part { name: "625", heading: "Bearings", ..part }), "deep_groove_bearing");
    assert_eq!(item(Part { name: "减速器", ..part }), "");
    assert_eq!(item(Part { name: "减速器", maker: "绿的谐波", ..part }), "harmonic_reducer");
    assert_eq!(item(Part { name: "Bearing", number: "RB10016UUCC0", ..part }), "crossed_roller_bearing");
    assert_eq!(item(Part { name: "Load cell 10 kN", number: "LCS-0416", ..part }), "axial_force_sensor");
    assert_eq!(item(Part { name: "Reducer", number: "LCS-17-100", ..part }), "harmonic_reducer");
    assert_eq!(item(Part { name: "100n", designator: "C4, C7", ..part }), "pcb_electronics");
    assert_eq!(item(Part { name: "Bracket", details: &["7075-T6"], ..part }), "aluminium_7075");
    assert_eq!(item(part), "");
}

#[test]
fn what_is_only_touched_on_is_not_offered_beside_a_name() {
    let matcher = measure::matcher();
    for name in [
        "Holding brake, perm. magnet, 24V",
        "Cable chainflex CF11 4x0.25",
        "Strain wave gear CSD-25-100-2UH",
        "散热风扇 6015",
        "结构胶 乐泰638",
        "空心杯电机(含霍尔)",
        "磁钢 N45SH",
    ] {
        assert_eq!(matcher.find(&Part { name, ..Part::default() }).runner_up, None, "{name}");
    }
    let unsure = matcher.find(&Part { name: "6015", ..Part::default() });
    assert_eq!(unsure.runner_up.unwrap().item, "deep_groove_bearing");
}

/// A shell of something is not that, and what is cut off is nothing.
#[test]
fn the_noun_may_stand_first() {
    let matcher = measure::matcher();
    let item =
        |name| matcher.find(&Part { name, ..Part::default() }).best.map(|g| g.item).unwrap_or_default();
    assert_eq!(item("IMU 6-AXIS MODULE"), "imu");
    assert_eq!(item("HOUSING ACTUATOR EN AW-6082 T6 MACHINED"), "aluminium_6061");
    assert_eq!(item("BRACKET MOTOR 7075-T6"), "aluminium_7075");
    assert_eq!([item("COVER ENCODER"), item("SCRAP RETURN CHIPS"), item("Aluminium chips")], [""; 3]);
    assert_eq!(item("Wrist force sensor, 6-axis module"), item("6-axis force sensor"));
}

#[test]
fn a_material_that_the_atlas_lacks_is_told_as_the_nearest() {
    let matcher = measure::matcher();
    let found = matcher.find(&Part { name: "Joint housing EN AW-6082", ..Part::default() });
    let best = found.best.unwrap();
    assert_eq!(best.item, "aluminium_6061");
    assert_eq!(best.reason[0].cause, Cause::Near("en aw 6082".into()));
}

#[test]
fn no_line_is_an_item_of_one_robot() {
    let matcher = measure::matcher();
    for name in ["Walker hand, 11 joints", "Walker 手臂", "G1 battery", "Unitree G1-class"] {
        let found = matcher.find(&Part { name, ..Part::default() });
        for guess in found.best.iter().chain(&found.runner_up) {
            assert!(
                !["walker_", "g1_", "opt_", "robot_"].iter().any(|p| guess.item.starts_with(p)),
                "{guess:?}"
            );
        }
    }
}

#[test]
fn what_the_user_says_wins() {
    let mut matcher = measure::matcher();
    let mut overrides = Overrides::default();
    overrides.set("Thigh  plate", Some("titanium_6al4v"));
    overrides.set("Ball bearing | from the old robot", None);
    matcher.override_with(overrides).unwrap();
    let found = matcher.find(&Part { name: "THIGH PLATE", details: &["7075-T6"], ..Part::default() });
    let best = found.best.unwrap();
    assert_eq!(best.item, "titanium_6al4v");
    assert_eq!(best.reason, [Reason { field: Field::Name, cause: Cause::Override }]);
    assert_eq!(found.runner_up.unwrap().item, "aluminium_7075");
    let found =
        matcher.find(&Part { name: "Ball bearing", details: &["from the old robot"], ..Part::default() });
    assert!(found.best.is_none() && found.overridden);
    let mut unknown = Overrides::default();
    unknown.set("x", Some("robot_walker"));
    assert!(matches!(matcher.override_with(unknown), Err(OverrideFault::Item { .. })));
    // What is of one robot is never found, and may be said.
    let pack = Part { name: "G1 battery pack", ..Part::default() };
    assert_ne!(matcher.find(&pack).best.map(|guess| guess.item).as_deref(), Some("g1_battery"));
    let mut known = Overrides::default();
    known.set("G1 battery pack", Some("g1_battery"));
    matcher.override_with(known).unwrap();
    assert_eq!(matcher.find(&pack).best.unwrap().item, "g1_battery");
    assert_eq!(matcher.nearest("g1_batery")[0], "g1_battery");
}
