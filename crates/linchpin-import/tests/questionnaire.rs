//! Questions to suppliers: what is written is read back, blank and filled in, in both languages alike.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{ATLAS, BASE, noticed};
use linchpin::atlas::{Atlas, Files, Overlay};
use linchpin::context::Context;
use linchpin::model::{Model, View, product};
use linchpin::network::from_atlas;
use linchpin_import::file::{self, Limits};
use linchpin_import::import::{ImportFault, Imported, Request, import};
use linchpin_import::sheet::Sheet;
use std::path::{Path, PathBuf};

const BOM: &str = "Part number,Part,Qty,Mass (g)\nM-1,Frameless torque motor,20,300\nG-1,Harmonic reducer,14,400\n\
                   X-1,Odd thing,2,\n";
const VENDORS: &str = "Part number,Supplier,Country,Share,Lead time (weeks)\nM-1,Motors of Ours,Germany,75%,12\n\
                       M-1,Motors of Theirs,China,25%,30\n";

fn run(files: &[PathBuf]) -> Result<Imported, Vec<ImportFault>> {
    let files = files.to_vec();
    let request = Request { files, alias: "ours".into(), country: "USA".into(), ..Request::default() };
    import(&ATLAS, &BASE, &request, &Context::default())
}

fn written(folder: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

/// Files of an atlas but the one that names the files that it came from.
fn atlas(imported: &Imported) -> Files {
    let files = imported.files.iter().filter(|(name, _)| *name != "sources.csv");
    files.map(|(name, bytes)| (name.clone(), bytes.clone())).collect()
}

/// A sheet as text, with some cells changed: the row whose supplier and item fit, the column, what to write.
fn filled(sheet: &Sheet, changes: &[(&str, &str, u32, &str)]) -> String {
    let cell = |row: linchpin_import::sheet::Row<'_>, column: u32| {
        let change = changes.iter().find(|(supplier, item, at, _)| {
            row.cell(2) == *supplier && row.cell(4).starts_with(item) && *at == column
        });
        change.map_or_else(|| row.cell(column).to_owned(), |c| c.3.to_owned())
    };
    let rows = sheet.rows().map(|row| (0..11).map(|column| cell(row, column)).collect::<Vec<_>>().join("\t"));
    rows.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_blank_questionnaire_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let bom = written(folder.path(), "bom.csv", BOM.as_bytes());
    let vendors = written(folder.path(), "vendors.csv", VENDORS.as_bytes());
    let first = run(&[bom.clone(), vendors]).unwrap();
    let asked = first.answer.table("questions").unwrap();
    assert!(asked.keys.contains(&"ours_frameless_torque_motor".to_owned()), "{:?}", asked.keys);
    for (number, bytes) in first.questionnaires.as_ref().unwrap().iter().enumerate() {
        let blank = written(folder.path(), &format!("blank{number}.xlsx"), bytes);
        let second = run(&[bom.clone(), blank]).unwrap();
        // The rows of the vendor list stand elsewhere now, which notes tell.
        let without_notes = |files: Files| {
            let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
            let lines = |text: String| {
                text.lines().map(|l| l.split("vendor list").next().unwrap().to_owned()).collect::<Vec<_>>()
            };
            files.into_iter().map(|(name, bytes)| (name, lines(text(&bytes)))).collect::<Vec<_>>()
        };
        assert_eq!(without_notes(atlas(&first)), without_notes(atlas(&second)));
        // And the questions are the same again.
        assert_eq!(first.questionnaires.as_ref().unwrap()[number], second.questionnaires.unwrap()[number]);
    }
}

