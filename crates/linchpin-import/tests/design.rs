//! Models of real robots become products on the network: what they weigh, what drives them, what is in the magnets.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{ATLAS, BASE};
use linchpin::atlas::{Atlas, Overlay};
use linchpin::context::Context;
use linchpin::explode::{self, explode};
use linchpin::model::{Model, product};
use linchpin_import::design::{Designed, Request, design};
use linchpin_import::import::ImportFault;
use linchpin_table::{Answer, Table};
use std::path::{Path, PathBuf};

/// Files, and what stands in them: kilograms of all links, driven joints.
const ROBOTS: [(&str, f64, usize); 13] = [
    ("unitree_rl_gym/g1_29dof_rev_1_0.urdf", 33.341, 29),
    ("unitree_rl_gym/g1_29dof_rev_1_0.xml", 33.341, 29),
    ("unitree_rl_gym/g1_29dof_with_hand_rev_1_0.urdf", 34.394, 43),
    ("unitree_rl_gym/h1.urdf", 51.650, 10),
    ("unitree_rl_gym/h1_2.urdf", 67.368, 39),
    ("booster_gym/T1_serial.urdf", 31.614, 23),
    ("booster_gym/T1_serial.xml", 35.2, 23),
    ("openloong_dyn_control/AzureLoong.urdf", 77.353, 31),
    ("openloong_dyn_control/AzureLoong.xml", 77.353, 31),
    ("upkie_description/upkie.urdf", 5.339, 6),
    ("berkeley_humanoid_lite_assets/berkeley_humanoid_lite.xml", 16.331, 22),
    ("berkeley_humanoid_lite_assets/berkeley_humanoid_lite_biped.xml", 11.343, 12),
    ("toddlerbot/toddlerbot.urdf", 3.358, 56),
];

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/robots").join(name)
}

fn request(file: PathBuf) -> Request {
    Request { file, alias: "ours".into(), country: "USA".into(), ..Request::default() }
}

fn designed(request: &Request) -> Designed {
    design(&ATLAS, &BASE, request, &Context::default()).unwrap()
}

fn of(name: &str) -> Designed {
    designed(&request(file(name)))
}

/// A robot in this text.
fn text(ending: &str, text: &str) -> Result<Designed, Vec<ImportFault>> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(format!("robot.{ending}"));
    std::fs::write(&path, text).unwrap();
    design(&ATLAS, &BASE, &request(path), &Context::default())
}

fn column(table: &Table, name: &str) -> Vec<f64> {
    table.keys.iter().filter_map(|key| table.value(key, name)).collect()
}

fn sum(answer: &Answer, table: &str, name: &str) -> f64 {
    column(answer.table(table).unwrap(), name).iter().sum()
}

fn noticed(answer: &Answer) -> Vec<String> {
    let Some(table) = answer.table("noticed") else { return vec![] };
    let what = &table.column("what").unwrap().cells;
    (0..table.len()).map(|row| what.text(row).unwrap_or_default().to_owned()).collect()
}

/// What a robot holds of an element in grams, and the ends of its range.
fn elements(designed: &Designed, symbols: &[&str]) -> Vec<[f64; 3]> {
    let atlas = Atlas::read_over(&designed.files, &BASE).unwrap();
    let values = atlas.values(&Overlay::new()).unwrap();
    let product = product(&atlas, atlas.network(), "ours").unwrap();
    let model = Model::new(&atlas, atlas.network(), &values, product, Context::default()).unwrap();
    let request = explode::Request {
        product: "ours".into(),
        units: 1.0,
        depth: 1,
        where_used: None,
        year: None,
        flow: false,
    };
    let book = explode(&model, &request).unwrap();
    let table = book.answer.table("element").unwrap().clone();
    let value = |symbol: &str, column: &str| 1e3 * table.value(symbol, column).unwrap();
    symbols.iter().map(|s| ["mass", "mass_low", "mass_high"].map(|column| value(s, column))).collect()
}

