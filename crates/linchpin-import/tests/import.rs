//! From files to an atlas of one's own: what goes in comes out, once, with the amounts that it was given.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{ATLAS, BASE, noticed};
use linchpin::atlas::{Atlas, Overlay, Row, Standing};
use linchpin::context::Context;
use linchpin::model::{Model, View, product};
use linchpin::network::from_atlas;
use linchpin_import::cost::Rates;
use linchpin_import::import::{ImportFault, Imported, Request, import};
use linchpin_table::Table;
use std::path::{Path, PathBuf};

fn tests() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests")
}

fn request(files: &[PathBuf]) -> Request {
    Request { files: files.to_vec(), alias: "ours".into(), country: "USA".into(), ..Request::default() }
}

fn run(request: &Request) -> Result<Imported, Vec<ImportFault>> {
    import(&ATLAS, &BASE, request, &Context::default())
}

fn own(name: &str) -> Imported {
    run(&request(&[tests().join("own").join(name)])).unwrap()
}

/// A text written to a file of its own.
fn written(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    path
}

fn table<'a>(imported: &'a Imported, name: &str) -> &'a Table {
    imported.answer.table(name).unwrap_or_else(|| panic!("no table {name}"))
}

/// Name, how many are in one product, and the item, of every part.
fn parts(imported: &Imported) -> Vec<(String, f64, String)> {
    let table = table(imported, "parts");
    let text = |row: usize, column: &str| {
        table.column(column).unwrap().cells.text(row).unwrap_or_default().to_owned()
    };
    let count = |row: usize| table.column("in_product").unwrap().cells.number(row).unwrap();
    let mut parts: Vec<_> =
        (0..table.len()).map(|row| (text(row, "part"), count(row), text(row, "item"))).collect();
    parts.sort_by(|a, b| a.0.cmp(&b.0));
    parts
}

#[test]
fn a_list_in_english() {
    let imported = own("humanoid.csv");
    let parts = parts(&imported);
    let of = |name: &str| {
        let (_, count, item) =
            parts.iter().find(|p| p.0 == name).unwrap_or_else(|| panic!("{name}: {parts:?}"));
        (*count, item.as_str())
    };
    assert_eq!(parts.len(), 15);
    assert_eq!(of("Leg"), (2.0, ""));
    assert_eq!(of("Knee actuator"), (2.0, "joint_actuator"));
    assert_eq!(of("Hip actuator").0, 4.0);
    assert_eq!(of("Frameless torque motor"), (4.0, "frameless_motor"));
    assert_eq!(of("Harmonic drive"), (4.0, "harmonic_reducer"));
    assert_eq!(of("Crossed roller bearing"), (4.0, "crossed_roller_bearing"));
    assert_eq!(of("Socket head screw M4x12").0, 48.0);
    assert_eq!(of("Coreless motor"), (12.0, "coreless_motor"));
    assert_eq!(of("Battery cells 21700"), (60.0, "li_ion_cell"));
    assert_eq!(of("Wiring harness"), (1.0, "wiring_harness"));
    assert_eq!(of("Silicone cable").0, 4.5);
    assert_eq!(of("Part nobody knows"), (2.0, ""));
    // The total in the file is not what its lines come to, and is no part.
    let noticed = table(&imported, "noticed");
    let what = |row| noticed.column("what").unwrap().cells.text(row).unwrap_or_default().to_owned();
    assert!((0..noticed.len()).any(|row| what(row) == "import-total"), "{noticed:?}");
}

#[test]
fn a_list_in_chinese_in_any_encoding() {
    let utf8 = std::fs::read_to_string(tests().join("own/humanoid_zh.csv")).unwrap();
    let expected = parts(&own("humanoid_zh.csv"));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("humanoid_zh.csv");
    std::fs::write(&path, encoding_rs::GB18030.encode(&utf8).0).unwrap();
    assert_eq!(parts(&run(&request(&[path])).unwrap()), expected);
    let of = |name: &str| expected.iter().find(|p| p.0 == name).map(|p| (p.1, p.2.as_str()));
    assert_eq!(of("无框力矩电机"), Some((4.0, "frameless_motor")));
    assert_eq!(of("谐波减速器"), Some((4.0, "harmonic_reducer")));
    assert_eq!(of("空心杯电机"), Some((12.0, "coreless_motor")));
    assert_eq!(of("六维力传感器"), Some((2.0, "six_axis_sensor")));
    assert_eq!(of("神秘零件"), Some((3.0, "")));
}

/// Every verb takes what was made: the atlas holds together, and the mass of a motor is the one of the file.
#[test]
fn the_overlay_is_an_atlas() {
    for name in ["humanoid.csv", "humanoid_zh.csv"] {
        let imported = own(name);
        let atlas = Atlas::read_over(&imported.files, &BASE).unwrap();
        assert!(
            atlas.sheet("products").rows.iter().any(|r| atlas.sheet("products").text(r, "alias") == "ours")
        );
        assert!(atlas.sheet("items").rows.len() > ATLAS.sheet("items").rows.len());
        // The rest is the atlas below, row by row.
        for row in &ATLAS.sheet("items").rows {
            assert_eq!(atlas.sheet("items").find(&row.key).unwrap().cells, row.cells);
        }
    }
}

/// The same files give the same bytes, and so does what was written about them.
#[test]
fn what_is_written_is_understood() {
    let first = own("humanoid.csv");
    assert_eq!(own("humanoid.csv").files, first.files);
    let again = Request {
        mapping: Some(first.mapping.clone()),
        matches: Some(first.matches.clone()),
        ..request(&[tests().join("own/humanoid.csv")])
    };
    let again = run(&again).unwrap();
    assert_eq!(
        (&again.files, &again.mapping, &again.matches),
        (&first.files, &first.mapping, &first.matches)
    );
}

