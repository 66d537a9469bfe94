//! What a small answer looks like in each text format and language, to the letter.
//!
//! `LINCHPIN_BLESS=1 cargo test -p linchpin-render` writes the expectations anew; read them before you commit them.

#![allow(clippy::unwrap_used)]

mod sample;

use std::path::PathBuf;

use linchpin_render::{Format, Messages, TerminalOptions, csv_table, problems, render};
use linchpin_table::{Lang, Message, Problem};
use unicode_width::UnicodeWidthStr;

const AT_80: TerminalOptions = TerminalOptions { width: 80, color: false, unicode: true };

fn expect(file: &str, text: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/expected").join(file);
    if std::env::var_os("LINCHPIN_BLESS").is_some() {
        std::fs::write(&path, text).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(expected == text, "{file} differs:\n{text}");
}

fn text(format: Format, lang: Lang, options: &TerminalOptions) -> String {
    String::from_utf8(render(&sample::answer(), format, lang, options).unwrap()).unwrap()
}

#[test]
fn terminal() {
    for lang in Lang::ALL {
        expect(&format!("terminal.{lang}.txt"), &text(Format::Terminal, lang, &AT_80));
    }
    let narrow = TerminalOptions { width: 50, color: true, unicode: false };
    expect("terminal.narrow.txt", &text(Format::Terminal, Lang::En, &narrow));
}

#[test]
fn markdown() {
    for lang in Lang::ALL {
        expect(&format!("markdown.{lang}.md"), &text(Format::Markdown, lang, &AT_80));
    }
}

#[test]
fn data_formats_are_the_same_in_every_language() {
    for (format, file) in [(Format::Json, "answer.json"), (Format::Csv, "answer.csv")] {
        expect(file, &text(format, Lang::En, &AT_80));
        expect(file, &text(format, Lang::Zh, &AT_80));
    }
    for table in &sample::answer().tables {
        expect(&format!("{}.csv", table.name), &csv_table(table).unwrap());
    }
}

#[test]
fn faults() {
    let at = |file: &str, row, column: &str, value: &str| {
        Problem::new(file, "status-no-data", "about-blank").row(row).column(column).value(value)
    };
    let list = [
        at("stock.csv", 12, "mass", "abc"),
        at("parts.xlsx", 3, "质量", "一点五").sheet("BOM"),
        at("stock.csv", 2, "item", "a\tb\u{1b}[31m"),
        Problem::new("orders.csv", Message::new("status-infeasible"), Message::new("table-empty")),
    ];
    for lang in Lang::ALL {
        let messages = Messages::new(lang).unwrap();
        expect(&format!("problems.{lang}.txt"), &problems(&list, &messages, &AT_80).unwrap());
    }
    let messages = Messages::new(Lang::En).unwrap();
    assert_eq!(problems(&[], &messages, &AT_80).unwrap(), "No faults.\n");
}

#[test]
fn no_line_is_wider_than_the_terminal() {
    for lang in Lang::ALL {
        for width in 40..160 {
            for unicode in [true, false] {
                let options = TerminalOptions { width, color: false, unicode };
                for line in text(Format::Terminal, lang, &options).lines() {
                    assert!(line.width() <= width, "{lang} {width} {line:?}");
                }
            }
        }
    }
}

#[test]
fn numbers_end_in_one_column_in_both_languages() {
    for lang in Lang::ALL {
        let page = text(Format::Terminal, lang, &TerminalOptions { width: 120, ..AT_80 });
        let rows: Vec<&str> = page.lines().collect();
        let starts: Vec<usize> = ["2026", "2030", "2050"]
            .iter()
            .map(|year| {
                let row = rows.iter().find(|row| row.ends_with(year)).unwrap();
                row.width()
            })
            .collect();
        assert!(starts.iter().all(|end| *end == starts[0]), "{lang} {starts:?}\n{page}");
        let bars: Vec<usize> =
            rows.iter().filter_map(|row| row.find('█').map(|at| row[..at].width())).collect();
        assert_eq!(bars.len(), 1, "{page}");
        let small = rows.iter().filter_map(|row| row.find(['▌', '▎', '▏', '▋']).map(|at| row[..at].width()));
        assert!(small.into_iter().all(|at| at == bars[0]), "{page}");
    }
}

#[test]
fn ascii_is_ascii() {
    let options = TerminalOptions { width: 80, color: false, unicode: false };
    let page = text(Format::Terminal, Lang::En, &options);
    assert!(page.is_ascii(), "{page}");
}

#[test]
fn colour_changes_no_character() {
    let plain = text(Format::Terminal, Lang::Zh, &AT_80);
    let coloured = text(Format::Terminal, Lang::Zh, &TerminalOptions { color: true, ..AT_80 });
    let mut stripped = String::new();
    let mut inside = false;
    for each in coloured.chars() {
        match each {
            '\u{1b}' => inside = true,
            'm' if inside => inside = false,
            other if !inside => stripped.push(other),
            _ => {}
        }
    }
    assert_ne!(coloured, plain);
    // A colour may close after spaces that a plain line has cut off.
    let trimmed: String = stripped.lines().map(|line| format!("{}\n", line.trim_end())).collect();
    assert_eq!(trimmed, plain);
}

#[test]
fn a_table_without_rows_or_columns_says_so_in_every_format() {
    let mut answer = sample::answer();
    let none: [&str; 0] = [];
    answer.tables = vec![
        linchpin_table::Table::builder("no_rows", "col-value", none).names("item", none).build().unwrap(),
        linchpin_table::Table::builder("no_columns", "col-value", ["a"]).build().unwrap(),
    ];
    for lang in Lang::ALL {
        for format in Format::ALL.into_iter().filter(|f| !f.is_picture()) {
            assert!(!render(&answer, format, lang, &AT_80).unwrap().is_empty());
        }
    }
    assert_eq!(render_en(&answer).matches("no rows").count(), 2);
}

fn render_en(answer: &linchpin_table::Answer) -> String {
    String::from_utf8(render(answer, Format::Terminal, Lang::En, &AT_80).unwrap()).unwrap()
}
