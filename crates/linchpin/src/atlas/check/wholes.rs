//! Parts of a whole: what comes from all origins, what goes over all lanes, what is made of what can be.

use super::is_sound;
use crate::atlas::problems::{Problems, at};
use crate::atlas::read::{Row, Sheet};
use crate::atlas::values::{Overlay, Values};
use crate::atlas::{Atlas, FigureId};
use crate::network::baseline::{is_of_need, market_of};
use linchpin_table::{Message, Unit};
use std::collections::BTreeMap;

/// How far published parts may be above their whole: each is rounded, mostly to a percent.
const ROUNDED: f64 = 0.02;

/// The known figures of a table, by a part of their key.
fn grouped<'a>(
    values: &Values,
    sheet: &'a Sheet,
    by: &[&str],
) -> BTreeMap<Vec<&'a str>, Vec<(&'a Row, FigureId, f64)>> {
    let mut groups: BTreeMap<Vec<&str>, Vec<(&Row, FigureId, f64)>> = BTreeMap::new();
    for row in &sheet.rows {
        let Some(id) = row.figure else { continue };
        let Some(value) = values.get(id) else { continue };
        let key = by.iter().map(|column| sheet.text(row, column)).collect();
        groups.entry(key).or_default().push((row, id, value));
    }
    groups
}

/// The sum of some shares, where it is above one, and the row to name: the first in the file.
fn above_one<'a>(rows: &[(&'a Row, f64)]) -> Option<(&'a Row, f64)> {
    let sum: f64 = rows.iter().map(|(_, value)| value).sum();
    let first = rows.iter().map(|(row, _)| *row).min_by_key(|row| row.line)?;
    (sum > 1.0 + ROUNDED + 1e-9).then_some((first, sum))
}

fn parts(message: &'static str, sum: f64) -> Message {
    Message::new(message).text("sum", format!("{sum:.4}")).text("most", format!("{}", 1.0 + ROUNDED))
}

/// Nobody imports more than all of it.
pub(in crate::atlas) fn imports(atlas: &Atlas, problems: &mut Problems) {
    let Ok(values) = atlas.values(&Overlay::new()) else { return };
    let sheet = atlas.sheet("imports");
    if !is_sound(sheet, problems) {
        return;
    }
    let file = sheet.schema.file();
    for (key, rows) in grouped(&values, sheet, &["importer", "commodity", "period"]) {
        let shares: Vec<(&Row, f64)> = rows.iter().map(|(row, _, value)| (*row, *value)).collect();
        let Some((row, sum)) = above_one(&shares) else { continue };
        let what = parts("fault-import-sum", sum)
            .text("importer", key[0])
            .text("commodity", key[1])
            .text("period", key[2]);
        problems.push(at(&sheet.place(&file, row, "value"), what));
    }
}

/// A lane carries what its sender sells, to somebody else.
pub(in crate::atlas) fn lane_ends(atlas: &Atlas, problems: &mut Problems) {
    let (sheet, sites) = (atlas.sheet("lanes"), atlas.sheet("sites"));
    let file = sheet.schema.file();
    for row in &sheet.rows {
        let (from, item) = (sheet.text(row, "from_site"), sheet.text(row, "item"));
        if from == sheet.text(row, "to_site") {
            problems.push(at(&sheet.place(&file, row, "to_site"), Message::new("fault-lane-self")));
        }
        let sells = sites.find(from).map(|site| sites.text(site, "item"));
        if sells.is_some_and(|sells| market_of(atlas, sells) != market_of(atlas, item)) {
            let what = Message::new("fault-lane-item").text("sells", sells.unwrap_or_default().to_owned());
            problems.push(at(&sheet.place(&file, row, "item"), what));
        }
    }
}