#[test]
fn a_mapping_and_matches_win() {
    let folder = tempfile::tempdir().unwrap();
    let path =
        written(folder.path(), "odd.csv", "Ding,Anzahl vielleicht,Zeug\nspecial motor,4,x\ncover,2,y\n");
    let mapping = "[[table]]\nfile = \"odd.csv\"\nheader = 1\nkind = \"parts\"\n\
                   columns = { A = \"name\", B = \"quantity\" }\n";
    let matches = b"text,item\nspecial motor,coreless_motor\n".to_vec();
    let asked = Request {
        mapping: Some(mapping.into()),
        matches: Some(matches),
        ..request(std::slice::from_ref(&path))
    };
    let found = parts(&run(&asked).unwrap());
    assert_eq!(found[1], ("special motor".into(), 4.0, "coreless_motor".into()));
    let wrong = |mapping: &str| {
        run(&Request { mapping: Some(mapping.into()), ..request(std::slice::from_ref(&path)) })
    };
    for (mapping, told) in [
        (mapping.replace("\"name\"", "\"nmae\""), "nmae"),
        (mapping.replace("header = 1", "header = 99"), "99"),
        (mapping.replace("A =", "1A ="), "1A"),
        (mapping.replace("kind =", "sheet = \"Teile\"\nkind ="), "Teile"),
    ] {
        let faults = wrong(&mapping).unwrap_err();
        assert!(faults.iter().any(|f| f.to_string().contains(told)), "{mapping}: {faults:?}");
    }
}

#[test]
fn faults_are_told_together() {
    let none = Request { alias: "optimus".into(), country: "XXX".into(), ..request(&[]) };
    assert_eq!(run(&none).unwrap_err().len(), 2);
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("missing.csv");
    let empty = written(folder.path(), "empty.csv", "");
    let faults = run(&request(&[missing, empty])).unwrap_err();
    assert!(matches!(faults.as_slice(), [ImportFault::File(_), ImportFault::File(_)]), "{faults:?}");
    let circle = written(folder.path(), "circle.csv", "Parent,Part,Qty\na,b,1\nb,a,1\nb,c,1\n");
    assert!(matches!(run(&request(&[circle])).unwrap_err().as_slice(), [ImportFault::Tree { .. }]));
    let costs = written(folder.path(), "costs.csv", "Category,Cost\nmotors,12\nboards,8\n");
    assert!(matches!(run(&request(&[costs])).unwrap_err().as_slice(), [ImportFault::NoParts(_)]));
}

/// Two files of one product are added, and a part that stands in both is one part.
#[test]
fn two_files_make_one_product() {
    let folder = tempfile::tempdir().unwrap();
    let a = written(folder.path(), "a.csv", "Part number,Part,Qty\nM-1,Motor,2\nS-1,Screw,8\n");
    let b = written(folder.path(), "b.csv", "Part number,Part,Qty\nS-1,Screw,4\nB-1,Board,1\n");
    let found = parts(&run(&request(&[a, b])).unwrap());
    let counts: Vec<_> = found.iter().map(|p| (p.0.as_str(), p.1)).collect();
    assert_eq!(counts, [("Board", 1.0), ("Motor", 2.0), ("Screw", 12.0)]);
}

/// A vendor list names who supplies what from where: known companies keep their plants, unknown ones are added, and a lane
/// leads from each to the assembly. Who is not qualified, or stands in no country, is told and left out.
#[test]
fn vendors_become_lanes() {
    let folder = tempfile::tempdir().unwrap();
    let bom = written(
        folder.path(),
        "bom.csv",
        "Part number,Part,Qty\nM-1,Frameless torque motor,20\nG-1,Harmonic reducer,14\nX-1,Odd thing,2\n",
    );
    let list = written(
        folder.path(),
        "vendors.csv",
        "Part number,Supplier,Country,Share,Lead time (weeks),Qualified\n\
         M-1,Motors of Ours,Germany,70%,12,yes\nM-1,Other Motors,美国,30%,16,no\n\
         G-1,Harmonic Drive Systems,Japan,100%,30,yes\nX-1,Odd Makers,Atlantis,100%,3,yes\nY-9,Nobody,CHN,1,1,yes\n",
    );
    let imported = run(&request(&[bom, list])).unwrap();
    let atlas = Atlas::read_over(&imported.files, &BASE).unwrap();
    let lanes = atlas.sheet("lanes");
    let own: Vec<(&str, &str)> = lanes
        .rows
        .iter()
        .filter(|r| lanes.text(r, "to_site") == "ours_assembly")
        .map(|r| (lanes.text(r, "from_site"), name(&atlas, lanes.text(r, "item"))))
        .collect();
    assert_eq!(own.len(), 2, "{own:?}");
    let sites = atlas.sheet("sites");
    let country = |site: &str| sites.find(site).map(|r| sites.text(r, "country"));
    assert!(own.iter().any(|(from, item)| country(from) == Some("DEU") && *item == "Frameless torque motor"));
    assert!(own.iter().any(|(from, item)| country(from) == Some("JPN") && *item == "Harmonic reducer"));
    let told = table(&imported, "suppliers");
    let became = |row| told.column("became").unwrap().cells.text(row).unwrap_or_default().to_owned();
    let all: Vec<String> = (0..told.len()).map(became).collect();
    assert_eq!(all, ["import-lane", "import-barred", "import-lane", "import-no-country", "import-no-part"]);
    // Of the motors the second supplier is not qualified: what he has is left to the first.
    assert_eq!(shares(&atlas), [("DEU", "Frameless torque motor", 1.0), ("JPN", "Harmonic reducer", 1.0)]);
    let (times, values) = (atlas.sheet("times"), atlas.values(&Overlay::new()).unwrap());
    let days = |item: &str| {
        let is_it = |r: &&Row| times.get(r, "item") == Some(item) && times.text(r, "measure") == "lead_time";
        values.get(times.rows.iter().find(is_it)?.figure?)
    };
    assert_eq!([days("frameless_motor"), days("harmonic_reducer")], [Some(84.0), Some(210.0)]);
}

/// What an item is called.
fn name<'a>(atlas: &'a Atlas, item: &str) -> &'a str {
    let items = atlas.sheet("items");
    items.text(items.find(item).unwrap(), "name_en")
}

