//! Models of robots: files of their makers, and small ones that show what each element means.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use linchpin::context::Context;
use linchpin_import::model::{
    self, Actuated, Format, Joint, Kind, Limit, Limits, Link, Massed, Remark, Robot,
};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/robots")
}

fn real(name: &str) -> Robot {
    let mut robots = model::read(&folder().join(name), &Limits::default(), &Context::default()).unwrap();
    assert_eq!(robots.len(), 1, "{name}");
    robots.remove(0)
}

fn all(text: &str) -> Vec<Robot> {
    let read = model::read_bytes("robot.xml", text.as_bytes(), &Limits::default(), &Context::default());
    read.unwrap_or_else(|fault| panic!("{fault}\n{text}"))
}

fn one(text: &str) -> Robot {
    let mut robots = all(text);
    assert_eq!(robots.len(), 1, "{text}");
    robots.remove(0)
}

fn mass(robot: &Robot) -> f64 {
    robot.links.iter().filter_map(|link| link.mass).sum()
}

fn link<'r>(robot: &'r Robot, name: &str) -> &'r Link {
    robot.links.iter().find(|link| link.name == name).unwrap_or_else(|| panic!("no link {name}: {robot:#?}"))
}

fn joint<'r>(robot: &'r Robot, name: &str) -> &'r Joint {
    robot
        .joints
        .iter()
        .find(|joint| joint.name == name)
        .unwrap_or_else(|| panic!("no joint {name}: {robot:#?}"))
}

fn number(robot: &Robot, name: &str) -> usize {
    robot.joints.iter().position(|joint| joint.name == name).unwrap()
}

fn near(a: f64, b: f64) -> bool {
    (a / b - 1.0).abs() < 1e-9
}

/// File, links, kg in all, links that state a mass, joints that move, of these: driven, following others.
const REAL: [(&str, usize, f64, usize, usize, usize, usize); 13] = [
    ("unitree_rl_gym/g1_29dof_rev_1_0.urdf", 39, 33.341, 35, 29, 0, 0),
    ("unitree_rl_gym/g1_29dof_rev_1_0.xml", 30, 33.341, 30, 29, 29, 0),
    ("unitree_rl_gym/g1_29dof_with_hand_rev_1_0.urdf", 53, 34.394, 49, 43, 0, 0),
    ("unitree_rl_gym/h1.urdf", 22, 51.650, 20, 10, 0, 0),
    ("unitree_rl_gym/h1_2.urdf", 56, 67.368, 54, 51, 0, 12),
    ("booster_gym/T1_serial.urdf", 24, 31.614, 24, 23, 0, 0),
    ("booster_gym/T1_serial.xml", 24, 35.183, 23, 23, 23, 0),
    ("openloong_dyn_control/AzureLoong.urdf", 32, 77.353, 32, 31, 0, 0),
    ("openloong_dyn_control/AzureLoong.xml", 32, 77.353, 32, 31, 31, 0),
    ("toddlerbot/toddlerbot.urdf", 67, 3.358, 67, 56, 0, 0),
    ("upkie_description/upkie.urdf", 41, 5.339, 41, 6, 0, 0),
    ("berkeley_humanoid_lite_assets/berkeley_humanoid_lite.xml", 26, 16.331, 26, 22, 22, 0),
    ("berkeley_humanoid_lite_assets/berkeley_humanoid_lite_biped.xml", 14, 11.343, 14, 12, 12, 0),
];

#[test]
fn models_of_makers_are_read_whole() {
    let mut index = csv::Reader::from_path(folder().join("index.csv")).unwrap();
    let listed: BTreeSet<(String, String)> =
        index.records().map(|r| r.unwrap()).map(|r| (r[0].to_owned(), r[1].to_owned())).collect();
    let expected: BTreeSet<String> = REAL.iter().map(|r| r.0.to_owned()).collect();
    assert_eq!(listed.iter().map(|(file, _)| file.clone()).collect::<BTreeSet<_>>(), expected);
    for (file, links, kg, stated, joints, driven, following) in REAL {
        assert!(model::is_model(&folder().join(file)), "{file}");
        let robot = real(file);
        let format = if robot.format == Format::Urdf { "urdf" } else { "mjcf" };
        assert!(listed.contains(&(file.to_owned(), format.to_owned())), "{file}");
        let found = (
            robot.links.len(),
            robot.links.iter().filter(|l| l.told == Massed::Stated).count(),
            robot.joints.len(),
            robot.joints.iter().filter(|j| j.actuated == Actuated::Driven).count(),
            robot.joints.iter().filter(|j| j.mimic.is_some()).count(),
        );
        assert_eq!(found, (links, stated, joints, driven, following), "{file}");
        assert!((mass(&robot) - kg).abs() < 6e-4, "{file}: {}", mass(&robot));
        // Every joint has a limit, and none of the robots is as large as a mistake of mm for m would make it.
        assert!(robot.joints.iter().all(|j| j.effort.is_some()), "{file}");
        assert!(robot.links.iter().filter_map(|l| l.radius).all(|radius| radius < 0.2), "{file}");
        assert_eq!(robot.links.iter().filter(|l| l.parent.is_none()).count(), 1, "{file}");
        for joint in &robot.joints {
            assert_eq!(
                ancestor(&robot, joint.child, joint.parent),
                Some(joint.parent),
                "{file} {}",
                joint.name
            );
        }
    }
}

/// A link above another, if it is above it.
fn ancestor(robot: &Robot, link: usize, above: usize) -> Option<usize> {
    let mut at = robot.links[link].parent;
    while at.is_some_and(|at| at != above) {
        at = robot.links[at?].parent;
    }
    at
}

