//! Models of robots that are broken, hostile or not what they seem: everything that is wrong is told, and nothing else happens.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use linchpin::context::Context;
use linchpin_import::model::{self, Limits, ModelFault, Problem, Robot, What};
use proptest::prelude::*;
use std::path::Path;
use std::time::{Duration, Instant};

fn read(bytes: &[u8]) -> Result<Vec<Robot>, ModelFault> {
    model::read_bytes("r.xml", bytes, &Limits::default(), &Context::default())
}

fn problems(result: Result<Vec<Robot>, ModelFault>) -> Vec<Problem> {
    match result {
        Err(ModelFault::Unsound { problems }) => problems,
        other => panic!("{other:#?}"),
    }
}

/// All problems of a text: line, what, value.
fn told(text: &str) -> Vec<(u32, What, String)> {
    problems(read(text.as_bytes())).into_iter().map(|p| (p.line, p.what, p.value)).collect()
}

/// The only problem of a text.
fn only(text: &str) -> (u32, What, String) {
    let mut told = told(text);
    assert_eq!(told.len(), 1, "{told:?}\n{text}");
    told.remove(0)
}

#[test]
fn what_is_no_model_is_refused() {
    for (bytes, what) in [
        (&b""[..], What::Empty),
        (b" \n ", What::Empty),
        (b"part,qty\nmotor,4\n", What::NotXml),
        (b"<robot", What::Truncated),
        (b"<robot></robots>", What::NotXml),
        (b"<robot><link name='a'/></robot><robot/>", What::NotXml),
        (b"<robot><link name='a' name='b'/></robot>", What::NotXml),
        (b"<robot name='\x01'/>", What::NotXml),
        (b"<robot>&lol;</robot>", What::NotXml),
        (b"<sdf version='1.7'/>", What::NotModel),
        (b"<mujocoinclude/>", What::NotModel),
        (b"<html></html>", What::NotModel),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", What::NotText),
        (b"%PDF-1.7", What::NotText),
        (b"<robot\0/>", What::NotText),
    ] {
        let found = problems(read(bytes));
        assert_eq!(
            found.iter().map(|p| p.what).collect::<Vec<_>>(),
            [what],
            "{:?}",
            String::from_utf8_lossy(bytes)
        );
    }
}

#[test]
fn where_a_file_ends_too_early_is_told() {
    let text = "<robot name='r'>\n<link name='a'/>\n<link name='b'>\n<inertial>\n<mass value='1'/>\n";
    assert_eq!(only(text), (4, What::Truncated, "inertial".to_owned()));
    assert_eq!(only("<mujoco>\n<worldbody>\n<body name='a"), (3, What::Truncated, "body".to_owned()));
    assert_eq!(only("<robot name='r'>\n<!-- the rest"), (2, What::Truncated, "!--".to_owned()));
    assert_eq!(only("<robot>\n<link name='a/>\n</robot>"), (2, What::Truncated, "link".to_owned()));
}

#[test]
fn document_types_are_refused_unread() {
    let bomb = "<?xml version='1.0'?>\n<!DOCTYPE robot [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]>\n<robot name='&b;'/>";
    assert_eq!(only(bomb).0, 2);
    for text in
        [bomb, "<!DOCTYPE robot SYSTEM 'file:///etc/passwd'><robot/>", "<mujoco><!DOCTYPE a></mujoco>"]
    {
        assert_eq!(only(text).1, What::Dtd);
    }
}