#[test]
fn every_model_is_read_and_its_mass_is_kept() {
    for (name, mass, driven) in ROBOTS {
        let designed = of(name);
        let parts = designed.answer.table("parts").unwrap();
        let total: f64 = column(parts, "total").iter().sum();
        assert!((total - mass).abs() < 0.05, "{name}: {total}");
        let joints = designed.answer.table("joints").unwrap();
        let states = &joints.column("state").unwrap().cells;
        let found = (0..joints.len()).filter(|row| states.text(*row) == Some("model-driven")).count();
        assert_eq!(found, driven, "{name}");
        // Each driven joint has one actuator.
        let actuators = designed.answer.table("actuators").unwrap();
        let count: f64 = actuators.keys.iter().map(|key| parts.value(key, "pieces").unwrap()).sum();
        assert_eq!(count, driven as f64, "{name}");
        // Structure is left, and the lines come to the mass of the file to the last gram.
        let shares: f64 = column(parts, "share").iter().sum();
        assert!((shares - 1.0).abs() < 1e-9 && column(parts, "total").iter().all(|m| *m > 0.0), "{name}");
    }
}

#[test]
fn limits_that_say_nothing_are_told() {
    for (name, told) in [
        ("toddlerbot/toddlerbot.urdf", "model-equal-efforts"),
        ("berkeley_humanoid_lite_assets/berkeley_humanoid_lite.xml", "model-equal-efforts"),
        ("berkeley_humanoid_lite_assets/berkeley_humanoid_lite.xml", "model-no-velocities"),
        ("unitree_rl_gym/g1_29dof_rev_1_0.xml", "model-no-velocities"),
        ("booster_gym/T1_serial.xml", "model-computed-mass"),
    ] {
        assert!(noticed(&of(name).answer).contains(&told.to_owned()), "{name}: {told}");
    }
    let sound = noticed(&of("booster_gym/T1_serial.urdf").answer);
    assert!(!sound.iter().any(|what| what.contains("efforts") || what.contains("mass")), "{sound:?}");
}

#[test]
fn two_files_of_one_robot_agree_or_the_difference_shows() {
    for robot in
        ["unitree_rl_gym/g1_29dof_rev_1_0", "openloong_dyn_control/AzureLoong", "booster_gym/T1_serial"]
    {
        let [urdf, mjcf] = ["urdf", "xml"].map(|ending| of(&format!("{robot}.{ending}")));
        let magnets = |designed: &Designed, end: &str| sum(&designed.answer, "parts", end);
        // MJCF tells no velocities, so that ratios are less known; the ranges hold each other's values.
        assert!(magnets(&urdf, "magnets_low") < magnets(&mjcf, "magnets"), "{robot}");
        assert!(magnets(&mjcf, "magnets") < magnets(&urdf, "magnets_high"), "{robot}");
        let masses = [&urdf, &mjcf].map(|designed| sum(&designed.answer, "parts", "total"));
        let same = (masses[0] - masses[1]).abs() < 1e-6;
        assert_eq!(same, !robot.contains("T1"), "{robot}: {masses:?}");
    }
}

#[test]
fn hands_are_what_a_robot_with_hands_has_more() {
    let [without, with] = ["g1_29dof_rev_1_0", "g1_29dof_with_hand_rev_1_0"]
        .map(|name| of(&format!("unitree_rl_gym/{name}.urdf")).answer);
    let geared = |answer: &Answer| {
        let parts = answer.table("parts").unwrap();
        let actuators = answer.table("actuators").unwrap();
        let kinds = &actuators.column("kind").unwrap().cells;
        let row = |(row, key): (usize, &String)| {
            let fingers = kinds.text(row) == Some("model-micro");
            (fingers, parts.value(key, "pieces").unwrap(), parts.value(key, "total").unwrap())
        };
        actuators.keys.iter().enumerate().map(row).collect::<Vec<_>>()
    };
    let body = |answer: &Answer| geared(answer).into_iter().filter(|a| !a.0).map(|a| a.2).sum::<f64>();
    assert!((body(&with) - body(&without)).abs() < 1e-9, "{} {}", body(&with), body(&without));
    let fingers: f64 = geared(&with).iter().filter(|a| a.0).map(|a| a.1).sum();
    assert_eq!(fingers, 14.0);
    assert!(geared(&without).iter().all(|a| !a.0));
    let more = sum(&with, "parts", "total") - sum(&without, "parts", "total");
    assert!((more - 1.053).abs() < 1e-3, "{more}");
}

