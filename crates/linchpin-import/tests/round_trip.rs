//! A list of parts that went out with our columns beside it comes in again as it was.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{ATLAS, BASE};
use linchpin::context::Context;
use linchpin_import::beside::BesideFault;
use linchpin_import::bom::{self, Bom};
use linchpin_import::file::{self, Limits};
use linchpin_import::import::{ImportFault, Imported, Request, import};
use linchpin_import::sheet::Sheet;
use linchpin_import::table::{Table, tables};
use proptest::prelude::*;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::PathBuf;

fn imports(name: &str, bytes: &[u8], matches: Option<&str>) -> Result<Imported, Vec<ImportFault>> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    let request = Request {
        files: vec![path],
        alias: "ours".into(),
        country: "CHN".into(),
        matches: matches.map(|m| m.as_bytes().to_vec()),
        ..Request::default()
    };
    import(&ATLAS, &BASE, &request, &Context::default())
}

/// Whether the list is refused for what it says.
fn is_refused(name: &str, bytes: &[u8]) -> bool {
    let refused = |fault: &ImportFault| matches!(fault, ImportFault::NoParts(_) | ImportFault::Tree { .. });
    imports(name, bytes, None).is_err_and(|faults| faults.iter().all(refused))
}

fn beside(name: &str, bytes: &[u8]) -> Vec<u8> {
    imports(name, bytes, None).unwrap().beside.unwrap()
}

fn sheets(name: &str, bytes: &[u8]) -> Vec<Sheet> {
    file::read_bytes(name, bytes, &Limits::default(), &Context::default()).unwrap().sheets
}

type Cells = BTreeMap<(u32, u32), String>;

fn cells(sheet: &Sheet) -> Cells {
    let cells =
        sheet.rows().flat_map(|row| row.cells().map(move |(at, text)| ((row.number(), at), text.to_owned())));
    cells.collect()
}

/// The tree, and how many of each part are in one product.
fn tree(sheets: &[Sheet]) -> (Bom, Vec<f64>) {
    let all: Vec<Table> = sheets.iter().enumerate().flat_map(|(at, sheet)| tables(sheet, at)).collect();
    let bom = Bom::new(&bom::lines(sheets, &all), &all, sheets).unwrap();
    let totals = bom.totals();
    (bom, totals)
}

/// The place of the first cell with a text.
fn find(sheet: &Sheet, text: &str) -> (u32, u32) {
    cells(sheet).into_iter().find(|(_, t)| t == text).unwrap_or_else(|| panic!("{text}")).0
}

/// What stands in one of our columns in the row of a text.
fn told(sheet: &Sheet, of: &str, title: &str) -> String {
    let at = (find(sheet, of).0, find(sheet, title).1);
    cells(sheet).remove(&at).unwrap_or_default()
}