#[test]
fn bombs_are_refused_at_once() {
    let deep = |name: &str, count| format!("<{name}>").repeat(count);
    let wide = "<a b=\"1\"/>".repeat(3_000_000);
    let comments = "<!---->".repeat(3_000_000);
    let attributes: String = (0..100_000).map(|at| format!(" a{at}=\"\"")).collect();
    let spaces: String = (0..100).map(|at| format!("<a xmlns:n{at}='u{at}'>")).collect();
    let signs = "=".repeat(9_000_000);
    let nested = "<replicate count='1000'>".repeat(5) + "<geom size='1'/>" + &"</replicate>".repeat(5);
    let copies = format!("<replicate count='300000'><body name='{}'/></replicate>", "x".repeat(1000));
    let classes: String = (0..20_000).map(|at| format!("<default class='c{at}'/>")).collect();
    let many = "<motor joint='j'/>".repeat(100_000);
    let fingers = "<replicate count='10000'><body><joint name='j'/></body></replicate>";
    for (what, text) in [
        (What::TooDeep, format!("<mujoco><worldbody>{}", deep("body", 100_000))),
        (What::TooDeep, deep("robot", 1_000_000)),
        (What::TooManyElements, format!("<robot>{wide}</robot>")),
        (What::TooManyElements, format!("<robot>{comments}</robot>")),
        (What::TooManyAttributes, format!("<robot{attributes}/>")),
        (What::TooManyAttributes, format!("<robot>{spaces}")),
        (What::TooManyAttributes, format!("<robot>{signs}</robot>")),
        (What::TooLarge, format!("<robot>{}</robot>", " ".repeat(65 << 20))),
        (What::TooManyLinks, format!("<mujoco><worldbody><body>{nested}</body></worldbody></mujoco>")),
        (What::TooManyLinks, format!("<mujoco><worldbody>{copies}</worldbody></mujoco>")),
        (What::TooManyLinks, format!("<robot>{}</robot>", "<link name='a'/>".repeat(200_001))),
        (What::TooManyElements, format!("<mujoco><default>{classes}</default></mujoco>")),
        (
            What::TooManyLinks,
            format!("<mujoco><worldbody>{fingers}</worldbody><actuator>{many}</actuator></mujoco>"),
        ),
    ] {
        let start = Instant::now();
        let found = problems(read(text.as_bytes()));
        let took = start.elapsed();
        assert!(found.iter().any(|p| p.what == what), "{what:?}: {:?}", &found[..found.len().min(3)]);
        println!("{what:?}, {} kB: {took:?}", text.len() >> 10);
        // A second at most; more on a machine that does other things too.
        assert!(took < Duration::from_secs(10), "{what:?}: {took:?}");
    }
}

#[test]
fn models_that_are_just_large_enough_are_read() {
    let depth = 250;
    let chain = "<body><joint/>".repeat(depth) + &"</body>".repeat(depth);
    let robots = read(format!("<mujoco><worldbody>{chain}</worldbody></mujoco>").as_bytes()).unwrap();
    assert_eq!(robots[0].joints.len(), depth);
    let copies = "<replicate count='1000'><body><joint/><geom size='1' mass='1'/></body></replicate>";
    let robots =
        read(format!("<mujoco><worldbody><body>{copies}</body></worldbody></mujoco>").as_bytes()).unwrap();
    assert_eq!((robots.len(), robots[0].joints.len()), (1, 1000));
}

#[test]
fn xacro_is_to_be_expanded_first() {
    let inside = "\n<xacro:property name='m' value='2'/><link name='a'><inertial><mass value='${m}'/></inertial></link>";
    for space in
        [" xmlns:xacro='http://www.ros.org/wiki/xacro'", " xmlns:xacro='http://ros.org/wiki/xacro/'", ""]
    {
        let found = problems(read(format!("<robot name='r'{space}>{inside}</robot>").as_bytes()));
        let [problem] = &found[..] else { panic!("{found:?}") };
        assert_eq!((problem.line, problem.what, problem.of.as_str()), (2, What::Xacro, "property"));
        assert!(problem.to_string().contains("expand it first"));
    }
}