/// Country, part and share of it, of the lanes to the assembly.
fn shares(atlas: &Atlas) -> Vec<(&str, &str, f64)> {
    let (lanes, sites, values) =
        (atlas.sheet("lanes"), atlas.sheet("sites"), atlas.values(&Overlay::new()).unwrap());
    let own = lanes.rows.iter().filter(|r| lanes.text(r, "to_site") == "ours_assembly");
    let mut own: Vec<_> = own
        .map(|r| {
            assert_eq!(lanes.get(r, "share_of"), Some("need"));
            let from = sites.find(lanes.text(r, "from_site")).unwrap();
            let share = r.figure.and_then(|f| values.get(f)).map_or(f64::NAN, |s| (s * 1e9).round() / 1e9);
            (sites.text(from, "country"), name(atlas, lanes.text(r, "item")), share)
        })
        .collect();
    own.sort_by(|a, b| a.0.cmp(b.0).then(a.1.cmp(b.1)));
    own
}

/// Parts of one market each have suppliers of their own. One who is alone has all of a part, at most; of two without shares nothing is known, a second line of a supplier is a price break and no second share, and shares of more than the whole are taken in proportion.
#[test]
fn shares_are_those_of_the_part() {
    let folder = tempfile::tempdir().unwrap();
    let bom = written(
        folder.path(),
        "bom.csv",
        "Part number,Part,Qty\nM-1,Frameless torque motor,20\nM-2,Frameless torque motor of the wrist,10\n\
         G-1,Harmonic reducer,14\nC-1,Coreless motor,12\n",
    );
    let list = written(
        folder.path(),
        "vendors.csv",
        "Part number,Supplier,Country,Share,Lead time\nM-1,Motors of Ours,Germany,75%,12 weeks\n\
         M-1,Motors of Theirs,China,25%,30 days\nM-1,Motors of Theirs,China,25%,30 days\nM-2,Motors of Theirs,China,,soon\n\
         G-1,Gears A,Japan,,\nG-1,Gears B,China,,\nC-1,Small Motors,Germany,0.9,\nC-1,Smaller Motors,Japan,0.6,\n",
    );
    let imported = run(&request(&[bom, list])).unwrap();
    let atlas = Atlas::read_over(&imported.files, &BASE).unwrap();
    let mut found = shares(&atlas);
    let gears = |lane: &(&str, &str, f64)| lane.1 == "Harmonic reducer";
    assert!(
        found.iter().filter(|l| gears(l)).all(|l| l.2.is_nan())
            && found.iter().filter(|l| gears(l)).count() == 2
    );
    found.retain(|l| !gears(l));
    assert_eq!(
        found,
        [
            ("CHN", "Frameless torque motor", 0.25),
            ("CHN", "Frameless torque motor of the wrist", 1.0),
            ("DEU", "Coreless motor", 0.6),
            ("DEU", "Frameless torque motor", 0.75),
            ("JPN", "Coreless motor", 0.4),
        ]
    );
    assert!(table(&imported, "suppliers").notes.iter().any(|n| n.id == "note-import-times"));
    let over = [[
        "import-shares-over",
        "vendors.csv: D8, vendors.csv: D9",
        "Coreless motor: Small Motors 90 % + Smaller Motors 60 % = 150 %",
    ]];
    assert_eq!(noticed(&imported, "import-share"), over);
}

/// What each row of the table of suppliers is taken for, and what it may be instead.
fn companies(imported: &Imported) -> Vec<[String; 2]> {
    let told = table(imported, "suppliers");
    let text = |row: usize, column: &str| {
        told.column(column).unwrap().cells.text(row).unwrap_or_default().to_owned()
    };
    (0..told.len()).map(|row| ["company", "runner_up"].map(|column| text(row, column))).collect()
}

/// A supplier is the company of the atlas whose name he has, whatever the legal form; where the name is but an abbreviation,
/// the one that makes such things. ATI makes titanium, another ATI force sensors; of a part nobody knows it is neither.
#[test]
fn suppliers_are_companies_of_the_atlas() {
    let folder = tempfile::tempdir().unwrap();
    let bom = "Part number,Part,Qty\nS-1,Six-axis force sensor,2\nT-1,Ti-6Al-4V titanium bar,3 kg\nX-1,Odd thing,2\n\
               M-1,Frameless torque motor,20\n";
    let bom = written(folder.path(), "bom.csv", bom);
    let list = "Part number,Supplier,Country,Share\nS-1,ATI,USA,100%\nT-1,ATI,USA,100%\nX-1,ATI,USA,100%\n\
                M-1,步科股份,中国,50%\nM-1,\"Kincoo Co., Ltd.\",中国,10%\nM-1,Motors of Ours GmbH,Germany,40%\n";
    let vendors = written(folder.path(), "vendors.csv", list);
    let imported = run(&request(&[bom.clone(), vendors])).unwrap();
    assert_eq!(
        companies(&imported),
        [["ati_ia", ""], ["ati", ""], ["", "ati"], ["kinco", ""], ["", "kinco"], ["", ""]]
    );
    let label = &imported.answer.labels["kinco"];
    assert_eq!((label.en.as_str(), label.zh.as_str()), ("Kinco (CHN)", "步科 (CHN)"));
    // A plant that is new has a name for readers of both languages.
    let sites = String::from_utf8(imported.files["sites.csv"].clone()).unwrap();
    assert!(sites.contains("Motors of Ours GmbH (DEU)"), "{sites}");
    // The user has the last word, and says it once.
    let said = "Part number,Supplier,Country,Share,Linchpin: company\nS-1,ATI,USA,100%,-\nT-1,ATI,USA,100%,\n\
                X-1,ATI,USA,100%,ATI Industrial Automation\nM-1,Kincoo,中国,50%,步科\nM-1,Kincoo,Germany,10%,\n";
    let said_twice = run(&request(&[bom.clone(), written(folder.path(), "said.csv", said)])).unwrap();
    assert_eq!(companies(&said_twice), [["", ""], ["ati", ""], ["ati_ia", ""], ["kinco", ""], ["kinco", ""]]);
    let slip = written(folder.path(), "slip.csv", &said.replace(",步科", ",Kinko"));
    let faults = run(&request(&[bom, slip])).unwrap_err();
    assert!(
        matches!(&faults[..], [ImportFault::Company { row: 5, company, nearest, .. }]
            if company == "Kinko" && nearest[0] == "kinco (Kinco)"),
        "{faults:?}"
    );
}

