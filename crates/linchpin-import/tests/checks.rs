//! What does not add up is told, and nothing else. Every case is worked by hand from masses of the atlas.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{ATLAS, BASE};
use linchpin::context::Context;
use linchpin_import::import::{Request, import};
use std::path::{Path, PathBuf};

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
    assert!(
        text.starts_with("Fe: 0.05") && text.contains("> 0.05 kg (Deep groove ball bearing ≈ 0.05"),
        "{text}"
    );
    let camera = noticed(&format!("{HEADER}\nUVC camera module,,1,\nPart nobody knows,,2,"), Some(0.022));
    let [(what, _, text)] = camera.as_slice() else { panic!("{camera:?}") };
    assert_eq!(what, "import-elements-heavy");
    assert!(text.starts_with("0.025") && text.contains("> 0.022 kg (UVC camera module ≈ 0.025"), "{text}");
    // Where the masses are told it is they that do not fit.
    let told =
        noticed(&format!("{HEADER}\nDeep groove ball bearing,,2,0.05\nPart nobody knows,,2,"), Some(0.06));
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

/// What is noticed in several lists, as word and text.
fn noticed_of(lists: &[(&str, &str)], rates: &[&str]) -> Vec<(String, String)> {
    let folder = tempfile::tempdir().unwrap();
    let write = |(name, text): &(&str, &str)| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    let request = Request {
        files: lists.iter().map(write).collect(),
        alias: "ours".into(),
        country: "USA".into(),
        rates: linchpin_import::cost::Rates::parse(rates).unwrap(),
        ..Request::default()
    };
    let imported = import(&ATLAS, &BASE, &request, &Context::default()).unwrap();
    let Some(table) = imported.answer.table("noticed") else { return vec![] };
    let text = |row: usize, column: &str| {
        table.column(column).unwrap().cells.text(row).unwrap_or_default().to_owned()
    };
    (0..table.len()).map(|row| (text(row, "what"), text(row, "part"))).collect()
}

fn told(what: &str, text: &str) -> (String, String) {
    (what.into(), text.into())
}

/// Three sections of 20, 60 and 45, in one money and in two, whose subtotals are in euro.
#[test]
fn subtotals_are_those_of_their_sections() {
    let one = |second: &str| {
        format!(
            "Part,Qty,Unit price,Curr.,Ext. price\nOdd a,2,10,EUR,20\nSubtotal head,,,EUR,20\nOdd b,3,20,EUR,60\n\
             Subtotal arm,,,EUR,{second}\nOdd c,1,40,EUR,40\nOdd d,1,5,EUR,5\nSubtotal leg,,,EUR,45\nTotal,,,EUR,125\n"
        )
    };
    assert_eq!(noticed_of(&[("l.csv", &one("60"))], &["EUR=1.1"]), []);
    let wrong = told("import-total", "Subtotal arm EUR 70: 60.00");
    assert_eq!(noticed_of(&[("l.csv", &one("70"))], &["EUR=1.1"]), [wrong]);
    let two = |second: &str| one(second).replace("Odd c,1,40,EUR,40", "Odd c,1,44,USD,44");
    assert_eq!(noticed_of(&[("l.csv", &two("60"))], &["EUR=1.1"]), []);
    let wrong = told("import-total", "Subtotal arm EUR 70: 60.00");
    assert_eq!(noticed_of(&[("l.csv", &two("70"))], &["EUR=1.1"]), [wrong]);
    // A running sum, and the assembly above with what it needs of it.
    let running = "Part,Qty,Price ($)\nOdd a,2,10\nSubtotal,,20\nOdd b,3,20\nSubtotal,,80\nTotal,,80\n";
    assert_eq!(noticed_of(&[("l.csv", running)], &[]), []);
    let tree = "Level,Part,Qty,Price ($)\n1,arm,2,\n2,Odd a,3,10\n,Subtotal arms,,60\n1,leg,2,\n2,Odd b,1,5\n\
                ,Subtotal legs,,10\n,Total,,70\n";
    assert_eq!(noticed_of(&[("l.csv", tree)], &[]), []);
}

