//! Questions to suppliers: what is written is read back, blank and filled in, in both languages alike.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use linchpin::atlas::{Atlas, Files, Overlay};
use linchpin::context::Context;
use linchpin::model::{Model, View, product};
use linchpin::network::from_atlas;
use linchpin_import::file::{self, Limits};
use linchpin_import::import::{ImportFault, Imported, Request, import};
use linchpin_import::sheet::Sheet;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

static BASE: LazyLock<Files> = LazyLock::new(|| {
    linchpin_atlas::files().iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())).collect()
});
static ATLAS: LazyLock<Atlas> = LazyLock::new(|| Atlas::read(&BASE).unwrap());

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

/// A sheet as text, with some cells changed: the row whose item and part fit, the column, what to write.
fn filled(sheet: &Sheet, changes: &[(&str, &str, u32, &str)]) -> String {
    let cell = |row: linchpin_import::sheet::Row<'_>, column: u32| {
        let change = changes.iter().find(|(part, item, at, _)| {
            row.cell(0) == *part && row.cell(3).starts_with(item) && *at == column
        });
        change.map_or_else(|| row.cell(column).to_owned(), |c| c.3.to_owned())
    };
    let rows = sheet.rows().map(|row| (0..10).map(|column| cell(row, column)).collect::<Vec<_>>().join("\t"));
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
            ("M-1", "magnet_n48sh", 5, "30"),
            ("M-1", "magnet_n48sh", 7, "Vacuum Magnets"),
            ("M-1", "magnet_n48sh", 8, country),
            ("M-1", "copper_wire", 5, "0.1 kg"),
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
            "import-inside-unknown"
        ]
    );
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