#[test]
fn both_formats_of_a_robot_agree() {
    for pair in
        ["unitree_rl_gym/g1_29dof_rev_1_0", "booster_gym/T1_serial", "openloong_dyn_control/AzureLoong"]
    {
        let [urdf, mjcf] = ["urdf", "xml"].map(|ending| real(&format!("{pair}.{ending}")));
        assert_eq!(urdf.joints.len(), mjcf.joints.len());
        for told in &urdf.joints {
            // The ratios of AzureLoong are rounded to five digits.
            let (a, b) = (told.effort.unwrap(), joint(&mjcf, &told.name).effort.unwrap());
            assert!((a / b - 1.0).abs() < 5e-5, "{pair} {}: {a} {b}", told.name);
            let names = |robot: &Robot, joint: &Joint| robot.links[joint.child].name.clone();
            assert_eq!(names(&urdf, told), names(&mjcf, joint(&mjcf, &told.name)));
        }
    }
}

#[test]
fn gears_of_a_model_are_told() {
    let robot = real("openloong_dyn_control/AzureLoong.xml");
    let gears: Vec<Option<f64>> =
        ["J_knee_l_pitch", "J_waist_yaw", "J_arm_l_01"].map(|name| joint(&robot, name).gear).to_vec();
    assert_eq!(gears, [Some(18.2), Some(51.0), None]);
    assert_eq!(robot.joints.iter().filter(|j| j.gear.is_some()).count(), 17);
}

#[test]
fn what_makers_leave_out_is_told() {
    let t1 = real("booster_gym/T1_serial.xml");
    let computed: Vec<&Link> = t1.links.iter().filter(|l| l.told != Massed::Stated).collect();
    let [trunk] = computed[..] else { panic!("{computed:?}") };
    assert_eq!((trunk.name.as_str(), trunk.told, trunk.line), ("Trunk", Massed::Computed, 48));
    // Two capsules of water, r = 9 cm and 18 cm between the ends; the mesh has a density of 0.
    let capsule = std::f64::consts::PI * 0.09f64.powi(2) * (0.18 + 4.0 / 3.0 * 0.09) * 1000.0;
    assert!(near(trunk.mass.unwrap(), 2.0 * capsule));
    assert!((mass(&t1) - trunk.mass.unwrap() - 19.914).abs() < 5e-4);
    for file in ["unitree_rl_gym/h1.urdf", "unitree_rl_gym/h1_2.urdf"] {
        let robot = real(file);
        let logo = robot.links.iter().position(|l| l.name == "logo_link").unwrap();
        assert!(robot.remarks.contains(&Remark::MassUnknown { link: logo }), "{file}");
        assert_eq!((robot.links[logo].mass, robot.links[logo].told), (None, Massed::Absent));
        assert_eq!(link(&robot, "imu_link").told, Massed::Empty);
    }
    // The floor.
    let remarks = real("unitree_rl_gym/g1_29dof_rev_1_0.xml").remarks;
    assert!(remarks.contains(&Remark::Scenery { links: 0, shapes: 1 }), "{remarks:?}");
}

#[test]
fn a_model_is_known_by_how_it_begins() {
    let folder = tempfile::tempdir().unwrap();
    let is_model = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        model::is_model(&path)
    };
    for text in [
        "<robot name='r'/>",
        "\u{feff}<?xml version=\"1.0\"?>\n<!-- a robot -->\n<robot/>",
        "\n <mujoco>",
        "<!DOCTYPE robot [<!ENTITY a \"b\">]>\n<robot>",
    ] {
        assert!(is_model("parts.csv", text.as_bytes()), "{text}");
        let utf16: Vec<u8> = format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(is_model("r", &utf16), "{text}");
    }
    for text in
        ["", "robot", "<html><robot/>", "<robots/>", "<!-- <robot/>", "<sdf/>", "part,qty\n<robot>,4\n", "<"]
    {
        assert!(!is_model("r.urdf", text.as_bytes()), "{text}");
    }
    assert!(!is_model("r", b"PK\x03\x04\0\0") && !model::is_model(folder.path()));
    assert!(!model::is_model(&folder.path().join("none.urdf")));
}

const URDF: &str = r#"<robot name="arm">
  <link name="base"><inertial><mass value="2"/></inertial></link>
  <link name="upper"><inertial><mass value="0.5"/><inertia ixx="0.0008" iyy="0.005" izz="0.001"/></inertial></link>
  <link name="tool"/>
  <joint name="turn" type="revolute"><parent link="base"/><child link="upper"/><limit effort="12" velocity="3.5"/></joint>
  <joint name="hold" type="fixed"><parent link="upper"/><child link="tool"/></joint>
</robot>"#;

#[test]
fn links_and_joints_of_urdf_are_told() {
    let arm = one(URDF);
    assert_eq!(
        (arm.name.as_str(), arm.format, &arm.files[..]),
        ("arm", Format::Urdf, &["robot.xml".to_owned()][..])
    );
    let upper = link(&arm, "upper");
    assert_eq!((upper.mass, upper.told, upper.parent, upper.line), (Some(0.5), Massed::Stated, Some(0), 3));
    // √(0.005 kg·m² / 0.5 kg)
    assert!(near(upper.radius.unwrap(), 0.1));
    let tool = link(&arm, "tool");
    assert_eq!((tool.mass, tool.told, tool.parent), (Some(0.0), Massed::Empty, Some(1)));
    let [turn] = &arm.joints[..] else { panic!("{arm:?}") };
    assert_eq!((turn.kind, turn.parent, turn.child, turn.line), (Kind::Revolute, 0, 1, 5));
    assert_eq!((turn.effort, turn.velocity, turn.gear), (Some(12.0), Some(3.5), None));
    assert_eq!((turn.actuated, turn.mimic), (Actuated::Unknown, None));
    assert_eq!(arm.remarks, []);
}