/// Pairs in every list; without a unit prices and least orders are those of the unit of the parts list.
#[test]
fn pairs_are_two_pieces_in_every_list() {
    let bom = "料号,名称,单位,用量,单价(元),单重(g)\nB-1,怪件,对,6,310,212\n";
    let run = |lists: &[(&str, &str)]| {
        let folder = tempfile::tempdir().unwrap();
        let write = |(name, text): &(&str, &str)| {
            let path = folder.path().join(name);
            std::fs::write(&path, text).unwrap();
            path
        };
        let files = [("b.csv", bom)].iter().chain(lists).map(write).collect();
        let request = Request { files, alias: "ours".into(), country: "CHN".into(), ..Request::default() };
        import(&ATLAS, &BASE, &request, &Context::default()).unwrap()
    };
    let number = |lists: &[(&str, &str)], table: &str, column: &str| {
        let found = run(lists);
        let table = found.answer.table(table).unwrap_or_else(|| panic!("no {table}"));
        table.column(column).unwrap().cells.number(0)
    };
    let enough = |stock: &str| number(&[("s.csv", stock)], "stock", "enough_for");
    for stock in [
        "料号,单位,在库\nB-1,对,700\n",
        "料号,在库\nB-1,700对\n",
        "料号,单位,在库\nB-1,个,1400\n",
        "料号,在库\nB-1,700\n",
    ] {
        assert!((enough(stock).unwrap() - 700.0 / 6.0).abs() < 1e-9, "{stock}: {:?}", enough(stock));
    }
    let other = noticed_of(&[("b.csv", bom), ("s.csv", "料号,单位,在库\nB-1,kg,700\n")], &[]);
    assert_eq!(other, [told("import-unit-other", "B-1 · 700 kg")]);
    let roll = noticed_of(&[("b.csv", bom), ("s.csv", "料号,单位,在库\nB-1,卷,7\n")], &[]);
    assert_eq!(roll, [told("import-unit-other", "B-1 · 7 卷")]);
    let alone = number(&[], "cost", "cost").unwrap();
    let quoted = |list: &str| number(&[("v.csv", list)], "cost", "cost").unwrap();
    for list in [
        "料号,供应商,国家,单价(元)\nB-1,甲,中国,310\n",
        "料号,供应商,国家,单位,单价(元)\nB-1,甲,中国,个,155\n",
    ] {
        assert!((quoted(list) - alone).abs() < 1e-9, "{list}");
    }
    let holds = |bytes: &Vec<u8>| String::from_utf8_lossy(bytes).contains("0.106");
    assert!(run(&[]).files.values().any(holds));
}

/// Points of thousands in counts, told once a column; decimals where one of the column is none; commas settle it.
#[test]
fn points_may_part_thousands() {
    let bom = ("b.csv", "Part number,Part,Qty\nM-1,Odd a,42\nM-2,Odd b,6\n");
    let of = |stock: &str| noticed_of(&[bom, ("s.csv", stock)], &[]);
    let thousands = |text: &str| told("import-thousands", text);
    assert_eq!(of("Part no.;On hand\nM-1;9.800\nM-2;64\n"), [thousands("9.800 → 9800")]);
    assert_eq!(of("Part no.;On hand;Price\nM-1;9.800;0,5\nM-2;64;2,25\n"), []);
    assert_eq!(of("Part no.;On hand\nM-1;9'800\nM-2;9\u{202f}800\n"), []);
    assert_eq!(of("Part no.,On hand\nM-1,\"9,800\"\nM-2,64\n"), []);
    let decimals = [told("import-fraction", "M-1: 6.72"), told("import-fraction", "M-2: 2.5")];
    assert_eq!(of("Part no.;On hand\nM-1;6.720\nM-2;2.5\n"), decimals);
    let kilograms = "Part no.;Part;Qty;Unit\nM-1;Odd a;1.200;kg\nM-2;Odd b;2.400;pcs\n";
    assert_eq!(noticed_of(&[("b.csv", kilograms)], &[]), [thousands("2.400 → 2400")]);
}

/// The quantity of the whole product stands beside that of the assembly; line totals are of it, and sums the sums of those.
#[test]
fn quantities_of_the_whole_product() {
    let list = |whole: &str, total: &str| {
        format!(
            "层级,料号,名称,用量,整机用量,单价(元),金额(元)\n1,A-1,怪臂,2,2,,\n2,B-1,怪件,3,{whole},10,60\n\
             1,C-1,怪板,1,1,5,5\n,,合计,,,,{total}\n"
        )
    };
    assert_eq!(noticed_of(&[("l.csv", &list("6", "65"))], &[]), []);
    assert_eq!(noticed_of(&[("l.csv", &list("6", "75"))], &[]), [told("import-total", "合计 75: 65.00")]);
    let other = noticed_of(&[("l.csv", &list("8", "65"))], &[]);
    assert!(other.contains(&told("import-total-quantity", "怪件: 6 ≠ 8")), "{other:?}");
}

/// A price in one of two columns of moneys; where both are filled they are the same.
#[test]
fn prices_in_two_moneys() {
    let list = |yuan: &str| {
        format!(
            "名称,用量,单价(元),单价(美元),金额(元)\n怪件甲,2,10,,20\n怪件乙,1,,100,715\n怪件丙,1,{yuan},10,{yuan}\n"
        )
    };
    assert_eq!(noticed_of(&[("l.csv", &list("71"))], &["CNY=0.14"]), []);
    let off = noticed_of(&[("l.csv", &list("90"))], &["CNY=0.14"]);
    assert_eq!(off, [told("import-two-moneys", "12.60 ≠ 10.00 USD")]);
}