#[test]
fn a_part_at_the_size_of_the_atlas_is_that_of_the_atlas() {
    // One joint like the knee of the G1 of the atlas, whose ratio is within 10 there.
    let robot = r#"<robot name="one"><link name="a"><inertial><mass value="20"/></inertial></link>
        <link name="b"><inertial><mass value="20"/></inertial></link>
        <joint name="knee" type="revolute"><parent link="a"/><child link="b"/><limit effort="139" velocity="40"/></joint></robot>"#;
    let designed = text("urdf", robot).unwrap();
    let own = Atlas::read_over(&designed.files, &BASE).unwrap();
    let values = own.values(&Overlay::new()).unwrap();
    let figure =
        |address: &str| values.get(own.figures.find(address).unwrap_or_else(|| panic!("{address}"))).unwrap();
    for (ours, atlas) in [
        (
            "inputs/make_ours_rotor_139nm/magnets/magnet_n48sh_gbd",
            "inputs/make_g1_rotor_139/magnets/magnet_n48sh_gbd",
        ),
        (
            "inputs/make_ours_stator_139nm/winding/copper_wire",
            "inputs/make_g1_stator_139/winding/copper_wire",
        ),
        ("masses/ours_actuator_139nm", "masses/g1_actuator_139"),
    ] {
        assert!((figure(ours) - figure(atlas)).abs() < 1e-12, "{ours}");
    }
}

#[test]
fn what_a_user_says_counts_and_is_remembered() {
    let name = "berkeley_humanoid_lite_assets/berkeley_humanoid_lite.xml";
    let first = of(name);
    let mut table = String::from_utf8(first.assumptions.clone()).unwrap();
    assert!(table.starts_with("name,value,low,high,unit,yours\nbattery_kwh,"), "{table}");
    let said = |line: &str| match line {
        l if l.starts_with("battery_kwh,") => format!("{l}0.5"),
        l if l.contains("/effort,") => format!("{l}20"),
        l => l.to_owned(),
    };
    table = table.lines().map(said).collect::<Vec<_>>().join("\n");
    let again = designed(&Request { assumptions: Some(table.into_bytes()), ..request(file(name)) });
    let told = noticed(&again.answer);
    assert!(!told.iter().any(|what| what == "model-equal-efforts"), "{told:?}");
    assert_eq!(again.answer.table("assumed").unwrap().value("battery_kwh", "value"), Some(0.5));
    let limits = column(again.answer.table("actuators").unwrap(), "effort_limit");
    assert!(!limits.is_empty() && limits.iter().all(|l| *l == 20.0));
    let third = designed(&Request { assumptions: Some(again.assumptions.clone()), ..request(file(name)) });
    assert_eq!(third.assumptions, again.assumptions);
    assert_eq!(third.files, again.files);
}

#[test]
fn all_that_is_wrong_with_assumptions_is_told() {
    let table =
        "name,value,low,high,unit,yours\nbatery_kwh,1,,,kWh,2\nimus,1,,,piece,many\nlidars,0,,,piece,-1\n";
    let faults = design(
        &ATLAS,
        &BASE,
        &Request { assumptions: Some(table.into()), ..request(file("upkie_description/upkie.urdf")) },
        &Context::default(),
    );
    let told: Vec<String> = faults.unwrap_err().iter().map(ToString::to_string).collect();
    assert_eq!(told.len(), 3, "{told:?}");
    assert!(told[0].contains("row 2") && told[0].contains("battery_kwh"), "{told:?}");
}

#[test]
fn a_ratio_that_cannot_be_is_not_believed_and_one_that_may_be_either_is_told() {
    let robot = |velocity: f64, reduction: f64| {
        format!(
            r#"<robot name="r"><link name="a"><inertial><mass value="9"/></inertial></link><link name="b"><inertial><mass value="9"/></inertial></link>
            <joint name="j" type="revolute"><parent link="a"/><child link="b"/><limit effort="50" velocity="{velocity}"/></joint>
            <transmission><joint name="j"/><actuator name="m"><mechanicalReduction>{reduction}</mechanicalReduction></actuator></transmission></robot>"#
        )
    };
    let told = |velocity, reduction| noticed(&text("urdf", &robot(velocity, reduction)).unwrap().answer);
    assert!(told(1.0, 2.0).contains(&"model-odd-gears".to_owned()));
    assert!(told(5.0, 1.0).contains(&"model-either-gear".to_owned()));
    let sound = told(5.0, 60.0);
    assert!(!sound.iter().any(|what| what.contains("gear")), "{sound:?}");
}

