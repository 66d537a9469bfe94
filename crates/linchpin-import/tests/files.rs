//! Files of every kind, sound and broken, as they are kept by other people.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use encoding_rs::{Encoding, GB18030, UTF_8, WINDOWS_1252};
use linchpin::context::Context;
use linchpin_import::file::{self, FileFault, Kind, Limits, Read};
use linchpin_import::import::{Request, import};
use linchpin_import::sheet::{Merged, Sheet};
use proptest::prelude::*;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

fn read(name: &str, bytes: &[u8]) -> Result<Read, FileFault> {
    file::read_bytes(name, bytes, &Limits::default(), &Context::default())
}

fn rows(sheet: &Sheet) -> Vec<(u32, Vec<(u32, &str)>)> {
    sheet.rows().map(|row| (row.number(), row.cells().collect())).collect()
}

/// The texts of a sheet without their places.
fn texts(sheet: &Sheet) -> Vec<Vec<&str>> {
    sheet.rows().map(|row| row.cells().map(|(_, text)| text).collect()).collect()
}

fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(unit).collect()
}

#[test]
fn text_is_read_in_whatever_encoding_it_is() {
    const CHINESE: &str = "序号;名称;数量\r\n1;直流无刷电机;4\r\n2;深沟球轴承 608ZZ;12\r\n";
    const WESTERN: &str = "Stück;Größe;Preis\r\n4;Ø 10 mm;12,50\r\n2;für Gehäuse;3,00\r\n";
    let encoded = |text: &str, encoding: &'static Encoding| encoding.encode(text).0.into_owned();
    let marked = |text: &str| format!("\u{feff}{text}");
    for (text, bytes, name) in [
        (CHINESE, encoded(CHINESE, UTF_8), "UTF-8"),
        (CHINESE, marked(CHINESE).into_bytes(), "UTF-8"),
        (CHINESE, utf16(CHINESE, u16::to_le_bytes), "UTF-16LE"),
        (CHINESE, utf16(CHINESE, u16::to_be_bytes), "UTF-16BE"),
        (WESTERN, utf16(&marked(WESTERN), u16::to_le_bytes), "UTF-16LE"),
        (WESTERN, utf16(&marked(WESTERN), u16::to_be_bytes), "UTF-16BE"),
        (CHINESE, encoded(CHINESE, GB18030), "GBK"),
        (WESTERN, encoded(WESTERN, WINDOWS_1252), "windows-1252"),
    ] {
        let read = read("parts.csv", &bytes).unwrap();
        assert_eq!((read.encoding, read.kind), (Some(name), Kind::Delimited(';')));
        let lines: Vec<String> = texts(&read.sheets[0]).iter().map(|row| row.join(";") + "\r\n").collect();
        assert_eq!(lines.concat(), text);
    }
}

#[test]
fn cells_keep_their_text_and_rows_their_line() {
    let text = "qty,part\n 2x ,\"motor\nlarge\"\n\n\"1,5\",screw\n007,\n,\n1e3,+5\n";
    for breaks in ["\n", "\r\n", "\r"] {
        let read = read("parts.txt", text.replace('\n', breaks).as_bytes()).unwrap();
        let motor = format!("motor{breaks}large");
        assert_eq!(
            rows(&read.sheets[0]),
            [
                (1, vec![(0, "qty"), (1, "part")]),
                (2, vec![(0, " 2x "), (1, &motor)]),
                (5, vec![(0, "1,5"), (1, "screw")]),
                (6, vec![(0, "007")]),
                (8, vec![(0, "1e3"), (1, "+5")]),
            ]
        );
    }
    let fault = read("parts.csv", b"a,b\n1,2\n3,\"x\n4,y\n").unwrap_err();
    assert_eq!(fault.to_string(), "parts.csv, row 3: a quotation mark is opened and not closed");
    assert_eq!(read("parts.csv", b"sep=|\na,b|c\n").unwrap().kind, Kind::Delimited('|'));
}