/// The supplier of each row of a list, with the company that he is taken for and the one that may be meant.
fn found(list: &str) -> Vec<[String; 2]> {
    let folder = tempfile::tempdir().unwrap();
    let bom = "Part number,Part,Qty\nM-1,Frameless torque motor,20\nG-1,Harmonic reducer,14\nC-1,Coreless motor,12\n\
               F-1,Six-axis force sensor,4\nX-1,Odd thing,2\n";
    let bom = written(folder.path(), "bom.csv", bom);
    let list = format!("Part number,Supplier,Country,Lead time (weeks)\n{}", list.replace('\n', ",4\n"));
    companies(&run(&request(&[bom, written(folder.path(), "vendors.csv", &list)])).unwrap())
}

/// A name that says more than the atlas does, or less, is the only company that it may be which makes such things; one that
/// makes none is offered. A name in two languages is that of either half.
#[test]
fn registered_names_are_companies_of_the_atlas() {
    let list = "C-1,Dr. Fritz Faulhaber GmbH & Co. KG,Germany\nG-1,Harmonic Drive SE,Germany\n\
                M-1,TQ-Systems GmbH (RoboDrive),Germany\nC-1,maxon motor ag,Switzerland\nC-1,Maxon Group,Switzerland\n\
                G-1,Elmo Motion Control Ltd.,Israel\nC-1,Precision Ltd.,Germany\n";
    assert_eq!(
        found(list),
        [
            ["faulhaber", ""],
            ["harmonic_drive_systems", ""],
            ["tq_robodrive", ""],
            ["maxon", ""],
            ["maxon", ""],
            ["", "elmo"],
            ["", ""]
        ]
    );
    let list = "M-1,上海步科自动化股份有限公司,中国\nG-1,苏州绿的谐波传动科技股份有限公司,中国\n\
                G-1,浙江来福谐波传动股份有限公司,中国\nF-1,常州坤维传感科技有限公司,中国\n\
                F-1,宁波柯力传感科技股份有限公司,中国\nG-1,哈默纳科（上海）商贸有限公司,中国\nG-1,绿的,中国\n\
                C-1,上海鸣志电器股份有限公司,中国\nC-1,鸣志,中国\nX-1,宁德时代新能源科技股份有限公司,中国\n\
                X-1,英伟达（NVIDIA）,美国\nX-1,NSK 日本精工,日本\nX-1,Kollmorgen Corp. 科尔摩根,美国\n\
                X-1,意法半导体 STMicroelectronics,瑞士\nX-1,英伟达 Kollmorgen,美国\n";
    assert_eq!(
        found(list),
        [
            ["kinco", ""],
            ["leaderdrive", ""],
            ["laifual", ""],
            ["kunwei", ""],
            ["keli", ""],
            ["harmonic_drive_systems", ""],
            ["leaderdrive", ""],
            ["moons", ""],
            ["moons", ""],
            ["", "catl"],
            ["nvidia", ""],
            ["nsk", ""],
            ["kollmorgen", ""],
            ["stmicroelectronics", ""],
            ["", "nvidia"]
        ]
    );
}

/// Where a line tells too little of it, a supplier is the company that his other lines are.
#[test]
fn one_name_is_one_company() {
    let list = "X-1,Faulhaber Motors GmbH,Germany\nC-1,Faulhaber Motors,Germany\n";
    assert_eq!(found(list), [["faulhaber", ""], ["faulhaber", ""]]);
}

/// Who is not plainly said to be qualified is not, and is told and counted.
#[test]
fn doubtful_suppliers_are_left_out_and_told() {
    let folder = tempfile::tempdir().unwrap();
    let bom = written(folder.path(), "bom.csv", "Part number,Part,Qty\nM-1,Frameless torque motor,2\n");
    let list = "Part number,Supplier,Country,Share,认证状态\nM-1,A,Germany,60%,已认证\nM-1,B,Japan,30%,样品验证中\n\
                M-1,C,China,10%,未认证\n";
    let imported = run(&request(&[bom, written(folder.path(), "v.csv", list)])).unwrap();
    assert_eq!(noticed(&imported, "import-doubt"), [["import-doubt", "v.csv: E3", "M-1, B: 样品验证中"]]);
    let left_out = imported.answer.headlines.iter().find(|m| m.id == "import-left-out").unwrap();
    assert!(format!("{left_out:?}").contains("\"barred\": Integer(2)"), "{left_out:?}");
    let atlas = Atlas::read_over(&imported.files, &BASE).unwrap();
    assert_eq!(shares(&atlas), [("DEU", "Frameless torque motor", 1.0)]);
}

/// A part that another list misspells is told with the one that is meant, where few letters are wrong.
#[test]
fn a_misspelt_part_has_its_nearest() {
    let folder = tempfile::tempdir().unwrap();
    let bom = written(folder.path(), "bom.csv", "Part number,Part,Qty\nM-4410,Odd thing,2\nX-1,Other,1\n");
    let vendors = "Part number,Supplier,Country,Share\nM-44I0,A,Germany,1\nX-2,B,Germany,1\n";
    let stock = "Part number,On hand\nODD THIMG,4\nNothing like it,5\n";
    let files =
        [bom, written(folder.path(), "vendors.csv", vendors), written(folder.path(), "stock.csv", stock)];
    let imported = run(&request(&files)).unwrap();
    let told = |place: &str, text: &str| ["import-part-near".to_owned(), place.to_owned(), text.to_owned()];
    assert_eq!(
        noticed(&imported, "import-part"),
        [told("vendors.csv: 2", "M-44I0 → M-4410?"), told("stock.csv: 2", "ODD THIMG → Odd thing?")]
    );
    // One table in one file lists parts; the others are of another kind.
    let read = format!("{:?}", imported.answer.headlines[0]);
    assert!(read.contains("\"files\": Integer(1)") && read.contains("\"tables\": Integer(1)"), "{read}");
}