#[test]
fn everything_wrong_in_urdf_is_told_with_its_line() {
    let text = r#"<robot name="r">
<link name="a"><inertial><mass value="-1"/></inertial></link>
<link name="b"><inertial><mass value="NaN"/></inertial></link>
<link name="c"><inertial><mass value="1,5"/></inertial></link>
<link name="d"><inertial><mass value=""/></inertial></link>
<link name="e"><inertial/></link>
<link name="f"><inertial><mass value="1e999"/><inertia ixx="x"/></inertial></link>
<link name="a"/>
<link/>
<joint name="j1" type="revolute"><parent link="b"/><child link="c"/><limit effort="nan" velocity="fast"/></joint>
<joint name="j2" type="hinge"><parent link="a"/><child link="c"/></joint>
<joint name="j3" type="fixed"><parent link="a"/><child link="c"/></joint>
<joint type="fixed"><parent link="gone"/><child/></joint>
<joint name="j5" type="fixed"><parent link="a"/></joint>
<joint name="j6" type="fixed"><parent link="e"/><child link="d"/></joint>
<joint name="j7" type="revolute"><parent link="d"/><child link="e"/><mimic joint="none"/></joint>
<joint name="j8"><parent link="a"/><child link="f"/></joint>
<joint name="j9" type="revolute"><parent link="a"/><child link="b"/><mimic joint="j9"/></joint>
<transmission><joint name="j1"/><actuator name="m"><mechanicalReduction>0</mechanicalReduction></actuator></transmission>
</robot>"#;
    let expected = [
        (2, What::Negative, "-1"),
        (3, What::NotFinite, "NaN"),
        (4, What::NotNumber, "1,5"),
        (5, What::NotNumber, ""),
        (6, What::Missing, ""),
        (7, What::NotFinite, "1e999"),
        (8, What::Repeated, "a"),
        (9, What::Missing, ""),
        (10, What::NotFinite, "nan"),
        (10, What::NotNumber, "fast"),
        (11, What::UnknownWord, "hinge"),
        (12, What::TwoParents, "c"),
        (13, What::Missing, ""),
        (13, What::Missing, ""),
        (13, What::UnknownLink, "gone"),
        (14, What::Missing, ""),
        (17, What::Missing, ""),
        (18, What::MimicCycle, "j9"),
        (19, What::NotPositive, "0"),
    ];
    let mut found = told(text);
    let ring = found.iter().position(|p| p.1 == What::Cycle).map(|at| found.remove(at));
    assert_eq!(ring.map(|r| r.0), Some(5), "{found:?}");
    assert_eq!(found, expected.map(|(line, what, value)| (line, what, value.to_owned())));
    let first = &problems(read(text.as_bytes()))[0];
    assert_eq!(first.to_string(), "r.xml, line 2, mass value: must not be negative: \"-1\"");
}

#[test]
fn links_must_be_there_and_hang_on_something_else() {
    assert_eq!(only("<robot name='r'>\n<joint/></robot>".replace("<joint/>", "").as_str()).1, What::NoLinks);
    let own = "<robot name='r'><link name='a'/>\n<joint name='j' type='fixed'><parent link='a'/><child link='a'/></joint></robot>";
    assert_eq!(only(own), (1, What::Cycle, "a".to_owned()));
    let ring = "<robot name='r'>
<link name='free'/><link name='a'/><link name='b'/>
<joint name='j' type='fixed'><parent link='a'/><child link='b'/></joint>
<joint name='k' type='revolute'><parent link='b'/><child link='a'/></joint></robot>";
    assert_eq!(only(ring), (2, What::Cycle, "a".to_owned()));
}