fn workbook() -> Vec<u8> {
    let mut book = Workbook::new();
    let date = Format::new().set_num_format("yyyy-mm-dd");
    let sheet = book.add_worksheet().set_name("Parts <1>").unwrap();
    sheet.merge_range(0, 0, 0, 3, "Bill & more", &Format::new()).unwrap();
    sheet.merge_range(3, 1, 5, 1, "down", &Format::new()).unwrap();
    sheet.merge_range(8, 0, 9, 0, "", &Format::new()).unwrap();
    for (column, number) in [1.0, 0.5, 12.25, 1e21, 1e-7, -0.0, 0.1, 123_456_789.0].into_iter().enumerate() {
        sheet.write_number(2, column as u16, number).unwrap();
    }
    sheet.write_string(3, 0, " 2x \n\"a\"").unwrap();
    sheet.write_boolean(3, 2, true).unwrap();
    sheet.write_formula(4, 0, Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
    sheet.write_formula(4, 2, Formula::new("=SUM(A3:B3)").set_result("1.5")).unwrap();
    let day = ExcelDateTime::parse_from_str("2026-11-28").unwrap();
    let moment = ExcelDateTime::parse_from_str("2026-11-28T12:30:05").unwrap();
    sheet.write_datetime_with_format(5, 0, &day, &date).unwrap();
    sheet.write_datetime_with_format(5, 2, &moment, &date).unwrap();
    sheet.write_number_with_format(5, 3, 0.75, &Format::new().set_num_format("hh:mm")).unwrap();
    sheet.write_number_with_format(5, 4, 1.25, &Format::new().set_num_format("[h]:mm")).unwrap();
    sheet.write_number_with_format(5, 5, -2.0, &date).unwrap();
    book.add_worksheet().set_name("empty").unwrap();
    let far = book.add_worksheet().set_name("far").unwrap();
    far.set_hidden(true);
    far.write_string(1_048_575, 16_383, "end").unwrap();
    book.save_to_buffer().unwrap()
}

#[test]
fn a_workbook_gives_all_its_sheets() {
    let start = Instant::now();
    let read = read("parts.bin", &workbook()).unwrap();
    assert_eq!((read.kind, read.encoding), (Kind::Workbook, None));
    let names: Vec<(&str, bool)> = read.sheets.iter().map(|s| (s.name.as_str(), s.hidden)).collect();
    assert_eq!(names, [("Parts <1>", false), ("empty", false), ("far", true)]);
    let numbers = ["1", "0.5", "12.25", "1000000000000000000000", "0.0000001", "0", "0.1", "123456789"];
    assert_eq!(
        rows(&read.sheets[0]),
        [
            (1, vec![(0, "Bill & more")]),
            (3, (0..).zip(numbers).collect()),
            (4, vec![(0, " 2x \n\"a\""), (1, "down"), (2, "TRUE")]),
            (5, vec![(0, "#DIV/0!"), (2, "1.5")]),
            (
                6,
                vec![
                    (0, "2026-11-28"),
                    (2, "2026-11-28T12:30:05"),
                    (3, "18:00:00"),
                    (4, "30:00:00"),
                    (5, "-2")
                ]
            ),
        ]
    );
    let merged = [
        Merged { rows: (0, 0), numbers: (1, 1), columns: (0, 3) },
        Merged { rows: (2, 4), numbers: (4, 6), columns: (1, 1) },
    ];
    assert_eq!(read.sheets[0].merged, merged);
    assert!(read.sheets[1].is_empty());
    assert_eq!(rows(&read.sheets[2]), [(1_048_576, vec![(16_383, "end")])]);
    assert!(start.elapsed() < Duration::from_secs(1), "a far cell takes no room");
}

#[test]
fn a_workbook_that_is_cut_off_is_a_fault() {
    let book = workbook();
    for end in (1..book.len()).step_by(50) {
        let fault = read("parts.xlsx", &book[..end]).err();
        // Of a file of a few letters nobody can say what it was.
        assert!(end < 4 || matches!(fault, Some(FileFault::Damaged { .. })), "{end}: {fault:?}");
    }
}

#[test]
fn what_is_no_table_is_named() {
    let mut compound = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    compound.resize(1024, 0);
    assert!(matches!(read("a.xls", &compound), Err(FileFault::OldWorkbook { .. })));
    compound.extend(utf16("EncryptedPackage", u16::to_le_bytes));
    compound.resize(2048, 0);
    assert!(matches!(read("a.xlsx", &compound), Err(FileFault::Password { .. })));
    assert!(matches!(read("a.xls", b" <HTML><table>"), Err(FileFault::Markup { .. })));
    assert!(matches!(read("a.csv", b"a,b\n1,\0\n"), Err(FileFault::NotText { .. })));
    assert!(matches!(read("a.csv", b""), Err(FileFault::Empty { .. })));
    assert!(matches!(read("a.ods", &zipped("content.xml", b"<x/>")), Err(FileFault::NotWorkbook { .. })));
    let read = |path: &str| file::read(Path::new(path), &Limits::default(), &Context::default());
    assert!(matches!(read("/"), Err(FileFault::Unreadable { .. })));
    assert!(matches!(read("/no/such/file"), Err(FileFault::Unreadable { .. })));
}

fn zipped(name: &str, part: &[u8]) -> Vec<u8> {
    parts(&[(name, part)])
}

fn parts(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(vec![]));
    for (name, part) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(part).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A workbook with this sheet, and these shared texts.
fn book(sheet: &str, strings: &str) -> Vec<u8> {
    const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let book = format!(
        "<workbook xmlns:r=\"{RELATIONS}\"><sheets><sheet name=\"s\" r:id=\"a\"/></sheets></workbook>"
    );
    let relations = format!(
        "<Relationships><Relationship Id=\"a\" Type=\"{RELATIONS}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
    );
    let root = format!(
        "<Relationships><Relationship Id=\"b\" Type=\"{RELATIONS}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
    );
    parts(&[
        ("_rels/.rels", root.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
        ("xl/sharedStrings.xml", strings.as_bytes()),
        (
            "xl/worksheets/sheet1.xml",
            format!("<worksheet><sheetData>{sheet}</sheetData></worksheet>").as_bytes(),
        ),
    ])
}

/// A program that writes formulas and does not work them out leaves blank cells.
#[test]
fn formulas_without_a_value_are_told() {
    let text =
        |place: &str, text: &str| format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let header = [text("A1", "Part"), text("B1", "Qty"), text("C1", "Price ($)")].concat();
    let motor = text("A2", "Motor") + "<c r=\"B2\"><f>2*3</f><v></v></c><c r=\"C2\" s=\"1\"/>";
    let gear = text("A3", "Gear") + "<c r=\"B3\"><f>2*4</f><v>8</v></c><c r=\"C3\"><f>B3*2</f></c>";
    let rows = [(1, header), (2, motor), (3, gear)].map(|(n, cells)| format!("<row r=\"{n}\">{cells}</row>"));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bom.xlsx");
    std::fs::write(&path, book(&rows.concat(), "<sst uniqueCount=\"0\"></sst>")).unwrap();
    let read = file::read(&path, &Limits::default(), &Context::default()).unwrap();
    assert_eq!(read.sheets[0].unvalued, [(2, 1), (3, 2)]);
    let request =
        Request { files: vec![path], alias: "ours".into(), country: "USA".into(), ..Request::default() };
    let imported = import(&common::ATLAS, &common::BASE, &request, &Context::default()).unwrap();
    let told = common::noticed(&imported, "import-formula");
    let cell = |at: &str, header: &str| ["import-formula", at, header].map(str::to_owned);
    assert_eq!(told, [cell("bom.xlsx › s: B2", "Qty (× 1)"), cell("bom.xlsx › s: C3", "Price ($) (× 1)")]);
}

#[test]
fn a_workbook_of_another_program_is_read_as_far_as_it_can_be() {
    let texts = "<sst uniqueCount=\"1\"><si><t>a</t></si></sst>";
    let cell = |sheet: &str| read("a.xlsx", &book(sheet, texts));
    let found =
        cell("<row><c t=\"s\"><v>0</v></c><c/><c t=\"inlineStr\"><is><t>b</t></is></c></row>").unwrap();
    assert_eq!(rows(&found.sheets[0]), [(1, vec![(0, "a"), (2, "b")])]);
    // An error that the reader does not know leaves its cell without a value.
    let found =
        cell("<row r=\"2\"><c r=\"A2\" t=\"e\"><v>#ERROR!</v></c><c r=\"B2\"><v>7</v></c></row>").unwrap();
    assert_eq!(rows(&found.sheets[0]), [(2, vec![(1, "7")])]);
    for (sheet, reason) in [
        ("<row r=\"2\"><c r=\"ZZZZZZZZZ9\"><v>1</v></c></row>", "place"),
        ("<row r=\"2\"><c r=\"A99999999999\"><v>1</v></c></row>", "place"),
        ("<row r=\"2\"><c r=\"B2\"><v>1</v></c><c r=\"A2\"><v>1</v></c></row>", "order"),
        ("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>9</v></c></row>", "shared strings"),
    ] {
        let fault = cell(sheet).unwrap_err();
        assert!(matches!(&fault, FileFault::Damaged { reason: r, .. } if r.contains(reason)), "{fault}");
    }
    let limit = Limits::default().columns;
    let fault = cell("<row r=\"2\"><c r=\"XFE2\"><v>1</v></c></row>").unwrap_err();
    assert!(matches!(fault, FileFault::TooManyColumns { limit: l, .. } if l == limit), "{fault}");
    // What is announced must not be believed.
    for announced in ["9999999999999", "99999999999999999999999", "1000"] {
        let fault =
            read("a.xlsx", &book("", &format!("<sst\n uniqueCount = '{announced}'></sst>"))).unwrap_err();
        assert!(fault.to_string().contains("announces"), "{fault}");
    }
}

#[test]
fn bombs_do_not_go_off() {
    let start = Instant::now();
    // Two gigabytes of nothing, written in pieces.
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(vec![]));
    let fastest = zip::write::SimpleFileOptions::default().compression_level(Some(1));
    zip.start_file("xl/worksheets/sheet1.xml", fastest).unwrap();
    let nothing = vec![0; 1 << 24];
    for _ in 0..128 {
        zip.write_all(&nothing).unwrap();
    }
    let bomb = zip.finish().unwrap().into_inner();
    let small = Limits { unpacked: 1 << 22, ratio: 10_000, ..Limits::default() };
    let read =
        |limits: &Limits| file::read_bytes("bomb.xlsx", &bomb, limits, &Context::default()).unwrap_err();
    assert!(matches!(read(&small), FileFault::UnpackedTooLarge { limit: 4_194_304, .. }));
    assert!(matches!(
        read(&Limits { ratio: 20, ..Limits::default() }),
        FileFault::RatioTooLarge { limit: 20, .. }
    ));
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
}

#[test]
fn every_limit_has_its_fault() {
    let sound = Limits::default();
    let fault = |name: &str, bytes: &[u8], limits: Limits| {
        file::read_bytes(name, bytes, &limits, &Context::default()).unwrap_err().to_string()
    };
    let csv = b"a,b\nc,d\n";
    let tables = b"|a|b|\n|-|-|\n\n# x\n\n|c|d|\n|-|-|\n";
    for (name, bytes, limits, text) in [
        ("a.csv", &csv[..], Limits { file: 7, ..sound }, "a.csv: larger than 7 bytes"),
        ("a.csv", csv, Limits { rows: 1, ..sound }, "a.csv, row 2: more than 1 rows"),
        ("a.csv", csv, Limits { columns: 1, ..sound }, "a.csv, row 1: more than 1 columns"),
        ("a.csv", csv, Limits { cells: 3, ..sound }, "a.csv, row 2: more than 3 cells"),
        (
            "a.csv",
            b"a,bcd",
            Limits { cell: 2, ..sound },
            "a.csv, row 1, column 2: a cell of 3 bytes, more than 2",
        ),
        ("a.csv", csv, Limits { text: 3, ..sound }, "a.csv, row 2, column 2: more than 3 bytes of text"),
        ("a.md", tables, Limits { sheets: 1, ..sound }, "a.md: more than 1 sheets or tables"),
    ] {
        assert_eq!(fault(name, bytes, limits), text);
    }
    let wide = ["x"; 1_000_000].join(",");
    assert_eq!(fault("a.csv", wide.as_bytes(), sound), "a.csv, row 1: more than 16384 columns");
    let long = "x".repeat(10 << 20);
    assert!(fault("a.csv", long.as_bytes(), sound).contains("a cell of 10485760 bytes"));
    let cut = vec!["x".repeat(1023); 10 << 10].join(";");
    assert_eq!(read("a.csv", cut.as_bytes()).unwrap().sheets[0].row(0).unwrap().cells().count(), 10 << 10);
}

#[test]
fn reading_can_be_cancelled() {
    let context = Context::default();
    context.switch().store(true, Ordering::Relaxed);
    let fault = file::read_bytes("a.csv", b"a,b\n", &Limits::default(), &context).unwrap_err();
    assert!(matches!(fault, FileFault::Cancelled(_)));
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/real")
}

#[test]
fn every_labelled_line_of_the_real_files_is_a_row() {
    let mut labels = csv::Reader::from_path(folder().join("labels.csv")).unwrap();
    let labels: Vec<(String, u32)> = labels
        .records()
        .map(|record| record.unwrap())
        .map(|record| (record[0].to_owned(), record[1].parse().unwrap()))
        .collect();
    let mut index = csv::Reader::from_path(folder().join("index.csv")).unwrap();
    for record in index.records() {
        let name = &record.unwrap()[0];
        let read = file::read(&folder().join(name), &Limits::default(), &Context::default()).unwrap();
        for (_, line) in labels.iter().filter(|(file, _)| file == name) {
            let mut rows = read.sheets.iter().flat_map(Sheet::rows);
            assert!(rows.any(|row| row.number() == *line), "{name}: line {line}");
        }
    }
    assert!(labels.len() > 500);
}

#[test]
fn a_real_page_is_read_as_a_reader_sees_it() {
    let page = folder().join("wave_rover/bill-of-materials.md");
    let read = file::read(&page, &Limits::default(), &Context::default()).unwrap();
    let names: Vec<&str> = read.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "Bill of Materials › Core Platform",
            "Bill of Materials › Additional Hardware",
            "Bill of Materials › Accessories (Included with Wave Rover)",
        ]
    );
    let items = texts(&read.sheets[2]).concat();
    assert_eq!(items[2..4], ["4x N20 motors with encoders", "4x Wheels"]);
}