/// A workbook after somebody typed into one of its cells.
fn typed(bytes: &[u8], sheet: usize, at: (u32, u32), text: &str) -> Vec<u8> {
    let mut book = Workbook::new();
    for (number, read) in sheets("parts.xlsx", bytes).iter().enumerate() {
        let page = book.add_worksheet();
        page.set_name(&read.name).unwrap();
        let mut cells = cells(read);
        if number == sheet {
            cells.insert(at, text.to_owned());
        }
        for ((row, column), text) in cells {
            page.write_string(row - 1, column as u16, text).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

/// Goes out and in twice; the sheets as they came in, and as they went out.
fn survives(name: &str, bytes: &[u8]) -> (Vec<Sheet>, Vec<Sheet>) {
    let before = sheets(name, bytes);
    let first = beside(name, bytes);
    let after = sheets("parts.xlsx", &first);
    assert_eq!(before.len(), after.len());
    for (before, after) in before.iter().zip(&after) {
        let last = before.rows().flat_map(|r| r.cells().map(|c| c.0)).max().unwrap_or(0);
        let theirs: Cells = cells(after).into_iter().filter(|((_, column), _)| *column <= last).collect();
        assert_eq!(cells(before), theirs, "{name}: the cells of the user");
        assert!(cells(after).keys().all(|at| at.1 <= last || at.1 > last + 1), "a column is left free");
        assert_eq!(before.merged.is_empty(), after.merged.is_empty());
        assert_eq!(before.hidden, after.hidden);
    }
    assert_eq!(tree(&before), tree(&after), "{name}: the tree");
    let second = sheets("parts.xlsx", &beside("parts.xlsx", &first));
    assert_eq!(after, second, "{name}: the second time");
    (before, after)
}

/// Five levels, an assembly that two others share, both languages, and all that a spreadsheet likes to change.
fn workbook() -> Vec<u8> {
    let mut book = Workbook::new();
    let (bold, date) = (Format::new().set_bold(), Format::new().set_num_format("yyyy-mm-dd"));
    let page = book.add_worksheet();
    page.set_name("总表 Robot").unwrap();
    page.merge_range(0, 0, 1, 5, "Robot X 物料清单", &bold).unwrap();
    for (at, title) in (0..).zip(["Level", "Part number", "名称", "Specification", "Qty", "Unit price (USD)"])
    {
        page.write_string(3, at, title).unwrap();
    }
    let rows: [(u32, &str, &str, &str, f64, f64); 16] = [
        (0, "0001", "机器人 Robot", "", 1.0, 0.0),
        (1, "007", "左臂 Left arm", "=SUM(A1:A9)", 1.0, 0.0),
        (2, "0100", "腕部 Wrist", "+5V", 1.0, 0.0),
        (3, "0.10", "关节模组 Actuator", "-", 2.0, 0.0),
        (4, "1e5", "无框力矩电机 Frameless motor", "@home", 1.0, 85.5),
        (5, "12", "钕铁硼磁钢 NdFeB magnet", "N52", 14.0, 0.35),
        (5, "13", "漆包线 Enamelled wire", " 0.3 mm\n\"two lines\"", 0.125, 20.0),
        (4, "14", "谐波减速器 Harmonic reducer", "ratio 100", 1.0, 120.0),
        (3, "15", "编码器 Encoder", "2026-11-28", 2.0, 9.9),
        (1, "008", "右臂 Right arm", "'=1+1", 1.0, 0.0),
        (2, "0100", "腕部 Wrist", "+5V", 2.0, 0.0),
        (3, "0.10", "关节模组 Actuator", "-", 2.0, 0.0),
        (4, "1e5", "无框力矩电机 Frameless motor", "@home", 1.0, 85.5),
        (5, "12", "钕铁硼磁钢 NdFeB magnet", "N52", 14.0, 0.35),
        (5, "13", "漆包线 Enamelled wire", " 0.3 mm\n\"two lines\"", 0.125, 20.0),
        (4, "14", "谐波减速器 Harmonic reducer", "ratio 100", 1.0, 120.0),
    ];
    for (row, (level, number, name, detail, count, price)) in (4..).zip(rows) {
        page.write_number(row, 0, level).unwrap();
        page.write_string(row, 1, number).unwrap();
        page.write_string(row, 2, name).unwrap();
        page.write_string(row, 3, detail).unwrap();
        page.write_number(row, 4, count).unwrap();
        page.write_number(row, 5, price).unwrap();
    }
    // The last encoder, in a row of its own after a blank one, with a date and a truth value to the right of the table.
    page.write_number(21, 0, 3).unwrap();
    page.write_string(21, 1, "15").unwrap();
    page.write_string(21, 2, "编码器 Encoder").unwrap();
    page.write_string(21, 3, "2026-11-28").unwrap();
    page.write_number(21, 4, 2.0).unwrap();
    page.merge_range(21, 5, 22, 5, "", &bold).unwrap();
    page.write_number(21, 5, 9.9).unwrap();
    page.write_with_format(24, 3, ExcelDateTime::from_ymd(2026, 11, 28).unwrap(), &date).unwrap();
    page.write_boolean(24, 4, true).unwrap();
    let notes = book.add_worksheet();
    notes.set_name("Notes").unwrap();
    notes.write_string(7, 2, "nothing to read here").unwrap();
    notes.set_hidden(true);
    book.save_to_buffer().unwrap()
}

#[test]
fn a_workbook_survives() {
    let (before, after) = survives("bom.xlsx", &workbook());
    assert_eq!(before[0].merged, after[0].merged);
    let numbers = |sheet: &Sheet| -> usize { sheet.rows().map(|r| r.numbers().filter(|n| *n).count()).sum() };
    let ours = numbers(&after[0]) - numbers(&before[0]);
    assert!(ours > 16, "numbers stay numbers, and ours are numbers");
    let sheet = &after[0];
    assert_eq!(told(sheet, "钕铁硼磁钢 NdFeB magnet", "Linchpin: 单台用量"), "84");
    assert_eq!(told(sheet, "腕部 Wrist", "Linchpin: 物品"), "", "an assembly is told by its parts");
    let item = told(sheet, "谐波减速器 Harmonic reducer", "Linchpin: 物品");
    assert!(ATLAS.sheet("items").find(&item).is_some(), "{item}");
    assert_eq!(find(sheet, "Linchpin: 物品"), (4, 7));
    assert_eq!(after[1].rows().count(), 1);
}

#[test]
fn nothing_becomes_a_formula() {
    let bytes = beside("bom.xlsx", &workbook());
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    for at in 0..archive.len() {
        let mut text = String::new();
        archive.by_index(at).unwrap().read_to_string(&mut text).unwrap();
        assert!(!text.contains("<f>") && !text.contains("<f "), "a formula");
    }
}

const CSV: &str = "Robot X,,,\n\nLevel,Part,Qty,Unit price (USD)\n1,左腿 Leg,2,\n2,Frameless motor,1,85.50\n2,\"Screw, M3\",6,0.02\n\
                   1,Battery pack,1,210\n2,=HYPERLINK(1),007,1e5\n";
const MARKDOWN: &str = "# Robot\n\nText.\n\n| Part | Qty | Number |\n|---|---|---|\n| Leg | 2 | 0012 |\n| Battery | 1 | =A1 |\n\n\
                        # Leg\n\n| Part | Qty |\n|---|---|\n| Frameless motor | 6 |\n| Bearing 608ZZ | 12 |\n";

#[test]
fn text_files_survive() {
    let (_, after) = survives("bom.csv", CSV.as_bytes());
    assert_eq!(after[0].name, "Sheet1");
    let quantity = after[0].row(after[0].position_of(4)).unwrap();
    assert!(quantity.numbers().nth(2).unwrap(), "amounts of a file without numbers can be reckoned with");
    let (_, after) = survives("bom.md", MARKDOWN.as_bytes());
    assert_eq!(after.iter().map(|s| s.name.as_str()).collect::<Vec<_>>(), ["Robot", "Leg"]);
    // A heading of sections, the header once more, a sum, and two tables of one sheet, the second one wider.
    let lines = |from: usize| (from..from + 12).map(|n| format!("Bracket {n},2,3,\n")).collect::<String>();
    let header = "Part,Qty,Price,Note\n";
    let second = "Part,Qty,Unit,Maker,Price,Link\nMotor,4,pcs,Maxon,90,\n";
    let sections =
        format!("{header}Head,,,\n{}{header}Body,,,\n{}Total,,144,\n\n{second}", lines(0), lines(12));
    let (before, after) = survives("sections.csv", sections.as_bytes());
    assert_eq!(bom::lines(&before, &tables(&before[0], 0)).sections, 2);
    assert_eq!(cells(&after[0]).values().filter(|text| *text == "Linchpin: item").count(), 2);
}

/// Lists as other people keep them.
#[test]
fn real_lists_survive() {
    let folder = std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/real");
    let index = std::fs::read_to_string(folder.join("index.csv")).unwrap();
    let files: std::collections::BTreeSet<&str> =
        index.lines().skip(1).filter_map(|l| l.split(',').next()).collect();
    let mut survived = 0;
    for file in files {
        let bytes = std::fs::read(folder.join(file)).unwrap();
        let name = file.rsplit('/').next().unwrap();
        if !is_refused(name, &bytes) {
            survives(name, &bytes);
            survived += 1;
        }
    }
    assert!(survived > 10, "{survived}");
}

/// Without a header ours stands above the first line, and in its row where there is no room above.
#[test]
fn lists_without_a_header_survive() {
    let (_, after) = survives("list.md", b"- 4x motor controller\n- 2x lidar sensor\n- battery pack\n");
    assert!(cells(&after[0])[&(1, 2)].starts_with("Linchpin: item"));
    assert_eq!(told(&after[0], "2x lidar sensor", "Linchpin: in one product = 4"), "2");
    let (_, after) = survives("list.md", b"# Robot\n\n- 4x motor controller\n- 2x lidar sensor\n");
    assert_eq!(cells(&after[0])[&(2, 2)], "Linchpin: item");
    let list = beside("list.md", b"- 4x qqqq\n- 2x lidar sensor\n- battery pack\n");
    let list = typed(&list, 0, (1, 2), "Linchpin: item = lidar");
    assert!(cells(&sheets("", &beside("parts.xlsx", &list))[0])[&(1, 2)] == "Linchpin: item = lidar");
}

#[test]
fn corrections_survive() {
    let first = beside("bom.xlsx", &workbook());
    let sheet = &sheets("", &first)[0];
    let column = find(sheet, "Linchpin: 物品").1;
    let row = |part: &str| find(sheet, part).0;
    let encoder = (row("编码器 Encoder"), column);
    let found = cells(sheet)[&encoder].clone();
    let called = told(sheet, "编码器 Encoder", "Linchpin: 名称");
    // One of the two rows of a part is enough; the other still says what was found.
    let other = "lidar";
    assert_ne!(found, other);
    let corrected = typed(&first, 0, encoder, other);
    let corrected = typed(&corrected, 0, (row("漆包线 Enamelled wire"), column), "-");
    let imported = imports("parts.xlsx", &corrected, None).unwrap();
    let matches = String::from_utf8(imported.matches).unwrap();
    assert!(matches.lines().any(|l| l.starts_with("编码器") && l.ends_with(",lidar")), "{matches}");
    assert!(matches.contains(",-\n"), "{matches}");
    let out = imported.beside.unwrap();
    let sheet = &sheets("", &out)[0];
    assert_eq!(told(sheet, "编码器 Encoder", "Linchpin: 物品"), other);
    assert_eq!(told(sheet, "编码器 Encoder", "Linchpin: 依据"), "=");
    assert_eq!(told(sheet, "编码器 Encoder", "Linchpin: 或为"), called);
    assert_eq!(told(sheet, "漆包线 Enamelled wire", "Linchpin: 物品"), "-");
    assert_eq!(cells(sheet), cells(&sheets("", &beside("parts.xlsx", &out))[0]), "and again");
    // The list itself, with what was said of it before.
    let again = imports("bom.xlsx", &workbook(), Some(&matches)).unwrap().beside.unwrap();
    assert_eq!(told(&sheets("", &again)[0], "编码器 Encoder", "Linchpin: 物品"), other);
    // What is found anyway is no correction, even where something else was said before.
    let back = typed(&first, 0, encoder, &found);
    let back = imports("parts.xlsx", &back, Some(&matches)).unwrap().beside.unwrap();
    let sheet = &sheets("", &back)[0];
    assert_eq!(told(sheet, "编码器 Encoder", "Linchpin: 物品"), found);
    assert_ne!(told(sheet, "编码器 Encoder", "Linchpin: 依据"), "=");
    // An empty cell says nothing.
    let empty = "text,item\n编码器 Encoder,\n";
    assert!(imports("bom.xlsx", &workbook(), Some(empty)).unwrap().beside.unwrap() == first);
}

#[test]
fn corrections_that_cannot_be_followed_are_faults() {
    let first = beside("bom.xlsx", &workbook());
    let sheet = &sheets("", &first)[0];
    let (row, column) = (find(sheet, "编码器 Encoder").0, find(sheet, "Linchpin: 物品").1);
    let wrong = typed(&first, 0, (row, column), "谐波减速器（旧）");
    let faults = imports("parts.xlsx", &wrong, None).unwrap_err();
    let [ImportFault::Item { file, sheet, row: at, item, nearest }] = faults.as_slice() else {
        panic!("{faults:?}")
    };
    assert_eq!(
        (file.as_str(), sheet.as_str(), *at, item.as_str()),
        ("parts.xlsx", "总表 Robot", row, "谐波减速器（旧）")
    );
    assert!(nearest.len() == 3 && ATLAS.sheet("items").find(&nearest[0]).is_some(), "{nearest:?}");
    let two = typed(&typed(&first, 0, (row, column), "lidar"), 0, (22, column), "-");
    let faults = imports("parts.xlsx", &two, None).unwrap_err();
    assert!(matches!(&faults[0], ImportFault::TwoItems { rows, .. } if *rows == (row, 22)), "{faults:?}");
}

#[test]
fn what_does_not_fit_is_a_fault_and_stops_nothing() {
    let mut wide = "Part,Qty".to_owned();
    wide.push_str(&",x".repeat(16_380));
    let imported = imports("wide.csv", format!("{wide}\nmotor,2\n").as_bytes(), None).unwrap();
    assert!(matches!(imported.beside, Err(BesideFault::Columns { .. })));
    let long = format!("Part,Qty\nmotor,2\nscrew {},2\n", "x".repeat(40_000));
    let imported = imports("long.csv", long.as_bytes(), None).unwrap();
    assert!(matches!(imported.beside, Err(BesideFault::Text { row: 3, column: 0, .. })));
    let deep = format!("Part,Qty\nmotor,2\n{}screw,2\n", "\n".repeat(1_048_576));
    let imported = imports("deep.csv", deep.as_bytes(), None).unwrap();
    assert!(matches!(imported.beside, Err(BesideFault::Rows { row: 1_048_579, .. })));
}

#[test]
fn a_long_list_gives_the_same_bytes_every_time() {
    let mut text = "Level,Part number,Part,Qty,Unit price (USD),Remark\n".to_owned();
    for line in 0..2_000 {
        text.push_str(&format!(
            "{},P-{line:05},bracket {line},{},0.{:02},for unit {line}\n",
            1 + line % 4,
            1 + line % 7,
            line % 90 + 10
        ));
    }
    let first = beside("long.csv", text.as_bytes());
    assert_eq!(first, beside("long.csv", text.as_bytes()));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn all_cells_of_small_sheets_survive(
        titles in (0..4usize, 0..3u32),
        rows in prop::collection::vec(prop::collection::vec(prop_oneof![
            3 => Just(String::new()),
            3 => "[a-z ]{1,8}",
            2 => "[=+@-]?[0-9]{1,3}([.,e][0-9]{1,2})?",
            1 => "(_x[0-9A-Fa-f]{4}_|\\PC|[\r\n\t\u{1}\u{85}]){1,6}",
            1 => Just("Total".to_owned()),
            1 => Just("Linchpin: note".to_owned()),
        ], 1..6), 1..9),
    ) {
        let mut book = Workbook::new();
        let page = book.add_worksheet();
        let header = titles.1 + 1;
        if titles.1 > 0 {
            page.write_string(0, 0, "of a robot").unwrap();
        }
        for (at, title) in ["Part", "Qty", "Number", "Level"].into_iter().enumerate() {
            page.write_string(header, ((at + titles.0) % 4) as u16, title).unwrap();
        }
        for (row, cells) in (header + 1..).zip(&rows) {
            for (column, text) in (0..).zip(cells) {
                match text.parse::<u32>() {
                    Ok(number) => page.write_number(row, column, number).unwrap(),
                    Err(_) => page.write_string(row, column, text).unwrap(),
                };
            }
        }
        // One line that is one for certain.
        let last = header + 1 + rows.len() as u32;
        page.write_string(last, (titles.0 % 4) as u16, "motor").unwrap();
        page.write_number(last, ((1 + titles.0) % 4) as u16, 2).unwrap();
        let book = book.save_to_buffer().unwrap();
        // "Total" twice in a row heads a table of its own, which may list nothing; 2e9 is more than can be meant.
        prop_assume!(!is_refused("small.xlsx", &book));
        survives("small.xlsx", &book);
    }
}

/// A workbook keeps how a mapping reads its sheets, so that it is read so by itself.
#[test]
fn a_mapping_stays_with_the_workbook() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| {
        std::fs::write(folder.path().join(name), bytes).unwrap();
        folder.path().join(name)
    };
    let list = write("list.csv", "Ding,Zahl,Anzahl\nMotor,1,4\nGear,2,6\n".as_bytes());
    let prices = write("prices.csv", "Part,Who,Where,Ask\nMotor,A,US,5\n".as_bytes());
    let table = |file: &str, kind: &str, columns: &str| {
        format!("[[table]]\nfile = \"{file}\"\nheader = 1\nkind = \"{kind}\"\n[table.columns]\n{columns}\n")
    };
    let mapping = table("list.csv", "parts", "A = \"name\"\nB = \"quantity\"")
        + &table("prices.csv", "vendors", "A = \"name\"\nB = \"supplier\"\nC = \"country\"\nD = \"price\"");
    let run = |files: Vec<PathBuf>, mapping: Option<String>| {
        let request =
            Request { files, mapping, alias: "ours".into(), country: "USA".into(), ..Request::default() };
        import(&ATLAS, &BASE, &request, &Context::default()).unwrap()
    };
    let amounts = |imported: &Imported| {
        let table = imported.answer.table("parts").unwrap();
        let cells = &table.column("in_product").unwrap().cells;
        (0..table.len()).filter_map(|row| cells.number(row)).collect::<Vec<_>>()
    };
    let suppliers = |imported: &Imported| imported.answer.table("suppliers").map_or(0, |table| table.len());
    let first = run(vec![list, prices], Some(mapping));
    assert_eq!((amounts(&first), suppliers(&first)), (vec![1.0, 2.0], 1));
    let again = run(vec![write("parts.xlsx", first.beside.as_ref().unwrap())], None);
    assert_eq!((amounts(&again), suppliers(&again)), (vec![1.0, 2.0], 1));
    let third = run(vec![write("third.xlsx", again.beside.as_ref().unwrap())], None);
    assert_eq!((amounts(&third), suppliers(&third)), (vec![1.0, 2.0], 1));
    // What the user says counts before it.
    let other = "[[table]]\nfile = \"parts.xlsx\"\nsheet = \"Sheet1\"\nheader = 1\nkind = \"parts\"\n[table.columns]\nA = \"name\"\nC = \"quantity\"\n";
    let corrected = run(vec![folder.path().join("parts.xlsx")], Some(other.into()));
    assert_eq!((amounts(&corrected), suppliers(&corrected)), (vec![4.0, 6.0], 1));
}