#[test]
fn units_halves_and_joints_that_nothing_drives_are_refused() {
    let told = |name: &str, table: &str| -> Vec<String> {
        let table = format!("name,value,low,high,unit,yours\n{table}");
        let request = Request { assumptions: Some(table.into()), ..request(file(name)) };
        let faults = design(&ATLAS, &BASE, &request, &Context::default()).unwrap_err();
        faults.iter().map(ToString::to_string).collect()
    };
    let table = "left_hip/effort,16,,,kN·m,0.016\nimus,1,,,piece,1.5\nbattery_kwh,0.1,,,Wh,90\n";
    let upkie = told("upkie_description/upkie.urdf", table);
    assert!(upkie.len() == 3 && upkie[0].contains("N·m") && upkie[2].contains("kWh"), "{upkie:?}");
    let mimic = told("unitree_rl_gym/h1_2.urdf", "L_index_intermediate_joint/effort,1,,,N·m,3\n");
    assert!(mimic.len() == 1 && mimic[0].contains("not driven"), "{mimic:?}");
}

#[test]
fn a_battery_that_outweighs_the_robot_is_refused() {
    let table = "name,value,low,high,unit,yours\nbattery_kwh,0.1,,,kWh,5\n";
    let request =
        Request { assumptions: Some(table.into()), ..request(file("upkie_description/upkie.urdf")) };
    let faults = design(&ATLAS, &BASE, &request, &Context::default()).unwrap_err();
    assert!(matches!(faults[0], ImportFault::Room { .. }), "{faults:?}");
}

#[test]
fn a_toy_carries_no_more_than_it_weighs() {
    for mass in [0.06, 0.2, 2.0] {
        let robot = format!(
            r#"<robot name="toy"><link name="camera_a"><inertial><mass value="{mass}"/></inertial></link>
            <link name="b"><inertial><mass value="{mass}"/></inertial></link>
            <joint name="j" type="revolute"><parent link="camera_a"/><child link="b"/><limit effort="50" velocity="20"/></joint></robot>"#
        );
        let total = sum(&text("urdf", &robot).unwrap().answer, "parts", "total");
        assert!((total - 2.0 * mass).abs() < 1e-9, "{mass}: {total}");
    }
}

#[test]
fn masses_in_grams_and_lengths_in_millimetres_are_found() {
    let robot = |mass: f64, inertia: f64| {
        let link = |name: &str| {
            format!(
                r#"<link name="{name}"><inertial><mass value="{mass}"/><inertia ixx="{inertia}" iyy="{inertia}" izz="{inertia}" ixy="0" ixz="0" iyz="0"/></inertial></link>"#
            )
        };
        format!(
            r#"<robot name="r">{}{}<joint name="j" type="revolute"><parent link="a"/><child link="b"/><limit effort="50" velocity="20"/></joint></robot>"#,
            link("a"),
            link("b")
        )
    };
    let faults = text("urdf", &robot(5000.0, 1.0)).unwrap_err();
    assert!(matches!(faults[0], ImportFault::Mass { total: 10000.0, .. }), "{faults:?}");
    let long = noticed(&text("urdf", &robot(5.0, 0.05 * 1e6)).unwrap().answer);
    assert!(long.contains(&"model-long".to_owned()), "{long:?}");
    let right = noticed(&text("urdf", &robot(5.0, 0.05)).unwrap().answer);
    assert!(!right.contains(&"model-long".to_owned()), "{right:?}");
}

