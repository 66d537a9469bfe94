//! How many robots a year were made, are planned, and are asked about.

use crate::book::Draft;
use crate::explode;
use crate::model::{Model, Quantity};
use linchpin_table::{Message, Unit};

/// Key of the row of the volume asked for.
const ASKED: &str = "asked";

/// Years that make a course.
const COURSE: usize = 3;

/// One row a year that is published, and the volume asked for.
pub(super) fn table<'m, 'a>(model: &'m Model<'a>, volume: f64) -> Draft<'m, 'a> {
    let sheet = model.atlas.sheet("product_figures");
    let of_product = |r: &&crate::atlas::Row| {
        sheet.text(r, "product") == model.product.item && sheet.text(r, "measure") == "volume"
    };
    let mut rows: Vec<(String, Option<Quantity>, String)> = sheet
        .rows
        .iter()
        .filter(of_product)
        .map(|r| {
            let figure = r.figure;
            let standing = figure.map_or("assumed", |f| model.atlas.figures.get(f).standing.word());
            (sheet.text(r, "period").to_owned(), figure.map(Quantity::cell), format!("standing-{standing}"))
        })
        .collect();
    let line = line(model, &rows);
    rows.push((ASKED.to_owned(), Some(explode::given_units(volume)), "word-asked".to_owned()));
    let draft = Draft::new(model, "volumes", rows.iter().map(|r| r.0.clone()).collect())
        .text(
            "period",
            rows.iter().map(|r| Some(if r.0 == ASKED { String::new() } else { r.0.clone() })).collect(),
        )
        .words("standing", rows.iter().map(|r| Some(r.2.clone())).collect())
        .range(
            ["robots", "robots_low", "robots_high"],
            Unit::PiecePerYear,
            rows.iter().map(|r| r.1.clone()).collect(),
        )
        .bar()
        .note(Message::new("note-volumes"));
    line.into_iter().fold(draft, Draft::note)
}

/// The years in one small line, if enough of them are known to show a course.
fn line(model: &Model<'_>, rows: &[(String, Option<Quantity>, String)]) -> Option<Message> {
    let values: Vec<Option<f64>> = rows.iter().map(|r| r.1.as_ref().and_then(|q| model.value(q))).collect();
    let (first, last) = (rows.first()?, rows.last()?);
    (values.iter().flatten().count() >= COURSE).then(|| {
        Message::new("note-volumes-line")
            .text("first", first.0.as_str())
            .text("last", last.0.as_str())
            .series("line", values)
    })
}