#[test]
fn everything_wrong_in_mjcf_is_told_with_its_line() {
    let text = r#"<mujoco>
<compiler inertiafromgeom="yes" boundmass="x"/>
<default class="main"><geom density="-5"/>
<default class="a"/><default class="a"/><default/></default>
<worldbody>
<body name="b"><joint name="j" type="hinged"/><geom size="1"/><geom size="1"/>
<body childclass="gone"><inertial/></body>
<body><inertial mass="-1"/><geom type="box" size="1 1" mass="nan"/><geom density="1" type="box" size="1 1"/></body>
<body><geom type="ball" density="1"/><geom type="capsule" size="0.1" fromto="0 0 0" density="1"/><geom density="1"/></body>
<body><geom type="sphere" size="-1" density="1"/><replicate count="-2"/><replicate/><replicate count="0"/></body>
</body>
</worldbody>
<actuator><motor joint="nope"/><motor tendon="t"/><motor joint="j" gear="a" ctrlrange="1;2"/></actuator>
<equality><joint joint1="j" joint2="k"/></equality>
</mujoco>"#;
    let expected = [
        (2, What::NotNumber, "x"),
        (2, What::UnknownWord, "yes"),
        (3, What::Negative, "-5"),
        (4, What::Missing, ""),
        (4, What::Repeated, "a"),
        (6, What::UnknownWord, "hinged"),
        (7, What::UnknownClass, "gone"),
        (7, What::Missing, ""),
        (8, What::Missing, "1 1"),
        (8, What::NotFinite, "nan"),
        (8, What::Negative, "-1"),
        (9, What::UnknownWord, "ball"),
        (9, What::Missing, "0 0 0"),
        (9, What::Missing, ""),
        (10, What::NotPositive, "-1"),
        (10, What::Missing, ""),
        (10, What::NotNumber, "-2"),
        (10, What::NotPositive, "0"),
        (13, What::NotNumber, "1;2"),
        (13, What::NotNumber, "a"),
        (13, What::UnknownJoint, "nope"),
        (13, What::UnknownTendon, "t"),
        (14, What::UnknownJoint, "k"),
    ];
    let mut found = told(text);
    found.sort();
    let mut expected = expected.map(|(line, what, value)| (line, what, value.to_owned())).to_vec();
    expected.sort();
    assert_eq!(found, expected);
}

#[test]
fn a_scene_without_a_robot_is_told() {
    let scene = "<mujoco><worldbody><geom size='1 1 1' type='plane'/><body><geom size='1'/></body></worldbody></mujoco>";
    assert_eq!(only(scene).1, What::NoJoints);
    assert_eq!(only("<mujoco/>").1, What::NoJoints);
}

#[test]
fn a_file_of_which_all_is_wrong_is_told_in_part() {
    let found = told(&format!("<robot name='r'>{}</robot>", "\n<link/>".repeat(20_000)));
    assert_eq!((found.len(), found.last().unwrap().1), (10_001, What::More));
}

#[test]
fn long_values_are_cut() {
    let text = format!(
        "<robot><link name='a'><inertial><mass value='{}'/></inertial></link></robot>",
        "电".repeat(1000)
    );
    assert_eq!(only(&text).2, format!("{}…", "电".repeat(80)));
}

/// What is wrong with a model of several files: file, line, what.
fn told_of(files: &[(&str, &str)]) -> Vec<(String, u32, What)> {
    let folder = tempfile::tempdir().unwrap();
    // Beside the folder of the model there is a file that must not be read.
    let model = folder.path().join("model");
    std::fs::create_dir(&model).unwrap();
    std::fs::write(
        folder.path().join("secret.xml"),
        "<mujoco><worldbody><body name='secret'/></worldbody></mujoco>",
    )
    .unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(folder.path().join("secret.xml"), model.join("link.xml")).unwrap();
    for (name, text) in files {
        std::fs::write(model.join(name), text).unwrap();
    }
    let text = |path: &str| path.replace("{folder}", &model.to_string_lossy());
    std::fs::write(model.join(files[0].0), text(files[0].1)).unwrap();
    let read = model::read(&model.join(files[0].0), &Limits::default(), &Context::default());
    problems(read).into_iter().map(|p| (p.file, p.line, p.what)).collect()
}