/// What a supplier says replaces the content of the kind, in the units that he uses; what somebody is named for is a good of
/// its own, bought in the market of its kind, and he has a lane of it.
#[test]
fn answers_replace_what_was_assumed() {
    let folder = tempfile::tempdir().unwrap();
    let bom = written(folder.path(), "bom.csv", BOM.as_bytes());
    let vendors = written(folder.path(), "vendors.csv", VENDORS.as_bytes());
    let first = run(&[bom.clone(), vendors.clone()]).unwrap();
    let mut made = vec![];
    for (number, country) in ["Germany", "德国"].into_iter().enumerate() {
        let bytes = &first.questionnaires.as_ref().unwrap()[number];
        let path = written(folder.path(), "questions.xlsx", bytes);
        let read = file::read(&path, &Limits::default(), &Context::default()).unwrap();
        let changes = [
            ("Motors of Ours", "magnet_n48sh", 6, "30"),
            ("Motors of Ours", "magnet_n48sh", 8, "Vacuum Magnets"),
            ("Motors of Ours", "magnet_n48sh", 9, country),
            ("Motors of Ours", "copper_wire", 6, "0.1 kg"),
        ];
        let answer = filled(&read.sheets[2], &changes);
        let answer = written(folder.path(), &format!("answer{number}.tsv"), answer.as_bytes());
        let second = run(&[bom.clone(), vendors.clone(), answer]).unwrap();
        made.push(atlas(&second));
        let own = Atlas::read_over(&second.files, &BASE).unwrap();
        let (inputs, values) = (own.sheet("inputs"), own.values(&Overlay::new()).unwrap());
        let value = |item: &str| {
            let is_it = |r: &&linchpin::atlas::Row| {
                inputs.text(r, "recipe") == "make_ours_frameless_torque_motor"
                    && inputs.text(r, "slot") == item
            };
            let row = inputs.rows.iter().find(is_it).unwrap();
            let figure = row.figure.unwrap();
            (values.get(figure).unwrap(), own.figures.get(figure).standing.word())
        };
        assert_eq!(value("magnet_n48sh_gbd"), (0.03, "reported"));
        assert_eq!(value("copper_wire"), (0.1, "reported"));
        // What is not told is that of the kind, in proportion to mass.
        let (steel, standing) = value("electrical_steel");
        assert!(standing == "assumed" && steel > 0.05 && steel < 0.3, "{steel} {standing}");
        let (lanes, sites, items) = (own.sheet("lanes"), own.sheet("sites"), own.sheet("items"));
        let good = "ours_frameless_torque_motor_magnet_n48sh_gbd";
        assert_eq!(items.text(items.find(good).unwrap(), "pool"), "magnet_ndfeb");
        let maker = lanes.rows.iter().find(|r| lanes.text(r, "item") == good).unwrap();
        let plant = sites.find(lanes.text(maker, "from_site")).unwrap();
        assert_eq!((sites.text(plant, "item"), sites.text(plant, "country")), ("magnet_ndfeb", "DEU"));
        let told = second.answer.table("contents").unwrap();
        let became = |row| told.column("became").unwrap().cells.text(row).unwrap();
        let words: Vec<&str> = (0..told.len()).map(became).collect();
        assert_eq!(words, ["import-inside", "import-inside-lane"]);
    }
    assert_eq!(made[0], made[1], "the languages are read alike");
}