#[test]
fn all_kinds_of_joints_of_urdf_are_known() {
    for (word, kind) in [
        ("revolute", Kind::Revolute),
        ("continuous", Kind::Continuous),
        ("prismatic", Kind::Prismatic),
        ("floating", Kind::Free),
        ("planar", Kind::Planar),
    ] {
        assert_eq!(one(&URDF.replace("revolute", word)).joints[0].kind, kind);
    }
    assert_eq!(one(&URDF.replace("revolute", "fixed")).joints, []);
}

#[test]
fn limits_that_are_none_are_told() {
    let limits = |written: &str| {
        let robot = one(&URDF.replace(r#"<limit effort="12" velocity="3.5"/>"#, written));
        (robot.joints[0].effort, robot.joints[0].velocity, robot.remarks)
    };
    let missing = |limit| Remark::LimitMissing { joint: 0, limit };
    assert_eq!(limits(""), (None, None, vec![missing(Limit::Effort), missing(Limit::Velocity)]));
    let unset = |limit, value| Remark::LimitNotSet { joint: 0, limit, value };
    let remarks = vec![unset(Limit::Effort, 0.0), unset(Limit::Velocity, f64::INFINITY)];
    assert_eq!(limits(r#"<limit effort="0" velocity="inf"/>"#), (None, None, remarks));
    let remarks = vec![Remark::LimitNegative { joint: 0, limit: Limit::Effort }];
    assert_eq!(limits(r#"<limit effort="-12" velocity="1"/>"#), (Some(12.0), Some(1.0), remarks));
}

/// A link and a joint that turns it.
fn urdf_part(name: &str, parent: &str, inside: &str) -> String {
    format!(
        r#"<link name="{name}"/><joint name="to_{name}" type="revolute"><parent link="{parent}"/><child link="{name}"/>{inside}</joint>"#
    )
}

fn urdf_of(parts: &[String]) -> String {
    format!("<robot name=\"r\"><link name=\"base\"/>{}</robot>", parts.concat())
}

#[test]
fn joints_that_follow_others_are_told() {
    let parts = [
        urdf_part("a", "base", ""),
        urdf_part("b", "base", r#"<mimic joint="to_c"/>"#),
        urdf_part("c", "b", r#"<mimic joint="to_a" multiplier="2"/>"#),
        urdf_part("d", "c", "").replace("revolute", "fixed"),
        urdf_part("e", "c", r#"<mimic joint="to_d"/>"#),
    ];
    let robot = one(&urdf_of(&parts));
    assert_eq!(robot.joints.iter().map(|j| j.mimic).collect::<Vec<_>>(), [None, Some(2), Some(0), None]);
    let actuated: Vec<Actuated> = robot.joints.iter().map(|j| j.actuated).collect();
    assert_eq!(actuated, [Actuated::Unknown, Actuated::Passive, Actuated::Passive, Actuated::Passive]);
    assert!(robot.remarks.contains(&Remark::MimicLost { joint: 3 }));
}

#[test]
fn transmissions_of_all_spellings_tell_what_is_driven() {
    for (transmission, gear) in [
        (
            r#"<transmission name="t"><joint name="to_a"/><actuator name="m"><mechanicalReduction>50</mechanicalReduction></actuator></transmission>"#,
            Some(50.0),
        ),
        (
            r#"<transmission type="x/SimpleTransmission" name="t"><actuator name="m"/><joint name="to_a"/><mechanicalReduction>-79.2</mechanicalReduction></transmission>"#,
            Some(79.2),
        ),
        (
            r#"<transmission name="t"><joint name="to_a"><mechanicalReduction> 9 </mechanicalReduction></joint><actuator name="m"><mechanicalReduction>1</mechanicalReduction></actuator></transmission>"#,
            Some(9.0),
        ),
        (
            r#"<transmission name="t"><rightActuator name="m" mechanicalReduction="-41.5"/><flexJoint name="to_a"/></transmission>"#,
            Some(41.5),
        ),
        (
            r#"<ros2_control name="s" type="system"><joint name="to_a"><command_interface name="effort"/></joint><joint name="to_b"><state_interface name="position"/></joint></ros2_control>"#,
            None,
        ),
        (
            r#"<ros2_control name="s"><transmission name="t"><actuator name="m" role="a"/><joint name="to_a" role="j"><mechanical_reduction>30</mechanical_reduction></joint></transmission></ros2_control>"#,
            Some(30.0),
        ),
        (
            r#"<transmission name="t"><joint name="to_a"/><actuator name="m"><mechanicalReduction>1</mechanicalReduction></actuator></transmission>"#,
            None,
        ),
    ] {
        let robot =
            one(&urdf_of(&[urdf_part("a", "base", ""), urdf_part("b", "a", ""), transmission.to_owned()]));
        assert_eq!(
            (joint(&robot, "to_a").actuated, joint(&robot, "to_a").gear),
            (Actuated::Driven, gear),
            "{transmission}"
        );
        assert_eq!(joint(&robot, "to_b").actuated, Actuated::Passive);
        // What is not driven need not tell how strongly.
        assert!(!robot.remarks.contains(&Remark::LimitMissing { joint: 1, limit: Limit::Effort }));
    }
    let lost = r#"<transmission name="t"><joint name="gone"/></transmission>"#;
    let robot = one(&urdf_of(&[urdf_part("a", "base", ""), lost.to_owned()]));
    assert!(robot.remarks.contains(&Remark::DrivesNothing { name: "gone".to_owned(), file: 0, line: 1 }));
}

#[test]
fn each_tree_of_a_file_is_a_robot() {
    let two = urdf_of(&[
        urdf_part("a", "base", ""),
        "<link name=\"second\"><inertial><mass value=\"3\"/></inertial></link><link name=\"lone\"/>"
            .to_owned(),
        urdf_part("b", "second", r#"<mimic joint="to_a"/>"#),
    ]);
    let robots = all(&two);
    assert_eq!(robots.iter().map(|r| r.name.as_str()).collect::<Vec<_>>(), ["base", "second"]);
    assert_eq!(robots.iter().map(mass).collect::<Vec<_>>(), [0.0, 3.0]);
    assert_eq!(
        (robots[1].joints[0].parent, robots[1].joints[0].child, robots[1].joints[0].mimic),
        (0, 1, None)
    );
    // What concerns the file stands with its first robot; what concerns a joint, with its own.
    assert!(robots[0].remarks.contains(&Remark::Scenery { links: 1, shapes: 0 }));
    assert_eq!(robots[1].remarks, [Remark::MimicLost { joint: 0 }]);
    // Alone, a frame is all that there is.
    assert_eq!(one("<robot name='r'><link name='a'/></robot>").links.len(), 1);
}

#[test]
fn other_programs_elements_are_passed_over() {
    let robot = one(&URDF.replace(
        "<robot name=\"arm\">",
        r#"<robot name="arm" xmlns:xacro="http://www.ros.org/wiki/xacro" xmlns:drake="http://drake.mit.edu">
        <mujoco><compiler meshdir="m"/></mujoco><gazebo reference="base"><link name="x"/></gazebo>
        <drake:joint name="no" type="ball"/><sensor:camera name="undeclared" other:a="1"/>"#,
    ));
    assert_eq!((robot.links.len(), robot.joints.len()), (3, 1));
}

#[test]
fn meshes_and_paths_of_authors_are_counted() {
    let shape = |path: &str| format!("<visual><geometry><mesh filename=\"{path}\"/></geometry></visual>");
    let paths = ["package://r/a.stl", "/home/me/b.stl", "C:\\work\\c.stl", "file:///tmp/d.stl", "../e.stl"];
    let link = format!("<link name=\"shaped\">{}</link>", paths.map(shape).concat());
    let remarks = one(&format!("<robot name=\"r\">{link}</robot>")).remarks;
    assert!(remarks.contains(&Remark::Meshes { count: 5 }));
    assert!(remarks.contains(&Remark::AbsolutePaths { count: 3, first: "/home/me/b.stl".to_owned() }));
    assert!(remarks.contains(&Remark::MassUnknown { link: 0 }));
}

fn mjcf(sections: &str, world: &str) -> String {
    format!("<mujoco model=\"m\">{sections}<worldbody>{world}</worldbody></mujoco>")
}

/// A body with a joint and what is in it.
fn mjcf_body(name: &str, inside: &str) -> String {
    format!("<body name=\"{name}\"><joint name=\"to_{name}\"/>{inside}</body>")
}

#[test]
fn bodies_of_mjcf_hang_on_the_world_where_a_joint_does() {
    let robot = one(&mjcf("", &mjcf_body("a", &mjcf_body("b", ""))));
    assert_eq!(
        robot.links.iter().map(|l| (l.name.as_str(), l.parent)).collect::<Vec<_>>(),
        [("world", None), ("a", Some(0)), ("b", Some(1))]
    );
    assert_eq!(robot.joints.iter().map(|j| (j.parent, j.child)).collect::<Vec<_>>(), [(0, 1), (1, 2)]);
    // How a robot as a whole moves about is no joint of it, and a base that stands still hangs on nothing.
    for base in ["<freejoint/>", "<joint type=\"free\"/>", ""] {
        let robot = one(&mjcf("", &format!("<body name=\"base\">{base}{}</body>", mjcf_body("a", ""))));
        assert_eq!(robot.links.iter().map(|l| l.name.as_str()).collect::<Vec<_>>(), ["base", "a"]);
        assert_eq!((robot.joints.len(), robot.joints[0].parent), (1, 0));
    }
}

#[test]
fn all_kinds_of_joints_of_mjcf_are_known() {
    let joints = r#"<joint name="a"/><joint name="b" range="-1 1"/><joint name="c" range="-1 1" limited="false"/>
        <joint name="d" type="slide"/><joint name="e" type="ball"/>"#;
    let robot = one(&mjcf("", &format!("<body name=\"base\"><body>{joints}</body></body>")));
    let kinds: Vec<Kind> = robot.joints.iter().map(|j| j.kind).collect();
    assert_eq!(kinds, [Kind::Continuous, Kind::Revolute, Kind::Continuous, Kind::Prismatic, Kind::Ball]);
    // Several joints of a body have the same links on both sides.
    assert!(robot.joints.iter().all(|j| (j.parent, j.child) == (0, 1)));
    assert_eq!(robot.links[1].name, "body_2");
    let old =
        one(&mjcf("<compiler autolimits=\"false\"/>", "<body><joint name=\"a\" range=\"0 1\"/></body>"));
    assert_eq!(old.joints[0].kind, Kind::Continuous);
}

/// What a body with these shapes weighs, and how that is told.
fn weighed(sections: &str, inside: &str) -> (Option<f64>, Massed) {
    let robot = one(&mjcf(sections, &mjcf_body("a", inside)));
    let found = link(&robot, "a");
    let unknown = Remark::MassUnknown { link: 1 };
    assert_eq!(robot.remarks.contains(&unknown), found.mass.is_none());
    (found.mass, found.told)
}

#[test]
fn shapes_weigh_density_times_volume() {
    use std::f64::consts::PI;
    for (shape, kg) in [
        (r#"size="0.1""#, 1000.0 * 4.0 / 3.0 * PI * 1e-3),
        (r#"type="box" size="0.1 0.2 0.3""#, 48.0),
        (r#"type="cylinder" size="0.1 0.2""#, 4.0 * PI),
        (r#"type="ellipsoid" size="0.1 0.2 0.3""#, 8.0 * PI),
        (r#"type="capsule" size="0.1 0.2" density="500""#, 500.0 * (PI * 0.004 + 4.0 / 3.0 * PI * 1e-3)),
        (
            r#"type="capsule" size="0.1" fromto="0 0 0 0 0.4 0""#,
            1000.0 * (PI * 0.004 + 4.0 / 3.0 * PI * 1e-3),
        ),
        (r#"type="box" size="0.1" fromto="0 0 0 0.3 0.4 0""#, 20.0),
        (r#"type="mesh" mesh="m" mass="0.7""#, 0.7),
        (r#"type="sphere" size="0.1" shellinertia="true" density="10""#, 0.4 * PI),
        (r#"size="0.1" mass="0.25" density="3""#, 0.25),
    ] {
        let (found, told) = weighed("", &format!("<geom {shape}/>"));
        assert!(near(found.unwrap(), kg) && told == Massed::Computed, "{shape}: {found:?} {kg}");
        let (both, _) =
            weighed("", &format!("<geom {shape}/><geom type=\"mesh\" density=\"0\"/><geom {shape}/>"));
        assert!(near(both.unwrap(), 2.0 * kg), "{shape}");
    }
    assert_eq!(weighed("", ""), (Some(0.0), Massed::Empty));
    assert_eq!(weighed("", r#"<geom type="mesh" mesh="m"/>"#), (None, Massed::Absent));
    assert_eq!(weighed("", r#"<geom type="box" mesh="m"/><geom size="1"/>"#), (None, Massed::Absent));
    assert_eq!(weighed("", r#"<geom size="1" density="0"/>"#), (Some(0.0), Massed::Computed));
}

#[test]
fn the_compiler_says_where_masses_come_from() {
    const BOTH: &str = r#"<inertial mass="2" pos="0 0 0" diaginertia="0.02 0.01 0.01"/><geom type="box" size="0.5 0.5 0.5"/>"#;
    let from = |word| format!("<compiler inertiafromgeom=\"{word}\"/>");
    assert_eq!(weighed("", BOTH), (Some(2.0), Massed::Stated));
    assert_eq!(weighed(&from("auto"), BOTH), (Some(2.0), Massed::Stated));
    assert_eq!(weighed(&from("true"), BOTH), (Some(1000.0), Massed::Computed));
    assert_eq!(weighed(&from("false"), "<geom size=\"1\"/>"), (None, Massed::Absent));
    // Without a shape what is stated holds all the same.
    assert_eq!(weighed(&from("true"), "<inertial mass=\"2\"/>"), (Some(2.0), Massed::Stated));
    let seen = "<geom type=\"mesh\" group=\"2\"/><geom type=\"box\" size=\"0.5 0.5 0.5\" group=\"3\"/>";
    assert_eq!(weighed("<compiler inertiagrouprange=\"3 3\"/>", seen), (Some(1000.0), Massed::Computed));
    assert_eq!(weighed("<compiler inertiagrouprange=\"4 5\"/>", seen), (Some(0.0), Massed::Computed));
    let robot = one(&mjcf("", &mjcf_body("a", BOTH)));
    assert!(near(link(&robot, "a").radius.unwrap(), 0.1));
    // The stated moments are not those of the shapes.
    assert_eq!(link(&one(&mjcf(&from("true"), &mjcf_body("a", BOTH))), "a").radius, None);
}

#[test]
fn the_compiler_raises_and_sets_masses() {
    let world =
        mjcf_body("a", &format!("<inertial mass=\"1\"/>{}", mjcf_body("b", "<inertial mass=\"3\"/>")))
            + "<body name=\"table\"><inertial mass=\"4\"/></body>";
    let masses = |sections: &str| {
        let robot = one(&mjcf(sections, &world));
        ([link(&robot, "a").mass.unwrap(), link(&robot, "b").mass.unwrap()], robot.remarks)
    };
    // What stands still weighs too.
    let (found, remarks) = masses("<compiler settotalmass=\"80\"/>");
    assert_eq!(found, [10.0, 30.0]);
    assert!(remarks.contains(&Remark::TotalMassSet { total: 80.0, applied: true }));
    let (found, remarks) = masses("<compiler boundmass=\"2\"/><compiler settotalmass=\"-1\"/>");
    assert_eq!(found, [2.0, 3.0]);
    assert!(remarks.contains(&Remark::MassRaised { least: 2.0, links: 1 }));
    let frame = one(&mjcf("<compiler boundmass=\"2\"/>", &mjcf_body("a", "")));
    assert_eq!((link(&frame, "a").mass, link(&frame, "a").told), (Some(2.0), Massed::Computed));
    let unknown = mjcf("<compiler settotalmass=\"80\"/>", &mjcf_body("a", "<geom type=\"mesh\"/>"));
    assert!(one(&unknown).remarks.contains(&Remark::TotalMassSet { total: 80.0, applied: false }));
}

#[test]
fn defaults_go_from_class_to_class() {
    let sections = r#"
        <default>
            <default class="heavy">
                <geom density="2000"/>
                <default class="box"><geom type="box" size="0.1 0.1 0.1"/><joint actuatorfrcrange="-7 5"/></default>
            </default>
            <geom density="500"/>
            <joint type="slide"/>
            <motor gear="10"/>
            <default class="servo"><position forcerange="-3 3"/></default>
        </default>
        <actuator>
            <motor joint="to_a" ctrlrange="-2 2"/>
            <position class="servo" joint="to_c"/>
            <general joint="to_d" ctrlrange="-2 2" gainprm="4"/>
            <general class="servo" joint="to_e" ctrlrange="-2 2"/>
        </actuator>"#;
    let world = format!(
        "<body childclass=\"heavy\"><geom class=\"box\"/>{}</body>",
        mjcf_body("a", "<geom size=\"0.1 0.1 0.1\" type=\"box\"/>")
            + &mjcf_body("b", "<geom class=\"main\" size=\"0.1 0.1 0.1\" type=\"box\"/>")
            + &mjcf_body("c", "").replace("<joint", "<joint class=\"box\"")
            + "<frame childclass=\"box\"><body name=\"d\"><joint name=\"to_d\"/><geom/></body></frame>"
            + &mjcf_body("e", "")
    );
    let robot = one(&mjcf(sections, &world));
    let masses = ["body_1", "a", "b", "d"].map(|name| link(&robot, name).mass.unwrap());
    assert!(masses.iter().zip([16.0, 16.0, 4.0, 16.0]).all(|(a, b)| near(*a, b)), "{masses:?}");
    assert!(robot.joints.iter().all(|j| j.kind == Kind::Prismatic));
    let efforts = ["to_a", "to_b", "to_c", "to_d", "to_e"].map(|name| joint(&robot, name).effort);
    // 2 × gear 10; no drive; servo 3 × 10, but 7 at the joint; gain 4 × 2 × 10, but 7; servo 3 × 10.
    assert_eq!(efforts, [Some(20.0), None, Some(7.0), Some(7.0), Some(30.0)]);
    assert_eq!(joint(&robot, "to_b").actuated, Actuated::Passive);
}

#[test]
fn the_least_of_what_is_told_limits_a_drive() {
    let effort = |joint_says: &str, actuator: &str| {
        let world = format!("<body name=\"a\"><joint name=\"j\" {joint_says}/></body>");
        let robot = one(&mjcf(&format!("<actuator>{actuator}</actuator>"), &world));
        assert_eq!(robot.joints[0].actuated, Actuated::Driven);
        let missing = Remark::LimitMissing { joint: 0, limit: Limit::Effort };
        assert_eq!(robot.remarks.contains(&missing), robot.joints[0].effort.is_none());
        robot.joints[0].effort
    };
    for (joint_says, actuator, expected) in [
        ("", r#"<motor joint="j"/>"#, None),
        ("", r#"<motor joint="j" ctrlrange="-3 4"/>"#, Some(4.0)),
        ("", r#"<motor joint="j" ctrlrange="-1 1" gear="-120"/>"#, Some(120.0)),
        ("", r#"<motor joint="j" ctrlrange="-3 4" ctrllimited="false"/>"#, None),
        ("", r#"<motor joint="j" ctrlrange="-3 4" forcerange="-1 2" gear="5"/>"#, Some(10.0)),
        ("", r#"<motor joint="j" forcerange="0 0" ctrlrange="-inf inf"/>"#, None),
        ("", r#"<position joint="j" ctrlrange="-3 3"/>"#, None),
        ("", r#"<position jointinparent="j" ctrlrange="-3 3" forcerange="-8 8" gear="2"/>"#, Some(16.0)),
        (r#"actuatorfrcrange="-9 9""#, r#"<motor joint="j"/>"#, Some(9.0)),
        (r#"actuatorfrcrange="-9 9""#, r#"<motor joint="j" ctrlrange="-7 7"/>"#, Some(7.0)),
        (r#"actuatorfrcrange="-9 9" actuatorfrclimited="false""#, r#"<motor joint="j"/>"#, None),
        ("", r#"<general joint="j" gainprm="3" ctrlrange="-2 2"/>"#, Some(6.0)),
        ("", r#"<general joint="j" gainprm="3" biastype="affine" ctrlrange="-2 2"/>"#, None),
        ("", r#"<muscle joint="j" force="900"/>"#, Some(900.0)),
        ("", r#"<cylinder joint="j" forcerange="0 60"/>"#, Some(60.0)),
        ("", r#"<plugin plugin="p" joint="j" forcerange="-4 4"/>"#, Some(4.0)),
        (r#"type="ball""#, r#"<motor joint="j" gear="0 3 0" ctrlrange="-2 2"/>"#, Some(6.0)),
    ] {
        assert_eq!(effort(joint_says, actuator), expected, "{joint_says} {actuator}");
    }
    let wheel = one(&mjcf(
        "<actuator><velocity joint=\"to_a\" ctrlrange=\"-40 40\" gear=\"2\"/></actuator>",
        &mjcf_body("a", ""),
    ));
    assert_eq!((wheel.joints[0].velocity, wheel.joints[0].gear), (Some(20.0), Some(2.0)));
}

#[test]
fn several_actuators_of_a_joint_are_told() {
    let actuators = r#"<actuator><position joint="to_a" forcerange="-5 5"/><velocity joint="to_a" forcerange="-6 6"/>
        <adhesion name="pad" body="a"/><motor name="jet" site="s"/><motor name="base" joint="root"/></actuator>"#;
    let world =
        format!("<body><joint type=\"free\" name=\"root\"/>{}</body>", mjcf_body("a", "<site name=\"s\"/>"));
    let robot = one(&mjcf(actuators, &world));
    assert_eq!(robot.joints[0].effort, Some(6.0));
    assert!(robot.remarks.contains(&Remark::SeveralDrives { joint: 0, count: 2 }));
    let nothing: Vec<&str> = robot
        .remarks
        .iter()
        .filter_map(|r| if let Remark::DrivesNothing { name, .. } = r { Some(name.as_str()) } else { None })
        .collect();
    assert_eq!(nothing, ["pad", "jet", "base"]);
}

#[test]
fn tendons_drive_one_joint_each() {
    let finger =
        |inside: &str| mjcf_body("near", &format!("<site name=\"s1\"/>{}", mjcf_body("far", inside)));
    let fixed = r#"<tendon><fixed name="t"><joint joint="to_near" coef="0.5"/><joint joint="to_far" coef="-2"/></fixed>
        <fixed name="u"><joint joint="to_near"/><joint joint="to_far"/></fixed></tendon>"#;
    let pull = |name: &str| format!("<motor tendon=\"{name}\" ctrlrange=\"0 10\"/>");
    let robot = one(&mjcf(&format!("{fixed}<actuator>{}</actuator>", pull("t")), &finger("")));
    assert_eq!((robot.joints[0].actuated, robot.joints[0].effort), (Actuated::Driven, Some(5.0)));
    assert_eq!((robot.joints[1].actuated, robot.joints[1].effort), (Actuated::Passive, None));
    assert!(robot.remarks.contains(&Remark::Coupled { joint: 1, with: "to_near".to_owned() }));
    // Two tendons that move two joints together are two drives.
    let robot = one(&mjcf(&format!("{fixed}<actuator>{}{}</actuator>", pull("t"), pull("u")), &finger("")));
    assert!(robot.joints.iter().all(|j| j.actuated == Actuated::Driven));
    // A tendon through sites moves the joints on its way; its lever changes.
    let spatial =
        r#"<tendon><spatial name="t"><site site="s0"/><geom geom="g"/><site site="s2"/></spatial></tendon>"#;
    let world = format!("<body><site name=\"s0\"/>{}</body>", finger("<site name=\"s2\"/>"));
    let robot = one(&mjcf(&format!("{spatial}<actuator>{}</actuator>", pull("t")), &world));
    assert_eq!(
        robot.joints.iter().map(|j| j.actuated).collect::<Vec<_>>(),
        [Actuated::Driven, Actuated::Passive]
    );
    assert_eq!(joint(&robot, "to_near").effort, None);
}

#[test]
fn equalities_tell_what_follows_what() {
    let follow = |inside: &str| {
        let sections = format!("<equality>{inside}</equality>");
        one(&mjcf(&sections, &mjcf_body("a", &mjcf_body("b", ""))))
    };
    let robot = follow(r#"<joint joint1="to_b" joint2="to_a"/><weld body1="a"/>"#);
    assert_eq!((robot.joints[1].mimic, robot.joints[1].actuated), (Some(0), Actuated::Passive));
    assert_eq!((robot.joints[0].mimic, robot.joints[0].actuated), (None, Actuated::Unknown));
    assert_eq!(follow(r#"<joint joint1="to_b" joint2="to_a" active="false"/>"#).joints[1].mimic, None);
    assert_eq!(follow(r#"<joint joint1="to_b"/>"#).joints[1].mimic, None);
    // Of joints that follow each other one leads.
    let ring = follow(r#"<joint joint1="to_b" joint2="to_a"/><joint joint1="to_a" joint2="to_b"/>"#);
    assert_eq!(ring.joints.iter().filter(|j| j.mimic.is_some()).count(), 1);
}

#[test]
fn repeated_parts_are_written_out() {
    let finger = format!(
        "<body name=\"palm\"><replicate count=\"3\" sep=\"-\">{}</replicate></body>",
        mjcf_body(
            "f",
            "<geom type=\"box\" size=\"0.1 0.1 0.1\"/><replicate count=\"2\"><body name=\"t\"/></replicate>"
        )
    );
    let robot = one(&mjcf("<actuator><motor joint=\"to_f\" ctrlrange=\"-1 1\"/></actuator>", &finger));
    let names: Vec<&str> = robot.links.iter().map(|l| l.name.as_str()).collect();
    assert_eq!(names, ["palm", "f-0", "t0-0", "t1-0", "f-1", "t0-1", "t1-1", "f-2", "t0-2", "t1-2"]);
    assert_eq!(
        robot.joints.iter().map(|j| j.name.as_str()).collect::<Vec<_>>(),
        ["to_f-0", "to_f-1", "to_f-2"]
    );
    assert!(robot.joints.iter().all(|j| j.actuated == Actuated::Driven && j.effort == Some(1.0)));
    assert!(near(mass(&robot), 24.0));
    let wide =
        one(&mjcf("", &format!("<body><replicate count=\"10\">{}</replicate></body>", mjcf_body("f", ""))));
    assert_eq!(wide.links[1].name, "f00");
    // Copies of shapes weigh too.
    let shapes = mjcf_body("a", "<replicate count=\"5\"><geom mass=\"0.5\"/></replicate>");
    assert_eq!(mass(&one(&mjcf("", &shapes))), 2.5);
}

#[test]
fn what_stands_around_robots_is_left_out() {
    let robot =
        |name: &str| format!("<body name=\"{name}\">{}</body>", mjcf_body(&format!("{name}_arm"), ""));
    let world = format!(
        "<geom type=\"plane\" size=\"1 1 1\"/><body name=\"table\"><body/></body>{}<body name=\"cup\"><freejoint/></body>{}",
        robot("left"),
        robot("right")
    );
    let robots = all(&mjcf("<asset><mesh name=\"m\" file=\"m.stl\"/></asset>", &world));
    assert_eq!(robots.iter().map(|r| r.name.as_str()).collect::<Vec<_>>(), ["left", "right"]);
    assert!(robots[0].remarks.contains(&Remark::Scenery { links: 2, shapes: 1 }));
    assert!(robots[0].remarks.contains(&Remark::Loose { name: "cup".to_owned(), file: 0, line: 1 }));
    assert!(robots[0].remarks.contains(&Remark::Meshes { count: 1 }));
    assert_eq!(robots[1].remarks, [Remark::LimitMissing { joint: 0, limit: Limit::Effort }]);
    // Alone, a thing that moves freely is what the file is about.
    assert_eq!(one(&mjcf("", "<body name=\"cup\"><freejoint/></body>")).links.len(), 1);
}

#[test]
fn what_is_not_understood_is_told() {
    let world =
        mjcf_body("a", "<composite type=\"cable\"/><attach model=\"hand\" prefix=\"h\"/><camera/><attach/>");
    let remarks = one(&mjcf("<deformable/><option/>", &world)).remarks;
    let unread =
        |element: &str, count| Remark::NotRead { element: element.to_owned(), count, file: 0, line: 1 };
    for expected in [unread("composite", 1), unread("attach", 2), unread("deformable", 1)] {
        assert!(remarks.contains(&expected), "{remarks:?}");
    }
    assert_eq!(remarks.iter().filter(|r| matches!(r, Remark::NotRead { .. })).count(), 3);
    // What acts on a joint that is not there may act on one that was not made.
    let hand =
        mjcf("<actuator><motor joint=\"hand_j\"/></actuator>", &mjcf_body("a", "<attach model=\"hand\"/>"));
    let lost = Remark::DrivesNothing { name: "motor".to_owned(), file: 0, line: 1 };
    assert!(one(&hand).remarks.contains(&lost));
    let twice = one(&mjcf("", &(mjcf_body("a", &mjcf_body("a", "")))));
    let repeated = |name: &str| Remark::Repeated { name: name.to_owned(), file: 0, line: 1 };
    assert!(twice.remarks.contains(&repeated("a")) && twice.remarks.contains(&repeated("to_a")));
}

#[test]
fn included_files_stand_where_they_are_included() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        path
    };
    let main = write(
        "scene.xml",
        "<mujoco>\n<include file=\"parts\\defaults.xml\"/><worldbody><body name=\"base\">\n<include file=\"parts/arm.xml\"/></body></worldbody></mujoco>",
    );
    write("parts/defaults.xml", "<mujocoinclude><default><geom density=\"1\"/></default></mujocoinclude>");
    // From the folder of the model, not from that of the file.
    write(
        "parts/arm.xml",
        &format!(
            "<mujoco>\n{}<include file=\"parts/hand.xml\"/>\n</mujoco>",
            mjcf_body("arm", "<geom type=\"box\" size=\"1 1 1\"/>")
        ),
    );
    write("parts/hand.xml", &format!("<mujoco>\n\n{}</mujoco>", mjcf_body("hand", "")));
    let mut robots = model::read(&main, &Limits::default(), &Context::default()).unwrap();
    let robot = robots.remove(0);
    assert_eq!(robot.links.iter().map(|l| l.name.as_str()).collect::<Vec<_>>(), ["base", "arm", "hand"]);
    assert_eq!(robot.name, "scene");
    assert_eq!(link(&robot, "arm").mass, Some(8.0));
    let place = |link: &Link| (robot.files[link.file].as_str(), link.line);
    assert_eq!(
        robot.links.iter().map(place).collect::<Vec<_>>(),
        [("scene.xml", 2), ("parts/arm.xml", 2), ("parts/hand.xml", 3)]
    );
    let included: Vec<&str> = robot
        .remarks
        .iter()
        .filter_map(
            |r| if let Remark::Included { file } = r { Some(robot.files[*file].as_str()) } else { None },
        )
        .collect();
    assert_eq!(included, ["parts/defaults.xml", "parts/arm.xml", "parts/hand.xml"]);
}

#[test]
fn other_encodings_and_lenient_files_are_read() {
    let chinese = URDF.replace("upper", "上臂");
    let utf16: Vec<u8> = format!("\u{feff}{chinese}").encode_utf16().flat_map(u16::to_be_bytes).collect();
    // What is not Unicode is read as it says that it is.
    let declared = format!("<?xml version='1.0' encoding='GB2312'?>{chinese}");
    let gbk = encoding_rs::GBK.encode(&declared).0.into_owned();
    for bytes in [chinese.clone().into_bytes(), format!("\u{feff}{declared}").into_bytes(), utf16, gbk] {
        let robots = model::read_bytes("r", &bytes, &Limits::default(), &Context::default()).unwrap();
        assert_eq!(link(&robots[0], "上臂").mass, Some(0.5));
    }
    // Readers of models take two dashes in a comment, and blanks before the first line.
    let lenient = format!("\n  <?xml version=\"1.0\"?>\n<!-- --- arm --- -->\n{URDF}\n<!--- end --->");
    assert_eq!(link(&one(&lenient), "upper").line, 6);
    let both =
        lenient.replace("<link name=\"tool\"/>", "<link name=\"tool\"><a:b c:d='1'/><!-- -- --></link>");
    assert_eq!(link(&one(&both), "tool").line, 7);
}

#[test]
fn a_long_robot_takes_no_time() {
    let count = 100_000;
    let mut urdf = String::from("<robot name=\"long\"><link name=\"l0\"/>");
    let mut world = String::new();
    for at in 1..=count {
        let above = at - 1;
        urdf.push_str(&format!(
            "<link name=\"l{at}\"><inertial><mass value=\"0.5\"/></inertial></link><joint name=\"j{at}\" type=\"revolute\">\
             <parent link=\"l{above}\"/><child link=\"l{at}\"/><limit effort=\"1\" velocity=\"2\"/></joint>\n"
        ));
        world.push_str(&format!(
            "<body name=\"l{at}\"><inertial mass=\"0.5\"/><joint name=\"j{at}\" range=\"0 1\"/></body>\n"
        ));
    }
    urdf.push_str("</robot>");
    let mjcf = mjcf("", &format!("<body name=\"l0\">{world}</body>"));
    for text in [urdf, mjcf] {
        let start = std::time::Instant::now();
        let robot = one(&text);
        let took = start.elapsed();
        println!("{:?}, {} MB: {took:?}", robot.format, text.len() >> 20);
        assert_eq!((robot.links.len(), robot.joints.len()), (count + 1, count));
        assert!(near(mass(&robot), 50_000.0));
        // Some tenths of a second, and more on a machine that does other things too.
        assert!(took.as_secs_f64() < 5.0, "{took:?}");
    }
}

#[test]
fn a_request_that_was_cancelled_ends() {
    let context = Context::default();
    context.switch().store(true, std::sync::atomic::Ordering::Relaxed);
    let fault = model::read_bytes("r", URDF.as_bytes(), &Limits::default(), &context).unwrap_err();
    assert!(matches!(fault, model::ModelFault::Cancelled(_)));
}

#[test]
fn the_number_of_a_joint_is_its_place() {
    let robot = real("unitree_rl_gym/h1_2.urdf");
    let follower = joint(&robot, "L_index_intermediate_joint");
    assert_eq!(follower.mimic, Some(number(&robot, "L_index_proximal_joint")));
    assert_eq!(follower.actuated, Actuated::Passive);
}