#[test]
fn only_files_in_the_folder_are_included() {
    for path in [
        "../secret.xml",
        "{folder}/../secret.xml",
        "{folder}/part.xml",
        "./../model/../secret.xml",
        "C:\\secret.xml",
        "..\\secret.xml",
    ] {
        let main = format!("<mujoco>\n<include file='{path}'/></mujoco>");
        let found = told_of(&[("main.xml", &main), ("part.xml", "<mujoco/>")]);
        assert_eq!(found, [("main.xml".to_owned(), 2, What::IncludeOutside)], "{path}");
    }
    #[cfg(unix)]
    assert_eq!(
        told_of(&[("main.xml", "<mujoco><include file='link.xml'/></mujoco>")]),
        [("main.xml".to_owned(), 1, What::IncludeOutside)]
    );
    // From bytes there is no folder.
    assert_eq!(only("<mujoco><include file='part.xml'/></mujoco>").1, What::IncludeOutside);
}

#[test]
fn a_file_is_included_once() {
    let own = told_of(&[("main.xml", "<mujoco>\n<include file='main.xml'/></mujoco>")]);
    assert_eq!(own, [("main.xml".to_owned(), 2, What::IncludeTwice)]);
    let ring = told_of(&[
        ("main.xml", "<mujoco><include file='a.xml'/></mujoco>"),
        ("a.xml", "<mujoco><include file='b.xml'/></mujoco>"),
        ("b.xml", "<mujoco>\n\n<include file='./a.xml'/></mujoco>"),
    ]);
    assert_eq!(ring, [("b.xml".to_owned(), 3, What::IncludeTwice)]);
    let twice = told_of(&[
        ("main.xml", "<mujoco><include file='a.xml'/><include file='a.xml'/></mujoco>"),
        ("a.xml", "<mujoco/>"),
    ]);
    assert_eq!(twice, [("main.xml".to_owned(), 1, What::IncludeTwice)]);
}

#[test]
fn what_is_wrong_in_included_files_is_told_there() {
    let main = "<mujoco>\n<include file='a.xml'/>\n<include file='gone.xml'/>\n<include file='b.xml'/>\n<include/>\n<include file='c.xml'/><include file='.'/></mujoco>";
    let found = told_of(&[
        ("main.xml", main),
        ("a.xml", "<mujoco>\n<worldbody><body></worldbody></mujoco>"),
        ("b.xml", "<robot/>"),
        ("c.xml", ""),
    ]);
    let place = |file: &str, line, what| (file.to_owned(), line, what);
    let expected = [
        place("c.xml", 0, What::Empty),
        place("main.xml", 3, What::Unreadable),
        place("main.xml", 4, What::IncludeOther),
        place("main.xml", 5, What::Missing),
        place("main.xml", 6, What::Unreadable),
    ];
    assert_eq!(found, expected);
    let found = told_of(&[
        ("main.xml", "<mujoco><include file='a.xml'/></mujoco>"),
        ("a.xml", "<mujoco>\n<worldbody>\n</mujoco>"),
    ]);
    assert_eq!(found, [place("a.xml", 3, What::NotXml)]);
    let found = told_of(&[
        ("main.xml", "<mujoco><worldbody><include file='a.xml'/></worldbody></mujoco>"),
        ("a.xml", "<mujoco>\n<body><joint/><inertial mass='x'/></body></mujoco>"),
    ]);
    assert_eq!(found, [place("a.xml", 2, What::NotNumber)]);
}

#[test]
fn what_cannot_be_opened_is_told() {
    let folder = tempfile::tempdir().unwrap();
    for path in [folder.path().to_owned(), folder.path().join("none.urdf"), Path::new("none.urdf").to_owned()]
    {
        let found = problems(model::read(&path, &Limits::default(), &Context::default()));
        assert_eq!((found[0].what, found[0].line, found.len()), (What::Unreadable, 0, 1));
    }
    let path = folder.path().join("large.urdf");
    std::fs::write(&path, "<robot name='r'><link name='a'/></robot>").unwrap();
    let limits = Limits { file: 20, ..Limits::default() };
    assert_eq!(problems(model::read(&path, &limits, &Context::default()))[0].what, What::TooLarge);
}