/// What is in a part is asked of each of its suppliers, in his own row; of a part without one in a row for anybody.
#[test]
fn each_supplier_answers_for_himself() {
    let folder = tempfile::tempdir().unwrap();
    let bom = written(folder.path(), "bom.csv", BOM.as_bytes());
    let vendors = written(folder.path(), "vendors.csv", VENDORS.as_bytes());
    let first = run(&[bom.clone(), vendors.clone()]).unwrap();
    for bytes in first.questionnaires.as_ref().unwrap() {
        let path = written(folder.path(), "questions.xlsx", bytes);
        let read = file::read(&path, &Limits::default(), &Context::default()).unwrap();
        let of = |part: &str, item: &str| -> Vec<String> {
            let rows = read.sheets[2].rows().filter(|r| r.cell(0) == part && r.cell(4).starts_with(item));
            rows.map(|r| r.cell(2).to_owned()).collect()
        };
        assert_eq!(of("M-1", "copper_wire"), ["Motors of Ours", "Motors of Theirs"]);
        assert!(of("G-1", "").iter().all(String::is_empty) && !of("G-1", "").is_empty());
    }
    // Three quarters hold 30 g and one quarter 50 g of magnets: 35 g; both are told.
    let answer = |supplier: &str| {
        format!(
            "Part number\tSupplier\tLinchpin: input\tAmount\tUnit\tMaker\n\
             M-1\tMotors of Ours\tmagnet_n48sh_gbd\t30\tg\t\nM-1\t{supplier}\tmagnet_n48sh_gbd\t50\tg\t\n"
        )
    };
    let told = |supplier: &str| {
        let answer = written(folder.path(), "answer.tsv", answer(supplier).as_bytes());
        let imported = run(&[bom.clone(), vendors.clone(), answer]).unwrap();
        let inputs = String::from_utf8(imported.files["inputs.csv"].clone()).unwrap();
        let line = inputs.lines().find(|l| l.contains("magnet_n48sh_gbd")).unwrap().to_owned();
        (noticed(&imported, "import-amounts"), line)
    };
    let (found, line) = told("Motors of Theirs");
    let cells = "answer.tsv: D2, answer.tsv: D3";
    let text = "M-1: Motors of Ours 0.03 ≠ Motors of Theirs 0.05 → 0.035";
    assert_eq!(found, [["import-amounts-by-share", cells, text]]);
    assert!(line.contains("0.035"), "{line}");
    // Of somebody who is not listed nobody knows a share.
    let (found, line) = told("Motors of Nobody");
    let text = "M-1: Motors of Ours 0.03 ≠ Motors of Nobody 0.05 → 0.04";
    assert_eq!(found, [["import-amounts-even", cells, text]]);
    assert!(line.contains("0.04,"), "{line}");
    // Each buys all of his magnets of somebody else: three quarters and one quarter of those in the motor.
    let answer = "Part number\tSupplier\tLinchpin: input\tAmount\tUnit\tMaker\tCountry\tShare (%)\n\
                  M-1\tMotors of Ours\tmagnet_n48sh_gbd\t30\tg\tVacuum Magnets\tGermany\t100\n\
                  M-1\tMotors of Theirs\tmagnet_n48sh_gbd\t30\tg\tNorth Magnets\tJapan\t100\n";
    let shares = |answer: &str| -> Vec<f64> {
        let answer = written(folder.path(), "makers.tsv", answer.as_bytes());
        let imported = run(&[bom.clone(), vendors.clone(), answer]).unwrap();
        let own = Atlas::read_over(&imported.files, &BASE).unwrap();
        let (lanes, values) = (own.sheet("lanes"), own.values(&Overlay::new()).unwrap());
        let good = "ours_frameless_torque_motor_magnet_n48sh_gbd";
        let of_good = lanes.rows.iter().filter(|r| lanes.text(r, "item") == good);
        of_good.map(|r| values.get(r.figure.unwrap()).unwrap()).collect()
    };
    assert_eq!(shares(answer), [0.25, 0.75]);
    // Of one who answers alone and tells no share nothing is known of what the other buys.
    let first: Vec<&str> = answer.lines().take(2).collect();
    assert_eq!(shares(&first.join("\n").replace("\t100", "\t")), [0.75]);
}

