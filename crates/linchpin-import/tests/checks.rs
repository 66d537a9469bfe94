//! What does not add up is told, and nothing else. Every case is worked by hand from masses of the atlas.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use linchpin::atlas::{Atlas, Files};
use linchpin::context::Context;
use linchpin_import::import::{Request, import};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

static BASE: LazyLock<Files> = LazyLock::new(|| {
    linchpin_atlas::files().iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())).collect()
});
static ATLAS: LazyLock<Atlas> = LazyLock::new(|| Atlas::read(&BASE).unwrap());

/// Word, rows and text of everything that is noticed.
fn noticed_in(path: &Path, mass: Option<f64>) -> Vec<(String, String, String)> {
    let request = Request {
        files: vec![path.to_owned()],
        alias: "ours".into(),
        country: "USA".into(),
        mass,
        ..Request::default()
    };
    let imported = import(&ATLAS, &BASE, &request, &Context::default()).unwrap();
    let Some(table) = imported.answer.table("noticed") else { return vec![] };
    let text = |row: usize, column: &str| {
        table.column(column).unwrap().cells.text(row).unwrap_or_default().to_owned()
    };
    (0..table.len()).map(|row| (text(row, "what"), text(row, "rows"), text(row, "part"))).collect()
}

fn noticed(list: &str, mass: Option<f64>) -> Vec<(String, String, String)> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("list.csv");
    std::fs::write(&path, list).unwrap();
    noticed_in(&path, mass)
}

fn row(what: &str, rows: &str, text: &str) -> (String, String, String) {
    let rows = if rows.is_empty() { String::new() } else { format!("list.csv: {rows}") };
    (what.into(), rows, text.into())
}

const HEADER: &str = "Part,Specification,Qty,Unit weight (kg)";

/// Rolling bearings of the atlas weigh 6 to 120 g: up to 4.02 kg and down to 0.18 g is no wonder. Strain-wave reducers
/// weigh 36.2 to 890 g: up to 26.9 kg.
#[test]
fn grams_for_kilograms() {
    let list = format!(
        "{HEADER}\nDeep groove ball bearing,A,4,30\nDeep groove ball bearing,B,4,0.03\n\
         Deep groove ball bearing,C,4,3\nDeep groove ball bearing,D,4,0.0003\n\
         Deep groove ball bearing,E,4,0.00003\nHarmonic drive,outer 70 mm,2,550\nHarmonic drive,CSG,2,0.55\n\
         Wiring harness,lead of a sensor,1,0.005"
    );
    let usual = "0.00599–0.12 kg";
    assert_eq!(
        noticed(&list, None),
        [
            row("import-mass-odd", "2", &format!("Deep groove ball bearing: 30 kg ≠ {usual}")),
            row("import-mass-odd", "6", &format!("Deep groove ball bearing: 0.00003 kg ≠ {usual}")),
            row("import-tonne", "7", "Harmonic drive: 2 × 550 kg = 1100 kg"),
            row("import-mass-odd", "7", "Harmonic drive: 550 kg ≠ 0.0362–0.89 kg"),
        ]
    );
}

/// A cube of steel of 200 mm weighs 62.8 kg, one of 70 mm 2.7 kg; 1,000 N·m and 40 kg are 25 N·m a kilogram.
#[test]
fn a_size_in_the_text_explains_a_mass() {
    let of = |specification: &str, name: &str, mass: &str| {
        noticed(&format!("{HEADER}\n{name},{specification},1,{mass}\nScrew M4x12,,4,"), None).len()
    };
    assert_eq!(of("outer diameter 200 mm", "Deep groove ball bearing", "30"), 0);
    assert_eq!(of("outer diameter 70 mm", "Deep groove ball bearing", "30"), 1);
    assert_eq!(of("1000 Nm", "Harmonic drive", "40"), 0);
    assert_eq!(of("100 Nm", "Harmonic drive", "40"), 1);
    assert_eq!(of("weight 40 kg", "Harmonic drive", "40"), 0);
    assert_eq!(of("weight 40 kg", "Harmonic drive", ""), 1);
}

#[test]
fn what_goes_into_an_assembly_is_no_heavier() {
    let list = |mass: &str| {
        format!(
            "Level,Part,Qty,Unit weight (kg)\n1,Thigh,2,{mass}\n2,Frameless torque motor,2,0.6\n\
             2,Part nobody knows,1,0.1\n1,Screw M4x12,4,"
        )
    };
    assert_eq!(noticed(&list("1.2"), None), [row("import-contents-heavy", "2", "Thigh: 1.3 kg > 1.2 kg")]);
    assert_eq!(noticed(&list("1.3"), None), []);
}