const URDF: &str = r#"<?xml version="1.0"?>
<robot name="r" xmlns:xacro="http://www.ros.org/wiki/xacro">
  <!-- -- two links -- -->
  <link name="a"><inertial><mass value="1.5"/><inertia ixx="1e-3" iyy="2e-3" izz="1e-3"/></inertial></link>
  <link name="b"><visual><geometry><mesh filename="/home/b.stl"/></geometry></visual></link>
  <link name="c"/>
  <joint name="j" type="revolute"><parent link="a"/><child link="b"/><limit effort="10" velocity="2"/></joint>
  <joint name="k" type="prismatic"><parent link="b"/><child link="c"/><mimic joint="j"/><limit effort="-3"/></joint>
  <transmission name="t"><joint name="j"/><actuator name="m"><mechanicalReduction>9</mechanicalReduction></actuator></transmission>
</robot>"#;

const MJCF: &str = r#"<mujoco model="m">
  <compiler inertiafromgeom="auto" settotalmass="30" boundmass="0.1" inertiagrouprange="0 5"/>
  <default><geom density="900"/><default class="v"><geom type="mesh" density="0"/><motor gear="10"/></default></default>
  <worldbody>
    <geom type="plane" size="1 1 1"/>
    <body name="a" childclass="v"><freejoint/><inertial mass="2" diaginertia="0.1 0.1 0.1"/><geom mesh="a"/><site name="s"/>
      <body name="b"><joint name="j" range="-1 1"/><geom class="main" type="capsule" size="0.1" fromto="0 0 0 0 0 1"/><site name="t"/>
        <replicate count="3" sep="_"><body name="c"><joint name="k" type="slide"/><geom class="main" size="0.1"/></body></replicate>
      </body>
    </body>
    <frame><body name="cup"><joint type="free"/></body></frame>
  </worldbody>
  <tendon><spatial name="p"><site site="s"/><site site="t"/></spatial><fixed name="q"><joint joint="k" coef="2"/></fixed></tendon>
  <actuator><motor class="v" joint="j" ctrlrange="-1 1"/><position tendon="q" forcerange="-2 2"/><general tendon="p"/></actuator>
  <equality><joint joint1="k" joint2="j"/></equality>
</mujoco>"#;

/// What holds of everything that is read, whatever it is.
fn is_tame(bytes: &[u8]) {
    let start = Instant::now();
    let above_0 = |number: Option<f64>| number.is_none_or(|n| n.is_finite() && n > 0.0);
    match read(bytes) {
        Ok(robots) => {
            assert!(!robots.is_empty());
            for robot in robots {
                assert!(!robot.links.is_empty());
                for (at, link) in robot.links.iter().enumerate() {
                    assert!(link.mass.is_none_or(|mass| mass.is_finite() && mass >= 0.0), "{link:?}");
                    assert!(
                        above_0(link.radius) && link.parent.is_none_or(|p| p < robot.links.len() && p != at)
                    );
                    assert!(link.file < robot.files.len() && link.line > 0);
                }
                for joint in &robot.joints {
                    assert!(
                        above_0(joint.effort) && above_0(joint.velocity) && above_0(joint.gear),
                        "{joint:?}"
                    );
                    assert!(joint.parent < robot.links.len() && joint.child < robot.links.len());
                    assert!(
                        joint.parent != joint.child
                            && joint.mimic.is_none_or(|other| other < robot.joints.len())
                    );
                }
            }
        }
        Err(ModelFault::Unsound { problems }) => {
            assert!(!problems.is_empty());
            assert!(problems.iter().all(|p| !p.to_string().is_empty()));
        }
        Err(ModelFault::Cancelled(_)) => panic!("nobody cancelled"),
    }
    assert!(start.elapsed() < Duration::from_secs(2));
}