/// What a supplier answers of his mass, share and lead time counts before what the lists say, and both are told; what he
/// leaves blank stays as it is.
#[test]
fn an_answer_is_the_later_word() {
    let folder = tempfile::tempdir().unwrap();
    let bom = written(folder.path(), "bom.csv", BOM.as_bytes());
    let list = VENDORS.replace("25%,30", "25%,8-9.3");
    let vendors = written(folder.path(), "vendors.csv", list.as_bytes());
    let first = run(&[bom.clone(), vendors.clone()]).unwrap();
    let bytes = &first.questionnaires.as_ref().unwrap()[0];
    let path = written(folder.path(), "questions.xlsx", bytes);
    let read = file::read(&path, &Limits::default(), &Context::default()).unwrap();
    let rows: Vec<Vec<String>> =
        read.sheets[1].rows().map(|row| (0..9).map(|at| row.cell(at).to_owned()).collect()).collect();
    // Both ends of a lead time, with two decimals at most.
    assert_eq!((rows[1][5].as_str(), rows[2][5].as_str()), ("12", "8-9.3"));
    let mut changed = rows.clone();
    (changed[1][5], changed[1][8]) = ("16".into(), "320".into());
    (changed[2][4], changed[2][5]) = (String::new(), String::new());
    let text: Vec<String> = changed.iter().map(|row| row.join("\t")).collect();
    let answer = written(folder.path(), "answer.tsv", text.join("\n").as_bytes());
    let imported = run(&[bom.clone(), vendors.clone(), answer]).unwrap();
    let found = noticed(&imported, "import-answered");
    let told = |cells: &str, text: &str| ["import-answered".to_owned(), cells.to_owned(), text.to_owned()];
    assert_eq!(
        found,
        [
            told("bom.csv: D2, answer.tsv: I2", "Frameless torque motor: 0.3 kg → 0.32 kg"),
            told("vendors.csv: E2, answer.tsv: F2", "M-1, Motors of Ours: 84 d → 112 d"),
        ]
    );
    let own = Atlas::read_over(&imported.files, &BASE).unwrap();
    let (masses, values) = (own.sheet("masses"), own.values(&Overlay::new()).unwrap());
    let mass = masses.find("ours_frameless_torque_motor").unwrap();
    assert_eq!(values.get(mass.figure.unwrap()), Some(0.32));
    // Three quarters take 112 days, one quarter 56 to 65.1: the ends are those of all.
    let times = own.sheet("times");
    let time = times.rows.iter().find(|r| times.get(r, "item") == Some("frameless_motor")).unwrap();
    let is_near = |column: &str, days: f64| {
        let found: f64 = times.text(time, column).parse().unwrap();
        assert!((found - days).abs() < 1e-9, "{column}: {found}");
    };
    is_near("value", 0.75 * 112.0 + 0.25 * 60.55);
    is_near("low", 56.0);
    is_near("high", 112.0);
    // As it was sent, it says nothing new.
    assert!(noticed(&run(&[bom, vendors, path]).unwrap(), "import-answered").is_empty());
}

/// What a supplier tells is in a part counts in what the product needs, though nobody knows the kind of the part. Its maker
/// has his share of what goes into that part, whatever else is made of the same.
#[test]
fn what_is_told_of_an_unknown_part_counts_in_the_need() {
    let folder = tempfile::tempdir().unwrap();
    let bom = written(folder.path(), "bom.csv", BOM.as_bytes());
    let answer = "Part number\tPart\tLinchpin: input\tAmount\tUnit\tMaker\tCountry\tShare (%)\n\
                  X-1\t\tmagnet_n48sh_gbd\t5\tkg\tVacuum Magnets\tGermany\t80\n";
    let answer = written(folder.path(), "answer.tsv", answer.as_bytes());
    let imported = run(&[bom, answer]).unwrap();
    let own = Atlas::read_over(&imported.files, &BASE).unwrap();
    let (lanes, values) = (own.sheet("lanes"), own.values(&Overlay::new()).unwrap());
    let lane = lanes.rows.iter().find(|r| lanes.text(r, "to_site") == "ours_assembly").unwrap();
    let share = values.get(lane.figure.unwrap()).unwrap();
    assert_eq!(share, 0.8);
    let network = from_atlas(&own).unwrap();
    let product = product(&own, &network, "ours").unwrap();
    let model = Model::new(&own, &network, &values, product, Context::default()).unwrap();
    let need = |item: &str| model.flow(View::Content).need[network.item(item).unwrap() as usize];
    // Two odd things of 5 kg, and the magnets of 20 motors, which are no part of them.
    assert_eq!(need("ours_odd_thing_magnet_n48sh_gbd"), 10.0);
}