/// Whatever it is, reading it ends well and stays within the limits.
fn is_tame(name: &str, bytes: &[u8]) {
    let limits = Limits {
        rows: 50,
        columns: 20,
        cells: 200,
        cell: 100,
        text: 1000,
        sheets: 5,
        unpacked: 1 << 20,
        ..Limits::default()
    };
    if let Ok(read) = file::read_bytes(name, bytes, &limits, &Context::default()) {
        let cells: Vec<(u32, &str)> =
            read.sheets.iter().flat_map(Sheet::rows).flat_map(|row| row.cells()).collect();
        assert!(read.sheets.len() <= 5 && read.sheets.iter().map(Sheet::len).sum::<usize>() <= 50);
        assert!(cells.len() <= 200 && cells.iter().all(|(column, text)| *column < 20 && text.len() <= 100));
        assert!(cells.iter().map(|(_, text)| text.len()).sum::<usize>() <= 2000);
    }
}

fn names() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["a.csv", "a.md", "a.xlsx", "a"])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn any_bytes_are_tame(name in names(), bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        is_tame(name, &bytes);
    }

    #[test]
    fn any_markup_is_tame(name in names(), text in "[-|:`~#*_\\\\\\[\\]()<>!&;,\t\"\r\n xX×4aü]{0,200}") {
        is_tame(name, text.as_bytes());
    }

    #[test]
    fn damaged_pages_are_tame(at in any::<prop::sample::Index>(), byte in any::<u8>(), end in any::<prop::sample::Index>()) {
        let mut bytes = std::fs::read(folder().join("artic_6/bom.md")).unwrap();
        let place = at.index(bytes.len());
        bytes[place] = byte;
        bytes.truncate(end.index(bytes.len()) + 1);
        is_tame("a.md", &bytes);
        is_tame("a.csv", &bytes);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn damaged_workbooks_are_tame(
        part in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), "[0-9A-Z<>/\"= sr]"), 1..6),
    ) {
        let sound = workbook();
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&sound)).unwrap();
        let mut unpacked = vec![];
        for at in 0..archive.len() {
            let mut entry = archive.by_index(at).unwrap();
            let mut bytes = vec![];
            entry.read_to_end(&mut bytes).unwrap();
            unpacked.push((entry.name().unwrap().into_owned(), bytes));
        }
        // Changed before it is packed, which no check of the archive finds; and after.
        let (part, mut outside) = (part.index(unpacked.len()), sound.clone());
        for (at, byte) in &changes {
            let (place, place_outside) = (at.index(unpacked[part].1.len()), at.index(outside.len()));
            unpacked[part].1[place] = byte.as_bytes()[0];
            outside[place_outside] = byte.as_bytes()[0];
        }
        is_tame("a.xlsx", &outside);
        let unpacked: Vec<(&str, &[u8])> = unpacked.iter().map(|(n, b)| (n.as_str(), b.as_slice())).collect();
        is_tame("a.xlsx", &parts(&unpacked));
    }
}