/// Nobody sends more than he puts out, and nobody buys more than he needs. Volumes are not compared: they hold for years that
/// a lane does not name.
pub(in crate::atlas) fn lanes(atlas: &Atlas, problems: &mut Problems) {
    let Ok(values) = atlas.values(&Overlay::new()) else { return };
    let sheet = atlas.sheet("lanes");
    if !is_sound(sheet, problems) {
        return;
    }
    let file = sheet.schema.file();
    for (key, rows) in grouped(&values, sheet, &["from_site"]) {
        let sent = rows.iter().filter(|(row, _, _)| !is_of_need(sheet, row));
        let Some((row, sum)) = above_one(&shares(atlas, sent)) else { continue };
        let what = parts("fault-lane-sum", sum).text("site", key[0]);
        problems.push(at(&sheet.place(&file, row, "value"), what));
    }
    for (key, rows) in grouped(&values, sheet, &["to_site", "item"]) {
        let bought = rows.iter().filter(|(row, _, _)| is_of_need(sheet, row));
        let Some((row, sum)) = above_one(&shares(atlas, bought)) else { continue };
        let what = parts("fault-lane-need", sum).text("site", key[0]).text("item", key[1]);
        problems.push(at(&sheet.place(&file, row, "value"), what));
    }
}

/// Rows whose figure is a share, with it.
fn shares<'r>(
    atlas: &Atlas,
    rows: impl Iterator<Item = &'r (&'r Row, FigureId, f64)>,
) -> Vec<(&'r Row, f64)> {
    let is_share = |id: &FigureId| atlas.figures.get(*id).unit == Unit::Fraction;
    rows.filter(|(_, id, _)| is_share(id)).map(|(row, _, value)| (*row, *value)).collect()
}

/// No site puts out more than it can in the same year.
pub(in crate::atlas) fn capacities(atlas: &Atlas, problems: &mut Problems) {
    let Ok(values) = atlas.values(&Overlay::new()) else { return };
    let sheet = atlas.sheet("site_figures");
    if !is_sound(sheet, problems) {
        return;
    }
    let file = sheet.schema.file();
    let typed = |row: &Row, id: FigureId, value: f64| {
        format!("{} {}", rounded(value / atlas.figures.get(id).factor), sheet.text(row, "unit"))
    };
    for rows in grouped(&values, sheet, &["site", "period"]).into_values() {
        let of = |measure: &str| rows.iter().find(|(row, _, _)| sheet.text(row, "measure") == measure);
        let (Some(output), Some(capacity)) = (of("output"), of("capacity")) else { continue };
        let alike = atlas.figures.get(output.1).unit == atlas.figures.get(capacity.1).unit;
        if alike && output.2 > capacity.2 * (1.0 + ROUNDED + 1e-9) {
            let what = Message::new("fault-above-capacity")
                .text("output", typed(output.0, output.1, output.2))
                .text("capacity", typed(capacity.0, capacity.1, capacity.2))
                .integer("row", capacity.0.line as i64)
                .text("most", format!("{:.0}", 100.0 * ROUNDED));
            problems.push(at(&sheet.place(&file, output.0, "value"), what));
        }
    }
}

/// All makers of an item together have at most the whole of its market.
pub(in crate::atlas) fn market_shares(atlas: &Atlas, problems: &mut Problems) {
    let Ok(values) = atlas.values(&Overlay::new()) else { return };
    let (sheet, sites) = (atlas.sheet("site_figures"), atlas.sheet("sites"));
    if !is_sound(sheet, problems) {
        return;
    }
    let file = sheet.schema.file();
    let mut markets: BTreeMap<(&str, &str), Vec<(&Row, f64)>> = BTreeMap::new();
    for rows in grouped(&values, sheet, &["site", "measure", "period"]).into_values() {
        for (row, _, value) in rows.into_iter().filter(|r| sheet.text(r.0, "measure") == "share") {
            let Some(site) = sites.find(sheet.text(row, "site")) else { continue };
            let market = market_of(atlas, sites.text(site, "item"));
            markets.entry((market, sheet.text(row, "period"))).or_default().push((row, value));
        }
    }
    for ((market, period), rows) in markets {
        let Some((row, sum)) = above_one(&rows) else { continue };
        let what = parts("fault-market-sum", sum).text("market", market).text("period", period);
        problems.push(at(&sheet.place(&file, row, "value"), what));
    }
}

/// A number with as many digits as tell it from another 2 % away, and no trace of how it was reckoned.
fn rounded(value: f64) -> f64 {
    format!("{value:.5e}").parse().unwrap_or(value)
}