/// Remarks say something of a part and never name it: a list that has nothing else is told as not read.
#[test]
fn a_remark_names_no_part() {
    let folder = tempfile::tempdir().unwrap();
    let bom = written(folder.path(), "bom.csv", "Part,Qty\nOdd thing,2\nurgent,1\n");
    for header in ["Remark", "Notes", "备注"] {
        let vendors = format!("Supplier,Country,Share,{header}\nA,Germany,100%,urgent\n");
        let imported =
            run(&request(&[bom.clone(), written(folder.path(), "vendors.csv", &vendors)])).unwrap();
        assert!(imported.answer.table("suppliers").is_none(), "{header}");
        let others = table(&imported, "others");
        assert_eq!(others.column("why_not").unwrap().cells.text(0), Some("import-no-names"), "{header}");
    }
}

/// A share that is none is told with its cell; what rounding explains is not.
#[test]
fn shares_that_are_none_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let bom = written(folder.path(), "bom.csv", "Part number,Part,Qty\nM-1,Odd thing,2\nM-2,Other thing,2\n");
    let list = |name: &str, shares: [&str; 4]| {
        let rows = shares.iter().zip(["M-1,A", "M-1,B", "M-2,C", "M-2,D"]);
        let rows: String = rows.map(|(share, row)| format!("{row},Germany,{share}\n")).collect();
        written(folder.path(), name, &format!("Part number,Supplier,Country,Share\n{rows}"))
    };
    let found = |list: PathBuf| noticed(&run(&request(&[bom.clone(), list])).unwrap(), "import-share");
    let told = |row: u32, text: &str| ["import-share-unread".into(), format!("odd.csv: D{row}"), text.into()];
    let odd = list("odd.csv", ["150 %", "-20 %", "most", "–"]);
    assert_eq!(found(odd), [told(2, "M-1, A: 150 %"), told(3, "M-1, B: -20 %"), told(4, "M-2, C: most")]);
    // Beside fractions one and a half is more than all; beside percents it is little.
    let fractions = list("odd.csv", ["0.5", "0.5", "1.5", ""]);
    assert_eq!(found(fractions), [told(4, "M-2, C: 1.5")]);
    assert!(found(list("fine.csv", ["1.5", "98.5", "33.4", "66.7"])).is_empty());
    // Each part is read by its own sum; what nobody supplies is told where all shares are.
    assert!(found(list("fine.csv", ["60", "40", "0.75", "0.25"])).is_empty());
    let less = found(list("less.csv", ["55", "40", "六成", ""]));
    let text = "Odd thing: A 55 % + B 40 % = 95 %";
    assert_eq!(less, [["import-shares-under", "less.csv: D2, less.csv: D3", text]]);
}

/// The letters of a part number are no words: LSR-123 says nothing of silicone, wherever it stands.
#[test]
fn part_numbers_are_no_words() {
    let folder = tempfile::tempdir().unwrap();
    let list = "Part number,Part,Qty\nLSR-123,Widget,1\nIMU-0007,Gadget,1\n,LSR-124,1\n,LSR sheet,1\nAK80-9,Thing,1\n,XC-602,1\n";
    let imported = run(&request(&[written(folder.path(), "bom.csv", list)])).unwrap();
    let found = parts(&imported);
    let of = |name: &str| found.iter().find(|p| p.0 == name).unwrap().2.as_str();
    assert_eq!([of("Widget"), of("Gadget"), of("LSR-124")], ["", "", ""]);
    assert_eq!(of("LSR sheet"), "silicone");
    // The 602 of XC-602 is no bearing, not even one to look at.
    let matches = table(&imported, "matches");
    let offered = |row: usize| matches.column("part").unwrap().cells.text(row) == Some("XC-602");
    assert!(!(0..matches.len()).any(offered));
}

/// What stands for a part, and least, middle and most of it, as the rows of the product say.
fn stands_for(list: &str) -> Vec<(String, [f64; 3])> {
    let folder = tempfile::tempdir().unwrap();
    let imported = run(&request(&[written(folder.path(), "bom.csv", list)])).unwrap();
    let atlas = Atlas::read_over(&imported.files, &BASE).unwrap();
    let inputs = atlas.sheet("inputs");
    let rows = inputs.rows.iter().filter(|row| inputs.get(row, "slot") == Some("as"));
    let figure = |row: &Row| {
        let figure = atlas.figures.get(row.figure.unwrap());
        [figure.low.unwrap(), figure.value.unwrap(), figure.high.unwrap()]
    };
    rows.map(|row| (inputs.text(row, "item").to_owned(), figure(row))).collect()
}

/// A joint that turns holds what joints that turn hold, one that pushes what those with a screw do, by mass and without.
#[test]
fn what_turns_is_not_what_pushes() {
    let header = "Part,Specification,Qty,Weight (kg)\n";
    for weight in ["", "0.65", "1.35", "2"] {
        for (name, pushes) in [
            ("\"Rotary joint module, 90 Nm\",hollow", false),
            ("旋转关节模组,90 N·m", false),
            ("Knee actuator,peak 140 Nm", false),
            ("\"Linear actuator, ankle\",2.5 kN", true),
            ("踝部直线执行器,", true),
            ("Ankle actuator,stroke 60 mm", true),
        ] {
            let found = stands_for(&format!("{header}{name},1,{weight}\n"));
            assert_eq!(found.len(), 1, "{name}");
            assert_eq!(found[0].0.contains("linear"), pushes, "{name}, {weight}: {}", found[0].0);
        }
    }
}

/// A computer with a heat sink has no more chips than one without; a lighter one holds no more than it weighs.
#[test]
fn chips_do_not_grow_with_mass() {
    let of =
        |weight: &str| stands_for(&format!("Part,Qty,Weight (kg)\nJetson AGX Orin module,1,{weight}\n"))[0].1;
    assert_eq!(of("2.8"), [0.3, 1.0, 3.0]);
    assert_eq!(of(""), [0.3, 1.0, 3.0]);
    let [low, value, high] = of("0.02");
    assert!(low < value && value < 0.5 && value == high, "{low} {value} {high}");
}