#[test]
fn what_turns_is_told_from_what_pushes_and_what_is_slow_from_what_is_fast() {
    let joint = |name: &str, kind: &str, effort: f64, velocity: f64| {
        format!(
            r#"<link name="{name}_link"><inertial><mass value="6"/></inertial></link>
            <joint name="{name}" type="{kind}"><parent link="base"/><child link="{name}_link"/><limit effort="{effort}" velocity="{velocity}"/></joint>"#
        )
    };
    let joints = [
        joint("fast", "revolute", 60.0, 30.0),
        joint("slow", "revolute", 80.0, 2.5),
        joint("pushes", "prismatic", 2000.0, 0.2),
        joint("finger", "revolute", 0.5, 10.0),
    ];
    let robot = format!(
        r#"<robot name="r"><link name="base"><inertial><mass value="20"/></inertial></link>{}</robot>"#,
        joints.concat()
    );
    let answer = text("urdf", &robot).unwrap().answer;
    let table = answer.table("actuators").unwrap();
    let text = |row: usize, column: &str| {
        table.column(column).unwrap().cells.text(row).unwrap_or_default().to_owned()
    };
    let found: Vec<[String; 2]> =
        (0..table.len()).map(|row| [text(row, "joints"), text(row, "kind")]).collect();
    for (joint, kind) in [
        ("fast", "model-geared"),
        ("slow", "model-strain-wave"),
        ("pushes", "model-screw"),
        ("finger", "model-micro"),
    ] {
        assert!(found.contains(&[joint.to_owned(), kind.to_owned()]), "{joint}: {found:?}");
    }
}

#[test]
fn a_gear_that_scales_a_control_is_no_gear() {
    let robot = |range: &str, gear: f64| {
        format!(
            r#"<mujoco model="m"><worldbody><body name="a"><freejoint/><inertial pos="0 0 0" mass="9" diaginertia="1 1 1"/>
            <body name="b"><joint name="j"/><inertial pos="0 0 0" mass="9" diaginertia="1 1 1"/></body></body></worldbody>
            <actuator><motor joint="j" gear="{gear}" ctrlrange="{range}" ctrllimited="true"/></actuator></mujoco>"#
        )
    };
    let ratio = |model: &str| {
        let answer = text("xml", model).unwrap().answer;
        let table = answer.table("actuators").unwrap();
        (table.value(&table.keys[0], "effort_limit"), table.value(&table.keys[0], "ratio"))
    };
    assert_eq!(ratio(&robot("-1 1", 60.0)), (Some(60.0), None));
    assert_eq!(ratio(&robot("-4 4", 15.0)), (Some(60.0), Some(15.0)));
}

/// A published actuator.
struct Motor {
    ratio: f64,
    torque: f64,
    mass: f64,
}

/// a and b of mass = a T^b through these, and the factor of one sigma of the residual: least squares of the logarithms.
fn fit(motors: &[&Motor]) -> (f64, f64, f64) {
    let n = motors.len() as f64;
    let (x, y): (Vec<f64>, Vec<f64>) = motors.iter().map(|m| (m.torque.ln(), m.mass.ln())).unzip();
    let (mean_x, mean_y) = (x.iter().sum::<f64>() / n, y.iter().sum::<f64>() / n);
    let xy: f64 = x.iter().zip(&y).map(|(x, y)| (x - mean_x) * (y - mean_y)).sum();
    let b = xy / x.iter().map(|x| (x - mean_x).powi(2)).sum::<f64>();
    let a = mean_y - b * mean_x;
    let squares: f64 = x.iter().zip(&y).map(|(x, y)| (y - a - b * x).powi(2)).sum();
    (a.exp(), b, (squares / (n - 2.0)).sqrt().exp())
}

/// Actuators of the makers' lists that have a ratio, a torque and a mass.
fn motors() -> Vec<Motor> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../atlas/facts/motors.csv");
    let mut reader = csv::Reader::from_path(path).unwrap();
    let header = reader.headers().unwrap().clone();
    let at = |name: &str| header.iter().position(|h| h == name).unwrap();
    let rows = reader.records().map(Result::unwrap);
    let number = |row: &csv::StringRecord, name: &str| row[at(name)].parse::<f64>().ok();
    let motor = |row: csv::StringRecord| {
        let (ratio, torque) = (number(&row, "gear_ratio")?, number(&row, "peak_torque_nm")?);
        Some(Motor { ratio, torque, mass: number(&row, "mass_kg")? })
    };
    rows.filter_map(motor).filter(|m| m.ratio > 1.0).collect()
}

