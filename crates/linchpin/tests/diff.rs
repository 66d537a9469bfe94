//! `atlas diff`: what was changed is found, and nothing else.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use linchpin::atlas::Overlay;
use linchpin::diff::diff;
use linchpin_table::Answer;
use support::{Ground, brief_at, edit, ground, shipped};

fn compare(after: &Ground, rows: Option<usize>) -> Answer {
    let page = |ground: &Ground| brief_at(&ground.model("optimus"), 1000.0).answer;
    diff(&ground().atlas, &after.atlas, (&page(ground()), &page(after)), rows).unwrap()
}

fn text<'a>(answer: &'a Answer, table: &str, row: usize, column: &str) -> &'a str {
    answer.table(table).unwrap().column(column).unwrap().cells.text(row).unwrap()
}

#[test]
fn an_atlas_is_the_same_as_itself() {
    let same = Ground::of(&shipped(), &Overlay::new());
    let answer = compare(&same, None);
    for table in ["tables", "figures", "moved", "rows"] {
        assert!(answer.table(table).unwrap().is_empty(), "{table}");
    }
}

/// A figure set to twice its value, a row added and a row removed: three rows, two of them figures; the magnet of the page
/// moves as the figure does.
#[test]
fn what_was_changed_is_found() {
    let mut files = shipped();
    edit(&mut files, "parameters", |csv| {
        let (id, value, high) = (csv.column("id"), csv.column("value"), csv.column("high"));
        let row = csv.rows.iter_mut().find(|r| r[id] == "nd_share_of_ndpr").unwrap();
        (row[value], row[high]) = ("0.8".to_owned(), "0.85".to_owned());
        // Figures that follow are worked out anew.
        let formula = csv.column("formula");
        csv.rows.iter_mut().filter(|r| !r[formula].is_empty()).for_each(|r| r[value].clear());
    });
    for table in
        ["site_figures", "demands", "lanes", "prices", "offers", "inputs", "outputs", "contents", "yields"]
    {
        edit(&mut files, table, |csv| {
            let (value, formula) = (csv.column("value"), csv.column("formula"));
            csv.rows.iter_mut().filter(|r| !r[formula].is_empty()).for_each(|r| r[value].clear());
        });
    }
    let plain = Ground::of(&files, &Overlay::new());
    edit(&mut files, "companies", |csv| csv.add(&[("id", "zz"), ("name", "Zz"), ("country", "USA")]));
    edit(&mut files, "starts", |csv| csv.rows.truncate(csv.rows.len() - 1));
    let after = Ground::of(&files, &Overlay::new());
    let answer = compare(&after, None);
    let rows = answer.table("rows").unwrap();
    assert_eq!(text(&answer, "rows", rows.row("companies/zz").unwrap(), "what"), "diff-added");
    let removed = rows.keys.iter().position(|k| k.starts_with("starts/")).unwrap();
    assert_eq!(text(&answer, "rows", removed, "what"), "diff-removed");
    let figures = answer.table("figures").unwrap();
    assert_eq!(figures.value("parameters/nd_share_of_ndpr", "before"), Some(0.77));
    assert_eq!(figures.value("parameters/nd_share_of_ndpr", "after"), Some(0.8));
    assert_eq!(answer.table("tables").unwrap().value("companies", "added"), Some(1.0));
    // What moved on the page is what differs between the two pages, and is a ratio of them.
    let moved = answer.table("moved").unwrap();
    assert!(!moved.is_empty());
    for (row, key) in moved.keys.iter().enumerate() {
        let (a, b) = (moved.value(key, "before"), moved.value(key, "after"));
        let ratio = moved.columns.iter().find(|c| c.name == "ratio").unwrap().cells.number(row);
        if let (Some(a), Some(b), Some(ratio)) = (a, b, ratio) {
            assert!(a != b && (ratio - b / a).abs() < 1e-12, "{key}");
        }
    }
    // Rows that change no number of an answer move none.
    let page = |ground: &Ground| brief_at(&ground.model("optimus"), 1000.0).answer;
    let neutral = diff(&plain.atlas, &after.atlas, (&page(&plain), &page(&after)), None).unwrap();
    assert!(neutral.table("moved").unwrap().is_empty());
    // A short list says how long the whole is.
    assert_eq!(compare(&after, Some(1)).table("figures").unwrap().len(), 1);
}
