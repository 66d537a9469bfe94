//! What to ask first: parts of which a better figure would narrow the answers most.

use crate::overlay::Placed;
use linchpin::atlas::{Atlas, Overlay};
use linchpin::context::Context;
use linchpin::model::{self, Model};
use linchpin::questions::{Request, questions};
use std::collections::BTreeMap;

/// A part, and what a figure of it would do.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Asked {
    pub(crate) part: usize,
    /// Share of the width of the headlines of `brief` that knowing its figures would take away, on average.
    pub(crate) mean: f64,
    /// The largest such share, and its headline: table and row of that page.
    pub(crate) most: (f64, String),
}

/// Parts by what their figures would do, those that narrow most first; none if the product cannot be worked out.
pub(crate) fn asked(
    atlas: &Atlas,
    alias: &str,
    volume: f64,
    parts: &[Placed],
    context: &Context,
) -> Option<Vec<Asked>> {
    let network = atlas.network();
    let values = atlas.values(&Overlay::new()).ok()?;
    let product = model::product(atlas, network, alias).ok()?;
    let model = Model::new(atlas, network, &values, product, context.clone()).ok()?;
    let answer = questions(&model, &Request { volume, rows: None }).ok()?;
    let table = answer.table("narrow")?;
    let (mean, most, headline) = (table.column("mean")?, table.column("most")?, table.column("headline")?);
    let of: BTreeMap<String, usize> = parts
        .iter()
        .enumerate()
        .map(|(part, placed)| (format!("inputs/make_{}/", placed.id), part))
        .collect();
    let mut found: BTreeMap<usize, Asked> = BTreeMap::new();
    for (row, key) in table.keys.iter().enumerate() {
        let recipe = key.match_indices('/').nth(1).map_or("", |(at, _)| &key[..=at]);
        let Some(part) = of.get(recipe) else { continue };
        let number = |column: &linchpin_table::Column| column.cells.number(row).unwrap_or(0.0);
        let asked =
            found.entry(*part).or_insert(Asked { part: *part, mean: 0.0, most: (0.0, String::new()) });
        asked.mean += number(mean);
        if number(most) > asked.most.0 {
            asked.most = (number(most), headline.cells.text(row).unwrap_or_default().to_owned());
        }
    }
    let mut found: Vec<Asked> = found.into_values().collect();
    found.sort_by(|a, b| b.mean.total_cmp(&a.mean).then(a.part.cmp(&b.part)));
    Some(found)
}