#[test]
fn a_fit_to_one_half_of_the_published_actuators_holds_for_the_other() {
    let motors = motors();
    let figure = |name: &str| ATLAS.figures.get(ATLAS.figures.find(&format!("parameters/{name}")).unwrap());
    let (mut within, mut all) = ([0, 0], 0);
    for (from, to, names) in [
        (2.0, 10.5, ["act_fit_a", "act_fit_b"]),
        (10.5, 27.0, ["act_fit_25_a", "act_fit_25_b"]),
        (27.0, 64.5, ["planetary_fit_a", "planetary_fit_b"]),
    ] {
        let group: Vec<&Motor> = motors.iter().filter(|m| from < m.ratio && m.ratio < to).collect();
        // The atlas's fit is that through all of the group, and so is the error that it states.
        let (a, b, sigma) = fit(&group);
        let [fit_a, fit_b] = names.map(|name| figure(name).value.unwrap());
        assert!((a / fit_a - 1.0).abs() < 0.02 && (b / fit_b - 1.0).abs() < 0.02, "{names:?}: {a} {b}");
        let stated = figure(names[0]).high.unwrap() / fit_a;
        assert!((sigma / stated - 1.0).abs() < 0.02, "{names:?}: {sigma} {stated}");
        // The lists go by maker, so that every second one is in each half.
        for first in [0, 1] {
            let half = |which: usize| group.iter().copied().skip(which).step_by(2).collect::<Vec<_>>();
            let (a, b, _) = fit(&half(first));
            for motor in half(1 - first) {
                let off = (motor.mass / (a * motor.torque.powf(b))).ln().abs() / stated.ln();
                assert!(off < 3.0, "{names:?}: {} N·m, {} kg", motor.torque, motor.mass);
                all += 1;
                within[0] += usize::from(off <= 1.0);
                within[1] += usize::from(off <= 2.0);
            }
        }
    }
    // 68 % and 95 % are expected; docs/model.md tells these numbers.
    assert_eq!((within, all), ([36, 57], 60));
}

#[test]
fn the_table_of_real_robots_is_current() {
    let mut text = String::from(
        "| file | mass kg | driven joints | actuators kg | share | magnets g | Nd g | Dy g | by limits |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|\n",
    );
    for (name, _, driven) in ROBOTS {
        let designed = of(name);
        let parts = designed.answer.table("parts").unwrap();
        let total: f64 = column(parts, "total").iter().sum();
        let actuators = designed.answer.table("actuators").unwrap();
        let mass: f64 = actuators.keys.iter().map(|key| parts.value(key, "total").unwrap()).sum();
        let by_limit = &actuators.column("sized_by").unwrap().cells;
        let by_limit = actuators
            .keys
            .iter()
            .enumerate()
            .filter(|(row, _)| by_limit.text(*row) == Some("model-by-limit"));
        let by_limit = 0.0 + by_limit.map(|(_, key)| parts.value(key, "pieces").unwrap()).sum::<f64>();
        let magnets = designed.answer.headlines.iter().find(|h| h.id == "model-inferred").unwrap();
        let magnets = magnets.args.get("magnets").unwrap();
        let linchpin_table::Arg::Range { value, low, high, .. } = magnets else { panic!("{magnets:?}") };
        let band = |[value, low, high]: [f64; 3]| {
            let digits = |v: f64| if v < 9.95 { format!("{v:.1}") } else { format!("{v:.0}") };
            format!("{} ({}–{})", digits(value), digits(low), digits(high))
        };
        let found = elements(&designed, &["Nd", "Dy"]);
        text.push_str(&format!(
            "| `{name}` | {total:.1} | {driven} | {mass:.1} | {:.0} % | {} | {} | {} | {by_limit} |\n",
            100.0 * mass / total,
            band([value * 1e3, low * 1e3, high * 1e3]),
            band(found[0]),
            band(found[1]),
        ));
    }
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/model.md");
    let before = std::fs::read_to_string(&page).unwrap();
    let (start, end) = ("<!-- robots -->\n", "<!-- /robots -->");
    let from = before.find(start).unwrap() + start.len();
    let to = before.find(end).unwrap();
    if std::env::var_os("LINCHPIN_BLESS").is_some() {
        std::fs::write(&page, format!("{}{text}{}", &before[..from], &before[to..])).unwrap();
    } else {
        assert_eq!(&before[from..to], text, "docs/model.md: bless it with LINCHPIN_BLESS=1");
    }
}
