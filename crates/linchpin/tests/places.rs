//! The tables that pictures are drawn from: flows balance, and places repeat what the markets say.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use linchpin::model::View;
use linchpin_table::Unit;
use std::collections::BTreeMap;
use support::{PRODUCTS, close, explode_all, expose_at, ground};

/// What leaves an item in kg along all lines is what is needed of it: nothing is lost between lines, nothing counted twice.
#[test]
fn flows_out_of_an_item_are_its_need() {
    let g = ground();
    for alias in PRODUCTS {
        let model = g.model(alias);
        let book = explode_all(&model, 1.0, None);
        let table = book.answer.table("flow").unwrap();
        let from = table.column("from").unwrap();
        let mut out: BTreeMap<&str, f64> = BTreeMap::new();
        for (row, key) in table.keys.iter().enumerate() {
            *out.entry(from.cells.text(row).unwrap()).or_default() += table.value(key, "mass").unwrap_or(0.0);
        }
        let mut checked = 0;
        for (item, mass) in out {
            let Some(node) = g.network.item(item).filter(|n| model.unit_of(*n) == Unit::Kg) else { continue };
            close(mass, model.flow(View::Gross).need[node as usize], 1e-9);
            checked += 1;
        }
        assert!(checked > 60, "{alias}: {checked}");
    }
}

/// Every running plant of a market stands among the sites, and what they put out sums to the output of the shares.
#[test]
fn sites_sum_to_the_output_of_their_market() {
    let g = ground();
    let book = expose_at(&g.model("optimus"), 1000.0);
    let (sites, shares) = (book.answer.table("sites").unwrap(), book.answer.table("shares").unwrap());
    let sum = |table: &linchpin_table::Table, item: &str| {
        let items = table.column("item").unwrap();
        let rows = table.keys.iter().enumerate().filter(|(row, _)| items.cells.text(*row) == Some(item));
        rows.filter_map(|(_, key)| table.value(key, "output")).sum::<f64>()
    };
    for item in ["harmonic_reducer", "magnet_ndfeb", "cobalt", "gallium"] {
        assert!(sum(sites, item) > 0.0, "{item}");
        close(sum(sites, item), sum(shares, item), 1e-9);
    }
}