/// A reducer whose name tells its size is one of that size; a fingertip has not the skin of a whole hand.
#[test]
fn sizes_in_names_count() {
    let of = |name: &str| stands_for(&format!("Part,Qty,Weight (kg)\n{name}\n"));
    for name in ["Harmonic gear 14 size,1,", "Strain wave gear CSF-14-100,1,", "谐波减速器 14型,1,"] {
        let found = of(name);
        assert!(found[0].0.ends_with("_harmonic_20"), "{name}: {found:?}");
        assert_eq!(found[0].1, [0.5, 1.0, 1.5], "{name}");
    }
    assert!(!of("Palm tactile sensor,1,").is_empty());
    assert_eq!(of("Fingertip tactile sensor,1,"), []);
    assert!(of("Fingertip tactile sensor,1,0.004")[0].1[2] < 0.5);
}

/// A battery holds the cells of its watt hours, or of its ampere hours and volts; a pack of known mass is not all cells; of
/// one that says nothing the answer says what is missing.
#[test]
fn batteries_are_their_watt_hours() {
    let folder = tempfile::tempdir().unwrap();
    let list = "Part number,Part,Specification,Qty,Weight (kg)\nB-1,Lithium battery pack,48V 15Ah,1,\nB-2,Lithium-ion battery pack,720 Wh,1,9\n\
                B-3,LiPo battery pack,,1,2\nB-4,LiPo battery,,1,\nB-5,Li-ion cell,,1,0.07\n";
    let imported = run(&request(&[written(folder.path(), "bom.csv", list)])).unwrap();
    let basis = table(&imported, "parts").column("basis").unwrap();
    let told: Vec<_> = (0..5).map(|row| basis.cells.text(row).unwrap()).collect();
    assert_eq!(
        told,
        ["import-by-energy", "import-by-energy", "import-by-pack", "import-needs-energy", "import-by-mass"]
    );
    let atlas = Atlas::read_over(&imported.files, &BASE).unwrap();
    let inputs = atlas.sheet("inputs");
    let cells: Vec<f64> = ["lithium_battery_pack", "lithium_ion_battery_pack", "lipo_battery_pack"]
        .iter()
        .map(|id| inputs.rows.iter().find(|r| r.key.starts_with(&format!("make_ours_{id}/as"))).unwrap())
        .map(|row| inputs.text(row, "value").parse().unwrap())
        .collect();
    // 0.72 kWh at 3.63 kg a kilowatt hour, in a pack of any mass; four fifths of a pack are cells.
    assert!((cells[0] - 2.616).abs() < 0.01 && (cells[1] - cells[0]).abs() < 1e-9, "{cells:?}");
    assert!((cells[2] - 1.61).abs() < 0.05, "{cells:?}");
}

/// Nothing of the matches or of a mapping passes in silence.
#[test]
fn idle_matches_and_mappings_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = written(folder.path(), "bom.csv", "Part,Qty\nOdd thing,2\nOther thing,1\n");
    let matches = b"text,item\nOdd thing,coreless_motor\nOdd thingy,lidar\nGone,-\n".to_vec();
    let mapping = "[[table]]\nfile = \"bom.csv\"\nheader = 1\nkind = \"parts\"\n\
                   columns = { A = \"name\", B = \"quantity\" }\n[[table]]\nfile = \"gone.csv\"\nheader = 1\nkind = \"parts\"\n";
    let asked = |mapping: &str| Request {
        mapping: Some(mapping.into()),
        matches: Some(matches.clone()),
        ..request(std::slice::from_ref(&path))
    };
    let notes = run(&asked(mapping)).unwrap().answer.notes;
    let note =
        |id: &str| format!("{:?}", notes.iter().find(|n| n.id == id).unwrap_or_else(|| panic!("{notes:?}")));
    assert!(note("import-unused-matches").contains("3: Odd thingy; 4: Gone"), "{notes:?}");
    assert!(note("import-mapping-files").contains("gone.csv"));
    let faults = run(&asked(&mapping.replace("B =", "Z ="))).unwrap_err();
    assert_eq!(faults[0].to_string(), "mapping: bom.csv, sheet \"\" has no column Z; it has A, B");
}

/// A country that is misspelt is told with those that may be meant.
#[test]
fn a_misspelt_country_has_its_nearest() {
    let folder = tempfile::tempdir().unwrap();
    let path = written(folder.path(), "bom.csv", "Part,Qty\nOdd thing,2\n");
    for (typed, meant) in [("Gemrany", "DEU (Germany)"), ("CHA", "CHN"), ("德囯", "DEU (德国)")] {
        let asked = Request { country: typed.into(), ..request(std::slice::from_ref(&path)) };
        let told = run(&asked).unwrap_err()[0].to_string();
        assert!(told.contains(meant), "{told}");
    }
}

/// The same file twice is a fault, however it is written; the same list under two names is told, two arms are not.
#[test]
fn the_same_list_twice_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let list = "Part number,Part,Qty\nM-1,Odd thing,2\nM-2,Other thing,1\n";
    let a = written(folder.path(), "a.csv", list);
    let b = written(folder.path(), "b.csv", list);
    let other = written(folder.path(), "other.csv", &list.replace("thing,1", "thing,3"));
    let again = folder.path().join("./a.csv");
    assert!(matches!(run(&request(&[a.clone(), again])).unwrap_err().as_slice(), [ImportFault::Twice(_)]));
    let found = |files: &[PathBuf]| noticed(&run(&request(files)).unwrap(), "import-same-list");
    assert_eq!(found(&[a.clone(), b]), [["import-same-list", "b.csv: 1", "= a.csv: 1"]]);
    assert!(found(&[a.clone(), other]).is_empty());
    // Our own workbook beside what it was made from.
    let workbook = folder.path().join("parts.xlsx");
    std::fs::write(&workbook, run(&request(std::slice::from_ref(&a))).unwrap().beside.unwrap()).unwrap();
    assert_eq!(found(&[a, workbook]).len(), 1);
    let arms = "# Left arm\n\n| Part | Qty |\n|---|---|\n| Screw | 2 |\n\n# Right arm\n\n| Part | Qty |\n|---|---|\n| Screw | 2 |\n";
    assert!(found(&[written(folder.path(), "arms.md", arms)]).is_empty());
}

