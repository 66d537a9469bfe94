//! The workbook, opened again by another reader.

#![allow(clippy::unwrap_used)]

mod sample;

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use linchpin_render::{Format, Messages, TerminalOptions, render, xlsx};
use linchpin_table::{Basis, Evidence, Lang, Page, Table};

fn bytes(lang: Lang) -> Vec<u8> {
    render(&sample::answer(), Format::Xlsx, lang, &TerminalOptions::default()).unwrap()
}

fn open(lang: Lang) -> Xlsx<Cursor<Vec<u8>>> {
    open_workbook_from_rs(Cursor::new(bytes(lang))).unwrap()
}

fn text(text: &str) -> Option<Data> {
    Some(Data::String(text.into()))
}

#[test]
fn values_are_numbers_and_ranges_have_columns() {
    let mut book = open(Lang::En);
    assert_eq!(book.sheet_names(), ["needs", "amounts", "About"]);
    let sheet = book.worksheet_range("needs").unwrap();
    let header: Vec<String> = sheet.rows().next().unwrap().iter().map(ToString::to_string).collect();
    assert_eq!(
        header,
        ["Item", "Stage", "Mass (kg)", "Mass, low (kg)", "Mass, high (kg)", "Share", "Company", "Key"]
    );
    let at = |row, column| sheet.get_value((row, column)).cloned();
    assert_eq!(at(1, 2), Some(Data::Float(60_000.0)));
    assert_eq!(at(2, 3), Some(Data::Float(2000.0)));
    assert_eq!(at(2, 5), Some(Data::Float(0.0583)));
    assert_eq!(at(4, 2), Some(Data::Empty));
    assert_eq!(at(4, 7), text("robot/ga"));
    let sheet = book.worksheet_range("amounts").unwrap();
    let at = |row, column| sheet.get_value((row, column)).cloned();
    assert_eq!((at(3, 1), at(3, 2)), (Some(Data::Float(2.5e6)), text("USD")));
    assert_eq!(at(1, 5), Some(Data::Float(1_234_567.0)));
    assert_eq!(at(3, 6), Some(Data::Float(2050.0)));
}

#[test]
fn text_never_becomes_a_formula() {
    let mut book = open(Lang::En);
    for sheet in book.sheet_names() {
        assert!(book.worksheet_formula(&sheet).unwrap().is_empty(), "{sheet}");
    }
    let at = |book: &mut Xlsx<_>, sheet: &str, place| {
        book.worksheet_range(sheet).unwrap().get_value(place).cloned()
    };
    assert_eq!(at(&mut book, "needs", (1, 6)), text("=Acme | Co"));
    assert_eq!(at(&mut book, "amounts", (1, 0)), text("-1+1"));
}

#[test]
fn headers_labels_and_the_last_sheet_are_in_the_language() {
    let mut book = open(Lang::Zh);
    assert_eq!(book.sheet_names(), ["needs", "amounts", "说明"]);
    let sheet = book.worksheet_range("needs").unwrap();
    assert_eq!(sheet.get_value((0, 2)), text("质量（kg）").as_ref());
    assert_eq!(sheet.get_value((3, 0)), text("氧化钕").as_ref());
    let about = book.worksheet_range("说明").unwrap();
    let lines: Vec<String> = about.rows().map(|row| format!("{}|{}", row[0], row[1])).collect();
    assert!(lines.contains(&"随机种子|7".to_owned()), "{lines:#?}");
    assert!(lines.contains(&"请求|units = 1000".to_owned()), "{lines:#?}");
    assert!(lines.contains(&"数据的 SHA-256|0123456789abcdef0123456789abcdef".to_owned()), "{lines:#?}");
}

#[test]
fn the_same_answer_gives_the_same_bytes() {
    let first = bytes(Lang::En);
    std::thread::sleep(std::time::Duration::from_millis(2100));
    assert!(first == bytes(Lang::En));
}

/// A page knows what its numbers rest on: each row names its weightiest figures and their sources, and two sheets list all
/// of them. A column that is drawn with bars has a chart.
#[test]
fn a_page_names_figures_and_sources() {
    let figures =
        Table::builder("figure", "col-value", ["parameters/a", "parameters/b", "parameters/unused"])
            .text("source", ["usgs; iea", "iea", "nobody"])
            .build()
            .unwrap();
    let sources = Table::builder("source", "col-value", ["iea", "nobody", "usgs"])
        .text("source", ["iea", "nobody", "usgs"])
        .build()
        .unwrap();
    let basis = Basis { part: "part-sum".into(), figures: vec![1, 0], moves: vec![0.2] };
    let numbers = [("explode/needs/robot/mass".to_owned(), basis)].into();
    let evidence = Evidence { figures, sources, labels: Default::default(), numbers };
    let page = Page { answers: vec![sample::answer()], evidence: Some(evidence) };
    let bytes = xlsx(&page, &Messages::new(Lang::En).unwrap()).unwrap();
    assert_eq!(bytes, xlsx(&page, &Messages::new(Lang::En).unwrap()).unwrap());
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes.clone())).unwrap();
    assert_eq!(book.sheet_names(), ["needs", "amounts", "figure", "source", "About"]);
    let sheet = book.worksheet_range("needs").unwrap();
    let at = |row, column| sheet.get_value((row, column)).cloned();
    assert_eq!(at(0, 7), text("Rests on (weightiest figures)"));
    assert_eq!((at(1, 7), at(1, 8)), (text("parameters/b; parameters/a"), text("iea; usgs")));
    assert_eq!(at(2, 7), Some(Data::Empty));
    assert_eq!(book.worksheet_range("figure").unwrap().rows().count(), 3);
    assert_eq!(book.worksheet_range("source").unwrap().rows().count(), 3);
    let chart = b"xl/charts/chart1.xml";
    assert!(bytes.windows(chart.len()).any(|part| part == chart));
}