/// A sum of kilograms is none of money, wherever it stands; a sum of money beside it is.
#[test]
fn only_sums_of_money_are_held_against_prices() {
    let list =
        |total: &str| format!("Part,Qty,Price ($),Total,Remark\nOdd thing,2,10,20,\nTotal,,,{total}\n");
    assert_eq!(noticed(&list("58 kg,"), None), []);
    assert_eq!(noticed(&list(",58 kg"), None), []);
    assert_eq!(noticed(&list("20,58 kg"), None), []);
    assert_eq!(noticed(&list("30,58 kg"), None), [row("import-total", "3", "Total 30 58 kg: 20.00")]);
    assert_eq!(noticed(&list(",$30"), None), [row("import-total", "3", "Total $30: 20.00")]);
}

/// Two motors of 0.62 kg, and a deep-groove bearing of usual size: 30 g, half to twice.
#[test]
fn the_product_against_its_parts() {
    let list = format!(
        "{HEADER}\nFrameless torque motor,,2,0.62\nDeep groove ball bearing,,1,\nPart nobody knows,,2,"
    );
    let found = |mass: f64| noticed(&list, Some(mass));
    assert_eq!(found(10.0), [row("import-too-light", "", "1.25–1.3 kg < 10 kg")]);
    assert_eq!(found(2.0), []);
    assert_eq!(found(1.25)[0], row("import-usual-too-heavy", "", "1.25–1.3 kg > 1.25 kg"));
    assert_eq!(found(1.2)[0], row("import-too-heavy", "", "1.24 kg > 1.20 kg"));
    assert!(found(1.2).iter().all(|n| n.0 != "import-usual-too-heavy"));
}

/// A deep-groove bearing of usual size weighs 30 g, half to twice, and nearly all of it is iron; a camera module weighs 20 g,
/// of which 12.6 g are elements that the atlas tells.
#[test]
fn elements_weigh_no_more_than_the_product() {
    let bearing =
        noticed(&format!("{HEADER}\nDeep groove ball bearing,,1,\nPart nobody knows,,2,"), Some(0.05));
    let [(what, _, text)] = bearing.as_slice() else { panic!("{bearing:?}") };
    assert_eq!(what, "import-element-heavy");
    assert!(text.starts_with("Fe: 0.05") && text.contains("> 0.05 kg (Deep groove ball bearing ≈ 0.05"), "{text}");
    let camera = noticed(&format!("{HEADER}\nUVC camera module,,1,\nPart nobody knows,,2,"), Some(0.022));
    let [(what, _, text)] = camera.as_slice() else { panic!("{camera:?}") };
    assert_eq!(what, "import-elements-heavy");
    assert!(text.starts_with("0.025") && text.contains("> 0.022 kg (UVC camera module ≈ 0.025"), "{text}");
    // Where the masses are told it is they that do not fit.
    let told = noticed(&format!("{HEADER}\nDeep groove ball bearing,,2,0.05\nPart nobody knows,,2,"), Some(0.06));
    assert!(told.iter().any(|n| n.0 == "import-element-heavy-told"), "{told:?}");
    // Content in proportion to mass may be half as much again, but never more than the part: all is weighed here.
    let weighed = format!("{HEADER}\nFrameless torque motor,,2,0.62\nDeep groove ball bearing,,2,0.05");
    assert_eq!(noticed(&weighed, Some(1.34)), []);
}

#[test]
fn a_tonne_of_one_part() {
    let list = format!("{HEADER}\nFrameless torque motor,,2000,0.62\nPart nobody knows,,200,5");
    assert_eq!(
        noticed(&list, None),
        [row("import-tonne", "2", "Frameless torque motor: 2000 × 0.62 kg = 1240 kg")]
    );
}

/// Lists of others are right, as far as a reader can tell: nothing of this is noticed in any.
#[test]
fn no_false_alarm_in_lists_of_others() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/real");
    let mut index = csv::Reader::from_path(folder.join("index.csv")).unwrap();
    let rows = index.records().map(|r| r.unwrap());
    // Names, halves and counts of lines stand in columns 1, 5 and 7.
    let files: Vec<PathBuf> =
        rows.filter(|r| &r[4] == "dev" && &r[6] != "0").map(|r| folder.join(&r[0])).collect();
    assert_eq!(files.len(), 8);
    let own = ["humanoid.csv", "humanoid_zh.csv"].map(|n| folder.with_file_name("own").join(n));
    for file in files.iter().chain(&own) {
        let found = noticed_in(file, None);
        let masses = ["import-mass-odd", "import-contents-heavy", "import-tonne"];
        assert!(found.iter().all(|n| !masses.contains(&n.0.as_str())), "{}: {found:?}", file.display());
    }
}
