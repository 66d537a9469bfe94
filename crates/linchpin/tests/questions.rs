//! `atlas questions`: what it says of a figure comes true when that figure is known.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use linchpin::atlas::Overlay;
use linchpin::model::Model;
use linchpin::questions::{Request, questions};
use linchpin_table::Answer;
use support::{Ground, PRODUCTS, brief_at, edit, ground, shipped};

const VOLUME: f64 = 1000.0;

fn ask(model: &Model<'_>) -> Answer {
    questions(model, &Request { volume: VOLUME, rows: None }).unwrap()
}

/// Width of the range of a headline, by table and row of the page, before it is held at zero.
fn width(model: &Model<'_>, headline: &str) -> f64 {
    let book = brief_at(model, VOLUME);
    let (table, key) = headline.split_once('/').unwrap();
    let column = match table {
        "placed" => "placed",
        "headroom" => "headroom",
        "leaving_total" => "usd",
        _ => "robot",
    };
    let spread = model.spread(&book.numbers[&book.answer.address(table, key, column)]);
    let side = |of: fn(&linchpin::atlas::values::Influence) -> f64| {
        spread.influences.iter().map(|i| of(i).powi(2)).sum::<f64>().sqrt()
    };
    side(|i| i.down) + side(|i| i.up)
}

/// Each of the first figures that stands alone in `parameters` is made exact; the headline that it was said to narrow most
/// narrows by just that.
#[test]
fn a_figure_that_becomes_known_narrows_as_was_said() {
    let before = ground().model("optimus");
    let answer = ask(&before);
    let table = answer.table("narrow").unwrap();
    let mut tried = 0;
    for (row, address) in table.keys.iter().enumerate().take(12) {
        let Some(id) = address.strip_prefix("parameters/") else { continue };
        if ground().atlas.figures.get(ground().atlas.figures.find(address).unwrap()).formula.is_some() {
            continue;
        }
        let headline = table.column("headline").unwrap().cells.text(row).unwrap();
        let said = table.value(address, "most").unwrap();
        let mut files = shipped();
        edit(&mut files, "parameters", |csv| {
            let (key, value) = (csv.column("id"), csv.column("value"));
            let (low, high) = (csv.column("low"), csv.column("high"));
            let row = csv.rows.iter_mut().find(|r| r[key] == id).unwrap();
            (row[low], row[high]) = (row[value].clone(), row[value].clone());
        });
        let known = Ground::of(&files, &Overlay::new());
        let narrowed = 1.0 - width(&known.model("optimus"), headline) / width(&before, headline);
        assert!((narrowed - said).abs() < 1e-9, "{address} {headline}: said {said}, is {narrowed}");
        tried += 1;
    }
    assert!(tried >= 5, "{tried}");
}

/// The order is that of the mean, and no share is below zero or above one.
#[test]
fn the_weightiest_comes_first() {
    for alias in PRODUCTS {
        let answer = ask(&ground().model(alias));
        let table = answer.table("narrow").unwrap();
        let column = |name: &str| -> Vec<f64> {
            table.keys.iter().map(|key| table.value(key, name).unwrap()).collect()
        };
        let (mean, most) = (column("mean"), column("most"));
        assert!(mean.windows(2).all(|w| w[0] >= w[1]), "{alias}");
        assert!(mean.iter().zip(&most).all(|(a, b)| 0.0 < *a && *a <= b + 1e-12 && *b <= 1.0), "{alias}");
        assert!(answer.table("blanks").is_some_and(|t| !t.is_empty()), "{alias}");
    }
}
