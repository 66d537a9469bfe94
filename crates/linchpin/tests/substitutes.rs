//! What could stand in for what a loss reaches: which rows, what their market says, and that no stop share moves by it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use linchpin::atlas::Overlay;
use linchpin::book::Book;
use linchpin::expose::{self, LossRequest};
use linchpin::stop::Reach;
use linchpin_table::Table;
use support::{Ground, close, edit, ground, number, shipped, word};

fn stopped(ground: &Ground, product: &str, stop: &str) -> Book {
    let loss = LossRequest { stop: stop.to_owned(), exports: false, to: None, reach: Reach::default() };
    let request = expose::Request { loss: Some(loss), ..expose::Request::new(product, 1000.0) };
    expose::expose(&ground.model(product), &request).unwrap()
}

fn substitutes(book: &Book) -> &Table {
    book.answer.table("substitute").unwrap()
}

/// China's magnets: samarium-cobalt is another market with makers elsewhere, other grades of NdFeB share the loss, and
/// of ferrite no maker is known. The numbers are those of the table, in base units.
#[test]
fn of_magnets_only_another_market_is_a_way_out() {
    let book = stopped(ground(), "optimus", "CHN/magnet");
    let sold = |key: &str| word(&book, "substitute", key, "sold").unwrap();
    assert_eq!(sold("magnet_n48h:magnet_smco"), "substitute-apart");
    assert_eq!(sold("magnet_n48sh_gbd:magnet_n45uh_bulk"), "substitute-reached");
    assert_eq!(sold("magnet_n48sh_gbd:magnet_ferrite"), "substitute-unmade");
    let keys = &substitutes(&book).keys;
    assert!(keys.iter().all(|k| k.starts_with("magnet_")), "{keys:?}");
    for measure in ["torque", "mass", "temperature", "qualification"] {
        let printed = number(&book, "substitute", "magnet_n48h:magnet_smco", measure).unwrap();
        let cell = ground().value(&format!("substitutions/magnet_smco/magnet_n48h/{measure}"));
        close(printed, cell, 1e-12);
    }
    // What the atlas does not tell is no number.
    assert_eq!(number(&book, "substitute", "magnet_n48h:magnet_smco", "cost"), None);
}

/// A loss of all makers of the substitute as well, and one that reaches nothing with a substitute.
#[test]
fn a_loss_of_both_leaves_no_maker_and_another_has_no_table() {
    let both = stopped(ground(), "optimus", "magnet,magnet_smco");
    let told = |column: &str| word(&both, "substitute", "magnet_n48h:magnet_smco", column).unwrap();
    assert_eq!((told("sold"), told("makers_spared")), ("substitute-stopped", "0/3"));
    assert!(stopped(ground(), "optimus", "niobium").answer.table("substitute").is_none());
}

/// What hangs on a market that is hit is reached as well: without dysprosium oxide, magnets.
#[test]
fn a_loss_upstream_reaches_what_hangs_on_it() {
    let book = stopped(ground(), "optimus", "dysprosium");
    let keys = &substitutes(&book).keys;
    assert!(keys.contains(&"magnet_n48sh_gbd:magnet_smco".to_owned()), "{keys:?}");
}

/// Without any substitute in the atlas every other number of the answer is the same bit for bit.
#[test]
fn no_stop_share_counts_on_a_substitute() {
    let mut files = shipped();
    edit(&mut files, "substitutions", |csv| csv.rows.clear());
    let without = Ground::of(&files, &Overlay::new());
    let with = stopped(ground(), "walker", "CHN");
    let bare = stopped(&without, "walker", "CHN");
    assert!(bare.answer.table("substitute").is_none());
    for table in &bare.answer.tables {
        let cells = |book: &Book| support::cells(&book.answer);
        let prefix = format!("{}/", table.name);
        let of =
            |book: &Book| cells(book).into_iter().filter(|(k, _)| k.starts_with(&prefix)).collect::<Vec<_>>();
        assert_eq!(of(&with), of(&bare), "{}", table.name);
    }
}