/// Pieces of models, which put in other places give what nobody thinks of.
fn piece() -> impl Strategy<Value = String> {
    let words = [
        "<",
        ">",
        "/>",
        "</",
        "\"",
        "'",
        "=",
        "<!--",
        "-->",
        "--",
        "<![CDATA[",
        "]]>",
        "<?xml?>",
        "<!DOCTYPE a>",
        "&lt;",
        "&a;",
        "-1",
        "0",
        "NaN",
        "inf",
        "1e308",
        "1e-320",
        "1,5",
        "a",
        "b",
        "j",
        "k",
        "main",
        "<body>",
        "</body>",
        "<link name=\"a\"/>",
        "<joint name=\"j\"/>",
        "<include file=\"a\"/>",
        "<default class=\"v\"/>",
        "<xacro:a/>",
        "<a:b/>",
        " name=\"a\"",
        " type=\"ball\"",
        " mass=\"1\"",
        " class=\"v\"",
        "<replicate count=\"9\">",
        "</replicate>",
        "\u{feff}",
        "\n",
        "电",
        "\0",
        "\u{1}",
        "true",
        "false",
        "<geom size=\"1\"/>",
        "<inertial mass=\"1\"/>",
        "<mimic joint=\"k\"/>",
        "fixed",
    ];
    prop_oneof![4 => prop::sample::select(words.to_vec()).prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)]
}

type Change = (prop::sample::Index, prop::sample::Index, Option<String>);

/// A text with parts replaced, or copied from elsewhere in it.
fn changed(text: &str, changes: &[Change]) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    for (from, to, piece) in changes {
        let (a, b) = (from.index(chars.len() + 1), to.index(chars.len() + 1));
        let (from, to) = (a.min(b), a.max(b).min(a.min(b) + 40));
        match piece {
            Some(piece) => drop(chars.splice(from..to.min(from + 8), piece.chars())),
            None => {
                let copy: Vec<char> = chars[from..to].to_vec();
                let place = b.min(chars.len());
                chars.splice(place..place, copy);
            }
        }
    }
    chars.into_iter().collect()
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    prop::collection::vec(
        (any::<prop::sample::Index>(), any::<prop::sample::Index>(), prop::option::of(piece())),
        1..6,
    )
}

#[test]
fn what_is_damaged_below_is_sound() {
    for text in [URDF, MJCF] {
        read(text.as_bytes()).unwrap();
        is_tame(text.as_bytes());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn any_bytes_are_tame(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        is_tame(&bytes);
    }

    #[test]
    fn any_pieces_are_tame(pieces in prop::collection::vec(piece(), 0..40), root in "robot|mujoco") {
        is_tame(pieces.concat().as_bytes());
        is_tame(format!("<{root}>{}</{root}>", pieces.concat()).as_bytes());
        is_tame(format!("<mujoco><worldbody>{}</worldbody></mujoco>", pieces.concat()).as_bytes());
    }

    #[test]
    fn damaged_urdf_is_tame(changes in changes()) {
        is_tame(changed(URDF, &changes).as_bytes());
    }

    #[test]
    fn damaged_mjcf_is_tame(changes in changes()) {
        is_tame(changed(MJCF, &changes).as_bytes());
    }

    #[test]
    fn damaged_values_are_tame(which in any::<prop::sample::Index>(), value in piece()) {
        // Every other part between quotation marks is a value.
        for text in [URDF, MJCF] {
            let mut parts: Vec<&str> = text.split('"').collect();
            let at = which.index(parts.len() / 2) * 2 + 1;
            parts[at] = &value;
            is_tame(parts.join("\"").as_bytes());
        }
    }

    #[test]
    fn cut_models_are_tame(end in any::<prop::sample::Index>()) {
        for text in [URDF, MJCF] {
            is_tame(&text.as_bytes()[..end.index(text.len())]);
        }
    }
}