/// An *Item no.* is the place of a line where it counts, and the number of the part where it is one; lines of the lists beside it
/// that are left out, and stock that is no amount, are told on top.
#[test]
fn item_numbers_and_lines_left_out() {
    let folder = tempfile::tempdir().unwrap();
    let bom =
        "Item no.,Description,Qty\nM-4410,Frameless torque motor,20\nE-0019,Encoder,20\nLC-2K,Load cell,4\n";
    let bom = written(folder.path(), "bom.csv", bom);
    let vendors = "Item no.,Supplier,Country,Share\nM-4410,Motors,Germany,100%\nE-0019,Encoders,Germny,100%\nX-1,X,Japan,1\n";
    let vendors = written(folder.path(), "vendors.csv", vendors);
    let stock = "Item no.,在库数量,在订数量\nM-4410,-60,1\nLC-2K,40,2\n";
    let stock = written(folder.path(), "stock.csv", stock);
    let imported = run(&request(&[bom, vendors, stock])).unwrap();
    let told = imported.answer.headlines.iter().find(|m| m.id == "import-left-out").unwrap();
    let text = format!("{told:?}");
    let numbers: Vec<&str> = ["no_part", "nowhere", "vendors", "no_stock", "stock"].to_vec();
    assert!(numbers.iter().all(|n| text.contains(n)), "{text}");
    let odd = table(&imported, "noticed");
    let text = format!("{odd:?}");
    assert!(text.contains("Germny → DEU") && text.contains("M-4410 · -60"), "{text}");
    // What cannot be read is no stock.
    let stock = table(&imported, "stock");
    assert_eq!(stock.column("on_hand").unwrap().cells.number(0), Some(40.0));
}

/// What a part is may be said by an id, or by what the item is called in either language.
#[test]
fn items_are_known_by_their_names() {
    let folder = tempfile::tempdir().unwrap();
    let bom = "Part,Qty,Linchpin: item\nOdd thing,1,\nOdder thing,1,Strain-wave reducer\nOddest thing,1,\n";
    let bom = written(folder.path(), "bom.csv", bom);
    let matches = "text,item\nOdd thing,谐波减速器\nOddest thing,harmonic_reducer\n";
    let asked = Request { matches: Some(matches.into()), ..request(&[bom]) };
    let items: Vec<String> = parts(&run(&asked).unwrap()).into_iter().map(|part| part.2).collect();
    assert_eq!(items, ["harmonic_reducer"; 3]);
}

/// Refined metals are items that a user may say, and nothing is taken for one.
#[test]
fn refined_metals_may_be_said() {
    let folder = tempfile::tempdir().unwrap();
    let bom = written(folder.path(), "bom.csv", "Part,Qty,Unit\nNickel strip,0.14,kg\n");
    let guessed = parts(&run(&request(std::slice::from_ref(&bom))).unwrap()).remove(0).2;
    assert_ne!(guessed, "nickel");
    let asked = Request { matches: Some("text,item\nNickel strip,nickel\n".into()), ..request(&[bom]) };
    assert_eq!(parts(&run(&asked).unwrap()).remove(0).2, "nickel");
}

/// More than a million of one part in one product, all levels together, is a fault that names the column.
#[test]
fn nobody_means_a_million_of_a_part() {
    let folder = tempfile::tempdir().unwrap();
    let bom = written(folder.path(), "bom.csv", "Level,Part,Qty\n1,Leg,2000\n2,Motor,2000\n1,Screw,90\n");
    let faults = run(&request(&[bom])).unwrap_err();
    assert!(faults[0].to_string().contains("bom.csv › Qty"), "{}", faults[0]);
}

/// A column of levels beside one of places: they say the same tree.
#[test]
fn levels_beside_places_make_the_tree() {
    let folder = tempfile::tempdir().unwrap();
    let rows = "1,1,Leg,2\n2,1.1,Hip,3\n3,1.1.1,Harmonic reducer,1\n1,2,Hand,2\n2,2.1,Coreless motor,6\n";
    let read = |header: &str| {
        let bom = written(folder.path(), "bom.csv", &format!("{header},Part,Qty\n{rows}"));
        parts(&run(&request(&[bom])).unwrap())
    };
    let both = read("Level,Item No.");
    let of = |name: &str| both.iter().find(|p| p.0 == name).unwrap().1;
    assert_eq!([of("Harmonic reducer"), of("Coreless motor"), of("Hip")], [6.0, 12.0, 6.0]);
    let quantities =
        |all: &[(String, f64, String)]| all.iter().map(|p| (p.0.clone(), p.1)).collect::<Vec<_>>();
    assert_eq!(quantities(&both), quantities(&read("Level,Remark")));
    assert_eq!(quantities(&both), quantities(&read("Remark,Item No.")));
}