#[test]
fn answers_that_cannot_be_followed_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let bom = written(folder.path(), "bom.csv", BOM.as_bytes());
    let header = "Part number\tPart\tLinchpin: input\tAmount\tUnit\tMaker\tCountry";
    let rows = [
        "M-1\t\tcopper_wire\t3\tpcs\t\t",
        "M-1\t\tpolymer\t\tg\tPlastics\tAtlantis",
        "Z-9\t\tpolymer\t3\tg\t\t",
        "M-1\t\t\t3\tg\t\t",
        "G-1\t\tcast_iron\t200\tg\tFoundry\tJapan",
        "X-1\t\tcast_iron\t\t\tFoundry\tJapan",
        "X-1\t\tpolymer\t3\tg\tPlastics\t",
    ];
    let answer = written(folder.path(), "answer.tsv", format!("{header}\n{}\n", rows.join("\n")).as_bytes());
    let imported = run(&[bom.clone(), answer]).unwrap();
    let told = imported.answer.table("contents").unwrap();
    let words: Vec<&str> =
        (0..told.len()).map(|row| told.column("became").unwrap().cells.text(row).unwrap()).collect();
    assert_eq!(
        words,
        [
            "import-other-unit",
            "import-inside-nowhere",
            "import-no-part",
            "import-no-input",
            "import-inside-lane",
            "import-inside-unknown",
            "import-inside-nowhere"
        ]
    );
    let nowhere = noticed(&imported, "import-country");
    assert!(
        nowhere[0][1] == "answer.tsv: G3" && nowhere[0][2].starts_with("M-1, Plastics: Atlantis → "),
        "{nowhere:?}"
    );
    let what = "import-maker-nowhere";
    assert_eq!(noticed(&imported, what), [[what, "answer.tsv: G8", "X-1, Plastics"]]);
    let left_out = imported.answer.headlines.iter().find(|m| m.id == "import-left-out").unwrap();
    assert!(format!("{left_out:?}").contains("\"makers\": Integer(2)"), "{left_out:?}");
    // Beside the part it is said in words.
    let sheet = written(folder.path(), "parts.xlsx", imported.beside.as_ref().unwrap());
    let sheet = file::read(&sheet, &Limits::default(), &Context::default()).unwrap();
    let has = |text: &str| sheet.sheets[0].rows().any(|row| row.cells().any(|cell| cell.1 == text));
    assert!(has("1 input told by its supplier"));
    // An item that nobody knows is a slip of the hand: nothing is written, and the nearest are named.
    let slip = format!("{header}\nM-1\t\tcoper_wire\t3\tg\t\t\n");
    let slip = written(folder.path(), "slip.tsv", slip.as_bytes());
    let faults = run(&[bom, slip]).unwrap_err();
    assert!(
        matches!(&faults[..], [ImportFault::Item { item, nearest, row: 2, .. }] if item == "coper_wire" && nearest[0].starts_with("copper_wire")),
        "{faults:?}"
    );
}

/// What is inside is told by its id or by its name in either language, under the header of either.
#[test]
fn what_is_inside_may_be_named() {
    let folder = tempfile::tempdir().unwrap();
    let bom = written(folder.path(), "bom.csv", BOM.as_bytes());
    let items = ATLAS.sheet("items");
    let row = items.find("copper_wire").unwrap();
    let mut all = vec![];
    for (header, name) in [
        ("Linchpin: input", "copper_wire"),
        ("Linchpin: input", items.text(row, "name_en")),
        ("Linchpin: 所含", items.text(row, "name_zh")),
    ] {
        let answer =
            format!("Part number\tPart\t{header}\tAmount\tUnit\tMaker\tCountry\nM-1\t\t{name}\t30\tg\t\t\n");
        let answer = written(folder.path(), "answer.tsv", answer.as_bytes());
        let imported = run(&[bom.clone(), answer]).unwrap();
        let told = imported.answer.table("contents").unwrap();
        assert_eq!(told.column("item").unwrap().cells.text(0), Some("copper_wire"), "{name}");
        all.push(imported.files);
    }
    assert!(all.iter().all(|files| *files == all[0]));
}