/// What a planner's list says of units: a price is that of the unit beside it, and a metre of cable is no harness of a robot.
#[test]
fn units_hold_for_prices_and_kinds() {
    let folder = tempfile::tempdir().unwrap();
    let bom = "物料编码,名称,用量,单位,单价（元）\nX-1,导热硅脂,50,g,0.3\nW-1,主线束,8.5,米,20\nG-1,谐波减速器,7,件,1500\n";
    let bom = written(folder.path(), "bom.csv", bom);
    // The prices of the list beside it are in the money that the other list names.
    let vendors = "物料编码,供应商,国家,份额,起订量,单价(≥1000)\nG-1,绿的谐波,中国,100%,100,1000\n";
    let vendors = written(folder.path(), "vendors.csv", vendors);
    let asked = Request { country: "中国".into(), volume: 1000.0, ..request(&[bom, vendors]) };
    let imported = run(&asked).unwrap();
    let parts = table(&imported, "parts");
    let basis = |row| parts.column("basis").unwrap().cells.text(row).unwrap();
    assert_eq!((0..3).map(basis).collect::<Vec<_>>(), ["import-unknown", "import-measured", "import-usual"]);
    let cost = table(&imported, "cost");
    let yuan = ATLAS.values(&Overlay::new()).unwrap();
    let yuan = yuan.get(ATLAS.figures.find("parameters/cny_per_usd").unwrap()).unwrap();
    let mut paid: Vec<f64> =
        (0..cost.len()).map(|row| cost.column("cost").unwrap().cells.number(row).unwrap() * yuan).collect();
    paid.sort_by(f64::total_cmp);
    // 50 g at 0.3 a gram, 8.5 m at 20, 7 at the price from 1,000 on.
    for (paid, known) in paid.iter().zip([15.0, 170.0, 7000.0]) {
        assert!((paid - known).abs() < 1e-6 * known, "{paid} {known}");
    }
    let rates = Rates::parse(&["CNY=7.1"]).unwrap();
    let faults = run(&Request { rates, ..asked }).unwrap_err();
    assert!(matches!(&faults[..], [ImportFault::Rate { given, .. }] if *given == 7.1), "{faults:?}");
}

/// A part counts in the market of its kind once: neither what stands for its content nor the assembly that it is in counts
/// there a second time; what is bought for an actuator that it knows of does.
#[test]
fn a_part_counts_once_in_its_market() {
    let folder = tempfile::tempdir().unwrap();
    let bom = written(
        folder.path(),
        "bom.csv",
        "Level,Part,Qty,Mass (g)\n1,Arm,2,\n2,Harmonic reducer,7,400\n1,Frameless torque motor,20,300\n\
         1,Aluminium 6061 bar,3 kg,\n1,Mystery,4,\n",
    );
    let imported = run(&request(&[bom])).unwrap();
    let atlas = Atlas::read_over(&imported.files, &BASE).unwrap();
    let network = from_atlas(&atlas).unwrap();
    let values = atlas.values(&Overlay::new()).unwrap();
    let product = product(&atlas, &network, "ours").unwrap();
    let model = Model::new(&atlas, &network, &values, product, Context::default()).unwrap();
    let needs = &model.flow(View::Content).need;
    let in_market = |market: &str| {
        let items = atlas.sheet("items");
        let pool = |item: &str| items.get(items.find(item).unwrap(), "pool").unwrap_or(item).to_owned();
        let traded = network.items.iter().zip(needs).filter(|(item, _)| pool(item) == market);
        traded.map(|(_, need)| need).sum::<f64>()
    };
    assert_eq!(in_market("harmonic_reducer"), 14.0);
    assert_eq!(in_market("frameless_motor"), 20.0);
    assert!((in_market("aluminium_6061") - 3.0).abs() < 1e-9, "{}", in_market("aluminium_6061"));
    // The content is still there.
    assert!(in_market("magnet_ndfeb") > 0.1 && in_market("steel_gcr15") > 0.1);
}

/// Stock is told as products that it is enough for, the scarcest part first, and is in the atlas of the product as it was told.
#[test]
fn stock_is_told_and_kept() {
    let folder = tempfile::tempdir().unwrap();
    let bom = written(
        folder.path(),
        "bom.csv",
        "Part number,Part,Qty\nM-1,Frameless torque motor,20\nX-1,Odd thing,2\n",
    );
    let held = written(
        folder.path(),
        "stock.csv",
        "Part number,On hand,In transit\nM-1,400,40\nM-1,100,\nX-1,20,\nZ-9,7,\n",
    );
    let imported = run(&request(&[bom, held])).unwrap();
    let told = table(&imported, "stock");
    let enough: Vec<Option<f64>> =
        (0..told.len()).map(|row| told.column("enough_for").unwrap().cells.number(row)).collect();
    assert_eq!(enough, [Some(10.0), Some(25.0)]);
    let atlas = Atlas::read_over(&imported.files, &BASE).unwrap();
    for (measure, amount) in [("on_hand", 500.0), ("in_transit", 40.0)] {
        let address = format!("stocks/robot_ours/ours_frameless_torque_motor/{measure}");
        let figure = atlas.figures.get(atlas.figures.find(&address).unwrap());
        assert_eq!((figure.value, figure.standing), (Some(amount), Standing::Reported));
    }
}

/// Names that stand again and again: each part has an id of its own, and each way to put an assembly together is one part.
#[test]
fn many_parts_may_have_one_name() {
    let folder = tempfile::tempdir().unwrap();
    let mut text = "Part number,Part,Qty\n".to_owned();
    (0..3000).for_each(|n| text.push_str(&format!("P-{n},Screw,2\n")));
    let screws = run(&request(&[written(folder.path(), "screws.csv", &text)])).unwrap();
    let ids: std::collections::BTreeSet<&String> = table(&screws, "parts").keys.iter().collect();
    assert_eq!(ids.len(), 3000);
    // In tables their numbers tell them apart.
    assert!(parts(&screws).iter().any(|p| p.0 == "[P-2999] Screw"));
    assert!(ids.contains(&"ours_screw".to_owned()) && ids.contains(&"ours_screw_3000".to_owned()));
    // Three ways, the second of them twice: four lines, three parts, three of them noticed.
    let text =
        "Level,Part,Qty\n1,Box,1\n2,plate,1\n1,Box,1\n2,plate,2\n1,Box,1\n2,plate,3\n1,Box,1\n2,plate,2\n";
    let boxes = run(&request(&[written(folder.path(), "boxes.csv", text)])).unwrap();
    let found = parts(&boxes);
    let counts: Vec<f64> = found.iter().filter(|p| p.0.ends_with("] Box")).map(|p| p.1).collect();
    assert_eq!(counts, [1.0, 2.0, 1.0]);
    assert_eq!(found.iter().find(|p| p.0 == "plate").map(|p| p.1), Some(8.0));
    assert_eq!(table(&boxes, "noticed").len(), 3);
}
